//! How much fits into a block (rule CHN-45).
//!
//! A message is started while every measure is below its soft limit, so a block holds less than
//! the soft limit and one message. What one message can add is bounded by the limits on messages
//! and accounts (parameter 43) and on lists of actions (CHN-39): the test at the end adds it up.

use super::Purpose;
use crate::execute::Executed;
use crate::{merkle, size};
use std::collections::HashSet;
use tycho_types::cell::DynCell;
use tycho_types::models::{BlockLimits, BlockParamLimits, ShardAccount};
use tycho_types::prelude::*;

/// Most transactions in one block of one chain, whatever they cost: bounds the time to check it.
pub const TRANSACTIONS_MAX: usize = 8192;
/// What every block has, whatever is in it: header, money, the state's named parts and, in the
/// masterchain, the shards' names and earlier blocks.
pub(super) const BLOCK_BYTES: u64 = 16 << 10;
/// What a transaction adds besides what is counted cell by cell: its entries in the lists of
/// messages and of accounts, and the account's entry in the state, before and after.
const TRANSACTION_BYTES: u64 = 1_000;
/// What a message adds that is put into or taken out of a queue, or sent to the outside: its
/// entries in the list and in the queue, and its envelope.
const MESSAGE_BYTES: u64 = 400;
/// Gas, bytes and logical time that something took.
#[derive(Clone, Copy, Debug, Default)]
struct Load {
    gas: u64,
    bytes: u64,
    lt: u64,
}

/// What a transaction, or a message taken out of a queue, adds to a block; see [`Meter::weigh`].
#[derive(Debug)]
pub(super) struct Weight {
    /// What only it adds.
    own: Load,
    end_lt: u64,
    /// Cells of dictionaries that it changes, which others may change too, and their bytes.
    paths: Vec<(HashBytes, u64)>,
}

/// Counts what is in a block.
#[derive(Debug)]
pub(super) struct Meter {
    limits: BlockLimits,
    start_lt: u64,
    end_lt: u64,
    gas: u64,
    bytes: u64,
    transactions: usize,
    changed: HashSet<HashBytes>,
    /// The most that a single external message took, of each; `None` before the first.
    largest: Option<Load>,
}

impl Weight {
    /// Weighs a transaction of an account that was `before`.
    pub(super) fn of(before: &ShardAccount, done: &Executed) -> Self {
        let account = merkle::update_bytes(before.account.inner(), done.account.account.inner());
        let bytes = size::tree_bytes(done.transaction.inner().as_ref()).saturating_add(account);
        let lt = done.end_lt.saturating_sub(done.start_lt);
        let own = Load { gas: done.gas_used, bytes: bytes.saturating_add(TRANSACTION_BYTES), lt };
        Self { own, end_lt: done.end_lt, paths: Vec::new() }
    }

    /// Weighs a message that is only taken out of a queue.
    pub(super) fn of_taken() -> Self {
        Self { own: Load::default(), end_lt: 0, paths: Vec::new() }
    }

    /// Adds a message that a list or a queue names, besides its cells.
    pub(super) fn add_message(&mut self) {
        self.own.bytes = self.own.bytes.saturating_add(MESSAGE_BYTES);
    }

    /// Adds a cell of a dictionary that changes: as it was, as it will be, and the branch not taken.
    pub(super) fn add_path(&mut self, cell: &DynCell) {
        let bytes = size::cell_bytes(cell).saturating_mul(2).saturating_add(size::PRUNED_BYTES);
        self.paths.push((*cell.repr_hash(), bytes));
    }

    /// All of it, as if it were alone in its block.
    fn alone(&self) -> Load {
        let bytes = self.paths.iter().map(|(_, bytes)| *bytes).fold(self.own.bytes, u64::saturating_add);
        Load { bytes, ..self.own }
    }
}

impl Meter {
    pub(super) fn new(limits: BlockLimits, start_lt: u64) -> Self {
        Self {
            limits,
            start_lt,
            end_lt: start_lt.saturating_add(1),
            gas: 0,
            bytes: 0,
            transactions: 0,
            changed: HashSet::new(),
            largest: None,
        }
    }

    /// Counts a transaction.
    pub(super) fn add(&mut self, weight: &Weight, is_external: bool) {
        self.add_taken(weight);
        self.gas = self.gas.saturating_add(weight.own.gas);
        self.end_lt = self.end_lt.max(weight.end_lt);
        self.transactions = self.transactions.saturating_add(1);
        if is_external {
            let (alone, before) = (weight.alone(), self.largest.unwrap_or_default());
            self.largest = Some(Load {
                gas: before.gas.max(alone.gas),
                bytes: before.bytes.max(alone.bytes),
                lt: before.lt.max(alone.lt),
            });
        }
    }

