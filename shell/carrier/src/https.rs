//! The `https` disguise: each exchange is an ordinary short HTTP/2 (or 1.1) POST under the relay's secret path, over
//! connections that are kept and shared per relay.

mod connection;
mod dial;
pub(crate) mod lines;
mod meter;
mod patience;
mod rotating;

pub use rotating::RotatingCarrier;

pub(crate) use connection::{REPLY_BYTES_MAX, authority_of};
pub(crate) use lines::PerRelay;

use crate::{Carrier, CarrierError, Quiet, profile::Profile, tls::Authorities};
use bytes::Bytes;
use connection::{Connection, Place};
use dial::{Line, dial};
use lines::Lines;
use parking_lot::Mutex;
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::sync::{broadcast, watch};
use wire::RelayAddress;

/// Exchanges over HTTPS. Cheap to share behind an `Arc`; keeps its connections until dropped.
#[derive(Debug, Default)]
pub struct HttpsCarrier {
    lines: Arc<Lines>,
    pools: PerRelay<Arc<Pool>>,
}

impl HttpsCarrier {
    /// A carrier without connections, with the built-in profile.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A carrier that behaves as a profile says.
    #[must_use]
    pub fn with_profile(profile: Profile) -> Self {
        Self::trusting(profile, Authorities::default())
    }

    /// The same, which believes these authorities where a relay's key is not pinned.
    #[must_use]
    pub fn trusting(profile: Profile, authorities: Authorities) -> Self {
        Self::on(Arc::new(Lines::new(profile, authorities)))
    }

    /// One that takes the place of another: whoever listens for quiet connections hears of its own.
    pub(crate) fn in_place(profile: Profile, authorities: Authorities, quiet: broadcast::Sender<Quiet>) -> Self {
        Self::on(Arc::new(Lines::telling(profile, authorities, quiet)))
    }

    /// A carrier from relay to relay: HTTP/2 only, as every relay speaks it.
    #[must_use]
    pub fn between_relays(authorities: Authorities) -> Self {
        Self::trusting(Profile { alpn: vec!["h2".to_owned()], ..Profile::default() }, authorities)
    }

    pub(crate) fn on(lines: Arc<Lines>) -> Self {
        Self { lines, pools: PerRelay::default() }
    }

    /// This carrier's twin that rotates its connections: they share what is known of the relays.
    #[must_use]
    pub fn rotating(&self) -> RotatingCarrier {
        RotatingCarrier::on(Arc::clone(&self.lines))
    }

    /// Tells of quiet connections, also of its twin's.
    pub(crate) fn quiet(&self) -> broadcast::Sender<Quiet> {
        self.lines.quiet.clone()
    }

    fn pool(&self, to: &RelayAddress) -> Result<Arc<Pool>, CarrierError> {
        self.pools.get(to, || Ok(Arc::new(Pool { line: self.lines.get(to)?, state: Mutex::default() })))
    }
}

#[async_trait::async_trait]
impl Carrier for HttpsCarrier {
    fn name(&self) -> &'static str {
        "https"
    }

    async fn ready(&self, to: &RelayAddress) -> Result<(), CarrierError> {
        self.pool(to)?.place().await.map(drop)
    }

    async fn exchange(&self, to: &RelayAddress, body: Bytes, timeout: Duration) -> Result<Bytes, CarrierError> {
        let pool = self.pool(to)?;
        let run = async {
            // A connection may have been closed since it was last used. Whoever takes it up then is not to blame.
            let first = pool.place().await?.post(to, body.clone()).await;
            match first {
                Err(failed) if failed.unsent => pool.place().await?.post(to, body).await,
                answered => answered,
            }
            .map_err(|failed| failed.error)
        };
        match tokio::time::timeout(timeout, run).await {
            Ok(result) => result,
            Err(_elapsed) => Err(CarrierError::Timeout(timeout)),
        }
    }
}

/// The connections to one relay.
#[derive(Debug)]
struct Pool {
    line: Arc<Line>,
    state: Mutex<PoolState>,
}

#[derive(Debug, Default)]
struct PoolState {
    connections: Vec<Arc<Connection>>,
    /// The one connection in the making, which all wait for.
    dialling: Option<watch::Receiver<Option<Dialled>>>,
}

type Dialled = Result<Arc<Connection>, CarrierError>;

impl Pool {
    /// A place on a connection that speaks; exchanges that begin together share a new one.
    async fn place(self: &Arc<Self>) -> Result<Place, CarrierError> {
        loop {
            let mut dialling = match self.look() {
                Ok(place) => return Ok(place),
                Err(dialling) => dialling,
            };
            let dialled = dialling.wait_for(Option::is_some).await.map(|dialled| dialled.clone());
            let Ok(Some(dialled)) = dialled else {
                return Err(CarrierError::Connect("the carrier is being stopped".to_owned()));
            };
            if let Some(place) = dialled?.take(0) {
                return Ok(place);
            }
        }
    }

    fn look(self: &Arc<Self>) -> Result<Place, watch::Receiver<Option<Dialled>>> {
        let mut state = self.state.lock();
        state.connections.retain(|connection| !connection.has_ended());
        if let Some(place) = state.connections.iter().rev().find_map(|connection| connection.take(0)) {
            return Ok(place);
        }
        if let Some(dialling) = &state.dialling {
            return Err(dialling.clone());
        }
        let (done, dialling) = watch::channel(None);
        state.dialling = Some(dialling.clone());
        let (line, pool) = (Arc::clone(&self.line), Arc::downgrade(self));
        tokio::spawn(async move {
            let dialled = dial(&line).await;
            finish(&pool, &dialled);
            done.send_replace(Some(dialled));
        });
        Err(dialling)
    }
}

fn finish(pool: &Weak<Pool>, dialled: &Dialled) {
    match (pool.upgrade(), dialled) {
        (Some(pool), dialled) => {
            let mut state = pool.state.lock();
            state.dialling = None;
            state.connections.extend(dialled.clone().ok());
        }
        (None, Ok(connection)) => connection.retire(),
        (None, Err(_)) => {}
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.state.lock().connections.iter().for_each(|connection| connection.retire());
    }
}

/// One exchange over a stream behind its TLS, whoever is at the other end: the checks of `hostile`.
#[cfg(any(test, feature = "test-suite"))]
pub(crate) async fn exchange_over(
    stream: impl tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
    is_http2: bool,
    line: &Arc<Line>,
    body: Bytes,
) -> Result<Bytes, CarrierError> {
    let meter = meter::Meter::new(patience::Link::new(&line.profile));
    let stream = meter::Metered::new(stream, Arc::clone(&meter));
    let connection = dial::begin(stream, is_http2, meter, line).await?;
    let place = connection.take(0).ok_or_else(|| CarrierError::Broken("it has ended already".to_owned()))?;
    let answer = place.post(&line.to, body).await;
    connection.retire();
    answer.map_err(|failed| failed.error)
}

#[cfg(test)]
mod tests;
