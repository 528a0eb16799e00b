//! The border is cut: nothing crosses it, or nothing but DNS.

use super::{Judgement, Rule, Scene};
use serde::Deserialize;

const DNS: u16 = 53;

/// See the file.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cut {
    /// What goes to port 53, and its answers, pass.
    #[serde(default)]
    except_dns: bool,
}

impl Rule for Cut {
    fn judge(&mut self, scene: &mut Scene<'_>) -> Judgement {
        if self.except_dns && scene.flow.key.server.port() == DNS {
            return Judgement::Pass;
        }
        Judgement::Drop("the border is cut")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        look::dns::tests::query,
        rules::bench::{BRIDGE, Bench},
    };

    #[test]
    fn nothing_passes_a_cut_and_dns_only_one_that_says_so() {
        for except_dns in [false, true] {
            let mut bench = Bench::new(Cut { except_dns });
            assert!(bench.open(BRIDGE).is_empty());
            assert_eq!(bench.ask(&query("bakery.example", 1)).len(), usize::from(except_dns));
        }
    }
}
