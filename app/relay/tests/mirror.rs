//! A relay that shows another server's website (CAR-54).

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests: a failure is a panic")]

mod support;

use bytes::Bytes;
use http::{HeaderMap, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioIo};
use mailbox::{Response as Answer, hop::seal_request};
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use support::{Network, create, now};
use tokio::net::TcpListener;
use wire::RelayAddress;

type Seen = Arc<Mutex<Vec<(String, Vec<u8>)>>>;

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

/// Asks a relay as a browser would.
async fn get(to: &RelayAddress, method: &str, path: &str, body: &[u8]) -> Page {
    let tls = carrier::tls::client_config(to.tls_pin).unwrap();
    let connector = HttpsConnectorBuilder::new().with_tls_config(tls).https_only().enable_http2().build();
    let client = Client::builder(TokioExecutor::new()).build::<_, Full<Bytes>>(connector);
    let uri = format!("https://{}:{}{path}", to.host, to.port);
    let request = Request::builder().method(method).uri(uri).body(Full::from(body.to_vec())).unwrap();
    let (parts, body) = client.request(request).await.unwrap().into_parts();
    Page { status: parts.status, headers: parts.headers, body: body.collect().await.unwrap().to_bytes() }
}

/// A website that says what it was asked.
async fn site() -> (String, Seen) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let (seen, here) = (Seen::default(), origin.clone());
    let log = Arc::clone(&seen);
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let (log, here) = (Arc::clone(&log), here.clone());
            tokio::spawn(async move {
                let service = service_fn(|request| answer(request, &log, &here));
                http1::Builder::new().serve_connection(TokioIo::new(stream), service).await.ok();
            });
        }
    });
    (origin, seen)
}

async fn answer(request: Request<Incoming>, seen: &Seen, here: &str) -> Result<Response<Full<Bytes>>, Infallible> {
    let (parts, body) = request.into_parts();
    let line = format!("{} {}", parts.method, parts.uri);
    let body = body.collect().await.unwrap().to_bytes().to_vec();
    let text = format!("{line}, {} bytes", body.len());
    seen.lock().unwrap().push((line, body));
    let response = Response::builder().header("server", "another").header("connection", "x-mine").header("x-mine", "1");
    let response = match parts.uri.path() {
        "/moved" => response.status(StatusCode::FOUND).header("location", format!("{here}/there?x")),
        "/big" => return Ok(response.body(Full::from(vec![b'x'; 5 << 20])).unwrap()),
        _ => response.status(if parts.uri.path() == "/" { StatusCode::OK } else { StatusCode::NOT_FOUND }),
    };
    Ok(response.body(Full::from(text)).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_see_another_server_s_website_and_people_their_relay() {
    let (origin, seen) = site().await;
    let network = Network::start(2, |config| config.mirror = Some(origin.clone())).await;
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

    let secret = format!("/{}", address.secret_path);
    let probe = get(address, "POST", &secret, b"abc").await;
    assert_eq!((probe.status, probe.text()), (StatusCode::NOT_FOUND, &*format!("POST {secret}, 3 bytes")));
    let before = seen.lock().unwrap().len();
    assert!(matches!(network.ask(0, 1, create(1)).await.unwrap(), Answer::Created { .. }));
    assert_eq!(seen.lock().unwrap().len(), before, "no exchange goes there");
    // The same on a path that is nobody's is the website's.
    let (sealed, _) = seal_request(network.descriptor(1), create(2), now()).unwrap();
    assert_eq!(get(address, "POST", "/nobody", &sealed).await.status, StatusCode::NOT_FOUND);
    assert_eq!(seen.lock().unwrap().last().unwrap(), &("POST /nobody".to_owned(), sealed));
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
