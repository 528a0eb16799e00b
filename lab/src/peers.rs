//! Peers: other ways out, in the same country under the same adversaries, for comparison.
//!
//! Provided: for each peer how many small exchanges went through after the block began, each on a connection of its own.
//! The real `shadowsocks-libev` and `obfs4proxy` (Debian) where they are installed; plain HTTPS, plain WebSocket and
//! datagrams as WireGuard shapes them by small programs here. Nobody has put their servers on a list: what is judged is
//! how they look. Two are there to be hit: what is no TLS on the port of HTTPS, and many connections at once.

mod ask;
mod obfs4;
mod serve;
mod shadowsocks;

use crate::{
    network::Plan,
    world::{self, Process, World},
};
use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    net::Ipv4Addr,
    time::{Duration, Instant},
};

pub(crate) use ask::{Asked, ask};
pub(crate) use serve::serve;

/// Bytes of a question and of its answer.
const ASKED: usize = 64;
const ANSWERED: usize = 1_024;
const HTTPS_PORT: u16 = 443;
const WEBSOCKET_PORT: u16 = 80;
const DATAGRAM_PORT: u16 = 51_820;
/// Where the server behind a tunnel listens, seen from the peers' server itself.
const BEHIND: &str = "127.0.0.1:9000";
const BEHIND_PORT: u16 = 9_000;
/// Where most peers have their server.
const SITE: &str = "site";
/// Where the one that opens many connections at once has its own, so that the others are not counted with them.
const MARKET: &str = "market";
/// Connections at once: more than the adversary `connection-count` lets one person have.
const AT_ONCE: usize = 8;
/// Exchanges of each peer before and after the block begins, one a second.
const BEFORE: u64 = 3;
const AFTER: u64 = 12;
const PATIENCE: Duration = Duration::from_secs(10);

/// A way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Peer {
    /// TLS 1.3 to a website.
    Https,
    /// The same, while many other connections to it are open.
    HttpsAtOnce,
    /// WebSocket without TLS.
    WebSocket,
    /// UDP that looks like WireGuard.
    Datagrams,
    /// shadowsocks-libev, chacha20-ietf-poly1305.
    Shadowsocks,
    /// The same on the port of HTTPS.
    ShadowsocksOnHttps,
    /// obfs4proxy.
    Obfs4,
}

impl Peer {
    /// Everybody, in the table's order.
    pub(crate) const ALL: [Self; 7] = [
        Self::Https,
        Self::HttpsAtOnce,
        Self::WebSocket,
        Self::Datagrams,
        Self::Shadowsocks,
        Self::ShadowsocksOnHttps,
        Self::Obfs4,
    ];

    /// What the table calls it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Https => "plain HTTPS",
            Self::HttpsAtOnce => "HTTPS, 8 connections open",
            Self::WebSocket => "plain WebSocket",
            Self::Datagrams => "UDP like WireGuard",
            Self::Shadowsocks => "shadowsocks-libev",
            Self::ShadowsocksOnHttps => "shadowsocks-libev on port 443",
            Self::Obfs4 => "obfs4proxy",
        }
    }
}

/// An exchange, as the asking side tells it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Told {
    peer: Peer,
    /// Its number, counted from 0; one a second.
    number: u64,
    arrived: bool,
}

/// How many exchanges of a peer went through after the block began, and of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Through {
    /// Went through.
    pub(crate) arrived: u64,
    /// Were tried.
    pub(crate) tried: u64,
}

/// Measures all peers under the censor that `order` gives orders to.
pub(crate) fn measure(
    plan: &Plan,
    world: &World,
    row: &str,
    mut order: impl FnMut(&str) -> Result<()>,
) -> Result<BTreeMap<Peer, Through>> {
    let _servers = [serve_on(plan, world, row, SITE)?, serve_on(plan, world, row, MARKET)?];
    let shadowsocks = shadowsocks::start(plan, world, row)?;
    let obfs4 = obfs4::start(plan, world, row)?;
    let is_here = |peer: Peer| match peer {
        Peer::Https | Peer::HttpsAtOnce | Peer::WebSocket | Peer::Datagrams => true,
        Peer::Shadowsocks | Peer::ShadowsocksOnHttps => shadowsocks.is_some(),
        Peer::Obfs4 => obfs4.is_some(),
    };
    let mut command = world.command("visitor", &plan.lab);
    command.args(["peer-ask", "--address", &address(SITE)?.to_string(), "--market", &address(MARKET)?.to_string()]);
    command.args(["--times", &BEFORE.saturating_add(AFTER).to_string()]);
    if let Some(obfs4) = &obfs4 {
        command.args(["--obfs4", &obfs4.near.to_string(), "--arguments", &obfs4.arguments]);
    }
    let asking = Process::start_ready(command, "the peers' client", &plan.log(row, "peer-ask")?, PATIENCE)?;
    // between two exchanges
    let block = Instant::now().checked_add(Duration::from_millis(BEFORE.saturating_mul(1000).saturating_sub(500)));
    std::thread::sleep(block.map(|at| at.saturating_duration_since(Instant::now())).unwrap_or_default());
    order("block")?;
    let mut through: BTreeMap<Peer, Through> = BTreeMap::new();
    for _ in 0..BEFORE.saturating_add(AFTER).saturating_mul(u64::try_from(Peer::ALL.len())?) {
        let told: Told = serde_json::from_value(asking.line(PATIENCE)?)?;
        if told.number >= BEFORE && is_here(told.peer) {
            let sum = through.entry(told.peer).or_default();
            sum.tried = sum.tried.saturating_add(1);
            sum.arrived = sum.arrived.saturating_add(u64::from(told.arrived));
        }
    }
    Ok(through)
}

/// The far side of the peers on a host.
fn serve_on(plan: &Plan, world: &World, row: &str, host: &str) -> Result<Process> {
    let mut command = world.command(host, &plan.lab);
    command.args(["peer-serve", "--address", &address(host)?.to_string()]);
    let log = plan.log(row, &format!("peer-serve-{host}"))?;
    Process::start_ready(command, &format!("the peers' server {host}"), &log, PATIENCE)
}

fn address(host: &str) -> Result<Ipv4Addr> {
    let known = world::host(host).with_context(|| format!("there is no {host}"))?;
    Ok(known.address)
}
