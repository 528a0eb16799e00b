//! The website of another server, shown as the relay's own (CAR-54).
//!
//! Requirements: the other server's operator agrees, or it is the relay operator's. Provided: every path and method, as the
//! other server answers it, with its own headers but for those of the connection; the relay's name and its secret paths
//! stay here. Not provided: upgrades (WebSocket), answers above [`ANSWER_BYTES_MAX`].

use crate::StartError;
use crate::admission::Admission;
use crate::config::RelayLimits;
use crate::invitations::Access;
use crate::outside::{self, Client};
use crate::shares::Share;
use crate::website::{Page, Visit, plain};
use bytes::{Bytes, BytesMut};
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::uri::{Authority, Scheme, Uri};
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Body, Incoming};
use mailbox::limits::Source;
use rand_core::{OsRng, RngCore};
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
/// Fields of a request that name a place, mostly on the server that is asked (the last one is WebDAV's).
const PLACES_ASKED: [HeaderName; 3] = [header::ORIGIN, header::REFERER, HeaderName::from_static("destination")];
/// Fields of an answer that do.
const PLACES_ANSWERED: [HeaderName; 2] = [header::LOCATION, header::CONTENT_LOCATION];

/// Another server's website.
#[derive(Debug)]
pub(crate) struct Mirror {
    scheme: Scheme,
    authority: Authority,
    /// The relay's name.
    host: String,
    client: Client<Full<Bytes>>,
}

impl Mirror {
    /// Of the server at `origin`, shown by the relay that is reached as `host`.
    pub(crate) fn new(origin: &str, host: &str, limits: &RelayLimits) -> Result<Self, StartError> {
        let wrong = || StartError::Website(format!("{origin:?} is no website: write https://HOST"));
        if !is_origin(origin) {
            return Err(wrong());
        }
        let parts = origin.parse::<Uri>().map_err(|_| wrong())?.into_parts();
        let (scheme, authority) = parts.scheme.zip(parts.authority).ok_or_else(wrong)?;
        let client = outside::client(Duration::from_millis(limits.mirror_idle_ms))?;
        Ok(Self { scheme, authority, host: host.to_owned(), client })
    }

    /// What the other server answers.
    pub(crate) async fn answer(&self, visit: &Visit, admission: &Admission, body: Bytes) -> Page {
        let Some(_place) = admission.mirrored.take(visit.source, 1) else {
            return (plain(StatusCode::SERVICE_UNAVAILABLE), None);
        };
        match tokio::time::timeout(PATIENCE, self.pass_on(visit, admission, body)).await {
            Ok(Ok(page)) => page,
            Ok(Err(status)) => (plain(status), None),
            Err(_elapsed) => (plain(StatusCode::GATEWAY_TIMEOUT), None),
        }
    }

    /// A path that is good for something here is none of the other server's business. It is asked for one that nobody
    /// can know instead, and its answer is that of a page that is missing.
    async fn pass_on(&self, visit: &Visit, admission: &Admission, body: Bytes) -> Result<Page, StatusCode> {
        let failed = StatusCode::BAD_GATEWAY;
        let path = visit.asked.uri.path();
        let missing = (visit.access != Access::Website).then(|| like(path));
        let mut request = Request::new(Full::new(body));
        *request.method_mut() = visit.asked.method.clone();
        *request.uri_mut() = self.place(&visit.asked.uri, missing.as_deref()).ok_or(failed)?;
        *request.headers_mut() = self.asked(visit, missing.as_deref());
        let (parts, body) = self.client.request(request).await.map_err(|_| failed)?.into_parts();
        let (mut body, budget) = collect(body, visit, admission).await?;
        let mut headers = of_the_message(&parts.headers);
        for name in PLACES_ANSWERED {
            if let Some(place) = parts.headers.get(&name).and_then(|place| self.here(place)) {
                headers.insert(name, place);
            }
        }
        if let Some(missing) = missing {
            // Pages that are missing may say which: the path that was asked for, which is as long.
            replace(&mut body, &missing, path);
            replace_in_fields(&mut headers, &missing, path);
        }
        let mut response = Response::new(body.freeze());
        *response.status_mut() = parts.status;
        *response.headers_mut() = headers;
        Ok((response, Some(budget)))
    }

    /// What the other server is asked for.
    fn place(&self, asked: &Uri, missing: Option<&str>) -> Option<Uri> {
        let path = missing.unwrap_or_else(|| asked.path());
        let path = match asked.query() {
            Some(query) => format!("{path}?{query}"),
            None => path.to_owned(),
        };
        Uri::builder().scheme(self.scheme.clone()).authority(self.authority.clone()).path_and_query(path).build().ok()
    }

