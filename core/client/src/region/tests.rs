//! Choices among relays of which it is known where they are, who runs them and how they do.

use super::*;
use crate::client::{Client, Setup};
use crate::command::Command;
use crate::live::tests::{NOW, descriptor, live};
use crate::record::MailboxRecord;
use crate::store::memory::{MemoryDisk, MemoryStore};
use e2ee::Root;
use ed25519_dalek::SigningKey;
use mailbox::hop::Gateway;
use mailbox::{ReceiveCapability, SendCapability};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use wire::{Operator, RelayDescriptor, Secret32};

const CHOICES: usize = 1_000;

/// Relays with these regions; `--`: it is not said.
fn said<'a>(live: &'a Live, regions: &[&str]) -> Vec<Candidate<'a>> {
    let candidate = |(number, region): (u8, &&str)| {
        let id = descriptor(number).id();
        let relay = &live.relays[&id];
        Candidate { id, region: region.parse().ok(), does_badly: !relay.as_target.is_good(NOW), relay }
    };
    (1..).zip(regions).map(candidate).collect()
}

/// Many choices among such relays: the numbers of those chosen, in order.
fn choices_among(live: &Live, regions: &[&str], own: Option<&str>) -> Vec<Vec<u8>> {
    let number = |id: RelayId| (1..=9).find(|number| descriptor(*number).id() == id).unwrap();
    let rng = &mut ChaCha20Rng::seed_from_u64(78);
    let own = own.map(|own| own.parse().unwrap());
    let choice = |_| {
        let drawn = choose(Vec::new(), said(live, regions), own, REPLICAS, &mut *rng);
        let mut chosen: Vec<u8> = drawn.iter().map(|one| number(one.id)).collect();
        chosen.sort_unstable();
        chosen
    };
    (0..CHOICES).map(choice).collect()
}

fn choices(regions: &[&str], own: Option<&str>) -> Vec<Vec<u8>> {
    choices_among(&live(u8::try_from(regions.len()).unwrap()), regions, own)
}

fn in_region(choice: &[u8], regions: &[&str], region: &str) -> usize {
    choice.iter().filter(|number| regions[usize::from(**number) - 1] == region).count()
}

/// E2E-78: of five relays the first two are inside.
#[test]
fn of_a_thousand_choices_none_lacks_a_region_and_where_no_relay_says_one_a_tenth_does() {
    let regions = ["IR", "IR", "DE", "DE", "DE"];
    for choice in choices(&regions, None) {
        assert!(in_region(&choice, &regions, "IR") > 0 && in_region(&choice, &regions, "DE") > 0, "{choice:?}");
    }
    let unsaid = choices(&["--"; 5], None);
    let lacking = unsaid.iter().filter(|choice| in_region(choice, &regions, "IR") == 0).count();
    assert!((70..130).contains(&lacking), "{lacking}");
}

#[test]
fn two_of_three_are_in_the_region_that_the_person_has_said_and_the_third_is_elsewhere() {
    let regions = ["IR", "IR", "IR", "DE", "DE", "--"];
    for choice in choices(&regions, Some("IR")) {
        assert_eq!((in_region(&choice, &regions, "IR"), in_region(&choice, &regions, "DE")), (2, 1), "{choice:?}");
    }
    let regions = ["IR", "DE", "FR", "NL"];
    for choice in choices(&regions, Some("IR")) {
        assert_eq!(in_region(&choice, &regions, "IR"), 1, "there is no second one: {choice:?}");
    }
    let nobody_there = choices(&["DE", "FR", "--", "--"], Some("IR"));
    assert!(nobody_there.iter().all(|choice| choice.starts_with(&[1, 2])));
    assert!(choices(&["IR"; 4], Some("IR")).iter().all(|choice| choice.len() == REPLICAS));
}

