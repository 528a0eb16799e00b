//! `simurgh fleet` as an operator runs it and scripts read it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test")]

mod support;

use serde_json::Value;
use std::path::Path;
use support::{command, line, path, simurgh};

/// What a command says to people, and whether it did what was asked.
fn said(dir: &Path, words: &[&str]) -> (bool, String) {
    let output = simurgh().current_dir(dir).arg("fleet").args(words).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.success(), text(&output.stdout) + &text(&output.stderr))
}

fn relay(dir: &Path, name: &str) -> String {
    let folder = path(dir, name);
    line(dir, &["relay", "init", "--dir", &folder, "--listen", "127.0.0.1:0"]);
    folder
}

/// TRE-15
#[test]
fn a_fleet_begins_when_its_operator_says_so_and_never_by_a_mistyped_path() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let folder = relay(dir, "one");
    let before = std::fs::read_dir(dir).unwrap().count();
    let verbs =
        [&["show"][..], &["invite"], &["link", "0"], &["add", "--relay", &folder], &["blocked", "--relay", &folder]];
    for words in verbs {
        let mut words = words.to_vec();
        words.extend(["--fleet", "flet.json"]);
        let (done, text) = said(dir, &words);
        assert!(
            !done && text.contains("no fleet in flet.json") && text.contains("fleet init --fleet flet.json"),
            "{words:?}: {text}"
        );
    }
    assert_eq!(std::fs::read_dir(dir).unwrap().count(), before, "nothing is made");
    let file = path(dir, "fleet.json");
    assert_eq!(line(dir, &["fleet", "init", "--fleet", &file])["fleet"], file);
    let again = command(dir, &["fleet", "init", "--fleet", &file]);
    assert_eq!(again.status.code(), Some(1), "a fleet is not replaced");
}

#[test]
fn an_operator_is_told_what_is_so() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    assert!(said(dir, &["init"]).1.contains("simurgh fleet add --fleet fleet.json"));
    for name in ["one", "two", "three"] {
        relay(dir, name);
    }
    let (_, text) = said(dir, &["invite"]);
    assert!(text.contains("she waits") && !text.contains("Hand"), "{text}");
    let (_, text) = said(dir, &["add", "--relay", "one"]);
    let told = text.contains("1 person is told it, who waited.") && text.contains("For person 0, until ");
    assert!(told && !text.contains("nobody knows it"), "{text}");
    assert!(text.trim_end().ends_with("Hand each link over by a way that nobody else reads."), "{text}");
    let (_, text) = said(dir, &["add", "--relay", "two"]);
    assert!(text.contains("nobody knows it yet") && !text.contains("simurgh:bridge#"), "{text}");
    let (_, text) = said(dir, &["show"]);
    let shown = ["2 bridges:", "serves 1  ", "  spare  ", "1 person:", "  0  trust 8, 4 invitations  "];
    assert!(shown.iter().all(|part| text.contains(part)), "{text}");

    let (done, text) = said(dir, &["link", "0"]);
    assert!(done && text.contains("is taken back") && text.contains("simurgh:bridge#"), "{text}");
    assert!(!said(dir, &["link", "7"]).0);

    std::fs::rename(dir.join("one"), dir.join("seized")).unwrap();
    let (done, text) = said(dir, &["link", "0"]);
    assert!(!done && text.contains("Warning: no link can be made to bridge ") && text.contains("127.0.0.1:"), "{text}");
    assert!(text.contains("fleet blocked --fleet fleet.json --relay "), "{text}");
    let (done, text) = said(dir, &["blocked", "--relay", "nine"]);
    assert!(!done && text.contains("nine names no bridge of the fleet"), "{text}");
    let (done, text) = said(dir, &["blocked", "--relay", "127.0.0.1"]);
    assert!(!done && text.contains("names several bridges"), "{text}");
    let (done, text) = said(dir, &["blocked", "--relay", "one"]);
    assert!(done && text.contains("is blocked; 1 person used it, of whom 1 can get no other now."), "{text}");
    let (done, text) = said(dir, &["blocked", "--relay", "one"]);
    assert!(done && text.contains("was reported before: nothing changes."), "{text}");
    let (done, text) = said(dir, &["link", "0"]);
    assert!(!done && text.contains("too little trust"), "{text}");
}

/// What a script finds: what was there before is there by the same name.
#[test]
fn scripts_read_a_fleet_as_before() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let file = path(dir, "fleet.json");
    let fleet = |verb: &str, more: &[&str]| {
        let mut words = vec!["fleet", verb, "--fleet", &file];
        words.extend(more);
        line(dir, &words)
    };
    fleet("init", &[]);
    let folder = relay(dir, "one");
    let added = fleet("add", &["--relay", &folder]);
    assert_eq!((&added["relay"], &added["links"]), (&Value::from(folder.as_str()), &Value::Array(Vec::new())));
    let id = added["bridge"]["id"].as_str().unwrap();
    let invited = fleet("invite", &[]);
    assert_eq!((&invited["person"]["person"], &invited["person"]["state"]), (&0.into(), &"connected".into()));
    assert_eq!((&invited["person"]["bridge"], &invited["links"][0]["bridge_id"]), (&added["relay"], &id.into()));
    let first = &invited["links"][0];
    assert!(first["link"].as_str().unwrap().starts_with("simurgh:bridge#") && first["expires_ms"].is_u64());
    let again = fleet("link", &["0"]);
    assert!(again["links"][0]["person"] == 0 && again["links"][0]["link"] != first["link"], "{again}");
    assert_eq!((again["taken_back"].as_array().unwrap().len(), &again["closed"]), (1, &false.into()));
    let left = support::lines(dir, &["relay", "invitations", "--dir", &folder]);
    assert!(left.len() == 1 && left[0]["name"] != again["taken_back"][0], "{left:?}");
    let shown = fleet("show", &[]);
    assert_eq!((&shown["people"][0]["trust"], &shown["bridges"][0]["state"]), (&8.into(), &"serves".into()));
    let told = fleet("blocked", &["--relay", &id[..8]]);
    assert_eq!((&told["knew"], &told["waiting"], &told["known"]), (&1.into(), &1.into(), &false.into()));
    assert_eq!((&told["relay"], &told["bridge"]["id"]), (&id[..8].into(), &id.into()));
}
