//! Who is where. Addresses are those set aside for documentation (RFC 5737), names end in `.example` (RFC 2606).

use crate::rules::Places;
use std::net::Ipv4Addr;

/// The border router, where the censor is.
pub(crate) const BORDER: &str = "border";
/// Addresses inside.
pub(super) const INSIDE_NET: &str = "192.0.2.0/24";
/// Addresses outside.
pub(super) const OUTSIDE_NET: &str = "203.0.113.0/24";
/// The address from which the censor probes servers.
pub(crate) const PROBE_ADDRESS: &str = "203.0.113.250";
const RESOLVER_INSIDE: &str = "192.0.2.53";
const RESOLVER_OUTSIDE: &str = "203.0.113.53";

/// What a host is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Somebody's machine.
    Person,
    /// A relay abroad in the public list.
    PublicRelay,
    /// A relay inside, in the public list too.
    NationalRelay,
    /// A relay in no list.
    Bridge,
    /// All validators and the faucet.
    Chain,
    /// A name server.
    Resolver,
    /// For the peers: who asks, and the servers that nobody listed.
    Peer,
    /// A server that the censor approves of.
    Approved,
}

/// A machine.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Host {
    /// Its short name, also that of its link.
    pub(crate) name: &'static str,
    /// Its name in DNS.
    pub(crate) domain: &'static str,
    /// Its address.
    pub(crate) address: Ipv4Addr,
    /// On this side of the border.
    pub(crate) inside: bool,
    /// What it is for.
    pub(crate) role: Role,
}

const fn inside(name: &'static str, domain: &'static str, last: u8, role: Role) -> Host {
    Host { name, domain, address: Ipv4Addr::new(192, 0, 2, last), inside: true, role }
}

const fn outside(name: &'static str, domain: &'static str, last: u8, role: Role) -> Host {
    Host { name, domain, address: Ipv4Addr::new(203, 0, 113, last), inside: false, role }
}

/// Everybody.
pub(crate) const HOSTS: &[Host] = &[
    inside("ali", "ali.home.example", 11, Role::Person),
    inside("baran", "baran.home.example", 12, Role::Person),
    inside("n1", "saffron.home.example", 21, Role::NationalRelay),
    inside("n2", "carpets.home.example", 22, Role::NationalRelay),
    inside("visitor", "visitor.home.example", 31, Role::Peer),
    inside("resolver", "resolver.home.example", 53, Role::Resolver),
    outside("cyrus", "cyrus.example", 11, Role::Person),
    outside("r1", "r1.simurgh.example", 21, Role::PublicRelay),
    outside("r2", "r2.simurgh.example", 22, Role::PublicRelay),
    outside("r3", "r3.simurgh.example", 23, Role::PublicRelay),
    outside("b1", "bakery.example", 31, Role::Bridge),
    outside("b2", "bicycles.example", 32, Role::Bridge),
    outside("chain", "chain.example", 41, Role::Chain),
    outside("names", "names.example", 53, Role::Resolver),
    outside("site", "site.example", 71, Role::Peer),
    outside("shop", "shop.example", 72, Role::Peer),
    outside("market", "market.example", 73, Role::Peer),
    outside("bank", "bank.example", 61, Role::Approved),
];

impl Host {
    /// The country that it is in, as relays and people say it: the letters are for private use (ISO 3166-1).
    pub(crate) fn region(&self) -> &'static str {
        if self.inside { "XA" } else { "XB" }
    }
}

/// A host by its name; the names are those of this file.
pub(crate) fn host(name: &str) -> Option<&'static Host> {
    HOSTS.iter().find(|host| host.name == name)
}

/// The name server that a host asks.
pub(super) fn resolver_of(host: &Host) -> &'static str {
    if host.inside { RESOLVER_INSIDE } else { RESOLVER_OUTSIDE }
}

/// What the censor knows of it.
pub(crate) fn places() -> Places {
    let with = |role: Role| HOSTS.iter().filter(move |host| host.role == role);
    Places {
        inside: [192, 0, 2],
        public_relays: with(Role::PublicRelay).map(|host| host.address).collect(),
        public_names: with(Role::PublicRelay).map(|host| host.domain.to_owned()).collect(),
        approved: with(Role::Approved).map(|host| host.address).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_and_addresses_are_used_once_and_fit_a_link() {
        let names: BTreeSet<_> = HOSTS.iter().map(|host| host.name).collect();
        let addresses: BTreeSet<_> = HOSTS.iter().map(|host| host.address).collect();
        assert_eq!((names.len(), addresses.len()), (HOSTS.len(), HOSTS.len()));
        assert!(HOSTS.iter().all(|host| host.name.len() <= 15), "a link's name has 15 bytes at most");
        assert!(HOSTS.iter().all(|host| places().is_inside(host.address) == host.inside));
    }
}
