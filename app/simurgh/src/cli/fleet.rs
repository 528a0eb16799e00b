//! The words of `simurgh fleet …`.

use clap::Subcommand;
use std::path::PathBuf;

/// `simurgh fleet …`
#[derive(Subcommand, Clone, Debug)]
pub(crate) enum FleetVerb {
    /// Begin a fleet, without bridges.
    #[command(after_help = "Example:\n  simurgh fleet init --fleet fleet.json")]
    Init {
        /// The fleet's file, which this makes.
        #[arg(long, value_name = "FILE", default_value = "fleet.json")]
        fleet: PathBuf,
    },
    /// Take a relay of yours into the fleet; or say where the folder of one that is in it is now.
    #[command(after_help = "Example:\n  simurgh fleet add --fleet fleet.json --relay ./relay")]
    Add {
        /// The fleet's file.
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
    /// Make a link again for somebody who has lost hers; the one before no longer works.
    #[command(
        after_help = "If somebody has redeemed the one before, the way in that it opened stays open: it is hers, or \
                      somebody's who got her link. --close closes it.\n\nExample:\n  simurgh fleet link --fleet fleet.json 3"
    )]
    Link {
        /// The fleet's file.
        #[arg(long, value_name = "FILE", default_value = "fleet.json")]
        fleet: PathBuf,
        /// Also close the way in that the one before has opened, for instance when her device was taken.
        #[arg(long)]
        close: bool,
        /// Her number, as `fleet show` says it.
        #[arg(value_name = "PERSON")]
        person: u32,
    },
    /// Say that a bridge is blocked, seized or gone: its people lose trust and are told others.
    #[command(
        after_help = "Examples:\n  simurgh fleet blocked --fleet fleet.json --relay ./relay\n  simurgh fleet blocked --fleet fleet.json --relay 203.0.113.21"
    )]
    Blocked {
        /// The fleet's file.
        #[arg(long, value_name = "FILE", default_value = "fleet.json")]
        fleet: PathBuf,
        /// The relay's folder, which need not be there any more, or its id, address or folder's name, as `fleet show` says
        /// them.
        #[arg(long, value_name = "BRIDGE")]
        relay: PathBuf,
    },
    /// Show the bridges and the invite tree, and make links for those who waited.
    #[command(after_help = "Example:\n  simurgh fleet show --fleet fleet.json")]
    Show {
        /// The fleet's file.
        #[arg(long, value_name = "FILE", default_value = "fleet.json")]
        fleet: PathBuf,
    },
}
