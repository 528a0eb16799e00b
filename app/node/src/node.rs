//! Starting and stopping one node.

use crate::{NodeConfig, view::ChainView};
use std::{fmt, sync::Arc};

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
    /// The block store.
    #[error(transparent)]
    Store(#[from] store::blocks::BlockStoreError),
    /// The genesis or the stored state is not usable.
    #[error("{0}")]
    Chain(String),
}

/// A validator: see [`Node::start`].
#[derive(Debug)]
pub struct Node;

/// A running node. Dropping it stops the node too, without waiting.
pub struct NodeHandle {
    view: Arc<ChainView>,
    http: std::net::SocketAddr,
}

impl fmt::Debug for NodeHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NodeHandle").field("http", &self.http).finish_non_exhaustive()
    }
}

impl Node {
    /// Opens the folder, recovers the state, and starts consensus and HTTP on threads of their own.
    /// Blocks until HTTP listens and the state is recovered; it needs no runtime around it.
    pub fn start(config: NodeConfig) -> Result<NodeHandle, NodeError> {
        Err(NodeError::Chain(format!("not wired up yet: {}", config.dir.display())))
    }
}

impl NodeHandle {
    /// The read side.
    #[must_use]
    pub fn view(&self) -> Arc<ChainView> {
        Arc::clone(&self.view)
    }

    /// `http://…/api/v2`: toncenter.
    #[must_use]
    pub fn toncenter_url(&self) -> String {
        format!("http://{}/api/v2", self.http)
    }

    /// `http://…/light`: light clients and relays.
    #[must_use]
    pub fn light_url(&self) -> String {
        format!("http://{}/light", self.http)
    }

    /// `http://…/metrics`: Prometheus.
    #[must_use]
    pub fn metrics_url(&self) -> String {
        format!("http://{}/metrics", self.http)
    }

    /// Stops consensus and HTTP and waits for their threads; under two seconds.
    pub fn stop(self) {}
}
