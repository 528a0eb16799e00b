//! A counting chain on the real engine: agreement, certificates, faults. Seeds are printed and replay.

use crate::{
    Application, Block, Failure, FinalBlock, FinalName, Link, Verdict, public_key,
    simulation::{SimulationConfig, Step, simulate},
};
use bytes::Bytes;
use chain::certificate::{BlockDigest, ConsensusHeader, verify_finalization};
use commonware_codec::{Copying, Decode as _, Encode as _};
use commonware_consensus::simplex::{scheme::ed25519::Scheme, types::Finalization};
use commonware_cryptography::sha256::Digest;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};
use wire::{Secret32, UnixMillis, hash::sha256};

const GENESIS_HASH: [u8; 32] = [42; 32];
const START_MS: u64 = 1_800_000_000_000;

fn genesis() -> ConsensusHeader {
    ConsensusHeader::genesis(GENESIS_HASH, START_MS, [0; 32])
}

fn keys() -> Vec<Secret32> {
    (1..=4).map(|seed| Secret32([seed; 32])).collect()
}

fn committee() -> Vec<[u8; 32]> {
    keys().iter().map(|key| public_key(key).unwrap()).collect()
}

/// What survives a crash.
#[derive(Default)]
struct Disk {
    finals: BTreeMap<u64, (Block, Option<Vec<u8>>)>,
    /// How many blocks the engine wanted that it did not keep itself.
    given: usize,
}

/// A chain whose state is a hash over all payloads.
struct Counting {
    name: usize,
    disk: Arc<Mutex<Disk>>,
    states: Mutex<BTreeMap<BlockDigest, [u8; 32]>>,
    messages: Mutex<Vec<Bytes>>,
    link: Link,
}

impl Counting {
    fn open(name: usize, disk: Arc<Mutex<Disk>>, link: Link) -> Arc<Self> {
        let mut states = BTreeMap::from([(genesis().digest(), [0; 32])]);
        for (block, _) in disk.lock().unwrap().finals.values() {
            states.insert(block.header.digest(), block.header.masterchain_root_hash);
        }
        Arc::new(Self { name, disk, states: Mutex::new(states), messages: Mutex::default(), link })
    }

    fn next_state(&self, parent: &BlockDigest, payload: &[u8]) -> Option<[u8; 32]> {
        let state = *self.states.lock().unwrap().get(parent)?;
        Some(sha256(&[&state, payload].concat()))
    }
}

impl Application for Counting {
    fn has_state(&self, digest: &BlockDigest) -> bool {
        self.states.lock().unwrap().contains_key(digest)
    }

    fn final_height(&self) -> u64 {
        self.disk.lock().unwrap().finals.last_key_value().map_or(0, |(height, _)| *height)
    }

    fn verify(&self, block: &Block) -> Verdict {
        match self.next_state(&block.header.parent, &block.payload) {
            Some(root) if root == block.header.masterchain_root_hash => {
                self.states.lock().unwrap().insert(block.header.digest(), root);
                Verdict::Valid
            }
            Some(_) => Verdict::Invalid("another root".into()),
            None => Verdict::Unready("no parent".into()),
        }
    }

    fn has_work(&self, _: &BlockDigest) -> bool {
        !self.messages.lock().unwrap().is_empty()
    }

    fn propose(&self, parent: &ConsensusHeader, now: UnixMillis) -> Option<Block> {
        let messages = std::mem::take(&mut *self.messages.lock().unwrap());
        let payload = Bytes::from([&[u8::try_from(self.name).unwrap()], messages.concat().as_slice()].concat());
        let root = self.next_state(&parent.digest(), &payload)?;
        let header = ConsensusHeader {
            parent: parent.digest(),
            height: parent.height + 1,
            timestamp_ms: now.0,
            masterchain_root_hash: root,
            payload_hash: sha256(&payload),
        };
        self.states.lock().unwrap().insert(header.digest(), root);
        Some(Block { header, payload })
    }

