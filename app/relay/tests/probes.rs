//! Raw bytes of a prober (CAR-51): what a relay says to them under the secret path is, to the byte, what it says under
//! a path of which its website has nothing. Not among them are bodies that do not come, or that a prober asks first
//! whether to send (MBX-61).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

mod support;

use carrier::segment::{Part, Segment, Want, encode_segment};
use mailbox::bridge::{Claim, FriendRequest, Redemption};
use mailbox::hop::{self, HopBody, seal_request};
use std::sync::Arc;
use std::time::Duration;
use support::{Network, create, invite, now, redeem};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::{TlsConnector, client::TlsStream};
use wire::RelayAddress;

/// What a browser adds to a request of somebody's own page.
const PAGE: &str = "origin: http://127.0.0.1:4000\r\nsec-fetch-mode: cors\r\nsec-fetch-site: cross-site\r\n";
const LIMIT: Duration = Duration::from_secs(30);

async fn connect(address: &RelayAddress, alpn: &[&str], name: &str) -> std::io::Result<TlsStream<TcpStream>> {
    let mut config = carrier::tls::client_config(address.tls_pin).unwrap();
    config.alpn_protocols = alpn.iter().map(|name| name.as_bytes().to_vec()).collect();
    let tcp = TcpStream::connect((address.host.as_str(), address.port)).await?;
    TlsConnector::from(Arc::new(config)).connect(name.to_owned().try_into().unwrap(), tcp).await
}

/// Everything that comes back until the relay closes, without the lines that tell the time.
async fn answer(address: &RelayAddress, alpn: &[&str], bytes: &[u8]) -> String {
    let mut tls = connect(address, alpn, "localhost").await.unwrap();
    let mut answer = Vec::new();
    let talk = async {
        // The relay may close before it has read everything.
        tls.write_all(bytes).await.ok();
        tls.read_to_end(&mut answer).await.ok();
    };
    tokio::time::timeout(LIMIT, talk).await.expect("the relay answers and closes");
    let text = String::from_utf8_lossy(&answer).into_owned();
    text.split_inclusive("\r\n").filter(|line| !line.starts_with("date: ")).collect()
}

