//! What a person sees, as the local API shows it.

mod bridge;

pub use bridge::{BridgeInvitation, BridgeQuestion};

use crate::problem::{BridgeProblem, ContactProblem, Notice, PaymentProblem};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use wire::{Gram, Region, Secret32, UnixMillis};

/// Bytes of a text message.
pub const TEXT_BYTES_MAX: usize = 64 * 1024;
/// Characters of a name.
pub const NAME_CHARS_MAX: usize = 64;
/// Rows in one page of a list.
pub const PAGE_MAX: usize = 500;

/// Names a message, the same on both sides.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MessageId(pub [u8; 16]);

/// Names a contact and the conversation, on this side only.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ContactId(pub [u8; 16]);

/// Why a text is not an id.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("an id is 32 hexadecimal digits")]
pub struct BadId;

macro_rules! hex_id {
    ($name:ident) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex::encode(self.0))
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }
        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                let mut bytes = [0; 16];
                hex::decode_to_slice(text, &mut bytes).map_err(|_| BadId)?;
                Ok(Self(bytes))
            }
        }
    };
}
hex_id!(MessageId);
hex_id!(ContactId);

/// The person whose client this is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// As contacts see it.
    pub name: String,
    /// The network's name.
    pub network: String,
    /// Money without worth.
    pub devnet: bool,
    /// The words have been written down.
    pub words_saved: bool,
    /// The public identity key.
    pub identity: [u8; 32],
}

/// How far the introduction has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ContactState {
    /// The other side has not answered yet.
    Invited,
    /// Both can write.
    Connected,
    /// It can't come about; the reason is in [`Contact::problem`].
    Failed,
}

/// A contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Also the conversation's id.
    pub id: ContactId,
    /// Unique among this person's contacts.
    pub name: String,
    /// Keys were compared in person (not offered yet).
    pub verified: bool,
    /// When it was added.
    pub added: UnixMillis,
    /// How far the introduction has come.
    pub state: ContactState,
    /// What went wrong, or what it waits for.
    pub problem: Option<ContactProblem>,
}

/// A conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversation {
    /// The contact's id.
    pub id: ContactId,
    /// The contact's name.
    pub title: String,
    /// Messages after the last one marked as read.
    pub unread: u64,
    /// The newest message.
    pub last: Option<Message>,
    /// The contact's state.
    pub state: ContactState,
}

/// How far a message has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MessageState {
    /// Stored on this device, on its way.
    Pending,
    /// This one and all before it are on the disks of two relays (or of all, where the contact has fewer).
    Accepted,
    /// On the contact's device.
    Delivered,
    /// The contact has seen it.
    Read,
    /// Will not be sent.
    Failed,
    /// From the contact.
    Received,
}

/// What kind of message it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MessageKind {
    /// Text.
    Text,
    /// A payment, see [`Message::payment`].
    Payment,
    /// Written by the program.
    Notice,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The same on both sides.
    pub id: MessageId,
    /// Whose conversation.
    pub conversation: ContactId,
    /// "me" or the contact's name.
    pub from: String,
    /// From this person.
    pub mine: bool,
    /// The sender's clock.
    pub at: UnixMillis,
    /// How far it has come.
    pub state: MessageState,
    /// What it is.
    pub kind: MessageKind,
    /// The text, or a payment's comment; what a notice says, in English.
    pub text: String,
    /// What a notice says.
    pub notice: Option<Notice>,
    /// Only with kind payment.
    pub payment: Option<Payment>,
    /// The message that it answers.
    pub reply_to: Option<MessageId>,
}

/// How far a payment has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PaymentState {
    /// Not on the chain yet, or not yet proven.
    Sending,
    /// In a final block; nothing rolls back.
    Final,
    /// Not made; at most the fee was spent.
    Failed,
    /// Not sent yet, and the chain can't be reached: made by itself when it can. Nothing is paid yet.
    Promised,
    /// Sent, and the chain can't be reached: it may be paid already.
    Unconfirmed,
}

impl PaymentState {
    /// Neither made nor given up.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Sending | Self::Promised | Self::Unconfirmed)
    }

    /// The contact was told of it before it was final (E2E-75).
    pub(crate) const fn is_told_early(self) -> bool {
        matches!(self, Self::Promised | Self::Unconfirmed)
    }
}

