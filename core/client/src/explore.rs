//! Questions of a person about the chain, and the answers in a person's words.

use crate::command::{ChainQuery, CommandError};
use crate::network::NetworkInfo;
use crate::view::{
    Account, AccountState, Block, BlockSummary, ChainAnswer, ChainMessage, ChainStatus, Direction, Transaction,
    TransactionSummary,
};
use crate::wallet::{friendly, parse_address};
use chain::history::{Entry, Moved};
use chain::light::{
    AccountId, AccountProof, BlockRecord, LightRequest, LightResponse, NetworkId, ROWS_MAX, TransactionRecord,
    verify_account, verify_history,
};
use tycho_types::models::StdAddr;
use tycho_types::prelude::*;
use wire::{Gram, text::clean_name};

/// The shard that is the whole workchain.
const WHOLE_SHARD: u64 = 1 << 63;
/// Transactions shown with an account.
const ACCOUNT_ROWS: u16 = 32;
const NOT_FOUND: &str = "the chain has nothing of this name: check it";
const BAD_PROOF: &str = "the chain node's proof is wrong, so its answer is not shown: try again";
const REFUSED: &str = "the chain node does not answer this";
/// What is shown of a node's own words.
const REASON_CHARS_MAX: usize = 200;
const UNREADABLE: &str = "the chain node answered something that this program can't read: update it";

/// The question as a node takes it.
pub(crate) fn request(query: &ChainQuery) -> Result<LightRequest, CommandError> {
    let rows = |limit: u32| u16::try_from(limit).unwrap_or(ROWS_MAX).clamp(1, ROWS_MAX);
    Ok(match query {
        ChainQuery::Status => LightRequest::Head,
        ChainQuery::Blocks { before, limit } => LightRequest::Blocks { before: *before, limit: rows(*limit) },
        ChainQuery::Block { workchain, shard, seqno } => {
            LightRequest::Block { workchain: *workchain, shard: shard.unwrap_or(WHOLE_SHARD), seqno: *seqno }
        }
        ChainQuery::Account { address } => LightRequest::Account { address: AccountId::from(&parse_address(address)?) },
        ChainQuery::Transaction { hash } => LightRequest::Transaction { hash: *hash },
    })
}

/// The second question about an account that has a history.
pub(crate) fn history_request(account: &Account) -> Option<LightRequest> {
    let address = AccountId::from(&parse_address(&account.raw).ok()?);
    Some(LightRequest::AccountTransactions { address, before_lt: None, limit: ACCOUNT_ROWS })
}

/// The answer as a person reads it.
pub(crate) fn answer(
    query: &ChainQuery,
    response: LightResponse,
    network: &NetworkInfo,
) -> Result<ChainAnswer, String> {
    match (query, response) {
        (_, LightResponse::Refused { reason, .. }) => {
            Err(format!("{REFUSED} ({})", clean_name(&reason, REASON_CHARS_MAX)))
        }
        (ChainQuery::Status, LightResponse::Head(head)) => Ok(ChainAnswer::Status(ChainStatus {
            seqno: head.masterchain.seqno,
            at: head.at,
            validators: head.validators,
            genesis_hash: head.genesis_hash,
        })),
        (ChainQuery::Blocks { .. }, LightResponse::Blocks(list)) => {
            Ok(ChainAnswer::Blocks(list.iter().map(block_summary).collect()))
        }
        (ChainQuery::Block { .. }, LightResponse::Block(block)) => {
            let block = block.ok_or(NOT_FOUND)?;
            Ok(ChainAnswer::Block(block_view(&block).ok_or(UNREADABLE)?))
        }
        (ChainQuery::Account { address }, LightResponse::Account(proof)) => {
            let address = parse_address(address).map_err(|error| error.to_string())?;
            Ok(ChainAnswer::Account(account_view(&address, &proof, network).ok_or(BAD_PROOF)?))
        }
        (ChainQuery::Transaction { hash }, LightResponse::Transaction(record)) => {
            let record = record.ok_or(NOT_FOUND)?;
            let view = transaction_view(&record).ok_or(UNREADABLE)?;
            if view.summary.hash == *hash { Ok(ChainAnswer::Transaction(view)) } else { Err(BAD_PROOF.to_owned()) }
        }
        _ => Err(UNREADABLE.to_owned()),
    }
}

