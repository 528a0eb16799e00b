//! The relay's decisions (MBX-13 to MBX-39): a state machine over a [`MailboxStore`].
//!
//! Requirements: after any number of `handle_*` calls, [`RelayCore::commit`]; time passes through `now`.
//!
//! Provided: no answer leaves before what it says is durable: answers of a batch are released by its commit, and a
//! failed commit turns all of them into refusals. A repeated deposit is stored once. Nothing that is refused leaves
//! anything on disk.
//!
//! Not provided: the clock, the network, chain requests.

mod polls;
mod reading;
mod room;
mod seen;

use crate::frame::{
    CELL_LIFETIME_MS_MAX, CLOCK_SKEW_MS_MAX, Create, Deposit, Fetched, MAILBOX_IDLE_MS_MAX, MailboxInfo, Mode,
    RequestFrame,
};
use crate::limits::{Limits, RateTable, Source};
use crate::store::{MailboxNumber, MailboxRecord, MailboxStore, NewCell, NewMailbox, StoreError, Totals};
use crate::{CellId, ReceiveCapability, Refusal, Request, Response, SendId};
use polls::Polls;
use room::{kib, steps};
use seen::SeenCells;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use wire::{UnixMillis, hash::domain_hash};

/// How often expired mailboxes and cells are looked for.
const SWEEP_EVERY_MS: u64 = 1_000;
/// Mailboxes looked at in one sweep: a relay with a million mailboxes is through in under half an hour.
const SWEEP_MAILBOXES: u32 = 1_000;
/// A fetch moves a mailbox's expiry only if that gains so much: most fetches then write nothing.
const RENEW_STEP_MS: u64 = 6 * 60 * 60 * 1000;
/// Sequence numbers of one mailbox (stores put number and sequence into 63 bits).
const SEQUENCE_MAX: u64 = u32::MAX as u64;
/// First sequence numbers are below this: three quarters of the numbers are left to count through.
const FIRST_SEQUENCE_BELOW: u32 = 1 << 30;
/// Sweeps between two looks at the rate tables.
const SWEEPS_PER_TIDYING: u32 = 60;

/// The caller's name for a request under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// What a relay has done since its start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Mailboxes made.
    pub created: u64,
    /// Cells stored.
    pub deposited: u64,
    /// Deposits that were there already.
    pub duplicates: u64,
    /// Fetches answered.
    pub fetched: u64,
    /// Cells handed out.
    pub cells_fetched: u64,
    /// Cells deleted on acknowledgement.
    pub acknowledged: u64,
    /// Requests refused.
    pub refused: u64,
    /// Commits that wrote.
    pub commits: u64,
}

/// The relay's decisions over a store.
#[derive(Debug)]
pub struct RelayCore<S> {
    store: S,
    limits: Limits,
    totals: Totals,
    creations: RateTable<Source>,
    deposits: RateTable<SendId>,
    cell_kib: RateTable<Source>,
    /// The disk has less room than is kept in reserve.
    disk_tight: bool,
    batch: Batch,
    /// What a failed batch goes back to.
    before: (Totals, Counters),
    polls: Polls,
    seen: SeenCells,
    replies: VecDeque<(Ticket, Response)>,
    counters: Counters,
    next_sweep: UnixMillis,
    sweeps: u32,
    /// Where the next fetch begins that has to leave mailboxes out.
    turn: u64,
}

/// What the next commit makes durable and what it releases.
#[derive(Debug, Default)]
struct Batch {
    records: BTreeMap<MailboxNumber, MailboxRecord>,
    by_send: BTreeMap<SendId, MailboxNumber>,
    stored: Vec<(MailboxNumber, CellId)>,
    delivered: BTreeSet<MailboxNumber>,
    deleted: BTreeSet<MailboxNumber>,
    replies: Vec<(Ticket, Response)>,
    /// Fetches that began to wait.
    polls: Vec<Ticket>,
    work: u64,
    wrote: bool,
    failed: Option<StoreError>,
}

