//! What there is of one relay's zone: a session with the relay through a name server that answers, and how it does.

use super::frame::{ASK_OVERHEAD_BYTES, Ask, EXCHANGES_MAX};
use super::message::Told;
use super::resolver::{Resolver, Servers};
use super::seal::{QUERY_OVERHEAD_BYTES, Session};
use super::{names, room_bytes};
use crate::CarrierError;
use hickory_proto::rr::Name;
use parking_lot::Mutex;
use rand_core::OsRng;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep};
use wire::{DnsPlace, RelayAddress};

/// How long each name server gets to answer the beginning of a session, again and again: on links that lose much two
/// times are soon over.
const HELLO_PATIENCE: [Duration; 4] = [
    Duration::from_millis(500),
    Duration::from_millis(700),
    Duration::from_millis(1_000),
    Duration::from_millis(1_500),
];
/// A session of which nothing was heard for so long is begun anew before anything is trusted to it.
const FRESH: Duration = Duration::from_secs(20);
/// How long queries may get lost before the name server, or the way behind it, is taken to be gone.
const SILENCE: Duration = Duration::from_secs(5);
/// The shortest time for an answer, and the longest.
const PATIENCE_MIN: Duration = Duration::from_millis(500);
const PATIENCE_MAX: Duration = Duration::from_secs(3);
/// How many times what an answer took lately is waited for.
const PATIENCE_FACTOR: u32 = 4;
/// What an answer takes before one is known.
const FIRST_TRIP: Duration = Duration::from_millis(250);
/// After a name server said that it could not find out.
const FAILED_PAUSE: Duration = Duration::from_millis(200);
/// Queries of one session; below what four bytes count.
const QUERIES_MAX: u32 = 1 << 31;
/// What is asked for of an answer: as much as fits beside a question without a part under the longest zone ...
const WANT_BYTES: u32 = 992;
/// ... unless this machine's resolver takes little, which the relay can't know.
const WANT_BYTES_PLAIN: u32 = 140;

/// A relay's zone.
#[derive(Debug)]
pub(crate) struct Line {
    place: DnsPlace,
    zone: Name,
    path: String,
    servers: Servers,
    pub(crate) places: Arc<Semaphore>,
    standing: tokio::sync::Mutex<Option<Arc<Standing>>>,
}

/// A session that stands.
#[derive(Debug)]
pub(crate) struct Standing {
    session: Session,
    resolver: Resolver,
    zone: Name,
    queries: AtomicU32,
    exchanges: AtomicU32,
    /// The name server does not do with long answers.
    plain: AtomicBool,
    pulse: Mutex<Pulse>,
}

#[derive(Debug)]
struct Pulse {
    heard: Instant,
    /// When the first query was sent that was not answered since.
    lost_since: Option<Instant>,
    trip: Duration,
    over: bool,
}

/// What came of a query.
#[derive(Debug)]
pub(crate) enum Brought {
    /// The relay's answer, opened.
    Answer(Vec<u8>),
    /// Nothing, or nothing of use: ask again.
    Lost,
    /// The relay does not know the session: begin another.
    Gone,
    /// Nothing was brought for long: another name server or another carrier may do better.
    Silent,
}

impl Line {
    pub(crate) fn new(to: &RelayAddress, servers: Servers, places: Arc<Semaphore>) -> Result<Self, CarrierError> {
        let none = || CarrierError::Connect("the relay has no zone in DNS".to_owned());
        let place = to.dns.clone().ok_or_else(none)?;
        let zone = names::zone(&place.zone).ok_or_else(|| CarrierError::Address(format!("zone {:?}", place.zone)))?;
        let standing = tokio::sync::Mutex::default();
        Ok(Self { place, zone, path: to.secret_path.clone(), servers, places, standing })
    }

    /// Bytes of a request that a query holds.
    pub(crate) fn part_bytes(&self) -> usize {
        room_bytes(&self.place.zone).saturating_sub(QUERY_OVERHEAD_BYTES).saturating_sub(ASK_OVERHEAD_BYTES)
    }

    /// The session; those who come together share its beginning.
    pub(crate) async fn standing(&self) -> Result<Arc<Standing>, CarrierError> {
        let mut standing = self.standing.lock().await;
        if let Some(known) = standing.as_ref().filter(|known| known.is_fresh()) {
            return Ok(Arc::clone(known));
        }
        let begun = Arc::new(self.begin().await?);
        *standing = Some(Arc::clone(&begun));
        Ok(begun)
    }

    /// Begins a session through the first name server that brings the relay's answer (DNS-30).
    async fn begin(&self) -> Result<Standing, CarrierError> {
        let unknown = |why: &str| CarrierError::Connect(format!("this system's name servers are not known: {why}"));
        let servers = self.servers.list().await.map_err(|error| unknown(&error.to_string()))?;
        let mut failed = unknown("none is set up");
        for patience in HELLO_PATIENCE {
            for server in &servers {
                match self.begin_at(*server, patience).await {
                    Ok(standing) => return Ok(standing),
                    Err(why) => failed = CarrierError::Connect(format!("the relay's zone, asked at {server}: {why}")),
                }
            }
        }
        Err(failed)
    }

