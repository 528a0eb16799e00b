//! The data key and the secrets it seals.
//!
//! The file holds the data key only sealed under a secret from outside, the bytes of a key file. That secret may itself
//! be sealed under a passphrase ([`seal_with_passphrase`]): changing the passphrase seals 32 bytes anew, not the file.

use super::{StoreError, seal::SealKey};
use argon2::{Algorithm, Argon2, Params, Version};
use rand_core::{OsRng, RngCore as _};
use rusqlite::{Connection, OptionalExtension as _, params};
use wire::{Secret32, hash::domain_hash};
use zeroize::Zeroizing;

/// Argon2id's memory in KiB: 64 MiB, the second recommendation of RFC 9106.
const ARGON2_MEMORY_KIB: u32 = 64 * 1024;
/// Argon2id's passes.
const ARGON2_PASSES: u32 = 3;
/// Argon2id's lanes.
const ARGON2_LANES: u32 = 4;
/// Bytes of a passphrase's salt, as RFC 9106 recommends.
const SALT_BYTES: usize = 16;

/// Seals the outside secret under a passphrase: a random salt of 16 bytes and the sealed secret.
pub fn seal_with_passphrase(secret: &Secret32, passphrase: &str) -> Result<Vec<u8>, StoreError> {
    let mut salt = [0; SALT_BYTES];
    OsRng.fill_bytes(&mut salt);
    let sealed = passphrase_key(passphrase, &salt)?.seal(&salt, &secret.0)?;
    Ok([salt.as_slice(), &sealed].concat())
}

/// Opens what [`seal_with_passphrase`] made.
pub fn open_with_passphrase(sealed: &[u8], passphrase: &str) -> Result<Secret32, StoreError> {
    let (salt, body) = sealed.split_at_checked(SALT_BYTES).ok_or(StoreError::Damaged)?;
    let opened = passphrase_key(passphrase, salt)?.open(salt, body).map_err(|_| StoreError::WrongPassphrase)?;
    Ok(Secret32(Zeroizing::new(opened).as_slice().try_into().map_err(|_| StoreError::Damaged)?))
}

/// Seals a file that lies beside the database, under a secret that the database keeps. `name` is the file's.
pub fn seal_file(secret: &Secret32, name: &str, content: &[u8]) -> Result<Vec<u8>, StoreError> {
    file_key(secret).seal(name.as_bytes(), content)
}

/// Opens what [`seal_file`] made.
pub fn open_file(secret: &Secret32, name: &str, sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
    file_key(secret).open(name.as_bytes(), sealed)
}

fn file_key(secret: &Secret32) -> SealKey {
    SealKey::new(&Secret32(domain_hash("simurgh/store-file/1", &[&secret.0])))
}

fn passphrase_key(passphrase: &str, salt: &[u8]) -> Result<SealKey, StoreError> {
    let mut key = Secret32([0; 32]);
    let params = Params::new(ARGON2_MEMORY_KIB, ARGON2_PASSES, ARGON2_LANES, Some(key.0.len()));
    let params = params.map_err(|_| StoreError::TooLarge)?;
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, &mut key.0)
        .map_err(|_| StoreError::TooLarge)?;
    Ok(SealKey::new(&Secret32(domain_hash("simurgh/store-passphrase/1", &[&key.0]))))
}

/// Opens the data key, or makes one for a new file.
pub(super) fn open(connection: &Connection, secret: &Secret32) -> Result<SealKey, StoreError> {
    let outside = SealKey::new(&Secret32(domain_hash("simurgh/store-vault/1", &[&secret.0])));
    let sealed: Option<Vec<u8>> =
        connection.query_row("SELECT sealed_key FROM vault WHERE id = 1", [], |row| row.get(0)).optional()?;
    if let Some(sealed) = sealed {
        let opened = Zeroizing::new(outside.open(b"data key", &sealed).map_err(|_| StoreError::WrongKey)?);
        let data_key = Secret32(opened.as_slice().try_into().map_err(|_| StoreError::Damaged)?);
        return Ok(SealKey::new(&data_key));
    }
    let mut data_key = Secret32([0; 32]);
    OsRng.fill_bytes(&mut data_key.0);
    let sealed = outside.seal(b"data key", &data_key.0)?;
    connection.execute("INSERT INTO vault (id, sealed_key) VALUES (1, ?1)", params![sealed])?;
    Ok(SealKey::new(&data_key))
}

/// A kept secret.
pub(super) fn secret(
    connection: &Connection,
    key: &SealKey,
    name: &str,
) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
    let sealed: Option<Vec<u8>> =
        connection.query_row("SELECT sealed FROM secret WHERE name = ?1", [name], |row| row.get(0)).optional()?;
    sealed.map(|sealed| key.open(&place(name), &sealed).map(Zeroizing::new)).transpose()
}

/// Keeps a secret.
pub(super) fn set_secret(connection: &Connection, key: &SealKey, name: &str, secret: &[u8]) -> Result<(), StoreError> {
    let sealed = key.seal(&place(name), secret)?;
    connection.execute("INSERT OR REPLACE INTO secret (name, sealed) VALUES (?1, ?2)", params![name, sealed])?;
    Ok(())
}

fn place(name: &str) -> Vec<u8> {
    [b"secret ".as_slice(), name.as_bytes()].concat()
}
