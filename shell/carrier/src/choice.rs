//! Which carrier is asked first, and why (CAR-40 to CAR-44). Pure: times are milliseconds of one clock, handed in.

use crate::profile::Profile;
use std::collections::BTreeMap;

/// Networks that are remembered; the one unused for longest gives way.
const NETWORKS_MAX: usize = 64;
/// Relays that are remembered of one network.
const RELAYS_MAX: usize = 256;
/// Losses so near to each other count together.
const STRIKES_MS: u64 = 60_000;
/// After so many a carrier is passed over.
const STRIKES_MAX: u32 = 2;
/// One exchange tries a carrier that was passed over; the others wait so long for what comes of it.
const TRIAL_MS: u64 = 10_000;
/// After so long in use a carrier's failures are forgotten.
const FORGIVEN_MS: u64 = 600_000;

/// Why a carrier is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is the first choice.
    Usual,
    /// Connections that are kept freeze after some kilobytes.
    Frozen,
    /// A better carrier does not get through.
    Blocked,
    /// Nothing has worked yet.
    Trying,
    /// Nothing works.
    Down,
}

/// How exchanges go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// The carrier's name.
    pub carrier: &'static str,
    /// Why this one.
    pub reason: Reason,
}

/// How a carrier failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// A connection went silent after so many bytes as a counting censor lets through.
    Frozen,
    /// A connection went silent, or broke.
    Lost,
    /// No connection.
    Unreachable,
}

/// The name of a network, and of a relay in it.
pub(crate) type NetworkName = [u8; 32];
pub(crate) type RelayName = (String, u16);

/// Remembers what worked.
#[derive(Debug)]
pub(crate) struct Choice {
    names: Vec<&'static str>,
    pass_over_ms: u64,
    pass_over_ms_max: u64,
    networks: BTreeMap<NetworkName, Network>,
    network: NetworkName,
}

#[derive(Debug, Default)]
struct Network {
    used_at: u64,
    relays: BTreeMap<RelayName, Relay>,
    /// That of the relay that was asked last.
    newest: Option<RelayName>,
}

#[derive(Clone, Debug)]
struct Relay {
    used_at: u64,
    tries: Vec<Try>,
    last: Last,
}

/// What came of the last exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Last {
    Nothing,
    Worked(usize),
    Failed,
}

/// What is known of one carrier to one relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Try {
    standing: Standing,
    /// How often it was passed over.
    times: u32,
    frozen: bool,
    strikes: u32,
    struck_at: u64,
}

/// Whether a carrier is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Used {
        since: u64,
    },
    Passed {
        until: u64,
    },
    /// By one exchange; the others pass it over.
    Tried {
        until: u64,
    },
}

impl Choice {
    pub(crate) fn new(names: Vec<&'static str>, profile: &Profile) -> Self {
        Self {
            names,
            pass_over_ms: profile.pass_over_ms.into(),
            pass_over_ms_max: profile.pass_over_ms_max.into(),
            networks: BTreeMap::new(),
            network: [0; 32],
        }
    }

    /// From now on this machine is in that network.
    pub(crate) fn set_network(&mut self, network: NetworkName) {
        self.network = network;
    }

    /// The carriers in the order in which an exchange that begins now is to ask them.
    pub(crate) fn plan(&mut self, relay: &RelayName, now: u64) -> Vec<usize> {
        let known = self.relay(relay, now);
        let order = in_order(&known.tries, now);
        known.tries.iter_mut().for_each(|one| one.begin(now));
        order
    }

    /// The same for who only wants to know whether there is a way: nothing is tried, and nothing remembered.
    pub(crate) fn order(&self, relay: &RelayName, now: u64) -> Vec<usize> {
        let known = self
            .networks
            .get(&self.network)
            .and_then(|network| network.relays.get(relay).or_else(|| network.relays.get(network.newest.as_ref()?)));
        known.map_or_else(|| (0..self.names.len()).collect(), |known| in_order(&known.tries, now))
    }

    /// What came of an exchange: who failed before, and who brought it there at last.
    pub(crate) fn settled(&mut self, relay: &RelayName, failed: &[(usize, Failure)], worked: Option<usize>, now: u64) {
        self.relay(relay, now).last = worked.map_or(Last::Failed, Last::Worked);
        let Some(worked) = worked else { return };
        self.failed(relay, failed, now);
        if let Some(one) = self.relay(relay, now).tries.get_mut(worked) {
            one.worked(now);
        }
    }

