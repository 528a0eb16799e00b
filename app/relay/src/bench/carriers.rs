//! What the carriers cost beside plain HTTPS: the same exchange with the same relay, by an ordinary HTTPS client, by kept
//! and by rotating connections. Each brings a cell of 16 KiB; nothing is written to the disk. The relay is on loopback,
//! or wherever [`serve`] runs.

use super::{BenchConfig, BenchError, BenchPhase, BenchReport, IN_FLIGHT_MAX, SECONDS_MAX, limits};
use crate::{Relay, RelayConfig, RelayHandle, RelayLimits};
use bytes::Bytes;
use carrier::{Carrier, CarrierError, HttpsCarrier};
use http::{Method, Request};
use http_body_util::{BodyExt, Full};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use mailbox::cell::{Cell, CellSize};
use mailbox::frame::{CELL_LIFETIME_MS_MAX, Create, Deposit, Fetch, Mode};
use mailbox::hop::{HopBody, HopReply, decode_body, decode_reply, encode_body, seal_request};
use mailbox::{CellId, ReceiveCapability, SendCapability};
use rand_core::OsRng;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::clock;
use tokio::task::JoinSet;
use wire::{RelayAddress, RelayDescriptor};

const EXCHANGE_TIMEOUT: Duration = Duration::from_secs(60);

/// Measures plain HTTPS, then each carrier, to a relay of its own on loopback.
pub async fn run(config: BenchConfig) -> Result<BenchReport, BenchError> {
    let relay = serve(&config.dir, SocketAddr::from(([127, 0, 0, 1], 0))).await?;
    let measured = run_at(relay.descriptor(), &config).await;
    relay.stop().await;
    measured
}

/// A relay to measure against, with room for a measurement; its folder is made in `dir`.
pub async fn serve(dir: &Path, listen: SocketAddr) -> Result<RelayHandle, BenchError> {
    std::fs::create_dir_all(dir)?;
    // A connection of a few kilobytes is short: there are many of them.
    let limits = RelayLimits { connections_per_source_max: 2_048, ..limits() };
    Ok(Relay::start(RelayConfig { limits, listen, ..RelayConfig::on_loopback(dir.join("relay")) }).await?)
}

/// Measures to a relay that [`serve`] started.
pub async fn run_at(relay: &RelayDescriptor, config: &BenchConfig) -> Result<BenchReport, BenchError> {
    let in_flight = config.in_flight.clamp(1, IN_FLIGHT_MAX);
    let time = Duration::from_secs(config.seconds.clamp(1, SECONDS_MAX));
    Ok(BenchReport { in_flight, phases: measure(relay, in_flight, time).await? })
}

async fn measure(
    descriptor: &RelayDescriptor,
    in_flight: usize,
    time: Duration,
) -> Result<Vec<BenchPhase>, BenchError> {
    let plain = Arc::new(Plain::new(&descriptor.address)?);
    let kept = Arc::new(HttpsCarrier::new());
    let rotating = Arc::new(kept.rotating());
    let body = prepare(&*plain, descriptor).await?;
    let names = ["plain https", "https", "https-rotating"];
    let carriers: [Arc<dyn Carrier>; 3] = [plain, kept, rotating];
    let mut phases = Vec::new();
    for (name, carrier) in names.into_iter().zip(carriers) {
        let began = Instant::now();
        let mut workers = JoinSet::new();
        for _ in 0..in_flight {
            let (carrier, to, body) = (Arc::clone(&carrier), descriptor.address.clone(), body.clone());
            workers.spawn(async move {
                let mut latencies = Vec::new();
                while began.elapsed() < time {
                    let started = Instant::now();
                    bring(&*carrier, &to, body.clone()).await?;
                    latencies.push(started.elapsed());
                }
                let count = latencies.len() as u64;
                Ok((latencies, count))
            });
        }
        let (latencies, count) = super::join(workers).await?;
        let elapsed = began.elapsed();
        phases.push(BenchPhase { name, unit: "cells of 16 KiB", count, took: latencies, elapsed });
    }
    Ok(phases)
}

