//! Mailboxes over real relays on loopback, every request through another relay than the one that runs it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

mod support;

use bytes::Bytes;
use carrier::Carrier;
use http_body_util::{BodyExt, Full};
use hyper_util::rt::{TokioExecutor, TokioIo};
use mailbox::cell::CellSize::{Large, Small};
use mailbox::frame::Fetched;
use mailbox::hop::{HopError, HopRefusal, seal_request};
use mailbox::{Refusal, Request, Response};
use relay::{Relay, RelayConfig, StartError};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use support::{Network, ack, cells, create, deposit, fetch, metrics, sequences};
use tokio::net::TcpListener;
use wire::UnixMillis;

const STORED: Response = Response::Deposited { duplicate: false };

#[tokio::test(flavor = "multi_thread")]
async fn a_cell_goes_through_two_relays_and_is_deleted_when_acknowledged() {
    let network = Network::start(3, |_| {}).await;
    assert!(matches!(network.ask(1, 0, create(1)).await, Ok(Response::Created { .. })));
    assert_eq!(network.ask(2, 0, deposit(1, 7, Small)).await.unwrap(), STORED);
    assert_eq!(network.ask(1, 0, deposit(1, 8, Large)).await.unwrap(), STORED);
    assert_eq!(network.ask(2, 0, deposit(1, 7, Small)).await.unwrap(), Response::Deposited { duplicate: true });
    let fetched = network.ask(1, 0, fetch(1, 0)).await.unwrap();
    assert_eq!(cells(&fetched), [(7, 2048), (8, 16384)]);
    assert_eq!(network.ask(1, 0, ack(1, &sequences(&fetched))).await.unwrap(), Response::Acked { deleted: 2 });
    assert_eq!(network.ask(2, 0, fetch(1, 0)).await.unwrap(), Response::Fetched(Fetched::default()));
    network.stop().await;
}

