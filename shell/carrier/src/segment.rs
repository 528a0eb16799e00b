//! Exchanges cut into segments (CAR-30 to CAR-36): what a relay and a carrier say to each other when no connection
//! may carry a whole exchange.
//!
//! Requirements: the names of exchanges are random and go over TLS only. Provided: the frames, bounded; the relay's
//! side of putting a request together ([`Assembly`]); the carrier's side of cutting one and of fetching its answer
//! ([`Segmented`]). Both without clock and IO. Not provided: which connection carries which segment.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;
use wire::codec::{self, CodecError};

/// First byte of a segment and of the answer to one; no variant of the relay protocol's bodies.
pub const TAG: u8 = 0x10;
/// Bytes of a segment with its padding, and of the answer to one.
pub const SEGMENT_BYTES_MAX: usize = 16 * 1024;
/// What a segment has besides the bytes of its part, at most: tag 1, length 2, name 16, numbers 5 × 5, and 4 more.
pub const SEGMENT_OVERHEAD_BYTES: usize = 48;
/// What the answer to a segment has besides the bytes of the answer, at most.
pub const REPLY_OVERHEAD_BYTES: usize = 16;
/// Pieces of one request with gaps between them.
pub const PIECES_MAX: usize = 128;
/// How long a segment may wait for the answer, in milliseconds.
pub const WAIT_MS_MAX: u32 = 25_000;

/// How long the last part waits for the answer, in milliseconds: most answers are there by then.
const PART_WAIT_MS: u32 = 3_000;
/// How long a question waits, in milliseconds: the PINGs meanwhile use its connection up.
const QUESTION_WAIT_MS: u32 = 10_000;
/// What is asked for of an answer of unknown length: one step of a sealed response (MBX-43) with what is around it.
const FIRST_ANSWER_BYTES: u32 = 2_560;
/// What is asked for at once of an answer of known length.
const ANSWER_STEP_BYTES: u32 = 6 * 1024;
/// The longest answer: the relay protocol's is a little over 2 MiB.
pub(crate) const ANSWER_BYTES_MAX: u32 = 4 * 1024 * 1024;
/// The smallest piece worth a request of its own.
pub(crate) const PIECE_BYTES_MIN: u32 = 512;
/// Segments of one exchange that may fail before it does.
const FAILURES_MAX: usize = 12;

/// The name of a segmented exchange.
pub type ExchangeName = [u8; 16];

/// A piece of an exchange, as the carrier sends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Names the exchange; random.
    pub exchange: ExchangeName,
    /// Bytes of the whole request.
    pub total: u32,
    /// Bytes of the request.
    pub part: Option<Part>,
    /// What is asked for.
    pub want: Want,
}

/// Some bytes of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Where they stand in it.
    pub offset: u32,
    /// The bytes; one at least.
    #[serde(with = "serde_bytes")]
    pub bytes: Vec<u8>,
}

/// A range of the answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Want {
    /// Where it begins.
    pub offset: u32,
    /// At most so many bytes.
    pub bytes: u32,
    /// How long to wait for the answer to be there, in milliseconds.
    pub wait_ms: u32,
}

/// What a relay says to a segment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SegmentReply {
    /// There is no answer yet.
    Waiting {
        /// Bytes of the request that are there.
        have: u32,
    },
    /// A range of the answer.
    Answer {
        /// Bytes of the whole answer.
        total: u32,
        /// Where the range begins.
        offset: u32,
        /// The range.
        #[serde(with = "serde_bytes")]
        bytes: Vec<u8>,
    },
    /// The relay does not know this exchange (any more): begin anew under another name.
    Gone,
    /// The request was none that the relay runs.
    Nothing,
    /// The relay has as many exchanges as it can hold.
    Full {
        /// When to try again, in milliseconds.
        retry_after_ms: u32,
    },
}

