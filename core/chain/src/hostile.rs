//! The checks of everything that a stranger's bytes reach here: bags of cells, external messages and what the
//! contracts of strangers do with them, proposed blocks, questions and answers of light clients, certificates,
//! genesis files. Each says whether the bytes were taken, and panics where a rule is broken.

#![allow(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    clippy::arithmetic_side_effects,
    reason = "tests: a failure is a panic"
)]

use crate::block::{BlockBundle, BlockName, SHARDS_MAX};
use crate::certificate::{ConsensusHeader, HEADER_BYTES, namespace, verify_finalization};
use crate::collate::{CollateParams, Collated, collate};
use crate::genesis::{Genesis, SUPPLY_NANO};
use crate::history::Entry;
use crate::light::{
    AccountId, BlockRecord, BlockSummary, HeadInfo, HeadProof, LightRequest, LightResponse, NetworkId,
    TransactionRecord, verify_account, verify_history,
};
use crate::mempool::Mempool;
use crate::state::ChainState;
use crate::test_network::{START, genesis, genesis_file, key, pay, transfer, validators, wallet, with_account};
use crate::validate::validate;
use crate::{index, wallet as wallets};
use ed25519_dalek::Signer;
use std::sync::OnceLock;
use tycho_types::boc::Boc;
use tycho_types::models::{CurrencyCollection, ExtInMsgInfo, IntAddr, MsgInfo, OwnedMessage, StateInit, StdAddr};
use tycho_types::prelude::*;
use wire::UnixMillis;
use wire::hostile::assert_one_form;

/// The money of the contract of a stranger.
const ACTOR_NANO: u128 = 100_000_000_000;
/// Reads a cell out of the message, accepts, and makes it the list of actions: `DROP LDREF DROP c5 POP ACCEPT`.
const ACTS: &[u8] = &[0x30, 0xd4, 0x30, 0xed, 0x55, 0xf8, 0x00];
/// Reads a cell out of the message, accepts, and runs it: `DROP LDREF DROP CTOS ACCEPT BLESS EXECUTE`.
const RUNS: &[u8] = &[0x30, 0xd4, 0x30, 0xd0, 0xf8, 0x00, 0xed, 0x1e, 0xd8];

/// A bag of cells: refused, or it gives itself back; what reads messages and transactions reads it.
#[must_use]
pub fn bag(bytes: &[u8]) -> bool {
    let Ok(root) = Boc::decode(bytes) else { return false };
    assert_eq!(Boc::decode(Boc::encode(root.as_ref())).unwrap().repr_hash(), root.repr_hash());
    drop(wallets::comment_of_message(&root));
    drop(Entry::read(bytes, 0));
    true
}

/// An external message as it comes to a node (CHN-80 to CHN-86): refused with a word, or it goes into a block.
#[must_use]
pub fn external(bytes: &[u8]) -> bool {
    let state = network();
    let mut pool = Mempool::default();
    match pool.admit(state, bytes, UnixMillis(START + 500), &|_| false) {
        Ok(hash) => {
            assert!(pool.contains(&hash) && pool.len() == 1);
            included(state, &pool.candidates(8, &std::collections::BTreeSet::new()));
            true
        }
        Err(refusal) => {
            assert!(pool.is_empty() && !refusal.code().is_empty());
            false
        }
    }
}

/// Actions of a stranger's contract: a bag that the contract makes its list of actions.
#[must_use]
pub fn actions(bytes: &[u8]) -> bool {
    told(ACTS, bytes)
}

/// Code of a stranger's contract: a bag that the contract runs.
#[must_use]
pub fn code(bytes: &[u8]) -> bool {
    told(RUNS, bytes)
}

/// A bundle of blocks as a leader proposes it (CHN-70): refused, or it is the one that everybody makes.
#[must_use]
pub fn bundle(bytes: &[u8]) -> bool {
    let Ok(bundle) = BlockBundle::decode(bytes) else { return false };
    assert!(bundle.shards.len() <= SHARDS_MAX);
    assert_one_form(
        bytes,
        &bundle,
        |bundle| bundle.encode().map_err(drop),
        |bytes| BlockBundle::decode(bytes).map_err(drop),
    );
    drop(index::transactions(&bundle));
    let Ok(next) = validate(network(), &bundle) else { return false };
    assert_eq!(next.total_supply().unwrap(), CurrencyCollection::new(SUPPLY_NANO.into()));
    true
}

