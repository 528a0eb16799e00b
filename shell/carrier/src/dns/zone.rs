//! A relay's zone as name servers and strangers see it (DNS-20 to DNS-25): one of which every name exists and has no
//! records, besides the few that a zone must have. Pure: packets in, packets out.
//!
//! Requirements: none; packets may be anything. Provided: the bytes that somebody sealed into a name, handed on, and a
//! place for an answer that the resolver can take; for everything else what an ordinary server says, never much longer
//! than what was asked. Not provided: whether what was sealed opens, and who asks how often.

use super::{names, seal};
use hickory_proto::op::{Edns, Message, MessageType, OpCode, ResponseCode};
use hickory_proto::rr::rdata::{A, AAAA, NS, SOA, TXT};
use hickory_proto::rr::{DNSClass, Name, RData, Record, RecordType};
use std::net::IpAddr;

/// Bytes of a datagram that are read, and at most sent: what every network carries in one piece.
pub const DATAGRAM_BYTES_MAX: u16 = 1_232;
/// The same of who does not say more (RFC 1035).
const DATAGRAM_BYTES_PLAIN: u16 = 512;
/// Bytes of one string of a TXT record.
pub(crate) const STRING_BYTES_MAX: usize = 255;
/// The least that can be something sealed.
const SEALED_BYTES_MIN: usize = seal::QUERY_OVERHEAD_BYTES;
/// How long what does not change may be remembered, in seconds.
const ZONE_TTL_S: u32 = 3_600;
/// How long it may be remembered that a name has no record, in seconds.
const NOTHING_TTL_S: u32 = 60;
const REFRESH_S: i32 = 7_200;
const RETRY_S: i32 = 1_800;
const EXPIRE_S: i32 = 1_209_600;

/// A zone.
#[derive(Clone, Debug)]
pub struct Zone {
    name: Name,
    /// The name server's name: the relay's own, or one in the zone.
    server: Name,
    /// Its address, where its name is in the zone.
    address: Option<IpAddr>,
}

/// What a packet is.
#[derive(Debug)]
pub enum Read {
    /// Nothing that is answered.
    Nothing,
    /// A question that the zone itself answers.
    Answer(Vec<u8>),
    /// Something that may be sealed to the relay.
    Sealed(Asked),
}

/// A question that waits for its answer.
#[derive(Debug)]
pub struct Asked {
    request: Message,
    bytes: Vec<u8>,
}

impl Asked {
    /// What stood in the name.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl Zone {
    /// The zone of a relay that is reached as `host`, by a name or by an address. `None`: no zone has this name.
    #[must_use]
    pub fn new(zone: &str, host: &str) -> Option<Self> {
        let name = names::zone(zone)?;
        let address: Option<IpAddr> = host.parse().ok();
        let mut server = match address {
            Some(_) => name.prepend_label("ns").ok()?,
            None => Name::from_ascii(host).ok()?,
        };
        server.set_fqdn(true);
        Some(Self { name, server, address })
    }

    /// What a packet is, and what is said to it.
    #[must_use]
    pub fn read(&self, packet: &[u8]) -> Read {
        if packet.len() > usize::from(DATAGRAM_BYTES_MAX) {
            return Read::Nothing;
        }
        let Ok(request) = Message::from_vec(packet) else { return Read::Nothing };
        let ([query], MessageType::Query) = (&request.queries[..], request.metadata.message_type) else {
            return Read::Nothing;
        };
        // RFC 6891, section 6.1.3
        if request.edns.as_ref().is_some_and(|edns| edns.version() != 0) {
            return said(&failed(&request, ResponseCode::BADVERS));
        }
        if request.metadata.op_code != OpCode::Query {
            return said(&failed(&request, ResponseCode::NotImp));
        }
        if query.query_class != DNSClass::IN || !self.name.zone_of(&query.name) {
            return said(&failed(&request, ResponseCode::Refused));
        }
        if query.query_type == RecordType::TXT
            && let Some(bytes) = names::decode(&query.name, &self.name)
            && bytes.len() >= SEALED_BYTES_MIN
        {
            return Read::Sealed(Asked { request, bytes });
        }
        said(&self.plain(&request, &query.name, query.query_type))
    }

