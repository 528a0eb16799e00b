//! Blocks and configuration: getMasterchainInfo, shards, lookupBlock, getBlockHeader,
//! getBlockTransactions and its relatives, getConfigParam.

use serde_json::{Value, json};
use tycho_types::boc::Boc;
use tycho_types::cell::{Cell, HashBytes};
use tycho_types::models::{Block, BlockId, BlockIdShort, PrevBlockRef, ShardIdent, StdAddr};
use wire::UnixMillis;

use super::Toncenter;
use super::error::ApiError;
use super::request::{Params, parse_hash};
use super::shape;
use super::transactions::{Form, transaction_json};
use crate::view::{BlockRow, block_id};
use store::blocks::PAGE_BYTES_MAX;

/// Transactions of a block in one answer when the caller names no number. Larger than toncenter's own 40,
/// because TonClient gives up on an incomplete answer.
const BLOCK_TRANSACTIONS_DEFAULT: u32 = 256;
/// The most that a caller can ask for.
const BLOCK_TRANSACTIONS_MAX: u32 = 1024;
/// The most with their contents.
const BLOCK_TRANSACTIONS_EXT_MAX: u32 = 256;
/// The fields that every `blocks.shortTxId` here has: account, lt and hash (and "no more of them").
const SHORT_ID_MODE: u8 = 135;

/// Libraries in one answer.
const LIBRARIES_MAX: usize = 16;
/// Messages of one queue that are counted.
const QUEUE_COUNTED_MAX: usize = 8192;

/// A transaction in a block.
struct InBlock {
    account: HashBytes,
    lt: u64,
    cell: Cell,
}

impl Toncenter {
    pub(super) fn masterchain_info(&self) -> Result<Value, ApiError> {
        let (head, state) = self.view.state();
        let zero_state = &self.view.network().zero_state;
        let last = &head.masterchain;
        let state_root_hash = *state.masterchain().root().repr_hash();
        Ok(json!({
            "@type": "blocks.masterchainInfo",
            "last": shape::block_id(last),
            "state_root_hash": shape::base64(&state_root_hash.0),
            "init": shape::block_id(zero_state),
        }))
    }

    pub(super) fn consensus_block(&self) -> Value {
        let head = self.view.head();
        json!({ "@type": "ext.blocks.consensusBlock", "consensus_block": head.masterchain.seqno, "timestamp": shape::seconds(head.at) })
    }

    pub(super) fn shards(&self, params: &Params) -> Result<Value, ApiError> {
        let seqno: u32 = params.integer("seqno")?;
        let rows = self.view.blocks_at(u64::from(seqno))?;
        if rows.is_empty() {
            return Err(absent_block(&BlockIdShort { shard: ShardIdent::MASTERCHAIN, seqno }));
        }
        let ids = rows.iter().filter(|row| row.key.workchain != -1).filter_map(block_id);
        let shards: Vec<Value> = ids.map(|id| shape::block_id(&id)).collect();
        Ok(json!({ "@type": "blocks.shards", "shards": shards }))
    }

    pub(super) fn lookup_block(&self, params: &Params) -> Result<Value, ApiError> {
        let shard = params.shard()?;
        let row = if let Some(seqno) = params.optional_integer::<u32>("seqno")? {
            self.view.block(&BlockIdShort { shard, seqno })?
        } else if let Some(lt) = params.optional_integer("lt")? {
            self.view.block_by_lt(shard, lt)?
        } else if let Some(seconds) = params.optional_integer::<u32>("unixtime")? {
            self.view.block_by_time(shard, UnixMillis(u64::from(seconds).saturating_mul(1000)))?
        } else {
            return Err(ApiError::request("give one of `seqno`, `lt` and `unixtime`"));
        };
        let id = row.as_ref().and_then(block_id).ok_or_else(|| ApiError::absent("block is not in db"))?;
        Ok(shape::block_id(&id))
    }

    pub(super) fn block_header(&self, params: &Params) -> Result<Value, ApiError> {
        let (id, block) = self.named_block(params)?;
        let info = block.info.load()?;
        let previous: Vec<Value> = previous_blocks(&info.load_prev_ref()?, &info.shard, info.after_split)
            .iter()
            .map(shape::block_id)
            .collect();
        Ok(json!({
            "@type": "blocks.header",
            "id": shape::block_id(&id),
            "global_id": block.global_id,
            "version": info.version,
            "flags": info.flags,
            "after_merge": info.after_merge,
            "after_split": info.after_split,
            "before_split": info.before_split,
            "want_merge": info.want_merge,
            "want_split": info.want_split,
            "validator_list_hash_short": info.gen_validator_list_hash_short.cast_signed(),
            "catchain_seqno": info.gen_catchain_seqno,
            "min_ref_mc_seqno": info.min_ref_mc_seqno,
            "is_key_block": info.key_block,
            "prev_key_block_seqno": info.prev_key_block_seqno,
            "start_lt": info.start_lt.to_string(),
            "end_lt": info.end_lt.to_string(),
            "gen_utime": info.gen_utime,
            "vert_seqno": info.vert_seqno,
            "prev_blocks": previous,
        }))
    }

