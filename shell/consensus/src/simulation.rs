//! Seeded runs of whole networks: the engine's deterministic runtime and simulated links, the real
//! applications. The same seed gives the same run, down to the last message.

use crate::{
    Application, Failure, Link,
    engine::{self, CHANNELS, MESSAGE_BYTES_MAX, Parts, Retention, Wires, quota},
    link,
};
use chain::certificate::{ConsensusHeader, namespace};
use commonware_cryptography::{
    Signer as _,
    ed25519::{PrivateKey, PublicKey},
};
use commonware_p2p::{
    Recipients,
    simulated::{self, Link as SimulatedLink, SplitOrigin, SplitTarget},
};
use commonware_runtime::{Clock as _, Handle, Runner as _, Spawner as _, Supervisor as _, deterministic};
use commonware_utils::{NZUsize, Probability, ordered::Set};
use std::{
    fmt,
    num::{NonZeroU64, NonZeroUsize},
    sync::Arc,
    time::Duration,
};
use wire::Secret32;

type Starter = Box<dyn FnMut(usize, Link) -> Arc<dyn Application> + Send>;
type Oracle = simulated::Oracle<PublicKey, deterministic::Context>;
type Channel = (simulated::Sender<PublicKey, deterministic::Context>, simulated::Receiver<PublicKey>);

/// What happens in a run, in order.
pub enum Step {
    /// Time passes.
    Run(Duration),
    /// A validator dies: its tasks are gone, its files stay.
    Crash(usize),
    /// It starts again on its files.
    Restart(usize),
    /// Links between these and the others are cut.
    Partition(Vec<usize>),
    /// All links are back.
    Heal,
    /// The test looks or acts.
    Call(Box<dyn FnOnce() + Send>),
}

impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Run(time) => write!(f, "Run({time:?})"),
            Self::Crash(index) => write!(f, "Crash({index})"),
            Self::Restart(index) => write!(f, "Restart({index})"),
            Self::Partition(side) => write!(f, "Partition({side:?})"),
            Self::Heal => f.write_str("Heal"),
            Self::Call(_) => f.write_str("Call"),
        }
    }
}

/// The network of a run.
#[derive(Clone, Debug)]
pub struct SimulationConfig {
    /// Everything random comes from it.
    pub seed: u64,
    /// The validators' seeds.
    pub keys: Vec<Secret32>,
    /// Hash of the genesis.
    pub genesis_hash: [u8; 32],
    /// The header at height 0.
    pub genesis: ConsensusHeader,
    /// One-way delay of every link.
    pub latency: Duration,
    /// Share of messages that arrive, in percent.
    pub delivered_percent: u8,
    /// This validator runs twice with one key, and the two show themselves to different halves of the others:
    /// whenever it leads, it proposes two blocks, and it votes twice. Its second half is started under the
    /// index after the last validator's.
    pub equivocator: Option<usize>,
    /// The simulated clock at the beginning, in Unix milliseconds.
    pub start_ms: u64,
    /// The last final blocks that the engine keeps besides the application, removed one at a time; `None` keeps as many
    /// as a real validator.
    pub blocks_kept: Option<u64>,
}

/// Runs `steps`; `start` makes the application at each start of a validator. Returns the audit hash: equal for
/// equal runs.
pub fn simulate(
    config: SimulationConfig,
    start: impl FnMut(usize, Link) -> Arc<dyn Application> + Send + 'static,
    steps: Vec<Step>,
) -> Result<String, Failure> {
    run(config, Box::new(start), steps)
}

/// Not generic, so that the engine is compiled here and not in every caller.
fn run(config: SimulationConfig, start: Starter, steps: Vec<Step>) -> Result<String, Failure> {
    let start_time = std::time::UNIX_EPOCH.checked_add(Duration::from_millis(config.start_ms));
    let runtime = deterministic::Config::default()
        .with_seed(config.seed)
        .with_start_time(start_time.ok_or_else(|| Failure("the simulated clock is at its end".to_owned()))?)
        .with_timeout(None);
    deterministic::Runner::new(runtime).start(|context| async move {
        let mut world = World::new(context.child("world"), config, start).await?;
        for index in 0..world.keys.len() {
            world.start(index).await?;
        }
        for step in steps {
            world.step(step).await?;
        }
        Ok(context.auditor().state())
    })
}

struct World {
    context: deterministic::Context,
    config: SimulationConfig,
    oracle: Oracle,
    keys: Vec<PrivateKey>,
    committee: Set<PublicKey>,
    running: Vec<Vec<Handle<Result<(), Failure>>>>,
    start: Starter,
}

impl World {
    async fn new(context: deterministic::Context, config: SimulationConfig, start: Starter) -> Result<Self, Failure> {
        let keys = config.keys.iter().map(|key| engine::decode_private(&key.0)).collect::<Result<Vec<_>, _>>()?;
        let names: Vec<PublicKey> = keys.iter().map(PrivateKey::public_key).collect();
        let size = NonZeroUsize::new(names.len()).ok_or_else(|| Failure("no validators".to_owned()))?;
        let network_config = simulated::Config {
            max_size: MESSAGE_BYTES_MAX,
            max_peers_per_set: size,
            disconnect_on_block: true,
            tracked_peer_sets: NZUsize!(3),
        };
        let (network, oracle) =
            simulated::Network::new_with_peers(context.child("network"), network_config, names.clone()).await;
        network.start();
        let running = names.iter().map(|_| Vec::new()).collect();
        let committee = Set::from_iter_dedup(names);
        let mut world = Self { context, config, oracle, keys, committee, running, start };
        world.link_all(&|_, _| true).await?;
        Ok(world)
    }

