//! The queue of messages that left an account and have not arrived: TON's `OutMsgQueueInfo`,
//! which tycho-types leaves opaque.
//!
//! Messages are delivered in order of logical time, then hash (rule CHN-60). The dictionary is
//! ordered by destination, so each fork carries the least logical time below it, and the cursor
//! opens the tree best first: reading k messages costs k paths, not the whole queue.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use tycho_types::cell::{CellContext, CellDataBuilder};
use tycho_types::dict::{AugDict, AugDictExtra, DictKey, LoadDictKey, StoreDictKey};
use tycho_types::error::Error;
use tycho_types::models::{EnqueuedMsg, IntAddr, IntMsgInfo, MsgInfo, ShardIdent, StdAddr};
use tycho_types::prelude::*;

/// Bits of a queue key: workchain, first 64 bits of the address, hash of the message.
const KEY_BITS: u16 = 352;
/// Bits of workchain and address prefix in a key.
const ROUTE_BITS: u16 = 96;

/// Where a message waits: next to others for the same neighbourhood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct QueueKey {
    /// The destination's workchain, its sign bit turned so that order is that of the dictionary.
    workchain: u32,
    /// The first 64 bits of the destination's address.
    prefix: u64,
    /// The hash of the message.
    hash: HashBytes,
}

impl QueueKey {
    /// The key of the message with this hash to this account.
    #[must_use]
    pub fn new(destination: &StdAddr, hash: HashBytes) -> Self {
        Self { workchain: i32::from(destination.workchain).cast_unsigned(), prefix: destination.prefix(), hash }
    }
}

impl DictKey for QueueKey {
    const BITS: u16 = KEY_BITS;
}

impl StoreDictKey for QueueKey {
    fn store_into_data(&self, data: &mut CellDataBuilder) -> Result<(), Error> {
        data.store_u32(self.workchain)?;
        data.store_u64(self.prefix)?;
        data.store_u256(&self.hash)
    }
}

impl LoadDictKey for QueueKey {
    fn load_from_data(data: &CellDataBuilder) -> Option<Self> {
        let raw = data.raw_data();
        Some(Self {
            workchain: u32::from_be_bytes(raw.get(..4)?.try_into().ok()?),
            prefix: u64::from_be_bytes(raw.get(4..12)?.try_into().ok()?),
            hash: HashBytes(raw.get(12..44)?.try_into().ok()?),
        })
    }
}

/// The least logical time in a part of the queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Store, Load)]
pub struct LeastLt(pub u64);

impl AugDictExtra for LeastLt {
    fn comp_add(
        left: &mut CellSlice<'_>,
        right: &mut CellSlice<'_>,
        b: &mut CellBuilder,
        cx: &dyn CellContext,
    ) -> Result<(), Error> {
        Self(left.load_u64()?.min(right.load_u64()?)).store_into(b, cx)
    }
}

/// The queue's dictionary.
pub type OutMsgQueue = AugDict<QueueKey, LeastLt, EnqueuedMsg>;

/// Names a shard and the masterchain block that it knew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProcessedKey {
    /// The shard's prefix.
    pub shard: u64,
    /// The masterchain block.
    pub masterchain_seqno: u32,
}

impl DictKey for ProcessedKey {
    const BITS: u16 = 96;
}

impl StoreDictKey for ProcessedKey {
    fn store_into_data(&self, data: &mut CellDataBuilder) -> Result<(), Error> {
        data.store_u64(self.shard)?;
        data.store_u32(self.masterchain_seqno)
    }
}

impl LoadDictKey for ProcessedKey {
    fn load_from_data(data: &CellDataBuilder) -> Option<Self> {
        let raw = data.raw_data();
        Some(Self {
            shard: u64::from_be_bytes(raw.get(..8)?.try_into().ok()?),
            masterchain_seqno: u32::from_be_bytes(raw.get(8..12)?.try_into().ok()?),
        })
    }
}

/// How far a shard has delivered: all messages to it up to this one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Store, Load)]
pub struct ProcessedUpTo {
    /// The logical time of the last message.
    pub lt: u64,
    /// Its hash.
    pub hash: HashBytes,
}

