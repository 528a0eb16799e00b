//! From the files to the last final state: newest snapshot that can be read, then the blocks since.

use crate::{ledger::failure, view::NetworkFacts};
use chain::{BlockBundle, ChainState, Genesis, certificate::ConsensusHeader};
use consensus::{Block, Failure, FinalBlock, FinalName};
use store::blocks::{BlockRow, BlockStore};
use wire::hash::sha256;

/// The fact that ties a folder to its network.
const GENESIS_FACT: &str = "genesis_hash";

pub(super) struct Recovered {
    pub(super) header: ConsensusHeader,
    pub(super) state: ChainState,
    pub(super) genesis_header: ConsensusHeader,
    pub(super) network: NetworkFacts,
}

pub(super) fn recover(store: &BlockStore, genesis: &Genesis) -> Result<Recovered, Failure> {
    let first = ChainState::from_genesis(genesis).map_err(failure)?;
    let genesis_hash = genesis.hash();
    check_folder(store, &genesis_hash)?;
    let genesis_header = ConsensusHeader::genesis(
        genesis_hash,
        u64::from(first.gen_utime()).saturating_mul(1000),
        first.head().root_hash.0,
    );
    let network = NetworkFacts {
        genesis_hash,
        validators: genesis.validators().map_err(failure)?,
        global_id: first.config().global_id(),
        zero_state: *first.head(),
    };
    let last = store.last_height().map_err(failure)?.unwrap_or(0);
    let (mut height, mut state) = newest_snapshot(store, last)?.unwrap_or((0, first));
    while height < last {
        height = height.saturating_add(1);
        let bundle = bundle(store.blocks_at(height).map_err(failure)?)
            .ok_or_else(|| Failure(format!("block {height} is missing in the store: restore the folder")))?;
        state = chain::validate(&state, &bundle).map_err(|why| Failure(format!("stored block {height}: {why}")))?;
    }
    let header = if last == 0 {
        genesis_header
    } else {
        let decided = store.decided(last).map_err(failure)?;
        let decided = decided.ok_or_else(|| Failure(format!("header {last} is missing in the store")))?;
        ConsensusHeader::decode(&decided.header).map_err(failure)?
    };
    if last > 0 && header.masterchain_root_hash != state.head().root_hash.0 {
        return Err(Failure(format!("the state at height {last} is not the one that was decided: restore the folder")));
    }
    Ok(Recovered { header, state, genesis_header, network })
}

/// A final block as consensus carried it, with its certificate.
pub(super) fn final_block(store: &BlockStore, name: FinalName) -> Result<Option<FinalBlock>, Failure> {
    let decided = match name {
        FinalName::Height(height) => store.decided(height),
        FinalName::Digest(digest) => store.decided_by_digest(&digest),
    };
    let Some(decided) = decided.map_err(failure)? else { return Ok(None) };
    let header = ConsensusHeader::decode(&decided.header).map_err(failure)?;
    let bundle = bundle(store.blocks_at(decided.height).map_err(failure)?)
        .ok_or_else(|| Failure(format!("block {} is missing in the store: restore the folder", decided.height)))?;
    let payload = bundle.encode().map_err(failure)?;
    if sha256(&payload) != header.payload_hash {
        return Err(Failure(format!("block {} is damaged in the store: restore the folder", decided.height)));
    }
    Ok(Some((Block { header, payload: payload.into() }, decided.certificate)))
}

/// A folder belongs to one network for ever.
fn check_folder(store: &BlockStore, genesis_hash: &[u8; 32]) -> Result<(), Failure> {
    match store.fact(GENESIS_FACT).map_err(failure)? {
        Some(known) if known == genesis_hash => Ok(()),
        Some(_) => Err(Failure("this folder holds blocks of another network: use another folder".to_owned())),
        None => store.put_fact(GENESIS_FACT, genesis_hash).map_err(failure),
    }
}

/// A snapshot that can't be read is no loss: there is an older one, or the genesis.
fn newest_snapshot(store: &BlockStore, last: u64) -> Result<Option<(u64, ChainState)>, Failure> {
    for (height, bytes) in store.snapshots().map_err(failure)? {
        if height > last {
            continue;
        }
        match ChainState::from_bytes(&bytes) {
            Ok(state) if u64::from(state.seqno()) == height => return Ok(Some((height, state))),
            Ok(_) => tracing::warn!(height, "a snapshot is of another height than it says"),
            Err(why) => tracing::warn!(height, %why, "a snapshot can't be read"),
        }
    }
    Ok(None)
}

fn bundle(rows: Vec<BlockRow>) -> Option<BlockBundle> {
    let mut rows = rows.into_iter();
    let masterchain = rows.next()?.boc;
    Some(BlockBundle { masterchain, shards: rows.map(|row| row.boc.into()).collect() })
}
