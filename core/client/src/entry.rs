//! Which entry relay carries an exchange, and what is done about one that is silent (E2E-50, E2E-56, E2E-57).
//!
//! Requirements: what entry relays did so far ([`crate::live::Health`]). Provided: the choice, and *hedging*: a request
//! that waits longer than usual is sent through further entry relays as well, and the first answer counts. Not
//! provided: notice of a connection that breaks (the carrier's), and of silence under a long poll (the carrier's).

use crate::command::{CommandError, Effect, ExchangeId};
use crate::live::{Live, Purpose, Relay, Role, Task};
use crate::store::Transaction;
use crate::work::Work;
use wire::{RelayId, UnixMillis};

/// How long a pair of relays is left alone of which the first says that it does not know the second.
pub(crate) const UNKNOWN_PAIR_MS: u64 = 10 * 60 * 1000;
/// The same where it says that it can't reach it: a border may be between them, and no border between others.
pub(crate) const UNREACHABLE_PAIR_MS: u64 = 10_000;
/// When so many entry relays can't reach a target it is taken to be down, and asked with growing pauses.
const UNREACHABLE_PAIRS_MAX: usize = 3;
/// The shortest wait before a request goes through a further entry relay as well: above what a round trip around the
/// world and two hops take, so that it is rare where nothing is wrong.
const HEDGE_MS_MIN: u64 = 700;
/// The longest wait: a relay that was slow before is not given for ever.
const HEDGE_MS_MAX: u64 = 3_000;
/// The wait for an entry relay that was not used yet: it has a connection to make.
const HEDGE_MS_FIRST: u64 = 1_000;
/// How many times an entry relay's last time is waited for.
const HEDGE_FACTOR: u64 = 4;
/// Entry relays that one request goes through at a time.
const WAYS_MAX: usize = 4;
/// Further ways that are taken at once: the first may be as blocked as the one that is silent.
const HEDGES_AT_ONCE: usize = 2;

/// While some do well, one in so many questions that nobody waits for looks at one that did not.
const PROBES_ONE_IN: u64 = 4;

/// What is wanted of an entry relay.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'a> {
    /// Random: picks among equals.
    pub(crate) preference: u64,
    /// One that did badly may be tried again: nobody waits for this exchange.
    pub(crate) probe: bool,
    /// Not these.
    pub(crate) not: &'a [RelayId],
}

impl Live {
    /// An entry relay says that it does not know or can't reach a target: neither is to blame for other pairs.
    pub(crate) fn pair_fails(&mut self, target: RelayId, entry: RelayId, now: UnixMillis, pause_ms: u64) {
        if let Some(relay) = self.relays.get_mut(&target) {
            relay.not_from.retain(|_, until| *until > now);
            relay.not_from.insert(entry, now.plus_ms(pause_ms));
        }
    }

    /// Whether it is likely the target that is down: several entry relays say so, or there is no other to ask.
    pub(crate) fn is_likely_down(&self, target: &RelayId, now: UnixMillis) -> bool {
        let pairs = self.relays.get(target).map_or(0, |relay| relay.not_from.values().filter(|at| **at > now).count());
        pairs >= UNREACHABLE_PAIRS_MAX || self.entry_at(target).is_none_or(|at| at > now)
    }