    pub(super) fn block_transactions(&self, params: &Params) -> Result<Value, ApiError> {
        let page = self.transaction_page(params, BLOCK_TRANSACTIONS_MAX)?;
        let workchain = page.id.shard.workchain();
        let short = |found: &InBlock| {
            json!({
                "@type": "blocks.shortTxId",
                "mode": SHORT_ID_MODE,
                "account": format!("{workchain}:{}", hex::encode(found.account.0)),
                "lt": found.lt.to_string(),
                "hash": shape::base64(&found.cell.repr_hash().0),
            })
        };
        let transactions = page.found.iter().map(short).collect();
        Ok(page.answer("blocks.transactions", transactions))
    }

    pub(super) fn block_transactions_ext(&self, params: &Params) -> Result<Value, ApiError> {
        let mut page = self.transaction_page(params, BLOCK_TRANSACTIONS_EXT_MAX)?;
        let workchain = i8::try_from(page.id.shard.workchain()).unwrap_or_default();
        let mut transactions = Vec::with_capacity(page.found.len());
        let mut bytes = 0usize;
        for found in &page.found {
            if bytes > PAGE_BYTES_MAX {
                page.incomplete = true;
                break;
            }
            let transaction = transaction_json(&StdAddr::new(workchain, found.account), &found.cell, Form::Ext)?;
            bytes = bytes.saturating_add(transaction.get("data").and_then(Value::as_str).map_or(0, str::len));
            transactions.push(transaction);
        }
        Ok(page.answer("blocks.transactionsExt", transactions))
    }

    fn transaction_page(&self, params: &Params, count_max: u32) -> Result<Page, ApiError> {
        let count = params.count("count", BLOCK_TRANSACTIONS_DEFAULT, count_max)?;
        let after = match (params.optional_account("after_hash")?, params.optional_integer::<u64>("after_lt")?) {
            (Some(account), Some(lt)) => Some((account, lt)),
            (None, None | Some(0)) => None,
            (_, _) => return Err(ApiError::request("`after_lt` and `after_hash` (the account) go together")),
        };
        let (id, block) = self.named_block(params)?;
        let count_rows = usize::try_from(count).unwrap_or(usize::MAX);
        let mut found = Vec::new();
        for entry in block.extra.load()?.account_blocks.load()?.iter() {
            let (account, _, account_block) = entry?;
            if after.is_some_and(|(last, _)| account < last) {
                continue;
            }
            for entry in account_block.transactions.iter() {
                let (lt, _, transaction) = entry?;
                if after.is_some_and(|last| (account, lt) <= last) {
                    continue;
                }
                if found.len() >= count_rows {
                    return Ok(Page { id, count, incomplete: true, found });
                }
                found.push(InBlock { account, lt, cell: transaction.into_inner() });
            }
        }
        Ok(Page { id, count, incomplete: false, found })
    }

    /// The block that `workchain`, `shard` and `seqno` name; hashes must fit when they are given.
    fn named_block(&self, params: &Params) -> Result<(BlockId, Block), ApiError> {
        let short = BlockIdShort { shard: params.shard()?, seqno: params.integer("seqno")? };
        let root_hash = params.optional_hash("root_hash")?;
        let file_hash = params.optional_hash("file_hash")?;
        let (id, block) = self.load(&short)?;
        if root_hash.is_some_and(|hash| hash != id.root_hash) || file_hash.is_some_and(|hash| hash != id.file_hash) {
            return Err(ApiError::absent("no block has this number and these hashes"));
        }
        Ok((id, block))
    }

    fn load(&self, short: &BlockIdShort) -> Result<(BlockId, Block), ApiError> {
        let row: BlockRow = self.view.block(short)?.ok_or_else(|| absent_block(short))?;
        let id = block_id(&row).ok_or_else(|| absent_block(short))?;
        let root =
            Boc::decode(&row.boc).map_err(|error| ApiError::chain(format!("a block can't be read ({error})")))?;
        Ok((id, root.parse::<Block>()?))
    }

