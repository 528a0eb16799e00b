//! Every server abroad that a person talks TLS with is probed from the border; a server that behaves unlike a website
//! is refused from then on. The probes are in [`crate::probe`].

use super::{Judgement, Rule, Scene};
use crate::{flow::Protocol, look::Sight};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    net::SocketAddrV4,
};

/// Servers that are remembered.
const SERVERS_MAX: usize = 1_024;

/// See the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Probing {
    #[serde(skip)]
    known: BTreeSet<SocketAddrV4>,
    #[serde(skip)]
    wanted: Vec<Target>,
    #[serde(skip)]
    convicted: BTreeMap<SocketAddrV4, String>,
}

/// A server to be probed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// Where it is.
    pub(crate) server: SocketAddrV4,
    /// The name that a person asked it for.
    pub(crate) name: Option<String>,
    /// A person's first bytes, to be sent again.
    pub(crate) recorded: Vec<u8>,
}

impl Rule for Probing {
    fn judge(&mut self, scene: &mut Scene<'_>) -> Judgement {
        let key = scene.flow.key;
        if self.convicted.contains_key(&key.server) {
            return Judgement::Drop("convicted by probing");
        }
        let outward = scene.places.is_inside(*key.client.ip());
        if let Sight::Tls(hello) = scene.sight
            && key.protocol == Protocol::Tcp
            && outward
            && self.known.len() < SERVERS_MAX
            && self.known.insert(key.server)
        {
            let recorded = scene.flow.up.head().to_vec();
            self.wanted.push(Target { server: key.server, name: hello.name.clone(), recorded });
        }
        Judgement::Pass
    }

    fn take_targets(&mut self) -> Vec<Target> {
        std::mem::take(&mut self.wanted)
    }

    fn convict(&mut self, server: SocketAddrV4, why: &str) {
        self.convicted.insert(server, why.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        look::hello::tests::of_rustls,
        rules::bench::{BRIDGE, Bench},
    };

    #[test]
    fn a_server_is_probed_once_with_what_a_person_sent_and_refused_when_convicted() {
        let rule = Probing { known: BTreeSet::new(), wanted: Vec::new(), convicted: BTreeMap::new() };
        let mut bench = Bench::new(rule);
        let hello = of_rustls("bakery.example", &["h2"]);
        bench.open(BRIDGE);
        bench.send(BRIDGE, &hello);
        let target = Target { server: BRIDGE, name: Some("bakery.example".into()), recorded: hello.clone() };
        assert_eq!(bench.censor.take_targets(), [target]);
        bench.new_connection();
        bench.open(BRIDGE);
        assert_eq!(bench.send(BRIDGE, &hello).len(), 1);
        assert_eq!(bench.censor.take_targets(), []);
        bench.censor.convict(BRIDGE, "silent");
        assert!(bench.send(BRIDGE, b"more").is_empty());
    }
}
