//! `simurgh carrier …`

use super::Switch;
use clap::Subcommand;
use wire::Region;

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
    /// Say in which country you are, so that people there can write to you while its border is closed: two of the three
    /// relays that keep a new contact's messages are then in it. Contacts, and whoever sees your links, can tell.
    #[command(after_help = "Example:\n  simurgh carrier region IR\n  simurgh carrier region unknown")]
    Region {
        /// Two letters (ISO 3166-1), or `unknown`; left out: say how it stands.
        #[arg(value_name = "COUNTRY")]
        region: Option<SaidRegion>,
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

/// A country, or that none is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SaidRegion(pub(crate) Option<Region>);

impl std::str::FromStr for SaidRegion {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "unknown" => Ok(Self(None)),
            text => text.parse().map(|region| Self(Some(region))).map_err(|error| format!("{error}, or “unknown”")),
        }
    }
}
