//! What contracts see of the world (c7), where the executor leaves something out.

use super::PreviousBlocks;
use num_bigint::{BigInt, Sign};
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
        seen.base.base.prev_blocks_info = blocks.as_deref().map(as_tuple);
        if let Some(state_init) = outside_state.clone() {
            let message = UnpackedInMsgSmcInfo { state_init: Some(state_init), ..Default::default() };
            seen.in_msg = Some(message.into_tuple());
        }
        Ok(())
    }
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
