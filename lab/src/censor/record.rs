//! What the censor notes: for each flow what it was taken for and what was done about it.

use crate::{
    flow::{Flow, Protocol},
    look::Sight,
    probe::Finding,
    rules::Judgement,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Flows that are noted; further ones are only counted.
const FLOWS_MAX: usize = 20_000;

/// What was done with a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    /// It went on, at once or later.
    Passed,
    /// It did not, and why.
    Refused(&'static str),
}

impl Deed {
    /// What a judgement comes to.
    pub(crate) fn of(judgement: &Judgement) -> Self {
        match judgement {
            Judgement::Pass | Judgement::Hold(_) => Self::Passed,
            Judgement::Drop(why) | Judgement::Reset(why) | Judgement::Forge(_, why) => Self::Refused(why),
        }
    }
}

/// The flows since the block began.
#[derive(Debug, Default)]
pub(crate) struct Record {
    flows: BTreeMap<u64, Entry>,
    packets: u64,
    refused: u64,
    probed: Vec<Finding>,
}

#[derive(Debug)]
struct Entry {
    sight: String,
    head: usize,
    server: String,
    bytes: u64,
    why: Option<&'static str>,
}

/// What the censor saw and did, added up by what it took the flows for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Account {
    /// Packets at the border.
    pub(crate) packets_seen: u64,
    /// Packets that did not go on.
    pub(crate) packets_refused: u64,
    /// Flows at the border.
    pub(crate) flows_seen: u64,
    /// By name and server.
    pub(crate) named: Vec<Named>,
    /// What probing servers found.
    pub(crate) probed: Vec<Finding>,
}

/// Flows that look alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Named {
    /// What they were taken for.
    pub(crate) name: String,
    /// Where they went.
    pub(crate) server: String,
    /// How many.
    pub(crate) flows: u64,
    /// Of how many at least one packet was refused.
    pub(crate) flows_refused: u64,
    /// Bytes on the wire, refused ones included.
    pub(crate) bytes: u64,
    /// Why they were refused.
    pub(crate) why: String,
}

impl Record {
    /// Notes a packet of a flow.
    pub(crate) fn note(&mut self, flow: &Flow, sight: &Sight, bytes: usize, deed: Deed) {
        self.packets = self.packets.saturating_add(1);
        self.refused = self.refused.saturating_add(u64::from(deed != Deed::Passed));
        if self.flows.len() >= FLOWS_MAX && !self.flows.contains_key(&flow.number) {
            return;
        }
        let head = flow.up.head().len();
        let entry = self.flows.entry(flow.number).or_insert_with(|| Entry {
            sight: sight.to_string(),
            head,
            server: server(flow),
            bytes: 0,
            why: None,
        });
        if entry.head != head {
            (entry.sight, entry.head) = (sight.to_string(), head);
        }
        entry.bytes = entry.bytes.saturating_add(u64::try_from(bytes).unwrap_or_default());
        if let Deed::Refused(why) = deed {
            entry.why = Some(why);
        }
    }

    /// Notes what probing found.
    pub(crate) fn probed(&mut self, findings: Vec<Finding>) {
        self.probed.extend(findings);
    }

    /// Adds up.
    pub(crate) fn account(&self) -> Account {
        let mut named: BTreeMap<(&str, &str), Named> = BTreeMap::new();
        for entry in self.flows.values() {
            let (name, server) = (entry.sight.as_str(), entry.server.as_str());
            let sum = named.entry((name, server)).or_insert_with(|| Named {
                name: name.to_owned(),
                server: server.to_owned(),
                flows: 0,
                flows_refused: 0,
                bytes: 0,
                why: String::new(),
            });
            sum.flows = sum.flows.saturating_add(1);
            sum.bytes = sum.bytes.saturating_add(entry.bytes);
            if let Some(why) = entry.why {
                sum.flows_refused = sum.flows_refused.saturating_add(1);
                why.clone_into(&mut sum.why);
            }
        }
        Account {
            packets_seen: self.packets,
            packets_refused: self.refused,
            flows_seen: u64::try_from(self.flows.len()).unwrap_or_default(),
            named: named.into_values().collect(),
            probed: self.probed.clone(),
        }
    }
}

fn server(flow: &Flow) -> String {
    let protocol = match flow.key.protocol {
        Protocol::Tcp => "tcp".to_owned(),
        Protocol::Udp => "udp".to_owned(),
        Protocol::Other(number) => format!("ip{number}"),
    };
    format!("{protocol}/{}", flow.key.server)
}
