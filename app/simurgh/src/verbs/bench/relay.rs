//! Durable deposits at a relay: the disk, the store alone, and two relays over loopback sockets.

use super::{Report, rounded, threads};
use relay::bench::{BenchConfig, run as measure};
use std::time::Duration;

/// Deposits in flight, as in the comparison with other brokers.
const IN_FLIGHT: usize = 100;

/// Measures.
pub(super) async fn run(duration: Duration) -> anyhow::Result<Vec<Report>> {
    let folder = tempfile::tempdir()?;
    let config =
        BenchConfig { dir: folder.path().to_owned(), in_flight: IN_FLIGHT, seconds: duration.as_secs().max(1) };
    let measured = measure(config).await?;
    let report = |phase: relay::bench::BenchPhase| Report {
        bench: format!("relay/{}", phase.name.replace(' ', "_")),
        unit: format!("{}/s, {} in flight", phase.unit, measured.in_flight),
        value: rounded(phase.value),
        p50_ms: rounded(phase.p50_ms),
        p95_ms: rounded(phase.p95_ms),
        p99_ms: rounded(phase.p99_ms),
        seconds: rounded(phase.seconds),
        threads: threads(),
        version: env!("CARGO_PKG_VERSION"),
        peer: None,
    };
    Ok(measured.phases.clone().into_iter().map(report).collect())
}
