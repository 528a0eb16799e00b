//! Between the engine's calls and the application: parents first, time kept, final blocks in order.

use crate::{
    Application, Block, Failure, PAYLOAD_BYTES_MAX, Verdict,
    engine::Retention,
    timing::{BLOCK_INTERVAL_IDLE, BLOCK_INTERVAL_MIN, CLOCK_AHEAD_MAX, UNFINAL_BLOCKS_MAX},
};
use chain::certificate::ConsensusHeader;
use commonware_actor::Feedback;
use commonware_codec::Encode as _;
use commonware_consensus::{
    Application as EngineApplication, Reporter,
    marshal::{Identifier, Update, ancestry::Ancestry, core::Mailbox, standard::Standard},
    simplex::{scheme::ed25519::Scheme, types::Context},
    types::Height,
};
use commonware_cryptography::{Digested, Digestible as _, ed25519::PublicKey, sha256::Digest};
use commonware_parallel::Sequential;
use commonware_runtime::{Clock, Metrics, Spawner};
use commonware_utils::{Acknowledgement as _, acknowledgement::Exact};
use futures::StreamExt as _;
use std::{
    sync::Arc,
    time::{Duration, UNIX_EPOCH},
};
use tokio::sync::{mpsc, watch};
use tracing::{debug, error, warn};
use wire::UnixMillis;

pub(crate) type Marshal = Mailbox<Scheme, Standard<Block>>;

/// The engine's application: proposes and verifies.
#[derive(Clone)]
pub(crate) struct Bridge {
    pub(crate) application: Arc<dyn Application>,
    pub(crate) wake: watch::Receiver<u64>,
}

