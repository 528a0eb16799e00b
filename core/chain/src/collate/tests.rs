//! Blocks made, checked, and tampered with.

use super::*;
use crate::genesis::SUPPLY_NANO;
use crate::index;
use crate::queue::ProcessedUpTo;
use crate::test_network::{GRAM, START, balance, genesis, genesis_of_two_shards, key, pay, transfer, wallet};
use crate::validate::{InvalidBlock, validate};
use crate::wallet::{Transfer, Validity, WalletV5};
use proptest::prelude::*;
use tycho_types::models::{
    AccountState, CurrencyCollection, InMsg, OutMsg, OwnedRelaxedMessage, RelaxedIntMsgInfo, RelaxedMsgInfo, StateInit,
};
use wire::Gram;

pub(super) fn params(step: u64) -> CollateParams {
    CollateParams {
        now: UnixMillis(START + step * 100),
        rand_seed: HashBytes([7; 32]),
        created_by: HashBytes(key(10).verifying_key().to_bytes()),
    }
}

/// Makes a block, checks it as another validator would, applies its updates and counts the money.
pub(super) fn step(state: &ChainState, number: u64, externals: &[Cell]) -> Collated {
    let collated = collate(state, externals, &params(number)).unwrap();
    let again = validate(state, &collated.block).unwrap();
    assert_eq!(again.head(), collated.next.head());
    for block in collated.block.open().unwrap().iter() {
        let (old, new) = (state.shard(block.id.shard).unwrap(), collated.next.shard(block.id.shard).unwrap());
        let update = block.block.load_state_update().unwrap();
        assert_eq!(update.apply(old.root()).unwrap().repr_hash(), new.root().repr_hash());
    }
    assert_eq!(collated.next.total_supply().unwrap(), CurrencyCollection::new(SUPPLY_NANO.into()));
    let bytes = collated.block.len() as u64;
    assert!(bytes <= collated.counted_bytes, "{bytes} bytes, {} counted", collated.counted_bytes);
    collated
}

/// Whether nothing is on its way: no message in any queue.
pub(super) fn is_quiet(state: &ChainState) -> bool {
    state.shards().chain([state.masterchain()]).all(|head| head.messages().queue.is_empty())
}

/// Makes blocks until nothing is on its way; at most `blocks_max`.
pub(super) fn settle(state: &ChainState, first: u64, blocks_max: u64) -> ChainState {
    let mut state = state.clone();
    for number in first..first + blocks_max {
        let made = step(&state, number, &[]);
        state = made.next;
        if is_quiet(&state) {
            return state;
        }
    }
    panic!("messages are still on their way after {blocks_max} blocks");
}

/// A contract that passes on what it gets: to the account in the message that its data holds.
fn forwarder(to: &StdAddr) -> (StdAddr, StateInit) {
    let message = OwnedRelaxedMessage {
        info: RelaxedMsgInfo::Int(RelaxedIntMsgInfo { dst: to.clone().into(), ..RelaxedIntMsgInfo::default() }),
        init: None,
        body: Cell::empty_cell().into(),
        layout: None,
    };
    let mut data = CellBuilder::new();
    data.store_reference(CellBuilder::build_from(&message).unwrap()).unwrap();
    // PUSHCTR c4, CTOS, LDREF, DROP, PUSHINT 64, SENDRAWMSG
    let mut code = CellBuilder::new();
    code.store_raw(&[0xed, 0x44, 0xd0, 0xd4, 0x30, 0x80, 0x40, 0xfb, 0x00], 72).unwrap();
    let state = StateInit {
        split_depth: None,
        special: None,
        code: Some(code.build().unwrap()),
        data: Some(data.build().unwrap()),
        libraries: Dict::new(),
    };
    (StdAddr::new(0, *CellBuilder::build_from(&state).unwrap().repr_hash()), state)
}

