//! The probes against small servers that betray themselves.

use super::*;
use crate::look::hello::tests::of_rustls;
use std::{net::TcpListener, thread};

/// A server that does this with each connection.
fn server(each: impl Fn(TcpStream) + Send + 'static) -> Target {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let SocketAddr::V4(server) = listener.local_addr().unwrap() else { panic!("no IPv4") };
    thread::spawn(move || listener.incoming().map_while(Result::ok).for_each(each));
    target(server)
}

fn target(server: SocketAddrV4) -> Target {
    Target { server, name: Some("bakery.example".into()), recorded: of_rustls("bakery.example", &["h2"]) }
}

#[test]
fn a_server_that_refuses_a_replay_is_suspicious_and_one_that_shakes_hands_is_not() {
    let closes = server(drop);
    assert_eq!(replay(&closes, 0).unwrap(), ("closed".to_owned(), true));
    let shakes = server(|mut stream| {
        assert!(stream.read(&mut [0; 512]).unwrap() > 0);
        stream.write_all(&[22, 3, 3, 0, 122, 2, 0, 0, 118, 3, 3]).unwrap();
    });
    assert_eq!(replay(&shakes, 0).unwrap(), ("a TLS handshake".to_owned(), false));
}

#[test]
fn an_alert_after_noise_is_what_websites_do() {
    let alerts = server(|mut stream| {
        assert!(stream.read(&mut [0; 512]).unwrap() > 0);
        stream.write_all(&[21, 3, 3, 0, 2, 2, 70]).unwrap();
    });
    assert_eq!(noise(&alerts, 0).unwrap(), ("a TLS alert".to_owned(), false));
}

#[test]
fn who_cannot_be_reached_is_not_convicted_and_every_check_is_unanswered() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap();
    let SocketAddr::V4(server) = nobody.local_addr().unwrap() else { panic!("no IPv4") };
    drop(nobody);
    assert!(run(&target(server), 0).iter().all(|finding| !finding.suspicious && !finding.answered));
}
