//! The website that strangers see: the operator's folder, or a small built-in one. It is read once into memory, so
//! that every answer takes the same time.
//!
//! What is said of the files, and what is not, is what `ServeDir` of tower-http says: that is how most servers of files
//! are built that are built with the relay's library, and a habit of its own would tell a relay from them (CAR-56).
//!
//! The built-in site varies with the relay's seed, but whoever knows this program knows its pieces. An operator who
//! has to hide should give the relay a website of his own.

use crate::StartError;
use crate::website::plain;
use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::{Method, Response, StatusCode, Uri};
use httpdate::HttpDate;
use std::collections::BTreeMap;
use std::path::{Component, Path};
use std::time::{SystemTime, UNIX_EPOCH};

/// Files of an operator's website.
const FILES_MAX: usize = 1_024;
/// Bytes of an operator's website.
const SITE_BYTES_MAX: u64 = 32 * 1024 * 1024;
/// Folders within folders.
const DEPTH_MAX: usize = 8;
/// The year 10,000, in Unix seconds: dates of HTTP end before.
const DATES_END_S: u64 = 253_402_300_800;

const NOT_FOUND: &str = "404.html";
const STYLE: &str = include_str!("decoy/style.css");
const PAGES: [(&str, &str, &str); 6] = [
    ("sourdough", "A slow sourdough", include_str!("decoy/sourdough.html")),
    ("bicycle", "Keeping an old bicycle", include_str!("decoy/bicycle.html")),
    ("tomatoes", "Tomatoes on a balcony", include_str!("decoy/tomatoes.html")),
    ("film", "Developing film at the kitchen sink", include_str!("decoy/film.html")),
    ("hills", "Three walks in the hills", include_str!("decoy/hills.html")),
    ("tea", "Notes on tea", include_str!("decoy/tea.html")),
];
const NAMES: [&str; 8] = [
    "The Back Room",
    "Small Repairs",
    "A Slow Notebook",
    "Kitchen Table",
    "Odd Hours",
    "The Long Shelf",
    "Fair Weather",
    "Plain Notes",
];
const COLOURS: [(&str, &str); 6] = [
    ("#7a3b2e", "#faf6f1"),
    ("#2e5d4b", "#f5f8f5"),
    ("#31507a", "#f6f8fb"),
    ("#6b4a7d", "#f9f6fb"),
    ("#8a6d1f", "#fbf9f1"),
    ("#3d3d3d", "#f7f7f7"),
];

/// A website in memory.
#[derive(Debug)]
pub(crate) struct Decoy {
    files: BTreeMap<String, File>,
    not_found: Option<File>,
}

#[derive(Clone, Debug)]
struct File {
    body: Bytes,
    kind: &'static str,
    modified: Option<HttpDate>,
}

/// What a path leads to.
enum Found<'a> {
    File(&'a File),
    /// To a folder, whose path ends with a stroke.
    Folder,
    Nothing,
}

impl Decoy {
    /// The built-in site; `seed` chooses its name, colours and pages, and its files are as old as the relay.
    pub(crate) fn built_in(seed: u64, made: Option<SystemTime>) -> Self {
        let name = pick(&NAMES, seed).copied().unwrap_or("Notes");
        let (ink, paper) = pick(&COLOURS, seed >> 8).copied().unwrap_or(("#333", "#fff"));
        let first = usize::try_from((seed >> 16) & 0xff).unwrap_or(0);
        let count = 3usize.saturating_add(usize::try_from((seed >> 24) & 1).unwrap_or(0));
        let pages: Vec<_> =
            PAGES.iter().cycle().skip(first.checked_rem(PAGES.len()).unwrap_or(0)).take(count).collect();
        let modified = made.and_then(date);
        let file = |name: &str, text: String| File { body: Bytes::from(text), kind: kind_of(name), modified };
        let mut files = BTreeMap::new();
        let mut links = String::new();
        for (slug, title, text) in &pages {
            links.push_str(&format!("<li><a href=\"/{slug}.html\">{title}</a></li>\n"));
            let slug = format!("{slug}.html");
            let page = file(&slug, page(name, title, text));
            files.insert(slug, page);
        }
        let index = format!("<p>Notes by one person, written when there is time.</p>\n<ul>\n{links}</ul>");
        files.insert("index.html".into(), file("index.html", page(name, name, &index)));
        let style = STYLE.replace("INK", ink).replace("PAPER", paper);
        files.insert("style.css".into(), file("style.css", style));
        let missing = page(name, "Not found", "<p>There is no such page. <a href=\"/\">Back to the start</a>.</p>");
        Self { files, not_found: Some(file(NOT_FOUND, missing)) }
    }

