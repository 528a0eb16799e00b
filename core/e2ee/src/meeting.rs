//! Two machines that meet on one network: a channel with fresh keys, and tokens by which contacts know each other and
//! strangers learn nothing (BUN-51 to BUN-53).
//!
//! Requirements: for each contact a key that only the two conversations' ends have.
//!
//! Provided: X25519 with keys of this one meeting, tokens that are good in this meeting only (whoever stands between
//! two machines has two meetings), and, once a contact is known, keys that the conversation's key goes into: the
//! channel stays closed to who breaks X25519 later.
//!
//! Not provided: sockets; who speaks first.

use crate::seal::{NONCE_BYTES, SealError, derive_key, open, seal_with};
use rand_core::{CryptoRng, RngCore};
use wire::{Secret32, hash::domain_hash};
use x25519_dalek::{EphemeralSecret, PublicKey};

/// Bytes of a public key of one meeting.
pub const PUBLIC_BYTES: usize = 32;
/// Bytes of a token.
pub const TOKEN_BYTES: usize = 16;

/// Why there is no meeting.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum MeetingError {
    /// A public key that gives everybody the same secret.
    #[error("the other side's key is worthless")]
    Key,
    /// What came is not the next thing that the other side sealed.
    #[error("the channel was disturbed")]
    Seal(#[from] SealError),
}

/// Which side of a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Who dialled.
    Dialled,
    /// Who was dialled.
    Answered,
}

/// The secret half of a key for one meeting.
pub struct Ephemeral {
    secret: EphemeralSecret,
    public: [u8; PUBLIC_BYTES],
}

/// Both halves have come together.
pub struct Meeting {
    shared: Secret32,
    transcript: [u8; 32],
    side: Side,
}

/// Seals what this side sends, in order.
pub struct Sealing {
    key: Secret32,
    sent: u64,
}

/// Opens what the other side sent, in order.
pub struct Opening {
    key: Secret32,
    received: u64,
}

macro_rules! redacted {
    ($($name:ident)*) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(redacted)"))
            }
        }
    )*};
}
redacted!(Ephemeral Meeting Sealing Opening);

impl Side {
    fn other(self) -> Self {
        match self {
            Self::Dialled => Self::Answered,
            Self::Answered => Self::Dialled,
        }
    }

    fn byte(self) -> u8 {
        match self {
            Self::Dialled => 0,
            Self::Answered => 1,
        }
    }
}

impl Ephemeral {
    /// Draws one.
    pub fn random(rng: &mut (impl RngCore + CryptoRng)) -> Self {
        let secret = EphemeralSecret::random_from_rng(rng);
        let public = PublicKey::from(&secret).to_bytes();
        Self { secret, public }
    }

    /// What the other side gets.
    #[must_use]
    pub fn public(&self) -> [u8; PUBLIC_BYTES] {
        self.public
    }

    /// Takes the other side's.
    pub fn meet(self, theirs: [u8; PUBLIC_BYTES], side: Side) -> Result<Meeting, MeetingError> {
        let shared = self.secret.diffie_hellman(&PublicKey::from(theirs));
        if !shared.was_contributory() {
            return Err(MeetingError::Key);
        }
        let (dialled, answered) = match side {
            Side::Dialled => (&self.public, &theirs),
            Side::Answered => (&theirs, &self.public),
        };
        let transcript = domain_hash("simurgh/meeting/1", &[dialled, answered]);
        Ok(Meeting { shared: Secret32(shared.to_bytes()), transcript, side })
    }
}

impl Meeting {
    /// What `by` shows of the conversation of `key`; `creator`: `by` made the conversation. So no side takes its own
    /// token for the other's.
    #[must_use]
    pub fn token(&self, key: &Secret32, by: Side, creator: bool) -> [u8; TOKEN_BYTES] {
        let who = [by.byte(), u8::from(creator)];
        let hash = domain_hash("simurgh/meeting-token/1", &[&key.0, &self.transcript, &who]);
        let mut token = [0; TOKEN_BYTES];
        token.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
        token
    }

    /// The channel before anybody is known.
    #[must_use]
    pub fn channel(&self) -> (Sealing, Opening) {
        self.keyed(&self.transcript)
    }

    /// The channel with the contact of this key.
    #[must_use]
    pub fn channel_with(&self, key: &Secret32) -> (Sealing, Opening) {
        self.keyed(&domain_hash("simurgh/meeting-key/1", &[&key.0, &self.transcript]))
    }

