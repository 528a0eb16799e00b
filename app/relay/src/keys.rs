//! A relay's folder: its secrets, made at the first start and readable by its owner only.

use crate::StartError;
use crate::certificate::{self, Certificates};
use ed25519_dalek::SigningKey;
use mailbox::hop::Gateway;
use rand_core::{OsRng, RngCore};
use rcgen::{KeyPair, PKCS_ECDSA_P256_SHA256};
use std::io::ErrorKind;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use store::files;
use wire::Secret32;

const HOP_SEED_FILE: &str = "hop.seed";
const TLS_KEY_FILE: &str = "tls.key";
const SECRET_PATH_FILE: &str = "secret.path";
const DNS_SEED_FILE: &str = "dns.seed";
/// The seed of the key that signs for the relay and for its bridge links.
const OPERATOR_FILE: &str = "operator.key";
/// What it was called when it signed links only.
const OPERATOR_FILE_BEFORE: &str = "inviter.key";
const STORE_FILE: &str = "mailboxes.db";

/// What a relay keeps in its folder.
pub(crate) struct Identity {
    pub(crate) gateway: Gateway,
    pub(crate) secret_path: String,
    /// Chooses among the built-in websites; tells nothing about the keys.
    pub(crate) decoy_seed: u64,
    pub(crate) operator: SigningKey,
    tls_key: KeyPair,
    dir: PathBuf,
}

impl Identity {
    /// Reads the folder, making it and what is missing in it.
    pub(crate) fn open(dir: &Path) -> Result<Self, StartError> {
        make_private_dir(dir)?;
        let seed = seed(dir, HOP_SEED_FILE)?;
        let decoy_hash = wire::hash::domain_hash("simurgh/relay-decoy/1", &[&seed.0]);
        let gateway = Gateway::from_seed(&seed).map_err(|error| StartError::Keys(error.to_string()))?;
        let tls_key = read_or_make(&dir.join(TLS_KEY_FILE), || {
            let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256);
            key.map(|key| key.serialize_der()).map_err(|error| StartError::Keys(error.to_string()))
        })?;
        let tls_key = KeyPair::try_from(tls_key).map_err(|error| StartError::Keys(error.to_string()))?;
        let path = read_or_make(&dir.join(SECRET_PATH_FILE), || {
            let mut path = [0u8; 16];
            OsRng.fill_bytes(&mut path);
            Ok(hex::encode(path).into_bytes())
        })?;
        let secret_path = String::from_utf8(path).unwrap_or_default().trim().to_owned();
        let in_bounds = (16..=wire::relay::PATH_BYTES_MAX).contains(&secret_path.len());
        if !in_bounds || !secret_path.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(StartError::Keys(format!("{SECRET_PATH_FILE} must hold 16 to 64 letters and digits")));
        }
        let [a, b, c, d, e, f, g, h, ..] = decoy_hash;
        let decoy_seed = u64::from_le_bytes([a, b, c, d, e, f, g, h]);
        let operator = operator(dir)?;
        Ok(Self { gateway, secret_path, decoy_seed, operator, tls_key, dir: dir.to_owned() })
    }

    /// What is shown in handshakes for this host, all for the kept key.
    pub(crate) fn certificates(&self, host: &str) -> Result<Certificates, StartError> {
        let key = KeyPair::try_from(self.tls_key.serialize_der());
        Certificates::new(key.map_err(|error| StartError::Keys(error.to_string()))?, host, certificate::now())
    }

    /// Where the mailboxes are.
    pub(crate) fn store_path(&self) -> PathBuf {
        self.dir.join(STORE_FILE)
    }

    /// The seed of the key that queries in its zone are sealed to; made when it is first asked for.
    pub(crate) fn dns_seed(&self) -> Result<Secret32, StartError> {
        seed(&self.dir, DNS_SEED_FILE)
    }
}

/// When the relay in this folder was set up: it has its first key since then.
pub(crate) fn made(dir: &Path) -> Option<SystemTime> {
    std::fs::metadata(dir.join(HOP_SEED_FILE)).ok()?.modified().ok()
}

/// A secret of the folder, or a new one.
fn seed(dir: &Path, file: &str) -> Result<Secret32, StartError> {
    let bytes = read_or_make(&dir.join(file), || {
        let mut seed = [0u8; 32];
        OsRng.fill_bytes(&mut seed);
        Ok(seed.to_vec())
    })?;
    let bytes = <[u8; 32]>::try_from(bytes).map_err(|_| StartError::Keys(format!("{file} is damaged")))?;
    Ok(Secret32(bytes))
}

/// The key of who runs the relay in this folder; made where there is none.
pub(crate) fn operator(dir: &Path) -> Result<SigningKey, StartError> {
    let path = dir.join(OPERATOR_FILE);
    let before = dir.join(OPERATOR_FILE_BEFORE);
    if !path.exists() && before.exists() {
        std::fs::rename(&before, &path).map_err(|error| folder(&before, &error))?;
    }
    operator_key(&path)
}

/// Gives the relay in this folder the operator's key from a file, which is made where there is none.
pub(crate) fn take_operator(dir: &Path, file: &Path) -> Result<(), StartError> {
    write_private(&dir.join(OPERATOR_FILE), &operator_key(file)?.to_bytes())
}

fn operator_key(path: &Path) -> Result<SigningKey, StartError> {
    let seed = read_or_make(path, || {
        let mut seed = [0u8; 32];
        OsRng.fill_bytes(&mut seed);
        Ok(seed.to_vec())
    })?;
    let damaged = |_| StartError::Keys(format!("{} is not an operator's key: 32 bytes", path.display()));
    Ok(SigningKey::from_bytes(&<[u8; 32]>::try_from(seed).map_err(damaged)?))
}

/// The host in a descriptor when the operator gave none.
pub(crate) fn host_of(address: IpAddr) -> String {
    address.to_string()
}

/// Makes a folder that only its owner can enter; an existing one is left as it is.
pub(crate) fn make_private_dir(dir: &Path) -> Result<(), StartError> {
    files::make_private_dir(dir).map_err(|error| folder(dir, &error))
}

/// Writes a file that only its owner can read, durably and not half.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> Result<(), StartError> {
    files::write_private(path, bytes).map_err(|error| folder(path, &error))
}

/// Reads a file of the folder, or makes it.
pub(crate) fn read_or_make(
    path: &Path,
    make: impl FnOnce() -> Result<Vec<u8>, StartError>,
) -> Result<Vec<u8>, StartError> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(bytes),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let bytes = make()?;
            write_private(path, &bytes)?;
            Ok(bytes)
        }
        Err(error) => Err(folder(path, &error)),
    }
}

fn folder(path: &Path, error: &std::io::Error) -> StartError {
    StartError::Folder { path: path.to_owned(), reason: error.to_string() }
}
