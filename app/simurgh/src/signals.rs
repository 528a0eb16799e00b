//! Ctrl-C and the service manager's request to end.

use anyhow::Context as _;
use std::future::Future;
use tokio::signal::unix::{SignalKind, signal};

/// Exit code of a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// Resolves at SIGINT or SIGTERM; a second one ends the process at once. Listening begins now, not when the future is
/// polled.
pub(crate) fn ended() -> anyhow::Result<impl Future<Output = ()>> {
    let mut interrupt = signal(SignalKind::interrupt()).context("this system gives no signals")?;
    let mut terminate = signal(SignalKind::terminate()).context("this system gives no signals")?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tokio::spawn(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            std::process::exit(INTERRUPTED);
        });
    })
}