#[test]
fn a_transfer_arrives_in_the_block_after() {
    let state = genesis();
    let sent = step(&state, 1, &[transfer(1, 0, false, &[pay(2, 5)])]);
    assert_eq!(sent.included.len(), 1, "{:?}", sent.refused);
    assert_eq!(balance(&sent.next, 2), 0);
    let arrived = step(&sent.next, 2, &[]);
    assert_eq!(balance(&arrived.next, 2), 5 * GRAM);
    let quiet = step(&arrived.next, 3, &[]);
    assert_eq!(quiet.transactions, 0);
    assert_eq!(quiet.next.seqno(), 3);
}

#[test]
fn a_chain_of_messages_takes_a_block_for_each_hop() {
    let last = wallet(2).address().unwrap();
    let (third, third_state) = forwarder(&last);
    let (second, second_state) = forwarder(&third);
    let deploy = |to: &StdAddr, state: StateInit| {
        let mut transfer = Transfer::new(to.clone(), Gram::from(1_000_000_000));
        transfer.state_init = Some(state);
        transfer
    };
    let state = step(&genesis(), 1, &[transfer(1, 0, false, &[deploy(&third, third_state)])]).next;
    // deploying already passes the value on
    let state = settle(&state, 2, 6);
    let before = balance(&state, 2);
    assert!(before > 990_000_000, "{before}");
    let mut state = step(&state, 9, &[transfer(1, 1, false, &[deploy(&second, second_state)])]).next;
    for (block, arrived) in [(10, false), (11, false), (12, true)] {
        let made = step(&state, block, &[]);
        assert_eq!(made.transactions, 1);
        state = made.next;
        assert_eq!(balance(&state, 2) > before, arrived, "block {block}");
    }
}

#[test]
fn what_an_account_cannot_take_comes_back() {
    let mut transfer_out = pay(3, 7);
    transfer_out.bounce = true;
    let state = genesis();
    let before = balance(&state, 1);
    let state = step(&state, 1, &[transfer(1, 0, false, &[transfer_out])]).next;
    assert!(balance(&state, 1) < before - 7 * GRAM);
    let bounced = step(&state, 2, &[]);
    assert_eq!(bounced.transactions, 1);
    let back = step(&bounced.next, 3, &[]);
    assert_eq!(back.transactions, 1);
    assert!(balance(&back.next, 1) > before - GRAM / 100);
    assert_eq!(balance(&back.next, 3), 0);
}

#[test]
fn money_goes_to_the_masterchain_and_back() {
    let above = WalletV5::with_subwallet(key(5).verifying_key().to_bytes(), -1, 0);
    let there = Transfer::new(above.address().unwrap(), Gram::from(50_000_000_000));
    let sent = step(&genesis(), 1, &[transfer(1, 0, false, &[there])]);
    // the masterchain block of the same step already sees it
    let arrived = sent.next;
    let account = arrived.account(&above.address().unwrap()).unwrap().load_account().unwrap().unwrap();
    assert_eq!(account.balance.tokens.into_inner(), 50 * GRAM);
    assert!(matches!(account.state, AccountState::Uninit));
    let validity = Validity { seqno: 0, valid_until: u32::MAX, deploy: true };
    let order = above.sign_transfers(&key(5), validity, &[pay(2, 3)]).unwrap();
    let returned = step(&arrived, 2, &[order]);
    assert_eq!(returned.included.len(), 1, "{:?}", returned.refused);
    // the basechain's queue is swept of what the masterchain delivered
    assert!(returned.next.shard(ShardIdent::BASECHAIN).unwrap().messages().queue.is_empty());
    let state = step(&returned.next, 3, &[]).next;
    assert_eq!(balance(&state, 2), 3 * GRAM);
    let state = step(&state, 4, &[]).next;
    assert!(state.masterchain().messages().queue.is_empty());
}