    /// Public libraries by hash; those that don't exist are left out.
    pub(super) fn libraries(&self, params: &Params) -> Result<Value, ApiError> {
        let wrong = || ApiError::parameter("libraries", "must be a list of at most 16 hashes in hex or base64");
        let wanted = match params.value("libraries") {
            Some(Value::Array(list)) if list.len() <= LIBRARIES_MAX => list.clone(),
            Some(text @ Value::String(_)) => vec![text.clone()],
            _ => return Err(wrong()),
        };
        let (_, state) = self.view.state();
        let mut found = Vec::new();
        for hash in wanted {
            let hash = hash.as_str().and_then(parse_hash).ok_or_else(wrong)?;
            if let Some(library) = state.libraries().get(hash)? {
                let data = shape::boc(Some(&library.lib));
                found.push(json!({ "@type": "smc.libraryEntry", "hash": shape::base64(&hash.0), "data": data }));
            }
        }
        Ok(json!({ "@type": "smc.libraryResult", "result": found }))
    }

    /// How many messages wait in the chains' queues, counted up to a bound.
    pub(super) fn queue_sizes(&self) -> Result<Value, ApiError> {
        let (_, state) = self.view.state();
        let size = |chain: &chain::state::ShardHead| {
            let count = chain.messages().queue.iter().take(QUEUE_COUNTED_MAX).count();
            json!({ "@type": "blocks.outMsgQueueSize", "id": shape::block_id(chain.id()), "size": count })
        };
        let shards: Vec<Value> = [state.masterchain()].into_iter().chain(state.shards()).map(size).collect();
        Ok(json!({
            "@type": "blocks.outMsgQueueSizes",
            "shards": shards,
            "ext_msg_queue_size_limit": QUEUE_COUNTED_MAX,
        }))
    }

    pub(super) fn config_param(&self, params: &Params) -> Result<Value, ApiError> {
        // newer clients say `param`, older ones `config_id`
        let name = if params.value("param").is_some() { "param" } else { "config_id" };
        let number = params.integer::<i32>(name)?.cast_unsigned();
        if let Some(seqno) = params.optional_integer::<u32>("seqno")?
            && self.view.block(&BlockIdShort { shard: ShardIdent::MASTERCHAIN, seqno })?.is_none()
        {
            return Err(absent_block(&BlockIdShort { shard: ShardIdent::MASTERCHAIN, seqno }));
        }
        let cell = self.view.config().params.get_raw_cell(number)?;
        let cell = cell
            .ok_or_else(|| ApiError::chain(format!("there is no configuration parameter {}", number.cast_signed())))?;
        Ok(config_info(&cell))
    }

    pub(super) fn config_all(&self) -> Result<Value, ApiError> {
        let config = self.view.config();
        let root = config.params.as_dict().root().clone();
        Ok(config_info(&root.ok_or_else(|| ApiError::chain("the configuration is empty"))?))
    }
}

/// Some of the transactions of a block, by account and logical time.
struct Page {
    id: BlockId,
    count: u32,
    incomplete: bool,
    found: Vec<InBlock>,
}

impl Page {
    fn answer(&self, kind: &str, transactions: Vec<Value>) -> Value {
        json!({
            "@type": kind,
            "id": shape::block_id(&self.id),
            "req_count": self.count,
            "incomplete": self.incomplete,
            "transactions": transactions,
        })
    }
}

fn config_info(cell: &Cell) -> Value {
    json!({ "@type": "configInfo", "config": { "@type": "tvm.cell", "bytes": shape::boc(Some(cell)) } })
}

pub(super) fn absent_block(id: &BlockIdShort) -> ApiError {
    let shard = shape::shard(&id.shard);
    ApiError::absent(format!("block ({},{shard},{}) is not in db", id.shard.workchain(), id.seqno))
}

/// The ids of the blocks before this one: of the same shard, its parent's, or both its children's.
fn previous_blocks(previous: &PrevBlockRef, shard: &ShardIdent, after_split: bool) -> Vec<BlockId> {
    let id = |shard: ShardIdent, block: &tycho_types::models::BlockRef| BlockId {
        shard,
        seqno: block.seqno,
        root_hash: block.root_hash,
        file_hash: block.file_hash,
    };
    match previous {
        PrevBlockRef::Single(block) => {
            let from = if after_split { shard.merge() } else { Some(*shard) };
            from.map(|from| id(from, block)).into_iter().collect()
        }
        PrevBlockRef::AfterMerge { left, right } => {
            shard.split().map(|(one, other)| vec![id(one, left), id(other, right)]).unwrap_or_default()
        }
    }
}
