//! The suite of every mailbox store on SQLite, with power cuts made by copying the files, and what is SQLite's own.

use super::*;
use mailbox::frame::{Ack, AckMailbox, Create, Deposit, Fetch, Mode, RequestFrame};
use mailbox::limits::{Limits, Source};
use mailbox::relay::{RelayCore, Ticket};
use mailbox::{ReceiveCapability, Refusal, Request, Response, SendCapability};
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
    fn spare_bytes(&mut self) -> Result<u64, StoreError> {
        self.store.spare_bytes()
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

fn ask(core: &mut RelayCore<RelayStore>, ticket: u64, request: Request) {
    let frame = RequestFrame { at: UnixMillis(1), request };
    core.handle_request(Ticket(ticket), Source([1; 16]), frame, UnixMillis(1));
}

fn replies(core: &mut RelayCore<RelayStore>) -> Vec<Response> {
    core.commit(UnixMillis(1)).ok();
    std::iter::from_fn(|| core.poll_reply()).map(|(_, response)| response).collect()
}

fn deposit(id: u16) -> Request {
    let mut cell_id = [0; 16];
    cell_id[..2].copy_from_slice(&id.to_le_bytes());
    let cell = Cell::new(vec![7; 16_384]).unwrap();
    let send = SendCapability(wire::Secret32([1; 32]));
    Request::Deposit(Deposit { send, cell_id: CellId(cell_id), cell, stamp: None })
}

/// MBX-31: SQLite ends the transaction by itself when the disk is full in the middle of a batch.
#[test]
fn a_disk_that_fills_up_in_the_middle_of_a_batch_keeps_nothing_of_it() {
    let InFolder { store, folder } = open();
    let limits = Limits { free_quota_cells: 4_096, ..Limits::default() };
    let mut core = RelayCore::new(store, limits, UnixMillis(1)).unwrap();
    let receive = ReceiveCapability(wire::Secret32([2; 32]));
    let create = Create {
        send: SendCapability(wire::Secret32([1; 32])),
        receive: receive.clone(),
        quota_cells: 4_096,
        lifetime_ms: 1_000_000,
        mode: Mode::Queue,
        stamp: None,
    };
    ask(&mut core, 0, Request::Create(create));
    ask(&mut core, 1, deposit(1));
    assert!(matches!(replies(&mut core)[..], [Response::Created { .. }, Response::Deposited { duplicate: false }]));
    let kept = core.totals();
    let store = core.into_store();
    let pages: i64 = store.connection.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    store.connection.pragma_update(None, "max_page_count", pages + 20).unwrap();
    let mut core = RelayCore::new(store, limits, UnixMillis(1)).unwrap();
    for id in 2..40 {
        ask(&mut core, u64::from(id), deposit(id));
    }
    let failed = Response::Refused(Refusal::StoreFailed);
    assert_eq!(replies(&mut core), vec![failed; 38]);
    assert_eq!(core.totals(), kept);
    ask(&mut core, 50, Request::Fetch(Fetch { receive: vec![receive.clone()], wait_ms: 0 }));
    let [Response::Fetched(fetched)] = &replies(&mut core)[..] else { panic!() };
    let sequences: Vec<u64> = fetched.mailboxes[0].cells.iter().map(|one| one.sequence).collect();
    assert_eq!(sequences.len(), 1, "refused cells are there");
    let ack = Ack { mailboxes: vec![AckMailbox { receive, sequences }] };
    ask(&mut core, 51, Request::Ack(ack));
    assert_eq!(replies(&mut core), [Response::Acked { deleted: 1 }], "deleting goes on");
    ask(&mut core, 52, deposit(2));
    assert_eq!(replies(&mut core), [Response::Deposited { duplicate: false }], "and so does what has room again");
    let mut store = crash(InFolder { store: core.into_store(), folder });
    assert_eq!(store.totals().unwrap(), kept);
}

#[test]
fn deleted_cells_leave_room_inside_the_store() {
    let mut store = open();
    let new = NewMailbox {
        send: SendId([1; 32]),
        receive: ReceiveId([2; 32]),
        quota_cells: 100,
        lifetime_ms: 1,
        expires: UnixMillis(9),
        first_sequence: 5,
    };
    let mailbox = store.create(&new).unwrap().number;
    for sequence in 5..25 {
        let (cell_id, cell) = (CellId([u8::try_from(sequence).unwrap(); 16]), Cell::new(vec![1; 16_384]).unwrap());
        store.append(&NewCell { mailbox, sequence, cell_id, expires: UnixMillis(9), cell }).unwrap();
    }
    store.commit().unwrap();
    assert_eq!(store.spare_bytes().unwrap(), 0);
    let removed = store.remove(mailbox, &[1, 2, 5, 6, 7, 9, 20, 21, 22, 23, 24, 25, 900]).unwrap();
    assert_eq!(removed, Totals { mailboxes: 0, cells: 9, cell_bytes: 9 * 16_384 });
    store.commit().unwrap();
    assert!(store.spare_bytes().unwrap() >= 9 * 16_384);
}

#[cfg(unix)]
#[test]
fn the_files_are_readable_by_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let mut store = open();
    store.commit().unwrap();
    for entry in std::fs::read_dir(&store.folder.0).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
    let InFolder { store, folder } = store;
    drop(store);
    let path = folder.0.join("mailboxes.db");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    drop(RelayStore::open(&path).unwrap());
    assert_eq!(mode(&path), 0o600, "an older program's file");
    std::fs::set_permissions(&folder.0, std::fs::Permissions::from_mode(0o777)).unwrap();
    assert!(RelayStore::open(&path).unwrap_err().to_string().contains("chmod o-w"));
}

#[test]
fn commits_are_synced_in_full() {
    let store = open().store;
    let full: i64 = store.connection.query_row("PRAGMA synchronous", [], |row| row.get(0)).unwrap();
    let mode: String = store.connection.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
    assert_eq!((full, mode.as_str()), (2, "wal"));
}
