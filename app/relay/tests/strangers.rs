//! What somebody without the secret path, or with bad intentions, gets from a relay.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

mod support;

use bytes::Bytes;
use carrier::{Carrier, CarrierError, HttpsCarrier};
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use mailbox::cell::CellSize::Small;
use mailbox::hop::{self, HopBody, HopError, HopRefusal, seal_request};
use mailbox::limits::{Limits, Rate};
use mailbox::{Refusal, Response};
use std::sync::Arc;
use std::time::{Duration, Instant};
use support::{Network, create, deposit, fetch, now};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use wire::RelayAddress;

type Browser = Client<hyper_rustls::HttpsConnector<HttpConnector>, Full<Bytes>>;

/// A client that says which protocol it speaks and shows everything it gets.
fn browser(address: &RelayAddress, http2: bool) -> Browser {
    let config = carrier::tls::client_config(address.tls_pin).unwrap();
    let builder = HttpsConnectorBuilder::new().with_tls_config(config).https_only();
    let connector = if http2 { builder.enable_http2().build() } else { builder.enable_http1().build() };
    Client::builder(TokioExecutor::new()).http2_only(http2).build(connector)
}

async fn visit(
    browser: &Browser,
    address: &RelayAddress,
    method: Method,
    path: &str,
    body: Bytes,
) -> (StatusCode, HeaderMap, Bytes) {
    let uri = format!("https://{}:{}{path}", address.host, address.port);
    let request = Request::builder().method(method).uri(uri).body(Full::new(body)).unwrap();
    let response = browser.request(request).await.unwrap();
    let (status, mut headers) = (response.status(), response.headers().clone());
    headers.remove("date");
    (status, headers, response.into_body().collect().await.unwrap().to_bytes())
}

