//! What the invite tree promises whoever is in it, and against whoever was sent.

use super::*;
use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use std::collections::BTreeSet;

fn fleet(bridges: u32) -> (Tree, ChaCha20Rng) {
    let mut tree = Tree::default();
    for _ in 0..bridges {
        tree.add_bridge().unwrap();
    }
    (tree, ChaCha20Rng::seed_from_u64(7))
}

fn pass(tree: &mut Tree, days: u32, rng: &mut ChaCha20Rng) {
    for _ in 0..days {
        tree.deal(rng);
        tree.pass_day();
    }
}

fn bridge(tree: &Tree, person: Person) -> BridgeNumber {
    tree.standing(person).unwrap().bridge.expect("she has a bridge")
}

fn trust(tree: &Tree, person: Person) -> i32 {
    tree.standing(person).unwrap().trust
}

/// TRE-20
#[test]
fn who_comes_by_a_friend_s_link_has_that_bridge_and_is_new_there() {
    let (mut tree, mut rng) = fleet(4);
    let guest = tree.invite(None, &mut rng).unwrap();
    let there = bridge(&tree, guest);
    pass(&mut tree, 9, &mut rng);
    let before = tree.standing(guest).unwrap().invitations;
    let friend = tree.adopt(guest, there, 0).unwrap();
    let standing = tree.standing(friend).unwrap();
    assert_eq!((standing.inviter, standing.trust, standing.bridge), (Some(guest), 0, Some(there)));
    assert_eq!(tree.standing(guest).unwrap().invitations, before - 1);
    pass(&mut tree, 1, &mut rng);
    let settled = tree.adopt(guest, there, 9).unwrap();
    assert_eq!((trust(&tree, settled), trust(&tree, friend)), (9, 1), "the days count from when she came");
    assert_eq!(tree.blocked(there).unwrap(), [guest, friend, settled]);
    assert!(trust(&tree, friend) < -30 && trust(&tree, settled) > 0, "who has just come is to blame first");
    assert_eq!(tree.adopt(guest, there, 0), Err(TreeError::NoBridge), "it is blocked");
    assert_eq!(tree.adopt(Person(99), there, 0), Err(TreeError::NoPerson));
}

#[test]
fn trust_is_earned_by_days_and_spent_on_invitations() {
    let (mut tree, mut rng) = fleet(10);
    let guest = tree.invite(None, &mut rng).unwrap();
    assert_eq!((trust(&tree, guest), tree.standing(guest).unwrap().invitations), (8, 4));
    let friend = tree.invite(Some(guest), &mut rng).unwrap();
    assert_eq!(tree.standing(guest).unwrap().invitations, 3);
    assert_eq!(tree.invite(Some(friend), &mut rng), Err(TreeError::NoInvitation));
    pass(&mut tree, 2, &mut rng);
    assert!(tree.invite(Some(friend), &mut rng).is_ok());
    assert_eq!(tree.invite(Some(friend), &mut rng), Err(TreeError::NoInvitation));
    pass(&mut tree, 99, &mut rng);
    assert_eq!((trust(&tree, friend), tree.standing(friend).unwrap().invitations), (TRUST_MAX, 7));
    assert_eq!(tree.invite(Some(Person(99)), &mut rng), Err(TreeError::NoPerson));
}

#[test]
fn a_friend_comes_to_her_inviters_bridge_when_those_there_have_settled() {
    let (mut tree, mut rng) = fleet(10);
    let guests: Vec<Person> = (0..4).map(|_| tree.invite(None, &mut rng).unwrap()).collect();
    pass(&mut tree, SETTLED_DAYS, &mut rng);
    for guest in guests {
        let friend = tree.invite(Some(guest), &mut rng).unwrap();
        assert_eq!(bridge(&tree, friend), bridge(&tree, guest));
        pass(&mut tree, SETTLED_DAYS, &mut rng);
    }
}

#[test]
fn whoever_was_told_just_before_is_to_blame_and_the_settled_get_another_bridge_together() {
    let (mut tree, mut rng) = fleet(20);
    let guest = tree.invite(None, &mut rng).unwrap();
    pass(&mut tree, 20, &mut rng);
    let friends: Vec<Person> = (0..3)
        .map(|_| {
            let friend = tree.invite(Some(guest), &mut rng).unwrap();
            pass(&mut tree, 10, &mut rng);
            friend
        })
        .collect();
    let informer = tree.invite(Some(friends[0]), &mut rng).unwrap();
    let burnt = bridge(&tree, informer);
    assert!(friends.iter().all(|friend| bridge(&tree, *friend) == burnt));
    let before = trust(&tree, friends[1]);
    assert_eq!(tree.blocked(burnt).unwrap().len(), 5);
    assert_eq!(tree.blocked(burnt), Ok(Vec::new()), "which is told once");
    assert!(tree.standing(informer).unwrap().cut_off);
    assert_eq!(before - trust(&tree, friends[1]), LOSS / 12);
    assert!(trust(&tree, friends[0]) < trust(&tree, friends[1]), "who invited the informer pays for it");
    assert_eq!(tree.deal(&mut rng).len(), 4);
    let together: BTreeSet<BridgeNumber> = friends.iter().map(|friend| bridge(&tree, *friend)).collect();
    assert_eq!(together.len(), 1);
    assert!(!together.contains(&burnt));
    assert_eq!(tree.standing(informer).unwrap().bridge, None);
}

