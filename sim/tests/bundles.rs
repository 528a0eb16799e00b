//! Conversations while no relay can be reached: people hand each other bundles, which are lost, cut off, changed, late,
//! and brought twice. `SIM_SEED=7` replays one world, `SIM_SEEDS=1000` runs so many.

mod support;

use sim::{Faults, Report, World};

/// Worlds of one ordinary test run.
const SEEDS: u64 = 12;

/// Every third world has somebody who carries for two others; in half of them no relay ever comes back.
fn world(seed: u64) -> Report {
    let faults = Faults { one_relay_dies: false, ..Faults::random(seed) };
    let people = if seed % 3 == 2 { 3 } else { 2 };
    let world = World::new(seed, people, 3, faults);
    match world.and_then(|world| world.run_bundles(8, seed.is_multiple_of(2))) {
        Ok(report) => report,
        Err(error) => panic!("replay with SIM_SEED={seed} cargo test -p sim: {error:#} (under {faults:?})"),
    }
}

/// BUN-10, BUN-20 to BUN-22
#[test]
fn no_message_is_lost_doubled_or_out_of_order_when_only_bundles_go() {
    support::worlds(SEEDS, std::time::Duration::MAX, world);
}

#[test]
fn the_same_seed_gives_the_same_world_of_bundles() {
    assert_eq!(world(2), world(2));
}
