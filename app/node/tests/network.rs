//! Four real nodes over loopback: payments, proofs, a validator stopped and started, all of them restarted.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::wildcard_enum_match_arm,
    reason = "a test may fail loudly"
)]

mod harness;

use chain::light::{AccountId, LightRequest, LightResponse, NetworkId, REQUEST_BYTES_MAX, WAIT_MS_MAX, verify_account};
use harness::{Network, PATIENCE, free_ports, post, stranger, transfer};
use node::operator;
use std::{
    path::Path,
    time::{Duration, Instant},
};

#[test]
fn four_validators_pay_prove_lose_one_and_restart() {
    let mut network = Network::new(4);
    network.wait("the first blocks", |network| (0..4).all(|index| network.height(index) >= 2));

    network.pay(0, 0, 1);
    network.wait("a payment everywhere", |network| (0..4).all(|index| network.balance(index, 1) == 1_000_000_000));
    proofs_convince(&network);
    refusals_say_why(&network);
    http_is_bounded(&network);

    network.stop(1);
    network.pay(2, 1, 2);
    network.wait("a payment with one of four dead", |network| network.balance(3, 2) == 1_000_000_000);
    for round in 0..2 {
        network.start(1);
        // the others may be behind the one that has shown the payment
        network.wait("the stopped one to catch up", |network| {
            network.height(1) + 1 >= network.height(0) && network.balance(1, 2) == 1_000_000_000
        });
        if round == 0 {
            network.stop(1);
        }
    }

    let heights: Vec<u64> = (0..4).map(|index| network.height(index)).collect();
    (0..4).for_each(|index| network.stop(index));
    (0..4).for_each(|index| network.start(index));
    for (index, height) in heights.iter().enumerate() {
        assert!(network.height(index) >= *height, "a final block is lost");
    }
    network.pay(3, 2, 3);
    network.wait("a payment after a restart", |network| network.balance(0, 3) == 1_000_000_000);
    (0..4).for_each(|index| network.stop(index));
}

fn proofs_convince(network: &Network) {
    let id =
        NetworkId { genesis_hash: network.genesis.hash, validators: network.peers.iter().map(|p| p.key).collect() };
    let address = AccountId::from(&stranger(1));
    let request = LightRequest::WaitAccount { address, known_lt: 0, wait_ms: WAIT_MS_MAX };
    for index in 0..4 {
        let proof = match network.light(index, &request) {
            LightResponse::Account(proof) => proof,
            other => panic!("{other:?}"),
        };
        let account = verify_account(&id, &proof, &stranger(1)).unwrap();
        assert_eq!(account.account.unwrap().balance.tokens.into_inner(), 1_000_000_000);
        let mut forged = proof.clone();
        forged.certificate[60] ^= 1;
        assert!(verify_account(&id, &forged, &stranger(1)).is_err());
    }
    let LightResponse::Transactions(list) =
        network.light(0, &LightRequest::AccountTransactions { address, before_lt: None, limit: 10 })
    else {
        panic!("no transactions")
    };
    assert_eq!(list.len(), 1);
    let LightResponse::Transaction(Some(found)) = network.light(3, &LightRequest::Transaction { hash: list[0].hash })
    else {
        panic!("no transaction")
    };
    assert_eq!(*found, list[0]);
    let LightResponse::Blocks(blocks) = network.light(1, &LightRequest::Blocks { before: None, limit: 3 }) else {
        panic!("no blocks")
    };
    assert_eq!(blocks.len(), 6);
    let name = blocks[0].name;
    let request = LightRequest::Block { workchain: name.workchain, shard: name.shard, seqno: name.seqno };
    let LightResponse::Block(Some(block)) = network.light(1, &request) else { panic!("no block") };
    assert_eq!(block.parent, blocks[2].name.root_hash);
    assert!(matches!(network.light(2, &LightRequest::Head), LightResponse::Head(head) if head.validators == 4));
}

fn refusals_say_why(network: &Network) {
    let refused = |boc: Vec<u8>| match network.light(0, &LightRequest::Send { boc }) {
        LightResponse::Refused { code, .. } => code,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(transfer(0, 9)), "seqno");
    assert_eq!(refused(vec![1, 2, 3]), "malformed");
    let mut forged = transfer(1, 9);
    let last = forged.len() - 1;
    forged[last] ^= 1;
    assert!(["bad_signature", "malformed"].contains(&refused(forged).as_str()));
}

fn http_is_bounded(network: &Network) {
    let address = network.node(0).http_address();
    // a byte too much, so that all of it is read: what is not would take the answer along
    assert_eq!(post(address, "/light", &vec![0; REQUEST_BYTES_MAX + 1]).0, 413);
    assert_eq!(post(address, "/light", &[255]).0, 400);
    assert_eq!(post(address, "/nothing", &[]).0, 404);
    let (status, text) = post(address, "/metrics", &[]);
    let text = String::from_utf8(text).unwrap();
    assert_eq!(status, 200);
    assert!(text.contains("simurgh_height ") && text.trim_end().ends_with("# EOF"), "{text}");
    assert_eq!(text.matches("# EOF").count(), 1);
    let (status, answer) = post(address, "/api/v2/getMasterchainInfo", &[]);
    assert_eq!(status, 200);
    assert!(String::from_utf8(answer).unwrap().contains("\"ok\":true"));
}

#[test]
fn an_operator_sets_up_runs_and_looks_at_a_validator() {
    let dir = tempfile::tempdir().unwrap();
    let dir: &Path = &dir.path().join("validator");
    let ports = free_ports(2);
    let options = operator::InitOptions {
        dir: dir.to_owned(),
        listen: ports[0],
        http: ports[1],
        genesis: None,
        peers: Vec::new(),
    };
    assert!(operator::status(dir).is_err());
    let report = operator::init(&options).unwrap();
    assert!(operator::init(&options).is_err(), "a folder is set up once");
    assert!(!operator::status(dir).unwrap().running);
    let node = operator::run(dir).unwrap();
    assert!(operator::run(dir).is_err(), "a folder is used once");
    let begun = Instant::now();
    while node.view().height() < 3 {
        assert!(begun.elapsed() < PATIENCE);
        std::thread::sleep(Duration::from_millis(20));
    }
    let status = operator::status(dir).unwrap();
    assert!(status.running && status.height >= 3 && status.genesis_hash == wire::id::to_hex(&report.genesis_hash));
    node.stop();
    assert!(!operator::status(dir).unwrap().running);
    for secret in [dir.join(operator::KEY_FILE), report.faucet_key.unwrap()] {
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(secret).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
    }
}
