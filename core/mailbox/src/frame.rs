//! Requests to a relay and its answers (MBX-5 to MBX-9), as they are sealed into a hop.
//!
//! A frame is `postcard(version, …)`. Its version is looked at first, so that a relay can answer a newer client.
//! Decoding checks every bound of this file; nothing larger reaches the relay's decisions.

use crate::hop::RIGHT_BYTES_MAX;
use crate::{Cell, CellId, ReceiveCapability, SendCapability};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use wire::{
    UnixMillis,
    codec::{self, CodecError},
};

/// The version of these frames.
pub const VERSION: u8 = 1;
/// Mailboxes in one fetch or one acknowledgement: a device's queues at one relay.
pub const FETCH_MAILBOXES_MAX: usize = 64;
/// Sequence numbers acknowledged for one mailbox in one request.
pub const ACK_SEQUENCES_MAX: usize = 512;
/// Sequence numbers in one acknowledgement, of all its mailboxes: a relay deletes them in one go, while others wait.
/// Sixteen full answers to fetches have so many cells.
pub const ACK_SEQUENCES_TOTAL_MAX: usize = 2_048;
/// Bytes of cells in one answer to a fetch (never less than one cell is given when there is one).
pub const FETCH_CELL_BYTES_MAX: usize = 256 * 1024;
/// Longest wait for a delivery; below the idle time-outs of common middle boxes.
pub const FETCH_WAIT_MS_MAX: u32 = 30_000;
/// Longest lifetime of a cell: 21 days.
pub const CELL_LIFETIME_MS_MAX: u64 = 21 * DAY_MS;
/// A mailbox whose owner has not come for so long is deleted: 90 days.
pub const MAILBOX_IDLE_MS_MAX: u64 = 90 * DAY_MS;
/// How far a request's time may be from the relay's clock, either way. Also bounds replays by an entry relay.
pub const CLOCK_SKEW_MS_MAX: u64 = 15 * 60 * 1000;
/// Bytes of a request to a chain node: a message of the chain is at most 64 KiB.
pub const CHAIN_REQUEST_BYTES_MAX: usize = 66 * 1024;
/// Bytes of a chain node's answer: a whole block and its proof.
pub const CHAIN_RESPONSE_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Bytes of a stamp (a VOPRF token is 96).
pub const STAMP_BYTES_MAX: usize = 256;
/// Bytes of an encoded request: the largest is one to a chain node; an acknowledgement with everything it may hold is
/// about 23 kB, a deposit 17 kB.
pub const REQUEST_BYTES_MAX: usize = CHAIN_REQUEST_BYTES_MAX + 1024;
/// Bytes of an encoded response.
pub const RESPONSE_BYTES_MAX: usize = CHAIN_RESPONSE_BYTES_MAX + 1024;

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// Why bytes are not a frame.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum FrameError {
    /// Not decodable, too long, or with something after its end.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// Written by a program with other frames: one of the two sides needs an update.
    #[error("frame version {0}, this program speaks {VERSION}: update the older side")]
    Version(u8),
    /// A list or blob inside is longer than its bound.
    #[error("{field} has {len} entries or bytes, at most {max} are allowed")]
    Bound {
        /// Which list.
        field: &'static str,
        /// Its length.
        len: usize,
        /// Its bound.
        max: usize,
    },
    /// One request names a mailbox twice.
    #[error("a mailbox is named twice in one request")]
    Twice,
}

/// A request with what the relay needs to judge its age.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestFrame {
    /// The sender's clock when it was sealed.
    pub at: UnixMillis,
    /// What is asked.
    pub request: Request,
}

/// What a client asks of a relay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// Makes a mailbox.
    Create(Create),
    /// Puts one cell into a mailbox.
    Deposit(Deposit),
    /// Reads mailboxes, waiting for a delivery if all are empty.
    Fetch(Fetch),
    /// Deletes cells that are safe at the receiver.
    Ack(Ack),
    /// Deletes a mailbox with everything in it.
    Delete(ReceiveCapability),
    /// Asks after a mailbox.
    Info(ReceiveCapability),
    /// Bytes for the chain node that this relay knows.
    Chain(#[serde(with = "serde_bytes")] Vec<u8>),
    /// Puts a cell into a mailbox by a right that its sender sealed to this relay.
    Carried(Carried),
}

