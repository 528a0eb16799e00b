//! Contacts who find each other by real mDNS, in a network of the test's own (BUN-50): a namespace, which takes root.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test")]

mod support;

use std::{
    env,
    process::{Command, Stdio},
};
use support::{eventually, line, state, texts, village};

/// Set in the process that runs inside the namespace.
const INSIDE: &str = "SIMURGH_LAN_INSIDE";
const NETWORK: &str = "ip link set lo up && ip link add lan0 type veth peer name lan1 \
    && ip addr add 192.168.77.1/24 dev lan0 && ip link set lan1 up && ip link set lan0 up multicast on";

#[test]
fn contacts_find_each_other_on_a_network_by_multicast() {
    if env::var_os(INSIDE).is_some() {
        return inside();
    }
    let unshare = |script: &str| {
        let mut command = Command::new("unshare");
        command.args(["--net", "--", "sh", "-c", script]).arg(env::current_exe().unwrap());
        command
    };
    let tried = unshare(NETWORK).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !tried.is_ok_and(|status| status.success()) {
        eprintln!("not tried: a network of its own takes root, `unshare` and `ip`");
        return;
    }
    let again =
        format!("{NETWORK} && exec \"$0\" --exact contacts_find_each_other_on_a_network_by_multicast --nocapture");
    assert!(unshare(&again).env(INSIDE, "1").status().unwrap().success(), "see above");
}

fn inside() {
    let dir = tempfile::tempdir().unwrap();
    let mut village = village(dir.path());
    let [alice, bob, carol] = ["alice", "bob", "carol"].map(|name| dir.path().join(name));
    village.relays.clear();
    for profile in [&alice, &bob, &carol] {
        assert_eq!(line(profile, &["carrier", "lan"])["on"], false);
        assert_eq!(line(profile, &["carrier", "lan", "on"])["on"], true);
    }
    line(&alice, &["message", "send", "bob", "across the room"]);
    eventually("it is delivered", || (state(&alice, "bob", "across the room") == "delivered").then_some(()));
    assert_eq!(texts(&bob, "alice"), ["across the room"]);
    let here = || line(&alice, &["carrier", "lan"]);
    assert_eq!(here()["contacts"][0], "bob");
    eventually("both neighbours are seen", || (here()["neighbours"] == 2).then_some(()));
    assert!(line(&carol, &["carrier", "lan"])["contacts"].as_array().unwrap().is_empty(), "she is a stranger");
}
