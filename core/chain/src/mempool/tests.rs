//! Bounds and refusals.

use super::*;
use crate::collate::{CollateParams, collate};
use crate::execute::Refusal;
use crate::test_network::{START, genesis, key, pay, transfer, wallet};
use crate::wallet::{Validity, WalletV5};
use tycho_types::boc::Boc;

const NOW: UnixMillis = UnixMillis(START + 500);

fn bytes(message: &Cell) -> Vec<u8> {
    Boc::encode(message.as_ref())
}

fn order(seqno: u32) -> Cell {
    transfer(1, seqno, false, &[pay(2, 5)])
}

fn admit(pool: &mut Mempool, state: &ChainState, message: &Cell) -> Result<HashBytes, PoolRefusal> {
    pool.admit(state, &bytes(message), NOW, &|_| false)
}

fn next(state: &ChainState, pool: &mut Mempool) -> ChainState {
    let params = CollateParams { now: NOW, rand_seed: HashBytes::ZERO, created_by: HashBytes::ZERO };
    let made = collate(state, &pool.candidates(1000, &BTreeSet::new()), &params).unwrap();
    pool.forget(&made.included);
    pool.forget(made.refused.iter().map(|(hash, _)| hash));
    made.next
}

#[test]
fn a_wallet_may_send_several_in_a_row_and_all_go_into_one_block() {
    let (state, mut pool) = (genesis(), Mempool::default());
    for seqno in 0..10 {
        admit(&mut pool, &state, &order(seqno)).unwrap();
    }
    assert_eq!(pool.len(), 10);
    let state = next(&state, &mut pool);
    assert!(pool.is_empty());
    admit(&mut pool, &state, &order(10)).unwrap();
}

/// An order of the wallet of key 1 that ends some seconds after the network's beginning.
fn order_until(seqno: u32, to: u8, seconds: u64) -> Cell {
    let valid_until = u32::try_from(START / 1000 + seconds).unwrap();
    wallet(1).sign_transfers(&key(1), Validity { seqno, valid_until, deploy: false }, &[pay(to, 5)]).unwrap()
}

/// CHN-82
#[test]
fn a_later_order_of_the_same_number_replaces_the_first() {
    let (state, mut pool) = (genesis(), Mempool::default());
    let first = admit(&mut pool, &state, &order_until(0, 2, 20)).unwrap();
    let next_number = admit(&mut pool, &state, &order_until(1, 2, 20)).unwrap();
    for (seconds, outcome) in [(20, "seqno"), (19, "seqno")] {
        let refusal = admit(&mut pool, &state, &order_until(0, 3, seconds)).unwrap_err();
        assert_eq!(refusal.code(), outcome, "it must end later");
    }
    let second = admit(&mut pool, &state, &order_until(0, 3, 21)).unwrap();
    assert!(!pool.contains(&first) && pool.contains(&second) && pool.contains(&next_number));
    assert_eq!(pool.len(), 2);
    // it has the place of the first, so both are taken
    let made = next(&state, &mut pool);
    assert!(pool.is_empty());
    let account = made.account(&wallet(1).address().unwrap()).unwrap().load_account().unwrap().unwrap();
    assert_eq!(crate::wallet::seqno(&account), Some(2));
}

/// CHN-82
#[test]
fn an_order_in_a_proposed_block_is_not_replaced() {
    let (state, mut pool) = (genesis(), Mempool::default());
    let first = admit(&mut pool, &state, &order_until(0, 2, 20)).unwrap();
    let second = bytes(&order_until(0, 3, 30));
    let refusal = pool.admit(&state, &second, NOW, &|hash| *hash == first).unwrap_err();
    assert_eq!(refusal.code(), "seqno");
    assert!(pool.contains(&first));
    // the block was not decided on
    pool.admit(&state, &second, NOW, &|_| false).unwrap();
}

