//! Transactions: getTransactions, getTransactionsStd, tryLocateResultTx, tryLocateSourceTx, and their JSON.

use serde_json::{Value, json};
use tycho_types::boc::Boc;
use tycho_types::cell::{Cell, CellBuilder, CellSlice, HashBytes};
use tycho_types::models::{IntAddr, Message, MsgInfo, StateInit, StdAddr, Transaction, TxInfo};

use super::Toncenter;
use super::error::ApiError;
use super::request::Params;
use super::shape;
use crate::view::TransactionRow;
use store::blocks::PAGE_ROWS_MAX;

/// Transactions in one answer when the caller names no number.
const TRANSACTIONS_DEFAULT: u32 = 10;
/// The most that a caller can ask for.
const TRANSACTIONS_MAX: u32 = PAGE_ROWS_MAX;

/// The forms in which toncenter writes a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// getTransactions and the search: addresses as text, and what a message says.
    Plain,
    /// getTransactionsStd: addresses as objects.
    Std,
    /// getBlockTransactionsExt: the same, and the account.
    Ext,
}

/// Some of an account's transactions.
struct Page {
    address: StdAddr,
    rows: Vec<TransactionRow>,
}

impl Toncenter {
    pub(super) fn transactions(&self, params: &Params) -> Result<Value, ApiError> {
        let page = self.account_page(params)?;
        let transactions = page.rows.iter().map(|row| row_json(&page.address, row, Form::Plain));
        transactions.collect::<Result<Vec<_>, _>>().map(Value::Array)
    }

    pub(super) fn transactions_std(&self, params: &Params) -> Result<Value, ApiError> {
        let page = self.account_page(params)?;
        let transactions = page.rows.iter().map(|row| row_json(&page.address, row, Form::Std));
        let transactions = transactions.collect::<Result<Vec<_>, _>>()?;
        let (previous_lt, previous_hash) = match page.rows.last() {
            None => (0, HashBytes::ZERO),
            Some(row) => {
                let oldest = decode(&row.boc)?.parse::<Transaction>()?;
                (oldest.prev_trans_lt, oldest.prev_trans_hash)
            }
        };
        Ok(json!({
            "@type": "raw.transactions",
            "transactions": transactions,
            "previous_transaction_id": shape::transaction_id(previous_lt, &previous_hash),
        }))
    }

    /// Newest first, from `lt` (inclusive), down to `to_lt` (exclusive); fewer than `limit` where they are large.
    fn account_page(&self, params: &Params) -> Result<Page, ApiError> {
        let address = params.address("address")?;
        let limit = params.optional_integer::<u32>("limit")?.unwrap_or(TRANSACTIONS_DEFAULT);
        if limit == 0 || limit > TRANSACTIONS_MAX {
            return Err(ApiError::parameter("limit", &format!("must be from 1 to {TRANSACTIONS_MAX}")));
        }
        // 0 is how callers without a value for it say so
        let from_lt = params.optional_integer::<u64>("lt")?.filter(|lt| *lt != 0);
        let hash = params.optional_hash("hash")?;
        if from_lt.is_none() && hash.is_some() {
            return Err(ApiError::parameter("lt", "is missing: `hash` names a transaction together with `lt`"));
        }
        let to_lt = params.optional_integer::<u64>("to_lt")?.unwrap_or(0);
        let mut rows = self.view.account_transactions(&address, from_lt, limit)?;
        if let Some(hash) = hash {
            let first = rows.first().filter(|row| Some(row.lt) == from_lt && row.hash == hash.0);
            first.ok_or_else(|| ApiError::absent("the account has no transaction with this `lt` and `hash`"))?;
        }
        let wanted = rows.iter().take_while(|row| row.lt > to_lt).count();
        rows.truncate(wanted);
        Ok(Page { address, rows })
    }

    /// The transaction that a message led to.
    pub(super) fn locate_result(&self, params: &Params) -> Result<Value, ApiError> {
        let destination = params.address("destination")?;
        let (_, message_hash) = self.sent(params)?;
        let result = self.view.transaction_by_message(&message_hash)?;
        let result = result.ok_or_else(|| ApiError::absent("the message has not been taken yet"))?;
        row_json(&destination, &result, Form::Plain)
    }

    /// The transaction that a message came from.
    pub(super) fn locate_source(&self, params: &Params) -> Result<Value, ApiError> {
        let source = params.address("source")?;
        let (transaction, _) = self.sent(params)?;
        row_json(&source, &transaction, Form::Plain)
    }

    /// The transaction that sent the message with `source`, `destination` and `created_lt`, and its hash.
    fn sent(&self, params: &Params) -> Result<(TransactionRow, HashBytes), ApiError> {
        let source = params.address("source")?;
        let destination = IntAddr::from(params.address("destination")?);
        let created_lt: u64 = params.integer("created_lt")?;
        let absent = || ApiError::absent("no message has this source, destination and `created_lt`");
        // messages come right after their transaction in logical time, before the account's next one
        let row = self.view.account_transactions(&source, Some(created_lt), 1)?.into_iter().next();
        let row = row.ok_or_else(absent)?;
        for entry in decode(&row.boc)?.parse::<Transaction>()?.out_msgs.values() {
            let cell = entry?;
            let message = cell.parse::<Message<'_>>()?;
            if let MsgInfo::Int(info) = &message.info
                && info.created_lt == created_lt
                && info.dst == destination
            {
                return Ok((row, *cell.repr_hash()));
            }
        }
        Err(absent())
    }
}

fn row_json(address: &StdAddr, row: &TransactionRow, form: Form) -> Result<Value, ApiError> {
    transaction_json(address, &decode(&row.boc)?, form)
}

