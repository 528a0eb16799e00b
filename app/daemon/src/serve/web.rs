//! The loopback port: the page and its WebSocket.

use super::{
    Shared,
    connection::{self, Door, READ_AHEAD},
    guard::{self, Target},
    page,
};
use api::rpc::REQUEST_BYTES_MAX;
use axum::{
    Router,
    body::Body,
    extract::{
        FromRequestParts as _, Request, State, WebSocketUpgrade,
        ws::{Message, WebSocket},
    },
    http::{Response, StatusCode},
    response::IntoResponse as _,
};
use futures::{SinkExt as _, StreamExt as _};
use std::{
    future::{IntoFuture as _, ready},
    sync::Arc,
    time::Duration,
};
use tokio::{
    net::TcpListener,
    sync::{Semaphore, mpsc, oneshot, watch},
    task::JoinHandle,
    time::timeout,
};

/// WebSockets open at a time: a browser tab has one.
const SOCKETS_MAX: usize = 32;
/// How long requests under way may take once the daemon stops.
const CLOSE_TIMEOUT: Duration = Duration::from_millis(500);

struct Web {
    shared: Arc<Shared>,
    authority: String,
    sockets: Arc<Semaphore>,
    stopped: watch::Receiver<bool>,
}

/// Serves the port until `stopped` changes.
pub(super) fn serve(
    shared: Arc<Shared>,
    port: TcpListener,
    stopped: watch::Receiver<bool>,
) -> anyhow::Result<JoinHandle<()>> {
    let authority = port.local_addr()?.to_string();
    let mut stopping = stopped.clone();
    let web = Arc::new(Web { shared, authority, sockets: Arc::new(Semaphore::new(SOCKETS_MAX)), stopped });
    let router = Router::new().fallback(answer).with_state(web);
    Ok(tokio::spawn(async move {
        let (ending, end) = oneshot::channel::<()>();
        let serving = axum::serve(port, router).with_graceful_shutdown(async move {
            let _ = stopping.changed().await;
            let _ = ending.send(());
        });
        let serving = serving.into_future();
        tokio::pin!(serving);
        tokio::select! {
            _ = &mut serving => {}
            _ = end => { let _ = timeout(CLOSE_TIMEOUT, serving).await; }
        }
    }))
}

async fn answer(State(web): State<Arc<Web>>, request: Request) -> Response<Body> {
    let path = request.uri().path();
    let target = match path {
        "/rpc" => Target::Rpc,
        path if page::is_document(path) => Target::Document,
        _ => Target::Asset,
    };
    let frames = web.shared.frames.read().clone();
    let framed = !frames.shown_by.is_empty();
    if let Err(why) = guard::check(&web.authority, framed, target, request.method(), request.headers()) {
        return page::refuse(StatusCode::FORBIDDEN, why);
    }
    match target {
        Target::Rpc => upgrade(web, request).await,
        Target::Document | Target::Asset => page::answer(path, &web.authority, &frames, request.headers()),
    }
}

async fn upgrade(web: Arc<Web>, request: Request) -> Response<Body> {
    let Ok(permit) = Arc::clone(&web.sockets).try_acquire_owned() else {
        return page::refuse(StatusCode::SERVICE_UNAVAILABLE, "Too many pages are open; close one.");
    };
    let (mut parts, _) = request.into_parts();
    let upgrade = match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => upgrade,
        Err(refusal) => return refusal.into_response(),
    };
    let upgrade = upgrade.max_message_size(REQUEST_BYTES_MAX).max_frame_size(REQUEST_BYTES_MAX);
    upgrade.on_upgrade(async move |socket| {
        run(&web, socket).await;
        drop(permit);
    })
}

async fn run(web: &Web, socket: WebSocket) {
    let (sink, mut stream) = socket.split();
    let (requests, received) = mpsc::channel(READ_AHEAD);
    let reader = tokio::spawn(async move {
        while let Some(Ok(message)) = stream.next().await {
            match message {
                Message::Text(text) => {
                    if requests.send(text.as_str().to_owned()).await.is_err() {
                        return;
                    }
                }
                // Pings are answered by the library.
                Message::Ping(_) | Message::Pong(_) => {}
                Message::Binary(_) | Message::Close(_) => return,
            }
        }
    });
    let answers = sink.with(|text: String| ready(Ok::<_, axum::Error>(Message::Text(text.into()))));
    connection::run(Arc::clone(&web.shared), Door::Browser, received, answers, web.stopped.clone()).await;
    reader.abort();
}
