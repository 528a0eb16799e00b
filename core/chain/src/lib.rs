//! TON-format state and blocks: collation, execution, proofs.