#[test]
fn an_update_names_only_what_changed() {
    let state = genesis();
    let transfers: Vec<_> = (20..220).map(|to| pay(to, 1)).collect();
    let state = step(&step(&state, 1, &[transfer(1, 0, false, &transfers)]).next, 2, &[]).next;
    let made = step(&state, 3, &[transfer(1, 1, false, &[pay(20, 1)])]);
    let block = &made.block.open().unwrap().shards[0];
    let size = tycho_types::boc::Boc::encode(block.block.state_update.inner().as_ref()).len();
    let whole = tycho_types::boc::Boc::encode(state.shard(ShardIdent::BASECHAIN).unwrap().root().as_ref()).len();
    assert!(size < 4_000 && whole > 30_000, "{size} of {whole} bytes");
}

#[test]
fn blocks_describe_every_message_and_their_money_adds_up() {
    let sent = step(&genesis(), 1, &[transfer(1, 0, false, &[pay(2, 5), pay(3, 6)])]);
    let arrived = step(&sent.next, 2, &[]);
    let first = sent.block.open().unwrap().shards[0].block.clone();
    let extra = first.load_extra().unwrap();
    let inbound: Vec<_> = extra.load_in_msg_description().unwrap().values().map(|v| v.unwrap().1).collect();
    assert!(matches!(inbound.as_slice(), [InMsg::External(_)]));
    let outbound: Vec<_> = extra.load_out_msg_description().unwrap().values().map(|v| v.unwrap().1).collect();
    assert!(matches!(outbound.as_slice(), [OutMsg::New(_), OutMsg::New(_)]));
    let flow = first.load_value_flow().unwrap();
    assert!(flow.validate().unwrap());
    assert!(flow.exported.tokens.into_inner() > 11 * GRAM);
    let second = arrived.block.open().unwrap().shards[0].block.clone();
    let extra = second.load_extra().unwrap();
    assert!(extra.load_in_msg_description().unwrap().values().all(|v| matches!(v.unwrap().1, InMsg::Final(_))));
    let taken = extra.load_out_msg_description().unwrap();
    assert!(taken.values().all(|v| matches!(v.unwrap().1, OutMsg::DequeueImmediate(_))));
    assert_eq!(second.load_value_flow().unwrap().imported, flow.exported);
}

#[test]
fn the_masterchain_names_the_shards_and_takes_their_fees() {
    let made = step(&genesis(), 1, &[transfer(1, 0, false, &[pay(2, 5)])]);
    let open = made.block.open().unwrap();
    let custom = open.masterchain.block.load_extra().unwrap().load_custom().unwrap().unwrap();
    let (shard, top) = custom.shards.iter().next().unwrap().unwrap();
    assert_eq!(top.as_block_id(shard), open.shards[0].id);
    let shard_flow = open.shards[0].block.load_value_flow().unwrap();
    assert!(!shard_flow.fees_collected.is_zero());
    let flow = open.masterchain.block.load_value_flow().unwrap();
    assert_eq!(flow.fees_imported, shard_flow.fees_collected);
    assert_eq!(top.fees_collected, shard_flow.fees_collected);
    let state = made.next.masterchain().state();
    assert_eq!(state.total_validator_fees, shard_flow.fees_collected);
    assert_eq!(made.next.extra().global_balance, CurrencyCollection::new(SUPPLY_NANO.into()));
    assert_eq!(made.next.extra().prev_blocks.get(0).unwrap().unwrap().1.block_ref.seqno, 0);
}