/// Makes a mailbox. Repeating it with both capabilities equal is answered like the first time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Create {
    /// Who holds it may deposit.
    pub send: SendCapability,
    /// Who holds it may fetch, acknowledge and delete.
    pub receive: ReceiveCapability,
    /// How many cells it may hold.
    pub quota_cells: u32,
    /// How long a cell is kept, in milliseconds, at most [`CELL_LIFETIME_MS_MAX`].
    pub lifetime_ms: u64,
    /// What becomes of fetched cells.
    pub mode: Mode,
    /// Payment; without one the free allowance is used.
    pub stamp: Option<Stamp>,
}

/// What becomes of cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    /// Deleted when acknowledged.
    Queue,
    /// Retained for every reader (not offered yet).
    Log,
}

/// Puts one cell into a mailbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deposit {
    /// Names the mailbox and proves the right.
    pub send: SendCapability,
    /// The sender's name for this deposit; a retry uses the same.
    pub cell_id: CellId,
    /// The ciphertext.
    pub cell: Cell,
    /// Payment; without one the free allowance is used.
    pub stamp: Option<Stamp>,
}

/// A deposit by somebody who only carries the cell (MBX-90 to MBX-92).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// Sealed to the relay, of [`RIGHT_BYTES_MAX`].
    #[serde(with = "serde_bytes")]
    pub right: Vec<u8>,
    /// The ciphertext.
    pub cell: Cell,
}

/// Reads mailboxes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fetch {
    /// The mailboxes, at most [`FETCH_MAILBOXES_MAX`]; answers refer to their place in this list.
    pub receive: Vec<ReceiveCapability>,
    /// How long to wait for a delivery when nothing is there, at most [`FETCH_WAIT_MS_MAX`] (more is cut to it).
    pub wait_ms: u32,
}

/// Deletes cells that are safe at the receiver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ack {
    /// At most [`FETCH_MAILBOXES_MAX`].
    pub mailboxes: Vec<AckMailbox>,
}

/// Cells of one mailbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AckMailbox {
    /// Which mailbox.
    pub receive: ReceiveCapability,
    /// Which cells, as [`FetchedCell::sequence`] named them, at most [`ACK_SEQUENCES_MAX`] here and
    /// [`ACK_SEQUENCES_TOTAL_MAX`] in all mailboxes; unknown ones are ignored.
    pub sequences: Vec<u64>,
}

/// A blind token that pays for a mailbox or a deposit. This relay version takes none.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp(#[serde(with = "serde_bytes")] pub Vec<u8>);

impl std::fmt::Debug for Stamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stamp(redacted)")
    }
}

/// What a relay answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Response {
    /// The mailbox is on disk.
    Created {
        /// When it is deleted if its owner never comes.
        expires: UnixMillis,
    },
    /// The cell is on disk.
    Deposited {
        /// It was there already: the request was a retry.
        duplicate: bool,
    },
    /// What the mailboxes hold.
    Fetched(Fetched),
    /// The cells are deleted.
    Acked {
        /// How many of them were still there.
        deleted: u32,
    },
    /// The mailbox is deleted, or was not there.
    Deleted,
    /// About a mailbox.
    Info(MailboxInfo),
    /// The chain node's bytes.
    Chain(#[serde(with = "serde_bytes")] Vec<u8>),
    /// Not done, and nothing was kept of the request.
    Refused(Refusal),
}

/// What the mailboxes of a fetch hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fetched {
    /// Only mailboxes about which there is something to say, at most [`FETCH_MAILBOXES_MAX`].
    #[serde(deserialize_with = "codec::list::<FETCH_MAILBOXES_MAX, _, _>")]
    pub mailboxes: Vec<FetchedMailbox>,
    /// There is more than fitted: acknowledge and fetch again.
    pub more: bool,
}

/// One mailbox of a fetch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FetchedMailbox {
    /// Its place in [`Fetch::receive`].
    pub index: u16,
    /// No such mailbox: never made, deleted or expired. Make a new one and tell the senders.
    pub missing: bool,
    /// Its oldest cells, in the order in which they were accepted.
    pub cells: Vec<FetchedCell>,
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FetchedCell {
    /// Its number in the mailbox: grows, never used twice.
    pub sequence: u64,
    /// The ciphertext.
    pub cell: Cell,
}

/// About a mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailboxInfo {
    /// Cells in it.
    pub cells: u32,
    /// Cells it may hold.
    pub quota_cells: u32,
    /// How long a cell is kept, in milliseconds.
    pub lifetime_ms: u64,
    /// When it is deleted unless its owner comes before.
    pub expires: UnixMillis,
}

