//! Messages of a conversation: numbering, sealing into cells, receiving in order, receipts (E2E-30 to E2E-49).
//!
//! Each side numbers what it sends from 1. A number is given when a message is encrypted, once; what relays and
//! networks do to the cells afterwards can't reorder, double or lose a message: the receiver takes the numbers in
//! order and each once, the sender keeps what is not acknowledged by the receiver.

use crate::command::{CommandError, Reply};
use crate::live::{DepositKey, Task};
use crate::record::{
    Body, ContactRecord, ENVELOPE_VERSION, Envelope, OutRecord, Part, Replica, Route, decode, load, numbered, out_key,
    save, scan, split_numbered, stored,
};
use crate::store::{MessageRow, Table, Transaction};
use crate::view::{ContactId, ContactState, MessageId, MessageKind, MessageState, PAGE_MAX, TEXT_BYTES_MAX};
use crate::work::{Work, message_view, take_order};
use e2ee::conversation::Conversation;
use e2ee::seal::{SEAL_OVERHEAD_BYTES, derive_key, open, seal};
use mailbox::{Cell, CellId, CellSize};
use wire::{RelayId, Secret32, codec, hash::domain_hash};

/// Messages that a sender has under way to one contact.
const WINDOW: u64 = 128;
/// Receipts may go beyond the window by so much, or two sides with full windows would wait for each other.
const RECEIPT_ROOM: u64 = 64;
/// How far ahead a receiver keeps messages that came before their turn.
const AHEAD_MAX: u64 = 256;
/// Bytes of a message in one cell: what a large one holds less the part's own header.
const PART_BYTES: usize = 16_300;
/// Bytes of a part's header, at most.
const PART_HEADER_BYTES: usize = 16;
/// Parts of one message: a text of 64 KiB has five.
const PARTS_MAX: u8 = 8;
/// Messages to one contact that wait for their turn.
const WAITING_MAX: usize = 10_000;
/// Replicas on whose disks a message counts as accepted.
const ACCEPTED_REPLICAS: usize = 2;
/// How long a receipt waits for others, or for a message that carries it.
const RECEIPT_DELAY_MS: u64 = 150;
/// A message that nobody acknowledged for so long is deposited anew, before the relays' copies expire.
const ROUND_MS: u64 = 14 * 24 * 60 * 60 * 1000;
/// Bytes of an envelope: a text, its id and its header.
const ENVELOPE_BYTES_MAX: usize = TEXT_BYTES_MAX + 4096;

