//! The manager with carriers that do as they are told, and with the real ones behind a censor.

use super::*;
use crate::Reason;
use crate::testing::{Answer, Censor, Rule, WAIT, relay, until};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant as Clock;

const FROZEN: CarrierError = CarrierError::Silent { heard_bytes: 5_000, carried_bytes: 70_000 };

/// A carrier that does as it is told.
#[derive(Debug)]
struct Told {
    name: &'static str,
    family: &'static str,
    /// `None`: never ready.
    ready: Option<Result<(), CarrierError>>,
    result: Result<Bytes, CarrierError>,
    /// Its result never comes.
    slow: bool,
    request_bytes_max: Option<usize>,
    head_start: Option<Duration>,
    serves: bool,
    /// How often it was asked for a way.
    asked: AtomicUsize,
    exchanges: AtomicUsize,
}

impl Told {
    fn new(name: &'static str, result: Result<&'static str, CarrierError>) -> Self {
        let result = result.map(Bytes::from);
        Self {
            name,
            family: name,
            ready: Some(Ok(())),
            result,
            slow: false,
            request_bytes_max: None,
            head_start: None,
            serves: true,
            asked: AtomicUsize::new(0),
            exchanges: AtomicUsize::new(0),
        }
    }

    fn exchanges(&self) -> usize {
        self.exchanges.load(Ordering::SeqCst)
    }
}

#[async_trait::async_trait]
impl Carrier for Told {
    fn name(&self) -> &'static str {
        self.name
    }

    fn family(&self) -> &'static str {
        self.family
    }

    fn serves(&self, _to: &RelayAddress) -> bool {
        self.serves
    }

    fn request_bytes_max(&self) -> Option<usize> {
        self.request_bytes_max
    }

    fn head_start(&self) -> Option<Duration> {
        self.head_start
    }

    async fn ready(&self, _to: &RelayAddress) -> Result<(), CarrierError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        match &self.ready {
            Some(ready) => ready.clone(),
            None => std::future::pending().await,
        }
    }

    async fn exchange(&self, _to: &RelayAddress, _body: Bytes, _limit: Duration) -> Result<Bytes, CarrierError> {
        self.exchanges.fetch_add(1, Ordering::SeqCst);
        if self.slow {
            std::future::pending::<()>().await;
        }
        self.result.clone()
    }
}

fn address() -> RelayAddress {
    RelayAddress { host: "relay.example".into(), port: 443, tls_pin: None, secret_path: "secret".into(), dns: None }
}

fn all(carriers: Vec<Told>) -> (Carriers, Vec<Arc<Told>>) {
    let told: Vec<Arc<Told>> = carriers.into_iter().map(Arc::new).collect();
    let carriers = told.iter().map(|one| Arc::clone(one) as Arc<dyn Carrier>).collect();
    (Carriers::of(carriers, &Profile::default()), told)
}

async fn ask(carriers: &Carriers) -> Result<Bytes, CarrierError> {
    carriers.exchange(&address(), Bytes::from_static(b"?"), WAIT).await
}

fn way(carriers: &Carriers) -> (&'static str, Reason) {
    let way = carriers.way();
    assert_eq!(way, carriers.way_to(&address()));
    (way.carrier, way.reason)
}

/// CAR-40
#[tokio::test]
async fn the_first_that_is_ready_gets_the_exchange_alone() {
    let (carriers, told) = all(vec![Told::new("a", Ok("a")), Told::new("b", Ok("b"))]);
    assert_eq!(way(&carriers), ("a", Reason::Trying));
    assert_eq!(ask(&carriers).await.unwrap(), "a");
    assert_eq!(way(&carriers), ("a", Reason::Usual));
    assert_eq!(told[1].exchanges(), 0);
}

/// CAR-40
#[tokio::test]
async fn one_that_does_not_get_ready_loses_its_head_start_to_another_family() {
    let never = Told { ready: None, ..Told::new("a", Ok("a")) };
    let same = Told { ready: None, family: "a", ..Told::new("a2", Ok("a2")) };
    let (carriers, told) = all(vec![never, same, Told::new("b", Ok("b"))]);
    assert_eq!(ask(&carriers).await.unwrap(), "b");
    assert_eq!((told[0].exchanges(), told[1].exchanges()), (0, 0));
}

