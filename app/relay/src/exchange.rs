//! What happens under the secret path: as entry relay a request is carried on, as gateway it is opened and run.

use crate::chain::ChainNodes;
use crate::engine::Engine;
use crate::shares::Shares;
use bytes::Bytes;
use carrier::{Carrier, CarrierError, HttpsCarrier};
use mailbox::frame::RequestFrame;
use mailbox::hop::{self, Gateway, HopBody, HopRefusal, HopReply, HopRequest, ResponseSealer};
use mailbox::limits::{RateTable, Source};
use mailbox::{Refusal, Request, Response, relay::check_clock};
use parking_lot::{Mutex, RwLock};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use store::clock;
use tokio::sync::oneshot;
use wire::{RelayAddress, RelayDescriptor, RelayId};

/// Time for the other relay: a fetch may wait 30 s there.
const FORWARD_TIMEOUT: Duration = Duration::from_secs(40);
/// How long a request is carried on after whoever asked has gone: longer than one that does not wait takes.
const AFTER_FAREWELL: Duration = Duration::from_secs(3);
/// When to try again after all places were taken, in milliseconds.
pub(crate) const RETRY_AFTER_MS: u32 = 500;
/// Bytes of an encoded refusal: two choices and a number, with some to spare.
const REFUSAL_BYTES_MAX: usize = 16;
/// Relays that a peers file may name.
pub(crate) const PEERS_MAX: usize = 4_096;

/// Runs what was opened, carries on what is for others.
#[derive(Debug)]
pub(crate) struct Exchange {
    pub(crate) id: RelayId,
    pub(crate) gateway: Gateway,
    pub(crate) engine: Engine,
    pub(crate) chain: ChainNodes,
    pub(crate) carrier: Arc<HttpsCarrier>,
    pub(crate) peers: RwLock<BTreeMap<RelayId, RelayDescriptor>>,
    pub(crate) forwards: Arc<Shares<Source>>,
    pub(crate) to_target: Arc<Shares<RelayId>>,
    /// Requests that did not open here, by who sent them.
    pub(crate) unopened: Mutex<RateTable<Source>>,
    /// Requests that did not open at the relay that they were carried to, by who sent them and that relay: one that opens
    /// nothing takes no other from those who send through it.
    pub(crate) unopened_there: Arc<Mutex<RateTable<(Source, RelayId)>>>,
    pub(crate) counters: ExchangeCounters,
}

/// What was done besides the mailboxes.
#[derive(Debug, Default)]
pub(crate) struct ExchangeCounters {
    pub(crate) forwarded: AtomicU64,
    pub(crate) forward_refused: AtomicU64,
    pub(crate) chain: AtomicU64,
    pub(crate) opened: AtomicU64,
    pub(crate) unopened: AtomicU64,
    pub(crate) replies_refused: AtomicU64,
    pub(crate) replies_stalled: AtomicU64,
    pub(crate) dns_sessions: AtomicU64,
    pub(crate) dns_queries: AtomicU64,
}

/// What was sealed to this relay: the request or why it is refused, and what seals the answer.
type Opened = (Result<RequestFrame, Refusal>, ResponseSealer);

/// Why nothing was opened.
enum Unopened {
    /// Not sealed to this relay.
    Foreign,
    /// Too many from this source were not; again after so many milliseconds.
    TooFast(u32),
}

impl Exchange {
    /// Answers the decoded body of a request under the secret path. `None`: it was not sealed to this relay, and
    /// whoever sent it gets the website.
    pub(crate) async fn answer(&self, source: Source, body: HopBody) -> Option<Bytes> {
        match body {
            HopBody::Forward(request) => Some(self.forward(source, request).await.unwrap_or_else(refusal_body)),
            HopBody::Run(sealed) => self.run(source, sealed).await,
            HopBody::Redeem(_) | HopBody::Friend(_) => None,
        }
    }

    /// What a path that is not the secret one costs: the same work, for the same time, and nothing comes of it.
    pub(crate) fn pretend(&self, source: Source, body: HopBody) {
        if let HopBody::Run(sealed) = body {
            self.open(source, &sealed).ok();
        }
    }

    /// Replaces the known relays; at most [`PEERS_MAX`] are kept, and never this one.
    pub(crate) fn set_peers(&self, peers: Vec<RelayDescriptor>) {
        let known = peers.into_iter().map(|peer| (peer.id(), peer));
        *self.peers.write() = known.filter(|(id, _)| *id != self.id).take(PEERS_MAX).collect();
    }

    async fn forward(&self, source: Source, request: HopRequest) -> Result<Bytes, HopRefusal> {
        let result = self.try_forward(source, request).await;
        let counter = if result.is_ok() { &self.counters.forwarded } else { &self.counters.forward_refused };
        counter.fetch_add(1, Ordering::Relaxed);
        result
    }

