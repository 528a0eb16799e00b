//! Every package from outside has a licence that goes with MIT and Apache-2.0.
//!
//! The list is the same as in deny.toml; this check needs no tool but cargo.

use super::Fault;
use super::arrows::Metadata;

/// SPDX names that we accept; MPL-2.0 binds only changes to the package's own files.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Faults of the licences of all packages from outside.
pub(crate) fn check(metadata: &Metadata) -> Vec<Fault> {
    let mut faults = Vec::new();
    for package in metadata.outside() {
        let place = format!("{} {}", package.name, package.version);
        match package.license.as_deref() {
            None => faults.push(Fault::new(place, "names no licence")),
            Some(expression) if !is_allowed(expression) => {
                faults.push(Fault::new(place, format!("has the licence `{expression}`, which is not on the list")));
            }
            Some(_) => {}
        }
    }
    faults
}

/// Whether an SPDX expression can be met with licences of the list. `/` is the old way to write `OR`.
fn is_allowed(expression: &str) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut parser = Expression { words: &words, broken: false };
    let allowed = parser.any();
    allowed && parser.words.is_empty() && !parser.broken
}

/// A recursive descent over the words that are left; `AND` binds tighter than `OR`.
struct Expression<'a> {
    words: &'a [&'a str],
    broken: bool,
}

impl<'a> Expression<'a> {
    fn next(&mut self) -> Option<&'a str> {
        let (first, rest) = self.words.split_first()?;
        self.words = rest;
        Some(first)
    }

    fn skip(&mut self, word: &str) -> bool {
        let found = self.words.first() == Some(&word);
        if found {
            self.next();
        }
        found
    }

    fn any(&mut self) -> bool {
        let mut allowed = self.all();
        while self.skip("OR") {
            allowed |= self.all();
        }
        allowed
    }

    fn all(&mut self) -> bool {
        let mut allowed = self.one();
        while self.skip("AND") {
            allowed &= self.one();
        }
        allowed
    }

    fn one(&mut self) -> bool {
        if self.skip("(") {
            let allowed = self.any();
            return self.skip(")") && allowed;
        }
        let Some(name) = self.next() else {
            self.broken = true;
            return false;
        };
        if self.skip("WITH") {
            let Some(exception) = self.next() else { return false };
            return ALLOWED.contains(&format!("{name} WITH {exception}").as_str());
        }
        ALLOWED.contains(&name)
    }
}

#[cfg(test)]
mod tests {
    use super::is_allowed;

    #[test]
    fn one_allowed_choice_is_enough() {
        assert!(is_allowed("MIT OR GPL-3.0-only"));
        assert!(is_allowed("GPL-3.0-only/Apache-2.0"));
        assert!(is_allowed("Apache-2.0 WITH LLVM-exception OR GPL-2.0-only"));
    }

    #[test]
    fn all_of_a_conjunction_must_be_allowed() {
        assert!(is_allowed("(MIT OR Apache-2.0) AND Unicode-3.0"));
        assert!(!is_allowed("MIT AND GPL-3.0-only"));
        assert!(!is_allowed("MIT AND (GPL-3.0-only OR AGPL-3.0-only)"));
    }

    #[test]
    fn what_cannot_be_read_is_not_allowed() {
        for odd in ["", "(MIT", "MIT Apache-2.0", "MIT OR", "AND MIT"] {
            assert!(!is_allowed(odd), "{odd}");
        }
    }
}
