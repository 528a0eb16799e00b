//! Proofs: believed when right, refused when anything is changed.

use super::*;
use crate::block::BlockName;
use crate::certificate::{ConsensusHeader, namespace};
use crate::collate::{CollateParams, Collated, collate};
use crate::state::ChainState;
use crate::test_network::{GRAM, START, genesis, genesis_file, key, pay, transfer, validators, wallet};
use ed25519_dalek::Signer;
use tycho_types::models::StdAddr;
use tycho_types::prelude::*;
use wire::UnixMillis;

fn network() -> NetworkId {
    NetworkId { genesis_hash: genesis_file().hash(), validators: validators() }
}

fn make(state: &ChainState, externals: &[Cell]) -> Collated {
    let params = CollateParams { now: UnixMillis(START), rand_seed: HashBytes::ZERO, created_by: HashBytes::ZERO };
    collate(state, externals, &params).unwrap()
}

/// What three of the four validators sign, as the engine encodes it.
fn finalization(header: &ConsensusHeader) -> Vec<u8> {
    let proposal = [&[0, 2, 1][..], &header.digest()].concat();
    let namespace = [&namespace(&network().genesis_hash), &b"_FINALIZE"[..]].concat();
    let message = [&[u8::try_from(namespace.len()).unwrap()], namespace.as_slice(), proposal.as_slice()].concat();
    let mut keys: Vec<_> = (10..14).map(key).collect();
    keys.sort_by_key(|key| key.verifying_key().to_bytes());
    let mut bytes = [proposal.as_slice(), &4u64.to_be_bytes(), &[0b111, 3]].concat();
    for key in keys.iter().take(3) {
        bytes.extend(key.sign(&message).to_bytes());
    }
    bytes
}

fn prover(made: &Collated) -> HeadProof {
    let open = made.block.open().unwrap();
    let header = ConsensusHeader {
        parent: [1; 32],
        height: made.next.seqno().into(),
        timestamp_ms: START + 7,
        masterchain_root_hash: open.masterchain.id.root_hash.0,
        payload_hash: [2; 32],
    };
    HeadProof::new(made.next.clone(), &open, &header, finalization(&header)).unwrap()
}

/// Proves an account after a block and believes it.
pub(crate) fn prove(made: &Collated, address: &StdAddr) {
    let proof = prover(made).account(address).unwrap();
    let proven = verify_account(&network(), &proof, address).unwrap();
    assert_eq!(proven.entry, made.next.account(address).unwrap());
}

fn paid() -> Collated {
    let many: Vec<_> = (20..90).map(|to| pay(to, 1)).chain([pay(2, 5)]).collect();
    let sent = make(&genesis(), &[transfer(1, 0, false, &many)]);
    make(&sent.next, &[])
}

#[test]
fn an_account_is_proven_from_the_validators_down() {
    let made = paid();
    let prover = prover(&made);
    let address = wallet(2).address().unwrap();
    let proof = prover.account(&address).unwrap();
    let proven = verify_account(&network(), &proof, &address).unwrap();
    assert_eq!((proven.height, proven.at), (2, UnixMillis(START + 7)));
    assert_eq!(proven.account.unwrap().balance.tokens.into_inner(), 5 * GRAM);
    assert_eq!(proven.entry, made.next.account(&address).unwrap());
    let config = StdAddr::new(-1, HashBytes([0x55; 32]));
    let proof = prover.account(&config).unwrap();
    assert!(proof.shard_block.is_none());
    assert!(verify_account(&network(), &proof, &config).unwrap().account.is_some());
}

#[test]
fn that_there_is_no_account_is_proven_too() {
    let prover = prover(&paid());
    for address in [wallet(99).address().unwrap(), StdAddr::new(-1, HashBytes([9; 32]))] {
        let proof = prover.account(&address).unwrap();
        let proven = verify_account(&network(), &proof, &address).unwrap();
        assert!(proven.account.is_none());
        assert_eq!(proven.entry.last_trans_lt, 0);
    }
    assert!(matches!(prover.account(&StdAddr::new(7, HashBytes::ZERO)), Err(ProveError::NoSuchWorkchain)));
}

#[test]
fn a_proof_is_for_its_account_and_its_network_alone() {
    let prover = prover(&paid());
    let (mine, other) = (wallet(2).address().unwrap(), wallet(20).address().unwrap());
    let proof = prover.account(&mine).unwrap();
    assert!(verify_account(&network(), &proof, &other).is_err());
    let mut network = network();
    network.genesis_hash = [3; 32];
    assert!(matches!(verify_account(&network, &proof, &mine), Err(ProofError::Certificate(_))));
    let mut strangers = super::tests::network();
    strangers.validators = (30..34).map(|n| key(n).verifying_key().to_bytes()).collect();
    assert!(matches!(verify_account(&strangers, &proof, &mine), Err(ProofError::Certificate(_))));
}

