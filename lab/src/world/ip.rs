//! Orders to `ip` of iproute2.

use anyhow::{Context as _, Result, ensure};
use std::{
    io::Write as _,
    process::{Command, Stdio},
};

/// One order.
pub(super) fn run(words: &[&str]) -> Result<String> {
    let output = Command::new("ip").args(words).output().context("can't start ip (Debian: iproute2)")?;
    ensure!(output.status.success(), "ip {}: {}", words.join(" "), String::from_utf8_lossy(&output.stderr).trim());
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Several orders in a namespace; the first that fails ends it.
pub(super) fn batch(namespace: &str, orders: &[String]) -> Result<()> {
    let mut child = Command::new("ip")
        .args(["-n", namespace, "-batch", "-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("can't start ip (Debian: iproute2)")?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(orders.join("\n").as_bytes())?;
    }
    let output = child.wait_with_output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "ip -n {namespace}: {}\n{}", said.trim(), orders.join("\n"));
    Ok(())
}
