//! The phases of a tick or tock.

use super::Refusal;
use super::phases::{self, Actions};
use tycho_executor::phase::{ComputePhaseFull, StoragePhaseContext, TransactionInput};
use tycho_executor::{ExecutorInspector, ExecutorState};
use tycho_types::models::{AccountStatus, ComputePhase, TickTock, TickTockTxInfo};

/// Runs all phases on `state`.
pub(super) fn run(
    state: &mut ExecutorState<'_>,
    kind: TickTock,
    inspector: &mut ExecutorInspector<'_>,
) -> Result<TickTockTxInfo, Refusal> {
    if state.state.status() != AccountStatus::Active {
        return Err(Refusal::NoState);
    }
    let storage_phase = state
        .storage_phase(StoragePhaseContext {
            adjust_msg_balance: false,
            received_message: None,
            inspector: Some(inspector),
        })
        .map_err(Refusal::impossible)?;
    let compute =
        phases::compute(state, TransactionInput::TickTock(kind), storage_phase.storage_fees_collected, inspector)?;
    let ComputePhaseFull { compute_phase, original_balance, new_state, actions, .. } = compute;
    let action = match &compute_phase {
        ComputePhase::Executed(phase) if phase.success => {
            let run = Actions { original_balance, new_state, actions, compute_phase: phase };
            Some(run.execute(state, None, inspector)?.action_phase)
        }
        ComputePhase::Executed(_) | ComputePhase::Skipped(_) => None,
    };
    Ok(TickTockTxInfo {
        kind,
        storage_phase,
        compute_phase,
        aborted: !action.as_ref().is_some_and(|action| action.success),
        destroyed: action.is_some() && state.end_status == AccountStatus::NotExists,
        action_phase: action,
    })
}
