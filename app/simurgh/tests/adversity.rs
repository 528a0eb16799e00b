//! The demo as a process on a machine that is not kind to it: signals at any stage, few open files, a log that nobody
//! reads, a validator whose files fail.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test")]

mod support;

use serde_json::{Value, json};
use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    os::unix::net::UnixStream,
    path::Path,
    process::{Command, Stdio},
};
use support::{Demo, PATIENCE, eventually, line, simurgh};

/// Few validators and relays: these tests are about the process.
const SMALL: [&str; 4] = ["--validators", "1", "--relays", "2"];

/// The program in a shell that allows so many open files: `-n` means it, with `-Sn` more can be had for the asking.
fn in_a_shell(ulimit: &str) -> Command {
    // under nohup, or behind `&`, signals are ignored from the start, and the program leaves that so
    let mut command = Command::new("env");
    command.args(["--default-signal=HUP,INT", "sh", "-c", &format!("ulimit {ulimit} && exec \"$0\" \"$@\"")]);
    command.args([env!("CARGO_BIN_EXE_simurgh"), "--no-open"]);
    command.args(SMALL).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

#[test]
fn a_signal_at_any_stage_ends_the_demo_cleanly_and_leaves_nothing_behind() {
    for (stage, signal) in [("Starting 1 validator", "-INT"), ("Starting alice", "-HUP"), ("Introducing", "-TERM")] {
        let temporary = tempfile::tempdir().unwrap();
        let mut demo = in_a_shell("-Sn 64").env("TMPDIR", temporary.path()).spawn().unwrap();
        let mut said = BufReader::new(demo.stderr.take().unwrap()).lines().map(Result::unwrap);
        said.find(|line| line.contains(stage)).unwrap_or_else(|| panic!("it ended before {stage}"));
        assert!(Command::new("kill").args([signal, &demo.id().to_string()]).status().unwrap().success());
        let rest: Vec<String> = said.collect();
        assert!(demo.wait().unwrap().success(), "{signal} at {stage}: {rest:?}");
        let left: Vec<_> = fs::read_dir(temporary.path()).unwrap().collect();
        assert!(left.is_empty(), "{signal} at {stage} left {left:?}");
    }
}

#[test]
fn too_few_open_files_are_told_before_anything_starts() {
    let output = in_a_shell("-n 128").output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("run ulimit -n") && said.lines().count() == 1, "{said}");
}

/// Calls a method of the local API.
fn call(profile: &Path, method: &str, params: &Value) -> Value {
    let mut socket = UnixStream::connect(profile.join("rpc.sock")).unwrap();
    socket.set_read_timeout(Some(PATIENCE)).unwrap();
    writeln!(socket, "{}", json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})).unwrap();
    let answers = BufReader::new(socket).lines().map(|line| serde_json::from_str::<Value>(&line.unwrap()).unwrap());
    answers.into_iter().find(|answer| answer["id"] == 1).unwrap()
}

#[test]
fn a_validator_that_fails_is_shown_as_stopped_and_can_be_started_again_whoever_reads_the_log() {
    let dir = tempfile::tempdir().unwrap();
    let demo = Demo::start_without_log(dir.path(), &SMALL);
    let alice = demo.profile("alice");
    let runs = || call(&alice, "demo.status", &json!({}))["result"]["validators"][0]["running"].clone();
    assert_eq!(runs(), true);

    let journal = dir.path().join("validators/0/consensus/engine-simplex-epoch-0");
    let aside = journal.with_extension("aside");
    fs::rename(&journal, &aside).unwrap();
    fs::write(&journal, "no folder").unwrap();
    eventually("the validator is shown as stopped", || (runs() == false).then_some(()));
    fs::remove_file(&journal).unwrap();
    fs::rename(&aside, &journal).unwrap();

    let switched = call(&alice, "demo.start", &json!({"kind": "validator", "index": 0}));
    assert_eq!(switched["result"]["validators"][0]["running"], true, "{switched}");
    let paid = line(&alice, &["wallet", "send", "bob", "1", "--wait", "final"]);
    assert_eq!(paid["state"], "final", "{paid}");
    assert!(demo.interrupt().1);
}

#[test]
fn a_reader_that_has_gone_is_no_failure() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let ended = simurgh().args(["completions", "bash"]).stdout(writer).stderr(Stdio::piped()).output().unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    assert!(ended.stderr.is_empty());
}

#[test]
fn a_command_that_failed_has_failed_also_where_nobody_reads_on() {
    let dir = tempfile::tempdir().unwrap();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let none = dir.path().join("none");
    let ended =
        simurgh().arg("--profile").arg(none).arg("doctor").stdout(writer).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(ended.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&ended.stderr).contains("not all is well"));
}
