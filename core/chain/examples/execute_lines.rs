//! Executes transactions asked for on standard input, one JSON object a line, and answers each
//! with a line on standard output. The differential test (e2e/differential) speaks to it.
#![allow(clippy::indexing_slicing, reason = "a missing field of a JSON value reads as null")]

use anyhow::{Context, Result, anyhow};
use chain::execute::{
    ChainConfig, ExecuteParams, Executed, PreviousBlocks, Refusal, execute_ordinary, execute_tick_tock,
};
use chain::get_method::{self, GetParams, Method, StackValue};
use chain::{ChainState, Genesis, GenesisParams};
use serde_json::{Value, json};
use std::io::{BufRead, Write};
use std::sync::Arc;
use tycho_types::boc::{Boc, BocRepr};
use tycho_types::models::{BlockId, LibDescr, ShardAccount, ShardIdent, StdAddr, TickTock};
use tycho_types::prelude::*;
use wire::{Gram, UnixMillis};

fn main() -> Result<()> {
    let mut config = None;
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let request: Value = serde_json::from_str(&line?)?;
        let answer = answer(&request, &mut config).unwrap_or_else(|error| json!({"broken": format!("{error:#}")}));
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

fn answer(request: &Value, config: &mut Option<ChainConfig>) -> Result<Value> {
    match text(request, "op")? {
        "config" => {
            let root = Boc::decode_base64(text(request, "boc")?)?;
            *config = Some(ChainConfig::from_params(root, small(request, "now")?)?);
            Ok(json!({"ok": true}))
        }
        "genesis_config" => {
            let genesis = Genesis::build(&GenesisParams {
                now: UnixMillis(1_600_000_000_000),
                faucet_public_key: [7; 32],
                validators: vec![[1; 32], [2; 32]],
                supply: Gram::from(1_000_000_000_000_000),
            })?;
            let params = ChainState::from_genesis(&genesis)?.config().raw().params.as_dict().root().clone();
            Ok(json!({"boc": Boc::encode_base64(params.context("no parameters")?)}))
        }
        "execute" => {
            let message = Boc::decode_base64(text(request, "message")?)?;
            let (address, account) = (address(request)?, account(request)?);
            let config = config.as_ref().context("send the configuration first")?;
            described(execute_ordinary(config, &params(request)?, &address, &account, message))
        }
        "tick_tock" => {
            let kind = if request["tock"] == json!(true) { TickTock::Tock } else { TickTock::Tick };
            let (address, account) = (address(request)?, account(request)?);
            let config = config.as_ref().context("send the configuration first")?;
            described(execute_tick_tock(config, &params(request)?, &address, &account, kind))
        }
        "get" => {
            let config = config.as_ref().context("send the configuration first")?;
            let params = params(request)?;
            let get = GetParams {
                now: params.now,
                block_lt: params.block_lt,
                rand_seed: params.rand_seed,
                libraries: params.libraries,
                previous_blocks: params.previous_blocks,
            };
            let arguments: Vec<_> = request["arguments"].as_array().into_iter().flatten().map(argument).collect();
            let method = Method::Id(small(request, "method")?);
            let answer = get_method::run(config, &get, &account(request)?, method, &arguments)?;
            let stack: Vec<_> = answer.stack.iter().map(shown).collect();
            Ok(json!({"exit_code": answer.exit_code, "gas_used": answer.gas_used.to_string(), "stack": stack}))
        }
        other => Err(anyhow!("no such operation: {other}")),
    }
}

fn described(result: Result<Executed, Refusal>) -> Result<Value> {
    Ok(match result {
        Ok(done) => json!({
            "ok": true,
            "account": BocRepr::encode_base64(&done.account)?,
            "account_hash": done.account.account.repr_hash().to_string(),
            "transaction": Boc::encode_base64(done.transaction.inner().clone()),
            "transaction_hash": done.transaction.repr_hash().to_string(),
            "exit_code": done.exit_code,
            "gas_used": done.gas_used.to_string(),
            "end_lt": done.end_lt.to_string(),
            "out_messages": done.out_messages.len(),
        }),
        Err(Refusal::NotAccepted { exit_code }) => {
            json!({"ok": false, "refusal": "NotAccepted", "exit_code": exit_code})
        }
        Err(refusal) => {
            let name = format!("{refusal:?}");
            let name = name.split([' ', '{']).next().unwrap_or_default();
            json!({"ok": false, "refusal": name, "detail": refusal.to_string()})
        }
    })
}

fn params(request: &Value) -> Result<ExecuteParams> {
    let lt: u64 = text(request, "lt")?.parse()?;
    let mut libraries = Dict::<HashBytes, LibDescr>::new();
    for library in request["libraries"].as_array().into_iter().flatten() {
        let lib = Boc::decode_base64(library.as_str().context("libraries are bags of cells")?)?;
        let mut publishers = Dict::new();
        publishers.set(HashBytes::ZERO, ())?;
        libraries.set(*lib.repr_hash(), LibDescr { lib, publishers })?;
    }
    let blocks = |key: &str| request["previous"][key].as_array().into_iter().flatten().map(block_id).collect();
    let previous = request["previous"].is_object().then(|| -> Result<_> {
        let key_block = block_id(&request["previous"]["key"])?;
        let (last, every_100): (Result<_>, Result<_>) = (blocks("last"), blocks("every_100"));
        Ok(Arc::new(PreviousBlocks { last: last?, key_block: Some(key_block), every_100: every_100? }))
    });
    Ok(ExecuteParams {
        now: small(request, "now")?,
        min_lt: lt,
        block_lt: lt.saturating_sub(lt % 1_000_000),
        rand_seed: text(request, "seed")?.parse()?,
        libraries,
        previous_blocks: previous.transpose()?,
        trust_signatures: request["trust_signatures"] == json!(true),
    })
}

fn block_id(value: &Value) -> Result<BlockId> {
    let shard = ShardIdent::new(
        i32::try_from(value["workchain"].as_i64().context("workchain")?)?,
        text(value, "shard")?.parse()?,
    );
    Ok(BlockId {
        shard: shard.context("shard")?,
        seqno: small(value, "seqno")?,
        root_hash: text(value, "root_hash")?.parse()?,
        file_hash: text(value, "file_hash")?.parse()?,
    })
}

fn argument(value: &Value) -> StackValue {
    let text = value["value"].as_str().unwrap_or_default();
    match value["type"].as_str() {
        Some("int") => text.parse().map_or(StackValue::Nan, StackValue::Int),
        Some("cell") => Boc::decode_base64(text).map_or(StackValue::Null, StackValue::Cell),
        Some("slice") => Boc::decode_base64(text).map_or(StackValue::Null, StackValue::Slice),
        _ => StackValue::Null,
    }
}

fn shown(value: &StackValue) -> Value {
    match value {
        StackValue::Int(value) => json!({"int": value.to_string()}),
        StackValue::Cell(cell) => json!({"cell": cell.repr_hash().to_string()}),
        StackValue::Slice(cell) => json!({"slice": cell.repr_hash().to_string()}),
        StackValue::Builder(cell) => json!({"builder": cell.repr_hash().to_string()}),
        StackValue::Tuple(values) => json!({"tuple": values.iter().map(shown).collect::<Vec<_>>()}),
        // the other side shows lists as the machine holds them
        StackValue::List(values) => {
            values.iter().rev().fold(shown(&StackValue::Null), |rest, value| json!({"tuple": [shown(value), rest]}))
        }
        StackValue::Null | StackValue::Nan | StackValue::Continuation | _ => json!({"other": format!("{value:?}")}),
    }
}

fn address(request: &Value) -> Result<StdAddr> {
    let text = text(request, "address")?;
    let (workchain, hash) = text.split_once(':').context("an address is workchain:hash")?;
    Ok(StdAddr::new(workchain.parse()?, hash.parse()?))
}

fn account(request: &Value) -> Result<ShardAccount> {
    Ok(BocRepr::decode_base64(text(request, "account")?)?)
}

fn small(value: &Value, key: &str) -> Result<u32> {
    Ok(u32::try_from(value[key].as_u64().with_context(|| format!("{key} is missing"))?)?)
}

fn text<'a>(value: &'a Value, key: &str) -> Result<&'a str> {
    value[key].as_str().with_context(|| format!("{key} is missing"))
}