/// What a probe may send to the secret path without knowing more than the path.
fn probes() -> Vec<(Method, Bytes)> {
    vec![
        (Method::GET, Bytes::new()),
        (Method::HEAD, Bytes::new()),
        (Method::PUT, Bytes::from_static(b"x")),
        (Method::OPTIONS, Bytes::new()),
        (Method::POST, Bytes::new()),
        (Method::POST, Bytes::from_static(b"\x01\x00")),
        (Method::POST, Bytes::from([&[1, 0xb8, 0x17][..], &[9; 3_000]].concat())),
        (Method::POST, Bytes::from(vec![0xa5; 3_000])),
        (Method::POST, Bytes::from(vec![1; 100_000])),
        (Method::POST, Bytes::from(vec![0; hop::BODY_BYTES_MAX + 1])),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn the_secret_path_answers_probes_byte_for_byte_like_any_other() {
    let network = Network::start(1, |_| {}).await;
    let address = &network.descriptor(0).address;
    let secret = format!("/{}", address.secret_path);
    let wrong = format!("/{}", "0".repeat(address.secret_path.len()));
    for http2 in [true, false] {
        let browser = browser(address, http2);
        for (method, body) in probes() {
            let here = visit(&browser, address, method.clone(), &secret, body.clone()).await;
            let there = visit(&browser, address, method.clone(), &wrong, body.clone()).await;
            assert_eq!(here, there, "{method} with {} bytes, http2: {http2}", body.len());
            assert_eq!(here.0, StatusCode::NOT_FOUND);
        }
    }
    network.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_body_on_a_wrong_path_gets_the_website() {
    let network = Network::start(2, |_| {}).await;
    let (body, _) = seal_request(network.descriptor(0), create(1), now()).unwrap();
    let HopBody::Forward(request) = hop::decode_body(&body).unwrap() else { panic!() };
    let run = hop::encode_body(&HopBody::Run(request.sealed)).unwrap();
    for (relay, body) in [(1, body), (0, run)] {
        let mut address = network.descriptor(relay).address.clone();
        address.secret_path = "about-us".into();
        let error = network.carrier.exchange(&address, Bytes::from(body), support::WAIT).await.unwrap_err();
        assert!(matches!(error, CarrierError::Decoy { status: 404 }), "{error:?}");
    }
    network.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_body_takes_as_long_on_the_secret_path_as_elsewhere() {
    let network = Network::start(1, |_| {}).await;
    let address = &network.descriptor(0).address;
    let browser = browser(address, true);
    let secret = format!("/{}", address.secret_path);
    let wrong = format!("/{}", "0".repeat(address.secret_path.len()));
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..150 {
        // In turn, so that load of the machine falls on both alike.
        for (path, times) in [&secret, &wrong].into_iter().zip(&mut times) {
            let began = Instant::now();
            visit(&browser, address, Method::POST, path, Bytes::from(vec![0xa5; 3_000])).await;
            times.push(began.elapsed());
        }
    }
    let [here, there] = times.map(|mut times| {
        times.sort_unstable();
        times[times.len() / 2]
    });
    let ratio = here.as_secs_f64() / there.as_secs_f64();
    assert!((0.6..1.6).contains(&ratio), "medians {here:?} and {there:?}");
    network.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_website_is_a_website() {
    let network = Network::start(1, |_| {}).await;
    let address = &network.descriptor(0).address;
    let browser = browser(address, true);
    let (status, headers, body) = visit(&browser, address, Method::GET, "/", Bytes::new()).await;
    assert_eq!((status, headers["content-type"].to_str().unwrap()), (StatusCode::OK, "text/html; charset=utf-8"));
    let page = String::from_utf8(body.to_vec()).unwrap();
    let mut links = 0;
    for link in page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        links += 1;
        assert_eq!(visit(&browser, address, Method::GET, link, Bytes::new()).await.0, StatusCode::OK, "{link}");
    }
    assert!(links >= 4, "{page}");
    network.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_asks_too_fast_is_refused_and_nobody_stores_anything() {
    let slow = Rate { per_second: 1, burst: 3 };
    let network = Network::start(2, |config| config.limits.requests = slow).await;
    let mut refusals = 0;
    for _ in 0..6 {
        if let Err(HopError::Refused(HopRefusal::TooFast { retry_after_ms })) = network.ask(1, 0, create(1)).await {
            assert!(retry_after_ms > 0);
            refusals += 1;
        }
    }
    assert!(refusals >= 2, "{refusals}");
    network.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn more_polls_than_allowed_are_refused() {
    let limits = Limits { polls_max: 2, ..Limits::default() };
    let network = Network::start(2, |config| config.limits.mailbox = limits).await;
    for name in 1..=3 {
        network.ask(1, 0, create(name)).await.unwrap();
    }
    let refused = Response::Refused(Refusal::TooManyPolls);
    let first_refused = async {
        let polls = [1, 2, 3].map(|name| Box::pin(network.ask(1, 0, fetch(name, 30_000))));
        let (first, _, rest) = futures_like_select(polls).await;
        drop(rest);
        first
    };
    assert_eq!(first_refused.await.unwrap(), refused);
    network.stop().await;
}

/// The first of several futures to end, with those that have not.
async fn futures_like_select<F: Future + Unpin>(mut all: [F; 3]) -> (F::Output, usize, [F; 3]) {
    let (output, index) = std::future::poll_fn(|context| {
        for (index, one) in all.iter_mut().enumerate() {
            if let std::task::Poll::Ready(output) = std::pin::Pin::new(one).poll(context) {
                return std::task::Poll::Ready((output, index));
            }
        }
        std::task::Poll::Pending
    })
    .await;
    (output, index, all)
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_say_nothing_are_closed() {
    let network = Network::start(1, |config| config.limits.handshake_ms = 300).await;
    let address = network.relays[0].listen();
    // Before TLS, then within TLS before and in the middle of a request's head.
    let mut silent = TcpStream::connect(address).await.unwrap();
    assert_eq!(read_to_end(&mut silent).await, 0);
    for (protocol, head) in [("http/1.1", ""), ("http/1.1", "GET / HTTP/1.1\r\nhost: x\r\nslow: "), ("h2", "PRI *")] {
        let mut config = carrier::tls::client_config(network.descriptor(0).address.tls_pin).unwrap();
        config.alpn_protocols = vec![protocol.into()];
        let connector = tokio_rustls::TlsConnector::from(Arc::new(config));
        let tcp = TcpStream::connect(address).await.unwrap();
        let mut tls = connector.connect("localhost".try_into().unwrap(), tcp).await.unwrap();
        tls.write_all(head.as_bytes()).await.unwrap();
        read_to_end(&mut tls).await;
    }
    network.stop().await;
}

/// Reads until the other side closes; how many bytes came.
async fn read_to_end(stream: &mut (impl AsyncReadExt + Unpin)) -> usize {
    let mut bytes = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut bytes)).await;
    // A closed connection may also show as an error; what counts is that it ends.
    read.expect("the relay closes it").ok();
    bytes.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_never_ends_gets_the_website() {
    let network = Network::start(1, |config| config.limits.body_ms = 300).await;
    let address = &network.descriptor(0).address;
    let mut config = carrier::tls::client_config(address.tls_pin).unwrap();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    let connector = tokio_rustls::TlsConnector::from(Arc::new(config));
    let tcp = TcpStream::connect(network.relays[0].listen()).await.unwrap();
    let mut tls = connector.connect("localhost".try_into().unwrap(), tcp).await.unwrap();
    let head = format!("POST /{} HTTP/1.1\r\nhost: x\r\ncontent-length: 3000\r\n\r\nabc", address.secret_path);
    tls.write_all(head.as_bytes()).await.unwrap();
    let mut start = [0; 12];
    tokio::time::timeout(Duration::from_secs(20), tls.read_exact(&mut start)).await.unwrap().unwrap();
    assert_eq!(&start, b"HTTP/1.1 404");
    network.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_of_one_source_are_bounded_and_come_free_again() {
    let network = Network::start(1, |config| config.limits.connections_per_source_max = 2).await;
    let address = &network.descriptor(0).address;
    let (one, two, three) = (HttpsCarrier::new(), HttpsCarrier::new(), HttpsCarrier::new());
    for carrier in [&one, &two] {
        let error = carrier.exchange(address, Bytes::from_static(b"x"), support::WAIT).await.unwrap_err();
        assert!(matches!(error, CarrierError::Decoy { .. }), "{error:?}");
    }
    let error = three.exchange(address, Bytes::from_static(b"x"), support::WAIT).await.unwrap_err();
    assert!(matches!(error, CarrierError::Tls(_) | CarrierError::Connect(_) | CarrierError::Broken(_)), "{error:?}");
    drop(one);
    let admitted = async {
        while !matches!(
            three.exchange(address, Bytes::from_static(b"x"), support::WAIT).await,
            Err(CarrierError::Decoy { .. })
        ) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), admitted).await.unwrap();
    network.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_requests_leave_nothing_on_disk() {
    let mut network = Network::start(2, |_| {}).await;
    for name in 0..20 {
        let answer = network.ask(1, 0, deposit(name, 1, Small)).await.unwrap();
        assert_eq!(answer, Response::Refused(Refusal::NoSuchMailbox));
    }
    let (body, opener) = seal_request(network.descriptor(0), create(1), wire::UnixMillis(1)).unwrap();
    let address = &network.descriptor(1).address;
    let answer = network.carrier.exchange(address, Bytes::from(body), support::WAIT).await.unwrap();
    assert!(matches!(opener.open(&answer), Ok(Response::Refused(Refusal::ClockSkew { .. }))));
    let dir = network.dirs.remove(0);
    network.stop().await;
    let mut store = store::relay::RelayStore::open(&dir.path().join("relay/mailboxes.db")).unwrap();
    let totals = mailbox::store::MailboxStore::totals(&mut store).unwrap();
    assert_eq!(totals, mailbox::store::Totals::default());
}
