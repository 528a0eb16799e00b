//! A carrier's profile (CAR-1 to CAR-4): what a censor may come to recognise, as signed data that can be replaced
//! without a new program.
//!
//! Requirements: the key that may sign is authentic. Provided: the built-in profile; profiles from outside, checked
//! for signature, age and bounds; the text in which they are passed on. Not provided: how a profile reaches the machine.

use crate::segment::{PIECE_BYTES_MIN, SEGMENT_OVERHEAD_BYTES};
use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signature, Signer};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;
use std::time::Duration;
use wire::codec::{self, CodecError};
use wire::hash::domain_hash;

pub use ed25519_dalek::{SigningKey, VerifyingKey};

/// Bytes of an encoded profile with its signature.
pub const PROFILE_BYTES_MAX: usize = 4 * 1024;
/// The same as text: four characters for three bytes, and some space around.
pub const PROFILE_TEXT_BYTES_MAX: usize = PROFILE_BYTES_MAX.div_ceil(3).saturating_mul(4).saturating_add(64);
/// The one version of the encoding.
const VERSION: u8 = 1;
/// Protocols in the ALPN list, and bytes of the name of one.
const ALPN_MAX: usize = 4;
const ALPN_BYTES_MAX: usize = 16;
/// Protocols that relays speak; names beside them are for show.
const SPOKEN: [&str; 2] = ["h2", "http/1.1"];
/// Sizes to pad to.
const PADS_MAX: usize = 16;
/// What a rotating connection has to carry besides the smallest part of a request: the handshake with a chain of public
/// certificates, heads, and the answer.
const ROTATE_OTHER_BYTES: u32 = 8_704;
const DOMAIN: &str = "simurgh/carrier-profile/1";

/// How the `https` carrier behaves. The order of the fields is the encoding's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Rises with each profile of one signer; the built-in one has 0.
    pub number: u64,
    /// The ALPN list of the ClientHello, in order.
    pub alpn: Vec<String>,
    /// First time for a TCP connection, in milliseconds; the TLS handshake has as much again.
    pub connect_ms: u32,
    /// To what it grows on a bad link.
    pub connect_ms_max: u32,
    /// Quiet time with exchanges open before a PING is sent, in milliseconds.
    pub ping_ms: u32,
    /// First time for the answer to a PING, in milliseconds.
    pub patience_ms: u32,
    /// To what it grows on a bad link.
    pub patience_ms_max: u32,
    /// Upload speed of the slowest link that is still waited for, in bytes a second.
    pub slowest_bytes_per_s: u32,
    /// A connection without exchanges is closed after this, in milliseconds.
    pub idle_ms: u32,
    /// What a rotating connection carries at most, both directions together, TLS included.
    pub rotate_bytes: u32,
    /// Connections to one relay at a time.
    pub rotate_parallel: u8,
    /// A connection that went silent after so many bytes at least ...
    pub freeze_bytes_min: u32,
    /// ... and so many at most is taken for frozen.
    pub freeze_bytes_max: u32,
    /// Sizes that segments are padded to, rising.
    pub pad_bytes: Vec<u16>,
    /// How long a carrier may take to find a way before the next one is tried as well, in milliseconds.
    pub head_start_ms: u32,
    /// How long a carrier that failed is passed over at first, in milliseconds.
    pub pass_over_ms: u32,
    /// To what that grows.
    pub pass_over_ms_max: u32,
}

/// A profile from outside, of which nothing was checked yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnverifiedProfile {
    version: u8,
    #[serde(with = "serde_bytes")]
    body: Vec<u8>,
    #[serde(with = "serde_bytes")]
    signature: Vec<u8>,
}