    /// The operator's folder. Hidden files are left out.
    pub(crate) fn from_folder(dir: &Path) -> Result<Self, StartError> {
        let mut site = Reader { files: BTreeMap::new(), bytes: 0 };
        site.read(dir, "", 0).map_err(|reason| StartError::Folder { path: dir.to_owned(), reason })?;
        if !site.files.contains_key("index.html") {
            let reason = "the website needs an index.html".to_owned();
            return Err(StartError::Folder { path: dir.to_owned(), reason });
        }
        let not_found = site.files.get(NOT_FOUND).cloned();
        Ok(Self { files: site.files, not_found })
    }

    /// What a web server of files answers.
    pub(crate) fn answer(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Response<Bytes> {
        if method != Method::GET && method != Method::HEAD {
            let mut response = plain(StatusCode::METHOD_NOT_ALLOWED);
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET,HEAD"));
            return response;
        }
        match self.find(uri.path()) {
            Found::File(file) => file.answer(method, headers),
            Found::Folder => moved(uri),
            Found::Nothing => {
                let page = self.not_found.as_ref().map(|page| page.answer(method, headers));
                let mut response = page.unwrap_or_default();
                *response.status_mut() = StatusCode::NOT_FOUND;
                response
            }
        }
    }

    fn find(&self, path: &str) -> Found<'_> {
        let Some(name) = name_of(path) else { return Found::Nothing };
        let inside = if name.is_empty() { String::new() } else { format!("{name}/") };
        let next = self.files.range(inside.clone()..).next();
        let is_folder = next.is_some_and(|(file, _)| file.starts_with(&inside));
        let name = match (is_folder, path.ends_with('/')) {
            (true, false) => return Found::Folder,
            (true, true) => format!("{inside}index.html"),
            (false, _) => name,
        };
        self.files.get(&name).map_or(Found::Nothing, Found::File)
    }
}

impl File {
    fn answer(&self, method: &Method, headers: &HeaderMap) -> Response<Bytes> {
        let since = |name: HeaderName| headers.get(name).and_then(asked_date);
        if since(header::IF_UNMODIFIED_SINCE).is_some_and(|since| self.modified.is_none_or(|at| at > since)) {
            return plain(StatusCode::PRECONDITION_FAILED);
        }
        if since(header::IF_MODIFIED_SINCE).is_some_and(|since| self.modified.is_some_and(|at| at <= since)) {
            return plain(StatusCode::NOT_MODIFIED);
        }
        let mut response = Response::new(Bytes::new());
        let fields = response.headers_mut();
        fields.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind));
        fields.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        put(fields, header::LAST_MODIFIED, self.modified.map(|at| at.to_string()));
        let length = self.body.len();
        let range = headers.get(header::RANGE).and_then(|range| range.to_str().ok());
        let body = match range.map(|range| ranges(range, length)).as_deref() {
            None => self.body.clone(),
            Some(&[(from, to)]) => {
                put(fields, header::CONTENT_RANGE, Some(format!("bytes {from}-{to}/{length}")));
                let part = self.body.slice(from..to.saturating_add(1));
                *response.status_mut() = StatusCode::PARTIAL_CONTENT;
                part
            }
            Some(several) => {
                put(fields, header::CONTENT_RANGE, Some(format!("bytes */{length}")));
                *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
                let text = if several.is_empty() { "" } else { "Cannot serve multipart range requests" };
                *response.body_mut() = Bytes::from_static(text.as_bytes());
                return response;
            }
        };
        response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
        if method != Method::HEAD {
            *response.body_mut() = body;
        }
        response
    }
}

