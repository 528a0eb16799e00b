//! Shares of what all have together: places, bytes. Nobody has more than a part of it (MBX-62).

use parking_lot::Mutex;
use std::collections::BTreeMap;
use std::sync::Arc;

/// So much in all, and so much for each `K` (a source, a target).
#[derive(Debug)]
pub(crate) struct Shares<K> {
    max: u64,
    each_max: u64,
    taken: Mutex<Taken<K>>,
}

#[derive(Debug)]
struct Taken<K> {
    total: u64,
    of: BTreeMap<K, u64>,
}

impl<K: Ord + Clone> Shares<K> {
    pub(crate) fn new(max: u64, each_max: u64) -> Arc<Self> {
        Arc::new(Self { max, each_max, taken: Mutex::new(Taken { total: 0, of: BTreeMap::new() }) })
    }

    /// `amount` for `key`, given back when dropped; nothing if that is too much in all or for one.
    pub(crate) fn take(self: &Arc<Self>, key: K, amount: u64) -> Option<Share<K>> {
        let mut taken = self.taken.lock();
        let total = taken.total.checked_add(amount).filter(|total| *total <= self.max)?;
        let of_key = taken.of.get(&key).copied().unwrap_or(0).checked_add(amount);
        let of_key = of_key.filter(|of_key| *of_key <= self.each_max)?;
        // Only what is granted leaves an entry behind.
        taken.total = total;
        taken.of.insert(key.clone(), of_key);
        Some(Share { shares: Arc::clone(self), key, amount })
    }

    /// What is taken now, of all.
    pub(crate) fn taken(&self) -> u64 {
        self.taken.lock().total
    }

    #[cfg(test)]
    fn keys(&self) -> usize {
        self.taken.lock().of.len()
    }
}

/// A part, given back when dropped.
#[derive(Debug)]
pub(crate) struct Share<K: Ord + Clone> {
    shares: Arc<Shares<K>>,
    key: K,
    amount: u64,
}

impl<K: Ord + Clone> Share<K> {
    /// Parts at most `amount` off, to be given back by itself.
    pub(crate) fn part(&mut self, amount: u64) -> Self {
        let amount = amount.min(self.amount);
        self.amount = self.amount.saturating_sub(amount);
        Self { shares: Arc::clone(&self.shares), key: self.key.clone(), amount }
    }

    /// Puts another part of the same, for the same `K`, to this one.
    pub(crate) fn join(&mut self, mut other: Self) {
        self.amount = self.amount.saturating_add(std::mem::take(&mut other.amount));
    }
}

impl<K: Ord + Clone> Drop for Share<K> {
    fn drop(&mut self) {
        let mut taken = self.shares.taken.lock();
        taken.total = taken.total.saturating_sub(self.amount);
        let Some(of_key) = taken.of.get_mut(&self.key) else { return };
        *of_key = of_key.saturating_sub(self.amount);
        if *of_key == 0 {
            taken.of.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_gets_its_part_and_others_the_rest() {
        let shares = Shares::new(10, 6);
        let first = shares.take('a', 6).unwrap();
        assert!(shares.take('a', 1).is_none(), "a's part");
        let second = shares.take('b', 4).unwrap();
        assert!(shares.take('c', 1).is_none(), "all");
        assert_eq!(shares.taken(), 10);
        drop(first);
        assert!(shares.take('c', 6).is_some());
        drop(second);
        assert_eq!((shares.taken(), shares.keys()), (0, 0));
    }

    #[test]
    fn who_gets_nothing_leaves_no_entry_behind() {
        let shares = Shares::new(1, 1);
        let _taken = shares.take(0, 1).unwrap();
        for key in 1..1_000 {
            assert!(shares.take(key, 1).is_none());
        }
        assert_eq!(shares.keys(), 1);
    }

    #[test]
    fn parts_that_were_joined_come_back_together() {
        let shares = Shares::new(10, 10);
        let mut share = shares.take('a', 0).unwrap();
        share.join(shares.take('a', 4).unwrap());
        share.join(shares.take('a', 6).unwrap());
        assert!(shares.take('a', 1).is_none());
        drop(share);
        assert_eq!((shares.taken(), shares.keys()), (0, 0));
    }

    #[test]
    fn a_share_comes_back_in_parts() {
        let shares = Shares::new(10, 10);
        let mut share = shares.take('a', 10).unwrap();
        let parts: Vec<_> = (0..3).map(|_| share.part(4)).collect();
        drop(share);
        assert_eq!(shares.taken(), 10);
        drop(parts);
        assert_eq!((shares.taken(), shares.keys()), (0, 0));
    }
}
