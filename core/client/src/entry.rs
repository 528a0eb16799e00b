//! Which entry relay carries an exchange, and what is done about one that is silent (E2E-50, E2E-56 to E2E-58,
//! E2E-76, E2E-77).
//!
//! Requirements: what entry relays did so far ([`crate::live::Health`]). Provided: the choice, and *hedging*: a request
//! that waits longer than usual is sent through further entry relays as well, and the first answer counts. Not
//! provided: notice of a connection that breaks (the carrier's), and of silence under a long poll (the carrier's).

use crate::apart::are_apart;
use crate::command::{CommandError, Effect, ExchangeId};
use crate::live::{Live, Purpose, Relay, Role, Task};
use crate::store::Transaction;
use crate::work::Work;
use mailbox::hop::HopRefusal;
use std::collections::BTreeMap;
use wire::{RelayAddress, RelayId, UnixMillis};

/// How long a pair of relays is left alone of which the first says that it does not know the second.
const UNKNOWN_PAIR_MS: u64 = 10 * 60 * 1000;
/// The same where it says that it can't reach it: a border may be between them, and no border between others.
const UNREACHABLE_PAIR_MS: u64 = 10_000;
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
/// The wait while there is trouble, for an entry relay of which nothing was heard since: it may be behind the same
/// border. Nobody is blamed for so little.
const HEDGE_MS_TROUBLE: u64 = 250;
/// What was heard in the last part of the time for which a connection is said to be quiet came by another one.
const HEARD_PART: u64 = 2;
/// How long after silence was noticed entry relays that were heard since come first.
const TROUBLE_MS: u64 = 30_000;
/// Relays at which it is looked, when trouble begins, for what polls through others than the silent entry relay wait.
const LOOKS_MAX: usize = 8;
/// Entry relays that one request goes through at a time.
const WAYS_MAX: usize = 6;
/// Further ways that are taken at once: the first may be as blocked as the one that is silent.
const HEDGES_AT_ONCE: usize = 2;

/// While some do well, one in so many questions that nobody waits for looks at one that did not.
const PROBES_ONE_IN: u64 = 4;

/// Silence was noticed: a border may have come down, and who was heard since is on this side of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trouble {
    /// When the newest of what was not answered was sent.
    since: UnixMillis,
    until: UnixMillis,
}

/// How an entry relay stands among the others, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// The network's own, heard since trouble began.
    Heard,
    /// The same of a bridge.
    HeardBridge,
    /// The network's own, heard since trouble began, by a way that takes short requests alone.
    HeardNarrow,
    /// The network's own, as far as is known.
    Own,
    /// The same of one that was silent some time ago and not heard since.
    Forgiven,
    /// A bridge, as far as is known.
    Bridge,
    /// The network's own, to which only a narrow way leads.
    Narrow,
    /// The same of a bridge.
    NarrowBridge,
    /// It failed or was silent.
    Bad,
}

