//! What happened on own accounts: transactions, each chained to the proven last one by hash.

use super::entries::HistoryRow;
use super::follow::address_of;
use super::{AccountRecord, Announced, Signed, TransferKind, WATCH_MS, friendly};
use crate::command::CommandError;
use crate::live::ChainTask;
use crate::problem::Notice;
use crate::record::{Body, ContactRecord, PayAddress, damaged, decode, encode, save, scan, stored};
use crate::store::{MessageRow, Table, Transaction};
use crate::view::{ContactId, Direction, MessageId, MessageKind, Payment, PaymentState};
use crate::work::Work;
use chain::history::{Entry, Moved};
use chain::light::{AccountId, LightRequest, ROWS_MAX, TransactionRecord, verify_history};
use serde::{Deserialize, Serialize};
use tycho_types::boc::Boc;
use tycho_types::models::{Message, StdAddr};
use tycho_types::prelude::*;
use wire::{Gram, RelayId};

/// Transactions of the past that are read when an account is seen for the first time.
const BACK_MAX: u32 = 1_000;
/// Announced payments of one contact that are not proven: more than a contact makes while this person is away and
/// less than what fills a disk.
const UNPROVEN_MAX: usize = 256;
/// Bytes of a chain comment that are kept: a stranger may write as much as a message of the chain holds.
const COMMENT_KEPT_BYTES: usize = 4 * 1024;
/// Bits of the signature at the end of a wallet's order.
const SIGNATURE_BITS: u16 = 512;

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
    /// The chain's message that brings it, where the contact told it.
    by: Option<[u8; 32]>,
}

/// A payment that came in and that nobody has announced yet.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Came {
    amount: Gram,
    /// The transaction.
    hash: [u8; 32],
    /// The chain's message that brought it.
    by: [u8; 32],
}

