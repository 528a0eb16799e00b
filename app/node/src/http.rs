//! HTTP of a node: toncenter under `/api/v2`, light clients at `/light`, Prometheus at `/metrics`.
//!
//! Provided: [`HttpServer`], on threads of its own, with bounds on what strangers can take: connections in
//! all and from one address, the time for a request's head, bytes of a request, requests a second from one
//! address.

mod limits;
mod rest;
#[cfg(test)]
mod tests;

use crate::{light::LightService, metrics::NodeMetrics, toncenter, view::ChainView};
use axum::{
    Router,
    body::Bytes,
    extract::{ConnectInfo, DefaultBodyLimit, Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use chain::light::{LightRequest, REQUEST_BYTES_MAX};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use limits::{ConnectionSlots, RateLimiter};
pub(crate) use rest::read_to_the_end;
use std::{
    io,
    net::{SocketAddr, TcpListener},
    sync::Arc,
    thread::JoinHandle,
    time::Duration,
};
use tokio::sync::{Notify, Semaphore, oneshot};
use tower::ServiceExt as _;

/// How often a connection that carries several requests is asked whether the other end is still there, and
/// how long it may take to answer.
const PING_INTERVAL: Duration = Duration::from_secs(20);
const PING_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a whole request may take: a long poll and the time to read and write around it.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(45);
/// How long open requests may go on when the node stops.
const STOP_TIMEOUT: Duration = Duration::from_millis(300);
/// Threads for requests; what blocks runs elsewhere.
const WORKERS: usize = 2;
/// Threads that may block.
const BLOCKING_THREADS_MAX: usize = 48;

/// Where toncenter's routes are.
const TONCENTER: &str = "/api/v2";

/// What all clients together may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HttpLimits {
    /// Connections open at once; further ones wait in the operating system's queue.
    pub(crate) connections: usize,
    /// Of them, from one address that is not loopback: enough for a household behind one.
    pub(crate) connections_per_address: usize,
    /// How long a client may take to send the head of a request, from the connection's beginning for the first.
    pub(crate) head_timeout: Duration,
}

impl Default for HttpLimits {
    fn default() -> Self {
        Self { connections: 1024, connections_per_address: 64, head_timeout: Duration::from_secs(10) }
    }
}

/// What the routes share.
#[derive(Clone)]
struct Shared {
    light: Arc<LightService>,
    metrics: Arc<NodeMetrics>,
    engine_metrics: Arc<dyn Fn() -> String + Send + Sync>,
    limiter: Arc<RateLimiter>,
}

/// A running server.
#[derive(Debug)]
pub(crate) struct HttpServer {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl HttpServer {
    /// Listens on `address` and serves until it is stopped.
    pub(crate) fn start(
        address: SocketAddr,
        view: &Arc<ChainView>,
        metrics: Arc<NodeMetrics>,
        engine_metrics: Arc<dyn Fn() -> String + Send + Sync>,
        limits: HttpLimits,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(WORKERS)
            .max_blocking_threads(BLOCKING_THREADS_MAX)
            .thread_name("node-http")
            .enable_all()
            .build()?;
        let shared =
            Shared { light: LightService::new(Arc::clone(view)), metrics, engine_metrics, limiter: Arc::default() };
        let router = router(view, &shared);
        let (stop, stopped) = oneshot::channel();
        let body = move || {
            runtime.block_on(async move {
                match tokio::net::TcpListener::from_std(listener) {
                    Ok(listener) => serve(listener, router, shared.metrics, stopped, limits).await,
                    Err(why) => tracing::error!(%why, "HTTP can't be served"),
                }
            });
            runtime.shutdown_timeout(STOP_TIMEOUT);
        };
        let thread = std::thread::Builder::new().name("node-http".to_owned()).spawn(body)?;
        Ok(Self { address, stop: Some(stop), thread: Some(thread) })
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Tells it to stop, without waiting.
    pub(crate) fn begin_stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // it may have ended by itself
            let _ = stop.send(());
        }
    }

    /// Stops it and waits for its thread.
    pub(crate) fn stop(mut self) {
        self.begin_stop();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the HTTP server panicked");
        }
    }
}

fn router(view: &Arc<ChainView>, shared: &Shared) -> Router {
    Router::new()
        .route("/light", post(light).layer(DefaultBodyLimit::max(REQUEST_BYTES_MAX)))
        .route("/metrics", get(metrics))
        .with_state(shared.clone())
        .nest(TONCENTER, toncenter::router(Arc::clone(view)))
        .layer(middleware::from_fn_with_state(shared.clone(), bounded))
        .layer(middleware::from_fn(read_to_the_end))
}

