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
mod tests {
    use super::*;

    const PING: u64 = 1_000;
    const SLOWEST: Link = Link { slowest_bytes_per_s: 8 * 1024, ping_ms: PING };

    fn patience() -> Patience {
        Patience::new(&Profile::default())
    }

    /// CAR-11
    #[test]
    fn a_black_hole_is_noticed_two_seconds_after_the_last_word() {
        let mut hearing = Hearing::default();
        hearing.busy(Some(0));
        hearing.heard(50);
        for (now, verdict) in [(50, Verdict::Fine), (1_549, Verdict::Fine), (1_550, Verdict::Doubtful)] {
            assert_eq!(hearing.verdict(now, PING, 1_000), verdict, "{now}");
        }
        assert_eq!(hearing.verdict(2_050, PING, 1_000), Verdict::Silent);
        hearing.heard(2_060);
        assert_eq!(hearing.verdict(2_060, PING, 1_000), Verdict::Fine);
    }

    #[test]
    fn an_idle_connection_is_not_silent_and_the_first_exchange_after_has_its_time() {
        let mut hearing = Hearing::default();
        hearing.busy(Some(0));
        hearing.heard(50);
        hearing.busy(None);
        assert_eq!(hearing.verdict(60_000, PING, 1_000), Verdict::Fine);
        hearing.busy(Some(60_000));
        assert_eq!(hearing.verdict(61_000, PING, 1_000), Verdict::Fine);
        assert_eq!(hearing.verdict(62_000, PING, 1_000), Verdict::Silent);
    }

    #[test]
    fn an_upload_on_the_slowest_link_is_no_silence() {
        let mut hearing = Hearing::default();
        hearing.busy(Some(0));
        hearing.sent(20_000, SLOWEST, 0);
        // 20,000 bytes take 2,441 ms; from then on the patience counts.
        assert_eq!(hearing.verdict(2_440, PING, 1_000), Verdict::Fine);
        assert_eq!(hearing.verdict(3_440, PING, 1_000), Verdict::Doubtful);
        assert_eq!(hearing.verdict(3_441, PING, 1_000), Verdict::Silent);
        // However much was written before: a backlog is bounded.
        hearing.sent(1_000_000_000, SLOWEST, 0);
        assert_eq!(hearing.verdict(11_000, PING, 1_000), Verdict::Silent);
    }

    /// CAR-11: who goes on writing into a black hole notices as soon as who waits.
    #[test]
    fn what_is_sent_behind_the_ping_does_not_put_off_the_alarm() {
        let mut hearing = Hearing::default();
        hearing.busy(Some(0));
        hearing.sent(8 * 1024, SLOWEST, 500);
        for now in 1_001..10_000 {
            hearing.sent(2_000, SLOWEST, now);
        }
        // The PING left behind what was sent by 1,500 ms; from then on the patience counts.
        assert_eq!(hearing.verdict(2_499, PING, 1_000), Verdict::Doubtful);
        assert_eq!(hearing.verdict(2_500, PING, 1_000), Verdict::Silent);
    }

    #[test]
    fn what_was_sent_behind_a_ping_that_was_answered_is_before_the_next_one() {
        let mut hearing = Hearing::default();
        hearing.busy(Some(0));
        hearing.heard(0);
        hearing.sent(64_000, SLOWEST, 1_100);
        hearing.heard(1_300);
        // half of the 7,812 ms that the upload takes are granted, as after any word
        assert_eq!(hearing.verdict(5_200, PING, 1_000), Verdict::Fine);
        assert_eq!(hearing.verdict(6_206, PING, 1_000), Verdict::Silent);
        hearing.heard(6_300);
        hearing.heard(6_400);
        assert_eq!(hearing.verdict(8_400, PING, 1_000), Verdict::Silent, "nothing is owed any more");
    }

    /// CAR-16
    #[test]
    fn a_quiet_relay_is_told_of_although_an_upload_is_given_its_time() {
        let mut hearing = Hearing::default();
        assert_eq!(hearing.quiet_in(9_000, PING, 1_000), None);
        hearing.busy(Some(0));
        hearing.sent(20_000, SLOWEST, 0);
        assert_eq!((hearing.quiet_in(0, PING, 1_000), hearing.quiet_in(1_500, PING, 1_000)), (Some(1_500), Some(0)));
        assert_eq!((hearing.verdict(1_500, PING, 1_000), hearing.quiet_ms(1_500)), (Verdict::Fine, 1_500));
        hearing.heard(1_600);
        assert_eq!(hearing.quiet_in(1_600, PING, 1_000), Some(1_500));
    }

    #[test]
    fn a_fast_upload_does_not_put_off_the_alarm() {
        let mut hearing = Hearing::default();
        hearing.busy(Some(0));
        for now in 0..2_000 {
            hearing.sent(20_000, SLOWEST, now);
            hearing.heard(now);
        }
        hearing.heard(2_000);
        hearing.heard(2_000);
        assert_eq!(hearing.verdict(4_000, PING, 1_000), Verdict::Silent);
    }

    /// CAR-13
    #[test]
    fn false_alarms_end_and_patience_comes_back() {
        let mut patience = patience();
        let mut all = Vec::new();
        for number in 0..5 {
            patience.false_alarm(number * 100);
            all.push(patience.answer_ms(number * 100));
        }
        assert_eq!(all, [2_000, 4_000, 8_000, 10_000, 10_000]);
        assert_eq!(patience.answer_ms(59_000), 10_000);
        assert_eq!(patience.answer_ms(60_400), 1_000 + 6_750);
        assert_eq!(patience.answer_ms(1_000_000_000), 1_000);
    }

    /// CAR-13: a link whose answers take up to 6 s now and then has few false alarms, not one after the other.
    #[test]
    fn a_link_with_loss_has_few_false_alarms() {
        let mut patience = patience();
        let (mut alarms, mut dice) = (0u32, 7u64);
        for second in 0..600u64 {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            // Each round trip gets through with 64 of 100; every repetition takes twice as long.
            let mut answer_ms = 200;
            let mut roll = dice >> 8;
            while roll % 100 >= 64 && answer_ms < 6_000 {
                answer_ms *= 2;
                roll /= 100;
            }
            if answer_ms > patience.answer_ms(second * 1_000) {
                alarms += 1;
                patience.false_alarm(second * 1_000);
            }
        }
        assert!((1..=24).contains(&alarms), "{alarms} in ten minutes");
    }

    /// CAR-14
    #[test]
    fn the_time_to_connect_grows_on_a_bad_link_and_comes_back() {
        let mut patience = patience();
        assert_eq!(patience.connect(), Duration::from_millis(2_500));
        for _ in 0..5 {
            patience.connect_timed_out();
        }
        assert_eq!(patience.connect(), Duration::from_millis(10_000));
        patience.connected(Duration::from_millis(1_500));
        assert_eq!(patience.connect(), Duration::from_millis(6_000));
        patience.connected(Duration::from_millis(20));
        assert_eq!(patience.connect(), Duration::from_millis(2_500));
    }
}
