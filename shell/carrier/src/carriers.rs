//! The manager: asks the carriers in the order that works, and goes on to the next when one fails (CAR-40, CAR-41).
//! The decisions are [`Choice`]'s.

use crate::choice::{Choice, FORGOTTEN_MS, Failure, Memory, NetworkName, RelayName, Way};
use crate::replaceable::Replaceable;
use crate::tls::Authorities;
use crate::{BrowserCarrier, Carrier, CarrierError, DnsCarrier, HttpsCarrier, Pages, Quiet, Reason, profile::Profile};
use bytes::Bytes;
use parking_lot::{Mutex, RwLock};
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, broadcast};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout_at};
use wire::RelayAddress;

/// Where the clock of the choice begins: what is recalled happened before.
const BEGINNING_MS: u64 = FORGOTTEN_MS.saturating_mul(2);

/// All carriers behind one. An exchange may be run twice, by two carriers, when the first of them loses its connection.
pub struct Carriers {
    carriers: Vec<Arc<dyn Carrier>>,
    choice: Arc<Mutex<Choice>>,
    began: Instant,
    profile: RwLock<Arc<Profile>>,
    https: Option<Https>,
    failed: Notify,
    alarm: Mutex<Alarm>,
}

/// The two carriers that a profile is about.
struct Https {
    kept: Arc<Replaceable>,
    rotating: Arc<Replaceable>,
    authorities: Authorities,
    quiet: broadcast::Sender<Quiet>,
}

impl Https {
    fn new(profile: Profile, authorities: Authorities) -> Self {
        let kept = HttpsCarrier::trusting(profile, authorities.clone());
        let (rotating, quiet) = (kept.rotating(), kept.quiet());
        let (kept, rotating) = (Arc::new(Replaceable::new(kept)), Arc::new(Replaceable::new(rotating)));
        Self { kept, rotating, authorities, quiet }
    }

    fn replace(&self, profile: Profile) {
        let kept = HttpsCarrier::in_place(profile, self.authorities.clone(), self.quiet.clone());
        self.rotating.put(kept.rotating());
        self.kept.put(kept);
    }
}

/// What is heard of quiet connections (CAR-16).
#[derive(Default)]
struct Alarm {
    words: Option<broadcast::Receiver<Quiet>>,
    /// Until when the last of them counts.
    until: Option<Instant>,
}

/// What several carriers have before one that wants to be spared.
const SPARING: Duration = Duration::from_secs(1);
/// After a connection has gone quiet others may be about to, and their ways are looked for sooner.
const ALARMED: Duration = Duration::from_secs(10);

impl std::fmt::Debug for Carriers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Carriers").field("choice", &self.choice.lock()).finish_non_exhaustive()
    }
}

impl Default for Carriers {
    fn default() -> Self {
        Self::new(Profile::default())
    }
}

impl Carriers {
    /// The carriers that need nobody's help, behaving as the profile says.
    #[must_use]
    pub fn new(profile: Profile) -> Self {
        let https = Https::new(profile.clone(), Authorities::default());
        let (kept, rotating) = (Arc::clone(&https.kept), Arc::clone(&https.rotating));
        let carriers: Vec<Arc<dyn Carrier>> = vec![kept, rotating, Arc::new(DnsCarrier::new())];
        Self::of(carriers, &profile).with_https(https)
    }

    /// The same, and the browsers of these pages. `authorities` are for relays whose keys are not pinned.
    #[must_use]
    pub fn with_pages(profile: Profile, authorities: Authorities, pages: &Arc<Pages>) -> Self {
        let https = Https::new(profile.clone(), authorities);
        let browser = BrowserCarrier::new(Arc::clone(pages));
        let (kept, rotating) = (Arc::clone(&https.kept), Arc::clone(&https.rotating));
        let all: Vec<Arc<dyn Carrier>> = vec![kept, rotating, Arc::new(browser), Arc::new(DnsCarrier::new())];
        Self::of(all, &profile).with_https(https)
    }

