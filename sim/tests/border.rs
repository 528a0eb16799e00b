//! An hour's cut of a country's border, and its healing. `SIM_SEED=7` replays one world, `SIM_BORDER_SEEDS=40` runs so many.
//! Where no relay says on which side it is, one person in ten has no queue inside: there only seeds without bad luck pass.

mod support;

use sim::{Faults, Regions, World};
use support::number;

#[test]
fn a_country_that_is_cut_off_for_an_hour_goes_on_talking_and_catches_up_within_a_minute() {
    let seeds = number("SIM_SEED").map_or(0..number("SIM_BORDER_SEEDS").unwrap_or(1), |seed| seed..seed + 1);
    for seed in seeds {
        match World::new(seed, 3, 5, Faults::NONE).and_then(World::run_border) {
            Ok(report) => assert_eq!(report.received, 6 * 30),
            Err(error) => panic!("replay with SIM_SEED={seed} cargo test -p sim --test border: {error:#}"),
        }
    }
}

/// E2E-78: whatever is drawn, everybody inside has a queue that is reached inside.
#[test]
fn nobody_is_cut_off_from_people_inside_where_relays_say_on_which_side_they_are() {
    let some = || 0..number("SIM_BORDER_SEEDS").unwrap_or(2);
    let seeds = || number("SIM_SEED").map_or_else(some, |seed| seed..seed + 1);
    std::thread::scope(|scope| {
        for regions in [Regions::OfRelays, Regions::OfAll] {
            scope.spawn(move || {
                for seed in seeds() {
                    match World::with_regions(seed, regions, Faults::NONE).and_then(World::run_border) {
                        Ok(report) => assert_eq!(report.received, 6 * 30),
                        Err(error) => {
                            panic!(
                                "replay with SIM_SEED={seed} cargo test -p sim --test border ({regions:?}): {error:#}"
                            )
                        }
                    }
                }
            });
        }
    });
}

/// E2E-80: all of everybody's queues are abroad when they get a newer network file and say where they are.
#[test]
fn nobody_who_says_it_late_is_cut_off_from_people_inside() {
    let some = || 0..number("SIM_BORDER_SEEDS").unwrap_or(1);
    for seed in number("SIM_SEED").map_or_else(some, |seed| seed..seed + 1) {
        match World::with_regions(seed, Regions::Late, Faults::NONE).and_then(World::run_border) {
            Ok(report) => assert_eq!(report.received, 6 * 30),
            Err(error) => panic!("replay with SIM_SEED={seed} cargo test -p sim --test border (late): {error:#}"),
        }
    }
}
