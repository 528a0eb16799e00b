//! The name that a censor gives to a flow.

use super::{
    dns, encrypted,
    hello::{self, Hello, Seen},
    ja4::ja4,
    quic,
};
use crate::flow::{Flow, Protocol};
use std::fmt;

/// Methods of HTTP, with the space after them.
const METHODS: [&[u8]; 8] = [b"GET ", b"POST ", b"PUT ", b"HEAD ", b"OPTIONS ", b"DELETE ", b"CONNECT ", b"PATCH "];
/// A head that HTTP can be told from.
const HTTP_BYTES_MIN: usize = 8;

/// A label that is longer than people's carries something.
const CARRYING_LABEL_BYTES_MIN: usize = 32;
/// After a full label the next one goes on with it.
const LABEL_BYTES_MAX: usize = 63;

/// What a flow looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sight {
    /// No byte of the client's yet.
    Silent,
    /// TLS, the `ClientHello` not whole yet.
    TlsBegun,
    /// TLS.
    Tls(Box<Hello>),
    /// HTTP without encryption, with the host that was asked for.
    Http(Option<String>),
    /// A DNS question.
    Dns(String),
    /// QUIC, with the `ClientHello` where it could be opened.
    Quic(Option<Box<Hello>>),
    /// Nothing but noise from the first byte.
    Noise,
    /// Something else.
    Other,
}

impl Sight {
    /// Looks at a flow.
    pub(crate) fn of(flow: &Flow) -> Self {
        let head = flow.up.head();
        if head.is_empty() {
            return Self::Silent;
        }
        match flow.key.protocol {
            Protocol::Udp if flow.key.server.port() == 53 => {
                dns::question(head).map_or(Self::Other, |question| Self::Dns(question.name))
            }
            Protocol::Udp if quic::is_initial(head) => Self::Quic(quic::hello(head).map(Box::new)),
            Protocol::Udp | Protocol::Other(_) => Self::Other,
            Protocol::Tcp => Self::of_stream(head),
        }
    }

    fn of_stream(head: &[u8]) -> Self {
        match hello::in_records(head) {
            Seen::Whole(hello) => Self::Tls(hello),
            Seen::Part => Self::TlsBegun,
            Seen::No if is_http(head) => Self::Http(host(head)),
            Seen::No if encrypted::is_noise(head) => Self::Noise,
            Seen::No => Self::Other,
        }
    }

    /// The server's name, as far as the flow shows it.
    pub(crate) fn server_name(&self) -> Option<&str> {
        match self {
            Self::Tls(hello) => hello.name.as_deref(),
            Self::Quic(hello) => hello.as_ref()?.name.as_deref(),
            Self::Http(host) => host.as_deref(),
            Self::Dns(name) => Some(name),
            Self::Silent | Self::TlsBegun | Self::Noise | Self::Other => None,
        }
    }
}

impl fmt::Display for Sight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = |name: &Option<String>| name.clone().unwrap_or_else(|| "no name".to_owned());
        match self {
            Self::Silent => write!(f, "connection without data"),
            Self::TlsBegun => write!(f, "TLS, not whole"),
            Self::Tls(hello) => write!(f, "TLS {} {}", named(&hello.name), ja4(hello, 't')),
            Self::Http(host) => write!(f, "HTTP {}", named(host)),
            Self::Dns(name) => write!(f, "DNS {}", shortened(name)),
            Self::Quic(Some(hello)) => write!(f, "QUIC {} {}", named(&hello.name), ja4(hello, 'q')),
            Self::Quic(None) => write!(f, "QUIC"),
            Self::Noise => write!(f, "fully encrypted"),
            Self::Other => write!(f, "unknown"),
        }
    }
}

/// A name without the label that it begins with, if that is long, and without those that go on with it: they stand in
/// one query alone.
fn shortened(name: &str) -> String {
    let mut before = None;
    let carries = |label: &&str| {
        let carries = before.map_or(label.len() >= CARRYING_LABEL_BYTES_MIN, |before| before == LABEL_BYTES_MAX);
        before = Some(label.len());
        carries
    };
    let rest = name.split('.').skip_while(carries).collect::<Vec<_>>().join(".");
    if rest.len() == name.len() { rest } else { format!("names that carry something, under {rest}") }
}

/// Whether a stream begins like HTTP.
pub(crate) fn is_http(head: &[u8]) -> bool {
    head.len() >= HTTP_BYTES_MIN && METHODS.iter().any(|method| head.starts_with(method))
}

fn host(head: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(head);
    let lines = text.split("\r\n").skip(1);
    let mut hosts = lines.filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("host").then(|| value.trim().to_ascii_lowercase())
    });
    hosts.next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::look::hello::tests::of_rustls;

    #[test]
    fn names_that_carry_something_are_counted_together() {
        let under = "DNS names that carry something, under t.bakery.example";
        for labels in [vec![63, 63, 63, 40], vec![63, 63, 5], vec![63, 2], vec![50]] {
            let labels: Vec<String> = labels.into_iter().map(|length| "a".repeat(length)).collect();
            let long = format!("{}.t.bakery.example", labels.join("."));
            assert_eq!(Sight::Dns(long.clone()).to_string(), under);
            assert_eq!(Sight::Dns(long.clone()).server_name(), Some(long.as_str()));
        }
        assert_eq!(Sight::Dns("r1.simurgh.example".into()).to_string(), "DNS r1.simurgh.example");
    }

    #[test]
    fn streams_are_named_by_their_first_bytes() {
        let tls = Sight::of_stream(&of_rustls("bakery.example", &[]));
        assert_eq!(tls.server_name(), Some("bakery.example"));
        assert!(tls.to_string().starts_with("TLS bakery.example t13d"), "{tls}");
        let http = Sight::of_stream(b"GET / HTTP/1.1\r\nHost: Bakery.example\r\n\r\n");
        assert_eq!(http, Sight::Http(Some("bakery.example".into())));
        assert_eq!(Sight::of_stream(&[0x8f, 0xc3, 0x99, 0xe2].repeat(16)), Sight::Noise);
        assert_eq!(Sight::of_stream(b"SSH-2.0-OpenSSH_9.2\r\n"), Sight::Other);
    }
}
