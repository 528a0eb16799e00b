//! Where a person's mailboxes lie (E2E-78), and where the person is (E2E-79): so that when a border is closed, people on
//! one side of it have relays there that keep what they write to each other.
//!
//! Requirements: what relays say of their regions and operators. Provided: three relays, spread over regions and hands,
//! and else as random as can be; and which of those of a conversation's queues have to be others (E2E-80). Not provided:
//! proof that a relay is where it says.

use crate::apart::are_apart;
use crate::command::{CommandError, Reply};
use crate::introduce::REPLICAS;
use crate::live::{Live, Relay};
use crate::network::NetworkInfo;
use crate::record::{MailboxPurpose, load, save};
use crate::store::{Table, Transaction};
use crate::view::{ContactId, RegionStatus};
use crate::work::Work;
use rand_core::RngCore;
use std::collections::{BTreeMap, BTreeSet};
use wire::{Region, RelayId, UnixMillis};

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
        let all = candidates(self.live, &self.setup.network, self.now);
        if all.len() < RELAYS_MIN {
            return Err(CommandError::TooFewRelays(all.len()));
        }
        let chosen = choose(Vec::new(), all, own, REPLICAS, &mut self.rng);
        Ok(chosen.iter().map(|one| one.id).collect())
    }

    /// Where the queues of a conversation that lie at these relays should lie instead (E2E-80); `None`: where they do.
    pub(crate) fn better_places(&mut self, current: &BTreeSet<RelayId>) -> Result<Option<Places>, CommandError> {
        let own = self.own_region()?;
        let all = candidates(self.live, &self.setup.network, self.now);
        let missing = REPLICAS.min(all.len());
        let (mut there, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| current.contains(&one.id));
        let good: Vec<Candidate<'_>> = others.into_iter().filter(|one| !one.does_badly).collect();
        let in_own = |list: &[Candidate<'_>]| list.iter().filter(|one| own.is_some() && one.region == own).count();
        let away = OWN_REPLICAS.saturating_sub(in_own(&there)).min(in_own(&good));
        let come = missing.saturating_sub(there.len()).max(away).min(good.len());
        if come == 0 {
            return Ok(None);
        }
        // one of the own region stays, however it does at present
        there.iter_mut().filter(|one| own.is_some() && one.region == own).for_each(|one| one.does_badly = false);
        let stay = there.len().min(REPLICAS.saturating_sub(come));
        let staying = choose(Vec::new(), there, own, stay, &mut self.rng);
        let ids = |list: &[Candidate<'_>]| list.iter().map(|one| one.id).collect::<Vec<RelayId>>();
        let stay = ids(&staying);
        let chosen = choose(staying, good, own, stay.len().saturating_add(come), &mut self.rng);
        let come = ids(chosen.get(stay.len()..).unwrap_or_default());
        Ok(Some(Places { stay, come }))
    }

    /// The region that the person has said to be in.
    fn own_region(&self) -> Result<Option<Region>, CommandError> {
        Ok(load::<Option<Region>>(self.tx, Table::Profile, OWN)?.flatten())
    }

    pub(crate) fn keep_region(&mut self, region: Option<Region>) -> Result<(), CommandError> {
        save(self.tx, Table::Profile, OWN, &region)
    }

    pub(crate) fn set_region(&mut self, region: Option<Region>) -> Result<Reply, CommandError> {
        if region != self.own_region()? {
            self.keep_region(region)?;
            self.move_queues(true)?;
        }
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
        let contacts_elsewhere = if has_relays { self.contacts_elsewhere(own)? } else { 0 };
        Ok(RegionStatus { own, relays, unsaid, contacts_elsewhere })
    }

    /// The contacts of whose queues, as far as they write to them, none is at a relay of this region.
    fn contacts_elsewhere(&self, own: Option<Region>) -> Result<u32, CommandError> {
        let unused = self.queues_unused()?;
        let mut is_near: BTreeMap<ContactId, bool> = BTreeMap::new();
        for (id, mailbox) in self.live.mailboxes.iter().filter(|(_, mailbox)| !mailbox.deleting) {
            let MailboxPurpose::Queue(contact) = mailbox.purpose else { continue };
            let region = self.setup.network.relay(&mailbox.relay).and_then(|relay| relay.region);
            *is_near.entry(contact).or_default() |= region == own && !unused.contains(id);
        }
        Ok(u32::try_from(is_near.values().filter(|near| !**near).count()).unwrap_or(u32::MAX))
    }
}

/// Relays at which queues of a conversation stay, and those to which others move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Places {
    pub(crate) stay: Vec<RelayId>,
    pub(crate) come: Vec<RelayId>,
}

/// All relays of the network.
fn candidates<'a>(live: &'a Live, network: &NetworkInfo, now: UnixMillis) -> Vec<Candidate<'a>> {
    let candidate = |descriptor: &wire::RelayDescriptor| {
        let (id, region) = (descriptor.id(), descriptor.region);
        let relay = live.relays.get(&id)?;
        Some(Candidate { id, region, does_badly: !relay.as_target.is_good(now), relay })
    };
    network.relays.iter().filter_map(candidate).collect()
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

/// Chooses one after another, after those that are chosen, at random among those against which the least speaks.
fn choose<'a>(
    mut chosen: Vec<Candidate<'a>>,
    mut left: Vec<Candidate<'a>>,
    own: Option<Region>,
    count: usize,
    rng: &mut impl RngCore,
) -> Vec<Candidate<'a>> {
    while chosen.len() < count {
        let speaks: Vec<Against> = left.iter().map(|one| one.against(&chosen, own)).collect();
        let Some(least) = speaks.iter().min() else { break };
        let best: Vec<usize> =
            speaks.iter().enumerate().filter(|(_, one)| *one == least).map(|(place, _)| place).collect();
        let count = u64::try_from(best.len()).unwrap_or(u64::MAX);
        let drawn = usize::try_from(rng.next_u64().checked_rem(count).unwrap_or(0)).unwrap_or(0);
        let Some(place) = best.get(drawn) else { break };
        chosen.push(left.swap_remove(*place));
    }
    chosen
}

#[cfg(test)]
mod tests;
