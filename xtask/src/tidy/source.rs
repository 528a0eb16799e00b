//! Rust source as the rules see it: code without comments and the contents of strings, and where the tests are.
//!
//! This is a scanner, not a parser: it knows comments, strings, characters and braces, which is enough.

use std::ops::Range;

/// A source file, line by line.
pub(crate) struct Source {
    /// The code with comments and the contents of strings and characters turned into spaces.
    pub(crate) code: Vec<String>,
    /// Lines (from 0) of modules inside the file that are compiled for tests only.
    pub(crate) test_modules: Vec<Range<usize>>,
}

impl Source {
    pub(crate) fn scan(text: &str) -> Self {
        let code: Vec<String> = blank(text).lines().map(str::to_owned).collect();
        let test_modules = test_modules(&code);
        Self { code, test_modules }
    }

    /// Whether a line (from 0) is inside a test module.
    pub(crate) fn is_test(&self, line: usize) -> bool {
        self.test_modules.iter().any(|range| range.contains(&line))
    }

    /// Lines that are not in a test module.
    pub(crate) fn lines_without_tests(&self) -> usize {
        (0..self.code.len()).filter(|line| !self.is_test(*line)).count()
    }
}

/// Where the scanner is.
enum Place {
    Code,
    LineComment,
    BlockComment { depth: usize },
    Text,
    RawText { hashes: usize },
    Character,
}

/// Turns comments and the contents of strings and characters into spaces; keeps line ends.
fn blank(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut place = Place::Code;
    let mut at = 0_usize;
    while at < characters.len() {
        let rest = characters.get(at..).unwrap_or_default();
        let (taken, keep, next) = step(&place, rest);
        for character in rest.iter().take(taken) {
            out.push(if keep || *character == '\n' { *character } else { ' ' });
        }
        at = at.saturating_add(taken.max(1));
        if let Some(next) = next {
            place = next;
        }
    }
    out
}

/// How many characters belong together here, whether they are code, and where the scanner is after them.
fn step(place: &Place, rest: &[char]) -> (usize, bool, Option<Place>) {
    match place {
        Place::Code => step_in_code(rest),
        Place::LineComment if rest.first() == Some(&'\n') => (1, true, Some(Place::Code)),
        Place::LineComment => (1, false, None),
        Place::BlockComment { depth } => step_in_block(rest, *depth),
        Place::Text => step_in_quotes(rest, '"'),
        Place::Character => step_in_quotes(rest, '\''),
        Place::RawText { hashes } => {
            let closes = rest.first() == Some(&'"') && starts_with_hashes(rest.get(1..).unwrap_or_default(), *hashes);
            if closes { (hashes.saturating_add(1), true, Some(Place::Code)) } else { (1, false, None) }
        }
    }
}

fn step_in_code(rest: &[char]) -> (usize, bool, Option<Place>) {
    match rest {
        ['/', '/', ..] => (2, false, Some(Place::LineComment)),
        ['/', '*', ..] => (2, false, Some(Place::BlockComment { depth: 1 })),
        ['"', ..] => (1, true, Some(Place::Text)),
        ['r', next, ..] if *next == '"' || *next == '#' => {
            let hashes = rest.iter().skip(1).take_while(|character| **character == '#').count();
            let opens = rest.get(hashes.saturating_add(1)) == Some(&'"');
            if opens { (hashes.saturating_add(2), true, Some(Place::RawText { hashes })) } else { (1, true, None) }
        }
        ['\'', '\\', ..] | ['\'', _, '\'', ..] => (1, true, Some(Place::Character)),
        // a word is taken whole, so that the `r` that ends a name opens no raw string
        [first, ..] if first.is_alphanumeric() || *first == '_' => {
            let word = rest.iter().take_while(|character| character.is_alphanumeric() || **character == '_').count();
            let before_raw = word == 2 && rest.starts_with(&['b', 'r']);
            (if before_raw { 1 } else { word }, true, None)
        }
        _ => (1, true, None),
    }
}

