//! What a stranger can use of a relay (MBX-20, MBX-60 to MBX-69): token buckets and the operator's numbers.

use std::collections::{BTreeMap, VecDeque};
/// Who a request came from, as far as the relay can tell. Behind a hop it is the entry relay.
pub use wire::Source;
use wire::UnixMillis;

/// How fast something may happen: `burst` at once, then `per_second`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Tokens regained in a second.
    pub per_second: u32,
    /// Tokens of a full bucket.
    pub burst: u32,
}

/// The operator's numbers. The defaults suit a small public relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Mailboxes in all.
    pub mailboxes_max: u64,
    /// Bytes of cells in all.
    pub cell_bytes_max: u64,
    /// Cells in one mailbox of the free allowance.
    pub free_quota_cells: u32,
    /// New mailboxes of one source without stamps.
    pub free_mailboxes: Rate,
    /// Deposits into one mailbox without stamps.
    pub free_deposits: Rate,
    /// KiB of cells from one source without stamps.
    pub free_cell_kib: Rate,
    /// What each mailbox may still hold when the relay is four fifths full, in bytes.
    pub share_when_full_bytes: u64,
    /// With less than this free on its disk the relay takes nothing new: deleting needs room too.
    pub disk_reserve_bytes: u64,
    /// Fetches that wait, in all.
    pub polls_max: usize,
    /// Fetches of one source that wait.
    pub polls_per_source_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            mailboxes_max: 1_000_000,
            cell_bytes_max: 16 * 1024 * 1024 * 1024,
            free_quota_cells: 4_096,
            free_mailboxes: Rate { per_second: 5, burst: 2_000 },
            free_deposits: Rate { per_second: 50, burst: 500 },
            // An entry relay brings many people's: half a gigabyte at once, then 32 small cells a second.
            free_cell_kib: Rate { per_second: 64, burst: 512 * 1024 },
            share_when_full_bytes: 128 * 1024,
            disk_reserve_bytes: 256 * 1024 * 1024,
            polls_max: 20_000,
            // An eighth, as of everything that all share.
            polls_per_source_max: 2_500,
        }
    }
}

/// Buckets kept at once in one table; the oldest gives way, which costs a flooder with that many addresses nothing
/// and everybody else one forgotten debt.
pub const BUCKETS_MAX: usize = 65_536;

/// One token in the bucket's own unit, so that slow rates lose nothing to rounding.
const TOKEN: u64 = 1_000;
/// Who reads the clock first may come second, and no token comes of that. A clock that goes back by more was set.
const CLOCK_JITTER_MS: u64 = 1_000;

#[derive(Clone, Copy, Debug)]
struct Bucket {
    /// Thousandths of a token.
    level: u64,
    at: UnixMillis,
}

impl Rate {
    /// A full bucket, in the bucket's unit.
    fn full(self) -> u64 {
        u64::from(self.burst).saturating_mul(TOKEN)
    }
}

impl Bucket {
    /// Takes in what has come back by now. A clock that was set back gives nothing, takes nothing, and is not waited for.
    fn regain(&mut self, rate: Rate, now: UnixMillis) {
        if self.at.since(now) > CLOCK_JITTER_MS {
            self.at = now;
        }
        let regained = now.since(self.at).saturating_mul(u64::from(rate.per_second));
        self.level = self.level.saturating_add(regained).min(rate.full());
        self.at = self.at.max(now);
    }
}

/// Token buckets by key, bounded in number.
#[derive(Debug)]
pub struct RateTable<K> {
    rate: Rate,
    buckets: BTreeMap<K, Bucket>,
    /// Keys from the oldest to the newest bucket.
    order: VecDeque<K>,
}

impl<K: Ord + Clone> RateTable<K> {
    /// An empty table.
    #[must_use]
    pub fn new(rate: Rate) -> Self {
        Self { rate, buckets: BTreeMap::new(), order: VecDeque::new() }
    }

    /// Takes a token of `key`'s bucket, or says after how many milliseconds there will be one.
    pub fn take(&mut self, key: &K, now: UnixMillis) -> Result<(), u32> {
        self.take_many(key, 1, now)
    }

    /// Gives a token back that was taken for what turned out to cost none.
    pub fn give_back(&mut self, key: &K) {
        let full = self.rate.full();
        if let Some(bucket) = self.buckets.get_mut(key) {
            bucket.level = bucket.level.saturating_add(TOKEN).min(full);
        }
    }

    /// Takes all these tokens of `key`'s bucket, or none and says after how many milliseconds there will be so many.
    pub fn take_many(&mut self, key: &K, tokens: u32, now: UnixMillis) -> Result<(), u32> {
        let wanted = u64::from(tokens).saturating_mul(TOKEN);
        let (rate, per_ms) = (self.rate, u64::from(self.rate.per_second));
        if !self.buckets.contains_key(key) {
            self.insert(key.clone(), Bucket { level: rate.full(), at: now });
        }
        let Some(bucket) = self.buckets.get_mut(key) else { return Ok(()) };
        bucket.regain(rate, now);
        match bucket.level.checked_sub(wanted) {
            Some(rest) => {
                bucket.level = rest;
                Ok(())
            }
            None => {
                let missing = wanted.saturating_sub(bucket.level);
                let wait = missing.checked_div(per_ms).map_or(u64::from(u32::MAX), |ms| ms.saturating_add(1));
                Err(u32::try_from(wait).unwrap_or(u32::MAX))
            }
        }
    }