fn decode(boc: &[u8]) -> Result<Cell, ApiError> {
    Boc::decode(boc).map_err(|error| ApiError::chain(format!("a transaction can't be read ({error})")))
}

/// A transaction. The fee is everything that the account paid, forwarding included.
pub(super) fn transaction_json(address: &StdAddr, cell: &Cell, form: Form) -> Result<Value, ApiError> {
    let transaction = cell.parse::<Transaction>()?;
    let mut out_messages = Vec::new();
    let mut fee = transaction.total_fees.tokens.into_inner();
    for message in transaction.out_msgs.values() {
        let message = message?;
        fee = fee.saturating_add(forward_fee(&message)?);
        out_messages.push(message_json(&message, form)?);
    }
    let storage_fee = storage_fee(&transaction.info.load()?);
    let mut result = json!({
        "@type": match form {
            Form::Plain => "ext.transaction",
            Form::Std => "raw.transaction",
            Form::Ext => "raw.transactionExt",
        },
        "address": shape::account_address(address),
        "utime": transaction.now,
        "data": Boc::encode_base64(cell),
        "transaction_id": shape::transaction_id(transaction.lt, cell.repr_hash()),
        "fee": fee.to_string(),
        "storage_fee": storage_fee.to_string(),
        "other_fee": fee.saturating_sub(storage_fee).to_string(),
        "out_msgs": out_messages,
    });
    if let Some(fields) = result.as_object_mut() {
        if let Some(message) = &transaction.in_msg {
            fields.insert("in_msg".to_owned(), message_json(message, form)?);
        }
        if form != Form::Std {
            fields.insert("account".to_owned(), json!(address.to_string()));
        }
    }
    Ok(result)
}

fn storage_fee(info: &TxInfo) -> u128 {
    let phase = match info {
        TxInfo::Ordinary(info) => info.storage_phase.as_ref(),
        TxInfo::TickTock(info) => Some(&info.storage_phase),
    };
    phase.map(|phase| phase.storage_fees_collected.into_inner()).unwrap_or_default()
}

fn forward_fee(cell: &Cell) -> Result<u128, ApiError> {
    match cell.parse::<Message<'_>>()?.info {
        MsgInfo::Int(info) => Ok(info.fwd_fee.into_inner()),
        MsgInfo::ExtIn(_) | MsgInfo::ExtOut(_) => Ok(0),
    }
}

/// A message.
fn message_json(cell: &Cell, form: Form) -> Result<Value, ApiError> {
    let message = cell.parse::<Message<'_>>()?;
    let zero = "0".to_owned();
    let (source, destination, value, fwd_fee, created_lt) = match &message.info {
        MsgInfo::Int(info) => {
            let (value, fee) = (shape::amount(&info.value), info.fwd_fee.into_inner().to_string());
            (Some(&info.src), Some(&info.dst), value, fee, info.created_lt)
        }
        MsgInfo::ExtIn(info) => (None, Some(&info.dst), zero.clone(), zero, 0),
        MsgInfo::ExtOut(info) => (Some(&info.src), None, zero.clone(), zero, info.created_lt),
    };
    let other = match &message.info {
        MsgInfo::Int(info) => shape::extra_currencies(&info.value.other),
        MsgInfo::ExtIn(_) | MsgInfo::ExtOut(_) => Vec::new(),
    };
    let [source, destination] = [source, destination].map(shape::message_address);
    let body = body_cell(message.body)?;
    let (data, text) = message_data(message.body, &body, message.init.as_ref())?;
    let mut result = json!({
        "@type": if form == Form::Plain { "ext.message" } else { "raw.message" },
        "hash": shape::base64(&cell.repr_hash().0),
        "value": value,
        "extra_currencies": other,
        "fwd_fee": fwd_fee,
        "ihr_fee": "0",
        "created_lt": created_lt.to_string(),
        "body_hash": shape::base64(&body.repr_hash().0),
        "msg_data": data,
    });
    if let Some(fields) = result.as_object_mut() {
        for (name, address) in [("source", source), ("destination", destination)] {
            let address = match form {
                Form::Plain => json!(address),
                Form::Std | Form::Ext => json!({ "@type": "accountAddress", "account_address": address }),
            };
            fields.insert(name.to_owned(), address);
        }
        if form == Form::Plain {
            fields.insert("message".to_owned(), json!(text));
        }
    }
    Ok(result)
}

fn body_cell(body: CellSlice<'_>) -> Result<Cell, ApiError> {
    let mut builder = CellBuilder::new();
    builder.store_slice(body)?;
    Ok(builder.build()?)
}

/// `msg.dataText` for a comment, `msg.dataEncryptedText` for one that only two can read, `msg.dataRaw` for anything
/// else; and toncenter's short form of it, which is a line of base64 where it is no text.
fn message_data(slice: CellSlice<'_>, body: &Cell, init: Option<&StateInit>) -> Result<(Value, String), ApiError> {
    if let Some(comment) = chain::wallet::comment_of_body(slice) {
        return Ok((json!({ "@type": "msg.dataText", "text": shape::base64(comment.as_bytes()) }), comment));
    }
    if let Some(sealed) = chain::wallet::encrypted_comment_of_body(slice) {
        let text = shape::base64(&sealed);
        return Ok((json!({ "@type": "msg.dataEncryptedText", "text": text }), text));
    }
    let init_state = init.map(CellBuilder::build_from).transpose()?;
    let data = json!({
        "@type": "msg.dataRaw",
        "body": Boc::encode_base64(body),
        "init_state": shape::boc(init_state.as_ref()),
    });
    let bytes = shape::content(body)?;
    let line = if bytes.is_empty() { String::new() } else { format!("{}\n", shape::base64(&bytes)) };
    Ok((data, line))
}
