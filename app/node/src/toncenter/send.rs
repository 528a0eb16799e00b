//! External messages: sendBoc, sendBocReturnHash, sendQuery, estimateFee.

use chain::execute::{ExecuteParams, execute_ordinary};
use chain::wallet::with_loan;
use serde_json::{Value, json};
use tycho_types::boc::Boc;
use tycho_types::cell::{Cell, CellBuilder, HashBytes};
use tycho_types::dict::Dict;
use tycho_types::models::{
    ComputePhase, ExtInMsgInfo, MessageLayout, MsgInfo, OwnedMessage, StateInit, StdAddr, TxInfo,
};
use tycho_types::num::Tokens;

use super::Toncenter;
use super::error::ApiError;
use super::request::Params;
use super::shape;
use crate::view::EXTERNAL_BYTES_MAX;

/// Lent to a copy of the account while a fee is estimated: more than anybody can send.
const LOAN: Tokens = Tokens::new(1_000_000_000_000_000_000_000);

impl Toncenter {
    pub(super) fn send_boc(&self, params: &Params) -> Result<Value, ApiError> {
        self.submit_boc(params)?;
        Ok(json!({ "@type": "ok" }))
    }

    pub(super) fn send_boc_return_hash(&self, params: &Params) -> Result<Value, ApiError> {
        let hash = self.submit_boc(params)?;
        let normalized = normalized(&params.cell("boc")?)?;
        Ok(json!({
            "@type": "raw.extMessageInfo",
            "hash": shape::base64(&hash.0),
            "hash_norm": shape::base64(&normalized.repr_hash().0),
        }))
    }

    /// What is no bag of cells is a wrong request; whether it is a message, and a good one, the chain says.
    fn submit_boc(&self, params: &Params) -> Result<HashBytes, ApiError> {
        let bytes = params.bytes("boc")?;
        if bytes.len() <= EXTERNAL_BYTES_MAX {
            params.cell("boc")?;
        }
        Ok(self.view.submit(&bytes)?)
    }

    /// A message in parts: `address`, `body`, and for a new account `init_code` and `init_data`.
    pub(super) fn send_query(&self, params: &Params) -> Result<Value, ApiError> {
        let (_, message) = external_message(params)?;
        self.view.submit(&Boc::encode(&message))?;
        Ok(json!({ "@type": "ok" }))
    }

    /// What a message in parts would cost, by executing it on a copy of the account, with enough balance to pay
    /// for it: who asks may not have been paid yet.
    pub(super) fn estimate_fee(&self, params: &Params) -> Result<Value, ApiError> {
        let (address, message) = external_message(params)?;
        let trust_signatures = params.flag("ignore_chksig", true)?;
        let (head, state) = self.view.state();
        let account = with_loan(&address.clone().into(), &state.account(&address)?, LOAN)?;
        let execute = ExecuteParams { trust_signatures, ..state.execute_params(head.at) };
        let done = execute_ordinary(state.config(), &execute, &address, &account, message)
            .map_err(|refusal| ApiError::not_accepted(&refusal.to_string()))?;
        let transaction = done.transaction.load()?;
        let fees = fees(transaction.total_fees.tokens, &transaction.info.load()?);
        Ok(json!({ "@type": "query.fees", "source_fees": fees, "destination_fees": [] }))
    }
}

/// An external message without what its sender may write as he likes: no import fee, no state, the body in a cell
/// of its own (TEP-467). Its hash names the message whoever wrapped it.
fn normalized(message: &Cell) -> Result<Cell, ApiError> {
    let mut message = message.parse::<OwnedMessage>()?;
    if let MsgInfo::ExtIn(info) = &mut message.info {
        info.src = None;
        info.import_fee = Tokens::ZERO;
    }
    message.init = None;
    message.layout = Some(MessageLayout { init_to_cell: false, body_to_cell: true });
    Ok(CellBuilder::build_from(&message)?)
}

/// The external message that `address`, `body`, `init_code` and `init_data` describe.
fn external_message(params: &Params) -> Result<(StdAddr, Cell), ApiError> {
    let address = params.address("address")?;
    let body = params.cell("body")?;
    let init = match (params.optional_cell("init_code")?, params.optional_cell("init_data")?) {
        (None, None) => None,
        (code, data) => Some(StateInit { split_depth: None, special: None, code, data, libraries: Dict::new() }),
    };
    let message = OwnedMessage {
        info: MsgInfo::ExtIn(ExtInMsgInfo { src: None, dst: address.clone().into(), import_fee: Tokens::ZERO }),
        init,
        body: body.into(),
        layout: None,
    };
    let cell = CellBuilder::build_from(&message)
        .map_err(|error| ApiError::parameter("body", &format!("does not fit into a message ({error})")))?;
    Ok((address, cell))
}

/// `fees`: what was paid for taking the message, for storage, for gas and for forwarding.
fn fees(total: Tokens, info: &TxInfo) -> Value {
    let (storage, gas, action, forward) = match info {
        TxInfo::Ordinary(info) => {
            let storage = info.storage_phase.as_ref().map(|phase| phase.storage_fees_collected);
            let gas = match &info.compute_phase {
                ComputePhase::Executed(phase) => phase.gas_fees,
                ComputePhase::Skipped(_) => Tokens::ZERO,
            };
            let action = info.action_phase.as_ref();
            (
                storage.unwrap_or_default(),
                gas,
                action.and_then(|phase| phase.total_action_fees).unwrap_or_default(),
                action.and_then(|phase| phase.total_fwd_fees).unwrap_or_default(),
            )
        }
        TxInfo::TickTock(_) => Default::default(),
    };
    let taking = total.saturating_sub(storage).saturating_sub(gas).saturating_sub(action);
    json!({
        "@type": "fees",
        "in_fwd_fee": shape::fee_number(taking.into_inner()),
        "storage_fee": shape::fee_number(storage.into_inner()),
        "gas_fee": shape::fee_number(gas.into_inner()),
        "fwd_fee": shape::fee_number(forward.into_inner()),
    })
}