    /// These failed, and another one got through to the relay.
    pub(crate) fn failed(&mut self, relay: &RelayName, failed: &[(usize, Failure)], now: u64) {
        let (first, max) = (self.pass_over_ms, self.pass_over_ms_max);
        let known = self.relay(relay, now);
        for (index, failure) in failed {
            if let Some(one) = known.tries.get_mut(*index) {
                one.failed(*failure, now, first, max);
            }
        }
    }

    /// How exchanges with a relay go.
    pub(crate) fn way(&self, relay: &RelayName) -> Way {
        let known = self.networks.get(&self.network).and_then(|network| network.relays.get(relay));
        let name = |index: usize| self.names.get(index).copied().unwrap_or_default();
        match known.map(|known| (known, known.last)) {
            None | Some((_, Last::Nothing)) => Way { carrier: name(0), reason: Reason::Trying },
            Some((_, Last::Failed)) => Way { carrier: name(0), reason: Reason::Down },
            Some((_, Last::Worked(0))) => Way { carrier: name(0), reason: Reason::Usual },
            Some((known, Last::Worked(index))) => {
                let frozen = known.tries.iter().take(index).any(|one| one.frozen);
                Way { carrier: name(index), reason: if frozen { Reason::Frozen } else { Reason::Blocked } }
            }
        }
    }

    /// How exchanges go on this network: with the relay that was asked last of those with which the last one worked. One
    /// relay that is down says nothing of the way.
    pub(crate) fn overall(&self) -> Way {
        let relays = self.networks.get(&self.network).map(|network| &network.relays);
        let all = || relays.into_iter().flatten();
        let works = |relay: &Relay| matches!(relay.last, Last::Worked(_));
        if let Some((name, _)) = all().filter(|(_, relay)| works(relay)).max_by_key(|(_, relay)| relay.used_at) {
            return self.way(name);
        }
        let reason = if all().any(|(_, relay)| relay.last == Last::Failed) { Reason::Down } else { Reason::Trying };
        Way { carrier: self.names.first().copied().unwrap_or_default(), reason }
    }

    fn relay(&mut self, relay: &RelayName, now: u64) -> &mut Relay {
        make_room(&mut self.networks, &self.network, NETWORKS_MAX, |network| network.used_at);
        let network = self.networks.entry(self.network).or_default();
        network.used_at = now;
        let like = network.newest.as_ref().and_then(|newest| network.relays.get(newest)).map(|one| one.tries.clone());
        make_room(&mut network.relays, relay, RELAYS_MAX, |relay| relay.used_at);
        network.newest = Some(relay.clone());
        let known = network.relays.entry(relay.clone()).or_insert_with(|| {
            let tries = like.unwrap_or_else(|| vec![Try::new(now); self.names.len()]);
            Relay { used_at: now, tries, last: Last::Nothing }
        });
        known.used_at = now;
        known
    }
}

impl Try {
    fn new(now: u64) -> Self {
        Self { standing: Standing::Used { since: now }, times: 0, frozen: false, strikes: 0, struck_at: 0 }
    }

    /// Until when an exchange that begins now passes it over; 0: it asks it.
    fn passed_until(&self, now: u64) -> u64 {
        match self.standing {
            Standing::Passed { until } | Standing::Tried { until } if now < until => until,
            Standing::Used { .. } | Standing::Passed { .. } | Standing::Tried { .. } => 0,
        }
    }

    /// An exchange begins, which tries it if its time has come.
    fn begin(&mut self, now: u64) {
        match self.standing {
            Standing::Passed { until } | Standing::Tried { until } if now >= until => {
                self.standing = Standing::Tried { until: now.saturating_add(TRIAL_MS) };
            }
            Standing::Used { .. } | Standing::Passed { .. } | Standing::Tried { .. } => {}
        }
    }

    fn failed(&mut self, failure: Failure, now: u64, first_ms: u64, max_ms: u64) {
        match self.standing {
            // Others of the same connection have said so.
            Standing::Passed { .. } => return,
            Standing::Used { since } => {
                if now.saturating_sub(since) >= FORGIVEN_MS {
                    self.times = 0;
                }
                if failure == Failure::Lost && !self.struck_out(now) {
                    return;
                }
            }
            Standing::Tried { .. } => {}
        }
        let factor = 1u64.checked_shl(self.times).unwrap_or(u64::MAX);
        let until = now.saturating_add(first_ms.saturating_mul(factor).min(max_ms));
        self.standing = Standing::Passed { until };
        self.times = self.times.saturating_add(1);
        self.frozen = failure == Failure::Frozen;
        self.strikes = 0;
    }

