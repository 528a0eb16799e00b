//! The one secret of a person, and the long-lived keys that are derived from it (E2E-6 to E2E-9).

use crate::mnemonic::Mnemonic;
use ed25519_dalek::SigningKey;
use hkdf::Hkdf;
use rand_core::{CryptoRng, RngCore};
use sha2::Sha512;
use wire::Secret32;
use zeroize::Zeroizing;

/// What a person's keys hang on. Never stored by the cores: whoever opens a profile brings it.
#[derive(Clone)]
pub struct Root {
    words: Option<Mnemonic>,
    entropy: Zeroizing<[u8; 64]>,
    wallet_seed: Zeroizing<[u8; 32]>,
}

impl std::fmt::Debug for Root {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Root(redacted)")
    }
}

impl Root {
    /// From 24 words. Slow on purpose (100,000 rounds): do it once.
    #[must_use]
    pub fn from_words(words: Mnemonic) -> Self {
        Self { entropy: words.entropy(), wallet_seed: words.wallet_seed(), words: Some(words) }
    }

    /// A root without words, from 32 random bytes: for accounts of programs and for simulations.
    #[must_use]
    pub fn from_seed(seed: &Secret32) -> Self {
        let mut entropy = Zeroizing::new([0; 64]);
        let mut wallet_seed = Zeroizing::new([0; 32]);
        let hkdf = Hkdf::<Sha512>::new(Some(b"simurgh/keys/1"), &seed.0);
        expand(&hkdf, b"entropy", entropy.as_mut());
        expand(&hkdf, b"wallet", wallet_seed.as_mut());
        Self { words: None, entropy, wallet_seed }
    }

    /// The words, if it has any.
    #[must_use]
    pub fn words(&self) -> Option<&Mnemonic> {
        self.words.as_ref()
    }

    /// TON's wallet key: other TON wallets derive the same from the same words.
    #[must_use]
    pub fn wallet_key(&self) -> SigningKey {
        SigningKey::from_bytes(&self.wallet_seed)
    }

    /// The key of a numbered account for one contact's payments. Each has a key of its own, so that nothing on the
    /// chain links them before their money is moved together.
    #[must_use]
    pub fn account_key(&self, number: u32) -> SigningKey {
        let mut info = b"simurgh/account-key/1".to_vec();
        info.extend_from_slice(&number.to_be_bytes());
        SigningKey::from_bytes(&self.derive(&info))
    }

    /// The key that a person's contacts know the person by.
    #[must_use]
    pub fn identity_key(&self) -> SigningKey {
        SigningKey::from_bytes(&self.derive(b"simurgh/identity-key/1"))
    }

    /// What backups are encrypted with.
    #[must_use]
    pub fn backup_key(&self) -> Secret32 {
        Secret32(*self.derive(b"simurgh/backup-key/1"))
    }

    fn derive(&self, info: &[u8]) -> Zeroizing<[u8; 32]> {
        let mut out = Zeroizing::new([0; 32]);
        let hkdf = Hkdf::<Sha512>::new(Some(b"simurgh/keys/1"), self.entropy.as_slice());
        expand(&hkdf, info, out.as_mut());
        out
    }
}

/// 32 random bytes.
pub fn random_secret(rng: &mut (impl RngCore + CryptoRng)) -> Secret32 {
    let mut secret = Secret32([0; 32]);
    rng.fill_bytes(&mut secret.0);
    secret
}

/// HKDF gives up to 255 hashes; nothing here asks for more than one, so it can't fail.
fn expand(hkdf: &Hkdf<Sha512>, info: &[u8], out: &mut [u8]) {
    let done = hkdf.expand(info, out);
    debug_assert!(done.is_ok(), "more than 255 hashes were asked for");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_keys_of_a_root_are_equal() {
        let root = Root::from_seed(&Secret32([7; 32]));
        let mut keys = vec![
            root.wallet_key().to_bytes(),
            root.identity_key().to_bytes(),
            root.backup_key().0,
            root.account_key(0).to_bytes(),
            root.account_key(1).to_bytes(),
        ];
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), 5);
    }

    #[test]
    fn the_same_seed_gives_the_same_keys() {
        let identity = |byte| Root::from_seed(&Secret32([byte; 32])).identity_key().to_bytes();
        assert_eq!(identity(7), identity(7));
        assert_ne!(identity(7), identity(8));
    }

    #[test]
    fn a_root_never_shows_itself() {
        assert_eq!(format!("{:?}", Root::from_seed(&Secret32([7; 32]))), "Root(redacted)");
    }
}
