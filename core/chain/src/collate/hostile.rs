//! What somebody sends who wants the chain to stop: it goes on.

use super::tests::{params, settle, step};
use super::*;
use crate::execute::tests::{Fault, inject};
use crate::light::tests::prove as provable;
use crate::mempool::Mempool;
use crate::test_network::{START, balance, genesis, genesis_of_two_shards, pay, transfer, wallet};
use crate::wallet::Transfer;
use proptest::prelude::*;
use tycho_types::boc::Boc;
use tycho_types::cell::CellType;
use tycho_types::models::{
    CurrencyCollection, ExtInMsgInfo, IntAddr, MsgInfo, OwnedMessage, OwnedRelaxedMessage, RelaxedIntMsgInfo,
    RelaxedMsgInfo, StateInit, VarAddr,
};
use tycho_types::num::{Tokens, Uint9};
use wire::Gram;

/// A contract that takes every message and sends what its data lists, with mode 1.
fn sender(messages: &[Cell]) -> (StdAddr, StateInit) {
    let mut list = Cell::empty_cell();
    for message in messages.iter().rev() {
        let mut node = CellBuilder::new();
        node.store_reference(message.clone()).unwrap();
        node.store_reference(list).unwrap();
        list = node.build().unwrap();
    }
    // ACCEPT, c4 CTOS, { LDREF SWAP 1 PUSHINT SENDRAWMSG LDREF DROP CTOS DUP SREMPTY } UNTIL
    let code =
        [0xf8, 0x00, 0xed, 0x44, 0xd0, 0x9b, 0xd4, 0x01, 0x71, 0xfb, 0x00, 0xd4, 0x30, 0xd0, 0x20, 0xc7, 0x02, 0xe6];
    contract(&code, list)
}

/// A contract that takes every message and keeps its body: ACCEPT DROP NEWC STSLICE ENDC c4 POP.
fn keeper() -> (StdAddr, StateInit) {
    contract(&[0xf8, 0x00, 0x30, 0xc8, 0xce, 0xc9, 0xed, 0x54], Cell::empty_cell())
}

fn contract(code: &[u8], data: Cell) -> (StdAddr, StateInit) {
    let mut built = CellBuilder::new();
    built.store_raw(code, u16::try_from(code.len() * 8).unwrap()).unwrap();
    let (code, data) = (Some(built.build().unwrap()), Some(data));
    let state = StateInit { split_depth: None, special: None, code, data, libraries: Dict::new() };
    (StdAddr::new(0, *CellBuilder::build_from(&state).unwrap().repr_hash()), state)
}

/// A message as a contract hands it to SENDRAWMSG.
fn order(to: impl Into<IntAddr>, nano: u128, body: Cell) -> Cell {
    let value = CurrencyCollection::new(nano);
    let info = RelaxedMsgInfo::Int(RelaxedIntMsgInfo { dst: to.into(), value, ..RelaxedIntMsgInfo::default() });
    let layout = None;
    CellBuilder::build_from(&OwnedRelaxedMessage { info, init: None, body: body.into(), layout }).unwrap()
}

fn variable(workchain: i32, bits: u16) -> IntAddr {
    let address = vec![0xa5; usize::from(bits.div_ceil(8))];
    IntAddr::Var(VarAddr { anycast: None, address_len: Uint9::new(bits), workchain, address })
}

fn external(to: &StdAddr, init: Option<StateInit>, body: Cell) -> Cell {
    let info = MsgInfo::ExtIn(ExtInMsgInfo { src: None, dst: to.clone().into(), import_fee: Tokens::ZERO });
    CellBuilder::build_from(&OwnedMessage { info, init, body: body.into(), layout: None }).unwrap()
}

/// A pruned branch of level 1.
fn pruned(salt: u8) -> Cell {
    let mut cell = CellBuilder::new();
    cell.set_exotic(true);
    cell.store_raw(&[CellType::PrunedBranch.to_byte(), 1], 16).unwrap();
    cell.store_u256(&HashBytes([salt; 32])).unwrap();
    cell.store_u16(3).unwrap();
    cell.build().unwrap()
}

