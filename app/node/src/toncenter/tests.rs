//! toncenter over real blocks: shapes that TonClient checks, and errors.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use chain::wallet::{Transfer, Validity, WalletV5};
use ed25519_dalek::SigningKey;
use serde_json::{Value, json};
use tower::ServiceExt as _;
use tycho_types::boc::Boc;
use tycho_types::cell::{CellBuilder, CellSlice, HashBytes};
use tycho_types::models::{OwnedMessage, ShardAccount, StdAddr, Transaction};
use wire::Gram;

use super::{BODY_BYTES_MAX, router, shape};
use crate::test_chain::TestChain;
use crate::view::STATES_KEPT;

async fn send(chain: &TestChain, method: Method, path: &str, body: String) -> (StatusCode, Value) {
    let request = Request::builder().method(method).uri(path).body(Body::from(body)).unwrap();
    let response = router(chain.view.clone()).oneshot(request).await.unwrap();
    let status = response.status();
    let bytes = axum::body::to_bytes(response.into_body(), 16 << 20).await.unwrap();
    (status, serde_json::from_slice(&bytes).unwrap())
}

async fn rpc(chain: &TestChain, method: &str, params: Value) -> (StatusCode, Value) {
    let body = json!({ "id": "1", "jsonrpc": "2.0", "method": method, "params": params });
    send(chain, Method::POST, "/jsonRPC", body.to_string()).await
}

async fn call(chain: &TestChain, method: &str, params: Value) -> Value {
    let (status, mut body) = rpc(chain, method, params).await;
    assert_eq!(status, StatusCode::OK, "{method}: {body}");
    assert_eq!((&body["ok"], &body["id"], &body["jsonrpc"]), (&json!(true), &json!("1"), &json!("2.0")));
    body["result"].take()
}

/// The error of a call that must fail with `status`.
async fn refused(chain: &TestChain, method: &str, params: Value, status: u16) -> String {
    let (given, body) = rpc(chain, method, params.clone()).await;
    assert_eq!(given.as_u16(), status, "{method} {params}: {body}");
    assert_eq!((&body["ok"], &body["code"]), (&json!(false), &json!(status)));
    body["error"].as_str().unwrap().to_owned()
}

fn faucet() -> String {
    shape::friendly(&TestChain::faucet().address().unwrap())
}

fn stranger(byte: u8) -> StdAddr {
    StdAddr::new(0, HashBytes([byte; 32]))
}

#[tokio::test]
async fn accounts_are_shown_with_balance_state_and_last_transaction() {
    let chain = TestChain::start();
    let empty = call(&chain, "getAddressInformation", json!({ "address": stranger(1).to_string() })).await;
    assert_eq!((&empty["balance"], &empty["state"]), (&json!("0"), &json!("uninitialized")));
    assert_eq!((&empty["code"], &empty["last_transaction_id"]["lt"]), (&json!(""), &json!("0")));
    assert_eq!(empty["block_id"]["@type"], "ton.blockIdExt");

    chain.pay(0, &stranger(1), 5_000_000_000, "hello");
    let paid = call(&chain, "getAddressInformation", json!({ "address": shape::friendly(&stranger(1)) })).await;
    assert_eq!((&paid["balance"], &paid["state"]), (&json!("5000000000"), &json!("uninitialized")));
    assert_ne!(paid["last_transaction_id"]["lt"], "0");

    let wallet = call(&chain, "getAddressInformation", json!({ "address": faucet() })).await;
    assert_eq!(wallet["state"], "active");
    let code = Boc::decode_base64(wallet["code"].as_str().unwrap()).unwrap();
    assert_eq!(*code.repr_hash(), chain::wallet::CODE_HASH);
    let wallet = call(&chain, "getWalletInformation", json!({ "address": faucet() })).await;
    assert_eq!((&wallet["wallet"], &wallet["seqno"]), (&json!(true), &json!(1)));
    assert_eq!(wallet["is_signature_allowed"], true);
    let extended = call(&chain, "getExtendedAddressInformation", json!({ "address": faucet() })).await;
    assert_eq!(extended["account_state"]["@type"], "raw.accountState");
    assert_eq!(extended["extra_currencies"], json!([]));
    let entry = call(&chain, "getShardAccountCell", json!({ "address": faucet() })).await;
    let entry = Boc::decode_base64(entry["bytes"].as_str().unwrap()).unwrap().parse::<ShardAccount>().unwrap();
    assert_eq!(json!(entry.last_trans_lt.to_string()), extended["last_transaction_id"]["lt"]);
    assert_eq!(call(&chain, "getAddressBalance", json!({ "address": stranger(1).to_string() })).await, "5000000000");
    assert_eq!(call(&chain, "getAddressState", json!({ "address": faucet() })).await, "active");
}

