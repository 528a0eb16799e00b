//! The TLS `ClientHello` (RFC 8446, section 4.1.2), out of a stream's head or out of QUIC's CRYPTO frames.
//!
//! Provided: name asked for, ALPN, and what a fingerprint is made of. Not provided: Encrypted `ClientHello` is not
//! opened; its outer name is what shows.

/// A `ClientHello`, as far as a censor is interested.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hello {
    /// The record version's successor: the highest of `supported_versions`, else the legacy version.
    pub(crate) version: u16,
    /// Cipher suites in their order.
    pub(crate) ciphers: Vec<u16>,
    /// Extensions in their order.
    pub(crate) extensions: Vec<u16>,
    /// Signature algorithms in their order.
    pub(crate) signatures: Vec<u16>,
    /// The name that is asked for.
    pub(crate) name: Option<String>,
    /// Protocols offered for above TLS.
    pub(crate) alpn: Vec<Vec<u8>>,
}

/// How far a stream's head is a TLS handshake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    /// It is none.
    No,
    /// It begins like one; more bytes are needed.
    Part,
    /// Here it is.
    Whole(Box<Hello>),
}

const HANDSHAKE_RECORD: u8 = 22;
const CLIENT_HELLO: u8 = 1;
const SERVER_NAME: u16 = 0;
const SIGNATURE_ALGORITHMS: u16 = 13;
const ALPN: u16 = 16;
const SUPPORTED_VERSIONS: u16 = 43;

/// Whether bytes begin like a record with a handshake in it, from either side.
pub(crate) fn begins_handshake(bytes: &[u8]) -> bool {
    matches!(bytes, [HANDSHAKE_RECORD, 3, ..])
}

/// Looks for a `ClientHello` in TLS records at the start of a stream.
pub(crate) fn in_records(head: &[u8]) -> Seen {
    let mut handshake = Vec::new();
    let mut rest = head;
    loop {
        let mut reader = Reader(rest);
        let (Some(kind), Some(version)) = (reader.u8(), reader.u16()) else {
            let begins = rest.first().is_none_or(|kind| *kind == HANDSHAKE_RECORD);
            return if begins && !head.is_empty() { Seen::Part } else { Seen::No };
        };
        if kind != HANDSHAKE_RECORD || version >> 8 != 3 {
            return Seen::No;
        }
        let Some(length) = reader.u16() else { return Seen::Part };
        let available = reader.0.get(..usize::from(length)).unwrap_or(reader.0);
        handshake.extend(available);
        match in_handshake(&handshake) {
            Seen::Part if available.len() == usize::from(length) => {
                rest = reader.0.get(available.len()..).unwrap_or_default();
                if rest.is_empty() {
                    return Seen::Part;
                }
            }
            seen @ (Seen::No | Seen::Part | Seen::Whole(_)) => return seen,
        }
    }
}

/// Looks for a `ClientHello` in handshake bytes without records.
pub(crate) fn in_handshake(bytes: &[u8]) -> Seen {
    let mut reader = Reader(bytes);
    let Some(kind) = reader.u8() else { return Seen::Part };
    if kind != CLIENT_HELLO {
        return Seen::No;
    }
    let Some(length) = reader.u24() else { return Seen::Part };
    match reader.0.get(..length) {
        None => Seen::Part,
        Some(body) => parse(body).map_or(Seen::No, |hello| Seen::Whole(Box::new(hello))),
    }
}

fn parse(body: &[u8]) -> Option<Hello> {
    let mut reader = Reader(body);
    let mut hello = Hello { version: reader.u16()?, ..Hello::default() };
    reader.bytes(32)?;
    reader.short()?;
    hello.ciphers = words(reader.long()?);
    reader.short()?;
    let mut extensions = Reader(reader.long().unwrap_or_default());
    while let Some(kind) = extensions.u16() {
        let data = extensions.long()?;
        hello.extensions.push(kind);
        match kind {
            SERVER_NAME => hello.name = server_name(data),
            SIGNATURE_ALGORITHMS => hello.signatures = words(Reader(data).long()?),
            ALPN => hello.alpn = protocols(data)?,
            SUPPORTED_VERSIONS => {
                let offered = words(Reader(data).short()?);
                hello.version = offered.into_iter().filter(|one| !is_grease(*one)).max().unwrap_or(hello.version);
            }
            _ => {}
        }
    }
    Some(hello)
}

