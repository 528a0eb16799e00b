//! Real nodes over loopback.

use chain::{
    light::{LightRequest, LightResponse},
    wallet,
};
use ed25519_dalek::SigningKey;
use node::{Node, NodeConfig, NodeHandle, PeerAddress, ValidatorKey, operator};
use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::atomic::{AtomicU16, Ordering},
    time::{Duration, Instant},
};
use tycho_types::{boc::Boc, cell::HashBytes, models::StdAddr};
use wire::{Gram, Secret32};

pub(crate) const FAUCET_SEED: [u8; 32] = [77; 32];
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Network {
    dir: tempfile::TempDir,
    pub(crate) genesis: operator::NewGenesis,
    pub(crate) peers: Vec<PeerAddress>,
    nodes: Vec<Option<NodeHandle>>,
}

pub(crate) fn seed(index: usize) -> Secret32 {
    Secret32([u8::try_from(index).unwrap() + 1; 32])
}

pub(crate) fn faucet() -> SigningKey {
    SigningKey::from_bytes(&FAUCET_SEED)
}

/// Addresses that nobody listens on, below the ports that systems give to outgoing connections: who dials a node that is
/// down could else be given its port, and the node could not listen there any more.
pub(crate) fn free_ports(count: usize) -> Vec<SocketAddr> {
    static TAKEN: AtomicU16 = AtomicU16::new(0);
    let first = 12_000 + u16::try_from(std::process::id() % 1_000).unwrap() * 20;
    let address = || SocketAddr::from(([127, 0, 0, 1], first + TAKEN.fetch_add(1, Ordering::Relaxed)));
    std::iter::repeat_with(address).filter(|address| TcpListener::bind(address).is_ok()).take(count).collect()
}

impl Network {
    pub(crate) fn new(count: usize) -> Self {
        let keys: Vec<[u8; 32]> = (0..count).map(|index| public(&seed(index))).collect();
        let genesis = operator::new_genesis(faucet().verifying_key().to_bytes(), &keys).unwrap();
        let peers = keys.iter().zip(free_ports(count)).map(|(key, address)| PeerAddress { key: *key, address });
        let mut network = Self {
            dir: tempfile::tempdir().unwrap(),
            genesis,
            peers: peers.collect(),
            nodes: (0..count).map(|_| None).collect(),
        };
        (0..count).for_each(|index| network.start(index));
        network
    }

    pub(crate) fn start(&mut self, index: usize) {
        let config = NodeConfig {
            dir: self.dir.path().join(index.to_string()),
            key: ValidatorKey(seed(index)),
            genesis: self.genesis.bytes.clone(),
            listen: self.peers[index].address,
            peers: self.peers.clone(),
            http: "127.0.0.1:0".parse().unwrap(),
        };
        self.nodes[index] = Some(Node::start(config).unwrap());
    }

    pub(crate) fn stop(&mut self, index: usize) {
        let begun = Instant::now();
        self.nodes[index].take().unwrap().stop();
        // two seconds on a machine that does nothing else
        assert!(begun.elapsed() < PATIENCE, "stopping took {:?}", begun.elapsed());
    }

    pub(crate) fn node(&self, index: usize) -> &NodeHandle {
        self.nodes[index].as_ref().unwrap()
    }

    pub(crate) fn height(&self, index: usize) -> u64 {
        self.node(index).view().height()
    }

    pub(crate) fn wait(&self, what: &str, done: impl Fn(&Self) -> bool) {
        let begun = Instant::now();
        while !done(self) {
            assert!(begun.elapsed() < PATIENCE, "waited in vain: {what}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    pub(crate) fn balance(&self, index: usize, to: u8) -> u128 {
        let entry = self.node(index).view().account(&stranger(to)).unwrap().account;
        entry.and_then(|entry| entry.load_account().unwrap()).map_or(0, |account| account.balance.tokens.into_inner())
    }

    pub(crate) fn pay(&self, at: usize, seqno: u32, to: u8) {
        self.node(at).view().submit(&transfer(seqno, to)).unwrap();
    }

    pub(crate) fn light(&self, index: usize, request: &LightRequest) -> LightResponse {
        let (status, body) = post(self.node(index).http_address(), "/light", &request.encode().unwrap());
        assert_eq!(status, 200);
        LightResponse::decode(&body).unwrap()
    }
}

pub(crate) fn public(seed: &Secret32) -> [u8; 32] {
    SigningKey::from_bytes(&seed.0).verifying_key().to_bytes()
}

pub(crate) fn stranger(to: u8) -> StdAddr {
    StdAddr::new(0, HashBytes([to; 32]))
}

pub(crate) fn transfer(seqno: u32, to: u8) -> Vec<u8> {
    let wallet = wallet::WalletV5::new(faucet().verifying_key().to_bytes());
    let valid_until = u32::try_from(store::clock::now().seconds()).unwrap() + 60;
    let validity = wallet::Validity { seqno, valid_until, deploy: false };
    let payment = wallet::Transfer::new(stranger(to), Gram::from(1_000_000_000));
    Boc::encode(wallet.sign_transfers(&faucet(), validity, &[payment]).unwrap())
}

/// One HTTP/1.1 exchange.
pub(crate) fn post(address: SocketAddr, path: &str, body: &[u8]) -> (u16, Vec<u8>) {
    let method = if body.is_empty() { "GET" } else { "POST" };
    let mut stream = TcpStream::connect(address).unwrap();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: node\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let status = String::from_utf8_lossy(&answer[9..12]).parse().unwrap();
    (status, answer[end + 4..].to_vec())
}
