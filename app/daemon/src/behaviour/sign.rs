//! For who runs a network: the key that may sign carrier profiles, and profiles from a description (CAR-9).

use anyhow::{Context as _, bail, ensure};
use carrier::{
    Profile,
    profile::{ProfileError, SigningKey, to_text},
};
use rand_core::{OsRng, RngCore as _};
use serde_json::{Map, Value};
use std::{fs, path::Path};
use store::files::write_private;
use zeroize::Zeroizing;

/// A profile that was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// Its number.
    pub number: u64,
    /// The line to pass on.
    pub text: String,
    /// The public half of the key that signed: the network file's `carrier_key`.
    pub key: [u8; 32],
}

/// The public half of the key in a file of 32 bytes; with `make` the key is made, and never in the place of another.
pub fn carrier_key(file: &Path, make: bool) -> anyhow::Result<[u8; 32]> {
    if !make {
        return Ok(read(file)?.verifying_key().to_bytes());
    }
    ensure!(
        fs::symlink_metadata(file).is_err(),
        "{} exists: a key is not written over; name another file",
        file.display()
    );
    let mut seed = Zeroizing::new([0; 32]);
    OsRng.fill_bytes(seed.as_mut_slice());
    write_private(file, seed.as_slice()).with_context(|| format!("can't write {}", file.display()))?;
    Ok(SigningKey::from_bytes(&seed).verifying_key().to_bytes())
}

/// Signs what a description in JSON says: the fields by their names (CAR-1), `number` among them. Fields that are left
/// out are the built-in profile's.
pub fn sign_carrier_profile(key: &Path, description: &str) -> anyhow::Result<Signed> {
    let key = read(key)?;
    let profile = described(description)?;
    let signed = profile.sign(&key).map_err(|error| refusal(&profile, &error))?;
    Ok(Signed { number: profile.number, text: to_text(&signed), key: key.verifying_key().to_bytes() })
}

/// The fields of a profile with their values, by name.
pub(crate) fn fields(profile: &Profile) -> Vec<(String, String)> {
    let Ok(Value::Object(fields)) = serde_json::to_value(profile) else { return Vec::new() };
    fields.into_iter().map(|(name, value)| (name, value.to_string())).collect()
}

fn read(file: &Path) -> anyhow::Result<SigningKey> {
    let seed = Zeroizing::new(fs::read(file).with_context(|| format!("can't read the key {}", file.display()))?);
    let seed: Zeroizing<[u8; 32]> =
        Zeroizing::new(seed.as_slice().try_into().ok().with_context(|| {
            format!("{} is no key: it has 32 bytes, see simurgh carrier profile key", file.display())
        })?);
    Ok(SigningKey::from_bytes(&seed))
}

fn described(description: &str) -> anyhow::Result<Profile> {
    let given: Map<String, Value> = serde_json::from_str(description).context(
        "the description is no JSON object of the profile's fields, like {\"number\": 1, \"ping_ms\": 2000}",
    )?;
    ensure!(given.contains_key("number"), "the description has no number: say one that is above all before, first 1");
    let mut profile = Profile::default();
    for (name, value) in given {
        let Value::Object(mut all) = serde_json::to_value(&profile)? else { bail!("a profile can't be written") };
        ensure!(
            all.contains_key(&name),
            "there is no field {name}: use {}",
            all.keys().cloned().collect::<Vec<_>>().join(", ")
        );
        all.insert(name.clone(), value);
        profile = serde_json::from_value(Value::Object(all))
            .map_err(|error| anyhow::anyhow!("{name} can't be so ({error}): {}", allowed(&profile, &name)))?;
    }
    ensure!(profile.number > 0, "number can't be 0, which is the built-in profile's: {}", allowed(&profile, "number"));
    Ok(profile)
}

fn refusal(profile: &Profile, error: &ProfileError) -> anyhow::Error {
    if let ProfileError::Field(name) = error {
        return anyhow::anyhow!("{name} is out of its bounds: {}", allowed(profile, name));
    }
    anyhow::anyhow!("{error}")
}

fn allowed(profile: &Profile, name: &str) -> String {
    format!("it may be {}", profile.allowed(name).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use carrier::profile::{UnverifiedProfile, VerifyingKey};

    fn key() -> (tempfile::TempDir, std::path::PathBuf, [u8; 32]) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("carrier.key");
        let public = carrier_key(&file, true).unwrap();
        (folder, file, public)
    }

    /// CAR-9
    #[test]
    fn a_key_is_made_once_and_signs_what_a_description_says() {
        let (_folder, file, public) = key();
        assert_eq!(carrier_key(&file, false).unwrap(), public);
        assert!(carrier_key(&file, true).unwrap_err().to_string().contains("exists"));
        let signed = sign_carrier_profile(&file, r#"{"number": 4, "ping_ms": 2000, "alpn": ["h2"]}"#).unwrap();
        assert_eq!((signed.number, signed.key), (4, public));
        let read = UnverifiedProfile::from_text(&signed.text).unwrap();
        let verified = read.verify(&VerifyingKey::from_bytes(&public).unwrap(), &Profile::default()).unwrap();
        let meant = Profile { number: 4, ping_ms: 2_000, alpn: vec!["h2".to_owned()], ..Profile::default() };
        assert_eq!(verified, meant);
        fs::write(&file, "short").unwrap();
        assert!(sign_carrier_profile(&file, "{}").unwrap_err().to_string().contains("32 bytes"));
    }

    /// CAR-9
    #[test]
    fn what_can_not_be_signed_is_refused_by_the_fields_name_and_says_what_may_be() {
        let (_folder, file, _) = key();
        let refused = |text: &str| format!("{:#}", sign_carrier_profile(&file, text).unwrap_err());
        assert!(
            refused(r#"{"number": 1, "ping_ms": 5}"#).contains("ping_ms is out of its bounds: it may be 500 to 15000")
        );
        assert!(refused(r#"{"number": 1, "ping_ms": -1}"#).contains("ping_ms can't be so"));
        assert!(refused(r#"{"number": 1, "pad_bytes": [1]}"#).contains("pad_bytes is out of its bounds"));
        assert!(refused(r#"{"number": 1, "patience_ms_max": 60000}"#).contains("1000 to 15000"));
        assert!(refused(r#"{"number": 1, "colour": 5}"#).contains("there is no field colour: use "));
        assert!(refused(r#"{"number": 0}"#).contains("number can't be 0"));
        assert!(refused(r#"{"ping_ms": 2000}"#).contains("no number"));
        assert!(refused("[1]").contains("JSON object"));
    }
}
