//! A small network for tests: the whole supply is in the wallet of key 1.

#![cfg_attr(
    not(test),
    allow(
        dead_code,
        clippy::unwrap_used,
        clippy::arithmetic_side_effects,
        reason = "tests use all of it, the checks of the decoders a part"
    )
)]

use crate::genesis::{Genesis, GenesisParams, SUPPLY_NANO};
use crate::state::{ChainState, ShardHead};
use crate::wallet::{Transfer, Validity, WalletV5};
use ed25519_dalek::SigningKey;
use tycho_types::cell::Lazy;
use tycho_types::models::{
    Account, AccountState, BlockId, CurrencyCollection, DepthBalanceInfo, OptionalAccount, ShardAccount, ShardAccounts,
    ShardDescription, ShardHashes, ShardIdent, ShardStateUnsplit, StateInit, StdAddr, StorageInfo,
};
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

/// The same network with the basechain split in two.
pub(crate) fn genesis_of_two_shards() -> ChainState {
    let whole = genesis();
    let base = whole.shard(ShardIdent::BASECHAIN).unwrap();
    let (left, right) = ShardIdent::BASECHAIN.split().unwrap();
    let mut heads = Vec::new();
    for shard in [left, right] {
        let mut accounts = ShardAccounts::new();
        for entry in base.accounts().iter() {
            let (address, balance, account) = entry.unwrap();
            if shard.contains_account(&address) {
                accounts.set(address, balance, account).unwrap();
            }
        }
        let state = ShardStateUnsplit {
            shard_ident: shard,
            total_balance: accounts.root_extra().balance.clone(),
            accounts: Lazy::new(&accounts).unwrap(),
            ..base.state().clone()
        };
        let root = CellBuilder::build_from(&state).unwrap();
        let id = BlockId { shard, seqno: 0, root_hash: *root.repr_hash(), file_hash: HashBytes::ZERO };
        heads.push(ShardHead::new(id, root).unwrap());
    }
    let mut extra = whole.extra().clone();
    let (_, first) = extra.shards.iter().next().unwrap().unwrap();
    let named: Vec<_> = heads
        .iter()
        .map(|head| {
            let (root_hash, next_validator_shard) = (head.id().root_hash, head.id().shard.prefix());
            let file_hash = HashBytes::ZERO;
            (head.id().shard, ShardDescription { root_hash, file_hash, next_validator_shard, ..first.clone() })
        })
        .collect();
    extra.shards = ShardHashes::from_shards(named.iter().map(|(shard, named)| (shard, named))).unwrap();
    let mut state = whole.masterchain().state().clone();
    state.set_custom(Some(&extra)).unwrap();
    let root = CellBuilder::build_from(&state).unwrap();
    let id = BlockId { root_hash: *root.repr_hash(), file_hash: HashBytes::ZERO, ..*whole.head() };
    ChainState::new(ShardHead::new(id, root).unwrap(), heads, None).unwrap()
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

/// The network with one more active account in the basechain; its money is taken from the wallet of key 1.
pub(crate) fn with_account(state: &ChainState, address: &StdAddr, init: StateInit, nano: u128) -> ChainState {
    let base = state.shard(ShardIdent::BASECHAIN).unwrap();
    let mut accounts = base.accounts().clone();
    let rich = wallet(1).address().unwrap().address;
    let (_, entry) = accounts.get(rich).unwrap().unwrap();
    let mut faucet = entry.load_account().unwrap().unwrap();
    faucet.balance = CurrencyCollection::new(faucet.balance.tokens.into_inner() - nano);
    let account = Account {
        address: address.clone().into(),
        storage_stat: StorageInfo { last_paid: u32::try_from(START / 1000).unwrap(), ..StorageInfo::default() },
        last_trans_lt: 1,
        balance: CurrencyCollection::new(nano),
        state: AccountState::Active(init),
    };
    for (key, account) in [(rich, faucet), (address.address, account)] {
        let depth = DepthBalanceInfo { split_depth: 0, balance: account.balance.clone() };
        let (last_trans_hash, last_trans_lt) = (HashBytes::ZERO, account.last_trans_lt);
        let account = Lazy::new(&OptionalAccount(Some(account))).unwrap();
        accounts.set(key, depth, ShardAccount { account, last_trans_hash, last_trans_lt }).unwrap();
    }
    let shard = ShardStateUnsplit { accounts: Lazy::new(&accounts).unwrap(), ..base.state().clone() };
    let root = CellBuilder::build_from(&shard).unwrap();
    let id = BlockId { root_hash: *root.repr_hash(), ..*base.id() };
    let mut extra = state.extra().clone();
    let (shard, first) = extra.shards.iter().next().unwrap().unwrap();
    let named = [(shard, ShardDescription { root_hash: id.root_hash, ..first })];
    extra.shards = ShardHashes::from_shards(named.iter().map(|(shard, named)| (shard, named))).unwrap();
    let mut above = state.masterchain().state().clone();
    above.set_custom(Some(&extra)).unwrap();
    let above = CellBuilder::build_from(&above).unwrap();
    let above_id = BlockId { root_hash: *above.repr_hash(), ..*state.head() };
    let heads = vec![ShardHead::new(id, root).unwrap()];
    ChainState::new(ShardHead::new(above_id, above).unwrap(), heads, None).unwrap()
}
