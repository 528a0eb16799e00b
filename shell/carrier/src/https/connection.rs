//! One connection and who looks after it: it drives HTTP, judges silence, and ends what is used up or idle.

use super::dial::Line;
use super::meter::Meter;
use super::patience::Verdict;
use crate::{CarrierError, Quiet};
use bytes::Bytes;
use http::{Method, Request, StatusCode, Uri, header};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::client::conn::{http1, http2};
use parking_lot::Mutex;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio::time::{Instant, sleep, timeout};
use wire::RelayAddress;

/// How often a connection with open exchanges is judged, once it is doubtful.
const TICK: Duration = Duration::from_millis(50);
/// How long a silent connection is listened to: it tells whether the alarm was false.
const LINGER: Duration = Duration::from_secs(20);
/// What follows a handshake before anything is asked: settings of HTTP/2, tickets of TLS. More than any was seen to be.
const BEGINNING_BYTES: u64 = 640;
/// Exchanges on one connection of HTTP/2. Every server lets so many begin (RFC 9113, section 6.5.2); one more might wait
/// unseen until another has ended, and a long poll takes half a minute.
const STREAMS_MAX: usize = 100;
/// Bytes of a relay's answer: above the largest that the relay protocol allows (a little over 2 MiB).
pub(crate) const REPLY_BYTES_MAX: usize = 4 * 1024 * 1024;

/// What requests are handed to.
#[derive(Debug)]
pub(crate) enum Sender {
    Http2(http2::SendRequest<Full<Bytes>>),
    Http1(tokio::sync::Mutex<http1::SendRequest<Full<Bytes>>>),
}

/// How a connection does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Life {
    Fine,
    Doubtful,
    Silent,
    Ended,
}

/// A connection to a relay. It ends when its peer ends it, when it was idle for long, or retired.
#[derive(Debug)]
pub(crate) struct Connection {
    sender: Sender,
    meter: Arc<Meter>,
    line: Arc<Line>,
    open: Mutex<usize>,
    begun: AtomicBool,
    handshake_bytes: u64,
    reserved: AtomicU64,
    retired: AtomicBool,
    life: watch::Sender<Life>,
    changed: Notify,
}

/// A place for one exchange on a connection.
#[derive(Debug)]
pub(crate) struct Place {
    connection: Arc<Connection>,
    reserved: u64,
}

/// Why a request brought no answer, and whether it may not have left at all.
#[derive(Debug)]
pub(crate) struct PostError {
    pub(crate) error: CarrierError,
    pub(crate) unsent: bool,
}

impl Connection {
    /// Takes up a connection on which HTTP has begun.
    pub(crate) fn start(
        sender: Sender,
        meter: Arc<Meter>,
        line: &Arc<Line>,
        io: impl Future<Output = hyper::Result<()>> + Send + 'static,
    ) -> Arc<Self> {
        let connection = Arc::new(Self {
            sender,
            handshake_bytes: meter.bytes(),
            meter,
            line: Arc::clone(line),
            open: Mutex::default(),
            begun: AtomicBool::new(false),
            reserved: AtomicU64::new(0),
            retired: AtomicBool::new(false),
            life: watch::channel(Life::Fine).0,
            changed: Notify::new(),
        });
        let watched = Arc::clone(&connection);
        tokio::spawn(async move {
            tokio::select! {
                // How it ended is what its exchanges say.
                _ended = io => {}
                () = watched.watch() => {}
            }
            watched.life.send_replace(Life::Ended);
            watched.line.freed.notify_waiters();
        });
        connection
    }

    /// A place for one exchange, reserving so many bytes; `None` when no exchange should begin here.
    pub(crate) fn take(self: &Arc<Self>, reserve: u64) -> Option<Place> {
        if *self.life.borrow() != Life::Fine || self.retired.load(Ordering::Relaxed) || self.is_closed() {
            return None;
        }
        let mut open = self.open.lock();
        let open_max = match self.sender {
            Sender::Http1(_) => 1,
            Sender::Http2(_) => STREAMS_MAX,
        };
        if *open >= open_max {
            return None;
        }
        *open = open.saturating_add(1);
        if *open == 1 {
            self.begun.store(false, Ordering::Relaxed);
            self.meter.busy(true);
        }
        drop(open);
        self.changed.notify_one();
        self.reserved.fetch_add(reserve, Ordering::Relaxed);
        Some(Place { connection: Arc::clone(self), reserved: reserve })
    }

