//! A relay's mailboxes in SQLite: WAL, `synchronous = FULL`, one writer (ADR 0001).
//!
//! Requirements: one store per folder at a time (the file is locked). Provided: [`RelayStore`], which passes the suite
//! of `mailbox::suite`; a commit returns when the log is synced to disk. Not provided: batching (the relay's).

mod private;

use mailbox::store::{MailboxNumber, MailboxRecord, MailboxStore, NewCell, NewMailbox, StoreError, StoredCell, Totals};
use mailbox::{Cell, CellId, ReceiveId, SendId};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::path::Path;
use wire::UnixMillis;

/// Pages of the log after which SQLite copies it into the database, 32 MiB: rare enough that a steady stream of
/// deposits pays one sync per batch, small enough for a quick start after a crash.
const LOG_PAGES: u32 = 4_096;
/// Bytes of a page: three small cells fit into one. With 4 KiB, where one fits, half as many deposits are stored (ADR 0001).
const PAGE_BYTES: u32 = 8_192;
/// Page cache: SQLite takes a negative number as KiB.
const CACHE_KIB: i64 = -16_384;
/// The schema's version, in `user_version`.
const SCHEMA: i64 = 1;
/// A cell's place is its mailbox's number above these bits and its sequence number in them.
const SEQUENCE_BITS: u32 = 32;

/// The mailboxes of one relay.
#[derive(Debug)]
pub struct RelayStore {
    connection: Connection,
    /// A change failed: SQLite may have forgotten the batch by itself, and takes no more of it.
    failed: bool,
    last_number: i64,
    sweep_from: i64,
}

impl RelayStore {
    /// Opens the store in `path`, making it if there is none, for its owner only. A folder that everybody can write to
    /// is refused.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        private::prepare(path)?;
        let connection = Connection::open(path).map_err(failed)?;
        connection.pragma_update(None, "page_size", PAGE_BYTES).map_err(failed)?;
        // Exclusive: no second process, and no shared memory file for the log's index.
        connection.pragma_update(None, "locking_mode", "EXCLUSIVE").map_err(failed)?;
        connection.pragma_update(None, "journal_mode", "WAL").map_err(failed)?;
        connection.pragma_update(None, "synchronous", "FULL").map_err(failed)?;
        connection.pragma_update(None, "wal_autocheckpoint", LOG_PAGES).map_err(failed)?;
        connection.pragma_update(None, "cache_size", CACHE_KIB).map_err(failed)?;
        // What was deleted is overwritten where that costs no further writes.
        connection.pragma_update(None, "secure_delete", "FAST").map_err(failed)?;
        connection.set_prepared_statement_cache_capacity(32);
        migrate(&connection)?;
        let mut store = Self { connection, failed: false, last_number: 0, sweep_from: 0 };
        let last = store.one("SELECT seq FROM sqlite_sequence WHERE name = 'mailboxes'", [], |row| row.get(0))?;
        store.last_number = last.unwrap_or(0);
        Ok(store)
    }

    /// SQLite is asked, not remembered: on some failures it ends a transaction by itself.
    fn begin(&mut self) -> Result<(), StoreError> {
        if self.failed {
            return Err(StoreError("the batch has failed already".into()));
        }
        if self.connection.is_autocommit() {
            self.execute("BEGIN IMMEDIATE", [])?;
        }
        Ok(())
    }

    fn execute(&mut self, sql: &str, params: impl rusqlite::Params) -> Result<usize, StoreError> {
        let result = self.connection.prepare_cached(sql).and_then(|mut statement| statement.execute(params));
        self.failed |= result.is_err();
        result.map_err(failed)
    }

    fn one<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, StoreError> {
        let statement = self.connection.prepare_cached(sql);
        statement.and_then(|mut statement| statement.query_row(params, read).optional()).map_err(failed)
    }

    fn remove_range(&mut self, from: i64, to: i64) -> Result<Totals, StoreError> {
        let sql = "SELECT count(*), coalesce(sum(length(cell)), 0) FROM cells WHERE place BETWEEN ?1 AND ?2";
        let counts = self.one(sql, [from, to], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))?;
        let (cells, cell_bytes) = counts.unwrap_or_default();
        if cells > 0 {
            self.begin()?;
            self.execute("DELETE FROM cells WHERE place BETWEEN ?1 AND ?2", [from, to])?;
        }
        Ok(Totals { mailboxes: 0, cells: unsigned(cells)?, cell_bytes: unsigned(cell_bytes)? })
    }

    /// Cells of a mailbox expire in their order, so the expired ones are a beginning of its range.
    fn expire_one(&mut self, number: i64, expires: i64, now: i64) -> Result<Totals, StoreError> {
        let (first, last) = range(number)?;
        if expires <= now {
            let removed = self.remove_range(first, last)?;
            self.begin()?;
            self.execute("DELETE FROM mailboxes WHERE number = ?1", [number])?;
            return Ok(Totals { mailboxes: 1, ..removed });
        }
        let living = "SELECT place FROM cells WHERE place BETWEEN ?1 AND ?2 AND expires_ms > ?3 ORDER BY place LIMIT 1";
        let living = self.one(living, [first, last, now], |row| row.get::<_, i64>(0))?;
        let end = living.map_or(last, |place| place.saturating_sub(1));
        let removed = self.remove_range(first, end)?;
        if removed.cells > 0 {
            let sql = "UPDATE mailboxes SET cells = cells - ?2, cell_bytes = cell_bytes - ?3 WHERE number = ?1";
            self.execute(sql, params![number, signed(removed.cells)?, signed(removed.cell_bytes)?])?;
        }
        Ok(removed)
    }
}

