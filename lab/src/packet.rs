//! IPv4 packets with TCP or UDP in them, as a censor reads and forges them.
//!
//! Requirements: whole packets, as a TUN device gives them. Provided: a view of addresses, ports, flags and payload;
//! forged resets and datagrams with right checksums. Not provided: fragments (a later fragment is `Other`), IPv6.

use std::net::{Ipv4Addr, SocketAddrV4};

/// Ends a connection at once.
pub(crate) const RST: u8 = 0x04;
/// Opens a connection.
pub(crate) const SYN: u8 = 0x02;
/// Ends one direction.
pub(crate) const FIN: u8 = 0x01;
const ACK: u8 = 0x10;

const TCP: u8 = 6;
const UDP: u8 = 17;
/// Bytes of the headers that are forged here.
const IP_HEADER: usize = 20;
const TCP_HEADER: usize = 20;
const UDP_HEADER: usize = 8;
/// How far a forged packet may travel.
const TTL: u8 = 64;

/// A packet's view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Packet<'a> {
    /// Who sent it; port 0 where there are no ports.
    pub(crate) from: SocketAddrV4,
    /// Where it goes.
    pub(crate) to: SocketAddrV4,
    /// What is in it.
    pub(crate) carried: Carried<'a>,
    /// Its whole length in bytes.
    pub(crate) bytes: usize,
}

/// What an IPv4 packet carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Carried<'a> {
    /// A TCP segment.
    Tcp(Segment<'a>),
    /// A UDP datagram's payload.
    Udp(&'a [u8]),
    /// Another protocol, by its number.
    Other(u8),
}

/// A TCP segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Segment<'a> {
    /// Place of the first byte in the stream.
    pub(crate) sequence: u32,
    /// What the sender has of the other direction.
    pub(crate) acknowledged: u32,
    /// FIN, SYN, RST and others.
    pub(crate) flags: u8,
    /// The bytes of the stream.
    pub(crate) payload: &'a [u8],
}

impl Segment<'_> {
    /// Whether it asks for a new connection.
    pub(crate) fn opens(&self) -> bool {
        self.flags & (SYN | ACK) == SYN
    }

    /// Whether a flag is set.
    pub(crate) fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }
}

impl<'a> Packet<'a> {
    /// Reads a packet; `None` when it is not IPv4 or is cut short.
    pub(crate) fn parse(packet: &'a [u8]) -> Option<Self> {
        let first = *packet.first()?;
        if first >> 4 != 4 {
            return None;
        }
        let header = usize::from(first & 0x0f).checked_mul(4)?;
        let total = usize::from(u16_at(packet, 2)?);
        let body = packet.get(header..total)?;
        let source = Ipv4Addr::from(u32_at(packet, 12)?);
        let target = Ipv4Addr::from(u32_at(packet, 16)?);
        let offset = u16_at(packet, 6)? & 0x1fff;
        let protocol = *packet.get(9)?;
        let carried = match protocol {
            TCP if offset == 0 => Carried::Tcp(segment(body)?),
            UDP if offset == 0 => Carried::Udp(body.get(UDP_HEADER..)?),
            other => Carried::Other(other),
        };
        let (from_port, to_port) = match carried {
            Carried::Tcp(_) | Carried::Udp(_) => (u16_at(body, 0)?, u16_at(body, 2)?),
            Carried::Other(_) => (0, 0),
        };
        let (from, to) = (SocketAddrV4::new(source, from_port), SocketAddrV4::new(target, to_port));
        Some(Self { from, to, carried, bytes: total })
    }

    /// The TCP segment, if it is one.
    pub(crate) fn tcp(&self) -> Option<&Segment<'a>> {
        match &self.carried {
            Carried::Tcp(segment) => Some(segment),
            Carried::Udp(_) | Carried::Other(_) => None,
        }
    }

    /// The bytes above TCP or UDP.
    pub(crate) fn payload(&self) -> &'a [u8] {
        match &self.carried {
            Carried::Tcp(segment) => segment.payload,
            Carried::Udp(payload) => payload,
            Carried::Other(_) => &[],
        }
    }

    /// Resets for both ends, as if the other one had sent them, in answer to this packet; none if it is not TCP.
    pub(crate) fn resets(&self) -> Vec<Vec<u8>> {
        let Some(segment) = self.tcp() else { return Vec::new() };
        let length = u32::try_from(segment.payload.len()).unwrap_or_default();
        let next = segment.sequence.wrapping_add(length).wrapping_add(u32::from(segment.has(SYN)));
        vec![
            tcp(self.to, self.from, segment.acknowledged, next, RST | ACK),
            tcp(self.from, self.to, next, segment.acknowledged, RST | ACK),
        ]
    }
}

/// A UDP datagram.
pub(crate) fn udp(from: SocketAddrV4, to: SocketAddrV4, payload: &[u8]) -> Vec<u8> {
    let length = u16_of(payload.len().saturating_add(UDP_HEADER));
    let mut body = Vec::with_capacity(usize::from(length));
    body.extend(from.port().to_be_bytes());
    body.extend(to.port().to_be_bytes());
    body.extend(length.to_be_bytes());
    body.extend([0, 0]);
    body.extend(payload);
    finish(from, to, UDP, body, 6)
}

/// A TCP segment without payload.
pub(crate) fn tcp(from: SocketAddrV4, to: SocketAddrV4, sequence: u32, acknowledged: u32, flags: u8) -> Vec<u8> {
    tcp_with(from, to, (sequence, acknowledged), flags, &[])
}

