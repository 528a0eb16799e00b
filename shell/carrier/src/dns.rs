//! The `dns` disguise: exchanges cut into queries to a relay's zone, through the system's own resolver (specs/10-dns.md).
//! For texts and payments, where nothing else gets out: slow, and resolvers on the way see that a zone is asked much.
//!
//! Requirements: a name server in `/etc/resolv.conf` that passes questions on; a relay whose descriptor names a zone.
//! Provided: exchanges of up to [`frame::REQUEST_BYTES_MAX`] bytes, sealed to the relay's key, whatever resolvers lose,
//! repeat, put in another order or keep. Not provided: a disguise that a censor who looks at names can't recognise.

mod exchange;
pub mod frame;
mod line;
pub(crate) mod message;
pub(crate) mod names;
mod resolver;
pub mod seal;
pub mod zone;

pub use names::room_bytes;

use crate::https::lines::PerRelay;
use crate::{Carrier, CarrierError};
use bytes::Bytes;
use line::Line;
use resolver::Servers;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use wire::RelayAddress;

/// Queries under way at a time, those that wait at a relay on purpose aside: more than a resolver gives one client
/// anyway, fewer than it takes for a flood.
const UNDER_WAY_MAX: usize = 32;
/// How long better carriers look for a way first: until a connection that does not come about is known not to. Where
/// they work nobody is to see a query.
const HEAD_START: Duration = Duration::from_secs(3);

/// Exchanges through DNS. Cheap to share behind an `Arc`; keeps its sessions until dropped.
#[derive(Debug)]
pub struct DnsCarrier {
    servers: Servers,
    places: Arc<Semaphore>,
    lines: PerRelay<Arc<Line>, RelayAddress>,
}

impl Default for DnsCarrier {
    fn default() -> Self {
        Self::of(Servers::System)
    }
}

impl DnsCarrier {
    /// A carrier that asks the name servers of the system.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A carrier that asks these name servers, the first that answers.
    #[must_use]
    pub fn asking(servers: Vec<SocketAddr>) -> Self {
        Self::of(Servers::These(servers))
    }

    fn of(servers: Servers) -> Self {
        Self { servers, places: Arc::new(Semaphore::new(UNDER_WAY_MAX)), lines: PerRelay::default() }
    }

    fn line(&self, to: &RelayAddress) -> Result<Arc<Line>, CarrierError> {
        let make = || Line::new(to, self.servers.clone(), Arc::clone(&self.places)).map(Arc::new);
        self.lines.get_by(to.clone(), make)
    }
}

#[async_trait::async_trait]
impl Carrier for DnsCarrier {
    fn name(&self) -> &'static str {
        "dns"
    }

    fn serves(&self, to: &RelayAddress) -> bool {
        to.dns.is_some()
    }

    fn request_bytes_max(&self) -> Option<usize> {
        Some(frame::REQUEST_BYTES_MAX)
    }

    fn head_start(&self) -> Option<Duration> {
        Some(HEAD_START)
    }

    async fn ready(&self, to: &RelayAddress) -> Result<(), CarrierError> {
        self.line(to)?.standing().await.map(drop)
    }

    async fn exchange(&self, to: &RelayAddress, body: Bytes, limit: Duration) -> Result<Bytes, CarrierError> {
        if body.len() > frame::REQUEST_BYTES_MAX {
            return Err(CarrierError::Narrow { max: frame::REQUEST_BYTES_MAX });
        }
        let line = self.line(to)?;
        match tokio::time::timeout(limit, exchange::run(&line, &body)).await {
            Ok(result) => result,
            Err(_elapsed) => Err(CarrierError::Timeout(limit)),
        }
    }
}

#[cfg(test)]
mod tests;