/// What the last carrier is: it takes short requests, and leaves others a long head start.
fn narrow(result: Result<&'static str, CarrierError>) -> Told {
    Told { request_bytes_max: Some(3), head_start: Some(Duration::from_secs(2)), ..Told::new("narrow", result) }
}

/// CAR-40, CAR-42, CAR-44
#[tokio::test]
async fn one_that_lets_others_look_for_long_does_so_until_it_is_the_way() {
    let (carriers, told) = all(vec![Told { ready: None, ..Told::new("a", Ok("a")) }, narrow(Ok("b"))]);
    let mut took = Vec::new();
    for _ in 0..4 {
        let began = Instant::now();
        assert_eq!(ask(&carriers).await.unwrap(), "b");
        took.push(began.elapsed().as_millis());
    }
    // From the second time on it was the way last time.
    assert!(took[0] >= 2_000 && took[1..].iter().all(|took| (300..2_000).contains(took)), "{took:?}");
    assert_eq!(told[1].exchanges(), 4);
    assert_eq!(way(&carriers), ("narrow", Reason::Narrow));
}

/// CAR-40: no page is open, which is known at once, and it used to end the head start of those that look.
#[tokio::test]
async fn one_that_cannot_be_used_at_all_takes_nobody_s_head_start() {
    let looking = Told { ready: None, ..Told::new("a", Ok("a")) };
    let absent = Told { ready: Some(Err(CarrierError::Absent("no page"))), ..Told::new("b", Ok("b")) };
    let (carriers, _) = all(vec![looking, absent, narrow(Ok("c"))]);
    let began = Instant::now();
    assert_eq!(ask(&carriers).await.unwrap(), "c");
    assert!(began.elapsed() >= Duration::from_secs(2), "{:?}", began.elapsed());
    let absent = Told { ready: Some(Err(CarrierError::Absent("no page"))), ..Told::new("b", Ok("b")) };
    let (carriers, _) = all(vec![absent, narrow(Ok("c"))]);
    let began = Instant::now();
    assert_eq!(ask(&carriers).await.unwrap(), "c");
    assert!(began.elapsed() < Duration::from_secs(2), "nobody else is looking");
}

/// CAR-40
#[tokio::test]
async fn after_a_failure_nobody_is_waited_for_longer_than_usual() {
    let lost = CarrierError::Broken("reset".into());
    let slow = Told { ready: None, family: "a", ..Told::new("a2", Ok("a2")) };
    let (carriers, _) = all(vec![Told::new("a", Err(lost)), slow, narrow(Ok("b"))]);
    let began = Instant::now();
    assert_eq!(ask(&carriers).await.unwrap(), "b");
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
}

/// CAR-41
#[tokio::test]
async fn a_long_request_passes_the_narrow_way_by_and_says_so_when_there_is_no_other() {
    let long = || Bytes::from_static(b"long");
    let lost = CarrierError::Broken("reset".into());
    let (carriers, told) = all(vec![Told::new("a", Err(lost.clone())), narrow(Ok("b"))]);
    assert_eq!(carriers.exchange(&address(), long(), WAIT).await, Err(CarrierError::Narrow { max: 3 }));
    assert_eq!((told[0].exchanges(), told[1].exchanges()), (1, 0));
    assert_eq!(ask(&carriers).await.unwrap(), "b");
    let (carriers, _) = all(vec![narrow(Ok("b")), Told::new("c", Ok("c"))]);
    assert_eq!(carriers.exchange(&address(), long(), WAIT).await.unwrap(), "c");
    assert_eq!(ask(&carriers).await.unwrap(), "b", "it was not passed over for it");
}

/// CAR-40
#[tokio::test]
async fn one_that_does_not_serve_a_relay_is_left_out_and_not_blamed() {
    let refused = CarrierError::Connect("refused".into());
    let first = Told { ready: Some(Err(refused.clone())), ..Told::new("a", Ok("a")) };
    let (carriers, told) = all(vec![first, Told { serves: false, ..Told::new("b", Ok("b")) }]);
    assert_eq!(ask(&carriers).await, Err(refused));
    assert_eq!((told[1].exchanges(), way(&carriers)), (0, ("a", Reason::Down)));
}

