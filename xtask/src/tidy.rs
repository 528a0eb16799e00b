//! `cargo xtask tidy`: the rules of docs/STYLE.md that a program can check.
//!
//! Each rule answers with [`Fault`]s; all of them are shown, then the task fails.

mod arrows;
mod licences;
mod rust_files;
mod source;
mod tracked;

use std::fmt;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

/// One broken rule at one place.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Path from the root, with the line when there is one, or the package.
    place: String,
    /// What is wrong and what to do.
    advice: String,
}

impl Fault {
    pub(crate) fn new(place: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { place: place.into(), advice: advice.into() }
    }

    pub(crate) fn at_line(path: &str, line: usize, advice: impl Into<String>) -> Self {
        Self::new(format!("{path}:{line}"), advice)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.place, self.advice)
    }
}

/// Checks everything and fails with the list of faults.
pub(crate) fn run(root: &Path) -> Result<()> {
    let metadata = arrows::Metadata::read(root)?;
    let mut faults = arrows::check(&metadata);
    faults.extend(arrows::check_default_run(&metadata));
    faults.extend(arrows::check_lints(&metadata)?);
    faults.extend(licences::check(&metadata));
    let paths = tracked_files(root)?;
    let mut files = 0_usize;
    for path in &paths {
        let Ok(bytes) = fs::read(root.join(path)) else { continue };
        let Ok(text) = String::from_utf8(bytes) else { continue };
        files = files.saturating_add(1);
        faults.extend(tracked::check(path, &text));
        if path.ends_with(".rs") {
            faults.extend(rust_files::check(path, &text));
        }
    }
    if !faults.is_empty() {
        let lines: Vec<String> = faults.iter().map(Fault::to_string).collect();
        bail!("{}\ntidy: {} faults; the rules are in docs/STYLE.md", lines.join("\n"), lines.len());
    }
    eprintln!("tidy: {files} files and {} packages, no fault", metadata.package_count());
    Ok(())
}

/// What git tracks, and what it would track: new files are checked before they are added.
fn tracked_files(root: &Path) -> Result<Vec<String>> {
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .context("cannot start git")?;
    if !output.status.success() {
        bail!("git ls-files failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    let listing = String::from_utf8(output.stdout).context("a file name is not UTF-8")?;
    Ok(listing.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect())
}
