//! Who runs a relay (WIR-19): a key, and its word that it runs the relay at this place. Whoever chooses two relays for
//! two hops can tell by it that they are in two hands.
//!
//! Provided: an operator that can't be claimed without the key. Not provided: proof that two keys are two people; who
//! wants to look like two makes two keys.

use crate::{RelayAddress, RelayId, hash::domain_hash};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

/// Who runs a relay, by a key's own word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operator {
    /// The operator's Ed25519 key.
    #[serde(with = "hex")]
    pub key: [u8; 32],
    /// Its signature over the relay's name and place.
    #[serde(with = "hex")]
    pub signature: [u8; 64],
}

impl Operator {
    /// The word of a key that it runs this relay at this place.
    #[must_use]
    pub fn sign(key: &SigningKey, relay: RelayId, address: &RelayAddress) -> Self {
        let signature = key.sign(&said(relay, address)).to_bytes();
        Self { key: key.verifying_key().to_bytes(), signature }
    }

    /// Whether the key said so of this relay at this place.
    #[must_use]
    pub fn runs(&self, relay: RelayId, address: &RelayAddress) -> bool {
        let signature = Signature::from_bytes(&self.signature);
        VerifyingKey::from_bytes(&self.key)
            .is_ok_and(|key| key.verify_strict(&said(relay, address), &signature).is_ok())
    }
}

/// Name, host and port: what else an address holds may change without the operator.
fn said(relay: RelayId, address: &RelayAddress) -> [u8; 32] {
    domain_hash("simurgh/relay-operator/1", &[&relay.0, address.host.as_bytes(), &address.port.to_be_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{RelayDescriptor, codec, relay::BadDescriptor};

    fn run_by(key: &SigningKey) -> RelayDescriptor {
        let address = RelayAddress {
            host: "relay.example".into(),
            port: 443,
            tls_pin: None,
            secret_path: "a1".into(),
            dns: None,
        };
        let mut relay = RelayDescriptor { address, hop_key: vec![1; 8], operator: None, region: None };
        relay.operator = Some(Operator::sign(key, relay.id(), &relay.address));
        relay
    }

    #[test]
    fn an_operator_is_believed_for_the_relay_and_the_place_that_its_key_signed_and_for_no_other() {
        let relay = run_by(&SigningKey::from_bytes(&[1; 32]));
        assert_eq!(relay.clone().checked(), Ok(relay.clone()));
        let changes: [fn(&mut RelayDescriptor); 4] = [
            |relay| relay.address.host = "other.example".into(),
            |relay| relay.address.port = 444,
            |relay| relay.hop_key = vec![2; 8],
            |relay| relay.operator = relay.operator.map(|one| Operator { key: [2; 32], ..one }),
        ];
        for change in changes {
            let mut changed = relay.clone();
            change(&mut changed);
            assert_eq!(changed.checked(), Err(BadDescriptor::Operator));
        }
    }

    #[test]
    fn an_operator_stands_in_files_and_old_files_and_frozen_encodings_have_none() {
        let relay = run_by(&SigningKey::from_bytes(&[1; 32]));
        let without = RelayDescriptor { operator: None, ..relay.clone() };
        let binary = codec::encode(&relay).unwrap();
        assert_eq!(binary, codec::encode(&without).unwrap());
        assert_eq!(codec::decode::<RelayDescriptor>(&binary, 999).unwrap(), without);
    }
}
