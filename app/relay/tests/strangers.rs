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
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use support::{Network, cells, create, deposit, fetch, metrics, now, until};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use wire::RelayAddress;

type Browser = Client<hyper_rustls::HttpsConnector<HttpConnector>, Full<Bytes>>;

/// A client that says which protocol it speaks and shows everything it gets.
fn browser(address: &RelayAddress, http2: bool) -> Browser {
    client_of(address, http2, None)
}

/// A client that takes so many bytes of an answer before it is read.
fn client_of<B>(
    address: &RelayAddress,
    http2: bool,
    window: Option<u32>,
) -> Client<hyper_rustls::HttpsConnector<HttpConnector>, B>
where
    B: hyper::body::Body<Data = Bytes> + Send,
{
    client_at(address, http2, window, None)
}

/// The same, which comes from this address.
fn client_at<B>(
    address: &RelayAddress,
    http2: bool,
    window: Option<u32>,
    from: Option<IpAddr>,
) -> Client<hyper_rustls::HttpsConnector<HttpConnector>, B>
where
    B: hyper::body::Body<Data = Bytes> + Send,
{
    let mut http = HttpConnector::new();
    http.enforce_http(false);
    http.set_local_address(from);
    let config = carrier::tls::client_config(address.tls_pin).unwrap();
    let builder = HttpsConnectorBuilder::new().with_tls_config(config).https_only();
    let connector =
        if http2 { builder.enable_http2().wrap_connector(http) } else { builder.enable_http1().wrap_connector(http) };
    Client::builder(TokioExecutor::new()).http2_only(http2).http2_initial_stream_window_size(window).build(connector)
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
            assert_eq!(here.0, missing(&method), "{method}");
        }
    }
    network.stop().await;
}

/// What a server of files says of a page that it does not have.
fn missing(method: &Method) -> StatusCode {
    match *method {
        Method::GET | Method::HEAD => StatusCode::NOT_FOUND,
        _ => StatusCode::METHOD_NOT_ALLOWED,
    }
}

