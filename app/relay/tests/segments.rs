//! Exchanges in segments (CAR-30 to CAR-37) with real relays, and what strangers may do to them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

mod support;

use bytes::Bytes;
use carrier::segment::{Part, Segment, SegmentReply, Want, decode_segment_reply, encode_segment};
use carrier::{Carrier, CarrierError, HttpsCarrier, Profile, RotatingCarrier};
use mailbox::bridge::{Claim, Redemption};
use mailbox::cell::CellSize::{Large, Small};
use mailbox::hop::{self, HopBody, HopReply, seal_request};
use mailbox::{Request, Response};
use support::{Network, WAIT, ack, cells, create, deposit, fetch, invite, now, redeem, sequences, until};

async fn rotating(network: &Network, carrier: &RotatingCarrier, request: Request) -> Response {
    let (body, opener) = seal_request(network.descriptor(0), request, now()).unwrap();
    let answer = carrier.exchange(&network.descriptor(1).address, Bytes::from(body), WAIT).await.unwrap();
    opener.open(&answer).unwrap()
}

/// What a client says that cuts by hand.
async fn say(network: &Network, segment: &Segment) -> Result<SegmentReply, CarrierError> {
    say_to(network, 1, segment).await
}

async fn say_to(network: &Network, index: usize, segment: &Segment) -> Result<SegmentReply, CarrierError> {
    let frame = encode_segment(segment, &[]).unwrap();
    let answer = network.carrier.exchange(&network.descriptor(index).address, Bytes::from(frame), WAIT).await?;
    Ok(decode_segment_reply(&answer).unwrap())
}

fn segment(name: u8, total: usize, part: Option<(u32, &[u8])>) -> Segment {
    let part = part.map(|(offset, bytes)| Part { offset, bytes: bytes.to_vec() });
    let want = Want { offset: 0, bytes: 10_000, wait_ms: 10_000 };
    Segment { exchange: [name; 16], total: u32::try_from(total).unwrap(), part, want }
}

#[tokio::test(flavor = "multi_thread")]
async fn cells_of_both_sizes_and_long_answers_go_through_in_segments() {
    let network = Network::start(2, |_| {}).await;
    let carrier = RotatingCarrier::default();
    assert!(matches!(rotating(&network, &carrier, create(1)).await, Response::Created { .. }));
    let stored = Response::Deposited { duplicate: false };
    for id in 1..=12 {
        let size = if id % 4 == 0 { Large } else { Small };
        assert_eq!(rotating(&network, &carrier, deposit(1, id, size)).await, stored);
    }
    let fetched = rotating(&network, &carrier, fetch(1, 0)).await;
    assert_eq!(cells(&fetched).len(), 12);
    assert_eq!(rotating(&network, &carrier, ack(1, &sequences(&fetched))).await, Response::Acked { deleted: 12 });
    network.stop().await;
}

/// CAR-4: a relay takes whatever a profile within its bounds does.
#[tokio::test(flavor = "multi_thread")]
async fn profiles_at_the_ends_of_their_bounds_work_with_a_relay() {
    let network = Network::start(2, |_| {}).await;
    let smallest = Profile {
        alpn: vec!["http/1.1".to_owned()],
        connect_ms: 500,
        connect_ms_max: 30_000,
        ping_ms: 500,
        patience_ms: 200,
        patience_ms_max: 15_000,
        idle_ms: 1_000,
        rotate_bytes: 10_240,
        rotate_parallel: 1,
        pad_bytes: vec![64, 1_536, 2_048],
        head_start_ms: 0,
        ..Profile::default()
    };
    let largest = Profile {
        alpn: vec!["x".repeat(16), "acme-tls/1".to_owned(), "h3".to_owned(), "h2".to_owned()],
        connect_ms: 10_000,
        connect_ms_max: 30_000,
        ping_ms: 15_000,
        patience_ms: 15_000,
        patience_ms_max: 15_000,
        idle_ms: 600_000,
        rotate_bytes: 65_536,
        rotate_parallel: 16,
        pad_bytes: vec![1_024, 16_384],
        head_start_ms: 5_000,
        ..Profile::default()
    };
    let fine = Profile { pad_bytes: (1..=16).map(|step| step * 512).collect(), ping_ms: 500, ..Profile::default() };
    let bare = Profile { pad_bytes: vec![64, 2_048], alpn: vec!["h2".to_owned()], ..Profile::default() };
    for (name, profile) in (1..).zip([smallest, largest, fine, bare]) {
        let profile = profile.checked().unwrap();
        let (rotates, keeps) = (RotatingCarrier::with_profile(profile.clone()), HttpsCarrier::with_profile(profile));
        assert!(matches!(rotating(&network, &rotates, create(name)).await, Response::Created { .. }));
        for (id, size) in [(1, Small), (2, Large)] {
            assert_eq!(
                rotating(&network, &rotates, deposit(name, id, size)).await,
                Response::Deposited { duplicate: false }
            );
        }
        assert_eq!(cells(&rotating(&network, &rotates, fetch(name, 0)).await).len(), 2);
        let (body, opener) = seal_request(network.descriptor(0), fetch(name, 0), now()).unwrap();
        let answer = keeps.exchange(&network.descriptor(1).address, Bytes::from(body), WAIT).await.unwrap();
        assert_eq!(cells(&opener.open(&answer).unwrap()).len(), 2);
    }
    network.stop().await;
}

