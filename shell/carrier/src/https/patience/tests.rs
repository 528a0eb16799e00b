//! What silence means, on fast links and slow ones.

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
