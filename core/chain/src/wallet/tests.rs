//! The wallet against @ton/ton (specs/vectors/wallet.json) and against the chain's rules.

use super::*;
use crate::execute::{ChainConfig, ExecuteParams, Refusal, execute_ordinary};
use crate::get_method::{self, GetParams, Method, StackValue};
use proptest::prelude::*;
use serde_json::Value;
use tycho_types::models::{CurrencyCollection, OptionalAccount, ShardAccount, StorageInfo};

const NOW: u32 = 1_640_000_000;
const GRAM: u64 = 1_000_000_000;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../../specs/vectors/wallet.json")).unwrap()
}

fn config() -> ChainConfig {
    let vectors: Value = serde_json::from_str(include_str!("../../../../specs/vectors/execute.json")).unwrap();
    let root = Boc::decode_base64(vectors["configs"]["genesis"].as_str().unwrap()).unwrap();
    ChainConfig::from_params(root, NOW).unwrap()
}

fn bytes32(value: &Value) -> [u8; 32] {
    hex::decode(value.as_str().unwrap()).unwrap().try_into().unwrap()
}

fn address(text: &str) -> StdAddr {
    let (workchain, hash) = text.split_once(':').unwrap();
    StdAddr::new(workchain.parse().unwrap(), hash.parse().unwrap())
}

fn number<T: TryFrom<i64>>(value: &Value) -> T {
    T::try_from(value.as_i64().unwrap()).ok().unwrap()
}

fn key(byte: u8) -> SigningKey {
    SigningKey::from_bytes(&[byte; 32])
}

fn wallet(byte: u8) -> WalletV5 {
    WalletV5::new(key(byte).verifying_key().to_bytes())
}

/// An account that has only been sent value.
fn funded(wallet: &WalletV5, balance: u64) -> ShardAccount {
    let account = Account {
        address: wallet.address().unwrap().into(),
        storage_stat: StorageInfo { last_paid: NOW, ..StorageInfo::default() },
        last_trans_lt: 0,
        balance: CurrencyCollection::new(u128::from(balance)),
        state: AccountState::Uninit,
    };
    ShardAccount {
        account: Lazy::new(&OptionalAccount(Some(account))).unwrap(),
        last_trans_hash: HashBytes::ZERO,
        last_trans_lt: 0,
    }
}

fn params() -> ExecuteParams {
    ExecuteParams { now: NOW, min_lt: 1_000_000, block_lt: 1_000_000, ..ExecuteParams::default() }
}

fn pay(byte: u8, amount: u64) -> Transfer {
    Transfer::new(wallet(byte).address().unwrap(), Gram::from(amount))
}

fn validity(seqno: u32) -> Validity {
    Validity { seqno, valid_until: NOW + 60, deploy: seqno == 0 }
}

#[test]
fn the_code_is_wallet_v5r1() {
    assert_eq!(*code().unwrap().repr_hash(), CODE_HASH);
    assert_eq!(CODE_HASH.to_string(), vectors()["code_hash"].as_str().unwrap());
    assert_eq!(CODE_HASH.to_string(), "20834b7b72b112147e1b2fb457b84e74d1a30f04f737d4f62a668e9552d2b72f");
}

#[test]
fn addresses_are_those_of_other_wallet_programs() {
    for vector in vectors()["addresses"].as_array().unwrap() {
        let wallet = WalletV5::with_subwallet(
            bytes32(&vector["public_key"]),
            number(&vector["workchain"]),
            number(&vector["subwallet"]),
        );
        assert_eq!(i64::from(wallet.wallet_id()), vector["wallet_id"].as_i64().unwrap(), "{vector}");
        assert_eq!(wallet.address().unwrap(), address(vector["address"].as_str().unwrap()), "{vector}");
    }
}

#[test]
fn messages_are_those_of_other_wallet_programs() {
    for vector in vectors()["messages"].as_array().unwrap() {
        let key = SigningKey::from_bytes(&bytes32(&vector["seed"]));
        let wallet = WalletV5::with_subwallet(
            key.verifying_key().to_bytes(),
            number(&vector["workchain"]),
            number(&vector["subwallet"]),
        );
        let transfers: Vec<_> = vector["transfers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|t| {
                let amount: u64 = t["amount"].as_str().unwrap().parse().unwrap();
                let mut transfer = Transfer::new(address(t["to"].as_str().unwrap()), Gram::from(amount))
                    .with_comment(t["text"].as_str().unwrap())
                    .unwrap();
                transfer.mode = number(&t["mode"]);
                transfer.bounce = t["bounce"].as_bool().unwrap();
                transfer
            })
            .collect();
        let validity = Validity {
            seqno: number(&vector["seqno"]),
            valid_until: number(&vector["valid_until"]),
            deploy: vector["deploy"].as_bool().unwrap(),
        };
        let message = wallet.sign_transfers(&key, validity, &transfers).unwrap();
        assert_eq!(message.repr_hash().to_string(), vector["message_hash"].as_str().unwrap(), "{}", vector["name"]);
    }
}

