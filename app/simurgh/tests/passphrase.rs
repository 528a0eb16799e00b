//! A profile under a passphrase, as a process: it opens with it only.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test")]

mod support;

use serde_json::Value;
use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Child, Output, Stdio},
};
use support::{Demo, line, simurgh};

fn start(profile: &Path, words: &[&str], said: &str) -> Child {
    let mut command = simurgh();
    command.arg("--json").arg("--profile").arg(profile).args(words);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(said.as_bytes()).unwrap();
    child
}

fn run(profile: &Path, words: &[&str], said: &str) -> Output {
    start(profile, words, said).wait_with_output().unwrap()
}

#[test]
fn a_profile_with_a_passphrase_opens_with_it_only() {
    let dir = tempfile::tempdir().unwrap();
    let demo = Demo::start(dir.path(), &[]);
    let alice = demo.profile("alice");
    let address = line(&alice, &["wallet", "address"])["address"].clone();
    let refused = run(&alice, &["passphrase", "set"], "گل سرخ\n");
    assert_eq!(refused.status.code(), Some(1), "not while the daemon runs");
    assert!(demo.interrupt().1);

    assert!(run(&alice, &["passphrase", "set"], "گل سرخ\n").status.success());
    let wrong = run(&alice, &["up", "--no-open"], "گل زرد\n");
    assert_eq!(wrong.status.code(), Some(1));
    assert!(String::from_utf8(wrong.stderr).unwrap().contains("passphrase is wrong"));

    let mut daemon = start(&alice, &["up", "--no-open"], "گل سرخ\n");
    let mut ready = String::new();
    BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut ready).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&ready).unwrap()["event"], "ready");
    assert_eq!(line(&alice, &["wallet", "address"])["address"], address);
    daemon.kill().unwrap();
    daemon.wait().unwrap();

    assert!(run(&alice, &["passphrase", "remove"], "گل سرخ\n").status.success());
    Demo::start(dir.path(), &[]).interrupt();
}
