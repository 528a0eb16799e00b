//! Where a client keeps everything: a transactional store behind a trait.
//!
//! Requirements of an implementation: a transaction sees its own writes; `commit` returns only when the writes are
//! durable (fsynced); a transaction that is dropped, or whose process dies before `commit` returned, leaves nothing
//! behind, or (when it dies inside `commit`) everything. MLS state ([`Transaction::mls`]) belongs to the same
//! transaction as the rows.
//!
//! For SQLite: `begin` runs `BEGIN IMMEDIATE` on the one connection, the transaction holds `&Connection` and an
//! `openmls_sqlite_storage::SqliteStorageProvider<Codec, &Connection>`, and `Drop` rolls back unless committed.
//!
//! Rows come in two kinds. [`Record`]s are opaque to the store: (table, key) → value, in the order of the keys.
//! [`MessageRow`]s are what a person lists and searches.
//!
//! Provided: the traits, and with the feature `test-suite` a memory store with faults ([`memory`]) and one test
//! suite for all implementations ([`suite`]).
//!
//! Not provided: encryption at rest.

#[cfg(feature = "test-suite")]
pub mod memory;
#[cfg(feature = "test-suite")]
pub mod suite;

use crate::view::{ContactId, MessageId, MessageKind, MessageState};
use wire::UnixMillis;

/// A store.
pub trait Store {
    /// What can go wrong with it.
    type Error: std::error::Error + Send + Sync + 'static;
    /// Its transactions.
    type Transaction<'a>: Transaction<Error = Self::Error>
    where
        Self: 'a;

    /// Begins the one transaction that there can be at a time.
    fn begin(&mut self) -> Result<Self::Transaction<'_>, Self::Error>;
}

/// A transaction. Dropping it takes everything back.
pub trait Transaction {
    /// What can go wrong.
    type Error: std::error::Error + Send + Sync + 'static;
    /// openmls' storage, within this transaction.
    type Mls: e2ee::MlsStorage;

    /// openmls' storage, within this transaction.
    fn mls(&self) -> &Self::Mls;

    /// One record.
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, Self::Error>;
    /// Inserts or replaces one record.
    fn put(&mut self, table: Table, key: &[u8], value: &[u8]) -> Result<(), Self::Error>;
    /// Deletes one record; it may be missing.
    fn delete(&mut self, table: Table, key: &[u8]) -> Result<(), Self::Error>;
    /// At most `limit` records whose key begins with `prefix`, in the (byte) order of their keys.
    fn scan(&self, table: Table, prefix: &[u8], limit: usize) -> Result<Vec<Record>, Self::Error>;

    /// At most `limit` records from the key `from` on, in the order of their keys.
    fn scan_from(&self, table: Table, from: &[u8], limit: usize) -> Result<Vec<Record>, Self::Error>;

    /// Inserts a message, or replaces the one with the same conversation and id.
    fn put_message(&mut self, row: &MessageRow) -> Result<(), Self::Error>;
    /// One message.
    fn message(&self, conversation: ContactId, id: MessageId) -> Result<Option<MessageRow>, Self::Error>;
    /// The newest `limit` messages with `order < before`, oldest of them first.
    fn messages(&self, conversation: ContactId, before: u64, limit: usize) -> Result<Vec<MessageRow>, Self::Error>;
    /// The messages of one side with `first <= sequence <= last`, in this order.
    fn messages_by_sequence(
        &self,
        conversation: ContactId,
        mine: bool,
        first: u64,
        last: u64,
    ) -> Result<Vec<MessageRow>, Self::Error>;
    /// How many messages that are not mine have `order > after`.
    fn unread(&self, conversation: ContactId, after: u64) -> Result<u64, Self::Error>;
    /// Messages that contain every word of `query` (the last one may be a beginning), newest first, at most `limit`.
    fn search(&self, query: &str, limit: usize) -> Result<Vec<MessageRow>, Self::Error>;
    /// Deletes all messages of a conversation.
    fn delete_messages(&mut self, conversation: ContactId) -> Result<(), Self::Error>;

    /// Makes everything durable.
    fn commit(self) -> Result<(), Self::Error>;
}

/// A key and its value.
pub type Record = (Vec<u8>, Vec<u8>);

/// Kinds of records. The number is stored: never change one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Table {
    /// The person's own profile and settings.
    Profile = 1,
    /// Contacts.
    Contact = 2,
    /// Own mailboxes.
    Mailbox = 3,
    /// Invites, given and taken.
    Invite = 4,
    /// What is on its way out.
    Outbox = 5,
    /// What came out of order or in parts.
    Inbox = 6,
    /// Messages that wait for their turn.
    Waiting = 7,
    /// Wallet accounts and transfers.
    Wallet = 8,
    /// Wallet history.
    History = 9,
    /// Bridges.
    Bridge = 10,
    /// Cells that are carried for others.
    Carried = 11,
    /// How queues move.
    Move = 12,
}

/// A message as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRow {
    /// The same on both sides; unique in a conversation.
    pub id: MessageId,
    /// Whose conversation.
    pub conversation: ContactId,
    /// Place in the conversation on this device, from 1; unique in a conversation.
    pub order: u64,
    /// From this person.
    pub mine: bool,
    /// The sender's clock. A store may keep what is beyond 2^63 − 1 as that.
    pub at: UnixMillis,
    /// How far it has come.
    pub state: MessageState,
    /// What it is.
    pub kind: MessageKind,
    /// The text, searchable.
    pub text: String,
    /// The message that it answers.
    pub reply_to: Option<MessageId>,
    /// Encoded payment; empty if none.
    pub payment: Vec<u8>,
    /// Its number in the sender's sequence; 0 while it waits.
    pub sequence: u64,
}
