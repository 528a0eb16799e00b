//! `simurgh up`: a person's daemon and page.

use crate::{
    cli::{self, UpArgs},
    output::{Output, open_browser, qr},
    passphrase,
    rpc::Client,
    signals,
};
use api::{local::Nothing, methods::GetPage};
use daemon::{Daemon, DaemonConfig};
use serde_json::json;
use std::{
    io::IsTerminal as _,
    path::{Path, PathBuf},
};

/// Starts the daemon and serves until Ctrl-C; when it runs already, only opens its page.
pub(crate) async fn run(profile: Option<PathBuf>, args: UpArgs, output: Output) -> anyhow::Result<()> {
    let profile = cli::profile_folder(profile)?;
    if let Ok(mut client) = Client::connect(&profile).await {
        let page = client.call::<GetPage>(Nothing {}).await?.page;
        let profile = std::fs::canonicalize(&profile).unwrap_or(profile);
        return show(&profile, &page, "It runs already; this is a new address of its page.", args.no_open, output);
    }
    let ended = signals::ended()?;
    let asked = daemon::has_passphrase(&profile).then(|| passphrase::ask("Passphrase: ")).transpose()?;
    let handle = Daemon::start(DaemonConfig {
        profile,
        passphrase: asked,
        name: args.name,
        region: args.region,
        network: args.network,
        listen: args.listen,
        control: None,
        web: true,
    })
    .await?;
    show(handle.profile(), &handle.page_url(), "Ctrl-C ends simurgh.", args.no_open, output)?;
    ended.await;
    handle.stop().await;
    Ok(())
}

fn show(profile: &Path, page: &str, word: &str, no_open: bool, output: Output) -> anyhow::Result<()> {
    let drawn = if std::io::stdout().is_terminal() { qr(page).unwrap_or_default() } else { String::new() };
    let human = format!("{drawn}{page}\nThe address is good once. {word}");
    output.print(&human, &json!({ "event": "ready", "page": page, "profile": profile }))?;
    if !no_open && !output.is_json() {
        open_browser(page);
    }
    Ok(())
}
