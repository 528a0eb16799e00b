//! What the SQLite store promises beyond the suite of all stores.

use super::*;
use client::{
    store::{MessageRow, Store as _, Table, Transaction as _},
    view::{ContactId, MessageId, MessageKind, MessageState},
};
use std::fs;
use wire::UnixMillis;

fn open(folder: &tempfile::TempDir) -> PeopleStore {
    PeopleStore::open(&folder.path().join("profile.db"), &Secret32([1; 32])).unwrap()
}

mod suite {
    use super::*;

    client::client_store_suite!({
        let folder = tempfile::tempdir().unwrap();
        move || open(&folder)
    });
}

fn message(id: u8, text: &str) -> MessageRow {
    MessageRow {
        id: MessageId([id; 16]),
        conversation: ContactId([7; 16]),
        order: u64::from(id),
        mine: false,
        at: UnixMillis(u64::from(id) * 1000),
        state: MessageState::Received,
        kind: MessageKind::Text,
        text: text.to_owned(),
        reply_to: None,
        payment: Vec::new(),
        sequence: u64::from(id),
    }
}

#[test]
fn what_was_committed_is_there_after_opening_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(&folder);
    let mut transaction = store.begin().unwrap();
    transaction.put(Table::Contact, b"a", b"1").unwrap();
    transaction.put_message(&message(1, "hello")).unwrap();
    transaction.commit().unwrap();
    drop(store);
    let mut store = open(&folder);
    let transaction = store.begin().unwrap();
    assert_eq!(transaction.get(Table::Contact, b"a").unwrap().unwrap(), b"1");
    assert_eq!(transaction.message(ContactId([7; 16]), MessageId([1; 16])).unwrap().unwrap(), message(1, "hello"));
}

#[test]
fn what_was_not_committed_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(&folder);
    store.begin().unwrap().put(Table::Contact, b"a", b"1").unwrap();
    assert_eq!(store.begin().unwrap().get(Table::Contact, b"a").unwrap(), None);
}

#[test]
fn another_key_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(&folder));
    let refused = PeopleStore::open(&folder.path().join("profile.db"), &Secret32([2; 32]));
    assert!(matches!(refused, Err(StoreError::WrongKey)));
}

#[test]
fn secrets_and_records_never_stand_in_the_files_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(&folder);
    store.set_secret("words", b"abandon ability able about").unwrap();
    let mut transaction = store.begin().unwrap();
    transaction.put(Table::Wallet, b"key", b"a secret of the wallet").unwrap();
    transaction.commit().unwrap();
    assert_eq!(store.secret("words").unwrap().unwrap().as_slice(), b"abandon ability able about");
    assert!(store.secret("other").unwrap().is_none());
    for entry in fs::read_dir(folder.path()).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        for secret in [b"abandon ability".as_slice(), b"a secret of the wallet", &[1; 32]] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret));
        }
    }
}

#[test]
fn a_record_that_was_moved_to_another_key_does_not_open() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(&folder);
    let mut transaction = store.begin().unwrap();
    transaction.put(Table::Wallet, b"a", b"1").unwrap();
    transaction.commit().unwrap();
    store.connection.execute("UPDATE record SET key = ?1", [b"b".as_slice()]).unwrap();
    assert!(matches!(store.begin().unwrap().get(Table::Wallet, b"b"), Err(StoreError::Damaged)));
}

#[test]
fn two_transactions_on_one_thread_are_refused_instead_of_mixing_their_keys() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut one, mut two) = (open(&one), open(&two));
    let transaction = one.begin().unwrap();
    assert!(matches!(two.begin(), Err(StoreError::Nested)));
    drop(transaction);
    two.begin().unwrap();
}

#[test]
fn search_finds_persian_words_however_they_were_typed_and_half_typed() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(&folder);
    let mut transaction = store.begin().unwrap();
    transaction.put_message(&message(1, "کتاب را فردا می\u{200c}آورم، ساعت ۱۲")).unwrap();
    transaction.put_message(&message(2, "Bring the book tomorrow")).unwrap();
    transaction.commit().unwrap();
    let found = |store: &mut PeopleStore, query: &str| -> Vec<u8> {
        store.begin().unwrap().search(query, 10).unwrap().iter().map(|row| row.id.0[0]).collect()
    };
    assert_eq!(found(&mut store, "كتاب"), [1]);
    assert_eq!(found(&mut store, "ساعت 12"), [1]);
    assert_eq!(found(&mut store, "tomorrow BRI"), [2]);
    assert!(found(&mut store, "OR").is_empty());
    assert!(found(&mut store, "\"").is_empty());
}

#[test]
fn a_message_that_changed_is_found_by_its_new_words_only() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(&folder);
    for text in ["before", "after"] {
        let mut transaction = store.begin().unwrap();
        transaction.put_message(&message(1, text)).unwrap();
        transaction.commit().unwrap();
    }
    let transaction = store.begin().unwrap();
    assert!(transaction.search("before", 10).unwrap().is_empty());
    assert_eq!(transaction.search("after", 10).unwrap().len(), 1);
}

#[test]
fn a_file_of_a_newer_program_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    open(&folder).connection.pragma_update(None, "user_version", 99).unwrap();
    let refused = PeopleStore::open(&folder.path().join("profile.db"), &Secret32([1; 32]));
    assert!(matches!(refused, Err(StoreError::Newer { found: 99, .. })));
}

#[test]
fn a_commit_survives_the_loss_of_everything_that_was_not_synced() {
    // synchronous=FULL: SQLite itself says that each commit waits for the disk.
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    let level: i64 = store.connection.query_row("PRAGMA synchronous", [], |row| row.get(0)).unwrap();
    let journal: String = store.connection.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
    assert_eq!((level, journal.as_str()), (2, "wal"));
}

#[test]
fn a_passphrase_opens_what_it_sealed_and_another_does_not() {
    let secret = Secret32([7; 32]);
    let sealed = vault::seal_with_passphrase(&secret, "open sesame").unwrap();
    assert!(vault::open_with_passphrase(&sealed, "open sesame").unwrap() == secret);
    let refused = vault::open_with_passphrase(&sealed, "open Sesame").unwrap_err();
    assert!(matches!(refused, StoreError::WrongPassphrase), "{refused}");
    assert!(matches!(vault::open_with_passphrase(&sealed[..9], "open sesame"), Err(StoreError::Damaged)));
    assert_ne!(sealed, vault::seal_with_passphrase(&secret, "open sesame").unwrap(), "the salt is drawn anew");
    assert!(!sealed.windows(8).any(|bytes| bytes == [7; 8]));
}