/// Why a profile is refused.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProfileError {
    /// No encoding of a profile.
    #[error("this is not a carrier's profile: {0}")]
    Codec(#[from] CodecError),
    /// No base64url.
    #[error("this is not a carrier's profile: it is one line of base64url")]
    Text,
    /// Of a newer program.
    #[error("the carrier's profile has version {0}: get a newer program")]
    Version(u8),
    /// Not signed by the network's key, or changed since.
    #[error("the carrier's profile is not signed by this network's key")]
    Signature,
    /// An older one than that in use.
    #[error("the carrier's profile has number {offered}, number {used} is in use already")]
    Older {
        /// That of the refused one.
        offered: u64,
        /// That of the one in use.
        used: u64,
    },
    /// A field outside its bounds.
    #[error("the carrier's profile has a bad {0}")]
    Field(&'static str),
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            number: 0,
            alpn: vec!["h2".to_owned(), "http/1.1".to_owned()],
            connect_ms: 2_500,
            connect_ms_max: 10_000,
            ping_ms: 1_000,
            patience_ms: 1_000,
            patience_ms_max: 10_000,
            slowest_bytes_per_s: 8 * 1024,
            idle_ms: 90_000,
            rotate_bytes: 12 * 1024,
            rotate_parallel: 6,
            freeze_bytes_min: 10 * 1024,
            freeze_bytes_max: 24 * 1024,
            // The first holds a question for an answer; the second a sealed request of one step (MBX-43).
            pad_bytes: vec![128, 3_584, 5_120, 6_656],
            head_start_ms: 300,
            pass_over_ms: 30_000,
            pass_over_ms_max: 3_600_000,
        }
    }
}

impl Profile {
    /// Decodes what an unverified profile holds and holds it to the bounds (CAR-4).
    pub(crate) fn decode(body: &[u8]) -> Result<Self, ProfileError> {
        codec::decode::<Self>(body, PROFILE_BYTES_MAX)?.checked()
    }

    /// Signs it for a network whose file names the key's public half.
    pub fn sign(&self, key: &SigningKey) -> Result<Vec<u8>, ProfileError> {
        let body = codec::encode(&self.clone().checked()?)?;
        let signature = key.sign(&domain_hash(DOMAIN, &[&body])).to_bytes().to_vec();
        Ok(codec::encode(&UnverifiedProfile { version: VERSION, body, signature })?)
    }

    /// Itself, if every field is within its bounds.
    pub fn checked(self) -> Result<Self, ProfileError> {
        let alpn = &self.alpn;
        let fit = |name: &String| (1..=ALPN_BYTES_MAX).contains(&name.len()) && name.is_ascii();
        let spoken = alpn.iter().any(|name| SPOKEN.contains(&name.as_str()));
        within("alpn", (1..=ALPN_MAX).contains(&alpn.len()) && alpn.iter().all(fit) && spoken)?;
        let pads = &self.pad_bytes;
        let rising = pads.iter().zip(pads.iter().skip(1)).all(|(one, next)| one < next);
        // The smallest must hold a question, the largest what one connection can carry.
        let (small, large) = (pads.first().copied().unwrap_or(0), pads.last().copied().unwrap_or(0));
        let sized = (64..=1_024).contains(&small) && (2_048..=16_384).contains(&large);
        within("pad_bytes", rising && sized && pads.len() <= PADS_MAX)?;
        for (name, value, bounds) in self.numbers() {
            within(name, bounds.contains(&value))?;
        }
        // A part of a request must find room on a fresh rotating connection.
        let part = SEGMENT_OVERHEAD_BYTES.saturating_add(usize::try_from(PIECE_BYTES_MIN).unwrap_or(usize::MAX));
        let least = pads.iter().copied().find(|size| usize::from(*size) >= part).unwrap_or(large);
        within("pad_bytes", u32::from(least).saturating_add(ROTATE_OTHER_BYTES) <= self.rotate_bytes)?;
        Ok(self)
    }

    /// What a field may be, in words; `None`: there is no such field.
    #[must_use]
    pub fn allowed(&self, field: &str) -> Option<String> {
        let lists = match field {
            "number" => "1 or more, and more than that of the profile before",
            "alpn" => "1 to 4 names of 1 to 16 ASCII characters, h2 or http/1.1 among them",
            "pad_bytes" => {
                "at most 16 sizes, rising, from one of 64 to 1024 to one of 2048 to 16384; the smallest that is 560 or more \
                 at most rotate_bytes less 8704"
            }
            _ => {
                let (_, _, bounds) = self.numbers().into_iter().find(|(name, ..)| *name == field)?;
                return Some(format!("{} to {}", bounds.start(), bounds.end()));
            }
        };
        Some(lists.to_owned())
    }