#[test]
fn a_wallet_is_deployed_with_its_first_payment_and_counts() {
    let (config, payer) = (config(), wallet(1));
    let to = payer.address().unwrap();
    let first = payer.sign_transfers(&key(1), validity(0), &[pay(2, GRAM)]).unwrap();
    let done = execute_ordinary(&config, &params(), &to, &funded(&payer, 5 * GRAM), first.clone()).unwrap();
    assert_eq!((done.exit_code, done.out_messages.len(), done.aborted), (Some(0), 1, false));
    let account = done.account.load_account().unwrap().unwrap();
    assert_eq!(seqno(&account), Some(1));
    let again = execute_ordinary(&config, &params(), &to, &done.account, first).unwrap_err();
    assert_eq!(again, Refusal::Seqno);
    let get = GetParams { now: NOW, ..GetParams::default() };
    let answer = get_method::run(&config, &get, &done.account, Method::Name("seqno"), &[]).unwrap();
    assert_eq!((answer.exit_code, answer.stack), (0, vec![StackValue::int(1)]));
    let key_answer = get_method::run(&config, &get, &done.account, Method::Name("get_public_key"), &[]).unwrap();
    let public_key = num_bigint::BigInt::from_bytes_be(num_bigint::Sign::Plus, payer.public_key());
    assert_eq!(key_answer.stack, vec![StackValue::Int(public_key)]);
}

#[test]
fn another_key_cannot_sign() {
    let error = wallet(1).sign_transfers(&key(2), validity(0), &[pay(3, 1)]).unwrap_err();
    assert!(matches!(error, WalletError::WrongKey));
}

#[test]
fn more_than_255_transfers_are_not_one_message() {
    let many = vec![pay(2, 1); TRANSFERS_MAX + 1];
    assert!(matches!(wallet(1).sign_transfers(&key(1), validity(0), &many), Err(WalletError::TooManyTransfers)));
    assert!(wallet(1).sign_transfers(&key(1), validity(0), &many[..TRANSFERS_MAX]).is_ok());
}

#[test]
fn an_estimate_is_what_is_then_paid() {
    let (config, payer) = (config(), wallet(1));
    let to = payer.address().unwrap();
    let mut account = funded(&payer, 5 * GRAM);
    for round in 0..3 {
        let transfers = [
            pay(2, GRAM / 2).with_comment("salam").unwrap(),
            pay(3, GRAM / 4).with_comment(&"long ".repeat(99)).unwrap(),
        ];
        let said = estimate(&config, &params(), &payer, &account, &transfers).unwrap();
        let before = account.load_account().unwrap().unwrap().balance.tokens;
        let message = payer.sign_transfers(&key(1), validity(round), &transfers).unwrap();
        let done = execute_ordinary(&config, &params(), &to, &account, message).unwrap();
        assert_eq!(said.total.nano(), (before - done.balance.tokens).into_inner(), "round {round}");
        assert_eq!(said.amount, Gram::from(GRAM / 2 + GRAM / 4));
        assert_eq!(said.amount.checked_add(said.fee), Some(said.total));
        assert!(said.sufficient);
        account = done.account;
    }
}

#[test]
fn an_estimate_says_when_the_balance_is_too_low_and_by_how_much() {
    let (config, payer) = (config(), wallet(1));
    let said = estimate(&config, &params(), &payer, &funded(&payer, GRAM), &[pay(2, GRAM)]).unwrap();
    assert!(!said.sufficient && said.total > said.balance && said.fee > Gram::ZERO);
    let enough = u64::try_from(said.total.nano()).unwrap();
    for (balance, sufficient) in [(enough, true), (enough - 1, false)] {
        let said = estimate(&config, &params(), &payer, &funded(&payer, balance), &[pay(2, GRAM)]).unwrap();
        assert_eq!(said.sufficient, sufficient);
        let message = payer.sign_transfers(&key(1), validity(0), &[pay(2, GRAM)]).unwrap();
        let done =
            execute_ordinary(&config, &params(), &payer.address().unwrap(), &funded(&payer, balance), message).unwrap();
        assert_eq!(done.out_messages.len() == 1, sufficient);
    }
}