    /// Bytes of a sealed answer that the asker's resolver can take.
    #[must_use]
    pub fn answer_room(&self, asked: &Asked) -> usize {
        let theirs = asked.request.edns.as_ref().map_or(DATAGRAM_BYTES_PLAIN, Edns::max_payload);
        let all = usize::from(theirs.clamp(DATAGRAM_BYTES_PLAIN, DATAGRAM_BYTES_MAX));
        // One byte for the length of the empty string is counted below.
        let empty = texts(&asked.request, &[]).and_then(|message| message.to_vec().ok());
        let around = empty.map_or(all, |bytes| bytes.len()).saturating_sub(1);
        let room = all.saturating_sub(around);
        room.saturating_sub(room.div_ceil(STRING_BYTES_MAX.saturating_add(1)))
    }

    /// The packet with a sealed answer.
    #[must_use]
    pub fn answer(&self, asked: &Asked, sealed: &[u8]) -> Option<Vec<u8>> {
        texts(&asked.request, sealed)?.to_vec().ok()
    }

    /// The packet for what was not sealed to this relay: what the zone says of every name.
    #[must_use]
    pub fn nothing(&self, asked: &Asked) -> Option<Vec<u8>> {
        self.no_record(&asked.request).to_vec().ok()
    }

    fn plain(&self, request: &Message, name: &Name, kind: RecordType) -> Message {
        let is_zone = *name == self.name;
        let data = match (kind, self.address) {
            (RecordType::SOA, _) if is_zone => Some(RData::SOA(self.soa())),
            (RecordType::NS, _) if is_zone => Some(RData::NS(NS(self.server.clone()))),
            (RecordType::A, Some(IpAddr::V4(address))) if *name == self.server => Some(RData::A(A(address))),
            (RecordType::AAAA, Some(IpAddr::V6(address))) if *name == self.server => Some(RData::AAAA(AAAA(address))),
            _ => None,
        };
        let Some(data) = data else { return self.no_record(request) };
        let mut message = response(request);
        message.add_answer(Record::from_rdata(name.clone(), ZONE_TTL_S, data));
        message
    }

    fn no_record(&self, request: &Message) -> Message {
        let mut message = response(request);
        message.add_authority(Record::from_rdata(self.name.clone(), NOTHING_TTL_S, RData::SOA(self.soa())));
        message
    }

    fn soa(&self) -> SOA {
        let keeper = self.name.prepend_label("hostmaster").unwrap_or_else(|_| self.name.clone());
        SOA::new(self.server.clone(), keeper, 1, REFRESH_S, RETRY_S, EXPIRE_S, NOTHING_TTL_S)
    }
}

fn response(request: &Message) -> Message {
    let mut message = Message::response(request.metadata.id, request.metadata.op_code);
    message.metadata.authoritative = true;
    message.metadata.recursion_desired = request.metadata.recursion_desired;
    message.queries.clone_from(&request.queries);
    if request.edns.is_some() {
        let mut edns = Edns::new();
        edns.set_max_payload(DATAGRAM_BYTES_MAX);
        message.set_edns(edns);
    }
    message
}

fn failed(request: &Message, code: ResponseCode) -> Message {
    let mut message = response(request);
    message.metadata.authoritative = false;
    message.metadata.response_code = code;
    message
}

fn texts(request: &Message, sealed: &[u8]) -> Option<Message> {
    let strings = if sealed.is_empty() { vec![sealed] } else { sealed.chunks(STRING_BYTES_MAX).collect() };
    let name = request.queries.first()?.name.clone();
    let mut message = response(request);
    // No resolver keeps it: each query has a name of its own, and asks anew.
    message.add_answer(Record::from_rdata(name, 0, RData::TXT(TXT::from_bytes(strings))));
    Some(message)
}

fn said(message: &Message) -> Read {
    message.to_vec().map_or(Read::Nothing, Read::Answer)
}

#[cfg(test)]
mod tests;
