//! `simurgh network …`: the file by which people join a network.

use crate::{cli::NetworkVerb, output::Output};
use anyhow::{Context as _, bail};
use daemon::NetworkInfo;
use serde_json::json;
use std::{
    collections::BTreeSet,
    fs,
    io::{ErrorKind, Write as _},
    path::{Path, PathBuf},
};
use wire::{RelayDescriptor, id};

/// Runs the verb.
pub(crate) fn run(verb: NetworkVerb, output: Output) -> anyhow::Result<()> {
    match verb {
        NetworkVerb::Create { genesis, relays, name, devnet, program_key, carrier_key, carrier_profile, out } => {
            let carrier = carrier(carrier_key.as_deref(), carrier_profile.as_deref())?;
            let made = create(&genesis, &relays, name, devnet, carrier)?;
            let network = NetworkInfo { program_key: program_key.map(|key| key.0), ..made };
            write_new(&out, &network.to_json()?)?;
            show(&network, &out, output)
        }
        NetworkVerb::Show { file } => {
            let text = fs::read_to_string(&file).with_context(|| format!("can't read {}", file.display()))?;
            show(&NetworkInfo::from_json(&text).with_context(|| file.display().to_string())?, &file, output)
        }
    }
}

/// Who may sign carrier profiles, and the first one.
type CarrierTerms = (Option<[u8; 32]>, Option<String>);

/// What is written must be what people's programs take.
fn carrier(key: Option<&str>, profile: Option<&Path>) -> anyhow::Result<CarrierTerms> {
    let Some(key) = key else { return Ok((None, None)) };
    let digits = "--carrier-key has 64 hexadecimal digits: simurgh carrier profile key FILE says them";
    let key: [u8; 32] = id::from_hex(key).ok().context(digits)?;
    let Some(file) = profile else { return Ok((Some(key), None)) };
    let text = fs::read_to_string(file).with_context(|| format!("can't read {}", file.display()))?;
    daemon::check_carrier_profile(key, &text).with_context(|| file.display().to_string())?;
    Ok((Some(key), Some(text.trim().to_owned())))
}

fn create(
    genesis: &Path,
    relays: &[PathBuf],
    name: String,
    devnet: bool,
    (carrier_key, carrier_profile): CarrierTerms,
) -> anyhow::Result<NetworkInfo> {
    let genesis = node::operator::read_genesis(genesis)?;
    let relays: Vec<RelayDescriptor> = relays.iter().map(|path| read_relay(path)).collect::<anyhow::Result<_>>()?;
    let mut seen = BTreeSet::new();
    if let Some(twice) = relays.iter().find(|relay| !seen.insert(relay.id())) {
        bail!("the relay {} was given twice: name each file once", twice.id());
    }
    let (genesis_hash, validators) = (genesis.hash, genesis.validators);
    let program_key = None;
    let network =
        NetworkInfo { name, genesis_hash, program_key, validators, relays, devnet, carrier_key, carrier_profile };
    // what is written must be what others can read
    Ok(NetworkInfo::from_json(&network.to_json()?)?)
}

fn read_relay(path: &Path) -> anyhow::Result<RelayDescriptor> {
    let text = fs::read(path).with_context(|| format!("can't read {}", path.display()))?;
    let descriptor: RelayDescriptor = serde_json::from_slice(&text)
        .with_context(|| format!("{} is not a relay's descriptor: give its relay.json", path.display()))?;
    descriptor.checked().with_context(|| path.display().to_string())
}

/// A network file that people hold already is not silently replaced by another.
fn write_new(path: &Path, text: &str) -> anyhow::Result<()> {
    let mut options = fs::OpenOptions::new();
    match options.write(true).create_new(true).open(path) {
        Ok(mut file) => file.write_all(text.as_bytes()).with_context(|| format!("can't write {}", path.display())),
        Err(why) if why.kind() == ErrorKind::AlreadyExists => {
            bail!("{} exists: move it away, or name another file with --out", path.display())
        }
        Err(why) => Err(why).with_context(|| format!("can't write {}", path.display())),
    }
}

fn show(network: &NetworkInfo, file: &Path, output: Output) -> anyhow::Result<()> {
    let hash = id::to_hex(&network.genesis_hash);
    let worth = if network.devnet { ", money without worth" } else { "" };
    let mut human = format!("Network {} {hash}: {} validators{worth}.\n", network.name, network.validators.len());
    for relay in &network.relays {
        let region = relay.region.map(|region| format!("  {region}")).unwrap_or_default();
        human.push_str(&format!("  relay {}  {}:{}{region}\n", relay.id(), relay.address.host, relay.address.port));
    }
    let operators: BTreeSet<[u8; 32]> =
        network.relays.iter().filter_map(|relay| relay.operator.map(|operator| operator.key)).collect();
    let unnamed = network.relays.iter().filter(|relay| relay.operator.is_none()).count();
    human.push_str(&match (operators.len(), unnamed) {
        (1, 0) => {
            "One operator runs all of them, and can tell who writes where: take relays of others in.\n".to_owned()
        }
        (count, 0) => format!("{count} operators run them.\n"),
        (count, unnamed) => {
            format!("{count} operators sign for theirs; of {unnamed} relays nobody says who runs them.\n")
        }
    });
    if let Some(key) = &network.program_key {
        human.push_str(&format!("Programs that people hand on are signed by {}.\n", id::to_hex(key)));
    }
    let number = network.carrier_key.zip(network.carrier_profile.as_deref());
    let number = number.map(|(key, text)| daemon::check_carrier_profile(key, text));
    human.push_str(&match (network.carrier_key.map(|key| id::to_hex(&key)), &number) {
        (None, _) => {
            "Nobody signs carrier profiles for it: carriers behave as the program has it built in.\n".to_owned()
        }
        (Some(key), None) => format!("{key} signs its carrier profiles.\n"),
        (Some(key), Some(Ok(number))) => format!("{key} signs its carrier profiles; number {number} is in the file.\n"),
        (Some(key), Some(Err(error))) => {
            format!("{key} signs its carrier profiles; the one in the file can't be used: {error}.\n")
        }
    });
    human.push_str(&format!("Join it:\n  simurgh up --network {}", file.display()));
    let relays: Vec<_> = network
        .relays
        .iter()
        .map(|relay| {
            json!({
                "id": relay.id().to_string(), "host": relay.address.host, "port": relay.address.port,
                "operator": relay.operator.map(|operator| id::to_hex(&operator.key)),
                "region": relay.region.map(|region| region.to_string()),
            })
        })
        .collect();
    let validators: Vec<String> = network.validators.iter().map(id::to_hex).collect();
    let value = json!({
        "file": file, "name": network.name, "genesis_hash": hash, "devnet": network.devnet,
        "program_key": network.program_key.map(|key| id::to_hex(&key)), "validators": validators, "relays": relays,
        "carrier_key": network.carrier_key.map(|key| id::to_hex(&key)),
        "carrier_profile": number.and_then(Result::ok),
    });
    output.print(&human, &value)
}
