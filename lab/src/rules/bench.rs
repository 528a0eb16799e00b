//! A censor with one rule, and packets to show it.

use super::{Places, Rule};
use crate::{
    censor::{Censor, Sent},
    packet::{Carried, FIN, Packet, SYN, tcp, tcp_with, udp},
};
use std::{
    collections::BTreeMap,
    net::{Ipv4Addr, SocketAddrV4},
};

pub(crate) const PUBLIC_RELAY: SocketAddrV4 = SocketAddrV4::new(Ipv4Addr::new(203, 0, 113, 1), 443);
pub(crate) const BRIDGE: SocketAddrV4 = SocketAddrV4::new(Ipv4Addr::new(203, 0, 113, 77), 443);
pub(crate) const APPROVED: SocketAddrV4 = SocketAddrV4::new(Ipv4Addr::new(203, 0, 113, 99), 443);
pub(crate) const PUBLIC_NAME: &str = "r1.simurgh.example";
const RESOLVER: SocketAddrV4 = SocketAddrV4::new(Ipv4Addr::new(203, 0, 113, 53), 53);
const PERSON: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 11);
const ACK: u8 = 0x10;

/// A packet that the censor let go or forged.
pub(crate) struct Seen {
    pub(crate) payload: Vec<u8>,
    pub(crate) flags: u8,
    pub(crate) from_inside: bool,
    at_ms: u64,
}

/// See the file.
pub(crate) struct Bench {
    pub(crate) censor: Censor,
    now_ms: u64,
    port: u16,
    /// Next sequence numbers of both ends, by the connection's port.
    sequences: BTreeMap<u16, (u32, u32)>,
}

impl Bench {
    pub(crate) fn new(rule: impl Rule + 'static) -> Self {
        Self::seeded(rule, 0)
    }

    pub(crate) fn seeded(rule: impl Rule + 'static, seed: u64) -> Self {
        let places = Places {
            inside: [192, 0, 2],
            public_relays: [*PUBLIC_RELAY.ip()].into(),
            public_names: [PUBLIC_NAME.to_owned()].into(),
            approved: [*APPROVED.ip()].into(),
        };
        let mut censor = Censor::new(vec![Box::new(rule)], places, seed);
        censor.set_active(true);
        Self { censor, now_ms: 0, port: 40_000, sequences: BTreeMap::new() }
    }

    pub(crate) fn now_ms(&self) -> u64 {
        self.now_ms
    }

    pub(crate) fn after_ms(&mut self, passed: u64) {
        self.now_ms += passed;
    }

    /// What is sent from now on belongs to another connection.
    pub(crate) fn new_connection(&mut self) {
        self.port += 1;
    }

    pub(crate) fn open(&mut self, server: SocketAddrV4) -> Vec<Seen> {
        self.sequences.insert(self.port, (1, 1));
        self.show(&tcp(self.person(), server, 0, 0, SYN))
    }

    pub(crate) fn answer_open(&mut self, server: SocketAddrV4) -> Vec<Seen> {
        self.show(&tcp(server, self.person(), 0, 1, SYN | ACK))
    }

    /// The person's end of an earlier connection hangs up.
    pub(crate) fn close(&mut self, person: SocketAddrV4, server: SocketAddrV4) -> Vec<Seen> {
        self.show(&tcp(person, server, 1, 1, FIN | ACK))
    }

    pub(crate) fn send(&mut self, server: SocketAddrV4, payload: &[u8]) -> Vec<Seen> {
        let (mine, theirs) = *self.sequences.entry(self.port).or_insert((1, 1));
        self.sequences.insert(self.port, (mine + u32::try_from(payload.len()).unwrap(), theirs));
        self.show(&tcp_with(self.person(), server, (mine, theirs), ACK, payload))
    }

    pub(crate) fn answer(&mut self, server: SocketAddrV4, payload: &[u8]) -> Vec<Seen> {
        let (mine, theirs) = *self.sequences.entry(self.port).or_insert((1, 1));
        self.sequences.insert(self.port, (mine, theirs + u32::try_from(payload.len()).unwrap()));
        self.show(&tcp_with(server, self.person(), (theirs, mine), ACK, payload))
    }

    /// When a packet of the person's goes on, if it does.
    pub(crate) fn held(&mut self, server: SocketAddrV4, payload: &[u8]) -> Option<u64> {
        self.send(server, payload).first().map(|seen| seen.at_ms)
    }

    pub(crate) fn datagram(&mut self, server: SocketAddrV4, payload: &[u8]) -> Vec<Seen> {
        self.show(&udp(self.person(), server, payload))
    }

    pub(crate) fn ask(&mut self, query: &[u8]) -> Vec<Seen> {
        self.port += 1;
        self.datagram(RESOLVER, query)
    }

    pub(crate) fn person(&self) -> SocketAddrV4 {
        SocketAddrV4::new(PERSON, self.port)
    }

    fn show(&mut self, packet: &[u8]) -> Vec<Seen> {
        self.censor.handle_packet(self.now_ms, packet.to_vec());
        let sent = self.censor.poll_sent(u64::MAX);
        sent.into_iter().map(|Sent { at_ms, packet }| seen(at_ms, &packet)).collect()
    }
}

fn seen(at_ms: u64, bytes: &[u8]) -> Seen {
    let packet = Packet::parse(bytes).unwrap();
    let flags = match &packet.carried {
        Carried::Tcp(segment) => segment.flags,
        Carried::Udp(_) | Carried::Other(_) => 0,
    };
    let from_inside = *packet.from.ip() == PERSON;
    Seen { payload: packet.payload().to_vec(), flags, from_inside, at_ms }
}
