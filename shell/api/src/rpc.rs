//! The JSON-RPC 2.0 envelope: one request, answer or notification is one JSON object.

use crate::{event::NumberedEvent, lend::Order};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use typescript_type_def::TypeDef;

/// Largest request accepted, in bytes: a message of 64 kB whose every character is escaped still fits.
pub const REQUEST_BYTES_MAX: usize = 512 * 1024;

/// Why a call failed, as one word to branch on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reason {
    /// The bytes are no JSON-RPC request.
    BadRequest,
    /// There is no such method.
    NoSuchMethod,
    /// The parameters are not what the method takes.
    BadParams,
    /// `session.open` must come first, with a token or a session that is still good.
    NoSession,
    /// What was named does not exist.
    NotFound,
    /// The link can't be used: it is cut off, or no such link at all.
    BadLink,
    /// The link's signature is wrong: it was changed on the way.
    LinkChanged,
    /// The link is too old.
    Expired,
    /// The invite link is this person's own.
    OwnLink,
    /// The invite link's maker is a contact already.
    AlreadyContact,
    /// The invite link was made on another network.
    OtherNetwork,
    /// The link was made by a newer program.
    NewerVersion,
    /// None of the relays that it needs is known here.
    UnknownRelays,
    /// The address or amount is none.
    BadValue,
    /// The name is empty or too long.
    BadName,
    /// The message is empty or too long.
    BadText,
    /// Another contact has this name.
    NameTaken,
    /// It is already so.
    Conflict,
    /// As many as this program holds: something must go first.
    Full,
    /// The contact has not sent an address to pay to yet.
    NoPaymentAddress,
    /// The wallet does not hold enough.
    Insufficient,
    /// The network answered and refused.
    Refused,
    /// Nobody answered in time.
    Unreachable,
    /// A node answered, and its proof is wrong.
    BadProof,
    /// Spending is locked.
    Locked,
    /// Too much at once: try again later.
    Busy,
    /// The file is no bundle, or can't be read.
    BadBundle,
    /// The end of the bundle is missing.
    BundleCutOff,
    /// The bundle was changed or damaged on the way.
    BundleChanged,
    /// The bundle is over its bound.
    BundleTooLong,
    /// The bundle is sealed for somebody else.
    BundleForOthers,
    /// The contact has not answered yet.
    NotConnected,
    /// There is no demo here.
    NoDemo,
    /// The part of the demo did not stop or start.
    NotSwitched,
    /// Something is broken here.
    Internal,
}

impl Reason {
    /// JSON-RPC's number for it: the reserved ones where they fit, −32000 and below for our own.
    #[must_use]
    pub const fn code(self) -> i32 {
        match self {
            Self::BadRequest => -32600,
            Self::NoSuchMethod => -32601,
            Self::BadParams => -32602,
            Self::Internal => -32603,
            Self::NoSession => -32001,
            Self::NotFound => -32002,
            Self::BadLink => -32003,
            Self::BadValue => -32004,
            Self::Conflict => -32005,
            Self::Insufficient => -32006,
            Self::Refused => -32007,
            Self::Unreachable => -32008,
            Self::Locked => -32009,
            Self::Busy => -32010,
            Self::NoDemo => -32011,
            Self::Expired => -32012,
            Self::OwnLink => -32013,
            Self::AlreadyContact => -32014,
            Self::OtherNetwork => -32015,
            Self::NewerVersion => -32016,
            Self::UnknownRelays => -32017,
            Self::BadName => -32018,
            Self::BadText => -32019,
            Self::NameTaken => -32020,
            Self::Full => -32021,
            Self::NoPaymentAddress => -32022,
            Self::BadProof => -32023,
            Self::NotSwitched => -32024,
            Self::LinkChanged => -32025,
            Self::BadBundle => -32026,
            Self::BundleCutOff => -32027,
            Self::BundleChanged => -32028,
            Self::BundleTooLong => -32029,
            Self::BundleForOthers => -32030,
            Self::NotConnected => -32031,
        }
    }
}

/// The machine's half of an error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
pub struct ErrorData {
    /// Why, as one word to branch on.
    pub reason: Reason,
}

/// A failed call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef, thiserror::Error)]
#[error("{message}")]
pub struct ApiError {
    /// JSON-RPC's number.
    pub code: i32,
    /// A sentence: what happened, what to do.
    pub message: String,
    /// The machine's half.
    pub data: ErrorData,
}

impl ApiError {
    /// An error with its reason and its sentence.
    #[must_use]
    pub fn new(reason: Reason, message: impl Into<String>) -> Self {
        Self { code: reason.code(), message: message.into(), data: ErrorData { reason } }
    }
}