/// Why a request gets no answer of its kind.
enum Stop {
    Refused(Refusal),
    Store(StoreError),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Refuses a request whose time is too far from the relay's (MBX-9).
pub fn check_clock(at: UnixMillis, now: UnixMillis) -> Result<(), Refusal> {
    let skew_ms = at.since(now).max(now.since(at));
    if skew_ms <= CLOCK_SKEW_MS_MAX { Ok(()) } else { Err(Refusal::ClockSkew { relay: now }) }
}

impl<S: MailboxStore> RelayCore<S> {
    /// A relay over what `store` holds.
    pub fn new(mut store: S, limits: Limits, now: UnixMillis) -> Result<Self, StoreError> {
        let totals = store.totals()?;
        Ok(Self {
            store,
            limits,
            totals,
            creations: RateTable::new(limits.free_mailboxes),
            deposits: RateTable::new(limits.free_deposits),
            cell_kib: RateTable::new(limits.free_cell_kib),
            disk_tight: false,
            batch: Batch::default(),
            before: (totals, Counters::default()),
            polls: Polls::default(),
            seen: SeenCells::default(),
            replies: VecDeque::new(),
            counters: Counters::default(),
            next_sweep: now,
            sweeps: 0,
            turn: 0,
        })
    }

    /// Runs a request. Its answer comes from [`Self::poll_reply`] after a commit, for a waiting fetch a later one.
    /// After a failure of the store the rest of the batch is refused without asking it (MBX-31).
    pub fn handle_request(&mut self, ticket: Ticket, source: Source, frame: RequestFrame, now: UnixMillis) {
        if self.batch.failed.is_some() {
            self.batch.replies.push((ticket, Response::Refused(Refusal::StoreFailed)));
            return;
        }
        let outcome = match check_clock(frame.at, now) {
            Ok(()) => self.run(ticket, source, frame.request, now),
            Err(refusal) => Err(refusal.into()),
        };
        match outcome {
            Ok(Some(response)) => self.batch.replies.push((ticket, response)),
            Ok(None) => {}
            Err(Stop::Refused(refusal)) => {
                self.counters.refused = self.counters.refused.saturating_add(1);
                self.batch.replies.push((ticket, Response::Refused(refusal)));
            }
            Err(Stop::Store(error)) => {
                self.batch.failed = Some(error);
                self.batch.replies.push((ticket, Response::Refused(Refusal::StoreFailed)));
            }
        }
    }

    /// Ends waits that are over and looks for what has expired.
    pub fn handle_timeout(&mut self, now: UnixMillis) {
        while let Some(ticket) = self.polls.pop_due(now) {
            self.batch.replies.push((ticket, Response::Fetched(Fetched::default())));
        }
        // A clock that was set back is not waited for.
        self.next_sweep = self.next_sweep.min(now.plus_ms(SWEEP_EVERY_MS));
        if now >= self.next_sweep {
            self.next_sweep = now.plus_ms(SWEEP_EVERY_MS);
            self.seen.forget_old(now);
            self.sweeps = self.sweeps.wrapping_add(1);
            if self.sweeps.is_multiple_of(SWEEPS_PER_TIDYING) {
                self.creations.forget_full(now);
                self.deposits.forget_full(now);
                self.cell_kib.forget_full(now);
            }
            if self.batch.failed.is_none()
                && let Err(error) = self.sweep(now)
            {
                self.batch.failed = Some(error);
            }
        }
    }

    /// When [`Self::handle_timeout`] has something to do.
    #[must_use]
    pub fn next_timeout(&self) -> UnixMillis {
        self.polls.next_deadline().map_or(self.next_sweep, |deadline| deadline.min(self.next_sweep))
    }

    /// Forgets a waiting fetch: nobody is there any more to hear its answer.
    pub fn cancel(&mut self, ticket: Ticket) {
        self.polls.remove(ticket);
    }

    /// Makes the batch durable and releases its answers. On an error all of them are refusals, and nothing of the
    /// batch is kept; the relay goes on.
    pub fn commit(&mut self, now: UnixMillis) -> Result<(), StoreError> {
        let result = self.try_commit();
        let batch = std::mem::take(&mut self.batch);
        match &result {
            Ok(()) => {
                for (number, cell_id) in batch.stored {
                    self.seen.insert(number, cell_id, now);
                }
                self.replies.extend(batch.replies);
                self.wake(&batch.delivered, &batch.deleted, now);
            }
            Err(_) => self.undo(batch),
        }
        self.before = (self.totals, self.counters);
        result
    }

