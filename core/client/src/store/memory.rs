//! A client store in memory, for tests and simulation. Its disk outlives the store: drop the store in the middle of
//! anything and open the disk again, as after a power cut. Commits can be made to fail either way a disk fails: with
//! nothing written, or with everything written and nobody told. Never part of a running program.

use super::{MessageRow, Record, Store, Table, Transaction};
use crate::view::{ContactId, MessageId};
use openmls_memory_storage::MemoryStorage;
use std::{
    cell::OnceCell,
    collections::{BTreeMap, HashMap},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, RwLock,
        atomic::{AtomicUsize, Ordering},
    },
};

/// What can go wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the disk failed (injected): {0}")]
pub struct MemoryError(&'static str);

/// How the next commit fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommitFault {
    /// Nothing was written.
    Lost,
    /// Everything was written, and the answer got lost.
    Kept,
    /// Nothing was written, and it is said that everything was. No client can bear such a disk: it is for tests of
    /// what should notice.
    Denied,
}

/// What is durable. Clones are the same disk.
#[derive(Clone, Debug, Default)]
pub struct MemoryDisk(Arc<Mutex<Disk>>);

#[derive(Debug, Default)]
struct Disk {
    records: BTreeMap<(Table, Vec<u8>), Vec<u8>>,
    messages: BTreeMap<(ContactId, MessageId), MessageRow>,
    mls: HashMap<Vec<u8>, Vec<u8>>,
    fault: Option<CommitFault>,
    read: AtomicUsize,
}

impl MemoryDisk {
    /// An empty disk.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The next commit fails in this way.
    pub fn fail_next_commit(&self, fault: CommitFault) {
        self.lock().fault = Some(fault);
    }

    /// Takes the wish back, if no commit has failed of it yet.
    pub fn work_again(&self) {
        self.lock().fault = None;
    }

    /// Rows that scans have given so far.
    #[must_use]
    pub fn rows_read(&self) -> usize {
        self.lock().read.load(Ordering::Relaxed)
    }

    fn lock(&self) -> MutexGuard<'_, Disk> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The store.
#[derive(Debug)]
pub struct MemoryStore {
    disk: MemoryDisk,
}

impl MemoryStore {
    /// Opens what is on `disk`.
    #[must_use]
    pub fn open(disk: &MemoryDisk) -> Self {
        Self { disk: disk.clone() }
    }
}

impl Store for MemoryStore {
    type Error = MemoryError;
    type Transaction<'a> = MemoryTransaction<'a>;

    fn begin(&mut self) -> Result<MemoryTransaction<'_>, MemoryError> {
        Ok(MemoryTransaction {
            disk: self.disk.lock(),
            mls: OnceCell::new(),
            records: BTreeMap::new(),
            messages: BTreeMap::new(),
        })
    }
}

/// A transaction: what it writes lies over the disk until the commit.
pub struct MemoryTransaction<'a> {
    disk: MutexGuard<'a, Disk>,
    mls: OnceCell<MemoryStorage>,
    records: BTreeMap<(Table, Vec<u8>), Option<Vec<u8>>>,
    messages: BTreeMap<(ContactId, MessageId), Option<MessageRow>>,
}

