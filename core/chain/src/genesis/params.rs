//! The configuration that a network begins with: TON mainnet's prices and limits, wider blocks,
//! one shard.

use super::GLOBAL_ID;
use crate::{CAPABILITIES, GLOBAL_VERSION};
use std::num::{NonZeroU16, NonZeroU32};
use tycho_types::error::Error;
use tycho_types::models::{
    BlockCreationRewards, BlockLimits, BlockParamLimits, BlockchainConfig, BlockchainConfigParams, BurningConfig,
    CatchainConfig, ConfigProposalSetup, ConfigVotingSetup, ConsensusConfig, ElectionTimings, GasLimitsPrices,
    GlobalVersion, MsgForwardPrices, StoragePrices, ValidatorCountParams, ValidatorDescription, ValidatorSet,
    ValidatorStakeParams, WorkchainDescription, WorkchainFormat, WorkchainFormatBasic,
};
use tycho_types::num::Tokens;
use tycho_types::prelude::*;

/// Where the configuration contract lives in the masterchain.
pub(super) const CONFIG_ADDRESS: HashBytes = HashBytes([0x55; 32]);
/// Where the elector lives in the masterchain.
const ELECTOR_ADDRESS: HashBytes = HashBytes([0x33; 32]);
/// Where minted money comes from.
const MINTER_ADDRESS: HashBytes = HashBytes([0; 32]);
/// Nanogram in a Gram.
const GRAM: u128 = 1_000_000_000;
/// A validator's weight: quorum is by head count, so all weigh the same.
const WEIGHT: u64 = 1;

/// All parameters, for these validators and the basechain's first state.
///
/// # Errors
/// Where a parameter does not fit its cell.
pub fn config_params(
    now: u32,
    validators: &[[u8; 32]],
    basechain: (HashBytes, HashBytes),
) -> Result<BlockchainConfig, Error> {
    let mut config = BlockchainConfig::new_empty(CONFIG_ADDRESS);
    let params = &mut config.params;
    params.set_elector_address(&ELECTOR_ADDRESS)?;
    params.set_minter_address(&MINTER_ADDRESS)?;
    // nothing is burnt; readers of a whole configuration want it said
    params.set_burning_config(&BurningConfig::default())?;
    params.set_global_version(&GlobalVersion { version: GLOBAL_VERSION, capabilities: CAPABILITIES.into() })?;
    params.set_mandatory_params(&[0, 1, 8, 12, 18, 20, 21, 22, 23, 24, 25, 28, 31, 34])?;
    params.set_critical_params(&[0, 1, 8, 12, 18, 20, 21, 22, 23, 24, 25, 28, 31, 34])?;
    params.set_global_id(GLOBAL_ID)?;
    voting(params)?;
    workchains(params, now, basechain)?;
    params.set_block_creation_rewards(&BlockCreationRewards {
        masterchain_block_fee: Tokens::ZERO,
        basechain_block_fee: Tokens::ZERO,
    })?;
    elections(params, validators.len())?;
    prices(params)?;
    limits(params)?;
    params.set_catchain_config(&CatchainConfig {
        isolate_mc_validators: false,
        shuffle_mc_validators: false,
        mc_catchain_lifetime: 250,
        shard_catchain_lifetime: 250,
        shard_validators_lifetime: 1000,
        shard_validators_num: u32::try_from(validators.len()).unwrap_or(u32::MAX),
    })?;
    params.set_consensus_config(&consensus()?)?;
    params.set_fundamental_addresses(&[CONFIG_ADDRESS, ELECTOR_ADDRESS])?;
    validator_set(params, now, validators)?;
    params.set_raw(43, size_limits()?)?;
    Ok(config)
}