struct Reader {
    files: BTreeMap<String, File>,
    bytes: u64,
}

impl Reader {
    fn read(&mut self, dir: &Path, prefix: &str, depth: usize) -> Result<(), String> {
        if depth > DEPTH_MAX {
            return Err(format!("the website has more than {DEPTH_MAX} folders within folders"));
        }
        for entry in std::fs::read_dir(dir).map_err(|error| error.to_string())? {
            let entry = entry.map_err(|error| error.to_string())?;
            let Some(name) = entry.file_name().to_str().filter(|name| !name.starts_with('.')).map(str::to_owned) else {
                continue;
            };
            let metadata = entry.metadata().map_err(|error| error.to_string())?;
            if metadata.is_dir() {
                self.read(&entry.path(), &format!("{prefix}{name}/"), depth.saturating_add(1))?;
            } else if metadata.is_file() {
                self.bytes = self.bytes.saturating_add(metadata.len());
                if self.bytes > SITE_BYTES_MAX || self.files.len() >= FILES_MAX {
                    return Err(format!("the website has more than {FILES_MAX} files or {SITE_BYTES_MAX} bytes"));
                }
                let body = Bytes::from(std::fs::read(entry.path()).map_err(|error| error.to_string())?);
                let modified = metadata.modified().ok().and_then(date);
                self.files.insert(format!("{prefix}{name}"), File { body, kind: kind_of(&name), modified });
            }
        }
        Ok(())
    }
}

/// A folder is at its path with a stroke at the end.
fn moved(uri: &Uri) -> Response<Bytes> {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = format!("{}/{query}", uri.path()).parse().ok();
    let Ok(place) = Uri::from_parts(parts) else { return plain(StatusCode::INTERNAL_SERVER_ERROR) };
    let mut response = plain(StatusCode::TEMPORARY_REDIRECT);
    put(response.headers_mut(), header::LOCATION, Some(place.to_string()));
    response
}

fn put(headers: &mut HeaderMap, name: HeaderName, value: Option<String>) {
    if let Some(Ok(value)) = value.map(HeaderValue::try_from) {
        headers.insert(name, value);
    }
}

/// The file or folder that a path names; `None`: it leads out of the website, or is no text.
fn name_of(path: &str) -> Option<String> {
    let path = decoded(path.trim_start_matches('/'))?;
    let mut name = Vec::new();
    for part in Path::new(&path).components() {
        match part {
            Component::Normal(part) => name.push(part.to_str()?),
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir | Component::ParentDir => return None,
        }
    }
    Some(name.join("/"))
}

/// A path without its percent signs; one without two digits behind it stands for itself.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after.first_chunk::<2>().filter(|_| *first == b'%');
        let digits = digits.filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let byte = digits.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8(bytes).ok()
}

/// The parts of so many bytes that a field asks for, from the first byte to the last; none if it asks for one that is
/// not there, or twice for one.
fn ranges(field: &str, length: usize) -> Vec<(usize, usize)> {
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<usize>().ok())?;
    let one = |range: &str| {
        let last = length.checked_sub(1)?;
        let range = match range.trim().split_once('-')? {
            ("", count) => (length.checked_sub(number(count)?)?, last),
            (from, "") => (number(from)?, last),
            (from, to) => (number(from)?, number(to)?.min(last)),
        };
        (range.0 <= range.1).then_some(range)
    };
    let all = field.strip_prefix("bytes=").and_then(|all| all.split(',').map(one).collect::<Option<Vec<_>>>());
    let mut all = all.unwrap_or_default();
    all.sort_unstable();
    let overlap = all.iter().zip(all.iter().skip(1)).any(|((_, end), (begin, _))| begin <= end);
    if overlap { Vec::new() } else { all }
}

