//! Payments of which nothing is heard: when they are promised, and what is said of them.

use super::*;
use crate::client::{Client, Setup};
use crate::command::{Command, Reply};
use crate::hostile::checks::{NOW, undone};
use crate::live::tests::descriptor;
use crate::network::NetworkInfo;
use crate::record::save;
use crate::store::memory::{MemoryDisk, MemoryStore};
use crate::store::{Store, Table};
use crate::wallet::{Announced, TransferId, transfer_key};
use e2ee::Root;
use mailbox::hop::Gateway;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use wire::{RelayDescriptor, Secret32};

const ID: TransferId = TransferId([3; 16]);
const AN_HOUR_MS: u64 = 60 * 60 * 1000;

/// A client with a payment that was begun an hour ago, opened anew. Nobody will answer it.
fn reopened(rng: &mut ChaCha20Rng) -> Client<MemoryStore> {
    reopened_among(2, rng)
}

fn reopened_among(relays: u8, rng: &mut ChaCha20Rng) -> Client<MemoryStore> {
    let relay = |number: u8| {
        let hop_key = Gateway::from_seed(&Secret32([number; 32])).unwrap().hop_key().to_vec();
        RelayDescriptor { hop_key, ..descriptor(number) }
    };
    let network = NetworkInfo { validators: vec![[1; 32]], ..NetworkInfo::of((1..=relays).map(relay).collect()) };
    let setup = Setup { root: Root::from_seed(&Secret32([7; 32])), network, name: "Sara".into(), region: None };
    let disk = MemoryDisk::new();
    let mut store = MemoryStore::open(&disk);
    let mut tx = store.begin().unwrap();
    save(&mut tx, Table::Wallet, &transfer_key(ID), &record(NOW)).unwrap();
    tx.commit().unwrap();
    Client::open(MemoryStore::open(&disk), setup, NOW, rng).unwrap()
}

fn record(now: UnixMillis) -> TransferRecord {
    TransferRecord {
        id: ID,
        begun: UnixMillis(now.0 - AN_HOUR_MS),
        workchain: 0,
        to: [5; 32],
        amount: Gram::from(5),
        fee: Gram::from(1),
        kind: TransferKind::Send(String::new()),
        signed: None,
        signings: 0,
        state: PaymentState::Sending,
        transaction: None,
        reason: None,
    }
}

fn state(client: &mut Client<MemoryStore>, now: UnixMillis, rng: &mut ChaCha20Rng) -> PaymentState {
    let asked = Command::WalletSendState { id: hex::encode(ID.0) };
    let Reply::Sent(sent) = client.handle_command(asked, now, rng).unwrap() else { panic!("no transfer") };
    sent.payment.state
}

/// Lets time pass, waking the client when it wants to be.
fn pass(client: &mut Client<MemoryStore>, from: UnixMillis, to: UnixMillis, rng: &mut ChaCha20Rng) {
    let mut now = from;
    while let Some(at) = client.next_timeout().filter(|at| *at <= to) {
        now = now.max(at);
        client.handle_timeout(now, rng).unwrap();
    }
}

#[test]
fn a_payment_of_before_is_promised_only_when_nodes_were_asked_and_have_said_nothing() {
    let rng = &mut ChaCha20Rng::seed_from_u64(1);
    let mut client = reopened(rng);
    assert_eq!(state(&mut client, NOW, rng), PaymentState::Sending);
    let nearly = NOW.plus_ms(PROMISE_MS - 1);
    pass(&mut client, NOW, nearly, rng);
    assert_eq!(state(&mut client, nearly, rng), PaymentState::Sending);
    pass(&mut client, nearly, NOW.plus_ms(PROMISE_MS), rng);
    assert_eq!(state(&mut client, NOW.plus_ms(PROMISE_MS), rng), PaymentState::Promised);
}

#[test]
fn the_time_that_a_machine_slept_is_no_time_in_which_nodes_say_nothing() {
    let rng = &mut ChaCha20Rng::seed_from_u64(1);
    let mut client = reopened(rng);
    let woken = NOW.plus_ms(AN_HOUR_MS);
    client.handle_timeout(woken, rng).unwrap();
    assert_eq!(state(&mut client, woken, rng), PaymentState::Sending);
    let later = woken.plus_ms(PROMISE_MS + 1_000);
    pass(&mut client, woken, later, rng);
    assert_eq!(state(&mut client, later, rng), PaymentState::Promised);
}