/// A question of a light client, as a node reads it.
#[must_use]
pub fn light_request(bytes: &[u8]) -> bool {
    let Ok(request) = LightRequest::decode(bytes) else { return false };
    assert_one_form(bytes, &request, LightRequest::encode, LightRequest::decode);
    true
}

/// A node's answer, as a light client reads it (CHN-91 to CHN-95): what is proven is what the validators decided.
#[must_use]
pub fn light_response(bytes: &[u8]) -> bool {
    let Ok(response) = LightResponse::decode(bytes) else { return false };
    assert_one_form(bytes, &response, LightResponse::encode, LightResponse::decode);
    let paid = paid();
    let address = wallet(1).address().unwrap();
    let read = |record: &TransactionRecord| drop(Entry::read(&record.boc, record.account.workchain));
    match &response {
        LightResponse::Account(proof) => {
            if let Ok(proven) = verify_account(&trusted(), proof, &address) {
                assert_eq!(proven.entry, paid.made.next.account(&address).unwrap(), "a lie was believed");
                proven.account.as_ref().and_then(wallets::seqno);
            }
        }
        LightResponse::Transactions(list) => {
            let last = paid.made.next.account(&address).unwrap();
            let bocs: Vec<&[u8]> = list.iter().map(|one| one.boc.as_slice()).collect();
            let proven = verify_history(&address, (last.last_trans_hash, last.last_trans_lt), &bocs);
            assert!(proven.is_err() || list.len() <= 1, "one transaction was made");
            list.iter().for_each(read);
        }
        LightResponse::Block(Some(block)) => block.transactions.iter().for_each(read),
        LightResponse::Transaction(Some(record)) => read(record),
        LightResponse::Head(_)
        | LightResponse::Sent { .. }
        | LightResponse::Blocks(_)
        | LightResponse::Block(None)
        | LightResponse::Transaction(None)
        | LightResponse::Config(_)
        | LightResponse::Refused { .. } => {}
    }
    true
}

/// A header and the certificate that finalizes it (CHN-92): only the one that the validators signed.
#[must_use]
pub fn certificate(bytes: &[u8]) -> bool {
    let Some((header, certificate)) = bytes.split_at_checked(HEADER_BYTES) else { return false };
    let header = ConsensusHeader::decode(header).unwrap();
    assert_eq!(ConsensusHeader::decode(&header.encode()), Ok(header));
    let NetworkId { genesis_hash, validators } = trusted();
    if verify_finalization(&genesis_hash, &validators, &header, certificate).is_err() {
        return false;
    }
    assert_eq!(header, paid().header, "nobody signed this header");
    true
}

/// A genesis file, as an operator is given it: refused, or a network begins with it.
#[must_use]
pub fn genesis_bytes(bytes: &[u8]) -> bool {
    let Ok(genesis) = Genesis::decode(bytes) else { return false };
    assert_one_form(bytes, &genesis, |one| one.encode().map_err(drop), |bytes| Genesis::decode(bytes).map_err(drop));
    let validators = genesis.validators();
    let Ok(state) = ChainState::from_genesis(&genesis) else { return false };
    assert_eq!(state.seqno(), 0);
    validators.is_ok()
}

