//! The beginning of a network: its first state, as a file that every node loads.
//!
//! Provided: [`Genesis::build`] makes the first states of masterchain and basechain with the whole
//! supply in one faucet wallet (rule CHN-1); [`Genesis::hash`] names the network.

mod params;
mod states;

pub use params::config_params;

use serde::{Deserialize, Serialize};
use tycho_types::boc::Boc;
use tycho_types::error::Error;
use tycho_types::models::{ShardStateUnsplit, StdAddr};
use wire::{Gram, UnixMillis, codec, hash::domain_hash};

/// All Gram at the beginning, in nanogram: 5,000,000,000 Gram.
pub const SUPPLY_NANO: u64 = 5_000_000_000_000_000_000;
/// Largest genesis file.
pub const GENESIS_BYTES_MAX: usize = 1 << 20;
/// Most validators at the beginning.
pub const VALIDATORS_MAX: usize = 100;
/// The network number in blocks and states (parameter 19). Wallet ids do not depend on it.
pub const GLOBAL_ID: i32 = -239;

/// Why there is no genesis.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GenesisError {
    /// A part does not fit its cell.
    #[error("the first state can't be built: {0}")]
    Cells(#[from] Error),
    /// No validators, or too many.
    #[error("a network begins with 1 to {VALIDATORS_MAX} validators, not {0}")]
    Validators(usize),
    /// The frame is malformed.
    #[error("the genesis file can't be read: {0}")]
    Frame(#[from] codec::CodecError),
    /// A state is not a bag of cells.
    #[error("the genesis file's states are not bags of cells: {0}")]
    Boc(#[from] tycho_types::boc::de::Error),
}

/// What a network is made from.
#[derive(Clone, Debug)]
pub struct GenesisParams {
    /// When it begins.
    pub now: UnixMillis,
    /// The key of the wallet that holds the whole supply.
    pub faucet_public_key: [u8; 32],
    /// The keys of the first validators.
    pub validators: Vec<[u8; 32]>,
    /// All money at the beginning ([`SUPPLY_NANO`] unless there is a reason).
    pub supply: Gram,
}

/// The beginning of a network. The same parameters always give the same bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Genesis {
    /// The masterchain's first state, a bag of cells.
    #[serde(with = "serde_bytes")]
    pub masterchain: Vec<u8>,
    /// The shards' first states.
    #[serde(deserialize_with = "codec::list::<{ crate::block::SHARDS_MAX }, _, _>")]
    pub shards: Vec<serde_bytes::ByteBuf>,
}

impl Genesis {
    /// Makes the first states.
    ///
    /// # Errors
    /// [`GenesisError`].
    pub fn build(params: &GenesisParams) -> Result<Self, GenesisError> {
        if params.validators.is_empty() || params.validators.len() > VALIDATORS_MAX {
            return Err(GenesisError::Validators(params.validators.len()));
        }
        states::build(params)
    }

    /// Names the network: what invites and clients carry.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        let parts =
            std::iter::once(self.masterchain.as_slice()).chain(self.shards.iter().map(|shard| shard.as_slice()));
        domain_hash("simurgh/genesis/1", &parts.collect::<Vec<_>>())
    }

    /// The keys of the first validators, in their order.
    ///
    /// # Errors
    /// [`GenesisError`] where the state is malformed.
    pub fn validators(&self) -> Result<Vec<[u8; 32]>, GenesisError> {
        let state = Boc::decode(&self.masterchain)?.parse::<ShardStateUnsplit>()?;
        let extra = state.load_custom()?.ok_or(Error::InvalidData)?;
        let set = extra.config.params.get_current_validator_set()?;
        Ok(set.list.iter().map(|validator| validator.public_key.0).collect())
    }

    /// The address of the faucet wallet of this key.
    ///
    /// # Errors
    /// None in practice.
    pub fn faucet_address(faucet_public_key: [u8; 32]) -> Result<StdAddr, GenesisError> {
        Ok(crate::wallet::WalletV5::new(faucet_public_key).address()?)
    }

    /// The genesis file.
    ///
    /// # Errors
    /// None in practice.
    pub fn encode(&self) -> Result<Vec<u8>, GenesisError> {
        Ok(codec::encode(self)?)
    }

    /// Reads a genesis file.
    ///
    /// # Errors
    /// [`GenesisError::Frame`].
    pub fn decode(bytes: &[u8]) -> Result<Self, GenesisError> {
        Ok(codec::decode(bytes, GENESIS_BYTES_MAX)?)
    }
}

#[cfg(test)]
mod tests;
