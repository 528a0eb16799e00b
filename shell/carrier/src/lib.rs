//! How bytes leave the machine: one file per disguise, all behind [`Carrier`], and the choice among them
//! (specs/09-carriers.md).
//!
//! Requirements: a tokio runtime; relays whose requests may be run twice. Provided: one exchange of bytes with a relay,
//! bounded in size and time, cancelled by dropping it, with errors that tell apart what the caller can do something
//! about; silence told within seconds; [`Carriers`], which finds a way that works. Not provided: choice of relay, and
//! secrecy of the content (that is the hop's).

mod browser;
mod carriers;
mod choice;
pub mod dns;
#[cfg(any(test, feature = "test-suite"))]
pub mod hostile;
mod https;
mod pages;
pub mod profile;
mod replaceable;
pub mod segment;
#[cfg(test)]
mod testing;
pub mod tls;
#[cfg(test)]
mod vectors;

pub use browser::BrowserCarrier;
pub use carriers::Carriers;
pub use choice::{Memory, MemoryError, NetworkName, Reason, Way};
pub use dns::DnsCarrier;
pub use https::{HttpsCarrier, RotatingCarrier};
pub use pages::{Fetched, Lender, Order, Pages};
pub use profile::Profile;

use bytes::Bytes;
use std::time::Duration;
use wire::RelayAddress;

/// A way to bring a request to a relay and its response back.
#[async_trait::async_trait]
pub trait Carrier: Send + Sync {
    /// What it is called, in one word: `https`, `browser`, ...
    fn name(&self) -> &'static str;

    /// Carriers of one family reach a relay, or don't, alike: there is no use in trying a second one after the first
    /// got no connection.
    fn family(&self) -> &'static str {
        self.name()
    }

    /// Whether the relay can be asked this way at all, as far as its address says, and what helps is there now.
    fn serves(&self, _to: &RelayAddress) -> bool {
        true
    }

    /// The longest request that goes this way; `None`: any.
    fn request_bytes_max(&self) -> Option<usize> {
        None
    }

    /// How long better carriers may look for a way before this one does too; `None`: as long as the profile says.
    fn head_start(&self) -> Option<Duration> {
        None
    }

    /// Returns once there is a way to the relay: a connection stands, a helper is there. An exchange that begins then
    /// need not wait for it.
    async fn ready(&self, to: &RelayAddress) -> Result<(), CarrierError>;

    /// Sends `body` to the relay at `to` and gives its answer, or an error after `timeout` at the latest.
    /// Dropping the future cancels the exchange on the wire.
    async fn exchange(&self, to: &RelayAddress, body: Bytes, timeout: Duration) -> Result<Bytes, CarrierError>;
}

/// Nothing is heard of a relay although exchanges with it are open: whoever can, asks another as well (CAR-16).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quiet {
    /// Which.
    pub relay: RelayAddress,
    /// For how long, in milliseconds.
    pub quiet_ms: u64,
}

/// Why an exchange brought no answer.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum CarrierError {
    /// The address can't be dialled as it is written.
    #[error("the relay's address is malformed: {0}")]
    Address(String),
    /// No connection: wrong port, not running, or blocked.
    #[error("no connection to the relay: {0}")]
    Connect(String),
    /// Connected, but the TLS handshake failed: another service, or something between.
    #[error("the TLS handshake with the relay failed: {0}")]
    Tls(String),
    /// Somebody else answers at the relay's address: its key is not the pinned one. Don't retry, get a new descriptor.
    #[error("the relay shows another key than the pinned one: something impersonates it, or it was set up anew")]
    Pin,
    /// No answer in time.
    #[error("the relay did not answer in {0:?}")]
    Timeout(Duration),
    /// The connection is there and says nothing, not even to a PING: it is cut or frozen. Use another.
    #[error("the connection went silent after {heard_bytes} to {carried_bytes} bytes")]
    Silent {
        /// What it had carried when it was last heard, both directions together.
        heard_bytes: u64,
        /// The same with what was sent since, which may have arrived.
        carried_bytes: u64,
    },
    /// A website answers: the secret path is wrong or withdrawn.
    #[error("the relay answers like a website (HTTP {status}): the secret path is wrong or withdrawn")]
    Decoy {
        /// The HTTP status.
        status: u16,
    },
    /// The connection broke in the middle of the exchange; the request may or may not have been run.
    #[error("the connection to the relay broke: {0}")]
    Broken(String),
    /// The answer is longer than any relay's.
    #[error("the relay's answer has more than {max} bytes")]
    TooLarge {
        /// The bound.
        max: usize,
    },
    /// The only way there is takes short requests alone: wait for a better one.
    #[error("only texts and payments go through at present: requests of more than {max} bytes wait for a better way")]
    Narrow {
        /// The longest that goes.
        max: usize,
    },
    /// The carrier can't be used now, whatever the relay: use another.
    #[error("the carrier can't be used now: {0}")]
    Absent(&'static str),
}

impl CarrierError {
    /// What the status of an answer means that is none of a relay's.
    fn of_status(status: u16) -> Self {
        match status {
            // Also under a secret path (MBX-61): the way is slow, the path may be right.
            408 => Self::Broken("the request came too slowly (HTTP 408)".to_owned()),
            _ => Self::Decoy { status },
        }
    }
}
