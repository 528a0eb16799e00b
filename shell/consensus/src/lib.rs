//! The adapter to the consensus engine.
