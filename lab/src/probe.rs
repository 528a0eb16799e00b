//! Active probing: what a censor finds out about a server by talking to it.
//!
//! Requirements: a way to the server that the censor does not judge. Provided: each check's finding in words, and
//! whether it tells the server from a website. Not provided: a comparison with one certain website.
//!
//! Sources of the probes: Ensafi et al., “Examining How the Great Firewall Discovers Hidden Circumvention Servers”,
//! IMC 2015 (garbage, replay); Frolov, Wampler, Wustrow, “Detecting Probe-resistant Proxies”, NDSS 2020 (silence,
//! time-outs); Alice et al., “How China Detects and Blocks Shadowsocks”, IMC 2020 (replay).

mod tls;

use crate::{look::hello, rules::Target};
use anyhow::{Context as _, Result};
use rand::{RngCore as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};
use std::{
    io::{self, ErrorKind, Read as _, Write as _},
    net::{SocketAddr, SocketAddrV4, TcpStream},
    time::{Duration, Instant},
};

/// How long a server may be silent before that is an answer.
const SILENCE: Duration = Duration::from_secs(10);
const CONNECT: Duration = Duration::from_secs(5);
/// Bytes of noise: the first is no TLS record's.
const NOISE_BYTES: usize = 200;
/// Requests of each kind whose fastest answers are compared.
const TIMED: usize = 10;
/// Fastest answers further apart than this tell kinds of paths apart.
const APART: Duration = Duration::from_micros(1_500);
/// Paths that give a relay's program away when they are answered.
const TELLING: [&str; 8] =
    ["/metrics", "/status", "/health", "/relay", "/rpc", "/api/v2", "/simurgh", "/.well-known/simurgh"];

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Finding {
    /// Where.
    pub(crate) server: String,
    /// Which check.
    pub(crate) check: String,
    /// What was seen.
    pub(crate) seen: String,
    /// A website would not have answered so.
    pub(crate) suspicious: bool,
    /// There was an answer to judge.
    #[serde(default)]
    pub(crate) answered: bool,
}

impl Finding {
    /// Of a probe that had not ended when the censor was stopped.
    pub(crate) fn unended(server: SocketAddrV4) -> Self {
        let (check, seen) = ("all checks".to_owned(), "the probe has not ended".to_owned());
        Self { server: server.to_string(), check, seen, suspicious: false, answered: false }
    }
}

/// A look at a server: what was seen, and whether that is suspicious.
type Look = fn(&Target, u64) -> Result<(String, bool)>;

/// Every check by its name.
const CHECKS: [(&str, Look); 5] =
    [("noise", noise), ("replay", replay), ("alpn", alpn), ("paths", paths), ("timing", timing)];

/// Runs every check.
pub(crate) fn run(target: &Target, seed: u64) -> Vec<Finding> {
    let finding = |(check, look): (&str, Look)| {
        // a server that can't be reached now is none the censor can judge, which the report says
        let looked = look(target, seed);
        let answered = looked.is_ok();
        let (seen, suspicious) = looked.unwrap_or_else(|error| (format!("no answer: {error:#}"), false));
        Finding { server: target.server.to_string(), check: check.to_owned(), seen, suspicious, answered }
    };
    CHECKS.into_iter().map(finding).collect()
}

/// One request on a connection of its own, whose patience the caller has set; the answer's status.
pub(crate) fn status_over(stream: TcpStream, target: &Target, method: &str, path: &str) -> Result<u16> {
    tls::over(stream, target, &[b"http/1.1"])?.ask(method, path)
}

fn status(target: &Target, method: &str, path: &str) -> Result<u16> {
    status_over(dial(target)?, target, method, path)
}

/// Noise: a TLS server says or does something about it; one that waits for more is none.
fn noise(target: &Target, seed: u64) -> Result<(String, bool)> {
    let mut bytes = vec![0; NOISE_BYTES];
    ChaCha8Rng::seed_from_u64(seed).fill_bytes(&mut bytes);
    if let Some(first) = bytes.first_mut() {
        *first = 0x8f;
    }
    let answer = first_answer(target, &bytes)?;
    Ok((answer.to_string(), answer == Answer::Silence))
}

