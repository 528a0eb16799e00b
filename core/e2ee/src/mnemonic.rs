//! The TON mnemonic scheme (E2E-1 to E2E-5): 24 words of the BIP-39 English list, chosen so that a hash of them says
//! that they are a mnemonic without a password.

use hmac::{Hmac, Mac};
use rand_core::{CryptoRng, RngCore};
use sha2::Sha512;
use zeroize::Zeroizing;

/// How many words.
pub const WORDS: usize = 24;
/// Rounds of PBKDF2 for the seed.
const ROUNDS: u32 = 100_000;
/// Rounds of PBKDF2 for the check (E2E-3).
const CHECK_ROUNDS: u32 = ROUNDS / 256;
/// Draws before giving up on finding words that pass the check: one in 256 does, so this never happens.
const DRAWS_MAX: u32 = 100_000;

/// Why words are refused.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum MnemonicError {
    /// Not 24.
    #[error("{0} words, but a mnemonic has {WORDS}")]
    Count(usize),
    /// Not one of the list.
    #[error("word {number} is not one of the list: check its spelling")]
    UnknownWord {
        /// Counted from 1.
        number: usize,
    },
    /// Words of the list that are not a mnemonic (or one with a password).
    #[error("these words are not a mnemonic: check them and their order")]
    Check,
    /// The random number generator gives the same again and again.
    #[error("no words found: the random number generator is broken")]
    Randomness,
}

/// 24 words that passed the check. Wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Mnemonic(Zeroizing<String>);

impl std::fmt::Debug for Mnemonic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mnemonic(redacted)")
    }
}

impl Mnemonic {
    /// Draws new words. Takes about 256 tries of 390 rounds.
    pub fn generate(rng: &mut (impl RngCore + CryptoRng)) -> Result<Self, MnemonicError> {
        let list = bip39::Language::English.word_list();
        for _ in 0..DRAWS_MAX {
            let mut words: Vec<&str> = Vec::with_capacity(WORDS);
            while words.len() < WORDS {
                let index = usize::try_from(rng.next_u32() & 0x7ff).map_err(|_| MnemonicError::Randomness)?;
                words.extend(list.get(index));
            }
            let phrase = Zeroizing::new(words.join(" "));
            if is_basic_seed(&entropy(&phrase)) {
                return Ok(Self(phrase));
            }
        }
        Err(MnemonicError::Randomness)
    }

    /// Checks words that a person typed: any white space between them, any case.
    pub fn parse(text: &str) -> Result<Self, MnemonicError> {
        let lower = Zeroizing::new(text.to_lowercase());
        let words: Vec<&str> = lower.split_whitespace().collect();
        if words.len() != WORDS {
            return Err(MnemonicError::Count(words.len()));
        }
        let list = bip39::Language::English.word_list();
        if let Some(place) = words.iter().position(|word| list.binary_search(word).is_err()) {
            return Err(MnemonicError::UnknownWord { number: place.saturating_add(1) });
        }
        let phrase = Zeroizing::new(words.join(" "));
        if is_basic_seed(&entropy(&phrase)) { Ok(Self(phrase)) } else { Err(MnemonicError::Check) }
    }

    /// The words.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.0.split(' ')
    }

    /// HMAC-SHA-512 of nothing under the words (E2E-2): what every key hangs on.
    #[must_use]
    pub fn entropy(&self) -> Zeroizing<[u8; 64]> {
        entropy(&self.0)
    }

    /// The seed of TON's wallet key (E2E-4): the first 32 bytes of PBKDF2. Slow on purpose.
    #[must_use]
    pub fn wallet_seed(&self) -> Zeroizing<[u8; 32]> {
        let stretched = stretch(&self.entropy(), b"TON default seed", ROUNDS);
        let mut seed = Zeroizing::new([0; 32]);
        seed.iter_mut().zip(stretched.iter()).for_each(|(to, from)| *to = *from);
        seed
    }
}

fn entropy(phrase: &str) -> Zeroizing<[u8; 64]> {
    let mut out = Zeroizing::new([0; 64]);
    // HMAC takes keys of every length, so this branch is always taken
    if let Ok(mac) = Hmac::<Sha512>::new_from_slice(phrase.as_bytes()) {
        out.copy_from_slice(&mac.finalize().into_bytes());
    }
    out
}

fn stretch(entropy: &[u8; 64], salt: &[u8], rounds: u32) -> Zeroizing<[u8; 64]> {
    let mut out = Zeroizing::new([0; 64]);
    pbkdf2::pbkdf2_hmac::<Sha512>(entropy, salt, rounds, out.as_mut());
    out
}

fn is_basic_seed(entropy: &[u8; 64]) -> bool {
    stretch(entropy, b"TON seed version", CHECK_ROUNDS).first() == Some(&0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_core::SeedableRng;

    #[test]
    fn words_give_the_keys_that_other_ton_programs_derive() {
        let text = include_str!("../../../specs/vectors/mnemonic.json");
        let vectors: serde_json::Value = serde_json::from_str(text).unwrap();
        for vector in vectors["valid"].as_array().unwrap() {
            let mnemonic = Mnemonic::parse(vector["words"].as_str().unwrap()).unwrap();
            assert_eq!(hex::encode(*mnemonic.entropy()), vector["entropy"].as_str().unwrap());
            assert_eq!(hex::encode(*mnemonic.wallet_seed()), vector["seed"].as_str().unwrap());
            let key = crate::Root::from_words(mnemonic).wallet_key().verifying_key();
            assert_eq!(hex::encode(key.to_bytes()), vector["public_key"].as_str().unwrap());
        }
        for words in vectors["invalid"].as_array().unwrap() {
            assert_eq!(Mnemonic::parse(words.as_str().unwrap()), Err(MnemonicError::Check));
        }
    }

    #[test]
    fn generated_words_are_accepted_and_changed_ones_are_not() {
        let mnemonic = Mnemonic::generate(&mut rand_chacha::ChaCha20Rng::seed_from_u64(1)).unwrap();
        let text = mnemonic.words().collect::<Vec<_>>().join("  ").to_uppercase();
        assert_eq!(Mnemonic::parse(&text).unwrap(), mnemonic);
        assert_eq!(Mnemonic::parse("abandon"), Err(MnemonicError::Count(1)));
        let typo = text.replacen(char::is_alphabetic, "q", 1);
        assert_eq!(Mnemonic::parse(&typo), Err(MnemonicError::UnknownWord { number: 1 }));
        assert_eq!(Mnemonic::parse(&"abandon ".repeat(24)), Err(MnemonicError::Check));
    }
}
