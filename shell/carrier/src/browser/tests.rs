//! Pages that do as they are told, and the manager with a real `https` that gets no answer to its handshakes.

use super::*;
use crate::pages::{Fetched, Lender, Order};
use crate::testing::{WAIT, until};
use crate::{Carriers, Profile, Reason, Way, tls::Authorities};
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::net::TcpListener;

fn address() -> RelayAddress {
    RelayAddress { host: "relay.example".into(), port: 443, tls_pin: None, secret_path: "secret".into(), dns: None }
}

fn carrier() -> (BrowserCarrier, Arc<Pages>) {
    let pages = Arc::new(Pages::default());
    (BrowserCarrier::new(Arc::clone(&pages)), pages)
}

/// One that soon believes that it does not get through.
fn impatient() -> (BrowserCarrier, Arc<Pages>) {
    let (carrier, pages) = carrier();
    let short = Duration::from_millis(50);
    (BrowserCarrier { believed: short, look: short, ..carrier }, pages)
}

fn whole(bytes: impl Into<Bytes>) -> Result<Fetched, String> {
    Ok(Fetched { status: 200, bytes: bytes.into(), more: false })
}

/// A page that answers each look, and each exchange with what it brought; counts both.
fn echo(pages: &Arc<Pages>) -> Arc<[AtomicUsize; 2]> {
    let (mut lender, pages, counts) =
        (pages.lend(), Arc::clone(pages), Arc::new([AtomicUsize::new(0), AtomicUsize::new(0)]));
    let told = Arc::clone(&counts);
    tokio::spawn(async move {
        while let Some(order) = lender.next().await {
            let Order::Fetch { id, body, .. } = order else { continue };
            told[usize::from(body.is_some())].fetch_add(1, Ordering::SeqCst);
            pages.fetched(id, whole(body.unwrap_or_default()));
        }
    });
    counts
}

fn count(counts: &[AtomicUsize; 2]) -> (usize, usize) {
    (counts[0].load(Ordering::SeqCst), counts[1].load(Ordering::SeqCst))
}

async fn fetch_ordered(lender: &mut Lender) -> (u64, String, Option<Bytes>) {
    match lender.next().await.unwrap() {
        Order::Fetch { id, url, body } => (id, url, body),
        Order::Abort { id } => panic!("{id} was given up"),
    }
}

/// CAR-60
#[tokio::test]
async fn a_page_is_ordered_to_fetch_and_its_answer_is_the_relay_s() {
    let (carrier, pages) = carrier();
    let mut page = pages.lend();
    let to = RelayAddress { host: "2001:db8::1".into(), port: 4430, ..address() };
    let asking = carrier.exchange(&to, Bytes::from_static(b"?"), WAIT);
    let answering = async {
        let (id, url, body) = fetch_ordered(&mut page).await;
        assert_eq!((url.as_str(), body.as_deref()), ("https://[2001:db8::1]:4430/secret", Some(&b"?"[..])));
        pages.fetched(id, Ok(Fetched { status: 200, bytes: Bytes::from_static(b"one, "), more: true }));
        pages.fetched(id, whole("two"));
        pages.fetched(id, whole("nobody waits for this"));
    };
    assert_eq!(tokio::join!(asking, answering).0.unwrap(), "one, two");
}

/// CAR-61
#[tokio::test]
async fn one_look_at_a_relay_is_enough_for_many_exchanges_and_is_believed_for_a_while() {
    let (carrier, pages) = carrier();
    assert_eq!(carrier.ready(&address()).await, Err(CarrierError::Absent("no page is open")));
    assert!(!carrier.serves(&address()), "others need not wait for it");
    let counts = echo(&pages);
    let to = address();
    assert!(carrier.serves(&to));
    let looking = tokio::join!(carrier.ready(&to), carrier.ready(&to), carrier.ready(&to), carrier.ready(&to));
    assert_eq!(looking, (Ok(()), Ok(()), Ok(()), Ok(())));
    assert!(carrier.ready(&address()).await.is_ok());
    assert_eq!(count(&counts), (1, 0));
}

/// CAR-61
#[tokio::test]
async fn a_relay_on_this_machine_is_left_to_the_other_carriers() {
    let (carrier, pages) = carrier();
    let counts = echo(&pages);
    for host in ["127.0.0.1", "::1", "localhost"] {
        let to = RelayAddress { host: host.into(), ..address() };
        assert!(!carrier.serves(&to), "{host}");
        let ready = carrier.ready(&to).await;
        assert!(matches!(ready, Err(CarrierError::Absent(_))), "{host}: {ready:?}");
    }
    assert_eq!(count(&counts), (0, 0));
}

/// CAR-61
#[tokio::test]
async fn a_browser_that_gets_nowhere_has_no_way_to_the_relay() {
    let (carrier, pages) = impatient();
    let mut page = pages.lend();
    let refusing = async {
        let (id, url, body) = fetch_ordered(&mut page).await;
        assert_eq!((url.as_str(), body), ("https://relay.example/", None));
        pages.fetched(id, Err("Failed to fetch".into()));
    };
    let to = address();
    let refused = tokio::join!(carrier.ready(&to), refusing).0;
    assert_eq!(refused, Err(CarrierError::Connect("Failed to fetch".into())));
    // A page that sleeps says nothing at all.
    let other = RelayAddress { host: "other.example".into(), ..address() };
    assert!(matches!(carrier.ready(&other).await, Err(CarrierError::Connect(_))));
}

