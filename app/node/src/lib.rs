//! Validator and full node: consensus over the chain core, blocks on disk, and HTTP for everybody else.
//!
//! Requirements: a folder of its own, a genesis that all validators share, the addresses of the other
//! validators, and loopback or network sockets.
//!
//! Provided: [`Node::start`] runs one validator on threads of its own and can be stopped and started
//! again in one process; [`view::ChainView`] is the read side for everything that serves answers;
//! [`operator`] is what the command line does with a validator's folder.
//!
//! Not provided: nodes that only follow the chain; changes of the validator set.

#![cfg_attr(test, allow(clippy::arithmetic_side_effects, reason = "a test may overflow loudly"))]

pub mod bench;
mod config;
pub mod faucet;
mod http;
pub mod ledger;
pub mod light;
pub mod metrics;
mod node;
pub mod operator;
#[cfg(test)]
mod test_chain;
pub mod toncenter;
pub mod view;

pub use config::{NodeConfig, PeerAddress, ValidatorKey};
pub use node::{Node, NodeError, NodeHandle};
