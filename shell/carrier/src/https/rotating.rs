//! The `https` disguise where connections freeze after some kilobytes: none of ours carries so many (CAR-21 to CAR-23).

use super::connection::{Connection, Place};
use super::dial::{Line, dial};
use super::lines::{Lines, PerRelay};
use crate::segment::{
    self, ANSWER_BYTES_MAX, Next, Piece, Room, SEGMENT_BYTES_MAX, Segment, SegmentError, SegmentReply, Segmented,
    WAIT_MS_MAX, decode_segment_reply, encode_segment,
};
use crate::{Carrier, CarrierError, profile::Profile, tls::Authorities};
use bytes::Bytes;
use parking_lot::Mutex;
use rand_core::{OsRng, RngCore};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use wire::RelayAddress;

/// What a request costs besides its body: heads and frames of HTTP/2, records of TLS. More than any was seen to.
const REQUEST_COST_BYTES: u64 = 360;
/// What an answer costs besides its body.
const REPLY_COST_BYTES: u64 = 280;
/// A PING while an answer is waited for: frame and record, there and back.
const PING_COST_BYTES: u64 = 100;
/// What the end of a connection costs: GOAWAY, resets and the end of TLS.
const END_COST_BYTES: u64 = 160;
/// For one that waits to be told of a free place, against a word that was missed.
const LOOK_AGAIN: Duration = Duration::from_millis(250);
/// Connections that may fail to be made before the exchange does.
const DIALS_FAILED_MAX: usize = 3;

/// Exchanges over HTTPS, cut into segments, over connections that are used up soon.
#[derive(Debug, Default)]
pub struct RotatingCarrier {
    lines: Arc<Lines>,
    pools: PerRelay<Arc<Pool>>,
}

impl RotatingCarrier {
    /// A carrier that behaves as a profile says.
    #[must_use]
    pub fn with_profile(profile: Profile) -> Self {
        Self::on(Arc::new(Lines::new(profile, Authorities::default())))
    }

    pub(crate) fn on(lines: Arc<Lines>) -> Self {
        Self { lines, pools: PerRelay::default() }
    }

    fn pool(&self, to: &RelayAddress) -> Result<Arc<Pool>, CarrierError> {
        self.pools.get(to, || Ok(Arc::new(Pool { line: self.lines.get(to)?, state: Mutex::default() })))
    }
}

#[async_trait::async_trait]
impl Carrier for RotatingCarrier {
    fn name(&self) -> &'static str {
        "https-rotating"
    }

    fn family(&self) -> &'static str {
        "https"
    }

    async fn ready(&self, to: &RelayAddress) -> Result<(), CarrierError> {
        let pool = self.pool(to)?;
        let smallest = pool.line.profile.pad_bytes.first().copied().unwrap_or(0);
        let room = Room { request: smallest.into(), reply: 0 };
        pool.place(room, room, 0).await.map(drop)
    }

    async fn exchange(&self, to: &RelayAddress, body: Bytes, limit: Duration) -> Result<Bytes, CarrierError> {
        let pool = self.pool(to)?;
        let run = async {
            loop {
                match exchange_once(&pool, to, &body).await {
                    // The relay was started anew, or has forgotten it: begin anew.
                    Err(Ended::Gone) => {}
                    Err(Ended::Failed(error)) => return Err(error),
                    Ok(answer) => return Ok(answer),
                }
            }
        };
        match timeout(limit, run).await {
            Ok(result) => result,
            Err(_elapsed) => Err(CarrierError::Timeout(limit)),
        }
    }
}

/// Why one run of an exchange brought no answer.
enum Ended {
    Gone,
    Failed(CarrierError),
}

/// An exchange that several connections work at.
struct Job {
    to: RelayAddress,
    pool: Arc<Pool>,
    state: Mutex<(Segmented, usize)>,
    changed: watch::Sender<u64>,
}

async fn exchange_once(pool: &Arc<Pool>, to: &RelayAddress, body: &Bytes) -> Result<Bytes, Ended> {
    let profile = &pool.line.profile;
    let mut name = [0; 16];
    OsRng.fill_bytes(&mut name);
    let largest = profile.pad_bytes.last().copied().unwrap_or(0);
    let state = Segmented::new(name, body.to_vec(), largest, ANSWER_BYTES_MAX);
    let job = Arc::new(Job {
        to: to.clone(),
        pool: Arc::clone(pool),
        state: Mutex::new((state, 0)),
        changed: watch::channel(0).0,
    });
    let mut workers = JoinSet::new();
    for _ in 0..profile.rotate_parallel {
        let job = Arc::clone(&job);
        workers.spawn(async move { job.work().await });
    }
    while let Some(ended) = workers.join_next().await {
        ended.map_err(|error| Ended::Failed(CarrierError::Broken(error.to_string())))??;
    }
    let answer = job.state.lock().0.take_answer();
    let missing = || Ended::Failed(CarrierError::Broken("the answer is not whole".to_owned()));
    answer.map(Bytes::from).ok_or_else(missing)
}

