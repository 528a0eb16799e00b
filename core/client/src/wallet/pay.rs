//! Paying: quote, sign, submit, and follow until it is final or provably never will be.
//!
//! A signed message is good for a minute. It is submitted again and again until the account's proven history holds
//! it. Only when a proven block is later than its last second, or its number was used by another message, is it
//! certain that it never will be included; then the same intent is signed anew. So nothing is paid twice.

use super::follow::entry_of;
use super::gather::{is_sweep, sum};
use super::{
    AccountRecord, PAYING_WAIT_MS, Signed, TransferId, TransferKind, TransferRecord, friendly, parse_address,
    payment_of,
};
use crate::command::{CommandError, Event, Reply};
use crate::live::{ChainTask, Task};
use crate::problem::{ChainRefusal, PaymentProblem};
use crate::record::{Body, ContactRecord, PayAddress, damaged, decode, encode};
use crate::store::{MessageRow, Transaction};
use crate::view::{ContactId, ContactState, MessageId, MessageKind, MessageState, Payment, PaymentState, Quote};
use crate::work::{Work, message_view};
use chain::execute::ExecuteParams;
use chain::light::LightRequest;
use chain::wallet::{Transfer, Validity, WalletV5, estimate};
use std::collections::BTreeSet;
use tycho_types::boc::Boc;
use tycho_types::models::StdAddr;
use tycho_types::prelude::*;
use wire::Gram;

/// How long a signed message is good, in seconds.
const VALID_S: u64 = 60;
/// How often a transfer is signed before it is given up.
const SIGNINGS_MAX: u32 = 5;
/// How long after a submission the next one is made, unless the transfer is final by then.
const RESUBMIT_MS: u64 = 4_000;
/// Transfers under way.
const OPEN_MAX: usize = 1_000;

/// How a payment would be made.
struct Plan {
    fee: Gram,
    /// Whether there is enough, in one account or in all together.
    enough: bool,
    /// What all own accounts have.
    balance: Gram,
}

/// Whom a payment goes to.
enum Payee {
    Contact(Box<ContactRecord>),
    Address(StdAddr),
}