/// A Merkle proof of a pruned branch: level 0 outside, level 1 inside.
fn merkle_proof(salt: u8) -> Cell {
    let mut cell = CellBuilder::new();
    cell.set_exotic(true);
    cell.store_u8(CellType::MerkleProof.to_byte()).unwrap();
    cell.store_u256(&HashBytes([salt; 32])).unwrap();
    cell.store_u16(3).unwrap();
    cell.store_reference(pruned(salt)).unwrap();
    cell.build().unwrap()
}

/// The network with this contract in it.
fn deployed(state: &ChainState, seqno: u32, contract: &(StdAddr, StateInit), gram: u64) -> ChainState {
    let mut there = Transfer::new(contract.0.clone(), Gram::from(gram * 1_000_000_000));
    there.state_init = Some(contract.1.clone());
    let number = u64::from(state.seqno()) + 1;
    let made = step(state, number, &[transfer(1, seqno, false, &[there])]);
    assert_eq!(made.included.len(), 1, "{:?}", made.refused);
    settle(&made.next, number + 1, 8)
}

/// CHN-26
#[test]
fn messages_to_addresses_of_variable_length_hold_nothing_up() {
    for (workchain, bits) in [(-1, 8), (-1, 255), (-1, 511), (-1, 256), (0, 8), (0, 256), (5, 256)] {
        let contract = sender(&[order(variable(workchain, bits), 100_000_000, Cell::empty_cell())]);
        // deploying it makes it send by an internal message
        let state = deployed(&genesis(), 0, &contract, 5);
        let number = u64::from(state.seqno()) + 1;
        let asked = step(&state, number, &[external(&contract.0, None, Cell::empty_cell())]);
        assert_eq!(asked.included.len(), 1, "{:?}", asked.refused);
        let state = settle(&asked.next, number + 1, 8);
        let number = u64::from(state.seqno()) + 1;
        step(&state, number, &[transfer(1, 1, false, &[pay(2, 1)])]);
    }
}

/// CHN-80
#[test]
fn messages_with_pruned_branches_are_refused() {
    let mut code = sender(&[]).1;
    code.code = Some(pruned(1));
    let new = StdAddr::new(0, *CellBuilder::build_from(&code).unwrap().repr_hash());
    let contract = sender(&[order(wallet(2).address().unwrap(), 1, Cell::empty_cell())]);
    let state = deployed(&genesis(), 0, &contract, 5);
    let mut fund = Transfer::new(new.clone(), Gram::from(5_000_000_000));
    fund.bounce = false;
    let number = u64::from(state.seqno()) + 1;
    let state = settle(&step(&state, number, &[transfer(1, 1, false, &[fund])]).next, number + 1, 8);
    let mut body = CellBuilder::new();
    body.store_reference(pruned(2)).unwrap();
    let bad = [external(&new, Some(code), Cell::empty_cell()), external(&contract.0, None, body.build().unwrap())];
    for message in &bad {
        let refusal = Mempool::default()
            .admit(&state, &Boc::encode(message.as_ref()), UnixMillis(START + 900), &|_| false)
            .unwrap_err();
        assert_eq!(refusal.code(), "malformed");
    }
    let made = step(&state, u64::from(state.seqno()) + 1, &bad);
    assert!(made.included.is_empty());
    assert!(made.refused.iter().all(|(_, refusal)| *refusal == Refusal::Malformed));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever external message is taken, the account can be proven after it.
    #[test]
    fn whatever_is_taken_leaves_a_head_that_can_be_proven(
        kinds in prop::collection::vec(0u8..4, 0..4),
        salt in any::<u8>(),
    ) {
        let contract = keeper();
        let state = deployed(&genesis(), 0, &contract, 5);
        let mut body = CellBuilder::new();
        body.store_u8(salt).unwrap();
        for (n, kind) in kinds.iter().enumerate() {
            let salt = salt.wrapping_add(u8::try_from(n).unwrap());
            let cell = match kind {
                0 => pruned(salt),
                1 => merkle_proof(salt),
                2 => {
                    let mut library = CellBuilder::new();
                    library.set_exotic(true);
                    library.store_u8(CellType::LibraryReference.to_byte()).unwrap();
                    library.store_u256(&HashBytes([salt; 32])).unwrap();
                    library.build().unwrap()
                }
                _ => tree(40, salt),
            };
            body.store_reference(cell).unwrap();
        }
        let message = external(&contract.0, None, body.build().unwrap());
        let made = step(&state, u64::from(state.seqno()) + 1, &[message]);
        prop_assert_eq!(made.included.is_empty(), kinds.contains(&0));
        provable(&made, &contract.0);
    }
}

