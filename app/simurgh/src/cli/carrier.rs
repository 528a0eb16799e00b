//! `simurgh carrier …`

use super::Switch;
use clap::Subcommand;
use std::path::PathBuf;
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
    /// How the carriers behave, as signed data: look at it, take another, or sign one for a network.
    #[command(subcommand, after_help = "Example:\n  simurgh carrier profile install carrier.profile")]
    Profile(CarrierProfileVerb),
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
    /// Ask a bridge for a link that a friend may use, once. It gives the same until somebody has used it.
    #[command(after_help = "Example:\n  simurgh carrier invite")]
    Invite {
        /// The relay's id, as `carrier status --json` says it; left out: a bridge that answers.
        id: Option<String>,
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

/// `simurgh carrier profile …`
#[derive(Subcommand, Clone, Debug)]
pub(crate) enum CarrierProfileVerb {
    /// Say which carrier profile is in use, and what it says.
    #[command(after_help = "Example:\n  simurgh carrier profile show --json")]
    Show,
    /// Take a carrier profile that your network's operators have signed.
    #[command(after_help = "Example:\n  simurgh carrier profile install carrier.profile")]
    Install {
        /// The file with the signed line.
        file: PathBuf,
    },
    /// For a network's operators: make the key that signs, or say its public half.
    #[command(after_help = "Example:\n  simurgh carrier profile key carrier.key")]
    Key {
        /// The key's file; it is made where there is none.
        file: PathBuf,
    },
    /// For a network's operators: sign a carrier profile.
    #[command(
        after_help = "Example:\n  echo '{\"number\": 1, \"ping_ms\": 2000}' > fields.json\n  simurgh carrier profile sign --key carrier.key --fields fields.json --out carrier.profile"
    )]
    Sign {
        /// The key's file, made by `carrier profile key`.
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// The fields by name, in JSON: number, and what shall differ from the built-in profile.
        #[arg(long, value_name = "FILE")]
        fields: PathBuf,
        /// The file to write.
        #[arg(long, value_name = "FILE", default_value = "carrier.profile")]
        out: PathBuf,
    },
}
