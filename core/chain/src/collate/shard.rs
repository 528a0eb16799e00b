//! One block of one chain.

use super::accounts::AccountSet;
use super::limits::{Meter, Weight};
use super::masterchain;
use super::messages::{Entries, MessageBook};
use super::{CollateError, CollateParams, External, Purpose};
use crate::execute::{ExecuteParams, Executed, PublicLibraryChange, Refusal, execute_ordinary};
use crate::queue::{ProcessedKey, ProcessedUpTo, QueueKey, Waiting};
use crate::state::{ChainState, ShardHead};
use crate::{CAPABILITIES, GLOBAL_VERSION, merkle, size};
use tycho_types::boc::Boc;
use tycho_types::cell::{CellDataBuilder, Lazy};
use tycho_types::dict::{DictKey, StoreDictKey};
use tycho_types::error::Error;
use tycho_types::models::{
    AccountBlocks, Block, BlockExtra, BlockId, BlockInfo, CurrencyCollection, GlobalVersion, InMsgDescr, LibDescr,
    OutMsgDescr, ShardAccount, ShardStateUnsplit, StdAddr, ValueFlow,
};
use tycho_types::num::Tokens;
use tycho_types::prelude::*;

/// What one block is made from.
#[derive(Debug)]
pub(super) struct ShardJob<'a> {
    /// The state before the step.
    pub(super) state: &'a ChainState,
    /// The chain that gets a block.
    pub(super) head: &'a ShardHead,
    /// The other chains, whose messages may come here.
    pub(super) neighbours: Vec<&'a ShardHead>,
    /// For the masterchain: the shards' new blocks, which it names.
    pub(super) tops: &'a [ShardOutcome],
    pub(super) now: u32,
    pub(super) start_lt: u64,
    pub(super) params: &'a CollateParams,
    pub(super) purpose: Purpose,
}

/// One new block.
#[derive(Clone, Debug)]
pub(super) struct ShardOutcome {
    pub(super) bytes: Vec<u8>,
    pub(super) head: ShardHead,
    pub(super) start_lt: u64,
    pub(super) flow: ValueFlow,
    pub(super) included: Vec<HashBytes>,
    pub(super) refused: Vec<(HashBytes, Refusal)>,
    pub(super) stuck: Vec<HashBytes>,
    pub(super) transactions: usize,
    /// What the limits counted; not less than the length of `bytes`.
    pub(super) counted_bytes: u64,
}

/// A transaction that was made and is not in the block yet. All that could fail has been done.
struct Prepared {
    before: ShardAccount,
    done: Executed,
    entries: Entries,
    weight: Weight,
    libraries: Dict<HashBytes, LibDescr>,
    burned: Tokens,
}

/// How a transaction got its message.
#[derive(Clone, Copy)]
enum Arrival<'a> {
    External,
    /// It waited, in the own queue or in another chain's.
    Queued {
        waiting: &'a Waiting,
        own: bool,
    },
}

/// A block in the making.
struct Draft<'a> {
    job: &'a ShardJob<'a>,
    execute: ExecuteParams,
    meter: Meter,
    accounts: AccountSet<'a>,
    messages: MessageBook,
    processed: ProcessedUpTo,
    libraries: Dict<HashBytes, LibDescr>,
    burned: Tokens,
    stuck: Vec<HashBytes>,
}

impl ShardJob<'_> {
    /// Makes the block.
    pub(super) fn run(&self, externals: &[External]) -> Result<ShardOutcome, CollateError> {
        let is_masterchain = self.head.id().shard.is_masterchain();
        let limits = self.state.config().raw().params.get_block_limits(is_masterchain)?;
        let mut draft = Draft {
            job: self,
            execute: ExecuteParams {
                now: self.now,
                block_lt: self.start_lt,
                rand_seed: self.params.rand_seed,
                libraries: self.state.libraries().clone(),
                previous_blocks: Some(self.state.previous_blocks()),
                ..ExecuteParams::default()
            },
            meter: Meter::new(limits, self.start_lt),
            accounts: AccountSet::new(self.head, self.start_lt.saturating_add(1)),
            messages: MessageBook::default(),
            processed: self.head.messages().processed_up_to()?,
            libraries: self.head.state().libraries.clone(),
            burned: Tokens::ZERO,
            stuck: Vec::new(),
        };
        draft.clean()?;
        draft.deliver()?;
        let (included, refused) = draft.take(externals)?;
        draft.finish(included, refused)
    }
}

