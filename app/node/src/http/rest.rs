//! What is left of a request when its answer is known is read and thrown away, within bounds: a client that still sends
//! when the connection closes loses the answer, and the reason in it.

use axum::{
    Error,
    body::{Body, Bytes, HttpBody},
    extract::Request,
    middleware::Next,
    response::Response,
};
use http_body_util::BodyExt as _;
use hyper::body::{Frame, SizeHint};
use parking_lot::Mutex;
use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

/// Bytes that are thrown away: several times what any route takes. Who sends more finds the connection closed.
const REST_BYTES_MAX: usize = 16 << 20;
/// How long that may take.
const REST_TIMEOUT: Duration = Duration::from_secs(10);

/// A request's body, of which the route reads what it wants.
struct Shared(Arc<Mutex<Body>>);

impl HttpBody for Shared {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        Pin::new(&mut *self.0.lock()).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.0.lock().is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.lock().size_hint()
    }
}

/// Answers once the request was read to its end.
pub(crate) async fn read_to_the_end(request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    let body = Arc::new(Mutex::new(body));
    let response = next.run(Request::from_parts(head, Body::new(Shared(Arc::clone(&body))))).await;
    let rest = async {
        let (mut rest, mut bytes) = (Shared(body), 0_usize);
        while let Some(Ok(frame)) = rest.frame().await {
            bytes = bytes.saturating_add(frame.data_ref().map_or(0, Bytes::len));
            if bytes > REST_BYTES_MAX {
                break;
            }
        }
    };
    // who is slower than that finds the connection closed
    let _ = tokio::time::timeout(REST_TIMEOUT, rest).await;
    response
}