#[tokio::test]
async fn transactions_come_newest_first_with_comment_and_fees() {
    let chain = TestChain::start();
    chain.pay(0, &stranger(1), 1_000, "first");
    chain.pay(1, &stranger(1), 2_000, "second");
    let list = call(&chain, "getTransactions", json!({ "address": stranger(1).to_string(), "limit": 5 })).await;
    assert_eq!(list.as_array().unwrap().len(), 2);
    let (second, first) = (&list[0], &list[1]);
    assert_eq!((&second["in_msg"]["value"], &second["in_msg"]["message"]), (&json!("2000"), &json!("second")));
    assert_eq!(second["in_msg"]["source"], json!(faucet()));
    assert_eq!(first["in_msg"]["msg_data"]["@type"], "msg.dataText");
    let cell = Boc::decode_base64(first["data"].as_str().unwrap()).unwrap();
    assert_eq!(first["transaction_id"]["hash"], json!(shape::base64(&cell.repr_hash().0)));
    let parsed = cell.parse::<Transaction>().unwrap();
    assert_eq!(first["transaction_id"]["lt"], json!(parsed.lt.to_string()));

    let sent = call(&chain, "getTransactions", json!({ "address": faucet(), "limit": 1 })).await;
    let fee: u128 = sent[0]["fee"].as_str().unwrap().parse().unwrap();
    let message = &sent[0]["out_msgs"][0];
    let forward: u128 = message["fwd_fee"].as_str().unwrap().parse().unwrap();
    assert!(fee > forward && forward > 0);
    assert_eq!(message["destination"], json!(shape::friendly(&stranger(1))));

    let from = json!({
        "address": stranger(1).to_string(), "limit": 2,
        "lt": first["transaction_id"]["lt"], "hash": hex::encode(cell.repr_hash().0),
    });
    assert_eq!(call(&chain, "getTransactions", from).await, json!([first]));
    let until = json!({ "address": stranger(1).to_string(), "to_lt": first["transaction_id"]["lt"] });
    assert_eq!(call(&chain, "getTransactions", until).await, json!([second]));

    let wrong = json!({ "address": stranger(1).to_string(), "lt": "77", "hash": "00".repeat(32) });
    assert!(refused(&chain, "getTransactions", wrong, 500).await.contains("no transaction with this"));
}

#[tokio::test]
async fn a_message_leads_to_both_its_transactions() {
    let chain = TestChain::start();
    chain.pay(0, &stranger(1), 1_000, "");
    let sent = call(&chain, "getTransactions", json!({ "address": faucet(), "limit": 1 })).await;
    let arrived = call(&chain, "getTransactions", json!({ "address": stranger(1).to_string() })).await;
    let created_lt = &sent[0]["out_msgs"][0]["created_lt"];
    let message = json!({
        "source": faucet(), "destination": stranger(1).to_string(), "created_lt": created_lt,
    });
    let result = call(&chain, "tryLocateResultTx", message.clone()).await;
    assert_eq!(result["data"], arrived[0]["data"]);
    let source = call(&chain, "tryLocateSourceTx", message).await;
    assert_eq!(source["data"], sent[0]["data"]);
    let unknown = json!({ "source": faucet(), "destination": faucet(), "created_lt": created_lt });
    assert!(refused(&chain, "tryLocateResultTx", unknown, 500).await.contains("no message has this"));
}

