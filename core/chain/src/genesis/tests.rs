//! The beginning.

use super::*;
use crate::state::ChainState;
use crate::test_network::{START, genesis_file, key, validators};
use tycho_types::models::CurrencyCollection;

#[test]
fn the_same_parameters_give_the_same_network() {
    assert_eq!(genesis_file(), genesis_file());
    let other = Genesis::build(&GenesisParams {
        now: UnixMillis(START + 1000),
        faucet_public_key: key(1).verifying_key().to_bytes(),
        validators: validators(),
        supply: Gram::from(SUPPLY_NANO),
    });
    assert_ne!(other.unwrap().hash(), genesis_file().hash());
}

#[test]
fn the_file_survives_its_encoding() {
    let genesis = genesis_file();
    let again = Genesis::decode(&genesis.encode().unwrap()).unwrap();
    assert_eq!(again.hash(), genesis.hash());
    assert_eq!(again.validators().unwrap(), validators());
}

#[test]
fn the_whole_supply_is_in_the_faucet() {
    let state = ChainState::from_genesis(&genesis_file()).unwrap();
    let faucet = Genesis::faucet_address(key(1).verifying_key().to_bytes()).unwrap();
    let account = state.account(&faucet).unwrap().load_account().unwrap().unwrap();
    assert_eq!(account.balance, CurrencyCollection::new(5_000_000_000_000_000_000));
    assert_eq!(state.total_supply().unwrap(), account.balance);
    assert_eq!(crate::wallet::seqno(&account), Some(0));
}

#[test]
fn the_configuration_is_whole() {
    let state = ChainState::from_genesis(&genesis_file()).unwrap();
    let params = &state.config().raw().params;
    for id in [0, 1, 2, 5, 8, 9, 10, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 28, 29, 31, 34, 43] {
        assert!(params.as_dict().contains_key(id).unwrap(), "parameter {id}");
    }
    assert_eq!(params.get_global_version().unwrap().version, 12);
    assert_eq!(state.config().limits().storage_dict_cells, u32::MAX);
    assert_eq!(state.validators().unwrap().list.len(), 4);
    assert_eq!(state.config().global_id(), GLOBAL_ID);
}

#[test]
fn a_network_without_validators_is_refused() {
    let none = Genesis::build(&GenesisParams {
        now: UnixMillis(START),
        faucet_public_key: [1; 32],
        validators: Vec::new(),
        supply: Gram::from(1),
    });
    assert!(matches!(none, Err(GenesisError::Validators(0))));
}

/// The differential test runs with these parameters too.
#[test]
fn the_parameters_are_those_of_the_vector() {
    let state = ChainState::from_genesis(&genesis_file()).unwrap();
    let params = state.config().raw().params.as_dict().root().clone().unwrap();
    let made = Boc::encode(params.as_ref());
    let frozen = include_bytes!("../../../../specs/vectors/genesis-config.boc");
    assert!(made == frozen, "specs/vectors/genesis-config.boc must be {}", hex::encode(&made));
}