    fn finalized(&self, block: &Block, certificate: Option<&[u8]>) -> Result<(), Failure> {
        if !self.has_state(&block.header.digest()) && self.verify(block) != Verdict::Valid {
            return Err(Failure("a final block does not execute".into()));
        }
        let mut disk = self.disk.lock().unwrap();
        let known = disk.finals.entry(block.header.height).or_insert((block.clone(), None));
        if known.0 != *block {
            return Err(Failure("two final blocks at one height".into()));
        }
        known.1 = certificate.map(<[u8]>::to_vec);
        Ok(())
    }

    fn final_block(&self, name: FinalName) -> Option<FinalBlock> {
        let mut disk = self.disk.lock().unwrap();
        let found = disk.finals.values().find(|(block, _)| match name {
            FinalName::Height(height) => block.header.height == height,
            FinalName::Digest(digest) => block.header.digest() == digest,
        });
        let found = found.cloned();
        disk.given += usize::from(found.is_some());
        found
    }

    fn failed(&self) {}

    fn gossiped(&self, message: Bytes) {
        self.messages.lock().unwrap().push(message);
        self.link.wake();
    }
}

#[derive(Clone, Default)]
struct Observed {
    disks: Vec<Arc<Mutex<Disk>>>,
    links: Arc<Mutex<BTreeMap<usize, Link>>>,
}

impl Observed {
    fn new() -> Self {
        Self { disks: (0..5).map(|_| Arc::default()).collect(), links: Arc::default() }
    }

    fn starter(&self) -> impl FnMut(usize, Link) -> Arc<dyn Application> + Send + 'static {
        let this = self.clone();
        move |index, link| {
            this.links.lock().unwrap().insert(index, link.clone());
            Counting::open(index, Arc::clone(&this.disks[index]), link)
        }
    }

    fn height(&self, index: usize) -> u64 {
        self.disks[index].lock().unwrap().finals.last_key_value().map_or(0, |(height, _)| *height)
    }

    fn assert_agreement(&self, honest: &[usize]) {
        let mut agreed: BTreeMap<u64, BlockDigest> = BTreeMap::new();
        for index in honest {
            let disk = self.disks[*index].lock().unwrap();
            assert!(disk.finals.keys().copied().eq(1..=disk.finals.len() as u64), "a height is missing");
            for (height, (block, _)) in &disk.finals {
                let digest = block.header.digest();
                assert_eq!(*agreed.entry(*height).or_insert(digest), digest, "fork at {height}");
            }
        }
    }
}

fn config(seed: u64) -> SimulationConfig {
    eprintln!("seed {seed}");
    SimulationConfig {
        seed,
        keys: keys(),
        genesis_hash: GENESIS_HASH,
        genesis: genesis(),
        latency: Duration::from_millis(5 + seed % 40),
        delivered_percent: 100,
        equivocator: None,
        start_ms: START_MS,
        blocks_kept: None,
    }
}

fn seconds(count: u64) -> Step {
    Step::Run(Duration::from_secs(count))
}

#[test]
fn an_idle_network_makes_a_block_a_second_and_every_certificate_convinces_a_light_client() {
    let observed = Observed::new();
    simulate(config(1), observed.starter(), vec![seconds(10)]).unwrap();
    observed.assert_agreement(&[0, 1, 2, 3]);
    assert!((7..=10).contains(&observed.height(0)), "{} blocks", observed.height(0));
    let disk = observed.disks[0].lock().unwrap();
    for (block, certificate) in disk.finals.values() {
        let certificate = certificate.as_ref().expect("without faults every height has its certificate");
        verify_finalization(&GENESIS_HASH, &committee(), &block.header, certificate).unwrap();
        for at in 0..certificate.len() {
            let mut bad = certificate.clone();
            bad[at] ^= 1;
            assert!(verify_finalization(&GENESIS_HASH, &committee(), &block.header, &bad).is_err(), "byte {at}");
        }
        let other = ConsensusHeader { timestamp_ms: block.header.timestamp_ms + 1, ..block.header };
        assert!(verify_finalization(&GENESIS_HASH, &committee(), &other, certificate).is_err());
        assert!(verify_finalization(&[1; 32], &committee(), &block.header, certificate).is_err());
    }
}

