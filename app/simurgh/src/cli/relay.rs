//! `simurgh relay …`

use clap::{Args, Subcommand};
use std::{net::SocketAddr, path::PathBuf};
use wire::Region;

/// `simurgh relay …`
#[derive(Subcommand, Clone, Debug)]
pub(crate) enum RelayVerb {
    /// Set up a folder.
    #[command(after_help = "Example:\n  simurgh relay init --dir ./relay --host relay.example --listen 0.0.0.0:443")]
    Init(Box<RelayInit>),
    /// Serve until Ctrl-C.
    #[command(after_help = "Example:\n  simurgh relay run --dir ./relay")]
    Run {
        /// The relay's folder.
        #[arg(long, value_name = "DIR")]
        dir: PathBuf,
    },
    /// Say how it does.
    #[command(after_help = "Example:\n  simurgh relay status --dir ./relay --json")]
    Status {
        /// The relay's folder.
        #[arg(long, value_name = "DIR")]
        dir: PathBuf,
    },
    /// Make a link for one person to use this relay as a bridge.
    #[command(after_help = "Example:\n  simurgh relay invite --dir ./relay --label \"for Sara\" --days 14")]
    Invite {
        /// The relay's folder.
        #[arg(long, value_name = "DIR")]
        dir: PathBuf,
        /// Words by which you remember whom it is for; they stay here.
        #[arg(long, value_name = "TEXT", default_value = "")]
        label: String,
        /// How long the link can be used for the first time; what it opened stays open.
        #[arg(long, value_name = "DAYS", default_value_t = 14, value_parser = clap::value_parser!(u64).range(1..=90))]
        days: u64,
    },
    /// List the invitations.
    #[command(after_help = "Example:\n  simurgh relay invitations --dir ./relay")]
    Invitations {
        /// The relay's folder.
        #[arg(long, value_name = "DIR")]
        dir: PathBuf,
    },
    /// Take an invitation back, and the way in that it opened.
    #[command(after_help = "Example:\n  simurgh relay revoke --dir ./relay NAME")]
    Revoke {
        /// The relay's folder.
        #[arg(long, value_name = "DIR")]
        dir: PathBuf,
        /// The invitation's name, as `relay invitations` says it.
        name: String,
    },
}

/// How a relay is set up.
#[derive(Args, Clone, Debug)]
pub(crate) struct RelayInit {
    /// The relay's folder.
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: PathBuf,
    /// The host name under which people reach it; without it the address it listens on.
    #[arg(long, value_name = "HOST")]
    pub(crate) host: Option<String>,
    /// Where it listens.
    #[arg(long, value_name = "ADDRESS", default_value = "0.0.0.0:443")]
    pub(crate) listen: SocketAddr,
    /// A chain node that it asks for people, as http://host:port; may be given several times.
    #[arg(long = "node", value_name = "URL")]
    pub(crate) nodes: Vec<String>,
    /// A folder with the website that strangers see; without it a small one that is built in.
    #[arg(long, value_name = "DIR")]
    pub(crate) website: Option<PathBuf>,
    /// A server whose website strangers see instead, as https://host; its operator should agree.
    #[arg(long, value_name = "URL", conflicts_with = "website")]
    pub(crate) mirror: Option<String>,
    /// The directory of an authority that signs for the host (ACME); by giving it you agree to its terms.
    #[arg(long, value_name = "URL")]
    pub(crate) acme: Option<String>,
    /// Where that authority may write to, as mailto:you@example.org.
    #[arg(long, value_name = "ADDRESS", requires = "acme")]
    pub(crate) acme_contact: Option<String>,
    /// The zone in DNS that is delegated to this machine, for people who get nothing else through.
    #[arg(long, value_name = "ZONE")]
    pub(crate) dns_zone: Option<String>,
    /// Where it listens for queries in its zone.
    #[arg(long, value_name = "ADDRESS", default_value = "0.0.0.0:53", requires = "dns_zone")]
    pub(crate) dns_listen: SocketAddr,
    /// The country where the machine stands, as two letters (ISO 3166-1): people keep copies on both sides of a border by
    /// it.
    #[arg(long, value_name = "COUNTRY")]
    pub(crate) region: Option<Region>,
    /// Links for friends that all people of a bridge together may pass on; 0: none. Left out: 20.
    #[arg(long, value_name = "NUMBER")]
    pub(crate) friend_links: Option<usize>,
    /// A file with your key, made where there is none: give all your relays the same, so that nobody takes them for
    /// two hands.
    #[arg(long, value_name = "FILE")]
    pub(crate) operator_key: Option<PathBuf>,
}
