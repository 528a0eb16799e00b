//! A validator's final blocks on disk: blocks, transactions, certificates and state snapshots.
//!
//! Requirements: one process per file (an operating-system lock is held), a disk that keeps what
//! `fsync` acknowledged.
//!
//! Provided: one atomic, durable write per final block; look-ups by height, block id, account and
//! hash; the last snapshots for a quick restart.
//!
//! Not provided: any check of what is stored. Only final, executed blocks may be given to it.

use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, TransactionBehavior, params};
use std::{path::Path, sync::Mutex, time::Duration};

/// Snapshots kept: the newest, and the one before it in case the newest can't be read.
pub const SNAPSHOTS_KEPT: u32 = 2;
/// Most rows that one page of a listing holds.
pub const PAGE_ROWS_MAX: u32 = 1000;
/// Bytes of transactions after which a page of them ends.
pub const PAGE_BYTES_MAX: usize = 4 << 20;
/// The schema's version, as SQLite's `user_version` holds it.
const SCHEMA_VERSION: u32 = 2;
/// How long a reader waits for a writer before it gives up.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Why the store could not do as asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BlockStoreError {
    /// SQLite failed: the disk is full or broken, or another process uses the file.
    #[error("block store: {0}; check free space and that no other node uses this folder")]
    Sqlite(#[from] rusqlite::Error),
    /// The file was written by a newer program.
    #[error("block store has version {found}, this program knows {known}: run the newer program")]
    Version {
        /// Version of the file.
        found: u32,
        /// Version of this program.
        known: u32,
    },
    /// A number does not fit where the store or the chain keeps it.
    #[error("a number in the block store is out of range")]
    Range,
    /// A thread died while it used the store.
    #[error("the block store was left in the middle of an operation: restart the node")]
    Poisoned,
}

/// Names a block: where it is in its shard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockKey {
    /// −1 is the masterchain.
    pub workchain: i32,
    /// The shard's prefix with its end bit.
    pub shard: u64,
    /// Number in the shard.
    pub seqno: u32,
}

/// A block as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockRow {
    /// Its name.
    pub key: BlockKey,
    /// Height of the consensus block that carried it.
    pub height: u64,
    /// Hash of its root cell.
    pub root_hash: [u8; 32],
    /// SHA-256 of its bag of cells.
    pub file_hash: [u8; 32],
    /// Unix milliseconds of the consensus block.
    pub at_ms: u64,
    /// Logical time at its beginning.
    pub start_lt: u64,
    /// Logical time at its end.
    pub end_lt: u64,
    /// Transactions in it.
    pub transactions: u32,
    /// The bag of cells; empty in listings.
    pub boc: Vec<u8>,
}

/// A transaction as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransactionRow {
    /// Hash of its cell.
    pub hash: [u8; 32],
    /// Workchain of the account.
    pub workchain: i32,
    /// The account.
    pub account: [u8; 32],
    /// Logical time.
    pub lt: u64,
    /// Unix milliseconds of its consensus block.
    pub at_ms: u64,
    /// The block that holds it.
    pub block: BlockKey,
    /// Hash of the inbound message's cell; zeros when there is none.
    pub in_message_hash: [u8; 32],
    /// Logical time at which the inbound message was created; 0 for external and absent ones.
    pub in_created_lt: u64,
    /// The transaction's bag of cells.
    pub boc: Vec<u8>,
}

/// What consensus decided at one height.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FinalRow {
    /// The height.
    pub height: u64,
    /// The header's digest.
    pub digest: [u8; 32],
    /// The encoded consensus header.
    pub header: Vec<u8>,
    /// The finalization certificate, if this height has one of its own.
    pub certificate: Option<Vec<u8>>,
}

/// Everything that becomes durable with one final block.
#[derive(Clone, Debug)]
pub struct Commit {
    /// The height, its header and certificate.
    pub decided: FinalRow,
    /// Unix milliseconds of the header.
    pub at_ms: u64,
    /// The masterchain's block first, then the shards'.
    pub blocks: Vec<BlockRow>,
    /// Every transaction of these blocks.
    pub transactions: Vec<TransactionRow>,
}

