//! Stack values in the two forms that toncenter has for them: pairs of a word and a value (runGetMethod), and objects
//! with `@type` (runGetMethodStd, and inside tuples and lists of the other form).

use chain::get_method::StackValue;
use num_bigint::{BigInt, Sign};
use serde_json::{Value, json};
use tycho_types::boc::Boc;
use tycho_types::cell::{Cell, CellBuilder};

use super::error::ApiError;
use super::request::from_base64;
use super::shape;

/// Arguments of one call; TVM itself takes 255.
const ARGUMENTS_MAX: usize = 255;
/// How deep tuples and lists may nest in arguments.
const TUPLE_DEPTH_MAX: usize = 16;
/// Bits of a TVM integer, without its sign: from −2²⁵⁶ to 2²⁵⁶ − 1.
const INTEGER_BITS_MAX: u64 = 256;
/// Cells of a value that are also shown one by one, as older clients read them. A value may share cells, so it can
/// have endlessly many.
const SHOWN_CELLS_MAX: usize = 256;
/// How deep these cells may lie: readers of JSON give up at some depth.
const SHOWN_DEPTH_MAX: usize = 32;

/// `[["num","0x1"],["tvm.Cell","te6…"],…]`, or such a list as text (from a query), or objects.
pub(super) fn arguments(stack: Option<&Value>) -> Result<Vec<StackValue>, ApiError> {
    let wrong = || ApiError::parameter("stack", "must be a list of [type, value]");
    let parsed;
    let entries = match stack {
        None => return Ok(Vec::new()),
        Some(Value::Array(entries)) => entries,
        Some(Value::String(text)) => {
            parsed = serde_json::from_str::<Vec<Value>>(text).map_err(|_| wrong())?;
            &parsed
        }
        Some(_) => return Err(wrong()),
    };
    if entries.len() > ARGUMENTS_MAX {
        return Err(ApiError::parameter("stack", &format!("has more than {ARGUMENTS_MAX} values")));
    }
    let read = |(place, entry)| {
        argument(entry, TUPLE_DEPTH_MAX).ok_or_else(|| {
            let advice = format!("must be a list of [type, value]: number {place} is not of a known form");
            ApiError::parameter("stack", &advice)
        })
    };
    (1..).zip(entries).map(read).collect()
}

