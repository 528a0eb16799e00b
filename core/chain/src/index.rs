//! What a bundle holds, found again: transactions by account, hashes, messages.

use crate::block::{BlockBundle, BlockError, OpenBlock};
use crate::collate::TRANSACTIONS_MAX;
use tycho_types::boc::Boc;
use tycho_types::cell::Lazy;
use tycho_types::error::Error;
use tycho_types::models::{BlockId, MsgInfo, StdAddr, Transaction};
use tycho_types::prelude::*;

/// A transaction, ready for a node's tables.
#[derive(Clone, Debug)]
pub struct IndexedTransaction {
    /// Its hash.
    pub hash: HashBytes,
    /// Its account.
    pub account: StdAddr,
    /// Its logical time.
    pub lt: u64,
    /// Its time, in seconds.
    pub now: u32,
    /// The block that holds it.
    pub block: BlockId,
    /// The hash of the message that caused it.
    pub in_message: Option<HashBytes>,
    /// Whether that message came from outside.
    pub external: bool,
    /// The transaction as a bag of cells.
    pub boc: Vec<u8>,
}

/// All transactions of a bundle, by block, account and logical time.
///
/// # Errors
/// [`BlockError`] where the bytes are not blocks.
pub fn transactions(bundle: &BlockBundle) -> Result<Vec<IndexedTransaction>, BlockError> {
    let mut list = Vec::new();
    for block in bundle.open()?.iter() {
        list.append(&mut block_transactions(block)?);
    }
    Ok(list)
}

/// All transactions of a block, by account and logical time.
///
/// # Errors
/// Where the block's cells are malformed.
pub fn block_transactions(block: &OpenBlock) -> Result<Vec<IndexedTransaction>, Error> {
    let mut list = Vec::new();
    let workchain = i8::try_from(block.id.shard.workchain()).map_err(|_| Error::IntOverflow)?;
    for_each_transaction(block, |account, cell| {
        let transaction = cell.load()?;
        let external = external_message(cell)?.is_some();
        list.push(IndexedTransaction {
            hash: *cell.inner().repr_hash(),
            account: StdAddr::new(workchain, account),
            lt: transaction.lt,
            now: transaction.now,
            block: block.id,
            in_message: transaction.in_msg.as_ref().map(|message| *message.repr_hash()),
            external,
            boc: Boc::encode(cell.inner().as_ref()),
        });
        Ok(())
    })?;
    Ok(list)
}

/// Calls `visit` with the account and the transaction for each in the block, in order of account
/// and logical time.
///
/// # Errors
/// Where the block's cells are malformed or describe more transactions than a block can have (few
/// cells can: parts of a dictionary may be shared), and what `visit` gives.
pub fn for_each_transaction(
    block: &OpenBlock,
    mut visit: impl FnMut(HashBytes, &Lazy<Transaction>) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut left = TRANSACTIONS_MAX;
    let blocks = block.block.load_extra()?.account_blocks.load()?;
    for entry in blocks.iter() {
        let (account, _, account_block) = entry?;
        for entry in account_block.transactions.iter() {
            let (_, _, transaction) = entry?;
            left = left.checked_sub(1).ok_or(Error::InvalidData)?;
            visit(account, &transaction)?;
        }
    }
    Ok(())
}

/// The external message that caused a transaction, if one did.
///
/// # Errors
/// Where the transaction's cells are malformed.
pub fn external_message(transaction: &Lazy<Transaction>) -> Result<Option<Cell>, Error> {
    let Some(message) = transaction.load()?.in_msg else { return Ok(None) };
    Ok(message.parse::<MsgInfo>()?.is_external_in().then_some(message))
}