#[tokio::test]
async fn blocks_are_found_by_number_time_and_their_transactions_listed() {
    let chain = TestChain::start();
    chain.pay(0, &stranger(1), 1_000, "");
    let info = call(&chain, "getMasterchainInfo", json!({})).await;
    let last = info["last"]["seqno"].as_u64().unwrap();
    assert!(last >= 4);
    assert_eq!((&info["last"]["workchain"], &info["init"]["seqno"]), (&json!(-1), &json!(0)));
    assert_eq!(info["state_root_hash"].as_str().unwrap().len(), 44);

    let mut found = Vec::new();
    for seqno in 1..=last {
        let shards = call(&chain, "shards", json!({ "seqno": seqno })).await;
        let shard = &shards["shards"][0];
        assert_eq!(shard["@type"], "ton.blockIdExt");
        let named = json!({ "workchain": 0, "shard": shard["shard"], "seqno": shard["seqno"] });
        assert_eq!(&call(&chain, "lookupBlock", named.clone()).await, shard);
        let header = call(&chain, "getBlockHeader", named.clone()).await;
        assert_eq!((&header["id"], &header["global_id"]), (shard, &json!(-239)));
        assert_eq!(header["prev_blocks"].as_array().unwrap().len(), 1);
        let listed = call(&chain, "getBlockTransactions", named.clone()).await;
        assert_eq!(listed["incomplete"], false);
        let full = call(&chain, "getBlockTransactionsExt", named).await;
        for (short, full) in
            listed["transactions"].as_array().unwrap().iter().zip(full["transactions"].as_array().unwrap())
        {
            assert_eq!(short["hash"], full["transaction_id"]["hash"]);
            assert_eq!(short["account"], full["account"]);
            found.push(short["account"].as_str().unwrap().to_owned());
        }
    }
    assert!(
        found.contains(&stranger(1).to_string()) && found.contains(&TestChain::faucet().address().unwrap().to_string())
    );
    let at_head = call(&chain, "getConsensusBlock", json!({})).await;
    assert_eq!(at_head["consensus_block"].as_u64(), Some(last));
    let missing = json!({ "workchain": 0, "shard": "8000000000000000", "seqno": 99_999 });
    assert!(refused(&chain, "getBlockHeader", missing, 500).await.contains("is not in db"));
    let config = call(&chain, "getConfigParam", json!({ "config_id": 20 })).await;
    assert_eq!((&config["@type"], &config["config"]["@type"]), (&json!("configInfo"), &json!("tvm.cell")));
}

#[tokio::test]
async fn pages_of_a_block_meet_without_gap_or_overlap() {
    let chain = TestChain::start();
    let transfers: Vec<_> =
        (1..=9).map(|byte| Transfer::new(stranger(byte), Gram::from_nano(1_000).unwrap())).collect();
    chain.view.submit(&Boc::encode(chain.payment(0, &transfers))).unwrap();
    let last = chain.view.head().height;
    let mut all = Vec::new();
    for seqno in 1..=last {
        let block = json!({ "workchain": 0, "shard": "-9223372036854775808", "seqno": seqno });
        let whole = call(&chain, "getBlockTransactions", block.clone()).await;
        let whole = whole["transactions"].as_array().unwrap().clone();
        let mut paged = Vec::new();
        let mut params = block;
        params["count"] = json!(2);
        for _ in 0..=whole.len() {
            let page = call(&chain, "getBlockTransactions", params.clone()).await;
            paged.extend(page["transactions"].as_array().unwrap().iter().cloned());
            if page["incomplete"] == json!(false) {
                break;
            }
            let end = paged.last().unwrap();
            params["after_lt"] = end["lt"].clone();
            params["after_hash"] = json!(end["account"].as_str().unwrap().split_once(':').unwrap().1);
        }
        assert_eq!(paged, whole);
        all.extend(whole);
    }
    assert!(all.len() >= 10);
}

