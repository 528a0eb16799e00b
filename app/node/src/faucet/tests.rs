//! The faucet against toncenter over real blocks and a real socket.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Router;
use tycho_types::cell::HashBytes;
use tycho_types::models::StdAddr;
use wire::{Gram, Secret32};

use super::{FaucetHandle, FaucetLimits, GiveError, start_with_limits};
use crate::ValidatorKey;
use crate::test_chain::TestChain;
use crate::toncenter;

fn gram(nano: u128) -> Gram {
    Gram::from_nano(nano).unwrap()
}

fn stranger(byte: u8) -> StdAddr {
    StdAddr::new(0, HashBytes([byte; 32]))
}

async fn start(chain: &TestChain) -> FaucetHandle {
    start_at(Router::new().nest("/api/v2", toncenter::router(chain.view.clone()))).await
}

async fn start_at(routes: Router) -> FaucetHandle {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let node = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, routes).await });
    let limits = FaucetLimits { request_max: gram(10_000), address_max: gram(15_000), total_max: gram(500_000) };
    let key = ValidatorKey(Secret32(TestChain::faucet_key().to_bytes()));
    // nobody listens on the first: the faucet must go on to the second
    let nodes = vec!["http://127.0.0.1:1/api/v2".to_owned(), format!("http://{node}/api/v2")];
    start_with_limits("127.0.0.1:0".parse().unwrap(), key, nodes, limits).await.unwrap()
}

fn balance(chain: &TestChain, address: &StdAddr) -> u128 {
    let entry = chain.view.account(address).unwrap().account;
    let account = entry.and_then(|entry| entry.load_account().unwrap());
    account.map(|account| account.balance.tokens.into_inner()).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn many_requests_at_once_are_paid_once_each_by_few_messages() {
    let chain = TestChain::start();
    let faucet = Arc::new(start(&chain).await);
    let mut requests = tokio::task::JoinSet::new();
    for byte in 1..=30 {
        let faucet = Arc::clone(&faucet);
        requests.spawn(async move { faucet.give(&stranger(byte).to_string(), gram(1_000 + u128::from(byte))).await });
    }
    let given = requests.join_all().await;
    let seqnos: BTreeSet<u32> = given.into_iter().map(|given| given.unwrap().seqno).collect();
    assert!(seqnos.len() < 30, "each request had a message of its own");
    for byte in 1..=30 {
        assert_eq!(balance(&chain, &stranger(byte)), 1_000 + u128::from(byte));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_and_wrong_requests_are_refused_and_cost_nothing() {
    let chain = TestChain::start();
    let faucet = start(&chain).await;
    let too_much = faucet.give(&stranger(1).to_string(), gram(10_001)).await;
    assert_eq!(too_much, Err(GiveError::TooMuch { max: gram(10_000) }));
    faucet.give(&stranger(1).to_string(), gram(10_000)).await.unwrap();
    let again = faucet.give(&stranger(1).to_string(), gram(10_000)).await;
    assert_eq!(again, Err(GiveError::AddressLimit { max: gram(15_000) }));
    assert_eq!(balance(&chain, &stranger(1)), 10_000);
    let (status, answer) = ask(&faucet, r#"{"address":"nowhere"}"#).await;
    assert!(status == 422 && answer.contains("not an address"), "{status} {answer}");
    let (status, answer) = ask(&faucet, "{").await;
    assert!((400..500).contains(&status) && answer.contains("error"), "{status} {answer}");
    let request = format!(r#"{{"address":"{}","amount":"7000"}}"#, stranger(2));
    let (status, answer) = ask(&faucet, &request).await;
    assert!(status == 200 && answer.contains("\"amount\":\"7000\""), "{status} {answer}");
    assert_eq!(balance(&chain, &stranger(2)), 7_000);
    faucet.stop().await;
}

/// Posts to `/give` over a real socket.
async fn ask(faucet: &FaucetHandle, body: &str) -> (u16, String) {
    use http_body_util::{BodyExt as _, Full};
    let client = hyper_util::client::legacy::Client::builder(hyper_util::rt::TokioExecutor::new()).build_http();
    let request = axum::http::Request::post(format!("{}/give", faucet.url()))
        .header("content-type", "application/json")
        .body(Full::new(bytes::Bytes::copy_from_slice(body.as_bytes())))
        .unwrap();
    let response = client.request(request).await.unwrap();
    let status = response.status().as_u16();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

/// Takes the first message and says that it didn't, as a node does that is told twice.
async fn unreliable(
    told: axum::extract::State<Arc<std::sync::atomic::AtomicBool>>,
    request: axum::extract::Request,
    next: axum::middleware::Next,
) -> axum::response::Response {
    use http_body_util::BodyExt as _;
    let (parts, body) = request.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    let is_message = bytes.windows(7).any(|word| word == b"sendBoc");
    let answer = next.run(axum::extract::Request::from_parts(parts, bytes.into())).await;
    if is_message && !told.swap(true, std::sync::atomic::Ordering::SeqCst) {
        return toncenter::refusal(axum::http::StatusCode::INTERNAL_SERVER_ERROR, "not accepted");
    }
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_that_a_node_denies_is_not_made_twice() {
    let chain = TestChain::start();
    let routes = Router::new().nest("/api/v2", toncenter::router(chain.view.clone()));
    let told = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let routes = routes.layer(axum::middleware::from_fn_with_state(Arc::clone(&told), unreliable));
    let faucet = start_at(routes).await;
    let given = faucet.give(&stranger(1).to_string(), gram(5_000)).await.unwrap();
    assert!(told.load(std::sync::atomic::Ordering::SeqCst));
    assert_eq!((given.seqno, balance(&chain, &stranger(1))), (0, 5_000));
    let next = faucet.give(&stranger(2).to_string(), gram(5_000)).await.unwrap();
    assert_eq!((next.seqno, balance(&chain, &stranger(2))), (1, 5_000));
}
