//! The receiving side of a conversation: cells put together, messages taken in order and each once, receipts (E2E-41
//! to E2E-47).
//!
//! What a peer writes is judged before anything is stored of it: content beyond its bounds is passed over with a
//! notice, so that nobody can stop this client by talking to it.

use crate::command::{CommandError, Reply};
use crate::problem::Notice;
use crate::record::{Body, ContactRecord, ENVELOPE_VERSION, Envelope, Part, numbered, out_key, save, scan, stored};
use crate::store::{MessageRow, Table, Transaction};
use crate::talk::{PART_BYTES, PARTS_MAX, WINDOW, cell_key, under_way};
use crate::view::{ContactId, ContactState, MessageId, MessageKind, MessageState, PAGE_MAX, TEXT_BYTES_MAX};
use crate::wallet::{Announced, Promise};
use crate::work::Work;
use e2ee::conversation::Conversation;
use e2ee::seal::open;
use wire::{Gram, RelayId, Secret32, UnixMillis, codec};

/// Receipts may go beyond the window by so much, or two sides with full windows would wait for each other.
const RECEIPT_ROOM: u64 = 64;
/// How far ahead a receiver keeps messages that came before their turn.
const AHEAD_MAX: u64 = 256;
/// Bytes of a part's header, at most.
const PART_HEADER_BYTES: usize = 16;
/// How long a receipt waits for others, or for a message that carries it.
const RECEIPT_DELAY_MS: u64 = 150;
/// Bytes of an envelope: a text, its id and its header.
const ENVELOPE_BYTES_MAX: usize = TEXT_BYTES_MAX + 4096;
/// How far a sender's clock may be ahead of this one: a message of a later time counts as of now.
const AHEAD_MS_MAX: u64 = 5 * 60 * 1000;

/// What became of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It is taken, or waits for its turn.
    New,
    /// It was taken before.
    Known,
    /// Nothing here can be done with it.
    Refused,
}

impl<T: Transaction> Work<'_, T> {
    /// A cell came out of one of a contact's queues, or in a bundle for it.
    pub(crate) fn cell_received(&mut self, relay: RelayId, id: ContactId, cell: &[u8]) -> Result<Fate, CommandError> {
        let Some(contact) = self.contact(id)? else { return Ok(Fate::Refused) };
        let Some(session) = &contact.session else { return Ok(Fate::Refused) };
        let key = cell_key(&session.cells, !session.creator, &relay);
        let Some(part) = open_part(&key, cell) else { return Ok(Fate::Refused) };
        self.part_received(contact, &part)
    }

    /// A part of a message: kept until the others and its turn have come.
    pub(crate) fn part_received(&mut self, mut contact: ContactRecord, part: &Part) -> Result<Fate, CommandError> {
        let id = contact.id;
        let ahead = part.sequence.saturating_sub(contact.next_in);
        if part.sequence < contact.next_in {
            return Ok(Fate::Known);
        }
        if ahead >= AHEAD_MAX {
            return Ok(Fate::Refused);
        }
        let mut row = numbered(id, part.sequence);
        row.push(part.part);
        let known = self.tx.get(Table::Inbox, &row).map_err(stored)?.is_some();
        save(self.tx, Table::Inbox, &row, part)?;
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
        Ok(if known { Fate::Known } else { Fate::New })
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
        match plain {
            Ok(plain) => self.take_plain(contact, &plain),
            Err(e2ee::Error::Refused(_)) => self.put_notice(contact, Notice::Unreadable),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes what the message says whose turn it is, if it is within its bounds.
    pub(crate) fn take_plain(&mut self, contact: &mut ContactRecord, plain: &[u8]) -> Result<(), CommandError> {
        let envelope =
            decode_envelope(plain).filter(|envelope| envelope.sequence == contact.next_in && is_sound(&envelope.body));
        let Some(envelope) = envelope else {
            return self.put_notice(contact, Notice::Unreadable);
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
                let at = self.believable(at);
                let row = self.new_row(contact, id, false, MessageKind::Text, text);
                self.put_message(contact, &MessageRow { at, reply_to, sequence, ..row })
            }
            Body::PayTo(address) => {
                contact.pay_to = Some(address);
                self.remember_payee(address, contact.id)
            }
            Body::Payment { id, at, to, amount, comment } => {
                self.take_payment(contact, sequence, Announced { id, at, to, amount, comment, by: None })
            }
            Body::Paid { id, at, to, amount, comment, by } => {
                self.take_payment(contact, sequence, Announced { id, at, to, amount, comment, by: Some(by) })
            }
            Body::Promised { id, at, amount, comment } => {
                let at = self.believable(at);
                self.payment_promised(contact, sequence, Promise { id, at, amount, comment, sent: false })
            }
            Body::Sent { id, at, amount, comment } => {
                let at = self.believable(at);
                self.payment_promised(contact, sequence, Promise { id, at, amount, comment, sent: true })
            }
            Body::Unpaid { id } => self.promise_broken(contact, id),
            Body::Move(to) => self.take_move(contact, to),
            Body::Moved { number, taken } => self.move_answered(contact.id, number, taken),
        }
    }

    fn take_payment(
        &mut self,
        contact: &mut ContactRecord,
        sequence: u64,
        announced: Announced,
    ) -> Result<(), CommandError> {
        let at = self.believable(announced.at);
        self.payment_announced(contact, sequence, Announced { at, ..announced })
    }

    /// A peer's time, or now if it lies in the future.
    fn believable(&self, at: UnixMillis) -> UnixMillis {
        if at > self.now.plus_ms(AHEAD_MS_MAX) { self.now } else { at }
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
            self.live.drop_deposits(contact.id, first, ack);
            // what came after one of these waited for it
            self.raise_accepted(contact.id, ack)?;
        }
        let read = read.min(contact.out_acked);
        if read > contact.out_read {
            self.raise(contact.id, contact.out_read.saturating_add(1), read, MessageState::Read)?;
            contact.out_read = read;
        }
        Ok(())
    }

    pub(crate) fn receipt_soon(&mut self, id: ContactId) {
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
}

pub(crate) fn open_part(key: &Secret32, cell: &[u8]) -> Option<Part> {
    let padded = open(key, b"", cell).ok()?;
    decode_part(mailbox::cell::unpad(&padded).ok()?)
}

pub(crate) fn decode_part(plain: &[u8]) -> Option<Part> {
    let part: Part = codec::decode(plain, PART_BYTES.saturating_add(PART_HEADER_BYTES)).ok()?;
    (part.parts > 0 && part.parts <= PARTS_MAX && part.part < part.parts && part.sequence > 0).then_some(part)
}

pub(crate) fn decode_envelope(plain: &[u8]) -> Option<Envelope> {
    let (version, envelope): (u8, Envelope) = codec::decode(plain, ENVELOPE_BYTES_MAX).ok()?;
    (version == ENVELOPE_VERSION).then_some(envelope)
}

/// Whether what a peer wrote is within its bounds.
fn is_sound(body: &Body) -> bool {
    match body {
        Body::Text { text, .. } => (1..=TEXT_BYTES_MAX).contains(&text.len()),
        Body::Payment { comment, amount, .. }
        | Body::Paid { comment, amount, .. }
        | Body::Promised { comment, amount, .. }
        | Body::Sent { comment, amount, .. } => comment.len() <= TEXT_BYTES_MAX && *amount > Gram::ZERO,
        Body::Move(to) => to.is_sound(),
        Body::Hello(_) | Body::Receipt | Body::PayTo(_) | Body::Unpaid { .. } | Body::Moved { .. } => true,
    }
}
