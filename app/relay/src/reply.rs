//! Answers on their way out: their bytes count against a budget until they are sent or dropped, and a reader who takes
//! nothing for long loses its connection (MBX-69).

use crate::shares::Share;
use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use mailbox::limits::Source;
use parking_lot::Mutex;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

/// Bytes handed to the connection at once: what a slow reader has taken counts as progress in these steps.
const CHUNK_BYTES: usize = 8 * 1024;
/// Looks for readers who take nothing, in the time that they are given.
const LOOKS: u32 = 4;

/// The body of a response.
#[derive(Debug)]
pub(crate) struct Reply {
    rest: Bytes,
    budget: Option<Share<Source>>,
    sending: Arc<Sending>,
}

impl Reply {
    /// `budget` is for bytes that are there for this answer only, `place` is the request's: both are given back when the
    /// last byte is sent.
    pub(crate) fn new(
        body: Bytes,
        budget: Option<Share<Source>>,
        place: Option<Share<Source>>,
        unsent: &Arc<Unsent>,
    ) -> Self {
        Self { rest: body, budget, sending: unsent.begin(place) }
    }
}

impl Body for Reply {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        let length = self.rest.len().min(CHUNK_BYTES);
        let bytes = self.rest.split_to(length);
        let budget = self.budget.as_mut().map(|budget| budget.part(length as u64));
        let chunk = Bytes::from_owner(Chunk { bytes, sending: Arc::clone(&self.sending), _budget: budget });
        Poll::Ready(Some(Ok(Frame::data(chunk))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.rest.len() as u64)
    }
}

/// A piece that the connection holds until it is sent.
struct Chunk {
    bytes: Bytes,
    sending: Arc<Sending>,
    _budget: Option<Share<Source>>,
}

impl AsRef<[u8]> for Chunk {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for Chunk {
    fn drop(&mut self) {
        self.sending.progress();
    }
}

/// The answers of one connection that are not sent yet, with the time of their last progress.
#[derive(Debug, Default)]
pub(crate) struct Unsent {
    next: AtomicU64,
    answers: Mutex<BTreeMap<u64, Instant>>,
}

impl Unsent {
    fn begin(self: &Arc<Self>, place: Option<Share<Source>>) -> Arc<Sending> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        self.answers.lock().insert(number, Instant::now());
        Arc::new(Sending { unsent: Arc::clone(self), number, _place: place })
    }

    /// Returns when an answer has made no progress for `limit`.
    pub(crate) async fn stalled(&self, limit: Duration) {
        let step = limit.checked_div(LOOKS).unwrap_or(limit);
        loop {
            tokio::time::sleep(step).await;
            if self.answers.lock().values().any(|at| at.elapsed() >= limit) {
                return;
            }
        }
    }
}

/// One answer, until its last piece is gone.
#[derive(Debug)]
struct Sending {
    unsent: Arc<Unsent>,
    number: u64,
    _place: Option<Share<Source>>,
}

impl Sending {
    fn progress(&self) {
        if let Some(at) = self.unsent.answers.lock().get_mut(&self.number) {
            *at = Instant::now();
        }
    }
}

impl Drop for Sending {
    fn drop(&mut self) {
        self.unsent.answers.lock().remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shares::Shares;
    use http_body_util::BodyExt;

    #[tokio::test]
    async fn the_budget_is_held_until_the_last_piece_is_sent() {
        let (budgets, requests) = (Shares::new(100_000, 100_000), Shares::new(1, 1));
        let (source, unsent) = (Source([1; 16]), Arc::new(Unsent::default()));
        let budget = budgets.take(source, 20_000).unwrap();
        let request = requests.take(source, 1);
        let mut reply = Reply::new(Bytes::from(vec![7; 20_000]), Some(budget), request, &unsent);
        assert_eq!(reply.size_hint().exact(), Some(20_000));
        let mut pieces = Vec::new();
        while let Some(frame) = reply.frame().await {
            pieces.push(frame.unwrap().into_data().unwrap());
        }
        drop(reply);
        assert_eq!(requests.taken(), 1);
        assert_eq!(pieces.iter().map(Bytes::len).collect::<Vec<_>>(), [8_192, 8_192, 3_616]);
        assert_eq!((budgets.taken(), unsent.answers.lock().len()), (20_000, 1), "the connection holds all of it");
        drop(pieces.remove(0));
        assert_eq!(budgets.taken(), 20_000 - 8_192);
        drop(pieces);
        assert_eq!((budgets.taken(), requests.taken(), unsent.answers.lock().len()), (0, 0, 0));
    }

    #[tokio::test]
    async fn an_answer_dropped_unsent_gives_its_budget_back() {
        let (budgets, requests) = (Shares::new(10, 10), Shares::new(1, 1));
        let source = Source([1; 16]);
        let (budget, request) = (budgets.take(source, 5), requests.take(source, 1));
        let unsent = Arc::new(Unsent::default());
        drop(Reply::new(Bytes::from_static(b"12345"), budget, request, &unsent));
        assert_eq!((budgets.taken(), requests.taken(), unsent.answers.lock().len()), (0, 0, 0));
    }
}
