//! The check of what reaches the local API: any text from a browser's socket, where any page may try (API-1), and
//! from the owner's. It says whether a method would have been called, and panics where a rule is broken.

#![allow(clippy::unwrap_used, clippy::missing_panics_doc, reason = "tests: a failure is a panic")]

use crate::methods;
use crate::rpc::{REQUEST_BYTES_MAX, Reason, Response, parse_request};

/// A request with its parameters.
#[must_use]
pub fn request(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let request = match parse_request(text) {
        Ok(request) => request,
        Err((id, error)) => {
            assert_eq!(error.data.reason, Reason::BadRequest);
            assert!(serde_json::to_string(&Response::new(id, Err(error))).is_ok());
            return false;
        }
    };
    assert!(text.len() <= REQUEST_BYTES_MAX);
    let again = parse_request(&serde_json::to_string(&request).unwrap()).unwrap();
    assert_eq!((&again.id, &again.method), (&request.id, &request.method));
    match methods::read_again(&request.method, request.params) {
        Ok(params) => {
            assert_eq!(methods::read_again(&request.method, params.clone()), Ok(params), "another form came back");
            true
        }
        Err(error) => {
            assert!(matches!(error.data.reason, Reason::NoSuchMethod | Reason::BadParams));
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::hostile::storm;
    use wire::seeds;

    #[test]
    fn requests_of_strangers_are_refused_with_a_reason_or_have_one_form() {
        let seeds = seeds!("api_request": "open", "send", "pay", "block", "qr", "refused-method", "refused-params");
        storm(seeds, 20_000, request);
    }
}
