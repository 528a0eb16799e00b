//! The data key and the secrets it seals.
//!
//! The file holds the data key only sealed under a secret from outside: the bytes of a key file, or what Argon2id
//! makes of a passphrase ([`from_passphrase`]). Changing the outside secret re-seals 32 bytes, not the file.

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

/// The outside secret of a passphrase. `salt` is random, of 16 bytes or more, and kept beside the file.
pub fn from_passphrase(passphrase: &str, salt: &[u8]) -> Result<Secret32, StoreError> {
    let mut secret = Secret32([0; 32]);
    let params = Params::new(ARGON2_MEMORY_KIB, ARGON2_PASSES, ARGON2_LANES, Some(secret.0.len()));
    let params = params.map_err(|_| StoreError::TooLarge)?;
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, &mut secret.0)
        .map_err(|_| StoreError::WrongKey)?;
    Ok(secret)
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
