//! Fetches that wait for a delivery (MBX-26 to MBX-28).

use super::Ticket;
use crate::limits::{Limits, Source};
use crate::store::MailboxNumber;
use std::collections::{BTreeMap, BTreeSet};
use wire::UnixMillis;

/// Fetches that wait on one mailbox: its owner's devices, and one or two whose connection died unnoticed.
const POLLS_PER_MAILBOX_MAX: usize = 4;

/// A fetch that waits.
#[derive(Debug)]
pub(super) struct Poll {
    pub(super) source: Source,
    /// In the order of the request.
    pub(super) mailboxes: Vec<Option<MailboxNumber>>,
    pub(super) deadline: UnixMillis,
}

/// All fetches that wait.
#[derive(Debug, Default)]
pub(super) struct Polls {
    polls: BTreeMap<Ticket, Poll>,
    by_mailbox: BTreeMap<MailboxNumber, BTreeSet<Ticket>>,
    by_deadline: BTreeSet<(UnixMillis, Ticket)>,
    per_source: BTreeMap<Source, usize>,
}

impl Polls {
    pub(super) fn len(&self) -> usize {
        self.polls.len()
    }

    pub(super) fn has_room(&self, source: Source, limits: &Limits) -> bool {
        let of_source = self.per_source.get(&source).copied().unwrap_or(0);
        self.polls.len() < limits.polls_max && of_source < limits.polls_per_source_max
    }

    /// Adds a poll; gives those that had to make room on one of its mailboxes, oldest first.
    pub(super) fn insert(&mut self, ticket: Ticket, poll: Poll) -> Vec<Ticket> {
        let mut replaced = Vec::new();
        for number in poll.mailboxes.iter().flatten() {
            let waiting = self.by_mailbox.get(number);
            if let Some(oldest) = waiting.filter(|set| set.len() >= POLLS_PER_MAILBOX_MAX).and_then(BTreeSet::first) {
                replaced.push(*oldest);
            }
        }
        replaced.sort_unstable();
        replaced.dedup();
        for old in &replaced {
            self.remove(*old);
        }
        for number in poll.mailboxes.iter().flatten() {
            self.by_mailbox.entry(*number).or_default().insert(ticket);
        }
        self.by_deadline.insert((poll.deadline, ticket));
        let of_source = self.per_source.entry(poll.source).or_default();
        *of_source = of_source.saturating_add(1);
        self.polls.insert(ticket, poll);
        replaced
    }

    pub(super) fn remove(&mut self, ticket: Ticket) -> Option<Poll> {
        let poll = self.polls.remove(&ticket)?;
        for number in poll.mailboxes.iter().flatten() {
            if let Some(waiting) = self.by_mailbox.get_mut(number) {
                waiting.remove(&ticket);
                if waiting.is_empty() {
                    self.by_mailbox.remove(number);
                }
            }
        }
        self.by_deadline.remove(&(poll.deadline, ticket));
        if let Some(of_source) = self.per_source.get_mut(&poll.source) {
            *of_source = of_source.saturating_sub(1);
            if *of_source == 0 {
                self.per_source.remove(&poll.source);
            }
        }
        Some(poll)
    }

    /// Removes and gives a poll whose wait is over.
    pub(super) fn pop_due(&mut self, now: UnixMillis) -> Option<Ticket> {
        let (deadline, ticket) = *self.by_deadline.first()?;
        if deadline > now {
            return None;
        }
        self.remove(ticket);
        Some(ticket)
    }

    pub(super) fn next_deadline(&self) -> Option<UnixMillis> {
        self.by_deadline.first().map(|(deadline, _)| *deadline)
    }

    /// The polls on any of these mailboxes.
    pub(super) fn waiting_on<'a>(&self, mailboxes: impl Iterator<Item = &'a MailboxNumber>) -> BTreeSet<Ticket> {
        mailboxes.filter_map(|number| self.by_mailbox.get(number)).flatten().copied().collect()
    }
}