/// CAR-41
#[tokio::test]
async fn who_cannot_connect_is_not_tried_in_another_mode_and_is_passed_over_next_time() {
    let refused = CarrierError::Connect("refused".into());
    let first = Told { ready: Some(Err(refused.clone())), ..Told::new("a", Ok("a")) };
    let second = Told { family: "a", ..Told::new("a2", Ok("a2")) };
    let (carriers, told) = all(vec![first, second, Told::new("b", Ok("b"))]);
    for _ in 0..2 {
        assert_eq!(ask(&carriers).await.unwrap(), "b");
    }
    assert_eq!(told[1].exchanges(), 0);
    assert_eq!(way(&carriers), ("b", Reason::Blocked));
    let alone = Told { ready: Some(Err(refused.clone())), ..Told::new("a", Ok("a")) };
    let (carriers, _) = all(vec![alone]);
    assert_eq!(ask(&carriers).await, Err(refused));
    assert_eq!(way(&carriers), ("a", Reason::Down));
}

/// CAR-41, CAR-42
#[tokio::test]
async fn a_frozen_exchange_goes_on_and_the_next_one_begins_there() {
    let kept = Told { family: "https", ..Told::new("kept", Err(FROZEN)) };
    let rotating = Told { family: "https", ..Told::new("rotating", Ok("answer")) };
    let (carriers, told) = all(vec![kept, rotating]);
    for _ in 0..3 {
        assert_eq!(ask(&carriers).await.unwrap(), "answer");
    }
    assert_eq!((told[0].exchanges(), told[1].exchanges()), (1, 3));
    assert_eq!(way(&carriers), ("rotating", Reason::Frozen));
    carriers.set_network([1; 32]);
    assert_eq!(way(&carriers), ("kept", Reason::Trying));
}

/// CAR-40: the time is gone already.
#[tokio::test]
async fn after_a_lost_connection_nobody_has_a_head_start() {
    let silent = CarrierError::Silent { heard_bytes: 90_000, carried_bytes: 90_100 };
    let kept = Told { family: "https", ..Told::new("kept", Err(silent)) };
    let rotating = Told { family: "https", ready: None, ..Told::new("rotating", Ok("r")) };
    let told = [kept, rotating, Told::new("b", Ok("b"))].map(|one| Arc::new(one) as Arc<dyn Carrier>);
    let carriers = Carriers::of(told.into(), &Profile { head_start_ms: 30_000, ..Profile::default() });
    let answer = tokio::time::timeout(Duration::from_secs(10), ask(&carriers)).await;
    assert_eq!(answer.expect("no head start is waited for").unwrap(), "b");
}

/// CAR-42: who never gets ready is heard out, and passed over like one that failed at once.
#[tokio::test]
async fn one_that_lost_its_head_start_and_had_no_way_either_is_passed_over() {
    let (refused, told) = (CarrierError::Connect("refused".into()), Told::new("b", Ok("b")));
    let late = Arc::new(Late(Told::new("a", Err(refused.clone())), tokio::sync::Notify::new()));
    let both = vec![Arc::clone(&late) as Arc<dyn Carrier>, Arc::new(told)];
    let carriers = Carriers::of(both, &Profile { head_start_ms: 10, ..Profile::default() });
    assert_eq!(ask(&carriers).await.unwrap(), "b");
    assert_eq!(
        carriers.choice.lock().order(&name_of(&address()), carriers.now()),
        [0, 1],
        "nothing is known of it yet"
    );
    late.1.notify_one();
    let passed = || carriers.choice.lock().order(&name_of(&address()), carriers.now()) == [1, 0];
    crate::testing::until("it is passed over", passed).await;
}

/// Fails when it is told to.
struct Late(Told, tokio::sync::Notify);

#[async_trait::async_trait]
impl Carrier for Late {
    fn name(&self) -> &'static str {
        self.0.name
    }

    async fn ready(&self, _to: &RelayAddress) -> Result<(), CarrierError> {
        self.1.notified().await;
        self.0.result.clone().map(drop)
    }

    async fn exchange(&self, _to: &RelayAddress, _body: Bytes, _limit: Duration) -> Result<Bytes, CarrierError> {
        self.0.result.clone()
    }
}

