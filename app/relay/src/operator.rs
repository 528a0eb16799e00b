//! What `simurgh relay init|run|status|invite|invitations|revoke --dir DIR` does. The folder of an operator's relay holds, besides the secrets
//! that [`crate::Relay`] keeps there: `config.json` (written by `init`, edited by the operator), `peers.json` (a list
//! of other relays' descriptors), `relay.json` (this relay's descriptor, to be passed on), `run.json` (where a running
//! relay's metrics are).

use crate::invitations::{self, Take};
use crate::keys::{self, make_private_dir, write_private};
use crate::{AcmeConfig, DnsConfig, Relay, RelayConfig, RelayHandle, RelayLimits, StartError};
use bytes::Bytes;
use http_body_util::{BodyExt, Empty, Limited};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use mailbox::bridge::{self, Bridge, FRIENDS_OF_BRIDGE_MAX, Token};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::BTreeMap;
use std::future::Future;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use wire::{Region, RelayAddress, RelayDescriptor, RelayId, UnixMillis, id};

const CONFIG_FILE: &str = "config.json";
const PEERS_FILE: &str = "peers.json";
const DESCRIPTOR_FILE: &str = "relay.json";
const RUN_FILE: &str = "run.json";
/// How often `peers.json` is looked at while the relay runs.
const PEERS_EVERY: Duration = Duration::from_secs(5);
const DAY_MS: u64 = 24 * 60 * 60 * 1000;
const STATUS_TIMEOUT: Duration = Duration::from_secs(3);
/// Bytes of a relay's metrics.
const METRICS_BYTES_MAX: usize = 64 * 1024;

/// `config.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperatorConfig {
    /// Where it listens, for instance `0.0.0.0:443`.
    pub listen: SocketAddr,
    /// The host name people reach it by; `null` takes the address it listens on.
    pub public_host: Option<String>,
    /// Chain nodes, as `http://host:port`.
    pub nodes: Vec<String>,
    /// A folder with a website of the operator's own; `null` shows a small built-in one.
    pub website: Option<PathBuf>,
    /// A server whose website is shown instead, as `https://host`.
    #[serde(default)]
    pub mirror: Option<String>,
    /// The authority that signs for the domain; `null`: the relay signs for itself.
    #[serde(default)]
    pub acme: Option<AcmeConfig>,
    /// Where metrics are served: a loopback address.
    pub metrics: SocketAddr,
    /// Its zone in DNS; `null` for none.
    #[serde(default)]
    pub dns: Option<DnsConfig>,
    /// The country it is in, as two letters; `null`: it does not say.
    #[serde(default)]
    pub region: Option<Region>,
    /// How many links for friends all its people together may pass on; `null`: 20, 0: none.
    #[serde(default)]
    pub friend_links: Option<usize>,
}

/// How a relay is set up for the first time.
#[derive(Clone, Debug)]
pub struct InitOptions {
    /// Where it is to listen.
    pub listen: SocketAddr,
    /// The host name people reach it by.
    pub public_host: Option<String>,
    /// Chain nodes.
    pub nodes: Vec<String>,
    /// A folder with a website.
    pub website: Option<PathBuf>,
    /// A server whose website is shown instead.
    pub mirror: Option<String>,
    /// The authority that signs for the domain.
    pub acme: Option<AcmeConfig>,
    /// Its zone in DNS.
    pub dns: Option<DnsConfig>,
    /// The country it is in.
    pub region: Option<Region>,
    /// Links for friends that all its people together may pass on.
    pub friend_links: Option<usize>,
    /// A file with the operator's key, made where there is none; without it the relay gets a key of its own.
    pub operator_key: Option<PathBuf>,
}

impl Default for InitOptions {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::UNSPECIFIED, 443)),
            public_host: None,
            nodes: Vec::new(),
            website: None,
            mirror: None,
            acme: None,
            dns: None,
            region: None,
            friend_links: None,
            operator_key: None,
        }
    }
}

