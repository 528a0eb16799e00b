//! Programs that bundles carry (MBX-96 to MBX-99): the releaser's key, signing, and copying what was judged.

use anyhow::{Context as _, bail, ensure};
use client::bundles::program::{PROGRAM_BYTES_MAX, ProgramError, Release, SIGNED_BYTES_MAX, Statement, Target};
use client::bundles::program::{UnverifiedStatement, decode};
use ed25519_dalek::SigningKey;
use rand_core::OsRng;
use std::{
    fs::File,
    io::{self, Read, Write},
    path::{Path, PathBuf},
};
use store::files;
use wire::{hash::Hashing, id};
use zeroize::Zeroizing;

/// Bytes that are read at a time.
const PIECE_BYTES: usize = 256 * 1024;

/// Makes a key that signs programs, in a new file that only its owner can read; says the public half, as the network file
/// has it.
pub fn make_key(file: &Path) -> anyhow::Result<String> {
    ensure!(!file.exists(), "{} is there already: choose another name", file.display());
    let key = SigningKey::generate(&mut OsRng);
    files::write_private(file, key.as_bytes()).with_context(|| format!("{} can't be written", file.display()))?;
    Ok(id::to_hex(key.verifying_key().as_bytes()))
}

/// What a key in a file says of a program in a file: the signed statement, what it says, and the public half of the key.
pub fn sign(
    key: &Path,
    program: &Path,
    release: Release,
    target: Target,
) -> anyhow::Result<(Vec<u8>, Statement, String)> {
    let key = read_key(key)?;
    let shown = program.display();
    let cannot = || format!("{shown} can't be read");
    let mut reading = File::open(program).with_context(cannot)?;
    let (hashing, bytes) = copy(&mut (&mut reading).take(PROGRAM_BYTES_MAX.saturating_add(1)), &mut io::sink())
        .map_err(CopyError::into_error)
        .with_context(cannot)?;
    if !(1..=PROGRAM_BYTES_MAX).contains(&bytes) {
        return Err(ProgramError::Size(bytes).into());
    }
    let statement = Statement { release, target, sha256: hashing.finish(), bytes };
    Ok((statement.sign(&key)?, statement, id::to_hex(key.verifying_key().as_bytes())))
}

fn read_key(file: &Path) -> anyhow::Result<SigningKey> {
    let shown = file.display();
    let mut seed = Zeroizing::new(Vec::new());
    let reading = File::open(file).with_context(|| format!("{shown} can't be read"))?;
    reading.take(33).read_to_end(&mut seed).with_context(|| format!("{shown} can't be read"))?;
    let Ok(seed) = <[u8; 32]>::try_from(seed.as_slice()) else {
        bail!("{shown} is no key that signs programs: make one with simurgh program key")
    };
    Ok(SigningKey::from_bytes(&seed))
}

/// Where the statement of a program in a file lies.
#[must_use]
pub fn statement_file(program: &Path) -> PathBuf {
    let mut name = program.as_os_str().to_owned();
    name.push(".statement");
    PathBuf::from(name)
}

/// The statement beside a program in a file.
pub fn read_statement(program: &Path) -> anyhow::Result<UnverifiedStatement> {
    let file = statement_file(program);
    let shown = file.display();
    let cannot = || format!("{shown} can't be read: get the program's statement from who releases it");
    let mut bytes = Vec::new();
    let bound = u64::try_from(SIGNED_BYTES_MAX)?.saturating_add(1);
    File::open(&file).with_context(cannot)?.take(bound).read_to_end(&mut bytes).with_context(cannot)?;
    decode(&bytes).with_context(|| shown.to_string())
}

/// Why a program was not copied.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CopyError {
    /// Where it comes from can't be read.
    #[error("the program can't be read")]
    Read(#[source] io::Error),
    /// Where it goes can't be written.
    #[error("the program can't be written")]
    Write(#[source] io::Error),
    /// It is not what its statement speaks of.
    #[error(transparent)]
    Program(#[from] ProgramError),
}

impl CopyError {
    fn into_error(self) -> anyhow::Error {
        match self {
            Self::Read(error) | Self::Write(error) => error.into(),
            Self::Program(error) => error.into(),
        }
    }
}

/// Copies the program that a statement speaks of, and says whether it was that one: not before this has returned may
/// what was written be used. A piece at a time is in memory.
pub fn copy_program(statement: &Statement, from: &mut impl Read, to: &mut impl Write) -> Result<(), CopyError> {
    let (hashing, bytes) = copy(&mut from.take(statement.bytes), to)?;
    Ok(statement.is_of(hashing, bytes)?)
}

fn copy(from: &mut impl Read, to: &mut impl Write) -> Result<(Hashing, u64), CopyError> {
    let mut piece = vec![0; PIECE_BYTES];
    let (mut hashing, mut bytes) = (Hashing::default(), 0u64);
    loop {
        let read = match from.read(&mut piece) {
            Ok(0) => return Ok((hashing, bytes)),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(CopyError::Read(error)),
        };
        let read = piece.get(..read).unwrap_or_default();
        hashing.update(read);
        to.write_all(read).map_err(CopyError::Write)?;
        bytes = bytes.saturating_add(u64::try_from(read.len()).unwrap_or(u64::MAX));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn said(dir: &Path, bytes: &[u8]) -> anyhow::Result<(Vec<u8>, Statement, String)> {
        fs::write(dir.join("program"), bytes).unwrap();
        sign(&dir.join("key"), &dir.join("program"), Release([0, 2, 0]), "t".parse().unwrap())
    }

    /// MBX-97
    #[test]
    fn what_was_signed_is_copied_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let public = make_key(&dir.path().join("key")).unwrap();
        assert!(make_key(&dir.path().join("key")).unwrap_err().to_string().contains("is there already"));
        let program: Vec<u8> = (0..PIECE_BYTES + 7).map(|n| (n % 251) as u8).collect();
        let (bytes, statement, by) = said(dir.path(), &program).unwrap();
        assert_eq!(by, public);
        assert_eq!(decode(&bytes).unwrap().verify(&id::from_hex(&public).unwrap()).unwrap(), statement);
        let copied = |bytes: &[u8]| {
            let mut to = Vec::new();
            copy_program(&statement, &mut &bytes[..], &mut to).map(|()| to)
        };
        assert_eq!(copied(&program).unwrap(), program);
        assert_eq!(copied(&[&program[..], b"more"].concat()).unwrap(), program, "what follows is left alone");
        assert!(matches!(copied(&program[1..]), Err(CopyError::Program(ProgramError::CutOff { .. }))));
        let mut changed = program.clone();
        changed[9] ^= 1;
        assert!(matches!(copied(&changed), Err(CopyError::Program(ProgramError::Changed))));
    }

    #[test]
    fn an_empty_program_and_what_is_no_key_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        assert!(said(dir.path(), b"program").unwrap_err().to_string().contains("can't be read"));
        fs::write(dir.path().join("key"), "a word").unwrap();
        assert!(said(dir.path(), b"program").unwrap_err().to_string().contains("simurgh program key"));
        fs::remove_file(dir.path().join("key")).unwrap();
        make_key(&dir.path().join("key")).unwrap();
        assert!(said(dir.path(), b"").unwrap_err().to_string().contains("has 0"));
    }
}