/// MBX-61: it used to be answered and cut off before it was read, and the answer got lost on HTTP/1.1.
#[tokio::test(flavor = "multi_thread")]
async fn who_sends_far_too_much_gets_the_website_too() {
    let network = Network::start(1, |_| {}).await;
    let address = &network.descriptor(0).address;
    // more than what lies between two sockets
    let body = Bytes::from(vec![0xa5; 12 << 20]);
    for (http2, method) in
        [(true, Method::POST), (true, Method::PUT), (false, Method::POST), (false, Method::PUT), (false, Method::GET)]
    {
        let browser = browser(address, http2);
        for path in [address.secret_path.as_str(), "about-us"] {
            let answer = visit(&browser, address, method.clone(), &format!("/{path}"), body.clone()).await;
            assert_eq!(answer.0, missing(&method), "{method} of {path}, http2: {http2}");
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
        assert!(matches!(error, CarrierError::Decoy { status: 405 }), "{error:?}");
    }
    network.stop().await;
}

/// Looks like something sealed to a relay, and does not open.
fn garbage() -> Bytes {
    Bytes::from(hop::encode_body(&HopBody::Run(vec![0xa5; 3_000])).unwrap())
}

/// MBX-47: a server of files reads nothing that is posted. Counted, not timed: every machine counts alike.
#[tokio::test(flavor = "multi_thread")]
async fn what_may_be_sealed_is_opened_where_it_could_be_right() {
    let network = Network::start(1, |_| {}).await;
    let address = &network.descriptor(0).address;
    let browser = browser(address, true);
    for (times, path) in [(3, address.secret_path.as_str()), (3, "about-us")] {
        for _ in 0..3 {
            let answer = visit(&browser, address, Method::POST, &format!("/{path}"), garbage()).await;
            assert_eq!(answer.0, StatusCode::METHOD_NOT_ALLOWED);
        }
        let text = metrics(&network, 0).await;
        assert!(text.contains(&format!("\nrelay_requests_opened_total {times}\n")), "{path}: {text}");
        assert!(text.contains(&format!("\nrelay_requests_unopened_total {times}\n")), "{path}: {text}");
    }
    network.stop().await;
}

/// MBX-60
#[tokio::test(flavor = "multi_thread")]
async fn a_source_of_what_does_not_open_is_soon_not_opened_any_more() {
    let few = Rate { per_second: 0, burst: 4 };
    let network = Network::start(1, |config| config.limits.unopened = few).await;
    let address = &network.descriptor(0).address;
    let browser = browser(address, true);
    for _ in 0..7 {
        visit(&browser, address, Method::POST, &format!("/{}", address.secret_path), garbage()).await;
    }
    let text = metrics(&network, 0).await;
    assert!(text.contains("\nrelay_requests_opened_total 4\n"), "{text}");
    network.stop().await;
}

/// Garbage that is to be carried to a relay.
fn garbage_to(network: &Network, relay: usize) -> Bytes {
    let target = network.descriptor(relay).id();
    let forward = HopBody::Forward(hop::HopRequest { target, sealed: vec![0xa5; 3_000] });
    Bytes::from(hop::encode_body(&forward).unwrap())
}

fn refusal(answer: &[u8]) -> HopRefusal {
    let hop::HopReply::Refused(refusal) = hop::decode_reply(answer).unwrap() else { panic!() };
    refusal
}

/// MBX-60: what does not open at the target is counted by the entry relay, as that of whoever sent it, also of many at
/// once.
#[tokio::test(flavor = "multi_thread")]
async fn an_entry_relay_soon_carries_nothing_on_for_who_sends_garbage() {
    let few = Rate { per_second: 0, burst: 2 };
    let network = Network::start(2, |config| config.limits.unopened_there = few).await;
    let (body, carrier) = (garbage_to(&network, 0), Arc::new(HttpsCarrier::new()));
    let mut asked = tokio::task::JoinSet::new();
    for _ in 0..64 {
        let (carrier, entry, body) = (Arc::clone(&carrier), network.descriptor(1).address.clone(), body.clone());
        asked.spawn(async move { refusal(&carrier.exchange(&entry, body, support::WAIT).await.unwrap()) });
    }
    let answers = asked.join_all().await;
    let carried = answers.iter().filter(|refusal| **refusal == HopRefusal::WrongKey).count();
    assert_eq!(carried, 2, "{answers:?}");
    assert!(metrics(&network, 0).await.contains("\nrelay_requests_opened_total 2\n"));
    network.stop().await;
}

/// MBX-60: people behind one address share what they may send to a relay that opens nothing, and no other relay.
#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_open_at_one_relay_leaves_the_others_to_who_sent_it() {
    let one = Rate { per_second: 0, burst: 1 };
    let network = Network::start(3, |config| config.limits.unopened_there = one).await;
    let mut last = None;
    for _ in 0..2 {
        let entry = &network.descriptor(1).address;
        let answer = network.carrier.exchange(entry, garbage_to(&network, 0), support::WAIT).await.unwrap();
        last = Some(refusal(&answer));
    }
    assert_eq!(last, Some(HopRefusal::TooFast { retry_after_ms: u32::MAX }));
    let answer = network.ask(1, 2, create(1)).await;
    assert!(matches!(answer, Ok(Response::Created { .. })), "{answer:?}");
    network.stop().await;
}

/// MBX-60: what opens costs none of it.
#[tokio::test(flavor = "multi_thread")]
async fn whose_requests_open_is_never_too_fast_for_what_does_not() {
    let one = Rate { per_second: 0, burst: 1 };
    let network = Network::start(2, |config| {
        config.limits.unopened = one;
        config.limits.unopened_there = one;
    })
    .await;
    for name in 1..=5 {
        let answer = network.ask(1, 0, create(name)).await;
        assert!(matches!(answer, Ok(Response::Created { .. })), "{answer:?}");
    }
    network.stop().await;
}

