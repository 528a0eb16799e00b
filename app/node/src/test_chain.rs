//! A chain of one process for the tests of what reads it: real blocks, made at once when a message comes.

use std::sync::{Arc, OnceLock, Weak};

use chain::wallet::{Transfer, Validity, WalletV5};
use chain::{BlockBundle, ChainState, CollateParams, Genesis, GenesisParams, collate};
use ed25519_dalek::SigningKey;
use parking_lot::Mutex;
use store::blocks::{BlockKey, BlockStore, Commit};
use store::clock::now;
use tempfile::TempDir;
use tycho_types::boc::Boc;
use tycho_types::cell::{Cell, HashBytes};
use tycho_types::models::{BlockId, ShardIdent, StdAddr};
use wire::{Gram, UnixMillis};

use crate::view::{BlockRow, ChainView, FinalRow, Head, Intake, NetworkFacts, SubmitError, TransactionRow};

/// A chain whose faucet has [`TestChain::faucet_key`].
pub(crate) struct TestChain {
    pub(crate) view: Arc<ChainView>,
    intake: Arc<TestIntake>,
    _folder: TempDir,
}

struct TestIntake {
    /// The state, and the time of the last block.
    at: Mutex<(ChainState, UnixMillis)>,
    store: Arc<BlockStore>,
    view: OnceLock<Weak<ChainView>>,
}

impl TestChain {
    pub(crate) fn start() -> Self {
        let genesis = Genesis::build(&GenesisParams {
            now: UnixMillis(now().0 - 10_000),
            faucet_public_key: Self::faucet_key().verifying_key().to_bytes(),
            validators: vec![[3; 32]],
            supply: Gram::from_nano(u128::from(chain::genesis::SUPPLY_NANO)).unwrap(),
        })
        .unwrap();
        let state = ChainState::from_genesis(&genesis).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(BlockStore::open(&folder.path().join("blocks.sqlite")).unwrap());
        let network = NetworkFacts {
            genesis_hash: genesis.hash(),
            validators: vec![[3; 32]],
            global_id: chain::genesis::GLOBAL_ID,
            zero_state: *state.head(),
        };
        let first = state.clone();
        let intake = Arc::new(TestIntake {
            at: Mutex::new((state, UnixMillis(0))),
            store: Arc::clone(&store),
            view: OnceLock::new(),
        });
        let ours: Weak<TestIntake> = Arc::downgrade(&intake);
        let view = Arc::new(ChainView::new(network, store, head(&first), first, ours));
        intake.view.set(Arc::downgrade(&view)).unwrap();
        let chain = Self { view, intake, _folder: folder };
        chain.make_block();
        chain
    }

    pub(crate) fn faucet_key() -> SigningKey {
        SigningKey::from_bytes(&[7; 32])
    }

    pub(crate) fn faucet() -> WalletV5 {
        WalletV5::new(Self::faucet_key().verifying_key().to_bytes())
    }

    /// A block without external messages.
    pub(crate) fn make_block(&self) {
        self.intake.step(&[]).unwrap();
    }

    /// A signed payment from the faucet.
    pub(crate) fn payment(&self, seqno: u32, transfers: &[Transfer]) -> Cell {
        let valid_until = chain::state::seconds(now()) + 60;
        let state = self.view.account(&Self::faucet().address().unwrap()).unwrap().account;
        let deploy = state
            .and_then(|entry| entry.load_account().unwrap())
            .is_none_or(|account| !matches!(account.state, tycho_types::models::AccountState::Active(_)));
        Self::faucet().sign_transfers(&Self::faucet_key(), Validity { seqno, valid_until, deploy }, transfers).unwrap()
    }

    /// Pays from the faucet and waits until it arrived.
    pub(crate) fn pay(&self, seqno: u32, to: &StdAddr, nano: u128, comment: &str) {
        let transfer = Transfer::new(to.clone(), Gram::from_nano(nano).unwrap()).with_comment(comment).unwrap();
        self.view.submit(&Boc::encode(self.payment(seqno, &[transfer]))).unwrap();
    }
}

impl Intake for TestIntake {
    /// Makes a block with the message, and two more so that what it sent arrives.
    fn submit(&self, boc: &[u8]) -> Result<[u8; 32], SubmitError> {
        let message = Boc::decode(boc).map_err(|error| SubmitError::Malformed(error.to_string()))?;
        let hash = *message.repr_hash();
        self.step(&[message])?;
        self.step(&[])?;
        self.step(&[])?;
        Ok(hash.0)
    }
}

impl TestIntake {
    fn step(&self, externals: &[Cell]) -> Result<(), SubmitError> {
        let mut last = self.at.lock();
        let (state, last_at) = &mut *last;
        // as in consensus no two blocks have one time (CON-5)
        let at = now().max(last_at.plus_ms(1));
        let params = CollateParams { now: at, rand_seed: HashBytes([9; 32]), created_by: HashBytes([3; 32]) };
        let collated = collate(state, externals, &params).unwrap();
        if let Some((_, refusal)) = collated.refused.first() {
            let reason = refusal.to_string();
            return Err(SubmitError::Refused { code: "refused", reason, exit_code: None });
        }
        self.store.commit(&commit(&collated.next, &collated.block, at)).unwrap();
        (*state, *last_at) = (collated.next, at);
        self.view.get().and_then(Weak::upgrade).unwrap().publish(head(state), state.clone());
        Ok(())
    }
}

fn head(state: &ChainState) -> Head {
    Head {
        height: u64::from(state.seqno()),
        at: UnixMillis(u64::from(state.gen_utime()) * 1000),
        masterchain: *state.head(),
        shards: state.shards().map(|shard| *shard.id()).collect(),
    }
}

fn key(id: &BlockId) -> BlockKey {
    BlockKey { workchain: id.shard.workchain(), shard: id.shard.prefix(), seqno: id.seqno }
}

fn commit(state: &ChainState, bundle: &BlockBundle, at: UnixMillis) -> Commit {
    let height = u64::from(state.seqno());
    let open = bundle.open().unwrap();
    let transactions = chain::index::transactions(bundle).unwrap();
    let mut blocks: Vec<BlockRow> = open
        .iter()
        .zip(bundle.iter())
        .map(|(block, boc)| BlockRow {
            key: key(&block.id),
            height,
            root_hash: block.id.root_hash.0,
            file_hash: block.id.file_hash.0,
            at_ms: at.0,
            start_lt: block.info.start_lt,
            end_lt: block.info.end_lt,
            transactions: transactions.iter().filter(|found| found.block == block.id).count().try_into().unwrap(),
            boc: boc.to_vec(),
        })
        .collect();
    blocks.sort_by_key(|block| block.key.workchain != ShardIdent::MASTERCHAIN.workchain());
    let rows = transactions.into_iter().map(|found| TransactionRow {
        hash: found.hash.0,
        workchain: i32::from(found.account.workchain),
        account: found.account.address.0,
        lt: found.lt,
        at_ms: at.0,
        block: key(&found.block),
        in_message_hash: found.in_message.unwrap_or_default().0,
        in_created_lt: 0,
        boc: found.boc,
    });
    let decided = FinalRow { height, digest: state.head().root_hash.0, header: Vec::new(), certificate: None };
    Commit { decided, at_ms: at.0, blocks, transactions: rows.collect() }
}