#[tokio::test]
async fn get_methods_answer_in_toncenter_stack_values() {
    let chain = TestChain::start();
    chain.pay(0, &stranger(1), 1_000, "");
    let seqno = call(&chain, "runGetMethod", json!({ "address": faucet(), "method": "seqno", "stack": [] })).await;
    assert_eq!((&seqno["exit_code"], &seqno["stack"]), (&json!(0), &json!([["num", "0x1"]])));
    assert!(seqno["gas_used"].as_u64().unwrap() > 0);
    let by_number = call(&chain, "runGetMethod", json!({ "address": faucet(), "method": 85143, "stack": [] })).await;
    assert_eq!(by_number["stack"], seqno["stack"]);
    let key = call(&chain, "runGetMethod", json!({ "address": faucet(), "method": "get_public_key" })).await;
    let expected = hex::encode(TestChain::faucet().public_key());
    assert_eq!(key["stack"][0][1].as_str().unwrap().trim_start_matches("0x"), expected.trim_start_matches('0'));
    let extensions = call(&chain, "runGetMethod", json!({ "address": faucet(), "method": "get_extensions" })).await;
    assert_eq!(extensions["stack"][0][0], "list");
    let unknown = call(&chain, "runGetMethod", json!({ "address": faucet(), "method": "nothing_of_it" })).await;
    assert_eq!(unknown["exit_code"], 11);
    let nobody = json!({ "address": stranger(9).to_string(), "method": "seqno", "stack": [] });
    assert_eq!(call(&chain, "runGetMethod", nobody).await["exit_code"], -13);
    let account = call(&chain, "getAddressInformation", json!({ "address": faucet() })).await;
    assert_eq!(seqno["last_transaction_id"], account["last_transaction_id"]);
    let std = call(&chain, "runGetMethodStd", json!({ "address": faucet(), "method": "seqno", "stack": [] })).await;
    let number = json!({ "@type": "tvm.numberDecimal", "number": "1" });
    assert_eq!(std["stack"], json!([{ "@type": "tvm.stackEntryNumber", "number": number }]));
    let path = format!("/runGetMethod?address={}&method=seqno&stack=%5B%5D", faucet());
    let (_, by_query) = send(&chain, Method::GET, &path, String::new()).await;
    assert_eq!(by_query["result"]["stack"], seqno["stack"]);
    for stack in [json!(7), json!([7]), json!([["num", "x"]]), json!([["cell", "AA"]]), json!([["what", 1]])] {
        let params = json!({ "address": faucet(), "method": "seqno", "stack": stack });
        assert!(refused(&chain, "runGetMethod", params, 422).await.contains("`stack`"));
    }
}

/// The place in an error is where the caller looks first.
#[tokio::test]
async fn an_argument_of_no_known_form_is_named_by_its_place() {
    let chain = TestChain::start();
    let params = json!({ "address": faucet(), "method": "seqno", "stack": [["num", 1], ["cell", "AA"]] });
    assert!(refused(&chain, "runGetMethod", params, 422).await.contains("number 2"));
}

#[tokio::test]
async fn a_wallet_that_was_not_paid_yet_is_told_what_its_first_payment_will_cost() {
    let chain = TestChain::start();
    let wallet = WalletV5::new(SigningKey::from_bytes(&[5; 32]).verifying_key().to_bytes());
    let transfer = Transfer::new(stranger(1), Gram::from_nano(1_000_000_000).unwrap());
    let validity = Validity { seqno: 0, valid_until: u32::MAX, deploy: true };
    let message = wallet.sign_transfers(&SigningKey::from_bytes(&[5; 32]), validity, &[transfer]).unwrap();
    let parsed = message.parse::<OwnedMessage>().unwrap();
    let init = parsed.init.clone().unwrap();
    let body = CellBuilder::build_from(CellSlice::apply(&parsed.body).unwrap()).unwrap();
    let params = json!({
        "address": wallet.address().unwrap().to_string(), "body": Boc::encode_base64(body),
        "init_code": shape::boc(init.code.as_ref()), "init_data": shape::boc(init.data.as_ref()),
    });
    let fees = call(&chain, "estimateFee", params).await;
    assert_eq!((&fees["@type"], &fees["destination_fees"]), (&json!("query.fees"), &json!([])));
    for part in ["in_fwd_fee", "gas_fee", "fwd_fee"] {
        assert!(fees["source_fees"][part].as_u64().unwrap() > 0, "{fees}");
    }
}

#[tokio::test]
async fn a_moment_can_be_asked_about_while_it_is_at_hand() {
    let chain = TestChain::start();
    let before = call(&chain, "getMasterchainInfo", json!({})).await["last"]["seqno"].as_u64().unwrap();
    chain.pay(0, &stranger(1), 1_000, "");
    let at = |method: &'static str, address: String, seqno: u64| {
        call(&chain, method, json!({ "address": address, "seqno": seqno, "method": "seqno", "stack": [] }))
    };
    assert_eq!(at("getAddressBalance", stranger(1).to_string(), before).await, "0");
    assert_eq!(at("getAddressBalance", stranger(1).to_string(), before + 3).await, "1000");
    let then = at("getAddressInformation", faucet(), before).await;
    assert_eq!(then["block_id"]["seqno"], json!(before));
    assert_eq!(at("runGetMethod", faucet(), before + 3).await["stack"], json!([["num", "0x1"]]));
    let future = json!({ "address": faucet(), "seqno": before + 1000 });
    assert!(refused(&chain, "getAddressInformation", future, 500).await.contains("is not in db"));
    for _ in 0..STATES_KEPT {
        chain.make_block();
    }
    let past = json!({ "address": faucet(), "seqno": before });
    assert!(refused(&chain, "getAddressInformation", past, 500).await.contains("is not at hand"));
    let kept = before + 3 + STATES_KEPT as u64;
    assert_eq!(at("getAddressInformation", faucet(), kept - STATES_KEPT as u64 + 1).await["state"], "active");
}

