//! Bytes as the name of a query, and back (DNS-1): base32 in labels before the zone. Resolvers may change small letters
//! to capitals and back, so nothing depends on it.

use data_encoding::BASE32_NOPAD;
use hickory_proto::rr::Name;

/// Bytes of a name on the wire (RFC 1035).
const NAME_BYTES_MAX: usize = 255;
/// Bytes of a label, and with its length.
const LABEL_BYTES_MAX: usize = 63;
const LABEL_STEP: usize = LABEL_BYTES_MAX + 1;

/// A zone's name; `None`: no name has this shape.
pub(crate) fn zone(name: &str) -> Option<Name> {
    let mut zone = Name::from_ascii(name).ok().filter(|_| wire::relay::is_zone(name))?;
    zone.set_fqdn(true);
    Some(zone)
}

/// Bytes that a name under the zone holds.
#[must_use]
pub fn room_bytes(zone: &str) -> usize {
    // The zone's labels have a length each, and the root has one.
    let free = NAME_BYTES_MAX.saturating_sub(zone.len().saturating_add(2));
    let last = free.checked_rem(LABEL_STEP).unwrap_or(0).saturating_sub(1);
    let full = free.checked_div(LABEL_STEP).unwrap_or(0).saturating_mul(LABEL_BYTES_MAX);
    full.saturating_add(last).saturating_mul(5).checked_div(8).unwrap_or(0)
}

/// The name that holds these bytes; `None`: they are too many.
pub(crate) fn encode(bytes: &[u8], zone: &Name) -> Option<Name> {
    let text = BASE32_NOPAD.encode(bytes).to_ascii_lowercase();
    let name = Name::from_labels(text.as_bytes().chunks(LABEL_BYTES_MAX)).ok()?;
    name.append_domain(zone).ok()
}

/// The bytes in a name under the zone; `None`: it is not under the zone, or holds none.
pub(crate) fn decode(name: &Name, zone: &Name) -> Option<Vec<u8>> {
    if !zone.zone_of(name) {
        return None;
    }
    let count = usize::from(name.num_labels()).checked_sub(usize::from(zone.num_labels()))?;
    let text = name.iter().take(count).collect::<Vec<_>>().concat().to_ascii_uppercase();
    BASE32_NOPAD.decode(&text).ok().filter(|bytes| !bytes.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(zone: &str) -> Name {
        super::zone(zone).unwrap()
    }

    /// DNS-1
    #[test]
    fn as_many_bytes_as_there_is_room_for_go_into_a_name_and_one_more_does_not() {
        for length in 1..=wire::relay::ZONE_BYTES_MAX {
            let text = format!("{}z", "a".repeat(length.saturating_sub(1).min(62)));
            let zone = of(&text);
            let room = room_bytes(&text);
            let bytes: Vec<u8> = (0..room).map(|index| index as u8).collect();
            let name = encode(&bytes, &zone).unwrap();
            assert!(name.len() <= NAME_BYTES_MAX && name.to_ascii().len() <= NAME_BYTES_MAX, "{text}");
            assert_eq!(decode(&name, &zone).as_deref(), Some(&bytes[..]));
            assert_eq!(encode(&vec![0; room + 1], &zone), None, "{text}");
        }
    }

    #[test]
    fn a_resolver_may_change_the_case_of_letters() {
        let zone = of("t.bakery.example");
        let bytes: Vec<u8> = (0..100).collect();
        let name = encode(&bytes, &zone).unwrap();
        let shouted = Name::from_ascii(name.to_ascii().to_ascii_uppercase()).unwrap();
        assert_eq!(decode(&shouted, &zone), Some(bytes.clone()));
        let mut mixed = name.clone();
        mixed.randomize_label_case();
        assert_eq!(decode(&mixed, &zone), Some(bytes));
    }

    #[test]
    fn what_is_not_under_the_zone_or_no_base32_holds_nothing() {
        let zone = of("t.bakery.example");
        for other in ["t.bakery.example.", "bakery.example.", "aa.u.bakery.example.", "a1.t.bakery.example.", "."] {
            assert_eq!(decode(&Name::from_ascii(other).unwrap(), &zone), None, "{other}");
        }
        for bad in ["", "A.example", "a..example", "a_b.example"] {
            assert_eq!(super::zone(bad), None, "{bad}");
        }
    }
}
