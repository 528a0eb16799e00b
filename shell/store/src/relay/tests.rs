//! The suite of every mailbox store on SQLite, with power cuts made by copying the files, and what is SQLite's own.

use super::*;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("relay-store-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

/// A store with its folder, so that the suite can crash it.
struct InFolder {
    store: RelayStore,
    folder: Folder,
}

fn open() -> InFolder {
    let folder = Folder::new();
    InFolder { store: RelayStore::open(&folder.0.join("mailboxes.db")).unwrap(), folder }
}

/// What a power cut leaves: the files as they are at this moment, without the goodbye of the process.
fn crash(before: InFolder) -> InFolder {
    let after = Folder::new();
    for entry in std::fs::read_dir(&before.folder.0).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), after.0.join(entry.file_name())).unwrap();
    }
    InFolder { store: RelayStore::open(&after.0.join("mailboxes.db")).unwrap(), folder: after }
}

impl MailboxStore for InFolder {
    fn by_send(&mut self, send: &SendId) -> Result<Option<MailboxRecord>, StoreError> {
        self.store.by_send(send)
    }
    fn by_receive(&mut self, receive: &ReceiveId) -> Result<Option<MailboxRecord>, StoreError> {
        self.store.by_receive(receive)
    }
    fn create(&mut self, mailbox: &NewMailbox) -> Result<MailboxRecord, StoreError> {
        self.store.create(mailbox)
    }
    fn update(&mut self, record: &MailboxRecord) -> Result<(), StoreError> {
        self.store.update(record)
    }
    fn delete(&mut self, number: MailboxNumber) -> Result<(), StoreError> {
        self.store.delete(number)
    }
    fn append(&mut self, cell: &NewCell) -> Result<bool, StoreError> {
        self.store.append(cell)
    }
    fn read(
        &mut self,
        number: MailboxNumber,
        now: UnixMillis,
        max: usize,
    ) -> Result<(Vec<StoredCell>, bool), StoreError> {
        self.store.read(number, now, max)
    }
    fn holds(&mut self, number: MailboxNumber, cell_id: &CellId) -> Result<bool, StoreError> {
        self.store.holds(number, cell_id)
    }
    fn remove(&mut self, number: MailboxNumber, sequences: &[u64]) -> Result<Totals, StoreError> {
        self.store.remove(number, sequences)
    }
    fn expire(&mut self, now: UnixMillis, mailboxes: u32) -> Result<Totals, StoreError> {
        self.store.expire(now, mailboxes)
    }
    fn totals(&mut self) -> Result<Totals, StoreError> {
        self.store.totals()
    }
    fn commit(&mut self) -> Result<(), StoreError> {
        self.store.commit()
    }
    fn rollback(&mut self) -> Result<(), StoreError> {
        self.store.rollback()
    }
}

mailbox::store_suite!(open(), crash);

#[test]
fn a_second_process_can_not_open_the_same_store() {
    let first = open();
    let error = RelayStore::open(&first.folder.0.join("mailboxes.db")).unwrap_err();
    assert!(error.to_string().contains("locked"), "{error}");
}

#[test]
fn a_store_of_a_newer_program_is_refused_with_advice() {
    let folder = Folder::new();
    let path = folder.0.join("mailboxes.db");
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 2).unwrap();
    assert!(RelayStore::open(&path).unwrap_err().to_string().contains("update"));
}

#[test]
fn commits_are_synced_in_full() {
    let store = open().store;
    let full: i64 = store.connection.query_row("PRAGMA synchronous", [], |row| row.get(0)).unwrap();
    let mode: String = store.connection.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
    assert_eq!((full, mode.as_str()), (2, "wal"));
}
