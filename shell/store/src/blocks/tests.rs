//! The block store keeps what it was given, once, over a restart.

use super::*;

fn commit_at(height: u64) -> Commit {
    let tag = u8::try_from(height).unwrap();
    let key = |workchain| BlockKey { workchain, shard: 1 << 63, seqno: u32::from(tag) };
    let block = |workchain: i32, kind: u8| BlockRow {
        key: key(workchain),
        height,
        root_hash: [tag ^ kind; 32],
        file_hash: [tag; 32],
        at_ms: height * 1000,
        start_lt: height * 100,
        end_lt: height * 100 + 50,
        transactions: 1,
        boc: vec![tag; 100],
    };
    Commit {
        decided: FinalRow { height, digest: [tag; 32], header: vec![tag], certificate: Some(vec![tag, 1]) },
        at_ms: height * 1000,
        blocks: vec![block(-1, 0), block(0, 0x80)],
        transactions: vec![TransactionRow {
            hash: [tag; 32],
            workchain: 0,
            account: [7; 32],
            lt: height * 100 + 1,
            at_ms: height * 1000,
            block: key(0),
            in_message_hash: [tag ^ 0x40; 32],
            in_created_lt: 0,
            boc: vec![tag; 10],
        }],
    }
}

#[test]
fn what_was_committed_is_found_after_reopening_the_file() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("blocks.sqlite");
    {
        let store = BlockStore::open(&path).unwrap();
        for height in 1..=3 {
            store.commit(&commit_at(height)).unwrap();
        }
    }
    let store = BlockStore::open(&path).unwrap();
    assert_eq!(store.last_height().unwrap(), Some(3));
    assert_eq!(store.decided(2).unwrap(), Some(commit_at(2).decided));
    assert_eq!(store.decided_by_digest(&commit_at(2).decided.digest).unwrap(), Some(commit_at(2).decided));
    assert_eq!(store.decided_by_digest(&[0xee; 32]).unwrap(), None);
    assert_eq!(store.blocks_at(2).unwrap(), commit_at(2).blocks);
    assert_eq!(store.block(commit_at(3).blocks[1].key).unwrap().unwrap(), commit_at(3).blocks[1]);
    assert_eq!(store.block_by_lt(0, 1 << 63, 150).unwrap().unwrap().height, 1);
    assert_eq!(store.block_by_lt(0, 1 << 63, 151).unwrap().unwrap().height, 2);
    assert_eq!(store.block_by_time(-1, 1 << 63, 1001).unwrap().unwrap().height, 2);
    assert_eq!(store.list_blocks(-1, u64::MAX, 2).unwrap().len(), 2);
    assert_eq!(store.transaction(&[2; 32]).unwrap().unwrap(), commit_at(2).transactions[0]);
    assert_eq!(store.transaction_by_message(&[2 ^ 0x40; 32]).unwrap().unwrap().hash, [2; 32]);
    let lts: Vec<u64> = store.account_transactions(0, &[7; 32], 201, 10).unwrap().iter().map(|t| t.lt).collect();
    assert_eq!(lts, [201, 101]);
    assert_eq!(store.block_transactions(commit_at(1).blocks[1].key, 10).unwrap(), commit_at(1).transactions);
}

#[test]
fn a_height_is_written_once() {
    let dir = tempfile::tempdir().unwrap();
    let store = BlockStore::open(&dir.path().join("b")).unwrap();
    store.commit(&commit_at(1)).unwrap();
    let mut again = commit_at(1);
    again.decided.header = vec![9];
    store.commit(&again).unwrap();
    assert_eq!(store.decided(1).unwrap().unwrap().header, [1]);
}

#[test]
fn a_certificate_that_comes_later_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let store = BlockStore::open(&dir.path().join("b")).unwrap();
    let mut first = commit_at(1);
    first.decided.certificate = None;
    store.commit(&first).unwrap();
    assert_eq!(store.decided(1).unwrap().unwrap().certificate, None);
    store.put_certificate(1, &[5]).unwrap();
    assert_eq!(store.decided(1).unwrap().unwrap().certificate, Some(vec![5]));
}

