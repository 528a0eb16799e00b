//! Packets get lost, by chance.

use super::{Judgement, Rule, Scene};
use rand::Rng as _;
use serde::Deserialize;

/// See the file.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Loss {
    /// How many of a hundred, each way.
    percent: u32,
}

impl Rule for Loss {
    fn judge(&mut self, scene: &mut Scene<'_>) -> Judgement {
        if scene.random.gen_range(0..100) < self.percent { Judgement::Drop("lost") } else { Judgement::Pass }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::bench::{BRIDGE, Bench};

    fn lost(seed: u64) -> Vec<bool> {
        let mut bench = Bench::seeded(Loss { percent: 20 }, seed);
        (0..1000).map(|_| bench.send(BRIDGE, b"data").is_empty()).collect()
    }

    #[test]
    fn a_fifth_is_lost_and_the_same_with_the_same_seed() {
        let count = lost(1).into_iter().filter(|lost| *lost).count();
        assert!((150..250).contains(&count), "{count} of 1000");
        assert_eq!(lost(1), lost(1));
        assert_ne!(lost(1), lost(2));
    }
}
