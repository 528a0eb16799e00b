//! Queues that move, over restarts and days; and a contact's that do.

use super::*;
use crate::client::{Client, Setup};
use crate::hostile::checks;
use crate::live::Live;
use crate::network::NetworkInfo;
use crate::record::{out_key, stored};
use crate::store::Store;
use crate::store::memory::{MemoryDisk, MemoryStore, MemoryTransaction};
use e2ee::Root;
use mailbox::hop::Gateway;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use wire::{RelayDescriptor, Secret32, UnixMillis};

const NOW: UnixMillis = checks::NOW;

/// Somebody with a contact whose messages come in at three relays abroad.
struct Person {
    disk: MemoryDisk,
    setup: Setup,
    contact: ContactId,
}

/// Relays, by what they say of their regions.
fn relays(regions: &[&str]) -> Vec<RelayDescriptor> {
    let relay = |(number, region): (u8, &&str)| {
        let hop_key = Gateway::from_seed(&Secret32([number; 32])).unwrap().hop_key().to_vec();
        RelayDescriptor { hop_key, region: region.parse().ok(), ..checks::relay(number) }
    };
    (1..).zip(regions).map(relay).collect()
}

const REGIONS: [&str; 5] = ["IR", "IR", "DE", "DE", "DE"];

impl Person {
    fn new() -> Self {
        let network = NetworkInfo::of(relays(&REGIONS));
        let setup = Setup { root: Root::from_seed(&Secret32([7; 32])), network, name: "Sara".into(), region: None };
        let disk = MemoryDisk::new();
        Client::open(MemoryStore::open(&disk), setup.clone(), NOW, &mut rng()).unwrap();
        let mut store = MemoryStore::open(&disk);
        let mut tx = store.begin().unwrap();
        let (contact, _, _) = checks::befriended(&mut tx, &setup);
        tx.commit().unwrap();
        let person = Self { disk, setup, contact };
        person.at(NOW, |work| {
            for relay in relays(&REGIONS).into_iter().skip(2) {
                let id = work.make_queue(contact, relay.id()).unwrap();
                set_made(work, id);
            }
        });
        person
    }

    /// Does something in one transaction, after the client was opened anew.
    fn at<R>(&self, now: UnixMillis, run: impl FnOnce(&mut Work<'_, MemoryTransaction<'_>>) -> R) -> R {
        let mut store = MemoryStore::open(&self.disk);
        let mut tx = store.begin().unwrap();
        let mut live = Live::new(&self.setup.network);
        let mut rng = rng();
        let done = {
            let mut work = checks::work(&mut tx, &mut live, &self.setup, &mut rng);
            work.now = now;
            work.resume_introductions().unwrap();
            run(&mut work)
        };
        tx.commit().map_err(stored).unwrap();
        done
    }

    fn record(&self) -> MoveRecord {
        self.at(NOW, |work| work.moves(self.contact).unwrap())
    }

    fn say_region(&self, now: UnixMillis, region: &str) {
        self.at(now, |work| work.set_region(region.parse().ok()).map(drop)).unwrap();
    }

    fn daily(&self, now: UnixMillis) {
        self.at(now, |work| work.move_queues(false)).unwrap();
    }

    /// A relay has made a queue.
    fn make(&self, now: UnixMillis, id: ReceiveId) {
        self.at(now, |work| {
            set_made(work, id);
            work.queue_made(self.contact).unwrap();
        });
    }

    fn make_all(&self, now: UnixMillis) {
        self.record().making.into_iter().for_each(|id| self.make(now, id));
    }

    fn answer(&self, now: UnixMillis, number: u32, taken: bool) {
        self.at(now, |work| work.move_answered(self.contact, number, taken)).unwrap();
    }

    /// Messages that were sent to the contact.
    fn sent(&self) -> u64 {
        self.at(NOW, |work| work.contact(self.contact).unwrap().unwrap().next_out - 1)
    }

    /// The regions of the queues that count.
    fn places(&self) -> Vec<String> {
        let record = self.record();
        self.at(NOW, |work| {
            let counts = work.live.mailboxes.iter().filter(|(id, one)| !one.deleting && record.counts(id));
            let region = |id: &RelayId| work.setup.network.relay(id).and_then(|relay| relay.region);
            let mut places: Vec<String> =
                counts.map(|(_, one)| region(&one.relay).map_or("--".into(), |one| one.to_string())).collect();
            places.sort_unstable();
            places
        })
    }

    /// Queues that are polled.
    fn polled(&self) -> usize {
        self.at(NOW, |work| work.live.mailboxes.values().filter(|one| one.created && !one.deleting).count())
    }

    fn contacts_elsewhere(&self) -> u32 {
        self.at(NOW, |work| work.region_status().unwrap().contacts_elsewhere)
    }
}

