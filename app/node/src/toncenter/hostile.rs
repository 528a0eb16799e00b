//! What strangers send to toncenter, changed a thousand ways: every answer has toncenter's shape, and none says that
//! a thread broke down. No target of `fuzz/` reaches this: it would build the consensus engine anew.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, Uri};
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt as _;
use wire::hostile::{Seed, storm};

use super::router;
use crate::test_chain::TestChain;

const BODIES: &[Seed] = &[
    ("account", br#"{"id":"1","jsonrpc":"2.0","method":"getAddressInformation","params":{"address":"-1:5555555555555555555555555555555555555555555555555555555555555555"}}"#),
    ("shards", br#"{"id":1,"method":"lookupBlock","params":{"workchain":"-1","shard":"-9223372036854775808","seqno":1}}"#),
    ("refused-transactions", br#"{"method":"getTransactions","params":{"address":"0:5555555555555555555555555555555555555555555555555555555555555555","limit":"5","lt":7,"hash":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}}"#),
    ("hash", br#"{"method":"detectHash","params":{"hash":"55555555555555555555555555555555555555555555555555555555555555aa"}}"#),
    ("stack", br#"{"method":"runGetMethod","params":{"address":"-1:5555555555555555555555555555555555555555555555555555555555555555","method":"seqno","stack":[["num","-0x1f"],["tuple",[["cell","te6ccgEBAQEAAgAAAA=="],["null",null]]],["slice",{"bytes":"te6ccgEBAQEAAgAAAA=="}]]}}"#),
    ("refused-message", br#"{"method":"sendBoc","params":{"boc":"te6ccgEBAQEAAgAAAA=="}}"#),
];

const PATHS: &[Seed] = &[
    ("masterchain", b"/getMasterchainInfo"),
    ("address", b"/detectAddress?address=0%3A5555555555555555555555555555555555555555555555555555555555555555"),
    ("balance", b"/getAddressBalance?address=UQBVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVR7q&x=%ff%zz"),
    ("refused-block", b"/getBlockTransactions?workchain=0&shard=8000000000000000&seqno=4294967295&count=+3"),
];

/// Whether the answer to a request was a result.
fn answered(runtime: &Runtime, chain: &TestChain, request: Request<Body>) -> bool {
    let (status, bytes) = runtime.block_on(async {
        let response = router(chain.view.clone()).oneshot(request).await.unwrap();
        (response.status(), axum::body::to_bytes(response.into_body(), 16 << 20).await.unwrap())
    });
    let answer: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(answer["ok"], Value::Bool(status == StatusCode::OK), "{answer}");
    if status != StatusCode::OK {
        assert_eq!(answer["code"], status.as_u16());
        let said = answer["error"].as_str().unwrap();
        assert!(!said.contains("could not be worked on"), "{said}");
    }
    status == StatusCode::OK
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

#[test]
fn bodies_of_strangers_are_answered_in_shape() {
    let (runtime, chain) = (runtime(), TestChain::start());
    storm(BODIES, 2_000, |bytes| {
        let request = Request::builder().method(Method::POST).uri("/jsonRPC").body(Body::from(bytes.to_vec())).unwrap();
        answered(&runtime, &chain, request)
    });
}

#[test]
fn queries_of_strangers_are_answered_in_shape() {
    let (runtime, chain) = (runtime(), TestChain::start());
    storm(PATHS, 2_000, |bytes| {
        let Some(uri) = Uri::try_from(bytes).ok().filter(|uri| uri.path().starts_with('/')) else { return false };
        answered(&runtime, &chain, Request::builder().uri(uri).body(Body::empty()).unwrap())
    });
}
