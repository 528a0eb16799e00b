//! Requests a second, and connections, from one address (IPv6: its /64).

use parking_lot::Mutex;
use std::{collections::HashMap, net::IpAddr, sync::Arc, time::Instant};
use wire::Source;

/// Requests a second that one address may make for long.
const REQUESTS_PER_SECOND: f64 = 100.0;
/// Requests that it may make at once.
const BURST: f64 = 300.0;
/// Addresses remembered; beyond that those that have their full burst back are forgotten.
const ADDRESSES_MAX: usize = 16_384;

/// A token bucket for each address. Loopback is exempt: what comes from there is the operator's own.
#[derive(Debug, Default)]
pub(super) struct RateLimiter {
    buckets: Mutex<HashMap<Source, Bucket>>,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    tokens: f64,
    at: Instant,
}

impl Bucket {
    fn refilled(self, now: Instant) -> f64 {
        let gained = now.saturating_duration_since(self.at).as_secs_f64() * REQUESTS_PER_SECOND;
        (self.tokens + gained).min(BURST)
    }
}

impl RateLimiter {
    /// Whether a request from this address may go on now.
    pub(super) fn admit(&self, address: IpAddr) -> bool {
        self.admit_at(address, Instant::now())
    }

    fn admit_at(&self, address: IpAddr, now: Instant) -> bool {
        if address.to_canonical().is_loopback() {
            return true;
        }
        let address = Source::of(address);
        let mut buckets = self.buckets.lock();
        if buckets.len() >= ADDRESSES_MAX && !buckets.contains_key(&address) {
            buckets.retain(|_, bucket| bucket.refilled(now) < BURST);
            if buckets.len() >= ADDRESSES_MAX {
                return false;
            }
        }
        let bucket = buckets.entry(address).or_insert(Bucket { tokens: BURST, at: now });
        let tokens = bucket.refilled(now);
        let admitted = tokens >= 1.0;
        *bucket = Bucket { tokens: if admitted { tokens - 1.0 } else { tokens }, at: now };
        admitted
    }
}

/// How many connections each address has open. Loopback is exempt: a proxy there speaks for many.
#[derive(Debug)]
pub(super) struct ConnectionSlots {
    per_address: usize,
    open: Mutex<HashMap<Source, usize>>,
}

/// A connection that is counted until it is dropped.
#[derive(Debug)]
pub(super) struct ConnectionShare {
    slots: Arc<ConnectionSlots>,
    address: Source,
}

impl ConnectionSlots {
    pub(super) fn new(per_address: usize) -> Self {
        Self { per_address, open: Mutex::default() }
    }

    /// Counts a connection, if its address may have one more. There are never more addresses than connections.
    pub(super) fn take(slots: &Arc<Self>, address: IpAddr) -> Option<ConnectionShare> {
        let is_own = address.to_canonical().is_loopback();
        let address = Source::of(address);
        let mut open = slots.open.lock();
        let count = open.get(&address).copied().unwrap_or(0);
        if count >= slots.per_address && !is_own {
            return None;
        }
        open.insert(address, count.saturating_add(1));
        Some(ConnectionShare { slots: Arc::clone(slots), address })
    }
}

impl Drop for ConnectionShare {
    fn drop(&mut self) {
        let mut open = self.slots.open.lock();
        let left = open.get(&self.address).copied().unwrap_or(0).saturating_sub(1);
        if left == 0 {
            open.remove(&self.address);
        } else {
            open.insert(self.address, left);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn an_address_gets_its_burst_and_then_its_rate_and_others_are_not_touched() {
        let limiter = RateLimiter::default();
        let (noisy, quiet) = (IpAddr::from([203, 0, 113, 1]), IpAddr::from([203, 0, 113, 2]));
        let now = Instant::now();
        let burst = (0..1000).filter(|_| limiter.admit_at(noisy, now)).count();
        assert_eq!(burst, 300);
        assert!(limiter.admit_at(quiet, now));
        let later = now + Duration::from_millis(100);
        let after = (0..1000).filter(|_| limiter.admit_at(noisy, later)).count();
        assert_eq!(after, 10);
        assert!((0..1000).all(|_| limiter.admit_at(IpAddr::from([127, 0, 0, 1]), now)));
    }

    #[test]
    fn an_address_has_only_so_many_connections_and_gets_them_back() {
        let slots = Arc::new(ConnectionSlots::new(2));
        let (noisy, quiet) = (IpAddr::from([203, 0, 113, 1]), IpAddr::from([203, 0, 113, 2]));
        let held: Vec<_> = (0..3).map(|_| ConnectionSlots::take(&slots, noisy)).collect();
        assert_eq!(held.iter().flatten().count(), 2);
        assert!(ConnectionSlots::take(&slots, quiet).is_some());
        let local: Vec<_> = (0..9).map(|_| ConnectionSlots::take(&slots, IpAddr::from([127, 0, 0, 1]))).collect();
        assert_eq!(local.iter().flatten().count(), 9);
        drop(held);
        assert!(ConnectionSlots::take(&slots, noisy).is_some());
        drop(local);
        assert!(slots.open.lock().is_empty());
    }
    #[test]
    fn one_ipv6_network_is_one_address() {
        let of = |network: u16, host: u16| IpAddr::from([0x2001, 0xdb8, 0, network, 0, 0, 0, host]);
        let slots = Arc::new(ConnectionSlots::new(2));
        let held: Vec<_> = (0..9).filter_map(|host| ConnectionSlots::take(&slots, of(1, host))).collect();
        assert_eq!(held.len(), 2);
        assert!(ConnectionSlots::take(&slots, of(2, 0)).is_some());
        let limiter = RateLimiter::default();
        let now = Instant::now();
        assert_eq!((0..1000).filter(|host| limiter.admit_at(of(1, *host), now)).count(), 300);
        assert!(limiter.admit_at(of(2, 0), now));
        assert!((0..1000).all(|_| limiter.admit_at(IpAddr::from(std::net::Ipv6Addr::LOCALHOST), now)));
    }
}
