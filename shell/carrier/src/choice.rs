//! Which carrier is asked first, and why (CAR-40 to CAR-44). Pure: times are milliseconds of one clock, handed in.

mod memory;

pub use memory::{Memory, MemoryError};

pub(crate) use memory::FORGOTTEN_MS;

use crate::{browser::BrowserCarrier, profile::Profile};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Networks that are remembered; the one unused for longest gives way.
const NETWORKS_MAX: usize = 64;
/// Relays that are remembered of one network.
const RELAYS_MAX: usize = 256;
/// Losses so near to each other count together.
const STRIKES_MS: u64 = 60_000;
/// After so many a carrier is passed over.
const STRIKES_MAX: u32 = 2;
/// So long a carrier is passed over after one connection that went silent: if it was frozen, the next one would be too.
const SUSPECT_MS: u64 = 10_000;
/// One exchange tries a carrier that was passed over; the others wait so long for what comes of it.
const TRIAL_MS: u64 = 10_000;
/// So long after a carrier failed on a network nobody has a head start there.
const TROUBLE_MS: u64 = 10_000;
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
    /// The same, and this one takes short requests alone.
    Narrow,
    /// What is no browser gets no answer to the beginning of a TLS handshake; a browser does.
    Fingerprint,
    /// Nothing has worked yet.
    Trying,
    /// Nothing works.
    Down,
    /// It was chosen by hand (CAR-45).
    Pinned,
}

/// How exchanges go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// The carrier's name.
    pub carrier: &'static str,
    /// Why this one.
    pub reason: Reason,
}

/// How a carrier failed. The order is the kept memory's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Failure {
    /// A connection went silent after so many bytes as a counting censor lets through.
    Frozen,
    /// A connection went silent otherwise.
    Silent,
    /// A connection broke.
    Lost,
    /// No connection.
    Unreachable,
    /// A connection, on which the TLS handshake failed or got no answer.
    Handshake,
    /// The carrier could not be used at all, whatever the relay: that is not remembered.
    Absent,
}

impl Failure {
    /// A connection stood, and is lost.
    pub(crate) fn is_loss(self) -> bool {
        matches!(self, Self::Silent | Self::Lost)
    }
}

/// The name of a network that this machine is in: any that is the same when it comes back.
pub type NetworkName = [u8; 32];
/// The name of a relay in it.
pub(crate) type RelayName = (String, u16);

/// Remembers what worked.
#[derive(Debug)]
pub(crate) struct Choice {
    names: Vec<&'static str>,
    pass_over_ms: u64,
    pass_over_ms_max: u64,
    networks: BTreeMap<NetworkName, Network>,
    network: NetworkName,
    /// The only one that is asked.
    pinned: Option<usize>,
    /// Rises when something is learned or unlearned that is worth keeping.
    changes: u64,
}

#[derive(Debug, Default)]
struct Network {
    used_at: u64,
    relays: BTreeMap<RelayName, Relay>,
    /// That of the relay that was asked last.
    newest: Option<RelayName>,
    /// When a carrier failed there last, otherwise than by a freeze, while another one worked.
    trouble_at: Option<u64>,
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
    /// It worked before the program was started (CAR-47): nothing is known of now.
    Remembered(usize),
    Failed,
}

