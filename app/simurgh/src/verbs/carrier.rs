//! `simurgh carrier …`

use crate::{cli::CarrierVerb, output::Output, rpc::Client};
use api::{
    local::{CarrierStatus, Nothing},
    methods::GetCarrierStatus,
};
use std::{fmt::Write as _, path::Path};

/// Runs the verb.
pub(crate) async fn run(profile: &Path, verb: CarrierVerb, output: Output) -> anyhow::Result<()> {
    let CarrierVerb::Status = verb;
    let mut client = Client::connect(profile).await?;
    let status = client.call::<GetCarrierStatus>(Nothing {}).await?;
    output.print(&human(&status)?, &status)
}

fn human(status: &CarrierStatus) -> anyhow::Result<String> {
    let mut text = format!("Carrier {}, {} deposits wait.\n", status.carrier, status.waiting);
    for relay in &status.relays {
        let state = match (&relay.error, relay.ok) {
            (_, true) => format!("answers in {} ms", relay.last_ms),
            (Some(error), false) => format!("does not answer: {error}"),
            (None, false) => "was not asked yet".to_owned(),
        };
        writeln!(text, "  {}  {state}", relay.host)?;
    }
    Ok(text)
}
