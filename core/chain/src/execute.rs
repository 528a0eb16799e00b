//! One transaction: a message or a tick applied to an account, bit for bit as TON would.
//!
//! Requirements: a parsed configuration ([`ChainConfig`]), the account as the shard state holds
//! it, the block's time, logical time and random seed.
//!
//! Provided: the new account, the transaction and its outgoing messages ([`execute_ordinary`],
//! [`execute_tick_tock`]); for a message that is not taken, a typed reason ([`Refusal`]). This is
//! the only place that knows `tycho-executor`: where it differs from the official program, the
//! difference is mended here (rules CHN-20 to CHN-32 of specs/07-execution.md).
//!
//! Not provided: choosing and ordering messages, queues, blocks (see `collate`).

mod actions;
mod config;
mod correct;
mod finish;
mod ordinary;
mod phases;
mod refusal;
pub(crate) mod surroundings;
#[cfg(test)]
pub(crate) mod tests;
mod tick_tock;
mod variable;

#[cfg(test)]
pub(crate) use actions::{LIST_BITS_MAX, LIST_CELLS_MAX};
pub use config::{ChainConfig, ConfigError, SizeLimits};
pub use refusal::{Refusal, check_external};

use correct::ComputeSeen;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use tycho_executor::{Executor, ExecutorInspector, ExecutorParams, ExecutorState, UncommittedTransaction};
use tycho_types::cell::Lazy;
use tycho_types::models::{
    AccountStatus, BlockId, CurrencyCollection, LibDescr, MsgInfo, OwnedMessage, ShardAccount, StdAddr, TickTock,
    Transaction, TxInfo,
};
use tycho_types::num::Tokens;
use tycho_types::prelude::*;

/// The library changes that a masterchain account made.
pub use tycho_executor::PublicLibraryChange;

/// What a transaction depends on besides the account, the message and the configuration.
#[derive(Clone, Debug, Default)]
pub struct ExecuteParams {
    /// The block's time, in seconds.
    pub now: u32,
    /// The least logical time that the transaction may have.
    pub min_lt: u64,
    /// The logical time at which the block starts.
    pub block_lt: u64,
    /// The block's random seed.
    pub rand_seed: HashBytes,
    /// The public libraries of the masterchain.
    pub libraries: Dict<HashBytes, LibDescr>,
    /// Earlier masterchain blocks, as contracts may ask for them.
    pub previous_blocks: Option<Arc<PreviousBlocks>>,
    /// Take every signature for good: to estimate fees, never to decide anything.
    pub trust_signatures: bool,
}

/// Earlier masterchain blocks that contracts can ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PreviousBlocks {
    /// The last 16, newest first.
    pub last: Vec<BlockId>,
    /// The last one that changed the configuration, if it is known.
    pub key_block: Option<BlockId>,
    /// The last 16 whose number is a multiple of 100, newest first.
    pub every_100: Vec<BlockId>,
}

/// What a transaction left behind.
#[derive(Clone, Debug)]
pub struct Executed {
    /// The account, with this transaction as its last.
    pub account: ShardAccount,
    /// Whether the account still exists; if not, it leaves the shard's accounts.
    pub exists: bool,
    /// The account's balance afterwards.
    pub balance: CurrencyCollection,
    /// The transaction.
    pub transaction: Lazy<Transaction>,
    /// The messages it sent, in order.
    pub out_messages: Vec<Cell>,
    /// Gas that was paid for.
    pub gas_used: u64,
    /// All fees collected by this shard.
    pub total_fees: Tokens,
    /// What the contract returned; `None` where it didn't run.
    pub exit_code: Option<i32>,
    /// Whether the transaction did not succeed (a phase failed or was skipped).
    pub aborted: bool,
    /// The logical time of the transaction.
    pub start_lt: u64,
    /// The first logical time after the transaction and its messages.
    pub end_lt: u64,
    /// Value that the message brought to the burning address.
    pub burned: Tokens,
    /// Changes of public libraries (masterchain accounts only), in order of hash.
    pub libraries: Vec<(HashBytes, PublicLibraryChange)>,
}

/// Applies `message`, internal or external, to `account`.
///
/// # Errors
/// [`Refusal`] where the message leaves no trace; `account` stays as it was.
pub fn execute_ordinary(
    config: &ChainConfig,
    params: &ExecuteParams,
    address: &StdAddr,
    account: &ShardAccount,
    message: Cell,
) -> Result<Executed, Refusal> {
    // the executor is not ours: what it panics at must not take the chain along
    let run = AssertUnwindSafe(|| ordinary_transaction(config, params, address, account, message));
    catch_unwind(run).unwrap_or_else(|_| Err(Refusal::impossible("the executor panicked")))
}

