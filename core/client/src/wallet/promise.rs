//! Payments of which nothing is heard, because the chain can't be reached (E2E-74, E2E-75). What is not signed yet waits:
//! both sides see that it is promised and not paid, and it is signed only when a proof of the chain is at hand again.
//! What was signed may be in a block: both sides see that it is sent and not confirmed.

use super::gather::is_sweep;
use super::{HEAD_AGE_MS_MAX, TransferKind, TransferRecord, UNANSWERED_MS_MAX, WalletLive};
use crate::command::{CommandError, Event};
use crate::live::{Live, Purpose, Task};
use crate::record::{Body, ContactRecord, decode, encode, stored};
use crate::store::{MessageRow, Transaction};
use crate::view::{ContactId, ContactState, MessageId, MessageKind, Payment, PaymentState};
use crate::work::{Work, take_order};
use wire::{Gram, UnixMillis};

/// How long no node may have answered before a transfer that waits counts as promised: more than a node waits for news
/// of an account.
const PROMISE_MS: u64 = 12_000;

/// A payment that a contact says it will make, or has sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Promise {
    pub(crate) id: MessageId,
    pub(crate) at: UnixMillis,
    pub(crate) amount: Gram,
    pub(crate) comment: String,
    /// It may be in a block.
    pub(crate) sent: bool,
}

impl Promise {
    fn state(&self) -> PaymentState {
        if self.sent { PaymentState::Unconfirmed } else { PaymentState::Promised }
    }
}

impl WalletLive {
    /// A question goes to the chain.
    pub(crate) fn chain_asked(&mut self, now: UnixMillis) {
        if self.asked_at.is_none() {
            self.asked_at = Some(now);
            if !self.open.is_empty() {
                self.promise_at = Some(now.plus_ms(PROMISE_MS));
            }
        }
    }
}

impl Live {
    /// The machine slept: that nodes said nothing meanwhile means nothing.
    pub(crate) fn woken(&mut self, now: UnixMillis) {
        let asks = |purpose: &Purpose| matches!(purpose, Purpose::Task(Task::Chain(_)));
        self.wallet.asked_at = self.exchanges.values().any(|flight| asks(&flight.purpose)).then_some(now);
    }
}

