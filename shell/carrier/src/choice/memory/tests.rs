//! What is kept, and what it is taken for when it comes back.

use super::*;
use crate::Reason;
use crate::profile::Profile;

const KEPT: usize = 0;
const ROTATING: usize = 1;
const NAMES: [&str; 3] = ["https", "https-rotating", "dns"];
/// Late enough that what is recalled has happened before.
const NOW: u64 = 2 * FORGOTTEN_MS;
const HOME: NetworkName = [1; 32];
const AWAY: NetworkName = [2; 32];

fn choice() -> Choice {
    Choice::new(NAMES.to_vec(), &Profile::default())
}

fn relay(name: &str) -> (String, u16) {
    (name.to_owned(), 443)
}

/// At home connections froze twice, away all is well.
fn experienced() -> Choice {
    let (mut choice, a) = (choice(), relay("a"));
    choice.set_network(HOME);
    choice.settled(&a, &[(KEPT, Failure::Frozen)], Some(ROTATING), NOW - 31_000);
    assert_eq!(choice.plan(&a, NOW), [0, 1, 2]);
    choice.settled(&a, &[(KEPT, Failure::Frozen)], Some(ROTATING), NOW);
    choice.set_network(AWAY);
    choice.settled(&a, &[], Some(KEPT), NOW);
    choice
}

/// Through the bytes in which it is kept.
fn kept(choice: &mut Choice, now: u64) -> Memory {
    let memory = choice.memory(now);
    let read = Memory::decode(&memory.clone().encode().unwrap()).unwrap();
    assert_eq!(read, memory);
    read
}

fn recalled(memory: &Memory, elapsed_ms: u64) -> Choice {
    let mut choice = choice();
    choice.recall(memory, elapsed_ms, NOW);
    choice.set_network(HOME);
    choice
}

/// CAR-46, CAR-47
#[test]
fn a_restart_keeps_what_was_passed_over_and_for_how_long() {
    let memory = kept(&mut experienced(), NOW + 10_000);
    // Passed over for a minute, of which 10 s went before and 20 s while the program did not run.
    let mut choice = recalled(&memory, 20_000);
    for (after, plan) in [(0, [1, 2, 0]), (29_999, [1, 2, 0]), (30_000, [0, 1, 2])] {
        assert_eq!(choice.order(&relay("a"), NOW + after), plan);
        assert_eq!(choice.order(&relay("new"), NOW + after), plan, "new relays begin with the same");
    }
    assert_eq!(choice.last(&relay("a")), Some(ROTATING));
    assert_eq!(choice.overall().reason, Reason::Trying, "what was remembered says nothing of now");
    // How often it was passed over is remembered too.
    assert_eq!(choice.plan(&relay("a"), NOW + 30_000), [0, 1, 2]);
    choice.settled(&relay("a"), &[(KEPT, Failure::Frozen)], Some(ROTATING), NOW + 30_000);
    assert_eq!(choice.order(&relay("a"), NOW + 149_999), [1, 2, 0]);
    choice.set_network(AWAY);
    assert_eq!(choice.order(&relay("a"), NOW), [0, 1, 2]);
}

/// CAR-46
#[test]
fn nothing_is_kept_of_networks_where_the_first_carrier_works() {
    let mut choice = choice();
    assert!(choice.memory(NOW).is_empty());
    choice.settled(&relay("a"), &[], Some(KEPT), NOW);
    assert_eq!((choice.memory(NOW).is_empty(), choice.changes()), (true, 0));
    let memory = experienced().memory(NOW);
    let names: Vec<NetworkName> = memory.networks.iter().map(|network| network.name).collect();
    assert_eq!(names, [HOME]);
}

#[test]
fn only_what_is_worth_keeping_counts_as_a_change() {
    let (mut choice, a) = (choice(), relay("a"));
    choice.settled(&a, &[(KEPT, Failure::Frozen)], Some(ROTATING), NOW);
    let changes = choice.changes();
    assert!(changes > 0);
    for later in 0..100 {
        choice.plan(&a, NOW + later);
        choice.settled(&a, &[], Some(ROTATING), NOW + later);
    }
    assert_eq!(choice.changes(), changes);
}

