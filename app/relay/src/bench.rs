//! What a relay does on this machine: durable deposits and draining, through its store alone and through two real
//! relays on loopback with everything a message pays for (sealing, two TLS connections, opening, sync to disk).

pub mod carriers;

use crate::engine::{Engine, EngineThread};
use crate::{Relay, RelayConfig, RelayHandle, RelayLimits, StartError};
use bytes::Bytes;
use carrier::{Carrier, HttpsCarrier};
use mailbox::cell::{Cell, CellSize};
use mailbox::frame::{Ack, AckMailbox, CELL_LIFETIME_MS_MAX, Create, Deposit, Fetch, Mode, RequestFrame};
use mailbox::hop::seal_request;
use mailbox::limits::{Limits, Rate, Source};
use mailbox::{CellId, ReceiveCapability, Request, Response, SendCapability};
use rand_core::{OsRng, RngCore};
use std::future::Future;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use store::clock;
use tokio::task::JoinSet;
use wire::RelayDescriptor;

/// Mailboxes that share the deposits.
const MAILBOXES: usize = 64;
/// Most requests in flight.
pub const IN_FLIGHT_MAX: usize = 4_096;
/// Longest phase.
pub const SECONDS_MAX: u64 = 600;
/// Bytes of a message in a deposit; with its padding a small cell.
const MESSAGE_BYTES: usize = 1_024;
/// Time for the measurement of the disk.
const DISK_TIME: Duration = Duration::from_secs(1);
const EXCHANGE_TIMEOUT: Duration = Duration::from_secs(60);

/// What to measure.
#[derive(Clone, Debug)]
pub struct BenchConfig {
    /// An empty folder on the disk to be measured.
    pub dir: PathBuf,
    /// Requests in flight, at most [`IN_FLIGHT_MAX`].
    pub in_flight: usize,
    /// Seconds of each phase of deposits, at most [`SECONDS_MAX`].
    pub seconds: u64,
}

/// What one phase measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BenchPhase {
    /// What was done.
    pub name: &'static str,
    /// Of what there are `count`.
    pub unit: &'static str,
    /// How many of `unit` were done.
    pub count: u64,
    /// How long each request took.
    pub took: Vec<Duration>,
    /// How long all took together.
    pub elapsed: Duration,
}

impl BenchPhase {
    /// How many of its unit were done in a second.
    #[must_use]
    pub fn per_second(&self) -> f64 {
        u32::try_from(self.count).map_or(f64::MAX, f64::from) / self.elapsed.as_secs_f64()
    }
}

/// All rows: the disk, the store alone, two relays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BenchReport {
    /// Requests in flight.
    pub in_flight: usize,
    /// The rows in the order of measurement.
    pub phases: Vec<BenchPhase>,
}

/// Why there are no figures.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BenchError {
    /// A relay did not start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The folder can't be written.
    #[error("the folder of the measurement can't be used: {0}")]
    Disk(#[from] std::io::Error),
    /// A request failed, so the figures would be wrong.
    #[error("a request of the measurement failed: {0}")]
    Request(String),
}

/// Runs all phases.
pub async fn run(config: BenchConfig) -> Result<BenchReport, BenchError> {
    let in_flight = config.in_flight.clamp(1, IN_FLIGHT_MAX);
    let time = Duration::from_secs(config.seconds.clamp(1, SECONDS_MAX));
    std::fs::create_dir_all(&config.dir)?;
    let dir = config.dir.clone();
    let disk = tokio::task::spawn_blocking(move || measure_disk(&dir)).await;
    let mut phases = vec![disk.map_err(|error| BenchError::Request(error.to_string()))??];
    let alone = Alone::start(&config.dir)?;
    phases.extend(deposit_and_drain(Arc::new(alone.0), in_flight, time, ["store deposits", "store drain"]).await?);
    alone.1.stop().await;
    let pair = Arc::new(Pair::start(&config.dir).await?);
    let names = ["relay deposits", "relay drain"];
    let measured = deposit_and_drain(Arc::clone(&pair), in_flight, time, names).await;
    if let Some(pair) = Arc::into_inner(pair) {
        pair.stop().await;
    }
    phases.extend(measured?);
    Ok(BenchReport { in_flight, phases })
}

/// Brings a request to a relay and its answer back.
trait Target: Send + Sync + 'static {
    fn ask(&self, request: Request) -> impl Future<Output = Result<Response, BenchError>> + Send;
}

/// The store and its thread, without network.
struct Alone(Engine);

impl Alone {
    fn start(dir: &Path) -> Result<(Self, EngineThread), StartError> {
        let (engine, thread, _ended) = Engine::start(&dir.join("store.db"), limits().mailbox, Box::new(|| None))?;
        Ok((Self(engine), thread))
    }
}

