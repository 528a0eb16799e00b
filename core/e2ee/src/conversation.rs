//! A conversation: one MLS group (RFC 9420), one leaf per device (E2E-20 to E2E-29).
//!
//! One suite, frozen: ML-KEM-768 with X25519 (X-Wing), AES-256-GCM, SHA-384, Ed25519 (0x004E), by openmls on
//! RustCrypto. All state is in the caller's storage; nothing is kept between calls, so whatever the caller's
//! transaction takes back never happened.
//!
//! Requirements: messages of one sender are given to [`Conversation::decrypt`] once each and in their order; the
//! caller's sequence numbers see to it.
//!
//! Not provided: more than two members, and fresh keys after a device was compromised (self-updates): later.

use openmls::prelude::tls_codec::{Deserialize as _, Serialize as _};
use openmls::prelude::*;
use openmls_basic_credential::SignatureKeyPair;
use openmls_rust_crypto::RustCrypto;
use openmls_traits::storage::CURRENT_VERSION;
use rand_core::{CryptoRng, RngCore};
use serde::{Deserialize, Serialize};
use wire::{Secret32, hash::domain_hash};

/// The one suite (E2E-20).
pub const SUITE: Ciphersuite = Ciphersuite::MLS_128_MLKEM768X25519_AES256GCM_SHA384_Ed25519;
/// Bytes of a key package; one has about 2.7 kB.
pub const KEY_PACKAGE_BYTES_MAX: usize = 8 * 1024;
/// Bytes of a welcome with its tree; one for two has about 7 kB.
pub const WELCOME_BYTES_MAX: usize = 32 * 1024;
/// Bytes of an encrypted message.
pub const MESSAGE_BYTES_MAX: usize = 128 * 1024;
/// Random bytes that name a leaf.
const LEAF_NAME_BYTES: usize = 16;

/// Why encryption failed. The text of what the library says is kept for the log; callers have nothing to tell apart
/// but "refuse what came" and "the store failed".
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// What came is not for this conversation, not of this suite, changed, or came twice.
    #[error("what came can't be decrypted: {0}")]
    Refused(String),
    /// The group, key or package is not in the store.
    #[error("the conversation's keys are not in the store")]
    Missing,
    /// The storage or the library failed.
    #[error("encryption failed: {0}")]
    Failed(String),
}

/// openmls' storage trait at the version that this program uses. Implemented for everything that has it.
pub trait MlsStorage: openmls_traits::storage::StorageProvider<CURRENT_VERSION> {}

impl<S: openmls_traits::storage::StorageProvider<CURRENT_VERSION>> MlsStorage for S {}

/// An encoded key package: lets its holder add its maker to one conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyPackageBytes(#[serde(with = "serde_bytes")] pub Vec<u8>);

/// One conversation. Borrow the storage of a transaction, do one thing, drop it.
pub struct Conversation<'a, S: MlsStorage> {
    provider: Provider<'a, S>,
    group: MlsGroup,
}

/// The random name of a conversation's group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct GroupName(pub [u8; 32]);

/// What the maker of a conversation sends to the one it adds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WelcomeBytes(#[serde(with = "serde_bytes")] pub Vec<u8>);

struct Provider<'a, S> {
    crypto: RustCrypto,
    storage: &'a S,
}

impl<S: MlsStorage> OpenMlsProvider for Provider<'_, S> {
    type CryptoProvider = RustCrypto;
    type RandProvider = RustCrypto;
    type StorageProvider = S;

    fn storage(&self) -> &S {
        self.storage
    }
    fn crypto(&self) -> &RustCrypto {
        &self.crypto
    }
    fn rand(&self) -> &RustCrypto {
        &self.crypto
    }
}

impl<'a, S: MlsStorage> Provider<'a, S> {
    fn new(storage: &'a S) -> Self {
        Self { crypto: RustCrypto::default(), storage }
    }
}

