//! The checks of what a stranger's bytes reach here: key packages, welcomes, messages of a conversation, device
//! proofs. Each says whether the bytes were taken, and panics where a rule is broken.
//!
//! Most of what anybody can send fails at a signature or a tag. So the first byte of an input says how it is meant:
//! 0, the rest is what comes; anything else, the rest is laid over (exclusive or) something that is right, and what
//! is longer is put behind it. Bytes that are changed a little so reach what comes after the first checks.

#![allow(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    clippy::arithmetic_side_effects,
    reason = "tests: a failure is a panic"
)]

use crate::conversation::{
    Conversation, Error, GroupName, KeyPackageBytes, MESSAGE_BYTES_MAX, WELCOME_BYTES_MAX, WelcomeBytes,
    new_key_package,
};
use crate::device::{DeviceKey, DeviceProof};
use ed25519_dalek::SigningKey;
use openmls_rust_crypto::MemoryStorage;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use std::collections::HashMap;
use std::sync::OnceLock;
use wire::hostile::assert_one_form;
use wire::{Secret32, codec};

type Values = HashMap<Vec<u8>, Vec<u8>>;

/// Two devices before and after they met. Made once per process: the library draws its own keys.
struct Met {
    package: KeyPackageBytes,
    welcome: WelcomeBytes,
    message: Vec<u8>,
    group: GroupName,
    /// What the invited device keeps before the welcome came, and after it.
    before: Values,
    after: Values,
}

/// A key package out of an offer: it makes a conversation, or is refused and leaves nothing (E2E-21, INV-14).
#[must_use]
pub fn key_package(bytes: &[u8]) -> bool {
    let storage = MemoryStorage::default();
    let package = KeyPackageBytes(meant(&met().package.0, bytes));
    match Conversation::create(&storage, &package, &mut rng()) {
        Ok((conversation, name, welcome)) => {
            assert!(welcome.0.len() <= WELCOME_BYTES_MAX, "a welcome of {} bytes", welcome.0.len());
            assert!(Conversation::load(&storage, &name).is_ok() && conversation.binding().is_ok());
            conversation.delete().unwrap();
            assert!(values(&storage).is_empty(), "a conversation that was deleted left keys");
            true
        }
        Err(error) => {
            assert_refused(&error);
            assert!(values(&storage).is_empty(), "a key package that was refused left keys");
            false
        }
    }
}

/// A welcome out of an introduction: it is joined, or refused, and the key package stays for the right one.
#[must_use]
pub fn welcome(bytes: &[u8]) -> bool {
    let storage = storage(&met().before);
    let welcome = WelcomeBytes(meant(&met().welcome.0, bytes));
    match Conversation::join(&storage, &welcome) {
        Ok((conversation, _)) => {
            assert!(conversation.binding().is_ok() && conversation.peer_leaf_key().is_ok());
            true
        }
        Err(error) => {
            assert_refused(&error);
            false
        }
    }
}

/// A message of a conversation: it is decrypted, or refused, and the right one is decrypted after it.
#[must_use]
pub fn message(bytes: &[u8]) -> bool {
    let storage = storage(&met().after);
    let came = meant(&met().message, bytes);
    let mut conversation = Conversation::load(&storage, &met().group).unwrap();
    match conversation.decrypt(&came) {
        Ok(plain) => {
            assert!(plain.len() <= MESSAGE_BYTES_MAX && plain == b"salaam");
            true
        }
        Err(error) => {
            assert_refused(&error);
            let mut conversation = Conversation::load(&storage, &met().group).unwrap();
            assert_eq!(conversation.decrypt(&met().message).unwrap(), b"salaam", "a refused message broke the next");
            false
        }
    }
}

