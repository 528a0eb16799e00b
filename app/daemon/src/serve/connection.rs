//! One client of the local API, whatever carries its text: begins its calls in their order, answers each when it is
//! done, tells events.

use super::Shared;
use api::{
    ApiError, Method as _, Reason, dispatch,
    methods::{GetPage, OpenSession, SendMessage, WriteBundle},
    rpc::{Notification, Request, Response, parse_request},
};
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
/// Largest request of any method but `message.send` and `bundle.write`, in bytes: nothing else carries more than a link or
/// a comment.
const SHORT_REQUEST_BYTES_MAX: usize = 16 * 1024;

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
    let mut reading = true;
    let session_timeout = sleep(SESSION_TIMEOUT);
    tokio::pin!(session_timeout);
    while reading || !calls.is_empty() {
        let text = tokio::select! {
            _ = stop.changed() => return,
            () = &mut session_timeout, if !open => return,
            Some((response, opened)) = calls.next(), if !calls.is_empty() => {
                open |= opened;
                to_text(&response)
            }
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

/// Answers one request, and says whether it opened the session.
async fn call(shared: Arc<Shared>, door: Door, open: bool, text: String) -> (Response, bool) {
    let Request { id, method, params, .. } = match parse_request(&text) {
        Ok(request) => request,
        Err((id, error)) => return (Response::new(id, Err(error)), false),
    };
    if let Err(error) = permitted(door, open, &method, text.len()) {
        return (Response::new(id, Err(error)), false);
    }
    drop(text);
    let outcome = dispatch(shared.handler.as_ref(), &method, params).await;
    let opened = method == OpenSession::NAME && outcome.is_ok();
    (Response::new(id, outcome), opened)
}

fn permitted(door: Door, open: bool, method: &str, request_bytes: usize) -> Result<(), ApiError> {
    if !open && method != OpenSession::NAME {
        return Err(ApiError::new(Reason::NoSession, "Call session.open first."));
    }
    if door == Door::Browser && method == GetPage::NAME {
        return Err(ApiError::new(Reason::NoSession, "A page can't make addresses for other pages."));
    }
    if request_bytes > SHORT_REQUEST_BYTES_MAX && ![SendMessage::NAME, WriteBundle::NAME].contains(&method) {
        let sentence = format!("A request to {method} may have {SHORT_REQUEST_BYTES_MAX} bytes at most.");
        return Err(ApiError::new(Reason::BadRequest, sentence));
    }
    Ok(())
}

fn to_text(value: &impl Serialize) -> String {
    // These types have no map with keys other than text, which is all that can fail here.
    serde_json::to_string(value).unwrap_or_default()
}