    /// Puts up the links that `connected` wants and takes the others down.
    async fn link_all(&mut self, connected: &(dyn Fn(usize, usize) -> bool + Sync)) -> Result<(), Failure> {
        let share = f64::from(self.config.delivered_percent) / 100.0;
        let success_rate =
            Probability::try_from(share).map_err(|_| Failure("a share is 0 to 100 percent".to_owned()))?;
        let jitter = self.config.latency.checked_div(10).unwrap_or_default();
        let link = SimulatedLink { latency: self.config.latency, jitter, success_rate };
        for (from, a) in self.keys.iter().enumerate() {
            for (to, b) in self.keys.iter().enumerate() {
                if from == to {
                    continue;
                }
                // absent links can't be removed, and that is fine
                let _ = self.oracle.remove_link(a.public_key(), b.public_key()).await;
                if connected(from, to) {
                    let added = self.oracle.add_link(a.public_key(), b.public_key(), link.clone()).await;
                    added.map_err(|why| Failure(format!("link: {why}")))?;
                }
            }
        }
        Ok(())
    }

    async fn step(&mut self, step: Step) -> Result<(), Failure> {
        match step {
            Step::Run(time) => self.context.sleep(time).await,
            Step::Crash(index) => {
                self.running.get_mut(index).into_iter().flat_map(std::mem::take).for_each(|h| h.abort())
            }
            Step::Restart(index) => self.start(index).await?,
            Step::Partition(side) => self.link_all(&|a, b| side.contains(&a) == side.contains(&b)).await?,
            Step::Heal => self.link_all(&|_, _| true).await?,
            Step::Call(act) => act(),
        }
        Ok(())
    }

    async fn start(&mut self, index: usize) -> Result<(), Failure> {
        let key = self.keys.get(index).cloned().ok_or_else(|| Failure("no such validator".to_owned()))?;
        let control = self.oracle.control(key.public_key());
        let mut channels: Vec<Channel> = Vec::new();
        for (channel, rate) in (0u64..).zip(CHANNELS) {
            let registered = control.register(channel, quota(rate)).await;
            channels.push(registered.map_err(|why| Failure(format!("channel: {why}")))?);
        }
        if self.config.equivocator == Some(index) {
            let [first, second] = self.split(channels, index);
            let twin = self.keys.len();
            let handles = vec![self.spawn(index, key.clone(), first), self.spawn(twin, key, second)];
            self.set_running(index, handles);
        } else {
            let handle = self.spawn(index, key, channels);
            self.set_running(index, vec![handle]);
        }
        Ok(())
    }

    fn set_running(&mut self, index: usize, handles: Vec<Handle<Result<(), Failure>>>) {
        if let Some(slot) = self.running.get_mut(index) {
            *slot = handles;
        }
    }

    /// Two networks out of one: what the first twin sends reaches the lower half of the others and one more,
    /// what the second sends the upper half; both hear everything.
    fn split(
        &self,
        channels: Vec<Channel>,
        index: usize,
    ) -> [Vec<(impl commonware_p2p::Sender<PublicKey = PublicKey>, simulated::Receiver<PublicKey>)>; 2] {
        let others: Vec<PublicKey> =
            self.keys.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, key)| key.public_key()).collect();
        let (lower, upper) = others.split_at(others.len().div_ceil(2));
        let (lower, upper) = (lower.to_vec(), upper.to_vec());
        let mut first = Vec::new();
        let mut second = Vec::new();
        for (sender, receiver) in channels {
            let (lower, upper) = (lower.clone(), upper.clone());
            let forward = move |origin: SplitOrigin, wanted: &Recipients<PublicKey>, _: &_| {
                let side = match origin {
                    SplitOrigin::Primary => &lower,
                    SplitOrigin::Secondary => &upper,
                };
                let reach = match wanted {
                    Recipients::All => side.clone(),
                    Recipients::Some(wanted) => wanted.iter().filter(|key| side.contains(key)).cloned().collect(),
                    Recipients::One(key) => side.iter().filter(|one| *one == key).cloned().collect(),
                };
                Some(Recipients::Some(reach))
            };
            let (send_first, send_second) = sender.split_with(forward);
            let (hear_first, hear_second) = receiver.split_with(self.context.child("twin"), |_: &_| SplitTarget::Both);
            first.push((send_first, hear_first));
            second.push((send_second, hear_second));
        }
        [first, second]
    }

    fn spawn<S: commonware_p2p::Sender<PublicKey = PublicKey>>(
        &mut self,
        index: usize,
        key: PrivateKey,
        channels: Vec<(S, simulated::Receiver<PublicKey>)>,
    ) -> Handle<Result<(), Failure>> {
        let (link, ends) = link();
        let parts = Parts {
            committee: self.committee.clone(),
            namespace: namespace(&self.config.genesis_hash),
            genesis: self.config.genesis,
            prefix: format!("validator-{index}"),
            application: (self.start)(index, link),
            link: ends,
            retention: (self.config.blocks_kept)
                .map_or_else(Retention::default, |blocks| Retention { blocks, per_section: NonZeroU64::MIN }),
            key: key.clone(),
        };
        let wires = Wires { channels, blocker: self.oracle.control(key.public_key()), peers: self.oracle.manager() };
        let context = self.context.child("validator").with_attribute("index", index);
        context.spawn(move |context| engine::run(context, parts, wires))
    }
}
