//! People on the same network (BUN-50 to BUN-58): who is there is found by mDNS, who is a contact by tokens, and what
//! is on its way goes over in bundles, without a relay. Off until the person switches it on.
//!
//! Requirements: a machine on a network that carries multicast, and contacts who have switched it on too.
//!
//! Provided: [`Lan`], the switch and what there is to say of it.
//!
//! Not provided: becoming contacts; carrying for others (a file does that); IPv6.

mod discovery;
pub(crate) mod meeting;

pub use discovery::{Discovery, Found, Neighbours};

pub(crate) use discovery::Mdns;

use crate::person::{AskError, Person};
use client::{
    Command, Reply,
    e2ee::meeting::Side,
    view::{ContactId, LanKey},
};
use discovery::is_near;
use parking_lot::Mutex;
use rand_core::{OsRng, RngCore as _};
use std::{
    collections::BTreeMap,
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{
    net::{TcpListener, TcpStream},
    task::{AbortHandle, JoinSet},
    time::{sleep, timeout},
};

/// Meetings at a time, introductions among them; further ones are closed at once.
const MEETINGS_MAX: usize = 64;
/// The same with one address.
const MEETINGS_OF_ONE_MAX: usize = 8;
/// Neighbours that are kept in touch with.
const NEIGHBOURS_MAX: usize = 64;
/// An address from which so many strangers came is not listened to before this time has passed.
const STRANGERS_MAX: u32 = 8;
const STRANGERS_PAUSE: Duration = Duration::from_secs(30);
/// Addresses of which that is remembered.
const STRANGE_ADDRESSES_MAX: usize = 256;
/// Of two neighbours the one with the smaller name dials; the other one only after so long, if nobody came.
const POLITE: Duration = Duration::from_secs(5);
const CONNECT: Duration = Duration::from_secs(3);
/// Pause before a neighbour is dialled again, doubled while it is a stranger.
const AGAIN_MIN: Duration = Duration::from_secs(5);
const AGAIN_MAX: Duration = Duration::from_secs(300);
/// What is said when nobody tells of neighbours any more.
const ENDED: &str = "the search for neighbours has ended: turn it off and on again";

/// The switch.
pub(crate) struct Lan {
    person: Person,
    discovery: Arc<dyn Discovery>,
    running: tokio::sync::Mutex<Option<JoinSet<()>>>,
    seen: Arc<Mutex<Seen>>,
}

/// What there is to say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    /// Contacts who are here.
    pub(crate) contacts: BTreeMap<ContactId, String>,
    /// Neighbours, strangers among them.
    pub(crate) neighbours: usize,
    /// Why it can't be done.
    pub(crate) problem: Option<String>,
    /// Meetings with each address.
    meetings: BTreeMap<IpAddr, usize>,
    /// Strangers that came from each address, and since when they are counted.
    strangers: BTreeMap<IpAddr, (Instant, u32)>,
}

impl Lan {
    pub(crate) fn new(person: Person, discovery: Arc<dyn Discovery>) -> Self {
        Self { person, discovery, running: tokio::sync::Mutex::default(), seen: Arc::default() }
    }

    /// Does what the switch says that is stored.
    pub(crate) async fn resume(&self) -> Result<(), AskError> {
        let on = self.is_wanted().await?;
        self.run(on).await;
        Ok(())
    }

    /// Whether it is wanted.
    pub(crate) async fn is_wanted(&self) -> Result<bool, AskError> {
        Ok(matches!(self.person.command(Command::Lan).await?, Reply::Lan(true)))
    }

    /// Turns the switch.
    pub(crate) async fn switch(&self, on: bool) -> Result<(), AskError> {
        self.person.command(Command::LanSet(on)).await?;
        self.run(on).await;
        Ok(())
    }

    /// What there is to say.
    pub(crate) fn seen(&self) -> Seen {
        self.seen.lock().clone()
    }

