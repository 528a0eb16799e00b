//! How a relay is set up.

use std::net::SocketAddr;
use std::path::PathBuf;
use wire::RelayDescriptor;

/// How a relay is set up. Its keys and its secret path are in its folder, made at the first start.
#[derive(Clone, Debug)]
pub struct RelayConfig {
    /// Its folder: keys, mailboxes.
    pub dir: PathBuf,
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The host name in its descriptor; without one the address it listens on.
    pub public_host: Option<String>,
    /// The relays to which it carries requests on.
    pub peers: Vec<RelayDescriptor>,
    /// The chain node to which `Chain` requests go, as `http://host:port`.
    pub node: Option<String>,
    /// A folder with the website that strangers see; without one a small one that is built in.
    pub decoy: Option<PathBuf>,
    /// Where `/metrics` is served: a loopback address, port 0 takes a free one.
    pub metrics: Option<SocketAddr>,
}

impl RelayConfig {
    /// A relay in `dir` on a free loopback port, with metrics, without peers and node.
    #[must_use]
    pub fn on_loopback(dir: PathBuf) -> Self {
        let free = SocketAddr::from(([127, 0, 0, 1], 0));
        Self { dir, listen: free, public_host: None, peers: Vec::new(), node: None, decoy: None, metrics: Some(free) }
    }
}

/// Why a relay did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// Its folder can't be used.
    #[error("the relay's folder {path} can't be used: {reason}")]
    Folder {
        /// Which folder or file.
        path: PathBuf,
        /// What happened.
        reason: String,
    },
    /// A port can't be bound.
    #[error("can't listen on {address}: {reason}. Choose another port or stop what uses it")]
    Listen {
        /// Which address.
        address: SocketAddr,
        /// What happened.
        reason: String,
    },
    /// Its keys or certificate can't be made or read.
    #[error("the relay's keys can't be used: {0}")]
    Keys(String),
    /// Its store can't be opened.
    #[error("the relay's store can't be opened: {0}")]
    Store(String),
}