impl MailboxStore for RelayStore {
    fn by_send(&mut self, send: &SendId) -> Result<Option<MailboxRecord>, StoreError> {
        self.one(&select("send"), [send.0], |row| Ok(record(row))).and_then(Option::transpose)
    }

    fn by_receive(&mut self, receive: &ReceiveId) -> Result<Option<MailboxRecord>, StoreError> {
        self.one(&select("receive"), [receive.0], |row| Ok(record(row))).and_then(Option::transpose)
    }

    fn create(&mut self, mailbox: &NewMailbox) -> Result<MailboxRecord, StoreError> {
        self.begin()?;
        // SQLite would give the number of a mailbox that was rolled back again.
        self.last_number = self.last_number.saturating_add(1);
        let number = self.last_number;
        let sql = "INSERT INTO mailboxes (number, send, receive, quota_cells, lifetime_ms, expires_ms, cells, \
                   cell_bytes, next_sequence) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, 0, ?7)";
        let (lifetime, expires) = (signed(mailbox.lifetime_ms)?, signed(mailbox.expires.0)?);
        let (send, receive, first) = (mailbox.send.0, mailbox.receive.0, signed(mailbox.first_sequence)?);
        self.execute(sql, params![number, send, receive, mailbox.quota_cells, lifetime, expires, first])?;
        Ok(MailboxRecord {
            number: MailboxNumber(unsigned(number)?),
            send: mailbox.send,
            receive: mailbox.receive,
            quota_cells: mailbox.quota_cells,
            lifetime_ms: mailbox.lifetime_ms,
            expires: mailbox.expires,
            cells: 0,
            cell_bytes: 0,
            next_sequence: mailbox.first_sequence,
        })
    }

    fn update(&mut self, record: &MailboxRecord) -> Result<(), StoreError> {
        self.begin()?;
        let sql = "UPDATE mailboxes SET expires_ms = ?2, cells = ?3, cell_bytes = ?4, next_sequence = ?5 \
                   WHERE number = ?1";
        let (number, expires) = (signed(record.number.0)?, signed(record.expires.0)?);
        let (bytes, next) = (signed(record.cell_bytes)?, signed(record.next_sequence)?);
        self.execute(sql, params![number, expires, record.cells, bytes, next]).map(|_| ())
    }

    fn delete(&mut self, number: MailboxNumber) -> Result<(), StoreError> {
        self.begin()?;
        let number = signed(number.0)?;
        let (first, last) = range(number)?;
        self.execute("DELETE FROM cells WHERE place BETWEEN ?1 AND ?2", [first, last])?;
        self.execute("DELETE FROM mailboxes WHERE number = ?1", [number]).map(|_| ())
    }

