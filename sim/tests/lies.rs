//! Lies that must be caught: every check of the ghost is shown a machine that breaks what it checks, and must say so.
//! `without_a_lie_nothing_is_caught` is the same worlds with honest machines.

use client::view::MessageState::{Accepted, Delivered, Pending, Read};
use sim::{Claim, Faults, Lie, PersonLie, RelayLie, Report, Untrue, World};

/// A little of everything, so that there is something to lie about.
const FAULTS: Faults = Faults { lose: 20, double: 50, stall: 20, crashes: 4, one_relay_dies: false };
/// Worlds in which an honest machine is never caught.
const SEEDS: std::ops::Range<u64> = 0..4;

fn caught(lie: Lie, faults: Faults, run: impl FnOnce(World) -> anyhow::Result<Report>) -> Option<Claim> {
    let error = World::with_lie(1, faults, lie).and_then(run).err()?;
    let untrue = error.downcast_ref::<Untrue>().unwrap_or_else(|| panic!("{lie:?}: {error:#}"));
    eprintln!("{lie:?}: {untrue}");
    Some(untrue.claim)
}

fn of_relay(lie: RelayLie) -> Option<Claim> {
    caught(Lie::Relay(lie), FAULTS, |world| world.run(8))
}

fn of_person(lie: PersonLie) -> Option<Claim> {
    caught(Lie::Person(lie), FAULTS, |world| world.run(8))
}

#[test]
fn a_relay_whose_disk_only_says_that_it_writes_is_caught() {
    assert_eq!(of_relay(RelayLie::CommitsNothing), Some(Claim::Deposited));
}

#[test]
fn a_relay_that_answers_although_its_commit_failed_is_caught() {
    assert_eq!(of_relay(RelayLie::AnswersAnyway), Some(Claim::Deposited));
}

#[test]
fn a_relay_that_loses_a_cell_is_caught() {
    assert_eq!(of_relay(RelayLie::LosesACell), Some(Claim::Kept));
}

#[test]
fn a_relay_that_deletes_what_nobody_has_acknowledged_is_caught() {
    assert_eq!(of_relay(RelayLie::DeletesWhatIsFetched), Some(Claim::Kept));
}

#[test]
fn a_client_that_promises_what_it_has_not_stored_is_caught() {
    assert_eq!(of_person(PersonLie::ForgetsWhatIsSent), Some(Claim::Promised));
}

#[test]
fn a_client_that_acknowledges_before_it_commits_is_caught() {
    assert_eq!(of_person(PersonLie::ForgetsWhatComes), Some(Claim::Acknowledged));
}

#[test]
fn a_client_that_sends_what_it_has_not_stored_is_caught() {
    assert_eq!(of_person(PersonLie::ForgetsWhatItSays), Some(Claim::Left));
}

#[test]
fn a_client_that_boasts_is_caught() {
    assert_eq!(of_person(PersonLie::Boasts(Pending, Accepted)), Some(Claim::Accepted));
    assert_eq!(of_person(PersonLie::Boasts(Pending, Delivered)), Some(Claim::Delivered));
    assert_eq!(of_person(PersonLie::Boasts(Delivered, Read)), Some(Claim::Read));
}

#[test]
fn a_client_that_takes_a_state_back_is_caught() {
    assert_eq!(of_person(PersonLie::Boasts(Delivered, Pending)), Some(Claim::Risen));
}

#[test]
fn a_client_whose_page_shows_something_else_than_is_stored_is_caught() {
    assert_eq!(of_person(PersonLie::Misquotes), Some(Claim::Told));
    // a client that is opened anew is looked at anew, so here none is
    let quiet = Faults { crashes: 0, ..FAULTS };
    assert_eq!(caught(Lie::Person(PersonLie::KeepsSilent), quiet, |world| world.run(8)), Some(Claim::Told));
}

#[test]
fn a_client_that_shows_a_payment_as_made_that_is_not_is_caught() {
    let lie = Lie::Person(PersonLie::PaysInWords);
    assert_eq!(caught(lie, FAULTS, |world| world.run_payments(1)), Some(Claim::Paid));
}

#[test]
fn without_a_lie_nothing_is_caught() {
    for seed in SEEDS {
        let report = World::new(seed, 2, 3, FAULTS).and_then(|world| world.run(8)).unwrap();
        assert!(report.claims > 100, "{report:?}");
    }
}