/// Seeds: target, name, bytes.
#[must_use]
pub fn made_seeds() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let boc = |cell: &Cell| Boc::encode(cell.as_ref());
    let paid = paid();
    let address = wallet(1).address().unwrap();
    let record = made_record();
    let summary = BlockSummary { name: record.block, at: UnixMillis(START), transactions: 1 };
    let head = HeadInfo {
        genesis_hash: [1; 32],
        masterchain: record.block,
        shards: vec![record.block],
        at: UnixMillis(START),
        validators: 4,
    };
    let block = BlockRecord { summary: summary.clone(), parent: [2; 32], transactions: vec![record.clone()] };
    let proof = paid.prover.account(&address).unwrap();
    let config = StdAddr::new(-1, HashBytes([0x55; 32]));
    let answer = |answer: LightResponse| answer.encode().unwrap();
    let asked = |question: LightRequest| question.encode().unwrap();
    let id = AccountId::from(&address);
    let certified = [proof.header.as_slice(), &proof.certificate].concat();
    vec![
        ("chain_bag", "transaction", record.boc.clone()),
        ("chain_bag", "message", boc(&transfer(1, 0, false, &[pay(2, 5)]))),
        ("chain_external", "pay", boc(&transfer(1, 0, false, &[pay(2, 5)]))),
        ("chain_external", "refused-seqno", boc(&transfer(1, 7, false, &[pay(2, 5)]))),
        ("chain_external", "refused-account", boc(&transfer(9, 0, true, &[pay(2, 5)]))),
        ("chain_actions", "none", boc(&Cell::empty_cell())),
        ("chain_actions", "send", boc(&send_action())),
        ("chain_code", "nop", boc(&cell(&[0]))),
        ("chain_code", "loop", boc(&cell(&[0x71, 0x91, 0x71, 0xe6]))),
        ("chain_bundle", "one-payment", paid.made.block.encode().unwrap()),
        ("chain_light_request", "account", asked(LightRequest::Account { address: id })),
        ("chain_light_request", "wait", asked(LightRequest::WaitAccount { address: id, known_lt: 7, wait_ms: 9 })),
        (
            "chain_light_request",
            "history",
            asked(LightRequest::AccountTransactions { address: id, before_lt: Some(9), limit: 3 }),
        ),
        ("chain_light_request", "send", asked(LightRequest::Send { boc: vec![1, 2, 3] })),
        ("chain_light_request", "blocks", asked(LightRequest::Blocks { before: Some(3), limit: 9 })),
        ("chain_light_request", "block", asked(LightRequest::Block { workchain: -1, shard: 1 << 63, seqno: 3 })),
        ("chain_light_response", "head", answer(LightResponse::Head(head.clone()))),
        ("chain_light_response", "account", answer(LightResponse::Account(Box::new(proof)))),
        (
            "chain_light_response",
            "config",
            answer(LightResponse::Account(Box::new(paid.prover.account(&config).unwrap()))),
        ),
        ("chain_light_response", "history", answer(LightResponse::Transactions(vec![record.clone()]))),
        ("chain_light_response", "sent", answer(LightResponse::Sent { hash: [3; 32] })),
        ("chain_light_response", "blocks", answer(LightResponse::Blocks(vec![summary.clone()]))),
        ("chain_light_response", "block", answer(LightResponse::Block(Some(Box::new(block))))),
        ("chain_light_response", "transaction", answer(LightResponse::Transaction(Some(Box::new(record))))),
        ("chain_certificate", "signed", certified),
        ("chain_genesis", "small", genesis_file().encode().unwrap()),
        ("client_chain_answer", "head", answer(LightResponse::Head(head))),
        ("client_chain_answer", "blocks", answer(LightResponse::Blocks(vec![summary]))),
        ("client_chain_answer", "refused-sent", answer(LightResponse::Sent { hash: [3; 32] })),
    ]
}

/// The one transaction of the wallet of key 1.
fn made_record() -> TransactionRecord {
    let address = wallet(1).address().unwrap();
    let rows = index::transactions(&paid().made.block).unwrap();
    TransactionRecord {
        hash: [1; 32],
        account: AccountId::from(&address),
        block: BlockName::from(paid().made.next.head()),
        boc: rows.into_iter().find(|row| row.account == address).unwrap().boc,
    }
}

/// A payment that the validators of the test network made final.
struct Paid {
    made: Collated,
    header: ConsensusHeader,
    prover: HeadProof,
}

fn network() -> &'static ChainState {
    static NETWORK: OnceLock<ChainState> = OnceLock::new();
    NETWORK.get_or_init(genesis)
}

