//! `simurgh carrier profile …`

use crate::{
    cli::CarrierProfileVerb,
    output::{Output, one_line, shell_word},
    rpc::Client,
};
use anyhow::Context as _;
use api::{
    local::{CarrierProfile, Nothing, ProfileInstall, ProfileSource},
    methods::{GetCarrierProfile, InstallCarrierProfile},
};
use serde_json::{Map, Value, json};
use std::{
    fs::{self, File},
    io::{ErrorKind, Read as _, Write as _},
    path::Path,
};

/// Bytes of a file that is read: more than any description or signed line has.
const FILE_BYTES_MAX: u64 = 64 * 1024;

/// Runs the verb.
pub(crate) async fn run(profile: &Path, verb: CarrierProfileVerb, output: Output) -> anyhow::Result<()> {
    match verb {
        CarrierProfileVerb::Show => show(profile, output).await,
        CarrierProfileVerb::Install { file } => install(profile, &file, output).await,
        CarrierProfileVerb::Key { file } => key(&file, output),
        CarrierProfileVerb::Sign { key, fields, out } => sign(&key, &fields, &out, output),
    }
}

/// What `carrier status` says of it.
pub(crate) fn line(profile: &CarrierProfile) -> String {
    let source = match profile.source {
        ProfileSource::BuiltIn => "built into the program",
        ProfileSource::Network => "from the network file",
        ProfileSource::Folder => "from the profile's folder",
    };
    let mut text = format!("They behave by carrier profile {}, {source}.\n", profile.number);
    if let Some(refused) = &profile.refused {
        let (place, why) = (one_line(&refused.place), one_line(&refused.why));
        text.push_str(&format!(
            "The carrier profile in {place} can't be used: {why}. Get a newer one from whoever runs the network, or take \
             it away.\n"
        ));
    }
    text
}

async fn show(profile: &Path, output: Output) -> anyhow::Result<()> {
    let shown = Client::connect(profile).await?.call::<GetCarrierProfile>(Nothing {}).await?;
    let mut human = line(&shown.profile);
    let mut fields = Map::new();
    for field in &shown.fields {
        human.push_str(&format!("  {} {}\n", one_line(&field.name), one_line(&field.value)));
        fields.insert(field.name.clone(), serde_json::from_str(&field.value).unwrap_or(Value::Null));
    }
    let mut value = serde_json::to_value(&shown.profile)?;
    if let Value::Object(all) = &mut value {
        all.insert("fields".to_owned(), Value::Object(fields));
    }
    output.print(&human, &value)
}

/// By the daemon where one runs; else into its folder, for its next start.
async fn install(profile: &Path, file: &Path, output: Output) -> anyhow::Result<()> {
    let text = read(file)?.trim().to_owned();
    let (number, human) = match daemon::connect(profile).await {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::ConnectionRefused) => {
            let number = daemon::install_carrier_profile(profile, &text)?;
            (number, format!("Carrier profile {number} is used from the daemon's next start on."))
        }
        _ => {
            let install = ProfileInstall { profile: text };
            let status = Client::connect(profile).await?.call::<InstallCarrierProfile>(install).await?;
            let number = status.profile.number;
            (number, format!("Carrier profile {number} is used from now on; what was under way goes on as it began."))
        }
    };
    output.print(&human, &json!({ "number": number }))
}

fn key(file: &Path, output: Output) -> anyhow::Result<()> {
    let is_new = fs::symlink_metadata(file).is_err_and(|error| error.kind() == ErrorKind::NotFound);
    let key = wire::id::to_hex(&daemon::carrier_key(file, is_new)?);
    let shown = shell_word(file);
    let made = if is_new {
        format!("The key is in {shown}: keep it to yourself, and a copy of it.\n")
    } else {
        format!("The key in {shown} was there already.\n")
    };
    let human = format!(
        "{made}Who has it says how the carriers of the network's people behave, within bounds.\nPut its public half into \
         the network file:\n  simurgh network create … --carrier-key {key}"
    );
    output.print(&human, &json!({ "file": file, "carrier_key": key, "made": is_new }))
}

fn sign(key: &Path, fields: &Path, out: &Path, output: Output) -> anyhow::Result<()> {
    let signed = daemon::sign_carrier_profile(key, &read(fields)?).with_context(|| fields.display().to_string())?;
    let mut options = fs::OpenOptions::new();
    let mut file = options.write(true).create_new(true).open(out).map_err(|error| {
        if error.kind() == ErrorKind::AlreadyExists {
            return anyhow::anyhow!("{} exists: move it away, or name another file with --out", out.display());
        }
        anyhow::anyhow!("can't write {}: {error}", out.display())
    })?;
    let line = format!("{}\n", signed.text);
    file.write_all(line.as_bytes()).with_context(|| format!("can't write {}", out.display()))?;
    let (number, shown) = (signed.number, shell_word(out));
    let human = format!(
        "Carrier profile {number} is signed. Give {shown} to people, who take it with\n  simurgh carrier profile install \
         {shown}\nor put it into the network file (network create --carrier-profile)."
    );
    let key = wire::id::to_hex(&signed.key);
    output.print(&human, &json!({ "number": number, "file": out, "carrier_key": key, "profile": signed.text }))
}

/// A small text file.
fn read(path: &Path) -> anyhow::Result<String> {
    let cant = || format!("can't read {}", path.display());
    let mut text = String::new();
    File::open(path).with_context(cant)?.take(FILE_BYTES_MAX).read_to_string(&mut text).with_context(cant)?;
    Ok(text)
}