/// Why a segment, or the answer to one, is refused.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum SegmentError {
    /// Not of this shape.
    #[error("not a segment: {0}")]
    Codec(#[from] CodecError),
    /// Begins with something else, its length is wrong, or what follows it is not zeros.
    #[error("not a segment")]
    Shape,
    /// The whole request is empty or longer than any.
    #[error("a segmented request must have 1 to {max} bytes")]
    Total {
        /// The bound.
        max: u32,
    },
    /// A part is empty, leaves the request, or says otherwise than another did.
    #[error("the parts of a segmented request do not fit together")]
    Part,
    /// More pieces with gaps between them than a request may have.
    #[error("a segmented request may have {PIECES_MAX} pieces with gaps between them")]
    TooManyPieces,
    /// The relay has not all that was sent and acknowledged: it has forgotten the exchange. Begin anew.
    #[error("the relay has forgotten the exchange")]
    Forgotten,
    /// The relay answered something that was not asked for.
    #[error("the relay's segments do not fit together")]
    Reply,
}

/// How long the relay is asked to wait for a piece, in seconds.
pub(crate) fn wait_s(piece: &Piece) -> u64 {
    let wait_ms = match piece {
        Piece::Part(_) => PART_WAIT_MS,
        Piece::Question => QUESTION_WAIT_MS,
        Piece::Range(_) => 0,
    };
    u64::from(wait_ms.div_ceil(1_000))
}

/// Whether a body is to be read as a segment.
#[must_use]
pub fn is_segment(body: &[u8]) -> bool {
    body.first() == Some(&TAG)
}

/// Reads a segment.
pub fn decode_segment(frame: &[u8]) -> Result<Segment, SegmentError> {
    if frame.len() > SEGMENT_BYTES_MAX {
        return Err(CodecError::TooLong { len: frame.len(), max: SEGMENT_BYTES_MAX }.into());
    }
    let [TAG, low, high, rest @ ..] = frame else { return Err(SegmentError::Shape) };
    let length = usize::from(u16::from_le_bytes([*low, *high]));
    let (content, padding) = rest.split_at_checked(length).ok_or(SegmentError::Shape)?;
    if padding.iter().any(|byte| *byte != 0) {
        return Err(SegmentError::Shape);
    }
    Ok(codec::decode(content, SEGMENT_BYTES_MAX)?)
}

/// Writes a segment, with zeros up to the smallest of `pads` that holds it.
pub fn encode_segment(segment: &Segment, pads: &[u16]) -> Result<Vec<u8>, SegmentError> {
    let content = codec::encode(segment)?;
    let length = u16::try_from(content.len()).map_err(|_| SegmentError::Shape)?;
    let mut frame = vec![TAG];
    frame.extend_from_slice(&length.to_le_bytes());
    frame.extend_from_slice(&content);
    if let Some(size) = pads.iter().map(|size| usize::from(*size)).find(|size| *size >= frame.len()) {
        frame.resize(size, 0);
    }
    if frame.len() > SEGMENT_BYTES_MAX {
        return Err(CodecError::TooLong { len: frame.len(), max: SEGMENT_BYTES_MAX }.into());
    }
    Ok(frame)
}

/// Reads a relay's answer to a segment.
pub fn decode_segment_reply(frame: &[u8]) -> Result<SegmentReply, SegmentError> {
    let [TAG, rest @ ..] = frame else { return Err(SegmentError::Shape) };
    Ok(codec::decode(rest, SEGMENT_BYTES_MAX)?)
}

/// Writes a relay's answer to a segment.
pub fn encode_segment_reply(reply: &SegmentReply) -> Result<Vec<u8>, SegmentError> {
    let mut frame = vec![TAG];
    frame.extend_from_slice(&codec::encode(reply)?);
    Ok(frame)
}

/// A request that a relay puts together (CAR-31).
#[derive(Debug)]
pub struct Assembly {
    total: u32,
    have: u32,
    parts: BTreeMap<u32, Vec<u8>>,
}

impl Assembly {
    /// A request of `total` bytes, of which none is there yet.
    pub fn new(total: u32, max: u32) -> Result<Self, SegmentError> {
        if !(1..=max).contains(&total) {
            return Err(SegmentError::Total { max });
        }
        Ok(Self { total, have: 0, parts: BTreeMap::new() })
    }

