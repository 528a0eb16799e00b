//! `cargo xtask dist`: the committed page is what its sources build, byte for byte.
//!
//! `web/dist` is committed so that a Rust build needs no Node.js; this check keeps it honest.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// Builds the page into a temporary folder and fails with the names of the files that differ.
pub(crate) fn run(root: &Path) -> Result<()> {
    let web = root.join("web");
    if !web.join("node_modules").is_dir() {
        npm(&web, &["ci", "--no-fund", "--no-audit"])?;
    }
    let fresh = std::env::temp_dir().join(format!("simurgh-dist-{}", std::process::id()));
    let out_dir = fresh.to_string_lossy().into_owned();
    let built = npm(&web, &["run", "build", "--", "--outDir", &out_dir, "--emptyOutDir"])
        .and_then(|()| Ok((tree(&web.join("dist"))?, tree(&fresh)?)));
    let cleaned = if fresh.exists() { fs::remove_dir_all(&fresh) } else { Ok(()) };
    let (committed, rebuilt) = built?;
    cleaned.with_context(|| format!("cannot remove {out_dir}"))?;
    let differing = differences(&committed, &rebuilt);
    if !differing.is_empty() {
        bail!("web/dist is not what web/ builds; run `npm run build` in web/ and commit it:\n{}", differing.join("\n"));
    }
    eprintln!("dist: {} files, all as built", committed.len());
    Ok(())
}

fn npm(folder: &Path, arguments: &[&str]) -> Result<()> {
    let status = Command::new("npm")
        .args(arguments)
        .current_dir(folder)
        .status()
        .context("cannot start npm: install Node.js 20 or newer")?;
    if !status.success() {
        bail!("npm {} failed in {}", arguments.join(" "), folder.display());
    }
    Ok(())
}

/// Every file below `folder`, by its path relative to it.
fn tree(folder: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(current) = open.pop() {
        let entries = fs::read_dir(&current).with_context(|| format!("cannot list {}", current.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else {
                let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
                files.insert(path.strip_prefix(folder)?.to_path_buf(), bytes);
            }
        }
    }
    Ok(files)
}

fn differences(committed: &BTreeMap<PathBuf, Vec<u8>>, rebuilt: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<String> {
    let mut lines = Vec::new();
    for (path, bytes) in committed {
        match rebuilt.get(path) {
            None => lines.push(format!("  {}: committed, but no longer built", path.display())),
            Some(fresh) if fresh != bytes => lines.push(format!("  {}: differs", path.display())),
            Some(_) => {}
        }
    }
    let new = rebuilt.keys().filter(|path| !committed.contains_key(*path));
    lines.extend(new.map(|path| format!("  {}: built, but not committed", path.display())));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(entries: &[(&str, &str)]) -> BTreeMap<PathBuf, Vec<u8>> {
        entries.iter().map(|(path, text)| (PathBuf::from(path), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn equal_trees_have_no_differences() {
        let tree = files(&[("index.html", "a"), ("assets/app.js", "b")]);
        assert!(differences(&tree, &tree).is_empty());
    }

    #[test]
    fn changed_missing_and_new_files_are_named() {
        let committed = files(&[("index.html", "a"), ("old.js", "b")]);
        let rebuilt = files(&[("index.html", "changed"), ("new.js", "b")]);
        let lines = differences(&committed, &rebuilt).join("\n");
        assert!(lines.contains("index.html: differs"), "{lines}");
        assert!(lines.contains("old.js: committed, but no longer built"), "{lines}");
        assert!(lines.contains("new.js: built, but not committed"), "{lines}");
    }
}
