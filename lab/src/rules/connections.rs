//! Connections are counted: a person may have so many open to one address abroad, further ones don't come about.

use super::{Judgement, Rule, Scene};
use crate::packet::Segment;
use serde::Deserialize;
use std::collections::BTreeSet;

/// Refused flows that are remembered: about as many as are followed at once.
const REFUSED_MAX: usize = 8_192;

/// See the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Connections {
    /// Open at once, between two addresses.
    open_max: usize,
    /// Flows that were refused, as others do not see them end.
    #[serde(skip)]
    refused: BTreeSet<u64>,
}

impl Rule for Connections {
    fn judge(&mut self, scene: &mut Scene<'_>) -> Judgement {
        if !scene.packet.tcp().is_some_and(Segment::opens) {
            return Judgement::Pass;
        }
        let (key, number) = (scene.flow.key, scene.flow.number);
        let between = scene.flows.open_between(*key.client.ip(), *key.server.ip());
        let open = between.filter(|flow| flow.number != number && !self.refused.contains(&flow.number)).count();
        if open >= self.open_max {
            self.refused.insert(number);
            if self.refused.len() > REFUSED_MAX {
                self.refused.pop_first();
            }
            return Judgement::Drop("too many connections");
        }
        self.refused.remove(&number);
        Judgement::Pass
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::bench::{BRIDGE, Bench, PUBLIC_RELAY};

    #[test]
    fn connections_above_the_bound_do_not_come_about() {
        let mut bench = Bench::new(Connections { open_max: 3, refused: BTreeSet::new() });
        for _ in 0..3 {
            bench.new_connection();
            assert_eq!(bench.open(BRIDGE).len(), 1);
        }
        bench.new_connection();
        assert!(bench.open(BRIDGE).is_empty());
        assert_eq!(bench.open(PUBLIC_RELAY).len(), 1, "each address has its own count");
    }

    #[test]
    fn a_refused_connection_takes_no_place() {
        let mut bench = Bench::new(Connections { open_max: 1, refused: BTreeSet::new() });
        bench.open(BRIDGE);
        let first = bench.person();
        bench.new_connection();
        assert!(bench.open(BRIDGE).is_empty());
        bench.close(first, BRIDGE);
        bench.new_connection();
        assert_eq!(bench.open(BRIDGE).len(), 1, "the one that was refused is not open");
    }
}