    /// These carriers, the best one first.
    #[must_use]
    pub fn of(carriers: Vec<Arc<dyn Carrier>>, profile: &Profile) -> Self {
        let names = carriers.iter().map(|carrier| carrier.name()).collect();
        Self {
            choice: Arc::new(Mutex::new(Choice::new(names, profile))),
            carriers,
            began: Instant::now(),
            profile: RwLock::new(Arc::new(profile.clone())),
            https: None,
            failed: Notify::new(),
            alarm: Mutex::default(),
        }
    }

    fn with_https(mut self, https: Https) -> Self {
        self.alarm.get_mut().words = Some(https.quiet.subscribe());
        self.https = Some(https);
        self
    }

    /// Whether a connection went quiet a little while ago, whatever came of it.
    fn was_quiet_lately(&self) -> bool {
        let (mut alarm, now) = (self.alarm.lock(), Instant::now());
        if alarm.words.as_ref().is_some_and(|words| !words.is_empty()) {
            alarm.words = self.https.as_ref().map(|https| https.quiet.subscribe());
            alarm.until = now.checked_add(ALARMED);
        }
        alarm.until.is_some_and(|until| now < until)
    }

    /// Behaves as this profile says from now on (CAR-7). Exchanges under way end as they began; what was remembered stays.
    pub fn set_profile(&self, profile: &Profile) {
        *self.profile.write() = Arc::new(profile.clone());
        self.choice.lock().set_profile(profile);
        if let Some(https) = &self.https {
            https.replace(profile.clone());
        }
    }

    /// The profile in use.
    #[must_use]
    pub fn profile(&self) -> Arc<Profile> {
        Arc::clone(&self.profile.read())
    }

    /// Tells, from now on, of relays of which nothing is heard (CAR-16).
    #[must_use]
    pub fn quiet(&self) -> broadcast::Receiver<Quiet> {
        self.https.as_ref().map_or_else(|| broadcast::channel(1).1, |https| https.quiet.subscribe())
    }

    /// Says which network this machine is in now, by any name that is the same when it comes back (CAR-43).
    pub fn set_network(&self, name: NetworkName) {
        self.choice.lock().set_network(name);
    }

    /// Returns when a carrier has failed since it was last asked: the machine may be in another network.
    pub async fn failed(&self) {
        self.failed.notified().await;
    }

    /// What is worth keeping of what is remembered (CAR-46).
    #[must_use]
    pub fn memory(&self) -> Memory {
        self.choice.lock().memory(self.now())
    }

    /// Rises when there is something new in the memory.
    #[must_use]
    pub fn memory_changes(&self) -> u64 {
        self.choice.lock().changes()
    }

    /// Takes up what was kept so long ago (CAR-47).
    pub fn recall(&self, memory: &Memory, ago: Duration) {
        let ago_ms = u64::try_from(ago.as_millis()).unwrap_or(u64::MAX);
        self.choice.lock().recall(memory, ago_ms, self.now());
    }

