//! The near side of the peers: asks each once a second and tells what came of it.

use super::{
    ANSWERED, ASKED, AT_ONCE, BEHIND, BEHIND_PORT, DATAGRAM_PORT, HTTPS_PORT, Peer, Told, WEBSOCKET_PORT, obfs4,
    serve::{INITIATION, INITIATION_BYTES, TRANSPORT, head},
    shadowsocks::{SOCKS, SOCKS_ON_HTTPS},
};
use crate::{probe, rules::Target};
use anyhow::{Context as _, Result, bail, ensure};
use std::{
    io::{Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpStream, UdpSocket},
    sync::mpsc,
    thread,
    time::Duration,
};

/// How long an exchange may take by the clock, and so each of its waits too.
const PATIENCE: Duration = Duration::from_secs(5);
const SECOND: Duration = Duration::from_secs(1);

/// Whom to ask, and how.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct Asked {
    /// Where the far side is.
    #[arg(long)]
    address: Ipv4Addr,
    /// Where that is for many connections at once.
    #[arg(long)]
    market: Ipv4Addr,
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
                    let arrived = is_done_within(PATIENCE, move || exchange(peer, &asked));
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

/// Whether all of it succeeds in this time, by the clock: time-outs of sockets begin anew with each read. What takes
/// longer is waited for no more.
fn is_done_within(patience: Duration, exchange: impl FnOnce() -> Result<()> + Send + 'static) -> bool {
    let (tell, told) = mpsc::channel();
    thread::spawn(move || tell.send(exchange().is_ok()));
    told.recv_timeout(patience).unwrap_or(false)
}

fn exchange(peer: Peer, asked: &Asked) -> Result<()> {
    match peer {
        Peer::Https => page(dial(SocketAddr::from((asked.address, HTTPS_PORT)))?),
        Peer::HttpsAtOnce => at_once(SocketAddr::from((asked.market, HTTPS_PORT))),
        Peer::WebSocket => websocket(asked.address),
        Peer::Datagrams => datagrams(asked.address),
        Peer::Shadowsocks => socks(SOCKS.parse()?, None, BEHIND.parse()?),
        Peer::ShadowsocksOnHttps => {
            socks(SOCKS_ON_HTTPS.parse()?, None, SocketAddr::from((asked.address, BEHIND_PORT)))
        }
        Peer::Obfs4 => socks(asked.obfs4.context("no obfs4")?, Some(&asked.arguments), obfs4::far()?),
    }
}

/// A page over HTTPS, on a connection that is open.
fn page(stream: TcpStream) -> Result<()> {
    let SocketAddr::V4(server) = stream.peer_addr()? else { bail!("not IPv4") };
    let target = Target { server, name: Some("site.example".to_owned()), recorded: Vec::new() };
    ensure!(probe::status_over(stream, &target, "GET", "/")? == 200, "no page");
    Ok(())
}

/// A page over the last of many connections while the others are open. These say nothing, so that a slow line is not
/// filled.
fn at_once(to: SocketAddr) -> Result<()> {
    let mut open = (0..AT_ONCE).map(|_| dial(to)).collect::<Result<Vec<_>>>()?;
    page(open.pop().context("no connection")?)
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
    let SocketAddr::V4(to) = to else { bail!("not IPv4") };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exchange_has_arrived_only_if_it_succeeds_within_its_time() {
        let long = Duration::from_secs(3_600);
        assert!(is_done_within(long, || Ok(())));
        assert!(!is_done_within(long, || bail!("refused")));
        let (_open, never) = mpsc::channel::<()>();
        assert!(!is_done_within(Duration::from_millis(1), move || Ok(never.recv()?)));
    }

    #[test]
    fn connections_at_once_are_more_than_the_censor_that_counts_allows() {
        let text = std::fs::read_to_string(crate::folder().join("adversaries/connection-count.toml")).unwrap();
        let open_max = text.lines().find_map(|line| line.strip_prefix("open_max = ")).unwrap();
        assert!(AT_ONCE > open_max.parse::<usize>().unwrap());
    }
}