    /// Takes a part and gives how many of its bytes are new. What came before may come again, cut otherwise too.
    pub fn add(&mut self, part: Part) -> Result<u32, SegmentError> {
        let Part { offset, bytes } = part;
        let length = u32::try_from(bytes.len()).map_err(|_| SegmentError::Part)?;
        let end = offset.checked_add(length).filter(|end| *end <= self.total && length > 0);
        let end = end.ok_or(SegmentError::Part)?;
        let of_part = |from: u32, to: u32| {
            bytes.get(indices(&(from.saturating_sub(offset)..to.saturating_sub(offset)))).unwrap_or_default()
        };
        let mut fresh = Vec::new();
        let mut at = offset;
        for (start, known) in self.parts.range(..end) {
            let known_end = start.saturating_add(u32::try_from(known.len()).unwrap_or(u32::MAX));
            let (from, to) = (offset.max(*start), end.min(known_end));
            if from >= to {
                continue;
            }
            let known = known.get(indices(&(from.saturating_sub(*start)..to.saturating_sub(*start))));
            if known != Some(of_part(from, to)) {
                return Err(SegmentError::Part);
            }
            fresh.push(at..from);
            at = to;
        }
        fresh.push(at..end);
        fresh.retain(|range| !range.is_empty());
        let had = self.have;
        for range in fresh {
            self.have = self.have.saturating_add(range.end.saturating_sub(range.start));
            self.insert(range.start, of_part(range.start, range.end));
        }
        if self.parts.len() > PIECES_MAX { Err(SegmentError::TooManyPieces) } else { Ok(self.have.saturating_sub(had)) }
    }

    /// Puts bytes that are new where they belong; what touches becomes one piece.
    fn insert(&mut self, offset: u32, bytes: &[u8]) {
        let end_of = |start: u32, piece: &[u8]| start.saturating_add(u32::try_from(piece.len()).unwrap_or(u32::MAX));
        let after = self.parts.remove(&end_of(offset, bytes)).unwrap_or_default();
        match self.parts.range_mut(..offset).next_back() {
            Some((start, before)) if end_of(*start, before) == offset => {
                before.extend_from_slice(bytes);
                before.extend_from_slice(&after);
            }
            _ => drop(self.parts.insert(offset, [bytes, &after].concat())),
        }
    }

    /// Bytes that are there.
    #[must_use]
    pub fn have(&self) -> u32 {
        self.have
    }

    /// The whole request, once every byte is there; its parts are gone from here then.
    pub fn take_body(&mut self) -> Option<Vec<u8>> {
        if self.have != self.total {
            return None;
        }
        let parts = std::mem::take(&mut self.parts);
        let mut body = Vec::with_capacity(usize::try_from(self.total).unwrap_or(0));
        parts.into_values().for_each(|bytes| body.extend_from_slice(&bytes));
        (!body.is_empty()).then_some(body)
    }
}

/// One exchange as the carrier sees it: what is to be sent, and what of the answer is there.
#[derive(Debug)]
pub struct Segmented {
    name: ExchangeName,
    body: Vec<u8>,
    part_bytes_max: u32,
    answer_bytes_max: u32,
    unsent: Vec<Range<u32>>,
    parts_under_way: usize,
    asked: bool,
    answer: Option<AnswerSoFar>,
    failures: usize,
}

#[derive(Debug)]
struct AnswerSoFar {
    total: u32,
    got: u32,
    chunks: BTreeMap<u32, Vec<u8>>,
    missing: Vec<Range<u32>>,
}

/// What the carrier may do next for an exchange.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// Find a connection with room for this and send it.
    Send(Piece),
    /// Others are under way: come again when one of them has ended.
    Later,
    /// The whole answer is there.
    Done,
}

/// A piece of work, given to one connection.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece {
    /// These bytes of the request.
    Part(Range<u32>),
    /// Is the answer there?
    Question,
    /// These bytes of the answer.
    Range(Range<u32>),
}

/// Bytes of a request's and an answer's frame that a connection has room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// In the segment.
    pub request: usize,
    /// In the answer to it.
    pub reply: usize,
}

