//! Bundles (specs/12-bundles.md): what is on its way to others, in a file; and what becomes of such a file here.
//!
//! Nothing changes in the outbox when a bundle is made, and what comes in one goes the way of what a relay gives: the
//! receiver takes each message once, in order, by whichever way it comes first.

use crate::carried::Carrying;
use crate::command::{CommandError, Event, Reply};
use crate::receive::Fate;
use crate::record::{ContactRecord, MailboxPurpose, OutRecord, Replica, Session, damaged, scan, split_numbered};
use crate::store::{Table, Transaction};
use crate::talk::UnsealedCell;
use crate::view::{BundleMade, BundleTaken, ContactId, MessageKind};
use crate::work::Work;
use e2ee::seal::{NONCE_BYTES, SEAL_OVERHEAD_BYTES, derive_key, open, seal, seal_with};
use mailbox::bundle::{
    self, BUNDLE_BYTES_MAX, Body, BundleError, CarriedRight, Contents, Day, ITEMS_MAX, Item, SEALED_KEY_BYTES, SLOTS,
    Sealed, Slot, Tag, frames::SEQUENCE_BYTES_MAX,
};
use mailbox::cell::SMALL_CELL_BYTES;
use mailbox::hop::{RIGHT_BYTES_MAX, seal_right};
use mailbox::{Cell, CellId, SendCapability};
use rand_core::{CryptoRng, RngCore};
use std::collections::{BTreeMap, BTreeSet};
use wire::hash::{domain_hash, sha256};
use wire::{RelayId, Secret32};

/// A sealed bundle's content is a multiple of so many bytes.
const PAD_BYTES: usize = 16 * 1024;
/// The same of a bundle that QR codes can carry: a small cell, what an item has around it, and some room (BUN-5).
const CODES_PAD_BYTES: usize = SMALL_CELL_BYTES + 256;
/// Bytes of a bundle around its items, sealing and slots included.
const AROUND_BYTES_MAX: usize = 1_024;
/// Bytes of an item around its cell and its right: a tag, a day, lengths.
const ITEM_BYTES_MAX: usize = 32;
/// Bytes of a right with the relay's name.
const WITH_RIGHT_BYTES: usize = RIGHT_BYTES_MAX + 40;

/// One part of one message that could go into a bundle.
struct Candidate {
    /// How far it is behind the first that the peer has not acknowledged: those go in first.
    behind: u64,
    contact: usize,
    sequence: u64,
    part: u8,
    out: OutRecord,
    /// Where it goes, of its replicas.
    to: Replica,
}

/// Room in a bundle.
struct Room {
    bytes: usize,
    items: usize,
}

impl Room {
    /// In a bundle that is not sealed (`step` is `None`), or whose content grows in such steps.
    fn new(bytes_max: usize, step: Option<usize>) -> Self {
        let bytes = bytes_max.min(BUNDLE_BYTES_MAX).saturating_sub(AROUND_BYTES_MAX);
        let whole = step.map(|step| bytes.checked_div(step).unwrap_or(0).saturating_mul(step));
        Self { bytes: whole.unwrap_or(bytes), items: ITEMS_MAX }
    }

    fn take(&mut self, cell_bytes: usize, with_right: bool) -> bool {
        let right = if with_right { WITH_RIGHT_BYTES } else { 0 };
        let left = self.bytes.checked_sub(cell_bytes.saturating_add(ITEM_BYTES_MAX).saturating_add(right));
        let (Some(bytes), Some(items)) = (left, self.items.checked_sub(1)) else { return false };
        *self = Self { bytes, items };
        true
    }
}

