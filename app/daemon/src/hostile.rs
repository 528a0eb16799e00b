//! The checks of what a machine on the same network says, before it is known for a contact's and after (BUN-51 to
//! BUN-56). Each says whether something was taken, and panics where a rule is broken.
//!
//! What the network says in mDNS is read by the library that speaks it; of that, only addresses and names come here.

#![allow(clippy::expect_used, clippy::missing_panics_doc, reason = "tests: a failure is a panic")]

use crate::lan::meeting::{BUNDLE_BYTES_MAX, Pieces, Said, TAG_BYTES, TOKENS, VERSION, introduce};
use client::e2ee::meeting::{Ephemeral, PUBLIC_BYTES, Side, TOKEN_BYTES};
use client::view::{ContactId, LanKey};
use rand_core::OsRng;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream, duplex};
use wire::Secret32;

/// Bytes under way in one direction: all of what is said.
const PIPE_BYTES: usize = 256 * 1024;
/// What a stranger who dials gets: a key and nothing else.
const KEY_BYTES: usize = 1 + PUBLIC_BYTES;
/// What a stranger who is dialled gets: as many random bytes from everybody.
const SHOWN_BYTES: usize = KEY_BYTES + 4 + TOKENS * TOKEN_BYTES + TAG_BYTES;
/// A meeting that the other side has left ends at once, however busy the machine is.
const END: Duration = Duration::from_secs(60);

/// A stranger at the other end: never taken for a contact, and learns nothing. The first bit of the first byte says who
/// dials, the second whether the rest is said as it stands or is frames that are sealed for this meeting.
#[must_use]
pub fn stranger(bytes: &[u8]) -> bool {
    let Some((manner, said)) = bytes.split_first() else { return false };
    let side = if manner & 1 == 0 { Side::Answered } else { Side::Dialled };
    let is_sealed = manner & 2 != 0;
    let keys: Vec<LanKey> = (1..4).map(key).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    let (known, heard_bytes) = runtime.block_on(async {
        let (mut ours, theirs) = duplex(PIPE_BYTES);
        let meeting = async move { introduce(&mut ours, side, &keys).await.is_ok() };
        tokio::time::timeout(END, async { tokio::join!(meeting, speak(theirs, side, said, is_sealed)) })
            .await
            .expect("the meeting ends")
    });
    assert!(!known, "a stranger was taken for a contact");
    let bytes_max = if side == Side::Answered { KEY_BYTES } else { SHOWN_BYTES };
    assert!(heard_bytes == KEY_BYTES || heard_bytes == bytes_max, "a stranger got {heard_bytes} bytes");
    false
}

fn key(number: u8) -> LanKey {
    let (contact, key) = (ContactId([number; 16]), Secret32([number; 32]));
    LanKey { contact, name: "A".to_owned(), key, creator: number == 1 }
}

/// Says it all, goes, and counts what came.
async fn speak(mut stream: DuplexStream, side: Side, said: &[u8], is_sealed: bool) -> usize {
    let mut heard = 0;
    if is_sealed {
        let own = Ephemeral::random(&mut OsRng);
        stream.write_all(&[&[VERSION][..], &own.public()].concat()).await.expect("it listens");
        let mut theirs = [0; KEY_BYTES];
        stream.read_exact(&mut theirs).await.expect("its key");
        heard = KEY_BYTES;
        let theirs = theirs.last_chunk().copied().expect("a key");
        let other = if side == Side::Dialled { Side::Answered } else { Side::Dialled };
        let (mut sealing, _) = own.meet(theirs, other).expect("a meeting").channel();
        for frame in frames(said) {
            let sealed = sealing.seal(frame).expect("a frame");
            let length = u32::try_from(sealed.len()).expect("a length").to_le_bytes();
            // who knows no contact has gone
            if stream.write_all(&[&length[..], &sealed].concat()).await.is_err() {
                break;
            }
        }
    } else {
        stream.write_all(said).await.ok();
    }
    stream.shutdown().await.ok();
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).await.ok();
    rest.len().saturating_add(heard)
}

/// What a contact says when it is known: pieces of bundles within their bound, or an end. Taken: a bundle came.
#[must_use]
pub fn contact(bytes: &[u8]) -> bool {
    let mut pieces = Pieces::default();
    let (mut taken, mut came) = (false, 0usize);
    for frame in frames(bytes) {
        came = came.saturating_add(frame.len());
        match pieces.take(frame) {
            Ok(Said::Bundle(bundle)) => {
                assert!(bundle.len() <= BUNDLE_BYTES_MAX.min(came), "a bundle of {} bytes", bundle.len());
                (taken, came) = (true, 0);
            }
            Ok(Said::Taken | Said::Nothing) => {}
            Err(_) => return false,
        }
    }
    taken
}

/// Each is preceded by its length, 16 bits, little-endian; the last may be shorter.
fn frames(mut bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let (length, rest) = bytes.split_first_chunk()?;
        let (frame, rest) = rest.split_at(usize::from(u16::from_le_bytes(*length)).min(rest.len()));
        bytes = rest;
        Some(frame)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::hostile::storm;
    use wire::seeds;

    /// BUN-51, BUN-52
    #[test]
    fn machines_of_strangers_are_nobody_and_learn_nothing() {
        let seeds = seeds!("daemon_lan_stranger": "refused-version", "refused-no-key", "refused-raw-frame", "refused-raw-long",
            "refused-tokens", "refused-dialled-token", "refused-dialled-nothing");
        storm(seeds, 1_000, stranger);
    }

    /// BUN-56
    #[test]
    fn frames_of_contacts_are_bundles_within_their_bound_or_end_the_meeting() {
        let seeds =
            seeds!("daemon_lan_contact": "bundle", "pieces", "two", "refused-empty", "refused-kind", "refused-still");
        storm(seeds, 20_000, contact);
    }

    /// BUN-56
    #[test]
    fn a_bundle_that_never_ends_is_refused_at_its_bound() {
        let piece = [&[0][..], &[7; 65_535]].concat();
        let mut pieces = Pieces::default();
        let refused = (0..).find_map(|taken| pieces.take(&piece).err().map(|error| (taken, error.to_string())));
        assert_eq!(refused, Some((16, "a bundle over its bound".to_owned())));
    }
}
