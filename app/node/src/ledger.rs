//! The chain as consensus drives it: executes blocks on the states it holds, makes final ones durable,
//! publishes each new head, and keeps the pool of external messages.
//!
//! Requirements: calls to `finalized` in order of height; the disk that `BlockStore` needs.
//!
//! Provided: [`Ledger`], the `consensus::Application` of a node. After a restart it stands where its last
//! durable block left it: newest snapshot, then the blocks since, executed again.
//!
//! Not provided: agreement, gossip, serving.

mod recover;
mod rows;
#[cfg(test)]
mod tests;

use crate::{
    metrics::NodeMetrics,
    view::{ChainView, Head, Intake, NetworkFacts, SubmitError},
};
use bytes::Bytes;
use chain::{
    BlockBundle, ChainState, CollateParams, Collated, Genesis,
    certificate::{BlockDigest, ConsensusHeader},
    collate,
    mempool::{Mempool, PoolRefusal},
};
use consensus::{Application, Block, Failure, FinalBlock, FinalName, Link, PAYLOAD_BYTES_MAX, Verdict};
use parking_lot::{Mutex, RwLock};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, OnceLock, Weak,
        atomic::{AtomicBool, Ordering},
    },
};
use store::blocks::{BlockStore, Commit};
use tycho_types::{
    boc::Boc,
    cell::{Cell, HashBytes},
};
use wire::{Secret32, UnixMillis, hash::domain_hash, hash::sha256};

/// Final blocks whose states stay in memory, for blocks that are verified late.
const FINAL_STATES_KEPT: u64 = 8;
/// States in memory, final or not; beyond that the oldest that are not final go, and are executed again when
/// they are needed.
const STATES_MAX: usize = 256;
/// External messages that one proposal tries: more than a block holds.
const EXTERNALS_TRIED_MAX: usize = 4096;
/// Blocks between two snapshots: what a restart executes again at most.
pub const SNAPSHOT_INTERVAL: u64 = 512;

/// Reads the time; simulated in simulations.
pub type Clock = Arc<dyn Fn() -> UnixMillis + Send + Sync>;

/// What a ledger is made of.
pub struct LedgerParts {
    /// Where final blocks are.
    pub store: Arc<BlockStore>,
    /// The beginning of the network.
    pub genesis: Genesis,
    /// The validator's public key: blocks carry it as their creator.
    pub public_key: [u8; 32],
    /// Secret that block seeds come from.
    pub seed: Secret32,
    /// Reads the time.
    pub clock: Clock,
    /// To the other validators.
    pub link: Link,
    /// What is counted.
    pub metrics: Arc<NodeMetrics>,
}

/// A state and the block that led to it.
struct Entry {
    header: ConsensusHeader,
    state: ChainState,
    /// External messages in the block.
    externals: BTreeSet<HashBytes>,
    /// Whether messages between accounts wait, and the last block moved some: one that can't be executed
    /// must not keep the chain busy.
    busy: bool,
    /// What becomes durable when the block is final; taken then.
    commit: Mutex<Option<Commit>>,
}

struct Entries {
    by_digest: BTreeMap<BlockDigest, Arc<Entry>>,
    last: Arc<Entry>,
}

/// See the module.
pub struct Ledger {
    parts: LedgerParts,
    network: NetworkFacts,
    genesis_header: ConsensusHeader,
    entries: RwLock<Entries>,
    pool: Mutex<Mempool>,
    view: OnceLock<Arc<ChainView>>,
    snapshotting: Arc<AtomicBool>,
}

impl std::fmt::Debug for Ledger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ledger").field("final_height", &self.final_height()).finish_non_exhaustive()
    }
}

