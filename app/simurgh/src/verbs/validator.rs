//! `simurgh validator …`: an operator's node.

use crate::{
    cli::ValidatorVerb,
    output::{Output, time},
    signals,
};
use anyhow::bail;
use node::{
    PeerAddress,
    operator::{self, InitOptions},
};
use serde_json::json;
use std::path::{Path, PathBuf};
use tokio::task::spawn_blocking;

/// Runs the verb.
pub(crate) async fn run(verb: ValidatorVerb, output: Output) -> anyhow::Result<()> {
    match verb {
        ValidatorVerb::Init { dir, listen, http, genesis, peers } => {
            let peers = peers.into_iter().map(|peer| PeerAddress { key: peer.key, address: peer.address }).collect();
            init(InitOptions { dir, listen, http, genesis, peers }, output)
        }
        ValidatorVerb::Run { dir } => serve(dir, output).await,
        ValidatorVerb::Status { dir } => status(&dir, output),
    }
}

fn init(options: InitOptions, output: Output) -> anyhow::Result<()> {
    let report = operator::init(&options)?;
    let (key, hash) = (wire::id::to_hex(&report.public_key), wire::id::to_hex(&report.genesis_hash));
    let mut human = format!("Validator {key} of the network {hash} is set up.\n");
    if let Some(faucet) = &report.faucet_key {
        human.push_str(&format!(
            "This is a new network; {} owns its whole supply: keep it away from this machine.\nGive {} to the other \
             validators.\n",
            faucet.display(),
            report.genesis.display()
        ));
    }
    human.push_str(&format!("Start it:\n  simurgh validator run --dir {}", options.dir.display()));
    let value = json!({
        "public_key": key, "genesis_hash": hash, "genesis": report.genesis, "faucet_key": report.faucet_key,
    });
    output.print(&human, &value)
}

async fn serve(dir: PathBuf, output: Output) -> anyhow::Result<()> {
    let ended = signals::ended()?;
    let node = spawn_blocking(move || operator::run(&dir)).await??;
    let (key, toncenter, metrics) = (wire::id::to_hex(&node.public_key()), node.toncenter_url(), node.metrics_url());
    let human = format!("Validator {key} runs.\n  toncenter  {toncenter}\n  metrics    {metrics}\nCtrl-C ends it.");
    output
        .print(&human, &json!({ "event": "ready", "public_key": key, "toncenter": toncenter, "metrics": metrics }))?;
    let failed = node.ended();
    let has_failed = tokio::select! {
        () = ended => false,
        () = failed => true,
    };
    spawn_blocking(move || node.stop()).await?;
    if has_failed {
        bail!("consensus ended by itself: the log above says why; nothing was lost, start the validator again");
    }
    Ok(())
}

fn status(dir: &Path, output: Output) -> anyhow::Result<()> {
    let status = operator::status(dir)?;
    let human = format!(
        "Validator {} of the network {} {}.\nBlock {} of {}, {} s old.",
        status.public_key,
        status.genesis_hash,
        if status.running { "runs" } else { "does not run" },
        status.height,
        time(status.at_ms),
        status.age_ms / 1000
    );
    output.print(&human, &status)?;
    if status.running {
        return Ok(());
    }
    bail!("the validator does not run: start it with simurgh validator run --dir {}", dir.display())
}
