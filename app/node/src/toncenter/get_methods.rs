//! runGetMethod, and stack values in toncenter's JSON.

use chain::get_method::{self, GetParams, Method, StackValue};
use num_bigint::{BigInt, Sign};
use serde_json::{Value, json};
use tycho_types::boc::Boc;
use tycho_types::cell::Cell;

use super::Toncenter;
use super::error::ApiError;
use super::request::{Params, from_base64};
use super::shape;

/// Arguments of one call; TVM itself takes 255.
const ARGUMENTS_MAX: usize = 255;
/// How deep tuples may nest in arguments.
const TUPLE_DEPTH_MAX: usize = 16;
/// Bits of a TVM integer, without its sign.
const INTEGER_BITS_MAX: u64 = 256;
/// What TVM says when a method was asked of an account without code.
const EXIT_NO_CODE: i32 = -13;

impl Toncenter {
    pub(super) fn run_get_method(&self, params: &Params) -> Result<Value, ApiError> {
        let address = params.address("address")?;
        let named = params.value("method").ok_or_else(|| ApiError::parameter("method", "is missing"))?;
        let method = match named {
            Value::String(name) => Method::Name(name),
            Value::Number(_) => Method::Id(params.integer("method")?),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
                return Err(ApiError::parameter("method", "must be a name or a number"));
            }
        };
        let arguments = arguments(params.value("stack"))?;
        let (head, state) = self.view.state();
        let execute = state.execute_params(head.at);
        let surroundings = GetParams {
            now: execute.now,
            block_lt: execute.block_lt,
            rand_seed: execute.rand_seed,
            libraries: execute.libraries,
            previous_blocks: execute.previous_blocks,
        };
        let account = state.account(&address)?;
        let answer = get_method::run(state.config(), &surroundings, &account, method, &arguments);
        let (exit_code, gas_used, stack) = match answer {
            Ok(answer) => (answer.exit_code, answer.gas_used, answer.stack),
            Err(get_method::GetError::NoCode) => (EXIT_NO_CODE, 0, Vec::new()),
            Err(error) => return Err(ApiError::chain(error.to_string())),
        };
        Ok(json!({
            "@type": "smc.runResult",
            "gas_used": gas_used,
            "stack": stack.iter().map(entry_json).collect::<Vec<_>>(),
            "exit_code": exit_code,
            "last_transaction_id": json!(null),
            "block_id": shape::block_id(&head.masterchain),
        }))
    }
}

/// `[["num","0x1"],["cell","te6…"],…]`.
fn arguments(stack: Option<&Value>) -> Result<Vec<StackValue>, ApiError> {
    let wrong = || ApiError::parameter("stack", "must be a list of [type, value]");
    let entries = match stack {
        None => return Ok(Vec::new()),
        Some(Value::Array(entries)) => entries,
        Some(_) => return Err(wrong()),
    };
    if entries.len() > ARGUMENTS_MAX {
        return Err(ApiError::parameter("stack", &format!("has more than {ARGUMENTS_MAX} values")));
    }
    entries.iter().map(|entry| argument(entry, TUPLE_DEPTH_MAX).ok_or_else(wrong)).collect()
}

/// One argument; `None` when it is of no known form.
fn argument(entry: &Value, depth: usize) -> Option<StackValue> {
    let entry = entry.as_array()?;
    let value = entry.get(1).unwrap_or(&Value::Null);
    match entry.first()?.as_str()? {
        "num" | "number" | "int" => integer(value).map(StackValue::Int),
        "cell" | "tvm.Cell" => cell(value).map(StackValue::Cell),
        "slice" | "tvm.Slice" => cell(value).map(StackValue::Slice),
        "builder" | "tvm.Builder" => cell(value).map(StackValue::Builder),
        "null" => Some(StackValue::Null),
        "tuple" | "list" | "tvm.Tuple" | "tvm.List" => {
            let inside = value.as_array().filter(|inside| inside.len() <= ARGUMENTS_MAX)?;
            let depth = depth.checked_sub(1)?;
            inside.iter().map(|entry| argument(entry, depth)).collect::<Option<_>>().map(StackValue::Tuple)
        }
        _ => None,
    }
}

