//! The real chain on the real engine over a simulated network: whatever happens, all honest validators have
//! the same state, no height has two blocks, and money arrives once. Seeds are printed and replay.

use super::*;
use chain::{GenesisParams, genesis::SUPPLY_NANO, wallet};
use consensus::simulation::{SimulationConfig, Step, simulate};
use ed25519_dalek::SigningKey;
use std::{
    path::PathBuf,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};
use tempfile::TempDir;
use tycho_types::models::StdAddr;
use wire::Gram;

const START_MS: u64 = 1_800_000_000_000;
const FAUCET_SEED: [u8; 32] = [77; 32];

fn validator_seeds() -> Vec<Secret32> {
    (1..=4).map(|seed| Secret32([seed; 32])).collect()
}

/// Four validators with folders, and a faucet that pays strangers.
#[derive(Clone)]
struct Lab {
    dir: Arc<TempDir>,
    genesis: Genesis,
    clock: Arc<AtomicU64>,
    ledgers: Arc<Mutex<BTreeMap<usize, Arc<Ledger>>>>,
    steps: Arc<Mutex<Vec<Step>>>,
}

impl Lab {
    fn new() -> Self {
        let validators = validator_seeds().iter().map(|seed| consensus::public_key(seed).unwrap()).collect();
        let faucet = SigningKey::from_bytes(&FAUCET_SEED);
        let genesis = Genesis::build(&GenesisParams {
            now: UnixMillis(START_MS),
            faucet_public_key: faucet.verifying_key().to_bytes(),
            validators,
            supply: Gram::from(SUPPLY_NANO),
        })
        .unwrap();
        Self {
            dir: Arc::new(tempfile::tempdir().unwrap()),
            genesis,
            clock: Arc::new(AtomicU64::new(START_MS)),
            ledgers: Arc::default(),
            steps: Arc::default(),
        }
    }

    fn path(&self, index: usize) -> PathBuf {
        self.dir.path().join(format!("{index}.sqlite"))
    }

    fn open(&self, index: usize, link: Link) -> Arc<Ledger> {
        let seed = validator_seeds()[index % 4].clone();
        let clock = Arc::clone(&self.clock);
        Ledger::open(LedgerParts {
            store: Arc::new(BlockStore::open(&self.path(index)).unwrap()),
            genesis: self.genesis.clone(),
            public_key: consensus::public_key(&seed).unwrap(),
            // twins must differ in what they propose
            seed: Secret32([u8::try_from(index).unwrap(); 32]),
            clock: Arc::new(move || UnixMillis(clock.load(Ordering::SeqCst))),
            link,
            metrics: Arc::default(),
        })
        .unwrap()
    }

    fn ledger(&self, index: usize) -> Arc<Ledger> {
        Arc::clone(&self.ledgers.lock()[&index])
    }

    fn then(&self, step: Step) -> &Self {
        self.steps.lock().push(step);
        self
    }

    fn seconds(&self, count: u64) -> &Self {
        for _ in 0..count {
            let clock = Arc::clone(&self.clock);
            self.then(Step::Run(Duration::from_secs(1)));
            self.then(Step::Call(Box::new(move || {
                clock.fetch_add(1000, Ordering::SeqCst);
            })));
        }
        self
    }

    /// The faucet pays one Gram to the stranger `to`, through the validator `at`. `seqno` is the faucet's.
    fn pay(&self, at: usize, seqno: u32, to: u8) -> &Self {
        let lab = self.clone();
        self.then(Step::Call(Box::new(move || {
            let boc = transfer(seqno, to, lab.clock.load(Ordering::SeqCst));
            lab.ledger(at).submit(&boc).unwrap();
        })))
    }

    fn look(&self, look: impl FnOnce(&Self) + Send + 'static) -> &Self {
        let lab = self.clone();
        self.then(Step::Call(Box::new(move || look(&lab))))
    }

    fn run(&self, seed: u64, equivocator: Option<usize>) -> String {
        eprintln!("seed {seed}");
        let first = self.open(0, consensus::link().0);
        let config = SimulationConfig {
            seed,
            keys: validator_seeds(),
            genesis_hash: self.genesis.hash(),
            genesis: first.genesis_header(),
            latency: Duration::from_millis(5 + seed % 30),
            delivered_percent: 100,
            equivocator,
            start_ms: START_MS,
            blocks_kept: Some(4),
        };
        drop(first);
        let lab = self.clone();
        let start = move |index: usize, link: Link| -> Arc<dyn Application> {
            let ledger = lab.open(index, link);
            lab.ledgers.lock().insert(index, Arc::clone(&ledger));
            ledger
        };
        let steps = std::mem::take(&mut *self.steps.lock());
        simulate(config, start, steps).unwrap()
    }

    fn height(&self, index: usize) -> u64 {
        self.ledger(index).final_height()
    }

