//! What a node is told at its start.

use std::{fmt, net::SocketAddr, path::PathBuf};
use wire::Secret32;

/// A validator's Ed25519 seed.
#[derive(Clone)]
pub struct ValidatorKey(pub Secret32);

impl fmt::Debug for ValidatorKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ValidatorKey(redacted)")
    }
}

/// Where another validator listens for its peers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeerAddress {
    /// Its Ed25519 public key.
    pub key: [u8; 32],
    /// Its peer-to-peer socket.
    pub address: SocketAddr,
}

/// What [`crate::Node::start`] needs.
#[derive(Clone, Debug)]
pub struct NodeConfig {
    /// The node's own folder; created when missing, readable by its owner only.
    pub dir: PathBuf,
    /// The validator's key.
    pub key: ValidatorKey,
    /// The encoded genesis (`chain::genesis::Genesis`); all nodes of a network have the same one.
    pub genesis: Vec<u8>,
    /// Where this node listens for its peers.
    pub listen: SocketAddr,
    /// All validators of the genesis with their sockets (this one may be among them).
    pub peers: Vec<PeerAddress>,
    /// Where HTTP is served; port 0 takes a free one.
    pub http: SocketAddr,
}
