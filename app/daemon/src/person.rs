//! Runs the client core: one thread owns it and its database; exchanges with relays run beside it.

use crate::{behaviour::Behaviour, events::Hub, translate};
use bytes::Bytes;
use carrier::{Carrier, CarrierError, Carriers, Pages, Quiet, Reason, Way};
use client::{
    ChainQuery, Client, Command, CommandError, Effect, Event, ExchangeFailure, ExchangeId, QueryId, Reply,
    view::{self, ChainAnswer, ContactId},
};
use rand_core::OsRng;
use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
    thread,
    time::Duration,
};
use store::{clock::now, people::PeopleStore};
use tokio::{
    runtime::Handle,
    sync::{broadcast, mpsc, oneshot},
    task::{AbortHandle, JoinSet},
    time::sleep,
};
use wire::RelayAddress;

/// Requests that wait for the core; further callers wait to be let in.
const REQUESTS_MAX: usize = 256;
/// Exchanges under way at a time, long polls among them; the rest waits here.
const EXCHANGES_MAX: usize = 256;
/// Questions to the chain that wait for an answer.
const QUERIES_MAX: usize = 256;
/// Contacts with news that a slow listener is behind; one that is further behind looks after all.
const OUTGOING_MAX: usize = 256;
/// The shortest sleep before the core is woken for a timeout that was not settled, against spinning.
const WAKE_MS_MIN: u64 = 1;
/// The longest: a clock that was set back in the meantime is noticed then.
const WAKE_MS_MAX: u64 = 60_000;
/// The same after the core failed: a full disk does not mend in a millisecond.
const WAKE_AFTER_ERROR_MS: u64 = 1_000;

/// Why a question to the person's core has no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AskError {
    /// The core refused.
    #[error(transparent)]
    Command(#[from] CommandError),
    /// The chain did not answer; the sentence is the core's.
    #[error("{0}")]
    Chain(String),
    /// Too many questions at once.
    #[error("too many questions are open: try again in a moment")]
    Busy,
    /// The daemon ends.
    #[error("the daemon is stopping: start it again")]
    Stopped,
}

enum Request {
    Command(Box<Command>, oneshot::Sender<Result<Reply, AskError>>),
    Chain(ChainQuery, oneshot::Sender<Result<ChainAnswer, AskError>>),
}

/// The running core.
#[derive(Clone)]
pub(crate) struct Person {
    requests: mpsc::Sender<Request>,
    outgoing: broadcast::Sender<ContactId>,
}

/// The core's thread.
pub(crate) struct PersonThread(thread::JoinHandle<()>);

impl Person {
    /// Starts to run the core. It ends when every `Person` is dropped.
    pub(crate) fn start(
        client: Client<PeopleStore>,
        ways: Ways,
        hub: Arc<Hub>,
    ) -> anyhow::Result<(Self, PersonThread)> {
        let (requests, received) = mpsc::channel(REQUESTS_MAX);
        let outgoing = broadcast::Sender::new(OUTGOING_MAX);
        let tells = outgoing.clone();
        let runtime = Handle::current();
        let thread = thread::Builder::new().name("person".to_owned()).spawn(move || {
            let running = Running {
                client,
                told_way: ways.carriers.way(),
                ways,
                hub,
                outgoing: tells,
                exchanges: JoinSet::new(),
                aborts: BTreeMap::new(),
                starts: VecDeque::new(),
                queries: BTreeMap::new(),
                wake_ms: WAKE_MS_MIN,
            };
            runtime.block_on(running.run(received));
        })?;
        Ok((Self { requests, outgoing }, PersonThread(thread)))
    }

    /// Contacts to whom something new is on its way, from now on.
    pub(crate) fn outgoing(&self) -> broadcast::Receiver<ContactId> {
        self.outgoing.subscribe()
    }

    /// Has the core do something.
    pub(crate) async fn command(&self, command: Command) -> Result<Reply, AskError> {
        let (answer, answered) = oneshot::channel();
        let request = Request::Command(Box::new(command), answer);
        self.requests.send(request).await.map_err(|_| AskError::Stopped)?;
        answered.await.map_err(|_| AskError::Stopped)?
    }