    /// Counts a message that is only taken out of a queue.
    pub(super) fn add_taken(&mut self, weight: &Weight) {
        self.bytes = self.bytes.saturating_add(weight.own.bytes);
        for (cell, bytes) in &weight.paths {
            if self.changed.insert(*cell) {
                self.bytes = self.bytes.saturating_add(*bytes);
            }
        }
    }

    /// Whether what comes next must wait for the next block.
    pub(super) fn is_full(&self) -> bool {
        self.transactions >= TRANSACTIONS_MAX || self.measures_exceed(Load::default())
    }

    /// Whether external messages must wait for the next block.
    ///
    /// The order in which the proposer tried them is not in the block, so a checker doesn't know
    /// which one met the soft limit; it knows that all without the largest are below it. Gas never
    /// falls on the way, so that what would take too long ends early.
    pub(super) fn is_full_for(&self, purpose: Purpose) -> bool {
        match purpose {
            Purpose::Propose => self.is_full(),
            Purpose::Check => {
                let gas = self.gas.saturating_sub(self.largest.unwrap_or_default().gas);
                self.transactions >= TRANSACTIONS_MAX || gas >= self.limits.gas.soft_limit.into()
            }
        }
    }

    /// Whether no order of the external messages keeps the limits (rule CHN-70).
    pub(super) fn is_overfull(&self) -> bool {
        self.largest.is_some_and(|largest| self.transactions > TRANSACTIONS_MAX || self.measures_exceed(largest))
    }

    /// The first logical time after all transactions.
    pub(super) fn end_lt(&self) -> u64 {
        self.end_lt
    }

    pub(super) fn transactions(&self) -> usize {
        self.transactions
    }

    /// Not less than the bytes that the block will have.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes.saturating_add(BLOCK_BYTES)
    }

    fn measures_exceed(&self, without: Load) -> bool {
        let soft = |limits: &BlockParamLimits| u64::from(limits.soft_limit);
        self.gas.saturating_sub(without.gas) >= soft(&self.limits.gas)
            || self.bytes.saturating_sub(without.bytes) >= soft(&self.limits.bytes)
            || self.end_lt.saturating_sub(self.start_lt).saturating_sub(without.lt) >= soft(&self.limits.lt_delta)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::BUNDLE_BYTES_MAX;
    use crate::execute::{LIST_BITS_MAX, LIST_CELLS_MAX, SizeLimits};
    use crate::test_network::genesis;

    /// Cells that a contract can make with the gas of one transaction (1,000,000 at 500 each).
    const MADE_CELLS_MAX: u64 = 2_000;
    /// Most messages that one transaction sends.
    const SENT_MAX: u64 = 255;
    /// A full cell: descriptors, 1023 bits, four references.
    const FULL_CELL_BYTES: u64 = 142;
    /// A cell without its data: descriptors, a byte that isn't full, references.
    const EMPTY_CELL_BYTES: u64 = 15;
    /// Cells on the way to an entry of the accounts and of a queue, at most: one for each bit of the
    /// key that can be chosen freely (an address; 64 bits of it, and of a hash what can be tried
    /// out for 255 messages at once, or 2^40 messages that wait).
    const PATH_CELLS_MAX: u64 = 256;
    const QUEUE_PATH_CELLS_MAX: u64 = 64 + 40;
    /// Such a cell, before and after, with the branch that is not taken: labels are short there.
    const FORK_BYTES: u64 = 100;

    /// Not less than what one message can add to a block, under these limits on accounts.
    fn transaction_bytes_max(limits: &SizeLimits, is_masterchain: bool) -> u64 {
        let account_cells =
            if is_masterchain { limits.masterchain_account_cells_max } else { limits.account_cells_max };
        let account = u64::from(account_cells) * FULL_CELL_BYTES;
        let message = u64::from(limits.message_bits_max) / 8 + u64::from(limits.message_cells_max) * EMPTY_CELL_BYTES;
        let sent = LIST_BITS_MAX / 8 + LIST_CELLS_MAX as u64 * EMPTY_CELL_BYTES;
        let queued = (SENT_MAX + 1) * (MESSAGE_BYTES + QUEUE_PATH_CELLS_MAX * FORK_BYTES);
        // the account before and after; the message as it came and as it left the queue
        2 * account
            + 2 * message
            + sent
            + queued
            + MADE_CELLS_MAX * FULL_CELL_BYTES
            + PATH_CELLS_MAX * FORK_BYTES
            + TRANSACTION_BYTES
    }

    #[test]
    fn the_largest_bundle_that_the_limits_allow_can_be_sent() {
        let state = genesis();
        let config = state.config();
        let mut sum = 0;
        for is_masterchain in [false, true] {
            let soft = config.raw().params.get_block_limits(is_masterchain).unwrap().bytes.soft_limit;
            sum += u64::from(soft) + transaction_bytes_max(config.limits(), is_masterchain) + BLOCK_BYTES;
        }
        assert!(sum <= BUNDLE_BYTES_MAX as u64, "{sum} bytes");
    }
}
