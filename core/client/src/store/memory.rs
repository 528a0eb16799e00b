//! The memory store, with faults.
