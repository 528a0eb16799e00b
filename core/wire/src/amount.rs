//! Money, exact: an amount of Gram is a whole number of nanogram.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Nanogram in one Gram.
pub const NANO_PER_GRAM: u128 = 1_000_000_000;
/// Digits after the point that a Gram amount can have.
const DECIMALS: usize = 9;
/// The largest amount that TON's `VarUInteger 16` holds: 2^120 − 1 nanogram.
const NANO_MAX: u128 = (1 << 120) - 1;

/// An amount, in nanogram. In text a decimal number of Gram ("12.5").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u128")]
pub struct Gram(u128);

/// Why a text is not an amount.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum AmountError {
    /// Something other than digits with at most one point.
    #[error("write an amount as digits with at most one point, such as 12.5")]
    NotANumber,
    /// More than nine digits after the point.
    #[error("an amount has at most 9 digits after the point")]
    TooPrecise,
    /// More than the chain can hold.
    #[error("the amount is larger than the chain can hold")]
    TooLarge,
}

impl Gram {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// From nanogram; `None` beyond 2^120 − 1.
    #[must_use]
    pub const fn from_nano(nano: u128) -> Option<Self> {
        if nano <= NANO_MAX { Some(Self(nano)) } else { None }
    }

    /// In nanogram.
    #[must_use]
    pub const fn nano(self) -> u128 {
        self.0
    }

    /// The sum, unless the chain could not hold it.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).and_then(Self::from_nano)
    }

    /// The difference, unless it is negative.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }
}

impl TryFrom<u128> for Gram {
    type Error = AmountError;

    /// From nanogram; what the chain can't hold is refused, also where it is decoded.
    fn try_from(nano: u128) -> Result<Self, AmountError> {
        Self::from_nano(nano).ok_or(AmountError::TooLarge)
    }
}

impl From<u64> for Gram {
    /// From nanogram.
    fn from(nano: u64) -> Self {
        Self(u128::from(nano))
    }
}

impl fmt::Display for Gram {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fraction = format!("{:09}", self.0 % NANO_PER_GRAM);
        let fraction = fraction.trim_end_matches('0');
        write!(f, "{}", self.0 / NANO_PER_GRAM)?;
        if fraction.is_empty() { Ok(()) } else { write!(f, ".{fraction}") }
    }
}

impl FromStr for Gram {
    type Err = AmountError;

    fn from_str(text: &str) -> Result<Self, AmountError> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(fraction) {
            return Err(AmountError::NotANumber);
        }
        if fraction.len() > DECIMALS {
            return Err(AmountError::TooPrecise);
        }
        let whole: u128 = whole.parse().map_err(|_| AmountError::TooLarge)?;
        let fraction: u128 = format!("{fraction:0<DECIMALS$}").parse().map_err(|_| AmountError::TooLarge)?;
        whole
            .checked_mul(NANO_PER_GRAM)
            .and_then(|nano| nano.checked_add(fraction))
            .and_then(Self::from_nano)
            .ok_or(AmountError::TooLarge)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_amount_survives_its_text_form(nano in 0..=NANO_MAX) {
            let amount = Gram::from_nano(nano).unwrap();
            prop_assert_eq!(amount.to_string().parse(), Ok(amount));
        }
    }

    #[test]
    fn an_amount_beyond_what_the_chain_holds_is_not_decoded() {
        let bytes = crate::codec::encode(&NANO_MAX).unwrap();
        assert_eq!(crate::codec::decode::<Gram>(&bytes, 32).unwrap().nano(), NANO_MAX);
        let bytes = crate::codec::encode(&(NANO_MAX + 1)).unwrap();
        assert!(crate::codec::decode::<Gram>(&bytes, 32).is_err());
    }

    #[test]
    fn what_is_no_amount_is_refused_with_its_reason() {
        for (text, why) in [
            ("", AmountError::NotANumber),
            ("-1", AmountError::NotANumber),
            ("1.", AmountError::NotANumber),
            (".5", AmountError::NotANumber),
            ("1e3", AmountError::NotANumber),
            ("1.0000000001", AmountError::TooPrecise),
            ("1329227995784915872903807061", AmountError::TooLarge),
            ("999999999999999999999999999999999999999999", AmountError::TooLarge),
        ] {
            assert_eq!(text.parse::<Gram>(), Err(why), "{text}");
        }
    }
}
