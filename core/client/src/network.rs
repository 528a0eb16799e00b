//! What a client knows of a network beforehand: the file `network.json`.

use serde::{Deserialize, Serialize};
use wire::{DnsPlace, Operator, Region, RelayAddress, RelayDescriptor, RelayId};

/// Relays in a network file.
pub const RELAYS_MAX: usize = 256;
/// Validators in a network file.
pub const VALIDATORS_MAX: usize = 1024;
/// Characters of a signed carrier profile: 4 KiB (CAR-1) as base64url, and some space around.
pub const CARRIER_PROFILE_CHARS_MAX: usize = 5_600;

/// A network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkInfo {
    /// What it calls itself.
    pub name: String,
    /// Names it.
    pub genesis_hash: [u8; 32],
    /// Who may sign programs that bundles carry (MBX-98).
    pub program_key: Option<[u8; 32]>,
    /// The validators' public keys, in order.
    pub validators: Vec<[u8; 32]>,
    /// Relays that anybody may use.
    pub relays: Vec<RelayDescriptor>,
    /// Money without worth.
    pub devnet: bool,
    /// The key that may sign carrier profiles (CAR-3); none: nobody's are taken.
    pub carrier_key: Option<[u8; 32]>,
    /// A signed carrier profile as text, not checked yet.
    pub carrier_profile: Option<String>,
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    program_key: Option<String>,
    validators: Vec<String>,
    relays: Vec<RelayFile>,
    devnet: bool,
    /// Files of before have neither.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    carrier_key: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    carrier_profile: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct RelayFile {
    host: String,
    port: u16,
    tls_pin: Option<String>,
    secret_path: String,
    hop_key: String,
    /// Its zone in DNS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    dns: Option<DnsFile>,
    /// Who runs it; files of before don't say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    operator: Option<Operator>,
    /// In which country; files of before don't say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize, Deserialize)]
