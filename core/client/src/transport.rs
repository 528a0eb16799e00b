//! Exchanges with relays: what is due goes out, through an entry relay that is not the target; what comes back is
//! taken apart (E2E-50 to E2E-59).

use crate::clock::Clock;
use crate::command::{CommandError, Effect, ExchangeFailure, ExchangeId};
use crate::entry::Wanted;
use crate::live::{DepositKey, InFlight, Live, Purpose, RUNNING_MAX, Task};
use crate::record::{MailboxPurpose, OutRecord, load, out_key};
use crate::store::{Table, Transaction};
use crate::view::ContactId;
use crate::work::Work;
use mailbox::frame::{
    ACK_SEQUENCES_TOTAL_MAX, Ack, AckMailbox, Create, Deposit, FETCH_MAILBOXES_MAX, FETCH_WAIT_MS_MAX, Fetch, Fetched,
    FetchedMailbox, Mode,
};
use mailbox::hop::{HopError, seal_request};
use mailbox::{ReceiveId, Refusal, Request, Response};
use wire::{RelayId, UnixMillis};

/// How long an exchange that does not wait may take.
const EXCHANGE_MS: u64 = 15_000;
/// How long a poll waits at the relay.
const POLL_WAIT_MS: u32 = 25_000;
/// How long a cell is kept.
pub(crate) const CELL_LIFETIME_MS: u64 = mailbox::frame::CELL_LIFETIME_MS_MAX;
/// A relay that was asked to wait and answers before this part of the time, with nothing, does not hold polls.
const EARLY_PART: u64 = 4;
/// How long questions to the chain go to other relays first than to one whose node was out of its reach.
const NO_CHAIN_MS: u64 = 30_000;
/// How much later than its own time-out an exchange is given up for lost.
const GRACE_MS: u64 = 5_000;
/// Acknowledgements in one request for one mailbox.
const ACKS_MAX: usize = mailbox::frame::ACK_SEQUENCES_MAX;

