//! UDP is refused, but for DNS.

use super::{Judgement, Rule, Scene};
use crate::flow::Protocol;
use serde::Deserialize;

const DNS: u16 = 53;

/// See the file.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Udp {}

impl Rule for Udp {
    fn judge(&mut self, scene: &mut Scene<'_>) -> Judgement {
        let key = scene.flow.key;
        if key.protocol == Protocol::Udp && key.server.port() != DNS {
            return Judgement::Drop("UDP");
        }
        Judgement::Pass
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
    fn only_dns_passes_of_udp() {
        let mut bench = Bench::new(Udp {});
        assert!(bench.datagram(BRIDGE, b"anything").is_empty());
        assert_eq!(bench.ask(&query("bakery.example", 1)).len(), 1);
        assert_eq!(bench.open(BRIDGE).len(), 1);
    }
}
