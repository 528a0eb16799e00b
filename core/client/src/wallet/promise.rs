//! Payments that can't be made yet, because the chain can't be reached (E2E-74, E2E-75): they wait, both sides see that
//! they are promised and not paid, and they are signed only when a proof of the chain is at hand again.

use super::gather::is_sweep;
use super::{HEAD_AGE_MS_MAX, TransferKind, TransferRecord, UNANSWERED_MS_MAX};
use crate::command::{CommandError, Event};
use crate::record::{Body, ContactRecord, decode, encode, stored};
use crate::store::{MessageRow, Transaction};
use crate::view::{ContactId, ContactState, MessageId, MessageKind, Payment, PaymentState};
use crate::work::{Work, take_order};
use wire::{Gram, UnixMillis};

/// How long no node may have answered before a transfer that waits counts as promised: more than a node waits for news
/// of an account.
const PROMISE_MS: u64 = 12_000;

/// A payment that a contact says it will make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Promise {
    pub(crate) id: MessageId,
    pub(crate) at: UnixMillis,
    pub(crate) amount: Gram,
    pub(crate) comment: String,
}

impl<T: Transaction> Work<'_, T> {
    /// Whether the chain was heard so lately that what is signed now can be submitted, and its newest proven block is
    /// of now (E2E-74).
    pub(super) fn chain_is_fresh(&self) -> bool {
        let Some(head) = self.live.wallet.head else { return false };
        let age_ms = head.unheard_ms(self.now).max(self.live.clock(self.now).since(head.at()));
        age_ms <= HEAD_AGE_MS_MAX && self.now.since(self.live.wallet.answered_at) <= UNANSWERED_MS_MAX
    }

    /// Transfers of which nothing can be heard become promises.
    pub(super) fn promise_transfers(&mut self) -> Result<(), CommandError> {
        self.live.wallet.promise_at = None;
        if self.live.wallet.open.is_empty() {
            return Ok(());
        }
        let is_cut = self.live.abroad_is_cut(self.now);
        for record in self.open_transfers()? {
            if record.state != PaymentState::Sending || is_sweep(&record) {
                continue;
            }
            let at = record.begun.max(self.live.wallet.answered_at).plus_ms(PROMISE_MS);
            if is_cut || at <= self.now {
                self.promise(record)?;
            } else {
                self.live.wallet.promise_at = Some(self.live.wallet.promise_at.map_or(at, |one| one.min(at)));
            }
        }
        Ok(())
    }

    /// The bubble says so, and the contact is told.
    fn promise(&mut self, mut record: TransferRecord) -> Result<(), CommandError> {
        record.state = PaymentState::Promised;
        self.save_transfer(&record)?;
        self.events.push(Event::Sent(Self::sent_view(&record)));
        let TransferKind::Chat(contact, message) = record.kind else { return Ok(()) };
        let Some(mut contact) = self.contact(contact)? else { return Ok(()) };
        let Some(mut row) = self.message(contact.id, message)? else { return Ok(()) };
        let mut payment: Payment = decode(&row.payment)?;
        payment.state = PaymentState::Promised;
        row.payment = encode(&payment)?;
        self.tx.put_message(&row).map_err(stored)?;
        let body = Body::Promised { id: row.id, at: row.at, amount: record.amount, comment: payment.comment };
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
        if before.state != PaymentState::Promised {
            return Ok(());
        }
        self.send_quietly(&mut contact, Body::Unpaid { id: message })?;
        self.save_contact(&contact)
    }

    /// A contact promises a payment: shown as what it is, and nothing is expected of the chain yet.
    pub(crate) fn payment_promised(
        &mut self,
        contact: &mut ContactRecord,
        sequence: u64,
        promise: Promise,
    ) -> Result<(), CommandError> {
        let Promise { id, at, amount, comment } = promise;
        if contact.state != ContactState::Connected || self.message(contact.id, id)?.is_some() {
            return Ok(());
        }
        let payment = Payment {
            amount,
            fee: Gram::ZERO,
            state: PaymentState::Promised,
            transaction: None,
            comment: comment.clone(),
            reason: None,
        };
        let row = self.new_row(contact, id, false, MessageKind::Payment, comment);
        self.put_message(contact, &MessageRow { at, sequence, payment: encode(&payment)?, ..row })
    }

    /// What a contact promised will not be paid.
    pub(crate) fn promise_broken(&mut self, contact: &ContactRecord, id: MessageId) -> Result<(), CommandError> {
        let Some(mut row) = self.promised_row(contact.id, id)? else { return Ok(()) };
        let payment: Payment = decode(&row.payment)?;
        row.payment = encode(&Payment { state: PaymentState::Failed, ..payment })?;
        self.put_message(contact, &row)
    }

    /// A contact's payment that is promised and nothing more.
    pub(super) fn promised_row(&self, contact: ContactId, id: MessageId) -> Result<Option<MessageRow>, CommandError> {
        let row = self.message(contact, id)?.filter(|row| !row.mine && row.kind == MessageKind::Payment);
        let Some(row) = row else { return Ok(None) };
        let payment: Payment = decode(&row.payment)?;
        Ok((payment.state == PaymentState::Promised).then_some(row))
    }
}
