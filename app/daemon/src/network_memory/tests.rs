//! A memory through restarts, other networks, damage and clocks that jump.

use super::*;
use crate::whereabouts::tests::place;
use carrier::{Carrier, CarrierError, Profile};
use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    sync::atomic::{AtomicU8, AtomicUsize, Ordering},
};
use wire::RelayAddress;

const SECRET: Secret32 = Secret32([7; 32]);

/// Freezes, or works.
struct Told(&'static str, bool, Arc<AtomicUsize>);

#[async_trait::async_trait]
impl Carrier for Told {
    fn name(&self) -> &'static str {
        self.0
    }

    async fn ready(&self, _to: &RelayAddress) -> Result<(), CarrierError> {
        Ok(())
    }

    async fn exchange(&self, _: &RelayAddress, body: bytes::Bytes, _: Duration) -> Result<bytes::Bytes, CarrierError> {
        self.2.fetch_add(1, Ordering::SeqCst);
        let frozen = CarrierError::Silent { heard_bytes: 5_000, carried_bytes: 70_000 };
        if self.1 { Ok(body) } else { Err(frozen) }
    }
}

/// Two carriers, of which the first freezes, and how often that one was asked.
fn carriers() -> (Arc<Carriers>, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let frozen = Told("frozen", false, Arc::clone(&asked));
    let all: Vec<Arc<dyn Carrier>> = vec![Arc::new(frozen), Arc::new(Told("works", true, Arc::default()))];
    (Arc::new(Carriers::of(all, &Profile { pass_over_ms: 600_000, ..Profile::default() })), asked)
}

async fn ask(carriers: &Carriers) {
    let host = "relay.example".to_owned();
    let to = RelayAddress { host, port: 443, tls_pin: None, secret_path: "p".to_owned(), dns: None };
    carriers.exchange(&to, bytes::Bytes::from_static(b"?"), Duration::from_secs(30)).await.unwrap();
}

async fn start(carriers: &Arc<Carriers>, folder: &Path, look: Look) -> NetworkMemory {
    NetworkMemory::start(Arc::clone(carriers), folder, SECRET, look).await
}

fn home() -> Option<Whereabouts> {
    Some(place(1))
}

fn away() -> Option<Whereabouts> {
    Some(place(2))
}

/// Learns at home that the first carrier freezes, and writes that down.
async fn learn(folder: &Path) {
    let (first, asked) = carriers();
    let memory = start(&first, folder, home).await;
    ask(&first).await;
    memory.stop().await;
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

/// How often the first carrier is asked by one exchange after a start.
async fn asked_after_start(folder: &Path, look: Look) -> usize {
    let (carriers, asked) = carriers();
    let memory = start(&carriers, folder, look).await;
    ask(&carriers).await;
    memory.stop().await;
    asked.load(Ordering::SeqCst)
}

/// CAR-43, CAR-47
#[tokio::test]
async fn after_a_restart_a_network_has_its_memory_and_another_has_none() {
    let folder = tempfile::tempdir().unwrap();
    learn(folder.path()).await;
    assert_eq!(asked_after_start(folder.path(), home).await, 0);
    assert_eq!(asked_after_start(folder.path(), away).await, 1);
    assert_eq!(asked_after_start(folder.path(), home).await, 0, "back again");
    let mode = fs::metadata(folder.path().join(FILE)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let bytes = fs::read(folder.path().join(FILE)).unwrap();
    for told in [b"relay.example".as_slice(), &place(1).name(&SECRET), b"frozen"] {
        assert!(!bytes.windows(told.len()).any(|window| window == told), "the file says nothing to strangers");
    }
}

/// CAR-47
#[tokio::test]
async fn a_damaged_memory_is_dropped_and_nothing_else_happens() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(FILE);
    learn(folder.path()).await;
    let good = fs::read(&file).unwrap();
    let mut changed = good.clone();
    changed[40] ^= 1;
    let of_another = seal_file(&Secret32([8; 32]), FILE, b"12345678").unwrap();
    let nonsense = seal_file(&SECRET, FILE, b"12345678\x01\xff\xff").unwrap();
    let short = seal_file(&SECRET, FILE, b"1234").unwrap();
    for damaged in [changed, good[..30].to_vec(), Vec::new(), of_another, nonsense, short, vec![0; 400 * 1024]] {
        fs::write(&file, &damaged).unwrap();
        let (carriers, _) = carriers();
        let memory = start(&carriers, folder.path(), home).await;
        assert!(!file.exists() && carriers.memory().is_empty());
        memory.stop().await;
    }
    fs::create_dir(&file).unwrap();
    assert_eq!(asked_after_start(folder.path(), home).await, 1, "a file that can't be written is no reason to fail");
}

/// CAR-47
#[tokio::test]
async fn a_clock_that_jumped_makes_nothing_wait_longer() {
    let folder = tempfile::tempdir().unwrap();
    let (file, hour) = (folder.path().join("memory"), 3_600_000);
    let (carriers, _) = carriers();
    ask(&carriers).await;
    let at = UnixMillis(100 * hour);
    write(&file, &SECRET, carriers.memory(), at).unwrap();
    let ago = |now| read(&file, &SECRET, UnixMillis(now)).unwrap().unwrap().1;
    assert_eq!(ago(at.0 + 5_000), Duration::from_secs(5));
    assert_eq!(ago(at.0 - hour), Duration::ZERO);
    assert_eq!(ago(u64::MAX).as_millis(), u128::from(u64::MAX - at.0));
}

#[tokio::test]
async fn where_there_is_nothing_to_remember_there_is_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let memory = start(&carriers().0, folder.path(), home).await;
    memory.stop().await;
    assert!(!folder.path().join(FILE).exists());
}

