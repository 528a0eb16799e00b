//! A person's folder: who may use it, and what lies in it.
//!
//! `lock` (held while a daemon runs), `key` (the owner-only secret that opens the database) or `key.sealed` (the same
//! under a passphrase), `network.json`, `profile.db`, `rpc.sock`. The folder is 0700, the key 0600.

use anyhow::{Context as _, bail, ensure};
use client::NetworkInfo;
use rand_core::{OsRng, RngCore as _};
use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read as _},
    os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};
use store::{
    files::{self, make_private_dir, write_private},
    people::vault::{open_with_passphrase, seal_with_passphrase},
};
use wire::Secret32;
use zeroize::Zeroizing;

/// Only the owner enters the folder.
const FOLDER_MODE: u32 = 0o700;
/// Only the owner holds the lock.
const LOCK_MODE: u32 = 0o600;
/// The key under a passphrase.
const SEALED_KEY: &str = "key.sealed";
/// The network in a profile's folder.
const NETWORK: &str = "network.json";
/// Largest `network.json`, in bytes: 256 relays with post-quantum hop keys are about 1.2 MB.
const NETWORK_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// The file that opens the profile.
pub(crate) fn key_file(profile: &Path) -> PathBuf {
    profile.join(if has_passphrase(profile) { SEALED_KEY } else { "key" })
}

/// Whether the profile asks for a passphrase.
#[must_use]
pub fn has_passphrase(profile: &Path) -> bool {
    profile.join(SEALED_KEY).exists()
}

/// Gives a profile whose daemon does not run a passphrase, another one, or none any more. `current` opens it now.
pub fn set_passphrase(profile: &Path, current: Option<&str>, new: Option<&str>) -> anyhow::Result<()> {
    ensure!(profile.join("profile.db").exists(), "there is no profile in {}: see simurgh up", profile.display());
    ensure!(new.is_none_or(|new| !new.is_empty()), "an empty passphrase protects nothing: choose a longer one");
    ProfileFolder::open(profile)?.set_passphrase(current, new)
}

/// A profile's folder, locked.
#[derive(Debug)]
pub(crate) struct ProfileFolder {
    folder: PathBuf,
    _lock: File,
}

