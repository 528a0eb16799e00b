//! `simurgh bundle …`

use crate::{
    cli::BundleVerb,
    output::{Output, shell_word},
    rpc::Client,
};
use anyhow::{Context as _, bail};
use api::{
    bundle::{
        BundleBegin, BundleExport, BundleExported, BundleImport, BundleImported, BundleRead, BundleWrite,
        PART_BYTES_MAX,
    },
    methods::{BeginBundle, ExportBundle, ImportBundle, ReadBundle, WriteBundle},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use daemon::bundles::{HEAD_BYTES, whole_bytes};
use serde_json::json;
use std::{
    fs::File,
    io::{self, Read as _, Write as _},
    path::Path,
};
use tempfile::NamedTempFile;

/// Runs the verb.
pub(crate) async fn run(profile: &Path, verb: BundleVerb, output: Output) -> anyhow::Result<()> {
    let mut client = Client::connect(profile).await?;
    match verb {
        BundleVerb::Export { file, to, carry } => {
            let asked = BundleExport { to, carry, bytes_max: None };
            let made = export(&mut client, &file, asked).await?;
            let json = json!({
                "file": file, "bytes": made.bytes, "to": made.to, "cells": made.cells, "carried": made.carried,
                "left_out": made.left_out,
            });
            output.print(&exported(&file, &made), &json)
        }
        BundleVerb::Import { file } => {
            let taken = import(&mut client, &file).await?;
            output.print(&imported(&taken), &taken)
        }
    }
}

/// The file is there whole or not at all, and no other file is replaced.
async fn export(client: &mut Client, file: &Path, asked: BundleExport) -> anyhow::Result<BundleExported> {
    let shown = file.display();
    if file.exists() {
        bail!("{shown} is there already: choose another name");
    }
    let made = client.call::<ExportBundle>(asked).await?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let cannot = || format!("{shown} can't be written");
    let mut writing = NamedTempFile::new_in(folder).with_context(cannot)?;
    let mut offset = 0u32;
    loop {
        let part = client.call::<ReadBundle>(BundleRead { id: made.id.clone(), offset }).await?;
        let bytes = STANDARD.decode(&part.data).context("the daemon speaks another language: update it")?;
        writing.write_all(&bytes).with_context(cannot)?;
        offset = offset.saturating_add(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
        if part.end {
            break;
        }
    }
    writing.as_file().sync_all().with_context(cannot)?;
    writing.persist_noclobber(file).map_err(|error| error.error).with_context(cannot)?;
    Ok(made)
}

async fn import(client: &mut Client, file: &Path) -> anyhow::Result<BundleImported> {
    let shown = file.display();
    let mut reading = File::open(file).with_context(|| format!("{shown} can't be read"))?;
    let bytes = bundle_in(&mut reading).with_context(|| format!("{shown} can't be taken"))?;
    let begun = client.call::<BeginBundle>(BundleBegin { bytes: u32::try_from(bytes.len())? }).await?;
    let mut offset = 0usize;
    for part in bytes.chunks(PART_BYTES_MAX) {
        let data = STANDARD.encode(part);
        client.call::<WriteBundle>(BundleWrite { id: begun.id.clone(), offset: u32::try_from(offset)?, data }).await?;
        offset = offset.saturating_add(part.len());
    }
    client.call::<ImportBundle>(BundleImport { id: begun.id }).await
}

/// The bundle that a file begins with, as far as it is there; what follows it is not read.
fn bundle_in(reading: &mut impl io::Read) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reading.take(u64::try_from(HEAD_BYTES)?).read_to_end(&mut bytes)?;
    let rest = whole_bytes(&bytes)?.saturating_sub(bytes.len());
    reading.take(u64::try_from(rest)?).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn exported(file: &Path, made: &BundleExported) -> String {
    let mut text = format!("{}: {} cells of your own", shell_word(file), made.cells);
    if made.carried > 0 {
        text.push_str(&format!(", {} carried for others", made.carried));
    }
    if made.to.is_empty() {
        text.push_str(". It is open: who finds it can read nothing, and sees how many cells there are.");
    } else {
        text.push_str(&format!(". Only {} can open it.", made.to.join(", ")));
    }
    if made.cells == 0 && made.carried == 0 {
        text.push_str("\nThere is nothing on its way: everything was acknowledged.");
    }
    if made.left_out > 0 {
        text.push_str(&format!(
            "\n{} cells did not fit: make another bundle when this one was answered.",
            made.left_out
        ));
    }
    text
}

fn imported(taken: &BundleImported) -> String {
    let mut text = match taken.messages {
        1 => "1 new message".to_owned(),
        messages => format!("{messages} new messages"),
    };
    let BundleImported { cells, known, carried, refused, no_room, .. } = taken;
    text.push_str(&format!(
        ". Cells: {cells} new, {known} known, {carried} carried for others from now on, {refused} refused."
    ));
    if *no_room > 0 {
        text.push_str(&format!("\n{no_room} cells for others were not taken: there is no room for more."));
    }
    if taken.from_future {
        text.push_str("\nThe bundle says to be from the future: look whether this machine's clock is right.");
    }
    text
}
