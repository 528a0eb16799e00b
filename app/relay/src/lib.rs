//! The relay server: to anyone without the secret path an ordinary website, to people with it a place for their
//! mailboxes and a hop to other relays.
//!
//! Requirements: a tokio runtime, a folder of its own. Provided: [`Relay::start`], restartable in one process;
//! [`operator`] for the command line. Not provided: decisions about mailboxes (those are `mailbox::relay`'s).

mod acme;
mod admission;
pub mod bench;
mod certificate;
mod chain;
mod config;
mod cors;
mod decoy;
mod disk;
mod dns;
mod engine;
mod exchange;
pub mod fleet;
#[cfg(any(test, feature = "test-suite"))]
pub mod hostile;
mod invitations;
mod keys;
mod metrics;
mod mirror;
pub mod operator;
mod outside;
mod reply;
mod segments;
mod server;
mod shares;
mod website;

pub use acme::AcmeConfig;
pub use config::{DnsConfig, RelayConfig, RelayLimits, StartError};

use acme::Renewal;
use carrier::tls::Authorities;
use certificate::Certificates;
use engine::{Engine, EngineThread, FreeBytes};
use exchange::Exchange;
use invitations::Invitations;
use keys::Identity;
use mailbox::limits::RateTable;
use parking_lot::{Mutex, RwLock};
use server::Shared;
use shares::Shares;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use website::Website;
use wire::{Operator, RelayAddress, RelayDescriptor, RelayId};

/// A relay.
#[derive(Debug)]
pub struct Relay;

/// A running relay. Dropping it stops the relay without waiting.
pub struct RelayHandle {
    descriptor: RelayDescriptor,
    listen: SocketAddr,
    metrics: Option<SocketAddr>,
    dns: Option<SocketAddr>,
    shared: Arc<Shared>,
    stop: watch::Sender<bool>,
    serving_until: watch::Receiver<()>,
    tasks: Vec<JoinHandle<()>>,
    thread: EngineThread,
}

impl std::fmt::Debug for RelayHandle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RelayHandle").field("listen", &self.listen).finish_non_exhaustive()
    }
}

impl Relay {
    /// Starts a relay: opens (or makes) its folder, binds its ports and returns when it serves.
    pub async fn start(config: RelayConfig) -> Result<RelayHandle, StartError> {
        let folder = config.dir.clone();
        Self::start_on(config, Box::new(move || disk::free_bytes(&folder))).await
    }

    async fn start_on(config: RelayConfig, free: FreeBytes) -> Result<RelayHandle, StartError> {
        let identity = Identity::open(&config.dir)?;
        let (listener, listen) = bind(config.listen).await?;
        let metrics = match config.metrics {
            Some(address) => Some(bind(address).await?),
            None => None,
        };
        let host = config.public_host.clone().unwrap_or_else(|| keys::host_of(listen.ip()));
        let website = Website::open(&config, identity.decoy_seed, &host)?;
        config.acme.as_ref().map_or(Ok(()), |authority| authority.check(&host))?;
        let certificates = Arc::new(identity.certificates(&host)?);
        let zone = match &config.dns {
            Some(dns) => Some(dns::Prepared::new(dns, &host, &identity, &config.limits).await?),
            None => None,
        };
        let (secret_path, place) = (identity.secret_path.clone(), zone.as_ref().map(|zone| zone.place.clone()));
        let (port, tls_pin) = (listen.port(), Some(certificates.pin()));
        let address = RelayAddress { host, port, tls_pin, secret_path, dns: place };
        let hop_key = identity.gateway.hop_key().to_vec();
        let mut descriptor = RelayDescriptor { address, hop_key, operator: None, region: config.region };
        descriptor.operator = Some(Operator::sign(&identity.operator, descriptor.id(), &descriptor.address));
        let (engine, thread, ended) = Engine::start(&identity.store_path(), config.limits.mailbox, free)?;
        let doors = Invitations::open(&config.dir, &descriptor, config.friend_links)?;
        let exchange = exchange(&config, descriptor.id(), identity, engine)?;
        let shared = Arc::new(Shared::new(exchange, website, config.limits, doors, certificates));
        let (stop, stopped) = watch::channel(false);
        let serving = server::serve(listener, Arc::clone(&shared), stopped.clone(), ended);
        let (serves, serving_until) = watch::channel(());
        let mut tasks = vec![tokio::spawn(async move {
            serving.await;
            drop(serves);
        })];
        let following = Arc::clone(&shared);
        tasks.push(until_stopped(&stopped, async move { following.doors.follow().await }));
        let renewed = Arc::clone(&shared.certificates);
        tasks.push(until_stopped(&stopped, async move { keep_own(&renewed).await }));
        if let Some(authority) = config.acme {
            let renewal = Renewal::new(authority, config.dir, &shared);
            renewal.recall();
            tasks.push(until_stopped(&stopped, renewal.run()));
        }
        let metrics_address = metrics.as_ref().map(|(_, address)| *address);
        if let Some((listener, _)) = metrics {
            tasks.push(tokio::spawn(metrics::serve(listener, Arc::clone(&shared), stopped.clone())));
        }
        let dns = zone.as_ref().map(|zone| zone.listen);
        tasks.extend(zone.map(|zone| tokio::spawn(zone.serve(Arc::clone(&shared), stopped))));
        Ok(RelayHandle {
            descriptor,
            listen,
            metrics: metrics_address,
            dns,
            shared,
            stop,
            serving_until,
            tasks,
            thread,
        })
    }
}

