//! Passes `Chain` requests to a node: opaque bytes in, opaque bytes out (MBX-80).

use crate::config::RelayLimits;
use crate::shares::Shares;
use bytes::Bytes;
use http::{Method, Request, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use mailbox::frame::CHAIN_RESPONSE_BYTES_MAX;
use mailbox::limits::Source;
use mailbox::{Refusal, Response};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::task::JoinSet;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
/// Time for one node: it may hold a request for 30 s until an account changes.
const NODE_TIMEOUT: Duration = Duration::from_secs(35);

/// Nodes asked at once: whether a request waits for an account is not to be seen, and most that are slow do.
const ASKED_AT_ONCE_MAX: usize = 2;

type NodeClient = Client<HttpConnector, Full<Bytes>>;

/// The nodes that this relay knows.
#[derive(Debug)]
pub(crate) struct ChainNodes {
    urls: Vec<String>,
    /// The one that answered last.
    preferred: AtomicUsize,
    client: NodeClient,
    patience: Duration,
    under_way: Arc<Shares<Source>>,
}

impl ChainNodes {
    pub(crate) fn new(urls: &[String], limits: &RelayLimits) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        connector.set_connect_timeout(Some(CONNECT_TIMEOUT));
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .timer(TokioTimer::new())
            .build(connector);
        let urls = urls.iter().map(|url| format!("{}/light", url.trim_end_matches('/'))).collect();
        let (all, each) = (limits.chain_requests_max, limits.chain_requests_per_source_max);
        Self {
            urls,
            preferred: AtomicUsize::new(0),
            client,
            patience: Duration::from_millis(limits.chain_patience_ms),
            under_way: Shares::new(all as u64, each as u64),
        }
    }

    /// Asks the nodes in turn, beginning with the one that answered last: the next at once when one fails, and as well
    /// when one says nothing for a while. The first answer counts, so a node that hangs is not the first for long.
    pub(crate) async fn ask(&self, source: Source, request: Vec<u8>) -> Response {
        let Some(_place) = self.under_way.take(source, 1) else {
            return Response::Refused(Refusal::Overloaded { retry_after_ms: 1_000 });
        };
        let request = Bytes::from(request);
        let first = self.preferred.load(Ordering::Relaxed);
        let mut in_turn = self.urls.iter().enumerate().cycle().skip(first).take(self.urls.len()).peekable();
        let mut asked = JoinSet::new();
        loop {
            if asked.len() < ASKED_AT_ONCE_MAX
                && let Some((index, url)) = in_turn.next()
            {
                let asking = ask_one(self.client.clone(), url.clone(), request.clone());
                asked.spawn(async move { (index, tokio::time::timeout(NODE_TIMEOUT, asking).await.ok().flatten()) });
            }
            let more = asked.len() < ASKED_AT_ONCE_MAX && in_turn.peek().is_some();
            let patience = if more { self.patience } else { NODE_TIMEOUT };
            match tokio::time::timeout(patience, asked.join_next()).await {
                Ok(Some(Ok((index, Some(answer))))) => {
                    self.preferred.store(index, Ordering::Relaxed);
                    return Response::Chain(answer);
                }
                Ok(None) => return Response::Refused(Refusal::ChainUnreachable),
                Ok(Some(_)) | Err(_) => tracing::debug!("a chain node does not answer"),
            }
        }
    }
}

async fn ask_one(client: NodeClient, url: String, request: Bytes) -> Option<Vec<u8>> {
    let request = Request::builder()
        .method(Method::POST)
        .uri(url)
        .header(header::CONTENT_TYPE, "application/octet-stream")
        .body(Full::new(request))
        .ok()?;
    let response = client.request(request).await.ok()?;
    if !response.status().is_success() {
        return None;
    }
    let body = Limited::new(response.into_body(), CHAIN_RESPONSE_BYTES_MAX).collect().await.ok()?;
    Some(body.to_bytes().to_vec())
}