    /// What the carriers are called, the best one first.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        self.carriers.iter().map(|carrier| carrier.name()).collect()
    }

    /// Uses only the carrier of this name, or with `None` whichever works (CAR-45). Whether there is one of this name;
    /// if not, nothing is changed.
    #[must_use]
    pub fn pin(&self, name: Option<&str>) -> bool {
        self.choice.lock().pin(name)
    }

    /// The carrier that was chosen by hand.
    #[must_use]
    pub fn pinned(&self) -> Option<&'static str> {
        self.choice.lock().pinned()
    }

    /// How exchanges go on this network.
    #[must_use]
    pub fn way(&self) -> Way {
        self.told(self.choice.lock().overall())
    }

    /// How exchanges go with one relay.
    #[must_use]
    pub fn way_to(&self, relay: &RelayAddress) -> Way {
        self.told(self.choice.lock().way(&name_of(relay)))
    }

    /// With the word for a way that takes short requests alone (CAR-44).
    fn told(&self, way: Way) -> Way {
        let is_narrow = |carrier: &Arc<dyn Carrier>| carrier.request_bytes_max().is_some();
        let narrow = self.carriers.iter().any(|carrier| carrier.name() == way.carrier && is_narrow(carrier));
        match way.reason {
            Reason::Usual | Reason::Frozen | Reason::Blocked if narrow => Way { reason: Reason::Narrow, ..way },
            Reason::Usual
            | Reason::Frozen
            | Reason::Blocked
            | Reason::Narrow
            | Reason::Fingerprint
            | Reason::Trying
            | Reason::Down
            | Reason::Pinned => way,
        }
    }

    /// Those by which the relay can be asked at all.
    fn serving(&self, mut order: Vec<usize>, to: &RelayAddress) -> Vec<usize> {
        if self.pinned().is_some() {
            // that it can't is to be told
            return order;
        }
        order.retain(|way| self.carriers.get(*way).is_some_and(|carrier| carrier.serves(to)));
        order
    }

    fn now(&self) -> u64 {
        since(self.began)
    }

    async fn run(&self, attempt: &mut Attempt, to: &RelayAddress, body: Bytes) -> Result<Bytes, CarrierError> {
        let mut failed = CarrierError::Connect("there is no carrier".to_owned());
        loop {
            let way = match self.find(attempt, to).await {
                Ok(Some(way)) => way,
                Err(error) if failed != CarrierError::Pin => return Err(error),
                Ok(None) | Err(_) => return Err(failed),
            };
            let Some(carrier) = self.carriers.get(way) else { return Err(failed) };
            if let Some(max) = carrier.request_bytes_max().filter(|max| body.len() > *max) {
                failed = CarrierError::Narrow { max };
                continue;
            }
            let left = attempt.until.saturating_duration_since(Instant::now());
            attempt.under_way = true;
            let ended = carrier.exchange(to, body.clone(), left).await;
            attempt.under_way = false;
            match ended {
                Ok(answer) => {
                    attempt.worked = Some(way);
                    return Ok(answer);
                }
                Err(error) => {
                    let Some(failure) = self.failure(&error) else {
                        // A website that answers was reached.
                        let reached = matches!(error, CarrierError::Decoy { .. } | CarrierError::TooLarge { .. });
                        attempt.worked = reached.then_some(way);
                        return Err(error);
                    };
                    attempt.failures.push((way, failure));
                    if matches!(failure, Failure::Unreachable | Failure::Handshake) {
                        self.gives_up(attempt, way, failure);
                    }
                    if failure != Failure::Absent && failed != CarrierError::Pin {
                        failed = error;
                    }
                }
            }
        }
    }

    /// The first of the remaining carriers that has a way to the relay; the next one of another family may try as well
    /// once its head start is over, or at once after a failure.
    async fn find(&self, attempt: &mut Attempt, to: &RelayAddress) -> Result<Option<usize>, CarrierError> {
        let mut tries = Tries::new();
        let mut families: Vec<&'static str> = Vec::new();
        let mut failed = None;
        let mut is_next = true;
        let family = |way: &usize| self.carriers.get(*way).map_or("", |carrier| carrier.family());
        loop {
            let next = attempt.order.iter().copied().find(|way| is_next && !families.contains(&family(way)));
            if let Some((way, carrier)) = next.and_then(|way| Some((way, Arc::clone(self.carriers.get(way)?)))) {
                families.push(carrier.family());
                let to = to.clone();
                tries.spawn(async move { (way, carrier.ready(&to).await) });
            }
            let after = attempt.order.iter().copied().find(|way| !families.contains(&family(way)));
            let head_start =
                after.map_or_else(|| self.head_start(), |after| self.head_start_before(attempt, after, tries.len()));
            tokio::select! {
                Some(ended) = tries.join_next() => match ended {
                    Ok((way, Ok(()))) => {
                        attempt.order.retain(|one| *one != way);
                        self.hear_out(tries, &attempt.order, to);
                        return Ok(Some(way));
                    }
                    Ok((way, Err(error))) => {
                        let failure = self.failure(&error).ok_or_else(|| error.clone())?;
                        self.gives_up(attempt, way, failure);
                        // one that can't be used at all says nothing of those that are looking
                        is_next = failure != Failure::Absent || tries.is_empty();
                        if failure != Failure::Absent && failed != Some(CarrierError::Pin) {
                            failed = Some(error);
                        }
                    }
                    Err(error) => failed = Some(CarrierError::Broken(error.to_string())),
                },
                () = sleep(head_start), if after.is_some() => is_next = true,
                else => return failed.map_or(Ok(None), Err),
            }
        }
    }

    /// None of the family is asked any more: it has no way to the relay.
    fn gives_up(&self, attempt: &mut Attempt, way: usize, failure: Failure) {
        let family = |way: usize| self.carriers.get(way).map_or("", |carrier| carrier.family());
        let lost = family(way);
        let all = attempt.order.extract_if(.., |one| family(*one) == lost);
        attempt.failures.extend(all.map(|one| (one, failure)));
    }

    /// How long the carriers before this one may look for a way first. None where a connection was lost, which had all the
    /// time there was, or others have just shown what to expect. One that wants to be spared comes soon only where another
    /// has failed in this exchange, a connection has just gone quiet, or it was the way last time; and with more than one
    /// still looking they have a second, as the pages of a busy browser need.
    fn head_start_before(&self, attempt: &Attempt, way: usize, looking: usize) -> Duration {
        let has_failed = attempt.failures.iter().any(|(_, failure)| *failure != Failure::Absent);
        let own = self.carriers.get(way).and_then(|carrier| carrier.head_start());
        match own {
            Some(own) if !has_failed && attempt.last != Some(way) && !self.was_quiet_lately() => own,
            Some(_) if looking > 1 => SPARING,
            Some(_) => self.head_start(),
            None => {
                let lost = attempt.failures.iter().any(|(_, failure)| failure.is_loss());
                if lost || self.choice.lock().is_in_trouble(self.now()) { Duration::ZERO } else { self.head_start() }
            }
        }
    }

    /// Listens on to those that lost their head start: one that has no way to the relay at all would lose it each time
    /// anew (CAR-42).
    fn hear_out(&self, mut tries: Tries, order: &[usize], to: &RelayAddress) {
        if tries.is_empty() {
            return;
        }
        let family = |way: usize| self.carriers.get(way).map(|carrier| (way, carrier.family()));
        let families: Vec<(usize, &str)> = order.iter().copied().filter_map(family).collect();
        let (choice, relay, began, freeze_bytes) =
            (Arc::clone(&self.choice), name_of(to), self.began, self.freeze_bytes());
        tokio::spawn(async move {
            while let Some(ended) = tries.join_next().await {
                let Ok((way, Err(error))) = ended else { continue };
                let Some(failure) = failure(&error, &freeze_bytes) else { continue };
                let lost = families.iter().find(|(one, _)| *one == way).map_or("", |(_, family)| *family);
                let failed: Vec<(usize, Failure)> =
                    families.iter().filter(|(_, family)| *family == lost).map(|(one, _)| (*one, failure)).collect();
                choice.lock().failed_late(&relay, &failed, since(began));
            }
        });
    }

    fn failure(&self, error: &CarrierError) -> Option<Failure> {
        failure(error, &self.freeze_bytes())
    }

    fn head_start(&self) -> Duration {
        self.profile.read().head_start()
    }

    fn freeze_bytes(&self) -> RangeInclusive<u64> {
        let profile = self.profile.read();
        profile.freeze_bytes_min.into()..=profile.freeze_bytes_max.into()
    }
}

