//! A relay that shows another server's website (CAR-54).

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests: a failure is a panic")]

mod support;

use bytes::Bytes;
use http::{HeaderMap, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, combinators::BoxBody};
use hyper::body::{Frame, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::{TokioExecutor, TokioIo};
use mailbox::bridge::{Claim, Redemption};
use mailbox::hop::{self, HopBody};
use mailbox::limits::Rate;
use mailbox::{Response as Answer, hop::seal_request};
use relay::RelayLimits;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;
use support::{Network, create, invite, now, redeem};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use wire::RelayAddress;

const LIMIT: Duration = Duration::from_secs(60);

/// What a website was asked.
#[derive(Debug, Default)]
struct Log {
    asked: Vec<(String, Vec<u8>)>,
    headers: Vec<HeaderMap>,
}

/// A website of the test's own.
struct Site {
    origin: String,
    log: Mutex<Log>,
    connections: AtomicUsize,
    /// Slow pages are there when this is given.
    slow: Semaphore,
}

struct Page {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Page {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

type Browser = Client<hyper_rustls::HttpsConnector<HttpConnector>, Full<Bytes>>;

fn browser(to: &RelayAddress) -> Browser {
    let tls = carrier::tls::client_config(to.tls_pin).unwrap();
    let connector = HttpsConnectorBuilder::new().with_tls_config(tls).https_only().enable_http2().build();
    Client::builder(TokioExecutor::new()).build(connector)
}

/// Asks a relay as a browser would.
async fn get(to: &RelayAddress, method: &str, path: &str, body: &[u8]) -> Page {
    ask(&browser(to), to, Request::builder().method(method).uri(path), body).await
}

async fn ask(browser: &Browser, to: &RelayAddress, request: http::request::Builder, body: &[u8]) -> Page {
    let mut request = request.body(Full::from(body.to_vec())).unwrap();
    *request.uri_mut() = format!("https://{}:{}{}", to.host, to.port, request.uri()).parse().unwrap();
    let (parts, body) = browser.request(request).await.unwrap().into_parts();
    Page { status: parts.status, headers: parts.headers, body: body.collect().await.unwrap().to_bytes() }
}

impl Site {
    /// A website that says what it was asked.
    async fn start() -> Arc<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let site = Arc::new(Self {
            origin: format!("http://{}", listener.local_addr().unwrap()),
            log: Mutex::default(),
            connections: AtomicUsize::new(0),
            slow: Semaphore::new(0),
        });
        let serving = Arc::clone(&site);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let site = Arc::clone(&serving);
                site.connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(async move {
                    let service = service_fn(|request| {
                        let site = Arc::clone(&site);
                        async move { Ok::<_, Infallible>(site.answer(request).await) }
                    });
                    http1::Builder::new().serve_connection(TokioIo::new(stream), service).await.ok();
                    site.connections.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        site
    }

    async fn answer(self: Arc<Self>, request: Request<Incoming>) -> Response<BoxBody<Bytes, Infallible>> {
        let (parts, body) = request.into_parts();
        let line = format!("{} {}", parts.method, parts.uri);
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        let text = format!("{line}, {} bytes", body.len());
        {
            let mut log = self.log.lock().unwrap();
            log.asked.push((line, body));
            log.headers.push(parts.headers);
        }
        let response =
            Response::builder().header("server", "another").header("connection", "x-mine").header("x-mine", "1");
        let missing = format!("{}/", parts.uri.path());
        let response = match parts.uri.path() {
            "/moved" => response.status(StatusCode::FOUND).header("location", format!("{}/there?x", self.origin)),
            "/big" => return response.body(Full::from(vec![b'x'; 5 << 20]).boxed()).unwrap(),
            "/slow" => {
                self.slow.acquire().await.unwrap().forget();
                response
            }
            "/endless" => return response.body(Endless.boxed()).unwrap(),
            "/" => response.status(StatusCode::OK),
            _ => response.status(StatusCode::NOT_FOUND).header("location", missing),
        };
        response.body(Full::from(text).boxed()).unwrap()
    }

    fn asked(&self) -> Vec<(String, Vec<u8>)> {
        self.log.lock().unwrap().asked.clone()
    }
}

/// A page without an end and without a length.
struct Endless;

impl hyper::body::Body for Endless {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(&[b'x'; 8_192])))))
    }
}