/// What is known of one carrier to one relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Try {
    standing: Standing,
    /// How often it was passed over.
    times: u32,
    /// How it failed before that.
    failure: Option<Failure>,
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
            pinned: None,
            changes: 0,
        }
    }

    /// From now on carriers are passed over for as long as this profile says.
    pub(crate) fn set_profile(&mut self, profile: &Profile) {
        (self.pass_over_ms, self.pass_over_ms_max) = (profile.pass_over_ms.into(), profile.pass_over_ms_max.into());
    }

    /// From now on this machine is in that network.
    pub(crate) fn set_network(&mut self, network: NetworkName) {
        self.network = network;
    }

    /// From now on only this carrier is asked; `None`: whichever works. Whether there is one of this name.
    pub(crate) fn pin(&mut self, name: Option<&str>) -> bool {
        let found = name.map(|name| self.names.iter().position(|one| *one == name));
        if found == Some(None) {
            return false;
        }
        self.pinned = found.flatten();
        true
    }

    /// The carrier that was chosen by hand.
    pub(crate) fn pinned(&self) -> Option<&'static str> {
        self.names.get(self.pinned?).copied()
    }

    /// The carriers in the order in which an exchange that begins now is to ask them.
    pub(crate) fn plan(&mut self, relay: &RelayName, now: u64) -> Vec<usize> {
        if let Some(pinned) = self.pinned {
            return vec![pinned];
        }
        let known = self.relay(relay, now);
        let order = in_order(&known.tries, now);
        for index in &order {
            match known.tries.get_mut(*index) {
                // those after it are not asked while it works
                Some(Try { standing: Standing::Used { .. }, .. }) | None => break,
                Some(one) => one.begin(now),
            }
        }
        order
    }

    /// The same for who only wants to know whether there is a way: nothing is tried, and nothing remembered.
    pub(crate) fn order(&self, relay: &RelayName, now: u64) -> Vec<usize> {
        if let Some(pinned) = self.pinned {
            return vec![pinned];
        }
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
            let before = *one;
            one.worked(now);
            let changed = *one != before;
            self.changes = self.changes.saturating_add(changed.into());
        }
    }

    /// These failed, and another one got through to the relay.
    pub(crate) fn failed(&mut self, relay: &RelayName, failed: &[(usize, Failure)], now: u64) {
        let (first, max) = (self.pass_over_ms, self.pass_over_ms_max);
        let known = self.relay(relay, now);
        let before = known.tries.clone();
        for (index, failure) in failed {
            if let Some(one) = known.tries.get_mut(*index) {
                one.failed(*failure, now, first, max);
            }
        }
        let changed = known.tries != before;
        self.changes = self.changes.saturating_add(changed.into());
        let grave =
            |failure: Failure| failure.is_loss() || matches!(failure, Failure::Unreachable | Failure::Handshake);
        if failed.iter().any(|(_, failure)| grave(*failure))
            && let Some(network) = self.networks.get_mut(&self.network)
        {
            network.trouble_at = Some(now);
        }
    }

    /// Whether a carrier has just failed on this network: the same awaits the others there.
    pub(crate) fn is_in_trouble(&self, now: u64) -> bool {
        let trouble_at = self.networks.get(&self.network).and_then(|network| network.trouble_at);
        trouble_at.is_some_and(|at| now.saturating_sub(at) < TROUBLE_MS)
    }

    /// These lost their head start and had no way to the relay in the end, while another one works.
    pub(crate) fn failed_late(&mut self, relay: &RelayName, failed: &[(usize, Failure)], now: u64) {
        if let Last::Worked(worked) = self.relay(relay, now).last
            && failed.iter().all(|(index, _)| *index != worked)
        {
            self.failed(relay, failed, now);
        }
    }

    /// What brought the last exchange to a relay.
    pub(crate) fn last(&self, relay: &RelayName) -> Option<usize> {
        match self.networks.get(&self.network)?.relays.get(relay)?.last {
            Last::Worked(index) | Last::Remembered(index) => Some(index),
            Last::Nothing | Last::Failed => None,
        }
    }

    /// How exchanges with a relay go.
    pub(crate) fn way(&self, relay: &RelayName) -> Way {
        let known = self.networks.get(&self.network).and_then(|network| network.relays.get(relay));
        let name = |index: usize| self.names.get(index).copied().unwrap_or_default();
        let first = name(self.pinned.unwrap_or(0));
        match known.map(|known| (known, known.last)) {
            None | Some((_, Last::Nothing | Last::Remembered(_))) => Way { carrier: first, reason: Reason::Trying },
            Some((_, Last::Failed)) => Way { carrier: first, reason: Reason::Down },
            Some((_, Last::Worked(_))) if self.pinned.is_some() => Way { carrier: first, reason: Reason::Pinned },
            Some((_, Last::Worked(0))) => Way { carrier: name(0), reason: Reason::Usual },
            Some((known, Last::Worked(index))) => {
                let better = |failure| known.tries.iter().take(index).any(|one| one.failure == Some(failure));
                let reason = if better(Failure::Frozen) {
                    Reason::Frozen
                } else if name(index) == BrowserCarrier::NAME && better(Failure::Handshake) {
                    Reason::Fingerprint
                } else {
                    Reason::Blocked
                };
                Way { carrier: name(index), reason }
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
        Way { carrier: self.names.get(self.pinned.unwrap_or(0)).copied().unwrap_or_default(), reason }
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
        Self { standing: Standing::Used { since: now }, times: 0, failure: None, strikes: 0, struck_at: 0 }
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
            _ if failure == Failure::Absent => return,
            // Others of the same connection have said so.
            Standing::Passed { .. } => return,
            Standing::Used { since } => {
                if now.saturating_sub(since) >= FORGIVEN_MS {
                    self.times = 0;
                }
                if failure.is_loss() && !self.struck_out(now) {
                    if failure == Failure::Silent {
                        self.standing = Standing::Passed { until: now.saturating_add(SUSPECT_MS.min(first_ms)) };
                    }
                    return;
                }
            }
            Standing::Tried { .. } => {}
        }
        let factor = 1u64.checked_shl(self.times).unwrap_or(u64::MAX);
        let until = now.saturating_add(first_ms.saturating_mul(factor).min(max_ms));
        self.standing = Standing::Passed { until };
        self.times = self.times.saturating_add(1);
        self.failure = Some(failure);
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
            self.failure = None;
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
mod tests;