    fn balance(&self, index: usize, to: u8) -> u128 {
        let account = self.ledger(index).final_state().account(&stranger(to)).unwrap();
        account.load_account().unwrap().map_or(0, |account| account.balance.tokens.into_inner())
    }

    /// No two blocks at one height, no height left out, and equal states where heights are equal.
    fn assert_agreement(&self, honest: &[usize]) {
        let mut decided = BTreeMap::new();
        let mut states = BTreeMap::new();
        for index in honest {
            let ledger = self.ledger(*index);
            for height in 1..=ledger.final_height() {
                let row = ledger.parts.store.decided(height).unwrap().expect("a height is missing");
                assert_eq!(*decided.entry(height).or_insert(row.digest), row.digest, "two blocks at {height}");
            }
            let state = ledger.final_state();
            let roots: Vec<HashBytes> =
                state.shards().chain([state.masterchain()]).map(|chain| *chain.root().repr_hash()).collect();
            assert_eq!(*states.entry(ledger.final_height()).or_insert_with(|| roots.clone()), roots);
            // what is on disk is the same state
            let (link, _ends) = consensus::link();
            let again = self.open(*index, link);
            assert_eq!(again.final_state().head(), state.head());
        }
    }
}

fn stranger(to: u8) -> StdAddr {
    StdAddr::new(0, HashBytes([to; 32]))
}

fn transfer(seqno: u32, to: u8, now_ms: u64) -> Vec<u8> {
    let key = SigningKey::from_bytes(&FAUCET_SEED);
    let faucet = wallet::WalletV5::new(key.verifying_key().to_bytes());
    let valid_until = u32::try_from(now_ms / 1000).unwrap() + 60;
    let validity = wallet::Validity { seqno, valid_until, deploy: false };
    let payment = wallet::Transfer::new(stranger(to), Gram::from(1_000_000_000));
    Boc::encode(faucet.sign_transfers(&key, validity, &[payment]).unwrap())
}

const PAID: u128 = 1_000_000_000;

#[test]
fn payments_through_different_validators_arrive_everywhere_and_once() {
    let lab = Lab::new();
    lab.seconds(2).pay(0, 0, 1).seconds(1).pay(2, 1, 2).pay(2, 2, 3).seconds(2);
    lab.run(1, None);
    lab.assert_agreement(&[0, 1, 2, 3]);
    for index in 0..4 {
        assert_eq!([1, 2, 3].map(|to| lab.balance(index, to)), [PAID; 3]);
    }
}

#[test]
fn a_validator_that_crashed_comes_back_to_the_same_state() {
    for seed in [2, 3] {
        let lab = Lab::new();
        lab.seconds(2).pay(0, 0, 1).then(Step::Run(Duration::from_millis(30)));
        lab.then(Step::Crash(1)).seconds(8).pay(2, 1, 2).seconds(6);
        lab.look(|lab| assert_eq!(lab.balance(0, 2), PAID, "three of four go on"));
        lab.then(Step::Restart(1)).seconds(4).pay(1, 2, 3).seconds(4);
        lab.run(seed, None);
        lab.assert_agreement(&[0, 1, 2, 3]);
        assert!(lab.height(1) + 2 >= lab.height(0), "it caught up");
        assert_eq!([1, 2, 3].map(|to| lab.balance(1, to)), [PAID; 3]);
    }
}

#[test]
fn all_crash_at_once_and_nothing_final_is_lost() {
    for seed in [4, 5] {
        let lab = Lab::new();
        lab.seconds(2).pay(0, 0, 1).seconds(2);
        for index in 0..4 {
            lab.then(Step::Crash(index));
        }
        lab.seconds(1);
        for index in 0..4 {
            lab.then(Step::Restart(index));
        }
        lab.look(|lab| assert!((0..4).any(|index| lab.balance(index, 1) == PAID), "it was final"));
        lab.seconds(6).pay(3, 1, 2).seconds(3);
        lab.run(seed, None);
        lab.assert_agreement(&[0, 1, 2, 3]);
        assert_eq!([1, 2].map(|to| lab.balance(0, to)), [PAID; 2]);
    }
}

#[test]
fn a_partition_decides_nothing_and_heals() {
    for seed in [6, 7] {
        let lab = Lab::new();
        let before = Arc::new(AtomicU64::new(0));
        let (set, check, healed) = (Arc::clone(&before), Arc::clone(&before), Arc::clone(&before));
        lab.seconds(2).then(Step::Partition(vec![0, 1])).seconds(2);
        lab.look(move |lab| set.store(lab.height(0).max(lab.height(2)), Ordering::SeqCst));
        lab.pay(0, 0, 1).seconds(8);
        lab.look(move |lab| {
            assert_eq!(lab.height(0).max(lab.height(2)), check.load(Ordering::SeqCst));
            assert_eq!(lab.balance(0, 1), 0);
        });
        lab.then(Step::Heal).seconds(10);
        lab.run(seed, None);
        lab.assert_agreement(&[0, 1, 2, 3]);
        assert!(lab.height(0) > healed.load(Ordering::SeqCst) + 3);
        assert_eq!(lab.balance(2, 1), PAID, "what waited is paid");
    }
}