/// Why an operator's command failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OperatorError {
    /// What the operator asked for can't be.
    #[error("{what}: {advice}")]
    Option {
        /// What it is.
        what: String,
        /// What to say instead.
        advice: &'static str,
    },
    /// There is a relay in this folder already.
    #[error("there is a relay in {0} already: run it, or choose another folder")]
    Exists(PathBuf),
    /// There is no relay in this folder.
    #[error("there is no relay in {0}: make one with `simurgh relay init --dir DIR`")]
    Missing(PathBuf),
    /// A file can't be read as what it should be.
    #[error("{path} can't be read: {reason}")]
    File {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// There is no such invitation.
    #[error("there is no invitation {0}: see `simurgh relay invitations`")]
    NoInvitation(String),
    /// The link can't be written.
    #[error("the bridge link can't be made: {0}")]
    Link(#[from] wire::codec::CodecError),
    /// The relay stopped by itself: the thread of its store has ended.
    #[error("the relay stopped because its store failed; the lines before this one say why")]
    Ended,
    /// The relay did not start.
    #[error(transparent)]
    Start(#[from] StartError),
}

/// What `relay status` shows.
#[derive(Clone, Debug, Serialize)]
pub struct RelayStatus {
    /// The relay's name.
    pub id: Option<RelayId>,
    /// Whether a relay runs in this folder.
    pub running: bool,
    /// `https://host:port/`
    pub url: Option<String>,
    /// Where its metrics are, when it runs.
    pub metrics: Option<String>,
    /// The metrics' values by name, when it runs.
    pub values: BTreeMap<String, u64>,
}

#[derive(Serialize, Deserialize)]
struct RunFile {
    metrics: String,
}

/// Makes a relay in `dir`: keys and `config.json`. Starts it for a moment, so that what can't work fails here, and
/// writes its descriptor.
pub async fn init(dir: &Path, options: InitOptions) -> Result<RelayDescriptor, OperatorError> {
    if dir.join(CONFIG_FILE).exists() {
        return Err(OperatorError::Exists(dir.to_owned()));
    }
    check(&options)?;
    make_private_dir(dir)?;
    if let Some(file) = &options.operator_key {
        keys::take_operator(dir, file)?;
    }
    let config = OperatorConfig {
        listen: options.listen,
        public_host: options.public_host,
        nodes: options.nodes,
        website: options.website,
        mirror: options.mirror,
        acme: options.acme,
        metrics: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
        dns: options.dns,
        region: options.region,
        friend_links: options.friend_links,
    };
    let relay = Relay::start(relay_config(dir, &config, Vec::new())).await?;
    let descriptor = relay.descriptor().clone();
    // Port 0 has become a real one, which the descriptor names: keep it.
    let dns = config.dns.zip(relay.dns()).map(|(dns, listen)| DnsConfig { listen, ..dns });
    let config = OperatorConfig { listen: relay.listen(), dns, ..config };
    relay.stop().await;
    write_json(&dir.join(CONFIG_FILE), &config)?;
    write_json(&dir.join(DESCRIPTOR_FILE), &descriptor)?;
    if !dir.join(PEERS_FILE).exists() {
        write_json(&dir.join(PEERS_FILE), &Vec::<RelayDescriptor>::new())?;
    }
    Ok(descriptor)
}

/// Whether people could reach a relay that is set up so, and it its nodes.
fn check(options: &InitOptions) -> Result<(), OperatorError> {
    let wrong = |what: String, advice| Err(OperatorError::Option { what, advice });
    match &options.public_host {
        Some(host) if !is_host(host) => {
            return wrong(format!("{host:?} is no host name"), "write it as in relay.example, without port and path");
        }
        None if options.listen.ip().is_unspecified() => {
            let what = format!("nobody can reach a relay by the address {}", options.listen);
            return wrong(what, "say under which name or address it is reached with --host");
        }
        _ => {}
    }
    if let Some(acme) = &options.acme {
        if !acme.is_usable() {
            let what = format!("{:?} is no authority's directory", acme.directory);
            return wrong(what, "write https://HOST/PATH, as the authority's documents have it");
        }
        let host = options.public_host.as_deref().unwrap_or_default();
        if host.is_empty() || host.parse::<IpAddr>().is_ok() {
            let what = "an authority signs for a domain".to_owned();
            return wrong(what, "say which domain leads to this relay with --host");
        }
    }
    if let Some(zone) = options.dns.as_ref().map(|dns| &dns.zone).filter(|zone| !wire::relay::is_zone(zone)) {
        return wrong(format!("{zone:?} can't be its zone"), "write it in small letters, as in t.relay.example");
    }
    match options.nodes.iter().find(|node| !is_node(node)) {
        Some(node) => wrong(format!("{node:?} is no chain node"), "write http://HOST:PORT"),
        None => Ok(()),
    }
}

fn is_host(host: &str) -> bool {
    if let Ok(address) = host.parse::<IpAddr>() {
        return !address.is_unspecified();
    }
    let is_label = |label: &str| {
        let plain = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        plain && (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
    };
    host.len() <= wire::relay::HOST_BYTES_MAX && host.split('.').all(is_label)
}

fn is_node(node: &str) -> bool {
    let Ok(url) = node.parse::<hyper::Uri>() else { return false };
    url.scheme_str() == Some("http")
        && url.port_u16().is_some()
        && matches!(url.path(), "" | "/")
        && url.query().is_none()
}

/// Runs the relay of `dir` until `stop` is done. `started` is told when it serves. Changes of `peers.json` are
/// taken up while it runs.
pub async fn run(
    dir: &Path,
    stop: impl Future<Output = ()>,
    started: impl FnOnce(&RelayHandle),
) -> Result<(), OperatorError> {
    if !dir.join(CONFIG_FILE).exists() {
        return Err(OperatorError::Missing(dir.to_owned()));
    }
    let config: OperatorConfig = read_json(&dir.join(CONFIG_FILE))?;
    let peers_path = dir.join(PEERS_FILE);
    let peers = if peers_path.exists() { read_peers(&peers_path)? } else { Vec::new() };
    let relay = Relay::start(relay_config(dir, &config, peers)).await?;
    write_json(&dir.join(DESCRIPTOR_FILE), relay.descriptor())?;
    if let Some(metrics) = relay.metrics_url() {
        write_json(&dir.join(RUN_FILE), &RunFile { metrics })?;
    }
    started(&relay);
    let ended = tokio::select! {
        () = stop => Ok(()),
        () = follow_peers(&peers_path, &relay) => Ok(()),
        () = relay.ended() => Err(OperatorError::Ended),
    };
    relay.stop().await;
    std::fs::remove_file(dir.join(RUN_FILE)).ok();
    ended
}

/// A bridge link that was just made.
#[derive(Clone, Debug)]
pub struct NewInvitation {
    /// The link to hand over.
    pub link: String,
    /// Names the invitation, to take it back.
    pub name: String,
    /// When the link stops working.
    pub expires: UnixMillis,
}

/// An invitation of this relay.
#[derive(Clone, Debug, Serialize)]
pub struct InvitationInfo {
    /// Names it.
    pub name: String,
    /// Whom the operator made it for.
    pub label: String,
    /// When its link stops working.
    pub expires_ms: u64,
    /// Somebody has redeemed it.
    pub used: bool,
    /// The name of the invitation of whoever passed its link on; without one the operator made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inviter: Option<String>,
    /// The day, counted from 1970, since which whoever has redeemed it is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since_day: Option<u64>,
}

/// Makes a bridge link to the relay of `dir`, good for one person and so many days.
pub fn invite(dir: &Path, label: &str, days: u64) -> Result<NewInvitation, OperatorError> {
    invite_by(dir, label, days, invitations::draw())
}

/// The same with a token that was drawn before.
pub(crate) fn invite_by(dir: &Path, label: &str, days: u64, token: Token) -> Result<NewInvitation, OperatorError> {
    let descriptor: RelayDescriptor = descriptor(dir)?;
    let label = wire::text::clean_name(label, invitations::LABEL_BYTES_MAX);
    let now = store::clock::now();
    let expires = now.plus_ms(days.saturating_mul(DAY_MS)).min(now.plus_ms(bridge::LIFETIME_MS_MAX));
    let inviter = keys::operator(dir)?;
    let secret_path = invitations::invite(dir, &label, token, expires)?;
    let address = RelayAddress { secret_path, ..descriptor.address.clone() };
    let bridge = Bridge::new(descriptor.id(), address, token, expires, now, &inviter);
    Ok(NewInvitation { link: bridge.to_link(&inviter)?, name: invitation_name(token), expires: bridge.expires() })
}

/// What names the invitation of a token.
pub(crate) fn invitation_name(token: Token) -> String {
    id::to_hex(&bridge::token_hash(token))
}

/// The invitations of the relay of `dir`, used ones included.
pub fn invitations(dir: &Path) -> Result<Vec<InvitationInfo>, OperatorError> {
    descriptor(dir)?;
    let info = |stored: invitations::Stored| InvitationInfo {
        name: id::to_hex(&stored.invitation.name()),
        expires_ms: stored.invitation.expires().0,
        used: stored.invitation.is_used(),
        inviter: stored.inviter.map(|inviter| id::to_hex(&inviter)),
        since_day: stored.guest.since,
        label: stored.label,
    };
    let mut all: Vec<InvitationInfo> = invitations::list(dir)?.into_iter().map(info).collect();
    all.sort_by(|one, other| (one.expires_ms, &one.name).cmp(&(other.expires_ms, &other.name)));
    Ok(all)
}

/// Takes an invitation back, and the path that somebody got for it.
pub fn revoke(dir: &Path, name: &str) -> Result<(), OperatorError> {
    let found = take_back(dir, name, Take::Any)?;
    found.map(|_| ()).ok_or_else(|| OperatorError::NoInvitation(name.to_owned()))
}

/// Takes an invitation back; says whether it was redeemed. `None`: there is none of this name.
pub(crate) fn take_back(dir: &Path, name: &str, take: Take) -> Result<Option<bool>, OperatorError> {
    descriptor(dir)?;
    let name = id::from_hex(name).ok();
    Ok(name.map(|name| invitations::revoke(dir, &name, take)).transpose()?.flatten())
}

/// The descriptor of the relay of `dir`.
pub(crate) fn descriptor(dir: &Path) -> Result<RelayDescriptor, OperatorError> {
    if !dir.join(CONFIG_FILE).exists() {
        return Err(OperatorError::Missing(dir.to_owned()));
    }
    read_json(&dir.join(DESCRIPTOR_FILE))
}

/// Looks whether the relay of `dir` runs, and at its metrics.
pub async fn status(dir: &Path) -> Result<RelayStatus, OperatorError> {
    let descriptor = descriptor(dir)?;
    let url = format!("https://{}:{}/", descriptor.address.host, descriptor.address.port);
    let metrics = read_json::<RunFile>(&dir.join(RUN_FILE)).ok().map(|file| file.metrics);
    let values = match &metrics {
        Some(url) => tokio::time::timeout(STATUS_TIMEOUT, scrape(url)).await.ok().flatten(),
        None => None,
    };
    Ok(RelayStatus {
        id: Some(descriptor.id()),
        running: values.is_some(),
        url: Some(url),
        metrics: metrics.filter(|_| values.is_some()),
        values: values.unwrap_or_default(),
    })
}

fn relay_config(dir: &Path, config: &OperatorConfig, peers: Vec<RelayDescriptor>) -> RelayConfig {
    RelayConfig {
        dir: dir.to_owned(),
        listen: config.listen,
        public_host: config.public_host.clone(),
        peers,
        nodes: config.nodes.clone(),
        decoy: config.website.clone(),
        mirror: config.mirror.clone(),
        acme: config.acme.clone(),
        metrics: Some(config.metrics),
        dns: config.dns.clone(),
        region: config.region,
        friend_links: config.friend_links.unwrap_or(FRIENDS_OF_BRIDGE_MAX),
        limits: RelayLimits::default(),
    }
}

/// Never returns: takes up every new version of the file that can be read.
async fn follow_peers(path: &Path, relay: &RelayHandle) {
    let changed = |path: &Path| -> Option<SystemTime> { std::fs::metadata(path).ok()?.modified().ok() };
    let mut known = changed(path);
    loop {
        tokio::time::sleep(PEERS_EVERY).await;
        let current = changed(path);
        if current == known {
            continue;
        }
        known = current;
        match read_peers(path) {
            Ok(peers) => relay.set_peers(peers),
            Err(error) => tracing::warn!(%error, "the new peers are not taken up"),
        }
    }
}

async fn scrape(url: &str) -> Option<BTreeMap<String, u64>> {
    let client = Client::builder(TokioExecutor::new()).build_http::<Empty<Bytes>>();
    let response = client.get(url.parse().ok()?).await.ok()?;
    let body = Limited::new(response.into_body(), METRICS_BYTES_MAX).collect().await.ok()?.to_bytes();
    let text = String::from_utf8(body.to_vec()).ok()?;
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let values = lines.filter_map(|line| {
        let (name, value) = line.split_once(' ')?;
        Some((name.to_owned(), value.parse().ok()?))
    });
    Some(values.collect())
}

/// The relays that this one passes requests on to, each within its bounds.
fn read_peers(path: &Path) -> Result<Vec<RelayDescriptor>, OperatorError> {
    let peers: Vec<RelayDescriptor> = read_json(path)?;
    let checked = peers.into_iter().map(RelayDescriptor::checked).collect::<Result<_, _>>();
    checked.map_err(|error| OperatorError::File { path: path.to_owned(), reason: error.to_string() })
}

fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, OperatorError> {
    let failed = |reason: String| OperatorError::File { path: path.to_owned(), reason };
    let text = std::fs::read(path).map_err(|error| failed(error.to_string()))?;
    serde_json::from_slice(&text).map_err(|error| failed(error.to_string()))
}

fn write_json<T: Serialize>(path: &Path, value: &T) -> Result<(), OperatorError> {
    let failed = |reason: String| OperatorError::File { path: path.to_owned(), reason };
    let mut text = serde_json::to_vec_pretty(value).map_err(|error| failed(error.to_string()))?;
    text.push(b'\n');
    Ok(write_private(path, &text)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::sync::oneshot;

    fn on_loopback() -> InitOptions {
        InitOptions { listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), ..InitOptions::default() }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_relay_is_made_run_looked_at_and_stopped() {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path().join("relay");
        assert!(matches!(status(&dir).await, Err(OperatorError::Missing(_))));
        let region = "IR".parse().ok();
        let made = init(&dir, InitOptions { region, ..on_loopback() }).await.unwrap();
        assert_eq!(made.region, region);
        assert!(matches!(init(&dir, on_loopback()).await, Err(OperatorError::Exists(_))));
        assert!(!status(&dir).await.unwrap().running);
        let (stop, stopped) = oneshot::channel::<()>();
        let (started, running) = oneshot::channel();
        let folder = dir.clone();
        let task = tokio::spawn(async move {
            let stopped = async { stopped.await.unwrap_or(()) };
            run(&folder, stopped, |relay| started.send(relay.descriptor().clone()).unwrap()).await
        });
        assert_eq!(running.await.unwrap(), made);
        let seen = status(&dir).await.unwrap();
        assert!(seen.running);
        assert_eq!((seen.id, seen.values["relay_mailboxes"]), (Some(made.id()), 0));
        stop.send(()).unwrap();
        task.await.unwrap().unwrap();
        assert!(!status(&dir).await.unwrap().running);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_relay_with_a_zone_says_so_and_keeps_its_key_and_one_from_before_has_none() {
        let dir = tempfile::tempdir().unwrap();
        let (dir, old) = (dir.path().join("relay"), dir.path().join("old"));
        let dns =
            Some(DnsConfig { zone: "t.relay.example".into(), listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)) });
        let made = init(&dir, InitOptions { dns, ..on_loopback() }).await.unwrap();
        assert_eq!(made.address.dns.as_ref().unwrap().zone, "t.relay.example");
        let config: OperatorConfig = read_json(&dir.join(CONFIG_FILE)).unwrap();
        assert_ne!(config.dns.as_ref().unwrap().listen.port(), 0);
        let again = Relay::start(relay_config(&dir, &config, Vec::new())).await.unwrap();
        assert_eq!(again.descriptor(), &made);
        again.stop().await;
        init(&old, on_loopback()).await.unwrap();
        let text = std::fs::read_to_string(old.join(CONFIG_FILE)).unwrap();
        let mut fields: BTreeMap<String, serde_json::Value> = serde_json::from_str(&text).unwrap();
        for later in ["dns", "region", "friend_links"] {
            assert_eq!(fields.remove(later), Some(serde_json::Value::Null));
        }
        write_json(&old.join(CONFIG_FILE), &fields).unwrap();
        assert_eq!(read_json::<OperatorConfig>(&old.join(CONFIG_FILE)).unwrap().dns, None);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_config_with_a_misspelt_field_is_refused_by_name() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(CONFIG_FILE), r#"{"listne":"127.0.0.1:1"}"#).unwrap();
        let error = run(dir.path(), std::future::pending(), |_| {}).await.unwrap_err();
        assert!(error.to_string().contains("listne"), "{error}");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_relay_that_nobody_could_reach_is_not_set_up() {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path().join("relay");
        let anywhere = InitOptions { listen: SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)), ..InitOptions::default() };
        let error = init(&dir, anywhere.clone()).await.unwrap_err().to_string();
        assert!(error.contains("--host"), "{error}");
        for host in ["", "bad host", "relay.example/", "relay.example:443", "a..b", "-a.example", "0.0.0.0", "::"] {
            let options = InitOptions { public_host: Some(host.into()), ..on_loopback() };
            assert!(matches!(init(&dir, options).await, Err(OperatorError::Option { .. })), "{host}");
        }
        let acme = |directory: &str| Some(AcmeConfig { directory: directory.into(), contact: None });
        for (host, directory) in [
            (None, "https://authority.example/directory"),
            (Some("192.0.2.1"), "https://authority.example/directory"),
            (Some("relay.example"), "authority.example"),
            (Some("relay.example"), "http://authority.example/directory"),
        ] {
            let options = InitOptions { public_host: host.map(Into::into), acme: acme(directory), ..on_loopback() };
            assert!(matches!(init(&dir, options).await, Err(OperatorError::Option { .. })), "{host:?} {directory}");
        }
        for zone in ["", "T.relay.example", "t.relay.example.", &"a.".repeat(40)] {
            let dns = Some(DnsConfig { zone: zone.into(), listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)) });
            let error = init(&dir, InitOptions { dns, ..on_loopback() }).await.unwrap_err();
            assert!(matches!(error, OperatorError::Option { .. }), "{zone}");
        }
        for node in ["nonsense", "https://node.example:1", "http://node.example", "http://node.example:1/light"] {
            let options = InitOptions { nodes: vec![node.into()], ..on_loopback() };
            assert!(matches!(init(&dir, options).await, Err(OperatorError::Option { .. })), "{node}");
        }
        assert!(!dir.exists(), "nothing is made");
        let named = InitOptions { public_host: Some("relay.example".into()), ..anywhere };
        let nodes = vec!["http://127.0.0.1:8081".into(), "http://[::1]:8081/".into()];
        assert_eq!(init(&dir, InitOptions { nodes, ..named }).await.unwrap().address.host, "relay.example");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_peer_that_nobody_could_reach_is_refused_with_the_file_and_the_reason() {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path().join("relay");
        let mut peer = init(&dir, on_loopback()).await.unwrap();
        peer.address.secret_path = "../other".into();
        write_json(&dir.join(PEERS_FILE), &vec![peer]).unwrap();
        let error = run(&dir, std::future::pending(), |_| {}).await.unwrap_err().to_string();
        assert!(error.contains(PEERS_FILE) && error.contains("path"), "{error}");
    }
}
