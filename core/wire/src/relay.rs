//! Where a relay is and how it is recognised.

mod encoding;
mod in_files;

use crate::{Operator, Region, RelayId, hash::domain_hash};
use serde::{Deserialize, Serialize};

/// Longest host name or address, in bytes (RFC 1035).
pub const HOST_BYTES_MAX: usize = 253;
/// Longest secret path, in bytes.
pub const PATH_BYTES_MAX: usize = 64;
/// Longest encoded hop key, in bytes: an OHTTP key configuration with X-Wing is about 1.3 kB.
pub const HOP_KEY_BYTES_MAX: usize = 2048;

/// Longest name of a DNS zone, in bytes: the name of a query holds it and the beginning of a session (DNS-10).
pub const ZONE_BYTES_MAX: usize = 64;
/// Longest label of a name (RFC 1035).
const LABEL_BYTES_MAX: usize = 63;

/// What a carrier needs to reach a relay. Its encoding is `relay/encoding.rs`'s (WIR-14, WIR-18).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelayAddress {
    /// Domain name or IP address.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// SHA-256 of the certificate's SubjectPublicKeyInfo; `None` trusts the public certificate authorities.
    pub tls_pin: Option<[u8; 32]>,
    /// The path under which the relay answers (without slashes); every other path is the decoy website.
    pub secret_path: String,
    /// The zone under which it answers in DNS, if it does.
    pub dns: Option<DnsPlace>,
}

/// Where a relay answers in DNS.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DnsPlace {
    /// The zone's name in small letters, without a dot at the end.
    pub zone: String,
    /// The X25519 public key that what is asked there is sealed to.
    pub key: [u8; 32],
}

/// A relay as people pass it on: its name, its place and the key that opens the inner hop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelayDescriptor {
    /// Where it is.
    pub address: RelayAddress,
    /// Its encoded Oblivious HTTP key configuration (RFC 9458, section 3).
    #[serde(with = "serde_bytes")]
    pub hop_key: Vec<u8>,
    /// Who runs it, where a file says so (WIR-19).
    #[serde(default, with = "in_files", skip_serializing_if = "Option::is_none")]
    pub operator: Option<Operator>,
    /// In which country it says it is, where a file says so (WIR-20).
    #[serde(default, with = "in_files", skip_serializing_if = "Option::is_none")]
    pub region: Option<Region>,
}

/// Why a descriptor from outside is refused (WIR-14, WIR-15).
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum BadDescriptor {
    /// The host is empty, too long, or holds white space or letters beyond ASCII.
    #[error("the relay's host must have 1 to {HOST_BYTES_MAX} visible ASCII characters")]
    Host,
    /// Nothing listens at port 0.
    #[error("the relay's port must not be 0")]
    Port,
    /// The path could not stand in a URL as it is.
    #[error("the relay's path must have 1 to {PATH_BYTES_MAX} ASCII letters and digits")]
    Path,
    /// No zone has this name.
    #[error("the relay's DNS zone must be small letters, digits, hyphens and dots, {ZONE_BYTES_MAX} at most")]
    Zone,
    /// No hop key is as short or as long.
    #[error("the relay's hop key must have 1 to {HOP_KEY_BYTES_MAX} bytes")]
    HopKey,
    /// It names an operator who did not sign for it.
    #[error("the relay names an operator whose signature is not for this relay at this place")]
    Operator,
}

impl std::fmt::Debug for RelayAddress {
    /// Without the secret path.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RelayAddress")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("pinned", &self.tls_pin.is_some())
            .field("zone", &self.dns.as_ref().map(|dns| &dns.zone))
            .finish_non_exhaustive()
    }
}

