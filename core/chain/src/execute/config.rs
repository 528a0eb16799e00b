//! The configuration of the chain, parsed once and used for every transaction.

use tycho_executor::ParsedConfig;
use tycho_types::error::Error;
use tycho_types::models::{
    BlockchainConfig, BlockchainConfigParams, MsgForwardPrices, SizeLimitsConfig, StdAddr, WorkchainDescription,
};
use tycho_types::prelude::*;

/// Bits in a full cell: limits on cells bound bits through it.
const CELL_BITS_MAX: u32 = 1023;
/// The first byte of a workchain description in its older and in its newer form.
const WORKCHAIN_TAGS: (u8, u8) = (0xa6, 0xa7);
/// Where the configuration contract lives if parameter 0 doesn't say.
const DEFAULT_CONFIG_ADDRESS: HashBytes = HashBytes([0x55; 32]);

/// Why a configuration can't be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// A parameter is missing or is not of its form.
    #[error("the configuration can't be used ({0}): check parameters 0, 8, 12, 18, 20, 21, 24, 25, 31 and 43")]
    Parameter(#[from] Error),
}

/// Parameter 43: how large messages and accounts may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SizeLimits {
    /// Bits in a message.
    pub message_bits_max: u32,
    /// Cells in a message.
    pub message_cells_max: u32,
    /// Cells in one public library.
    pub library_cells_max: u32,
    /// Depth of a contract's data.
    pub data_depth_max: u16,
    /// Bytes of an external message as a bag of cells.
    pub external_bytes_max: u32,
    /// Depth of an external message.
    pub external_depth_max: u16,
    /// Cells of an account of the basechain.
    pub account_cells_max: u32,
    /// Cells of an account of the masterchain.
    pub masterchain_account_cells_max: u32,
    /// Public libraries of one account.
    pub public_libraries_max: u32,
    /// Messages of one account in the queue before they are put off.
    pub deferred_queue_max: u32,
    /// Accounts of this many cells and more carry the hash of their storage dictionary.
    pub storage_dict_cells: u32,
}

impl SizeLimits {
    /// What holds where parameter 43 doesn't say otherwise.
    pub const DEFAULT: Self = Self {
        message_bits_max: 1 << 21,
        message_cells_max: 1 << 13,
        library_cells_max: 1000,
        data_depth_max: 512,
        external_bytes_max: 65_535,
        external_depth_max: 512,
        account_cells_max: 1 << 16,
        masterchain_account_cells_max: 1 << 11,
        public_libraries_max: 256,
        deferred_queue_max: 256,
        storage_dict_cells: 26,
    };

    /// Reads parameter 43 in either of its forms.
    ///
    /// # Errors
    /// Where the cell is of neither form.
    pub fn parse(cell: &Cell) -> Result<Self, Error> {
        let mut slice = cell.as_slice()?;
        let tag = slice.load_u8()?;
        if tag != 1 && tag != 2 {
            return Err(Error::InvalidTag);
        }
        let mut limits = Self {
            message_bits_max: slice.load_u32()?,
            message_cells_max: slice.load_u32()?,
            library_cells_max: slice.load_u32()?,
            data_depth_max: slice.load_u16()?,
            external_bytes_max: slice.load_u32()?,
            external_depth_max: slice.load_u16()?,
            ..Self::DEFAULT
        };
        if tag == 2 {
            limits.account_cells_max = slice.load_u32()?;
            limits.masterchain_account_cells_max = slice.load_u32()?;
            limits.public_libraries_max = slice.load_u32()?;
            limits.deferred_queue_max = slice.load_u32()?;
            // the rest came later: a shorter parameter is whole too
            let _extra_currencies_max = slice.load_u32().unwrap_or_default();
            let _fixed_prefix_max = slice.load_u8().unwrap_or_default();
            limits.storage_dict_cells = slice.load_u32().unwrap_or(Self::DEFAULT.storage_dict_cells);
        }
        Ok(limits)
    }

    /// The limits as the executor knows them, for accounts of one of the two chains.
    fn for_executor(&self, account_cells_max: u32) -> SizeLimitsConfig {
        SizeLimitsConfig {
            max_msg_bits: self.message_bits_max,
            max_msg_cells: self.message_cells_max,
            max_library_cells: self.library_cells_max,
            max_vm_data_depth: self.data_depth_max,
            max_ext_msg_size: self.external_bytes_max,
            max_ext_msg_depth: self.external_depth_max,
            max_acc_state_cells: account_cells_max,
            max_acc_state_bits: account_cells_max.saturating_mul(CELL_BITS_MAX),
            max_acc_public_libraries: self.public_libraries_max,
            defer_out_queue_size_limit: self.deferred_queue_max,
        }
    }
}

