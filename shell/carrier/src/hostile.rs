//! The checks of what a stranger's bytes reach here: a relay reads everybody's segments and its zone everybody's packets, a
//! client those of a resolver, both what the other sealed, and whoever passes a profile on is a stranger too. Each says whether the bytes were taken, and panics where a rule is broken.

#![allow(clippy::expect_used, clippy::missing_panics_doc, reason = "tests: a failure is a panic")]

use crate::dns::frame::{Ask, REQUEST_BYTES_MAX, WAIT_MS_MAX};
use crate::dns::seal::{DnsKey, REPLY_OVERHEAD_BYTES, Session};
use crate::dns::zone::{DATAGRAM_BYTES_MAX, Read, Zone};
use crate::dns::{message, names};
use crate::https::{REPLY_BYTES_MAX, exchange_over, lines::Lines};
use crate::profile::{PROFILE_BYTES_MAX, Profile, UnverifiedProfile};
use crate::segment::{
    Assembly, SEGMENT_BYTES_MAX, decode_segment, decode_segment_reply, encode_segment, encode_segment_reply, is_segment,
};
use bytes::Bytes;
use ed25519_dalek::SigningKey;
use rand_core::OsRng;
use std::sync::OnceLock;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream};
use wire::hostile::assert_one_form;
use wire::{RelayAddress, Secret32};

const ZONE: &str = "t.bakery.example";
/// What an answer to who is no guest may have more than the question, with a name server of this name (DNS-23).
const GROWTH_BYTES_MAX: usize = 130;
/// The number and the content of the question that answers are read for.
const NUMBER: u16 = 7;
const ASKED: [u8; 60] = [7; 60];
/// Bytes under way in one direction of a connection.
const PIPE_BYTES: usize = 16 * 1024;
/// How often one end lets the other go on.
const TURNS: usize = 50;
/// An exchange whose other end has gone away ends at once, however busy the machine is.
const END: Duration = Duration::from_secs(60);

fn session() -> &'static Session {
    static SESSION: OnceLock<Session> = OnceLock::new();
    SESSION.get_or_init(|| {
        let key = DnsKey::from_seed(&Secret32([7; 32]));
        Session::begin(&key.public(), "path", &mut OsRng).expect("a session").0
    })
}

/// A piece of an exchange, and the answer to one (CAR-30 to CAR-33).
#[must_use]
pub fn segment(bytes: &[u8]) -> bool {
    let mut taken = false;
    if let Ok(segment) = decode_segment(bytes) {
        assert!(is_segment(bytes) && bytes.len() <= SEGMENT_BYTES_MAX);
        let again = encode_segment(&segment, &Profile::default().pad_bytes).expect("what was read can be written");
        assert_eq!(decode_segment(&again).expect("what was written can be read"), segment);
        if let (Ok(mut assembly), Some(part)) = (Assembly::new(segment.total, REQUEST_BYTES_MAX as u32), segment.part) {
            let (from, length) = (part.offset as usize, part.bytes.len());
            if assembly.add(part).is_ok() {
                assert!(from + length <= segment.total as usize && assembly.have() <= segment.total);
            }
        }
        taken = true;
    }
    if let Ok(reply) = decode_segment_reply(bytes) {
        assert_one_form(bytes, &reply, encode_segment_reply, decode_segment_reply);
        taken = true;
    }
    taken
}

/// A profile of whoever passes it on (CAR-1 to CAR-4): nobody's but the signer's is taken, and none out of its bounds.
#[must_use]
pub fn profile(bytes: &[u8]) -> bool {
    if let Ok(profile) = Profile::decode(bytes) {
        assert!(profile.clone().checked().is_ok() && bytes.len() <= PROFILE_BYTES_MAX);
        let key = SigningKey::from_bytes(&[9; 32]);
        let signed = profile.sign(&key).expect("a profile within its bounds can be signed");
        let read = UnverifiedProfile::decode(&signed).expect("what was signed can be read");
        let verified = read.verify(&key.verifying_key(), &Profile { number: 0, ..Profile::default() });
        assert_eq!(verified.expect("its signer's word is taken"), profile);
    }
    let Ok(read) = UnverifiedProfile::decode(bytes) else { return false };
    let stranger = SigningKey::from_bytes(&[8; 32]).verifying_key();
    assert!(read.verify(&stranger, &Profile::default()).is_err(), "a stranger's signature was taken");
    true
}

