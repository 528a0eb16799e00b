//! What the client stores, and the content of conversations. Both are frozen encodings: new fields come with a new
//! version.

use crate::command::CommandError;
use crate::invite::InviteRelay;
use crate::problem::ContactProblem;
use crate::store::{Table, Transaction};
use crate::view::{ContactId, ContactState, MessageId, Settings};
use e2ee::DeviceKey;
use e2ee::conversation::{GroupName, KeyPackageBytes, WelcomeBytes};
use e2ee::device::DeviceProof;
use mailbox::{ReceiveCapability, ReceiveId, SendCapability};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use wire::{Gram, RelayId, Secret32, UnixMillis, codec};

/// Bytes of a record, when it is written and when it is read: a message of 64 KiB with everything around it.
const RECORD_BYTES_MAX: usize = 256 * 1024;
/// Version of stored records.
const RECORD_VERSION: u8 = 1;
/// Version of [`Envelope`].
pub(crate) const ENVELOPE_VERSION: u8 = 1;
/// Key of the one record of [`Table::Profile`] that is a [`ProfileRecord`].
pub(crate) const PROFILE_KEY: &[u8] = b"profile";

/// The person's own.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ProfileRecord {
    pub(crate) name: String,
    pub(crate) words_saved: bool,
    pub(crate) device: DeviceKey,
    pub(crate) settings: Settings,
    /// Number of the next payment account; 0 is not used.
    pub(crate) next_account: u32,
}

/// A mailbox that this person made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct MailboxRecord {
    pub(crate) relay: RelayId,
    pub(crate) send: SendCapability,
    pub(crate) receive: ReceiveCapability,
    pub(crate) purpose: MailboxPurpose,
    pub(crate) quota_cells: u32,
    pub(crate) created: bool,
    pub(crate) deleting: bool,
}

/// What a mailbox is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum MailboxPurpose {
    /// Messages of one contact.
    Queue(ContactId),
    /// Answers to an invite.
    Introduction(InviteId),
    /// The key package of an invite, for the adder to fetch.
    Offer(InviteId),
}

/// Names an invite that this person gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct InviteId(pub(crate) [u8; 16]);

/// An invite that this person gave.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct InviteRecord {
    pub(crate) id: InviteId,
    pub(crate) secret: Secret32,
    pub(crate) expires: UnixMillis,
    pub(crate) key_package: KeyPackageBytes,
    /// Relays that have the key package.
    pub(crate) offered: Vec<RelayId>,
}

/// What waits in an offer mailbox, sealed with a key of the link.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Offer {
    pub(crate) key_package: KeyPackageBytes,
    pub(crate) name: String,
}

/// What the adder answers into the introduction mailbox, sealed with a key of the link.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Introduction {
    pub(crate) welcome: WelcomeBytes,
    /// The first message of the conversation, a [`Body::Hello`].
    #[serde(with = "serde_bytes")]
    pub(crate) hello: Vec<u8>,
}

/// A contact.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ContactRecord {
    pub(crate) id: ContactId,
    pub(crate) name: String,
    /// The person chose the name: the contact's own doesn't replace it.
    pub(crate) renamed: bool,
    pub(crate) added: UnixMillis,
    pub(crate) state: ContactState,
    #[serde(with = "problem_word")]
    pub(crate) problem: Option<ContactProblem>,
    /// Expected (from the link) until connected, then proven.
    pub(crate) identity: Option<[u8; 32]>,
    /// The link, until the introduction is through.
    pub(crate) taken: Option<TakenInvite>,
    pub(crate) session: Option<Session>,
    pub(crate) peer_queues: Vec<PeerQueue>,
    /// The next number to give to an outgoing message, from 1.
    pub(crate) next_out: u64,
    /// Everything up to here has arrived at the peer.
    pub(crate) out_acked: u64,
    /// Everything up to here was seen by the peer.
    pub(crate) out_read: u64,
    /// The number of the next incoming message.
    pub(crate) next_in: u64,
    /// The last incoming message that this person has seen.
    pub(crate) in_read: u64,
    /// The last incoming message that wants a receipt.
    pub(crate) in_eliciting: u64,
    /// What the last outgoing message said about both.
    pub(crate) ack_sent: u64,
    pub(crate) read_sent: u64,
    /// Place of the next message in the conversation, from 1.
    pub(crate) next_order: u64,
    /// Place of the last message that this person has seen.
    pub(crate) read_order: u64,
    /// Where the peer wants to be paid next.
    pub(crate) pay_to: Option<PayAddress>,
    /// The own account that the peer was told last.
    pub(crate) own_account: Option<u32>,
}

