//! Making the next blocks from messages.
//!
//! Requirements: the state after the parent, external messages in the order in which they should
//! be tried, time and seed. Whoever has the same inputs makes the same bytes (rule CHN-40).
//!
//! Provided: [`collate`]. A step makes one block of every shard from the state before, then the
//! masterchain block, which names them and already sees what they sent. Internal messages come
//! first, in order of logical time (CHN-60); external ones until a soft limit is met (CHN-45).
//!
//! Not provided: choosing who collates, agreement.

mod accounts;
#[cfg(test)]
mod hostile;
mod limits;
mod masterchain;
mod messages;
mod shard;
#[cfg(test)]
mod tests;

pub use limits::TRANSACTIONS_MAX;

use crate::block::BlockBundle;
use crate::execute::{Refusal, check_external};
use crate::state::{ChainState, ShardHead, StateError, contains, seconds};
use shard::{ShardJob, ShardOutcome};
use std::collections::BTreeSet;
use tycho_types::error::Error;
use tycho_types::models::{ShardIdent, StdAddr};
use tycho_types::prelude::*;
use wire::UnixMillis;

/// Logical time grows in steps of this much from block to block.
pub(crate) const LT_STEP: u64 = 1_000_000;

/// What a collator decides besides the messages.
#[derive(Clone, Copy, Debug)]
pub struct CollateParams {
    /// The time of the block; blocks carry whole seconds.
    pub now: UnixMillis,
    /// The seed that contracts' random numbers come from.
    pub rand_seed: HashBytes,
    /// The collator's key.
    pub created_by: HashBytes,
}

/// New blocks and the state after them.
#[derive(Clone, Debug)]
pub struct Collated {
    /// The blocks.
    pub block: BlockBundle,
    /// The state after them.
    pub next: ChainState,
    /// Hashes of the external messages in them.
    pub included: Vec<HashBytes>,
    /// External messages that were refused, and why. Those that are neither here nor in
    /// `included` did not fit: try them in the next block.
    pub refused: Vec<(HashBytes, Refusal)>,
    /// Internal messages that can't be executed and stay in their queues; none, unless the
    /// executor has a fault: tell the operator.
    pub stuck: Vec<HashBytes>,
    /// Transactions in the blocks.
    pub transactions: usize,
    /// Bytes that the limits counted; the blocks have at most as many (rule CHN-45).
    pub counted_bytes: u64,
}

/// Why no block could be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CollateError {
    /// The state, or a block from it, is malformed.
    #[error("the block can't be built: {0}")]
    Cells(#[from] Error),
    /// The next state can't be used.
    #[error(transparent)]
    State(#[from] StateError),
    /// Time went backwards.
    #[error("the block's time {proposed} s is before its parent's {parent} s: wait")]
    TimeReversed {
        /// The time asked for.
        proposed: u32,
        /// The parent's time.
        parent: u32,
    },
    /// A counter is at its end, or money does not add up.
    #[error("the block can't be built: {0}")]
    Impossible(&'static str),
}

/// Whether a block is made anew or made again from its own messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// External messages are tried until a soft limit.
    Propose,
    /// All external messages must go in, and some order of them must keep the soft limits.
    Check,
}

/// Makes the next blocks.
///
/// # Errors
/// [`CollateError`]; external messages alone never lead there.
pub fn collate(state: &ChainState, externals: &[Cell], params: &CollateParams) -> Result<Collated, CollateError> {
    collate_for(state, externals, params, Purpose::Propose)
}

/// Makes the next blocks for a purpose.
pub(crate) fn collate_for(
    state: &ChainState,
    externals: &[Cell],
    params: &CollateParams,
    purpose: Purpose,
) -> Result<Collated, CollateError> {
    let (now, parent) = (seconds(params.now), state.gen_utime());
    if now < parent {
        return Err(CollateError::TimeReversed { proposed: now, parent });
    }
    let (externals, mut refused) = sort_out(state, externals);
    let lt_before = state.shards().chain([state.masterchain()]).map(|head| head.state().gen_lt).max().unwrap_or(0);
    let everyone: Vec<&ShardHead> = state.shards().chain([state.masterchain()]).collect();
    let mut shards = Vec::new();
    for head in state.shards() {
        let shard = head.id().shard;
        let job = ShardJob {
            state,
            head,
            neighbours: everyone.iter().copied().filter(|other| other.id().shard != shard).collect(),
            tops: &[],
            now,
            start_lt: next_lt(lt_before)?,
            params,
            purpose,
        };
        shards.push(job.run(&messages_to(&externals, shard))?);
    }
    let lt_shards = shards.iter().map(|outcome| outcome.head.state().gen_lt).max().unwrap_or(lt_before);
    let job = ShardJob {
        state,
        head: state.masterchain(),
        neighbours: shards.iter().map(|outcome| &outcome.head).collect(),
        tops: &shards,
        now,
        start_lt: next_lt(lt_shards.max(lt_before))?,
        params,
        purpose,
    };
    let mut masterchain = job.run(&messages_to(&externals, ShardIdent::MASTERCHAIN))?;
    let (mut included, mut stuck, mut transactions, mut counted_bytes) = (Vec::new(), Vec::new(), 0usize, 0u64);
    for outcome in shards.iter_mut().chain([&mut masterchain]) {
        included.append(&mut outcome.included);
        refused.append(&mut outcome.refused);
        stuck.append(&mut outcome.stuck);
        transactions = transactions.saturating_add(outcome.transactions);
        counted_bytes = counted_bytes.saturating_add(outcome.counted_bytes);
    }
    let (blocks, heads): (Vec<_>, Vec<_>) =
        shards.into_iter().map(|outcome| (serde_bytes::ByteBuf::from(outcome.bytes), outcome.head)).unzip();
    let ShardOutcome { bytes, head, .. } = masterchain;
    Ok(Collated {
        block: BlockBundle { masterchain: bytes, shards: blocks },
        next: ChainState::new(head, heads, Some(state.config_arc()))?,
        included,
        refused,
        stuck,
        transactions,
        counted_bytes,
    })
}

/// An external message and its account.
#[derive(Clone, Debug)]
pub(crate) struct External {
    to: StdAddr,
    message: Cell,
}

/// Reads destinations; what is no external message to an account of this network is refused, and
/// what comes twice is taken once.
fn sort_out(state: &ChainState, externals: &[Cell]) -> (Vec<External>, Vec<(HashBytes, Refusal)>) {
    let (mut good, mut refused) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    for message in externals.iter().filter(|message| seen.insert(*message.repr_hash())) {
        match check_external(state.config(), message, 0) {
            Ok(to) if state.shard_of(&to).is_some() => good.push(External { to, message: message.clone() }),
            Ok(_) => refused.push((*message.repr_hash(), Refusal::WrongAccount)),
            Err(refusal) => refused.push((*message.repr_hash(), refusal)),
        }
    }
    (good, refused)
}

/// The messages to accounts of one chain.
fn messages_to(externals: &[External], shard: ShardIdent) -> Vec<External> {
    externals.iter().filter(|external| contains(shard, &external.to)).cloned().collect()
}

/// The first logical time of a block after `lt`.
fn next_lt(lt: u64) -> Result<u64, CollateError> {
    let steps = lt.checked_div(LT_STEP).and_then(|steps| steps.checked_add(1));
    steps.and_then(|steps| steps.checked_mul(LT_STEP)).ok_or(CollateError::Impossible("logical time is at its end"))
}
