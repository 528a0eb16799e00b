//! A person's process.