#[test]
fn a_message_wakes_the_leader_that_waits_wherever_it_was_submitted() {
    let observed = Observed::new();
    let (before, after) = (observed.clone(), observed.clone());
    let heights = Arc::new(Mutex::new((0, 0)));
    let (first, second) = (Arc::clone(&heights), Arc::clone(&heights));
    let steps = vec![
        seconds(5),
        Step::Call(Box::new(move || {
            first.lock().unwrap().0 = before.height(0);
            let links = before.links.lock().unwrap();
            assert!(links[&0].gossip(Bytes::from_static(b"pay")));
        })),
        Step::Run(Duration::from_millis(120)),
        Step::Call(Box::new(move || second.lock().unwrap().1 = after.height(0))),
    ];
    let mut quick = config(2);
    quick.latency = Duration::from_millis(5);
    simulate(quick, observed.starter(), steps).unwrap();
    let (before, after) = *heights.lock().unwrap();
    assert!(after > before, "no block in 120 ms");
    let disk = observed.disks[1].lock().unwrap();
    assert!(disk.finals.values().any(|(block, _)| block.payload.ends_with(b"pay")));
}

#[test]
fn a_crashed_validator_costs_little_and_catches_up() {
    for seed in [3, 4] {
        let observed = Observed::new();
        let (down, up) = (observed.clone(), observed.clone());
        let steps = vec![
            seconds(5),
            Step::Crash(1),
            seconds(20),
            Step::Call(Box::new(move || {
                assert!(down.height(0) >= 17, "{} blocks in 25 s with one of four dead", down.height(0));
                assert!(down.height(1) < down.height(0));
            })),
            Step::Restart(1),
            seconds(5),
            Step::Call(Box::new(move || assert!(up.height(1) + 2 >= up.height(0)))),
        ];
        simulate(config(seed), observed.starter(), steps).unwrap();
        observed.assert_agreement(&[0, 1, 2, 3]);
    }
}

#[test]
fn a_validator_that_was_away_longer_than_the_engine_keeps_blocks_catches_up() {
    let observed = Observed::new();
    let (before, up) = (observed.clone(), observed.clone());
    let steps = vec![
        seconds(5),
        Step::Crash(1),
        seconds(60),
        Step::Call(Box::new(move || assert!(before.height(0) > before.height(1) + 30))),
        Step::Restart(1),
        seconds(10),
        Step::Call(Box::new(move || {
            assert!(up.height(1) + 2 >= up.height(0), "{} of {}", up.height(1), up.height(0));
            let others = [0, 2, 3].map(|index| up.disks[index].lock().unwrap().given);
            assert!(others.iter().sum::<usize>() >= 20, "old blocks came from the applications: {others:?}");
        })),
    ];
    simulate(SimulationConfig { blocks_kept: Some(8), ..config(7) }, observed.starter(), steps).unwrap();
    observed.assert_agreement(&[0, 1, 2, 3]);
}

#[test]
fn a_partition_stops_the_chain_and_its_healing_starts_it_again() {
    for seed in [5, 6] {
        let observed = Observed::new();
        let (cut, still, healed) = (observed.clone(), observed.clone(), observed.clone());
        let stood = Arc::new(Mutex::new(0));
        let (set, get, last) = (Arc::clone(&stood), Arc::clone(&stood), Arc::clone(&stood));
        let steps = vec![
            seconds(5),
            Step::Partition(vec![0, 1]),
            seconds(2),
            Step::Call(Box::new(move || *set.lock().unwrap() = cut.height(0).max(cut.height(2)))),
            seconds(10),
            Step::Call(Box::new(move || assert_eq!(still.height(0).max(still.height(2)), *get.lock().unwrap()))),
            Step::Heal,
            seconds(8),
            Step::Call(Box::new(move || assert!(healed.height(0) > *last.lock().unwrap()))),
        ];
        simulate(config(seed), observed.starter(), steps).unwrap();
        observed.assert_agreement(&[0, 1, 2, 3]);
    }
}