    /// Whether the connection has ended, or will not be heard again.
    pub(crate) fn has_ended(&self) -> bool {
        matches!(*self.life.borrow(), Life::Silent | Life::Ended)
    }

    /// Whether no exchange is open on it, and one might be.
    pub(crate) fn is_idle(&self) -> bool {
        self.is_unused() && !self.retired.load(Ordering::Relaxed)
    }

    fn is_unused(&self) -> bool {
        *self.open.lock() == 0
    }

    /// Bytes of `budget` that are neither used nor reserved.
    pub(crate) fn left(&self, budget: u64) -> u64 {
        let carried = self.meter.bytes().max(self.handshake_bytes.saturating_add(BEGINNING_BYTES));
        budget.saturating_sub(carried).saturating_sub(self.reserved.load(Ordering::Relaxed))
    }

    /// Nothing begins on it any more; it ends with the last of what is under way.
    pub(crate) fn retire(&self) {
        self.retired.store(true, Ordering::Relaxed);
        self.changed.notify_one();
    }

    fn is_closed(&self) -> bool {
        match &self.sender {
            Sender::Http2(sender) => sender.is_closed(),
            Sender::Http1(sender) => sender.try_lock().is_ok_and(|sender| sender.is_closed()),
        }
    }

    /// Returns when the connection is to end.
    async fn watch(&self) {
        // What had been heard when it was last judged, and when it was last told to be quiet.
        let (mut heard_at, mut told_at) = (0, None);
        loop {
            let changed = self.changed.notified();
            if self.is_unused() {
                if *self.life.borrow() == Life::Doubtful {
                    if self.meter.hearing().heard_at() == heard_at {
                        // Whatever was asked of it was given up: nobody will learn whether it still speaks.
                        return;
                    }
                    self.life.send_replace(Life::Fine);
                    self.line.freed.notify_waiters();
                }
                let retired = self.retired.load(Ordering::Relaxed);
                if retired || timeout(self.line.profile.idle(), changed).await.is_err() {
                    return;
                }
                continue;
            }
            heard_at = self.meter.hearing().heard_at();
            let (verdict, again) = self.judge();
            let life = match verdict {
                Verdict::Fine => Life::Fine,
                Verdict::Doubtful => Life::Doubtful,
                Verdict::Silent => Life::Silent,
            };
            self.life.send_if_modified(|known| std::mem::replace(known, life) != life);
            let quiet_in = if told_at == Some(heard_at) { None } else { self.quiet_in() };
            if quiet_in == Some(0) {
                told_at = Some(heard_at);
                let quiet_ms = self.meter.hearing().quiet_ms(self.meter.now());
                // nobody may listen
                let _ = self.line.quiet.send(Quiet { relay: self.line.to.clone(), quiet_ms });
            }
            let again = quiet_in.map_or(again, |ms| again.min(Duration::from_millis(ms).max(TICK)));
            if verdict == Verdict::Silent {
                return self.listen().await;
            }
            timeout(again, changed).await.ok();
        }
    }

    /// What its silence means now, and when to look again.
    fn judge(&self) -> (Verdict, Duration) {
        let (now, hearing) = (self.meter.now(), self.meter.hearing());
        match self.sender {
            Sender::Http2(_) => {
                let ping_ms = self.line.profile.ping_ms.into();
                let patience_ms = self.line.patience.lock().answer_ms(self.line.now());
                let again = Duration::from_millis(hearing.doubtful_in(now, ping_ms, patience_ms));
                (hearing.verdict(now, ping_ms, patience_ms), again.max(TICK))
            }
            Sender::Http1(_) => {
                let begun = self.begun.load(Ordering::Relaxed);
                let patience_ms_max = self.line.profile.patience_ms_max.into();
                (hearing.verdict_without_pings(now, begun, patience_ms_max), TICK)
            }
        }
    }

    /// In how many milliseconds it will have been quiet for so long that this is told (CAR-16).
    fn quiet_in(&self) -> Option<u64> {
        let Sender::Http2(_) = self.sender else { return None };
        let patience_ms = self.line.patience.lock().answer_ms(self.line.now());
        self.meter.hearing().quiet_in(self.meter.now(), self.line.profile.ping_ms.into(), patience_ms)
    }

