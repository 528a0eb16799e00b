//! A relay's clock against this machine's.

use wire::UnixMillis;

/// What to add to the own clock to get a relay's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Clock {
    ahead_ms: u64,
    behind_ms: u64,
}

impl Clock {
    /// The relay says that it is `relay` when it is `now` here.
    pub(crate) fn told(now: UnixMillis, relay: UnixMillis) -> Self {
        Self { ahead_ms: relay.since(now), behind_ms: now.since(relay) }
    }

    /// The relay's time.
    pub(crate) fn at(self, now: UnixMillis) -> UnixMillis {
        UnixMillis(now.0.saturating_add(self.ahead_ms).saturating_sub(self.behind_ms))
    }
}
