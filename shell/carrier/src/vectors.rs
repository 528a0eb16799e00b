//! The frozen encodings of specs/vectors/carrier.txt: a change that breaks old programs or relays fails here.

use crate::dns::frame::Ask;
use crate::dns::seal::{DnsKey, Session};
use crate::profile::Profile;
use crate::segment::{Part, Segment, SegmentReply, Want, encode_segment, encode_segment_reply};
use ed25519_dalek::SigningKey;
use rand_core::{CryptoRng, RngCore, impls};
use wire::Secret32;

const VECTORS: &str = include_str!("../../../specs/vectors/carrier.txt");

/// Draws the same byte always.
struct Same(u8);

impl RngCore for Same {
    fn next_u32(&mut self) -> u32 {
        impls::next_u32_via_fill(self)
    }

    fn next_u64(&mut self) -> u64 {
        impls::next_u64_via_fill(self)
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        bytes.fill(self.0);
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand_core::Error> {
        bytes.fill(self.0);
        Ok(())
    }
}

impl CryptoRng for Same {}

/// What is sealed in DNS (DNS-3, DNS-10 to DNS-12): the relay's key has the seed 07…, all that is drawn is 11….
fn dns() -> [(&'static str, Vec<u8>); 7] {
    let key = DnsKey::from_seed(&Secret32([7; 32]));
    let (session, hello) = Session::begin(&key.public(), "0123456789abcdef", &mut Same(0x11)).unwrap();
    let part = Part { offset: 300, bytes: vec![0xab; 3] };
    let ask = Ask { exchange: 5, total: 303, want: Want { offset: 0, bytes: 992, wait_ms: 1_500 }, part: Some(part) };
    let ask = ask.encode().unwrap();
    let (query, answer) = (session.seal_query(2, &ask), session.seal_answer(2, &[0x10, 0, 3], &mut Same(0x11)));
    [
        ("dns-key", key.public().to_vec()),
        ("dns-hello", hello),
        ("dns-welcome", session.welcome(&mut Same(0x11)).unwrap()),
        ("dns-ask", ask),
        ("dns-query", query.unwrap()),
        ("dns-answer", answer.unwrap()),
        ("dns-exchange", session.exchange_name(5).to_vec()),
    ]
}

#[test]
fn every_encoding_is_as_it_was() {
    let key = SigningKey::from_bytes(&[7; 32]);
    let part = Part { offset: 300, bytes: vec![0xab; 3] };
    let want = Want { offset: 1, bytes: 2_560, wait_ms: 3_000 };
    let segment = Segment { exchange: [0x11; 16], total: 303, part: Some(part), want };
    let question = Segment { part: None, ..segment.clone() };
    let frame = |segment: &Segment| encode_segment(segment, &[48]).unwrap();
    let reply = |reply: &SegmentReply| encode_segment_reply(reply).unwrap();
    let all = [
        ("profile-signer", key.verifying_key().to_bytes().to_vec()),
        ("profile-built-in-signed", Profile::default().sign(&key).unwrap()),
        ("segment-with-part", frame(&segment)),
        ("segment-question", frame(&question)),
        ("reply-waiting", reply(&SegmentReply::Waiting { have: 303 })),
        ("reply-answer", reply(&SegmentReply::Answer { total: 70_000, offset: 5, bytes: vec![1, 2] })),
        ("reply-gone", reply(&SegmentReply::Gone)),
        ("reply-nothing", reply(&SegmentReply::Nothing)),
        ("reply-full", reply(&SegmentReply::Full { retry_after_ms: 500 })),
    ];
    let now: String =
        all.into_iter().chain(dns()).map(|(name, bytes)| format!("{name} {}\n", hex::encode(bytes))).collect();
    assert_eq!(now, VECTORS, "if this is meant, it is a new version of the protocols");
}
