//! What two trees of cells share, so that an update between them names only what changed.

use std::collections::{BTreeMap, HashMap, HashSet};
use tycho_types::cell::{CellFamily, DynCell, LazyExotic};
use tycho_types::error::Error;
use tycho_types::merkle::MerkleUpdate;
use tycho_types::prelude::*;

/// The cells of both trees that have one depth.
#[derive(Default)]
struct Level<'a> {
    old: HashMap<HashBytes, &'a DynCell>,
    new: HashMap<HashBytes, &'a DynCell>,
}

/// The update that turns `old` into `new`.
pub(crate) fn update(old: &Cell, new: &Cell) -> Result<LazyExotic<MerkleUpdate>, Error> {
    let known = known_cells(old.as_ref(), new.as_ref());
    let update = MerkleUpdate::create(old.as_ref(), new.as_ref(), known).build()?;
    LazyExotic::from_raw(CellBuilder::build_from_ext(&update, Cell::empty_context())?)
}

/// The cells of `old` that lead to what `new` kept, and the roots of what it kept.
///
/// Cells are compared level by level, deepest trees first: a cell has the same depth wherever it
/// hangs, so a kept subtree is met at the same step from both sides and is not entered.
fn known_cells(old: &DynCell, new: &DynCell) -> HashSet<HashBytes> {
    let mut known = HashSet::new();
    let mut levels: BTreeMap<u16, Level<'_>> = BTreeMap::new();
    levels.entry(old.repr_depth()).or_default().old.insert(*old.repr_hash(), old);
    levels.entry(new.repr_depth()).or_default().new.insert(*new.repr_hash(), new);
    while let Some((_, level)) = levels.pop_last() {
        for (hash, cell) in &level.old {
            known.insert(*hash);
            if !level.new.contains_key(hash) {
                for child in cell.references() {
                    levels.entry(child.repr_depth()).or_default().old.insert(*child.repr_hash(), child);
                }
            }
        }
        for (hash, cell) in &level.new {
            if !level.old.contains_key(hash) {
                for child in cell.references() {
                    levels.entry(child.repr_depth()).or_default().new.insert(*child.repr_hash(), child);
                }
            }
        }
    }
    known
}
