//! The faucet of a devnet: gives Gram to whoever asks, within limits.
//!
//! Requirements: the key of a wallet v5 that has money, and the toncenter addresses of nodes. The faucet is a
//! customer of them like any other; it shares nothing with them but sockets.
//!
//! Provided: [`FaucetHandle::give`] for the program that started it, and the same over HTTP:
//! `POST /give` with `{"address":"…","amount":"<nanogram>"}` answers
//! `{"amount":…,"seqno":…,"transaction":…}` once the payment is final, or `{"error":…}` with status 422
//! (wrong request), 429 (a limit) or 503 (the chain didn't take it). Requests that come while a payment is
//! on its way are paid together by the next one, so the wallet's sequence number is never used twice.
//!
//! Not provided: limits that outlive the process; money of any worth.

mod limits;
mod node_client;
mod payer;
#[cfg(test)]
mod tests;

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Json;
use axum::Router;
use axum::extract::rejection::JsonRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use chain::wallet::WalletV5;
use ed25519_dalek::SigningKey;
use parking_lot::Mutex;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tycho_types::models::{StdAddr, StdAddrFormat};
use wire::Gram;

use crate::ValidatorKey;
use crate::http::read_to_the_end;
pub use limits::FaucetLimits;
use limits::Ledger;
use node_client::NodeClient;
use payer::{Order, Payer};

/// Requests that wait for their payment; a further one is told to come back.
const ORDERS_MAX: usize = 256;
/// A request names an address and an amount, no more.
const BODY_BYTES_MAX: usize = 4096;

/// A payment that is final.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The wallet's sequence number that paid it.
    pub seqno: u32,
    /// The hash of the faucet's transaction, in hex; other payments may share it.
    pub transaction: String,
}

/// Why nothing was given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GiveError {
    /// Not an address.
    #[error("`address` is not an address ({0}): give 0:<64 hex digits> or the 48 characters of base64")]
    Address(String),
    /// Not an amount.
    #[error("`amount` must be a decimal string of nanogram, above zero")]
    Amount,
    /// More than one request may have.
    #[error("at most {max} Gram at a time: ask for less")]
    TooMuch {
        /// What one request may have.
        max: Gram,
    },
    /// The address got its share.
    #[error("this address has had its share ({max} Gram): use another faucet")]
    AddressLimit {
        /// What one address may have.
        max: Gram,
    },
    /// The faucet gave all that it may.
    #[error("the faucet has given all that it may: ask its operator to raise the limit")]
    TotalLimit,
    /// Too many requests wait.
    #[error("too many requests are waiting: come back in a few seconds")]
    Busy,
    /// The node can't be reached or did not take the payment.
    #[error("the payment was not made ({0}): try again, and ask the faucet's operator if that does not help")]
    NotPaid(String),
    /// The faucet is stopping.
    #[error("the faucet is stopping: use another one")]
    Stopping,
}