struct DnsFile {
    zone: String,
    key: String,
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
            dns: relay.address.dns.as_ref().map(|dns| DnsFile { zone: dns.zone.clone(), key: hex::encode(dns.key) }),
            operator: relay.operator,
            region: relay.region,
        };
        Ok(serde_json::to_string_pretty(&NetworkFile {
            name: self.name.clone(),
            genesis_hash: hex::encode(self.genesis_hash),
            program_key: self.program_key.map(hex::encode),
            validators: self.validators.iter().map(hex::encode).collect(),
            relays: self.relays.iter().map(relay).collect(),
            devnet: self.devnet,
            carrier_key: self.carrier_key.map(hex::encode),
            carrier_profile: self.carrier_profile.clone(),
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
        if file.carrier_profile.as_ref().is_some_and(|text| text.len() > CARRIER_PROFILE_CHARS_MAX) {
            return Err(NetworkError::Field("carrier profile"));
        }
        let validators = file.validators.iter().map(|key| key32(key, "validator key")).collect::<Result<_, _>>()?;
        let relays = file.relays.into_iter().map(relay_of).collect::<Result<_, _>>()?;
        Ok(Self {
            name: wire::text::clean_name(&file.name, crate::view::NAME_CHARS_MAX),
            genesis_hash: key32(&file.genesis_hash, "genesis hash")?,
            program_key: file.program_key.map(|key| key32(&key, "program key")).transpose()?,
            validators,
            relays,
            devnet: file.devnet,
            carrier_key: file.carrier_key.map(|key| key32(&key, "carrier key")).transpose()?,
            carrier_profile: file.carrier_profile,
        })
    }
}

fn relay_of(file: RelayFile) -> Result<RelayDescriptor, NetworkError> {
    let tls_pin = file.tls_pin.map(|pin| key32(&pin, "TLS pin")).transpose()?;
    let hop_key = hex::decode(&file.hop_key).map_err(|_| NetworkError::Field("hop key"))?;
    let dns = file.dns.map(dns_of).transpose()?;
    let address = RelayAddress { host: file.host, port: file.port, tls_pin, secret_path: file.secret_path, dns };
    Ok(RelayDescriptor { address, hop_key, operator: file.operator, region: file.region }.checked()?)
}

fn dns_of(file: DnsFile) -> Result<DnsPlace, NetworkError> {
    Ok(DnsPlace { key: key32(&file.key, "DNS key")?, zone: file.zone })
}

fn key32(text: &str, field: &'static str) -> Result<[u8; 32], NetworkError> {
    wire::id::from_hex(text).map_err(|_| NetworkError::Field(field))
}

#[cfg(test)]
impl NetworkInfo {
    /// A network of tests, with these relays and nothing else.
    pub(crate) fn of(relays: Vec<RelayDescriptor>) -> Self {
        Self {
            name: "test".into(),
            genesis_hash: [1; 32],
            program_key: None,
            validators: Vec::new(),
            relays,
            devnet: true,
            carrier_key: None,
            carrier_profile: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_survives_its_file() {
        let address = RelayAddress {
            host: "relay.example".into(),
            port: 443,
            tls_pin: Some([7; 32]),
            secret_path: "b".into(),
            dns: None,
        };
        let dns = Some(DnsPlace { zone: "t.relay.example".into(), key: [5; 32] });
        let in_dns = RelayAddress { dns, ..address.clone() };
        let key = ed25519_dalek::SigningKey::from_bytes(&[1; 32]);
        let signed = |address: RelayAddress| {
            let region = Some("IR".parse().unwrap());
            let mut relay = RelayDescriptor { address, hop_key: vec![4; 9], operator: None, region };
            relay.operator = Some(Operator::sign(&key, relay.id(), &relay.address));
            relay
        };
        let info = NetworkInfo {
            name: "test".into(),
            genesis_hash: [1; 32],
            program_key: Some([6; 32]),
            validators: vec![[2; 32], [3; 32]],
            relays: [address, in_dns].map(signed).into(),
            devnet: true,
            carrier_key: Some([6; 32]),
            carrier_profile: Some("AQ".into()),
        };
        let text = info.to_json().unwrap();
        assert_eq!(NetworkInfo::from_json(&text).unwrap(), info);
        let moved = text.replace("relay.example", "police.example");
        assert!(NetworkInfo::from_json(&moved).unwrap_err().to_string().contains("operator"));
        let elsewhere = NetworkInfo::from_json(&text.replace("\"IR\"", "\"de\"")).unwrap();
        assert_eq!(elsewhere.relays[0].region.unwrap().to_string(), "DE", "no signature covers a region");
        let nowhere = NetworkInfo::from_json(&text.replace("\"IR\"", "\"Iran\"")).unwrap_err().to_string();
        assert!(nowhere.contains("two letters"), "{nowhere}");
        let mut old: serde_json::Value = serde_json::from_str(&text).unwrap();
        for said in ["operator", "region"] {
            old["relays"][0].as_object_mut().unwrap().remove(said).unwrap();
        }
        old.as_object_mut().unwrap().remove("program_key").unwrap();
        let read = NetworkInfo::from_json(&old.to_string()).unwrap();
        assert_eq!((read.relays[0].operator, read.relays[0].region, read.program_key), (None, None, None));
        let cut = text.replace(&"06".repeat(32), &"06".repeat(31));
        assert!(NetworkInfo::from_json(&cut).unwrap_err().to_string().contains("program key"));
    }

    /// CAR-3, CAR-5
    #[test]
    fn a_network_may_name_who_signs_carrier_profiles_and_need_not() {
        let bare = NetworkInfo {
            name: "test".into(),
            genesis_hash: [1; 32],
            program_key: None,
            validators: Vec::new(),
            relays: Vec::new(),
            devnet: true,
            carrier_key: None,
            carrier_profile: None,
        };
        let text = bare.to_json().unwrap();
        assert!(!text.contains("carrier"), "as before there were any: {text}");
        assert_eq!(NetworkInfo::from_json(&text).unwrap(), bare);
        let refused = |field: &str, value: &str| {
            let mut file: serde_json::Value = serde_json::from_str(&text).unwrap();
            file[field] = value.into();
            NetworkInfo::from_json(&file.to_string()).unwrap_err().to_string()
        };
        assert!(refused("carrier_key", "66").contains("carrier key"));
        assert!(refused("carrier_profile", &"A".repeat(CARRIER_PROFILE_CHARS_MAX + 1)).contains("carrier profile"));
    }

    /// WIR-18: the files that operators give to each other.
    #[test]
    fn a_descriptor_from_before_there_were_zones_is_read_and_one_without_a_zone_is_written_as_then() {
        let old = r#"{"address":{"host":"h","port":1,"tls_pin":null,"secret_path":"p"},"hop_key":[1,2]}"#;
        let read: RelayDescriptor = serde_json::from_str(old).unwrap();
        assert_eq!(read.address.dns, None);
        assert_eq!(serde_json::to_string(&read).unwrap(), old);
        let dns = Some(DnsPlace { zone: "t.example".into(), key: [5; 32] });
        let new = RelayDescriptor { address: RelayAddress { dns, ..read.address.clone() }, ..read };
        let text = serde_json::to_string(&new).unwrap();
        assert_eq!(serde_json::from_str::<RelayDescriptor>(&text).unwrap(), new);
    }

    #[test]
    fn a_zone_that_is_none_and_a_key_that_is_cut_off_are_refused() {
        let file = |dns: &str| {
            format!(
                r#"{{"name":"n","genesis_hash":"{0}","validators":[],"devnet":true,"relays":[{{"host":"h","port":1,
                "tls_pin":null,"secret_path":"p","hop_key":"00","dns":{dns}}}]}}"#,
                "11".repeat(32)
            )
        };
        let key = "22".repeat(32);
        let read =
            |zone: &str, key: &str| NetworkInfo::from_json(&file(&format!(r#"{{"zone":"{zone}","key":"{key}"}}"#)));
        assert!(read("t.example", &key).is_ok());
        assert!(read("T.example", &key).unwrap_err().to_string().contains("zone"));
        assert!(read("t.example", &key[2..]).unwrap_err().to_string().contains("DNS key"));
        assert_eq!(NetworkInfo::from_json(&file("null")).unwrap().relays[0].address.dns, None);
    }

    #[test]
    fn a_relay_without_a_place_is_refused() {
        let address =
            RelayAddress { host: "relay.example".into(), port: 0, tls_pin: None, secret_path: "b".into(), dns: None };
        let info = NetworkInfo {
            name: "test".into(),
            genesis_hash: [1; 32],
            program_key: Some([6; 32]),
            validators: Vec::new(),
            relays: vec![RelayDescriptor { address, hop_key: vec![4; 9], operator: None, region: None }],
            devnet: true,
            carrier_key: None,
            carrier_profile: None,
        };
        let error = NetworkInfo::from_json(&info.to_json().unwrap()).unwrap_err();
        assert!(error.to_string().contains("port"), "{error}");
    }
}