#[test]
fn an_estimate_for_a_wallet_without_account_works() {
    let (config, payer) = (config(), wallet(1));
    let nobody = ShardAccount {
        account: Lazy::new(&OptionalAccount::EMPTY).unwrap(),
        last_trans_hash: HashBytes::ZERO,
        last_trans_lt: 0,
    };
    let said = estimate(&config, &params(), &payer, &nobody, &[pay(2, GRAM)]).unwrap();
    assert!(!said.sufficient && said.balance == Gram::ZERO);
}

#[test]
fn the_whole_balance_can_be_estimated() {
    let (config, payer) = (config(), wallet(1));
    let mut all = pay(2, 0);
    all.mode = SendMsgFlags::ALL_BALANCE.bits();
    let said = estimate(&config, &params(), &payer, &funded(&payer, GRAM), &[all]).unwrap();
    assert!(said.sufficient && said.total == said.balance && said.amount < said.balance);
}

#[test]
fn a_comment_is_read_out_of_the_message_that_was_sent() {
    let (config, payer) = (config(), wallet(1));
    let text = "برای چای ☕️ ".repeat(30);
    let transfers = [pay(2, GRAM).with_comment(&text).unwrap(), pay(3, GRAM)];
    let message = payer.sign_transfers(&key(1), validity(0), &transfers).unwrap();
    let to = payer.address().unwrap();
    let done = execute_ordinary(&config, &params(), &to, &funded(&payer, 5 * GRAM), message.clone()).unwrap();
    assert_eq!(comment_of_message(&done.out_messages[0]), Some(text));
    assert_eq!(comment_of_message(&done.out_messages[1]), None);
    assert_eq!(comment_of_message(&message), None);
}

#[test]
fn a_comment_over_the_bound_is_not_made_and_not_read() {
    assert!(comment_body(&"x".repeat(COMMENT_BYTES_MAX)).is_ok());
    assert!(matches!(comment_body(&"x".repeat(COMMENT_BYTES_MAX + 1)), Err(WalletError::CommentTooLong)));
    let mut endless = CellBuilder::build_from(0u8).unwrap();
    for _ in 0..COMMENT_BYTES_MAX + 8 {
        endless = CellBuilder::build_from((0u8, endless)).unwrap();
    }
    let body = CellBuilder::build_from((0u32, endless)).unwrap();
    assert_eq!(comment_of_body(body.as_slice().unwrap()), None);
}

proptest! {
    #[test]
    fn a_comment_survives_its_cells(text in "\\PC{0,600}") {
        let body = comment_body(&text).unwrap();
        let read = comment_of_body(body.as_slice().unwrap());
        prop_assert_eq!(read, (!text.is_empty()).then_some(text));
    }

    #[test]
    fn any_cell_is_read_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..120), bits in 0u16..8) {
        let mut builder = CellBuilder::new();
        let length = u16::try_from(bytes.len() * 8).unwrap().saturating_sub(bits);
        builder.store_raw(&bytes, length).unwrap();
        let cell = builder.build().unwrap();
        let _ = comment_of_body(cell.as_slice().unwrap());
        let _ = comment_of_message(&cell);
    }

    #[test]
    fn a_signed_message_carries_the_order(
        amounts in proptest::collection::vec(0u64..u64::MAX, 0..12), seqno: u32, valid_until: u32, deploy: bool
    ) {
        let transfers: Vec<_> = amounts.iter().map(|amount| pay(2, *amount)).collect();
        let validity = Validity { seqno, valid_until, deploy };
        let message = wallet(1).sign_transfers(&key(1), validity, &transfers).unwrap();
        let parsed = message.parse::<OwnedMessage>().unwrap();
        prop_assert_eq!(parsed.init.is_some(), deploy);
        let mut body = parsed.body.0.apply(&parsed.body.1).unwrap();
        prop_assert_eq!(body.load_u32().unwrap(), OP_SIGNED_EXTERNAL);
        prop_assert_eq!(body.load_u32().unwrap(), wallet(1).wallet_id());
        prop_assert_eq!((body.load_u32().unwrap(), body.load_u32().unwrap()), (valid_until, seqno));
        let mut sent = Vec::new();
        if body.load_bit().unwrap() {
            let list = body.load_reference().unwrap();
            for action in tycho_types::models::OutActionsRevIter::new(list.as_slice().unwrap()) {
                let OutAction::SendMsg { out_msg, .. } = action.unwrap() else { panic!("only messages") };
                let RelaxedMsgInfo::Int(info) = out_msg.load().unwrap().info else { panic!("inside") };
                sent.push(u64::try_from(info.value.tokens.into_inner()).unwrap());
            }
        }
        sent.reverse();
        prop_assert_eq!(sent, amounts);
    }
}
