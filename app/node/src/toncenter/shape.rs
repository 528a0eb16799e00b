//! Values of the chain in toncenter's JSON.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tycho_types::boc::Boc;
use tycho_types::cell::{Cell, HashBytes};
use tycho_types::models::{BlockId, CurrencyCollection, ExtraCurrencyCollection, IntAddr, ShardIdent, StdAddr};
use wire::UnixMillis;

pub(super) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// A cell as a bag of cells in base64; the empty string when there is none.
pub(super) fn boc(cell: Option<&Cell>) -> String {
    cell.map(Boc::encode_base64).unwrap_or_default()
}

/// The bits of a cell without what it leads to, filled up with zeros to whole bytes.
pub(super) fn content(cell: &Cell) -> Result<Vec<u8>, tycho_types::error::Error> {
    let mut slice = cell.as_slice_allow_exotic();
    let bits = slice.size_bits();
    let mut buffer = [0; 128];
    Ok(slice.load_raw(&mut buffer, bits)?.to_vec())
}

/// A time in seconds.
pub(super) fn seconds(at: UnixMillis) -> u32 {
    u32::try_from(at.0.checked_div(1000).unwrap_or_default()).unwrap_or(u32::MAX)
}

/// `ton.blockIdExt`.
pub(super) fn block_id(id: &BlockId) -> Value {
    json!({
        "@type": "ton.blockIdExt",
        "workchain": id.shard.workchain(),
        "shard": shard(&id.shard),
        "seqno": id.seqno,
        "root_hash": base64(&id.root_hash.0),
        "file_hash": base64(&id.file_hash.0),
    })
}

/// A shard's prefix as a signed number.
pub(super) fn shard(shard: &ShardIdent) -> String {
    shard.prefix().cast_signed().to_string()
}

/// `internal.transactionId`.
pub(super) fn transaction_id(lt: u64, hash: &HashBytes) -> Value {
    json!({ "@type": "internal.transactionId", "lt": lt.to_string(), "hash": base64(&hash.0) })
}

/// An address in its friendly, bounceable form, as toncenter writes it.
pub(super) fn friendly(address: &StdAddr) -> String {
    address.display_base64_url(true).to_string()
}

/// The address of a message; empty where there is none.
pub(super) fn message_address(address: Option<&IntAddr>) -> String {
    match address {
        Some(IntAddr::Std(address)) => friendly(address),
        Some(IntAddr::Var(_)) | None => String::new(),
    }
}

/// `accountAddress`.
pub(super) fn account_address(address: &StdAddr) -> Value {
    json!({ "@type": "accountAddress", "account_address": friendly(address) })
}

/// `extraCurrency` for each other currency.
pub(super) fn extra_currencies(other: &ExtraCurrencyCollection) -> Vec<Value> {
    let entries = other.as_dict().iter().filter_map(Result::ok);
    entries.map(|(id, amount)| json!({ "@type": "extraCurrency", "id": id, "amount": amount.to_string() })).collect()
}

/// Nanogram in decimal.
pub(super) fn amount(value: &CurrencyCollection) -> String {
    value.tokens.into_inner().to_string()
}

/// A fee as a JSON number, which is how `estimateFee` gives it.
pub(super) fn fee_number(nano: u128) -> Value {
    json!(u64::try_from(nano).unwrap_or(u64::MAX))
}
