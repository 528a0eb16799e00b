//! What the demo says: progress lines for people, one JSON line for scripts, a QR code, and the browser.

use super::parts::Parts;
use crate::output::{open_browser, program, qr, shell_word, write};
use anyhow::Context as _;
use serde_json::json;
use std::{
    io::{IsTerminal as _, Write as _},
    time::Instant,
};

/// Where the demo's words go.
pub(super) struct Show {
    json: bool,
    began: Instant,
}

impl Show {
    pub(super) fn new(json: bool) -> Self {
        Self { json, began: Instant::now() }
    }

    /// A progress line on stderr.
    pub(super) fn step(&self, what: &str) {
        if !self.json {
            let _ = writeln!(std::io::stderr(), "{:>6.2} s  {what}", self.began.elapsed().as_secs_f64());
        }
    }

    /// Says where everything is, and opens the browser when there is one.
    pub(super) async fn ready(&self, parts: &Parts, open: bool) -> anyhow::Result<()> {
        let people = parts.people_handles().await;
        let first = people.first().context("nobody is in this demo")?;
        let page = first.1.demo_page_url();
        if self.json {
            let line = json!({
                "event": "ready",
                "page": page,
                "people": people.iter().map(|(name, handle)| json!({
                    "name": name, "profile": handle.profile(), "page": handle.page_url(),
                })).collect::<Vec<_>>(),
                "toncenter": parts.toncenter_urls().first(),
                // there is none yet; the field is part of the contract with scripts
                "liteserver": null,
                "toncenters": parts.toncenter_urls(),
                "faucet": parts.faucet_url().await,
                "relays": parts.relay_urls().into_iter().map(|(id, url)| json!({"id": id, "url": url})).collect::<Vec<_>>(),
                "validators": parts.validator_metrics().into_iter()
                    .map(|(id, metrics)| json!({"id": id, "metrics": metrics})).collect::<Vec<_>>(),
                "metrics": parts.validator_metrics().into_iter().find_map(|(_, metrics)| metrics),
            });
            return write(format!("{line}\n").as_bytes());
        }
        self.step("Ready");
        let mut text = String::from("\nDEVNET: money without worth.\n\n");
        if std::io::stdout().is_terminal() {
            text.push_str(&qr(&page).unwrap_or_default());
            text.push('\n');
        }
        text.push_str(&format!("  Page       {page}\n"));
        for (name, handle) in people.iter() {
            let profile = shell_word(handle.profile());
            text.push_str(&format!("  {name:<10} {} --profile {profile} …\n", program()));
        }
        if let Some(toncenter) = parts.toncenter_urls().first() {
            text.push_str(&format!("  toncenter  {toncenter}\n"));
        }
        text.push_str("\nCtrl-C ends it.\n");
        write(text.as_bytes())?;
        if open {
            // An address is good once: the one that was printed stays good for another browser.
            open_browser(&first.1.demo_page_url());
        }
        Ok(())
    }
}
