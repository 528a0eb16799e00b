//! A relay gets its certificate from an authority: one of the test's own, which looks at the relay as real ones do.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests: a failure is a panic")]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::{Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use rcgen::{
    BasicConstraints, CertificateParams, CertificateSigningRequestParams, DnType, IsCa, Issuer, KeyPair, SanType,
};
use relay::{AcmeConfig, Relay, RelayConfig, RelayHandle};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, CertificateSigningRequestDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, SignatureScheme};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsConnector;
use x509_parser::prelude::{FromDer, X509Certificate};

const HOST: &str = "relay.example";
const NAME: &str = "An authority of the test's";
const TOKEN: &str = "evaGxfADs6pSRb2LAv9IZf17Dt3juxGJyPCt92wr-oA";
const LIMIT: Duration = Duration::from_secs(60);

/// An authority (RFC 8555) with one order for one domain.
struct Authority {
    base: String,
    ca: CertificateParams,
    key: KeyPair,
    /// Where its resolver says that the domain is.
    relay: OnceLock<SocketAddr>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    nonces: BTreeSet<String>,
    thumbprint: String,
    accounts: usize,
    status: &'static str,
    chain: String,
    /// Certificates begin so many days from now.
    begins_in_days: i64,
}

impl Authority {
    async fn start() -> Arc<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut ca = CertificateParams::default();
        ca.distinguished_name.push(DnType::CommonName, NAME);
        ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = Arc::new(Self {
            base: format!("http://{}", listener.local_addr().unwrap()),
            ca,
            key: KeyPair::generate().unwrap(),
            relay: OnceLock::new(),
            state: Mutex::default(),
        });
        let serving = Arc::clone(&authority);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let authority = Arc::clone(&serving);
                tokio::spawn(async move {
                    let service = service_fn(|request| {
                        let authority = Arc::clone(&authority);
                        async move { Ok::<_, Infallible>(authority.answer(request).await) }
                    });
                    http1::Builder::new().serve_connection(TokioIo::new(stream), service).await.ok();
                });
            }
        });
        authority
    }

    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let path = request.uri().path().to_owned();
        let body = request.into_body().collect().await.unwrap().to_bytes();
        let (status, place, text) = if body.is_empty() {
            (StatusCode::OK, "", self.directory().to_string())
        } else {
            let (protected, payload) = opened(&body);
            let nonce = protected["nonce"].as_str().unwrap();
            assert!(self.state.lock().unwrap().nonces.remove(nonce), "each nonce is used once");
            assert_eq!(protected["url"], format!("{}{path}", self.base), "what is signed is signed for this place");
            self.post(&path, &protected, &payload).await
        };
        let nonce = format!("nonce{:?}", Instant::now()).replace(|one: char| !one.is_ascii_alphanumeric(), "");
        self.state.lock().unwrap().nonces.insert(nonce.clone());
        Response::builder()
            .status(status)
            .header("replay-nonce", nonce)
            .header(header::LOCATION, format!("{}{place}", self.base))
            .body(Full::from(text))
            .unwrap()
    }

    fn directory(&self) -> Value {
        let at = |path: &str| format!("{}{path}", self.base);
        json!({ "newNonce": at("/nonce"), "newAccount": at("/account"), "newOrder": at("/order"),
                "revokeCert": at("/revoke"), "keyChange": at("/key") })
    }

    async fn post(&self, path: &str, protected: &Value, payload: &Value) -> (StatusCode, &'static str, String) {
        match path {
            "/account" => {
                let mut state = self.state.lock().unwrap();
                state.thumbprint = thumbprint(&protected["jwk"]);
                state.accounts += 1;
                (StatusCode::CREATED, "/account/1", json!({ "status": "valid" }).to_string())
            }
            "/order" => {
                assert_eq!(payload["identifiers"], json!([{ "type": "dns", "value": HOST }]));
                self.state.lock().unwrap().status = "pending";
                (StatusCode::CREATED, "/order/1", self.order())
            }
            "/authorization" => (StatusCode::OK, "", self.authorization().to_string()),
            "/challenge" => {
                let status = if self.sees_the_relay().await { "ready" } else { "invalid" };
                self.state.lock().unwrap().status = status;
                (StatusCode::OK, "", self.authorization()["challenges"][0].to_string())
            }
            "/finalize" => {
                let csr = URL_SAFE_NO_PAD.decode(payload["csr"].as_str().unwrap()).unwrap();
                let chain = self.sign(csr);
                let mut state = self.state.lock().unwrap();
                (state.status, state.chain) = ("valid", chain);
                drop(state);
                (StatusCode::OK, "/order/1", self.order())
            }
            "/certificate" => (StatusCode::OK, "", self.state.lock().unwrap().chain.clone()),
            _ => (StatusCode::OK, "/order/1", self.order()),
        }
    }

    fn order(&self) -> String {
        let at = |path: &str| format!("{}{path}", self.base);
        let mut order = json!({
            "status": self.state.lock().unwrap().status, "identifiers": [{ "type": "dns", "value": HOST }],
            "authorizations": [at("/authorization")], "finalize": at("/finalize"),
        });
        if order["status"] == "valid" {
            order["certificate"] = at("/certificate").into();
        }
        order.to_string()
    }

    fn authorization(&self) -> Value {
        let url = format!("{}/challenge", self.base);
        json!({
            "identifier": { "type": "dns", "value": HOST }, "status": "pending",
            "challenges": [{ "type": "tls-alpn-01", "url": url, "token": TOKEN, "status": "pending" }],
        })
    }

    /// RFC 8737, section 3.
    async fn sees_the_relay(&self) -> bool {
        let Some(address) = self.relay.get() else { return false };
        let expected = wire::hash::sha256(format!("{TOKEN}.{}", self.state.lock().unwrap().thumbprint).as_bytes());
        let Ok((chain, agreed)) = handshake(*address, &["acme-tls/1"]).await else { return false };
        let (_, certificate) = X509Certificate::from_der(&chain[0]).unwrap();
        let proof = certificate.extensions().iter().find(|one| one.oid.to_id_string() == "1.3.6.1.5.5.7.1.31");
        agreed.as_deref() == Some(b"acme-tls/1")
            && proof.is_some_and(|proof| proof.critical && proof.value == [&[4, 32][..], &expected].concat())
    }

    fn sign(&self, csr: Vec<u8>) -> String {
        let mut request = CertificateSigningRequestParams::from_der(&CertificateSigningRequestDer::from(csr)).unwrap();
        let names = &request.params.subject_alt_names;
        assert!(matches!(&names[..], [SanType::DnsName(name)] if name.as_str() == HOST), "{names:?}");
        let begins = time::Duration::days(self.state.lock().unwrap().begins_in_days);
        request.params.not_before = time::OffsetDateTime::now_utc() + begins - time::Duration::hours(1);
        let issuer = Issuer::from_params(&self.ca, &self.key);
        let own = self.ca.self_signed(&self.key).unwrap();
        format!("{}{}", request.signed_by(&issuer).unwrap().pem(), own.pem())
    }
}

