//! A network of separate processes, put together with the operators' commands alone.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test")]

mod support;

use serde_json::Value;
use std::path::Path;
use support::{Running, command, eventually, free_address, line, lines, path, relays, texts};

/// A relay that is on no list lets in whoever redeems a link, and nobody else with the same link.
fn bridge_links_are_good_for_one(dir: &Path, [alice, bob]: [&Path; 2]) {
    let folder = path(dir, "bridge");
    line(dir, &["relay", "init", "--dir", &folder, "--listen", "127.0.0.1:0"]);
    let _bridge = Running::start(&["relay", "run", "--dir", &folder]);
    let status = line(alice, &["carrier", "status"]);
    assert_eq!((&status["operators"], &status["unnamed_relays"]), (&3.into(), &0.into()));
    let made = line(dir, &["relay", "invite", "--dir", &folder, "--label", "for Alice"]);
    let bridge = |profile| {
        let relays = line(profile, &["carrier", "status"])["relays"].as_array().unwrap().clone();
        relays.into_iter().find(|relay| relay["bridge"] == true)
    };
    let link = made["link"].as_str().unwrap();
    line(alice, &["carrier", "add", link]);
    eventually("the link is redeemed", || {
        (lines(dir, &["relay", "invitations", "--dir", &folder])[0]["used"] == true).then_some(())
    });
    eventually("the bridge is there without an error", || bridge(alice).filter(|one| one["error"].is_null()));
    line(bob, &["carrier", "add", link]);
    let refused = eventually("Bob is told why not", || bridge(bob)?["error"].as_str().map(str::to_owned));
    assert!(refused.contains("used by somebody else"), "{refused}");
    let id = bridge(bob).unwrap()["id"].as_str().unwrap().to_owned();
    line(bob, &["carrier", "remove", &id]);
    assert!(bridge(bob).is_none());
    assert_eq!(command(bob, &["carrier", "add", "simurgh:bridge#zzz"]).status.code(), Some(1));
    let name = made["name"].as_str().unwrap();
    a_friend_comes_by_the_link_that_somebody_passed_on(dir, &folder, name, [alice, bob]);
    line(dir, &["relay", "revoke", "--dir", &folder, name]);
    let left = lines(dir, &["relay", "invitations", "--dir", &folder]);
    assert!(left.len() == 1 && left[0]["inviter"] == name, "{left:?}");
}

/// MBX-57, MBX-58
fn a_friend_comes_by_the_link_that_somebody_passed_on(dir: &Path, folder: &str, name: &str, [alice, bob]: [&Path; 2]) {
    let none = command(bob, &["carrier", "invite"]);
    assert!(String::from_utf8_lossy(&none.stderr).contains("None of your bridges"), "{none:?}");
    let early = command(alice, &["carrier", "invite"]);
    assert_eq!(early.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&early.stderr).contains("the next link from "), "{early:?}");
    // three days go by
    let file = Path::new(folder).join("invitations").join(format!("{name}.json"));
    let mut kept: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    kept["guest"]["since"] = (kept["guest"]["since"].as_u64().unwrap() - 3).into();
    let beside = file.with_extension("new");
    std::fs::write(&beside, kept.to_string()).unwrap();
    std::fs::rename(&beside, &file).unwrap();
    let ask = || command(alice, &["carrier", "invite"]);
    let told = eventually("the bridge gives a link", || Some(ask()).filter(|output| output.status.success()));
    let told: Value = serde_json::from_slice(&told.stdout).unwrap();
    assert_eq!((&told["kind"], &told["left"]), (&"link".into(), &7.into()));
    let again: Value = serde_json::from_slice(&ask().stdout).unwrap();
    assert_eq!(again, told, "the same until somebody has used it");
    line(bob, &["carrier", "add", told["link"].as_str().unwrap()]);
    let friend = |one: &Value| one["inviter"] == name && one["used"] == true && one["label"] == "friend of for Alice";
    eventually("Bob has used it", || {
        lines(dir, &["relay", "invitations", "--dir", folder]).iter().any(friend).then_some(())
    });
}