#[test]
fn an_equivocator_neither_splits_the_chain_nor_stops_it() {
    for seed in [8, 9, 10] {
        let lab = Lab::new();
        lab.seconds(3).pay(0, 0, 1).seconds(10).pay(3, 1, 2).seconds(12);
        lab.run(seed, Some(2));
        lab.assert_agreement(&[0, 1, 3]);
        for honest in [0, 1, 3] {
            assert_eq!([1, 2].map(|to| lab.balance(honest, to)), [PAID; 2]);
            assert!(lab.height(honest) >= 8, "{} blocks", lab.height(honest));
        }
    }
}

#[test]
fn a_snapshot_and_the_blocks_since_give_the_same_state_as_all_blocks() {
    let lab = Lab::new();
    lab.seconds(2).pay(0, 0, 1).seconds(1);
    lab.look(|lab| lab.ledger(0).snapshot().unwrap());
    lab.pay(1, 1, 2).seconds(3);
    lab.run(11, None);
    let (expected, snapshots) = (lab.ledger(0).final_state(), lab.ledger(0).parts.store.snapshots().unwrap());
    assert_eq!(snapshots.len(), 1);
    assert!(snapshots[0].0 < lab.height(0));
    assert_eq!(lab.open(0, consensus::link().0).final_state().head(), expected.head());
    // a damaged snapshot only costs time
    lab.ledger(0).parts.store.put_snapshot(lab.height(0), b"damaged").unwrap();
    assert_eq!(lab.open(0, consensus::link().0).final_state().head(), expected.head());
}

#[test]
fn a_folder_of_another_network_is_refused() {
    let lab = Lab::new();
    drop(lab.open(0, consensus::link().0));
    let other = Genesis::build(&GenesisParams {
        now: UnixMillis(START_MS + 1000),
        faucet_public_key: [1; 32],
        validators: vec![consensus::public_key(&validator_seeds()[0]).unwrap()],
        supply: Gram::from(SUPPLY_NANO),
    })
    .unwrap();
    let store = BlockStore::open(&lab.path(0)).unwrap();
    assert!(recover::recover(&store, &other).err().unwrap().0.contains("another network"));
}

#[test]
fn the_same_seed_gives_the_same_run() {
    let run = |seed| {
        let lab = Lab::new();
        lab.seconds(2).pay(0, 0, 1).seconds(2);
        (lab.run(seed, None), *lab.ledger(0).final_state().head())
    };
    assert_eq!(run(12), run(12));
    assert_ne!(run(12).0, run(13).0);
}

/// CHN-84
#[test]
fn what_is_refused_on_a_block_that_is_not_final_stays_in_the_pool() {
    let lab = Lab::new();
    let (one, other) = (lab.open(0, consensus::link().0), lab.open(1, consensus::link().0));
    let genesis = one.genesis_header();
    other.submit(&transfer(0, 1, START_MS)).unwrap();
    let block = other.propose(&genesis, UnixMillis(START_MS + 100)).unwrap();
    one.submit(&transfer(0, 2, START_MS)).unwrap();
    assert_eq!(one.verify(&block), Verdict::Valid);
    // on that block the number 0 is used up; it may never become final
    one.propose(&block.header, UnixMillis(START_MS + 200)).unwrap();
    assert_eq!(one.pool.lock().len(), 1);
    let instead = one.propose(&genesis, UnixMillis(START_MS + 300)).unwrap();
    one.finalized(&instead, None).unwrap();
    assert!(one.pool.lock().is_empty());
    assert_eq!(one.final_state().head().seqno, 1);
}

/// CHN-84
#[test]
fn messages_expire_though_no_block_becomes_final() {
    let lab = Lab::new();
    let ledger = lab.open(0, consensus::link().0);
    ledger.submit(&transfer(0, 1, START_MS)).unwrap();
    ledger.propose(&ledger.genesis_header(), UnixMillis(START_MS + 61_000)).unwrap();
    assert!(ledger.pool.lock().is_empty());
}

/// CHN-82
#[test]
fn an_order_in_a_block_that_is_decided_on_is_not_replaced() {
    let lab = Lab::new();
    let ledger = lab.open(0, consensus::link().0);
    ledger.submit(&transfer(0, 1, START_MS)).unwrap();
    ledger.submit(&transfer(0, 2, START_MS + 1000)).unwrap();
    ledger.propose(&ledger.genesis_header(), UnixMillis(START_MS + 100)).unwrap();
    let refused = ledger.submit(&transfer(0, 3, START_MS + 2000)).unwrap_err();
    assert!(matches!(refused, SubmitError::Refused { code: "seqno", .. }));
}