impl Draft<'_> {
    /// Takes out of the queue what other chains delivered, as far as it fits (rule CHN-62).
    fn clean(&mut self) -> Result<(), CollateError> {
        for neighbour in &self.job.neighbours {
            let processed = neighbour.messages().processed_up_to()?;
            let mut cursor = self.job.head.messages().cursor(neighbour.id().shard);
            while !self.meter.is_full()
                && let Some(waiting) = cursor.next_message()?
            {
                if waiting.position() > processed {
                    break;
                }
                let mut entries = Entries::default();
                entries.taken_elsewhere(&waiting, neighbour.state().gen_lt);
                let mut weight = Weight::of_taken();
                self.weigh_entries(&entries, &mut weight)?;
                self.meter.add_taken(&weight);
                self.messages.note(entries);
            }
        }
        Ok(())
    }

    /// Delivers internal messages in order of logical time, whichever queue they wait in, as long
    /// as they fit (rules CHN-60 and CHN-61).
    ///
    /// A message that can't be executed stays where it is (rule CHN-63). In another chain's queue
    /// `processed` is all that tells it from those that were delivered: from there on nothing is
    /// taken from other chains, and `processed` stands still.
    fn deliver(&mut self) -> Result<(), CollateError> {
        let here = self.job.head.id().shard;
        let queues = [self.job.head].into_iter().chain(self.job.neighbours.iter().copied());
        let mut sources = Vec::new();
        for queue in queues {
            let own = queue.id().shard == here;
            let mut cursor = queue.messages().cursor(here);
            let next = self.next_undelivered(&mut cursor, own)?;
            sources.push((own, cursor, next));
        }
        let mut held_up = false;
        while !self.meter.is_full() {
            let first = sources.iter_mut().filter(|(own, _, next)| next.is_some() && (*own || !held_up));
            let first = first.min_by_key(|(_, _, next)| next.as_ref().map(Waiting::position));
            let Some((own, cursor, next)) = first else { break };
            let Some(waiting) = next.take() else { break };
            if self.deliver_one(&waiting, *own) {
                if !held_up {
                    self.processed = self.processed.max(waiting.position());
                }
            } else {
                self.stuck.push(waiting.hash);
                held_up |= !*own;
            }
            *next = self.next_undelivered(cursor, *own)?;
        }
        Ok(())
    }

    /// The next message of a queue that was not delivered here before.
    fn next_undelivered(
        &self,
        cursor: &mut crate::queue::QueueCursor,
        own: bool,
    ) -> Result<Option<Waiting>, CollateError> {
        while let Some(waiting) = cursor.next_message()? {
            if own || waiting.position() > self.processed {
                return Ok(Some(waiting));
            }
        }
        Ok(None)
    }

    /// Delivers a message; `false` if it can't be executed, which no message that a contract sent
    /// should ever be.
    fn deliver_one(&mut self, waiting: &Waiting, own: bool) -> bool {
        match self.prepare(&waiting.destination, waiting.message.clone(), Arrival::Queued { waiting, own }) {
            Ok(prepared) => {
                self.settle(&waiting.destination, prepared, false);
                true
            }
            Err(_) => false,
        }
    }

    /// Tries external messages until the block is full.
    #[expect(clippy::type_complexity, reason = "two lists that are handed on at once")]
    fn take(&mut self, externals: &[External]) -> Result<(Vec<HashBytes>, Vec<(HashBytes, Refusal)>), CollateError> {
        let (mut included, mut refused) = (Vec::new(), Vec::new());
        for External { to, message } in externals {
            if self.meter.is_full_for(self.job.purpose) {
                break;
            }
            let hash = *message.repr_hash();
            match self.prepare(to, message.clone(), Arrival::External) {
                Ok(prepared) => {
                    self.settle(to, prepared, true);
                    included.push(hash);
                }
                Err(refusal) => refused.push((hash, refusal)),
            }
        }
        if self.job.purpose == Purpose::Check && self.meter.is_overfull() {
            return Err(CollateError::Impossible("the external messages are more than the limits allow"));
        }
        Ok((included, refused))
    }

    /// Runs a message and makes everything that it adds to the block; nothing is noted yet.
    fn prepare(&self, to: &StdAddr, message: Cell, arrival: Arrival<'_>) -> Result<Prepared, Refusal> {
        let (before, min_lt) = self.accounts.get(&to.address).map_err(Refusal::impossible)?;
        let execute = ExecuteParams { min_lt, ..self.execute.clone() };
        let done = execute_ordinary(self.job.state.config(), &execute, to, &before, message.clone())?;
        self.complete(to, message, arrival, before, done).map_err(Refusal::impossible)
    }

    fn complete(
        &self,
        to: &StdAddr,
        message: Cell,
        arrival: Arrival<'_>,
        before: ShardAccount,
        done: Executed,
    ) -> Result<Prepared, Error> {
        let mut entries = Entries::default();
        match arrival {
            Arrival::External => entries.external(&message, &done.transaction)?,
            Arrival::Queued { waiting, own } => entries.delivered(waiting, &done.transaction, own)?,
        }
        for message in &done.out_messages {
            entries.sent(message.clone(), &done.transaction)?;
        }
        let burned = self.burned.checked_add(done.burned).ok_or(Error::IntOverflow)?;
        let mut libraries = self.libraries.clone();
        for (hash, change) in &done.libraries {
            change_library(&mut libraries, to, *hash, change)?;
        }
        let mut weight = Weight::of(&before, &done);
        self.weigh_entries(&entries, &mut weight)?;
        let accounts = self.job.head.accounts().dict().root();
        size::path(accounts.as_ref(), 256, |n| has_bit(&to.address.0, n), |cell| weight.add_path(cell))?;
        Ok(Prepared { before, done, entries, weight, libraries, burned })
    }

    /// Weighs what the lists of messages and the queue get.
    fn weigh_entries(&self, entries: &Entries, weight: &mut Weight) -> Result<(), Error> {
        for _ in 0..entries.len() {
            weight.add_message();
        }
        let queue = self.job.head.messages().queue.dict().root();
        for key in entries.queue_keys() {
            let mut data = CellDataBuilder::new();
            key.store_into_data(&mut data)?;
            let bytes = data.raw_data();
            size::path(queue.as_ref(), QueueKey::BITS, |n| has_bit(bytes, n), |cell| weight.add_path(cell))?;
        }
        Ok(())
    }

    /// Notes a transaction; nothing of it can fail any more.
    fn settle(&mut self, account: &StdAddr, prepared: Prepared, is_external: bool) {
        let Prepared { before, done, entries, weight, libraries, burned } = prepared;
        self.accounts.put(account.address, &before, &done);
        self.messages.note(entries);
        self.meter.add(&weight, is_external);
        (self.libraries, self.burned) = (libraries, burned);
    }

    /// Builds state and block.
    fn finish(
        self,
        included: Vec<HashBytes>,
        refused: Vec<(HashBytes, Refusal)>,
    ) -> Result<ShardOutcome, CollateError> {
        let Self { job, meter, accounts, messages, processed, libraries, burned, stuck, .. } = self;
        let (accounts, account_blocks) = accounts.finish()?;
        let (inbound, outbound) = messages.lists()?;
        let flow = value_flow(job, &accounts, &account_blocks, &inbound, &outbound, burned)?;
        let masterchain = self.job.state.masterchain();
        let key = ProcessedKey { shard: job.head.id().shard.prefix(), masterchain_seqno: masterchain.id().seqno };
        let queue = messages.queue(job.head.messages(), key, processed)?;
        let before = job.head.state();
        let mut state = ShardStateUnsplit {
            seqno: job.head.id().seqno.checked_add(1).ok_or(CollateError::Impossible("all block numbers are used"))?,
            gen_utime: job.now,
            gen_lt: meter.end_lt(),
            min_ref_mc_seqno: masterchain.id().seqno,
            out_msg_queue_info: CellBuilder::build_from(&queue)?,
            total_balance: flow.to_next_block.clone(),
            total_validator_fees: before
                .total_validator_fees
                .checked_add(&flow.fees_collected)?
                .checked_sub(&flow.recovered)?,
            accounts: Lazy::new(&accounts)?,
            libraries,
            master_ref: (!job.head.id().shard.is_masterchain()).then(|| masterchain.block_ref()),
            ..before.clone()
        };
        let mut extra = BlockExtra {
            in_msg_description: Lazy::new(&inbound)?,
            out_msg_description: Lazy::new(&outbound)?,
            account_blocks: Lazy::new(&account_blocks)?,
            rand_seed: job.params.rand_seed,
            created_by: job.params.created_by,
            custom: None,
        };
        if job.head.id().shard.is_masterchain() {
            let (block_part, state_part) = masterchain::extra(job, &flow)?;
            extra.custom = Some(Lazy::new(&block_part)?);
            state.custom = Some(Lazy::new(&state_part)?);
        }
        let (transactions, counted_bytes) = (meter.transactions(), meter.bytes());
        let (bytes, head) = seal(job, state, &flow, &extra)?;
        Ok(ShardOutcome {
            bytes,
            head,
            start_lt: job.start_lt,
            flow,
            included,
            refused,
            stuck,
            transactions,
            counted_bytes,
        })
    }
}

