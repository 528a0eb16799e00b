//! The words of the command line: stable, because scripts rely on them.

mod bench;
mod bundle;
mod carrier;
mod fleet;
#[cfg(feature = "node")]
mod network;
#[cfg(feature = "node")]
mod peer;
mod relay;

#[cfg(feature = "node")]
use crate::demo::DemoArgs;
use crate::toncenter::Endpoint;
use anyhow::Context as _;
use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum, error::ErrorKind};
use clap_complete::Shell;
use std::{env, ffi::OsString, net::SocketAddr, path::PathBuf};
use wire::{Gram, Region};

pub(crate) use bench::{Bench, BenchArgs};
pub(crate) use bundle::{BundleExportArgs, BundleImportArgs, BundleVerb, ProgramVerb, Switch};
pub(crate) use carrier::{CarrierProfileVerb, CarrierVerb};
pub(crate) use fleet::FleetVerb;
#[cfg(feature = "node")]
pub(crate) use network::NetworkVerb;
#[cfg(feature = "node")]
pub(crate) use peer::Peer;
pub(crate) use relay::{RelayInit, RelayVerb};

/// A messenger and a currency whose only operator is the people who use it.
#[derive(Parser, Debug)]
#[command(name = "simurgh", version)]
#[command(
    after_help = "Without a verb: the demo, a whole network in one process.\n\nExamples:\n  simurgh\n  simurgh up\n  simurgh message send bob \"Good morning\" --wait delivered"
)]
pub(crate) struct Cli {
    /// The person's folder; without it the one in your data folder.
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) profile: Option<PathBuf>,
    /// Print one JSON object a line.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// What to do.
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

/// What the program can do.
#[derive(Subcommand, Debug)]
pub(crate) enum Verb {
    /// Run a whole network in this process: validators, relays, a faucet and people. The default.
    #[cfg(feature = "node")]
    Demo(DemoArgs),
    /// Start your own daemon and open its page.
    #[command(after_help = "Example:\n  simurgh up --network network.json")]
    Up(UpArgs),
    /// Seal the profile's key under a passphrase.
    #[command(subcommand, after_help = "Example:\n  simurgh passphrase set")]
    Passphrase(PassphraseVerb),
    /// Run a relay.
    #[command(subcommand, after_help = "Example:\n  simurgh relay init --dir ./relay --host relay.example")]
    Relay(RelayVerb),
    /// Hand several bridges out to people by an invite tree.
    #[command(
        subcommand,
        after_help = "Example:\n  simurgh fleet init --fleet fleet.json\n  simurgh fleet add --fleet fleet.json --relay ./relay"
    )]
    Fleet(FleetVerb),
    /// Run a validator.
    #[cfg(feature = "node")]
    #[command(subcommand, after_help = "Example:\n  simurgh validator run --dir ./validator")]
    Validator(ValidatorVerb),
    /// Put together the file by which people join a network.
    #[cfg(feature = "node")]
    #[command(
        subcommand,
        after_help = "Example:\n  simurgh network create --genesis ./validator/genesis.bin --relay ./relay/relay.json --out network.json"
    )]
    Network(NetworkVerb),
    /// Give money to whoever asks, on a network whose money has no worth.
    #[cfg(feature = "node")]
    #[command(
        subcommand,
        after_help = "Example:\n  simurgh faucet run --key ./validator/faucet.key --node http://127.0.0.1:8081"
    )]
    Faucet(FaucetVerb),
    /// The people you can write to.
    #[command(subcommand, after_help = "Example:\n  simurgh contact invite")]
    Contact(ContactVerb),
    /// Write, read and follow messages.
    #[command(subcommand, after_help = "Example:\n  simurgh message send bob \"Good morning\"")]
    Message(MessageVerb),
    /// Your money.
    #[command(subcommand, after_help = "Example:\n  simurgh wallet send bob 12.5 --comment \"for lunch\"")]
    Wallet(WalletVerb),
    /// Look at the chain.
    #[command(after_help = "Example:\n  simurgh chain status --endpoint http://127.0.0.1:8081/api/v2")]
    Chain(ChainArgs),
    /// How bytes leave this machine.
    #[command(subcommand, after_help = "Example:\n  simurgh carrier status")]
    Carrier(CarrierVerb),
    /// Messages without a network: in a file that somebody carries, or as QR codes.
    #[command(subcommand, after_help = "Example:\n  simurgh bundle export /media/stick/letters.bundle")]
    Bundle(BundleVerb),
    /// Sign programs that people hand on in bundles.
    #[command(subcommand, after_help = "Example:\n  simurgh program sign --key program.key ./simurgh")]
    Program(ProgramVerb),
    /// Measure this machine.
    #[command(after_help = "Example:\n  simurgh bench message --seconds 10 --json")]
    Bench(BenchArgs),
    /// Say what is wrong with this machine, profile or network; exits 1 when something is.
    #[command(after_help = "Example:\n  simurgh doctor")]
    Doctor,
    /// Print completions for a shell.
    #[command(after_help = "Example:\n  simurgh completions bash > /etc/bash_completion.d/simurgh")]
    Completions {
        /// Which shell.
        shell: CompletionShell,
    },
}

