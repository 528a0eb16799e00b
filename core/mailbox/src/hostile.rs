//! The checks of everything that a stranger's bytes reach here: relays read clients, clients read relays, and both
//! read what other relays pass on. Each says whether the bytes were taken, and panics where a rule is broken.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "tests: a failure is a panic"
)]

use crate::bridge::{Bridge, Friend, FriendAnswer, FriendRequest, LIFETIME_MS_MAX, Token, UnverifiedBridge};
use crate::bundle::{self, frames, program};
use crate::cell::{self, CellSize};
use crate::frame::{
    ACK_SEQUENCES_TOTAL_MAX, FETCH_MAILBOXES_MAX, Request, Response, decode_request, decode_response, encode_request,
    encode_response,
};
use crate::hop::{
    self, Gateway, HopBody, HopReply, REQUEST_STEP_BYTES, RESPONSE_STEP_BYTES, SEALED_REQUEST_BYTES_MAX, decode_body,
    decode_reply, encode_body, encode_reply,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::SigningKey;
use std::sync::OnceLock;
use wire::hostile::assert_one_form;
use wire::{RelayAddress, RelayDescriptor, Secret32, UnixMillis};

/// A request as a relay opens it (MBX-5 to MBX-7).
#[must_use]
pub fn request(bytes: &[u8]) -> bool {
    let Ok(frame) = decode_request(bytes) else { return false };
    match &frame.request {
        Request::Fetch(fetch) => assert!(fetch.receive.len() <= FETCH_MAILBOXES_MAX),
        Request::Ack(ack) => {
            assert!(ack.mailboxes.len() <= FETCH_MAILBOXES_MAX);
            assert!(ack.mailboxes.iter().map(|one| one.sequences.len()).sum::<usize>() <= ACK_SEQUENCES_TOTAL_MAX);
        }
        Request::Create(_)
        | Request::Deposit(_)
        | Request::Delete(_)
        | Request::Info(_)
        | Request::Chain(_)
        | Request::Carried(_) => {}
    }
    assert_one_form(bytes, &frame, encode_request, decode_request);
    true
}

/// A response as a client opens it: a relay is a stranger to it.
#[must_use]
pub fn response(bytes: &[u8]) -> bool {
    let Ok(response) = decode_response(bytes) else { return false };
    if let Response::Fetched(fetched) = &response {
        assert!(fetched.mailboxes.len() <= FETCH_MAILBOXES_MAX);
    }
    assert_one_form(bytes, &response, encode_response, decode_response);
    true
}

/// The body of an HTTP request to a relay and that of its answer, down to what only looks sealed (MBX-40 to MBX-49).
#[must_use]
pub fn hop_body(bytes: &[u8]) -> bool {
    static GATEWAY: OnceLock<Gateway> = OnceLock::new();
    let mut taken = false;
    if let Ok(body) = decode_body(bytes) {
        assert_one_form(bytes, &body, encode_body, decode_body);
        if let HopBody::Run(sealed) = body {
            let gateway = GATEWAY.get_or_init(|| Gateway::from_seed(&Secret32([7; 32])).unwrap());
            let opened = gateway.open(&sealed);
            assert!(opened.is_err() || sealed.len() <= SEALED_REQUEST_BYTES_MAX);
        }
        taken = true;
    }
    if let Ok(reply) = decode_reply(bytes) {
        assert_one_form(bytes, &reply, encode_reply, decode_reply);
        taken |= matches!(reply, HopReply::Sealed(_) | HopReply::Refused(_) | HopReply::Friend(_));
    }
    taken
}

/// What is inside a sealed request or response, once it is opened: a Binary HTTP message with its padding (MBX-43).
/// The bytes are filled up to whole steps, so that not only their length is judged.
#[must_use]
pub fn hop_inside(bytes: &[u8]) -> bool {
    let filled = |step_bytes: usize| {
        let mut bytes = bytes.to_vec();
        bytes.resize(bytes.len().max(1).next_multiple_of(step_bytes), 0);
        bytes
    };
    let opened = hop::open_request(&filled(REQUEST_STEP_BYTES));
    if let Ok(frame) = &opened {
        assert!(request(&encode_request(frame).unwrap()));
    }
    let answer = hop::open_response(&filled(RESPONSE_STEP_BYTES));
    if let Ok(answer) = &answer {
        assert!(response(&encode_response(answer).unwrap()));
    }
    opened.is_ok() || answer.is_ok()
}

/// A relay's hop key, as descriptors of strangers carry it: what can be sealed to has the one suite (MBX-42).
#[must_use]
pub fn hop_key(bytes: &[u8]) -> bool {
    let address = RelayAddress { host: "h".into(), port: 1, tls_pin: None, secret_path: "p".into(), dns: None };
    let target = RelayDescriptor { address, hop_key: bytes.to_vec(), operator: None, region: None };
    let Ok((body, _)) = hop::seal_request(&target, Request::Chain(vec![1]), UnixMillis(1)) else { return false };
    assert!(target.checked().is_ok(), "a key that no descriptor may carry was sealed to");
    assert!(body.len() <= hop::BODY_BYTES_MAX);
    assert!(hop_body(&body));
    true
}

/// A cell's content behind its encryption (MBX-10 to MBX-12).
#[must_use]
pub fn padded(bytes: &[u8]) -> bool {
    let Ok(content) = cell::unpad(bytes) else { return false };
    if let Ok(size) = CellSize::fitting(content.len(), 0) {
        let again = cell::pad(content, size, 0).unwrap();
        assert_eq!(cell::unpad(&again), Ok(content));
    }
    true
}

/// A bundle that somebody brought (BUN-1 to BUN-3), and its body and contents without what stands around them, since a
/// hash keeps nobody away.
#[must_use]
pub fn bundle(bytes: &[u8]) -> bool {
    let whole = bundle::whole_bytes(bytes);
    let taken = bundle::decode(bytes);
    if let Ok(body) = &taken {
        assert_eq!(whole, Ok(bytes.len()));
        assert_one_form(bytes, body, bundle::encode, bundle::decode);
    }
    let mut framed = bundle::MAGIC.to_vec();
    framed.push(bundle::VERSION);
    framed.extend_from_slice(&u32::try_from(bytes.len()).unwrap().to_le_bytes());
    framed.extend_from_slice(bytes);
    let hash = wire::hash::sha256(&framed);
    framed.extend_from_slice(&hash);
    let body = bundle::decode(&framed);
    if let Ok(body) = &body {
        assert_one_form(&framed, body, bundle::encode, bundle::decode);
    }
    let contents = bundle::decode_contents(bytes);
    if let Ok(contents) = &contents {
        assert!(contents.items.len() <= bundle::ITEMS_MAX);
        assert_one_form(bytes, contents, bundle::encode_contents, bundle::decode_contents);
    }
    taken.is_ok() || body.is_ok()
}

/// What a QR code in front of a camera held (MBX-93, MBX-94), and the same bytes as a list of frames.
#[must_use]
pub fn frame(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let read = frames::Frame::from_text(&text);
    if let Ok(frame) = &read {
        assert_eq!(frame.to_text(), text, "another text says the same");
        assert!(frame.index < frame.total && usize::from(frame.total) <= frames::FRAMES_MAX);
    }
    let mut sequence = frames::Sequence::default();
    for frame in text.lines().filter_map(|line| frames::Frame::from_text(line).ok()) {
        let _ = sequence.hear(frame);
    }
    assert_eq!(sequence.missing().count(), sequence.total().saturating_sub(sequence.have()));
    if let Ok(Some(whole)) = sequence.whole() {
        assert!(whole.len() <= frames::SEQUENCE_BYTES_MAX);
    }
    read.is_ok()
}

/// The statement of a program that somebody brought (MBX-97, MBX-98): what is taken is signed by the releaser.
#[must_use]
pub fn program(bytes: &[u8]) -> bool {
    let whole = program::signed_bytes(bytes);
    let Ok(read) = program::decode(bytes) else { return false };
    assert_eq!(whole, Ok(bytes.len()));
    assert!(bytes.len() <= program::SIGNED_BYTES_MAX);
    assert_eq!(read.to_bytes(), bytes);
    let Ok(statement) = read.verify(inviter().verifying_key().as_bytes()) else { return false };
    assert_eq!(statement, statement_seed(), "the releaser signed no other");
    true
}

/// A bridge link (MBX-50), as a text or as what is in its fragment: what is taken is signed by the inviter that it names, has
/// not expired, and leads to a place that can be dialled.
#[must_use]
pub fn bridge(bytes: &[u8]) -> bool {
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.contains('#')).map(str::to_owned);
    let fragment = || format!("simurgh:bridge#{}", URL_SAFE_NO_PAD.encode(bytes));
    let Ok(link) = UnverifiedBridge::parse(&text.unwrap_or_else(fragment)) else { return false };
    let Ok(bridge) = link.verify(NOW) else { return false };
    assert!(bridge.expires() > NOW && bridge.address().clone().checked().is_ok());
    assert_eq!(bridge.inviter(), inviter().verifying_key().as_bytes(), "somebody else's signature");
    let again = UnverifiedBridge::parse(&bridge.to_link(&inviter()).unwrap()).unwrap().verify(NOW).unwrap();
    assert_eq!(again, bridge);
    true
}

