//! Transfers to final blocks: four validators in this process over loopback sockets.

use super::Report;
use node::bench::{VALIDATORS, WALLETS, run as measure};
use std::time::Duration;

/// Measures.
pub(super) async fn run(duration: Duration) -> anyhow::Result<Vec<Report>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().to_owned();
    let figures = tokio::task::spawn_blocking(move || measure(&path, duration)).await??;
    let alone = format!("ms from submit to final, {VALIDATORS} validators, one payment at a time");
    let crowded = format!("transfers/s to final, {VALIDATORS} validators, {WALLETS} wallets");
    Ok(vec![
        Report::latency("chain/alone", &alone, &figures.alone, figures.alone.iter().sum()),
        Report::rate("chain/crowded", &crowded, &figures.crowded, figures.crowded_for),
    ])
}
