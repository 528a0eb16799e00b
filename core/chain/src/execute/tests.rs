//! The adapter against what the official emulator did (specs/vectors/execute.json), and what the
//! rules say one by one.

use super::*;
use serde_json::Value;
use tycho_types::boc::{Boc, BocRepr};
use tycho_types::models::{
    Account, AccountState, AccountStatus, BouncePhase, ComputePhase, ComputePhaseSkipReason, ExtInMsgInfo, IntAddr,
    IntMsgInfo, OptionalAccount, StateInit, StorageExtra, StorageInfo,
};

/// Time at which every made-up transaction happens.
const NOW: u32 = 1_640_000_000;
const GRAM: u128 = 1_000_000_000;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../../specs/vectors/execute.json")).unwrap()
}

fn config(vectors: &Value, name: &str) -> ChainConfig {
    let root = Boc::decode_base64(vectors["configs"][name].as_str().unwrap()).unwrap();
    ChainConfig::from_params(root, NOW).unwrap()
}

fn address(text: &str) -> StdAddr {
    let (workchain, hash) = text.split_once(':').unwrap();
    StdAddr::new(workchain.parse().unwrap(), hash.parse().unwrap())
}

fn step_params(step: &Value) -> ExecuteParams {
    let lt: u64 = step["lt"].as_str().unwrap().parse().unwrap();
    ExecuteParams {
        now: u32::try_from(step["now"].as_u64().unwrap()).unwrap(),
        min_lt: lt,
        block_lt: lt - lt % 1_000_000,
        rand_seed: step["seed"].as_str().unwrap().parse().unwrap(),
        ..ExecuteParams::default()
    }
}

/// What the executor is made to do with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It says no.
    Fails,
    /// It panics.
    Panics,
}

thread_local! {
    static FAULT: std::cell::Cell<Option<(HashBytes, Fault)>> = const { std::cell::Cell::new(None) };
}

/// Makes the executor fail at one message, on this thread.
pub(crate) fn inject(message: &Cell, fault: Fault) {
    FAULT.set(Some((*message.repr_hash(), fault)));
}

/// What [`inject`] ordered.
pub(super) fn fault(message: &Cell) -> Result<(), Refusal> {
    match FAULT.get().filter(|(hash, _)| hash == message.repr_hash()) {
        Some((_, Fault::Fails)) => Err(Refusal::impossible("a fault that a test injected")),
        Some((_, Fault::Panics)) => panic!("a fault that a test injected"),
        None => Ok(()),
    }
}

/// Makes one recorded step on our side.
fn replay(config: &ChainConfig, step: &Value) -> Result<Executed, Refusal> {
    let address = address(step["address"].as_str().unwrap());
    let account: ShardAccount = BocRepr::decode_base64(step["account"].as_str().unwrap()).unwrap();
    let params = step_params(step);
    match step["kind"].as_str().unwrap() {
        "ordinary" => {
            let message = Boc::decode_base64(step["message"].as_str().unwrap()).unwrap();
            execute_ordinary(config, &params, &address, &account, message)
        }
        "tick" => execute_tick_tock(config, &params, &address, &account, TickTock::Tick),
        _ => execute_tick_tock(config, &params, &address, &account, TickTock::Tock),
    }
}

/// Replays all stories of a rule; returns how many transactions agreed.
fn agree_on(rule: &str) -> usize {
    let vectors = vectors();
    let mut compared = 0;
    for story in vectors["stories"].as_array().unwrap() {
        if !story["rule"].as_str().unwrap().contains(rule) {
            continue;
        }
        let config = config(&vectors, story["config"].as_str().unwrap());
        for (index, step) in story["steps"].as_array().unwrap().iter().enumerate() {
            let what = format!("{} ({}), step {index}", story["name"], story["config"]);
            match replay(&config, step) {
                Ok(done) => {
                    assert_eq!(step["taken"], true, "{what}: official refused");
                    assert_eq!(done.transaction.repr_hash().to_string(), step["transaction_hash"], "{what}");
                    assert_eq!(done.account.account.repr_hash().to_string(), step["account_hash"], "{what}");
                    assert_eq!(&done.account.last_trans_hash, done.transaction.repr_hash(), "{what}");
                }
                Err(refusal) => assert_eq!(step["taken"], false, "{what}: {refusal}"),
            }
            compared += 1;
        }
    }
    assert!(compared > 0, "no vector for {rule}");
    compared
}

