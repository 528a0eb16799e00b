//! How much fits into a block (rule CHN-45).

use super::Purpose;
use tycho_types::cell::Lazy;
use tycho_types::models::{BlockLimits, BlockParamLimits, Transaction};

/// Most transactions in one block of one chain, whatever they cost: bounds the time to check it.
pub const TRANSACTIONS_MAX: usize = 8192;
/// What a transaction adds to a block besides its own cells: its entries in four dictionaries and
/// the changed paths of the state, before and after. With 20,000 accounts an external transfer
/// takes 1.6 kB of a block in all, its delivery 1.0 kB.
const TRANSACTION_BYTES: u64 = 1_200;
/// What a cell costs besides its data: descriptors and references.
const CELL_BYTES: u64 = 6;
/// Cells of a transaction that are counted; beyond it is taken for as large as can be.
const COUNTED_CELLS_MAX: usize = 1 << 14;
/// What a transaction with more cells than are counted is taken for.
const HUGE_BYTES: u64 = 1 << 19;

/// Counts what is in a block.
#[derive(Debug)]
pub(super) struct Meter {
    limits: BlockLimits,
    start_lt: u64,
    end_lt: u64,
    gas: u64,
    bytes: u64,
    transactions: usize,
}

impl Meter {
    pub(super) fn new(limits: BlockLimits, start_lt: u64) -> Self {
        Self { limits, start_lt, end_lt: start_lt.saturating_add(1), gas: 0, bytes: 0, transactions: 0 }
    }

    /// Counts a transaction.
    pub(super) fn add(&mut self, transaction: &Lazy<Transaction>, gas_used: u64, end_lt: u64) {
        let bytes = match transaction.inner().compute_unique_stats(COUNTED_CELLS_MAX) {
            Some(size) => (size.bit_count >> 3).saturating_add(size.cell_count.saturating_mul(CELL_BYTES)),
            None => HUGE_BYTES,
        };
        self.bytes = self.bytes.saturating_add(bytes).saturating_add(TRANSACTION_BYTES);
        self.gas = self.gas.saturating_add(gas_used);
        self.end_lt = self.end_lt.max(end_lt);
        self.transactions = self.transactions.saturating_add(1);
    }

    /// Whether internal messages must wait for the next block.
    pub(super) fn is_full(&self) -> bool {
        self.exceeds(|limits| limits.soft_limit)
    }

    /// Whether external messages must wait for the next block.
    pub(super) fn is_full_for(&self, purpose: Purpose) -> bool {
        match purpose {
            Purpose::Propose => self.is_full(),
            // the order of external messages is not in the block, so the one that met the soft
            // limit is not known
            Purpose::Check => self.exceeds(|limits| limits.hard_limit),
        }
    }

    /// The first logical time after all transactions.
    pub(super) fn end_lt(&self) -> u64 {
        self.end_lt
    }

    pub(super) fn transactions(&self) -> usize {
        self.transactions
    }

    fn exceeds(&self, limit: fn(&BlockParamLimits) -> u32) -> bool {
        self.transactions >= TRANSACTIONS_MAX
            || self.gas >= limit(&self.limits.gas).into()
            || self.bytes >= limit(&self.limits.bytes).into()
            || self.end_lt.saturating_sub(self.start_lt) >= limit(&self.limits.lt_delta).into()
    }
}
