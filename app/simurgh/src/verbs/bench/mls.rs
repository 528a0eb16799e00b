//! Encryption and decryption of messages, on one thread.

use super::Report;
use std::time::Duration;

/// Measures.
pub(super) async fn run(duration: Duration) -> anyhow::Result<Vec<Report>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().to_owned();
    let figures = tokio::task::spawn_blocking(move || daemon::bench::mls(&path, duration)).await??;
    let report = |name, took: &[Duration]| Report::rate(name, "messages/s on one core", took, took.iter().sum());
    Ok(vec![report("mls/encrypt", &figures.encrypt), report("mls/decrypt", &figures.decrypt)])
}
