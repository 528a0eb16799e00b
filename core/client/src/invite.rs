//! Invite links (specs/06-invite.md): what one person hands to another, on paper, as a QR or by any other way.
//!
//! `simurgh:invite#<base64url>`; everything is in the fragment, so no server sees it even when the link is opened
//! as a page. A link carries one secret. From it hang the right to fetch the inviter's key package ("offer"), the
//! right to answer ("introduction"), and the keys that seal both.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use e2ee::seal::derive_key;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use mailbox::{ReceiveCapability, SendCapability};
use serde::{Deserialize, Serialize};
use wire::{RelayDescriptor, RelayId, Secret32, UnixMillis, codec, hash::domain_hash};

/// The version of the link (INV-2).
pub const VERSION: u8 = 1;
/// Relays in a link.
pub const RELAYS_MAX: usize = 3;
/// Bytes of an encoded link: with three whole descriptors of bridges about 5 kB.
pub const INVITE_BYTES_MAX: usize = 8 * 1024;
/// How long a link is good for: 14 days, within the lifetime of the offer's cells.
pub const LIFETIME_MS: u64 = 14 * 24 * 60 * 60 * 1000;
/// Bytes of the network's hash that a link carries, enough to tell networks apart.
const NETWORK_TAG_BYTES: usize = 8;
const PREFIX: &str = "simurgh:invite#";

/// Why a link can't be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum InviteError {
    /// Not a link of this program, or cut off.
    #[error("this is not a whole invite link: copy it again, from “simurgh:” to its end")]
    Malformed,
    /// More than any link has.
    #[error("this is longer than any invite link: copy the link alone, from “simurgh:” to its end")]
    TooLong,
    /// Made by a newer program.
    #[error("the link is of version {0}: update this program")]
    Version(u8),
    /// Changed on the way.
    #[error("the link's signature is wrong: somebody changed it. Ask for another one over another way")]
    Signature,
    /// Too old.
    #[error("the link has expired: ask for a new one")]
    Expired,
    /// Made on another network.
    #[error("the link belongs to another network")]
    OtherNetwork,
    /// None of its relays is known.
    #[error("none of the link's relays is known here: get a newer network file")]
    UnknownRelays,
    /// One's own.
    #[error("this is your own link: give it to the person you want to talk to")]
    Own,
    /// The inviter is a contact already.
    #[error("“{0}” is a contact already")]
    AlreadyContact(String),
}

/// A relay as a link names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum InviteRelay {
    /// One of the network's own.
    Known(RelayId),
    /// A bridge, which the adder can't know.
    Bridge(Box<RelayDescriptor>),
}

/// What a link says, not yet checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnverifiedInvite {
    body: Body,
    signature: [u8; 64],
}

/// What a link says, checked: signed by the identity that it names, and not expired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invite(Body);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Body {
    network: [u8; NETWORK_TAG_BYTES],
    identity: [u8; 32],
    secret: Secret32,
    expires_s: u64,
    relays: Vec<InviteRelay>,
}

#[derive(Serialize, Deserialize)]
struct Wire {
    version: u8,
    body: Body,
    #[serde(with = "serde_bytes")]
    signature: [u8; 64],
}

/// The rights and keys of a link at one relay.
#[derive(Clone, Debug)]
pub struct IntroductionKeys {
    /// Lets the adder fetch the offer.
    pub offer_receive: ReceiveCapability,
    /// Lets the adder answer.
    pub introduction_send: SendCapability,
}

impl Invite {
    /// Makes an invite.
    #[must_use]
    pub fn new(
        genesis_hash: &[u8; 32],
        identity: &SigningKey,
        secret: Secret32,
        relays: Vec<InviteRelay>,
        now: UnixMillis,
    ) -> Self {
        let expires_s = now.plus_ms(LIFETIME_MS).seconds();
        let identity = identity.verifying_key().to_bytes();
        Self(Body { network: network_tag(genesis_hash), identity, secret, expires_s, relays })
    }

    /// The link to hand over.
    pub fn to_link(&self, identity: &SigningKey) -> Result<String, codec::CodecError> {
        let signature = identity.sign(&signed(&self.0)?).to_bytes();
        let wire = codec::encode(&Wire { version: VERSION, body: self.0.clone(), signature })?;
        Ok(format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(wire)))
    }

    /// Who invites.
    #[must_use]
    pub fn identity(&self) -> &[u8; 32] {
        &self.0.identity
    }

    /// The secret that everything hangs on.
    #[must_use]
    pub fn secret(&self) -> &Secret32 {
        &self.0.secret
    }

    /// When it stops working.
    #[must_use]
    pub fn expires(&self) -> UnixMillis {
        UnixMillis(self.0.expires_s.saturating_mul(1000))
    }

    /// Where the offer waits.
    #[must_use]
    pub fn relays(&self) -> &[InviteRelay] {
        &self.0.relays
    }
}

