//! Connections: TLS, HTTP/2 and 1.1, the bounds on them, and the door between website and relay.
//!
//! A probe must not learn which path is the secret one. So every POST is read, decoded and, if it looks like
//! something sealed to this relay, opened, whatever its path; then everything but a right body on the right path gets
//! the website's 404.

use crate::config::RelayLimits;
use crate::decoy::Decoy;
use crate::engine;
use crate::exchange::{Exchange, refusal_body};
use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use mailbox::hop::{self, HopBody, HopRefusal};
use mailbox::limits::{RateTable, Source};
use parking_lot::Mutex;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio_rustls::{TlsAcceptor, server::TlsStream};

/// Streams of one HTTP/2 connection: an entry relay brings the fetches of many people over one.
const STREAMS_MAX: u32 = 4_096;
/// Bytes of all header fields of a request.
const HEADER_BYTES_MAX: u32 = 16 * 1024;
/// Header fields of a request.
const HEADERS_MAX: usize = 64;
/// Resets of streams that a peer may leave unaccepted (CVE-2023-44487).
const RESET_STREAMS_MAX: usize = 64;
/// What a peer may send unread: bounds the memory of a connection.
const STREAM_WINDOW_BYTES: u32 = 128 * 1024;
const CONNECTION_WINDOW_BYTES: u32 = 1024 * 1024;
const PING_INTERVAL: Duration = Duration::from_secs(30);
const PING_TIMEOUT: Duration = Duration::from_secs(15);
/// After a failed accept (no file handles left) the loop rests.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);
/// A connection without requests is closed after this.
const IDLE_TIMEOUT: Duration = Duration::from_secs(180);
/// Time that connections get to end by themselves when the relay stops.
const FAREWELL: Duration = Duration::from_millis(700);

/// What all connections share.
pub(crate) struct Shared {
    pub(crate) exchange: Exchange,
    pub(crate) decoy: Decoy,
    pub(crate) limits: RelayLimits,
    secret: [u8; 32],
    rates: Mutex<RateTable<Source>>,
    bodies: Semaphore,
    connections: Mutex<BTreeMap<Source, usize>>,
}

impl Shared {
    pub(crate) fn new(exchange: Exchange, decoy: Decoy, limits: RelayLimits, secret_path: &str) -> Self {
        Self {
            exchange,
            decoy,
            limits,
            secret: path_hash(&format!("/{secret_path}")),
            rates: Mutex::new(RateTable::new(limits.requests)),
            bodies: Semaphore::new(limits.bodies_max),
            connections: Mutex::new(BTreeMap::new()),
        }
    }

    /// Connections open now.
    pub(crate) fn connections_open(&self) -> usize {
        self.connections.lock().values().fold(0, |sum, count| sum.saturating_add(*count))
    }

    async fn answer(&self, source: Source, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let (parts, body) = request.into_parts();
        if parts.method != Method::POST {
            return self.decoy.answer(&parts.method, parts.uri.path(), &parts.headers);
        }
        let missing = || self.decoy.answer(&parts.method, parts.uri.path(), &parts.headers);
        // Compared by hash: the time tells nothing about how much of the path is right.
        let invited = path_hash(parts.uri.path()) == self.secret;
        let Some(body) = self.read(body).await else { return missing() };
        let Ok(decoded) = hop::decode_body(&body) else { return missing() };
        let in_time = self.rates.lock().take(&source, engine::now());
        let answer = match (invited, in_time) {
            (true, Ok(())) => match self.exchange.answer(source, decoded).await {
                Some(answer) => answer,
                None => return missing(),
            },
            (true, Err(retry_after_ms)) => refusal_body(HopRefusal::TooFast { retry_after_ms }),
            (false, in_time) => {
                if let (HopBody::Run(sealed), Ok(())) = (decoded, in_time) {
                    // The same work as on the right path, for the same time.
                    self.exchange.gateway.open(&sealed).ok();
                }
                return missing();
            }
        };
        let mut response = Response::new(Full::new(answer));
        let kind = HeaderValue::from_static("application/octet-stream");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response
    }

    /// The whole body, if it comes in time, is within its bound and there is a place for it.
    async fn read(&self, body: Incoming) -> Option<Bytes> {
        let limit = Duration::from_millis(self.limits.body_ms);
        let reading = async {
            let _place = self.bodies.acquire().await.ok()?;
            Some(Limited::new(body, hop::BODY_BYTES_MAX).collect().await.ok()?.to_bytes())
        };
        tokio::time::timeout(limit, reading).await.ok().flatten()
    }

    /// A place for a connection, given back when dropped.
    fn admit(self: &Arc<Self>, source: Source) -> Option<Admission> {
        let mut connections = self.connections.lock();
        let open = connections.values().fold(0usize, |sum, count| sum.saturating_add(*count));
        let of_source = connections.entry(source).or_default();
        if open >= self.limits.connections_max || *of_source >= self.limits.connections_per_source_max {
            return None;
        }
        *of_source = of_source.saturating_add(1);
        Some(Admission { shared: Arc::clone(self), source })
    }
}

struct Admission {
    shared: Arc<Shared>,
    source: Source,
}