/// Values that browsers put in at random so that servers stay tolerant (RFC 8701).
pub(crate) fn is_grease(value: u16) -> bool {
    value & 0x0f0f == 0x0a0a && value >> 8 == value & 0xff
}

fn server_name(data: &[u8]) -> Option<String> {
    let mut list = Reader(Reader(data).long()?);
    let kind = list.u8()?;
    let name = list.long()?;
    (kind == 0).then(|| String::from_utf8_lossy(name).to_ascii_lowercase())
}

fn protocols(data: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut list = Reader(Reader(data).long()?);
    let mut protocols = Vec::new();
    while !list.0.is_empty() {
        protocols.push(list.short()?.to_vec());
    }
    Some(protocols)
}

fn words(bytes: &[u8]) -> Vec<u16> {
    bytes.chunks_exact(2).filter_map(|pair| Some(u16::from_be_bytes(pair.try_into().ok()?))).collect()
}

/// Reads big-endian numbers and vectors with a length before them.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn u8(&mut self) -> Option<u8> {
        self.bytes(1)?.first().copied()
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_be_bytes(self.bytes(2)?.try_into().ok()?))
    }

    fn u24(&mut self) -> Option<usize> {
        let three = self.bytes(3)?;
        Some(three.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
    }

    fn short(&mut self) -> Option<&'a [u8]> {
        let length = self.u8()?;
        self.bytes(length.into())
    }

    fn long(&mut self) -> Option<&'a [u8]> {
        let length = self.u16()?;
        self.bytes(length.into())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use rustls::pki_types::ServerName;
    use std::sync::Arc;

    /// The bytes that rustls sends first, with these protocols on offer.
    pub(crate) fn of_rustls(name: &str, alpn: &[&str]) -> Vec<u8> {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let mut config = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(rustls::RootCertStore::empty())
            .with_no_client_auth();
        config.alpn_protocols = alpn.iter().map(|one| one.as_bytes().to_vec()).collect();
        let name = ServerName::try_from(name.to_owned()).unwrap();
        let mut connection = rustls::ClientConnection::new(Arc::new(config), name).unwrap();
        let mut bytes = Vec::new();
        connection.write_tls(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn the_name_and_the_protocols_are_read_and_every_shorter_head_is_a_part() {
        let bytes = of_rustls("bakery.example", &["h2", "http/1.1"]);
        let Seen::Whole(hello) = in_records(&bytes) else { panic!("no ClientHello in {bytes:?}") };
        assert_eq!(hello.name.as_deref(), Some("bakery.example"));
        assert_eq!(hello.alpn, [b"h2".to_vec(), b"http/1.1".to_vec()]);
        assert_eq!(hello.version, 0x0304);
        for length in 1..bytes.len() {
            assert_eq!(in_records(&bytes[..length]), Seen::Part, "{length}");
        }
    }

    #[test]
    fn a_hello_split_over_records_is_read() {
        let bytes = of_rustls("bakery.example", &[]);
        let (one, two) = bytes[5..].split_at(40);
        let record = |part: &[u8]| [&[22, 3, 1][..], &u16::try_from(part.len()).unwrap().to_be_bytes(), part].concat();
        let Seen::Whole(hello) = in_records(&[record(one), record(two)].concat()) else { panic!("not read") };
        assert_eq!(hello.name.as_deref(), Some("bakery.example"));
    }

    #[test]
    fn other_beginnings_are_none() {
        assert_eq!(in_records(b"GET / HTTP/1.1\r\n"), Seen::No);
        assert_eq!(in_records(&[23, 3, 3, 0, 1, 0]), Seen::No);
        assert_eq!(in_records(b""), Seen::No);
    }
}
