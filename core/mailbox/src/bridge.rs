//! Bridge links (MBX-50 to MBX-59): how a relay that is on no list gets to a person, and how the link turns into a
//! place of the person's own.
//!
//! `simurgh:bridge#<base64url>`; everything is in the fragment, so no server sees it even when the link is opened as a
//! page. The path in a link is good for one thing: to *redeem* its token, once. What is redeemed is a path that nobody
//! else has, so who reads the link later finds a website, and a person whose path leaks can be told apart.
//!
//! Requirements: the link reaches the person by a way that the censor does not read; the inviter's key is the relay
//! operator's. Provided: links that are signed, expire and are good once; redemption that can be repeated by the same
//! person (an answer may get lost) and by nobody else. Not provided: proof that the operator is honest; the relay's
//! address is known to whoever read the link before it was redeemed.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use wire::{RelayAddress, RelayDescriptor, RelayId, UnixMillis, codec, hash::domain_hash};

/// The version of a link (MBX-50).
pub const VERSION: u8 = 1;
/// Bytes of an encoded link: a host of full length, the path, and about 200 bytes.
pub const LINK_BYTES_MAX: usize = 1_024;
/// The longest that a link is good for: 90 days. An operator may choose less.
pub const LIFETIME_MS_MAX: u64 = 90 * 24 * 60 * 60 * 1000;
/// Padding of a redemption, so that its request has the size of a small deposit (MBX-43).
pub const REDEMPTION_PADDING_BYTES: usize = crate::hop::REQUEST_STEP_BYTES + crate::hop::REQUEST_OVERHEAD_BYTES - 16;
/// Links that may be passed on to friends for one invitation, ever (MBX-58): as many as an invite tree allows (TRE-4).
pub const FRIENDS_MAX: u8 = 8;
/// Whole days at the bridge for each of them.
pub const FRIEND_DAYS: u64 = 2;
/// Links that are passed on at one bridge, used ones included: as many people as a bridge of a tree has (TRE-9).
pub const FRIENDS_OF_BRIDGE_MAX: usize = 20;
/// For how long a link that is passed on is good.
pub const FRIEND_LINK_MS: u64 = 14 * DAY_MS;
/// Padding of a request for a friend's link, so that it has the size of a small deposit.
const FRIEND_PADDING_BYTES: usize = REDEMPTION_PADDING_BYTES + 16 + 32;
/// Bytes of what is said and what pads it: as many as a small sealed answer has.
const FRIEND_ANSWER_BYTES: usize = crate::hop::RESPONSE_STEP_BYTES + crate::hop::RESPONSE_OVERHEAD_BYTES;
const DAY_MS: u64 = 24 * 60 * 60 * 1000;
const PREFIX: &str = "simurgh:bridge#";

/// Why a link can't be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum BridgeError {
    /// Not a link of this program, or cut off.
    #[error("this is not a whole bridge link: copy it again, from “simurgh:” to its end")]
    Malformed,
    /// More than any link has.
    #[error("this is longer than any bridge link: copy the link alone, from “simurgh:” to its end")]
    TooLong,
    /// Made by a newer program.
    #[error("the bridge link is of version {0}: update this program")]
    Version(u8),
    /// Changed on the way.
    #[error("the bridge link's signature is wrong: somebody changed it. Ask for another one over another way")]
    Signature,
    /// Too old.
    #[error("the bridge link has expired: ask for a new one")]
    Expired,
}

/// Names an invitation at its relay.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Token(pub [u8; 16]);

/// Drawn by the person who redeems: whoever shows it again is the same person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim(pub [u8; 32]);

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(redacted)")
    }
}

impl std::fmt::Debug for Claim {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Claim(redacted)")
    }
}

/// What a link says, not yet checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnverifiedBridge {
    body: Bridge,
    signature: [u8; 64],
}

