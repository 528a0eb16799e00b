//! What a caller sent: JSON-RPC, a JSON object or a query string, and parameters in all the forms that
//! clients use for them (numbers as strings, hashes in hex or base64, addresses raw or friendly).

use std::borrow::Cow;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use serde_json::map::Entry;
use serde_json::{Map, Value};
use tycho_types::boc::Boc;
use tycho_types::cell::{Cell, HashBytes};
use tycho_types::models::{Base64StdAddrFlags, ShardIdent, StdAddr, StdAddrFormat};

use super::BODY_BYTES_MAX;
use super::error::ApiError;

/// The prefix of a shard that is a whole workchain.
const SHARD_FULL: u64 = 0x8000_0000_0000_0000;
/// Parameters of one query string; no method has more.
const QUERY_PARAMETERS_MAX: usize = 32;

/// A JSON-RPC call.
pub(super) struct Call {
    pub(super) method: String,
    pub(super) params: Params,
    pub(super) id: Value,
}

/// The parameters of a call by name.
pub(super) struct Params(Map<String, Value>);

/// Reads a JSON-RPC request.
pub(super) fn json_rpc(body: Result<Bytes, BytesRejection>) -> Result<Call, ApiError> {
    let mut request = json_object(body)?.0;
    let Some(Value::String(method)) = request.remove("method") else {
        return Err(ApiError::parameter("method", "must be a string"));
    };
    let params = match request.remove("params") {
        None | Some(Value::Null) => Map::new(),
        Some(Value::Array(none)) if none.is_empty() => Map::new(),
        Some(Value::Object(params)) => params,
        Some(_) => return Err(ApiError::parameter("params", "must be an object: parameters by name")),
    };
    Ok(Call { method, params: Params(params), id: request.remove("id").unwrap_or(Value::Null) })
}

/// Reads a body that must be a JSON object; an empty one has no parameters.
pub(super) fn json_object(body: Result<Bytes, BytesRejection>) -> Result<Params, ApiError> {
    let body = body.map_err(|_| ApiError::too_large(BODY_BYTES_MAX))?;
    if body.is_empty() {
        return Ok(Params(Map::new()));
    }
    match serde_json::from_slice(&body) {
        Ok(Value::Object(fields)) => Ok(Params(fields)),
        Ok(_) => Err(ApiError::request("the body must be a JSON object")),
        Err(error) => Err(ApiError::request(&format!("the body is not JSON ({error})"))),
    }
}

/// Reads a query string. A name that comes several times is a list.
pub(super) fn query(query: &str) -> Params {
    let mut params = Map::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()).take(QUERY_PARAMETERS_MAX) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = Value::String(percent_decoded(value));
        match params.entry(percent_decoded(name)) {
            Entry::Vacant(place) => {
                place.insert(value);
            }
            Entry::Occupied(mut place) => {
                let before = place.get_mut();
                if let Value::Array(values) = before {
                    values.push(value);
                } else {
                    *before = Value::Array(vec![before.take(), value]);
                }
            }
        }
    }
    Params(params)
}

