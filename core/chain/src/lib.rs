//! TON-format state and blocks: collation, execution, proofs.

pub mod execute;
pub mod get_method;
pub mod wallet;
