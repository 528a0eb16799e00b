//! `simurgh bench …`

use clap::{Args, ValueEnum};
use std::{net::SocketAddr, path::PathBuf};

/// What can be measured.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bench {
    /// Transfers to final blocks.
    #[cfg(feature = "node")]
    Chain,
    /// Durable deposits at a relay.
    Relay,
    /// Exchanges by each carrier, beside plain HTTPS.
    Carrier,
    /// A message from send to shown, between two daemons over three relays.
    Message,
    /// Encryption and decryption of messages.
    Mls,
}

/// Options of `bench`.
#[derive(Args, Clone, Debug)]
pub(crate) struct BenchArgs {
    /// What to measure.
    pub(crate) what: Bench,
    /// For how long.
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) seconds: u64,
    /// Measure a peer afterwards with this program (see e2e/peers) and say the ratio.
    #[arg(long, value_name = "PROGRAM")]
    pub(crate) peer: Option<PathBuf>,
    /// With `carrier`: be the relay that another machine measures against, until Ctrl-C.
    #[arg(long, value_name = "ADDRESS", conflicts_with_all = ["at", "peer"])]
    pub(crate) serve: Option<SocketAddr>,
    /// With `carrier`: measure against the relay that --serve printed this of.
    #[arg(long, value_name = "RELAY")]
    pub(crate) at: Option<String>,
}

impl BenchArgs {
    /// What can't be said together.
    pub(super) fn check(&self) -> Result<(), &'static str> {
        if self.what != Bench::Carrier && (self.serve.is_some() || self.at.is_some()) {
            return Err("--serve and --at go with “simurgh bench carrier”");
        }
        Ok(())
    }
}
