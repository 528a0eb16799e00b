//! `simurgh relay …`: an operator's relay.

use crate::{cli::RelayVerb, output::Output, signals};
use anyhow::bail;
use relay::operator::{self, InitOptions};
use serde_json::json;
use std::path::Path;

/// Runs the verb.
pub(crate) async fn run(verb: RelayVerb, output: Output) -> anyhow::Result<()> {
    match verb {
        RelayVerb::Init { dir, host, listen, nodes, website } => {
            let options = InitOptions { listen, public_host: host, nodes, website };
            let descriptor = operator::init(&dir, options).await?;
            let (id, file) = (descriptor.id().to_string(), dir.join("relay.json"));
            let url = format!("https://{}:{}/", descriptor.address.host, descriptor.address.port);
            let human = format!(
                "Relay {id} at {url} is set up.\nGive {} to other operators, put theirs into {}, and start it:\n  \
                 simurgh relay run --dir {}",
                file.display(),
                dir.join("peers.json").display(),
                dir.display()
            );
            output
                .print(&human, &json!({ "id": id, "url": url, "descriptor": file, "config": dir.join("config.json") }))
        }
        RelayVerb::Run { dir } => serve(&dir, output).await,
        RelayVerb::Status { dir } => status(&dir, output).await,
    }
}

async fn serve(dir: &Path, output: Output) -> anyhow::Result<()> {
    let ended = signals::ended()?;
    let mut printed = Ok(());
    operator::run(dir, ended, |relay| {
        let (id, url, metrics) = (relay.descriptor().id().to_string(), relay.url(), relay.metrics_url());
        let human = format!("Relay {id} serves at {url}. Ctrl-C ends it.");
        printed = output.print(&human, &json!({ "event": "ready", "id": id, "url": url, "metrics": metrics }));
    })
    .await?;
    printed
}

async fn status(dir: &Path, output: Output) -> anyhow::Result<()> {
    let status = operator::status(dir).await?;
    let id = status.id.map(|id| id.to_string());
    let mut human = format!(
        "Relay {} at {} {}.\n",
        id.as_deref().unwrap_or("?"),
        status.url.as_deref().unwrap_or("?"),
        if status.running { "runs" } else { "does not run" }
    );
    for (name, value) in &status.values {
        human.push_str(&format!("  {name} {value}\n"));
    }
    let value = json!({
        "id": id, "running": status.running, "url": status.url, "metrics": status.metrics, "values": status.values,
    });
    output.print(&human, &value)?;
    if status.running {
        Ok(())
    } else {
        bail!("the relay does not run: start it with simurgh relay run --dir {}", dir.display())
    }
}
