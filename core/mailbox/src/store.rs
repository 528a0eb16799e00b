//! What the relay's decisions need of a durable store (MBX-30 to MBX-34).

use crate::{Cell, CellId, ReceiveId, SendId};
use wire::UnixMillis;

/// A mailbox's number inside one store; never leaves the relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MailboxNumber(pub u64);

/// A mailbox as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MailboxRecord {
    /// Its number.
    pub number: MailboxNumber,
    /// The hash of its send capability.
    pub send: SendId,
    /// The hash of its receive capability.
    pub receive: ReceiveId,
    /// Cells it may hold.
    pub quota_cells: u32,
    /// How long a cell is kept, in milliseconds.
    pub lifetime_ms: u64,
    /// When it is deleted unless its owner comes before.
    pub expires: UnixMillis,
    /// Cells it holds.
    pub cells: u32,
    /// Bytes of these cells.
    pub cell_bytes: u64,
    /// The sequence number of the next cell. Grows, so that an acknowledgement never hits a later cell.
    pub next_sequence: u64,
}

/// A new mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewMailbox {
    /// The hash of its send capability.
    pub send: SendId,
    /// The hash of its receive capability.
    pub receive: ReceiveId,
    /// Cells it may hold.
    pub quota_cells: u32,
    /// How long a cell is kept, in milliseconds.
    pub lifetime_ms: u64,
    /// When it is deleted unless its owner comes before.
    pub expires: UnixMillis,
    /// The sequence number of its first cell.
    pub first_sequence: u64,
}

/// A cell to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCell {
    /// Where.
    pub mailbox: MailboxNumber,
    /// Its number in the mailbox.
    pub sequence: u64,
    /// The sender's name for it.
    pub cell_id: CellId,
    /// When it is deleted.
    pub expires: UnixMillis,
    /// The ciphertext.
    pub cell: Cell,
}

/// A cell as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCell {
    /// Its number in the mailbox.
    pub sequence: u64,
    /// The ciphertext.
    pub cell: Cell,
}

/// What a store holds altogether, or what was deleted from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Mailboxes.
    pub mailboxes: u64,
    /// Cells.
    pub cells: u64,
    /// Bytes of cells.
    pub cell_bytes: u64,
}

/// The disk failed; what was not committed is gone, what was is not.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error("the mailbox store failed: {0}")]
pub struct StoreError(pub String);

/// A durable store of mailboxes. Changes since the last commit are seen by reads of the same store, and are lost
/// together by [`MailboxStore::rollback`] or a crash. After a change failed, all changes since the last commit may be
/// lost already: the caller makes no other before it has rolled back.
pub trait MailboxStore {
    /// The mailbox that these capabilities' hash names.
    fn by_send(&mut self, send: &SendId) -> Result<Option<MailboxRecord>, StoreError>;
    /// The mailbox that these capabilities' hash names.
    fn by_receive(&mut self, receive: &ReceiveId) -> Result<Option<MailboxRecord>, StoreError>;
    /// Adds a mailbox whose ids are both free and gives it a number that was never used, not even by a mailbox that
    /// was rolled back since this store was opened.
    fn create(&mut self, mailbox: &NewMailbox) -> Result<MailboxRecord, StoreError>;
    /// Writes the fields of a mailbox that change: `expires`, `cells`, `cell_bytes`, `next_sequence`.
    fn update(&mut self, record: &MailboxRecord) -> Result<(), StoreError>;
    /// Deletes a mailbox and its cells.
    fn delete(&mut self, number: MailboxNumber) -> Result<(), StoreError>;
    /// Adds a cell. `false`: the mailbox holds one with this `cell_id`, and nothing was changed.
    fn append(&mut self, cell: &NewCell) -> Result<bool, StoreError>;
    /// The oldest cells that expire after `now`, in order, at least one if there is one, and no more than fit into
    /// `bytes_max`. The flag: there are more.
    fn read(
        &mut self,
        number: MailboxNumber,
        now: UnixMillis,
        bytes_max: usize,
    ) -> Result<(Vec<StoredCell>, bool), StoreError>;
    /// Whether the mailbox holds a cell of this name.
    fn holds(&mut self, number: MailboxNumber, cell_id: &CellId) -> Result<bool, StoreError>;
    /// Deletes these cells of a mailbox; gives how many of them there were. The numbers ascend, none comes twice. The
    /// mailbox's counts are the caller's.
    fn remove(&mut self, number: MailboxNumber, sequences: &[u64]) -> Result<Totals, StoreError>;
    /// Looks at the next `mailboxes` mailboxes in turn: deletes those that have expired, and the expired cells of the
    /// others, whose counts it corrects.
    fn expire(&mut self, now: UnixMillis, mailboxes: u32) -> Result<Totals, StoreError>;
    /// What the store holds. May be slow: asked at the start.
    fn totals(&mut self) -> Result<Totals, StoreError>;
    /// Bytes that deleted cells left free inside the store: new cells take them before they take more of the disk.
    fn spare_bytes(&mut self) -> Result<u64, StoreError>;
    /// Makes everything since the last commit durable (synced to disk), or nothing of it. Free when nothing changed.
    fn commit(&mut self) -> Result<(), StoreError>;
    /// Forgets everything since the last commit.
    fn rollback(&mut self) -> Result<(), StoreError>;
}
