//! What every [`MailboxStore`] must do; [`store_suite!`](crate::store_suite) makes a test of each part. Every
//! function takes an empty store and a way to crash one: all that was not committed is lost, and it is opened again.

#![allow(clippy::unwrap_used, clippy::missing_panics_doc, reason = "tests: a failure is a panic")]

use crate::memory::MemoryStore;
use crate::store::{MailboxNumber, MailboxRecord, MailboxStore, NewCell, NewMailbox, Totals};
use crate::{Cell, CellId, ReceiveId, SendId};
use wire::UnixMillis;

/// Makes a test of each part of the suite: `store_suite!(open, crash)`, where `open` is an expression that gives an
/// empty store and `crash` a function from a store to what is left of it after a crash.
#[macro_export]
macro_rules! store_suite {
    ($open:expr, $crash:expr) => {
        $crate::store_suite!(@ $open, $crash,
            what_is_committed_survives_a_crash_and_nothing_else,
            a_rollback_forgets_the_batch_only,
            a_number_of_a_mailbox_that_was_rolled_back_is_not_used_again,
            a_cell_id_is_stored_once_per_mailbox,
            cells_are_read_in_order_within_the_bound,
            removed_cells_are_gone_and_counted,
            a_deleted_mailbox_leaves_nothing_and_its_number_is_not_reused,
            expired_mailboxes_and_cells_are_swept,
            random_work_agrees_with_the_model);
    };
    (@ $open:expr, $crash:expr, $($name:ident),+) => {
        $(#[test]
        fn $name() {
            $crate::suite::$name($open, $crash);
        })+
    };
}

const FAR: UnixMillis = UnixMillis(1_000_000_000);

fn new_mailbox(name: u8, expires: UnixMillis) -> NewMailbox {
    NewMailbox {
        send: SendId([name; 32]),
        receive: ReceiveId([name ^ 0xff; 32]),
        quota_cells: 100,
        lifetime_ms: 1_000,
        expires,
        first_sequence: 1,
    }
}

fn cell(mailbox: MailboxNumber, sequence: u64, name: u8, large: bool) -> NewCell {
    let bytes = if large { crate::cell::LARGE_CELL_BYTES } else { crate::cell::SMALL_CELL_BYTES };
    let cell = Cell::new(vec![name; bytes]).unwrap();
    NewCell { mailbox, sequence, cell_id: CellId([name; 16]), expires: UnixMillis(sequence.saturating_mul(10)), cell }
}

/// Adds a cell as the relay does: the cell, then the mailbox's counts.
fn deposit<S: MailboxStore>(store: &mut S, record: &mut MailboxRecord, name: u8, large: bool) -> bool {
    let cell = cell(record.number, record.next_sequence, name, large);
    if !store.append(&cell).unwrap() {
        return false;
    }
    record.next_sequence = record.next_sequence.saturating_add(1);
    record.cells = record.cells.saturating_add(1);
    record.cell_bytes = record.cell_bytes.saturating_add(cell.cell.as_bytes().len() as u64);
    store.update(record).unwrap();
    true
}

fn sequences<S: MailboxStore>(store: &mut S, number: MailboxNumber) -> Vec<u64> {
    store.read(number, UnixMillis(0), usize::MAX).unwrap().0.iter().map(|one| one.sequence).collect()
}

/// MBX-31
pub fn what_is_committed_survives_a_crash_and_nothing_else<S: MailboxStore>(mut store: S, crash: impl Fn(S) -> S) {
    let mut kept = store.create(&new_mailbox(1, FAR)).unwrap();
    assert!(deposit(&mut store, &mut kept, 1, false));
    store.commit().unwrap();
    let before = kept;
    assert!(deposit(&mut store, &mut kept, 2, true));
    let lost = store.create(&new_mailbox(2, FAR)).unwrap();
    store.remove(kept.number, &[1]).unwrap();
    let mut store = crash(store);
    assert_eq!(store.by_send(&before.send).unwrap(), Some(before));
    assert_eq!(store.by_receive(&lost.receive).unwrap(), None);
    assert_eq!(sequences(&mut store, kept.number), [1]);
    assert_eq!(store.totals().unwrap(), Totals { mailboxes: 1, cells: 1, cell_bytes: 2048 });
}

/// MBX-31
pub fn a_rollback_forgets_the_batch_only<S: MailboxStore>(mut store: S, _crash: impl Fn(S) -> S) {
    let mut record = store.create(&new_mailbox(1, FAR)).unwrap();
    store.commit().unwrap();
    assert!(deposit(&mut store, &mut record, 1, false));
    store.rollback().unwrap();
    assert_eq!(sequences(&mut store, record.number), [0u64; 0]);
    let mut record = store.by_send(&record.send).unwrap().unwrap();
    assert_eq!((record.cells, record.next_sequence), (0, 1));
    assert!(deposit(&mut store, &mut record, 1, false));
    store.commit().unwrap();
    assert_eq!(sequences(&mut store, record.number), [1]);
}

