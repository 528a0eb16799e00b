//! What is remembered, and what follows from it.

use super::*;

const KEPT: usize = 0;
const ROTATING: usize = 1;

fn choice() -> Choice {
    Choice::new(vec!["https", "https-rotating", "dns"], &Profile::default())
}

fn relay(name: &str) -> RelayName {
    (name.to_owned(), 443)
}

fn way(choice: &Choice, name: &str) -> (&'static str, Reason) {
    let way = choice.way(&relay(name));
    (way.carrier, way.reason)
}

#[test]
fn the_first_carrier_is_the_usual_one() {
    let mut choice = choice();
    assert_eq!(choice.overall(), Way { carrier: "https", reason: Reason::Trying });
    assert_eq!(choice.plan(&relay("a"), 0), [0, 1, 2]);
    assert_eq!(way(&choice, "a"), ("https", Reason::Trying));
    choice.settled(&relay("a"), &[], Some(KEPT), 10);
    assert_eq!(way(&choice, "a"), ("https", Reason::Usual));
    choice.settled(&relay("a"), &[(KEPT, Failure::Unreachable)], None, 20);
    assert_eq!(choice.overall(), Way { carrier: "https", reason: Reason::Down });
    assert_eq!(choice.plan(&relay("a"), 30), [0, 1, 2], "nothing worked, nothing is passed over");
}

#[test]
fn one_relay_that_is_down_does_not_mean_that_nothing_gets_through() {
    let mut choice = choice();
    choice.settled(&relay("a"), &[], Some(KEPT), 10);
    choice.settled(&relay("b"), &[(KEPT, Failure::Unreachable)], None, 20);
    assert_eq!(choice.overall().reason, Reason::Usual);
    choice.settled(&relay("a"), &[(KEPT, Failure::Unreachable)], None, 30);
    assert_eq!(choice.overall().reason, Reason::Down);
    choice.settled(&relay("b"), &[], Some(KEPT), 40);
    assert_eq!(choice.overall().reason, Reason::Usual);
}

/// CAR-42
#[test]
fn a_frozen_carrier_is_passed_over_longer_each_time_and_tried_by_one_exchange() {
    let (mut choice, a) = (choice(), relay("a"));
    let mut now = 0;
    let mut pauses = Vec::new();
    for _ in 0..9 {
        assert_eq!(choice.plan(&a, now), [0, 1, 2]);
        choice.settled(&a, &[(KEPT, Failure::Frozen)], Some(ROTATING), now);
        // The other exchanges of the same connection don't count again.
        choice.settled(&a, &[(KEPT, Failure::Frozen)], Some(ROTATING), now);
        assert_eq!(way(&choice, "a"), ("https-rotating", Reason::Frozen));
        let began = now;
        while choice.plan(&a, now)[0] == ROTATING {
            now += 1_000;
        }
        assert_eq!(choice.plan(&a, now), [1, 2, 0], "a second exchange waits for what comes of the trial");
        pauses.push((now - began) / 1_000);
        // The trial goes well for a moment, which proves little.
        choice.settled(&a, &[], Some(KEPT), now);
        assert_eq!(way(&choice, "a"), ("https", Reason::Usual));
    }
    assert_eq!(pauses, [30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600]);
    now += FORGIVEN_MS;
    choice.settled(&a, &[(KEPT, Failure::Frozen)], Some(ROTATING), now);
    assert_eq!(choice.plan(&a, now + 30_000), [0, 1, 2], "forgiven after ten good minutes");
}

/// CAR-40
#[test]
fn a_network_is_in_trouble_for_a_while_after_a_carrier_failed_but_not_after_a_freeze() {
    let (mut choice, a) = (choice(), relay("a"));
    for calm in [Failure::Absent, Failure::Frozen] {
        choice.settled(&a, &[(KEPT, calm)], Some(ROTATING), 0);
    }
    choice.settled(&a, &[(KEPT, Failure::Lost)], None, 0);
    assert!(!choice.is_in_trouble(0), "or when nothing works at all");
    choice.settled(&a, &[(KEPT, Failure::Lost)], Some(2), 5);
    assert!(choice.is_in_trouble(5) && choice.is_in_trouble(10_004) && !choice.is_in_trouble(10_005));
    choice.set_network([1; 32]);
    assert!(!choice.is_in_trouble(5));
}

#[test]
fn who_only_looks_for_a_way_tries_nothing() {
    let (mut choice, a) = (choice(), relay("a"));
    assert_eq!(choice.order(&a, 0), [0, 1, 2]);
    choice.settled(&a, &[(KEPT, Failure::Frozen)], Some(ROTATING), 0);
    assert_eq!((choice.order(&a, 1), choice.order(&relay("b"), 1)), (vec![1, 2, 0], vec![1, 2, 0]));
    for _ in 0..2 {
        assert_eq!(choice.order(&a, 30_000), [0, 1, 2]);
    }
    assert_eq!(choice.overall(), choice.way(&a));
    assert_eq!(choice.plan(&a, 30_000), [0, 1, 2], "the trial is still to be made");
    assert_eq!(choice.order(&a, 30_000), [1, 2, 0]);
}

#[test]
fn a_trial_that_fails_or_is_never_heard_of_ends() {
    let (mut choice, a) = (choice(), relay("a"));
    choice.settled(&a, &[(KEPT, Failure::Frozen)], Some(ROTATING), 0);
    assert_eq!(choice.plan(&a, 30_000), [0, 1, 2]);
    assert_eq!(choice.plan(&a, 39_999), [1, 2, 0]);
    assert_eq!(choice.plan(&a, 40_000), [0, 1, 2], "the exchange was cancelled");
    choice.settled(&a, &[(KEPT, Failure::Lost)], Some(ROTATING), 41_000);
    assert_eq!(choice.plan(&a, 100_000), [1, 2, 0]);
    assert_eq!(choice.plan(&a, 101_000), [0, 1, 2]);
}

