//! TCP flows freeze once the server has sent so much: from then on nothing passes, either way, without a word.

use super::{Judgement, Rule, Scene};
use crate::flow::Protocol;
use rand::Rng as _;
use serde::Deserialize;
use std::collections::BTreeMap;

/// See the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Freeze {
    /// The fewest bytes of the server's after which a flow may freeze.
    from_bytes: u64,
    /// The most that pass.
    to_bytes: u64,
    #[serde(skip)]
    limits: BTreeMap<u64, u64>,
}

impl Rule for Freeze {
    fn judge(&mut self, scene: &mut Scene<'_>) -> Judgement {
        if scene.flow.key.protocol != Protocol::Tcp {
            return Judgement::Pass;
        }
        let drawn = || scene.random.gen_range(self.from_bytes..=self.to_bytes);
        let limit = *self.limits.entry(scene.flow.number).or_insert_with(drawn);
        if scene.flow.down.bytes > limit { Judgement::Drop("frozen") } else { Judgement::Pass }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::bench::{BRIDGE, Bench};

    #[test]
    fn a_flow_freezes_both_ways_and_a_new_one_does_not() {
        let mut bench = Bench::new(Freeze { from_bytes: 16_384, to_bytes: 20_480, limits: BTreeMap::new() });
        bench.open(BRIDGE);
        let passed = (0..30).filter(|_| !bench.answer(BRIDGE, &[7; 1000]).is_empty()).count();
        assert!((16..=20).contains(&passed), "{passed} kB");
        assert!(bench.send(BRIDGE, b"more").is_empty());
        bench.new_connection();
        assert_eq!(bench.open(BRIDGE).len(), 1);
    }
}