/// A contact's problem is stored as its word, none as an empty one.
mod problem_word {
    use crate::problem::ContactProblem;
    use serde::{Deserialize, Deserializer, Serializer};

    #[allow(clippy::ref_option, reason = "serde passes fields by reference")]
    pub(super) fn serialize<S: Serializer>(problem: &Option<ContactProblem>, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(problem.map_or("", ContactProblem::word))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<ContactProblem>, D::Error> {
        Ok(ContactProblem::from_word(&String::deserialize(from)?))
    }
}

/// An account in the basechain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct PayAddress(pub(crate) [u8; 32]);

/// An encrypted session with a contact.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Session {
    pub(crate) group: GroupName,
    /// What the cells' keys are derived from.
    pub(crate) cells: Secret32,
    /// This side made the group.
    pub(crate) creator: bool,
}

/// The link that a contact was added with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct TakenInvite {
    pub(crate) secret: Secret32,
    pub(crate) expires: UnixMillis,
    pub(crate) relays: Vec<InviteRelay>,
}

/// Where a contact receives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PeerQueue {
    pub(crate) relay: InviteRelay,
    pub(crate) send: SendCapability,
}

/// How a conversation's queues move (E2E-80), the own ones and the contact's.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct MoveRecord {
    /// The number that the contact was told last; 0: none.
    pub(crate) number: u32,
    /// When moves began within the last day.
    pub(crate) begun: Vec<UnixMillis>,
    /// New queues that the contact is not told of before all are made.
    pub(crate) making: Vec<ReceiveId>,
    /// Queues that don't count any more when it is told.
    pub(crate) dropping: Vec<ReceiveId>,
    /// When it was told something that it has not taken (yet).
    pub(crate) told_at: Option<UnixMillis>,
    /// New queues that it was told, and has not taken (yet).
    pub(crate) told: Vec<ReceiveId>,
    /// Queues that it may write to until it has.
    pub(crate) leaving: Vec<ReceiveId>,
    /// Queues that it does not write to any more, and when they are deleted.
    pub(crate) left: Vec<(ReceiveId, UnixMillis)>,
    /// The number of the contact's move that was taken last; 0: none.
    pub(crate) peer_number: u32,
    /// A move of the contact to relays that are not known (yet).
    pub(crate) declined: Option<Move>,
    /// When moves of the contact were looked at within the last day.
    pub(crate) peer_at: Vec<UnixMillis>,
}

/// How an outgoing message stands. Its ciphertext is a record of its own.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct OutRecord {
    pub(crate) route: Route,
    /// Cells that each replica takes.
    pub(crate) parts: u8,
    /// Per replica the relay, what lets deposit there, and which parts it has.
    pub(crate) replicas: Vec<Replica>,
    pub(crate) accepted: bool,
    /// Counts how often it was deposited from the start.
    pub(crate) round: u32,
    /// When this round began.
    pub(crate) since: UnixMillis,
}

/// Which way an outgoing message takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Route {
    /// Into the peer's queues.
    Queues,
    /// Into the introduction mailboxes of the link.
    Introduction,
}

/// One copy of an outgoing message.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Replica {
    pub(crate) relay: RelayId,
    pub(crate) send: SendCapability,
    /// One bit per part.
    pub(crate) done: u32,
}

/// A cell that is carried for somebody.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct CarriedRecord {
    /// When it is forgotten.
    pub(crate) until: UnixMillis,
    /// The beginning of the cell's hash.
    pub(crate) hash: [u8; 16],
    /// None once it is deposited: then only the hash is kept.
    pub(crate) item: Option<mailbox::bundle::Item>,
}

/// One cell's content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Part {
    /// The message's number in the sender's sequence.
    pub(crate) sequence: u64,
    /// Which part.
    pub(crate) part: u8,
    /// Of how many.
    pub(crate) parts: u8,
    #[serde(with = "serde_bytes")]
    pub(crate) bytes: Vec<u8>,
}

/// What is encrypted in a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Envelope {
    /// Equal to that of its cells.
    pub(crate) sequence: u64,
    /// Everything of the receiver's up to here has arrived.
    pub(crate) ack: u64,
    /// Everything of the receiver's up to here was seen.
    pub(crate) read: u64,
    pub(crate) body: Body,
}