/// Requests of probers, with a place for the path. All ask for the connection to be closed.
fn probes() -> Vec<(&'static str, String)> {
    let many: String = (0..100).map(|number| format!("x-{number}: y\r\n")).collect();
    let huge = format!("x: {}\r\n", "y".repeat(20_000));
    let long = "z".repeat(9_000);
    let rest = "host: x\r\nconnection: close\r\n";
    vec![
        ("version 1.0", "GET /PATH HTTP/1.0\r\n\r\n".into()),
        ("version 1.0 with a body", "POST /PATH HTTP/1.0\r\ncontent-length: 3\r\n\r\nabc".into()),
        ("no host", "GET /PATH HTTP/1.1\r\nconnection: close\r\n\r\n".into()),
        ("an unknown version", format!("GET /PATH HTTP/3.7\r\n{rest}\r\n")),
        ("an unknown method", format!("BREW /PATH HTTP/1.1\r\n{rest}\r\n")),
        ("no method", format!("/PATH HTTP/1.1\r\n{rest}\r\n")),
        ("PUT", format!("PUT /PATH HTTP/1.1\r\n{rest}content-length: 1\r\n\r\nx")),
        ("OPTIONS", format!("OPTIONS /PATH HTTP/1.1\r\n{rest}origin: https://x\r\n\r\n")),
        ("a preflight", format!("OPTIONS /PATH HTTP/1.1\r\n{rest}access-control-request-method: POST\r\n\r\n")),
        ("a page's request", format!("POST /PATH HTTP/1.1\r\n{rest}{PAGE}content-length: 3\r\n\r\nabc")),
        (
            "a page's preflight",
            format!("OPTIONS /PATH HTTP/1.1\r\n{rest}{PAGE}access-control-request-method: POST\r\n\r\n"),
        ),
        ("HEAD", format!("HEAD /PATH HTTP/1.1\r\n{rest}\r\n")),
        ("TRACE", format!("TRACE /PATH HTTP/1.1\r\n{rest}\r\n")),
        ("a query", format!("GET /PATH?x=1 HTTP/1.1\r\n{rest}\r\n")),
        ("a range", format!("GET /PATH HTTP/1.1\r\n{rest}range: bytes=0-3\r\n\r\n")),
        ("what is known", format!("GET /PATH HTTP/1.1\r\n{rest}if-none-match: *\r\n\r\n")),
        ("an absolute address", format!("GET https://x/PATH HTTP/1.1\r\n{rest}\r\n")),
        (
            "an upgrade",
            "GET /PATH HTTP/1.1\r\nhost: x\r\nconnection: close, upgrade\r\nupgrade: websocket\r\n\r\n".into(),
        ),
        ("an empty body", format!("POST /PATH HTTP/1.1\r\n{rest}content-length: 0\r\n\r\n")),
        ("chunks", format!("POST /PATH HTTP/1.1\r\n{rest}transfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")),
        ("broken chunks", format!("POST /PATH HTTP/1.1\r\n{rest}transfer-encoding: chunked\r\n\r\nzzz\r\n")),
        ("a broken segment", format!("POST /PATH HTTP/1.1\r\n{rest}content-length: 4\r\n\r\n\x10\x01\x00\x00")),
        (
            "a form",
            format!(
                "POST /PATH HTTP/1.1\r\n{rest}content-type: application/x-www-form-urlencoded\r\ncontent-length: 3\r\n\r\na=b"
            ),
        ),
        ("many headers", format!("GET /PATH HTTP/1.1\r\n{rest}{many}\r\n")),
        ("a huge header", format!("GET /PATH HTTP/1.1\r\n{rest}{huge}\r\n")),
        ("a long address", format!("GET /PATH/{long} HTTP/1.1\r\n{rest}\r\n")),
        ("bare line ends", "GET /PATH HTTP/1.1\nhost: x\nconnection: close\n\n".into()),
        ("two lengths", format!("POST /PATH HTTP/1.1\r\n{rest}content-length: 3\r\ncontent-length: 4\r\n\r\nabcd")),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn the_secret_path_answers_raw_probes_like_a_page_that_is_missing() {
    let network = Network::start(1, |_| {}).await;
    let address = &network.descriptor(0).address;
    let missing = "0".repeat(address.secret_path.len());
    let mut not_found = 0;
    for (name, probe) in probes() {
        let (secret, other) = (probe.replace("PATH", &address.secret_path), probe.replace("PATH", &missing));
        let (here, there) = tokio::join!(
            answer(address, &["http/1.1"], secret.as_bytes()),
            answer(address, &["http/1.1"], other.as_bytes())
        );
        assert_eq!(here, there, "{name}");
        let is_website = |status: &str| here.contains(&format!(" {status}\r\n"));
        not_found += usize::from(is_website("404 Not Found") || is_website("405 Method Not Allowed"));
    }
    assert!(not_found >= 15, "only {not_found} were understood: the comparison shows little");
    network.stop().await;
}

/// CAR-64: only an answer to an exchange says which page may read it, and only to a page of the asker's own machine.
#[tokio::test(flavor = "multi_thread")]
async fn a_person_s_own_page_may_read_answers_to_exchanges_and_nothing_else() {
    let network = Network::start(2, |_| {}).await;
    let address = &network.descriptor(0).address;
    let post = async |path: &str, origin: &str, body: &[u8]| {
        let length = body.len();
        let head = format!(
            "POST /{path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{origin}content-length: {length}\r\n\r\n"
        );
        answer(address, &["http/1.1"], &[head.as_bytes(), body].concat()).await
    };
    let exchange = || seal_request(network.descriptor(1), create(1), now()).unwrap().0;
    let (secret, missing) = (address.secret_path.as_str(), "0".repeat(address.secret_path.len()));
    let allowed = post(secret, PAGE, &exchange()).await;
    assert!(allowed.starts_with("HTTP/1.1 200 OK\r\n"), "{allowed}");
    assert!(
        allowed.contains("\r\naccess-control-allow-origin: http://127.0.0.1:4000\r\nvary: Origin\r\n"),
        "{allowed}"
    );
    for origin in ["", "origin: https://evil.example\r\n", "origin: null\r\n"] {
        let other = post(secret, origin, &exchange()).await;
        assert!(other.starts_with("HTTP/1.1 200 OK\r\n"), "{other}");
        assert!(!other.contains("access-control") && !other.contains("vary"), "{origin}: {other}");
    }
    let run = hop::encode_body(&HopBody::Run(vec![7; 3_000])).unwrap();
    for (path, body) in [(missing.as_str(), exchange()), (secret, run), ("", b"abc".to_vec())] {
        assert_eq!(post(path, PAGE, &body).await, post(path, "", &body).await, "/{path} says nothing to a page");
    }
    network.stop().await;
}

/// MBX-52, MBX-53: whoever finds a link that was redeemed or has expired finds a website, whatever he sends there.
#[tokio::test(flavor = "multi_thread")]
async fn the_path_of_a_used_or_expired_link_is_a_page_that_is_missing() {
    let network = Network::start(1, |config| {
        config.limits.requests = mailbox::limits::Rate { per_second: 100, burst: 10_000 };
    })
    .await;
    let (expired, used) = (invite(&network, 0, 0), invite(&network, 0, 1));
    redeem(&network, &used, Claim([1; 32])).await;
    // MBX-57: nor is the descriptor's path anybody's own
    let everybody = &network.descriptor(0).address;
    let friend = hop::encode_body(&HopBody::Friend(FriendRequest::default())).unwrap();
    let asked = vec![("a request for a friend's link under the descriptor's path", "", friend)];
    let links = [&expired, &used].map(|bridge| (bridge.address(), posts(bridge.token())));
    for (address, posts) in links.into_iter().chain([(everybody, asked)]) {
        let missing = "0".repeat(address.secret_path.len());
        for (name, head, body) in posts {
            let post = |path: &str| {
                let length = body.len();
                let head = format!(
                    "POST /{path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{head}content-length: {length}\r\n\r\n"
                );
                [head.as_bytes(), &body].concat()
            };
            let (secret, other) = (post(&address.secret_path), post(&missing));
            let (here, there) =
                tokio::join!(answer(address, &["http/1.1"], &secret), answer(address, &["http/1.1"], &other));
            assert_eq!(here, there, "{name}");
            assert!(here.contains(" 405 Method Not Allowed\r\n"), "{name}: {here}");
        }
    }
    network.stop().await;
}

/// What a prober may POST who has a link with this token, but not the claim that it was redeemed for.
fn posts(token: mailbox::bridge::Token) -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let redeem = hop::encode_body(&HopBody::Redeem(Redemption::new(token, Claim([2; 32])))).unwrap();
    let run = hop::encode_body(&HopBody::Run(vec![7; 3_000])).unwrap();
    let friend = hop::encode_body(&HopBody::Friend(FriendRequest::default())).unwrap();
    let segment = |name: u8, total: usize, part: Option<(u32, &[u8])>| {
        let part = part.map(|(offset, bytes)| Part { offset, bytes: bytes.to_vec() });
        let want = Want { offset: 0, bytes: 1_000, wait_ms: 0 };
        let segment = Segment { exchange: [name; 16], total: u32::try_from(total).unwrap(), part, want };
        encode_segment(&segment, &[]).unwrap()
    };
    vec![
        ("a redemption", "", redeem.clone()),
        ("a request", "", run.clone()),
        ("a request for a friend's link", "", friend.clone()),
        ("the same in a segment", "", segment(8, friend.len(), Some((0, &friend)))),
        ("a question", "", segment(1, redeem.len(), None)),
        ("a redemption in a segment", "", segment(2, redeem.len(), Some((0, &redeem)))),
        ("its beginning", "", segment(3, redeem.len(), Some((0, &redeem[..100])))),
        ("less than its claim", "", segment(4, redeem.len(), Some((0, &redeem[..20])))),
        ("its end", "", segment(5, redeem.len(), Some((100, &redeem[100..])))),
        ("a request in a segment", "", segment(6, run.len(), Some((0, &run)))),
        ("too long a request", "", segment(7, 1_000_000, Some((0, &run)))),
    ]
}

/// MBX-52: also when there is no token left for requests; the relay's own path says so.
#[tokio::test(flavor = "multi_thread")]
async fn the_path_of_a_link_does_not_tell_that_requests_come_too_fast() {
    let network = Network::start(1, |config| {
        config.limits.requests = mailbox::limits::Rate { per_second: 0, burst: 3 };
    })
    .await;
    let bridge = invite(&network, 0, 1);
    let address = bridge.address();
    // The relay takes the link up meanwhile.
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    let post =
        |path: &str| format!("POST /{path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 3\r\n\r\nabc");
    let missing = "0".repeat(address.secret_path.len());
    let own = &network.descriptor(0).address.secret_path;
    for _ in 0..3 {
        answer(address, &["http/1.1"], post(own).as_bytes()).await;
    }
    let there = answer(address, &["http/1.1"], post(&missing).as_bytes()).await;
    assert_eq!(answer(address, &["http/1.1"], post(&address.secret_path).as_bytes()).await, there);
    assert!(answer(address, &["http/1.1"], post(own).as_bytes()).await.starts_with("HTTP/1.1 200 OK\r\n"));
    network.stop().await;
}

/// An ALPN list that the website has nothing of, a name it does not have, and bytes that are not TLS, end or go on
/// before any path is known.
#[tokio::test(flavor = "multi_thread")]
async fn odd_handshakes_are_answered_like_a_web_server_does() {
    let network = Network::start(1, |_| {}).await;
    let address = &network.descriptor(0).address;
    let refused = connect(address, &["simurgh", "spdy/3"], "localhost").await.unwrap_err().to_string();
    assert!(refused.contains("NoApplicationProtocol"), "{refused}");
    let visit = "GET / HTTP/1.1\r\nhost: other.example\r\nconnection: close\r\n\r\n";
    let page = answer(address, &[], visit.as_bytes()).await;
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n"), "{page}");
    assert!(connect(address, &["h2"], "other.example").await.is_ok(), "one certificate, whatever the name");
    for first in [&b"GET / HTTP/1.1\r\n\r\n"[..], b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", &[0; 64], &[0xa5; 600]] {
        let mut tcp = TcpStream::connect((address.host.as_str(), address.port)).await.unwrap();
        tcp.write_all(first).await.unwrap();
        let mut said = Vec::new();
        tokio::time::timeout(LIMIT, tcp.read_to_end(&mut said)).await.expect("it closes").ok();
        // At most an alert: nothing that would tell one server from another.
        assert!(said.len() <= 7, "{said:?}");
    }
    network.stop().await;
}