/// Makes a key package for one conversation, with a leaf key of its own; its secrets go into the storage.
/// `last_resort` marks one that may be used again when no other is left.
pub fn new_key_package<S: MlsStorage>(
    storage: &S,
    last_resort: bool,
    rng: &mut (impl RngCore + CryptoRng),
) -> Result<KeyPackageBytes, Error> {
    let provider = Provider::new(storage);
    let (signer, credential) = new_leaf(storage, rng)?;
    let mut builder = KeyPackage::builder().key_package_lifetime(unlimited()).leaf_node_capabilities(capabilities());
    if last_resort {
        builder = builder.mark_as_last_resort();
    }
    let bundle = builder.build(SUITE, &provider, &signer, credential).map_err(failed)?;
    let message = MlsMessageOut::from(bundle.key_package().clone());
    Ok(KeyPackageBytes(message.tls_serialize_detached().map_err(failed)?))
}

/// Forgets a key package that no welcome has used, with its secrets.
pub fn forget_key_package<S: MlsStorage>(storage: &S, key_package: &KeyPackageBytes) -> Result<(), Error> {
    let provider = Provider::new(storage);
    let key_package = parse_key_package(&provider, key_package)?;
    let name = key_package.hash_ref(&provider.crypto).map_err(failed)?;
    storage.delete_key_package(&name).map_err(failed)?;
    let leaf_key = key_package.leaf_node().signature_key().as_slice();
    SignatureKeyPair::delete(storage, leaf_key, SUITE.signature_algorithm()).map_err(failed)
}

