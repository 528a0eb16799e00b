//! What the official program writes differently into account and transaction at the end.
//!
//! CHN-22: an account of many cells carries the hash of a dictionary of its cells. The dictionary
//! maps the hash of each cell below the account's storage to how often it is
//! referred to (32 bits) and how deep Merkle cells nest in it (2 bits). Extra currencies are not
//! part of it, and masterchain accounts have none.
//!
//! CHN-28: an account that is frozen in the very state that its address is the hash of becomes
//! uninitialised, but its transaction says "frozen".

use std::collections::BTreeMap;
use tycho_executor::ExecutorOutput;
use tycho_types::cell::Lazy;
use tycho_types::error::Error;
use tycho_types::models::{
    Account, AccountStatus, HashUpdate, IntAddr, OptionalAccount, ShardAccount, StdAddr, StorageExtra, StorageInfo,
};
use tycho_types::prelude::*;

/// Deeper nesting of Merkle cells is written as this.
const MERKLE_DEPTH_MAX: u8 = 3;

/// What the dictionary says about a cell.
#[derive(Clone, Copy, Debug)]
struct Entry {
    references: u32,
    merkle_depth: u8,
}

/// Writes account and transaction again where one of the rules asks for it; `frozen` says that
/// the transaction froze the account or found it so.
pub(super) fn mend(
    cells_min: u32,
    address: &StdAddr,
    frozen: bool,
    before: &ShardAccount,
    out: &mut ExecutorOutput,
) -> Result<(), Error> {
    let account = with_storage_dict(cells_min, address, &out.new_state)?;
    if account.is_none() && !frozen {
        return Ok(());
    }
    let mut transaction = out.transaction.load()?;
    if frozen && transaction.end_status == AccountStatus::Uninit {
        transaction.end_status = AccountStatus::Frozen;
    }
    if let Some(account) = account {
        transaction.state_update =
            Lazy::new(&HashUpdate { old: *before.account.repr_hash(), new: *account.repr_hash() })?;
        out.new_state.account = account;
    }
    out.transaction = Lazy::new(&transaction)?;
    out.new_state.last_trans_hash = *out.transaction.repr_hash();
    Ok(())
}

/// The account with the dictionary's hash set or cleared; `None` where it is right as it is.
fn with_storage_dict(
    cells_min: u32,
    address: &StdAddr,
    account: &ShardAccount,
) -> Result<Option<Lazy<OptionalAccount>>, Error> {
    let mut slice = account.account.as_slice_allow_exotic();
    if !slice.load_bit()? {
        return Ok(None);
    }
    IntAddr::load_from(&mut slice)?;
    let info = StorageInfo::load_from(&mut slice)?;
    let wanted = !address.is_masterchain() && info.used.cells.into_inner() >= u64::from(cells_min);
    if info.storage_extra == StorageExtra::None && !wanted {
        return Ok(None);
    }
    let Some(mut account) = account.load_account()? else { return Ok(None) };
    let extra = if wanted { StorageExtra::DictHash(dict_hash(&account)?) } else { StorageExtra::None };
    if account.storage_stat.storage_extra == extra {
        return Ok(None);
    }
    account.storage_stat.storage_extra = extra;
    Lazy::new(&OptionalAccount(Some(account))).map(Some)
}

/// The hash of the dictionary of the account's cells; zero where there are none.
fn dict_hash(account: &Account) -> Result<HashBytes, Error> {
    let mut storage = CellBuilder::new();
    account.state.store_into(&mut storage, Cell::empty_context())?;
    let storage = storage.build()?;
    let mut entries = BTreeMap::new();
    for root in storage.references() {
        count(root, &mut entries)?;
    }
    let mut values = Vec::with_capacity(entries.len());
    for (hash, entry) in entries {
        let mut value = CellBuilder::new();
        value.store_u32(entry.references)?;
        value.store_small_uint(entry.merkle_depth, 2)?;
        values.push((hash, value.build()?));
    }
    let mut dict = Dict::<HashBytes, CellSlice<'_>>::new();
    for (hash, value) in &values {
        dict.set(hash, value.as_slice()?)?;
    }
    Ok(dict.root().as_ref().map(|root| *root.repr_hash()).unwrap_or_default())
}

/// Counts one more reference to `cell`, and on the first one goes into it. Recursion is bounded
/// by the depth of a cell tree (1024).
fn count(cell: &DynCell, entries: &mut BTreeMap<HashBytes, Entry>) -> Result<u8, Error> {
    if let Some(entry) = entries.get_mut(cell.repr_hash()) {
        entry.references = entry.references.saturating_add(1);
        return Ok(entry.merkle_depth);
    }
    let mut deepest = 0;
    for child in cell.references() {
        deepest = deepest.max(count(child, entries)?);
    }
    let merkle_depth = deepest.saturating_add(u8::from(cell.cell_type().is_merkle())).min(MERKLE_DEPTH_MAX);
    entries.insert(*cell.repr_hash(), Entry { references: 1, merkle_depth });
    Ok(merkle_depth)
}
