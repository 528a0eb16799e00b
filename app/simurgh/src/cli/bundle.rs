//! `simurgh bundle …`, and the switch of `simurgh carrier lan`.

use clap::{Subcommand, ValueEnum};
use std::path::PathBuf;

/// `simurgh bundle …`
#[derive(Subcommand, Clone, Debug)]
pub(crate) enum BundleVerb {
    /// Write what is on its way to others into a file.
    #[command(
        after_help = "Examples:\n  simurgh bundle export letters.bundle\n  simurgh bundle export letters.bundle --for bob\n\nWithout --for anybody can carry it on, and sees how many cells it holds but not whose."
    )]
    Export {
        /// The file to write.
        file: PathBuf,
        /// Seal it for this contact; may be given several times.
        #[arg(long = "for", value_name = "CONTACT")]
        to: Vec<String>,
        /// Put in what is for others too, for them to carry on.
        #[arg(long)]
        carry: bool,
    },
    /// Take a file that somebody brought.
    #[command(after_help = "Example:\n  simurgh bundle import letters.bundle")]
    Import {
        /// The file.
        file: PathBuf,
    },
}

/// A switch.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Switch {
    /// Look for people on the same network, who then see that somebody looks.
    On,
    /// Leave it.
    Off,
}
