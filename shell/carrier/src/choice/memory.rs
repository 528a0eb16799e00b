//! What is remembered of networks, to be kept while the program does not run (CAR-46, CAR-47).
//!
//! Requirements: whoever keeps it keeps it to himself, and says how much time has gone by. Provided: only what differs
//! from knowing nothing; times as times to wait, so that it fits any clock; bounds. Not provided: where it is kept.

use super::{Choice, Failure, Last, NETWORKS_MAX, Network, NetworkName, RELAYS_MAX, Relay, Standing, Try};
use serde::{Deserialize, Serialize};
use wire::codec::{self, CodecError};

/// A network in which the machine was not for so long is forgotten: four weeks.
pub(crate) const FORGOTTEN_MS: u64 = 28 * 24 * 3_600_000;
/// Bytes of a kept memory; what was unused for longest is left out.
const MEMORY_BYTES_MAX: usize = 256 * 1024;
/// Carriers in a kept memory: more than any version has.
const CARRIERS_MAX: usize = 16;
/// Bytes of a host's name.
const HOST_BYTES_MAX: usize = 255;
/// The one version of the encoding.
const VERSION: u8 = 1;

/// What is worth keeping of what is remembered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// The names of the carriers, in the order of the tries.
    #[serde(deserialize_with = "codec::list::<CARRIERS_MAX, _, _>")]
    carriers: Vec<String>,
    #[serde(deserialize_with = "codec::list::<NETWORKS_MAX, _, _>")]
    networks: Vec<NetworkMemory>,
}

