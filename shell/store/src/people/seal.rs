//! Sealing of values at rest: XChaCha20-Poly1305 with a nonce made from the content.
//!
//! The nonce is a keyed hash of what is sealed and of the place it belongs to, so that equal values in one place
//! seal equally (openmls looks its rows up by sealed keys), no nonce is used for two contents, and a value moved to
//! another place does not open there. Whoever reads the file learns which values are equal, and their lengths.

use super::StoreError;
use chacha20poly1305::{
    Key, KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use hmac::{Hmac, Mac as _};
use openmls_sqlite_storage::Codec;
use serde::{Serialize, de::DeserializeOwned};
use sha2::Sha256;
use std::{cell::RefCell, sync::Arc};
use wire::{Secret32, hash::domain_hash};
use zeroize::Zeroizing;

/// Bytes of a nonce.
const NONCE_BYTES: usize = 24;

/// Seals and opens values.
pub(super) struct SealKey {
    cipher: XChaCha20Poly1305,
    nonces: Secret32,
}

impl SealKey {
    /// From a data key; the two keys inside are derived from it under distinct labels.
    pub(super) fn new(data_key: &Secret32) -> Self {
        let cipher = Zeroizing::new(domain_hash("simurgh/store-seal/1", &[&data_key.0]));
        let nonces = Secret32(domain_hash("simurgh/store-nonce/1", &[&data_key.0]));
        Self { cipher: XChaCha20Poly1305::new(Key::from_slice(cipher.as_slice())), nonces }
    }

    /// Seals `content` for `place`.
    pub(super) fn seal(&self, place: &[u8], content: &[u8]) -> Result<Vec<u8>, StoreError> {
        let mut sealed = self.nonce(place, content)?.to_vec();
        let nonce = XNonce::clone_from_slice(&sealed);
        let body = self.cipher.encrypt(&nonce, Payload { msg: content, aad: place });
        sealed.extend_from_slice(&body.map_err(|_| StoreError::TooLarge)?);
        Ok(sealed)
    }

    /// Opens what was sealed for `place`.
    pub(super) fn open(&self, place: &[u8], sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
        let (nonce, body) = sealed.split_at_checked(NONCE_BYTES).ok_or(StoreError::Damaged)?;
        let payload = Payload { msg: body, aad: place };
        self.cipher.decrypt(XNonce::from_slice(nonce), payload).map_err(|_| StoreError::Damaged)
    }

    fn nonce(&self, place: &[u8], content: &[u8]) -> Result<[u8; NONCE_BYTES], StoreError> {
        let mut mac = <Hmac<Sha256> as hmac::Mac>::new_from_slice(&self.nonces.0).map_err(|_| StoreError::Damaged)?;
        // The length tells apart ("a", "bc") and ("ab", "c").
        mac.update(&(place.len() as u64).to_be_bytes());
        mac.update(place);
        mac.update(content);
        let hash = mac.finalize().into_bytes();
        let mut nonce = [0; NONCE_BYTES];
        for (to, from) in nonce.iter_mut().zip(hash) {
            *to = from;
        }
        Ok(nonce)
    }
}

thread_local! {
    /// The key of this thread's open transaction: openmls' codec has no other way to get at it.
    static CURRENT: RefCell<Option<Arc<SealKey>>> = const { RefCell::new(None) };
}

/// While it lives, `SealedJson` uses its key on this thread. One at a time.
pub(super) struct Current(());

impl Current {
    /// Begins to use `key`.
    pub(super) fn begin(key: &Arc<SealKey>) -> Result<Self, StoreError> {
        CURRENT.with_borrow_mut(|current| match current {
            Some(_) => Err(StoreError::Nested),
            None => {
                *current = Some(Arc::clone(key));
                Ok(Self(()))
            }
        })
    }
}

impl Drop for Current {
    fn drop(&mut self) {
        CURRENT.with_borrow_mut(|current| *current = None);
    }
}

/// How openmls' state is written: as JSON, sealed under the key of the open transaction.
#[derive(Default)]
pub struct SealedJson;

/// Where openmls' values belong.
const MLS_PLACE: &[u8] = b"mls";

/// Why openmls' state could not be written or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SealedJsonError {
    /// Not the JSON that openmls writes.
    #[error("the state of a conversation can't be read: {0}")]
    Json(#[from] serde_json::Error),
    /// Sealing or opening failed.
    #[error(transparent)]
    Seal(#[from] StoreError),
    /// Used outside a transaction.
    #[error("no transaction is open on this thread")]
    NoTransaction,
}

impl Codec for SealedJson {
    type Error = SealedJsonError;

    fn to_vec<T: Serialize>(value: &T) -> Result<Vec<u8>, SealedJsonError> {
        let json = Zeroizing::new(serde_json::to_vec(value)?);
        Ok(current()?.seal(MLS_PLACE, &json)?)
    }

    fn from_slice<T: DeserializeOwned>(sealed: &[u8]) -> Result<T, SealedJsonError> {
        let json = Zeroizing::new(current()?.open(MLS_PLACE, sealed)?);
        Ok(serde_json::from_slice(&json)?)
    }
}

fn current() -> Result<Arc<SealKey>, SealedJsonError> {
    CURRENT.with_borrow(|current| current.clone()).ok_or(SealedJsonError::NoTransaction)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> SealKey {
        SealKey::new(&Secret32([byte; 32]))
    }

    #[test]
    fn what_is_sealed_opens_in_its_place_under_its_key_only() {
        let sealed = key(1).seal(b"here", b"content").unwrap();
        assert_eq!(key(1).open(b"here", &sealed).unwrap(), b"content");
        assert!(key(1).open(b"there", &sealed).is_err());
        assert!(key(2).open(b"here", &sealed).is_err());
    }

    #[test]
    fn a_changed_or_cut_value_does_not_open() {
        let sealed = key(1).seal(b"here", b"content").unwrap();
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(key(1).open(b"here", &changed).is_err(), "byte {at}");
            assert!(key(1).open(b"here", &sealed[..at]).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn equal_contents_in_one_place_seal_equally_and_no_other() {
        let key = key(1);
        assert_eq!(key.seal(b"a", b"bc").unwrap(), key.seal(b"a", b"bc").unwrap());
        assert_ne!(key.seal(b"a", b"bc").unwrap()[..NONCE_BYTES], key.seal(b"ab", b"c").unwrap()[..NONCE_BYTES]);
    }
}
