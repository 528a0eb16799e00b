//! Measures what a daemon does for each message, for `simurgh bench mls`.

use client::{
    e2ee::conversation::{Conversation, GroupName, new_key_package},
    store::{Store as _, Transaction as _},
};
use rand_core::{OsRng, RngCore as _};
use std::{
    path::Path,
    time::{Duration, Instant},
};
use store::people::PeopleStore;
use wire::Secret32;

/// Bytes of a message in the measurement.
pub const MESSAGE_BYTES: usize = 1_000;
/// Messages that one side encrypts before the other decrypts them, one transaction each time.
const BATCH: usize = 64;

/// How long each message took.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MlsFigures {
    /// Encryption of each message.
    pub encrypt: Vec<Duration>,
    /// Decryption of each message.
    pub decrypt: Vec<Duration>,
}

/// Encrypts and decrypts messages of 1,000 bytes between two people for about so long, on one thread, with the MLS
/// state of every message written to SQLite as in the daemon; commits (one a batch) are not counted. Blocks.
pub fn mls(folder: &Path, duration: Duration) -> anyhow::Result<MlsFigures> {
    let mut key = Secret32([0; 32]);
    OsRng.fill_bytes(&mut key.0);
    let mut alice = PeopleStore::open(&folder.join("alice.db"), &key)?;
    let mut bob = PeopleStore::open(&folder.join("bob.db"), &key)?;
    let group = meet(&mut alice, &mut bob)?;
    let message = vec![b'x'; MESSAGE_BYTES];
    let mut figures = MlsFigures::default();
    let began = Instant::now();
    while began.elapsed() < duration {
        let sealed = encrypt(&mut alice, &group, &message, &mut figures.encrypt)?;
        decrypt(&mut bob, &group, &sealed, &mut figures.decrypt)?;
    }
    Ok(figures)
}

fn meet(alice: &mut PeopleStore, bob: &mut PeopleStore) -> anyhow::Result<GroupName> {
    let transaction = bob.begin()?;
    let key_package = new_key_package(transaction.mls(), false, &mut OsRng)?;
    transaction.commit()?;
    let transaction = alice.begin()?;
    let (conversation, group, welcome) = Conversation::create(transaction.mls(), &key_package, &mut OsRng)?;
    drop(conversation);
    transaction.commit()?;
    let transaction = bob.begin()?;
    drop(Conversation::join(transaction.mls(), &welcome)?);
    transaction.commit()?;
    Ok(group)
}

fn encrypt(
    store: &mut PeopleStore,
    group: &GroupName,
    message: &[u8],
    took: &mut Vec<Duration>,
) -> anyhow::Result<Vec<Vec<u8>>> {
    let transaction = store.begin()?;
    let mut conversation = Conversation::load(transaction.mls(), group)?;
    let mut sealed = Vec::with_capacity(BATCH);
    for _ in 0..BATCH {
        let began = Instant::now();
        sealed.push(conversation.encrypt(message)?);
        took.push(began.elapsed());
    }
    drop(conversation);
    transaction.commit()?;
    Ok(sealed)
}

fn decrypt(
    store: &mut PeopleStore,
    group: &GroupName,
    sealed: &[Vec<u8>],
    took: &mut Vec<Duration>,
) -> anyhow::Result<()> {
    let transaction = store.begin()?;
    let mut conversation = Conversation::load(transaction.mls(), group)?;
    for message in sealed {
        let began = Instant::now();
        conversation.decrypt(message)?;
        took.push(began.elapsed());
    }
    drop(conversation);
    transaction.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encrypted_message_is_decrypted_again() {
        let folder = tempfile::tempdir().unwrap();
        let figures = mls(folder.path(), Duration::from_millis(1)).unwrap();
        assert_eq!(figures.encrypt.len(), figures.decrypt.len());
        assert!(figures.encrypt.len() >= BATCH);
    }
}