/// What a link says, checked: signed by the key that it names, within its bounds, and not expired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bridge {
    relay: RelayId,
    address: RelayAddress,
    token: Token,
    expires_s: u64,
    inviter: [u8; 32],
}

#[derive(Serialize, Deserialize)]
struct Wire {
    version: u8,
    body: Bridge,
    #[serde(with = "serde_bytes")]
    signature: [u8; 64],
}

/// What a person sends to the path of a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redemption {
    /// The link's.
    pub token: Token,
    /// The person's.
    pub claim: Claim,
    /// Zeros.
    #[serde(with = "serde_bytes")]
    pub padding: Vec<u8>,
}

/// What the relay answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redeemed {
    /// The person's own path.
    pub secret_path: String,
    /// The relay's hop key; its hash is the id that the link names.
    #[serde(with = "serde_bytes")]
    pub hop_key: Vec<u8>,
}

/// What a person sends to her own path: a link for a friend is wanted (MBX-57).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FriendRequest {
    /// Zeros.
    #[serde(with = "serde_bytes")]
    padding: Vec<u8>,
}

impl Default for FriendRequest {
    fn default() -> Self {
        Self { padding: vec![0; FRIEND_PADDING_BYTES] }
    }
}

/// What the relay answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Friend {
    /// A link for one friend. The same again until somebody has redeemed it.
    Link {
        /// The link (MBX-50).
        link: String,
        /// How many more she may pass on, ever.
        left: u8,
    },
    /// The next one is there then.
    NotYet {
        /// In Unix seconds, the beginning of a day.
        from_s: u64,
    },
    /// She has passed all of hers on.
    NoMore,
    /// All people of the bridge together have passed on as many as its operator wants.
    Full,
}

/// An answer, padded to one size.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FriendAnswer {
    /// What is said.
    pub friend: Friend,
    /// Zeros.
    #[serde(with = "serde_bytes")]
    padding: Vec<u8>,
}

impl FriendAnswer {
    /// Pads it.
    ///
    /// # Errors
    /// The codec's.
    pub fn new(friend: Friend) -> Result<Self, codec::CodecError> {
        let said = codec::encode(&friend)?.len();
        Ok(Self { friend, padding: vec![0; FRIEND_ANSWER_BYTES.saturating_sub(said)] })
    }
}

/// What the relay keeps of whoever has redeemed an invitation, so that she may pass links on (MBX-58).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guest {
    /// Since which day, counted from 1970, she is known; `None`: she was not asked about yet.
    pub since: Option<u64>,
    /// How many links she has passed on.
    pub passed_on: u8,
}

impl Guest {
    /// She is known from now on, if she was not.
    pub fn arrives(&mut self, now: UnixMillis) {
        self.since.get_or_insert(day(now));
    }

    /// Whether she may pass one more on now.
    ///
    /// # Errors
    /// What she is told instead.
    pub fn may_pass_on(&self, now: UnixMillis) -> Result<(), Friend> {
        if self.passed_on >= FRIENDS_MAX {
            return Err(Friend::NoMore);
        }
        let needed = u64::from(self.passed_on).saturating_add(1).saturating_mul(FRIEND_DAYS);
        let from = self.since.unwrap_or_else(|| day(now)).saturating_add(needed);
        if day(now) >= from {
            return Ok(());
        }
        Err(Friend::NotYet { from_s: from.saturating_mul(DAY_MS / 1000) })
    }

    /// How many more she may pass on, ever.
    #[must_use]
    pub fn left(&self) -> u8 {
        FRIENDS_MAX.saturating_sub(self.passed_on)
    }
}

fn day(now: UnixMillis) -> u64 {
    now.0 / DAY_MS
}

impl Redemption {
    /// For a token.
    #[must_use]
    pub fn new(token: Token, claim: Claim) -> Self {
        Self { token, claim, padding: vec![0; REDEMPTION_PADDING_BYTES] }
    }
}

