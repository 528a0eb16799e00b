//! The `browser` disguise: the person's own page makes the requests by `fetch`, so that the fingerprints of TLS and
//! HTTP are those of the browser that they use anyway (CAR-60 to CAR-65).

use crate::https::{PerRelay, authority_of};
use crate::pages::{Lost, Pages};
use crate::{Carrier, CarrierError};
use bytes::Bytes;
use parking_lot::Mutex;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout};
use wire::RelayAddress;

/// How long it is believed that a relay can be reached before the browser looks again.
const BELIEVED: Duration = Duration::from_secs(10);
/// How long it is believed that it can't.
const DISBELIEVED: Duration = Duration::from_secs(1);
/// What a website answers for a path that does not exist. A page is not told: the answer names no page that may read it.
const NOT_FOUND: u16 = 404;
/// Time for a look: name, TCP, TLS and one answer.
const LOOK: Duration = Duration::from_secs(5);

/// Exchanges by `fetch` in an open page.
#[derive(Debug)]
pub struct BrowserCarrier {
    pages: Arc<Pages>,
    reach: PerRelay<Arc<Mutex<Reach>>>,
    /// Exchanges in a row that ended unread although their page went on, by the whole address.
    unread: PerRelay<Arc<AtomicU32>, RelayAddress>,
    believed: Duration,
    look: Duration,
}

/// The last look at a relay: when it began, and what it saw once it is done.
type Reach = Option<(Instant, watch::Receiver<Option<Result<(), CarrierError>>>)>;

impl BrowserCarrier {
    /// Its name.
    pub(crate) const NAME: &'static str = "browser";

    /// A carrier that these pages lend their browser to.
    #[must_use]
    pub fn new(pages: Arc<Pages>) -> Self {
        Self { pages, reach: PerRelay::default(), unread: PerRelay::default(), believed: BELIEVED, look: LOOK }
    }

    fn reach(&self, to: &RelayAddress) -> Arc<Mutex<Reach>> {
        let made: Result<_, std::convert::Infallible> = self.reach.get(to, || Ok(Arc::default()));
        let Ok(reach) = made;
        reach
    }

    /// The look at a relay that is believed or under way; else a new one, which goes on when nobody waits for it.
    fn look(&self, to: &RelayAddress) -> watch::Receiver<Option<Result<(), CarrierError>>> {
        let reach = self.reach(to);
        let mut reach = reach.lock();
        if let Some((began, look)) = &*reach {
            let is_good = match &*look.borrow() {
                None => true,
                Some(Ok(())) => began.elapsed() < self.believed,
                Some(Err(_)) => began.elapsed() < DISBELIEVED,
            };
            if is_good {
                return look.clone();
            }
        }
        let (done, look) = watch::channel(None);
        *reach = Some((Instant::now(), look.clone()));
        let (pages, url, limit) = (Arc::clone(&self.pages), format!("https://{}/", authority_of(to)), self.look);
        tokio::spawn(async move {
            let seen = match timeout(limit, pages.fetch(url, None)).await {
                Ok(seen) => seen.map(drop).map_err(|lost| lost.of_look()),
                Err(_) => Err(CarrierError::Connect(format!("the browser took longer than {limit:?}"))),
            };
            done.send_replace(Some(seen));
        });
        look
    }

    fn heard(&self, to: &RelayAddress) {
        *self.reach(to).lock() = Some((Instant::now(), watch::channel(Some(Ok(()))).1));
    }

    async fn fetch(&self, to: &RelayAddress, body: Bytes) -> Result<Bytes, CarrierError> {
        let url = format!("https://{}/{}", authority_of(to), to.secret_path);
        let made: Result<_, std::convert::Infallible> = self.unread.get_by(to.clone(), || Ok(Arc::default()));
        let Ok(unread) = made;
        match self.pages.fetch(url, Some(body)).await {
            Ok((status, answer)) => {
                unread.store(0, Ordering::Relaxed);
                self.heard(to);
                if status == 200 { Ok(answer) } else { Err(CarrierError::of_status(status)) }
            }
            Err(lost) => {
                let is_unread = matches!(lost, Lost::Failed(_));
                let error = lost.of_exchange();
                let again = is_unread && unread.fetch_add(1, Ordering::Relaxed) >= 1;
                if again && self.looks_anew(to).await {
                    Err(CarrierError::Decoy { status: NOT_FOUND })
                } else {
                    Err(error)
                }
            }
        }
    }

    /// Whether the relay's website is there now, whatever was believed.
    async fn looks_anew(&self, to: &RelayAddress) -> bool {
        *self.reach(to).lock() = None;
        self.ready(to).await.is_ok()
    }

    /// Returns when the browser does not reach the relay any more.
    async fn silence(&self, to: &RelayAddress) -> CarrierError {
        loop {
            sleep(self.believed).await;
            if self.ready(to).await.is_err() {
                return CarrierError::Broken("the browser does not reach the relay any more".to_owned());
            }
        }
    }
}

#[async_trait::async_trait]
impl Carrier for BrowserCarrier {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn serves(&self, to: &RelayAddress) -> bool {
        !is_here(&to.host) && self.pages.count() > 0
    }

    async fn ready(&self, to: &RelayAddress) -> Result<(), CarrierError> {
        if is_here(&to.host) {
            return Err(CarrierError::Absent("no censor is on the way to a relay on this machine"));
        }
        if self.pages.count() == 0 {
            return Err(CarrierError::Absent("no page is open"));
        }
        let mut look = self.look(to);
        match look.wait_for(Option::is_some).await.map(|seen| seen.clone()) {
            Ok(Some(seen)) => seen,
            Ok(None) | Err(_) => Err(CarrierError::Absent("the carrier is being stopped")),
        }
    }

    async fn exchange(&self, to: &RelayAddress, body: Bytes, limit: Duration) -> Result<Bytes, CarrierError> {
        let run = async {
            tokio::select! {
                answer = self.fetch(to, body) => answer,
                error = self.silence(to) => Err(error),
            }
        };
        timeout(limit, run).await.unwrap_or(Err(CarrierError::Timeout(limit)))
    }
}

fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

impl Lost {
    fn of_look(self) -> CarrierError {
        match self {
            Self::Failed(why) => CarrierError::Connect(why),
            other @ (Self::NoPage(_) | Self::Closed | Self::TooLarge) => other.of_exchange(),
        }
    }

    fn of_exchange(self) -> CarrierError {
        match self {
            Self::NoPage(why) => CarrierError::Absent(why),
            Self::Closed => CarrierError::Absent("the page was closed"),
            Self::Failed(why) => CarrierError::Broken(why),
            Self::TooLarge => CarrierError::TooLarge { max: crate::https::REPLY_BYTES_MAX },
        }
    }
}

#[cfg(test)]
mod tests;
