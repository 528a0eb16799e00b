//! The faucet's way to the chain: a few toncenter calls over HTTP, to whichever node answers.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::http::{Method, Request, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};
use tycho_types::boc::Boc;
use tycho_types::cell::Cell;

/// A node that takes longer is treated as unreachable.
const CALL_TIME: Duration = Duration::from_secs(10);
/// Answers hold a few transactions with up to 255 messages each.
const ANSWER_BYTES_MAX: usize = 8 * 1024 * 1024;
/// How many of the wallet's newest transactions are searched for a payment.
const SEARCHED_TRANSACTIONS: u32 = 5;

/// Why a call got no result.
#[derive(Debug, thiserror::Error)]
pub(super) enum CallError {
    /// Nothing is known about what happened to the request.
    #[error("the node can't be reached: {0}")]
    Unreachable(String),
    /// The node answered that it won't.
    #[error("{0}")]
    Refused(String),
}

/// What the faucet's wallet looks like on the chain.
pub(super) struct WalletState {
    /// Whether its code is there.
    pub(super) active: bool,
    /// The next sequence number.
    pub(super) seqno: u32,
}

/// The transaction that an external message led to.
pub(super) struct Paid {
    /// Its hash, in hex.
    pub(super) transaction: String,
    /// How many messages it sent.
    pub(super) messages: usize,
}

/// The toncenter API of several nodes: a call goes to the one that answered last, and on to the next when it
/// does not answer.
pub(super) struct NodeClient {
    endpoints: Vec<String>,
    preferred: AtomicUsize,
    client: Client<HttpConnector, Full<Bytes>>,
}

impl NodeClient {
    /// `None` when no node is named.
    pub(super) fn new(nodes: &[String]) -> Option<Self> {
        let endpoints: Vec<String> =
            nodes.iter().map(|node| format!("{}/jsonRPC", node.trim_end_matches('/'))).collect();
        let client = Client::builder(TokioExecutor::new()).build_http();
        (!endpoints.is_empty()).then(|| Self { endpoints, preferred: AtomicUsize::new(0), client })
    }

    /// Asks another node from now on: this one may be behind.
    pub(super) fn prefer_next(&self) {
        self.preferred.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) async fn wallet_state(&self, address: &str) -> Result<WalletState, CallError> {
        let state = self.call("getWalletInformation", json!({ "address": address })).await?;
        let seqno = state.get("seqno").and_then(Value::as_u64).and_then(|seqno| u32::try_from(seqno).ok());
        let active = state.get("account_state").and_then(Value::as_str) == Some("active");
        Ok(WalletState { active, seqno: seqno.unwrap_or(0) })
    }

    pub(super) async fn send(&self, message: &Cell) -> Result<(), CallError> {
        self.call("sendBoc", json!({ "boc": Boc::encode_base64(message) })).await.map(|_| ())
    }

    /// Looks for the transaction of an external message among the wallet's newest.
    pub(super) async fn find(&self, address: &str, message: &Cell) -> Result<Option<Paid>, CallError> {
        let params = json!({ "address": address, "limit": SEARCHED_TRANSACTIONS });
        let transactions = self.call("getTransactions", params).await?;
        let wanted = STANDARD.encode(message.repr_hash().0);
        let is_wanted =
            |transaction: &&Value| transaction.pointer("/in_msg/hash").and_then(Value::as_str) == Some(wanted.as_str());
        let found = transactions.as_array().into_iter().flatten().find(is_wanted);
        Ok(found.map(|transaction| {
            let hash = transaction.pointer("/transaction_id/hash").and_then(Value::as_str).unwrap_or_default();
            let messages = transaction.get("out_msgs").and_then(Value::as_array).map(Vec::len);
            Paid {
                transaction: STANDARD.decode(hash).map(hex::encode).unwrap_or_default(),
                messages: messages.unwrap_or(0),
            }
        }))
    }

    async fn call(&self, method: &str, params: Value) -> Result<Value, CallError> {
        let body = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string();
        let mut answer = Err(CallError::Unreachable("no node is named".to_owned()));
        for _ in &self.endpoints {
            let preferred = self.preferred.load(Ordering::Relaxed);
            let at = preferred.checked_rem(self.endpoints.len()).unwrap_or_default();
            let Some(endpoint) = self.endpoints.get(at) else { break };
            let exchange = tokio::time::timeout(CALL_TIME, self.exchange(endpoint, body.clone()));
            answer = exchange.await.unwrap_or_else(|_| Err(CallError::Unreachable("it does not answer".to_owned())));
            if answer.is_ok() {
                break;
            }
            self.prefer_next();
        }
        let mut answer = answer?;
        if answer.get("ok").and_then(Value::as_bool) == Some(true) {
            return Ok(answer.get_mut("result").map(Value::take).unwrap_or_default());
        }
        let reason = answer.get("error").and_then(Value::as_str).unwrap_or("the node answered with neither");
        Err(CallError::Refused(reason.to_owned()))
    }

    async fn exchange(&self, endpoint: &str, body: String) -> Result<Value, CallError> {
        let unreachable = |error: &dyn std::fmt::Display| CallError::Unreachable(error.to_string());
        let request = Request::builder()
            .method(Method::POST)
            .uri(endpoint)
            .header(header::CONTENT_TYPE, "application/json")
            .body(Full::new(Bytes::from(body)))
            .map_err(|error| unreachable(&error))?;
        let response = self.client.request(request).await.map_err(|error| unreachable(&error))?;
        let body = Limited::new(response.into_body(), ANSWER_BYTES_MAX).collect().await;
        let bytes = body.map_err(|error| unreachable(&error))?.to_bytes();
        serde_json::from_slice(&bytes).map_err(|error| unreachable(&error))
    }
}
