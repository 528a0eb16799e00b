//! Flows that nDPI names as something else than a permitted protocol are refused. nDPI itself is a program of its own,
//! run over a capture of each flow's first packets: see [`crate::censor::dpi`].

use super::{Judgement, Rule, Scene};
use crate::flow::FlowKey;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Packets of a flow that nDPI is shown.
const SHOWN_MAX: u64 = 24;
/// Data packets of the client after which a flow without a name is taken for none of the permitted.
const NAMELESS_AFTER: u64 = 3;
const NAMELESS: &str = "Unknown";
/// Packets kept until the next run of nDPI; the newest give way.
const CAPTURE_MAX: usize = 4_096;

/// See the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ndpi {
    /// nDPI's names of what passes; `TLS` also stands for `TLS.Google` and the like.
    permitted: BTreeSet<String>,
    #[serde(skip)]
    shown: BTreeMap<u64, u64>,
    #[serde(skip)]
    capture: Vec<(u64, Vec<u8>)>,
    #[serde(skip)]
    names: BTreeMap<FlowKey, String>,
}

impl Rule for Ndpi {
    fn judge(&mut self, scene: &mut Scene<'_>) -> Judgement {
        let shown = self.shown.entry(scene.flow.number).or_default();
        if *shown < SHOWN_MAX && self.capture.len() < CAPTURE_MAX {
            *shown = shown.saturating_add(1);
            self.capture.push((scene.now_ms, scene.bytes.to_vec()));
        }
        let Some(name) = self.names.get(&scene.flow.key) else { return Judgement::Pass };
        let master = name.split('.').next().unwrap_or_default();
        let undecided = name == NAMELESS && scene.flow.up.data_packets < NAMELESS_AFTER;
        if undecided || self.permitted.contains(master) {
            return Judgement::Pass;
        }
        Judgement::Drop("nDPI names it otherwise")
    }

    fn take_capture(&mut self) -> Vec<(u64, Vec<u8>)> {
        std::mem::take(&mut self.capture)
    }

    fn handle_names(&mut self, names: &BTreeMap<FlowKey, String>) {
        self.names.extend(names.iter().map(|(key, name)| (*key, name.clone())));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        flow::Protocol,
        rules::bench::{BRIDGE, Bench},
    };

    #[test]
    fn a_flow_is_refused_by_its_name_and_a_nameless_one_only_after_some_data() {
        for (name, passes) in [("TLS", true), ("TLS.Google", true), ("WireGuard", false), ("Unknown", false)] {
            let permitted = ["TLS".to_owned()].into();
            let mut bench =
                Bench::new(Ndpi { permitted, shown: BTreeMap::new(), capture: Vec::new(), names: BTreeMap::new() });
            bench.open(BRIDGE);
            assert_eq!(bench.send(BRIDGE, b"data").len(), 1);
            let key = FlowKey { protocol: Protocol::Tcp, client: bench.person(), server: BRIDGE };
            bench.censor.handle_names(&[(key, name.to_owned())].into());
            assert_eq!(bench.send(BRIDGE, b"data").len(), usize::from(name != "WireGuard"), "{name}");
            assert_eq!(bench.send(BRIDGE, b"data").len(), usize::from(passes), "{name}");
            assert_eq!(bench.censor.take_capture().len(), 4, "the capture has what was refused too");
        }
    }
}
