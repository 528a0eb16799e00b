//! The demo as a process: the first minute of a new user, on the command line.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test")]

mod support;

use std::{path::Path, process::Command, time::Duration};
use support::{Demo, command, eventually, line, lines, texts};

#[test]
fn alice_writes_to_bob_and_pays_him_and_the_demo_ends_within_three_seconds() {
    let dir = tempfile::tempdir().unwrap();
    let demo = Demo::start(dir.path(), &[]);
    let (alice, bob) = (demo.profile("alice"), demo.profile("bob"));

    let sent = line(&alice, &["message", "send", "bob", "سلام Bob", "--wait", "delivered"]);
    assert!(["delivered", "read"].contains(&sent["state"].as_str().unwrap()), "{sent}");
    assert_eq!(texts(&bob, "alice"), ["سلام Bob"]);

    let before = line(&bob, &["wallet", "balance"])["balance"].as_str().unwrap().parse::<u128>().unwrap();
    assert_eq!(before, 100_000_000_000);
    let address = line(&bob, &["wallet", "address"]);
    let to = address["address"].as_str().unwrap();
    let paid = line(&alice, &["wallet", "send", to, "5", "--comment", "چای", "--wait", "final"]);
    assert_eq!(paid["state"], "final", "{paid}");
    let entry = eventually("Bob sees five Gram with the comment", || {
        let history = lines(&bob, &["wallet", "history"]);
        history.into_iter().find(|entry| entry["direction"] == "in" && entry["comment"] == "چای")
    });
    assert_eq!(entry["amount"], "5000000000");
    let after = line(&bob, &["wallet", "balance"])["balance"].as_str().unwrap().parse::<u128>().unwrap();
    assert!(after > before + 4_990_000_000, "{before} became {after}");

    line(&alice, &["wallet", "send", "bob", "2", "--wait", "final"]);
    eventually("what was paid by name arrives too", || {
        let now = line(&bob, &["wallet", "balance"])["balance"].as_str().unwrap().parse::<u128>().unwrap();
        (now >= after + 2_000_000_000).then_some(())
    });

    let (took, clean) = demo.interrupt();
    assert!(clean, "the demo ended with an error");
    assert!(took < Duration::from_secs(3), "the end took {took:?}");
}

/// README.md's block for the second terminal, to the letter but for the folder.
#[test]
fn the_commands_of_the_readme_work_as_they_stand() {
    let dir = tempfile::tempdir().unwrap();
    let demo = Demo::start(dir.path(), &[]);
    let readme = include_str!("../../../README.md");
    let block = readme.split("```sh\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    assert_eq!(block.lines().count(), 3, "{block}");
    let script = block.replace("DIR", dir.path().to_str().unwrap());
    let program = Path::new(env!("CARGO_BIN_EXE_simurgh")).parent().unwrap().to_str().unwrap().to_owned();
    let path = format!("{program}:{}", std::env::var("PATH").unwrap());
    let ran = Command::new("sh").args(["-e", "-c", &script]).env("PATH", path).output().unwrap();
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success(), "{said}{}", String::from_utf8_lossy(&ran.stderr));
    assert!(said.contains("delivered") && said.contains("is final") && said.contains("ok    chain"), "{said}");
    drop(demo);
}

#[test]
fn wrong_commands_say_what_to_do_and_exit_with_their_code() {
    let dir = tempfile::tempdir().unwrap();
    let nobody = command(dir.path(), &["message", "list", "bob"]);
    assert_eq!(nobody.status.code(), Some(1));
    let said = String::from_utf8(nobody.stderr).unwrap();
    assert!(said.contains("simurgh --profile") && said.contains(" up"), "it says how to start the daemon: {said:?}");
    assert_eq!(command(dir.path(), &["message", "sing"]).status.code(), Some(2));
}