/// One exchange on its way through the carriers.
struct Attempt {
    order: Vec<usize>,
    until: Instant,
    failures: Vec<(usize, Failure)>,
    worked: Option<usize>,
    /// What worked with this relay last.
    last: Option<usize>,
    /// One that has a way to the relay has the exchange.
    under_way: bool,
}

impl Attempt {
    fn new(order: Vec<usize>, last: Option<usize>, until: Instant) -> Self {
        Self { order, until, failures: Vec::new(), worked: None, last, under_way: false }
    }
}

/// An exchange whose outcome is remembered, also when nobody waits for it any more: whoever asks several relays gives
/// up those that are in trouble.
struct Settling<'a> {
    carriers: &'a Carriers,
    relay: RelayName,
    attempt: Attempt,
    ended: bool,
}

impl Drop for Settling<'_> {
    fn drop(&mut self) {
        let Self { carriers, relay, attempt, ended } = self;
        if attempt.failures.iter().any(|(_, failure)| *failure != Failure::Absent) {
            carriers.failed.notify_one();
        }
        if attempt.worked.is_none() && attempt.failures.is_empty() {
            return;
        }
        let mut choice = carriers.choice.lock();
        if *ended || attempt.worked.is_some() {
            choice.settled(relay, &attempt.failures, attempt.worked, carriers.now());
        } else if attempt.under_way {
            choice.failed(relay, &attempt.failures, carriers.now());
        }
    }
}

