//! What lets somebody write to a mailbox or read it (MBX-1 to MBX-4).
//!
//! A capability is 32 random bytes. The relay stores its domain-separated hash, the id, so that a copy of its disk
//! lets nobody write or read. The two capabilities of a mailbox are drawn apart: a stranger who knows one can't
//! derive or recognise the other.

use rand_core::{CryptoRng, RngCore};
use serde::{Deserialize, Serialize};
use wire::{Secret32, hash::domain_hash};

/// Lets its holder deposit into one mailbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendCapability(pub Secret32);

/// Lets its holder fetch from, acknowledge in, and delete one mailbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiveCapability(pub Secret32);

wire::public_id! {
    /// The hash under which a relay finds the mailbox of a [`SendCapability`].
    SendId
}

wire::public_id! {
    /// The hash under which a relay finds the mailbox of a [`ReceiveCapability`].
    ReceiveId
}

impl SendCapability {
    /// Draws a new one.
    pub fn random(rng: &mut (impl RngCore + CryptoRng)) -> Self {
        Self(random_secret(rng))
    }

    /// What the relay stores of it.
    #[must_use]
    pub fn id(&self) -> SendId {
        SendId(domain_hash("simurgh/mailbox-send-id/1", &[&self.0.0]))
    }
}

impl ReceiveCapability {
    /// Draws a new one.
    pub fn random(rng: &mut (impl RngCore + CryptoRng)) -> Self {
        Self(random_secret(rng))
    }

    /// What the relay stores of it.
    #[must_use]
    pub fn id(&self) -> ReceiveId {
        ReceiveId(domain_hash("simurgh/mailbox-receive-id/1", &[&self.0.0]))
    }
}

/// The sender's random name for one deposit: repeating it with the same name stores nothing twice (MBX-22).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CellId(pub [u8; 16]);

impl CellId {
    /// Draws a new one.
    pub fn random(rng: &mut (impl RngCore + CryptoRng)) -> Self {
        let mut bytes = [0; 16];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }
}

fn random_secret(rng: &mut (impl RngCore + CryptoRng)) -> Secret32 {
    let mut secret = Secret32([0; 32]);
    rng.fill_bytes(&mut secret.0);
    secret
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_secret_gives_unequal_ids_for_sending_and_receiving() {
        let secret = Secret32([7; 32]);
        assert_ne!(SendCapability(secret.clone()).id().0, ReceiveCapability(secret).id().0);
    }

    #[test]
    fn a_capability_never_shows_itself() {
        assert!(!format!("{:?}", SendCapability(Secret32([0xa5; 32]))).contains("a5"));
    }
}
