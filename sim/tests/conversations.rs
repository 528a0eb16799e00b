//! Whole conversations under faults. `SIM_SEED=7` replays one world, `SIM_SEEDS=1000` runs so many, `SIM_TRACE=1`
//! prints every event.

mod support;

use sim::{Faults, Report, World};

/// Worlds of one ordinary test run.
const SEEDS: u64 = 24;

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
    support::worlds(SEEDS, support::BUDGET, world);
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
