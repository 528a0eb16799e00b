//! The `https` disguise: each exchange is an ordinary short HTTP/2 (or 1.1) POST under the relay's secret path, over
//! connections that are kept and shared per relay.

use crate::{Carrier, CarrierError, tls};
use bytes::Bytes;
use http::{Method, Request, StatusCode, Uri, header};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use wire::RelayAddress;

/// Relays to which connections are kept; the one unused for longest gives way.
const RELAYS_KEPT_MAX: usize = 64;
/// Time for the TCP connection alone; the whole exchange has the caller's limit.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(8);
/// An idle connection is closed after this.
const IDLE_TIMEOUT: Duration = Duration::from_secs(90);
/// HTTP/2 pings find dead connections under long polls.
const PING_INTERVAL: Duration = Duration::from_secs(20);
const PING_TIMEOUT: Duration = Duration::from_secs(10);
/// Bytes of a relay's answer: above the largest that the relay protocol allows (a little over 2 MiB).
const REPLY_BYTES_MAX: usize = 4 * 1024 * 1024;
/// HTTP/2 windows: a whole answer may be under way.
const STREAM_WINDOW_BYTES: u32 = 1024 * 1024;
const CONNECTION_WINDOW_BYTES: u32 = 8 * 1024 * 1024;

type HttpsClient = Client<HttpsConnector<HttpConnector>, Full<Bytes>>;

/// Exchanges over HTTPS. Cheap to share behind an `Arc`; keeps its connections until dropped.
#[derive(Debug, Default)]
pub struct HttpsCarrier {
    http2_only: bool,
    clients: Mutex<VecDeque<(ClientKey, HttpsClient)>>,
}

/// Connections are shared only between addresses that agree in all of this.
type ClientKey = (String, u16, Option<[u8; 32]>);

impl HttpsCarrier {
    /// A carrier without connections.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A carrier from relay to relay. It speaks HTTP/2 only, so that the first exchanges with a relay wait for one
    /// connection instead of opening one each.
    #[must_use]
    pub fn between_relays() -> Self {
        Self { http2_only: true, ..Self::default() }
    }

    fn client(&self, to: &RelayAddress) -> Result<HttpsClient, CarrierError> {
        let key = (to.host.clone(), to.port, to.tls_pin);
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        let found = clients.iter().position(|(one, _)| *one == key).and_then(|index| clients.remove(index));
        let entry = match found {
            Some(entry) => entry,
            None => (key, new_client(to.tls_pin, self.http2_only)?),
        };
        let client = entry.1.clone();
        clients.push_back(entry);
        if clients.len() > RELAYS_KEPT_MAX {
            clients.pop_front();
        }
        Ok(client)
    }
}

#[async_trait::async_trait]
impl Carrier for HttpsCarrier {
    async fn exchange(&self, to: &RelayAddress, body: Bytes, timeout: Duration) -> Result<Bytes, CarrierError> {
        let client = self.client(to)?;
        let request = Request::builder()
            .method(Method::POST)
            .uri(uri(to)?)
            .header(header::CONTENT_TYPE, "application/octet-stream")
            .body(Full::new(body))
            .map_err(|error| CarrierError::Address(error.to_string()))?;
        match tokio::time::timeout(timeout, run(client, request)).await {
            Ok(result) => result,
            Err(_elapsed) => Err(CarrierError::Timeout(timeout)),
        }
    }
}

async fn run(client: HttpsClient, request: Request<Full<Bytes>>) -> Result<Bytes, CarrierError> {
    let response = client.request(request).await.map_err(|error| classify(&error))?;
    if response.status() != StatusCode::OK {
        return Err(CarrierError::Decoy { status: response.status().as_u16() });
    }
    match Limited::new(response.into_body(), REPLY_BYTES_MAX).collect().await {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(CarrierError::TooLarge { max: REPLY_BYTES_MAX }),
        Err(error) => Err(CarrierError::Broken(error.to_string())),
    }
}

fn new_client(pin: Option<[u8; 32]>, http2_only: bool) -> Result<HttpsClient, CarrierError> {
    let mut http = HttpConnector::new();
    http.set_nodelay(true);
    http.enforce_http(false);
    http.set_connect_timeout(Some(CONNECT_TIMEOUT));
    let builder = HttpsConnectorBuilder::new().with_tls_config(tls::client_config(pin)?).https_only();
    let connector = if http2_only {
        builder.enable_http2().wrap_connector(http)
    } else {
        builder.enable_all_versions().wrap_connector(http)
    };
    let client = Client::builder(TokioExecutor::new())
        .timer(TokioTimer::new())
        .pool_timer(TokioTimer::new())
        .pool_idle_timeout(IDLE_TIMEOUT)
        .http2_initial_stream_window_size(STREAM_WINDOW_BYTES)
        .http2_initial_connection_window_size(CONNECTION_WINDOW_BYTES)
        .http2_keep_alive_interval(PING_INTERVAL)
        .http2_keep_alive_timeout(PING_TIMEOUT)
        .http2_only(http2_only)
        .build(connector);
    Ok(client)
}

fn uri(to: &RelayAddress) -> Result<Uri, CarrierError> {
    let host = if to.host.contains(':') { format!("[{}]", to.host) } else { to.host.clone() };
    Uri::builder()
        .scheme("https")
        .authority(format!("{host}:{}", to.port))
        .path_and_query(format!("/{}", to.secret_path))
        .build()
        .map_err(|error| CarrierError::Address(error.to_string()))
}

/// Finds in the chain of causes what the caller can act on.
fn classify(error: &hyper_util::client::legacy::Error) -> CarrierError {
    let (mut tls, mut text) = (None, error.to_string());
    let mut cause: Option<&(dyn std::error::Error + 'static)> = std::error::Error::source(error);
    while let Some(one) = cause {
        text = format!("{text}: {one}");
        if let Some(found) = one.downcast_ref::<rustls::Error>() {
            tls = Some(found.clone());
        }
        // An I/O error that wraps another hides it from `source`.
        let wrapped = one.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        cause = match wrapped {
            Some(inner) => Some(inner),
            None => one.source(),
        };
    }
    let pin = rustls::CertificateError::ApplicationVerificationFailure;
    match tls {
        Some(rustls::Error::InvalidCertificate(reason)) if reason == pin => CarrierError::Pin,
        Some(other) => CarrierError::Tls(other.to_string()),
        None if error.is_connect() => CarrierError::Connect(text),
        None => CarrierError::Broken(text),
    }
}

#[cfg(test)]
mod tests;
