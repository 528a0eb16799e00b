//! Real daemons that talk by files when no relay is left (specs/12-bundles.md).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test")]

mod support;

use serde_json::Value;
use std::{
    fs,
    io::Write as _,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::{Command, Stdio},
};
use support::{Running, command, line, lines, path, simurgh, state, texts, village, village_with};

/// What a command that has to fail says.
fn refused(profile: &Path, words: &[&str]) -> String {
    let output = command(profile, words);
    assert_eq!(output.status.code(), Some(1), "{words:?} was done");
    String::from_utf8(output.stderr).unwrap()
}

/// BUN-2: nothing of it is taken.
fn broken_files_are_refused_in_words(dir: &Path, bundle: &str) {
    let bob = dir.join("bob");
    let whole = fs::read(bundle).unwrap();
    let mut changed = whole.clone();
    changed[100] ^= 1;
    let mut newer = whole.clone();
    newer[8] = 2;
    let broken: [(&[u8], &str); 5] = [
        (&whole[..whole.len() - 1], "cut off"),
        (&changed, "changed or damaged"),
        (&newer, "newer simurgh"),
        (b"a letter to Bob, and no bundle", "no bundle"),
        (b"", "no bundle"),
    ];
    let file = path(dir, "broken.bundle");
    for (bytes, sentence) in broken {
        fs::write(&file, bytes).unwrap();
        let said = refused(&bob, &["bundle", "import", &file]);
        assert!(said.contains(sentence), "{said}");
    }
    assert!(refused(&bob, &["bundle", "import", "/nowhere"]).contains("can't be read"));
    assert!(refused(&bob, &["bundle", "export", bundle]).contains("is there already"));
    assert!(refused(&bob, &["bundle", "export", &file[1..], "--for", "nobody"]).contains("no contact"));
    assert!(texts(&bob, "alice").is_empty());
}

#[test]
fn people_write_to_each_other_by_files_when_no_relay_is_left() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let mut village = village(dir);
    let [alice, bob, carol] = ["alice", "bob", "carol"].map(|name| dir.join(name));
    village.relays.clear();

    line(&alice, &["message", "send", "bob", "first"]);
    let for_bob = path(dir, "for-bob.bundle");
    let made = line(&alice, &["bundle", "export", &for_bob, "--for", "bob"]);
    assert_eq!(
        (&made["to"][0], fs::metadata(&for_bob).unwrap().len()),
        (&"bob".into(), made["bytes"].as_u64().unwrap())
    );
    broken_files_are_refused_in_words(dir, &for_bob);
    assert!(refused(&carol, &["bundle", "import", &for_bob]).contains("sealed for somebody else"));
    let taken = line(&bob, &["bundle", "import", &for_bob]);
    assert_eq!((&taken["messages"], &taken["refused"]), (&1.into(), &0.into()), "{taken}");
    let again = line(&bob, &["bundle", "import", &for_bob]);
    assert_eq!((&again["messages"], &again["cells"], &again["known"]), (&0.into(), &0.into(), &made["cells"]));
    assert_eq!(texts(&bob, "alice"), ["first"]);

    // the answer and the receipt, by an open bundle
    line(&bob, &["message", "send", "alice", "answer"]);
    let open = path(dir, "open.bundle");
    line(&bob, &["bundle", "export", &open]);
    assert_eq!(state(&alice, "bob", "first"), "pending");
    assert_eq!(line(&alice, &["bundle", "import", &open])["messages"], 1);
    assert_eq!(state(&alice, "bob", "first"), "delivered");

    // Carol is no contact of either: she carries what she can't read
    line(&alice, &["message", "send", "bob", "by Carol"]);
    let (to_carol, from_carol) = (path(dir, "to-carol.bundle"), path(dir, "from-carol.bundle"));
    line(&alice, &["bundle", "export", &to_carol]);
    let carried = line(&carol, &["bundle", "import", &to_carol]);
    assert!(carried["carried"].as_u64().unwrap() > 0 && carried["messages"] == 0, "{carried}");
    assert_eq!(line(&carol, &["bundle", "export", &from_carol])["carried"], carried["carried"]);
    assert_eq!(line(&bob, &["bundle", "import", &from_carol])["messages"], 1);
    assert_eq!(texts(&bob, "alice"), ["first", "answer", "by Carol"]);
}

