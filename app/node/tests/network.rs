//! Four real nodes over loopback: payments, proofs, a validator stopped and started, all of them restarted.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::wildcard_enum_match_arm,
    reason = "a test may fail loudly"
)]

use chain::{
    light::{AccountId, LightRequest, LightResponse, NetworkId, verify_account},
    wallet,
};
use ed25519_dalek::SigningKey;
use node::{Node, NodeConfig, NodeHandle, PeerAddress, ValidatorKey, operator};
use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use tycho_types::{boc::Boc, cell::HashBytes, models::StdAddr};
use wire::{Gram, Secret32, UnixMillis};

const FAUCET_SEED: [u8; 32] = [77; 32];
const PATIENCE: Duration = Duration::from_secs(60);

struct Network {
    dir: tempfile::TempDir,
    genesis: operator::NewGenesis,
    peers: Vec<PeerAddress>,
    nodes: Vec<Option<NodeHandle>>,
}

fn now() -> UnixMillis {
    UnixMillis(u64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap())
}

fn seed(index: usize) -> Secret32 {
    Secret32([u8::try_from(index).unwrap() + 1; 32])
}

fn faucet() -> SigningKey {
    SigningKey::from_bytes(&FAUCET_SEED)
}

fn free_ports(count: usize) -> Vec<SocketAddr> {
    let held: Vec<TcpListener> = (0..count).map(|_| TcpListener::bind("127.0.0.1:0").unwrap()).collect();
    held.iter().map(|listener| listener.local_addr().unwrap()).collect()
}

