//! `simurgh bundle …`

mod codes;
mod program;

use crate::{
    cli::{BundleExportArgs, BundleImportArgs, BundleVerb},
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
use daemon::bundles::{
    HEAD_BYTES,
    program::{ProgramError, Statement},
    whole_bytes,
};
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
        BundleVerb::Export(args) => export(&mut client, args, output).await,
        BundleVerb::Import(BundleImportArgs { file: Some(file), program_to, .. }) => {
            import_file(&mut client, &file, program_to.as_deref(), output).await
        }
        BundleVerb::Import(BundleImportArgs { frames, frame, .. }) => {
            let bytes = codes::collect(&frame, frames.as_deref())?;
            let taken = import(&mut client, &bytes).await?;
            output.print(&imported(&taken), &taken)
        }
    }
}

async fn export(client: &mut Client, args: BundleExportArgs, output: Output) -> anyhow::Result<()> {
    let BundleExportArgs { file, to, carry, qr, qr_dir, program, no_messages } = args;
    for place in [&file, &qr_dir].into_iter().flatten() {
        if place.exists() {
            bail!("{} is there already: choose another name", place.display());
        }
    }
    let key = if program.is_some() { Some(program::key(client).await?) } else { None };
    let (made, bundle) = if no_messages {
        (None, Vec::new())
    } else {
        let bytes_max = (qr || qr_dir.is_some()).then(codes::bytes_max);
        let made = client.call::<ExportBundle>(BundleExport { to, carry, bytes_max }).await?;
        let bytes = read(client, &made).await?;
        (Some(made), bytes)
    };
    let signed = match &file {
        Some(file) => write(file, &bundle, program.as_deref().zip(key.as_ref()))?,
        None => None,
    };
    let codes = qr_dir.as_deref().map(|folder| codes::write_images(&bundle, folder)).transpose()?;

    let mut human = made.as_ref().map(|made| exported(file.as_deref().or(qr_dir.as_deref()), made)).unwrap_or_default();
    if let Some(Statement { release, target, .. }) = &signed {
        let begin = if human.is_empty() { "" } else { "\n" };
        human.push_str(&format!("{begin}The program is in it, release {release} for {target}."));
    }
    if let Some(codes) = codes {
        human.push_str(&format!("\n{codes} QR codes to show one after the other, in any order."));
    }
    let program =
        signed.map(|signed| json!({ "release": signed.release.to_string(), "target": signed.target.to_string() }));
    let made = made.unwrap_or_else(nothing);
    let json = json!({
        "file": file, "bytes": made.bytes, "to": made.to, "cells": made.cells, "carried": made.carried,
        "left_out": made.left_out, "program": program, "codes": codes,
    });
    if !qr || bundle.is_empty() || made.cells.saturating_add(made.carried) == 0 {
        return output.print(&human, &json);
    }
    if output.is_json() {
        output.print("", &json)?;
        return codes::show(&bundle, output).await;
    }
    // the codes have the screen, or whatever reads them
    codes::show(&bundle, output).await?;
    writeln!(io::stderr(), "{human}").context("can't write to standard error")
}

async fn read(client: &mut Client, made: &BundleExported) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        let offset = u32::try_from(bytes.len())?;
        let part = client.call::<ReadBundle>(BundleRead { id: made.id.clone(), offset }).await?;
        bytes.extend(STANDARD.decode(&part.data).context("the daemon speaks another language: update it")?);
        if part.end {
            return Ok(bytes);
        }
    }
}

/// The file is there whole or not at all, and no other file is replaced.
fn write(file: &Path, bundle: &[u8], program: Option<(&Path, &[u8; 32])>) -> anyhow::Result<Option<Statement>> {
    let cannot = || format!("{} can't be written", file.display());
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut writing = NamedTempFile::new_in(folder).with_context(cannot)?;
    writing.write_all(bundle).with_context(cannot)?;
    let signed = program.map(|(program, key)| program::append(program, key, writing.as_file_mut())).transpose()?;
    writing.as_file().sync_all().with_context(cannot)?;
    writing.persist_noclobber(file).map_err(|error| error.error).with_context(cannot)?;
    Ok(signed)
}

/// Takes the messages of a file, and its program or word of it: one does not wait for the other to be good.
async fn import_file(client: &mut Client, file: &Path, to: Option<&Path>, output: Output) -> anyhow::Result<()> {
    to.map(program::refuse_taken).transpose()?;
    let shown = file.display();
    let mut reading = File::open(file).with_context(|| format!("{shown} can't be read"))?;
    let mut head = Vec::new();
    let begin = (&mut reading).take(u64::try_from(program::BEGIN_BYTES)?).read_to_end(&mut head);
    begin.with_context(|| format!("{shown} can't be read"))?;
    let taken = if program::begins(&head) {
        Ok(BundleImported::default())
    } else {
        let bytes =
            bundle_in(&mut reading, std::mem::take(&mut head)).with_context(|| format!("{shown} can't be taken"))?;
        import(client, &bytes).await
    };
    let found = found(client, &mut reading, &head, to).await;
    let mut human = Vec::new();
    let mut json = json!({});
    if let Ok(taken) = &taken {
        human.push(imported(taken));
        json = serde_json::to_value(taken)?;
    }
    if let Some((text, program)) = found.as_ref().map(|found| program::told(found, file, to)) {
        human.push(text);
        if let Some(fields) = json.as_object_mut() {
            fields.insert("program".to_owned(), program);
        }
    }
    let wanted = found.and_then(Result::err).filter(|_| to.is_some());
    if wanted.is_some() {
        // it ends with that sentence
        human.pop();
    }
    if !human.is_empty() {
        output.print(&human.join("\n"), &json)?;
    }
    if let Some(error) = wanted {
        return Err(error);
    }
    taken.map(drop)
}

async fn found(
    client: &mut Client,
    reading: &mut File,
    begun: &[u8],
    to: Option<&Path>,
) -> Option<anyhow::Result<Statement>> {
    let unverified = match program::next(reading, begun) {
        Ok(Some(unverified)) => unverified,
        Ok(None) => return to.map(|_| Err(ProgramError::NotAProgram.into())),
        Err(error) => return Some(Err(error)),
    };
    let key = match program::key(client).await {
        Ok(key) => key,
        Err(error) => return Some(Err(error)),
    };
    Some(match to {
        None => program::look(unverified, &key, reading),
        Some(to) => program::take(unverified, &key, reading, to),
    })
}

async fn import(client: &mut Client, bytes: &[u8]) -> anyhow::Result<BundleImported> {
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
fn bundle_in(reading: &mut impl io::Read, mut bytes: Vec<u8>) -> anyhow::Result<Vec<u8>> {
    let rest = HEAD_BYTES.saturating_sub(bytes.len());
    reading.by_ref().take(u64::try_from(rest)?).read_to_end(&mut bytes)?;
    let rest = whole_bytes(&bytes)?.saturating_sub(bytes.len());
    reading.take(u64::try_from(rest)?).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What is said of a file without messages.
fn nothing() -> BundleExported {
    BundleExported { id: String::new(), bytes: 0, to: Vec::new(), cells: 0, carried: 0, left_out: 0 }
}

fn exported(place: Option<&Path>, made: &BundleExported) -> String {
    let place = place.map_or_else(|| "The codes".to_owned(), shell_word);
    let mut text = format!("{place}: {} cells of your own", made.cells);
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
            "\n{} cells did not fit: make another bundle when this one was answered; QR codes hold the least, a file the most.",
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