/// CAR-42: what can't be used at all is not held against it.
#[tokio::test]
async fn a_carrier_that_is_not_there_is_neither_passed_over_nor_blamed() {
    let refused = CarrierError::Connect("refused".into());
    let first = Told { ready: Some(Err(refused.clone())), ..Told::new("a", Ok("a")) };
    let absent = Told { ready: Some(Err(CarrierError::Absent("no page is open"))), ..Told::new("b", Ok("b")) };
    let (carriers, _) = all(vec![first, absent]);
    assert_eq!(ask(&carriers).await, Err(refused.clone()), "not that no page is open");
    let first = Told { ready: Some(Err(refused)), ..Told::new("a", Ok("a")) };
    let absent = Told { ready: Some(Err(CarrierError::Absent("no page is open"))), ..Told::new("b", Ok("b")) };
    let (carriers, _) = all(vec![first, absent, Told::new("c", Ok("c"))]);
    assert_eq!(ask(&carriers).await.unwrap(), "c");
    assert_eq!(carriers.choice.lock().order(&name_of(&address()), carriers.now()), [1, 2, 0]);
}

/// CAR-41
#[tokio::test]
async fn what_the_relay_says_is_told_at_once() {
    let website = CarrierError::Decoy { status: 404 };
    let (carriers, told) = all(vec![Told::new("a", Err(website.clone())), Told::new("b", Ok("b"))]);
    assert_eq!(ask(&carriers).await, Err(website));
    assert_eq!(told[1].exchanges(), 0);
    assert_eq!(way(&carriers), ("a", Reason::Usual), "it was reached");
}

/// CAR-41: whoever stands in between and answers with a key of his own is a failure like any other.
#[tokio::test]
async fn another_key_than_the_pinned_one_does_not_keep_the_other_carriers_from_trying() {
    let pin = || Told { ready: Some(Err(CarrierError::Pin)), ..Told::new("a", Ok("a")) };
    let (carriers, _) = all(vec![pin(), Told::new("b", Ok("b"))]);
    assert_eq!(ask(&carriers).await.unwrap(), "b");
    let refused = Told { ready: Some(Err(CarrierError::Connect("refused".into()))), ..Told::new("b", Ok("b")) };
    let (carriers, _) = all(vec![pin(), refused]);
    assert_eq!(ask(&carriers).await, Err(CarrierError::Pin), "it says more than that nothing was reached");
    let refused = Told::new("b", Err(CarrierError::Connect("refused".into())));
    let (carriers, _) = all(vec![Told::new("a", Err(CarrierError::Pin)), refused]);
    assert_eq!(ask(&carriers).await, Err(CarrierError::Pin));
}

#[tokio::test]
async fn when_all_fail_the_last_error_is_told_and_nobody_is_passed_over() {
    let lost = CarrierError::Broken("reset".into());
    let (carriers, told) = all(vec![Told::new("a", Err(FROZEN)), Told::new("b", Err(lost.clone()))]);
    for _ in 0..2 {
        assert_eq!(ask(&carriers).await, Err(lost.clone()));
    }
    assert_eq!((told[0].exchanges(), told[1].exchanges()), (2, 2));
    assert_eq!(way(&carriers), ("a", Reason::Down));
}

/// CAR-42: who asks several relays gives up the exchange that takes long, and the next one knows what it met.
#[tokio::test]
async fn an_exchange_that_is_given_up_on_its_second_way_leaves_word_of_the_first() {
    let kept = Told { family: "https", ..Told::new("kept", Err(FROZEN)) };
    let rotating = Told { family: "https", slow: true, ..Told::new("rotating", Ok("answer")) };
    let (carriers, told) = all(vec![kept, rotating]);
    for _ in 0..2 {
        let given_up = tokio::time::timeout(Duration::from_millis(50), ask(&carriers)).await;
        assert!(given_up.is_err(), "{given_up:?}");
    }
    assert_eq!((told[0].exchanges(), told[1].exchanges()), (1, 2));
    assert_eq!(carriers.way().reason, Reason::Trying, "nobody has heard that it works");
}