/// MBX-60: who gives up what would have opened pays nothing for it, and who gives up garbage all the same.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_given_up_on_the_way_costs_what_comes_of_it() {
    let few = Rate { per_second: 0, burst: 2 };
    let network = Network::start(3, |config| config.limits.unopened_there = few).await;
    network.ask(1, 0, create(1)).await.unwrap();
    for times in 1..=2 {
        let waiting = network.ask(1, 0, support::fetch(1, 25_000));
        let given_up = async {
            until(&network, 0, "relay_polls_open 1").await;
        };
        tokio::select! {
            answer = waiting => panic!("{answer:?}"),
            () = given_up => {}
        }
        // It wakes the fetch.
        network.ask(2, 0, deposit(1, times, Small)).await.unwrap();
        until(&network, 0, "relay_polls_open 0").await;
        let sequences = support::sequences(&network.ask(2, 0, support::fetch(1, 0)).await.unwrap());
        network.ask(2, 0, support::ack(1, &sequences)).await.unwrap();
    }
    let asked = async {
        while network.ask(1, 0, create(2)).await.is_err() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), asked).await.expect("the tokens are given back");
    let (body, entry) = (garbage_to(&network, 0), &network.descriptor(1).address);
    for _ in 0..20 {
        let asking = network.carrier.exchange(entry, body.clone(), support::WAIT);
        tokio::time::timeout(Duration::from_millis(3), asking).await.ok();
    }
    let refused = async {
        while refusal(&network.carrier.exchange(entry, body.clone(), support::WAIT).await.unwrap())
            == HopRefusal::WrongKey
        {}
    };
    tokio::time::timeout(support::WAIT, refused).await.expect("the tokens are used up");
    assert!(metrics(&network, 0).await.contains("\nrelay_requests_unopened_total 2\n"));
    network.stop().await;
}

/// MBX-60: a target that refuses what it did not open has counted something as the entry relay's.
#[tokio::test(flavor = "multi_thread")]
async fn who_makes_the_target_refuse_the_entry_relay_pays_for_it() {
    let target = Network::start(1, |config| config.limits.unopened = Rate { per_second: 1, burst: 1 }).await;
    let entry = Network::start(1, |config| config.limits.unopened_there = Rate { per_second: 0, burst: 2 }).await;
    entry.relays[0].set_peers(vec![target.descriptor(0).clone()]);
    let mut last = None;
    for _ in 0..3 {
        let address = &entry.descriptor(0).address;
        let answer = entry.carrier.exchange(address, garbage_to(&target, 0), support::WAIT).await.unwrap();
        last = Some(refusal(&answer));
    }
    // Only the entry relay never regains what was taken.
    assert_eq!(last, Some(HopRefusal::TooFast { retry_after_ms: u32::MAX }));
    entry.stop().await;
    target.stop().await;
}

/// MBX-60, with the limits that relays have.
#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_garbage_from_one_address_leaves_the_way_between_two_relays_to_others() {
    let network = Network::start(2, |_| {}).await;
    let entry = &network.descriptor(1).address;
    let stranger = client_at::<Full<Bytes>>(entry, true, None, Some(IpAddr::from([127, 0, 0, 2])));
    let body = garbage_to(&network, 0);
    let mut flood = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (stranger, entry, body) = (stranger.clone(), entry.clone(), body.clone());
        flood.spawn(async move {
            for _ in 0..400 {
                visit(&stranger, &entry, Method::POST, &format!("/{}", entry.secret_path), body.clone()).await;
            }
        });
    }
    flood.join_all().await;
    assert!(matches!(network.ask(1, 0, create(1)).await, Ok(Response::Created { .. })));
    let answer = network.ask(1, 0, deposit(1, 1, Small)).await;
    assert!(matches!(answer, Ok(Response::Deposited { .. })), "{answer:?}");
    network.stop().await;
}

/// A body that says nothing, for ever.
struct Silent;

impl hyper::body::Body for Silent {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        self: std::pin::Pin<&mut Self>,
        _context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<hyper::body::Frame<Bytes>, Self::Error>>> {
        std::task::Poll::Pending
    }
}

