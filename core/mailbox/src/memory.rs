//! A mailbox store in memory, for tests and simulation: it can crash, losing what was not committed, and its next
//! commits, or a change in the middle of a batch, can be made to fail. Never part of a running program.

use crate::store::{MailboxNumber, MailboxRecord, MailboxStore, NewCell, NewMailbox, StoreError, StoredCell, Totals};
use crate::{Cell, CellId, ReceiveId, SendId};
use std::collections::BTreeMap;
use wire::UnixMillis;

/// The store.
#[derive(Debug, Default)]
pub struct MemoryStore {
    mailboxes: BTreeMap<MailboxNumber, MailboxRecord>,
    by_send: BTreeMap<SendId, MailboxNumber>,
    by_receive: BTreeMap<ReceiveId, MailboxNumber>,
    cells: BTreeMap<(MailboxNumber, u64), Entry>,
    names: BTreeMap<(MailboxNumber, CellId), u64>,
    last_number: u64,
    sweep_from: u64,
    undo: Vec<Undo>,
    commits_to_fail: u32,
    changes_to_failure: Option<u32>,
    /// A change failed: until the next rollback each change is kept at once, alone.
    alone: bool,
}

#[derive(Clone, Debug)]
struct Entry {
    cell_id: CellId,
    expires: UnixMillis,
    cell: Cell,
}

/// What was there before a change.
#[derive(Debug)]
enum Undo {
    Mailbox(MailboxNumber, Option<MailboxRecord>),
    Cell((MailboxNumber, u64), Option<Entry>),
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The next `count` commits fail, as on a full or broken disk.
    pub fn fail_commits(&mut self, count: u32) {
        self.commits_to_fail = count;
    }

    /// After `count` more changes one fails, and the batch is forgotten there and then, as SQLite does on a full disk.
    /// What is changed after that, before a rollback, is kept for ever: that is what a caller must not do.
    pub fn fail_change_after(&mut self, count: u32) {
        self.changes_to_failure = Some(count);
    }

