//! Answers to light clients: `chain::light` over a [`ChainView`].
//!
//! Provided: [`LightService`], which proves accounts at the newest head that has a certificate of its own,
//! and waits for accounts to change without a thread for each who waits.

#[cfg(test)]
mod tests;

use crate::view::{BlockRow, ChainView, SubmitError, TransactionRow, ViewError};
use chain::{
    BlockBundle, BlockName,
    certificate::ConsensusHeader,
    light::{
        AccountId, BlockRecord, BlockSummary, HeadInfo, HeadProof, LightRequest, LightResponse, ProveError, ROWS_MAX,
        TransactionRecord, WAIT_MS_MAX, transactions_that_fit,
    },
};
use parking_lot::Mutex;
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::Semaphore,
    time::{Instant, timeout_at},
};
use tycho_types::{
    boc::Boc,
    cell::HashBytes,
    models::{Block, BlockIdShort, PrevBlockRef, ShardIdent, StdAddr},
};
use wire::{UnixMillis, codec::CodecError};

/// Questions that are worked on at once; waiting ones don't count.
const WORKERS_MAX: usize = 16;
/// How long a new node waits for the first block with a certificate.
const FIRST_PROOF_WAIT: Duration = Duration::from_secs(5);

/// Answers light clients.
pub struct LightService {
    view: Arc<ChainView>,
    proof: Mutex<Option<(u64, Arc<HeadProof>)>>,
    turns: Arc<Semaphore>,
}

impl std::fmt::Debug for LightService {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LightService").finish_non_exhaustive()
    }
}

/// Why there is no answer.
#[derive(Debug)]
struct Refusal {
    code: &'static str,
    reason: String,
}

impl Refusal {
    fn node(why: impl std::fmt::Display) -> Self {
        Self { code: "node", reason: format!("the node can't answer: {why}") }
    }
}

impl From<ViewError> for Refusal {
    fn from(why: ViewError) -> Self {
        Self::node(why)
    }
}

impl From<SubmitError> for Refusal {
    fn from(why: SubmitError) -> Self {
        let code = match &why {
            SubmitError::Malformed(_) => "malformed",
            SubmitError::TooLarge { .. } => "too_large",
            SubmitError::Refused { code, .. } => code,
            SubmitError::Stopping => "stopping",
        };
        Self { code, reason: why.to_string() }
    }
}

impl LightService {
    /// A service over this view.
    #[must_use]
    pub fn new(view: Arc<ChainView>) -> Arc<Self> {
        Arc::new(Self { view, proof: Mutex::new(None), turns: Arc::new(Semaphore::new(WORKERS_MAX)) })
    }

    /// Answers one question as a frame that the asker can read; a wait ends after at most `WAIT_MS_MAX`.
    ///
    /// # Errors
    /// None in practice.
    pub async fn answer_frame(self: &Arc<Self>, request: LightRequest) -> Result<Vec<u8>, CodecError> {
        frame(&self.answer(request).await)
    }

    async fn answer(self: &Arc<Self>, request: LightRequest) -> LightResponse {
        let answered = match request {
            LightRequest::Account { address } => self.account(address, None).await,
            LightRequest::WaitAccount { address, known_lt, wait_ms } => {
                let wait = Duration::from_millis(u64::from(wait_ms.min(WAIT_MS_MAX)));
                self.account(address, Some((known_lt, wait))).await
            }
            other @ (LightRequest::Head
            | LightRequest::AccountTransactions { .. }
            | LightRequest::Send { .. }
            | LightRequest::Blocks { .. }
            | LightRequest::Block { .. }
            | LightRequest::Transaction { .. }
            | LightRequest::Config) => self.work(move |service| service.look_up(other)).await,
        };
        answered
            .unwrap_or_else(|refusal| LightResponse::Refused { code: refusal.code.to_owned(), reason: refusal.reason })
    }

