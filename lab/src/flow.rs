//! Flows: packets of one conversation, with the first bytes of each direction put in order.
//!
//! Requirements: every packet is shown once, in the order of arrival. Provided: who began, counts, and the head of each
//! direction, reassembled over segments that come late or twice. Not provided: the stream beyond the head.

use crate::packet::{Carried, FIN, Packet, RST, SYN};
use std::{
    collections::BTreeMap,
    net::{Ipv4Addr, SocketAddrV4},
};

/// Bytes of a direction that a censor keeps: a `ClientHello` with a post-quantum share has 1.8 kB.
const HEAD_BYTES_MAX: usize = 16 * 1024;
/// Segments kept because one before them is missing.
const LATE_SEGMENTS_MAX: usize = 16;
/// Flows remembered at once; the one that is silent for longest is forgotten.
const FLOWS_MAX: usize = 8_192;

/// What tells flows apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FlowKey {
    /// TCP, UDP, or another protocol's number.
    pub(crate) protocol: Protocol,
    /// Who sent the first packet that was seen.
    pub(crate) client: SocketAddrV4,
    /// The other end.
    pub(crate) server: SocketAddrV4,
}

/// What carries a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Protocol {
    /// A stream.
    Tcp,
    /// Datagrams.
    Udp,
    /// Another IP protocol.
    Other(u8),
}

/// One direction of a flow.
#[derive(Clone, Debug, Default)]
pub(crate) struct Direction {
    /// Packets with a payload.
    pub(crate) data_packets: u64,
    /// Bytes above TCP or UDP, each sending counted.
    pub(crate) bytes: u64,
    head: Vec<u8>,
    next: Option<u32>,
    late: BTreeMap<u32, Vec<u8>>,
}

impl Direction {
    /// The first bytes, in order; of UDP the first datagram.
    pub(crate) fn head(&self) -> &[u8] {
        &self.head
    }

    fn see(&mut self, packet: &Packet<'_>) {
        let payload = packet.payload();
        self.bytes = self.bytes.saturating_add(u64::try_from(payload.len()).unwrap_or_default());
        self.data_packets = self.data_packets.saturating_add(u64::from(!payload.is_empty()));
        match &packet.carried {
            Carried::Tcp(segment) if segment.has(SYN) => self.next = Some(segment.sequence.wrapping_add(1)),
            Carried::Tcp(segment) => self.take(segment.sequence, payload),
            Carried::Udp(_) if self.head.is_empty() => self.head = payload.to_vec(),
            Carried::Udp(_) | Carried::Other(_) => {}
        }
    }

    /// Takes a segment of the stream, and whatever it makes readable.
    fn take(&mut self, sequence: u32, payload: &[u8]) {
        if payload.is_empty() || self.head.len() >= HEAD_BYTES_MAX {
            return;
        }
        let next = *self.next.get_or_insert(sequence);
        if is_before(next, sequence) {
            if self.late.len() < LATE_SEGMENTS_MAX {
                self.late.insert(sequence, payload.to_vec());
            }
            return;
        }
        self.append(sequence, payload);
        while let Some(at) = self.next
            && let Some((&sequence, _)) = self.late.iter().find(|(sequence, _)| !is_before(at, **sequence))
        {
            let payload = self.late.remove(&sequence).unwrap_or_default();
            self.append(sequence, &payload);
        }
    }

    fn append(&mut self, sequence: u32, payload: &[u8]) {
        let Some(next) = self.next else { return };
        let known = usize::try_from(next.wrapping_sub(sequence)).unwrap_or(usize::MAX);
        let Some(fresh) = payload.get(known..) else { return };
        self.head.extend(fresh);
        self.next = Some(next.wrapping_add(u32::try_from(fresh.len()).unwrap_or_default()));
        self.head.truncate(HEAD_BYTES_MAX);
    }
}

/// Whether `one` comes before `other` in a stream whose numbers wrap around.
fn is_before(one: u32, other: u32) -> bool {
    one != other && other.wrapping_sub(one) < u32::MAX / 2
}

/// A flow.
#[derive(Clone, Debug)]
pub(crate) struct Flow {
    /// Counts from 0 in the order of arrival.
    pub(crate) number: u64,
    /// Who talks with whom.
    pub(crate) key: FlowKey,
    /// From the client.
    pub(crate) up: Direction,
    /// To the client.
    pub(crate) down: Direction,
    /// When the last packet came, in the censor's milliseconds.
    pub(crate) last_ms: u64,
    /// The client's first packet was seen, not only one from the middle.
    pub(crate) from_start: bool,
    /// It began before the block did.
    pub(crate) from_before: bool,
    /// FIN from either side, or RST, be it a censor's.
    pub(crate) ended: bool,
}

/// All flows.
#[derive(Debug, Default)]
pub(crate) struct Flows {
    flows: BTreeMap<FlowKey, Flow>,
    count: u64,
}

