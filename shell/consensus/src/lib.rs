//! The adapter to the consensus engine; the only crate that names it.
//!
//! Requirements: a fixed set of validators with Ed25519 keys that all know each other's sockets; an
//! [`Application`] that executes blocks deterministically; a folder that nobody else uses.
//!
//! Provided: [`Validator::start`] runs one validator on threads of its own: blocks are proposed, verified,
//! decided, kept, fetched when missed, and handed to the application in order, at least once, each with
//! the certificate that light clients check (`chain::certificate`). [`Link`] wakes a waiting proposer and
//! gossips external messages. The rules are specs/08-consensus.md.
//!
//! Not provided: changes of the validator set; slashing; nodes that only follow.

#![cfg_attr(test, allow(clippy::arithmetic_side_effects, reason = "a test may overflow loudly"))]

mod application;
mod block;
mod bridge;
mod engine;
mod gossip;
mod link;
#[cfg(any(test, feature = "simulation"))]
pub mod simulation;
pub mod timing;
mod validator;

pub use application::{Application, Block, Failure, FinalBlock, FinalName, PAYLOAD_BYTES_MAX, Verdict};
pub use link::{GOSSIP_BYTES_MAX, Link, LinkEnds, link};
pub use validator::{Peer, StartError, Validator, ValidatorConfig, public_key};

#[cfg(test)]
mod tests;