    /// Runs `work` on a thread that may block. Whoever hangs up meanwhile has the turn until it is done.
    async fn work<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(Refusal::node)?;
        let service = Arc::clone(self);
        let in_turn = move || {
            let _turn = turn;
            work(&service)
        };
        tokio::task::spawn_blocking(in_turn).await.unwrap_or_else(|why| Err(Refusal::node(why)))
    }

    fn look_up(&self, request: LightRequest) -> Result<LightResponse, Refusal> {
        Ok(match request {
            LightRequest::Head => LightResponse::Head(self.head()),
            LightRequest::AccountTransactions { address, before_lt, limit } => {
                // strictly before; a logical time of 0 is before everything
                let from = before_lt.map(|lt| lt.saturating_sub(1));
                let rows = self.view.account_transactions(&StdAddr::from(&address), from, rows_max(limit))?;
                LightResponse::Transactions(self.records(cut(rows))?)
            }
            LightRequest::Send { boc } => LightResponse::Sent { hash: self.view.submit(&boc)?.0 },
            LightRequest::Blocks { before, limit } => LightResponse::Blocks(self.blocks(before, limit)?),
            LightRequest::Block { workchain, shard, seqno } => {
                LightResponse::Block(self.block(workchain, shard, seqno)?.map(Box::new))
            }
            LightRequest::Transaction { hash } => {
                let row = self.view.transaction(&HashBytes(hash))?;
                let record = row.map(|row| self.record(row)).transpose()?;
                LightResponse::Transaction(record.map(Box::new))
            }
            LightRequest::Config => {
                let config = self.view.config();
                let root = config.params.as_dict().root().as_ref().map(|root| Boc::encode(root.as_ref()));
                LightResponse::Config(root.unwrap_or_default().into())
            }
            LightRequest::Account { .. } | LightRequest::WaitAccount { .. } => {
                return Err(Refusal::node("accounts are asked for elsewhere"));
            }
        })
    }

    fn head(&self) -> HeadInfo {
        let (head, network) = (self.view.head(), self.view.network());
        HeadInfo {
            genesis_hash: network.genesis_hash,
            masterchain: BlockName::from(&head.masterchain),
            shards: head.shards.iter().map(BlockName::from).collect(),
            at: head.at,
            validators: u32::try_from(network.validators.len()).unwrap_or(u32::MAX),
        }
    }

    async fn account(
        self: &Arc<Self>,
        address: AccountId,
        wait: Option<(u64, Duration)>,
    ) -> Result<LightResponse, Refusal> {
        let address = StdAddr::from(&address);
        let begun = Instant::now();
        let until = wait.and_then(|(_, wait)| begun.checked_add(wait)).unwrap_or(begun);
        let first_until = begun.checked_add(FIRST_PROOF_WAIT).unwrap_or(begun);
        loop {
            let height = self.view.head().height;
            let proof = self.work(Self::proof).await?;
            let now = Instant::now();
            let limit = match &proof {
                None => first_until,
                Some(_) => until,
            };
            let changed = match (&proof, wait) {
                (Some(proof), Some((known_lt, _))) => {
                    proof.state().account(&address).map_err(Refusal::node)?.last_trans_lt > known_lt
                }
                (Some(_), None) => true,
                (None, _) => false,
            };
            if changed || now >= limit {
                let proof = proof.ok_or_else(|| Refusal::node("it has no certified block yet; try again"))?;
                let proven = self.work(move |_| proof.account(&address).map_err(refuse_proof)).await?;
                return Ok(LightResponse::Account(Box::new(proven)));
            }
            // the end of the wait is no failure: what is known is proven then
            let _ = timeout_at(limit, self.view.wait_for_change(height)).await;
        }
    }

    /// The proof at the newest head that has a certificate of its own.
    fn proof(&self) -> Result<Option<Arc<HeadProof>>, Refusal> {
        let (head, state) = self.view.state();
        let cached = self.proof.lock().clone();
        if let Some((height, proof)) = &cached
            && *height >= head.height
        {
            return Ok(Some(Arc::clone(proof)));
        }
        let older = cached.map(|(_, proof)| proof);
        let Some(decided) = self.view.decided(head.height)? else { return Ok(older) };
        let Some(certificate) = decided.certificate else { return Ok(older) };
        let header = ConsensusHeader::decode(&decided.header).map_err(Refusal::node)?;
        let mut rows = self.view.blocks_at(head.height)?.into_iter();
        let masterchain = rows.next().ok_or_else(|| Refusal::node("a block is missing"))?.boc;
        let bundle = BlockBundle { masterchain, shards: rows.map(|row| row.boc.into()).collect() };
        let open = bundle.open().map_err(Refusal::node)?;
        let proof = Arc::new(HeadProof::new(state, &open, &header, certificate).map_err(Refusal::node)?);
        let mut slot = self.proof.lock();
        if slot.as_ref().is_none_or(|(height, _)| *height < head.height) {
            *slot = Some((head.height, Arc::clone(&proof)));
        }
        Ok(Some(proof))
    }

    fn blocks(&self, before: Option<u32>, limit: u16) -> Result<Vec<BlockSummary>, Refusal> {
        let mut before = before.map_or(u64::MAX, u64::from);
        let mut found = Vec::new();
        let masterchain = ShardIdent::MASTERCHAIN.workchain();
        for row in self.view.blocks(masterchain, Some(before), rows_max(limit))? {
            before = row.height;
            for part in self.view.blocks_at(before)? {
                found.push(summary(&part));
            }
        }
        Ok(found)
    }

    fn block(&self, workchain: i32, shard: u64, seqno: u32) -> Result<Option<BlockRecord>, Refusal> {
        let Some(shard) = ShardIdent::new(workchain, shard) else { return Ok(None) };
        let id = BlockIdShort { shard, seqno };
        let Some(row) = self.view.block(&id)? else { return Ok(None) };
        let rows = self.view.block_transactions(&id, u32::from(ROWS_MAX))?;
        let parent = parent(&row).map_err(Refusal::node)?;
        let summary = summary(&row);
        let transactions = cut(rows).into_iter().map(|row| record(row, summary.name)).collect();
        Ok(Some(BlockRecord { summary, parent, transactions }))
    }

    fn records(&self, rows: Vec<TransactionRow>) -> Result<Vec<TransactionRecord>, Refusal> {
        rows.into_iter().map(|row| self.record(row)).collect()
    }

    fn record(&self, row: TransactionRow) -> Result<TransactionRecord, Refusal> {
        let shard = ShardIdent::new(row.block.workchain, row.block.shard).ok_or_else(|| Refusal::node("bad shard"))?;
        let block = self.view.block(&BlockIdShort { shard, seqno: row.block.seqno })?;
        let block = block.ok_or_else(|| Refusal::node("the block of a transaction is missing"))?;
        Ok(record(row, name(&block)))
    }
}

