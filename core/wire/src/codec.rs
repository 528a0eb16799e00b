//! The one binary codec: postcard (its 1.0 wire format), always bounded and always consumed whole.

use serde::de::{DeserializeOwned, Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::{fmt, marker::PhantomData};

/// Why bytes were refused or a value could not be written.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum CodecError {
    /// The input is longer than this kind of frame may be.
    #[error("frame of {len} bytes, at most {max} are allowed")]
    TooLong {
        /// Bytes received.
        len: usize,
        /// Bytes allowed.
        max: usize,
    },
    /// The bytes are not an encoding of the expected type.
    #[error("malformed frame: {0}")]
    Malformed(postcard::Error),
    /// A valid value was followed by more bytes.
    #[error("{0} bytes after the end of the frame")]
    Trailing(usize),
}

/// Encodes `value`. Fails only for types that postcard cannot express (maps of unknown length).
pub fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, CodecError> {
    postcard::to_stdvec(value).map_err(CodecError::Malformed)
}

/// Decodes exactly one `T` from all of `bytes`; refuses more than `max` bytes before looking at any.
pub fn decode<T: DeserializeOwned>(bytes: &[u8], max: usize) -> Result<T, CodecError> {
    if bytes.len() > max {
        return Err(CodecError::TooLong { len: bytes.len(), max });
    }
    let (value, rest) = postcard::take_from_bytes(bytes).map_err(CodecError::Malformed)?;
    if rest.is_empty() { Ok(value) } else { Err(CodecError::Trailing(rest.len())) }
}

/// Reads a list of at most `MAX` entries: `#[serde(deserialize_with = "wire::codec::list::<MAX, _, _>")]`. A longer
/// one is refused before any entry is made of it. Where entries may be empty, a byte of the frame is enough for each,
/// and each takes the memory of a whole `T`: the bound of the frame alone would let a stranger take thirty times it.
pub fn list<'de, const MAX: usize, T, D>(from: D) -> Result<Vec<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    from.deserialize_seq(List::<MAX, T>(PhantomData))
}

struct List<const MAX: usize, T>(PhantomData<T>);

impl<'de, const MAX: usize, T: Deserialize<'de>> Visitor<'de> for List<MAX, T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list of at most {MAX}")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Vec<T>, A::Error> {
        let announced = entries.size_hint().unwrap_or_default();
        if announced > MAX {
            return Err(A::Error::invalid_length(announced, &self));
        }
        let mut list = Vec::new();
        while let Some(entry) = entries.next_element()? {
            if list.len() >= MAX {
                return Err(A::Error::invalid_length(list.len().saturating_add(1), &self));
            }
            list.push(entry);
        }
        Ok(list)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    thread_local! {
        static MADE: Cell<u32> = const { Cell::new(0) };
    }

    /// An entry that counts how many of it were made.
    #[derive(Debug, PartialEq)]
    struct Counted;

    impl<'de> Deserialize<'de> for Counted {
        fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            MADE.set(MADE.get() + 1);
            u8::deserialize(from).map(|_| Self)
        }
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Three(#[serde(deserialize_with = "list::<3, _, _>")] Vec<Counted>);

    #[test]
    fn a_list_longer_than_its_bound_is_refused_before_any_entry_is_made() {
        assert_eq!(decode::<Three>(&[3, 0, 0, 0], 9).unwrap().0.len(), 3);
        MADE.set(0);
        assert!(matches!(decode::<Three>(&[4, 0, 0, 0, 0], 9), Err(CodecError::Malformed(_))));
        assert_eq!(MADE.get(), 0);
    }

    #[test]
    fn trailing_bytes_are_refused() {
        let mut bytes = encode(&7u32).unwrap();
        bytes.push(0);
        assert_eq!(decode::<u32>(&bytes, 16), Err(CodecError::Trailing(1)));
    }

    #[test]
    fn an_input_over_its_bound_is_refused_unread() {
        assert_eq!(decode::<u8>(&[0; 9], 8), Err(CodecError::TooLong { len: 9, max: 8 }));
    }
}