/// An account with its latest transactions, if they are those that its proven state names.
pub(crate) fn with_history(mut account: Account, list: &[TransactionRecord]) -> Account {
    let Ok(address) = parse_address(&account.raw) else { return account };
    let bocs: Vec<&[u8]> = list.iter().map(|one| one.boc.as_slice()).collect();
    let last = (HashBytes(account.last_hash), account.last_lt);
    if verify_history(&address, last, &bocs).is_ok() {
        account.transactions = list.iter().filter_map(transaction_view).map(|view| view.summary).collect();
    }
    account
}

fn block_summary(block: &chain::light::BlockSummary) -> BlockSummary {
    BlockSummary {
        workchain: block.name.workchain,
        shard: block.name.shard,
        seqno: block.name.seqno,
        root_hash: block.name.root_hash,
        at: block.at,
        transactions: block.transactions,
    }
}

fn block_view(block: &BlockRecord) -> Option<Block> {
    let transactions = block.transactions.iter().map(transaction_view).collect::<Option<Vec<_>>>()?;
    Some(Block {
        summary: block_summary(&block.summary),
        file_hash: block.summary.name.file_hash,
        parent_hash: block.parent,
        transactions: transactions.into_iter().map(|view| view.summary).collect(),
    })
}

fn account_view(address: &StdAddr, proof: &AccountProof, network: &NetworkInfo) -> Option<Account> {
    let network = NetworkId { genesis_hash: network.genesis_hash, validators: network.validators.clone() };
    let verified = verify_account(&network, proof, address).ok()?;
    let (state, balance, code_hash) = match &verified.account {
        None => (AccountState::Nonexist, Gram::ZERO, None),
        Some(account) => {
            let balance = gram(account.balance.tokens.into_inner());
            match &account.state {
                tycho_types::models::AccountState::Uninit => (AccountState::Uninit, balance, None),
                tycho_types::models::AccountState::Frozen(_) => (AccountState::Frozen, balance, None),
                tycho_types::models::AccountState::Active(init) => {
                    (AccountState::Active, balance, init.code.as_ref().map(|code| code.repr_hash().0))
                }
            }
        }
    };
    Some(Account {
        address: friendly(address),
        raw: address.to_string(),
        state,
        balance,
        last_lt: verified.entry.last_trans_lt,
        last_hash: verified.entry.last_trans_hash.0,
        code_hash,
        verified: true,
        at: verified.at,
        transactions: Vec::new(),
    })
}

fn transaction_view(record: &TransactionRecord) -> Option<Transaction> {
    let read = Entry::read(&record.boc, record.account.workchain).ok()?;
    let (direction, value) = read.value();
    let direction = match direction {
        chain::history::Direction::In => Direction::In,
        chain::history::Direction::Out => Direction::Out,
    };
    let message = |moved: &Moved| ChainMessage {
        from: moved.from.as_ref().map(friendly),
        to: moved.to.as_ref().map(friendly),
        value: moved.value,
        comment: moved.comment.clone().unwrap_or_default(),
    };
    Some(Transaction {
        summary: TransactionSummary {
            hash: read.hash,
            account: friendly(&read.account),
            lt: read.lt,
            at: read.at,
            success: read.success,
            value,
            direction,
        },
        exit_code: read.exit_code.unwrap_or(0),
        gas_used: read.gas_used,
        fee: read.fee,
        in_message: read.incoming.as_ref().map(message),
        out_messages: read.outgoing.iter().map(message).collect(),
        block: (record.block.workchain, record.block.shard, record.block.seqno),
    })
}

fn gram(nano: u128) -> Gram {
    Gram::from_nano(nano).unwrap_or_default()
}
