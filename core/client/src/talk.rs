//! Messages of a conversation: numbering, sealing into cells, depositing until they arrive (E2E-30 to E2E-48).
//!
//! Each side numbers what it sends from 1. A number is given when a message is encrypted, once; what relays and
//! networks do to the cells afterwards can't reorder, double or lose a message: the receiver takes the numbers in
//! order and each once, the sender keeps what is not acknowledged by the receiver.

use crate::command::{CommandError, Event, Reply};
use crate::introduce::introduction_cell;
use crate::live::{DepositKey, Task};
use crate::record::{
    Body, ContactRecord, ENVELOPE_VERSION, Envelope, OutRecord, Part, PeerQueue, Replica, Route, decode, load,
    numbered, out_key, save, scan, split_numbered, stored,
};
use crate::store::{MessageRow, Table, Transaction};
use crate::view::{ContactId, ContactState, MessageId, MessageKind, MessageState, PAGE_MAX, TEXT_BYTES_MAX};
use crate::work::{Work, message_view, take_order};
use e2ee::conversation::Conversation;
use e2ee::seal::{SEAL_OVERHEAD_BYTES, derive_key, seal};
use mailbox::{Cell, CellId, CellSize};
use std::collections::BTreeSet;
use wire::{RelayId, Secret32, codec, hash::domain_hash};

/// Messages that a sender has under way to one contact.
pub(crate) const WINDOW: u64 = 128;
/// Bytes of a message in one cell: what a large one holds less the part's own header.
pub(crate) const PART_BYTES: usize = 16_300;
/// Parts of one message: a text of 64 KiB has five.
pub(crate) const PARTS_MAX: u8 = 8;
/// Messages to one contact that wait for their turn.
const WAITING_MAX: usize = 10_000;
/// Replicas on whose disks a message counts as accepted.
const ACCEPTED_REPLICAS: usize = 2;
/// A message that nobody acknowledged for so long is deposited anew, before the relays' copies expire.
const ROUND_MS: u64 = 14 * 24 * 60 * 60 * 1000;
/// Stands for the name of what is no message for a person.
const QUIET: MessageId = MessageId([0; 16]);
/// How often it is looked for them, and for invites whose time is over.
pub(crate) const DAY_MS: u64 = 24 * 60 * 60 * 1000;

