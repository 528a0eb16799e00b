//! The verbs, one file each.

pub(crate) mod bench;
pub(crate) mod bundle;
pub(crate) mod carrier;
mod carrier_profile;
pub(crate) mod chain;
pub(crate) mod contact;
pub(crate) mod doctor;
#[cfg(feature = "node")]
pub(crate) mod faucet;
pub(crate) mod fleet;
pub(crate) mod message;
#[cfg(feature = "node")]
pub(crate) mod network;
pub(crate) mod passphrase;
pub(crate) mod program;
pub(crate) mod relay;
pub(crate) mod up;
#[cfg(feature = "node")]
pub(crate) mod validator;
pub(crate) mod wallet;

/// Rows that are asked for at a time: the daemon gives no more in one answer (specs/05-local-api.md).
const ROWS_MAX: u32 = 200;
