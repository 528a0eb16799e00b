//! What a censor can tell of a flow from its first bytes: one file per kind of look.

pub(crate) mod dns;
pub(crate) mod encrypted;
pub(crate) mod hello;
pub(crate) mod ja4;
pub(crate) mod quic;
mod sight;

pub(crate) use sight::{Sight, is_http};