impl<T: Transaction> Work<'_, T> {
    /// `bundle export`
    pub(crate) fn export_bundle(
        &mut self,
        to: &[String],
        carry: bool,
        bytes_max: usize,
    ) -> Result<Reply, CommandError> {
        let recipients = self.recipients(to)?;
        let ids: BTreeSet<ContactId> = recipients.iter().map(|contact| contact.id).collect();
        self.receipts_now()?;
        let is_open = recipients.is_empty();
        let step = if bytes_max > SEQUENCE_BYTES_MAX { PAD_BYTES } else { CODES_PAD_BYTES };
        let mut room = Room::new(bytes_max, (!is_open).then_some(step));
        let mut items = Vec::new();
        let mut left_out = 0usize;
        let (theirs, others): (Vec<_>, Vec<_>) =
            self.contacts()?.into_iter().partition(|contact| ids.contains(&contact.id));
        left_out = left_out.saturating_add(self.put_messages(&theirs, false, &mut room, &mut items)?);
        let mut carried = 0usize;
        if is_open || carry {
            left_out = left_out.saturating_add(self.put_messages(&others, true, &mut room, &mut items)?);
            for item in self.carried_items()? {
                if room.take(item.cell.size().bytes(), true) {
                    carried = carried.saturating_add(1);
                    items.push(item);
                } else {
                    left_out = left_out.saturating_add(1);
                }
            }
        }
        let cells = items.len().saturating_sub(carried);
        shuffle(&mut items, &mut self.rng);
        let contents = Contents { items };
        let body =
            if is_open { Body::Open(contents) } else { Body::Sealed(self.sealed(&recipients, &contents, step)?) };
        let bytes = bundle::encode(&body)?;
        let to = recipients.into_iter().map(|contact| contact.name).collect();
        Ok(Reply::Bundle(BundleMade { bytes, to, cells, carried, left_out }))
    }

    fn recipients(&self, to: &[String]) -> Result<Vec<ContactRecord>, CommandError> {
        if to.len() > SLOTS {
            return Err(CommandError::TooManyRecipients);
        }
        let find = |name: &String| {
            let contact = self.find_contact(name)?;
            if contact.session.is_some() { Ok(contact) } else { Err(CommandError::NotConnected(contact.name)) }
        };
        let mut found = to.iter().map(find).collect::<Result<Vec<_>, _>>()?;
        found.sort_by_key(|contact| contact.id);
        found.dedup_by_key(|contact| contact.id);
        Ok(found)
    }

    /// Receipts that wait for company have it now (BUN-10).
    fn receipts_now(&mut self) -> Result<(), CommandError> {
        let now = self.now;
        self.live.receipts.values_mut().for_each(|at| *at = now);
        self.send_receipts()
    }

    /// Puts in what these contacts have not acknowledged, as far as there is room; says how much there was no room for.
    fn put_messages(
        &mut self,
        contacts: &[ContactRecord],
        rights: bool,
        room: &mut Room,
        items: &mut Vec<Item>,
    ) -> Result<usize, CommandError> {
        let mut candidates = self.candidates(contacts)?;
        candidates.sort_by_key(|one| (one.behind, one.contact, one.part));
        let mut left_out = 0usize;
        for one in candidates {
            let Some(contact) = contacts.get(one.contact) else { continue };
            let unsealed = self.unsealed_cell(contact, &one.out, &one.to, one.sequence, one.part)?;
            let relay = self.live.relays.get(&one.to.relay).map(|relay| relay.descriptor.hop_key.clone());
            let relay = relay.filter(|_| rights);
            if !room.take(unsealed.padded.len().saturating_add(SEAL_OVERHEAD_BYTES), relay.is_some()) {
                left_out = left_out.saturating_add(1);
                continue;
            }
            let (id, cell) = sealed_cell(&unsealed)?;
            // a relay whose key can't be sealed to is not deposited at either
            let right = relay.and_then(|hop_key| seal_right(&hop_key, &one.to.send, id, &cell).ok());
            let right = right.map(|sealed| CarriedRight { relay: one.to.relay, sealed });
            let tag = Tag::of(&one.to.send, &sha256(cell.as_bytes()));
            items.push(Item { tag, day: Day::of(self.now), right, cell });
        }
        Ok(left_out)
    }

    fn candidates(&self, contacts: &[ContactRecord]) -> Result<Vec<Candidate>, CommandError> {
        let mut candidates = Vec::new();
        for (place, contact) in contacts.iter().enumerate() {
            let mut prefix = vec![0];
            prefix.extend_from_slice(&contact.id.0);
            for (key, out) in scan::<OutRecord>(self.tx, Table::Outbox, &prefix)? {
                let (_, sequence) = split_numbered(key.get(1..).unwrap_or_default())?;
                let Some(to) = one_of(&out.replicas, sequence) else { continue };
                let behind = sequence.saturating_sub(contact.out_acked);
                candidates.extend((0..out.parts).map(|part| {
                    let (out, to) = (out.clone(), to.clone());
                    Candidate { behind, contact: place, sequence, part, out, to }
                }));
            }
        }
        Ok(candidates)
    }

    /// Seals contents for a few contacts, padded to a multiple of `step` (BUN-5).
    fn sealed(
        &mut self,
        recipients: &[ContactRecord],
        contents: &Contents,
        step: usize,
    ) -> Result<Sealed, CommandError> {
        let plain = bundle::encode_contents(contents)?;
        let length = u32::try_from(plain.len()).map_err(damaged)?;
        let mut padded = length.to_le_bytes().to_vec();
        padded.extend_from_slice(&plain);
        let whole = padded.len().checked_next_multiple_of(step).ok_or_else(|| damaged("a bundle too long"))?;
        padded.resize(whole, 0);
        let key = self.random_secret();
        let content = seal(&key, b"", &padded, &mut self.rng).map_err(damaged)?;
        let mut slots = Vec::new();
        for session in recipients.iter().filter_map(|contact| contact.session.as_ref()) {
            let own = bundle_key(session, session.creator);
            let key = seal(&own, b"", &key.0, &mut self.rng).map_err(damaged)?;
            slots.push(Slot { tag: slot_tag(&own, &key), key });
        }
        while slots.len() < SLOTS {
            let tag = Tag(self.random16());
            let mut key = vec![0; SEALED_KEY_BYTES];
            self.rng.fill_bytes(&mut key);
            slots.push(Slot { tag, key });
        }
        shuffle(&mut slots, &mut self.rng);
        let slots: [Slot; SLOTS] = slots.try_into().map_err(|_| damaged("slots"))?;
        Ok(Sealed { slots: Box::new(slots), content })
    }

    /// Opens what a contact sealed for this person.
    fn unsealed(&self, sealed: &Sealed) -> Result<Contents, CommandError> {
        for session in self.contacts()?.iter().filter_map(|contact| contact.session.as_ref()) {
            let key = bundle_key(session, !session.creator);
            let Some(slot) = sealed.slots.iter().find(|slot| slot.tag == slot_tag(&key, &slot.key)) else { continue };
            let content_key = open(&key, b"", &slot.key).ok().and_then(|key| key.try_into().ok());
            let content_key = Secret32(content_key.ok_or(BundleError::Malformed)?);
            let padded = open(&content_key, b"", &sealed.content).map_err(|_| BundleError::Malformed)?;
            let plain = mailbox::cell::unpad(&padded).map_err(|_| BundleError::Malformed)?;
            return Ok(bundle::decode_contents(plain)?);
        }
        Err(CommandError::BundleForOthers)
    }

    /// `bundle import`
    pub(crate) fn import_bundle(&mut self, bytes: &[u8], carry: bool) -> Result<Reply, CommandError> {
        let contents = match bundle::decode(bytes)? {
            Body::Open(_) if !carry => return Err(CommandError::BundleForOthers),
            Body::Open(contents) => contents,
            Body::Sealed(sealed) => self.unsealed(&sealed)?,
        };
        let (told, before) = (self.events.len(), self.places()?);
        let mut taken = BundleTaken::default();
        let tomorrow = Day(Day::of(self.now).0.saturating_add(1));
        let going = self.own_sends()?;
        for item in contents.items {
            taken.from_future |= item.day > tomorrow;
            let count = match self.take_item(item, &going, carry)? {
                Taken::Own(Fate::New) => &mut taken.cells,
                Taken::Own(Fate::Known) | Taken::Other(Carrying::Known) => &mut taken.known,
                Taken::Other(Carrying::Begun) => &mut taken.carried,
                Taken::Other(Carrying::NoRoom) => &mut taken.no_room,
                Taken::Own(Fate::Refused) | Taken::Other(Carrying::Useless) => &mut taken.refused,
            };
            *count = count.saturating_add(1);
        }
        taken.messages = self.new_messages(told, &before)?;
        Ok(Reply::Taken(taken))
    }

    fn take_item(&mut self, item: Item, going: &[SendCapability], carry: bool) -> Result<Taken, CommandError> {
        let hash = sha256(item.cell.as_bytes());
        let is_for = |send: &SendCapability| Tag::of(send, &hash) == item.tag;
        let own = self.live.mailboxes.values().filter(|mailbox| !mailbox.deleting);
        let own = own.map(|mailbox| (mailbox.relay, mailbox.purpose, &mailbox.send));
        let own = own.filter(|(_, purpose, _)| !matches!(purpose, MailboxPurpose::Offer(_)));
        let found: Option<(RelayId, MailboxPurpose)> =
            own.into_iter().find(|(_, _, send)| is_for(send)).map(|(relay, purpose, _)| (relay, purpose));
        Ok(match found {
            Some((relay, MailboxPurpose::Queue(contact))) => {
                Taken::Own(self.cell_received(relay, contact, item.cell.as_bytes())?)
            }
            Some((relay, MailboxPurpose::Introduction(invite))) => {
                Taken::Own(self.introduced(relay, invite, item.cell.as_bytes())?)
            }
            Some((_, MailboxPurpose::Offer(_))) => Taken::Own(Fate::Refused),
            None if going.iter().any(is_for) => Taken::Own(Fate::Known),
            None if !carry => Taken::Other(Carrying::Useless),
            None => Taken::Other(self.carry(item)?),
        })
    }

    /// The place of the next message of each conversation.
    fn places(&self) -> Result<BTreeMap<ContactId, u64>, CommandError> {
        Ok(self.contacts()?.into_iter().map(|contact| (contact.id, contact.next_order)).collect())
    }

    /// Messages to this person among what was told since, that were not there before: a payment is told of again as it
    /// goes on.
    fn new_messages(&self, told: usize, before: &BTreeMap<ContactId, u64>) -> Result<usize, CommandError> {
        let mut new = BTreeSet::new();
        for event in self.events.get(told..).unwrap_or_default() {
            let Event::Message(message) = event else { continue };
            if message.mine || message.kind == MessageKind::Notice {
                continue;
            }
            let row = self.message(message.conversation, message.id)?;
            if row.is_some_and(|row| row.order >= before.get(&row.conversation).copied().unwrap_or(0)) {
                new.insert((message.conversation, message.id));
            }
        }
        Ok(new.len())
    }

    /// Where this person's own messages go: such a cell has come back.
    fn own_sends(&self) -> Result<Vec<SendCapability>, CommandError> {
        let mut sends = Vec::new();
        for contact in self.contacts()? {
            sends.extend(contact.peer_queues.iter().map(|queue| queue.send.clone()));
            let taken = contact.taken.iter();
            sends.extend(taken.flat_map(|taken| {
                let keys = |relay: RelayId| crate::invite::introduction_keys(&taken.secret, &relay).introduction_send;
                taken.relays.iter().map(move |relay| keys(relay.id()))
            }));
        }
        Ok(sends)
    }
}

