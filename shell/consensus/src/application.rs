//! What a chain must do to be driven by consensus, in words that don't name the engine.

use bytes::Bytes;
use chain::certificate::{BlockDigest, ConsensusHeader};
use wire::UnixMillis;

/// Largest payload of a block, in bytes: the largest bundle.
pub const PAYLOAD_BYTES_MAX: usize = chain::block::BUNDLE_BYTES_MAX;

/// A block as consensus carries it. The payload is what the header's `payload_hash` says it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What is decided.
    pub header: ConsensusHeader,
    /// What is executed.
    pub payload: Bytes,
}

/// What executing a block found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is valid, and the state after it is at hand.
    Valid,
    /// It is wrong, for ever and for everybody; why.
    Invalid(String),
    /// It can't be judged here now (such as a full disk); this validator abstains.
    Unready(String),
}

/// A final block, with its certificate if it has one.
pub type FinalBlock = (Block, Option<Vec<u8>>);

/// How a final block is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FinalName {
    /// By its height.
    Height(u64),
    /// By its header's digest.
    Digest(BlockDigest),
}

/// The application can't go on: the validator stops rather than run on a state it does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Failure(pub String);

/// The chain. All calls come from worker threads and may block for as long as execution takes; several
/// may come at once.
pub trait Application: Send + Sync + 'static {
    /// Whether the state after the block with this digest is at hand: the genesis, recent final blocks, and
    /// those that were verified or proposed since.
    fn has_state(&self, digest: &BlockDigest) -> bool;

    /// The highest block that `finalized` has made durable; 0 is the genesis.
    fn final_height(&self) -> u64;

    /// Executes a block on its parent's state, which is at hand, and compares. Remembers the state.
    fn verify(&self, block: &Block) -> Verdict;

    /// Whether a block on this parent would have something to do.
    fn has_work(&self, parent: &BlockDigest) -> bool;

    /// Builds the next block on this parent, whose state is at hand, at the time `now` (always above the
    /// parent's). Remembers the state. `None` passes the turn.
    fn propose(&self, parent: &ConsensusHeader, now: UnixMillis) -> Option<Block>;

    /// The block is final. Called in order of height, at least once each: a height that is known already
    /// must be accepted again. Returns once the block is durable. `certificate` proves it to light clients;
    /// a block that became final only by its descendants has none.
    fn finalized(&self, block: &Block, certificate: Option<&[u8]>) -> Result<(), Failure>;

    /// A block that `finalized` has made durable, as it was given, with its certificate if it has one: other
    /// validators that were away ask for it. `None` when there is none.
    fn final_block(&self, name: FinalName) -> Option<FinalBlock>;

    /// Consensus has ended though nobody stopped it: nothing is proposed, verified or made final any more.
    fn failed(&self);

    /// Another validator passed on an external message. Comes from one thread at a time; must bound what it keeps.
    fn gossiped(&self, message: Bytes);
}
