//! The ghost: it follows every claim that a relay or a client makes, and looks at the moment it is made whether it is
//! true on the disks. What arrives in the end says little about that: a claim that was false when it was made comes
//! true later in most worlds, and in the one where a machine dies in between it never does.
//!
//! Requirements: [`Ghost::left`] and [`Ghost::told`] after every input of a client, [`Ghost::promised`] for every
//! answer to a command, [`Ghost::relisted`] when a person begins to look anew, [`Ghost::looked`] before a person marks
//! something as read. Relays' answers are held against their disks by [`crate::relay::disk`].
//!
//! Provided: the checks of [`Claim`].
//!
//! Not provided: a model of introductions (they must come about, or no world begins) and of amounts (they are added up
//! in the end).

mod claims;
mod untrue;

pub use untrue::{Claim, Untrue};

use crate::chain::Chain;
use crate::person::Person;
use crate::relay::Relay;
use anyhow::{Context, Result};
use client::ledger::{Ledger, PartName};
use client::view::{ContactId, Message, MessageId};
use client::{Effect, Event, Reply};
use mailbox::hop::{HopBody, decode_body};
use mailbox::{CellId, ReceiveId, Request, SendId};
use std::collections::{BTreeMap, BTreeSet};
use wire::RelayId;

/// All machines, as they are now.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub(crate) people: &'a [Person],
    pub(crate) relays: &'a [Relay],
    pub(crate) chain: Option<&'a Chain>,
}

impl Scene<'_> {
    fn ledgers(&self) -> Result<Vec<Vec<Ledger>>> {
        self.people.iter().map(Person::ledgers).collect()
    }

    fn relay(&self, id: &RelayId) -> Option<&Relay> {
        self.relays.iter().find(|one| one.descriptor.id() == *id)
    }
}

/// What the ghost knows.
#[derive(Default)]
pub(crate) struct Ghost {
    /// What the deposits hold that clients have made.
    cells: BTreeMap<SendId, BTreeMap<CellId, PartName>>,
    /// What a person's page shows.
    page: BTreeMap<(usize, ContactId, MessageId), Message>,
    /// Messages that a person has said to have seen.
    seen: BTreeSet<(usize, MessageId)>,
    /// Claims that were looked at.
    pub(crate) claims: u64,
}

impl Ghost {
    /// Requests leave a person's machine: what they rest on is on its disk (E2E-41, E2E-54).
    pub(crate) fn left(&mut self, person: usize, effects: &[Effect], scene: Scene) -> Result<()> {
        let mut own = None;
        for effect in effects {
            let Effect::Exchange { body, .. } = effect else { continue };
            let HopBody::Forward(hop) = decode_body(body)? else { continue };
            let relay = scene.relay(&hop.target).context("a request to a relay that is not there")?;
            match relay.peek(&hop.sealed)? {
                Request::Deposit(deposit) => {
                    let own = own_ledgers(&mut own, person, scene)?;
                    let (send, cell) = (deposit.send.id(), deposit.cell.as_bytes());
                    let to = own.iter().find(|one| one.sends.iter().any(|(_, id)| *id == send));
                    let Some((to, name)) = to.and_then(|to| Some((to, to.going(&hop.target, cell)?))) else { continue };
                    self.claims += 1;
                    let (number, next) = (name.sequence, to.next_out);
                    Claim::Left.holds(number < next, || format!("{person} deposits {number} and stored {next}"))?;
                    self.cells.entry(send).or_default().insert(deposit.cell_id, name);
                }
                Request::Ack(ack) => {
                    let own = own_ledgers(&mut own, person, scene)?;
                    for one in ack.mailboxes {
                        self.acknowledged(person, relay, one.receive.id(), &one.sequences, own)?;
                    }
                }
                Request::Create(_)
                | Request::Fetch(_)
                | Request::Delete(_)
                | Request::Info(_)
                | Request::Chain(_)
                | Request::Carried(_) => {}
            }
        }
        Ok(())
    }

    /// A person lets a relay delete cells: they must be committed here.
    fn acknowledged(
        &mut self,
        person: usize,
        relay: &Relay,
        receive: ReceiveId,
        sequences: &[u64],
        own: &[Ledger],
    ) -> Result<()> {
        let Some(into) = own.iter().find(|one| one.queues.iter().any(|queue| queue.receive == receive)) else {
            return Ok(());
        };
        for sequence in sequences {
            let Some((send, cell)) = relay.cell_at(&receive, *sequence) else { continue };
            let Some(name) = self.cells.get(&send).and_then(|cells| cells.get(&cell)) else { continue };
            self.claims += 1;
            let has = into.has(name.sequence, name.part);
            Claim::Acknowledged.holds(has, || format!("{person} has not stored {name:?}"))?;
        }
        Ok(())
    }