impl<T: Transaction> Work<'_, T> {
    /// `message send`
    pub(crate) fn send_text(
        &mut self,
        conversation: &str,
        text: String,
        reply_to: Option<MessageId>,
    ) -> Result<Reply, CommandError> {
        if text.is_empty() || text.len() > TEXT_BYTES_MAX {
            return Err(CommandError::BadText);
        }
        let mut contact = self.find_contact(conversation)?;
        if let Some(id) = reply_to {
            self.message(contact.id, id)?.ok_or(CommandError::UnknownMessage)?;
        }
        let id = MessageId(self.random16());
        let body = Body::Text { id, at: self.now, text: text.clone(), reply_to };
        let row = self.new_row(&mut contact, id, true, MessageKind::Text, text);
        let row = MessageRow { reply_to, ..row };
        self.send_row(&mut contact, row, body)
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
        let waiting = self.tx.scan(Table::Waiting, &contact.id.0, WAITING_MAX).map_err(stored)?.len();
        if waiting >= WAITING_MAX {
            return Err(CommandError::Full { what: "messages that wait for one contact", max: WAITING_MAX });
        }
        self.tx.put_message(&row).map_err(stored)?;
        save(self.tx, Table::Waiting, &numbered(contact.id, row.order), &(row.id, body))?;
        self.flush(contact)?;
        self.save_contact(contact)?;
        let row = self.message(contact.id, row.id)?.ok_or(CommandError::UnknownMessage)?;
        self.put_message(contact, &row)?;
        Ok(Reply::Message(message_view(contact, &row)?))
    }

    /// Something that is no message for a person, in turn with those that are.
    pub(crate) fn send_quietly(&mut self, contact: &mut ContactRecord, body: Body) -> Result<(), CommandError> {
        let order = take_order(contact);
        let none = MessageId([0; 16]);
        save(self.tx, Table::Waiting, &numbered(contact.id, order), &(none, body))?;
        self.flush(contact)
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
        let replica = |queue: &crate::record::PeerQueue| {
            let relay = self.live.known(&queue.relay)?;
            Some(Replica { relay, send: queue.send.clone(), done: 0 })
        };
        let replicas = contact.peer_queues.iter().filter_map(replica).collect();
        let out = OutRecord { route: Route::Queues, parts, replicas, accepted: false, round: 0, since: self.now };
        self.tx.put(Table::Outbox, &out_key(contact.id, sequence, true), &ciphertext).map_err(stored)?;
        save(self.tx, Table::Outbox, &out_key(contact.id, sequence, false), &out)?;
        self.schedule_deposits(contact.id, sequence, &out);
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
        let content = self.tx.get(Table::Outbox, &out_key(contact.id, sequence, true)).map_err(stored)?;
        let content = content.ok_or_else(|| crate::record::damaged("a message without its ciphertext"))?;
        if out.route == Route::Introduction {
            return self.introduction_cell(contact, &replica.relay, &content);
        }
        let session = contact.session.as_ref().ok_or(e2ee::Error::Missing)?;
        let bytes = content.chunks(PART_BYTES).nth(usize::from(part)).unwrap_or_default().to_vec();
        let plain = codec::encode(&Part { sequence, part, parts: out.parts, bytes }).map_err(crate::record::damaged)?;
        let size = CellSize::fitting(plain.len(), SEAL_OVERHEAD_BYTES).map_err(crate::record::damaged)?;
        let padded = mailbox::cell::pad(&plain, size, SEAL_OVERHEAD_BYTES).map_err(crate::record::damaged)?;
        let key = cell_key(&session.cells, session.creator, &replica.relay);
        let sealed = seal(&key, b"", &padded, &mut self.rng).map_err(crate::record::damaged)?;
        let (number, round) = (sequence.to_be_bytes(), out.round.to_be_bytes());
        let id = domain_hash("simurgh/cell-id/1", &[&key.0, &number, &[part], &round]);
        Ok((cut16(&id), Cell::new(sealed).map_err(crate::record::damaged)?))
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
        let complete = out.replicas.iter().filter(whole).count();
        let newly = !out.accepted && complete >= ACCEPTED_REPLICAS.min(out.replicas.len());
        out.accepted |= newly;
        save(self.tx, Table::Outbox, &record, &out)?;
        if newly {
            self.raise(key.contact, key.sequence, key.sequence, MessageState::Accepted)?;
        }
        Ok(())
    }

    /// Own messages with these numbers have come so far.
    fn raise(&mut self, id: ContactId, first: u64, last: u64, state: MessageState) -> Result<(), CommandError> {
        let Some(contact) = self.contact(id)? else { return Ok(()) };
        let rows = self.tx.messages_by_sequence(id, true, first, last).map_err(stored)?;
        for mut row in rows.into_iter().filter(|row| row.state < state) {
            row.state = state;
            self.put_message(&contact, &row)?;
        }
        Ok(())
    }

    /// A cell came out of one of a contact's queues.
    pub(crate) fn cell_received(&mut self, relay: RelayId, id: ContactId, cell: &[u8]) -> Result<(), CommandError> {
        let Some(mut contact) = self.contact(id)? else { return Ok(()) };
        let Some(session) = &contact.session else { return Ok(()) };
        let key = cell_key(&session.cells, !session.creator, &relay);
        let Some(part) = open_part(&key, cell) else { return Ok(()) };
        let ahead = part.sequence.saturating_sub(contact.next_in);
        if part.sequence < contact.next_in || ahead >= AHEAD_MAX {
            return Ok(());
        }
        let mut row = numbered(id, part.sequence);
        row.push(part.part);
        save(self.tx, Table::Inbox, &row, &part)?;
        let before = contact.clone();
        while let Some(ciphertext) = self.next_whole(&contact)? {
            self.take_message(&mut contact, &ciphertext)?;
            contact.next_in = contact.next_in.saturating_add(1);
        }
        if contact.next_in != before.next_in {
            if contact.in_eliciting > contact.ack_sent {
                self.receipt_soon(id);
            }
            self.flush(&mut contact)?;
            self.save_contact(&contact)?;
        }
        Ok(())
    }

    /// The next message in order, once all its parts are there; they are taken out.
    fn next_whole(&mut self, contact: &ContactRecord) -> Result<Option<Vec<u8>>, CommandError> {
        let prefix = numbered(contact.id, contact.next_in);
        let parts: Vec<(Vec<u8>, Part)> = scan(self.tx, Table::Inbox, &prefix)?;
        let Some(expected) = parts.first().map(|(_, part)| usize::from(part.parts)) else { return Ok(None) };
        if parts.len() < expected {
            return Ok(None);
        }
        let mut ciphertext = Vec::new();
        for (key, part) in parts {
            ciphertext.extend_from_slice(&part.bytes);
            self.tx.delete(Table::Inbox, &key).map_err(stored)?;
        }
        Ok(Some(ciphertext))
    }

    /// Decrypts the message whose turn it is.
    fn take_message(&mut self, contact: &mut ContactRecord, ciphertext: &[u8]) -> Result<(), CommandError> {
        let session = contact.session.as_ref().ok_or(e2ee::Error::Missing)?;
        let plain = Conversation::load(self.tx.mls(), &session.group)?.decrypt(ciphertext);
        let envelope = match plain {
            Ok(plain) => decode_envelope(&plain).filter(|envelope| envelope.sequence == contact.next_in),
            Err(e2ee::Error::Refused(_)) => None,
            Err(error) => return Err(error.into()),
        };
        let Some(envelope) = envelope else {
            return self.put_notice(contact, "a message came that this version can't read");
        };
        self.take_acks(contact, envelope.ack, envelope.read)?;
        if envelope.body.is_eliciting() {
            contact.in_eliciting = envelope.sequence;
        }
        self.take_body(contact, envelope.sequence, envelope.body)
    }

    fn take_body(&mut self, contact: &mut ContactRecord, sequence: u64, body: Body) -> Result<(), CommandError> {
        match body {
            Body::Receipt => Ok(()),
            Body::Hello(hello) => {
                if self.hello_received(contact, hello)? {
                    contact.taken = None;
                    Ok(())
                } else {
                    self.impostor(contact)
                }
            }
            Body::Text { id, at, text, reply_to } => {
                if contact.state != ContactState::Connected || self.message(contact.id, id)?.is_some() {
                    return Ok(());
                }
                let row = self.new_row(contact, id, false, MessageKind::Text, text);
                self.put_message(contact, &MessageRow { at, reply_to, sequence, ..row })
            }
            Body::PayTo(address) => {
                contact.pay_to = Some(address);
                Ok(())
            }
            Body::Payment { id, at, to, amount, comment } => {
                let announced = crate::wallet::Announced { id, at, to, amount, comment };
                self.payment_announced(contact, sequence, announced)
            }
        }
    }

    /// The peer says how far our messages have come.
    fn take_acks(&mut self, contact: &mut ContactRecord, ack: u64, read: u64) -> Result<(), CommandError> {
        let sent = contact.next_out.saturating_sub(1);
        let ack = ack.min(sent);
        if ack > contact.out_acked {
            let first = contact.out_acked.saturating_add(1);
            for sequence in first..=ack {
                for ciphertext in [false, true] {
                    self.tx.delete(Table::Outbox, &out_key(contact.id, sequence, ciphertext)).map_err(stored)?;
                }
            }
            contact.out_acked = ack;
            self.raise(contact.id, first, ack, MessageState::Delivered)?;
            let id = contact.id;
            self.live.retain(|task| !matches!(task, Task::Deposit(key) if key.contact == id && key.sequence <= ack));
        }
        let read = read.min(contact.out_acked);
        if read > contact.out_read {
            self.raise(contact.id, contact.out_read.saturating_add(1), read, MessageState::Read)?;
            contact.out_read = read;
        }
        Ok(())
    }

    fn receipt_soon(&mut self, id: ContactId) {
        let at = self.now.plus_ms(RECEIPT_DELAY_MS);
        self.live.receipts.entry(id).or_insert(at);
    }

    /// Sends the receipts that are due.
    pub(crate) fn send_receipts(&mut self) -> Result<(), CommandError> {
        let due: Vec<ContactId> =
            self.live.receipts.iter().filter(|(_, at)| **at <= self.now).map(|(id, _)| *id).collect();
        for id in due {
            self.live.receipts.remove(&id);
            let Some(mut contact) = self.contact(id)? else { continue };
            let news = contact.in_eliciting > contact.ack_sent || contact.in_read > contact.read_sent;
            let connected = contact.state == ContactState::Connected;
            if news && connected && under_way(&contact) < WINDOW.saturating_add(RECEIPT_ROOM) {
                self.send_now(&mut contact, Body::Receipt)?;
                self.save_contact(&contact)?;
            }
        }
        Ok(())
    }

    /// `message mark read`
    pub(crate) fn mark_read(&mut self, conversation: &str, up_to: MessageId) -> Result<Reply, CommandError> {
        let mut contact = self.find_contact(conversation)?;
        let row = self.message(contact.id, up_to)?.ok_or(CommandError::UnknownMessage)?;
        if row.order <= contact.read_order {
            return Ok(Reply::Done);
        }
        // the newest message of the contact at or before this one tells how far
        let page = self.tx.messages(contact.id, row.order.saturating_add(1), PAGE_MAX).map_err(stored)?;
        let read = page.iter().rev().filter(|row| !row.mine).map(|row| row.sequence).find(|sequence| *sequence > 0);
        contact.read_order = row.order;
        if read > Some(contact.in_read) {
            contact.in_read = read.unwrap_or(contact.in_read);
            self.receipt_soon(contact.id);
        }
        self.save_contact(&contact)?;
        self.touched.insert(contact.id);
        Ok(Reply::Done)
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

    /// What a client that was just opened still has to deposit and to acknowledge.
    pub(crate) fn resume_talk(&mut self) -> Result<(), CommandError> {
        for (key, mut out) in scan::<OutRecord>(self.tx, Table::Outbox, &[0])? {
            let (contact, sequence) = split_numbered(key.get(1..).unwrap_or_default())?;
            if self.now.since(out.since) > ROUND_MS && out.route == Route::Queues {
                out.round = out.round.saturating_add(1);
                out.since = self.now;
                out.replicas.iter_mut().for_each(|replica| replica.done = 0);
                save(self.tx, Table::Outbox, &key, &out)?;
            }
            self.schedule_deposits(contact, sequence, &out);
        }
        for contact in self.contacts()? {
            if contact.in_eliciting > contact.ack_sent || contact.in_read > contact.read_sent {
                self.receipt_soon(contact.id);
            }
        }
        Ok(())
    }
}

