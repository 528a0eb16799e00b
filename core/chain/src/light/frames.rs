//! Questions and answers, encoded with `wire::codec`.

use crate::block::BlockName;
use serde::{Deserialize, Serialize};
use tycho_types::models::StdAddr;
use tycho_types::prelude::*;
use wire::{UnixMillis, codec};

/// Largest question: an external message of 64 kB and its frame.
pub const REQUEST_BYTES_MAX: usize = 66_000;
/// Largest answer.
pub const RESPONSE_BYTES_MAX: usize = 1 << 20;
/// Most rows (transactions, blocks) in one answer.
pub const ROWS_MAX: u16 = 64;
/// What an answer has besides the bags of cells of its transactions: of each transaction its hash, account and block,
/// each number at its longest, and once what is around them.
const ROW_BYTES_MAX: usize = 160;
const FRAME_BYTES_MAX: usize = 256;
/// The longest wait for a change.
pub const WAIT_MS_MAX: u32 = 30_000;

/// An account's address, as frames carry it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AccountId {
    /// −1 is the masterchain, 0 the basechain.
    pub workchain: i8,
    /// The address in it.
    pub address: [u8; 32],
}

impl From<&StdAddr> for AccountId {
    fn from(address: &StdAddr) -> Self {
        Self { workchain: address.workchain, address: address.address.0 }
    }
}

impl From<&AccountId> for StdAddr {
    fn from(id: &AccountId) -> Self {
        Self::new(id.workchain, HashBytes(id.address))
    }
}

/// What an asker trusts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkId {
    /// Names the network.
    pub genesis_hash: [u8; 32],
    /// The validators' Ed25519 keys.
    pub validators: Vec<[u8; 32]>,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LightRequest {
    /// The last block.
    Head,
    /// An account with its proof.
    Account {
        /// Which.
        address: AccountId,
    },
    /// The same, once its last transaction is later than `known_lt`, or after `wait_ms`.
    WaitAccount {
        /// Which.
        address: AccountId,
        /// The logical time of the last transaction that the asker knows.
        known_lt: u64,
        /// At most [`WAIT_MS_MAX`].
        wait_ms: u32,
    },
    /// Transactions of an account, the last first.
    AccountTransactions {
        /// Which.
        address: AccountId,
        /// Only those before this logical time.
        before_lt: Option<u64>,
        /// At most [`ROWS_MAX`].
        limit: u16,
    },
    /// Submits an external message.
    Send {
        /// The message, a bag of cells.
        #[serde(with = "serde_bytes")]
        boc: Vec<u8>,
    },
    /// Masterchain blocks and the shards' blocks in them, the last first.
    Blocks {
        /// Only those before this masterchain block.
        before: Option<u32>,
        /// At most [`ROWS_MAX`] masterchain blocks.
        limit: u16,
    },
    /// A block.
    Block {
        /// Its workchain.
        workchain: i32,
        /// Its shard.
        shard: u64,
        /// Its number.
        seqno: u32,
    },
    /// A transaction.
    Transaction {
        /// Its hash.
        hash: [u8; 32],
    },
    /// The configuration.
    Config,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LightResponse {
    /// To `Head`.
    Head(HeadInfo),
    /// To `Account` and `WaitAccount`.
    Account(Box<AccountProof>),
    /// To `AccountTransactions`.
    Transactions(Vec<TransactionRecord>),
    /// To `Send`: the message is in the pool.
    Sent {
        /// The hash of the message.
        hash: [u8; 32],
    },
    /// To `Blocks`.
    Blocks(Vec<BlockSummary>),
    /// To `Block`.
    Block(Option<Box<BlockRecord>>),
    /// To `Transaction`.
    Transaction(Option<Box<TransactionRecord>>),
    /// To `Config`: the root of the dictionary of parameters, a bag of cells.
    Config(serde_bytes::ByteBuf),
    /// To any question that can't be answered.
    Refused {
        /// A stable word for programs, as `mempool::PoolRefusal::code` gives it.
        code: String,
        /// A sentence: what happened, what to do.
        reason: String,
    },
}

impl LightRequest {
    /// As a frame.
    ///
    /// # Errors
    /// None in practice.
    pub fn encode(&self) -> Result<Vec<u8>, codec::CodecError> {
        codec::encode(self)
    }

    /// Reads a frame.
    ///
    /// # Errors
    /// Where it is too long or malformed.
    pub fn decode(bytes: &[u8]) -> Result<Self, codec::CodecError> {
        codec::decode(bytes, REQUEST_BYTES_MAX)
    }
}

impl LightResponse {
    /// As a frame.
    ///
    /// # Errors
    /// Where it is longer than [`RESPONSE_BYTES_MAX`], so that nobody could read it.
    pub fn encode(&self) -> Result<Vec<u8>, codec::CodecError> {
        let frame = codec::encode(self)?;
        match frame.len() {
            len if len > RESPONSE_BYTES_MAX => Err(codec::CodecError::TooLong { len, max: RESPONSE_BYTES_MAX }),
            _ => Ok(frame),
        }
    }

    /// Reads a frame.
    ///
    /// # Errors
    /// Where it is too long or malformed.
    pub fn decode(bytes: &[u8]) -> Result<Self, codec::CodecError> {
        codec::decode(bytes, RESPONSE_BYTES_MAX)
    }
}

/// How many transactions, from the first, one answer holds, where their bags of cells are so long (CHN-90). One at
/// least, which always fits: CHN-39 bounds what a transaction has.
pub fn transactions_that_fit(boc_lens: impl IntoIterator<Item = usize>) -> usize {
    let mut left = RESPONSE_BYTES_MAX.saturating_sub(FRAME_BYTES_MAX);
    let fits = boc_lens.into_iter().take_while(|len| match left.checked_sub(len.saturating_add(ROW_BYTES_MAX)) {
        Some(rest) => {
            left = rest;
            true
        }
        None => false,
    });
    fits.count().max(1)
}

/// The last block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadInfo {
    /// Names the network.
    pub genesis_hash: [u8; 32],
    /// The masterchain block.
    pub masterchain: BlockName,
    /// The shards' blocks that it names.
    pub shards: Vec<BlockName>,
    /// Its time.
    pub at: UnixMillis,
    /// How many validators there are.
    pub validators: u32,
}