#[async_trait::async_trait]
impl Carrier for Carriers {
    fn name(&self) -> &'static str {
        self.way().carrier
    }

    async fn ready(&self, to: &RelayAddress) -> Result<(), CarrierError> {
        let (order, last) = {
            let (choice, name) = (self.choice.lock(), name_of(to));
            (choice.order(&name, self.now()), choice.last(&name))
        };
        let mut attempt = Attempt::new(self.serving(order, to), last, Instant::now());
        self.find(&mut attempt, to).await.map(drop)
    }

    async fn exchange(&self, to: &RelayAddress, body: Bytes, limit: Duration) -> Result<Bytes, CarrierError> {
        let (relay, now) = (name_of(to), Instant::now());
        let until = now.checked_add(limit).unwrap_or(now);
        let (order, last) = {
            let mut choice = self.choice.lock();
            (choice.plan(&relay, self.now()), choice.last(&relay))
        };
        let attempt = Attempt::new(self.serving(order, to), last, until);
        let mut settling = Settling { carriers: self, relay, attempt, ended: false };
        let result = match timeout_at(until, self.run(&mut settling.attempt, to, body)).await {
            Ok(result) => result,
            Err(_elapsed) => Err(CarrierError::Timeout(limit)),
        };
        settling.ended = true;
        result
    }
}

/// Carriers that are looking for a way, by their places.
type Tries = JoinSet<(usize, Result<(), CarrierError>)>;

/// What kind of failure it is that another carrier may not have; `None`: the relay itself has answered.
fn failure(error: &CarrierError, freeze_bytes: &RangeInclusive<u64>) -> Option<Failure> {
    match error {
        CarrierError::Silent { heard_bytes, carried_bytes }
            if heard_bytes <= freeze_bytes.end() && carried_bytes >= freeze_bytes.start() =>
        {
            Some(Failure::Frozen)
        }
        CarrierError::Silent { .. } => Some(Failure::Silent),
        CarrierError::Broken(_) => Some(Failure::Lost),
        CarrierError::Connect(_) => Some(Failure::Unreachable),
        // another key is not the relay's: somebody stands in between
        CarrierError::Tls(_) | CarrierError::Pin => Some(Failure::Handshake),
        CarrierError::Absent(_) => Some(Failure::Absent),
        CarrierError::Address(_)
        | CarrierError::Timeout(_)
        | CarrierError::Decoy { .. }
        | CarrierError::TooLarge { .. }
        | CarrierError::Narrow { .. } => None,
    }
}

fn since(began: Instant) -> u64 {
    BEGINNING_MS.saturating_add(u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX))
}

fn name_of(relay: &RelayAddress) -> RelayName {
    (relay.host.clone(), relay.port)
}

#[cfg(test)]
mod tests;