impl<T: Transaction> Work<'_, T> {
    /// Starts whatever is due.
    pub(crate) fn pump(&mut self) -> Result<(), CommandError> {
        let relays: Vec<RelayId> = self.live.relays.keys().copied().collect();
        for relay in relays {
            self.pump_tasks(relay)?;
            self.pump_poll(relay)?;
        }
        Ok(())
    }

    fn pump_tasks(&mut self, id: RelayId) -> Result<(), CommandError> {
        loop {
            let Some(relay) = self.live.relays.get(&id) else { return Ok(()) };
            if relay.as_target.until > self.now {
                self.chain_elsewhere(id);
                return Ok(());
            }
            if relay.running >= RUNNING_MAX {
                return Ok(());
            }
            let Some(task) = self.live.due_task(id, self.now) else { return Ok(()) };
            let Some(entry) = self.entry_of_task(&id, task)? else {
                if task == Task::Look {
                    self.live.take_task(id, task);
                    continue;
                }
                self.chain_elsewhere(id);
                return Ok(());
            };
            self.live.take_task(id, task);
            match self.request_of(id, task)? {
                Some((request, wait_ms)) => self.start(id, entry, request, Purpose::Task(task), wait_ms)?,
                None => {
                    self.live.failures.remove(&(task, id));
                }
            }
        }
    }

    fn pump_poll(&mut self, id: RelayId) -> Result<(), CommandError> {
        let Some(relay) = self.live.relays.get_mut(&id) else { return Ok(()) };
        if let (Some(poll), true) = (relay.poll, relay.poll_stale) {
            relay.poll = None;
            self.live.exchanges.remove(&poll);
            self.live.effects.push_back(Effect::Cancel(poll));
        }
        let Some(relay) = self.live.relays.get_mut(&id) else { return Ok(()) };
        if relay.poll.is_some() || relay.poll_health.until > self.now || relay.as_target.until > self.now {
            return Ok(());
        }
        relay.poll_stale = false;
        if !relay.acks.is_empty() {
            return self.start_ack(id);
        }
        let (ids, all) = self.mailboxes_to_poll(id);
        if ids.is_empty() {
            return Ok(());
        }
        let Some(entry) = self.pick_entry(&id) else { return Ok(()) };
        let receive = ids.iter().filter_map(|id| self.live.mailboxes.get(id)).map(|one| one.receive.clone()).collect();
        let wait_ms = if all { POLL_WAIT_MS.min(FETCH_WAIT_MS_MAX) } else { 1_000 };
        let request = Request::Fetch(Fetch { receive, wait_ms });
        self.start(id, entry, request, Purpose::Poll(ids), u64::from(wait_ms))
    }

    /// At most as many as fit into one fetch, going around; and whether these are all.
    fn mailboxes_to_poll(&mut self, relay: RelayId) -> (Vec<ReceiveId>, bool) {
        let all: Vec<ReceiveId> = self.live.pollable(relay).map(|(id, _)| *id).collect();
        if all.len() <= FETCH_MAILBOXES_MAX {
            return (all, true);
        }
        let Some(relay) = self.live.relays.get_mut(&relay) else { return (Vec::new(), true) };
        let after = relay.poll_after;
        let from = all.iter().filter(|id| after.is_none_or(|after| **id > after)).copied();
        let ids: Vec<ReceiveId> = from.take(FETCH_MAILBOXES_MAX).collect();
        relay.poll_after = ids.last().copied().filter(|last| Some(last) != all.last());
        (ids, false)
    }

    fn start_ack(&mut self, id: RelayId) -> Result<(), CommandError> {
        let Some(entry) = self.pick_entry(&id) else { return Ok(()) };
        let Some(relay) = self.live.relays.get(&id) else { return Ok(()) };
        let mut room = ACK_SEQUENCES_TOTAL_MAX;
        let take = |(mailbox, sequences): (&ReceiveId, &std::collections::BTreeSet<u64>)| {
            let some: Vec<u64> = sequences.iter().copied().take(ACKS_MAX.min(room)).collect();
            room = room.saturating_sub(some.len());
            (!some.is_empty()).then_some((*mailbox, some))
        };
        let sent: Vec<(ReceiveId, Vec<u64>)> = relay.acks.iter().filter_map(take).take(FETCH_MAILBOXES_MAX).collect();
        let one = |(id, sequences): &(ReceiveId, Vec<u64>)| {
            let mailbox = self.live.mailboxes.get(id)?;
            Some(AckMailbox { receive: mailbox.receive.clone(), sequences: sequences.clone() })
        };
        let mailboxes = sent.iter().filter_map(one).collect();
        self.start(id, entry, Request::Ack(Ack { mailboxes }), Purpose::Ack(sent), 0)
    }

    /// A look goes another way than the poll that it looks for.
    fn entry_of_task(&mut self, target: &RelayId, task: Task) -> Result<Option<RelayId>, CommandError> {
        let not = self.live.poll_entry(target).filter(|_| task == Task::Look);
        let probe = if let Task::Chain(chain) = task { !self.is_waited_for(chain)? } else { false };
        let wanted = Wanted { preference: self.rng.next_u64(), probe, wide: false, not: not.as_slice() };
        Ok(self.live.entry_for(target, self.now, wanted))
    }

    fn pick_entry(&mut self, target: &RelayId) -> Option<RelayId> {
        let wanted = Wanted { preference: self.rng.next_u64(), probe: false, wide: false, not: &[] };
        self.live.entry_for(target, self.now, wanted)
    }

    /// The request for a task; `None` if there is nothing to do any more.
    pub(crate) fn request_of(&mut self, relay: RelayId, task: Task) -> Result<Option<(Request, u64)>, CommandError> {
        let request = match task {
            Task::Look => self.look_request(relay),
            Task::Create(id) => self.live.mailboxes.get(&id).filter(|one| !one.created && !one.deleting).map(|one| {
                Request::Create(Create {
                    send: one.send.clone(),
                    receive: one.receive.clone(),
                    quota_cells: one.quota_cells,
                    lifetime_ms: CELL_LIFETIME_MS,
                    mode: Mode::Queue,
                    stamp: None,
                })
            }),
            Task::Delete(id) => self.live.mailboxes.get(&id).map(|one| Request::Delete(one.receive.clone())),
            Task::Offer(id) => self.offer_request(id)?,
            Task::FetchOffer(contact) => self.fetch_offer_request(contact, relay)?,
            Task::AckOffer(contact, sequence) => self.ack_offer_request(contact, relay, sequence)?,
            Task::Deposit(key) => self.deposit_request(key)?,
            Task::Carried(id) => self.carried_request(id, relay)?,
            Task::Chain(chain) => {
                return Ok(self.chain_request(chain)?.map(|(bytes, wait_ms)| (Request::Chain(bytes), wait_ms)));
            }
        };
        Ok(request.map(|request| (request, 0)))
    }

    /// What a poll there fetches, without waiting.
    fn look_request(&self, relay: RelayId) -> Option<Request> {
        let receive: Vec<_> =
            self.live.pollable(relay).map(|(_, one)| one.receive.clone()).take(FETCH_MAILBOXES_MAX).collect();
        (!receive.is_empty()).then_some(Request::Fetch(Fetch { receive, wait_ms: 0 }))
    }

    fn deposit_request(&mut self, key: DepositKey) -> Result<Option<Request>, CommandError> {
        let Some(out): Option<OutRecord> = load(self.tx, Table::Outbox, &out_key(key.contact, key.sequence, false))?
        else {
            return Ok(None);
        };
        let Some(replica) = out.replicas.iter().find(|replica| replica.send.id() == key.send) else { return Ok(None) };
        let Some(contact) = self.contact(key.contact)? else { return Ok(None) };
        let (cell_id, cell) = self.cell_of(&contact, &out, replica, key.sequence, key.part)?;
        Ok(Some(Request::Deposit(Deposit { send: replica.send.clone(), cell_id, cell, stamp: None })))
    }

    pub(crate) fn start(
        &mut self,
        target: RelayId,
        entry: RelayId,
        request: Request,
        purpose: Purpose,
        wait_ms: u64,
    ) -> Result<(), CommandError> {
        let (Some(to), Some(via)) = (self.live.relays.get(&target), self.live.relays.get(&entry)) else {
            return Ok(());
        };
        let fetches = if let Request::Fetch(fetch) = &request {
            fetch.receive.iter().map(mailbox::ReceiveCapability::id).collect()
        } else {
            Vec::new()
        };
        let sealed = seal_request(&to.descriptor, request, to.clock.at(self.now));
        let (address, is_narrow) = (via.descriptor.address.clone(), via.narrow);
        let (body, opener) = match sealed {
            Ok(sealed) => sealed,
            Err(error) => return self.unsealable(target, purpose, &error),
        };
        let timeout_ms = EXCHANGE_MS.saturating_add(wait_ms);
        self.live.next_exchange = self.live.next_exchange.saturating_add(1);
        let id = ExchangeId(self.live.next_exchange);
        // a task counts once, however many ways it goes
        let further = self.live.has_other_way(target, &purpose);
        if let Some(relay) = self.live.relays.get_mut(&target) {
            match &purpose {
                Purpose::Task(_) if wait_ms == 0 && !further => relay.running = relay.running.saturating_add(1),
                Purpose::Task(_) => {}
                Purpose::Poll(_) | Purpose::Ack(_) => relay.poll = Some(id),
            }
        }
        if matches!(purpose, Purpose::Task(Task::Chain(_))) {
            self.live.wallet.chain_asked(self.now);
        }
        let deadline = self.now.plus_ms(timeout_ms).plus_ms(GRACE_MS);
        let started = self.now;
        let hedged = matches!(purpose, Purpose::Task(_)) && (wait_ms == 0 || !is_narrow);
        let hedge_at = hedged.then(|| self.now.plus_ms(wait_ms).plus_ms(self.live.hedge_ms(&entry, self.now)));
        let flight = InFlight { purpose, target, entry, opener, started, deadline, wait_ms, fetches, hedge_at };
        self.live.exchanges.insert(id, flight);
        self.live.effects.push_back(Effect::Exchange { id, entry: address, body, timeout_ms });
        Ok(())
    }

    /// A relay whose key is unusable, or a request over its bound: neither gets better soon.
    fn unsealable(&mut self, target: RelayId, purpose: Purpose, error: &HopError) -> Result<(), CommandError> {
        let jitter = self.rng.next_u32();
        if let Some(relay) = self.live.relays.get_mut(&target) {
            relay.error = Some(error.to_string());
            relay.as_target.fails(self.now, jitter);
        }
        if let Purpose::Task(task) = purpose {
            self.live.retry(target, task, self.now, jitter);
        }
        Ok(())
    }

    /// Takes what an exchange brought.
    pub(crate) fn exchanged(
        &mut self,
        id: ExchangeId,
        answer: Result<Vec<u8>, ExchangeFailure>,
    ) -> Result<(), CommandError> {
        let Some(flight) = self.live.exchanges.remove(&id) else { return Ok(()) };
        let InFlight { purpose, target, entry, opener, started, wait_ms, fetches, .. } = flight;
        let waits = wait_ms > 0;
        self.ended(target, &purpose, waits);
        if let (Ok(_), Some(relay)) = (&answer, self.live.relays.get_mut(&entry)) {
            relay.heard_at = self.now;
            relay.unreached_since = None;
        }
        let failed = match answer {
            Err(failure) => Some((describe(failure).to_owned(), failure != ExchangeFailure::Narrow)),
            Ok(body) => match opener.open(&body) {
                Ok(response) => {
                    self.worked(target, entry, started, waits);
                    self.end_other_ways(target, &purpose);
                    let early = waits && self.now.since(started) < wait_ms.checked_div(EARLY_PART).unwrap_or(0);
                    return self.answered(target, purpose, response, &fetches, early);
                }
                Err(HopError::Refused(refusal)) => {
                    let last = !self.live.has_other_way(target, &purpose);
                    self.hop_refused(target, entry, refusal, last)
                }
                Err(error) => Some((error.to_string(), true)),
            },
        };
        let jitter = self.rng.next_u32();
        if let (Some((text, true)), Some(relay)) = (&failed, self.live.relays.get_mut(&entry)) {
            relay.as_entry.fails(self.now, jitter);
            relay.error = Some(text.clone());
            relay.used = true;
            self.live.is_unreached(entry, self.now);
            self.live.doubt(entry, started, self.now);
            if matches!(purpose, Purpose::Poll(_) | Purpose::Ack(_)) {
                self.live.schedule(target, Task::Look, self.now);
            }
        }
        if self.live.has_other_way(target, &purpose) {
            return Ok(());
        }
        self.again(target, purpose, failed.is_some())
    }

    /// An exchange has ended, and is not under way any more.
    pub(crate) fn ended(&mut self, target: RelayId, purpose: &Purpose, waits: bool) {
        let goes_on = self.live.has_other_way(target, purpose);
        if let Some(relay) = self.live.relays.get_mut(&target) {
            match purpose {
                Purpose::Task(_) if !waits && !goes_on => relay.running = relay.running.saturating_sub(1),
                Purpose::Task(_) => {}
                Purpose::Poll(_) | Purpose::Ack(_) => relay.poll = None,
            }
        }
    }

    fn worked(&mut self, target: RelayId, entry: RelayId, started: UnixMillis, waits: bool) {
        let took_ms = self.now.since(started);
        if let Some(relay) = self.live.relays.get_mut(&entry) {
            relay.as_entry.works();
            relay.error = None;
            relay.used = true;
            if !waits {
                relay.last_ms = took_ms;
            }
        }
        if let Some(relay) = self.live.relays.get_mut(&target) {
            relay.as_target.works();
            relay.reached_at = self.now;
            relay.unreached_since = None;
            relay.error = None;
            relay.used = true;
        }
    }

    /// After a failure: tasks come again, polls pause.
    pub(crate) fn again(&mut self, target: RelayId, purpose: Purpose, failed: bool) -> Result<(), CommandError> {
        let jitter = self.rng.next_u32();
        match purpose {
            Purpose::Task(Task::Chain(task)) => self.chain_failed(target, task)?,
            // the poll goes on trying
            Purpose::Task(Task::Look) => {}
            Purpose::Task(task) => self.live.retry(target, task, self.now, jitter),
            Purpose::Poll(_) | Purpose::Ack(_) => {
                if let (Some(relay), true) = (self.live.relays.get_mut(&target), failed) {
                    relay.poll_health.fails(self.now, jitter);
                }
            }
        }
        Ok(())
    }

    /// `early`: the relay was asked to wait and answered long before.
    fn answered(
        &mut self,
        target: RelayId,
        purpose: Purpose,
        response: Response,
        fetches: &[ReceiveId],
        early: bool,
    ) -> Result<(), CommandError> {
        if let Response::Refused(refusal) = response {
            return self.refused(target, purpose, refusal);
        }
        match (purpose, response) {
            (Purpose::Poll(ids), Response::Fetched(fetched)) if early && is_empty(&fetched) => {
                // a relay that does not hold polls is not asked in a circle
                self.again(target, Purpose::Poll(ids), true)
            }
            (Purpose::Poll(ids), Response::Fetched(fetched)) => self.polled(target, &ids, fetched),
            (Purpose::Task(Task::Look), Response::Fetched(fetched)) => {
                self.live.looked(target, self.now);
                self.polled(target, fetches, fetched)
            }
            (Purpose::Ack(sent), Response::Acked { .. }) => {
                self.acked(target, &sent);
                Ok(())
            }
            (Purpose::Task(task), response) => {
                self.live.failures.remove(&(task, target));
                self.task_answered(target, task, response)
            }
            (purpose, _) => self.again(target, purpose, true),
        }
    }

    fn task_answered(&mut self, target: RelayId, task: Task, response: Response) -> Result<(), CommandError> {
        match (task, response) {
            (Task::Create(id), Response::Created { .. }) => self.created(target, id),
            (Task::Delete(id), Response::Deleted) => self.forget_mailbox(id),
            (Task::Offer(id), Response::Deposited { .. }) => self.offered(target, id),
            (Task::FetchOffer(contact), Response::Fetched(fetched)) => self.offer_fetched(target, contact, fetched),
            (Task::AckOffer(..), Response::Acked { .. }) => Ok(()),
            (Task::Deposit(key), Response::Deposited { .. }) => self.deposited(key),
            (Task::Carried(id), Response::Deposited { .. }) => self.carried_deposited(id),
            (Task::Chain(chain), Response::Chain(bytes)) => self.chain_answered(target, chain, &bytes),
            (task, _) => self.again(target, Purpose::Task(task), true),
        }
    }

    fn created(&mut self, relay: RelayId, id: ReceiveId) -> Result<(), CommandError> {
        let Some(mut mailbox) = self.live.mailboxes.get(&id).cloned() else { return Ok(()) };
        mailbox.created = true;
        let purpose = mailbox.purpose;
        self.save_mailbox(mailbox)?;
        if let MailboxPurpose::Offer(_) = purpose {
            self.live.schedule(relay, Task::Offer(id), self.now);
        } else if let Some(relay) = self.live.relays.get_mut(&relay) {
            relay.poll_stale = true;
        }
        if let MailboxPurpose::Queue(contact) = purpose { self.queue_made(contact) } else { Ok(()) }
    }

    fn acked(&mut self, target: RelayId, sent: &[(ReceiveId, Vec<u64>)]) {
        let Some(relay) = self.live.relays.get_mut(&target) else { return };
        relay.poll_health.works();
        for (id, sequences) in sent {
            if let Some(waiting) = relay.acks.get_mut(id) {
                sequences.iter().for_each(|sequence| {
                    waiting.remove(sequence);
                });
                if waiting.is_empty() {
                    relay.acks.remove(id);
                }
            }
        }
    }

    fn polled(&mut self, target: RelayId, ids: &[ReceiveId], fetched: Fetched) -> Result<(), CommandError> {
        if let Some(relay) = self.live.relays.get_mut(&target) {
            relay.poll_health.works();
        }
        for FetchedMailbox { index, missing, cells } in fetched.mailboxes {
            let Some(id) = ids.get(usize::from(index)).copied() else { continue };
            if missing {
                self.mailbox_missing(target, id)?;
            }
            for cell in cells {
                let Some(mailbox) = self.live.mailboxes.get(&id).cloned() else { break };
                match mailbox.purpose {
                    MailboxPurpose::Queue(contact) => {
                        self.cell_received(target, contact, cell.cell.as_bytes())?;
                    }
                    MailboxPurpose::Introduction(invite) => {
                        self.introduced(target, invite, cell.cell.as_bytes())?;
                    }
                    MailboxPurpose::Offer(_) => {}
                }
                if let Some(relay) = self.live.relays.get_mut(&target) {
                    relay.acks.entry(id).or_default().insert(cell.sequence);
                }
            }
        }
        // acknowledgements for mailboxes that are gone have nobody to go to
        if let Some(relay) = self.live.relays.get_mut(&target) {
            let mailboxes = &self.live.mailboxes;
            relay.acks.retain(|id, _| mailboxes.get(id).is_some_and(|one| !one.deleting));
        }
        Ok(())
    }

    /// The relay has lost or deleted it: made again with the same capabilities, so that senders need not know.
    fn mailbox_missing(&mut self, relay: RelayId, id: ReceiveId) -> Result<(), CommandError> {
        let Some(mut mailbox) = self.live.mailboxes.get(&id).cloned() else { return Ok(()) };
        mailbox.created = false;
        self.save_mailbox(mailbox)?;
        // numbers of the old mailbox may be given to other cells by the new one
        if let Some(relay) = self.live.relays.get_mut(&relay) {
            relay.acks.remove(&id);
        }
        self.live.schedule(relay, Task::Create(id), self.now);
        Ok(())
    }

    /// The relay understood and does not do it (now).
    fn refused(&mut self, target: RelayId, purpose: Purpose, refusal: Refusal) -> Result<(), CommandError> {
        match refusal {
            Refusal::ClockSkew { relay } => {
                if let Some(there) = self.live.relays.get_mut(&target) {
                    there.clock = Clock::told(self.now, relay);
                }
            }
            Refusal::QuotaOutOfRange { max } => {
                if let Purpose::Task(Task::Create(id)) = &purpose
                    && let Some(mut mailbox) = self.live.mailboxes.get(id).cloned()
                {
                    mailbox.quota_cells = max;
                    self.save_mailbox(mailbox)?;
                }
            }
            Refusal::TooFast { retry_after_ms }
            | Refusal::Overloaded { retry_after_ms }
            | Refusal::AllowanceUsed { retry_after_ms } => {
                let now = self.now;
                if let Some(relay) = self.live.relays.get_mut(&target) {
                    relay.poll_health.pause(now, u64::from(retry_after_ms));
                    if !matches!(refusal, Refusal::AllowanceUsed { .. }) {
                        relay.as_target.pause(now, u64::from(retry_after_ms));
                    }
                }
            }
            Refusal::RelayFull | Refusal::StoreFailed | Refusal::Version { .. } => {
                if let Some(relay) = self.live.relays.get_mut(&target) {
                    relay.error = Some(refusal.to_string());
                }
            }
            Refusal::Malformed
            | Refusal::NoSuchMailbox
            | Refusal::CapabilityInUse
            | Refusal::MailboxFull { .. }
            | Refusal::TooManyPolls
            | Refusal::LifetimeOutOfRange { .. }
            | Refusal::ModeNotOffered
            | Refusal::StampNotTaken => {}
            Refusal::ChainUnreachable => {
                if let Some(relay) = self.live.relays.get_mut(&target) {
                    relay.no_chain_until = self.now.plus_ms(NO_CHAIN_MS);
                }
            }
        }
        let jitter = self.rng.next_u32();
        match (purpose, refusal) {
            (Purpose::Task(task @ Task::FetchOffer(contact)), Refusal::NoSuchMailbox) => {
                self.offer_missing(contact)?;
                self.live.retry(target, task, self.now, jitter);
            }
            // gone is gone
            (Purpose::Task(Task::Delete(id)), Refusal::NoSuchMailbox) => self.forget_mailbox(id)?,
            (Purpose::Task(Task::AckOffer(..)), Refusal::NoSuchMailbox) => {}
            // the right is of no use (BUN-23)
            (Purpose::Task(Task::Carried(_)), Refusal::Malformed) => {}
            // its owner makes it again, if ever, when it comes
            (Purpose::Task(task @ Task::Deposit(_)), Refusal::NoSuchMailbox)
            | (Purpose::Task(task @ Task::Carried(_)), _) => {
                self.live.retry_slowly(target, task, self.now, jitter);
            }
            (Purpose::Ack(sent), Refusal::NoSuchMailbox) => {
                // what was not acknowledged is fetched again, if it is still there
                self.acked(target, &sent);
                self.again(target, Purpose::Ack(sent), true)?;
            }
            (purpose, _) => self.again(target, purpose, true)?,
        }
        Ok(())
    }

    /// Deposits of one message are not wanted any more, whether due or under way.
    pub(crate) fn drop_deposits(&mut self, contact: ContactId, sequence: u64) {
        self.live.drop_deposits(contact, sequence, sequence);
        let is_it = |purpose: &Purpose| matches!(purpose, Purpose::Task(Task::Deposit(key)) if key.contact == contact && key.sequence == sequence);
        let under_way: Vec<ExchangeId> =
            self.live.exchanges.iter().filter(|(_, flight)| is_it(&flight.purpose)).map(|(id, _)| *id).collect();
        for id in under_way {
            let Some(flight) = self.live.exchanges.remove(&id) else { continue };
            self.ended(flight.target, &flight.purpose, flight.wait_ms > 0);
            self.live.effects.push_back(Effect::Cancel(id));
        }
    }

    /// Exchanges of which nothing was heard: as if they had timed out.
    pub(crate) fn expire_exchanges(&mut self) -> Result<(), CommandError> {
        let late = |flight: &InFlight| flight.deadline <= self.now;
        let ids: Vec<ExchangeId> =
            self.live.exchanges.iter().filter(|(_, flight)| late(flight)).map(|(id, _)| *id).collect();
        for id in ids {
            self.live.effects.push_back(Effect::Cancel(id));
            self.exchanged(id, Err(ExchangeFailure::TimedOut))?;
        }
        Ok(())
    }
}

