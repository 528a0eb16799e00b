//! What happened on own accounts: transactions, each chained to the proven last one by hash.

use super::follow::address_of;
use super::{AccountRecord, Announced, friendly};
use crate::command::CommandError;
use crate::live::ChainTask;
use crate::record::{Body, ContactRecord, PayAddress, damaged, decode, encode, save, scan};
use crate::store::{MessageRow, Table, Transaction};
use crate::view::{ContactId, Direction, MessageId, MessageKind, Payment, PaymentState, WalletEntry};
use crate::work::Work;
use chain::history::{Entry, Moved};
use chain::light::{AccountId, LightRequest, ROWS_MAX, TransactionRecord, verify_history};
use serde::{Deserialize, Serialize};
use tycho_types::models::StdAddr;
use tycho_types::prelude::*;
use wire::{Gram, RelayId};

/// Transactions of the past that are read when an account is seen for the first time.
const BACK_MAX: u32 = 1_000;

/// How far the reading of an account's history has come: the next transaction's hash and logical time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Walk {
    next: (HashBytes, u64),
    read: u32,
    /// The account's last transaction when the walk began.
    begun_lt: u64,
}

/// An incoming payment that is announced and not proven yet.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Expected {
    account: u32,
    contact: ContactId,
    message: MessageId,
    amount: Gram,
}

/// A payment that came in and that nobody has announced yet.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Came {
    amount: Gram,
    hash: [u8; 32],
}

