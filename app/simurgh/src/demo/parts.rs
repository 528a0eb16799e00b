//! The running parts of the demo, and the switches that stop and start them.

use super::{
    layout::{Layout, write_whole},
    show::Show,
};
use anyhow::{Context as _, anyhow};
use api::{
    local::{DemoKind, DemoPart, DemoPerson, DemoStatus},
    number::Count,
};
use daemon::{Daemon, DaemonConfig, DaemonHandle, DemoControl, Frames, NetworkInfo};
use node::{Node, NodeConfig, NodeHandle, faucet};
use relay::{Relay, RelayConfig, RelayHandle};
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::sync::{Mutex, RwLock};
use wire::RelayDescriptor;

/// Everything that runs.
pub(super) struct Parts {
    pub(super) layout: Layout,
    validators: Vec<Part<NodeHandle>>,
    relays: Vec<Part<RelayHandle>>,
    /// Every relay that has run, whether it runs or not: who stops one must not hide it from the others.
    known_relays: std::sync::Mutex<BTreeMap<usize, RelayDescriptor>>,
    faucet: Mutex<Option<faucet::FaucetHandle>>,
    people: RwLock<Vec<(String, DaemonHandle)>>,
    given_up: AtomicBool,
}

/// One part that can be stopped and started. `switch` serialises the two; `handle` is only held for a moment, so that
/// the status can be read while a part is on its way down or up.
struct Part<H> {
    id: std::sync::OnceLock<String>,
    switch: Mutex<()>,
    handle: std::sync::Mutex<Option<H>>,
}

impl<H> Part<H> {
    const fn new() -> Self {
        Self { id: std::sync::OnceLock::new(), switch: Mutex::const_new(()), handle: std::sync::Mutex::new(None) }
    }

