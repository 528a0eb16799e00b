//! What happens under the secret path: as entry relay a request is carried on, as gateway it is opened and run.

use crate::chain::ChainNodes;
use crate::engine::{self, Engine};
use bytes::Bytes;
use carrier::{Carrier, CarrierError, HttpsCarrier};
use mailbox::frame::RequestFrame;
use mailbox::hop::{self, Gateway, HopBody, HopRefusal, HopReply, HopRequest};
use mailbox::limits::Source;
use mailbox::{Request, Response, relay::check_clock};
use parking_lot::RwLock;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::Semaphore;
use wire::{RelayDescriptor, RelayId};

/// Time for the other relay: a fetch may wait 30 s there.
const FORWARD_TIMEOUT: Duration = Duration::from_secs(40);
/// When to try again after all places were taken, in milliseconds.
const RETRY_AFTER_MS: u32 = 500;
/// Relays that a peers file may name.
pub(crate) const PEERS_MAX: usize = 4_096;

/// Runs what was opened, carries on what is for others.
#[derive(Debug)]
pub(crate) struct Exchange {
    pub(crate) id: RelayId,
    pub(crate) gateway: Gateway,
    pub(crate) engine: Engine,
    pub(crate) chain: ChainNodes,
    pub(crate) carrier: HttpsCarrier,
    pub(crate) peers: RwLock<BTreeMap<RelayId, RelayDescriptor>>,
    pub(crate) forwards: Semaphore,
    pub(crate) counters: ExchangeCounters,
}

/// What was done besides the mailboxes.
#[derive(Debug, Default)]
pub(crate) struct ExchangeCounters {
    pub(crate) forwarded: AtomicU64,
    pub(crate) forward_refused: AtomicU64,
    pub(crate) chain: AtomicU64,
    pub(crate) unopened: AtomicU64,
}

impl Exchange {
    /// Answers the decoded body of a request under the secret path. `None`: it was not sealed to this relay, and
    /// whoever sent it gets the website.
    pub(crate) async fn answer(&self, source: Source, body: HopBody) -> Option<Bytes> {
        match body {
            HopBody::Forward(request) => Some(self.forward(request).await.unwrap_or_else(refusal_body)),
            HopBody::Run(sealed) => self.run(source, &sealed).await,
        }
    }

    /// Replaces the known relays; at most [`PEERS_MAX`] are kept, and never this one.
    pub(crate) fn set_peers(&self, peers: Vec<RelayDescriptor>) {
        let known = peers.into_iter().map(|peer| (peer.id(), peer));
        *self.peers.write() = known.filter(|(id, _)| *id != self.id).take(PEERS_MAX).collect();
    }

    async fn forward(&self, request: HopRequest) -> Result<Bytes, HopRefusal> {
        let result = self.try_forward(request).await;
        let counter = if result.is_ok() { &self.counters.forwarded } else { &self.counters.forward_refused };
        counter.fetch_add(1, Ordering::Relaxed);
        result
    }

    async fn try_forward(&self, request: HopRequest) -> Result<Bytes, HopRefusal> {
        if request.target == self.id {
            return Err(HopRefusal::TargetIsEntry);
        }
        let address = self.peers.read().get(&request.target).map(|peer| peer.address.clone());
        let address = address.ok_or(HopRefusal::UnknownTarget)?;
        let overloaded = HopRefusal::Overloaded { retry_after_ms: RETRY_AFTER_MS };
        let _permit = self.forwards.try_acquire().map_err(|_| overloaded)?;
        let body = hop::encode_body(&HopBody::Run(request.sealed)).map_err(|_| HopRefusal::WrongKey)?;
        let answer = self.carrier.exchange(&address, Bytes::from(body), FORWARD_TIMEOUT).await.map_err(|error| {
            tracing::debug!(%error, "a relay did not answer");
            // A website: the secret path or the hop key is another by now.
            if let CarrierError::Decoy { .. } = error { HopRefusal::WrongKey } else { HopRefusal::TargetUnreachable }
        })?;
        if answer.len() > hop::REPLY_BYTES_MAX {
            return Err(HopRefusal::TargetUnreachable);
        }
        Ok(answer)
    }

    async fn run(&self, source: Source, sealed: &[u8]) -> Option<Bytes> {
        let Ok((frame, sealer)) = self.gateway.open(sealed) else {
            self.counters.unopened.fetch_add(1, Ordering::Relaxed);
            return None;
        };
        let response = match frame {
            Ok(frame) => self.run_frame(source, frame).await,
            Err(refusal) => Response::Refused(refusal),
        };
        sealer.seal(&response).ok().map(Bytes::from)
    }

    async fn run_frame(&self, source: Source, frame: RequestFrame) -> Response {
        let Request::Chain(bytes) = frame.request else {
            return self.engine.run(source, frame).await;
        };
        match check_clock(frame.at, engine::now()) {
            Ok(()) => {
                self.counters.chain.fetch_add(1, Ordering::Relaxed);
                self.chain.ask(bytes).await
            }
            Err(refusal) => Response::Refused(refusal),
        }
    }
}

/// The body that says why a relay did not carry a request on.
pub(crate) fn refusal_body(refusal: HopRefusal) -> Bytes {
    // An enum without maps always encodes.
    Bytes::from(hop::encode_reply(&HopReply::Refused(refusal)).unwrap_or_default())
}
