//! Which carrier profile is used, and what is said of the others.

use super::*;
use crate::profile::ProfileFolder;
use carrier::profile::{SigningKey, to_text};
use std::fs;

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn signed(number: u64) -> String {
    to_text(&Profile { number, ping_ms: 2_000, ..Profile::default() }.sign(&key()).unwrap())
}

fn terms(profile: Option<String>) -> Terms {
    Terms { key: Some(key().verifying_key().to_bytes()), profile }
}

fn used(folder: &Path, terms: &Terms) -> (u64, ProfileSource, Option<String>) {
    let used = choose(folder, terms);
    (used.profile.number, used.source, used.refused.map(|refused| refused.why))
}

/// CAR-5
#[test]
fn the_newest_that_was_signed_is_used() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    assert_eq!(used(folder, &Terms::default()), (0, ProfileSource::BuiltIn, None));
    assert_eq!(used(folder, &terms(None)), (0, ProfileSource::BuiltIn, None));
    assert_eq!(used(folder, &terms(Some(signed(2)))), (2, ProfileSource::Network, None));
    fs::write(folder.join(FILE), signed(3)).unwrap();
    assert_eq!(used(folder, &terms(Some(signed(2)))), (3, ProfileSource::Folder, None));
    assert_eq!(used(folder, &terms(Some(signed(4)))), (4, ProfileSource::Network, None), "an older file is no mistake");
    assert_eq!(used(folder, &terms(None)), (3, ProfileSource::Folder, None));
}

/// CAR-8
#[test]
fn what_is_broken_or_foreign_is_told_and_the_rest_is_used() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let told = |content: &[u8], terms: &Terms| {
        fs::write(folder.join(FILE), content).unwrap();
        let (number, source, why) = used(folder, terms);
        assert_ne!(source, ProfileSource::Folder);
        (number, why.unwrap())
    };
    let foreign =
        to_text(&Profile { number: 9, ..Profile::default() }.sign(&SigningKey::from_bytes(&[8; 32])).unwrap());
    let (number, why) = told(foreign.as_bytes(), &terms(None));
    assert!(number == 0 && why.contains("not signed by this network's key"), "{why}");
    let (number, why) = told(foreign.as_bytes(), &terms(Some(signed(2))));
    assert!(number == 2 && why.contains("not signed"), "{why}");
    for (content, word) in [
        (b"".as_slice(), "not a carrier's profile"),
        (b"\xff\xfe\x00".as_slice(), "base64url"),
        (signed(3).split_at(40).0.as_bytes(), "not a carrier's profile"),
        (b"Ag", "version 2: get a newer program"),
        (&[b'A'; 9_000], "at most"),
    ] {
        let (_, why) = told(content, &terms(None));
        assert!(why.contains(word), "{why}");
    }
    let (_, why) = told(signed(3).as_bytes(), &Terms::default());
    assert!(why.contains("names no carrier_key"), "{why}");
    let (_, why) = told(signed(3).as_bytes(), &Terms { key: Some([2; 32]), profile: None });
    assert!(why.contains("no Ed25519 key") || why.contains("not signed"), "{why}");
    fs::remove_file(folder.join(FILE)).unwrap();
    fs::create_dir(folder.join(FILE)).unwrap();
    assert!(used(folder, &terms(None)).2.is_some(), "one that can't be read at all");
}

/// CAR-6, CAR-7
#[test]
fn one_that_is_installed_is_used_at_once_and_after_a_restart_and_an_older_one_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let carriers = Carriers::default();
    let behaviour = Behaviour::of(folder.path(), terms(Some(signed(2))));
    behaviour.install(&format!("  {}\n\n", signed(5)), &carriers).unwrap();
    assert_eq!((carriers.profile().number, carriers.profile().ping_ms), (5, 2_000));
    assert_eq!((behaviour.used().profile.number, behaviour.used().source), (5, ProfileSource::Folder));
    assert_eq!(used(folder.path(), &terms(Some(signed(2)))).0, 5);
    let older = behaviour.install(&signed(4), &carriers).unwrap_err().to_string();
    assert!(older.contains("number 4, number 5 is in use"), "{older}");
    let foreign = behaviour.install("AQAA", &carriers).unwrap_err();
    assert!(matches!(foreign, InstallError::Profile(_)), "{foreign}");
    assert_eq!((carriers.profile().number, used(folder.path(), &terms(None)).0), (5, 5), "nothing was changed");
    behaviour.install(&signed(5), &carriers).unwrap();
    let nobody = Behaviour::of(folder.path(), Terms::default());
    assert!(matches!(nobody.install(&signed(6), &carriers), Err(InstallError::NoKey)));
}

/// CAR-6
#[test]
fn one_may_be_installed_while_no_daemon_runs() {
    let folder = tempfile::tempdir().unwrap();
    let network = NetworkInfo {
        name: "test".to_owned(),
        genesis_hash: [1; 32],
        program_key: None,
        validators: Vec::new(),
        relays: Vec::new(),
        devnet: true,
        carrier_key: terms(None).key,
        carrier_profile: Some(signed(2)),
    };
    let opened = ProfileFolder::open(folder.path()).unwrap();
    opened.network(Some(network.clone())).unwrap();
    let running = install_carrier_profile(folder.path(), &signed(3)).unwrap_err().to_string();
    assert!(running.contains("another simurgh uses"), "{running}");
    drop(opened);
    assert_eq!(install_carrier_profile(folder.path(), &signed(3)).unwrap(), 3);
    let older = format!("{:#}", install_carrier_profile(folder.path(), &signed(1)).unwrap_err());
    assert!(older.contains("number 3 is in use"), "{older}");
    assert_eq!(used(folder.path(), &Terms::of(&network)), (3, ProfileSource::Folder, None));
}
