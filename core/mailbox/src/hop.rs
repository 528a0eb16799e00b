//! Two hops (MBX-40 to MBX-49): a request is sealed to the relay that runs it with Oblivious HTTP (RFC 9458, KEM
//! X-Wing, inside a Binary HTTP message, RFC 9292) and carried there by another relay, the entry relay. The entry
//! relay knows who asks and not what; the relay that runs it knows what and not who.
//!
//! Requirements: the target's descriptor is authentic (its id is the hash of its key).
//!
//! Provided: confidentiality and integrity of request and response against the entry relay, also against a
//! quantum computer later; sizes in steps, so that deposits, fetches and acknowledgements look alike.
//!
//! Not provided: protection against two relays that collude, or against timing.

mod right;

pub use right::{RIGHT_BYTES_MAX, seal_right};

use crate::bridge::{Claim, FriendAnswer, FriendRequest, Redeemed, Redemption, Token};
use crate::frame::{self, FrameError, RequestFrame, Response};
use crate::{Refusal, Request};
use bhttp::{Message, Mode, StatusCode};
use ohttp::hpke::{Aead, Kdf, Kem};
use ohttp::{ClientRequest, ClientResponse, KeyConfig, Server, ServerResponse, SymmetricSuite};
use serde::{Deserialize, Serialize};
use wire::{
    RelayDescriptor, RelayId, Secret32, UnixMillis,
    codec::{self, CodecError},
    relay::HOP_KEY_BYTES_MAX,
};

/// Sealed requests are padded to multiples of this many bytes inside: a small deposit takes one step.
pub const REQUEST_STEP_BYTES: usize = 2_304;
/// Sealed responses are padded to multiples of this many bytes inside: one small cell takes one step.
pub const RESPONSE_STEP_BYTES: usize = 2_304;
/// What encapsulation adds to a request: the header 7, X-Wing's encapsulated key 1,120, the tag 16.
pub const REQUEST_OVERHEAD_BYTES: usize = 7 + 1_120 + 16;
/// What encapsulation adds to a response: the nonce 32, the tag 16.
pub const RESPONSE_OVERHEAD_BYTES: usize = 32 + 16;
/// What the body of a redemption begins with: the number of [`HopBody::Redeem`].
const REDEEM: u8 = 2;
/// Bytes of a sealed request, the largest frame with its padding and overhead.
pub const SEALED_REQUEST_BYTES_MAX: usize = frame::REQUEST_BYTES_MAX + REQUEST_STEP_BYTES + 2_048;
/// Bytes of a sealed response.
pub const SEALED_RESPONSE_BYTES_MAX: usize = frame::RESPONSE_BYTES_MAX + RESPONSE_STEP_BYTES + 2_048;
/// Bytes of the body of an HTTP request to a relay.
pub const BODY_BYTES_MAX: usize = SEALED_REQUEST_BYTES_MAX + 64;
/// Bytes of the body of a relay's HTTP response.
pub const REPLY_BYTES_MAX: usize = SEALED_RESPONSE_BYTES_MAX + 64;

const KEY_ID: u8 = 1;
const SUITE: SymmetricSuite = SymmetricSuite::new(Kdf::HkdfSha256, Aead::ChaCha20Poly1305);
const METHOD: &[u8] = b"POST";
const SCHEME: &[u8] = b"https";
const PATH: &[u8] = b"/";
/// A Binary HTTP message begins with 0 or 1 where its lengths are known, a request's or a response's (RFC 9292, 3.3).
const KNOWN_LENGTH_MAX: u8 = 1;