/// What the regions leave open is as random as it was without them.
#[test]
fn all_relays_that_are_as_good_are_chosen_as_often() {
    let counts = |choices: &[Vec<u8>]| {
        (1..=6).map(|number| choices.iter().filter(|choice| choice.contains(&number)).count()).collect::<Vec<_>>()
    };
    for regions in [["--"; 6], ["IR", "IR", "IR", "DE", "DE", "DE"], ["IR", "IR", "IR", "--", "--", "--"]] {
        for count in counts(&choices(&regions, None)) {
            assert!((430..570).contains(&count), "{regions:?}: {count}");
        }
    }
    let regions = ["IR", "IR", "DE", "FR", "NL", "--"];
    let own = counts(&choices(&regions, Some("IR")));
    assert_eq!((own[0], own[1], own[5]), (CHOICES, CHOICES, 0), "a region that is said comes first");
    assert!(own[2..5].iter().all(|count| (270..400).contains(count)), "{own:?}");
    let combinations: BTreeSet<Vec<u8>> = choices(&["--"; 6], None).into_iter().collect();
    assert_eq!(combinations.len(), 20);
}

#[test]
fn a_relay_that_does_badly_is_taken_only_where_too_few_others_are() {
    let regions = ["IR", "IR", "DE", "DE", "DE"];
    let mut live = live(5);
    let mut fails = |number| live.relays.get_mut(&descriptor(number).id()).unwrap().as_target.fails(NOW, 0);
    fails(1);
    for choice in choices_among(&live, &regions, Some("IR")) {
        assert_eq!((choice.contains(&1), choice.contains(&2)), (false, true), "{choice:?}");
    }
    let mut fails = |number| live.relays.get_mut(&descriptor(number).id()).unwrap().as_target.fails(NOW, 0);
    [2, 3].into_iter().for_each(&mut fails);
    for choice in choices_among(&live, &regions, Some("IR")) {
        assert!(choice.contains(&4) && choice.contains(&5), "{choice:?}");
        assert_eq!(in_region(&choice, &regions, "IR"), 1, "of those that do badly, one of the own region: {choice:?}");
    }
}

/// Regions come before hands: a message that one operator could lose is better than one that nobody gets.
#[test]
fn replicas_are_in_different_hands_as_far_as_the_regions_allow() {
    let mut live = live(5);
    let mut run_by = |number: u8, operator: u8| {
        let relay = live.relays.get_mut(&descriptor(number).id()).unwrap();
        let (id, address) = (relay.descriptor.id(), relay.descriptor.address.clone());
        relay.descriptor.operator = Some(Operator::sign(&SigningKey::from_bytes(&[operator; 32]), id, &address));
    };
    [(1, 1), (2, 1), (3, 2), (4, 3), (5, 3)].into_iter().for_each(|(number, operator)| run_by(number, operator));
    for choice in choices_among(&live, &["--"; 5], None) {
        assert!(choice.contains(&3), "one of each of the three: {choice:?}");
        assert!(!choice.starts_with(&[1, 2]) && !choice.ends_with(&[4, 5]), "{choice:?}");
    }
    for choice in choices_among(&live, &["IR", "IR", "IR", "DE", "FR"], Some("IR")) {
        assert!(choice.contains(&3), "{choice:?}");
    }
    for choice in choices_among(&live, &["IR", "IR", "DE", "DE", "DE"], Some("IR")) {
        assert!(choice.starts_with(&[1, 2]), "{choice:?}");
    }
}

fn person(regions: &[&str], region: Option<&str>) -> Client<MemoryStore> {
    let relay = |(number, region): (u8, &&str)| {
        let hop_key = Gateway::from_seed(&Secret32([number; 32])).unwrap().hop_key().to_vec();
        RelayDescriptor { hop_key, region: region.parse().ok(), ..descriptor(number) }
    };
    let network = NetworkInfo::of((1..).zip(regions).map(relay).collect());
    let root = Root::from_seed(&Secret32([7; 32]));
    let setup = Setup { root, network, name: "Sara".into(), region: region.map(|region| region.parse().unwrap()) };
    Client::open(MemoryStore::open(&MemoryDisk::new()), setup, NOW, &mut ChaCha20Rng::seed_from_u64(1)).unwrap()
}