    fn append(&mut self, cell: &NewCell) -> Result<bool, StoreError> {
        self.begin()?;
        let sql = "INSERT INTO cells (place, mailbox, cell_id, expires_ms, cell) VALUES (?1, ?2, ?3, ?4, ?5) \
                   ON CONFLICT (mailbox, cell_id) DO NOTHING";
        let number = signed(cell.mailbox.0)?;
        let place = place(number, cell.sequence)?;
        let expires = signed(cell.expires.0)?;
        let added = self.execute(sql, params![place, number, cell.cell_id.0, expires, cell.cell.as_bytes()])?;
        Ok(added == 1)
    }

    fn read(
        &mut self,
        number: MailboxNumber,
        now: UnixMillis,
        bytes_max: usize,
    ) -> Result<(Vec<StoredCell>, bool), StoreError> {
        let (first, last) = range(signed(number.0)?)?;
        let sql = "SELECT place, cell FROM cells WHERE place BETWEEN ?1 AND ?2 AND expires_ms > ?3 ORDER BY place";
        let mut statement = self.connection.prepare_cached(sql).map_err(failed)?;
        let mut rows = statement.query([first, last, signed(now.0)?]).map_err(failed)?;
        let (mut cells, mut bytes) = (Vec::new(), 0usize);
        while let Some(row) = rows.next().map_err(failed)? {
            let found: i64 = row.get(0).map_err(failed)?;
            let cell = row.get_ref(1).and_then(|value| Ok(value.as_blob()?)).map_err(failed)?;
            bytes = bytes.saturating_add(cell.len());
            if bytes > bytes_max && !cells.is_empty() {
                return Ok((cells, true));
            }
            let cell = Cell::new(cell.to_vec()).map_err(|error| StoreError(error.to_string()))?;
            cells.push(StoredCell { sequence: unsigned(found)? & u64::from(u32::MAX), cell });
        }
        Ok((cells, false))
    }

    fn holds(&mut self, number: MailboxNumber, cell_id: &CellId) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM cells WHERE mailbox = ?1 AND cell_id = ?2";
        Ok(self.one(sql, params![signed(number.0)?, cell_id.0], |_| Ok(()))?.is_some())
    }

    fn remove(&mut self, number: MailboxNumber, sequences: &[u64]) -> Result<Totals, StoreError> {
        let number = signed(number.0)?;
        let mut removed = Totals::default();
        // Commonly these are a few runs of numbers.
        for run in sequences.chunk_by(|one, next| one.checked_add(1) == Some(*next)) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
            let (Ok(from), Ok(to)) = (place(number, *first), place(number, *last)) else { continue };
            let of_run = self.remove_range(from, to)?;
            removed.cells = removed.cells.saturating_add(of_run.cells);
            removed.cell_bytes = removed.cell_bytes.saturating_add(of_run.cell_bytes);
        }
        Ok(removed)
    }

    fn expire(&mut self, now: UnixMillis, mailboxes: u32) -> Result<Totals, StoreError> {
        let sql = "SELECT number, expires_ms, cells FROM mailboxes WHERE number >= ?1 ORDER BY number LIMIT ?2";
        let mut next: Vec<(i64, i64, i64)> = Vec::new();
        {
            let mut statement = self.connection.prepare_cached(sql).map_err(failed)?;
            let mut rows = statement.query(params![self.sweep_from, mailboxes]).map_err(failed)?;
            while let Some(row) = rows.next().map_err(failed)? {
                next.push((row.get(0).map_err(failed)?, row.get(1).map_err(failed)?, row.get(2).map_err(failed)?));
            }
        }
        let complete = usize::try_from(mailboxes).is_ok_and(|limit| next.len() == limit);
        self.sweep_from = next.last().filter(|_| complete).map_or(0, |last| last.0.saturating_add(1));
        let now = signed(now.0)?;
        let mut removed = Totals::default();
        for (number, expires, cells) in next {
            if expires > now && cells == 0 {
                continue;
            }
            let one = self.expire_one(number, expires, now)?;
            removed.mailboxes = removed.mailboxes.saturating_add(one.mailboxes);
            removed.cells = removed.cells.saturating_add(one.cells);
            removed.cell_bytes = removed.cell_bytes.saturating_add(one.cell_bytes);
        }
        Ok(removed)
    }

    fn totals(&mut self) -> Result<Totals, StoreError> {
        let sql = "SELECT count(*), coalesce(sum(cells), 0), coalesce(sum(cell_bytes), 0) FROM mailboxes";
        let counts = self.one(sql, [], |row| Ok([row.get::<_, i64>(0)?, row.get(1)?, row.get(2)?]))?;
        let [mailboxes, cells, cell_bytes] = counts.unwrap_or_default();
        Ok(Totals { mailboxes: unsigned(mailboxes)?, cells: unsigned(cells)?, cell_bytes: unsigned(cell_bytes)? })
    }

    fn spare_bytes(&mut self) -> Result<u64, StoreError> {
        let pages = self.one("PRAGMA freelist_count", [], |row| row.get::<_, i64>(0))?.unwrap_or(0);
        Ok(unsigned(pages)?.saturating_mul(u64::from(PAGE_BYTES)))
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        if self.failed {
            return Err(StoreError("the batch has failed already".into()));
        }
        if !self.connection.is_autocommit() {
            self.execute("COMMIT", [])?;
        }
        Ok(())
    }

    fn rollback(&mut self) -> Result<(), StoreError> {
        if !self.connection.is_autocommit() {
            self.execute("ROLLBACK", [])?;
        }
        self.failed = false;
        Ok(())
    }
}

