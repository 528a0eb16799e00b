//! Making proposed blocks again and comparing them bit for bit.
//!
//! Provided: [`validate`], a pure function: all honest validators answer alike (rule CHN-70).
//!
//! Not provided: anything that depends on a clock (CHN-71).

use crate::block::{BlockBundle, BlockError, OpenBundle};
use crate::collate::{CollateError, CollateParams, Purpose, collate_for};
use crate::index;
use crate::state::ChainState;
use tycho_types::error::Error;
use tycho_types::models::{BlockId, PrevBlockRef};
use tycho_types::prelude::*;
use wire::UnixMillis;

/// Why a proposed bundle is not the next one.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidBlock {
    /// The bytes are not blocks.
    #[error(transparent)]
    Block(#[from] BlockError),
    /// The cells are not those of a block.
    #[error("the block's cells are malformed: {0}")]
    Cells(#[from] Error),
    /// The number of shards' blocks is not that of the shards.
    #[error("the bundle has blocks of {got} shards, the state has {wanted}")]
    Shards {
        /// Blocks in the bundle.
        got: usize,
        /// Shards in the state.
        wanted: usize,
    },
    /// It builds on another block.
    #[error("the block {0} does not build on this state")]
    Parent(Box<BlockId>),
    /// Its number is not the next.
    #[error("the block's number is {got}, not {wanted}")]
    Seqno {
        /// The number in the block.
        got: u32,
        /// The number that comes next.
        wanted: u32,
    },
    /// Its time lies before its parent's.
    #[error("the block's time is before its parent's")]
    Time,
    /// Its blocks disagree on time, seed or creator.
    #[error("the blocks of the bundle disagree")]
    Disagree,
    /// It can't be made again.
    #[error(transparent)]
    Collate(#[from] CollateError),
    /// Made again, it has another hash.
    #[error("made again, the block is {wanted}, not {got}")]
    Different {
        /// What is proposed.
        got: Box<BlockId>,
        /// What comes out.
        wanted: Box<BlockId>,
    },
    /// Made again, it has the same hashes but other bytes.
    #[error("the block's bytes are not in their one form")]
    Form,
}

/// Checks that `bundle` is a right next step after `state`, and gives the state after it.
///
/// # Errors
/// [`InvalidBlock`]; the same for everybody.
pub fn validate(state: &ChainState, bundle: &BlockBundle) -> Result<ChainState, InvalidBlock> {
    let open = bundle.open()?;
    check_links(state, &open)?;
    let extra = open.masterchain.block.load_extra()?;
    let time_ms = u64::from(open.masterchain.info.gen_utime).saturating_mul(1000);
    let params = CollateParams { now: UnixMillis(time_ms), rand_seed: extra.rand_seed, created_by: extra.created_by };
    let externals = externals(&open)?;
    let again = collate_for(state, &externals, &params, Purpose::Check)?;
    if &again.block == bundle {
        return Ok(again.next);
    }
    let made = again.block.open()?;
    for (got, wanted) in open.iter().zip(made.iter()) {
        if got.id.root_hash != wanted.id.root_hash {
            return Err(InvalidBlock::Different { got: Box::new(got.id), wanted: Box::new(wanted.id) });
        }
    }
    Err(InvalidBlock::Form)
}

/// Cheap checks before anything is executed: numbers, parents, time.
fn check_links(state: &ChainState, open: &OpenBundle) -> Result<(), InvalidBlock> {
    let wanted = state.shards().count();
    if open.shards.len() != wanted {
        return Err(InvalidBlock::Shards { got: open.shards.len(), wanted });
    }
    for (block, head) in open.iter().zip(state.shards().chain([state.masterchain()])) {
        let next = head.id().seqno.saturating_add(1);
        if block.info.seqno != next {
            return Err(InvalidBlock::Seqno { got: block.info.seqno, wanted: next });
        }
        let parent = head.block_ref();
        let builds_on = matches!(block.info.load_prev_ref(), Ok(PrevBlockRef::Single(prev)) if prev == parent);
        if block.id.shard != head.id().shard || block.info.after_merge || !builds_on {
            return Err(InvalidBlock::Parent(Box::new(block.id)));
        }
        if block.info.gen_utime < head.state().gen_utime {
            return Err(InvalidBlock::Time);
        }
        if block.info.gen_utime != open.masterchain.info.gen_utime {
            return Err(InvalidBlock::Disagree);
        }
    }
    Ok(())
}

/// The external messages of all blocks, in order of account and logical time. The order in which
/// the collator tried them is not known and does not matter: accounts are independent.
fn externals(open: &OpenBundle) -> Result<Vec<Cell>, Error> {
    let mut messages = Vec::new();
    for block in open.iter() {
        index::for_each_transaction(block, |_, transaction| {
            if let Some(message) = index::external_message(transaction)? {
                messages.push(message);
            }
            Ok(())
        })?;
    }
    Ok(messages)
}