/// Everything about messages on their way: those that wait here, and how far those to here got.
#[derive(Clone, Debug, Default)]
pub struct OutMsgQueueInfo {
    /// Messages from this shard.
    pub queue: OutMsgQueue,
    /// How far this shard has delivered the messages to it.
    pub processed: Dict<ProcessedKey, ProcessedUpTo>,
}

impl Store for OutMsgQueueInfo {
    fn store_into(&self, b: &mut CellBuilder, cx: &dyn CellContext) -> Result<(), Error> {
        self.queue.store_into(b, cx)?;
        self.processed.store_into(b, cx)?;
        b.store_bit_zero() // extra: nothing is put off
    }
}

impl<'a> Load<'a> for OutMsgQueueInfo {
    fn load_from(slice: &mut CellSlice<'a>) -> Result<Self, Error> {
        let info = Self { queue: OutMsgQueue::load_from(slice)?, processed: Dict::load_from(slice)? };
        if slice.load_bit()? { Err(Error::InvalidTag) } else { Ok(info) }
    }
}

impl OutMsgQueueInfo {
    /// How far this shard has delivered.
    ///
    /// # Errors
    /// Where the dictionary is malformed.
    pub fn processed_up_to(&self) -> Result<ProcessedUpTo, Error> {
        let mut last = ProcessedUpTo::default();
        for entry in self.processed.iter() {
            last = last.max(entry?.1);
        }
        Ok(last)
    }

    /// The messages to accounts of `shard`, in order of logical time.
    #[must_use]
    pub fn cursor(&self, shard: ShardIdent) -> QueueCursor {
        QueueCursor::new(&self.queue, shard)
    }
}

/// A message that waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// When it was sent.
    pub lt: u64,
    /// The hash of the message.
    pub hash: HashBytes,
    /// To whom.
    pub destination: StdAddr,
    /// The entry.
    pub entry: EnqueuedMsg,
    /// The message.
    pub message: Cell,
    /// Its header.
    pub header: IntMsgInfo,
}

impl Waiting {
    /// Reads an entry of the queue.
    fn read(entry: EnqueuedMsg) -> Result<Self, Error> {
        let envelope = entry.out_msg_envelope.load()?;
        let message = envelope.message.inner().clone();
        let MsgInfo::Int(header) = message.parse::<MsgInfo>()? else { return Err(Error::InvalidData) };
        let IntAddr::Std(destination) = header.dst.clone() else { return Err(Error::InvalidData) };
        Ok(Self { lt: header.created_lt, hash: *message.repr_hash(), destination, entry, message, header })
    }

    /// Its place in the order of delivery.
    #[must_use]
    pub fn position(&self) -> ProcessedUpTo {
        ProcessedUpTo { lt: self.lt, hash: self.hash }
    }

    /// Its key in the queue.
    #[must_use]
    pub fn key(&self) -> QueueKey {
        QueueKey::new(&self.destination, self.hash)
    }
}

/// Reads a queue in order of delivery.
#[derive(Debug)]
pub struct QueueCursor {
    heap: BinaryHeap<Reverse<Node>>,
    shard: ShardIdent,
}

impl QueueCursor {
    fn new(queue: &OutMsgQueue, shard: ShardIdent) -> Self {
        let root = queue.dict().root().clone();
        let least = queue.root_extra().0;
        let nodes = root
            .map(|cell| Reverse(Node { order: (least, HashBytes::ZERO), part: Part::Tree(cell, Route::default()) }));
        Self { heap: nodes.into_iter().collect(), shard }
    }

    /// The next message.
    ///
    /// # Errors
    /// Where the queue is malformed.
    pub fn next_message(&mut self) -> Result<Option<Waiting>, Error> {
        while let Some(Reverse(node)) = self.heap.pop() {
            match node.part {
                Part::Message(message) => return Ok(Some(*message)),
                Part::Tree(cell, route) => self.open(&cell, route)?,
            }
        }
        Ok(None)
    }