/// A device's proof (E2E-13): only the right one proves the identity.
#[must_use]
pub fn device_proof(bytes: &[u8]) -> bool {
    const PROOF_BYTES_MAX: usize = 1_024;
    let (device, binding) = (device(), Secret32([3; 32]));
    let right = codec::encode(&device.prove(&binding, b"leaf")).unwrap();
    let came = meant(&right, bytes);
    let read = |bytes: &[u8]| codec::decode::<DeviceProof>(bytes, PROOF_BYTES_MAX);
    let Ok(proof) = read(&came) else { return false };
    assert_one_form(&came, &proof, codec::encode, read);
    let Ok(identity) = proof.verify(&binding, b"leaf") else { return false };
    assert_eq!(identity == *device.identity(), proof == read(&right).unwrap(), "another proof of this identity");
    true
}

/// Seeds as they came once: target, name, bytes.
#[must_use]
pub fn made_seeds() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let met = met();
    let as_it_is = |bytes: &[u8]| [&[0], bytes].concat();
    vec![
        ("e2ee_key_package", "as-it-came", as_it_is(&met.package.0)),
        ("e2ee_key_package", "laid-over", vec![1]),
        ("e2ee_welcome", "refused-of-others", as_it_is(&met.welcome.0)),
        ("e2ee_welcome", "laid-over", vec![1]),
        ("e2ee_message", "refused-of-others", as_it_is(&met.message)),
        ("e2ee_message", "laid-over", vec![1]),
        ("e2ee_device_proof", "laid-over", vec![1]),
    ]
}

/// The bytes that an input stands for.
fn meant(right: &[u8], input: &[u8]) -> Vec<u8> {
    let Some((how, rest)) = input.split_first() else { return Vec::new() };
    if *how == 0 {
        return rest.to_vec();
    }
    let mut bytes = right.to_vec();
    bytes.iter_mut().zip(rest).for_each(|(byte, over)| *byte ^= over);
    bytes.extend(rest.iter().skip(right.len()));
    bytes
}

/// What strangers send is refused. Anything else would count as a failure of the own store, and be tried again.
fn assert_refused(error: &Error) {
    assert!(matches!(error, Error::Refused(_)), "a stranger's bytes count as a failure of this device: {error}");
}

fn met() -> &'static Met {
    static MET: OnceLock<Met> = OnceLock::new();
    MET.get_or_init(|| {
        let (alice, bob) = (MemoryStorage::default(), MemoryStorage::default());
        let package = new_key_package(&bob, false, &mut rng()).unwrap();
        let before = values(&bob);
        let (mut conversation, group, welcome) = Conversation::create(&alice, &package, &mut rng()).unwrap();
        Conversation::join(&bob, &welcome).unwrap();
        let message = conversation.encrypt(b"salaam").unwrap();
        Met { package, welcome, message, group, before, after: values(&bob) }
    })
}

fn device() -> &'static DeviceKey {
    static DEVICE: OnceLock<DeviceKey> = OnceLock::new();
    DEVICE.get_or_init(|| DeviceKey::random(&SigningKey::from_bytes(&[1; 32]), &mut rng()))
}

fn storage(values: &Values) -> MemoryStorage {
    let storage = MemoryStorage::default();
    *storage.values.write().unwrap() = values.clone();
    storage
}

fn values(storage: &MemoryStorage) -> Values {
    storage.values.read().unwrap().clone()
}

fn rng() -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::hostile::storm;
    use wire::seeds;

    #[test]
    fn key_packages_of_strangers_make_a_conversation_or_leave_nothing() {
        storm(seeds!("e2ee_key_package": "as-it-came", "laid-over"), 300, key_package);
    }

    #[test]
    fn welcomes_of_strangers_are_joined_or_refused() {
        storm(seeds!("e2ee_welcome": "laid-over", "refused-of-others"), 300, welcome);
    }

    #[test]
    fn messages_of_strangers_are_refused_and_the_right_one_is_read_after_them() {
        storm(seeds!("e2ee_message": "laid-over", "refused-of-others"), 300, message);
    }

    #[test]
    fn proofs_of_strangers_prove_nothing() {
        storm(seeds!("e2ee_device_proof": "laid-over"), 2_000, device_proof);
    }
}
