//! Validator and full node.
