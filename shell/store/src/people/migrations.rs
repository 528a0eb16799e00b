//! The tables, step by step. A step that was released never changes; it uses nothing but SQL.

use super::StoreError;
use openmls_sqlite_storage::SqliteStorageProvider;
use rusqlite::Connection;

/// Step N brings a file from version N to N + 1.
const STEPS: [&str; 1] = [FIRST];

const FIRST: &str = "
-- the data key, sealed under a secret that is not in this file
CREATE TABLE vault (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    sealed_key BLOB NOT NULL
) STRICT;

-- secrets sealed under the data key
CREATE TABLE secret (
    name TEXT NOT NULL PRIMARY KEY,
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- records of the client core; values are sealed under the data key
CREATE TABLE record (
    kind INTEGER NOT NULL,
    key BLOB NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

-- what people wrote; reply_to is empty where nothing is answered
CREATE TABLE message (
    row INTEGER PRIMARY KEY,
    conversation BLOB NOT NULL,
    id BLOB NOT NULL,
    place INTEGER NOT NULL,
    mine INTEGER NOT NULL CHECK (mine IN (0, 1)),
    at_ms INTEGER NOT NULL,
    state INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    text TEXT NOT NULL,
    reply_to BLOB NOT NULL,
    payment BLOB NOT NULL,
    sequence INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX message_by_id ON message (conversation, id);
CREATE INDEX message_by_place ON message (conversation, place);
CREATE INDEX message_by_sender ON message (conversation, mine, place);
CREATE INDEX message_by_sequence ON message (conversation, mine, sequence);

-- rowid is message.row; holds the words only, folded as search.rs folds them
CREATE VIRTUAL TABLE message_words USING fts5 (
    words, content='', contentless_delete=1, prefix='2 3', tokenize='unicode61 remove_diacritics 2'
);
";

/// Brings the file to the newest version.
pub(super) fn run(connection: &mut Connection) -> Result<(), StoreError> {
    let found: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let known = i64::try_from(STEPS.len()).map_err(|_| StoreError::TooLarge)?;
    let done = usize::try_from(found).map_err(|_| StoreError::Newer { found, known })?;
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    for (index, step) in STEPS.iter().enumerate().skip(done) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(step)?;
        let version = i64::try_from(index.saturating_add(1)).map_err(|_| StoreError::TooLarge)?;
        transaction.pragma_update(None, "user_version", version)?;
        transaction.commit()?;
    }
    let mut mls = SqliteStorageProvider::<super::seal::SealedJson, _>::new(connection);
    mls.run_migrations().map_err(|error| StoreError::Mls(error.to_string()))
}
