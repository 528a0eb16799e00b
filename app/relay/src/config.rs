//! How a relay is set up, and what it lets strangers use.

use crate::AcmeConfig;
use mailbox::bridge::FRIENDS_OF_BRIDGE_MAX;
use mailbox::limits::{Limits, Rate};
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::PathBuf;
use wire::{Region, RelayDescriptor};

/// How a relay is set up. Its keys and its secret path are in its folder, made at the first start.
#[derive(Clone, Debug)]
pub struct RelayConfig {
    /// Its folder: keys, mailboxes.
    pub dir: PathBuf,
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The host name in its descriptor; without one the address it listens on.
    pub public_host: Option<String>,
    /// The relays to which it carries requests on.
    pub peers: Vec<RelayDescriptor>,
    /// The chain nodes to which `Chain` requests go, as `http://host:port`; when one fails the next is asked.
    pub nodes: Vec<String>,
    /// A folder with the website that strangers see; without one a small one that is built in.
    pub decoy: Option<PathBuf>,
    /// A server whose website is shown instead, as `https://host`.
    pub mirror: Option<String>,
    /// The authority that signs for the relay's domain; without one the relay signs for itself.
    pub acme: Option<AcmeConfig>,
    /// Where `/metrics` is served: a loopback address, port 0 takes a free one.
    pub metrics: Option<SocketAddr>,
    /// Its zone in DNS, if it has one.
    pub dns: Option<DnsConfig>,
    /// The country that its descriptor says it is in.
    pub region: Option<Region>,
    /// Links for friends that all its people together may pass on (MBX-58).
    pub friend_links: usize,
    /// What strangers can use of it.
    pub limits: RelayLimits,
}

/// How a relay answers in DNS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DnsConfig {
    /// The zone that is delegated to it, in small letters, without a dot at the end.
    pub zone: String,
    /// Where it listens for queries, over UDP; port 0 takes a free one.
    pub listen: SocketAddr,
}

impl RelayConfig {
    /// A relay in `dir` on a free loopback port, with metrics, without peers and nodes.
    #[must_use]
    pub fn on_loopback(dir: PathBuf) -> Self {
        let free = SocketAddr::from(([127, 0, 0, 1], 0));
        Self {
            dir,
            listen: free,
            public_host: None,
            peers: Vec::new(),
            nodes: Vec::new(),
            decoy: None,
            mirror: None,
            acme: None,
            metrics: Some(free),
            dns: None,
            region: None,
            friend_links: FRIENDS_OF_BRIDGE_MAX,
            limits: RelayLimits::default(),
        }
    }
}

/// What strangers can use of a relay. The defaults suit a small public relay on two cores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RelayLimits {
    /// Mailboxes, cells, polls.
    pub mailbox: Limits,
    /// Requests of one network address; what is above costs no decryption.
    pub requests: Rate,
    /// Connections in all.
    pub connections_max: usize,
    /// Connections of one network address.
    pub connections_per_source_max: usize,
    /// Requests under way until their answers are sent, waiting fetches included.
    pub requests_max: usize,
    /// Requests under way of one network address.
    pub requests_per_source_max: usize,
    /// Request bodies held at once (each may have 70 kB).
    pub bodies_max: usize,
    /// Request bodies of one network address held at once.
    pub bodies_per_source_max: usize,
    /// Bytes of answers that are not sent yet.
    pub reply_bytes_max: u64,
    /// Bytes of answers to one network address that are not sent yet.
    pub reply_bytes_per_source_max: u64,
    /// Requests that the server of a mirrored website is asked at once.
    pub mirrored_max: usize,
    /// Those of one network address.
    pub mirrored_per_source_max: usize,
    /// A connection to that server which nothing goes over is closed after this, in milliseconds.
    pub mirror_idle_ms: u64,
    /// Requests carried on to other relays at once, waiting fetches included.
    pub forwards_max: usize,
    /// Requests of one network address carried on at once.
    pub forwards_per_source_max: usize,
    /// Requests carried on to one relay at once, over as many connections as its [`Self::streams_max`] makes necessary.
    pub forwards_per_target_max: usize,
    /// Exchanges that come in segments, until they are forgotten.
    pub segmented_max: usize,
    /// Those of one network address.
    pub segmented_per_source_max: usize,
    /// Bytes of segments that wait for others.
    pub part_bytes_max: u64,
    /// Those of one network address.
    pub part_bytes_per_source_max: u64,
    /// Queries of one network address, mostly a resolver's, in DNS.
    pub dns_queries: Rate,
    /// Queries of everybody that are opened because they may begin a session; to more the zone has no records.
    pub dns_opened: Rate,
    /// Queries in DNS under way, waiting ones included; above [`Self::dns_waiting_max`].
    pub dns_queries_under_way_max: usize,
    /// Queries in DNS that wait for an answer; more are answered at once.
    pub dns_waiting_max: usize,
    /// Those of one network address.
    pub dns_waiting_per_source_max: usize,
    /// Those of one session.
    pub dns_waiting_per_session_max: usize,
    /// Sessions in DNS.
    pub dns_sessions_max: usize,
    /// Those of one network address.
    pub dns_sessions_per_source_max: usize,
    /// Requests to chain nodes at once.
    pub chain_requests_max: usize,
    /// Requests of one network address to chain nodes at once.
    pub chain_requests_per_source_max: usize,
    /// Requests of one network address that did not open here. An entry relay brings those of everybody who uses it, so
    /// this is eight times what it lets one address do.
    pub unopened: Rate,
    /// Requests of one network address that did not open at the relay that they were carried to, for each such relay.
    pub unopened_there: Rate,
    /// Streams of one HTTP/2 connection; an entry relay opens as many connections as it needs.
    pub streams_max: u32,
    /// Time for the TLS handshake, in milliseconds.
    pub handshake_ms: u64,
    /// Time for the first request of a connection and for the head of any, in milliseconds.
    pub head_ms: u64,
    /// Time for the first bytes of a body, in milliseconds; then a byte must come each millisecond.
    pub first_bytes_ms: u64,
    /// Time for the whole body of a request, in milliseconds.
    pub body_ms: u64,
    /// A reader who takes nothing of an answer for so long loses its connection, in milliseconds.
    pub stall_ms: u64,
    /// After so long without an answer from one chain node another is asked as well, in milliseconds.
    pub chain_patience_ms: u64,
    /// Time in which an authority has signed, in milliseconds.
    pub acme_ms: u64,
}

