//! Passes `Chain` requests to a node: opaque bytes in, opaque bytes out.

use bytes::Bytes;
use http::{Method, Request, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use mailbox::frame::CHAIN_RESPONSE_BYTES_MAX;
use mailbox::{Refusal, Response};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::Semaphore;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
/// Time for one node: it may hold a request for 30 s until an account changes.
const NODE_TIMEOUT: Duration = Duration::from_secs(35);

/// The nodes that this relay knows.
#[derive(Debug)]
pub(crate) struct ChainNodes {
    urls: Vec<String>,
    /// The one that answered last.
    preferred: AtomicUsize,
    client: Client<HttpConnector, Full<Bytes>>,
    under_way: Semaphore,
}

impl ChainNodes {
    pub(crate) fn new(urls: &[String], requests_max: usize) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        connector.set_connect_timeout(Some(CONNECT_TIMEOUT));
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .timer(TokioTimer::new())
            .build(connector);
        let urls = urls.iter().map(|url| format!("{}/light", url.trim_end_matches('/'))).collect();
        Self { urls, preferred: AtomicUsize::new(0), client, under_way: Semaphore::new(requests_max) }
    }

    /// Asks the nodes in turn, beginning with the one that answered last.
    pub(crate) async fn ask(&self, request: Vec<u8>) -> Response {
        let Ok(_permit) = self.under_way.try_acquire() else {
            return Response::Refused(Refusal::Overloaded { retry_after_ms: 1_000 });
        };
        let request = Bytes::from(request);
        let first = self.preferred.load(Ordering::Relaxed);
        let in_turn = self.urls.iter().enumerate().cycle().skip(first).take(self.urls.len());
        for (index, url) in in_turn {
            match tokio::time::timeout(NODE_TIMEOUT, self.ask_one(url, request.clone())).await {
                Ok(Some(answer)) => {
                    self.preferred.store(index, Ordering::Relaxed);
                    return Response::Chain(answer);
                }
                Ok(None) | Err(_) => tracing::debug!(url, "a chain node does not answer"),
            }
        }
        Response::Refused(Refusal::ChainUnreachable)
    }

    async fn ask_one(&self, url: &str, request: Bytes) -> Option<Vec<u8>> {
        let request = Request::builder()
            .method(Method::POST)
            .uri(url)
            .header(header::CONTENT_TYPE, "application/octet-stream")
            .body(Full::new(request))
            .ok()?;
        let response = self.client.request(request).await.ok()?;
        if !response.status().is_success() {
            return None;
        }
        let body = Limited::new(response.into_body(), CHAIN_RESPONSE_BYTES_MAX).collect().await.ok()?;
        Some(body.to_bytes().to_vec())
    }
}
