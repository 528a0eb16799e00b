//! `cargo xtask lab`: builds what the firewall laboratory needs and runs it.
//!
//! The laboratory says itself what is missing on this machine, before the long build of the program begins.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::Args;

/// How to measure.
#[derive(Args, Debug)]
pub(crate) struct LabArgs {
    /// One validator, fewer messages, and only the adversaries of the quick run.
    #[arg(long)]
    quick: bool,
    /// Only these adversaries, with commas between.
    #[arg(long, value_name = "NAMES")]
    only: Option<String>,
    /// Write the result as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// For every random choice.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Leave the folders and logs there.
    #[arg(long)]
    keep: bool,
}

/// Builds, checks and measures. `SIMURGH_BIN` names a program that is built already.
pub(crate) fn run(root: &Path, args: &LabArgs) -> Result<()> {
    let lab = build(root, "lab")?;
    finish(Command::new(&lab).arg("check"), "this machine can't run the laboratory")?;
    let simurgh = match std::env::var_os("SIMURGH_BIN") {
        Some(given) => PathBuf::from(given),
        None => build(root, "simurgh")?,
    };
    let mut command = Command::new(&lab);
    command.env("CARGO_MANIFEST_DIR", root.join("lab"));
    command.arg("run").env("SIMURGH_BIN", simurgh).args(["--seed", &args.seed.to_string()]);
    for (flag, wanted) in [("--quick", args.quick), ("--keep", args.keep)] {
        if wanted {
            command.arg(flag);
        }
    }
    if let Some(names) = &args.only {
        command.args(["--only", names]);
    }
    if let Some(file) = &args.json {
        command.arg("--json").arg(file);
    }
    if !args.quick && args.only.is_none() {
        command.arg("--table").arg(root.join("docs").join("BLOCKING.md"));
    }
    finish(&mut command, "not every row that must hold does")
}

/// Builds a program of the workspace and gives its path.
fn build(root: &Path, package: &str) -> Result<PathBuf> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut command = Command::new(cargo);
    command.args(["build", "--workspace", "--locked", "--bin", package]).current_dir(root);
    finish(&mut command, &format!("{package} can't be built"))?;
    let current = std::env::current_exe().context("this program has no path")?;
    Ok(current.with_file_name(package))
}

fn finish(command: &mut Command, failure: &str) -> Result<()> {
    let status =
        command.status().with_context(|| format!("can't start {}", command.get_program().to_string_lossy()))?;
    if !status.success() {
        bail!("{failure}");
    }
    Ok(())
}
