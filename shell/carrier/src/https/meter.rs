//! Counts what a connection carries, below TLS: the bytes that a censor counts too.

use crate::https::patience::{Hearing, Link};
use parking_lot::Mutex;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Instant;

/// What one connection has carried, and when it was heard.
#[derive(Debug)]
pub(crate) struct Meter {
    began: Instant,
    link: Link,
    bytes: AtomicU64,
    heard_bytes: AtomicU64,
    hearing: Mutex<Hearing>,
}

impl Meter {
    pub(crate) fn new(link: Link) -> Arc<Self> {
        let hearing = Mutex::default();
        let (bytes, heard_bytes) = (AtomicU64::new(0), AtomicU64::new(0));
        Arc::new(Self { began: Instant::now(), link, bytes, heard_bytes, hearing })
    }

    /// Bytes in both directions together.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// The same when the last byte came.
    pub(crate) fn heard_bytes(&self) -> u64 {
        self.heard_bytes.load(Ordering::Relaxed)
    }

    /// Milliseconds since the connection was begun: the clock of its hearing.
    pub(crate) fn now(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    pub(crate) fn hearing(&self) -> Hearing {
        *self.hearing.lock()
    }

    /// Exchanges are open from now on, or none is.
    pub(crate) fn busy(&self, busy: bool) {
        let now = self.now();
        self.hearing.lock().busy(busy.then_some(now));
    }

    fn count(&self, bytes: usize, sent: bool) {
        let (bytes, now) = (bytes as u64, self.now());
        let all = self.bytes.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes);
        let mut hearing = self.hearing.lock();
        if sent {
            hearing.sent(bytes, self.link, now);
        } else {
            hearing.heard(now);
            self.heard_bytes.store(all, Ordering::Relaxed);
        }
    }
}

/// A connection, mostly of TCP, with a meter.
#[derive(Debug)]
pub(crate) struct Metered<S> {
    stream: S,
    meter: Arc<Meter>,
}

impl<S> Metered<S> {
    pub(crate) fn new(stream: S, meter: Arc<Meter>) -> Self {
        Self { stream, meter }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Metered<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let result = ready!(Pin::new(&mut self.stream).poll_read(context, buffer));
        let read = buffer.filled().len().saturating_sub(before);
        if read > 0 {
            self.meter.count(read, false);
        }
        Poll::Ready(result)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Metered<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.stream).poll_write(context, bytes))?;
        self.meter.count(written, true);
        Poll::Ready(Ok(written))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.stream).poll_write_vectored(context, parts))?;
        self.meter.count(written, true);
        Poll::Ready(Ok(written))
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
