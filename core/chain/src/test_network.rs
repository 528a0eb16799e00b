//! A small network for tests: the whole supply is in the wallet of key 1.

use crate::genesis::{Genesis, GenesisParams, SUPPLY_NANO};
use crate::state::ChainState;
use crate::wallet::{Transfer, Validity, WalletV5};
use ed25519_dalek::SigningKey;
use tycho_types::prelude::*;
use wire::{Gram, UnixMillis};

/// When the network begins.
pub(crate) const START: u64 = 1_800_000_000_000;
/// Nanogram in a Gram.
pub(crate) const GRAM: u128 = 1_000_000_000;

pub(crate) fn key(number: u8) -> SigningKey {
    SigningKey::from_bytes(&[number; 32])
}

pub(crate) fn wallet(number: u8) -> WalletV5 {
    WalletV5::new(key(number).verifying_key().to_bytes())
}

pub(crate) fn validators() -> Vec<[u8; 32]> {
    (10..14).map(|n| key(n).verifying_key().to_bytes()).collect()
}

pub(crate) fn genesis_file() -> Genesis {
    Genesis::build(&GenesisParams {
        now: UnixMillis(START),
        faucet_public_key: key(1).verifying_key().to_bytes(),
        validators: validators(),
        supply: Gram::from(SUPPLY_NANO),
    })
    .unwrap()
}

pub(crate) fn genesis() -> ChainState {
    ChainState::from_genesis(&genesis_file()).unwrap()
}

/// An external message with these transfers, good for ever.
pub(crate) fn transfer(from: u8, seqno: u32, deploy: bool, transfers: &[Transfer]) -> Cell {
    let validity = Validity { seqno, valid_until: u32::MAX, deploy };
    wallet(from).sign_transfers(&key(from), validity, transfers).unwrap()
}

pub(crate) fn pay(to: u8, gram: u64) -> Transfer {
    Transfer::new(wallet(to).address().unwrap(), Gram::from(gram * 1_000_000_000))
}

pub(crate) fn balance(state: &ChainState, number: u8) -> u128 {
    let account = state.account(&wallet(number).address().unwrap()).unwrap().load_account().unwrap();
    account.map_or(0, |account| account.balance.tokens.into_inner())
}
