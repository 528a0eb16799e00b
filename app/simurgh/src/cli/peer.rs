//! Another validator on the command line.

use std::net::SocketAddr;

/// Another validator, as `KEY@ADDRESS`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Peer {
    /// Its public key.
    pub(crate) key: [u8; 32],
    /// Where it listens.
    pub(crate) address: SocketAddr,
}

impl std::str::FromStr for Peer {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (key, address) = text.split_once('@').ok_or("write KEY@ADDRESS")?;
        let key = wire::id::from_hex(key).map_err(|_| "the key has 64 hexadecimal digits")?;
        let address = address.parse().map_err(|_| "the address is IP:PORT")?;
        Ok(Self { key, address })
    }
}
