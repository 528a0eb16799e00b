//! The asker's side: believing nothing but the validators.

use super::frames::{AccountProof, NetworkId};
use super::prove::{STATE_ACCOUNTS, block_part};
use crate::certificate::{CertificateError, ConsensusHeader, verify_finalization};
use crate::state::empty_account;
use tycho_types::boc::Boc;
use tycho_types::cell::Lazy;
use tycho_types::error::Error;
use tycho_types::merkle::{MerkleProof, MerkleUpdate};
use tycho_types::models::{
    Account, BlockInfo, DepthBalanceInfo, ShardAccount, ShardAccounts, ShardHashes, ShardIdent, StdAddr, Transaction,
};
use tycho_types::prelude::*;
use wire::UnixMillis;

/// The first 32 bits of a block, of a masterchain block's own part (16 bits), and of a state.
const BLOCK_TAG: u32 = 0x11ef_55aa;
const MASTERCHAIN_EXTRA_TAG: u16 = 0xcca5;
const STATE_TAG: u32 = 0x9023_afe2;
/// The longest history that is checked at once.
const HISTORY_MAX: usize = 1024;

/// Why a proof was refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProofError {
    /// The validators did not decide on this header.
    #[error("the block is not final: {0}")]
    Certificate(#[from] CertificateError),
    /// A part is not a bag of cells.
    #[error("the proof is not a bag of cells: {0}")]
    Boc(#[from] tycho_types::boc::de::Error),
    /// The cells are not those of the part they should be.
    #[error("the proof's cells are malformed: {0}")]
    Cells(#[from] Error),
    /// A part proves something else than the part before it names.
    #[error("the proof breaks off: {0} is not the one that was named")]
    Broken(&'static str),
    /// The address's workchain does not exist.
    #[error("the network has no such workchain")]
    NoSuchWorkchain,
}

/// An account that the validators vouch for.
#[derive(Clone, Debug)]
pub struct VerifiedAccount {
    /// The height of the block, which is its masterchain number.
    pub height: u64,
    /// The time of the block.
    pub at: UnixMillis,
    /// The account with its last transaction's hash and logical time; empty if there is none.
    pub entry: ShardAccount,
    /// The account.
    pub account: Option<Account>,
}

/// Checks that `proof` shows the account at `address` in a final block of `network`.
///
/// # Errors
/// [`ProofError`]: do not believe the node.
pub fn verify_account(
    network: &NetworkId,
    proof: &AccountProof,
    address: &StdAddr,
) -> Result<VerifiedAccount, ProofError> {
    let header = ConsensusHeader::decode(&proof.header)?;
    verify_finalization(&network.genesis_hash, &network.validators, &header, &proof.certificate)?;
    let masterchain = open(&proof.masterchain_block, header.masterchain_root_hash.into(), "the masterchain block")?;
    let info = block_info(&masterchain)?;
    if info.shard != ShardIdent::MASTERCHAIN || u64::from(info.seqno) != header.height {
        return Err(ProofError::Broken("the masterchain block"));
    }
    let state_hash = if address.is_masterchain() {
        new_state(&masterchain)?
    } else {
        let (shard, hash) = shard_block(&masterchain, address)?;
        let bytes = proof.shard_block.as_ref().ok_or(ProofError::Broken("the shard's block"))?;
        let block = open(bytes, hash, "the shard's block")?;
        if block_info(&block)?.shard != shard {
            return Err(ProofError::Broken("the shard's block"));
        }
        new_state(&block)?
    };
    let state = open(&proof.state, state_hash, "the state")?;
    let entry = account_entry(&state, address, proof.account.as_ref().map(|bytes| bytes.as_slice()))?;
    let account = entry.load_account()?;
    Ok(VerifiedAccount { height: header.height, at: UnixMillis(header.timestamp_ms), entry, account })
}

/// Checks that transactions, the last first, are an account's history: the first is the one that
/// `last` names (the account's last hash and logical time, or an earlier transaction's
/// predecessor), and each names the next. Gives them read, and what to ask for next.
///
/// # Errors
/// [`ProofError::Broken`] where the chain breaks.
pub fn verify_history(
    account: &StdAddr,
    last: (HashBytes, u64),
    transactions: &[&[u8]],
) -> Result<(Vec<Transaction>, (HashBytes, u64)), ProofError> {
    let mut next = last;
    let mut read = Vec::new();
    for boc in transactions.iter().take(HISTORY_MAX) {
        let cell = Boc::decode(boc)?;
        if *cell.repr_hash() != next.0 {
            return Err(ProofError::Broken("a transaction"));
        }
        let transaction = cell.parse::<Transaction>()?;
        if transaction.lt != next.1 || transaction.account != account.address {
            return Err(ProofError::Broken("a transaction"));
        }
        next = (transaction.prev_trans_hash, transaction.prev_trans_lt);
        read.push(transaction);
    }
    Ok((read, next))
}

/// The tree that a Merkle proof proves, if it is the one with this hash.
fn open(bytes: &[u8], hash: HashBytes, what: &'static str) -> Result<Cell, ProofError> {
    let cell = Boc::decode(bytes)?;
    let proof = cell.parse_exotic::<MerkleProof>()?;
    if proof.hash == hash { Ok(proof.cell) } else { Err(ProofError::Broken(what)) }
}

/// The header of a block.
fn block_info(block: &Cell) -> Result<BlockInfo, Error> {
    if block.as_slice()?.load_u32()? != BLOCK_TAG {
        return Err(Error::InvalidTag);
    }
    block.reference(block_part::INFO).ok_or(Error::CellUnderflow)?.parse::<BlockInfo>()
}

/// The hash of the state after a block.
fn new_state(block: &Cell) -> Result<HashBytes, Error> {
    let update = block.reference(block_part::STATE_UPDATE).ok_or(Error::CellUnderflow)?;
    Ok(update.parse_exotic::<MerkleUpdate>()?.new_hash)
}

/// The shard where the account lives and the hash of its block, as a masterchain block names it.
fn shard_block(block: &Cell, address: &StdAddr) -> Result<(ShardIdent, HashBytes), ProofError> {
    let extra = block.reference(block_part::EXTRA).ok_or(Error::CellUnderflow)?;
    let custom = extra.reference(block_part::MASTERCHAIN_EXTRA).ok_or(Error::CellUnderflow)?;
    let mut slice = custom.as_slice()?;
    if slice.load_u16()? != MASTERCHAIN_EXTRA_TAG {
        return Err(Error::InvalidTag.into());
    }
    let _is_key_block = slice.load_bit()?;
    for entry in ShardHashes::load_from(&mut slice)?.latest_blocks() {
        let id = entry?;
        if crate::state::contains(id.shard, address) {
            return Ok((id.shard, id.root_hash));
        }
    }
    Err(ProofError::NoSuchWorkchain)
}

/// The account's entry in a state. The account itself comes apart, and must have the hash that
/// the entry names; without one, the state must have no entry.
fn account_entry(state: &Cell, address: &StdAddr, account: Option<&[u8]>) -> Result<ShardAccount, ProofError> {
    if state.as_slice()?.load_u32()? != STATE_TAG {
        return Err(Error::InvalidTag.into());
    }
    let accounts = state.reference(STATE_ACCOUNTS).ok_or(Error::CellUnderflow)?.parse::<ShardAccounts>()?;
    let found = accounts.dict().get_raw(address.address)?;
    let (mut slice, bytes) = match (found, account) {
        (Some(slice), Some(bytes)) => (slice, bytes),
        (None, None) => return Ok(empty_account()?),
        (Some(_), None) | (None, Some(_)) => return Err(ProofError::Broken("the account")),
    };
    let _balance = DepthBalanceInfo::load_from(&mut slice)?;
    let named = *slice.load_reference()?.hash(0);
    let last_trans_hash = slice.load_u256()?;
    let last_trans_lt = slice.load_u64()?;
    let cell = Boc::decode(bytes)?;
    if *cell.repr_hash() != named {
        return Err(ProofError::Broken("the account"));
    }
    Ok(ShardAccount { account: Lazy::from_raw(cell)?, last_trans_hash, last_trans_lt })
}
