//! What lets a person's own page read an answer: the page is served on their machine, so its origin is a loopback one
//! (CAR-64). Only answers to exchanges carry it: a website without it is what everybody else finds.

use http::{HeaderMap, HeaderValue, Response, header};
use std::net::IpAddr;

/// The page that asks, if it is one on the asker's own machine.
pub(crate) fn own_page(headers: &HeaderMap) -> Option<HeaderValue> {
    let origin = headers.get(header::ORIGIN)?;
    let authority = origin.to_str().ok()?.strip_prefix("http://")?.parse::<http::uri::Authority>().ok()?;
    let host = authority.host();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    let local = host == "localhost" || address.is_ok_and(|address| address.is_loopback());
    (local && !authority.as_str().contains('@')).then(|| origin.clone())
}

/// Lets that page read the response.
pub(crate) fn allow<B>(response: &mut Response<B>, page: Option<&HeaderValue>) {
    if let Some(page) = page {
        response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, page.clone());
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("Origin"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_the_same_machine_may_read_and_no_other() {
        let may = |origin: &'static str| {
            let headers = [(header::ORIGIN, HeaderValue::from_static(origin))].into_iter().collect();
            own_page(&headers).is_some_and(|page| page == origin)
        };
        for origin in ["http://127.0.0.1:4000", "http://localhost:1", "http://[::1]:80", "http://127.0.0.1"] {
            assert!(may(origin), "{origin}");
        }
        for origin in [
            "https://127.0.0.1:4000",
            "http://192.0.2.1:4000",
            "http://127.0.0.1.evil.example",
            "http://localhost.evil.example:1",
            "http://127.0.0.1@evil.example",
            "http://evil.example@127.0.0.1",
            "null",
            "",
        ] {
            assert!(!may(origin), "{origin}");
        }
        assert_eq!(own_page(&HeaderMap::new()), None);
    }
}
