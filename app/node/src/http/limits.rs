//! Requests a second from one address.

use parking_lot::Mutex;
use std::{collections::HashMap, net::IpAddr, time::Instant};

/// Requests a second that one address may make for long.
const REQUESTS_PER_SECOND: f64 = 100.0;
/// Requests that it may make at once.
const BURST: f64 = 300.0;
/// Addresses remembered; beyond that those that have their full burst back are forgotten.
const ADDRESSES_MAX: usize = 16_384;

/// A token bucket for each address. Loopback is exempt: what comes from there is the operator's own.
#[derive(Debug, Default)]
pub(super) struct RateLimiter {
    buckets: Mutex<HashMap<IpAddr, Bucket>>,
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
        let address = address.to_canonical();
        if address.is_loopback() {
            return true;
        }
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
}
