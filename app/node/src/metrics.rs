//! What a node counts, in Prometheus' text format.

use prometheus_client::{
    encoding::text::encode,
    metrics::{counter::Counter, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};
use wire::UnixMillis;

/// Upper bounds of the times from a block's timestamp to its being durable, in seconds.
const BLOCK_TIME_BOUNDS: [f64; 12] = [0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0];

/// The counters of one node.
pub struct NodeMetrics {
    registry: Registry,
    /// 1 while consensus runs, 0 after it failed.
    pub running: Gauge,
    /// Height of the last final block.
    pub height: Gauge,
    /// External messages that wait.
    pub pool: Gauge,
    /// Open HTTP connections.
    pub connections: Gauge,
    /// External messages taken from clients.
    pub submitted: Counter,
    /// External messages refused.
    pub refused: Counter,
    /// Blocks made here.
    pub proposed: Counter,
    /// Blocks of others executed and found valid.
    pub verified: Counter,
    /// Transactions in final blocks.
    pub transactions: Counter,
    /// HTTP requests.
    pub requests: Counter,
    block_seconds: Histogram,
}

impl std::fmt::Debug for NodeMetrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NodeMetrics").field("height", &self.height.get()).finish_non_exhaustive()
    }
}

impl Default for NodeMetrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("simurgh");
        let metrics = Self {
            running: Gauge::default(),
            height: Gauge::default(),
            pool: Gauge::default(),
            connections: Gauge::default(),
            submitted: Counter::default(),
            refused: Counter::default(),
            proposed: Counter::default(),
            verified: Counter::default(),
            transactions: Counter::default(),
            requests: Counter::default(),
            block_seconds: Histogram::new(BLOCK_TIME_BOUNDS),
            registry: Registry::default(),
        };
        registry.register("running", "1 while consensus runs, 0 after it failed", metrics.running.clone());
        registry.register("height", "Height of the last final block", metrics.height.clone());
        registry.register("pool_messages", "External messages that wait for a block", metrics.pool.clone());
        registry.register("http_connections", "Open HTTP connections", metrics.connections.clone());
        registry.register("submitted", "External messages taken from clients", metrics.submitted.clone());
        registry.register("refused", "External messages refused", metrics.refused.clone());
        registry.register("blocks_proposed", "Blocks made by this validator", metrics.proposed.clone());
        registry.register("blocks_verified", "Blocks of others found valid", metrics.verified.clone());
        registry.register("transactions", "Transactions in final blocks", metrics.transactions.clone());
        registry.register("http_requests", "HTTP requests", metrics.requests.clone());
        let help = "Seconds from a block's timestamp until it is final and durable here";
        registry.register("block_seconds", help, metrics.block_seconds.clone());
        Self { registry, ..metrics }
    }
}

impl NodeMetrics {
    /// Notes how long a block took from its timestamp to being durable.
    pub fn block_age(&self, stamped: UnixMillis, now: UnixMillis) {
        let millis = u32::try_from(now.since(stamped)).unwrap_or(u32::MAX);
        self.block_seconds.observe(f64::from(millis) / 1000.0);
    }

    /// All of it as text.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut text = String::new();
        // writing to a string can't fail
        let _ = encode(&mut text, &self.registry);
        text
    }
}
