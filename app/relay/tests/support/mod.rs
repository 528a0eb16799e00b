//! Relays on loopback and a client that speaks to them as people's programs do.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "shared by several test programs"
)]

use bytes::Bytes;
use carrier::{Carrier, CarrierError, HttpsCarrier};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use mailbox::bridge::{Bridge, Claim, Redeemed, Redemption, UnverifiedBridge};
use mailbox::cell::CellSize;
use mailbox::frame::{Ack, AckMailbox, CELL_LIFETIME_MS_MAX, Create, Deposit, Fetch, Mode};
use mailbox::hop::{self, HopBody, HopError, HopReply, seal_request};
use mailbox::{Cell, CellId, ReceiveCapability, Request, Response, SendCapability};
use relay::{Relay, RelayConfig, RelayHandle};
use std::time::Duration;
pub use store::clock::now;
use tempfile::TempDir;
use wire::{RelayDescriptor, Secret32, UnixMillis};

pub const WAIT: Duration = Duration::from_secs(60);

pub struct Network {
    pub dirs: Vec<TempDir>,
    pub relays: Vec<RelayHandle>,
    pub carrier: HttpsCarrier,
}

impl Network {
    pub async fn start(count: usize, change: impl Fn(&mut RelayConfig)) -> Self {
        let dirs: Vec<TempDir> = (0..count).map(|_| tempfile::tempdir().unwrap()).collect();
        let mut relays = Vec::new();
        for dir in &dirs {
            let mut config = RelayConfig::on_loopback(dir.path().join("relay"));
            change(&mut config);
            relays.push(Relay::start(config).await.unwrap());
        }
        let descriptors: Vec<RelayDescriptor> = relays.iter().map(|relay| relay.descriptor().clone()).collect();
        for relay in &relays {
            relay.set_peers(descriptors.clone());
        }
        Self { dirs, relays, carrier: HttpsCarrier::new() }
    }

    pub fn descriptor(&self, index: usize) -> &RelayDescriptor {
        self.relays[index].descriptor()
    }

    /// Brings a request to `target` through `entry`.
    pub async fn ask(&self, entry: usize, target: usize, request: Request) -> Result<Response, HopError> {
        let (body, opener) = seal_request(self.descriptor(target), request, now()).unwrap();
        let address = &self.descriptor(entry).address;
        let answer = self.carrier.exchange(address, Bytes::from(body), WAIT).await.expect("the entry relay answers");
        opener.open(&answer)
    }

    pub async fn stop(self) {
        for relay in self.relays {
            relay.stop().await;
        }
    }
}

/// Makes a bridge link to a running relay, which takes it up within a second. Without days it has expired.
pub fn invite(network: &Network, index: usize, days: u64) -> Bridge {
    let dir = network.dirs[index].path().join("relay");
    std::fs::write(dir.join("config.json"), "{}").unwrap();
    std::fs::write(dir.join("relay.json"), serde_json::to_vec(network.descriptor(index)).unwrap()).unwrap();
    let made = relay::operator::invite(&dir, "a friend", days).unwrap();
    UnverifiedBridge::parse(&made.link).unwrap().verify(UnixMillis(0)).unwrap()
}

/// Waits until the relay has taken up a link, and redeems it.
pub async fn redeem(network: &Network, bridge: &Bridge, claim: Claim) -> Redeemed {
    let body = hop::encode_body(&HopBody::Redeem(Redemption::new(bridge.token(), claim))).unwrap();
    let asking = async {
        loop {
            let answer = network.carrier.exchange(bridge.address(), Bytes::from(body.clone()), WAIT).await;
            match answer.as_deref().map(hop::decode_reply) {
                Ok(Ok(HopReply::Redeemed(redeemed))) => return redeemed,
                Err(CarrierError::Decoy { .. }) => tokio::time::sleep(Duration::from_millis(50)).await,
                other => panic!("{other:?}"),
            }
        }
    };
    tokio::time::timeout(WAIT, asking).await.expect("the relay takes the link up")
}

pub fn send_cap(name: u8) -> SendCapability {
    SendCapability(Secret32([name; 32]))
}

pub fn receive_cap(name: u8) -> ReceiveCapability {
    ReceiveCapability(Secret32([name; 32]))
}

pub fn create(name: u8) -> Request {
    Request::Create(Create {
        send: send_cap(name),
        receive: receive_cap(name),
        quota_cells: 64,
        lifetime_ms: CELL_LIFETIME_MS_MAX,
        mode: Mode::Queue,
        stamp: None,
    })
}

pub fn deposit(name: u8, id: u8, size: CellSize) -> Request {
    let cell = Cell::new(vec![id; size.bytes()]).unwrap();
    Request::Deposit(Deposit { send: send_cap(name), cell_id: CellId([id; 16]), cell, stamp: None })
}

pub fn fetch(name: u8, wait_ms: u32) -> Request {
    Request::Fetch(Fetch { receive: vec![receive_cap(name)], wait_ms })
}

pub fn ack(name: u8, sequences: &[u64]) -> Request {
    Request::Ack(Ack { mailboxes: vec![AckMailbox { receive: receive_cap(name), sequences: sequences.to_vec() }] })
}

/// The first bytes and sizes of the cells fetched.
pub fn cells(response: &Response) -> Vec<(u8, usize)> {
    let Response::Fetched(fetched) = response else { panic!("{response:?}") };
    let cells = fetched.mailboxes.iter().flat_map(|one| &one.cells);
    cells.map(|one| (one.cell.as_bytes()[0], one.cell.as_bytes().len())).collect()
}

/// The numbers of the cells fetched.
pub fn sequences(response: &Response) -> Vec<u64> {
    let Response::Fetched(fetched) = response else { panic!("{response:?}") };
    fetched.mailboxes.iter().flat_map(|one| &one.cells).map(|one| one.sequence).collect()
}

/// What a relay says of itself.
pub async fn metrics(network: &Network, index: usize) -> String {
    let url = network.relays[index].metrics_url().unwrap();
    let client = Client::builder(TokioExecutor::new()).build_http::<Full<Bytes>>();
    let response = client.get(url.parse().unwrap()).await.unwrap();
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

/// Waits until a relay says this line of itself.
pub async fn until(network: &Network, index: usize, line: &str) {
    let line = format!("\n{line}\n");
    let said = async {
        while !metrics(network, index).await.contains(&line) {
            tokio::task::yield_now().await;
        }
    };
    assert!(tokio::time::timeout(WAIT, said).await.is_ok(), "{line} in {}", metrics(network, index).await);
}
