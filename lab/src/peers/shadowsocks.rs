//! shadowsocks-libev (Debian), twice: on its usual port, and on that of HTTPS, where a censor may expect TLS.

use super::{HTTPS_PORT, SITE, address};
use crate::{
    network::Plan,
    world::{Process, World},
};
use anyhow::{Context as _, Result};
use std::{fs, path::Path, process::Command};

/// Where the near side takes connections for the usual port.
pub(super) const SOCKS: &str = "127.0.0.1:1080";
/// The same for the port of HTTPS.
pub(super) const SOCKS_ON_HTTPS: &str = "127.0.0.1:1081";
const PORT: u16 = 8_388;
/// On its port of HTTPS the site has HTTPS itself.
const SHOP: &str = "shop";

/// Both ends of both; `None` where it is not installed.
pub(super) fn start(plan: &Plan, world: &World, row: &str) -> Result<Option<Vec<Process>>> {
    if Command::new("ss-server").arg("-h").output().is_err() {
        return Ok(None);
    }
    let mut ends = Vec::new();
    for (host, port, socks) in [(SITE, PORT, SOCKS), (SHOP, HTTPS_PORT, SOCKS_ON_HTTPS)] {
        let file = plan.dir.join(format!("shadowsocks-{port}.json"));
        let (near_host, near_port) = socks.split_once(':').context("an address")?;
        let settings = serde_json::json!({
            "server": address(host)?, "server_port": port, "password": "laboratory", "method": "chacha20-ietf-poly1305",
        });
        fs::write(&file, settings.to_string())?;
        // of a server the local address is the one that it dials from
        let near = ["-b", near_host, "-l", near_port];
        for (on, program, more) in [(host, "ss-server", &[][..]), ("visitor", "ss-local", &near[..])] {
            let mut command = world.command(on, Path::new(program));
            command.arg("-c").arg(&file).args(more);
            ends.push(Process::start(command, program, &plan.log(row, &format!("{program}-{port}"))?)?);
        }
    }
    Ok(Some(ends))
}