#[test]
fn hiding_an_account_or_showing_an_old_one_is_refused() {
    let sent = make(&genesis(), &[transfer(1, 0, false, &[pay(2, 5)])]);
    let first = make(&sent.next, &[transfer(1, 1, false, &[pay(2, 6)])]);
    let second = make(&first.next, &[]);
    let address = wallet(2).address().unwrap();
    let (old, new) = (prover(&first).account(&address).unwrap(), prover(&second).account(&address).unwrap());
    let hidden = AccountProof { account: None, ..new.clone() };
    assert!(matches!(verify_account(&network(), &hidden, &address), Err(ProofError::Broken("the account"))));
    let stale = AccountProof { account: old.account.clone(), ..new.clone() };
    assert!(matches!(verify_account(&network(), &stale, &address), Err(ProofError::Broken("the account"))));
    let mixed = AccountProof { state: old.state.clone(), ..new.clone() };
    assert!(matches!(verify_account(&network(), &mixed, &address), Err(ProofError::Broken("the state"))));
    let mixed = AccountProof { shard_block: old.shard_block.clone(), ..new.clone() };
    assert!(matches!(verify_account(&network(), &mixed, &address), Err(ProofError::Broken("the shard's block"))));
    let mixed = AccountProof { masterchain_block: old.masterchain_block, ..new };
    assert!(matches!(verify_account(&network(), &mixed, &address), Err(ProofError::Broken("the masterchain block"))));
}

#[test]
fn any_changed_byte_of_a_proof_is_refused_or_changes_nothing() {
    let prover = prover(&paid());
    let address = wallet(2).address().unwrap();
    let proof = prover.account(&address).unwrap();
    let frame = LightResponse::Account(Box::new(proof)).encode().unwrap();
    for at in 0..frame.len() {
        let mut bad = frame.clone();
        bad[at] ^= 1 << (at % 8);
        let Ok(LightResponse::Account(bad)) = LightResponse::decode(&bad) else { continue };
        if let Ok(proven) = verify_account(&network(), &bad, &address) {
            assert_eq!(proven.account.unwrap().balance.tokens.into_inner(), 5 * GRAM, "byte {at}");
        }
    }
}

#[test]
fn a_proof_fits_a_large_cell_of_the_relay() {
    let proof = prover(&paid()).account(&wallet(2).address().unwrap()).unwrap();
    let frame = LightResponse::Account(Box::new(proof)).encode().unwrap();
    assert!(frame.len() < 16 << 10, "{} bytes", frame.len());
}

#[test]
fn a_history_is_checked_link_by_link() {
    let sent = make(&genesis(), &[transfer(1, 0, false, &[pay(2, 5)])]);
    let more = make(&sent.next, &[transfer(1, 1, false, &[pay(2, 6)])]);
    let address = wallet(1).address().unwrap();
    let mut bocs = Vec::new();
    for made in [&sent, &more] {
        let rows = crate::index::transactions(&made.block).unwrap();
        bocs.extend(rows.into_iter().filter(|row| row.account == address).map(|row| row.boc));
    }
    let newest_first: Vec<&[u8]> = bocs.iter().rev().map(Vec::as_slice).collect();
    let entry = more.next.account(&address).unwrap();
    let last = (entry.last_trans_hash, entry.last_trans_lt);
    let (read, next) = verify_history(&address, last, &newest_first).unwrap();
    assert_eq!(read.len(), 2);
    assert_eq!(next, (HashBytes::ZERO, 0));
    let gap = verify_history(&address, last, &newest_first[1..]);
    assert!(matches!(gap, Err(ProofError::Broken("a transaction"))));
}

#[test]
fn frames_survive_their_encoding_and_are_bounded() {
    let request = LightRequest::WaitAccount {
        address: AccountId::from(&wallet(2).address().unwrap()),
        known_lt: 7,
        wait_ms: WAIT_MS_MAX,
    };
    assert_eq!(LightRequest::decode(&request.encode().unwrap()).unwrap(), request);
    assert!(LightRequest::decode(&vec![0; REQUEST_BYTES_MAX + 1]).is_err());
    let StdAddr { workchain, .. } = (&AccountId { workchain: -1, address: [1; 32] }).into();
    assert_eq!(workchain, -1);
}

/// CHN-90
#[test]
fn only_answers_that_can_be_read_are_made() {
    let config = |len: usize| LightResponse::Config(vec![0; len].into());
    // the kind and three bytes of length
    let frame = config(RESPONSE_BYTES_MAX - 4).encode().unwrap();
    assert_eq!(frame.len(), RESPONSE_BYTES_MAX);
    assert_eq!(LightResponse::decode(&frame).unwrap(), config(RESPONSE_BYTES_MAX - 4));
    assert!(config(RESPONSE_BYTES_MAX - 3).encode().is_err());
}

/// CHN-90
#[test]
fn as_many_transactions_as_fit_do_fit() {
    let name =
        BlockName { workchain: i32::MIN, shard: u64::MAX, seqno: u32::MAX, root_hash: [1; 32], file_hash: [2; 32] };
    let record = |len: usize| TransactionRecord {
        hash: [3; 32],
        account: AccountId { workchain: -1, address: [4; 32] },
        block: name,
        boc: vec![5; len],
    };
    for len in [0, 1, 200, 60_000, RESPONSE_BYTES_MAX - 1_000] {
        let count = transactions_that_fit(std::iter::repeat_n(len, 100_000));
        let transactions: Vec<_> = std::iter::repeat_n(record(len), count).collect();
        let summary = BlockSummary { name, at: UnixMillis(u64::MAX), transactions: u32::MAX };
        let block = BlockRecord { summary, parent: [6; 32], transactions: transactions.clone() };
        let answers = [LightResponse::Transactions(transactions), LightResponse::Block(Some(Box::new(block)))];
        for answer in answers {
            let frame = answer.encode().unwrap();
            // no more than a row and what is around it is given away
            assert!(frame.len() + len + 1_000 + 40 * count > RESPONSE_BYTES_MAX, "{count} of {len} bytes");
        }
    }
    assert_eq!(transactions_that_fit([usize::MAX]), 1);
}