/// CAR-34: a long poll is one question after the other.
#[tokio::test(flavor = "multi_thread")]
async fn a_waiting_fetch_in_segments_is_answered_by_a_deposit() {
    let network = Network::start(2, |_| {}).await;
    let carrier = RotatingCarrier::default();
    network.ask(1, 0, create(1)).await.unwrap();
    let depositing = async {
        until(&network, 0, "relay_polls_open 1").await;
        // Longer than the last part waits for the answer.
        tokio::time::sleep(std::time::Duration::from_millis(3_500)).await;
        network.ask(1, 0, deposit(1, 5, Small)).await.unwrap()
    };
    let (fetched, _) = tokio::join!(rotating(&network, &carrier, fetch(1, 25_000)), depositing);
    assert_eq!(cells(&fetched), [(5, 2048)]);
    network.stop().await;
}

/// CAR-31, CAR-32, CAR-33
#[tokio::test(flavor = "multi_thread")]
async fn parts_may_come_in_any_order_and_twice_and_run_once() {
    let network = Network::start(2, |_| {}).await;
    let (body, opener) = seal_request(network.descriptor(0), create(1), now()).unwrap();
    let (first, last) = body.split_at(1_000);
    let end = segment(1, body.len(), Some((1_000, last)));
    let have = u32::try_from(last.len()).unwrap();
    for _ in 0..2 {
        assert_eq!(say(&network, &end).await.unwrap(), SegmentReply::Waiting { have });
    }
    assert_eq!(say(&network, &segment(2, body.len(), None)).await.unwrap(), SegmentReply::Gone);
    let answered = say(&network, &segment(1, body.len(), Some((0, first)))).await.unwrap();
    let SegmentReply::Answer { total, offset: 0, bytes } = answered.clone() else { panic!("{answered:?}") };
    assert_eq!(usize::try_from(total).unwrap(), bytes.len());
    assert!(matches!(opener.open(&bytes), Ok(Response::Created { .. })));
    for again in [end, segment(1, body.len(), None)] {
        assert_eq!(say(&network, &again).await.unwrap(), answered, "the same answer, not another run");
    }
    let mut some = segment(1, body.len(), None);
    some.want = Want { offset: 7, bytes: 5, wait_ms: 0 };
    let range = SegmentReply::Answer { total, offset: 7, bytes: bytes[7..12].to_vec() };
    assert_eq!(say(&network, &some).await.unwrap(), range);
    some.want.offset = u32::MAX;
    let beyond = SegmentReply::Answer { total, offset: u32::MAX, bytes: Vec::new() };
    assert_eq!(say(&network, &some).await.unwrap(), beyond);
    assert!(support::metrics(&network, 1).await.contains("\nrelay_forwards_total 1\n"));
    network.stop().await;
}

/// CAR-31, CAR-33: what is put together and was not sealed to this relay is nothing; what does not fit ends it.
#[tokio::test(flavor = "multi_thread")]
async fn nonsense_in_segments_is_nothing_and_what_does_not_fit_gets_the_website() {
    let network = Network::start(2, |_| {}).await;
    let nonsense = say(&network, &segment(1, 100, Some((0, &[0xa5; 100])))).await.unwrap();
    assert_eq!(nonsense, SegmentReply::Nothing);
    let foreign = hop::encode_body(&hop::HopBody::Run(vec![9; 3_000])).unwrap();
    assert_eq!(say(&network, &segment(2, foreign.len(), Some((0, &foreign)))).await.unwrap(), SegmentReply::Nothing);
    let website = Err(CarrierError::Decoy { status: 405 });
    assert_eq!(say(&network, &segment(3, 0, Some((0, b"x")))).await, website);
    assert_eq!(say(&network, &segment(3, hop::BODY_BYTES_MAX + 1, Some((0, b"x")))).await, website);
    for bad in [segment(4, 100, Some((50, &[2; 20]))), segment(4, 101, Some((0, b"x")))] {
        assert_eq!(
            say(&network, &segment(4, 100, Some((60, &[1; 20])))).await.unwrap(),
            SegmentReply::Waiting { have: 20 }
        );
        assert_eq!(say(&network, &bad).await, website);
        assert_eq!(say(&network, &segment(4, 100, None)).await.unwrap(), SegmentReply::Gone, "it is over with it");
    }
    network.stop().await;
}

