//! QUIC's Initial packet (RFC 9000, 9001): its keys follow from what it shows, so a censor can open it.
//!
//! Provided: the `ClientHello` of a first datagram that has it whole. Not provided: one that is spread over datagrams,
//! versions but 1.

use super::hello::{Hello, Seen, in_handshake};
use rustls::{Side, crypto::aws_lc_rs::cipher_suite::TLS13_AES_128_GCM_SHA256, quic};
use std::collections::BTreeMap;

const VERSION_1: [u8; 4] = [0, 0, 0, 1];
const SAMPLE: usize = 16;
const PADDING: u64 = 0;
const PING: u64 = 1;
const CRYPTO: u64 = 6;

/// Whether a datagram begins with a long header of QUIC version 1.
pub(crate) fn is_initial(datagram: &[u8]) -> bool {
    matches!(datagram, [first, rest @ ..] if first & 0xf0 == 0xc0 && rest.starts_with(&VERSION_1))
}

/// The `ClientHello` of an Initial packet.
pub(crate) fn hello(datagram: &[u8]) -> Option<Hello> {
    let payload = open(datagram)?;
    let mut parts: BTreeMap<u64, &[u8]> = BTreeMap::new();
    let mut rest = payload.as_slice();
    while !rest.is_empty() {
        match number(&mut rest)? {
            PADDING | PING => {}
            CRYPTO => {
                let offset = number(&mut rest)?;
                let length = usize::try_from(number(&mut rest)?).ok()?;
                let (data, after) = rest.split_at_checked(length)?;
                parts.insert(offset, data);
                rest = after;
            }
            _ => break,
        }
    }
    let mut handshake = Vec::new();
    for (offset, data) in parts {
        let known = u64::try_from(handshake.len()).ok()?.checked_sub(offset)?;
        handshake.extend(data.get(usize::try_from(known).ok()?..).unwrap_or_default());
    }
    match in_handshake(&handshake) {
        Seen::Whole(hello) => Some(*hello),
        Seen::Part | Seen::No => None,
    }
}

/// Takes header protection and encryption off.
fn open(datagram: &[u8]) -> Option<Vec<u8>> {
    if !is_initial(datagram) {
        return None;
    }
    let mut rest = datagram.get(5..)?;
    let target = short(&mut rest)?;
    short(&mut rest)?;
    let token = usize::try_from(number(&mut rest)?).ok()?;
    rest = rest.get(token..)?;
    let length = usize::try_from(number(&mut rest)?).ok()?;
    let header_end = datagram.len().checked_sub(rest.len())?;
    let protected = rest.get(..length)?;

    let suite = TLS13_AES_128_GCM_SHA256.tls13()?;
    let keys = quic::Keys::initial(quic::Version::V1, suite, suite.quic?, target, Side::Server);
    let sample = protected.get(4..4_usize.checked_add(SAMPLE)?)?;
    let mut first = *datagram.first()?;
    let mut packet_number: [u8; 4] = protected.get(..4)?.try_into().ok()?;
    keys.remote.header.decrypt_in_place(sample, &mut first, &mut packet_number).ok()?;
    let number_bytes = usize::from(first & 3).checked_add(1)?;
    let shown = packet_number.get(..number_bytes)?;
    let count = shown.iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));

    let mut header = datagram.get(..header_end)?.to_vec();
    *header.first_mut()? = first;
    header.extend(shown);
    let mut payload = protected.get(number_bytes..)?.to_vec();
    let opened = keys.remote.packet.decrypt_in_place(count, &header, &mut payload).ok()?;
    Some(opened.to_vec())
}

fn short<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, after) = rest.split_first()?;
    let (taken, after) = after.split_at_checked((*length).into())?;
    *rest = after;
    Some(taken)
}

/// A variable-length integer (RFC 9000, section 16).
fn number(rest: &mut &[u8]) -> Option<u64> {
    let first = *rest.first()?;
    let length = 1_usize << (first >> 6);
    let (taken, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(taken.iter().skip(1).fold(u64::from(first & 0x3f), |sum, byte| sum << 8 | u64::from(*byte)))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::look::hello::tests::of_rustls;

    /// An Initial packet with this name in it, sealed as a client does.
    pub(crate) fn initial(name: &str) -> Vec<u8> {
        let target = [1, 2, 3, 4, 5, 6, 7, 8];
        let handshake = of_rustls(name, &["h3"])[5..].to_vec();
        let length = u16::try_from(handshake.len()).unwrap();
        let mut payload = vec![6, 0];
        payload.extend((0x4000 | length).to_be_bytes());
        payload.extend(&handshake);
        payload.extend([0; 40]);
        let suite = TLS13_AES_128_GCM_SHA256.tls13().unwrap();
        let keys = quic::Keys::initial(quic::Version::V1, suite, suite.quic.unwrap(), &target, Side::Client);
        let mut header = vec![0xc0, 0, 0, 0, 1, 8];
        header.extend(target);
        header.extend([0, 0]);
        let sealed = u16::try_from(1 + payload.len() + keys.local.packet.tag_len()).unwrap();
        header.extend((0x4000 | sealed).to_be_bytes());
        header.push(0); // the packet's number
        let tag = keys.local.packet.encrypt_in_place(0, &header, &mut payload).unwrap();
        let mut packet = [header, payload, tag.as_ref().to_vec()].concat();
        let number_at = 6 + target.len() + 2 + 2;
        let sample = packet[number_at + 4..number_at + 4 + SAMPLE].to_vec();
        let (head, tail) = packet.split_at_mut(number_at);
        keys.local.header.encrypt_in_place(&sample, &mut head[0], &mut tail[..1]).unwrap();
        packet
    }

    #[test]
    fn the_name_in_an_initial_packet_is_read() {
        let packet = initial("bakery.example");
        assert!(is_initial(&packet));
        let hello = hello(&packet).unwrap();
        assert_eq!(hello.name.as_deref(), Some("bakery.example"));
        assert_eq!(hello.alpn, [b"h3".to_vec()]);
    }

    #[test]
    fn a_changed_or_cut_packet_is_not_opened() {
        let packet = initial("bakery.example");
        assert_eq!(hello(&packet[..packet.len() - 1]), None);
        let mut changed = packet;
        *changed.last_mut().unwrap() ^= 1;
        assert_eq!(hello(&changed), None);
    }
}
