//! One client of the local API, whatever carries its text: begins its calls in their order, answers each when it is
//! done, tells events; orders what to fetch if it lends its browser.

use super::Shared;
use api::{
    ApiError, Count, Method as _, Reason, dispatch,
    lend::{CarrierLend, Order},
    methods::{CarrierFetch, GetPage, LendCarrier, OpenSession, SendMessage, WriteBundle},
    rpc::{Notification, OrderNotice, Request, Response, parse_request},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use carrier::Lender;
use futures::{Sink, SinkExt as _, StreamExt as _, stream::FuturesUnordered};
use serde::Serialize;
use std::{future::Future, sync::Arc, time::Duration};
use tokio::{
    sync::{mpsc, watch},
    time::{sleep, timeout},
};

/// Calls of one client that may be under way; further ones wait in the socket.
const CALLS_MAX: usize = 32;
/// Requests read ahead of the calls.
pub(crate) const READ_AHEAD: usize = 4;
/// A browser's socket that has opened no session by then is closed.
const SESSION_TIMEOUT: Duration = Duration::from_secs(10);
/// A client that takes no bytes for so long is gone.
const WRITE_TIMEOUT: Duration = Duration::from_secs(30);
/// Largest request of any method but [`LONG_REQUESTS`], in bytes: nothing else carries more than a link or a comment.
const SHORT_REQUEST_BYTES_MAX: usize = 16 * 1024;
const LONG_REQUESTS: [&str; 3] = [SendMessage::NAME, WriteBundle::NAME, CarrierFetch::NAME];

/// How a client reached the daemon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    /// A browser: nothing is answered before `session.open`.
    Browser,
    /// The owner-only socket: whoever can open it may do everything.
    OwnerSocket,
}

/// Serves a client until it goes or `stop` changes.
pub(crate) async fn run<S>(
    shared: Arc<Shared>,
    door: Door,
    mut requests: mpsc::Receiver<String>,
    mut answers: S,
    mut stop: watch::Receiver<bool>,
) where
    S: Sink<String> + Unpin + Send,
{
    let mut events = shared.hub.subscribe();
    // not tasks of their own: what is sent first reaches the core first, so messages stay in their order
    let mut calls = FuturesUnordered::new();
    let mut open = door == Door::OwnerSocket;
    let mut lender = None;
    let mut reading = true;
    let session_timeout = sleep(SESSION_TIMEOUT);
    tokio::pin!(session_timeout);
    while reading || !calls.is_empty() {
        let text = tokio::select! {
            _ = stop.changed() => return,
            () = &mut session_timeout, if !open => return,
            Some((response, done)) = calls.next(), if !calls.is_empty() => {
                match done {
                    Done::Opened => open = true,
                    Done::Lent(false) => lender = None,
                    Done::Lent(true) if lender.is_none() => lender = Some(shared.pages.lend()),
                    Done::Lent(true) | Done::Other => {}
                }
                to_text(&response)
            }
            Some(order) = next_order(&mut lender) => to_text(&OrderNotice::new(as_told(order))),
            event = events.next(), if open => match event {
                Some(event) => to_text(&Notification::new(event.as_ref().clone())),
                None => return,
            },
            request = requests.recv(), if reading && calls.len() < CALLS_MAX => {
                match request {
                    Some(text) => { calls.push(call(Arc::clone(&shared), door, open, text)); }
                    None => reading = false,
                }
                continue;
            }
        };
        if !sent(answers.send(text)).await {
            return;
        }
    }
}

async fn sent<E>(sending: impl Future<Output = Result<(), E>>) -> bool {
    matches!(timeout(WRITE_TIMEOUT, sending).await, Ok(Ok(())))
}

/// What a call changed for the client itself.
enum Done {
    Opened,
    Lent(bool),
    Other,
}

/// Answers one request, and says what it changed.
async fn call(shared: Arc<Shared>, door: Door, open: bool, text: String) -> (Response, Done) {
    let Request { id, method, params, .. } = match parse_request(&text) {
        Ok(request) => request,
        Err((id, error)) => return (Response::new(id, Err(error)), Done::Other),
    };
    if let Err(error) = permitted(door, open, &method, text.len()) {
        return (Response::new(id, Err(error)), Done::Other);
    }
    drop(text);
    let lends = (method == LendCarrier::NAME).then(|| serde_json::from_value(params.clone()));
    let outcome = dispatch(shared.handler.as_ref(), &method, params).await;
    let done = match lends {
        _ if outcome.is_err() => Done::Other,
        Some(Ok(CarrierLend { on })) => Done::Lent(on),
        Some(Err(_)) | None if method == OpenSession::NAME => Done::Opened,
        Some(Err(_)) | None => Done::Other,
    };
    (Response::new(id, outcome), done)
}

async fn next_order(lender: &mut Option<Lender>) -> Option<carrier::Order> {
    match lender {
        Some(lender) => lender.next().await,
        None => std::future::pending().await,
    }
}

fn as_told(order: carrier::Order) -> Order {
    match order {
        carrier::Order::Fetch { id, url, body: Some(body) } => {
            Order::Fetch { id: Count(id), url, body: STANDARD.encode(body) }
        }
        carrier::Order::Fetch { id, url, body: None } => Order::Look { id: Count(id), url },
        carrier::Order::Abort { id } => Order::Abort { id: Count(id) },
    }
}

fn permitted(door: Door, open: bool, method: &str, request_bytes: usize) -> Result<(), ApiError> {
    if !open && method != OpenSession::NAME {
        return Err(ApiError::new(Reason::NoSession, "Call session.open first."));
    }
    if door == Door::Browser && method == GetPage::NAME {
        return Err(ApiError::new(Reason::NoSession, "A page can't make addresses for other pages."));
    }
    if request_bytes > SHORT_REQUEST_BYTES_MAX && !LONG_REQUESTS.contains(&method) {
        let sentence = format!("A request to {method} may have {SHORT_REQUEST_BYTES_MAX} bytes at most.");
        return Err(ApiError::new(Reason::BadRequest, sentence));
    }
    Ok(())
}

fn to_text(value: &impl Serialize) -> String {
    // These types have no map with keys other than text, which is all that can fail here.
    serde_json::to_string(value).unwrap_or_default()
}