#[test]
fn what_does_not_fit_waits_and_nothing_is_lost() {
    // 3 × 255 payments: more transactions than the soft limit of a block lets in at once
    let orders: Vec<_> = (0..3u8)
        .map(|seqno| {
            let to =
                |n: u8| Transfer::new(StdAddr::new(0, HashBytes([n; 32])), Gram::from(1_000_000 + u64::from(seqno)));
            transfer(1, seqno.into(), false, &(0..255).map(to).collect::<Vec<_>>())
        })
        .collect();
    let sent = step(&genesis(), 1, &orders);
    assert_eq!(sent.included.len(), 3, "{:?}", sent.refused);
    let (mut state, mut blocks, mut last) = (sent.next, 0, ProcessedUpTo::default());
    loop {
        let made = step(&state, blocks + 2, &[]);
        state = made.next;
        if made.transactions == 0 {
            break;
        }
        blocks += 1;
        let processed = state.shard(ShardIdent::BASECHAIN).unwrap().messages().processed_up_to().unwrap();
        assert!(processed > last);
        last = processed;
    }
    assert!(blocks > 1, "all fitted into one block");
    let account = state.account(&StdAddr::new(0, HashBytes([9; 32]))).unwrap().load_account().unwrap().unwrap();
    assert_eq!(account.balance.tokens.into_inner(), 3_000_003);
}

#[test]
fn a_message_that_comes_twice_is_taken_once() {
    let order = transfer(1, 0, false, &[pay(2, 5)]);
    let made = step(&genesis(), 1, &[order.clone(), order]);
    assert_eq!((made.included.len(), made.refused.len()), (1, 0));
}

#[test]
fn refused_messages_leave_no_trace() {
    let state = genesis();
    let wrong_seqno = transfer(1, 5, false, &[pay(2, 5)]);
    let nobody = transfer(4, 0, true, &[pay(2, 5)]);
    let made = step(&state, 1, &[wrong_seqno.clone(), nobody.clone()]);
    let reasons: Vec<_> = made.refused.iter().map(|(hash, refusal)| (*hash, refusal.clone())).collect();
    assert_eq!(reasons, [(*wrong_seqno.repr_hash(), Refusal::Seqno), (*nobody.repr_hash(), Refusal::NoState)]);
    assert_eq!(made.block, step(&state, 1, &[]).block);
}

#[test]
fn contracts_may_ask_for_earlier_blocks() {
    let (mut state, mut ids) = (genesis(), vec![]);
    for number in 1..=120 {
        ids.push(*state.head());
        state = collate(&state, &[], &params(number)).unwrap().next;
    }
    let previous = state.previous_blocks();
    assert_eq!(previous.last.len(), 16);
    assert_eq!(previous.last[0], *state.head());
    assert_eq!(previous.last[15], ids[105]);
    assert_eq!(previous.key_block, Some(ids[0]));
    assert_eq!(previous.every_100, [ids[100], ids[0]]);
}

#[test]
fn time_does_not_run_backwards() {
    let state = step(&genesis(), 100, &[]).next;
    let early = collate(&state, &[], &params(0));
    assert!(matches!(early, Err(CollateError::TimeReversed { .. })));
}

#[test]
fn any_tampered_byte_is_refused() {
    let state = step(&genesis(), 1, &[transfer(1, 0, false, &[pay(2, 5)])]).next;
    let good = step(&state, 2, &[transfer(1, 1, false, &[pay(3, 5)])]).block;
    for part in 0..2 {
        let length = if part == 0 { good.masterchain.len() } else { good.shards[0].len() };
        for at in 0..length {
            let mut bad = good.clone();
            let bytes = if part == 0 { &mut bad.masterchain } else { &mut *bad.shards[0] };
            bytes[at] ^= 1 << (at % 8);
            assert!(validate(&state, &bad).is_err(), "part {part}, byte {at}");
        }
    }
}

#[test]
fn a_block_on_another_parent_is_refused() {
    let state = genesis();
    let first = step(&state, 1, &[]);
    let second = step(&first.next, 2, &[]);
    assert!(matches!(validate(&state, &second.block), Err(InvalidBlock::Seqno { got: 2, wanted: 1 })));
    let other = step(&state, 1, &[transfer(1, 0, false, &[pay(2, 5)])]);
    assert!(matches!(validate(&other.next, &second.block), Err(InvalidBlock::Parent(_))));
    let mut short = first.block.clone();
    short.shards.clear();
    assert!(matches!(validate(&state, &short), Err(InvalidBlock::Shards { got: 0, wanted: 1 })));
}

