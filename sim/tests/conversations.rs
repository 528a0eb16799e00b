//! Whole conversations under faults. `SIM_SEED=7` replays one world, `SIM_SEEDS=1000` runs so many, `SIM_TRACE=1`
//! prints every event.

use sim::{Faults, Report, World};
use std::time::{Duration, Instant};

/// Worlds of one ordinary test run.
const SEEDS: u64 = 24;
/// An ordinary test run stops beginning new worlds after so long.
const BUDGET: Duration = Duration::from_secs(60);

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|value| value.parse().ok())
}

fn world(seed: u64) -> Report {
    let faults = Faults::random(seed);
    let people = if seed % 4 == 3 { 3 } else { 2 };
    let world = World::new(seed, people, if seed.is_multiple_of(2) { 3 } else { 4 }, faults);
    match world.and_then(|world| world.run(12)) {
        Ok(report) => report,
        Err(error) => panic!("replay with SIM_SEED={seed} cargo test -p sim: {error:#} (under {faults:?})"),
    }
}

#[test]
fn without_faults_everything_arrives_quickly() {
    let report = World::new(1, 2, 3, Faults::NONE).and_then(|world| world.run(10)).unwrap();
    assert_eq!(report.received, 20);
    assert!(report.lasted_ms < 60_000, "{report:?}");
}

#[test]
fn no_message_is_lost_doubled_or_out_of_order_whatever_fails() {
    if let Some(seed) = number("SIM_SEED") {
        eprintln!("seed {seed}: {:?}", world(seed));
        return;
    }
    let wanted = number("SIM_SEEDS");
    let begun = Instant::now();
    let (mut received, mut crashes, mut worlds) = (0, 0, 0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let handles: Vec<_> = (0u64..)
        .take(threads)
        .map(|thread| {
            std::thread::spawn(move || {
                let mut reports = Vec::new();
                for seed in (thread..wanted.unwrap_or(SEEDS)).step_by(threads) {
                    if wanted.is_none() && begun.elapsed() > BUDGET {
                        break;
                    }
                    reports.push(world(seed));
                }
                reports
            })
        })
        .collect();
    for handle in handles {
        for report in handle.join().unwrap() {
            received += report.received;
            crashes += report.crashes;
            worlds += 1;
        }
    }
    eprintln!("{worlds} worlds, {received} messages, {crashes} crashes in {:?}", begun.elapsed());
    assert!(worlds > 0);
}

#[test]
fn the_same_seed_gives_the_same_world() {
    assert_eq!(world(5), world(5));
}

#[test]
fn a_message_is_accepted_only_when_all_before_it_are() {
    let report = World::new(1, 2, 3, Faults::NONE).and_then(World::run_late_first).unwrap();
    assert_eq!(report.received, 2);
}