/// Options of `up`.
#[derive(Args, Clone, Debug)]
pub(crate) struct UpArgs {
    /// Do not open the browser.
    #[arg(long)]
    pub(crate) no_open: bool,
    /// The network to join, for a new profile; or a newer file of the same network.
    #[arg(long, value_name = "FILE")]
    pub(crate) network: Option<PathBuf>,
    /// Your name, for a new profile; without it the page asks.
    #[arg(long, value_name = "NAME", default_value = "")]
    pub(crate) name: String,
    /// The country you are in, as two letters, for a new profile; `simurgh carrier region` says what it is for.
    #[arg(long, value_name = "COUNTRY")]
    pub(crate) region: Option<Region>,
    /// Where the page is served; loopback only.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    pub(crate) listen: SocketAddr,
}

/// `simurgh passphrase …`
#[derive(Subcommand, Clone, Copy, Debug)]
pub(crate) enum PassphraseVerb {
    /// Set one, or another one. Asked for on the terminal, or a line of standard input each.
    #[command(after_help = "Example:\n  simurgh --profile ./alice passphrase set")]
    Set,
    /// Go back to the key file alone.
    #[command(after_help = "Example:\n  simurgh --profile ./alice passphrase remove")]
    Remove,
}

/// `simurgh validator …`
#[cfg(feature = "node")]
#[derive(Subcommand, Clone, Debug)]
pub(crate) enum ValidatorVerb {
    /// Set up a folder: for a new network, or for one whose genesis file you were given.
    #[command(
        after_help = "Example:\n  simurgh validator init --dir ./validator --listen 10.0.0.1:7000 \\\n      --genesis genesis.bin --peer KEY@10.0.0.2:7000"
    )]
    Init {
        /// The validator's folder.
        #[arg(long, value_name = "DIR")]
        dir: PathBuf,
        /// Where it listens for other validators.
        #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7000")]
        listen: SocketAddr,
        /// Where it serves the toncenter API, proofs and metrics.
        #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8081")]
        http: SocketAddr,
        /// The network's genesis; without it a new network is made.
        #[arg(long, value_name = "FILE")]
        genesis: Option<PathBuf>,
        /// Another validator: its public key and its address.
        #[arg(long = "peer", value_name = "KEY@ADDRESS")]
        peers: Vec<Peer>,
    },
    /// Validate until Ctrl-C.
    #[command(after_help = "Example:\n  simurgh validator run --dir ./validator")]
    Run {
        /// The validator's folder.
        #[arg(long, value_name = "DIR")]
        dir: PathBuf,
    },
    /// Say how it does.
    #[command(after_help = "Example:\n  simurgh validator status --dir ./validator --json")]
    Status {
        /// The validator's folder.
        #[arg(long, value_name = "DIR")]
        dir: PathBuf,
    },
}

/// `simurgh faucet …`
#[cfg(feature = "node")]
#[derive(Subcommand, Clone, Debug)]
pub(crate) enum FaucetVerb {
    /// Serve `POST /give` until Ctrl-C.
    #[command(
        after_help = "Example:\n  simurgh faucet run --key ./validator/faucet.key --node http://127.0.0.1:8081 --listen 127.0.0.1:8090"
    )]
    Run {
        /// The seed of the wallet that pays.
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// A chain node, as http://host:port; may be given several times.
        #[arg(long = "node", value_name = "URL", required = true)]
        nodes: Vec<String>,
        /// Where it listens.
        #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8090")]
        listen: SocketAddr,
    },
}

