//! The firewall laboratory: real `simurgh` processes in a country of network namespaces, with a censor at its border.
//!
//! Requirements: root, iproute2, `/dev/net/tun`, a `simurgh` program; Chromium for the adversaries that people meet with
//! their page open. Provided: for each adversary of
//! `lab/adversaries` a row that says what went through, how fast, and what the censor saw; as JSON and as
//! docs/BLOCKING.md. Random choices follow from a seed. Not provided: the timing of real processes, which no seed fixes.

mod adversary;
mod browser;
mod censor;
mod flow;
mod goodput;
mod look;
mod names;
mod network;
mod packet;
mod peers;
mod post;
mod probe;
mod report;
mod row;
mod rpc;
mod rules;
mod run;
mod traffic;
mod world;

use anyhow::{Context as _, Result, ensure};
use clap::{Args, Parser, Subcommand};
use std::{
    io::Write as _,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    process::ExitCode,
};

/// The firewall laboratory.
#[derive(Parser)]
#[command(name = "lab")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Say whether the laboratory can run on this machine.
    Check,
    /// Measure under every adversary.
    Run(RunArgs),
    /// Write the table anew from the JSON of a run.
    Table {
        /// The JSON.
        from: PathBuf,
        /// The table.
        to: PathBuf,
    },
    /// Be the censor at the border; `run` starts it.
    #[command(hide = true)]
    Censor {
        /// The adversary.
        #[arg(long)]
        adversary: String,
        /// For its random choices.
        #[arg(long)]
        seed: u64,
    },
    /// Be a name server; `run` starts it.
    #[command(hide = true)]
    Names {
        /// Where it listens.
        #[arg(long)]
        listen: SocketAddr,
        /// What it knows, as JSON.
        #[arg(long)]
        zone: String,
    },
    /// Be the far side of the peers; `run` starts it.
    #[command(hide = true)]
    PeerServe {
        /// Where it listens.
        #[arg(long)]
        address: Ipv4Addr,
    },
    /// Be the near side of the peers; `run` starts it.
    #[command(hide = true)]
    PeerAsk(peers::Asked),
    /// Post JSON; `run` uses it.
    #[command(hide = true)]
    Post {
        /// Where to.
        url: String,
        /// What.
        body: String,
    },
}

/// How to measure.
#[derive(Args, Clone, Debug)]
struct RunArgs {
    /// One validator, fewer messages, and only the adversaries of the quick run.
    #[arg(long)]
    quick: bool,
    /// Only these adversaries, with commas between.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    only: Vec<String>,
    /// Write the result as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Write the table.
    #[arg(long, value_name = "FILE")]
    table: Option<PathBuf>,
    /// For every random choice.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Leave the folders and logs there.
    #[arg(long)]
    keep: bool,
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<ExitCode> {
    match task {
        Task::Check => check()?,
        Task::Run(args) => {
            check()?;
            return run::run(&args);
        }
        Task::Table { from, to } => std::fs::write(to, report::table(&report::Report::read(&from)?))?,
        Task::Censor { adversary, seed } => {
            let adversary = adversary::Adversary::named(&folder().join("adversaries"), &adversary)?;
            let censor = censor::Censor::new(adversary.rules(), world::places(), seed);
            censor::border::run(censor.resetting_old(adversary.resets_old), world::TUN, seed)?;
        }
        Task::Names { listen, zone } => {
            writeln!(std::io::stdout(), "{{\"event\":\"ready\"}}")?;
            names::serve(listen, serde_json::from_str(&zone)?)?;
        }
        Task::PeerServe { address } => peers::serve(address)?,
        Task::PeerAsk(asked) => peers::ask(asked)?,
        Task::Post { url, body } => writeln!(std::io::stdout(), "{}", post::run(&url, &body)?)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The laboratory's folder in the checkout that it is run from: build products may have been made in another one.
pub(crate) fn folder() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from)
}

fn check() -> Result<()> {
    ensure!(rustix::process::getuid().is_root(), "the laboratory makes network namespaces: run it as root");
    ensure!(Path::new("/dev/net/tun").exists(), "there is no /dev/net/tun: load the kernel's module tun");
    let ip = std::process::Command::new("ip").arg("-V").output();
    ip.context("ip is missing: install iproute2")?;
    Ok(())
}