/// An account and why to believe it: certificate → header → masterchain block → shard block →
/// state → account. All parts but the first two are bags of cells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountProof {
    /// The header that consensus decided on (`certificate::ConsensusHeader`, encoded).
    #[serde(with = "serde_bytes")]
    pub header: Vec<u8>,
    /// The validators' finalization of it.
    #[serde(with = "serde_bytes")]
    pub certificate: Vec<u8>,
    /// Merkle proof of the masterchain block: header, new state's hash, the shards' blocks.
    #[serde(with = "serde_bytes")]
    pub masterchain_block: Vec<u8>,
    /// Merkle proof of the shard's block; absent for masterchain accounts.
    pub shard_block: Option<serde_bytes::ByteBuf>,
    /// Merkle proof of the path to the account in the state.
    #[serde(with = "serde_bytes")]
    pub state: Vec<u8>,
    /// The account; absent if the state has none at this address.
    pub account: Option<serde_bytes::ByteBuf>,
}

/// A transaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransactionRecord {
    /// Its hash.
    pub hash: [u8; 32],
    /// Its account.
    pub account: AccountId,
    /// The block that holds it.
    pub block: BlockName,
    /// The transaction, a bag of cells.
    #[serde(with = "serde_bytes")]
    pub boc: Vec<u8>,
}

/// A block in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockSummary {
    /// Its name.
    pub name: BlockName,
    /// Its time.
    pub at: UnixMillis,
    /// Transactions in it.
    pub transactions: u32,
}

/// A block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockRecord {
    /// Its name, time and size.
    pub summary: BlockSummary,
    /// The root hash of the block before it.
    pub parent: [u8; 32],
    /// The first of its transactions: at most [`ROWS_MAX`], and no more than fit; the summary tells how many there are.
    pub transactions: Vec<TransactionRecord>,
}
