//! Seeded simulation of the whole way of a message: real client cores, real relay cores, and between them a network
//! and disks that fail. Time is virtual; everything is decided by the seed.
//!
//! Provided: [`World`], which runs a plan of messages under [`Faults`] and then checks that nothing that was stored
//! by a sender is lost, doubled or out of order at its receiver.
//!
//! Not provided: sockets, real disks, consensus (one program makes and signs all blocks).

#![allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::needless_range_loop,
    reason = "a simulator is a test: a panic is a verdict"
)]

mod chain;
mod person;
mod relay;
mod world;

pub use world::{Faults, Report, World};
