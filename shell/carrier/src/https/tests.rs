//! The carrier against small servers of rustls and hyper on loopback, with and without a censor between.

use super::*;
use crate::testing::{Answer, Censor, Rule, WAIT, is_silent, relay, relay_with, until};
use crate::tls::{self, Authorities};
use std::sync::atomic::Ordering;
use std::time::Instant;
use tokio::net::TcpListener;

/// The censor of the tests may see some connections close only after the next have been opened.
const CLOSING: usize = 3;

/// A profile that is as quick as a test wants it.
fn quick() -> Profile {
    // On a busy machine a handshake may take long; what is quick here is what silence is told by.
    Profile { connect_ms: 8_000, ping_ms: 200, patience_ms: 200, patience_ms_max: 2_000, ..Profile::default() }
}

#[tokio::test]
async fn exchanges_share_one_post_quantum_connection() {
    let mut relay = relay(Answer::Echo(1)).await;
    let carrier = HttpsCarrier::new();
    for text in ["one", "two", "three"] {
        let answer = carrier.exchange(&relay.address, Bytes::from(text), WAIT).await.unwrap();
        assert_eq!(answer, text);
    }
    assert_eq!(relay.groups.recv().await.unwrap(), "Some(X25519MLKEM768)");
    assert!(relay.groups.try_recv().is_err(), "a second connection was opened");
}

#[tokio::test]
async fn exchanges_that_begin_together_share_a_connection() {
    for carrier in [HttpsCarrier::between_relays(Authorities::default()), HttpsCarrier::new()] {
        let mut relay = relay(Answer::Echo(1)).await;
        let carrier = Arc::new(carrier);
        let mut exchanges = tokio::task::JoinSet::new();
        for number in 0..20 {
            let (carrier, address) = (Arc::clone(&carrier), relay.address.clone());
            exchanges.spawn(async move { carrier.exchange(&address, Bytes::from(format!("{number}")), WAIT).await });
        }
        while let Some(answer) = exchanges.join_next().await {
            answer.unwrap().unwrap();
        }
        relay.groups.recv().await.unwrap();
        assert!(relay.groups.try_recv().is_err(), "a second connection was opened");
    }
}

/// CAR-17: hyper would keep what is more than a relay lets begin until something else has ended.
#[tokio::test]
async fn more_long_polls_than_a_connection_has_streams_take_further_connections() {
    let mut relay = relay(Answer::Never).await;
    let carrier = Arc::new(HttpsCarrier::new());
    let mut polls = tokio::task::JoinSet::new();
    for _ in 0..250 {
        let (carrier, address) = (Arc::clone(&carrier), relay.address.clone());
        polls.spawn(async move { carrier.exchange(&address, Bytes::from_static(b"poll"), WAIT).await });
    }
    until("all polls", || relay.runs.load(Ordering::SeqCst) == 250).await;
    polls.abort_all();
    for _ in 0..3 {
        relay.groups.recv().await.unwrap();
    }
    assert!(relay.groups.try_recv().is_err(), "more connections than necessary");
}

/// MBX-61
#[test]
fn a_request_that_came_too_slowly_is_not_taken_for_a_wrong_path() {
    assert_eq!(CarrierError::of_status(404), CarrierError::Decoy { status: 404 });
    assert!(matches!(CarrierError::of_status(408), CarrierError::Broken(_)));
}

#[tokio::test]
async fn a_relay_that_speaks_http_1_only_is_understood() {
    let mut relay = relay_with(Answer::Echo(1), "http/1.1").await;
    let carrier = HttpsCarrier::new();
    for text in ["one", "two"] {
        assert_eq!(carrier.exchange(&relay.address, Bytes::from(text), WAIT).await.unwrap(), text);
    }
    let (one, two) = (Bytes::from_static(b"one"), Bytes::from_static(b"two"));
    let both = tokio::join!(carrier.exchange(&relay.address, one, WAIT), carrier.exchange(&relay.address, two, WAIT));
    assert_eq!((both.0.unwrap(), both.1.unwrap()), ("one".into(), "two".into()));
    relay.groups.recv().await.unwrap();
    let between =
        HttpsCarrier::between_relays(Authorities::default()).exchange(&relay.address, Bytes::new(), WAIT).await;
    assert!(matches!(between, Err(CarrierError::Tls(_))), "{between:?}");
}

#[tokio::test]
async fn another_key_than_the_pinned_one_is_told_apart() {
    let mut address = relay(Answer::Echo(1)).await.address;
    address.tls_pin = Some([1; 32]);
    let error = HttpsCarrier::new().exchange(&address, Bytes::new(), WAIT).await.unwrap_err();
    assert_eq!(error, CarrierError::Pin);
}

