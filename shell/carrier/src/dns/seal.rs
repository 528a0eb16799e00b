//! What resolvers on the way must not read (DNS-10 to DNS-15). A session is a key agreement of X25519 between a key that
//! the asker draws and the relay's; its first query proves the secret path.
//!
//! Requirements: the relay's key is authentic (the descriptor's); random bytes. Provided: secrecy and integrity of
//! queries and answers against everybody between; an answer belongs to its query. Not provided: secrecy after the
//! relay's key was lost, nor against a quantum computer (of the content: the hop's); any memory of what came before.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, XChaCha20Poly1305};
use hkdf::Hkdf;
use rand_core::{CryptoRng, RngCore};
use sha2::Sha256;
use wire::Secret32;
use wire::hash::domain_hash;
use wire::relay::PATH_BYTES_MAX;
use x25519_dalek::{PublicKey, StaticSecret};

/// The version of the session's beginning.
const VERSION: u8 = 1;
const KEY_BYTES: usize = 32;
const TAG_BYTES: usize = 16;
const REPLY_NONCE_BYTES: usize = 24;
const COUNTER_BYTES: usize = 4;
/// Bytes of a session's name.
pub const SESSION_NAME_BYTES: usize = 6;
/// Bytes of the query that begins a session.
pub const HELLO_BYTES: usize = KEY_BYTES + 1 + PATH_BYTES_MAX + TAG_BYTES;
/// What a sealed query has besides its content.
pub const QUERY_OVERHEAD_BYTES: usize = SESSION_NAME_BYTES + COUNTER_BYTES + TAG_BYTES;
/// What a sealed answer has besides its content.
pub const REPLY_OVERHEAD_BYTES: usize = REPLY_NONCE_BYTES + TAG_BYTES;
/// The query that begins a session is its number 0.
const HELLO_COUNTER: u32 = 0;
/// What the answer to it says.
const WELCOME: &[u8] = &[VERSION];
const KEYS_LABEL: &[u8] = b"simurgh/dns-session/1";

/// A session's name: follows from its keys.
pub type SessionName = [u8; SESSION_NAME_BYTES];

/// A relay's key for its zone.
pub struct DnsKey(StaticSecret);

impl std::fmt::Debug for DnsKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DnsKey(redacted)")
    }
}

impl DnsKey {
    /// The key of 32 random bytes.
    #[must_use]
    pub fn from_seed(seed: &Secret32) -> Self {
        Self(StaticSecret::from(seed.0))
    }

    /// What a descriptor says of it.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        PublicKey::from(&self.0).to_bytes()
    }

    /// The session that a query begins, and the path that it proves; `None`: it begins none.
    #[must_use]
    pub fn open_hello(&self, query: &[u8]) -> Option<(Session, String)> {
        if query.len() != HELLO_BYTES {
            return None;
        }
        let (theirs, sealed) = query.split_first_chunk::<KEY_BYTES>()?;
        let shared = self.0.diffie_hellman(&PublicKey::from(*theirs));
        let session = Session::derive(shared.was_contributory().then_some(shared.as_bytes())?, theirs, &self.public())?;
        let opened = session.open_up(HELLO_COUNTER, sealed)?;
        let (version, path) = opened.split_first()?;
        let end = path.iter().rposition(|byte| *byte != 0)?.checked_add(1)?;
        let path = String::from_utf8(path.get(..end)?.to_vec()).ok()?;
        let known = *version == VERSION && path.bytes().all(|byte| byte.is_ascii_alphanumeric());
        known.then_some((session, path))
    }
}

/// The keys of a session.
#[derive(Clone)]
pub struct Session {
    name: SessionName,
    up: Secret32,
    down: Secret32,
    exchanges: Secret32,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Session(redacted)")
    }
}

impl Session {
    /// Begins a session with the relay that has this key; gives the query that does so. `None`: no such key can be, or
    /// the path is too long.
    pub fn begin(relay: &[u8; 32], path: &str, random: &mut (impl RngCore + CryptoRng)) -> Option<(Self, Vec<u8>)> {
        let mut seed = Secret32([0; 32]);
        random.fill_bytes(&mut seed.0);
        let secret = StaticSecret::from(seed.0);
        let mine = PublicKey::from(&secret).to_bytes();
        let shared = secret.diffie_hellman(&PublicKey::from(*relay));
        let session = Self::derive(shared.was_contributory().then_some(shared.as_bytes())?, &mine, relay)?;
        let mut content = vec![VERSION];
        content.extend_from_slice(path.as_bytes());
        if path.is_empty() || path.len() > PATH_BYTES_MAX {
            return None;
        }
        content.resize(PATH_BYTES_MAX.saturating_add(1), 0);
        let mut query = mine.to_vec();
        query.extend(session.seal_up(HELLO_COUNTER, &content)?);
        Some((session, query))
    }