impl Ledger {
    /// Recovers the state from the store and publishes it.
    pub fn open(parts: LedgerParts) -> Result<Arc<Self>, Failure> {
        let recovered = recover::recover(&parts.store, &parts.genesis)?;
        let last = Arc::new(Entry {
            header: recovered.header,
            state: recovered.state,
            externals: BTreeSet::new(),
            busy: false,
            commit: Mutex::new(None),
        });
        let by_digest = BTreeMap::from([(last.header.digest(), Arc::clone(&last))]);
        let ledger = Arc::new(Self {
            network: recovered.network,
            genesis_header: recovered.genesis_header,
            entries: RwLock::new(Entries { by_digest, last }),
            pool: Mutex::new(Mempool::default()),
            view: OnceLock::new(),
            snapshotting: Arc::default(),
            parts,
        });
        // weak: the ledger holds its view
        let ours: Weak<Self> = Arc::downgrade(&ledger);
        let intake: Weak<dyn Intake> = ours;
        let last = Arc::clone(&ledger.entries.read().last);
        let view = ChainView::new(
            ledger.network.clone(),
            Arc::clone(&ledger.parts.store),
            head(&last),
            last.state.clone(),
            intake,
        );
        // nobody else has the ledger yet, so the view was not set before
        let _ = ledger.view.set(Arc::new(view));
        ledger.parts.metrics.height.set(gauge(last.header.height));
        ledger.parts.metrics.running.set(1);
        Ok(ledger)
    }

    /// The read side.
    #[must_use]
    pub fn view(&self) -> Option<Arc<ChainView>> {
        self.view.get().cloned()
    }

    /// The header at height 0.
    #[must_use]
    pub fn genesis_header(&self) -> ConsensusHeader {
        self.genesis_header
    }

    /// Which network this is.
    #[must_use]
    pub fn network(&self) -> &NetworkFacts {
        &self.network
    }

    /// The state after the last final block.
    #[must_use]
    pub fn final_state(&self) -> ChainState {
        self.entries.read().last.state.clone()
    }

    /// Writes a snapshot of the last final state, so that the next start has nothing to execute again.
    pub fn snapshot(&self) -> Result<(), Failure> {
        let last = Arc::clone(&self.entries.read().last);
        if last.header.height == 0 {
            return Ok(());
        }
        write_snapshot(&self.parts.store, last.header.height, &last.state)
    }

    /// Writes a snapshot on a thread of its own, so that a large state does not hold up the chain; skipped
    /// while the one before is still being written.
    fn snapshot_aside(&self, height: u64, state: ChainState) {
        if self.snapshotting.swap(true, Ordering::AcqRel) {
            tracing::warn!(height, "no snapshot: the one before is still being written");
            return;
        }
        let (store, done) = (Arc::clone(&self.parts.store), Arc::clone(&self.snapshotting));
        let write = move || {
            if let Err(why) = write_snapshot(&store, height, &state) {
                tracing::warn!(height, %why, "a snapshot could not be written: the next start takes longer");
            }
            done.store(false, Ordering::Release);
        };
        if let Err(why) = std::thread::Builder::new().name("snapshot".to_owned()).spawn(write) {
            self.snapshotting.store(false, Ordering::Release);
            tracing::warn!(height, %why, "no thread to write a snapshot on");
        }
    }

    fn entry(&self, digest: &BlockDigest) -> Option<Arc<Entry>> {
        self.entries.read().by_digest.get(digest).cloned()
    }

    fn remember(&self, entry: Arc<Entry>) {
        let mut entries = self.entries.write();
        let final_height = entries.last.header.height;
        entries.by_digest.insert(entry.header.digest(), entry);
        while entries.by_digest.len() > STATES_MAX {
            let oldest = entries.by_digest.iter().filter(|(_, entry)| entry.header.height > final_height);
            let Some(digest) = oldest.min_by_key(|(_, entry)| entry.header.height).map(|(digest, _)| *digest) else {
                break;
            };
            entries.by_digest.remove(&digest);
        }
    }

    /// External messages in the blocks from `digest` down to the last final one.
    fn externals_above_final(&self, digest: &BlockDigest) -> BTreeSet<HashBytes> {
        let entries = self.entries.read();
        let mut found = BTreeSet::new();
        let mut at = entries.by_digest.get(digest);
        while let Some(entry) = at {
            if entry.header.height <= entries.last.header.height {
                break;
            }
            found.extend(entry.externals.iter().copied());
            at = entries.by_digest.get(&entry.header.parent);
        }
        found
    }

