//! The update between two trees of cells: only what changed, and hashes of what stayed; and how
//! many bytes it takes.

use crate::size;
use std::collections::{BTreeMap, HashMap, HashSet};
use tycho_types::cell::{CellFamily, DynCell, LazyExotic};
use tycho_types::error::Error;
use tycho_types::merkle::{FilterAction, MerkleFilter, MerkleProofBuilder, MerkleUpdate};
use tycho_types::prelude::*;

/// How far below the root changed cells stay in the old tree though nothing hangs on them: so far
/// the parts of a state are named, and readers of blocks expect to find them.
const NAMED_PARTS_DEPTH: usize = 2;

/// The cells of both trees that have one depth.
#[derive(Default)]
struct Level<'a> {
    old: HashMap<HashBytes, &'a DynCell>,
    new: HashMap<HashBytes, &'a DynCell>,
}

/// What two trees have to do with each other.
#[derive(Default)]
struct Difference<'a> {
    /// The roots of what stayed.
    shared: HashSet<HashBytes>,
    /// The cells of the old tree above them and beside them, deepest trees first.
    changed: Vec<&'a DynCell>,
    /// The cells of the new tree that are not in the old one.
    added: Vec<&'a DynCell>,
}

/// Leaves out what stayed.
struct Without<'a>(&'a HashSet<HashBytes>);

impl MerkleFilter for Without<'_> {
    fn check(&self, cell: &HashBytes) -> FilterAction {
        if self.0.contains(cell) { FilterAction::Skip } else { FilterAction::Include }
    }
}

/// The update that turns `old` into `new`.
pub(crate) fn update(old: &Cell, new: &Cell) -> Result<LazyExotic<MerkleUpdate>, Error> {
    let difference = compare(old.as_ref(), new.as_ref());
    let update = if old.repr_hash() == new.repr_hash() {
        MerkleUpdate::create(old.as_ref(), new.as_ref(), HashSet::<HashBytes>::new()).build()?
    } else {
        let kept = kept_of_old(old.as_ref(), &difference);
        MerkleUpdate {
            old_hash: *old.repr_hash(),
            new_hash: *new.repr_hash(),
            old_depth: old.repr_depth(),
            new_depth: new.repr_depth(),
            old: tree(old, &kept)?,
            new: tree(new, Without(&difference.shared))?,
        }
    };
    LazyExotic::from_raw(CellBuilder::build_from(&update)?)
}

/// Not less than the bytes that the update shows of `old` and `new` in a bag of cells.
pub(crate) fn update_bytes(old: &Cell, new: &Cell) -> u64 {
    if old.repr_hash() == new.repr_hash() {
        return 0;
    }
    let difference = compare(old.as_ref(), new.as_ref());
    let added = difference.added.iter().map(|cell| size::cell_bytes(*cell));
    // a cell without references is not shown of the old tree
    let changed = difference.changed.iter().filter(|cell| cell.reference_count() > 0);
    added.chain(changed.map(|cell| size::kept_bytes(*cell))).fold(0, u64::saturating_add)
}

/// What a filter leaves of a tree.
fn tree(root: &Cell, kept: impl MerkleFilter) -> Result<Cell, Error> {
    let builder = MerkleProofBuilder::new(root.as_ref(), kept).allow_different_root(true);
    builder.build_raw_ext(Cell::empty_context())
}

/// Compares level by level, deepest trees first: a cell has the same depth wherever it hangs, so
/// what stayed is met at the same step from both sides and is not entered.
fn compare<'a>(old: &'a DynCell, new: &'a DynCell) -> Difference<'a> {
    let mut difference = Difference::default();
    let mut levels: BTreeMap<u16, Level<'a>> = BTreeMap::new();
    levels.entry(old.repr_depth()).or_default().old.insert(*old.repr_hash(), old);
    levels.entry(new.repr_depth()).or_default().new.insert(*new.repr_hash(), new);
    while let Some((_, level)) = levels.pop_last() {
        for (hash, cell) in &level.old {
            if level.new.contains_key(hash) {
                difference.shared.insert(*hash);
                continue;
            }
            difference.changed.push(*cell);
            for child in cell.references() {
                levels.entry(child.repr_depth()).or_default().old.insert(*child.repr_hash(), child);
            }
        }
        for (_, cell) in level.new.iter().filter(|(hash, _)| !level.old.contains_key(*hash)) {
            difference.added.push(*cell);
            for child in cell.references() {
                levels.entry(child.repr_depth()).or_default().new.insert(*child.repr_hash(), child);
            }
        }
    }
    difference
}

/// The cells of the old tree that the update shows: those that lead to what stayed, and the named
/// parts.
fn kept_of_old(root: &DynCell, difference: &Difference<'_>) -> HashSet<HashBytes> {
    let mut kept = HashSet::new();
    for cell in difference.changed.iter().rev() {
        // a cell without references is shown as it is, so it need not be found in the old tree
        let leads = |child: &DynCell| {
            let is_shared = child.reference_count() > 0 && difference.shared.contains(child.repr_hash());
            is_shared || kept.contains(child.repr_hash())
        };
        if cell.references().any(leads) {
            kept.insert(*cell.repr_hash());
        }
    }
    let mut parts = vec![root];
    for _ in 0..=NAMED_PARTS_DEPTH {
        let named = parts.iter().filter(|cell| !difference.shared.contains(cell.repr_hash()));
        kept.extend(named.clone().map(|cell| *cell.repr_hash()));
        parts = named.flat_map(|cell| cell.references()).collect();
    }
    kept
}