/// The whole of it, with the built-in profile: one exchange meets the freeze and goes around it, the others don't.
#[tokio::test]
async fn a_freeze_in_the_middle_delays_one_exchange_and_stops_none() {
    let relay = relay(Answer::Echo(1)).await;
    let censor = Censor::before(&relay.address, Rule { freeze_after: Some(16_000), ..Rule::default() }).await;
    let carriers = Carriers::default();
    let mut took = Vec::new();
    for number in 0..12u8 {
        let began = Clock::now();
        let body = Bytes::from(vec![number; 3_463]);
        assert_eq!(carriers.exchange(&censor.address, body.clone(), WAIT).await.unwrap(), body);
        took.push(began.elapsed());
    }
    took.sort_unstable();
    // A freeze takes the built-in profile two seconds; without one an exchange takes milliseconds.
    assert!(took[11] > Duration::from_secs(1), "nothing froze: {took:?}");
    assert!(took[11] < Duration::from_secs(5) && took[10] < Duration::from_millis(1_900), "{took:?}");
    assert_eq!(carriers.way(), Way { carrier: "https-rotating", reason: Reason::Frozen });
}

/// CAR-43, CAR-46, CAR-47
#[tokio::test]
async fn each_network_has_a_memory_of_its_own_that_outlasts_the_program() {
    let new = || all(vec![Told::new("a", Err(FROZEN)), Told::new("b", Ok("b"))]);
    let (first, told) = new();
    first.set_network([1; 32]);
    assert_eq!(ask(&first).await.unwrap(), "b");
    first.set_network([2; 32]);
    assert_eq!(ask(&first).await.unwrap(), "b");
    assert_eq!(told[0].exchanges(), 2, "what is known of one network says nothing of another");
    first.set_network([1; 32]);
    assert_eq!(ask(&first).await.unwrap(), "b");
    assert_eq!(told[0].exchanges(), 2, "back again, it has its memory");
    let kept = first.memory().encode().unwrap();

    for (ago, exchanges) in [(0, 0), (30, 1)] {
        let (second, told) = new();
        second.recall(&Memory::decode(&kept).unwrap(), Duration::from_secs(ago));
        second.set_network([1; 32]);
        assert_eq!((ask(&second).await.unwrap(), told[0].exchanges()), (Bytes::from("b"), exchanges), "{ago} s");
    }
}

#[tokio::test]
async fn who_looks_after_the_network_is_told_of_failures() {
    let (carriers, _) = all(vec![Told::new("a", Ok("a"))]);
    ask(&carriers).await.unwrap();
    assert!(futures_ready(carriers.failed()).await.is_none());
    let (carriers, _) = all(vec![Told::new("a", Err(FROZEN))]);
    ask(&carriers).await.unwrap_err();
    assert!(futures_ready(carriers.failed()).await.is_some());
    assert!(futures_ready(carriers.failed()).await.is_none(), "once");
}

/// What a future has at once.
async fn futures_ready<T>(future: impl Future<Output = T>) -> Option<T> {
    tokio::select! {
        biased;
        ready = future => Some(ready),
        () = std::future::ready(()) => None,
    }
}

/// CAR-7
#[tokio::test]
async fn another_profile_takes_the_place_of_one_and_no_exchange_is_lost() {
    let relay = relay(Answer::Echo(1)).await;
    let censor = Censor::before(&relay.address, Rule { rate: Some(100_000), ..Rule::default() }).await;
    let carriers = Arc::new(Carriers::default());
    let mut quiet = carriers.quiet();
    let ask = |body: Vec<u8>| {
        let (carriers, address) = (Arc::clone(&carriers), censor.address.clone());
        tokio::spawn(async move { carriers.exchange(&address, Bytes::from(body), WAIT).await })
    };
    let long = ask(vec![7; 40_000]);
    until("half of the request", || censor.carried_max() > 20_000).await;
    carriers.set_profile(&Profile { number: 2, ..Profile::default() });
    assert_eq!((relay.runs.load(Ordering::SeqCst), carriers.profile().number), (0, 2));
    let after = ask(vec![8; 10]);
    assert_eq!(long.await.unwrap().unwrap(), vec![7; 40_000]);
    assert_eq!(after.await.unwrap().unwrap(), vec![8; 10]);
    assert_eq!((relay.runs.load(Ordering::SeqCst), censor.connections()), (2, 2), "each once, by its own connection");
    until("the end of the old connection", || censor.open() == 1).await;
    assert!(
        matches!(quiet.try_recv(), Err(broadcast::error::TryRecvError::Empty)),
        "who listens hears the new one too"
    );
}
