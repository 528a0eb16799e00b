//! The near side of the peers: asks each once a second and tells what came of it.

use super::{
    ANSWERED, ASKED, BEHIND, DATAGRAM_PORT, HTTPS_PORT, Peer, SOCKS, Told, WEBSOCKET_PORT, obfs4,
    serve::{INITIATION, INITIATION_BYTES, TRANSPORT, head},
};
use crate::{probe, rules::Target};
use anyhow::{Context as _, Result, ensure};
use std::{
    io::{Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr, SocketAddrV4, TcpStream, UdpSocket},
    sync::mpsc,
    thread,
    time::Duration,
};

/// How long an exchange may take.
const PATIENCE: Duration = Duration::from_secs(5);
const SECOND: Duration = Duration::from_secs(1);

/// Whom to ask, and how.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct Asked {
    /// Where the far side is.
    #[arg(long)]
    address: Ipv4Addr,
    /// How often each peer is asked.
    #[arg(long)]
    times: u64,
    /// Where the near end of obfs4 takes connections.
    #[arg(long)]
    obfs4: Option<SocketAddr>,
    /// What it has to be told about the far end.
    #[arg(long, default_value = "")]
    arguments: String,
}

/// Asks every peer so many times.
pub(crate) fn ask(asked: Asked) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{{\"event\":\"ready\"}}")?;
    out.flush()?;
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        for number in 0..asked.times {
            for peer in Peer::ALL {
                let (tell, asked) = (tell.clone(), asked.clone());
                thread::spawn(move || {
                    let arrived = exchange(peer, &asked).is_ok();
                    tell.send(Told { peer, number, arrived })
                });
            }
            thread::sleep(SECOND);
        }
    });
    for told in told {
        writeln!(out, "{}", serde_json::to_string(&told)?)?;
        out.flush()?;
    }
    Ok(())
}

fn exchange(peer: Peer, asked: &Asked) -> Result<()> {
    match peer {
        Peer::Https => https(asked.address),
        Peer::WebSocket => websocket(asked.address),
        Peer::Datagrams => datagrams(asked.address),
        Peer::Shadowsocks => socks(SOCKS.parse()?, None, BEHIND.parse()?),
        Peer::Obfs4 => socks(asked.obfs4.context("no obfs4")?, Some(&asked.arguments), obfs4::far()?),
    }
}

fn https(far: Ipv4Addr) -> Result<()> {
    let server = SocketAddrV4::new(far, HTTPS_PORT);
    let target = Target { server, name: Some("site.example".to_owned()), recorded: Vec::new() };
    ensure!(probe::status(&target, "GET", "/")? == 200, "no page");
    Ok(())
}

fn websocket(far: Ipv4Addr) -> Result<()> {
    let mut stream = dial(SocketAddr::from((far, WEBSOCKET_PORT)))?;
    write!(
        stream,
        "GET /chat HTTP/1.1\r\nHost: site.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )?;
    head(&mut stream)?;
    // a masked frame of text, the mask is nothing
    let length = 0x80 | u8::try_from(ASKED)?;
    stream.write_all(&[&[0x81, length, 0, 0, 0, 0][..], &[b'q'; ASKED]].concat())?;
    Ok(stream.read_exact(&mut [0; 4 + ANSWERED])?)
}

fn datagrams(far: Ipv4Addr) -> Result<()> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))?;
    socket.connect((far, DATAGRAM_PORT))?;
    socket.set_read_timeout(Some(PATIENCE))?;
    for (kind, bytes) in [(INITIATION, INITIATION_BYTES), (TRANSPORT, ASKED)] {
        let mut packet = vec![0xd6; bytes];
        packet.splice(..4, [kind, 0, 0, 0]);
        socket.send(&packet)?;
        socket.recv(&mut [0; 2048])?;
    }
    Ok(())
}

/// Through a SOCKS 5 proxy (RFC 1928), with a name where it wants one (RFC 1929), to the server behind it.
fn socks(proxy: SocketAddr, name: Option<&str>, to: SocketAddr) -> Result<()> {
    let mut stream = dial(proxy)?;
    let method = if name.is_some() { 2 } else { 0 };
    stream.write_all(&[5, 1, method])?;
    stream.read_exact(&mut [0; 2])?;
    if let Some(name) = name {
        // the password is one byte of nothing, as the pluggable transport protocol has it
        stream.write_all(&[&[1, u8::try_from(name.len())?], name.as_bytes(), &[1, 0]].concat())?;
        stream.read_exact(&mut [0; 2])?;
    }
    let SocketAddr::V4(to) = to else { anyhow::bail!("not IPv4") };
    stream.write_all(&[&[5, 1, 0, 1], &to.ip().octets()[..], &to.port().to_be_bytes()].concat())?;
    let mut answer = [0; 10];
    stream.read_exact(&mut answer)?;
    ensure!(answer.get(1) == Some(&0), "the proxy refuses");
    stream.write_all(&[b'q'; ASKED])?;
    Ok(stream.read_exact(&mut [0; ANSWERED])?)
}

fn dial(to: SocketAddr) -> Result<TcpStream> {
    let stream = TcpStream::connect_timeout(&to, PATIENCE).context("no connection")?;
    stream.set_read_timeout(Some(PATIENCE))?;
    Ok(stream)
}
