//! What strangers send, for the tests of every decoder: committed seeds, and a storm of changed ones. Only with
//! `test-suite`.
//!
//! Requirements: a check per decoder, `fn(&[u8]) -> bool`. It panics where a rule is broken (a panic of the decoder is
//! one already) and says whether the bytes were taken.
//!
//! Provided: [`seeds!`](crate::seeds) names the seeds of a target in fuzz/corpus; [`storm`] replays them and gives the
//! check a fixed number of changed ones, the same on every run; [`assert_one_form`] is the rule that most checks have
//! in common. `fuzz/` runs the same checks for as long as one likes, and bounds their memory and their time.
//!
//! Not provided: coverage. What the storm does not reach, `fuzz/run` may.

#![allow(clippy::missing_panics_doc, clippy::arithmetic_side_effects, reason = "tests: a failure is a panic")]

use std::fmt::Debug;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// Changes made to one seed before it is given to the check, at most.
const CHANGES_MAX: usize = 6;
/// Bytes that one change inserts, repeats or removes, at most.
const RUN_BYTES_MAX: usize = 64;
/// A changed seed is cut at so many times the longest seed, and never below [`INPUT_BYTES_MIN`].
const GROWTH_MAX: usize = 4;
/// A changed seed may always have so many bytes.
const INPUT_BYTES_MIN: usize = 256;
/// Bytes of an input that a failure shows.
const SHOWN_BYTES_MAX: usize = 4_096;
/// Lengths, varints and marks at which decoders break.
const TELLING: &[&[u8]] = &[
    &[0],
    &[1],
    &[0x7f],
    &[0x80],
    &[0xff],
    &[0x80, 0],
    &[0xff, 0x7f],
    &[0xff; 4],
    &[0xff, 0xff, 0xff, 0xff, 0x0f],
    &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
    &[0x80; 12],
    &[0; 32],
    &[0xb5, 0xee, 0x9c, 0x72],
    b"\"",
    b"[[[[[[[[[[[[[[[[",
    b"{\"",
    b"-1",
    b"1e999",
    b"%ff",
    b"\xed\xa0\x80",
];

/// A seed: its name and its bytes. One whose name begins with `refused-` must not be taken; all others must.
pub type Seed = (&'static str, &'static [u8]);

/// Seeds of fuzz/corpus, by target and names: `seeds!("mailbox_request": "create", "deposit")`.
#[macro_export]
macro_rules! seeds {
    ($target:literal: $($name:literal),+ $(,)?) => {
        &[$((
            $name,
            &include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus/", $target, "/", $name))[..],
        )),+]
    };
}

/// Gives `check` every seed, and then `rounds` changed ones.
pub fn storm(seeds: &[Seed], rounds: u32, check: impl Fn(&[u8]) -> bool) {
    for (name, bytes) in seeds {
        assert_eq!(tried(&check, bytes), !name.starts_with("refused-"), "seed {name}: taken or not as its name says");
    }
    let longest = seeds.iter().map(|(_, bytes)| bytes.len()).max().unwrap_or_default();
    let bytes_max = longest.saturating_mul(GROWTH_MAX).max(INPUT_BYTES_MIN);
    let mut draw = Draw(u64::from(rounds) ^ longest as u64);
    for _ in 0..rounds {
        let mut bytes = draw.one_of(seeds).map_or_else(Vec::new, |(_, bytes)| bytes.to_vec());
        for _ in 0..=draw.below(CHANGES_MAX) {
            change(&mut bytes, seeds, &mut draw);
        }
        bytes.truncate(bytes_max);
        tried(&check, &bytes);
    }
}

/// What decodes has one form: encoded again it is not longer than what came, decodes to the same, and encodes to the
/// same bytes. What came may be another form of it (WIR-5).
pub fn assert_one_form<T: PartialEq + Debug, E: Debug, D: Debug>(
    came: &[u8],
    value: &T,
    encode: impl Fn(&T) -> Result<Vec<u8>, E>,
    decode: impl Fn(&[u8]) -> Result<T, D>,
) {
    let again = encode(value).unwrap_or_else(|error| panic!("what was decoded does not encode: {error:?}"));
    assert!(again.len() <= came.len(), "{} bytes became {}", came.len(), again.len());
    let same = decode(&again).unwrap_or_else(|error| panic!("what was encoded does not decode: {error:?}"));
    assert_eq!(&same, value, "another value came back");
    assert_eq!(encode(&same).ok(), Some(again), "another form came back");
}

/// Runs the check; where it panics, shows what it was given.
fn tried(check: &impl Fn(&[u8]) -> bool, bytes: &[u8]) -> bool {
    catch_unwind(AssertUnwindSafe(|| check(bytes))).unwrap_or_else(|panic| {
        let shown = bytes.get(..SHOWN_BYTES_MAX).unwrap_or(bytes);
        eprintln!("the check was given {} bytes: {}", bytes.len(), hex::encode(shown));
        resume_unwind(panic)
    })
}

