//! How many bytes cells take in a bag of cells: what the limits of blocks count (rule CHN-45).
//!
//! Provided: upper bounds. A cell is counted with references of three bytes, enough for 2^24 cells.

use std::collections::HashSet;
use tycho_types::cell::DynCell;
use tycho_types::error::Error;
use tycho_types::prelude::*;

/// What stands before a cell's data.
const DESCRIPTOR_BYTES: u64 = 2;
/// A reference to another cell of the bag.
const REFERENCE_BYTES: u64 = 3;
/// A pruned branch in the place of a cell of level 0.
pub(crate) const PRUNED_BYTES: u64 = 38;
/// What each level of the cell adds to it: a hash and a depth.
const PRUNED_LEVEL_BYTES: u64 = 34;
/// The bit that chooses a side, and the shortest label of an edge.
const EMPTY_LABEL_BITS: u16 = 2;

/// One cell.
pub(crate) fn cell_bytes(cell: &DynCell) -> u64 {
    let references = u64::from(cell.reference_count()).saturating_mul(REFERENCE_BYTES);
    u64::from(cell.bit_len().div_ceil(8)).saturating_add(references).saturating_add(DESCRIPTOR_BYTES)
}

/// One cell, and a pruned branch in the place of each of its references.
pub(crate) fn kept_bytes(cell: &DynCell) -> u64 {
    let pruned = cell
        .references()
        .map(|child| u64::from(child.level()).saturating_mul(PRUNED_LEVEL_BYTES).saturating_add(PRUNED_BYTES));
    pruned.fold(cell_bytes(cell), u64::saturating_add)
}

/// All cells of a tree, each once.
pub(crate) fn tree_bytes(root: &DynCell) -> u64 {
    tree_bytes_within(root, u64::MAX).unwrap_or(u64::MAX)
}

/// As [`tree_bytes`], if it is at most `most`; no more is looked at.
pub(crate) fn tree_bytes_within(root: &DynCell, most: u64) -> Option<u64> {
    let (mut seen, mut open, mut sum) = (HashSet::new(), vec![root], 0u64);
    while let Some(cell) = open.pop() {
        if seen.insert(cell.repr_hash()) {
            sum = sum.checked_add(cell_bytes(cell)).filter(|sum| *sum <= most)?;
            open.extend(cell.references());
        }
    }
    Some(sum)
}

/// Calls `visit` with the cells of a dictionary's tree on the way to a key of `key_bits` bits, as
/// far as there is one: what changes when the key's value does.
pub(crate) fn path<'a>(
    root: Option<&'a Cell>,
    key_bits: u16,
    bit: impl Fn(u16) -> bool,
    mut visit: impl FnMut(&'a DynCell),
) -> Result<(), Error> {
    let (mut at, mut next) = (0u16, root.map(AsRef::as_ref));
    while let Some(cell) = next {
        visit(cell);
        let left = key_bits.saturating_sub(at);
        let Some(label) = matching_label(&mut cell.as_slice()?, left, |n| bit(at.saturating_add(n)))? else { break };
        at = at.saturating_add(label);
        if at >= key_bits {
            break;
        }
        next = cell.reference(u8::from(bit(at)));
        at = at.saturating_add(1);
    }
    Ok(())
}

/// Reads a label (TON's `HmLabel`) and returns its length, if the key goes along it to its end.
fn matching_label(slice: &mut CellSlice<'_>, most: u16, bit: impl Fn(u16) -> bool) -> Result<Option<u16>, Error> {
    if most == 0 && slice.size_bits() < EMPTY_LABEL_BITS {
        return Err(Error::CellUnderflow);
    }
    let length_bits = u16::try_from(16u32.saturating_sub(most.leading_zeros())).unwrap_or(16);
    let (length, same) = if !slice.load_bit()? {
        let mut length = 0u16;
        while slice.load_bit()? {
            length = length.saturating_add(1);
        }
        (length, None)
    } else if slice.load_bit()? {
        let same = slice.load_bit()?;
        (u16::try_from(slice.load_uint(length_bits)?).map_err(|_| Error::IntOverflow)?, Some(same))
    } else {
        (u16::try_from(slice.load_uint(length_bits)?).map_err(|_| Error::IntOverflow)?, None)
    };
    if length > most {
        return Err(Error::InvalidData);
    }
    for n in 0..length {
        let wanted = match same {
            Some(same) => same,
            None => slice.load_bit()?,
        };
        if wanted != bit(n) {
            return Ok(None);
        }
    }
    Ok(Some(length))
}
