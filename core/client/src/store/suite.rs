//! What every client store must do. [`client_store_suite!`](crate::client_store_suite) makes a test of each part; it
//! takes an expression for an *opener*: a closure that opens the same place again each time it is called, beginning
//! with an empty one. A store is dropped before its place is opened again.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "tests: a failure is a panic"
)]

use super::{MessageRow, Store, Table, Transaction};
use crate::view::{ContactId, MessageId, MessageKind, MessageState};
use e2ee::conversation::{Conversation, new_key_package};
use wire::UnixMillis;

/// Makes a test of each part of the suite.
#[macro_export]
macro_rules! client_store_suite {
    ($opener:expr) => {
        $crate::client_store_suite!(@ $opener,
            what_is_committed_is_there_after_opening_again_and_nothing_else,
            a_transaction_sees_its_own_writes,
            a_scan_is_in_the_order_of_the_keys_and_bounded,
            a_scan_from_a_key_goes_on_where_the_last_one_ended,
            a_message_of_an_impossible_time_is_kept,
            tables_do_not_see_each_other,
            messages_come_in_pages_oldest_first,
            a_message_put_again_replaces_itself,
            messages_are_found_by_their_number,
            unread_counts_the_others_messages_only,
            search_finds_every_word_and_the_beginning_of_the_last,
            a_deleted_conversation_leaves_no_message_and_no_search_hit,
            conversation_keys_belong_to_the_transaction);
    };
    (@ $opener:expr, $($name:ident),+) => {
        $(#[test]
        fn $name() {
            $crate::store::suite::$name($opener);
        })+
    };
}

const CONTACT: ContactId = ContactId([1; 16]);
const OTHER: ContactId = ContactId([2; 16]);

fn row(order: u64, text: &str) -> MessageRow {
    let mut id = [0; 16];
    id[..8].copy_from_slice(&order.to_be_bytes());
    MessageRow {
        id: MessageId(id),
        conversation: CONTACT,
        order,
        mine: false,
        at: UnixMillis(1_000u64.saturating_add(order)),
        state: MessageState::Received,
        kind: MessageKind::Text,
        text: text.into(),
        reply_to: None,
        payment: Vec::new(),
        sequence: order,
    }
}