/// What a message says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Body {
    /// The first of each side.
    Hello(Hello),
    /// Only what the envelope says.
    Receipt,
    /// Text.
    Text { id: MessageId, at: UnixMillis, text: String, reply_to: Option<MessageId> },
    /// Where to pay next.
    PayTo(PayAddress),
    /// A payment was made.
    Payment { id: MessageId, at: UnixMillis, to: PayAddress, amount: Gram, comment: String },
    /// The same, with the hash of the chain's message that brings the money.
    Paid { id: MessageId, at: UnixMillis, to: PayAddress, amount: Gram, comment: String, by: [u8; 32] },
    /// A payment will be made when the chain can be reached (E2E-75).
    Promised { id: MessageId, at: UnixMillis, amount: Gram, comment: String },
    /// What was promised will not be paid.
    Unpaid { id: MessageId },
    /// A payment was sent to the chain, and is not confirmed (E2E-75).
    Sent { id: MessageId, at: UnixMillis, amount: Gram, comment: String },
    /// The sender's queues are these from now on (E2E-81).
    Move(Move),
    /// Whether messages go there from now on.
    Moved { number: u32, taken: bool },
}

/// New queues.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Move {
    /// They are numbered from 1.
    pub(crate) number: u32,
    /// All that count.
    pub(crate) queues: Vec<PeerQueue>,
}

/// Who it is and where to answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Hello {
    pub(crate) name: String,
    pub(crate) proof: DeviceProof,
    pub(crate) queues: Vec<PeerQueue>,
    pub(crate) pay_to: PayAddress,
}

impl Body {
    /// Receipts are not answered with receipts.
    pub(crate) fn is_eliciting(&self) -> bool {
        !matches!(self, Self::Receipt)
    }
}

pub(crate) fn damaged(what: impl std::fmt::Display) -> CommandError {
    CommandError::Damaged(what.to_string())
}

pub(crate) fn stored(error: impl std::error::Error) -> CommandError {
    CommandError::Store(error.to_string())
}

pub(crate) fn encode<V: Serialize>(value: &V) -> Result<Vec<u8>, CommandError> {
    let bytes = codec::encode(&(RECORD_VERSION, value)).map_err(damaged)?;
    // what could not be read again is not written
    if bytes.len() > RECORD_BYTES_MAX { Err(damaged("a record that is too long")) } else { Ok(bytes) }
}

pub(crate) fn decode<V: DeserializeOwned>(bytes: &[u8]) -> Result<V, CommandError> {
    let (version, value): (u8, V) = codec::decode(bytes, RECORD_BYTES_MAX).map_err(damaged)?;
    if version == RECORD_VERSION { Ok(value) } else { Err(damaged(format!("a record of version {version}"))) }
}

pub(crate) fn load<V: DeserializeOwned>(
    tx: &impl Transaction,
    table: Table,
    key: &[u8],
) -> Result<Option<V>, CommandError> {
    tx.get(table, key).map_err(stored)?.map(|bytes| decode(&bytes)).transpose()
}

pub(crate) fn save<V: Serialize>(
    tx: &mut impl Transaction,
    table: Table,
    key: &[u8],
    value: &V,
) -> Result<(), CommandError> {
    let bytes = encode(value)?;
    tx.put(table, key, &bytes).map_err(stored)
}

/// Rows that one scan may give; larger tables are read in steps.
pub(crate) const SCAN_MAX: usize = 100_000;

pub(crate) fn scan<V: DeserializeOwned>(
    tx: &impl Transaction,
    table: Table,
    prefix: &[u8],
) -> Result<Vec<(Vec<u8>, V)>, CommandError> {
    let rows = tx.scan(table, prefix, SCAN_MAX).map_err(stored)?;
    rows.into_iter().map(|(key, value)| Ok((key, decode(&value)?))).collect()
}

/// Key of something numbered of a contact.
pub(crate) fn numbered(contact: ContactId, number: u64) -> Vec<u8> {
    let mut key = contact.0.to_vec();
    key.extend_from_slice(&number.to_be_bytes());
    key
}

/// Key of an outgoing message's status or, with `ciphertext`, of its ciphertext.
pub(crate) fn out_key(contact: ContactId, sequence: u64, ciphertext: bool) -> Vec<u8> {
    let mut key = vec![u8::from(ciphertext)];
    key.extend_from_slice(&numbered(contact, sequence));
    key
}

/// The contact and number of a key that [`numbered`] made.
pub(crate) fn split_numbered(key: &[u8]) -> Result<(ContactId, u64), CommandError> {
    let (contact, number) = key.split_first_chunk::<16>().ok_or_else(|| damaged("a key"))?;
    let number = <[u8; 8]>::try_from(number).map_err(|_| damaged("a key"))?;
    Ok((ContactId(*contact), u64::from_be_bytes(number)))
}