    /// CAR-13: whether a silent connection speaks again.
    async fn listen(&self) {
        let (heard_at, began) = (self.meter.hearing().heard_at(), Instant::now());
        while began.elapsed() < LINGER {
            sleep(TICK).await;
            if self.meter.hearing().heard_at() != heard_at {
                self.line.patience.lock().false_alarm(self.line.now());
                return;
            }
        }
    }

    async fn request(&self, to: &RelayAddress, body: Bytes) -> Result<Bytes, PostError> {
        let sent = |error: CarrierError| PostError { error, unsent: false };
        let failed = |error: hyper::Error| PostError { unsent: error.is_canceled(), error: broken(&error) };
        let response = match &self.sender {
            Sender::Http2(sender) => {
                let mut sender = sender.clone();
                sender.ready().await.map_err(|error| PostError { unsent: true, error: broken(&error) })?;
                sender.send_request(request_to(to, body, true).map_err(sent)?).await.map_err(failed)?
            }
            Sender::Http1(sender) => {
                let mut sender = sender.lock().await;
                sender.ready().await.map_err(|error| PostError { unsent: true, error: broken(&error) })?;
                sender.send_request(request_to(to, body, false).map_err(sent)?).await.map_err(failed)?
            }
        };
        self.begun.store(true, Ordering::Relaxed);
        if response.status() != StatusCode::OK {
            return Err(sent(CarrierError::of_status(response.status().as_u16())));
        }
        match Limited::new(response.into_body(), REPLY_BYTES_MAX).collect().await {
            Ok(body) => Ok(body.to_bytes()),
            Err(error) if error.is::<LengthLimitError>() => Err(sent(CarrierError::TooLarge { max: REPLY_BYTES_MAX })),
            Err(error) => Err(sent(CarrierError::Broken(error.to_string()))),
        }
    }

    /// Returns when the connection has gone silent.
    async fn silent(&self) -> CarrierError {
        let mut life = self.life.subscribe();
        // The sender is part of the connection, which is here.
        life.wait_for(|life| *life == Life::Silent).await.ok();
        CarrierError::Silent { heard_bytes: self.meter.heard_bytes(), carried_bytes: self.meter.bytes() }
    }
}

impl Place {
    /// One request and its answer.
    pub(crate) async fn post(&self, to: &RelayAddress, body: Bytes) -> Result<Bytes, PostError> {
        tokio::select! {
            answer = self.connection.request(to, body) => answer,
            error = self.connection.silent() => Err(PostError { error, unsent: false }),
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let connection = &self.connection;
        connection.reserved.fetch_sub(self.reserved, Ordering::Relaxed);
        let mut open = connection.open.lock();
        *open = open.saturating_sub(1);
        if *open == 0 {
            connection.meter.busy(false);
        }
        drop(open);
        connection.changed.notify_one();
        connection.line.freed.notify_waiters();
    }
}

fn request_to(to: &RelayAddress, body: Bytes, http2: bool) -> Result<Request<Full<Bytes>>, CarrierError> {
    let bad = |error: http::Error| CarrierError::Address(error.to_string());
    let authority = authority_of(to);
    let path = format!("/{}", to.secret_path);
    let request = Request::builder().method(Method::POST).header(header::CONTENT_TYPE, "application/octet-stream");
    let request = if http2 {
        let uri = Uri::builder().scheme("https").authority(authority).path_and_query(path).build().map_err(bad)?;
        request.uri(uri)
    } else {
        request.uri(path).header(header::HOST, authority)
    };
    request.body(Full::new(body)).map_err(bad)
}

/// Where the relay is, as a browser writes it.
pub(crate) fn authority_of(to: &RelayAddress) -> String {
    let host = if to.host.contains(':') { format!("[{}]", to.host) } else { to.host.clone() };
    if to.port == 443 { host } else { format!("{host}:{}", to.port) }
}

fn broken(error: &hyper::Error) -> CarrierError {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(one) = cause {
        text = format!("{text}: {one}");
        cause = one.source();
    }
    CarrierError::Broken(text)
}
