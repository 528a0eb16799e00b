//! The one binary codec: postcard (its 1.0 wire format), always bounded and always consumed whole.

use serde::{Serialize, de::DeserializeOwned};

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

#[cfg(test)]
mod tests {
    use super::*;

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
