//! What an operator does with a validator's folder: `validator init`, `run` and `status`.

use crate::{Node, NodeConfig, NodeHandle, PeerAddress, ValidatorKey};
use anyhow::{Context as _, Result, bail};
use chain::{Genesis, GenesisParams, certificate::ConsensusHeader, genesis::SUPPLY_NANO};
use rand_core::{OsRng, RngCore as _};
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, File, TryLockError},
    net::SocketAddr,
    path::{Path, PathBuf},
};
use store::{
    blocks,
    clock::now,
    files::{make_private_dir, write_private},
};
use wire::{Gram, Secret32, UnixMillis, id};

/// The validator's seed in its folder.
pub const KEY_FILE: &str = "validator.key";
/// The seed of the wallet that holds the whole supply, on the machine that made the genesis.
pub const FAUCET_KEY_FILE: &str = "faucet.key";
/// The genesis in a validator's folder.
pub const GENESIS_FILE: &str = "genesis.bin";
/// A validator's settings in its folder.
const SETTINGS_FILE: &str = "node.json";

/// A genesis that was just made.
#[derive(Clone, Debug)]
pub struct NewGenesis {
    /// The file.
    pub bytes: Vec<u8>,
    /// Names the network.
    pub hash: [u8; 32],
}

/// Makes a genesis for these validators, which begins now; the whole supply goes to the wallet of `faucet_public_key`.
pub fn new_genesis(faucet_public_key: [u8; 32], validators: &[[u8; 32]]) -> Result<NewGenesis> {
    let (now, supply) = (now(), Gram::from_nano(u128::from(SUPPLY_NANO)).context("the supply is no amount")?);
    let genesis = Genesis::build(&GenesisParams { now, faucet_public_key, validators: validators.to_vec(), supply })?;
    Ok(NewGenesis { bytes: genesis.encode()?, hash: genesis.hash() })
}

/// What a genesis file says of its network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GenesisInfo {
    /// Names the network.
    pub hash: [u8; 32],
    /// The validators' public keys, in order.
    pub validators: Vec<[u8; 32]>,
}

/// Reads a genesis file.
pub fn read_genesis(path: &Path) -> Result<GenesisInfo> {
    let bytes = fs::read(path).with_context(|| format!("can't read {}", path.display()))?;
    let genesis = Genesis::decode(&bytes).with_context(|| format!("{} is not a genesis file", path.display()))?;
    Ok(GenesisInfo { hash: genesis.hash(), validators: genesis.validators()? })
}

/// Reads the seed in `path`.
pub fn load_key(path: &Path) -> Result<ValidatorKey> {
    let text = fs::read_to_string(path).with_context(|| format!("can't read {}", path.display()))?;
    parse_key(path, &text)
}

fn parse_key(path: &Path, text: &str) -> Result<ValidatorKey> {
    let seed = id::from_hex(text.trim());
    let seed = seed.with_context(|| format!("{} must hold 64 hexadecimal digits", path.display()))?;
    Ok(ValidatorKey(Secret32(seed)))
}

/// Reads the seed in `path`, or makes one there that only the owner can read; gives the public key too.
pub fn load_or_create_key(path: &Path) -> Result<(ValidatorKey, [u8; 32])> {
    let seed = match fs::read_to_string(path) {
        Ok(text) => parse_key(path, &text)?,
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => ValidatorKey(create_key(path)?),
        Err(why) => return Err(why).with_context(|| format!("can't read {}", path.display())),
    };
    let public = consensus::public_key(&seed.0).context("the seed gives no public key")?;
    Ok((seed, public))
}

fn create_key(path: &Path) -> Result<Secret32> {
    if let Some(dir) = path.parent() {
        make_private_dir(dir).with_context(|| format!("can't create {}", dir.display()))?;
    }
    let mut seed = Secret32([0; 32]);
    OsRng.fill_bytes(&mut seed.0);
    let text = id::to_hex(&seed.0) + "\n";
    write_private(path, text.as_bytes()).with_context(|| format!("can't write {}", path.display()))?;
    Ok(seed)
}

/// What `validator init` is told.
#[derive(Clone, Debug)]
pub struct InitOptions {
    /// The validator's folder.
    pub dir: PathBuf,
    /// Where it listens for other validators.
    pub listen: SocketAddr,
    /// Where it serves HTTP.
    pub http: SocketAddr,
    /// The network's genesis file; `None` makes a new network.
    pub genesis: Option<PathBuf>,
    /// The other validators.
    pub peers: Vec<PeerAddress>,
}

/// What `validator init` did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InitReport {
    /// The validator's public key.
    pub public_key: [u8; 32],
    /// Names the network.
    pub genesis_hash: [u8; 32],
    /// The genesis file, to be given to the other validators.
    pub genesis: PathBuf,
    /// The wallet key with the whole supply, where a network was made.
    pub faucet_key: Option<PathBuf>,
}

#[derive(Serialize, Deserialize)]
struct Settings {
    listen: SocketAddr,
    http: SocketAddr,
    peers: Vec<PeerSetting>,
}

#[derive(Serialize, Deserialize)]
struct PeerSetting {
    key: String,
    address: SocketAddr,
}