/// Looks until it is so; only its never being so is decided by the time.
async fn until(what: &str, is_so: impl Fn() -> bool) {
    let looking = async {
        while !is_so() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(LIMIT, looking).await.unwrap_or_else(|_| panic!("{what}: never"));
}

async fn mirroring(site: &Site, change: impl Fn(&mut RelayLimits)) -> Network {
    Network::start(1, |config| {
        config.mirror = Some(site.origin.clone());
        change(&mut config.limits);
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_see_another_server_s_website_and_people_their_relay() {
    let site = Site::start().await;
    let network = Network::start(2, |config| config.mirror = Some(site.origin.clone())).await;
    let address = &network.descriptor(0).address;

    let page = get(address, "GET", "/?a=b", b"").await;
    assert_eq!((page.status, page.text()), (StatusCode::OK, "GET /?a=b, 0 bytes"));
    assert_eq!(page.headers["server"], "another");
    assert!(!page.headers.contains_key("x-mine"), "what the other connection calls its own stays there");
    assert_eq!(get(address, "GET", "/moved", b"").await.headers["location"], "/there?x");
    let posted = get(address, "POST", "/form", b"name=value").await;
    assert_eq!((posted.status, posted.text()), (StatusCode::NOT_FOUND, "POST /form, 10 bytes"));
    assert_eq!(get(address, "GET", "/big", b"").await.status, StatusCode::BAD_GATEWAY);
    let long = get(address, "POST", "/form", &vec![b'x'; 200_000]).await;
    assert_eq!(long.status, StatusCode::PAYLOAD_TOO_LARGE);

    let before = site.asked().len();
    assert!(matches!(network.ask(0, 1, create(1)).await.unwrap(), Answer::Created { .. }));
    assert_eq!(site.asked().len(), before, "no exchange goes there");
    // The same on a path that is nobody's is the website's.
    let (sealed, _) = seal_request(network.descriptor(1), create(2), now()).unwrap();
    assert_eq!(get(address, "POST", "/nobody", &sealed).await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.asked().last().unwrap(), &("POST /nobody".to_owned(), sealed));
    network.stop().await;
}

/// CAR-54: the other server learns neither secret paths nor what comes there, and who probes them sees no difference.
#[tokio::test(flavor = "multi_thread")]
async fn what_comes_to_a_secret_path_stays_at_the_relay() {
    let site = Site::start().await;
    let network = mirroring(&site, |_| {}).await;
    let address = &network.descriptor(0).address;
    let used = invite(&network, 0, 1);
    redeem(&network, &used, Claim([1; 32])).await;
    site.log.lock().unwrap().asked.clear();
    let refused = hop::encode_body(&HopBody::Redeem(Redemption::new(used.token(), Claim([2; 32])))).unwrap();
    let newer = [&[0x7e][..], &[0xa5; 3_000]].concat();
    let secrets = [&address.secret_path, &used.address().secret_path];
    let missing = format!("/{}", "0".repeat(secrets[0].len()));
    let mut times = 0;
    for secret in secrets {
        let secret = format!("/{secret}");
        for (method, query, body) in
            [("POST", "", &refused), ("POST", "", &newer), ("PUT", "", &newer), ("GET", "?a=b", &vec![])]
        {
            let here = get(address, method, &format!("{secret}{query}"), body).await;
            let there = get(address, method, &format!("{missing}{query}"), body).await;
            assert_eq!(here.status, StatusCode::NOT_FOUND);
            assert_eq!(here.status, there.status);
            assert_eq!(here.text(), there.text().replace(&missing, &secret), "{method}");
            assert_eq!(here.headers["location"], *format!("{secret}/"));
            times += 1;
        }
    }
    let asked = site.asked();
    assert_eq!(asked.len(), 2 * times);
    // Every other one was for the missing page.
    for (line, body) in asked.iter().step_by(2) {
        assert!(!secrets.iter().any(|secret| line.contains(*secret)), "{line}");
        assert!(body.iter().all(|byte| *byte == 0), "{line}");
    }
    let lines: std::collections::BTreeSet<&String> = asked.iter().step_by(2).map(|(line, _)| line).collect();
    assert_eq!(lines.len(), times, "no two are for the same page");
    network.stop().await;
}

/// CAR-54
#[tokio::test(flavor = "multi_thread")]
async fn what_comes_with_any_method_goes_to_the_other_server() {
    let site = Site::start().await;
    let network = mirroring(&site, |_| {}).await;
    let address = &network.descriptor(0).address;
    for method in ["PUT", "PATCH", "DELETE", "PROPFIND"] {
        assert_eq!(get(address, method, "/file", b"content").await.text(), format!("{method} /file, 7 bytes"));
        assert_eq!(site.asked().last().unwrap().1, b"content");
        let long = get(address, method, "/file", &vec![b'x'; 200_000]).await;
        assert_eq!(long.status, StatusCode::PAYLOAD_TOO_LARGE, "{method}");
    }
    assert_eq!(site.asked().len(), 4, "what was not read is not passed on as if it were nothing");
    network.stop().await;
}

/// CAR-54
#[tokio::test(flavor = "multi_thread")]
async fn the_other_server_is_asked_under_its_own_name() {
    let site = Site::start().await;
    let network = mirroring(&site, |_| {}).await;
    let address = &network.descriptor(0).address;
    let here = format!("https://{}:{}", address.host, address.port);
    let request = Request::builder().method("POST").uri("/form").header("origin", &here);
    let request = request.header("referer", format!("{here}/page?a")).header("cookie", "a=1").header("cookie", "b=2");
    ask(&browser(address), address, request, b"x").await;
    let headers = site.log.lock().unwrap().headers[0].clone();
    assert_eq!(headers["origin"], *site.origin);
    assert_eq!(headers["referer"], *format!("{}/page?a", site.origin));
    assert_eq!(headers["host"], *site.origin.strip_prefix("http://").unwrap());
    assert_eq!(headers.get_all("cookie").iter().collect::<Vec<_>>(), ["a=1; b=2"]);
    network.stop().await;
}

/// MBX-62
#[tokio::test(flavor = "multi_thread")]
async fn the_other_server_is_asked_by_one_source_only_so_much_at_once_and_so_often() {
    let site = Site::start().await;
    let network = mirroring(&site, |limits| {
        limits.mirrored_per_source_max = 1;
        limits.mirror_idle_ms = 200;
    })
    .await;
    let address = &network.descriptor(0).address;
    let slow = get(address, "GET", "/slow", b"");
    let meanwhile = async {
        until("the slow page is asked for", || site.asked().len() == 1).await;
        let crowded = get(address, "GET", "/", b"").await;
        site.slow.add_permits(1);
        crowded
    };
    let (slow, crowded) = tokio::join!(slow, meanwhile);
    assert_eq!((slow.status, crowded.status), (StatusCode::OK, StatusCode::SERVICE_UNAVAILABLE));
    assert_eq!(get(address, "GET", "/", b"").await.status, StatusCode::OK, "the place is free again");
    until("idle connections are closed", || site.connections.load(Ordering::SeqCst) == 0).await;
    network.stop().await;

    let network = mirroring(&site, |limits| limits.requests = Rate { per_second: 0, burst: 2 }).await;
    let mut statuses = Vec::new();
    for _ in 0..3 {
        statuses.push(get(&network.descriptor(0).address, "GET", "/", b"").await.status.as_u16());
    }
    assert_eq!(statuses, [200, 200, 503]);
    network.stop().await;
}

/// MBX-62: room for an answer is taken before it is read.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_without_room_is_not_read() {
    let site = Site::start().await;
    let network = mirroring(&site, |limits| limits.reply_bytes_per_source_max = 20_000).await;
    let address = &network.descriptor(0).address;
    assert_eq!(get(address, "GET", "/endless", b"").await.status, StatusCode::SERVICE_UNAVAILABLE);
    until("the site stops", || site.connections.load(Ordering::SeqCst) == 0).await;
    assert_eq!(get(address, "GET", "/", b"").await.status, StatusCode::OK);
    network.stop().await;

    let network = mirroring(&site, |_| {}).await;
    let address = &network.descriptor(0).address;
    assert_eq!(get(address, "GET", "/endless", b"").await.status, StatusCode::BAD_GATEWAY, "above 4 MiB");
    network.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_down_is_said_to_be() {
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let network = Network::start(1, |config| config.mirror = Some(format!("http://{gone}"))).await;
    let page = get(&network.descriptor(0).address, "GET", "/", b"").await;
    assert_eq!(page.status, StatusCode::BAD_GATEWAY);
    network.stop().await;
}
