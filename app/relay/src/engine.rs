//! The one thread that owns the store. It runs requests of all connections in batches, one sync to disk for each, so
//! that many deposits in flight share the cost of one.

use crate::StartError;
use mailbox::frame::RequestFrame;
use mailbox::limits::{Limits, Source};
use mailbox::relay::{Counters, RelayCore, Ticket};
use mailbox::store::Totals;
use mailbox::{Refusal, Response};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;
use store::clock::now;
use store::relay::RelayStore;
use tokio::sync::oneshot;
use wire::UnixMillis;

/// Requests that wait for the thread; what comes above is refused.
const QUEUE_MAX: usize = 8_192;
/// Requests in one batch: bounds the memory of a transaction and the wait of the first request in it.
const BATCH_MAX: usize = 1_024;
/// Work in one batch ([`RelayCore::work`]), besides what the request adds that goes past it: a few acknowledgements of
/// thousands of cells take as long as a thousand deposits.
const WORK_MAX: u64 = 8_192;
/// How often the disk is asked how much is free on it, in milliseconds.
const DISK_EVERY_MS: u64 = 1_000;
/// When to try again after the queue was full, in milliseconds.
const RETRY_AFTER_MS: u32 = 500;

/// Runs requests; cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Engine {
    sender: SyncSender<Command>,
    next_ticket: Arc<AtomicU64>,
    snapshot: Arc<Mutex<Snapshot>>,
}

/// The thread, to be waited for at the end.
#[derive(Debug)]
pub(crate) struct EngineThread {
    sender: SyncSender<Command>,
    thread: JoinHandle<()>,
}

/// Ends with an error when the thread has ended, for whatever reason.
pub(crate) type Ended = oneshot::Receiver<()>;

/// Says how many bytes are free on the disk, if that is known.
pub(crate) type FreeBytes = Box<dyn FnMut() -> Option<u64> + Send>;

/// What the metrics show.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Snapshot {
    pub(crate) counters: Counters,
    pub(crate) totals: Totals,
    pub(crate) polls_open: usize,
    pub(crate) disk_tight: bool,
}

enum Command {
    Run { ticket: Ticket, source: Source, frame: RequestFrame, reply: oneshot::Sender<Response> },
    Cancel(Ticket),
    Stop,
}

impl Engine {
    /// Opens the store and starts the thread.
    pub(crate) fn start(
        path: &Path,
        limits: Limits,
        free: FreeBytes,
    ) -> Result<(Self, EngineThread, Ended), StartError> {
        let failed = |reason: String| StartError::Store(reason);
        let store = RelayStore::open(path).map_err(|error| failed(error.to_string()))?;
        let core = RelayCore::new(store, limits, now()).map_err(|error| failed(error.to_string()))?;
        let (sender, receiver) = sync_channel(QUEUE_MAX);
        let snapshot = Arc::new(Mutex::new(Snapshot { totals: core.totals(), ..Snapshot::default() }));
        let seen = Arc::clone(&snapshot);
        let (alive, ended) = oneshot::channel::<()>();
        let thread = std::thread::Builder::new()
            .name("relay-store".into())
            .spawn(move || {
                // Dropped at the end, also at a panic's.
                let _alive = alive;
                serve(core, &receiver, &seen, free);
            })
            .map_err(|error| failed(error.to_string()))?;
        let engine = Self { sender: sender.clone(), next_ticket: Arc::default(), snapshot };
        Ok((engine, EngineThread { sender, thread }, ended))
    }

    /// Runs a request; answered when what it says is on disk. Dropping the future cancels a waiting fetch.
    pub(crate) async fn run(&self, source: Source, frame: RequestFrame) -> Response {
        let ticket = Ticket(self.next_ticket.fetch_add(1, Ordering::Relaxed));
        let (reply, answer) = oneshot::channel();
        let overloaded = Response::Refused(Refusal::Overloaded { retry_after_ms: RETRY_AFTER_MS });
        match self.sender.try_send(Command::Run { ticket, source, frame, reply }) {
            Ok(()) => {}
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => return overloaded,
        }
        let mut guard = CancelGuard { engine: self, ticket, done: false };
        let response = answer.await;
        guard.done = true;
        response.unwrap_or(overloaded)
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        *self.snapshot.lock()
    }
}

impl EngineThread {
    /// Ends the thread after its current batch and waits until the store is closed.
    pub(crate) async fn stop(self) {
        let waited = tokio::task::spawn_blocking(move || {
            self.sender.send(Command::Stop).ok();
            self.thread.join().ok();
        });
        waited.await.ok();
    }
}

/// Tells the thread when nobody waits for an answer any more.
struct CancelGuard<'a> {
    engine: &'a Engine,
    ticket: Ticket,
    done: bool,
}

impl Drop for CancelGuard<'_> {
    fn drop(&mut self) {
        if !self.done {
            // If the queue is full the poll simply ends at its deadline.
            self.engine.sender.try_send(Command::Cancel(self.ticket)).ok();
        }
    }
}

fn serve(
    mut core: RelayCore<RelayStore>,
    receiver: &Receiver<Command>,
    snapshot: &Mutex<Snapshot>,
    mut free: FreeBytes,
) {
    let mut waiting: HashMap<Ticket, oneshot::Sender<Response>> = HashMap::new();
    let mut next_look = UnixMillis(0);
    loop {
        let wait_ms = core.next_timeout().since(now());
        let first = match receiver.recv_timeout(Duration::from_millis(wait_ms)) {
            Ok(command) => Some(command),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => return,
        };
        let at = now();
        // A clock that was set back must not put the next look off for long.
        if at >= next_look || next_look.since(at) > DISK_EVERY_MS {
            next_look = at.plus_ms(DISK_EVERY_MS);
            if let Some(bytes) = free() {
                core.handle_disk(bytes);
            }
        }
        let stopping = run_batch(&mut core, &mut waiting, first, receiver, at);
        if at >= core.next_timeout() {
            core.handle_timeout(at);
        }
        if let Err(error) = core.commit(at) {
            tracing::error!(%error, "a batch was not stored; its requests were refused");
        }
        // Before the answers: who has one finds what it did among the figures.
        *snapshot.lock() = Snapshot {
            counters: core.counters(),
            totals: core.totals(),
            polls_open: core.polls_open(),
            disk_tight: core.disk_tight(),
        };
        while let Some((ticket, response)) = core.poll_reply() {
            if let Some(reply) = waiting.remove(&ticket) {
                // Whoever asked may be gone: then nothing is lost, the cells stay until acknowledged.
                reply.send(response).ok();
            }
        }
        if stopping {
            return;
        }
    }
}

/// Runs what waits, up to a batch. Whether the relay is to stop; what came before that is run and committed.
fn run_batch(
    core: &mut RelayCore<RelayStore>,
    waiting: &mut HashMap<Ticket, oneshot::Sender<Response>>,
    first: Option<Command>,
    receiver: &Receiver<Command>,
    at: UnixMillis,
) -> bool {
    let rest = std::iter::from_fn(|| receiver.try_recv().ok());
    for command in first.into_iter().chain(rest).take(BATCH_MAX) {
        match command {
            Command::Run { ticket, source, frame, reply } => {
                waiting.insert(ticket, reply);
                core.handle_request(ticket, source, frame, at);
            }
            Command::Cancel(ticket) => {
                core.cancel(ticket);
                waiting.remove(&ticket);
            }
            Command::Stop => return true,
        }
        if core.work() >= WORK_MAX {
            break;
        }
    }
    false
}

#[cfg(test)]
mod tests;
