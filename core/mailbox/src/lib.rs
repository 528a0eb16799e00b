//! The relay protocol, both sides: mailboxes, cells, hops (specs/02-mailbox.md).
//!
//! Requirements: time and randomness are passed in; storage is behind [`store::MailboxStore`]. The one exception
//! is `hop`: the Oblivious HTTP library draws its own ephemeral keys, which never reach a decision.
//!
//! Provided: frames and their bounds (`frame`), capabilities of which a relay keeps only hashes (`capability`),
//! fixed-size cells (`cell`), sealing through an entry relay (`hop`), and the relay's decisions as a state machine
//! (`relay`) with its limits (`limits`), links to relays that are on no list (`bridge`), and cells in files
//! (`bundle`).
//!
//! Not provided: sockets, disks, encryption of the cells' content.

pub mod bridge;
pub mod bundle;
pub mod capability;
pub mod cell;
pub mod frame;
pub mod hop;
#[cfg(any(test, feature = "test-suite"))]
pub mod hostile;
pub mod limits;
#[cfg(any(test, feature = "test-suite"))]
pub mod memory;
pub mod relay;
pub mod store;
#[cfg(any(test, feature = "test-suite"))]
pub mod suite;
pub mod tree;

#[cfg(test)]
mod vectors;

pub use capability::{CellId, ReceiveCapability, ReceiveId, SendCapability, SendId};
pub use cell::{Cell, CellSize};
pub use frame::{Refusal, Request, Response};
pub use relay::RelayCore;
