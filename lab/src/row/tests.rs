//! Rows out of made-up logs.

use super::*;
use crate::{probe::Finding, world};
use std::time::Instant;

fn adversary(more: &str) -> Adversary {
    toml::from_str(&format!("order = 0\ndoes = \"\"\nimitates = \"\"\nsource = \"\"\n{more}")).unwrap()
}

struct Made {
    start: Instant,
    log: Log,
}

impl Made {
    /// The block begins at second 10.
    fn new() -> Self {
        let start = Instant::now();
        let block = start + Duration::from_secs(10);
        Self { start, log: Log { sent: Vec::new(), block, healed: None } }
    }

    fn at(&self, ms: u64) -> Instant {
        self.start + Duration::from_millis(ms)
    }

    fn sent(&mut self, from: &'static str, to: &'static str, at_ms: u64, takes_ms: Option<u64>) {
        let at = self.at(at_ms);
        let done = takes_ms.map(|takes| at + Duration::from_millis(takes));
        self.log.sent.push(Sent { from, to, payment: false, at, done, error: None, mark: String::new() });
    }

    fn everybody(&mut self, at_ms: u64, takes_ms: Option<u64>) {
        for (from, to) in CONVERSATIONS {
            self.sent(from, to, at_ms, takes_ms);
        }
    }
}

#[test]
fn what_was_sent_long_before_the_block_does_not_count() {
    let mut made = Made::new();
    made.everybody(5_000, None);
    made.everybody(9_500, Some(40));
    made.everybody(10_500, Some(40));
    let row = Row::of(&adversary(""), &made.log, Account::default());
    assert_eq!((row.abroad, row.inside), (Count { sent: 4, in_time: 4 }, Count { sent: 4, in_time: 4 }));
    assert!(row.delivered && row.soon);
    assert_eq!((row.p50_ms, row.next_ms), (Some(40), Some(540)));
}

#[test]
fn a_message_after_a_minute_is_late() {
    let mut made = Made::new();
    made.everybody(10_500, Some(40));
    made.sent("ali", "cyrus", 11_000, Some(60_001));
    let row = Row::of(&adversary(""), &made.log, Account::default());
    assert_eq!(row.abroad, Count { sent: 3, in_time: 2 });
    assert!(!row.delivered);
}

#[test]
fn the_next_message_is_that_of_the_slowest_conversation_and_counts_from_the_block() {
    let mut made = Made::new();
    made.everybody(10_500, Some(100));
    made.log.sent[0].done = None;
    made.sent("ali", "cyrus", 13_000, Some(1_000));
    let row = Row::of(&adversary(""), &made.log, Account::default());
    assert_eq!((row.next_ms, row.soon), (Some(4_000), false));
    made.log.sent[4].done = None;
    assert_eq!(Row::of(&adversary(""), &made.log, Account::default()).next_ms, None);
}

#[test]
fn under_a_cut_only_people_inside_must_reach_each_other_and_the_rest_after_healing() {
    let mut made = Made::new();
    made.sent("ali", "baran", 10_500, Some(100));
    made.sent("baran", "ali", 10_500, Some(200));
    made.sent("ali", "cyrus", 10_500, Some(100_000));
    made.sent("cyrus", "ali", 10_500, Some(121_000));
    made.log.healed = Some(made.at(70_000));
    let row = Row::of(&adversary("reach = \"inside\""), &made.log, Account::default());
    assert_eq!(row.abroad, Count { sent: 2, in_time: 1 }, "131 s is more than a minute after 70 s");
    assert_eq!((row.next_ms, row.p95_ms), (Some(700), Some(200)));
}

fn address(name: &str) -> Ipv4Addr {
    world::host(name).unwrap().address
}

#[test]
fn only_connections_of_people_to_relays_put_an_adversary_to_the_test() {
    let judged = |more: &str, began: &[(&str, &str)]| {
        let begun = |(from, to): &(&str, &str)| Begun { client: address(from), server: address(to), flows: 2 };
        let censor = Account { begun: began.iter().map(begun).collect(), ..Account::default() };
        Row::of(&adversary(more), &Made::new().log, censor).judged
    };
    let others = [("r1", "n1"), ("ali", "chain"), ("visitor", "site")];
    assert_eq!(judged("", &others), None, "nothing is reset, so nothing is asked");
    assert_eq!(judged("resets_old = true", &others), Some(0));
    assert_eq!(judged("resets_old = true", &[("ali", "r1"), ("cyrus", "n1"), ("baran", "b2")]), Some(6));
}

#[test]
fn servers_are_unsuspected_only_if_some_were_probed_and_each_check_had_an_answer_without_suspicion() {
    let finding = |suspicious, answered| {
        let text = String::new;
        Finding { server: text(), check: text(), seen: text(), suspicious, answered }
    };
    let unsuspected = |probed: &[Finding]| {
        let censor = Account { probed: probed.to_vec(), ..Account::default() };
        Row::of(&adversary("deeds = [{ deed = \"probing\" }]"), &Made::new().log, censor).unsuspected
    };
    let good = || finding(false, true);
    assert_eq!(unsuspected(&[good()]), Some(true));
    assert_eq!(unsuspected(&[]), Some(false));
    assert_eq!(unsuspected(&[good(), finding(true, true)]), Some(false));
    assert_eq!(unsuspected(&[good(), finding(false, false)]), Some(false));
    assert_eq!(Row::of(&adversary(""), &Made::new().log, Account::default()).unsuspected, None);
}
