//! The `simurgh` program: command line and demo.
//!
//! Provided: the verbs of `cli`, each a thin client of a running daemon's local API (`rpc`) or the start of a part of
//! the program (`verbs::up`, `verbs::relay`, `verbs::validator`). Exit 0 done, 1 failed, 2 wrong usage.
//!
//! Not provided: private powers; everything here can be done by any client of the local API.

mod cli;
#[cfg(feature = "node")]
mod demo;
mod open_files;
mod output;
mod passphrase;
mod rpc;
mod signals;
mod toncenter;
mod verbs;

#[cfg(test)]
mod lan_tests;
#[cfg(test)]
mod tests;

use cli::{Cli, Verb};
use output::Output;
use std::{
    io::{self, IsTerminal as _, Write as _},
    process::ExitCode,
    time::Duration,
};
use tracing_subscriber::EnvFilter;

/// How long threads that can't be cancelled may go on after the verb has ended.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_millis(100);

fn main() -> ExitCode {
    let cli = cli::parse(std::env::args_os().collect()).unwrap_or_else(|error| error.exit());
    log_to_stderr();
    open_files::allow_many();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&anyhow::Error::new(error).context("this machine gives no threads")),
    };
    let code = runtime.block_on(run(cli)).map_or_else(|error| failed(&error), |()| ExitCode::SUCCESS);
    // what still runs on a thread of its own is not waited for: what was acknowledged is on disk
    runtime.shutdown_timeout(SHUTDOWN_TIMEOUT);
    code
}

/// Runs a verb.
async fn run(cli: Cli) -> anyhow::Result<()> {
    let output = Output::new(cli.json);
    let profile = cli.profile;
    match cli.verb {
        #[cfg(feature = "node")]
        Verb::Demo(args) => demo::run(args, output.is_json()).await,
        Verb::Up(args) => verbs::up::run(profile, args, output).await,
        Verb::Relay(verb) => verbs::relay::run(verb, output).await,
        Verb::Fleet(verb) => verbs::fleet::run(verb, output),
        #[cfg(feature = "node")]
        Verb::Validator(verb) => verbs::validator::run(verb, output).await,
        #[cfg(feature = "node")]
        Verb::Network(verb) => verbs::network::run(verb, output),
        #[cfg(feature = "node")]
        Verb::Faucet(verb) => verbs::faucet::run(verb, output).await,
        Verb::Passphrase(verb) => verbs::passphrase::run(&cli::profile_folder(profile)?, verb, output),
        Verb::Contact(verb) => verbs::contact::run(&cli::profile_folder(profile)?, verb, output).await,
        Verb::Message(verb) => verbs::message::run(&cli::profile_folder(profile)?, verb, output).await,
        Verb::Wallet(verb) => verbs::wallet::run(&cli::profile_folder(profile)?, verb, output).await,
        Verb::Chain(args) => verbs::chain::run(profile, args, output).await,
        Verb::Carrier(verb) => verbs::carrier::run(&cli::profile_folder(profile)?, verb, output).await,
        Verb::Bundle(verb) => verbs::bundle::run(&cli::profile_folder(profile)?, verb, output).await,
        Verb::Program(verb) => verbs::program::run(verb, output),
        Verb::Bench(args) => verbs::bench::run(args, output).await,
        Verb::Doctor => verbs::doctor::run(&cli::profile_folder(profile)?, output).await,
        Verb::Completions { shell } => cli::completions(shell),
    }
}

fn failed(error: &anyhow::Error) -> ExitCode {
    if error.is::<output::Closed>() {
        return ExitCode::SUCCESS;
    }
    let _ = writeln!(io::stderr(), "simurgh: {error:#}");
    ExitCode::FAILURE
}

/// Logs go to stderr: warnings, or what `SIMURGH_LOG` asks for (`SIMURGH_LOG=debug`).
fn log_to_stderr() {
    let filter = EnvFilter::try_from_env("SIMURGH_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    // a reader of the log who goes away must end nothing: by default a line that can't be written panics its thread
    let log = tracing_subscriber::fmt().with_writer(io::stderr).log_internal_errors(false);
    // colours are for eyes, not for files
    let _ = log.with_ansi(io::stderr().is_terminal()).with_env_filter(filter).try_init();
}
