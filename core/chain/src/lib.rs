//! TON-format state and blocks: genesis, collation, validation, execution, proofs.
//!
//! Requirements: time, random seeds and keys are handed in; nothing here reads a clock, a file or
//! a socket, and nothing starts a task.
//!
//! Provided: [`genesis`] makes a network; [`state`] is everything after a block; [`collate`]
//! makes the next block from messages and [`validate`] makes it again and compares; [`mempool`]
//! keeps messages until then; [`index`] finds transactions in blocks, [`history`] reads them;
//! [`light`] proves accounts to those who keep no chain. Rules `CHN-…` are those of
//! specs/04-chain.md (state, blocks, pool, proofs) and specs/07-execution.md (execution, the wallet).
//!
//! Not provided: agreement on blocks (shell/consensus), storage, serving.

#![cfg_attr(test, allow(clippy::arithmetic_side_effects, reason = "a test may overflow loudly"))]

pub mod block;
pub mod certificate;
pub mod collate;
pub mod execute;
pub mod genesis;
pub mod get_method;
pub mod history;
#[cfg(any(test, feature = "test-suite"))]
pub mod hostile;
pub mod index;
pub mod light;
pub mod mempool;
mod merkle;
pub mod queue;
mod size;
pub mod state;
#[cfg(any(test, feature = "test-suite"))]
mod test_network;
pub mod validate;
#[cfg(test)]
mod vectors;
pub mod wallet;

pub use block::{BlockBundle, BlockName};
pub use collate::{CollateParams, Collated, collate};
pub use genesis::{Genesis, GenesisParams};
pub use mempool::Mempool;
pub use state::ChainState;
pub use validate::validate;

/// The version of TON's rules that contracts run under (`GlobalVersion.version`).
pub const GLOBAL_VERSION: u32 = 12;
/// `GlobalVersion.capabilities`: bodies in bounced messages, reported versions, short dequeues.
pub const CAPABILITIES: u64 = 0x2c;
