//! The words of `simurgh fleet …`.

use clap::Subcommand;
use std::path::PathBuf;

/// `simurgh fleet …`
#[derive(Subcommand, Clone, Debug)]
pub(crate) enum FleetVerb {
    /// Take a relay of yours into the fleet, as a bridge that nobody knows yet.
    #[command(after_help = "Example:\n  simurgh fleet add --fleet fleet.json --relay ./relay")]
    Add {
        /// The fleet's file; it is made where there is none.
        #[arg(long, value_name = "FILE", default_value = "fleet.json")]
        fleet: PathBuf,
        /// The relay's folder.
        #[arg(long, value_name = "DIR")]
        relay: PathBuf,
    },
    /// Make a bridge link for somebody new.
    #[command(after_help = "Example:\n  simurgh fleet invite --fleet fleet.json --by 3")]
    Invite {
        /// The fleet's file.
        #[arg(long, value_name = "FILE", default_value = "fleet.json")]
        fleet: PathBuf,
        /// The number of who asks for a friend; without it the invitation is yours.
        #[arg(long, value_name = "NUMBER")]
        by: Option<u32>,
    },
    /// Say that a bridge is blocked: its people lose trust and are told others.
    #[command(after_help = "Example:\n  simurgh fleet blocked --fleet fleet.json --relay ./relay")]
    Blocked {
        /// The fleet's file.
        #[arg(long, value_name = "FILE", default_value = "fleet.json")]
        fleet: PathBuf,
        /// The relay's folder.
        #[arg(long, value_name = "DIR")]
        relay: PathBuf,
    },
    /// Show the invite tree, and make links for those who waited.
    #[command(after_help = "Example:\n  simurgh fleet show --fleet fleet.json")]
    Show {
        /// The fleet's file.
        #[arg(long, value_name = "FILE", default_value = "fleet.json")]
        fleet: PathBuf,
    },
}
