//! What went wrong with a request, in toncenter's words.

use axum::http::StatusCode;

use crate::view::{SubmitError, ViewError};

/// Longest part of a stranger's input that an error repeats.
const ECHO_CHARS_MAX: usize = 64;

/// An error with its HTTP status and a sentence.
#[derive(Debug)]
pub(super) struct ApiError {
    status: StatusCode,
    message: String,
}

impl ApiError {
    fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into() }
    }

    /// A parameter is missing or not of its form.
    pub(super) fn parameter(name: &str, advice: &str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, format!("Validation error: `{name}` {advice}"))
    }

    /// The request as a whole is not of its form.
    pub(super) fn request(advice: &str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, format!("Validation error: {advice}"))
    }

    pub(super) fn unknown_method(name: &str) -> Self {
        let name: String = name.chars().filter(|one| !one.is_control()).take(ECHO_CHARS_MAX).collect();
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, format!("Unknown method `{name}`"))
    }

    pub(super) fn not_served(name: &str) -> Self {
        Self::new(StatusCode::NOT_IMPLEMENTED, format!("`{name}` is not served by this node"))
    }

    pub(super) fn other(status: StatusCode, reason: &str) -> Self {
        Self::new(status, reason)
    }

    pub(super) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "Not found: methods are at /api/v2/jsonRPC and /api/v2/<method>")
    }

    pub(super) fn too_large(bytes_max: usize) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, format!("Request body has more than {bytes_max} bytes"))
    }

    pub(super) fn busy() -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "Too many requests are being worked on: come back in a second")
    }

    /// The chain can't answer: what a liteserver would have said.
    pub(super) fn chain(reason: impl Into<String>) -> Self {
        let reason = reason.into();
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, format!("LITE_SERVER_UNKNOWN: {reason}"))
    }

    /// What was asked for is not on the chain.
    pub(super) fn absent(what: impl Into<String>) -> Self {
        let what = what.into();
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, format!("LITE_SERVER_NOTREADY: {what}"))
    }

    /// It exists, and is of another kind.
    pub(super) fn wrong_kind(what: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, what)
    }

    /// An external message would leave no trace.
    pub(super) fn not_accepted(reason: &str) -> Self {
        Self::chain(format!("cannot apply external message to current state : {reason}"))
    }

    pub(super) fn status(&self) -> StatusCode {
        self.status
    }

    pub(super) fn message(&self) -> &str {
        &self.message
    }
}

impl From<ViewError> for ApiError {
    fn from(error: ViewError) -> Self {
        Self::chain(error.to_string())
    }
}

/// A stored cell that can't be read.
impl From<tycho_types::error::Error> for ApiError {
    fn from(error: tycho_types::error::Error) -> Self {
        Self::chain(format!("the chain state can't be read ({error})"))
    }
}

impl From<SubmitError> for ApiError {
    fn from(error: SubmitError) -> Self {
        match error {
            SubmitError::Malformed(_) | SubmitError::TooLarge { .. } => {
                Self::parameter("boc", &format!("is refused: {error}"))
            }
            SubmitError::Refused { reason, exit_code, .. } => {
                let code = exit_code.map(|code| format!(", exit code {code}")).unwrap_or_default();
                Self::not_accepted(&format!("External message was not accepted: {reason}{code}"))
            }
            SubmitError::Stopping => Self::new(StatusCode::SERVICE_UNAVAILABLE, error.to_string()),
        }
    }
}
