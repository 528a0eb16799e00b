//! Moving of queues (E2E-80 to E2E-82): a person who has said another country, or whose network file names other relays,
//! gets new queues where E2E-78 would have them, and the contacts write there from then on.
//!
//! Requirements: messages of a conversation are taken in order and each once (E2E-41). Provided: whatever fails, and
//! whenever the program ends, a contact has queues to write to that are polled. Not provided: a move because a relay of
//! the network is silent, or because time has passed.

use crate::command::CommandError;
use crate::introduce::REPLICAS;
use crate::invite::InviteRelay;
use crate::problem::Notice;
use crate::record::{
    Body, ContactRecord, MailboxPurpose, Move, MoveRecord, OutRecord, PeerQueue, Replica, Route, load, save, scan,
    split_numbered,
};
use crate::region::Places;
use crate::store::{Table, Transaction};
use crate::talk::DAY_MS;
use crate::transport::CELL_LIFETIME_MS;
use crate::view::{ContactId, ContactState};
use crate::work::Work;
use mailbox::ReceiveId;
use std::collections::{BTreeMap, BTreeSet};
use wire::RelayId;

/// Moves of one conversation that begin within a day, where the person says another region each time; else it is one.
const MOVES_MAX: usize = 3;
/// After so long without an answer a contact is told again.
const UNANSWERED_MS: u64 = 7 * DAY_MS;
/// How long queues that were left are polled: as long as a relay keeps a cell.
const LEFT_MS: u64 = CELL_LIFETIME_MS;
/// Queues of one conversation, with those that are left: each is polled.
const QUEUES_MAX: usize = 12;
/// Moves of one contact that are looked at within a day: those that one can begin, and one that is told again. (To
/// somebody who is away one is told each week.)
const PEER_MOVES_MAX: usize = 4;
/// Of the relays of a contact's move so many have to be known, or all: as many as make a message accepted (E2E-44).
const KNOWN_MIN: usize = 2;
/// Copies of one message under way: of each move since, and the first.
const COPIES_MAX: usize = 12;

/// The queues of a conversation, and where they lie.
type Queues = BTreeMap<ReceiveId, RelayId>;

