//! The words of `simurgh network …`.

use clap::Subcommand;
use std::path::PathBuf;

/// `simurgh network …`
#[derive(Subcommand, Clone, Debug)]
pub(crate) enum NetworkVerb {
    /// Write a network file from a genesis and the relays that anybody may use.
    #[command(
        after_help = "Example:\n  simurgh network create --genesis ./validator/genesis.bin --relay ./relay/relay.json --out network.json"
    )]
    Create {
        /// The genesis file that all validators share.
        #[arg(long, value_name = "FILE")]
        genesis: PathBuf,
        /// A relay's descriptor (relay.json in its folder); give all of them.
        #[arg(long = "relay", value_name = "FILE")]
        relays: Vec<PathBuf>,
        /// What the network calls itself.
        #[arg(long, value_name = "NAME", default_value = "simurgh")]
        name: String,
        /// Its money is for trying and has no worth: the page says so.
        #[arg(long)]
        devnet: bool,
        /// The file to write.
        #[arg(long, value_name = "FILE", default_value = "network.json")]
        out: PathBuf,
    },
    /// Say what a network file holds.
    #[command(after_help = "Example:\n  simurgh network show network.json --json")]
    Show {
        /// The network file.
        file: PathBuf,
    },
}
