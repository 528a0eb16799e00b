//! The frozen encodings of specs/vectors/carrier.txt: a change that breaks old programs or relays fails here.

use crate::profile::Profile;
use crate::segment::{Part, Segment, SegmentReply, Want, encode_segment, encode_segment_reply};
use ed25519_dalek::SigningKey;

const VECTORS: &str = include_str!("../../../specs/vectors/carrier.txt");

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
    let now: String = all.iter().map(|(name, bytes)| format!("{name} {}\n", hex::encode(bytes))).collect();
    assert_eq!(now, VECTORS, "if this is meant, it is a new version of the protocols");
}
