//! A name server for the laboratory: knows some names, asks another server for the rest.
//!
//! Provided: answers for addresses over UDP; what it does not know it passes on as it came, without remembering the
//! answer, so that each question abroad crosses the border. Not provided: TCP, anything but address records of its own.

use crate::look::dns::{self, Answer};
use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    net::{Ipv4Addr, SocketAddr, UdpSocket},
    sync::Arc,
    thread,
    time::Duration,
};

/// How long another server may take.
const PATIENCE: Duration = Duration::from_secs(4);
/// Bytes of a datagram.
const DATAGRAM_BYTES_MAX: usize = 4_096;

/// What a server knows.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Zone {
    /// Addresses by name.
    pub(crate) hosts: BTreeMap<String, Ipv4Addr>,
    /// Servers of whole zones, by the zone's name; the name `""` is everything.
    pub(crate) servers: BTreeMap<String, SocketAddr>,
}

impl Zone {
    /// The answer to a question, or who knows it.
    fn find(&self, question: &dns::Question) -> Found {
        if let Some(address) = self.hosts.get(&question.name) {
            let known = question.kind == dns::A;
            return Found::Answer(if known { Answer::Address(*address) } else { Answer::Nothing });
        }
        let within = self.servers.iter().filter(|(zone, _)| zone.is_empty() || dns::is_within(&question.name, zone));
        match within.max_by_key(|(zone, _)| zone.len()) {
            Some((_, server)) => Found::Server(*server),
            None => Found::Answer(Answer::NoName),
        }
    }
}

enum Found {
    Answer(Answer),
    Server(SocketAddr),
}

/// Serves until the process ends.
pub(crate) fn serve(listen: SocketAddr, zone: Zone) -> Result<()> {
    let socket = UdpSocket::bind(listen).with_context(|| format!("can't listen on {listen}"))?;
    let (socket, zone) = (Arc::new(socket), Arc::new(zone));
    let mut buffer = [0; DATAGRAM_BYTES_MAX];
    loop {
        let (length, from) = socket.recv_from(&mut buffer)?;
        let query = buffer.get(..length).unwrap_or_default().to_vec();
        let Some(question) = dns::question(&query) else { continue };
        match zone.find(&question) {
            Found::Answer(answer) => {
                socket.send_to(&dns::answer(&query, &question, answer), from).ok();
            }
            Found::Server(server) => {
                let socket = Arc::clone(&socket);
                thread::spawn(move || ask(&query, server).and_then(|answer| Ok(socket.send_to(&answer, from)?)));
            }
        }
    }
}

fn ask(query: &[u8], server: SocketAddr) -> Result<Vec<u8>> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))?;
    socket.connect(server)?;
    socket.set_read_timeout(Some(PATIENCE))?;
    socket.send(query)?;
    let mut buffer = vec![0; DATAGRAM_BYTES_MAX];
    let length = socket.recv(&mut buffer)?;
    buffer.truncate(length);
    Ok(buffer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::look::dns::{A, question, tests::query};

    #[test]
    fn own_names_are_answered_and_others_passed_to_the_closest_zone() {
        let (far, near) = ("203.0.113.53:53".parse().unwrap(), "203.0.113.21:53".parse().unwrap());
        let zone = Zone {
            hosts: [("home.example".to_owned(), Ipv4Addr::new(192, 0, 2, 1))].into(),
            servers: [(String::new(), far), ("t.bakery.example".to_owned(), near)].into(),
        };
        let find = |name: &str| zone.find(&question(&query(name, A)).unwrap());
        assert!(matches!(find("home.example"), Found::Answer(Answer::Address(_))));
        assert!(matches!(find("a.t.bakery.example"), Found::Server(server) if server == near));
        assert!(matches!(find("bakery.example"), Found::Server(server) if server == far));
    }
}
