//! Rights of carried deposits (MBX-90 to MBX-92): what lets somebody deposit one cell who may not write to its mailbox.

use super::{Gateway, HopError, REQUEST_OVERHEAD_BYTES, client};
use crate::frame::{Carried, Deposit, Request, RequestFrame};
use crate::{Cell, CellId, Refusal, SendCapability};
use serde::{Deserialize, Serialize};
use wire::codec;
use wire::hash::{domain_hash, sha256};

/// Bytes before encryption: the label's hash, a capability, a cell's id and its hash.
const PLAIN_BYTES: usize = 32 + 32 + 16 + 32;
/// Bytes of a right; there is no other length.
pub const RIGHT_BYTES_MAX: usize = PLAIN_BYTES + REQUEST_OVERHEAD_BYTES;

/// What a right says.
#[derive(Debug, Serialize, Deserialize)]
struct Right {
    /// Keeps it apart from whatever else is sealed to a relay.
    label: [u8; 32],
    send: SendCapability,
    cell_id: CellId,
    cell: [u8; 32],
}

fn label() -> [u8; 32] {
    domain_hash("simurgh/carried-right/1", &[])
}

/// A right to deposit `cell` at the relay of this hop key.
pub fn seal_right(hop_key: &[u8], send: &SendCapability, cell_id: CellId, cell: &Cell) -> Result<Vec<u8>, HopError> {
    let right = Right { label: label(), send: send.clone(), cell_id, cell: sha256(cell.as_bytes()) };
    let (sealed, _) = client(hop_key)?.encapsulate(&codec::encode(&right)?).map_err(HopError::Open)?;
    Ok(sealed)
}

impl Gateway {
    /// A carried deposit becomes the one that its right names (MBX-91).
    pub(super) fn uncarried(&self, frame: RequestFrame) -> Result<RequestFrame, Refusal> {
        let Request::Carried(Carried { right, cell }) = frame.request else { return Ok(frame) };
        let (plain, _) = self.server.decapsulate(&right).map_err(|_| Refusal::Malformed)?;
        let right: Right = codec::decode(&plain, PLAIN_BYTES).map_err(|_| Refusal::Malformed)?;
        if right.label != label() || right.cell != sha256(cell.as_bytes()) {
            return Err(Refusal::Malformed);
        }
        let deposit = Deposit { send: right.send, cell_id: right.cell_id, cell, stamp: None };
        Ok(RequestFrame { request: Request::Deposit(deposit), ..frame })
    }
}
