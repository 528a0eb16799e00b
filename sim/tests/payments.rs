//! Payments under faults. `SIM_SEED=7` replays one world, `SIM_PAYMENT_SEEDS=40` runs so many.

mod support;

use sim::{Cut, Faults, Report, Trouble, World};
use support::number;

#[test]
fn without_faults_a_payment_is_final_on_both_sides_within_seconds() {
    let report = World::with_chain(1, 2, 3, Faults::NONE).and_then(|world| world.run_payments(1)).unwrap();
    assert_eq!(report.received, 2);
    assert!(report.lasted_ms < 60_000, "{report:?}");
}

#[test]
fn every_payment_is_made_once_whatever_fails() {
    let seeds = number("SIM_SEED").map_or(0..number("SIM_PAYMENT_SEEDS").unwrap_or(4), |seed| seed..seed + 1);
    for seed in seeds {
        let faults = Faults::random(seed);
        let done = World::with_chain(seed, 2, 3, faults).and_then(|world| world.run_payments(4));
        if let Err(error) = done {
            panic!("replay with SIM_SEED={seed} cargo test -p sim --test payments: {error:#} (under {faults:?})");
        }
    }
}

fn gathering(trouble: Trouble) -> Report {
    let done = World::with_chain(1, 2, 3, Faults::NONE).and_then(|world| world.run_gathering(trouble));
    done.unwrap_or_else(|error| panic!("{trouble:?}: {error:#}"))
}

#[test]
fn a_payment_for_which_all_accounts_together_have_enough_is_made() {
    assert_eq!(gathering(Trouble::None).received, 3);
}

#[test]
fn a_payment_waits_for_the_money_that_is_between_two_own_accounts() {
    assert_eq!(gathering(Trouble::ArrivalUnknown).received, 3);
    assert_eq!(gathering(Trouble::DepartureUnknown).received, 3);
}

#[test]
fn a_client_that_is_opened_anew_still_waits_for_it() {
    assert_eq!(gathering(Trouble::Restart).received, 3);
}

#[test]
fn money_is_gathered_although_submissions_are_lost() {
    assert_eq!(gathering(Trouble::SubmissionsLost).received, 3);
}

#[test]
fn money_is_gathered_although_everything_has_to_be_signed_anew() {
    assert_eq!(gathering(Trouble::SignedAnew).received, 3);
}

#[test]
fn a_payment_that_takes_what_was_to_be_gathered_stops_nothing() {
    for seed in 0..4 {
        let done = World::with_chain(seed, 2, 3, Faults::NONE).and_then(World::run_overtaken_gathering);
        assert_eq!(done.unwrap_or_else(|error| panic!("{seed}: {error:#}")).received, 4);
    }
}

fn cut(cut: Cut) -> Report {
    let done = World::with_chain(1, 2, 3, Faults::NONE).and_then(|world| world.run_cut(cut));
    done.unwrap_or_else(|error| panic!("{cut:?}: {error:#}"))
}

/// E2E-75
#[test]
fn what_is_paid_in_a_cut_is_promised_or_unconfirmed_on_both_sides_and_made_once_when_the_chain_is_back() {
    assert_eq!(cut(Cut::Short).received, 2);
    assert_eq!(cut(Cut::Restart).received, 2);
}

/// E2E-74, E2E-75
#[test]
fn a_cut_may_last_so_long_that_nothing_is_known_of_the_chain() {
    assert_eq!(cut(Cut::Long).received, 2);
}

/// E2E-75
#[test]
fn what_came_into_a_block_before_the_cut_is_nowhere_said_to_be_unpaid() {
    assert_eq!(cut(Cut::Sent).received, 2);
}

/// E2E-75
#[test]
fn a_client_that_is_opened_anew_promises_nothing_before_it_has_asked() {
    for seed in 0..3 {
        let done = World::with_chain(seed, 2, 3, Faults::NONE).and_then(World::run_restarted_payer);
        assert_eq!(done.unwrap_or_else(|error| panic!("{seed}: {error:#}")).received, 1);
    }
}

/// E2E-75
#[test]
fn a_promise_that_cannot_be_kept_is_taken_back_and_nothing_is_shown_as_paid() {
    assert_eq!(cut(Cut::Spent).received, 0);
}

/// E2E-83: a border comes down in the middle of payments, between people and half of the relays.
#[test]
fn payments_are_final_soon_while_a_border_is_cut_and_relays_on_both_sides_reach_the_chain() {
    let some = || 0..number("SIM_PAYMENT_SEEDS").unwrap_or(2);
    let seeds = number("SIM_SEED").map_or_else(some, |seed| seed..seed + 1);
    std::thread::scope(|scope| {
        for seed in seeds {
            scope.spawn(move || {
                match World::with_chain_and_border(seed, Faults::NONE).and_then(World::run_border_payments) {
                    Ok(report) => assert_eq!(report.received, 15),
                    Err(error) => panic!("replay with SIM_SEED={seed} cargo test -p sim --test payments: {error:#}"),
                }
            });
        }
    });
}