/// CAR-36
#[tokio::test(flavor = "multi_thread")]
async fn one_source_has_its_share_of_segmented_exchanges() {
    let few = |config: &mut relay::RelayConfig| {
        config.limits.segmented_per_source_max = 10;
        config.limits.part_bytes_per_source_max = 100_000;
    };
    let network = Network::start(2, few).await;
    for name in 0..10 {
        let begun = say(&network, &segment(name, 60_000, Some((0, &[1; 10])))).await.unwrap();
        assert_eq!(begun, SegmentReply::Waiting { have: 10 });
    }
    let refused = say(&network, &segment(200, 60_000, Some((0, &[1; 10])))).await.unwrap();
    assert!(matches!(refused, SegmentReply::Full { .. }), "{refused:?}");
    let mut parts = 0;
    // In those that have begun there is room for some parts.
    let refused = 'full: {
        for name in 0..10 {
            for index in 1..5 {
                let part = segment(name, 60_000, Some((index * 12_000, &[2; 12_000][..])));
                match say(&network, &part).await.unwrap() {
                    SegmentReply::Waiting { .. } => parts += 1,
                    full => break 'full Some(full),
                }
            }
        }
        None
    };
    assert!(matches!(refused, Some(SegmentReply::Full { .. })), "{refused:?}");
    assert_eq!(parts, (100_000 - 100) / 12_000);
    network.stop().await;
}

/// MBX-52, MBX-53
#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_redeemed_in_segments_by_one_person() {
    let network = Network::start(1, |_| {}).await;
    let (other, bridge) = (invite(&network, 0, 1), invite(&network, 0, 1));
    redeem(&network, &other, Claim([1; 32])).await;
    let carrier = RotatingCarrier::default();
    let body = |claim| hop::encode_body(&HopBody::Redeem(Redemption::new(bridge.token(), Claim(claim)))).unwrap();
    for _ in 0..2 {
        let answer = carrier.exchange(bridge.address(), Bytes::from(body([2; 32])), WAIT).await.unwrap();
        let Ok(HopReply::Redeemed(mine)) = hop::decode_reply(&answer) else { panic!("{answer:?}") };
        assert_eq!(bridge.redeemed(mine).unwrap().id(), network.descriptor(0).id());
    }
    let refused = carrier.exchange(bridge.address(), Bytes::from(body([3; 32])), WAIT).await;
    assert_eq!(refused, Err(CarrierError::Decoy { status: 405 }));
    // What began under a path of one's own is not known under that of a link.
    assert_eq!(say_to(&network, 0, &segment(7, 100, Some((0, b"x")))).await, Ok(SegmentReply::Waiting { have: 1 }));
    let frame = encode_segment(&segment(7, 100, None), &[]).unwrap();
    let answer = network.carrier.exchange(bridge.address(), Bytes::from(frame), WAIT).await;
    assert_eq!(answer, Err(CarrierError::Decoy { status: 405 }));
    network.stop().await;
}

/// CAR-37
#[tokio::test(flavor = "multi_thread")]
async fn a_segment_under_another_path_gets_the_website() {
    let network = Network::start(2, |_| {}).await;
    let (body, _) = seal_request(network.descriptor(0), create(1), now()).unwrap();
    let mut address = network.descriptor(1).address.clone();
    address.secret_path = "about-us".into();
    let frame = encode_segment(&segment(1, body.len(), Some((0, &body))), &[]).unwrap();
    let error = network.carrier.exchange(&address, Bytes::from(frame), WAIT).await.unwrap_err();
    assert_eq!(error, CarrierError::Decoy { status: 405 });
    let error = RotatingCarrier::default().exchange(&address, Bytes::from(body), WAIT).await.unwrap_err();
    assert_eq!(error, CarrierError::Decoy { status: 405 });
    assert!(support::metrics(&network, 1).await.contains("\nrelay_forwards_total 0\n"));
    network.stop().await;
}
