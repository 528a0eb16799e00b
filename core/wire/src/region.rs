//! Where in the world a relay or a person is (WIR-20), so that what is to be read on either side of a border can lie on
//! both.
//!
//! Provided: a country's two letters. Not provided: proof that somebody is there, or that there is such a country.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;

/// A country by its two letters (ISO 3166-1 alpha-2), large.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region([u8; 2]);

/// A text that names no region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a region is the two letters of a country (ISO 3166-1), such as IR or DE")]
pub struct BadRegion;

impl FromStr for Region {
    type Err = BadRegion;

    /// Reads large and small letters.
    fn from_str(text: &str) -> Result<Self, BadRegion> {
        match text.as_bytes() {
            [one, other] if one.is_ascii_alphabetic() && other.is_ascii_alphabetic() => {
                Ok(Self([one.to_ascii_uppercase(), other.to_ascii_uppercase()]))
            }
            _ => Err(BadRegion),
        }
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|letter| write!(f, "{}", char::from(*letter)))
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Region {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Region {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{RelayAddress, RelayDescriptor, codec};

    #[test]
    fn a_region_is_two_letters_in_either_case_and_nothing_else() {
        for text in ["IR", "ir", "Ir"] {
            assert_eq!(text.parse::<Region>().unwrap().to_string(), "IR");
        }
        for text in ["", "I", "IRN", "I1", "I ", " IR", "Iran", "ای", "é"] {
            let refusal = text.parse::<Region>().unwrap_err().to_string();
            assert!(refusal.contains("such as IR"), "{text}");
        }
        let kept = codec::encode(&Some("DE".parse::<Region>().unwrap())).unwrap();
        assert_eq!(codec::decode::<Option<Region>>(&kept, 9).unwrap(), Some("DE".parse().unwrap()));
        assert!(codec::decode::<Region>(&codec::encode(&"D\u{fc}").unwrap(), 9).is_err());
    }

    #[test]
    fn a_region_stands_in_files_and_old_files_and_frozen_encodings_have_none() {
        let address =
            RelayAddress { host: "h.example".into(), port: 443, tls_pin: None, secret_path: "a".into(), dns: None };
        let without = RelayDescriptor { address, hop_key: vec![1; 8], operator: None, region: None };
        let relay = RelayDescriptor { region: Some("IR".parse().unwrap()), ..without.clone() };
        let text = serde_json::to_string(&relay).unwrap();
        assert!(text.contains(r#""region":"IR""#), "{text}");
        assert_eq!(serde_json::from_str::<RelayDescriptor>(&text).unwrap(), relay);
        let old = serde_json::to_string(&without).unwrap();
        assert!(!old.contains("region"), "{old}");
        assert_eq!(serde_json::from_str::<RelayDescriptor>(&old).unwrap(), without);
        let refusal = serde_json::from_str::<RelayDescriptor>(&text.replace("IR", "Iran")).unwrap_err().to_string();
        assert!(refusal.contains("two letters"), "{refusal}");
        let binary = codec::encode(&relay).unwrap();
        assert_eq!(binary, codec::encode(&without).unwrap());
        assert_eq!(codec::decode::<RelayDescriptor>(&binary, 999).unwrap(), without);
    }
}
