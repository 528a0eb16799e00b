//! Where a person's mailboxes lie (E2E-78), and where the person is (E2E-79): so that when a border is closed, people on
//! one side of it have relays there that keep what they write to each other.
//!
//! Requirements: what relays say of their regions and operators. Provided: three relays, spread over regions and hands,
//! and else as random as can be. Not provided: proof that a relay is where it says, and a move of mailboxes that exist.

use crate::apart::are_apart;
use crate::command::{CommandError, Reply};
use crate::introduce::REPLICAS;
use crate::live::Relay;
use crate::record::{MailboxPurpose, load, save};
use crate::store::{Table, Transaction};
use crate::view::{ContactId, RegionStatus};
use crate::work::Work;
use rand_core::RngCore;
use std::collections::BTreeMap;
use wire::{Region, RelayId};

/// Key of the own region in [`Table::Profile`].
const OWN: &[u8] = b"region";
/// The fewest relays with which anything works: the entry relay is not the target.
const RELAYS_MIN: usize = 2;
/// Replicas in the person's own region: as many as make a message accepted (E2E-44).
const OWN_REPLICAS: usize = 2;

impl<T: Transaction> Work<'_, T> {
    /// Relays of the network for new mailboxes, as many as there are replicas.
    pub(crate) fn choose_relays(&mut self) -> Result<Vec<RelayId>, CommandError> {
        let own = self.own_region()?;
        let (live, now) = (&*self.live, self.now);
        let candidate = |descriptor: &wire::RelayDescriptor| {
            let (id, region) = (descriptor.id(), descriptor.region);
            let relay = live.relays.get(&id)?;
            Some(Candidate { id, region, does_badly: !relay.as_target.is_good(now), relay })
        };
        let all: Vec<Candidate<'_>> = self.setup.network.relays.iter().filter_map(candidate).collect();
        if all.len() < RELAYS_MIN {
            return Err(CommandError::TooFewRelays(all.len()));
        }
        Ok(choose(all, own, &mut self.rng))
    }

    /// The region that the person has said to be in.
    fn own_region(&self) -> Result<Option<Region>, CommandError> {
        Ok(load::<Option<Region>>(self.tx, Table::Profile, OWN)?.flatten())
    }

    pub(crate) fn keep_region(&mut self, region: Option<Region>) -> Result<(), CommandError> {
        save(self.tx, Table::Profile, OWN, &region)
    }

    pub(crate) fn set_region(&mut self, region: Option<Region>) -> Result<Reply, CommandError> {
        self.keep_region(region)?;
        self.region_status().map(Reply::Region)
    }

    pub(crate) fn region_status(&self) -> Result<RegionStatus, CommandError> {
        let own = self.own_region()?;
        let mut counts: BTreeMap<Option<Region>, u32> = BTreeMap::new();
        for relay in &self.setup.network.relays {
            let count = counts.entry(relay.region).or_default();
            *count = count.saturating_add(1);
        }
        let unsaid = counts.remove(&None).unwrap_or(0);
        let relays: Vec<(Region, u32)> =
            counts.into_iter().filter_map(|(region, count)| Some((region?, count))).collect();
        let has_relays = relays.iter().any(|(region, _)| Some(*region) == own);
        let contacts_elsewhere = if has_relays { self.contacts_elsewhere(own) } else { 0 };
        Ok(RegionStatus { own, relays, unsaid, contacts_elsewhere })
    }

    /// The contacts none of whose queues is at a relay of this region.
    fn contacts_elsewhere(&self, own: Option<Region>) -> u32 {
        let mut is_near: BTreeMap<ContactId, bool> = BTreeMap::new();
        for mailbox in self.live.mailboxes.values().filter(|mailbox| !mailbox.deleting) {
            let MailboxPurpose::Queue(contact) = mailbox.purpose else { continue };
            let region = self.setup.network.relay(&mailbox.relay).and_then(|relay| relay.region);
            *is_near.entry(contact).or_default() |= region == own;
        }
        u32::try_from(is_near.values().filter(|near| !**near).count()).unwrap_or(u32::MAX)
    }
}

/// A relay that mailboxes may be made at.
#[derive(Clone, Copy)]
struct Candidate<'a> {
    id: RelayId,
    region: Option<Region>,
    does_badly: bool,
    relay: &'a Relay,
}

/// What speaks against a relay, the weightiest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Against {
    does_badly: bool,
    /// Too few of the chosen are in the person's own region, and it is not there either.
    is_away: bool,
    /// How many of the chosen are in its region, those that don't say counting as one.
    beside: usize,
    /// It does not say, and none of the chosen is like that: a region that is said comes first.
    is_unsaid: bool,
    /// It and one of the chosen may be in one hand.
    is_in_one_hand: bool,
}

impl Candidate<'_> {
    fn against(&self, chosen: &[Candidate<'_>], own: Option<Region>) -> Against {
        let here = |region: Option<Region>| chosen.iter().filter(|one| one.region == region).count();
        let beside = here(self.region);
        Against {
            does_badly: self.does_badly,
            is_away: own.is_some() && self.region != own && here(own) < OWN_REPLICAS,
            beside,
            is_unsaid: beside == 0 && self.region.is_none(),
            is_in_one_hand: chosen.iter().any(|one| !are_apart(one.relay, self.relay)),
        }
    }
}

/// Chooses one after another, at random among those against which the least speaks.
fn choose(mut left: Vec<Candidate<'_>>, own: Option<Region>, rng: &mut impl RngCore) -> Vec<RelayId> {
    let mut chosen: Vec<Candidate<'_>> = Vec::new();
    while chosen.len() < REPLICAS {
        let speaks: Vec<Against> = left.iter().map(|one| one.against(&chosen, own)).collect();
        let Some(least) = speaks.iter().min() else { break };
        let best: Vec<usize> =
            speaks.iter().enumerate().filter(|(_, one)| *one == least).map(|(place, _)| place).collect();
        let count = u64::try_from(best.len()).unwrap_or(u64::MAX);
        let drawn = usize::try_from(rng.next_u64().checked_rem(count).unwrap_or(0)).unwrap_or(0);
        let Some(place) = best.get(drawn) else { break };
        chosen.push(left.swap_remove(*place));
    }
    chosen.iter().map(|one| one.id).collect()
}

#[cfg(test)]
mod tests;
