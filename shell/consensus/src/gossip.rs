//! External messages between validators: out in frames at a pace, in from each validator in its turn.
//!
//! Requirements: senders that the network has authenticated, so never more than the committee.
//!
//! Provided: [`send`]; [`receive`], which hands messages to the application where blocking harms nobody. Whatever one
//! validator sends, the others' messages wait no longer than for one of its messages each, and proposing and voting do
//! not wait for any (CON-28).
//!
//! Not provided: delivery. What is dropped stays in the pool of the validator that took it, until that one leads.

use crate::bridge::{Bridge, clock_ms};
use crate::link::{pack, unpack};
use crate::timing as t;
use bytes::Bytes;
use commonware_cryptography::ed25519::PublicKey;
use commonware_p2p::{Receiver, Recipients, Sender};
use commonware_runtime::{Clock, Spawner};
use futures::future::{BoxFuture, Either, select};
use std::collections::{BTreeMap, VecDeque};
use tokio::sync::mpsc;
use tracing::debug;

/// Thousandths of a message, in which quotas are counted, so that none is lost to rounding.
const WHOLE: u64 = 1_000;

/// Passes on what the application wants to be known, until its end is gone.
pub(crate) async fn send<E: Clock, S: Sender<PublicKey = PublicKey>>(
    clock: E,
    mut queue: mpsc::Receiver<Bytes>,
    mut sender: S,
) {
    let mut left = None;
    loop {
        let first = match left.take() {
            Some(message) => message,
            None => match queue.recv().await {
                Some(message) => message,
                None => return,
            },
        };
        let (frame, rest) = pack(first, &mut queue);
        left = rest;
        let reached = sender.send(Recipients::All, frame, false);
        if reached.is_empty() {
            debug!("no validator to gossip to");
        }
        clock.sleep(t::GOSSIP_INTERVAL).await;
    }
}

/// Takes frames as they come, and has their messages checked meanwhile; until the network is gone.
pub(crate) async fn receive<E: Clock + Spawner, R: Receiver<PublicKey = PublicKey>>(
    runtime: E,
    bridge: Bridge,
    mut receiver: R,
) {
    let mut inboxes = Inboxes::default();
    let mut checking: Option<BoxFuture<'_, ()>> = None;
    loop {
        if checking.is_none() {
            let round = inboxes.round();
            checking = (!round.is_empty()).then(|| -> BoxFuture<'_, ()> { Box::pin(check(&runtime, &bridge, round)) });
        }
        let came = match &mut checking {
            None => receiver.recv().await,
            Some(check) => {
                let coming = std::pin::pin!(receiver.recv());
                match select(coming, check).await {
                    Either::Left((came, _)) => came,
                    Either::Right(((), _)) => {
                        checking = None;
                        continue;
                    }
                }
            }
        };
        let Ok((sender, frame)) = came else { return };
        let dropped = inboxes.put(sender, unpack(frame.into()), clock_ms(&runtime));
        if dropped > 0 {
            debug!(dropped, "a validator gossips more than is taken from one");
        }
    }
}

async fn check<E: Spawner>(runtime: &E, bridge: &Bridge, round: Vec<Bytes>) {
    let all = move |application: &dyn crate::Application| {
        for message in round {
            application.gossiped(message);
        }
    };
    bridge.off_thread(runtime, all).await;
}

/// What waits to be checked, by the validator that sent it.
#[derive(Default)]
struct Inboxes(BTreeMap<PublicKey, Inbox>);

struct Inbox {
    waiting: VecDeque<Bytes>,
    bytes: usize,
    /// What is left of its quota, in thousandths, at the time `at_ms`.
    left: u64,
    at_ms: u64,
}

impl Inbox {
    fn new(at_ms: u64) -> Self {
        let left = u64::from(t::GOSSIP_BURST).saturating_mul(WHOLE);
        Self { waiting: VecDeque::new(), bytes: 0, left, at_ms }
    }

    fn regain(&mut self, now_ms: u64) {
        let regained = now_ms.saturating_sub(self.at_ms).saturating_mul(u64::from(t::GOSSIP_PER_SECOND));
        self.left = self.left.saturating_add(regained).min(u64::from(t::GOSSIP_BURST).saturating_mul(WHOLE));
        self.at_ms = self.at_ms.max(now_ms);
    }

    /// False when it is dropped.
    fn put(&mut self, message: Bytes) -> bool {
        let bytes = self.bytes.saturating_add(message.len());
        let Some(left) = self.left.checked_sub(WHOLE) else { return false };
        // what waits is bounded by itself: the quota comes back while the application is slow
        let crowded = u32::try_from(self.waiting.len()).is_ok_and(|waiting| waiting >= t::GOSSIP_BURST);
        if crowded || bytes > t::GOSSIP_WAITING_BYTES_MAX {
            return false;
        }
        self.left = left;
        self.bytes = bytes;
        self.waiting.push_back(message);
        true
    }
}

impl Inboxes {
    /// Keeps what the sender's quota and its room allow; how many it drops.
    fn put(&mut self, sender: PublicKey, messages: Vec<Bytes>, now_ms: u64) -> usize {
        let inbox = self.0.entry(sender).or_insert_with(|| Inbox::new(now_ms));
        inbox.regain(now_ms);
        messages.into_iter().filter(|message| !inbox.put(message.clone())).count()
    }

    /// The oldest message of each that has any.
    fn round(&mut self) -> Vec<Bytes> {
        let next = |inbox: &mut Inbox| {
            let message = inbox.waiting.pop_front()?;
            inbox.bytes = inbox.bytes.saturating_sub(message.len());
            Some(message)
        };
        self.0.values_mut().filter_map(next).collect()
    }
}

#[cfg(test)]
mod tests;