#[tokio::test]
async fn a_port_where_nobody_listens_is_a_connect_error() {
    let mut address = relay(Answer::Echo(1)).await.address;
    let unused = TcpListener::bind("127.0.0.1:0").await.unwrap();
    address.port = unused.local_addr().unwrap().port();
    drop(unused);
    let error = HttpsCarrier::new().exchange(&address, Bytes::new(), WAIT).await.unwrap_err();
    assert!(matches!(error, CarrierError::Connect(_)), "{error:?}");
}

#[tokio::test]
async fn a_service_without_tls_is_a_tls_error() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut address = relay(Answer::Echo(1)).await.address;
    address.port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (mut tcp, _) = listener.accept().await.unwrap();
        tokio::io::AsyncWriteExt::write_all(&mut tcp, b"220 mail.example ESMTP\r\n").await.unwrap();
        std::future::pending::<()>().await;
    });
    let error = HttpsCarrier::new().exchange(&address, Bytes::new(), WAIT).await.unwrap_err();
    assert!(matches!(error, CarrierError::Tls(_)), "{error:?}");
}

#[tokio::test]
async fn silence_of_the_relay_alone_ends_at_the_timeout() {
    let address = relay(Answer::Never).await.address;
    let error = HttpsCarrier::new().exchange(&address, Bytes::new(), Duration::from_millis(300)).await.unwrap_err();
    assert!(matches!(error, CarrierError::Timeout(_)), "{error:?}");
}

#[tokio::test]
async fn a_website_instead_of_a_relay_is_told_apart() {
    let address = relay(Answer::Website).await.address;
    for carrier in [&HttpsCarrier::new() as &dyn Carrier, &RotatingCarrier::default()] {
        let error = carrier.exchange(&address, Bytes::from_static(b"x"), WAIT).await.unwrap_err();
        assert_eq!(error, CarrierError::Decoy { status: 404 });
    }
}

#[tokio::test]
async fn an_answer_without_end_is_cut_off() {
    let address = relay(Answer::Zeros(REPLY_BYTES_MAX + 1)).await.address;
    let error = HttpsCarrier::new().exchange(&address, Bytes::new(), WAIT).await.unwrap_err();
    assert!(matches!(error, CarrierError::TooLarge { .. }), "{error:?}");
}

#[tokio::test]
async fn without_a_pin_a_relay_that_no_authority_has_certified_is_refused() {
    let address = RelayAddress { host: "localhost".into(), tls_pin: None, ..relay(Answer::Echo(1)).await.address };
    let error = HttpsCarrier::new().exchange(&address, Bytes::new(), WAIT).await.unwrap_err();
    assert!(matches!(&error, CarrierError::Tls(why) if why.contains("UnknownIssuer")), "{error}");
}

#[tokio::test]
async fn without_a_pin_a_relay_is_believed_that_an_authority_has_certified_for_its_name() {
    let relay = relay(Answer::Echo(1)).await;
    let folder = std::env::temp_dir().join(format!("simurgh-authorities-{}", relay.address.port));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(tls::AUTHORITIES_FILE), &relay.authority).unwrap();
    let authorities = Authorities::of(&folder).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    let named = RelayAddress { host: "localhost".into(), tls_pin: None, ..relay.address };
    let nameless = RelayAddress { host: "127.0.0.1".into(), ..named.clone() };
    for carrier in [HttpsCarrier::trusting(quick(), authorities.clone()), HttpsCarrier::between_relays(authorities)] {
        assert_eq!(carrier.exchange(&named, Bytes::from_static(b"one"), WAIT).await.unwrap(), "one");
        let error = carrier.exchange(&nameless, Bytes::from_static(b"two"), WAIT).await.unwrap_err();
        assert!(matches!(&error, CarrierError::Tls(why) if why.contains("not valid for name")), "{error}");
    }
}

/// CAR-11, CAR-12: with the built-in profile.
#[tokio::test]
async fn a_black_hole_under_a_long_poll_is_told_within_three_seconds() {
    let relay = relay(Answer::Never).await;
    let censor = Censor::before(&relay.address, Rule::default()).await;
    let carrier = HttpsCarrier::new();
    let mut poll = Box::pin(carrier.exchange(&censor.address, Bytes::from_static(b"poll"), WAIT));
    tokio::select! {
        answer = &mut poll => panic!("{answer:?}"),
        () = until("the poll", || relay.runs.load(Ordering::SeqCst) == 1) => {}
    }
    censor.hold_all();
    let began = Instant::now();
    let result = poll.await;
    assert!(is_silent(&result), "{result:?}");
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
}