#[test]
fn an_equivocator_splits_nobody() {
    for seed in [7, 8, 9] {
        let observed = Observed::new();
        let mut faulty = config(seed);
        faulty.equivocator = Some(2);
        simulate(faulty, observed.starter(), vec![seconds(30)]).unwrap();
        observed.assert_agreement(&[0, 1, 3]);
        for honest in [0, 1, 3] {
            assert!(observed.height(honest) >= 10, "{} blocks", observed.height(honest));
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_run() {
    let run = |seed| {
        let observed = Observed::new();
        simulate(config(seed), observed.starter(), vec![seconds(3), Step::Crash(0), seconds(3)]).unwrap()
    };
    assert_eq!(run(10), run(10));
    assert_ne!(run(10), run(11));
}

#[test]
fn the_engine_still_reads_and_writes_the_frozen_certificate() {
    let vector: serde_json::Value =
        serde_json::from_str(include_str!("../../../specs/vectors/consensus.json")).unwrap();
    let bytes = hex::decode(vector["certificate"].as_str().unwrap()).unwrap();
    let finalization = Finalization::<Scheme, Digest>::decode_cfg(Copying(&bytes), &4).unwrap();
    assert_eq!(finalization.proposal.payload.0.to_vec(), hex::decode(vector["digest"].as_str().unwrap()).unwrap());
    assert_eq!(finalization.encode().to_vec(), bytes);
}

/// A chain whose disk is full.
struct Broken(Arc<Counting>, Mutex<std::sync::mpsc::Sender<()>>);

impl Application for Broken {
    fn has_state(&self, digest: &BlockDigest) -> bool {
        self.0.has_state(digest)
    }

    fn final_height(&self) -> u64 {
        self.0.final_height()
    }

    fn verify(&self, block: &Block) -> Verdict {
        self.0.verify(block)
    }

    fn has_work(&self, _: &BlockDigest) -> bool {
        true
    }

    fn propose(&self, parent: &ConsensusHeader, now: UnixMillis) -> Option<Block> {
        self.0.propose(parent, now)
    }

    fn finalized(&self, _: &Block, _: Option<&[u8]>) -> Result<(), Failure> {
        Err(Failure("no space left on the device".into()))
    }

    fn final_block(&self, name: FinalName) -> Option<FinalBlock> {
        self.0.final_block(name)
    }

    fn failed(&self) {
        self.1.lock().unwrap().send(()).unwrap();
    }

    fn gossiped(&self, _: Bytes) {}
}

/// CON-34
#[test]
fn a_validator_that_fails_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let (link, ends) = crate::link();
    let (failed, told) = std::sync::mpsc::channel();
    let application = Arc::new(Broken(Counting::open(0, Arc::default(), link), Mutex::new(failed)));
    let config = crate::ValidatorConfig {
        dir: dir.path().to_owned(),
        seed: keys().remove(0),
        genesis_hash: GENESIS_HASH,
        genesis: genesis(),
        validators: committee().into_iter().take(1).collect(),
        peers: Vec::new(),
        listen: "127.0.0.1:0".parse().unwrap(),
    };
    let validator = crate::Validator::start(config, application, ends).unwrap();
    futures::executor::block_on(validator.ended());
    told.recv_timeout(Duration::from_secs(60)).unwrap();
    assert!(validator.stop().unwrap_err().0.contains("no space left"));
}