    /// Forgets buckets that are full again.
    pub fn forget_full(&mut self, now: UnixMillis) {
        let rate = self.rate;
        self.buckets.retain(|_, bucket| {
            bucket.regain(rate, now);
            bucket.level < rate.full()
        });
        let buckets = &self.buckets;
        self.order.retain(|key| buckets.contains_key(key));
    }

    /// Buckets held.
    #[must_use]
    pub fn len(&self) -> usize {
        self.buckets.len()
    }

    /// None held.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.buckets.is_empty()
    }

    fn insert(&mut self, key: K, bucket: Bucket) {
        if self.buckets.len() >= BUCKETS_MAX
            && let Some(oldest) = self.order.pop_front()
        {
            self.buckets.remove(&oldest);
        }
        self.buckets.insert(key.clone(), bucket);
        self.order.push_back(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::MemoryStore;
    use crate::relay::RelayCore;

    #[test]
    fn a_burst_passes_then_the_rate_holds() {
        let mut table = RateTable::new(Rate { per_second: 2, burst: 3 });
        for _ in 0..3 {
            assert_eq!(table.take(&1, UnixMillis(0)), Ok(()));
        }
        assert_eq!(table.take(&1, UnixMillis(0)), Err(501));
        assert_eq!(table.take(&2, UnixMillis(0)), Ok(()));
        assert_eq!(table.take(&1, UnixMillis(501)), Ok(()));
        assert!(table.take(&1, UnixMillis(501)).is_err());
    }

    #[test]
    fn several_tokens_are_taken_together_or_not_at_all() {
        let mut table = RateTable::new(Rate { per_second: 1, burst: 10 });
        assert_eq!(table.take_many(&1, 8, UnixMillis(0)), Ok(()));
        assert_eq!(table.take_many(&1, 3, UnixMillis(0)), Err(1_001));
        assert_eq!(table.take_many(&1, 2, UnixMillis(0)), Ok(()));
        assert_eq!(table.take(&1, UnixMillis(0)), Err(1_001));
    }

    #[test]
    fn a_token_given_back_can_be_taken_again_and_makes_no_more_than_a_full_bucket() {
        let mut table = RateTable::new(Rate { per_second: 1, burst: 1 });
        table.give_back(&1);
        assert!(table.is_empty());
        assert_eq!(table.take(&1, UnixMillis(0)), Ok(()));
        table.give_back(&1);
        assert_eq!(table.take(&1, UnixMillis(0)), Ok(()));
        // it has come back by itself meanwhile
        assert_eq!(table.take(&1, UnixMillis(1_000)), Ok(()));
        table.give_back(&1);
        table.give_back(&1);
        assert_eq!(table.take(&1, UnixMillis(1_000)), Ok(()));
        assert_eq!(table.take(&1, UnixMillis(1_000)), Err(1_001));
    }

    #[test]
    fn a_clock_that_goes_back_and_forth_gives_no_tokens_and_one_that_was_set_back_is_not_waited_for() {
        let mut table = RateTable::new(Rate { per_second: 1_000, burst: 1 });
        assert_eq!(table.take(&1, UnixMillis(9_000_000)), Ok(()));
        for _ in 0..1_000 {
            assert!(table.take(&1, UnixMillis(8_999_000)).is_err());
            assert!(table.take(&1, UnixMillis(9_000_000)).is_err());
        }
        for back in [5, 4] {
            assert_eq!(table.take(&1, UnixMillis(back)), Err(2), "going back gives none");
        }
        assert_eq!(table.take(&1, UnixMillis(6)), Ok(()), "and from there it goes on");
        table.take(&2, UnixMillis(9_000_000)).unwrap();
        table.forget_full(UnixMillis(7));
        assert_eq!(table.len(), 1);
        table.forget_full(UnixMillis(8));
        assert!(table.is_empty());
    }

    #[test]
    fn a_relay_whose_clock_goes_back_sweeps_on() {
        let (now, back) = (UnixMillis(9_000_000), UnixMillis(5));
        let mut relay = RelayCore::new(MemoryStore::default(), Limits::default(), now).unwrap();
        relay.handle_timeout(now);
        let each_ms = relay.next_timeout().since(now);
        relay.handle_timeout(back);
        assert_eq!(relay.next_timeout(), back.plus_ms(each_ms));
    }

    #[test]
    fn the_table_never_grows_past_its_bound() {
        let mut table = RateTable::new(Rate { per_second: 1, burst: 1 });
        for key in 0..BUCKETS_MAX + 10 {
            table.take(&key, UnixMillis(0)).unwrap();
        }
        assert_eq!(table.len(), BUCKETS_MAX);
        table.forget_full(UnixMillis(2_000));
        assert!(table.is_empty());
    }
}
