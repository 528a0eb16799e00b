//! JA4: a fingerprint of a `ClientHello` (FoxIO's JA4 technical details, the BSD-licensed part).
//!
//! Written from the published description: `t13d1516h2_8daaf6152771_e5627efa2ab1` is transport, version, name or
//! address, number of ciphers, number of extensions, first and last character of the first ALPN; then the truncated
//! hashes of the sorted ciphers, and of the sorted extensions with the signature algorithms.

use super::hello::{Hello, is_grease};
use sha2::{Digest as _, Sha256};

const SERVER_NAME: u16 = 0;
const ALPN: u16 = 16;

/// The fingerprint; `transport` is `t` for TCP, `q` for QUIC.
pub(crate) fn ja4(hello: &Hello, transport: char) -> String {
    let real = |values: &[u16]| values.iter().copied().filter(|value| !is_grease(*value)).collect::<Vec<u16>>();
    let (mut ciphers, mut extensions) = (real(&hello.ciphers), real(&hello.extensions));
    let version = match hello.version {
        0x0304 => "13",
        0x0303 => "12",
        0x0302 => "11",
        0x0301 => "10",
        _ => "00",
    };
    let addressed = if hello.name.is_some() { 'd' } else { 'i' };
    let counts = format!("{:02}{:02}", ciphers.len().min(99), extensions.len().min(99));
    let first = format!("{transport}{version}{addressed}{counts}{}", alpn(hello));
    ciphers.sort_unstable();
    extensions.retain(|kind| *kind != SERVER_NAME && *kind != ALPN);
    extensions.sort_unstable();
    let signatures = real(&hello.signatures);
    let second =
        if signatures.is_empty() { list(&extensions) } else { format!("{}_{}", list(&extensions), list(&signatures)) };
    format!("{first}_{}_{}", short_hash(&list(&ciphers)), short_hash(&second))
}

fn alpn(hello: &Hello) -> String {
    let Some(protocol) = hello.alpn.first() else { return "00".to_owned() };
    let (Some(first), Some(last)) = (protocol.first(), protocol.last()) else { return "00".to_owned() };
    if first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric() {
        return format!("{}{}", char::from(*first), char::from(*last));
    }
    let digits = hex::encode(protocol);
    let ends = (digits.chars().next(), digits.chars().last());
    format!("{}{}", ends.0.unwrap_or('0'), ends.1.unwrap_or('0'))
}

fn list(values: &[u16]) -> String {
    values.iter().map(|value| format!("{value:04x}")).collect::<Vec<_>>().join(",")
}

fn short_hash(text: &str) -> String {
    if text.is_empty() {
        return "0".repeat(12);
    }
    let digest = hex::encode(Sha256::digest(text.as_bytes()));
    digest.chars().take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the published description.
    #[test]
    fn the_published_example_comes_out() {
        let ciphers = [
            0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013, 0xc014, 0x009c, 0x009d,
            0x002f, 0x0035,
        ];
        let extensions = [
            0x001b, 0x0000, 0x0033, 0x0010, 0x4469, 0x0017, 0x002d, 0x000d, 0x0005, 0x0023, 0x0012, 0x002b, 0xff01,
            0x000b, 0x000a, 0x0015,
        ];
        let hello = Hello {
            version: 0x0304,
            ciphers: [&[0x2a2a], &ciphers[..]].concat(),
            extensions: [&[0x9a9a], &extensions[..]].concat(),
            signatures: vec![0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601],
            name: Some("name.example".into()),
            alpn: vec![b"h2".to_vec(), b"http/1.1".to_vec()],
        };
        assert_eq!(ja4(&hello, 't'), "t13d1516h2_8daaf6152771_e5627efa2ab1");
    }

    #[test]
    fn without_name_and_protocol_it_says_so() {
        let hello = Hello { version: 0x0303, ciphers: vec![0x1301], ..Hello::default() };
        assert!(ja4(&hello, 't').starts_with("t12i010000_"));
    }
}
