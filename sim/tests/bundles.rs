//! Conversations while no relay can be reached: people hand each other bundles, which are lost, cut off, changed, late,
//! and brought twice. `SIM_SEED=7` replays one world, `SIM_SEEDS=1000` runs so many.

use sim::{Faults, Report, World};

/// Worlds of one ordinary test run.
const SEEDS: u64 = 12;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|value| value.parse().ok())
}

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
    if let Some(seed) = number("SIM_SEED") {
        eprintln!("seed {seed}: {:?}", world(seed));
        return;
    }
    let seeds = number("SIM_SEEDS").unwrap_or(SEEDS);
    let threads = std::thread::available_parallelism().map_or(1, usize::from) as u64;
    let begin = |thread| std::thread::spawn(move || (thread..seeds).step_by(threads as usize).map(world).collect());
    let handles: Vec<std::thread::JoinHandle<Vec<Report>>> = (0..threads).map(begin).collect();
    let reports: Vec<Report> = handles.into_iter().flat_map(|handle| handle.join().unwrap()).collect();
    let received: usize = reports.iter().map(|report| report.received).sum();
    eprintln!("{} worlds, {received} messages by bundles", reports.len());
    assert!(received > 0);
}

#[test]
fn the_same_seed_gives_the_same_world_of_bundles() {
    assert_eq!(world(2), world(2));
}
