//! Comments on payments: operation 0, then UTF-8 that runs on from cell to cell.

use super::WalletError;
use tycho_types::models::{MsgType, OwnedMessage};
use tycho_types::prelude::*;

/// Bytes in a comment, written or read: a page of text; a longer one is not shown.
pub const COMMENT_BYTES_MAX: usize = 4096;
/// The operation that means "a comment follows".
const OP_COMMENT: u32 = 0;
/// The operation of a comment that is encrypted.
const OP_ENCRYPTED_COMMENT: u32 = 0x2167_da4b;
/// Bytes of text in the first cell, after the operation, and in each further one.
const FIRST_CELL_BYTES: usize = 123;
const CELL_BYTES: usize = 127;

/// The body of a message with a comment; empty for an empty comment.
///
/// # Errors
/// [`WalletError::CommentTooLong`].
pub fn comment_body(comment: &str) -> Result<Cell, WalletError> {
    if comment.is_empty() {
        return Ok(Cell::empty_cell());
    }
    if comment.len() > COMMENT_BYTES_MAX {
        return Err(WalletError::CommentTooLong);
    }
    let (first, rest) = comment.as_bytes().split_at(comment.len().min(FIRST_CELL_BYTES));
    let mut next: Option<Cell> = None;
    for chunk in rest.chunks(CELL_BYTES).rev() {
        next = Some(text_cell(None, chunk, next)?);
    }
    text_cell(Some(OP_COMMENT), first, next)
}

/// The comment in a message body, unless the body is something else, too long or not UTF-8.
#[must_use]
pub fn comment_of_body(body: CellSlice<'_>) -> Option<String> {
    String::from_utf8(bytes_after(OP_COMMENT, body)?).ok()
}

/// What a comment that only sender and recipient can read holds, as it is: their keys open it.
#[must_use]
pub fn encrypted_comment_of_body(body: CellSlice<'_>) -> Option<Vec<u8>> {
    bytes_after(OP_ENCRYPTED_COMMENT, body)
}

/// The bytes that run on from cell to cell after the operation.
fn bytes_after(op: u32, mut body: CellSlice<'_>) -> Option<Vec<u8>> {
    if body.load_u32().ok()? != op {
        return None;
    }
    let mut bytes = Vec::new();
    loop {
        let bits = body.size_bits();
        if !bits.is_multiple_of(8) {
            return None;
        }
        let mut chunk = [0; CELL_BYTES + 1];
        bytes.extend_from_slice(body.load_raw(&mut chunk, bits).ok()?);
        if bytes.len() > COMMENT_BYTES_MAX {
            return None;
        }
        match body.size_refs() {
            0 => return Some(bytes),
            _ if bits == 0 && !bytes.is_empty() => return None,
            _ => body = body.load_reference_as_slice().ok()?,
        }
    }
}

/// The comment in a message.
#[must_use]
pub fn comment_of_message(message: &Cell) -> Option<String> {
    let message = message.parse::<OwnedMessage>().ok()?;
    if message.ty() == MsgType::ExtIn {
        return None;
    }
    comment_of_body(message.body.0.apply_allow_exotic(&message.body.1))
}

/// One cell of a comment.
fn text_cell(op: Option<u32>, text: &[u8], next: Option<Cell>) -> Result<Cell, WalletError> {
    let mut cell = CellBuilder::new();
    if let Some(op) = op {
        cell.store_u32(op)?;
    }
    let bits = u16::try_from(text.len().saturating_mul(8)).map_err(|_| WalletError::CommentTooLong)?;
    cell.store_raw(text, bits)?;
    if let Some(next) = next {
        cell.store_reference(next)?;
    }
    Ok(cell.build()?)
}
