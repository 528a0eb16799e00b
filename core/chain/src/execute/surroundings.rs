//! What contracts see of the world (c7), where the executor leaves something out.

use super::PreviousBlocks;
use num_bigint::{BigInt, Sign};
use std::cell::RefCell;
use std::sync::Arc;
use tycho_executor::phase::ComputePhaseSmcInfo;
use tycho_types::models::BlockId;
use tycho_types::prelude::*;
use tycho_vm::{RcStackValue, SafeRc, Stack, Tuple, UnpackedInMsgSmcInfo, tuple};

/// Puts the earlier blocks, or nothing, where the executor would put the last one only; and the
/// state that an external message brings along, which the executor forgets (CHN-27).
pub(super) fn setter(
    blocks: Option<Arc<PreviousBlocks>>,
    outside_state: Option<Cell>,
) -> impl FnMut(&mut ComputePhaseSmcInfo) -> anyhow::Result<()> {
    move |seen| {
        seen.base.base.prev_blocks_info = blocks.as_ref().map(remembered_tuple);
        if let Some(state_init) = outside_state.clone() {
            let message = UnpackedInMsgSmcInfo { state_init: Some(state_init), ..Default::default() };
            seen.in_msg = Some(message.into_tuple());
        }
        Ok(())
    }
}

thread_local! {
    /// The tuple that was built last, and from what: building it costs more than running a plain
    /// delivery, and all transactions of a step need the same one.
    static LAST_TUPLE: RefCell<Option<(Arc<PreviousBlocks>, SafeRc<Tuple>)>> = const { RefCell::new(None) };
}

/// As [`as_tuple`], built once for the transactions of a step.
fn remembered_tuple(blocks: &Arc<PreviousBlocks>) -> SafeRc<Tuple> {
    LAST_TUPLE.with_borrow_mut(|last| match last {
        Some((from, tuple)) if Arc::ptr_eq(from, blocks) => tuple.clone(),
        _ => {
            let tuple = as_tuple(blocks);
            *last = Some((Arc::clone(blocks), tuple.clone()));
            tuple
        }
    })
}

/// `[last, key block, every 100th]`.
pub(crate) fn as_tuple(blocks: &PreviousBlocks) -> SafeRc<Tuple> {
    let list = |ids: &[BlockId]| RcStackValue::new_dyn_value(ids.iter().map(block_id).collect::<Tuple>());
    let key_block = blocks.key_block.as_ref().map_or_else(Stack::make_null, block_id);
    SafeRc::new(vec![list(&blocks.last), key_block, list(&blocks.every_100)])
}

/// `[workchain, shard, seqno, root hash, file hash]`.
fn block_id(id: &BlockId) -> RcStackValue {
    RcStackValue::new_dyn_value(tuple![
        int id.shard.workchain(),
        int id.shard.prefix(),
        int id.seqno,
        int BigInt::from_bytes_be(Sign::Plus, id.root_hash.as_slice()),
        int BigInt::from_bytes_be(Sign::Plus, id.file_hash.as_slice()),
    ])
}
