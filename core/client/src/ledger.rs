//! What is committed of a client's conversations, read beside the running client: for tests that hold what a client
//! says against what its disk has. Only with `test-suite`, and reachable from no command.

use crate::command::CommandError;
use crate::record::{
    ContactRecord, MailboxPurpose, MailboxRecord, MoveRecord, OutRecord, Session, load, scan, split_numbered, stored,
};
use crate::store::{Store, Table, Transaction};
use crate::talk::cell_key;
use crate::view::{Contact, ContactId, Conversation, Message, MessageId};
use crate::work::{contact_view, conversation_view, message_view};
use mailbox::{ReceiveId, SendId};
use std::collections::BTreeSet;
use wire::RelayId;

/// A conversation as it is committed.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// As the list of contacts shows it.
    pub contact: Contact,
    /// As the list of conversations shows it.
    pub conversation: Conversation,
    /// The number that the next outgoing message will have.
    pub next_out: u64,
    /// The number of the next incoming message: all before are taken.
    pub next_in: u64,
    /// The last incoming message that this person has seen.
    pub in_read: u64,
    /// Where the contact's messages come in.
    pub queues: Vec<Queue>,
    /// Where this person's go to: relays and what names the mailboxes there.
    pub peer_queues: Vec<(RelayId, SendId)>,
    /// The same, and where what is under way goes besides: the contact's queues of before (E2E-81).
    pub sends: Vec<(RelayId, SendId)>,
    /// Queues move: new ones are being made, or the contact has not answered yet.
    pub is_moving: bool,
    session: Option<Session>,
    /// Parts that came before their turn.
    early: BTreeSet<(u64, u8)>,
}

/// An own mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Queue {
    /// Where.
    pub relay: RelayId,
    /// What the sender names it by.
    pub send: SendId,
    /// What this person names it by.
    pub receive: ReceiveId,
}

/// Which part of which message a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartName {
    /// The message's number in the sender's sequence.
    pub sequence: u64,
    /// Which part, from 0.
    pub part: u8,
    /// Of how many.
    pub parts: u8,
}

impl Ledger {
    /// All conversations that are committed in `store`.
    pub fn read<S: Store>(store: &mut S) -> Result<Vec<Self>, CommandError> {
        let tx = store.begin().map_err(stored)?;
        let mailboxes: Vec<MailboxRecord> =
            scan(&tx, Table::Mailbox, &[])?.into_iter().map(|(_, mailbox)| mailbox).collect();
        let contacts = scan::<ContactRecord>(&tx, Table::Contact, &[])?.into_iter();
        contacts.map(|(_, contact)| Self::of(&tx, contact, &mailboxes)).collect()
    }

    fn of<T: Transaction>(tx: &T, contact: ContactRecord, mailboxes: &[MailboxRecord]) -> Result<Self, CommandError> {
        let own = mailboxes.iter().filter(|one| one.purpose == MailboxPurpose::Queue(contact.id));
        let moves: MoveRecord = load(tx, Table::Move, &contact.id.0)?.unwrap_or_default();
        let mut early = BTreeSet::new();
        for (key, _) in tx.scan(Table::Inbox, &contact.id.0, crate::record::SCAN_MAX).map_err(stored)? {
            if let Some((part, numbered)) = key.split_last() {
                early.insert((split_numbered(numbered)?.1, *part));
            }
        }
        let peer_queues: Vec<(RelayId, SendId)> =
            contact.peer_queues.iter().map(|one| (one.relay.id(), one.send.id())).collect();
        let mut sends = peer_queues.clone();
        let mut prefix = vec![0];
        prefix.extend_from_slice(&contact.id.0);
        for (_, out) in scan::<OutRecord>(tx, Table::Outbox, &prefix)? {
            sends.extend(out.replicas.iter().map(|one| (one.relay, one.send.id())));
        }
        sends.sort_unstable();
        sends.dedup();
        Ok(Self {
            contact: contact_view(&contact),
            conversation: conversation_view(tx, &contact)?,
            next_out: contact.next_out,
            next_in: contact.next_in,
            in_read: contact.in_read,
            queues: own.map(|one| Queue { relay: one.relay, send: one.send.id(), receive: one.receive.id() }).collect(),
            peer_queues,
            sends,
            is_moving: moves.told_at.is_some() || !moves.making.is_empty(),
            session: contact.session,
            early,
        })
    }

    /// Whether a part of an incoming message is committed, or was taken before.
    #[must_use]
    pub fn has(&self, sequence: u64, part: u8) -> bool {
        sequence < self.next_in || self.early.contains(&(sequence, part))
    }

    /// What a cell holds that this person sends by a relay; `None`: nothing of this conversation.
    #[must_use]
    pub fn going(&self, relay: &RelayId, cell: &[u8]) -> Option<PartName> {
        let session = self.session.as_ref()?;
        let part = crate::receive::open_part(&cell_key(&session.cells, session.creator, relay), cell)?;
        Some(PartName { sequence: part.sequence, part: part.part, parts: part.parts })
    }
}

/// A message as it is committed, and its number in the sender's sequence (0: it waits for its turn).
pub fn message<S: Store>(
    store: &mut S,
    conversation: ContactId,
    id: MessageId,
) -> Result<Option<(Message, u64)>, CommandError> {
    let tx = store.begin().map_err(stored)?;
    let Some(contact) = load::<ContactRecord>(&tx, Table::Contact, &conversation.0)? else { return Ok(None) };
    let row = tx.message(conversation, id).map_err(stored)?;
    row.map(|row| Ok((message_view(&contact, &row)?, row.sequence))).transpose()
}

/// All messages of a conversation that are committed, oldest first.
pub fn messages<S: Store>(store: &mut S, conversation: ContactId) -> Result<Vec<Message>, CommandError> {
    let tx = store.begin().map_err(stored)?;
    let Some(contact) = load::<ContactRecord>(&tx, Table::Contact, &conversation.0)? else { return Ok(Vec::new()) };
    let rows = tx.messages(conversation, u64::MAX, usize::MAX).map_err(stored)?;
    rows.iter().map(|row| message_view(&contact, row)).collect()
}