impl Bridge {
    /// Makes what a link says. `address` has the path of the link; `expires` is cut to [`LIFETIME_MS_MAX`] from `now`.
    #[must_use]
    pub fn new(
        relay: RelayId,
        address: RelayAddress,
        token: Token,
        expires: UnixMillis,
        now: UnixMillis,
        inviter: &SigningKey,
    ) -> Self {
        let expires_s = expires.min(now.plus_ms(LIFETIME_MS_MAX)).seconds();
        Self { relay, address, token, expires_s, inviter: inviter.verifying_key().to_bytes() }
    }

    /// The link to hand over.
    ///
    /// # Errors
    /// The codec's, for an address that is far too long.
    pub fn to_link(&self, inviter: &SigningKey) -> Result<String, codec::CodecError> {
        let signature = inviter.sign(&signed(self)?).to_bytes();
        let wire = codec::encode(&Wire { version: VERSION, body: self.clone(), signature })?;
        Ok(format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(wire)))
    }

    /// The relay's name.
    #[must_use]
    pub fn relay(&self) -> RelayId {
        self.relay
    }

    /// Where the token is redeemed.
    #[must_use]
    pub fn address(&self) -> &RelayAddress {
        &self.address
    }

    /// What is redeemed.
    #[must_use]
    pub fn token(&self) -> Token {
        self.token
    }

    /// When it stops working.
    #[must_use]
    pub fn expires(&self) -> UnixMillis {
        UnixMillis(self.expires_s.saturating_mul(1000))
    }

    /// The key of who gave the link.
    #[must_use]
    pub fn inviter(&self) -> &[u8; 32] {
        &self.inviter
    }

    /// The relay with the person's own path; `None` if the answer is not that of the relay that the link names.
    #[must_use]
    pub fn redeemed(&self, answer: Redeemed) -> Option<RelayDescriptor> {
        let address = RelayAddress { secret_path: answer.secret_path, ..self.address.clone() };
        let descriptor =
            RelayDescriptor { address, hop_key: answer.hop_key, operator: None, region: None }.checked().ok()?;
        (descriptor.id() == self.relay).then_some(descriptor)
    }
}

impl UnverifiedBridge {
    /// Whether a text looks like a bridge link rather than another one.
    #[must_use]
    pub fn is_link(text: &str) -> bool {
        text.trim().starts_with(PREFIX)
    }

    /// Reads a link: its fragment counts, whatever stands before it.
    ///
    /// # Errors
    /// [`BridgeError`].
    pub fn parse(link: &str) -> Result<Self, BridgeError> {
        let (_, fragment) = link.trim().split_once('#').ok_or(BridgeError::Malformed)?;
        if fragment.len() > LINK_BYTES_MAX.saturating_mul(2) {
            return Err(BridgeError::TooLong);
        }
        let bytes = URL_SAFE_NO_PAD.decode(fragment).map_err(|_| BridgeError::Malformed)?;
        if bytes.len() > LINK_BYTES_MAX {
            return Err(BridgeError::TooLong);
        }
        match bytes.first() {
            Some(&VERSION) => {}
            Some(&other) => return Err(BridgeError::Version(other)),
            None => return Err(BridgeError::Malformed),
        }
        let wire: Wire = codec::decode(&bytes, LINK_BYTES_MAX).map_err(|_| BridgeError::Malformed)?;
        wire.body.address.clone().checked().map_err(|_| BridgeError::Malformed)?;
        Ok(Self { body: wire.body, signature: wire.signature })
    }

    /// Checks the signature and the expiry.
    ///
    /// # Errors
    /// [`BridgeError`].
    pub fn verify(self, now: UnixMillis) -> Result<Bridge, BridgeError> {
        let key = VerifyingKey::from_bytes(&self.body.inviter).map_err(|_| BridgeError::Signature)?;
        let message = signed(&self.body).map_err(|_| BridgeError::Malformed)?;
        key.verify_strict(&message, &Signature::from_bytes(&self.signature)).map_err(|_| BridgeError::Signature)?;
        if self.body.expires_s <= now.seconds() {
            return Err(BridgeError::Expired);
        }
        Ok(self.body)
    }
}

