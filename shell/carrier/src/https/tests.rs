//! The carrier against small servers of rustls and hyper on loopback.

use super::*;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use hyper_util::server::conn::auto;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

const WAIT: Duration = Duration::from_secs(20);

/// Serves `answer` to every request on a new port; tells the negotiated key exchange of each connection.
async fn server(answer: Answer) -> (RelayAddress, mpsc::UnboundedReceiver<String>) {
    let key = rcgen::generate_simple_self_signed(vec!["localhost".into()]).unwrap();
    let certificate = key.cert.der().clone();
    let pin = tls::pin_of(&certificate).unwrap();
    let secret = rustls::pki_types::PrivatePkcs8KeyDer::from(key.signing_key.serialize_der());
    let mut config = rustls::ServerConfig::builder_with_provider(tls::provider())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], secret.into())
        .unwrap();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (groups, seen) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((tcp, _)) = listener.accept().await {
            let (acceptor, groups) = (acceptor.clone(), groups.clone());
            tokio::spawn(async move {
                let Ok(tls) = acceptor.accept(tcp).await else { return };
                let group = tls.get_ref().1.negotiated_key_exchange_group().map(|group| group.name());
                groups.send(format!("{group:?}")).ok();
                let service = service_fn(move |request| respond(answer, request));
                auto::Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(tls), service).await.ok();
            });
        }
    });
    let address = RelayAddress { host: "127.0.0.1".into(), port, tls_pin: Some(pin), secret_path: "secret".into() };
    (address, seen)
}

#[derive(Clone, Copy)]
enum Answer {
    Echo,
    Website,
    Never,
    Flood,
}

async fn respond(
    answer: Answer,
    request: Request<hyper::body::Incoming>,
) -> Result<http::Response<Full<Bytes>>, hyper::Error> {
    let body = match answer {
        Answer::Echo if request.uri().path() == "/secret" => request.into_body().collect().await?.to_bytes(),
        Answer::Never => std::future::pending().await,
        Answer::Flood => Bytes::from(vec![0; REPLY_BYTES_MAX + 1]),
        Answer::Echo | Answer::Website => {
            let mut response = http::Response::new(Full::new(Bytes::from_static(b"<html>")));
            *response.status_mut() = StatusCode::NOT_FOUND;
            return Ok(response);
        }
    };
    Ok(http::Response::new(Full::new(body)))
}

#[tokio::test]
async fn exchanges_share_one_post_quantum_connection() {
    let (address, mut groups) = server(Answer::Echo).await;
    let carrier = HttpsCarrier::new();
    for text in ["one", "two", "three"] {
        let answer = carrier.exchange(&address, Bytes::from(text), WAIT).await.unwrap();
        assert_eq!(answer, text);
    }
    assert_eq!(groups.recv().await.unwrap(), "Some(X25519MLKEM768)");
    assert!(groups.try_recv().is_err(), "a second connection was opened");
}

#[tokio::test]
async fn exchanges_that_begin_together_share_a_connection_between_relays() {
    let (address, mut connections) = server(Answer::Echo).await;
    let carrier = Arc::new(HttpsCarrier::between_relays());
    let mut exchanges = tokio::task::JoinSet::new();
    for number in 0..20 {
        let (carrier, address) = (Arc::clone(&carrier), address.clone());
        exchanges.spawn(async move { carrier.exchange(&address, Bytes::from(format!("{number}")), WAIT).await });
    }
    while let Some(answer) = exchanges.join_next().await {
        answer.unwrap().unwrap();
    }
    connections.recv().await.unwrap();
    assert!(connections.try_recv().is_err(), "a second connection was opened");
}

#[tokio::test]
async fn another_key_than_the_pinned_one_is_told_apart() {
    let (mut address, _groups) = server(Answer::Echo).await;
    address.tls_pin = Some([1; 32]);
    let error = HttpsCarrier::new().exchange(&address, Bytes::new(), WAIT).await.unwrap_err();
    assert!(matches!(error, CarrierError::Pin), "{error:?}");
}

#[tokio::test]
async fn a_port_where_nobody_listens_is_a_connect_error() {
    let (mut address, _groups) = server(Answer::Echo).await;
    let unused = TcpListener::bind("127.0.0.1:0").await.unwrap();
    address.port = unused.local_addr().unwrap().port();
    drop(unused);
    let error = HttpsCarrier::new().exchange(&address, Bytes::new(), WAIT).await.unwrap_err();
    assert!(matches!(error, CarrierError::Connect(_)), "{error:?}");
}

#[tokio::test]
async fn a_service_without_tls_is_a_tls_error() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (mut address, _groups) = server(Answer::Echo).await;
    address.port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (mut tcp, _) = listener.accept().await.unwrap();
        tokio::io::AsyncWriteExt::write_all(&mut tcp, b"220 mail.example ESMTP\r\n").await.unwrap();
        std::future::pending::<()>().await;
    });
    let error = HttpsCarrier::new().exchange(&address, Bytes::new(), WAIT).await.unwrap_err();
    assert!(matches!(error, CarrierError::Tls(_)), "{error:?}");
}

#[tokio::test]
async fn silence_ends_at_the_timeout() {
    let (address, _groups) = server(Answer::Never).await;
    let error = HttpsCarrier::new().exchange(&address, Bytes::new(), Duration::from_millis(300)).await.unwrap_err();
    assert!(matches!(error, CarrierError::Timeout(_)), "{error:?}");
}

#[tokio::test]
async fn a_website_instead_of_a_relay_is_told_apart() {
    let (address, _groups) = server(Answer::Website).await;
    let error = HttpsCarrier::new().exchange(&address, Bytes::new(), WAIT).await.unwrap_err();
    assert!(matches!(error, CarrierError::Decoy { status: 404 }), "{error:?}");
}

#[tokio::test]
async fn an_answer_without_end_is_cut_off() {
    let (address, _groups) = server(Answer::Flood).await;
    let error = HttpsCarrier::new().exchange(&address, Bytes::new(), WAIT).await.unwrap_err();
    assert!(matches!(error, CarrierError::TooLarge { .. }), "{error:?}");
}

#[tokio::test]
async fn an_address_without_a_pin_is_refused_with_advice() {
    let (mut address, _groups) = server(Answer::Echo).await;
    address.tls_pin = None;
    let error = HttpsCarrier::new().exchange(&address, Bytes::new(), WAIT).await.unwrap_err();
    assert!(error.to_string().contains("needs a TLS pin"), "{error}");
}