#[test]
fn a_state_survives_its_snapshot_and_goes_on_alike() {
    let state = step(&genesis(), 1, &[transfer(1, 0, false, &[pay(2, 5)])]).next;
    let restored = ChainState::from_bytes(&state.to_bytes().unwrap()).unwrap();
    assert_eq!(restored.head(), state.head());
    assert_eq!(step(&restored, 2, &[]).block, step(&state, 2, &[]).block);
}

#[test]
fn the_index_finds_every_transaction() {
    let order = transfer(1, 0, false, &[pay(2, 5), pay(3, 6)]);
    let sent = step(&genesis(), 1, std::slice::from_ref(&order));
    let found = index::transactions(&sent.block).unwrap();
    assert_eq!(found.len(), 1);
    assert!(found[0].external);
    assert_eq!(found[0].in_message, Some(*order.repr_hash()));
    assert_eq!(found[0].account, wallet(1).address().unwrap());
    let arrived = step(&sent.next, 2, &[]);
    let found = index::transactions(&arrived.block).unwrap();
    assert_eq!(found.len(), 2);
    for row in found {
        let account = arrived.next.account(&row.account).unwrap();
        assert_eq!((account.last_trans_hash, account.last_trans_lt), (row.hash, row.lt));
        assert!(!row.external);
    }
}

#[test]
fn addresses_that_no_chain_has_hold_nothing_up() {
    let elsewhere = Transfer::new(StdAddr::new(5, HashBytes([1; 32])), Gram::from(1_000_000_000));
    let mut anycast = StdAddr::new(0, HashBytes([1; 32]));
    let mut prefix = CellBuilder::new();
    prefix.store_small_uint(0b1010, 4).unwrap();
    let prefix = prefix.build().unwrap();
    anycast.anycast = Some(Box::new(tycho_types::models::Anycast::from_slice(&prefix.as_slice().unwrap()).unwrap()));
    let anycast = Transfer::new(anycast, Gram::from(1_000_000_000));
    let sent = step(&genesis(), 1, &[transfer(1, 0, false, &[elsewhere, anycast, pay(2, 5)])]);
    assert_eq!(sent.included.len(), 1);
    let arrived = step(&sent.next, 2, &[]);
    assert_eq!(balance(&arrived.next, 2), 5 * GRAM);
    assert!(sent.stuck.is_empty() && arrived.stuck.is_empty());
}

#[test]
fn a_small_dictionary_that_describes_endless_transactions_is_refused() {
    let made = step(&genesis(), 1, &[transfer(1, 0, false, &[pay(2, 5)])]);
    let mut block = made.block.open().unwrap().shards[0].clone();
    let mut extra = block.block.load_extra().unwrap();
    let blocks = extra.account_blocks.load().unwrap();
    // one leaf under forks whose two sides are the same cell: 2^20 accounts in 21 cells
    let (_, fees, account) = blocks.iter().next().unwrap().unwrap();
    let mut leaf = CellBuilder::new();
    leaf.store_small_uint(0b11, 2).unwrap();
    leaf.store_bit_zero().unwrap();
    leaf.store_uint(236, 8).unwrap();
    fees.store_into(&mut leaf, Cell::empty_context()).unwrap();
    account.store_into(&mut leaf, Cell::empty_context()).unwrap();
    let mut cell = leaf.build().unwrap();
    for _ in 0..20 {
        let mut fork = CellBuilder::new();
        fork.store_small_uint(0, 2).unwrap();
        fork.store_reference(cell.clone()).unwrap();
        fork.store_reference(cell).unwrap();
        fees.store_into(&mut fork, Cell::empty_context()).unwrap();
        cell = fork.build().unwrap();
    }
    let bomb = tycho_types::models::AccountBlocks::from_parts(Dict::from_raw(Some(cell)), fees);
    extra.account_blocks = tycho_types::cell::Lazy::new(&bomb).unwrap();
    block.block.extra = tycho_types::cell::Lazy::new(&extra).unwrap();
    let mut seen = 0;
    let found = index::for_each_transaction(&block, |_, _| {
        seen += 1;
        Ok(())
    });
    assert!(found.is_err());
    assert_eq!(seen, TRANSACTIONS_MAX);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// `step` checks after each block that it validates and that no money came or went.
    #[test]
    fn random_transfers_conserve_money(rounds in rounds()) {
        run(genesis(), rounds);
    }

    /// The same with messages that cross from shard to shard.
    #[test]
    fn random_transfers_between_shards_conserve_money(rounds in rounds()) {
        run(genesis_of_two_shards(), rounds);
    }
}

