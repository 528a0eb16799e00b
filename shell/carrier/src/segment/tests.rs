//! Segments against a relay that loses, doubles and reorders them, and against what no carrier would send.

use super::*;
use std::collections::VecDeque;

const PADS: [u16; 4] = [128, 3_584, 5_120, 6_656];
const BODY_MAX: u32 = 100_000;

fn part(offset: u32, bytes: &[u8]) -> Part {
    Part { offset, bytes: bytes.to_vec() }
}

fn sample() -> Segment {
    let want = Want { offset: 300, bytes: 70_000, wait_ms: 25_000 };
    Segment { exchange: [9; 16], total: 70_000, part: Some(part(60_000, b"abc")), want }
}

/// Numbers that differ from each other, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// CAR-30
#[test]
fn a_segment_survives_its_encoding_and_has_a_size_of_the_profile() {
    for length in [1usize, 100, 3_536, 3_537, 6_608] {
        let segment = Segment { part: Some(part(0, &vec![7; length])), ..sample() };
        let frame = encode_segment(&segment, &PADS).unwrap();
        assert!(PADS.contains(&u16::try_from(frame.len()).unwrap()), "{length} bytes became {}", frame.len());
        assert_eq!(decode_segment(&frame).unwrap(), segment);
    }
    let beyond = Segment { part: Some(part(0, &[7; 7_000])), ..sample() };
    let frame = encode_segment(&beyond, &PADS).unwrap();
    assert!(frame.len() <= 7_000 + SEGMENT_OVERHEAD_BYTES);
    assert_eq!(decode_segment(&frame).unwrap(), beyond);
}

#[test]
fn the_overheads_are_the_largest_there_are() {
    let largest = Segment {
        exchange: [0xff; 16],
        total: u32::MAX,
        part: Some(part(u32::MAX, &[1; 16_000])),
        want: Want { offset: u32::MAX, bytes: u32::MAX, wait_ms: u32::MAX },
    };
    let frame = encode_segment(&largest, &[]).unwrap();
    assert!(frame.len() <= 16_000 + SEGMENT_OVERHEAD_BYTES, "{}", frame.len());
    let reply = SegmentReply::Answer { total: u32::MAX, offset: u32::MAX, bytes: vec![1; 16_000] };
    let frame = encode_segment_reply(&reply).unwrap();
    assert!(frame.len() <= 16_000 + REPLY_OVERHEAD_BYTES, "{}", frame.len());
}

#[test]
fn what_is_no_segment_is_refused() {
    let good = encode_segment(&sample(), &PADS).unwrap();
    assert!(is_segment(&good));
    let refused = |change: fn(&mut Vec<u8>)| {
        let mut frame = good.clone();
        change(&mut frame);
        decode_segment(&frame).unwrap_err()
    };
    assert_eq!(refused(|frame| frame.clear()), SegmentError::Shape);
    assert_eq!(refused(|frame| frame[0] = 0), SegmentError::Shape);
    assert_eq!(refused(|frame| frame[2] = 0xff), SegmentError::Shape);
    assert_eq!(refused(|frame| *frame.last_mut().unwrap() = 1), SegmentError::Shape);
    assert!(matches!(refused(|frame| frame[1] += 1), SegmentError::Codec(CodecError::Trailing(1))));
    assert!(matches!(refused(|frame| frame[1] -= 1), SegmentError::Shape));
    let long = refused(|frame| frame.resize(SEGMENT_BYTES_MAX + 1, 0));
    assert!(matches!(long, SegmentError::Codec(CodecError::TooLong { .. })));
    assert!(decode_segment_reply(&[]).is_err());
    assert!(decode_segment_reply(&[TAG, 9]).is_err());
}

/// CAR-31
#[test]
fn a_request_is_put_together_from_parts_in_any_order() {
    let mut assembly = Assembly::new(6, 10).unwrap();
    assert_eq!(assembly.add(part(4, b"ef")), Ok(2));
    assert_eq!(assembly.add(part(0, b"ab")), Ok(2));
    assert_eq!(assembly.add(part(0, b"ab")), Ok(0), "it came before");
    assert_eq!(assembly.take_body(), None);
    assert_eq!(assembly.add(part(2, b"cd")), Ok(2));
    assert_eq!(assembly.take_body().unwrap(), b"abcdef");
    assert_eq!(assembly.take_body(), None, "once");
}

/// CAR-31: a part whose answer was lost may come again over another connection, which has other room.
#[test]
fn what_came_before_may_come_again_cut_otherwise() {
    let mut assembly = Assembly::new(10, 10).unwrap();
    assert_eq!(assembly.add(part(2, b"cd")), Ok(2));
    assert_eq!(assembly.add(part(6, b"gh")), Ok(2));
    assert_eq!(assembly.add(part(2, b"c")), Ok(0));
    assert_eq!(assembly.add(part(1, b"bcdefg")), Ok(3));
    assert_eq!(assembly.have(), 7);
    assert_eq!(assembly.add(part(0, b"abcdefghij")), Ok(3));
    assert_eq!(assembly.take_body().unwrap(), b"abcdefghij");
}

