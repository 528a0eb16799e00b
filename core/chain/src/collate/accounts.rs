//! The accounts that a block touches, merkleised once at its end.

use crate::execute::Executed;
use crate::state::ShardHead;
use std::collections::BTreeMap;
use tycho_types::cell::Lazy;
use tycho_types::dict::AugDict;
use tycho_types::error::Error;
use tycho_types::models::{
    AccountBlock, AccountBlocks, CurrencyCollection, DepthBalanceInfo, HashUpdate, ShardAccount, ShardAccounts,
    Transaction,
};
use tycho_types::prelude::*;

/// An account during the block.
#[derive(Debug)]
struct Touched {
    /// The hash of the account before the block.
    before: HashBytes,
    /// Whether it was in the dictionary before the block.
    existed: bool,
    now: ShardAccount,
    /// Its balance; `None` if it does not exist now.
    balance: Option<CurrencyCollection>,
    /// The first logical time that its next transaction may have.
    next_lt: u64,
    transactions: BTreeMap<u64, (CurrencyCollection, Lazy<Transaction>)>,
}

/// All accounts that the block touches.
#[derive(Debug)]
pub(super) struct AccountSet<'a> {
    head: &'a ShardHead,
    first_lt: u64,
    touched: BTreeMap<HashBytes, Touched>,
}

impl<'a> AccountSet<'a> {
    /// `first_lt` is the least logical time of a transaction in the block.
    pub(super) fn new(head: &'a ShardHead, first_lt: u64) -> Self {
        Self { head, first_lt, touched: BTreeMap::new() }
    }

    /// An account as it is now, and the least logical time of its next transaction.
    pub(super) fn get(&self, address: &HashBytes) -> Result<(ShardAccount, u64), Error> {
        match self.touched.get(address) {
            Some(touched) => Ok((touched.now.clone(), touched.next_lt)),
            None => Ok((self.head.account(address)?, self.first_lt)),
        }
    }

    /// Notes a transaction on top of what [`AccountSet::get`] gave.
    pub(super) fn put(&mut self, address: HashBytes, before: &ShardAccount, done: &Executed) {
        let touched = self.touched.entry(address).or_insert_with(|| Touched {
            before: *before.account.inner().repr_hash(),
            existed: before.last_trans_lt != 0 || before.load_account().is_ok_and(|account| account.is_some()),
            now: before.clone(),
            balance: None,
            next_lt: 0,
            transactions: BTreeMap::new(),
        });
        touched.now = done.account.clone();
        touched.balance = done.exists.then(|| done.balance.clone());
        touched.next_lt = done.end_lt;
        touched.transactions.insert(done.start_lt, (done.total_fees.into(), done.transaction.clone()));
    }

    /// The accounts after the block and what happened to each.
    pub(super) fn finish(self) -> Result<(ShardAccounts, AccountBlocks), Error> {
        let mut blocks = BTreeMap::new();
        let mut changes = Vec::new();
        for (account, touched) in self.touched {
            let after = *touched.now.account.inner().repr_hash();
            let transactions = AugDict::try_from_btree(&touched.transactions)?;
            let fees: CurrencyCollection = transactions.root_extra().clone();
            let state_update = Lazy::new(&HashUpdate { old: touched.before, new: after })?;
            blocks.insert(account, (fees, AccountBlock { account, transactions, state_update }));
            let entry = touched.balance.map(|balance| (DepthBalanceInfo { split_depth: 0, balance }, touched.now));
            if entry.is_some() || touched.existed {
                changes.push((account, entry));
            }
        }
        let mut accounts = self.head.accounts().clone();
        accounts.modify_with_sorted_iter(changes)?;
        Ok((accounts, AccountBlocks::try_from_btree(&blocks)?))
    }
}