impl Target for Alone {
    async fn ask(&self, request: Request) -> Result<Response, BenchError> {
        let frame = RequestFrame { at: clock::now(), request };
        Ok(self.0.run(Source([0; 16]), frame).await)
    }
}

/// An entry relay and the relay behind it.
struct Pair {
    entry: RelayHandle,
    target: RelayHandle,
    descriptor: RelayDescriptor,
    carrier: HttpsCarrier,
}

impl Pair {
    async fn start(dir: &Path) -> Result<Self, StartError> {
        let config = |name: &str| RelayConfig { limits: limits(), ..RelayConfig::on_loopback(dir.join(name)) };
        let entry = Relay::start(config("entry")).await?;
        let target = Relay::start(config("target")).await?;
        let descriptor = target.descriptor().clone();
        entry.set_peers(vec![descriptor.clone()]);
        Ok(Self { entry, target, descriptor, carrier: HttpsCarrier::new() })
    }

    async fn stop(self) {
        self.entry.stop().await;
        self.target.stop().await;
    }
}

impl Target for Pair {
    async fn ask(&self, request: Request) -> Result<Response, BenchError> {
        let failed = |error: &dyn std::fmt::Display| BenchError::Request(error.to_string());
        let sealed = seal_request(&self.descriptor, request, clock::now());
        let (body, opener) = sealed.map_err(|error| failed(&error))?;
        let entry = &self.entry.descriptor().address;
        let answer = self.carrier.exchange(entry, Bytes::from(body), EXCHANGE_TIMEOUT).await;
        opener.open(&answer.map_err(|error| failed(&error))?).map_err(|error| failed(&error))
    }
}

/// Nothing is refused for its rate: the machine is measured, not its limits.
fn limits() -> RelayLimits {
    let all = Rate { per_second: 10_000_000, burst: 10_000_000 };
    let mailbox = Limits {
        free_quota_cells: u32::MAX,
        free_mailboxes: all,
        free_deposits: all,
        free_cell_kib: Rate { per_second: u32::MAX, burst: u32::MAX },
        cell_bytes_max: u64::MAX,
        ..Limits::default()
    };
    RelayLimits {
        mailbox,
        requests: all,
        requests_max: IN_FLIGHT_MAX,
        requests_per_source_max: IN_FLIGHT_MAX,
        bodies_max: IN_FLIGHT_MAX,
        bodies_per_source_max: IN_FLIGHT_MAX,
        reply_bytes_per_source_max: u64::MAX,
        reply_bytes_max: u64::MAX,
        forwards_per_source_max: IN_FLIGHT_MAX,
        segmented_max: 1_000_000,
        segmented_per_source_max: 1_000_000,
        forwards_per_target_max: IN_FLIGHT_MAX,
        streams_max: u32::try_from(IN_FLIGHT_MAX).unwrap_or(u32::MAX),
        ..RelayLimits::default()
    }
}

