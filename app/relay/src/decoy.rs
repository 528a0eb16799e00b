//! The website that strangers see: the operator's folder, or a small built-in one. It is read once into memory, so
//! that every answer takes the same time.
//!
//! The built-in site varies with the relay's seed, but whoever knows this program knows its pieces. An operator who
//! has to hide should give the relay a website of his own.

use crate::StartError;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use std::collections::BTreeMap;
use std::path::Path;

/// Files of an operator's website.
const FILES_MAX: usize = 1_024;
/// Bytes of an operator's website.
const SITE_BYTES_MAX: u64 = 32 * 1024 * 1024;
/// Folders within folders.
const DEPTH_MAX: usize = 8;

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
    not_found: File,
}

#[derive(Clone, Debug)]
struct File {
    body: Bytes,
    kind: &'static str,
    etag: String,
}

impl Decoy {
    /// The built-in site; `seed` chooses its name, colours and pages.
    pub(crate) fn built_in(seed: u64) -> Self {
        let name = pick(&NAMES, seed).copied().unwrap_or("Notes");
        let (ink, paper) = pick(&COLOURS, seed >> 8).copied().unwrap_or(("#333", "#fff"));
        let first = usize::try_from((seed >> 16) & 0xff).unwrap_or(0);
        let count = 3usize.saturating_add(usize::try_from((seed >> 24) & 1).unwrap_or(0));
        let pages: Vec<_> =
            PAGES.iter().cycle().skip(first.checked_rem(PAGES.len()).unwrap_or(0)).take(count).collect();
        let mut files = BTreeMap::new();
        let mut links = String::new();
        for (slug, title, text) in &pages {
            links.push_str(&format!("<li><a href=\"/{slug}.html\">{title}</a></li>\n"));
            files.insert(format!("{slug}.html"), File::html(&page(name, title, text)));
        }
        let index = format!("<p>Notes by one person, written when there is time.</p>\n<ul>\n{links}</ul>");
        files.insert("index.html".into(), File::html(&page(name, name, &index)));
        let style = STYLE.replace("INK", ink).replace("PAPER", paper);
        files.insert("style.css".into(), File::new(Bytes::from(style), "text/css"));
        let missing = page(name, "Not found", "<p>There is no such page. <a href=\"/\">Back to the start</a>.</p>");
        Self { files, not_found: File::html(&missing) }
    }

    /// The operator's folder. Hidden files are left out.
    pub(crate) fn from_folder(dir: &Path) -> Result<Self, StartError> {
        let mut site = Reader { files: BTreeMap::new(), bytes: 0 };
        site.read(dir, "", 0).map_err(|reason| StartError::Folder { path: dir.to_owned(), reason })?;
        if !site.files.contains_key("index.html") {
            let reason = "the website needs an index.html".to_owned();
            return Err(StartError::Folder { path: dir.to_owned(), reason });
        }
        let plain = File::html("<!doctype html><title>404 Not Found</title><h1>Not Found</h1>");
        let not_found = site.files.remove(NOT_FOUND).unwrap_or(plain);
        Ok(Self { files: site.files, not_found })
    }

    /// What a web server of files answers.
    pub(crate) fn answer(&self, method: &Method, path: &str, headers: &HeaderMap) -> Response<Bytes> {
        let Some(file) = self.find(path) else { return self.missing(method) };
        if method != Method::GET && method != Method::HEAD {
            let mut response = respond(StatusCode::METHOD_NOT_ALLOWED, &self.not_found, method);
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
            return response;
        }
        let known = headers.get(header::IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == file.etag.as_bytes());
        if known {
            let mut response = Response::new(Bytes::new());
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            put(response.headers_mut(), header::ETAG, &file.etag);
            return response;
        }
        respond(StatusCode::OK, file, method)
    }

    /// What it answers for a path that does not exist, and under the secret path to whatever is not a request.
    pub(crate) fn missing(&self, method: &Method) -> Response<Bytes> {
        respond(StatusCode::NOT_FOUND, &self.not_found, method)
    }

    fn find(&self, path: &str) -> Option<&File> {
        let path = path.strip_prefix('/')?;
        match path {
            "" => self.files.get("index.html"),
            folder if folder.ends_with('/') => self.files.get(&format!("{folder}index.html")),
            file => self.files.get(file),
        }
    }
}

impl File {
    fn new(body: Bytes, kind: &'static str) -> Self {
        let hash = wire::hash::sha256(&body);
        let etag = format!("\"{}\"", wire::id::to_hex(&hash).chars().take(16).collect::<String>());
        Self { body, kind, etag }
    }

    fn html(text: &str) -> Self {
        Self::new(Bytes::copy_from_slice(text.as_bytes()), "text/html; charset=utf-8")
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
                let body = std::fs::read(entry.path()).map_err(|error| error.to_string())?;
                self.files.insert(format!("{prefix}{name}"), File::new(Bytes::from(body), kind_of(&name)));
            }
        }
        Ok(())
    }
}

fn respond(status: StatusCode, file: &File, method: &Method) -> Response<Bytes> {
    let body = if method == Method::HEAD { Bytes::new() } else { file.body.clone() };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.kind));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(file.body.len()));
    if status == StatusCode::OK {
        put(headers, header::ETAG, &file.etag);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("max-age=3600"));
    }
    response
}

fn put(headers: &mut HeaderMap, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
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
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css",
        "js" => "text/javascript",
        "json" => "application/json",
        "xml" => "application/xml",
        "txt" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_relays_rarely_show_the_same_site() {
        let index = |seed: u64| Decoy::built_in(seed).files["index.html"].etag.clone();
        assert_ne!(index(0x0102_0304), index(0x0403_0201));
        assert_eq!(index(7), index(7));
    }

    #[test]
    fn a_folder_is_served_with_its_kinds_and_without_its_hidden_files() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("img")).unwrap();
        std::fs::write(dir.path().join("index.html"), "<p>hello").unwrap();
        std::fs::write(dir.path().join("img/a.png"), "png").unwrap();
        std::fs::write(dir.path().join(".secret"), "no").unwrap();
        let site = Decoy::from_folder(dir.path()).unwrap();
        let get = |path: &str| site.answer(&Method::GET, path, &HeaderMap::new());
        assert_eq!(get("/").status(), StatusCode::OK);
        assert_eq!(get("/img/a.png").headers()[header::CONTENT_TYPE], "image/png");
        assert_eq!(get("/.secret").status(), StatusCode::NOT_FOUND);
        assert_eq!(get("/../index.html").status(), StatusCode::NOT_FOUND);
        assert_eq!(site.answer(&Method::POST, "/", &HeaderMap::new()).status(), StatusCode::METHOD_NOT_ALLOWED);
    }

    #[test]
    fn a_folder_without_a_start_page_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        assert!(Decoy::from_folder(dir.path()).unwrap_err().to_string().contains("index.html"));
    }
}
