//! Blocks as bytes, their names, and the bundle of them that one consensus height decides.

use serde::{Deserialize, Serialize};
use tycho_types::boc::Boc;
use tycho_types::models::{Block, BlockId, BlockInfo, ShardIdent};
use tycho_types::prelude::*;
use wire::codec;

/// Largest encoded bundle: the soft limit of both chains and the largest transaction that there can
/// be in each (rule CHN-45).
pub const BUNDLE_BYTES_MAX: usize = 16 << 20;
/// Most shards' blocks in one bundle.
pub const SHARDS_MAX: usize = 64;

/// Why bytes are not a bundle of blocks.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BlockError {
    /// The frame is malformed or too long.
    #[error("the bundle can't be read: {0}")]
    Frame(#[from] codec::CodecError),
    /// A bag of cells is malformed.
    #[error("the block is not a bag of cells: {0}")]
    Boc(#[from] tycho_types::boc::de::Error),
    /// The cells are not those of a block.
    #[error("the cells are not a block: {0}")]
    Cells(#[from] tycho_types::error::Error),
    /// The shard is not one that can exist.
    #[error("there is no such shard")]
    NoSuchShard,
}

/// The full name of a block, as frames carry it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BlockName {
    /// −1 is the masterchain, 0 the basechain.
    pub workchain: i32,
    /// The shard's prefix with its end marked by a bit; `1 << 63` is the whole workchain.
    pub shard: u64,
    /// Its number in its shard.
    pub seqno: u32,
    /// The representation hash of its root cell.
    pub root_hash: [u8; 32],
    /// SHA-256 of its bytes.
    pub file_hash: [u8; 32],
}

impl From<&BlockId> for BlockName {
    fn from(id: &BlockId) -> Self {
        Self {
            workchain: id.shard.workchain(),
            shard: id.shard.prefix(),
            seqno: id.seqno,
            root_hash: id.root_hash.0,
            file_hash: id.file_hash.0,
        }
    }
}

impl TryFrom<&BlockName> for BlockId {
    type Error = BlockError;

    fn try_from(name: &BlockName) -> Result<Self, BlockError> {
        Ok(Self {
            shard: ShardIdent::new(name.workchain, name.shard).ok_or(BlockError::NoSuchShard)?,
            seqno: name.seqno,
            root_hash: HashBytes(name.root_hash),
            file_hash: HashBytes(name.file_hash),
        })
    }
}

/// What one consensus height decides: a masterchain block and the block of every shard.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockBundle {
    /// The masterchain block, a bag of cells.
    #[serde(with = "serde_bytes")]
    pub masterchain: Vec<u8>,
    /// The shards' blocks in order of shard, each a bag of cells; at most [`SHARDS_MAX`].
    #[serde(deserialize_with = "codec::list::<SHARDS_MAX, _, _>")]
    pub shards: Vec<serde_bytes::ByteBuf>,
}

impl std::fmt::Debug for BlockBundle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "BlockBundle({} shards, {} bytes)", self.shards.len(), self.len())
    }
}

impl BlockBundle {
    /// The bundle as one frame.
    ///
    /// # Errors
    /// None in practice.
    pub fn encode(&self) -> Result<Vec<u8>, BlockError> {
        Ok(codec::encode(self)?)
    }

    /// Reads a frame; the blocks in it are not looked at.
    ///
    /// # Errors
    /// [`BlockError::Frame`].
    pub fn decode(bytes: &[u8]) -> Result<Self, BlockError> {
        Ok(codec::decode(bytes, BUNDLE_BYTES_MAX)?)
    }

    /// Bytes of all blocks together.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shards.iter().fold(self.masterchain.len(), |sum, shard| sum.saturating_add(shard.len()))
    }

    /// Whether there is nothing in it (a bundle that was made has at least the masterchain block).
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The blocks' bytes, shards first (the order in which they were made).
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.shards.iter().map(|shard| shard.as_slice()).chain(std::iter::once(self.masterchain.as_slice()))
    }

    /// Reads all blocks.
    ///
    /// # Errors
    /// [`BlockError`] where bytes are not a block.
    pub fn open(&self) -> Result<OpenBundle, BlockError> {
        Ok(OpenBundle {
            masterchain: OpenBlock::parse(&self.masterchain)?,
            shards: self.shards.iter().map(|bytes| OpenBlock::parse(bytes)).collect::<Result<_, _>>()?,
        })
    }
}

/// A bundle whose blocks are read.
#[derive(Clone, Debug)]
pub struct OpenBundle {
    /// The masterchain block.
    pub masterchain: OpenBlock,
    /// The shards' blocks.
    pub shards: Vec<OpenBlock>,
}

impl OpenBundle {
    /// The blocks, shards first.
    pub fn iter(&self) -> impl Iterator<Item = &OpenBlock> {
        self.shards.iter().chain(std::iter::once(&self.masterchain))
    }
}

/// A block that is read: its name, root and header.
#[derive(Clone, Debug)]
pub struct OpenBlock {
    /// Its name.
    pub id: BlockId,
    /// Its root cell.
    pub root: Cell,
    /// Its parts.
    pub block: Block,
    /// Its header.
    pub info: BlockInfo,
}

impl OpenBlock {
    /// Reads a block.
    ///
    /// # Errors
    /// [`BlockError`] where the bytes are not a block.
    pub fn parse(bytes: &[u8]) -> Result<Self, BlockError> {
        let root = Boc::decode(bytes)?;
        let block = root.parse::<Block>()?;
        let info = block.load_info()?;
        let id = BlockId {
            shard: info.shard,
            seqno: info.seqno,
            root_hash: *root.repr_hash(),
            file_hash: Boc::file_hash(bytes),
        };
        Ok(Self { id, root, block, info })
    }
}