const NOW: UnixMillis = UnixMillis(1_700_000_000_000);

fn inviter() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

fn statement_seed() -> program::Statement {
    program::Statement {
        release: program::Release([0, 2, 1]),
        target: "x86_64-unknown-linux-gnu".parse().unwrap(),
        sha256: [7; 32],
        bytes: 7,
    }
}

fn frame_seeds() -> [String; 2] {
    let bundle: Vec<u8> = (0..=99).collect();
    [0, 1].map(|index| frames::cut(&bundle, index, 64).unwrap().unwrap().to_text())
}

fn bridge_link() -> String {
    let address = RelayAddress {
        host: "b.example".into(),
        port: 443,
        tls_pin: Some([3; 32]),
        secret_path: "p".into(),
        dns: None,
    };
    let expires = NOW.plus_ms(LIFETIME_MS_MAX);
    let bridge = Bridge::new(wire::RelayId([4; 32]), address, Token([5; 16]), expires, NOW, &inviter());
    bridge.to_link(&inviter()).unwrap()
}

/// Seeds that take keys to make: target, name, bytes. The others are written by hand from the vectors.
#[must_use]
pub fn made_seeds() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let gateway = Gateway::from_seed(&Secret32([7; 32])).unwrap();
    let address = RelayAddress { host: "h".into(), port: 1, tls_pin: None, secret_path: "p".into(), dns: None };
    let target = RelayDescriptor { address, hop_key: gateway.hop_key().to_vec(), operator: None, region: None };
    let (body, _) = hop::seal_request(&target, Request::Chain(vec![1, 2]), UnixMillis(1)).unwrap();
    let HopBody::Forward(forward) = decode_body(&body).unwrap() else { panic!("not to be carried on") };
    let mut other_kem = gateway.hop_key().to_vec();
    other_kem.splice(1..3, [0, 0x20]);
    let bundles = bundle_seeds();
    let [first, last] = frame_seeds();
    let signed = statement_seed().sign(&inviter()).unwrap();
    let by_another = statement_seed().sign(&SigningKey::from_bytes(&[2; 32])).unwrap();
    vec![
        ("mailbox_frame", "first", first.clone().into_bytes()),
        ("mailbox_frame", "last", last.clone().into_bytes()),
        ("mailbox_frame", "refused-both", format!("{first}\n{last}").into_bytes()),
        ("mailbox_program", "signed", signed),
        ("mailbox_program", "refused-by-another", by_another),
        ("mailbox_bridge", "link", bridge_link().into_bytes()),
        ("mailbox_bundle", "open", bundles[0].clone()),
        ("mailbox_bundle", "sealed", bundles[1].clone()),
        ("mailbox_bundle", "refused-version", bundles[2].clone()),
        ("mailbox_hop_body", "run-sealed", encode_body(&HopBody::Run(forward.sealed)).unwrap()),
        ("mailbox_hop_body", "friend", encode_body(&HopBody::Friend(FriendRequest::default())).unwrap()),
        ("mailbox_hop_body", "friend-link", friend_answer(Friend::Link { link: bridge_link(), left: 7 })),
        ("mailbox_hop_body", "friend-later", friend_answer(Friend::NotYet { from_s: 1_800_000_000 })),
        ("mailbox_hop_key", "one", target.hop_key),
        ("mailbox_hop_key", "refused-other-kem", other_kem),
    ]
}

