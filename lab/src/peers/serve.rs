//! The far side of the peers: small servers that answer every question alike.

use super::{ANSWERED, ASKED, BEHIND_PORT, DATAGRAM_PORT, HTTPS_PORT, WEBSOCKET_PORT};
use anyhow::Result;
use rustls::{ServerConfig, ServerConnection, StreamOwned, crypto::aws_lc_rs, pki_types::PrivateKeyDer};
use std::{
    io::{Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream, UdpSocket},
    sync::Arc,
    thread,
    time::Duration,
};

/// How long a client may be silent.
const SILENCE: Duration = Duration::from_secs(20);
/// Bytes of a request's head.
const HEAD_BYTES_MAX: usize = 4_096;
/// WireGuard's types of messages.
pub(super) const INITIATION: u8 = 1;
pub(super) const RESPONSE: u8 = 2;
pub(super) const TRANSPORT: u8 = 4;
/// Their sizes, but for transport.
pub(super) const INITIATION_BYTES: usize = 148;
const RESPONSE_BYTES: usize = 92;

/// Serves until the process ends.
pub(crate) fn serve(address: Ipv4Addr) -> Result<()> {
    let tls = tls()?;
    let https = TcpListener::bind((address, HTTPS_PORT))?;
    thread::spawn(move || each(&https, move |stream| answer_https(stream, &tls)));
    let websocket = TcpListener::bind((address, WEBSOCKET_PORT))?;
    thread::spawn(move || each(&websocket, answer_websocket));
    // for tunnels that end here, and for one that ends beside it
    let behind = TcpListener::bind((Ipv4Addr::UNSPECIFIED, BEHIND_PORT))?;
    thread::spawn(move || each(&behind, answer_plain));
    let datagrams = UdpSocket::bind((address, DATAGRAM_PORT))?;
    writeln!(std::io::stdout(), "{{\"event\":\"ready\"}}")?;
    answer_datagrams(&datagrams)
}

fn each(listener: &TcpListener, answer: impl Fn(TcpStream) -> Result<()> + Clone + Send + 'static) {
    for stream in listener.incoming().map_while(Result::ok) {
        let answer = answer.clone();
        stream.set_read_timeout(Some(SILENCE)).ok();
        // a client that hangs up is none of ours
        thread::spawn(move || answer(stream).ok());
    }
}

fn tls() -> Result<Arc<ServerConfig>> {
    let made = rcgen::generate_simple_self_signed(vec!["site.example".to_owned()])?;
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).map_err(anyhow::Error::msg)?;
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)?;
    Ok(Arc::new(config))
}

fn answer_https(stream: TcpStream, tls: &Arc<ServerConfig>) -> Result<()> {
    let mut stream = StreamOwned::new(ServerConnection::new(Arc::clone(tls))?, stream);
    let head = head(&mut stream)?;
    let status = match head {
        _ if head.starts_with(b"GET / ") => "200 OK",
        _ if head.starts_with(b"GET ") => "404 Not Found",
        _ => "405 Method Not Allowed",
    };
    write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {ANSWERED}\r\n\r\n")?;
    stream.write_all(&[b'a'; ANSWERED])?;
    stream.conn.send_close_notify();
    Ok(stream.flush()?)
}

fn answer_websocket(mut stream: TcpStream) -> Result<()> {
    head(&mut stream)?;
    // the key is always the one of RFC 6455, section 1.3, and so is its answer
    write!(
        stream,
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"
    )?;
    stream.read_exact(&mut [0; 6 + ASKED])?;
    let length = u16::try_from(ANSWERED)?.to_be_bytes();
    stream.write_all(&[&[0x82, 126], &length[..], &[b'a'; ANSWERED]].concat())?;
    Ok(())
}

fn answer_plain(mut stream: TcpStream) -> Result<()> {
    stream.read_exact(&mut [0; ASKED])?;
    Ok(stream.write_all(&[b'a'; ANSWERED])?)
}

fn answer_datagrams(socket: &UdpSocket) -> Result<()> {
    let mut buffer = [0; 2048];
    loop {
        let (_, from) = socket.recv_from(&mut buffer)?;
        let mut answer = match buffer.first() {
            Some(&INITIATION) => vec![0x9b; RESPONSE_BYTES],
            _ => vec![0x9b; ANSWERED],
        };
        let kind = if buffer.first() == Some(&INITIATION) { RESPONSE } else { TRANSPORT };
        answer.splice(..4, [kind, 0, 0, 0]);
        socket.send_to(&answer, from)?;
    }
}

/// Reads to the end of a request's head.
pub(super) fn head(stream: &mut impl Read) -> Result<Vec<u8>> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte)?;
        head.extend(byte);
        anyhow::ensure!(head.len() < HEAD_BYTES_MAX, "too long a head");
    }
    Ok(head)
}
