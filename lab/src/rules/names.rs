//! Names of the listed relays abroad are refused: in the `ClientHello` of TLS and QUIC, in HTTP's Host, and in DNS,
//! where a forged answer comes instead of the true one.

use super::{How, Judgement, Rule, Scene};
use crate::{
    look::{Sight, dns},
    packet,
};
use serde::Deserialize;
use std::{collections::BTreeSet, net::Ipv4Addr};

/// See the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Names {
    #[serde(default)]
    how: How,
    /// The address in forged answers to DNS questions; without it DNS is left alone.
    forged: Option<Ipv4Addr>,
    /// Flows that were found out: of these nothing passes any more.
    #[serde(skip)]
    refused: BTreeSet<u64>,
}

impl Rule for Names {
    fn judge(&mut self, scene: &mut Scene<'_>) -> Judgement {
        if self.refused.contains(&scene.flow.number) {
            return self.how.stop("name on the block-list");
        }
        let Some(name) = scene.sight.server_name() else { return Judgement::Pass };
        if !scene.places.public_names.iter().any(|zone| dns::is_within(name, zone)) {
            return Judgement::Pass;
        }
        if let Sight::Dns(_) = scene.sight {
            return self.lie(scene);
        }
        self.refused.insert(scene.flow.number);
        self.how.stop("name on the block-list")
    }
}

impl Names {
    /// Each datagram is a question of its own.
    fn lie(&self, scene: &Scene<'_>) -> Judgement {
        let query = scene.packet.payload();
        let (Some(forged), Some(question), true) = (self.forged, dns::question(query), scene.up) else {
            return Judgement::Pass;
        };
        let answer = if question.kind == dns::A { dns::Answer::Address(forged) } else { dns::Answer::Nothing };
        let answer = dns::answer(query, &question, answer);
        Judgement::Forge(vec![packet::udp(scene.packet.to, scene.packet.from, &answer)], "forged DNS answer")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        look::{dns::tests::query, hello::tests::of_rustls, quic::tests::initial},
        rules::bench::{BRIDGE, Bench, PUBLIC_NAME},
    };

    fn rule() -> Names {
        Names { how: How::Drop, forged: Some(Ipv4Addr::new(10, 10, 34, 34)), refused: BTreeSet::new() }
    }

    #[test]
    fn a_client_hello_with_a_listed_name_ends_the_flow_also_in_two_segments() {
        let hello = of_rustls(PUBLIC_NAME, &["h2"]);
        let mut bench = Bench::new(rule());
        bench.open(BRIDGE);
        assert_eq!(bench.send(BRIDGE, &hello[..60]).len(), 1, "nothing to be seen yet");
        assert!(bench.send(BRIDGE, &hello[60..]).is_empty());
        assert!(bench.answer(BRIDGE, b"anything").is_empty());
    }

    #[test]
    fn other_names_pass() {
        let mut bench = Bench::new(rule());
        bench.open(BRIDGE);
        assert_eq!(bench.send(BRIDGE, &of_rustls("bakery.example", &["h2"])).len(), 1);
        assert_eq!(bench.answer(BRIDGE, b"anything").len(), 1);
    }

    #[test]
    fn a_dns_question_gets_a_forged_answer_and_never_leaves() {
        let mut bench = Bench::new(rule());
        let sent = bench.ask(&query(PUBLIC_NAME, dns::A));
        assert_eq!(sent.len(), 1);
        assert!(sent[0].payload.ends_with(&[10, 10, 34, 34]));
        assert!(!sent[0].from_inside);
        assert!(bench.ask(&query("bakery.example", dns::A))[0].from_inside);
    }

    #[test]
    fn a_quic_initial_packet_is_opened() {
        let mut bench = Bench::new(rule());
        assert!(bench.datagram(BRIDGE, &initial(PUBLIC_NAME)).is_empty());
        let mut bench = Bench::new(rule());
        assert_eq!(bench.datagram(BRIDGE, &initial("bakery.example")).len(), 1);
    }
}