/// CHN-82
#[test]
fn what_replaces_is_executed_and_replacing_has_an_end() {
    let (state, mut pool) = (genesis(), Mempool::default());
    let first = admit(&mut pool, &state, &order_until(0, 2, 20)).unwrap();
    let forged = forged(&order_until(0, 3, 30));
    assert_eq!(admit(&mut pool, &state, &forged).unwrap_err().code(), "bad_signature");
    assert!(pool.contains(&first));
    for n in 0..u64::from(REPLACEMENTS_MAX) {
        admit(&mut pool, &state, &order_until(0, 3, 21 + n)).unwrap();
    }
    assert_eq!(admit(&mut pool, &state, &order_until(0, 3, 59)).unwrap_err().code(), "seqno");
    assert_eq!(pool.len(), 1);
    next(&state, &mut pool);
    assert!(pool.is_empty());
}

#[test]
fn a_gap_in_the_numbers_is_refused() {
    let (state, mut pool) = (genesis(), Mempool::default());
    assert_eq!(admit(&mut pool, &state, &order(1)).unwrap_err().code(), "seqno");
}

/// The message with another signature.
fn forged(good: &Cell) -> Cell {
    let mut message = good.parse::<OwnedMessage>().unwrap();
    let mut body = CellSlice::apply(&message.body).unwrap();
    let (start, refs) = (body.load_prefix(128, 0).unwrap(), body);
    let mut bad = CellBuilder::new();
    bad.store_slice(start).unwrap();
    let signature_at = refs.size_bits() - 512;
    let mut rest = refs;
    bad.store_slice(rest.load_prefix(signature_at, 0).unwrap()).unwrap();
    bad.store_raw(&[5; 64], 512).unwrap();
    while let Ok(reference) = rest.load_reference_cloned() {
        bad.store_reference(reference).unwrap();
    }
    message.body = bad.build().unwrap().into();
    CellBuilder::build_from(&message).unwrap()
}

#[test]
fn a_wrong_signature_is_refused() {
    let (state, mut pool) = (genesis(), Mempool::default());
    let forged = forged(&order(0));
    assert_eq!(admit(&mut pool, &state, &forged).unwrap_err().code(), "bad_signature");
}

#[test]
fn a_message_past_its_time_is_refused_and_one_in_the_pool_leaves() {
    let (state, mut pool) = (genesis(), Mempool::default());
    let until = |valid_until: u32| {
        let validity = Validity { seqno: 0, valid_until, deploy: false };
        wallet(1).sign_transfers(&key(1), validity, &[pay(2, 5)]).unwrap()
    };
    let start = u32::try_from(START / 1000).unwrap();
    assert_eq!(admit(&mut pool, &state, &until(start - 1)).unwrap_err().code(), "expired");
    admit(&mut pool, &state, &until(start + 10)).unwrap();
    pool.expire(UnixMillis(START + 9_999));
    assert_eq!(pool.len(), 1);
    pool.expire(UnixMillis(START + 10_000));
    assert!(pool.is_empty());
}

#[test]
fn a_missing_account_and_a_poor_one_are_told_apart() {
    let (state, mut pool) = (genesis(), Mempool::default());
    let missing = transfer(2, 0, true, &[pay(3, 1)]);
    assert_eq!(admit(&mut pool, &state, &missing).unwrap_err().code(), "account_missing");
    let mut dust = pay(2, 0);
    dust.amount = wire::Gram::from(1000);
    admit(&mut pool, &state, &transfer(1, 0, false, &[dust])).unwrap();
    let state = next(&state, &mut pool);
    let state = next(&state, &mut pool);
    assert_eq!(admit(&mut pool, &state, &missing).unwrap_err().code(), "balance");
}

#[test]
fn what_is_too_large_or_no_message_is_refused() {
    let (state, mut pool) = (genesis(), Mempool::default());
    let refusal = pool.admit(&state, &vec![0; 70_000], NOW, &|_| false).unwrap_err();
    assert!(matches!(refusal, PoolRefusal::TooLarge { bytes: 70_000, bytes_max: 65_535 }));
    assert_eq!(pool.admit(&state, b"not a bag", NOW, &|_| false).unwrap_err().code(), "malformed");
    let empty = pool.admit(&state, &bytes(&Cell::empty_cell()), NOW, &|_| false).unwrap_err();
    assert!(matches!(empty, PoolRefusal::Refused(Refusal::Malformed)));
    let mut deep = Cell::empty_cell();
    for _ in 0..600 {
        deep = CellBuilder::build_from(deep).unwrap();
    }
    assert_eq!(pool.admit(&state, &bytes(&deep), NOW, &|_| false).unwrap_err().code(), "too_large");
}

