//! Carrier profiles from the operator's key to a person's running daemon, by commands alone.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test")]

mod support;

use serde_json::Value;
use std::{fs, path::Path};
use support::{Running, command, free_address, line, lines, path};

fn up(profile: &Path, network: &str) -> Running {
    Running::start(&["--profile", profile.to_str().unwrap(), "up", "--no-open", "--network", network])
}

/// What a command that has to fail says.
fn refusal(dir: &Path, words: &[&str]) -> String {
    let output = command(dir, words);
    assert_eq!(output.status.code(), Some(1), "{words:?}");
    String::from_utf8(output.stderr).unwrap()
}

/// A signed profile in a file.
fn sign(dir: &Path, key: &str, number: u64, more: &str) -> String {
    let (fields, out) = (path(dir, "fields.json"), path(dir, &format!("carrier.profile.{number}")));
    fs::write(&fields, format!(r#"{{"number": {number}{more}}}"#)).unwrap();
    let signed = line(dir, &["carrier", "profile", "sign", "--key", key, "--fields", &fields, "--out", &out]);
    assert_eq!(signed["number"], number);
    out
}

/// A network file that names the key, with the first profile in it. None of its relays runs.
fn network(dir: &Path, key: &Value, profile: &str) -> String {
    let (validator, relay, file) = (path(dir, "validator"), path(dir, "relay"), path(dir, "network.json"));
    line(dir, &["validator", "init", "--dir", &validator, "--listen", &free_address(), "--http", &free_address()]);
    line(dir, &["relay", "init", "--dir", &relay, "--listen", &free_address()]);
    let (genesis, relay) = (path(Path::new(&validator), "genesis.bin"), path(Path::new(&relay), "relay.json"));
    let key = key.as_str().unwrap();
    let words = ["network", "create", "--genesis", &genesis, "--relay", &relay, "--devnet", "--out", &file];
    let with = |key| [words.as_slice(), &["--carrier-profile", profile, "--carrier-key", key]].concat();
    let nobody = "22".repeat(32);
    let foreign = refusal(dir, &with(&nobody));
    assert!(foreign.contains("carrier_key") || foreign.contains("not signed"), "{foreign}");
    let made = line(dir, &with(key));
    assert_eq!((&made["carrier_key"], &made["carrier_profile"]), (&Value::from(key), &Value::from(1)));
    file
}

/// CAR-5 to CAR-9
#[test]
fn a_profile_that_an_operator_signs_reaches_a_running_daemon_and_a_broken_one_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let key = path(dir, "carrier.key");
    let made = line(dir, &["carrier", "profile", "key", &key]);
    let again = line(dir, &["carrier", "profile", "key", &key]);
    assert_eq!(
        (&made["made"], &again["made"], &again["carrier_key"]),
        (&true.into(), &false.into(), &made["carrier_key"])
    );
    let fields = path(dir, "bad.json");
    fs::write(&fields, r#"{"number": 1, "rotate_bytes": 5}"#).unwrap();
    let refused = refusal(dir, &["carrier", "profile", "sign", "--key", &key, "--fields", &fields]);
    assert!(refused.contains("rotate_bytes is out of its bounds: it may be 10240 to 65536"), "{refused}");
    let first = sign(dir, &key, 1, r#", "ping_ms": 1500"#);
    let network = network(dir, &made["carrier_key"], &first);

    let alice = dir.join("alice");
    let daemon = up(&alice, &network);
    let profile = || line(&alice, &["carrier", "status"])["profile"].clone();
    assert_eq!(profile(), serde_json::json!({ "number": 1, "source": "network" }));
    let third = sign(dir, &key, 3, r#", "ping_ms": 2000"#);
    assert_eq!(line(&alice, &["carrier", "profile", "install", &third])["number"], 3);
    assert_eq!(profile(), serde_json::json!({ "number": 3, "source": "folder" }));
    let shown = line(&alice, &["carrier", "profile", "show"]);
    assert_eq!((&shown["number"], &shown["fields"]["ping_ms"]), (&3.into(), &2_000.into()));
    let older = refusal(&alice, &["carrier", "profile", "install", &first]);
    assert!(older.contains("number 1, number 3 is in use"), "{older}");
    let other = path(dir, "other.key");
    line(dir, &["carrier", "profile", "key", &other]);
    let foreign = sign(dir, &other, 9, "");
    assert!(refusal(&alice, &["carrier", "profile", "install", &foreign]).contains("not signed by this network's key"));
    assert!(daemon.interrupt().1);

    // No daemon runs: for the next start.
    let fourth = sign(dir, &key, 4, "");
    assert_eq!(line(&alice, &["carrier", "profile", "install", &fourth])["number"], 4);
    let daemon = up(&alice, &network);
    assert_eq!(profile()["number"], 4);
    assert!(daemon.interrupt().1);

    fs::copy(&foreign, alice.join("carrier.profile")).unwrap();
    let _daemon = up(&alice, &network);
    assert_eq!((&profile()["number"], &profile()["source"]), (&1.into(), &"network".into()));
    assert!(profile()["refused"]["why"].as_str().unwrap().contains("not signed"));
    let doctor = command(&alice, &["doctor"]);
    let said = String::from_utf8(doctor.stdout).unwrap();
    let finding = said.lines().find(|line| line.contains("carrier profile")).unwrap();
    assert!(finding.contains("not signed") && finding.contains("take the broken one away"), "{finding}");
    line(&alice, &["carrier", "profile", "install", &fourth]);
    assert!(profile()["refused"].is_null());
    assert_eq!(lines(&alice, &["carrier", "status"]).len(), 1);
}