impl MemoryTransaction<'_> {
    fn rows(&self, wanted: impl Fn(&MessageRow) -> bool) -> Vec<MessageRow> {
        let kept = self.disk.messages.iter().filter(|(key, _)| !self.messages.contains_key(key)).map(|(_, row)| row);
        let written = self.messages.values().flatten();
        kept.chain(written).filter(|row| wanted(row)).cloned().collect()
    }

    fn records_from(&self, table: Table, from: &[u8], wanted: impl Fn(&[u8]) -> bool, limit: usize) -> Vec<Record> {
        let from = (table, from.to_vec());
        let matches = |key: &(Table, Vec<u8>)| key.0 == table && wanted(&key.1);
        let mut found: BTreeMap<Vec<u8>, Vec<u8>> = BTreeMap::new();
        for (key, value) in self.disk.records.range(from.clone()..).take_while(|(key, _)| matches(key)) {
            found.insert(key.1.clone(), value.clone());
        }
        for (key, value) in self.records.range(from..).take_while(|(key, _)| matches(key)) {
            match value {
                Some(value) => found.insert(key.1.clone(), value.clone()),
                None => found.remove(&key.1),
            };
        }
        let found: Vec<Record> = found.into_iter().take(limit).collect();
        self.disk.read.fetch_add(found.len(), Ordering::Relaxed);
        found
    }

    fn write(self) {
        let Self { mut disk, mls, records, messages } = self;
        for (key, value) in records {
            match value {
                Some(value) => disk.records.insert(key, value),
                None => disk.records.remove(&key),
            };
        }
        for (key, row) in messages {
            match row {
                Some(row) => disk.messages.insert(key, row),
                None => disk.messages.remove(&key),
            };
        }
        if let Some(storage) = mls.into_inner() {
            disk.mls = storage.values.into_inner().unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Transaction for MemoryTransaction<'_> {
    type Error = MemoryError;
    type Mls = MemoryStorage;

    fn mls(&self) -> &MemoryStorage {
        self.mls.get_or_init(|| MemoryStorage { values: RwLock::new(self.disk.mls.clone()) })
    }

    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, MemoryError> {
        let key = (table, key.to_vec());
        Ok(match self.records.get(&key) {
            Some(written) => written.clone(),
            None => self.disk.records.get(&key).cloned(),
        })
    }

    fn put(&mut self, table: Table, key: &[u8], value: &[u8]) -> Result<(), MemoryError> {
        self.records.insert((table, key.to_vec()), Some(value.to_vec()));
        Ok(())
    }

    fn delete(&mut self, table: Table, key: &[u8]) -> Result<(), MemoryError> {
        self.records.insert((table, key.to_vec()), None);
        Ok(())
    }

    fn scan(&self, table: Table, prefix: &[u8], limit: usize) -> Result<Vec<Record>, MemoryError> {
        Ok(self.records_from(table, prefix, |key| key.starts_with(prefix), limit))
    }

    fn scan_from(&self, table: Table, from: &[u8], limit: usize) -> Result<Vec<Record>, MemoryError> {
        Ok(self.records_from(table, from, |_| true, limit))
    }

    fn put_message(&mut self, row: &MessageRow) -> Result<(), MemoryError> {
        self.messages.insert((row.conversation, row.id), Some(row.clone()));
        Ok(())
    }

    fn message(&self, conversation: ContactId, id: MessageId) -> Result<Option<MessageRow>, MemoryError> {
        Ok(match self.messages.get(&(conversation, id)) {
            Some(written) => written.clone(),
            None => self.disk.messages.get(&(conversation, id)).cloned(),
        })
    }

    fn messages(&self, conversation: ContactId, before: u64, limit: usize) -> Result<Vec<MessageRow>, MemoryError> {
        let mut rows = self.rows(|row| row.conversation == conversation && row.order < before);
        rows.sort_by_key(|row| row.order);
        let skip = rows.len().saturating_sub(limit);
        Ok(rows.split_off(skip))
    }

    fn messages_by_sequence(
        &self,
        conversation: ContactId,
        mine: bool,
        first: u64,
        last: u64,
    ) -> Result<Vec<MessageRow>, MemoryError> {
        let wanted = |row: &MessageRow| {
            row.conversation == conversation && row.mine == mine && (first..=last).contains(&row.sequence)
        };
        let mut rows = self.rows(wanted);
        rows.sort_by_key(|row| row.sequence);
        Ok(rows)
    }

    fn unread(&self, conversation: ContactId, after: u64) -> Result<u64, MemoryError> {
        let rows = self.rows(|row| row.conversation == conversation && !row.mine && row.order > after);
        Ok(u64::try_from(rows.len()).unwrap_or(u64::MAX))
    }

    fn search(&self, query: &str, limit: usize) -> Result<Vec<MessageRow>, MemoryError> {
        let asked = words(query);
        let Some((beginning, whole)) = asked.split_last() else { return Ok(Vec::new()) };
        let mut rows = self.rows(|row| {
            let there = words(&row.text);
            whole.iter().all(|word| there.contains(word))
                && there.iter().any(|word| word.starts_with(beginning.as_str()))
        });
        rows.sort_by_key(|row| std::cmp::Reverse((row.at, row.order)));
        rows.truncate(limit);
        Ok(rows)
    }

    fn delete_messages(&mut self, conversation: ContactId) -> Result<(), MemoryError> {
        for row in self.rows(|row| row.conversation == conversation) {
            self.messages.insert((conversation, row.id), None);
        }
        Ok(())
    }

    fn commit(mut self) -> Result<(), MemoryError> {
        match self.disk.fault.take() {
            None => {
                self.write();
                Ok(())
            }
            Some(CommitFault::Denied) => Ok(()),
            Some(CommitFault::Lost) => Err(MemoryError("nothing was written")),
            Some(CommitFault::Kept) => {
                self.write();
                Err(MemoryError("it is not known what was written"))
            }
        }
    }
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::client_store_suite!({
        let disk = MemoryDisk::new();
        move || MemoryStore::open(&disk)
    });

    #[test]
    fn a_commit_that_fails_is_lost_or_kept_as_a_whole() {
        for (fault, expected) in [(CommitFault::Lost, None), (CommitFault::Kept, Some(b"v".to_vec()))] {
            let disk = MemoryDisk::new();
            let mut store = MemoryStore::open(&disk);
            disk.fail_next_commit(fault);
            let mut tx = store.begin().unwrap();
            tx.put(Table::Profile, b"k", b"v").unwrap();
            assert!(tx.commit().is_err());
            let mut again = MemoryStore::open(&disk);
            assert_eq!(again.begin().unwrap().get(Table::Profile, b"k").unwrap(), expected);
        }
    }
}
