//! `simurgh demo`: a whole network in one process, over real loopback sockets.
//!
//! Every part has its own keys, its own folder and its own tasks: validators, relays, a faucet and people share nothing
//! but sockets. With `--dir` the folders stay, and so does everything in them.

mod introduce;
mod layout;
mod parts;
mod show;

use crate::{open_files, signals};
use anyhow::Context as _;
use futures::{FutureExt as _, future::FusedFuture as _};
use layout::Layout;
use parts::Parts;
use show::Show;
use std::{collections::BTreeSet, path::PathBuf, sync::Arc, time::Duration};

/// Most validators in one process: each has its own threads and its own connections to all others.
const VALIDATORS_MAX: u8 = 16;
/// Most relays in one process.
const RELAYS_MAX: u8 = 16;
/// Most people in one process.
const PEOPLE_MAX: usize = 8;
/// Longest name of a person, in bytes: 32 letters of Persian.
const PERSON_BYTES_MAX: usize = 64;
/// A mailbox has three replicas, each behind another relay's hop; with two relays there are two.
const RELAYS_MIN: u8 = 2;
/// How long the parts get to stop after Ctrl-C before the process ends without them.
const STOP_TIMEOUT: Duration = Duration::from_millis(2_800);

/// The demo's options.
#[derive(clap::Args, Clone, Debug)]
#[command(after_help = "Example:\n  simurgh demo --dir ./demo --no-open")]
pub(crate) struct DemoArgs {
    /// Keep everything in this folder; without it, in a temporary one that is removed at the end.
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
    /// Do not open the browser.
    #[arg(long)]
    pub(crate) no_open: bool,
    /// How many validators (1 to 16).
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u8).range(1..=i64::from(VALIDATORS_MAX)))]
    pub(crate) validators: u8,
    /// How many relays (2 to 16).
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u8).range(i64::from(RELAYS_MIN)..=i64::from(RELAYS_MAX)))]
    pub(crate) relays: u8,
    /// The people's names.
    #[arg(long, value_name = "NAMES", value_delimiter = ',', default_value = "alice,bob", value_parser = person)]
    pub(crate) people: Vec<String>,
}

impl Default for DemoArgs {
    fn default() -> Self {
        Self { dir: None, no_open: false, validators: 4, relays: 3, people: vec!["alice".into(), "bob".into()] }
    }
}

/// Runs the demo until Ctrl-C.
pub(crate) async fn run(args: DemoArgs, json: bool) -> anyhow::Result<()> {
    open_files::ensure_enough(open_files(&args))?;
    let interrupted = signals::ended()?;
    let temporary = match args.dir {
        Some(_) => None,
        None => Some(tempfile::Builder::new().prefix("simurgh-demo-").tempdir().context("no temporary folder")?),
    };
    let dir = match (&args.dir, &temporary) {
        (Some(dir), _) => dir.clone(),
        (None, Some(temporary)) => temporary.path().to_owned(),
        (None, None) => std::env::temp_dir(),
    };
    let show = Show::new(json);
    let layout = Layout::open(&dir, &args).context("the demo can't start")?;
    let parts = Arc::new(Parts::new(layout));
    let starting = parts.start(&show).fuse();
    tokio::pin!(starting);
    let serving = async {
        starting.as_mut().await?;
        introduce::everybody(&parts, &show).await?;
        show.ready(&parts, !args.no_open).await?;
        std::future::pending::<anyhow::Result<()>>().await
    };
    let ran = tokio::select! {
        ran = serving => ran,
        () = interrupted => Ok(()),
    };
    show.step("Stopping");
    // what failed stops the rest too: a folder must not be written to while it is removed
    parts.give_up_starting();
    let stopping = async {
        if !starting.is_terminated() {
            // it was given up, which is all that it can say
            let _ = starting.await;
        }
        parts.stop().await;
    };
    if tokio::time::timeout(STOP_TIMEOUT, stopping).await.is_err() {
        tracing::warn!("some parts did not stop in time; what they acknowledged is on disk");
    }
    ran
}

/// Files and sockets that a demo of this size has open, with room for pages and scripts.
fn open_files(args: &DemoArgs) -> u64 {
    let (validators, relays) = (u64::from(args.validators), u64::from(args.relays));
    let people = u64::try_from(args.people.len()).unwrap_or(u64::MAX);
    let each = validators.saturating_add(64).saturating_mul(validators);
    let more = relays.saturating_mul(32).saturating_add(people.saturating_mul(32));
    each.saturating_add(more).saturating_add(96)
}

/// A person's name, which also names a folder.
fn person(name: &str) -> Result<String, String> {
    let name = name.trim();
    // the zero-width non-joiner belongs to many names in Persian
    let plain = |c: char| c.is_alphanumeric() || c == '-' || c == '\u{200c}';
    if !name.chars().any(char::is_alphanumeric) || name.len() > PERSON_BYTES_MAX || !name.chars().all(plain) {
        return Err(format!("use up to {PERSON_BYTES_MAX} bytes of letters, digits and hyphens"));
    }
    Ok(name.to_owned())
}

/// Everybody has a name of their own, and they are not too many.
pub(crate) fn check_people(people: &[String]) -> Result<(), String> {
    if people.len() > PEOPLE_MAX {
        return Err(format!("name 1 to {PEOPLE_MAX} people, such as --people alice,bob"));
    }
    let mut seen = BTreeSet::new();
    match people.iter().find(|name| !seen.insert(name.to_lowercase())) {
        Some(name) => Err(format!("two people are called {name}: give each another name")),
        None => Ok(()),
    }
}
