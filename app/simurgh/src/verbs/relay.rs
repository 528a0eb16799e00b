//! `simurgh relay …`: an operator's relay.

use crate::{
    cli::{RelayInit, RelayVerb},
    output::{Output, qr, shell_word, shown, time},
    signals,
};
use anyhow::bail;
use relay::{
    AcmeConfig, DnsConfig,
    operator::{self, InitOptions},
};
use serde_json::json;
use std::{io::IsTerminal as _, path::Path};

/// Runs the verb.
pub(crate) async fn run(verb: RelayVerb, output: Output) -> anyhow::Result<()> {
    match verb {
        RelayVerb::Init(init_args) => init(*init_args, output).await,
        RelayVerb::Run { dir } => serve(&dir, output).await,
        RelayVerb::Status { dir } => status(&dir, output).await,
        RelayVerb::Invite { dir, label, days } => invite(&dir, &label, days, output),
        RelayVerb::Invitations { dir } => {
            let all = operator::invitations(&dir)?;
            output.print_all(&all, "Nobody was invited: make a link with simurgh relay invite.", |one| {
                let state = if one.used { "used".to_owned() } else { format!("good until {}", time(one.expires_ms)) };
                format!("{}  {state}  {}", one.name, one.label)
            })
        }
        RelayVerb::Revoke { dir, name } => {
            operator::revoke(&dir, &name)?;
            output.print(&format!("Invitation {name} is taken back."), &json!({ "name": name }))
        }
    }
}

async fn init(args: RelayInit, output: Output) -> anyhow::Result<()> {
    let dir = args.dir;
    let options = InitOptions {
        listen: args.listen,
        public_host: args.host,
        nodes: args.nodes,
        website: args.website,
        mirror: args.mirror,
        acme: args.acme.map(|directory| AcmeConfig { directory, contact: args.acme_contact }),
        dns: args.dns_zone.map(|zone| DnsConfig { zone, listen: args.dns_listen }),
        region: args.region,
        friend_links: args.friend_links,
        operator_key: args.operator_key,
    };
    let descriptor = operator::init(&dir, options).await?;
    let (id, file) = (descriptor.id().to_string(), dir.join("relay.json"));
    let url = format!("https://{}:{}/", descriptor.address.host, descriptor.address.port);
    let zone = descriptor.address.dns.as_ref().map(|dns| {
        format!("Delegate {} to this machine where your domain's names are kept (docs/OPERATING.md).\n", dns.zone)
    });
    let human = format!(
        "Relay {id} at {url} is set up.\n{}Give {} to other operators, put theirs into {}, and start it:\n  \
         simurgh relay run --dir {}",
        zone.unwrap_or_default(),
        file.display(),
        dir.join("peers.json").display(),
        dir.display()
    );
    output.print(&human, &json!({ "id": id, "url": url, "descriptor": file, "config": dir.join("config.json") }))
}

fn invite(dir: &Path, label: &str, days: u64, output: Output) -> anyhow::Result<()> {
    let made = operator::invite(dir, label, days)?;
    let drawn = if std::io::stdout().is_terminal() { qr(&made.link).unwrap_or_default() } else { String::new() };
    let back = format!("simurgh relay revoke --dir {} {}", shell_word(dir), made.name);
    let human = format!(
        "{drawn}{}\nGood for one person until {}. Hand it over by a way that nobody else reads.\nTake it back: {back}",
        made.link,
        time(made.expires.0),
    );
    let value = json!({ "link": made.link, "name": made.name, "expires_ms": made.expires.0 });
    shown(output.print_for_readers(&human, &value), &format!("{back} takes it back"))
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