fn write<S: Store>(store: &mut S, write: impl FnOnce(&mut S::Transaction<'_>)) {
    let mut tx = store.begin().unwrap();
    write(&mut tx);
    tx.commit().unwrap();
}

fn texts(rows: &[MessageRow]) -> Vec<&str> {
    rows.iter().map(|row| row.text.as_str()).collect()
}

/// Part of the suite.
pub fn what_is_committed_is_there_after_opening_again_and_nothing_else<S: Store>(mut open: impl FnMut() -> S) {
    {
        let mut store = open();
        write(&mut store, |tx| {
            tx.put(Table::Profile, b"kept", b"1").unwrap();
            tx.put(Table::Profile, b"deleted", b"2").unwrap();
            tx.put_message(&row(1, "kept")).unwrap();
        });
        write(&mut store, |tx| tx.delete(Table::Profile, b"deleted").unwrap());
        let mut dropped = store.begin().unwrap();
        dropped.put(Table::Profile, b"dropped", b"3").unwrap();
        dropped.delete(Table::Profile, b"kept").unwrap();
        dropped.put_message(&row(2, "dropped")).unwrap();
    }
    let mut store = open();
    let tx = store.begin().unwrap();
    assert_eq!(tx.scan(Table::Profile, b"", 10).unwrap(), [(b"kept".to_vec(), b"1".to_vec())]);
    assert_eq!(tx.messages(CONTACT, u64::MAX, 10).unwrap(), [row(1, "kept")]);
}

/// Part of the suite.
pub fn a_transaction_sees_its_own_writes<S: Store>(mut open: impl FnMut() -> S) {
    let mut store = open();
    let mut tx = store.begin().unwrap();
    tx.put(Table::Outbox, b"a", b"1").unwrap();
    tx.put(Table::Outbox, b"a", b"2").unwrap();
    assert_eq!(tx.get(Table::Outbox, b"a").unwrap(), Some(b"2".to_vec()));
    tx.delete(Table::Outbox, b"a").unwrap();
    tx.delete(Table::Outbox, b"never there").unwrap();
    assert_eq!(tx.get(Table::Outbox, b"a").unwrap(), None);
    tx.put_message(&row(1, "x")).unwrap();
    assert_eq!(tx.message(CONTACT, row(1, "x").id).unwrap(), Some(row(1, "x")));
    assert_eq!(tx.message(OTHER, row(1, "x").id).unwrap(), None);
}

/// Part of the suite.
pub fn a_scan_is_in_the_order_of_the_keys_and_bounded<S: Store>(mut open: impl FnMut() -> S) {
    let mut store = open();
    let keys: [&[u8]; 6] = [b"a", b"a\x00", b"a\xff", b"a\xff\xff", b"b", b"\xff\xff"];
    write(&mut store, |tx| {
        for key in keys.iter().rev() {
            tx.put(Table::Inbox, key, key).unwrap();
        }
    });
    let tx = store.begin().unwrap();
    let scan = |prefix: &[u8], limit| -> Vec<Vec<u8>> {
        tx.scan(Table::Inbox, prefix, limit).unwrap().into_iter().map(|(key, _)| key).collect()
    };
    assert_eq!(scan(b"", 10), keys.map(<[u8]>::to_vec));
    assert_eq!(scan(b"a", 10), keys[..4].iter().map(|key| key.to_vec()).collect::<Vec<_>>());
    assert_eq!(scan(b"a", 2), [b"a".to_vec(), b"a\x00".to_vec()]);
    assert_eq!(scan(b"\xff", 10), [b"\xff\xff".to_vec()]);
    assert!(scan(b"c", 10).is_empty());
}

/// Part of the suite.
pub fn a_scan_from_a_key_goes_on_where_the_last_one_ended<S: Store>(mut open: impl FnMut() -> S) {
    let mut store = open();
    write(&mut store, |tx| {
        for key in [&b"a"[..], b"b", b"b\x00", b"c"] {
            tx.put(Table::History, key, key).unwrap();
        }
        tx.put(Table::Wallet, b"b", b"elsewhere").unwrap();
    });
    let mut tx = store.begin().unwrap();
    tx.put(Table::History, b"bb", b"new").unwrap();
    tx.delete(Table::History, b"c").unwrap();
    let keys = |from: &[u8], limit| -> Vec<Vec<u8>> {
        tx.scan_from(Table::History, from, limit).unwrap().into_iter().map(|(key, _)| key).collect()
    };
    assert_eq!(keys(b"", 2), [b"a".to_vec(), b"b".to_vec()]);
    assert_eq!(keys(b"b\x00", 9), [b"b\x00".to_vec(), b"bb".to_vec()]);
    assert!(keys(b"\xff", 9).is_empty());
}

/// Part of the suite.
pub fn a_message_of_an_impossible_time_is_kept<S: Store>(mut open: impl FnMut() -> S) {
    let mut store = open();
    write(&mut store, |tx| tx.put_message(&MessageRow { at: UnixMillis(u64::MAX), ..row(1, "late") }).unwrap());
    let tx = store.begin().unwrap();
    let kept = tx.messages(CONTACT, u64::MAX, 10).unwrap();
    assert_eq!(texts(&kept), ["late"]);
    assert!(kept[0].at >= UnixMillis(u64::MAX / 2));
}

/// Part of the suite.
pub fn tables_do_not_see_each_other<S: Store>(mut open: impl FnMut() -> S) {
    let mut store = open();
    write(&mut store, |tx| {
        tx.put(Table::Contact, b"k", b"contact").unwrap();
        tx.put(Table::Wallet, b"k", b"wallet").unwrap();
        tx.delete(Table::Wallet, b"k").unwrap();
    });
    let tx = store.begin().unwrap();
    assert_eq!(tx.get(Table::Contact, b"k").unwrap(), Some(b"contact".to_vec()));
    assert_eq!(tx.scan(Table::Wallet, b"", 10).unwrap(), []);
}

/// Part of the suite.
pub fn messages_come_in_pages_oldest_first<S: Store>(mut open: impl FnMut() -> S) {
    let mut store = open();
    write(&mut store, |tx| {
        for order in [3, 1, 5, 2, 4] {
            tx.put_message(&row(order, &order.to_string())).unwrap();
        }
        tx.put_message(&MessageRow { conversation: OTHER, ..row(6, "other") }).unwrap();
    });
    let tx = store.begin().unwrap();
    assert_eq!(texts(&tx.messages(CONTACT, u64::MAX, 2).unwrap()), ["4", "5"]);
    assert_eq!(texts(&tx.messages(CONTACT, 4, 2).unwrap()), ["2", "3"]);
    assert_eq!(texts(&tx.messages(CONTACT, 2, 10).unwrap()), ["1"]);
    assert!(tx.messages(CONTACT, 1, 10).unwrap().is_empty());
}

/// Part of the suite.
pub fn a_message_put_again_replaces_itself<S: Store>(mut open: impl FnMut() -> S) {
    let mut store = open();
    let changed = MessageRow {
        state: MessageState::Read,
        text: "after".into(),
        payment: vec![1, 2],
        reply_to: Some(MessageId([9; 16])),
        ..row(1, "before")
    };
    write(&mut store, |tx| tx.put_message(&row(1, "before")).unwrap());
    write(&mut store, |tx| tx.put_message(&changed).unwrap());
    let tx = store.begin().unwrap();
    assert_eq!(tx.messages(CONTACT, u64::MAX, 10).unwrap(), [changed]);
    assert!(tx.search("before", 10).unwrap().is_empty(), "the old text is not found any more");
    assert_eq!(tx.search("after", 10).unwrap().len(), 1);
}

/// Part of the suite.
pub fn messages_are_found_by_their_number<S: Store>(mut open: impl FnMut() -> S) {
    let mut store = open();
    write(&mut store, |tx| {
        for order in 1..=6u64 {
            tx.put_message(&MessageRow {
                mine: order % 2 == 0,
                sequence: order.saturating_add(10),
                ..row(order, &order.to_string())
            })
            .unwrap();
        }
    });
    let tx = store.begin().unwrap();
    assert_eq!(texts(&tx.messages_by_sequence(CONTACT, true, 12, 14).unwrap()), ["2", "4"]);
    assert_eq!(texts(&tx.messages_by_sequence(CONTACT, false, 0, u64::MAX).unwrap()), ["1", "3", "5"]);
    assert!(tx.messages_by_sequence(OTHER, true, 0, u64::MAX).unwrap().is_empty());
}

/// Part of the suite.
pub fn unread_counts_the_others_messages_only<S: Store>(mut open: impl FnMut() -> S) {
    let mut store = open();
    write(&mut store, |tx| {
        for order in 1..=4 {
            tx.put_message(&MessageRow { mine: order == 3, ..row(order, "x") }).unwrap();
        }
    });
    let tx = store.begin().unwrap();
    assert_eq!(tx.unread(CONTACT, 0).unwrap(), 3);
    assert_eq!(tx.unread(CONTACT, 1).unwrap(), 2);
    assert_eq!(tx.unread(CONTACT, 4).unwrap(), 0);
}

/// Part of the suite.
pub fn search_finds_every_word_and_the_beginning_of_the_last<S: Store>(mut open: impl FnMut() -> S) {
    let mut store = open();
    write(&mut store, |tx| {
        tx.put_message(&row(1, "Tea at five, in the garden")).unwrap();
        tx.put_message(&row(2, "the garden gate is open")).unwrap();
        tx.put_message(&row(3, "چای در باغ ساعت پنج")).unwrap();
    });
    let tx = store.begin().unwrap();
    assert_eq!(texts(&tx.search("GARD", 10).unwrap()), ["the garden gate is open", "Tea at five, in the garden"]);
    assert_eq!(texts(&tx.search("garden tea", 10).unwrap()), ["Tea at five, in the garden"]);
    assert_eq!(texts(&tx.search("باغ", 10).unwrap()), ["چای در باغ ساعت پنج"]);
    assert_eq!(tx.search("garden", 1).unwrap().len(), 1);
    assert!(tx.search("gard tea", 10).unwrap().is_empty(), "only the last word may be a beginning");
    for nothing in ["", "  ", "\"", "* OR NEAR(", "'; DROP TABLE message; --"] {
        assert!(tx.search(nothing, 10).unwrap().is_empty(), "{nothing:?}");
    }
}

/// Part of the suite.
pub fn a_deleted_conversation_leaves_no_message_and_no_search_hit<S: Store>(mut open: impl FnMut() -> S) {
    let mut store = open();
    write(&mut store, |tx| {
        tx.put_message(&row(1, "garden")).unwrap();
        tx.put_message(&MessageRow { conversation: OTHER, ..row(1, "garden") }).unwrap();
    });
    write(&mut store, |tx| tx.delete_messages(CONTACT).unwrap());
    let tx = store.begin().unwrap();
    assert!(tx.messages(CONTACT, u64::MAX, 10).unwrap().is_empty());
    assert_eq!(tx.search("garden", 10).unwrap().len(), 1);
}

/// Part of the suite.
pub fn conversation_keys_belong_to_the_transaction<S: Store>(mut open: impl FnMut() -> S) {
    let mut rng = FixedRng(7);
    let kept = {
        let mut store = open();
        let tx = store.begin().unwrap();
        let kept = new_key_package(tx.mls(), false, &mut rng).unwrap();
        tx.commit().unwrap();
        kept
    };
    let taken_back = {
        let mut store = open();
        let tx = store.begin().unwrap();
        new_key_package(tx.mls(), false, &mut rng).unwrap()
    };
    let mut store = open();
    let joined = |package, store: &mut S, rng: &mut FixedRng| {
        let outside = openmls_memory_storage::MemoryStorage::default();
        let (_, _, welcome) = Conversation::create(&outside, package, rng).unwrap();
        let tx = store.begin().unwrap();
        Conversation::join(tx.mls(), &welcome).is_ok()
    };
    assert!(joined(&kept, &mut store, &mut rng), "committed keys are there");
    assert!(!joined(&taken_back, &mut store, &mut rng), "keys of a dropped transaction are not");
}

/// Numbers that differ; nothing here needs them to be random.
struct FixedRng(u64);

impl rand_core::RngCore for FixedRng {
    fn next_u32(&mut self) -> u32 {
        u32::try_from(self.next_u64() >> 32).unwrap_or_default()
    }

    fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.next_u64().to_le_bytes()[..chunk.len()]);
        }
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand_core::Error> {
        self.fill_bytes(bytes);
        Ok(())
    }
}

impl rand_core::CryptoRng for FixedRng {}
