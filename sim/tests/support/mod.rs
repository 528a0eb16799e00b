//! Which worlds a test runs. `SIM_SEED=7` replays one, `SIM_SEEDS=1000` runs so many.

#![allow(dead_code, reason = "shared by tests")]

use sim::Report;
use std::time::{Duration, Instant};

/// How long an ordinary test run of many worlds begins new ones.
pub(crate) const BUDGET: Duration = Duration::from_secs(60);

/// What a variable says.
pub(crate) fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|value| value.parse().ok())
}

/// Runs the worlds that are asked for, else the first so many as far as `budget` allows, on all cores.
pub(crate) fn worlds(ordinary: u64, budget: Duration, world: fn(u64) -> Report) {
    if let Some(seed) = number("SIM_SEED") {
        eprintln!("seed {seed}: {:?}", world(seed));
        return;
    }
    let (wanted, begun) = (number("SIM_SEEDS"), Instant::now());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let run = |thread: usize| -> Vec<Report> {
        let goes_on = |_: &u64| wanted.is_some() || begun.elapsed() < budget;
        let seeds = (0..wanted.unwrap_or(ordinary)).skip(thread).step_by(threads);
        seeds.take_while(goes_on).map(world).collect()
    };
    let reports: Vec<Report> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..threads).map(|thread| scope.spawn(move || run(thread))).collect();
        handles.into_iter().flat_map(|handle| handle.join().expect("a world failed: its seed stands above")).collect()
    });
    let received: usize = reports.iter().map(|report| report.received).sum();
    let crashes: u64 = reports.iter().map(|report| report.crashes).sum();
    eprintln!("{} worlds, {received} messages, {crashes} crashes in {:?}", reports.len(), begun.elapsed());
    assert!(received > 0);
}