impl ProfileFolder {
    /// Makes the folder where there is none, and locks it.
    pub(crate) fn open(folder: &Path) -> anyhow::Result<Self> {
        let shown = folder.display();
        make_private_dir(folder).with_context(|| format!("the profile folder {shown} can't be made"))?;
        fs::set_permissions(folder, fs::Permissions::from_mode(FOLDER_MODE))
            .with_context(|| format!("the profile folder {shown} belongs to somebody else"))?;
        let folder = fs::canonicalize(folder)?;
        let mut lock = OpenOptions::new();
        let lock = lock.write(true).mode(LOCK_MODE).create(true).truncate(false).open(folder.join("lock"))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { folder, _lock: lock }),
            Err(TryLockError::WouldBlock) => {
                bail!("another simurgh uses the profile {shown}: open its page, or stop it first")
            }
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("the profile {shown} can't be locked"))
            }
        }
    }

    /// The folder.
    pub(crate) fn path(&self) -> &Path {
        &self.folder
    }

    /// The database's file.
    pub(crate) fn database(&self) -> PathBuf {
        self.folder.join("profile.db")
    }

    /// The secret that opens the database; made for a new profile.
    pub(crate) fn key(&self, passphrase: Option<&str>) -> anyhow::Result<Secret32> {
        let sealed = self.folder.join(SEALED_KEY);
        if sealed.exists() {
            return self.sealed_key(&sealed, passphrase);
        }
        let path = self.folder.join("key");
        match File::open(&path) {
            Ok(file) => read_key(&path, file),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                ensure!(
                    !self.database().exists(),
                    "the key file {} is gone and nothing else opens this profile: put it back, or restore a backup",
                    path.display()
                );
                self.make_key(&path)
            }
            Err(error) => Err(error).with_context(|| format!("the key file {} can't be read", path.display())),
        }
    }

    /// Gives the profile a passphrase, another one, or none any more. `current` opens it now.
    pub(crate) fn set_passphrase(&self, current: Option<&str>, new: Option<&str>) -> anyhow::Result<()> {
        let secret = self.key(current)?;
        let (plain, sealed) = (self.folder.join("key"), self.folder.join(SEALED_KEY));
        // a crash between the two steps leaves both files: then the sealed one counts, and the plain one goes
        match new {
            Some(passphrase) => {
                write(&sealed, &seal_with_passphrase(&secret, passphrase)?)?;
                remove(&plain)
            }
            None => {
                write(&plain, &secret.0)?;
                remove(&sealed)
            }
        }
    }

    fn sealed_key(&self, path: &Path, passphrase: Option<&str>) -> anyhow::Result<Secret32> {
        let shown = self.folder.display();
        let passphrase = passphrase
            .with_context(|| format!("the profile {shown} has a passphrase: start it where you can type it in"))?;
        let sealed = fs::read(path).with_context(|| format!("the key file {} can't be read", path.display()))?;
        let secret = open_with_passphrase(&sealed, passphrase)?;
        // a crash while the passphrase was removed may have left it, or half of it
        remove(&self.folder.join("key"))?;
        Ok(secret)
    }

    /// The profile's network; `given`, which was read from a file, replaces what was known of the same network before.
    pub(crate) fn network(&self, given: Option<NetworkInfo>) -> anyhow::Result<NetworkInfo> {
        let own = self.folder.join(NETWORK);
        let known = if own.exists() { Some(read_network(&own)?) } else { None };
        let Some(network) = given else {
            return known.with_context(|| no_network(&self.folder));
        };
        if let Some(known) = known {
            ensure!(
                known.genesis_hash == network.genesis_hash,
                "the profile belongs to the network {:?}, and the file is of another network called {:?}: use a new \
                 profile for it",
                known.name,
                network.name
            );
        }
        write(&own, network.to_json()?.as_bytes())?;
        Ok(network)
    }

    fn make_key(&self, path: &Path) -> anyhow::Result<Secret32> {
        let mut key = Secret32([0; 32]);
        OsRng.fill_bytes(&mut key.0);
        write(path, &key.0)?;
        Ok(key)
    }
}

/// Writes a file so that after a crash it is there whole or not at all.
fn write(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    write_private(path, content).with_context(|| format!("{} can't be written", path.display()))
}

/// Removes a file so that it stays removed after a crash; one that is not there is no error.
fn remove(path: &Path) -> anyhow::Result<()> {
    files::remove(path).with_context(|| format!("{} can't be removed", path.display()))
}

fn read_key(path: &Path, mut file: File) -> anyhow::Result<Secret32> {
    let shown = path.display();
    let mode = file.metadata()?.mode() & 0o777;
    ensure!(
        mode & 0o077 == 0,
        "others can read the key file {shown} (mode {mode:o}): run chmod 600 {shown}, and make a new profile if they did"
    );
    let mut bytes = Zeroizing::new(Vec::new());
    (&mut file).take(64).read_to_end(&mut bytes)?;
    let key = bytes.as_slice().try_into();
    Ok(Secret32(key.map_err(|_| anyhow::anyhow!("the key file {shown} is damaged: restore it from a copy"))?))
}

/// Reads the network that a profile is started with; one that has none yet can't do without. Nothing is made before
/// that is known.
pub(crate) fn given_network(profile: &Path, file: Option<&Path>) -> anyhow::Result<Option<NetworkInfo>> {
    ensure!(file.is_some() || profile.join(NETWORK).exists(), no_network(profile));
    file.map(read_network).transpose()
}

fn no_network(profile: &Path) -> String {
    format!("the profile {} belongs to no network yet: give it one with --network FILE", profile.display())
}

