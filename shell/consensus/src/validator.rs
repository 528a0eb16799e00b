//! A validator on threads of its own, over authenticated and encrypted TCP.

use crate::{
    Application, Failure, LinkEnds,
    engine::{self, CHANNELS, MESSAGE_BYTES_MAX, Parts, Retention, Wires, quota},
    timing as t,
};
use chain::certificate::{ConsensusHeader, namespace};
use commonware_cryptography::{ChaCha20Poly1305, Signer as _, ed25519::PrivateKey};
use commonware_p2p::{Address, AddressableManager as _, authenticated::lookup};
use commonware_runtime::{Metrics as _, Quota, Runner as _, Supervisor as _, tokio as engine_tokio};
use commonware_stream::{
    cups::{self, Cups},
    sake::{self, Sake},
};
use commonware_utils::{NZU32, NZUsize, ordered::Map};
use std::{
    fmt,
    net::{SocketAddr, TcpListener},
    num::NonZeroUsize,
    path::PathBuf,
    sync::Arc,
    thread::JoinHandle,
    time::Duration,
};
use tokio::sync::{oneshot, watch};
use wire::Secret32;

/// How far the clocks of two validators may be apart for their connection to be accepted.
const HANDSHAKE_CLOCK_SKEW: Duration = Duration::from_secs(5);
/// How old the first message of a handshake may be.
const HANDSHAKE_AGE_MAX: Duration = Duration::from_secs(10);
/// Worker threads of one validator.
const WORKERS: usize = 2;
/// Threads for execution and files of one validator.
const BLOCKING_THREADS_MAX: usize = 32;

/// Where another validator listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer {
    /// Its public key.
    pub key: [u8; 32],
    /// Its socket.
    pub address: SocketAddr,
}

/// What a validator needs.
#[derive(Clone, Debug)]
pub struct ValidatorConfig {
    /// A folder for the engine's files.
    pub dir: PathBuf,
    /// The validator's Ed25519 seed.
    pub seed: Secret32,
    /// Hash of the genesis; binds every signature to this network.
    pub genesis_hash: [u8; 32],
    /// The header at height 0.
    pub genesis: ConsensusHeader,
    /// All validators.
    pub validators: Vec<[u8; 32]>,
    /// Where they listen; those that are not listed can only dial in.
    pub peers: Vec<Peer>,
    /// Where this one listens.
    pub listen: SocketAddr,
}

/// Why a validator did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The socket is taken or not allowed.
    #[error("can't listen on {address} for other validators: {source}")]
    Listen {
        /// The socket.
        address: SocketAddr,
        /// The operating system's reason.
        source: std::io::Error,
    },
    /// The operating system gave no thread.
    #[error("can't start a thread: {0}")]
    Thread(std::io::Error),
    /// A key, the committee or a peer is wrong.
    #[error("{0}")]
    Config(#[from] Failure),
}

/// A running validator. Dropping it stops it without waiting.
pub struct Validator {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<Result<(), Failure>>>,
    metrics: Arc<dyn Fn() -> String + Send + Sync>,
    ended: watch::Receiver<()>,
}

/// Lives as long as the engine does, and says so when it ends otherwise than by order: a panic too.
struct Life {
    application: Arc<dyn Application>,
    ordered: bool,
    _alive: watch::Sender<()>,
}

impl Drop for Life {
    fn drop(&mut self) {
        if !self.ordered {
            self.application.failed();
        }
    }
}

impl fmt::Debug for Validator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Validator").field("running", &self.is_running()).finish_non_exhaustive()
    }
}

/// The public key of a validator's seed.
#[must_use]
pub fn public_key(seed: &Secret32) -> Option<[u8; 32]> {
    let key = engine::decode_private(&seed.0).ok()?.public_key();
    key.as_ref().try_into().ok()
}