impl<T: Transaction> Work<'_, T> {
    /// `message send`
    pub(crate) fn send_text(
        &mut self,
        conversation: &str,
        text: String,
        reply_to: Option<MessageId>,
        id: Option<MessageId>,
    ) -> Result<Reply, CommandError> {
        if text.is_empty() || text.len() > TEXT_BYTES_MAX {
            return Err(CommandError::BadText);
        }
        let mut contact = self.find_contact(conversation)?;
        if let Some(row) = self.sent_before(&contact, id)? {
            return Ok(Reply::Message(message_view(&contact, &row)?));
        }
        if let Some(id) = reply_to {
            self.message(contact.id, id)?.ok_or(CommandError::UnknownMessage)?;
        }
        let id = id.unwrap_or(MessageId(self.random16()));
        let body = Body::Text { id, at: self.now, text: text.clone(), reply_to };
        let row = self.new_row(&mut contact, id, true, MessageKind::Text, text);
        let row = MessageRow { reply_to, ..row };
        self.send_row(&mut contact, row, body)
    }

    /// The own message that the caller's id names already (E2E-48): a retry sends nothing twice.
    pub(crate) fn sent_before(
        &self,
        contact: &ContactRecord,
        id: Option<MessageId>,
    ) -> Result<Option<MessageRow>, CommandError> {
        let Some(id) = id else { return Ok(None) };
        match self.message(contact.id, id)? {
            Some(row) if !row.mine => Err(CommandError::IdTaken),
            found => Ok(found),
        }
    }

    pub(crate) fn new_row(
        &mut self,
        contact: &mut ContactRecord,
        id: MessageId,
        mine: bool,
        kind: MessageKind,
        text: String,
    ) -> MessageRow {
        let state = if mine { MessageState::Pending } else { MessageState::Received };
        MessageRow {
            id,
            conversation: contact.id,
            order: take_order(contact),
            mine,
            at: self.now,
            state,
            kind,
            text,
            reply_to: None,
            payment: Vec::new(),
            sequence: 0,
        }
    }

    /// Stores a new message of this person and sends it when its turn comes.
    pub(crate) fn send_row(
        &mut self,
        contact: &mut ContactRecord,
        row: MessageRow,
        body: Body,
    ) -> Result<Reply, CommandError> {
        if self.waiting_messages(contact.id)? >= WAITING_MAX {
            return Err(CommandError::Full { what: "messages that wait for one contact", max: WAITING_MAX });
        }
        self.tx.put_message(&row).map_err(stored)?;
        self.put_waiting(contact, row.order, row.id, &body)?;
        self.flush(contact)?;
        self.save_contact(contact)?;
        let row = self.message(contact.id, row.id)?.ok_or(CommandError::UnknownMessage)?;
        self.put_message(contact, &row)?;
        Ok(Reply::Message(message_view(contact, &row)?))
    }

    /// Something that is no message for a person, in turn with those that are.
    pub(crate) fn send_quietly(&mut self, contact: &mut ContactRecord, body: Body) -> Result<(), CommandError> {
        let order = take_order(contact);
        self.put_waiting(contact, order, QUIET, &body)?;
        self.flush(contact)
    }

    /// Puts a message where it waits for its turn.
    pub(crate) fn put_waiting(
        &mut self,
        contact: &ContactRecord,
        order: u64,
        id: MessageId,
        body: &Body,
    ) -> Result<(), CommandError> {
        let waiting = self.waiting_messages(contact.id)?.saturating_add(1);
        self.live.waiting_messages.insert(contact.id, waiting);
        save(self.tx, Table::Waiting, &numbered(contact.id, order), &(id, body))
    }

    /// How many messages to a contact wait for their turn: counted once, and kept from then on.
    fn waiting_messages(&self, contact: ContactId) -> Result<usize, CommandError> {
        match self.live.waiting_messages.get(&contact) {
            Some(count) => Ok(*count),
            None => Ok(self.tx.scan(Table::Waiting, &contact.0, WAITING_MAX).map_err(stored)?.len()),
        }
    }

    /// Encrypts what waits, as far as the window allows.
    pub(crate) fn flush(&mut self, contact: &mut ContactRecord) -> Result<(), CommandError> {
        if contact.state != ContactState::Connected {
            return Ok(());
        }
        while under_way(contact) < WINDOW {
            let next = self.tx.scan(Table::Waiting, &contact.id.0, 1).map_err(stored)?.pop();
            let Some((key, value)) = next else { return Ok(()) };
            let (id, body): (MessageId, Body) = decode(&value)?;
            self.tx.delete(Table::Waiting, &key).map_err(stored)?;
            if let Some(waiting) = self.live.waiting_messages.get_mut(&contact.id) {
                *waiting = waiting.saturating_sub(1);
            }
            let sequence = contact.next_out;
            self.send_now(contact, body)?;
            if let Some(mut row) = self.message(contact.id, id)? {
                row.sequence = sequence;
                self.tx.put_message(&row).map_err(stored)?;
            }
        }
        Ok(())
    }

    /// Encrypts a message and begins to deposit it.
    pub(crate) fn send_now(&mut self, contact: &mut ContactRecord, body: Body) -> Result<(), CommandError> {
        let sequence = contact.next_out;
        let ciphertext = self.encrypt(contact, body)?;
        let parts = ciphertext.len().div_ceil(PART_BYTES).max(1);
        let parts = u8::try_from(parts).ok().filter(|parts| *parts <= PARTS_MAX).ok_or(CommandError::BadText)?;
        // a relay that this client does not know yet is reached when a newer network file names it
        let replicas = contact.peer_queues.iter().map(Replica::of).collect();
        let out = OutRecord { route: Route::Queues, parts, replicas, accepted: false, round: 0, since: self.now };
        self.tx.put(Table::Outbox, &out_key(contact.id, sequence, true), &ciphertext).map_err(stored)?;
        save(self.tx, Table::Outbox, &out_key(contact.id, sequence, false), &out)?;
        self.schedule_deposits(contact.id, sequence, &out);
        self.events.push(Event::Outgoing(contact.id));
        Ok(())
    }

    /// Gives a message its number and encrypts it; what has arrived so far is acknowledged with it.
    pub(crate) fn encrypt(&mut self, contact: &mut ContactRecord, body: Body) -> Result<Vec<u8>, CommandError> {
        let session = contact.session.as_ref().ok_or(e2ee::Error::Missing)?;
        let sequence = contact.next_out;
        let (ack, read) = (contact.next_in.saturating_sub(1), contact.in_read);
        let envelope = Envelope { sequence, ack, read, body };
        let plain = codec::encode(&(ENVELOPE_VERSION, &envelope)).map_err(crate::record::damaged)?;
        let ciphertext = Conversation::load(self.tx.mls(), &session.group)?.encrypt(&plain)?;
        contact.next_out = sequence.saturating_add(1);
        contact.ack_sent = ack;
        contact.read_sent = read;
        self.live.receipts.remove(&contact.id);
        Ok(ciphertext)
    }

    pub(crate) fn schedule_deposits(&mut self, contact: ContactId, sequence: u64, out: &OutRecord) {
        for replica in &out.replicas {
            for part in (0..out.parts).filter(|part| !has_part(replica, *part)) {
                let key = DepositKey { contact, sequence, send: replica.send.id(), part };
                self.live.schedule(replica.relay, Task::Deposit(key), self.now);
            }
        }
    }

    /// One cell of a message for one replica. The name is derived, so that a retry has the same.
    pub(crate) fn cell_of(
        &mut self,
        contact: &ContactRecord,
        out: &OutRecord,
        replica: &Replica,
        sequence: u64,
        part: u8,
    ) -> Result<(CellId, Cell), CommandError> {
        let UnsealedCell { id, key, padded } = self.unsealed_cell(contact, out, replica, sequence, part)?;
        let sealed = seal(&key, b"", &padded, &mut self.rng).map_err(crate::record::damaged)?;
        Ok((id, Cell::new(sealed).map_err(crate::record::damaged)?))
    }

    /// The same before it is sealed.
    pub(crate) fn unsealed_cell(
        &self,
        contact: &ContactRecord,
        out: &OutRecord,
        replica: &Replica,
        sequence: u64,
        part: u8,
    ) -> Result<UnsealedCell, CommandError> {
        let content = self.tx.get(Table::Outbox, &out_key(contact.id, sequence, true)).map_err(stored)?;
        let content = content.ok_or_else(|| crate::record::damaged("a message without its ciphertext"))?;
        if out.route == Route::Introduction {
            return introduction_cell(contact, &replica.relay, &content);
        }
        let session = contact.session.as_ref().ok_or(e2ee::Error::Missing)?;
        let bytes = content.chunks(PART_BYTES).nth(usize::from(part)).unwrap_or_default().to_vec();
        let plain = codec::encode(&Part { sequence, part, parts: out.parts, bytes }).map_err(crate::record::damaged)?;
        let size = CellSize::fitting(plain.len(), SEAL_OVERHEAD_BYTES).map_err(crate::record::damaged)?;
        let padded = mailbox::cell::pad(&plain, size, SEAL_OVERHEAD_BYTES).map_err(crate::record::damaged)?;
        let key = cell_key(&session.cells, session.creator, &replica.relay);
        let (number, round) = (sequence.to_be_bytes(), out.round.to_be_bytes());
        let id = domain_hash("simurgh/cell-id/1", &[&key.0, &number, &[part], &round]);
        Ok(UnsealedCell { id: cut16(&id), key, padded })
    }

    /// A relay has one part of a message on its disk.
    pub(crate) fn deposited(&mut self, key: DepositKey) -> Result<(), CommandError> {
        let record = out_key(key.contact, key.sequence, false);
        let Some(mut out): Option<OutRecord> = load(self.tx, Table::Outbox, &record)? else { return Ok(()) };
        let parts = out.parts;
        for replica in out.replicas.iter_mut().filter(|replica| replica.send.id() == key.send) {
            replica.done |= 1u32.checked_shl(u32::from(key.part)).unwrap_or(0);
        }
        let whole = |replica: &&Replica| (0..parts).all(|part| has_part(replica, part));
        // two queues at one relay are one disk: a contact may have moved away and back (E2E-81)
        let all: BTreeSet<RelayId> = out.replicas.iter().map(|replica| replica.relay).collect();
        let complete: BTreeSet<RelayId> = out.replicas.iter().filter(whole).map(|replica| replica.relay).collect();
        let newly = !out.accepted && complete.len() >= ACCEPTED_REPLICAS.min(all.len());
        out.accepted |= newly;
        save(self.tx, Table::Outbox, &record, &out)?;
        let acked = self.contact(key.contact)?.map_or(0, |contact| contact.out_acked);
        if newly { self.raise_accepted(key.contact, acked) } else { Ok(()) }
    }

    /// Raises what has become accepted: messages that are on enough disks, and all before them are too, or have come to
    /// the peer, who has acknowledged all to `acked` (E2E-44).
    pub(crate) fn raise_accepted(&mut self, id: ContactId, acked: u64) -> Result<(), CommandError> {
        let before = self.live.accepted.get(&id).copied().unwrap_or(0).max(acked);
        let mut last = before;
        loop {
            let next = last.saturating_add(1);
            let out: Option<OutRecord> = load(self.tx, Table::Outbox, &out_key(id, next, false))?;
            if !out.is_some_and(|out| out.accepted) {
                break;
            }
            last = next;
        }
        self.live.accepted.insert(id, last);
        if last > before { self.raise(id, before.saturating_add(1), last, MessageState::Accepted) } else { Ok(()) }
    }

    /// The person's messages that are not at enough relays yet: those that have their turn and those behind them. A
    /// payment that is being made is none before the contact is told of it.
    pub(crate) fn messages_waiting(&self) -> Result<u64, CommandError> {
        let behind = scan::<(MessageId, Body)>(self.tx, Table::Waiting, &[])?;
        let mut waiting = behind.iter().filter(|(_, (id, _))| *id != QUIET).count();
        for contact in self.contacts()?.iter().filter(|contact| under_way(contact) > 0) {
            let (first, last) = (contact.out_acked.saturating_add(1), contact.next_out.saturating_sub(1));
            let rows = self.tx.messages_by_sequence(contact.id, true, first, last).map_err(stored)?;
            let pending = rows.iter().filter(|row| row.state == MessageState::Pending).count();
            waiting = waiting.saturating_add(pending);
        }
        Ok(u64::try_from(waiting).unwrap_or(u64::MAX))
    }

    /// Own messages with these numbers have come so far.
    pub(crate) fn raise(
        &mut self,
        id: ContactId,
        first: u64,
        last: u64,
        state: MessageState,
    ) -> Result<(), CommandError> {
        let Some(contact) = self.contact(id)? else { return Ok(()) };
        let rows = self.tx.messages_by_sequence(id, true, first, last).map_err(stored)?;
        for mut row in rows.into_iter().filter(|row| row.state < state) {
            row.state = state;
            self.put_message(&contact, &row)?;
        }
        Ok(())
    }

    /// `message list`
    pub(crate) fn list_messages(
        &mut self,
        conversation: &str,
        before: Option<MessageId>,
        limit: usize,
    ) -> Result<Reply, CommandError> {
        let contact = self.find_contact(conversation)?;
        let before = match before {
            Some(id) => self.message(contact.id, id)?.ok_or(CommandError::UnknownMessage)?.order,
            None => u64::MAX,
        };
        let rows = self.tx.messages(contact.id, before, limit.min(PAGE_MAX)).map_err(stored)?;
        let views = rows.iter().map(|row| message_view(&contact, row)).collect::<Result<_, _>>()?;
        Ok(Reply::Messages(views))
    }

    /// `message search`
    pub(crate) fn search(&mut self, query: &str, limit: usize) -> Result<Reply, CommandError> {
        let rows = self.tx.search(query, limit.min(PAGE_MAX)).map_err(stored)?;
        let mut views = Vec::new();
        for row in rows {
            if let Some(contact) = self.contact(row.conversation)? {
                views.push(message_view(&contact, &row)?);
            }
        }
        Ok(Reply::Messages(views))
    }

    /// What is done once a day, however long the client runs.
    pub(crate) fn daily(&mut self) -> Result<(), CommandError> {
        if self.live.daily_at > self.now {
            return Ok(());
        }
        self.live.daily_at = self.now.plus_ms(DAY_MS);
        self.renew_deposits()?;
        self.expire_carried()?;
        self.expire_invited()?;
        self.expire_invites()?;
        self.move_queues(false)
    }

    /// Deposits anew what nobody acknowledged for so long that the relays' copies will expire (E2E-46).
    fn renew_deposits(&mut self) -> Result<(), CommandError> {
        for (key, mut out) in scan::<OutRecord>(self.tx, Table::Outbox, &[0])? {
            if self.now.since(out.since) <= ROUND_MS || out.route != Route::Queues {
                continue;
            }
            let (contact, sequence) = split_numbered(key.get(1..).unwrap_or_default())?;
            out.round = out.round.saturating_add(1);
            out.since = self.now;
            // the last round's cells may have expired: what comes behind it is not safe before this round's lie (E2E-44)
            out.accepted = false;
            if let Some(last) = self.live.accepted.get_mut(&contact) {
                *last = sequence.saturating_sub(1).min(*last);
            }
            out.replicas.iter_mut().for_each(|replica| replica.done = 0);
            save(self.tx, Table::Outbox, &key, &out)?;
            // an answer to the last round's deposit would count for this one's
            self.drop_deposits(contact, sequence);
            self.schedule_deposits(contact, sequence, &out);
        }
        Ok(())
    }

    /// What a client that was just opened still has to deposit and to acknowledge.
    pub(crate) fn resume_talk(&mut self) -> Result<(), CommandError> {
        for (key, out) in scan::<OutRecord>(self.tx, Table::Outbox, &[0])? {
            let (contact, sequence) = split_numbered(key.get(1..).unwrap_or_default())?;
            self.schedule_deposits(contact, sequence, &out);
        }
        self.live.daily_at = self.now;
        for contact in self.contacts()? {
            if contact.in_eliciting > contact.ack_sent || contact.in_read > contact.read_sent {
                self.receipt_soon(contact.id);
            }
        }
        Ok(())
    }
}

