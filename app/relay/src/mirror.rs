//! The website of another server, shown as the relay's own (CAR-54).
//!
//! Requirements: the other server's operator agrees, or it is the relay operator's. Provided: every path and method, as the
//! other server answers it, with its own headers but for those of the connection. Not provided: upgrades (WebSocket),
//! answers above [`ANSWER_BYTES_MAX`].

use crate::StartError;
use crate::outside::{self, Client};
use crate::website::plain;
use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::request::Parts;
use http::uri::{Authority, Scheme, Uri};
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, Limited};
use std::time::Duration;

/// The longest answer that is passed on.
const ANSWER_BYTES_MAX: usize = 4 * 1024 * 1024;
/// How long the other server may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// Fields that are a connection's own (RFC 9110, section 7.6.1), and one that leads past the relay.
const OF_THE_CONNECTION: [HeaderName; 8] = [
    header::CONNECTION,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
    header::PROXY_AUTHENTICATE,
    header::PROXY_AUTHORIZATION,
    header::ALT_SVC,
];

/// Another server's website.
#[derive(Debug)]
pub(crate) struct Mirror {
    scheme: Scheme,
    authority: Authority,
    client: Client<Full<Bytes>>,
}

impl Mirror {
    /// Of the server at `origin`, which was looked at with [`is_origin`].
    pub(crate) fn new(origin: &str) -> Result<Self, StartError> {
        let wrong = || StartError::Website(format!("{origin:?} is no website: write https://HOST"));
        if !is_origin(origin) {
            return Err(wrong());
        }
        let parts = origin.parse::<Uri>().map_err(|_| wrong())?.into_parts();
        let (scheme, authority) = parts.scheme.zip(parts.authority).ok_or_else(wrong)?;
        Ok(Self { scheme, authority, client: outside::client(std::time::Duration::from_secs(30))? })
    }

    /// What the other server answers.
    pub(crate) async fn answer(&self, asked: &Parts, body: Bytes) -> Response<Bytes> {
        match tokio::time::timeout(PATIENCE, self.pass_on(asked, body)).await {
            Ok(Some(answer)) => answer,
            Ok(None) => plain(StatusCode::BAD_GATEWAY),
            Err(_elapsed) => plain(StatusCode::GATEWAY_TIMEOUT),
        }
    }

    async fn pass_on(&self, asked: &Parts, body: Bytes) -> Option<Response<Bytes>> {
        let place = Uri::builder().scheme(self.scheme.clone()).authority(self.authority.clone());
        let path = asked.uri.path_and_query().map_or("/", |path| path.as_str());
        let mut request = Request::new(Full::new(body));
        *request.method_mut() = asked.method.clone();
        *request.uri_mut() = place.path_and_query(path).build().ok()?;
        *request.headers_mut() = of_the_message(&asked.headers);
        // Its own name and length: the relay's name is none of the other server's, and bodies of some methods are not read.
        request.headers_mut().remove(header::HOST);
        request.headers_mut().remove(header::CONTENT_LENGTH);
        request.headers_mut().remove(header::EXPECT);
        let (parts, body) = self.client.request(request).await.ok()?.into_parts();
        let body = Limited::new(body, ANSWER_BYTES_MAX).collect().await.ok()?.to_bytes();
        let mut response = Response::new(body);
        *response.status_mut() = parts.status;
        *response.headers_mut() = of_the_message(&parts.headers);
        if let Some(place) = parts.headers.get(header::LOCATION) {
            response.headers_mut().insert(header::LOCATION, self.here(place));
        }
        Some(response)
    }

    /// A place on the other server, as one on the relay.
    fn here(&self, place: &HeaderValue) -> HeaderValue {
        let origin = format!("{}://{}", self.scheme, self.authority);
        let rest = place.to_str().ok().and_then(|place| place.strip_prefix(&origin));
        let is_within = |rest: &&str| rest.is_empty() || rest.starts_with(['/', '?']);
        match rest
            .filter(is_within)
            .map(|rest| if rest.starts_with('/') { rest.to_owned() } else { format!("/{rest}") })
        {
            Some(path) => HeaderValue::from_str(&path).unwrap_or_else(|_| place.clone()),
            None => place.clone(),
        }
    }
}

/// Whether it is a server's address without a path.
pub(crate) fn is_origin(url: &str) -> bool {
    let is_bare = |url: Uri| url.path() == "/" && url.query().is_none();
    outside::is_askable(url) && url.parse::<Uri>().is_ok_and(is_bare)
}

/// The fields without those of the connection, also those that it names itself.
fn of_the_message(all: &HeaderMap) -> HeaderMap {
    let named: Vec<String> = all
        .get_all(header::CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|name| name.trim().to_ascii_lowercase())
        .collect();
    let is_own = |name: &HeaderName| {
        OF_THE_CONNECTION.contains(name) || name == "keep-alive" || named.iter().any(|one| name == one.as_str())
    };
    all.iter().filter(|(name, _)| !is_own(name)).map(|(name, value)| (name.clone(), value.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_website_is_a_server_without_a_path() {
        for origin in ["https://site.example", "https://site.example/", "http://127.0.0.1:8080"] {
            assert!(is_origin(origin), "{origin}");
        }
        for origin in ["https://site.example/blog", "https://site.example/?a", "http://site.example", "site.example"] {
            assert!(!is_origin(origin), "{origin}");
            assert!(Mirror::new(origin).is_err(), "{origin}");
        }
    }

    #[test]
    fn places_of_the_other_server_are_places_of_this_one() {
        let mirror = Mirror::new("https://site.example").unwrap();
        let here = |place: &'static str| mirror.here(&HeaderValue::from_static(place)).to_str().unwrap().to_owned();
        assert_eq!(here("https://site.example/a?b"), "/a?b");
        assert_eq!(here("https://site.example"), "/");
        assert_eq!(here("/a"), "/a");
        assert_eq!(here("https://site.example.evil/a"), "https://site.example.evil/a");
    }

    #[test]
    fn fields_of_a_connection_stay_with_it() {
        let fields =
            [("connection", "close, X-Hop"), ("x-hop", "1"), ("keep-alive", "1"), ("etag", "e"), ("alt-svc", "h3")];
        let all =
            fields.into_iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        let kept: Vec<String> = of_the_message(&all.collect()).keys().map(ToString::to_string).collect();
        assert_eq!(kept, ["etag"]);
    }
}