/// What became of an item.
enum Taken {
    Own(Fate),
    Other(Carrying),
}

/// One copy of each message goes into a bundle, and always the same (BUN-11).
fn one_of(replicas: &[Replica], sequence: u64) -> Option<&Replica> {
    let count = u64::try_from(replicas.len()).ok()?;
    replicas.get(usize::try_from(sequence.checked_rem(count)?).ok()?)
}

/// Seals a cell as every bundle has it (BUN-11). Its content tells it apart under one key: to one link several people may
/// answer, each with cells of the same name.
fn sealed_cell(unsealed: &UnsealedCell) -> Result<(CellId, Cell), CommandError> {
    let UnsealedCell { id, key, padded } = unsealed;
    let hash = domain_hash("simurgh/bundle-nonce/2", &[&key.0, &id.0, padded]);
    let nonce: &[u8; NONCE_BYTES] = hash.first_chunk().ok_or_else(|| damaged("a nonce"))?;
    let sealed = seal_with(key, nonce, b"", padded).map_err(damaged)?;
    Ok((*id, Cell::new(sealed).map_err(damaged)?))
}

/// Under which bundles of one side of a conversation are sealed.
fn bundle_key(session: &Session, from_creator: bool) -> Secret32 {
    derive_key(&session.cells, "simurgh/bundle/1", &[u8::from(from_creator)])
}

fn slot_tag(key: &Secret32, sealed_key: &[u8]) -> Tag {
    Tag::cut(&domain_hash("simurgh/bundle-slot/1", &[&key.0, sealed_key]))
}

/// Into random order.
fn shuffle<V>(list: &mut [V], rng: &mut (impl RngCore + CryptoRng)) {
    for last in (1..list.len()).rev() {
        let bound = u64::try_from(last).unwrap_or(u64::MAX).saturating_add(1);
        let place = rng.next_u64().checked_rem(bound).unwrap_or(0);
        list.swap(last, usize::try_from(place).unwrap_or(last));
    }
}

#[cfg(test)]
mod tests;
