//! What only masterchain blocks have: the shards' blocks that they name, and their fees.

use super::CollateError;
use super::shard::{ShardJob, ShardOutcome};
use tycho_types::models::{
    CurrencyCollection, KeyBlockRef, KeyMaxLt, McBlockExtra, McStateExtra, ShardDescription, ShardFeeCreated,
    ShardFees, ShardHashes, ShardIdentFull, ValueFlow,
};
use tycho_types::num::Tokens;

/// How many masterchain blocks the state remembers (besides the first): TON remembers all, but
/// here there are many a second (rule CHN-14).
const PREV_BLOCKS_MAX: u32 = 1 << 16;

/// What the block creates for its validators (parameter 14).
pub(super) fn created(job: &ShardJob<'_>) -> Result<CurrencyCollection, CollateError> {
    let shard = job.head.id().shard;
    let whole = job.state.config().raw().params.get_block_creation_reward(shard.is_masterchain())?;
    // a shard of depth d makes one of 2^d blocks
    Ok(Tokens::new(whole.into_inner().checked_shr(shard.prefix_len().into()).unwrap_or(0)).into())
}

/// The fees of the shards' blocks, which the masterchain takes over.
pub(super) fn fees_imported(job: &ShardJob<'_>) -> Result<CurrencyCollection, CollateError> {
    let mut sum = CurrencyCollection::ZERO;
    for top in job.tops {
        sum.try_add_assign(&top.flow.fees_collected)?;
    }
    Ok(sum)
}

/// The masterchain's own parts of block and state.
pub(super) fn extra(job: &ShardJob<'_>, flow: &ValueFlow) -> Result<(McBlockExtra, McStateExtra), CollateError> {
    let before = job.state.extra();
    let descriptions: Vec<_> = job.tops.iter().map(|top| (top.head.id().shard, describe(job, top))).collect();
    let shards = ShardHashes::from_shards(descriptions.iter().map(|(shard, description)| (shard, description)))?;
    let mut fees = ShardFees::new();
    let mut global_balance = before.global_balance.checked_add(&flow.created)?.checked_add(&flow.minted)?;
    global_balance.try_sub_assign(&flow.burned)?;
    for top in job.tops {
        let fee = ShardFeeCreated { fees: top.flow.fees_collected.clone(), create: top.flow.created.clone() };
        fees.set(ShardIdentFull::from(top.head.id().shard), &fee, &fee)?;
        global_balance.try_add_assign(&top.flow.created)?;
        global_balance.try_sub_assign(&top.flow.burned)?;
    }
    let parent = job.head.block_ref();
    // TON takes the first state for a key block
    let is_key_block = parent.seqno == 0;
    let mut prev_blocks = before.prev_blocks.clone();
    let last = KeyMaxLt { has_key_block: is_key_block, max_end_lt: parent.end_lt };
    prev_blocks.set(parent.seqno, last, KeyBlockRef { is_key_block, block_ref: parent.clone() })?;
    if let Some(old) = parent.seqno.checked_sub(PREV_BLOCKS_MAX).filter(|old| *old > 0) {
        prev_blocks.remove(old)?;
    }
    let block = McBlockExtra { shards: shards.clone(), fees, ..McBlockExtra::default() };
    let state = McStateExtra {
        shards,
        prev_blocks,
        after_key_block: is_key_block,
        last_key_block: if is_key_block { Some(parent) } else { before.last_key_block.clone() },
        global_balance,
        ..before.clone()
    };
    Ok((block, state))
}

/// How the masterchain names a shard's block.
fn describe(job: &ShardJob<'_>, top: &ShardOutcome) -> ShardDescription {
    let (id, state) = (top.head.id(), top.head.state());
    ShardDescription {
        seqno: id.seqno,
        reg_mc_seqno: job.head.id().seqno.saturating_add(1),
        start_lt: top.start_lt,
        end_lt: state.gen_lt,
        root_hash: id.root_hash,
        file_hash: id.file_hash,
        before_split: false,
        before_merge: false,
        want_split: false,
        want_merge: false,
        nx_cc_updated: false,
        next_catchain_seqno: 0,
        next_validator_shard: id.shard.prefix(),
        min_ref_mc_seqno: state.min_ref_mc_seqno,
        gen_utime: state.gen_utime,
        split_merge_at: None,
        fees_collected: top.flow.fees_collected.clone(),
        funds_created: top.flow.created.clone(),
    }
}
