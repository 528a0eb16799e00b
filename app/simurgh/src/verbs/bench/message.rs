//! A message from `message.send` to the event that shows it: two daemons, three relays, two hops, three replicas, all
//! over loopback sockets.

use super::Report;
use anyhow::{Context as _, bail};
use api::{
    Event,
    local::Nothing,
    methods::{AddContact, InviteContact, ListContacts, SendMessage},
    people::{ContactAdd, ContactState, MessageSend, MessageState},
};
use daemon::{Daemon, DaemonConfig, DaemonHandle, NetworkInfo};
use relay::{Relay, RelayConfig, RelayHandle};
use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};
use tokio::time::{sleep, timeout};

/// Relays: one for each replica.
const RELAYS: usize = 3;
/// How long two people may take to become contacts, and a message to arrive.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often the acquaintance is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Measures.
pub(super) async fn run(duration: Duration) -> anyhow::Result<Report> {
    let folder = tempfile::tempdir()?;
    let relays = start_relays(folder.path()).await?;
    let network = folder.path().join("network.json");
    write_network(&network, &relays)?;
    let alice = start_person(folder.path(), &network, "alice").await?;
    let bob = start_person(folder.path(), &network, "bob").await?;
    let measured = async {
        meet(&alice, &bob).await?;
        measure(&alice, &bob, duration).await
    };
    let measured = measured.await;
    alice.stop().await;
    bob.stop().await;
    for relay in relays {
        relay.stop().await;
    }
    measured
}

pub(crate) async fn start_relays(folder: &Path) -> anyhow::Result<Vec<RelayHandle>> {
    let mut relays = Vec::new();
    for number in 0..RELAYS {
        relays.push(Relay::start(RelayConfig::on_loopback(folder.join(format!("relay{number}")))).await?);
    }
    let descriptors: Vec<_> = relays.iter().map(|relay| relay.descriptor().clone()).collect();
    for relay in &relays {
        let own = relay.descriptor().id();
        relay.set_peers(descriptors.iter().filter(|peer| peer.id() != own).cloned().collect());
    }
    Ok(relays)
}

pub(crate) fn config_of(folder: &Path, network: &Path, name: &str) -> DaemonConfig {
    DaemonConfig {
        profile: folder.join(name),
        passphrase: None,
        name: name.to_owned(),
        region: None,
        network: Some(network.to_owned()),
        listen: ([127, 0, 0, 1], 0).into(),
        control: None,
        web: false,
    }
}

pub(crate) fn write_network(network: &Path, relays: &[RelayHandle]) -> anyhow::Result<()> {
    let info = NetworkInfo {
        name: "bench".to_owned(),
        genesis_hash: [1; 32],
        program_key: None,
        validators: Vec::new(),
        relays: relays.iter().map(|relay| relay.descriptor().clone()).collect(),
        devnet: true,
        carrier_key: None,
        carrier_profile: None,
    };
    Ok(fs::write(network, info.to_json()?)?)
}

async fn start_person(folder: &Path, network: &Path, name: &str) -> anyhow::Result<DaemonHandle> {
    Daemon::start(config_of(folder, network, name)).await.with_context(|| format!("{name} did not start"))
}

pub(crate) async fn meet(alice: &DaemonHandle, bob: &DaemonHandle) -> anyhow::Result<()> {
    let link = alice.call::<InviteContact>(Nothing {}).await?.link;
    bob.call::<AddContact>(ContactAdd { link }).await?;
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        let mut contacts = alice.call::<ListContacts>(Nothing {}).await?;
        contacts.extend(bob.call::<ListContacts>(Nothing {}).await?);
        if contacts.len() == 2 && contacts.iter().all(|contact| contact.state == ContactState::Connected) {
            return Ok(());
        }
        sleep(LOOK_EVERY).await;
    }
    bail!("the two did not become contacts in {} s", PATIENCE.as_secs())
}

async fn measure(alice: &DaemonHandle, bob: &DaemonHandle, duration: Duration) -> anyhow::Result<Report> {
    let mut shown = bob.events();
    let mut took = Vec::new();
    let all = Instant::now();
    while all.elapsed() < duration {
        let began = Instant::now();
        let text = format!("message {}", took.len());
        let sending = MessageSend { conversation: "bob".to_owned(), text, reply_to: None, id: None };
        let sent = alice.call::<SendMessage>(sending).await?;
        timeout(PATIENCE, async {
            while let Some(event) = shown.next().await {
                if let Event::Message { message } = &event.event
                    && message.id == sent.id
                    && message.state == MessageState::Received
                {
                    return Ok(());
                }
            }
            bail!("the receiver stopped")
        })
        .await
        .context("a message did not arrive")??;
        took.push(began.elapsed());
    }
    Ok(Report::latency("message", "ms from send to shown", &took, all.elapsed()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn two_daemons_meet_by_a_link_and_a_message_arrives_through_real_relays() {
        let report = run(Duration::from_millis(1)).await.unwrap();
        assert!(report.value > 0.0);
    }
}
