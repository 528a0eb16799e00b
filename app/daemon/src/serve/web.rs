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
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use std::{future::ready, io, pin::pin, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch},
    task::{JoinHandle, JoinSet},
    time::timeout,
};

/// WebSockets open at a time: a browser tab has one.
const SOCKETS_MAX: usize = 32;
/// Connections on which files are asked for, at a time; further ones wait. A browser opens six.
const CONNECTIONS_MAX: usize = 64;
/// How long a connection may be open without a whole request: other people's programs on this machine can open the
/// port too, and must not keep the page's place.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(5);
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
    let web =
        Arc::new(Web { shared, authority, sockets: Arc::new(Semaphore::new(SOCKETS_MAX)), stopped: stopped.clone() });
    let router = Router::new().fallback(answer).with_state(web);
    Ok(tokio::spawn(accept(port, router, stopped)))
}

async fn accept(port: TcpListener, router: Router, mut stopped: watch::Receiver<bool>) {
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(REQUEST_TIMEOUT);
    let permits = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let mut open = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            _ = stopped.changed() => break,
            Some(_) = open.join_next(), if !open.is_empty() => continue,
            accepted = next(&port, &permits) => accepted,
        };
        match accepted {
            Ok((stream, permit)) => {
                let service = TowerToHyperService::new(router.clone());
                let connection = server.serve_connection(TokioIo::new(stream), service).with_upgrades();
                let mut stopped = stopped.clone();
                open.spawn(async move {
                    let mut connection = pin!(connection);
                    // the browser may go at any time
                    tokio::select! {
                        _ = connection.as_mut() => {}
                        _ = stopped.changed() => {
                            connection.as_mut().graceful_shutdown();
                            let _ = timeout(CLOSE_TIMEOUT, connection).await;
                        }
                    }
                    drop(permit);
                });
            }
            Err(error) => {
                // out of file descriptors, most likely: give others time to close theirs
                tracing::warn!(%error, "a connection to the page's port was not accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
    drop(port);
    while open.join_next().await.is_some() {}
}

async fn next(port: &TcpListener, permits: &Arc<Semaphore>) -> io::Result<(TcpStream, OwnedSemaphorePermit)> {
    // the semaphore is never closed
    let permit = Arc::clone(permits).acquire_owned().await.map_err(io::Error::other)?;
    Ok((port.accept().await?.0, permit))
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
