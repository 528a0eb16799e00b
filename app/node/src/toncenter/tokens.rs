//! getTokenData: what a contract says of itself as a jetton or NFT (TEP-62, TEP-64, TEP-74), checked with the
//! contract that it says it belongs to.

use chain::get_method::{Method, StackValue};
use num_bigint::BigInt;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use tycho_types::cell::{Cell, CellBuilder, CellSlice, HashBytes, Load as _};
use tycho_types::dict::Dict;
use tycho_types::models::{IntAddr, StdAddr};

use super::Toncenter;
use super::error::ApiError;
use super::get_methods::Scene;
use super::request::Params;
use super::shape;

/// Keys of what is written on the chain about a token; others are shown by their hash.
const KEYS: [&str; 14] = [
    "uri",
    "name",
    "description",
    "image",
    "image_data",
    "symbol",
    "decimals",
    "amount_style",
    "render_type",
    "currency",
    "game",
    "attributes",
    "content_url",
    "content_type",
];
/// Entries of it that are read.
const ENTRIES_MAX: usize = 64;
/// Bytes of one entry that are read.
const TEXT_BYTES_MAX: usize = 64 * 1024;

/// The first byte of a token's content.
const ON_CHAIN: u8 = 0;
const OFF_CHAIN: u8 = 1;
/// The first byte of an entry: text that runs on from cell to cell, or in numbered pieces.
const SNAKE: u8 = 0;
const CHUNKS: u8 = 1;

impl Toncenter {
    pub(super) fn token_data(&self, params: &Params) -> Result<Value, ApiError> {
        let address = params.address("address")?;
        let asked = Asked { scene: self.scene(params)?, address };
        for kind in [jetton_master, jetton_wallet, nft_collection, nft_item] {
            if let Some(data) = kind(&asked)? {
                return Ok(data);
            }
        }
        let address = shape::friendly(&asked.address);
        Err(ApiError::wrong_kind(format!("Smart contract {address} is not Jetton or NFT")))
    }
}

/// A contract that may be a token.
struct Asked {
    scene: Scene,
    address: StdAddr,
}

impl Asked {
    fn own(&self, method: &str) -> Result<Option<Vec<StackValue>>, ApiError> {
        self.of(&self.address, method, &[])
    }

    /// What a method leaves; `None` where it fails.
    fn of(&self, address: &StdAddr, method: &str, given: &[StackValue]) -> Result<Option<Vec<StackValue>>, ApiError> {
        let (_, answer) = self.scene.ask(address, Method::Name(method), given)?;
        Ok((answer.exit_code == 0 || answer.exit_code == 1).then_some(answer.stack))
    }

    /// Whether `parent` answers with this contract's address.
    fn is_child(&self, parent: &StdAddr, method: &str, key: StackValue) -> Result<bool, ApiError> {
        let answer = self.of(parent, method, &[key])?;
        Ok(answer.as_deref().and_then(<[_]>::first).and_then(address_of).is_some_and(|named| named == self.address))
    }
}

fn jetton_master(asked: &Asked) -> Result<Option<Value>, ApiError> {
    let Some(stack) = asked.own("get_jetton_data")? else { return Ok(None) };
    let [
        StackValue::Int(supply),
        StackValue::Int(mintable),
        admin,
        StackValue::Cell(content),
        StackValue::Cell(code),
        ..,
    ] = stack.as_slice()
    else {
        return Ok(None);
    };
    let Some(content) = content_json(content) else { return Ok(None) };
    let mut data = json!({
        "@type": "ext.tokens.jettonMasterData",
        "address": shape::friendly(&asked.address),
        "contract_type": "jetton_master",
        "total_supply": supply.to_string(),
        "mintable": *mintable != BigInt::ZERO,
        "jetton_content": content,
        "jetton_wallet_code": shape::boc(Some(code)),
    });
    insert_address(&mut data, "admin_address", admin);
    Ok(Some(data))
}

