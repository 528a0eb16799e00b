//! Device keys and how a conversation learns whose device it talks to (E2E-10 to E2E-14).
//!
//! A device key is random and certified by the identity. Inside a conversation, after it is encrypted, a device
//! proves itself by signing a secret of the conversation and its own leaf key. Leaf keys are made for one conversation
//! each and carry no name, so what passes outside proves nothing about a person.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use rand_core::{CryptoRng, RngCore};
use serde::{Deserialize, Serialize};
use wire::{Secret32, hash::domain_hash};

/// Why a proof is refused.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeviceError {
    /// Not a key.
    #[error("a key of the proof is malformed")]
    Key,
    /// The identity did not certify this device.
    #[error("the device is not certified by that identity")]
    Certificate,
    /// The device did not sign this conversation.
    #[error("the device's proof belongs to another conversation")]
    Conversation,
}

/// The key of this device, with the identity's certificate.
#[derive(Clone, Serialize, Deserialize)]
pub struct DeviceKey {
    secret: Secret32,
    identity: [u8; 32],
    #[serde(with = "serde_bytes")]
    certificate: [u8; 64],
}

impl std::fmt::Debug for DeviceKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DeviceKey(redacted)")
    }
}

/// What a device says inside a conversation about whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceProof {
    identity: [u8; 32],
    device: [u8; 32],
    #[serde(with = "serde_bytes")]
    certificate: [u8; 64],
    #[serde(with = "serde_bytes")]
    signature: [u8; 64],
}

impl DeviceKey {
    /// Draws a device key and certifies it.
    pub fn random(identity: &SigningKey, rng: &mut (impl RngCore + CryptoRng)) -> Self {
        let secret = crate::root::random_secret(rng);
        let device = SigningKey::from_bytes(&secret.0).verifying_key().to_bytes();
        let certificate = identity.sign(&certified(&device)).to_bytes();
        Self { secret, identity: identity.verifying_key().to_bytes(), certificate }
    }

    /// The identity that certified it.
    #[must_use]
    pub fn identity(&self) -> &[u8; 32] {
        &self.identity
    }

    /// Proves this device within a conversation. `binding` is the conversation's secret for this purpose
    /// (`Conversation::binding`), `leaf` this device's leaf key there.
    #[must_use]
    pub fn prove(&self, binding: &Secret32, leaf: &[u8]) -> DeviceProof {
        let key = SigningKey::from_bytes(&self.secret.0);
        DeviceProof {
            identity: self.identity,
            device: key.verifying_key().to_bytes(),
            certificate: self.certificate,
            signature: key.sign(&bound(binding, leaf)).to_bytes(),
        }
    }
}

impl DeviceProof {
    /// Checks the proof against the conversation and the peer's leaf key; gives the identity.
    pub fn verify(&self, binding: &Secret32, leaf: &[u8]) -> Result<[u8; 32], DeviceError> {
        let check = |key: &[u8; 32], signed: &[u8; 32], signature: &[u8; 64], error| {
            let key = VerifyingKey::from_bytes(key).map_err(|_| DeviceError::Key)?;
            key.verify_strict(signed, &Signature::from_bytes(signature)).map_err(|_| error)
        };
        check(&self.identity, &certified(&self.device), &self.certificate, DeviceError::Certificate)?;
        check(&self.device, &bound(binding, leaf), &self.signature, DeviceError::Conversation)?;
        Ok(self.identity)
    }
}

fn certified(device: &[u8; 32]) -> [u8; 32] {
    domain_hash("simurgh/device-certificate/1", &[device])
}

fn bound(binding: &Secret32, leaf: &[u8]) -> [u8; 32] {
    domain_hash("simurgh/device-proof/1", &[&binding.0, leaf])
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_core::SeedableRng;

    #[test]
    fn a_proof_holds_for_its_conversation_leaf_and_identity_only() {
        let rng = &mut rand_chacha::ChaCha20Rng::seed_from_u64(1);
        let identity = SigningKey::from_bytes(&[1; 32]);
        let device = DeviceKey::random(&identity, rng);
        let binding = Secret32([3; 32]);
        let proof = device.prove(&binding, b"leaf");
        assert_eq!(proof.verify(&binding, b"leaf"), Ok(identity.verifying_key().to_bytes()));
        assert_eq!(proof.verify(&binding, b"other"), Err(DeviceError::Conversation));
        assert_eq!(proof.verify(&Secret32([4; 32]), b"leaf"), Err(DeviceError::Conversation));
        let mut stolen = proof.clone();
        stolen.identity = SigningKey::from_bytes(&[2; 32]).verifying_key().to_bytes();
        assert_eq!(stolen.verify(&binding, b"leaf"), Err(DeviceError::Certificate));
    }
}
