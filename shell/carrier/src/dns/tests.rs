//! The carrier against a small relay, through resolvers that do what resolvers do.

use super::frame::{Ask, REQUEST_BYTES_MAX};
use super::seal::{DnsKey, Session, SessionName};
use super::zone::{Read, Zone};
use super::*;
use crate::segment::{Assembly, ExchangeName, SegmentReply, encode_segment_reply};
use crate::testing::WAIT;
use parking_lot::Mutex;
use rand_core::OsRng;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;
use tokio::net::UdpSocket;
use tokio::time::{sleep, timeout};
use wire::{DnsPlace, Secret32};

const ZONE: &str = "t.bakery.example";
const PATH: &str = "0123456789abcdef";

/// What a small relay does with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Does {
    /// Gives it back so many times over.
    Echo(usize),
    /// Does not answer for so long, and then as above.
    Late(Duration),
}

/// What is there of a request, and its answer with the time from which it is given.
type SmallExchange = (Assembly, Option<(Instant, Vec<u8>)>);

/// A relay's zone in memory.
struct SmallRelay {
    zone: Zone,
    key: DnsKey,
    does: Does,
    sessions: Mutex<BTreeMap<SessionName, Session>>,
    exchanges: Mutex<BTreeMap<ExchangeName, SmallExchange>>,
    queries: AtomicUsize,
    runs: AtomicUsize,
    address: SocketAddr,
}

impl SmallRelay {
    async fn start(does: Does) -> Arc<Self> {
        let socket = Arc::new(UdpSocket::bind("127.0.0.1:0").await.unwrap());
        let this = Arc::new(Self {
            zone: Zone::new(ZONE, "bakery.example").unwrap(),
            key: DnsKey::from_seed(&Secret32([7; 32])),
            does,
            sessions: Mutex::default(),
            exchanges: Mutex::default(),
            queries: AtomicUsize::new(0),
            runs: AtomicUsize::new(0),
            address: socket.local_addr().unwrap(),
        });
        let relay = Arc::clone(&this);
        tokio::spawn(async move {
            let mut buffer = [0; 2_000];
            while let Ok((length, from)) = socket.recv_from(&mut buffer).await {
                let Read::Sealed(asked) = relay.zone.read(&buffer[..length]) else { continue };
                relay.queries.fetch_add(1, Ordering::SeqCst);
                let packet = match relay.answer(&asked) {
                    Some(sealed) => relay.zone.answer(&asked, &sealed),
                    None => relay.zone.nothing(&asked),
                };
                socket.send_to(&packet.unwrap(), from).await.unwrap();
            }
        });
        this
    }

    fn relay_address(&self) -> RelayAddress {
        let dns = Some(DnsPlace { zone: ZONE.into(), key: self.key.public() });
        RelayAddress { host: "bakery.example".into(), port: 443, tls_pin: None, secret_path: PATH.into(), dns }
    }

    fn answer(&self, asked: &zone::Asked) -> Option<Vec<u8>> {
        let name: SessionName = *asked.bytes().first_chunk()?;
        let session = self.sessions.lock().get(&name).cloned();
        let Some(session) = session else {
            let (session, path) = self.key.open_hello(asked.bytes())?;
            assert_eq!(path, PATH);
            let welcome = session.welcome(&mut OsRng);
            self.sessions.lock().insert(session.name(), session);
            return welcome;
        };
        let (number, content) = session.open_query(asked.bytes())?;
        let room = self.zone.answer_room(asked) - 56;
        let segment = Ask::decode(&content).unwrap().into_segment(&session, room).unwrap();
        let mut exchanges = self.exchanges.lock();
        let (assembly, answer) = exchanges
            .entry(segment.exchange)
            .or_insert_with(|| (Assembly::new(segment.total, REQUEST_BYTES_MAX as u32).unwrap(), None));
        if let (Some(part), None) = (segment.part, &answer) {
            assembly.add(part).unwrap();
        }
        if let Some(body) = assembly.take_body() {
            self.runs.fetch_add(1, Ordering::SeqCst);
            let (late, times) = match self.does {
                Does::Echo(times) => (Duration::ZERO, times),
                Does::Late(late) => (late, 1),
            };
            *answer = Some((Instant::now() + late, body.repeat(times)));
        }
        let reply = match answer.as_ref().filter(|(at, _)| *at <= Instant::now()) {
            None => {
                SegmentReply::Waiting { have: assembly.have().max(if answer.is_some() { segment.total } else { 0 }) }
            }
            Some((_, answer)) => {
                let from = answer.len().min(segment.want.offset as usize);
                let to = answer.len().min(from + segment.want.bytes as usize);
                let (total, bytes) = (answer.len() as u32, answer[from..to].to_vec());
                SegmentReply::Answer { total, offset: segment.want.offset, bytes }
            }
        };
        session.seal_answer(number, &encode_segment_reply(&reply).unwrap(), &mut OsRng)
    }
}

