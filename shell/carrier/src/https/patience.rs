//! How long silence is borne (CAR-11 to CAR-14), and for how long a connection may be in the making. Pure: times are
//! milliseconds of one clock, handed in.

use crate::profile::Profile;
use std::time::Duration;

/// So long without a false alarm, and a quarter of what was added to the patience goes.
const CALM_MS: u64 = 60_000;
/// The part of it that goes.
const CALM_PART: u64 = 4;
/// To how many times the last one the time to connect falls back.
const CONNECT_FACTOR: u64 = 4;
/// What an upload may be behind at most when silence is judged, in milliseconds.
const BACKLOG_MS_MAX: u64 = 10_000;

/// What is known of the link to one relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Patience {
    base_ms: u64,
    max_ms: u64,
    extra_ms: u64,
    changed_at: u64,
    connect_base_ms: u64,
    connect_max_ms: u64,
    connect_ms: u64,
}

impl Patience {
    pub(crate) fn new(profile: &Profile) -> Self {
        Self {
            base_ms: profile.patience_ms.into(),
            max_ms: profile.patience_ms_max.into(),
            extra_ms: 0,
            changed_at: 0,
            connect_base_ms: profile.connect_ms.into(),
            connect_max_ms: profile.connect_ms_max.into(),
            connect_ms: profile.connect_ms.into(),
        }
    }

    /// How long the answer to a PING may take, in milliseconds.
    pub(crate) fn answer_ms(&mut self, now: u64) -> u64 {
        while self.extra_ms > 0 && now.saturating_sub(self.changed_at) >= CALM_MS {
            let part = self.extra_ms.checked_div(CALM_PART).unwrap_or(0).max(1);
            self.extra_ms = self.extra_ms.saturating_sub(part);
            self.changed_at = self.changed_at.saturating_add(CALM_MS);
        }
        self.base_ms.saturating_add(self.extra_ms)
    }

    /// A connection that was silent has spoken again.
    pub(crate) fn false_alarm(&mut self, now: u64) {
        let doubled = self.answer_ms(now).saturating_mul(2).min(self.max_ms);
        self.extra_ms = doubled.saturating_sub(self.base_ms);
        self.changed_at = now;
    }

    /// How long a connection may be in the making.
    pub(crate) fn connect(&self) -> Duration {
        Duration::from_millis(self.connect_ms)
    }

    /// It took so long.
    pub(crate) fn connected(&mut self, took: Duration) {
        let took = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let allowed = took.saturating_mul(CONNECT_FACTOR);
        self.connect_ms = allowed.clamp(self.connect_base_ms, self.connect_max_ms);
    }

    /// It took too long.
    pub(crate) fn connect_timed_out(&mut self) {
        self.connect_ms = self.connect_ms.saturating_mul(2).min(self.connect_max_ms);
    }
}

/// What a connection's silence means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It speaks, or nobody has asked it anything.
    Fine,
    /// Nothing new should be entrusted to it.
    Doubtful,
    /// What is under way on it will not come.
    Silent,
}

/// What is assumed of a link.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    /// Bytes that the slowest one takes in a second.
    pub(crate) slowest_bytes_per_s: u64,
    /// After so long without a word a PING is sent.
    pub(crate) ping_ms: u64,
}

impl Link {
    pub(crate) fn new(profile: &Profile) -> Self {
        Self { slowest_bytes_per_s: profile.slowest_bytes_per_s.into(), ping_ms: profile.ping_ms.into() }
    }
}

/// What was sent and heard on a connection, as far as silence is concerned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hearing {
    heard_at: u64,
    busy_since: Option<u64>,
    /// When the slowest link would have sent all that was written before the PING.
    sent_by: u64,
    /// How long it would take for what was written behind the PING, which is before the next one.
    behind_ms: u64,
}

impl Hearing {
    /// Bytes came.
    pub(crate) fn heard(&mut self, now: u64) {
        self.heard_at = now;
        // What was heard answers some of what was sent: how much is not known.
        let behind = self.sent_by.saturating_sub(now).saturating_add(self.behind_ms);
        self.sent_by = now.saturating_add(behind.checked_div(2).unwrap_or(0));
        self.behind_ms = 0;
    }

    /// Bytes went. Those behind the PING do not put off its answer, but that to the next one.
    pub(crate) fn sent(&mut self, bytes: u64, link: Link, now: u64) {
        let takes_ms = bytes.saturating_mul(1_000).checked_div(link.slowest_bytes_per_s).unwrap_or(0);
        if self.pinged_at(link.ping_ms).is_some_and(|at| now > at) {
            self.behind_ms = self.behind_ms.saturating_add(takes_ms).min(BACKLOG_MS_MAX);
            return;
        }
        let by = self.sent_by.max(now).saturating_add(takes_ms);
        self.sent_by = by.min(now.saturating_add(BACKLOG_MS_MAX));
    }

    /// An exchange is open where none was, or the last one has ended.
    pub(crate) fn busy(&mut self, now: Option<u64>) {
        self.busy_since = now;
    }

    pub(crate) fn heard_at(&self) -> u64 {
        self.heard_at
    }

    /// For how long nothing was heard while an exchange was open, in milliseconds.
    pub(crate) fn quiet_ms(&self, now: u64) -> u64 {
        self.busy_since.map_or(0, |since| now.saturating_sub(self.heard_at.max(since)))
    }

    /// CAR-16: in how many milliseconds it will have been quiet for a PING and half of the patience, whatever was sent
    /// meanwhile; `None`: it is not waited for.
    pub(crate) fn quiet_in(&self, now: u64, ping_ms: u64, patience_ms: u64) -> Option<u64> {
        let since = self.heard_at.max(self.busy_since?);
        let half = patience_ms.checked_div(2).unwrap_or(0);
        Some(since.saturating_add(ping_ms).saturating_add(half).saturating_sub(now))
    }

    /// CAR-11, CAR-12
    pub(crate) fn verdict(&self, now: u64, ping_ms: u64, patience_ms: u64) -> Verdict {
        let Some(expected) = self.expected(ping_ms) else { return Verdict::Fine };
        let half = patience_ms.checked_div(2).unwrap_or(0);
        if now >= expected.saturating_add(patience_ms) {
            Verdict::Silent
        } else if now >= expected.saturating_add(half) {
            Verdict::Doubtful
        } else {
            Verdict::Fine
        }
    }

    /// When it would become doubtful if nothing is heard, in milliseconds from now.
    pub(crate) fn doubtful_in(&self, now: u64, ping_ms: u64, patience_ms: u64) -> u64 {
        let half = patience_ms.checked_div(2).unwrap_or(0);
        self.expected(ping_ms).map_or(u64::from(u32::MAX), |at| at.saturating_add(half).saturating_sub(now))
    }

    /// When the answer to a PING may be asked for: it was sent, and so was all before it.
    fn expected(&self, ping_ms: u64) -> Option<u64> {
        Some(self.pinged_at(ping_ms)?.max(self.sent_by))
    }

    /// When a PING goes out if nothing is heard (CAR-10).
    fn pinged_at(&self, ping_ms: u64) -> Option<u64> {
        Some(self.heard_at.max(self.busy_since?).saturating_add(ping_ms))
    }

    /// CAR-15: without PINGs only what has begun must go on.
    pub(crate) fn verdict_without_pings(&self, now: u64, begun: bool, patience_ms_max: u64) -> Verdict {
        let quiet = self.busy_since.is_some() && now >= self.heard_at.saturating_add(patience_ms_max);
        if begun && quiet { Verdict::Silent } else { Verdict::Fine }
    }
}

#[cfg(test)]
mod tests;