    /// Executes a block, unless that was done already.
    fn execute(&self, block: &Block) -> Result<Arc<Entry>, Verdict> {
        if let Some(known) = self.entry(&block.header.digest()) {
            return Ok(known);
        }
        let parent = self.entry(&block.header.parent);
        let parent = parent.ok_or_else(|| Verdict::Unready("its parent's state is not here".to_owned()))?;
        let invalid = |why: &dyn std::fmt::Display| Verdict::Invalid(why.to_string());
        let bundle = BlockBundle::decode(&block.payload).map_err(|why| invalid(&why))?;
        let state = chain::validate(&parent.state, &bundle).map_err(|why| invalid(&why))?;
        check_header(&block.header, &parent.header, &state).map_err(|why| invalid(&why))?;
        self.add(block.header, &parent.state, state, &bundle).map_err(|why| invalid(&why))
    }

    fn add(
        &self,
        header: ConsensusHeader,
        parent: &ChainState,
        state: ChainState,
        bundle: &BlockBundle,
    ) -> Result<Arc<Entry>, Failure> {
        let (commit, externals) = rows::commit(&header, bundle).map_err(failure)?;
        let busy = waits(&state).any(|queue| queue.is_some()) && !waits(&state).eq(waits(parent));
        let entry = Arc::new(Entry { header, state, externals, busy, commit: Mutex::new(Some(commit)) });
        self.remember(Arc::clone(&entry));
        Ok(entry)
    }

    /// A height that is final already comes again after a restart: it must be the same block.
    fn finalized_again(&self, block: &Block, certificate: Option<&[u8]>) -> Result<(), Failure> {
        let height = block.header.height;
        let known = self.parts.store.decided(height).map_err(failure)?;
        match known {
            Some(known) if known.digest == block.header.digest() => {
                if let (None, Some(certificate)) = (&known.certificate, certificate) {
                    self.parts.store.put_certificate(height, certificate).map_err(failure)?;
                }
                Ok(())
            }
            Some(_) => Err(Failure(format!("two final blocks at height {height}: stop and report this"))),
            None => Err(Failure(format!("the final block {height} is missing in the store: restore the folder"))),
        }
    }

    /// Moves the last final block on and drops what can't be needed any more.
    fn advance(&self, entry: &Arc<Entry>) {
        let mut entries = self.entries.write();
        entries.last = Arc::clone(entry);
        let keep_from = entry.header.height.saturating_sub(FINAL_STATES_KEPT);
        entries.by_digest.retain(|_, old| old.header.height >= keep_from);
    }

    /// Makes a block of as many of the external messages as one can be made of (rule CON-24).
    fn collate_what_can_be(
        &self,
        state: &ChainState,
        externals: &[Cell],
        params: &CollateParams,
    ) -> Option<(Collated, Bytes)> {
        let mut tried = externals;
        loop {
            let made = collate(state, tried, params).map_err(|why| why.to_string()).and_then(|collated| {
                let payload = collated.block.encode().map_err(|why| why.to_string())?;
                if payload.len() > PAYLOAD_BYTES_MAX {
                    return Err(format!("it has {} bytes, above the limit", payload.len()));
                }
                Ok((collated, Bytes::from(payload)))
            });
            let why = match made {
                Ok(made) => return Some(made),
                Err(why) => why,
            };
            tracing::error!(
                height = state.seqno(),
                externals = tried.len(),
                why,
                "no block could be made: report this"
            );
            if let [message] = tried {
                self.pool.lock().forget([message.repr_hash()]);
            }
            if tried.is_empty() {
                return None;
            }
            tried = tried.get(..tried.len() / 2)?;
        }
    }

    fn clean_pool(&self, entry: &Entry) {
        let mut pool = self.pool.lock();
        pool.forget(&entry.externals);
        pool.expire(UnixMillis(entry.header.timestamp_ms));
        self.parts.metrics.pool.set(gauge(pool.len() as u64));
    }

