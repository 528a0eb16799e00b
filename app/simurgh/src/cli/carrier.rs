//! `simurgh carrier …`

use super::Switch;
use clap::Subcommand;

/// `simurgh carrier …`
#[derive(Subcommand, Clone, Debug)]
pub(crate) enum CarrierVerb {
    /// How the relays answer.
    #[command(after_help = "Example:\n  simurgh carrier status --json")]
    Status,
    /// Use one carrier only, or again whichever works.
    #[command(after_help = "Example:\n  simurgh carrier use https-rotating\n  simurgh carrier use auto")]
    Use {
        /// Its name, as `carrier status` lists it, or `auto`.
        name: String,
    },
    /// Reach contacts on the same network without a relay: say how it does, or switch it.
    #[command(after_help = "Example:\n  simurgh carrier lan on")]
    Lan {
        /// Left out: say how it does.
        switch: Option<Switch>,
    },
    /// Take a bridge link: a way in that is on no list.
    #[command(after_help = "Example:\n  simurgh carrier add 'simurgh:bridge#…'")]
    Add {
        /// The link, in quotes.
        link: String,
    },
    /// Forget a bridge.
    #[command(after_help = "Example:\n  simurgh carrier remove ID")]
    Remove {
        /// The relay's id, as `carrier status --json` says it.
        id: String,
    },
}
