//! CHN-22: an account of many cells carries the hash of a dictionary of its cells.
//!
//! The dictionary maps the hash of each cell below the account's storage to how often it is
//! referred to (32 bits) and how deep Merkle cells nest in it (2 bits). Extra currencies are not
//! part of it, and masterchain accounts have none. The executor doesn't know it, so account and transaction are written again here.

use std::collections::BTreeMap;
use tycho_executor::ExecutorOutput;
use tycho_types::cell::Lazy;
use tycho_types::error::Error;
use tycho_types::models::{
    Account, HashUpdate, IntAddr, OptionalAccount, ShardAccount, StdAddr, StorageExtra, StorageInfo,
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

/// Sets or clears the dictionary's hash in the new account, and mends the transaction where that
/// changes the account.
pub(super) fn write(
    cells_min: u32,
    address: &StdAddr,
    before: &ShardAccount,
    out: &mut ExecutorOutput,
) -> Result<(), Error> {
    let mut slice = out.new_state.account.as_slice_allow_exotic();
    if !slice.load_bit()? {
        return Ok(());
    }
    IntAddr::load_from(&mut slice)?;
    let info = StorageInfo::load_from(&mut slice)?;
    let wanted = !address.is_masterchain() && info.used.cells.into_inner() >= u64::from(cells_min);
    if info.storage_extra == StorageExtra::None && !wanted {
        return Ok(());
    }
    let Some(mut account) = out.new_state.load_account()? else { return Ok(()) };
    let extra = if wanted { StorageExtra::DictHash(dict_hash(&account)?) } else { StorageExtra::None };
    if account.storage_stat.storage_extra == extra {
        return Ok(());
    }
    account.storage_stat.storage_extra = extra;
    let account = Lazy::new(&OptionalAccount(Some(account)))?;
    let mut transaction = out.transaction.load()?;
    transaction.state_update = Lazy::new(&HashUpdate { old: *before.account.repr_hash(), new: *account.repr_hash() })?;
    out.transaction = Lazy::new(&transaction)?;
    out.new_state.account = account;
    out.new_state.last_trans_hash = *out.transaction.repr_hash();
    Ok(())
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
