//! What a censor can do, a file per deed; an adversary's file names the deeds and their measure.
//!
//! A rule judges one packet at a time, with its flow's history at hand. It has no clock and no randomness but what it
//! is given, so the same packets, times and seed give the same judgements.

mod addresses;
#[cfg(test)]
pub(crate) mod bench;
mod connections;
mod cut;
mod encrypted;
mod fingerprints;
mod freeze;
mod loss;
mod names;
mod ndpi;
mod probing;
mod throttle;
mod udp;
mod whitelist;

use crate::{
    flow::{Flow, FlowKey, Flows},
    look::Sight,
    packet::Packet,
};
pub(crate) use probing::Target;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    net::{Ipv4Addr, SocketAddrV4},
};

/// What happens to a packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Judgement {
    /// It goes on.
    Pass,
    /// It vanishes.
    Drop(&'static str),
    /// It vanishes, and both ends are told that the other one hung up.
    Reset(&'static str),
    /// It vanishes, and these are sent in its place.
    Forge(Vec<Vec<u8>>, &'static str),
    /// It goes on at this time.
    Hold(u64),
}

/// A packet and what is known about it.
pub(crate) struct Scene<'a> {
    /// The censor's milliseconds.
    pub(crate) now_ms: u64,
    /// The packet.
    pub(crate) packet: &'a Packet<'a>,
    /// The packet as it came.
    pub(crate) bytes: &'a [u8],
    /// It comes from who began the flow.
    pub(crate) up: bool,
    /// The packet's flow, this packet included.
    pub(crate) flow: &'a Flow,
    /// Every flow.
    pub(crate) flows: &'a Flows,
    /// What the flow looks like.
    pub(crate) sight: &'a Sight,
    /// Where things are.
    pub(crate) places: &'a Places,
    /// The only source of chance.
    pub(crate) random: &'a mut ChaCha8Rng,
}

impl Scene<'_> {
    /// The end of the flow that is abroad.
    pub(crate) fn abroad(&self) -> Ipv4Addr {
        let (client, server) = (*self.flow.key.client.ip(), *self.flow.key.server.ip());
        if self.places.is_inside(client) { server } else { client }
    }
}

/// One deed.
pub(crate) trait Rule: Send {
    /// Judges a packet.
    fn judge(&mut self, scene: &mut Scene<'_>) -> Judgement;

    /// Servers that it wants to have probed, each once.
    fn take_targets(&mut self) -> Vec<Target> {
        Vec::new()
    }

    /// A probed server turned out to be no website.
    fn convict(&mut self, _server: SocketAddrV4, _why: &str) {}

    /// Packets that nDPI is to be shown, with their times in milliseconds.
    fn take_capture(&mut self) -> Vec<(u64, Vec<u8>)> {
        Vec::new()
    }

    /// nDPI has named flows.
    fn handle_names(&mut self, _names: &BTreeMap<FlowKey, String>) {}
}

/// How a packet that matches is stopped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum How {
    /// Without a word.
    #[default]
    Drop,
    /// With resets to both ends.
    Reset,
}

impl How {
    fn stop(self, why: &'static str) -> Judgement {
        match self {
            Self::Drop => Judgement::Drop(why),
            Self::Reset => Judgement::Reset(why),
        }
    }
}

/// Where things are: what a censor knows from public lists.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct Places {
    /// The first three bytes of every address inside.
    pub(crate) inside: [u8; 3],
    /// Addresses of the relays in the public list that are abroad.
    pub(crate) public_relays: BTreeSet<Ipv4Addr>,
    /// Their names. Listed relays inside are in neither.
    pub(crate) public_names: BTreeSet<String>,
    /// Addresses that the censor approves of.
    pub(crate) approved: BTreeSet<Ipv4Addr>,
}

impl Places {
    /// Whether an address is inside.
    pub(crate) fn is_inside(&self, address: Ipv4Addr) -> bool {
        address.octets().starts_with(&self.inside)
    }
}

/// A deed with its measure, as an adversary's file has it.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "deed", rename_all = "kebab-case")]
pub(crate) enum Deed {
    /// See [`addresses`].
    Addresses(addresses::Addresses),
    /// See [`names`].
    Names(names::Names),
    /// See [`encrypted`].
    FullyEncrypted(encrypted::FullyEncrypted),
    /// See [`whitelist`].
    Whitelist(whitelist::Whitelist),
    /// See [`udp`].
    Udp(udp::Udp),
    /// See [`freeze`].
    Freeze(freeze::Freeze),
    /// See [`connections`].
    Connections(connections::Connections),
    /// See [`loss`].
    Loss(loss::Loss),
    /// See [`throttle`].
    Throttle(throttle::Throttle),
    /// See [`fingerprints`].
    Fingerprints(fingerprints::Fingerprints),
    /// See [`ndpi`].
    Ndpi(ndpi::Ndpi),
    /// See [`probing`].
    Probing(probing::Probing),
    /// See [`cut`].
    Cut(cut::Cut),
}

impl Deed {
    /// The rule that does it.
    pub(crate) fn rule(&self) -> Box<dyn Rule> {
        match self.clone() {
            Self::Addresses(rule) => Box::new(rule),
            Self::Names(rule) => Box::new(rule),
            Self::FullyEncrypted(rule) => Box::new(rule),
            Self::Whitelist(rule) => Box::new(rule),
            Self::Udp(rule) => Box::new(rule),
            Self::Freeze(rule) => Box::new(rule),
            Self::Connections(rule) => Box::new(rule),
            Self::Loss(rule) => Box::new(rule),
            Self::Throttle(rule) => Box::new(rule),
            Self::Fingerprints(rule) => Box::new(rule),
            Self::Ndpi(rule) => Box::new(rule),
            Self::Probing(rule) => Box::new(rule),
            Self::Cut(rule) => Box::new(rule),
        }
    }
}
