//! Durable stores: one feature for each role, so that nobody compiles what he does not use. And what all roles ask
//! of their machine: small files, the clock.

#[cfg(feature = "blocks")]
pub mod blocks;
pub mod clock;
pub mod files;
#[cfg(feature = "people")]
pub mod people;
#[cfg(feature = "relay")]
pub mod relay;
