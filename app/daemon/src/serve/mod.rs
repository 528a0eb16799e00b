//! The doors of the local API: a loopback port for the page, an owner-only Unix socket for the command line.

mod connection;
mod guard;
mod page;
mod session;
mod socket;
mod web;

pub use socket::connect;

pub(crate) use session::Sessions;

use crate::{Frames, events::Hub};
use api::Handler;
use carrier::Pages;
use parking_lot::RwLock;
use std::{net::SocketAddr, path::Path, sync::Arc};
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

/// What every connection needs.
pub(crate) struct Shared {
    pub(crate) handler: Arc<dyn Handler>,
    pub(crate) sessions: Arc<Sessions>,
    pub(crate) hub: Arc<Hub>,
    pub(crate) pages: Arc<Pages>,
    pub(crate) frames: RwLock<Frames>,
}

/// The open doors.
pub(crate) struct Doors {
    tasks: Vec<JoinHandle<()>>,
    stop: watch::Sender<bool>,
}

impl Doors {
    /// Opens the socket in the profile's folder, and the loopback port when there is one.
    pub(crate) fn open(shared: &Arc<Shared>, profile: &Path, port: Option<TcpListener>) -> anyhow::Result<Self> {
        let (stop, stopped) = watch::channel(false);
        let mut tasks = vec![socket::serve(Arc::clone(shared), profile, stopped.clone())?];
        if let Some(port) = port {
            tasks.push(web::serve(Arc::clone(shared), port, stopped)?);
        }
        Ok(Self { tasks, stop })
    }

    /// Closes them, and every connection.
    pub(crate) async fn close(self) {
        let _ = self.stop.send(true);
        for task in self.tasks {
            let _ = task.await;
        }
    }
}

/// Binds the loopback port; no other machine may ever reach it.
pub(crate) async fn bind(listen: SocketAddr) -> anyhow::Result<TcpListener> {
    anyhow::ensure!(listen.ip().is_loopback(), "the page is served on a loopback address only, not on {listen}");
    TcpListener::bind(listen)
        .await
        .map_err(|error| anyhow::anyhow!("can't listen on {listen} ({error}): choose another port, or 0 for any"))
}