pub(crate) fn clock_ms(clock: &impl Clock) -> u64 {
    let since = clock.current().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// Waits for ever: how a validator abstains. The engine drops the call once the view is decided.
async fn abstain<T>(why: &str, header: &ConsensusHeader) -> T {
    debug!(height = header.height, why, "abstaining");
    futures::future::pending().await
}

impl Bridge {
    /// Runs a piece of the application where blocking harms nobody.
    pub(crate) async fn off_thread<E, T>(
        &self,
        runtime: &E,
        work: impl FnOnce(&dyn Application) -> T + Send + 'static,
    ) -> T
    where
        E: Spawner,
        T: Send + 'static,
    {
        let application = Arc::clone(&self.application);
        let task = runtime.child("execute").shared(true).spawn(move |_| async move { work(&*application) });
        match task.await {
            Ok(done) => done,
            // the runtime is shutting down
            Err(_) => futures::future::pending().await,
        }
    }

    /// Executes `first` and as many of its ancestors as have no state here. `Unready` when that can't be done
    /// now.
    async fn execute_with_ancestors<E: Spawner>(
        &self,
        runtime: &E,
        first: Block,
        ancestors: &mut impl Ancestry<Block>,
    ) -> Verdict {
        let mut waiting = vec![first];
        loop {
            let Some(oldest) = waiting.last() else { return Verdict::Unready("nothing to execute".into()) };
            if self.application.has_state(&oldest.header.digest()) {
                waiting.pop();
                break;
            }
            if self.application.has_state(&oldest.header.parent) {
                break;
            }
            if oldest.header.height <= self.application.final_height() {
                return Verdict::Unready("it forks off below the last final block".into());
            }
            if waiting.len() == UNFINAL_BLOCKS_MAX {
                return Verdict::Unready("this validator is too far behind".into());
            }
            match ancestors.next().await {
                Some(parent) => waiting.push(parent.inner().clone()),
                None => return Verdict::Unready("an ancestor is missing".into()),
            }
        }
        while let Some(block) = waiting.pop() {
            match self.off_thread(runtime, move |application| application.verify(&block)).await {
                Verdict::Valid => {}
                // a descendant of an invalid block is invalid
                other @ (Verdict::Invalid(_) | Verdict::Unready(_)) => return other,
            }
        }
        Verdict::Valid
    }

    /// Waits until there is something to do or the idle time is over, but never so long that the view times out.
    async fn wait_for_work<E: Clock + Spawner>(&self, runtime: &E, parent: &ConsensusHeader) {
        let digest = parent.digest();
        let begun = clock_ms(runtime);
        let soonest = parent.timestamp_ms.saturating_add(millis(BLOCK_INTERVAL_MIN));
        let latest = parent.timestamp_ms.min(begun).saturating_add(millis(BLOCK_INTERVAL_IDLE));
        let mut wake = self.wake.clone();
        loop {
            wake.mark_unchanged();
            let now = clock_ms(runtime);
            // the pool may be held while a message is executed
            let busy = self.off_thread(runtime, move |application| application.has_work(&digest)).await;
            let until = if busy { soonest.min(latest) } else { latest };
            if now >= until {
                return;
            }
            let rest = runtime.sleep(Duration::from_millis(until.saturating_sub(now)));
            if busy {
                rest.await;
                continue;
            }
            let woken = std::pin::pin!(wake.changed());
            futures::future::select(std::pin::pin!(rest), woken).await;
        }
    }
}

impl<E: Clock + Spawner + Metrics> EngineApplication<E> for Bridge {
    type SigningScheme = Scheme;
    type Context = Context<Digest, PublicKey>;
    type Block = Block;
    type Input = ();

    async fn propose(
        &mut self,
        (runtime, _): (E, Self::Context),
        mut ancestors: impl Ancestry<Block>,
        (): (),
    ) -> Option<Digested<Block>> {
        let parent = ancestors.next().await?.inner().clone();
        let header = parent.header;
        match self.execute_with_ancestors(&runtime, parent, &mut ancestors).await {
            Verdict::Valid => {}
            Verdict::Invalid(why) | Verdict::Unready(why) => {
                warn!(height = header.height, why, "no proposal: the parent's state is not at hand");
                return None;
            }
        }
        self.wait_for_work(&runtime, &header).await;
        let now = UnixMillis(clock_ms(&runtime).max(header.timestamp_ms.saturating_add(1)));
        let block = self.off_thread(&runtime, move |application| application.propose(&header, now)).await?;
        if block.payload.len() > PAYLOAD_BYTES_MAX {
            error!(bytes = block.payload.len(), "the application built a block above the limit; not proposed");
            return None;
        }
        Some(Digested::compute(block, &Sequential).await)
    }

    async fn verify(&mut self, (runtime, _): (E, Self::Context), mut ancestors: impl Ancestry<Block>) -> bool {
        let Some(block) = ancestors.next().await else { return futures::future::pending().await };
        let Some(parent) = ancestors.next().await else { return futures::future::pending().await };
        let (block, parent) = (block.inner().clone(), parent.inner().clone());
        let header = block.header;
        if header.timestamp_ms <= parent.header.timestamp_ms {
            return false;
        }
        // a clock that is ahead is not for ever wrong: wait until it is not ahead any more
        let ahead = header.timestamp_ms.saturating_sub(clock_ms(&runtime)).saturating_sub(millis(CLOCK_AHEAD_MAX));
        if ahead > 0 {
            runtime.sleep(Duration::from_millis(ahead)).await;
        }
        let parent_verdict = if self.application.has_state(&header.parent) {
            Verdict::Valid
        } else {
            self.execute_with_ancestors(&runtime, parent, &mut ancestors).await
        };
        let verdict = match parent_verdict {
            Verdict::Valid if self.application.has_state(&header.digest()) => Verdict::Valid,
            Verdict::Valid => self.off_thread(&runtime, move |application| application.verify(&block)).await,
            other @ (Verdict::Invalid(_) | Verdict::Unready(_)) => other,
        };
        match verdict {
            Verdict::Valid => true,
            Verdict::Invalid(why) => {
                warn!(height = header.height, why, "refusing a block for ever");
                false
            }
            Verdict::Unready(why) => abstain(&why, &header).await,
        }
    }
}

/// Takes final blocks from the engine and queues them for [`deliver`].
#[derive(Clone)]
pub(crate) struct Deliveries(pub(crate) mpsc::Sender<(Block, Exact)>);

impl Reporter for Deliveries {
    type Activity = Update<Block>;

    fn report(&mut self, update: Update<Block>) -> Feedback {
        match update {
            Update::Tip(..) => Feedback::Ok,
            // the queue is larger than what the engine leaves unacknowledged
            Update::Block(block, done) => match self.0.try_send((block.inner().clone(), done)) {
                Ok(()) => Feedback::Ok,
                Err(_) => Feedback::Closed,
            },
        }
    }
}

/// Hands final blocks to the application, each with its certificate, and acknowledges them once they are
/// durable; what the application has for good, the engine forgets. Ends only when the application fails or the engine
/// stops.
pub(crate) async fn deliver<E: Spawner>(
    runtime: E,
    bridge: Bridge,
    marshal: Marshal,
    mut queue: mpsc::Receiver<(Block, Exact)>,
    retention: Retention,
) -> Result<(), Failure> {
    while let Some((block, done)) = queue.recv().await {
        // the engine begins with the genesis, which the application has
        if block.header.height == 0 {
            done.acknowledge();
            continue;
        }
        // the application may have lost its last blocks to a power cut after the engine had counted them as
        // delivered: the engine still has them
        let mut next = bridge.application.final_height().saturating_add(1);
        while next < block.header.height {
            let missing = marshal.get_block(Identifier::Height(Height::new(next))).await;
            let missing = missing.ok_or_else(|| Failure(format!("final block {next} is lost: restore the folder")))?;
            deliver_one(&runtime, &bridge, &marshal, missing.inner().clone()).await?;
            next = next.saturating_add(1);
        }
        let height = block.header.height;
        deliver_one(&runtime, &bridge, &marshal, block).await?;
        done.acknowledge();
        if height.is_multiple_of(retention.per_section.get()) {
            marshal.prune(Height::new(height.saturating_sub(retention.blocks)));
        }
    }
    Ok(())
}

async fn deliver_one<E: Spawner>(runtime: &E, bridge: &Bridge, marshal: &Marshal, block: Block) -> Result<(), Failure> {
    let finalization = marshal.get_finalization(Height::new(block.header.height)).await;
    let certificate = finalization.filter(|found| found.proposal.payload == block.digest()).map(|found| found.encode());
    bridge.off_thread(runtime, move |application| application.finalized(&block, certificate.as_deref())).await
}