fn read_network(path: &Path) -> anyhow::Result<NetworkInfo> {
    let shown = path.display();
    let file = File::open(path).with_context(|| format!("the network file {shown} can't be read"))?;
    let mut text = String::new();
    file.take(NETWORK_BYTES_MAX).read_to_string(&mut text)?;
    NetworkInfo::from_json(&text).with_context(|| format!("{shown} is no network file"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_daemon_cannot_open_the_same_profile() {
        let folder = tempfile::tempdir().unwrap();
        let first = ProfileFolder::open(folder.path()).unwrap();
        let refusal = ProfileFolder::open(folder.path()).unwrap_err().to_string();
        assert!(refusal.contains("another simurgh uses the profile"), "{refusal}");
        drop(first);
        ProfileFolder::open(folder.path()).unwrap();
    }

    #[test]
    fn folder_and_key_are_for_their_owner_only() {
        let parent = tempfile::tempdir().unwrap();
        let profile = ProfileFolder::open(&parent.path().join("alice")).unwrap();
        let key = profile.key(None).unwrap();
        assert!(profile.key(None).unwrap() == key, "the key stays");
        let mode = |path: &Path| fs::metadata(path).unwrap().mode() & 0o777;
        assert_eq!(mode(profile.path()), 0o700);
        assert_eq!(mode(&profile.path().join("key")), 0o600);
    }

    #[test]
    fn a_key_that_others_can_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let profile = ProfileFolder::open(folder.path()).unwrap();
        profile.key(None).unwrap();
        fs::set_permissions(profile.path().join("key"), fs::Permissions::from_mode(0o644)).unwrap();
        assert!(profile.key(None).unwrap_err().to_string().contains("chmod 600"));
    }

    #[test]
    fn a_lost_key_is_not_replaced_by_one_that_opens_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let profile = ProfileFolder::open(folder.path()).unwrap();
        fs::write(profile.database(), b"").unwrap();
        assert!(profile.key(None).unwrap_err().to_string().contains("put it back"));
    }

    #[test]
    fn a_passphrase_takes_the_place_of_the_key_file_and_gives_it_back() {
        let folder = tempfile::tempdir().unwrap();
        let profile = ProfileFolder::open(folder.path()).unwrap();
        let key = profile.key(None).unwrap();
        profile.set_passphrase(None, Some("گل سرخ")).unwrap();
        assert!(has_passphrase(profile.path()) && !profile.path().join("key").exists());
        assert!(profile.key(None).unwrap_err().to_string().contains("has a passphrase"));
        assert!(profile.key(Some("wrong")).unwrap_err().to_string().contains("passphrase is wrong"));
        assert!(profile.key(Some("گل سرخ")).unwrap() == key);
        let files = fs::read_dir(folder.path()).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap());
        assert!(files.into_iter().all(|content| !content.windows(32).any(|bytes| bytes == key.0)), "in no file");
        profile.set_passphrase(Some("گل سرخ"), Some("another")).unwrap();
        assert!(profile.key(Some("another")).unwrap() == key);
        profile.set_passphrase(Some("another"), None).unwrap();
        assert!(!has_passphrase(profile.path()) && profile.key(None).unwrap() == key);
    }

    #[test]
    fn a_crash_while_a_passphrase_is_set_leaves_a_profile_that_opens_with_it_only() {
        let folder = tempfile::tempdir().unwrap();
        let profile = ProfileFolder::open(folder.path()).unwrap();
        let key = profile.key(None).unwrap();
        profile.set_passphrase(None, Some("new")).unwrap();
        write(&folder.path().join("key"), &key.0).unwrap();
        assert!(profile.key(None).is_err());
        assert!(profile.key(Some("new")).unwrap() == key);
        assert!(!folder.path().join("key").exists(), "what was left lying about is gone");
    }

    #[test]
    fn a_profile_keeps_to_its_network() {
        let folder = tempfile::tempdir().unwrap();
        let profile = ProfileFolder::open(folder.path()).unwrap();
        assert!(profile.network(None).unwrap_err().to_string().contains("--network"));
        let network = |name: &str, hash| NetworkInfo {
            name: name.to_owned(),
            genesis_hash: [hash; 32],
            program_key: None,
            validators: vec![[1; 32]],
            relays: Vec::new(),
            devnet: true,
            carrier_key: None,
            carrier_profile: None,
        };
        assert_eq!(profile.network(Some(network("one", 1))).unwrap().name, "one");
        assert_eq!(profile.network(None).unwrap().name, "one");
        assert_eq!(profile.network(Some(network("renamed", 1))).unwrap().name, "renamed");
        let other = profile.network(Some(network("two", 2))).unwrap_err().to_string();
        assert!(other.contains("another network"), "{other}");
    }
}