/// A number, `"-12"` or `"0x1f"`.
fn integer(value: &Value) -> Option<BigInt> {
    let number = match value {
        Value::Number(number) => BigInt::from(number.as_i64().map(i128::from).or(number.as_u64().map(i128::from))?),
        Value::String(text) if text.len() <= 80 => {
            let (negative, digits) = text.strip_prefix('-').map_or((false, text.as_str()), |rest| (true, rest));
            let (radix, digits) = digits.strip_prefix("0x").map_or((10, digits), |rest| (16, rest));
            if !digits.starts_with(|first: char| first.is_ascii_hexdigit()) {
                return None;
            }
            let sign = if negative { "-" } else { "" };
            BigInt::parse_bytes(format!("{sign}{digits}").as_bytes(), radix)?
        }
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    (number.bits() <= INTEGER_BITS_MAX).then_some(number)
}

/// A bag of cells in base64, alone or as `{"bytes": …}`.
fn cell(value: &Value) -> Option<Cell> {
    let text = value.as_str().or_else(|| value.get("bytes")?.as_str())?;
    Boc::decode(from_base64(text)?).ok()
}

/// A value of an answer at the top of the stack. toncenter has no word for a slice or for nothing here:
/// the one is a cell, the other an empty list.
fn entry_json(value: &StackValue) -> Value {
    match value {
        StackValue::Int(number) => json!(["num", hexadecimal(number)]),
        StackValue::Cell(cell) | StackValue::Slice(cell) => json!(["cell", { "bytes": shape::boc(Some(cell)) }]),
        StackValue::Builder(cell) => json!(["builder", { "bytes": shape::boc(Some(cell)) }]),
        StackValue::Tuple(inside) => {
            json!(["tuple", { "@type": "tvm.tuple", "elements": inside.iter().map(element_json).collect::<Vec<_>>() }])
        }
        StackValue::Null => json!(["list", { "@type": "tvm.list", "elements": [] }]),
        StackValue::Nan | StackValue::Continuation | _ => {
            json!(["unsupported", { "@type": "tvm.stackEntryUnsupported" }])
        }
    }
}

/// A value inside a tuple.
fn element_json(value: &StackValue) -> Value {
    match value {
        StackValue::Int(number) => json!({
            "@type": "tvm.stackEntryNumber",
            "number": { "@type": "tvm.numberDecimal", "number": number.to_string() },
        }),
        StackValue::Cell(cell) => json!({
            "@type": "tvm.stackEntryCell",
            "cell": { "@type": "tvm.cell", "bytes": shape::boc(Some(cell)) },
        }),
        StackValue::Slice(cell) => json!({
            "@type": "tvm.stackEntrySlice",
            "slice": { "@type": "tvm.slice", "bytes": shape::boc(Some(cell)) },
        }),
        StackValue::Tuple(inside) => {
            let elements: Vec<Value> = inside.iter().map(element_json).collect();
            json!({ "@type": "tvm.stackEntryTuple", "tuple": { "@type": "tvm.tuple", "elements": elements } })
        }
        StackValue::Null => {
            json!({ "@type": "tvm.stackEntryList", "list": { "@type": "tvm.list", "elements": [] } })
        }
        StackValue::Nan | StackValue::Builder(_) | StackValue::Continuation | _ => {
            json!({ "@type": "tvm.stackEntryUnsupported" })
        }
    }
}

fn hexadecimal(number: &BigInt) -> String {
    let sign = if number.sign() == Sign::Minus { "-" } else { "" };
    format!("{sign}0x{}", number.magnitude().to_str_radix(16))
}
