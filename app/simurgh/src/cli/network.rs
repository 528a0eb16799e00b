//! The words of `simurgh network …`.

use clap::Subcommand;
use std::path::PathBuf;

/// A public key.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key(pub(crate) [u8; 32]);

fn key(text: &str) -> Result<Key, &'static str> {
    wire::id::from_hex(text).map(Key).map_err(|_| "a key has 64 hexadecimal digits")
}

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
        /// Who may sign programs that people hand on in bundles: what simurgh program key printed.
        #[arg(long, value_name = "KEY", value_parser = key)]
        program_key: Option<Key>,
        /// The key that may sign carrier profiles for the network, as `carrier profile key` says it.
        #[arg(long, value_name = "HEX")]
        carrier_key: Option<String>,
        /// A carrier profile to begin with, signed by that key.
        #[arg(long, value_name = "FILE", requires = "carrier_key")]
        carrier_profile: Option<PathBuf>,
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
