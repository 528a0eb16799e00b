//! A peer, measured in the same run by a program of its own (e2e/peers has them).
//!
//! The program is given how many seconds it may take as its argument and prints one line of JSON on standard output:
//! `{"bench", "name", "version", "value"}`: which of our figures its value stands beside, in the same unit.

use super::{Report, rounded};
use anyhow::{Context as _, ensure};
use serde::{Deserialize, Serialize};
use std::{path::Path, process::Stdio};
use tokio::process::Command;

/// What a peer reached.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Peer {
    /// What it is called.
    pub(super) name: String,
    /// Which version was measured.
    pub(super) version: String,
    /// Its figure, in the unit of the bench.
    pub(super) value: f64,
    /// Ours divided by its.
    pub(super) ratio: f64,
}

#[derive(Deserialize)]
struct Measured {
    bench: String,
    name: String,
    version: String,
    value: f64,
}

/// Runs the peer's program and puts what it reached beside our figure of the same name.
pub(super) async fn compare(program: &Path, seconds: u64, reports: &mut [Report]) -> anyhow::Result<()> {
    let shown = program.display();
    let mut command = Command::new(program);
    command.arg(seconds.to_string()).stdin(Stdio::null()).stderr(Stdio::inherit()).kill_on_drop(true);
    let output = command.output().await.with_context(|| format!("the peer {shown} can't be started"))?;
    ensure!(output.status.success(), "the peer {shown} failed: see what it said above");
    let said = String::from_utf8_lossy(&output.stdout);
    let measured = said.lines().rev().find_map(|line| serde_json::from_str::<Measured>(line).ok());
    let measured =
        measured.with_context(|| format!("the peer {shown} printed no line of bench, name, version, value"))?;
    let Measured { bench, name, version, value } = measured;
    let ours = reports.iter_mut().find(|report| report.bench == bench);
    let ours = ours.with_context(|| format!("the peer {shown} stands beside {bench}, which was not measured"))?;
    ours.peer =
        Some(Peer { name, version, value: rounded(value), ratio: rounded(ours.value / value.max(f64::EPSILON)) });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, os::unix::fs::PermissionsExt as _, time::Duration};

    async fn measured_by(script: &str) -> anyhow::Result<Report> {
        let dir = tempfile::tempdir().unwrap();
        let program = dir.path().join("peer");
        fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
        let mut reports = vec![
            Report::new("one", "things/s", 10.0, &[], Duration::ZERO),
            Report::new("other", "things/s", 30.0, &[], Duration::ZERO),
        ];
        compare(&program, 7, &mut reports).await.map(|()| reports.remove(1))
    }

    #[tokio::test]
    async fn a_peer_is_given_the_seconds_and_stands_beside_the_figure_that_it_names() {
        let script = r#"echo starting; echo "{\"bench\":\"other\",\"name\":\"x\",\"version\":\"$1\",\"value\":20}""#;
        let peer = measured_by(script).await.unwrap().peer.unwrap();
        assert_eq!((peer.name.as_str(), peer.version.as_str(), peer.value, peer.ratio), ("x", "7", 20.0, 1.5));
    }

    #[tokio::test]
    async fn a_peer_that_fails_or_says_nothing_of_use_is_an_error_that_names_it() {
        let foreign = r#"echo '{"bench":"third","name":"x","version":"1","value":20}'"#;
        for script in ["exit 3", "echo nothing", foreign] {
            assert!(measured_by(script).await.unwrap_err().to_string().contains("peer"), "{script}");
        }
    }
}