    /// The fields of a request, as the other server gets them.
    fn asked(&self, visit: &Visit, missing: Option<&str>) -> HeaderMap {
        let all = &visit.asked.headers;
        let mut fields = of_the_message(all);
        // Its own name and length.
        for name in [header::HOST, header::CONTENT_LENGTH, header::EXPECT] {
            fields.remove(name);
        }
        for name in PLACES_ASKED {
            if let Some(place) = all.get(&name).and_then(|place| self.there(place, visit)) {
                fields.insert(name, place);
            }
        }
        // HTTP/2 may divide what is one field in HTTP/1.1 (RFC 9113, section 8.2.3).
        let cookies: Vec<&[u8]> = all.get_all(header::COOKIE).iter().map(HeaderValue::as_bytes).collect();
        if let (true, Ok(cookies)) = (cookies.len() > 1, HeaderValue::from_bytes(&cookies.join(&b"; "[..]))) {
            fields.insert(header::COOKIE, cookies);
        }
        if let Some(missing) = missing {
            replace_in_fields(&mut fields, visit.asked.uri.path(), missing);
        }
        fields
    }

    /// A place on the other server, as one on the relay.
    fn here(&self, place: &HeaderValue) -> Option<HeaderValue> {
        let (scheme, server, rest) = divide(place.to_str().ok()?)?;
        let plain = server.port().is_none() && self.authority.port().is_none();
        let own = self.scheme.as_str();
        let scheme = if scheme.is_empty() { own } else { scheme };
        let is_it = server.host().eq_ignore_ascii_case(self.authority.host())
            && (plain || port(scheme, &server) == port(own, &self.authority));
        if !is_it {
            return None;
        }
        // What begins with two strokes would be a place on a third server.
        let before = match rest.as_bytes() {
            [b'/', b'/', ..] => "/.",
            [b'/', ..] => "",
            _ => "/",
        };
        HeaderValue::from_str(&format!("{before}{rest}")).ok()
    }

    /// A place on the relay, as one on the other server.
    fn there(&self, place: &HeaderValue, visit: &Visit) -> Option<HeaderValue> {
        let (scheme, server, rest) = divide(place.to_str().ok()?)?;
        let named = visit.asked.headers.get(header::HOST).and_then(|host| host.to_str().ok()?.parse().ok());
        let named: Option<Authority> = visit.asked.uri.authority().cloned().or(named);
        let as_named = |named: Authority| {
            named.host().eq_ignore_ascii_case(server.host()) && port("https", &named) == port(scheme, &server)
        };
        let is_here = server.host().eq_ignore_ascii_case(&self.host) || named.is_some_and(as_named);
        if !is_here {
            return None;
        }
        HeaderValue::from_str(&format!("{}://{}{rest}", self.scheme, self.authority)).ok()
    }
}

/// The whole answer; room for its bytes is taken before they are read on.
async fn collect(
    body: Incoming,
    visit: &Visit,
    admission: &Admission,
) -> Result<(BytesMut, Share<Source>), StatusCode> {
    let room = |bytes: usize| admission.replies.take(visit.source, bytes as u64).ok_or(StatusCode::SERVICE_UNAVAILABLE);
    let mut expected = body.size_hint().exact().and_then(|bytes| usize::try_from(bytes).ok()).unwrap_or(0);
    if expected > ANSWER_BYTES_MAX {
        return Err(StatusCode::BAD_GATEWAY);
    }
    let mut budget = room(expected)?;
    let mut bytes = BytesMut::with_capacity(expected);
    let mut body = Limited::new(body, ANSWER_BYTES_MAX);
    while let Some(frame) = body.frame().await {
        let data = frame.map_err(|_| StatusCode::BAD_GATEWAY)?.into_data().unwrap_or_default();
        let length = bytes.len().saturating_add(data.len());
        if length > expected {
            budget.join(room(length.saturating_sub(expected))?);
            expected = length;
        }
        bytes.extend_from_slice(&data);
    }
    Ok((bytes, budget))
}

/// A random path as long as this one.
fn like(path: &str) -> String {
    let digits = path.len().saturating_sub(1);
    let mut random = vec![0; digits.div_ceil(2)];
    OsRng.fill_bytes(&mut random);
    let mut like = format!("/{}", hex::encode(random));
    like.truncate(path.len());
    like
}

