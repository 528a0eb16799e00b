//! How much the faucet gives: per request, per address and in all.

use std::collections::BTreeMap;

use tycho_types::models::StdAddr;
use wire::Gram;

use super::GiveError;

/// Addresses that are remembered; when they are full, only known ones get more.
const ADDRESSES_MAX: usize = 100_000;

/// How much the faucet gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FaucetLimits {
    /// In one request.
    pub request_max: Gram,
    /// To one address.
    pub address_max: Gram,
    /// To all together.
    pub total_max: Gram,
}

impl FaucetLimits {
    /// For money without worth: 10,000 Gram at a time, 100,000 to an address, a fifth of everything in all.
    pub const DEVNET: Self =
        Self { request_max: gram(10_000), address_max: gram(100_000), total_max: gram(1_000_000_000) };
}

const fn gram(whole: u32) -> Gram {
    let nano = (whole as u128).saturating_mul(wire::amount::NANO_PER_GRAM);
    match Gram::from_nano(nano) {
        Some(gram) => gram,
        None => Gram::ZERO,
    }
}

/// What was given and promised since the faucet started.
pub(super) struct Ledger {
    limits: FaucetLimits,
    by_address: BTreeMap<StdAddr, u128>,
    total: u128,
}

impl Ledger {
    pub(super) fn new(limits: FaucetLimits) -> Self {
        Self { limits, by_address: BTreeMap::new(), total: 0 }
    }

    pub(super) fn limits(&self) -> &FaucetLimits {
        &self.limits
    }

    /// What all together may still have.
    pub(super) fn left(&self) -> Gram {
        Gram::from_nano(self.limits.total_max.nano().saturating_sub(self.total)).unwrap_or(Gram::ZERO)
    }

    /// Counts an amount before it is paid.
    pub(super) fn reserve(&mut self, to: &StdAddr, amount: Gram) -> Result<(), GiveError> {
        if amount.nano() == 0 {
            return Err(GiveError::Amount);
        }
        if amount > self.limits.request_max {
            return Err(GiveError::TooMuch { max: self.limits.request_max });
        }
        let had = self.by_address.get(to).copied();
        let share = had.unwrap_or(0).saturating_add(amount.nano());
        if share > self.limits.address_max.nano() {
            return Err(GiveError::AddressLimit { max: self.limits.address_max });
        }
        let total = self.total.saturating_add(amount.nano());
        if total > self.limits.total_max.nano() || (had.is_none() && self.by_address.len() >= ADDRESSES_MAX) {
            return Err(GiveError::TotalLimit);
        }
        self.by_address.insert(to.clone(), share);
        self.total = total;
        Ok(())
    }

    /// Takes back what was counted and not paid.
    pub(super) fn release(&mut self, to: &StdAddr, amount: Gram) {
        let left = self.by_address.get(to).map(|share| share.saturating_sub(amount.nano()));
        match left {
            Some(0) => {
                self.by_address.remove(to);
            }
            Some(share) => {
                self.by_address.insert(to.clone(), share);
            }
            None => {}
        }
        self.total = self.total.saturating_sub(amount.nano());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tycho_types::cell::HashBytes;

    fn address(byte: u8) -> StdAddr {
        StdAddr::new(0, HashBytes([byte; 32]))
    }

    fn nano(nano: u128) -> Gram {
        Gram::from_nano(nano).unwrap()
    }

    fn ledger() -> Ledger {
        Ledger::new(FaucetLimits { request_max: nano(10), address_max: nano(15), total_max: nano(25) })
    }

    #[test]
    fn a_request_an_address_and_all_together_have_limits() {
        let mut ledger = ledger();
        assert_eq!(ledger.reserve(&address(1), nano(0)), Err(GiveError::Amount));
        assert!(matches!(ledger.reserve(&address(1), nano(11)), Err(GiveError::TooMuch { .. })));
        assert_eq!(ledger.reserve(&address(1), nano(10)), Ok(()));
        assert!(matches!(ledger.reserve(&address(1), nano(6)), Err(GiveError::AddressLimit { .. })));
        assert_eq!(ledger.reserve(&address(1), nano(5)), Ok(()));
        assert_eq!(ledger.reserve(&address(2), nano(10)), Ok(()));
        assert_eq!(ledger.reserve(&address(3), nano(1)), Err(GiveError::TotalLimit));
        assert_eq!(ledger.left(), nano(0));
    }

    #[test]
    fn what_was_not_paid_does_not_count() {
        let mut ledger = ledger();
        assert_eq!(ledger.reserve(&address(1), nano(10)), Ok(()));
        ledger.release(&address(1), nano(10));
        assert_eq!(ledger.left(), nano(25));
        assert_eq!(ledger.reserve(&address(1), nano(10)), Ok(()));
    }
}