/// Why a hop failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HopError {
    /// The relay's hop key is not one that this program can seal to.
    #[error("the relay's hop key is not X-Wing with ChaCha20-Poly1305: get a new descriptor")]
    Key,
    /// Sealed to another key, or changed on the way.
    #[error("the sealed bytes do not open: {0}")]
    Open(ohttp::Error),
    /// What was inside is not a Binary HTTP message of this protocol.
    #[error("the sealed message is not one of this protocol")]
    Inner,
    /// The frame inside is refused.
    #[error(transparent)]
    Frame(#[from] FrameError),
    /// The HTTP body is not one of this protocol.
    #[error("not the body of a relay: {0}")]
    Body(#[from] CodecError),
    /// The entry relay did not carry it on.
    #[error(transparent)]
    Refused(#[from] HopRefusal),
}

/// Body of an HTTP request to a relay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HopBody {
    /// To be carried to another relay.
    Forward(HopRequest),
    /// Sealed to this relay; sent by an entry relay.
    Run(#[serde(with = "serde_bytes")] Vec<u8>),
    /// Turns the token of a bridge link into a path of one's own (MBX-52).
    Redeem(Redemption),
    /// Asks for a bridge link for a friend, under a path of one's own (MBX-57).
    Friend(FriendRequest),
}

/// What an entry relay carries on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HopRequest {
    /// The relay that is to run it.
    pub target: RelayId,
    /// Sealed to that relay.
    #[serde(with = "serde_bytes")]
    pub sealed: Vec<u8>,
}

/// Body of a relay's HTTP response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HopReply {
    /// Sealed to whoever sealed the request.
    Sealed(#[serde(with = "serde_bytes")] Vec<u8>),
    /// Not carried on, or not run.
    Refused(HopRefusal),
    /// The path of one's own.
    Redeemed(Redeemed),
    /// The link, or why there is none.
    Friend(FriendAnswer),
}

/// Why a relay did not carry a request on, or did not open it. Seen by the entry relay too, so it says nothing about
/// what was inside.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq, Serialize, Deserialize)]
pub enum HopRefusal {
    /// The entry relay has no descriptor of the target.
    #[error("the entry relay does not know that relay: use another entry relay")]
    UnknownTarget,
    /// An entry relay does not carry to itself: it would see both who and what.
    #[error("a relay is not its own entry relay: use another one")]
    TargetIsEntry,
    /// The target does not answer the entry relay.
    #[error("the entry relay could not reach that relay: it may be down")]
    TargetUnreachable,
    /// Too many requests from this source.
    #[error("too many requests: try again in {retry_after_ms} ms")]
    TooFast {
        /// When to try again, in milliseconds.
        retry_after_ms: u32,
    },
    /// As many requests are under way as the relay allows.
    #[error("the relay has as many requests under way as it can hold: try again in {retry_after_ms} ms")]
    Overloaded {
        /// When to try again, in milliseconds.
        retry_after_ms: u32,
    },
    /// Sealed to another key: the descriptor is out of date.
    #[error("the relay could not open the request: get its new descriptor")]
    WrongKey,
}

/// Opens the one response to a sealed request. Holds the key, so it is neither shown nor copied.
pub struct ResponseOpener(ClientResponse);

impl std::fmt::Debug for ResponseOpener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ResponseOpener(redacted)")
    }
}

/// Seals `request` to `target`. Gives the whole HTTP body for an entry relay (any relay but `target`) and what opens
/// its answer. `now` is the sender's clock, corrected if a relay said that it is off.
pub fn seal_request(
    target: &RelayDescriptor,
    request: Request,
    now: UnixMillis,
) -> Result<(Vec<u8>, ResponseOpener), HopError> {
    let (sealed, opener) = seal(&target.hop_key, request, now)?;
    let body = HopBody::Forward(HopRequest { target: target.id(), sealed });
    Ok((codec::encode(&body)?, opener))
}

impl ResponseOpener {
    /// Opens the HTTP body that the entry relay answered.
    pub fn open(self, body: &[u8]) -> Result<Response, HopError> {
        match codec::decode(body, REPLY_BYTES_MAX)? {
            HopReply::Refused(refusal) => Err(HopError::Refused(refusal)),
            HopReply::Sealed(sealed) => self.open_sealed(&sealed),
            HopReply::Redeemed(_) | HopReply::Friend(_) => Err(HopError::Inner),
        }
    }

    fn open_sealed(self, sealed: &[u8]) -> Result<Response, HopError> {
        open_response(&self.0.decapsulate(sealed).map_err(HopError::Open)?)
    }
}

/// Reads the body of an HTTP request to a relay.
pub fn decode_body(body: &[u8]) -> Result<HopBody, CodecError> {
    codec::decode(body, BODY_BYTES_MAX)
}

/// The token and the claim of a redemption, of whose body these are the first bytes at least.
#[must_use]
pub fn redemption_head(body: &[u8]) -> Option<(Token, Claim)> {
    let (&REDEEM, rest) = body.split_first()? else { return None };
    let (token, rest) = rest.split_first_chunk()?;
    let (claim, _) = rest.split_first_chunk()?;
    Some((Token(*token), Claim(*claim)))
}

/// Writes the body of an HTTP request to a relay.
pub fn encode_body(body: &HopBody) -> Result<Vec<u8>, CodecError> {
    codec::encode(body)
}

/// Reads the body of a relay's HTTP response.
pub fn decode_reply(body: &[u8]) -> Result<HopReply, CodecError> {
    codec::decode(body, REPLY_BYTES_MAX)
}

/// Writes the body of a relay's HTTP response.
pub fn encode_reply(reply: &HopReply) -> Result<Vec<u8>, CodecError> {
    codec::encode(reply)
}

/// The relay's side: opens requests that were sealed to its hop key.
pub struct Gateway {
    server: Server,
    public: Vec<u8>,
}

impl std::fmt::Debug for Gateway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Gateway(redacted)")
    }
}

impl Gateway {
    /// The gateway whose key pair is derived from `seed` (RFC 9180, DeriveKeyPair).
    pub fn from_seed(seed: &Secret32) -> Result<Self, HopError> {
        let config = KeyConfig::derive(KEY_ID, Kem::XWing, vec![SUITE], &seed.0).map_err(HopError::Open)?;
        let public = config.encode().map_err(HopError::Open)?;
        let server = Server::new(config).map_err(HopError::Open)?;
        Ok(Self { server, public })
    }

    /// The encoded key configuration that goes into the relay's descriptor.
    #[must_use]
    pub fn hop_key(&self) -> &[u8] {
        &self.public
    }