fn change(bytes: &mut Vec<u8>, seeds: &[Seed], draw: &mut Draw) {
    let at = draw.below(bytes.len() + 1);
    let end = (at + 1 + draw.below(RUN_BYTES_MAX)).min(bytes.len());
    match draw.below(9) {
        0 => {
            let bit = draw.below(8);
            bytes.get_mut(at..).and_then(<[u8]>::first_mut).into_iter().for_each(|byte| *byte ^= 1 << bit);
        }
        1 => {
            let drawn = draw.next().to_le_bytes();
            bytes.get_mut(at..).into_iter().flatten().zip(drawn).for_each(|(byte, other)| *byte = other);
        }
        2 => drop(bytes.drain(at.min(end)..end)),
        3 => bytes.truncate(at),
        4 => {
            let again = bytes.get(at..end).unwrap_or_default().to_vec();
            for _ in 0..=draw.below(4) {
                bytes.splice(at..at, again.iter().copied());
            }
        }
        5 => {
            let telling = draw.one_of(TELLING).copied().unwrap_or_default();
            bytes.get_mut(at..).into_iter().flatten().zip(telling).for_each(|(byte, other)| *byte = *other);
        }
        6 => {
            let telling = draw.one_of(TELLING).copied().unwrap_or_default();
            bytes.splice(at..at, telling.iter().copied());
        }
        7 => {
            let sum = draw.below(35);
            bytes.get_mut(at..).and_then(<[u8]>::first_mut).into_iter().for_each(|byte| {
                *byte = byte.wrapping_add(u8::try_from(sum).unwrap_or_default()).wrapping_sub(17);
            });
        }
        _ => {
            let other = draw.one_of(seeds).map_or(&[][..], |(_, bytes)| *bytes);
            let from = draw.below(other.len() + 1);
            let tail = other.get(from..).unwrap_or_default();
            bytes.truncate(at);
            bytes.extend_from_slice(tail);
        }
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every run.
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, or 0 if that is 0.
    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX);
        self.next().checked_rem(end).and_then(|number| usize::try_from(number).ok()).unwrap_or_default()
    }

    fn one_of<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }
}

/// A relay's descriptor as one person gives it to another (WIR-14 to WIR-16), and an address in it.
#[must_use]
pub fn descriptor(bytes: &[u8]) -> bool {
    use crate::codec::{decode, encode};
    use crate::relay::{HOP_KEY_BYTES_MAX, HOST_BYTES_MAX, PATH_BYTES_MAX, RelayDescriptor, ZONE_BYTES_MAX};
    const FRAME_BYTES_MAX: usize = 4_096;
    let read = |bytes: &[u8]| decode::<RelayDescriptor>(bytes, FRAME_BYTES_MAX);
    let Ok(descriptor) = read(bytes) else { return false };
    assert_one_form(bytes, &descriptor, encode, read);
    let Ok(descriptor) = descriptor.checked() else { return false };
    let address = &descriptor.address;
    assert!((1..=HOST_BYTES_MAX).contains(&address.host.len()) && address.port > 0);
    assert!((1..=PATH_BYTES_MAX).contains(&address.secret_path.len()));
    assert!((1..=HOP_KEY_BYTES_MAX).contains(&descriptor.hop_key.len()));
    assert!(address.dns.as_ref().is_none_or(|dns| dns.zone.len() <= ZONE_BYTES_MAX && !dns.zone.contains("..")));
    let place = format!("{}{}", address.host, address.secret_path);
    assert!(place.bytes().all(|byte| byte.is_ascii_graphic()), "{place:?} can't stand in a URL");
    assert_eq!(descriptor.id().to_string().parse(), Ok(descriptor.id()));
    true
}

/// Texts of strangers: an amount, a name of 32 bytes, a person's name (WIR-8, WIR-11, WIR-17).
#[must_use]
pub fn text(bytes: &[u8]) -> bool {
    const NAME_CHARS_MAX: usize = 64;
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    if let Ok(amount) = text.parse::<crate::Gram>() {
        assert_eq!(amount.to_string().parse(), Ok(amount));
        assert_eq!(crate::Gram::from_nano(amount.nano()), Some(amount));
    }
    if let Ok(id) = text.parse::<crate::RelayId>() {
        assert_eq!(id.to_string(), text.to_lowercase());
    }
    let name = crate::text::clean_name(text, NAME_CHARS_MAX);
    assert!(name.chars().count() <= NAME_CHARS_MAX);
    assert!(!name.chars().any(|one| one.is_control() || matches!(one, '\u{202a}'..='\u{202e}' | '\u{200b}')));
    assert_eq!(crate::text::clean_name(&name, NAME_CHARS_MAX), name, "a clean name is clean");
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    const SEEDS: &[Seed] = &[("one", b"salaam"), ("refused-two", b"no")];

    #[test]
    fn a_storm_is_the_same_each_time_and_changes_every_part_of_a_seed() {
        let inputs = || {
            let seen = RefCell::new(Vec::new());
            storm(SEEDS, 500, |bytes| {
                seen.borrow_mut().push(bytes.to_vec());
                bytes == b"salaam"
            });
            seen.into_inner()
        };
        let first = inputs();
        assert_eq!(first, inputs());
        assert_eq!(first.len(), 502);
        for at in 0..6 {
            assert!(first.iter().any(|input| input.get(at).is_some_and(|byte| *byte != b"salaam"[at])), "byte {at}");
        }
        assert!(first.iter().any(|input| input.len() > 12) && first.iter().any(Vec::is_empty));
    }

    #[test]
    #[should_panic(expected = "taken or not as its name says")]
    fn a_seed_that_is_not_taken_is_no_seed() {
        storm(SEEDS, 0, |_| false);
    }

    #[test]
    #[should_panic(expected = "another value came back")]
    fn a_value_that_does_not_give_itself_back_is_found() {
        assert_one_form(&[0; 4], &7u8, |value| Ok::<_, ()>(vec![*value]), |bytes| Ok::<_, ()>(bytes[0] + 1));
    }

    #[test]
    fn descriptors_of_strangers_are_refused_or_within_their_bounds() {
        let seeds = seeds!("wire_descriptor": "pinned", "pinned-dns", "public", "refused-no-port", "refused-zone");
        storm(seeds, 40_000, descriptor);
    }

    #[test]
    fn texts_of_strangers_have_one_form() {
        storm(seeds!("wire_text": "amount", "id", "name", "persian"), 40_000, text);
    }
}
