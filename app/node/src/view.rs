//! The read side of the node: what toncenter, `/light` and the demo are written against.
//!
//! Requirements: a `BlockStore` with every final block since the last snapshot, and a publisher (the
//! node's ledger) that hands over each new head after it is durable.
//!
//! Provided: the newest final head, accounts at that head, final blocks and transactions, submission of
//! external messages with the reason for a refusal, and waiting for the next block.
//!
//! Not provided: anything that is not final; there is no such thing to see from outside.

use chain::ChainState;
use parking_lot::RwLock;
use std::{
    collections::VecDeque,
    fmt,
    sync::{
        Arc, Weak,
        atomic::{AtomicBool, Ordering},
    },
};
use store::blocks::{BlockKey, BlockStore, BlockStoreError};
pub use store::blocks::{BlockRow, FinalRow, TransactionRow};
use tokio::sync::watch;
use tycho_types::{
    cell::HashBytes,
    models::{BlockId, BlockIdShort, BlockchainConfig, ShardAccount, ShardIdent, StdAddr},
};
use wire::UnixMillis;

/// Largest external message that the node looks at, in bytes of its bag of cells (TON's limit).
pub const EXTERNAL_BYTES_MAX: usize = 65_535;

/// How many final states are at hand, the newest among them: as long as a caller needs to ask several things of
/// one moment. They share what did not change between them.
pub const STATES_KEPT: usize = 32;

/// The newest final block of every chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Height of the consensus block; equal to the masterchain's seqno.
    pub height: u64,
    /// Time of the consensus block.
    pub at: UnixMillis,
    /// The masterchain's block.
    pub masterchain: BlockId,
    /// The newest block of every shard, by workchain and prefix.
    pub shards: Vec<BlockId>,
}

/// What identifies the network that this node belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkFacts {
    /// Hash of the genesis.
    pub genesis_hash: [u8; 32],
    /// The validators' Ed25519 keys in the order of the genesis.
    pub validators: Vec<[u8; 32]>,
    /// `global_id` of every block.
    pub global_id: i32,
    /// The masterchain's zero state: its seqno is 0, its hashes name the state, not a block.
    pub zero_state: BlockId,
}

/// An account at a final head.
#[derive(Clone, Debug)]
pub struct AccountAtHead {
    /// The head.
    pub head: Arc<Head>,
    /// The account's entry; `None` when the address was never touched.
    pub account: Option<ShardAccount>,
}

/// Why the view could not answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ViewError {
    /// The disk.
    #[error(transparent)]
    Store(#[from] BlockStoreError),
    /// The state or a stored cell can't be read: the folder is damaged.
    #[error("the chain state can't be read ({0}): restart the node, and restore its folder if that does not help")]
    State(#[from] tycho_types::error::Error),
}

/// Why an external message was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SubmitError {
    /// The bytes are not a bag of cells with one external inbound message.
    #[error("not an external inbound message: {0}")]
    Malformed(String),
    /// More than `EXTERNAL_BYTES_MAX`.
    #[error("the message has {len} bytes, at most {EXTERNAL_BYTES_MAX} are taken")]
    TooLarge {
        /// Its size.
        len: usize,
    },
    /// The account or the pool refused it; `code` is a stable word, `reason` a sentence.
    #[error("{reason}")]
    Refused {
        /// Such as `bad_signature`, `seqno`, `balance`, `expired`, `pool_full`, `not_accepted`.
        code: &'static str,
        /// What happened and what to do.
        reason: String,
        /// The contract's exit code, when it was run.
        exit_code: Option<i32>,
    },
    /// The node is shutting down, or takes no part in consensus any more after a failure.
    #[error("the node has stopped: try another one")]
    Stopping,
}

/// Takes external messages; implemented by the node's ledger.
pub(crate) trait Intake: Send + Sync {
    /// Checks a message, puts it in the pool and tells the other validators. Returns the message's hash.
    fn submit(&self, boc: &[u8]) -> Result<[u8; 32], SubmitError>;
}

/// Everything that is known at one head.
struct Published {
    head: Arc<Head>,
    state: ChainState,
    config: Arc<BlockchainConfig>,
}

