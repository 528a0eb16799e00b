//! A page that lends its browser (API-25 to API-27): a scripted one, and real relays that only it reaches.

use super::{DaemonHandle, Socket, call, open, reason, start, start_at};
use api::{local::Nothing, methods::GetCarrierStatus};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use carrier::{Carrier as _, HttpsCarrier};
use futures::{SinkExt as _, StreamExt as _};
use relay::{Relay, RelayConfig, RelayHandle};
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};
use tokio::{sync::mpsc, time::timeout};
use tokio_tungstenite::tungstenite::Message;
use wire::{RelayAddress, RelayDescriptor};

const WAIT: Duration = Duration::from_secs(60);

/// Relays on loopback whose names nobody can resolve but the page.
async fn relays(folder: &std::path::Path) -> Vec<RelayHandle> {
    let mut relays = Vec::new();
    for number in 1..=3 {
        let config = RelayConfig::on_loopback(folder.join(format!("relay{number}")));
        let named = RelayConfig { public_host: Some(format!("relay{number}.invalid")), ..config };
        relays.push(Relay::start(named).await.unwrap());
    }
    for relay in &relays {
        relay.set_peers(relays.iter().map(here).collect());
    }
    relays
}

/// The relay at the address where it really is.
fn here(relay: &RelayHandle) -> RelayDescriptor {
    let known = relay.descriptor().clone();
    RelayDescriptor { address: RelayAddress { host: "127.0.0.1".to_owned(), ..known.address }, ..known }
}

/// Lends and does what it is ordered, as a browser would, until the daemon hangs up.
async fn lend(mut socket: Socket, relays: Vec<(RelayAddress, RelayAddress)>) {
    let lent = call(&mut socket, "carrier.lend", json!({"on": true})).await;
    assert_eq!(lent["result"], json!({}), "{lent}");
    let (mut sending, mut receiving) = socket.split();
    let (done, mut outcomes) = mpsc::channel::<Value>(256);
    let (relays, carrier) = (Arc::new(relays), Arc::new(HttpsCarrier::new()));
    loop {
        tokio::select! {
            Some(fetched) = outcomes.recv() => {
                let request = json!({"jsonrpc": "2.0", "id": 2, "method": "carrier.fetched", "params": fetched});
                sending.send(Message::text(request.to_string())).await.ok();
            }
            received = receiving.next() => match received {
                Some(Ok(Message::Text(text))) => {
                    let value: Value = serde_json::from_str(&text).unwrap();
                    if value["method"] == "order" && value["params"]["kind"] != "abort" {
                        let (order, relays, carrier) = (value["params"].clone(), Arc::clone(&relays), Arc::clone(&carrier));
                        let done = done.clone();
                        tokio::spawn(async move {
                            let outcome = carry(&order, &relays, &carrier).await;
                            done.send(json!({"id": order["id"], "outcome": outcome})).await.ok();
                        });
                    }
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return,
            }
        }
    }
}

async fn carry(order: &Value, relays: &[(RelayAddress, RelayAddress)], carrier: &HttpsCarrier) -> Value {
    let answer = |status: u16, body: String| json!({"kind": "answer", "status": status, "body": body, "more": false});
    let url = order["url"].as_str().unwrap();
    let site = |known: &RelayAddress| format!("https://{}:{}/", known.host, known.port);
    let (known, real) = relays.iter().find(|(known, _)| url.starts_with(&site(known))).expect("a relay's address");
    if order["kind"] == "look" {
        assert_eq!(url, site(known));
        return answer(0, String::new());
    }
    assert_eq!(url, format!("{}{}", site(known), known.secret_path));
    let body = STANDARD.decode(order["body"].as_str().unwrap()).unwrap();
    match carrier.exchange(real, body.into(), WAIT).await {
        Ok(bytes) => answer(200, STANDARD.encode(bytes)),
        Err(error) => json!({"kind": "failed", "why": error.to_string()}),
    }
}

async fn status(daemon: &DaemonHandle) -> api::local::CarrierStatus {
    daemon.call::<GetCarrierStatus>(Nothing {}).await.unwrap()
}

/// Looks until the carrier is so.
async fn until(daemon: &DaemonHandle, what: &str, is_so: impl Fn(&api::local::CarrierStatus) -> bool) {
    let looking = async {
        while !is_so(&status(daemon).await) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    assert!(timeout(WAIT, looking).await.is_ok(), "{what}: {:?}", status(daemon).await);
}

/// CAR-60 to CAR-62
#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_lends_its_browser_carries_the_person_s_exchanges() {
    let folder = tempfile::tempdir().unwrap();
    let relays = relays(folder.path()).await;
    let descriptors: Vec<RelayDescriptor> = relays.iter().map(|relay| relay.descriptor().clone()).collect();
    let daemon = start_at(folder.path(), true, None, descriptors).await.unwrap();
    let places = relays.iter().map(|relay| (relay.descriptor().address.clone(), here(relay).address)).collect();
    let page = tokio::spawn(lend(open(&daemon).await, places));
    until(&daemon, "the page lends", |status| status.pages == 1).await;
    until(&daemon, "all relays answer through the page", |status| {
        status.carrier == "browser" && status.relays.iter().all(|relay| relay.ok)
    })
    .await;
    page.abort();
    until(&daemon, "a page that has gone lends nothing", |status| status.pages == 0).await;
    daemon.stop().await;
    for relay in relays {
        relay.stop().await;
    }
}

/// API-2, API-25, API-26
#[tokio::test]
async fn what_a_page_brings_is_checked_and_may_be_longer_than_other_requests() {
    let folder = tempfile::tempdir().unwrap();
    let daemon = start(folder.path(), true).await.unwrap();
    let mut socket = open(&daemon).await;
    let fetched = |body: String| {
        let outcome = json!({"kind": "answer", "status": 200, "body": body, "more": true});
        json!({"id": "7", "outcome": outcome})
    };
    let piece = STANDARD.encode(vec![7; api::lend::PIECE_BYTES_MAX]);
    let nobody_waits = call(&mut socket, "carrier.fetched", fetched(piece)).await;
    assert_eq!(nobody_waits["result"], json!({}), "{nobody_waits}");
    assert_eq!(reason(&call(&mut socket, "carrier.fetched", fetched("no base64".to_owned())).await), "bad_params");
    for on in [true, true, false] {
        call(&mut socket, "carrier.lend", json!({"on": on})).await;
        assert_eq!(status(&daemon).await.pages, u32::from(on));
    }
    daemon.stop().await;
}
