//! Where a relay is and how it is recognised.

use crate::{RelayId, hash::domain_hash};
use serde::{Deserialize, Serialize};

/// Longest host name or address, in bytes (RFC 1035).
pub const HOST_BYTES_MAX: usize = 253;
/// Longest secret path, in bytes.
pub const PATH_BYTES_MAX: usize = 64;
/// Longest encoded hop key, in bytes: an OHTTP key configuration with X-Wing is about 1.3 kB.
pub const HOP_KEY_BYTES_MAX: usize = 2048;

/// What a carrier needs to reach a relay over HTTPS.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RelayAddress {
    /// Domain name or IP address.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// SHA-256 of the certificate's SubjectPublicKeyInfo; `None` trusts the public certificate authorities.
    pub tls_pin: Option<[u8; 32]>,
    /// The path under which the relay answers (without slashes); every other path is the decoy website.
    pub secret_path: String,
}

/// A relay as people pass it on: its name, its place and the key that opens the inner hop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelayDescriptor {
    /// Where it is.
    pub address: RelayAddress,
    /// Its encoded Oblivious HTTP key configuration (RFC 9458, section 3).
    #[serde(with = "serde_bytes")]
    pub hop_key: Vec<u8>,
}

impl RelayDescriptor {
    /// The relay's name, derived from its hop key, so that a name can't be claimed without the key.
    #[must_use]
    pub fn id(&self) -> RelayId {
        RelayId(domain_hash("simurgh/relay-id/1", &[&self.hop_key]))
    }
}