/// What is said when these lines come from a camera.
fn read_lines(profile: &Path, said: &str) -> Result<Value, String> {
    let words = ["bundle", "import", "--frames", "-", "--json"];
    let mut reading = simurgh();
    reading.arg("--profile").arg(profile).args(words).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = reading.stderr(Stdio::piped()).spawn().unwrap();
    // it ends as soon as it has all
    let _ = child.stdin.take().unwrap().write_all(said.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    if output.status.success() {
        Ok(serde_json::from_str(&text(output.stdout)).unwrap())
    } else {
        Err(text(output.stderr))
    }
}

/// MBX-93 to MBX-95
#[test]
fn people_write_to_each_other_by_qr_codes_when_no_relay_is_left() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let mut village = village(dir);
    let [alice, bob] = ["alice", "bob"].map(|name| dir.join(name));
    village.relays.clear();

    line(&alice, &["message", "send", "bob", "by light"]);
    let shown = lines(&alice, &["bundle", "export", "--qr", "--for", "bob"]);
    let (made, codes) = shown.split_first().unwrap();
    assert_eq!(made["to"][0], "bob");
    // a short message is two small cells at most, with the receipt that goes along
    assert!((9..=20).contains(&codes.len()), "{} codes", codes.len());
    let codes: Vec<&str> = codes.iter().map(|code| code["text"].as_str().unwrap()).collect();

    // some are missed, some come twice, and there is another one on the wall
    let seen: Vec<&str> = codes.iter().rev().copied().filter(|code| *code != codes[2] && *code != codes[7]).collect();
    let mut said = format!("QR-Code:{}\nhttps://example.org/\n{}\n", seen[0], seen.join("\n"));
    let missed = read_lines(&bob, &said).unwrap_err();
    let have = format!("{} of {} codes are there. Read those too: 3, 8", codes.len() - 2, codes.len());
    assert!(missed.contains(&have), "{missed}");
    said.push_str(&format!("{}\n{}\n{}\n", codes[2], codes[7], codes[0]));
    let taken = read_lines(&bob, &said).unwrap();
    assert_eq!((&taken["messages"], &taken["refused"]), (&1.into(), &0.into()), "{taken}");
    assert_eq!(texts(&bob, "alice"), ["by light"]);

    // the answer, by images; what they hold lies beside them
    line(&bob, &["message", "send", "alice", "answer by light"]);
    let folder = path(dir, "codes");
    let made = line(&bob, &["bundle", "export", "--qr-dir", &folder, "--for", "alice"]);
    let count = made["codes"].as_u64().unwrap();
    let image = fs::read_to_string(dir.join(format!("codes/001-of-{count:03}.svg"))).unwrap();
    assert!(image.starts_with("<svg") && image.contains("h1v1h-1z"));
    assert_eq!(fs::read_dir(&folder).unwrap().count() as u64, count + 1);
    assert!(refused(&bob, &["bundle", "export", "--qr-dir", &folder]).contains("is there already"));
    let texts_of_codes = fs::read_to_string(dir.join("codes/frames.txt")).unwrap();
    let mut words = vec!["bundle", "import", "--frame"];
    words.extend(texts_of_codes.lines());
    assert_eq!(line(&alice, &words)["messages"], 1);
    assert_eq!(state(&alice, "bob", "by light"), "delivered");

    let nothing = lines(&dir.join("carol"), &["bundle", "export", "--qr"]);
    assert_eq!((nothing.len(), &nothing[0]["cells"]), (1, &0.into()), "no code is shown for nothing");
    let newer = "SIMURGH:FRAME/AIAAAAAAAAAA";
    assert!(read_lines(&alice, &format!("{newer}\n")).unwrap_err().contains("get a newer simurgh"));
    assert!(read_lines(&alice, "hello\n").unwrap_err().contains("no code of a bundle"));
    let mixed = format!("{}\n{}\n", codes[0], texts_of_codes.lines().next().unwrap());
    assert!(read_lines(&alice, &mixed).unwrap_err().contains("of another bundle"));
}

