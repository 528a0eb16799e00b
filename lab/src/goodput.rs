//! What goes through the border in a second by each carrier, beside plain HTTPS: `simurgh bench carrier` between a machine
//! inside and one abroad.

use crate::{
    network::Plan,
    world::{self, Process, World},
};
use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Who serves and who asks.
const FAR: &str = "site";
const NEAR: &str = "visitor";
const PORT: u16 = 9_443;
/// Of all carriers together.
const SECONDS: u64 = 12;
const PATIENCE: Duration = Duration::from_secs(60);
/// The carrier that the others are compared with.
const PLAIN: &str = "carrier/plain_https";

/// What one carrier brought.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Goodput {
    /// Its name.
    pub(crate) carrier: String,
    /// Cells of 16 KiB a second.
    pub(crate) cells_per_s: f64,
    /// The part of what plain HTTPS brought, in percent.
    pub(crate) percent: f64,
}

/// A line of the bench's figures.
#[derive(Deserialize)]
struct Figures {
    bench: String,
    value: f64,
}

/// Measures; the censor looks on.
pub(crate) fn measure(plan: &Plan, world: &World, row: &str) -> Result<Vec<Goodput>> {
    let far = world::host(FAR).context("there is a site")?.address;
    let mut command = world.command(FAR, &plan.simurgh);
    command.args(["bench", "carrier", "--json", "--serve", &format!("{far}:{PORT}")]);
    let server = Process::start(command, "the measured relay", &plan.log(row, "goodput-serve")?)?;
    let ready = server.line(PATIENCE)?;
    let at = ready.get("at").and_then(|at| at.as_str()).context("the measured relay says where it is")?;
    let mut command = world.command(NEAR, &plan.simurgh);
    command.args(["bench", "carrier", "--json", "--seconds", &SECONDS.to_string(), "--at", at]);
    let asking = Process::start(command, "the measuring client", &plan.log(row, "goodput-ask")?)?;
    let mut all: Vec<Figures> = Vec::new();
    while all.len() < 3 {
        all.push(serde_json::from_value(asking.line(PATIENCE)?)?);
    }
    let plain = all.iter().find(|one| one.bench == PLAIN).context("plain HTTPS is measured")?.value;
    let goodput = |one: &Figures| Goodput {
        carrier: one.bench.trim_start_matches("carrier/").replace('_', " "),
        cells_per_s: one.value,
        percent: 100.0 * one.value / plain.max(f64::EPSILON),
    };
    Ok(all.iter().map(goodput).collect())
}
