//! A real Chromium in the namespace of a person, with the person's page.
//!
//! Its TLS is what it is; only whom it believes is told to it: relays of the laboratory have no certificates of public
//! authorities, so it takes their keys (`--ignore-certificate-errors-spki-list`) for what such certificates would prove.

use crate::world::World;
use anyhow::{Context as _, Result, ensure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Where Debian has it; `CHROMIUM` names another one.
const CHROMIUM: &str = "/usr/bin/chromium";
const FLAGS: [&str; 8] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
];

/// What a relay's descriptor pins, as Chromium reads it.
pub(crate) fn pin(descriptor: &Path) -> Result<String> {
    let descriptor: Value = serde_json::from_slice(&fs::read(descriptor)?)?;
    let pin = descriptor.pointer("/address/tls_pin").cloned().context("a relay has a pin")?;
    Ok(STANDARD.encode(serde_json::from_value::<[u8; 32]>(pin)?))
}

/// Chromium with `page`, on somebody's machine; what it keeps goes into a folder of `profiles`.
pub(crate) fn command(world: &World, host: &str, profiles: &Path, pins: &[String], page: &str) -> Result<Command> {
    let program = std::env::var_os("CHROMIUM").map_or_else(|| PathBuf::from(CHROMIUM), PathBuf::from);
    ensure!(program.exists(), "there is no {}: install Chromium (Debian: chromium)", program.display());
    let profile = profiles.join(host);
    fs::remove_dir_all(&profile).ok();
    fs::create_dir_all(&profile)?;
    let mut command = world.command(host, &program);
    command.args(FLAGS);
    command.arg(format!("--user-data-dir={}", profile.display()));
    command.arg(format!("--ignore-certificate-errors-spki-list={}", pins.join(",")));
    command.arg(page);
    Ok(command)
}