    /// Asks the chain; the core checks what proofs come with the answer.
    pub(crate) async fn chain(&self, query: ChainQuery) -> Result<ChainAnswer, AskError> {
        let (answer, answered) = oneshot::channel();
        self.requests.send(Request::Chain(query, answer)).await.map_err(|_| AskError::Stopped)?;
        answered.await.map_err(|_| AskError::Stopped)?
    }
}

impl PersonThread {
    /// Waits until the core has ended and its database is closed.
    pub(crate) async fn join(self) {
        let _ = tokio::task::spawn_blocking(move || self.0.join()).await;
    }
}

/// How exchanges leave the machine, and what is said of it.
#[derive(Clone)]
pub(crate) struct Ways {
    pub(crate) carriers: Arc<Carriers>,
    pub(crate) behaviour: Arc<Behaviour>,
    pub(crate) pages: Arc<Pages>,
}

impl Ways {
    /// What the core says of the relays, and what there is to say of the way to them.
    pub(crate) fn told(&self, status: view::CarrierStatus) -> api::local::CarrierStatus {
        translate::carrier(status, &self.carriers, &self.behaviour.used(), self.pages.count())
    }
}

/// An exchange that is to be begun.
struct Start {
    id: ExchangeId,
    entry: RelayAddress,
    body: Bytes,
    timeout_ms: u64,
}

/// What came of an exchange, through which entry relay, and whether a narrow way leads there.
struct Exchanged {
    id: ExchangeId,
    entry: RelayAddress,
    narrow: bool,
    answer: Result<Vec<u8>, ExchangeFailure>,
}

struct Running {
    client: Client<PeopleStore>,
    ways: Ways,
    /// What the page knows of the way.
    told_way: Way,
    hub: Arc<Hub>,
    outgoing: broadcast::Sender<ContactId>,
    exchanges: JoinSet<Exchanged>,
    aborts: BTreeMap<ExchangeId, AbortHandle>,
    /// Exchanges that wait for a place; the core has a bounded number for each relay.
    starts: VecDeque<Start>,
    queries: BTreeMap<QueryId, oneshot::Sender<Result<ChainAnswer, AskError>>>,
    wake_ms: u64,
}

impl Running {
    async fn run(mut self, mut requests: mpsc::Receiver<Request>) {
        let mut quiet = self.ways.carriers.quiet();
        loop {
            self.settle();
            let wake = self.client.next_timeout().map(|at| at.since(now()).min(WAKE_MS_MAX).max(self.wake_ms));
            tokio::select! {
                request = requests.recv() => match request {
                    Some(request) => self.answer(request),
                    None => return,
                },
                Some(done) = self.exchanges.join_next(), if !self.exchanges.is_empty() => {
                    if let Ok(Exchanged { id, entry, narrow, answer }) = done {
                        self.aborts.remove(&id);
                        if answer.is_ok() {
                            self.client.handle_narrow(&entry, narrow, now());
                        }
                        let handled = self.client.handle_exchanged(id, answer, now(), &mut OsRng);
                        self.note(handled);
                        self.tell_way();
                    }
                }
                Ok(Quiet { relay, quiet_ms }) = quiet.recv() => {
                    let handled = self.client.handle_quiet(&relay, quiet_ms, now(), &mut OsRng);
                    self.note(handled);
                }
                () = sleep(Duration::from_millis(wake.unwrap_or(0))), if wake.is_some() => {
                    let handled = self.client.handle_timeout(now(), &mut OsRng);
                    self.note(handled);
                }
            }
        }
    }

