//! Durable deposits at a relay (the disk, the store alone, and two relays over loopback sockets), and what the
//! carriers to it cost.

use super::Report;
use crate::{output::Output, signals};
use anyhow::Context as _;
use relay::bench::{self, BenchConfig, BenchPhase, BenchReport};
use serde_json::json;
use std::{net::SocketAddr, time::Duration};
use wire::{RelayDescriptor, codec};

/// Deposits in flight, as in the comparison with other brokers.
const IN_FLIGHT: usize = 100;
/// Exchanges of a carrier in flight: those of one person who fetches a lot.
const EXCHANGES_IN_FLIGHT: usize = 16;
/// Bytes of an encoded descriptor.
const DESCRIPTOR_BYTES_MAX: usize = 4 * 1024;

/// Measures the relay.
pub(super) async fn run(duration: Duration) -> anyhow::Result<Vec<Report>> {
    let folder = tempfile::tempdir()?;
    let measured = bench::run(config(&folder, IN_FLIGHT, duration)).await?;
    Ok(reports("relay", &measured))
}

/// Measures the carriers, to a relay of its own or to that of [`serve`] on another machine. The time is for all of them
/// together.
pub(super) async fn carriers(duration: Duration, at: Option<&str>) -> anyhow::Result<Vec<Report>> {
    let folder = tempfile::tempdir()?;
    let each = duration.checked_div(3).unwrap_or(duration);
    let config = config(&folder, EXCHANGES_IN_FLIGHT, each);
    let measured = match at {
        None => bench::carriers::run(config).await?,
        Some(relay) => bench::carriers::run_at(&descriptor(relay)?, &config).await?,
    };
    Ok(reports("carrier", &measured))
}

/// The relay to which another machine measures the carriers; until it is interrupted.
pub(super) async fn serve(listen: SocketAddr, output: Output) -> anyhow::Result<()> {
    let ended = signals::ended()?;
    let folder = tempfile::tempdir()?;
    let relay = bench::carriers::serve(folder.path(), listen).await?;
    let at = hex::encode(codec::encode(relay.descriptor())?);
    let human = format!("On the other machine: simurgh bench carrier --at {at}");
    output.print(&human, &json!({ "event": "ready", "at": at }))?;
    ended.await;
    relay.stop().await;
    Ok(())
}

/// What [`serve`] printed.
fn descriptor(text: &str) -> anyhow::Result<RelayDescriptor> {
    let wrong = "--at takes what “simurgh bench carrier --serve ADDRESS” printed on the other machine";
    let bytes = hex::decode(text).context(wrong)?;
    let descriptor: RelayDescriptor = codec::decode(&bytes, DESCRIPTOR_BYTES_MAX).context(wrong)?;
    descriptor.checked().context(wrong)
}

fn config(folder: &tempfile::TempDir, in_flight: usize, duration: Duration) -> BenchConfig {
    BenchConfig { dir: folder.path().to_owned(), in_flight, seconds: duration.as_secs().max(1) }
}

fn reports(what: &str, measured: &BenchReport) -> Vec<Report> {
    let report = |phase: &BenchPhase| {
        let bench = format!("{what}/{}", phase.name.replace(' ', "_"));
        let unit = format!("{}/s, {} in flight", phase.unit, measured.in_flight);
        Report::new(&bench, &unit, phase.per_second(), &phase.took, phase.elapsed)
    };
    measured.phases.iter().map(report).collect()
}