/// `%41` becomes `A`. A `+` stays: base64 has it, and no parameter has spaces.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = if *first == b'%' { after.get(..2).and_then(|digits| hex::decode(digits).ok()) } else { None };
        if let Some(decoded) = escaped {
            bytes.extend(decoded);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

impl Params {
    /// The value as it came; `null` and the empty string count as absent.
    pub(super) fn value(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null() && value.as_str() != Some(""))
    }

    pub(super) fn text(&self, name: &str) -> Result<&str, ApiError> {
        let value = self.value(name).ok_or_else(|| ApiError::parameter(name, "is missing"))?;
        value.as_str().ok_or_else(|| ApiError::parameter(name, "must be a string"))
    }

    /// A whole number, as a JSON number or in a string.
    pub(super) fn optional_integer<T: TryFrom<i128>>(&self, name: &str) -> Result<Option<T>, ApiError> {
        let Some(value) = self.value(name) else { return Ok(None) };
        let number = match value {
            Value::Number(number) => number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from)),
            Value::String(text) => text.parse::<i128>().ok(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        };
        let number = number.ok_or_else(|| ApiError::parameter(name, "must be a whole number"))?;
        T::try_from(number).map(Some).map_err(|_| ApiError::parameter(name, "is out of range"))
    }

    pub(super) fn integer<T: TryFrom<i128>>(&self, name: &str) -> Result<T, ApiError> {
        self.optional_integer(name)?.ok_or_else(|| ApiError::parameter(name, "is missing"))
    }

    pub(super) fn flag(&self, name: &str, otherwise: bool) -> Result<bool, ApiError> {
        match self.value(name) {
            None => Ok(otherwise),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(Value::String(text)) if ["true", "True", "1"].contains(&text.as_str()) => Ok(true),
            Some(Value::String(text)) if ["false", "False", "0"].contains(&text.as_str()) => Ok(false),
            Some(Value::Number(number)) if number.as_u64() == Some(1) => Ok(true),
            Some(Value::Number(number)) if number.as_u64() == Some(0) => Ok(false),
            Some(_) => Err(ApiError::parameter(name, "must be true or false")),
        }
    }

    pub(super) fn address(&self, name: &str) -> Result<StdAddr, ApiError> {
        self.address_with_flags(name).map(|(address, _)| address)
    }

    pub(super) fn address_with_flags(&self, name: &str) -> Result<(StdAddr, Base64StdAddrFlags), ApiError> {
        let text = self.text(name)?;
        StdAddr::from_str_ext(text, StdAddrFormat::any()).map_err(|error| {
            let advice = format!("is not an address ({error}): give 0:<64 hex digits> or the 48 characters of base64");
            ApiError::parameter(name, &advice)
        })
    }

    /// A cell as a bag of cells in base64.
    pub(super) fn optional_cell(&self, name: &str) -> Result<Option<Cell>, ApiError> {
        if self.value(name).is_none() {
            return Ok(None);
        }
        let bytes = self.bytes(name)?;
        Boc::decode(&bytes)
            .map(Some)
            .map_err(|error| ApiError::parameter(name, &format!("is not a bag of cells with one root ({error})")))
    }

    pub(super) fn cell(&self, name: &str) -> Result<Cell, ApiError> {
        self.optional_cell(name)?.ok_or_else(|| ApiError::parameter(name, "is missing"))
    }

    /// Bytes in base64.
    pub(super) fn bytes(&self, name: &str) -> Result<Vec<u8>, ApiError> {
        from_base64(self.text(name)?).ok_or_else(|| ApiError::parameter(name, "is not base64"))
    }

    /// A hash in hex or base64.
    pub(super) fn optional_hash(&self, name: &str) -> Result<Option<HashBytes>, ApiError> {
        if self.value(name).is_none() {
            return Ok(None);
        }
        let hash = parse_hash(self.text(name)?);
        hash.map(Some).ok_or_else(|| ApiError::parameter(name, "is not a hash of 32 bytes in hex or base64"))
    }

    /// How many rows are wanted: from 1 on, and no more than `most` come.
    pub(super) fn count(&self, name: &str, otherwise: u32, most: u32) -> Result<u32, ApiError> {
        match self.optional_integer::<i64>(name)? {
            None => Ok(otherwise),
            Some(count) if count < 1 => Err(ApiError::parameter(name, "must be at least 1")),
            Some(count) => Ok(u32::try_from(count).unwrap_or(most).min(most)),
        }
    }

    /// An account of a known workchain: its hash in hex or base64, or its address.
    pub(super) fn optional_account(&self, name: &str) -> Result<Option<HashBytes>, ApiError> {
        if self.value(name).is_none() {
            return Ok(None);
        }
        let text = self.text(name)?;
        let address = || StdAddr::from_str_ext(text, StdAddrFormat::any()).ok().map(|(address, _)| address.address);
        let account = parse_hash(text).or_else(address);
        account
            .map(Some)
            .ok_or_else(|| ApiError::parameter(name, "is neither an address nor its hash in hex or base64"))
    }

    /// `workchain` and `shard`.
    pub(super) fn shard(&self) -> Result<ShardIdent, ApiError> {
        let workchain: i32 = self.integer("workchain")?;
        let prefix = match self.value("shard") {
            None => SHARD_FULL,
            Some(Value::String(text)) if text.len() == 16 && !text.starts_with('-') => {
                u64::from_str_radix(text, 16).map_err(|_| ApiError::parameter("shard", "must be a shard prefix"))?
            }
            Some(_) => match self.integer::<i64>("shard") {
                Ok(signed) => signed.cast_unsigned(),
                Err(_) => self.integer::<u64>("shard")?,
            },
        };
        ShardIdent::new(workchain, prefix).ok_or_else(|| {
            ApiError::parameter("shard", "is not a shard of this workchain: a whole one is -9223372036854775808")
        })
    }
}

/// A hash in hex or in either base64 alphabet.
pub(super) fn parse_hash(text: &str) -> Option<HashBytes> {
    let bytes = if text.len() == 64 { hex::decode(text).ok()? } else { from_base64(text)? };
    <[u8; 32]>::try_from(bytes).ok().map(HashBytes)
}

/// Base64 in either alphabet, padded or not, on one line or on several.
pub(super) fn from_base64(text: &str) -> Option<Vec<u8>> {
    let text: Cow<'_, str> = if text.contains(|one: char| one.is_ascii_whitespace()) {
        text.chars().filter(|one| !one.is_ascii_whitespace()).collect()
    } else {
        text.into()
    };
    let text = text.as_ref();
    [STANDARD, URL_SAFE, STANDARD_NO_PAD, URL_SAFE_NO_PAD].iter().find_map(|engine| engine.decode(text).ok())
}
