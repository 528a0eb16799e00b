//! The owner-only socket `<profile>/rpc.sock`: the same calls as the WebSocket's, one JSON object a line.

use super::{
    Shared,
    connection::{self, Door, READ_AHEAD},
};
use anyhow::Context as _;
use api::rpc::REQUEST_BYTES_MAX;
use futures::sink;
use std::{
    fs, io,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{
        UnixListener, UnixStream,
        unix::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::{Semaphore, mpsc, watch},
    task::{JoinHandle, JoinSet},
};

/// The socket's name in the profile's folder.
const NAME: &str = "rpc.sock";
/// Connections open at a time; further ones wait.
const CONNECTIONS_MAX: usize = 64;
/// The kernel takes socket paths of 108 bytes with the ending zero (104 on some systems).
const PATH_BYTES_MAX: usize = 100;

/// Connects to the daemon of a profile. Fails with `NotFound` or `ConnectionRefused` when none runs.
pub async fn connect(profile: &Path) -> io::Result<UnixStream> {
    let (path, _folder) = reachable(profile)?;
    UnixStream::connect(path).await
}

/// Serves the socket until `stopped` changes. The profile's lock must be held: a socket left behind is replaced.
pub(super) fn serve(
    shared: Arc<Shared>,
    profile: &Path,
    stopped: watch::Receiver<bool>,
) -> anyhow::Result<JoinHandle<()>> {
    let place = profile.join(NAME);
    match fs::remove_file(&place) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(error).with_context(|| format!("can't replace the old socket {}", place.display()));
        }
        _ => {}
    }
    let (path, folder) = reachable(profile)?;
    let listener = UnixListener::bind(path).with_context(|| format!("can't open the socket {}", place.display()))?;
    drop(folder);
    fs::set_permissions(&place, fs::Permissions::from_mode(0o600))?;
    Ok(tokio::spawn(async move {
        accept(shared, listener, stopped).await;
        let _ = fs::remove_file(place);
    }))
}

/// The socket's path, shortened where it is too long for the kernel; it is good while the folder is kept open.
fn reachable(profile: &Path) -> io::Result<(PathBuf, Option<fs::File>)> {
    let path = profile.join(NAME);
    if path.as_os_str().len() <= PATH_BYTES_MAX {
        return Ok((path, None));
    }
    if cfg!(target_os = "linux") {
        use std::os::fd::AsRawFd as _;
        let folder = fs::File::open(profile)?;
        let short = PathBuf::from(format!("/proc/self/fd/{}/{NAME}", folder.as_raw_fd()));
        return Ok((short, Some(folder)));
    }
    Err(io::Error::other(format!("the profile's path may have {PATH_BYTES_MAX} bytes at most: move it")))
}

async fn accept(shared: Arc<Shared>, listener: UnixListener, mut stopped: watch::Receiver<bool>) {
    let permits = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = stopped.changed() => break,
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
            accepted = async {
                // The semaphore is never closed.
                let permit = Arc::clone(&permits).acquire_owned().await.map_err(io::Error::other)?;
                Ok::<_, io::Error>((listener.accept().await?.0, permit))
            } => match accepted {
                Ok((stream, permit)) => {
                    let (shared, stopped) = (Arc::clone(&shared), stopped.clone());
                    connections.spawn(async move {
                        run(shared, stream, stopped).await;
                        drop(permit);
                    });
                }
                Err(error) => {
                    // Out of file descriptors, most likely: give others time to close theirs.
                    tracing::warn!(%error, "a connection to the socket was not accepted");
                    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
                }
            }
        }
    }
    while connections.join_next().await.is_some() {}
}

async fn run(shared: Arc<Shared>, stream: UnixStream, stopped: watch::Receiver<bool>) {
    let (reading, writing) = stream.into_split();
    let (requests, received) = mpsc::channel(READ_AHEAD);
    let reader = tokio::spawn(read_lines(reading, requests));
    let answers = Box::pin(sink::unfold(writing, write_line));
    connection::run(shared, Door::OwnerSocket, received, answers, stopped).await;
    reader.abort();
}

async fn write_line(mut writing: OwnedWriteHalf, mut text: String) -> io::Result<OwnedWriteHalf> {
    text.push('\n');
    writing.write_all(text.as_bytes()).await?;
    Ok(writing)
}

/// Hands on each line; ends at the end, at a line that is too long, or when nobody listens any more.
async fn read_lines(reading: OwnedReadHalf, requests: mpsc::Sender<String>) {
    let mut reading = BufReader::new(reading);
    let limit = REQUEST_BYTES_MAX as u64;
    loop {
        let mut line = Vec::new();
        match (&mut reading).take(limit).read_until(b'\n', &mut line).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        if line.len() >= REQUEST_BYTES_MAX {
            return;
        }
        let text = String::from_utf8_lossy(&line).trim().to_owned();
        if !text.is_empty() && requests.send(text).await.is_err() {
            return;
        }
    }
}