async fn serve(
    listener: tokio::net::TcpListener,
    router: Router,
    metrics: Arc<NodeMetrics>,
    mut stopped: oneshot::Receiver<()>,
    limits: HttpLimits,
) {
    let slots = Arc::new(Semaphore::new(limits.connections));
    let per_address = Arc::new(ConnectionSlots::new(limits.connections_per_address));
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(limits.head_timeout);
    let mut http2 = builder.http2();
    http2.timer(TokioTimer::new()).max_concurrent_streams(64);
    http2.keep_alive_interval(PING_INTERVAL).keep_alive_timeout(PING_TIMEOUT);
    let graceful = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            _ = &mut stopped => break,
            accepted = accept(&listener, &slots) => accepted,
        };
        let Some((stream, peer, slot)) = accepted else { continue };
        let Some(share) = ConnectionSlots::take(&per_address, peer.ip()) else { continue };
        let asked = Arc::new(Notify::new());
        let first = Arc::clone(&asked);
        let service = router.clone().map_request(move |mut request: Request<_>| {
            first.notify_one();
            request.extensions_mut().insert(ConnectInfo(peer));
            request
        });
        let connection = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
        let watched = graceful.watch(connection.into_owned());
        let metrics = Arc::clone(&metrics);
        metrics.connections.inc();
        tokio::spawn(async move {
            let mut watched = std::pin::pin!(watched);
            // the server looks for the version of HTTP without a time limit: who sends no request ends here
            let silence = tokio::time::timeout(limits.head_timeout, asked.notified());
            let has_asked = tokio::select! {
                biased;
                _ = &mut watched => false,
                outcome = silence => outcome.is_ok(),
            };
            if has_asked {
                // a connection that breaks is the client's affair
                let _ = watched.await;
            }
            metrics.connections.dec();
            drop((slot, share));
        });
    }
    drop(listener);
    // whoever is not done by then is cut off
    let _ = tokio::time::timeout(STOP_TIMEOUT, graceful.shutdown()).await;
}

async fn accept(
    listener: &tokio::net::TcpListener,
    slots: &Arc<Semaphore>,
) -> Option<(tokio::net::TcpStream, SocketAddr, tokio::sync::OwnedSemaphorePermit)> {
    let slot = Arc::clone(slots).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => {
            // small answers must not wait for each other
            let _ = stream.set_nodelay(true);
            Some((stream, peer, slot))
        }
        Err(why) => {
            tracing::warn!(%why, "a connection could not be accepted");
            tokio::time::sleep(Duration::from_millis(50)).await;
            None
        }
    }
}

/// Counts a request, refuses it when its address asks too often, and ends it when it takes too long.
async fn bounded(
    State(shared): State<Shared>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    shared.metrics.requests.inc();
    let is_toncenter = request.uri().path().starts_with(TONCENTER);
    if !shared.limiter.admit(peer.ip()) {
        let reason = "too many requests from this address: wait a second";
        let mut response = refused(is_toncenter, StatusCode::TOO_MANY_REQUESTS, reason);
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        return response;
    }
    match tokio::time::timeout(REQUEST_TIMEOUT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => refused(is_toncenter, StatusCode::REQUEST_TIMEOUT, "the request took too long"),
    }
}

/// A refusal in the words of the route's clients.
fn refused(is_toncenter: bool, status: StatusCode, reason: &'static str) -> Response {
    if is_toncenter { toncenter::refusal(status, reason) } else { (status, reason).into_response() }
}

async fn light(State(shared): State<Shared>, body: Bytes) -> Response {
    let request = match LightRequest::decode(&body) {
        Ok(request) => request,
        Err(why) => return (StatusCode::BAD_REQUEST, why.to_string()).into_response(),
    };
    match shared.light.answer_frame(request).await {
        Ok(bytes) => ([(header::CONTENT_TYPE, "application/octet-stream")], bytes).into_response(),
        Err(why) => (StatusCode::INTERNAL_SERVER_ERROR, why.to_string()).into_response(),
    }
}

async fn metrics(State(shared): State<Shared>) -> Response {
    // the engine's own text ends with the end mark of the format, ours must not
    let ours = shared.metrics.encode();
    let ours = ours.trim_end().trim_end_matches("# EOF");
    let text = format!("{ours}{}", (shared.engine_metrics)());
    ([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text).into_response()
}