impl<T: Transaction> Work<'_, T> {
    /// Whether the chain was heard so lately that what is signed now can be submitted, and its newest proven block is
    /// of now (E2E-74).
    pub(super) fn chain_is_fresh(&self) -> bool {
        let Some(head) = self.live.wallet.head else { return false };
        let age_ms = head.unheard_ms(self.now).max(self.live.clock(self.now).since(head.at()));
        age_ms <= HEAD_AGE_MS_MAX && self.now.since(self.live.wallet.answered_at) <= UNANSWERED_MS_MAX
    }

    /// Transfers of which nothing can be heard become promises, or are said to be unconfirmed.
    pub(super) fn promise_transfers(&mut self) -> Result<(), CommandError> {
        self.live.wallet.promise_at = None;
        if self.live.wallet.open.is_empty() {
            return Ok(());
        }
        let is_cut = self.live.abroad_is_cut(self.now);
        for record in self.open_transfers()? {
            // programs of before promised also what was signed
            if record.state == PaymentState::Promised && record.signed.is_some() {
                self.tell_early(record)?;
                continue;
            }
            if record.state != PaymentState::Sending || is_sweep(&record) {
                continue;
            }
            // before a node was asked, none can have been silent
            let asked = self.live.wallet.asked_at.map(|at| at.max(record.begun).max(self.live.wallet.answered_at));
            match asked.map(|at| at.plus_ms(PROMISE_MS)) {
                Some(at) if !is_cut && at > self.now => {
                    self.live.wallet.promise_at = Some(self.live.wallet.promise_at.map_or(at, |one| one.min(at)));
                }
                None if !is_cut => {}
                Some(_) | None => self.tell_early(record)?,
            }
        }
        Ok(())
    }

    /// What is promised or unconfirmed: the bubble says so, and the contact is told.
    pub(super) fn tell_early(&mut self, mut record: TransferRecord) -> Result<(), CommandError> {
        let sent = record.signed.is_some();
        record.state = if sent { PaymentState::Unconfirmed } else { PaymentState::Promised };
        self.save_transfer(&record)?;
        self.events.push(Event::Sent(Self::sent_view(&record)));
        let TransferKind::Chat(contact, message) = record.kind else { return Ok(()) };
        let Some(mut contact) = self.contact(contact)? else { return Ok(()) };
        let Some(mut row) = self.message(contact.id, message)? else { return Ok(()) };
        let mut payment: Payment = decode(&row.payment)?;
        let was_told = payment.state.is_told_early();
        payment.state = record.state;
        row.payment = encode(&payment)?;
        self.tx.put_message(&row).map_err(stored)?;
        let (id, at, amount, comment) = (row.id, row.at, record.amount, payment.comment);
        let body =
            if sent { Body::Sent { id, at, amount, comment } } else { Body::Promised { id, at, amount, comment } };
        if was_told {
            // how far the bubble has come is what became of the promise
            self.send_quietly(&mut contact, body)?;
            self.save_contact(&contact)?;
            return self.put_message(&contact, &row);
        }
        self.tell_of_payment(&mut contact, row.id, &body)
    }

    /// Tells the contact something of a payment, in turn; the bubble shows how far that has come.
    pub(super) fn tell_of_payment(
        &mut self,
        contact: &mut ContactRecord,
        message: MessageId,
        body: &Body,
    ) -> Result<(), CommandError> {
        let order = take_order(contact);
        self.put_waiting(contact, order, message, body)?;
        self.flush(contact)?;
        self.save_contact(contact)?;
        let row = self.message(contact.id, message)?.ok_or(CommandError::UnknownMessage)?;
        self.put_message(contact, &row)
    }

    /// A payment was not made: who was promised it is told.
    pub(super) fn take_back(
        &mut self,
        mut contact: ContactRecord,
        before: &Payment,
        message: MessageId,
    ) -> Result<(), CommandError> {
        if !before.state.is_told_early() {
            return Ok(());
        }
        self.send_quietly(&mut contact, Body::Unpaid { id: message })?;
        self.save_contact(&contact)
    }

    /// A contact promises a payment, or says that it has sent one: shown as what it is, and nothing is expected of the
    /// chain yet.
    pub(crate) fn payment_promised(
        &mut self,
        contact: &mut ContactRecord,
        sequence: u64,
        promise: Promise,
    ) -> Result<(), CommandError> {
        let state = promise.state();
        let Promise { id, at, amount, comment, .. } = promise;
        if contact.state != ContactState::Connected {
            return Ok(());
        }
        if self.message(contact.id, id)?.is_some() {
            return if state == PaymentState::Unconfirmed { self.set_promised(contact, id, state) } else { Ok(()) };
        }
        let payment =
            Payment { amount, fee: Gram::ZERO, state, transaction: None, comment: comment.clone(), reason: None };
        let row = self.new_row(contact, id, false, MessageKind::Payment, comment);
        self.put_message(contact, &MessageRow { at, sequence, payment: encode(&payment)?, ..row })
    }

    /// What a contact promised will not be paid.
    pub(crate) fn promise_broken(&mut self, contact: &ContactRecord, id: MessageId) -> Result<(), CommandError> {
        self.set_promised(contact, id, PaymentState::Failed)
    }

    /// How far a payment has come that a contact promised, if it did.
    pub(super) fn set_promised(
        &mut self,
        contact: &ContactRecord,
        id: MessageId,
        state: PaymentState,
    ) -> Result<(), CommandError> {
        let Some(mut row) = self.promised_row(contact.id, id)? else { return Ok(()) };
        let payment: Payment = decode(&row.payment)?;
        if payment.state == state {
            return Ok(());
        }
        row.payment = encode(&Payment { state, ..payment })?;
        self.put_message(contact, &row)
    }

    /// A contact's payment that is promised or said to be sent, and nothing more.
    pub(super) fn promised_row(&self, contact: ContactId, id: MessageId) -> Result<Option<MessageRow>, CommandError> {
        let row = self.message(contact, id)?.filter(|row| !row.mine && row.kind == MessageKind::Payment);
        let Some(row) = row else { return Ok(None) };
        let payment: Payment = decode(&row.payment)?;
        Ok(payment.state.is_told_early().then_some(row))
    }
}

#[cfg(test)]
mod tests;
