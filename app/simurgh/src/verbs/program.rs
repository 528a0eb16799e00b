//! `simurgh program …`: the releaser's key and signatures. No daemon is needed.

use crate::{
    cli::ProgramVerb,
    output::{Output, shell_word},
};
use anyhow::{Context as _, ensure};
use daemon::{
    bundles::program::{Release, Target},
    programs,
};
use serde_json::json;
use std::{fs::OpenOptions, io::Write as _};
use wire::id;

/// Runs the verb.
pub(crate) fn run(verb: ProgramVerb, output: Output) -> anyhow::Result<()> {
    match verb {
        ProgramVerb::Key { out } => {
            let key = programs::make_key(&out)?;
            let human = format!(
                "{}: who has this file can sign programs, so keep it off the net. Public half, for the network file\n\
                 (simurgh network create … --program-key):\n{key}",
                shell_word(&out)
            );
            output.print(&human, &json!({ "file": out, "program_key": key }))
        }
        ProgramVerb::Sign { program, key, release, target } => {
            let release = release.map_or_else(running_release, Ok)?;
            let target = target.map_or_else(running_target, Ok)?;
            let file = programs::statement_file(&program);
            ensure!(!file.exists(), "{} is there already: move it away", file.display());
            let (bytes, statement, key) = programs::sign(&key, &program, release, target)?;
            let cannot = || format!("{} can't be written", file.display());
            let mut writing = OpenOptions::new().write(true).create_new(true).open(&file).with_context(cannot)?;
            writing.write_all(&bytes).and_then(|()| writing.sync_all()).with_context(cannot)?;
            let human = format!(
                "{}: this is release {} for {}, signed by {key}.",
                shell_word(&file),
                statement.release,
                statement.target
            );
            let json = json!({
                "file": file, "release": statement.release.to_string(), "target": statement.target.to_string(),
                "sha256": id::to_hex(&statement.sha256), "bytes": statement.bytes, "program_key": key,
            });
            output.print(&human, &json)
        }
    }
}

/// Which release runs here.
pub(crate) fn running_release() -> anyhow::Result<Release> {
    env!("CARGO_PKG_VERSION").parse().context("this program does not know its own release")
}

/// On which kind of machine.
pub(crate) fn running_target() -> anyhow::Result<Target> {
    env!("SIMURGH_TARGET").parse().context("this program does not know what it was built for")
}