/// Who pays whom how much in each block; the receiver 9 is in the masterchain.
type Round = Vec<(u8, u8, u64, bool)>;

fn rounds() -> impl Strategy<Value = Vec<Round>> {
    prop::collection::vec(prop::collection::vec((1u8..6, 1u8..10, 1u64..3_000_000_000, any::<bool>()), 0..8), 1..8)
}

fn run(state: ChainState, rounds: Vec<Round>) {
    let everyone: Vec<_> = (2..6).map(|to| pay(to, 4)).collect();
    let mut state = step(&state, 1, &[transfer(1, 0, false, &everyone)]).next;
    let mut number = 2;
    for round in rounds {
        let mut orders = Vec::new();
        for (from, to, nano, bounce) in round {
            let account = state.account(&wallet(from).address().unwrap()).unwrap().load_account().unwrap();
            let seqno = account.as_ref().and_then(crate::wallet::seqno);
            let above = WalletV5::with_subwallet(key(9).verifying_key().to_bytes(), -1, 0);
            let to = if to == 9 { above } else { wallet(to) };
            let mut order = Transfer::new(to.address().unwrap(), Gram::from(nano));
            order.bounce = bounce;
            orders.push(transfer(from, seqno.unwrap_or(0), seqno.is_none(), &[order]));
        }
        state = step(&state, number, &orders).next;
        number += 1;
    }
    settle(&state, number, 8);
}

#[test]
fn a_message_crosses_to_another_shard_and_is_swept_behind_it() {
    let state = genesis_of_two_shards();
    let home = state.shard_of(&wallet(1).address().unwrap()).unwrap().id().shard;
    let to = (2..).find(|n| !home.contains_account(&wallet(*n).address().unwrap().address)).unwrap();
    let sent = step(&state, 1, &[transfer(1, 0, false, &[pay(to, 5)])]).next;
    assert_eq!(sent.shards().count(), 2);
    assert!(!sent.shard(home).unwrap().messages().queue.is_empty());
    let arrived = step(&sent, 2, &[]).next;
    assert_eq!(balance(&arrived, to), 5 * GRAM);
    assert!(!arrived.shard(home).unwrap().messages().queue.is_empty());
    let swept = step(&arrived, 3, &[]).next;
    assert!(is_quiet(&swept));
}

#[test]
fn bytes_of_a_stranger_are_no_bundle() {
    let state = genesis();
    for length in [0usize, 1, 40, 400] {
        let noise: Vec<u8> = (0..=250u8).cycle().step_by(131).take(length).collect();
        let bundle = BlockBundle { masterchain: noise.clone(), shards: vec![noise.into()] };
        assert!(matches!(validate(&state, &bundle), Err(InvalidBlock::Block(_))));
    }
    let good = step(&state, 1, &[]).block;
    let swapped = BlockBundle { masterchain: good.shards[0].to_vec(), shards: vec![good.masterchain.clone().into()] };
    assert!(validate(&state, &swapped).is_err());
    assert_eq!(BlockBundle::decode(&good.encode().unwrap()).unwrap(), good);
    assert!(BlockBundle::decode(&vec![0; crate::block::BUNDLE_BYTES_MAX + 1]).is_err());
}
