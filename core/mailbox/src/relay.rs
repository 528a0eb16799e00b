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
mod seen;

use crate::cell::LARGE_CELL_BYTES;
use crate::frame::{
    Ack, CELL_LIFETIME_MS_MAX, CLOCK_SKEW_MS_MAX, Create, Deposit, FETCH_CELL_BYTES_MAX, Fetch, Fetched, FetchedCell,
    FetchedMailbox, MAILBOX_IDLE_MS_MAX, MailboxInfo, Mode, RequestFrame,
};
use crate::limits::{Limits, RateTable, Source};
use crate::store::{MailboxNumber, MailboxRecord, MailboxStore, NewCell, NewMailbox, StoreError, Totals};
use crate::{CellId, ReceiveCapability, Refusal, Request, Response, SendId};
use polls::{Poll, Polls};
use seen::SeenCells;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use wire::UnixMillis;

/// How often expired mailboxes and cells are looked for.
const SWEEP_EVERY_MS: u64 = 1_000;
/// Mailboxes looked at in one sweep: a relay with a million mailboxes is through in under half an hour.
const SWEEP_MAILBOXES: u32 = 1_000;
/// A fetch moves a mailbox's expiry only if that gains so much: most fetches then write nothing.
const RENEW_STEP_MS: u64 = 6 * 60 * 60 * 1000;
/// Sequence numbers of one mailbox (stores put number and sequence into 63 bits).
const SEQUENCE_MAX: u64 = u32::MAX as u64;
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
    batch: Batch,
    polls: Polls,
    seen: SeenCells,
    replies: VecDeque<(Ticket, Response)>,
    counters: Counters,
    next_sweep: UnixMillis,
    sweeps: u32,
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
            batch: Batch::default(),
            polls: Polls::default(),
            seen: SeenCells::default(),
            replies: VecDeque::new(),
            counters: Counters::default(),
            next_sweep: now,
            sweeps: 0,
        })
    }

    /// Runs a request. Its answer comes from [`Self::poll_reply`] after a commit, for a waiting fetch a later one.
    pub fn handle_request(&mut self, ticket: Ticket, source: Source, frame: RequestFrame, now: UnixMillis) {
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
        if now >= self.next_sweep {
            self.next_sweep = now.plus_ms(SWEEP_EVERY_MS);
            self.seen.forget_old(now);
            self.sweeps = self.sweeps.wrapping_add(1);
            if self.sweeps.is_multiple_of(SWEEPS_PER_TIDYING) {
                self.creations.forget_full(now);
                self.deposits.forget_full(now);
            }
            if let Err(error) = self.sweep(now) {
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
        match result {
            Ok(()) => {
                for (number, cell_id) in batch.stored {
                    self.seen.insert(number, cell_id, now);
                }
                self.replies.extend(batch.replies);
                self.wake(&batch.delivered, &batch.deleted, now);
                Ok(())
            }
            Err(error) => {
                let refused = batch.replies.into_iter().map(|(ticket, response)| {
                    let refusal =
                        if let Response::Refused(refusal) = response { refusal } else { Refusal::StoreFailed };
                    (ticket, Response::Refused(refusal))
                });
                self.replies.extend(refused);
                self.store.rollback()?;
                self.totals = self.store.totals()?;
                Err(error)
            }
        }
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
            Request::Deposit(deposit) => self.deposit(deposit, now).map(Some),
            Request::Fetch(fetch) => self.fetch(ticket, source, &fetch, now),
            Request::Ack(ack) => self.acknowledge(&ack, now).map(Some),
            Request::Delete(receive) => self.delete(&receive).map(Some),
            Request::Info(receive) => self.info(&receive, now).map(Some),
            // The caller passes these to a chain node before they come here.
            Request::Chain(_) => Err(Refusal::ChainUnreachable.into()),
        }
    }

    fn create(&mut self, source: Source, create: &Create, now: UnixMillis) -> Result<Response, Stop> {
        let (send, receive) = (create.send.id(), create.receive.id());
        for expired in [self.by_send(&send)?, self.by_receive(&receive)?].into_iter().flatten() {
            if expired.expires <= now {
                self.remove_mailbox(&expired)?;
            }
        }
        match (self.by_send(&send)?, self.by_receive(&receive)?) {
            (Some(one), Some(other)) if one.number == other.number => {
                return Ok(Response::Created { expires: one.expires });
            }
            (None, None) => {}
            _ => return Err(Refusal::CapabilityInUse.into()),
        }
        self.check_create(create)?;
        if self.totals.mailboxes >= self.limits.mailboxes_max {
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
        };
        let record = self.store.create(&mailbox)?;
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

    fn deposit(&mut self, deposit: Deposit, now: UnixMillis) -> Result<Response, Stop> {
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
        let relay_full = self.totals.cell_bytes.saturating_add(cell_bytes) > self.limits.cell_bytes_max;
        if full || relay_full {
            if self.store.holds(record.number, &deposit.cell_id)? {
                return Ok(self.duplicate());
            }
            let refusal = Refusal::MailboxFull { quota_cells: record.quota_cells };
            return Err(if full { refusal } else { Refusal::RelayFull }.into());
        }
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

    fn fetch(
        &mut self,
        ticket: Ticket,
        source: Source,
        fetch: &Fetch,
        now: UnixMillis,
    ) -> Result<Option<Response>, Stop> {
        let mut mailboxes = Vec::with_capacity(fetch.receive.len());
        for receive in &fetch.receive {
            let found = self.by_receive(&receive.id())?.filter(|one| one.expires > now);
            if let Some(record) = found {
                self.renew(record, now);
            }
            mailboxes.push(found.map(|record| record.number));
        }
        let fetched = self.gather(&mailboxes, now)?;
        let wait_ms = u64::from(fetch.wait_ms.min(crate::frame::FETCH_WAIT_MS_MAX));
        if !fetched.mailboxes.is_empty() || wait_ms == 0 || mailboxes.is_empty() {
            self.count_fetch(&fetched);
            return Ok(Some(Response::Fetched(fetched)));
        }
        if !self.polls.has_room(source, &self.limits) {
            return Err(Refusal::TooManyPolls.into());
        }
        let poll = Poll { source, mailboxes, deadline: now.plus_ms(wait_ms) };
        for replaced in self.polls.insert(ticket, poll) {
            self.batch.replies.push((replaced, Response::Fetched(Fetched::default())));
        }
        Ok(None)
    }

    fn acknowledge(&mut self, ack: &Ack, now: UnixMillis) -> Result<Response, Stop> {
        let mut deleted = 0u32;
        for one in &ack.mailboxes {
            let Some(mut record) = self.by_receive(&one.receive.id())? else { continue };
            let removed = self.store.remove(record.number, &one.sequences)?;
            if removed.cells == 0 {
                continue;
            }
            let cells = u32::try_from(removed.cells).unwrap_or(u32::MAX);
            deleted = deleted.saturating_add(cells);
            record.cells = record.cells.saturating_sub(cells);
            record.cell_bytes = record.cell_bytes.saturating_sub(removed.cell_bytes);
            record.expires = record.expires.max(now.plus_ms(MAILBOX_IDLE_MS_MAX));
            self.subtract(removed);
            self.put(record);
        }
        self.counters.acknowledged = self.counters.acknowledged.saturating_add(u64::from(deleted));
        Ok(Response::Acked { deleted })
    }

    fn delete(&mut self, receive: &ReceiveCapability) -> Result<Response, Stop> {
        if let Some(record) = self.by_receive(&receive.id())? {
            self.remove_mailbox(&record)?;
        }
        Ok(Response::Deleted)
    }

    fn remove_mailbox(&mut self, record: &MailboxRecord) -> Result<(), StoreError> {
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

    /// Reads mailboxes up to [`FETCH_CELL_BYTES_MAX`], each its share, so that a flooded one doesn't hide the others.
    fn gather(&mut self, mailboxes: &[Option<MailboxNumber>], now: UnixMillis) -> Result<Fetched, StoreError> {
        let mut fetched = Fetched::default();
        let mut room = FETCH_CELL_BYTES_MAX;
        for (index, number) in mailboxes.iter().enumerate() {
            let index_u16 = u16::try_from(index).unwrap_or(u16::MAX);
            let Some(number) = number else {
                fetched.mailboxes.push(FetchedMailbox { index: index_u16, missing: true, cells: Vec::new() });
                continue;
            };
            if room < LARGE_CELL_BYTES {
                fetched.more = true;
                continue;
            }
            let left = mailboxes.len().saturating_sub(index).max(1);
            let share = room.checked_div(left).unwrap_or(room).max(LARGE_CELL_BYTES);
            let (stored, more) = self.store.read(*number, now, share)?;
            let bytes: usize = stored.iter().map(|one| one.cell.as_bytes().len()).sum();
            room = room.saturating_sub(bytes);
            fetched.more |= more;
            if !stored.is_empty() {
                let cells =
                    stored.into_iter().map(|one| FetchedCell { sequence: one.sequence, cell: one.cell }).collect();
                fetched.mailboxes.push(FetchedMailbox { index: index_u16, missing: false, cells });
            }
        }
        Ok(fetched)
    }

    /// Answers polls on these mailboxes from what is durable now.
    fn wake(&mut self, delivered: &BTreeSet<MailboxNumber>, deleted: &BTreeSet<MailboxNumber>, now: UnixMillis) {
        let tickets = self.polls.waiting_on(delivered.union(deleted));
        for ticket in tickets {
            let Some(mut poll) = self.polls.remove(ticket) else { continue };
            for place in &mut poll.mailboxes {
                *place = place.filter(|number| !deleted.contains(number));
            }
            let response = match self.gather(&poll.mailboxes, now) {
                Ok(fetched) => {
                    self.count_fetch(&fetched);
                    Response::Fetched(fetched)
                }
                Err(_) => Response::Refused(Refusal::StoreFailed),
            };
            self.replies.push_back((ticket, response));
        }
    }

    fn count_fetch(&mut self, fetched: &Fetched) {
        let cells: usize = fetched.mailboxes.iter().map(|one| one.cells.len()).sum();
        self.counters.fetched = self.counters.fetched.saturating_add(1);
        self.counters.cells_fetched = self.counters.cells_fetched.saturating_add(cells as u64);
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
            None => Ok(self.store.by_send(send)?.map(|stored| self.current(stored))),
        }
    }

    fn by_receive(&mut self, receive: &crate::ReceiveId) -> Result<Option<MailboxRecord>, StoreError> {
        Ok(self.store.by_receive(receive)?.map(|stored| self.current(stored)))
    }

    fn current(&self, stored: MailboxRecord) -> MailboxRecord {
        self.batch.records.get(&stored.number).copied().unwrap_or(stored)
    }
}

#[cfg(test)]
mod tests;