/// MBX-17
pub fn a_number_of_a_mailbox_that_was_rolled_back_is_not_used_again<S: MailboxStore>(
    mut store: S,
    _crash: impl Fn(S) -> S,
) {
    let lost = store.create(&new_mailbox(1, FAR)).unwrap();
    store.rollback().unwrap();
    let next = store.create(&NewMailbox { first_sequence: 77, ..new_mailbox(2, FAR) }).unwrap();
    assert_ne!(next.number, lost.number);
    assert_eq!(next.next_sequence, 77);
    store.commit().unwrap();
    assert_eq!(store.by_send(&next.send).unwrap(), Some(next));
}

/// MBX-22
pub fn a_cell_id_is_stored_once_per_mailbox<S: MailboxStore>(mut store: S, crash: impl Fn(S) -> S) {
    let mut one = store.create(&new_mailbox(1, FAR)).unwrap();
    let mut two = store.create(&new_mailbox(2, FAR)).unwrap();
    assert!(deposit(&mut store, &mut one, 1, false));
    assert!(!deposit(&mut store, &mut one, 1, false), "twice in a batch");
    assert!(deposit(&mut store, &mut two, 1, false), "another mailbox");
    store.commit().unwrap();
    let mut store = crash(store);
    assert!(!deposit(&mut store, &mut one, 1, false), "after a crash");
    assert!(store.holds(one.number, &CellId([1; 16])).unwrap());
    assert!(!store.holds(one.number, &CellId([2; 16])).unwrap());
    assert_eq!(store.totals().unwrap().cells, 2);
}

