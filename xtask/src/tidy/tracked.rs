//! Rules for every tracked text file: nothing of the machine it was written on, no addresses in lock files,
//! no drawers for odds and ends.

use super::Fault;

/// A longer page or test file has two purposes.
const FILE_LINES_MAX: usize = 600;
/// Folders and files with these names collect what nobody finds again.
const DRAWERS: &[&str] = &["utils", "util", "common", "helpers", "helper", "misc"];

/// Faults of one tracked file; `path` is from the root.
pub(crate) fn check(path: &str, text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let drawer = path.split('/').find(|part| DRAWERS.contains(&part.split('.').next().unwrap_or_default()));
    if let Some(drawer) = drawer {
        faults.push(Fault::new(path, format!("`{drawer}` says nothing: name the file after what it does")));
    }
    let page_source = [".ts", ".svelte", ".mjs", ".py"].iter().any(|ending| path.ends_with(ending));
    let generated = path.contains("/dist/") || path.contains("generated");
    let lines = text.lines().count();
    if page_source && !generated && !path.contains(".test.") && lines >= FILE_LINES_MAX {
        faults
            .push(Fault::new(path, format!("{lines} lines; a file stays under {FILE_LINES_MAX}: split it by purpose")));
    }
    for (line, content) in text.lines().enumerate() {
        if let Some(advice) = check_line(path, content) {
            faults.push(Fault::at_line(path, line.saturating_add(1), advice));
        }
    }
    faults
}

fn check_line(path: &str, line: &str) -> Option<String> {
    let lock = path.ends_with("package-lock.json");
    if lock && line.trim_start().starts_with("\"resolved\"") {
        return Some("a lock file without addresses: set omit-lockfile-registry-resolved=true for npm".to_owned());
    }
    if path.ends_with("Cargo.lock") {
        let ours = line.trim() == concat!("source = \"registry+https://github.com/rust-lang/crates.io-", "index\"");
        let foreign = line.starts_with("source = ") && !ours;
        return foreign.then(|| "a package from elsewhere than the standard registry".to_owned());
    }
    let host = registry_hosts().into_iter().find(|host| line.contains(host.as_str()));
    if let Some(host) = host {
        return Some(format!("names the registry host {host}: name the package alone"));
    }
    let machine = machine_paths().into_iter().find(|start| names_path(line, start));
    machine.map(|start| format!("names a path of one machine, {start}…: use a relative path or a setting"))
}

/// Written in pieces, so that this file passes its own check.
fn registry_hosts() -> [String; 5] {
    [
        ["registry.npm", "js.org"].concat(),
        ["index.cra", "tes.io"].concat(),
        ["static.cra", "tes.io"].concat(),
        ["pypi", ".org"].concat(),
        ["files.python", "hosted.org"].concat(),
    ]
}

fn machine_paths() -> [String; 4] {
    ["work", "root", "home", "Users"].map(|folder| format!("/{folder}/"))
}

/// Whether a line names an absolute path that starts so; `web/home/a` and `https://host/home/a` do not.
fn names_path(line: &str, start: &str) -> bool {
    line.match_indices(start).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let inside = |one: char| one.is_alphanumeric() || "._-~}/)$*".contains(one);
        !before.is_some_and(inside)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn advice(path: &str, text: &str) -> String {
        check(path, text).iter().map(Fault::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn machine_paths_are_faults_and_relative_ones_are_not() {
        let absolute = ["see /", "work/wt/a"].concat();
        assert!(advice("README.md", &absolute).contains("path of one machine"));
        assert_eq!(advice("README.md", "see web/home/a, https://host.example/home/a and ~/home/a"), "");
    }

    #[test]
    fn registry_hosts_are_faults() {
        let line = ["https://registry.npm", "js.org/a"].concat();
        assert!(advice("web/.npmrc", &line).contains("registry host"));
    }

    #[test]
    fn lock_files_have_no_addresses() {
        let text = "{\n  \"resolved\": \"https://host.example/a.tgz\"\n}";
        assert!(advice("web/package-lock.json", text).contains(":2: a lock file without addresses"));
        assert!(advice("Cargo.lock", "source = \"git+https://host.example/a\"").contains("elsewhere"));
        let ours = ["source = \"registry+https://github.com/rust-lang/crates.io-", "index\""].concat();
        assert_eq!(advice("Cargo.lock", &ours), "");
    }

    #[test]
    fn drawers_for_odds_and_ends_are_faults() {
        assert!(advice("web/src/utils.ts", "").contains("says nothing"));
        assert!(advice("core/common/src/lib.rs", "").contains("says nothing"));
        assert_eq!(advice("web/src/commonplace.ts", ""), "");
    }

    #[test]
    fn long_page_sources_are_faults() {
        let long = "let a;\n".repeat(600);
        assert!(advice("web/src/App.svelte", &long).contains("600 lines"));
        assert_eq!(advice("web/dist/assets/app.mjs", &long), "");
    }
}
