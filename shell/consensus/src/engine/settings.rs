//! What each part of the engine is set to.

use crate::{Block, timing as t};
use commonware_broadcast::buffered;
use commonware_consensus::{
    CertifiableAutomaton, Relay, Reporter,
    marshal::{self, Start, resolver::p2p as resolver},
    simplex::{
        self, Plan, SkipBudget,
        config::{Floor, ForwardPolicy, SkipPolicy},
        elector::RoundRobin,
        scheme::ed25519::Scheme,
        types::{Activity, Context},
    },
    types::{Epoch, FixedEpocher, ViewDelta},
};
use commonware_cryptography::{
    Digested, Digestible as _, Sha256, certificate::ConstantProvider, ed25519::PublicKey, sha256::Digest,
};
use commonware_p2p::{Blocker, Provider};
use commonware_parallel::Sequential;
use commonware_runtime::buffer::paged::CacheRef;
use commonware_storage::{archive::prunable, translator::TwoCap};
use commonware_utils::{NZDuration, NZU64, NZUsize};
use std::num::{NonZeroU64, NonZeroUsize};

/// Buffers of the engine's files.
const IO_BYTES: NonZeroUsize = NZUsize!(64 * 1024);

/// One epoch for ever: the validators are the genesis's.
pub(super) fn epocher() -> FixedEpocher {
    FixedEpocher::new(NZU64!(u64::MAX))
}

pub(super) fn archive<C>(
    prefix: &str,
    name: &str,
    cache: CacheRef,
    items_per_section: NonZeroU64,
    codec_config: C,
) -> prunable::Config<TwoCap, C> {
    prunable::Config {
        translator: TwoCap,
        metadata_partition: format!("{prefix}-{name}-meta"),
        key_partition: format!("{prefix}-{name}-keys"),
        key_page_cache: cache,
        value_partition: format!("{prefix}-{name}-values"),
        compression: None,
        codec_config,
        items_per_section,
        key_write_buffer: IO_BYTES,
        value_write_buffer: IO_BYTES,
        replay_buffer: IO_BYTES,
    }
}

pub(super) fn resolver<P, B>(public_key: PublicKey, peers: P, blocker: B) -> resolver::Config<PublicKey, P, B>
where
    P: Provider<PublicKey = PublicKey>,
    B: Blocker<PublicKey = PublicKey>,
{
    resolver::Config {
        public_key,
        peer_provider: peers,
        blocker,
        mailbox_size: NZUsize!(t::MAILBOX_MAX),
        fetch_timeout: NZDuration!(t::FETCH_TIMEOUT),
        fetch_retry_delay: t::FETCH_RETRY,
        priority_requests: false,
        priority_responses: false,
    }
}

pub(super) fn broadcast<P>(public_key: PublicKey, peers: P) -> buffered::Config<PublicKey, (), P, Sequential>
where
    P: Provider<PublicKey = PublicKey>,
{
    buffered::Config {
        public_key,
        mailbox_size: NZUsize!(t::MAILBOX_MAX),
        deque_size: 10,
        priority: false,
        codec_config: (),
        peer_provider: peers,
        strategy: Sequential,
    }
}

pub(super) type MarshalConfig =
    marshal::Config<ConstantProvider<Scheme, Epoch>, FixedEpocher, Sequential, Block, Digested<Block>, Digest>;

pub(super) fn marshal(prefix: &str, scheme: Scheme, genesis: Block, cache: CacheRef) -> MarshalConfig {
    let digest = genesis.digest();
    marshal::Config {
        provider: ConstantProvider::new(scheme),
        epocher: epocher(),
        start: Start::Genesis(Digested::precomputed(genesis, digest)),
        partition_prefix: prefix.to_owned(),
        mailbox_size: NZUsize!(t::MAILBOX_MAX),
        view_retention: ViewDelta::new(t::VIEWS_KEPT),
        prunable_items_per_section: NZU64!(t::BLOCKS_PER_SECTION),
        page_cache: cache,
        replay_buffer: IO_BYTES,
        key_write_buffer: IO_BYTES,
        value_write_buffer: IO_BYTES,
        block_codec_config: (),
        max_repair: NZUsize!(16),
        max_pending_acks: NZUsize!(t::PENDING_BLOCKS_MAX),
        strategy: Sequential,
    }
}

pub(super) type SimplexConfig<B, A> = simplex::Config<Scheme, RoundRobin<Sha256>, B, Digest, A, A, A, Sequential>;

pub(super) fn simplex<B, A>(
    prefix: &str,
    scheme: Scheme,
    genesis: Digest,
    blocker: B,
    automaton: A,
    cache: CacheRef,
) -> SimplexConfig<B, A>
where
    B: Blocker<PublicKey = PublicKey>,
    A: CertifiableAutomaton<Context = Context<Digest, PublicKey>, Digest = Digest>
        + Relay<Digest = Digest, PublicKey = PublicKey, Plan = Plan<PublicKey>>
        + Reporter<Activity = Activity<Scheme, Digest>>,
{
    simplex::Config {
        scheme,
        elector: RoundRobin::<Sha256>::default(),
        blocker,
        automaton: automaton.clone(),
        relay: automaton.clone(),
        reporter: automaton,
        strategy: Sequential,
        partition: format!("{prefix}-simplex-epoch-0"),
        mailbox_size: NZUsize!(t::MAILBOX_MAX),
        epoch: Epoch::zero(),
        floor: Floor::Genesis(genesis),
        replay_buffer: IO_BYTES,
        write_buffer: IO_BYTES,
        page_cache: cache,
        leader_timeout: t::LEADER_TIMEOUT,
        certification_timeout: t::CERTIFICATION_TIMEOUT,
        timeout_retry: t::NULLIFY_RETRY,
        view_retention: ViewDelta::new(t::VIEWS_KEPT),
        skip: SkipPolicy::Enabled { timeout: t::SILENCE_SKIPPED, budget: SkipBudget::Participants },
        fetch_timeout: NZDuration!(t::FETCH_TIMEOUT),
        fetch_retry_delay: t::FETCH_RETRY,
        forward: ForwardPolicy::SilentVoters,
        track_historical_votes: false,
    }
}