/// A TCP segment; `numbers` are its sequence number and what it acknowledges.
pub(crate) fn tcp_with(
    from: SocketAddrV4,
    to: SocketAddrV4,
    numbers: (u32, u32),
    flags: u8,
    payload: &[u8],
) -> Vec<u8> {
    let mut body = Vec::with_capacity(TCP_HEADER.saturating_add(payload.len()));
    body.extend(from.port().to_be_bytes());
    body.extend(to.port().to_be_bytes());
    body.extend(numbers.0.to_be_bytes());
    body.extend(numbers.1.to_be_bytes());
    body.extend([0x50, flags]);
    // the window, the checksum's place, no urgent bytes
    body.extend(u16::MAX.to_be_bytes());
    body.extend([0; 4]);
    body.extend(payload);
    finish(from, to, TCP, body, 16)
}

/// Puts the IPv4 header before `body` and both checksums in; that of `body` is at `sum_at`.
fn finish(from: SocketAddrV4, to: SocketAddrV4, protocol: u8, mut body: Vec<u8>, sum_at: usize) -> Vec<u8> {
    let length = u16_of(body.len());
    let mut pseudo = Vec::with_capacity(12);
    pseudo.extend(from.ip().octets());
    pseudo.extend(to.ip().octets());
    pseudo.extend([0, protocol]);
    pseudo.extend(length.to_be_bytes());
    put_u16(&mut body, sum_at, 0);
    let sum = checksum(&[&pseudo, &body]);
    put_u16(&mut body, sum_at, sum);

    let mut packet = vec![0x45, 0];
    packet.extend(u16_of(body.len().saturating_add(IP_HEADER)).to_be_bytes());
    packet.extend([0, 0, 0x40, 0, TTL, protocol, 0, 0]);
    packet.extend(from.ip().octets());
    packet.extend(to.ip().octets());
    let sum = checksum(&[&packet]);
    put_u16(&mut packet, 10, sum);
    packet.append(&mut body);
    packet
}

/// The Internet checksum (RFC 1071) over parts of even length but the last.
fn checksum(parts: &[&[u8]]) -> u16 {
    let mut sum = 0_u32;
    for part in parts {
        for pair in part.chunks(2) {
            let high = pair.first().copied().unwrap_or_default();
            let low = pair.get(1).copied().unwrap_or_default();
            sum = sum.wrapping_add(u32::from(u16::from_be_bytes([high, low])));
        }
    }
    while sum > 0xffff {
        sum = (sum & 0xffff).wrapping_add(sum >> 16);
    }
    !u16::try_from(sum).unwrap_or(u16::MAX)
}

fn segment(body: &[u8]) -> Option<Segment<'_>> {
    let header = usize::from(*body.get(12)? >> 4).checked_mul(4)?;
    Some(Segment {
        sequence: u32_at(body, 4)?,
        acknowledged: u32_at(body, 8)?,
        flags: *body.get(13)?,
        payload: body.get(header..)?,
    })
}

fn put_u16(bytes: &mut [u8], at: usize, value: u16) {
    if let Some(place) = bytes.get_mut(at..at.saturating_add(2)) {
        place.copy_from_slice(&value.to_be_bytes());
    }
}

fn u16_of(length: usize) -> u16 {
    u16::try_from(length).unwrap_or(u16::MAX)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_be_bytes(pair.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes(four.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLIENT: SocketAddrV4 = SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, 11), 40_000);
    const SERVER: SocketAddrV4 = SocketAddrV4::new(Ipv4Addr::new(203, 0, 113, 1), 443);

    #[test]
    fn a_packet_of_the_wire_is_read() {
        // a SYN from 10.0.0.1:1234 to 10.0.0.2:80, without options
        let bytes =
            hex::decode("450000280001400040067ccd0a0000010a00000204d20050000000010000000050022000919b0000").unwrap();
        let packet = Packet::parse(&bytes).unwrap();
        assert_eq!(packet.from, "10.0.0.1:1234".parse().unwrap());
        assert_eq!(packet.to, "10.0.0.2:80".parse().unwrap());
        assert!(packet.tcp().unwrap().opens());
        assert_eq!(packet.tcp().unwrap().sequence, 1);
    }

    #[test]
    fn forged_packets_have_checksums_that_add_up() {
        for bytes in [udp(SERVER, CLIENT, b"odd"), tcp_with(CLIENT, SERVER, (7, 9), RST, b"xyz")] {
            assert_eq!(checksum(&[&bytes[..20]]), 0);
            let (header, body) = bytes.split_at(20);
            let length = u16_of(body.len()).to_be_bytes();
            let pseudo = [&header[12..20], &[0, header[9]], &length].concat();
            assert_eq!(checksum(&[&pseudo, body]), 0);
        }
    }

    #[test]
    fn a_reset_reaches_both_ends_in_the_other_ones_name() {
        let bytes = tcp_with(CLIENT, SERVER, (100, 500), ACK, b"hello");
        let resets = Packet::parse(&bytes).unwrap().resets();
        let to_client = Packet::parse(&resets[0]).unwrap();
        assert_eq!((to_client.from, to_client.to), (SERVER, CLIENT));
        assert_eq!(to_client.tcp().unwrap().sequence, 500);
        let to_server = Packet::parse(&resets[1]).unwrap();
        assert_eq!((to_server.from, to_server.to), (CLIENT, SERVER));
        assert_eq!(to_server.tcp().unwrap().sequence, 105);
        assert!(to_server.tcp().unwrap().has(RST));
    }

    #[test]
    fn cut_short_packets_are_none() {
        let bytes = tcp_with(CLIENT, SERVER, (100, 500), ACK, b"hello");
        for length in 0..bytes.len() {
            assert_eq!(Packet::parse(&bytes[..length]), None, "{length}");
        }
    }
}
