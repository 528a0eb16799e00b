//! Names of recent deposits (MBX-22): a retry that arrives after its cell was fetched and acknowledged is still
//! recognised. In memory only: what a restart forgets, the receiver's own deduplication catches.

use crate::frame::CLOCK_SKEW_MS_MAX;
use crate::{CellId, store::MailboxNumber};
use std::collections::{BTreeSet, VecDeque};
use wire::UnixMillis;

/// Names kept at once.
const SEEN_MAX: usize = 65_536;
/// How long a name is kept: a request older than this is refused for its clock.
const SEEN_MS: u64 = 2 * CLOCK_SKEW_MS_MAX;

/// A bounded set of recent names.
#[derive(Debug, Default)]
pub(super) struct SeenCells {
    names: BTreeSet<(MailboxNumber, CellId)>,
    order: VecDeque<(UnixMillis, MailboxNumber, CellId)>,
}

impl SeenCells {
    pub(super) fn contains(&self, number: MailboxNumber, cell_id: CellId) -> bool {
        self.names.contains(&(number, cell_id))
    }

    pub(super) fn insert(&mut self, number: MailboxNumber, cell_id: CellId, now: UnixMillis) {
        if self.order.len() >= SEEN_MAX {
            self.pop_oldest();
        }
        if self.names.insert((number, cell_id)) {
            self.order.push_back((now, number, cell_id));
        }
    }

    pub(super) fn forget_old(&mut self, now: UnixMillis) {
        while self.order.front().is_some_and(|(at, _, _)| now.since(*at) > SEEN_MS) {
            self.pop_oldest();
        }
    }

    fn pop_oldest(&mut self) {
        if let Some((_, number, cell_id)) = self.order.pop_front() {
            self.names.remove(&(number, cell_id));
        }
    }
}
