//! `simurgh up`: a person's daemon and page.

use crate::{
    cli::{self, UpArgs},
    output::{Output, qr},
    rpc::Client,
    signals,
};
use anyhow::Context as _;
use api::{local::Nothing, methods::GetPage};
use daemon::{Daemon, DaemonConfig};
use serde_json::json;
use std::{
    io::IsTerminal as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// Starts the daemon and serves until Ctrl-C; when it runs already, only opens its page.
pub(crate) async fn run(profile: Option<PathBuf>, args: UpArgs, output: Output) -> anyhow::Result<()> {
    let profile = cli::profile_folder(profile)?;
    if let Ok(mut client) = Client::connect(&profile).await {
        let page = client.call::<GetPage>(Nothing {}).await?.page;
        return show(&profile, &page, args.no_open, output);
    }
    let ended = signals::ended()?;
    let handle = Daemon::start(DaemonConfig {
        profile,
        name: args.name,
        network: args.network,
        listen: args.listen,
        control: None,
        web: true,
    })
    .await?;
    show(handle.profile(), &handle.page_url(), args.no_open, output)?;
    ended.await;
    handle.stop().await;
    Ok(())
}

fn show(profile: &Path, page: &str, no_open: bool, output: Output) -> anyhow::Result<()> {
    let drawn = if std::io::stdout().is_terminal() { qr(page).unwrap_or_default() } else { String::new() };
    let human = format!("{drawn}{page}\nThe address is good once. Ctrl-C ends simurgh.");
    output.print(&human, &json!({ "event": "ready", "page": page, "profile": profile }))?;
    if !no_open && !output.is_json() {
        open_browser(page).unwrap_or_else(|error| tracing::info!("no browser was opened: {error:#}"));
    }
    Ok(())
}

/// Opens the address with whatever the system opens addresses with; does not wait for it.
pub(crate) fn open_browser(page: &str) -> anyhow::Result<()> {
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    Command::new(opener)
        .arg(page)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map(drop)
        .with_context(|| format!("{opener} can't be started"))
}