/// Parameter 11: how the configuration is voted on.
fn voting(params: &mut BlockchainConfigParams) -> Result<(), Error> {
    let setup = |rounds: (u8, u8), wins: u8, losses: u8| {
        tycho_types::cell::Lazy::new(&ConfigProposalSetup {
            min_total_rounds: rounds.0,
            max_total_rounds: rounds.1,
            min_wins: wins,
            max_losses: losses,
            min_store_sec: 1_000_000,
            max_store_sec: 10_000_000,
            bit_price: 1,
            cell_price: 500,
        })
    };
    let voting = ConfigVotingSetup { normal_params: setup((2, 3), 2, 2)?, critical_params: setup((4, 7), 4, 2)? };
    params.set_raw(11, CellBuilder::build_from(&voting)?)?;
    Ok(())
}

/// Parameter 12: the basechain. It may split up to depth 4.
fn workchains(
    params: &mut BlockchainConfigParams,
    now: u32,
    (zerostate_root_hash, zerostate_file_hash): (HashBytes, HashBytes),
) -> Result<(), Error> {
    let mut workchains = Dict::new();
    workchains.set(
        0,
        WorkchainDescription {
            enabled_since: now,
            actual_min_split: 0,
            min_split: 0,
            max_split: 4,
            active: true,
            accept_msgs: true,
            zerostate_root_hash,
            zerostate_file_hash,
            version: 0,
            format: WorkchainFormat::Basic(WorkchainFormatBasic { vm_version: -1, vm_mode: 0 }),
        },
    )?;
    params.set_workchains(&workchains)?;
    Ok(())
}

/// Parameters 15 to 17: terms and stakes of validators.
fn elections(params: &mut BlockchainConfigParams, validators: usize) -> Result<(), Error> {
    params.set_election_timings(&ElectionTimings {
        validators_elected_for: 65_536,
        elections_start_before: 32_768,
        elections_end_before: 8_192,
        stake_held_for: 32_768,
    })?;
    let count = u16::try_from(validators).unwrap_or(u16::MAX);
    params.set_validator_count_params(&ValidatorCountParams {
        max_validators: count.max(100),
        max_main_validators: count.max(100),
        min_validators: 1,
    })?;
    params.set_validator_stake_params(&ValidatorStakeParams {
        min_stake: Tokens::new(10_000 * GRAM),
        max_stake: Tokens::new(10_000_000 * GRAM),
        min_total_stake: Tokens::new(10_000 * GRAM),
        max_stake_factor: 3 << 16,
    })?;
    Ok(())
}

/// Parameters 18, 20, 21, 24 and 25, as on TON's mainnet.
fn prices(params: &mut BlockchainConfigParams) -> Result<(), Error> {
    params.set_storage_prices(&[StoragePrices {
        utime_since: 0,
        bit_price_ps: 1,
        cell_price_ps: 500,
        mc_bit_price_ps: 1000,
        mc_cell_price_ps: 500_000,
    }])?;
    params.set_gas_prices(
        true,
        &GasLimitsPrices {
            gas_price: 10_000 << 16,
            gas_limit: 1_000_000,
            special_gas_limit: 70_000_000,
            gas_credit: 10_000,
            block_gas_limit: 10_000_000,
            freeze_due_limit: 100_000_000,
            delete_due_limit: 1_000_000_000,
            flat_gas_limit: 100,
            flat_gas_price: 1_000_000,
        },
    )?;
    params.set_gas_prices(
        false,
        &GasLimitsPrices {
            gas_price: 400 << 16,
            gas_limit: 1_000_000,
            special_gas_limit: 1_000_000,
            gas_credit: 10_000,
            block_gas_limit: 20_000_000,
            freeze_due_limit: 100_000_000,
            delete_due_limit: 1_000_000_000,
            flat_gas_limit: 100,
            flat_gas_price: 40_000,
        },
    )?;
    params.set_msg_forward_prices(
        true,
        &MsgForwardPrices {
            lump_price: 10_000_000,
            bit_price: 10_000 << 16,
            cell_price: 1_000_000 << 16,
            ihr_price_factor: 98_304,
            first_frac: 21_845,
            next_frac: 21_845,
        },
    )?;
    params.set_msg_forward_prices(
        false,
        &MsgForwardPrices {
            lump_price: 400_000,
            bit_price: 400 << 16,
            cell_price: 40_000 << 16,
            ihr_price_factor: 98_304,
            first_frac: 21_845,
            next_frac: 21_845,
        },
    )?;
    Ok(())
}