/// CAR-31
#[test]
fn parts_that_do_not_fit_are_refused() {
    assert!(Assembly::new(0, 10).is_err());
    assert!(Assembly::new(11, 10).is_err());
    let mut assembly = Assembly::new(10, 10).unwrap();
    assert_eq!(assembly.add(part(2, b"cde")), Ok(3));
    for bad in [part(2, b"cdX"), part(2, b"cX"), part(1, b"bX"), part(4, b"Xf"), part(0, b"abcdXfghij")] {
        assert_eq!(assembly.add(bad.clone()), Err(SegmentError::Part), "{bad:?}");
    }
    for outside in [part(0, b""), part(9, b"xx"), part(u32::MAX, b"x")] {
        assert_eq!(assembly.add(outside), Err(SegmentError::Part));
    }
    assert_eq!(assembly.have(), 3);
    let mut crumbs = Assembly::new(1_000, 1_000).unwrap();
    for index in 0..PIECES_MAX as u32 {
        assert_eq!(crumbs.add(part(2 * index, b"x")), Ok(1));
    }
    assert_eq!(crumbs.add(part(1, b"x")), Ok(1), "it fills a gap");
    assert_eq!(crumbs.add(part(500, b"x")), Ok(1));
    assert_eq!(crumbs.add(part(502, b"x")), Err(SegmentError::TooManyPieces));
}

/// A relay that answers with the body backwards, `times` over.
struct Model {
    total: u32,
    assembly: Option<Assembly>,
    answer: Option<Vec<u8>>,
    times: usize,
    runs: usize,
}

impl Model {
    fn answer(&mut self, frame: &[u8]) -> SegmentReply {
        let segment = decode_segment(frame).unwrap();
        if self.assembly.is_none() && segment.part.is_none() {
            return SegmentReply::Gone;
        }
        let assembly = self.assembly.get_or_insert_with(|| Assembly::new(self.total, BODY_MAX).unwrap());
        if let (Some(part), None) = (segment.part, &self.answer) {
            assembly.add(part).unwrap();
        }
        if let Some(mut body) = assembly.take_body() {
            body.reverse();
            self.runs += 1;
            self.answer = Some(body.repeat(self.times));
        }
        let Some(answer) = &self.answer else { return SegmentReply::Waiting { have: assembly.have() } };
        let from = answer.len().min(segment.want.offset as usize);
        let to = answer.len().min(from + segment.want.bytes as usize);
        let total = answer.len() as u32;
        SegmentReply::Answer { total, offset: segment.want.offset, bytes: answer[from..to].to_vec() }
    }

    /// CAR-35
    fn forget(&mut self) {
        (self.assembly, self.answer) = (None, None);
    }
}

/// The frame that carries a piece over a connection with some room.
fn sent(exchange: &mut Segmented, piece: &mut Piece, dice: &mut Dice) -> Vec<u8> {
    let (min, best) = exchange.room(piece, &PADS);
    let between = |dice: &mut Dice, min, best| min + dice.below((best - min + 1) as u64) as usize;
    let room = Room { request: between(dice, min.request, best.request), reply: between(dice, min.reply, best.reply) };
    let segment = exchange.segment(piece, room);
    let fitting: Vec<u16> = PADS.into_iter().filter(|pad| usize::from(*pad) <= room.request).collect();
    let frame = encode_segment(&segment, &fitting).unwrap();
    assert!(frame.len() <= room.request.max(min.request), "{} in {room:?}", frame.len());
    frame
}