/// A packet to a relay's zone (DNS-20 to DNS-23), and what is sealed in one (DNS-3).
#[must_use]
pub fn dns_query(bytes: &[u8]) -> bool {
    if let Ok(ask) = Ask::decode(bytes) {
        assert_one_form(bytes, &ask, Ask::encode, Ask::decode);
        if let Some(segment) = ask.into_segment(session(), 100) {
            assert!(segment.total as usize <= REQUEST_BYTES_MAX);
            assert!(segment.want.bytes <= 100 && segment.want.wait_ms <= WAIT_MS_MAX);
        }
    }
    let zone = Zone::new(ZONE, "bakery.example").expect("a zone");
    match zone.read(bytes) {
        Read::Nothing => false,
        Read::Answer(packet) => {
            assert!(
                packet.len() <= bytes.len().saturating_add(GROWTH_BYTES_MAX),
                "{} for {}",
                packet.len(),
                bytes.len()
            );
            true
        }
        Read::Sealed(asked) => {
            assert!(DnsKey::from_seed(&Secret32([7; 32])).open_hello(asked.bytes()).is_none(), "opened a stranger's");
            assert!(session().open_query(asked.bytes()).is_none(), "opened a stranger's");
            let nothing = zone.nothing(&asked).expect("an answer");
            assert!(nothing.len() <= bytes.len().saturating_add(GROWTH_BYTES_MAX));
            let room = zone.answer_room(&asked);
            let packet = zone.answer(&asked, &vec![0xff; room]).expect("an answer");
            assert!(room > REPLY_OVERHEAD_BYTES && packet.len() <= usize::from(DATAGRAM_BYTES_MAX));
            true
        }
    }
}

/// A packet of a resolver to who asked (DNS-2), and what a relay sealed in one (CAR-33).
#[must_use]
pub fn dns_answer(bytes: &[u8]) -> bool {
    if let Ok(reply) = decode_segment_reply(bytes) {
        assert!(bytes.len() <= SEGMENT_BYTES_MAX.saturating_add(1));
        assert_one_form(bytes, &reply, encode_segment_reply, decode_segment_reply);
    }
    let zone = names::zone(ZONE).expect("a zone");
    let name = names::encode(&ASKED, &zone).expect("a name");
    let Some(told) = message::told(bytes, NUMBER, &name) else { return false };
    if let message::Told::Text(text) = told {
        assert!(text.len() <= bytes.len());
        assert!(session().open_answer(1, &text).is_none() && !session().is_welcome(&text), "opened a stranger's");
    }
    true
}

/// What whoever has the place of a relay says behind its TLS to a client that asks (HTTP/2, or 1.1 where the first bit is
/// set): no answer, or one within its bound. Where the second bit is set it is said before anything was asked. The other
/// end goes away after that, so the exchange ends, without a clock.
#[must_use]
pub fn https_answer(bytes: &[u8]) -> bool {
    static LINES: OnceLock<Lines> = OnceLock::new();
    let Some((manner, said)) = bytes.split_first() else { return false };
    let (is_http2, early) = (manner & 1 == 0, manner & 2 != 0);
    let to = RelayAddress {
        host: "b.example".into(),
        port: 443,
        tls_pin: Some([1; 32]),
        secret_path: "p".into(),
        dns: None,
    };
    let line = LINES.get_or_init(Lines::default).get(&to).expect("a line");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    let answer = runtime.block_on(async {
        let (ours, theirs) = tokio::io::duplex(PIPE_BYTES);
        let asking = exchange_over(ours, is_http2, &line, Bytes::from_static(&ASKED));
        let (answer, ()) = tokio::join!(tokio::time::timeout(END, asking), answering(theirs, said, early));
        answer.expect("the exchange ends")
    });
    let Ok(answer) = answer else { return false };
    assert!(answer.len() <= REPLY_BYTES_MAX);
    true
}

/// Reads what is asked, says its own, and goes away when nothing more comes of it.
async fn answering(stream: DuplexStream, said: &[u8], early: bool) {
    let (mut reading, mut writing) = tokio::io::split(stream);
    let listen = async {
        let mut bytes = [0; 4_096];
        while let Ok(1..) = reading.read(&mut bytes).await {}
    };
    let say = async {
        if !early {
            turns().await;
        }
        // who asked may have gone
        writing.write_all(said).await.ok();
        turns().await;
    };
    tokio::select! { biased; () = listen => {}, () = say => {} }
}

/// Lets the other end go on for a while.
async fn turns() {
    for _ in 0..TURNS {
        tokio::task::yield_now().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::hostile::storm;
    use wire::seeds;

    #[test]
    fn segments_of_strangers_are_refused_or_hold_to_their_bounds() {
        let seeds = seeds!("carrier_segment": "part", "question", "refused-cut", "reply-waiting", "reply-answer", "reply-gone",
            "reply-nothing", "reply-full");
        storm(seeds, 20_000, segment);
    }

    #[test]
    fn profiles_of_strangers_are_refused() {
        storm(seeds!("carrier_profile": "signed", "refused-body", "refused-version", "refused-short"), 20_000, profile);
    }

    #[test]
    fn packets_of_strangers_to_a_zone_are_answered_shortly_or_not_at_all() {
        let seeds = seeds!("carrier_dns_query": "sealed", "sealed-edns", "soa", "other-zone", "refused-response");
        storm(seeds, 20_000, dns_query);
    }

    #[test]
    fn packets_of_strangers_to_a_client_are_refused_or_tell_something() {
        let seeds = seeds!("carrier_dns_answer": "text", "nothing", "truncated", "servfail", "refused-other-name");
        storm(seeds, 20_000, dns_answer);
    }

    #[test]
    fn whatever_a_false_relay_says_an_exchange_ends_with_an_answer_in_its_bounds_or_an_error() {
        let seeds = seeds!("carrier_https": "http2", "http2-continued", "http1", "http1-chunked", "refused-early", "refused-website",
            "refused-window", "refused-flood", "refused-smuggled");
        storm(seeds, 5_000, https_answer);
    }
}