    /// Begins, or ends all meetings.
    pub(crate) async fn run(&self, on: bool) {
        let mut running = self.running.lock().await;
        if running.as_mut().is_some_and(|tasks| tasks.try_join_next().is_some()) {
            *running = None;
        }
        if on && running.is_some() {
            return;
        }
        if let Some(mut tasks) = running.take() {
            tasks.shutdown().await;
        }
        *self.seen.lock() = Seen::default();
        if !on {
            return;
        }
        let service = Service { person: self.person.clone(), seen: Arc::clone(&self.seen) };
        match begin(self.discovery.as_ref()).await {
            Ok(begun) => {
                let mut tasks = JoinSet::new();
                tasks.spawn(service.serve(begun));
                *running = Some(tasks);
            }
            Err(error) => {
                tracing::warn!(error = format!("{error:#}"), "the local network can't be used");
                self.seen.lock().problem = Some(format!("{error:#}"));
            }
        }
    }
}

/// A socket that listens, and the name it is announced by.
struct Begun {
    name: String,
    listener: TcpListener,
    neighbours: Neighbours,
}

async fn begin(discovery: &dyn Discovery) -> anyhow::Result<Begun> {
    let listener = TcpListener::bind(discovery.listen()).await?;
    let port = listener.local_addr()?.port();
    let name = format!("{:016x}", OsRng.next_u64());
    let neighbours = discovery.begin(&name, port)?;
    Ok(Begun { name, listener, neighbours })
}

/// What a meeting was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Met {
    Contact,
    /// There is another one with the same contact.
    Already,
    Stranger,
}

#[derive(Clone)]
struct Service {
    person: Person,
    seen: Arc<Mutex<Seen>>,
}

/// A neighbour that is kept in touch with.
struct Dialled {
    addresses: Vec<SocketAddr>,
    task: AbortHandle,
}

/// A meeting is counted for as long as this lives.
struct Place {
    seen: Arc<Mutex<Seen>>,
    address: IpAddr,
}

/// A contact is here for as long as this lives.
struct Here {
    seen: Arc<Mutex<Seen>>,
    contact: ContactId,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut seen = self.seen.lock();
        if let Some(count) = seen.meetings.get_mut(&self.address) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                seen.meetings.remove(&self.address);
            }
        }
    }
}

impl Drop for Here {
    fn drop(&mut self) {
        self.seen.lock().contacts.remove(&self.contact);
    }
}

impl Service {
    async fn serve(self, begun: Begun) {
        let Begun { name: own, listener, mut neighbours } = begun;
        let mut tasks = JoinSet::new();
        let mut dialled: BTreeMap<String, Dialled> = BTreeMap::new();
        loop {
            tokio::select! {
                accepted = listener.accept() => match accepted {
                    Ok((stream, from)) => self.answer(&mut tasks, stream, from.ip()),
                    // out of sockets: some are given back soon
                    Err(_) => sleep(Duration::from_millis(100)).await,
                },
                found = neighbours.found.recv() => match found {
                    Some(Found::There { name, addresses }) => {
                        if name != own && !addresses.is_empty() {
                            let polite = if own < name { Duration::ZERO } else { POLITE };
                            self.dial(&mut dialled, &mut tasks, name, addresses, polite);
                        }
                    }
                    Some(Found::Gone(name)) => {
                        if let Some(one) = dialled.remove(&name) {
                            one.task.abort();
                        }
                    }
                    None => break,
                },
                Some(_) = tasks.join_next(), if !tasks.is_empty() => {}
            }
            self.seen.lock().neighbours = dialled.len();
        }
        tasks.shutdown().await;
        let mut seen = self.seen.lock();
        seen.neighbours = 0;
        seen.problem = Some(ENDED.to_owned());
    }

    /// Keeps in touch with a neighbour where it is now.
    fn dial(
        &self,
        dialled: &mut BTreeMap<String, Dialled>,
        tasks: &mut JoinSet<()>,
        name: String,
        addresses: Vec<SocketAddr>,
        polite: Duration,
    ) {
        match dialled.get(&name) {
            Some(one) if one.addresses == addresses => return,
            Some(one) => one.task.abort(),
            None if dialled.len() >= NEIGHBOURS_MAX => return,
            None => {}
        }
        let task = tasks.spawn(self.clone().keep_in_touch(addresses.clone(), polite));
        dialled.insert(name, Dialled { addresses, task });
    }