impl Segmented {
    /// Begins an exchange under a random `name`. Segments have at most `frame_bytes_max` bytes, the answer at most
    /// `answer_bytes_max`.
    #[must_use]
    pub fn new(name: ExchangeName, body: Vec<u8>, frame_bytes_max: u16, answer_bytes_max: u32) -> Self {
        let total = u32::try_from(body.len()).unwrap_or(u32::MAX);
        let part_bytes_max = usize::from(frame_bytes_max).saturating_sub(SEGMENT_OVERHEAD_BYTES);
        Self {
            name,
            body,
            part_bytes_max: u32::try_from(part_bytes_max).unwrap_or(u32::MAX).max(1),
            answer_bytes_max,
            unsent: std::iter::once(0..total).collect(),
            parts_under_way: 0,
            asked: false,
            answer: None,
            failures: 0,
        }
    }

    /// What to do next.
    pub fn next_piece(&mut self) -> Next {
        if let Some(range) = pop(&mut self.unsent, self.part_bytes_max) {
            self.parts_under_way = self.parts_under_way.saturating_add(1);
            return Next::Send(Piece::Part(range));
        }
        match &mut self.answer {
            Some(answer) if answer.got == answer.total => Next::Done,
            Some(answer) => match pop(&mut answer.missing, ANSWER_STEP_BYTES) {
                Some(range) => Next::Send(Piece::Range(range)),
                None => Next::Later,
            },
            None if self.parts_under_way > 0 || self.asked => Next::Later,
            None => {
                self.asked = true;
                Next::Send(Piece::Question)
            }
        }
    }

    /// What a connection should have room for to take this piece: at least, and at best.
    #[must_use]
    pub fn room(&self, piece: &Piece, pads: &[u16]) -> (Room, Room) {
        let padded = |bytes: usize| {
            let frame = bytes.saturating_add(SEGMENT_OVERHEAD_BYTES);
            pads.iter().map(|size| usize::from(*size)).find(|size| *size >= frame).unwrap_or(frame)
        };
        let bytes = |range: &Range<u32>| usize::try_from(range.end.saturating_sub(range.start)).unwrap_or(usize::MAX);
        let reply = |bytes: usize| bytes.saturating_add(REPLY_OVERHEAD_BYTES);
        let least = usize::try_from(PIECE_BYTES_MIN).unwrap_or(usize::MAX);
        let first = usize::try_from(FIRST_ANSWER_BYTES).unwrap_or(usize::MAX);
        match piece {
            Piece::Part(range) => {
                let min = Room { request: padded(bytes(range).min(least)), reply: reply(0) };
                let answered = if self.is_last() { first } else { 0 };
                (min, Room { request: padded(bytes(range)), reply: reply(answered) })
            }
            Piece::Question => {
                let min = Room { request: padded(0), reply: reply(0) };
                (min, min)
            }
            Piece::Range(range) => {
                let min = Room { request: padded(0), reply: reply(bytes(range).min(least)) };
                (min, Room { reply: reply(bytes(range)), ..min })
            }
        }
    }

    /// The segment that carries as much of the piece as there is room for; the rest is for another.
    pub fn segment(&mut self, piece: &mut Piece, room: Room) -> Segment {
        let reply = room.reply.saturating_sub(REPLY_OVERHEAD_BYTES);
        let reply = u32::try_from(reply.min(SEGMENT_BYTES_MAX.saturating_sub(REPLY_OVERHEAD_BYTES))).unwrap_or(0);
        let mut part = None;
        let want = match piece {
            Piece::Part(range) => {
                let fits = room.request.saturating_sub(SEGMENT_OVERHEAD_BYTES);
                cut(range, u32::try_from(fits).unwrap_or(u32::MAX), &mut self.unsent);
                let bytes = self.body.get(indices(range)).unwrap_or_default().to_vec();
                part = Some(Part { offset: range.start, bytes });
                let last = self.is_last();
                Want { offset: 0, bytes: if last { reply } else { 0 }, wait_ms: if last { PART_WAIT_MS } else { 0 } }
            }
            Piece::Question => Want { offset: 0, bytes: reply, wait_ms: QUESTION_WAIT_MS },
            Piece::Range(range) => {
                if let Some(answer) = &mut self.answer {
                    cut(range, reply, &mut answer.missing);
                }
                Want { offset: range.start, bytes: range.end.saturating_sub(range.start), wait_ms: 0 }
            }
        };
        let total = u32::try_from(self.body.len()).unwrap_or(u32::MAX);
        Segment { exchange: self.name, total, part, want }
    }