    fn keyed(&self, context: &[u8; 32]) -> (Sealing, Opening) {
        let key =
            |by: Side| derive_key(&self.shared, "simurgh/meeting-channel/1", &[&context[..], &[by.byte()]].concat());
        (Sealing { key: key(self.side), sent: 0 }, Opening { key: key(self.side.other()), received: 0 })
    }
}

impl Sealing {
    /// The next thing to send.
    pub fn seal(&mut self, plain: &[u8]) -> Result<Vec<u8>, MeetingError> {
        let sealed = seal_with(&self.key, &nonce(self.sent), b"", plain)?;
        self.sent = self.sent.saturating_add(1);
        Ok(sealed.get(NONCE_BYTES..).unwrap_or_default().to_vec())
    }
}

impl Opening {
    /// The next thing that came.
    pub fn open(&mut self, sealed: &[u8]) -> Result<Vec<u8>, MeetingError> {
        let plain = open(&self.key, b"", &[&nonce(self.received)[..], sealed].concat())?;
        self.received = self.received.saturating_add(1);
        Ok(plain)
    }
}

fn nonce(number: u64) -> [u8; NONCE_BYTES] {
    let mut nonce = [0; NONCE_BYTES];
    nonce.iter_mut().zip(number.to_le_bytes()).for_each(|(to, from)| *to = from);
    nonce
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_core::SeedableRng;

    fn meetings() -> (Meeting, Meeting) {
        let rng = &mut rand_chacha::ChaCha20Rng::seed_from_u64(1);
        let (one, other) = (Ephemeral::random(rng), Ephemeral::random(rng));
        let (to_one, to_other) = (other.public(), one.public());
        (one.meet(to_one, Side::Dialled).unwrap(), other.meet(to_other, Side::Answered).unwrap())
    }

    const KEY: Secret32 = Secret32([7; 32]);

    /// BUN-52
    #[test]
    fn contacts_know_each_other_and_nobody_takes_the_own_token_for_the_others() {
        let (one, other) = meetings();
        let shown = one.token(&KEY, Side::Dialled, true);
        assert_eq!(shown, other.token(&KEY, Side::Dialled, true));
        assert_ne!(shown, other.token(&KEY, Side::Answered, true));
        assert_ne!(shown, other.token(&KEY, Side::Dialled, false), "who dials itself knows nobody");
        assert_ne!(shown, other.token(&Secret32([8; 32]), Side::Dialled, true));
    }

    /// BUN-52
    #[test]
    fn a_token_is_good_in_its_meeting_only() {
        let rng = &mut rand_chacha::ChaCha20Rng::seed_from_u64(2);
        let (one, between, other) = (Ephemeral::random(rng), Ephemeral::random(rng), Ephemeral::random(rng));
        let public = between.public();
        let (one, other) = (one.meet(public, Side::Dialled).unwrap(), other.meet(public, Side::Answered).unwrap());
        assert_ne!(one.token(&KEY, Side::Dialled, true), other.token(&KEY, Side::Dialled, true));
    }

    /// BUN-51, BUN-53
    #[test]
    fn a_channel_opens_at_the_other_side_in_order_and_nowhere_else() {
        let (one, other) = meetings();
        let ((mut to, mut back), (mut answer, mut from)) = (one.channel_with(&KEY), other.channel_with(&KEY));
        let (first, second) = (to.seal(b"first").unwrap(), to.seal(b"second").unwrap());
        assert!(other.channel().1.open(&first).is_err(), "the conversation's key is in it");
        assert!(other.channel_with(&Secret32([8; 32])).1.open(&first).is_err());
        assert!(back.open(&first).is_err(), "nor at its own side");
        assert!(from.open(&second).is_err(), "out of turn");
        assert_eq!(from.open(&first).unwrap(), b"first");
        assert_eq!(from.open(&second).unwrap(), b"second");
        assert_eq!(back.open(&answer.seal(b"back").unwrap()).unwrap(), b"back");
    }

    #[test]
    fn a_worthless_key_is_refused() {
        let rng = &mut rand_chacha::ChaCha20Rng::seed_from_u64(1);
        assert_eq!(Ephemeral::random(rng).meet([0; 32], Side::Dialled).unwrap_err(), MeetingError::Key);
    }
}