/// Begins requests under the secret path whose bodies never come. They end without an answer when the relay gives them
/// up.
fn begin_silent(address: &RelayAddress, count: usize) -> tokio::task::JoinSet<bool> {
    let mut silent = tokio::task::JoinSet::new();
    let client = client_of::<Silent>(address, true, None);
    for _ in 0..count {
        let uri = format!("https://{}:{}/{}", address.host, address.port, address.secret_path);
        let request = Request::builder().method(Method::POST).uri(uri).body(Silent).unwrap();
        let client = client.clone();
        silent.spawn(async move { client.request(request).await.is_err() });
    }
    silent
}

/// MBX-61, MBX-62
#[tokio::test(flavor = "multi_thread")]
async fn bodies_that_never_begin_keep_nobody_out() {
    let network = Network::start(2, |config| {
        config.limits.bodies_max = 4;
        config.limits.first_bytes_ms = 2_000;
        config.limits.body_ms = 600_000;
    })
    .await;
    let mut silent = begin_silent(&network.descriptor(0).address, 4);
    until(&network, 0, "relay_bodies_open 4").await;
    let answer = tokio::time::timeout(support::WAIT, network.ask(1, 0, create(1))).await.expect("an answer");
    assert!(matches!(answer, Ok(Response::Created { .. })), "{answer:?}");
    while let Some(given_up) = silent.join_next().await {
        assert!(given_up.unwrap(), "it is answered");
    }
    until(&network, 0, "relay_bodies_open 0").await;
    network.stop().await;
}

/// MBX-62
#[tokio::test(flavor = "multi_thread")]
async fn a_source_has_its_share_of_bodies_and_of_requests() {
    type Change = fn(&mut relay::RelayLimits);
    let changes: [Change; 2] = [|limits| limits.bodies_per_source_max = 2, |limits| limits.requests_per_source_max = 2];
    for change in changes {
        let network = Network::start(1, |config| {
            change(&mut config.limits);
            config.limits.first_bytes_ms = 600_000;
            config.limits.body_ms = 600_000;
        })
        .await;
        let address = &network.descriptor(0).address;
        let silent = begin_silent(address, 2);
        until(&network, 0, "relay_bodies_open 2").await;
        let (body, opener) = to_run(&network, create(1));
        let answer = network.carrier.exchange(address, body, support::WAIT).await.unwrap();
        let refused = opener.open(&answer);
        assert!(matches!(refused, Err(HopError::Refused(HopRefusal::Overloaded { .. }))), "{refused:?}");
        drop(silent);
        until(&network, 0, "relay_bodies_open 0").await;
        until(&network, 0, "relay_requests_open 0").await;
        network.stop().await;
    }
}

/// MBX-62: only while it is read.
#[tokio::test(flavor = "multi_thread")]
async fn a_waiting_fetch_holds_no_body() {
    let network = Network::start(1, |config| config.limits.bodies_max = 1).await;
    let address = &network.descriptor(0).address;
    let ask = async |request| {
        let (body, opener) = to_run(&network, request);
        opener.open(&network.carrier.exchange(address, body, support::WAIT).await.unwrap()).unwrap()
    };
    ask(create(1)).await;
    let depositing = async {
        until(&network, 0, "relay_polls_open 1").await;
        until(&network, 0, "relay_bodies_open 0").await;
        ask(deposit(1, 5, Small)).await
    };
    let (fetched, _stored) = tokio::join!(ask(fetch(1, 30_000)), depositing);
    assert_eq!(cells(&fetched), [(5, 2_048)]);
    network.stop().await;
}

/// What an entry relay sends to the relay that runs it.
fn to_run(network: &Network, request: mailbox::Request) -> (Bytes, hop::ResponseOpener) {
    let (body, opener) = seal_request(network.descriptor(0), request, now()).unwrap();
    let HopBody::Forward(request) = hop::decode_body(&body).unwrap() else { panic!() };
    (Bytes::from(hop::encode_body(&HopBody::Run(request.sealed)).unwrap()), opener)
}

