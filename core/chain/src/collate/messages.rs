//! The messages that come into a block and leave it.

use crate::queue::{LeastLt, OutMsgQueueInfo, ProcessedKey, ProcessedUpTo, QueueKey, Waiting};
use std::collections::BTreeMap;
use tycho_types::cell::Lazy;
use tycho_types::dict::AugDict;
use tycho_types::error::Error;
use tycho_types::models::{
    CurrencyCollection, EnqueuedMsg, ImportFees, InMsg, InMsgDescr, InMsgExternal, InMsgFinal, IntAddr, IntMsgInfo,
    IntermediateAddr, MsgEnvelope, MsgInfo, OutMsg, OutMsgDequeueImmediate, OutMsgDequeueShort, OutMsgDescr,
    OutMsgExternal, OutMsgNew, Transaction,
};
use tycho_types::prelude::*;

/// All messages of a block.
#[derive(Debug, Default)]
pub(super) struct MessageBook {
    inbound: BTreeMap<HashBytes, (ImportFees, InMsg)>,
    outbound: BTreeMap<HashBytes, (CurrencyCollection, OutMsg)>,
    queue: BTreeMap<QueueKey, Option<(LeastLt, EnqueuedMsg)>>,
}

/// What one transaction adds to the book: made whole first, so that one that fails leaves no trace.
#[derive(Debug, Default)]
pub(super) struct Entries {
    inbound: Vec<(HashBytes, (ImportFees, InMsg))>,
    outbound: Vec<(HashBytes, (CurrencyCollection, OutMsg))>,
    queue: Vec<(QueueKey, Option<(LeastLt, EnqueuedMsg)>)>,
}

impl Entries {
    /// The places in this chain's own queue that change.
    pub(super) fn queue_keys(&self) -> impl Iterator<Item = &QueueKey> {
        self.queue.iter().map(|(key, _)| key)
    }

    /// How many messages the lists name.
    pub(super) fn len(&self) -> usize {
        self.inbound.len().saturating_add(self.outbound.len())
    }

    /// Notes an external message that was taken.
    pub(super) fn external(&mut self, message: &Cell, transaction: &Lazy<Transaction>) -> Result<(), Error> {
        let entry = InMsg::External(InMsgExternal {
            in_msg: Lazy::from_raw(message.clone())?,
            transaction: transaction.clone(),
        });
        self.inbound.push((*message.repr_hash(), (ImportFees::default(), entry)));
        Ok(())
    }

    /// Notes an internal message that was delivered; `own` says that it waited in this chain's
    /// queue, from which it is now taken.
    pub(super) fn delivered(
        &mut self,
        waiting: &Waiting,
        transaction: &Lazy<Transaction>,
        own: bool,
    ) -> Result<(), Error> {
        let envelope = waiting.entry.out_msg_envelope.clone();
        let fwd_fee = envelope.load()?.fwd_fee_remaining;
        let entry =
            InMsg::Final(InMsgFinal { in_msg_envelope: envelope.clone(), transaction: transaction.clone(), fwd_fee });
        if own {
            let reimport = Lazy::new(&entry)?;
            let taken = OutMsg::DequeueImmediate(OutMsgDequeueImmediate { out_msg_envelope: envelope, reimport });
            self.outbound.push((waiting.hash, (CurrencyCollection::ZERO, taken)));
            self.queue.push((waiting.key(), None));
        }
        self.inbound.push((waiting.hash, (entry.compute_fees()?, entry)));
        Ok(())
    }

    /// Takes a message out of the queue that another chain has delivered.
    pub(super) fn taken_elsewhere(&mut self, waiting: &Waiting, import_block_lt: u64) {
        let taken = OutMsg::DequeueShort(OutMsgDequeueShort {
            msg_env_hash: *waiting.entry.out_msg_envelope.inner().repr_hash(),
            next_workchain: waiting.destination.workchain.into(),
            next_addr_pfx: waiting.destination.prefix(),
            import_block_lt,
        });
        self.outbound.push((waiting.hash, (CurrencyCollection::ZERO, taken)));
        self.queue.push((waiting.key(), None));
    }

    /// Notes a message that a transaction sent: it goes to the queue, or out into the world.
    pub(super) fn sent(&mut self, message: Cell, transaction: &Lazy<Transaction>) -> Result<(), Error> {
        let hash = *message.repr_hash();
        match message.parse::<MsgInfo>()? {
            MsgInfo::Int(info) => self.enqueue(hash, message, &info, transaction),
            MsgInfo::ExtOut(_) => {
                let transaction = transaction.clone();
                let entry = OutMsg::External(OutMsgExternal { out_msg: Lazy::from_raw(message)?, transaction });
                self.outbound.push((hash, (CurrencyCollection::ZERO, entry)));
                Ok(())
            }
            MsgInfo::ExtIn(_) => Err(Error::InvalidData),
        }
    }

    /// Puts a message into the queue.
    fn enqueue(
        &mut self,
        hash: HashBytes,
        message: Cell,
        info: &IntMsgInfo,
        transaction: &Lazy<Transaction>,
    ) -> Result<(), Error> {
        let IntAddr::Std(to) = &info.dst else { return Err(Error::InvalidData) };
        let envelope = MsgEnvelope {
            cur_addr: IntermediateAddr::FULL_SRC_SAME_WORKCHAIN,
            next_addr: IntermediateAddr::FULL_DEST_SAME_WORKCHAIN,
            fwd_fee_remaining: info.fwd_fee,
            message: Lazy::from_raw(message)?,
        };
        let out_msg_envelope = Lazy::new(&envelope)?;
        let entry =
            OutMsg::New(OutMsgNew { out_msg_envelope: out_msg_envelope.clone(), transaction: transaction.clone() });
        self.outbound.push((hash, (entry.compute_exported_value()?, entry)));
        let least = LeastLt(info.created_lt);
        let enqueued = EnqueuedMsg { enqueued_lt: info.created_lt, out_msg_envelope };
        self.queue.push((QueueKey::new(to, hash), Some((least, enqueued))));
        Ok(())
    }
}

impl MessageBook {
    /// Notes what a transaction added.
    pub(super) fn note(&mut self, entries: Entries) {
        self.inbound.extend(entries.inbound);
        self.outbound.extend(entries.outbound);
        self.queue.extend(entries.queue);
    }

    /// The block's lists of messages.
    pub(super) fn lists(&self) -> Result<(InMsgDescr, OutMsgDescr), Error> {
        Ok((AugDict::try_from_btree(&self.inbound)?, AugDict::try_from_btree(&self.outbound)?))
    }

    /// The queue after the block.
    pub(super) fn queue(
        self,
        before: &OutMsgQueueInfo,
        key: ProcessedKey,
        processed: ProcessedUpTo,
    ) -> Result<OutMsgQueueInfo, Error> {
        let mut after = before.clone();
        after.queue.modify_with_sorted_iter(self.queue)?;
        if processed > ProcessedUpTo::default() {
            after.processed = Dict::new();
            after.processed.set(key, processed)?;
        }
        Ok(after)
    }
}