    /// The entry relay for a target: not the target itself. The network's own that do well come before bridges, which
    /// are spared while they are not needed, and both before those that do badly.
    pub(crate) fn entry_for(&self, target: &RelayId, now: UnixMillis, wanted: Wanted<'_>) -> Option<RelayId> {
        let usable = |(id, relay): &(&RelayId, &Relay)| {
            !wanted.not.contains(id) && self.entry_until(target, id, relay).is_some_and(|at| at <= now)
        };
        let mut lists: [Vec<RelayId>; 3] = Default::default();
        let mut probes = Vec::new();
        for (id, relay) in self.relays.iter().filter(usable) {
            let [own, bridges, bad] = &mut lists;
            match (relay.as_entry.is_good(now), relay.role) {
                (true, Role::Bridge) => bridges.push(*id),
                (true, Role::Network | Role::Named) => own.push(*id),
                (false, role) => {
                    bad.push(*id);
                    if role == Role::Network && relay.as_entry.wants_probe(now) {
                        probes.push(*id);
                    }
                }
            }
        }
        let [own, ..] = &lists;
        let looks = own.is_empty() || wanted.preference.is_multiple_of(PROBES_ONE_IN);
        if wanted.probe && looks && !probes.is_empty() {
            return pick(&probes, wanted.preference.checked_div(PROBES_ONE_IN).unwrap_or(0));
        }
        lists.iter().find(|list| !list.is_empty()).and_then(|list| pick(list, wanted.preference))
    }

    /// Whether exchanges go through bridges: every relay of the network does badly as an entry relay, a bridge that was
    /// used does well, and not every relay is cut off from it too.
    pub(crate) fn goes_through_a_bridge(&self, now: UnixMillis) -> bool {
        let good = |role| self.relays.values().filter(move |relay| relay.role == role && relay.as_entry.is_good(now));
        let is_reached = |relay: &Relay| relay.role == Role::Network && relay.as_target.is_good(now);
        good(Role::Network).next().is_none()
            && good(Role::Bridge).any(|relay| relay.used)
            && self.relays.values().any(is_reached)
    }

    /// When there will be an entry relay for a target.
    pub(crate) fn entry_at(&self, target: &RelayId) -> Option<UnixMillis> {
        self.relays.iter().filter_map(|(id, relay)| self.entry_until(target, id, relay)).min()
    }

    /// From when on a relay may be the entry relay for a target; `None`: never.
    fn entry_until(&self, target: &RelayId, id: &RelayId, relay: &Relay) -> Option<UnixMillis> {
        if id == target || relay.role == Role::Named {
            return None;
        }
        let pair = self.relays.get(target).and_then(|target| target.not_from.get(id)).copied().unwrap_or_default();
        Some(relay.as_entry.until.max(pair))
    }

    /// How long an exchange through this entry relay is waited for before another one is tried as well.
    pub(crate) fn hedge_ms(&self, entry: &RelayId) -> u64 {
        match self.relays.get(entry).map(|relay| relay.last_ms) {
            None | Some(0) => HEDGE_MS_FIRST,
            Some(last_ms) => last_ms.saturating_mul(HEDGE_FACTOR).clamp(HEDGE_MS_MIN, HEDGE_MS_MAX),
        }
    }

    /// The exchanges under way that do this task, each through another entry relay.
    fn ways(&self, target: RelayId, task: Task) -> impl Iterator<Item = (ExchangeId, RelayId)> {
        let same = move |purpose: &Purpose| matches!(purpose, Purpose::Task(one) if *one == task);
        self.exchanges
            .iter()
            .filter(move |(_, flight)| flight.target == target && same(&flight.purpose))
            .map(|(id, flight)| (*id, flight.entry))
    }

    /// Whether another way of the same is late as well.
    fn is_late_elsewhere(&self, target: RelayId, task: Task, but: ExchangeId) -> bool {
        let late = |id: &ExchangeId| self.exchanges.get(id).is_some_and(|flight| flight.hedge_at.is_none());
        self.ways(target, task).any(|(id, _)| id != but && late(&id))
    }

    /// Whether the same is still tried through another entry relay.
    pub(crate) fn has_other_way(&self, target: RelayId, purpose: &Purpose) -> bool {
        matches!(purpose, Purpose::Task(task) if self.ways(target, *task).next().is_some())
    }

