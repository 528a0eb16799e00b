//! How an address is written (WIR-18): in our own frames a place in DNS is one more variant of what an address is pinned
//! to, so that an address without one is encoded as it always was; as JSON it is a field that may be missing.

use super::{DnsPlace, RelayAddress};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The keys that a relay is recognised by. The first two are the encoding of an optional pin.
#[derive(Serialize, Deserialize)]
enum Keys {
    Public,
    Pinned([u8; 32]),
    PublicAndDns(DnsPlace),
    PinnedAndDns([u8; 32], DnsPlace),
}

#[derive(Serialize, Deserialize)]
struct Frame {
    host: String,
    port: u16,
    keys: Keys,
    secret_path: String,
}

#[derive(Serialize, Deserialize)]
struct Readable {
    host: String,
    port: u16,
    tls_pin: Option<[u8; 32]>,
    secret_path: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    dns: Option<DnsPlace>,
}

impl Serialize for RelayAddress {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { host, port, tls_pin, secret_path, dns } = self.clone();
        if serializer.is_human_readable() {
            return Readable { host, port, tls_pin, secret_path, dns }.serialize(serializer);
        }
        let keys = match (tls_pin, dns) {
            (None, None) => Keys::Public,
            (Some(pin), None) => Keys::Pinned(pin),
            (None, Some(dns)) => Keys::PublicAndDns(dns),
            (Some(pin), Some(dns)) => Keys::PinnedAndDns(pin, dns),
        };
        Frame { host, port, keys, secret_path }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for RelayAddress {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let Readable { host, port, tls_pin, secret_path, dns } = Readable::deserialize(deserializer)?;
            return Ok(Self { host, port, tls_pin, secret_path, dns });
        }
        let Frame { host, port, keys, secret_path } = Frame::deserialize(deserializer)?;
        let (tls_pin, dns) = match keys {
            Keys::Public => (None, None),
            Keys::Pinned(pin) => (Some(pin), None),
            Keys::PublicAndDns(dns) => (None, Some(dns)),
            Keys::PinnedAndDns(pin, dns) => (Some(pin), Some(dns)),
        };
        Ok(Self { host, port, tls_pin, secret_path, dns })
    }
}
