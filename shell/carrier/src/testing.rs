//! For tests: a small relay of rustls and hyper on loopback, and a censor in front of it.

use crate::segment::{Assembly, ExchangeName, SegmentReply, decode_segment, encode_segment_reply, is_segment};
use crate::{CarrierError, tls};
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use parking_lot::Mutex;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use wire::RelayAddress;

pub(crate) const WAIT: Duration = Duration::from_secs(30);

/// What the relay does with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Answers with the request, so many times over.
    Echo(usize),
    /// Is a website, whatever the path.
    Website,
    /// Never answers.
    Never,
    /// Answers with so many zeros.
    Zeros(usize),
}

/// A running relay.
pub(crate) struct Relay {
    pub(crate) address: RelayAddress,
    /// The certificate, as PEM, of the authority that certified it for `localhost`.
    pub(crate) authority: String,
    /// The key exchange of each connection.
    pub(crate) groups: mpsc::UnboundedReceiver<String>,
    /// Requests that came whole, segmented ones included.
    pub(crate) runs: Arc<AtomicUsize>,
}

/// What is there of a request, and its answer.
type Segmented = (Assembly, Option<Vec<u8>>);

#[derive(Clone)]
struct Serving {
    answer: Answer,
    runs: Arc<AtomicUsize>,
    segmented: Arc<Mutex<BTreeMap<ExchangeName, Segmented>>>,
}

/// Serves on a new port, with `alpn` in the TLS handshake.
pub(crate) async fn relay_with(answer: Answer, alpn: &str) -> Relay {
    let (authority, certificate, secret) = certified("localhost");
    let pin = tls::pin_of(&certificate).unwrap();
    let mut config = rustls::ServerConfig::builder_with_provider(tls::provider())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], secret.into())
        .unwrap();
    config.alpn_protocols = vec![alpn.as_bytes().to_vec()];
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (told, groups) = mpsc::unbounded_channel();
    let runs = Arc::new(AtomicUsize::new(0));
    let serving = Serving { answer, runs: Arc::clone(&runs), segmented: Arc::default() };
    tokio::spawn(async move {
        while let Ok((tcp, _)) = listener.accept().await {
            let (acceptor, told, serving) = (acceptor.clone(), told.clone(), serving.clone());
            tokio::spawn(async move {
                let Ok(tls) = acceptor.accept(tcp).await else { return };
                let group = tls.get_ref().1.negotiated_key_exchange_group().map(|group| group.name());
                told.send(format!("{group:?}")).ok();
                let service = service_fn(move |request| serving.clone().respond(request));
                auto::Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(tls), service).await.ok();
            });
        }
    });
    let address =
        RelayAddress { host: "127.0.0.1".into(), port, tls_pin: Some(pin), secret_path: "secret".into(), dns: None };
    Relay { address, authority, groups, runs }
}

/// An authority's certificate as PEM, one that it gave to `name`, and that one's key.
fn certified(name: &str) -> (String, CertificateDer<'static>, PrivatePkcs8KeyDer<'static>) {
    let mut root = rcgen::CertificateParams::default();
    root.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let issuer = rcgen::CertifiedIssuer::self_signed(root, rcgen::KeyPair::generate().unwrap()).unwrap();
    let key = rcgen::KeyPair::generate().unwrap();
    let leaf = rcgen::CertificateParams::new(vec![name.to_owned()]).unwrap().signed_by(&key, &issuer).unwrap();
    (issuer.pem(), leaf.der().clone(), PrivatePkcs8KeyDer::from(key.serialize_der()))
}

pub(crate) async fn relay(answer: Answer) -> Relay {
    relay_with(answer, "h2").await
}

impl Serving {
    async fn respond(self, request: Request<hyper::body::Incoming>) -> Result<Response<Full<Bytes>>, hyper::Error> {
        let found = self.answer != Answer::Website && request.uri().path() == "/secret";
        let body = request.into_body().collect().await?.to_bytes();
        if !found {
            let mut response = Response::new(Full::new(Bytes::from_static(b"<html>")));
            *response.status_mut() = StatusCode::NOT_FOUND;
            return Ok(response);
        }
        let answer = if is_segment(&body) { self.segment(&body).await } else { self.run(body.to_vec()).await };
        Ok(Response::new(Full::new(Bytes::from(answer))))
    }

    async fn run(&self, body: Vec<u8>) -> Vec<u8> {
        self.runs.fetch_add(1, Ordering::SeqCst);
        match self.answer {
            Answer::Echo(times) => body.repeat(times),
            Answer::Zeros(count) => vec![0; count],
            Answer::Never | Answer::Website => std::future::pending().await,
        }
    }

    async fn segment(&self, frame: &[u8]) -> Vec<u8> {
        let segment = decode_segment(frame).unwrap();
        let complete = {
            let mut all = self.segmented.lock();
            let (assembly, answer) =
                all.entry(segment.exchange).or_insert_with(|| (Assembly::new(segment.total, 100_000).unwrap(), None));
            if let (Some(part), None) = (segment.part, &answer) {
                assembly.add(part).unwrap();
            }
            assembly.take_body()
        };
        if let Some(body) = complete {
            let answer = self.run(body).await;
            self.segmented.lock().get_mut(&segment.exchange).unwrap().1 = Some(answer);
        }
        let all = self.segmented.lock();
        let (assembly, answer) = &all[&segment.exchange];
        let reply = match answer {
            None => SegmentReply::Waiting { have: assembly.have() },
            Some(answer) => {
                let from = answer.len().min(segment.want.offset as usize);
                let to = answer.len().min(from + segment.want.bytes as usize);
                let bytes = answer[from..to].to_vec();
                SegmentReply::Answer { total: answer.len() as u32, offset: segment.want.offset, bytes }
            }
        };
        encode_segment_reply(&reply).unwrap()
    }
}

