//! A bundle as rows of the block store.

use chain::{
    BlockBundle,
    block::{BlockError, OpenBlock},
    certificate::ConsensusHeader,
    index::for_each_transaction,
};
use std::collections::BTreeSet;
use store::blocks::{BlockKey, BlockRow, Commit, FinalRow, TransactionRow};
use tycho_types::{
    boc::Boc,
    cell::{HashBytes, Lazy},
    error::Error,
    models::{MsgInfo, Transaction},
};

/// What becomes durable with this block (its certificate is added later), and the external messages in it.
pub(super) fn commit(
    header: &ConsensusHeader,
    bundle: &BlockBundle,
) -> Result<(Commit, BTreeSet<HashBytes>), BlockError> {
    let open = bundle.open()?;
    let mut found = Found { header, blocks: Vec::new(), transactions: Vec::new(), externals: BTreeSet::new() };
    found.block(&open.masterchain, &bundle.masterchain)?;
    for (block, bytes) in open.shards.iter().zip(&bundle.shards) {
        found.block(block, bytes)?;
    }
    let decided = FinalRow {
        height: header.height,
        digest: header.digest(),
        header: header.encode().to_vec(),
        certificate: None,
    };
    let commit = Commit { decided, at_ms: header.timestamp_ms, blocks: found.blocks, transactions: found.transactions };
    Ok((commit, found.externals))
}

struct Found<'a> {
    header: &'a ConsensusHeader,
    blocks: Vec<BlockRow>,
    transactions: Vec<TransactionRow>,
    externals: BTreeSet<HashBytes>,
}

impl Found<'_> {
    fn block(&mut self, block: &OpenBlock, bytes: &[u8]) -> Result<(), Error> {
        let key =
            BlockKey { workchain: block.id.shard.workchain(), shard: block.id.shard.prefix(), seqno: block.id.seqno };
        let before = self.transactions.len();
        for_each_transaction(block, |account, transaction| self.transaction(key, account, transaction))?;
        let count = self.transactions.len().saturating_sub(before);
        self.blocks.push(BlockRow {
            key,
            height: self.header.height,
            root_hash: block.id.root_hash.0,
            file_hash: block.id.file_hash.0,
            at_ms: self.header.timestamp_ms,
            start_lt: block.info.start_lt,
            end_lt: block.info.end_lt,
            transactions: u32::try_from(count).unwrap_or(u32::MAX),
            boc: bytes.to_vec(),
        });
        Ok(())
    }

    fn transaction(&mut self, block: BlockKey, account: HashBytes, cell: &Lazy<Transaction>) -> Result<(), Error> {
        let transaction = cell.load()?;
        let (mut in_message_hash, mut in_created_lt) = ([0; 32], 0);
        if let Some(message) = &transaction.in_msg {
            in_message_hash = message.repr_hash().0;
            match message.parse::<MsgInfo>()? {
                MsgInfo::Int(info) => in_created_lt = info.created_lt,
                MsgInfo::ExtIn(_) => {
                    self.externals.insert(*message.repr_hash());
                }
                MsgInfo::ExtOut(_) => return Err(Error::InvalidData),
            }
        }
        self.transactions.push(TransactionRow {
            hash: cell.inner().repr_hash().0,
            workchain: block.workchain,
            account: account.0,
            lt: transaction.lt,
            at_ms: self.header.timestamp_ms,
            block,
            in_message_hash,
            in_created_lt,
            boc: Boc::encode(cell.inner().as_ref()),
        });
        Ok(())
    }
}
