//! A person's process: client core, store, carriers, local API and page in one.
//!
//! Requirements: a profile folder that nobody else uses, and a network to join.
//!
//! Provided: `Daemon::start`, which opens the folder, runs the client core and answers the local API
//! (specs/05-local-api.md) on a loopback port and on `<profile>/rpc.sock`.
//!
//! Not provided: the command line (`simurgh`), the relays and validators it talks to.

mod answer;
mod behaviour;
pub mod bench;
mod chain_watch;
mod config;
mod control;
mod doctor;
mod events;
#[cfg(any(test, feature = "test-suite"))]
pub mod hostile;
mod lan;
mod network_memory;
mod person;
mod pin;
mod profile;
pub mod programs;
pub mod qr;
mod serve;
mod transfers;
mod translate;
mod whereabouts;

#[cfg(test)]
mod tests;

pub use behaviour::{Signed, carrier_key, check_carrier_profile, install_carrier_profile, sign_carrier_profile};
pub use client::{NetworkInfo, bundles};
pub use config::DaemonConfig;
pub use control::DemoControl;
pub use lan::{Discovery, Found, Neighbours};
pub use profile::{has_passphrase, set_passphrase};
pub use serve::connect;

use answer::Answers;
use anyhow::Context as _;
use api::{ApiError, Method, Reason, dispatch, event::NumberedEvent};
use behaviour::{Behaviour, Terms};
use carrier::{Carriers, Pages, tls::Authorities};
use chain_watch::ChainWatch;
use client::{Client, Mnemonic, Root, Setup};
use events::Hub;
use lan::Lan;
use network_memory::NetworkMemory;
use parking_lot::RwLock;
use person::{Person, PersonThread, Ways};
use profile::ProfileFolder;
use rand_core::{OsRng, RngCore as _};
use serve::{Doors, Sessions, Shared};
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use store::people::PeopleStore;
use tokio::task::JoinHandle;
use whereabouts::Whereabouts;
use wire::Secret32;
use zeroize::Zeroizing;

/// How long the chain may take to answer a question.
pub(crate) const CHAIN_TIMEOUT: Duration = Duration::from_secs(15);
/// The name under which the store keeps the 24 words.
const WORDS: &str = "words";
/// The same for the secret by which networks are named.
const NETWORKS: &str = "networks";

/// A person's daemon.
#[derive(Debug)]
pub struct Daemon;

/// A running daemon. Dropping it stops the daemon without waiting; `stop` waits.
pub struct DaemonHandle {
    profile: PathBuf,
    address: Option<SocketAddr>,
    shared: Arc<Shared>,
    doors: Doors,
    watch: JoinHandle<()>,
    lan: Arc<Lan>,
    memory: NetworkMemory,
    thread: PersonThread,
    // Last: the folder stays locked until everything else is gone.
    _folder: ProfileFolder,
}

/// Everything the daemon tells, from the moment it was asked for.
#[derive(Debug)]
pub struct Events(events::Subscription);

/// Which pages may show which others in a frame: the demo's page shows its people side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frames {
    /// Origins whose pages may show this daemon's page.
    pub shown_by: Vec<String>,
    /// Origins that this daemon's page may show.
    pub shows: Vec<String>,
}

impl std::fmt::Debug for DaemonHandle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DaemonHandle").field("profile", &self.profile).field("address", &self.address).finish()
    }
}

impl Daemon {
    /// Opens the profile and starts to serve.
    pub async fn start(config: DaemonConfig) -> anyhow::Result<DaemonHandle> {
        Self::start_with(config, Arc::new(lan::Mdns)).await
    }

    /// The same with another way to find people on the same network.
    pub async fn start_with(config: DaemonConfig, discovery: Arc<dyn Discovery>) -> anyhow::Result<DaemonHandle> {
        let listener = if config.web { Some(serve::bind(config.listen).await?) } else { None };
        let address = listener.as_ref().map(tokio::net::TcpListener::local_addr).transpose()?;
        let opening = config.clone();
        let Opened { folder, client, program_key, terms, networks } =
            tokio::task::spawn_blocking(move || open(&opening)).await??;

        let hub = Arc::new(Hub::new());
        let pages = Arc::new(Pages::default());
        let authorities = Authorities::of(folder.path())?;
        let behaviour = Arc::new(Behaviour::of(folder.path(), terms));
        let carriers = Arc::new(Carriers::with_pages(behaviour.used().profile, authorities, &pages));
        pin::resume(folder.path(), &carriers);
        let memory = NetworkMemory::start(Arc::clone(&carriers), folder.path(), networks, Whereabouts::look).await;
        let ways = Ways { carriers, behaviour, pages: Arc::clone(&pages) };
        let (person, thread) = Person::start(client, ways.clone(), Arc::clone(&hub))?;
        let watch = Arc::new(ChainWatch::default());
        let lan = Arc::new(Lan::new(person.clone(), discovery));
        lan.resume().await?;
        let sessions = Arc::new(Sessions::default());
        let answers = Answers {
            person: person.clone(),
            ways,
            sessions: Arc::clone(&sessions),
            control: config.control.clone(),
            watch: Arc::clone(&watch),
            transfers: transfers::Transfers::default(),
            lan: Arc::clone(&lan),
            profile: folder.path().to_owned(),
            program_key,
            origin: address.map(|address| format!("http://{address}")),
        };
        let frames = RwLock::new(Frames::default());
        let shared = Arc::new(Shared { handler: Arc::new(answers), sessions, hub: Arc::clone(&hub), pages, frames });
        let doors = Doors::open(&shared, folder.path(), listener)?;
        let watch = tokio::spawn(watch.run(person, hub, config.control));
        let profile = folder.path().to_owned();
        Ok(DaemonHandle { profile, address, shared, doors, watch, lan, memory, thread, _folder: folder })
    }
}

