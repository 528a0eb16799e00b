//! What owners do with their mailboxes' cells: fetching, waiting for them, acknowledging (MBX-24 to MBX-28).

use super::polls::Poll;
use super::room::steps;
use super::{RelayCore, Stop, Ticket};
use crate::cell::LARGE_CELL_BYTES;
use crate::frame::{
    Ack, FETCH_CELL_BYTES_MAX, FETCH_WAIT_MS_MAX, Fetch, Fetched, FetchedCell, FetchedMailbox, MAILBOX_IDLE_MS_MAX,
};
use crate::limits::Source;
use crate::store::{MailboxNumber, MailboxStore, StoreError};
use crate::{Refusal, Response};
use std::collections::BTreeSet;
use wire::UnixMillis;

/// Between the beginnings of two fetches that leave mailboxes out: 2^64 divided by the golden ratio, whose multiples
/// spread over any number of mailboxes.
const TURN: u64 = 0x9e37_79b9_7f4a_7c15;

impl<S: MailboxStore> RelayCore<S> {
    pub(super) fn fetch(
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
        let wait_ms = u64::from(fetch.wait_ms.min(FETCH_WAIT_MS_MAX));
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
        self.batch.polls.push(ticket);
        Ok(None)
    }

    pub(super) fn acknowledge(&mut self, ack: &Ack, now: UnixMillis) -> Result<Response, Stop> {
        let mut deleted = 0u32;
        for one in &ack.mailboxes {
            let Some(record) = self.by_receive(&one.receive.id())?.filter(|one| one.expires > now) else { continue };
            let mut record = self.renew(record, now);
            let mut sequences: Vec<u64> =
                one.sequences.iter().copied().filter(|number| *number < record.next_sequence).collect();
            sequences.sort_unstable();
            sequences.dedup();
            if record.cells == 0 || sequences.is_empty() {
                continue;
            }
            self.charge(sequences.len() as u64);
            let removed = self.store.remove(record.number, &sequences)?;
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

    /// Reads mailboxes up to [`FETCH_CELL_BYTES_MAX`], each its share, so that a flooded one doesn't hide the others.
    /// Not all of many may have a share: then the next fetch begins with another mailbox.
    fn gather(&mut self, mailboxes: &[Option<MailboxNumber>], now: UnixMillis) -> Result<Fetched, StoreError> {
        let mut fetched = Fetched::default();
        let (mut room, mut left_out) = (FETCH_CELL_BYTES_MAX, false);
        let count = mailboxes.len();
        let first = (self.turn >> 32).saturating_mul(count as u64) >> 32;
        let first = usize::try_from(first).unwrap_or(0);
        let in_turn = mailboxes.iter().enumerate().cycle().skip(first).take(count);
        for (left, (index, number)) in (1..=count).rev().zip(in_turn) {
            let index = u16::try_from(index).unwrap_or(u16::MAX);
            let Some(number) = number else {
                fetched.mailboxes.push(FetchedMailbox { index, missing: true, cells: Vec::new() });
                continue;
            };
            if room < LARGE_CELL_BYTES {
                left_out = true;
                continue;
            }
            let share = room.checked_div(left).unwrap_or(room).max(LARGE_CELL_BYTES);
            let (stored, more) = self.store.read(*number, now, share)?;
            let bytes: usize = stored.iter().map(|one| one.cell.as_bytes().len()).sum();
            self.charge(steps(bytes as u64).saturating_add(1));
            room = room.saturating_sub(bytes);
            fetched.more |= more;
            if !stored.is_empty() {
                let cells =
                    stored.into_iter().map(|one| FetchedCell { sequence: one.sequence, cell: one.cell }).collect();
                fetched.mailboxes.push(FetchedMailbox { index, missing: false, cells });
            }
        }
        fetched.more |= left_out;
        if left_out {
            self.turn = self.turn.wrapping_add(TURN);
        }
        fetched.mailboxes.sort_unstable_by_key(|one| one.index);
        Ok(fetched)
    }

    /// Answers polls on these mailboxes from what is durable now.
    pub(super) fn wake(
        &mut self,
        delivered: &BTreeSet<MailboxNumber>,
        deleted: &BTreeSet<MailboxNumber>,
        now: UnixMillis,
    ) {
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
}
