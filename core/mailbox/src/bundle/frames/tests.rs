//! Frames: what they take, what they refuse, and their frozen form.

use super::*;

fn bundle(bytes: usize) -> Vec<u8> {
    (0..bytes).map(|place| u8::try_from(place * 7 % 251).unwrap()).collect()
}

fn frames(bundle: &[u8], data_bytes: usize) -> Vec<Frame> {
    let total = count(bundle.len(), data_bytes).unwrap();
    (0..total).map(|index| cut(bundle, index, data_bytes).unwrap().unwrap()).collect()
}

/// MBX-93, with the examples of RFC 4648, section 10.
#[test]
fn letters_are_those_of_base32_and_one_text_says_one_list_of_bytes() {
    for (bytes, text) in
        [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB")]
    {
        assert_eq!(to_base32(bytes.as_bytes()).collect::<String>(), text);
        assert_eq!(from_base32(text).unwrap(), bytes.as_bytes());
    }
    for other in ["M", "MZ1Q", "my", "MZ", "MZXR", "MZX", "MZXW6Y", "MY======", "MY MY"] {
        assert_eq!(from_base32(other), None, "{other}");
    }
}

/// MBX-93, MBX-94
#[test]
fn a_bundle_comes_through_in_any_order_with_frames_twice() {
    for (bytes, data_bytes) in [(1, 341), (341, 341), (342, 341), (17_000, 341), (SEQUENCE_BYTES_MAX, 1)] {
        let bundle = bundle(bytes);
        let frames = frames(&bundle, data_bytes);
        let mut sequence = Sequence::default();
        assert_eq!(sequence.whole(), Ok(None));
        let order = frames.iter().rev().step_by(2).chain(frames.iter());
        for (place, frame) in order.enumerate() {
            let text = frame.to_text();
            assert_eq!(text.len(), text_chars(frame.data.len()));
            let heard = sequence.hear(Frame::from_text(&text).unwrap()).unwrap();
            assert!(place > 0 || heard == Heard::New);
        }
        assert_eq!((sequence.have(), sequence.total()), (frames.len(), frames.len()));
        assert_eq!(sequence.whole(), Ok(Some(bundle)));
    }
}

/// MBX-94
#[test]
fn who_missed_some_sees_how_many_are_there_and_which_are_not() {
    let bundle = bundle(17 * 64);
    let mut sequence = Sequence::default();
    let seen = frames(&bundle, 64).into_iter().enumerate().filter(|(index, _)| index % 3 != 1);
    seen.for_each(|(_, frame)| assert_eq!(sequence.hear(frame), Ok(Heard::New)));
    assert_eq!((sequence.have(), sequence.total()), (11, 17));
    assert_eq!(sequence.missing().collect::<Vec<_>>(), [1, 4, 7, 10, 13, 16]);
    assert_eq!(sequence.whole(), Ok(None));
}

/// MBX-94
#[test]
fn frames_of_another_sequence_change_nothing() {
    let (one, other) = (bundle(1_000), bundle(999));
    let mut sequence = Sequence::default();
    let first = cut(&one, 0, 100).unwrap().unwrap();
    assert_eq!(sequence.hear(first.clone()), Ok(Heard::New));
    assert_eq!(sequence.hear(first), Ok(Heard::Known));
    assert_eq!(sequence.hear(cut(&other, 1, 100).unwrap().unwrap()), Ok(Heard::Other));
    assert_eq!(sequence.hear(cut(&one, 1, 200).unwrap().unwrap()), Ok(Heard::Other), "cut in another way");
    frames(&one, 100).into_iter().for_each(|frame| assert!(sequence.hear(frame).is_ok()));
    assert_eq!(sequence.whole(), Ok(Some(one)));
}

/// MBX-93
#[test]
fn a_frame_that_was_not_read_as_it_was_shown_is_refused() {
    let text = cut(&bundle(600), 1, 341).unwrap().unwrap().to_text();
    for place in PREFIX.len()..text.len() {
        let mut changed = text.clone().into_bytes();
        changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).unwrap();
        let refused = Frame::from_text(&changed).unwrap_err();
        assert!(matches!(refused, FrameError::Damaged | FrameError::Version(_)), "{place}: {refused}");
        assert!(place > PREFIX.len() + 1 || refused != FrameError::NotAFrame);
    }
    for cut in PREFIX.len()..text.len() {
        assert_eq!(Frame::from_text(&text[..cut]), Err(FrameError::Damaged), "cut after {cut}");
    }
    for other in ["", "hello", "simurgh:invite#AAAA", "simurgh:frame/AAAA", "https://example.org/"] {
        assert_eq!(Frame::from_text(other), Err(FrameError::NotAFrame), "{other}");
    }
    assert_eq!(Frame::from_text(&format!("{PREFIX}{}", "A".repeat(10_000))), Err(FrameError::Damaged));
    let newer: String = to_base32(&[2, 0, 0]).collect();
    assert_eq!(Frame::from_text(&format!("{PREFIX}{newer}")), Err(FrameError::Version(2)));
}

/// MBX-93: index, number and length have bounds.
#[test]
fn numbers_out_of_their_bounds_are_refused() {
    let frame = |index, total, bytes| Frame { index, total, whole: [3; 16], data: vec![7; bytes] };
    for good in [frame(0, 1, 1), frame(2_047, 2_048, 512)] {
        assert_eq!(Frame::from_text(&good.to_text()), Ok(good));
    }
    for bad in [frame(0, 0, 1), frame(1, 1, 1), frame(0, 2_049, 1), frame(0, 1, 0), frame(0, 1, 513)] {
        assert_eq!(Frame::from_text(&bad.to_text()), Err(FrameError::Damaged), "{} {}", bad.index, bad.total);
    }
}

/// MBX-94, MBX-95
#[test]
fn what_is_too_long_or_does_not_fit_together_is_refused() {
    let long = vec![0; SEQUENCE_BYTES_MAX + 1];
    assert_eq!(cut(&long, 0, 341), Err(FrameError::TooLong(long.len())));
    let mut sequence = Sequence::default();
    let frame = |index| Frame { index, total: 2_048, whole: [3; 16], data: vec![7; 512] };
    let heard = (0..2_048).map(|index| sequence.hear(frame(index))).collect::<Result<Vec<_>, _>>();
    assert_eq!(heard, Err(FrameError::TooLong(SEQUENCE_BYTES_MAX + 512)));
    assert_eq!(sequence.total(), 0, "nothing of it is kept");

    let mut wrong = frames(&bundle(1_000), 341);
    wrong[1].data[0] ^= 1;
    wrong.into_iter().for_each(|frame| assert!(sequence.hear(frame).is_ok()));
    assert_eq!(sequence.whole(), Err(FrameError::Changed));
    assert_eq!(sequence.total(), 0, "it can begin again");
}

/// MBX-95: 600 letters and digits fill version 15 at error correction M (ISO/IEC 18004, table 7).
#[test]
fn a_frame_fills_the_code_that_it_is_made_for() {
    assert_eq!(text_chars(DATA_BYTES), 600);
    assert_eq!(count(SEQUENCE_BYTES_MAX, DATA_BYTES), Ok(193));
}

#[test]
fn a_frame_is_written_as_it_was() {
    let text = cut(&bundle(70), 1, 64).unwrap().unwrap().to_text();
    let vectors = include_str!("../../../../../specs/vectors/frame.txt");
    assert!(vectors == format!("frame {text}\n"), "if this is meant, it is a new version of the format: {text}");
}