/// MBX-9, MBX-22: who saw a sealed request (an entry relay sees all that it carries) can send it again, and nothing comes
/// of it; before and after its time it is refused.
#[tokio::test(flavor = "multi_thread")]
async fn a_sealed_request_that_comes_again_changes_nothing_and_one_of_another_time_is_refused() {
    let network = Network::start(2, |_| {}).await;
    network.ask(1, 0, create(1)).await.unwrap();
    let send = async |at: UnixMillis, id, times: usize| {
        let (body, opener) = seal_request(network.descriptor(0), deposit(1, id, Small), at).unwrap();
        let ask = || network.carrier.exchange(&network.descriptor(1).address, Bytes::from(body.clone()), support::WAIT);
        let answer = ask().await.unwrap();
        for _ in 1..times {
            // who sends it again can't read what is answered
            ask().await.unwrap();
        }
        opener.open(&answer).unwrap()
    };
    assert_eq!(send(support::now(), 7, 3).await, STORED);
    for at in [support::now().plus_ms(3_600_000), UnixMillis(support::now().0 - 3_600_000), UnixMillis(u64::MAX)] {
        let answer = send(at, 8, 1).await;
        assert!(matches!(answer, Response::Refused(Refusal::ClockSkew { .. })), "{answer:?}");
    }
    assert_eq!(cells(&network.ask(1, 0, fetch(1, 0)).await.unwrap()), [(7, 2048)]);
    network.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_waiting_fetch_is_answered_by_a_deposit() {
    let network = Network::start(2, |_| {}).await;
    network.ask(1, 0, create(1)).await.unwrap();
    let began = Instant::now();
    let depositing = async {
        while !metrics(&network, 0).await.contains("\nrelay_polls_open 1\n") {
            tokio::task::yield_now().await;
        }
        network.ask(1, 0, deposit(1, 5, Small)).await.unwrap()
    };
    let (fetched, stored) = tokio::join!(network.ask(1, 0, fetch(1, 30_000)), depositing);
    assert_eq!(stored, STORED);
    assert_eq!(cells(&fetched.unwrap()), [(5, 2048)]);
    assert!(began.elapsed() < Duration::from_secs(25), "it waited for the end of the poll");
    network.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_goes_away_leaves_no_poll_behind() {
    let network = Network::start(2, |_| {}).await;
    network.ask(1, 0, create(1)).await.unwrap();
    let mut polling = Box::pin(network.ask(1, 0, fetch(1, 30_000)));
    while !metrics(&network, 0).await.contains("\nrelay_polls_open 1\n") {
        tokio::select! { biased; _ = &mut polling => panic!("nothing was there"), () = tokio::task::yield_now() => {} }
    }
    drop(polling);
    let gone = async {
        while !metrics(&network, 0).await.contains("\nrelay_polls_open 0\n") {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), gone).await.expect("the poll is cancelled before its deadline");
    network.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_carries_neither_to_itself_nor_to_strangers() {
    let network = Network::start(2, |_| {}).await;
    let to_itself = network.ask(0, 0, create(1)).await;
    assert!(matches!(to_itself, Err(HopError::Refused(HopRefusal::TargetIsEntry))), "{to_itself:?}");
    network.relays[1].set_peers(Vec::new());
    let to_stranger = network.ask(1, 0, create(1)).await;
    assert!(matches!(to_stranger, Err(HopError::Refused(HopRefusal::UnknownTarget))), "{to_stranger:?}");
    network.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_that_is_down_is_told_apart_and_comes_back_with_everything() {
    let mut network = Network::start(2, |_| {}).await;
    network.ask(1, 0, create(1)).await.unwrap();
    assert_eq!(network.ask(1, 0, deposit(1, 9, Small)).await.unwrap(), STORED);
    let stopped = network.relays.remove(0);
    let (descriptor, listen) = (stopped.descriptor().clone(), stopped.listen());
    stopped.stop().await;
    let entry = &network.relays[0].descriptor().address;
    let (body, opener) = mailbox::hop::seal_request(&descriptor, fetch(1, 0), support::now()).unwrap();
    let answer = carrier::Carrier::exchange(&network.carrier, entry, Bytes::from(body), support::WAIT).await.unwrap();
    let down = opener.open(&answer);
    assert!(matches!(down, Err(HopError::Refused(HopRefusal::TargetUnreachable))), "{down:?}");
    let config = RelayConfig { listen, ..RelayConfig::on_loopback(network.dirs[0].path().join("relay")) };
    network.relays.insert(0, Relay::start(config).await.unwrap());
    assert_eq!(network.descriptor(0), &descriptor);
    assert_eq!(cells(&network.ask(1, 0, fetch(1, 0)).await.unwrap()), [(9, 2048)]);
    network.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_stops_quickly_while_somebody_waits() {
    let network = Network::start(2, |_| {}).await;
    network.ask(1, 0, create(1)).await.unwrap();
    let mut polling = Box::pin(network.ask(1, 0, fetch(1, 30_000)));
    while !metrics(&network, 0).await.contains("\nrelay_polls_open 1\n") {
        tokio::select! { biased; _ = &mut polling => panic!("nothing was there"), () = tokio::task::yield_now() => {} }
    }
    drop(polling);
    let began = Instant::now();
    network.stop().await;
    assert!(began.elapsed() < Duration::from_secs(6), "{:?}", began.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_folder_serves_one_relay() {
    let network = Network::start(1, |_| {}).await;
    let second = Relay::start(RelayConfig::on_loopback(network.dirs[0].path().join("relay"))).await;
    assert!(matches!(second, Err(StartError::Store(_))), "{second:?}");
    network.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn chain_requests_reach_the_next_node_when_one_is_down() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let alive = format!("http://{}", listener.local_addr().unwrap());
    let dead = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let dead_url = format!("http://{}", dead.local_addr().unwrap());
    drop(dead);
    tokio::spawn(answer_as_node(listener));
    let nodes = vec![dead_url.clone(), alive];
    let network = Network::start(2, |config| config.nodes = nodes.clone()).await;
    for _ in 0..2 {
        let answer = network.ask(1, 0, Request::Chain(b"head?".to_vec())).await.unwrap();
        assert_eq!(answer, Response::Chain(b"node: head?".to_vec()));
    }
    network.stop().await;
    let network = Network::start(2, |config| config.nodes = vec![dead_url.clone()]).await;
    let answer = network.ask(1, 0, Request::Chain(b"head?".to_vec())).await.unwrap();
    assert_eq!(answer, Response::Refused(Refusal::ChainUnreachable));
    network.stop().await;
}

/// MBX-80
#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_accepts_and_never_answers_is_not_waited_for() {
    let hung = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let alive = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nodes = [&hung, &alive].map(|node| format!("http://{}", node.local_addr().unwrap())).to_vec();
    let accepted = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&accepted);
    tokio::spawn(async move {
        let mut kept = Vec::new();
        while let Ok((tcp, _)) = hung.accept().await {
            seen.fetch_add(1, Ordering::SeqCst);
            kept.push(tcp);
        }
    });
    tokio::spawn(answer_as_node(alive));
    let network = Network::start(2, |config| {
        config.nodes = nodes.clone();
        config.limits.chain_patience_ms = 100;
    })
    .await;
    let began = Instant::now();
    for _ in 0..5 {
        let answer = network.ask(1, 0, Request::Chain(b"head?".to_vec())).await.unwrap();
        assert_eq!(answer, Response::Chain(b"node: head?".to_vec()));
    }
    assert!(began.elapsed() < Duration::from_secs(25), "it waited for the hung node: {:?}", began.elapsed());
    assert_eq!(accepted.load(Ordering::SeqCst), 1, "the node that answered is asked first from then on");
    network.stop().await;
}

/// Answers every request to a node with what was asked.
async fn answer_as_node(listener: TcpListener) {
    while let Ok((tcp, _)) = listener.accept().await {
        tokio::spawn(async move {
            let service = hyper::service::service_fn(|request: http::Request<hyper::body::Incoming>| async move {
                assert_eq!(request.uri().path(), "/light");
                let body = request.into_body().collect().await?.to_bytes();
                let answer = [b"node: ", &body[..]].concat();
                Ok::<_, hyper::Error>(http::Response::new(Full::new(Bytes::from(answer))))
            });
            let builder = hyper_util::server::conn::auto::Builder::new(TokioExecutor::new());
            builder.serve_connection(TokioIo::new(tcp), service).await.ok();
        });
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn metrics_count_what_was_done() {
    let network = Network::start(2, |_| {}).await;
    network.ask(1, 0, create(1)).await.unwrap();
    network.ask(1, 0, deposit(1, 1, Small)).await.unwrap();
    network.ask(1, 0, deposit(2, 1, Small)).await.unwrap();
    network.ask(1, 0, fetch(1, 0)).await.unwrap();
    let text = metrics(&network, 0).await;
    for line in ["relay_deposits_total 1", "relay_requests_refused_total 1", "relay_cells 1", "relay_cell_bytes 2048"] {
        assert!(text.contains(&format!("\n{line}\n")), "{line} in {text}");
    }
    assert!(metrics(&network, 1).await.contains("\nrelay_forwards_total 4\n"));
    network.stop().await;
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn secrets_are_readable_by_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let network = Network::start(1, |_| {}).await;
    let dir = network.dirs[0].path().join("relay");
    assert_eq!(std::fs::metadata(&dir).unwrap().permissions().mode() & 0o777, 0o700);
    for name in ["hop.seed", "tls.key", "secret.path", "mailboxes.db", "mailboxes.db-wal"] {
        let mode = std::fs::metadata(dir.join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    network.stop().await;
}