    fn admit(&self, boc: &[u8]) -> Result<HashBytes, PoolRefusal> {
        let state = self.final_state();
        let mut pool = self.pool.lock();
        let is_proposed = |hash: &HashBytes| {
            let entries = self.entries.read();
            let last = entries.last.header.height;
            entries.by_digest.values().any(|entry| entry.header.height > last && entry.externals.contains(hash))
        };
        let admitted = pool.admit(&state, boc, (self.parts.clock)(), &is_proposed);
        self.parts.metrics.pool.set(gauge(pool.len() as u64));
        admitted
    }
}

impl Application for Ledger {
    fn has_state(&self, digest: &BlockDigest) -> bool {
        self.entries.read().by_digest.contains_key(digest)
    }

    fn final_height(&self) -> u64 {
        self.entries.read().last.header.height
    }

    fn verify(&self, block: &Block) -> Verdict {
        match self.execute(block) {
            Ok(_) => {
                self.parts.metrics.verified.inc();
                Verdict::Valid
            }
            Err(verdict) => verdict,
        }
    }

    fn has_work(&self, parent: &BlockDigest) -> bool {
        let Some(entry) = self.entry(parent) else { return false };
        if entry.busy {
            return true;
        }
        let skip = self.externals_above_final(parent);
        !self.pool.lock().candidates(1, &skip).is_empty()
    }

    fn propose(&self, parent: &ConsensusHeader, now: UnixMillis) -> Option<Block> {
        let digest = parent.digest();
        let entry = self.entry(&digest)?;
        let skip = self.externals_above_final(&digest);
        let externals = {
            let mut pool = self.pool.lock();
            // without final blocks nothing else does it
            pool.expire(now);
            pool.candidates(EXTERNALS_TRIED_MAX, &skip)
        };
        let time = now.0.to_be_bytes();
        let seed = domain_hash("simurgh/block-seed/1", &[&self.parts.seed.0, &digest, &time]);
        let params = CollateParams { now, rand_seed: HashBytes(seed), created_by: HashBytes(self.parts.public_key) };
        let (collated, payload) = self.collate_what_can_be(&entry.state, &externals, &params)?;
        for hash in &collated.stuck {
            tracing::error!(%hash, "a message between accounts can't be executed and stays: report this");
        }
        // on a state that may never become final a message may be refused that is good on the final one
        if self.entries.read().last.header.digest() == digest {
            for (hash, why) in &collated.refused {
                tracing::debug!(%hash, %why, "an external message left the pool");
            }
            self.pool.lock().forget(collated.refused.iter().map(|(hash, _)| hash));
        }
        let header = ConsensusHeader {
            parent: digest,
            height: parent.height.checked_add(1)?,
            timestamp_ms: now.0,
            masterchain_root_hash: collated.next.head().root_hash.0,
            payload_hash: sha256(&payload),
        };
        match self.add(header, &entry.state, collated.next, &collated.block) {
            Ok(_) => {
                self.parts.metrics.proposed.inc();
                Some(Block { header, payload })
            }
            Err(why) => {
                tracing::error!(height = header.height, %why, "the block that was made can't be read");
                None
            }
        }
    }

    fn finalized(&self, block: &Block, certificate: Option<&[u8]>) -> Result<(), Failure> {
        let (height, last) = (block.header.height, self.final_height());
        if height <= last {
            return self.finalized_again(block, certificate);
        }
        if height.checked_sub(1) != Some(last) {
            return Err(Failure(format!("final block {height} came after {last}")));
        }
        let entry = self.execute(block).map_err(|verdict| {
            Failure(format!("final block {height} does not execute here ({verdict:?}): stop and report this"))
        })?;
        let commit = entry.commit.lock().take();
        let mut commit = commit.ok_or_else(|| Failure(format!("final block {height} has nothing to store")))?;
        commit.decided.certificate = certificate.map(<[u8]>::to_vec);
        self.parts.store.commit(&commit).map_err(failure)?;
        self.advance(&entry);
        self.clean_pool(&entry);
        let metrics = &self.parts.metrics;
        metrics.height.set(gauge(height));
        metrics.transactions.inc_by(commit.transactions.len() as u64);
        metrics.block_age(UnixMillis(block.header.timestamp_ms), (self.parts.clock)());
        if let Some(view) = self.view.get() {
            view.publish(head(&entry), entry.state.clone());
        }
        if height.is_multiple_of(SNAPSHOT_INTERVAL) {
            self.snapshot_aside(height, entry.state.clone());
        }
        Ok(())
    }