    fn with<R>(&self, f: impl FnOnce(&mut Option<H>) -> R) -> R {
        f(&mut self.handle.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    fn runs(&self, runs: impl Fn(&H) -> bool) -> bool {
        self.with(|handle| handle.as_ref().is_some_and(runs))
    }

    fn id(&self) -> String {
        self.id.get().cloned().unwrap_or_default()
    }
}

impl Parts {
    pub(super) fn new(layout: Layout) -> Self {
        Self {
            validators: layout.validators.iter().map(|_| Part::new()).collect(),
            relays: (0..layout.relays()).map(|_| Part::new()).collect(),
            known_relays: std::sync::Mutex::default(),
            faucet: Mutex::new(None),
            people: RwLock::default(),
            given_up: AtomicBool::new(false),
            layout,
        }
    }

    /// Starts everything, in the order in which the parts need each other. Whoever wants it no more calls
    /// [`Self::give_up_starting`] and waits: a future that is dropped leaves behind what is just starting.
    pub(super) async fn start(self: &Arc<Self>, show: &Show) -> anyhow::Result<()> {
        show.step(&format!("Starting {} validators", self.validators.len()));
        let validators = (0..self.validators.len()).map(|index| self.start_validator(index));
        self.all(validators).await?;

        show.step(&format!("Starting {} relays", self.relays.len()));
        let relays = (0..self.relays.len()).map(|index| self.start_relay(index));
        self.all(relays).await?;
        self.introduce_relays();

        show.step("Starting the faucet");
        let nodes = self.toncenter_urls();
        let faucet = faucet::start(self.layout.faucet(), self.layout.faucet_key.clone(), nodes).await?;
        *self.faucet.lock().await = Some(faucet);

        self.write_network_file()?;
        for (name, profile, listen) in self.layout.people() {
            show.step(&format!("Starting {name}"));
            let config = DaemonConfig {
                profile,
                passphrase: None,
                name: name.clone(),
                region: None,
                network: Some(self.layout.network_file()),
                listen,
                control: Some(Arc::clone(self) as Arc<dyn DemoControl>),
                web: true,
            };
            let handle = Daemon::start(config).await.with_context(|| format!("{name} did not start"))?;
            self.people.write().await.push((name, handle));
            self.go_on()?;
        }
        self.allow_frames().await;
        Ok(())
    }

    /// Has [`Self::start`] end after what it is just doing.
    pub(super) fn give_up_starting(&self) {
        self.given_up.store(true, Ordering::Relaxed);
    }

    fn go_on(&self) -> anyhow::Result<()> {
        if self.given_up.load(Ordering::Relaxed) { Err(anyhow!("the start was given up")) } else { Ok(()) }
    }

    /// Waits for all of them, also when one has failed.
    async fn all(
        &self,
        starting: impl Iterator<Item = impl Future<Output = anyhow::Result<()>>>,
    ) -> anyhow::Result<()> {
        futures::future::join_all(starting).await.into_iter().collect::<anyhow::Result<()>>()?;
        self.go_on()
    }

    /// Stops everything, all at once.
    pub(super) async fn stop(&self) {
        let people = std::mem::take(&mut *self.people.write().await);
        let faucet = self.faucet.lock().await.take();
        let people = futures::future::join_all(people.into_iter().map(|(_, handle)| handle.stop()));
        let validators = (0..self.validators.len()).map(|index| self.stop_validator(index));
        let relays = (0..self.relays.len()).map(|index| self.stop_relay(index));
        let faucet = async {
            if let Some(faucet) = faucet {
                faucet.stop().await;
            }
        };
        let everything = (people, futures::future::join_all(validators), futures::future::join_all(relays), faucet);
        tokio::join!(everything.0, everything.1, everything.2, everything.3);
    }

    /// The people's names and daemons.
    pub(super) async fn people_handles(&self) -> tokio::sync::RwLockReadGuard<'_, Vec<(String, DaemonHandle)>> {
        self.people.read().await
    }

    /// Asks the faucet for money.
    pub(super) async fn give(&self, address: &str, amount: wire::Gram) -> anyhow::Result<()> {
        let faucet = self.faucet.lock().await;
        faucet.as_ref().context("the faucet is not running")?.give(address, amount).await?;
        Ok(())
    }

    pub(super) async fn faucet_url(&self) -> Option<String> {
        self.faucet.lock().await.as_ref().map(faucet::FaucetHandle::url)
    }

    /// One toncenter address per validator, running or not.
    pub(super) fn toncenter_urls(&self) -> Vec<String> {
        self.layout.validators.iter().map(|seat| format!("http://{}/api/v2", seat.http)).collect()
    }

    /// Id and metrics address of each running validator.
    pub(super) fn validator_metrics(&self) -> Vec<(String, Option<String>)> {
        let shown =
            |part: &Part<NodeHandle>| (part.id(), part.with(|handle| handle.as_ref().map(NodeHandle::metrics_url)));
        self.validators.iter().map(shown).collect()
    }

    /// Id and address of each running relay.
    pub(super) fn relay_urls(&self) -> Vec<(String, Option<String>)> {
        let shown = |part: &Part<RelayHandle>| (part.id(), part.with(|handle| handle.as_ref().map(RelayHandle::url)));
        self.relays.iter().map(shown).collect()
    }

    async fn start_validator(&self, index: usize) -> anyhow::Result<()> {
        let (Some(part), Some(seat)) = (self.validators.get(index), self.layout.validators.get(index)) else {
            return Err(anyhow!("there is no validator {index}"));
        };
        let _switching = part.switch.lock().await;
        if part.runs(NodeHandle::is_running) {
            return Ok(());
        }
        self.go_on()?;
        // one that has failed still holds its folder and its ports
        Self::stop_node(part).await;
        let config = NodeConfig {
            dir: seat.dir.clone(),
            key: seat.key.clone(),
            genesis: self.layout.genesis.clone(),
            listen: seat.listen,
            peers: self.layout.peers(),
            http: seat.http,
        };
        let handle = tokio::task::spawn_blocking(move || Node::start(config)).await??;
        let _ = part.id.set(wire::id::to_hex(&seat.public_key));
        part.with(|slot| *slot = Some(handle));
        Ok(())
    }

    async fn stop_validator(&self, index: usize) {
        let Some(part) = self.validators.get(index) else { return };
        let _switching = part.switch.lock().await;
        Self::stop_node(part).await;
    }

    async fn stop_node(part: &Part<NodeHandle>) {
        if let Some(handle) = part.with(Option::take)
            && tokio::task::spawn_blocking(move || handle.stop()).await.is_err()
        {
            tracing::error!(id = part.id(), "a validator ended badly");
        }
    }

    async fn start_relay(&self, index: usize) -> anyhow::Result<()> {
        let (Some(part), Some((dir, listen))) = (self.relays.get(index), self.layout.relay(index)) else {
            return Err(anyhow!("there is no relay {index}"));
        };
        let _switching = part.switch.lock().await;
        if part.runs(|_| true) {
            return Ok(());
        }
        self.go_on()?;
        let nodes = self.layout.validators.iter().map(|seat| format!("http://{}", seat.http)).collect();
        let handle = Relay::start(RelayConfig { listen, nodes, ..RelayConfig::on_loopback(dir) }).await?;
        let _ = part.id.set(handle.descriptor().id().to_string());
        self.known_relays().insert(index, handle.descriptor().clone());
        part.with(|slot| *slot = Some(handle));
        Ok(())
    }

    async fn stop_relay(&self, index: usize) {
        let Some(part) = self.relays.get(index) else { return };
        let _switching = part.switch.lock().await;
        if let Some(handle) = part.with(Option::take) {
            handle.stop().await;
        }
    }

    fn known_relays(&self) -> std::sync::MutexGuard<'_, BTreeMap<usize, RelayDescriptor>> {
        self.known_relays.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn descriptors(&self) -> Vec<RelayDescriptor> {
        self.known_relays().values().cloned().collect()
    }

    fn introduce_relays(&self) {
        let all = self.descriptors();
        for part in &self.relays {
            part.with(|handle| handle.as_ref().map(|relay| relay.set_peers(all.clone())));
        }
    }

    fn write_network_file(&self) -> anyhow::Result<()> {
        let genesis_hash = wire::id::from_hex(self.layout.genesis_hash())?;
        let network = NetworkInfo {
            name: "demo".into(),
            genesis_hash,
            program_key: None,
            validators: self.layout.validators.iter().map(|seat| seat.public_key).collect(),
            relays: self.descriptors(),
            devnet: true,
            carrier_key: None,
            carrier_profile: None,
        };
        write_whole(&self.layout.network_file(), network.to_json()?.as_bytes())
    }

    /// The first person's page shows everybody's side by side.
    async fn allow_frames(&self) {
        let people = self.people.read().await;
        let origins: Vec<String> = people.iter().map(|(_, handle)| handle.origin()).collect();
        let shown_by: Vec<String> = origins.first().cloned().into_iter().collect();
        for (index, (_, handle)) in people.iter().enumerate() {
            let shows = if index == 0 { origins.clone() } else { Vec::new() };
            handle.set_frames(Frames { shown_by: shown_by.clone(), shows });
        }
    }
}

#[async_trait::async_trait]
impl DemoControl for Parts {
    async fn status(&self) -> DemoStatus {
        let heads = self
            .validators
            .iter()
            .filter_map(|part| part.with(|handle| handle.as_ref().map(|node| node.view().height())));
        let people = self.people.read().await;
        DemoStatus {
            validators: (self.validators.iter())
                .map(|part| DemoPart { id: part.id(), running: part.runs(NodeHandle::is_running) })
                .collect(),
            relays: (self.relays.iter()).map(|part| DemoPart { id: part.id(), running: part.runs(|_| true) }).collect(),
            height: Count(heads.max().unwrap_or_default()),
            people: people
                .iter()
                .map(|(name, handle)| DemoPerson { name: name.clone(), page: handle.origin() })
                .collect(),
        }
    }