#[test]
fn chn_20_compute_flags_are_written_as_zero() {
    agree_on("CHN-20");
}

#[test]
fn chn_21_a_bounce_without_funds_names_the_whole_fee() {
    agree_on("CHN-21");
}

#[test]
fn chn_22_accounts_of_many_cells_carry_their_dictionary_hash() {
    agree_on("CHN-22");
}

#[test]
fn chn_23_and_24_newer_parameters_are_read() {
    agree_on("CHN-23");
    let vectors = vectors();
    let newer = config(&vectors, "newer parameters");
    assert_eq!(newer.limits().account_cells_max, 2300);
    assert_eq!(newer.limits().masterchain_account_cells_max, 400);
    assert_eq!(newer.limits().storage_dict_cells, 26);
    let original = newer.raw().params.as_dict().get(12).unwrap().unwrap();
    assert_eq!(original.parse::<Dict<i32, CellSlice<'_>>>().unwrap().get(0).unwrap().unwrap().load_u8().unwrap(), 0xa7);
}

#[test]
fn chn_25_amounts_of_zero_are_not_written() {
    agree_on("CHN-25");
}

#[test]
fn chn_26_odd_action_lists_are_judged_as_officially() {
    agree_on("CHN-26");
}

#[test]
fn chn_27_contracts_see_the_state_that_an_external_message_brings() {
    agree_on("CHN-27");
}

#[test]
fn chn_28_an_account_frozen_as_it_was_deployed_is_reported_frozen() {
    agree_on("CHN-28");
}

#[test]
fn chn_29_what_is_frozen_does_not_run() {
    agree_on("CHN-29");
}

#[test]
fn chn_30_a_failed_action_keeps_fees_and_libraries_of_those_before() {
    agree_on("CHN-30");
}

#[test]
fn chn_31_a_deleted_account_with_value_lives_on() {
    agree_on("CHN-31");
}

#[test]
fn ticks_and_tocks_agree() {
    agree_on("tick tock");
}

#[test]
fn our_own_configuration_agrees_too() {
    let vectors = vectors();
    let stories = vectors["stories"].as_array().unwrap().iter().filter(|story| story["config"] == "genesis");
    let mut compared = 0;
    for story in stories {
        let config = config(&vectors, "genesis");
        for step in story["steps"].as_array().unwrap() {
            let hash = replay(&config, step).map(|done| done.transaction.repr_hash().to_string());
            assert_eq!(hash.ok().as_deref(), step["transaction_hash"].as_str(), "{}", story["name"]);
            compared += 1;
        }
    }
    assert!(compared > 0);
}

#[test]
fn a_wallet_refuses_with_the_reason() {
    let vectors = vectors();
    let config = config(&vectors, "mainnet");
    for (name, refusal) in [
        ("a wallet is sent another key", Refusal::BadSignature),
        ("a wallet is sent a time that is over", Refusal::Expired),
        ("a wallet is sent another wallet id", Refusal::WalletId),
    ] {
        let story = vectors["stories"].as_array().unwrap().iter().find(|story| story["name"] == name).unwrap();
        assert_eq!(replay(&config, &story["steps"][0]).unwrap_err(), refusal, "{name}");
    }
    let steps = |name: &str| {
        let story = vectors["stories"].as_array().unwrap().iter().find(|story| story["name"] == name).unwrap();
        story["steps"].as_array().unwrap().clone()
    };
    let once: Vec<_> = steps("a wallet takes each number once").iter().map(|step| replay(&config, step)).collect();
    assert!(once.iter().any(|result| matches!(result, Err(Refusal::Seqno))));
    let poor: Vec<_> = steps("a wallet too poor to take a message").iter().map(|step| replay(&config, step)).collect();
    assert!(poor.iter().all(|result| matches!(result, Err(Refusal::Balance))), "{poor:?}");
}

// ── made up here ────────────────────────────────────────────────────────────────────────────

fn nobody() -> ShardAccount {
    ShardAccount {
        account: Lazy::new(&OptionalAccount::EMPTY).unwrap(),
        last_trans_hash: HashBytes::ZERO,
        last_trans_lt: 0,
    }
}

fn account(address: &StdAddr, balance: u128, state: AccountState) -> ShardAccount {
    let account = Account {
        address: address.clone().into(),
        storage_stat: StorageInfo { last_paid: NOW, ..StorageInfo::default() },
        last_trans_lt: 0,
        balance: Tokens::new(balance).into(),
        state,
    };
    ShardAccount { account: Lazy::new(&OptionalAccount(Some(account))).unwrap(), ..nobody() }
}

fn now() -> ExecuteParams {
    ExecuteParams { now: NOW, min_lt: 5_000_000, block_lt: 5_000_000, ..ExecuteParams::default() }
}

fn internal(to: &StdAddr, value: u128, bounce: bool) -> Cell {
    let info = IntMsgInfo {
        bounce,
        src: IntAddr::Std(StdAddr::new(0, HashBytes([9; 32]))),
        dst: to.clone().into(),
        value: Tokens::new(value).into(),
        ..IntMsgInfo::default()
    };
    message(MsgInfo::Int(info), None, Cell::empty_cell())
}

fn external(to: &StdAddr, init: Option<StateInit>, body: Cell) -> Cell {
    let info = ExtInMsgInfo { src: None, dst: to.clone().into(), import_fee: Tokens::ZERO };
    message(MsgInfo::ExtIn(info), init, body)
}

fn message(info: MsgInfo, init: Option<StateInit>, body: Cell) -> Cell {
    CellBuilder::build_from(OwnedMessage { info, init, body: body.into(), layout: None }).unwrap()
}

fn info(done: &Executed) -> tycho_types::models::OrdinaryTxInfo {
    match done.transaction.load().unwrap().load_info().unwrap() {
        TxInfo::Ordinary(info) => info,
        TxInfo::TickTock(_) => panic!("an ordinary transaction"),
    }
}

#[test]
fn value_for_nobody_comes_back_and_leaves_nobody() {
    let config = config(&vectors(), "mainnet");
    let to = StdAddr::new(0, HashBytes([1; 32]));
    let done = execute_ordinary(&config, &now(), &to, &nobody(), internal(&to, GRAM, true)).unwrap();
    assert!(!done.exists && done.aborted && done.out_messages.len() == 1);
    assert!(matches!(info(&done).bounce_phase, Some(BouncePhase::Executed(_))));
    assert_eq!(done.exit_code, None);
    assert!(done.end_lt > done.start_lt && done.start_lt >= 5_000_000);
}

#[test]
fn value_for_nobody_stays_where_it_may_not_bounce() {
    let config = config(&vectors(), "mainnet");
    let to = StdAddr::new(0, HashBytes([1; 32]));
    let done = execute_ordinary(&config, &now(), &to, &nobody(), internal(&to, GRAM, false)).unwrap();
    assert!(done.exists);
    assert_eq!(done.balance.tokens, Tokens::new(GRAM));
    assert_eq!(done.account.load_account().unwrap().unwrap().state.status(), AccountStatus::Uninit);
}

#[test]
fn a_frozen_account_without_its_state_has_no_state() {
    let config = config(&vectors(), "mainnet");
    let to = StdAddr::new(0, HashBytes([1; 32]));
    let frozen = account(&to, GRAM, AccountState::Frozen(HashBytes([2; 32])));
    let done = execute_ordinary(&config, &now(), &to, &frozen, internal(&to, GRAM, false)).unwrap();
    assert!(matches!(info(&done).compute_phase, ComputePhase::Skipped(skipped)
        if skipped.reason == ComputePhaseSkipReason::NoState));
}

#[test]
fn an_external_message_is_refused_with_the_reason_for_which_nothing_ran() {
    let config = config(&vectors(), "mainnet");
    let to = StdAddr::new(0, HashBytes([1; 32]));
    let other = StdAddr::new(0, HashBytes([3; 32]));
    let uninit = account(&to, GRAM, AccountState::Uninit);
    let frozen = account(&to, GRAM, AccountState::Frozen(HashBytes([2; 32])));
    let poor = account(&to, 1, AccountState::Uninit);
    let plain = || external(&to, None, Cell::empty_cell());
    let foreign = StateInit::default();
    let huge = {
        let mut cell = Cell::empty_cell();
        for level in 0..400u32 {
            let mut builder = CellBuilder::new();
            builder.store_u32(level).unwrap();
            builder.store_reference(cell).unwrap();
            cell = builder.build().unwrap();
        }
        cell
    };
    let run = |account: &ShardAccount, message| execute_ordinary(&config, &now(), &to, account, message).unwrap_err();
    assert_eq!(run(&nobody(), plain()), Refusal::NoState);
    assert_eq!(run(&uninit, plain()), Refusal::NoState);
    assert_eq!(run(&uninit, external(&to, Some(foreign), Cell::empty_cell())), Refusal::WrongState);
    assert_eq!(run(&frozen, plain()), Refusal::Frozen);
    assert_eq!(run(&poor, plain()), Refusal::Balance);
    assert_eq!(run(&uninit, external(&other, None, Cell::empty_cell())), Refusal::WrongAccount);
    assert_eq!(run(&uninit, Cell::empty_cell()), Refusal::Malformed);
    assert_eq!(run(&uninit, external(&to, None, huge)), Refusal::NoState, "deep, but not large");
}

#[test]
fn size_and_form_are_checked_before_anything_else() {
    let config = config(&vectors(), "mainnet");
    let to = StdAddr::new(0, HashBytes([1; 32]));
    let plain = external(&to, None, Cell::empty_cell());
    assert_eq!(check_external(&config, &plain, 100).unwrap(), to);
    assert_eq!(check_external(&config, &plain, 65_536), Err(Refusal::TooLarge));
    assert_eq!(check_external(&config, &internal(&to, 1, true), 100), Err(Refusal::Malformed));
    let mut deep = Cell::empty_cell();
    for _ in 0..600 {
        deep = CellBuilder::build_from(deep).unwrap();
    }
    assert_eq!(check_external(&config, &external(&to, None, deep), 3000), Err(Refusal::TooLarge));
}

#[test]
fn a_storage_dictionary_is_dropped_when_the_account_shrinks() {
    let vectors = vectors();
    let config = config(&vectors, "mainnet");
    let to = StdAddr::new(0, HashBytes([1; 32]));
    let mut large = account(&to, 1, AccountState::Frozen(HashBytes([2; 32]))).load_account().unwrap().unwrap();
    large.storage_stat.storage_extra = StorageExtra::DictHash(HashBytes([4; 32]));
    let large = ShardAccount { account: Lazy::new(&OptionalAccount(Some(large))).unwrap(), ..nobody() };
    let done = execute_ordinary(&config, &now(), &to, &large, internal(&to, GRAM, false)).unwrap();
    let after = done.account.load_account().unwrap().unwrap();
    assert_eq!(after.storage_stat.storage_extra, StorageExtra::None);
    let update = done.transaction.load().unwrap().state_update.load().unwrap();
    assert_eq!(&update.new, done.account.account.repr_hash());
}

#[test]
fn the_same_transaction_twice_is_the_same() {
    let config = config(&vectors(), "mainnet");
    let to = StdAddr::new(0, HashBytes([1; 32]));
    let run = || execute_ordinary(&config, &now(), &to, &nobody(), internal(&to, GRAM, false)).unwrap();
    assert_eq!(run().transaction.repr_hash(), run().transaction.repr_hash());
}