/// A program that says something, and its signed statement beside it.
fn signed_program(dir: &Path, name: &str, key: &str, more: &[&str]) -> String {
    let program = path(dir, name);
    fs::write(&program, format!("#!/bin/sh\necho {name}\nexit 0\n{}", "x".repeat(600_000))).unwrap();
    line(dir, &[&["program", "sign", "--key", key, &program], more].concat());
    program
}

/// A new folder, and what is in it after a program was refused: nothing.
fn nothing_is_written(bob: &Path, dir: &Path, bundle: &str, sentence: &str) {
    let into = tempfile::tempdir_in(dir).unwrap();
    let said = refused(bob, &["bundle", "import", bundle, "--program-to", &path(into.path(), "new")]);
    assert!(said.contains(sentence), "{said}");
    assert_eq!(fs::read_dir(into.path()).unwrap().count(), 0, "{sentence}");
}

/// MBX-96 to MBX-99
#[test]
fn a_program_is_taken_out_of_a_bundle_when_the_networks_key_signed_it_and_not_otherwise() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let key = path(dir, "program.key");
    let public = line(dir, &["program", "key", "--out", &key])["program_key"].as_str().unwrap().to_owned();
    assert!(refused(dir, &["program", "key", "--out", &key]).contains("is there already"));
    assert_eq!(fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    let _village = village_with(dir, &["--program-key", &public]);
    let [alice, bob, carol] = ["alice", "bob", "carol"].map(|name| dir.join(name));

    let program = signed_program(dir, "good", &key, &[]);
    line(&alice, &["message", "send", "bob", "with the program"]);
    let file = path(dir, "both.bundle");
    let made = line(&alice, &["bundle", "export", &file, "--program", &program, "--for", "bob"]);
    assert_eq!(made["program"]["release"], env!("CARGO_PKG_VERSION"));
    let told = line(&bob, &["bundle", "import", &file]);
    assert_eq!(told["program"]["release"], env!("CARGO_PKG_VERSION"), "{told}");
    assert_eq!(texts(&bob, "alice"), ["with the program"]);
    let new = path(dir, "new");
    let taken = line(&bob, &["bundle", "import", &file, "--program-to", &new]);
    assert_eq!((taken["program"]["file"].as_str(), &taken["messages"]), (Some(new.as_str()), &0.into()), "{taken}");
    assert_eq!(fs::read(&new).unwrap(), fs::read(&program).unwrap());
    assert_eq!(Command::new(&new).output().unwrap().stdout, b"good\n", "it can be started");
    assert!(refused(&bob, &["bundle", "import", &file, "--program-to", &new]).contains("is there already"));

    // passed on alone, by somebody who got it so; who can't open the messages of a bundle can still take the program
    let alone = path(dir, "alone.bundle");
    line(&bob, &["bundle", "export", &alone, "--program", &new, "--no-messages"]);
    assert_eq!(line(&carol, &["bundle", "import", &alone])["program"]["release"], env!("CARGO_PKG_VERSION"));
    let to = path(dir, "carols");
    assert!(refused(&carol, &["bundle", "import", &file, "--program-to", &to]).contains("sealed for somebody else"));
    assert_eq!(fs::read(&to).unwrap(), fs::read(&program).unwrap());

    broken_programs_are_refused_in_words(dir, &alone, &key);
    networks_without_a_key_take_no_program(dir, &program, &alone);
}