#[test]
fn what_is_signed_is_never_said_to_be_unpaid() {
    let signed = crate::wallet::Signed { account: 0, seqno: 0, valid_until: 9, hash: [1; 32], boc: Vec::new() };
    let of_before = (Some(signed.clone()), PaymentState::Promised, PaymentState::Unconfirmed);
    for (signed, before, state) in [
        (None, PaymentState::Sending, PaymentState::Promised),
        (Some(signed), PaymentState::Sending, PaymentState::Unconfirmed),
        of_before,
    ] {
        undone(|work, _| {
            work.save_transfer(&TransferRecord { signed, state: before, ..record(NOW) }).unwrap();
            work.live.wallet.open.insert(ID);
            work.live.wallet.chain_asked(UnixMillis(NOW.0 - PROMISE_MS));
            work.promise_transfers().unwrap();
            assert_eq!(work.transfer(ID).unwrap().unwrap().state, state);
        });
    }
}

#[test]
fn a_contact_that_has_sent_what_it_promised_does_not_only_promise_it() {
    undone(|work, mut contact| {
        promised(work, &mut contact);
        assert_eq!(shown(work, &contact), PaymentState::Promised);
        work.payment_promised(&mut contact, 2, promise(true)).unwrap();
        assert_eq!(shown(work, &contact), PaymentState::Unconfirmed);
        work.payment_promised(&mut contact, 3, promise(false)).unwrap();
        assert_eq!(shown(work, &contact), PaymentState::Unconfirmed, "and what was sent is not taken back");
        work.promise_broken(&contact, MessageId([4; 16])).unwrap();
        assert_eq!(shown(work, &contact), PaymentState::Failed);
    });
}

fn promised(work: &mut Work<'_, crate::store::memory::MemoryTransaction<'_>>, contact: &mut ContactRecord) {
    let promise = promise(false);
    work.payment_promised(contact, 1, promise).unwrap();
}

fn promise(sent: bool) -> Promise {
    Promise { id: MessageId([4; 16]), at: NOW, amount: Gram::from(5), comment: String::new(), sent }
}

fn shown(work: &Work<'_, crate::store::memory::MemoryTransaction<'_>>, contact: &ContactRecord) -> PaymentState {
    let row = work.message(contact.id, MessageId([4; 16])).unwrap().unwrap();
    decode::<Payment>(&row.payment).unwrap().state
}

fn announced(to: crate::record::PayAddress, id: u8) -> Announced {
    Announced {
        id: MessageId([id; 16]),
        at: NOW,
        to,
        amount: Gram::from(5),
        comment: String::new(),
        by: Some([id; 32]),
    }
}

#[test]
fn a_promise_that_is_said_to_be_kept_elsewhere_was_not_kept() {
    undone(|work, mut contact| {
        promised(work, &mut contact);
        let elsewhere = announced(crate::record::PayAddress([9; 32]), 4);
        work.payment_announced(&mut contact, 2, elsewhere).unwrap();
        assert_eq!(shown(work, &contact), PaymentState::Failed);
    });
}

#[test]
fn a_promise_does_not_stay_one_when_too_many_payments_are_unproven() {
    undone(|work, mut contact| {
        promised(work, &mut contact);
        let number = contact.own_account.unwrap();
        let own = work.account(number).unwrap().unwrap().address;
        for id in 0..=255u8 {
            let mut other = announced(own, 7);
            other.id = MessageId([[9; 8], [id; 8]].concat().try_into().unwrap());
            work.payment_announced(&mut contact, 2, other).unwrap();
        }
        work.payment_announced(&mut contact, 3, announced(own, 4)).unwrap();
        assert_eq!(shown(work, &contact), PaymentState::Unconfirmed);
    });
}

/// E2E-83: of three relays one rests, nobody leads to another, and the third can be asked, though it did badly.
#[test]
fn a_question_to_the_chain_goes_where_it_can_be_asked_and_never_round() {
    for seed in 0..8 {
        let rng = &mut ChaCha20Rng::seed_from_u64(seed);
        let mut client = reopened_among(3, rng);
        let (now, later) = (NOW.plus_ms(1_000), NOW.plus_ms(11_000));
        let ids: Vec<_> = client.live_mut().relays.keys().copied().collect();
        let [resting, cut_off, able] = ids[..] else { panic!("three relays") };
        let live = client.live_mut();
        live.relays.get_mut(&resting).unwrap().as_target.rest(later);
        live.relays.get_mut(&cut_off).unwrap().not_from = [(resting, later), (able, later)].into();
        let badly = live.relays.get_mut(&able).unwrap();
        badly.as_target.fails(NOW, 0);
        badly.unreached_since = Some(NOW);
        let asked = live.exchanges.values().filter(|one| one.target == able).count();
        client.handle_command(Command::Chain(crate::command::ChainQuery::Status), now, rng).unwrap();
        for turn in 0.. {
            let Some(_) = client.next_timeout().filter(|at| *at <= now) else { break };
            assert!(turn < 20, "seed {seed}: it goes round");
            client.handle_timeout(now, rng).unwrap();
        }
        let after = client.live_mut().exchanges.values().filter(|one| one.target == able).count();
        assert!(after > asked, "seed {seed}");
    }
}