    /// A client tells its page what changed: it is stored so, and it is true.
    pub(crate) fn told(&mut self, person: usize, events: &[Event], scene: Scene) -> Result<()> {
        if events.is_empty() {
            return Ok(());
        }
        let ledgers = scene.ledgers()?;
        let mut last = BTreeMap::new();
        for event in events {
            if let Event::Message(message) = event {
                self.shown(person, message, &ledgers, scene)?;
                last.insert((message.conversation, message.id), message);
            } else if let Event::ContactRemoved(id) = event {
                self.page.retain(|key, _| key.0 != person || key.1.to_string() != *id);
            }
        }
        for message in last.into_values() {
            let stored = scene.people[person].stored(message.conversation, message.id)?;
            let same = stored.as_ref().is_some_and(|(stored, _)| stored == message);
            Claim::Told.holds(same, || format!("{person} is told {message:?}, stored is {stored:?}"))?;
        }
        told_last(person, events, &ledgers[person])
    }

    /// A command was answered: what the answer says is stored.
    pub(crate) fn promised(&mut self, person: usize, reply: &Reply, scene: Scene) -> Result<()> {
        let Reply::Message(message) = reply else { return Ok(()) };
        self.claims += 1;
        let stored = scene.people[person].stored(message.conversation, message.id)?;
        let same = stored.as_ref().is_some_and(|(stored, _)| stored == message);
        Claim::Promised.holds(same, || format!("{person} is promised {message:?}, stored is {stored:?}"))?;
        self.shown(person, message, &scene.ledgers()?, scene)
    }

    /// A person looks at everything anew, as after a restart: that is true too, and no less than what was shown before.
    pub(crate) fn relisted(&mut self, person: usize, scene: Scene) -> Result<()> {
        let ledgers = scene.ledgers()?;
        for ledger in &ledgers[person] {
            for message in scene.people[person].stored_messages(ledger.contact.id)? {
                self.shown(person, &message, &ledgers, scene)?;
            }
        }
        Ok(())
    }

    /// A person says that these messages have been seen.
    pub(crate) fn looked(&mut self, person: usize, seen: impl Iterator<Item = MessageId>) {
        self.seen.extend(seen.map(|id| (person, id)));
    }

    /// In the end every page shows what is stored.
    pub(crate) fn whole(&mut self, scene: Scene) -> Result<()> {
        for (person, ledgers) in scene.ledgers()?.iter().enumerate() {
            for ledger in ledgers {
                for stored in scene.people[person].stored_messages(ledger.contact.id)? {
                    let shown = self.page.get(&(person, ledger.contact.id, stored.id));
                    let same = shown == Some(&stored);
                    Claim::Told.holds(same, || format!("{person} was shown {shown:?}, stored is {stored:?}"))?;
                }
            }
        }
        Ok(())
    }
}

/// Contacts and conversations, as they were told last.
fn told_last(person: usize, events: &[Event], own: &[Ledger]) -> Result<()> {
    let (mut contacts, mut conversations) = (BTreeMap::new(), BTreeMap::new());
    for event in events {
        if let Event::Contact(contact) = event {
            contacts.insert(contact.id, contact);
        } else if let Event::Conversation(one) = event {
            conversations.insert(one.id, one);
        }
    }
    for (id, told) in contacts {
        let stored = own.iter().find(|one| one.contact.id == id).map(|one| &one.contact);
        Claim::Told.holds(stored == Some(told), || format!("{person} is told {told:?}, stored is {stored:?}"))?;
    }
    for (id, told) in conversations {
        let stored = own.iter().find(|one| one.contact.id == id).map(|one| &one.conversation);
        Claim::Told.holds(stored == Some(told), || format!("{person} is told {told:?}, stored is {stored:?}"))?;
    }
    Ok(())
}

/// Read once for all effects of one input.
fn own_ledgers<'a>(own: &'a mut Option<Vec<Ledger>>, person: usize, scene: Scene) -> Result<&'a [Ledger]> {
    if own.is_none() {
        *own = Some(scene.people[person].ledgers()?);
    }
    own.as_deref().context("no ledgers")
}
