//! Ids, amounts, times, relay addresses and the one codec that every room shares.
//!
//! Requirements: none; nothing here does IO, reads a clock or draws randomness.
//!
//! Provided: types whose encodings are frozen (`codec`), exact money (`Gram`), 32-byte names
//! (`id`), countries (`region`), domain-separated hashing (`hash`), text that is safe to show (`text`), and what counts as one stranger
//! (`source`). Rules `WIR-…` are
//! those of specs/01-wire.md.
//!
//! Not provided: encryption, networking, storage.

pub mod amount;
pub mod codec;
pub mod hash;
#[cfg(any(test, feature = "test-suite"))]
pub mod hostile;
pub mod id;
pub mod operator;
pub mod region;
pub mod relay;
pub mod source;
pub mod text;
pub mod time;
#[cfg(test)]
mod vectors;

pub use amount::Gram;
pub use id::{RelayId, Secret32};
pub use operator::Operator;
pub use region::Region;
pub use relay::{DnsPlace, RelayAddress, RelayDescriptor};
pub use source::Source;
pub use time::UnixMillis;