    async fn begin_at(&self, server: SocketAddr, patience: Duration) -> Result<Standing, String> {
        let resolver = Resolver::connect(server).await.map_err(|error| error.to_string())?;
        let (session, hello) =
            Session::begin(&self.place.key, &self.path, &mut OsRng).ok_or("its key can't be right")?;
        let name = names::encode(&hello, &self.zone).ok_or("its name is too long")?;
        let asked = Instant::now();
        let welcome = |answer: &[u8]| session.is_welcome(answer).then_some(());
        let mut told = resolver.ask(&name, true, patience, welcome).await;
        let mut plain = false;
        if let Some(Err(Told::Misunderstood | Told::Truncated)) = told {
            plain = true;
            told = resolver.ask(&name, false, patience, welcome).await;
        }
        match told {
            Some(Ok(())) => Ok(Standing::new(session, resolver, self.zone.clone(), plain, asked.elapsed())),
            Some(Err(Told::Text(_) | Told::Nothing)) => Err("no relay that knows us answers there".to_owned()),
            Some(Err(Told::Refused)) => Err("the name server refuses to ask".to_owned()),
            Some(Err(Told::Failed | Told::Truncated | Told::Misunderstood)) => {
                Err("the name server gets no answer".to_owned())
            }
            None => Err(format!("nothing in {} ms", patience.as_millis())),
        }
    }
}

impl Standing {
    fn new(session: Session, resolver: Resolver, zone: Name, plain: bool, trip: Duration) -> Self {
        let pulse = Pulse { heard: Instant::now(), lost_since: None, trip: trip.max(FIRST_TRIP), over: false };
        Self {
            session,
            resolver,
            zone,
            queries: AtomicU32::new(1),
            exchanges: AtomicU32::new(0),
            plain: AtomicBool::new(plain),
            pulse: Mutex::new(pulse),
        }
    }

    /// A number for an exchange; `None`: the session has had them all.
    pub(crate) fn next_exchange(&self) -> Option<u32> {
        let number = self.exchanges.fetch_add(1, Ordering::Relaxed);
        (number < EXCHANGES_MAX).then_some(number)
    }

    /// Bytes of an answer to ask for.
    pub(crate) fn want_bytes(&self) -> u32 {
        if self.plain.load(Ordering::Relaxed) { WANT_BYTES_PLAIN } else { WANT_BYTES }
    }

    /// Whoever comes now begins another session.
    pub(crate) fn end(&self) {
        self.pulse.lock().over = true;
    }

    fn is_fresh(&self) -> bool {
        let pulse = self.pulse.lock();
        !pulse.over && pulse.heard.elapsed() < FRESH
    }

    /// Asks once.
    pub(crate) async fn ask(&self, ask: &Ask) -> Brought {
        let number = self.queries.fetch_add(1, Ordering::Relaxed);
        let sealed = ask.encode().ok().filter(|_| number < QUERIES_MAX);
        let name = sealed
            .and_then(|content| self.session.seal_query(number, &content))
            .and_then(|query| names::encode(&query, &self.zone));
        let Some(name) = name else {
            self.end();
            return Brought::Gone;
        };
        let (asked, waits) = (Instant::now(), Duration::from_millis(ask.want.wait_ms.into()));
        let patience = self.pulse.lock().patience().saturating_add(waits);
        let plain = self.plain.load(Ordering::Relaxed);
        let open = |answer: &[u8]| self.session.open_answer(number, answer);
        match self.resolver.ask(&name, !plain, patience, open).await {
            Some(Ok(opened)) => {
                self.pulse.lock().hears(waits.is_zero().then(|| asked.elapsed()));
                return Brought::Answer(opened);
            }
            Some(Err(Told::Nothing)) => {
                self.end();
                return Brought::Gone;
            }
            Some(Err(Told::Truncated | Told::Misunderstood)) => self.plain.store(true, Ordering::Relaxed),
            Some(Err(Told::Failed | Told::Refused)) => sleep(FAILED_PAUSE).await,
            Some(Err(Told::Text(_))) | None => {}
        }
        self.loses(asked)
    }

    fn loses(&self, asked: Instant) -> Brought {
        let mut pulse = self.pulse.lock();
        // What was sent before something was heard is late, not a sign of silence.
        if asked < pulse.heard {
            return Brought::Lost;
        }
        let since = *pulse.lost_since.get_or_insert(asked);
        if since.elapsed() < SILENCE {
            return Brought::Lost;
        }
        pulse.over = true;
        Brought::Silent
    }
}

impl Pulse {
    fn hears(&mut self, trip: Option<Duration>) {
        (self.heard, self.lost_since) = (Instant::now(), None);
        if let Some(trip) = trip {
            // As the kernel's of TCP: an eighth of the news.
            self.trip = (self.trip.saturating_mul(7).saturating_add(trip)).checked_div(8).unwrap_or(trip);
        }
    }

    fn patience(&self) -> Duration {
        self.trip.saturating_mul(PATIENCE_FACTOR).clamp(PATIENCE_MIN, PATIENCE_MAX)
    }
}
