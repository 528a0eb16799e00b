//! What the explorer shows. Hashes are 64 hexadecimal digits, shards 16.

use crate::{
    money::Direction,
    number::{Count, Nano},
};
use serde::{Deserialize, Serialize};
use typescript_type_def::TypeDef;

/// The newest final block this person knows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
pub struct ChainStatus {
    /// The masterchain block's number.
    pub seqno: u32,
    /// When it was made, Unix milliseconds.
    pub at_ms: u64,
    /// How many validators there are.
    pub validators: u32,
    /// The network's genesis.
    pub genesis_hash: String,
    /// Transactions a second over the last blocks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tps: Option<f64>,
}

/// A block in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
pub struct BlockSummary {
    /// −1 is the masterchain, 0 the basechain.
    pub workchain: i32,
    /// The shard's prefix.
    pub shard: String,
    /// The block's number in its shard.
    pub seqno: u32,
    /// Hash of the block's root cell.
    pub root_hash: String,
    /// When it was made, Unix milliseconds.
    pub at_ms: u64,
    /// How many transactions are in it.
    pub transactions: u32,
}

/// A block with what is in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
pub struct Block {
    /// −1 is the masterchain, 0 the basechain.
    pub workchain: i32,
    /// The shard's prefix.
    pub shard: String,
    /// The block's number in its shard.
    pub seqno: u32,
    /// Hash of the block's root cell.
    pub root_hash: String,
    /// When it was made, Unix milliseconds.
    pub at_ms: u64,
    /// How many transactions are in it.
    pub transactions: u32,
    /// Hash of the block's bytes.
    pub file_hash: String,
    /// Root hash of the block before.
    pub parent_hash: String,
    /// The transactions, in order of logical time.
    pub transactions_list: Vec<TransactionSummary>,
}

/// A transaction in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
pub struct TransactionSummary {
    /// The transaction's hash.
    pub hash: String,
    /// Whose it is.
    pub account: String,
    /// Its logical time.
    pub lt: Count,
    /// When its block was made, Unix milliseconds.
    pub at_ms: u64,
    /// Neither aborted nor thrown.
    pub success: bool,
    /// The money it moved.
    pub value: Nano,
    /// Which way, seen from the account.
    pub direction: Direction,
}

/// A message of a transaction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
pub struct ChainMessage {
    /// The sender; `null` when it came from outside the chain.
    pub from: Option<String>,
    /// The receiver; `null` when it left the chain.
    pub to: Option<String>,
    /// The money in it.
    pub value: Nano,
    /// Its words, when it carries any.
    pub comment: String,
}

/// A block's name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
pub struct BlockName {
    /// −1 is the masterchain, 0 the basechain.
    pub workchain: i32,
    /// The shard's prefix.
    pub shard: String,
    /// The block's number in its shard.
    pub seqno: u32,
}

/// A transaction with its messages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
pub struct Transaction {
    /// The transaction's hash.
    pub hash: String,
    /// Whose it is.
    pub account: String,
    /// Its logical time.
    pub lt: Count,
    /// When its block was made, Unix milliseconds.
    pub at_ms: u64,
    /// Neither aborted nor thrown.
    pub success: bool,
    /// The money it moved.
    pub value: Nano,
    /// Which way, seen from the account.
    pub direction: Direction,
    /// The TVM's exit code; `null` when no code ran.
    pub exit_code: Option<i32>,
    /// Gas used by the TVM.
    pub gas_used: Count,
    /// What the chain took.
    pub fee: Nano,
    /// What set it off.
    pub in_message: Option<ChainMessage>,
    /// What it sent.
    pub out_messages: Vec<ChainMessage>,
    /// The block that holds it.
    pub block: BlockName,
}

/// What state an account is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// It has code.
    Active,
    /// It has a balance and no code yet.
    Uninit,
    /// It owes storage fees.
    Frozen,
    /// Nothing was ever there.
    Nonexist,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
pub struct Account {
    /// To be shown to people.
    pub address: String,
    /// `workchain:hash`.
    pub raw: String,
    /// What state it is in.
    pub state: AccountState,
    /// What it holds.
    pub balance: Nano,
    /// Logical time of its newest transaction.
    pub last_lt: Count,
    /// Hash of its newest transaction; empty when there is none.
    pub last_hash: String,
    /// Hash of its code.
    pub code_hash: Option<String>,
    /// State and balance were proven from a block that the validators signed.
    pub verified: bool,
    /// The newest transactions.
    pub transactions: Vec<TransactionSummary>,
}

/// What a search in the explorer found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Found {
    /// A block.
    Block {
        /// The block.
        block: BlockName,
    },
    /// An account.
    Account {
        /// Its address.
        address: String,
    },
    /// A transaction.
    Transaction {
        /// Its hash.
        hash: String,
    },
    /// Nothing goes by that.
    Nothing,
}

/// Lists masterchain blocks, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct ChainBlocks {
    /// Only blocks before this number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<u32>,
    /// At most so many (100 at the most).
    pub limit: u32,
}

/// Names a block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct ChainBlock {
    /// −1 is the masterchain, 0 the basechain.
    pub workchain: i32,
    /// The shard's prefix; the whole workchain when it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<String>,
    /// The block's number in its shard.
    pub seqno: u32,
}

/// Names an account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct ChainAccount {
    /// Its address, raw or as shown to people.
    pub address: String,
}

/// Names a transaction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct ChainTransaction {
    /// Its hash.
    pub hash: String,
}

/// Searches the chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct ChainSearch {
    /// A block's number, a transaction's hash or an address.
    pub query: String,
}
