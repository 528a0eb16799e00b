//! Connections: TLS, HTTP/2 and 1.1, the bounds on them, and the door between website and relay.
//!
//! A probe must not learn which path is the secret one. So every POST is read, decoded and, if it looks like
//! something sealed to this relay, opened, whatever its path; then everything but a right body on the right path gets
//! the website's 404.

use crate::acme::AcmeCounters;
use crate::admission::{Admission, BODIES_PER_CONNECTION, Decoded, Unread};
use crate::certificate::{CHALLENGE_ALPN, Certificates};
use crate::config::RelayLimits;
use crate::cors;
use crate::engine::Ended;
use crate::exchange::{Exchange, RETRY_AFTER_MS, refusal_body};
use crate::invitations::{Access, Invitations};
use crate::reply::{Reply, Unsent};
use crate::segments::Segments;
use crate::shares::Share;
use crate::website::{self, Body, Website};
use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use hyper::body::{Body as _, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use mailbox::hop::{self, HopBody, HopRefusal, HopReply};
use mailbox::limits::Source;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio_rustls::{TlsAcceptor, server::TlsStream};

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
    pub(crate) website: Website,
    pub(crate) limits: RelayLimits,
    pub(crate) admission: Admission,
    pub(crate) doors: Invitations,
    pub(crate) segments: Segments,
    pub(crate) certificates: Arc<Certificates>,
    pub(crate) acme: Arc<AcmeCounters>,
}

/// A body came too slowly, or there is no place for a request to the website: the stream is reset, or the connection
/// closed, on every path alike.
#[derive(Debug, thiserror::Error)]
#[error("a request was given up")]
struct GivenUp;

impl Shared {
    pub(crate) fn new(
        exchange: Exchange,
        website: Website,
        limits: RelayLimits,
        doors: Invitations,
        certificates: Arc<Certificates>,
    ) -> Self {
        let (admission, segments) = (Admission::new(limits), Segments::new(&limits));
        Self { exchange, website, limits, admission, doors, segments, certificates, acme: Arc::default() }
    }

    async fn answer(self: &Arc<Self>, peer: &Peer, request: Request<Incoming>) -> Result<Response<Reply>, GivenUp> {
        let (parts, body) = request.into_parts();
        let page = async |place: Share<Source>, body: Body| {
            let page = self.website.answer(&parts, body).await;
            let (page, budget) = match self.website.budget(&self.admission, peer.source, &page) {
                Some(budget) => (page, budget),
                None => (website::plain(StatusCode::SERVICE_UNAVAILABLE), None),
            };
            Ok(page.map(|body| Reply::new(body, budget, Some(place), &peer.unsent)))
        };
        let own_page = cors::own_page(&parts.headers);
        let of_relay = |answer, budget, place| {
            let mut response = of_relay(Reply::new(answer, budget, place, &peer.unsent));
            cors::allow(&mut response, own_page.as_ref());
            response
        };
        let refuse = |refusal, place| of_relay(refusal_body(refusal), None, place);
        let crowded = HopRefusal::Overloaded { retry_after_ms: RETRY_AFTER_MS };
        let post = parts.method == Method::POST;
        let access = self.doors.access(parts.uri.path());
        // Of those who know no more than a link many may see that it is used: to them this is a website (MBX-52).
        let invited = access == Access::Relay && post;
        let Some(place) = self.admission.requests.take(peer.source, 1) else {
            return if invited { Ok(refuse(crowded, None)) } else { Err(GivenUp) };
        };
        if !post {
            if !body.is_end_stream() {
                let read = self.admission.read(peer.source, &peer.bodies, body).await;
                if matches!(read, Err(Unread::Slow)) {
                    return Err(GivenUp);
                }
            }
            return page(place, Body::default()).await;
        }
        if let Err(retry_after_ms) = self.admission.ask(peer.source) {
            let refusal = HopRefusal::TooFast { retry_after_ms };
            return if invited { Ok(refuse(refusal, Some(place))) } else { page(place, Body::Unread).await };
        }
        let body = match self.admission.read(peer.source, &peer.bodies, body).await {
            Ok(body) => body,
            Err(Unread::Crowded) if invited => return Ok(refuse(crowded, Some(place))),
            Err(Unread::Crowded) => return page(place, Body::Unread).await,
            Err(Unread::Unfit) => return page(place, Body::TooLong).await,
            Err(Unread::Slow) => return Err(GivenUp),
        };
        let raw = self.website.wants_bodies().then(|| body.bytes());
        let raw = Body::Whole(raw.unwrap_or_default());
        let Some(decoded) = body.decode() else { return page(place, raw).await };
        let answer = match decoded {
            Decoded::Whole(body) => self.behind(access, peer.source, body).await,
            Decoded::Segment(_) if access == Access::Website => None,
            Decoded::Segment(segment) => {
                // The answer that it is a piece of has its own budget.
                let answer = self.segments.answer(self, access, peer.source, segment).await;
                let Some(answer) = answer else { return page(place, raw).await };
                return Ok(of_relay(answer, None, Some(place)));
            }
        };
        let Some(answer) = answer else { return page(place, raw).await };
        // Without room for the answer it is a refusal: what was asked for may have been done, and is asked for again.
        let Some(budget) = self.admission.replies.take(peer.source, answer.len() as u64) else {
            self.exchange.counters.replies_refused.fetch_add(1, Ordering::Relaxed);
            return if invited { Ok(refuse(crowded, Some(place))) } else { page(place, Body::Unread).await };
        };
        Ok(of_relay(answer, Some(budget), Some(place)))
    }
}