fn refuse_proof(why: ProveError) -> Refusal {
    if matches!(why, ProveError::NoSuchWorkchain) {
        Refusal { code: "workchain", reason: why.to_string() }
    } else {
        Refusal::node(why)
    }
}

/// An answer, or a refusal where nobody could read it.
fn frame(answer: &LightResponse) -> Result<Vec<u8>, CodecError> {
    answer.encode().or_else(|why| {
        let reason = format!("the answer is too large for a light client ({why})");
        LightResponse::Refused { code: "too_large".to_owned(), reason }.encode()
    })
}

fn rows_max(limit: u16) -> u32 {
    u32::from(limit.min(ROWS_MAX))
}

/// The first rows, as many as one answer holds.
fn cut(mut rows: Vec<TransactionRow>) -> Vec<TransactionRow> {
    let fit = transactions_that_fit(rows.iter().map(|row| row.boc.len()));
    rows.truncate(fit);
    rows
}

fn name(row: &BlockRow) -> BlockName {
    BlockName {
        workchain: row.key.workchain,
        shard: row.key.shard,
        seqno: row.key.seqno,
        root_hash: row.root_hash,
        file_hash: row.file_hash,
    }
}

fn summary(row: &BlockRow) -> BlockSummary {
    BlockSummary { name: name(row), at: UnixMillis(row.at_ms), transactions: row.transactions }
}

fn record(row: TransactionRow, block: BlockName) -> TransactionRecord {
    let workchain = i8::try_from(row.workchain).unwrap_or(i8::MAX);
    TransactionRecord { hash: row.hash, account: AccountId { workchain, address: row.account }, block, boc: row.boc }
}

/// The root hash of the block before this one.
fn parent(row: &BlockRow) -> Result<[u8; 32], tycho_types::error::Error> {
    let root = Boc::decode(&row.boc).map_err(|_| tycho_types::error::Error::InvalidData)?;
    match root.parse::<Block>()?.load_info()?.load_prev_ref()? {
        PrevBlockRef::Single(previous) => Ok(previous.root_hash.0),
        PrevBlockRef::AfterMerge { left, .. } => Ok(left.root_hash.0),
    }
}
