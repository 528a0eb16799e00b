//! Everything after a block: the masterchain's state, every shard's, and what is read from them.

use crate::block::{BlockError, BlockName};
use crate::execute::{ChainConfig, ConfigError, ExecuteParams, PreviousBlocks};
use crate::genesis::Genesis;
use crate::queue::OutMsgQueueInfo;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use tycho_types::boc::Boc;
use tycho_types::cell::Lazy;
use tycho_types::error::Error;
use tycho_types::models::{
    BlockId, BlockRef, CurrencyCollection, EnqueuedMsg, LibDescr, McStateExtra, OptionalAccount, ShardAccount,
    ShardAccounts, ShardIdent, ShardStateUnsplit, StdAddr, ValidatorSet,
};
use tycho_types::prelude::*;
use wire::{UnixMillis, codec};

/// Largest snapshot: what one node is willing to hold in memory.
pub const SNAPSHOT_BYTES_MAX: usize = 16 << 30;
/// The form of snapshots.
const SNAPSHOT_VERSION: u32 = 1;

/// How many of the last blocks, and of every hundredth, contracts may ask for.
const PREVIOUS_BLOCKS: usize = 16;

/// Why there is no state.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StateError {
    /// Cells are not those of a state.
    #[error("the state's cells are malformed: {0}")]
    Cells(#[from] Error),
    /// The configuration in the state can't be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A snapshot's frame is malformed or too long.
    #[error("the snapshot can't be read: {0}")]
    Frame(#[from] codec::CodecError),
    /// A snapshot's bag of cells is malformed.
    #[error("the snapshot is not a bag of cells: {0}")]
    Boc(#[from] tycho_types::boc::de::Error),
    /// A snapshot names a block that can't be.
    #[error(transparent)]
    Block(#[from] BlockError),
    /// A snapshot of another form.
    #[error("the snapshot has version {0}, not {SNAPSHOT_VERSION}: replay the blocks instead")]
    Version(u32),
    /// The masterchain's state says one thing, the shard's another.
    #[error("the states do not belong together: {0}")]
    Mismatch(&'static str),
}

/// The last block of one chain and the state after it.
#[derive(Clone, Debug)]
pub struct ShardHead {
    id: BlockId,
    root: Cell,
    state: ShardStateUnsplit,
    accounts: ShardAccounts,
    messages: OutMsgQueueInfo,
}

impl ShardHead {
    /// Reads the state after the block `id`.
    ///
    /// # Errors
    /// Where the cells are not a state.
    pub fn new(id: BlockId, root: Cell) -> Result<Self, Error> {
        let state = root.parse::<ShardStateUnsplit>()?;
        let accounts = state.load_accounts()?;
        let messages = state.out_msg_queue_info.parse::<OutMsgQueueInfo>()?;
        Ok(Self { id, root, state, accounts, messages })
    }

    /// The block after which this is the state; number 0 is the state that the network began with.
    #[must_use]
    pub fn id(&self) -> &BlockId {
        &self.id
    }

    /// The root cell of the state.
    #[must_use]
    pub fn root(&self) -> &Cell {
        &self.root
    }

    /// The state.
    #[must_use]
    pub fn state(&self) -> &ShardStateUnsplit {
        &self.state
    }

    /// The accounts.
    #[must_use]
    pub fn accounts(&self) -> &ShardAccounts {
        &self.accounts
    }

    /// Messages on their way from here, and how far those to here got.
    #[must_use]
    pub fn messages(&self) -> &OutMsgQueueInfo {
        &self.messages
    }

    /// How other blocks refer to this one.
    #[must_use]
    pub fn block_ref(&self) -> BlockRef {
        BlockRef {
            end_lt: self.state.gen_lt,
            seqno: self.id.seqno,
            root_hash: self.id.root_hash,
            file_hash: self.id.file_hash,
        }
    }

    /// An account; one that does not exist is empty.
    ///
    /// # Errors
    /// Where the dictionary is malformed.
    pub fn account(&self, address: &HashBytes) -> Result<ShardAccount, Error> {
        match self.accounts.get(address)? {
            Some((_, account)) => Ok(account),
            None => empty_account(),
        }
    }
}

/// An account that does not exist.
///
/// # Errors
/// None in practice.
pub fn empty_account() -> Result<ShardAccount, Error> {
    Ok(ShardAccount {
        account: Lazy::new(&OptionalAccount::EMPTY)?,
        last_trans_hash: HashBytes::ZERO,
        last_trans_lt: 0,
    })
}

/// The whole chain's state. Cloning is cheap: cells are shared.
#[derive(Clone, Debug)]
pub struct ChainState {
    masterchain: Arc<ShardHead>,
    shards: BTreeMap<ShardIdent, Arc<ShardHead>>,
    extra: Arc<McStateExtra>,
    config: Arc<ChainConfig>,
    previous: Arc<PreviousBlocks>,
}

impl ChainState {
    /// The state that a network begins with.
    ///
    /// # Errors
    /// [`StateError`] where the genesis is malformed.
    pub fn from_genesis(genesis: &Genesis) -> Result<Self, StateError> {
        let head = |bytes: &[u8]| -> Result<ShardHead, StateError> {
            let root = Boc::decode(bytes)?;
            let shard = root.parse::<ShardStateUnsplit>()?.shard_ident;
            let id = BlockId { shard, seqno: 0, root_hash: *root.repr_hash(), file_hash: Boc::file_hash(bytes) };
            Ok(ShardHead::new(id, root)?)
        };
        let masterchain = head(&genesis.masterchain)?;
        let shards = genesis.shards.iter().map(|bytes| head(bytes)).collect::<Result<Vec<_>, _>>()?;
        Self::new(masterchain, shards, None)
    }

    /// Puts the heads together; `config` is the parsed configuration if it did not change.
    ///
    /// # Errors
    /// [`StateError`] where the heads do not belong together.
    pub(crate) fn new(
        masterchain: ShardHead,
        shards: Vec<ShardHead>,
        config: Option<Arc<ChainConfig>>,
    ) -> Result<Self, StateError> {
        let extra = masterchain.state.load_custom()?.ok_or(StateError::Mismatch("no masterchain state"))?;
        let shards: BTreeMap<_, _> = shards.into_iter().map(|head| (head.id.shard, Arc::new(head))).collect();
        let mut named = 0usize;
        for entry in extra.shards.latest_blocks() {
            let id = entry?;
            named = named.saturating_add(1);
            if shards.get(&id.shard).is_none_or(|head| head.id != id) {
                return Err(StateError::Mismatch("the masterchain names another block of a shard"));
            }
        }
        if named != shards.len() {
            return Err(StateError::Mismatch("a shard is not named by the masterchain"));
        }
        let config = match config {
            Some(config) if config.raw() == &extra.config => config,
            Some(_) | None => Arc::new(ChainConfig::parse(&extra.config, masterchain.state.gen_utime)?),
        };
        let previous = Arc::new(previous_blocks(masterchain.id, &extra)?);
        Ok(Self { masterchain: Arc::new(masterchain), shards, extra: Arc::new(extra), config, previous })
    }

    /// The last masterchain block.
    #[must_use]
    pub fn head(&self) -> &BlockId {
        self.masterchain.id()
    }

    /// The number of the last masterchain block.
    #[must_use]
    pub fn seqno(&self) -> u32 {
        self.masterchain.id.seqno
    }

    /// The time of the last masterchain block, in seconds.
    #[must_use]
    pub fn gen_utime(&self) -> u32 {
        self.masterchain.state.gen_utime
    }

    /// The masterchain.
    #[must_use]
    pub fn masterchain(&self) -> &ShardHead {
        &self.masterchain
    }

    /// The shards, in order.
    pub fn shards(&self) -> impl Iterator<Item = &ShardHead> {
        self.shards.values().map(AsRef::as_ref)
    }

    /// The head of exactly this shard (or of the masterchain).
    #[must_use]
    pub fn shard(&self, shard: ShardIdent) -> Option<&ShardHead> {
        if shard.is_masterchain() { Some(&self.masterchain) } else { self.shards.get(&shard).map(AsRef::as_ref) }
    }

    /// The head of the shard where this account lives; `None` for a workchain that does not exist.
    #[must_use]
    pub fn shard_of(&self, address: &StdAddr) -> Option<&ShardHead> {
        if address.is_masterchain() {
            return Some(&self.masterchain);
        }
        self.shards.values().map(AsRef::as_ref).find(|head| contains(head.id.shard, address))
    }

    /// An account; one that does not exist is empty.
    ///
    /// # Errors
    /// Where the state is malformed.
    pub fn account(&self, address: &StdAddr) -> Result<ShardAccount, Error> {
        match self.shard_of(address) {
            Some(head) => head.account(&address.address),
            None => empty_account(),
        }
    }

    /// The configuration, parsed.
    #[must_use]
    pub fn config(&self) -> &ChainConfig {
        &self.config
    }

    /// The shared configuration.
    pub(crate) fn config_arc(&self) -> Arc<ChainConfig> {
        Arc::clone(&self.config)
    }

    /// The masterchain blocks that contracts may ask for.
    #[must_use]
    pub fn previous_blocks(&self) -> Arc<PreviousBlocks> {
        Arc::clone(&self.previous)
    }

    /// The masterchain's own part of the state.
    #[must_use]
    pub fn extra(&self) -> &McStateExtra {
        &self.extra
    }

    /// Public libraries.
    #[must_use]
    pub fn libraries(&self) -> &Dict<HashBytes, LibDescr> {
        &self.masterchain.state.libraries
    }

    /// The validators (parameter 34).
    ///
    /// # Errors
    /// Where the parameter is malformed.
    pub fn validators(&self) -> Result<ValidatorSet, Error> {
        self.extra.config.params.get_current_validator_set()
    }

    /// What a transaction or get method would see if it ran on top of this state at `now`.
    #[must_use]
    pub fn execute_params(&self, now: UnixMillis) -> ExecuteParams {
        let lt = self.masterchain.state.gen_lt;
        ExecuteParams {
            now: seconds(now).max(self.gen_utime()),
            min_lt: lt.saturating_add(1),
            block_lt: lt,
            rand_seed: self.masterchain.id.root_hash,
            libraries: self.libraries().clone(),
            previous_blocks: Some(self.previous_blocks()),
            ..ExecuteParams::default()
        }
    }

    /// All money that there is: in accounts, on its way, and fees not paid out yet.
    ///
    /// # Errors
    /// Where the state is malformed.
    pub fn total_supply(&self) -> Result<CurrencyCollection, Error> {
        let mut sum = self.masterchain.state.total_validator_fees.clone();
        for head in self.shards().chain(std::iter::once(self.masterchain.as_ref())) {
            sum.try_add_assign(&head.state.total_balance)?;
            for entry in head.messages.queue.iter() {
                let (_, _, entry) = entry?;
                if self.is_delivered(head.id.shard, &entry)? {
                    continue;
                }
                let envelope = entry.out_msg_envelope.load()?;
                sum.try_add_assign(&envelope.load_message_info()?.value)?;
                sum.try_add_assign_tokens(envelope.fwd_fee_remaining)?;
            }
        }
        Ok(sum)
    }

    /// Whether another chain delivered this entry already (its own has still to take it out).
    fn is_delivered(&self, from: ShardIdent, entry: &EnqueuedMsg) -> Result<bool, Error> {
        let envelope = entry.out_msg_envelope.load()?;
        let info = envelope.load_message_info()?;
        let Some(to) = info.dst.as_std().and_then(|address| self.shard_of(address)) else { return Ok(false) };
        let position = crate::queue::ProcessedUpTo { lt: info.created_lt, hash: *envelope.message_hash() };
        Ok(to.id.shard != from && position <= to.messages.processed_up_to()?)
    }

    /// The state as bytes, to start from it later.
    ///
    /// # Errors
    /// None in practice.
    pub fn to_bytes(&self) -> Result<Vec<u8>, StateError> {
        let heads = std::iter::once(self.masterchain.as_ref()).chain(self.shards());
        let heads = heads.map(|head| (BlockName::from(&head.id), Boc::encode(head.root.as_ref()).into())).collect();
        Ok(codec::encode(&Snapshot { version: SNAPSHOT_VERSION, heads })?)
    }

    /// Reads what [`ChainState::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`StateError`] where the bytes are something else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, StateError> {
        let snapshot: Snapshot = codec::decode(bytes, SNAPSHOT_BYTES_MAX)?;
        if snapshot.version != SNAPSHOT_VERSION {
            return Err(StateError::Version(snapshot.version));
        }
        let mut heads = snapshot.heads.iter().map(|(name, boc)| -> Result<ShardHead, StateError> {
            Ok(ShardHead::new(BlockId::try_from(name)?, Boc::decode(boc.as_slice())?)?)
        });
        let masterchain = heads.next().ok_or(StateError::Mismatch("no masterchain state"))??;
        let shards = heads.collect::<Result<_, _>>()?;
        Self::new(masterchain, shards, None)
    }
}

/// The masterchain blocks that contracts may ask for at this head: the last ones, the last key
/// block, and some of every hundred (rule CHN-16).
fn previous_blocks(head: BlockId, extra: &McStateExtra) -> Result<PreviousBlocks, Error> {
    let named = |seqno: u32| -> Result<Option<BlockId>, Error> {
        if seqno == head.seqno {
            return Ok(Some(head));
        }
        let known = extra.prev_blocks.get(seqno)?;
        Ok(known.map(|(_, known)| known.block_ref.as_block_id(ShardIdent::MASTERCHAIN)))
    };
    let list = |step: u32| -> Result<Vec<BlockId>, Error> {
        let newest = head.seqno.checked_div(step).and_then(|n| n.checked_mul(step));
        let seqnos = std::iter::successors(newest, |seqno| seqno.checked_sub(step)).take(PREVIOUS_BLOCKS);
        seqnos.filter_map(|seqno| named(seqno).transpose()).collect()
    };
    let key_block = extra.last_key_block.as_ref().map(|key| key.as_block_id(ShardIdent::MASTERCHAIN));
    Ok(PreviousBlocks { last: list(1)?, key_block: key_block.or(Some(head)), every_100: list(100)? })
}

/// A state on disk.
#[derive(Serialize, Deserialize)]
struct Snapshot {
    version: u32,
    heads: Vec<(BlockName, serde_bytes::ByteBuf)>,
}

/// Whether an account lives in a shard.
#[must_use]
pub fn contains(shard: ShardIdent, address: &StdAddr) -> bool {
    shard.workchain() == i32::from(address.workchain) && shard.contains_account(&address.address)
}

/// Whole seconds as TON counts them, held at the end of its time.
#[must_use]
pub fn seconds(time: UnixMillis) -> u32 {
    u32::try_from(time.seconds()).unwrap_or(u32::MAX)
}