    async fn try_forward(&self, source: Source, request: HopRequest) -> Result<Bytes, HopRefusal> {
        if request.target == self.id {
            return Err(HopRefusal::TargetIsEntry);
        }
        let address = self.peers.read().get(&request.target).map(|peer| peer.address.clone());
        let address = address.ok_or(HopRefusal::UnknownTarget)?;
        let overloaded = HopRefusal::Overloaded { retry_after_ms: RETRY_AFTER_MS };
        let place = self.forwards.take(source, 1).ok_or(overloaded)?;
        let lane = self.to_target.take(request.target, 1).ok_or(overloaded)?;
        // Before it is known: of many at once each needs one.
        let way = (source, request.target);
        let in_time = self.unopened_there.lock().take(&way, clock::now());
        in_time.map_err(|retry_after_ms| HopRefusal::TooFast { retry_after_ms })?;
        let (carrier, unopened_there) = (Arc::clone(&self.carrier), Arc::clone(&self.unopened_there));
        let (mut answer, answered) = oneshot::channel();
        // It goes on for a while when whoever asked is gone: only the answer tells what it costs him. What waits on
        // purpose ends then.
        tokio::spawn(async move {
            let _held = (place, lane);
            let given_up = async {
                answer.closed().await;
                tokio::time::sleep(AFTER_FAREWELL).await;
            };
            let carried = tokio::select! {
                carried = carry(&carrier, &address, request.sealed) => carried,
                () = given_up => return,
            };
            // The target counts these as this relay's, which carries for everybody.
            if !matches!(carried, Err(HopRefusal::WrongKey | HopRefusal::TooFast { .. })) {
                unopened_there.lock().give_back(&way);
            }
            // whoever asked may be gone
            let _ = answer.send(carried);
        });
        answered.await.unwrap_or(Err(HopRefusal::TargetUnreachable))
    }

    async fn run(&self, source: Source, sealed: Vec<u8>) -> Option<Bytes> {
        let (frame, sealer) = match self.open(source, &sealed) {
            Ok(opened) => opened,
            Err(Unopened::Foreign) => return None,
            Err(Unopened::TooFast(retry_after_ms)) => {
                return Some(refusal_body(HopRefusal::TooFast { retry_after_ms }));
            }
        };
        // The answer may take half a minute: what was sealed is not kept for so long.
        drop(sealed);
        let response = match frame {
            Ok(frame) => self.run_frame(source, frame).await,
            Err(refusal) => Response::Refused(refusal),
        };
        sealer.seal(&response).ok().map(Bytes::from)
    }

    /// Opening costs the most of all that a stranger can ask for: who sends what does not open may do so seldom.
    fn open(&self, source: Source, sealed: &[u8]) -> Result<Opened, Unopened> {
        self.unopened.lock().take(&source, clock::now()).map_err(Unopened::TooFast)?;
        self.counters.opened.fetch_add(1, Ordering::Relaxed);
        let opened = self.gateway.open(sealed).map_err(|_| {
            self.counters.unopened.fetch_add(1, Ordering::Relaxed);
            Unopened::Foreign
        })?;
        self.unopened.lock().give_back(&source);
        Ok(opened)
    }

    async fn run_frame(&self, source: Source, frame: RequestFrame) -> Response {
        let Request::Chain(bytes) = frame.request else {
            return self.engine.run(source, frame).await;
        };
        match check_clock(frame.at, clock::now()) {
            Ok(()) => {
                self.counters.chain.fetch_add(1, Ordering::Relaxed);
                self.chain.ask(source, bytes).await
            }
            Err(refusal) => Response::Refused(refusal),
        }
    }
}

/// Brings to a relay what is sealed to it.
async fn carry(carrier: &HttpsCarrier, address: &RelayAddress, sealed: Vec<u8>) -> Result<Bytes, HopRefusal> {
    let body = hop::encode_body(&HopBody::Run(sealed)).map_err(|_| HopRefusal::WrongKey)?;
    let answer = carrier.exchange(address, Bytes::from(body), FORWARD_TIMEOUT).await.map_err(|error| {
        tracing::debug!(%error, "a relay did not answer");
        // A website: the secret path or the hop key is another by now.
        if let CarrierError::Decoy { .. } = error { HopRefusal::WrongKey } else { HopRefusal::TargetUnreachable }
    })?;
    if answer.len() > hop::REPLY_BYTES_MAX {
        return Err(HopRefusal::TargetUnreachable);
    }
    match refusal_in(&answer) {
        Some(refusal @ HopRefusal::TooFast { .. }) => Err(refusal),
        _ => Ok(answer),
    }
}

/// What a target says instead of a sealed answer, which is far longer.
fn refusal_in(answer: &[u8]) -> Option<HopRefusal> {
    if answer.len() > REFUSAL_BYTES_MAX {
        return None;
    }
    match hop::decode_reply(answer) {
        Ok(HopReply::Refused(refusal)) => Some(refusal),
        Ok(HopReply::Sealed(_) | HopReply::Redeemed(_) | HopReply::Friend(_)) | Err(_) => None,
    }
}

/// The body that says why a relay did not carry a request on.
pub(crate) fn refusal_body(refusal: HopRefusal) -> Bytes {
    // An enum without maps always encodes.
    Bytes::from(hop::encode_reply(&HopReply::Refused(refusal)).unwrap_or_default())
}
