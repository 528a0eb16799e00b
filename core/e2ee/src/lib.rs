//! Identity, devices and conversations: keys from 24 words, MLS groups, and the sealing of cells (specs/03-e2ee.md).
//!
//! Requirements: a storage provider for MLS state ([`MlsStorage`]) that takes part in the caller's transaction; time
//! and randomness are passed in, but for what the MLS library draws for its own keys and nonces, which never reaches
//! a decision.
//!
//! Provided: the TON mnemonic scheme and the keys that hang on it (`mnemonic`, `root`), certified device keys
//! (`device`), conversations over MLS with X-Wing (`conversation`), authenticated encryption of whole cells (`seal`), and
//! channels between contacts who meet on one network (`meeting`).
//!
//! Not provided: delivery, order, deduplication of messages: `client` has these.

pub mod conversation;
pub mod device;
#[cfg(any(test, feature = "test-suite"))]
pub mod hostile;
pub mod meeting;
pub mod mnemonic;
pub mod root;
pub mod seal;

pub use conversation::{Conversation, Error, KeyPackageBytes, MlsStorage};
pub use device::{DeviceKey, DeviceProof};
pub use root::Root;