    /// Puts what a node of the tree holds on the heap, unless it is for other shards.
    fn open(&mut self, cell: &Cell, mut route: Route) -> Result<(), Error> {
        let mut slice = cell.as_slice()?;
        route.read_label(&mut slice)?;
        if !route.meets(self.shard) {
            return Ok(());
        }
        if route.length == KEY_BITS {
            LeastLt::load_from(&mut slice)?;
            let message = Waiting::read(EnqueuedMsg::load_from(&mut slice)?)?;
            let order = (message.lt, message.hash);
            self.heap.push(Reverse(Node { order, part: Part::Message(Box::new(message)) }));
            return Ok(());
        }
        for bit in [false, true] {
            let child = slice.load_reference_cloned()?;
            let mut below = route;
            below.push(bit)?;
            let least = least_lt(&child, below.length)?;
            self.heap.push(Reverse(Node { order: (least, HashBytes::ZERO), part: Part::Tree(child, below) }));
        }
        Ok(())
    }
}

/// The least logical time under a node whose key is known up to `length` bits.
fn least_lt(cell: &Cell, length: u16) -> Result<u64, Error> {
    let mut slice = cell.as_slice()?;
    let mut route = Route { length, ..Route::default() };
    route.read_label(&mut slice)?;
    if route.length != KEY_BITS {
        slice.skip_first(0, 2)?;
    }
    slice.load_u64()
}

/// A part of the queue; the heap gives the least first. A tree comes before a message of the same
/// time, for it may hold one with a lesser hash.
#[derive(Debug)]
struct Node {
    order: (u64, HashBytes),
    part: Part,
}

#[derive(Debug)]
enum Part {
    Tree(Cell, Route),
    Message(Box<Waiting>),
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.order == other.order
    }
}

impl Eq for Node {}

impl PartialOrd for Node {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Node {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.order.cmp(&other.order)
    }
}

/// The first bits of a key, as far as they say where messages go.
#[derive(Clone, Copy, Debug, Default)]
struct Route {
    bits: u128,
    length: u16,
}

impl Route {
    /// Adds a bit; beyond workchain and prefix only the length counts.
    fn push(&mut self, bit: bool) -> Result<(), Error> {
        if self.length >= KEY_BITS {
            return Err(Error::InvalidData);
        }
        if self.length < ROUTE_BITS {
            self.bits |= u128::from(bit).checked_shl(127u32.saturating_sub(self.length.into())).unwrap_or(0);
        }
        self.length = self.length.saturating_add(1);
        Ok(())
    }

    /// Reads the label of an edge (TON's `HmLabel`).
    fn read_label(&mut self, slice: &mut CellSlice<'_>) -> Result<(), Error> {
        let most = KEY_BITS.saturating_sub(self.length);
        let length_bits = u16::try_from(16u32.saturating_sub(most.leading_zeros())).unwrap_or(16);
        if !slice.load_bit()? {
            let mut length = 0u16;
            while slice.load_bit()? {
                length = length.saturating_add(1);
            }
            self.read_bits(slice, length)
        } else if slice.load_bit()? {
            let bit = slice.load_bit()?;
            for _ in 0..slice.load_uint(length_bits)? {
                self.push(bit)?;
            }
            Ok(())
        } else {
            let length = u16::try_from(slice.load_uint(length_bits)?).map_err(|_| Error::IntOverflow)?;
            self.read_bits(slice, length)
        }
    }

    fn read_bits(&mut self, slice: &mut CellSlice<'_>, length: u16) -> Result<(), Error> {
        for _ in 0..length {
            self.push(slice.load_bit()?)?;
        }
        Ok(())
    }

    /// Whether keys that start so can be of accounts in `shard`.
    fn meets(&self, shard: ShardIdent) -> bool {
        let prefix = shard.prefix() & shard.prefix().wrapping_sub(1);
        let wanted = (u128::from(shard.workchain().cast_unsigned()) << 96) | (u128::from(prefix) << 32);
        let length = self.length.min(shard.prefix_len().saturating_add(32));
        let mask = u128::MAX.checked_shl(128u32.saturating_sub(length.into())).unwrap_or(0);
        (self.bits ^ wanted) & mask == 0
    }
}

#[cfg(test)]
mod tests;
