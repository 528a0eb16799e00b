//! The local API: what a person's daemon says to its page and to the command line.
//!
//! Requirements: none; these are types and a table of methods. `daemon` answers them, the page and
//! the command line ask them, over a WebSocket or a Unix socket (specs/05-local-api.md).
//!
//! Provided: one Rust type for every request, answer and event (`people`, `money`, `chain`, `bundle`, `bridge`, `local`), the orders
//! to a page that lends its browser (`lend`), the table of methods with a typed dispatcher (`methods`), the JSON-RPC 2.0
//! envelope and its errors
//! (`rpc`), and the TypeScript that the page is compiled against (`typescript`).
//!
//! Not provided: sockets, sessions, permission checks.

pub mod bridge;
pub mod bundle;
pub mod chain;
pub mod event;
#[cfg(any(test, feature = "test-suite"))]
pub mod hostile;
pub mod lend;
pub mod local;
pub mod methods;
pub mod money;
pub mod number;
pub mod people;
pub mod rpc;
pub mod typescript;

pub use event::Event;
pub use methods::{Handler, Method, dispatch};
pub use number::{Count, Nano};
pub use rpc::{ApiError, Reason};
