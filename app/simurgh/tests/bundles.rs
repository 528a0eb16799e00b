//! Real daemons that talk by files when no relay is left (specs/12-bundles.md).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test")]

mod support;

use std::{fs, path::Path};
use support::{command, line, path, state, texts, village};

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
