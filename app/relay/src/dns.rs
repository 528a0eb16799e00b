//! The relay's zone in DNS (specs/10-dns.md): queries that are sealed to it are segments of exchanges, for everybody
//! else it is a zone without records.
//!
//! Requirements: the zone is delegated to this machine. Provided: sessions of those who prove a path that is good for
//! exchanges; bounds on queries, on sessions and on what is under way, for each network address, which is mostly a
//! resolver's. Not provided: TCP; redemption of links, which would show a zone's nature to who has seen a link.

use crate::StartError;
use crate::config::{DnsConfig, RelayLimits};
use crate::invitations::Access;
use crate::keys::Identity;
use crate::server::Shared;
use crate::shares::{Share, Shares};
use carrier::dns::frame::Ask;
use carrier::dns::seal::{self, DnsKey, Session, SessionName};
use carrier::dns::zone::{Asked, DATAGRAM_BYTES_MAX, Read, Zone};
use carrier::segment::{self, SegmentReply};
use mailbox::limits::{RateTable, Source};
use parking_lot::Mutex;
use rand_core::OsRng;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use store::clock;
use tokio::net::UdpSocket;
use tokio::sync::{Semaphore, watch};
use wire::DnsPlace;

/// A session that nobody uses is forgotten after this: a poll asks each 6 s.
const SESSION_IDLE: Duration = Duration::from_secs(5 * 60);
/// Looking through all of them costs something: not with each that begins.
const SWEEP_EVERY: Duration = Duration::from_secs(5);
/// After the socket failed.
const ERROR_PAUSE: Duration = Duration::from_millis(50);

/// The door that the zone is.
pub(crate) struct Door {
    zone: Zone,
    key: DnsKey,
    sessions: Mutex<Sessions>,
    places: Arc<Shares<Source>>,
    queries: Mutex<RateTable<Source>>,
    /// Beginnings that are opened: what that costs is bounded for all together, so that who sends others out of the same
    /// network, through the same resolver, takes nothing from those whose beginnings are right.
    opened: Mutex<RateTable<()>>,
    under_way: Arc<Semaphore>,
    waiting: Waiting,
}

/// Queries that wait for an answer.
struct Waiting {
    all: Arc<Shares<Source>>,
    of_session: Arc<Shares<SessionName>>,
}

struct Sessions {
    known: BTreeMap<SessionName, Guest>,
    swept: Instant,
}

/// Somebody who proved a path.
struct Guest {
    session: Arc<Session>,
    path: Arc<str>,
    used: Instant,
    _place: Share<Source>,
}

/// A zone that is ready to be served.
pub(crate) struct Prepared {
    pub(crate) place: DnsPlace,
    pub(crate) listen: SocketAddr,
    socket: UdpSocket,
    door: Door,
}

impl Prepared {
    /// Binds the port of the zone of a relay that is reached as `host`.
    pub(crate) async fn new(
        config: &DnsConfig,
        host: &str,
        identity: &Identity,
        limits: &RelayLimits,
    ) -> Result<Self, StartError> {
        let key = DnsKey::from_seed(&identity.dns_seed()?);
        let zone = Zone::new(&config.zone, host).ok_or_else(|| StartError::Zone(config.zone.clone()))?;
        let failed = |error: std::io::Error| StartError::Listen { address: config.listen, reason: error.to_string() };
        let socket = UdpSocket::bind(config.listen).await.map_err(failed)?;
        let listen = socket.local_addr().map_err(failed)?;
        let place = DnsPlace { zone: config.zone.clone(), key: key.public() };
        Ok(Self { place, listen, socket, door: Door::new(zone, key, limits) })
    }

    /// Serves until `stop` changes.
    pub(crate) async fn serve(self, shared: Arc<Shared>, mut stop: watch::Receiver<bool>) {
        let (socket, door) = (Arc::new(self.socket), Arc::new(self.door));
        let mut buffer = vec![0; usize::from(DATAGRAM_BYTES_MAX).saturating_add(1)];
        loop {
            let received = tokio::select! {
                _ = stop.changed() => return,
                received = socket.recv_from(&mut buffer) => received,
            };
            let Ok((length, from)) = received else {
                tokio::time::sleep(ERROR_PAUSE).await;
                continue;
            };
            let source = Source::of(from.ip());
            if door.queries.lock().take(&source, clock::now()).is_err() {
                continue;
            }
            match door.zone.read(buffer.get(..length).unwrap_or_default()) {
                Read::Nothing => {}
                Read::Answer(packet) => drop(socket.send_to(&packet, from).await),
                Read::Sealed(asked) => {
                    let Ok(place) = Arc::clone(&door.under_way).try_acquire_owned() else { continue };
                    let (socket, door, shared) = (Arc::clone(&socket), Arc::clone(&door), Arc::clone(&shared));
                    let mut stopped = stop.clone();
                    tokio::spawn(async move {
                        let packet = tokio::select! {
                            _ = stopped.changed() => return,
                            packet = door.packet(&shared, source, &asked) => packet,
                        };
                        if let Some(packet) = packet {
                            socket.send_to(&packet, from).await.ok();
                        }
                        drop(place);
                    });
                }
            }
        }
    }
}

impl Door {
    fn new(zone: Zone, key: DnsKey, limits: &RelayLimits) -> Self {
        Self {
            zone,
            key,
            sessions: Mutex::new(Sessions { known: BTreeMap::new(), swept: Instant::now() }),
            places: Shares::new(limits.dns_sessions_max as u64, limits.dns_sessions_per_source_max as u64),
            queries: Mutex::new(RateTable::new(limits.dns_queries)),
            opened: Mutex::new(RateTable::new(limits.dns_opened)),
            under_way: Arc::new(Semaphore::new(limits.dns_queries_under_way_max)),
            waiting: Waiting::new(limits),
        }
    }