/// The store: one writer, one reader, both on the same file.
#[derive(Debug)]
pub struct BlockStore {
    writer: Mutex<Connection>,
    reader: Mutex<Connection>,
}

impl BlockStore {
    /// Opens or creates the store in the file `path`.
    pub fn open(path: &Path) -> Result<Self, BlockStoreError> {
        let mut writer = connect(path)?;
        migrate(&mut writer)?;
        let reader = connect(path)?;
        Ok(Self { writer: Mutex::new(writer), reader: Mutex::new(reader) })
    }

    /// Makes a final block durable, all of it or nothing. A height that is there already is left alone.
    pub fn commit(&self, commit: &Commit) -> Result<(), BlockStoreError> {
        let mut writer = self.writer.lock().map_err(|_| BlockStoreError::Poisoned)?;
        let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let decided = &commit.decided;
        let fresh = tx
            .prepare_cached("INSERT OR IGNORE INTO final_blocks VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![signed(decided.height)?, decided.digest, decided.header, signed(commit.at_ms)?])?;
        if fresh == 1 {
            for (position, block) in commit.blocks.iter().enumerate() {
                insert_block(&tx, position, block)?;
            }
            for transaction in &commit.transactions {
                insert_transaction(&tx, transaction)?;
            }
        }
        if let Some(certificate) = &decided.certificate {
            insert_certificate(&tx, decided.height, certificate)?;
        }
        tx.commit()?;
        Ok(())
    }

    /// Adds a certificate that came after its block.
    pub fn put_certificate(&self, height: u64, certificate: &[u8]) -> Result<(), BlockStoreError> {
        let writer = self.writer.lock().map_err(|_| BlockStoreError::Poisoned)?;
        insert_certificate(&writer, height, certificate)
    }

    /// Keeps the encoded state after `height` and drops all but the last snapshots.
    pub fn put_snapshot(&self, height: u64, state: &[u8]) -> Result<(), BlockStoreError> {
        let mut writer = self.writer.lock().map_err(|_| BlockStoreError::Poisoned)?;
        let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute("INSERT OR REPLACE INTO snapshots VALUES (?1, ?2)", params![signed(height)?, state])?;
        tx.execute(
            "DELETE FROM snapshots WHERE height NOT IN (SELECT height FROM snapshots ORDER BY height DESC LIMIT ?1)",
            [SNAPSHOTS_KEPT],
        )?;
        tx.commit()?;
        Ok(())
    }

    /// The snapshots, newest first, as (height, encoded state).
    pub fn snapshots(&self) -> Result<Vec<(u64, Vec<u8>)>, BlockStoreError> {
        self.rows("SELECT height, state FROM snapshots ORDER BY height DESC", [], |row| {
            Ok((unsigned(row, 0)?, row.get(1)?))
        })
    }

    /// The highest final height.
    pub fn last_height(&self) -> Result<Option<u64>, BlockStoreError> {
        self.row("SELECT height FROM final_blocks ORDER BY height DESC LIMIT 1", [], |row| unsigned(row, 0))
    }

    /// What consensus decided at `height`.
    pub fn decided(&self, height: u64) -> Result<Option<FinalRow>, BlockStoreError> {
        self.row(&format!("{DECIDED} WHERE f.height = ?1"), [signed(height)?], read_final)
    }

    /// What consensus decided in the block with this header's digest.
    pub fn decided_by_digest(&self, digest: &[u8; 32]) -> Result<Option<FinalRow>, BlockStoreError> {
        let sql = "SELECT f.height, f.digest, f.header, c.certificate FROM final_blocks f
                   LEFT JOIN certificates c ON c.height = f.height WHERE f.digest = ?1";
        self.row(sql, [digest], read_final)
    }

    /// The blocks that the consensus block at `height` carried: the masterchain's first.
    pub fn blocks_at(&self, height: u64) -> Result<Vec<BlockRow>, BlockStoreError> {
        let sql = format!("SELECT {BLOCK}, boc FROM blocks WHERE height = ?1 ORDER BY position");
        self.rows(&sql, [signed(height)?], read_block)
    }

    /// The block with this name.
    pub fn block(&self, key: BlockKey) -> Result<Option<BlockRow>, BlockStoreError> {
        let sql = format!("SELECT {BLOCK}, boc FROM blocks WHERE workchain = ?1 AND shard = ?2 AND seqno = ?3");
        self.row(&sql, params![key.workchain, key.shard.cast_signed(), key.seqno], read_block)
    }

    /// The block of a shard that holds the logical time `lt`.
    pub fn block_by_lt(&self, workchain: i32, shard: u64, lt: u64) -> Result<Option<BlockRow>, BlockStoreError> {
        let sql = format!(
            "SELECT {BLOCK}, boc FROM blocks WHERE workchain = ?1 AND shard = ?2 AND end_lt >= ?3 ORDER BY end_lt, seqno LIMIT 1"
        );
        self.row(&sql, params![workchain, shard.cast_signed(), signed(lt)?], read_block)
    }

    /// The first block of a shard that is not older than `at_ms`.
    pub fn block_by_time(&self, workchain: i32, shard: u64, at_ms: u64) -> Result<Option<BlockRow>, BlockStoreError> {
        let sql = format!(
            "SELECT {BLOCK}, boc FROM blocks WHERE workchain = ?1 AND shard = ?2 AND at_ms >= ?3 ORDER BY at_ms, seqno LIMIT 1"
        );
        self.row(&sql, params![workchain, shard.cast_signed(), signed(at_ms)?], read_block)
    }

    /// Blocks of a workchain without their bytes, newest first, from heights below `before`.
    pub fn list_blocks(&self, workchain: i32, before: u64, limit: u32) -> Result<Vec<BlockRow>, BlockStoreError> {
        let sql = format!(
            "SELECT {BLOCK}, X'' FROM blocks WHERE height < ?2 AND workchain = ?1 ORDER BY height DESC, position DESC LIMIT ?3"
        );
        let before = i64::try_from(before).unwrap_or(i64::MAX);
        self.rows(&sql, params![workchain, before, limit.min(PAGE_ROWS_MAX)], read_block)
    }

    /// The transaction with this hash.
    pub fn transaction(&self, hash: &[u8; 32]) -> Result<Option<TransactionRow>, BlockStoreError> {
        self.row(&format!("{TRANSACTION} WHERE t.hash = ?1"), [hash], read_transaction)
    }

    /// The transaction that consumed the message with this hash; the newest, should there be several.
    pub fn transaction_by_message(&self, hash: &[u8; 32]) -> Result<Option<TransactionRow>, BlockStoreError> {
        let sql = format!("{TRANSACTION} WHERE t.in_message_hash = ?1 ORDER BY t.id DESC LIMIT 1");
        self.row(&sql, [hash], read_transaction)
    }

    /// An account's transactions, newest first, with a logical time up to and including `from_lt`.
    pub fn account_transactions(
        &self,
        workchain: i32,
        account: &[u8; 32],
        from_lt: u64,
        limit: u32,
    ) -> Result<Vec<TransactionRow>, BlockStoreError> {
        let sql = format!(
            "{TRANSACTION} WHERE t.workchain = ?1 AND t.account = ?2 AND t.lt <= ?3 ORDER BY t.lt DESC LIMIT ?4"
        );
        let from = i64::try_from(from_lt).unwrap_or(i64::MAX);
        self.page(&sql, params![workchain, account, from, limit.min(PAGE_ROWS_MAX)])
    }

    /// The transactions of one block in order of logical time.
    pub fn block_transactions(&self, key: BlockKey, limit: u32) -> Result<Vec<TransactionRow>, BlockStoreError> {
        let sql = format!(
            "{TRANSACTION} WHERE b.workchain = ?1 AND b.shard = ?2 AND b.seqno = ?3 ORDER BY t.lt, t.account LIMIT ?4"
        );
        let shard = key.shard.cast_signed();
        self.page(&sql, params![key.workchain, shard, key.seqno, limit.min(PAGE_ROWS_MAX)])
    }

    /// A named fact (such as the genesis hash).
    pub fn fact(&self, name: &str) -> Result<Option<Vec<u8>>, BlockStoreError> {
        self.row("SELECT value FROM facts WHERE name = ?1", [name], |row| row.get(0))
    }

    /// Sets a named fact.
    pub fn put_fact(&self, name: &str, value: &[u8]) -> Result<(), BlockStoreError> {
        let writer = self.writer.lock().map_err(|_| BlockStoreError::Poisoned)?;
        writer.execute("INSERT OR REPLACE INTO facts VALUES (?1, ?2)", params![name, value])?;
        Ok(())
    }

    fn row<P: rusqlite::Params, T>(
        &self,
        sql: &str,
        params: P,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, BlockStoreError> {
        let reader = self.reader.lock().map_err(|_| BlockStoreError::Poisoned)?;
        let found = reader.prepare_cached(sql)?.query_row(params, read).optional()?;
        Ok(found)
    }

    fn rows<P: rusqlite::Params, T>(
        &self,
        sql: &str,
        params: P,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, BlockStoreError> {
        let reader = self.reader.lock().map_err(|_| BlockStoreError::Poisoned)?;
        let mut statement = reader.prepare_cached(sql)?;
        let found = statement.query_map(params, read)?.collect::<Result<Vec<_>, _>>()?;
        Ok(found)
    }

    /// Transactions until they have enough bytes for a page; at least one, if there is one.
    fn page<P: rusqlite::Params>(&self, sql: &str, params: P) -> Result<Vec<TransactionRow>, BlockStoreError> {
        let reader = self.reader.lock().map_err(|_| BlockStoreError::Poisoned)?;
        let mut statement = reader.prepare_cached(sql)?;
        let (mut found, mut bytes) = (Vec::new(), 0usize);
        for row in statement.query_map(params, read_transaction)? {
            let row = row?;
            bytes = bytes.saturating_add(row.boc.len());
            found.push(row);
            if bytes >= PAGE_BYTES_MAX {
                break;
            }
        }
        Ok(found)
    }
}

/// The last final block in the file of a store, which another process may be using: reads only, whatever version of the
/// store it is, and changes nothing.
pub fn last_final(path: &Path) -> Result<Option<FinalRow>, BlockStoreError> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    match connection.pragma_query_value(None, "user_version", |row| row.get(0))? {
        0 => return Ok(None),
        found if found > SCHEMA_VERSION => return Err(BlockStoreError::Version { found, known: SCHEMA_VERSION }),
        _ => {}
    }
    let sql = format!("{DECIDED} ORDER BY f.height DESC LIMIT 1");
    Ok(connection.query_row(&sql, [], read_final).optional()?)
}

const DECIDED: &str = "SELECT f.height, f.digest, f.header, c.certificate FROM final_blocks f
    LEFT JOIN certificates c ON c.height = f.height";
const BLOCK: &str = "workchain, shard, seqno, height, root_hash, file_hash, at_ms, start_lt, end_lt, transactions";
const TRANSACTION: &str = "SELECT t.hash, t.workchain, t.account, t.lt, t.at_ms, b.workchain, b.shard, b.seqno,
    t.in_message_hash, t.in_created_lt, t.boc FROM transactions t JOIN blocks b ON b.id = t.block";

fn connect(path: &Path) -> Result<Connection, BlockStoreError> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    Ok(connection)
}

fn migrate(connection: &mut Connection) -> Result<(), BlockStoreError> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: u32 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    match found {
        0 => {
            tx.execute_batch(include_str!("schema.sql"))?;
            tx.execute_batch(include_str!("version_2.sql"))?;
        }
        1 => tx.execute_batch(include_str!("version_2.sql"))?,
        SCHEMA_VERSION => {}
        _ => return Err(BlockStoreError::Version { found, known: SCHEMA_VERSION }),
    }
    tx.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    tx.commit()?;
    Ok(())
}

