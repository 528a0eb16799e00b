//! One transaction on a person's store.

use super::{
    StoreError,
    seal::{Current, SealKey, SealedJson},
    search,
};
use client::{
    store::{MessageRow, Record, Table, Transaction},
    view::{ContactId, MessageId, MessageKind, MessageState},
};
use openmls_sqlite_storage::SqliteStorageProvider;
use rusqlite::{Connection, OptionalExtension as _, Row, ToSql, params};
use std::sync::Arc;
use wire::UnixMillis;

/// The columns of a message, in the order of `message_of`.
const COLUMNS: &str = "id, conversation, place, mine, at_ms, state, kind, text, reply_to, payment, sequence";

/// One transaction: dropping it takes everything back.
pub struct PeopleTransaction<'a> {
    connection: &'a Connection,
    key: &'a SealKey,
    mls: SqliteStorageProvider<SealedJson, &'a Connection>,
    committed: bool,
    _current: Current,
}

impl std::fmt::Debug for PeopleTransaction<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PeopleTransaction")
    }
}

impl<'a> PeopleTransaction<'a> {
    pub(super) fn begin(connection: &'a Connection, key: &'a Arc<SealKey>) -> Result<Self, StoreError> {
        let current = Current::begin(key)?;
        connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        let mls = SqliteStorageProvider::new(connection);
        Ok(Self { connection, key, mls, committed: false, _current: current })
    }

    fn messages_where(&self, condition: &str, values: &[&dyn ToSql]) -> Result<Vec<MessageRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!("SELECT {COLUMNS} FROM message {condition}"))?;
        let rows = statement.query_map(values, message_of)?;
        rows.map(|row| row?.ok_or(StoreError::Damaged)).collect()
    }

    /// Records from one key on, up to another.
    fn records_from(
        &self,
        table: Table,
        from: &[u8],
        end: Option<Vec<u8>>,
        limit: usize,
    ) -> Result<Vec<Record>, StoreError> {
        let limit = number(limit)?;
        let read = |row: &Row<'_>| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Vec<u8>>(1)?));
        let sealed: Vec<Record> = match end {
            Some(end) => {
                let sql =
                    "SELECT key, sealed FROM record WHERE kind = ?1 AND key >= ?2 AND key < ?3 ORDER BY key LIMIT ?4";
                let mut statement = self.connection.prepare_cached(sql)?;
                statement.query_map(params![kind(table), from, end, limit], read)?.collect::<Result<_, _>>()?
            }
            None => {
                let sql = "SELECT key, sealed FROM record WHERE kind = ?1 AND key >= ?2 ORDER BY key LIMIT ?3";
                let mut statement = self.connection.prepare_cached(sql)?;
                statement.query_map(params![kind(table), from, limit], read)?.collect::<Result<_, _>>()?
            }
        };
        let open = |(key, sealed): Record| {
            let value = self.key.open(&place(table, &key), &sealed)?;
            Ok((key, value))
        };
        sealed.into_iter().map(open).collect()
    }

    /// Changes a message that is there with the same text; the search index is left as it is. `false`: there is none.
    fn change_message(&self, row: &MessageRow) -> Result<bool, StoreError> {
        let reply_to = row.reply_to.map(|id| id.0.to_vec()).unwrap_or_default();
        let sql = "UPDATE message SET place = ?3, mine = ?4, at_ms = ?5, state = ?6, kind = ?7, reply_to = ?9,
                   payment = ?10, sequence = ?11 WHERE conversation = ?2 AND id = ?1 AND text = ?8";
        let values = params![
            row.id.0,
            row.conversation.0,
            number(row.order)?,
            row.mine,
            time(row.at),
            state_number(row.state),
            kind_number(row.kind),
            row.text,
            reply_to,
            row.payment,
            number(row.sequence)?,
        ];
        Ok(self.connection.prepare_cached(sql)?.execute(values)? > 0)
    }
}

impl Drop for PeopleTransaction<'_> {
    fn drop(&mut self) {
        if !self.committed {
            // Fails only when SQLite has rolled back by itself already.
            let _ = self.connection.execute_batch("ROLLBACK");
        }
    }
}

impl<'a> Transaction for PeopleTransaction<'a> {
    type Error = StoreError;
    type Mls = SqliteStorageProvider<SealedJson, &'a Connection>;

