//! The censor: a state machine that reads packets and decides what goes on, when, and what is forged.
//!
//! Requirements: packets in the order of arrival, with the time. Provided: the same packets, times and seed give the
//! same decisions; a record of what each flow was taken for and what was done about it. Not provided: sockets and
//! clocks, which are in [`border`].

pub(crate) mod border;
mod dpi;
mod record;

use crate::{
    flow::{Flow, FlowKey, Flows},
    look::Sight,
    packet::Packet,
    probe::Finding,
    rules::{Judgement, Places, Rule, Scene, Target},
};
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;
pub(crate) use record::Account;
use record::{Deed, Record};
use std::{
    collections::{BTreeMap, VecDeque},
    net::SocketAddrV4,
};

/// Packets that wait; above it the newest is dropped, as a router does.
const WAITING_MAX: usize = 8_192;
/// Flows whose sight is remembered.
const SIGHTS_MAX: usize = 16_384;

/// A packet that goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sent {
    /// When.
    pub(crate) at_ms: u64,
    /// Its bytes.
    pub(crate) packet: Vec<u8>,
}

/// See the file.
pub(crate) struct Censor {
    rules: Vec<Box<dyn Rule>>,
    places: Places,
    random: ChaCha8Rng,
    active: bool,
    flows: Flows,
    /// What a flow looked like when its head had so many bytes.
    sights: BTreeMap<u64, (usize, Sight)>,
    /// By the time when they go on.
    waiting: BTreeMap<u64, VecDeque<Vec<u8>>>,
    waiting_count: usize,
    record: Record,
}

impl Censor {
    /// A censor that lets everything pass until it is set active.
    pub(crate) fn new(rules: Vec<Box<dyn Rule>>, places: Places, seed: u64) -> Self {
        Self {
            rules,
            places,
            random: ChaCha8Rng::seed_from_u64(seed),
            active: false,
            flows: Flows::default(),
            sights: BTreeMap::new(),
            waiting: BTreeMap::new(),
            waiting_count: 0,
            record: Record::default(),
        }
    }

    /// Begins or ends the block. Flows are followed all the time.
    pub(crate) fn set_active(&mut self, active: bool) {
        self.active = active;
    }

    /// Takes a packet.
    pub(crate) fn handle_packet(&mut self, now_ms: u64, bytes: Vec<u8>) {
        let Some(packet) = Packet::parse(&bytes) else { return };
        let (key, up) = self.flows.see(now_ms, &packet);
        let Some(flow) = self.flows.get(&key) else { return };
        let sight = see(&mut self.sights, flow);
        let mut judgement = Judgement::Pass;
        if self.active {
            let (flows, places, random) = (&self.flows, &self.places, &mut self.random);
            let mut scene = Scene { now_ms, packet: &packet, bytes: &bytes, up, flow, flows, sight, places, random };
            let mut judged = self.rules.iter_mut().map(|rule| rule.judge(&mut scene));
            judgement = judged.find(|judgement| *judgement != Judgement::Pass).unwrap_or(Judgement::Pass);
            self.record.note(flow, sight, packet.bytes, Deed::of(&judgement));
        }
        match judgement {
            Judgement::Pass => self.send_at(now_ms, bytes),
            Judgement::Hold(at_ms) => self.send_at(at_ms, bytes),
            Judgement::Drop(_) => {}
            Judgement::Reset(_) => packet.resets().into_iter().for_each(|reset| self.send_at(now_ms, reset)),
            Judgement::Forge(forged, _) => forged.into_iter().for_each(|forged| self.send_at(now_ms, forged)),
        }
    }

    /// What goes on until now.
    pub(crate) fn poll_sent(&mut self, now_ms: u64) -> Vec<Sent> {
        let mut sent = Vec::new();
        while let Some(entry) = self.waiting.first_entry().filter(|entry| *entry.key() <= now_ms) {
            let (at_ms, packets) = entry.remove_entry();
            self.waiting_count = self.waiting_count.saturating_sub(packets.len());
            sent.extend(packets.into_iter().map(|packet| Sent { at_ms, packet }));
        }
        sent
    }

    /// When the next packet goes on.
    pub(crate) fn next_ms(&self) -> Option<u64> {
        self.waiting.keys().next().copied()
    }

    /// Servers that want to be probed.
    pub(crate) fn take_targets(&mut self) -> Vec<Target> {
        self.rules.iter_mut().flat_map(|rule| rule.take_targets()).collect()
    }

    /// What probing a server found; one suspicious finding convicts it.
    pub(crate) fn handle_probed(&mut self, server: SocketAddrV4, findings: Vec<Finding>) {
        if let Some(worst) = findings.iter().find(|finding| finding.suspicious) {
            self.convict(server, &worst.check);
        }
        self.record.probed(findings);
    }

    /// A server is refused from now on.
    pub(crate) fn convict(&mut self, server: SocketAddrV4, why: &str) {
        self.rules.iter_mut().for_each(|rule| rule.convict(server, why));
    }

    /// Packets that nDPI is to be shown, with their times.
    pub(crate) fn take_capture(&mut self) -> Vec<(u64, Vec<u8>)> {
        self.rules.iter_mut().flat_map(|rule| rule.take_capture()).collect()
    }

    /// nDPI has named flows.
    pub(crate) fn handle_names(&mut self, names: &BTreeMap<FlowKey, String>) {
        self.rules.iter_mut().for_each(|rule| rule.handle_names(names));
    }

    /// What was seen and done.
    pub(crate) fn account(&self) -> Account {
        self.record.account()
    }

    fn send_at(&mut self, at_ms: u64, packet: Vec<u8>) {
        if self.waiting_count < WAITING_MAX {
            self.waiting.entry(at_ms).or_default().push_back(packet);
            self.waiting_count = self.waiting_count.saturating_add(1);
        }
    }
}

/// Looks at a flow anew only when there is more of its head.
fn see<'a>(sights: &'a mut BTreeMap<u64, (usize, Sight)>, flow: &Flow) -> &'a Sight {
    if sights.len() >= SIGHTS_MAX && !sights.contains_key(&flow.number) {
        sights.pop_first();
    }
    let length = flow.up.head().len();
    let known = sights.entry(flow.number).or_insert((0, Sight::Silent));
    if known.0 != length && !matches!(known.1, Sight::Tls(_) | Sight::Http(Some(_))) {
        *known = (length, Sight::of(flow));
    }
    &known.1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packet::{SYN, tcp};
    use std::net::{Ipv4Addr, SocketAddrV4};

    struct Refuse;

    impl Rule for Refuse {
        fn judge(&mut self, _: &mut Scene<'_>) -> Judgement {
            Judgement::Drop("test")
        }
    }

    #[test]
    fn nothing_is_refused_before_the_block_begins_and_after_it_ends() {
        let mut censor = Censor::new(vec![Box::new(Refuse)], Places::default(), 0);
        let client = SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, 1), 1);
        let packet = tcp(client, SocketAddrV4::new(Ipv4Addr::new(203, 0, 113, 1), 443), 0, 0, SYN);
        for (active, passed) in [(false, 1), (true, 0), (false, 1)] {
            censor.set_active(active);
            censor.handle_packet(5, packet.clone());
            assert_eq!(censor.poll_sent(5).len(), passed);
        }
        let account = censor.account();
        assert_eq!((account.packets_refused, account.flows_seen), (1, 1));
    }
}
