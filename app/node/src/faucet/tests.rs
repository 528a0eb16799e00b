//! The faucet against toncenter over real blocks and a real socket.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Router;
use tycho_types::cell::HashBytes;
use tycho_types::models::StdAddr;
use wire::{Gram, Secret32};

use super::{Faucet, FaucetConfig, FaucetHandle, FaucetLimits, GiveError};
use crate::test_chain::TestChain;
use crate::toncenter;

fn gram(nano: u128) -> Gram {
    Gram::from_nano(nano).unwrap()
}

fn stranger(byte: u8) -> StdAddr {
    StdAddr::new(0, HashBytes([byte; 32]))
}

async fn start(chain: &TestChain) -> FaucetHandle {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let node = listener.local_addr().unwrap();
    let routes = Router::new().nest("/api/v2", toncenter::router(chain.view.clone()));
    tokio::spawn(async move { axum::serve(listener, routes).await });
    let limits = FaucetLimits { request_max: gram(10_000), address_max: gram(15_000), total_max: gram(500_000) };
    Faucet::start(FaucetConfig {
        key: Secret32(TestChain::faucet_key().to_bytes()),
        toncenter: format!("http://{node}/api/v2"),
        listen: "127.0.0.1:0".parse().unwrap(),
        limits,
    })
    .await
    .unwrap()
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
        requests.spawn(async move { faucet.give(stranger(byte), gram(1_000 + u128::from(byte))).await });
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
    let too_much = faucet.give(stranger(1), gram(10_001)).await;
    assert_eq!(too_much, Err(GiveError::TooMuch { max: gram(10_000) }));
    faucet.give(stranger(1), gram(10_000)).await.unwrap();
    let again = faucet.give(stranger(1), gram(10_000)).await;
    assert_eq!(again, Err(GiveError::AddressLimit { max: gram(15_000) }));
    assert_eq!(balance(&chain, &stranger(1)), 10_000);
}
