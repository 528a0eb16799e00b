//! Where the executor's description of a transaction differs from the official program's.

use super::ChainConfig;
use tycho_types::cell::CellTreeStats;
use tycho_types::models::{ActionPhase, BouncePhase, ComputePhase, IntAddr, MsgInfo, OrdinaryTxInfo, StdAddr};
use tycho_types::num::Tokens;

/// What the compute phase says about the contract's run.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ComputeSeen {
    pub(super) exit_code: Option<i32>,
    pub(super) gas_used: u64,
}

/// CHN-20: the official program writes both flags as zero, whatever happened.
pub(super) fn compute_phase(phase: &mut ComputePhase) -> ComputeSeen {
    match phase {
        ComputePhase::Executed(phase) => {
            phase.msg_state_used = false;
            phase.account_activated = false;
            ComputeSeen { exit_code: Some(phase.exit_code), gas_used: phase.gas_used.into_inner() }
        }
        ComputePhase::Skipped(_) => ComputeSeen::default(),
    }
}

/// CHN-25: the official program writes no argument and no fees where they are zero.
pub(super) fn action_phase(phase: &mut Option<ActionPhase>) {
    if let Some(phase) = phase {
        phase.result_arg = phase.result_arg.filter(|argument| *argument != 0);
        phase.total_fwd_fees = phase.total_fwd_fees.filter(|fees| !fees.is_zero());
        phase.total_action_fees = phase.total_action_fees.filter(|fees| !fees.is_zero());
    }
}

/// CHN-20, CHN-21 and CHN-25 for an ordinary transaction.
pub(super) fn ordinary(
    config: &ChainConfig,
    address: &StdAddr,
    message: &MsgInfo,
    info: &mut OrdinaryTxInfo,
) -> ComputeSeen {
    if let (Some(BouncePhase::NoFunds(phase)), MsgInfo::Int(message)) = (&mut info.bounce_phase, message) {
        // CHN-21: the whole fee is written, not what was missing of it
        if phase.req_fwd_fees != Tokens::MAX {
            let to_masterchain = matches!(&message.src, IntAddr::Std(source) if source.is_masterchain());
            let prices = config.forward_prices(address.is_masterchain() || to_masterchain);
            phase.req_fwd_fees = prices.compute_fwd_fee(CellTreeStats {
                bit_count: phase.msg_size.bits.into_inner(),
                cell_count: phase.msg_size.cells.into_inner(),
            });
        }
    }
    action_phase(&mut info.action_phase);
    compute_phase(&mut info.compute_phase)
}
