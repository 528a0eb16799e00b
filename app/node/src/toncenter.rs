//! toncenter v2: the HTTP API that `@ton/ton`'s TonClient, tonweb and most wallets speak.
//!
//! Requirements: a [`ChainView`]; nothing is kept here.
//!
//! Provided: [`router`], JSON-RPC at `/jsonRPC` and REST at `/<method>`, answers and errors in
//! toncenter's shapes: `{"ok":true,"result":…}` and `{"ok":false,"error":"…","code":…}`, where the code
//! is the HTTP status too. 422 says that the request is wrong, 500 with `LITE_SERVER_…` that the chain
//! can't answer it (no such block, a message that is not accepted).
//!
//! Not provided: names (DNS), proofs and signatures of blocks (see `/light`).

mod accounts;
mod addresses;
mod blocks;
mod error;
mod get_methods;
#[cfg(test)]
mod hostile;
mod request;
mod send;
mod shape;
mod stack;
#[cfg(test)]
mod tests;
mod tokens;
mod transactions;

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection};
use axum::extract::{DefaultBodyLimit, Path, RawQuery, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use crate::view::ChainView;
use error::ApiError;
use request::Params;

/// Largest request body: an external message of the largest size in base64, or a full get-method stack.
pub const BODY_BYTES_MAX: usize = 512 * 1024;
/// Requests that are worked on at once; each holds a thread and may run a contract.
const CALLS_MAX: usize = 32;
/// Methods of toncenter that this node knows and doesn't serve.
const NOT_SERVED: [&str; 3] = ["getMasterchainBlockSignatures", "getShardBlockProof", "sendCustom"];
/// How long a request waits for its turn before it is told to come back.
const TURN_WAIT: Duration = Duration::from_secs(5);

/// The routes below `/api/v2`.
pub fn router(view: Arc<ChainView>) -> Router {
    let toncenter = Arc::new(Toncenter { view, turns: Arc::new(Semaphore::new(CALLS_MAX)) });
    Router::new()
        .route("/jsonRPC", post(json_rpc).options(preflight))
        .route("/{method}", get(rest).post(rest).options(preflight))
        .fallback(unknown_path)
        .method_not_allowed_fallback(wrong_verb)
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .with_state(toncenter)
}

/// What every method works on.
pub(crate) struct Toncenter {
    view: Arc<ChainView>,
    turns: Arc<Semaphore>,
}

impl Toncenter {
    /// Works on a request on a thread that may block.
    async fn answer(self: Arc<Self>, method: String, params: Params) -> Result<Value, ApiError> {
        let turn = tokio::time::timeout(TURN_WAIT, Arc::clone(&self.turns).acquire_owned()).await;
        let Ok(Ok(turn)) = turn else { return Err(ApiError::busy()) };
        let work = tokio::task::spawn_blocking(move || {
            let answer = self.call(&method, &params);
            drop(turn);
            answer
        });
        work.await.unwrap_or_else(|_| Err(ApiError::chain("the request could not be worked on".to_owned())))
    }

    fn call(&self, method: &str, params: &Params) -> Result<Value, ApiError> {
        match method {
            "getAddressInformation" => self.address_information(params),
            "getExtendedAddressInformation" => self.extended_address_information(params),
            "getWalletInformation" => self.wallet_information(params),
            "getAddressBalance" => self.address_balance(params),
            "getAddressState" => self.address_state(params),
            "getShardAccountCell" => self.shard_account_cell(params),
            "getTokenData" => self.token_data(params),
            "detectAddress" => addresses::detect(params),
            "detectHash" => addresses::detect_hash(params),
            "packAddress" => addresses::pack(params),
            "unpackAddress" => addresses::unpack(params),
            "getMasterchainInfo" => self.masterchain_info(),
            "getConsensusBlock" => Ok(self.consensus_block()),
            "shards" | "getShards" => self.shards(params),
            "lookupBlock" => self.lookup_block(params),
            "getBlockHeader" => self.block_header(params),
            "getBlockTransactions" => self.block_transactions(params),
            "getBlockTransactionsExt" => self.block_transactions_ext(params),
            "getConfigParam" => self.config_param(params),
            "getConfigAll" => self.config_all(),
            "getTransactions" => self.transactions(params),
            "getTransactionsStd" => self.transactions_std(params),
            "tryLocateTx" | "tryLocateResultTx" => self.locate_result(params),
            "tryLocateSourceTx" => self.locate_source(params),
            "runGetMethod" => self.run_get_method(params),
            "runGetMethodStd" => self.run_get_method_std(params),
            "estimateFee" => self.estimate_fee(params),
            "sendBoc" => self.send_boc(params),
            "sendBocReturnHash" => self.send_boc_return_hash(params),
            "sendQuery" => self.send_query(params),
            "getLibraries" => self.libraries(params),
            "getOutMsgQueueSize" | "getOutMsgQueueSizes" => self.queue_sizes(),
            _ if NOT_SERVED.contains(&method) => Err(ApiError::not_served(method)),
            _ => Err(ApiError::unknown_method(method)),
        }
    }
}

/// `POST /jsonRPC`.
async fn json_rpc(State(toncenter): State<Arc<Toncenter>>, body: Result<Bytes, BytesRejection>) -> Response {
    let (answer, id) = match request::json_rpc(body) {
        Err(error) => (Err(error), Value::Null),
        Ok(call) => (toncenter.answer(call.method, call.params).await, call.id),
    };
    let (status, mut body) = envelope(answer);
    if let Some(fields) = body.as_object_mut() {
        fields.insert("jsonrpc".to_owned(), json!("2.0"));
        fields.insert("id".to_owned(), id);
    }
    respond(status, &body)
}

/// `GET /<method>?…` and `POST /<method>` with a JSON object.
async fn rest(
    State(toncenter): State<Arc<Toncenter>>,
    name: Result<Path<String>, PathRejection>,
    http_method: Method,
    RawQuery(query): RawQuery,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let Ok(Path(name)) = name else { return unknown_path().await };
    let params = if http_method == Method::POST {
        request::json_object(body)
    } else {
        Ok(request::query(query.as_deref().unwrap_or_default()))
    };
    let answer = match params {
        Err(error) => Err(error),
        Ok(params) => toncenter.answer(name, params).await,
    };
    let (status, body) = envelope(answer);
    respond(status, &body)
}

async fn unknown_path() -> Response {
    let (status, body) = envelope(Err(ApiError::not_found()));
    respond(status, &body)
}

async fn wrong_verb() -> Response {
    refusal(StatusCode::METHOD_NOT_ALLOWED, "Method not allowed: POST to /api/v2/jsonRPC, GET or POST /api/v2/<method>")
}

/// A refusal that does not come from a method, in the same shape.
pub(crate) fn refusal(status: StatusCode, reason: &str) -> Response {
    let (status, body) = envelope(Err(ApiError::other(status, reason)));
    respond(status, &body)
}

/// Browsers ask before they post JSON to another origin. Everything here is public.
async fn preflight() -> Response {
    let mut response = respond(StatusCode::OK, &json!({}));
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST, OPTIONS"));
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        HeaderValue::from_static("content-type, x-api-key, x-ton-client-version"),
    );
    response
}

fn envelope(answer: Result<Value, ApiError>) -> (StatusCode, Value) {
    match answer {
        Ok(result) => (StatusCode::OK, json!({ "ok": true, "result": result, "@extra": extra() })),
        Err(error) => {
            let status = error.status();
            let code = status.as_u16();
            (status, json!({ "ok": false, "error": error.message(), "code": code, "@extra": extra() }))
        }
    }
}

/// toncenter's mark of an answer: when it was given, and by which of its workers; here there are none.
fn extra() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    format!("{}.{:06}:0:0", now.as_secs(), now.subsec_micros())
}

fn respond(status: StatusCode, body: &Value) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    ];
    (status, headers, body.to_string()).into_response()
}
