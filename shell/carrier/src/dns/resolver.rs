//! The system's resolver (DNS-30): which name servers this machine asks, and asking one of them over UDP.

use super::message::{self, Told};
use hickory_proto::rr::Name;
use parking_lot::Mutex;
use rand_core::{OsRng, RngCore};
use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::UdpSocket;
use tokio::sync::mpsc;
use tokio::task::AbortHandle;
use tokio::time::{Instant, timeout_at};

/// Where a Unix system says which name servers it asks.
const SETTINGS: &str = "/etc/resolv.conf";
/// Bytes of it that are read.
const SETTINGS_BYTES_MAX: usize = 64 * 1024;
/// Name servers that are asked, as the system's own resolver does.
const SERVERS_MAX: usize = 3;
const DNS_PORT: u16 = 53;
/// Bytes of a packet that is read: more than is asked for.
const PACKET_BYTES_MAX: usize = 4_096;
/// Random numbers that are looked at for a free one: some hundreds of 65,536 are taken at most.
const NUMBERS_TRIED: usize = 16;
/// After an error of the socket, which may be the word that nobody listens there.
const ERROR_PAUSE: Duration = Duration::from_millis(20);

/// How much longer the right answer is waited for after another came: it may have been forged on the way.
const GRACE: Duration = Duration::from_secs(1);

/// Where name servers are known from.
#[derive(Clone, Debug)]
pub(crate) enum Servers {
    /// From the system, as it is set up when they are asked for.
    System,
    /// From whoever made the carrier.
    These(Vec<SocketAddr>),
}

impl Servers {
    /// The servers, the one to ask first at the front.
    pub(crate) async fn list(&self) -> io::Result<Vec<SocketAddr>> {
        match self {
            Self::These(servers) => Ok(servers.clone()),
            Self::System => {
                let text = tokio::fs::read(SETTINGS).await?;
                let text = text.get(..text.len().min(SETTINGS_BYTES_MAX)).unwrap_or_default();
                Ok(servers_of(&String::from_utf8_lossy(text)))
            }
        }
    }
}

fn servers_of(settings: &str) -> Vec<SocketAddr> {
    let address = |line: &str| -> Option<SocketAddr> {
        let mut words = line.split_ascii_whitespace();
        let server = words.next().filter(|word| *word == "nameserver").and(words.next())?;
        // A scope is of no use without the interface's number.
        server.parse().ok().map(|address: IpAddr| SocketAddr::new(address, DNS_PORT))
    };
    settings.lines().filter_map(address).take(SERVERS_MAX).collect()
}

/// A name server that is asked.
#[derive(Debug)]
pub(crate) struct Resolver {
    socket: Arc<UdpSocket>,
    open: Arc<Open>,
    reading: AbortHandle,
}

/// The questions that wait, by their number.
#[derive(Debug, Default)]
struct Open(Mutex<BTreeMap<u16, (Name, mpsc::Sender<Told>)>>);

/// Answers to one question that are kept until they are looked at: more than one come only from who forges.
const ANSWERS_MAX: usize = 8;

impl Open {
    /// Takes a question's answer under a number that is free; `None`: so many wait that none was found.
    fn wait(&self, name: Name, tell: mpsc::Sender<Told>) -> Option<Waiting<'_>> {
        let mut open = self.0.lock();
        let numbers = std::iter::repeat_with(|| OsRng.next_u32().to_le_bytes());
        let mut numbers = numbers.map(|[low, high, ..]| u16::from_le_bytes([low, high])).take(NUMBERS_TRIED);
        let id = numbers.find(|id| !open.contains_key(id))?;
        open.insert(id, (name, tell));
        Some(Waiting(self, id))
    }
}

/// A question that waits; it does so no longer when this is dropped.
struct Waiting<'a>(&'a Open, u16);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.0.lock().remove(&self.1);
    }
}

impl Resolver {
    pub(crate) async fn connect(server: SocketAddr) -> io::Result<Self> {
        let any: IpAddr = if server.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
        let socket = Arc::new(UdpSocket::bind((any, 0)).await?);
        socket.connect(server).await?;
        let open = Arc::new(Open::default());
        let reading = tokio::spawn(read(Arc::clone(&socket), Arc::clone(&open))).abort_handle();
        Ok(Self { socket, open, reading })
    }

    /// Asks; `None`: nothing was heard in time. Anybody on the way can answer before the one who was asked: only what
    /// `opens` gives a value for is believed at once, and the first of all else a little later.
    pub(crate) async fn ask<T>(
        &self,
        name: &Name,
        with_edns: bool,
        patience: Duration,
        opens: impl Fn(&[u8]) -> Option<T>,
    ) -> Option<Result<T, Told>> {
        let (tell, mut told) = mpsc::channel(ANSWERS_MAX);
        let waiting = self.open.wait(name.clone(), tell)?;
        self.socket.send(&message::question(waiting.1, name, with_edns)?).await.ok()?;
        let (mut first, mut until) = (None, Instant::now().checked_add(patience)?);
        while let Ok(Some(told)) = timeout_at(until, told.recv()).await {
            let opened = if let Told::Text(text) = &told { opens(text) } else { None };
            match opened {
                Some(opened) => return Some(Ok(opened)),
                None if first.is_none() => {
                    first = Some(told);
                    until = until.min(Instant::now().checked_add(GRACE)?);
                }
                None => {}
            }
        }
        first.map(Err)
    }
}

impl Drop for Resolver {
    fn drop(&mut self) {
        self.reading.abort();
    }
}

/// Never returns: gives each answer to who asked.
async fn read(socket: Arc<UdpSocket>, open: Arc<Open>) {
    let mut buffer = vec![0; PACKET_BYTES_MAX];
    loop {
        let Ok(length) = socket.recv(&mut buffer).await else {
            tokio::time::sleep(ERROR_PAUSE).await;
            continue;
        };
        let packet = buffer.get(..length).unwrap_or_default();
        let Some(id) = message::number(packet) else { continue };
        let waiting = open.0.lock();
        let told = waiting.get(&id).and_then(|(name, _)| message::told(packet, id, name));
        if let Some(told) = told
            && let Some((_, asker)) = waiting.get(&id)
        {
            // Who asked may have gone, or have more than enough.
            let _ = asker.try_send(told);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_systems_name_servers_are_the_first_three_that_can_be_read() {
        let settings = "# by hand\nsearch home.example\nnameserver 192.0.2.53\nnameserver fe80::1%eth0\n\
                        nameserver 2001:db8::53 # the other\n nameserver\nnameserver 192.0.2.54\nnameserver 192.0.2.55\n";
        let all: Vec<String> = servers_of(settings).iter().map(ToString::to_string).collect();
        assert_eq!(all, ["192.0.2.53:53", "[2001:db8::53]:53", "192.0.2.54:53"]);
        assert_eq!(servers_of("options timeout:1\n"), []);
    }
}
