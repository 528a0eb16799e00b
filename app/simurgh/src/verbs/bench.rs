//! `simurgh bench …`: measures this machine and prints what it measured, weak figures too.

#[cfg(feature = "node")]
mod chain;
pub(crate) mod message;
mod mls;
mod peer;
mod relay;

use crate::{
    cli::{Bench, BenchArgs},
    output::Output,
};
use serde::Serialize;
use std::{
    io::{self, IsTerminal as _, Write as _},
    num::NonZero,
    thread,
    time::{Duration, Instant},
};

/// One line of figures.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Report {
    bench: String,
    unit: String,
    value: f64,
    p50_ms: f64,
    p95_ms: f64,
    p99_ms: f64,
    seconds: f64,
    threads: usize,
    version: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    peer: Option<peer::Peer>,
}

impl Report {
    /// Figures from how long each operation took and how long all took together. `value` is operations a second.
    fn rate(bench: &str, unit: &str, took: &[Duration], all: Duration) -> Self {
        let value = f64::from(u32::try_from(took.len()).unwrap_or(u32::MAX)) / all.as_secs_f64().max(f64::EPSILON);
        Self::new(bench, unit, value, took, all)
    }

    /// Figures from how long each operation took. `value` is the median in milliseconds.
    fn latency(bench: &str, unit: &str, took: &[Duration], all: Duration) -> Self {
        let median = percentile(&sorted(took), 50);
        Self::new(bench, unit, median, took, all)
    }

    fn new(bench: &str, unit: &str, value: f64, took: &[Duration], all: Duration) -> Self {
        let sorted = sorted(took);
        Self {
            bench: bench.to_owned(),
            unit: unit.to_owned(),
            value: rounded(value),
            p50_ms: percentile(&sorted, 50),
            p95_ms: percentile(&sorted, 95),
            p99_ms: percentile(&sorted, 99),
            seconds: rounded(all.as_secs_f64()),
            threads: threads(),
            version: env!("CARGO_PKG_VERSION"),
            peer: None,
        }
    }

    fn human(&self) -> String {
        let mut text = format!(
            "{}: {} {} (p50 {} ms, p95 {} ms, p99 {} ms, {} s, {} threads)",
            self.bench, self.value, self.unit, self.p50_ms, self.p95_ms, self.p99_ms, self.seconds, self.threads
        );
        if let Some(peer) = &self.peer {
            text.push_str(&format!("\n  {} {}: {} (ratio {})", peer.name, peer.version, peer.value, peer.ratio));
        }
        text
    }
}

/// Runs a bench and prints its figures.
pub(crate) async fn run(args: BenchArgs, output: Output) -> anyhow::Result<()> {
    if let Some(listen) = args.serve {
        return relay::serve(listen, output).await;
    }
    let duration = Duration::from_secs(args.seconds);
    let progress = (!output.is_json() && io::stderr().is_terminal()).then(|| tokio::spawn(show_progress(duration)));
    let mut reports = match args.what {
        Bench::Message => vec![message::run(duration).await?],
        #[cfg(feature = "node")]
        Bench::Chain => chain::run(duration).await?,
        Bench::Relay => relay::run(duration).await?,
        Bench::Carrier => relay::carriers(duration, args.at.as_deref()).await?,
        Bench::Mls => mls::run(duration).await?,
    };
    if let Some(program) = &args.peer {
        peer::compare(program, args.seconds, &mut reports).await?;
    }
    if let Some(progress) = progress {
        progress.abort();
        let _ = write!(io::stderr(), "\r{:40}\r", "");
    }
    reports.iter().try_for_each(|report| output.print(&report.human(), report))
}

/// A line on the terminal that counts the seconds; setting up comes before and is counted too.
async fn show_progress(duration: Duration) {
    let began = Instant::now();
    loop {
        let _ = write!(io::stderr(), "\rmeasuring: {} s of about {} s ", began.elapsed().as_secs(), duration.as_secs());
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// Threads that this machine runs at once.
fn threads() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

fn sorted(took: &[Duration]) -> Vec<Duration> {
    let mut sorted = took.to_vec();
    sorted.sort_unstable();
    sorted
}

/// The duration that so many percent of all do not exceed, in milliseconds; 0 when there are none.
fn percentile(sorted: &[Duration], percent: usize) -> f64 {
    let place = sorted.len().saturating_mul(percent).div_ceil(100).saturating_sub(1);
    sorted.get(place).map_or(0.0, |took| rounded(took.as_secs_f64() * 1_000.0))
}

/// Three digits after the point: more would pretend to a precision that no measurement has.
fn rounded(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_measured_values() {
        let took: Vec<Duration> = (1..=100).rev().map(Duration::from_millis).collect();
        let report = Report::rate("x", "operations/s", &took, Duration::from_secs(10));
        assert_eq!((report.value, report.p50_ms, report.p95_ms, report.p99_ms), (10.0, 50.0, 95.0, 99.0));
        assert_eq!(percentile(&[], 99), 0.0);
        assert_eq!(percentile(&[Duration::from_millis(7)], 50), 7.0);
    }

    #[test]
    fn a_report_has_the_words_that_scripts_rely_on() {
        let report = serde_json::to_value(Report::latency("message", "ms", &[], Duration::from_secs(1))).unwrap();
        for key in ["bench", "unit", "value", "p50_ms", "p95_ms", "p99_ms", "seconds", "threads", "version"] {
            assert!(report.get(key).is_some(), "{key}");
        }
    }
}
