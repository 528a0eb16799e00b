//! The frozen encodings of specs/vectors/wire.txt: a change that breaks old programs fails here.

use crate::{
    DnsPlace, Gram, RelayAddress, RelayDescriptor, UnixMillis,
    codec::{decode, encode},
    hash::domain_hash,
};
use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Debug;

const VECTORS: &str = include_str!("../../../specs/vectors/wire.txt");
const FRAME_BYTES_MAX: usize = 4_096;

/// The encoding of a value that survives it.
fn encoded<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: T) -> String {
    let bytes = encode(&value).unwrap();
    assert_eq!(decode::<T>(&bytes, FRAME_BYTES_MAX), Ok(value));
    hex::encode(bytes)
}

#[test]
fn every_encoding_is_as_it_was() {
    let pinned = RelayAddress {
        host: "relay.example".into(),
        port: 443,
        tls_pin: Some([0x11; 32]),
        secret_path: "0123456789abcdef".into(),
        dns: None,
    };
    let public = RelayAddress { host: "::1".into(), port: 65_535, tls_pin: None, secret_path: "p".into(), dns: None };
    let dns = Some(DnsPlace { zone: "t.example".into(), key: [0x33; 32] });
    let pinned_in_dns = RelayAddress { dns: dns.clone(), ..pinned.clone() };
    let public_in_dns = RelayAddress { dns, ..public.clone() };
    let descriptor = RelayDescriptor { address: public.clone(), hop_key: vec![0x22; 3], operator: None, region: None };
    let all = [
        ("amount-0", encoded(Gram::ZERO)),
        ("amount-12.5-gram", encoded(Gram::from(12_500_000_000))),
        ("amount-largest", encoded(Gram::from_nano((1 << 120) - 1).unwrap())),
        ("time-2027", encoded(UnixMillis(1_798_761_600_000))),
        ("hash-of-no-part", hex::encode(domain_hash("simurgh/example/1", &[]))),
        ("hash-of-two-parts", hex::encode(domain_hash("simurgh/example/1", &[b"ab", b""]))),
        ("address-pinned", encoded(pinned)),
        ("address-public", encoded(public)),
        ("address-pinned-dns", encoded(pinned_in_dns)),
        ("address-public-dns", encoded(public_in_dns)),
        ("descriptor", encoded(descriptor.clone())),
        ("relay-id", descriptor.id().to_string()),
    ];
    let now: String = all.iter().map(|(name, text)| format!("{name} {text}\n")).collect();
    assert_eq!(now, VECTORS, "if this is meant, it is a new version of the protocols");
}
