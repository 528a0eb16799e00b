//! The censor: a state machine that reads packets and decides what goes on, when, and what is forged.
//!
//! Requirements: packets in the order of arrival, with the time. Provided: the same packets, times and seed give the
//! same decisions; a record of what each flow was taken for and what was done about it. Not provided: sockets and
//! clocks, which are in [`border`].

pub(crate) mod border;
mod dpi;
mod record;

use crate::{
    flow::{Flow, FlowKey, Flows, Protocol},
    look::Sight,
    packet::Packet,
    probe::Finding,
    rules::{Judgement, Places, Rule, Scene, Target},
};
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;
pub(crate) use record::{Account, Begun};
use record::{Deed, Record};
use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    net::SocketAddrV4,
};

/// Why a connection that was there before the block is refused.
const OLD: &str = "from before the block";
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
    /// Connections from before the block are reset.
    resets_old: bool,
    flows: Flows,
    /// What a flow looked like when its head had so many bytes.
    sights: BTreeMap<u64, (usize, Sight)>,
    /// By the time when they go on.
    waiting: BTreeMap<u64, VecDeque<Vec<u8>>>,
    waiting_count: usize,
    /// Servers whose probes have not ended; the rule that wants them has a bound.
    probing: BTreeSet<SocketAddrV4>,
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
            resets_old: false,
            flows: Flows::default(),
            sights: BTreeMap::new(),
            waiting: BTreeMap::new(),
            waiting_count: 0,
            probing: BTreeSet::new(),
            record: Record::default(),
        }
    }

    /// The same, which resets each TCP connection from before the block at its next packet, if `resets_old`: the rules
    /// see every other one from its first packet.
    pub(crate) fn resetting_old(self, resets_old: bool) -> Self {
        Self { resets_old, ..self }
    }

    /// Begins or ends the block. Flows are followed all the time.
    pub(crate) fn set_active(&mut self, active: bool) {
        if active && !self.active {
            self.flows.begin_block();
        }
        self.active = active;
    }

    /// Takes a packet.
    pub(crate) fn handle_packet(&mut self, now_ms: u64, bytes: Vec<u8>) {
        let Some(packet) = Packet::parse(&bytes) else { return };
        let (key, up) = self.flows.see(now_ms, &packet);
        let Some(flow) = self.flows.get(&key) else { return };
        let sight = see(&mut self.sights, flow);
        let mut judgement = Judgement::Pass;
        if self.active && self.resets_old && is_old(flow) {
            judgement = Judgement::Reset(OLD);
        } else if self.active {
            let (flows, places, random) = (&self.flows, &self.places, &mut self.random);
            let mut scene = Scene { now_ms, packet: &packet, bytes: &bytes, up, flow, flows, sight, places, random };
            let mut judged = self.rules.iter_mut().map(|rule| rule.judge(&mut scene));
            judgement = judged.find(|judgement| *judgement != Judgement::Pass).unwrap_or(Judgement::Pass);
        }
        if self.active {
            self.record.note(flow, sight, packet.bytes, Deed::of(&judgement));
        }
        match judgement {
            Judgement::Pass => self.send_at(now_ms, bytes),
            Judgement::Hold(at_ms) => self.send_at(at_ms, bytes),
            Judgement::Drop(_) => {}
            Judgement::Reset(_) => {
                self.flows.end(&key);
                packet.resets().into_iter().for_each(|reset| self.send_at(now_ms, reset));
            }
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

    /// Servers that want to be probed; [`Self::handle_probed`] has to follow for each.
    pub(crate) fn take_targets(&mut self) -> Vec<Target> {
        let targets: Vec<Target> = self.rules.iter_mut().flat_map(|rule| rule.take_targets()).collect();
        self.probing.extend(targets.iter().map(|target| target.server));
        targets
    }

    /// Whether a probe is under way.
    pub(crate) fn is_probing(&self) -> bool {
        !self.probing.is_empty()
    }

    /// What probing a server found; one suspicious finding convicts it.
    pub(crate) fn handle_probed(&mut self, server: SocketAddrV4, findings: Vec<Finding>) {
        if let Some(worst) = findings.iter().find(|finding| finding.suspicious) {
            self.convict(server, &worst.check);
        }
        self.probing.remove(&server);
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

    /// What was seen and done; a probe that has not ended counts as unanswered.
    pub(crate) fn account(&self) -> Account {
        let mut account = self.record.account();
        account.probed.extend(self.probing.iter().map(|server| Finding::unended(*server)));
        account
    }

    fn send_at(&mut self, at_ms: u64, packet: Vec<u8>) {
        if self.waiting_count < WAITING_MAX {
            self.waiting.entry(at_ms).or_default().push_back(packet);
            self.waiting_count = self.waiting_count.saturating_add(1);
        }
    }
}

/// A TCP connection that began before the block, or whose beginning was not seen.
fn is_old(flow: &Flow) -> bool {
    flow.key.protocol == Protocol::Tcp && (flow.from_before || !flow.from_start)
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
    use crate::packet::{RST, SYN, tcp, tcp_with, udp};
    use std::net::{Ipv4Addr, SocketAddrV4};

    const CLIENT: SocketAddrV4 = SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, 1), 40_000);
    const SERVER: SocketAddrV4 = SocketAddrV4::new(Ipv4Addr::new(203, 0, 113, 1), 443);
    const ACK: u8 = 0x10;

    /// Refuses what carries data, and wants to have a server probed.
    struct Refuse(Vec<Target>);

    impl Rule for Refuse {
        fn judge(&mut self, scene: &mut Scene<'_>) -> Judgement {
            if scene.packet.payload().is_empty() { Judgement::Pass } else { Judgement::Drop("test") }
        }

        fn take_targets(&mut self) -> Vec<Target> {
            std::mem::take(&mut self.0)
        }
    }

    fn censor() -> Censor {
        Censor::new(vec![Box::new(Refuse(Vec::new()))], Places::default(), 0)
    }

    /// Shows a packet and gives what goes on, with the flags of TCP.
    fn show(censor: &mut Censor, packet: &[u8]) -> Vec<u8> {
        censor.handle_packet(5, packet.to_vec());
        let sent = censor.poll_sent(5);
        let flags = |sent: &Sent| Packet::parse(&sent.packet).unwrap().tcp().map_or(0, |segment| segment.flags);
        sent.iter().map(flags).collect()
    }

    fn data() -> Vec<u8> {
        tcp_with(CLIENT, SERVER, (1, 1), ACK, b"data")
    }

    #[test]
    fn nothing_is_refused_before_the_block_begins_and_after_it_ends() {
        let mut censor = censor();
        for (active, passed) in [(false, 1), (true, 0), (false, 1)] {
            censor.set_active(active);
            assert_eq!(show(&mut censor, &data()).len(), passed);
        }
        let account = censor.account();
        assert_eq!((account.packets_refused, account.flows_seen), (1, 1));
    }

    #[test]
    fn a_connection_from_before_the_block_is_reset_so_that_the_next_one_is_judged_from_its_first_packet() {
        let mut censor = censor().resetting_old(true);
        let open = tcp(CLIENT, SERVER, 0, 0, SYN);
        show(&mut censor, &open);
        show(&mut censor, &udp(CLIENT, SERVER, b""));
        censor.set_active(true);
        assert_eq!(show(&mut censor, &tcp(SERVER, CLIENT, 0, 1, SYN | ACK)), [RST | ACK; 2], "both ends");
        assert_eq!(show(&mut censor, &data()), [RST | ACK; 2], "whoever did not take the first reset");
        assert_eq!(show(&mut censor, &udp(SERVER, CLIENT, b"")), [0_u8], "UDP is left alone");
        assert_eq!(censor.account().begun, [], "no connection was judged from its first packet");
        assert_eq!(show(&mut censor, &open), [SYN], "a reset connection has ended, and this is another one");
        assert_eq!(show(&mut censor, &data()), Vec::<u8>::new(), "which is judged");
        let account = censor.account();
        assert_eq!((account.flows_seen, account.begun.len()), (3, 1));
        let begun = &account.begun[0];
        assert_eq!((begun.client, begun.server, begun.flows), (*CLIENT.ip(), *SERVER.ip(), 1));
    }

    #[test]
    fn without_that_a_connection_from_before_goes_on_and_counts_as_none_that_was_judged() {
        let mut censor = censor();
        show(&mut censor, &tcp(CLIENT, SERVER, 0, 0, SYN));
        censor.set_active(true);
        assert_eq!(show(&mut censor, &tcp(SERVER, CLIENT, 0, 1, SYN | ACK)), [SYN | ACK]);
        show(&mut censor, &data());
        assert_eq!(censor.account().begun, []);
    }

    #[test]
    fn a_probe_that_has_not_ended_counts_as_unanswered() {
        let target = Target { server: SERVER, name: None, recorded: Vec::new() };
        let mut censor = Censor::new(vec![Box::new(Refuse(vec![target]))], Places::default(), 0);
        assert_eq!((censor.take_targets().len(), censor.is_probing()), (1, true));
        let probed = censor.account().probed;
        assert!(probed.len() == 1 && !probed[0].answered && !probed[0].suspicious, "{probed:?}");
        censor.handle_probed(SERVER, Vec::new());
        assert_eq!((censor.account().probed, censor.is_probing()), (Vec::new(), false));
    }
}