/// Messages that the peer has not acknowledged.
fn under_way(contact: &ContactRecord) -> u64 {
    contact.next_out.saturating_sub(1).saturating_sub(contact.out_acked)
}

fn has_part(replica: &Replica, part: u8) -> bool {
    1u32.checked_shl(u32::from(part)).is_some_and(|bit| replica.done & bit != 0)
}

/// Each direction and each relay has a key of its own (E2E-31).
fn cell_key(cells: &Secret32, from_creator: bool, relay: &RelayId) -> Secret32 {
    let mut context = vec![u8::from(from_creator)];
    context.extend_from_slice(&relay.0);
    derive_key(cells, "simurgh/cell/1", &context)
}

fn open_part(key: &Secret32, cell: &[u8]) -> Option<Part> {
    let padded = open(key, b"", cell).ok()?;
    let plain = mailbox::cell::unpad(&padded).ok()?;
    let part: Part = codec::decode(plain, PART_BYTES.saturating_add(PART_HEADER_BYTES)).ok()?;
    (part.parts > 0 && part.parts <= PARTS_MAX && part.part < part.parts && part.sequence > 0).then_some(part)
}

pub(crate) fn decode_envelope(plain: &[u8]) -> Option<Envelope> {
    let (version, envelope): (u8, Envelope) = codec::decode(plain, ENVELOPE_BYTES_MAX).ok()?;
    (version == ENVELOPE_VERSION).then_some(envelope)
}

/// The first 16 bytes of a hash.
pub(crate) fn cut16(hash: &[u8; 32]) -> CellId {
    let mut id = CellId([0; 16]);
    id.0.iter_mut().zip(hash).for_each(|(to, from)| *to = *from);
    id
}