    async fn people(&self) -> Vec<DemoPerson> {
        let people = self.people.read().await;
        people.iter().map(|(name, handle)| DemoPerson { name: name.clone(), page: handle.page_url() }).collect()
    }

    async fn set_running(&self, kind: DemoKind, index: u32, running: bool) -> Result<(), String> {
        let index = usize::try_from(index).unwrap_or(usize::MAX);
        let count = match kind {
            DemoKind::Validator => self.validators.len(),
            DemoKind::Relay => self.relays.len(),
        };
        if index >= count {
            return Err(format!("There is no part {index}: count from 0 to {}.", count.saturating_sub(1)));
        }
        let started = match (kind, running) {
            (DemoKind::Validator, true) => self.start_validator(index).await,
            (DemoKind::Relay, true) => self.start_relay(index).await.map(|()| self.introduce_relays()),
            (DemoKind::Validator, false) => {
                self.stop_validator(index).await;
                Ok(())
            }
            (DemoKind::Relay, false) => {
                self.stop_relay(index).await;
                Ok(())
            }
        };
        started.map_err(|error| format!("It did not start: {error:#}."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::DemoArgs;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_relay_that_is_stopped_stays_known() {
        let dir = tempfile::tempdir().unwrap();
        let parts = Parts::new(Layout::open(dir.path(), &DemoArgs::default()).unwrap());
        for index in 0..3 {
            parts.start_relay(index).await.unwrap();
        }
        let all = parts.descriptors();
        assert_eq!(all.len(), 3);
        for (index, running) in [(1, false), (2, false), (1, true)] {
            parts.set_running(DemoKind::Relay, index, running).await.unwrap();
        }
        assert_eq!(parts.descriptors(), all);
        parts.stop().await;
    }
}