impl<T: Transaction> Work<'_, T> {
    /// Begins to read what happened since last time. A reading that runs goes on, and what came meanwhile is read
    /// after it.
    pub(super) fn walk_history(&mut self, account: &AccountRecord) {
        if self.live.wallet.walks.contains_key(&account.number) {
            return;
        }
        let next = (HashBytes(account.last.1), account.last.0);
        let walk = Walk { next, read: 0, begun_lt: account.last.0 };
        self.live.wallet.walks.insert(account.number, walk);
        self.schedule_chain(ChainTask::History(account.number), self.now);
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
        let more = next.1 > account.read_lt;
        let cut = more && walk.read >= BACK_MAX && self.may_be_cut(&account)?;
        if more && !cut {
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
        self.match_expected(&account)?;
        if !cut {
            self.judge_transfers(&account)?;
        }
        self.tell_balance()
    }

    /// Whether the far past of an account may be left unread: only what was before this client knew the account, and
    /// never while an own transfer may be there, or come there (E2E-64).
    fn may_be_cut(&self, account: &AccountRecord) -> Result<bool, CommandError> {
        let from_it = |by: &Signed| by.account == account.number;
        if account.number == 0 && self.is_gathering()? {
            return Ok(false);
        }
        Ok(account.read_lt == 0 && !self.open_transfers()?.iter().any(|one| one.signed.as_ref().is_some_and(from_it)))
    }

    fn take_transaction(&mut self, account: &AccountRecord, boc: &[u8]) -> Result<(), CommandError> {
        let read = Entry::read(boc, 0).map_err(damaged)?;
        let row = |direction, moved: &Moved, peer: &Option<StdAddr>, fee| HistoryRow {
            hash: read.hash,
            lt: read.lt,
            at: read.at,
            direction,
            amount: moved.value,
            peer: peer.as_ref().map(friendly).unwrap_or_default(),
            comment: cut_text(moved.comment.clone().unwrap_or_default()),
            fee,
        };
        if let Some(came) = read.incoming.as_ref().filter(|_| account.number == 0) {
            self.sweep_came(came)?;
        }
        match &read.incoming {
            Some(came) if came.from.is_some() && read.success => {
                let new = self.put_entry(account, 0, &row(Direction::In, came, &came.from, read.fee))?;
                if new {
                    self.money_came(account, came, read.hash)?;
                }
            }
            Some(order) if order.from.is_none() => self.transfer_included(account, &read, order.hash, boc)?,
            Some(_) | None => {}
        }
        for (place, sent) in numbered(&read.outgoing) {
            let fee = if place == 1 { read.fee } else { Gram::ZERO };
            self.put_entry(account, place, &row(Direction::Out, sent, &sent.to, fee))?;
        }
        Ok(())
    }

    /// A contact says that it paid. It counts when the own account proves it.
    pub(crate) fn payment_announced(
        &mut self,
        contact: &mut ContactRecord,
        sequence: u64,
        announced: Announced,
    ) -> Result<(), CommandError> {
        let Announced { id, at, to, amount, comment, by } = announced;
        let promised = self.promised_row(contact.id, id)?;
        let own = self.accounts()?.into_iter().find(|one| one.address == to && one.contact == Some(contact.id));
        // what goes elsewhere never comes here
        let Some(account) = own else { return self.promise_broken(contact, id) };
        if promised.is_none() && self.message(contact.id, id)?.is_some() {
            return Ok(());
        }
        if self.unproven(contact.id)? >= UNPROVEN_MAX {
            self.set_promised(contact, id, PaymentState::Unconfirmed)?;
            return self.put_notice_once(contact, Notice::PaymentsUnproven);
        }
        let payment = Payment {
            amount,
            fee: Gram::ZERO,
            state: PaymentState::Sending,
            transaction: None,
            comment: comment.clone(),
            reason: None,
        };
        let row = match promised {
            Some(row) => MessageRow { text: comment, ..row },
            None => MessageRow { at, sequence, ..self.new_row(contact, id, false, MessageKind::Payment, comment) },
        };
        self.put_message(contact, &MessageRow { payment: encode(&payment)?, ..row })?;
        let expected = Expected { account: account.number, contact: contact.id, message: id, amount, by };
        save(self.tx, Table::Wallet, &expected_key(account.number, id), &expected)?;
        self.watch(account.number);
        self.live.wallet.look.insert(account.number, self.now);
        self.match_expected_of(&account, Some(contact))
    }

    /// News of an account are wanted at once, for a while.
    fn watch(&mut self, account: u32) {
        self.live.wallet.watched.insert(account, self.now.plus_ms(WATCH_MS));
    }

    /// Announced payments of a contact that are not proven.
    fn unproven(&self, contact: ContactId) -> Result<usize, CommandError> {
        let all: Vec<(Vec<u8>, Expected)> = scan(self.tx, Table::Wallet, EXPECTED)?;
        Ok(all.into_iter().filter(|(_, one)| one.contact == contact).count())
    }

    fn money_came(&mut self, account: &AccountRecord, moved: &Moved, hash: [u8; 32]) -> Result<(), CommandError> {
        if account.contact.is_none() {
            return Ok(());
        }
        let came = Came { amount: moved.value, hash, by: moved.hash };
        save(self.tx, Table::Wallet, &came_key(account.number, &hash), &came)
    }

    fn match_expected(&mut self, account: &AccountRecord) -> Result<(), CommandError> {
        self.match_expected_of(account, None)
    }

    /// Puts announced payments and proven ones together: by the chain's message, or where that was not told by the
    /// amount (E2E-66). `at_hand` is a contact that the caller changes and will store.
    fn match_expected_of(
        &mut self,
        account: &AccountRecord,
        mut at_hand: Option<&mut ContactRecord>,
    ) -> Result<(), CommandError> {
        let expected: Vec<(Vec<u8>, Expected)> = scan(self.tx, Table::Wallet, &prefix(EXPECTED, account.number))?;
        if expected.is_empty() {
            self.live.wallet.watched.remove(&account.number);
            return Ok(());
        }
        let mut came: Vec<(Vec<u8>, Came)> = scan(self.tx, Table::Wallet, &prefix(CAME, account.number))?;
        let claimed: Vec<[u8; 32]> = expected.iter().filter_map(|(_, one)| one.by).collect();
        let mut left = expected.len();
        for (key, expected) in expected {
            let is_it = |one: &Came| match expected.by {
                Some(by) => one.by == by,
                None => !claimed.contains(&one.by),
            };
            let found = came.iter().position(|(_, one)| one.amount == expected.amount && is_it(one));
            let Some((came_key, came)) = found.map(|place| came.swap_remove(place)) else { continue };
            left = left.saturating_sub(1);
            for key in [key, came_key] {
                self.tx.delete(Table::Wallet, &key).map_err(stored)?;
            }
            match at_hand.as_deref_mut().filter(|contact| contact.id == expected.contact) {
                Some(contact) => self.proven(contact, &expected, &came)?,
                None => {
                    let Some(mut contact) = self.contact(expected.contact)? else { continue };
                    self.proven(&mut contact, &expected, &came)?;
                    self.save_contact(&contact)?;
                }
            }
        }
        if left == 0 {
            self.live.wallet.watched.remove(&account.number);
        }
        Ok(())
    }

    /// An announced payment has come. The contact is given a fresh account for the next one: only now, so that
    /// nobody makes this client follow accounts by talking.
    fn proven(&mut self, contact: &mut ContactRecord, expected: &Expected, came: &Came) -> Result<(), CommandError> {
        self.remember_purpose(&came.hash, contact.id, expected.message)?;
        if let Some(mut row) = self.message(contact.id, expected.message)? {
            let mut payment: Payment = decode(&row.payment)?;
            payment.state = PaymentState::Final;
            payment.transaction = Some(came.hash);
            row.payment = encode(&payment)?;
            self.put_message(contact, &row)?;
        }
        if contact.own_account == Some(expected.account) {
            let address: PayAddress = self.fresh_account(contact)?;
            self.send_quietly(contact, Body::PayTo(address))?;
        }
        Ok(())
    }

    /// An account's state and history are both known up to the same block.
    pub(super) fn account_settled(&mut self, account: &AccountRecord) -> Result<(), CommandError> {
        self.match_expected(account)?;
        self.judge_transfers(account)
    }

    pub(super) fn resume_expected(&mut self) -> Result<(), CommandError> {
        for (_, expected) in scan::<Expected>(self.tx, Table::Wallet, EXPECTED)? {
            self.watch(expected.account);
        }
        Ok(())
    }

    /// A contact is gone: nothing is expected of it any more.
    pub(crate) fn forget_expected(&mut self, contact: ContactId) -> Result<(), CommandError> {
        for (key, expected) in scan::<Expected>(self.tx, Table::Wallet, EXPECTED)? {
            if expected.contact == contact {
                self.tx.delete(Table::Wallet, &key).map_err(stored)?;
            }
        }
        for account in self.accounts()?.into_iter().filter(|one| one.contact == Some(contact)) {
            self.live.wallet.watched.remove(&account.number);
            for (key, _) in scan::<Came>(self.tx, Table::Wallet, &prefix(CAME, account.number))? {
                self.tx.delete(Table::Wallet, &key).map_err(stored)?;
            }
        }
        self.forget_payees(contact)
    }

    /// A message from outside moved an own account: the transfer that signed its order is done. Only the order is
    /// signed, so whoever passes it on may wrap it anew: it is recognised by itself, not by the whole message.
    fn transfer_included(
        &mut self,
        account: &AccountRecord,
        read: &Entry,
        message: [u8; 32],
        boc: &[u8],
    ) -> Result<(), CommandError> {
        let order = order_of_transaction(boc);
        let same = |signed: &Signed| {
            let same_order = || order.is_some() && order == order_of_message(&signed.boc);
            signed.account == account.number && (signed.hash == message || same_order())
        };
        let open = self.open_transfers()?;
        let Some(record) = open.into_iter().find(|one| one.signed.as_ref().is_some_and(same)) else { return Ok(()) };
        let sent = read.outgoing.first().filter(|_| read.success);
        if let (Some(moved), TransferKind::Sweep(from)) = (sent, &record.kind) {
            self.sweep_left(*from, moved)?;
        }
        self.transfer_done(record, read.hash, read.fee, sent.map(|moved| moved.hash))
    }
}