    fn change(&mut self) -> Result<(), StoreError> {
        match self.changes_to_failure {
            Some(0) => {
                self.changes_to_failure = None;
                self.undo_all();
                self.alone = true;
                Err(StoreError("database or disk is full (injected)".into()))
            }
            Some(left) => {
                self.changes_to_failure = left.checked_sub(1);
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// What is on disk after a power cut: everything committed and nothing else.
    #[must_use]
    pub fn crash(mut self) -> Self {
        self.undo_all();
        self
    }

    fn undo_all(&mut self) {
        while let Some(undo) = self.undo.pop() {
            match undo {
                Undo::Mailbox(number, before) => self.place_mailbox(number, before),
                Undo::Cell(place, before) => self.place_cell(place, before),
            }
        }
    }

    fn set_mailbox(&mut self, number: MailboxNumber, record: Option<MailboxRecord>) {
        if !self.alone {
            self.undo.push(Undo::Mailbox(number, self.mailboxes.get(&number).copied()));
        }
        self.place_mailbox(number, record);
    }

    fn set_cell(&mut self, place: (MailboxNumber, u64), entry: Option<Entry>) {
        if !self.alone {
            self.undo.push(Undo::Cell(place, self.cells.get(&place).cloned()));
        }
        self.place_cell(place, entry);
    }

    fn place_mailbox(&mut self, number: MailboxNumber, record: Option<MailboxRecord>) {
        if let Some(old) = self.mailboxes.remove(&number) {
            self.by_send.remove(&old.send);
            self.by_receive.remove(&old.receive);
        }
        if let Some(record) = record {
            self.by_send.insert(record.send, number);
            self.by_receive.insert(record.receive, number);
            self.mailboxes.insert(number, record);
        }
    }

    fn place_cell(&mut self, place: (MailboxNumber, u64), entry: Option<Entry>) {
        if let Some(old) = self.cells.remove(&place) {
            self.names.remove(&(place.0, old.cell_id));
        }
        if let Some(entry) = entry {
            self.names.insert((place.0, entry.cell_id), place.1);
            self.cells.insert(place, entry);
        }
    }

    fn places(&self, number: MailboxNumber) -> Vec<(MailboxNumber, u64)> {
        self.cells.range((number, 0)..=(number, u64::MAX)).map(|(place, _)| *place).collect()
    }

    fn remove_one(&mut self, place: (MailboxNumber, u64), removed: &mut Totals) {
        if let Some(entry) = self.cells.get(&place) {
            removed.cells = removed.cells.saturating_add(1);
            removed.cell_bytes = removed.cell_bytes.saturating_add(entry.cell.as_bytes().len() as u64);
            self.set_cell(place, None);
        }
    }

    fn expire_one(&mut self, record: MailboxRecord, now: UnixMillis) -> Totals {
        let mut removed = Totals::default();
        let gone = record.expires <= now;
        for place in self.places(record.number) {
            if gone || self.cells.get(&place).is_some_and(|entry| entry.expires <= now) {
                self.remove_one(place, &mut removed);
            }
        }
        if gone {
            removed.mailboxes = 1;
            self.set_mailbox(record.number, None);
        } else if removed.cells > 0 {
            let cells = record.cells.saturating_sub(u32::try_from(removed.cells).unwrap_or(u32::MAX));
            let cell_bytes = record.cell_bytes.saturating_sub(removed.cell_bytes);
            self.set_mailbox(record.number, Some(MailboxRecord { cells, cell_bytes, ..record }));
        }
        removed
    }
}

impl MailboxStore for MemoryStore {
    fn by_send(&mut self, send: &SendId) -> Result<Option<MailboxRecord>, StoreError> {
        Ok(self.by_send.get(send).and_then(|number| self.mailboxes.get(number)).copied())
    }

    fn by_receive(&mut self, receive: &ReceiveId) -> Result<Option<MailboxRecord>, StoreError> {
        Ok(self.by_receive.get(receive).and_then(|number| self.mailboxes.get(number)).copied())
    }

    fn create(&mut self, mailbox: &NewMailbox) -> Result<MailboxRecord, StoreError> {
        self.change()?;
        if self.by_send.contains_key(&mailbox.send) || self.by_receive.contains_key(&mailbox.receive) {
            return Err(StoreError("a capability is in use".into()));
        }
        self.last_number = self.last_number.saturating_add(1);
        let record = MailboxRecord {
            number: MailboxNumber(self.last_number),
            send: mailbox.send,
            receive: mailbox.receive,
            quota_cells: mailbox.quota_cells,
            lifetime_ms: mailbox.lifetime_ms,
            expires: mailbox.expires,
            cells: 0,
            cell_bytes: 0,
            next_sequence: mailbox.first_sequence,
        };
        self.set_mailbox(record.number, Some(record));
        Ok(record)
    }

    fn update(&mut self, record: &MailboxRecord) -> Result<(), StoreError> {
        self.change()?;
        if self.mailboxes.contains_key(&record.number) {
            self.set_mailbox(record.number, Some(*record));
        }
        Ok(())
    }

    fn delete(&mut self, number: MailboxNumber) -> Result<(), StoreError> {
        self.change()?;
        for place in self.places(number) {
            self.set_cell(place, None);
        }
        self.set_mailbox(number, None);
        Ok(())
    }

    fn append(&mut self, cell: &NewCell) -> Result<bool, StoreError> {
        self.change()?;
        if self.names.contains_key(&(cell.mailbox, cell.cell_id)) {
            return Ok(false);
        }
        let entry = Entry { cell_id: cell.cell_id, expires: cell.expires, cell: cell.cell.clone() };
        self.set_cell((cell.mailbox, cell.sequence), Some(entry));
        Ok(true)
    }

    fn read(
        &mut self,
        number: MailboxNumber,
        now: UnixMillis,
        bytes_max: usize,
    ) -> Result<(Vec<StoredCell>, bool), StoreError> {
        let (mut cells, mut bytes) = (Vec::new(), 0usize);
        let all = self.cells.range((number, 0)..=(number, u64::MAX));
        for ((_, sequence), entry) in all.filter(|(_, entry)| entry.expires > now) {
            bytes = bytes.saturating_add(entry.cell.as_bytes().len());
            if bytes > bytes_max && !cells.is_empty() {
                return Ok((cells, true));
            }
            cells.push(StoredCell { sequence: *sequence, cell: entry.cell.clone() });
        }
        Ok((cells, false))
    }

    fn holds(&mut self, number: MailboxNumber, cell_id: &CellId) -> Result<bool, StoreError> {
        Ok(self.names.contains_key(&(number, *cell_id)))
    }

    fn remove(&mut self, number: MailboxNumber, sequences: &[u64]) -> Result<Totals, StoreError> {
        self.change()?;
        let mut removed = Totals::default();
        for sequence in sequences {
            self.remove_one((number, *sequence), &mut removed);
        }
        Ok(removed)
    }

    fn expire(&mut self, now: UnixMillis, mailboxes: u32) -> Result<Totals, StoreError> {
        self.change()?;
        let limit = usize::try_from(mailboxes).unwrap_or(usize::MAX);
        let from = MailboxNumber(self.sweep_from);
        let next: Vec<MailboxRecord> = self.mailboxes.range(from..).take(limit).map(|(_, record)| *record).collect();
        self.sweep_from = match next.last() {
            Some(last) if next.len() == limit => last.number.0.saturating_add(1),
            _ => 0,
        };
        let mut removed = Totals::default();
        for record in next {
            let one = self.expire_one(record, now);
            removed.mailboxes = removed.mailboxes.saturating_add(one.mailboxes);
            removed.cells = removed.cells.saturating_add(one.cells);
            removed.cell_bytes = removed.cell_bytes.saturating_add(one.cell_bytes);
        }
        Ok(removed)
    }

    fn totals(&mut self) -> Result<Totals, StoreError> {
        let cell_bytes = self.cells.values().map(|entry| entry.cell.as_bytes().len() as u64).sum();
        Ok(Totals { mailboxes: self.mailboxes.len() as u64, cells: self.cells.len() as u64, cell_bytes })
    }

    fn spare_bytes(&mut self) -> Result<u64, StoreError> {
        Ok(0)
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        if let Some(left) = self.commits_to_fail.checked_sub(1) {
            self.commits_to_fail = left;
            return Err(StoreError("no space left on device (injected)".into()));
        }
        self.undo.clear();
        Ok(())
    }

    fn rollback(&mut self) -> Result<(), StoreError> {
        self.undo_all();
        self.alone = false;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::store_suite!(MemoryStore::new(), MemoryStore::crash);
}