impl<T: Transaction> Work<'_, T> {
    /// Begins to read what happened since last time.
    pub(super) fn walk_history(&mut self, account: &AccountRecord) {
        let next = (HashBytes(account.last.1), account.last.0);
        let walk = Walk { next, read: 0, begun_lt: account.last.0 };
        if self.live.wallet.walks.insert(account.number, walk).is_none() {
            self.schedule_chain(ChainTask::History(account.number), self.now);
        }
    }

    pub(super) fn history_request(&mut self, number: u32) -> Result<Option<LightRequest>, CommandError> {
        let (Some(walk), Some(account)) = (self.live.wallet.walks.get(&number), self.account(number)?) else {
            return Ok(None);
        };
        let before_lt = walk.next.1.checked_add(1);
        let address = AccountId::from(&address_of(&account));
        Ok(Some(LightRequest::AccountTransactions { address, before_lt, limit: ROWS_MAX }))
    }

    pub(super) fn history_answered(
        &mut self,
        relay: RelayId,
        number: u32,
        list: &[TransactionRecord],
    ) -> Result<(), CommandError> {
        let (Some(mut walk), Some(mut account)) = (self.live.wallet.walks.get(&number).copied(), self.account(number)?)
        else {
            return Ok(());
        };
        let bocs: Vec<&[u8]> = list.iter().map(|one| one.boc.as_slice()).collect();
        let read = verify_history(&address_of(&account), walk.next, &bocs);
        let (transactions, next) = match read {
            Ok(read) if !list.is_empty() => read,
            // a node that is behind, or lies: another one
            _ => return self.chain_failed(relay, ChainTask::History(number)),
        };
        for (transaction, record) in transactions.iter().zip(list) {
            if transaction.lt > account.read_lt {
                self.take_transaction(&account, &record.boc)?;
            }
        }
        walk.read = walk.read.saturating_add(u32::try_from(list.len()).unwrap_or(u32::MAX));
        walk.next = next;
        if next.1 > account.read_lt && walk.read < BACK_MAX {
            self.live.wallet.walks.insert(number, walk);
            self.schedule_chain(ChainTask::History(number), self.now);
            return Ok(());
        }
        self.live.wallet.walks.remove(&number);
        account.read_lt = account.read_lt.max(walk.begun_lt);
        self.save_account(&account)?;
        if account.last.0 > account.read_lt {
            self.walk_history(&account);
            return Ok(());
        }
        self.account_settled(&account)?;
        self.tell_balance()
    }

    fn take_transaction(&mut self, account: &AccountRecord, boc: &[u8]) -> Result<(), CommandError> {
        let read = Entry::read(boc, 0).map_err(damaged)?;
        let entry = |direction, moved: &Moved, peer: &Option<StdAddr>, fee| WalletEntry {
            hash: read.hash,
            lt: read.lt,
            at: read.at,
            direction,
            amount: moved.value,
            peer: peer.as_ref().map(friendly).unwrap_or_default(),
            comment: moved.comment.clone().unwrap_or_default(),
            fee,
        };
        match &read.incoming {
            Some(came) if came.from.is_some() && read.success => {
                self.put_entry(account, 0, &entry(Direction::In, came, &came.from, read.fee))?;
                self.money_came(account, came.value, read.hash)?;
            }
            Some(order) if order.from.is_none() => {
                let made = read.success && !read.outgoing.is_empty();
                self.transfer_included(order.hash, read.hash, read.fee, made)?;
            }
            Some(_) | None => {}
        }
        for (place, sent) in (1u8..).zip(&read.outgoing) {
            let fee = if place == 1 { read.fee } else { Gram::ZERO };
            self.put_entry(account, place, &entry(Direction::Out, sent, &sent.to, fee))?;
        }
        Ok(())
    }

    /// Newest first in the order of the keys.
    fn put_entry(&mut self, account: &AccountRecord, place: u8, entry: &WalletEntry) -> Result<(), CommandError> {
        let mut key = u64::MAX.saturating_sub(entry.lt).to_be_bytes().to_vec();
        key.extend_from_slice(&account.number.to_be_bytes());
        key.push(place);
        save(self.tx, Table::History, &key, entry)
    }

    /// A contact says that it paid. It counts when the own account proves it.
    pub(crate) fn payment_announced(
        &mut self,
        contact: &mut ContactRecord,
        sequence: u64,
        announced: Announced,
    ) -> Result<(), CommandError> {
        let Announced { id, at, to, amount, comment } = announced;
        let own = self.accounts()?.into_iter().find(|one| one.address == to && one.contact == Some(contact.id));
        let Some(account) = own.filter(|_| comment.len() <= crate::view::TEXT_BYTES_MAX) else { return Ok(()) };
        if self.message(contact.id, id)?.is_some() {
            return Ok(());
        }
        let payment = Payment {
            amount,
            fee: Gram::ZERO,
            state: PaymentState::Sending,
            transaction: None,
            comment: comment.clone(),
            reason: None,
        };
        let row = self.new_row(contact, id, false, MessageKind::Payment, comment);
        self.put_message(contact, &MessageRow { at, sequence, payment: encode(&payment)?, ..row })?;
        let expected = Expected { account: account.number, contact: contact.id, message: id, amount };
        save(self.tx, Table::Wallet, &expected_key(account.number, id), &expected)?;
        self.live.wallet.expected.insert(account.number);
        self.live.wallet.look.insert(account.number, self.now);
        if contact.own_account == Some(account.number) {
            let address: PayAddress = self.fresh_account(contact)?;
            self.send_quietly(contact, Body::PayTo(address))?;
        }
        self.match_expected(&account)
    }

    fn money_came(&mut self, account: &AccountRecord, amount: Gram, hash: [u8; 32]) -> Result<(), CommandError> {
        if account.contact.is_none() {
            return Ok(());
        }
        save(self.tx, Table::Wallet, &came_key(account.number, &hash), &Came { amount, hash })
    }

    /// Puts announced payments and proven ones together.
    fn match_expected(&mut self, account: &AccountRecord) -> Result<(), CommandError> {
        let expected: Vec<(Vec<u8>, Expected)> = scan(self.tx, Table::Wallet, &prefix(b'e', account.number))?;
        let mut left = expected.len();
        for (key, expected) in expected {
            let came: Vec<(Vec<u8>, Came)> = scan(self.tx, Table::Wallet, &prefix(b'i', account.number))?;
            let Some((came_key, came)) = came.into_iter().find(|(_, came)| came.amount == expected.amount) else {
                continue;
            };
            left = left.saturating_sub(1);
            for key in [key, came_key] {
                self.tx.delete(Table::Wallet, &key).map_err(crate::record::stored)?;
            }
            let Some(contact) = self.contact(expected.contact)? else { continue };
            let Some(mut row) = self.message(contact.id, expected.message)? else { continue };
            let mut payment: Payment = decode(&row.payment)?;
            payment.state = PaymentState::Final;
            payment.transaction = Some(came.hash);
            row.payment = encode(&payment)?;
            self.put_message(&contact, &row)?;
        }
        if left == 0 {
            self.live.wallet.expected.remove(&account.number);
        }
        Ok(())
    }

    /// An account's state and history are both known up to the same block.
    pub(super) fn account_settled(&mut self, account: &AccountRecord) -> Result<(), CommandError> {
        self.match_expected(account)?;
        self.judge_transfers(account)
    }

    pub(super) fn resume_expected(&mut self) -> Result<(), CommandError> {
        for (_, expected) in scan::<Expected>(self.tx, Table::Wallet, b"e")? {
            self.live.wallet.expected.insert(expected.account);
        }
        Ok(())
    }

    /// The transfer whose signed message has this hash.
    fn transfer_included(
        &mut self,
        message: [u8; 32],
        transaction: [u8; 32],
        fees: Gram,
        made: bool,
    ) -> Result<(), CommandError> {
        let open = self.open_transfers()?;
        let same = |one: &super::TransferRecord| one.signed.as_ref().is_some_and(|signed| signed.hash == message);
        match open.into_iter().find(same) {
            Some(record) => self.transfer_done(record, transaction, fees, made),
            None => Ok(()),
        }
    }
}

fn prefix(kind: u8, account: u32) -> Vec<u8> {
    let mut key = vec![kind];
    key.extend_from_slice(&account.to_be_bytes());
    key
}

fn expected_key(account: u32, message: MessageId) -> Vec<u8> {
    let mut key = prefix(b'e', account);
    key.extend_from_slice(&message.0);
    key
}

fn came_key(account: u32, hash: &[u8; 32]) -> Vec<u8> {
    let mut key = prefix(b'i', account);
    key.extend_from_slice(hash);
    key
}
