//! obfs4proxy (Debian), spoken to as Tor does: the pluggable transport protocol, version 1, over environment and standard
//! output.

use super::BEHIND;
use crate::{
    network::Plan,
    world::{self, Process, World},
};
use anyhow::{Context as _, Result};
use std::{
    net::SocketAddr,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

const PROGRAM: &str = "obfs4proxy";
const PORT: u16 = 8_389;
const PATIENCE: Duration = Duration::from_secs(20);

/// Both ends.
pub(super) struct Tunnel {
    /// Where the near end takes connections.
    pub(super) near: SocketAddr,
    /// What a connection has to say about the far end.
    pub(super) arguments: String,
    _ends: [Process; 2],
}

/// Where the far end listens.
pub(super) fn far() -> Result<SocketAddr> {
    let site = world::host("site").context("there is a site")?;
    Ok(SocketAddr::from((site.address, PORT)))
}

/// Starts both ends; `None` where it is not installed.
pub(super) fn start(plan: &Plan, world: &World, row: &str) -> Result<Option<Tunnel>> {
    if Command::new(PROGRAM).arg("-version").output().is_err() {
        return Ok(None);
    }
    let bound = format!("obfs4-{}", far()?);
    let server = [("TOR_PT_SERVER_TRANSPORTS", "obfs4"), ("TOR_PT_SERVER_BINDADDR", &bound), ("TOR_PT_ORPORT", BEHIND)];
    let (server, words) = end(plan, world, row, "site", &server, "SMETHOD")?;
    let arguments = words.iter().find_map(|word| word.strip_prefix("ARGS:")).context("obfs4 has arguments")?;
    let arguments = arguments.replace(',', ";");
    let client = [("TOR_PT_CLIENT_TRANSPORTS", "obfs4")];
    let (client, words) = end(plan, world, row, "visitor", &client, "CMETHOD")?;
    let near = words.iter().find_map(|word| word.parse().ok()).context("obfs4 has an address")?;
    Ok(Some(Tunnel { near, arguments, _ends: [server, client] }))
}

/// Starts one end and gives the words of its line that begins so.
fn end(
    plan: &Plan,
    world: &World,
    row: &str,
    host: &str,
    settings: &[(&str, &str)],
    wanted: &str,
) -> Result<(Process, Vec<String>)> {
    let state = plan.dir.join(format!("obfs4-{host}"));
    let mut command = world.command(host, Path::new(PROGRAM));
    command.env("TOR_PT_MANAGED_TRANSPORT_VER", "1").env("TOR_PT_STATE_LOCATION", state);
    command.envs(settings.iter().copied());
    let process = Process::start(command, PROGRAM, &plan.log(row, &format!("obfs4-{host}"))?)?;
    let until = Instant::now().checked_add(PATIENCE).context("too long")?;
    loop {
        let line = process.text(until.saturating_duration_since(Instant::now()))?;
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        if words.first().is_some_and(|first| first == wanted) {
            return Ok((process, words));
        }
    }
}
