//! Queues that move while people talk (E2E-80 to E2E-82). `SIM_SEED=7` replays one world, `SIM_SEEDS=1000` runs so many.

use sim::{Faults, Regions, Report, World};
use std::time::{Duration, Instant};

/// Worlds of one ordinary test run.
const SEEDS: u64 = 16;
/// An ordinary test run stops beginning new worlds after so long.
const BUDGET: Duration = Duration::from_secs(60);

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|value| value.parse().ok())
}

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
    if let Some(seed) = number("SIM_SEED") {
        eprintln!("seed {seed}: {:?}", world(seed));
        return;
    }
    let (wanted, begun) = (number("SIM_SEEDS"), Instant::now());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let run = |thread: usize| {
        let goes_on = |_: &u64| wanted.is_some() || begun.elapsed() < BUDGET;
        let seeds = (0..wanted.unwrap_or(SEEDS)).skip(thread).step_by(threads);
        seeds.take_while(goes_on).map(world).map(|report| report.received).collect::<Vec<_>>()
    };
    let received: Vec<usize> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..threads).map(|thread| scope.spawn(move || run(thread))).collect();
        handles.into_iter().flat_map(|handle| handle.join().unwrap()).collect()
    });
    eprintln!("{} worlds, {} messages in {:?}", received.len(), received.iter().sum::<usize>(), begun.elapsed());
    assert!(!received.is_empty());
}
