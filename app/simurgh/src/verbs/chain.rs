//! `simurgh chain …`: through one's own daemon, which checks proofs, or from a toncenter API, unproven.

use crate::{
    cli::{self, ChainArgs, ChainVerb},
    output::{Output, gram, one_line, time},
    rpc::Client,
    toncenter::Endpoint,
};
use anyhow::{Context as _, bail};
use api::{
    chain::{
        Account, Block, ChainAccount, ChainBlock, ChainMessage, ChainTransaction, Transaction, TransactionSummary,
    },
    local::Nothing,
    methods::{GetAccount, GetBlock, GetChainStatus, GetTransaction},
};
use serde_json::{Value, json};
use std::{fmt::Write as _, path::PathBuf};

/// The masterchain's number and its one shard as toncenter writes it: the first bit of 64, signed.
const MASTERCHAIN: (&str, &str) = ("-1", "-9223372036854775808");

/// Runs the verb.
pub(crate) async fn run(profile: Option<PathBuf>, args: ChainArgs, output: Output) -> anyhow::Result<()> {
    match &args.endpoint {
        Some(endpoint) => from_endpoint(endpoint, args.verb, output).await,
        None => from_daemon(&mut Client::connect(&cli::profile_folder(profile)?).await?, args.verb, output).await,
    }
}

async fn from_daemon(client: &mut Client, verb: ChainVerb, output: Output) -> anyhow::Result<()> {
    match verb {
        ChainVerb::Status => {
            let status = client.call::<GetChainStatus>(Nothing {}).await?;
            let human = format!(
                "Block {} of {}, {} validators.\nGenesis {}",
                status.seqno,
                time(status.at_ms),
                status.validators,
                status.genesis_hash
            );
            output.print(&human, &status)
        }
        ChainVerb::Block { seqno } => {
            let block = client.call::<GetBlock>(ChainBlock { workchain: -1, shard: None, seqno }).await?;
            output.print(&block_text(&block)?, &block)
        }
        ChainVerb::Account { address } => {
            let account = client.call::<GetAccount>(ChainAccount { address }).await?;
            output.print(&account_text(&account)?, &account)
        }
        ChainVerb::Transaction { hash } => {
            let transaction = client.call::<GetTransaction>(ChainTransaction { hash }).await?;
            output.print(&transaction_text(&transaction)?, &transaction)
        }
    }
}

fn block_text(block: &Block) -> anyhow::Result<String> {
    let mut text = format!(
        "Block ({},{},{}) of {}\n  root    {}\n  file    {}\n  parent  {}\n",
        block.workchain,
        block.shard,
        block.seqno,
        time(block.at_ms),
        block.root_hash,
        block.file_hash,
        block.parent_hash
    );
    list(&mut text, &block.transactions_list)?;
    Ok(text)
}

fn account_text(account: &Account) -> anyhow::Result<String> {
    let proven = if account.verified { "proven" } else { "not proven" };
    let mut text = format!("{}\n{}\n{} ({proven})\n", account.address, account.raw, gram(account.balance));
    list(&mut text, &account.transactions)?;
    Ok(text)
}

fn list(text: &mut String, transactions: &[TransactionSummary]) -> anyhow::Result<()> {
    for transaction in transactions {
        let failed = if transaction.success { "" } else { "  failed" };
        let (value, account) = (gram(transaction.value), &transaction.account);
        writeln!(text, "  {}  {}  {account}  {value}{failed}", time(transaction.at_ms), transaction.hash)?;
    }
    Ok(())
}

fn transaction_text(transaction: &Transaction) -> anyhow::Result<String> {
    let exit = transaction.exit_code.map(|code| code.to_string()).unwrap_or_else(|| "none".to_owned());
    let mut text = format!(
        "{}\n  account  {}\n  time     {}\n  lt       {}\n  exit     {exit}, gas {}, fee {}\n",
        transaction.hash,
        transaction.account,
        time(transaction.at_ms),
        transaction.lt,
        transaction.gas_used,
        gram(transaction.fee)
    );
    for (way, message) in transaction.in_message.iter().map(|message| ("in ", message)) {
        writeln!(text, "  {way}  {}", message_text(message))?;
    }
    for message in &transaction.out_messages {
        writeln!(text, "  out  {}", message_text(message))?;
    }
    Ok(text)
}

fn message_text(message: &ChainMessage) -> String {
    let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "outside".to_owned());
    let comment = one_line(&message.comment);
    format!("{} -> {}  {}  {comment}", side(&message.from), side(&message.to), gram(message.value))
}

async fn from_endpoint(endpoint: &Endpoint, verb: ChainVerb, output: Output) -> anyhow::Result<()> {
    match verb {
        ChainVerb::Status => {
            let info = endpoint.get("getMasterchainInfo", &[]).await?;
            let seqno = info.pointer("/last/seqno").and_then(Value::as_u64).context("the answer names no block")?;
            let header = header(endpoint, seqno).await?;
            let human = format!("Block {seqno} of {} (not proven).", time(at_ms(&header)));
            output.print(&human, &json!({ "seqno": seqno, "at_ms": at_ms(&header) }))
        }
        ChainVerb::Block { seqno } => {
            let header = header(endpoint, u64::from(seqno)).await?;
            let human = format!("Block {seqno} of {} (not proven).", time(at_ms(&header)));
            output.print(&human, &json!({ "workchain": -1, "seqno": seqno, "at_ms": at_ms(&header), "header": header }))
        }
        ChainVerb::Account { address } => {
            let account = endpoint.get("getAddressInformation", &[("address", &address)]).await?;
            let balance = account.get("balance").map(text_of).context("the answer names no balance")?;
            let state = account.get("state").map(text_of).unwrap_or_default();
            let nano = balance.parse().ok().and_then(wire::Gram::from_nano).context("the balance is no amount")?;
            let human = format!("{address}\n{nano} Gram, {state} (not proven)");
            let value = json!({ "address": address, "balance": balance, "state": state, "verified": false });
            output.print(&human, &value)
        }
        ChainVerb::Transaction { .. } => {
            bail!("toncenter's API finds no transaction by its hash alone: leave --endpoint out and ask your daemon")
        }
    }
}

async fn header(endpoint: &Endpoint, seqno: u64) -> anyhow::Result<Value> {
    let (workchain, shard) = MASTERCHAIN;
    let seqno = seqno.to_string();
    endpoint.get("getBlockHeader", &[("workchain", workchain), ("shard", shard), ("seqno", &seqno)]).await
}

fn at_ms(header: &Value) -> u64 {
    header.get("gen_utime").and_then(Value::as_u64).unwrap_or_default().saturating_mul(1000)
}

/// Some toncenters write balances as numbers, some as texts.
fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
