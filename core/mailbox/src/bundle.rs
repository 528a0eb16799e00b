//! Bundles (specs/12-bundles.md): cells in a file, on their way without a relay.
//!
//! Requirements: whoever makes one has cells that are sealed already.
//!
//! Provided: the bounded format, open or sealed, with a reason for each way in which it can be broken; tags by which
//! the owner of a mailbox recognises its cells and nobody else does.
//!
//! Not provided: who made a bundle (each cell is authenticated by its conversation), and its sealing, which takes the
//! keys of conversations.

pub mod frames;
pub mod program;

use crate::hop::RIGHT_BYTES_MAX;
use crate::{Cell, SendCapability};
use serde::{Deserialize, Deserializer, Serialize};
use wire::codec::{self, CodecError};
use wire::hash::{domain_hash, sha256};
use wire::{RelayId, UnixMillis};

/// What a bundle begins with.
pub const MAGIC: [u8; 8] = *b"SIMURGHB";
/// The version of this format.
pub const VERSION: u8 = 1;
/// Bytes of a whole bundle: some thousand messages, and read into memory at once.
pub const BUNDLE_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Items of a bundle: each is looked for among all own mailboxes.
pub const ITEMS_MAX: usize = 4_096;
/// People for whom one bundle is sealed.
pub const SLOTS: usize = 8;
/// Bytes of a sealed key: a nonce, 32 bytes, a tag.
pub const SEALED_KEY_BYTES: usize = 24 + 32 + 16;
/// Magic, version, length.
pub const HEAD_BYTES: usize = 8 + 1 + 4;
/// Bytes that a bundle has around its body.
const AROUND_BYTES: usize = HEAD_BYTES + HASH_BYTES;
const HASH_BYTES: usize = 32;
const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// Why bytes are no bundle (BUN-2).
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum BundleError {
    /// Something else.
    #[error("this file is no bundle: choose the one that simurgh bundle export wrote")]
    NotABundle,
    /// From a newer program.
    #[error("this bundle is of version {0} and this program reads version {VERSION}: get a newer simurgh")]
    Version(u8),
    /// Over the bound.
    #[error("this bundle has {0} bytes and {BUNDLE_BYTES_MAX} are allowed: ask for one with less in it")]
    TooLong(usize),
    /// Its end is missing.
    #[error("this bundle is cut off: {have} of its {whole} bytes are there. Copy it again")]
    CutOff {
        /// Bytes that are there.
        have: usize,
        /// Bytes that it says to have.
        whole: usize,
    },
    /// The hash is another one.
    #[error("this bundle was changed or damaged on the way: copy it again")]
    Changed,
    /// Something stands after its end.
    #[error("{0} bytes stand after the end of this bundle: copy it again")]
    Trailing(usize),
    /// Whole, and no bundle of this version inside.
    #[error("this bundle can't be read: it was made by a program that is broken")]
    Malformed,
}

/// What is in a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Body {
    /// For everybody to carry.
    Open(Contents),
    /// For a few people.
    Sealed(Sealed),
}

/// Cells on their way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// In random order.
    #[serde(deserialize_with = "codec::list::<ITEMS_MAX, _, _>")]
    pub items: Vec<Item>,
}

/// One cell on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Says whose it is to who knows the mailbox (BUN-4).
    pub tag: Tag,
    /// When it was first put into a bundle.
    pub day: Day,
    /// What lets a stranger deposit it.
    pub right: Option<CarriedRight>,
    /// Sealed by the conversation.
    pub cell: Cell,
}

/// Lets whoever has it deposit one cell at one relay (MBX-90).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarriedRight {
    /// The relay that opens it.
    pub relay: RelayId,
    /// Sealed to the relay.
    #[serde(deserialize_with = "right_bytes", serialize_with = "serde_bytes::serialize")]
    pub sealed: Vec<u8>,
}

/// Tells the owner of a mailbox that a cell is for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Tag(pub [u8; 16]);

/// Days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Day(pub u32);

/// Contents for a few people only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// The key of `content`, sealed for each of them; unused ones are random.
    pub slots: Box<[Slot; SLOTS]>,
    /// [`Contents`], padded and sealed.
    #[serde(with = "serde_bytes")]
    pub content: Vec<u8>,
}

/// The key of a sealed bundle, for one contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// Says whom it is for to who can open it.
    pub tag: Tag,
    /// The key, sealed.
    #[serde(deserialize_with = "sealed_key", serialize_with = "serde_bytes::serialize")]
    pub key: Vec<u8>,
}

impl Tag {
    /// Of a cell for the mailbox of `send`.
    #[must_use]
    pub fn of(send: &SendCapability, cell_hash: &[u8; 32]) -> Self {
        Self::cut(&domain_hash("simurgh/bundle-tag/1", &[&send.0.0, cell_hash]))
    }

