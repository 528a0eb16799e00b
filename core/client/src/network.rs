//! What a client knows of a network beforehand: the file `network.json`.

use serde::{Deserialize, Serialize};
use wire::{RelayAddress, RelayDescriptor, RelayId};

/// Relays in a network file.
pub const RELAYS_MAX: usize = 256;
/// Validators in a network file.
pub const VALIDATORS_MAX: usize = 1024;

/// A network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkInfo {
    /// What it calls itself.
    pub name: String,
    /// Names it.
    pub genesis_hash: [u8; 32],
    /// The validators' public keys, in order.
    pub validators: Vec<[u8; 32]>,
    /// Relays that anybody may use.
    pub relays: Vec<RelayDescriptor>,
    /// Money without worth.
    pub devnet: bool,
}

/// Why a network file is refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NetworkError {
    /// Not JSON of this shape.
    #[error("the network file can't be read: {0}. Get it again")]
    Json(#[from] serde_json::Error),
    /// A key or hash is not hexadecimal of the right length.
    #[error("the network file has a bad {0}: get it again")]
    Field(&'static str),
    /// A relay that nobody could reach.
    #[error("the network file can't be used: {0}. Get it again")]
    Relay(#[from] wire::relay::BadDescriptor),
}

#[derive(Serialize, Deserialize)]
struct NetworkFile {
    name: String,
    genesis_hash: String,
    validators: Vec<String>,
    relays: Vec<RelayFile>,
    devnet: bool,
}

#[derive(Serialize, Deserialize)]
struct RelayFile {
    host: String,
    port: u16,
    tls_pin: Option<String>,
    secret_path: String,
    hop_key: String,
}

impl NetworkInfo {
    /// The descriptor of a relay.
    #[must_use]
    pub fn relay(&self, id: &RelayId) -> Option<&RelayDescriptor> {
        self.relays.iter().find(|relay| relay.id() == *id)
    }

    /// As the file has it.
    pub fn to_json(&self) -> Result<String, NetworkError> {
        let relay = |relay: &RelayDescriptor| RelayFile {
            host: relay.address.host.clone(),
            port: relay.address.port,
            tls_pin: relay.address.tls_pin.map(hex::encode),
            secret_path: relay.address.secret_path.clone(),
            hop_key: hex::encode(&relay.hop_key),
        };
        Ok(serde_json::to_string_pretty(&NetworkFile {
            name: self.name.clone(),
            genesis_hash: hex::encode(self.genesis_hash),
            validators: self.validators.iter().map(hex::encode).collect(),
            relays: self.relays.iter().map(relay).collect(),
            devnet: self.devnet,
        })?)
    }

    /// From the file.
    pub fn from_json(text: &str) -> Result<Self, NetworkError> {
        let file: NetworkFile = serde_json::from_str(text)?;
        if file.relays.len() > RELAYS_MAX {
            return Err(NetworkError::Field("number of relays"));
        }
        if file.validators.len() > VALIDATORS_MAX {
            return Err(NetworkError::Field("number of validators"));
        }
        let validators = file.validators.iter().map(|key| key32(key, "validator key")).collect::<Result<_, _>>()?;
        let relays = file.relays.into_iter().map(relay_of).collect::<Result<_, _>>()?;
        Ok(Self {
            name: wire::text::clean_name(&file.name, crate::view::NAME_CHARS_MAX),
            genesis_hash: key32(&file.genesis_hash, "genesis hash")?,
            validators,
            relays,
            devnet: file.devnet,
        })
    }
}

fn relay_of(file: RelayFile) -> Result<RelayDescriptor, NetworkError> {
    let tls_pin = file.tls_pin.map(|pin| key32(&pin, "TLS pin")).transpose()?;
    let hop_key = hex::decode(&file.hop_key).map_err(|_| NetworkError::Field("hop key"))?;
    let address = RelayAddress { host: file.host, port: file.port, tls_pin, secret_path: file.secret_path };
    Ok(RelayDescriptor { address, hop_key }.checked()?)
}

fn key32(text: &str, field: &'static str) -> Result<[u8; 32], NetworkError> {
    wire::id::from_hex(text).map_err(|_| NetworkError::Field(field))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_survives_its_file() {
        let address =
            RelayAddress { host: "relay.example".into(), port: 443, tls_pin: Some([7; 32]), secret_path: "b".into() };
        let info = NetworkInfo {
            name: "test".into(),
            genesis_hash: [1; 32],
            validators: vec![[2; 32], [3; 32]],
            relays: vec![RelayDescriptor { address, hop_key: vec![4; 9] }],
            devnet: true,
        };
        assert_eq!(NetworkInfo::from_json(&info.to_json().unwrap()).unwrap(), info);
    }

    #[test]
    fn a_relay_without_a_place_is_refused() {
        let address = RelayAddress { host: "relay.example".into(), port: 0, tls_pin: None, secret_path: "b".into() };
        let info = NetworkInfo {
            name: "test".into(),
            genesis_hash: [1; 32],
            validators: Vec::new(),
            relays: vec![RelayDescriptor { address, hop_key: vec![4; 9] }],
            devnet: true,
        };
        let error = NetworkInfo::from_json(&info.to_json().unwrap()).unwrap_err();
        assert!(error.to_string().contains("port"), "{error}");
    }
}
