//! What strangers do to the sockets, over real ones.

use super::*;
use crate::test_chain::TestChain;
use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
};

fn start(chain: &TestChain, limits: HttpLimits) -> HttpServer {
    let none: Arc<dyn Fn() -> String + Send + Sync> = Arc::new(|| "# EOF\n".to_owned());
    HttpServer::start("127.0.0.1:0".parse().unwrap(), &chain.view, Arc::default(), none, limits).unwrap()
}

fn ask(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

const QUESTION: &str = "GET /api/v2/getMasterchainInfo HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n";

#[test]
fn silent_connections_end_and_others_are_answered() {
    let chain = TestChain::start();
    let limits = HttpLimits { connections: 6, head_timeout: Duration::from_millis(300), ..HttpLimits::default() };
    let server = start(&chain, limits);
    // nothing, the beginning of either version, half a head
    let beginnings =
        ["", "P", "PRI * HTTP/2.0\r\n\r\n", "GET / HTTP/1.1\r\nhost:", "", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"];
    let silent: Vec<_> = beginnings
        .iter()
        .map(|beginning| {
            let mut stream = TcpStream::connect(server.address()).unwrap();
            stream.write_all(beginning.as_bytes()).unwrap();
            stream
        })
        .collect();
    let answer = ask(server.address(), QUESTION);
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    drop(silent);
    server.stop();
}

#[test]
fn who_sends_too_much_is_told_so() {
    let chain = TestChain::start();
    let server = start(&chain, HttpLimits::default());
    let body = "A".repeat(4_000_000);
    let request = format!(
        "POST /api/v2/jsonRPC HTTP/1.1\r\nhost: here\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    // the whole body is sent before the answer is looked for
    let answer = ask(server.address(), &request);
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    server.stop();
}
