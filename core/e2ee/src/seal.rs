//! Authenticated encryption of whole cells (E2E-30 to E2E-33): what a relay stores looks random to everybody but the
//! two ends, whatever is inside.
//!
//! XChaCha20-Poly1305: a random nonce of 24 bytes, ciphertext, tag. Every use has its own key.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use rand_core::{CryptoRng, RngCore};
use sha2::Sha256;
use wire::Secret32;

/// Bytes that sealing adds: nonce 24, tag 16.
pub const SEAL_OVERHEAD_BYTES: usize = 24 + 16;
/// Bytes of a nonce.
pub const NONCE_BYTES: usize = 24;

/// Why bytes do not open.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum SealError {
    /// Changed, or sealed with another key.
    #[error("the sealed bytes do not open: changed on the way, or for somebody else")]
    Open,
    /// More than the cipher can take (256 GiB).
    #[error("too long to be sealed")]
    TooLong,
}

/// Derives the key for one use from a shared secret.
#[must_use]
pub fn derive_key(secret: &Secret32, label: &'static str, context: &[u8]) -> Secret32 {
    let mut info = label.as_bytes().to_vec();
    info.push(0);
    info.extend_from_slice(context);
    let mut key = Secret32([0; 32]);
    let done = Hkdf::<Sha256>::new(Some(b"simurgh/seal/1"), &secret.0).expand(&info, &mut key.0);
    debug_assert!(done.is_ok(), "32 bytes are within HKDF's bound");
    key
}

/// Seals `plain` and binds it to `context`.
pub fn seal(
    key: &Secret32,
    context: &[u8],
    plain: &[u8],
    rng: &mut (impl RngCore + CryptoRng),
) -> Result<Vec<u8>, SealError> {
    let mut nonce = [0; NONCE_BYTES];
    rng.fill_bytes(&mut nonce);
    seal_with(key, &nonce, context, plain)
}

/// The same under a nonce that the caller derives: never for two contents under one key.
pub fn seal_with(
    key: &Secret32,
    nonce: &[u8; NONCE_BYTES],
    context: &[u8],
    plain: &[u8],
) -> Result<Vec<u8>, SealError> {
    let payload = Payload { msg: plain, aad: context };
    let sealed = cipher(key).encrypt(XNonce::from_slice(nonce), payload).map_err(|_| SealError::TooLong)?;
    let mut out = nonce.to_vec();
    out.extend_from_slice(&sealed);
    Ok(out)
}

/// Opens what [`seal`] made with the same key and context.
pub fn open(key: &Secret32, context: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealError> {
    let (nonce, rest) = sealed.split_at_checked(NONCE_BYTES).ok_or(SealError::Open)?;
    let payload = Payload { msg: rest, aad: context };
    cipher(key).decrypt(XNonce::from_slice(nonce), payload).map_err(|_| SealError::Open)
}

fn cipher(key: &Secret32) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&key.0.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_core::SeedableRng;

    #[test]
    fn a_changed_byte_or_another_context_or_key_does_not_open() {
        let rng = &mut rand_chacha::ChaCha20Rng::seed_from_u64(1);
        let key = Secret32([1; 32]);
        let sealed = seal(&key, b"here", b"salaam", rng).unwrap();
        assert_eq!(open(&key, b"here", &sealed).unwrap(), b"salaam");
        assert_eq!(sealed.len(), 6 + SEAL_OVERHEAD_BYTES);
        assert_eq!(open(&key, b"there", &sealed), Err(SealError::Open));
        assert_eq!(open(&derive_key(&key, "x", b""), b"here", &sealed), Err(SealError::Open));
        for place in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert_eq!(open(&key, b"here", &changed), Err(SealError::Open));
        }
    }
}
