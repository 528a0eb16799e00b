//! A person's client as one state machine: contacts, conversations, outbox, invites, wallet.
//!
//! Requirements: a [`store::Store`] whose commits are durable, the person's [`e2ee::Root`], a
//! [`network::NetworkInfo`]; time and randomness are passed in.
//!
//! Provided: [`Client`] takes a [`Command`] and answers with a [`Reply`]; it asks for exchanges with relays through
//! [`Effect`], tells what changed through [`Event`], and says when it wants to be woken. Everything it promised
//! survives a crash at any moment, because effects leave only after the transaction that they belong to.
//!
//! Not provided: sockets, files, clocks, the local API.

mod apart;
mod bridge;
mod bundle;
mod carried;
pub mod client;
mod clock;
pub mod command;
mod entry;
mod explore;
#[cfg(feature = "test-suite")]
pub mod hostile;
mod introduce;
pub mod invite;
mod lan;
#[cfg(feature = "test-suite")]
pub mod ledger;
mod live;
mod moves;
pub mod network;
pub mod problem;
mod receive;
mod record;
mod region;
mod status;
pub mod store;
mod talk;
mod transport;
pub mod view;
mod wallet;
mod work;

pub use client::{Client, Setup};
pub use command::{ChainQuery, Command, CommandError, Effect, Event, ExchangeFailure, ExchangeId, QueryId, Reply};
pub use e2ee::{self, Root, mnemonic::Mnemonic};
pub use mailbox::bridge::BridgeError;
pub use mailbox::bundle::{self as bundles, BundleError};
pub use network::NetworkInfo;
