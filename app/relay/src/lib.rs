//! The relay server: to anyone without the secret path an ordinary website, to people with it a place for their
//! mailboxes and a hop to other relays.
//!
//! Requirements: a tokio runtime, a folder of its own. Provided: [`Relay::start`], restartable in one process;
//! [`operator`] for the command line. Not provided: decisions about mailboxes (those are `mailbox::relay`'s).

mod config;

pub use config::{RelayConfig, StartError};

use std::net::SocketAddr;
use wire::RelayDescriptor;

/// A relay.
#[derive(Debug)]
pub struct Relay;

/// A running relay. Dropping it stops the relay without waiting.
#[derive(Debug)]
pub struct RelayHandle {
    descriptor: RelayDescriptor,
    listen: SocketAddr,
    metrics: Option<SocketAddr>,
}

impl Relay {
    /// Starts a relay: opens (or makes) its folder, binds its ports and returns when it serves.
    pub async fn start(config: RelayConfig) -> Result<RelayHandle, StartError> {
        Err(StartError::Folder { path: config.dir, reason: "relays can't be started yet".into() })
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
    pub fn set_peers(&self, _peers: Vec<RelayDescriptor>) {}

    /// Stops it: answers what is under way, closes its store, frees its ports.
    pub async fn stop(self) {}
}