/// Bit `n` of a key.
fn has_bit(bytes: &[u8], n: u16) -> bool {
    let mask = 0x80u8.checked_shr(u32::from(n % 8)).unwrap_or(0);
    bytes.get(usize::from(n / 8)).is_some_and(|byte| byte & mask != 0)
}

/// Where the block's money came from and went; refused if it does not add up (rule CHN-50).
fn value_flow(
    job: &ShardJob<'_>,
    accounts: &tycho_types::models::ShardAccounts,
    account_blocks: &AccountBlocks,
    inbound: &InMsgDescr,
    outbound: &OutMsgDescr,
    burned: Tokens,
) -> Result<ValueFlow, CollateError> {
    let created = masterchain::created(job)?;
    let fees_imported = masterchain::fees_imported(job)?;
    let mut fees_collected = account_blocks.root_extra().clone();
    fees_collected.try_add_assign_tokens(inbound.root_extra().fees_collected)?;
    fees_collected.try_add_assign(&fees_imported)?;
    fees_collected.try_add_assign(&created)?;
    let flow = ValueFlow {
        from_prev_block: job.head.state().total_balance.clone(),
        to_next_block: accounts.root_extra().balance.clone(),
        imported: inbound.root_extra().value_imported.clone(),
        exported: outbound.root_extra().clone(),
        fees_collected,
        burned: burned.into(),
        fees_imported,
        recovered: CurrencyCollection::ZERO,
        created,
        minted: CurrencyCollection::ZERO,
    };
    if flow.validate()? { Ok(flow) } else { Err(CollateError::Impossible("the block's money does not add up")) }
}