    fn struck_out(&mut self, now: u64) -> bool {
        if now.saturating_sub(self.struck_at) > STRIKES_MS {
            self.strikes = 0;
        }
        (self.strikes, self.struck_at) = (self.strikes.saturating_add(1), now);
        self.strikes >= STRIKES_MAX
    }

    fn worked(&mut self, now: u64) {
        if let Standing::Tried { .. } = self.standing {
            self.standing = Standing::Used { since: now };
            self.frozen = false;
        }
    }
}

/// The carriers by how long they are passed over.
fn in_order(tries: &[Try], now: u64) -> Vec<usize> {
    let mut order: Vec<(u64, usize)> =
        tries.iter().enumerate().map(|(index, one)| (one.passed_until(now), index)).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, index)| index).collect()
}

/// Leaves a place free for `key`: what was unused for longest goes.
fn make_room<K: Ord + Clone, V>(map: &mut BTreeMap<K, V>, key: &K, max: usize, used_at: impl Fn(&V) -> u64) {
    if map.len() < max || map.contains_key(key) {
        return;
    }
    let oldest = map.iter().min_by_key(|(_, value)| used_at(value)).map(|(key, _)| key.clone());
    if let Some(oldest) = oldest {
        map.remove(&oldest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEPT: usize = 0;
    const ROTATING: usize = 1;

    fn choice() -> Choice {
        Choice::new(vec!["https", "https-rotating", "dns"], &Profile::default())
    }

    fn relay(name: &str) -> RelayName {
        (name.to_owned(), 443)
    }

    fn way(choice: &Choice, name: &str) -> (&'static str, Reason) {
        let way = choice.way(&relay(name));
        (way.carrier, way.reason)
    }

    #[test]
    fn the_first_carrier_is_the_usual_one() {
        let mut choice = choice();
        assert_eq!(choice.overall(), Way { carrier: "https", reason: Reason::Trying });
        assert_eq!(choice.plan(&relay("a"), 0), [0, 1, 2]);
        assert_eq!(way(&choice, "a"), ("https", Reason::Trying));
        choice.settled(&relay("a"), &[], Some(KEPT), 10);
        assert_eq!(way(&choice, "a"), ("https", Reason::Usual));
        choice.settled(&relay("a"), &[(KEPT, Failure::Unreachable)], None, 20);
        assert_eq!(choice.overall(), Way { carrier: "https", reason: Reason::Down });
        assert_eq!(choice.plan(&relay("a"), 30), [0, 1, 2], "nothing worked, nothing is passed over");
    }

    #[test]
    fn one_relay_that_is_down_does_not_mean_that_nothing_gets_through() {
        let mut choice = choice();
        choice.settled(&relay("a"), &[], Some(KEPT), 10);
        choice.settled(&relay("b"), &[(KEPT, Failure::Unreachable)], None, 20);
        assert_eq!(choice.overall().reason, Reason::Usual);
        choice.settled(&relay("a"), &[(KEPT, Failure::Unreachable)], None, 30);
        assert_eq!(choice.overall().reason, Reason::Down);
        choice.settled(&relay("b"), &[], Some(KEPT), 40);
        assert_eq!(choice.overall().reason, Reason::Usual);
    }

    /// CAR-42
    #[test]
    fn a_frozen_carrier_is_passed_over_longer_each_time_and_tried_by_one_exchange() {
        let (mut choice, a) = (choice(), relay("a"));
        let mut now = 0;
        let mut pauses = Vec::new();
        for _ in 0..9 {
            assert_eq!(choice.plan(&a, now), [0, 1, 2]);
            choice.settled(&a, &[(KEPT, Failure::Frozen)], Some(ROTATING), now);
            // The other exchanges of the same connection don't count again.
            choice.settled(&a, &[(KEPT, Failure::Frozen)], Some(ROTATING), now);
            assert_eq!(way(&choice, "a"), ("https-rotating", Reason::Frozen));
            let began = now;
            while choice.plan(&a, now)[0] == ROTATING {
                now += 1_000;
            }
            assert_eq!(choice.plan(&a, now), [1, 2, 0], "a second exchange waits for what comes of the trial");
            pauses.push((now - began) / 1_000);
            // The trial goes well for a moment, which proves little.
            choice.settled(&a, &[], Some(KEPT), now);
            assert_eq!(way(&choice, "a"), ("https", Reason::Usual));
        }
        assert_eq!(pauses, [30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600]);
        now += FORGIVEN_MS;
        choice.settled(&a, &[(KEPT, Failure::Frozen)], Some(ROTATING), now);
        assert_eq!(choice.plan(&a, now + 30_000), [0, 1, 2], "forgiven after ten good minutes");
    }

    #[test]
    fn who_only_looks_for_a_way_tries_nothing() {
        let (mut choice, a) = (choice(), relay("a"));
        assert_eq!(choice.order(&a, 0), [0, 1, 2]);
        choice.settled(&a, &[(KEPT, Failure::Frozen)], Some(ROTATING), 0);
        assert_eq!((choice.order(&a, 1), choice.order(&relay("b"), 1)), (vec![1, 2, 0], vec![1, 2, 0]));
        for _ in 0..2 {
            assert_eq!(choice.order(&a, 30_000), [0, 1, 2]);
        }
        assert_eq!(choice.overall(), choice.way(&a));
        assert_eq!(choice.plan(&a, 30_000), [0, 1, 2], "the trial is still to be made");
        assert_eq!(choice.order(&a, 30_000), [1, 2, 0]);
    }

    #[test]
    fn a_trial_that_fails_or_is_never_heard_of_ends() {
        let (mut choice, a) = (choice(), relay("a"));
        choice.settled(&a, &[(KEPT, Failure::Frozen)], Some(ROTATING), 0);
        assert_eq!(choice.plan(&a, 30_000), [0, 1, 2]);
        assert_eq!(choice.plan(&a, 39_999), [1, 2, 0]);
        assert_eq!(choice.plan(&a, 40_000), [0, 1, 2], "the exchange was cancelled");
        choice.settled(&a, &[(KEPT, Failure::Lost)], Some(ROTATING), 41_000);
        assert_eq!(choice.plan(&a, 100_000), [1, 2, 0]);
        assert_eq!(choice.plan(&a, 101_000), [0, 1, 2]);
    }

    #[test]
    fn a_lost_connection_is_nothing_two_within_a_minute_are() {
        let (mut choice, a) = (choice(), relay("a"));
        choice.settled(&a, &[(KEPT, Failure::Lost)], Some(ROTATING), 0);
        assert_eq!(choice.plan(&a, 1), [0, 1, 2]);
        choice.settled(&a, &[(KEPT, Failure::Lost)], Some(ROTATING), 61_000);
        assert_eq!(choice.plan(&a, 61_001), [0, 1, 2]);
        choice.settled(&a, &[(KEPT, Failure::Lost)], Some(ROTATING), 90_000);
        assert_eq!(choice.plan(&a, 90_001), [1, 2, 0]);
        assert_eq!(way(&choice, "a"), ("https-rotating", Reason::Blocked));
    }

    /// CAR-43
    #[test]
    fn each_network_has_its_memory_and_new_relays_begin_with_that_of_the_last() {
        let mut choice = choice();
        choice.settled(&relay("a"), &[(KEPT, Failure::Frozen)], Some(ROTATING), 0);
        assert_eq!(choice.plan(&relay("b"), 1), [1, 2, 0]);
        assert_eq!(way(&choice, "b"), ("https", Reason::Trying));
        choice.set_network([1; 32]);
        assert_eq!(choice.plan(&relay("a"), 2), [0, 1, 2]);
        choice.set_network([0; 32]);
        assert_eq!(choice.plan(&relay("a"), 3), [1, 2, 0]);
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let mut choice = choice();
        for number in 0..NETWORKS_MAX + 3 {
            choice.set_network([number as u8; 32]);
            choice.plan(&relay("a"), number as u64);
        }
        for number in 0..RELAYS_MAX + 3 {
            choice.plan(&relay(&number.to_string()), 1_000 + number as u64);
        }
        assert_eq!(choice.networks.len(), NETWORKS_MAX);
        assert!(!choice.networks.contains_key(&[2; 32]));
        let relays = &choice.networks[&choice.network].relays;
        assert_eq!(relays.len(), RELAYS_MAX);
        assert!(relays.contains_key(&relay("258")) && !relays.contains_key(&relay("1")));
    }
}
