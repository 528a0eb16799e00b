//! The frozen encodings of specs/vectors/mailbox.txt: a change that breaks old clients or relays fails here.

use crate::cell::CellSize;
use crate::frame::{
    Ack, AckMailbox, CELL_LIFETIME_MS_MAX, Carried, Create, Deposit, Fetch, Fetched, FetchedCell, FetchedMailbox,
    MailboxInfo, Mode, Refusal, Request, RequestFrame, Response, Stamp, decode_request, decode_response,
    encode_request, encode_response,
};
use crate::hop::{Gateway, HopBody, HopRefusal, HopReply, HopRequest};
use crate::{Cell, CellId, ReceiveCapability, SendCapability};
use wire::{RelayDescriptor, RelayId, Secret32, UnixMillis};

const VECTORS: &str = include_str!("../../../specs/vectors/mailbox.txt");
const AT: UnixMillis = UnixMillis(1_800_000_000_000);

fn send() -> SendCapability {
    SendCapability(Secret32([0x11; 32]))
}

fn receive() -> ReceiveCapability {
    ReceiveCapability(Secret32([0x22; 32]))
}

/// A whole cell is long: the vectors hold the hash of frames that contain one.
fn shown(bytes: &[u8]) -> String {
    if bytes.len() > 1_000 { format!("sha256:{}", hex::encode(wire::hash::sha256(bytes))) } else { hex::encode(bytes) }
}

fn request(request: Request) -> Vec<u8> {
    let frame = RequestFrame { at: AT, request };
    let bytes = encode_request(&frame).unwrap();
    assert_eq!(decode_request(&bytes), Ok(frame));
    bytes
}

fn response(response: Response) -> Vec<u8> {
    let bytes = encode_response(&response).unwrap();
    assert_eq!(decode_response(&bytes), Ok(response));
    bytes
}

fn requests() -> Vec<(&'static str, Vec<u8>)> {
    let create = Create {
        send: send(),
        receive: receive(),
        quota_cells: 300,
        lifetime_ms: CELL_LIFETIME_MS_MAX,
        mode: Mode::Queue,
        stamp: None,
    };
    let cell = Cell::new(vec![0x5a; CellSize::Small.bytes()]).unwrap();
    let carried = Carried { right: vec![0x66; 30], cell: cell.clone() };
    let deposit = Deposit { send: send(), cell_id: CellId([0x33; 16]), cell, stamp: Some(Stamp(vec![1, 2])) };
    let ack = Ack { mailboxes: vec![AckMailbox { receive: receive(), sequences: vec![1, 300] }] };
    vec![
        ("request-create", request(Request::Create(create))),
        ("request-deposit", request(Request::Deposit(deposit))),
        ("request-fetch", request(Request::Fetch(Fetch { receive: vec![receive()], wait_ms: 30_000 }))),
        ("request-ack", request(Request::Ack(ack))),
        ("request-delete", request(Request::Delete(receive()))),
        ("request-info", request(Request::Info(receive()))),
        ("request-chain", request(Request::Chain(vec![7, 8, 9]))),
        ("request-carried", request(Request::Carried(carried))),
    ]
}