    fn mls(&self) -> &Self::Mls {
        &self.mls
    }

    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT sealed FROM record WHERE kind = ?1 AND key = ?2")?;
        let sealed: Option<Vec<u8>> = statement.query_row(params![kind(table), key], |row| row.get(0)).optional()?;
        sealed.map(|sealed| self.key.open(&place(table, key), &sealed)).transpose()
    }

    fn put(&mut self, table: Table, key: &[u8], value: &[u8]) -> Result<(), StoreError> {
        let sealed = self.key.seal(&place(table, key), value)?;
        let sql = "INSERT OR REPLACE INTO record (kind, key, sealed) VALUES (?1, ?2, ?3)";
        self.connection.prepare_cached(sql)?.execute(params![kind(table), key, sealed])?;
        Ok(())
    }

    fn delete(&mut self, table: Table, key: &[u8]) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached("DELETE FROM record WHERE kind = ?1 AND key = ?2")?;
        statement.execute(params![kind(table), key])?;
        Ok(())
    }

    fn scan(&self, table: Table, prefix: &[u8], limit: usize) -> Result<Vec<Record>, StoreError> {
        self.records_from(table, prefix, after_prefix(prefix), limit)
    }

    fn scan_from(&self, table: Table, from: &[u8], limit: usize) -> Result<Vec<Record>, StoreError> {
        self.records_from(table, from, None, limit)
    }

    fn put_message(&mut self, row: &MessageRow) -> Result<(), StoreError> {
        if self.change_message(row)? {
            return Ok(());
        }
        let reply_to = row.reply_to.map(|id| id.0.to_vec()).unwrap_or_default();
        let sql =
            "INSERT INTO message (id, conversation, place, mine, at_ms, state, kind, text, reply_to, payment, sequence)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
                   ON CONFLICT (conversation, id) DO UPDATE SET place = ?3, mine = ?4, at_ms = ?5, state = ?6,
                   kind = ?7, text = ?8, reply_to = ?9, payment = ?10, sequence = ?11 RETURNING row";
        let values = params![
            row.id.0,
            row.conversation.0,
            number(row.order)?,
            row.mine,
            time(row.at),
            state_number(row.state),
            kind_number(row.kind),
            row.text,
            reply_to,
            row.payment,
            number(row.sequence)?,
        ];
        let place: i64 = self.connection.prepare_cached(sql)?.query_row(values, |row| row.get(0))?;
        let sql = "INSERT OR REPLACE INTO message_words (rowid, words) VALUES (?1, ?2)";
        self.connection.prepare_cached(sql)?.execute(params![place, search::fold(&row.text)])?;
        Ok(())
    }

    fn message(&self, conversation: ContactId, id: MessageId) -> Result<Option<MessageRow>, StoreError> {
        let found = self.messages_where("WHERE conversation = ?1 AND id = ?2", params![conversation.0, id.0])?;
        Ok(found.into_iter().next())
    }

    fn messages(&self, conversation: ContactId, before: u64, limit: usize) -> Result<Vec<MessageRow>, StoreError> {
        // u64::MAX stands for "no end": SQLite's numbers go up to 2^63 − 1.
        let before = i64::try_from(before).unwrap_or(i64::MAX);
        let condition = "WHERE conversation = ?1 AND place < ?2 ORDER BY place DESC LIMIT ?3";
        let mut found = self.messages_where(condition, params![conversation.0, before, number(limit)?])?;
        found.reverse();
        Ok(found)
    }

    fn messages_by_sequence(
        &self,
        conversation: ContactId,
        mine: bool,
        first: u64,
        last: u64,
    ) -> Result<Vec<MessageRow>, StoreError> {
        let last = i64::try_from(last).unwrap_or(i64::MAX);
        let condition = "WHERE conversation = ?1 AND mine = ?2 AND sequence BETWEEN ?3 AND ?4 ORDER BY sequence";
        self.messages_where(condition, params![conversation.0, mine, number(first)?, last])
    }

    fn unread(&self, conversation: ContactId, after: u64) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM message WHERE conversation = ?1 AND mine = 0 AND place > ?2";
        let after = i64::try_from(after).unwrap_or(i64::MAX);
        let count: i64 =
            self.connection.prepare_cached(sql)?.query_row(params![conversation.0, after], |row| row.get(0))?;
        u64::try_from(count).map_err(|_| StoreError::Damaged)
    }

    fn search(&self, query: &str, limit: usize) -> Result<Vec<MessageRow>, StoreError> {
        let Some(query) = search::query(query) else { return Ok(Vec::new()) };
        let condition = "WHERE row IN (SELECT rowid FROM message_words WHERE message_words MATCH ?1)
                         ORDER BY at_ms DESC, place DESC LIMIT ?2";
        self.messages_where(condition, params![query, number(limit)?])
    }

    fn delete_messages(&mut self, conversation: ContactId) -> Result<(), StoreError> {
        let sql = "DELETE FROM message_words WHERE rowid IN (SELECT row FROM message WHERE conversation = ?1)";
        self.connection.prepare_cached(sql)?.execute(params![conversation.0])?;
        let sql = "DELETE FROM message WHERE conversation = ?1";
        self.connection.prepare_cached(sql)?.execute(params![conversation.0])?;
        Ok(())
    }

    fn commit(mut self) -> Result<(), StoreError> {
        self.connection.prepare_cached("COMMIT")?.execute([])?;
        self.committed = true;
        Ok(())
    }
}