impl<'a, S: MlsStorage> Conversation<'a, S> {
    /// Makes a conversation with the maker of `key_package`. One that can't be added is refused, and leaves nothing.
    pub fn create(
        storage: &'a S,
        key_package: &KeyPackageBytes,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<(Self, GroupName, WelcomeBytes), Error> {
        let provider = Provider::new(storage);
        let key_package = parse_key_package(&provider, key_package)?;
        let (signer, credential) = new_leaf(storage, rng)?;
        let mut name = [0; 32];
        rng.fill_bytes(&mut name);
        let mut group = MlsGroup::builder()
            .with_group_id(GroupId::from_slice(&name))
            .ciphersuite(SUITE)
            .with_wire_format_policy(PURE_CIPHERTEXT_WIRE_FORMAT_POLICY)
            .with_capabilities(capabilities())
            .use_ratchet_tree_extension(true)
            .lifetime(unlimited())
            .build(&provider, &signer, credential)
            .map_err(failed)?;
        let added = group.add_members_without_update(&provider, &signer, core::slice::from_ref(&key_package));
        let (_, welcome, _) = match added {
            Ok(added) => added,
            Err(error) => {
                Self { provider, group }.delete()?;
                return Err(not_added(&error));
            }
        };
        group.merge_pending_commit(&provider).map_err(failed)?;
        let welcome = WelcomeBytes(welcome.tls_serialize_detached().map_err(failed)?);
        Ok((Self { provider, group }, GroupName(name), welcome))
    }

    /// Joins the conversation that a welcome names. The key package that it was made with is used up.
    pub fn join(storage: &'a S, welcome: &WelcomeBytes) -> Result<(Self, GroupName), Error> {
        if welcome.0.len() > WELCOME_BYTES_MAX {
            return Err(Error::Refused("the welcome is too long".into()));
        }
        let provider = Provider::new(storage);
        let message = MlsMessageIn::tls_deserialize_exact(&welcome.0).map_err(refused)?;
        let MlsMessageBodyIn::Welcome(welcome) = message.extract() else {
            return Err(Error::Refused("not a welcome".into()));
        };
        let config = MlsGroupJoinConfig::builder()
            .wire_format_policy(PURE_CIPHERTEXT_WIRE_FORMAT_POLICY)
            .use_ratchet_tree_extension(true)
            .build();
        let staged = StagedWelcome::build_from_welcome(&provider, &config, welcome)
            .map_err(not_joined)?
            .skip_lifetime_validation()
            .build()
            .map_err(not_joined)?;
        if staged.group_context().ciphersuite() != SUITE || staged.members().count() != 2 {
            return Err(Error::Refused("not a conversation of two with the one suite".into()));
        }
        let group = staged.into_group(&provider).map_err(not_joined)?;
        let name = <[u8; 32]>::try_from(group.group_id().as_slice())
            .map_err(|_| Error::Refused("the group's name has not 32 bytes".into()))?;
        Ok((Self { provider, group }, GroupName(name)))
    }

    /// Loads a conversation.
    pub fn load(storage: &'a S, name: &GroupName) -> Result<Self, Error> {
        let provider = Provider::new(storage);
        let group = MlsGroup::load(storage, &GroupId::from_slice(&name.0)).map_err(failed)?.ok_or(Error::Missing)?;
        Ok(Self { provider, group })
    }

    /// Forgets a conversation with all its keys.
    pub fn delete(mut self) -> Result<(), Error> {
        let storage = self.provider.storage;
        let (leaf_key, leaf) = (self.own_leaf_key()?, self.group.own_leaf_index().u32());
        SignatureKeyPair::delete(storage, &leaf_key, SUITE.signature_algorithm()).map_err(failed)?;
        storage.delete_encryption_epoch_key_pairs(self.group.group_id(), &self.group.epoch(), leaf).map_err(failed)?;
        self.group.delete(storage).map_err(failed)
    }

    /// Encrypts one message.
    pub fn encrypt(&mut self, plain: &[u8]) -> Result<Vec<u8>, Error> {
        let signer = self.signer()?;
        let message = self.group.create_message(&self.provider, &signer, plain).map_err(failed)?;
        message.tls_serialize_detached().map_err(failed)
    }

    /// Decrypts one message of the peer.
    pub fn decrypt(&mut self, bytes: &[u8]) -> Result<Vec<u8>, Error> {
        if bytes.len() > MESSAGE_BYTES_MAX {
            return Err(Error::Refused("the message is too long".into()));
        }
        let message = MlsMessageIn::tls_deserialize_exact(bytes).map_err(refused)?;
        let message = message.try_into_protocol_message().map_err(refused)?;
        let processed = self.group.process_message(&self.provider, message).map_err(not_processed)?;
        match processed.into_content() {
            ProcessedMessageContent::ApplicationMessage(plain) => Ok(plain.into_bytes()),
            ProcessedMessageContent::ProposalMessage(_)
            | ProcessedMessageContent::ExternalJoinProposalMessage(_)
            | ProcessedMessageContent::StagedCommitMessage(_)
            | ProcessedMessageContent::OwnPendingCommit
            | ProcessedMessageContent::OwnPrivateMessage => {
                Err(Error::Refused("not a message of the conversation".into()))
            }
        }
    }

    /// A secret that both ends share and nobody else, for the use named by `label`.
    pub fn export(&self, label: &'static str) -> Result<Secret32, Error> {
        let bytes = self.group.export_secret(&self.provider.crypto, label, &[], 32).map_err(failed)?;
        <[u8; 32]>::try_from(bytes).map(Secret32).map_err(|_| Error::Failed("the exporter gave another length".into()))
    }

    /// The secret that device proofs sign (E2E-13).
    pub fn binding(&self) -> Result<Secret32, Error> {
        self.export("simurgh/device-binding/1")
    }

    /// This device's leaf key.
    pub fn own_leaf_key(&self) -> Result<Vec<u8>, Error> {
        let leaf = self.group.own_leaf_node().ok_or(Error::Missing)?;
        Ok(leaf.signature_key().as_slice().to_vec())
    }

    /// The peer's leaf key.
    pub fn peer_leaf_key(&self) -> Result<Vec<u8>, Error> {
        let own = self.group.own_leaf_index();
        let peer = self.group.members().find(|member| member.index != own).ok_or(Error::Missing)?;
        Ok(peer.signature_key)
    }

    /// A number that both ends can compare aloud: equal if nobody is between them.
    pub fn fingerprint(&self) -> Result<[u8; 32], Error> {
        Ok(domain_hash("simurgh/conversation-fingerprint/1", &[&self.binding()?.0]))
    }

    fn signer(&self) -> Result<SignatureKeyPair, Error> {
        let key = self.own_leaf_key()?;
        SignatureKeyPair::read(self.provider.storage, &key, SUITE.signature_algorithm()).ok_or(Error::Missing)
    }
}

/// A leaf key and a random name for it. The library's own generator makes the key.
fn new_leaf<S: MlsStorage>(
    storage: &S,
    rng: &mut (impl RngCore + CryptoRng),
) -> Result<(SignatureKeyPair, CredentialWithKey), Error> {
    let signer = SignatureKeyPair::new(SUITE.signature_algorithm()).map_err(failed)?;
    signer.store(storage).map_err(failed)?;
    let mut name = vec![0; LEAF_NAME_BYTES];
    rng.fill_bytes(&mut name);
    let signature_key = signer.to_public_vec().into();
    Ok((signer, CredentialWithKey { credential: BasicCredential::new(name).into(), signature_key }))
}

fn parse_key_package<S: MlsStorage>(provider: &Provider<'_, S>, bytes: &KeyPackageBytes) -> Result<KeyPackage, Error> {
    if bytes.0.len() > KEY_PACKAGE_BYTES_MAX {
        return Err(Error::Refused("the key package is too long".into()));
    }
    let message = MlsMessageIn::tls_deserialize_exact(&bytes.0).map_err(refused)?;
    let MlsMessageBodyIn::KeyPackage(key_package) = message.extract() else {
        return Err(Error::Refused("not a key package".into()));
    };
    let key_package = key_package.validate(&provider.crypto, ProtocolVersion::Mls10).map_err(refused)?;
    if key_package.ciphersuite() != SUITE {
        return Err(Error::Refused("the key package is of another suite: the other side needs an update".into()));
    }
    Ok(key_package)
}

/// Expiry is the invite's, judged on the time that is passed in; the library would read a clock (E2E-24).
fn unlimited() -> Lifetime {
    Lifetime::init(0, u64::MAX)
}

fn capabilities() -> Capabilities {
    Capabilities::builder().ciphersuites(vec![SUITE]).build()
}

// What the storage failed at may succeed next time and nothing is judged by it; everything else is what came.

fn not_added<E: std::fmt::Display>(error: &AddMembersError<E>) -> Error {
    let of_storage = matches!(
        error,
        AddMembersError::StorageError(_)
            | AddMembersError::CommitBuilderStageError(CommitBuilderStageError::KeyStoreError(_))
    );
    if of_storage { failed(error) } else { refused(error) }
}

fn not_joined<E: std::fmt::Display>(error: WelcomeError<E>) -> Error {
    let of_storage = matches!(
        error,
        WelcomeError::StorageError(_)
            | WelcomeError::PublicGroupError(CreationFromExternalError::WriteToStorageError(_))
    );
    if of_storage { failed(error) } else { refused(error) }
}

fn not_processed<E: std::fmt::Display>(error: ProcessMessageError<E>) -> Error {
    if matches!(error, ProcessMessageError::StorageError(_)) { failed(error) } else { refused(error) }
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Failed(error.to_string())
}

fn refused(error: impl std::fmt::Display) -> Error {
    Error::Refused(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use openmls_rust_crypto::MemoryStorage;
    use rand_core::SeedableRng;

    fn rng() -> rand_chacha::ChaCha20Rng {
        rand_chacha::ChaCha20Rng::seed_from_u64(1)
    }

    #[test]
    fn two_devices_talk_both_ways_and_export_the_same_secret() {
        let (alice, bob) = (MemoryStorage::default(), MemoryStorage::default());
        let package = new_key_package(&bob, false, &mut rng()).unwrap();
        let (mut a, name, welcome) = Conversation::create(&alice, &package, &mut rng()).unwrap();
        let (mut b, same_name) = Conversation::join(&bob, &welcome).unwrap();
        assert_eq!(name, same_name);
        assert_eq!(a.binding().unwrap(), b.binding().unwrap());
        assert_eq!(a.peer_leaf_key().unwrap(), b.own_leaf_key().unwrap());
        let sent = a.encrypt(b"salaam").unwrap();
        assert_eq!(b.decrypt(&sent).unwrap(), b"salaam");
        let mut b = Conversation::load(&bob, &name).unwrap();
        let mut a = Conversation::load(&alice, &name).unwrap();
        let sent = b.encrypt(b"dorood").unwrap();
        assert_eq!(a.decrypt(&sent).unwrap(), b"dorood");
        eprintln!("key package {} welcome {} message {}", package.0.len(), welcome.0.len(), sent.len());
    }

    #[test]
    fn a_key_package_is_used_up_by_one_welcome() {
        let (alice, carol, bob) = (MemoryStorage::default(), MemoryStorage::default(), MemoryStorage::default());
        let package = new_key_package(&bob, false, &mut rng()).unwrap();
        let (_, _, first) = Conversation::create(&alice, &package, &mut rng()).unwrap();
        let (_, _, second) =
            Conversation::create(&carol, &package, &mut rand_chacha::ChaCha20Rng::seed_from_u64(2)).unwrap();
        Conversation::join(&bob, &first).unwrap();
        assert!(matches!(Conversation::join(&bob, &second), Err(Error::Refused(_))));
    }

    #[test]
    fn a_message_is_not_decrypted_twice_or_changed() {
        let (alice, bob) = (MemoryStorage::default(), MemoryStorage::default());
        let package = new_key_package(&bob, false, &mut rng()).unwrap();
        let (mut a, _, welcome) = Conversation::create(&alice, &package, &mut rng()).unwrap();
        let (mut b, _) = Conversation::join(&bob, &welcome).unwrap();
        let mut sent = a.encrypt(b"salaam").unwrap();
        *sent.last_mut().unwrap() ^= 1;
        assert!(matches!(b.decrypt(&sent), Err(Error::Refused(_))));
        *sent.last_mut().unwrap() ^= 1;
        b.decrypt(&sent).unwrap();
        assert!(matches!(b.decrypt(&sent), Err(Error::Refused(_))));
    }

    /// A key package of somebody who can't be in a conversation: its leaf has no use for our credentials.
    fn useless_key_package(storage: &MemoryStorage) -> KeyPackageBytes {
        let provider = Provider::new(storage);
        let (signer, credential) = new_leaf(storage, &mut rng()).unwrap();
        let capabilities =
            Capabilities::builder().ciphersuites(vec![SUITE]).credentials(vec![CredentialType::X509]).build();
        let bundle = KeyPackage::builder()
            .key_package_lifetime(unlimited())
            .leaf_node_capabilities(capabilities)
            .build(SUITE, &provider, &signer, credential)
            .unwrap();
        let message = MlsMessageOut::from(bundle.key_package().clone());
        KeyPackageBytes(message.tls_serialize_detached().unwrap())
    }

    fn kept(storage: &MemoryStorage) -> usize {
        storage.values.read().unwrap().len()
    }

    #[test]
    fn a_key_package_that_cannot_be_added_is_refused_and_leaves_nothing() {
        let (mallory, bob) = (MemoryStorage::default(), MemoryStorage::default());
        let package = useless_key_package(&mallory);
        let refused = Conversation::create(&bob, &package, &mut rng()).map(drop);
        assert!(matches!(refused, Err(Error::Refused(_))), "{refused:?}");
        assert_eq!(kept(&bob), 0);
    }

    #[test]
    fn a_conversation_that_is_deleted_and_a_key_package_that_is_forgotten_leave_no_key() {
        let (alice, bob) = (MemoryStorage::default(), MemoryStorage::default());
        let unused = new_key_package(&bob, false, &mut rng()).unwrap();
        assert!(kept(&bob) > 0);
        forget_key_package(&bob, &unused).unwrap();
        assert_eq!(kept(&bob), 0);
        let package = new_key_package(&bob, false, &mut rng()).unwrap();
        let (mut a, _, welcome) = Conversation::create(&alice, &package, &mut rng()).unwrap();
        let (mut b, _) = Conversation::join(&bob, &welcome).unwrap();
        b.decrypt(&a.encrypt(b"salaam").unwrap()).unwrap();
        a.delete().unwrap();
        b.delete().unwrap();
        assert_eq!((kept(&alice), kept(&bob)), (0, 0));
    }

    #[test]
    fn strangers_bytes_are_refused() {
        let storage = MemoryStorage::default();
        assert!(matches!(Conversation::join(&storage, &WelcomeBytes(vec![1; 99])), Err(Error::Refused(_))));
        let package = KeyPackageBytes(vec![0; 99]);
        assert!(matches!(Conversation::create(&storage, &package, &mut rng()), Err(Error::Refused(_))));
    }
}