    /// Work of the store in this batch so far, in steps of about the same cost: a mailbox looked up, a cell's number
    /// gone through, 2 KiB read or written. The caller ends a batch by it as well as by the number of requests.
    #[must_use]
    pub fn work(&self) -> u64 {
        self.batch.work
    }

    /// The next answer.
    pub fn poll_reply(&mut self) -> Option<(Ticket, Response)> {
        self.replies.pop_front()
    }

    /// What was done since the start.
    #[must_use]
    pub fn counters(&self) -> Counters {
        self.counters
    }

    /// What the store holds.
    #[must_use]
    pub fn totals(&self) -> Totals {
        self.totals
    }

    /// Fetches that wait.
    #[must_use]
    pub fn polls_open(&self) -> usize {
        self.polls.len()
    }

    /// The store, when the relay ends.
    pub fn into_store(self) -> S {
        self.store
    }

    fn run(
        &mut self,
        ticket: Ticket,
        source: Source,
        request: Request,
        now: UnixMillis,
    ) -> Result<Option<Response>, Stop> {
        match request {
            Request::Create(create) => self.create(source, &create, now).map(Some),
            Request::Deposit(deposit) => self.deposit(source, deposit, now).map(Some),
            Request::Fetch(fetch) => self.fetch(ticket, source, &fetch, now),
            Request::Ack(ack) => self.acknowledge(&ack, now).map(Some),
            Request::Delete(receive) => self.delete(&receive).map(Some),
            Request::Info(receive) => self.info(&receive, now).map(Some),
            // The caller passes these to a chain node before they come here.
            Request::Chain(_) => Err(Refusal::ChainUnreachable.into()),
            // The gateway has made a deposit of it.
            Request::Carried(_) => Err(Refusal::Malformed.into()),
        }
    }

    fn create(&mut self, source: Source, create: &Create, now: UnixMillis) -> Result<Response, Stop> {
        let (send, receive) = (create.send.id(), create.receive.id());
        let mut expired: Vec<_> = [self.by_send(&send)?, self.by_receive(&receive)?].into_iter().flatten().collect();
        // Commonly both ids name the same mailbox.
        expired.dedup_by_key(|one| one.number);
        for one in expired.iter().filter(|one| one.expires <= now) {
            self.remove_mailbox(one)?;
        }
        match (self.by_send(&send)?, self.by_receive(&receive)?) {
            (Some(one), Some(other)) if one.number == other.number => {
                return Ok(Response::Created { expires: one.expires });
            }
            (None, None) => {}
            _ => return Err(Refusal::CapabilityInUse.into()),
        }
        self.check_create(create)?;
        if self.totals.mailboxes >= self.limits.mailboxes_max || self.disk_tight {
            return Err(Refusal::RelayFull.into());
        }
        let taken = self.creations.take(&source, now);
        taken.map_err(|retry_after_ms| Refusal::AllowanceUsed { retry_after_ms })?;
        let mailbox = NewMailbox {
            send,
            receive,
            quota_cells: create.quota_cells,
            lifetime_ms: create.lifetime_ms,
            // Until its owner comes for the first time it lives no longer than a cell (MBX-16).
            expires: now.plus_ms(CELL_LIFETIME_MS_MAX),
            first_sequence: first_sequence(&receive, now),
        };
        let record = self.store.create(&mailbox)?;
        self.charge(2);
        self.batch.wrote = true;
        self.totals.mailboxes = self.totals.mailboxes.saturating_add(1);
        self.counters.created = self.counters.created.saturating_add(1);
        Ok(Response::Created { expires: record.expires })
    }

    fn check_create(&self, create: &Create) -> Result<(), Refusal> {
        if create.stamp.is_some() {
            return Err(Refusal::StampNotTaken);
        }
        if create.mode != Mode::Queue {
            return Err(Refusal::ModeNotOffered);
        }
        if create.quota_cells == 0 || create.quota_cells > self.limits.free_quota_cells {
            return Err(Refusal::QuotaOutOfRange { max: self.limits.free_quota_cells });
        }
        if create.lifetime_ms == 0 || create.lifetime_ms > CELL_LIFETIME_MS_MAX {
            return Err(Refusal::LifetimeOutOfRange { max_ms: CELL_LIFETIME_MS_MAX });
        }
        Ok(())
    }

