//! One row of the table: an adversary, what went through under it, and what it saw.

use crate::{
    adversary::{Adversary, Reach},
    censor::{Account, Begun},
    goodput::Goodput,
    network::CONVERSATIONS,
    peers::{Peer, Through},
    traffic::{Log, Sent},
    world::{HOSTS, Role},
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, net::Ipv4Addr, time::Duration};

/// A block's next delivered message has to be there within this, where another carrier works.
const NEXT_MS: u64 = 3_000;
/// Sentences of failure that a row keeps.
const ERRORS_MAX: usize = 5;

/// What came of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Row {
    /// The adversary's name.
    pub(crate) adversary: String,
    /// What it does.
    pub(crate) does: String,
    /// Whom it imitates.
    pub(crate) imitates: String,
    /// Where that is described.
    pub(crate) source: String,
    /// Texts sent while the block was there, between people on both sides.
    pub(crate) abroad: Count,
    /// The same between people inside.
    pub(crate) inside: Count,
    /// Of the texts that arrived: the middle delay.
    pub(crate) p50_ms: Option<u64>,
    /// Of the texts that arrived: the delay that 95 of 100 don't exceed.
    pub(crate) p95_ms: Option<u64>,
    /// Payments, and how many were final in time.
    pub(crate) payments: Count,
    /// From the block's beginning to the next text that was sent after it and arrived, in the conversation where that
    /// took longest, of those that must work during the block.
    pub(crate) next_ms: Option<u64>,
    /// What must work during the block does: every text in time.
    pub(crate) delivered: bool,
    /// The next text was there soon.
    pub(crate) soon: bool,
    /// Every payment was final in time.
    pub(crate) paid: bool,
    /// Where connections from before the block are reset: how many people then began to relays, each judged from its
    /// first packet. With none, nothing was put to the test.
    #[serde(default)]
    pub(crate) judged: Option<u64>,
    /// Where servers are probed: one was at least, every check had an answer, and none was suspicious.
    #[serde(default)]
    pub(crate) unsuspected: Option<bool>,
    /// By person, the carrier that was in use at the end, and why it.
    #[serde(default)]
    pub(crate) ways: BTreeMap<String, String>,
    /// What the censor saw.
    pub(crate) censor: Account,
    /// How the peers did under it.
    pub(crate) peers: BTreeMap<Peer, Through>,
    /// What the carriers bring, where nobody blocks.
    #[serde(default)]
    pub(crate) goodput: Vec<Goodput>,
    /// What failed with a sentence.
    pub(crate) errors: Vec<String>,
}

/// How many were sent, and how many arrived in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Count {
    /// Sent.
    pub(crate) sent: u64,
    /// Arrived in time.
    pub(crate) in_time: u64,
}

impl Count {
    fn add(&mut self, in_time: bool) {
        self.sent = self.sent.saturating_add(1);
        self.in_time = self.in_time.saturating_add(u64::from(in_time));
    }

    /// Nothing is missing.
    pub(crate) fn is_whole(self) -> bool {
        self.sent == self.in_time
    }
}

impl Row {
    /// A row out of what happened.
    pub(crate) fn of(adversary: &Adversary, log: &Log, censor: Account) -> Self {
        let mut row = Self::empty(adversary, censor);
        // what was on its way when the block began counts too
        let since = log.block.checked_sub(Duration::from_secs(1)).unwrap_or(log.block);
        let mut delays = Vec::new();
        for sent in log.sent.iter().filter(|sent| sent.at >= since) {
            let deadline = log.deadline(sent, adversary.reach);
            let in_time = sent.done.is_some_and(|done| deadline.is_some_and(|until| done <= until));
            match (sent.payment, sent.crosses()) {
                (true, _) => row.payments.add(in_time),
                (false, true) => row.abroad.add(in_time),
                (false, false) => row.inside.add(in_time),
            }
            if !sent.payment && must_work(adversary, sent) {
                delays.extend(sent.done.map(|done| millis(done.duration_since(sent.at))));
            }
        }
        delays.sort_unstable();
        row.p50_ms = percentile(&delays, 50);
        row.p95_ms = percentile(&delays, 95);
        row.next_ms = next(adversary, log);
        row.delivered = row.abroad.is_whole() && row.inside.is_whole();
        row.paid = row.payments.is_whole();
        row.soon = row.next_ms.is_some_and(|next| next <= NEXT_MS);
        row.errors = log.sent.iter().filter_map(|sent| sent.error.clone()).take(ERRORS_MAX).collect();
        row
    }

    /// A row that could not even be measured.
    pub(crate) fn failed(adversary: &Adversary, error: String) -> Self {
        Self { errors: vec![error], ..Self::empty(adversary, Account::default()) }
    }

    fn empty(adversary: &Adversary, censor: Account) -> Self {
        Self {
            adversary: adversary.name.clone(),
            does: adversary.does.clone(),
            imitates: adversary.imitates.clone(),
            source: adversary.source.clone(),
            abroad: Count::default(),
            inside: Count::default(),
            p50_ms: None,
            p95_ms: None,
            payments: Count::default(),
            next_ms: None,
            delivered: false,
            soon: false,
            paid: false,
            judged: adversary.resets_old.then(|| begun_by_people(&censor)),
            unsuspected: adversary.probes().then(|| is_unsuspected(&censor)),
            ways: BTreeMap::new(),
            censor,
            peers: BTreeMap::new(),
            goodput: Vec::new(),
            errors: Vec::new(),
        }
    }
}

/// Connections that people began to listed relays and bridges under the block.
fn begun_by_people(censor: &Account) -> u64 {
    let role = |address: Ipv4Addr| HOSTS.iter().find(|host| host.address == address).map(|host| host.role);
    let is_relay = |role: Role| matches!(role, Role::PublicRelay | Role::NationalRelay | Role::Bridge);
    let between = |begun: &&Begun| (role(begun.client), role(begun.server));
    let counts = |begun: &&Begun| matches!(between(begun), (Some(Role::Person), Some(server)) if is_relay(server));
    censor.begun.iter().filter(counts).fold(0, |sum, begun| sum.saturating_add(begun.flows))
}

fn is_unsuspected(censor: &Account) -> bool {
    !censor.probed.is_empty() && censor.probed.iter().all(|finding| finding.answered && !finding.suspicious)
}

fn must_work(adversary: &Adversary, sent: &Sent) -> bool {
    adversary.reach == Reach::Everybody || !sent.crosses()
}

fn next(adversary: &Adversary, log: &Log) -> Option<u64> {
    let mut worst = 0;
    for (from, to) in CONVERSATIONS {
        let of_it = || log.sent.iter().filter(|sent| !sent.payment && sent.from == from && sent.to == to);
        if of_it().any(|sent| must_work(adversary, sent)) {
            let first = of_it().filter(|sent| sent.at >= log.block).filter_map(|sent| sent.done).min()?;
            worst = worst.max(millis(first.duration_since(log.block)));
        }
    }
    Some(worst)
}

fn percentile(sorted: &[u64], percent: usize) -> Option<u64> {
    let place = sorted.len().checked_sub(1)?.saturating_mul(percent).div_ceil(100);
    sorted.get(place).copied()
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