/// Parameters 22 and 23: how large blocks may be (rule CHN-45).
fn limits(params: &mut BlockchainConfigParams) -> Result<(), Error> {
    let bytes = |soft: u32| BlockParamLimits { underload: soft >> 2, soft_limit: soft, hard_limit: soft << 1 };
    let lt_delta = BlockParamLimits { underload: 1_000, soft_limit: 5_000, hard_limit: 10_000 };
    params.set_block_limits(
        true,
        &BlockLimits {
            bytes: bytes(1 << 19),
            gas: BlockParamLimits { underload: 200_000, soft_limit: 10_000_000, hard_limit: 20_000_000 },
            lt_delta,
        },
    )?;
    params.set_block_limits(
        false,
        &BlockLimits {
            bytes: bytes(1 << 20),
            gas: BlockParamLimits { underload: 200_000, soft_limit: 20_000_000, hard_limit: 40_000_000 },
            lt_delta,
        },
    )?;
    Ok(())
}

/// Parameter 29, of TON's own consensus. Nothing here uses it; clients expect it.
fn consensus() -> Result<ConsensusConfig, Error> {
    Ok(ConsensusConfig {
        new_catchain_ids: true,
        round_candidates: NonZeroU32::new(3).ok_or(Error::InvalidData)?,
        next_candidate_delay_ms: 2000,
        consensus_timeout_ms: 16_000,
        fast_attempts: 3,
        attempt_duration: 8,
        catchain_max_deps: 4,
        max_block_bytes: 1 << 21,
        max_collated_bytes: 1 << 21,
    })
}

/// Parameter 34: the validators, for as long as there is no elector.
fn validator_set(params: &mut BlockchainConfigParams, now: u32, validators: &[[u8; 32]]) -> Result<(), Error> {
    let list = validators.iter().enumerate().map(|(index, key)| ValidatorDescription {
        public_key: HashBytes(*key),
        weight: WEIGHT,
        adnl_addr: None,
        mc_seqno_since: 0,
        prev_total_weight: WEIGHT.saturating_mul(index as u64),
    });
    let set = ValidatorSet {
        utime_since: now,
        utime_until: u32::MAX,
        main: u16::try_from(validators.len()).ok().and_then(NonZeroU16::new).ok_or(Error::InvalidData)?,
        total_weight: WEIGHT.saturating_mul(validators.len() as u64),
        list: list.collect(),
    };
    params.set_raw(34, CellBuilder::build_from(&set)?)?;
    Ok(())
}

/// Parameter 43 in TON's second form: messages and accounts. Written by hand, for tycho-types
/// knows an older form. No account carries the hash of its storage dictionary. An account of the
/// basechain has a quarter of the cells that TON allows, so that a block with the largest
/// transaction there can be still fits into a bundle (rule CHN-45).
fn size_limits() -> Result<Cell, Error> {
    let mut limits = CellBuilder::new();
    limits.store_u8(0x02)?;
    limits.store_u32(1 << 21)?; // bits in a message
    limits.store_u32(1 << 13)?; // cells in a message
    limits.store_u32(1000)?; // cells in a library
    limits.store_u16(512)?; // depth of a contract's data
    limits.store_u32(65_535)?; // bytes of an external message
    limits.store_u16(512)?; // depth of an external message
    limits.store_u32(1 << 14)?; // cells of an account
    limits.store_u32(1 << 11)?; // cells of a masterchain account
    limits.store_u32(256)?; // public libraries of an account
    limits.store_u32(256)?; // messages of an account before they are put off
    limits.store_u32(2)?; // extra currencies in a message
    limits.store_u8(8)?; // fixed prefix of an account's address
    limits.store_u32(u32::MAX)?; // cells from which an account carries its storage dictionary's hash
    limits.build()
}
