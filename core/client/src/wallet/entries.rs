//! The wallet's history as a person reads it: newest first, a page at a time, with contacts' names (E2E-71).

use super::{AccountRecord, TransferKind, TransferRecord, parse_address};
use crate::command::{CommandError, Reply};
use crate::record::{PayAddress, load, save, scan, stored};
use crate::store::{Table, Transaction};
use crate::view::{ContactId, Direction, MessageId, PAGE_MAX, WalletEntry};
use crate::work::Work;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use wire::{Gram, UnixMillis};

/// Rows read at a time while a page is gathered.
const STEP_ROWS: usize = 256;

/// A transfer of the past, as it is stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct HistoryRow {
    pub(super) hash: [u8; 32],
    pub(super) lt: u64,
    pub(super) at: UnixMillis,
    pub(super) direction: Direction,
    pub(super) amount: Gram,
    /// The other account, user-friendly.
    pub(super) peer: String,
    pub(super) comment: String,
    pub(super) fee: Gram,
}

/// What a transaction was for.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Purpose {
    contact: ContactId,
    message: MessageId,
}

impl<T: Transaction> Work<'_, T> {
    /// `wallet history`
    pub(super) fn history(
        &self,
        before_lt: Option<u64>,
        before_place: Option<u64>,
        limit: usize,
    ) -> Result<Reply, CommandError> {
        let mut from = match (before_lt, before_place) {
            (None, _) => Vec::new(),
            // the first key of the next smaller logical time
            (Some(lt), None) => u64::MAX.saturating_sub(lt).saturating_add(1).to_be_bytes().to_vec(),
            (Some(lt), Some(place)) => after(&history_key(lt, place)),
        };
        let own: BTreeSet<[u8; 32]> = self.accounts()?.into_iter().map(|one| one.address.0).collect();
        let limit = limit.min(PAGE_MAX);
        let mut entries = Vec::new();
        loop {
            let rows = self.tx.scan_from(Table::History, &from, STEP_ROWS).map_err(stored)?;
            let last = rows.len() < STEP_ROWS;
            for (key, value) in rows {
                let row: HistoryRow = crate::record::decode(&value)?;
                entries.extend(self.entry(place_of(&key), row, &own)?);
                if entries.len() >= limit {
                    return Ok(Reply::Entries(entries));
                }
                from = after(&key);
            }
            if last {
                return Ok(Reply::Entries(entries));
            }
        }
    }

    /// One row as it is shown; `None` if the money went from one own account to another.
    fn entry(
        &self,
        place: u64,
        row: HistoryRow,
        own: &BTreeSet<[u8; 32]>,
    ) -> Result<Option<WalletEntry>, CommandError> {
        let other = parse_address(&row.peer).ok().filter(|address| address.workchain == 0);
        if other.as_ref().is_some_and(|address| own.contains(&address.address.0)) {
            return Ok(None);
        }
        let (mut peer, mut comment) = (row.peer, row.comment);
        if let Some(Purpose { contact, message }) = load(self.tx, Table::Wallet, &purpose_key(&row.hash))? {
            if let Some(contact) = self.contact(contact)? {
                peer = contact.name;
            }
            if let Some(message) = self.message(contact, message)? {
                comment = message.text;
            }
        } else {
            let contact = match row.direction {
                Direction::In => self.account(account_of(place))?.and_then(|account| account.contact),
                Direction::Out => match other {
                    Some(address) => load(self.tx, Table::Wallet, &payee_key(&address.address.0))?,
                    None => None,
                },
            };
            if let Some(contact) = contact.map(|id| self.contact(id)).transpose()?.flatten() {
                peer = contact.name;
            }
        }
        let HistoryRow { hash, lt, at, direction, amount, fee, .. } = row;
        Ok(Some(WalletEntry { hash, lt, at, direction, amount, place, peer, comment, fee }))
    }

    /// Keeps one entry; whether it is new. Newest first in the order of the keys.
    pub(super) fn put_entry(
        &mut self,
        account: &AccountRecord,
        index: u8,
        row: &HistoryRow,
    ) -> Result<bool, CommandError> {
        let key = history_key(row.lt, place(account.number, index));
        let new = self.tx.get(Table::History, &key).map_err(stored)?.is_none();
        save(self.tx, Table::History, &key, row)?;
        Ok(new)
    }

    /// Remembers that an account was given by a contact to be paid at.
    pub(crate) fn remember_payee(&mut self, address: PayAddress, contact: ContactId) -> Result<(), CommandError> {
        save(self.tx, Table::Wallet, &payee_key(&address.0), &contact)
    }

    /// Remembers the conversation's message that a transaction belongs to.
    pub(super) fn remember_purpose(
        &mut self,
        transaction: &[u8; 32],
        contact: ContactId,
        message: MessageId,
    ) -> Result<(), CommandError> {
        save(self.tx, Table::Wallet, &purpose_key(transaction), &Purpose { contact, message })
    }

    /// The same for an own transfer that is done.
    pub(super) fn remember_transfer(&mut self, record: &TransferRecord) -> Result<(), CommandError> {
        match (&record.kind, &record.transaction) {
            (TransferKind::Chat(contact, message), Some(hash)) => self.remember_purpose(hash, *contact, *message),
            (TransferKind::Chat(..) | TransferKind::Send(_) | TransferKind::Sweep(_), _) => Ok(()),
        }
    }

    /// Forgets what was remembered of a contact that is gone.
    pub(crate) fn forget_payees(&mut self, contact: ContactId) -> Result<(), CommandError> {
        let payees: Vec<(Vec<u8>, ContactId)> = scan(self.tx, Table::Wallet, b"p")?;
        let purposes: Vec<(Vec<u8>, Purpose)> = scan(self.tx, Table::Wallet, b"m")?;
        let payees = payees.into_iter().filter(|(_, whose)| *whose == contact).map(|(key, _)| key);
        let purposes = purposes.into_iter().filter(|(_, one)| one.contact == contact).map(|(key, _)| key);
        for key in payees.chain(purposes) {
            self.tx.delete(Table::Wallet, &key).map_err(stored)?;
        }
        Ok(())
    }
}

/// The own account and the message of the transaction: 0 the incoming one, from 1 those that it sent.
fn place(account: u32, index: u8) -> u64 {
    u64::from(account).wrapping_shl(8) | u64::from(index)
}

fn account_of(place: u64) -> u32 {
    u32::try_from(place.wrapping_shr(8)).unwrap_or(u32::MAX)
}

fn history_key(lt: u64, place: u64) -> Vec<u8> {
    let mut key = u64::MAX.saturating_sub(lt).to_be_bytes().to_vec();
    key.extend(place.to_be_bytes().into_iter().skip(3));
    key
}

/// The place in a key: its last five bytes.
fn place_of(key: &[u8]) -> u64 {
    key.iter().skip(8).fold(0, |place: u64, byte| place.wrapping_shl(8) | u64::from(*byte))
}

/// The key right after this one.
fn after(key: &[u8]) -> Vec<u8> {
    let mut next = key.to_vec();
    next.push(0);
    next
}

fn payee_key(address: &[u8; 32]) -> Vec<u8> {
    let mut key = b"p".to_vec();
    key.extend_from_slice(address);
    key
}

fn purpose_key(transaction: &[u8; 32]) -> Vec<u8> {
    let mut key = b"m".to_vec();
    key.extend_from_slice(transaction);
    key
}
