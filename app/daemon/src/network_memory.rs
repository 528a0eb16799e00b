//! Keeps what the carriers learn of networks (CAR-46, CAR-47): tells them in which one the machine is, and has their
//! memory in a sealed file of the profile while the program does not run.
//!
//! Requirements: a secret of the profile. Provided: a memory that outlasts the program, written seldom. Not provided:
//! that it always does: a file that can't be read is dropped, and what was learned since the last writing goes with a
//! crash.

use crate::whereabouts::Whereabouts;
use anyhow::{Context as _, ensure};
use carrier::{Carriers, Memory, NetworkName};
use std::{
    fs::File,
    io::{self, Read as _},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use store::{
    clock::now,
    files,
    people::vault::{open_file, seal_file},
};
use tokio::{
    sync::watch,
    task::JoinHandle,
    time::{Instant, sleep, sleep_until},
};
use wire::{Secret32, UnixMillis};

/// The file's name in the profile.
const FILE: &str = "carrier.memory";
/// Bytes of the file: more than any that was written has.
const FILE_BYTES_MAX: u64 = 300 * 1024;
/// How often the network is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(15);
/// The same while something of it is not known yet, and after carriers failed.
const LOOK_SOON: Duration = Duration::from_secs(1);
/// The file is written so often at most, but for the end.
const WRITE_EVERY: Duration = Duration::from_secs(600);
/// How often what is done.
const PACE: Pace = Pace { look_every: LOOK_EVERY, look_soon: LOOK_SOON, write_every: WRITE_EVERY };

/// Says where the machine is.
pub(crate) type Look = fn() -> Option<Whereabouts>;

#[derive(Clone, Copy, Debug)]
struct Pace {
    look_every: Duration,
    look_soon: Duration,
    write_every: Duration,
}

/// The running keeper.
pub(crate) struct NetworkMemory {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl NetworkMemory {
    /// Has the carriers remember what was kept, and the network the machine is in; goes on with both.
    pub(crate) async fn start(carriers: Arc<Carriers>, folder: &Path, secret: Secret32, look: Look) -> Self {
        Self::start_at(PACE, carriers, folder, secret, look).await
    }

    async fn start_at(pace: Pace, carriers: Arc<Carriers>, folder: &Path, secret: Secret32, look: Look) -> Self {
        let mut keeper = Keeper::new(pace, carriers, folder.join(FILE), secret, look);
        keeper.recall().await;
        keeper.look_around();
        let (stop, stopped) = watch::channel(false);
        Self { stop, task: tokio::spawn(keeper.run(stopped)) }
    }

    /// Ends, once the memory is written.
    pub(crate) async fn stop(self) {
        self.stop.send_replace(true);
        let _ = self.task.await;
    }
}

struct Keeper {
    pace: Pace,
    carriers: Arc<Carriers>,
    file: PathBuf,
    secret: Secret32,
    look: Look,
    network: Option<NetworkName>,
    is_incomplete: bool,
    looked_at: Instant,
    written_at: Instant,
    written_changes: u64,
}

impl Keeper {
    fn new(pace: Pace, carriers: Arc<Carriers>, file: PathBuf, secret: Secret32, look: Look) -> Self {
        Self {
            pace,
            written_changes: carriers.memory_changes(),
            carriers,
            file,
            secret,
            look,
            network: None,
            is_incomplete: false,
            looked_at: Instant::now(),
            written_at: Instant::now(),
        }
    }

    async fn run(mut self, mut stopped: watch::Receiver<bool>) {
        while !*stopped.borrow() {
            let carriers = Arc::clone(&self.carriers);
            let soon = self.looked_at.checked_add(self.pace.look_soon).unwrap_or(self.looked_at);
            let pause = if self.is_incomplete { self.pace.look_soon } else { self.pace.look_every };
            let due = async {
                tokio::select! {
                    () = carriers.failed() => sleep_until(soon).await,
                    () = sleep(pause) => {}
                }
            };
            tokio::select! {
                // Also when whoever says so is gone.
                _ = stopped.changed() => break,
                () = due => {}
            }
            self.look_around();
            self.write_if_due().await;
        }
        self.write().await;
    }

    /// Writes what is new, not too often.
    async fn write_if_due(&mut self) {
        let is_new = self.carriers.memory_changes() != self.written_changes;
        if is_new && self.written_at.elapsed() >= self.pace.write_every {
            self.write().await;
        }
    }

    /// Tells the carriers where the machine is. One that is nowhere is where it was.
    fn look_around(&mut self) {
        self.looked_at = Instant::now();
        let Some(found) = (self.look)() else { return };
        self.is_incomplete = found.is_incomplete();
        let name = found.name(&self.secret);
        if self.network != Some(name) {
            tracing::debug!("the machine is in another network");
            self.network = Some(name);
            self.carriers.set_network(name);
        }
    }

    /// Takes up what was kept. What can't be read is dropped: it is learned anew.
    async fn recall(&self) {
        let (file, secret) = (self.file.clone(), self.secret.clone());
        let read = tokio::task::spawn_blocking(move || read(&file, &secret, now())).await;
        match read.map_err(anyhow::Error::from).flatten() {
            Ok(Some((memory, ago))) => self.carriers.recall(&memory, ago),
            Ok(None) => {}
            Err(error) => {
                tracing::warn!(
                    error = format!("{error:#}"),
                    "what was learned of networks is lost: it is learned anew"
                );
                if let Err(error) = files::remove(&self.file) {
                    tracing::warn!(%error, "the damaged file stays");
                }
            }
        }
    }

    async fn write(&mut self) {
        (self.written_at, self.written_changes) = (Instant::now(), self.carriers.memory_changes());
        let (memory, file, secret) = (self.carriers.memory(), self.file.clone(), self.secret.clone());
        let written = tokio::task::spawn_blocking(move || write(&file, &secret, memory, now())).await;
        if let Err(error) = written.map_err(anyhow::Error::from).flatten() {
            tracing::warn!(error = format!("{error:#}"), "what was learned of networks can't be kept");
        }
    }
}

/// What was kept, and how long ago by this machine's clock. One that was set back says that no time has gone by.
fn read(file: &Path, secret: &Secret32, at: UnixMillis) -> anyhow::Result<Option<(Memory, Duration)>> {
    let opened = match File::open(file) {
        Ok(opened) => opened,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    ensure!(opened.metadata()?.len() <= FILE_BYTES_MAX, "the file is too long");
    let mut sealed = Vec::new();
    opened.take(FILE_BYTES_MAX).read_to_end(&mut sealed)?;
    let content = open_file(secret, FILE, &sealed)?;
    let (written_at, memory) = content.split_first_chunk().context("the file is cut off")?;
    let ago = at.since(UnixMillis(u64::from_le_bytes(*written_at)));
    Ok(Some((Memory::decode(memory)?, Duration::from_millis(ago))))
}

/// Keeps it; where there is nothing to keep there is no file.
fn write(file: &Path, secret: &Secret32, memory: Memory, at: UnixMillis) -> anyhow::Result<()> {
    if memory.is_empty() {
        return Ok(files::remove(file)?);
    }
    let content = [at.0.to_le_bytes().as_slice(), &memory.encode()?].concat();
    Ok(files::write_private(file, &seal_file(secret, FILE, &content)?)?)
}

#[cfg(test)]
mod tests;
