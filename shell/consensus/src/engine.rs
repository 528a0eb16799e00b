//! One validator's stack: simplex orders digests, marshal carries, keeps and delivers blocks, and a sixth
//! channel gossips external messages.

mod kept;
mod settings;

use crate::{
    Application, Block, Failure, LinkEnds,
    bridge::{Bridge, Deliveries, Marshal, deliver},
    gossip, timing as t,
};
use bytes::Bytes;
use chain::certificate::ConsensusHeader;
use commonware_broadcast::buffered;
use commonware_codec::{Copying, DecodeExt as _};
use commonware_consensus::{
    marshal::{
        core::Actor as MarshalActor,
        resolver::p2p as resolver,
        standard::{Inline, Standard},
    },
    simplex::{self, scheme::ed25519::Scheme},
};
use commonware_cryptography::{
    Digestible as _, Signer as _,
    ed25519::{PrivateKey, PublicKey},
};
use commonware_p2p::{Blocker, Provider, Receiver, Sender};
use commonware_runtime::{Clock, Metrics, Quota, Spawner, Storage, buffer::paged::CacheRef};
use commonware_storage::archive::prunable;
use commonware_utils::{NZU16, NZU32, NZU64, NZUsize, ordered::Set};
use futures::future::{Either, select};
use kept::Older;
use rand_core_engine::CryptoRng;
use std::{num::NonZeroU64, pin::pin, sync::Arc};
use tokio::sync::mpsc;

/// Channels, in the order in which they are registered, and what each peer may send on them a second.
pub(crate) const CHANNELS: [u32; 6] = [
    t::VOTES_PER_SECOND,
    t::VOTES_PER_SECOND,
    t::OTHERS_PER_SECOND,
    t::OTHERS_PER_SECOND,
    t::OTHERS_PER_SECOND,
    t::OTHERS_PER_SECOND,
];
/// Largest message on the wire: a block and what the engine wraps around it.
pub(crate) const MESSAGE_BYTES_MAX: u32 = (16 << 20) + 256 * 1024;
const _: () = assert!(crate::PAYLOAD_BYTES_MAX == 16 << 20, "MESSAGE_BYTES_MAX must grow with the payload");

/// A channel's quota.
pub(crate) fn quota(per_second: u32) -> Quota {
    Quota::per_second(std::num::NonZeroU32::new(per_second).unwrap_or(NZU32!(1)))
}

/// What a validator is, apart from its network.
pub(crate) struct Parts {
    pub(crate) key: PrivateKey,
    pub(crate) committee: Set<PublicKey>,
    pub(crate) namespace: Vec<u8>,
    pub(crate) genesis: ConsensusHeader,
    /// Begins the names of the engine's files.
    pub(crate) prefix: String,
    pub(crate) application: Arc<dyn Application>,
    pub(crate) link: LinkEnds,
    pub(crate) retention: Retention,
}

/// What the engine keeps of what the application keeps too.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Retention {
    /// The last final blocks.
    pub(crate) blocks: u64,
    /// Removed at a time.
    pub(crate) per_section: NonZeroU64,
}

impl Default for Retention {
    fn default() -> Self {
        Self { blocks: t::BLOCKS_KEPT, per_section: NZU64!(t::BLOCKS_PER_SECTION) }
    }
}

/// The validator's network: six channels, in the order of [`CHANNELS`].
pub(crate) struct Wires<S, R, B, P> {
    pub(crate) channels: Vec<(S, R)>,
    pub(crate) blocker: B,
    pub(crate) peers: P,
}

fn failed(what: &str, why: &dyn std::fmt::Display) -> Failure {
    Failure(format!("{what}: {why}"))
}

