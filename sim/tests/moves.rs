//! Queues that move while people talk (E2E-80 to E2E-82). `SIM_SEED=7` replays one world, `SIM_SEEDS=1000` runs so many.

mod support;

use sim::{Faults, Regions, Report, World};

/// Worlds of one ordinary test run.
const SEEDS: u64 = 16;

fn world(seed: u64) -> Report {
    let faults = Faults::random(seed);
    let world = World::with_regions(seed, Regions::Late, faults);
    match world.and_then(|world| world.run_moves(6, seed % 4 == 3)) {
        Ok(report) => report,
        Err(error) => {
            panic!("replay with SIM_SEED={seed} cargo test -p sim --test moves: {error:#} (under {faults:?})")
        }
    }
}

#[test]
fn without_faults_queues_move_and_what_was_left_goes() {
    for one_goes in [false, true] {
        let world = World::with_regions(1, Regions::Late, Faults::NONE);
        let report = world.and_then(|world| world.run_moves(4, one_goes)).unwrap();
        assert_eq!(report.received, 6 * (4 + 2));
    }
}

#[test]
fn no_message_is_lost_doubled_or_out_of_order_while_queues_move_whatever_fails() {
    support::worlds(SEEDS, support::BUDGET, world);
}