/// `simurgh contact …`
#[derive(Subcommand, Clone, Debug)]
pub(crate) enum ContactVerb {
    /// Make a link for one new contact.
    #[command(after_help = "Example:\n  simurgh contact invite --json")]
    Invite,
    /// Take a link.
    #[command(after_help = "Example:\n  simurgh contact add 'simurgh:invite#…'")]
    Add {
        /// The link, in quotes.
        link: String,
    },
    /// List everybody.
    #[command(after_help = "Example:\n  simurgh contact list")]
    List,
    /// Remove a contact and the conversation.
    #[command(after_help = "Example:\n  simurgh contact remove bob")]
    Remove {
        /// The contact's name.
        name: String,
    },
}

/// How long `message send` waits.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WaitMessage {
    /// Until enough relays have it on disk: it can't be lost any more.
    Accepted,
    /// Until it is on disk at the other side.
    Delivered,
}

/// `simurgh message …`
#[derive(Subcommand, Clone, Debug)]
pub(crate) enum MessageVerb {
    /// Write a message.
    #[command(after_help = "Example:\n  simurgh message send bob \"Good morning\" --wait delivered")]
    Send {
        /// A contact's name, or a conversation's id.
        conversation: String,
        /// The words; they may begin with a hyphen.
        #[arg(allow_hyphen_values = true)]
        text: String,
        /// Come back only when the message has got so far.
        #[arg(long, value_name = "STATE")]
        wait: Option<WaitMessage>,
        /// Give up waiting after so many seconds.
        #[arg(long, value_name = "SECONDS", default_value_t = 60)]
        timeout: u64,
    },
    /// List a conversation, the newest message last.
    #[command(after_help = "Example:\n  simurgh message list bob --limit 20 --json")]
    List {
        /// A contact's name, or a conversation's id.
        conversation: String,
        /// How many messages.
        #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
        limit: u32,
    },
    /// Print every message that comes or changes, until Ctrl-C.
    #[command(after_help = "Example:\n  simurgh message watch --json")]
    Watch,
}

/// How long `wallet send` waits.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WaitTransfer {
    /// Until the transfer is in a final block.
    Final,
}

/// `simurgh wallet …`
#[derive(Subcommand, Clone, Debug)]
pub(crate) enum WalletVerb {
    /// Where to pay you.
    #[command(after_help = "Example:\n  simurgh wallet address --json")]
    Address,
    /// What you have.
    #[command(after_help = "Example:\n  simurgh wallet balance")]
    Balance,
    /// Pay somebody.
    #[command(after_help = "Example:\n  simurgh wallet send bob 12.5 --comment \"for lunch\" --wait final")]
    Send {
        /// An address (raw or user-friendly), or a contact's name.
        #[arg(allow_hyphen_values = true)]
        to: String,
        /// How many Gram.
        amount: Gram,
        /// Words to go with it: to a contact they go sealed, to an address everybody reads them on the chain.
        #[arg(long, value_name = "TEXT")]
        comment: Option<String>,
        /// Come back only when the transfer has got so far.
        #[arg(long, value_name = "STATE")]
        wait: Option<WaitTransfer>,
        /// Give up waiting after so many seconds.
        #[arg(long, value_name = "SECONDS", default_value_t = 60)]
        timeout: u64,
    },
    /// What came and went, the newest first.
    #[command(after_help = "Example:\n  simurgh wallet history --limit 20 --json")]
    History {
        /// How many transfers.
        #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
        limit: u32,
    },
    /// The 24 words: whoever has them has your money and your name.
    #[command(after_help = "Example:\n  simurgh wallet words")]
    Words,
}

/// Options of `chain`.
#[derive(Args, Clone, Debug)]
pub(crate) struct ChainArgs {
    /// Ask this toncenter API instead of your daemon (nothing it says is proven then).
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) endpoint: Option<Endpoint>,
    /// What to look at.
    #[command(subcommand)]
    pub(crate) verb: ChainVerb,
}

/// `simurgh chain …`
#[derive(Subcommand, Clone, Debug)]
pub(crate) enum ChainVerb {
    /// The newest final block.
    #[command(after_help = "Example:\n  simurgh chain status")]
    Status,
    /// A masterchain block.
    #[command(after_help = "Example:\n  simurgh chain block 42")]
    Block {
        /// The block's number.
        seqno: u32,
    },
    /// An account.
    #[command(after_help = "Example:\n  simurgh chain account UQ…")]
    Account {
        /// Its address, raw or user-friendly.
        #[arg(allow_hyphen_values = true)]
        address: String,
    },
    /// A transaction.
    #[command(after_help = "Example:\n  simurgh chain transaction 9f3c…")]
    Transaction {
        /// Its hash, 64 hexadecimal digits.
        hash: String,
    },
}

