//! The compute and the action phase, with what the executor does otherwise than the official
//! program.

use super::{Refusal, actions, variable};
use tycho_executor::phase::{
    ActionPhaseContext, ActionPhaseFull, ComputePhaseContext, ComputePhaseFull, ReceivedMessage, TransactionInput,
};
use tycho_executor::{ExecutorInspector, ExecutorState};
use tycho_types::models::{
    AccountState, AccountStatus, ActionPhase, ComputePhase, ComputePhaseSkipReason, CurrencyCollection,
    ExecutedComputePhase, StateInit,
};
use tycho_types::num::Tokens;
use tycho_types::prelude::*;

/// Result codes of an action phase whose list was not executed, or not to its end for its form.
const LIST_INVALID: i32 = 32;
const TOO_MANY_ACTIONS: i32 = 33;
/// The result code of an action phase that left a state over the limits.
const STATE_TOO_LARGE: i32 = 50;

/// CHN-29: what was frozen or deleted in the storage phase doesn't run, whatever the message
/// brings; and a frozen account to which the message brings no state has "no state", not a bad
/// one.
pub(super) fn compute(
    state: &mut ExecutorState<'_>,
    input: TransactionInput<'_>,
    storage_fee: Tokens,
    inspector: &mut ExecutorInspector<'_>,
) -> Result<ComputePhaseFull, Refusal> {
    let stopped = state.end_status != state.state.status();
    let no_state = AccountState::Frozen(HashBytes::ZERO);
    let hidden = stopped.then(|| std::mem::replace(&mut state.state, no_state));
    let without_state = match &input {
        TransactionInput::Ordinary(message) => message.init.is_none(),
        TransactionInput::TickTock(_) => true,
    };
    let mut full = state
        .compute_phase(ComputePhaseContext {
            input,
            storage_fee,
            force_accept: false,
            stop_on_accept: false,
            inspector: Some(inspector),
        })
        .map_err(Refusal::impossible)?;
    if let Some(hidden) = hidden {
        state.state = hidden;
    }
    if let ComputePhase::Skipped(skipped) = &mut full.compute_phase
        && skipped.reason == ComputePhaseSkipReason::BadState
        && without_state
    {
        skipped.reason = ComputePhaseSkipReason::NoState;
    }
    Ok(full)
}

/// What the action phase works on.
pub(super) struct Actions<'a> {
    pub(super) original_balance: CurrencyCollection,
    pub(super) new_state: StateInit,
    pub(super) actions: Cell,
    pub(super) compute_phase: &'a ExecutedComputePhase,
}

impl Actions<'_> {
    /// Runs the action phase on the list as the executor must see it, and writes the hash of the
    /// list as the contract left it.
    pub(super) fn execute(
        self,
        state: &mut ExecutorState<'_>,
        received_message: Option<&mut ReceivedMessage>,
        inspector: &mut ExecutorInspector<'_>,
    ) -> Result<ActionPhaseFull, Refusal> {
        let list_hash = *self.actions.repr_hash();
        let mut actions = actions::mend(&state.address, self.actions.clone()).map_err(Refusal::impossible)?;
        let before = Snapshot::of(state);
        let mut received = received_message.as_deref().cloned();
        let unsendable = variable::find(&self, &before, state, received.as_ref(), &actions)?;
        if let Some(found) = &unsendable {
            actions = actions::failing_at(&actions, found.index).map_err(Refusal::impossible)?;
        }
        let mut full = state
            .action_phase(ActionPhaseContext {
                received_message,
                original_balance: self.original_balance.clone(),
                new_state: self.new_state,
                actions: actions.clone(),
                compute_phase: self.compute_phase,
                inspector: Some(inspector),
            })
            .map_err(Refusal::impossible)?;
        full.action_phase.action_list_hash = list_hash;
        if let Some(found) = unsendable {
            found.charge(state, &mut full).map_err(Refusal::impossible)?;
        }
        if let Some(done) = done_before_failure(&full.action_phase) {
            let prefix = actions::first(actions, done).map_err(Refusal::impossible)?;
            let mut copy = before.restore(state);
            let partial = copy.action_phase(ActionPhaseContext {
                received_message: received.as_mut(),
                original_balance: self.original_balance,
                new_state: before.state_init(),
                actions: prefix,
                compute_phase: self.compute_phase,
                inspector: Some(inspector),
            });
            keep_of_failure(state, copy, partial.map_err(Refusal::impossible)?, &mut full);
        }
        Ok(full)
    }
}

/// How many actions were done before the one that failed; `None` where there is nothing to keep.
fn done_before_failure(phase: &ActionPhase) -> Option<u16> {
    let listed = !matches!(phase.result_code, LIST_INVALID | TOO_MANY_ACTIONS);
    if phase.success || !phase.valid || !listed {
        return None;
    }
    let done = match phase.result_code {
        STATE_TOO_LARGE => phase.total_actions,
        _ => u16::try_from(phase.result_arg.unwrap_or_default()).unwrap_or(u16::MAX),
    };
    (done > 0).then_some(done)
}

/// CHN-30: for the official program the forwarding fees of messages that were made before the
/// failing action stay written, and changes of libraries stay made.
fn keep_of_failure(
    state: &mut ExecutorState<'_>,
    copy: ExecutorState<'_>,
    partial: ActionPhaseFull,
    full: &mut ActionPhaseFull,
) {
    if !partial.action_phase.success {
        return;
    }
    full.action_phase.total_fwd_fees = partial.action_phase.total_fwd_fees;
    if full.action_phase.result_code != STATE_TOO_LARGE
        && let (AccountState::Active(now), AccountState::Active(done)) = (&mut state.state, copy.state)
        && now.libraries != done.libraries
    {
        now.libraries = done.libraries;
        state.cached_storage_stat = None;
    }
}

/// What the action phase changes of the executor's state.
pub(super) struct Snapshot {
    balance: CurrencyCollection,
    state: AccountState,
    end_status: AccountStatus,
    end_lt: u64,
    total_fees: Tokens,
}

impl Snapshot {
    fn of(state: &ExecutorState<'_>) -> Self {
        Self {
            balance: state.balance.clone(),
            state: state.state.clone(),
            end_status: state.end_status,
            end_lt: state.end_lt,
            total_fees: state.total_fees,
        }
    }

    /// The state that the contract had before its run, with no change but of its balance.
    pub(super) fn state_init(&self) -> StateInit {
        match &self.state {
            AccountState::Active(state) => state.clone(),
            AccountState::Uninit | AccountState::Frozen(_) => StateInit::default(),
        }
    }

    /// A second executor's state, as the first was.
    pub(super) fn restore<'a>(&self, state: &ExecutorState<'a>) -> ExecutorState<'a> {
        ExecutorState {
            params: state.params,
            config: state.config,
            is_special: state.is_special,
            is_marks_authority: state.is_marks_authority,
            is_suspended_by_marks: state.is_suspended_by_marks,
            address: state.address.clone(),
            storage_stat: state.storage_stat.clone(),
            balance: self.balance.clone(),
            state: self.state.clone(),
            orig_status: state.orig_status,
            end_status: self.end_status,
            start_lt: state.start_lt,
            end_lt: self.end_lt,
            out_msgs: Vec::new(),
            total_fees: self.total_fees,
            burned: state.burned,
            cached_storage_stat: None,
        }
    }
}