fn broken_programs_are_refused_in_words(dir: &Path, alone: &str, key: &str) {
    let [alice, bob] = ["alice", "bob"].map(|name| dir.join(name));
    let whole = fs::read(alone).unwrap();
    let broken = path(dir, "broken.bundle");
    let mut changed = whole.clone();
    *changed.last_mut().unwrap() ^= 1;
    let mut newer = whole.clone();
    newer[8] = 2;
    let cut = whole.len() - 1;
    for (bytes, sentence) in [
        (&changed[..], "changed or damaged"),
        (&whole[..cut], "cut off"),
        (&newer, "newer simurgh"),
        (&whole[..20], "cut off"),
    ] {
        fs::write(&broken, bytes).unwrap();
        nothing_is_written(&bob, dir, &broken, sentence);
        let told = line(&bob, &["bundle", "import", &broken]);
        assert!(told["program"]["refused"].as_str().unwrap().contains(sentence), "{told}");
    }

    let other_key = path(dir, "other.key");
    line(dir, &["program", "key", "--out", &other_key]);
    let forged = signed_program(dir, "forged", &other_key, &[]);
    let said = refused(&alice, &["bundle", "export", &path(dir, "x"), "--program", &forged]);
    assert!(said.contains("not signed by the key"), "{said}");
    let parts = [fs::read(format!("{forged}.statement")).unwrap(), fs::read(&forged).unwrap()];
    fs::write(&broken, parts.concat()).unwrap();
    nothing_is_written(&bob, dir, &broken, "not signed by the key");

    let fits_nobody = [
        ("old", ["--release", "0.0.9"], "keep this one"),
        ("strange", ["--target", "mips-unknown-linux-gnu"], "is for mips-unknown-linux-gnu"),
    ];
    for (name, more, sentence) in fits_nobody {
        let (program, file) = (signed_program(dir, name, key, &more), path(dir, &format!("{name}.bundle")));
        line(&alice, &["bundle", "export", &file, "--program", &program, "--no-messages"]);
        nothing_is_written(&bob, dir, &file, sentence);
        assert_eq!(line(&bob, &["bundle", "import", &file])["program"]["file"], Value::Null, "it can be passed on");
    }

    let letters = path(dir, "letters.bundle");
    line(&alice, &["bundle", "export", &letters]);
    nothing_is_written(&bob, dir, &letters, "no program");
    let said = refused(&alice, &["bundle", "export", &path(dir, "x"), "--program", &letters]);
    assert!(said.contains("letters.bundle.statement"), "{said}");
    fs::write(path(dir, "good"), "other bytes").unwrap();
    let said = refused(&alice, &["bundle", "export", &path(dir, "x"), "--program", &path(dir, "good")]);
    assert!(said.contains("cut off") && !dir.join("x").exists(), "{said}");
}

/// MBX-98
fn networks_without_a_key_take_no_program(dir: &Path, program: &str, alone: &str) {
    let mut network: Value = serde_json::from_slice(&fs::read(dir.join("network.json")).unwrap()).unwrap();
    network.as_object_mut().unwrap().remove("program_key").unwrap();
    let file = path(dir, "keyless.json");
    fs::write(&file, network.to_string()).unwrap();
    let dave = dir.join("dave");
    let words = ["up", "--no-open", "--network", &file, "--name", "dave"];
    let _running = Running::start(&[&["--profile", dave.to_str().unwrap()], &words[..]].concat());
    let said = refused(&dave, &["bundle", "export", &path(dir, "x"), "--program", program]);
    assert!(said.contains("names no key that may sign programs"), "{said}");
    nothing_is_written(&dave, dir, alone, "names no key that may sign programs");
    let told = line(&dave, &["bundle", "import", alone]);
    assert!(told["program"]["refused"].as_str().unwrap().contains("names no key"), "{told}");
}