fn opened(body: &[u8]) -> (Value, Value) {
    let sealed: Value = serde_json::from_slice(body).unwrap();
    let part = |name: &str| URL_SAFE_NO_PAD.decode(sealed[name].as_str().unwrap()).unwrap();
    (serde_json::from_slice(&part("protected")).unwrap(), serde_json::from_slice(&part("payload")).unwrap_or_default())
}

/// RFC 7638.
fn thumbprint(key: &Value) -> String {
    let text = format!(r#"{{"crv":{},"kty":{},"x":{},"y":{}}}"#, key["crv"], key["kty"], key["x"], key["y"]);
    URL_SAFE_NO_PAD.encode(wire::hash::sha256(text.as_bytes()))
}

/// Looks at what is shown, whatever it is: a challenge's proof is no certificate that a library would take.
#[derive(Debug)]
struct Onlooker;

impl ServerCertVerifier for Onlooker {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _cert: &CertificateDer<'_>,
        _dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _message: &[u8],
        _cert: &CertificateDer<'_>,
        _dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        carrier::tls::provider().signature_verification_algorithms.supported_schemes()
    }
}

/// What a relay shows to who offers these protocols, and on which they agree.
async fn handshake(
    address: SocketAddr,
    protocols: &[&str],
) -> std::io::Result<(Vec<CertificateDer<'static>>, Option<Vec<u8>>)> {
    let builder = ClientConfig::builder_with_provider(carrier::tls::provider());
    let builder = builder.with_safe_default_protocol_versions().unwrap();
    let mut config = builder.dangerous().with_custom_certificate_verifier(Arc::new(Onlooker)).with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|one| one.as_bytes().to_vec()).collect();
    let stream = TcpStream::connect(address).await?;
    let name = ServerName::try_from(HOST).unwrap();
    let tls = TlsConnector::from(Arc::new(config)).connect(name, stream).await?;
    let session = tls.get_ref().1;
    let chain = session.peer_certificates().unwrap().iter().map(|one| one.clone().into_owned()).collect();
    Ok((chain, session.alpn_protocol().map(<[u8]>::to_vec)))
}