impl RelayAddress {
    /// Itself, if everything is within its bounds and can be put into a URL as it is.
    pub fn checked(self) -> Result<Self, BadDescriptor> {
        let Self { host, port, secret_path, .. } = &self;
        if !(1..=HOST_BYTES_MAX).contains(&host.len()) || !host.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(BadDescriptor::Host);
        }
        if *port == 0 {
            return Err(BadDescriptor::Port);
        }
        let path_length = (1..=PATH_BYTES_MAX).contains(&secret_path.len());
        if !path_length || !secret_path.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(BadDescriptor::Path);
        }
        if self.dns.as_ref().is_some_and(|dns| !is_zone(&dns.zone)) {
            return Err(BadDescriptor::Zone);
        }
        Ok(self)
    }
}

/// Whether a text is the name of a zone as an address has it (WIR-18).
#[must_use]
pub fn is_zone(name: &str) -> bool {
    let is_label = |label: &str| {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let ends = label.starts_with('-') || label.ends_with('-');
        (1..=LABEL_BYTES_MAX).contains(&label.len()) && label.bytes().all(plain) && !ends
    };
    name.len() <= ZONE_BYTES_MAX && name.split('.').all(is_label)
}

impl RelayDescriptor {
    /// Itself, if everything is within its bounds and can be put into a URL as it is.
    pub fn checked(self) -> Result<Self, BadDescriptor> {
        let checked = Self { address: self.address.checked()?, ..self };
        if !(1..=HOP_KEY_BYTES_MAX).contains(&checked.hop_key.len()) {
            return Err(BadDescriptor::HopKey);
        }
        if checked.operator.is_some_and(|operator| !operator.runs(checked.id(), &checked.address)) {
            return Err(BadDescriptor::Operator);
        }
        Ok(checked)
    }

    /// The relay's name, derived from its hop key, so that a name can't be claimed without the key.
    #[must_use]
    pub fn id(&self) -> RelayId {
        RelayId(domain_hash("simurgh/relay-id/1", &[&self.hop_key]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> RelayDescriptor {
        let dns = Some(DnsPlace { zone: "t.relay.example".into(), key: [5; 32] });
        let address =
            RelayAddress { host: "relay.example".into(), port: 443, tls_pin: None, secret_path: "a1".into(), dns };
        RelayDescriptor { address, hop_key: vec![1; 8], operator: None, region: None }
    }

    #[test]
    fn a_descriptor_within_its_bounds_is_taken() {
        let mut descriptor = good();
        assert_eq!(descriptor.clone().checked(), Ok(descriptor.clone()));
        descriptor.address.host = "::1".into();
        assert!(descriptor.checked().is_ok());
    }

    #[test]
    fn what_would_not_fit_into_a_url_or_its_bound_is_refused_with_its_reason() {
        let refused = |change: fn(&mut RelayDescriptor)| {
            let mut descriptor = good();
            change(&mut descriptor);
            descriptor.checked().unwrap_err()
        };
        assert_eq!(refused(|relay| relay.address.host.clear()), BadDescriptor::Host);
        assert_eq!(refused(|relay| relay.address.host = "a".repeat(254)), BadDescriptor::Host);
        assert_eq!(refused(|relay| relay.address.host = "a b".into()), BadDescriptor::Host);
        assert_eq!(refused(|relay| relay.address.port = 0), BadDescriptor::Port);
        assert_eq!(refused(|relay| relay.address.secret_path.clear()), BadDescriptor::Path);
        assert_eq!(refused(|relay| relay.address.secret_path = "../x".into()), BadDescriptor::Path);
        for zone in ["", "A.example", "a b.example", "a..example", "-a.example", "a.example.", &"a".repeat(64)] {
            let mut descriptor = good();
            descriptor.address.dns = Some(DnsPlace { zone: zone.into(), key: [5; 32] });
            assert_eq!(descriptor.checked(), Err(BadDescriptor::Zone), "{zone}");
        }
        assert_eq!(refused(|relay| relay.hop_key.clear()), BadDescriptor::HopKey);
        assert_eq!(refused(|relay| relay.hop_key = vec![0; 2049]), BadDescriptor::HopKey);
    }
}
