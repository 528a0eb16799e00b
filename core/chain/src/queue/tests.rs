//! The order of delivery.

use super::*;
use proptest::prelude::*;
use tycho_types::cell::Lazy;
use tycho_types::models::{IntermediateAddr, MsgEnvelope, OwnedMessage};
use tycho_types::num::Tokens;

fn message(lt: u64, to: StdAddr) -> (QueueKey, LeastLt, EnqueuedMsg) {
    let message = OwnedMessage {
        info: MsgInfo::Int(IntMsgInfo {
            src: StdAddr::new(0, HashBytes([1; 32])).into(),
            dst: to.clone().into(),
            created_lt: lt,
            ..IntMsgInfo::default()
        }),
        init: None,
        body: Cell::empty_cell().into(),
        layout: None,
    };
    let envelope = MsgEnvelope {
        cur_addr: IntermediateAddr::FULL_SRC_SAME_WORKCHAIN,
        next_addr: IntermediateAddr::FULL_DEST_SAME_WORKCHAIN,
        fwd_fee_remaining: Tokens::ZERO,
        message: Lazy::new(&message).unwrap(),
    };
    let key = QueueKey::new(&to, *envelope.message_hash());
    (key, LeastLt(lt), EnqueuedMsg { enqueued_lt: lt, out_msg_envelope: Lazy::new(&envelope).unwrap() })
}

fn queue(messages: &[(u64, StdAddr)]) -> OutMsgQueueInfo {
    let mut info = OutMsgQueueInfo::default();
    for (lt, to) in messages {
        let (key, least, entry) = message(*lt, to.clone());
        info.queue.set(key, least, entry).unwrap();
    }
    info
}

fn read(info: &OutMsgQueueInfo, shard: ShardIdent) -> Vec<Waiting> {
    let mut cursor = info.cursor(shard);
    std::iter::from_fn(|| cursor.next_message().unwrap()).collect()
}

fn address() -> impl Strategy<Value = StdAddr> {
    (prop::sample::select(vec![-1i8, 0]), any::<[u8; 32]>()).prop_map(|(wc, bytes)| StdAddr::new(wc, HashBytes(bytes)))
}

proptest! {
    #[test]
    fn a_cursor_gives_a_shards_messages_in_order_of_lt_and_hash(
        messages in prop::collection::vec((1u64..50, address()), 0..60),
        depth in 0u8..4,
        path in any::<u64>(),
    ) {
        let info = queue(&messages);
        let mut shard = ShardIdent::BASECHAIN;
        for bit in 0..depth {
            let (left, right) = shard.split().unwrap();
            shard = if path >> bit & 1 == 0 { left } else { right };
        }
        for shard in [shard, ShardIdent::MASTERCHAIN, ShardIdent::BASECHAIN] {
            let got: Vec<_> = read(&info, shard).into_iter().map(|m| (m.lt, m.hash, m.destination)).collect();
            let mut wanted: Vec<_> = messages
                .iter()
                .filter(|(_, to)| crate::state::contains(shard, to))
                .map(|(lt, to)| (*lt, message(*lt, to.clone()).0.hash, to.clone()))
                .collect();
            wanted.sort();
            wanted.dedup();
            prop_assert_eq!(got, wanted);
        }
    }
}

#[test]
fn a_queue_survives_its_cells() {
    let to = StdAddr::new(-1, HashBytes([3; 32]));
    let mut info = queue(&[(5, to.clone()), (4, StdAddr::new(0, HashBytes([2; 32])))]);
    let key = ProcessedKey { shard: ShardIdent::PREFIX_FULL, masterchain_seqno: 3 };
    info.processed.set(key, ProcessedUpTo { lt: 7, hash: HashBytes([1; 32]) }).unwrap();
    let again = CellBuilder::build_from(&info).unwrap().parse::<OutMsgQueueInfo>().unwrap();
    assert_eq!(again.queue, info.queue);
    assert_eq!(again.processed_up_to().unwrap().lt, 7);
    assert_eq!(info.queue.root_extra().0, 4);
    assert_eq!(read(&again, ShardIdent::MASTERCHAIN)[0].destination, to);
}

#[test]
fn an_empty_queue_gives_nothing() {
    assert!(read(&OutMsgQueueInfo::default(), ShardIdent::BASECHAIN).is_empty());
}
