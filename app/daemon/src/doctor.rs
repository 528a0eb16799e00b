//! Looks at this profile and its network and says in words what is wrong.

use crate::answer::Answers;
use api::{
    Handler as _,
    local::{Finding, Nothing},
};
use std::{fs, os::unix::fs::MetadataExt as _, path::Path};

/// A block older than this means that the chain, or the way to it, stands still.
const BLOCK_AGE_MS_MAX: u64 = 60_000;

/// Every check, in order from this machine outwards.
pub(crate) async fn run(answers: &Answers) -> Vec<Finding> {
    vec![
        folder(&answers.profile),
        key(&answers.profile.join("key")),
        database(&answers.profile.join("profile.db")),
        words(answers).await,
        relays(answers).await,
        chain(answers).await,
    ]
}

fn well(check: &str, detail: String) -> Finding {
    Finding { check: check.to_owned(), ok: true, detail, advice: String::new() }
}

fn ill(check: &str, detail: String, advice: &str) -> Finding {
    Finding { check: check.to_owned(), ok: false, detail, advice: advice.to_owned() }
}

fn folder(folder: &Path) -> Finding {
    match fs::metadata(folder) {
        Ok(found) if found.mode() & 0o077 == 0 => well("folder", format!("{} is yours alone", folder.display())),
        Ok(found) => {
            let detail = format!("{} has mode {:o}", folder.display(), found.mode() & 0o777);
            ill("folder", detail, "Others on this machine can look into it: run chmod 700 on it.")
        }
        Err(error) => ill("folder", error.to_string(), "Check that the disk is there and stop and start simurgh."),
    }
}

fn key(key: &Path) -> Finding {
    match fs::metadata(key) {
        Ok(found) if found.mode() & 0o077 == 0 => well("key", format!("{} is yours alone", key.display())),
        Ok(found) => {
            let detail = format!("{} has mode {:o}", key.display(), found.mode() & 0o777);
            ill("key", detail, "Others can read your key: run chmod 600 on it, and move to a new profile if they did.")
        }
        Err(error) => {
            ill("key", error.to_string(), "Put the key file back before you stop simurgh, or it won't start.")
        }
    }
}

fn database(file: &Path) -> Finding {
    match fs::metadata(file) {
        Ok(found) => {
            // What was written last stands in the log beside the file.
            let log = fs::metadata(file.with_extension("db-wal")).map_or(0, |log| log.len());
            well("database", format!("{} kB on disk", found.len().saturating_add(log) / 1000))
        }
        Err(error) => {
            ill("database", error.to_string(), "Check that the disk is there; restore a backup if it is not.")
        }
    }
}

async fn words(answers: &Answers) -> Finding {
    match answers.profile_get(Nothing {}).await {
        Ok(profile) if profile.words_saved => well("words", "the 24 words are written down".to_owned()),
        Ok(profile) if profile.devnet => {
            well("words", "the 24 words matter little: money here is without worth".to_owned())
        }
        Ok(_) => ill(
            "words",
            "the 24 words are not written down".to_owned(),
            "Write them down (simurgh wallet words): without them this machine's loss is the loss of the wallet.",
        ),
        Err(error) => ill("words", error.message, "Look at the log."),
    }
}

async fn relays(answers: &Answers) -> Finding {
    let status = match answers.carrier_status(Nothing {}).await {
        Ok(status) => status,
        Err(error) => return ill("relays", error.message, "Look at the log."),
    };
    let silent: Vec<String> = status.relays.iter().filter(|relay| !relay.ok).map(silence).collect();
    let (all, waiting) = (status.relays.len(), status.waiting);
    if silent.is_empty() {
        return well("relays", format!("all {all} answer; {waiting} deposits wait"));
    }
    let detail = format!("{} of {all} do not answer: {}; {waiting} deposits wait", silent.len(), silent.join(", "));
    let advice = if silent.len() == all {
        "Check this machine's connection; if that is well, get a newer network file or a bridge."
    } else {
        "Messages still arrive through the others; if it stays so, tell the relay's operator."
    };
    ill("relays", detail, advice)
}

fn silence(relay: &api::local::RelayStatus) -> String {
    match &relay.error {
        Some(error) => format!("{} ({error})", relay.host),
        None => relay.host.clone(),
    }
}

async fn chain(answers: &Answers) -> Finding {
    match answers.chain_status(Nothing {}).await {
        Ok(status) => {
            let age_ms = crate::person::now().0.saturating_sub(status.at_ms);
            let detail = format!("block {} is {} s old", status.seqno, age_ms / 1000);
            if age_ms <= BLOCK_AGE_MS_MAX {
                well("chain", detail)
            } else {
                ill(
                    "chain",
                    detail,
                    "The chain stands still or this machine's clock is wrong: compare the clock first.",
                )
            }
        }
        Err(error) => ill("chain", error.message, "Money can't move before the chain answers; see the relays above."),
    }
}