/// CAR-12
#[tokio::test]
async fn after_silence_the_next_exchange_takes_a_new_connection() {
    let relay = relay(Answer::Echo(1)).await;
    let censor = Censor::before(&relay.address, Rule::default()).await;
    let carrier = HttpsCarrier::with_profile(quick());
    carrier.exchange(&censor.address, Bytes::from_static(b"one"), WAIT).await.unwrap();
    censor.hold();
    let result = carrier.exchange(&censor.address, Bytes::from_static(b"two"), WAIT).await;
    assert!(is_silent(&result), "{result:?}");
    assert_eq!(carrier.exchange(&censor.address, Bytes::from_static(b"three"), WAIT).await.unwrap(), "three");
    assert_eq!(censor.connections(), 2);
}

/// CAR-10: PINGs keep a long poll apart from a dead connection.
#[tokio::test]
async fn a_long_poll_on_a_connection_that_speaks_goes_on() {
    let relay = relay(Answer::Never).await;
    let carrier = HttpsCarrier::with_profile(quick());
    let limit = Duration::from_secs(2);
    let result = carrier.exchange(&relay.address, Bytes::from_static(b"poll"), limit).await;
    assert_eq!(result, Err(CarrierError::Timeout(limit)));
}

/// CAR-13
#[tokio::test]
async fn a_false_alarm_makes_the_carrier_more_patient() {
    let relay = relay(Answer::Echo(1)).await;
    let censor = Censor::before(&relay.address, Rule::default()).await;
    let carrier = HttpsCarrier::with_profile(quick());
    carrier.exchange(&censor.address, Bytes::from_static(b"one"), WAIT).await.unwrap();
    let patience_ms = || {
        let line = carrier.lines.get(&censor.address).unwrap();
        let now = line.now();
        line.patience.lock().answer_ms(now)
    };
    assert_eq!(patience_ms(), 200);
    censor.hold();
    let result = carrier.exchange(&censor.address, Bytes::from_static(b"two"), WAIT).await;
    assert!(is_silent(&result), "{result:?}");
    censor.release();
    until("more patience", || patience_ms() == 400).await;
}

/// CAR-11: 256 kbit/s, where a large request takes seconds.
#[tokio::test]
async fn a_slow_link_is_not_taken_for_silence() {
    let relay = relay(Answer::Echo(1)).await;
    let censor = Censor::before(&relay.address, Rule { rate: Some(32_000), ..Rule::default() }).await;
    let carrier = HttpsCarrier::new();
    let body = Bytes::from(vec![7; 70_000]);
    assert_eq!(carrier.exchange(&censor.address, body.clone(), WAIT).await.unwrap(), body);
    assert_eq!(censor.connections(), 1);
}

/// CAR-15
#[tokio::test]
async fn without_pings_an_answer_that_stops_in_the_middle_is_noticed() {
    let relay = relay_with(Answer::Zeros(200_000), "http/1.1").await;
    let censor = Censor::before(&relay.address, Rule { freeze_after: Some(60_000), ..Rule::default() }).await;
    let carrier = HttpsCarrier::with_profile(quick());
    let began = Instant::now();
    let result = carrier.exchange(&censor.address, Bytes::from_static(b"x"), WAIT).await;
    assert!(is_silent(&result), "{result:?}");
    assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
}

/// CAR-21, CAR-22: every connection stays below what freezes it, whatever is carried.
#[tokio::test]
async fn rotating_connections_carry_no_more_than_the_profile_allows() {
    for (times, sizes) in [(1, &[1usize, 500, 3_463, 5_000, 19_600, 70_000][..]), (30, &[10_000]), (0, &[3_000])] {
        let relay = relay(Answer::Echo(times)).await;
        let censor = Censor::before(&relay.address, Rule::default()).await;
        let carrier = RotatingCarrier::default();
        for size in sizes {
            let body: Vec<u8> = (0..*size).map(|index| (index % 251) as u8).collect();
            let answer = carrier.exchange(&censor.address, Bytes::from(body.clone()), WAIT).await.unwrap();
            assert_eq!(answer, body.repeat(times), "{size} bytes");
        }
        assert_eq!(relay.runs.load(Ordering::SeqCst), sizes.len());
        assert!(censor.open_max() <= 6 + CLOSING, "{} connections at a time", censor.open_max());
        assert!(censor.carried_max() <= 12 * 1024, "{} bytes on one connection", censor.carried_max());
    }
}

