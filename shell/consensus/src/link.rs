//! How the application reaches its validator: waking a proposer that waits, and gossip.

use bytes::{BufMut as _, Bytes, BytesMut};
use tokio::sync::{mpsc, watch};

/// Largest message that is gossiped: TON's limit for an external message.
pub const GOSSIP_BYTES_MAX: usize = 65_535;
/// Messages that wait to be gossiped; more are dropped, their senders will try again.
const GOSSIP_QUEUE_MAX: usize = 4096;
/// Bytes of one frame of gossip.
const FRAME_BYTES_MAX: usize = 256 * 1024;
/// Messages in one frame of gossip.
const FRAME_MESSAGES_MAX: usize = 1024;

/// The application's end.
#[derive(Clone, Debug)]
pub struct Link {
    wake: watch::Sender<u64>,
    gossip: mpsc::Sender<Bytes>,
}

/// The validator's end.
#[derive(Debug)]
pub struct LinkEnds {
    pub(crate) wake: watch::Receiver<u64>,
    pub(crate) gossip: mpsc::Receiver<Bytes>,
}

/// Makes both ends.
#[must_use]
pub fn link() -> (Link, LinkEnds) {
    let (wake, woken) = watch::channel(0);
    let (gossip, queue) = mpsc::channel(GOSSIP_QUEUE_MAX);
    (Link { wake, gossip }, LinkEnds { wake: woken, gossip: queue })
}

impl Link {
    /// There is something to put in a block: a proposer that waits looks again.
    pub fn wake(&self) {
        self.wake.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Passes a message on to every other validator; false when it was dropped because the queue is full,
    /// the message too large, or the validator stopped.
    #[must_use]
    pub fn gossip(&self, message: Bytes) -> bool {
        message.len() <= GOSSIP_BYTES_MAX && self.gossip.try_send(message).is_ok()
    }
}

/// Packs what waits into one frame: each message after its length (u32, big-endian). Returns the frame and
/// a message that did not fit any more.
pub(crate) fn pack(first: Bytes, queue: &mut mpsc::Receiver<Bytes>) -> (Bytes, Option<Bytes>) {
    let mut frame = BytesMut::new();
    let mut next = Some(first);
    let mut count = 0;
    while let Some(message) = next {
        let full = frame.len().saturating_add(message.len()) > FRAME_BYTES_MAX || count == FRAME_MESSAGES_MAX;
        if full && count > 0 {
            return (frame.freeze(), Some(message));
        }
        frame.put_u32(u32::try_from(message.len()).unwrap_or(u32::MAX));
        frame.put_slice(&message);
        count = count.saturating_add(1);
        next = queue.try_recv().ok();
    }
    (frame.freeze(), None)
}

/// The messages of a frame, up to the first thing that is wrong with it.
pub(crate) fn unpack(mut frame: Bytes) -> Vec<Bytes> {
    let mut messages = Vec::new();
    while let Some((length, _)) = frame.split_first_chunk::<4>() {
        let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
        if length > GOSSIP_BYTES_MAX || frame.len().saturating_sub(4) < length || messages.len() == FRAME_MESSAGES_MAX {
            break;
        }
        let _ = frame.split_to(4);
        messages.push(frame.split_to(length));
    }
    messages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_comes_out_in_order_and_what_did_not_fit_waits() {
        let (link, mut ends) = link();
        let messages: Vec<Bytes> = (0..10u8).map(|tag| Bytes::from(vec![tag; 60_000])).collect();
        assert!(messages.iter().all(|message| link.gossip(message.clone())));
        let first = ends.gossip.try_recv().unwrap();
        let (frame, left) = pack(first, &mut ends.gossip);
        assert_eq!(unpack(frame), messages[..4]);
        assert_eq!(left, Some(messages[4].clone()));
    }

    #[test]
    fn a_broken_frame_yields_only_what_is_whole() {
        let mut frame = BytesMut::new();
        frame.put_u32(1);
        frame.put_u8(7);
        frame.put_u32(u32::MAX);
        frame.put_u8(7);
        assert_eq!(unpack(frame.freeze()), [Bytes::from_static(&[7])]);
    }

    #[test]
    fn too_large_a_message_is_not_gossiped() {
        let (link, _ends) = link();
        assert!(!link.gossip(Bytes::from(vec![0; GOSSIP_BYTES_MAX + 1])));
    }
}