/// A person's own first bytes again: a TLS server begins another handshake, one with a replay filter does not.
fn replay(target: &Target, _: u64) -> Result<(String, bool)> {
    let answer = first_answer(target, &target.recorded)?;
    Ok((answer.to_string(), answer != Answer::Handshake))
}

/// A protocol that nobody has is on offer: a website takes none of it.
fn alpn(target: &Target, _: u64) -> Result<(String, bool)> {
    match tls::connect(target, &[b"simurgh-probe/9"]) {
        Ok(connection) => {
            let taken = connection.protocol().map(|name| String::from_utf8_lossy(name).into_owned());
            let seen = format!("handshake, protocol {}", taken.as_deref().unwrap_or("none"));
            Ok((seen, taken.is_some()))
        }
        Err(error) if is_no_answer(&error) => Err(error),
        Err(error) => Ok((format!("refused: {error:#}"), false)),
    }
}

/// Whether nobody was there or said anything, so that nothing was refused either.
fn is_no_answer(error: &anyhow::Error) -> bool {
    let kind = error.downcast_ref::<io::Error>().map(io::Error::kind);
    kind.is_some_and(|kind| {
        matches!(
            kind,
            ErrorKind::WouldBlock
                | ErrorKind::TimedOut
                | ErrorKind::ConnectionRefused
                | ErrorKind::HostUnreachable
                | ErrorKind::NetworkUnreachable
        )
    })
}

/// The first page is one, telling paths are not there, and nobody can post.
fn paths(target: &Target, _: u64) -> Result<(String, bool)> {
    let first = status(target, "GET", "/")?;
    if first != 200 {
        return Ok((format!("GET / gives {first}"), true));
    }
    for path in TELLING {
        let found = status(target, "GET", path)?;
        if found != 404 {
            return Ok((format!("GET {path} gives {found}"), true));
        }
    }
    let posted = status(target, "POST", "/")?;
    Ok((format!("GET / 200, telling paths 404, POST / {posted}"), posted == 200))
}

/// Paths that don't exist take the same time, whether they are short or as long as a secret.
fn timing(target: &Target, seed: u64) -> Result<(String, bool)> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut fastest = [Duration::MAX; 2];
    for _ in 0..TIMED {
        for (bytes, fastest) in [4_usize, 16].into_iter().zip(&mut fastest) {
            let mut name = vec![0; bytes];
            random.fill_bytes(&mut name);
            let mut connection = tls::connect(target, &[b"http/1.1"])?;
            let began = Instant::now();
            connection.ask("POST", &format!("/{}", hex::encode(name)))?;
            *fastest = began.elapsed().min(*fastest);
        }
    }
    let [short, long] = fastest;
    let apart = short.abs_diff(long);
    let seen = format!("fastest answers {} µs and {} µs", short.as_micros(), long.as_micros());
    Ok((seen, apart > APART))
}

/// How a server answers bytes without more to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Handshake,
    Alert,
    Text,
    Other,
    Closed,
    Silence,
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Handshake => "a TLS handshake",
            Self::Alert => "a TLS alert",
            Self::Text => "text",
            Self::Other => "bytes that are no TLS",
            Self::Closed => "closed",
            Self::Silence => "silence",
        })
    }
}

fn first_answer(target: &Target, bytes: &[u8]) -> Result<Answer> {
    let mut stream = dial(target)?;
    stream.write_all(bytes)?;
    let mut buffer = [0; 64];
    let answer = match stream.read(&mut buffer) {
        Ok(0) => Answer::Closed,
        Ok(_) if hello::begins_handshake(&buffer) => Answer::Handshake,
        Ok(_) if buffer.starts_with(&[21, 3]) => Answer::Alert,
        Ok(_) if buffer.iter().take(4).all(u8::is_ascii_graphic) => Answer::Text,
        Ok(_) => Answer::Other,
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => Answer::Silence,
        Err(_) => Answer::Closed,
    };
    Ok(answer)
}

fn dial(target: &Target) -> Result<TcpStream> {
    let stream = TcpStream::connect_timeout(&SocketAddr::V4(target.server), CONNECT).context("no connection")?;
    stream.set_read_timeout(Some(SILENCE))?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

#[cfg(test)]
mod tests;
