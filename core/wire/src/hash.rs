//! SHA-256 with domain separation: no two uses of a hash can be taken for each other.

use sha2::{Digest, Sha256};

/// SHA-256 over the domain label and every part, each preceded by its length (u64, little-endian).
#[must_use]
pub fn domain_hash(domain: &'static str, parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in std::iter::once(domain.as_bytes()).chain(parts.iter().copied()) {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// Plain SHA-256, for formats that others defined (TON, TLS pins).
#[must_use]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Plain SHA-256 of bytes that come in pieces.
#[derive(Clone, Debug, Default)]
pub struct Hashing(Sha256);

impl Hashing {
    /// Takes the next piece.
    pub fn update(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }

    /// The hash of all pieces.
    #[must_use]
    pub fn finish(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moving_a_byte_between_parts_changes_the_hash() {
        assert_ne!(domain_hash("d", &[b"ab", b"c"]), domain_hash("d", &[b"a", b"bc"]));
    }

    #[test]
    fn pieces_have_the_hash_of_the_whole() {
        let mut hashing = Hashing::default();
        [&b"ab"[..], b"", b"c"].into_iter().for_each(|piece| hashing.update(piece));
        assert_eq!(hashing.finish(), sha256(b"abc"));
    }
}
