//! When no account has enough by itself, everything is first moved to account 0 (E2E-62).
//!
//! What is moved is for a while in no account: the one has proven that it has left, account 0 has not proven yet that
//! it has come. The chain's message that carries it is remembered until both ends of its way are proven, in whichever
//! order that happens, and no payment is judged before.

use super::{AccountRecord, Signed, TransferId, TransferKind, TransferRecord, wallet_address};
use crate::command::CommandError;
use crate::problem::PaymentProblem;
use crate::record::{load, save, scan, stored};
use crate::store::{Table, Transaction};
use crate::work::Work;
use chain::history::Moved;
use chain::wallet::Transfer;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use tycho_types::models::SendMsgFlags;
use wire::Gram;

/// An account with less is not worth the fee of moving it: a hundredth of a Gram.
const SWEEP_MIN: u64 = 10_000_000;
/// Keys in [`Table::Wallet`] begin so.
const CARRIED: &[u8] = b"s";

/// A message of the chain that carries everything of an own account to account 0, of whose way one end is proven.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Carried {
    from: u32,
    amount: Gram,
    proven: End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum End {
    Left,
    Came,
}

/// What can be moved from an account.
pub(super) struct Sweepable {
    pub(super) number: u32,
    pub(super) fee: Gram,
    balance: Gram,
}

impl<T: Transaction> Work<'_, T> {
    /// No account has enough for a payment by itself: moves everything to account 0, unless that is under way.
    pub(super) fn gather(
        &mut self,
        record: &TransferRecord,
        fee: Gram,
        busy: &BTreeSet<u32>,
    ) -> Result<(), CommandError> {
        let accounts = self.accounts()?;
        // something has just happened to an account, or is happening: judged when it is known what
        let unread = accounts.iter().any(|one| one.read_lt < one.last.0);
        if !busy.is_empty() || unread || self.open_transfers()?.iter().any(is_sweep) || !self.carried()?.is_empty() {
            return Ok(());
        }
        let balance = sum(accounts.iter().map(|one| one.balance));
        let needed = record.amount.checked_add(fee).unwrap_or(record.amount);
        let sources = self.sweepable(&accounts)?;
        if needed > balance || sources.is_empty() {
            // (without sources account 0 has all there is, and that was found to be too little)
            return self.fail_transfer(record.clone(), PaymentProblem::NotEnough);
        }
        let to = wallet_address(&self.own_key(0).verifying_key().to_bytes())?;
        for source in sources {
            let id = TransferId(self.random16());
            let kind = TransferKind::Sweep(source.number);
            let sweep = self.new_transfer(id, &to, source.balance, Gram::ZERO, kind);
            self.put_transfer(&sweep)?;
        }
        Ok(())
    }

    /// The accounts besides account 0 that have enough to be moved there.
    pub(super) fn sweepable(&self, accounts: &[AccountRecord]) -> Result<Vec<Sweepable>, CommandError> {
        let transfer = self.sweep_transfer()?;
        let mut sweepable = Vec::new();
        for account in accounts.iter().filter(|one| one.number > 0 && one.balance > Gram::from(SWEEP_MIN)) {
            if let Some((fee, true)) = self.estimate_from(account, &transfer)? {
                sweepable.push(Sweepable { number: account.number, fee, balance: account.balance });
            }
        }
        Ok(sweepable)
    }

    /// Everything that an account has, to account 0.
    pub(super) fn sweep_transfer(&self) -> Result<Transfer, CommandError> {
        let to = wallet_address(&self.own_key(0).verifying_key().to_bytes())?;
        let mut transfer = Transfer::new(to, Gram::ZERO);
        transfer.mode = (SendMsgFlags::ALL_BALANCE | SendMsgFlags::IGNORE_ERROR).bits();
        Ok(transfer)
    }

    /// What these own accounts have together, and what is on its way to account 0, counted once.
    pub(super) fn money(&self, accounts: &[AccountRecord]) -> Result<Gram, CommandError> {
        let carried = self.carried()?;
        let here = |end: End| carried.iter().filter(move |one| one.proven == end);
        // account 0 has it already, the other one is not known to have given it
        let given = |account: &&AccountRecord| !here(End::Came).any(|one| one.from == account.number);
        let there = accounts.iter().filter(given).map(|one| one.balance);
        // a state that is newer than what was read of the history may have it already
        let read = accounts.iter().any(|one| one.number == 0 && one.read_lt >= one.last.0);
        let on_its_way = here(End::Left).filter(|_| read).map(|one| one.amount);
        Ok(sum(there.chain(on_its_way)))
    }

    /// Everything of an own account is proven to have left for account 0.
    pub(super) fn sweep_left(&mut self, from: u32, moved: &Moved) -> Result<(), CommandError> {
        let key = carried_key(&moved.hash);
        if load::<Carried>(self.tx, Table::Wallet, &key)?.is_some() {
            return self.tx.delete(Table::Wallet, &key).map_err(stored);
        }
        save(self.tx, Table::Wallet, &key, &Carried { from, amount: moved.value, proven: End::Left })
    }

    /// Account 0 is proven to have got something: perhaps what an own account was to give, whose history may not be
    /// read so far yet.
    pub(super) fn sweep_came(&mut self, moved: &Moved) -> Result<(), CommandError> {
        let key = carried_key(&moved.hash);
        if load::<Carried>(self.tx, Table::Wallet, &key)?.is_some_and(|one| one.proven == End::Left) {
            return self.tx.delete(Table::Wallet, &key).map_err(stored);
        }
        let Some(giver) = moved.from.as_ref().filter(|one| one.workchain == 0) else { return Ok(()) };
        let signed: BTreeSet<u32> =
            self.open_transfers()?.iter().filter(|one| is_sweep(one)).filter_map(source).collect();
        let own = self.accounts()?.into_iter().find(|one| one.address.0 == giver.address.0);
        let Some(from) = own.map(|one| one.number).filter(|number| signed.contains(number)) else { return Ok(()) };
        save(self.tx, Table::Wallet, &key, &Carried { from, amount: moved.value, proven: End::Came })
    }

    /// A sweep is over: what came from that account and was not the sweep's is of no interest any more.
    pub(super) fn sweep_over(&mut self, from: u32) -> Result<(), CommandError> {
        for (key, carried) in scan::<Carried>(self.tx, Table::Wallet, CARRIED)? {
            if carried.from == from && carried.proven == End::Came {
                self.tx.delete(Table::Wallet, &key).map_err(stored)?;
            }
        }
        Ok(())
    }

    /// Whether something may be on its way to account 0: then nothing of its history is left out.
    pub(super) fn is_gathering(&self) -> Result<bool, CommandError> {
        Ok(self.open_transfers()?.iter().any(is_sweep) || !self.carried()?.is_empty())
    }

    fn carried(&self) -> Result<Vec<Carried>, CommandError> {
        Ok(scan(self.tx, Table::Wallet, CARRIED)?.into_iter().map(|(_, carried)| carried).collect())
    }
}

pub(super) fn is_sweep(record: &TransferRecord) -> bool {
    matches!(record.kind, TransferKind::Sweep(_))
}

pub(super) fn sum(amounts: impl Iterator<Item = Gram>) -> Gram {
    amounts.fold(Gram::ZERO, |sum, more| sum.checked_add(more).unwrap_or(sum))
}

/// The account that a transfer is signed for.
fn source(record: &TransferRecord) -> Option<u32> {
    record.signed.as_ref().map(|signed: &Signed| signed.account)
}

fn carried_key(message: &[u8; 32]) -> Vec<u8> {
    let mut key = CARRIED.to_vec();
    key.extend_from_slice(message);
    key
}
