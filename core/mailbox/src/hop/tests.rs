//! What entry relays, wrong keys and changed bytes can and can't do to a hop.

use super::*;
use crate::frame::{Carried, Deposit, Fetch};
use crate::{Cell, CellId, ReceiveCapability, SendCapability};
use wire::RelayAddress;

fn gateway(seed: u8) -> (Gateway, RelayDescriptor) {
    let gateway = Gateway::from_seed(&Secret32([seed; 32])).unwrap();
    let address = RelayAddress { host: "localhost".into(), port: 1, tls_pin: None, secret_path: "p".into(), dns: None };
    let descriptor = RelayDescriptor { address, hop_key: gateway.hop_key().to_vec(), operator: None, region: None };
    (gateway, descriptor)
}

fn deposit() -> Request {
    let cell = Cell::new(vec![3; 2048]).unwrap();
    Request::Deposit(Deposit { send: SendCapability(Secret32([1; 32])), cell_id: CellId([2; 16]), cell, stamp: None })
}

fn sealed_of(body: &[u8]) -> Vec<u8> {
    match decode_body(body).unwrap() {
        HopBody::Forward(hop) => hop.sealed,
        HopBody::Run(sealed) => sealed,
        other @ (HopBody::Redeem(_) | HopBody::Friend(_)) => panic!("{other:?} is not sealed"),
    }
}

#[test]
fn a_request_and_its_response_pass_through_a_hop() {
    let (gateway, descriptor) = gateway(7);
    let (body, opener) = seal_request(&descriptor, deposit(), UnixMillis(5)).unwrap();
    let (frame, sealer) = gateway.open(&sealed_of(&body)).unwrap();
    assert_eq!(frame.unwrap(), RequestFrame { at: UnixMillis(5), request: deposit() });
    let reply = sealer.seal(&Response::Deposited { duplicate: true }).unwrap();
    assert_eq!(opener.open(&reply).unwrap(), Response::Deposited { duplicate: true });
}

#[test]
fn a_small_deposit_and_a_fetch_look_the_same_to_the_entry_relay() {
    let (_, descriptor) = gateway(7);
    let receive = (0..20).map(|name| ReceiveCapability(Secret32([name; 32]))).collect();
    let fetch = Request::Fetch(Fetch { receive, wait_ms: 30_000 });
    let (one, _) = seal_request(&descriptor, deposit(), UnixMillis(5)).unwrap();
    let (other, _) = seal_request(&descriptor, fetch, UnixMillis(6)).unwrap();
    assert_eq!(one.len(), other.len());
    assert_eq!(sealed_of(&one).len(), REQUEST_STEP_BYTES + REQUEST_OVERHEAD_BYTES);
}

#[test]
fn a_request_sealed_to_another_relay_does_not_open() {
    let (_, descriptor) = gateway(7);
    let (other, _) = gateway(8);
    let (body, _) = seal_request(&descriptor, deposit(), UnixMillis(5)).unwrap();
    assert!(matches!(other.open(&sealed_of(&body)), Err(HopError::Open(_))));
}

#[test]
fn a_changed_byte_is_noticed_both_ways() {
    let (gateway, descriptor) = gateway(7);
    let (body, opener) = seal_request(&descriptor, deposit(), UnixMillis(5)).unwrap();
    let mut sealed = sealed_of(&body);
    let (_, sealer) = gateway.open(&sealed).unwrap();
    *sealed.last_mut().unwrap() ^= 1;
    assert!(gateway.open(&sealed).is_err());
    let mut reply = sealer.seal(&Response::Deleted).unwrap();
    *reply.last_mut().unwrap() ^= 1;
    assert!(opener.open(&reply).is_err());
}

#[test]
fn a_descriptor_with_a_weaker_kem_is_refused() {
    let config = KeyConfig::derive(KEY_ID, Kem::X25519Sha256, vec![SUITE], &[9; 32]).unwrap();
    let (_, mut descriptor) = gateway(7);
    descriptor.hop_key = config.encode().unwrap();
    assert!(matches!(seal_request(&descriptor, deposit(), UnixMillis(5)), Err(HopError::Key)));
}

#[test]
fn a_refusal_of_the_entry_relay_is_told_apart() {
    let (_, descriptor) = gateway(7);
    let (_, opener) = seal_request(&descriptor, deposit(), UnixMillis(5)).unwrap();
    let reply = encode_reply(&HopReply::Refused(HopRefusal::UnknownTarget)).unwrap();
    assert!(matches!(opener.open(&reply), Err(HopError::Refused(HopRefusal::UnknownTarget))));
}