    fn numbers(&self) -> [(&'static str, u32, RangeInclusive<u32>); 14] {
        [
            ("connect_ms", self.connect_ms, 500..=10_000),
            ("connect_ms_max", self.connect_ms_max, self.connect_ms..=30_000),
            // Each PING of a rotating connection is reserved for.
            ("ping_ms", self.ping_ms, 500..=15_000),
            ("patience_ms", self.patience_ms, 200..=15_000),
            ("patience_ms_max", self.patience_ms_max, self.patience_ms..=15_000),
            ("slowest_bytes_per_s", self.slowest_bytes_per_s, 1_024..=1_048_576),
            ("idle_ms", self.idle_ms, 1_000..=600_000),
            ("rotate_bytes", self.rotate_bytes, 10_240..=65_536),
            ("rotate_parallel", self.rotate_parallel.into(), 1..=16),
            ("freeze_bytes_min", self.freeze_bytes_min, 1_024..=self.freeze_bytes_max),
            ("freeze_bytes_max", self.freeze_bytes_max, 1_024..=262_144),
            ("head_start_ms", self.head_start_ms, 0..=5_000),
            ("pass_over_ms", self.pass_over_ms, 1_000..=self.pass_over_ms_max),
            ("pass_over_ms_max", self.pass_over_ms_max, 1_000..=86_400_000),
        ]
    }

    pub(crate) fn ping(&self) -> Duration {
        Duration::from_millis(self.ping_ms.into())
    }

    pub(crate) fn idle(&self) -> Duration {
        Duration::from_millis(self.idle_ms.into())
    }

    pub(crate) fn head_start(&self) -> Duration {
        Duration::from_millis(self.head_start_ms.into())
    }
}

impl UnverifiedProfile {
    /// Reads the outer structure only.
    pub fn decode(bytes: &[u8]) -> Result<Self, ProfileError> {
        match bytes.first() {
            Some(&version) if version != VERSION => Err(ProfileError::Version(version)),
            _ => Ok(codec::decode(bytes, PROFILE_BYTES_MAX)?),
        }
    }

    /// Reads the text in which profiles are passed on: base64url without padding, space around it is passed over.
    pub fn from_text(text: &str) -> Result<Self, ProfileError> {
        if text.len() > PROFILE_TEXT_BYTES_MAX {
            return Err(CodecError::TooLong { len: text.len(), max: PROFILE_TEXT_BYTES_MAX }.into());
        }
        Self::decode(&BASE64URL_NOPAD.decode(text.trim().as_bytes()).map_err(|_| ProfileError::Text)?)
    }