async fn deposit_and_drain<T: Target>(
    target: Arc<T>,
    in_flight: usize,
    time: Duration,
    [deposits, drain]: [&'static str; 2],
) -> Result<[BenchPhase; 2], BenchError> {
    let mailboxes = Arc::new(make_mailboxes(&*target).await?);
    let began = Instant::now();
    let mut workers = JoinSet::new();
    for worker in 0..in_flight {
        let (target, mailboxes) = (Arc::clone(&target), Arc::clone(&mailboxes));
        workers.spawn(async move { deposit_until(&*target, &mailboxes, worker, began, time).await });
    }
    let (latencies, count) = join(workers).await?;
    let first = BenchPhase { name: deposits, unit: "deposits", count, took: latencies, elapsed: began.elapsed() };
    let began = Instant::now();
    let mut workers = JoinSet::new();
    let next = Arc::new(AtomicU64::new(0));
    for _ in 0..in_flight.min(MAILBOXES) {
        let (target, mailboxes, next) = (Arc::clone(&target), Arc::clone(&mailboxes), Arc::clone(&next));
        workers.spawn(async move { drain_all(&*target, &mailboxes, &next).await });
    }
    let (latencies, drained) = join(workers).await?;
    if drained != count {
        return Err(BenchError::Request(format!("{count} cells were acknowledged and {drained} came out")));
    }
    let second = BenchPhase { name: drain, unit: "cells", count: drained, took: latencies, elapsed: began.elapsed() };
    Ok([first, second])
}

async fn make_mailboxes(target: &impl Target) -> Result<Vec<(SendCapability, ReceiveCapability)>, BenchError> {
    let mut mailboxes = Vec::with_capacity(MAILBOXES);
    for _ in 0..MAILBOXES {
        let (send, receive) = (SendCapability::random(&mut OsRng), ReceiveCapability::random(&mut OsRng));
        let create = Create {
            send: send.clone(),
            receive: receive.clone(),
            quota_cells: u32::MAX,
            lifetime_ms: CELL_LIFETIME_MS_MAX,
            mode: Mode::Queue,
            stamp: None,
        };
        let answer = target.ask(Request::Create(create)).await?;
        let Response::Created { .. } = answer else { return Err(unexpected(&answer)) };
        mailboxes.push((send, receive));
    }
    Ok(mailboxes)
}

type Measured = Result<(Vec<Duration>, u64), BenchError>;

async fn deposit_until(
    target: &impl Target,
    mailboxes: &[(SendCapability, ReceiveCapability)],
    worker: usize,
    began: Instant,
    time: Duration,
) -> Measured {
    let mut latencies = Vec::new();
    let mut message = vec![0; MESSAGE_BYTES];
    OsRng.fill_bytes(&mut message);
    for (send, _) in mailboxes.iter().cycle().skip(worker.checked_rem(MAILBOXES).unwrap_or(0)) {
        if began.elapsed() >= time {
            break;
        }
        let cell = mailbox::cell::pad(&message, CellSize::Small, 0).and_then(Cell::new);
        let cell = cell.map_err(|error| BenchError::Request(error.to_string()))?;
        let deposit = Deposit { send: send.clone(), cell_id: CellId::random(&mut OsRng), cell, stamp: None };
        let started = Instant::now();
        let answer = target.ask(Request::Deposit(deposit)).await?;
        let Response::Deposited { duplicate: false } = answer else { return Err(unexpected(&answer)) };
        latencies.push(started.elapsed());
    }
    let count = latencies.len() as u64;
    Ok((latencies, count))
}

async fn drain_all(
    target: &impl Target,
    mailboxes: &[(SendCapability, ReceiveCapability)],
    next: &AtomicU64,
) -> Measured {
    let (mut latencies, mut count) = (Vec::new(), 0u64);
    while let Ok(index) = usize::try_from(next.fetch_add(1, Ordering::Relaxed)) {
        let Some((_, receive)) = mailboxes.get(index) else { break };
        loop {
            let started = Instant::now();
            let fetch = Fetch { receive: vec![receive.clone()], wait_ms: 0 };
            let answer = target.ask(Request::Fetch(fetch)).await?;
            let Response::Fetched(fetched) = answer else { return Err(unexpected(&answer)) };
            let sequences: Vec<u64> =
                fetched.mailboxes.iter().flat_map(|one| &one.cells).map(|one| one.sequence).collect();
            if sequences.is_empty() {
                break;
            }
            count = count.saturating_add(sequences.len() as u64);
            let ack = Ack { mailboxes: vec![AckMailbox { receive: receive.clone(), sequences }] };
            let answer = target.ask(Request::Ack(ack)).await?;
            let Response::Acked { .. } = answer else { return Err(unexpected(&answer)) };
            latencies.push(started.elapsed());
        }
    }
    Ok((latencies, count))
}

async fn join(mut workers: JoinSet<Measured>) -> Measured {
    let (mut latencies, mut count) = (Vec::new(), 0u64);
    while let Some(ended) = workers.join_next().await {
        let (some, more) = ended.map_err(|error| BenchError::Request(error.to_string()))??;
        latencies.extend(some);
        count = count.saturating_add(more);
    }
    Ok((latencies, count))
}

/// How often this disk syncs a small append, one after the other: what group commit has to beat.
fn measure_disk(dir: &Path) -> Result<BenchPhase, BenchError> {
    let path = dir.join("fdatasync");
    let mut file = std::fs::File::create(&path)?;
    let (block, mut latencies) = ([0xa5u8; 4_096], Vec::new());
    let began = Instant::now();
    while began.elapsed() < DISK_TIME {
        let started = Instant::now();
        file.write_all(&block)?;
        file.sync_data()?;
        latencies.push(started.elapsed());
    }
    let (count, elapsed) = (latencies.len() as u64, began.elapsed());
    std::fs::remove_file(&path)?;
    Ok(BenchPhase { name: "disk fdatasync", unit: "syncs", count, took: latencies, elapsed })
}

fn unexpected(response: &Response) -> BenchError {
    BenchError::Request(format!("unexpected answer {response:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn every_phase_gives_figures_and_nothing_is_lost() {
        let dir = tempfile::tempdir().unwrap();
        let config = BenchConfig { dir: dir.path().join("bench"), in_flight: 20, seconds: 1 };
        let report = run(config).await.unwrap();
        let names: Vec<_> = report.phases.iter().map(|phase| phase.name).collect();
        assert_eq!(names, ["disk fdatasync", "store deposits", "store drain", "relay deposits", "relay drain"]);
        assert!(report.phases.iter().all(|phase| phase.per_second() > 0.0 && !phase.took.is_empty()), "{report:?}");
    }
}