/// Waits until something is so.
async fn until(what: &str, is_so: impl Fn() -> bool) {
    let waiting = async {
        while !is_so() {
            sleep(Duration::from_millis(2)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), waiting).await.unwrap_or_else(|_| panic!("{what} never came"));
}

/// CAR-46
#[tokio::test]
async fn another_network_is_noticed_in_time() {
    static NUMBER: AtomicU8 = AtomicU8::new(1);
    static LOOKS: AtomicUsize = AtomicUsize::new(0);
    let look: Look = || {
        let number = NUMBER.load(Ordering::SeqCst);
        LOOKS.fetch_add(1, Ordering::SeqCst);
        (number > 0).then(|| place(number))
    };
    let folder = tempfile::tempdir().unwrap();
    let (carriers, asked) = carriers();
    let pace = Pace { look_every: Duration::from_millis(5), ..PACE };
    let memory = NetworkMemory::start_at(pace, Arc::clone(&carriers), folder.path(), SECRET, look).await;
    // A machine without a network, number 0, is where it was.
    for (network, frozen_asked) in [(1, 1), (2, 2), (0, 2), (1, 2), (2, 2)] {
        NUMBER.store(network, Ordering::SeqCst);
        let looks = LOOKS.load(Ordering::SeqCst);
        // The look that is under way may have seen the old one.
        until("a look", || LOOKS.load(Ordering::SeqCst) >= looks + 3).await;
        ask(&carriers).await;
        assert_eq!(asked.load(Ordering::SeqCst), frozen_asked, "in network {network}");
    }
    memory.stop().await;
}

/// CAR-46
#[tokio::test]
async fn after_a_failure_and_while_the_gateway_is_not_known_well_it_looks_again_soon() {
    static LOOKS: AtomicUsize = AtomicUsize::new(0);
    let look: Look = || {
        // At first the gateway's hardware address is not known.
        Some(if LOOKS.fetch_add(1, Ordering::SeqCst) == 0 { place(1).without_hardware() } else { place(1) })
    };
    let folder = tempfile::tempdir().unwrap();
    let (carriers, _) = carriers();
    let pace = Pace { look_every: Duration::from_secs(86_400), look_soon: Duration::from_millis(5), ..PACE };
    let memory = NetworkMemory::start_at(pace, Arc::clone(&carriers), folder.path(), SECRET, look).await;
    until("a second look", || LOOKS.load(Ordering::SeqCst) == 2).await;
    ask(&carriers).await;
    until("a third look", || LOOKS.load(Ordering::SeqCst) == 3).await;
    memory.stop().await;
    assert_eq!(LOOKS.load(Ordering::SeqCst), 3);
}

/// CAR-47
#[tokio::test]
async fn the_file_is_written_seldom_and_when_something_new_was_learned() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(FILE);
    let (carriers, _) = carriers();
    let mut keeper = Keeper::new(PACE, Arc::clone(&carriers), file.clone(), SECRET, home);
    ask(&carriers).await;
    keeper.write_if_due().await;
    assert!(!file.exists(), "not yet");
    keeper.pace.write_every = Duration::ZERO;
    keeper.write_if_due().await;
    assert!(file.exists());
    fs::remove_file(&file).unwrap();
    ask(&carriers).await;
    keeper.write_if_due().await;
    assert!(!file.exists(), "nothing new was learned");
}
