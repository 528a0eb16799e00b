//! How many files and sockets this process may have open at a time.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// More than any of the roles needs; above it some programs that are started from here grow slow.
const WANTED: u64 = 65_536;

/// Takes as many as the system allows without asking anybody: shells give 1,024 or 256, for the sake of old programs.
pub(crate) fn allow_many() {
    let limit = getrlimit(Resource::Nofile);
    let allowed = limit.maximum.map_or(WANTED, |maximum| maximum.min(WANTED));
    if limit.current.is_some_and(|current| current < allowed) {
        // one that stays low is met where files are opened
        let _ = setrlimit(Resource::Nofile, Rlimit { current: Some(allowed), maximum: limit.maximum });
    }
}

/// Whether so many can be open; an error says what to do.
#[cfg(feature = "node")]
pub(crate) fn ensure_enough(needed: u64) -> anyhow::Result<()> {
    let allowed = getrlimit(Resource::Nofile).current;
    anyhow::ensure!(
        allowed.is_none_or(|allowed| allowed >= needed),
        "this needs about {needed} open files and {} are allowed: run ulimit -n {needed} first, or start less at once",
        allowed.unwrap_or_default(),
    );
    Ok(())
}
