//! What there is room for: the relay's quota, its disk, and the work of a batch (MBX-66 to MBX-68).

use super::RelayCore;
use crate::store::{MailboxRecord, MailboxStore};

/// A step of work reads or writes so many bytes: a small cell.
const STEP_BYTES: u64 = 2_048;
const KIB: u64 = 1_024;
/// Of the reserve this part must be free on the disk itself, whatever is free inside the store: new cells go through
/// the store's log first.
const RESERVE_OF_DISK: u64 = 4;
/// Above this part of its bytes, as fifths, a relay gives every mailbox its small share only.
const NEARLY_FULL_FIFTHS: u64 = 4;

impl<S: MailboxStore> RelayCore<S> {
    /// Takes note of how much is free on the disk; to be told about each second.
    pub fn handle_disk(&mut self, free_bytes: u64) {
        let reserve = self.limits.disk_reserve_bytes;
        let spare = self.store.spare_bytes().unwrap_or(0);
        let of_disk = reserve.checked_div(RESERVE_OF_DISK).unwrap_or(reserve);
        self.disk_tight = free_bytes < of_disk || free_bytes.saturating_add(spare) < reserve;
    }

    /// Whether the disk has less free than is kept in reserve, so that nothing new is taken.
    #[must_use]
    pub fn disk_tight(&self) -> bool {
        self.disk_tight
    }

    pub(super) fn has_room(&self, record: &MailboxRecord, cell_bytes: u64) -> bool {
        let max = self.limits.cell_bytes_max;
        let nearly =
            max.checked_div(NEARLY_FULL_FIFTHS.saturating_add(1)).unwrap_or(0).saturating_mul(NEARLY_FULL_FIFTHS);
        let (of_relay, of_mailbox) = (&self.totals.cell_bytes, &record.cell_bytes);
        let after = |held: &u64| held.saturating_add(cell_bytes);
        let within_share = after(of_mailbox) <= self.limits.share_when_full_bytes;
        !self.disk_tight && after(of_relay) <= max && (after(of_relay) <= nearly || within_share)
    }

    pub(super) fn charge(&mut self, steps: u64) {
        self.batch.work = self.batch.work.saturating_add(steps);
    }
}

/// Steps of work for so many bytes of cells.
pub(super) fn steps(bytes: u64) -> u64 {
    bytes.div_ceil(STEP_BYTES)
}

/// What a cell takes of its source's allowance.
pub(super) fn kib(bytes: u64) -> u32 {
    u32::try_from(bytes.div_ceil(KIB)).unwrap_or(u32::MAX)
}
