//! Starting and stopping one node.

use crate::{
    NodeConfig,
    http::{HttpLimits, HttpServer},
    ledger::{Ledger, LedgerParts},
    metrics::NodeMetrics,
    view::ChainView,
};
use chain::Genesis;
use consensus::{Application, Peer, Validator, ValidatorConfig, link, public_key};
use parking_lot::Mutex;
use std::{
    fmt,
    fs::{File, TryLockError},
    net::SocketAddr,
    path::Path,
    sync::Arc,
};
use store::{blocks::BlockStore, clock::now, files::make_private_dir};

/// Why a node did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NodeError {
    /// A file or socket.
    #[error("{what}: {source}")]
    Io {
        /// What was attempted, and on which path or address.
        what: String,
        /// The operating system's reason.
        source: std::io::Error,
    },
    /// Another process uses the folder.
    #[error("another node runs in {0}: stop it first, or use another folder")]
    InUse(String),
    /// The block store.
    #[error(transparent)]
    Store(#[from] store::blocks::BlockStoreError),
    /// Consensus.
    #[error(transparent)]
    Consensus(#[from] consensus::StartError),
    /// The genesis or the stored state is not usable.
    #[error("{0}")]
    Chain(String),
}

/// A validator: see [`Node::start`].
#[derive(Debug)]
pub struct Node;

/// A running node. Dropping it stops the node too, without waiting and without a snapshot.
pub struct NodeHandle {
    view: Arc<ChainView>,
    ledger: Arc<Ledger>,
    validator: Validator,
    http: HttpServer,
    public_key: [u8; 32],
    // released last
    _lock: File,
}

impl fmt::Debug for NodeHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let running = self.is_running();
        f.debug_struct("NodeHandle")
            .field("http", &self.http.address())
            .field("running", &running)
            .finish_non_exhaustive()
    }
}

impl Node {
    /// Opens the folder, recovers the state, and starts consensus and HTTP on threads of their own.
    /// Blocks until HTTP listens and the state is recovered; it needs no runtime around it.
    pub fn start(config: NodeConfig) -> Result<NodeHandle, NodeError> {
        let lock = open_folder(&config.dir)?;
        let genesis = Genesis::decode(&config.genesis).map_err(|why| NodeError::Chain(why.to_string()))?;
        let key = public_key(&config.key.0).ok_or_else(|| NodeError::Chain("the validator's key is no key".into()))?;
        let store = Arc::new(BlockStore::open(&config.dir.join("blocks.sqlite"))?);
        let metrics = Arc::new(NodeMetrics::default());
        let (link, ends) = link();
        let ledger = Ledger::open(LedgerParts {
            store,
            genesis,
            public_key: key,
            seed: config.key.0.clone(),
            clock: Arc::new(now),
            link,
            metrics: Arc::clone(&metrics),
        })
        .map_err(|why| NodeError::Chain(why.0))?;
        let view = ledger.view().ok_or_else(|| NodeError::Chain("the state was not published".into()))?;
        // listening comes before consensus: a taken port must not leave a validator behind
        let engine_metrics = EngineMetrics::default();
        let http = HttpServer::start(config.http, &view, metrics, engine_metrics.reader(), HttpLimits::default())
            .map_err(|source| NodeError::Io { what: format!("can't serve HTTP on {}", config.http), source })?;
        let application: Arc<dyn Application> = Arc::clone(&ledger) as Arc<dyn Application>;
        let validator = Validator::start(
            ValidatorConfig {
                dir: config.dir.join("consensus"),
                seed: config.key.0,
                genesis_hash: ledger.network().genesis_hash,
                genesis: ledger.genesis_header(),
                validators: ledger.network().validators.clone(),
                peers: config.peers.iter().map(|peer| Peer { key: peer.key, address: peer.address }).collect(),
                listen: config.listen,
            },
            application,
            ends,
        )?;
        engine_metrics.set(validator.metrics_reader());
        Ok(NodeHandle { view, ledger, validator, http, public_key: key, _lock: lock })
    }
}

impl NodeHandle {
    /// The read side.
    #[must_use]
    pub fn view(&self) -> Arc<ChainView> {
        Arc::clone(&self.view)
    }

    /// The validator's public key.
    #[must_use]
    pub fn public_key(&self) -> [u8; 32] {
        self.public_key
    }

    /// Whether consensus runs; false after a failure, which the log explains.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.validator.is_running()
    }

    /// Resolves when consensus has ended, by itself or because it was stopped.
    pub fn ended(&self) -> impl Future<Output = ()> + Send + 'static {
        self.validator.ended()
    }

    /// Where HTTP is served.
    #[must_use]
    pub fn http_address(&self) -> SocketAddr {
        self.http.address()
    }

    /// `http://…/api/v2`: toncenter.
    #[must_use]
    pub fn toncenter_url(&self) -> String {
        format!("http://{}/api/v2", self.http.address())
    }

    /// `http://…/light`: light clients and relays.
    #[must_use]
    pub fn light_url(&self) -> String {
        format!("http://{}/light", self.http.address())
    }

    /// `http://…/metrics`: Prometheus.
    #[must_use]
    pub fn metrics_url(&self) -> String {
        format!("http://{}/metrics", self.http.address())
    }

    /// Stops consensus and HTTP, waits for their threads, and writes a snapshot; under two seconds.
    pub fn stop(self) {
        let Self { ledger, validator, mut http, .. } = self;
        http.begin_stop();
        if let Err(why) = validator.stop() {
            tracing::error!(%why, "consensus ended badly");
        }
        http.stop();
        if let Err(why) = ledger.snapshot() {
            tracing::warn!(%why, "no snapshot was written: the next start executes recent blocks again");
        }
    }
}

/// The engine's metrics, which exist only after HTTP was started.
#[derive(Clone, Default)]
struct EngineMetrics(Arc<Mutex<Option<MetricsReader>>>);

type MetricsReader = Arc<dyn Fn() -> String + Send + Sync>;

impl EngineMetrics {
    fn set(&self, reader: MetricsReader) {
        *self.0.lock() = Some(reader);
    }

    fn reader(&self) -> MetricsReader {
        let slot = Arc::clone(&self.0);
        Arc::new(move || {
            let reader = slot.lock().clone();
            reader.map_or_else(|| "# EOF\n".to_owned(), |read| read())
        })
    }
}

/// Makes the folder for its owner alone, and locks it for this process.
fn open_folder(dir: &Path) -> Result<File, NodeError> {
    let io = |what: &str, source| NodeError::Io { what: format!("{what} {}", dir.display()), source };
    make_private_dir(dir).map_err(|why| io("can't create", why))?;
    // also one that was there, with other rights
    #[cfg(unix)]
    std::fs::set_permissions(dir, std::os::unix::fs::PermissionsExt::from_mode(0o700))
        .map_err(|why| io("can't take away from others", why))?;
    let lock = File::create(dir.join("lock")).map_err(|why| io("can't write to", why))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(NodeError::InUse(dir.display().to_string())),
        Err(TryLockError::Error(why)) => Err(io("can't lock", why)),
    }
}
