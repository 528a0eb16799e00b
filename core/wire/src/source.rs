//! Who something came from, for counting: what strangers may use is counted for each source by itself.

use std::net::IpAddr;

/// An IPv4 address or the /64 of an IPv6 address: one subscriber commonly has all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source(pub [u8; 16]);

impl Source {
    /// The source of a network address.
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(v4) => Self(v4.to_ipv6_mapped().octets()),
            IpAddr::V6(v6) => Self((u128::from(v6) & (u128::MAX << 64)).to_be_bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_ipv6_network_are_one_source() {
        let one = Source::of("2001:db8::1".parse().unwrap());
        assert_eq!(one, Source::of("2001:db8::ffff:1".parse().unwrap()));
        assert_ne!(one, Source::of("2001:db8:0:1::1".parse().unwrap()));
        assert_eq!(Source::of("::ffff:10.0.0.1".parse().unwrap()), Source::of("10.0.0.1".parse().unwrap()));
        assert_ne!(Source::of("10.0.0.1".parse().unwrap()), Source::of("10.0.0.2".parse().unwrap()));
    }
}
