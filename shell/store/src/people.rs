//! A person's profile in one SQLite file: records, messages with full-text search, and MLS state, in one transaction.
//!
//! Requirements: a folder that only its owner can read, and a `Secret32` from outside the file (a key file or a
//! passphrase, see `vault`). One process opens the file at a time; one thread uses the store at a time.
//!
//! Provided: [`PeopleStore`], which passes the one suite of `client::store`; every commit is on disk when it returns.
//! Records, MLS state and secrets are sealed under a data key that is itself sealed under the secret from outside, so
//! that the file alone opens nothing.
//!
//! Not provided: secrecy of messages at rest. Their text, times and states stand in the file as they are, because the
//! search index needs the text; whoever reads the owner's files reads them.

mod migrations;
mod seal;
mod search;
mod transaction;
pub mod vault;

#[cfg(test)]
mod tests;

pub use transaction::PeopleTransaction;

use rusqlite::{Connection, OpenFlags};
use seal::SealKey;
use std::{path::Path, sync::Arc, time::Duration};
use wire::Secret32;

/// Prepared statements kept: more than this store has.
const STATEMENTS_MAX: usize = 64;
/// How long to wait for a backup tool that reads the file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// A person's store.
pub struct PeopleStore {
    connection: Connection,
    key: Arc<SealKey>,
}

/// What can go wrong with a person's store.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// SQLite refused.
    #[error("the profile's database: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// MLS' own tables could not be made.
    #[error("the profile's tables for conversations could not be made: {0}")]
    Mls(String),
    /// A newer program wrote the file.
    #[error("the profile was written by a newer simurgh (version {found}, this one knows {known}): update simurgh")]
    Newer {
        /// The file's version.
        found: i64,
        /// The newest known.
        known: i64,
    },
    /// The secret from outside is not the one that the file was made with.
    #[error("the key does not open this profile: put back the key file that belongs to it")]
    WrongKey,
    /// The passphrase is not the one that the key file was sealed with.
    #[error("the passphrase is wrong: try again")]
    WrongPassphrase,
    /// Something sealed does not open.
    #[error("a sealed value is damaged: restore the profile from a backup")]
    Damaged,
    /// A number does not fit SQLite.
    #[error("a number is too large for the database")]
    TooLarge,
    /// A second transaction was begun on the same thread.
    #[error("a transaction is open already on this thread")]
    Nested,
}

impl std::fmt::Debug for PeopleStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PeopleStore")
    }
}

impl PeopleStore {
    /// Opens the file, or makes it. `secret` comes from outside the file: see [`vault`].
    pub fn open(path: &Path, secret: &Secret32) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags)?;
        prepare(&connection)?;
        migrations::run(&mut connection)?;
        let key = vault::open(&connection, secret)?;
        Ok(Self { connection, key: Arc::new(key) })
    }

    /// A secret that was kept under this name.
    pub fn secret(&self, name: &str) -> Result<Option<zeroize::Zeroizing<Vec<u8>>>, StoreError> {
        vault::secret(&self.connection, &self.key, name)
    }

    /// Keeps a secret under a name, on disk when this returns.
    pub fn set_secret(&mut self, name: &str, secret: &[u8]) -> Result<(), StoreError> {
        vault::set_secret(&self.connection, &self.key, name, secret)
    }
}

impl client::store::Store for PeopleStore {
    type Error = StoreError;
    type Transaction<'a> = PeopleTransaction<'a>;

    fn begin(&mut self) -> Result<PeopleTransaction<'_>, StoreError> {
        PeopleTransaction::begin(&self.connection, &self.key)
    }
}

fn prepare(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    // FULL: a commit is on disk before it returns. secure_delete: used-up keys are overwritten, not only forgotten.
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    connection.pragma_update(None, "trusted_schema", "OFF")?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(())
}