impl Network {
    fn new(count: usize) -> Self {
        let keys: Vec<[u8; 32]> = (0..count).map(|index| public(&seed(index))).collect();
        let genesis = operator::new_genesis(now(), faucet().verifying_key().to_bytes(), &keys).unwrap();
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

    fn start(&mut self, index: usize) {
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

    fn stop(&mut self, index: usize) {
        let begun = Instant::now();
        self.nodes[index].take().unwrap().stop();
        assert!(begun.elapsed() < Duration::from_secs(2), "stopping took {:?}", begun.elapsed());
    }

    fn node(&self, index: usize) -> &NodeHandle {
        self.nodes[index].as_ref().unwrap()
    }

    fn height(&self, index: usize) -> u64 {
        self.node(index).view().height()
    }

    fn wait(&self, what: &str, done: impl Fn(&Self) -> bool) {
        let begun = Instant::now();
        while !done(self) {
            assert!(begun.elapsed() < PATIENCE, "waited in vain: {what}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn balance(&self, index: usize, to: u8) -> u128 {
        let entry = self.node(index).view().account(&stranger(to)).unwrap().account;
        entry.and_then(|entry| entry.load_account().unwrap()).map_or(0, |account| account.balance.tokens.into_inner())
    }

    fn pay(&self, at: usize, seqno: u32, to: u8) {
        self.node(at).view().submit(&transfer(seqno, to)).unwrap();
    }

    fn light(&self, index: usize, request: &LightRequest) -> LightResponse {
        let (status, body) = post(self.node(index).http_address(), "/light", &request.encode().unwrap());
        assert_eq!(status, 200);
        LightResponse::decode(&body).unwrap()
    }
}

fn public(seed: &Secret32) -> [u8; 32] {
    SigningKey::from_bytes(&seed.0).verifying_key().to_bytes()
}

fn stranger(to: u8) -> StdAddr {
    StdAddr::new(0, HashBytes([to; 32]))
}

fn transfer(seqno: u32, to: u8) -> Vec<u8> {
    let wallet = wallet::WalletV5::new(faucet().verifying_key().to_bytes());
    let valid_until = u32::try_from(now().seconds()).unwrap() + 60;
    let validity = wallet::Validity { seqno, valid_until, deploy: false };
    let payment = wallet::Transfer::new(stranger(to), Gram::from(1_000_000_000));
    Boc::encode(wallet.sign_transfers(&faucet(), validity, &[payment]).unwrap())
}

/// One HTTP/1.1 exchange.
fn post(address: SocketAddr, path: &str, body: &[u8]) -> (u16, Vec<u8>) {
    let method = if body.is_empty() { "GET" } else { "POST" };
    let mut stream = TcpStream::connect(address).unwrap();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: node\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    // a refusal may come before all was sent
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let status = String::from_utf8_lossy(&answer[9..12]).parse().unwrap();
    (status, answer[end + 4..].to_vec())
}

#[test]
fn four_validators_pay_prove_lose_one_and_restart() {
    let mut network = Network::new(4);
    network.wait("the first blocks", |network| (0..4).all(|index| network.height(index) >= 2));

    network.pay(0, 0, 1);
    network.wait("a payment everywhere", |network| (0..4).all(|index| network.balance(index, 1) == 1_000_000_000));
    proofs_convince(&network);
    refusals_say_why(&network);
    http_is_bounded(&network);

    network.stop(1);
    network.pay(2, 1, 2);
    network.wait("a payment with one of four dead", |network| network.balance(3, 2) == 1_000_000_000);
    for round in 0..2 {
        network.start(1);
        network.wait("the stopped one to catch up", |network| network.height(1) + 1 >= network.height(0));
        assert_eq!(network.balance(1, 2), 1_000_000_000);
        if round == 0 {
            network.stop(1);
        }
    }

    let heights: Vec<u64> = (0..4).map(|index| network.height(index)).collect();
    (0..4).for_each(|index| network.stop(index));
    (0..4).for_each(|index| network.start(index));
    for (index, height) in heights.iter().enumerate() {
        assert!(network.height(index) >= *height, "a final block is lost");
    }
    network.pay(3, 2, 3);
    network.wait("a payment after a restart", |network| network.balance(0, 3) == 1_000_000_000);
    (0..4).for_each(|index| network.stop(index));
}

fn proofs_convince(network: &Network) {
    let id =
        NetworkId { genesis_hash: network.genesis.hash, validators: network.peers.iter().map(|p| p.key).collect() };
    let address = AccountId::from(&stranger(1));
    let request = LightRequest::WaitAccount { address, known_lt: 0, wait_ms: 5_000 };
    for index in 0..4 {
        let proof = match network.light(index, &request) {
            LightResponse::Account(proof) => proof,
            other => panic!("{other:?}"),
        };
        let account = verify_account(&id, &proof, &stranger(1)).unwrap();
        assert_eq!(account.account.unwrap().balance.tokens.into_inner(), 1_000_000_000);
        let mut forged = proof.clone();
        forged.certificate[60] ^= 1;
        assert!(verify_account(&id, &forged, &stranger(1)).is_err());
    }
    let LightResponse::Transactions(list) =
        network.light(0, &LightRequest::AccountTransactions { address, before_lt: None, limit: 10 })
    else {
        panic!("no transactions")
    };
    assert_eq!(list.len(), 1);
    let LightResponse::Transaction(Some(found)) = network.light(3, &LightRequest::Transaction { hash: list[0].hash })
    else {
        panic!("no transaction")
    };
    assert_eq!(*found, list[0]);
    let LightResponse::Blocks(blocks) = network.light(1, &LightRequest::Blocks { before: None, limit: 3 }) else {
        panic!("no blocks")
    };
    assert_eq!(blocks.len(), 6);
    let name = blocks[0].name;
    let request = LightRequest::Block { workchain: name.workchain, shard: name.shard, seqno: name.seqno };
    let LightResponse::Block(Some(block)) = network.light(1, &request) else { panic!("no block") };
    assert_eq!(block.parent, blocks[2].name.root_hash);
    assert!(matches!(network.light(2, &LightRequest::Head), LightResponse::Head(head) if head.validators == 4));
}

fn refusals_say_why(network: &Network) {
    let refused = |boc: Vec<u8>| match network.light(0, &LightRequest::Send { boc }) {
        LightResponse::Refused { code, .. } => code,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(transfer(0, 9)), "seqno");
    assert_eq!(refused(vec![1, 2, 3]), "malformed");
    let mut forged = transfer(1, 9);
    let last = forged.len() - 1;
    forged[last] ^= 1;
    assert!(["bad_signature", "malformed"].contains(&refused(forged).as_str()));
}

fn http_is_bounded(network: &Network) {
    let address = network.node(0).http_address();
    assert_eq!(post(address, "/light", &vec![0; 70_000]).0, 413);
    assert_eq!(post(address, "/light", &[255]).0, 400);
    assert_eq!(post(address, "/nothing", &[]).0, 404);
    let (status, text) = post(address, "/metrics", &[]);
    let text = String::from_utf8(text).unwrap();
    assert_eq!(status, 200);
    assert!(text.contains("simurgh_height ") && text.trim_end().ends_with("# EOF"), "{text}");
    assert_eq!(text.matches("# EOF").count(), 1);
    let (status, answer) = post(address, "/api/v2/getMasterchainInfo", &[]);
    assert_eq!(status, 200);
    assert!(String::from_utf8(answer).unwrap().contains("\"ok\":true"));
}

#[test]
fn an_operator_sets_up_runs_and_looks_at_a_validator() {
    let dir = tempfile::tempdir().unwrap();
    let dir: &Path = &dir.path().join("validator");
    let ports = free_ports(2);
    let options = operator::InitOptions {
        dir: dir.to_owned(),
        listen: ports[0],
        http: ports[1],
        genesis: None,
        peers: Vec::new(),
    };
    assert!(operator::status(dir).is_err());
    let report = operator::init(&options).unwrap();
    assert!(operator::init(&options).is_err(), "a folder is set up once");
    assert!(!operator::status(dir).unwrap().running);
    let node = operator::run(dir).unwrap();
    assert!(operator::run(dir).is_err(), "a folder is used once");
    let begun = Instant::now();
    while node.view().height() < 3 {
        assert!(begun.elapsed() < PATIENCE);
        std::thread::sleep(Duration::from_millis(20));
    }
    let status = operator::status(dir).unwrap();
    assert!(status.running && status.height >= 3 && status.genesis_hash == wire::id::to_hex(&report.genesis_hash));
    node.stop();
    assert!(!operator::status(dir).unwrap().running);
    for secret in [dir.join(operator::KEY_FILE), report.faucet_key.unwrap()] {
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(secret).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
    }
}

/// CPU seconds of this process so far.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap().split(' ').collect();
    (fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()) / 100.0
}

fn percentile(sorted: &[Duration], share: usize) -> Duration {
    sorted[(sorted.len() - 1) * share / 100]
}

/// Figures for docs/BENCHMARKS.md: `cargo test -p node --test network measure -- --ignored --nocapture`.
#[test]
#[ignore = "it measures, and takes a minute"]
fn measure_idle_cost_and_time_to_final() {
    const PAYMENTS: u32 = 100;
    let begun = Instant::now();
    let network = Network::new(4);
    network.wait("the first blocks", |network| (0..4).all(|index| network.height(index) >= 3));
    eprintln!("ready after {:?}", begun.elapsed());

    let (cpu, height, begun) = (cpu_seconds(), network.height(0), Instant::now());
    std::thread::sleep(Duration::from_secs(20));
    let seconds = begun.elapsed().as_secs_f64();
    let blocks = (network.height(0) - height) as f64;
    eprintln!("idle: {:.2} blocks/s, {:.1} % of a core", blocks / seconds, (cpu_seconds() - cpu) / seconds * 100.0);

    let (mut sent, mut credited) = (Vec::new(), Vec::new());
    let (height, begun) = (network.height(0), Instant::now());
    let faucet = wallet::WalletV5::new(faucet().verifying_key().to_bytes()).address().unwrap();
    let last_lt = |at: usize| network.node(at).view().account(&faucet).unwrap().account.unwrap().last_trans_lt;
    for seqno in 0..PAYMENTS {
        let (at, to) = (seqno as usize % 4, u8::try_from(100 + seqno).unwrap());
        let other = (at + 2) % 4;
        let lt = last_lt(other);
        let submitted = Instant::now();
        network.pay(at, seqno, to);
        while last_lt(other) == lt {
            std::thread::sleep(Duration::from_millis(1));
        }
        sent.push(submitted.elapsed());
        while network.balance(other, to) == 0 {
            std::thread::sleep(Duration::from_millis(1));
        }
        credited.push(submitted.elapsed());
        network.wait("the submitter", |network| network.balance(at, to) > 0);
    }
    let blocks = (network.height(0) - height) as f64;
    sent.sort_unstable();
    credited.sort_unstable();
    for (what, times) in [("sender's transaction final", &sent), ("receiver credited", &credited)] {
        eprintln!(
            "{what}, seen at another validator: p50 {:?} p95 {:?} max {:?}",
            percentile(times, 50),
            percentile(times, 95),
            percentile(times, 100)
        );
    }
    eprintln!("{:.1} blocks/s while paying one after the other", blocks / begun.elapsed().as_secs_f64());
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    for line in status
        .lines()
        .filter(|line| line.starts_with("VmHWM") || line.starts_with("VmRSS") || line.starts_with("Threads"))
    {
        eprintln!("{line}");
    }
}