impl Published {
    fn new(head: Head, state: ChainState) -> Self {
        let config = Arc::new(state.config().raw().clone());
        Self { head: Arc::new(head), state, config }
    }
}

/// The read side of a node. Cheap to share: keep it in an `Arc`.
pub struct ChainView {
    network: NetworkFacts,
    store: Arc<BlockStore>,
    newest: RwLock<Arc<Published>>,
    /// Those before the newest, the oldest first.
    earlier: RwLock<VecDeque<Arc<Published>>>,
    changes: watch::Sender<u64>,
    intake: Weak<dyn Intake>,
    stands_still: AtomicBool,
}

impl fmt::Debug for ChainView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChainView").field("head", &self.head()).finish_non_exhaustive()
    }
}

impl ChainView {
    /// A view that starts at `head`, after which the state is `state`.
    pub(crate) fn new(
        network: NetworkFacts,
        store: Arc<BlockStore>,
        head: Head,
        state: ChainState,
        intake: Weak<dyn Intake>,
    ) -> Self {
        let changes = watch::Sender::new(head.height);
        let newest = RwLock::new(Arc::new(Published::new(head, state)));
        let earlier = RwLock::default();
        Self { network, store, newest, earlier, changes, intake, stands_still: AtomicBool::new(false) }
    }

    /// Shows a new head, which must be durable by now, and wakes whoever waits.
    pub(crate) fn publish(&self, head: Head, state: ChainState) {
        let height = head.height;
        let next = Arc::new(Published::new(head, state));
        // in this order everywhere: who looks for a state finds it in one place or the other
        let mut earlier = self.earlier.write();
        let replaced = std::mem::replace(&mut *self.newest.write(), next);
        earlier.push_back(replaced);
        while earlier.len() >= STATES_KEPT {
            earlier.pop_front();
        }
        drop(earlier);
        self.changes.send_replace(height);
    }

    /// Consensus has failed: what is known stays readable, nothing more is taken.
    pub(crate) fn stand_still(&self) {
        self.stands_still.store(true, Ordering::Release);
    }

    /// The head and the whole state after it, as one.
    #[must_use]
    pub fn state(&self) -> (Arc<Head>, ChainState) {
        let newest = self.newest.read();
        (Arc::clone(&newest.head), newest.state.clone())
    }

    /// The head whose masterchain block has this number, and the whole state after it, while it is at hand.
    #[must_use]
    pub fn state_at(&self, seqno: u32) -> Option<(Arc<Head>, ChainState)> {
        let earlier = self.earlier.read();
        let newest = Arc::clone(&self.newest.read());
        let mut known = std::iter::once(&newest).chain(earlier.iter());
        let found = known.find(|published| published.head.masterchain.seqno == seqno)?;
        Some((Arc::clone(&found.head), found.state.clone()))
    }

    /// Which network this is.
    #[must_use]
    pub fn network(&self) -> &NetworkFacts {
        &self.network
    }

    /// The newest final head.
    #[must_use]
    pub fn head(&self) -> Arc<Head> {
        Arc::clone(&self.newest.read().head)
    }

    /// The head's height.
    #[must_use]
    pub fn height(&self) -> u64 {
        self.newest.read().head.height
    }

    /// The configuration at the head.
    #[must_use]
    pub fn config(&self) -> Arc<BlockchainConfig> {
        Arc::clone(&self.newest.read().config)
    }

    /// Waits until the head is higher than `height`, and returns it; at once if it is already. Never ends
    /// when the chain stands still: put a time limit around it.
    pub async fn wait_for_change(&self, height: u64) -> Arc<Head> {
        let mut changes = self.changes.subscribe();
        // the sender lives in `self`, so waiting can't fail
        let _ = changes.wait_for(|now| *now > height).await;
        self.head()
    }

    /// An account at the head.
    pub fn account(&self, address: &StdAddr) -> Result<AccountAtHead, ViewError> {
        let (head, state) = self.state();
        let entry = match state.shard_of(address) {
            Some(shard) => shard.accounts().get(address.address)?,
            None => None,
        };
        Ok(AccountAtHead { head, account: entry.map(|(_, account)| account) })
    }