fn paid() -> &'static Paid {
    static PAID: OnceLock<Paid> = OnceLock::new();
    PAID.get_or_init(|| {
        let made = collate(network(), &[transfer(1, 0, false, &[pay(2, 5)])], &params()).unwrap();
        let open = made.block.open().unwrap();
        let header = ConsensusHeader {
            parent: [1; 32],
            height: made.next.seqno().into(),
            timestamp_ms: START + 7,
            masterchain_root_hash: open.masterchain.id.root_hash.0,
            payload_hash: [2; 32],
        };
        let prover = HeadProof::new(made.next.clone(), &open, &header, finalization(&header)).unwrap();
        Paid { made, header, prover }
    })
}

fn trusted() -> NetworkId {
    static GENESIS_HASH: OnceLock<[u8; 32]> = OnceLock::new();
    NetworkId { genesis_hash: *GENESIS_HASH.get_or_init(|| genesis_file().hash()), validators: validators() }
}

/// What three of the four validators sign, as the engine encodes it.
fn finalization(header: &ConsensusHeader) -> Vec<u8> {
    let proposal = [&[0, 2, 1][..], &header.digest()].concat();
    let namespace = [&namespace(&trusted().genesis_hash), &b"_FINALIZE"[..]].concat();
    let message = [&[u8::try_from(namespace.len()).unwrap()], namespace.as_slice(), proposal.as_slice()].concat();
    let mut keys: Vec<_> = (10..14).map(key).collect();
    keys.sort_by_key(|key| key.verifying_key().to_bytes());
    let mut bytes = [proposal.as_slice(), &4u64.to_be_bytes(), &[0b111, 3]].concat();
    for key in keys.iter().take(3) {
        bytes.extend(key.sign(&message).to_bytes());
    }
    bytes
}

fn params() -> CollateParams {
    CollateParams { now: UnixMillis(START + 500), rand_seed: HashBytes::ZERO, created_by: HashBytes::ZERO }
}

/// Messages that were let in go into a block that everybody else makes as well, and no money is lost or made.
fn included(state: &ChainState, messages: &[Cell]) {
    let made = collate(state, messages, &params()).unwrap();
    assert!(made.stuck.is_empty() && made.refused.is_empty(), "{:?}", made.refused);
    assert_eq!(validate(state, &made.block).unwrap().head(), made.next.head());
    assert_eq!(made.next.total_supply().unwrap(), CurrencyCollection::new(SUPPLY_NANO.into()));
    assert!(made.block.len() as u64 <= made.counted_bytes);
}

/// Tells a contract a bag of cells; what its pool lets in goes into a block.
fn told(program: &'static [u8], bytes: &[u8]) -> bool {
    let Ok(told) = Boc::decode(bytes) else { return false };
    let init = StateInit { code: Some(cell(program)), data: Some(Cell::empty_cell()), ..StateInit::default() };
    let address = StdAddr::new(0, *CellBuilder::build_from(&init).unwrap().repr_hash());
    let state = with_account(network(), &address, init, ACTOR_NANO);
    let mut body = CellBuilder::new();
    body.store_reference(told).unwrap();
    let info = ExtInMsgInfo { dst: IntAddr::Std(address), ..ExtInMsgInfo::default() };
    let message =
        OwnedMessage { info: MsgInfo::ExtIn(info), init: None, body: body.build().unwrap().into(), layout: None };
    let message = CellBuilder::build_from(&message).unwrap();
    let mut pool = Mempool::default();
    let admitted = pool.admit(&state, &Boc::encode(message.as_ref()), UnixMillis(START + 500), &|_| false);
    if admitted.is_ok() {
        included(&state, &[message]);
    }
    admitted.is_ok()
}

fn cell(bytes: &[u8]) -> Cell {
    let mut cell = CellBuilder::new();
    cell.store_raw(bytes, u16::try_from(bytes.len() * 8).unwrap()).unwrap();
    cell.build().unwrap()
}