impl RelayHandle {
    /// What people need to reach it; the same after every restart of its folder as long as it listens on the same port.
    #[must_use]
    pub fn descriptor(&self) -> &RelayDescriptor {
        &self.descriptor
    }

    /// Where it listens.
    #[must_use]
    pub fn listen(&self) -> SocketAddr {
        self.listen
    }

    /// Where it listens for queries in its zone, if it has one.
    #[must_use]
    pub fn dns(&self) -> Option<SocketAddr> {
        self.dns
    }

    /// `https://host:port/`, as a browser would visit its website.
    #[must_use]
    pub fn url(&self) -> String {
        format!("https://{}:{}/", self.descriptor.address.host, self.descriptor.address.port)
    }

    /// Prometheus text on a loopback port, if that is configured.
    #[must_use]
    pub fn metrics_url(&self) -> Option<String> {
        self.metrics.map(|address| format!("http://{address}/metrics"))
    }

    /// Replaces the relays to which it carries requests on.
    pub fn set_peers(&self, peers: Vec<RelayDescriptor>) {
        self.shared.exchange.set_peers(peers);
    }

    /// Returns when it serves no longer, though nobody stopped it: the thread of its store has ended, and the log says
    /// why.
    pub async fn ended(&self) {
        let mut until = self.serving_until.clone();
        while until.changed().await.is_ok() {}
    }

    /// Stops it: answers what is under way, closes its store, frees its ports. Takes about a second at most.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        // Waiting fetches end with the thread, so connections can end too.
        self.thread.stop().await;
        for task in self.tasks {
            task.await.ok();
        }
    }
}

/// Never returns: sees to it that the relay's own certificate does not end while it runs.
async fn keep_own(certificates: &Certificates) {
    loop {
        tokio::time::sleep(acme::LOOK_EVERY).await;
        if let Err(error) = certificates.renew_own(certificate::now()) {
            tracing::warn!(%error, "the relay's own certificate can't be made anew");
        }
    }
}

/// Does work that never ends, until the relay stops.
fn until_stopped(stopped: &watch::Receiver<bool>, work: impl Future<Output = ()> + Send + 'static) -> JoinHandle<()> {
    let mut stopped = stopped.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = stopped.changed() => {}
            () = work => {}
        }
    })
}

fn exchange(config: &RelayConfig, id: RelayId, identity: Identity, engine: Engine) -> Result<Exchange, StartError> {
    let limits = &config.limits;
    let exchange = Exchange {
        id,
        gateway: identity.gateway,
        engine,
        chain: chain::ChainNodes::new(&config.nodes, &config.limits),
        carrier: Arc::new(carrier::HttpsCarrier::between_relays(Authorities::of(&config.dir)?)),
        peers: RwLock::default(),
        forwards: shares(limits.forwards_max, limits.forwards_per_source_max),
        to_target: shares(limits.forwards_max, limits.forwards_per_target_max),
        unopened: Mutex::new(RateTable::new(limits.unopened)),
        unopened_there: Arc::new(Mutex::new(RateTable::new(limits.unopened_there))),
        counters: exchange::ExchangeCounters::default(),
    };
    exchange.set_peers(config.peers.clone());
    Ok(exchange)
}

fn shares<K: Ord + Clone>(max: usize, each_max: usize) -> Arc<Shares<K>> {
    Shares::new(max as u64, each_max as u64)
}

async fn bind(address: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    let failed = |error: std::io::Error| StartError::Listen { address, reason: error.to_string() };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    Ok((listener, bound))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_relay_whose_store_has_died_stops_serving_and_says_so() {
        let dir = tempfile::tempdir().unwrap();
        let dying: FreeBytes = Box::new(|| panic!("injected: the thread of the store dies"));
        let relay = Relay::start_on(RelayConfig::on_loopback(dir.path().join("relay")), dying).await.unwrap();
        tokio::time::timeout(Duration::from_secs(20), relay.ended()).await.expect("it says so");
        assert!(tokio::net::TcpStream::connect(relay.listen()).await.is_err(), "nobody is let in");
        relay.stop().await;
    }
}