    /// Takes what the relay said to a piece.
    pub fn replied(&mut self, piece: Piece, reply: SegmentReply) -> Result<(), SegmentError> {
        match &piece {
            Piece::Part(_) => self.parts_under_way = self.parts_under_way.saturating_sub(1),
            Piece::Question => self.asked = false,
            Piece::Range(_) => {}
        }
        let total = u32::try_from(self.body.len()).unwrap_or(u32::MAX);
        match (piece, reply) {
            // Nothing but a part is sent before every part was acknowledged.
            (Piece::Question | Piece::Range(_), SegmentReply::Waiting { have }) if have < total => {
                Err(SegmentError::Forgotten)
            }
            (Piece::Part(_) | Piece::Question, SegmentReply::Waiting { .. }) => Ok(()),
            (piece, SegmentReply::Answer { total, offset, bytes }) => self.answered(piece, total, offset, bytes),
            // What ends the exchange is told apart before it comes here.
            _ => Err(SegmentError::Reply),
        }
    }

    /// A piece was not answered. `false`: so many were not that the exchange has failed.
    pub fn failed(&mut self, piece: Piece) -> bool {
        match piece {
            Piece::Part(range) => {
                self.parts_under_way = self.parts_under_way.saturating_sub(1);
                self.unsent.push(range);
            }
            Piece::Question => self.asked = false,
            Piece::Range(range) => {
                if let Some(answer) = &mut self.answer {
                    answer.missing.push(range);
                }
            }
        }
        self.failures = self.failures.saturating_add(1);
        self.failures <= FAILURES_MAX
    }

    /// The whole answer, when [`Next::Done`] was said.
    pub fn take_answer(&mut self) -> Option<Vec<u8>> {
        let answer = self.answer.take().filter(|answer| answer.got == answer.total)?;
        Some(answer.chunks.into_values().collect::<Vec<_>>().concat())
    }

    fn answered(&mut self, piece: Piece, total: u32, offset: u32, bytes: Vec<u8>) -> Result<(), SegmentError> {
        let length = u32::try_from(bytes.len()).map_err(|_| SegmentError::Reply)?;
        let end = offset.checked_add(length).ok_or(SegmentError::Reply)?;
        let known = self.answer.as_ref().map(|answer| answer.total);
        if total > self.answer_bytes_max || known.is_some_and(|known| known != total) {
            return Err(SegmentError::Reply);
        }
        let asked = match piece {
            // Two last parts may both bring the beginning: the second is passed over.
            Piece::Part(_) | Piece::Question if known.is_some() => return Ok(()),
            Piece::Part(_) | Piece::Question => 0..total,
            Piece::Range(_) if length == 0 => return Err(SegmentError::Reply),
            Piece::Range(range) => range,
        };
        if offset != asked.start || end > asked.end {
            return Err(SegmentError::Reply);
        }
        let empty = AnswerSoFar { total, got: 0, chunks: BTreeMap::new(), missing: Vec::new() };
        let answer = self.answer.get_or_insert(empty);
        if end < asked.end {
            answer.missing.push(end..asked.end);
        }
        answer.got = answer.got.saturating_add(length);
        answer.chunks.insert(offset, bytes);
        Ok(())
    }

    /// Whether what is under way are the last bytes of the request.
    fn is_last(&self) -> bool {
        self.unsent.is_empty() && self.parts_under_way <= 1
    }
}

/// At most `max` bytes off a list of ranges.
fn pop(ranges: &mut Vec<Range<u32>>, max: u32) -> Option<Range<u32>> {
    let mut range = ranges.pop()?;
    cut(&mut range, max, ranges);
    Some(range)
}

/// Leaves `max` bytes in the range and gives the others back.
fn cut(range: &mut Range<u32>, max: u32, rest: &mut Vec<Range<u32>>) {
    let end = range.start.saturating_add(max.max(1)).min(range.end);
    if end < range.end {
        rest.push(end..range.end);
        range.end = end;
    }
}

fn indices(range: &Range<u32>) -> Range<usize> {
    usize::try_from(range.start).unwrap_or(usize::MAX)..usize::try_from(range.end).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests;