#[test]
fn a_lost_connection_is_nothing_two_within_a_minute_are() {
    let (mut choice, a) = (choice(), relay("a"));
    choice.settled(&a, &[(KEPT, Failure::Lost)], Some(ROTATING), 0);
    assert_eq!(choice.plan(&a, 1), [0, 1, 2]);
    choice.settled(&a, &[(KEPT, Failure::Lost)], Some(ROTATING), 61_000);
    assert_eq!(choice.plan(&a, 61_001), [0, 1, 2]);
    choice.settled(&a, &[(KEPT, Failure::Lost)], Some(ROTATING), 90_000);
    assert_eq!(choice.plan(&a, 90_001), [1, 2, 0]);
    assert_eq!(way(&choice, "a"), ("https-rotating", Reason::Blocked));
}

/// CAR-42: it used to count as being tried, again and again, and came last for ever.
#[test]
fn one_that_is_not_asked_because_a_better_one_works_is_not_taken_for_tried() {
    let (mut choice, a) = (choice(), relay("a"));
    choice.settled(&a, &[(KEPT, Failure::Unreachable), (ROTATING, Failure::Unreachable)], Some(2), 0);
    assert_eq!(choice.plan(&a, 30_000), [0, 1, 2]);
    choice.settled(&a, &[], Some(KEPT), 30_001);
    choice.plan(&a, 60_000);
    choice.settled(&a, &[(KEPT, Failure::Frozen)], Some(ROTATING), 60_001);
    assert_eq!(choice.plan(&a, 60_002), [1, 2, 0]);
}

/// CAR-42: a connection that had carried more than a counting censor lets through by the time it began to count says
/// nothing of a freeze, and the next one would be frozen again.
#[test]
fn a_connection_that_went_silent_once_is_suspected_for_a_moment() {
    let (mut choice, a) = (choice(), relay("a"));
    choice.settled(&a, &[(KEPT, Failure::Silent)], Some(ROTATING), 0);
    assert_eq!(choice.plan(&a, SUSPECT_MS - 1), [1, 2, 0]);
    assert_eq!(choice.plan(&a, SUSPECT_MS), [0, 1, 2], "one exchange tries it");
    assert_eq!(choice.plan(&a, SUSPECT_MS), [1, 2, 0]);
    choice.settled(&a, &[], Some(KEPT), SUSPECT_MS + 1);
    assert_eq!(choice.plan(&a, SUSPECT_MS + 2), [0, 1, 2]);
    choice.settled(&a, &[(KEPT, Failure::Silent)], Some(ROTATING), SUSPECT_MS + 3);
    assert_eq!(choice.plan(&a, 2 * SUSPECT_MS + 4), [1, 2, 0], "a second time within a minute is none of chance");
}

/// CAR-45
#[test]
fn a_carrier_that_was_chosen_by_hand_is_the_only_one_until_it_is_let_go() {
    let (mut choice, a) = (choice(), relay("a"));
    assert!(!choice.pin(Some("pigeon")));
    assert_eq!((choice.pinned(), choice.plan(&a, 0)), (None, vec![0, 1, 2]));
    assert!(choice.pin(Some("dns")));
    assert_eq!((choice.pinned(), choice.overall().carrier), (Some("dns"), "dns"));
    assert_eq!((choice.plan(&a, 1), choice.order(&a, 1)), (vec![2], vec![2]));
    choice.settled(&a, &[], Some(2), 2);
    assert_eq!(way(&choice, "a"), ("dns", Reason::Pinned));
    choice.settled(&a, &[(2, Failure::Unreachable)], None, 3);
    assert_eq!(way(&choice, "a"), ("dns", Reason::Down));
    assert!(choice.pin(None));
    assert_eq!(choice.plan(&a, 4), [0, 1, 2], "nothing was held against the others");
}

/// CAR-43
#[test]
fn each_network_has_its_memory_and_new_relays_begin_with_that_of_the_last() {
    let mut choice = choice();
    choice.settled(&relay("a"), &[(KEPT, Failure::Frozen)], Some(ROTATING), 0);
    assert_eq!(choice.plan(&relay("b"), 1), [1, 2, 0]);
    assert_eq!(way(&choice, "b"), ("https", Reason::Trying));
    choice.set_network([1; 32]);
    assert_eq!(choice.plan(&relay("a"), 2), [0, 1, 2]);
    choice.set_network([0; 32]);
    assert_eq!(choice.plan(&relay("a"), 3), [1, 2, 0]);
}

#[test]
fn what_is_remembered_is_bounded() {
    let mut choice = choice();
    for number in 0..NETWORKS_MAX + 3 {
        choice.set_network([number as u8; 32]);
        choice.plan(&relay("a"), number as u64);
    }
    for number in 0..RELAYS_MAX + 3 {
        choice.plan(&relay(&number.to_string()), 1_000 + number as u64);
    }
    assert_eq!(choice.networks.len(), NETWORKS_MAX);
    assert!(!choice.networks.contains_key(&[2; 32]));
    let relays = &choice.networks[&choice.network].relays;
    assert_eq!(relays.len(), RELAYS_MAX);
    assert!(relays.contains_key(&relay("258")) && !relays.contains_key(&relay("1")));
}
