//! Bundles on their way between this daemon and whoever asks: kept in memory in pieces, a few at a time.

use crate::translate;
use api::{
    ApiError, Reason,
    bundle::{BundlePart, BundleScanned, PART_BYTES_MAX},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use client::bundles::{
    BUNDLE_BYTES_MAX,
    frames::{self, DATA_BYTES, Frame, FrameError, Heard, Sequence},
};
use parking_lot::Mutex;
use rand_core::{OsRng, RngCore as _};
use std::{collections::VecDeque, fmt::Write as _};

/// Bundles that are kept, of 16 MiB each: the oldest gives way.
const TRANSFERS_MAX: usize = 4;

/// Bundles on their way.
#[derive(Debug, Default)]
pub(crate) struct Transfers {
    bundles: Mutex<VecDeque<Transfer>>,
    /// Frames of bundles that are read from QR codes, with what each collection goes by.
    collections: Mutex<VecDeque<(String, Sequence)>>,
}

struct Transfer {
    id: String,
    /// Bytes that it will have.
    whole: usize,
    bytes: Vec<u8>,
}

impl std::fmt::Debug for Transfer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Transfer({} of {} bytes)", self.bytes.len(), self.whole)
    }
}

impl Transfers {
    /// Keeps a bundle that was made.
    pub(crate) fn offer(&self, bytes: Vec<u8>) -> String {
        self.push(bytes.len(), bytes)
    }

    /// Makes room for one that will come.
    pub(crate) fn begin(&self, whole: u32) -> Result<String, ApiError> {
        let whole = usize::try_from(whole).unwrap_or(usize::MAX);
        if whole > BUNDLE_BYTES_MAX {
            let sentence = format!("This bundle has {whole} bytes and {BUNDLE_BYTES_MAX} are allowed.");
            return Err(ApiError::new(Reason::BundleTooLong, sentence));
        }
        Ok(self.push(whole, Vec::new()))
    }

    fn push(&self, whole: usize, bytes: Vec<u8>) -> String {
        let id = new_id();
        push_bounded(&mut self.bundles.lock(), Transfer { id: id.clone(), whole, bytes });
        id
    }

    /// A piece of one that was made.
    pub(crate) fn read(&self, id: &str, offset: u32) -> Result<BundlePart, ApiError> {
        let all = self.bundles.lock();
        let transfer = all.iter().find(|one| one.id == id).ok_or_else(gone)?;
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        let rest = transfer.bytes.get(offset..).ok_or_else(|| wrong_place(transfer.bytes.len()))?;
        let part = rest.get(..PART_BYTES_MAX.min(rest.len())).unwrap_or_default();
        Ok(BundlePart { data: STANDARD.encode(part), end: part.len() == rest.len() })
    }

    /// The next piece of one that comes.
    pub(crate) fn write(&self, id: &str, offset: u32, data: &str) -> Result<(), ApiError> {
        let bad = || ApiError::new(Reason::BadValue, format!("Send at most {PART_BYTES_MAX} bytes, as base64."));
        let part = STANDARD.decode(data).ok().filter(|part| part.len() <= PART_BYTES_MAX).ok_or_else(bad)?;
        let mut all = self.bundles.lock();
        let transfer = all.iter_mut().find(|one| one.id == id).ok_or_else(gone)?;
        let have = transfer.bytes.len();
        if usize::try_from(offset) != Ok(have) || have.saturating_add(part.len()) > transfer.whole {
            return Err(wrong_place(have));
        }
        transfer.bytes.extend_from_slice(&part);
        Ok(())
    }

    /// A frame of one that was made, and how many there are (MBX-93).
    pub(crate) fn frame(&self, id: &str, index: u32) -> Result<(Frame, u32), ApiError> {
        let all = self.bundles.lock();
        let bytes = &all.iter().find(|one| one.id == id).ok_or_else(gone)?.bytes;
        let total = frames::count(bytes.len(), DATA_BYTES).map_err(frame_error)?;
        let frame =
            frames::cut(bytes, usize::try_from(index).unwrap_or(usize::MAX), DATA_BYTES).map_err(frame_error)?;
        let none = || ApiError::new(Reason::BadValue, format!("This bundle makes {total} frames."));
        Ok((frame.ok_or_else(none)?, u32::try_from(total).unwrap_or(u32::MAX)))
    }

    /// Puts a frame to the others (MBX-94); a collection that is whole becomes a bundle that came, of the same id.
    pub(crate) fn scan(&self, id: Option<&str>, text: &str) -> Result<BundleScanned, ApiError> {
        let frame = Frame::from_text(text).map_err(frame_error)?;
        let mut all = self.collections.lock();
        let id = match id {
            Some(id) => id.to_owned(),
            None => {
                let id = new_id();
                push_bounded(&mut all, (id.clone(), Sequence::default()));
                id
            }
        };
        let place = all.iter().position(|(one, _)| *one == id).ok_or_else(gone)?;
        let (_, sequence) = all.get_mut(place).ok_or_else(gone)?;
        let other = sequence.hear(frame).map_err(frame_error)? == Heard::Other;
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let (have, total) = (number(sequence.have()), number(sequence.total()));
        let bundle = sequence.whole().map_err(frame_error)?;
        let whole = bundle.is_some();
        if let Some(bytes) = bundle {
            all.remove(place);
            push_bounded(&mut self.bundles.lock(), Transfer { id: id.clone(), whole: bytes.len(), bytes });
        }
        Ok(BundleScanned { id, have, total, other, whole })
    }

