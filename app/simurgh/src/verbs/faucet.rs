//! `simurgh faucet …`: gives money to whoever asks, on a network whose money has no worth.

use crate::{cli::FaucetVerb, output::Output, signals};
use node::{faucet, operator};
use serde_json::json;

/// Runs the verb.
pub(crate) async fn run(verb: FaucetVerb, output: Output) -> anyhow::Result<()> {
    let FaucetVerb::Run { key, nodes, listen } = verb;
    let ended = signals::ended()?;
    let key = operator::load_key(&key)?;
    let nodes = nodes.iter().map(|node| format!("{}/api/v2", node.trim_end_matches('/'))).collect();
    let running = faucet::start(listen, key, nodes).await?;
    let url = running.url();
    let address = running.address().display_base64_url(false).to_string();
    let human = format!("The faucet {address} gives at {url}/give. Ctrl-C ends it.");
    output.print(&human, &json!({ "event": "ready", "url": url, "address": address }))?;
    ended.await;
    running.stop().await;
    Ok(())
}
