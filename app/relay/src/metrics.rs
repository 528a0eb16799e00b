//! Prometheus text on a loopback port.

use crate::engine::Snapshot;
use crate::server::Shared;
use bytes::Bytes;
use http::{HeaderValue, Request, Response, StatusCode, header};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

/// Scrapes at once.
const CONNECTIONS_MAX: usize = 16;
/// Time for a scrape.
const SCRAPE_TIMEOUT: Duration = Duration::from_secs(10);
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Serves `/metrics` until `stop` changes.
pub(crate) async fn serve(listener: TcpListener, shared: Arc<Shared>, mut stop: watch::Receiver<bool>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            _ = stop.changed() => break,
            Some(_) = connections.join_next(), if !connections.is_empty() => continue,
            accepted = listener.accept() => accepted,
        };
        let Ok((tcp, _)) = accepted else {
            tokio::time::sleep(ACCEPT_PAUSE).await;
            continue;
        };
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else { continue };
        let shared = Arc::clone(&shared);
        connections.spawn(async move {
            let service = service_fn(move |request| {
                let response = answer(&request, &shared);
                async move { Ok::<_, Infallible>(response) }
            });
            let mut builder = http1::Builder::new();
            builder.timer(TokioTimer::new()).keep_alive(false);
            let connection = builder.serve_connection(TokioIo::new(tcp), service);
            tokio::time::timeout(SCRAPE_TIMEOUT, connection).await.ok();
            drop(place);
        });
    }
    connections.shutdown().await;
}

fn answer(request: &Request<Incoming>, shared: &Shared) -> Response<Full<Bytes>> {
    if request.uri().path() != "/metrics" {
        let mut response = Response::new(Full::new(Bytes::from_static(b"see /metrics\n")));
        *response.status_mut() = StatusCode::NOT_FOUND;
        return response;
    }
    let mut response = Response::new(Full::new(Bytes::from(text(shared))));
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

fn text(shared: &Shared) -> String {
    let Snapshot { counters, totals, polls_open, disk_tight } = shared.exchange.engine.snapshot();
    let of = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
    let exchange = &shared.exchange.counters;
    let admission = &shared.admission;
    let size = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let rows = [
        ("relay_mailboxes_created_total", "counter", "Mailboxes made since the start.", counters.created),
        ("relay_deposits_total", "counter", "Cells stored since the start.", counters.deposited),
        ("relay_deposits_repeated_total", "counter", "Deposits that were there already.", counters.duplicates),
        ("relay_fetches_total", "counter", "Fetches answered since the start.", counters.fetched),
        ("relay_cells_fetched_total", "counter", "Cells handed out since the start.", counters.cells_fetched),
        ("relay_cells_acknowledged_total", "counter", "Cells deleted on acknowledgement.", counters.acknowledged),
        ("relay_requests_refused_total", "counter", "Requests refused after they were opened.", counters.refused),
        ("relay_requests_opened_total", "counter", "Requests that were tried to open.", of(&exchange.opened)),
        ("relay_requests_unopened_total", "counter", "Requests that did not open.", of(&exchange.unopened)),
        ("relay_commits_total", "counter", "Batches synced to disk.", counters.commits),
        ("relay_forwards_total", "counter", "Requests carried on to other relays.", of(&exchange.forwarded)),
        ("relay_forwards_refused_total", "counter", "Requests not carried on.", of(&exchange.forward_refused)),
        ("relay_chain_requests_total", "counter", "Requests passed to a chain node.", of(&exchange.chain)),
        ("relay_replies_refused_total", "counter", "Answers without room.", of(&exchange.replies_refused)),
        ("relay_replies_stalled_total", "counter", "Connections cut that took nothing.", of(&exchange.replies_stalled)),
        ("relay_dns_sessions_total", "counter", "Sessions begun in DNS.", of(&exchange.dns_sessions)),
        ("relay_dns_queries_total", "counter", "Queries of sessions in DNS.", of(&exchange.dns_queries)),
        ("relay_mailboxes", "gauge", "Mailboxes held.", totals.mailboxes),
        ("relay_cells", "gauge", "Cells held.", totals.cells),
        ("relay_cell_bytes", "gauge", "Bytes of cells held.", totals.cell_bytes),
        ("relay_polls_open", "gauge", "Fetches that wait.", size(polls_open)),
        ("relay_connections_open", "gauge", "Connections open.", admission.connections.taken()),
        ("relay_requests_open", "gauge", "Requests under way.", admission.requests.taken()),
        ("relay_bodies_open", "gauge", "Bodies of requests held.", admission.bodies.taken()),
        ("relay_reply_bytes_unsent", "gauge", "Bytes of answers not sent yet.", admission.replies.taken()),
        ("relay_segmented_open", "gauge", "Exchanges that come in segments.", shared.segments.count()),
        ("relay_disk_tight", "gauge", "1: the disk is nearly full, nothing new is taken.", u64::from(disk_tight)),
        (
            "relay_certificate_ends_seconds",
            "gauge",
            "Until when an authority's certificate is valid, in Unix seconds; 0: the relay shows its own.",
            shared.certificates.valid().and_then(|valid| u64::try_from(*valid.end()).ok()).unwrap_or(0),
        ),
        ("relay_certificates_total", "counter", "Certificates obtained since the start.", of(&shared.acme.obtained)),
        ("relay_certificates_failed_total", "counter", "Attempts that failed.", of(&shared.acme.failed)),
        ("relay_peers", "gauge", "Other relays known.", size(shared.exchange.peers.read().len())),
    ];
    let mut text = String::new();
    for (name, kind, help, value) in rows {
        // Writing to a string does not fail.
        writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}").ok();
    }
    text
}
