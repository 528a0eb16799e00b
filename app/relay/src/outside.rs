//! HTTPS to servers that are no relays: an authority, the website that a relay mirrors. They are checked by the machine's
//! own list of authorities.

use crate::StartError;
use hyper::body::Body;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::{self, connect::HttpConnector};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::{ClientConfig, RootCertStore};
use std::net::IpAddr;
use std::time::Duration;

/// Connections to one server that are kept while nothing goes over them.
const IDLE_MAX: usize = 16;
/// Bytes of an answer that are read before somebody takes them; its head has to fit.
const BUFFER_BYTES: usize = 64 * 1024;

/// Asks them.
pub(crate) type Client<B> = legacy::Client<HttpsConnector<HttpConnector>, B>;

/// A client; a connection that nothing goes over is kept for `idle`.
pub(crate) fn client<B: Body<Data: Send> + Send>(idle: Duration) -> Result<Client<B>, StartError> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() {
        let what = "this machine has no list of authorities to check other servers by: install ca-certificates";
        return Err(StartError::Keys(what.to_owned()));
    }
    let config = ClientConfig::builder_with_provider(carrier::tls::provider())
        .with_safe_default_protocol_versions()
        .map_err(|error| StartError::Keys(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connector = HttpsConnectorBuilder::new().with_tls_config(config).https_or_http().enable_http1().build();
    Ok(legacy::Client::builder(TokioExecutor::new())
        .pool_timer(TokioTimer::new())
        .timer(TokioTimer::new())
        .pool_idle_timeout(idle)
        .pool_max_idle_per_host(IDLE_MAX)
        .http1_max_buf_size(BUFFER_BYTES)
        .build(connector))
}

/// Whether a URL can be asked: nothing goes over a network in the clear.
pub(crate) fn is_askable(url: &str) -> bool {
    let Ok(url) = url.parse::<http::Uri>() else { return false };
    let host = url.host().unwrap_or_default().trim_matches(['[', ']']);
    let is_loopback = host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    !host.is_empty() && (url.scheme_str() == Some("https") || url.scheme_str() == Some("http") && is_loopback)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_asked_over_a_network_in_the_clear() {
        for url in ["https://site.example", "https://site.example:8443/", "http://127.0.0.1:8080", "http://[::1]/x"] {
            assert!(is_askable(url), "{url}");
        }
        for url in ["", "site.example", "http://site.example/", "ftp://site.example", "https://", "http://localhost/"] {
            assert!(!is_askable(url), "{url}");
        }
    }
}