    fn deposit(&mut self, source: Source, deposit: Deposit, now: UnixMillis) -> Result<Response, Stop> {
        if deposit.stamp.is_some() {
            return Err(Refusal::StampNotTaken.into());
        }
        let send = deposit.send.id();
        let mut record = self.by_send(&send)?.filter(|one| one.expires > now).ok_or(Refusal::NoSuchMailbox)?;
        let taken = self.deposits.take(&send, now);
        taken.map_err(|retry_after_ms| Refusal::TooFast { retry_after_ms })?;
        if self.seen.contains(record.number, deposit.cell_id) {
            return Ok(self.duplicate());
        }
        let cell_bytes = deposit.cell.as_bytes().len() as u64;
        let full = record.cells >= record.quota_cells || record.next_sequence >= SEQUENCE_MAX;
        if full || !self.has_room(&record, cell_bytes) {
            if self.store.holds(record.number, &deposit.cell_id)? {
                return Ok(self.duplicate());
            }
            let refusal = Refusal::MailboxFull { quota_cells: record.quota_cells };
            return Err(if full { refusal } else { Refusal::RelayFull }.into());
        }
        let taken = self.cell_kib.take_many(&source, kib(cell_bytes), now);
        taken.map_err(|retry_after_ms| Refusal::TooFast { retry_after_ms })?;
        self.charge(steps(cell_bytes).saturating_add(1));
        let cell = NewCell {
            mailbox: record.number,
            sequence: record.next_sequence,
            cell_id: deposit.cell_id,
            expires: now.plus_ms(record.lifetime_ms),
            cell: deposit.cell,
        };
        if !self.store.append(&cell)? {
            return Ok(self.duplicate());
        }
        record.next_sequence = record.next_sequence.saturating_add(1);
        record.cells = record.cells.saturating_add(1);
        record.cell_bytes = record.cell_bytes.saturating_add(cell_bytes);
        self.totals.cells = self.totals.cells.saturating_add(1);
        self.totals.cell_bytes = self.totals.cell_bytes.saturating_add(cell_bytes);
        self.counters.deposited = self.counters.deposited.saturating_add(1);
        self.batch.delivered.insert(record.number);
        self.batch.stored.push((record.number, cell.cell_id));
        self.batch.by_send.insert(send, record.number);
        self.put(record);
        Ok(Response::Deposited { duplicate: false })
    }

    fn duplicate(&mut self) -> Response {
        self.counters.duplicates = self.counters.duplicates.saturating_add(1);
        Response::Deposited { duplicate: true }
    }

    fn delete(&mut self, receive: &ReceiveCapability) -> Result<Response, Stop> {
        if let Some(record) = self.by_receive(&receive.id())? {
            self.remove_mailbox(&record)?;
        }
        Ok(Response::Deleted)
    }

    fn remove_mailbox(&mut self, record: &MailboxRecord) -> Result<(), StoreError> {
        self.charge(steps(record.cell_bytes));
        self.store.delete(record.number)?;
        self.batch.wrote = true;
        self.batch.records.remove(&record.number);
        self.batch.by_send.remove(&record.send);
        // Whoever waits for it hears that it is gone.
        self.batch.deleted.insert(record.number);
        self.subtract(Totals { mailboxes: 1, cells: u64::from(record.cells), cell_bytes: record.cell_bytes });
        Ok(())
    }

    fn info(&mut self, receive: &ReceiveCapability, now: UnixMillis) -> Result<Response, Stop> {
        let found = self.by_receive(&receive.id())?.filter(|one| one.expires > now);
        let record = found.ok_or(Refusal::NoSuchMailbox)?;
        let record = self.renew(record, now);
        Ok(Response::Info(MailboxInfo {
            cells: record.cells,
            quota_cells: record.quota_cells,
            lifetime_ms: record.lifetime_ms,
            expires: record.expires,
        }))
    }