fn message_of(row: &Row<'_>) -> rusqlite::Result<Option<MessageRow>> {
    let reply_to: Vec<u8> = row.get(8)?;
    let reply_to =
        if reply_to.is_empty() { Some(None) } else { reply_to.try_into().ok().map(|id| Some(MessageId(id))) };
    let (state, kind) = (state_of(row.get(5)?), kind_of(row.get(6)?));
    let unsigned = |number: i64| u64::try_from(number).ok();
    let (order, at, sequence) = (unsigned(row.get(2)?), unsigned(row.get(4)?), unsigned(row.get(10)?));
    let read = || {
        Some(MessageRow {
            id: MessageId(row.get(0).ok()?),
            conversation: ContactId(row.get(1).ok()?),
            order: order?,
            mine: row.get(3).ok()?,
            at: UnixMillis(at?),
            state: state?,
            kind: kind?,
            text: row.get(7).ok()?,
            reply_to: reply_to?,
            payment: row.get(9).ok()?,
            sequence: sequence?,
        })
    };
    Ok(read())
}

/// A time beyond what SQLite counts to is stored as the last one that it does.
fn time(at: UnixMillis) -> i64 {
    i64::try_from(at.0).unwrap_or(i64::MAX)
}

fn number(number: impl TryInto<i64>) -> Result<i64, StoreError> {
    number.try_into().map_err(|_| StoreError::TooLarge)
}

fn kind(table: Table) -> i64 {
    i64::from(table as u8)
}

/// Where a record belongs: a value moved to another key does not open there.
fn place(table: Table, key: &[u8]) -> Vec<u8> {
    [&[table as u8], key].concat()
}

/// The first key after all keys that begin with `prefix`; `None` when there is no such key.
fn after_prefix(prefix: &[u8]) -> Option<Vec<u8>> {
    let mut end = prefix.to_vec();
    while let Some(last) = end.pop() {
        if let Some(next) = last.checked_add(1) {
            end.push(next);
            return Some(end);
        }
    }
    None
}

/// The numbers are stored: never change one.
fn state_number(state: MessageState) -> i64 {
    match state {
        MessageState::Pending => 1,
        MessageState::Accepted => 2,
        MessageState::Delivered => 3,
        MessageState::Read => 4,
        MessageState::Failed => 5,
        MessageState::Received => 6,
    }
}

fn state_of(number: i64) -> Option<MessageState> {
    Some(match number {
        1 => MessageState::Pending,
        2 => MessageState::Accepted,
        3 => MessageState::Delivered,
        4 => MessageState::Read,
        5 => MessageState::Failed,
        6 => MessageState::Received,
        _ => return None,
    })
}

/// The numbers are stored: never change one.
fn kind_number(kind: MessageKind) -> i64 {
    match kind {
        MessageKind::Text => 1,
        MessageKind::Payment => 2,
        MessageKind::Notice => 3,
    }
}

fn kind_of(number: i64) -> Option<MessageKind> {
    Some(match number {
        1 => MessageKind::Text,
        2 => MessageKind::Payment,
        3 => MessageKind::Notice,
        _ => return None,
    })
}