    /// What a query gets: that there is nothing at this name, if it was not sealed to this relay, or by nobody who knows a
    /// path of it.
    async fn packet(&self, shared: &Arc<Shared>, source: Source, asked: &Asked) -> Option<Vec<u8>> {
        let sealed = match self.guest(asked.bytes()) {
            Some((session, path)) => self.ask(shared, source, asked, &session, &path).await,
            None => self.begin(shared, source, asked.bytes()),
        };
        match sealed {
            Some(sealed) => self.zone.answer(asked, &sealed),
            None => self.zone.nothing(asked),
        }
    }

    /// The sealed answer to a query of a session; `None`: it is none of the session's.
    async fn ask(
        &self,
        shared: &Arc<Shared>,
        source: Source,
        asked: &Asked,
        session: &Session,
        path: &str,
    ) -> Option<Vec<u8>> {
        let (number, content) = session.open_query(asked.bytes())?;
        // The path may have been taken back since.
        let access = lets_in(shared, path)?;
        shared.exchange.counters.dns_queries.fetch_add(1, Ordering::Relaxed);
        let around = seal::REPLY_OVERHEAD_BYTES.saturating_add(segment::REPLY_OVERHEAD_BYTES);
        let room = self.zone.answer_room(asked).saturating_sub(around);
        let segment = Ask::decode(&content).ok().and_then(|ask| ask.into_segment(session, room));
        let answer = match segment {
            Some(mut segment) => {
                let turn = self.waiting.take(source, session.name());
                if turn.is_none() {
                    segment.want.wait_ms = 0;
                }
                shared.segments.answer(shared, access, source, segment).await
            }
            None => None,
        };
        let answer = match answer {
            Some(answer) => answer.to_vec(),
            None => segment::encode_segment_reply(&SegmentReply::Nothing).ok()?,
        };
        session.seal_answer(number, &answer, &mut OsRng)
    }

    /// Begins a session, again too: the answer may have been lost. Where too many begin there is nothing, as for others: a
    /// name of this length that gets no answer would tell the zone from every other.
    fn begin(&self, shared: &Shared, source: Source, query: &[u8]) -> Option<Vec<u8>> {
        if query.len() != seal::HELLO_BYTES || self.opened.lock().take(&(), clock::now()).is_err() {
            return None;
        }
        let (session, path) = self.key.open_hello(query).filter(|(_, path)| lets_in(shared, path).is_some())?;
        self.admit(shared, source, session, &path)
    }

    /// Lets in who proved this path, if there is a place.
    fn admit(&self, shared: &Shared, source: Source, session: Session, path: &str) -> Option<Vec<u8>> {
        let now = Instant::now();
        let mut sessions = self.sessions.lock();
        if now.saturating_duration_since(sessions.swept) >= SWEEP_EVERY {
            sessions.swept = now;
            sessions.known.retain(|_, guest| now.saturating_duration_since(guest.used) < SESSION_IDLE);
        }
        let place = self.places.take(source, 1)?;
        let welcome = session.welcome(&mut OsRng)?;
        let guest = Guest { path: path.into(), used: now, _place: place, session: Arc::new(session) };
        sessions.known.insert(guest.session.name(), guest);
        shared.exchange.counters.dns_sessions.fetch_add(1, Ordering::Relaxed);
        Some(welcome)
    }

    fn guest(&self, query: &[u8]) -> Option<(Arc<Session>, Arc<str>)> {
        let name: &SessionName = query.first_chunk()?;
        let mut sessions = self.sessions.lock();
        let guest = sessions.known.get_mut(name)?;
        guest.used = Instant::now();
        Some((Arc::clone(&guest.session), Arc::clone(&guest.path)))
    }
}

impl Waiting {
    fn new(limits: &RelayLimits) -> Self {
        let (all, each) = (limits.dns_waiting_max as u64, limits.dns_waiting_per_source_max as u64);
        let of_session = limits.dns_waiting_per_session_max as u64;
        Self { all: Shares::new(all, each), of_session: Shares::new(u64::MAX, of_session) }
    }

    /// A place to wait in; without one it is answered at once.
    fn take(&self, source: Source, session: SessionName) -> Option<(Share<Source>, Share<SessionName>)> {
        self.all.take(source, 1).zip(self.of_session.take(session, 1))
    }
}

/// What a path is good for under which exchanges go.
fn lets_in(shared: &Shared, path: &str) -> Option<Access> {
    Some(shared.doors.access(&format!("/{path}"))).filter(|access| access.is_relay())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// DNS-25
    #[test]
    fn neither_a_session_nor_an_address_takes_all_places_to_wait_in() {
        let waiting = Waiting::new(&RelayLimits::default());
        let take = |source: u8, session: u16| {
            let [high, low] = session.to_be_bytes();
            waiting.take(Source([source; 16]), [high, low, 0, 0, 0, 0])
        };
        let of_one: Vec<_> = std::iter::from_fn(|| take(1, 1)).collect();
        assert_eq!(of_one.len(), 16);
        let of_network: Vec<_> = (2..1_000).filter_map(|session| take(1, session)).collect();
        assert_eq!(of_network.len(), 512 - 16);
        assert!(take(1, 1_000).is_none());
        assert!(take(2, 1_001).is_some(), "others wait");
        drop((of_one, of_network));
        assert_eq!((waiting.all.taken(), waiting.of_session.taken()), (0, 0));
    }
}