/// What a relay keeps of an invitation: no token, no claim and no path can be read from it (MBX-54).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Hash of the token.
    token: [u8; 32],
    expires_s: u64,
    /// Hash of the claim, once it was redeemed.
    claim: Option<[u8; 32]>,
}

/// Why a redemption is refused; the person sees the website in every case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RedemptionRefusal {
    /// Too late.
    Expired,
    /// Somebody else was first.
    Used,
}

impl Invitation {
    /// Of a token that was just drawn.
    #[must_use]
    pub fn new(token: Token, expires: UnixMillis) -> Self {
        Self { token: token_hash(token), expires_s: expires.seconds(), claim: None }
    }

    /// What names it among others: the hash of its token.
    #[must_use]
    pub fn name(&self) -> [u8; 32] {
        self.token
    }

    /// When it stops working.
    #[must_use]
    pub fn expires(&self) -> UnixMillis {
        UnixMillis(self.expires_s.saturating_mul(1000))
    }

    /// Whether somebody has redeemed it.
    #[must_use]
    pub fn is_used(&self) -> bool {
        self.claim.is_some()
    }

    /// Redeems it for whoever shows `claim`. Gives whether that changed anything: then it has to be stored before it is
    /// answered. Whoever redeemed it may do so again, also when it has expired since.
    ///
    /// # Errors
    /// [`RedemptionRefusal`].
    pub fn redeem(&mut self, claim: &Claim, now: UnixMillis) -> Result<bool, RedemptionRefusal> {
        let shown = domain_hash("simurgh/bridge-claim/1", &[&self.token, &claim.0]);
        match self.claim {
            Some(known) if bool::from(known.ct_eq(&shown)) => Ok(false),
            Some(_) => Err(RedemptionRefusal::Used),
            None if self.expires_s <= now.seconds() => Err(RedemptionRefusal::Expired),
            None => {
                self.claim = Some(shown);
                Ok(true)
            }
        }
    }
}

/// The hash of a token.
#[must_use]
pub fn token_hash(token: Token) -> [u8; 32] {
    domain_hash("simurgh/bridge-token/1", &[&token.0])
}

/// The path of a person's own: derived from a secret of the relay's, so that it need not be kept.
#[must_use]
pub fn own_path(secret: &wire::Secret32, token: Token, claim: &Claim) -> String {
    path("simurgh/bridge-path/1", &[&secret.0, &token.0, &claim.0])
}

/// The path of a link, derived in the same way.
#[must_use]
pub fn link_path(secret: &wire::Secret32, token: Token) -> String {
    path("simurgh/bridge-link-path/1", &[&secret.0, &token.0])
}

/// The token of the link with this number that whoever has redeemed `inviter` passes on: derived, so that she is given the
/// same link again.
#[must_use]
pub fn friend_token(secret: &wire::Secret32, inviter: &[u8; 32], number: u8) -> Token {
    let hash = domain_hash("simurgh/bridge-friend/1", &[&secret.0, inviter, &[number]]);
    let mut token = Token([0; 16]);
    token.0.iter_mut().zip(hash).for_each(|(place, byte)| *place = byte);
    token
}

fn path(label: &'static str, parts: &[&[u8]]) -> String {
    let hash = domain_hash(label, parts);
    hash.iter().take(PATH_BYTES).map(|byte| format!("{byte:02x}")).collect()
}

/// Bytes of a path before they are written as hexadecimal digits: as many as the relay's first path has.
const PATH_BYTES: usize = 16;

fn signed(body: &Bridge) -> Result<[u8; 32], codec::CodecError> {
    Ok(domain_hash("simurgh/bridge/1", &[&codec::encode(body)?]))
}

#[cfg(test)]
mod tests;
