//! Who may use the local API from a browser: tokens that are good once, and the sessions they open.

use api::{ApiError, Reason, local::SessionOpen};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use parking_lot::Mutex;
use rand_core::{OsRng, RngCore as _};
use std::collections::VecDeque;
use wire::hash::domain_hash;

/// Page addresses that were handed out and not opened yet; the oldest goes when there are more.
const TOKENS_MAX: usize = 256;
/// Open sessions (one is a browser tab); the oldest goes when there are more.
const SESSIONS_MAX: usize = 64;
/// Random bytes of a token or session secret: nobody guesses 256 bits.
const SECRET_BYTES: usize = 32;

/// Tokens and sessions. Only their hashes are kept, so that comparing them tells nothing by its duration.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    tokens: VecDeque<[u8; 32]>,
    sessions: VecDeque<[u8; 32]>,
}

impl Sessions {
    /// A token that opens one session.
    pub(crate) fn mint(&self) -> String {
        let (secret, hash) = fresh();
        remember(&mut self.kept.lock().tokens, hash, TOKENS_MAX);
        secret
    }

    /// Opens a session: a token is used up, a session's secret stays good.
    pub(crate) fn open(&self, with: &SessionOpen) -> Result<String, ApiError> {
        let mut kept = self.kept.lock();
        if let Some(token) = &with.token {
            let hash = hash_of(token);
            if let Some(place) = kept.tokens.iter().position(|known| *known == hash) {
                kept.tokens.remove(place);
                let (secret, hash) = fresh();
                remember(&mut kept.sessions, hash, SESSIONS_MAX);
                return Ok(secret);
            }
        }
        if let Some(session) = &with.session
            && kept.sessions.contains(&hash_of(session))
        {
            return Ok(session.clone());
        }
        let sentence = "This page address was used before or is too old; run `simurgh up` to get a fresh one.";
        Err(ApiError::new(Reason::NoSession, sentence))
    }
}

fn fresh() -> (String, [u8; 32]) {
    let mut bytes = [0; SECRET_BYTES];
    OsRng.fill_bytes(&mut bytes);
    let secret = URL_SAFE_NO_PAD.encode(bytes);
    let hash = hash_of(&secret);
    (secret, hash)
}

fn hash_of(secret: &str) -> [u8; 32] {
    domain_hash("simurgh/session/1", &[secret.as_bytes()])
}

fn remember(list: &mut VecDeque<[u8; 32]>, hash: [u8; 32], max: usize) {
    if list.len() >= max {
        list.pop_front();
    }
    list.push_back(hash);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_token(token: &str) -> SessionOpen {
        SessionOpen { token: Some(token.to_owned()), session: None }
    }

    fn with_session(session: &str) -> SessionOpen {
        SessionOpen { token: None, session: Some(session.to_owned()) }
    }

    #[test]
    fn a_token_opens_one_session_and_the_session_opens_again() {
        let sessions = Sessions::default();
        let token = sessions.mint();
        let session = sessions.open(&with_token(&token)).unwrap();
        assert_eq!(sessions.open(&with_token(&token)).unwrap_err().data.reason, Reason::NoSession);
        assert_eq!(sessions.open(&with_session(&session)).unwrap(), session);
        assert_eq!(sessions.open(&with_session(&session)).unwrap(), session);
    }

    #[test]
    fn a_stale_token_with_a_good_session_opens() {
        let sessions = Sessions::default();
        let token = sessions.mint();
        let session = sessions.open(&with_token(&token)).unwrap();
        let both = SessionOpen { token: Some(token), session: Some(session.clone()) };
        assert_eq!(sessions.open(&both).unwrap(), session);
    }

    #[test]
    fn what_was_never_handed_out_opens_nothing() {
        let sessions = Sessions::default();
        let token = sessions.mint();
        assert!(sessions.open(&with_session(&token)).is_err());
        assert!(sessions.open(&with_token("")).is_err());
        assert!(sessions.open(&SessionOpen { token: None, session: None }).is_err());
    }

    #[test]
    fn the_oldest_token_goes_when_there_are_too_many() {
        let sessions = Sessions::default();
        let first = sessions.mint();
        let second = sessions.mint();
        for _ in 0..TOKENS_MAX - 1 {
            sessions.mint();
        }
        assert!(sessions.open(&with_token(&first)).is_err());
        assert!(sessions.open(&with_token(&second)).is_ok());
    }
}