/// Why a kept memory is of no use.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum MemoryError {
    /// No encoding of one.
    #[error("this is no memory of networks: {0}")]
    Codec(#[from] CodecError),
    /// Of another version.
    #[error("the memory of networks has version {0}")]
    Version(u8),
    /// Its parts don't fit together.
    #[error("the memory of networks contradicts itself")]
    Shape,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct NetworkMemory {
    name: NetworkName,
    unused_ms: u64,
    #[serde(deserialize_with = "codec::list::<RELAYS_MAX, _, _>")]
    relays: Vec<RelayMemory>,
    /// Which of them was asked last.
    newest: Option<u16>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct RelayMemory {
    host: String,
    port: u16,
    unused_ms: u64,
    #[serde(deserialize_with = "codec::list::<CARRIERS_MAX, _, _>")]
    tries: Vec<TryMemory>,
    /// Which carrier worked last.
    last: Option<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct TryMemory {
    standing: Kept,
    times: u32,
    failure: Option<Failure>,
}

/// A [`Standing`] without a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Kept {
    UsedFor { ms: u64 },
    PassedFor { ms: u64 },
}

impl Memory {
    /// Whether there is nothing worth keeping.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.networks.is_empty()
    }

    /// As it is kept: a quarter of a mebibyte at most.
    pub fn encode(mut self) -> Result<Vec<u8>, MemoryError> {
        self.networks.sort_by_key(|network| network.unused_ms);
        loop {
            let bytes = [&[VERSION], codec::encode(&self)?.as_slice()].concat();
            if bytes.len() <= MEMORY_BYTES_MAX || self.networks.pop().is_none() {
                return Ok(bytes);
            }
        }
    }

    /// Reads what was kept.
    pub fn decode(bytes: &[u8]) -> Result<Self, MemoryError> {
        let memory: Self = match bytes.split_first() {
            Some((&VERSION, rest)) => codec::decode(rest, MEMORY_BYTES_MAX)?,
            Some((&version, _)) => return Err(MemoryError::Version(version)),
            None => return Err(MemoryError::Shape),
        };
        let carriers = memory.carriers.len();
        let fits = |relay: &RelayMemory| {
            relay.tries.len() == carriers
                && relay.host.len() <= HOST_BYTES_MAX
                && relay.last.is_none_or(|last| usize::from(last) < carriers)
        };
        let mut networks = memory.networks.iter();
        let fit = networks.all(|network| {
            network.newest.is_none_or(|newest| usize::from(newest) < network.relays.len())
                && network.relays.iter().all(fits)
        });
        if fit { Ok(memory) } else { Err(MemoryError::Shape) }
    }
}

impl Choice {
    /// Rises when something was learned that [`Choice::memory`] tells.
    pub(crate) fn changes(&self) -> u64 {
        self.changes
    }

    /// What is worth keeping; networks in which the machine was not for long are forgotten.
    pub(crate) fn memory(&mut self, now: u64) -> Memory {
        let here = self.network;
        self.networks.retain(|name, network| *name == here || now.saturating_sub(network.used_at) < FORGOTTEN_MS);
        Memory {
            carriers: self.names.iter().map(|name| (*name).to_owned()).collect(),
            networks: self.networks.iter().filter_map(|(name, network)| kept_network(*name, network, now)).collect(),
        }
    }

    /// Takes up what was kept `elapsed_ms` ago. What is known already is not replaced.
    pub(crate) fn recall(&mut self, memory: &Memory, elapsed_ms: u64, now: u64) {
        let of_names: Vec<Option<usize>> =
            self.names.iter().map(|name| memory.carriers.iter().position(|one| one == name)).collect();
        let clock = Clock { now, elapsed_ms, pass_over_ms_max: self.pass_over_ms_max };
        for kept in &memory.networks {
            let is_known = self.networks.contains_key(&kept.name);
            if is_known || self.networks.len() >= NETWORKS_MAX || clock.age(kept.unused_ms) >= FORGOTTEN_MS {
                continue;
            }
            let name = |relay: &RelayMemory| (relay.host.clone(), relay.port);
            let relays = kept.relays.iter().map(|relay| (name(relay), recalled(relay, &of_names, &clock))).collect();
            let newest = kept.newest.and_then(|newest| kept.relays.get(usize::from(newest))).map(name);
            let used_at = clock.at(kept.unused_ms);
            self.networks.insert(kept.name, Network { used_at, relays, newest, trouble_at: None });
        }
    }
}

/// The clock that times are put on.
struct Clock {
    now: u64,
    elapsed_ms: u64,
    pass_over_ms_max: u64,
}

impl Clock {
    fn age(&self, ms: u64) -> u64 {
        ms.saturating_add(self.elapsed_ms)
    }

    fn at(&self, ms: u64) -> u64 {
        self.now.saturating_sub(self.age(ms))
    }
}

fn kept_network(name: NetworkName, network: &Network, now: u64) -> Option<NetworkMemory> {
    let worth: Vec<_> = network.relays.iter().filter(|(_, relay)| is_worth_keeping(relay)).collect();
    let newest = network.newest.as_ref().and_then(|newest| worth.iter().position(|(name, _)| *name == newest));
    let relay = |((host, port), relay): &(&(String, u16), &Relay)| RelayMemory {
        host: host.clone(),
        port: *port,
        unused_ms: now.saturating_sub(relay.used_at),
        tries: relay.tries.iter().map(|one| kept_try(one, now)).collect(),
        last: match relay.last {
            Last::Worked(index) | Last::Remembered(index) => u8::try_from(index).ok(),
            Last::Nothing | Last::Failed => None,
        },
    };
    let relays: Vec<RelayMemory> = worth.iter().map(relay).collect();
    let newest = newest.and_then(|newest| u16::try_from(newest).ok());
    let unused_ms = now.saturating_sub(network.used_at);
    (!relays.is_empty()).then_some(NetworkMemory { name, unused_ms, relays, newest })
}

/// Where the first carrier works and none has failed there is nothing to know.
fn is_worth_keeping(relay: &Relay) -> bool {
    matches!(relay.last, Last::Worked(1..) | Last::Remembered(1..))
        || relay.tries.iter().any(|one| one.failure.is_some() || one.times > 0)
}

fn kept_try(one: &Try, now: u64) -> TryMemory {
    let standing = match one.standing {
        Standing::Used { since } => Kept::UsedFor { ms: now.saturating_sub(since) },
        Standing::Passed { until } => Kept::PassedFor { ms: until.saturating_sub(now) },
        // What came of the trial is not known: it is made again.
        Standing::Tried { .. } => Kept::PassedFor { ms: 0 },
    };
    TryMemory { standing, times: one.times, failure: one.failure }
}

fn recalled(relay: &RelayMemory, of_names: &[Option<usize>], clock: &Clock) -> Relay {
    let one = |kept: &Option<usize>| kept.and_then(|kept| relay.tries.get(kept));
    let tries = of_names.iter().map(|kept| one(kept).map_or_else(|| Try::new(clock.now), |one| clock.recalled(one)));
    let last = relay.last.map(usize::from).and_then(|last| of_names.iter().position(|kept| *kept == Some(last)));
    Relay {
        used_at: clock.at(relay.unused_ms),
        tries: tries.collect(),
        last: last.map_or(Last::Nothing, Last::Remembered),
    }
}

impl Clock {
    fn recalled(&self, one: &TryMemory) -> Try {
        let standing = match one.standing {
            Kept::UsedFor { ms } => Standing::Used { since: self.at(ms) },
            Kept::PassedFor { ms } => {
                let left = ms.saturating_sub(self.elapsed_ms).min(self.pass_over_ms_max);
                Standing::Passed { until: self.now.saturating_add(left) }
            }
        };
        Try { standing, times: one.times, failure: one.failure, strikes: 0, struck_at: 0 }
    }
}

#[cfg(test)]
mod tests;
