//! Two hops in two hands (E2E-76): an entry relay that the target's operator runs would know both who asks and what.
//!
//! Requirements: what relays say of their operators ([`wire::Operator`]; a bridge's is who signed its link). Provided:
//! which relays are surely not apart, and how many hands a network is in. Not provided: proof that two operators are
//! two people; who lies makes two keys, and two addresses far from each other.

use crate::live::{Live, Relay, Role};
use crate::view::Hands;
use std::collections::BTreeSet;
use std::net::IpAddr;
use wire::RelayId;

impl Live {
    /// Whether the network has a relay that is apart from a target, so that nothing goes there through one that is not.
    /// Bridges don't count: they would carry everything, and be seen to.
    pub(crate) fn has_apart(&self, target: &RelayId) -> bool {
        let Some(to) = self.relays.get(target) else { return false };
        self.relays.iter().any(|(id, relay)| relay.role == Role::Network && id != target && are_apart(relay, to))
    }

    /// In how many hands the network's relays are.
    pub(crate) fn hands(&self) -> Hands {
        let network: Vec<&Relay> = self.relays.values().filter(|relay| relay.role == Role::Network).collect();
        let operators: BTreeSet<[u8; 32]> = network.iter().filter_map(|relay| relay.operator()).collect();
        let unnamed = network.iter().filter(|relay| relay.operator().is_none()).count();
        let lone = network.iter().filter(|relay| !self.has_apart(&relay.descriptor.id())).count();
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Hands {
            operators: count(operators.len()),
            unnamed: count(unnamed),
            lone: count(lone),
            relays: count(network.len()),
        }
    }
}

impl Relay {
    /// The key of who runs it, as far as that is known.
    pub(crate) fn operator(&self) -> Option<[u8; 32]> {
        self.inviter.or_else(|| self.descriptor.operator.map(|operator| operator.key))
    }
}

/// Whether nothing says that one hand runs both: neither the operator, nor the host, nor the network block.
pub(crate) fn are_apart(one: &Relay, other: &Relay) -> bool {
    let same_operator = one.operator().is_some() && one.operator() == other.operator();
    !same_operator && !are_neighbours(&one.descriptor.address.host, &other.descriptor.address.host)
}

/// One host, or one block of public addresses (IPv4 /24, IPv6 /48). Addresses of a private network say nothing: on one
/// machine, or in one house, all are neighbours.
fn are_neighbours(one: &str, other: &str) -> bool {
    match (one.parse::<IpAddr>(), other.parse::<IpAddr>()) {
        (Ok(one), Ok(other)) => block(one).is_some_and(|block| Some(block) == self::block(other)),
        (Err(_), Err(_)) => one.eq_ignore_ascii_case(other) && !one.eq_ignore_ascii_case("localhost"),
        (Ok(_), Err(_)) | (Err(_), Ok(_)) => false,
    }
}

/// The block that one operator is likely to have to itself.
fn block(address: IpAddr) -> Option<[u8; 7]> {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let is_private = v4.is_loopback() || v4.is_private() || v4.is_link_local() || v4.is_documentation();
            let [a, b, c, _] = v4.octets();
            (!is_private).then_some([4, a, b, c, 0, 0, 0])
        }
        IpAddr::V6(v6) => {
            let [a, b, c, d, e, f, ..] = v6.octets();
            let is_documentation = [a, b, c, d] == [0x20, 0x01, 0x0d, 0xb8];
            let is_private = v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local();
            (!is_private && !is_documentation).then_some([6, a, b, c, d, e, f])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::tests::{descriptor, live};
    use ed25519_dalek::SigningKey;
    use wire::Operator;

    #[test]
    fn relays_of_one_host_or_block_are_neighbours_and_those_of_a_private_network_are_not() {
        for (one, other) in [
            ("relay.example", "RELAY.example"),
            ("198.51.0.7", "198.51.0.200"),
            ("2a00:1450:4001::1", "2a00:1450:4001:8::2"),
            ("::ffff:198.51.0.7", "198.51.0.9"),
        ] {
            assert!(are_neighbours(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("relay.example", "other.example"),
            ("198.51.0.7", "198.51.1.7"),
            ("2a00:1450:4001::1", "2a00:1450:4002::1"),
            ("127.0.0.1", "127.0.0.1"),
            ("10.0.0.1", "10.0.0.2"),
            ("203.0.113.1", "203.0.113.2"),
            ("2001:db8::1", "2001:db8::2"),
            ("localhost", "localhost"),
            ("relay.example", "198.51.0.7"),
        ] {
            assert!(!are_neighbours(one, other), "{one} {other}");
        }
    }

    #[test]
    fn relays_without_a_word_of_an_operator_are_each_their_own_and_counted() {
        let mut live = live(3);
        assert_eq!(live.hands(), Hands { operators: 0, unnamed: 3, lone: 0, relays: 3 });
        let key = SigningKey::from_bytes(&[1; 32]);
        for number in [1, 2] {
            let relay = live.relays.get_mut(&descriptor(number).id()).unwrap();
            let address = relay.descriptor.address.clone();
            relay.descriptor.operator = Some(Operator::sign(&key, relay.descriptor.id(), &address));
        }
        assert_eq!(live.hands(), Hands { operators: 1, unnamed: 1, lone: 0, relays: 3 });
        let relay = |number| &live.relays[&descriptor(number).id()];
        assert!(!are_apart(relay(1), relay(2)));
        assert!(are_apart(relay(1), relay(3)));
    }

    #[test]
    fn relays_of_many_operators_in_one_house_are_all_alone() {
        let mut live = live(3);
        for number in [1, 2, 3] {
            let relay = live.relays.get_mut(&descriptor(number).id()).unwrap();
            relay.descriptor.address.host = format!("198.51.0.{number}");
            let (id, address) = (relay.descriptor.id(), relay.descriptor.address.clone());
            relay.descriptor.operator = Some(Operator::sign(&SigningKey::from_bytes(&[number; 32]), id, &address));
        }
        assert_eq!(live.hands(), Hands { operators: 3, unnamed: 0, lone: 3, relays: 3 });
        live.relays.get_mut(&descriptor(3).id()).unwrap().descriptor.address.host = "relay3.example".to_owned();
        assert_eq!(live.hands().lone, 0, "each has one that is apart");
    }
}
