//! Connections are counted: a person may have so many open to one address abroad, further ones don't come about.

use super::{Judgement, Rule, Scene};
use crate::packet::Segment;
use serde::Deserialize;

/// See the file.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Connections {
    /// Open at once, between two addresses.
    open_max: usize,
}

impl Rule for Connections {
    fn judge(&mut self, scene: &mut Scene<'_>) -> Judgement {
        if !scene.packet.tcp().is_some_and(Segment::opens) {
            return Judgement::Pass;
        }
        let open = scene.flows.open_between(*scene.flow.key.client.ip(), *scene.flow.key.server.ip());
        if open > self.open_max { Judgement::Drop("too many connections") } else { Judgement::Pass }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::bench::{BRIDGE, Bench, PUBLIC_RELAY};

    #[test]
    fn connections_above_the_bound_do_not_come_about() {
        let mut bench = Bench::new(Connections { open_max: 3 });
        for _ in 0..3 {
            bench.new_connection();
            assert_eq!(bench.open(BRIDGE).len(), 1);
        }
        bench.new_connection();
        assert!(bench.open(BRIDGE).is_empty());
        assert_eq!(bench.open(PUBLIC_RELAY).len(), 1, "each address has its own count");
    }
}
