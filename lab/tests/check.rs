//! What the laboratory says on a machine where it can't run.

#![allow(clippy::unwrap_used, reason = "a test")]

use std::{
    fs,
    os::unix::{
        fs::{MetadataExt as _, PermissionsExt as _},
        process::CommandExt as _,
    },
    process::Command,
};

/// Nobody's number, and that of nobody's group.
const NOBODY: u32 = 65_534;

#[test]
fn without_root_it_says_so_and_fails() {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    // a copy where everybody can reach it
    let lab = folder.path().join("lab");
    fs::copy(env!("CARGO_BIN_EXE_lab"), &lab).unwrap();
    let mut command = Command::new(&lab);
    command.args(["run", "--quick"]).current_dir(folder.path());
    if is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    let output = command.output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("run it as root"), "{said}");
}

fn is_root() -> bool {
    fs::metadata("/proc/self").unwrap().uid() == 0
}
