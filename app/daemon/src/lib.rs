//! A person's process: client core, store, carriers, local API and page in one.
//!
//! Requirements: a profile folder that nobody else uses, and a network to join.
//!
//! Provided: `Daemon::start`, which opens the folder, runs the client core and answers the local API
//! (specs/05-local-api.md) on a loopback port and on `<profile>/rpc.sock`.
//!
//! Not provided: the command line (`simurgh`), the relays and validators it talks to.

mod config;
mod control;

pub use config::DaemonConfig;
pub use control::DemoControl;

use anyhow::bail;
use api::{ApiError, Method, Reason};
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

/// A person's daemon.
#[derive(Debug)]
pub struct Daemon;

/// A running daemon. Dropping it stops the daemon without waiting; `stop` waits.
#[derive(Debug)]
pub struct DaemonHandle {
    profile: PathBuf,
    address: SocketAddr,
}

/// Which pages may show which others in a frame: the demo's page shows its people side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frames {
    /// Origins whose pages may show this daemon's page.
    pub shown_by: Vec<String>,
    /// Origins that this daemon's page may show.
    pub shows: Vec<String>,
}

impl Daemon {
    /// Opens the profile and starts to serve.
    pub async fn start(config: DaemonConfig) -> anyhow::Result<DaemonHandle> {
        bail!("the profile {} can't be opened yet", config.profile.display())
    }
}

impl DaemonHandle {
    /// An address of the page that is good once.
    #[must_use]
    pub fn page_url(&self) -> String {
        self.origin()
    }

    /// `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The profile's folder.
    #[must_use]
    pub fn profile(&self) -> &Path {
        &self.profile
    }

    /// Says which pages may be shown in frames; without it none.
    pub fn set_frames(&self, _frames: Frames) {}

    /// Calls a method of the local API from the same process.
    pub async fn call<M: Method>(&self, _params: M::Params) -> Result<M::Answer, ApiError> {
        Err(ApiError::new(Reason::Internal, "The daemon does not answer yet."))
    }

    /// Ends every task, closes the profile and waits for it.
    pub async fn stop(self) {}
}
