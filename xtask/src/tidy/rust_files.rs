//! Rules for each Rust file: purpose at the top, length, tests, exports, and the purity of the cores.

use super::Fault;
use super::source::Source;

/// A longer file has two purposes.
const FILE_LINES_MAX: usize = 600;
/// Longer tests move to `name/tests.rs`.
const INLINE_TEST_LINES_MAX: usize = 150;

/// What a core must not name, and what to do instead. Clippy's `disallowed-methods` cannot see whole modules.
const IMPURE: &[(&str, &str)] = &[
    ("std::fs", "storage is behind a trait"),
    ("std::net::Tcp", "exchanges are effects"),
    ("std::net::Udp", "exchanges are effects"),
    ("std::os", "a core runs anywhere"),
    ("std::process", "a core starts nothing"),
    ("std::thread", "a core is a state machine"),
    ("std::env", "settings are passed in"),
    ("std::time::Instant", "`now` is passed in"),
    ("std::time::SystemTime", "`now` is passed in"),
    ("SystemTime::now", "`now` is passed in"),
    ("Instant::now", "`now` is passed in"),
    ("tokio", "a core is a state machine"),
    ("async fn", "a core is a state machine"),
    ("OsRng", "`rng` is passed in"),
    ("thread_rng", "`rng` is passed in"),
    ("from_entropy", "`rng` is passed in"),
    ("getrandom", "`rng` is passed in"),
];

/// Faults of one Rust file; `path` is from the root.
pub(crate) fn check(path: &str, text: &str) -> Vec<Fault> {
    let source = Source::scan(text);
    let test_file = is_test_file(path);
    let mut faults = Vec::new();
    if !text.starts_with("//!") {
        faults.push(Fault::at_line(path, 1, "must open with `//!` saying what the file is for"));
    }
    let lines = source.lines_without_tests();
    if !test_file && lines >= FILE_LINES_MAX {
        let advice = format!("{lines} lines without tests; a file stays under {FILE_LINES_MAX}: split it by purpose");
        faults.push(Fault::new(path, advice));
    }
    for range in source.test_modules.iter().filter(|range| range.len() > INLINE_TEST_LINES_MAX) {
        let advice =
            format!("{} lines of tests; above {INLINE_TEST_LINES_MAX} they move to name/tests.rs", range.len());
        faults.push(Fault::at_line(path, range.start.saturating_add(1), advice));
    }
    faults.extend(check_lines(path, &source, test_file));
    faults.extend(check_exports(path, &source));
    faults
}

/// Files that hold tests and nothing else.
fn is_test_file(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.split('/').any(|part| part == "tests")
}

fn check_lines(path: &str, source: &Source, test_file: bool) -> Vec<Fault> {
    let mut faults = Vec::new();
    let core = path.starts_with("core/") && !test_file;
    for (line, code) in source.code.iter().enumerate() {
        let number = line.saturating_add(1);
        if code.contains("#[ignore") {
            faults.push(Fault::at_line(path, number, "no test is ignored: mend it or remove it"));
        }
        if code.contains("unimplemented!(") || code.contains("todo!(") {
            faults.push(Fault::at_line(path, number, "no stub: write it or leave the door out"));
        }
        if core && !source.is_test(line) {
            let found = IMPURE.iter().find(|(name, _)| contains_path(code, name));
            faults.extend(found.map(|(name, advice)| {
                Fault::at_line(path, number, format!("a core must not name `{name}`: {advice}"))
            }));
        }
    }
    faults
}

/// Whether `code` names `path` as a whole word at its start (`mytokio` does not name `tokio`).
fn contains_path(code: &str, path: &str) -> bool {
    code.match_indices(path).any(|(at, _)| {
        let before = code.get(..at).and_then(|text| text.chars().next_back());
        let after = code.get(at.saturating_add(path.len())..).and_then(|text| text.chars().next());
        let joins = |character: Option<char>| character.is_some_and(|one| one.is_alphanumeric() || one == '_');
        let open_ended = path.ends_with("Tcp") || path.ends_with("Udp");
        !joins(before) && (open_ended || !joins(after))
    })
}

/// `pub use x::*` hides where a name comes from.
fn check_exports(path: &str, source: &Source) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut open: Option<usize> = None;
    for (line, code) in source.code.iter().enumerate() {
        let text = code.trim_start();
        if open.is_none() && text.starts_with("pub") && text.contains(" use ") {
            open = Some(line);
        }
        let Some(start) = open else { continue };
        if text.contains('*') {
            faults.push(Fault::at_line(path, start.saturating_add(1), "`pub use x::*`: name what is exported"));
        }
        if text.contains(';') {
            open = None;
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn advice(path: &str, text: &str) -> String {
        check(path, text).iter().map(Fault::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_tidy_file_has_no_fault() {
        assert_eq!(
            advice("core/wire/src/id.rs", "//! Ids.\nuse std::time::Duration;\n// tokio\npub use a::{B, C};\n"),
            ""
        );
    }

    #[test]
    fn the_purpose_stands_at_the_top() {
        assert!(advice("app/a.rs", "use a;\n//! Late.\n").contains("must open with"));
    }

    #[test]
    fn long_files_and_long_inline_tests_are_faults() {
        let long = format!("//! A.\n{}", "fn a() {}\n".repeat(600));
        assert!(advice("app/a.rs", &long).contains("601 lines without tests"));
        assert_eq!(advice("app/a/tests.rs", &long), "");
        let tests = format!("//! A.\n#[cfg(test)]\nmod tests {{\n{}}}\n", "    fn a() {}\n".repeat(160));
        assert!(advice("app/a.rs", &tests).contains("163 lines of tests"));
    }

    #[test]
    fn a_core_names_no_clock_task_socket_file_or_ambient_randomness() {
        for line in [
            "use std::fs;",
            "let now = SystemTime::now();",
            "use std::time::{Duration};use std::time::Instant;",
            "tokio::spawn(x);",
            "let rng = rand::thread_rng();",
            "use std::net::TcpStream;",
            "pub async fn a() {}",
        ] {
            let text = format!("//! A.\n{line}\n");
            assert!(advice("core/chain/src/a.rs", &text).contains("a core must not"), "{line}");
            assert_eq!(advice("shell/store/src/a.rs", &text), "", "{line}");
        }
        assert_eq!(advice("core/chain/src/a.rs", "//! A.\nuse std::net::IpAddr;\nlet a = my_tokio;\n"), "");
    }

    #[test]
    fn tests_of_a_core_may_do_more() {
        let text = "//! A.\n#[cfg(test)]\nmod tests {\n    use std::fs;\n}\n";
        assert_eq!(advice("core/chain/src/a.rs", text), "");
    }

    #[test]
    fn ignored_tests_stubs_and_star_exports_are_faults() {
        assert!(advice("sim/src/a.rs", "//! A.\n#[ignore]\n").contains("no test is ignored"));
        assert!(advice("sim/src/a.rs", "//! A.\nfn a() { todo!() }\n").contains("no stub"));
        assert!(
            advice("sim/src/a.rs", "//! A.\npub(crate) use a::{\n    b::*,\n};\n").contains("name what is exported")
        );
        assert_eq!(advice("sim/src/a.rs", "//! A.\nuse super::*;\n"), "");
    }
}
