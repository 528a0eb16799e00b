//! Durable stores: one feature for each role, so that nobody compiles what he does not use.

#[cfg(feature = "blocks")]
pub mod blocks;
#[cfg(feature = "people")]
pub mod people;
#[cfg(feature = "relay")]
pub mod relay;