/// CAR-17: what is more than a connection has streams for would wait behind fetches that wait themselves.
#[tokio::test(flavor = "multi_thread")]
async fn fetches_that_wait_go_over_as_many_connections_as_they_need() {
    let network = Network::start(1, |config| config.limits.streams_max = 100).await;
    let address = &network.descriptor(0).address;
    let carrier = Arc::new(HttpsCarrier::new());
    let mut polls = tokio::task::JoinSet::new();
    for name in 0..120 {
        let (body, _) = to_run(&network, create(name));
        carrier.exchange(address, body, support::WAIT).await.unwrap();
    }
    for name in 0..120 {
        let ((body, _), carrier, address) =
            (to_run(&network, fetch(name, 30_000)), Arc::clone(&carrier), address.clone());
        polls.spawn(async move { carrier.exchange(&address, body, support::WAIT).await.is_ok() });
    }
    until(&network, 0, "relay_polls_open 120").await;
    assert!(metrics(&network, 0).await.contains("\nrelay_connections_open 2\n"));
    polls.shutdown().await;
    network.stop().await;
}

/// Asks and takes a byte of the answer at most.
async fn read_nothing(
    address: &RelayAddress,
    method: Method,
    path: &str,
    body: Bytes,
) -> Result<http::Response<hyper::body::Incoming>, hyper_util::client::legacy::Error> {
    let client = client_of::<Full<Bytes>>(address, true, Some(1));
    let uri = format!("https://{}:{}/{path}", address.host, address.port);
    client.request(Request::builder().method(method).uri(uri).body(Full::new(body)).unwrap()).await
}

async fn ask_and_read_nothing(network: &Network) -> http::Response<hyper::body::Incoming> {
    let address = &network.descriptor(0).address;
    let (body, _) = to_run(network, fetch(1, 0));
    read_nothing(address, Method::POST, &address.secret_path, body).await.unwrap()
}

/// MBX-69
#[tokio::test(flavor = "multi_thread")]
async fn answers_that_are_not_taken_count_until_they_are_dropped() {
    let network = Network::start(1, |config| config.limits.reply_bytes_per_source_max = 4_000).await;
    let address = &network.descriptor(0).address;
    let unread = ask_and_read_nothing(&network).await;
    assert_eq!(unread.status(), StatusCode::OK);
    assert!(!metrics(&network, 0).await.contains("\nrelay_reply_bytes_unsent 0\n"));
    let (body, opener) = to_run(&network, fetch(1, 0));
    let refused = opener.open(&network.carrier.exchange(address, body, support::WAIT).await.unwrap());
    assert!(matches!(refused, Err(HopError::Refused(HopRefusal::Overloaded { .. }))), "{refused:?}");
    assert!(metrics(&network, 0).await.contains("\nrelay_replies_refused_total 1\n"));
    drop(unread);
    until(&network, 0, "relay_reply_bytes_unsent 0").await;
    let (body, opener) = to_run(&network, fetch(1, 0));
    assert!(opener.open(&network.carrier.exchange(address, body, support::WAIT).await.unwrap()).is_ok());
    network.stop().await;
}

/// MBX-69
#[tokio::test(flavor = "multi_thread")]
async fn who_takes_nothing_of_an_answer_for_long_loses_the_connection() {
    let network = Network::start(1, |config| config.limits.stall_ms = 400).await;
    let unread = ask_and_read_nothing(&network).await;
    until(&network, 0, "relay_replies_stalled_total 1").await;
    until(&network, 0, "relay_reply_bytes_unsent 0").await;
    until(&network, 0, "relay_connections_open 0").await;
    assert!(unread.into_body().collect().await.is_err());
    let page = read_nothing(&network.descriptor(0).address, Method::GET, "", Bytes::new()).await.unwrap();
    until(&network, 0, "relay_replies_stalled_total 2").await;
    assert!(page.into_body().collect().await.is_err(), "the website too");
    network.stop().await;
}

/// MBX-62
#[tokio::test(flavor = "multi_thread")]
async fn pages_that_are_not_taken_count_as_requests_under_way() {
    let network = Network::start(1, |config| config.limits.requests_per_source_max = 2).await;
    let address = &network.descriptor(0).address;
    let first = read_nothing(address, Method::GET, "", Bytes::new()).await.unwrap();
    let second = read_nothing(address, Method::GET, "", Bytes::new()).await.unwrap();
    assert!(read_nothing(address, Method::GET, "", Bytes::new()).await.is_err());
    let (body, opener) = to_run(&network, create(1));
    let refused = opener.open(&network.carrier.exchange(address, body, support::WAIT).await.unwrap());
    assert!(matches!(refused, Err(HopError::Refused(HopRefusal::Overloaded { .. }))), "{refused:?}");
    drop((first, second));
    until(&network, 0, "relay_requests_open 0").await;
    assert!(read_nothing(address, Method::GET, "", Bytes::new()).await.is_ok());
    network.stop().await;
}