/// The messages that a transaction sent, from 1: a transaction has at most 255 (TON's bound on actions).
fn numbered<M>(sent: &[M]) -> impl Iterator<Item = (u8, &M)> {
    (1..=u8::MAX).zip(sent)
}

/// The hash of the signed order in an external message: its body less the signature at the end.
fn order_of_message(boc: &[u8]) -> Option<HashBytes> {
    order_of(&Boc::decode(boc).ok()?)
}

/// The same of the message that set off a transaction.
fn order_of_transaction(boc: &[u8]) -> Option<HashBytes> {
    let transaction = Boc::decode(boc).ok()?.parse::<tycho_types::models::Transaction>().ok()?;
    order_of(transaction.in_msg.as_ref()?)
}

fn order_of(message: &Cell) -> Option<HashBytes> {
    let body = message.parse::<Message<'_>>().ok()?.body;
    let bits = body.size_bits().checked_sub(SIGNATURE_BITS)?;
    let order = body.get_prefix(bits, body.size_refs());
    let mut cell = CellBuilder::new();
    cell.store_slice(order).ok()?;
    Some(*cell.build().ok()?.repr_hash())
}

/// At most [`COMMENT_KEPT_BYTES`], whole characters.
fn cut_text(mut text: String) -> String {
    let mut end = text.len().min(COMMENT_KEPT_BYTES);
    while !text.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    text.truncate(end);
    text
}

