//! A program in a bundle's file: put in when the network's key signed it, told, and written where somebody says
//! (MBX-96 to MBX-99).

use crate::{
    output::shell_word,
    rpc::Client,
    verbs::program::{running_release, running_target},
};
use anyhow::{Context as _, bail};
use api::{local::Nothing, methods::GetBundlePrograms};
use daemon::{
    bundles::program::{HEAD_BYTES, MAGIC, Statement, UnverifiedStatement, decode, signed_bytes},
    programs::{copy_program, read_statement, statement_file},
};
use serde_json::{Value, json};
use std::{
    fs::{File, Permissions},
    io::{self, Read, Write},
    os::unix::fs::PermissionsExt as _,
    path::Path,
};
use tempfile::NamedTempFile;

/// What a program is installed with: it is one's own, and others may run it.
const MODE: u32 = 0o755;

/// So many bytes say whether a file begins with a program.
pub(super) const BEGIN_BYTES: usize = MAGIC.len();

/// Whether it does.
pub(super) fn begins(head: &[u8]) -> bool {
    head == MAGIC
}

/// The key that may sign programs of the network.
pub(super) async fn key(client: &mut Client) -> anyhow::Result<[u8; 32]> {
    let named = client.call::<GetBundlePrograms>(Nothing {}).await?.key;
    let Some(named) = named else {
        bail!(
            "this network names no key that may sign programs, so no program can be trusted here: ask who runs the \
             network for a network file with program_key"
        )
    };
    wire::id::from_hex(&named).context("the daemon speaks another language: update it")
}

/// Puts a program, with its statement before it, behind what was written.
pub(super) fn append(program: &Path, key: &[u8; 32], to: &mut impl Write) -> anyhow::Result<Statement> {
    let unverified = read_statement(program)?;
    let bytes = unverified.to_bytes();
    let statement = unverified.verify(key)?;
    let mut reading = File::open(program).with_context(|| format!("{} can't be read", program.display()))?;
    let longer = reading.metadata()?.len() > statement.bytes;
    if longer {
        bail!("{} is not the program that its statement speaks of: get both again", program.display());
    }
    to.write_all(&bytes).context("the program can't be written")?;
    copy_program(&statement, &mut reading, to).with_context(|| program.display().to_string())?;
    Ok(statement)
}

/// The statement that comes next, if there is a program.
pub(super) fn next(reading: &mut impl Read, begun: &[u8]) -> anyhow::Result<Option<UnverifiedStatement>> {
    let mut bytes = begun.to_vec();
    fill(reading, &mut bytes, HEAD_BYTES)?;
    if !bytes.starts_with(&MAGIC) {
        return Ok(None);
    }
    // never less than what was read: the signature alone is longer
    let whole = signed_bytes(&bytes)?;
    fill(reading, &mut bytes, whole)?;
    Ok(Some(decode(&bytes)?))
}

fn fill(reading: &mut impl Read, bytes: &mut Vec<u8>, whole: usize) -> io::Result<()> {
    let rest = u64::try_from(whole.saturating_sub(bytes.len())).unwrap_or(0);
    reading.take(rest).read_to_end(bytes).map(drop)
}

/// Refuses a place that is taken, before anything else is done.
pub(super) fn refuse_taken(to: &Path) -> anyhow::Result<()> {
    for file in [to.to_owned(), statement_file(to)] {
        if file.exists() {
            bail!("{} is there already: choose another name with --program-to", file.display());
        }
    }
    Ok(())
}

/// Looks whether the program is the one that the key signed.
pub(super) fn look(unverified: UnverifiedStatement, key: &[u8; 32], from: &mut impl Read) -> anyhow::Result<Statement> {
    let statement = unverified.verify(key)?;
    copy_program(&statement, from, &mut io::sink())?;
    Ok(statement)
}

/// Writes the program when all of it was judged: whole or not at all, and no other file is replaced.
pub(super) fn take(
    unverified: UnverifiedStatement,
    key: &[u8; 32],
    from: &mut impl Read,
    to: &Path,
) -> anyhow::Result<Statement> {
    let signed = unverified.to_bytes();
    let statement = unverified.verify(key)?;
    statement.fits(running_release()?, &running_target()?)?;
    let cannot = || format!("{} can't be written", to.display());
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut writing = NamedTempFile::new_in(folder).with_context(cannot)?;
    copy_program(&statement, from, writing.as_file_mut())?;
    let mut beside = NamedTempFile::new_in(folder).with_context(cannot)?;
    beside.write_all(&signed).with_context(cannot)?;
    beside.as_file().set_permissions(Permissions::from_mode(MODE & 0o666)).with_context(cannot)?;
    writing.as_file().set_permissions(Permissions::from_mode(MODE)).with_context(cannot)?;
    writing.as_file().sync_all().and_then(|()| beside.as_file().sync_all()).with_context(cannot)?;
    writing.persist_noclobber(to).map_err(|error| error.error).with_context(cannot)?;
    beside.persist_noclobber(statement_file(to)).map_err(|error| error.error).with_context(cannot)?;
    Ok(statement)
}

/// What is said of a program that was looked at, for people and as JSON.
pub(super) fn told(found: &anyhow::Result<Statement>, file: &Path, to: Option<&Path>) -> (String, Value) {
    let statement = match found {
        Ok(statement) => statement,
        Err(error) => {
            return (
                format!("There is a program in it, which is not taken: {error:#}."),
                json!({ "refused": format!("{error:#}") }),
            );
        }
    };
    let Statement { release, target, .. } = statement;
    let human = match to {
        Some(to) => format!(
            "{}: release {release} of the program, as the network's key signed it. Stop the one that runs before you \
             start it.",
            shell_word(to)
        ),
        None => format!(
            "A program is in it: release {release} for {target}, signed by the network's key. To take it out:\n  simurgh \
             bundle import {} --program-to FILE",
            shell_word(file)
        ),
    };
    let sha256 = wire::id::to_hex(&statement.sha256);
    let (release, target) = (release.to_string(), target.to_string());
    (human, json!({ "release": release, "target": target, "sha256": sha256, "bytes": statement.bytes, "file": to }))
}