    fn final_block(&self, name: FinalName) -> Option<FinalBlock> {
        match recover::final_block(&self.parts.store, name) {
            Ok(found) => found,
            Err(why) => {
                tracing::error!(%why, "a final block can't be read for another validator");
                None
            }
        }
    }

    fn failed(&self) {
        self.parts.metrics.running.set(0);
        if let Some(view) = self.view.get() {
            view.stand_still();
        }
    }

    fn gossiped(&self, message: Bytes) {
        match self.admit(&message) {
            Ok(_) => self.parts.link.wake(),
            Err(why) => tracing::debug!(%why, "a gossiped message was refused"),
        }
    }
}

impl Intake for Ledger {
    fn submit(&self, boc: &[u8]) -> Result<[u8; 32], SubmitError> {
        let metrics = &self.parts.metrics;
        match self.admit(boc) {
            Ok(hash) => {
                metrics.submitted.inc();
                self.parts.link.wake();
                if !self.parts.link.gossip(Bytes::copy_from_slice(boc)) {
                    tracing::warn!("a message could not be gossiped: it waits until this validator leads");
                }
                Ok(hash.0)
            }
            // it waits already: to the sender that is the same
            Err(PoolRefusal::Known) => match Boc::decode(boc) {
                Ok(message) => Ok(message.repr_hash().0),
                Err(why) => Err(SubmitError::Malformed(why.to_string())),
            },
            Err(refusal) => {
                metrics.refused.inc();
                Err(SubmitError::Refused {
                    code: refusal.code(),
                    reason: refusal.to_string(),
                    exit_code: refusal.exit_code(),
                })
            }
        }
    }
}

/// What the header says about the state must be so.
fn check_header(header: &ConsensusHeader, parent: &ConsensusHeader, state: &ChainState) -> Result<(), Failure> {
    let wrong = |what: &str| Err(Failure(format!("the header's {what} is not the block's")));
    if Some(header.height) != parent.height.checked_add(1) || header.height != u64::from(state.seqno()) {
        return wrong("height");
    }
    if header.timestamp_ms <= parent.timestamp_ms || header.timestamp_ms / 1000 != u64::from(state.gen_utime()) {
        return wrong("time");
    }
    if header.masterchain_root_hash != state.head().root_hash.0 {
        return wrong("masterchain root");
    }
    Ok(())
}

fn write_snapshot(store: &BlockStore, height: u64, state: &ChainState) -> Result<(), Failure> {
    let bytes = state.to_bytes().map_err(failure)?;
    store.put_snapshot(height, &bytes).map_err(failure)
}

/// The roots of the queues of messages between accounts; `None` where nothing waits.
fn waits(state: &ChainState) -> impl Iterator<Item = Option<HashBytes>> {
    let chains = state.shards().chain([state.masterchain()]);
    chains.map(|chain| chain.messages().queue.dict().root().as_ref().map(|root| *root.repr_hash()))
}

fn head(entry: &Entry) -> Head {
    Head {
        height: entry.header.height,
        at: UnixMillis(entry.header.timestamp_ms),
        masterchain: *entry.state.head(),
        shards: entry.state.shards().map(|shard| *shard.id()).collect(),
    }
}

fn gauge(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

pub(crate) fn failure(why: impl std::fmt::Display) -> Failure {
    Failure(why.to_string())
}