fn responses() -> Vec<(&'static str, Vec<u8>)> {
    let cell = Cell::new(vec![0xa5; CellSize::Large.bytes()]).unwrap();
    let cells = vec![FetchedCell { sequence: 9, cell }];
    let mailboxes = vec![
        FetchedMailbox { index: 0, missing: true, cells: Vec::new() },
        FetchedMailbox { index: 1, missing: false, cells },
    ];
    let info = MailboxInfo { cells: 2, quota_cells: 300, lifetime_ms: 1_000, expires: AT };
    let mut all = vec![
        ("response-created", response(Response::Created { expires: AT })),
        ("response-deposited", response(Response::Deposited { duplicate: true })),
        ("response-fetched", response(Response::Fetched(Fetched { mailboxes, more: true }))),
        ("response-acked", response(Response::Acked { deleted: 2 })),
        ("response-deleted", response(Response::Deleted)),
        ("response-info", response(Response::Info(info))),
        ("response-chain", response(Response::Chain(vec![7, 8]))),
    ];
    let refusals = [
        ("refused-version", Refusal::Version { speaks: 1 }),
        ("refused-malformed", Refusal::Malformed),
        ("refused-clock-skew", Refusal::ClockSkew { relay: AT }),
        ("refused-no-such-mailbox", Refusal::NoSuchMailbox),
        ("refused-capability-in-use", Refusal::CapabilityInUse),
        ("refused-mailbox-full", Refusal::MailboxFull { quota_cells: 300 }),
        ("refused-relay-full", Refusal::RelayFull),
        ("refused-allowance-used", Refusal::AllowanceUsed { retry_after_ms: 500 }),
        ("refused-too-fast", Refusal::TooFast { retry_after_ms: 500 }),
        ("refused-too-many-polls", Refusal::TooManyPolls),
        ("refused-quota", Refusal::QuotaOutOfRange { max: 4_096 }),
        ("refused-lifetime", Refusal::LifetimeOutOfRange { max_ms: 1_000 }),
        ("refused-mode", Refusal::ModeNotOffered),
        ("refused-stamp", Refusal::StampNotTaken),
        ("refused-store-failed", Refusal::StoreFailed),
        ("refused-chain-unreachable", Refusal::ChainUnreachable),
        ("refused-overloaded", Refusal::Overloaded { retry_after_ms: 500 }),
    ];
    all.extend(refusals.map(|(name, refusal)| (name, response(Response::Refused(refusal)))));
    all
}

fn hops() -> Vec<(&'static str, Vec<u8>)> {
    let body = |body: HopBody| crate::hop::encode_body(&body).unwrap();
    let reply = |reply: HopReply| crate::hop::encode_reply(&reply).unwrap();
    let forward = HopRequest { target: RelayId([0x44; 32]), sealed: vec![1, 2, 3] };
    let gateway = Gateway::from_seed(&Secret32([0x55; 32])).unwrap();
    let address = wire::RelayAddress { host: "h".into(), port: 1, tls_pin: None, secret_path: "p".into(), dns: None };
    let descriptor = RelayDescriptor { address, hop_key: gateway.hop_key().to_vec(), operator: None, region: None };
    let mut all = vec![
        ("send-id", send().id().0.to_vec()),
        ("receive-id", receive().id().0.to_vec()),
        ("hop-forward", body(HopBody::Forward(forward))),
        ("hop-run", body(HopBody::Run(vec![1, 2, 3]))),
        ("hop-sealed", reply(HopReply::Sealed(vec![4, 5]))),
        ("hop-key-of-seed-55", gateway.hop_key().to_vec()),
        ("relay-id-of-seed-55", descriptor.id().0.to_vec()),
    ];
    let refusals = [
        ("hop-refused-unknown-target", HopRefusal::UnknownTarget),
        ("hop-refused-target-is-entry", HopRefusal::TargetIsEntry),
        ("hop-refused-target-unreachable", HopRefusal::TargetUnreachable),
        ("hop-refused-too-fast", HopRefusal::TooFast { retry_after_ms: 500 }),
        ("hop-refused-overloaded", HopRefusal::Overloaded { retry_after_ms: 500 }),
        ("hop-refused-wrong-key", HopRefusal::WrongKey),
    ];
    all.extend(refusals.map(|(name, refusal)| (name, reply(HopReply::Refused(refusal)))));
    all
}

#[test]
fn every_encoding_is_as_it_was() {
    let all: Vec<_> = requests().into_iter().chain(responses()).chain(hops()).collect();
    let now: String = all.iter().map(|(name, bytes)| format!("{name} {}\n", shown(bytes))).collect();
    assert_eq!(now, VECTORS, "if this is meant, it is a new version of the protocol");
}