/// Somebody who waits for weeks and then tells every bridge is alone with it after few.
/// TRE-16
#[test]
fn whoever_could_not_be_told_waits_without_loss_and_is_told_another_bridge() {
    let (mut tree, mut rng) = fleet(2);
    let person = tree.invite(None, &mut rng).unwrap();
    let (away, before) = (bridge(&tree, person), tree.standing(person).unwrap());
    tree.untell(person);
    assert_eq!(tree.standing(person), Ok(Standing { bridge: None, ..before }));
    assert_eq!(tree.spares().count(), 2, "nobody knows it after all");
    tree.set_away(away);
    let other = tree.deal(&mut rng);
    assert!(matches!(other[..], [(told, bridge)] if told == person && bridge != away), "{other:?}");
    tree.set_away(bridge(&tree, person));
    let friend = tree.invite(None, &mut rng).unwrap();
    assert_eq!((tree.standing(friend).unwrap().bridge, tree.deal(&mut rng)), (None, Vec::new()));
    assert_eq!(tree.blocked(away), Ok(Vec::new()), "nobody is to blame");
    assert_eq!(trust(&tree, person), before.trust);
}

#[test]
fn a_patient_informer_is_cut_off_after_few_bridges() {
    for informer in (0..16).map(Person) {
        let (mut tree, mut rng) = fleet(40);
        for _ in 0..16 {
            tree.invite(None, &mut rng).unwrap();
            pass(&mut tree, SETTLED_DAYS, &mut rng);
        }
        let mut burnt = 0;
        for _ in 0..30 {
            if let Some(bridge) = tree.standing(informer).unwrap().bridge {
                tree.blocked(bridge).unwrap();
                burnt += 1;
            }
            pass(&mut tree, 1, &mut rng);
        }
        assert!((1..=5).contains(&burnt), "{informer:?} burnt {burnt}");
        let connected = tree.people().filter(|person| tree.standing(*person).unwrap().bridge.is_some()).count();
        assert!(connected >= 14, "{connected} of 15 are connected");
    }
}

#[test]
fn when_most_of_a_fleet_is_blocked_nobody_new_is_told_what_is_left() {
    let (mut tree, mut rng) = fleet(10);
    let guests = [0; 4].map(|_| {
        let guest = tree.invite(None, &mut rng).unwrap();
        pass(&mut tree, 10, &mut rng);
        guest
    });
    let own = bridge(&tree, guests[0]);
    for one in (0..10).map(BridgeNumber).filter(|one| *one != own).take(6) {
        tree.blocked(one).unwrap();
    }
    let late = tree.invite(Some(guests[0]), &mut rng).unwrap();
    pass(&mut tree, 3, &mut rng);
    assert_eq!(tree.standing(late).unwrap().bridge, None);
    assert_eq!(tree.blocked(own).unwrap(), guests);
    let dealt: Vec<Person> = tree.deal(&mut rng).into_iter().map(|(person, _)| person).collect();
    assert_eq!(dealt.len(), 3, "each of the last bridges serves one of those who were there");
    assert!(dealt.iter().all(|person| guests.contains(person)));
    assert_eq!(tree.blocked(BridgeNumber(10)), Err(TreeError::NoBridge));
}

#[derive(Clone, Debug)]
enum Step {
    Invite(u32),
    Guest,
    Blocked(u32),
    Day,
    Bridge,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => (0..200u32).prop_map(Step::Invite),
        2 => Just(Step::Guest),
        2 => (0..40u32).prop_map(Step::Blocked),
        3 => Just(Step::Day),
        1 => Just(Step::Bridge),
    ];
    proptest::collection::vec(step, 0..300)
}

fn take(steps: &[Step], seed: u64) -> Tree {
    let mut tree = Tree::default();
    let rng = &mut ChaCha20Rng::seed_from_u64(seed);
    for step in steps {
        match step {
            Step::Invite(inviter) => {
                tree.invite(Some(Person(*inviter)), rng).ok();
            }
            Step::Guest => {
                tree.invite(None, rng).ok();
            }
            Step::Blocked(bridge) => {
                tree.blocked(BridgeNumber(*bridge)).ok();
            }
            Step::Day => {
                tree.deal(rng);
                tree.pass_day();
            }
            Step::Bridge => {
                tree.add_bridge().ok();
            }
        }
    }
    tree
}

proptest! {
    #[test]
    fn nobody_uses_a_blocked_bridge_no_bridge_is_crowded_and_trust_has_its_bound(steps in steps(), seed: u64) {
        let tree = take(&steps, seed);
        for person in tree.people() {
            let standing = tree.standing(person).unwrap();
            prop_assert!(standing.trust <= TRUST_MAX && standing.invitations <= INVITATIONS_MAX);
            prop_assert!(standing.inviter.is_none_or(|inviter| inviter < person));
            if let Some(bridge) = standing.bridge {
                prop_assert!(!tree.is_blocked(bridge) && !tree.spares().any(|spare| spare == bridge));
                prop_assert!(tree.on(bridge).count() <= CAPACITY);
            }
        }
    }

    #[test]
    fn the_same_steps_and_seed_give_the_same_tree_which_survives_its_encoding(steps in steps(), seed: u64) {
        let tree = take(&steps, seed);
        prop_assert_eq!(&tree, &take(&steps, seed));
        let bytes = wire::codec::encode(&tree).unwrap();
        prop_assert_eq!(wire::codec::decode::<Tree>(&bytes, 1 << 20).unwrap(), tree);
    }

    /// A file that somebody has changed: whatever it says, nothing panics and nothing runs for ever.
    #[test]
    fn a_tree_that_was_tampered_with_does_no_harm(steps in steps(), at: usize, byte: u8) {
        let mut bytes = wire::codec::encode(&take(&steps, 1)).unwrap();
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Ok(mut tree) = wire::codec::decode::<Tree>(&bytes, 1 << 20) {
            let rng = &mut ChaCha20Rng::seed_from_u64(1);
            tree.blocked(BridgeNumber(0)).ok();
            tree.deal(rng);
            tree.pass_day();
            tree.invite(None, rng).ok();
        }
    }
}
