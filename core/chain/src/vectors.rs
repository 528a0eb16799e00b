//! Frozen bytes: what must never change by accident (specs/vectors/chain.json).

use crate::block::BlockName;
use crate::collate::{CollateParams, collate};
use crate::light::{AccountId, LightRequest, LightResponse};
use crate::test_network::{START, genesis, genesis_file, pay, transfer};
use serde_json::{Value, json};
use tycho_types::prelude::*;
use wire::UnixMillis;

fn name(name: &BlockName) -> Value {
    json!({ "root_hash": hex::encode(name.root_hash), "file_hash": hex::encode(name.file_hash) })
}

/// Everything that is frozen, as it comes out now.
fn made() -> Value {
    let state = genesis();
    let params = |step: u64| CollateParams {
        now: UnixMillis(START + step * 1000),
        rand_seed: HashBytes([7; 32]),
        created_by: HashBytes([8; 32]),
    };
    let first = collate(&state, &[transfer(1, 0, false, &[pay(2, 5)])], &params(1)).unwrap();
    let second = collate(&first.next, &[], &params(2)).unwrap();
    let ids = |collated: &crate::Collated| {
        let open = collated.block.open().unwrap();
        open.iter().map(|block| name(&BlockName::from(&block.id))).collect::<Vec<_>>()
    };
    let address = AccountId { workchain: 0, address: [5; 32] };
    let requests = [
        LightRequest::Head,
        LightRequest::Account { address },
        LightRequest::WaitAccount { address, known_lt: 1_000_001, wait_ms: 30_000 },
        LightRequest::AccountTransactions { address, before_lt: Some(300), limit: 64 },
        LightRequest::Send { boc: vec![1, 2, 3] },
        LightRequest::Blocks { before: None, limit: 10 },
        LightRequest::Block { workchain: -1, shard: 1 << 63, seqno: 7 },
        LightRequest::Transaction { hash: [6; 32] },
        LightRequest::Config,
    ];
    let refused = LightResponse::Refused { code: "seqno".into(), reason: "sign again".into() };
    json!({
        "genesis_hash": hex::encode(genesis_file().hash()),
        "genesis_masterchain": name(&BlockName::from(state.head())),
        "first_step_with_a_transfer": ids(&first),
        "second_step_with_its_delivery": ids(&second),
        "light_requests": requests.map(|request| hex::encode(request.encode().unwrap())),
        "light_refused": hex::encode(refused.encode().unwrap()),
    })
}

#[test]
fn genesis_blocks_and_frames_are_those_of_the_vectors() {
    let frozen: Value = serde_json::from_str(include_str!("../../../specs/vectors/chain.json")).unwrap();
    let made = made();
    assert_eq!(made, frozen, "{}", serde_json::to_string_pretty(&made).unwrap());
}