/// Puts one large cell into a mailbox; gives the request that fetches it, again and again.
async fn prepare(carrier: &dyn Carrier, descriptor: &RelayDescriptor) -> Result<Bytes, BenchError> {
    let (send, receive) = (SendCapability::random(&mut OsRng), ReceiveCapability::random(&mut OsRng));
    let create = Create {
        send: send.clone(),
        receive: receive.clone(),
        quota_cells: 1,
        lifetime_ms: CELL_LIFETIME_MS_MAX,
        mode: Mode::Queue,
        stamp: None,
    };
    let failed = |error: &dyn std::fmt::Display| BenchError::Request(error.to_string());
    let cell = Cell::new(vec![7; CellSize::Large.bytes()]).map_err(|error| failed(&error))?;
    let deposit = Deposit { send, cell_id: CellId::random(&mut OsRng), cell, stamp: None };
    let fetch = Fetch { receive: vec![receive], wait_ms: 0 };
    let mut last = Bytes::new();
    let requests =
        [mailbox::Request::Create(create), mailbox::Request::Deposit(deposit), mailbox::Request::Fetch(fetch)];
    for request in requests {
        let (body, _) = seal_request(descriptor, request, clock::now()).map_err(|error| failed(&error))?;
        // To the relay itself: it is measured how bytes get there, not what a second relay costs.
        let HopBody::Forward(forward) = decode_body(&body).map_err(|error| failed(&error))? else { continue };
        last = Bytes::from(encode_body(&HopBody::Run(forward.sealed)).map_err(|error| failed(&error))?);
        exchange(carrier, &descriptor.address, last.clone()).await?;
    }
    Ok(last)
}

async fn bring(carrier: &dyn Carrier, to: &RelayAddress, body: Bytes) -> Result<(), BenchError> {
    let answer = exchange(carrier, to, body).await?;
    match decode_reply(&answer) {
        Ok(HopReply::Sealed(sealed)) if sealed.len() > CellSize::Large.bytes() => Ok(()),
        other => Err(BenchError::Request(format!("unexpected answer {other:?}"))),
    }
}

async fn exchange(carrier: &dyn Carrier, to: &RelayAddress, body: Bytes) -> Result<Bytes, BenchError> {
    let answer = carrier.exchange(to, body, EXCHANGE_TIMEOUT).await;
    answer.map_err(|error| BenchError::Request(error.to_string()))
}

/// What any program would use that speaks HTTPS and no more.
struct Plain(Client<HttpsConnector<HttpConnector>, Full<Bytes>>);

impl Plain {
    fn new(to: &RelayAddress) -> Result<Self, BenchError> {
        let tls = carrier::tls::client_config(to.tls_pin).map_err(|error| BenchError::Request(error.to_string()))?;
        let mut http = HttpConnector::new();
        http.set_nodelay(true);
        http.enforce_http(false);
        let connector = HttpsConnectorBuilder::new().with_tls_config(tls).https_only().enable_http2();
        let mut builder = Client::builder(TokioExecutor::new());
        // The same windows as the carriers have.
        builder
            .http2_only(true)
            .http2_initial_stream_window_size(1024 * 1024)
            .http2_initial_connection_window_size(8 * 1024 * 1024);
        Ok(Self(builder.build(connector.wrap_connector(http))))
    }
}

#[async_trait::async_trait]
impl Carrier for Plain {
    fn name(&self) -> &'static str {
        "plain https"
    }

    async fn ready(&self, _to: &RelayAddress) -> Result<(), CarrierError> {
        Ok(())
    }

    async fn exchange(&self, to: &RelayAddress, body: Bytes, _timeout: Duration) -> Result<Bytes, CarrierError> {
        let broken = |error: &dyn std::fmt::Display| CarrierError::Broken(error.to_string());
        let uri = format!("https://{}:{}/{}", to.host, to.port, to.secret_path);
        let request = Request::builder().method(Method::POST).uri(uri).body(Full::new(body));
        let response = self.0.request(request.map_err(|error| broken(&error))?).await;
        let body = response.map_err(|error| broken(&error))?.into_body().collect().await;
        Ok(body.map_err(|error| broken(&error))?.to_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn every_carrier_gives_figures() {
        let dir = tempfile::tempdir().unwrap();
        let config = BenchConfig { dir: dir.path().join("bench"), in_flight: 8, seconds: 1 };
        let report = run(config).await.unwrap();
        let names: Vec<_> = report.phases.iter().map(|phase| phase.name).collect();
        assert_eq!(names, ["plain https", "https", "https-rotating"]);
        assert!(report.phases.iter().all(|phase| phase.count > 0), "{report:?}");
    }
}