    /// A final block by its place, with its bytes.
    pub fn block(&self, id: &BlockIdShort) -> Result<Option<BlockRow>, ViewError> {
        Ok(self.store.block(key(id))?)
    }

    /// The block of a shard that holds the logical time `lt`.
    pub fn block_by_lt(&self, shard: ShardIdent, lt: u64) -> Result<Option<BlockRow>, ViewError> {
        Ok(self.store.block_by_lt(shard.workchain(), shard.prefix(), lt)?)
    }

    /// The first block of a shard at or after `at`.
    pub fn block_by_time(&self, shard: ShardIdent, at: UnixMillis) -> Result<Option<BlockRow>, ViewError> {
        Ok(self.store.block_by_time(shard.workchain(), shard.prefix(), at.0)?)
    }

    /// The blocks that one consensus block carried, the masterchain's first. A masterchain seqno is the
    /// height, so this gives the shards of a masterchain block.
    pub fn blocks_at(&self, height: u64) -> Result<Vec<BlockRow>, ViewError> {
        Ok(self.store.blocks_at(height)?)
    }

    /// Blocks of a workchain without their bytes, newest first, below the height `before`.
    pub fn blocks(&self, workchain: i32, before: Option<u64>, limit: u32) -> Result<Vec<BlockRow>, ViewError> {
        Ok(self.store.list_blocks(workchain, before.unwrap_or(u64::MAX), limit)?)
    }

    /// The transactions of a block by logical time.
    pub fn block_transactions(&self, id: &BlockIdShort, limit: u32) -> Result<Vec<TransactionRow>, ViewError> {
        Ok(self.store.block_transactions(key(id), limit)?)
    }

    /// An account's transactions, newest first, with a logical time of at most `from_lt` (inclusive).
    pub fn account_transactions(
        &self,
        address: &StdAddr,
        from_lt: Option<u64>,
        limit: u32,
    ) -> Result<Vec<TransactionRow>, ViewError> {
        let (workchain, account) = (i32::from(address.workchain), &address.address.0);
        Ok(self.store.account_transactions(workchain, account, from_lt.unwrap_or(u64::MAX), limit)?)
    }

    /// The transaction with this hash.
    pub fn transaction(&self, hash: &HashBytes) -> Result<Option<TransactionRow>, ViewError> {
        Ok(self.store.transaction(&hash.0)?)
    }

    /// The transaction that consumed the message with this hash.
    pub fn transaction_by_message(&self, hash: &HashBytes) -> Result<Option<TransactionRow>, ViewError> {
        Ok(self.store.transaction_by_message(&hash.0)?)
    }

    /// What consensus decided at a height: header and, where there is one, certificate.
    pub fn decided(&self, height: u64) -> Result<Option<FinalRow>, ViewError> {
        Ok(self.store.decided(height)?)
    }

    /// Checks an external message (bag of cells), puts it in the pool and tells the other validators.
    /// Returns the hash of the message's cell. Takes up to a few milliseconds of work.
    pub fn submit(&self, boc: &[u8]) -> Result<HashBytes, SubmitError> {
        if boc.len() > EXTERNAL_BYTES_MAX {
            return Err(SubmitError::TooLarge { len: boc.len() });
        }
        if self.stands_still.load(Ordering::Acquire) {
            return Err(SubmitError::Stopping);
        }
        let intake = self.intake.upgrade().ok_or(SubmitError::Stopping)?;
        intake.submit(boc).map(HashBytes)
    }
}

/// The id of a stored block.
#[must_use]
pub fn block_id(row: &BlockRow) -> Option<BlockId> {
    Some(BlockId {
        shard: ShardIdent::new(row.key.workchain, row.key.shard)?,
        seqno: row.key.seqno,
        root_hash: HashBytes(row.root_hash),
        file_hash: HashBytes(row.file_hash),
    })
}

fn key(id: &BlockIdShort) -> BlockKey {
    BlockKey { workchain: id.shard.workchain(), shard: id.shard.prefix(), seqno: id.seqno }
}