    /// An entry relay is silent: nothing is asked through it while there are others, and polls that wait there move to
    /// one that does well, where there is one.
    fn entry_is_silent(&mut self, entry: RelayId, now: UnixMillis) {
        let Some(relay) = self.relays.get_mut(&entry) else { return };
        let did_well = relay.as_entry.is_good(now);
        relay.as_entry.is_silent(now);
        if !did_well {
            // its polls have moved, or have nowhere to go
            return;
        }
        let waits = |id: &ExchangeId| self.exchanges.get(id).is_some_and(|flight| flight.entry == entry);
        let better = |target: &RelayId| {
            self.relays.iter().any(|(id, relay)| {
                *id != entry
                    && relay.as_entry.is_good(now)
                    && self.entry_until(target, id, relay).is_some_and(|at| at <= now)
            })
        };
        let stale: Vec<RelayId> = self
            .relays
            .iter()
            .filter(|(id, relay)| relay.poll.as_ref().is_some_and(waits) && better(id))
            .map(|(id, _)| *id)
            .collect();
        for id in stale {
            if let Some(relay) = self.relays.get_mut(&id) {
                relay.poll_stale = true;
            }
        }
    }
}

impl<T: Transaction> Work<'_, T> {
    /// Requests that wait longer than usual go through further entry relays as well (E2E-56).
    pub(crate) fn hedge(&mut self) -> Result<(), CommandError> {
        let now = self.now;
        let late: Vec<ExchangeId> = self
            .live
            .exchanges
            .iter()
            .filter(|(_, flight)| flight.hedge_at.is_some_and(|at| at <= now))
            .map(|(id, _)| *id)
            .collect();
        for id in late {
            let Some(flight) = self.live.exchanges.get_mut(&id) else { continue };
            flight.hedge_at = None;
            let (target, entry) = (flight.target, flight.entry);
            let Purpose::Task(task) = flight.purpose else { continue };
            // where two ways are late it is more likely the target that is silent
            if !self.live.is_late_elsewhere(target, task, id) {
                self.live.entry_is_silent(entry, now);
            }
            self.hedge_task(target, task)?;
        }
        Ok(())
    }

    fn hedge_task(&mut self, target: RelayId, task: Task) -> Result<(), CommandError> {
        let mut used: Vec<RelayId> = self.live.ways(target, task).map(|(_, entry)| entry).collect();
        // a bridge is shown to whoever watches only where no relay of the network is left to try
        let mut spare_bridges = false;
        for _ in 0..HEDGES_AT_ONCE {
            if used.len() >= WAYS_MAX {
                return Ok(());
            }
            let wanted = Wanted { preference: self.rng.next_u64(), probe: false, not: &used };
            let Some(entry) = self.live.entry_for(&target, self.now, wanted) else { return Ok(()) };
            let is_bridge = self.live.relays.get(&entry).is_some_and(|relay| relay.role == Role::Bridge);
            if is_bridge && spare_bridges {
                return Ok(());
            }
            spare_bridges = !is_bridge;
            let Some((request, wait_ms)) = self.request_of(target, task)? else { return Ok(()) };
            self.start(target, entry, request, Purpose::Task(task), wait_ms)?;
            used.push(entry);
        }
        Ok(())
    }

    /// The task has its answer: the other ways are not waited for.
    pub(crate) fn end_other_ways(&mut self, target: RelayId, purpose: &Purpose) {
        let Purpose::Task(task) = purpose else { return };
        let others: Vec<ExchangeId> = self.live.ways(target, *task).map(|(id, _)| id).collect();
        for id in others {
            let Some(flight) = self.live.exchanges.remove(&id) else { continue };
            self.ended(flight.target, &flight.purpose, flight.wait_ms > 0);
            self.live.effects.push_back(Effect::Cancel(id));
        }
    }
}

fn pick(list: &[RelayId], preference: u64) -> Option<RelayId> {
    let count = u64::try_from(list.len()).ok()?;
    let index = usize::try_from(preference.checked_rem(count)?).ok()?;
    list.get(index).copied()
}

#[cfg(test)]
mod tests;