/// Puts one name in place of another one of the same length.
fn replace(text: &mut [u8], old: &str, new: &str) {
    let (old, new) = (old.as_bytes(), new.as_bytes());
    if old.len() != new.len() || old.is_empty() {
        return;
    }
    let mut from = 0_usize;
    while let Some(found) = text.get(from..).and_then(|rest| rest.windows(old.len()).position(|here| here == old)) {
        let begin = from.saturating_add(found);
        from = begin.saturating_add(old.len());
        if let Some(here) = text.get_mut(begin..from) {
            here.copy_from_slice(new);
        }
    }
}

fn replace_in_fields(fields: &mut HeaderMap, old: &str, new: &str) {
    for value in fields.values_mut() {
        let mut text = value.as_bytes().to_vec();
        replace(&mut text, old, new);
        if text != value.as_bytes()
            && let Ok(replaced) = HeaderValue::from_bytes(&text)
        {
            *value = replaced;
        }
    }
}

/// Scheme (none where it is that of the page), server and the rest of a place that names its server.
fn divide(place: &str) -> Option<(&str, Authority, &str)> {
    let (scheme, rest) = match place.strip_prefix("//") {
        Some(rest) => ("", rest),
        None => place.split_once("://")?,
    };
    if !["", "http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return None;
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (server, rest) = rest.split_at_checked(end)?;
    Some((scheme, server.parse().ok()?, rest))
}

fn port(scheme: &str, server: &Authority) -> u16 {
    let usual = if scheme.eq_ignore_ascii_case("http") { 80 } else { 443 };
    server.port_u16().unwrap_or(usual)
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

    fn mirror_of(origin: &str) -> Result<Mirror, StartError> {
        Mirror::new(origin, "relay.example", &RelayLimits::default())
    }

    #[test]
    fn a_website_is_a_server_without_a_path() {
        for origin in ["https://site.example", "https://site.example/", "http://127.0.0.1:8080"] {
            assert!(is_origin(origin), "{origin}");
        }
        for origin in ["https://site.example/blog", "https://site.example/?a", "http://site.example", "site.example"] {
            assert!(!is_origin(origin), "{origin}");
            assert!(mirror_of(origin).is_err(), "{origin}");
        }
    }

    #[test]
    fn places_of_the_other_server_are_places_of_this_one() {
        let mirror = mirror_of("https://site.example").unwrap();
        let here = |place: &'static str| mirror.here(&HeaderValue::from_static(place));
        for (place, on_the_relay) in [
            ("https://site.example/a?b", "/a?b"),
            ("https://site.example", "/"),
            ("https://site.example?b", "/?b"),
            ("HTTPS://Site.Example/a", "/a"),
            ("https://site.example:443/a", "/a"),
            ("//site.example/a", "/a"),
            ("http://site.example/a", "/a"),
            ("https://site.example//evil.example/a", "/.//evil.example/a"),
        ] {
            assert_eq!(here(place).unwrap(), on_the_relay, "{place}");
        }
        for place in [
            "/a",
            "a",
            "/a?to=https://site.example/",
            "https://site.example.evil/a",
            "https://site.example:8443/a",
            "//other.example/a",
            "ftp://site.example/a",
        ] {
            assert_eq!(here(place), None, "{place}");
        }
    }

    #[test]
    fn places_of_the_relay_are_places_of_the_other_server() {
        let mirror = mirror_of("https://site.example").unwrap();
        let request = Request::builder().uri("https://named.example:8443/x").body(()).unwrap();
        let visit = Visit { asked: request.into_parts().0, access: Access::Website, source: Source([0; 16]) };
        let there = |place: &'static str| mirror.there(&HeaderValue::from_static(place), &visit);
        for place in ["https://relay.example", "https://Relay.Example:443", "https://named.example:8443"] {
            assert_eq!(there(place).unwrap(), "https://site.example", "{place}");
        }
        assert_eq!(there("https://relay.example/a?b").unwrap(), "https://site.example/a?b");
        for place in ["null", "https://other.example", "https://named.example", "/a"] {
            assert_eq!(there(place), None, "{place}");
        }
    }

    #[test]
    fn a_name_is_put_in_place_of_another_as_long() {
        let mut text = *b"/abc /ab /abcabc /ab";
        replace(&mut text, "/abc", "/xyz");
        assert_eq!(&text, b"/xyz /ab /xyzabc /ab");
        let (one, other) = (like("/0123456789abcdef0"), like("/0123456789abcdef0"));
        assert_eq!((one.len(), one.starts_with('/')), (18, true));
        assert_ne!(one, other);
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