/// MBX-24
pub fn cells_are_read_in_order_within_the_bound<S: MailboxStore>(mut store: S, _crash: impl Fn(S) -> S) {
    let mut record = store.create(&new_mailbox(1, FAR)).unwrap();
    let mut other = store.create(&new_mailbox(2, FAR)).unwrap();
    for name in 1..=5 {
        assert!(deposit(&mut store, &mut record, name, name == 3));
        assert!(deposit(&mut store, &mut other, name, false));
    }
    store.commit().unwrap();
    let (cells, more) = store.read(record.number, UnixMillis(0), 4_100).unwrap();
    assert_eq!(cells.iter().map(|one| one.sequence).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(cells.iter().map(|one| one.cell.as_bytes().first().copied()).collect::<Vec<_>>(), [Some(1), Some(2)]);
    assert!(more);
    let (cells, more) = store.read(record.number, UnixMillis(20), 1).unwrap();
    assert_eq!(
        cells.iter().map(|one| one.sequence).collect::<Vec<_>>(),
        [3],
        "the first living one, whatever its size"
    );
    assert!(more);
    let (cells, more) = store.read(record.number, UnixMillis(40), usize::MAX).unwrap();
    assert_eq!(cells.iter().map(|one| one.sequence).collect::<Vec<_>>(), [5]);
    assert!(!more);
}

/// MBX-25
pub fn removed_cells_are_gone_and_counted<S: MailboxStore>(mut store: S, crash: impl Fn(S) -> S) {
    let mut record = store.create(&new_mailbox(1, FAR)).unwrap();
    for name in 1..=4 {
        assert!(deposit(&mut store, &mut record, name, name == 2));
    }
    store.commit().unwrap();
    let removed = store.remove(record.number, &[2, 4, 99]).unwrap();
    assert_eq!(removed, Totals { mailboxes: 0, cells: 2, cell_bytes: 16_384 + 2_048 });
    assert_eq!(store.remove(record.number, &[2]).unwrap(), Totals::default());
    assert_eq!(store.remove(record.number, &[]).unwrap(), Totals::default());
    store.commit().unwrap();
    let mut store = crash(store);
    assert_eq!(sequences(&mut store, record.number), [1, 3]);
}

/// MBX-15
pub fn a_deleted_mailbox_leaves_nothing_and_its_number_is_not_reused<S: MailboxStore>(
    mut store: S,
    crash: impl Fn(S) -> S,
) {
    let mut record = store.create(&new_mailbox(1, FAR)).unwrap();
    assert!(deposit(&mut store, &mut record, 1, true));
    store.commit().unwrap();
    store.delete(record.number).unwrap();
    store.commit().unwrap();
    let mut store = crash(store);
    assert_eq!(store.totals().unwrap(), Totals::default());
    assert_eq!(store.by_send(&record.send).unwrap(), None);
    let again = store.create(&new_mailbox(1, FAR)).unwrap();
    assert_ne!(again.number, record.number);
    assert_eq!(sequences(&mut store, again.number), [0u64; 0]);
}

/// MBX-16
pub fn expired_mailboxes_and_cells_are_swept<S: MailboxStore>(mut store: S, crash: impl Fn(S) -> S) {
    let mut kept = store.create(&new_mailbox(1, FAR)).unwrap();
    let mut gone = store.create(&new_mailbox(2, UnixMillis(25))).unwrap();
    for name in 1..=3 {
        assert!(deposit(&mut store, &mut kept, name, false));
        assert!(deposit(&mut store, &mut gone, name, false));
    }
    store.commit().unwrap();
    // Two calls of one mailbox each, in turn.
    let mut removed = Totals::default();
    for _ in 0..3 {
        let one = store.expire(UnixMillis(25), 1).unwrap();
        removed.mailboxes = removed.mailboxes.saturating_add(one.mailboxes);
        removed.cells = removed.cells.saturating_add(one.cells);
        removed.cell_bytes = removed.cell_bytes.saturating_add(one.cell_bytes);
    }
    assert_eq!(removed, Totals { mailboxes: 1, cells: 5, cell_bytes: 5 * 2048 });
    store.commit().unwrap();
    let mut store = crash(store);
    assert_eq!(store.by_send(&gone.send).unwrap(), None);
    let left = store.by_send(&kept.send).unwrap().unwrap();
    assert_eq!((left.cells, left.cell_bytes, left.next_sequence), (1, 2048, 4));
    assert_eq!(sequences(&mut store, kept.number), [3]);
    assert_eq!(store.totals().unwrap(), Totals { mailboxes: 1, cells: 1, cell_bytes: 2048 });
}

/// 3,000 random operations with crashes, rollbacks and commits, against the store in memory.
pub fn random_work_agrees_with_the_model<S: MailboxStore>(mut store: S, crash: impl Fn(S) -> S) {
    let mut model = MemoryStore::new();
    let mut random = Xorshift(0x9e37_79b9_7f4a_7c15);
    for step in 0..3_000u32 {
        let name = u8::try_from(random.below(5)).unwrap();
        let send = SendId([name; 32]);
        let found = model.by_send(&send).unwrap();
        assert_eq!(store.by_send(&send).unwrap().map(strip), found.map(strip), "step {step}");
        let other = store.by_send(&send).unwrap();
        match (random.below(12), found, other) {
            (0..=5, Some(mut record), Some(mut twin)) => {
                let (id, large) = (u8::try_from(random.below(40)).unwrap(), random.below(8) == 0);
                let stored = deposit(&mut model, &mut record, id, large);
                assert_eq!(deposit(&mut store, &mut twin, id, large), stored, "step {step}");
            }
            (0..=5, ..) => {
                model.create(&new_mailbox(name, FAR)).unwrap();
                store.create(&new_mailbox(name, FAR)).unwrap();
            }
            (6, Some(record), Some(twin)) => {
                let first = sequences(&mut model, record.number).into_iter().take(3).collect::<Vec<_>>();
                let removed = model.remove(record.number, &first).unwrap();
                assert_eq!(store.remove(twin.number, &first).unwrap(), removed, "step {step}");
                for (which, one) in [(&mut model as &mut dyn MailboxStore, record), (&mut store, twin)] {
                    let cells = one.cells.saturating_sub(u32::try_from(removed.cells).unwrap());
                    let cell_bytes = one.cell_bytes.saturating_sub(removed.cell_bytes);
                    which.update(&MailboxRecord { cells, cell_bytes, ..one }).unwrap();
                }
            }
            (7, Some(record), Some(twin)) if random.below(4) == 0 => {
                model.delete(record.number).unwrap();
                store.delete(twin.number).unwrap();
            }
            (8, ..) => {
                model.rollback().unwrap();
                store.rollback().unwrap();
            }
            (9, ..) if random.below(10) == 0 => {
                model = model.crash();
                store = crash(store);
            }
            _ => {
                model.commit().unwrap();
                store.commit().unwrap();
            }
        }
        assert_eq!(store.totals().unwrap(), model.totals().unwrap(), "step {step}");
    }
}

/// A record without its number: two stores may count differently.
fn strip(record: MailboxRecord) -> MailboxRecord {
    MailboxRecord { number: MailboxNumber(0), ..record }
}

/// Marsaglia's generator: the suite must not depend on a crate for tests.
struct Xorshift(u64);

impl Xorshift {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.checked_rem(bound).unwrap_or(0)
    }
}
