//! `simurgh doctor`: what is wrong with this machine, profile or network, in words.

use crate::{output::Output, rpc::Client};
use anyhow::bail;
use api::{
    local::{Finding, Nothing},
    methods::RunDoctor,
};
use std::{fs, path::Path};

/// Prints every finding; fails when one is ill.
pub(crate) async fn run(profile: &Path, output: Output) -> anyhow::Result<()> {
    let mut findings = vec![];
    if profile.join("profile.db").exists() || fs::metadata(profile.join("network.json")).is_ok() {
        match Client::connect(profile).await {
            Ok(mut client) => {
                findings.push(well("daemon", "it runs and answers"));
                findings.extend(client.call::<RunDoctor>(Nothing {}).await?);
            }
            Err(error) => findings.push(ill("daemon", &format!("{error:#}"), "Start it and run the doctor again.")),
        }
    } else {
        let detail = format!("there is no profile in {}", profile.display());
        findings.push(ill("profile", &detail, "Make one with simurgh up --network FILE, or name one with --profile."));
    }
    output.print_all(&findings, "", line)?;
    let ill: Vec<&str> = findings.iter().filter(|finding| !finding.ok).map(|finding| finding.check.as_str()).collect();
    if ill.is_empty() {
        return Ok(());
    }
    bail!("not all is well ({}): do what the findings advise and run the doctor again", ill.join(", "))
}

fn well(check: &str, detail: &str) -> Finding {
    Finding { check: check.to_owned(), ok: true, detail: detail.to_owned(), advice: String::new() }
}

fn ill(check: &str, detail: &str, advice: &str) -> Finding {
    Finding { check: check.to_owned(), ok: false, detail: detail.to_owned(), advice: advice.to_owned() }
}

fn line(finding: &Finding) -> String {
    if finding.ok {
        format!("ok    {}: {}", finding.check, finding.detail)
    } else {
        format!("WRONG {}: {}\n      {}", finding.check, finding.detail, finding.advice)
    }
}
