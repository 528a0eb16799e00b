//! Bundles as sequences of QR codes (MBX-93 to MBX-95).
//!
//! Requirements: somebody draws each frame's text as a QR code and somebody reads it.
//!
//! Provided: frames that say which part of which bundle they hold; a bounded collection that takes them in any order,
//! any number of times, and says what is missing.
//!
//! Not provided: protection against who shows a wrong sequence on purpose: what comes out is judged as a bundle.

use super::Tag;
use wire::hash::{domain_hash, sha256};

/// What every frame's text begins with.
pub const PREFIX: &str = "SIMURGH:FRAME/";
/// The version of this format.
const VERSION: u8 = 1;
/// Bytes of a bundle that is shown as a sequence: some 200 codes, more than a minute in front of a camera.
pub const SEQUENCE_BYTES_MAX: usize = 64 * 1024;
/// Frames of a sequence: as many as the smallest codes need.
pub const FRAMES_MAX: usize = SEQUENCE_BYTES_MAX / DATA_BYTES_MIN;
/// Bytes of a bundle in the smallest frame that is made, the last one of a sequence left aside.
pub const DATA_BYTES_MIN: usize = 32;
/// Bytes of a bundle in a frame as pages and images show it: the text fills a QR code of version 15.
pub const DATA_BYTES: usize = 341;
/// Bytes of a bundle in a frame that are read.
const DATA_BYTES_MAX: usize = 512;
/// Version, index, number of frames, hash.
const HEAD_BYTES: usize = 1 + 2 + 2 + 16;
const CHECK_BYTES: usize = 4;
/// RFC 4648, section 6.
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Why a text is no frame, or frames are no bundle.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum FrameError {
    /// Another kind of text.
    #[error("this code is no part of a bundle: show the ones of simurgh bundle export --qr")]
    NotAFrame,
    /// From a newer program.
    #[error("this code is of version {0} and this program reads version {VERSION}: get a newer simurgh")]
    Version(u8),
    /// It was not read as it was shown.
    #[error("this code was damaged on the way: read it again")]
    Damaged,
    /// Over the bound.
    #[error("{0} bytes are too many for QR codes, which carry {SEQUENCE_BYTES_MAX} at most: use a file")]
    TooLong(usize),
    /// All frames are there and are not what their hash says.
    #[error("these codes don't fit together: read all of them again")]
    Changed,
}

/// A part of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Which part, counted from 0.
    pub index: u16,
    /// How many there are.
    pub total: u16,
    /// The beginning of the bundle's hash.
    pub whole: [u8; 16],
    /// The part itself.
    pub data: Vec<u8>,
}

/// How many frames a bundle of so many bytes makes, with so many bytes in each.
pub fn count(bundle_bytes: usize, data_bytes: usize) -> Result<usize, FrameError> {
    if bundle_bytes > SEQUENCE_BYTES_MAX {
        return Err(FrameError::TooLong(bundle_bytes));
    }
    Ok(bundle_bytes.div_ceil(bounded(data_bytes)))
}

/// The frame of that index, with so many bytes of the bundle in each; none after the last.
pub fn cut(bundle: &[u8], index: usize, data_bytes: usize) -> Result<Option<Frame>, FrameError> {
    let too_long = FrameError::TooLong(bundle.len());
    let total = u16::try_from(count(bundle.len(), data_bytes)?).map_err(|_| too_long)?;
    let Some(data) = bundle.chunks(bounded(data_bytes)).nth(index) else { return Ok(None) };
    let index = u16::try_from(index).map_err(|_| too_long)?;
    Ok(Some(Frame { index, total, whole: name(bundle), data: data.to_vec() }))
}

fn bounded(data_bytes: usize) -> usize {
    data_bytes.clamp(DATA_BYTES_MIN, DATA_BYTES_MAX)
}

fn name(bundle: &[u8]) -> [u8; 16] {
    Tag::cut(&sha256(bundle)).0
}

/// Letters of the text of a frame with so many bytes of the bundle.
#[must_use]
pub fn text_chars(data_bytes: usize) -> usize {
    let bits = data_bytes.saturating_add(HEAD_BYTES).saturating_add(CHECK_BYTES).saturating_mul(8);
    bits.div_ceil(5).saturating_add(PREFIX.len())
}