    /// Does what the core wants done and tells what it tells.
    fn settle(&mut self) {
        // what is cancelled makes room at once, whatever waits before it
        while let Some(effect) = self.client.poll_effect() {
            match effect {
                Effect::Exchange { id, entry, body, timeout_ms } => {
                    self.starts.push_back(Start { id, entry, body: Bytes::from(body), timeout_ms });
                }
                Effect::Cancel(id) => match self.aborts.remove(&id) {
                    Some(abort) => abort.abort(),
                    None => self.starts.retain(|start| start.id != id),
                },
            }
        }
        while self.aborts.len() < EXCHANGES_MAX {
            let Some(Start { id, entry, body, timeout_ms }) = self.starts.pop_front() else { break };
            let carriers = Arc::clone(&self.ways.carriers);
            let abort = self.exchanges.spawn(async move {
                let answer = carriers.exchange(&entry, body, Duration::from_millis(timeout_ms)).await;
                let narrow = carriers.way_to(&entry).reason == Reason::Narrow;
                let answer = answer.map(|bytes| bytes.to_vec()).map_err(|error| failure(&error));
                Exchanged { id, entry, narrow, answer }
            });
            self.aborts.insert(id, abort);
        }
        while let Some(event) = self.client.poll_event() {
            self.tell(event);
        }
        self.queries.retain(|_, asker| !asker.is_closed());
    }

    /// Tells when exchanges go another way than before.
    fn tell_way(&mut self) {
        let way = self.ways.carriers.way();
        if way != self.told_way
            && let Ok(Reply::Carrier(status)) = self.client.handle_command(Command::CarrierStatus, now(), &mut OsRng)
        {
            self.tell(Event::Carrier(status));
        }
    }

    fn tell(&mut self, event: Event) {
        if let Event::Carrier(status) = event {
            self.told_way = self.ways.carriers.way();
            let carrier = self.ways.told(status);
            self.hub.publish(api::Event::Carrier { carrier });
        } else if let Event::ChainAnswer { query, answer } = event {
            if let Some(asker) = self.queries.remove(&query) {
                // Whoever asked may have gone.
                let _ = asker.send(answer.map_err(AskError::Chain));
            }
        } else if let Event::Outgoing(contact) = event {
            // Nobody need listen.
            let _ = self.outgoing.send(contact);
        } else if let Some(event) = translate::event(event) {
            self.hub.publish(event);
        }
    }

    fn answer(&mut self, request: Request) {
        match request {
            Request::Command(command, answer) => {
                let reply = self.client.handle_command(*command, now(), &mut OsRng);
                let _ = answer.send(reply.map_err(AskError::from));
            }
            Request::Chain(_, answer) if self.queries.len() >= QUERIES_MAX => {
                let _ = answer.send(Err(AskError::Busy));
            }
            Request::Chain(query, answer) => {
                match self.client.handle_command(Command::Chain(query), now(), &mut OsRng) {
                    Ok(Reply::Query(id)) => {
                        self.queries.insert(id, answer);
                    }
                    Ok(_) => {
                        let _ = answer.send(Err(AskError::Chain("the chain can't be asked".to_owned())));
                    }
                    Err(error) => {
                        let _ = answer.send(Err(AskError::Command(error)));
                    }
                }
            }
        }
    }

    fn note(&mut self, handled: Result<(), CommandError>) {
        self.wake_ms = match handled {
            Ok(()) => WAKE_MS_MIN,
            Err(error) => {
                tracing::error!(%error, "the profile could not be updated");
                WAKE_AFTER_ERROR_MS
            }
        };
    }
}

fn failure(error: &CarrierError) -> ExchangeFailure {
    tracing::debug!(%error, "an exchange brought nothing");
    match error {
        CarrierError::Timeout(_) => ExchangeFailure::TimedOut,
        CarrierError::Decoy { .. } | CarrierError::TooLarge { .. } | CarrierError::Pin => ExchangeFailure::Refused,
        CarrierError::Narrow { .. } => ExchangeFailure::Narrow,
        CarrierError::Address(_)
        | CarrierError::Connect(_)
        | CarrierError::Tls(_)
        | CarrierError::Silent { .. }
        | CarrierError::Broken(_)
        | CarrierError::Absent(_)
        | _ => ExchangeFailure::Unreachable,
    }
}
