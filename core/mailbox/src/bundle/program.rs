//! A program in a bundle's file (MBX-96 to MBX-99): the statement that is signed, and its judgement.
//!
//! Requirements: the key that may sign programs, from the network file; whoever reads the program hashes it.
//!
//! Provided: a bounded statement that only the owner of the key can make; which release, for which machine, which
//! bytes it speaks of; a reason for each refusal.
//!
//! Not provided: that the program does what it should, or that it is the newest: the owner of the key says so much, and
//! an old statement stays true.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;
use std::str::FromStr;
use wire::codec;
use wire::hash::{Hashing, domain_hash};

/// What a signed statement begins with.
pub const MAGIC: [u8; 8] = *b"SIMURGHP";
/// The version of this format.
const VERSION: u8 = 1;
/// Magic, version, length of the statement.
pub const HEAD_BYTES: usize = 8 + 1 + 2;
/// Bytes of a program: some ten times what this one has.
pub const PROGRAM_BYTES_MAX: u64 = 256 * 1024 * 1024;
/// Bytes of a statement.
const STATEMENT_BYTES_MAX: usize = 256;
/// Bytes of a signed statement.
pub const SIGNED_BYTES_MAX: usize = HEAD_BYTES + STATEMENT_BYTES_MAX + SIGNATURE_BYTES;
const SIGNATURE_BYTES: usize = 64;
/// Letters of a target's name.
const TARGET_CHARS_MAX: usize = 64;

/// Why a program is not taken, or its statement is none.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProgramError {
    /// Something else.
    #[error("there is no program with a signed statement here: get it from who releases it")]
    NotAProgram,
    /// From a newer program.
    #[error("this statement is of version {0} and this program reads version {VERSION}: get a newer simurgh elsewhere")]
    Version(u8),
    /// Its end is missing.
    #[error("the program is cut off: {have} of its {whole} bytes are there. Copy the file again")]
    CutOff {
        /// Bytes that are there.
        have: u64,
        /// Bytes that it says to have.
        whole: u64,
    },
    /// No statement of this version.
    #[error("the program's statement can't be read: get the program from somebody else")]
    Malformed,
    /// By another key, or changed.
    #[error("the program is not signed by the key that may sign programs of this network: don't use it")]
    Signature,
    /// Older than the one that runs.
    #[error("the program in it is {found}, and this one is {running}: keep this one")]
    Older {
        /// Its release.
        found: Release,
        /// The release that runs.
        running: Release,
    },
    /// For other machines.
    #[error("the program in it is for {found}, and this machine is {here}: pass it on to somebody with such a machine")]
    Target {
        /// Its target.
        found: Target,
        /// The target that runs.
        here: Target,
    },
    /// The hash is another one.
    #[error("the program was changed or damaged on the way: don't use it, and copy the file again")]
    Changed,
    /// Over the bound, or nothing.
    #[error("a program has 1 to {PROGRAM_BYTES_MAX} bytes, and this one has {0}: choose another file")]
    Size(u64),
}

/// Which of the programs that follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Release(pub [u16; 3]);

/// A kind of machine, by the name that Rust has for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Target(String);

/// A text that is no release or no target.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum BadName {
    /// No release.
    #[error("{0:?} is no release: write three numbers, as in 0.2.0")]
    Release(String),
    /// No target.
    #[error("{0:?} is no target: write one as rustc -vV does, as in x86_64-unknown-linux-gnu")]
    Target(String),
}

/// What is said of a program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Which one.
    pub release: Release,
    /// For which machines.
    pub target: Target,
    /// SHA-256 of its bytes.
    pub sha256: [u8; 32],
    /// How many bytes it has.
    pub bytes: u64,
}

/// A statement that somebody brought; nobody has looked at its signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnverifiedStatement {
    statement: Statement,
    /// As it came: what is signed.
    said: Vec<u8>,
    signature: [u8; SIGNATURE_BYTES],
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.0;
        write!(f, "{major}.{minor}.{patch}")
    }
}

impl FromStr for Release {
    type Err = BadName;

