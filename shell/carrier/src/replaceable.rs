//! A carrier whose place another of its name may take while exchanges are under way: those stay where they are.

use crate::{Carrier, CarrierError};
use bytes::Bytes;
use parking_lot::RwLock;
use std::sync::Arc;
use std::time::Duration;
use wire::RelayAddress;

/// The place.
pub(crate) struct Replaceable(RwLock<Arc<dyn Carrier>>);

impl Replaceable {
    pub(crate) fn new(carrier: impl Carrier + 'static) -> Self {
        Self(RwLock::new(Arc::new(carrier)))
    }

    /// Exchanges that begin from now on are this one's.
    pub(crate) fn put(&self, carrier: impl Carrier + 'static) {
        *self.0.write() = Arc::new(carrier);
    }

    fn now(&self) -> Arc<dyn Carrier> {
        Arc::clone(&self.0.read())
    }
}

#[async_trait::async_trait]
impl Carrier for Replaceable {
    fn name(&self) -> &'static str {
        self.now().name()
    }

    fn family(&self) -> &'static str {
        self.now().family()
    }

    fn serves(&self, to: &RelayAddress) -> bool {
        self.now().serves(to)
    }

    fn request_bytes_max(&self) -> Option<usize> {
        self.now().request_bytes_max()
    }

    fn head_start(&self) -> Option<Duration> {
        self.now().head_start()
    }

    async fn ready(&self, to: &RelayAddress) -> Result<(), CarrierError> {
        self.now().ready(to).await
    }

    async fn exchange(&self, to: &RelayAddress, body: Bytes, timeout: Duration) -> Result<Bytes, CarrierError> {
        self.now().exchange(to, body, timeout).await
    }
}