fn jetton_wallet(asked: &Asked) -> Result<Option<Value>, ApiError> {
    let Some(stack) = asked.own("get_wallet_data")? else { return Ok(None) };
    let [StackValue::Int(balance), owner, master, StackValue::Cell(code), ..] = stack.as_slice() else {
        return Ok(None);
    };
    let (Some(owner), Some(master)) = (address_of(owner), address_of(master)) else { return Ok(None) };
    if !asked.is_child(&master, "get_wallet_address", StackValue::Slice(CellBuilder::build_from(&owner)?))? {
        return Err(ApiError::wrong_kind("Verification with Jetton master failed"));
    }
    let mut data = json!({
        "@type": "ext.tokens.jettonWalletData",
        "address": shape::friendly(&asked.address),
        "contract_type": "jetton_wallet",
        "balance": balance.to_string(),
        "owner": shape::friendly(&owner),
        "jetton": shape::friendly(&master),
        "jetton_wallet_code": shape::boc(Some(code)),
    });
    if let Some([StackValue::Int(is_claimed)]) = asked.own("is_claimed")?.as_deref()
        && let Some(fields) = data.as_object_mut()
    {
        fields.insert("mintless_is_claimed".to_owned(), json!(*is_claimed != BigInt::ZERO));
    }
    Ok(Some(data))
}

fn nft_collection(asked: &Asked) -> Result<Option<Value>, ApiError> {
    let Some(stack) = asked.own("get_collection_data")? else { return Ok(None) };
    let [StackValue::Int(next), StackValue::Cell(content), owner, ..] = stack.as_slice() else { return Ok(None) };
    let Some(content) = content_json(content) else { return Ok(None) };
    let mut data = json!({
        "@type": "ext.tokens.nftCollectionData",
        "address": shape::friendly(&asked.address),
        "contract_type": "nft_collection",
        "next_item_index": next.to_string(),
        "collection_content": content,
    });
    insert_address(&mut data, "owner_address", owner);
    Ok(Some(data))
}

fn nft_item(asked: &Asked) -> Result<Option<Value>, ApiError> {
    let Some(stack) = asked.own("get_nft_data")? else { return Ok(None) };
    let [StackValue::Int(init), StackValue::Int(index), collection, owner, StackValue::Cell(content), ..] =
        stack.as_slice()
    else {
        return Ok(None);
    };
    let whole = match address_of(collection) {
        None => Some(content.clone()),
        Some(collection) => {
            let index = StackValue::Int(index.clone());
            if !asked.is_child(&collection, "get_nft_address_by_index", index.clone())? {
                return Err(ApiError::wrong_kind("Verification with NFT collection failed"));
            }
            let own = StackValue::Cell(content.clone());
            match asked.of(&collection, "get_nft_content", &[index, own])?.as_deref() {
                Some([StackValue::Cell(whole), ..]) => Some(whole.clone()),
                _ => None,
            }
        }
    };
    let Some(content) = whole.as_ref().and_then(content_json) else { return Ok(None) };
    let mut data = json!({
        "@type": "ext.tokens.nftItemData",
        "address": shape::friendly(&asked.address),
        "contract_type": "nft_item",
        "init": *init != BigInt::ZERO,
        "index": index.to_string(),
        "content": content,
    });
    insert_address(&mut data, "collection_address", collection);
    insert_address(&mut data, "owner_address", owner);
    Ok(Some(data))
}

fn insert_address(data: &mut Value, name: &str, value: &StackValue) {
    if let (Some(address), Some(fields)) = (address_of(value), data.as_object_mut()) {
        fields.insert(name.to_owned(), json!(shape::friendly(&address)));
    }
}

/// The address in a slice or cell, unless it is `addr_none`.
fn address_of(value: &StackValue) -> Option<StdAddr> {
    let (StackValue::Slice(cell) | StackValue::Cell(cell)) = value else { return None };
    match IntAddr::load_from(&mut cell.as_slice().ok()?).ok()? {
        IntAddr::Std(address) => Some(address),
        IntAddr::Var(_) => None,
    }
}

/// What is written about a token: a place where to read it, or the entries themselves.
fn content_json(cell: &Cell) -> Option<Value> {
    let mut slice = cell.as_slice().ok()?;
    match slice.load_u8().ok()? {
        OFF_CHAIN => Some(json!({ "type": "offchain", "data": text(&snake(slice)?) })),
        ON_CHAIN => {
            let mut data = Map::new();
            for entry in Dict::<HashBytes, Cell>::load_from(&mut slice).ok()?.iter().take(ENTRIES_MAX) {
                let (key, value) = entry.ok()?;
                let known = KEYS.iter().find(|name| Sha256::digest(name).as_slice() == key.0);
                let name = known.map_or_else(|| hex::encode(key.0), |name| (*name).to_owned());
                data.insert(name, json!(text(&entry_bytes(&value)?)));
            }
            Some(json!({ "type": "onchain", "data": data }))
        }
        _ => None,
    }
}

