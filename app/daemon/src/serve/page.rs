//! The page: the files of web/dist, built into the program, with the headers that fence it in.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header},
};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::Frames;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Dist;

/// Headers that every answer carries.
const FENCE: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(self), microphone=(), geolocation=(), payment=()"),
];

/// Whether this path is the page itself.
pub(crate) fn is_document(path: &str) -> bool {
    matches!(path, "/" | "/index.html")
}

/// A file of the page.
pub(crate) fn answer(path: &str, authority: &str, frames: &Frames, asked: &HeaderMap) -> Response<Body> {
    let document = is_document(path);
    let name = if document { "index.html" } else { path.trim_start_matches('/') };
    match Dist::get(name) {
        Some(file) if document => html(file.data.into_owned(), &policy(authority, frames)),
        Some(file) => asset(name, file, asked),
        None if document => {
            refuse(StatusCode::NOT_FOUND, "This build has no page: build web/ first, then simurgh again.")
        }
        None => refuse(StatusCode::NOT_FOUND, "There is no such file."),
    }
}

/// An answer that says why there is nothing else.
pub(crate) fn refuse(status: StatusCode, sentence: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(sentence));
    *response.status_mut() = status;
    set(&mut response, header::CONTENT_TYPE, "text/plain; charset=utf-8");
    set(&mut response, header::CACHE_CONTROL, "no-store");
    fence(&mut response);
    response
}

fn html(bytes: Vec<u8>, policy: &str) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    set(&mut response, header::CONTENT_TYPE, "text/html; charset=utf-8");
    set(&mut response, header::CACHE_CONTROL, "no-store");
    set(&mut response, header::CONTENT_SECURITY_POLICY, policy);
    fence(&mut response);
    response
}

fn asset(name: &str, file: EmbeddedFile, asked: &HeaderMap) -> Response<Body> {
    let tag = format!("\"{}\"", wire::id::to_hex(&file.metadata.sha256_hash()));
    let known = asked.get(header::IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == tag.as_bytes());
    let mut response = if known {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response
    } else {
        Response::new(Body::from(file.data.into_owned()))
    };
    set(&mut response, header::CONTENT_TYPE, kind_of(name));
    set(&mut response, header::CACHE_CONTROL, "no-cache");
    set(&mut response, header::ETAG, &tag);
    fence(&mut response);
    response
}

/// Nothing but this server's own files runs; script can reach the document only through Svelte's own policy.
fn policy(authority: &str, frames: &Frames) -> String {
    let list = |origins: &[String]| if origins.is_empty() { "'none'".to_owned() } else { origins.join(" ") };
    [
        "default-src 'none'".to_owned(),
        "script-src 'self'".to_owned(),
        "style-src 'self'".to_owned(),
        "font-src 'self'".to_owned(),
        "img-src 'self' data: blob:".to_owned(),
        "media-src 'self' blob:".to_owned(),
        "manifest-src 'self'".to_owned(),
        // The relays, for the carrier `browser`.
        format!("connect-src 'self' ws://{authority} https:"),
        format!("frame-src {}", list(&frames.shows)),
        format!("frame-ancestors {}", list(&frames.shown_by)),
        "base-uri 'none'".to_owned(),
        "form-action 'none'".to_owned(),
        "require-trusted-types-for 'script'".to_owned(),
        "trusted-types svelte-trusted-html".to_owned(),
    ]
    .join("; ")
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "webmanifest") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn fence(response: &mut Response<Body>) {
    for (name, value) in FENCE {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
}

/// Sets a header whose value was made here; one that is no header value is left out.
fn set(response: &mut Response<Body>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_lets_nothing_foreign_run_or_be_shown() {
        let policy = policy("127.0.0.1:4000", &Frames::default());
        for part in [
            "default-src 'none'",
            "script-src 'self'",
            "connect-src 'self' ws://127.0.0.1:4000 https:",
            "frame-src 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types svelte-trusted-html",
        ] {
            assert!(policy.split("; ").any(|found| found == part), "{part} in {policy}");
        }
        assert!(!policy.contains("unsafe"));
    }

    #[test]
    fn frames_are_allowed_to_the_origins_named_and_no_others() {
        let frames = Frames { shown_by: vec!["http://127.0.0.1:1".into()], shows: vec!["http://127.0.0.1:2".into()] };
        let policy = policy("127.0.0.1:4000", &frames);
        assert!(policy.contains("frame-src http://127.0.0.1:2;"));
        assert!(policy.contains("frame-ancestors http://127.0.0.1:1;"));
    }

    #[test]
    fn a_path_that_climbs_out_of_the_page_finds_nothing() {
        for path in ["/../Cargo.toml", "/assets/../../package.json", "//etc/passwd"] {
            let response = answer(path, "127.0.0.1:4000", &Frames::default(), &HeaderMap::new());
            assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        }
    }
}