/// A payment in a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// What arrives.
    pub amount: Gram,
    /// What it costs the payer on top (zero on the receiver's side).
    pub fee: Gram,
    /// How far it has come.
    pub state: PaymentState,
    /// The transaction, when final: the payer's own on his side, the receiver's own on the other.
    pub transaction: Option<[u8; 32]>,
    /// What was said with it.
    pub comment: String,
    /// Why it failed.
    pub reason: Option<PaymentProblem>,
}

/// What a payment would cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// What arrives.
    pub amount: Gram,
    /// What the chain takes.
    pub fee: Gram,
    /// Both.
    pub total: Gram,
    /// Whom it goes to: a name or an address.
    pub to: String,
    /// What is there.
    pub balance: Gram,
    /// Whether it is enough.
    pub sufficient: bool,
}

/// The money of all own accounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WalletBalance {
    /// Proven by the chain.
    pub balance: Gram,
    /// On its way out, fees included.
    pub pending: Gram,
}

/// Where to pay to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalletAddress {
    /// User-friendly, not bounceable.
    pub address: String,
    /// `workchain:hex`
    pub raw: String,
}

/// A transfer that was begun with `wallet.send`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalletSent {
    /// Names it.
    pub id: String,
    /// Where it goes.
    pub to: String,
    /// How it stands.
    pub payment: Payment,
}

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// To this person.
    In,
    /// From this person.
    Out,
}

/// A transfer of the past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalletEntry {
    /// The transaction.
    pub hash: [u8; 32],
    /// Its logical time.
    pub lt: u64,
    /// When.
    pub at: UnixMillis,
    /// Which way.
    pub direction: Direction,
    /// How much.
    pub amount: Gram,
    /// Tells entries of one logical time apart: with `lt` it names the entry and orders it.
    pub place: u64,
    /// The contact's name, or the other account, user-friendly.
    pub peer: String,
    /// What was said with it, in the conversation or on the chain.
    pub comment: String,
    /// What the chain took.
    pub fee: Gram,
}

/// How the relays do, as this client sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CarrierStatus {
    /// All relays of the network.
    pub relays: Vec<RelayStatus>,
    /// Exchanges go through bridges: every relay of the network does badly as the way in.
    pub through_bridge: bool,
    /// Relays on this side of a border answer, those on the other side don't, nor does the chain (E2E-59).
    pub abroad_cut: bool,
    /// In how many hands the network's relays are.
    pub hands: Hands,
    /// Deposits that no relay has taken yet.
    pub waiting: u64,
    /// The person's own messages that are not at enough relays yet.
    pub messages_waiting: u64,
}

/// In how many hands the relays of a network are, as far as they say it (E2E-76).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hands {
    /// Operators that sign for relays.
    pub operators: u32,
    /// Relays for which nobody signs.
    pub unnamed: u32,
    /// Relays from which no other one is apart.
    pub lone: u32,
    /// Relays of the network.
    pub relays: u32,
}

/// How one relay does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelayStatus {
    /// Its id, hexadecimal.
    pub id: String,
    /// Its host and port.
    pub host: String,
    /// It is a bridge: on no list, this person was invited to it.
    pub bridge: bool,
    /// It is a bridge, and its link was redeemed: it can be used.
    pub redeemed: bool,
    /// It was used since the client was opened; before, nothing is known of it.
    pub used: bool,
    /// It was used, and the last exchange worked.
    pub ok: bool,
    /// How long the last exchange that did not wait took, in milliseconds.
    pub last_ms: u64,
    /// What went wrong last.
    pub error: Option<String>,
    /// Why the link of a bridge is not redeemed.
    pub problem: Option<BridgeProblem>,
}

/// Where the person has said to be, and where the network's relays say they are (E2E-78, E2E-79).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionStatus {
    /// The person's own; `None`: not said.
    pub own: Option<Region>,
    /// How many relays of the network are where, by their own word.
    pub relays: Vec<(Region, u32)>,
    /// Relays of the network that don't say.
    pub unsaid: u32,
    /// Contacts who write to no queue in the own region (yet, E2E-80) although relays are there.
    pub contacts_elsewhere: u32,
}

/// The person's settings; opaque here, the page's matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// "fa", "en" or "auto".
    pub language: String,
    /// "dark", "light" or "auto".
    pub theme: String,
    /// "fa", "latin" or "auto".
    pub digits: String,
    /// "jalali", "gregorian" or "auto".
    pub calendar: String,
}

impl Default for Settings {
    fn default() -> Self {
        let auto = || "auto".to_owned();
        Self { language: auto(), theme: auto(), digits: auto(), calendar: auto() }
    }
}