/// What is wanted of an entry relay.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'a> {
    /// Random: picks among equals.
    pub(crate) preference: u64,
    /// One that did badly may be tried again: nobody waits for this exchange.
    pub(crate) probe: bool,
    /// One to which more than a narrow way leads comes first, also when nothing was heard of it: others are asked too.
    pub(crate) wide: bool,
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

    /// The entry relay for a target: not the target itself, and in other hands. The network's own that do well come
    /// before bridges, which are spared while they are not needed, these before those to which only a narrow way leads,
    /// and all before those that do badly. While there is trouble those that were heard since come before all others,
    /// bridges too, also through a narrow way.
    pub(crate) fn entry_for(&self, target: &RelayId, now: UnixMillis, wanted: Wanted<'_>) -> Option<RelayId> {
        let until = self.entries_until(target);
        let usable =
            |(id, relay): &(&RelayId, &Relay)| !wanted.not.contains(id) && until(id, relay).is_some_and(|at| at <= now);
        let mut ranks: BTreeMap<Rank, Vec<RelayId>> = BTreeMap::new();
        let mut probes = Vec::new();
        for (id, relay) in self.relays.iter().filter(usable) {
            let rank = self.rank(relay, now, wanted.wide);
            ranks.entry(rank).or_default().push(*id);
            let may_be_wider = relay.narrow && relay.as_entry.may_be_wider(now);
            if relay.role == Role::Network && (may_be_wider || relay.as_entry.wants_probe(now)) {
                probes.push(*id);
            }
        }
        let does_well = ranks.contains_key(&Rank::Heard) || ranks.contains_key(&Rank::Own);
        let looks = !does_well || wanted.preference.is_multiple_of(PROBES_ONE_IN);
        if wanted.probe && looks && !probes.is_empty() {
            return pick(&probes, wanted.preference.checked_div(PROBES_ONE_IN).unwrap_or(0));
        }
        let (rank, mut best) = ranks.pop_first()?;
        if matches!(rank, Rank::HeardBridge | Rank::Bridge | Rank::NarrowBridge) {
            // whoever watches one is not to see the others, also where each of them has failed before
            best.truncate(1);
        }
        pick(&best, wanted.preference)
    }

    /// How an entry relay stands among the others; `wide`: what is heard through a narrow way is no advantage.
    fn rank(&self, relay: &Relay, now: UnixMillis, wide: bool) -> Rank {
        let heard = self.is_heard_in_trouble(relay, now);
        match (relay.role, relay.narrow) {
            _ if !relay.as_entry.is_good(now) => Rank::Bad,
            (Role::Bridge, true) => Rank::NarrowBridge,
            (Role::Bridge, false) => {
                if heard {
                    Rank::HeardBridge
                } else {
                    Rank::Bridge
                }
            }
            (Role::Network | Role::Named, true) => {
                if heard && !wide {
                    Rank::HeardNarrow
                } else {
                    Rank::Narrow
                }
            }
            (Role::Network | Role::Named, false) => match (heard, relay.as_entry.was_silent()) {
                (true, _) => Rank::Heard,
                (false, false) => Rank::Own,
                (false, true) => Rank::Forgiven,
            },
        }
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
        let until = self.entries_until(target);
        self.relays.iter().filter_map(|(id, relay)| until(id, relay)).min()
    }

    /// From when on a relay may be the entry relay for a target; `None`: never. Who runs the target is not asked to carry
    /// what goes there, unless nobody else is known (E2E-76). Nothing goes through a bridge because of what one target
    /// does: not while every relay of the network does well, and through no other while one does (E2E-57, E2E-77).
    fn entries_until(&self, target: &RelayId) -> impl Fn(&RelayId, &Relay) -> Option<UnixMillis> {
        let (to, apart) = (self.relays.get(target), self.has_apart(target));
        let target = *target;
        let may_carry = move |id: &RelayId, relay: &Relay| {
            let in_one_hand = apart && to.is_some_and(|to| !are_apart(relay, to));
            *id != target && relay.role != Role::Named && !in_one_hand
        };
        let able = self.relays.iter().filter(|(id, relay)| may_carry(id, relay));
        let (bridges, own): (Vec<_>, Vec<_>) = able.partition(|(_, relay)| relay.role == Role::Bridge);
        let does_well = |relay: &Relay| relay.as_entry.is_blameless() && !relay.narrow;
        // what may be behind a border that came down has not failed yet
        let doubted = |relay: &Relay| self.trouble.is_some_and(|trouble| relay.heard_at <= trouble.since);
        let own_do_well = !own.is_empty() && own.iter().all(|(_, relay)| does_well(relay) && !doubted(relay));
        let carrying = bridges.iter().find(|(_, relay)| does_well(relay)).map(|(id, _)| **id);
        move |id, relay| {
            let spared = relay.role == Role::Bridge && (own_do_well || carrying.is_some_and(|one| one != *id));
            if spared || !may_carry(id, relay) {
                return None;
            }
            let pair = to.and_then(|to| to.not_from.get(id)).copied().unwrap_or_default();
            Some(relay.as_entry.until.max(pair))
        }
    }

    /// The trouble that is not over.
    fn trouble(&self, now: UnixMillis) -> Option<Trouble> {
        self.trouble.filter(|trouble| trouble.until > now)
    }

    fn is_heard_in_trouble(&self, relay: &Relay, now: UnixMillis) -> bool {
        self.trouble(now).is_some_and(|trouble| relay.heard_at > trouble.since)
    }

    /// Whether an entry relay may be behind the border that came down.
    fn may_be_cut_off(&self, entry: &RelayId, now: UnixMillis) -> bool {
        let Some(relay) = self.relays.get(entry) else { return true };
        self.trouble(now).is_some() && !self.is_heard_in_trouble(relay, now)
    }

    /// How long an exchange through this entry relay is waited for before another one is tried as well.
    pub(crate) fn hedge_ms(&self, entry: &RelayId, now: UnixMillis) -> u64 {
        let is_narrow = self.relays.get(entry).is_some_and(|relay| relay.narrow);
        if self.may_be_cut_off(entry, now) || (is_narrow && self.has_wide(now)) {
            return HEDGE_MS_TROUBLE;
        }
        self.late_ms(entry)
    }

    /// Whether there is an entry relay that may do better than those to which a narrow way leads.
    fn has_wide(&self, now: UnixMillis) -> bool {
        let is_wide = |relay: &Relay| relay.role != Role::Named && !relay.narrow && relay.as_entry.is_good(now);
        self.relays.values().any(is_wide)
    }

    /// How long an entry relay usually takes, amply.
    fn late_ms(&self, entry: &RelayId) -> u64 {
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

    /// Nothing was heard through an entry relay of what was sent at `since`: there is trouble. What waits there on
    /// purpose is looked for another way, and what goes through it goes another way as well, at once.
    pub(crate) fn doubt(&mut self, entry: RelayId, since: UnixMillis, now: UnixMillis) {
        let Some(relay) = self.relays.get(&entry) else { return };
        let known = self.trouble(now);
        let is_new = known.is_none();
        // all that were doubted were heard before: it came down after the last of these times
        let since = known.map_or(UnixMillis(0), |known| known.since).max(since).max(relay.heard_at);
        self.trouble = Some(Trouble { since, until: now.plus_ms(TROUBLE_MS) });
        for flight in self.exchanges.values_mut().filter(|flight| flight.entry == entry) {
            let soon = flight.started.plus_ms(HEDGE_MS_TROUBLE).max(now);
            flight.hedge_at = flight.hedge_at.map(|at| at.min(soon));
        }
        let mut looked_for = self.polled_through(entry);
        if is_new {
            // what came down may be before others too, or between an entry relay that is heard and where its poll goes
            let cut_off = |(target, relay): &(&RelayId, &Relay)| {
                let is_reached = self.trouble.is_some_and(|trouble| relay.reached_at > trouble.since);
                let via = self.poll_entry(target);
                via.is_some_and(|via| !is_reached || self.may_be_cut_off(&via, now))
            };
            looked_for.extend(self.relays.iter().filter(cut_off).map(|(target, _)| *target).take(LOOKS_MAX));
        }
        for target in looked_for {
            self.schedule(target, Task::Look, now);
        }
    }

    /// The relays whose poll waits at an entry relay.
    fn polled_through(&self, entry: RelayId) -> Vec<RelayId> {
        let is_it = |target: &RelayId| self.poll_entry(target) == Some(entry);
        self.relays.keys().copied().filter(is_it).collect()
    }

    /// The entry relay at which the poll of a relay waits.
    pub(crate) fn poll_entry(&self, target: &RelayId) -> Option<RelayId> {
        let poll = self.relays.get(target)?.poll?;
        self.exchanges.get(&poll).map(|flight| flight.entry)
    }

    /// The carrier heard nothing of an entry relay for so long, with something open there. What was heard last is taken
    /// here a little after the connection heard it, and contradicts only when it came a good while later.
    pub(crate) fn is_quiet(&mut self, entry: &RelayAddress, quiet_ms: u64, now: UnixMillis) {
        let ago = |ms: u64| UnixMillis(now.0.saturating_sub(ms));
        let (since, heard_since) = (ago(quiet_ms), ago(quiet_ms.checked_div(HEARD_PART).unwrap_or(0)));
        let is_it = |relay: &Relay| relay.role != Role::Named && relay.descriptor.address == *entry;
        let quiet = self.relays.iter().find(|(_, relay)| is_it(relay) && relay.heard_at <= heard_since);
        if let Some(id) = quiet.map(|(id, _)| *id) {
            self.doubt(id, since, now);
        }
    }

    /// A task that waits on purpose is wanted sooner: from then on it goes further ways too.
    pub(crate) fn hasten(&mut self, task: Task, at: UnixMillis) {
        let same = |purpose: &Purpose| matches!(purpose, Purpose::Task(one) if *one == task);
        for flight in self.exchanges.values_mut().filter(|flight| same(&flight.purpose)) {
            flight.hedge_at = flight.hedge_at.map(|old| old.min(at));
        }
    }

    /// A look was answered: a poll that waits where nothing was heard since moves.
    pub(crate) fn looked(&mut self, target: RelayId, now: UnixMillis) {
        let stays = self.poll_entry(&target).is_none_or(|entry| !self.may_be_cut_off(&entry, now));
        if let (Some(relay), false) = (self.relays.get_mut(&target), stays) {
            relay.poll_stale = true;
        }
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
        let better = |target: &RelayId| {
            let until = self.entries_until(target);
            self.relays.iter().any(|(id, relay)| {
                *id != entry && relay.as_entry.is_good(now) && until(id, relay).is_some_and(|at| at <= now)
            })
        };
        let mut stale = self.polled_through(entry);
        stale.retain(|target| better(target));
        for id in stale {
            if let Some(relay) = self.relays.get_mut(&id) {
                relay.poll_stale = true;
            }
        }
    }

    /// A task at a target is late through an entry relay: which of the two is silent? The target, where the entry relay
    /// brought something since, where another way is late too, or where the target was silent before.
    fn is_late(&mut self, target: RelayId, task: Task, id: ExchangeId, now: UnixMillis) {
        let Some(flight) = self.exchanges.get(&id) else { return };
        let (entry, started) = (flight.entry, flight.started);
        if now.since(started.plus_ms(flight.wait_ms)) < self.late_ms(&entry) {
            return;
        }
        let was_heard = self.relays.get(&entry).is_some_and(|relay| relay.heard_at > started);
        let late_elsewhere = self.is_late_elsewhere(target, task, id);
        let unreached = self.relays.get(&target).is_some_and(|relay| relay.unreached_since.is_some());
        if !was_heard && !late_elsewhere && !unreached {
            self.doubt(entry, started, now);
            self.entry_is_silent(entry, now);
        }
        self.is_unreached(target, now);
    }

    /// A target was asked and nothing came of it.
    pub(crate) fn is_unreached(&mut self, target: RelayId, now: UnixMillis) {
        if let Some(relay) = self.relays.get_mut(&target) {
            relay.unreached_since.get_or_insert(now);
        }
    }

    /// Whether bridges are spared in a race for a target: a relay of the network that may lead there was heard since the
    /// trouble began, and the task is not late through it too: it may be the target that it does not hear. None that has
    /// just said that it can't reach it, and none at which the poll waits that is looked for: nothing is asked there.
    fn spares_bridges(&self, target: &RelayId, task: Task, now: UnixMillis) -> bool {
        let until = self.entries_until(target);
        let polled_at = self.poll_entry(target).filter(|_| task == Task::Look);
        let is_late = |entry: &RelayId| {
            let mut flights = self.ways(*target, task).filter(|(_, way)| way == entry).map(|(id, _)| id);
            flights.any(|id| self.exchanges.get(&id).is_some_and(|flight| flight.hedge_at.is_none()))
        };
        let heard = |(id, relay): (&RelayId, &Relay)| {
            until(id, relay).is_some_and(|at| at <= now)
                && polled_at != Some(*id)
                && relay.role == Role::Network
                && relay.as_entry.is_good(now)
                && !relay.narrow
                && self.is_heard_in_trouble(relay, now)
                && !is_late(id)
        };
        self.relays.iter().any(heard)
    }

    /// An entry relay of the network that is spared for its silence only, and may be none's fault but the target's.
    fn suspect_for(&self, target: &RelayId, now: UnixMillis, wanted: Wanted<'_>) -> Option<RelayId> {
        let until = self.entries_until(target);
        let suspects: Vec<RelayId> = self
            .relays
            .iter()
            .filter(|(id, relay)| {
                relay.role == Role::Network
                    && !wanted.not.contains(id)
                    && !relay.as_entry.has_failed()
                    && until(id, relay).is_some_and(|at| at <= now)
            })
            .map(|(id, _)| *id)
            .collect();
        pick(&suspects, wanted.preference)
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
            let (target, waits) = (flight.target, flight.wait_ms > 0);
            let Purpose::Task(task) = flight.purpose else { continue };
            self.live.is_late(target, task, id, now);
            self.hedge_task(target, task, waits)?;
        }
        Ok(())
    }

    fn hedge_task(&mut self, target: RelayId, task: Task, waits: bool) -> Result<(), CommandError> {
        let mut used: Vec<RelayId> = self.live.ways(target, task).map(|(_, entry)| entry).collect();
        used.extend(self.live.poll_entry(&target).filter(|_| task == Task::Look));
        for place in 0..HEDGES_AT_ONCE {
            let wanted = Wanted { preference: self.rng.next_u64(), probe: false, wide: true, not: &used };
            let Some(entry) = self.live.entry_for(&target, self.now, wanted) else { return Ok(()) };
            let is_bridge = self.live.relays.get(&entry).is_some_and(|relay| relay.role == Role::Bridge);
            // a bridge is shown to whoever watches only where no relay of the network is left to try
            let spared = is_bridge && (place > 0 || self.live.spares_bridges(&target, task, self.now));
            if used.len() >= WAYS_MAX {
                return Ok(());
            }
            let suspect = self.live.suspect_for(&target, self.now, wanted).filter(|_| is_bridge);
            for way in [Some(entry).filter(|_| !spared), suspect].into_iter().flatten() {
                let Some((request, wait_ms)) = self.request_of(target, task)? else { return Ok(()) };
                if (wait_ms > 0) != waits {
                    // it would count as another task of the relay
                    return Ok(());
                }
                self.start(target, way, request, Purpose::Task(task), wait_ms)?;
                used.push(way);
            }
            if is_bridge {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Gives what to note at the entry relay, if it is to blame. `last`: the same is tried no other way, so that one
    /// task counts once against its target.
    pub(crate) fn hop_refused(
        &mut self,
        target: RelayId,
        entry: RelayId,
        refusal: HopRefusal,
        last: bool,
    ) -> Option<(String, bool)> {
        let jitter = self.rng.next_u32();
        let text = refusal.to_string();
        match refusal {
            HopRefusal::TargetUnreachable | HopRefusal::WrongKey => {
                let reached = refusal == HopRefusal::WrongKey;
                if !reached {
                    self.live.is_unreached(target, self.now);
                    self.live.pair_fails(target, entry, self.now, UNREACHABLE_PAIR_MS);
                }
                let blamed = last && (reached || self.live.is_likely_down(&target, self.now));
                if let (Some(relay), true) = (self.live.relays.get_mut(&target), blamed) {
                    relay.as_target.fails(self.now, jitter);
                    relay.error = Some(text.clone());
                    relay.used = true;
                }
                if let Some(relay) = self.live.relays.get_mut(&entry) {
                    relay.as_entry.works();
                    relay.error = None;
                }
                Some((text, false))
            }
            HopRefusal::TooFast { retry_after_ms } | HopRefusal::Overloaded { retry_after_ms } => {
                if let Some(relay) = self.live.relays.get_mut(&entry) {
                    relay.as_entry.pause(self.now, u64::from(retry_after_ms));
                }
                None
            }
            HopRefusal::UnknownTarget => {
                self.live.pair_fails(target, entry, self.now, UNKNOWN_PAIR_MS);
                Some((text, false))
            }
            HopRefusal::TargetIsEntry => Some((text, true)),
        }
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

/// One of several; `preference`: random.
pub(crate) fn pick(list: &[RelayId], preference: u64) -> Option<RelayId> {
    let count = u64::try_from(list.len()).ok()?;
    let index = usize::try_from(preference.checked_rem(count)?).ok()?;
    list.get(index).copied()
}

#[cfg(test)]
mod tests;