impl Drop for Admission {
    fn drop(&mut self) {
        let mut connections = self.shared.connections.lock();
        if let Some(count) = connections.get_mut(&self.source) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                connections.remove(&self.source);
            }
        }
    }
}

/// Accepts until `stop` changes (or its sender is gone), then lets connections end and cuts those that don't.
pub(crate) async fn serve(
    listener: TcpListener,
    acceptor: TlsAcceptor,
    shared: Arc<Shared>,
    mut stop: watch::Receiver<bool>,
) {
    let mut connections = JoinSet::new();
    let graceful = GracefulShutdown::new();
    let builders = Arc::new(Builders::new(&shared.limits));
    loop {
        let accepted = tokio::select! {
            _ = stop.changed() => break,
            Some(_) = connections.join_next(), if !connections.is_empty() => continue,
            accepted = listener.accept() => accepted,
        };
        let Ok((tcp, address)) = accepted else {
            tokio::time::sleep(ACCEPT_PAUSE).await;
            continue;
        };
        let Some(admission) = shared.admit(Source::of(address.ip())) else { continue };
        let (acceptor, builders, watcher) = (acceptor.clone(), Arc::clone(&builders), graceful.watcher());
        connections.spawn(async move {
            let limit_ms = admission.shared.limits.handshake_ms;
            if let Some(tls) = handshake(tcp, &acceptor, limit_ms).await {
                converse(tls, &builders, watcher, &admission).await;
            }
        });
    }
    drop(listener);
    tokio::time::timeout(FAREWELL, graceful.shutdown()).await.ok();
    connections.shutdown().await;
}

async fn handshake(tcp: TcpStream, acceptor: &TlsAcceptor, limit_ms: u64) -> Option<TlsStream<TcpStream>> {
    tcp.set_nodelay(true).ok()?;
    tokio::time::timeout(Duration::from_millis(limit_ms), acceptor.accept(tcp)).await.ok()?.ok()
}

/// Serves one connection until it ends, says nothing after the handshake, or has been idle for long.
async fn converse(tls: TlsStream<TcpStream>, builders: &Builders, watcher: Watcher, admission: &Admission) {
    let shared = Arc::clone(&admission.shared);
    let first_ms = shared.limits.handshake_ms;
    let source = admission.source;
    let activity = Arc::new(Activity::default());
    let seen = Arc::clone(&activity);
    let service = service_fn(move |request| {
        let (shared, busy) = (Arc::clone(&shared), Busy::new(&seen));
        async move {
            let response = shared.answer(source, request).await;
            drop(busy);
            Ok::<_, Infallible>(response)
        }
    });
    let http2 = tls.get_ref().1.alpn_protocol() == Some(b"h2");
    let builder = if http2 { &builders.http2 } else { &builders.http1 };
    let connection = builder.serve_connection(TokioIo::new(tls), service);
    tokio::select! {
        // How a stranger's connection ends is his affair.
        _ended = watcher.watch(connection.into_owned()) => {}
        () = activity.idle(Duration::from_millis(first_ms)) => {}
    }
}

/// Whether a connection is used.
#[derive(Default)]
struct Activity {
    /// Requests seen, and requests under way.
    requests: AtomicU64,
    open: AtomicU64,
}

impl Activity {
    /// Returns when no request came within `first`, or later none within [`IDLE_TIMEOUT`].
    async fn idle(&self, first: Duration) {
        let mut wait = first;
        let mut known = 0;
        loop {
            tokio::time::sleep(wait).await;
            let requests = self.requests.load(Ordering::Relaxed);
            if requests == known && self.open.load(Ordering::Relaxed) == 0 {
                return;
            }
            (known, wait) = (requests, IDLE_TIMEOUT);
        }
    }
}

/// A request under way.
struct Busy(Arc<Activity>);

impl Busy {
    fn new(activity: &Arc<Activity>) -> Self {
        activity.requests.fetch_add(1, Ordering::Relaxed);
        activity.open.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(activity))
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::Relaxed);
    }
}

/// How HTTP is spoken: which version was agreed on in the TLS handshake.
struct Builders {
    http1: auto::Builder<TokioExecutor>,
    http2: auto::Builder<TokioExecutor>,
}

impl Builders {
    fn new(limits: &RelayLimits) -> Self {
        Self { http1: http_builder(limits).http1_only(), http2: http_builder(limits).http2_only() }
    }
}

fn http_builder(limits: &RelayLimits) -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(Duration::from_millis(limits.handshake_ms))
        .max_headers(HEADERS_MAX)
        .max_buf_size(usize::try_from(HEADER_BYTES_MAX).unwrap_or(usize::MAX));
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS_MAX)
        .max_pending_accept_reset_streams(RESET_STREAMS_MAX)
        .max_header_list_size(HEADER_BYTES_MAX)
        .initial_stream_window_size(STREAM_WINDOW_BYTES)
        .initial_connection_window_size(CONNECTION_WINDOW_BYTES)
        .keep_alive_interval(PING_INTERVAL)
        .keep_alive_timeout(PING_TIMEOUT);
    builder
}

fn path_hash(path: &str) -> [u8; 32] {
    wire::hash::domain_hash("simurgh/relay-secret-path/1", &[path.as_bytes()])
}