/// E2E-79
fn regions_are_said_and_misspelt_ones_refused(dir: &Path, alice: &Path) {
    let status = line(alice, &["carrier", "region"]);
    assert_eq!((&status["region"], &status["relays"][0]["relays"]), (&"IR".into(), &3.into()));
    assert_eq!(line(alice, &["carrier", "region", "de"])["region"], "DE");
    assert!(line(alice, &["carrier", "region", "unknown"])["region"].is_null());
    let folder = path(dir, "nowhere");
    for words in [&["carrier", "region", "Iran"][..], &["relay", "init", "--dir", &folder, "--region", "Iran"]] {
        let refused = command(alice, words);
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(refused.status.code() == Some(2) && said.contains("such as IR"), "{said}");
    }
}

#[test]
fn strangers_put_a_network_together_and_people_write_and_pay_on_it() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let (validator, network, http) = (path(dir, "validator"), path(dir, "network.json"), free_address());
    line(dir, &["validator", "init", "--dir", &validator, "--listen", &free_address(), "--http", &http]);
    let _validator = Running::start(&["validator", "run", "--dir", &validator]);
    let node = format!("http://{http}");
    let _relays = relays(dir, &["--node", &node, "--region", "ir"]);

    let genesis = path(Path::new(&validator), "genesis.bin");
    let descriptors: Vec<String> = (0..3).map(|number| path(dir, &format!("relay{number}/relay.json"))).collect();
    let mut words =
        vec!["network", "create", "--genesis", &genesis, "--out", &network, "--name", "village", "--devnet"];
    descriptors.iter().for_each(|file| words.extend(["--relay", file]));
    let made = line(dir, &words);
    assert_eq!((&made["name"], made["relays"].as_array().unwrap().len()), (&Value::from("village"), 3));
    assert_eq!(made["relays"][2]["region"], "IR");
    assert!(made["relays"][0]["id"].as_str().is_some_and(|id| id.len() == 64), "as relay init says it");
    let again = command(dir, &words);
    assert_eq!(again.status.code(), Some(1), "a network file is not replaced");
    assert_eq!(line(dir, &["network", "show", &network])["genesis_hash"], made["genesis_hash"]);

    let key = path(Path::new(&validator), "faucet.key");
    let faucet = Running::start(&["faucet", "run", "--key", &key, "--node", &node, "--listen", "127.0.0.1:0"]);
    assert!(faucet.ready["url"].as_str().unwrap().starts_with("http://127.0.0.1:"));

    let people = ["alice", "bob"].map(|name| dir.join(name));
    let _daemons = ["alice", "bob"].map(|name| {
        let profile = path(dir, name);
        Running::start(&[
            "--profile",
            &profile,
            "up",
            "--no-open",
            "--network",
            &network,
            "--name",
            name,
            "--region",
            "IR",
        ])
    });
    let [alice, bob] = people;
    regions_are_said_and_misspelt_ones_refused(dir, &alice);
    let link = line(&alice, &["contact", "invite"])["link"].as_str().unwrap().to_owned();
    line(&bob, &["contact", "add", &link]);
    eventually("both are connected", || {
        let connected =
            |profile| lines(profile, &["contact", "list"]).first().is_some_and(|one| one["state"] == "connected");
        (connected(&alice) && connected(&bob)).then_some(())
    });
    bridge_links_are_good_for_one(dir, [&alice, &bob]);
    line(&alice, &["message", "send", "bob", "سلام", "--wait", "delivered"]);
    assert_eq!(texts(&bob, "alice"), ["سلام"]);

    let address = line(&alice, &["wallet", "address"])["address"].as_str().unwrap().to_owned();
    let body = format!(r#"{{"address":"{address}","amount":"7000000000"}}"#);
    support::post(&format!("{}/give", faucet.ready["url"].as_str().unwrap()), &body);
    eventually("the faucet's money is there", || {
        (line(&alice, &["wallet", "balance"])["balance"] == "7000000000").then_some(())
    });
    line(&alice, &["wallet", "send", "bob", "2", "--wait", "final"]);
    eventually("Bob has it", || (line(&bob, &["wallet", "balance"])["balance"] == "2000000000").then_some(()));
}