fn step_in_block(rest: &[char], depth: usize) -> (usize, bool, Option<Place>) {
    match rest {
        ['*', '/', ..] if depth <= 1 => (2, false, Some(Place::Code)),
        ['*', '/', ..] => (2, false, Some(Place::BlockComment { depth: depth.saturating_sub(1) })),
        ['/', '*', ..] => (2, false, Some(Place::BlockComment { depth: depth.saturating_add(1) })),
        _ => (1, false, None),
    }
}

fn step_in_quotes(rest: &[char], quote: char) -> (usize, bool, Option<Place>) {
    match rest {
        ['\\', _, ..] => (2, false, None),
        [first, ..] if *first == quote => (1, true, Some(Place::Code)),
        _ => (1, false, None),
    }
}

fn starts_with_hashes(rest: &[char], hashes: usize) -> bool {
    rest.iter().take_while(|character| **character == '#').count() >= hashes
}

/// The line ranges of `#[cfg(test)] mod name { … }`.
fn test_modules(code: &[String]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut line = 0_usize;
    while line < code.len() {
        let gated = code.get(line).is_some_and(|text| text.trim_start().starts_with("#[cfg(test)]"));
        let end = if gated { module_end(code, line) } else { None };
        if let Some(end) = end {
            found.push(line..end);
            line = end;
        } else {
            line = line.saturating_add(1);
        }
    }
    found
}

/// The line after the module that an attribute on line `start` stands before; `None` when no module with a body follows.
fn module_end(code: &[String], start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut seen_module = false;
    for (line, text) in code.iter().enumerate().skip(start) {
        seen_module |= text.split_whitespace().any(|word| word == "mod");
        for character in text.chars() {
            match character {
                '{' if !seen_module => return None,
                ';' if depth == 0 => return None,
                '{' => depth = depth.saturating_add(1),
                '}' => depth = depth.saturating_sub(1),
                _ => continue,
            }
            if character == '}' && depth == 0 {
                return Some(line.saturating_add(1));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_strings_are_blank_and_lines_stay() {
        let text =
            "let a = \"fs::read\"; // fs::write\n/* tokio /* deep */ tokio */ let b = 'x';\nlet c = r#\"a\"b\"#;";
        let code = blank(text);
        assert_eq!(code.lines().count(), 3);
        for hidden in ["fs::", "tokio", "x'", "a\"b"] {
            assert!(!code.contains(hidden), "{hidden} is still in {code}");
        }
        assert!(code.contains("let b ="));
        assert!(code.contains("let c ="));
    }

    #[test]
    fn lifetimes_and_escapes_do_not_open_a_string() {
        let code = blank("fn a<'a>(x: &'a str) { b('\\'', \"\\\"\", br\"\\\"); tokio }");
        assert!(code.contains("tokio }"), "{code}");
        assert!(code.contains("x: &'a str"), "{code}");
    }

    #[test]
    fn a_name_that_ends_in_r_opens_no_raw_string() {
        assert!(blank("parser\"hidden\" shown").contains("shown"));
        assert!(!blank("parser\"hidden\" shown").contains("hidden"));
    }

    #[test]
    fn test_modules_are_found_and_the_rest_is_counted() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() { \"}\"; }\n}\nfn c() {}\n";
        let source = Source::scan(text);
        assert_eq!(source.test_modules.first(), Some(&(1..5)));
        assert_eq!(source.lines_without_tests(), 2);
        assert!(source.is_test(3) && !source.is_test(5));
    }

    #[test]
    fn a_test_module_in_a_file_of_its_own_and_a_gated_function_are_no_range() {
        assert!(Source::scan("#[cfg(test)]\nmod tests;\nmod a { }\n").test_modules.is_empty());
        assert!(Source::scan("#[cfg(test)]\nfn only() {}\nmod a { }\n").test_modules.is_empty());
    }
}