    fn answer(&self, tasks: &mut JoinSet<()>, stream: TcpStream, from: IpAddr) {
        if !is_near(from) || self.seen.lock().is_strange(from) {
            return;
        }
        let Some(place) = self.place(from) else { return };
        let service = self.clone();
        tasks.spawn(async move {
            let _place = place;
            if service.meet(stream, Side::Answered).await == Met::Stranger {
                service.seen.lock().note_stranger(from);
            }
        });
    }

    /// Dials a neighbour again and again, with pauses; it may be a contact or become one.
    async fn keep_in_touch(self, addresses: Vec<SocketAddr>, polite: Duration) {
        sleep(polite).await;
        let mut pause = AGAIN_MIN;
        loop {
            for address in &addresses {
                if self.is_met(address.ip()) {
                    continue;
                }
                let Some(_place) = self.place(address.ip()) else { continue };
                let Ok(Ok(stream)) = timeout(CONNECT, TcpStream::connect(address)).await else { continue };
                pause = match self.meet(stream, Side::Dialled).await {
                    Met::Contact => AGAIN_MIN,
                    Met::Already => AGAIN_MAX,
                    Met::Stranger => pause.saturating_mul(2).min(AGAIN_MAX),
                };
            }
            sleep(pause).await;
        }
    }

    /// A whole meeting.
    async fn meet(&self, mut stream: TcpStream, side: Side) -> Met {
        let _ = stream.set_nodelay(true);
        let known = match meeting::introduce(&mut stream, side, &self.keys().await).await {
            Ok(known) => known,
            Err(error) => {
                tracing::debug!(error = format!("{error:#}"), "a neighbour is not met");
                return Met::Stranger;
            }
        };
        // of two meetings with one contact the earlier one stays
        let Some(_here) = self.here(known.contact, &known.name) else { return Met::Already };
        if let Err(error) = meeting::exchange(stream, known, &self.person).await {
            tracing::debug!(error = format!("{error:#}"), "a meeting ended");
        }
        Met::Contact
    }

    /// None, when the daemon ends: then everybody is a stranger.
    async fn keys(&self) -> Vec<LanKey> {
        let Ok(Reply::LanKeys(keys)) = self.person.command(Command::LanKeys).await else { return Vec::new() };
        keys
    }

    fn place(&self, address: IpAddr) -> Option<Place> {
        let mut seen = self.seen.lock();
        let all = seen.meetings.values().fold(0usize, |sum, count| sum.saturating_add(*count));
        let count = seen.meetings.get(&address).copied().unwrap_or(0);
        if all >= MEETINGS_MAX || count >= MEETINGS_OF_ONE_MAX {
            return None;
        }
        seen.meetings.insert(address, count.saturating_add(1));
        Some(Place { seen: Arc::clone(&self.seen), address })
    }

    fn is_met(&self, address: IpAddr) -> bool {
        self.seen.lock().meetings.contains_key(&address)
    }

    fn here(&self, contact: ContactId, name: &str) -> Option<Here> {
        let mut seen = self.seen.lock();
        if seen.contacts.contains_key(&contact) {
            return None;
        }
        seen.contacts.insert(contact, name.to_owned());
        Some(Here { seen: Arc::clone(&self.seen), contact })
    }
}

impl Seen {
    fn is_strange(&self, address: IpAddr) -> bool {
        let strangers = self.strangers.get(&address);
        strangers.is_some_and(|(since, count)| *count >= STRANGERS_MAX && since.elapsed() < STRANGERS_PAUSE)
    }

    fn note_stranger(&mut self, address: IpAddr) {
        self.strangers.retain(|_, (since, _)| since.elapsed() < STRANGERS_PAUSE);
        if self.strangers.len() < STRANGE_ADDRESSES_MAX {
            let (_, count) = self.strangers.entry(address).or_insert((Instant::now(), 0));
            *count = count.saturating_add(1);
        }
    }
}
