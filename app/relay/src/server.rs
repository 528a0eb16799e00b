//! Connections: TLS, HTTP/2 and 1.1, the bounds on them, and the door between website and relay.
//!
//! A probe that knows no path sees a website (MBX-61): where its files are the relay's, a path that is nobody's is
//! answered at once, as other servers of files do. Under a secret path a body is waited for, and everything but a right
//! one gets the website's answer; one that does not come in time gets none. A mirrored website waits for bodies itself,
//! so there every POST is read, decoded and, if it looks like something sealed to this relay, opened, whatever its path.

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
use crate::website::{Body, Visit, Website};
use bytes::Bytes;
use http::{HeaderValue, Request, Response, header};
use hyper::body::{Body as _, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use mailbox::bridge::FriendAnswer;
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
/// What a peer may send unread: bounds the memory of a connection. What this server says of itself when HTTP/2 begins
/// is what most that are built with the same library say; a value of our own would tell a relay from them (MBX-61).
const STREAM_WINDOW_BYTES: u32 = 1024 * 1024;
const CONNECTION_WINDOW_BYTES: u32 = 1024 * 1024;
/// After a failed accept (no file handles left) the loop rests.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);
/// A connection without requests is closed after this.
const IDLE_TIMEOUT: Duration = Duration::from_secs(180);
/// Time that connections get to end by themselves when the relay stops.
const FAREWELL: Duration = Duration::from_millis(700);

const CROWDED: HopRefusal = HopRefusal::Overloaded { retry_after_ms: RETRY_AFTER_MS };

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

/// There is no place for a request to the website, or its body did not come: the stream is reset, or the connection
/// closed.
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
        let (asked, body) = request.into_parts();
        let access = self.doors.access(asked.uri.path());
        let visit = Visit { asked, access, source: peer.source };
        match self.admission.requests.take(peer.source, 1) {
            Some(place) if visit.is_post() && self.waits_at(access) => self.posted(peer, &visit, place, body).await,
            Some(place) => self.visited(peer, &visit, place, body).await,
            None if visit.is_invited() => Ok(peer.refuse(&visit, CROWDED, None)),
            None => Err(GivenUp),
        }
    }

    /// Whether what is posted under a path is waited for. Servers of files do not.
    fn waits_at(&self, access: Access) -> bool {
        self.website.is_mirror() || access != Access::Website
    }

    /// What is the website's affair alone, as every method but POST is.
    async fn visited(
        &self,
        peer: &Peer,
        visit: &Visit,
        place: Share<Source>,
        body: Incoming,
    ) -> Result<Response<Reply>, GivenUp> {
        if !self.website.is_mirror() || self.admission.ask(peer.source).is_err() {
            return Ok(self.unread(peer, visit, place, body).await);
        }
        let body = if body.is_end_stream() {
            Body::Nothing
        } else {
            match self.admission.read(peer.source, &peer.bodies, body).await {
                Ok(body) => self.website.told(visit.access, body),
                Err(why) => without(why)?,
            }
        };
        Ok(self.page(peer, visit, place, body).await)
    }

    /// What the website answers at once. Who asks first whether to send the body (`Expect`) sends none.
    async fn unread(&self, peer: &Peer, visit: &Visit, place: Share<Source>, body: Incoming) -> Response<Reply> {
        let asks_first = visit.asked.headers.contains_key(header::EXPECT);
        if !self.website.is_mirror() && !body.is_end_stream() && !asks_first {
            self.admission.discard(peer.source, body);
        }
        self.page(peer, visit, place, Body::Unread).await
    }

    async fn posted(
        self: &Arc<Self>,
        peer: &Peer,
        visit: &Visit,
        place: Share<Source>,
        body: Incoming,
    ) -> Result<Response<Reply>, GivenUp> {
        let source = peer.source;
        if let Err(retry_after_ms) = self.admission.ask(source) {
            return Ok(if visit.is_invited() {
                peer.refuse(visit, HopRefusal::TooFast { retry_after_ms }, Some(place))
            } else {
                self.unread(peer, visit, place, body).await
            });
        }
        let body = match self.admission.read(source, &peer.bodies, body).await {
            Ok(body) => body,
            Err(Unread::Crowded) if visit.is_invited() => return Ok(peer.refuse(visit, CROWDED, Some(place))),
            Err(why) => return Ok(self.page(peer, visit, place, without(why)?).await),
        };
        let decoded = body.decode();
        let told = self.website.told(visit.access, body);
        let answer = match decoded {
            None => None,
            Some(Decoded::Whole(body)) => self.behind(visit.access, source, body).await,
            Some(Decoded::Segment(_)) if visit.access == Access::Website => None,
            Some(Decoded::Segment(segment)) => {
                // The answer that it is a piece of has its own budget.
                let answer = self.segments.answer(self, visit.access, source, segment).await;
                let Some(answer) = answer else { return Ok(self.page(peer, visit, place, told).await) };
                return Ok(peer.reply(visit, answer, None, Some(place)));
            }
        };
        let Some(answer) = answer else { return Ok(self.page(peer, visit, place, told).await) };
        // Without room for the answer it is a refusal: what was asked for may have been done, and is asked for again.
        Ok(match self.admission.replies.take(source, answer.len() as u64) {
            Some(budget) => peer.reply(visit, answer, Some(budget), Some(place)),
            None => {
                self.exchange.counters.replies_refused.fetch_add(1, Ordering::Relaxed);
                if visit.is_invited() {
                    peer.refuse(visit, CROWDED, Some(place))
                } else {
                    self.page(peer, visit, place, Body::Unread).await
                }
            }
        })
    }

    async fn page(&self, peer: &Peer, visit: &Visit, place: Share<Source>, body: Body) -> Response<Reply> {
        let (page, budget) = self.website.answer(visit, &self.admission, body).await;
        page.map(|body| Reply::new(body, budget, Some(place), &peer.unsent))
    }

    /// What is behind a path for a decoded body; `None`: the website.
    pub(crate) async fn behind(&self, access: Access, source: Source, body: HopBody) -> Option<Bytes> {
        match (access, body) {
            (Access::Own(name), HopBody::Friend(_)) => {
                let friend = self.doors.befriend(name, store::clock::now()).await?;
                let answer = FriendAnswer::new(friend).ok()?;
                hop::encode_reply(&HopReply::Friend(answer)).ok().map(Bytes::from)
            }
            (Access::Relay | Access::Own(_), body) => self.exchange.answer(source, body).await,
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

/// What the website is told instead of a body that was not read; one that did not come in time has no answer.
fn without(why: Unread) -> Result<Body, GivenUp> {
    match why {
        Unread::Slow => Err(GivenUp),
        Unread::Crowded => Ok(Body::Unread),
        Unread::Unfit => Ok(Body::TooLong),
    }
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

    /// What a relay answers.
    fn reply(
        &self,
        visit: &Visit,
        answer: Bytes,
        budget: Option<Share<Source>>,
        place: Option<Share<Source>>,
    ) -> Response<Reply> {
        let mut response = Response::new(Reply::new(answer, budget, place, &self.unsent));
        let kind = HeaderValue::from_static("application/octet-stream");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        cors::allow(&mut response, cors::own_page(&visit.asked.headers).as_ref());
        response
    }

    fn refuse(&self, visit: &Visit, refusal: HopRefusal, place: Option<Share<Source>>) -> Response<Reply> {
        self.reply(visit, refusal_body(refusal), None, place)
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
        .initial_connection_window_size(CONNECTION_WINDOW_BYTES);
    builder
}
