//! Ctrl-C, the service manager's request to end, and a terminal that goes.

use anyhow::Context as _;
use std::future::Future;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Exit code of a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// Resolves at SIGINT, at SIGTERM, and at SIGHUP unless whoever started the program had it ignored (`nohup`); a second
/// one ends the process at once. Listening begins now, not when the future is polled.
pub(crate) fn ended() -> anyhow::Result<impl Future<Output = ()>> {
    let listen = |kind| signal(kind).context("this system gives no signals");
    let (mut interrupt, mut terminate) = (listen(SignalKind::interrupt())?, listen(SignalKind::terminate())?);
    let mut hang_up = if hang_up_counts() { Some(listen(SignalKind::hangup())?) } else { None };
    Ok(async move {
        any(&mut interrupt, &mut terminate, &mut hang_up).await;
        tokio::spawn(async move {
            any(&mut interrupt, &mut terminate, &mut hang_up).await;
            std::process::exit(INTERRUPTED);
        });
    })
}

async fn any(interrupt: &mut Signal, terminate: &mut Signal, hang_up: &mut Option<Signal>) {
    let hung_up = async {
        match hang_up {
            Some(signal) => signal.recv().await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
        _ = hung_up => {}
    }
}

/// Listening would undo `nohup`: where the system doesn't say that SIGHUP is not ignored, it stays as it is.
fn hang_up_counts() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    is_ignored(&status, SignalKind::hangup()) == Some(false)
}

/// What Linux says of a signal in `/proc/PID/status`: a bit for each, counted from one.
fn is_ignored(status: &str, kind: SignalKind) -> Option<bool> {
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"))?;
    let mask = u64::from_str_radix(mask.trim(), 16).ok()?;
    let place = u32::try_from(kind.as_raw_value()).ok()?.checked_sub(1)?;
    Some(mask.checked_shr(place)? & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signal_that_the_starter_had_ignored_is_seen_as_such() {
        let status =
            "Name:\tsimurgh\nSigBlk:\t0000000000000000\nSigIgn:\t0000000000001001\nSigCgt:\t0000000000004000\n";
        assert_eq!(is_ignored(status, SignalKind::hangup()), Some(true));
        assert_eq!(is_ignored(status, SignalKind::interrupt()), Some(false));
        assert_eq!(is_ignored(status, SignalKind::pipe()), Some(true));
        assert_eq!(is_ignored("Name:\tsimurgh\n", SignalKind::hangup()), None);
    }
}