    /// Opens what was sealed to this relay. The request inside may still be refused (`Err` in the first place): the
    /// refusal is answered through the sealer like any response. A carried deposit comes out as an ordinary one.
    pub fn open(&self, sealed: &[u8]) -> Result<(Result<RequestFrame, Refusal>, ResponseSealer), HopError> {
        if sealed.len() > SEALED_REQUEST_BYTES_MAX {
            let too_long = CodecError::TooLong { len: sealed.len(), max: SEALED_REQUEST_BYTES_MAX };
            return Err(HopError::Body(too_long));
        }
        let (bytes, response) = self.server.decapsulate(sealed).map_err(HopError::Open)?;
        let frame = open_request(&bytes).and_then(|frame| self.uncarried(frame));
        Ok((frame, ResponseSealer(response)))
    }
}

/// Seals the one response to an opened request.
#[derive(Debug)]
pub struct ResponseSealer(ServerResponse);

impl ResponseSealer {
    /// The whole HTTP body of the answer.
    pub fn seal(self, response: &Response) -> Result<Vec<u8>, HopError> {
        let mut message = Message::response(StatusCode::OK);
        message.write_content(frame::encode_response(response)?);
        let bytes = write_message(&message, RESPONSE_STEP_BYTES)?;
        let sealed = self.0.encapsulate(&bytes).map_err(HopError::Open)?;
        Ok(codec::encode(&HopReply::Sealed(sealed))?)
    }
}

fn seal(hop_key: &[u8], request: Request, at: UnixMillis) -> Result<(Vec<u8>, ResponseOpener), HopError> {
    let mut message = Message::request(METHOD.to_vec(), SCHEME.to_vec(), Vec::new(), PATH.to_vec());
    message.write_content(frame::encode_request(&RequestFrame { at, request })?);
    let bytes = write_message(&message, REQUEST_STEP_BYTES)?;
    let (sealed, opener) = client(hop_key)?.encapsulate(&bytes).map_err(HopError::Open)?;
    Ok((sealed, ResponseOpener(opener)))
}

/// Only the one suite is sealed to: a descriptor can't talk a client down to a weaker KEM (MBX-42).
fn client(hop_key: &[u8]) -> Result<ClientRequest, HopError> {
    let [_, kem_high, kem_low, ..] = hop_key else { return Err(HopError::Key) };
    if u16::from_be_bytes([*kem_high, *kem_low]) != u16::from(Kem::XWing) || hop_key.len() > HOP_KEY_BYTES_MAX {
        return Err(HopError::Key);
    }
    let mut config = KeyConfig::decode(hop_key).map_err(|_| HopError::Key)?;
    config.select(SUITE).map_err(|_| HopError::Key)?;
    ClientRequest::from_config(&mut config).map_err(|_| HopError::Key)
}

/// What was sealed in a response.
pub(crate) fn open_response(bytes: &[u8]) -> Result<Response, HopError> {
    let message = read_message(bytes, RESPONSE_STEP_BYTES)?;
    match message.control().status() {
        Some(status) if status == StatusCode::OK => Ok(frame::decode_response(message.content())?),
        _ => Err(HopError::Inner),
    }
}

/// What was sealed in a request.
pub(crate) fn open_request(bytes: &[u8]) -> Result<RequestFrame, Refusal> {
    let message = read_message(bytes, REQUEST_STEP_BYTES).map_err(|_| Refusal::Malformed)?;
    if message.control().method() != Some(METHOD) || message.control().path() != Some(PATH) {
        return Err(Refusal::Malformed);
    }
    frame::decode_request(message.content()).map_err(|error| match error {
        FrameError::Version(_) => Refusal::Version { speaks: frame::VERSION },
        FrameError::Codec(_) | FrameError::Bound { .. } | FrameError::Twice => Refusal::Malformed,
    })
}

/// RFC 9292, section 3.8: zeros may follow a message.
fn write_message(message: &Message, step_bytes: usize) -> Result<Vec<u8>, HopError> {
    let mut bytes = Vec::new();
    message.write_bhttp(Mode::KnownLength, &mut bytes).map_err(|_| HopError::Inner)?;
    let padded = bytes.len().checked_next_multiple_of(step_bytes).ok_or(HopError::Inner)?;
    bytes.resize(padded, 0);
    Ok(bytes)
}

/// Only what [`write_message`] makes is taken: known lengths (MBX-40), whole steps, and less than one of them zeros
/// (MBX-43).
fn read_message(bytes: &[u8], step_bytes: usize) -> Result<Message, HopError> {
    if bytes.first().is_none_or(|framing| *framing > KNOWN_LENGTH_MAX) {
        return Err(HopError::Inner);
    }
    let mut cursor = std::io::Cursor::new(bytes);
    let message = Message::read_bhttp(&mut cursor).map_err(|_| HopError::Inner)?;
    let read = usize::try_from(cursor.position()).map_err(|_| HopError::Inner)?;
    let padding = bytes.get(read..).ok_or(HopError::Inner)?;
    let whole = bytes.len().is_multiple_of(step_bytes) && padding.len() < step_bytes;
    if whole && padding.iter().all(|byte| *byte == 0) { Ok(message) } else { Err(HopError::Inner) }
}

#[cfg(test)]
mod tests;
