//! What strangers and name servers get of a zone.

use super::*;
use crate::dns::message;
use hickory_proto::op::Query;
use rand_core::{OsRng, RngCore};

fn zone() -> Zone {
    Zone::new("t.bakery.example", "bakery.example").unwrap()
}

fn query(name: &str, kind: RecordType) -> Message {
    let mut message = Message::new(7, MessageType::Query, OpCode::Query);
    message.metadata.recursion_desired = true;
    message.add_query(Query::query(Name::from_ascii(name).unwrap(), kind));
    message
}

fn ask(zone: &Zone, message: &Message) -> Message {
    match zone.read(&message.to_vec().unwrap()) {
        Read::Answer(packet) => Message::from_vec(&packet).unwrap(),
        other => panic!("{other:?}"),
    }
}

/// DNS-20
#[test]
fn the_zone_says_who_serves_it() {
    let zone = zone();
    let soa = ask(&zone, &query("t.bakery.example.", RecordType::SOA));
    assert!(soa.metadata.authoritative && matches!(soa.answers[0].data, RData::SOA(_)), "{soa}");
    let server = ask(&zone, &query("T.Bakery.example.", RecordType::NS));
    let RData::NS(NS(name)) = &server.answers[0].data else { panic!("{server}") };
    assert_eq!(name.to_ascii(), "bakery.example.");
    let by_address = Zone::new("t.bakery.example", "203.0.113.31").unwrap();
    let address = ask(&by_address, &query("ns.t.bakery.example.", RecordType::A));
    assert_eq!(address.answers[0].data, RData::A(A("203.0.113.31".parse().unwrap())));
    assert!(ask(&by_address, &query("ns.t.bakery.example.", RecordType::AAAA)).answers.is_empty());
}

/// DNS-21: resolvers ask label by label (RFC 9156), and would take a name that does not exist for the end of it.
#[test]
fn every_other_name_exists_and_has_nothing() {
    let zone = zone();
    for (name, kind) in [
        ("t.bakery.example.", RecordType::TXT),
        ("www.t.bakery.example.", RecordType::A),
        ("www.t.bakery.example.", RecordType::TXT),
        ("aaaa.bbbb.t.bakery.example.", RecordType::NS),
        ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.t.bakery.example.", RecordType::A),
    ] {
        let answer = ask(&zone, &query(name, kind));
        assert_eq!((answer.metadata.response_code, answer.answers.len()), (ResponseCode::NoError, 0), "{name}");
        assert!(answer.metadata.authoritative && matches!(answer.authorities[0].data, RData::SOA(_)), "{name}");
        assert_eq!(answer.authorities[0].ttl, NOTHING_TTL_S);
    }
}

/// DNS-20
#[test]
fn other_zones_and_other_wishes_are_refused() {
    let zone = zone();
    let code = |message: &Message| ask(&zone, message).metadata.response_code;
    for other in ["bakery.example.", "example.", ".", "xt.bakery.example."] {
        assert_eq!(code(&query(other, RecordType::A)), ResponseCode::Refused, "{other}");
    }
    let mut chaos = query("version.bind.", RecordType::TXT);
    chaos.queries[0].set_query_class(DNSClass::CH);
    assert_eq!(code(&chaos), ResponseCode::Refused);
    let mut notify = query("t.bakery.example.", RecordType::SOA);
    notify.metadata.op_code = OpCode::Notify;
    assert_eq!(code(&notify), ResponseCode::NotImp);
}

/// DNS-20
#[test]
fn a_later_edns_is_told_which_one_is_spoken() {
    let zone = zone();
    let mut later = query("www.t.bakery.example.", RecordType::TXT);
    let mut edns = Edns::new();
    edns.set_version(1);
    later.set_edns(edns);
    let answer = ask(&zone, &later);
    assert_eq!((u16::from(answer.metadata.response_code), answer.answers.len()), (16, 0), "BADVERS");
    assert_eq!(answer.edns.unwrap().version(), 0);
}

/// DNS-23
#[test]
fn what_is_no_question_is_not_answered_and_nothing_is_answered_at_length() {
    let zone = zone();
    let packet = query("www.t.bakery.example.", RecordType::A).to_vec().unwrap();
    let mut response = query("www.t.bakery.example.", RecordType::A);
    response.metadata.message_type = MessageType::Response;
    let mut twice = query("www.t.bakery.example.", RecordType::A);
    twice.add_query(Query::query(Name::root(), RecordType::A));
    let unread = [response.to_vec().unwrap(), twice.to_vec().unwrap(), vec![0; 2_000], Vec::new(), vec![0; 12]];
    assert!(unread.iter().all(|packet| matches!(zone.read(packet), Read::Nothing)));
    for length in 0..packet.len() {
        assert!(matches!(zone.read(&packet[..length]), Read::Nothing), "{length}");
    }
    let mut bytes = packet.clone();
    for _ in 0..20_000 {
        let (place, value) = (OsRng.next_u32() as usize % bytes.len(), OsRng.next_u32() as u8);
        bytes[place] = value;
        if let Read::Answer(answer) = zone.read(&bytes) {
            assert!(answer.len() <= bytes.len() + 130, "{bytes:?}");
        }
        if OsRng.next_u32().is_multiple_of(8) {
            bytes.clone_from(&packet);
        }
    }
}

#[test]
fn what_may_be_sealed_is_handed_on_whatever_case_a_resolver_gave_it() {
    let zone = zone();
    let bytes = vec![0xa5; SEALED_BYTES_MIN];
    let mut name = names::encode(&bytes, &names::zone("t.bakery.example").unwrap()).unwrap();
    name.randomize_label_case();
    let packet = message::question(9, &name, true).unwrap();
    let Read::Sealed(asked) = zone.read(&packet) else { panic!("not handed on") };
    assert_eq!(asked.bytes(), bytes);
    // The answer repeats the question as it was put, or the resolver does not take it for one.
    let answer = Message::from_vec(&zone.answer(&asked, b"sealed").unwrap()).unwrap();
    assert!(answer.queries[0].name.eq_case(&name));
    assert_eq!(answer.answers[0].ttl, 0);
    let nothing = Message::from_vec(&zone.nothing(&asked).unwrap()).unwrap();
    assert_eq!((nothing.metadata.response_code, nothing.answers.len()), (ResponseCode::NoError, 0));
}
