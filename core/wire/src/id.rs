//! 32-byte names and secrets.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a text is not an id.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("an id is 64 hexadecimal digits")]
pub struct BadId;

/// Defines a public 32-byte name: shown and parsed as 64 hexadecimal digits.
#[macro_export]
macro_rules! public_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]
        pub struct $name(pub [u8; 32]);

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(&$crate::id::to_hex(&self.0))
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::id::BadId;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::id::from_hex(text).map($name)
            }
        }
    };
}

public_id! {
    /// Names a relay: the domain-separated hash of its hop key (see `relay::RelayDescriptor`).
    RelayId
}

/// Lower-case hexadecimal of 32 bytes.
#[must_use]
pub fn to_hex(bytes: &[u8; 32]) -> String {
    hex::encode(bytes)
}

/// Parses 64 hexadecimal digits.
pub fn from_hex(text: &str) -> Result<[u8; 32], BadId> {
    let mut bytes = [0; 32];
    hex::decode_to_slice(text, &mut bytes).map_err(|_| BadId)?;
    Ok(bytes)
}

/// A 32-byte secret: never shown, wiped when dropped.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, zeroize::Zeroize, zeroize::ZeroizeOnDrop)]
pub struct Secret32(pub [u8; 32]);

impl fmt::Debug for Secret32 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret32(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_its_text_form() {
        let id = RelayId([0xa5; 32]);
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn a_secret_never_shows_itself() {
        assert!(!format!("{:?}", Secret32([0xa5; 32])).contains("a5"));
    }
}
