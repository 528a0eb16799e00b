//! Checks of the project itself: `cargo xtask tidy`, `cargo xtask dist` and `cargo xtask lab`.

mod dist;
mod lab;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

/// Checks of the project itself.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Check the house rules of docs/STYLE.md over every tracked file and every dependency.
    Tidy,
    /// Rebuild web/dist in a temporary folder and compare it with the committed one.
    Dist,
    /// Run the firewall laboratory; needs root. A whole run writes docs/BLOCKING.md.
    Lab(lab::LabArgs),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = workspace_root().and_then(|root| match arguments.task {
        Task::Tidy => tidy::run(&root),
        Task::Dist => dist::run(&root),
        Task::Lab(args) => lab::run(&root, &args),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The checkout this program was built from: the folder above its own package.
fn workspace_root() -> Result<PathBuf> {
    let package = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
    let root = Path::new(&package).parent().context("xtask has no folder above it")?;
    Ok(root.to_path_buf())
}