fn ordinary_transaction(
    config: &ChainConfig,
    params: &ExecuteParams,
    address: &StdAddr,
    account: &ShardAccount,
    message: Cell,
) -> Result<Executed, Refusal> {
    #[cfg(test)]
    tests::fault(&message)?;
    let header = message.parse::<MsgInfo>().map_err(|_| Refusal::Malformed)?;
    let mut surroundings = surroundings::setter(params.previous_blocks.clone(), outside_state(&header, &message));
    let mut inspector = ExecutorInspector { modify_smc_info: Some(&mut surroundings), ..Default::default() };
    let min_lt = params.min_lt;
    let params = &executor_params(params);
    let mut state = begin(config, params, min_lt, address, account)?;
    let mut info =
        ordinary::run(config, account, &mut state, header.is_external_in(), message.clone(), &mut inspector)?;
    let seen = correct::ordinary(config, address, &header, &mut info);
    commit(config, account, state, Some(message), info.into(), seen, inspector)
}

/// Runs the tick (at the start of a masterchain block) or tock (at its end) of a special account.
///
/// # Errors
/// [`Refusal::NoState`] where the account has no code to run.
pub fn execute_tick_tock(
    config: &ChainConfig,
    params: &ExecuteParams,
    address: &StdAddr,
    account: &ShardAccount,
    kind: TickTock,
) -> Result<Executed, Refusal> {
    let mut surroundings = surroundings::setter(params.previous_blocks.clone(), None);
    let mut inspector = ExecutorInspector { modify_smc_info: Some(&mut surroundings), ..Default::default() };
    let min_lt = params.min_lt;
    let params = &executor_params(params);
    let mut state = begin(config, params, min_lt, address, account)?;
    let mut info = tick_tock::run(&mut state, kind, &mut inspector)?;
    let seen = correct::compute_phase(&mut info.compute_phase);
    correct::action_phase(&mut info.action_phase);
    commit(config, account, state, None, info.into(), seen, inspector)
}

/// The parameters as the executor wants them, with the behaviour of TON's global version 12.
fn executor_params(params: &ExecuteParams) -> ExecutorParams {
    let modifiers =
        tycho_vm::BehaviourModifiers { chksig_always_succeed: params.trust_signatures, ..Default::default() };
    ExecutorParams {
        libraries: params.libraries.clone(),
        rand_seed: params.rand_seed,
        block_unixtime: params.now,
        block_lt: params.block_lt,
        prev_mc_block_id: None,
        vm_modifiers: modifiers,
        disable_delete_frozen_accounts: false,
        charge_action_fees_on_fail: false,
        full_body_in_bounced: false,
        strict_extra_currency: true,
        authority_marks_enabled: false,
    }
}

/// The state that an external message brings along; contracts can see it (CHN-27).
fn outside_state(header: &MsgInfo, message: &Cell) -> Option<Cell> {
    if !header.is_external_in() {
        return None;
    }
    let init = message.parse::<OwnedMessage>().ok()?.init?;
    CellBuilder::build_from(init).ok()
}

/// Loads the account and starts a transaction on it.
fn begin<'a>(
    config: &'a ChainConfig,
    params: &'a ExecutorParams,
    min_lt: u64,
    address: &StdAddr,
    account: &ShardAccount,
) -> Result<ExecutorState<'a>, Refusal> {
    let loaded = account.load_account().map_err(Refusal::impossible)?;
    Executor::new(params, config.for_account(address))
        .with_min_lt(min_lt)
        .begin(address, loaded)
        .map_err(Refusal::impossible)
}

/// Writes the new account and the transaction.
///
/// An account that was deleted for its debt but has been sent value since lives on without code.
fn commit(
    config: &ChainConfig,
    before: &ShardAccount,
    mut state: ExecutorState<'_>,
    message: Option<Cell>,
    info: TxInfo,
    seen: ComputeSeen,
    inspector: ExecutorInspector<'_>,
) -> Result<Executed, Refusal> {
    let aborted = match &info {
        TxInfo::Ordinary(info) => info.aborted,
        TxInfo::TickTock(info) => info.aborted,
    };
    let (start_lt, address) = (state.start_lt, state.address.clone());
    let frozen = state.end_status == AccountStatus::Frozen;
    if state.end_status == AccountStatus::NotExists && !state.balance.is_zero() {
        state.end_status = AccountStatus::Uninit;
    }
    let mut out = UncommittedTransaction::with_info(state, before, message, info)
        .and_then(UncommittedTransaction::commit)
        .map_err(Refusal::impossible)?;
    finish::mend(config.limits().storage_dict_cells, &address, frozen, before, &mut out)
        .map_err(Refusal::impossible)?;
    let mut libraries: Vec<_> = inspector.public_libs_diff.into_iter().collect();
    libraries.sort_unstable_by_key(|(hash, _)| *hash);
    Ok(Executed {
        exists: out.new_state_meta.exists,
        balance: out.new_state_meta.balance,
        account: out.new_state,
        transaction: out.transaction,
        out_messages: out.transaction_meta.out_msgs.into_iter().map(Lazy::into_inner).collect(),
        gas_used: seen.gas_used,
        total_fees: out.transaction_meta.total_fees,
        exit_code: seen.exit_code,
        aborted,
        start_lt,
        end_lt: out.transaction_meta.next_lt,
        burned: out.burned,
        libraries,
    })
}
