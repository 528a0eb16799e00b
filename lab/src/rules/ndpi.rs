//! Flows that nDPI names as something else than a permitted protocol are refused, and so is what follows between the same
//! ends for a while. nDPI itself is a program of its own, run over a capture of each flow's first packets: see
//! [`crate::censor::dpi`].

use super::{Judgement, Rule, Scene};
use crate::flow::{Flow, FlowKey};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    net::{Ipv4Addr, SocketAddrV4},
};

/// Packets of a flow that nDPI is shown.
const SHOWN_MAX: u64 = 24;
/// Packets kept until the next run of nDPI; the newest give way.
const CAPTURE_MAX: usize = 4_096;

/// See the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ndpi {
    /// nDPI's names of what passes; `TLS` also stands for `TLS.Google` and the like.
    permitted: BTreeSet<String>,
    /// For how long everything between client and server stays refused.
    residual_s: u64,
    #[serde(skip)]
    shown: BTreeMap<FlowKey, Shown>,
    #[serde(skip)]
    capture: Vec<(u64, Vec<u8>)>,
    #[serde(skip)]
    refused_until: BTreeMap<(Ipv4Addr, SocketAddrV4), u64>,
    #[serde(skip)]
    now_ms: u64,
}

/// What nDPI was shown of a flow.
#[derive(Clone, Copy, Debug)]
struct Shown {
    flow: u64,
    packets: u64,
    /// Both ends have said something.
    answered: bool,
    /// They had when nDPI was started last.
    whole: bool,
    /// The beginning of it, or something else of what nDPI should see, is missing: no wonder that it has no name.
    in_part: bool,
    refused: bool,
}

impl Shown {
    fn new(flow: &Flow) -> Self {
        let in_part = !flow.from_start || flow.up.data_packets > 1 || flow.down.data_packets > 0;
        Self { flow: flow.number, packets: 0, answered: false, whole: false, in_part, refused: false }
    }
}

impl Rule for Ndpi {
    fn judge(&mut self, scene: &mut Scene<'_>) -> Judgement {
        self.now_ms = scene.now_ms;
        let flow = scene.flow;
        let shown = self.shown.entry(flow.key).or_insert_with(|| Shown::new(flow));
        if shown.flow != flow.number {
            *shown = Shown::new(flow);
        }
        shown.answered = flow.up.data_packets > 0 && flow.down.data_packets > 0;
        if shown.packets < SHOWN_MAX {
            shown.packets = shown.packets.saturating_add(1);
            if self.capture.len() < CAPTURE_MAX {
                self.capture.push((scene.now_ms, scene.bytes.to_vec()));
            } else {
                shown.in_part = true;
            }
        }
        let pair = (*flow.key.client.ip(), flow.key.server);
        if self.refused_until.get(&pair).is_some_and(|until| scene.now_ms < *until) {
            return Judgement::Drop("nDPI names it otherwise");
        }
        Judgement::Pass
    }

    fn take_capture(&mut self) -> Vec<(u64, Vec<u8>)> {
        std::mem::take(&mut self.capture)
    }

    fn handle_names(&mut self, names: &BTreeMap<FlowKey, String>) {
        let until = self.now_ms.saturating_add(self.residual_s.saturating_mul(1000));
        for (key, shown) in &mut self.shown {
            let permitted = |name: &String| self.permitted.contains(name.split('.').next().unwrap_or_default());
            // one without a name may get one until both ends have spoken and nDPI has seen it
            let passes = names.get(key).map_or(!shown.whole || shown.in_part, permitted);
            if !passes && !shown.refused {
                shown.refused = true;
                self.refused_until.insert((*key.client.ip(), key.server), until);
            }
            shown.whole = shown.answered;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        flow::Protocol,
        rules::bench::{BRIDGE, Bench},
    };

    fn bench() -> Bench {
        Bench::new(Ndpi {
            permitted: ["TLS".to_owned()].into(),
            residual_s: 180,
            shown: BTreeMap::new(),
            capture: Vec::new(),
            refused_until: BTreeMap::new(),
            now_ms: 0,
        })
    }

    /// nDPI has named the connection so; `None`: it does not know what it is.
    fn name(bench: &mut Bench, name: Option<&str>) {
        let key = FlowKey { protocol: Protocol::Tcp, client: bench.person(), server: BRIDGE };
        bench.censor.handle_names(&name.map(|name| (key, name.to_owned())).into_iter().collect());
    }

    #[test]
    fn a_flow_is_refused_by_its_name_and_so_is_what_follows_for_a_while() {
        for (named, passes) in [("TLS", true), ("TLS.Google", true), ("WireGuard", false)] {
            let mut bench = bench();
            bench.open(BRIDGE);
            assert_eq!(bench.send(BRIDGE, b"data").len(), 1);
            name(&mut bench, Some(named));
            assert_eq!(bench.send(BRIDGE, b"data").len(), usize::from(passes), "{named}");
            assert_eq!(bench.censor.take_capture().len(), 3, "the capture has what was refused too");
            bench.new_connection();
            assert_eq!(bench.open(BRIDGE).len(), usize::from(passes), "{named}");
            bench.after_ms(180_001);
            bench.new_connection();
            assert_eq!(bench.open(BRIDGE).len(), 1, "{named}");
        }
    }

    #[test]
    fn a_nameless_flow_is_refused_once_ndpi_has_seen_what_both_ends_say() {
        let mut bench = bench();
        bench.open(BRIDGE);
        bench.send(BRIDGE, b"question");
        name(&mut bench, None);
        bench.answer(BRIDGE, b"answer");
        name(&mut bench, None);
        assert_eq!(bench.send(BRIDGE, b"more").len(), 1, "nDPI may have been started before the answer");
        name(&mut bench, None);
        assert!(bench.send(BRIDGE, b"more").is_empty());
    }

    #[test]
    fn a_flow_whose_beginning_was_not_seen_is_not_refused_for_having_no_name() {
        let mut bench = bench();
        bench.send(BRIDGE, b"from the middle");
        bench.answer(BRIDGE, b"answer");
        name(&mut bench, None);
        name(&mut bench, None);
        assert_eq!(bench.send(BRIDGE, b"more").len(), 1);
    }
}
