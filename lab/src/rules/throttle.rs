//! Each person's line abroad has so many bits a second, each way; what does not fit waits, and what would wait too long
//! is dropped.

use super::{Judgement, Rule, Scene};
use serde::Deserialize;
use std::{collections::BTreeMap, net::Ipv4Addr};

/// See the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Throttle {
    /// Thousands of bits a second.
    kbit_per_s: u64,
    /// How long a packet may wait for its turn.
    queue_ms: u64,
    /// When a line will be free again, in microseconds, by the person's address and the way.
    #[serde(skip)]
    free_us: BTreeMap<(Ipv4Addr, bool), u64>,
}

impl Rule for Throttle {
    fn judge(&mut self, scene: &mut Scene<'_>) -> Judgement {
        let (from, to) = (*scene.packet.from.ip(), *scene.packet.to.ip());
        let outward = scene.places.is_inside(from);
        let now_us = scene.now_ms.saturating_mul(1000);
        let free = self.free_us.entry((if outward { from } else { to }, outward)).or_default();
        let start = now_us.max(*free);
        if start.saturating_sub(now_us) > self.queue_ms.saturating_mul(1000) {
            return Judgement::Drop("too slow a line");
        }
        let bits = u64::try_from(scene.packet.bytes).unwrap_or_default().saturating_mul(8);
        let takes_us = bits.saturating_mul(1000).checked_div(self.kbit_per_s).unwrap_or_default();
        *free = start.saturating_add(takes_us);
        Judgement::Hold(*free / 1000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::bench::{BRIDGE, Bench};

    #[test]
    fn packets_wait_their_turn_and_then_are_dropped() {
        let mut bench = Bench::new(Throttle { kbit_per_s: 256, queue_ms: 500, free_us: BTreeMap::new() });
        // 1,000 bytes at 256 kbit/s: 31 ms
        let sent = (0..30).filter(|_| bench.held(BRIDGE, &[7; 960]).is_some()).count();
        assert_eq!(sent, 17, "what fits into 500 ms and the one that is on its way");
        let at = bench.held(BRIDGE, &[7; 960]);
        assert_eq!(at, None);
        bench.after_ms(600);
        assert_eq!(bench.held(BRIDGE, &[7; 960]), Some(bench.now_ms() + 31));
    }
}