fn select(column: &str) -> String {
    format!(
        "SELECT number, send, receive, quota_cells, lifetime_ms, expires_ms, cells, cell_bytes, next_sequence \
         FROM mailboxes WHERE {column} = ?1"
    )
}

fn record(row: &Row<'_>) -> Result<MailboxRecord, StoreError> {
    let number = |index: usize| row.get::<_, i64>(index).map_err(failed).and_then(unsigned);
    Ok(MailboxRecord {
        number: MailboxNumber(number(0)?),
        send: SendId(row.get(1).map_err(failed)?),
        receive: ReceiveId(row.get(2).map_err(failed)?),
        quota_cells: row.get(3).map_err(failed)?,
        lifetime_ms: number(4)?,
        expires: UnixMillis(number(5)?),
        cells: row.get(6).map_err(failed)?,
        cell_bytes: number(7)?,
        next_sequence: number(8)?,
    })
}

fn migrate(connection: &Connection) -> Result<(), StoreError> {
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(failed)?;
    match version {
        0 => connection
            .execute_batch(
                "BEGIN IMMEDIATE;
                CREATE TABLE mailboxes (
                    number INTEGER PRIMARY KEY AUTOINCREMENT,
                    send BLOB NOT NULL UNIQUE,
                    receive BLOB NOT NULL UNIQUE,
                    quota_cells INTEGER NOT NULL,
                    lifetime_ms INTEGER NOT NULL,
                    expires_ms INTEGER NOT NULL,
                    cells INTEGER NOT NULL,
                    cell_bytes INTEGER NOT NULL,
                    next_sequence INTEGER NOT NULL
                ) STRICT;
                CREATE TABLE cells (
                    place INTEGER PRIMARY KEY,
                    mailbox INTEGER NOT NULL,
                    cell_id BLOB NOT NULL,
                    expires_ms INTEGER NOT NULL,
                    cell BLOB NOT NULL,
                    UNIQUE (mailbox, cell_id)
                ) STRICT;
                PRAGMA user_version = 1;
                COMMIT;",
            )
            .map_err(failed),
        SCHEMA => Ok(()),
        newer => Err(StoreError(format!("schema {newer} is newer than this program knows ({SCHEMA}): update it"))),
    }
}

fn range(number: i64) -> Result<(i64, i64), StoreError> {
    Ok((place(number, 0)?, place(number, u64::from(u32::MAX))?))
}

fn place(number: i64, sequence: u64) -> Result<i64, StoreError> {
    let sequence = u32::try_from(sequence).map_err(|_| out_of_range())?;
    let number = u32::try_from(number).ok().filter(|number| *number <= u32::MAX >> 1).ok_or_else(out_of_range)?;
    signed((u64::from(number) << SEQUENCE_BITS) | u64::from(sequence))
}

fn signed(value: u64) -> Result<i64, StoreError> {
    i64::try_from(value).map_err(|_| out_of_range())
}

fn unsigned(value: i64) -> Result<u64, StoreError> {
    u64::try_from(value).map_err(|_| out_of_range())
}

fn out_of_range() -> StoreError {
    StoreError("a number does not fit into the database".into())
}

#[allow(clippy::needless_pass_by_value, reason = "used as map_err(failed)")]
fn failed(error: rusqlite::Error) -> StoreError {
    StoreError(error.to_string())
}

#[cfg(test)]
mod tests;