impl<T: Transaction> Work<'_, T> {
    /// `payment quote`
    pub(super) fn payment_quote(&mut self, to: &str, amount: Gram, comment: &str) -> Result<Reply, CommandError> {
        let (address, name, on_chain) = match self.payee(to)? {
            Payee::Contact(contact) => (pay_address(&contact)?, contact.name, ""),
            Payee::Address(address) => {
                let name = friendly(&address);
                (address, name, comment)
            }
        };
        let plan = self.plan(&address, amount, on_chain)?;
        let total = amount.checked_add(plan.fee).ok_or(CommandError::BadAmount)?;
        Ok(Reply::Quote(Quote {
            amount,
            fee: plan.fee,
            total,
            to: name,
            balance: plan.balance,
            sufficient: plan.enough,
        }))
    }

    /// `payment send`
    pub(super) fn payment_send(
        &mut self,
        to: &str,
        amount: Gram,
        comment: &str,
        id: Option<MessageId>,
    ) -> Result<Reply, CommandError> {
        let contact = self.find_contact(to)?;
        if let Some(row) = self.sent_before(&contact, id)? {
            return Ok(Reply::Message(message_view(&contact, &row)?));
        }
        let message = id.unwrap_or(MessageId(self.random16()));
        let transfer = TransferId(self.random16());
        let (contact, row, _) = self.begin_chat_payment(contact, amount, comment, message, transfer)?;
        Ok(Reply::Message(message_view(&contact, &row)?))
    }

    /// `wallet send`: to a contact as [`Self::payment_send`], to an address with the comment on the chain.
    pub(super) fn wallet_send(
        &mut self,
        to: &str,
        amount: Gram,
        comment: &str,
        id: Option<[u8; 16]>,
    ) -> Result<Reply, CommandError> {
        let id = TransferId(id.unwrap_or(self.random16()));
        if let Some(record) = self.transfer(id)? {
            return Ok(Reply::Sent(Self::sent_view(&record)));
        }
        let record = match self.payee(to)? {
            Payee::Contact(contact) => {
                let message = MessageId(self.random16());
                self.begin_chat_payment(*contact, amount, comment, message, id)?.2
            }
            Payee::Address(to) => {
                let fee = self.affordable(&to, amount, comment)?;
                let kind = TransferKind::Send(comment.to_owned());
                let record = self.new_transfer(id, &to, amount, fee, kind);
                self.put_transfer(&record)?;
                record
            }
        };
        Ok(Reply::Sent(Self::sent_view(&record)))
    }

    /// Whom a text names: what parses as an address is one, whatever contacts are called (E2E-69).
    fn payee(&self, to: &str) -> Result<Payee, CommandError> {
        if let Ok(address) = parse_address(to) {
            return Ok(Payee::Address(address));
        }
        match self.find_contact(to) {
            Ok(contact) => Ok(Payee::Contact(Box::new(contact))),
            Err(CommandError::UnknownContact(to)) => Err(CommandError::BadAddress(to)),
            Err(error) => Err(error),
        }
    }

    /// A payment in a conversation: a transfer to the contact's account, and a message that tells of it.
    fn begin_chat_payment(
        &mut self,
        mut contact: ContactRecord,
        amount: Gram,
        comment: &str,
        message: MessageId,
        transfer: TransferId,
    ) -> Result<(ContactRecord, MessageRow, TransferRecord), CommandError> {
        if comment.len() > crate::view::TEXT_BYTES_MAX {
            return Err(CommandError::BadText);
        }
        let to = pay_address(&contact)?;
        let fee = self.affordable(&to, amount, "")?;
        let record = self.new_transfer(transfer, &to, amount, fee, TransferKind::Chat(contact.id, message));
        let payment = Payment { comment: comment.to_owned(), ..payment_of(&record) };
        let row = self.new_row(&mut contact, message, true, MessageKind::Payment, comment.to_owned());
        let row = MessageRow { payment: encode(&payment)?, ..row };
        self.put_transfer(&record)?;
        self.put_message(&contact, &row)?;
        self.save_contact(&contact)?;
        Ok((contact, row, record))
    }

    /// `wallet send state`
    pub(super) fn send_state(&mut self, id: &str) -> Result<Reply, CommandError> {
        let mut bytes = [0; 16];
        hex::decode_to_slice(id, &mut bytes).map_err(|_| CommandError::UnknownTransfer)?;
        let record = self.transfer(TransferId(bytes))?.ok_or(CommandError::UnknownTransfer)?;
        Ok(Reply::Sent(Self::sent_view(&record)))
    }

    /// The expected fee, if there is enough.
    fn affordable(&mut self, to: &StdAddr, amount: Gram, comment: &str) -> Result<Gram, CommandError> {
        if self.live.wallet.open.len() >= OPEN_MAX {
            return Err(CommandError::Full { what: "transfers under way", max: OPEN_MAX });
        }
        let plan = self.plan(to, amount, comment)?;
        let total = amount.checked_add(plan.fee).ok_or(CommandError::BadAmount)?;
        if !plan.enough {
            return Err(CommandError::TooLittle { total, balance: plan.balance });
        }
        Ok(plan.fee)
    }

    pub(super) fn new_transfer(
        &self,
        id: TransferId,
        to: &StdAddr,
        amount: Gram,
        fee: Gram,
        kind: TransferKind,
    ) -> TransferRecord {
        TransferRecord {
            id,
            begun: self.now,
            workchain: to.workchain,
            to: to.address.0,
            amount,
            fee,
            kind,
            signed: None,
            signings: 0,
            state: PaymentState::Sending,
            transaction: None,
            reason: None,
        }
    }

    pub(super) fn put_transfer(&mut self, record: &TransferRecord) -> Result<(), CommandError> {
        self.save_transfer(record)?;
        self.live.wallet.open.insert(record.id);
        self.tell_balance()
    }

    /// How a payment would be made with what is there now, less what other payments will take.
    fn plan(&mut self, to: &StdAddr, amount: Gram, comment: &str) -> Result<Plan, CommandError> {
        if amount == Gram::ZERO {
            return Err(CommandError::BadAmount);
        }
        let transfer = Transfer::new(to.clone(), amount)
            .with_comment(comment)
            .map_err(|error| CommandError::Transfer(error.to_string()))?;
        let mut accounts: Vec<AccountRecord> = self.accounts()?.into_iter().filter(|one| one.height > 0).collect();
        if accounts.is_empty() || self.live.wallet.config.is_none() {
            return Err(CommandError::ChainUnknown);
        }
        let balance = self.money(&accounts)?;
        let on_its_way = balance > sum(accounts.iter().map(|one| one.balance));
        let promised = sum(self.open_transfers()?.into_iter().filter(|one| !is_sweep(one)).filter_map(total));
        let free = balance.checked_sub(promised).unwrap_or_default();
        accounts.sort_by_key(|one| (one.balance, one.number));
        let (source, fee) = self.cheapest(&accounts, &transfer)?;
        let affordable = |fee: Gram| amount.checked_add(fee).is_some_and(|needed| needed <= free);
        if source.is_some() || !affordable(fee) {
            return Ok(Plan { fee, enough: affordable(fee), balance });
        }
        let sweeps = self.sweepable(&accounts)?;
        let fees = sweeps.iter().fold(fee, |fees, one| fees.checked_add(one.fee).unwrap_or(fees));
        let enough = affordable(fees) && (on_its_way || !sweeps.is_empty());
        Ok(Plan { fee: fees, enough, balance })
    }

    /// The account with the least that suffices, and the fee; without one the fee from the richest.
    fn cheapest(
        &mut self,
        accounts: &[AccountRecord],
        transfer: &Transfer,
    ) -> Result<(Option<u32>, Gram), CommandError> {
        let mut fee = Gram::ZERO;
        for account in accounts {
            if let Some((estimated, sufficient)) = self.estimate_from(account, transfer)? {
                fee = estimated;
                if sufficient {
                    return Ok((Some(account.number), estimated));
                }
            }
        }
        Ok((None, fee))
    }

    /// Fee and whether there is enough; `None` if the account's state is not known.
    pub(super) fn estimate_from(
        &self,
        account: &AccountRecord,
        transfer: &Transfer,
    ) -> Result<Option<(Gram, bool)>, CommandError> {
        let (Some(config), Some(entry)) = (&self.live.wallet.config, entry_of(account)) else { return Ok(None) };
        let wallet = WalletV5::new(self.own_key(account.number).verifying_key().to_bytes());
        let params = ExecuteParams {
            now: u32::try_from(self.chain_now().unwrap_or(account.at).seconds()).unwrap_or(u32::MAX),
            min_lt: entry.last_trans_lt.saturating_add(1),
            block_lt: entry.last_trans_lt.saturating_add(1),
            rand_seed: HashBytes::ZERO,
            libraries: Dict::new(),
            previous_blocks: None,
            trust_signatures: true,
        };
        let done = estimate(config, &params, &wallet, &entry, std::slice::from_ref(transfer));
        let done = done.map_err(|error| CommandError::Transfer(error.to_string()))?;
        Ok(Some((done.fee, done.sufficient)))
    }

    /// Signs what waits and can be made now.
    pub(super) fn begin_transfers(&mut self) -> Result<(), CommandError> {
        let known = self.live.wallet.config.is_some() && self.chain_now().is_some();
        if self.live.wallet.open.is_empty() || !known || !self.chain_is_fresh() {
            return Ok(());
        }
        let open = self.open_transfers()?;
        let mut taken: BTreeSet<u32> = open.iter().filter_map(|one| one.signed.as_ref().map(|by| by.account)).collect();

        for record in open.iter().filter(|one| one.signed.is_none()) {
            let free =
                |one: &AccountRecord| one.height > 0 && one.read_lt >= one.last.0 && !taken.contains(&one.number);
            let mut accounts: Vec<AccountRecord> = self.accounts()?.into_iter().filter(free).collect();
            accounts.sort_by_key(|one| (one.balance, one.number));
            if let TransferKind::Sweep(number) = record.kind {
                accounts.retain(|one| one.number == number);
            }
            if accounts.is_empty() {
                continue;
            }
            let transfer = self.transfer_of(record)?;
            match self.cheapest(&accounts, &transfer) {
                Ok((Some(number), _)) => {
                    taken.insert(number);
                    let account = accounts.into_iter().find(|one| one.number == number);
                    self.sign(record.clone(), account.as_ref(), &transfer)?;
                }
                // another payment has taken what was there
                Ok((None, _)) if is_sweep(record) => self.fail_transfer(record.clone(), PaymentProblem::NotEnough)?,
                Ok((None, fee)) => self.gather(record, fee, &taken)?,
                Err(CommandError::Transfer(_)) => self.fail_transfer(record.clone(), PaymentProblem::NotMade)?,
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn transfer_of(&self, record: &TransferRecord) -> Result<Transfer, CommandError> {
        let to = StdAddr::new(record.workchain, HashBytes(record.to));
        match &record.kind {
            TransferKind::Chat(..) => Ok(Transfer::new(to, record.amount)),
            TransferKind::Send(comment) => Transfer::new(to, record.amount).with_comment(comment).map_err(damaged),
            TransferKind::Sweep(_) => self.sweep_transfer(),
        }
    }

    fn sign(
        &mut self,
        mut record: TransferRecord,
        account: Option<&AccountRecord>,
        transfer: &Transfer,
    ) -> Result<(), CommandError> {
        let (Some(account), Some(now)) = (account, self.chain_now()) else { return Ok(()) };
        let key = self.own_key(account.number);
        let wallet = WalletV5::new(key.verifying_key().to_bytes());
        let until = now.seconds().saturating_add(VALID_S);
        let valid_until = u32::try_from(until).unwrap_or(u32::MAX);
        let seqno = account.seqno.unwrap_or(0);
        let validity = Validity { seqno, valid_until, deploy: account.seqno.is_none() };
        let cell = wallet.sign_transfers(&key, validity, std::slice::from_ref(transfer)).map_err(damaged)?;
        let boc = Boc::encode(&cell);
        record.signed = Some(Signed { account: account.number, seqno, valid_until, hash: cell.repr_hash().0, boc });
        record.signings = record.signings.saturating_add(1);
        record.reason = None;
        self.save_transfer(&record)?;
        self.schedule_chain(ChainTask::Submit(record.id.0), self.now);
        self.live.wallet.look.insert(account.number, self.now);
        self.live.hasten(Task::Chain(ChainTask::Account(account.number)), self.now.plus_ms(u64::from(PAYING_WAIT_MS)));
        // from now on nobody is told that nothing is paid
        if record.state == PaymentState::Promised { self.tell_early(record) } else { Ok(()) }
    }

    pub(super) fn submit_request(&mut self, id: TransferId) -> Result<Option<LightRequest>, CommandError> {
        let record = self.transfer(id)?.filter(|one| one.state.is_open());
        let Some(signed) = record.and_then(|one| one.signed) else { return Ok(None) };
        // until a proof tells the time it is offered, for it may be good
        let good = self.chain_now().is_none_or(|now| u64::from(signed.valid_until) >= now.seconds());
        Ok(good.then_some(LightRequest::Send { boc: signed.boc }))
    }

    /// A node took it, or says why not. Neither is proof, so it is offered again until there is proof; of a node's
    /// answer only a known word is kept, to explain a failure that was proven (E2E-63).
    pub(super) fn submitted(&mut self, id: TransferId, refused: Option<ChainRefusal>) -> Result<(), CommandError> {
        let Some(mut record) = self.transfer(id)?.filter(|one| one.state.is_open()) else {
            return Ok(());
        };
        let reason = refused.map(PaymentProblem::Refused);
        if record.reason != reason {
            record.reason = reason;
            self.save_transfer(&record)?;
        }
        if let Some(signed) = &record.signed {
            self.live.wallet.look.entry(signed.account).or_insert(self.now);
        }
        self.schedule_chain(ChainTask::Submit(id.0), self.now.plus_ms(RESUBMIT_MS));
        Ok(())
    }

    /// The account and its history are proven: what was signed and is not there may never come any more.
    pub(super) fn judge_transfers(&mut self, account: &AccountRecord) -> Result<(), CommandError> {
        for mut record in self.open_transfers()? {
            let Some(signed) = record.signed.as_ref().filter(|signed| signed.account == account.number) else {
                continue;
            };
            let expired = account.at.seconds() > u64::from(signed.valid_until);
            let overtaken = account.seqno.unwrap_or(0) > signed.seqno;
            if !expired && !overtaken {
                continue;
            }
            if record.signings >= SIGNINGS_MAX {
                let reason = record.reason.unwrap_or(PaymentProblem::NotInTime);
                self.fail_transfer(record, reason)?;
            } else {
                record.signed = None;
                self.save_transfer(&record)?;
            }
        }
        Ok(())
    }

    /// The transfer's message is in the account's proven history.
    pub(super) fn transfer_done(
        &mut self,
        mut record: TransferRecord,
        transaction: [u8; 32],
        fee: Gram,
        sent: Option<[u8; 32]>,
    ) -> Result<(), CommandError> {
        record.fee = fee;
        record.transaction = Some(transaction);
        self.remember_transfer(&record)?;
        let Some(sent) = sent else { return self.fail_transfer(record, PaymentProblem::NotMade) };
        record.state = PaymentState::Final;
        record.reason = None;
        self.close_transfer(&record, Some(sent))
    }

    pub(super) fn fail_transfer(
        &mut self,
        mut record: TransferRecord,
        reason: PaymentProblem,
    ) -> Result<(), CommandError> {
        record.state = PaymentState::Failed;
        record.reason = Some(reason);
        self.close_transfer(&record, None)
    }

    /// `sent`: the chain's message that brings the money, when it is final.
    fn close_transfer(&mut self, record: &TransferRecord, sent: Option<[u8; 32]>) -> Result<(), CommandError> {
        self.save_transfer(record)?;
        self.live.wallet.open.remove(&record.id);
        match record.kind.clone() {
            TransferKind::Chat(contact, message) => {
                self.close_payment(record, sent, contact, message)?;
                self.events.push(Event::Sent(Self::sent_view(record)));
            }
            TransferKind::Send(_) => self.events.push(Event::Sent(Self::sent_view(record))),
            TransferKind::Sweep(number) => self.sweep_over(number)?,
        }
        self.tell_balance()
    }

    /// The bubble in the conversation; the contact is told of what is final.
    fn close_payment(
        &mut self,
        record: &TransferRecord,
        sent: Option<[u8; 32]>,
        contact: ContactId,
        message: MessageId,
    ) -> Result<(), CommandError> {
        let Some(mut contact) = self.contact(contact)? else { return Ok(()) };
        let Some(mut row) = self.message(contact.id, message)? else { return Ok(()) };
        let before: Payment = decode(&row.payment)?;
        row.payment = encode(&Payment { comment: before.comment.clone(), ..payment_of(record) })?;
        let Some(by) = sent else {
            row.state = MessageState::Failed;
            self.put_message(&contact, &row)?;
            return self.take_back(contact, &before, message);
        };
        self.tx.put_message(&row).map_err(crate::record::stored)?;
        let to = PayAddress(record.to);
        let body =
            Body::Paid { id: row.id, at: row.at, to, amount: record.amount, comment: before.comment.clone(), by };
        if before.state.is_told_early() {
            // how far the bubble has come is what became of the promise
            self.send_quietly(&mut contact, body)?;
            self.save_contact(&contact)?;
            return self.put_message(&contact, &row);
        }
        self.tell_of_payment(&mut contact, message, &body)
    }
}

/// Where a contact wants to be paid next.
fn pay_address(contact: &ContactRecord) -> Result<StdAddr, CommandError> {
    let address = contact.pay_to.filter(|_| contact.state == ContactState::Connected);
    let address = address.ok_or_else(|| CommandError::NoPaymentAddress(contact.name.clone()))?;
    Ok(StdAddr::new(0, HashBytes(address.0)))
}

fn total(record: TransferRecord) -> Option<Gram> {
    record.amount.checked_add(record.fee)
}
