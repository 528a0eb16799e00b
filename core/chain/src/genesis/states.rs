//! The first states of the masterchain and the basechain.

use super::params::{CONFIG_ADDRESS, config_params};
use super::{GLOBAL_ID, Genesis, GenesisError, GenesisParams};
use crate::queue::OutMsgQueueInfo;
use crate::state::seconds;
use crate::wallet::WalletV5;
use tycho_types::boc::Boc;
use tycho_types::cell::Lazy;
use tycho_types::dict::AugDict;
use tycho_types::error::Error;
use tycho_types::models::{
    Account, AccountState, BlockchainConfig, CurrencyCollection, DepthBalanceInfo, IntAddr, McStateExtra,
    OptionalAccount, ShardAccount, ShardAccounts, ShardDescription, ShardHashes, ShardIdent, ShardStateUnsplit,
    SpecialFlags, StateInit, StdAddr, StorageInfo, StorageUsed, ValidatorInfo,
};
use tycho_types::num::VarUint56;
use tycho_types::prelude::*;

/// Most cells of an account at the beginning.
const ACCOUNT_CELLS_MAX: usize = 1 << 12;

/// Both first states.
pub(super) fn build(params: &GenesisParams) -> Result<Genesis, GenesisError> {
    let now = seconds(params.now);
    let supply = CurrencyCollection::new(params.supply.nano());
    let basechain = basechain(now, params.faucet_public_key, &supply)?;
    let basechain_root = CellBuilder::build_from(&basechain)?;
    let basechain_bytes = Boc::encode(basechain_root.as_ref());
    let hashes = (*basechain_root.repr_hash(), Boc::file_hash(&basechain_bytes));
    let config = config_params(now, &params.validators, hashes)?;
    let masterchain = masterchain(now, config, hashes, supply)?;
    Ok(Genesis {
        masterchain: Boc::encode(CellBuilder::build_from(&masterchain)?.as_ref()),
        shards: vec![basechain_bytes.into()],
    })
}

/// The basechain: one wallet with everything in it.
fn basechain(now: u32, faucet_public_key: [u8; 32], supply: &CurrencyCollection) -> Result<ShardStateUnsplit, Error> {
    let wallet = WalletV5::new(faucet_public_key);
    let account = account(wallet.address()?, wallet.state_init()?, supply.clone(), now)?;
    Ok(ShardStateUnsplit {
        shard_ident: ShardIdent::BASECHAIN,
        accounts: Lazy::new(&accounts(&[account])?)?,
        total_balance: supply.clone(),
        ..empty_state(now)?
    })
}

/// The masterchain: the configuration and its contract.
fn masterchain(
    now: u32,
    config: BlockchainConfig,
    (root_hash, file_hash): (HashBytes, HashBytes),
    supply: CurrencyCollection,
) -> Result<ShardStateUnsplit, Error> {
    let set = config.params.get_current_validator_set()?;
    let (_, validator_list_hash_short) = set.compute_mc_subset(0, false).ok_or(Error::InvalidData)?;
    let first = ShardDescription {
        seqno: 0,
        reg_mc_seqno: 0,
        start_lt: 0,
        end_lt: 0,
        root_hash,
        file_hash,
        before_split: false,
        before_merge: false,
        want_split: false,
        want_merge: false,
        nx_cc_updated: false,
        next_catchain_seqno: 0,
        next_validator_shard: ShardIdent::PREFIX_FULL,
        min_ref_mc_seqno: u32::MAX,
        gen_utime: now,
        split_merge_at: None,
        fees_collected: CurrencyCollection::ZERO,
        funds_created: CurrencyCollection::ZERO,
    };
    let contract = config_account(&config, now)?;
    let extra = McStateExtra {
        shards: ShardHashes::from_shards([(&ShardIdent::BASECHAIN, &first)])?,
        config,
        validator_info: ValidatorInfo { validator_list_hash_short, catchain_seqno: 0, nx_cc_updated: false },
        prev_blocks: AugDict::new(),
        after_key_block: true,
        last_key_block: None,
        block_create_stats: None,
        global_balance: supply,
    };
    let mut state = ShardStateUnsplit {
        shard_ident: ShardIdent::MASTERCHAIN,
        accounts: Lazy::new(&accounts(&[contract])?)?,
        ..empty_state(now)?
    };
    state.set_custom(Some(&extra))?;
    Ok(state)
}

/// A state with nothing in it.
fn empty_state(now: u32) -> Result<ShardStateUnsplit, Error> {
    Ok(ShardStateUnsplit {
        global_id: GLOBAL_ID,
        gen_utime: now,
        min_ref_mc_seqno: u32::MAX,
        out_msg_queue_info: CellBuilder::build_from(OutMsgQueueInfo::default())?,
        ..ShardStateUnsplit::default()
    })
}

/// The configuration's account. Its data begins with the parameters, as TON's contract keeps
/// them; it has no code that could change them: that comes with elections.
fn config_account(config: &BlockchainConfig, now: u32) -> Result<(HashBytes, CurrencyCollection, ShardAccount), Error> {
    let mut data = CellBuilder::new();
    data.store_reference(config.params.as_dict().root().clone().ok_or(Error::InvalidData)?)?;
    let state = StateInit {
        split_depth: None,
        special: Some(SpecialFlags { tick: false, tock: false }),
        code: None,
        data: Some(data.build()?),
        libraries: Dict::new(),
    };
    account(StdAddr::new(-1, CONFIG_ADDRESS), state, CurrencyCollection::ZERO, now)
}

/// A deployed account.
fn account(
    address: StdAddr,
    state: StateInit,
    balance: CurrencyCollection,
    now: u32,
) -> Result<(HashBytes, CurrencyCollection, ShardAccount), Error> {
    let key = address.address;
    let mut account = Account {
        address: IntAddr::Std(address),
        storage_stat: StorageInfo { last_paid: now, ..StorageInfo::default() },
        last_trans_lt: 0,
        balance: balance.clone(),
        state: AccountState::Active(state),
    };
    account.storage_stat.used = used(&account)?;
    let account = ShardAccount {
        account: Lazy::new(&OptionalAccount(Some(account)))?,
        last_trans_hash: HashBytes::ZERO,
        last_trans_lt: 0,
    };
    Ok((key, balance, account))
}

/// Cells and bits of an account's storage, which storage fees are paid for.
fn used(account: &Account) -> Result<StorageUsed, Error> {
    let mut storage = CellBuilder::new();
    storage.store_u64(account.last_trans_lt)?;
    account.balance.store_into(&mut storage, Cell::empty_context())?;
    account.state.store_into(&mut storage, Cell::empty_context())?;
    let stats = storage.build()?.compute_unique_stats(ACCOUNT_CELLS_MAX).ok_or(Error::InvalidData)?;
    Ok(StorageUsed { cells: VarUint56::new(stats.cell_count), bits: VarUint56::new(stats.bit_count) })
}

/// The dictionary of these accounts.
fn accounts(list: &[(HashBytes, CurrencyCollection, ShardAccount)]) -> Result<ShardAccounts, Error> {
    let mut accounts = ShardAccounts::new();
    for (key, balance, account) in list {
        accounts.set(key, DepthBalanceInfo { split_depth: 0, balance: balance.clone() }, account)?;
    }
    Ok(accounts)
}
