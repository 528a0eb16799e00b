//! Tells the page when the chain or the demo goes on, while anybody looks.

use crate::{DemoControl, events::Hub, person::Person, translate};
use api::{Event, local::DemoStatus};
use client::{
    ChainQuery,
    view::{BlockSummary, ChainAnswer, ChainStatus},
};
use parking_lot::Mutex;
use std::{sync::Arc, time::Duration};
use tokio::time::{MissedTickBehavior, interval, timeout};

/// How often the chain and the demo are looked at.
const EVERY: Duration = Duration::from_secs(1);
/// Blocks over which transactions per second are counted.
const TPS_BLOCKS: u32 = 32;

/// What was seen last.
#[derive(Default)]
pub(crate) struct ChainWatch {
    tps: Mutex<Option<f64>>,
}

impl ChainWatch {
    /// Transactions per second over the last blocks, once they were seen.
    pub(crate) fn tps(&self) -> Option<f64> {
        *self.tps.lock()
    }

    /// Looks once a second while anybody listens. Never ends by itself.
    pub(crate) async fn run(self: Arc<Self>, person: Person, hub: Arc<Hub>, control: Option<Arc<dyn DemoControl>>) {
        let mut ticks = interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut seen: Option<ChainStatus> = None;
        let mut demo: Option<DemoStatus> = None;
        loop {
            ticks.tick().await;
            if !hub.is_heard() {
                continue;
            }
            if let Some(status) = ask_status(&person).await
                && seen != Some(status)
            {
                self.count(&person).await;
                hub.publish(Event::Chain { chain: translate::chain_status(&status, self.tps()) });
                seen = Some(status);
            }
            if let Some(control) = &control {
                let status = control.status().await;
                if demo.as_ref() != Some(&status) {
                    hub.publish(Event::Demo { demo: status.clone() });
                    demo = Some(status);
                }
            }
        }
    }

    async fn count(&self, person: &Person) {
        let query = ChainQuery::Blocks { before: None, limit: TPS_BLOCKS };
        if let Ok(Ok(ChainAnswer::Blocks(blocks))) = timeout(EVERY, person.chain(query)).await {
            *self.tps.lock() = tps(&blocks);
        }
    }
}

async fn ask_status(person: &Person) -> Option<ChainStatus> {
    match timeout(crate::CHAIN_TIMEOUT, person.chain(ChainQuery::Status)).await {
        Ok(Ok(ChainAnswer::Status(status))) => Some(status),
        _ => None,
    }
}

fn tps(blocks: &[BlockSummary]) -> Option<f64> {
    let first = blocks.iter().map(|block| block.at).min()?;
    let last = blocks.iter().map(|block| block.at).max()?;
    let transactions: u64 = blocks.iter().map(|block| u64::from(block.transactions)).sum();
    let span_ms = u32::try_from(last.since(first)).ok().filter(|span| *span > 0)?;
    let transactions = u32::try_from(transactions).ok()?;
    Some(f64::from(transactions) * 1_000.0 / f64::from(span_ms))
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::UnixMillis;

    fn block(at: u64, transactions: u32) -> BlockSummary {
        BlockSummary { workchain: -1, shard: 1 << 63, seqno: 1, root_hash: [0; 32], at: UnixMillis(at), transactions }
    }

    #[test]
    fn transactions_are_counted_over_the_time_of_their_blocks() {
        assert_eq!(tps(&[block(3_000, 10), block(1_000, 30)]), Some(20.0));
        assert_eq!(tps(&[block(1_000, 30)]), None);
        assert_eq!(tps(&[]), None);
    }
}