fn entry_bytes(cell: &Cell) -> Option<Vec<u8>> {
    let mut slice = cell.as_slice().ok()?;
    match slice.load_u8().ok()? {
        SNAKE => snake(slice),
        CHUNKS => {
            let mut bytes = Vec::new();
            for piece in Dict::<u32, Cell>::load_from(&mut slice).ok()?.iter() {
                bytes.extend(snake(piece.ok()?.1.as_slice().ok()?)?);
                if bytes.len() > TEXT_BYTES_MAX {
                    return None;
                }
            }
            Some(bytes)
        }
        _ => None,
    }
}

/// Bytes that run on from cell to cell.
fn snake(mut slice: CellSlice<'_>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        let bits = slice.size_bits();
        let mut buffer = [0; 128];
        bytes.extend_from_slice(slice.load_raw(&mut buffer, bits.checked_sub(bits % 8)?).ok()?);
        if bytes.len() > TEXT_BYTES_MAX {
            return None;
        }
        if slice.size_refs() == 0 {
            return Some(bytes);
        }
        slice = slice.load_reference_as_slice().ok()?;
    }
}

/// Text as it is, anything else in base64.
fn text(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(|_| shape::base64(bytes), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tycho_types::cell::{CellFamily as _, Store as _};

    /// A cell that begins with `first` and goes on with `bytes`, in several cells where they don't fit.
    fn long(first: Option<u8>, bytes: &[u8]) -> Cell {
        let (now, later) = bytes.split_at(bytes.len().min(100));
        let mut cell = CellBuilder::new();
        for byte in first.into_iter().chain(now.iter().copied()) {
            cell.store_u8(byte).unwrap();
        }
        if !later.is_empty() {
            cell.store_reference(long(None, later)).unwrap();
        }
        cell.build().unwrap()
    }

    fn on_chain(entries: &[(HashBytes, Cell)]) -> Cell {
        let mut dict = Dict::<HashBytes, Cell>::new();
        for (key, value) in entries {
            dict.set(key, value).unwrap();
        }
        let mut cell = CellBuilder::new();
        cell.store_u8(ON_CHAIN).unwrap();
        dict.store_into(&mut cell, Cell::empty_context()).unwrap();
        cell.build().unwrap()
    }

    fn key(name: &str) -> HashBytes {
        HashBytes(Sha256::digest(name).into())
    }

    #[test]
    fn content_elsewhere_is_shown_as_the_place() {
        let uri = format!("https://example.org/{}", "x".repeat(300));
        assert_eq!(
            content_json(&long(Some(OFF_CHAIN), uri.as_bytes())),
            Some(json!({ "type": "offchain", "data": uri }))
        );
    }

    #[test]
    fn content_on_the_chain_is_shown_by_name_whatever_way_it_is_stored() {
        let mut pieces = Dict::<u32, Cell>::new();
        pieces.set(0, long(None, b"in two ")).unwrap();
        pieces.set(1, long(None, b"pieces")).unwrap();
        let mut chunked = CellBuilder::new();
        chunked.store_u8(CHUNKS).unwrap();
        pieces.store_into(&mut chunked, Cell::empty_context()).unwrap();
        let name = "a name ".repeat(40);
        let content = on_chain(&[
            (key("name"), long(Some(SNAKE), name.as_bytes())),
            (key("description"), chunked.build().unwrap()),
            (key("image_data"), long(Some(SNAKE), &[0xff, 0xfe])),
            (HashBytes([7; 32]), long(Some(SNAKE), b"unknown")),
        ]);
        let data = json!({
            "name": name, "description": "in two pieces", "image_data": "//4=", "07".repeat(32): "unknown",
        });
        assert_eq!(content_json(&content), Some(json!({ "type": "onchain", "data": data })));
    }

    #[test]
    fn content_of_no_known_form_or_without_end_is_none() {
        assert_eq!(content_json(&long(Some(9), b"what")), None);
        assert_eq!(content_json(&Cell::empty_cell()), None);
        assert_eq!(content_json(&long(Some(OFF_CHAIN), &vec![b'x'; TEXT_BYTES_MAX + 1])), None);
        assert_eq!(content_json(&on_chain(&[(key("name"), Cell::empty_cell())])), None);
    }
}