#[test]
fn an_exchange_gets_through_whatever_is_lost_and_in_any_order() {
    let mut all_forgotten = 0;
    for seed in 0..200 {
        let mut dice = Dice(seed);
        let length = 1 + dice.below(u64::from(BODY_MAX) - 1) as usize;
        let times = dice.below(4) as usize;
        let body: Vec<u8> = (0..length).map(|_| dice.below(256) as u8).collect();
        let mut expected = body.clone();
        expected.reverse();
        let expected = expected.repeat(times);
        let mut relay = Model { total: length as u32, assembly: None, answer: None, times, runs: 0 };
        let mut exchange = Segmented::new([1; 16], body.clone(), 6_656, 4 * BODY_MAX);
        let mut under_way: VecDeque<(Piece, Vec<u8>)> = VecDeque::new();
        let (mut losses, mut done) = (0, false);
        let (mut forgotten, mut steps) = (0, 0);
        while !done {
            steps += 1;
            assert!(steps < 10_000, "seed {seed}: it asks without end");
            let mut later = false;
            match exchange.next_piece() {
                Next::Done => done = true,
                Next::Send(mut piece) => {
                    let frame = sent(&mut exchange, &mut piece, &mut dice);
                    under_way.push_back((piece, frame));
                }
                Next::Later => {
                    assert!(!under_way.is_empty(), "seed {seed}: nothing is under way");
                    later = true;
                }
            }
            let waits = under_way.len() < 6 && dice.below(2) == 0 && !later;
            let index = dice.below(under_way.len().max(1) as u64) as usize;
            let Some((piece, frame)) = (if waits { None } else { under_way.remove(index) }) else { continue };
            let mut begin_anew = false;
            if forgotten < 3 && dice.below(40) == 0 {
                forgotten += 1;
                relay.forget();
            }
            if losses < FAILURES_MAX && dice.below(5) == 0 {
                losses += 1;
                if dice.below(2) == 0 {
                    relay.answer(&frame);
                }
                assert!(exchange.failed(piece));
            } else {
                let reply = relay.answer(&frame);
                let gone = reply == SegmentReply::Gone;
                match exchange.replied(piece, reply) {
                    Ok(()) => {}
                    Err(SegmentError::Reply) if gone => begin_anew = true,
                    Err(SegmentError::Forgotten) => begin_anew = true,
                    Err(error) => panic!("seed {seed}: {error}"),
                }
            }
            if begin_anew {
                assert!(forgotten > 0, "seed {seed}: nothing was forgotten");
                relay.forget();
                under_way.clear();
                exchange = Segmented::new([2; 16], body.clone(), 6_656, 4 * BODY_MAX);
                (losses, done) = (0, false);
            }
        }
        assert_eq!(exchange.take_answer().unwrap(), expected, "seed {seed}");
        assert!((1..=1 + forgotten).contains(&relay.runs), "seed {seed}: {} runs", relay.runs);
        all_forgotten += forgotten;
    }
    assert!(all_forgotten > 100, "{all_forgotten}");
}

#[test]
fn an_exchange_whose_segments_all_fail_fails() {
    let mut exchange = Segmented::new([1; 16], vec![1; 10], 6_656, 100);
    let mut failures = 0;
    while let Next::Send(piece) = exchange.next_piece() {
        failures += 1;
        if !exchange.failed(piece) {
            break;
        }
    }
    assert_eq!(failures, FAILURES_MAX + 1);
}

#[test]
fn answers_that_were_not_asked_for_are_refused() {
    let answer = |total, offset, length: usize| SegmentReply::Answer { total, offset, bytes: vec![0; length] };
    let replied = |replies: &[SegmentReply]| {
        let mut exchange = Segmented::new([1; 16], vec![1; 10], 6_656, 100_000);
        let mut result = Ok(());
        for reply in replies {
            let Next::Send(piece) = exchange.next_piece() else { panic!("nothing to ask for") };
            result = exchange.replied(piece, reply.clone());
        }
        result
    };
    assert_eq!(replied(&[answer(10, 0, 10)]), Ok(()));
    for bad in [answer(10, 1, 5), answer(10, 0, 11), answer(100_001, 0, 0), SegmentReply::Nothing, SegmentReply::Gone] {
        assert_eq!(replied(std::slice::from_ref(&bad)), Err(SegmentError::Reply), "{bad:?}");
    }
    let second = |reply| replied(&[answer(10_000, 0, 100), reply]);
    assert_eq!(second(answer(10_000, 100, 50)), Ok(()));
    for bad in [answer(9_000, 100, 50), answer(10_000, 99, 50), answer(10_000, 100, 0), answer(10_000, 100, 9_000)] {
        assert_eq!(second(bad.clone()), Err(SegmentError::Reply), "{bad:?}");
    }
    assert_eq!(second(SegmentReply::Waiting { have: 10 }), Err(SegmentError::Reply));
}

/// However bytes are changed, they are refused, or are a frame within its bounds that survives being written again.
#[test]
fn changed_frames_are_refused_or_are_frames() {
    let good = encode_segment(&sample(), &PADS).unwrap();
    let answer = SegmentReply::Answer { total: 70_000, offset: 300, bytes: vec![7; 300] };
    let good_reply = encode_segment_reply(&answer).unwrap();
    let mut dice = Dice(1);
    let (mut taken, mut refused) = (0, 0);
    for _ in 0..20_000 {
        let mut frame = if dice.below(2) == 0 { good.clone() } else { good_reply.clone() };
        for _ in 0..=dice.below(4) {
            let index = dice.below(frame.len() as u64) as usize;
            frame[index] = dice.below(256) as u8;
        }
        frame.truncate(1 + dice.below(2 * frame.len() as u64) as usize);
        match decode_segment(&frame) {
            Ok(segment) => {
                taken += 1;
                let again = encode_segment(&segment, &[]).unwrap();
                assert_eq!(decode_segment(&again).unwrap(), segment);
            }
            Err(_) => refused += 1,
        }
        if let Ok(reply) = decode_segment_reply(&frame) {
            assert_eq!(decode_segment_reply(&encode_segment_reply(&reply).unwrap()).unwrap(), reply);
        }
    }
    assert!(taken > 100 && refused > 100, "{taken} taken, {refused} refused");
}
