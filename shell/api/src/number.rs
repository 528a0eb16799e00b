//! Numbers that JavaScript's doubles can't hold: they travel as decimal strings.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::{fmt, str::FromStr};
use typescript_type_def::TypeDef;
use wire::Gram;

/// An amount in nanogram, as a decimal string ("12500000000" is 12.5 Gram).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, TypeDef)]
pub struct Nano(#[type_def(type_of = "String")] pub Gram);

/// A 64-bit whole number (logical time, sequence, height), as a decimal string.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, TypeDef)]
pub struct Count(#[type_def(type_of = "String")] pub u64);

impl fmt::Display for Nano {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.nano())
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl From<Gram> for Nano {
    fn from(amount: Gram) -> Self {
        Self(amount)
    }
}

impl From<u64> for Count {
    fn from(number: u64) -> Self {
        Self(number)
    }
}

impl Serialize for Nano {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Nano {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let amount = decimal(from)?;
        Gram::from_nano(amount)
            .map(Self)
            .ok_or_else(|| D::Error::custom("the amount is larger than the chain can hold"))
    }
}

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        decimal(from).map(Self)
    }
}

/// A non-negative whole number written in digits only: no sign, no point, no exponent.
fn decimal<'de, D: Deserializer<'de>, N: FromStr>(from: D) -> Result<N, D::Error> {
    let text = String::deserialize(from)?;
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = if digits { text.parse().ok() } else { None };
    number.ok_or_else(|| D::Error::custom("write the number as a string of decimal digits"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_travels_as_a_string_of_nanogram() {
        let amount = Nano("12.5".parse().unwrap());
        assert_eq!(serde_json::to_string(&amount).unwrap(), r#""12500000000""#);
        assert_eq!(serde_json::from_str::<Nano>(r#""12500000000""#).unwrap(), amount);
    }

    #[test]
    fn a_number_that_is_no_string_of_digits_is_refused() {
        for text in ["5", r#""""#, r#""-1""#, r#""+1""#, r#""1.0""#, r#""1e3""#, r#""18446744073709551616""#] {
            assert!(serde_json::from_str::<Count>(text).is_err(), "{text}");
        }
        assert!(serde_json::from_str::<Nano>(r#""1329227995784915872903807060280344576""#).is_err());
    }
}
