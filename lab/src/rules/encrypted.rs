//! Connections whose first payload is nothing but noise are refused, with some chance, and so is what follows between
//! the same ends for a while: see [`crate::look::encrypted`].

use super::{Judgement, Rule, Scene};
use crate::{look::encrypted::is_noise, packet::Carried};
use rand::Rng as _;
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    net::{Ipv4Addr, SocketAddrV4},
};

/// See the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FullyEncrypted {
    /// How many of a hundred noisy connections are refused.
    percent: u32,
    /// For how long everything between client and server stays refused.
    residual_s: u64,
    #[serde(skip)]
    refused_until: BTreeMap<(Ipv4Addr, SocketAddrV4), u64>,
}

impl Rule for FullyEncrypted {
    fn judge(&mut self, scene: &mut Scene<'_>) -> Judgement {
        let Carried::Tcp(segment) = &scene.packet.carried else { return Judgement::Pass };
        if !scene.up {
            return Judgement::Pass;
        }
        let pair = (*scene.flow.key.client.ip(), scene.flow.key.server);
        if self.refused_until.get(&pair).is_some_and(|until| scene.now_ms < *until) {
            return Judgement::Drop("fully encrypted");
        }
        let first = scene.flow.from_start && scene.flow.up.data_packets == 1 && !segment.payload.is_empty();
        if first && is_noise(segment.payload) && scene.random.gen_range(0..100) < self.percent {
            let until = scene.now_ms.saturating_add(self.residual_s.saturating_mul(1000));
            self.refused_until.insert(pair, until);
            return Judgement::Drop("fully encrypted");
        }
        Judgement::Pass
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        look::hello::tests::of_rustls,
        rules::bench::{BRIDGE, Bench},
    };

    fn rule(percent: u32) -> FullyEncrypted {
        FullyEncrypted { percent, residual_s: 180, refused_until: BTreeMap::new() }
    }

    const NOISE: [u8; 8] = [0x8f, 0xc3, 0x99, 0xe2, 0x96, 0x0f, 0x17, 0xd1];

    #[test]
    fn noise_is_refused_for_a_while_and_tls_is_not() {
        let mut bench = Bench::new(rule(100));
        bench.open(BRIDGE);
        assert!(bench.send(BRIDGE, &NOISE.repeat(20)).is_empty());
        bench.new_connection();
        assert!(bench.open(BRIDGE).is_empty(), "refused with what follows");
        bench.after_ms(180_001);
        bench.new_connection();
        assert_eq!(bench.open(BRIDGE).len(), 1);
        assert_eq!(bench.send(BRIDGE, &of_rustls("bakery.example", &[])).len(), 1);
    }

    #[test]
    fn about_a_quarter_of_noisy_connections_is_refused() {
        let refused = (0..400).filter(|seed| {
            let mut bench = Bench::seeded(rule(26), *seed);
            bench.open(BRIDGE);
            bench.send(BRIDGE, &NOISE.repeat(20)).is_empty()
        });
        let refused = refused.count();
        assert!((70..140).contains(&refused), "{refused} of 400");
    }
}