/// Keys in [`Table::Wallet`] begin so.
const EXPECTED: &[u8] = b"w";
const CAME: &[u8] = b"k";

fn prefix(kind: &[u8], account: u32) -> Vec<u8> {
    let mut key = kind.to_vec();
    key.extend_from_slice(&account.to_be_bytes());
    key
}

fn expected_key(account: u32, message: MessageId) -> Vec<u8> {
    let mut key = prefix(EXPECTED, account);
    key.extend_from_slice(&message.0);
    key
}

fn came_key(account: u32, hash: &[u8; 32]) -> Vec<u8> {
    let mut key = prefix(CAME, account);
    key.extend_from_slice(hash);
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use chain::wallet::{Transfer, Validity, WalletV5};
    use ed25519_dalek::SigningKey;
    use tycho_types::models::{OwnedMessage, StdAddr};

    /// The same order as a message that carries it in another way.
    fn wrapped_anew(message: &Cell) -> Cell {
        let message = message.parse::<Message<'_>>().unwrap();
        let mut body = CellBuilder::new();
        body.store_slice(message.body).unwrap();
        let layout = tycho_types::models::MessageLayout { init_to_cell: true, body_to_cell: true };
        let owned = OwnedMessage {
            info: message.info.clone(),
            init: message.init.clone(),
            body: body.build().unwrap().into(),
            layout: Some(layout),
        };
        let inline = tycho_types::models::MessageLayout { init_to_cell: true, body_to_cell: false };
        let anew = CellBuilder::build_from(&owned).unwrap();
        if anew.repr_hash()
            != CellBuilder::build_from(OwnedMessage { layout: None, ..owned.clone() }).unwrap().repr_hash()
        {
            return anew;
        }
        CellBuilder::build_from(OwnedMessage { layout: Some(inline), ..owned }).unwrap()
    }

    #[test]
    fn an_order_is_recognised_however_it_is_wrapped_and_not_for_another_one() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let wallet = WalletV5::new(key.verifying_key().to_bytes());
        let signed = |seqno| {
            let transfer = Transfer::new(StdAddr::new(0, HashBytes([3; 32])), Gram::from(5));
            let validity = Validity { seqno, valid_until: 9, deploy: seqno == 0 };
            wallet.sign_transfers(&key, validity, &[transfer]).unwrap()
        };
        for seqno in [0, 1] {
            let message = signed(seqno);
            let anew = wrapped_anew(&message);
            assert_ne!(message.repr_hash(), anew.repr_hash());
            assert_eq!(order_of(&message).unwrap(), order_of(&anew).unwrap());
        }
        assert_ne!(order_of(&signed(1)), order_of(&signed(2)));
    }

    #[test]
    fn every_message_of_the_largest_transaction_has_a_place() {
        let places: Vec<u8> = numbered(&[(); 255]).map(|(place, ())| place).collect();
        assert_eq!(places, (1..=255).collect::<Vec<u8>>());
    }

    #[test]
    fn a_comment_is_cut_between_characters() {
        assert_eq!(cut_text("سلام".into()), "سلام");
        let cut = cut_text("x".to_owned() + &"س".repeat(COMMENT_KEPT_BYTES));
        assert_eq!(cut.len(), COMMENT_KEPT_BYTES - 1);
    }
}
