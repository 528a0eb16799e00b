//! Blocks made, checked, and tampered with.

use super::*;
use crate::genesis::{Genesis, GenesisParams, SUPPLY_NANO};
use crate::validate::validate;
use crate::wallet::{Transfer, Validity, WalletV5};
use ed25519_dalek::SigningKey;
use tycho_types::models::CurrencyCollection;
use wire::Gram;

const START: u64 = 1_800_000_000_000;

fn key(number: u8) -> SigningKey {
    SigningKey::from_bytes(&[number; 32])
}

fn wallet(number: u8) -> WalletV5 {
    WalletV5::new(key(number).verifying_key().to_bytes())
}

/// A network whose whole supply is in the wallet of key 1.
fn genesis() -> ChainState {
    let genesis = Genesis::build(&GenesisParams {
        now: UnixMillis(START),
        faucet_public_key: key(1).verifying_key().to_bytes(),
        validators: (10..14).map(|n| key(n).verifying_key().to_bytes()).collect(),
        supply: Gram::from(SUPPLY_NANO),
    });
    ChainState::from_genesis(&genesis.unwrap()).unwrap()
}

fn transfer(from: u8, seqno: u32, deploy: bool, transfers: &[Transfer]) -> Cell {
    let validity = Validity { seqno, valid_until: u32::MAX, deploy };
    wallet(from).sign_transfers(&key(from), validity, transfers).unwrap()
}

fn pay(to: u8, gram: u64) -> Transfer {
    Transfer::new(wallet(to).address().unwrap(), Gram::from(gram * 1_000_000_000))
}

fn params(step: u64) -> CollateParams {
    CollateParams {
        now: UnixMillis(START + step * 100),
        rand_seed: HashBytes([7; 32]),
        created_by: HashBytes(key(10).verifying_key().to_bytes()),
    }
}

/// Makes a block and checks it as another validator would.
fn step(state: &ChainState, number: u64, externals: &[Cell]) -> Collated {
    let collated = collate(state, externals, &params(number)).unwrap();
    let again = validate(state, &collated.block).unwrap();
    assert_eq!(again.head(), collated.next.head());
    assert_eq!(collated.next.total_supply().unwrap(), CurrencyCollection::new(SUPPLY_NANO.into()));
    collated
}

fn balance(state: &ChainState, number: u8) -> u128 {
    let account = state.account(&wallet(number).address().unwrap()).unwrap().load_account().unwrap();
    account.map_or(0, |account| account.balance.tokens.into_inner())
}

#[test]
fn a_transfer_arrives_in_the_block_after() {
    let state = genesis();
    let sent = step(&state, 1, &[transfer(1, 0, false, &[pay(2, 5)])]);
    assert_eq!(sent.included.len(), 1, "{:?}", sent.refused);
    assert_eq!(balance(&sent.next, 2), 0);
    let arrived = step(&sent.next, 2, &[]);
    assert_eq!(balance(&arrived.next, 2), 5_000_000_000);
    let quiet = step(&arrived.next, 3, &[]);
    assert_eq!(quiet.transactions, 0);
    assert_eq!(quiet.next.seqno(), 3);
}
