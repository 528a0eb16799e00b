//! What a sealed query asks for: a segment (CAR-30) with a short name, because the name of a query has little room.

use crate::dns::seal::Session;
use crate::segment::{Part, Segment, Want};
use serde::{Deserialize, Serialize};
use wire::codec::{self, CodecError};

/// Bytes of a request that goes through DNS (DNS-3): a text, a payment, the question whether there is something.
pub const REQUEST_BYTES_MAX: usize = 24 * 1024;
/// Bytes of what a query asks for.
const ASK_BYTES_MAX: usize = 255;
/// What it has besides the bytes of a part, at most: numbers 3, 3, 5 and 3, and 2 more.
pub(crate) const ASK_OVERHEAD_BYTES: usize = 16;
/// Exchanges of a session: their numbers have three bytes.
pub(crate) const EXCHANGES_MAX: u32 = 1 << 21;
/// How long a query may wait at the relay, in milliseconds: resolvers give up after a few seconds, and ask again before.
pub const WAIT_MS_MAX: u32 = 1_500;

/// What a query asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// The number of the exchange in its session.
    pub exchange: u32,
    /// Bytes of the whole request.
    pub total: u32,
    /// What is asked for.
    pub want: Want,
    /// Bytes of the request.
    pub part: Option<Part>,
}

impl Ask {
    /// Reads one.
    pub fn decode(bytes: &[u8]) -> Result<Self, CodecError> {
        codec::decode(bytes, ASK_BYTES_MAX)
    }

    /// Writes one.
    pub fn encode(&self) -> Result<Vec<u8>, CodecError> {
        codec::encode(self)
    }

    /// What the relay does for it, which may say so many bytes of an answer; `None`: the request is too long.
    #[must_use]
    pub fn into_segment(self, session: &Session, answer_bytes_max: usize) -> Option<Segment> {
        let Self { exchange, total, want: Want { offset, bytes, wait_ms }, part } = self;
        let fits = usize::try_from(total).is_ok_and(|total| total <= REQUEST_BYTES_MAX);
        let bytes = bytes.min(u32::try_from(answer_bytes_max).unwrap_or(u32::MAX));
        let want = Want { offset, bytes, wait_ms: wait_ms.min(WAIT_MS_MAX) };
        fits.then(|| Segment { exchange: session.exchange_name(exchange), total, part, want })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_question_with_a_part_fits_what_is_reserved_for_it() {
        let total = REQUEST_BYTES_MAX as u32;
        let want = Want { offset: 0, bytes: 1_200, wait_ms: WAIT_MS_MAX };
        // No zone leaves room for more.
        for length in [1, 79, 111, 127] {
            let part = Part { offset: total - length as u32, bytes: vec![1; length] };
            let ask = Ask { exchange: EXCHANGES_MAX - 1, total, want, part: Some(part) };
            let bytes = ask.encode().unwrap();
            assert_eq!(bytes.len(), ASK_OVERHEAD_BYTES + length);
            assert_eq!(Ask::decode(&bytes).unwrap(), ask);
        }
        assert!(Ask::decode(&[0; ASK_BYTES_MAX + 1]).is_err());
    }
}