    /// The profile, if `signer` signed it, `used` is not newer and every field is within its bounds.
    pub fn verify(&self, signer: &VerifyingKey, used: &Profile) -> Result<Profile, ProfileError> {
        let signature = Signature::from_slice(&self.signature).map_err(|_| ProfileError::Signature)?;
        let hash = domain_hash(DOMAIN, &[&self.body]);
        signer.verify_strict(&hash, &signature).map_err(|_| ProfileError::Signature)?;
        let profile = Profile::decode(&self.body)?;
        if profile.number < used.number {
            return Err(ProfileError::Older { offered: profile.number, used: used.number });
        }
        Ok(profile)
    }
}

/// A signed profile as the text in which it is passed on.
#[must_use]
pub fn to_text(signed: &[u8]) -> String {
    BASE64URL_NOPAD.encode(signed)
}

fn within(field: &'static str, good: bool) -> Result<(), ProfileError> {
    if good { Ok(()) } else { Err(ProfileError::Field(field)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> SigningKey {
        SigningKey::from_bytes(&[7; 32])
    }

    fn newer() -> Profile {
        Profile { number: 3, ping_ms: 2_000, ..Profile::default() }
    }

    fn verify(bytes: &[u8], signer: &SigningKey, used: &Profile) -> Result<Profile, ProfileError> {
        UnverifiedProfile::decode(bytes)?.verify(&signer.verifying_key(), used)
    }

    /// CAR-2
    #[test]
    fn a_signed_profile_is_taken_and_one_of_another_signer_is_not() {
        let bytes = newer().sign(&key()).unwrap();
        assert_eq!(verify(&bytes, &key(), &Profile::default()), Ok(newer()));
        let other = SigningKey::from_bytes(&[8; 32]);
        assert_eq!(verify(&bytes, &other, &Profile::default()), Err(ProfileError::Signature));
    }

    #[test]
    fn no_changed_byte_is_taken_for_the_profile_that_was_signed() {
        let bytes = newer().sign(&key()).unwrap();
        for index in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[index] ^= 1;
            assert!(verify(&changed, &key(), &Profile::default()).is_err(), "byte {index}");
        }
        assert_eq!(UnverifiedProfile::decode(&[2, 0, 0]), Err(ProfileError::Version(2)));
        let long = vec![VERSION; PROFILE_BYTES_MAX + 1];
        assert!(matches!(UnverifiedProfile::decode(&long), Err(ProfileError::Codec(CodecError::TooLong { .. }))));
    }

    /// CAR-4
    #[test]
    fn an_older_profile_and_one_out_of_bounds_are_refused_by_name() {
        let bytes = newer().sign(&key()).unwrap();
        let used = Profile { number: 4, ..Profile::default() };
        assert_eq!(verify(&bytes, &key(), &used), Err(ProfileError::Older { offered: 3, used: 4 }));
        let refused = |change: fn(&mut Profile)| {
            let mut profile = newer();
            change(&mut profile);
            assert_eq!(profile.sign(&key()), Err(profile.clone().checked().unwrap_err()));
            // Also when somebody signed it all the same.
            let body = codec::encode(&profile).unwrap();
            let signature = key().sign(&domain_hash(DOMAIN, &[&body])).to_bytes().to_vec();
            let bytes = codec::encode(&UnverifiedProfile { version: VERSION, body, signature }).unwrap();
            verify(&bytes, &key(), &Profile::default()).unwrap_err()
        };
        assert_eq!(refused(|profile| profile.alpn.clear()), ProfileError::Field("alpn"));
        assert_eq!(refused(|profile| profile.alpn[0] = "x".repeat(17)), ProfileError::Field("alpn"));
        assert_eq!(refused(|profile| profile.alpn = vec!["h3".to_owned()]), ProfileError::Field("alpn"));
        assert_eq!(refused(|profile| profile.ping_ms = 0), ProfileError::Field("ping_ms"));
        assert_eq!(refused(|profile| profile.patience_ms_max = 60_000), ProfileError::Field("patience_ms_max"));
        assert_eq!(refused(|profile| profile.rotate_bytes = 100_000), ProfileError::Field("rotate_bytes"));
        assert_eq!(refused(|profile| profile.rotate_parallel = 0), ProfileError::Field("rotate_parallel"));
        assert_eq!(refused(|profile| profile.pad_bytes = vec![128, 128, 4_096]), ProfileError::Field("pad_bytes"));
        assert_eq!(refused(|profile| profile.pad_bytes.clear()), ProfileError::Field("pad_bytes"));
        // Nothing but a question would find room on a connection.
        assert_eq!(refused(|profile| profile.pad_bytes = vec![128, 4_096]), ProfileError::Field("pad_bytes"));
    }

    #[test]
    fn every_field_says_what_it_may_be_and_a_profile_outlasts_its_text() {
        let allowed = |field: &str| newer().allowed(field);
        assert_eq!(allowed("ping_ms").as_deref(), Some("500 to 15000"));
        assert_eq!(allowed("patience_ms_max").as_deref(), Some("1000 to 15000"));
        assert!(allowed("alpn").is_some() && allowed("pad_bytes").is_some() && allowed("nonsense").is_none());
        let signed = newer().sign(&key()).unwrap();
        let text = format!(" {}\n", to_text(&signed));
        let read = UnverifiedProfile::from_text(&text).unwrap();
        assert_eq!(read.verify(&key().verifying_key(), &Profile::default()), Ok(newer()));
        assert_eq!(UnverifiedProfile::from_text("not / base64url"), Err(ProfileError::Text));
        let long = UnverifiedProfile::from_text(&"A".repeat(PROFILE_TEXT_BYTES_MAX + 1));
        assert!(matches!(long, Err(ProfileError::Codec(CodecError::TooLong { .. }))));
    }

    #[test]
    fn the_built_in_profile_is_within_its_own_bounds() {
        assert_eq!(Profile::default().checked(), Ok(Profile::default()));
    }
}
