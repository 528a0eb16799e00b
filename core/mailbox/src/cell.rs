//! Cells: the only two sizes in which a relay stores anything (MBX-10 to MBX-12).

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Bytes of a small cell.
pub const SMALL_CELL_BYTES: usize = 2 * 1024;
/// Bytes of a large cell.
pub const LARGE_CELL_BYTES: usize = 16 * 1024;
/// Bytes that [`pad`] puts before the content: its length.
pub const PAD_HEADER_BYTES: usize = 4;

/// Why bytes are not a cell, or content does not fit into one.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum CellError {
    /// The length is neither of the two sizes.
    #[error("a cell has {SMALL_CELL_BYTES} or {LARGE_CELL_BYTES} bytes, not {0}")]
    Size(usize),
    /// The content is too long: split it over several cells.
    #[error("content of {content} bytes does not fit into {room}: split it over several cells")]
    TooLong {
        /// Bytes of the content.
        content: usize,
        /// Bytes that would fit.
        room: usize,
    },
    /// The padding is not as [`pad`] writes it.
    #[error("the padding is malformed")]
    Padding,
}

/// The two sizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CellSize {
    /// [`SMALL_CELL_BYTES`]
    Small,
    /// [`LARGE_CELL_BYTES`]
    Large,
}

impl CellSize {
    /// Bytes of a cell of this size.
    #[must_use]
    pub const fn bytes(self) -> usize {
        match self {
            Self::Small => SMALL_CELL_BYTES,
            Self::Large => LARGE_CELL_BYTES,
        }
    }

    /// Bytes of content that fit when encryption adds `overhead_bytes` to what [`pad`] gives.
    #[must_use]
    pub const fn room(self, overhead_bytes: usize) -> usize {
        self.bytes().saturating_sub(PAD_HEADER_BYTES).saturating_sub(overhead_bytes)
    }

    /// The smallest size whose room holds `content_bytes`.
    pub const fn fitting(content_bytes: usize, overhead_bytes: usize) -> Result<Self, CellError> {
        if content_bytes <= Self::Small.room(overhead_bytes) {
            Ok(Self::Small)
        } else if content_bytes <= Self::Large.room(overhead_bytes) {
            Ok(Self::Large)
        } else {
            Err(CellError::TooLong { content: content_bytes, room: Self::Large.room(overhead_bytes) })
        }
    }
}

/// Exactly 2 KiB or 16 KiB of ciphertext.
#[derive(Clone, PartialEq, Eq)]
pub struct Cell(Vec<u8>);

impl Cell {
    /// Checks the length.
    pub fn new(bytes: Vec<u8>) -> Result<Self, CellError> {
        match bytes.len() {
            SMALL_CELL_BYTES | LARGE_CELL_BYTES => Ok(Self(bytes)),
            other => Err(CellError::Size(other)),
        }
    }

    /// The ciphertext.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The ciphertext, owned.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// Which of the two sizes it has.
    #[must_use]
    pub fn size(&self) -> CellSize {
        if self.0.len() == SMALL_CELL_BYTES { CellSize::Small } else { CellSize::Large }
    }
}

impl std::fmt::Debug for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Cell({} bytes)", self.0.len())
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = serde_bytes::ByteBuf::deserialize(deserializer)?.into_vec();
        Self::new(bytes).map_err(serde::de::Error::custom)
    }
}

/// Content as it goes into encryption: its length (u32, little-endian), itself, zeros up to `size` less
/// `overhead_bytes`, so that the ciphertext has exactly the size of a cell.
pub fn pad(content: &[u8], size: CellSize, overhead_bytes: usize) -> Result<Vec<u8>, CellError> {
    let room = size.room(overhead_bytes);
    let too_long = CellError::TooLong { content: content.len(), room };
    let length = match u32::try_from(content.len()) {
        Ok(length) if content.len() <= room => length,
        _ => return Err(too_long),
    };
    let mut padded = Vec::with_capacity(size.bytes());
    padded.extend_from_slice(&length.to_le_bytes());
    padded.extend_from_slice(content);
    padded.resize(size.bytes().saturating_sub(overhead_bytes), 0);
    Ok(padded)
}

/// What [`pad`] was given. Everything after the content must be zero.
pub fn unpad(padded: &[u8]) -> Result<&[u8], CellError> {
    let (header, rest) = padded.split_first_chunk::<PAD_HEADER_BYTES>().ok_or(CellError::Padding)?;
    let length = usize::try_from(u32::from_le_bytes(*header)).map_err(|_| CellError::Padding)?;
    let (content, zeros) = rest.split_at_checked(length).ok_or(CellError::Padding)?;
    if zeros.iter().all(|byte| *byte == 0) { Ok(content) } else { Err(CellError::Padding) }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_other_size_is_a_cell() {
        assert_eq!(Cell::new(vec![0; 2049]), Err(CellError::Size(2049)));
        assert!(wire::codec::decode::<Cell>(&wire::codec::encode(&vec![1u8; 7]).unwrap(), 64).is_err());
    }

    #[test]
    fn content_that_needs_the_large_size_gets_it_and_more_is_refused() {
        assert_eq!(CellSize::fitting(SMALL_CELL_BYTES - 20, 16), Ok(CellSize::Small));
        assert_eq!(CellSize::fitting(SMALL_CELL_BYTES - 19, 16), Ok(CellSize::Large));
        assert!(CellSize::fitting(LARGE_CELL_BYTES - 19, 16).is_err());
    }

    #[test]
    fn padding_that_hides_bytes_is_refused() {
        let mut padded = pad(b"salaam", CellSize::Small, 16).unwrap();
        *padded.last_mut().unwrap() = 1;
        assert_eq!(unpad(&padded), Err(CellError::Padding));
        assert_eq!(unpad(&[255; 8]), Err(CellError::Padding));
    }

    proptest! {
        #[test]
        fn unpad_gives_back_what_pad_was_given(content in proptest::collection::vec(any::<u8>(), 0..4000), overhead in 0usize..64) {
            let size = CellSize::fitting(content.len(), overhead).unwrap();
            let padded = pad(&content, size, overhead).unwrap();
            prop_assert_eq!(padded.len() + overhead, size.bytes());
            prop_assert_eq!(unpad(&padded).unwrap(), &content[..]);
        }
    }
}