impl Validator {
    /// Starts a validator; returns once its threads run. What it proposes and verifies goes to
    /// `application`; `ends` is the other side of the application's link.
    pub fn start(
        config: ValidatorConfig,
        application: Arc<dyn Application>,
        ends: LinkEnds,
    ) -> Result<Self, StartError> {
        // the engine panics when it can't bind: try it here first, where it is an error
        let probe = TcpListener::bind(config.listen);
        drop(probe.map_err(|source| StartError::Listen { address: config.listen, source })?);
        let key = engine::decode_private(&config.seed.0)?;
        let committee = engine::committee(&config.validators)?;
        let peers = addresses(&config, &key)?;
        let parts = Parts {
            key,
            committee,
            namespace: namespace(&config.genesis_hash),
            genesis: config.genesis,
            prefix: "engine".to_owned(),
            application,
            link: ends,
            retention: Retention::default(),
        };
        let runner = engine_tokio::Runner::new(
            engine_tokio::Config::new()
                .with_worker_threads(WORKERS)
                .with_max_blocking_threads(BLOCKING_THREADS_MAX)
                .with_storage_directory(config.dir.clone()),
        );
        let (stop, stopped) = oneshot::channel();
        let (ready, running) = std::sync::mpsc::channel();
        let (alive, ended) = watch::channel(());
        let life = Life { application: Arc::clone(&parts.application), ordered: false, _alive: alive };
        let body = move || {
            // whole, or the closure would have copies of its fields
            let mut life = life;
            let outcome = runner.start(|runtime| async move {
                let view = runtime.child("metrics");
                let metrics: Arc<dyn Fn() -> String + Send + Sync> = Arc::new(move || view.encode());
                // nobody waits any more when the start was given up
                let _ = ready.send(metrics);
                let node = std::pin::pin!(networked(runtime, parts, config.listen, peers));
                match futures::future::select(stopped, node).await {
                    futures::future::Either::Left(_) => Ok(()),
                    futures::future::Either::Right((outcome, _)) => outcome,
                }
            });
            if let Err(why) = &outcome {
                tracing::error!(%why, "consensus ended");
            }
            life.ordered = outcome.is_ok();
            outcome
        };
        let thread = std::thread::Builder::new().name("validator".to_owned()).spawn(body);
        let thread = thread.map_err(StartError::Thread)?;
        match running.recv() {
            Ok(metrics) => Ok(Self { stop: Some(stop), thread: Some(thread), metrics, ended }),
            Err(_) => Err(StartError::Config(Failure("the consensus engine did not start".to_owned()))),
        }
    }

    /// Whether consensus runs: false after a failure.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.thread.as_ref().is_some_and(|thread| !thread.is_finished())
    }

    /// Resolves when consensus has ended, by itself or because it was stopped.
    pub fn ended(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut ended = self.ended.clone();
        async move {
            // nothing is ever sent: the other end goes when the engine does
            let _ = ended.changed().await;
        }
    }

    /// The engine's own metrics in Prometheus' text format.
    #[must_use]
    pub fn metrics(&self) -> String {
        (self.metrics)()
    }

    /// What [`Self::metrics`] calls, to keep; it works until the validator stops, and gives old figures then.
    #[must_use]
    pub fn metrics_reader(&self) -> Arc<dyn Fn() -> String + Send + Sync> {
        Arc::clone(&self.metrics)
    }

    /// Stops, waits for all of its threads, and says how it ended.
    pub fn stop(mut self) -> Result<(), Failure> {
        if let Some(stop) = self.stop.take() {
            // it may have ended by itself
            let _ = stop.send(());
        }
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(outcome)) => outcome,
            Some(Err(_)) => Err(Failure("the consensus engine panicked".to_owned())),
            None => Ok(()),
        }
    }
}

fn addresses(
    config: &ValidatorConfig,
    own: &PrivateKey,
) -> Result<Map<commonware_cryptography::ed25519::PublicKey, Address>, Failure> {
    let own = own.public_key();
    let mut known = vec![(own.clone(), Address::from(config.listen))];
    for peer in &config.peers {
        let key = engine::decode_public(&peer.key)?;
        if key != own {
            known.push((key, Address::from(peer.address)));
        }
    }
    known.try_into().map_err(|_| Failure("a validator is listed twice among the peers".to_owned()))
}

async fn networked(
    runtime: engine_tokio::Context,
    parts: Parts,
    listen: SocketAddr,
    peers: Map<commonware_cryptography::ed25519::PublicKey, Address>,
) -> Result<(), Failure> {
    let handshake = Cups::<_, ChaCha20Poly1305>::new(
        Sake {
            signer: parts.key.clone(),
            synchrony_bound: HANDSHAKE_CLOCK_SKEW,
            max_handshake_age: HANDSHAKE_AGE_MAX,
            version: sake::Version::V1,
        },
        cups::Version::V1,
    );
    let size = NonZeroUsize::new(parts.committee.len()).unwrap_or(NZUsize!(1));
    // validators are a handful of known keys, often on one machine or private network, so the engine's limits
    // for crowds of strangers are relaxed
    let mut config =
        lookup::Config::local(handshake, &parts.namespace, listen, size, MESSAGE_BYTES_MAX, NZUsize!(t::MAILBOX_MAX));
    config.allowed_handshake_rate_per_ip = Quota::per_second(NZU32!(128));
    config.peer_connection_cooldown = Duration::from_millis(250);
    config.dial_frequency = Duration::from_millis(100);
    let (mut network, mut oracle) = lookup::Network::new(runtime.child("network"), config);
    let _ = oracle.track(0, peers);
    let channels =
        (0u64..).zip(CHANNELS).map(|(channel, rate)| network.register(channel, quota(rate))).collect::<Vec<_>>();
    network.start();
    let wires = Wires { channels, blocker: oracle.clone(), peers: oracle };
    engine::run(runtime.child("validator"), parts, wires).await
}