/// Why a relay did not do what was asked.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// The sealed bytes are not a request of a version that this relay speaks.
    #[error("the relay speaks frame version {speaks}: update the older side")]
    Version {
        /// The relay's version.
        speaks: u8,
    },
    /// The sealed bytes are no request within its bounds.
    #[error("the relay could not read the request")]
    Malformed,
    /// The sender's clock is off by more than [`CLOCK_SKEW_MS_MAX`].
    #[error("this device's clock is wrong: the relay's says {relay}. Set the clock")]
    ClockSkew {
        /// The relay's clock.
        relay: UnixMillis,
    },
    /// Never made, deleted or expired.
    #[error("the relay has no such mailbox")]
    NoSuchMailbox,
    /// One of the two capabilities is in use with another partner.
    #[error("the relay has a mailbox with one of these capabilities: draw new ones")]
    CapabilityInUse,
    /// The mailbox holds its quota. It has room again when its owner has fetched.
    #[error("the mailbox is full ({quota_cells} cells)")]
    MailboxFull {
        /// Its quota.
        quota_cells: u32,
    },
    /// The relay's disk quota is used up. Use another relay.
    #[error("the relay is full: use another one")]
    RelayFull,
    /// More mailboxes from this source than the free allowance has.
    #[error("the free allowance of mailboxes is used up: try again in {retry_after_ms} ms")]
    AllowanceUsed {
        /// When to try again, in milliseconds.
        retry_after_ms: u32,
    },
    /// Too many requests from this source or for this mailbox.
    #[error("too many requests: try again in {retry_after_ms} ms")]
    TooFast {
        /// When to try again, in milliseconds.
        retry_after_ms: u32,
    },
    /// As many polls are waiting as the relay allows.
    #[error("the relay holds as many waiting fetches as it can: fetch without waiting")]
    TooManyPolls,
    /// The quota asked for is above what the allowance gives, or zero.
    #[error("a mailbox may have 1 to {max} cells")]
    QuotaOutOfRange {
        /// The most cells.
        max: u32,
    },
    /// The lifetime asked for is above [`CELL_LIFETIME_MS_MAX`], or zero.
    #[error("a cell may live 1 to {max_ms} ms")]
    LifetimeOutOfRange {
        /// The longest lifetime.
        max_ms: u64,
    },
    /// The mode is not offered yet.
    #[error("the relay offers queues only")]
    ModeNotOffered,
    /// The stamp is not one that this relay takes.
    #[error("the relay does not take this stamp")]
    StampNotTaken,
    /// The relay's disk failed. Nothing is known to be stored: retry with the same ids.
    #[error("the relay could not write to its disk: try again or use another one")]
    StoreFailed,
    /// The relay knows no chain node, or it does not answer.
    #[error("the relay could not reach a chain node: use another relay")]
    ChainUnreachable,
    /// The relay is shutting down or has more work than it can queue.
    #[error("the relay is overloaded: try again in {retry_after_ms} ms")]
    Overloaded {
        /// When to try again, in milliseconds.
        retry_after_ms: u32,
    },
}

/// Encodes a request.
pub fn encode_request(frame: &RequestFrame) -> Result<Vec<u8>, FrameError> {
    check_request(&frame.request)?;
    Ok(codec::encode(&(VERSION, frame.at, &frame.request))?)
}

/// Decodes a request and checks its bounds.
pub fn decode_request(bytes: &[u8]) -> Result<RequestFrame, FrameError> {
    check_version(bytes)?;
    let (_, at, request) = codec::decode::<(u8, UnixMillis, Request)>(bytes, REQUEST_BYTES_MAX)?;
    check_request(&request)?;
    Ok(RequestFrame { at, request })
}

/// Encodes a response.
pub fn encode_response(response: &Response) -> Result<Vec<u8>, FrameError> {
    Ok(codec::encode(&(VERSION, response))?)
}

/// Decodes a response and checks its bounds.
pub fn decode_response(bytes: &[u8]) -> Result<Response, FrameError> {
    check_version(bytes)?;
    let (_, response) = codec::decode::<(u8, Response)>(bytes, RESPONSE_BYTES_MAX)?;
    Ok(response)
}

fn check_version(bytes: &[u8]) -> Result<(), FrameError> {
    match bytes.first() {
        Some(&VERSION) | None => Ok(()),
        Some(&other) => Err(FrameError::Version(other)),
    }
}