fn ask(client: &mut Client<MemoryStore>, command: Command) -> RegionStatus {
    match client.handle_command(command, NOW, &mut ChaCha20Rng::seed_from_u64(2)).unwrap() {
        Reply::Region(status) => status,
        other => panic!("{other:?}"),
    }
}

/// The regions of the relays at which the person has mailboxes.
fn places(client: &mut Client<MemoryStore>) -> Vec<String> {
    let live = client.live_mut();
    let relays: BTreeSet<RelayId> = live.mailboxes.values().map(|mailbox| mailbox.relay).collect();
    let mut places: Vec<String> =
        relays.iter().map(|id| live.relays[id].descriptor.region.map_or("--".into(), |one| one.to_string())).collect();
    places.sort_unstable();
    places
}

/// E2E-79
#[test]
fn mailboxes_lie_by_the_region_that_a_new_profile_was_given() {
    let mut client = person(&["IR", "IR", "DE", "DE", "DE"], Some("IR"));
    client.handle_command(Command::ContactInvite, NOW, &mut ChaCha20Rng::seed_from_u64(3)).unwrap();
    assert_eq!(places(&mut client), ["DE", "IR", "IR"]);
}

#[test]
fn the_own_region_is_unsaid_at_first_and_can_be_said_and_taken_back() {
    let mut client = person(&["IR", "IR", "DE", "--"], None);
    let region = |text: &str| text.parse::<Region>().unwrap();
    let status = ask(&mut client, Command::Region);
    let relays = vec![(region("DE"), 1), (region("IR"), 2)];
    assert_eq!(status, RegionStatus { own: None, relays, unsaid: 1, contacts_elsewhere: 0 });
    assert_eq!(ask(&mut client, Command::RegionSet(Some(region("IR")))).own, Some(region("IR")));
    assert_eq!(ask(&mut client, Command::Region).own, Some(region("IR")));
    client.handle_command(Command::ContactInvite, NOW, &mut ChaCha20Rng::seed_from_u64(3)).unwrap();
    assert_eq!(places(&mut client), ["DE", "IR", "IR"]);
    assert_eq!(ask(&mut client, Command::RegionSet(None)).own, None);
}

#[test]
fn contacts_of_whose_queues_none_lies_in_the_own_region_are_counted() {
    let mut client = person(&["IR", "DE", "DE", "DE"], Some("DE"));
    let rng = &mut ChaCha20Rng::seed_from_u64(4);
    let ids: Vec<RelayId> = client.live_mut().relays.keys().copied().collect();
    let inside = |client: &mut Client<MemoryStore>, id: &RelayId| {
        client.live_mut().relays[id].descriptor.region == "IR".parse().ok()
    };
    for id in ids {
        // the first contact's queues are all abroad, the second's everywhere
        let contacts = if inside(&mut client, &id) { vec![2] } else { vec![1, 2] };
        for contact in contacts {
            let mailbox = MailboxRecord {
                relay: id,
                send: SendCapability::random(rng),
                receive: ReceiveCapability::random(rng),
                purpose: MailboxPurpose::Queue(ContactId([contact; 16])),
                quota_cells: 8,
                created: true,
                deleting: false,
            };
            client.live_mut().mailboxes.insert(mailbox.receive.id(), mailbox);
        }
    }
    assert_eq!(ask(&mut client, Command::Region).contacts_elsewhere, 0);
    let set = |region: &str| Command::RegionSet(region.parse().ok());
    assert_eq!(ask(&mut client, set("IR")).contacts_elsewhere, 1);
    assert_eq!(ask(&mut client, set("FR")).contacts_elsewhere, 0, "no relay is there to move to");
    assert_eq!(ask(&mut client, set("--")).contacts_elsewhere, 0);
}