impl Default for RelayLimits {
    fn default() -> Self {
        Self {
            mailbox: Limits::default(),
            requests: Rate { per_second: 2_000, burst: 8_000 },
            // Of everything that all share one address gets an eighth.
            connections_max: 2_048,
            connections_per_source_max: 256,
            requests_max: 16_384,
            requests_per_source_max: 2_048,
            bodies_max: 1_024,
            bodies_per_source_max: 128,
            reply_bytes_max: 256 * 1024 * 1024,
            reply_bytes_per_source_max: 32 * 1024 * 1024,
            mirrored_max: 256,
            mirrored_per_source_max: 32,
            mirror_idle_ms: 30_000,
            forwards_max: 8_192,
            forwards_per_source_max: 1_024,
            forwards_per_target_max: 2_000,
            segmented_max: 8_192,
            segmented_per_source_max: 1_024,
            part_bytes_max: 16 * 1024 * 1024,
            part_bytes_per_source_max: 2 * 1024 * 1024,
            dns_queries: Rate { per_second: 1_000, burst: 20_000 },
            // An opening takes some 50 µs.
            dns_opened: Rate { per_second: 4_000, burst: 8_000 },
            dns_queries_under_way_max: 8_192,
            dns_waiting_max: 4_096,
            dns_waiting_per_source_max: 512,
            dns_waiting_per_session_max: 16,
            dns_sessions_max: 16_384,
            dns_sessions_per_source_max: 2_048,
            chain_requests_max: 2_048,
            chain_requests_per_source_max: 256,
            unopened: Rate { per_second: 160, burst: 8_000 },
            unopened_there: Rate { per_second: 20, burst: 1_000 },
            // As whatever is built with the same library (MBX-61).
            streams_max: 200,
            handshake_ms: 10_000,
            head_ms: 10_000,
            first_bytes_ms: 2_000,
            body_ms: 15_000,
            stall_ms: 20_000,
            chain_patience_ms: 3_000,
            acme_ms: 10 * 60 * 1_000,
        }
    }
}

/// Why a relay did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// Its folder can't be used.
    #[error("the relay's folder {path} can't be used: {reason}")]
    Folder {
        /// Which folder or file.
        path: PathBuf,
        /// What happened.
        reason: String,
    },
    /// A port can't be bound.
    #[error("can't listen on {address}: {reason}. Choose another port or stop what uses it")]
    Listen {
        /// Which address.
        address: SocketAddr,
        /// What happened.
        reason: String,
    },
    /// The authorities that are added can't be read.
    #[error(transparent)]
    Authorities(#[from] carrier::tls::BadAuthorities),
    /// There is no website to show.
    #[error("{0}")]
    Website(String),
    /// No authority can sign for it as it is set up.
    #[error("no authority can sign for this relay: {0}")]
    Acme(String),
    /// Its keys or certificate can't be made or read.
    #[error("the relay's keys can't be used: {0}")]
    Keys(String),
    /// No zone has this name.
    #[error("{0:?} can't be the relay's zone: write a name in small letters, as in t.relay.example, 64 bytes at most")]
    Zone(String),
    /// Its store can't be opened.
    #[error("the relay's store can't be opened: {0}")]
    Store(String),
}