/// Shells that completions exist for.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CompletionShell {
    /// GNU Bash.
    Bash,
    /// Z shell.
    Zsh,
    /// fish.
    Fish,
}

/// Words that the command line will have and has not yet: a person who was promised them is told so.
const PLANNED: &[&[&str]] = &[
    &["group"],
    &["channel"],
    &["name"],
    &["device"],
    &["backup"],
    &["bench", "store"],
    &["bench", "page"],
    &["message", "send", "--file"],
];

/// The words of the command line, or what is wrong with them.
pub(crate) fn parse(words: Vec<OsString>) -> Result<Cli, clap::Error> {
    let said: Vec<String> = words.iter().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    let cli = Cli::try_parse_from(with_default_verb(words)).map_err(|error| match planned(&said) {
        Some(planned) if error.use_stderr() => {
            let sentence = format!("“simurgh {planned}” is not built yet: see “Does not yet” in README.md");
            Cli::command().error(ErrorKind::InvalidSubcommand, sentence)
        }
        _ => error,
    })?;
    #[cfg(feature = "node")]
    if let Verb::Demo(args) = &cli.verb {
        let wrong = |sentence| Cli::command().error(ErrorKind::ValueValidation, sentence);
        crate::demo::check_people(&args.people).map_err(wrong)?;
    }
    if let Verb::Bench(args) = &cli.verb {
        args.check().map_err(|sentence| Cli::command().error(ErrorKind::ArgumentConflict, sentence))?;
    }
    Ok(cli)
}

/// The planned words that somebody said.
fn planned(said: &[String]) -> Option<String> {
    let option = |word: &&str| word.starts_with('-');
    let is_value =
        |place: usize| place.checked_sub(1).and_then(|before| said.get(before)).is_some_and(|it| it == "--profile");
    let verbs = said.iter().enumerate().filter(|(place, _)| !is_value(*place)).map(|(_, word)| word.as_str());
    let verbs: Vec<&str> = verbs.filter(|word| !option(word)).skip_while(|word| *word == "help").collect();
    let found = PLANNED.iter().find(|planned| {
        let (options, words): (Vec<&str>, Vec<&str>) = planned.iter().copied().partition(option);
        let has = |option: &&str| said.iter().any(|word| word.split('=').next() == Some(*option));
        verbs.starts_with(&words) && options.iter().all(has)
    });
    found.map(|planned| planned.join(" "))
}

/// Prints the completions.
pub(crate) fn completions(shell: CompletionShell) -> anyhow::Result<()> {
    let shell = match shell {
        CompletionShell::Bash => Shell::Bash,
        CompletionShell::Zsh => Shell::Zsh,
        CompletionShell::Fish => Shell::Fish,
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "simurgh", &mut script);
    crate::output::write(&script)
}

/// The profile's folder: the one that was named, or `simurgh` in the person's data folder.
pub(crate) fn profile_folder(named: Option<PathBuf>) -> anyhow::Result<PathBuf> {
    let data = || env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || env::var_os("HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || home().map(|home| home.join(".local").join("share"));
    named
        .or_else(|| data().or_else(home).map(|folder| folder.join("simurgh")))
        .context("there is no home folder here: say where the profile is with --profile DIR")
}

/// Puts `demo` where a verb is missing: `simurgh --dir DIR` is `simurgh demo --dir DIR`. What asks for help or for the
/// version, and a build without the demo, stay as they are.
fn with_default_verb(mut words: Vec<OsString>) -> Vec<OsString> {
    if !cfg!(feature = "node") {
        return words;
    }
    let mut place = 1;
    while let Some(word) = words.get(place).and_then(|word| word.to_str()) {
        match word {
            "--profile" => place = place.saturating_add(2),
            "--json" => place = place.saturating_add(1),
            _ if word.starts_with("--profile=") => place = place.saturating_add(1),
            "-h" | "--help" | "-V" | "--version" => return words,
            _ if word.starts_with('-') => break,
            _ => return words,
        }
    }
    words.insert(place.min(words.len()), "demo".into());
    words
}