/// A tree of `cells` full cells, all different.
fn tree(cells: usize, salt: u8) -> Cell {
    let leaf = |n: usize| {
        let mut cell = CellBuilder::new();
        cell.store_u64(n as u64).unwrap();
        cell.store_raw(&[salt; 114], 912).unwrap();
        cell
    };
    let mut level: Vec<CellBuilder> = Vec::new();
    let mut made = 0;
    let mut below: Vec<Cell> = Vec::new();
    while made < cells || below.len() > 1 {
        let width = if below.is_empty() { (cells * 3).div_ceil(4) } else { below.len().div_ceil(4) };
        for at in 0..width {
            let mut cell = leaf(made);
            for child in below.iter().skip(at * 4).take(4) {
                cell.store_reference(child.clone()).unwrap();
            }
            made += 1;
            level.push(cell);
        }
        below = level.drain(..).map(|cell| cell.build().unwrap()).collect();
    }
    below.pop().unwrap()
}

/// The state with an account that came from nowhere (its money out of the faucet's pocket).
fn placed(state: &ChainState, contract: &(StdAddr, StateInit), gram: u64) -> ChainState {
    crate::test_network::with_account(state, &contract.0, contract.1.clone(), u128::from(gram) * 1_000_000_000)
}

/// CHN-39, CHN-45
#[test]
fn contracts_that_send_megabytes_make_no_block_too_large() {
    let mut state = genesis();
    let mut contracts = Vec::new();
    for n in 0..2u8 {
        // 60 messages of 1,000 full cells each: 7.7 MB from one transaction
        let orders = (0..60u8).map(|m| order(wallet(9).address().unwrap(), 1, tree(1000, n * 60 + m)));
        contracts.push(sender(&orders.collect::<Vec<_>>()));
        state = placed(&state, &contracts[usize::from(n)], 1_000_000);
    }
    let asked: Vec<_> = contracts.iter().map(|(to, _)| external(to, None, Cell::empty_cell())).collect();
    let made = step(&state, 1, &asked);
    assert_eq!(made.included.len(), 2, "{:?}", made.refused);
    assert!(made.block.encode().unwrap().len() <= crate::block::BUNDLE_BYTES_MAX);
    // as much as a list may send is sent
    let few = sender(&(0..4).map(|m| order(wallet(9).address().unwrap(), 1, tree(1000, 200 + m))).collect::<Vec<_>>());
    let state = placed(&state, &few, 1_000_000);
    let made = step(&state, 1, &[external(&few.0, None, Cell::empty_cell())]);
    assert!(made.block.len() > 400_000, "{}", made.block.len());
    settle(&made.next, 2, 8);
}

/// CHN-63, CON-24
#[test]
fn an_external_message_at_which_the_executor_fails_is_refused_alone() {
    for fault in [Fault::Fails, Fault::Panics] {
        let (bad, good) = (transfer(1, 0, false, &[pay(2, 5)]), transfer(1, 0, false, &[pay(3, 5)]));
        inject(&bad, fault);
        let made = step(&genesis(), 1, &[bad.clone(), good.clone()]);
        assert_eq!(made.included, [*good.repr_hash()]);
        assert!(matches!(made.refused.as_slice(), [(hash, Refusal::Impossible { .. })] if hash == bad.repr_hash()));
    }
}

/// The messages that wait in a chain's queue.
fn waiting(state: &ChainState, from: ShardIdent, to: ShardIdent) -> Vec<crate::queue::Waiting> {
    let mut cursor = state.shard(from).unwrap().messages().cursor(to);
    std::iter::from_fn(|| cursor.next_message().unwrap()).collect()
}