#[tokio::test]
async fn transactions_have_the_form_that_was_asked_for() {
    let chain = TestChain::start();
    chain.pay(0, &stranger(1), 1_000, "a word");
    let address = stranger(1).to_string();
    let plain = call(&chain, "getTransactions", json!({ "address": address, "lt": 0, "to_lt": "0" })).await;
    let (transaction, message) = (&plain[0], &plain[0]["in_msg"]);
    assert_eq!((&transaction["@type"], &message["@type"]), (&json!("ext.transaction"), &json!("ext.message")));
    assert_eq!((&transaction["account"], &message["source"]), (&json!(address), &json!(faucet())));
    let std = call(&chain, "getTransactionsStd", json!({ "address": address })).await;
    assert_eq!(std["@type"], "raw.transactions");
    let oldest = json!({ "@type": "internal.transactionId", "lt": "0", "hash": shape::base64(&[0; 32]) });
    assert_eq!(std["previous_transaction_id"], oldest);
    let object = json!({ "@type": "accountAddress", "account_address": faucet() });
    let (one, message) = (&std["transactions"][0], &std["transactions"][0]["in_msg"]);
    assert_eq!((&one["@type"], &message["@type"]), (&json!("raw.transaction"), &json!("raw.message")));
    assert_eq!((&message["source"], &message["message"]), (&object, &Value::Null));
    assert_eq!((&one["data"], &one["account"]), (&transaction["data"], &Value::Null));

    let place = json!({ "workchain": 0, "shard": "8000000000000000", "lt": transaction["transaction_id"]["lt"] });
    let mut block = call(&chain, "lookupBlock", place).await;
    block["count"] = json!(1_000_000);
    let ext = call(&chain, "getBlockTransactionsExt", block.clone()).await;
    let found = ext["transactions"].as_array().unwrap().iter().find(|one| one["account"] == json!(address)).unwrap();
    assert_eq!((&found["@type"], &found["in_msg"]["source"]), (&json!("raw.transactionExt"), &object));
    // where the last page ended may be said by address
    block["after_hash"] = json!(address);
    block["after_lt"] = transaction["transaction_id"]["lt"].clone();
    let after = call(&chain, "getBlockTransactions", block).await;
    assert!(after["transactions"].as_array().unwrap().iter().all(|one| one["account"] != json!(address)));
}

#[tokio::test]
async fn what_is_no_token_is_said_to_be_none() {
    let chain = TestChain::start();
    for address in [faucet(), stranger(9).to_string()] {
        let error = refused(&chain, "getTokenData", json!({ "address": address }), 409).await;
        assert!(error.contains("is not Jetton or NFT"), "{error}");
    }
}

#[tokio::test]
async fn a_fee_estimate_is_what_the_payment_costs() {
    let chain = TestChain::start();
    chain.pay(0, &stranger(1), 1_000, "");
    let message = chain.payment(1, &[Transfer::new(stranger(1), Gram::from_nano(1_000).unwrap())]);
    let parsed = message.parse::<tycho_types::models::OwnedMessage>().unwrap();
    let body = tycho_types::cell::CellBuilder::build_from(tycho_types::cell::CellSlice::apply(&parsed.body).unwrap());
    let params = json!({
        "address": faucet(), "body": Boc::encode_base64(body.unwrap()), "init_code": "", "init_data": "",
        "ignore_chksig": true,
    });
    let fees = call(&chain, "estimateFee", params).await;
    let part = |name: &str| fees["source_fees"][name].as_u64().unwrap();
    let estimated = part("in_fwd_fee") + part("storage_fee") + part("gas_fee") + part("fwd_fee");
    chain.view.submit(&Boc::encode(&message)).unwrap();
    let paid = call(&chain, "getTransactions", json!({ "address": faucet(), "limit": 1 })).await;
    let paid: u64 = paid[0]["fee"].as_str().unwrap().parse().unwrap();
    // storage is paid by the second, so the two may differ by a nanogram or a few
    assert!(paid.abs_diff(estimated) < 1_000, "estimated {estimated}, paid {paid}: {fees}");
    assert!(part("gas_fee") > 1_000_000 && part("in_fwd_fee") > 0 && part("fwd_fee") > 0);
}