impl Job {
    /// Brings pieces to the relay until the exchange is done.
    async fn work(&self) -> Result<(), Ended> {
        loop {
            let mut changed = self.changed.subscribe();
            let next = self.state.lock().0.next_piece();
            match next {
                Next::Done => return Ok(()),
                // The sender is part of the job.
                Next::Later => {
                    changed.changed().await.ok();
                }
                Next::Send(piece) => {
                    self.bring(piece).await?;
                    self.changed.send_modify(|version| *version = version.wrapping_add(1));
                }
            }
        }
    }

    async fn bring(&self, mut piece: Piece) -> Result<(), Ended> {
        let pads = &self.pool.line.profile.pad_bytes;
        let (least, best) = self.state.lock().0.room(&piece, pads);
        let pings = self.pool.pings(segment::wait_s(&piece));
        let (place, room) = match self.pool.place(least, best, pings).await {
            Ok(place) => place,
            Err(error) => return self.failed(piece, error),
        };
        let segment = self.state.lock().0.segment(&mut piece, room);
        // What was cut off is for others.
        self.changed.send_modify(|version| *version = version.wrapping_add(1));
        match self.send(&place, &segment, room).await {
            Ok(SegmentReply::Gone) => Err(Ended::Gone),
            Ok(SegmentReply::Nothing) => Err(Ended::Failed(CarrierError::Decoy { status: 404 })),
            Ok(SegmentReply::Full { retry_after_ms }) => {
                drop(place);
                sleep(Duration::from_millis(u64::from(retry_after_ms.min(WAIT_MS_MAX)))).await;
                self.failed(piece, CarrierError::Broken("the relay is full".to_owned()))
            }
            Ok(reply) => {
                let taken = self.state.lock().0.replied(piece, reply);
                taken.map_err(|error| {
                    if error == SegmentError::Forgotten {
                        return Ended::Gone;
                    }
                    Ended::Failed(CarrierError::Broken(error.to_string()))
                })
            }
            Err(error) => self.failed(piece, error),
        }
    }

    async fn send(&self, place: &Place, segment: &Segment, room: Room) -> Result<SegmentReply, CarrierError> {
        let malformed = |error: SegmentError| CarrierError::Broken(error.to_string());
        let pads = &self.pool.line.profile.pad_bytes;
        let fitting: Vec<u16> = pads.iter().copied().filter(|size| usize::from(*size) <= room.request).collect();
        let frame = encode_segment(segment, &fitting).map_err(malformed)?;
        let reply = place.post(&self.to, Bytes::from(frame)).await.map_err(|failed| failed.error)?;
        decode_segment_reply(&reply).map_err(malformed)
    }

    /// Gives the piece to another connection, unless it can't get better.
    fn failed(&self, piece: Piece, error: CarrierError) -> Result<(), Ended> {
        let mut state = self.state.lock();
        if let CarrierError::Connect(_) | CarrierError::Tls(_) = error {
            state.1 = state.1.saturating_add(1);
        }
        let hopeless = match error {
            CarrierError::Silent { .. } | CarrierError::Broken(_) => false,
            CarrierError::Connect(_) | CarrierError::Tls(_) => state.1 >= DIALS_FAILED_MAX,
            CarrierError::Address(_)
            | CarrierError::Pin
            | CarrierError::Timeout(_)
            | CarrierError::Decoy { .. }
            | CarrierError::TooLarge { .. }
            | CarrierError::Narrow { .. }
            | CarrierError::Absent(_) => true,
        };
        if state.0.failed(piece) && !hopeless { Ok(()) } else { Err(Ended::Failed(error)) }
    }
}

/// The connections to one relay.
#[derive(Debug)]
struct Pool {
    line: Arc<Line>,
    state: Mutex<PoolState>,
}

#[derive(Debug, Default)]
struct PoolState {
    connections: Vec<Arc<Connection>>,
    dialling: usize,
}

/// A connection in the making, counted until it is made or given up.
struct Dialling(Arc<Pool>);

impl Dialling {
    fn begin(pool: &Arc<Pool>, state: &mut PoolState) -> Option<Self> {
        let under_way = state.connections.len().saturating_add(state.dialling);
        if under_way >= usize::from(pool.line.profile.rotate_parallel) {
            return None;
        }
        state.dialling = state.dialling.saturating_add(1);
        Some(Self(Arc::clone(pool)))
    }

    /// Makes the connection. Whoever it is made for takes a place on it before others see it.
    async fn run<T>(self, first: impl FnOnce(&Arc<Connection>) -> T) -> Result<T, CarrierError> {
        let connection = dial(&self.0.line).await?;
        let taken = first(&connection);
        self.0.state.lock().connections.push(connection);
        Ok(taken)
    }
}