#[test]
fn sealed_bytes_that_hold_no_request_get_a_sealed_refusal() {
    let (gateway, descriptor) = gateway(7);
    let (sealed, opener) = client(&descriptor.hop_key).unwrap().encapsulate(b"nonsense").unwrap();
    let (frame, sealer) = gateway.open(&sealed).unwrap();
    assert_eq!(frame, Err(Refusal::Malformed));
    let reply = sealer.seal(&Response::Refused(Refusal::Malformed)).unwrap();
    assert_eq!(ResponseOpener(opener).open(&reply).unwrap(), Response::Refused(Refusal::Malformed));
}

/// MBX-43
#[test]
fn padding_other_than_zeros_up_to_the_next_step_is_refused() {
    let (gateway, descriptor) = gateway(7);
    let mut message = Message::request(METHOD.to_vec(), SCHEME.to_vec(), Vec::new(), PATH.to_vec());
    message.write_content(frame::encode_request(&RequestFrame { at: UnixMillis(5), request: deposit() }).unwrap());
    let right = write_message(&message, REQUEST_STEP_BYTES).unwrap();
    let opens = |bytes: &[u8]| {
        let (sealed, _) = client(&descriptor.hop_key).unwrap().encapsulate(bytes).unwrap();
        gateway.open(&sealed).unwrap().0.is_ok()
    };
    assert!(opens(&right));
    let longer = [&right[..], &[0; REQUEST_STEP_BYTES]].concat();
    assert!(!opens(&longer), "a whole step of padding too much");
    assert!(!opens(&right[..right.len() - 1]), "not a whole step");
    let mut other = right;
    *other.last_mut().unwrap() = 1;
    assert!(!opens(&other), "not zeros");
}

/// MBX-40
#[test]
fn a_message_of_indeterminate_length_is_refused() {
    let (gateway, descriptor) = gateway(7);
    let mut message = Message::request(METHOD.to_vec(), SCHEME.to_vec(), Vec::new(), PATH.to_vec());
    message.write_content(frame::encode_request(&RequestFrame { at: UnixMillis(5), request: deposit() }).unwrap());
    for (mode, taken) in [(Mode::KnownLength, true), (Mode::IndeterminateLength, false)] {
        let mut bytes = Vec::new();
        message.write_bhttp(mode, &mut bytes).unwrap();
        bytes.resize(bytes.len().next_multiple_of(REQUEST_STEP_BYTES), 0);
        let (sealed, _) = client(&descriptor.hop_key).unwrap().encapsulate(&bytes).unwrap();
        assert_eq!(gateway.open(&sealed).unwrap().0.is_ok(), taken, "{mode:?}");
    }
}

fn carried(gateway: &Gateway, cell: &Cell) -> Vec<u8> {
    seal_right(gateway.hop_key(), &SendCapability(Secret32([1; 32])), CellId([2; 16]), cell).unwrap()
}

/// MBX-90, MBX-91
#[test]
fn a_carried_cell_becomes_the_deposit_that_its_right_names() {
    let (gateway, descriptor) = gateway(7);
    let cell = Cell::new(vec![3; 2048]).unwrap();
    let right = carried(&gateway, &cell);
    let request = Request::Carried(Carried { right, cell });
    let (body, _) = seal_request(&descriptor, request, UnixMillis(5)).unwrap();
    let (frame, _) = gateway.open(&sealed_of(&body)).unwrap();
    assert_eq!(frame.unwrap(), RequestFrame { at: UnixMillis(5), request: deposit() });
}

/// MBX-91, MBX-92
#[test]
fn a_right_is_good_for_its_cell_at_its_relay_only() {
    let (gateway, descriptor) = gateway(7);
    let cell = Cell::new(vec![3; 2048]).unwrap();
    let other = Cell::new(vec![4; 2048]).unwrap();
    let right = carried(&gateway, &cell);
    let elsewhere = carried(&self::gateway(8).0, &cell);
    let mut changed = right.clone();
    *changed.last_mut().unwrap() ^= 1;
    let request_as_right = sealed_of(&seal_request(&descriptor, deposit(), UnixMillis(5)).unwrap().0);
    for (right, cell) in
        [(right.clone(), other), (elsewhere, cell.clone()), (changed, cell.clone()), (Vec::new(), cell)]
    {
        let request = Request::Carried(Carried { right, cell });
        let (body, _) = seal_request(&descriptor, request, UnixMillis(5)).unwrap();
        assert_eq!(gateway.open(&sealed_of(&body)).unwrap().0, Err(Refusal::Malformed));
    }
    assert!(request_as_right.len() > RIGHT_BYTES_MAX, "a request does not fit where a right goes");
    assert_eq!(gateway.open(&right).unwrap().0, Err(Refusal::Malformed), "a right is no request");
}