impl DaemonHandle {
    /// An address of the page that is good once.
    #[must_use]
    pub fn page_url(&self) -> String {
        page_address(&self.origin(), "", &self.shared.sessions.mint())
    }

    /// An address of the demo's page, which shows everybody side by side; good once.
    #[must_use]
    pub fn demo_page_url(&self) -> String {
        page_address(&self.origin(), DEMO_VIEW, &self.shared.sessions.mint())
    }

    /// `http://127.0.0.1:PORT`; empty when no page is served.
    #[must_use]
    pub fn origin(&self) -> String {
        self.address.map(|address| format!("http://{address}")).unwrap_or_default()
    }

    /// The profile's folder.
    #[must_use]
    pub fn profile(&self) -> &Path {
        &self.profile
    }

    /// Says which pages may be shown in frames; without it none.
    pub fn set_frames(&self, frames: Frames) {
        *self.shared.frames.write() = frames;
    }

    /// Calls a method of the local API from the same process.
    pub async fn call<M: Method>(&self, params: M::Params) -> Result<M::Answer, ApiError> {
        let broken = |error: serde_json::Error| ApiError::new(Reason::Internal, format!("{error}."));
        let params = serde_json::to_value(params).map_err(broken)?;
        let answer = dispatch(self.shared.handler.as_ref(), M::NAME, params).await?;
        serde_json::from_value(answer).map_err(broken)
    }

    /// Listens to everything from now on.
    #[must_use]
    pub fn events(&self) -> Events {
        Events(self.shared.hub.subscribe())
    }

    /// Ends every task, closes the profile and waits for it.
    pub async fn stop(self) {
        self.watch.abort();
        let _ = self.watch.await;
        self.doors.close().await;
        self.lan.run(false).await;
        drop(self.lan);
        // The core ends when nobody can ask it any more.
        drop(self.shared);
        self.thread.join().await;
        // When no exchange teaches anything any more.
        self.memory.stop().await;
    }
}

impl Events {
    /// The next event; `None` when the daemon has ended.
    pub async fn next(&mut self) -> Option<Arc<NumberedEvent>> {
        self.0.next().await
    }
}

/// Opens the page at the demo.
pub(crate) const DEMO_VIEW: &str = "demo&";

/// An address of the page: what is in the fragment never leaves the browser.
pub(crate) fn page_address(origin: &str, view: &str, token: &str) -> String {
    format!("{origin}/#{view}token={token}")
}

/// What a profile's folder holds, opened.
struct Opened {
    folder: ProfileFolder,
    client: Client<PeopleStore>,
    /// Who may sign programs.
    program_key: Option<[u8; 32]>,
    terms: Terms,
    networks: Secret32,
}

/// Opens folder, database and client core; blocks on the disk.
fn open(config: &DaemonConfig) -> anyhow::Result<Opened> {
    let given = profile::given_network(&config.profile, config.network.as_deref())?;
    let folder = ProfileFolder::open(&config.profile)?;
    let network = folder.network(given)?;
    let program_key = network.program_key;
    let mut store =
        PeopleStore::open(&folder.database(), &folder.key(config.passphrase.as_ref().map(|text| text.as_str()))?)?;
    let root = root(&mut store)?;
    let (terms, networks) = (Terms::of(&network), networks_secret(&mut store)?);
    let setup = Setup { root, network, name: config.name.clone(), region: config.region };
    let client = Client::open(store, setup, store::clock::now(), &mut OsRng)
        .with_context(|| format!("the profile {} can't be opened", config.profile.display()))?;
    Ok(Opened { folder, client, program_key, terms, networks })
}

/// The secret by which the networks that the machine was in are named, and what is known of them is sealed.
fn networks_secret(store: &mut PeopleStore) -> anyhow::Result<Secret32> {
    if let Some(Ok(kept)) = store.secret(NETWORKS)?.map(|kept| kept.as_slice().try_into()) {
        return Ok(Secret32(kept));
    }
    let mut secret = Secret32([0; 32]);
    OsRng.fill_bytes(&mut secret.0);
    store.set_secret(NETWORKS, &secret.0)?;
    Ok(secret)
}

/// The person's root secret, from the words in the store; a new profile draws them.
fn root(store: &mut PeopleStore) -> anyhow::Result<Root> {
    if let Some(kept) = store.secret(WORDS)? {
        let text = std::str::from_utf8(&kept).context("the words of this profile are damaged")?;
        return Ok(Root::from_words(Mnemonic::parse(text)?));
    }
    let words = Mnemonic::generate(&mut OsRng)?;
    let text = Zeroizing::new(words.words().collect::<Vec<_>>().join(" "));
    store.set_secret(WORDS, text.as_bytes())?;
    Ok(Root::from_words(words))
}
