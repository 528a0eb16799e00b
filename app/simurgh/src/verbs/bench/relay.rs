//! Durable deposits at a relay (the disk, the store alone, and two relays over loopback sockets), and what the
//! carriers to it cost.

use super::Report;
use relay::bench::{self, BenchConfig, BenchPhase, BenchReport};
use std::time::Duration;

/// Deposits in flight, as in the comparison with other brokers.
const IN_FLIGHT: usize = 100;
/// Exchanges of a carrier in flight: those of one person who fetches a lot.
const EXCHANGES_IN_FLIGHT: usize = 16;

/// Measures the relay.
pub(super) async fn run(duration: Duration) -> anyhow::Result<Vec<Report>> {
    let folder = tempfile::tempdir()?;
    let measured = bench::run(config(&folder, IN_FLIGHT, duration)).await?;
    Ok(reports("relay", &measured))
}

/// Measures the carriers. The time is for all of them together.
pub(super) async fn carriers(duration: Duration) -> anyhow::Result<Vec<Report>> {
    let folder = tempfile::tempdir()?;
    let each = duration.checked_div(3).unwrap_or(duration);
    let measured = bench::carriers::run(config(&folder, EXCHANGES_IN_FLIGHT, each)).await?;
    Ok(reports("carrier", &measured))
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
