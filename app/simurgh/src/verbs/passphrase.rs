//! `simurgh passphrase …`: what opens a profile's keys besides the key file.

use crate::{cli::PassphraseVerb, output::Output, passphrase};
use serde_json::json;
use std::path::Path;

/// Runs the verb; the profile's daemon must not run.
pub(crate) fn run(profile: &Path, verb: PassphraseVerb, output: Output) -> anyhow::Result<()> {
    let current = daemon::has_passphrase(profile).then(|| passphrase::ask("Passphrase now: ")).transpose()?;
    let current = current.as_ref().map(|text| text.as_str());
    let (new, human) = match verb {
        PassphraseVerb::Set => (
            Some(passphrase::ask_new()?),
            "The profile opens with this passphrase only. Nobody can restore it for you.",
        ),
        PassphraseVerb::Remove => (None, "The profile opens without a passphrase; its key file is owner-only."),
    };
    daemon::set_passphrase(profile, current, new.as_ref().map(|text| text.as_str()))?;
    output.print(human, &json!({ "passphrase": new.is_some() }))
}