/// When something will be due.
pub(crate) fn next_due(live: &Live) -> Option<UnixMillis> {
    let due = |flight: &InFlight| flight.hedge_at.map_or(flight.deadline, |at| at.min(flight.deadline));
    let mut times: Vec<UnixMillis> = live.exchanges.values().map(due).collect();
    times.extend(live.receipts.values().copied());
    times.extend(live.wallet.next_due());
    times.extend(live.redemption_at());
    times.push(live.daily_at);
    for (id, relay) in &live.relays {
        // where nobody may carry to it, nothing is due before another relay is known
        let Some(entry_at) = live.entry_at(id) else { continue };
        let ready = relay.as_target.until.max(entry_at);
        if relay.running < RUNNING_MAX {
            times.extend(live.task_at(*id).map(|at| at.max(ready)));
        }
        if relay.poll.is_none() && live.pollable(*id).next().is_some() {
            times.push(relay.poll_health.until.max(ready));
        }
    }
    times.into_iter().min()
}

fn is_empty(fetched: &Fetched) -> bool {
    fetched.mailboxes.iter().all(|one| !one.missing && one.cells.is_empty())
}

fn describe(failure: ExchangeFailure) -> &'static str {
    match failure {
        ExchangeFailure::Unreachable => "no connection: the relay or this machine's network is down",
        ExchangeFailure::TimedOut => "no answer in time",
        ExchangeFailure::Refused => "an answer that is not a relay's: get a newer network file",
        ExchangeFailure::Narrow => "only texts and payments go through at present: this waits for a better way",
    }
}
