//! The node's side: Merkle proofs of what a final block says about an account.

use super::frames::AccountProof;
use crate::block::{OpenBlock, OpenBundle};
use crate::certificate::ConsensusHeader;
use crate::state::ChainState;
use std::collections::{BTreeMap, HashSet};
use tycho_types::boc::Boc;
use tycho_types::cell::{UsageTree, UsageTreeMode};
use tycho_types::error::Error;
use tycho_types::merkle::{MerkleFilter, MerkleProof};
use tycho_types::models::{ShardAccounts, ShardIdent, StdAddr};
use tycho_types::prelude::*;

/// Where the parts of a block hang below its root.
pub(super) mod block_part {
    pub(in crate::light) const INFO: u8 = 0;
    pub(in crate::light) const STATE_UPDATE: u8 = 2;
    pub(in crate::light) const EXTRA: u8 = 3;
    /// Below `EXTRA`: what only masterchain blocks have.
    pub(in crate::light) const MASTERCHAIN_EXTRA: u8 = 3;
}

/// Where the accounts hang below a state's root.
pub(super) const STATE_ACCOUNTS: u8 = 1;

/// Why there is no proof.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProveError {
    /// A state or block is malformed.
    #[error("the proof can't be built: {0}")]
    Cells(#[from] Error),
    /// State, blocks and header are not of one height.
    #[error("state, blocks and header are not of one height")]
    Mismatch,
    /// The address is of a workchain that does not exist.
    #[error("there is no such workchain")]
    NoSuchWorkchain,
}

/// What all proofs at one head have in common: build it once per head.
#[derive(Clone, Debug)]
pub struct HeadProof {
    state: ChainState,
    header: Vec<u8>,
    certificate: Vec<u8>,
    masterchain_block: Vec<u8>,
    shard_blocks: BTreeMap<ShardIdent, Vec<u8>>,
}

impl HeadProof {
    /// Prepares proofs at the head of `state`, which is the state after `bundle`.
    ///
    /// # Errors
    /// [`ProveError`] where the parts do not belong together.
    pub fn new(
        state: ChainState,
        bundle: &OpenBundle,
        header: &ConsensusHeader,
        certificate: Vec<u8>,
    ) -> Result<Self, ProveError> {
        let masterchain = &bundle.masterchain;
        if masterchain.id != *state.head() || masterchain.id.root_hash.0 != header.masterchain_root_hash {
            return Err(ProveError::Mismatch);
        }
        let shards = bundle.shards.iter().map(|block| Ok((block.id.shard, prove_block(block)?)));
        Ok(Self {
            header: header.encode().to_vec(),
            certificate,
            masterchain_block: prove_block(masterchain)?,
            shard_blocks: shards.collect::<Result<_, Error>>()?,
            state,
        })
    }

    /// The state that is proven.
    #[must_use]
    pub fn state(&self) -> &ChainState {
        &self.state
    }

    /// Proves an account, or that there is none.
    ///
    /// # Errors
    /// [`ProveError`].
    pub fn account(&self, address: &StdAddr) -> Result<AccountProof, ProveError> {
        let head = self.state.shard_of(address).ok_or(ProveError::NoSuchWorkchain)?;
        let shard_block = match head.id().shard {
            shard if shard.is_masterchain() => None,
            shard => Some(self.shard_blocks.get(&shard).ok_or(ProveError::Mismatch)?.clone().into()),
        };
        let usage = UsageTree::new(UsageTreeMode::OnDataAccess);
        let root = usage.track(head.root());
        let mut slice = root.as_slice()?;
        slice.load_u32()?; // the usage tree notes cells whose data is read
        let accounts = slice.get_reference_cloned(STATE_ACCOUNTS)?;
        let found = accounts.parse::<ShardAccounts>()?.get(address.address)?.is_some();
        let account = match found {
            true => Some(Boc::encode(head.account(&address.address)?.account.inner().as_ref()).into()),
            false => None,
        };
        Ok(AccountProof {
            header: self.header.clone(),
            certificate: self.certificate.clone(),
            masterchain_block: self.masterchain_block.clone(),
            shard_block,
            state: encode(head.root(), usage)?,
            account,
        })
    }
}

/// The proof of a block's header, of its new state's hash and, for the masterchain, of the
/// shards' blocks that it names.
fn prove_block(block: &OpenBlock) -> Result<Vec<u8>, Error> {
    let mut kept = HashSet::from([*block.root.repr_hash()]);
    let root = block.root.as_ref();
    for part in [block_part::INFO, block_part::STATE_UPDATE] {
        kept.insert(*root.reference(part).ok_or(Error::CellUnderflow)?.repr_hash());
    }
    if let Some(reference) = &block.info.master_ref {
        kept.insert(*reference.inner().repr_hash());
    }
    kept.insert(*block.info.prev_ref.repr_hash());
    if block.id.shard.is_masterchain() {
        let extra = root.reference(block_part::EXTRA).ok_or(Error::CellUnderflow)?;
        let custom = extra.reference(block_part::MASTERCHAIN_EXTRA).ok_or(Error::CellUnderflow)?;
        kept.extend([*extra.repr_hash(), *custom.repr_hash()]);
        let custom = block.block.load_extra()?.load_custom()?.ok_or(Error::InvalidData)?;
        if let Some(shards) = custom.shards.as_dict().root() {
            keep_all(shards.as_ref(), &mut kept);
        }
    }
    encode(&block.root, kept)
}

/// Keeps a whole tree of cells.
fn keep_all(root: &tycho_types::cell::DynCell, kept: &mut HashSet<HashBytes>) {
    let mut waiting = vec![root];
    while let Some(cell) = waiting.pop() {
        if kept.insert(*cell.repr_hash()) {
            waiting.extend(cell.references());
        }
    }
}

/// A Merkle proof of what the filter keeps, as a bag of cells.
fn encode(root: &Cell, kept: impl MerkleFilter) -> Result<Vec<u8>, Error> {
    let proof = MerkleProof::create(root.as_ref(), kept).build()?;
    Ok(Boc::encode(CellBuilder::build_from(&proof)?.as_ref()))
}