fn set_made(work: &mut Work<'_, MemoryTransaction<'_>>, id: ReceiveId) {
    let mut mailbox = work.live.mailboxes.get(&id).cloned().unwrap();
    mailbox.created = true;
    work.save_mailbox(mailbox).unwrap();
}

fn rng() -> ChaCha20Rng {
    // no two transactions draw the same
    static DRAWN: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1);
    ChaCha20Rng::seed_from_u64(DRAWN.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
}

/// E2E-80 to E2E-82, and the client is opened anew between all steps.
#[test]
fn who_says_a_region_late_gets_two_queues_there_and_the_contact_is_told_when_both_are_made() {
    let person = Person::new();
    person.daily(NOW);
    assert_eq!((person.record().begun.len(), person.places()), (0, vec!["DE".into(); 3]), "there is no reason");
    person.say_region(NOW, "IR");
    let making = person.record().making;
    assert_eq!(making.len(), 2);
    assert_eq!((person.contacts_elsewhere(), person.sent()), (1, 0));
    person.make(NOW, making[0]);
    assert_eq!(person.sent(), 0, "it is told all at once");
    person.make(NOW, making[1]);
    assert_eq!((person.sent(), person.record().number), (1, 1));
    assert_eq!(person.places(), ["DE", "IR", "IR"]);
    assert_eq!((person.polled(), person.contacts_elsewhere()), (5, 1), "the contact may not know of it yet");

    for (number, taken) in [(1, false), (2, true), (0, true)] {
        person.answer(NOW, number, taken);
        assert_eq!((person.record().leaving.len(), person.contacts_elsewhere()), (2, 1), "{number} {taken}");
    }
    person.answer(NOW, 1, true);
    assert_eq!((person.polled(), person.contacts_elsewhere()), (5, 0));
    person.daily(NOW.plus_ms(LEFT_MS - 1));
    assert_eq!(person.polled(), 5, "a cell may still come by whoever carries it");
    person.daily(NOW.plus_ms(LEFT_MS));
    assert_eq!((person.polled(), person.places()), (3, vec!["DE".into(), "IR".into(), "IR".into()]));
    assert_eq!(person.sent(), 1);
}

#[test]
fn queues_at_a_relay_that_the_network_file_lacks_move_and_are_forgotten() {
    let mut person = Person::new();
    person.setup.network.relays.pop();
    person.daily(NOW);
    let record = person.record();
    assert_eq!((record.making.len(), record.dropping.len()), (1, 1));
    person.make_all(NOW);
    person.answer(NOW, 1, true);
    assert_eq!(person.places(), ["DE", "DE", "IR"], "a region that has none comes first");
    person.daily(NOW.plus_ms(LEFT_MS));
    let kept = person.at(NOW, |work| work.live.mailboxes.len());
    assert_eq!(kept, 3, "nobody can be asked to delete it");
}

#[test]
fn a_move_that_is_not_answered_is_told_again_each_week_and_no_other_begins() {
    let person = Person::new();
    person.say_region(NOW, "IR");
    person.make_all(NOW);
    for (days, sent) in [(1, 1), (6, 1), (7, 2), (13, 2), (14, 3), (100, 4)] {
        person.daily(NOW.plus_ms(days * DAY_MS));
        assert_eq!(person.sent(), sent, "after {days} days");
    }
    assert_eq!((person.record().number, person.polled()), (1, 5));
    person.answer(NOW.plus_ms(101 * DAY_MS), 1, true);
    person.daily(NOW.plus_ms(120 * DAY_MS));
    assert_eq!(person.sent(), 4);
}

#[test]
fn whoever_says_many_regions_moves_thrice_a_day_and_has_a_bounded_number_of_queues() {
    let person = Person::new();
    for turn in 0..40u64 {
        let now = NOW.plus_ms(turn * 60_000);
        person.say_region(now, if turn % 2 == 0 { "IR" } else { "DE" });
        person.make_all(now);
        person.answer(now, person.record().number, true);
    }
    assert_eq!((person.record().number, person.record().begun.len()), (3, 3));
    for day in 1..10 {
        person.say_region(NOW.plus_ms(day * DAY_MS), if day % 2 == 0 { "IR" } else { "DE" });
        person.make_all(NOW.plus_ms(day * DAY_MS));
        person.answer(NOW.plus_ms(day * DAY_MS), person.record().number, true);
    }
    assert!((9..=QUEUES_MAX).contains(&person.polled()), "{}", person.polled());
}

#[test]
fn what_was_not_told_yet_is_given_up_for_another_region() {
    let person = Person::new();
    person.say_region(NOW, "IR");
    person.say_region(NOW, "DE");
    assert_eq!((person.record().making.len(), person.places()), (0, vec!["DE".into(); 3]));
    assert_eq!((person.polled(), person.sent()), (3, 0));
}

