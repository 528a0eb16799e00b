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
const UNKNOWN_PAIR_MS: u64 = 10 * 60 * 1000;
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
    /// An entry relay says that it does not know a target: neither is to blame for other pairs.
    pub(crate) fn pair_fails(&mut self, target: RelayId, entry: RelayId, now: UnixMillis) {
        if let Some(relay) = self.relays.get_mut(&target) {
            relay.unknown_to.retain(|_, until| *until > now);
            relay.unknown_to.insert(entry, now.plus_ms(UNKNOWN_PAIR_MS));
        }
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
            match (relay.as_entry.is_good(), relay.role) {
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
        if wanted.probe && own.is_empty() && !probes.is_empty() {
            return pick(&probes, wanted.preference);
        }
        lists.iter().find(|list| !list.is_empty()).and_then(|list| pick(list, wanted.preference))
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
        let pair = self.relays.get(target).and_then(|target| target.unknown_to.get(id)).copied().unwrap_or_default();
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

    /// Whether the same is still tried through another entry relay.
    pub(crate) fn has_other_way(&self, target: RelayId, purpose: &Purpose) -> bool {
        matches!(purpose, Purpose::Task(task) if self.ways(target, *task).next().is_some())
    }

    /// An entry relay is silent: nothing is asked through it while there are others, and polls that wait there move.
    fn entry_is_silent(&mut self, entry: RelayId, now: UnixMillis) {
        if let Some(relay) = self.relays.get_mut(&entry) {
            relay.as_entry.is_silent(now);
        }
        let waits = |id: &ExchangeId| self.exchanges.get(id).is_some_and(|flight| flight.entry == entry);
        let stale: Vec<RelayId> =
            self.relays.iter().filter(|(_, relay)| relay.poll.as_ref().is_some_and(waits)).map(|(id, _)| *id).collect();
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
            self.live.entry_is_silent(entry, now);
            self.hedge_task(target, task)?;
        }
        Ok(())
    }

    fn hedge_task(&mut self, target: RelayId, task: Task) -> Result<(), CommandError> {
        let mut used: Vec<RelayId> = self.live.ways(target, task).map(|(_, entry)| entry).collect();
        for _ in 0..HEDGES_AT_ONCE {
            if used.len() >= WAYS_MAX {
                return Ok(());
            }
            let wanted = Wanted { preference: self.rng.next_u64(), probe: false, not: &used };
            let Some(entry) = self.live.entry_for(&target, self.now, wanted) else { return Ok(()) };
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
mod tests {
    use super::*;
    use crate::invite::InviteRelay;
    use crate::live::tests::{NOW, descriptor, live};

    const ANY: Wanted<'static> = Wanted { preference: 0, probe: false, not: &[] };

    fn entries(live: &Live, target: &RelayId, probe: bool) -> std::collections::BTreeSet<RelayId> {
        (0..64).filter_map(|preference| live.entry_for(target, NOW, Wanted { preference, probe, not: &[] })).collect()
    }

    fn bridge(live: &mut Live, number: u8) -> RelayId {
        let descriptor = descriptor(number);
        let id = descriptor.id();
        live.relays.insert(id, Relay::new(descriptor, Role::Bridge));
        id
    }

    #[test]
    fn a_relay_that_a_link_or_contact_names_is_a_target_and_never_an_entry_relay() {
        let mut live = live(2);
        let named = live.learn(&InviteRelay::Bridge(descriptor(9))).unwrap();
        let target = descriptor(1).id();
        assert_eq!(entries(&live, &target, false), [descriptor(2).id()].into());
        assert!(!entries(&live, &named, false).contains(&named));
        live.relays.get_mut(&descriptor(2).id()).unwrap().as_entry.fails(NOW, 0);
        assert!(live.entry_at(&target).unwrap() > NOW, "and the only entry relay is waited for");
    }

    #[test]
    fn an_unknown_target_counts_against_the_pair_only() {
        let mut live = live(3);
        let named = live.learn(&InviteRelay::Bridge(descriptor(9))).unwrap();
        let (one, other) = (descriptor(1).id(), descriptor(2).id());
        live.pair_fails(named, one, NOW);
        assert!(!entries(&live, &named, false).contains(&one));
        assert!(entries(&live, &other, false).contains(&one));
        live.pair_fails(named, other, NOW);
        live.pair_fails(named, descriptor(3).id(), NOW);
        assert_eq!(live.entry_for(&named, NOW, ANY), None);
        assert_eq!(live.entry_at(&named), Some(NOW.plus_ms(UNKNOWN_PAIR_MS)), "nothing spins meanwhile");
    }

    #[test]
    fn bridges_are_spared_until_every_relay_of_the_network_does_badly() {
        let mut live = live(3);
        let (target, one, other) = (descriptor(1).id(), descriptor(2).id(), descriptor(3).id());
        let bridge = bridge(&mut live, 9);
        assert_eq!(entries(&live, &target, false), [one, other].into());
        live.entry_is_silent(one, NOW);
        assert_eq!(entries(&live, &target, false), [other].into());
        live.entry_is_silent(other, NOW);
        assert_eq!(entries(&live, &target, false), [bridge].into());
        live.relays.get_mut(&bridge).unwrap().as_entry.is_silent(NOW);
        assert_eq!(entries(&live, &target, false).len(), 3, "all are silent: each is worth a try");
    }

    #[test]
    fn a_relay_that_was_silent_is_tried_again_by_what_nobody_waits_for() {
        let mut live = live(3);
        let (target, one, other) = (descriptor(1).id(), descriptor(2).id(), descriptor(3).id());
        let bridge = bridge(&mut live, 9);
        live.entry_is_silent(one, NOW);
        live.entry_is_silent(other, NOW);
        assert_eq!(entries(&live, &target, true), [bridge].into(), "not at once");
        for id in [one, other] {
            let health = &mut live.relays.get_mut(&id).unwrap().as_entry;
            assert!(health.wants_probe(NOW.plus_ms(60_000)));
            health.is_silent(UnixMillis(0));
        }
        assert_eq!(entries(&live, &target, true), [one, other].into());
        assert_eq!(entries(&live, &target, false), [bridge].into(), "what somebody waits for does not try");
        live.relays.get_mut(&one).unwrap().as_entry.works();
        assert_eq!(entries(&live, &target, false), [one].into(), "and the bridge is spared again");
    }

    #[test]
    fn the_wait_before_another_way_follows_what_the_relay_took_before() {
        let mut live = live(2);
        let id = descriptor(1).id();
        assert_eq!(live.hedge_ms(&id), HEDGE_MS_FIRST);
        for (last_ms, wait_ms) in [(20, HEDGE_MS_MIN), (400, 1_600), (9_000, HEDGE_MS_MAX)] {
            live.relays.get_mut(&id).unwrap().last_ms = last_ms;
            assert_eq!(live.hedge_ms(&id), wait_ms);
        }
    }
}
