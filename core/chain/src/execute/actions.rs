//! CHN-26: action lists that the executor judges more mildly or more harshly than the official
//! program.
//!
//! For the official program an action whose mode is invalid fails even if it asks to be skipped
//! on errors, and so does a message from a foreign address; and a message that is none is found
//! before anything is executed. The executor sees each such action rewritten into one that it
//! judges in the same way; a list without them (as good as every list) is passed on untouched.
//!
//! CHN-39: a list whose messages together are larger than a block can bear fails at the first one
//! beyond; it is rewritten in the same way.

use std::collections::HashSet;
use tycho_types::error::Error;
use tycho_types::models::{IntAddr, OutAction, OwnedRelaxedMessage, RelaxedMsgInfo, SendMsgFlags, StdAddr};
use tycho_types::prelude::*;

/// More actions than this make a list invalid as a whole: it isn't looked at.
const ACTIONS_MAX: usize = 255;
/// The mode bits that exist, for messages inside and to the outside.
const SEND_MODES: u8 = 0xf3;
const SEND_OUT_MODES: u8 = 0x13;
/// Both say where the value comes from, and exclude each other.
const SEND_ALL: u8 = 0xc0;
/// The kinds of library change are 0, 1 and 2; 16 asks for a bounce on failure.
const LIBRARY_BOUNCE: u8 = 0x10;
const LIBRARY_KIND_MAX: u8 = 2;
/// A kind of library change that the executor refuses.
const LIBRARY_INVALID: u8 = 3;
/// A mode bit that doesn't exist: an action with it fails the phase (34).
const MODE_INVALID: u8 = 4;

/// Most distinct cells, and bits in them, of all messages of one list (rule CHN-39): together with
/// the limits on accounts it bounds what one transaction adds to a block.
pub(crate) const LIST_CELLS_MAX: usize = 1 << 14;
pub(crate) const LIST_BITS_MAX: u64 = 1 << 22;

/// The list as the executor must see it.
pub(super) fn mend(address: &StdAddr, list: Cell) -> Result<Cell, Error> {
    let Some(items) = items(&list) else { return Ok(list) };
    let mut mended: Vec<_> = items.iter().map(|item| mended_action(address, item)).collect::<Result<_, _>>()?;
    if let Some(at) = first_too_many(&items)
        && let (Some(item), Some(mended)) = (items.get(at), mended.get_mut(at))
    {
        *mended = Some(failing(item)?);
    }
    if mended.iter().all(Option::is_none) {
        return Ok(list);
    }
    rebuild(&items, mended)
}

/// The list with other actions in the place of some.
fn rebuild(items: &[Cell], mended: Vec<Option<CellBuilder>>) -> Result<Cell, Error> {
    let mut rebuilt = Cell::empty_cell();
    for (item, mended) in items.iter().zip(mended).rev() {
        let mut next = CellBuilder::new();
        next.store_reference(rebuilt)?;
        match mended {
            Some(mended) => next.store_builder(&mended)?,
            None => next.store_slice(action(item)?)?,
        }
        rebuilt = next.build()?;
    }
    Ok(rebuilt)
}

/// The list with its action `index`, a message, failing the phase (34).
pub(super) fn failing_at(list: &Cell, index: usize) -> Result<Cell, Error> {
    let items = items(list).ok_or(Error::InvalidData)?;
    let at = items.len().checked_sub(index.saturating_add(1)).ok_or(Error::InvalidData)?;
    let mended = items.iter().enumerate().map(|(n, item)| (n == at).then(|| failing(item)).transpose());
    rebuild(&items, mended.collect::<Result<_, _>>()?)
}

/// The places in the list, in order of execution, of messages to masterchain addresses that are
/// not 256 bits long.
pub(super) fn variable_destinations(list: &Cell) -> Vec<usize> {
    let Some(items) = items(list) else { return Vec::new() };
    let is_variable = |item: &Cell| {
        let Some(message) = sent_message(item) else { return false };
        matches!(message_info(message.as_ref()), Some(RelaxedMsgInfo::Int(info)) if matches!(info.dst, IntAddr::Var(_)))
    };
    let places = items.iter().rev().enumerate().filter(|(_, item)| is_variable(item));
    places.map(|(index, _)| index).collect()
}

/// The message of an action that sends one.
fn sent_message(item: &Cell) -> Option<Cell> {
    let mut slice = action(item).ok()?;
    if slice.load_u32().ok()? != OutAction::TAG_SEND_MSG {
        return None;
    }
    slice.load_u8().ok()?;
    slice.load_reference_cloned().ok()
}

/// An action that sends a message, with a mode for which it fails the phase (34); whether that
/// bounces stays as it was.
fn failing(item: &Cell) -> Result<CellBuilder, Error> {
    let whole = action(item)?;
    let mut slice = whole;
    let mut built = CellBuilder::new();
    built.store_u32(slice.load_u32()?)?;
    built.store_u8(slice.load_u8()? & SendMsgFlags::BOUNCE_ON_ERROR.bits() | MODE_INVALID)?;
    built.store_slice(slice_after_mode(whole)?)?;
    Ok(built)
}