/// A parsed configuration. Parse anew when a parameter changes or a new storage price begins.
#[derive(Debug)]
pub struct ChainConfig {
    basechain: ParsedConfig,
    masterchain: ParsedConfig,
    limits: SizeLimits,
}

impl ChainConfig {
    /// Parses a configuration as it holds at `now` (seconds).
    ///
    /// # Errors
    /// [`ConfigError`] where a parameter that execution needs is missing or malformed.
    pub fn parse(config: &BlockchainConfig, now: u32) -> Result<Self, ConfigError> {
        let limits = match config.params.as_dict().get(43)? {
            Some(cell) => SizeLimits::parse(&cell)?,
            None => SizeLimits::DEFAULT,
        };
        Ok(Self {
            basechain: parse_for(config, now, limits.for_executor(limits.account_cells_max))?,
            masterchain: parse_for(config, now, limits.for_executor(limits.masterchain_account_cells_max))?,
            limits,
        })
    }

    /// Parses the dictionary of parameters, as the masterchain state or a file holds it.
    ///
    /// # Errors
    /// As [`ChainConfig::parse`].
    pub fn from_params(root: Cell, now: u32) -> Result<Self, ConfigError> {
        let params = BlockchainConfigParams::from_raw(root);
        let address = match params.as_dict().get(0)? {
            Some(cell) => cell.parse::<HashBytes>()?,
            None => DEFAULT_CONFIG_ADDRESS,
        };
        Self::parse(&BlockchainConfig { address, params }, now)
    }

    /// The parameters as the chain holds them.
    #[must_use]
    pub fn raw(&self) -> &BlockchainConfig {
        &self.basechain.raw
    }

    /// How large messages and accounts may be.
    #[must_use]
    pub fn limits(&self) -> &SizeLimits {
        &self.limits
    }

    /// The number that tells this network from others (parameter 19).
    #[must_use]
    pub fn global_id(&self) -> i32 {
        self.basechain.global_id
    }

    /// What forwarding a message costs.
    #[must_use]
    pub fn forward_prices(&self, is_masterchain: bool) -> &MsgForwardPrices {
        self.basechain.fwd_prices(is_masterchain)
    }

    /// The executor's own view, for accounts of the chain where `address` lives.
    pub(super) fn for_account(&self, address: &StdAddr) -> &ParsedConfig {
        if address.is_masterchain() { &self.masterchain } else { &self.basechain }
    }

    /// The parameters that contracts get unpacked.
    pub(crate) fn unpacked(&self) -> &tycho_vm::UnpackedConfig {
        &self.basechain.unpacked
    }
}

/// Parses for accounts of one chain. The executor's parser refuses the newer form of parameter
/// 12 (CHN-23) and misreads parameter 43 (CHN-24): it gets a copy with the one rewritten and the
/// other left out, and contracts still see the original.
fn parse_for(config: &BlockchainConfig, now: u32, limits: SizeLimitsConfig) -> Result<ParsedConfig, Error> {
    let mut patched = config.clone();
    if let Some(workchains) = config.params.as_dict().get(12)? {
        patched.params.set_workchains(&parse_workchains(&workchains)?)?;
    }
    patched.params.remove(43)?;
    let mut parsed = ParsedConfig::parse(patched, now)?;
    parsed.raw = config.clone();
    parsed.size_limits = limits;
    parsed.unpacked.size_limits_config = config.params.as_dict().get(43)?;
    Ok(parsed)
}

/// Reads parameter 12 in either of its forms. The newer one has more fields at the end, about
/// splitting and merging, which execution doesn't need.
fn parse_workchains(cell: &Cell) -> Result<Dict<i32, WorkchainDescription>, Error> {
    let mut workchains = Dict::new();
    for entry in cell.parse::<Dict<i32, CellSlice<'_>>>()?.iter() {
        let (id, mut newer) = entry?;
        let mut older = CellBuilder::new();
        let tag = newer.load_u8()?;
        if tag != WORKCHAIN_TAGS.0 && tag != WORKCHAIN_TAGS.1 {
            return Err(Error::InvalidTag);
        }
        older.store_u8(WORKCHAIN_TAGS.0)?;
        older.store_slice(newer)?;
        workchains.set(id, older.build()?.parse::<WorkchainDescription>()?)?;
    }
    Ok(workchains)
}