impl Frame {
    /// What its QR code holds.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut bytes = vec![VERSION];
        bytes.extend_from_slice(&self.index.to_le_bytes());
        bytes.extend_from_slice(&self.total.to_le_bytes());
        bytes.extend_from_slice(&self.whole);
        bytes.extend_from_slice(&self.data);
        let check = check(&bytes);
        bytes.extend_from_slice(&check);
        let mut text = PREFIX.to_owned();
        text.extend(to_base32(&bytes));
        text
    }

    /// From what a QR code held.
    pub fn from_text(text: &str) -> Result<Self, FrameError> {
        let coded = text.strip_prefix(PREFIX).ok_or(FrameError::NotAFrame)?;
        if text.len() > text_chars(DATA_BYTES_MAX) {
            return Err(FrameError::Damaged);
        }
        let bytes = from_base32(coded).ok_or(FrameError::Damaged)?;
        match bytes.first() {
            Some(&VERSION) => Self::from_bytes(&bytes).ok_or(FrameError::Damaged),
            // a newer version may check its frames otherwise
            Some(&other) if other > VERSION => Err(FrameError::Version(other)),
            _ => Err(FrameError::Damaged),
        }
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (said, found) = bytes.split_last_chunk::<CHECK_BYTES>()?;
        let (head, data) = said.split_first_chunk::<HEAD_BYTES>()?;
        let (index, rest) = head.get(1..)?.split_first_chunk()?;
        let (total, whole) = rest.split_first_chunk()?;
        let (index, total) = (u16::from_le_bytes(*index), u16::from_le_bytes(*total));
        let fits = index < total && usize::from(total) <= FRAMES_MAX && (1..=DATA_BYTES_MAX).contains(&data.len());
        (fits && check(said) == *found).then_some(())?;
        Some(Self { index, total, whole: whole.try_into().ok()?, data: data.to_vec() })
    }
}

fn check(said: &[u8]) -> [u8; CHECK_BYTES] {
    let [a, b, c, d, ..] = domain_hash("simurgh/bundle-frame/1", &[said]);
    [a, b, c, d]
}

fn to_base32(bytes: &[u8]) -> impl Iterator<Item = char> {
    bytes.chunks(5).flat_map(|chunk| {
        let word = (0..5).fold(0u64, |word, place| (word << 8) | u64::from(chunk.get(place).copied().unwrap_or(0)));
        let letters = chunk.len().saturating_mul(8).div_ceil(5);
        (0..8).take(letters).map(move |place: u32| {
            let value = (word >> 35u32.saturating_sub(place.saturating_mul(5))) & 31;
            char::from(usize::try_from(value).ok().and_then(|value| ALPHABET.get(value)).copied().unwrap_or(b'A'))
        })
    })
}

/// One text for each list of bytes: bits that say nothing are zero.
fn from_base32(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    for chunk in text.as_bytes().chunks(8) {
        let mut word = 0u64;
        for place in 0..8 {
            let value = match chunk.get(place) {
                None => 0,
                Some(letter @ b'A'..=b'Z') => letter.checked_sub(b'A')?,
                Some(digit @ b'2'..=b'7') => digit.checked_sub(b'2')?.checked_add(26)?,
                Some(_) => return None,
            };
            word = (word << 5) | u64::from(value);
        }
        let whole = chunk.len().saturating_mul(5) / 8;
        let [_, _, _, all @ ..] = word.to_be_bytes();
        let (said, rest) = all.split_at_checked(whole)?;
        // a letter that adds no byte is not written
        let needed = whole.saturating_mul(8).div_ceil(5);
        if needed != chunk.len() || rest.iter().any(|byte| *byte != 0) {
            return None;
        }
        bytes.extend_from_slice(said);
    }
    Some(bytes)
}

/// What became of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It was missing.
    New,
    /// It was there.
    Known,
    /// It is of another sequence.
    Other,
}

/// Frames of one bundle, as far as they are there.
#[derive(Clone, Debug, Default)]
pub struct Sequence {
    whole: [u8; 16],
    bytes: usize,
    /// Empty until the first frame came.
    parts: Vec<Option<Vec<u8>>>,
}

impl Sequence {
    /// Takes a frame; the first one says which sequence it is.
    pub fn hear(&mut self, frame: Frame) -> Result<Heard, FrameError> {
        if self.parts.is_empty() {
            self.whole = frame.whole;
            self.parts = vec![None; usize::from(frame.total)];
        }
        if frame.whole != self.whole || usize::from(frame.total) != self.parts.len() {
            return Ok(Heard::Other);
        }
        let Some(part) = self.parts.get_mut(usize::from(frame.index)) else { return Ok(Heard::Other) };
        if part.is_some() {
            return Ok(Heard::Known);
        }
        let bytes = self.bytes.saturating_add(frame.data.len());
        if bytes > SEQUENCE_BYTES_MAX {
            *self = Self::default();
            return Err(FrameError::TooLong(bytes));
        }
        self.bytes = bytes;
        *part = Some(frame.data);
        Ok(Heard::New)
    }

    /// How many frames are there.
    #[must_use]
    pub fn have(&self) -> usize {
        self.parts.iter().flatten().count()
    }

    /// How many there will be; 0 before the first one.
    #[must_use]
    pub fn total(&self) -> usize {
        self.parts.len()
    }

    /// Those that are missing, counted from 0.
    pub fn missing(&self) -> impl Iterator<Item = usize> + '_ {
        self.parts.iter().enumerate().filter(|(_, part)| part.is_none()).map(|(index, _)| index)
    }

    /// The bundle, once all frames are there; frames that don't make what they said are dropped.
    pub fn whole(&mut self) -> Result<Option<Vec<u8>>, FrameError> {
        if self.parts.is_empty() || self.missing().next().is_some() {
            return Ok(None);
        }
        let bundle: Vec<u8> = self.parts.iter().flatten().flatten().copied().collect();
        if name(&bundle) == self.whole {
            return Ok(Some(bundle));
        }
        *self = Self::default();
        Err(FrameError::Changed)
    }
}

#[cfg(test)]
mod tests;
