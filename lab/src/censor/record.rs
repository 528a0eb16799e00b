//! What the censor notes: for each flow what it was taken for and what was done about it.

use crate::{
    flow::{Flow, Protocol},
    look::Sight,
    probe::Finding,
    rules::Judgement,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, net::Ipv4Addr};

/// Flows that are noted, besides those from before the block; further ones are only counted.
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
    /// Flows that are only counted, all with lower numbers than `next_number`.
    unnamed: u64,
    next_number: u64,
    packets: u64,
    refused: u64,
    probed: Vec<Finding>,
}

#[derive(Debug)]
struct Entry {
    sight: String,
    head: usize,
    server: String,
    /// The client's and the server's.
    addresses: (Ipv4Addr, Ipv4Addr),
    /// See [`Account::begun`].
    begun: bool,
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
    /// How many of them are not in `named`, because there were too many.
    #[serde(default)]
    pub(crate) flows_unnamed: u64,
    /// TCP connections that began under the block and on which the client has said something: the rules saw all that.
    #[serde(default)]
    pub(crate) begun: Vec<Begun>,
    /// By name and server.
    pub(crate) named: Vec<Named>,
    /// What probing servers found.
    pub(crate) probed: Vec<Finding>,
}

/// Connections between two addresses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Begun {
    /// Who opened them.
    pub(crate) client: Ipv4Addr,
    /// The other end.
    pub(crate) server: Ipv4Addr,
    /// How many.
    pub(crate) flows: u64,
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
        // those from before the block are as few as a censor remembers at once, so the others come by their numbers
        let is_above = self.flows.len() >= FLOWS_MAX && !flow.from_before;
        if is_above && !self.flows.contains_key(&flow.number) {
            let is_new = flow.number >= self.next_number;
            self.unnamed = self.unnamed.saturating_add(u64::from(is_new));
            self.next_number = self.next_number.max(flow.number.saturating_add(1));
            return;
        }
        let head = flow.up.head().len();
        let entry = self.flows.entry(flow.number).or_insert_with(|| Entry {
            sight: sight.to_string(),
            head,
            server: server(flow),
            addresses: (*flow.key.client.ip(), *flow.key.server.ip()),
            begun: false,
            bytes: 0,
            why: None,
        });
        let from_start = flow.key.protocol == Protocol::Tcp && flow.from_start && !flow.from_before;
        entry.begun = from_start && flow.up.data_packets > 0;
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
        let mut begun: BTreeMap<(Ipv4Addr, Ipv4Addr), u64> = BTreeMap::new();
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
            if entry.begun {
                let flows = begun.entry(entry.addresses).or_default();
                *flows = flows.saturating_add(1);
            }
        }
        let noted = u64::try_from(self.flows.len()).unwrap_or_default();
        Account {
            packets_seen: self.packets,
            packets_refused: self.refused,
            flows_seen: noted.saturating_add(self.unnamed),
            flows_unnamed: self.unnamed,
            begun: begun.into_iter().map(|((client, server), flows)| Begun { client, server, flows }).collect(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::{Direction, FlowKey};
    use std::net::SocketAddrV4;

    fn flow(number: u64, from_before: bool) -> Flow {
        let end = SocketAddrV4::new(Ipv4Addr::LOCALHOST, 53);
        let key = FlowKey { protocol: Protocol::Udp, client: end, server: end };
        let (up, down) = (Direction::default(), Direction::default());
        Flow { number, key, up, down, last_ms: 0, from_start: true, from_before, ended: false }
    }

    #[test]
    fn every_flow_is_counted_once_and_it_is_said_how_many_are_not_named() {
        let mut record = Record::default();
        let mut note = |number, from_before| record.note(&flow(number, from_before), &Sight::Silent, 40, Deed::Passed);
        let above = u64::try_from(FLOWS_MAX).unwrap() + 4;
        (1..above).for_each(|number| note(number, false));
        // known ones again, and one from before the block that was silent until now
        (above - 5..above).for_each(|number| note(number, false));
        note(0, true);
        let account = record.account();
        assert_eq!((account.flows_seen, account.flows_unnamed), (above, 3));
        assert_eq!(account.named.iter().map(|one| one.flows).sum::<u64>(), above - 3);
    }
}
