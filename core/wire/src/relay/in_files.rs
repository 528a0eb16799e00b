//! What files say of a relay and the binary encoding, frozen before anything was said so, has not a byte of (WIR-19,
//! WIR-20). Used with `default` and `skip_serializing_if`.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub(crate) fn serialize<T: Serialize, S: Serializer>(said: &Option<T>, to: S) -> Result<S::Ok, S::Error> {
    if to.is_human_readable() { said.serialize(to) } else { ().serialize(to) }
}

pub(crate) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
    if from.is_human_readable() { Option::deserialize(from) } else { <()>::deserialize(from).map(|()| None) }
}