/// What a censor does to connections that pass it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Rule {
    /// Bytes of a connection, both directions together, after which it carries nothing any more.
    pub(crate) freeze_after: Option<u64>,
    /// Bytes a second in each direction.
    pub(crate) rate: Option<u64>,
}

/// A censor on the way to a relay.
#[derive(Debug)]
pub(crate) struct Censor {
    pub(crate) address: RelayAddress,
    hold: watch::Sender<Held>,
    /// What each connection has carried.
    pub(crate) carried: Arc<Mutex<Vec<Arc<AtomicU64>>>>,
    open: Arc<AtomicUsize>,
    open_max: Arc<AtomicUsize>,
}

/// Which connections carry nothing at present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Held {
    None,
    /// Those numbered below.
    Before(usize),
}

impl Censor {
    pub(crate) async fn before(relay: &RelayAddress, rule: Rule) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = RelayAddress { port: listener.local_addr().unwrap().port(), ..relay.clone() };
        let (hold, held) = watch::channel(Held::None);
        let this = Self { address, hold, carried: Arc::default(), open: Arc::default(), open_max: Arc::default() };
        let (carried, open, open_max) = (Arc::clone(&this.carried), Arc::clone(&this.open), Arc::clone(&this.open_max));
        let port = relay.port;
        tokio::spawn(async move {
            while let Ok((inside, _)) = listener.accept().await {
                let bytes = Arc::new(AtomicU64::new(0));
                let number = {
                    let mut carried = carried.lock();
                    carried.push(Arc::clone(&bytes));
                    carried.len() - 1
                };
                let now = open.fetch_add(1, Ordering::SeqCst) + 1;
                open_max.fetch_max(now, Ordering::SeqCst);
                let (held, open) = (held.clone(), Arc::clone(&open));
                tokio::spawn(async move {
                    if let Ok(outside) = TcpStream::connect(("127.0.0.1", port)).await {
                        let (inside_read, inside_write) = inside.into_split();
                        let (outside_read, outside_write) = outside.into_split();
                        let wire = Wire { number, bytes, held, rule };
                        tokio::select! {
                            () = wire.carry(inside_read, outside_write) => {}
                            () = wire.carry(outside_read, inside_write) => {}
                        }
                    }
                    open.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        this
    }

    /// The connections there are carry nothing until [`Self::release`]; new ones do.
    pub(crate) fn hold(&self) {
        let count = self.carried.lock().len();
        self.hold.send_replace(Held::Before(count));
    }

    /// The same of the oldest connections, as many as have all carried so much: those whose handshake is over.
    pub(crate) fn hold_after(&self, bytes: u64) {
        let carried = self.carried.lock();
        let count = carried.iter().take_while(|one| one.load(Ordering::SeqCst) >= bytes).count();
        self.hold.send_replace(Held::Before(count));
    }

    /// Nothing passes, new connections included.
    pub(crate) fn hold_all(&self) {
        self.hold.send_replace(Held::Before(usize::MAX));
    }

    pub(crate) fn release(&self) {
        self.hold.send_replace(Held::None);
    }

    pub(crate) fn connections(&self) -> usize {
        self.carried.lock().len()
    }

    pub(crate) fn open(&self) -> usize {
        self.open.load(Ordering::SeqCst)
    }

    pub(crate) fn open_max(&self) -> usize {
        self.open_max.load(Ordering::SeqCst)
    }

    pub(crate) fn carried_max(&self) -> u64 {
        self.carried.lock().iter().map(|bytes| bytes.load(Ordering::SeqCst)).max().unwrap_or(0)
    }
}

struct Wire {
    number: usize,
    bytes: Arc<AtomicU64>,
    held: watch::Receiver<Held>,
    rule: Rule,
}

impl Wire {
    /// Carries until one side closes.
    async fn carry(&self, mut from: tokio::net::tcp::OwnedReadHalf, mut to: tokio::net::tcp::OwnedWriteHalf) {
        let mut buffer = [0; 1_400];
        let mut held = self.held.clone();
        while let Ok(count @ 1..) = from.read(&mut buffer).await {
            let free = |held: &Held| !matches!(held, Held::Before(count) if self.number < *count);
            if held.wait_for(free).await.is_err() {
                return;
            }
            let carried = self.bytes.fetch_add(count as u64, Ordering::SeqCst) + count as u64;
            if self.rule.freeze_after.is_some_and(|limit| carried > limit) {
                // What comes is swallowed until the connection is closed.
                continue;
            }
            if let Some(rate) = self.rule.rate {
                tokio::time::sleep(Duration::from_micros(count as u64 * 1_000_000 / rate)).await;
            }
            if to.write_all(&buffer[..count]).await.is_err() {
                return;
            }
        }
    }
}

/// Waits until something is so.
pub(crate) async fn until(what: &str, is_so: impl Fn() -> bool) {
    let waiting = async {
        while !is_so() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(WAIT, waiting).await.unwrap_or_else(|_| panic!("{what} never came"));
}

pub(crate) fn is_silent(result: &Result<Bytes, CarrierError>) -> bool {
    matches!(result, Err(CarrierError::Silent { .. }))
}
