//! Keeps other websites out: they can make the browser send requests to 127.0.0.1, but can't choose these headers.
//!
//! A request must name this very server (`Host`, against DNS rebinding), must come from its own page (`Origin`,
//! `Sec-Fetch-Site`) and must be what it looks like (`Sec-Fetch-Mode`, `Sec-Fetch-Dest`). See specs/05-local-api.md.

use axum::http::{HeaderMap, Method, header};

/// What a request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// The page itself.
    Document,
    /// A part of the page.
    Asset,
    /// The WebSocket.
    Rpc,
}

/// Why a request is refused; the sentence is the whole answer.
pub(crate) type Refusal = &'static str;

/// Checks a request against the server's authority (`127.0.0.1:PORT`). `framed` says that other origins of this
/// machine may show the page in a frame.
pub(crate) fn check(
    authority: &str,
    framed: bool,
    target: Target,
    method: &Method,
    headers: &HeaderMap,
) -> Result<(), Refusal> {
    if method != Method::GET && method != Method::HEAD {
        return Err("Only GET is answered here.");
    }
    if single(headers, header::HOST.as_str()) != Ok(Some(authority)) {
        return Err("Open the page by the address that simurgh printed: another host name is not answered.");
    }
    let origin = single(headers, header::ORIGIN.as_str())?;
    let own = origin.is_some_and(|origin| origin.strip_prefix("http://") == Some(authority));
    if (origin.is_some() || target == Target::Rpc) && !own {
        return Err("Only simurgh's own page may ask this.");
    }
    check_fetch_metadata(framed, target, headers)
}

/// Browsers that don't send fetch metadata yet are held back by `Origin` and the session alone.
fn check_fetch_metadata(framed: bool, target: Target, headers: &HeaderMap) -> Result<(), Refusal> {
    let Some(site) = single(headers, "sec-fetch-site")? else { return Ok(()) };
    let mode = single(headers, "sec-fetch-mode")?;
    let dest = single(headers, "sec-fetch-dest")?;
    let fits = match target {
        Target::Document => match dest {
            Some("document") | None => matches!(site, "none" | "same-origin" | "same-site"),
            Some("iframe") => framed && matches!(site, "same-origin" | "same-site"),
            Some(_) => false,
        },
        Target::Asset => matches!(site, "same-origin" | "none") && !matches!(dest, Some("object" | "embed" | "frame")),
        Target::Rpc => site == "same-origin" && matches!(mode, Some("websocket") | None),
    };
    if fits { Ok(()) } else { Err("Another website asked for this; only simurgh's own page may.") }
}

/// A header that may occur once at most.
fn single<'h>(headers: &'h HeaderMap, name: &str) -> Result<Option<&'h str>, Refusal> {
    let mut values = headers.get_all(name).iter();
    let first = values.next();
    if values.next().is_some() {
        return Err("A header occurs twice.");
    }
    first.map(|value| value.to_str().map_err(|_| "A header is no text.")).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: &str = "127.0.0.1:4000";

    fn ask(framed: bool, target: Target, headers: &[(&'static str, &'static str)]) -> bool {
        let headers = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        check(HERE, framed, target, &Method::GET, &headers.collect()).is_ok()
    }

    #[test]
    fn the_page_opens_when_a_person_opens_it() {
        assert!(ask(false, Target::Document, &[("host", HERE)]));
        let typed = [
            ("host", HERE),
            ("sec-fetch-site", "none"),
            ("sec-fetch-mode", "navigate"),
            ("sec-fetch-dest", "document"),
        ];
        assert!(ask(false, Target::Document, &typed));
    }

    #[test]
    fn another_host_name_is_refused_against_dns_rebinding() {
        for host in ["evil.example", "evil.example:4000", "127.0.0.1", "127.0.0.1:4001", "localhost:4000"] {
            assert!(!ask(false, Target::Document, &[("host", host)]), "{host}");
        }
        assert!(!ask(false, Target::Document, &[]));
        assert!(!ask(false, Target::Document, &[("host", HERE), ("host", HERE)]));
    }

    #[test]
    fn the_socket_wants_its_own_origin() {
        assert!(ask(false, Target::Rpc, &[("host", HERE), ("origin", "http://127.0.0.1:4000")]));
        assert!(!ask(false, Target::Rpc, &[("host", HERE)]));
        for origin in ["http://127.0.0.1:4001", "https://127.0.0.1:4000", "http://evil.example", "null"] {
            assert!(!ask(false, Target::Rpc, &[("host", HERE), ("origin", origin)]), "{origin}");
        }
    }

    #[test]
    fn fetch_metadata_of_another_site_is_refused() {
        let own = ("origin", "http://127.0.0.1:4000");
        for site in ["cross-site", "same-site"] {
            assert!(!ask(true, Target::Rpc, &[("host", HERE), own, ("sec-fetch-site", site)]), "{site}");
            assert!(!ask(true, Target::Asset, &[("host", HERE), ("sec-fetch-site", site)]), "{site}");
        }
        assert!(!ask(false, Target::Document, &[("host", HERE), ("sec-fetch-site", "cross-site")]));
    }

    #[test]
    fn the_page_is_framed_only_where_that_was_allowed() {
        let frame = [("host", HERE), ("sec-fetch-site", "same-site"), ("sec-fetch-dest", "iframe")];
        assert!(ask(true, Target::Document, &frame));
        assert!(!ask(false, Target::Document, &frame));
        let far = [("host", HERE), ("sec-fetch-site", "cross-site"), ("sec-fetch-dest", "iframe")];
        assert!(!ask(true, Target::Document, &far));
    }

    #[test]
    fn nothing_but_reading_is_answered() {
        let headers = [("host".parse().unwrap(), HERE.parse().unwrap())].into_iter().collect();
        assert!(check(HERE, false, Target::Asset, &Method::POST, &headers).is_err());
    }
}