/// Whole seconds; `None`: no date of HTTP is so early or so late.
fn date(at: SystemTime) -> Option<HttpDate> {
    let seconds = at.duration_since(UNIX_EPOCH).ok()?.as_secs();
    (seconds < DATES_END_S).then(|| HttpDate::from(at))
}

fn asked_date(field: &HeaderValue) -> Option<HttpDate> {
    httpdate::parse_http_date(field.to_str().ok()?).ok().and_then(date)
}

fn page(site: &str, title: &str, text: &str) -> String {
    let heading = if site == title { String::new() } else { format!("<h1>{title}</h1>\n") };
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<link rel=\"stylesheet\" \
         href=\"/style.css\">\n</head>\n<body>\n<header><a href=\"/\">{site}</a></header>\n<main>\n{heading}{text}\n\
         </main>\n</body>\n</html>\n"
    )
}

fn pick<T>(list: &[T], by: u64) -> Option<&T> {
    let index = usize::try_from(by & 0xff).ok()?.checked_rem(list.len())?;
    list.get(index)
}

fn kind_of(name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending.to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html",
        "css" => "text/css",
        "js" => "text/javascript",
        "json" => "application/json",
        "xml" => "text/xml",
        "txt" => "text/plain",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff" => "application/font-woff",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const MADE_S: u64 = 1_475_419_451;
    const MADE: &str = "Sun, 02 Oct 2016 14:44:11 GMT";

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    fn ask(site: &Decoy, method: Method, uri: &str, fields: &[(HeaderName, &'static str)]) -> Response<Bytes> {
        let fields = fields.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value)));
        site.answer(&method, &uri.parse().unwrap(), &fields.collect())
    }

    fn get(site: &Decoy, uri: &str, fields: &[(HeaderName, &'static str)]) -> (u16, Vec<(String, String)>, Bytes) {
        let response = ask(site, Method::GET, uri, fields);
        let said = response.headers().iter();
        let said = said.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
        (response.status().as_u16(), said, response.into_body())
    }

    fn said(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    /// A folder with a page, a picture in a folder, and ten bytes of text.
    fn folder() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("img")).unwrap();
        for (name, text) in
            [("index.html", "<p>hello"), ("img/a.png", "png"), (".secret", "no"), ("a b.txt", "0123456789")]
        {
            let path = dir.path().join(name);
            std::fs::write(&path, text).unwrap();
            std::fs::File::options().write(true).open(path).unwrap().set_modified(at(MADE_S)).unwrap();
        }
        dir
    }

    #[test]
    fn two_relays_rarely_show_the_same_site() {
        let index = |seed: u64| Decoy::built_in(seed, None).files["index.html"].body.clone();
        assert_ne!(index(0x0102_0304), index(0x0403_0201));
        assert_eq!(index(7), index(7));
    }

    /// CAR-56: nothing that is said follows from the bytes or is the same of all relays.
    #[test]
    fn a_file_is_told_as_other_servers_of_this_library_tell_it() {
        let (built_in, dir) = (Decoy::built_in(7, Some(at(MADE_S))), folder());
        for site in [&built_in, &Decoy::from_folder(dir.path()).unwrap()] {
            let (status, fields, body) = get(site, "/", &[]);
            let length = body.len().to_string();
            let all = [("content-type", "text/html"), ("accept-ranges", "bytes"), ("last-modified", MADE)];
            assert_eq!((status, fields), (200, said(&[&all[..], &[("content-length", length.as_str())]].concat())));
            let head = ask(site, Method::HEAD, "/", &[]);
            assert_eq!((head.headers()[header::CONTENT_LENGTH].to_str().unwrap(), head.body().len()), (&*length, 0));
            for method in [Method::POST, Method::PUT, Method::OPTIONS] {
                for uri in ["/", "/nothing"] {
                    let refused = ask(site, method.clone(), uri, &[]);
                    let numbers = (refused.status().as_u16(), refused.headers().len(), refused.body().len());
                    assert_eq!(numbers, (405, 1, 0));
                    assert_eq!(refused.headers()[header::ALLOW], "GET,HEAD");
                }
            }
            for (name, value, status) in [
                (header::IF_MODIFIED_SINCE, MADE, 304),
                (header::IF_MODIFIED_SINCE, "Sun, 02 Oct 2016 14:44:10 GMT", 200),
                (header::IF_UNMODIFIED_SINCE, MADE, 200),
                (header::IF_UNMODIFIED_SINCE, "Sun, 02 Oct 2016 14:44:10 GMT", 412),
                (header::IF_MODIFIED_SINCE, "yesterday", 200),
                (header::IF_NONE_MATCH, "*", 200),
            ] {
                assert_eq!(get(site, "/", &[(name.clone(), value)]).0, status, "{name}: {value}");
            }
        }
        let never = Decoy::built_in(7, UNIX_EPOCH.checked_sub(Duration::from_secs(1)));
        assert!(get(&never, "/", &[]).1.iter().all(|(name, _)| name != "last-modified"));
    }

    #[test]
    fn a_part_of_a_file_is_given_alone() {
        let dir = folder();
        let site = Decoy::from_folder(dir.path()).unwrap();
        for (range, status, told, text) in [
            ("bytes=0-3", 206, "bytes 0-3/10", "0123"),
            ("bytes=7-", 206, "bytes 7-9/10", "789"),
            ("bytes=-2", 206, "bytes 8-9/10", "89"),
            ("bytes=4-99", 206, "bytes 4-9/10", "456789"),
            ("bytes=10-", 416, "bytes */10", ""),
            ("bytes=-11", 416, "bytes */10", ""),
            ("bytes=3-2", 416, "bytes */10", ""),
            ("bytes=0-5,3-7", 416, "bytes */10", ""),
            ("bytes=0-1,3-4", 416, "bytes */10", "Cannot serve multipart range requests"),
            ("lines=1-2", 416, "bytes */10", ""),
        ] {
            let (found, fields, body) = get(&site, "/a%20b.txt", &[(header::RANGE, range)]);
            assert_eq!((found, &*body), (status, text.as_bytes()), "{range}");
            assert!(fields.contains(&("content-range".to_owned(), told.to_owned())), "{range}: {fields:?}");
        }
    }

    #[test]
    fn a_folder_is_served_with_its_kinds_and_without_its_hidden_files() {
        let dir = folder();
        let site = Decoy::from_folder(dir.path()).unwrap();
        let status = |uri: &str| get(&site, uri, &[]).0;
        assert_eq!(ask(&site, Method::GET, "/img/a.png", &[]).headers()[header::CONTENT_TYPE], "image/png");
        for (uri, expected) in
            [("//index.html", 200), ("/./index.html", 200), ("/img/", 404), ("/.secret", 404), ("/../index.html", 404)]
        {
            assert_eq!(status(uri), expected, "{uri}");
        }
        assert_eq!(get(&site, "/img?a", &[]), (307, said(&[("location", "/img/?a")]), Bytes::new()));
        assert_eq!(get(&site, "/nothing", &[]), (404, Vec::new(), Bytes::new()), "without a page for it");
        std::fs::write(dir.path().join(NOT_FOUND), "gone").unwrap();
        let (status, _, body) = get(&Decoy::from_folder(dir.path()).unwrap(), "/nothing", &[]);
        assert_eq!((status, &body[..]), (404, &b"gone"[..]));
    }

    #[test]
    fn a_folder_without_a_start_page_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        assert!(Decoy::from_folder(dir.path()).unwrap_err().to_string().contains("index.html"));
    }
}