fn check_request(request: &Request) -> Result<(), FrameError> {
    let stamp = |stamp: &Option<Stamp>| stamp.as_ref().map_or(0, |stamp| stamp.0.len());
    match request {
        Request::Create(create) => bound("stamp", stamp(&create.stamp), STAMP_BYTES_MAX),
        Request::Deposit(deposit) => bound("stamp", stamp(&deposit.stamp), STAMP_BYTES_MAX),
        Request::Fetch(fetch) => {
            bound("receive", fetch.receive.len(), FETCH_MAILBOXES_MAX)?;
            each_once(fetch.receive.iter())
        }
        Request::Ack(ack) => {
            bound("mailboxes", ack.mailboxes.len(), FETCH_MAILBOXES_MAX)?;
            each_once(ack.mailboxes.iter().map(|one| &one.receive))?;
            ack.mailboxes.iter().try_for_each(|one| bound("sequences", one.sequences.len(), ACK_SEQUENCES_MAX))?;
            let total = ack.mailboxes.iter().fold(0usize, |sum, one| sum.saturating_add(one.sequences.len()));
            bound("sequences of all mailboxes", total, ACK_SEQUENCES_TOTAL_MAX)
        }
        Request::Chain(bytes) => bound("chain", bytes.len(), CHAIN_REQUEST_BYTES_MAX),
        Request::Carried(carried) => bound("right", carried.right.len(), RIGHT_BYTES_MAX),
        Request::Delete(_) | Request::Info(_) => Ok(()),
    }
}

/// A relay looks each mailbox up: nobody makes it do so twice.
fn each_once<'a>(mut receive: impl Iterator<Item = &'a ReceiveCapability>) -> Result<(), FrameError> {
    let mut seen = BTreeSet::new();
    if receive.all(|one| seen.insert(one.0.0)) { Ok(()) } else { Err(FrameError::Twice) }
}

fn bound(field: &'static str, len: usize, max: usize) -> Result<(), FrameError> {
    if len <= max { Ok(()) } else { Err(FrameError::Bound { field, len, max }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::Secret32;

    fn receive(name: usize) -> ReceiveCapability {
        ReceiveCapability(Secret32([u8::try_from(name).unwrap(); 32]))
    }

    fn ack(mailboxes: usize, sequences: usize) -> Request {
        let one = |name| AckMailbox { receive: receive(name), sequences: vec![u64::from(u32::MAX); sequences] };
        Request::Ack(Ack { mailboxes: (0..mailboxes).map(one).collect() })
    }

    fn encode(request: Request) -> Result<Vec<u8>, FrameError> {
        encode_request(&RequestFrame { at: UnixMillis(u64::MAX), request })
    }

    /// MBX-7
    #[test]
    fn an_acknowledgement_is_bounded_in_all_and_per_mailbox() {
        let full = encode(ack(64, 32)).unwrap();
        assert!(full.len() < 24_000, "{}", full.len());
        assert!(encode(ack(4, 512)).is_ok());
        assert!(matches!(encode(ack(1, 513)), Err(FrameError::Bound { max: ACK_SEQUENCES_MAX, .. })));
        assert!(matches!(encode(ack(64, 33)), Err(FrameError::Bound { max: ACK_SEQUENCES_TOTAL_MAX, .. })));
        let bytes = codec::encode(&(VERSION, UnixMillis(1), ack(5, 512))).unwrap();
        assert!(decode_request(&bytes).is_err(), "the relay looks too");
    }

    /// MBX-7
    #[test]
    fn a_mailbox_is_named_once_in_a_request() {
        let twice = Fetch { receive: vec![receive(1), receive(2), receive(1)], wait_ms: 0 };
        assert_eq!(encode(Request::Fetch(twice)), Err(FrameError::Twice));
        let one = AckMailbox { receive: receive(1), sequences: vec![1] };
        assert_eq!(encode(Request::Ack(Ack { mailboxes: vec![one.clone(), one] })), Err(FrameError::Twice));
    }

    /// MBX-7
    #[test]
    fn the_largest_request_of_each_kind_fits() {
        assert!(encode(Request::Chain(vec![7; CHAIN_REQUEST_BYTES_MAX])).unwrap().len() <= REQUEST_BYTES_MAX);
        let fetch = Fetch { receive: (0..FETCH_MAILBOXES_MAX).map(receive).collect(), wait_ms: FETCH_WAIT_MS_MAX };
        assert!(encode(Request::Fetch(fetch)).unwrap().len() <= 2_304, "a fetch takes one step of padding");
    }
}