/// The list of one action: a message with a little money to the wallet of key 2.
fn send_action() -> Cell {
    use tycho_types::models::{OutAction, OwnedRelaxedMessage, RelaxedIntMsgInfo, RelaxedMsgInfo, SendMsgFlags};
    let info = RelaxedIntMsgInfo {
        dst: IntAddr::Std(wallet(2).address().unwrap()),
        value: CurrencyCollection::new(5_000_000),
        ..RelaxedIntMsgInfo::default()
    };
    let message = OwnedRelaxedMessage {
        info: RelaxedMsgInfo::Int(info),
        init: None,
        body: Cell::empty_cell().into(),
        layout: None,
    };
    let out_msg = tycho_types::cell::Lazy::new(&message).unwrap();
    let action = OutAction::SendMsg { mode: SendMsgFlags::empty(), out_msg };
    let mut list = CellBuilder::new();
    list.store_reference(Cell::empty_cell()).unwrap();
    action.store_into(&mut list, Cell::empty_context()).unwrap();
    list.build().unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::hostile::storm;
    use wire::seeds;

    #[test]
    fn bags_of_strangers_are_refused_or_give_themselves_back() {
        storm(seeds!("chain_bag": "transaction", "message"), 20_000, bag);
    }

    /// A chain of empty cells, each with a reference to the next one: a level for every four bytes.
    fn deep(cells: u16) -> Vec<u8> {
        let size = u32::from(cells) * 4 - 2;
        let header = [0xb5, 0xee, 0x9c, 0x72, 2, 3];
        let mut bytes = [&header[..], &cells.to_be_bytes(), &[0, 1, 0, 0], &size.to_be_bytes()[1..], &[0, 0]].concat();
        for next in 1..cells {
            bytes.extend([1, 0]);
            bytes.extend(next.to_be_bytes());
        }
        bytes.extend([0, 0]);
        bytes
    }

    /// A test's thread has a stack of 2 MiB, as the program's threads have.
    #[test]
    fn a_bag_of_all_levels_that_there_can_be_overflows_no_stack() {
        assert!(bag(&deep(u16::MAX)));
        assert!(!external(&deep(u16::MAX)) && !external(&deep(16_000)));
        assert!(!code(&deep(u16::MAX)) && !actions(&deep(u16::MAX)));
        let record = TransactionRecord { boc: deep(u16::MAX), ..made_record() };
        assert!(light_response(&LightResponse::Transaction(Some(Box::new(record))).encode().unwrap()));
    }

    #[test]
    fn messages_of_strangers_are_refused_with_a_word_or_go_into_a_block() {
        storm(seeds!("chain_external": "pay", "refused-seqno", "refused-account"), 1_000, external);
    }

    #[test]
    fn actions_of_strangers_contracts_go_into_a_block_that_everybody_makes() {
        storm(seeds!("chain_actions": "none", "send"), 200, actions);
    }

    #[test]
    fn code_of_strangers_contracts_goes_into_a_block_that_everybody_makes() {
        storm(seeds!("chain_code": "nop", "loop"), 200, code);
    }

    #[test]
    fn bundles_of_strangers_are_refused_or_the_one_that_everybody_makes() {
        storm(seeds!("chain_bundle": "one-payment"), 300, bundle);
    }

    #[test]
    fn questions_of_strangers_are_refused_or_have_one_form() {
        storm(
            seeds!("chain_light_request": "account", "wait", "history", "send", "blocks", "block"),
            20_000,
            light_request,
        );
    }

    #[test]
    fn answers_of_strangers_are_refused_and_no_lie_is_believed() {
        let seeds = seeds!("chain_light_response": "head", "account", "config", "history", "sent", "blocks", "block", "transaction");
        storm(seeds, 5_000, light_response);
    }

    #[test]
    fn certificates_of_strangers_finalize_nothing() {
        storm(seeds!("chain_certificate": "signed"), 5_000, certificate);
    }

    #[test]
    fn genesis_files_of_strangers_are_refused_or_begin_a_network() {
        storm(seeds!("chain_genesis": "small"), 500, genesis_bytes);
    }
}
