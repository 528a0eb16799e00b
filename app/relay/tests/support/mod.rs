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
use carrier::{Carrier, HttpsCarrier};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use mailbox::cell::CellSize;
use mailbox::frame::{Ack, AckMailbox, CELL_LIFETIME_MS_MAX, Create, Deposit, Fetch, Mode};
use mailbox::hop::{HopError, seal_request};
use mailbox::{Cell, CellId, ReceiveCapability, Request, Response, SendCapability};
use relay::{Relay, RelayConfig, RelayHandle};
use std::time::Duration;
pub use store::clock::now;
use tempfile::TempDir;
use wire::{RelayDescriptor, Secret32};

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