impl Drop for Dialling {
    fn drop(&mut self) {
        let mut state = self.0.state.lock();
        state.dialling = state.dialling.saturating_sub(1);
        drop(state);
        self.0.line.freed.notify_waiters();
    }
}

impl Pool {
    /// PINGs in so many seconds, at most.
    fn pings(&self, wait_s: u64) -> u64 {
        wait_s.saturating_mul(1_000).div_ceil(u64::from(self.line.profile.ping_ms).max(1))
    }

    /// A place on a connection with room, at best for `best`, at least for `least`, and how much room there is.
    async fn place(self: &Arc<Self>, least: Room, best: Room, pings: u64) -> Result<(Place, Room), CarrierError> {
        let (least_cost, best_cost) = (cost(least, pings), cost(best, pings));
        loop {
            let freed = self.line.freed.notified();
            let dialling = {
                let mut state = self.state.lock();
                state.connections.retain(|connection| !connection.has_ended());
                if let Some(connection) = fullest(&state.connections, self.budget(), best_cost)
                    && let Some(place) = connection.take(best_cost)
                {
                    self.prepare(&mut state);
                    return Ok((place, best));
                }
                Dialling::begin(self, &mut state)
            };
            if let Some(dialling) = dialling {
                let taken = dialling.run(|connection| self.fit(connection, least, best, pings)).await?;
                let error = "what a connection may carry is used up by its beginning, or it ended at once";
                let taken = taken.ok_or_else(|| CarrierError::Broken(error.to_owned()))?;
                self.prepare(&mut self.state.lock());
                return Ok(taken);
            }
            let found = {
                let state = self.state.lock();
                let emptiest = state.connections.iter().max_by_key(|connection| connection.left(self.budget()));
                emptiest.and_then(|connection| self.fit(connection, least, best, pings))
            };
            match found {
                Some(found) => return Ok(found),
                None if self.retire_unfit(least_cost) => {}
                None => drop(timeout(LOOK_AGAIN, freed).await),
            }
        }
    }

    /// As much of the room wished for as a connection has.
    fn fit(&self, connection: &Arc<Connection>, least: Room, best: Room, pings: u64) -> Option<(Place, Room)> {
        let left = connection.left(self.budget());
        let spare = usize::try_from(left.checked_sub(cost(least, pings))?).unwrap_or(usize::MAX);
        // The request first; it may only have sizes of the profile.
        let most = least.request.saturating_add(spare).min(best.request);
        let sizes = self.line.profile.pad_bytes.iter().map(|size| usize::from(*size));
        let request = sizes.filter(|size| (least.request..=most).contains(size)).max().unwrap_or(least.request);
        let spare = spare.saturating_sub(request.saturating_sub(least.request));
        let reply = least.reply.saturating_add(spare).min(best.reply);
        let room = Room { request, reply };
        Some((connection.take(cost(room, pings))?, room))
    }

    /// What a connection may carry before it ends.
    fn budget(&self) -> u64 {
        u64::from(self.line.profile.rotate_bytes).saturating_sub(END_COST_BYTES)
    }

    /// Opens the next connection when none has room for another segment (CAR-22).
    fn prepare(self: &Arc<Self>, state: &mut PoolState) {
        let next = self.line.profile.pad_bytes.get(1).copied().unwrap_or(0);
        let next = cost(Room { request: next.into(), reply: 0 }, 0);
        if state.connections.iter().any(|connection| connection.left(self.budget()) >= next) {
            return;
        }
        if let Some(dialling) = Dialling::begin(self, state) {
            // If it can't be made, whoever needs one finds out.
            tokio::spawn(async move { dialling.run(|_| ()).await.ok() });
        }
    }

    /// Ends one connection that nobody uses and that has no room for this; its place is free then.
    fn retire_unfit(&self, cost: u64) -> bool {
        let state = self.state.lock();
        let unfit = state.connections.iter().filter(|one| one.is_idle() && one.left(self.budget()) < cost);
        let emptied = unfit.min_by_key(|connection| connection.left(self.budget()));
        emptied.inspect(|connection| connection.retire()).is_some()
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.state.lock().connections.iter().for_each(|connection| connection.retire());
    }
}

/// The connection with the least room that is enough.
fn fullest(connections: &[Arc<Connection>], budget: u64, cost: u64) -> Option<&Arc<Connection>> {
    let enough = connections.iter().filter(|connection| connection.left(budget) >= cost);
    enough.min_by_key(|connection| connection.left(budget))
}

/// What an exchange of this size uses of a connection at most.
fn cost(room: Room, pings: u64) -> u64 {
    let body = room.request.saturating_add(room.reply.min(SEGMENT_BYTES_MAX)) as u64;
    body.saturating_add(REQUEST_COST_BYTES)
        .saturating_add(REPLY_COST_BYTES)
        .saturating_add(pings.saturating_mul(PING_COST_BYTES))
}