#[tokio::test]
async fn messages_are_taken_or_refused_with_a_reason() {
    let chain = TestChain::start();
    let message = chain.payment(0, &[Transfer::new(stranger(1), Gram::from_nano(1_000).unwrap())]);
    let boc = json!({ "boc": Boc::encode_base64(&message) });
    let answer = call(&chain, "sendBocReturnHash", boc.clone()).await;
    assert_eq!(answer["hash"], json!(shape::base64(&message.repr_hash().0)));
    assert_ne!(answer["hash_norm"], answer["hash"], "this one brings its code, which is not part of the other hash");
    let again = refused(&chain, "sendBoc", boc, 500).await;
    assert!(again.starts_with("LITE_SERVER_UNKNOWN: cannot apply external message to current state"), "{again}");
    let next = chain.payment(1, &[Transfer::new(stranger(1), Gram::from_nano(1_000).unwrap())]);
    assert_eq!(call(&chain, "sendBoc", json!({ "boc": Boc::encode_base64(&next) })).await, json!({ "@type": "ok" }));
    for wrong in [json!({}), json!({ "boc": 7 }), json!({ "boc": "***" }), json!({ "boc": "AAAA" })] {
        assert!(refused(&chain, "sendBoc", wrong, 422).await.contains("`boc`"));
    }
}

#[tokio::test]
async fn wrong_requests_are_told_what_is_wrong() {
    let chain = TestChain::start();
    assert!(refused(&chain, "getNothing", json!({}), 422).await.contains("Unknown method"));
    assert!(refused(&chain, "getAddressInformation", json!({}), 422).await.contains("`address` is missing"));
    for address in [json!("EQAA"), json!("0:zz"), json!(5), json!("x".repeat(48))] {
        let error = refused(&chain, "getAddressInformation", json!({ "address": address }), 422).await;
        assert!(error.contains("`address`"), "{error}");
    }
    assert!(refused(&chain, "shards", json!({ "seqno": "many" }), 422).await.contains("whole number"));
    assert!(refused(&chain, "shards", json!({ "seqno": -1 }), 422).await.contains("out of range"));
    assert!(refused(&chain, "shards", json!([1]), 422).await.contains("`params`"));
    let limit = json!({ "address": faucet(), "limit": 1_000_000 });
    assert!(refused(&chain, "getTransactions", limit, 422).await.contains("`limit`"));
    for body in ["", "{", "[]", "{\"method\":7}", "null"] {
        let (status, answer) = send(&chain, Method::POST, "/jsonRPC", body.to_owned()).await;
        assert_eq!((status.as_u16(), &answer["ok"]), (422, &json!(false)), "{body}: {answer}");
    }
    let huge = format!("{{\"method\":\"{}\"}}", "a".repeat(BODY_BYTES_MAX));
    let (status, answer) = send(&chain, Method::POST, "/jsonRPC", huge).await;
    assert_eq!((status.as_u16(), &answer["code"]), (413, &json!(413)));
    let (status, answer) = send(&chain, Method::GET, "/no/such/path", String::new()).await;
    assert_eq!((status.as_u16(), &answer["ok"]), (404, &json!(false)));
}

#[tokio::test]
async fn methods_answer_to_plain_get_and_post_too() {
    let chain = TestChain::start();
    let path = format!("/getAddressBalance?address={}", stranger(1).to_string().replace(':', "%3A"));
    let (status, answer) = send(&chain, Method::GET, &path, String::new()).await;
    assert_eq!((status, &answer["ok"], &answer["result"]), (StatusCode::OK, &json!(true), &json!("0")));
    assert!(answer["@extra"].as_str().is_some_and(|extra| extra.split(':').count() == 3), "{answer}");
    let body = json!({ "address": faucet() }).to_string();
    let (_, answer) = send(&chain, Method::POST, "/unpackAddress", body).await;
    assert_eq!(answer["result"], json!(TestChain::faucet().address().unwrap().to_string()));
    let (status, _) = send(&chain, Method::OPTIONS, "/jsonRPC", String::new()).await;
    assert_eq!(status, StatusCode::OK);
}

