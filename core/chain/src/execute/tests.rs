//! Behaviour of the executor adapter.