#[test]
fn large_transactions_come_in_short_pages() {
    let dir = tempfile::tempdir().unwrap();
    let store = BlockStore::open(&dir.path().join("b")).unwrap();
    for height in 1..=4 {
        let mut commit = commit_at(height);
        commit.transactions[0].boc = vec![1; PAGE_BYTES_MAX / 2];
        store.commit(&commit).unwrap();
    }
    assert_eq!(store.account_transactions(0, &[7; 32], u64::MAX, 10).unwrap().len(), 2);
    let rest = store.account_transactions(0, &[7; 32], 201, 10).unwrap();
    assert_eq!(rest.iter().map(|row| row.lt).collect::<Vec<_>>(), [201, 101]);
}

#[test]
fn blocks_are_looked_up_without_reading_them_all() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("b");
    // a file of version 1
    let old = Connection::open(&path).unwrap();
    old.execute_batch(include_str!("schema.sql")).unwrap();
    old.pragma_update(None, "user_version", 1).unwrap();
    drop(old);
    let store = BlockStore::open(&path).unwrap();
    let reader = store.reader.lock().unwrap();
    for (column, index) in [("end_lt", "blocks_by_lt"), ("at_ms", "blocks_by_time")] {
        let sql = format!(
            "EXPLAIN QUERY PLAN SELECT {BLOCK}, boc FROM blocks WHERE workchain = 0 AND shard = 1 AND {column} >= 7
             ORDER BY {column}, seqno LIMIT 1"
        );
        let mut statement = reader.prepare(&sql).unwrap();
        let steps = statement.query_map([], |row| row.get::<_, String>(3)).unwrap();
        let plan = steps.map(Result::unwrap).collect::<Vec<_>>().join("\n");
        assert!(plan.contains(&format!("USING INDEX {index}")), "{plan}");
        assert!(!plan.contains("SCAN"), "{plan}");
    }
}

#[test]
fn only_the_last_snapshots_are_kept() {
    let dir = tempfile::tempdir().unwrap();
    let store = BlockStore::open(&dir.path().join("b")).unwrap();
    for height in [10, 20, 30] {
        store.put_snapshot(height, &[1, 2, 3]).unwrap();
    }
    let heights: Vec<u64> = store.snapshots().unwrap().into_iter().map(|(height, _)| height).collect();
    assert_eq!(heights, [30, 20]);
}

#[test]
fn a_file_of_a_newer_program_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("b");
    drop(BlockStore::open(&path).unwrap());
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 9).unwrap();
    assert!(matches!(BlockStore::open(&path), Err(BlockStoreError::Version { found: 9, known: 2 })));
}

#[test]
fn the_last_final_block_is_read_beside_a_running_writer_and_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("b");
    let store = BlockStore::open(&path).unwrap();
    assert_eq!(last_final(&path).unwrap(), None);
    for height in 1..=2 {
        store.commit(&commit_at(height)).unwrap();
    }
    let writer = store.writer.lock().unwrap();
    writer.execute_batch("BEGIN IMMEDIATE; DELETE FROM certificates").unwrap();
    assert_eq!(last_final(&path).unwrap(), Some(commit_at(2).decided), "what is not committed is not there");
    // as after a crash: what was written last is in the log only
    let copy = dir.path().join("copy");
    for part in ["", "-wal"] {
        std::fs::copy(dir.path().join(format!("b{part}")), dir.path().join(format!("copy{part}"))).unwrap();
    }
    assert_eq!(last_final(&copy).unwrap(), Some(commit_at(2).decided));
    drop(writer);
    drop(store);
    assert!(last_final(&dir.path().join("none")).is_err());
    assert!(!dir.path().join("none").exists());
}

#[test]
fn a_store_of_another_version_is_read_where_it_can_be_and_never_migrated() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("b");
    let old = Connection::open(&path).unwrap();
    assert_eq!(last_final(&path).unwrap(), None, "an empty file");
    old.execute_batch(include_str!("schema.sql")).unwrap();
    old.execute("INSERT INTO final_blocks VALUES (7, ?1, X'01', 7000)", [[7u8; 32]]).unwrap();
    old.pragma_update(None, "user_version", 1).unwrap();
    assert_eq!(last_final(&path).unwrap().unwrap().height, 7);
    let version: u32 = old.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert_eq!(version, 1);
    old.pragma_update(None, "user_version", 9).unwrap();
    assert!(matches!(last_final(&path), Err(BlockStoreError::Version { found: 9, known: 2 })));
}
