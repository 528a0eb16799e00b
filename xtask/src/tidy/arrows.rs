//! Who may depend on whom: the arrows of docs/ARCHITECTURE.md, checked against `cargo metadata`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::Fault;

/// Every arrow between rooms that exists. `wire` may be used everywhere.
const ARROWS: &[(&str, &[&str])] = &[
    ("wire", &[]),
    ("e2ee", &[]),
    ("mailbox", &[]),
    ("chain", &[]),
    ("client", &["e2ee", "mailbox", "chain"]),
    ("carrier", &[]),
    ("store", &["client", "e2ee", "mailbox", "chain"]),
    ("consensus", &["chain"]),
    ("api", &[]),
    ("node", &["chain", "consensus", "store", "carrier"]),
    ("relay", &["mailbox", "store", "carrier"]),
    ("daemon", &["client", "store", "carrier", "api"]),
    ("simurgh", &["api", "daemon", "node", "relay"]),
    ("sim", &["e2ee", "mailbox", "chain", "client"]),
    // the laboratory runs the real program
    ("lab", &[]),
    ("xtask", &[]),
];

/// Arrows that tests may use besides: a daemon is tested against real relays and nodes.
const TEST_ARROWS: &[(&str, &[&str])] = &[("daemon", &["relay", "node", "mailbox", "chain", "e2ee"])];

/// Packages from outside that only one room may name, by the start of their name.
const OWNED: &[(&str, &[&str])] = &[
    ("commonware-", &["consensus"]),
    ("tycho-vm", &["chain"]),
    ("tycho-executor", &["chain"]),
    // the suite that every store must pass runs on it
    ("openmls_memory_storage", &["client"]),
    ("openmls", &["e2ee", "store"]),
    ("rusqlite", &["store"]),
    ("ohttp", &["mailbox"]),
];

/// Errors without a type are for programs, not for libraries.
const ANYHOW_FOLDERS: &[&str] = &["app", "sim", "lab", "xtask"];
/// The executor wants a callback that returns it.
const ANYHOW_EXCEPTION: &str = "chain";

/// The part of `cargo metadata` that the checks read.
#[derive(Deserialize)]
pub(crate) struct Metadata {
    pub(crate) packages: Vec<Package>,
    workspace_members: BTreeSet<String>,
    workspace_root: PathBuf,
}

/// A package, ours or from outside.
#[derive(Deserialize)]
pub(crate) struct Package {
    id: String,
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) license: Option<String>,
    manifest_path: PathBuf,
    dependencies: Vec<Dependency>,
    default_run: Option<String>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    kind: Option<String>,
}