/// CAR-22
#[tokio::test]
async fn the_next_rotating_connection_is_there_before_it_is_asked_for() {
    let relay = relay(Answer::Echo(1)).await;
    let censor = Censor::before(&relay.address, Rule::default()).await;
    let carrier = RotatingCarrier::default();
    carrier.exchange(&censor.address, Bytes::from(vec![7; 3_463]), WAIT).await.unwrap();
    until("the next connection", || censor.connections() == 2).await;
    assert_eq!(relay.runs.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn many_rotating_exchanges_at_once_share_six_connections() {
    let relay = relay(Answer::Echo(1)).await;
    let censor = Censor::before(&relay.address, Rule::default()).await;
    let carrier = Arc::new(RotatingCarrier::default());
    let mut exchanges = tokio::task::JoinSet::new();
    for number in 0..25u8 {
        let (carrier, address) = (Arc::clone(&carrier), censor.address.clone());
        exchanges.spawn(async move {
            let body = Bytes::from(vec![number; 3_463]);
            assert_eq!(carrier.exchange(&address, body.clone(), WAIT).await.unwrap(), body);
        });
    }
    while let Some(exchanged) = exchanges.join_next().await {
        exchanged.unwrap();
    }
    assert!(censor.open_max() <= 6 + CLOSING, "{} connections at a time", censor.open_max());
    assert!(censor.carried_max() <= 12 * 1024, "{} bytes on one connection", censor.carried_max());
}

/// The 16 kB freeze: what a kept connection does not survive, rotating ones do not notice.
#[tokio::test]
async fn a_freeze_stops_kept_connections_and_not_rotating_ones() {
    let relay = relay(Answer::Echo(1)).await;
    let censor = Censor::before(&relay.address, Rule { freeze_after: Some(16_000), ..Rule::default() }).await;
    let (body, kept) = (Bytes::from(vec![7; 19_600]), HttpsCarrier::with_profile(quick()));
    let result = kept.exchange(&censor.address, body.clone(), WAIT).await;
    assert!(is_silent(&result), "{result:?}");
    assert_eq!(kept.rotating().exchange(&censor.address, body.clone(), WAIT).await.unwrap(), body);
}

/// CAR-13 and CAR-22 in a rotating carrier: a connection that dies takes only its piece with it.
#[tokio::test]
async fn a_rotating_exchange_survives_the_loss_of_its_connections() {
    let relay = relay(Answer::Echo(20)).await;
    let censor = Censor::before(&relay.address, Rule { rate: Some(200_000), ..Rule::default() }).await;
    let carrier = RotatingCarrier::with_profile(quick());
    let body = Bytes::from(vec![7; 10_000]);
    let mut exchange = Box::pin(carrier.exchange(&censor.address, body.clone(), WAIT));
    tokio::select! {
        answer = &mut exchange => panic!("too quick: {}", answer.unwrap().len()),
        () = until("the answer", || censor.connections() > 8) => {}
    }
    // more than a handshake has: several that were held in theirs would be a relay that can't be reached
    censor.hold_after(6_000);
    assert_eq!(exchange.await.unwrap(), body.repeat(20));
    assert_eq!(relay.runs.load(Ordering::SeqCst), 1);
}

/// CAR-11: the answer that ends a doubt may be the last that was under way.
#[tokio::test]
async fn a_connection_that_was_doubtful_for_a_moment_is_used_again() {
    let relay = relay(Answer::Echo(1)).await;
    let kept = HttpsCarrier::new();
    let rotating = RotatingCarrier::with_profile(Profile { rotate_parallel: 1, ..Profile::default() });
    let carriers: [&dyn Carrier; 2] = [&kept, &rotating];
    for carrier in carriers {
        let censor = Censor::before(&relay.address, Rule::default()).await;
        let body = Bytes::from_static(b"x");
        carrier.exchange(&censor.address, body.clone(), WAIT).await.unwrap();
        censor.hold();
        let release = async {
            // Doubtful after 1.5 s, silent after 2 s.
            tokio::time::sleep(Duration::from_millis(1_700)).await;
            censor.release();
        };
        let (answer, ()) = tokio::join!(carrier.exchange(&censor.address, body.clone(), WAIT), release);
        answer.unwrap();
        tokio::time::sleep(Duration::from_millis(100)).await;
        let began = Instant::now();
        carrier.exchange(&censor.address, body.clone(), WAIT).await.unwrap();
        assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
        // The rotating one may have used its connection up.
        assert!(censor.connections() == 1 || carrier.name() == rotating.name(), "another connection was opened");
    }
}

/// An exchange that is given up while its connection is doubtful leaves no connection behind on which nothing begins.
#[tokio::test]
async fn a_doubtful_connection_ends_with_the_last_exchange_that_is_given_up() {
    let relay = relay(Answer::Echo(1)).await;
    let carrier = HttpsCarrier::new();
    let censor = Censor::before(&relay.address, Rule::default()).await;
    carrier.exchange(&censor.address, Bytes::from_static(b"x"), WAIT).await.unwrap();
    censor.hold();
    let given_up = carrier.exchange(&censor.address, Bytes::from_static(b"x"), Duration::from_millis(1_700)).await;
    assert!(matches!(given_up, Err(CarrierError::Timeout(_))), "{given_up:?}");
    censor.release();
    until("the end of the connection", || censor.open() == 0).await;
}