/// CAR-47
#[test]
fn after_four_weeks_a_network_is_forgotten() {
    let memory = kept(&mut experienced(), NOW);
    assert_eq!(recalled(&memory, FORGOTTEN_MS - 1).networks.len(), 1);
    assert!(recalled(&memory, FORGOTTEN_MS).networks.is_empty());
    let mut running = experienced();
    running.settled(&relay("a"), &[], Some(KEPT), NOW + FORGOTTEN_MS);
    assert!(running.memory(NOW + FORGOTTEN_MS).is_empty(), "also while the program runs");
}

/// CAR-47
#[test]
fn no_clock_makes_anything_wait_longer_than_the_profile_says() {
    let mut memory = kept(&mut experienced(), NOW);
    memory.networks[0].relays[0].tries[KEPT].standing = Kept::PassedFor { ms: u64::MAX };
    let choice = recalled(&memory, 0);
    assert_eq!(choice.order(&relay("a"), NOW + 3_599_999), [1, 2, 0]);
    assert_eq!(choice.order(&relay("a"), NOW + 3_600_000), [0, 1, 2]);
    memory.networks[0].unused_ms = u64::MAX;
    assert!(recalled(&memory, u64::MAX).networks.is_empty());
}

#[test]
fn a_memory_of_another_version_of_the_program_fits_by_the_names_of_carriers() {
    let memory = experienced().memory(NOW);
    let mut choice = Choice::new(vec!["pigeon", "https-rotating", "https"], &Profile::default());
    choice.recall(&memory, 0, NOW);
    choice.set_network(HOME);
    assert_eq!(choice.order(&relay("a"), NOW), [0, 1, 2]);
    assert_eq!(choice.networks[&HOME].relays[&relay("a")].tries[2].failure, Some(Failure::Frozen));
    assert_eq!(choice.last(&relay("a")), Some(1));
}

#[test]
fn what_is_known_already_is_not_replaced() {
    let memory = experienced().memory(NOW);
    let mut choice = choice();
    choice.set_network(HOME);
    choice.settled(&relay("a"), &[], Some(KEPT), NOW);
    choice.recall(&memory, 0, NOW);
    assert_eq!(choice.order(&relay("a"), NOW), [0, 1, 2]);
}

#[test]
fn a_kept_memory_is_bounded_and_what_was_unused_for_longest_is_left_out() {
    let mut choice = choice();
    for network in 0..NETWORKS_MAX {
        choice.set_network([network as u8; 32]);
        for number in 0..RELAYS_MAX {
            let at = NOW + network as u64;
            choice.settled(&(format!("{number}.relay.example"), 443), &[(KEPT, Failure::Frozen)], Some(1), at);
        }
    }
    let bytes = choice.memory(NOW + 100).encode().unwrap();
    assert!(bytes.len() <= MEMORY_BYTES_MAX);
    let networks = Memory::decode(&bytes).unwrap().networks;
    assert!(networks.len() > 10 && networks.len() < NETWORKS_MAX, "{}", networks.len());
    assert_eq!(networks[0].name, [NETWORKS_MAX as u8 - 1; 32]);
}

#[test]
fn what_is_no_memory_is_refused() {
    let good = experienced().memory(NOW).encode().unwrap();
    for length in 0..good.len() {
        assert!(Memory::decode(&good[..length]).is_err(), "{length}");
    }
    for index in 0..good.len() {
        let mut changed = good.clone();
        changed[index] ^= 0x81;
        if let Ok(memory) = Memory::decode(&changed) {
            recalled(&memory, 1).plan(&relay("a"), NOW);
        }
    }
    let refused = |change: fn(&mut Memory)| {
        let mut memory = experienced().memory(NOW);
        change(&mut memory);
        Memory::decode(&memory.encode().unwrap())
    };
    assert_eq!(refused(|memory| memory.networks[0].newest = Some(1)), Err(MemoryError::Shape));
    assert_eq!(refused(|memory| memory.networks[0].relays[0].last = Some(3)), Err(MemoryError::Shape));
    assert_eq!(refused(|memory| drop(memory.carriers.pop())), Err(MemoryError::Shape));
    assert_eq!(Memory::decode(&[2]), Err(MemoryError::Version(2)));
}