/// The item (last action first) whose message is the first with which the list has more than a
/// block can bear; cells that come again count once.
fn first_too_many(items: &[Cell]) -> Option<usize> {
    let (mut seen, mut bits) = (HashSet::new(), 0u64);
    for (at, item) in items.iter().enumerate().rev() {
        let Some(message) = sent_message(item) else { continue };
        let mut open = vec![message];
        while let Some(cell) = open.pop() {
            if !seen.insert(*cell.repr_hash()) {
                continue;
            }
            bits = bits.saturating_add(cell.bit_len().into());
            if seen.len() > LIST_CELLS_MAX || bits > LIST_BITS_MAX {
                return Some(at);
            }
            open.extend(cell.references().cloned());
        }
    }
    None
}

/// The first `count` actions of a list.
pub(super) fn first(list: Cell, count: u16) -> Result<Cell, Error> {
    let Some(items) = items(&list) else { return Ok(list) };
    let dropped = items.len().saturating_sub(usize::from(count));
    Ok(items.into_iter().nth(dropped).unwrap_or_default())
}

/// The cells of the list, last action first; `None` where it isn't a list at all.
fn items(list: &Cell) -> Option<Vec<Cell>> {
    let mut items = Vec::new();
    let mut cell = list.clone();
    while !(cell.bit_len() == 0 && cell.reference_count() == 0) {
        if cell.is_exotic() || items.len() == ACTIONS_MAX {
            return None;
        }
        let previous = cell.reference_cloned(0)?;
        items.push(cell);
        cell = previous;
    }
    (!cell.is_exotic()).then_some(items)
}

/// An action without the reference to the one before it.
fn action(item: &Cell) -> Result<CellSlice<'_>, Error> {
    let mut slice = item.as_slice()?;
    slice.load_reference()?;
    Ok(slice)
}

/// The action rewritten, where it must be.
fn mended_action(address: &StdAddr, item: &Cell) -> Result<Option<CellBuilder>, Error> {
    let whole = action(item)?;
    let mut slice = whole;
    let Ok(tag) = slice.load_u32() else { return Ok(None) };
    let Ok(mode) = slice.load_u8() else { return Ok(None) };
    let mut mended = CellBuilder::new();
    mended.store_u32(tag)?;
    match tag {
        OutAction::TAG_SEND_MSG => {
            if slice.size_bits() != 0 || slice.size_refs() != 1 {
                return Ok(None);
            }
            match judge(address, mode, slice.load_reference()?) {
                Judged::Sound => return Ok(None),
                // without its message it is no action: skipped or failing before any other
                Judged::NoMessage => mended.store_u8(mode)?,
                Judged::MustFail => {
                    mended.store_u8(mode & !SendMsgFlags::IGNORE_ERROR.bits())?;
                    mended.store_slice(slice_after_mode(whole)?)?;
                }
            }
        }
        OutAction::TAG_CHANGE_LIB => {
            // seven bits of mode, and one that belongs to what follows
            let (kind, rest) = (mode >> 1, mode & 1);
            if kind & !LIBRARY_BOUNCE <= LIBRARY_KIND_MAX {
                return Ok(None);
            }
            mended.store_u8(((kind & LIBRARY_BOUNCE) | LIBRARY_INVALID) << 1 | rest)?;
            mended.store_slice(slice_after_mode(whole)?)?;
        }
        _ => return Ok(None),
    }
    Ok(Some(mended))
}

/// What follows tag and mode.
fn slice_after_mode(mut slice: CellSlice<'_>) -> Result<CellSlice<'_>, Error> {
    slice.load_u32()?;
    slice.load_u8()?;
    Ok(slice)
}

/// How the official program sees a message to be sent.
enum Judged {
    Sound,
    NoMessage,
    MustFail,
}

fn judge(address: &StdAddr, mode: u8, message: &DynCell) -> Judged {
    let Some(info) = message_info(message) else { return Judged::NoMessage };
    let (source, modes) = match &info {
        RelaxedMsgInfo::Int(info) => (&info.src, SEND_MODES),
        RelaxedMsgInfo::ExtOut(info) => (&info.src, SEND_OUT_MODES),
    };
    let foreign = source.as_ref().is_some_and(|source| !matches!(source, IntAddr::Std(source) if source == address));
    let invalid = mode & !modes != 0 || mode & SEND_ALL == SEND_ALL;
    if mode & SendMsgFlags::IGNORE_ERROR.bits() != 0 && (foreign || invalid) { Judged::MustFail } else { Judged::Sound }
}

/// The header of a message, if it is one from its first bit to its last.
fn message_info(message: &DynCell) -> Option<RelaxedMsgInfo> {
    let mut slice = message.as_slice().ok()?;
    let parsed = OwnedRelaxedMessage::load_from(&mut slice).ok()?;
    slice.is_empty().then_some(parsed.info)
}
