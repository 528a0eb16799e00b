//! Opens a connection: name, TCP, TLS, HTTP.

use super::connection::{Connection, Sender};
use super::meter::{Meter, Metered};
use super::patience::{Link, Patience};
use crate::{CarrierError, Quiet, profile::Profile};
use hyper::client::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use parking_lot::Mutex;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::{Notify, broadcast};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};
use tokio_rustls::TlsConnector;
use wire::RelayAddress;

/// Addresses of one host that are tried.
const ADDRESSES_MAX: usize = 4;
/// Before the next address of a host is tried as well (RFC 8305, section 5).
const NEXT_ADDRESS: Duration = Duration::from_millis(250);
/// HTTP/2 windows: a whole answer may be under way.
const STREAM_WINDOW_BYTES: u32 = 1024 * 1024;
const CONNECTION_WINDOW_BYTES: u32 = 8 * 1024 * 1024;
/// hyper's own time-out of PINGs: long, because silence is judged by us.
const PING_TIMEOUT: Duration = Duration::from_secs(60);

/// What all connections to one relay have in common.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) to: RelayAddress,
    pub(crate) tls: Arc<ClientConfig>,
    pub(crate) profile: Arc<Profile>,
    pub(crate) patience: Mutex<Patience>,
    pub(crate) began: Instant,
    /// Told when an exchange or a connection has ended.
    pub(crate) freed: Notify,
    /// Told when nothing is heard on a connection (CAR-16).
    pub(crate) quiet: broadcast::Sender<Quiet>,
}

impl Line {
    /// Milliseconds of the clock of the patience.
    pub(crate) fn now(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// A connection to the relay, ready for exchanges.
pub(crate) async fn dial(line: &Arc<Line>) -> Result<Arc<Connection>, CarrierError> {
    let (began, allowed) = (Instant::now(), line.patience.lock().connect());
    let late = || {
        line.patience.lock().connect_timed_out();
        format!("it took longer than {} ms", allowed.as_millis())
    };
    let tcp = match timeout(allowed, connect(&line.to)).await {
        Ok(tcp) => tcp.map_err(|error| CarrierError::Connect(error.to_string()))?,
        Err(_elapsed) => return Err(CarrierError::Connect(late())),
    };
    tcp.set_nodelay(true).map_err(|error| CarrierError::Connect(error.to_string()))?;
    let meter = Meter::new(Link::new(&line.profile));
    let name = ServerName::try_from(line.to.host.clone()).map_err(|error| CarrierError::Address(error.to_string()))?;
    let connector = TlsConnector::from(Arc::clone(&line.tls));
    let tls = match timeout(allowed, connector.connect(name, Metered::new(tcp, Arc::clone(&meter)))).await {
        Ok(tls) => tls.map_err(|error| tls_error(&error))?,
        Err(_elapsed) => return Err(CarrierError::Tls(late())),
    };
    line.patience.lock().connected(began.elapsed());
    let is_http2 = tls.get_ref().1.alpn_protocol() == Some(b"h2");
    begin(tls, is_http2, meter, line).await
}

/// Begins HTTP of the version that was agreed on.
pub(crate) async fn begin(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    is_http2: bool,
    meter: Arc<Meter>,
    line: &Arc<Line>,
) -> Result<Arc<Connection>, CarrierError> {
    let io = TokioIo::new(stream);
    let broken = |error: hyper::Error| CarrierError::Broken(error.to_string());
    if is_http2 {
        let mut builder = http2::Builder::new(TokioExecutor::new());
        builder
            .timer(TokioTimer::new())
            .initial_stream_window_size(STREAM_WINDOW_BYTES)
            .initial_connection_window_size(CONNECTION_WINDOW_BYTES)
            .keep_alive_interval(line.profile.ping())
            .keep_alive_timeout(PING_TIMEOUT);
        let (sender, connection) = builder.handshake(io).await.map_err(broken)?;
        Ok(Connection::start(Sender::Http2(sender), meter, line, connection))
    } else {
        let (sender, connection) = http1::handshake(io).await.map_err(broken)?;
        Ok(Connection::start(Sender::Http1(tokio::sync::Mutex::new(sender)), meter, line, connection))
    }
}

/// The first of the host's addresses that answers; the next is tried as well when one takes long.
async fn connect(to: &RelayAddress) -> io::Result<TcpStream> {
    let addresses: Vec<SocketAddr> = tokio::net::lookup_host((to.host.as_str(), to.port)).await?.collect();
    let mut addresses = addresses.into_iter().take(ADDRESSES_MAX);
    let mut tries = JoinSet::new();
    let mut error = io::Error::new(io::ErrorKind::NotFound, "the host has no address");
    loop {
        let more = addresses.next().map(|address| tries.spawn(TcpStream::connect(address))).is_some();
        tokio::select! {
            Some(result) = tries.join_next() => match result {
                Ok(Ok(tcp)) => return Ok(tcp),
                Ok(Err(failed)) => error = failed,
                Err(failed) => error = io::Error::other(failed),
            },
            () = sleep(NEXT_ADDRESS), if more => {}
            else => return Err(error),
        }
    }
}

/// Finds in what the handshake ended with the reason that the caller can act on.
fn tls_error(error: &io::Error) -> CarrierError {
    let reason = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    let pin = rustls::CertificateError::ApplicationVerificationFailure;
    match reason {
        Some(rustls::Error::InvalidCertificate(reason)) if *reason == pin => CarrierError::Pin,
        Some(other) => CarrierError::Tls(other.to_string()),
        None => CarrierError::Tls(error.to_string()),
    }
}