fn friend_answer(friend: Friend) -> Vec<u8> {
    encode_reply(&HopReply::Friend(FriendAnswer::new(friend).unwrap())).unwrap()
}

fn bundle_seeds() -> [Vec<u8>; 3] {
    use bundle::{Body, CarriedRight, Contents, Day, Item, Sealed, Slot, Tag};
    let cell = |byte| crate::Cell::new(vec![byte; CellSize::Small.bytes()]).unwrap();
    let right = CarriedRight { relay: wire::RelayId([4; 32]), sealed: vec![5; hop::RIGHT_BYTES_MAX] };
    let item = |byte, right| Item { tag: Tag([byte; 16]), day: Day(20_000), right, cell: cell(byte) };
    let open = Body::Open(Contents { items: vec![item(1, Some(right)), item(2, None)] });
    let slot = || Slot { tag: Tag([6; 16]), key: vec![7; bundle::SEALED_KEY_BYTES] };
    let sealed = Body::Sealed(Sealed { slots: Box::new(std::array::from_fn(|_| slot())), content: vec![8; 100] });
    let open = bundle::encode(&open).unwrap();
    let mut newer = open.clone();
    newer[bundle::MAGIC.len()] = 9;
    [open, bundle::encode(&sealed).unwrap(), newer]
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::hostile::storm;
    use wire::seeds;

    #[test]
    fn requests_of_strangers_are_refused_or_have_one_form() {
        let seeds = seeds!("mailbox_request": "create", "deposit", "fetch", "ack", "delete", "info", "chain", "refused-version");
        storm(seeds, 20_000, request);
    }

    #[test]
    fn responses_of_strangers_are_refused_or_have_one_form() {
        storm(seeds!("mailbox_response": "created", "fetched", "info", "chain", "refusal"), 10_000, response);
    }

    #[test]
    fn bodies_of_strangers_are_refused_or_have_one_form() {
        storm(
            seeds!(
                "mailbox_hop_body": "forward", "run", "run-sealed", "sealed", "refusal", "friend", "friend-link",
                "friend-later"
            ),
            20_000,
            hop_body,
        );
    }

    #[test]
    fn the_inside_of_what_strangers_sealed_is_refused_or_has_one_form() {
        storm(seeds!("mailbox_hop_inside": "request", "response"), 10_000, hop_inside);
    }

    #[test]
    fn hop_keys_of_strangers_are_refused_or_can_be_sealed_to() {
        storm(seeds!("mailbox_hop_key": "one", "refused-other-kem"), 1_000, hop_key);
    }

    #[test]
    fn links_of_strangers_are_refused_or_signed() {
        storm(seeds!("mailbox_bridge": "link", "refused-changed"), 5_000, bridge);
        assert!(bridge(bridge_link().as_bytes()));
    }

    #[test]
    fn bundles_of_strangers_are_refused_or_have_one_form() {
        storm(seeds!("mailbox_bundle": "open", "sealed", "refused-version"), 10_000, bundle);
    }

    #[test]
    fn frames_of_strangers_are_refused_or_have_one_form() {
        storm(seeds!("mailbox_frame": "first", "last", "refused-both", "refused-damaged"), 20_000, frame);
    }

    #[test]
    fn statements_of_strangers_are_refused_or_signed() {
        storm(seeds!("mailbox_program": "signed", "refused-by-another"), 5_000, program);
    }

    #[test]
    fn padding_of_strangers_is_refused_or_hides_nothing() {
        storm(seeds!("mailbox_padded": "short"), 20_000, padded);
    }
}