    fn try_commit(&mut self) -> Result<(), StoreError> {
        if let Some(error) = self.batch.failed.take() {
            return Err(error);
        }
        self.flush()?;
        if self.batch.wrote {
            self.store.commit()?;
            self.counters.commits = self.counters.commits.saturating_add(1);
        }
        Ok(())
    }

    /// Nothing of the batch has happened: its answers become refusals, and so do the fetches that began to wait, which
    /// may wait for mailboxes that are not there any more.
    fn undo(&mut self, mut batch: Batch) {
        (self.totals, self.counters) = self.before;
        let waiting =
            std::mem::take(&mut batch.polls).into_iter().filter(|ticket| self.polls.remove(*ticket).is_some());
        let failed = Response::Refused(Refusal::StoreFailed);
        let waiting: Vec<_> = waiting.map(|ticket| (ticket, failed.clone())).collect();
        for (ticket, response) in batch.replies.into_iter().chain(waiting) {
            let refused = matches!(response, Response::Refused(_));
            self.replies.push_back((ticket, if refused { response } else { failed.clone() }));
            self.counters.refused = self.counters.refused.saturating_add(1);
        }
        // If that fails too, the next batch would build on what is left of this one: it fails as well.
        self.batch.failed = self.store.rollback().err();
    }

    /// Writes the records that the batch changed, once each.
    fn flush(&mut self) -> Result<(), StoreError> {
        for record in std::mem::take(&mut self.batch.records).into_values() {
            self.store.update(&record)?;
        }
        self.batch.by_send.clear();
        Ok(())
    }

    fn sweep(&mut self, now: UnixMillis) -> Result<(), StoreError> {
        self.flush()?;
        let removed = self.store.expire(now, SWEEP_MAILBOXES)?;
        if removed != Totals::default() {
            self.batch.wrote = true;
            self.subtract(removed);
        }
        Ok(())
    }

    fn subtract(&mut self, removed: Totals) {
        self.totals.mailboxes = self.totals.mailboxes.saturating_sub(removed.mailboxes);
        self.totals.cells = self.totals.cells.saturating_sub(removed.cells);
        self.totals.cell_bytes = self.totals.cell_bytes.saturating_sub(removed.cell_bytes);
    }

    fn renew(&mut self, mut record: MailboxRecord, now: UnixMillis) -> MailboxRecord {
        let expires = now.plus_ms(MAILBOX_IDLE_MS_MAX);
        if expires.since(record.expires) > RENEW_STEP_MS {
            record.expires = expires;
            self.put(record);
        }
        record
    }

    fn put(&mut self, record: MailboxRecord) {
        self.batch.wrote = true;
        self.batch.records.insert(record.number, record);
    }

    fn by_send(&mut self, send: &SendId) -> Result<Option<MailboxRecord>, StoreError> {
        let batch = &self.batch;
        let cached = batch.by_send.get(send).and_then(|number| batch.records.get(number));
        match cached {
            Some(record) => Ok(Some(*record)),
            None => {
                self.charge(1);
                Ok(self.store.by_send(send)?.map(|stored| self.current(stored)))
            }
        }
    }

    fn by_receive(&mut self, receive: &crate::ReceiveId) -> Result<Option<MailboxRecord>, StoreError> {
        self.charge(1);
        Ok(self.store.by_receive(receive)?.map(|stored| self.current(stored)))
    }

    fn current(&self, stored: MailboxRecord) -> MailboxRecord {
        self.batch.records.get(&stored.number).copied().unwrap_or(stored)
    }
}

/// Where a mailbox begins to count. One that is made again with the same capabilities begins elsewhere, so that a late
/// acknowledgement of the old one's cells hits none of the new one's (MBX-17).
fn first_sequence(receive: &crate::ReceiveId, now: UnixMillis) -> u64 {
    let [a, b, c, d, ..] = domain_hash("simurgh/mailbox-first-sequence/1", &[&receive.0, &now.0.to_le_bytes()]);
    u64::from(u32::from_le_bytes([a, b, c, d]).checked_rem(FIRST_SEQUENCE_BELOW).unwrap_or(0)).saturating_add(1)
}

#[cfg(test)]
mod tests;