#[tokio::test]
async fn an_address_is_shown_in_all_its_forms() {
    let chain = TestChain::start();
    let raw = WalletV5::new([5; 32]).address().unwrap();
    let forms = call(&chain, "detectAddress", json!({ "address": raw.to_string() })).await;
    assert_eq!((&forms["given_type"], &forms["test_only"]), (&json!("raw_form"), &json!(false)));
    let friendly = forms["non_bounceable"]["b64url"].as_str().unwrap().to_owned();
    let again = call(&chain, "detectAddress", json!({ "address": friendly })).await;
    assert_eq!(
        (&again["raw_form"], &again["given_type"]),
        (&json!(raw.to_string()), &json!("friendly_non_bounceable"))
    );
    let packed = call(&chain, "packAddress", json!({ "address": raw.to_string() })).await;
    assert_eq!(packed, forms["bounceable"]["b64url"]);
}

#[tokio::test]
async fn every_error_has_toncenters_shape() {
    let chain = TestChain::start();
    let cases = [
        (Method::GET, "/jsonRPC", 405),
        (Method::PUT, "/jsonRPC", 405),
        (Method::PUT, "/getMasterchainInfo", 405),
        (Method::DELETE, "/x", 405),
        (Method::GET, "/%FF", 404),
        (Method::POST, "/%FF", 404),
        (Method::GET, "/a/b", 404),
        (Method::GET, "/", 404),
        (Method::GET, "/nothing", 422),
        (Method::GET, "/getShardBlockProof", 501),
        (Method::GET, "/getTokenData", 422),
        (Method::GET, "/getConfigParam?param=-1", 500),
        (Method::GET, "/getConfigParam?param=0&seqno=4000000", 500),
        (Method::POST, "/getAddressState", 422),
        (Method::POST, "/jsonRPC", 422),
    ];
    for (method, path, wanted) in cases {
        let request = Request::builder().method(method.clone()).uri(path).body(Body::from("{}")).unwrap();
        let response = router(chain.view.clone()).oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let origin = response.headers().get("access-control-allow-origin").cloned();
        let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
        let body: Value = serde_json::from_slice(&bytes).unwrap_or_else(|_| panic!("{method} {path}: {bytes:?}"));
        assert_eq!((status, origin.unwrap().as_bytes()), (wanted, b"*".as_slice()), "{method} {path}: {body}");
        assert_eq!((&body["ok"], &body["code"]), (&json!(false), &json!(wanted)), "{method} {path}");
        assert!(body["error"].is_string());
    }
    let large = json!({ "boc": shape::base64(&[0; 70_000]) });
    let error = refused(&chain, "sendBoc", large, 422).await;
    assert_eq!(error, "Validation error: `boc` is refused: the message has 70000 bytes, at most 65535 are taken");
}

#[tokio::test]
async fn a_node_whose_consensus_failed_takes_no_messages_and_answers_questions() {
    let chain = TestChain::start();
    let message = chain.payment(0, &[Transfer::new(stranger(1), Gram::from(1_000))]);
    chain.view.stand_still();
    let error = refused(&chain, "sendBoc", json!({ "boc": Boc::encode_base64(&message) }), 503).await;
    assert!(error.contains("try another one"), "{error}");
    call(&chain, "getMasterchainInfo", json!({})).await;
}

#[tokio::test]
async fn libraries_queues_and_wallet_ids_are_told() {
    let chain = TestChain::start();
    chain.pay(0, &stranger(1), 1_000, "");
    let two = format!("/getLibraries?libraries={}&libraries={}", "00".repeat(32), "11".repeat(32));
    assert_eq!(send(&chain, Method::GET, &two, String::new()).await.1["result"]["result"], json!([]));
    assert_eq!(call(&chain, "getOutMsgQueueSize", json!([])).await["@type"], "blocks.outMsgQueueSizes");
    let libraries = call(&chain, "getLibraries", json!({ "libraries": ["00".repeat(32)] })).await;
    assert_eq!(libraries, json!({ "@type": "smc.libraryResult", "result": [] }));
    let queues = call(&chain, "getOutMsgQueueSizes", json!({})).await;
    assert_eq!(queues["shards"].as_array().unwrap().iter().map(|shard| &shard["size"]).collect::<Vec<_>>(), [0, 0]);
    let wallet = call(&chain, "getWalletInformation", json!({ "address": faucet() })).await;
    assert_eq!(wallet["wallet_id"], json!(2_147_483_409u32));
}