impl UnverifiedInvite {
    /// Reads a link: its fragment counts, whatever stands before it.
    pub fn parse(link: &str) -> Result<Self, InviteError> {
        let (_, fragment) = link.trim().split_once('#').ok_or(InviteError::Malformed)?;
        if fragment.len() > INVITE_BYTES_MAX.saturating_mul(2) {
            return Err(InviteError::TooLong);
        }
        let bytes = URL_SAFE_NO_PAD.decode(fragment).map_err(|_| InviteError::Malformed)?;
        if bytes.len() > INVITE_BYTES_MAX {
            return Err(InviteError::TooLong);
        }
        match bytes.first() {
            Some(&VERSION) => {}
            Some(&other) => return Err(InviteError::Version(other)),
            None => return Err(InviteError::Malformed),
        }
        let wire: Wire = codec::decode(&bytes, INVITE_BYTES_MAX).map_err(|_| InviteError::Malformed)?;
        let checked = |relay: &InviteRelay| match relay {
            InviteRelay::Known(_) => true,
            InviteRelay::Bridge(descriptor) => RelayDescriptor::clone(descriptor).checked().is_ok(),
        };
        let count = wire.body.relays.len();
        if !(1..=RELAYS_MAX).contains(&count) || !wire.body.relays.iter().all(checked) {
            return Err(InviteError::Malformed);
        }
        Ok(Self { body: wire.body, signature: wire.signature })
    }

    /// Checks the signature, the network and the expiry.
    pub fn verify(self, genesis_hash: &[u8; 32], now: UnixMillis) -> Result<Invite, InviteError> {
        let key = VerifyingKey::from_bytes(&self.body.identity).map_err(|_| InviteError::Signature)?;
        let message = signed(&self.body).map_err(|_| InviteError::Malformed)?;
        key.verify_strict(&message, &Signature::from_bytes(&self.signature)).map_err(|_| InviteError::Signature)?;
        if self.body.network != network_tag(genesis_hash) {
            return Err(InviteError::OtherNetwork);
        }
        if self.body.expires_s <= now.seconds() {
            return Err(InviteError::Expired);
        }
        Ok(Invite(self.body))
    }
}

/// The rights of a link at one relay (INV-5).
#[must_use]
pub fn introduction_keys(secret: &Secret32, relay: &RelayId) -> IntroductionKeys {
    IntroductionKeys {
        offer_receive: ReceiveCapability(derive_key(secret, "simurgh/invite-offer-receive/1", &relay.0)),
        introduction_send: SendCapability(derive_key(secret, "simurgh/invite-introduction-send/1", &relay.0)),
    }
}

fn network_tag(genesis_hash: &[u8; 32]) -> [u8; NETWORK_TAG_BYTES] {
    let mut tag = [0; NETWORK_TAG_BYTES];
    tag.iter_mut().zip(genesis_hash).for_each(|(to, from)| *to = *from);
    tag
}

fn signed(body: &Body) -> Result<[u8; 32], codec::CodecError> {
    Ok(domain_hash("simurgh/invite/1", &[&codec::encode(body)?]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixMillis = UnixMillis(1_700_000_000_000);

    fn invite() -> (Invite, SigningKey) {
        let identity = SigningKey::from_bytes(&[1; 32]);
        let relays = vec![InviteRelay::Known(RelayId([5; 32])); 3];
        (Invite::new(&[9; 32], &identity, Secret32([2; 32]), relays, NOW), identity)
    }

    #[test]
    fn a_link_survives_its_way_and_fits_into_a_qr() {
        let (invite, identity) = invite();
        let link = invite.to_link(&identity).unwrap();
        assert!(link.len() < 500, "{} characters", link.len());
        let web = link.replace("simurgh:invite", "https://somewhere.example/i");
        for link in [link, web] {
            assert_eq!(UnverifiedInvite::parse(&link).unwrap().verify(&[9; 32], NOW).unwrap(), invite);
        }
    }

    #[test]
    fn changed_expired_foreign_and_cut_links_are_refused_with_their_reason() {
        let (invite, identity) = invite();
        let link = invite.to_link(&identity).unwrap();
        let parsed = UnverifiedInvite::parse(&link).unwrap();
        let mut changed = parsed.clone();
        changed.body.secret = Secret32([3; 32]);
        assert_eq!(changed.verify(&[9; 32], NOW), Err(InviteError::Signature));
        assert_eq!(parsed.clone().verify(&[8; 32], NOW), Err(InviteError::OtherNetwork));
        assert_eq!(parsed.verify(&[9; 32], NOW.plus_ms(LIFETIME_MS)), Err(InviteError::Expired));
        assert_eq!(UnverifiedInvite::parse(&link[..link.len() - 4]), Err(InviteError::Malformed));
        assert_eq!(UnverifiedInvite::parse("hello"), Err(InviteError::Malformed));
        for bytes in [INVITE_BYTES_MAX + 1, INVITE_BYTES_MAX * 4] {
            let long = format!("simurgh:invite#{}", URL_SAFE_NO_PAD.encode(vec![VERSION; bytes]));
            assert_eq!(UnverifiedInvite::parse(&long), Err(InviteError::TooLong), "INV-4: {bytes}");
        }
    }

    #[test]
    fn a_bridge_that_nobody_could_reach_is_refused() {
        let identity = SigningKey::from_bytes(&[1; 32]);
        let link_by = |path: &str| {
            let address = wire::RelayAddress {
                host: "h".into(),
                port: 1,
                tls_pin: Some([1; 32]),
                secret_path: path.into(),
                dns: None,
            };
            let bridge = InviteRelay::Bridge(Box::new(RelayDescriptor {
                address,
                hop_key: vec![1; 8],
                operator: None,
                region: None,
            }));
            Invite::new(&[9; 32], &identity, Secret32([2; 32]), vec![bridge], NOW).to_link(&identity).unwrap()
        };
        assert!(UnverifiedInvite::parse(&link_by("abc")).is_ok());
        assert_eq!(UnverifiedInvite::parse(&link_by("a/../b")), Err(InviteError::Malformed));
    }
}
