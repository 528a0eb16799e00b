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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moving_a_byte_between_parts_changes_the_hash() {
        assert_ne!(domain_hash("d", &[b"ab", b"c"]), domain_hash("d", &[b"a", b"bc"]));
    }
}