/// CAR-65: a browser reads nothing of a website's answer to an exchange, so it can't tell it from a broken connection.
#[tokio::test]
async fn a_path_that_a_website_answers_is_known_from_the_second_time_on() {
    let (carrier, pages) = carrier();
    let mut page = pages.lend();
    let to = address();
    let answering = async {
        for _ in 0..2 {
            let (id, ..) = fetch_ordered(&mut page).await;
            pages.fetched(id, Err("Failed to fetch".into()));
        }
        let (id, url, body) = fetch_ordered(&mut page).await;
        assert_eq!((url.as_str(), body), ("https://relay.example/", None), "it looks whether the website is there");
        pages.fetched(id, whole(""));
    };
    let asking = async {
        let first = carrier.exchange(&to, Bytes::new(), WAIT).await;
        (first, carrier.exchange(&to, Bytes::new(), WAIT).await)
    };
    let ((first, second), ()) = tokio::join!(asking, answering);
    assert_eq!(first, Err(CarrierError::Broken("Failed to fetch".into())));
    assert_eq!(second, Err(CarrierError::Decoy { status: 404 }));
}

/// CAR-62
#[tokio::test]
async fn what_nobody_waits_for_is_given_up_and_what_a_closed_page_had_ends() {
    let (carrier, pages) = carrier();
    let mut page = pages.lend();
    let to = address();
    let given_up = timeout(Duration::from_millis(20), carrier.exchange(&to, Bytes::new(), WAIT)).await;
    assert!(given_up.is_err());
    let (id, ..) = fetch_ordered(&mut page).await;
    assert_eq!(page.next().await, Some(Order::Abort { id }));
    let closing = async {
        fetch_ordered(&mut page).await;
        drop(page);
    };
    let ended = tokio::join!(carrier.exchange(&to, Bytes::new(), WAIT), closing).0;
    assert_eq!(ended, Err(CarrierError::Absent("the page was closed")));
    assert_eq!(pages.count(), 0);
}

/// CAR-62
#[tokio::test]
async fn an_answer_that_is_too_long_ends_the_exchange() {
    let (carrier, pages) = carrier();
    let mut page = pages.lend();
    let flooding = async {
        let (id, ..) = fetch_ordered(&mut page).await;
        let piece = Bytes::from(vec![0; crate::https::REPLY_BYTES_MAX]);
        pages.fetched(id, Ok(Fetched { status: 200, bytes: piece, more: true }));
        pages.fetched(id, whole("!"));
        assert_eq!(page.next().await, Some(Order::Abort { id }));
    };
    let to = address();
    let ended = tokio::join!(carrier.exchange(&to, Bytes::new(), WAIT), flooding).0;
    assert_eq!(ended, Err(CarrierError::TooLarge { max: crate::https::REPLY_BYTES_MAX }));
}

/// CAR-62: a page in the background may sleep; the next exchange goes to another one.
#[tokio::test]
async fn a_page_that_does_not_answer_has_its_turn_after_the_others() {
    let (carrier, pages) = carrier();
    let counts = echo(&pages);
    let _sleeping = pages.lend();
    let to = address();
    let ask = || carrier.exchange(&to, Bytes::from_static(b"?"), Duration::from_millis(200));
    assert!(matches!(ask().await, Err(CarrierError::Timeout(_))));
    assert_eq!(ask().await.unwrap(), "?");
    assert_eq!(count(&counts), (0, 1));
}

/// CAR-63
#[tokio::test]
async fn an_exchange_ends_when_the_browser_does_not_reach_the_relay_any_more() {
    let (carrier, pages) = impatient();
    let _sleeping = pages.lend();
    let ended = carrier.exchange(&address(), Bytes::new(), WAIT).await;
    assert!(matches!(ended, Err(CarrierError::Broken(_))), "{ended:?}");
}

/// CAR-40, CAR-42, CAR-44: where only browsers get an answer to their handshake, the page's is used after the head
/// start; and without it once it is known.
#[tokio::test]
async fn where_only_browsers_get_through_an_open_page_carries_the_exchanges() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let to = RelayAddress {
        // An address of this machine that is written like another one.
        host: "::ffff:127.0.0.1".into(),
        port: listener.local_addr().unwrap().port(),
        tls_pin: Some([7; 32]),
        ..address()
    };
    let mut connections = Vec::new();
    tokio::spawn(async move {
        // Taken, and never answered.
        while let Ok((tcp, _)) = listener.accept().await {
            connections.push(tcp);
        }
    });
    let pages = Arc::new(Pages::default());
    let profile = Profile { connect_ms: 400, head_start_ms: 100, ..Profile::default() };
    let carriers = Carriers::with_pages(profile, Authorities::default(), &pages);
    let without = carriers.exchange(&to, Bytes::from_static(b"?"), WAIT).await;
    assert!(matches!(without, Err(CarrierError::Tls(_))), "{without:?}");
    assert_eq!(carriers.way().reason, Reason::Down);
    let counts = echo(&pages);
    assert_eq!(carriers.exchange(&to, Bytes::from_static(b"?"), WAIT).await.unwrap(), "?");
    until("the handshake failed", || carriers.way() == Way { carrier: "browser", reason: Reason::Fingerprint }).await;
    let began = Instant::now();
    assert_eq!(carriers.exchange(&to, Bytes::from_static(b"!"), WAIT).await.unwrap(), "!");
    assert!(began.elapsed() < Duration::from_millis(100), "no head start is given to what is known to fail");
    assert_eq!(count(&counts).1, 2);
}