    /// Takes one that is there whole.
    pub(crate) fn take(&self, id: &str) -> Result<Vec<u8>, ApiError> {
        let mut all = self.bundles.lock();
        let place = all.iter().position(|one| one.id == id).ok_or_else(gone)?;
        all.remove(place).map(|transfer| transfer.bytes).ok_or_else(gone)
    }
}

fn new_id() -> String {
    let mut name = [0; 16];
    OsRng.fill_bytes(&mut name);
    name.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn push_bounded<T>(all: &mut VecDeque<T>, one: T) {
    while all.len() >= TRANSFERS_MAX {
        all.pop_front();
    }
    all.push_back(one);
}

fn frame_error(error: FrameError) -> ApiError {
    let reason = match error {
        FrameError::Version(_) => Reason::NewerVersion,
        FrameError::TooLong(_) => Reason::BundleTooLong,
        FrameError::Changed => Reason::BundleChanged,
        FrameError::NotAFrame | FrameError::Damaged | _ => Reason::BadBundle,
    };
    ApiError::new(reason, translate::sentence(&error.to_string()))
}

fn gone() -> ApiError {
    ApiError::new(Reason::NotFound, "This bundle is not here any more: begin again.")
}

fn wrong_place(have: usize) -> ApiError {
    ApiError::new(Reason::BadValue, format!("{have} bytes are there: go on after them."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_goes_out_and_comes_in_by_pieces() {
        let transfers = Transfers::default();
        let bytes: Vec<u8> = (0..PART_BYTES_MAX + 7).map(|n| (n % 251) as u8).collect();
        let out = transfers.offer(bytes.clone());
        let into = transfers.begin(u32::try_from(bytes.len()).unwrap()).unwrap();
        let mut offset = 0;
        loop {
            let part = transfers.read(&out, offset).unwrap();
            transfers.write(&into, offset, &part.data).unwrap();
            offset += u32::try_from(STANDARD.decode(&part.data).unwrap().len()).unwrap();
            if part.end {
                break;
            }
        }
        assert_eq!(transfers.take(&into).unwrap(), bytes);
        assert_eq!(transfers.take(&into).unwrap_err().data.reason, Reason::NotFound);
    }

    #[test]
    fn pieces_come_in_their_order_and_no_more_than_announced() {
        let transfers = Transfers::default();
        assert_eq!(transfers.begin(u32::MAX).unwrap_err().data.reason, Reason::BundleTooLong);
        let id = transfers.begin(4).unwrap();
        let piece = |offset, bytes: &[u8]| transfers.write(&id, offset, &STANDARD.encode(bytes));
        piece(0, b"ab").unwrap();
        for (offset, bytes) in [(0, &b"ab"[..]), (3, b"c"), (2, b"cde")] {
            assert_eq!(piece(offset, bytes).unwrap_err().data.reason, Reason::BadValue);
        }
        piece(2, b"cd").unwrap();
        assert_eq!(transfers.take(&id).unwrap(), b"abcd");
    }

    /// MBX-93, MBX-94
    #[test]
    fn a_bundle_goes_over_by_frames() {
        let transfers = Transfers::default();
        let bytes: Vec<u8> = (0..5_000u32).map(|n| (n % 251) as u8).collect();
        let out = transfers.offer(bytes.clone());
        let (_, total) = transfers.frame(&out, 0).unwrap();
        assert_eq!(transfers.frame(&out, total).unwrap_err().data.reason, Reason::BadValue);
        let text = |index| transfers.frame(&out, index).unwrap().0.to_text();
        let begun = transfers.scan(None, &text(total - 1)).unwrap();
        assert_eq!((begun.have, begun.total, begun.whole), (1, total, false));
        let id = Some(begun.id.as_str());
        let other = transfers.offer(vec![7; 400]);
        let other = transfers.frame(&other, 0).unwrap().0.to_text();
        assert!(transfers.scan(id, &other).unwrap().other);
        for frame in ["hello", &text(1)[..100]] {
            assert_eq!(transfers.scan(id, frame).unwrap_err().data.reason, Reason::BadBundle);
        }
        let last = (0..total).rev().map(|index| transfers.scan(id, &text(index))).take_while(Result::is_ok).last();
        assert!(last.unwrap().unwrap().whole);
        assert_eq!(transfers.take(&begun.id).unwrap(), bytes);
        assert_eq!(transfers.scan(id, &text(0)).unwrap_err().data.reason, Reason::NotFound);
    }

    /// MBX-95
    #[test]
    fn what_is_too_long_for_codes_is_told_to_take_a_file() {
        let transfers = Transfers::default();
        let id = transfers.offer(vec![0; frames::SEQUENCE_BYTES_MAX + 1]);
        let refused = transfers.frame(&id, 0).unwrap_err();
        assert_eq!(refused.data.reason, Reason::BundleTooLong);
        assert!(refused.message.contains("use a file"), "{}", refused.message);
    }

    #[test]
    fn the_oldest_bundle_gives_way() {
        let transfers = Transfers::default();
        let first = transfers.offer(vec![1]);
        let last = (0..TRANSFERS_MAX).map(|_| transfers.offer(vec![2])).last().unwrap();
        assert_eq!(transfers.read(&first, 0).unwrap_err().data.reason, Reason::NotFound);
        assert!(transfers.read(&last, 0).unwrap().end);
    }
}