fn insert_block(tx: &Connection, position: usize, block: &BlockRow) -> Result<(), BlockStoreError> {
    let sql = "INSERT INTO blocks (workchain, shard, seqno, height, position, root_hash, file_hash, at_ms, start_lt,
               end_lt, transactions, boc) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    tx.prepare_cached(sql)?.execute(params![
        block.key.workchain,
        block.key.shard.cast_signed(),
        block.key.seqno,
        signed(block.height)?,
        u32::try_from(position).map_err(|_| BlockStoreError::Range)?,
        block.root_hash,
        block.file_hash,
        signed(block.at_ms)?,
        signed(block.start_lt)?,
        signed(block.end_lt)?,
        block.transactions,
        block.boc,
    ])?;
    Ok(())
}

fn insert_transaction(tx: &Connection, row: &TransactionRow) -> Result<(), BlockStoreError> {
    let sql =
        "INSERT INTO transactions (hash, workchain, account, lt, at_ms, block, in_message_hash, in_created_lt, boc)
               VALUES (?1, ?2, ?3, ?4, ?5,
                   (SELECT id FROM blocks WHERE workchain = ?6 AND shard = ?7 AND seqno = ?8), ?9, ?10, ?11)";
    tx.prepare_cached(sql)?.execute(params![
        row.hash,
        row.workchain,
        row.account,
        signed(row.lt)?,
        signed(row.at_ms)?,
        row.block.workchain,
        row.block.shard.cast_signed(),
        row.block.seqno,
        row.in_message_hash,
        signed(row.in_created_lt)?,
        row.boc,
    ])?;
    Ok(())
}