/// Runs one validator until it fails; dropping the future stops it.
pub(crate) async fn run<E, S, R, B, P>(runtime: E, parts: Parts, wires: Wires<S, R, B, P>) -> Result<(), Failure>
where
    E: Clock + CryptoRng + Spawner + Storage + Metrics,
    S: Sender<PublicKey = PublicKey>,
    R: Receiver<PublicKey = PublicKey>,
    B: Blocker<PublicKey = PublicKey>,
    P: Provider<PublicKey = PublicKey>,
{
    let Wires { channels, blocker, peers } = wires;
    let channels: [(S, R); 6] =
        channels.try_into().map_err(|_| Failure("a validator needs six channels".to_owned()))?;
    let [votes, certificates, resolutions, backfill, broadcast, messages] = channels;
    let public_key = parts.key.public_key();
    let scheme = Scheme::signer(&parts.namespace, parts.committee.clone(), parts.key.clone())
        .ok_or_else(|| Failure("this key is not among the validators of the genesis".to_owned()))?;
    let cache = CacheRef::new(NZU16!(4096), NZUsize!(256));
    let resolver = resolver::init(
        runtime.child("backfill"),
        settings::resolver(public_key.clone(), peers.clone(), blocker.clone()),
        backfill,
    );
    let (buffer_engine, buffer) =
        buffered::Engine::new(runtime.child("broadcast"), settings::broadcast(public_key, peers));
    buffer_engine.start(broadcast);

    let older = Older { application: Arc::clone(&parts.application), validators: parts.committee.len() };
    let section = parts.retention.per_section;
    let stored = settings::archive(&parts.prefix, "certificates", cache.clone(), section, parts.committee.len());
    let stored_certificates = prunable::Archive::init(runtime.child("certificates"), stored).await;
    let stored = settings::archive(&parts.prefix, "blocks", cache.clone(), section, ());
    let stored_blocks = prunable::Archive::init(runtime.child("blocks"), stored).await;
    let genesis = Block { header: parts.genesis, payload: Bytes::new() };
    let genesis_digest = genesis.digest();
    let (marshal, mailbox, _): (_, Marshal, _) = MarshalActor::<_, Standard<Block>, _, _, _, _, _>::init(
        runtime.child("marshal"),
        older.behind(stored_certificates.map_err(|why| failed("the engine's certificates can't be opened", &why))?),
        older.behind(stored_blocks.map_err(|why| failed("the engine's blocks can't be opened", &why))?),
        settings::marshal(&parts.prefix, scheme.clone(), genesis, cache.clone()),
    )
    .await;

    let bridge = Bridge { application: Arc::clone(&parts.application), wake: parts.link.wake };
    let (deliveries, queue) = mpsc::channel(2 * t::PENDING_BLOCKS_MAX);
    let automaton = Inline::new(runtime.child("application"), bridge.clone(), mailbox.clone(), settings::epocher());
    let marshal = marshal.start(Deliveries(deliveries), buffer, resolver);
    let simplex_settings = settings::simplex(&parts.prefix, scheme, genesis_digest, blocker, automaton, cache);
    let simplex = simplex::Engine::new(runtime.child("simplex"), simplex_settings);
    let simplex = simplex.start(votes, certificates, resolutions);

    let (sender, receiver) = messages;
    runtime.child("gossip_out").spawn(|context| gossip::send(context, parts.link.gossip, sender));
    let checking = bridge.clone();
    runtime.child("gossip_in").spawn(|context| gossip::receive(context, checking, receiver));

    let delivery = pin!(deliver(runtime.child("delivery"), bridge, mailbox, queue, parts.retention));
    let engines = pin!(select(simplex, marshal));
    match select(delivery, engines).await {
        Either::Left((Err(failure), _)) => Err(failure),
        Either::Left((Ok(()), _)) | Either::Right(_) => {
            Err(Failure("the consensus engine stopped by itself".to_owned()))
        }
    }
}

/// Reads a validator's public key.
pub(crate) fn decode_public(key: &[u8; 32]) -> Result<PublicKey, Failure> {
    PublicKey::decode(Copying(key)).map_err(|why| Failure(format!("not an Ed25519 public key: {why}")))
}

/// Reads a validator's seed.
pub(crate) fn decode_private(seed: &[u8; 32]) -> Result<PrivateKey, Failure> {
    PrivateKey::decode(Copying(seed)).map_err(|why| Failure(format!("not an Ed25519 seed: {why}")))
}

/// The committee in the engine's order: by key bytes.
pub(crate) fn committee(validators: &[[u8; 32]]) -> Result<Set<PublicKey>, Failure> {
    let keys = validators.iter().map(decode_public).collect::<Result<Vec<_>, _>>()?;
    let given = keys.len();
    let set = Set::from_iter_dedup(keys);
    if set.len() == given && given > 0 {
        Ok(set)
    } else {
        Err(Failure("the validators of the genesis are not distinct".to_owned()))
    }
}