#[test]
fn another_wallet_id_and_another_key_are_refused() {
    let (state, mut pool) = (genesis(), Mempool::default());
    let other = WalletV5::with_subwallet(key(1).verifying_key().to_bytes(), 0, 9);
    let validity = Validity { seqno: 0, valid_until: u32::MAX, deploy: true };
    let order = other.sign_transfers(&key(1), validity, &[pay(2, 5)]).unwrap();
    assert_eq!(admit(&mut pool, &state, &order).unwrap_err().code(), "account_missing");
}

#[test]
fn a_message_is_let_in_once() {
    let (state, mut pool) = (genesis(), Mempool::default());
    admit(&mut pool, &state, &order(0)).unwrap();
    assert_eq!(admit(&mut pool, &state, &order(0)).unwrap_err().code(), "known");
    assert_eq!(pool.len(), 1);
}

#[test]
fn bounds_hold_per_account_and_in_all_and_expiry_makes_room() {
    let limits = PoolLimits { account_messages: 2, messages: 3, ..PoolLimits::default() };
    let (state, mut pool) = (genesis(), Mempool::new(limits));
    admit(&mut pool, &state, &order(0)).unwrap();
    admit(&mut pool, &state, &order(1)).unwrap();
    let full = admit(&mut pool, &state, &order(2)).unwrap_err();
    assert!(matches!(full, PoolRefusal::AccountFull { messages_max: 2 }));
    // a minute later the two that wait have expired, so there is room and the number 0 is free
    pool.admit(&state, &bytes(&order(0)), NOW.plus_ms(WAIT_MS_MAX), &|_| false).unwrap_err();
    pool.expire(NOW.plus_ms(WAIT_MS_MAX));
    admit(&mut pool, &state, &order(0)).unwrap();
    let tiny = PoolLimits { bytes: 10, ..PoolLimits::default() };
    let refusal = admit(&mut Mempool::new(tiny), &state, &order(0)).unwrap_err();
    assert!(matches!(refusal, PoolRefusal::PoolFull));
    let one = PoolLimits { messages: 1, ..PoolLimits::default() };
    let mut pool = Mempool::new(one);
    admit(&mut pool, &state, &order(0)).unwrap();
    assert_eq!(admit(&mut pool, &state, &order(1)).unwrap_err().code(), "pool_full");
}

#[test]
fn when_an_account_changes_its_waiting_messages_are_tried_anew() {
    let (state, mut pool) = (genesis(), Mempool::default());
    admit(&mut pool, &state, &order(0)).unwrap();
    admit(&mut pool, &state, &order(1)).unwrap();
    // another node's block takes the number 0 for something else
    let params = CollateParams { now: NOW, rand_seed: HashBytes::ZERO, created_by: HashBytes::ZERO };
    let state = collate(&state, &[transfer(1, 0, false, &[pay(4, 1)])], &params).unwrap().next;
    admit(&mut pool, &state, &order(2)).unwrap();
    assert_eq!(pool.len(), 2);
    assert!(!pool.contains(order(0).repr_hash()));
}

#[test]
fn messages_in_blocks_that_are_not_final_are_left_out() {
    let (state, mut pool) = (genesis(), Mempool::default());
    let first = admit(&mut pool, &state, &order(0)).unwrap();
    admit(&mut pool, &state, &order(1)).unwrap();
    let rest = pool.candidates(10, &BTreeSet::from([first]));
    assert_eq!(rest, [order(1)]);
    assert_eq!(pool.candidates(1, &BTreeSet::new()), [order(0)]);
}
