//! Transactions as people see them.

use super::*;
use crate::collate::{CollateParams, Collated, collate};
use crate::index;
use crate::state::ChainState;
use crate::test_network::{START, balance, genesis, pay, transfer, wallet};

fn make(state: &ChainState, externals: &[Cell]) -> Collated {
    let params = CollateParams { now: UnixMillis(START), rand_seed: HashBytes::ZERO, created_by: HashBytes::ZERO };
    collate(state, externals, &params).unwrap()
}

fn only_entry(made: &Collated) -> Entry {
    let rows = index::transactions(&made.block).unwrap();
    assert_eq!(rows.len(), 1);
    let entry = Entry::read(&rows[0].boc, 0).unwrap();
    assert_eq!((entry.hash, entry.lt, &entry.account), (rows[0].hash.0, rows[0].lt, &rows[0].account));
    entry
}

#[test]
fn both_sides_of_a_payment_are_read() {
    let state = genesis();
    let payment = pay(2, 5).with_comment("برای چای").unwrap();
    let sent = make(&state, &[transfer(1, 0, false, &[payment])]);
    let out = only_entry(&sent);
    assert!(out.success && out.is_external());
    assert_eq!(out.value(), (Direction::Out, Gram::from(5_000_000_000)));
    assert_eq!(out.outgoing[0].to, Some(wallet(2).address().unwrap()));
    assert_eq!(out.outgoing[0].comment.as_deref(), Some("برای چای"));
    assert_eq!((out.exit_code, out.gas_used), (Some(0), 4939));
    let spent = balance(&state, 1) - balance(&sent.next, 1);
    assert_eq!(out.fee.nano(), spent - 5_000_000_000);
    let arrived = make(&sent.next, &[]);
    let came = only_entry(&arrived);
    assert!(came.success, "an account without code keeps the money");
    assert_eq!(came.value(), (Direction::In, Gram::from(5_000_000_000)));
    assert_eq!(came.incoming.as_ref().unwrap().from, Some(wallet(1).address().unwrap()));
    assert_eq!(came.incoming.as_ref().unwrap().hash, out.outgoing[0].hash);
    assert_eq!(came.previous, ([0; 32], 0));
}

#[test]
fn a_payment_that_came_back_is_marked() {
    let mut payment = pay(3, 7);
    payment.bounce = true;
    let sent = make(&genesis(), &[transfer(1, 0, false, &[payment])]);
    let bounced = make(&sent.next, &[]);
    assert!(!only_entry(&bounced).success);
    let back = only_entry(&make(&bounced.next, &[]));
    assert!(back.incoming.as_ref().unwrap().bounced);
    assert_eq!(back.value().0, Direction::In);
}

#[test]
fn other_bytes_are_no_transaction() {
    assert!(matches!(Entry::read(b"?", 0), Err(HistoryError::Boc(_))));
    let cell = Boc::encode(Cell::empty_cell().as_ref());
    assert!(matches!(Entry::read(&cell, 0), Err(HistoryError::Cells(_))));
}
