//! CHN-26: messages to masterchain addresses that are not 256 bits long.
//!
//! The official program makes such a message, pays for it, and then finds that it is none: the
//! action fails the phase (34) whatever its mode says, and is fined for the message's cells. The
//! executor would send it, to an address that no queue has a place for. So where a list has such a
//! message, it is found out which one is the first that would be sent, and that one fails.

use super::Refusal;
use super::actions;
use super::phases::{Actions, Snapshot};
use tycho_executor::phase::{ActionPhaseContext, ActionPhaseFull, ReceivedMessage};
use tycho_executor::{ExecutorInspector, ExecutorState};
use tycho_types::cell::Lazy;
use tycho_types::error::Error;
use tycho_types::models::{IntAddr, MsgInfo, OwnedMessage};
use tycho_types::num::Tokens;
use tycho_types::prelude::*;

/// A message that would be sent and must not be.
pub(super) struct Unsendable {
    /// Its place among the actions.
    pub(super) index: usize,
    /// What the account pays for the attempt.
    fine: Tokens,
}

/// Looks for the first action that would send such a message; nothing is changed.
pub(super) fn find(
    work: &Actions<'_>,
    before: &Snapshot,
    state: &ExecutorState<'_>,
    received: Option<&ReceivedMessage>,
    list: &Cell,
) -> Result<Option<Unsendable>, Refusal> {
    let places = actions::variable_destinations(list);
    if places.is_empty() {
        return Ok(None);
    }
    let (_, whole) = attempt(work, before, state, received, list.clone())?;
    if !whole.action_phase.valid {
        return Ok(None);
    }
    let failed_at = whole.action_phase.result_arg.and_then(|index| usize::try_from(index).ok());
    let done = if whole.action_phase.success { usize::MAX } else { failed_at.unwrap_or(0) };
    // which of the places come to be sent: all before `done` run, and once one was sent it stays
    // in every longer list, so halving finds the first
    let (mut low, mut high) = (0, places.iter().filter(|index| **index < done).count());
    let mut found = None;
    while low < high {
        let middle = low.midpoint(high);
        let Some(index) = places.get(middle).copied() else { break };
        let upto = u16::try_from(index.saturating_add(1)).unwrap_or(u16::MAX);
        let prefix = actions::first(list.clone(), upto).map_err(Refusal::impossible)?;
        let (after, _) = attempt(work, before, state, received, prefix)?;
        if let Some(message) = after.out_msgs.iter().find(|message| is_variable(message)) {
            found = Some(Unsendable { index, fine: fine(state, &after, message.inner()) });
            high = middle;
        } else {
            low = middle.saturating_add(1);
        }
    }
    Ok(found)
}

/// Runs a list on a copy.
fn attempt<'a>(
    work: &Actions<'_>,
    before: &Snapshot,
    state: &ExecutorState<'a>,
    received: Option<&ReceivedMessage>,
    list: Cell,
) -> Result<(ExecutorState<'a>, ActionPhaseFull), Refusal> {
    let mut copy = before.restore(state);
    let mut received = received.cloned();
    let full = copy.action_phase(ActionPhaseContext {
        received_message: received.as_mut(),
        original_balance: work.original_balance.clone(),
        new_state: before.state_init(),
        actions: list,
        compute_phase: work.compute_phase,
        inspector: Some(&mut ExecutorInspector::default()),
    });
    Ok((copy, full.map_err(Refusal::impossible)?))
}

fn is_variable(message: &Lazy<OwnedMessage>) -> bool {
    matches!(message.inner().parse::<MsgInfo>(), Ok(MsgInfo::Int(info)) if matches!(info.dst, IntAddr::Var(_)))
}

/// A quarter of the masterchain's price for each cell below the root, as far as there is money
/// after the message was paid for.
fn fine(state: &ExecutorState<'_>, after: &ExecutorState<'_>, message: &Cell) -> Tokens {
    if state.is_special {
        return Tokens::ZERO;
    }
    let per_cell = state.config.fwd_prices(true).cell_price.wrapping_shr(18);
    let cells = message.compute_unique_stats(actions::LIST_CELLS_MAX).map_or(0, |size| size.cell_count);
    Tokens::new(u128::from(per_cell.saturating_mul(cells.saturating_sub(1)))).min(after.balance.tokens)
}

impl Unsendable {
    /// Takes the fine, once the phase has failed at the message.
    pub(super) fn charge(&self, state: &mut ExecutorState<'_>, full: &mut ActionPhaseFull) -> Result<(), Error> {
        if self.fine.is_zero() {
            return Ok(());
        }
        full.action_fine.try_add_assign(self.fine)?;
        full.action_phase.total_action_fees.get_or_insert_default().try_add_assign(self.fine)?;
        state.balance.tokens.try_sub_assign(self.fine)?;
        state.total_fees.try_add_assign(self.fine)
    }
}