#[test]
fn what_could_not_be_made_in_a_day_is_given_up_and_the_contact_is_told_of_the_rest() {
    let person = Person::new();
    person.say_region(NOW, "IR");
    person.make(NOW, person.record().making[0]);
    person.daily(NOW.plus_ms(DAY_MS - 1));
    assert_eq!((person.record().making.len(), person.sent()), (2, 0));
    person.daily(NOW.plus_ms(DAY_MS));
    assert_eq!((person.record().making.len(), person.sent()), (0, 1));
    assert_eq!(person.places(), ["DE", "DE", "IR"]);
    let none = Person::new();
    none.say_region(NOW, "IR");
    none.daily(NOW.plus_ms(DAY_MS));
    let record = none.record();
    assert_eq!((record.making.len(), record.number, none.sent()), (2, 0, 0), "it is begun anew");
}

/// E2E-81: the queues of before may be out of reach.
#[test]
fn what_is_under_way_goes_to_a_contacts_new_queues_as_well() {
    let person = Person::new();
    person.at(NOW, |work| {
        let mut contact = work.contact(person.contact).unwrap().unwrap();
        contact.peer_queues = checks::queues_at(&relays(&REGIONS)[2..]);
        let sequence = contact.next_out;
        work.send_quietly(&mut contact, Body::Receipt).unwrap();
        let mut queues = checks::queues_at(&relays(&REGIONS)[..3]);
        queues[0].send = mailbox::SendCapability(Secret32([8; 32]));
        queues[1].send = mailbox::SendCapability(Secret32([9; 32]));
        queues[2].send = contact.peer_queues[0].send.clone();
        work.take_move(&mut contact, Move { number: 1, queues: queues.clone() }).unwrap();
        assert_eq!(contact.peer_queues, queues);
        let out = |sequence| -> OutRecord {
            load(work.tx, Table::Outbox, &out_key(contact.id, sequence, false)).unwrap().unwrap()
        };
        assert_eq!(out(sequence).replicas.len(), 5, "one of three stays");
        assert_eq!(out(sequence + 1).replicas.len(), 3, "the answer goes to the new ones alone");
        let due = |relay: &RelayDescriptor| work.live.task_at(relay.id()).is_some();
        assert!(relays(&REGIONS).iter().all(due));
    });
}

/// E2E-44
#[test]
fn two_queues_of_a_contact_at_one_relay_are_one_disk() {
    let person = Person::new();
    person.at(NOW, |work| {
        let mut contact = work.contact(person.contact).unwrap().unwrap();
        contact.peer_queues = checks::queues_at(&relays(&REGIONS)[..3]);
        let sequence = contact.next_out;
        work.send_quietly(&mut contact, Body::Receipt).unwrap();
        let mut queues = contact.peer_queues.clone();
        queues[0].send = mailbox::SendCapability(Secret32([8; 32]));
        work.take_move(&mut contact, Move { number: 1, queues: queues.clone() }).unwrap();
        work.save_contact(&contact).unwrap();
        let key = out_key(contact.id, sequence, false);
        let out = |work: &Work<'_, MemoryTransaction<'_>>| -> OutRecord {
            load(work.tx, Table::Outbox, &key).unwrap().unwrap()
        };
        let sends: Vec<_> = out(work).replicas.iter().map(|replica| replica.send.id()).collect();
        let deposit = |work: &mut Work<'_, MemoryTransaction<'_>>, send| {
            work.deposited(crate::live::DepositKey { contact: person.contact, sequence, send, part: 0 }).unwrap();
            out(work).accepted
        };
        assert_eq!(sends.len(), 4);
        assert!(
            !deposit(work, sends[0]) && !deposit(work, sends[3]),
            "the old queue and the new one at the same relay"
        );
        assert!(deposit(work, sends[1]));
    });
}

#[test]
fn a_move_to_relays_that_are_not_known_is_declined_and_taken_with_a_newer_network_file() {
    let mut person = Person::new();
    let queues = checks::queues_at(&relays(&REGIONS)[..3]);
    let all = person.setup.network.relays.split_off(2);
    let inside = std::mem::replace(&mut person.setup.network.relays, all);
    person.at(NOW, |work| {
        let mut contact = work.contact(person.contact).unwrap().unwrap();
        work.take_move(&mut contact, Move { number: 1, queues: queues.clone() }).unwrap();
        work.save_contact(&contact).unwrap();
        assert!(contact.peer_queues.is_empty());
    });
    person.daily(NOW);
    assert_eq!(person.sent(), 1, "the answer says that it is not taken");
    person.setup.network.relays.extend(inside);
    person.daily(NOW);
    let contact = person.at(NOW, |work| work.contact(person.contact).unwrap().unwrap());
    assert_eq!((contact.peer_queues, person.sent()), (queues, 2));
    person.daily(NOW);
    assert_eq!((person.sent(), person.record().declined), (2, None));
}