/// MBX-62
#[tokio::test(flavor = "multi_thread")]
async fn one_source_has_its_share_of_what_is_carried_on() {
    type Change = fn(&mut relay::RelayLimits);
    let changes: [Change; 2] =
        [|limits| limits.forwards_per_source_max = 1, |limits| limits.forwards_per_target_max = 1];
    for change in changes {
        let network = Network::start(2, |config| change(&mut config.limits)).await;
        network.ask(1, 0, create(1)).await.unwrap();
        let mut waiting = Box::pin(network.ask(1, 0, fetch(1, 30_000)));
        tokio::select! { _ = &mut waiting => panic!("nothing was there"), () = until(&network, 0, "relay_polls_open 1") => {} }
        let refused = network.ask(1, 0, fetch(1, 0)).await;
        assert!(matches!(refused, Err(HopError::Refused(HopRefusal::Overloaded { .. }))), "{refused:?}");
        drop(waiting);
        until(&network, 0, "relay_polls_open 0").await;
        network.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_website_is_a_website() {
    let network = Network::start(1, |_| {}).await;
    let address = &network.descriptor(0).address;
    let browser = browser(address, true);
    let (status, headers, body) = visit(&browser, address, Method::GET, "/", Bytes::new()).await;
    assert_eq!((status, headers["content-type"].to_str().unwrap()), (StatusCode::OK, "text/html"));
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

/// MBX-60: also who sends what can't be read. On paths that are nobody's nothing is read, and nothing counted.
#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_sends_nonsense_too_fast_is_refused() {
    let slow = Rate { per_second: 0, burst: 3 };
    let network = Network::start(1, |config| config.limits.requests = slow).await;
    let address = &network.descriptor(0).address;
    let browser = browser(address, true);
    let secret = format!("/{}", address.secret_path);
    let mut statuses = Vec::new();
    for path in ["/", "/about-us", &secret, &secret, &secret, &secret] {
        statuses.push(visit(&browser, address, Method::POST, path, Bytes::from_static(b"nonsense")).await.0.as_u16());
    }
    assert_eq!(statuses, [405, 405, 405, 405, 405, 200]);
    let (_, _, body) = visit(&browser, address, Method::POST, &secret, Bytes::from_static(b"nonsense")).await;
    assert!(matches!(hop::decode_reply(&body), Ok(hop::HopReply::Refused(HopRefusal::TooFast { .. }))));
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
    let mut silent = TcpStream::connect(network.relays[0].listen()).await.unwrap();
    assert_eq!(read_to_end(&mut silent).await, 0);
    network.stop().await;
    // Within TLS, before and in the middle of a request's head. The handshake has its own, long time.
    let network = Network::start(1, |config| config.limits.head_ms = 300).await;
    let address = network.relays[0].listen();
    for (protocol, head) in [("http/1.1", ""), ("http/1.1", "GET / HTTP/1.1\r\nhost: x\r\nslow: "), ("h2", "PRI *")] {
        let mut config = carrier::tls::client_config(network.descriptor(0).address.tls_pin).unwrap();
        config.alpn_protocols = vec![protocol.into()];
        let connector = tokio_rustls::TlsConnector::from(Arc::new(config));
        let tcp = TcpStream::connect(address).await.unwrap();
        let mut tls = connector.connect("localhost".try_into().unwrap(), tcp).await.unwrap();
        // A slow machine may be too late for this: closed is what it is to be.
        tls.write_all(head.as_bytes()).await.ok();
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

/// MBX-61: a path that is nobody's is answered at once, as by other servers; under a secret one nothing is said, and a
/// person who has the path is not told that it is gone.
#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_never_ends_is_waited_for_under_a_secret_path_only() {
    let network = Network::start(1, |config| config.limits.body_ms = 300).await;
    let address = &network.descriptor(0).address;
    for path in [address.secret_path.as_str(), "about-us"] {
        for (method, status) in
            [("POST", "405 Method Not Allowed"), ("GET", "404 Not Found"), ("PUT", "405 Method Not Allowed")]
        {
            let mut config = carrier::tls::client_config(address.tls_pin).unwrap();
            config.alpn_protocols = vec![b"http/1.1".to_vec()];
            let connector = tokio_rustls::TlsConnector::from(Arc::new(config));
            let tcp = TcpStream::connect(network.relays[0].listen()).await.unwrap();
            let mut tls = connector.connect("localhost".try_into().unwrap(), tcp).await.unwrap();
            let head = format!("{method} /{path} HTTP/1.1\r\nhost: x\r\ncontent-length: 3000\r\n\r\nabc");
            tls.write_all(head.as_bytes()).await.unwrap();
            let mut answer = Vec::new();
            let read = tokio::time::timeout(Duration::from_secs(20), tls.read_to_end(&mut answer)).await;
            read.expect("the relay closes it").ok();
            let answer = String::from_utf8(answer).unwrap();
            let is_waited_for = method == "POST" && path != "about-us";
            let begin = if is_waited_for { String::new() } else { format!("HTTP/1.1 {status}\r\n") };
            assert!(answer.starts_with(&begin) && answer.is_empty() == is_waited_for, "{method} {path}: {answer}");
        }
    }
    // The same over HTTP/2, where the connection goes on.
    let browser = client_of::<Silent>(address, true, None);
    let post = |path: &str| {
        let uri = format!("https://{}:{}/{path}", address.host, address.port);
        browser.request(Request::post(uri).body(Silent).unwrap())
    };
    assert!(post(&address.secret_path).await.is_err());
    assert_eq!(post("about-us").await.unwrap().status(), StatusCode::METHOD_NOT_ALLOWED);
    until(&network, 0, "relay_requests_open 0").await;
    network.stop().await;
}

/// MBX-61: what a server says of itself when HTTP/2 begins is what most servers with this library say.
#[tokio::test(flavor = "multi_thread")]
async fn the_beginning_of_http2_is_that_of_the_library() {
    let network = Network::start(1, |_| {}).await;
    let mut config = carrier::tls::client_config(network.descriptor(0).address.tls_pin).unwrap();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let connector = tokio_rustls::TlsConnector::from(Arc::new(config));
    let tcp = TcpStream::connect(network.relays[0].listen()).await.unwrap();
    let mut tls = connector.connect("localhost".try_into().unwrap(), tcp).await.unwrap();
    tls.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").await.unwrap();
    let of_relay = frames(&mut tls).await;

    // The same of a server that sets nothing.
    let (client, server) = tokio::io::duplex(64 * 1024);
    let service = hyper::service::service_fn(|_request: Request<hyper::body::Incoming>| async {
        Ok::<_, std::convert::Infallible>(http::Response::new(Full::new(Bytes::new())))
    });
    let plain = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
    tokio::spawn(plain.serve_connection(hyper_util::rt::TokioIo::new(server), service));
    let mut client = client;
    client.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").await.unwrap();
    assert_eq!(of_relay, frames(&mut client).await);
    network.stop().await;
}

/// The frames until the peer has told its settings and its window and acknowledged our settings.
async fn frames(stream: &mut (impl AsyncReadExt + Unpin)) -> Vec<Vec<u8>> {
    let reading = async {
        let mut frames = Vec::new();
        loop {
            let mut head = [0; 9];
            stream.read_exact(&mut head).await.unwrap();
            let mut frame = vec![0; usize::from(head[1]) << 8 | usize::from(head[2])];
            stream.read_exact(&mut frame).await.unwrap();
            frames.push([&head[..], &frame].concat());
            let seen = |kind, flags| frames.iter().any(|frame| (frame[3], frame[4]) == (kind, flags));
            if seen(4, 0) && seen(4, 1) && seen(8, 0) {
                return frames;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), reading).await.expect("settings, a window, an acknowledgement")
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