impl Flows {
    /// Notes a packet; gives its flow's key and whether the packet comes from the flow's client.
    pub(crate) fn see(&mut self, now_ms: u64, packet: &Packet<'_>) -> (FlowKey, bool) {
        let protocol = match &packet.carried {
            Carried::Tcp(_) => Protocol::Tcp,
            Carried::Udp(_) => Protocol::Udp,
            Carried::Other(number) => Protocol::Other(*number),
        };
        let up = FlowKey { protocol, client: packet.from, server: packet.to };
        let down = FlowKey { protocol, client: packet.to, server: packet.from };
        let opens = packet.tcp().is_some_and(super::packet::Segment::opens);
        let is_down = self.flows.contains_key(&down);
        let reopened = opens && self.flows.get(&up).is_some_and(|flow| flow.ended);
        if !is_down && (reopened || !self.flows.contains_key(&up)) {
            self.insert(up, now_ms, opens || protocol != Protocol::Tcp);
        }
        let key = if is_down { down } else { up };
        if let Some(flow) = self.flows.get_mut(&key) {
            flow.last_ms = now_ms;
            flow.ended |= packet.tcp().is_some_and(|segment| segment.has(FIN | RST));
            let direction = if is_down { &mut flow.down } else { &mut flow.up };
            direction.see(packet);
        }
        (key, !is_down)
    }

    fn insert(&mut self, key: FlowKey, now_ms: u64, from_start: bool) {
        if self.flows.len() >= FLOWS_MAX
            && let Some(oldest) = self.flows.values().min_by_key(|flow| flow.last_ms).map(|flow| flow.key)
        {
            self.flows.remove(&oldest);
        }
        let (up, down) = (Direction::default(), Direction::default());
        let (number, last_ms, from_before, ended) = (self.count, now_ms, false, false);
        let flow = Flow { number, key, up, down, last_ms, from_start, from_before, ended };
        self.count = self.count.saturating_add(1);
        self.flows.insert(key, flow);
    }

    /// The block begins now: what has begun until now is from before it.
    pub(crate) fn begin_block(&mut self) {
        self.flows.values_mut().for_each(|flow| flow.from_before = true);
    }

    /// A censor has ended a flow.
    pub(crate) fn end(&mut self, key: &FlowKey) {
        if let Some(flow) = self.flows.get_mut(key) {
            flow.ended = true;
        }
    }

    /// One flow.
    pub(crate) fn get(&self, key: &FlowKey) -> Option<&Flow> {
        self.flows.get(key)
    }

    /// The TCP connections between two addresses that are open, or asked for.
    pub(crate) fn open_between(&self, client: Ipv4Addr, server: Ipv4Addr) -> impl Iterator<Item = &Flow> {
        let is_open = |flow: &&Flow| flow.key.protocol == Protocol::Tcp && !flow.ended;
        let between = move |flow: &&Flow| *flow.key.client.ip() == client && *flow.key.server.ip() == server;
        self.flows.values().filter(is_open).filter(between)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packet::{tcp, tcp_with, udp};

    const CLIENT: SocketAddrV4 = SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, 11), 40_000);
    const SERVER: SocketAddrV4 = SocketAddrV4::new(Ipv4Addr::new(203, 0, 113, 1), 443);
    const ACK: u8 = 0x10;

    fn see(flows: &mut Flows, bytes: &[u8]) -> (FlowKey, bool) {
        flows.see(0, &Packet::parse(bytes).unwrap())
    }

    #[test]
    fn a_head_is_put_in_order_over_late_and_repeated_segments() {
        let mut flows = Flows::default();
        let start = u32::MAX - 2; // wraps around within the head
        see(&mut flows, &tcp(CLIENT, SERVER, start, 0, SYN));
        let at = |offset: u32| start.wrapping_add(1 + offset);
        see(&mut flows, &tcp_with(CLIENT, SERVER, (at(6), 1), ACK, b"world"));
        see(&mut flows, &tcp_with(CLIENT, SERVER, (at(0), 1), ACK, b"hell"));
        see(&mut flows, &tcp_with(CLIENT, SERVER, (at(0), 1), ACK, b"hello"));
        let (key, up) = see(&mut flows, &tcp_with(CLIENT, SERVER, (at(5), 1), ACK, b" wo"));
        assert!(up);
        assert_eq!(flows.get(&key).unwrap().up.head(), b"hello world");
    }

    #[test]
    fn answers_belong_to_the_flow_of_who_asked() {
        let mut flows = Flows::default();
        let (key, _) = see(&mut flows, &udp(CLIENT, SERVER, b"ask"));
        assert_eq!(see(&mut flows, &udp(SERVER, CLIENT, b"answer")), (key, false));
        let flow = flows.get(&key).unwrap();
        assert_eq!((flow.up.head(), flow.down.head()), (&b"ask"[..], &b"answer"[..]));
    }

    #[test]
    fn only_open_tcp_flows_count_as_connections() {
        let mut flows = Flows::default();
        see(&mut flows, &udp(CLIENT, SERVER, b"datagram"));
        see(&mut flows, &tcp(CLIENT, SERVER, 1, 0, SYN));
        let other = SocketAddrV4::new(*CLIENT.ip(), 40_001);
        see(&mut flows, &tcp(other, SERVER, 1, 0, SYN));
        see(&mut flows, &tcp(other, SERVER, 2, 0, FIN | ACK));
        assert_eq!(flows.open_between(*CLIENT.ip(), *SERVER.ip()).count(), 1);
    }
}
