//! Seeded simulation of the whole way of a message: real client cores, real relay cores, and between them a network
//! and disks that fail. Time is virtual; everything is decided by the seed.
//!
//! Provided: [`World`], which runs a plan of messages under [`Faults`] and then checks that nothing that was stored
//! by a sender is lost, doubled or out of order at its receiver; meanwhile a ghost holds every [`Claim`] of a relay or
//! client against the disks at the moment it is made. That the ghost notices is shown by machines that [`Lie`].
//!
//! Not provided: sockets, real disks, consensus (one program makes and signs all blocks).

#![allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::needless_range_loop,
    reason = "a simulator is a test: a panic is a verdict"
)]

pub mod bridges;
mod chain;
mod ghost;
mod lie;
mod person;
mod relay;
mod world;

pub use ghost::{Claim, Untrue};
pub use lie::{Lie, PersonLie, RelayLie};
pub use world::{Cut, Faults, Regions, Report, Trouble, World};
