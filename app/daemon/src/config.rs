//! What a daemon is started with.

use crate::control::DemoControl;
use std::{net::SocketAddr, path::PathBuf, sync::Arc};
use zeroize::Zeroizing;

/// What a daemon is started with.
#[derive(Clone)]
pub struct DaemonConfig {
    /// The person's folder; made when it is not there.
    pub profile: PathBuf,
    /// Opens a profile that has a passphrase.
    pub passphrase: Option<Zeroizing<String>>,
    /// The name a new profile gets; an old one keeps its own.
    pub name: String,
    /// The country a new profile is in (E2E-79); an old one keeps its own.
    pub region: Option<wire::Region>,
    /// The network's `network.json`; it is copied into a new profile. `None`: the profile has it already.
    pub network: Option<PathBuf>,
    /// Where the page is served; the port may be 0. Only loopback addresses are accepted.
    pub listen: SocketAddr,
    /// The demo this daemon is part of.
    pub control: Option<Arc<dyn DemoControl>>,
    /// Serve the page and its WebSocket; without it there is only the Unix socket.
    pub web: bool,
}

impl std::fmt::Debug for DaemonConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DaemonConfig")
            .field("profile", &self.profile)
            .field("name", &self.name)
            .field("region", &self.region)
            .field("network", &self.network)
            .field("listen", &self.listen)
            .field("demo", &self.control.is_some())
            .field("web", &self.web)
            .finish()
    }
}
