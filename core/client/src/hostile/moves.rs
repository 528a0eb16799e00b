//! Moves that no program of this kind makes, and more of them than it makes (E2E-81).

use super::checks::{NOW, queues_at, relay, undone};
use crate::invite::InviteRelay;
use crate::record::{
    Body, ContactRecord, ENVELOPE_VERSION, Envelope, Move, MoveRecord, OutRecord, PeerQueue, load, out_key,
};
use crate::store::memory::MemoryTransaction;
use crate::store::{Table, Transaction};
use crate::talk::DAY_MS;
use crate::view::MessageKind;
use crate::work::Work;
use mailbox::SendCapability;
use wire::{Secret32, codec};

/// The contact says so.
fn say(work: &mut Work<'_, MemoryTransaction<'_>>, contact: &mut ContactRecord, body: Body) {
    let envelope = Envelope { sequence: contact.next_in, ack: 0, read: 0, body };
    let plain = codec::encode(&(ENVELOPE_VERSION, envelope)).unwrap();
    work.take_plain(contact, &plain).unwrap();
    contact.next_in += 1;
    work.save_contact(contact).unwrap();
}

fn go(work: &mut Work<'_, MemoryTransaction<'_>>, contact: &mut ContactRecord, number: u32, queues: &[PeerQueue]) {
    say(work, contact, Body::Move(Move { number, queues: queues.to_vec() }));
}

fn notices(work: &Work<'_, MemoryTransaction<'_>>, contact: &ContactRecord) -> usize {
    let rows = work.tx.messages(contact.id, u64::MAX, 100).unwrap();
    rows.iter().filter(|row| row.kind == MessageKind::Notice).count()
}

fn moves(work: &Work<'_, MemoryTransaction<'_>>, contact: &ContactRecord) -> MoveRecord {
    load(work.tx, Table::Move, &contact.id.0).unwrap().unwrap_or_default()
}

/// Other capabilities at the two relays that there are.
fn others(number: u8) -> Vec<PeerQueue> {
    let fresh = |queue: PeerQueue| PeerQueue { send: SendCapability(Secret32([number; 32])), ..queue };
    let mut queues: Vec<PeerQueue> = queues_at(&[relay(1), relay(2)]);
    queues[0] = fresh(queues[0].clone());
    queues
}

#[test]
fn a_move_that_names_queues_otherwise_than_this_program_is_passed_over_with_a_notice() {
    let (one, two) = (relay(1), relay(2));
    let mut same_right = queues_at(&[one.clone(), two.clone()]);
    same_right[1].send = same_right[0].send.clone();
    let mut described = queues_at(&[one.clone(), two.clone()]);
    described[1].relay = InviteRelay::Bridge(Box::new(two.clone()));
    let strange = [
        (1, Vec::new()),
        (1, queues_at(&[one.clone(), two.clone(), relay(3), relay(4)])),
        (1, queues_at(&[one.clone(), one.clone()])),
        (1, same_right),
        (1, described),
        (0, queues_at(&[one.clone(), two.clone()])),
    ];
    for (number, queues) in strange {
        undone(|work, mut contact| {
            go(work, &mut contact, number, &queues);
            assert!(contact.peer_queues.is_empty(), "{queues:?}");
            assert_eq!(notices(work, &contact), 1, "{queues:?}");
            assert_eq!(contact.next_out, 1, "nothing is answered");
        });
    }
}

#[test]
fn an_old_move_is_passed_over_and_the_last_one_is_answered_again() {
    undone(|work, mut contact| {
        let (first, second) = (others(7), others(8));
        go(work, &mut contact, 1, &first);
        go(work, &mut contact, 5, &second);
        assert_eq!((contact.peer_queues.clone(), contact.next_out), (second.clone(), 3));
        go(work, &mut contact, 1, &first);
        go(work, &mut contact, 5, &first);
        assert_eq!((contact.peer_queues.clone(), contact.next_out), (second.clone(), 3));
        assert_eq!(notices(work, &contact), 1, "it is said once");
        go(work, &mut contact, 5, &second);
        assert_eq!((contact.peer_queues.clone(), contact.next_out), (second, 4));
    });
}

#[test]
fn of_moves_over_and_over_four_are_looked_at_within_a_day() {
    undone(|work, mut contact| {
        for number in 1..100 {
            go(work, &mut contact, number, &others(u8::try_from(number).unwrap() + 100));
        }
        assert_eq!(contact.peer_queues, others(104));
        assert_eq!((contact.next_out, notices(work, &contact)), (5, 1));
        work.now = NOW.plus_ms(DAY_MS);
        go(work, &mut contact, 100, &others(200));
        assert_eq!(contact.peer_queues, others(200));
        assert_eq!(moves(work, &contact).peer_at, [work.now], "what was a day ago is forgotten");
    });
}

#[test]
fn a_message_under_way_gets_a_bounded_number_of_copies() {
    undone(|work, mut contact| {
        contact.peer_queues = queues_at(&[relay(1), relay(2)]);
        let sequence = contact.next_out;
        work.send_quietly(&mut contact, Body::Receipt).unwrap();
        for number in 1..100 {
            go(work, &mut contact, number, &others(u8::try_from(number).unwrap() + 100));
            work.now = work.now.plus_ms(DAY_MS);
        }
        let out: OutRecord = load(work.tx, Table::Outbox, &out_key(contact.id, sequence, false)).unwrap().unwrap();
        assert_eq!(out.replicas.len(), 12);
        let last = &out.replicas.last().unwrap().send;
        assert!(contact.peer_queues.iter().any(|queue| queue.send == *last), "the newest are kept");
    });
}

#[test]
fn an_answer_to_a_move_that_nobody_made_changes_nothing() {
    undone(|work, mut contact| {
        for number in [0, 1, u32::MAX] {
            say(work, &mut contact, Body::Moved { number, taken: true });
        }
        let record = moves(work, &contact);
        assert!(record.left.is_empty() && record.told_at.is_none());
    });
}
