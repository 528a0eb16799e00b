//! The phases of an ordinary transaction, one after the other, and the point at which a message
//! is turned away.

use super::phases::{self, Actions};
use super::refusal::{by_exit_code, by_header, by_skip};
use super::{ChainConfig, Refusal};
use tycho_executor::phase::{
    ActionPhaseFull, BouncePhaseContext, ComputePhaseFull, ReceivedMessage, StoragePhaseContext, TransactionInput,
};
use tycho_executor::{ExecutorInspector, ExecutorState};
use tycho_types::models::{
    AccountStatus, BouncePhase, BounceReason, ComputePhase, CreditPhase, NewBounceComputePhaseInfo, OrdinaryTxInfo,
    ShardAccount, StoragePhase,
};
use tycho_types::num::Tokens;
use tycho_types::prelude::*;

/// Runs all phases on `state`.
pub(super) fn run(
    config: &ChainConfig,
    before: &ShardAccount,
    state: &mut ExecutorState<'_>,
    is_external: bool,
    message: Cell,
    inspector: &mut ExecutorInspector<'_>,
) -> Result<OrdinaryTxInfo, Refusal> {
    let mut received = state.receive_in_msg(message.clone()).map_err(|error| {
        if is_external { by_header(config, &state.address, before, &message) } else { Refusal::impossible(error) }
    })?;
    let (storage_phase, credit_phase) = storage_and_credit(state, &mut received, inspector)?;
    let frozen = state.end_status == AccountStatus::Frozen;
    let input = TransactionInput::Ordinary(&received);
    let compute = phases::compute(state, input, storage_phase.storage_fees_collected, inspector)?;
    if is_external && !compute.accepted {
        return Err(match &compute.compute_phase {
            ComputePhase::Skipped(skipped) => by_skip(skipped.reason, frozen),
            ComputePhase::Executed(phase) => {
                by_exit_code(compute.new_state.code.as_ref(), phase.exit_code, &message, state.params.block_unixtime)
            }
        });
    }
    let ComputePhaseFull { compute_phase, original_balance, new_state, actions, .. } = compute;
    let action = match &compute_phase {
        ComputePhase::Executed(phase) if phase.success => {
            let run = Actions { original_balance, new_state, actions, compute_phase: phase };
            Some(run.execute(state, Some(&mut received), inspector)?)
        }
        ComputePhase::Executed(_) | ComputePhase::Skipped(_) => None,
    };
    let bounce_phase = bounce(state, &received, &compute_phase, action.as_ref())?;
    Ok(OrdinaryTxInfo {
        credit_first: !received.bounce_enabled,
        storage_phase: Some(storage_phase),
        credit_phase,
        compute_phase,
        aborted: !action.as_ref().is_some_and(|action| action.action_phase.success),
        bounce_phase,
        destroyed: action.is_some() && state.end_status == AccountStatus::NotExists,
        action_phase: action.map(|action| action.action_phase),
    })
}

/// Storage comes first where the message may bounce, so that its value comes back whole.
fn storage_and_credit(
    state: &mut ExecutorState<'_>,
    received: &mut ReceivedMessage,
    inspector: &mut ExecutorInspector<'_>,
) -> Result<(StoragePhase, Option<CreditPhase>), Refusal> {
    let bounces = received.bounce_enabled;
    let mut credit = None;
    if !bounces && !received.is_external {
        credit = Some(state.credit_phase(received).map_err(Refusal::impossible)?);
    }
    let storage = state
        .storage_phase(StoragePhaseContext {
            adjust_msg_balance: !bounces,
            received_message: Some(received),
            inspector: Some(inspector),
        })
        .map_err(Refusal::impossible)?;
    if bounces && !received.is_external {
        credit = Some(state.credit_phase(received).map_err(Refusal::impossible)?);
    }
    Ok((storage, credit))
}

/// Sends the value back where the message asks for it and something failed.
fn bounce(
    state: &mut ExecutorState<'_>,
    received: &ReceivedMessage,
    compute_phase: &ComputePhase,
    action: Option<&ActionPhaseFull>,
) -> Result<Option<BouncePhase>, Refusal> {
    let failed = action.is_none_or(|action| action.state_exceeds_limits || action.bounce);
    if !received.bounce_enabled || !failed {
        return Ok(None);
    }
    let executed = match compute_phase {
        ComputePhase::Executed(phase) => Some(phase),
        ComputePhase::Skipped(_) => None,
    };
    let reason = match (action, compute_phase) {
        (Some(action), _) => BounceReason::ActionPhaseFailed { result_code: action.action_phase.result_code },
        (None, ComputePhase::Executed(phase)) => BounceReason::ComputePhaseFailed { exit_code: phase.exit_code },
        (None, ComputePhase::Skipped(skipped)) => BounceReason::ComputePhaseSkipped(skipped.reason),
    };
    let context = BouncePhaseContext {
        gas_fees: executed.map(|phase| phase.gas_fees).unwrap_or_default(),
        action_fine: action.map_or(Tokens::ZERO, |action| action.action_fine),
        received_message: received,
        reason,
        compute_phase_info: executed.map(|phase| NewBounceComputePhaseInfo {
            gas_used: u32::try_from(phase.gas_used.into_inner()).unwrap_or(u32::MAX),
            vm_steps: phase.vm_steps,
        }),
    };
    state.bounce_phase(context).map(Some).map_err(Refusal::impossible)
}
