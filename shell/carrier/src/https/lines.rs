//! What is known of each relay, shared by the ways that lead to it: TLS sessions, patience.

use super::dial::Line;
use super::patience::Patience;
use crate::{
    CarrierError, Quiet,
    profile::Profile,
    tls::{self, Authorities},
};
use parking_lot::Mutex;
use std::collections::VecDeque;
use std::sync::Arc;
use tokio::sync::{Notify, broadcast};
use tokio::time::Instant;
use wire::RelayAddress;

/// Relays that are kept; the one unused for longest gives way.
pub(crate) const RELAYS_KEPT_MAX: usize = 64;
/// Words about quiet connections that are kept for who listens; of a missed one the exchanges tell later.
const QUIET_KEPT_MAX: usize = 64;

/// One thing for each relay, the newest [`RELAYS_KEPT_MAX`] of them.
#[derive(Debug)]
pub(crate) struct PerRelay<T, K = Key>(Mutex<VecDeque<(K, T)>>);

/// Connections are shared only between addresses that agree in all of this.
type Key = (String, u16, Option<[u8; 32]>);

impl<T, K> Default for PerRelay<T, K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> PerRelay<T> {
    /// What is kept for the relay, made if there is nothing yet.
    pub(crate) fn get<E>(&self, to: &RelayAddress, make: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        self.get_by((to.host.clone(), to.port, to.tls_pin), make)
    }
}

impl<T: Clone, K: PartialEq> PerRelay<T, K> {
    /// The same under a key that agrees in more.
    pub(crate) fn get_by<E>(&self, key: K, make: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let mut kept = self.0.lock();
        let found = kept.iter().position(|(one, _)| *one == key).and_then(|index| kept.remove(index));
        let entry = match found {
            Some(entry) => entry,
            None => (key, make()?),
        };
        let value = entry.1.clone();
        kept.push_back(entry);
        if kept.len() > RELAYS_KEPT_MAX {
            kept.pop_front();
        }
        Ok(value)
    }
}

/// The lines to all relays.
#[derive(Debug)]
pub(crate) struct Lines {
    pub(crate) profile: Arc<Profile>,
    authorities: Authorities,
    pub(crate) quiet: broadcast::Sender<Quiet>,
    lines: PerRelay<Arc<Line>>,
}

impl Default for Lines {
    fn default() -> Self {
        Self::new(Profile::default(), Authorities::default())
    }
}

impl Lines {
    pub(crate) fn new(profile: Profile, authorities: Authorities) -> Self {
        Self::telling(profile, authorities, broadcast::channel(QUIET_KEPT_MAX).0)
    }

    /// The same, which tell whoever listens to this already.
    pub(crate) fn telling(profile: Profile, authorities: Authorities, quiet: broadcast::Sender<Quiet>) -> Self {
        Self { profile: Arc::new(profile), authorities, quiet, lines: PerRelay::default() }
    }

    pub(crate) fn get(&self, to: &RelayAddress) -> Result<Arc<Line>, CarrierError> {
        self.lines.get(to, || {
            let mut config = tls::client_config_with(to.tls_pin, &self.authorities)?;
            config.alpn_protocols = self.profile.alpn.iter().map(|name| name.clone().into_bytes()).collect();
            Ok(Arc::new(Line {
                to: to.clone(),
                tls: Arc::new(config),
                profile: Arc::clone(&self.profile),
                patience: Mutex::new(Patience::new(&self.profile)),
                began: Instant::now(),
                freed: Notify::new(),
                quiet: self.quiet.clone(),
            }))
        })
    }
}