/// CHN-63
#[test]
fn a_stuck_message_stays_and_others_pass_it() {
    let sent = step(&genesis(), 1, &[transfer(1, 0, false, &[pay(2, 5), pay(3, 6)])]).next;
    let base = ShardIdent::BASECHAIN;
    let bad = waiting(&sent, base, base).remove(0);
    let lucky = if bad.destination == wallet(2).address().unwrap() { 3 } else { 2 };
    inject(&bad.message, Fault::Panics);
    let made = step(&sent, 2, &[transfer(1, 1, false, &[pay(4, 1)])]);
    assert_eq!((made.stuck.as_slice(), made.included.len()), ([bad.hash].as_slice(), 1));
    assert!(balance(&made.next, lucky) > 0);
    assert_eq!(balance(&made.next, 5 - lucky), 0);
    let made = step(&made.next, 3, &[]);
    assert_eq!(made.stuck, [bad.hash]);
    // mended, it arrives
    inject(&Cell::empty_cell(), Fault::Fails);
    let made = step(&made.next, 4, &[]);
    assert!(made.stuck.is_empty());
    assert!(balance(&made.next, 5 - lucky) > 0);
}

/// CHN-63
#[test]
fn a_stuck_message_of_another_chain_is_not_lost() {
    let state = genesis_of_two_shards();
    let home = state.shard_of(&wallet(1).address().unwrap()).unwrap().id().shard;
    let is_far = |n: &u8| !home.contains_account(&wallet(*n).address().unwrap().address);
    let far: Vec<u8> = (2..).filter(is_far).take(3).collect();
    // one of those over there gets a wallet of its own, to send at home there
    let state = settle(&step(&state, 1, &[transfer(1, 0, false, &[pay(far[0], 9)])]).next, 2, 8);
    let there = state.shard_of(&wallet(far[0]).address().unwrap()).unwrap().id().shard;
    let sent = step(&state, 20, &[transfer(1, 1, false, &[pay(far[1], 5)])]).next;
    let bad = waiting(&sent, home, there).remove(0);
    inject(&bad.message, Fault::Fails);
    // while it is stuck: another one behind it from the same chain, and one of the chain's own
    let own = transfer(far[0], 0, true, &[pay(far[2], 1)]);
    let made = step(&sent, 21, &[transfer(1, 2, false, &[pay(far[1], 6)]), own]);
    assert_eq!((made.stuck.as_slice(), made.included.len()), ([bad.hash].as_slice(), 2));
    let made = step(&made.next, 22, &[]);
    assert_eq!(made.stuck, [bad.hash]);
    assert_eq!((balance(&made.next, far[1]), balance(&made.next, far[2])), (0, 1_000_000_000));
    let made = step(&made.next, 23, &[]);
    inject(&Cell::empty_cell(), Fault::Fails);
    let state = settle(&made.next, 24, 8);
    assert_eq!(balance(&state, far[1]), 11_000_000_000);
}

/// CHN-45, CHN-70
#[test]
fn a_checker_accepts_whatever_order_the_proposer_tried() {
    let mut state = genesis();
    let mut asked = Vec::new();
    for n in 0..3u8 {
        let orders = (0..4u8).map(|m| order(wallet(9).address().unwrap(), 1, tree(1060, n * 4 + m)));
        let contract = sender(&orders.collect::<Vec<_>>());
        state = placed(&state, &contract, 1_000_000);
        asked.push((contract.0.clone(), external(&contract.0, None, Cell::empty_cell())));
    }
    asked.sort_by_key(|(to, _)| std::cmp::Reverse(to.address));
    let small = transfer(1, 0, false, &[pay(2, 5)]);
    let mut messages: Vec<_> = vec![small];
    messages.extend(asked.into_iter().map(|(_, message)| message));
    // `step` has the block checked, in order of account
    let made = step(&state, 1, &messages);
    assert!(made.included.len() > 2 && made.block.len() > 1 << 20, "{:?}", made.included.len());
    assert!(made.included.len() < messages.len(), "the last waits");
    // a proposer that goes on beyond the limit is refused
    let greedy = collate_for(&state, &messages, &params(1), Purpose::Check);
    assert!(matches!(greedy, Err(CollateError::Impossible(_))));
}