impl Replica {
    pub(crate) fn of(queue: &PeerQueue) -> Self {
        Self { relay: queue.relay.id(), send: queue.send.clone(), done: 0 }
    }
}

/// What will be a cell.
pub(crate) struct UnsealedCell {
    pub(crate) id: CellId,
    pub(crate) key: Secret32,
    pub(crate) padded: Vec<u8>,
}

/// Messages that the peer has not acknowledged.
pub(crate) fn under_way(contact: &ContactRecord) -> u64 {
    contact.next_out.saturating_sub(1).saturating_sub(contact.out_acked)
}

fn has_part(replica: &Replica, part: u8) -> bool {
    1u32.checked_shl(u32::from(part)).is_some_and(|bit| replica.done & bit != 0)
}

/// Each direction and each relay has a key of its own (E2E-31).
pub(crate) fn cell_key(cells: &Secret32, from_creator: bool, relay: &RelayId) -> Secret32 {
    let mut context = vec![u8::from(from_creator)];
    context.extend_from_slice(&relay.0);
    derive_key(cells, "simurgh/cell/1", &context)
}

/// The first 16 bytes of a hash.
pub(crate) fn cut16(hash: &[u8; 32]) -> CellId {
    let mut id = CellId([0; 16]);
    id.0.iter_mut().zip(hash).for_each(|(to, from)| *to = *from);
    id
}
