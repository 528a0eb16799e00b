//! Durable deposits at a relay: the disk, the store alone, and two relays over loopback sockets.

use super::Report;
use relay::bench::{BenchConfig, BenchPhase, run as measure};
use std::time::Duration;

/// Deposits in flight, as in the comparison with other brokers.
const IN_FLIGHT: usize = 100;

/// Measures.
pub(super) async fn run(duration: Duration) -> anyhow::Result<Vec<Report>> {
    let folder = tempfile::tempdir()?;
    let config =
        BenchConfig { dir: folder.path().to_owned(), in_flight: IN_FLIGHT, seconds: duration.as_secs().max(1) };
    let measured = measure(config).await?;
    let report = |phase: &BenchPhase| {
        let bench = format!("relay/{}", phase.name.replace(' ', "_"));
        let unit = format!("{}/s, {} in flight", phase.unit, measured.in_flight);
        Report::new(&bench, &unit, phase.per_second(), &phase.took, phase.elapsed)
    };
    Ok(measured.phases.iter().map(report).collect())
}
