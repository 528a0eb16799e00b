//! Forms of addresses and hashes: detectAddress, detectHash, packAddress, unpackAddress.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE;
use serde_json::{Value, json};
use tycho_types::models::{Base64StdAddrFlags, DisplayBase64StdAddr, StdAddr};

use super::error::ApiError;
use super::request::Params;
use super::shape;

/// Every form of an address.
pub(super) fn detect(params: &Params) -> Result<Value, ApiError> {
    let raw_given = params.text("address")?.contains(':');
    let (address, flags) = params.address_with_flags("address")?;
    let given = match (raw_given, flags.bounceable) {
        (true, _) => "raw_form",
        (false, true) => "friendly_bounceable",
        (false, false) => "friendly_non_bounceable",
    };
    Ok(json!({
        "@type": "ext.utils.detectedAddress",
        "raw_form": address.to_string(),
        "bounceable": both_alphabets(&address, flags.testnet, true),
        "non_bounceable": both_alphabets(&address, flags.testnet, false),
        "given_type": given,
        "test_only": flags.testnet,
    }))
}

/// Every form of a hash.
pub(super) fn detect_hash(params: &Params) -> Result<Value, ApiError> {
    let hash = params.optional_hash("hash")?.ok_or_else(|| ApiError::parameter("hash", "is missing"))?;
    Ok(json!({
        "@type": "ext.utils.detectedHash",
        "b64": shape::base64(&hash.0),
        "b64url": URL_SAFE.encode(hash.0),
        "hex": hex::encode(hash.0),
    }))
}

/// Raw to friendly.
pub(super) fn pack(params: &Params) -> Result<Value, ApiError> {
    Ok(json!(shape::friendly(&params.address("address")?)))
}

/// Friendly to raw.
pub(super) fn unpack(params: &Params) -> Result<Value, ApiError> {
    Ok(json!(params.address("address")?.to_string()))
}

fn both_alphabets(address: &StdAddr, testnet: bool, bounceable: bool) -> Value {
    let shown = |base64_url| {
        let flags = Base64StdAddrFlags { testnet, base64_url, bounceable };
        DisplayBase64StdAddr { addr: address, flags }.to_string()
    };
    json!({ "@type": "ext.utils.detectedAddressVariant", "b64": shown(false), "b64url": shown(true) })
}
