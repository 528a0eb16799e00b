//! What a stranger may use of the server (MBX-60 to MBX-62): how often it may ask, places, time for a body.

use crate::config::RelayLimits;
use crate::shares::{Share, Shares};
use bytes::{Bytes, BytesMut};
use carrier::segment::{self, Segment};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use mailbox::hop::{self, HopBody};
use mailbox::limits::{RateTable, Source};
use parking_lot::Mutex;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::clock;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Bodies of one connection that are read at once; its others wait. An entry relay has one connection, and its bodies
/// are there with their heads.
pub(crate) const BODIES_PER_CONNECTION: usize = 32;

/// Bytes of a body that is too long which are read and thrown away; longer ones are cut off.
const DISCARDED_BYTES_MAX: usize = 16 << 20;

/// The server's bounds, and what is taken of them.
#[derive(Debug)]
pub(crate) struct Admission {
    limits: RelayLimits,
    rates: Mutex<RateTable<Source>>,
    pub(crate) connections: Arc<Shares<Source>>,
    pub(crate) requests: Arc<Shares<Source>>,
    pub(crate) bodies: Arc<Shares<Source>>,
    pub(crate) replies: Arc<Shares<Source>>,
    pub(crate) mirrored: Arc<Shares<Source>>,
    discarded: Arc<Shares<Source>>,
    body_places: Arc<Semaphore>,
}

/// Why a body was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It came too slowly, or no place came free.
    Slow,
    /// This source has as many bodies under way as it may.
    Crowded,
    /// Too long, or broken off.
    Unfit,
}

/// What a body says.
#[derive(Debug)]
pub(crate) enum Decoded {
    /// A whole request.
    Whole(HopBody),
    /// A piece of one (CAR-30).
    Segment(Segment),
}

/// A body with the places that it takes, as long as its bytes are there.
#[derive(Debug)]
pub(crate) struct ReadBody {
    bytes: Bytes,
    _share: Share<Source>,
    _place: OwnedSemaphorePermit,
}

impl ReadBody {
    /// The bytes as they came. They count as held as long as this body is there.
    pub(crate) fn bytes(&self) -> Bytes {
        self.bytes.clone()
    }

    /// How many they are.
    pub(crate) fn length(&self) -> usize {
        self.bytes.len()
    }

    /// What it says.
    pub(crate) fn decode(&self) -> Option<Decoded> {
        if segment::is_segment(&self.bytes) {
            return segment::decode_segment(&self.bytes).ok().map(Decoded::Segment);
        }
        hop::decode_body(&self.bytes).ok().map(Decoded::Whole)
    }
}

impl Admission {
    pub(crate) fn new(limits: RelayLimits) -> Self {
        Self {
            limits,
            rates: Mutex::new(RateTable::new(limits.requests)),
            connections: Shares::new(limits.connections_max as u64, limits.connections_per_source_max as u64),
            requests: Shares::new(limits.requests_max as u64, limits.requests_per_source_max as u64),
            // All of them are bounded by the places below, which are waited for.
            bodies: Shares::new(u64::MAX, limits.bodies_per_source_max as u64),
            replies: Shares::new(limits.reply_bytes_max, limits.reply_bytes_per_source_max),
            mirrored: Shares::new(limits.mirrored_max as u64, limits.mirrored_per_source_max as u64),
            discarded: Shares::new(limits.bodies_max as u64, limits.bodies_per_source_max as u64),
            body_places: Arc::new(Semaphore::new(limits.bodies_max)),
        }
    }

    /// Takes a token of the source's, or says after how many milliseconds there will be one.
    pub(crate) fn ask(&self, source: Source) -> Result<(), u32> {
        self.rates.lock().take(&source, clock::now())
    }

    /// The whole body, if it comes in time, is within its bound and there is a place for it.
    pub(crate) async fn read(
        &self,
        source: Source,
        of_connection: &Semaphore,
        body: Incoming,
    ) -> Result<ReadBody, Unread> {
        let limit = Duration::from_millis(self.limits.body_ms);
        let began = Instant::now();
        let waiting = tokio::time::timeout(limit, of_connection.acquire()).await;
        let Ok(Ok(_turn)) = waiting else { return Err(Unread::Slow) };
        let share = self.bodies.take(source, 1).ok_or(Unread::Crowded)?;
        let places = Arc::clone(&self.body_places);
        let waiting = tokio::time::timeout(limit.saturating_sub(began.elapsed()), places.acquire_owned()).await;
        let Ok(Ok(place)) = waiting else { return Err(Unread::Slow) };
        let bytes = self.collect(body).await?;
        Ok(ReadBody { bytes, _share: share, _place: place })
    }

    /// Reads in time what is needed for nothing, and throws it away: it goes on while the answer is sent. Without a place
    /// for that it is cut off.
    pub(crate) fn discard(&self, source: Source, body: Incoming) {
        let Some(share) = self.discarded.take(source, 1) else { return };
        let limits = self.limits;
        tokio::spawn(async move {
            let _share = share;
            let mut body = Limited::new(body, DISCARDED_BYTES_MAX);
            let (mut received, began) = (0_usize, Instant::now());
            loop {
                let allowed = time_for(&limits, received).saturating_sub(began.elapsed());
                let Ok(Some(Ok(frame))) = tokio::time::timeout(allowed, body.frame()).await else { return };
                received = received.saturating_add(frame.data_ref().map_or(0, Bytes::len));
            }
        });
    }

    /// What is longer than its bound is read on and thrown away before it is refused: who still sends when a connection
    /// of HTTP/1.1 closes loses the answer, and other websites don't do that to their visitors.
    async fn collect(&self, body: Incoming) -> Result<Bytes, Unread> {
        let mut body = Limited::new(body, DISCARDED_BYTES_MAX);
        let (mut bytes, mut received) = (BytesMut::new(), 0_usize);
        let began = Instant::now();
        loop {
            let allowed = time_for(&self.limits, received);
            let frame = tokio::time::timeout(allowed.saturating_sub(began.elapsed()), body.frame()).await;
            let frame = match frame.map_err(|_elapsed| Unread::Slow)? {
                None if received > hop::BODY_BYTES_MAX => return Err(Unread::Unfit),
                None => return Ok(bytes.freeze()),
                Some(frame) => frame.map_err(|_broken| Unread::Unfit)?.into_data().unwrap_or_default(),
            };
            received = received.saturating_add(frame.len());
            if received <= hop::BODY_BYTES_MAX {
                bytes.extend_from_slice(&frame);
            } else {
                bytes = BytesMut::new();
            }
        }
    }
}

/// How long after its beginning a body may go on of which so much has come: the first bytes come soon, then a thousand
/// a second at least, and in all no longer than the whole time.
fn time_for(limits: &RelayLimits, received_bytes: usize) -> Duration {
    Duration::from_millis(limits.first_bytes_ms.saturating_add(received_bytes as u64).min(limits.body_ms))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_must_begin_soon_and_go_on() {
        let limits = RelayLimits { first_bytes_ms: 2_000, body_ms: 15_000, ..RelayLimits::default() };
        assert_eq!(time_for(&limits, 0), Duration::from_secs(2));
        assert_eq!(time_for(&limits, 3_500), Duration::from_millis(5_500));
        assert_eq!(time_for(&limits, usize::MAX), Duration::from_secs(15));
    }
}