    /// Whether this answer to the query that began the session is the relay's.
    #[must_use]
    pub fn is_welcome(&self, answer: &[u8]) -> bool {
        self.open_answer(HELLO_COUNTER, answer).is_some_and(|said| said == WELCOME)
    }

    /// The answer to the query that began the session.
    pub fn welcome(&self, random: &mut (impl RngCore + CryptoRng)) -> Option<Vec<u8>> {
        self.seal_answer(HELLO_COUNTER, WELCOME, random)
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> SessionName {
        self.name
    }

    /// Seals a query under a number that this session has not used.
    #[must_use]
    pub fn seal_query(&self, counter: u32, content: &[u8]) -> Option<Vec<u8>> {
        let mut query = self.name.to_vec();
        query.extend(counter.to_be_bytes());
        query.extend(self.seal_up(counter, content)?);
        Some(query)
    }

    /// Opens a query of this session; gives its number and its content.
    #[must_use]
    pub fn open_query(&self, query: &[u8]) -> Option<(u32, Vec<u8>)> {
        let (_name, rest) = query.split_first_chunk::<SESSION_NAME_BYTES>()?;
        let (counter, sealed) = rest.split_first_chunk::<COUNTER_BYTES>()?;
        let counter = u32::from_be_bytes(*counter);
        // Number 0 has a content of its own.
        (counter != HELLO_COUNTER).then_some(())?;
        Some((counter, self.open_up(counter, sealed)?))
    }

    /// Seals an answer to the query of this number. The same query may come again and be answered otherwise, so what
    /// makes an answer unique is drawn.
    pub fn seal_answer(
        &self,
        counter: u32,
        content: &[u8],
        random: &mut (impl RngCore + CryptoRng),
    ) -> Option<Vec<u8>> {
        let mut answer = [0; REPLY_NONCE_BYTES];
        random.fill_bytes(&mut answer);
        let cipher = XChaCha20Poly1305::new(&self.down.0.into());
        let payload = Payload { msg: content, aad: &counter.to_be_bytes() };
        let sealed = cipher.encrypt(&answer.into(), payload).ok()?;
        Some([&answer[..], &sealed].concat())
    }

    /// Opens the answer to the query of this number.
    #[must_use]
    pub fn open_answer(&self, counter: u32, answer: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = answer.split_first_chunk::<REPLY_NONCE_BYTES>()?;
        let cipher = XChaCha20Poly1305::new(&self.down.0.into());
        cipher.decrypt(nonce.into(), Payload { msg: sealed, aad: &counter.to_be_bytes() }).ok()
    }

    /// The name under which the relay keeps the exchange of this number: nobody outside the session can say it.
    #[must_use]
    pub fn exchange_name(&self, number: u32) -> crate::segment::ExchangeName {
        let hash = domain_hash("simurgh/dns-exchange/1", &[&self.exchanges.0, &number.to_be_bytes()]);
        let mut name = [0; 16];
        name.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
        name
    }

    fn derive(shared: &[u8; 32], asker: &[u8; 32], relay: &[u8; 32]) -> Option<Self> {
        let mut name = [0; SESSION_NAME_BYTES];
        let [mut up, mut down, mut exchanges] = [(); 3].map(|()| Secret32([0; 32]));
        let expand = Hkdf::<Sha256>::new(None, shared);
        let fill =
            |purpose: &[u8], into: &mut [u8]| expand.expand_multi_info(&[KEYS_LABEL, purpose, asker, relay], into).ok();
        fill(b"name", &mut name)?;
        fill(b"up", &mut up.0)?;
        fill(b"down", &mut down.0)?;
        fill(b"exchanges", &mut exchanges.0)?;
        Some(Self { name, up, down, exchanges })
    }

    fn seal_up(&self, counter: u32, content: &[u8]) -> Option<Vec<u8>> {
        let cipher = ChaCha20Poly1305::new(&self.up.0.into());
        cipher.encrypt(&nonce(counter).into(), Payload { msg: content, aad: &self.name }).ok()
    }

    fn open_up(&self, counter: u32, sealed: &[u8]) -> Option<Vec<u8>> {
        let cipher = ChaCha20Poly1305::new(&self.up.0.into());
        cipher.decrypt(&nonce(counter).into(), Payload { msg: sealed, aad: &self.name }).ok()
    }
}

fn nonce(counter: u32) -> [u8; 12] {
    let [a, b, c, d] = counter.to_be_bytes();
    [0, 0, 0, 0, 0, 0, 0, 0, a, b, c, d]
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_core::OsRng;

    fn pair() -> (Session, Session) {
        let key = DnsKey::from_seed(&Secret32([7; 32]));
        let (asker, hello) = Session::begin(&key.public(), "0123456789abcdef", &mut OsRng).unwrap();
        let (relay, path) = key.open_hello(&hello).unwrap();
        assert_eq!((path.as_str(), asker.name()), ("0123456789abcdef", relay.name()));
        (asker, relay)
    }

    /// DNS-10
    #[test]
    fn the_beginning_of_a_session_fits_into_the_longest_zone_and_proves_the_path() {
        let longest = "a".repeat(wire::relay::ZONE_BYTES_MAX);
        assert!(HELLO_BYTES <= crate::dns::room_bytes(&longest));
        let key = DnsKey::from_seed(&Secret32([7; 32]));
        let path = "p".repeat(PATH_BYTES_MAX);
        let (asker, hello) = Session::begin(&key.public(), &path, &mut OsRng).unwrap();
        assert_eq!(hello.len(), HELLO_BYTES);
        let (relay, proven) = key.open_hello(&hello).unwrap();
        assert_eq!(proven, path);
        assert!(asker.is_welcome(&relay.welcome(&mut OsRng).unwrap()));
        assert!(Session::begin(&key.public(), &format!("{path}p"), &mut OsRng).is_none());
        assert!(Session::begin(&[0; 32], "p", &mut OsRng).is_none(), "a key that agrees with everybody");
        for index in 0..hello.len() {
            let mut changed = hello.clone();
            changed[index] ^= 0x20;
            assert!(key.open_hello(&changed).is_none(), "byte {index}");
        }
        assert!(DnsKey::from_seed(&Secret32([8; 32])).open_hello(&hello).is_none());
    }

    /// DNS-11, DNS-12
    #[test]
    fn queries_and_answers_are_read_by_the_two_and_belong_together() {
        let (asker, relay) = pair();
        let query = asker.seal_query(5, b"content").unwrap();
        assert_eq!(query.len(), b"content".len() + QUERY_OVERHEAD_BYTES);
        assert_eq!(relay.open_query(&query), Some((5, b"content".to_vec())));
        let (one, again) = (relay.seal_answer(5, b"no", &mut OsRng), relay.seal_answer(5, b"yes", &mut OsRng));
        let (one, again) = (one.unwrap(), again.unwrap());
        assert_eq!(one.len(), 2 + REPLY_OVERHEAD_BYTES);
        assert_eq!(asker.open_answer(5, &one).as_deref(), Some(&b"no"[..]));
        assert_eq!(asker.open_answer(5, &again).as_deref(), Some(&b"yes"[..]));
        assert_eq!(asker.open_answer(6, &one), None, "an answer to another query");
        assert_eq!(pair().0.open_answer(5, &one), None, "of another session");
        assert_eq!(relay.open_query(&asker.seal_query(0, b"content").unwrap()), None, "the number of the beginning");
        for index in 0..query.len() {
            let mut changed = query.clone();
            changed[index] ^= 1;
            // The relay finds the session by its name: one that is not the query's does not open it either.
            let opened = relay.open_query(&changed);
            assert!(opened.is_none() || index < SESSION_NAME_BYTES, "byte {index}");
        }
    }

    #[test]
    fn exchanges_of_sessions_have_names_of_their_own() {
        let ((one, same), (other, _)) = (pair(), pair());
        assert_eq!(one.exchange_name(1), same.exchange_name(1));
        assert_ne!(one.exchange_name(1), one.exchange_name(2));
        assert_ne!(one.exchange_name(1), other.exchange_name(1));
    }
}
