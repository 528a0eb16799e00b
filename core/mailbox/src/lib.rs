//! The relay protocol, both sides.