fn insert_certificate(connection: &Connection, height: u64, certificate: &[u8]) -> Result<(), BlockStoreError> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO certificates VALUES (?1, ?2)")?
        .execute(params![signed(height)?, certificate])?;
    Ok(())
}

fn read_final(row: &Row<'_>) -> rusqlite::Result<FinalRow> {
    Ok(FinalRow { height: unsigned(row, 0)?, digest: row.get(1)?, header: row.get(2)?, certificate: row.get(3)? })
}

fn read_block(row: &Row<'_>) -> rusqlite::Result<BlockRow> {
    Ok(BlockRow {
        key: BlockKey { workchain: row.get(0)?, shard: row.get::<_, i64>(1)?.cast_unsigned(), seqno: row.get(2)? },
        height: unsigned(row, 3)?,
        root_hash: row.get(4)?,
        file_hash: row.get(5)?,
        at_ms: unsigned(row, 6)?,
        start_lt: unsigned(row, 7)?,
        end_lt: unsigned(row, 8)?,
        transactions: row.get(9)?,
        boc: row.get(10)?,
    })
}

fn read_transaction(row: &Row<'_>) -> rusqlite::Result<TransactionRow> {
    Ok(TransactionRow {
        hash: row.get(0)?,
        workchain: row.get(1)?,
        account: row.get(2)?,
        lt: unsigned(row, 3)?,
        at_ms: unsigned(row, 4)?,
        block: BlockKey { workchain: row.get(5)?, shard: row.get::<_, i64>(6)?.cast_unsigned(), seqno: row.get(7)? },
        in_message_hash: row.get(8)?,
        in_created_lt: unsigned(row, 9)?,
        boc: row.get(10)?,
    })
}

/// SQLite's integers are signed; heights, times and logical times never reach 2^63.
fn signed(number: u64) -> Result<i64, BlockStoreError> {
    i64::try_from(number).map_err(|_| BlockStoreError::Range)
}

fn unsigned(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    let number: i64 = row.get(column)?;
    u64::try_from(number).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, number))
}

#[cfg(test)]
mod tests;