/// One argument; `None` when it is of no known form.
fn argument(entry: &Value, depth: usize) -> Option<StackValue> {
    match entry {
        Value::Array(pair) => {
            let value = pair.get(1).unwrap_or(&Value::Null);
            match pair.first()?.as_str()? {
                "num" | "number" | "int" | "integer" => integer(value).map(StackValue::Int),
                "cell" | "tvm.Cell" => cell(value).map(StackValue::Cell),
                "slice" | "tvm.Slice" => cell(value).map(StackValue::Slice),
                "builder" | "tvm.Builder" => cell(value).map(StackValue::Builder),
                "null" => Some(StackValue::Null),
                "tuple" | "tvm.Tuple" => values(value, depth).map(StackValue::Tuple),
                "list" | "tvm.List" => values(value, depth).map(list),
                _ => None,
            }
        }
        Value::Object(fields) => match fields.get("@type")?.as_str()? {
            "tvm.stackEntryNumber" => integer(fields.get("number")?.get("number")?).map(StackValue::Int),
            "tvm.stackEntryCell" => cell(fields.get("cell")?).map(StackValue::Cell),
            "tvm.stackEntrySlice" => cell(fields.get("slice")?).map(StackValue::Slice),
            "tvm.stackEntryTuple" => values(fields.get("tuple")?, depth).map(StackValue::Tuple),
            "tvm.stackEntryList" => values(fields.get("list")?, depth).map(list),
            "tvm.stackEntryNull" => Some(StackValue::Null),
            _ => None,
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

/// What is in a tuple or list: as it is, or as `{"elements": …}`.
fn values(value: &Value, depth: usize) -> Option<Vec<StackValue>> {
    let inside = value.as_array().or_else(|| value.get("elements")?.as_array())?;
    let depth = depth.checked_sub(1)?;
    if inside.len() > ARGUMENTS_MAX {
        return None;
    }
    inside.iter().map(|entry| argument(entry, depth)).collect()
}

fn list(values: Vec<StackValue>) -> StackValue {
    if values.is_empty() { StackValue::Null } else { StackValue::List(values) }
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
    // the least one has a magnitude of one bit more
    let is_least = number.sign() == Sign::Minus && number.trailing_zeros() == Some(INTEGER_BITS_MAX);
    let bits = number.bits();
    (bits <= INTEGER_BITS_MAX || is_least && bits.checked_sub(1) == Some(INTEGER_BITS_MAX)).then_some(number)
}

/// A bag of cells in base64, alone or as `{"bytes": …}`, or cells one by one.
fn cell(value: &Value) -> Option<Cell> {
    let Some(text) = value.as_str().or_else(|| value.get("bytes")?.as_str()) else {
        return plain_cell(value.get("object").unwrap_or(value), &mut 0);
    };
    Boc::decode(from_base64(text)?).ok()
}

/// `{"data":{"b64":…,"len":…},"refs":[…]}`. As deep as JSON may nest.
fn plain_cell(value: &Value, cells: &mut usize) -> Option<Cell> {
    *cells = cells.checked_add(1).filter(|cells| *cells <= SHOWN_CELLS_MAX)?;
    let data = value.get("data")?;
    let bytes = from_base64(data.get("b64")?.as_str()?)?;
    let bits = u16::try_from(data.get("len")?.as_u64()?).ok()?;
    if usize::from(bits) > bytes.len().checked_mul(8)? {
        return None;
    }
    let mut cell = CellBuilder::new();
    cell.store_raw(&bytes, bits).ok()?;
    for inner in value.get("refs").and_then(Value::as_array).into_iter().flatten() {
        cell.store_reference(plain_cell(inner, cells)?).ok()?;
    }
    cell.build().ok()
}

/// A value of an answer at the top of the stack. toncenter has no word for a slice or for nothing here:
/// the one is a cell, the other an empty list.
pub(super) fn entry_json(value: &StackValue) -> Value {
    match value {
        StackValue::Int(number) => json!(["num", hexadecimal(number)]),
        StackValue::Cell(cell) | StackValue::Slice(cell) => json!(["cell", cell_json(cell)]),
        StackValue::Builder(cell) => json!(["builder", cell_json(cell)]),
        StackValue::Tuple(inside) => json!(["tuple", { "@type": "tvm.tuple", "elements": elements_json(inside) }]),
        StackValue::List(inside) => json!(["list", { "@type": "tvm.list", "elements": elements_json(inside) }]),
        StackValue::Null => json!(["list", { "@type": "tvm.list", "elements": [] }]),
        StackValue::Nan | StackValue::Continuation | _ => {
            json!(["unsupported", { "@type": "tvm.stackEntryUnsupported" }])
        }
    }
}

/// A value inside a tuple or list, and every value of runGetMethodStd.
pub(super) fn element_json(value: &StackValue) -> Value {
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
        StackValue::Tuple(inside) => json!({
            "@type": "tvm.stackEntryTuple",
            "tuple": { "@type": "tvm.tuple", "elements": elements_json(inside) },
        }),
        StackValue::List(inside) => json!({
            "@type": "tvm.stackEntryList",
            "list": { "@type": "tvm.list", "elements": elements_json(inside) },
        }),
        StackValue::Null => {
            json!({ "@type": "tvm.stackEntryList", "list": { "@type": "tvm.list", "elements": [] } })
        }
        StackValue::Nan | StackValue::Builder(_) | StackValue::Continuation | _ => {
            json!({ "@type": "tvm.stackEntryUnsupported" })
        }
    }
}

fn elements_json(values: &[StackValue]) -> Vec<Value> {
    values.iter().map(element_json).collect()
}

/// A cell as a bag of cells, and while it is small also one by one.
fn cell_json(cell: &Cell) -> Value {
    match plain_json(cell, SHOWN_DEPTH_MAX, &mut 0) {
        Some(object) => json!({ "bytes": shape::boc(Some(cell)), "object": object }),
        None => json!({ "bytes": shape::boc(Some(cell)) }),
    }
}

fn plain_json(cell: &Cell, depth: usize, cells: &mut usize) -> Option<Value> {
    *cells = cells.checked_add(1).filter(|cells| *cells <= SHOWN_CELLS_MAX)?;
    let depth = depth.checked_sub(1)?;
    let refs = cell.references().cloned().map(|inner| plain_json(&inner, depth, cells));
    let refs = refs.collect::<Option<Vec<_>>>()?;
    let data = shape::base64(&shape::content(cell).ok()?);
    Some(json!({ "data": { "b64": data, "len": cell.bit_len() }, "refs": refs, "special": cell.is_exotic() }))
}

fn hexadecimal(number: &BigInt) -> String {
    let sign = if number.sign() == Sign::Minus { "-" } else { "" };
    format!("{sign}0x{}", number.magnitude().to_str_radix(16))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tycho_types::cell::Cell;

    fn one(entry: &Value) -> Option<StackValue> {
        arguments(Some(&json!([entry]))).ok().map(|mut all| all.remove(0))
    }

    fn leaf() -> Cell {
        let mut cell = CellBuilder::new();
        cell.store_uint(5, 13).unwrap();
        cell.build().unwrap()
    }

    #[test]
    fn whole_numbers_of_257_bits_are_taken_and_larger_ones_are_not() {
        let power = BigInt::from(1) << 256u32;
        for (text, number) in [
            ("-0x1".to_owned(), BigInt::from(-1)),
            ((&power - 1u8).to_string(), &power - 1u8),
            ((-&power).to_string(), -&power),
            (format!("-0x1{}", "0".repeat(64)), -&power),
        ] {
            assert_eq!(one(&json!(["num", text])), Some(StackValue::Int(number)), "{text}");
        }
        for wrong in [power.to_string(), (-&power - 1u8).to_string(), "1e3".into(), "0x".into(), "- 1".into()] {
            assert_eq!(one(&json!(["num", wrong])), None, "{wrong}");
        }
    }

    #[test]
    fn a_value_is_read_in_every_form_that_clients_write() {
        let bytes = shape::boc(Some(&leaf()));
        let lines = format!("{}\n{}\n", &bytes[..8], &bytes[8..]);
        let plain = json!({ "data": { "b64": "ACg=", "len": 13 }, "refs": [], "special": false });
        for value in [json!(bytes), json!(lines), json!({ "bytes": bytes }), plain.clone(), json!({ "object": plain })]
        {
            assert_eq!(one(&json!(["cell", value])), Some(StackValue::Cell(leaf())), "{value}");
            assert_eq!(one(&json!(["tvm.Slice", value])), Some(StackValue::Slice(leaf())), "{value}");
        }
        let number = json!({ "@type": "tvm.stackEntryNumber", "number": { "number": "3" } });
        let three = StackValue::int(3);
        for inside in [json!([["num", 3]]), json!({ "elements": [number] }), json!({ "elements": [["int", "3"]] })] {
            assert_eq!(one(&json!(["tuple", inside])), Some(StackValue::Tuple(vec![three.clone()])), "{inside}");
            assert_eq!(one(&json!(["tvm.List", inside])), Some(StackValue::List(vec![three.clone()])), "{inside}");
        }
        assert_eq!(one(&json!(["list", []])), Some(StackValue::Null));
        assert_eq!(arguments(Some(&json!("[[\"num\",\"3\"]]"))).unwrap(), [three]);
        assert!(arguments(Some(&json!("[[\"num\""))).is_err());
    }

    #[test]
    fn what_an_answer_holds_is_read_back_as_the_same() {
        let values = [
            StackValue::int(-5),
            StackValue::Cell(leaf()),
            StackValue::Builder(leaf()),
            StackValue::Tuple(vec![StackValue::int(1), StackValue::Slice(leaf()), StackValue::Tuple(vec![])]),
            StackValue::List(vec![StackValue::int(1), StackValue::Null]),
            StackValue::Null,
        ];
        for value in values {
            assert_eq!(one(&entry_json(&value)), Some(value.clone()));
        }
    }

    #[test]
    fn cells_are_shown_one_by_one_while_they_are_few() {
        let mut cell = leaf();
        assert_eq!(cell_json(&cell)["object"]["data"], json!({ "b64": "ACg=", "len": 13 }));
        // 2⁴⁰ cells in 41
        for _ in 0..40 {
            let mut above = CellBuilder::new();
            above.store_reference(cell.clone()).unwrap();
            above.store_reference(cell).unwrap();
            cell = above.build().unwrap();
        }
        let shown = cell_json(&cell);
        assert!(shown["bytes"].is_string() && shown["object"].is_null());
    }
}