impl GiveError {
    fn status(&self) -> StatusCode {
        match self {
            Self::Address(_) | Self::Amount | Self::TooMuch { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::AddressLimit { .. } | Self::TotalLimit | Self::Busy => StatusCode::TOO_MANY_REQUESTS,
            Self::NotPaid(_) | Self::Stopping => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

/// Why the faucet did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FaucetError {
    /// The socket.
    #[error("can't listen on {address} ({source}): choose another port")]
    Listen {
        /// Where it should have listened.
        address: SocketAddr,
        /// The system's reason.
        source: std::io::Error,
    },
    /// No node was named.
    #[error("the faucet needs at least one node's toncenter address")]
    NoNode,
    /// The wallet of the key can't be made.
    #[error("the faucet's wallet can't be made from its key ({0})")]
    Wallet(tycho_types::error::Error),
}

/// Listens on `listen` (port 0 takes a free one) and starts paying from the wallet of `key` through the first of
/// `nodes` (`http://…/api/v2` each) that answers. Tasks of the tokio runtime that this is called in do the
/// work; no node need be reachable yet.
///
/// # Errors
/// [`FaucetError`].
pub async fn start(listen: SocketAddr, key: ValidatorKey, nodes: Vec<String>) -> Result<FaucetHandle, FaucetError> {
    start_with_limits(listen, key, nodes, FaucetLimits::DEVNET).await
}

/// As [`start`], with limits of one's own.
///
/// # Errors
/// [`FaucetError`].
pub async fn start_with_limits(
    listen: SocketAddr,
    key: ValidatorKey,
    nodes: Vec<String>,
    limits: FaucetLimits,
) -> Result<FaucetHandle, FaucetError> {
    let key = SigningKey::from_bytes(&key.0.0);
    let wallet = WalletV5::new(key.verifying_key().to_bytes());
    let address = wallet.address().map_err(FaucetError::Wallet)?;
    let node = NodeClient::new(&nodes).ok_or(FaucetError::NoNode)?;
    let listen_error = |source| FaucetError::Listen { address: listen, source };
    let listener = TcpListener::bind(listen).await.map_err(listen_error)?;
    let local = listener.local_addr().map_err(listen_error)?;
    let (orders, waiting) = mpsc::channel(ORDERS_MAX);
    let payer = Payer::new(wallet, key, address.clone(), node);
    let counter = Arc::new(Counter { ledger: Mutex::new(Ledger::new(limits)), orders, address });
    let routes = Router::new()
        .route("/", get(about))
        .route("/give", post(give))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(middleware::from_fn(read_to_the_end))
        .with_state(Arc::clone(&counter));
    let tasks = [tokio::spawn(payer.run(waiting)), tokio::spawn(serve(listener, routes))];
    Ok(FaucetHandle { counter, local, tasks })
}

async fn serve(listener: TcpListener, routes: Router) {
    if let Err(error) = axum::serve(listener, routes).await {
        tracing::warn!(%error, "the faucet stopped serving");
    }
}

/// A running faucet. Dropping it stops it.
pub struct FaucetHandle {
    counter: Arc<Counter>,
    local: SocketAddr,
    tasks: [JoinHandle<()>; 2],
}

impl fmt::Debug for FaucetHandle {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("FaucetHandle").field("url", &self.url()).finish_non_exhaustive()
    }
}

impl FaucetHandle {
    /// `http://host:port`: `POST /give` is below it.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.local)
    }

    /// The wallet that pays.
    #[must_use]
    pub fn address(&self) -> &StdAddr {
        &self.counter.address
    }

    /// Pays `amount` to `address` (raw or friendly) and waits until it is final.
    ///
    /// # Errors
    /// [`GiveError`]; what was not paid does not count against the limits.
    pub async fn give(&self, address: &str, amount: Gram) -> Result<Given, GiveError> {
        self.counter.give(read_address(address)?, amount).await
    }

    /// Stops at once. A payment that is on its way may still become final.
    pub async fn stop(mut self) {
        for task in &mut self.tasks {
            task.abort();
            // it ends as cancelled, which is what was asked for
            let _ = task.await;
        }
    }
}

impl Drop for FaucetHandle {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

/// Where requests come in.
struct Counter {
    ledger: Mutex<Ledger>,
    orders: mpsc::Sender<Order>,
    address: StdAddr,
}

impl Counter {
    async fn give(&self, to: StdAddr, amount: Gram) -> Result<Given, GiveError> {
        self.ledger.lock().reserve(&to, amount)?;
        let (answer, answered) = oneshot::channel();
        let ordered = self.orders.try_send(Order { to: to.clone(), amount, answer }).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => GiveError::Busy,
            mpsc::error::TrySendError::Closed(_) => GiveError::Stopping,
        });
        let given = match ordered {
            Ok(()) => answered.await.unwrap_or(Err(GiveError::Stopping)),
            Err(error) => Err(error),
        };
        if given.is_err() {
            self.ledger.lock().release(&to, amount);
        }
        given
    }
}

#[derive(Deserialize)]
struct GiveRequest {
    address: String,
    #[serde(default)]
    amount: Option<String>,
}

async fn about(State(counter): State<Arc<Counter>>) -> Json<Value> {
    let ledger = counter.ledger.lock();
    Json(json!({
        "address": counter.address.display_base64_url(false).to_string(),
        "request_max": ledger.limits().request_max.nano().to_string(),
        "address_max": ledger.limits().address_max.nano().to_string(),
        "left": ledger.left().nano().to_string(),
    }))
}

async fn give(State(counter): State<Arc<Counter>>, request: Result<Json<GiveRequest>, JsonRejection>) -> Response {
    let request = match request {
        Ok(Json(request)) => request,
        Err(rejection) => {
            return (rejection.status(), Json(json!({ "error": rejection.body_text() }))).into_response();
        }
    };
    // the payment goes on when the caller hangs up, so that the limits count what was really paid
    let work = tokio::spawn(async move {
        let (to, amount) = read_request(&request, counter.ledger.lock().limits())?;
        let given = counter.give(to, amount).await?;
        Ok::<_, GiveError>((amount, given))
    });
    match work.await.unwrap_or(Err(GiveError::Stopping)) {
        Ok((amount, given)) => {
            let amount = amount.nano().to_string();
            Json(json!({ "amount": amount, "seqno": given.seqno, "transaction": given.transaction })).into_response()
        }
        Err(error) => (error.status(), Json(json!({ "error": error.to_string() }))).into_response(),
    }
}

/// Without an amount a request gets the most that one may have.
fn read_request(request: &GiveRequest, limits: &FaucetLimits) -> Result<(StdAddr, Gram), GiveError> {
    let to = read_address(&request.address)?;
    let amount = match &request.amount {
        None => limits.request_max,
        Some(text) => text.parse().ok().and_then(Gram::from_nano).ok_or(GiveError::Amount)?,
    };
    Ok((to, amount))
}

fn read_address(text: &str) -> Result<StdAddr, GiveError> {
    let read = StdAddr::from_str_ext(text, StdAddrFormat::any());
    read.map(|(address, _)| address).map_err(|error| GiveError::Address(error.to_string()))
}
