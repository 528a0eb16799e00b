//! For those who keep no chain: what they ask a node, what it answers, and proofs of accounts.
//!
//! Requirements: the network's genesis hash and validators' keys, from a source that the caller
//! trusts (its genesis file or the invite).
//!
//! Provided: frames ([`LightRequest`], [`LightResponse`]); on the node's side [`HeadProof`]; on
//! the asker's side [`verify_account`], which believes nothing but a quorum of validators: from
//! the certificate to the block, to the state, to the account (rules CHN-90 to CHN-96).
//!
//! Not provided: freshness. A node may show an old head: the asker compares heights and times.
//! Blocks, transactions and lists are told, not proven, except where a proven account names the
//! hash of its last transaction ([`verify_history`]).

mod frames;
mod prove;
#[cfg(test)]
pub(crate) mod tests;
mod verify;

pub use frames::{
    AccountId, AccountProof, BlockRecord, BlockSummary, HeadInfo, LightRequest, LightResponse, NetworkId,
    REQUEST_BYTES_MAX, RESPONSE_BYTES_MAX, ROWS_MAX, TransactionRecord, WAIT_MS_MAX, transactions_that_fit,
};
pub use prove::{HeadProof, ProveError};
pub use verify::{ProofError, VerifiedAccount, verify_account, verify_history};