async fn issuer(relay: &RelayHandle) -> String {
    let (chain, _) = handshake(relay.listen(), &["h2"]).await.unwrap();
    assert_eq!(relay.descriptor().address.tls_pin, carrier::tls::pin_of(&chain[0]).ok(), "the key is the pinned one");
    X509Certificate::from_der(&chain[0]).unwrap().1.issuer().to_string()
}

async fn value(relay: &RelayHandle, name: &str) -> u64 {
    let client =
        hyper_util::client::legacy::Client::builder(hyper_util::rt::TokioExecutor::new()).build_http::<Full<Bytes>>();
    let answer = client.get(relay.metrics_url().unwrap().parse().unwrap()).await.unwrap();
    let text = answer.into_body().collect().await.unwrap().to_bytes();
    let text = std::str::from_utf8(&text).unwrap();
    text.lines().find_map(|line| line.strip_prefix(&format!("{name} "))).unwrap().parse().unwrap()
}

/// Looks until it is so; only its never being so is decided by the time.
async fn until(relay: &RelayHandle, name: &str, least: u64) {
    let looking = async {
        while value(relay, name).await < least {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(LIMIT, looking).await.unwrap_or_else(|_| panic!("{name} stays below {least}"));
}

fn config(dir: &std::path::Path, authority: &Authority) -> RelayConfig {
    let acme = AcmeConfig { directory: format!("{}/directory", authority.base), contact: None };
    RelayConfig { public_host: Some(HOST.to_owned()), acme: Some(acme), ..RelayConfig::on_loopback(dir.join("relay")) }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_gets_a_certificate_keeps_its_pin_and_shows_it_again_after_a_restart() {
    let (dir, authority) = (tempfile::tempdir().unwrap(), Authority::start().await);
    // The authority finds the relay where the relay without an authority was: its port is kept, as an operator's is.
    let plain = RelayConfig { acme: None, ..config(dir.path(), &authority) };
    let relay = Relay::start(plain).await.unwrap();
    let (listen, pin) = (relay.listen(), relay.descriptor().address.tls_pin.unwrap());
    assert_eq!(issuer(&relay).await, format!("CN={HOST}"));
    assert!(handshake(listen, &["acme-tls/1"]).await.is_err(), "nobody learns that there is such a protocol");
    relay.stop().await;
    authority.relay.set(listen).unwrap();

    let with = || RelayConfig { listen, ..config(dir.path(), &authority) };
    let relay = Relay::start(with()).await.unwrap();
    until(&relay, "relay_certificates_total", 1).await;
    assert_eq!(issuer(&relay).await, format!("CN={NAME}"));
    assert_eq!(relay.descriptor().address.tls_pin, Some(pin));
    assert!(handshake(listen, &["acme-tls/1"]).await.is_err(), "the challenge is over");
    assert!(value(&relay, "relay_certificate_ends_seconds").await > 0);
    relay.stop().await;

    let relay = Relay::start(with()).await.unwrap();
    assert_eq!(issuer(&relay).await, format!("CN={NAME}"), "the kept one is shown from the first moment on");
    assert_eq!(value(&relay, "relay_certificates_total").await, 0);
    assert_eq!(authority.state.lock().unwrap().accounts, 1);
    relay.stop().await;

    // The account is good at its authority only: another one is asked for one of its own.
    std::fs::remove_file(dir.path().join("relay/certificate.pem")).unwrap();
    let other = Authority::start().await;
    other.relay.set(listen).unwrap();
    let relay = Relay::start(RelayConfig { listen, ..config(dir.path(), &other) }).await.unwrap();
    until(&relay, "relay_certificates_total", 1).await;
    assert_eq!((authority.state.lock().unwrap().accounts, other.state.lock().unwrap().accounts), (1, 1));
    relay.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authority_that_does_not_see_the_relay_leaves_it_with_its_own_certificate() {
    let (dir, authority) = (tempfile::tempdir().unwrap(), Authority::start().await);
    let relay = Relay::start(config(dir.path(), &authority)).await.unwrap();
    until(&relay, "relay_certificates_failed_total", 1).await;
    assert_eq!(issuer(&relay).await, format!("CN={HOST}"));
    assert_eq!(value(&relay, "relay_certificate_ends_seconds").await, 0);
    relay.stop().await;
}

/// CAR-53: what an authority signed is kept, though this machine's clock is too slow for it.
#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_is_not_valid_yet_is_kept() {
    let (dir, authority) = (tempfile::tempdir().unwrap(), Authority::start().await);
    authority.state.lock().unwrap().begins_in_days = 2;
    let plain = Relay::start(RelayConfig { acme: None, ..config(dir.path(), &authority) }).await.unwrap();
    let listen = plain.listen();
    plain.stop().await;
    authority.relay.set(listen).unwrap();
    let relay = Relay::start(RelayConfig { listen, ..config(dir.path(), &authority) }).await.unwrap();
    until(&relay, "relay_certificates_failed_total", 1).await;
    assert_eq!(issuer(&relay).await, format!("CN={HOST}"));
    let kept = std::fs::read_to_string(dir.path().join("relay/certificate.pem")).unwrap();
    assert_eq!(kept, authority.state.lock().unwrap().chain);
    relay.stop().await;
}

/// CAR-53: a server that says nothing, and one that never ends, are failures as others are.
#[tokio::test(flavor = "multi_thread")]
async fn an_authority_that_hangs_or_says_far_too_much_is_given_up() {
    for (is_silent, acme_ms) in [(true, 300), (false, 600_000)] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            if is_silent {
                return std::future::pending().await;
            }
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
            while stream.write_all(&[b' '; 8_192]).await.is_ok() {}
        });
        let dir = tempfile::tempdir().unwrap();
        let acme = AcmeConfig { directory: format!("http://{address}/directory"), contact: None };
        let mut config = RelayConfig::on_loopback(dir.path().join("relay"));
        (config.public_host, config.acme, config.limits.acme_ms) = (Some(HOST.to_owned()), Some(acme), acme_ms);
        let relay = Relay::start(config).await.unwrap();
        until(&relay, "relay_certificates_failed_total", 1).await;
        relay.stop().await;
    }
}

/// CAR-53: also in a configuration that somebody has edited.
#[tokio::test(flavor = "multi_thread")]
async fn a_relay_that_no_authority_can_sign_for_does_not_start() {
    let (dir, authority) = (tempfile::tempdir().unwrap(), Authority::start().await);
    let error = Relay::start(RelayConfig { public_host: None, ..config(dir.path(), &authority) }).await.unwrap_err();
    assert!(error.to_string().contains("write the domain"), "{error}");
    let mut edited = config(dir.path(), &authority);
    edited.acme = Some(AcmeConfig { directory: "http://acme.example/directory".into(), contact: None });
    let error = Relay::start(edited).await.unwrap_err();
    assert!(error.to_string().contains("write https://HOST/PATH"), "{error}");
}
