//! On the ports of DNS, HTTP and HTTPS only what looks like one of these in its first two data packets goes on; the
//! rest of such a connection is dropped for a while, and each further packet prolongs it.
//!
//! The real one judges packets; here a `ClientHello` that fills two segments is looked at as the stream that it is.

use super::{Judgement, Rule, Scene};
use crate::{
    flow::{FlowKey, Protocol},
    look::is_http,
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The ports that are looked at.
const PORTS: [u16; 3] = [53, 80, 443];
/// Data packets of the client that are judged.
const PACKETS: u64 = 2;
/// DNS over TCP: a length, then a header with at least one question.
const DNS_BYTES_MIN: usize = 14;

/// See the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Whitelist {
    /// For how long a connection that does not fit is silenced after its last packet.
    silence_s: u64,
    #[serde(skip)]
    silenced_until: BTreeMap<FlowKey, u64>,
}

impl Rule for Whitelist {
    fn judge(&mut self, scene: &mut Scene<'_>) -> Judgement {
        let key = scene.flow.key;
        if key.protocol != Protocol::Tcp || !PORTS.contains(&key.server.port()) {
            return Judgement::Pass;
        }
        let until = scene.now_ms.saturating_add(self.silence_s.saturating_mul(1000));
        if let Some(silenced) = self.silenced_until.get_mut(&key)
            && scene.now_ms < *silenced
        {
            *silenced = until;
            return Judgement::Drop("not a permitted protocol");
        }
        let judged = scene.up
            && scene.flow.from_start
            && !scene.packet.payload().is_empty()
            && scene.flow.up.data_packets <= PACKETS;
        if judged && !is_permitted(scene.flow.up.head()) {
            self.silenced_until.insert(key, until);
        }
        Judgement::Pass
    }
}

fn is_permitted(head: &[u8]) -> bool {
    let tls = matches!(head, [0x16, 0x03, ..]);
    let dns = head.len() >= DNS_BYTES_MIN && matches!(head, [_, _, _, _, flags, _, 0, 1, ..] if flags & 0xf8 == 0);
    tls || dns || is_http(head)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        look::hello::tests::of_rustls,
        rules::bench::{BRIDGE, Bench},
    };

    fn rule() -> Whitelist {
        Whitelist { silence_s: 60, silenced_until: BTreeMap::new() }
    }

    #[test]
    fn what_does_not_fit_is_silenced_after_its_first_packet_until_a_minute_of_silence() {
        let mut bench = Bench::new(rule());
        bench.open(BRIDGE);
        assert_eq!(bench.send(BRIDGE, b"SSH-2.0-x\r\n").len(), 1, "the packet that gave it away passes");
        assert!(bench.send(BRIDGE, b"more").is_empty());
        bench.after_ms(59_000);
        assert!(bench.answer(BRIDGE, b"more").is_empty(), "which began the minute anew");
        bench.after_ms(59_000);
        assert!(bench.send(BRIDGE, b"more").is_empty());
        bench.after_ms(60_001);
        assert_eq!(bench.send(BRIDGE, b"more").len(), 1);
    }

    #[test]
    fn tls_in_two_segments_and_http_pass() {
        let hello = of_rustls("bakery.example", &[]);
        for parts in [[&hello[..100], &hello[100..]], [b"GET / HTTP/1.1\r\n", b"Host: a\r\n\r\n"]] {
            let mut bench = Bench::new(rule());
            bench.open(BRIDGE);
            for part in parts {
                assert_eq!(bench.send(BRIDGE, part).len(), 1);
            }
            assert_eq!(bench.answer(BRIDGE, b"\x17\x03\x03 anything").len(), 1);
        }
    }
}
