//! The messages that an asker and a resolver exchange (DNS-2): a question for a TXT record, and what can be said to it.

use super::zone::DATAGRAM_BYTES_MAX;
use hickory_proto::op::{Edns, Message, MessageType, OpCode, Query, ResponseCode};
use hickory_proto::rr::{Name, RData, RecordType};

/// What a resolver said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// The strings of the record, one after the other.
    Text(Vec<u8>),
    /// There is no such record, or no such name.
    Nothing,
    /// The answer was too long for its packet.
    Truncated,
    /// The resolver does not understand the question as it was put: put it without EDNS.
    Misunderstood,
    /// The resolver could not find out.
    Failed,
    /// The resolver does not want to find out.
    Refused,
}

/// A question.
pub(crate) fn question(id: u16, name: &Name, with_edns: bool) -> Option<Vec<u8>> {
    let mut message = Message::new(id, MessageType::Query, OpCode::Query);
    message.metadata.recursion_desired = true;
    message.add_query(Query::query(name.clone(), RecordType::TXT));
    if with_edns {
        let mut edns = Edns::new();
        edns.set_max_payload(DATAGRAM_BYTES_MAX);
        message.set_edns(edns);
    }
    message.to_vec().ok()
}

/// The number of a packet.
pub(crate) fn number(packet: &[u8]) -> Option<u16> {
    packet.first_chunk().map(|number| u16::from_be_bytes(*number))
}

/// What a packet says to a question; `None`: it is no answer to it.
pub(crate) fn told(packet: &[u8], id: u16, name: &Name) -> Option<Told> {
    let message = Message::from_vec(packet).ok()?;
    let answers = message.metadata.message_type == MessageType::Response && message.metadata.id == id;
    // Who did not understand the question may not repeat it.
    let is_ours = message.queries.first().is_none_or(|query| query.name == *name);
    if !answers || !is_ours {
        return None;
    }
    if matches!(message.metadata.response_code, ResponseCode::FormErr | ResponseCode::NotImp) {
        return Some(Told::Misunderstood);
    }
    message.queries.first()?;
    if message.metadata.truncation {
        return Some(Told::Truncated);
    }
    if message.metadata.response_code == ResponseCode::Refused {
        return Some(Told::Refused);
    }
    if !matches!(message.metadata.response_code, ResponseCode::NoError | ResponseCode::NXDomain) {
        return Some(Told::Failed);
    }
    let text = message
        .answers
        .iter()
        .filter(|record| record.name == *name)
        .find_map(|record| if let RData::TXT(text) = &record.data { Some(text.txt_data.concat()) } else { None });
    Some(text.map_or(Told::Nothing, Told::Text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dns::zone::{Read, Zone};
    use crate::dns::{names, seal};

    fn asked(bytes: usize, with_edns: bool) -> (Zone, Name, Read) {
        let zone = Zone::new("t.bakery.example", "bakery.example").unwrap();
        let name = names::encode(&vec![7; bytes], &names::zone("t.bakery.example").unwrap()).unwrap();
        let read = zone.read(&question(7, &name, with_edns).unwrap());
        (zone, name, read)
    }

    /// DNS-2, DNS-22
    #[test]
    fn the_longest_answer_fits_what_the_resolver_takes_and_is_read() {
        for (with_edns, most) in [(true, 1_232), (false, 512)] {
            for bytes in [seal::QUERY_OVERHEAD_BYTES, 100, 145] {
                let (zone, name, read) = asked(bytes, with_edns);
                let Read::Sealed(asked) = read else { panic!("{read:?}") };
                assert_eq!(asked.bytes(), vec![7; bytes]);
                let room = zone.answer_room(&asked);
                let sealed: Vec<u8> = (0..room).map(|index| index as u8).collect();
                let packet = zone.answer(&asked, &sealed).unwrap();
                assert!((most - 1..=most).contains(&packet.len()), "{} of {most}", packet.len());
                assert_eq!(told(&packet, 7, &name), Some(Told::Text(sealed)));
                assert_eq!(told(&packet, 8, &name), None, "another number");
                assert_eq!(told(&packet, 7, &Name::root()), None, "another name");
                let nothing = zone.nothing(&asked).unwrap();
                assert_eq!(told(&nothing, 7, &name), Some(Told::Nothing));
            }
        }
    }

    #[test]
    fn what_a_resolver_can_say_instead_is_told_apart() {
        let (_, name, _) = asked(60, true);
        let mut message = Message::response(7, OpCode::Query);
        message.add_query(Query::query(name.clone(), RecordType::TXT));
        let mut said = |code, truncation| {
            message.metadata.response_code = code;
            message.metadata.truncation = truncation;
            told(&message.to_vec().unwrap(), 7, &name)
        };
        assert_eq!(said(ResponseCode::NXDomain, false), Some(Told::Nothing));
        assert_eq!(said(ResponseCode::NoError, true), Some(Told::Truncated));
        assert_eq!(said(ResponseCode::ServFail, false), Some(Told::Failed));
        assert_eq!(said(ResponseCode::Refused, false), Some(Told::Refused));
        assert_eq!(said(ResponseCode::FormErr, false), Some(Told::Misunderstood));
        assert_eq!(told(&question(7, &name, true).unwrap(), 7, &name), None, "a question is no answer");
        let packet = message.to_vec().unwrap();
        for length in 0..packet.len() {
            assert_eq!(told(&packet[..length], 7, &name), None, "{length}");
        }
    }
}
