//! What a message's state claims.

use super::{Claim, Ghost, Scene};
use anyhow::{Context, Result};
use client::ledger::{Ledger, Queue};
use client::view::{Message, MessageState, PaymentState};
use std::collections::BTreeSet;
use wire::RelayId;

/// Relays on whose disks a message must be to count as accepted (E2E-44).
const ACCEPTED_RELAYS: usize = 2;

impl Ghost {
    /// A message is shown to a person.
    pub(super) fn shown(
        &mut self,
        person: usize,
        message: &Message,
        ledgers: &[Vec<Ledger>],
        scene: Scene,
    ) -> Result<()> {
        self.claims += 1;
        let key = (person, message.conversation, message.id);
        if let Some(before) = self.page.get(&key) {
            let (was, is) = (before.state, message.state);
            Claim::Risen.holds(was <= is, || format!("{person} was shown {was:?} and now {is:?}: {:?}", message.id))?;
        }
        paid(person, message, scene)?;
        if message.mine {
            self.state_holds(person, message, ledgers, scene)?;
        }
        self.page.insert(key, message.clone());
        Ok(())
    }

    fn state_holds(&self, person: usize, message: &Message, ledgers: &[Vec<Ledger>], scene: Scene) -> Result<()> {
        if matches!(message.state, MessageState::Pending | MessageState::Failed | MessageState::Received) {
            return Ok(());
        }
        let own = ledgers[person].iter().find(|one| one.contact.id == message.conversation);
        let own = own.context("a message of no conversation")?;
        let (peer, theirs) = peer_of(own, ledgers).context("a message to nobody")?;
        let sequence = scene.people[person].stored(message.conversation, message.id)?.map_or(0, |(_, number)| number);
        let say = |why: &str| format!("{person} to {peer}, {sequence}: {why}");
        match message.state {
            MessageState::Accepted => {
                Claim::Accepted.holds(sequence > 0, || say("still waits for its turn"))?;
                for number in theirs.next_in..=sequence {
                    let held = theirs.queues.iter().filter(|queue| self.on_disk(queue, number, theirs, scene));
                    let held: BTreeSet<RelayId> = held.map(|queue| queue.relay).collect();
                    let (held, needed) = (held.len(), own.peer_queues.len().min(ACCEPTED_RELAYS));
                    Claim::Accepted.holds(held >= needed, || say(&format!("{number} is on {held} relays")))?;
                }
                Ok(())
            }
            MessageState::Delivered | MessageState::Read => {
                let there = scene.people[peer].stored(theirs.contact.id, message.id)?;
                let taken =
                    sequence > 0 && sequence < theirs.next_in && there.is_some_and(|(it, _)| it.text == message.text);
                Claim::Delivered.holds(taken, || say(&format!("{peer} has stored all before {}", theirs.next_in)))?;
                if message.state == MessageState::Read {
                    let seen = self.seen.contains(&(peer, message.id)) && theirs.in_read >= sequence;
                    Claim::Read.holds(seen, || say(&format!("{peer} has seen all to {}", theirs.in_read)))?;
                }
                Ok(())
            }
            MessageState::Pending | MessageState::Failed | MessageState::Received => Ok(()),
        }
    }

    /// Whether every part of a message is on the disk of a reader's queue, or was taken from there by the reader.
    fn on_disk(&self, queue: &Queue, number: u64, theirs: &Ledger, scene: Scene) -> bool {
        let send = &queue.send;
        let (Some(there), Some(cells)) = (scene.relay(&queue.relay), self.cells.get(send)) else { return false };
        let of_message = || cells.iter().filter(|(_, name)| name.sequence == number);
        let Some(parts) = of_message().map(|(_, name)| name.parts).next() else { return false };
        (0..parts).all(|part| {
            let mut copies = of_message().filter(|(_, name)| name.part == part);
            theirs.has(number, part) || copies.any(|(cell, _)| there.holds(send, cell))
        })
    }
}

/// A payment that is shown as final is in a block.
fn paid(person: usize, message: &Message, scene: Scene) -> Result<()> {
    let Some(payment) = message.payment.as_ref().filter(|payment| payment.state == PaymentState::Final) else {
        return Ok(());
    };
    let made = payment.transaction.is_some_and(|hash| scene.chain.is_some_and(|chain| chain.has(&hash)));
    Claim::Paid.holds(made, || format!("{person} is shown as final: {payment:?}"))
}

/// Who is on the other side of a conversation: the owner of the queues that its messages go to.
fn peer_of<'a>(own: &Ledger, ledgers: &'a [Vec<Ledger>]) -> Option<(usize, &'a Ledger)> {
    let is_theirs =
        |one: &Ledger| one.queues.iter().any(|queue| own.peer_queues.iter().any(|(_, id)| *id == queue.send));
    ledgers.iter().enumerate().find_map(|(person, all)| Some((person, all.iter().find(|one| is_theirs(one))?)))
}