/// Closes the block: header, update of the state, bytes.
fn seal(
    job: &ShardJob<'_>,
    state: ShardStateUnsplit,
    flow: &ValueFlow,
    extra: &BlockExtra,
) -> Result<(Vec<u8>, ShardHead), CollateError> {
    let masterchain = job.state.masterchain();
    let own = &job.state.extra().validator_info;
    let mut info = BlockInfo {
        seqno: state.seqno,
        shard: job.head.id().shard,
        gen_utime: state.gen_utime,
        start_lt: job.start_lt,
        end_lt: state.gen_lt,
        gen_validator_list_hash_short: own.validator_list_hash_short,
        gen_catchain_seqno: own.catchain_seqno,
        min_ref_mc_seqno: state.min_ref_mc_seqno,
        master_ref: state.master_ref.as_ref().map(|_| Lazy::new(&masterchain.block_ref())).transpose()?,
        ..BlockInfo::default()
    };
    info.set_gen_software(Some(GlobalVersion { version: GLOBAL_VERSION, capabilities: CAPABILITIES.into() }));
    info.set_prev_ref_single(&job.head.block_ref());
    let new_root = CellBuilder::build_from(&state)?;
    let block = Block {
        global_id: state.global_id,
        info: Lazy::new(&info)?,
        value_flow: Lazy::new(flow)?,
        state_update: merkle::update(job.head.root(), &new_root)?,
        out_msg_queue_updates: None,
        extra: Lazy::new(extra)?,
    };
    let root = CellBuilder::build_from(&block)?;
    let bytes = Boc::encode(root.as_ref());
    let id = BlockId {
        shard: info.shard,
        seqno: info.seqno,
        root_hash: *root.repr_hash(),
        file_hash: Boc::file_hash(&bytes),
    };
    Ok((bytes, ShardHead::new(id, new_root)?))
}

/// Adds a publisher of a public library or takes one away.
fn change_library(
    libraries: &mut Dict<HashBytes, LibDescr>,
    account: &StdAddr,
    hash: HashBytes,
    change: &PublicLibraryChange,
) -> Result<(), Error> {
    let known = libraries.get(hash)?;
    match change {
        PublicLibraryChange::Add(code) => {
            let mut library = known.unwrap_or(LibDescr { lib: code.clone(), publishers: Dict::new() });
            library.publishers.set(account.address, ())?;
            libraries.set(hash, library)?;
        }
        PublicLibraryChange::Remove => {
            if let Some(mut library) = known {
                library.publishers.remove(account.address)?;
                if library.publishers.is_empty() {
                    libraries.remove(hash)?;
                } else {
                    libraries.set(hash, library)?;
                }
            }
        }
    }
    Ok(())
}