impl Metadata {
    /// Asks cargo; the lock file must be up to date.
    pub(crate) fn read(root: &Path) -> Result<Self> {
        let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
        let output = Command::new(cargo)
            .args(["metadata", "--format-version", "1", "--locked"])
            .current_dir(root)
            .output()
            .context("cannot start cargo")?;
        if !output.status.success() {
            bail!("cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr));
        }
        serde_json::from_slice(&output.stdout).context("cargo metadata gave JSON of an unknown shape")
    }

    pub(crate) fn package_count(&self) -> usize {
        self.packages.len()
    }

    /// Packages that came from a registry.
    pub(crate) fn outside(&self) -> impl Iterator<Item = &Package> {
        self.packages.iter().filter(|package| !self.workspace_members.contains(&package.id))
    }

    fn rooms(&self) -> impl Iterator<Item = &Package> {
        self.packages.iter().filter(|package| self.workspace_members.contains(&package.id))
    }

    /// The room's top folder: `core`, `shell`, `app`, `sim`, `lab` or `xtask`.
    fn folder(&self, package: &Package) -> String {
        let inside = package.manifest_path.strip_prefix(&self.workspace_root).unwrap_or(&package.manifest_path);
        inside.components().next().map(|part| part.as_os_str().to_string_lossy().into_owned()).unwrap_or_default()
    }
}

/// Faults of the dependency graph.
pub(crate) fn check(metadata: &Metadata) -> Vec<Fault> {
    let arrows: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    let test_arrows: BTreeMap<&str, &[&str]> = TEST_ARROWS.iter().copied().collect();
    let rooms: BTreeSet<&str> = metadata.rooms().map(|package| package.name.as_str()).collect();
    let mut faults = Vec::new();
    for package in metadata.rooms() {
        let name = package.name.as_str();
        let Some(allowed) = arrows.get(name) else {
            faults.push(Fault::new(name, "a room that docs/ARCHITECTURE.md and xtask's list of arrows do not know"));
            continue;
        };
        let folder = metadata.folder(package);
        for dependency in &package.dependencies {
            let other = dependency.name.as_str();
            let for_tests = dependency.kind.as_deref() == Some("dev");
            if rooms.contains(other) {
                let in_tests = for_tests && test_arrows.get(name).is_some_and(|more| more.contains(&other));
                let itself = for_tests && other == name;
                if other != "wire" && !allowed.contains(&other) && !in_tests && !itself {
                    faults.push(Fault::new(name, format!("the arrow {name} → {other} does not exist")));
                }
            } else if !for_tests {
                faults.extend(check_outside(name, &folder, other));
            }
        }
    }
    faults
}

fn check_outside(room: &str, folder: &str, package: &str) -> Option<Fault> {
    if package == "anyhow" && !ANYHOW_FOLDERS.contains(&folder) && room != ANYHOW_EXCEPTION {
        return Some(Fault::new(room, "anyhow is for programs; a library has an error enum per module"));
    }
    let (_, owners) = OWNED.iter().find(|(start, _)| package.starts_with(start))?;
    let fault = || Fault::new(room, format!("{package} belongs behind {}", owners.join(" or ")));
    (!owners.contains(&room)).then(fault)
}

/// `cargo run` at the root starts the product: of all rooms with a program, one alone says that it is the one.
pub(crate) fn check_default_run(metadata: &Metadata) -> Vec<Fault> {
    let named: Vec<&str> = metadata.rooms().filter_map(|room| room.default_run.as_deref()).collect();
    if named == ["simurgh"] {
        return Vec::new();
    }
    let advice = format!("`cargo run` must start simurgh, so it alone says default-run, not {named:?}");
    vec![Fault::new("Cargo.toml", advice)]
}

/// Every room takes the workspace's lints; the thresholds that clippy checks stand where they should.
pub(crate) fn check_lints(metadata: &Metadata) -> Result<Vec<Fault>> {
    let mut faults = Vec::new();
    for package in metadata.rooms() {
        let manifest = fs::read_to_string(&package.manifest_path)
            .with_context(|| format!("cannot read {}", package.manifest_path.display()))?;
        if !manifest.contains("[lints]\nworkspace = true") {
            faults.push(Fault::new(&package.name, "Cargo.toml must say `[lints]` `workspace = true`"));
        }
    }
    for file in ["clippy.toml", "core/clippy.toml"] {
        let text = fs::read_to_string(metadata.workspace_root.join(file)).unwrap_or_default();
        if !text.contains("too-many-lines-threshold = 70") {
            faults.push(Fault::new(file, "must set too-many-lines-threshold = 70"));
        }
    }
    Ok(faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Dependencies by name and kind.
    type Dependencies<'a> = &'a [(&'a str, Option<&'a str>)];

    /// A workspace whose rooms are `rooms`: name, folder, dependencies.
    fn workspace(rooms: &[(&str, &str, Dependencies<'_>)]) -> Metadata {
        let packages = rooms.iter().map(|(name, folder, dependencies)| Package {
            id: (*name).to_owned(),
            name: (*name).to_owned(),
            version: "0.1.0".to_owned(),
            license: None,
            manifest_path: PathBuf::from(format!("/w/{folder}/{name}/Cargo.toml")),
            dependencies: dependencies
                .iter()
                .map(|(name, kind)| Dependency { name: (*name).to_owned(), kind: kind.map(str::to_owned) })
                .collect(),
            default_run: (*name == "simurgh").then(|| "simurgh".to_owned()),
        });
        Metadata {
            packages: packages.collect(),
            workspace_members: rooms.iter().map(|(name, _, _)| (*name).to_owned()).collect(),
            workspace_root: PathBuf::from("/w"),
        }
    }

    #[test]
    fn a_listed_arrow_is_fine() {
        let metadata = workspace(&[
            ("wire", "core", &[]),
            ("e2ee", "core", &[("wire", None)]),
            ("client", "core", &[("e2ee", None), ("wire", None)]),
        ]);
        assert_eq!(check(&metadata), []);
    }

    #[test]
    fn an_unlisted_arrow_is_a_fault() {
        let metadata = workspace(&[("chain", "core", &[]), ("daemon", "app", &[("chain", None)])]);
        let faults = check(&metadata);
        assert_eq!(faults.len(), 1);
        assert!(faults[0].advice.contains("daemon → chain"));
    }

    #[test]
    fn tests_have_some_arrows_more() {
        let metadata = workspace(&[("relay", "app", &[]), ("daemon", "app", &[("relay", Some("dev"))])]);
        assert_eq!(check(&metadata), []);
        let metadata = workspace(&[("sim", "sim", &[]), ("daemon", "app", &[("sim", Some("dev"))])]);
        assert_eq!(check(&metadata).len(), 1);
    }

    #[test]
    fn an_unknown_room_is_a_fault() {
        assert_eq!(check(&workspace(&[("utils", "core", &[])])).len(), 1);
    }

    #[test]
    fn the_engine_is_named_by_consensus_alone() {
        let engine: Dependencies<'_> = &[("commonware-runtime", None)];
        assert_eq!(check(&workspace(&[("consensus", "shell", engine)])), []);
        assert_eq!(check(&workspace(&[("node", "app", engine)])).len(), 1);
    }

    #[test]
    fn cargo_run_starts_the_product_and_nothing_else() {
        let metadata = workspace(&[("simurgh", "app", &[]), ("xtask", "xtask", &[])]);
        assert_eq!(check_default_run(&metadata), []);
        assert_eq!(check_default_run(&workspace(&[("xtask", "xtask", &[])])).len(), 1);
    }

    #[test]
    fn anyhow_stays_out_of_libraries() {
        let anyhow: Dependencies<'_> = &[("anyhow", None)];
        assert_eq!(check(&workspace(&[("node", "app", anyhow)])), []);
        assert_eq!(check(&workspace(&[("store", "shell", anyhow)])).len(), 1);
        let in_tests: Dependencies<'_> = &[("anyhow", Some("dev"))];
        assert_eq!(check(&workspace(&[("store", "shell", in_tests)])), []);
    }
}