/// What a resolver does to packets.
#[derive(Clone, Copy, Debug, Default)]
struct Manners {
    /// In a hundred, each way: lost, sent twice, held up to 100 ms.
    lost: u64,
    twice: u64,
    late: u64,
    /// In a hundred: answered that it could not find out.
    fails: u64,
    /// Asks with changed case.
    shuffles_case: bool,
    /// Speaks no EDNS.
    plain: bool,
    /// Somebody on the way says first that there is no such name, as censors do.
    forges: bool,
}

/// Chance that follows from a seed.
#[derive(Clone)]
struct Chance(Arc<Mutex<u64>>);

impl Chance {
    fn next(&self) -> u64 {
        let mut state = self.0.lock();
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn one_of(&self, percent: u64) -> bool {
        self.next() % 100 < percent
    }
}

struct SmallResolver {
    address: SocketAddr,
    silent: Arc<AtomicBool>,
}

impl SmallResolver {
    async fn before(relay: SocketAddr, manners: Manners, seed: u64) -> Self {
        let socket = Arc::new(UdpSocket::bind("127.0.0.1:0").await.unwrap());
        let (address, silent) = (socket.local_addr().unwrap(), Arc::new(AtomicBool::new(false)));
        let (chance, is_silent) = (Chance(Arc::new(Mutex::new(seed))), Arc::clone(&silent));
        tokio::spawn(async move {
            let mut buffer = [0; 2_000];
            while let Ok((length, from)) = socket.recv_from(&mut buffer).await {
                let (query, socket, chance) = (buffer[..length].to_vec(), Arc::clone(&socket), chance.clone());
                if is_silent.load(Ordering::SeqCst) || chance.one_of(manners.lost) {
                    continue;
                }
                let times = 1 + usize::from(chance.one_of(manners.twice));
                for _ in 0..times {
                    let (query, socket, chance) = (query.clone(), Arc::clone(&socket), chance.clone());
                    tokio::spawn(async move {
                        if manners.forges {
                            let mut forged = query.clone();
                            (forged[2], forged[3]) = (0x81, 0x83);
                            socket.send_to(&forged, from).await.unwrap();
                        }
                        let answer = pass(&query, relay, manners, &chance).await;
                        if let Some(answer) = answer {
                            socket.send_to(&answer, from).await.unwrap();
                        }
                    });
                }
            }
        });
        Self { address, silent }
    }
}

/// What comes of one query.
async fn pass(query: &[u8], relay: SocketAddr, manners: Manners, chance: &Chance) -> Option<Vec<u8>> {
    let failed = |code: u8| {
        let mut answer = query.to_vec();
        (answer[2], answer[3]) = (0x81, 0x80 | code);
        answer
    };
    if chance.one_of(manners.fails) {
        return Some(failed(2));
    }
    // The last section of a question holds EDNS alone.
    if manners.plain && query[11] != 0 {
        return Some(failed(1));
    }
    hold(manners, chance).await;
    let mut asked = query.to_vec();
    // The name stands after the head; lengths of labels are no letters.
    let end = 12 + query[12..].iter().position(|byte| *byte == 0).unwrap();
    for byte in asked[12..end].iter_mut().filter(|byte| byte.is_ascii_alphabetic() && manners.shuffles_case) {
        *byte ^= if chance.one_of(50) { 0x20 } else { 0 };
    }
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    socket.send_to(&asked, relay).await.unwrap();
    let mut buffer = [0; 2_000];
    let length = timeout(Duration::from_secs(3), socket.recv(&mut buffer)).await.ok()?.unwrap();
    let mut answer = buffer[..length].to_vec();
    answer[12..end].copy_from_slice(&query[12..end]);
    if chance.one_of(manners.lost) {
        return None;
    }
    hold(manners, chance).await;
    Some(answer)
}

async fn hold(manners: Manners, chance: &Chance) {
    if chance.one_of(manners.late) {
        sleep(Duration::from_millis(chance.next() % 100)).await;
    }
}

async fn exchange(carrier: &DnsCarrier, to: &RelayAddress, body: &[u8]) -> Result<Bytes, CarrierError> {
    carrier.exchange(to, Bytes::copy_from_slice(body), WAIT).await
}

fn body(length: usize) -> Vec<u8> {
    (0..length).map(|index| (index * 7 % 251) as u8).collect()
}

/// DNS-1 to DNS-6
#[tokio::test]
async fn requests_and_answers_of_all_lengths_go_through() {
    let relay = SmallRelay::start(Does::Echo(3)).await;
    let carrier = DnsCarrier::asking(vec![relay.address]);
    for length in [1, 100, 104, 3_463, REQUEST_BYTES_MAX] {
        let sent = body(length);
        assert_eq!(exchange(&carrier, &relay.relay_address(), &sent).await.unwrap(), sent.repeat(3), "{length}");
    }
    assert_eq!(relay.runs.load(Ordering::SeqCst), 5);
    assert_eq!(relay.sessions.lock().len(), 1);
    let long = exchange(&carrier, &relay.relay_address(), &body(REQUEST_BYTES_MAX + 1)).await;
    assert_eq!(long, Err(CarrierError::Narrow { max: REQUEST_BYTES_MAX }));
}

/// What one text costs: docs/THREAT_MODEL.md says what watchers count.
#[tokio::test]
async fn a_sealed_request_takes_some_forty_queries() {
    let relay = SmallRelay::start(Does::Echo(1)).await;
    let carrier = DnsCarrier::asking(vec![relay.address]);
    exchange(&carrier, &relay.relay_address(), &body(3_463)).await.unwrap();
    let queries = relay.queries.load(Ordering::SeqCst);
    // Twice what it takes: on a busy machine some are late and sent again.
    assert!((30..=80).contains(&queries), "{queries}");
}

/// DNS-6: whatever a resolver loses, repeats and mixes up, the request is run and its answer comes.
#[tokio::test]
async fn an_exchange_survives_what_resolvers_do() {
    let lossy = Manners { lost: 6, twice: 15, late: 30, fails: 3, shuffles_case: true, ..Manners::default() };
    let mut all = tokio::task::JoinSet::new();
    for seed in 0..8u64 {
        all.spawn(async move {
            let relay = SmallRelay::start(Does::Echo(2)).await;
            let resolver = SmallResolver::before(relay.address, lossy, seed).await;
            let carrier = DnsCarrier::asking(vec![resolver.address]);
            for length in [900, 2_200] {
                let sent = body(length);
                let answer = exchange(&carrier, &relay.relay_address(), &sent).await;
                assert_eq!(answer.unwrap(), sent.repeat(2), "seed {seed}, {length} bytes");
            }
        });
    }
    while let Some(ended) = all.join_next().await {
        ended.unwrap();
    }
}

/// DNS-33: who answers first may be none of those who were asked.
#[tokio::test]
async fn a_forged_answer_that_comes_first_is_not_believed() {
    let relay = SmallRelay::start(Does::Echo(1)).await;
    let manners = Manners { forges: true, ..Manners::default() };
    let resolver = SmallResolver::before(relay.address, manners, 1).await;
    let carrier = DnsCarrier::asking(vec![resolver.address]);
    let sent = body(2_000);
    assert_eq!(exchange(&carrier, &relay.relay_address(), &sent).await.unwrap(), sent);
    assert_eq!((relay.runs.load(Ordering::SeqCst), relay.sessions.lock().len()), (1, 1));
}

/// DNS-2
#[tokio::test]
async fn a_resolver_without_edns_brings_short_answers() {
    let relay = SmallRelay::start(Does::Echo(1)).await;
    let manners = Manners { plain: true, shuffles_case: true, ..Manners::default() };
    let resolver = SmallResolver::before(relay.address, manners, 1).await;
    let carrier = DnsCarrier::asking(vec![resolver.address]);
    let sent = body(3_000);
    assert_eq!(exchange(&carrier, &relay.relay_address(), &sent).await.unwrap(), sent);
}

/// DNS-5
#[tokio::test]
async fn an_answer_that_comes_late_is_asked_for_more_and_more_seldom() {
    let relay = SmallRelay::start(Does::Late(Duration::from_millis(1_200))).await;
    let carrier = DnsCarrier::asking(vec![relay.address]);
    let sent = body(50);
    assert_eq!(exchange(&carrier, &relay.relay_address(), &sent).await.unwrap(), sent);
    // The small relay answers at once, so only the pauses keep the questions apart.
    let queries = relay.queries.load(Ordering::SeqCst);
    assert!((4..=12).contains(&queries), "{queries}");
}

/// DNS-13
#[tokio::test]
async fn a_relay_that_was_started_anew_is_greeted_anew() {
    let relay = SmallRelay::start(Does::Echo(1)).await;
    let carrier = DnsCarrier::asking(vec![relay.address]);
    let sent = body(500);
    for sessions in 1..=3 {
        assert_eq!(exchange(&carrier, &relay.relay_address(), &sent).await.unwrap(), sent);
        assert_eq!(relay.sessions.lock().len(), 1, "{sessions}");
        relay.sessions.lock().clear();
    }
}

/// DNS-30
#[tokio::test]
async fn the_first_name_server_that_brings_the_relays_answer_is_asked() {
    let relay = SmallRelay::start(Does::Echo(1)).await;
    let refuses = Manners { fails: 100, ..Manners::default() };
    let refusing = SmallResolver::before(relay.address, refuses, 1).await;
    let nobody = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let carrier = DnsCarrier::asking(vec![nobody.local_addr().unwrap(), refusing.address, relay.address]);
    carrier.ready(&relay.relay_address()).await.unwrap();
    let sent = body(200);
    assert_eq!(exchange(&carrier, &relay.relay_address(), &sent).await.unwrap(), sent);
}

#[tokio::test]
async fn a_zone_of_somebody_else_and_silence_are_no_way_and_say_why() {
    let relay = SmallRelay::start(Does::Echo(1)).await;
    let mut other = relay.relay_address();
    other.dns = Some(DnsPlace { zone: ZONE.into(), key: DnsKey::from_seed(&Secret32([8; 32])).public() });
    let carrier = DnsCarrier::asking(vec![relay.address]);
    let error = carrier.ready(&other).await.unwrap_err();
    assert!(matches!(&error, CarrierError::Connect(why) if why.contains("no relay that knows us")), "{error}");
    let without = RelayAddress { dns: None, ..other };
    assert!(!carrier.serves(&without) && carrier.serves(&relay.relay_address()));
    assert!(matches!(carrier.ready(&without).await, Err(CarrierError::Connect(_))));
    let none = DnsCarrier::asking(Vec::new()).ready(&relay.relay_address()).await.unwrap_err();
    assert!(none.to_string().contains("name servers"), "{none}");
}

/// DNS-6
#[tokio::test]
async fn a_name_server_that_falls_silent_ends_the_exchange_within_seconds() {
    let relay = SmallRelay::start(Does::Late(Duration::from_secs(3_600))).await;
    let resolver = SmallResolver::before(relay.address, Manners::default(), 1).await;
    let carrier = DnsCarrier::asking(vec![resolver.address]);
    carrier.ready(&relay.relay_address()).await.unwrap();
    resolver.silent.store(true, Ordering::SeqCst);
    let began = Instant::now();
    let ended = exchange(&carrier, &relay.relay_address(), &body(2_000)).await;
    assert!(matches!(ended, Err(CarrierError::Broken(_))), "{ended:?}");
    assert!(began.elapsed() < Duration::from_secs(12), "{:?}", began.elapsed());
}