/// Sets up a folder. The validator's key is kept when there is one already, so that every operator can make
/// his key first and the network be made from all of them; settings and genesis are never overwritten.
pub fn init(options: &InitOptions) -> Result<InitReport> {
    let settings_path = options.dir.join(SETTINGS_FILE);
    if settings_path.exists() {
        bail!("{} is set up already: use another folder", options.dir.display());
    }
    let (_, public_key) = load_or_create_key(&options.dir.join(KEY_FILE))?;
    let mut faucet_key = None;
    let bytes = match &options.genesis {
        Some(path) => fs::read(path).with_context(|| format!("can't read {}", path.display()))?,
        None => {
            let path = options.dir.join(FAUCET_KEY_FILE);
            let (_, faucet_public_key) = load_or_create_key(&path)?;
            faucet_key = Some(path);
            let mut validators = vec![public_key];
            validators.extend(options.peers.iter().map(|peer| peer.key).filter(|key| *key != public_key));
            new_genesis(faucet_public_key, &validators)?.bytes
        }
    };
    let decoded = Genesis::decode(&bytes)?;
    if !decoded.validators()?.contains(&public_key) {
        bail!(
            "the key {} is not among the validators of this genesis: give it to who makes the genesis",
            id::to_hex(&public_key)
        );
    }
    let genesis = options.dir.join(GENESIS_FILE);
    write_private(&genesis, &bytes).with_context(|| format!("can't write {}", genesis.display()))?;
    let peers = options.peers.iter().map(|peer| PeerSetting { key: id::to_hex(&peer.key), address: peer.address });
    let settings = Settings { listen: options.listen, http: options.http, peers: peers.collect() };
    write_private(&settings_path, &serde_json::to_vec_pretty(&settings)?)
        .with_context(|| format!("can't write {}", settings_path.display()))?;
    Ok(InitReport { public_key, genesis_hash: decoded.hash(), genesis, faucet_key })
}

/// Starts the validator of a folder; the caller decides when it stops.
pub fn run(dir: &Path) -> Result<NodeHandle> {
    let settings = settings(dir)?;
    let key = load_key(&dir.join(KEY_FILE))?;
    let genesis = dir.join(GENESIS_FILE);
    let genesis = fs::read(&genesis).with_context(|| format!("can't read {}", genesis.display()))?;
    let peer = |peer: PeerSetting| -> Result<PeerAddress> {
        Ok(PeerAddress { key: id::from_hex(&peer.key).context("a peer's key in node.json")?, address: peer.address })
    };
    let peers = settings.peers.into_iter().map(peer).collect::<Result<Vec<_>>>()?;
    let config = NodeConfig { dir: dir.to_owned(), key, genesis, listen: settings.listen, peers, http: settings.http };
    Ok(Node::start(config)?)
}

fn settings(dir: &Path) -> Result<Settings> {
    let path = dir.join(SETTINGS_FILE);
    let text = fs::read(&path)
        .with_context(|| format!("{} is not set up: run `simurgh validator init --dir` first", dir.display()))?;
    serde_json::from_slice(&text).with_context(|| format!("{} is damaged", path.display()))
}

/// What `validator status` says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NodeStatus {
    /// The validator's public key, hexadecimal.
    pub public_key: String,
    /// Names the network, hexadecimal.
    pub genesis_hash: String,
    /// Whether a process has the folder.
    pub running: bool,
    /// Height of the last durable block.
    pub height: u64,
    /// Its time in Unix milliseconds; 0 before the first block.
    pub at_ms: u64,
    /// How old it is.
    pub age_ms: u64,
    /// Where HTTP is served.
    pub http: SocketAddr,
}

/// Looks at a folder, whether its validator runs or not.
pub fn status(dir: &Path) -> Result<NodeStatus> {
    let settings = settings(dir)?;
    let key = load_key(&dir.join(KEY_FILE))?;
    let public_key = consensus::public_key(&key.0).context("the seed gives no public key")?;
    let genesis = Genesis::decode(&fs::read(dir.join(GENESIS_FILE)).context("the genesis can't be read")?)?;
    let store = dir.join("blocks.sqlite");
    let last = if store.exists() { blocks::last_final(&store)? } else { None };
    let header = last.map(|decided| ConsensusHeader::decode(&decided.header)).transpose()?;
    let (height, at_ms) = header.map_or((0, 0), |header| (header.height, header.timestamp_ms));
    Ok(NodeStatus {
        public_key: id::to_hex(&public_key),
        genesis_hash: id::to_hex(&genesis.hash()),
        running: is_locked(dir),
        height,
        at_ms,
        age_ms: if at_ms == 0 { 0 } else { now().since(UnixMillis(at_ms)) },
        http: settings.http,
    })
}

fn is_locked(dir: &Path) -> bool {
    let Ok(lock) = File::open(dir.join("lock")) else { return false };
    matches!(lock.try_lock(), Err(TryLockError::WouldBlock))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(dir: &Path) -> InitOptions {
        let free = SocketAddr::from(([127, 0, 0, 1], 0));
        InitOptions { dir: dir.to_owned(), listen: free, http: free, genesis: None, peers: Vec::new() }
    }

    #[test]
    fn a_validator_whose_key_is_gone_gets_no_other_one() {
        let dir = tempfile::tempdir().unwrap();
        init(&options(dir.path())).unwrap();
        let key = dir.path().join(KEY_FILE);
        assert_eq!(status(dir.path()).unwrap().height, 0);
        fs::remove_file(&key).unwrap();
        for refusal in [run(dir.path()).err(), status(dir.path()).err()] {
            assert!(refusal.unwrap().to_string().contains("can't read"));
            assert!(!key.exists());
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_a_validator_is_made_of_is_for_its_owner_only() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("validator");
        let made = init(&options(&folder)).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder), 0o700);
        for file in [KEY_FILE, FAUCET_KEY_FILE, GENESIS_FILE, SETTINGS_FILE] {
            assert_eq!(mode(&folder.join(file)), 0o600, "{file}");
        }
        let (_, public_key) = load_or_create_key(&folder.join(KEY_FILE)).unwrap();
        assert_eq!(public_key, made.public_key, "a key that is there is kept");
        assert!(init(&options(&folder)).unwrap_err().to_string().contains("set up already"));
    }
}