impl<T: Transaction> Work<'_, T> {
    fn moves(&self, contact: ContactId) -> Result<MoveRecord, CommandError> {
        Ok(load(self.tx, Table::Move, &contact.0)?.unwrap_or_default())
    }

    fn save_moves(&mut self, contact: ContactId, record: &MoveRecord) -> Result<(), CommandError> {
        save(self.tx, Table::Move, &contact.0, record)
    }

    /// Queues that contacts don't write to, as far as is known: not yet, or not any more.
    pub(crate) fn queues_unused(&self) -> Result<BTreeSet<ReceiveId>, CommandError> {
        let mut unused = BTreeSet::new();
        for (_, record) in scan::<MoveRecord>(self.tx, Table::Move, &[])? {
            unused.extend(record.making);
            unused.extend(record.told);
            unused.extend(record.left.into_iter().map(|(id, _)| id));
        }
        Ok(unused)
    }

    /// Goes on with all moves, and begins those that there is a reason for (E2E-80). `asked`: the person has just said
    /// where they should go.
    pub(crate) fn move_queues(&mut self, asked: bool) -> Result<(), CommandError> {
        let mut queues: BTreeMap<ContactId, Queues> = BTreeMap::new();
        for (id, mailbox) in self.live.mailboxes.iter().filter(|(_, one)| !one.deleting) {
            if let MailboxPurpose::Queue(contact) = mailbox.purpose {
                queues.entry(contact).or_default().insert(*id, mailbox.relay);
            }
        }
        for contact in self.contacts()? {
            if contact.state == ContactState::Connected {
                let queues = queues.remove(&contact.id).unwrap_or_default();
                self.follow_declined(contact.id)?;
                self.move_on(contact.id, queues, asked)?;
            }
        }
        Ok(())
    }

    fn move_on(&mut self, contact: ContactId, mut queues: Queues, asked: bool) -> Result<(), CommandError> {
        let mut record = self.moves(contact)?;
        self.delete_left(contact, &mut record, &mut queues)?;
        record.begun.retain(|at| at.plus_ms(DAY_MS) > self.now);
        let most = if asked { MOVES_MAX } else { 1 };
        if record.begun.len() >= most {
            return Ok(());
        }
        record = self.give_up_making(contact, record, &mut queues, asked)?;
        if !asked && record.told_at.is_some_and(|at| at.plus_ms(UNANSWERED_MS) > self.now) {
            return Ok(());
        }
        let counts = |id: &ReceiveId| record.counts(id);
        let current: BTreeSet<RelayId> = queues.iter().filter(|(id, _)| counts(id)).map(|(_, relay)| *relay).collect();
        match self.better_places(&current)? {
            Some(places) => self.begin_move(contact, record, &queues, &places),
            None if record.told_at.is_some() && !asked => self.tell_move(contact, record),
            None => Ok(()),
        }
    }

    /// Queues that were left long ago go.
    fn delete_left(
        &mut self,
        contact: ContactId,
        record: &mut MoveRecord,
        queues: &mut Queues,
    ) -> Result<(), CommandError> {
        let (over, left): (Vec<_>, Vec<_>) = record.left.iter().copied().partition(|(_, until)| *until <= self.now);
        if over.is_empty() {
            return Ok(());
        }
        record.left = left;
        for (id, _) in over {
            queues.remove(&id);
            self.delete_mailbox(id)?;
        }
        self.save_moves(contact, record)
    }

    /// New queues that could not be made in time go again: nobody was told of them. The contact is told of the others, if
    /// they are still wanted.
    fn give_up_making(
        &mut self,
        contact: ContactId,
        mut record: MoveRecord,
        queues: &mut Queues,
        asked: bool,
    ) -> Result<MoveRecord, CommandError> {
        let is_made = |id: &ReceiveId| !asked && self.live.mailboxes.get(id).is_some_and(|one| one.created);
        let (made, unmade): (Vec<_>, Vec<_>) = record.making.iter().copied().partition(is_made);
        if unmade.is_empty() {
            return Ok(record);
        }
        // for each of them one stays that would have gone
        let could_stay =
            |id: &&ReceiveId| queues.get(id).is_some_and(|relay| self.setup.network.relay(relay).is_some());
        let stay: Vec<ReceiveId> = record.dropping.iter().filter(could_stay).take(unmade.len()).copied().collect();
        record.dropping.retain(|id| !made.is_empty() && !stay.contains(id));
        record.making = made;
        for id in unmade {
            queues.remove(&id);
            self.delete_mailbox(id)?;
        }
        self.save_moves(contact, &record)?;
        self.queue_made(contact)?;
        self.moves(contact)
    }

    fn begin_move(
        &mut self,
        contact: ContactId,
        mut record: MoveRecord,
        queues: &Queues,
        places: &Places,
    ) -> Result<(), CommandError> {
        if queues.len().saturating_add(places.come.len()) > QUEUES_MAX {
            return if record.told_at.is_some() { self.tell_move(contact, record) } else { Ok(()) };
        }
        let goes = |(id, relay): &(&ReceiveId, &RelayId)| record.counts(id) && !places.stay.contains(relay);
        record.dropping = queues.iter().filter(goes).map(|(id, _)| *id).collect();
        for relay in &places.come {
            record.making.push(self.make_queue(contact, *relay)?);
        }
        record.begun.push(self.now);
        self.save_moves(contact, &record)
    }

    /// One of a contact's queues is there: when it was the last of a move, the contact is told.
    pub(crate) fn queue_made(&mut self, contact: ContactId) -> Result<(), CommandError> {
        let mut record = self.moves(contact)?;
        let is_made = |id: &ReceiveId| self.live.mailboxes.get(id).is_some_and(|one| one.created);
        if record.making.is_empty() || !record.making.iter().all(is_made) {
            return Ok(());
        }
        record.told.append(&mut record.making);
        record.leaving.append(&mut record.dropping);
        record.number = record.number.saturating_add(1);
        self.tell_move(contact, record)
    }

    fn tell_move(&mut self, id: ContactId, mut record: MoveRecord) -> Result<(), CommandError> {
        let Some(mut contact) = self.contact(id)? else { return Ok(()) };
        let own =
            self.live.mailboxes.iter().filter(|(queue, one)| {
                one.purpose == MailboxPurpose::Queue(id) && !one.deleting && record.counts(queue)
            });
        let queue = |(_, one): (_, &crate::record::MailboxRecord)| PeerQueue {
            relay: InviteRelay::Known(one.relay),
            send: one.send.clone(),
        };
        let body = Body::Move(Move { number: record.number, queues: own.map(queue).collect() });
        record.told_at = Some(self.now);
        self.save_moves(id, &record)?;
        self.send_quietly(&mut contact, body)?;
        self.save_contact(&contact)
    }

    /// The contact says whether it writes to the new queues. All that it sent before has been taken by now, so nothing
    /// new can come into the others (E2E-82).
    pub(crate) fn move_answered(&mut self, contact: ContactId, number: u32, taken: bool) -> Result<(), CommandError> {
        let mut record = self.moves(contact)?;
        if record.told_at.is_none() || record.number != number || !taken {
            return Ok(());
        }
        let until = self.now.plus_ms(LEFT_MS);
        record.left.extend(record.leaving.drain(..).map(|id| (id, until)));
        record.told.clear();
        record.told_at = None;
        self.save_moves(contact, &record)
    }

    /// The contact's queues are others from now on, if that can be (E2E-81).
    pub(crate) fn take_move(&mut self, contact: &mut ContactRecord, to: Move) -> Result<(), CommandError> {
        if contact.state != ContactState::Connected {
            return Ok(());
        }
        let mut record = self.moves(contact.id)?;
        record.peer_at.retain(|at| at.plus_ms(DAY_MS) > self.now);
        let is_again = to.number == record.peer_number && to.queues == contact.peer_queues;
        if record.peer_at.len() >= PEER_MOVES_MAX || !(is_again || to.number > record.peer_number) {
            return self.put_notice_once(contact, Notice::Unreadable);
        }
        record.peer_at.push(self.now);
        let number = to.number;
        let taken = is_again || self.follow(contact, &mut record, to)?;
        self.save_moves(contact.id, &record)?;
        self.send_quietly(contact, Body::Moved { number, taken })
    }

    /// Writes to other queues of a contact from now on, if enough of their relays are known; else they are remembered.
    fn follow(&mut self, contact: &mut ContactRecord, record: &mut MoveRecord, to: Move) -> Result<bool, CommandError> {
        if !self.can_follow(&to) {
            record.declined = Some(to);
            return Ok(false);
        }
        record.declined = None;
        record.peer_number = to.number;
        contact.peer_queues = to.queues;
        self.redirect(contact)?;
        Ok(true)
    }

    fn can_follow(&self, to: &Move) -> bool {
        let is_known = |queue: &&PeerQueue| self.setup.network.relay(&queue.relay.id()).is_some();
        to.queues.iter().filter(is_known).count() >= to.queues.len().min(KNOWN_MIN)
    }

    /// A contact's move may have come before the network file that names its relays.
    fn follow_declined(&mut self, id: ContactId) -> Result<(), CommandError> {
        let mut record = self.moves(id)?;
        let Some(to) = record.declined.take_if(|to| self.can_follow(to)) else { return Ok(()) };
        let Some(mut contact) = self.contact(id)? else { return Ok(()) };
        let number = to.number;
        let taken = self.follow(&mut contact, &mut record, to)?;
        self.save_moves(id, &record)?;
        self.send_quietly(&mut contact, Body::Moved { number, taken })?;
        self.save_contact(&contact)
    }

    /// What is under way to a contact goes to its new queues as well: the others may be out of reach.
    fn redirect(&mut self, contact: &ContactRecord) -> Result<(), CommandError> {
        let mut prefix = vec![0];
        prefix.extend_from_slice(&contact.id.0);
        for (key, mut out) in scan::<OutRecord>(self.tx, Table::Outbox, &prefix)? {
            if out.route != Route::Queues {
                continue;
            }
            let (_, sequence) = split_numbered(key.get(1..).unwrap_or_default())?;
            let is_new = |queue: &&PeerQueue| out.replicas.iter().all(|replica| replica.send != queue.send);
            let new: Vec<Replica> = contact.peer_queues.iter().filter(is_new).map(Replica::of).collect();
            self.schedule_deposits(contact.id, sequence, &OutRecord { replicas: new.clone(), ..out.clone() });
            out.replicas.extend(new);
            let over = out.replicas.len().saturating_sub(COPIES_MAX);
            out.replicas.drain(..over);
            save(self.tx, Table::Outbox, &key, &out)?;
        }
        Ok(())
    }
}

impl MoveRecord {
    /// Whether an own queue is one of those that the contact is to write to, as it was told last.
    fn counts(&self, id: &ReceiveId) -> bool {
        !self.making.contains(id) && !self.leaving.contains(id) && self.left.iter().all(|(left, _)| left != id)
    }
}

impl Move {
    /// Whether queues are named as this program does it.
    pub(crate) fn is_sound(&self) -> bool {
        let relays: BTreeSet<RelayId> = self.queues.iter().map(|queue| queue.relay.id()).collect();
        let sends: BTreeSet<mailbox::SendId> = self.queues.iter().map(|queue| queue.send.id()).collect();
        let by_id = |queue: &PeerQueue| matches!(queue.relay, InviteRelay::Known(_));
        (1..=REPLICAS).contains(&self.queues.len())
            && relays.len() == self.queues.len()
            && sends.len() == self.queues.len()
            && self.queues.iter().all(by_id)
            && self.number > 0
    }
}

#[cfg(test)]
mod tests;