/// An answer of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChainAnswer {
    /// Where the chain is.
    Status(ChainStatus),
    /// Blocks, newest first.
    Blocks(Vec<BlockSummary>),
    /// One block.
    Block(Block),
    /// One account.
    Account(Account),
    /// One transaction.
    Transaction(Transaction),
}

/// Where the chain is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChainStatus {
    /// The last masterchain block.
    pub seqno: u32,
    /// Its time.
    pub at: UnixMillis,
    /// How many validators.
    pub validators: u32,
    /// Names the network.
    pub genesis_hash: [u8; 32],
}

/// A block in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockSummary {
    /// −1 or 0.
    pub workchain: i32,
    /// Which shard.
    pub shard: u64,
    /// Its number.
    pub seqno: u32,
    /// Its hash.
    pub root_hash: [u8; 32],
    /// Its time.
    pub at: UnixMillis,
    /// How many transactions.
    pub transactions: u32,
}

/// A block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// As in a list.
    pub summary: BlockSummary,
    /// Hash of its bytes.
    pub file_hash: [u8; 32],
    /// The block before.
    pub parent_hash: [u8; 32],
    /// Its transactions.
    pub transactions: Vec<TransactionSummary>,
}

/// A transaction in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransactionSummary {
    /// Its hash.
    pub hash: [u8; 32],
    /// User-friendly.
    pub account: String,
    /// Its logical time.
    pub lt: u64,
    /// When.
    pub at: UnixMillis,
    /// Nothing in it failed.
    pub success: bool,
    /// What came in, or went out if nothing came in.
    pub value: Gram,
    /// Which way.
    pub direction: Direction,
}

/// A transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// As in a list.
    pub summary: TransactionSummary,
    /// The contract's exit code.
    pub exit_code: i32,
    /// Gas.
    pub gas_used: u64,
    /// All fees.
    pub fee: Gram,
    /// What set it off.
    pub in_message: Option<ChainMessage>,
    /// What it sent.
    pub out_messages: Vec<ChainMessage>,
    /// Where it is: workchain, shard, seqno.
    pub block: (i32, u64, u32),
}

/// A message of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainMessage {
    /// User-friendly; `None` from outside.
    pub from: Option<String>,
    /// User-friendly; `None` to outside.
    pub to: Option<String>,
    /// What it carries.
    pub value: Gram,
    /// Its comment, empty if none.
    pub comment: String,
}

/// How an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountState {
    /// With code.
    Active,
    /// With money only.
    Uninit,
    /// In debt.
    Frozen,
    /// Not there.
    Nonexist,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// When it stood so: the time of the proven block.
    pub at: UnixMillis,
    /// User-friendly.
    pub address: String,
    /// `workchain:hex`
    pub raw: String,
    /// How it stands.
    pub state: AccountState,
    /// What it has.
    pub balance: Gram,
    /// Its last transaction.
    pub last_lt: u64,
    /// Its last transaction's hash.
    pub last_hash: [u8; 32],
    /// Its code.
    pub code_hash: Option<[u8; 32]>,
    /// The proof was checked against the network's validators.
    pub verified: bool,
    /// The latest.
    pub transactions: Vec<TransactionSummary>,
}

/// A bundle that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleMade {
    /// The whole bundle.
    pub bytes: Vec<u8>,
    /// Whom it is sealed for, by name; nobody: it is open.
    pub to: Vec<String>,
    /// Cells of this person's own messages in it.
    pub cells: usize,
    /// Cells in it that are carried for others.
    pub carried: usize,
    /// Cells for which there was no room.
    pub left_out: usize,
}

/// What became of a bundle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BundleTaken {
    /// Messages to this person that are new.
    pub messages: usize,
    /// Cells that are new: parts of messages, receipts, introductions.
    pub cells: usize,
    /// Cells that had come before.
    pub known: usize,
    /// Cells that are carried for others from now on.
    pub carried: usize,
    /// Cells that are of no use here: they do not open, or nobody may deposit them.
    pub refused: usize,
    /// Cells for others for which there is no room.
    pub no_room: usize,
    /// The bundle says to be from the future: one of the two clocks is wrong.
    pub from_future: bool,
}

/// By what a contact is known on the same network.
#[derive(Clone, Debug)]
pub struct LanKey {
    /// Who.
    pub contact: ContactId,
    /// The same for people.
    pub name: String,
    /// What only the two have.
    pub key: Secret32,
    /// This person made the conversation.
    pub creator: bool,
}