/// A call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Always "2.0".
    pub jsonrpc: Version,
    /// The caller's number for it.
    pub id: Id,
    /// The method's name.
    pub method: String,
    /// What the method takes; may be left out when it takes nothing.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub params: Value,
}

/// The caller's name for a call.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Id {
    /// A whole number.
    Number(i64),
    /// A text.
    Text(String),
    /// Unknown: the request could not be read.
    Null,
}

/// The protocol's version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Version {
    /// JSON-RPC 2.0.
    #[serde(rename = "2.0")]
    Two,
}

/// The answer to a call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// Always "2.0".
    pub jsonrpc: Version,
    /// The caller's number for it.
    pub id: Id,
    /// How it went.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// How a call went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Done.
    Result(Value),
    /// Failed.
    Error(ApiError),
}

/// What the daemon tells unasked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Notification {
    /// Always "2.0".
    pub jsonrpc: Version,
    /// Always "event".
    pub method: String,
    /// What happened.
    pub params: NumberedEvent,
}

/// What the daemon orders a client that lends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrderNotice {
    /// Always "2.0".
    pub jsonrpc: Version,
    /// Always "order".
    pub method: String,
    /// What to do.
    pub params: Order,
}

impl Response {
    /// The answer to the call `id`.
    #[must_use]
    pub fn new(id: Id, outcome: Result<Value, ApiError>) -> Self {
        let outcome = outcome.map_or_else(Outcome::Error, Outcome::Result);
        Self { jsonrpc: Version::Two, id, outcome }
    }
}

impl Notification {
    /// Tells `params`.
    #[must_use]
    pub fn new(params: NumberedEvent) -> Self {
        Self { jsonrpc: Version::Two, method: "event".to_owned(), params }
    }
}

impl OrderNotice {
    /// Orders `params`.
    #[must_use]
    pub fn new(params: Order) -> Self {
        Self { jsonrpc: Version::Two, method: "order".to_owned(), params }
    }
}

/// Reads a request; what is none gets the error to answer and the id to answer it under.
pub fn parse_request(text: &str) -> Result<Request, (Id, ApiError)> {
    if text.len() > REQUEST_BYTES_MAX {
        let sentence = format!("A request may have {REQUEST_BYTES_MAX} bytes at most; send less at once.");
        return Err((Id::Null, ApiError::new(Reason::BadRequest, sentence)));
    }
    if text.trim_start().starts_with('[') {
        let sentence = "Send one request at a time, as an object: batches are not answered.";
        return Err((Id::Null, ApiError::new(Reason::BadRequest, sentence)));
    }
    serde_json::from_str(text).map_err(|error| {
        let sentence = format!("This is no JSON-RPC 2.0 request ({error}); send jsonrpc, id, method and params.");
        let id = serde_json::from_str::<Value>(text).ok().and_then(|value| value.get("id").cloned());
        let id = id.and_then(|id| serde_json::from_value(id).ok()).unwrap_or(Id::Null);
        (id, ApiError::new(Reason::BadRequest, sentence))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_without_parameters_is_read() {
        let request = parse_request(r#"{"jsonrpc":"2.0","id":7,"method":"profile.get"}"#).unwrap();
        assert_eq!((request.id, request.method.as_str(), request.params), (Id::Number(7), "profile.get", Value::Null));
    }

    #[test]
    fn what_is_no_request_is_answered_under_its_own_id() {
        let (id, error) = parse_request(r#"{"jsonrpc":"1.0","id":"x","method":"profile.get"}"#).unwrap_err();
        assert_eq!((id, error.data.reason), (Id::Text("x".to_owned()), Reason::BadRequest));
        assert_eq!(parse_request("nonsense").unwrap_err().0, Id::Null);
        for batch in ["[]", r#" ["2.0",7,"profile.get",null]"#] {
            let (id, error) = parse_request(batch).unwrap_err();
            assert!(id == Id::Null && error.message.contains("batches"), "{batch}: {error}");
        }
    }

    #[test]
    fn a_request_that_is_too_large_is_refused_unread() {
        let long = " ".repeat(REQUEST_BYTES_MAX + 1);
        assert_eq!(parse_request(&long).unwrap_err().1.data.reason, Reason::BadRequest);
    }

    #[test]
    fn an_answer_survives_its_json() {
        for outcome in [Ok(Value::from(3)), Err(ApiError::new(Reason::NotFound, "There is no such contact."))] {
            let response = Response::new(Id::Number(1), outcome);
            let json = serde_json::to_string(&response).unwrap();
            assert_eq!(serde_json::from_str::<Response>(&json).unwrap(), response, "{json}");
        }
    }
}