    /// The first 16 bytes of a hash.
    #[must_use]
    pub fn cut(hash: &[u8; 32]) -> Self {
        let mut tag = Self([0; 16]);
        tag.0.iter_mut().zip(hash).for_each(|(to, from)| *to = *from);
        tag
    }
}

impl Day {
    /// The day of a time.
    #[must_use]
    pub fn of(at: UnixMillis) -> Self {
        Self(u32::try_from(at.0.checked_div(DAY_MS).unwrap_or(0)).unwrap_or(u32::MAX))
    }

    /// When it begins.
    #[must_use]
    pub fn begins(self) -> UnixMillis {
        UnixMillis(u64::from(self.0).saturating_mul(DAY_MS))
    }
}

/// The whole bundle.
pub fn encode(body: &Body) -> Result<Vec<u8>, BundleError> {
    let body = codec::encode(body).map_err(|_| BundleError::Malformed)?;
    let whole = body.len().saturating_add(AROUND_BYTES);
    let length = match u32::try_from(body.len()) {
        Ok(length) if whole <= BUNDLE_BYTES_MAX => length,
        _ => return Err(BundleError::TooLong(whole)),
    };
    let mut bytes = Vec::with_capacity(whole);
    bytes.extend_from_slice(&MAGIC);
    bytes.push(VERSION);
    bytes.extend_from_slice(&length.to_le_bytes());
    bytes.extend_from_slice(&body);
    let hash = sha256(&bytes);
    bytes.extend_from_slice(&hash);
    Ok(bytes)
}

/// How many bytes the bundle has that begins with these; more of them may be there.
pub fn whole_bytes(head: &[u8]) -> Result<usize, BundleError> {
    let beginning = head.get(..MAGIC.len().min(head.len())).unwrap_or_default();
    if head.is_empty() || !MAGIC.starts_with(beginning) {
        return Err(BundleError::NotABundle);
    }
    let cut_off = BundleError::CutOff { have: head.len(), whole: AROUND_BYTES };
    match head.get(MAGIC.len()) {
        None => return Err(cut_off),
        Some(&VERSION) => {}
        Some(&other) => return Err(BundleError::Version(other)),
    }
    let Some(length) = head.get(MAGIC.len().saturating_add(1)..).and_then(<[u8]>::first_chunk) else {
        return Err(cut_off);
    };
    let body = usize::try_from(u32::from_le_bytes(*length)).unwrap_or(usize::MAX);
    let whole = body.saturating_add(AROUND_BYTES);
    if whole > BUNDLE_BYTES_MAX { Err(BundleError::TooLong(whole)) } else { Ok(whole) }
}

/// Reads a whole bundle and nothing after it.
pub fn decode(bytes: &[u8]) -> Result<Body, BundleError> {
    let whole = whole_bytes(bytes)?;
    if bytes.len() > whole {
        return Err(BundleError::Trailing(bytes.len().saturating_sub(whole)));
    }
    let cut_off = BundleError::CutOff { have: bytes.len(), whole };
    if bytes.len() < whole {
        return Err(cut_off);
    }
    let Some((hashed, hash)) = bytes.split_last_chunk::<HASH_BYTES>() else { return Err(cut_off) };
    if sha256(hashed) != *hash {
        return Err(BundleError::Changed);
    }
    let body = hashed.get(HEAD_BYTES..).unwrap_or_default();
    codec::decode(body, BUNDLE_BYTES_MAX).map_err(|_: CodecError| BundleError::Malformed)
}

/// The contents alone, as they are sealed.
pub fn encode_contents(contents: &Contents) -> Result<Vec<u8>, BundleError> {
    codec::encode(contents).map_err(|_| BundleError::Malformed)
}

/// What [`encode_contents`] wrote.
pub fn decode_contents(bytes: &[u8]) -> Result<Contents, BundleError> {
    codec::decode(bytes, BUNDLE_BYTES_MAX).map_err(|_| BundleError::Malformed)
}

fn right_bytes<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
    bounded(from, |len| len <= RIGHT_BYTES_MAX)
}

fn sealed_key<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
    bounded(from, |len| len == SEALED_KEY_BYTES)
}

fn bounded<'de, D: Deserializer<'de>>(from: D, fits: impl Fn(usize) -> bool) -> Result<Vec<u8>, D::Error> {
    let bytes = serde_bytes::ByteBuf::deserialize(from)?.into_vec();
    if fits(bytes.len()) { Ok(bytes) } else { Err(serde::de::Error::custom("bytes of another length")) }
}

#[cfg(test)]
mod tests;