impl Shared {
    /// What is behind a path for a decoded body; `None`: the website.
    pub(crate) async fn behind(&self, access: Access, source: Source, body: HopBody) -> Option<Bytes> {
        match (access, body) {
            (Access::Relay, body) => self.exchange.answer(source, body).await,
            (Access::Link(name), HopBody::Redeem(redemption)) => {
                let redeemed = self.doors.redeem(name, &redemption, store::clock::now()).await?;
                hop::encode_reply(&HopReply::Redeemed(redeemed)).ok().map(Bytes::from)
            }
            (Access::Link(_) | Access::Website, body) => {
                self.exchange.pretend(source, body);
                None
            }
        }
    }
}

fn of_relay(reply: Reply) -> Response<Reply> {
    let mut response = Response::new(reply);
    let kind = HeaderValue::from_static("application/octet-stream");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

/// Who is at the other end of a connection, and what it has under way.
pub(crate) struct Peer {
    source: Source,
    bodies: Semaphore,
    unsent: Arc<Unsent>,
    _place: Share<Source>,
}

impl Peer {
    pub(crate) fn new(source: Source, place: Share<Source>) -> Self {
        Self { source, bodies: Semaphore::new(BODIES_PER_CONNECTION), unsent: Arc::default(), _place: place }
    }
}

/// Accepts until `stop` changes (or its sender is gone) or the store's thread has ended, then lets connections end and cuts those that don't.
pub(crate) async fn serve(
    listener: TcpListener,
    shared: Arc<Shared>,
    mut stop: watch::Receiver<bool>,
    mut ended: Ended,
) {
    let mut connections = JoinSet::new();
    let graceful = GracefulShutdown::new();
    let builders = Arc::new(Builders::new(&shared.limits));
    loop {
        let accepted = tokio::select! {
            _ = stop.changed() => break,
            _ = &mut ended => {
                if !*stop.borrow() {
                    tracing::error!("the thread of the relay's store has ended: the relay stops");
                }
                break;
            }
            Some(_) = connections.join_next(), if !connections.is_empty() => continue,
            accepted = listener.accept() => accepted,
        };
        let Ok((tcp, address)) = accepted else {
            tokio::time::sleep(ACCEPT_PAUSE).await;
            continue;
        };
        let source = Source::of(address.ip());
        let Some(place) = shared.admission.connections.take(source, 1) else { continue };
        let peer = Peer::new(source, place);
        let (builders, watcher) = (Arc::clone(&builders), graceful.watcher());
        let acceptor = TlsAcceptor::from(shared.certificates.config());
        let shared = Arc::clone(&shared);
        connections.spawn(async move {
            if let Some(tls) = handshake(tcp, &acceptor, shared.limits.handshake_ms).await {
                converse(tls, &builders, watcher, shared, peer).await;
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

/// Serves one connection, whatever was agreed on in its handshake.
async fn converse(tls: TlsStream<TcpStream>, builders: &Builders, watcher: Watcher, shared: Arc<Shared>, peer: Peer) {
    let agreed = tls.get_ref().1.alpn_protocol();
    if agreed == Some(CHALLENGE_ALPN) {
        // The authority has seen what it wanted to see.
        return;
    }
    let http2 = agreed == Some(b"h2");
    let builder = if http2 { &builders.http2 } else { &builders.http1 };
    speak(tls, builder, watcher, shared, peer).await;
}

/// Speaks HTTP until the connection ends, says nothing after the handshake, has been idle for long or takes nothing of
/// an answer for long.
pub(crate) async fn speak(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    builder: &auto::Builder<TokioExecutor>,
    watcher: Watcher,
    shared: Arc<Shared>,
    peer: Peer,
) {
    let first = Duration::from_millis(shared.limits.head_ms);
    let stall = Duration::from_millis(shared.limits.stall_ms);
    let (activity, unsent, peer) = (Arc::new(Activity::default()), Arc::clone(&peer.unsent), Arc::new(peer));
    let (seen, serving) = (Arc::clone(&activity), Arc::clone(&shared));
    let service = service_fn(move |request| {
        let (shared, peer, busy) = (Arc::clone(&serving), Arc::clone(&peer), Busy::new(&seen));
        async move {
            let response = shared.answer(&peer, request).await;
            drop(busy);
            response
        }
    });
    let connection = builder.serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        // How a stranger's connection ends is his affair.
        _ended = watcher.watch(connection.into_owned()) => {}
        () = activity.idle(first) => {}
        () = unsent.stalled(stall) => {
            shared.exchange.counters.replies_stalled.fetch_add(1, Ordering::Relaxed);
        }
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
pub(crate) struct Builders {
    pub(crate) http1: auto::Builder<TokioExecutor>,
    pub(crate) http2: auto::Builder<TokioExecutor>,
}

impl Builders {
    pub(crate) fn new(limits: &RelayLimits) -> Self {
        Self { http1: http_builder(limits).http1_only(), http2: http_builder(limits).http2_only() }
    }
}

fn http_builder(limits: &RelayLimits) -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(Duration::from_millis(limits.head_ms))
        .max_headers(HEADERS_MAX)
        .max_buf_size(usize::try_from(HEADER_BYTES_MAX).unwrap_or(usize::MAX));
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(limits.streams_max)
        .max_pending_accept_reset_streams(RESET_STREAMS_MAX)
        .max_header_list_size(HEADER_BYTES_MAX)
        .initial_stream_window_size(STREAM_WINDOW_BYTES)
        .initial_connection_window_size(CONNECTION_WINDOW_BYTES)
        .keep_alive_interval(PING_INTERVAL)
        .keep_alive_timeout(PING_TIMEOUT);
    builder
}