    fn from_str(text: &str) -> Result<Self, BadName> {
        let numbers: Option<Vec<u16>> = text.split('.').map(|number| number.parse().ok()).collect();
        let release = numbers.and_then(|numbers| numbers.try_into().ok()).map(Self);
        release.filter(|release| release.to_string() == text).ok_or_else(|| BadName::Release(text.to_owned()))
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Target {
    type Err = BadName;

    fn from_str(text: &str) -> Result<Self, BadName> {
        let letters = text.bytes().all(|one| one.is_ascii_alphanumeric() || b"_-.".contains(&one));
        let fits = letters && (1..=TARGET_CHARS_MAX).contains(&text.len());
        if fits { Ok(Self(text.to_owned())) } else { Err(BadName::Target(text.to_owned())) }
    }
}

impl<'de> Deserialize<'de> for Target {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Statement {
    /// The signed statement, as it stands before the program.
    pub fn sign(&self, key: &SigningKey) -> Result<Vec<u8>, ProgramError> {
        let said = codec::encode(self).map_err(|_| ProgramError::Malformed)?;
        Ok(encoded(&said, &key.sign(&signed(&said)).to_bytes()))
    }

    /// Whether a machine that runs `running` should have it.
    pub fn fits(&self, running: Release, here: &Target) -> Result<(), ProgramError> {
        if self.release < running {
            return Err(ProgramError::Older { found: self.release, running });
        }
        if self.target != *here {
            return Err(ProgramError::Target { found: self.target.clone(), here: here.clone() });
        }
        Ok(())
    }

    /// Whether these are the bytes that it speaks of: their hash, and how many came.
    pub fn is_of(&self, hashing: Hashing, bytes: u64) -> Result<(), ProgramError> {
        if bytes < self.bytes {
            return Err(ProgramError::CutOff { have: bytes, whole: self.bytes });
        }
        if bytes > self.bytes || hashing.finish() != self.sha256 { Err(ProgramError::Changed) } else { Ok(()) }
    }
}

/// How many bytes the signed statement has that begins with these; more of them may be there.
pub fn signed_bytes(head: &[u8]) -> Result<usize, ProgramError> {
    let beginning = head.get(..MAGIC.len().min(head.len())).unwrap_or_default();
    if head.is_empty() || !MAGIC.starts_with(beginning) {
        return Err(ProgramError::NotAProgram);
    }
    match head.get(MAGIC.len()) {
        None => return Err(cut_off(head, HEAD_BYTES)),
        Some(&VERSION) => {}
        Some(&other) => return Err(ProgramError::Version(other)),
    }
    let length = head.get(MAGIC.len().saturating_add(1)..).and_then(<[u8]>::first_chunk);
    let Some(length) = length else { return Err(cut_off(head, HEAD_BYTES)) };
    let length = usize::from(u16::from_le_bytes(*length));
    if length > STATEMENT_BYTES_MAX {
        return Err(ProgramError::Malformed);
    }
    Ok(HEAD_BYTES.saturating_add(length).saturating_add(SIGNATURE_BYTES))
}

/// Reads a signed statement and nothing after it.
pub fn decode(bytes: &[u8]) -> Result<UnverifiedStatement, ProgramError> {
    let whole = signed_bytes(bytes)?;
    if bytes.len() < whole {
        return Err(cut_off(bytes, whole));
    }
    let malformed = || ProgramError::Malformed;
    let body = bytes.get(HEAD_BYTES..).filter(|_| bytes.len() == whole).ok_or_else(malformed)?;
    let (said, signature) = body.split_last_chunk().ok_or_else(malformed)?;
    let statement: Statement = codec::decode(said, STATEMENT_BYTES_MAX).map_err(|_| malformed())?;
    if !(1..=PROGRAM_BYTES_MAX).contains(&statement.bytes) {
        return Err(ProgramError::Size(statement.bytes));
    }
    Ok(UnverifiedStatement { statement, said: said.to_vec(), signature: *signature })
}

impl UnverifiedStatement {
    /// The statement, if this key signed it.
    pub fn verify(self, key: &[u8; 32]) -> Result<Statement, ProgramError> {
        let signature = Signature::from_bytes(&self.signature);
        let key = VerifyingKey::from_bytes(key).map_err(|_| ProgramError::Signature)?;
        key.verify_strict(&signed(&self.said), &signature).map_err(|_| ProgramError::Signature)?;
        Ok(self.statement)
    }

    /// As it came.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        encoded(&self.said, &self.signature)
    }
}

fn encoded(said: &[u8], signature: &[u8; SIGNATURE_BYTES]) -> Vec<u8> {
    let length = u16::try_from(said.len()).unwrap_or(u16::MAX);
    [&MAGIC, &[VERSION][..], &length.to_le_bytes(), said, signature].concat()
}

fn signed(said: &[u8]) -> [u8; 32] {
    domain_hash("simurgh/program/1", &[said])
}

fn cut_off(have: &[u8], whole: usize) -> ProgramError {
    let number = |bytes: usize| u64::try_from(bytes).unwrap_or(u64::MAX);
    ProgramError::CutOff { have: number(have.len()), whole: number(whole) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> SigningKey {
        SigningKey::from_bytes(&[1; 32])
    }

    fn statement(release: [u16; 3], target: &str, program: &[u8]) -> Statement {
        let bytes = u64::try_from(program.len()).unwrap();
        let sha256 = wire::hash::sha256(program);
        Statement { release: Release(release), target: target.parse().unwrap(), sha256, bytes }
    }

    fn hashing(bytes: &[u8]) -> Hashing {
        let mut hashing = Hashing::default();
        hashing.update(bytes);
        hashing
    }

    /// MBX-97, MBX-98
    #[test]
    fn a_statement_is_believed_of_the_key_that_signed_it_and_of_no_other() {
        let said = statement([0, 2, 1], "x86_64-unknown-linux-gnu", b"program");
        let bytes = said.sign(&key()).unwrap();
        assert_eq!(signed_bytes(&bytes[..HEAD_BYTES]), Ok(bytes.len()));
        let read = decode(&bytes).unwrap();
        assert_eq!(read.to_bytes(), bytes);
        assert_eq!(read.clone().verify(key().verifying_key().as_bytes()), Ok(said));
        let other = SigningKey::from_bytes(&[2; 32]).verifying_key();
        assert_eq!(read.verify(other.as_bytes()), Err(ProgramError::Signature));
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 1;
            let refused = decode(&changed).and_then(|read| read.verify(key().verifying_key().as_bytes())).unwrap_err();
            let expected: fn(&ProgramError) -> bool = match place {
                0..8 => |refused| *refused == ProgramError::NotAProgram,
                8 => |refused| *refused == ProgramError::Version(0),
                9 | 10 => |refused| matches!(refused, ProgramError::Malformed | ProgramError::CutOff { .. }),
                _ => |refused| {
                    matches!(refused, ProgramError::Malformed | ProgramError::Signature | ProgramError::Size(_))
                },
            };
            assert!(expected(&refused), "changed at {place}: {refused:?}");
        }
        for cut in 1..bytes.len() {
            let refused = decode(&bytes[..cut]).unwrap_err();
            assert!(matches!(refused, ProgramError::CutOff { .. }), "cut after {cut}: {refused:?}");
        }
        assert_eq!(decode(b""), Err(ProgramError::NotAProgram));
        assert_eq!(decode(&[&bytes[..], b"more"].concat()), Err(ProgramError::Malformed));
    }

    /// MBX-97
    #[test]
    fn a_program_without_bytes_or_with_too_many_is_refused() {
        for bytes in [0, PROGRAM_BYTES_MAX + 1, u64::MAX] {
            let said = Statement { bytes, ..statement([0, 1, 0], "t", b"") };
            assert_eq!(decode(&said.sign(&key()).unwrap()), Err(ProgramError::Size(bytes)));
        }
    }

    /// MBX-98
    #[test]
    fn an_older_program_and_one_for_another_machine_do_not_fit() {
        let said = statement([0, 10, 0], "aarch64-apple-darwin", b"program");
        let here = said.target.clone();
        for (running, fits) in [([0, 9, 9], true), ([0, 10, 0], true), ([0, 10, 1], false), ([1, 0, 0], false)] {
            assert_eq!(said.fits(Release(running), &here).is_ok(), fits, "{running:?}");
        }
        let refused = said.fits(Release([0, 1, 0]), &"x86_64-unknown-linux-musl".parse().unwrap()).unwrap_err();
        assert!(matches!(refused, ProgramError::Target { .. }));
    }

    /// MBX-98
    #[test]
    fn only_the_bytes_that_are_spoken_of_are_the_program() {
        let said = statement([0, 1, 0], "t", b"program");
        assert_eq!(said.is_of(hashing(b"program"), 7), Ok(()));
        assert_eq!(said.is_of(hashing(b"progra"), 6), Err(ProgramError::CutOff { have: 6, whole: 7 }));
        assert_eq!(said.is_of(hashing(b"prOgram"), 7), Err(ProgramError::Changed));
        assert_eq!(said.is_of(hashing(b"programs"), 8), Err(ProgramError::Changed));
    }

    #[test]
    fn names_have_one_form() {
        for good in ["0.0.0", "1.20.65535"] {
            assert_eq!(good.parse::<Release>().unwrap().to_string(), good);
        }
        for bad in ["", "1", "1.2", "1.2.3.4", "01.2.3", "1.2.x", "1.2.65536", "1.2.3-beta", "+1.2.3", " 1.2.3"] {
            assert!(bad.parse::<Release>().is_err(), "{bad}");
        }
        for bad in ["", "a b", "a/b", "ü", &"x".repeat(TARGET_CHARS_MAX + 1)] {
            assert!(bad.parse::<Target>().is_err(), "{bad}");
        }
    }

    /// MBX-97
    #[test]
    fn a_signed_statement_is_as_it_was() {
        let bytes = statement([0, 2, 1], "x86_64-unknown-linux-gnu", b"program").sign(&key()).unwrap();
        let now = format!("signed {}\n", hex::encode(bytes));
        let vectors = include_str!("../../../../specs/vectors/program.txt");
        assert_eq!(now, vectors, "if this is meant, it is a new version of the format");
    }
}
