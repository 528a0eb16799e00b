//! Makes everybody everybody's contact and hands out the first money, through the same API that the page uses.

use super::{parts::Parts, show::Show};
use anyhow::{Context as _, bail};
use api::{
    local::Nothing,
    methods::{AddContact, GetAddress, GetBalance, InviteContact, ListContacts},
    people::{ContactAdd, ContactState},
};
use daemon::DaemonHandle;
use std::time::Duration;
use tokio::time::Instant;
use wire::Gram;

/// What everybody has to begin with: 100 Gram.
const FIRST_MONEY_NANO: u64 = 100_000_000_000;
/// How long acquaintance and first money may take before the demo says that something is wrong.
const INTRODUCTION_TIMEOUT: Duration = Duration::from_secs(60);
/// How often the progress of the two is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Everybody meets everybody, and everybody new gets money. Nothing happens to those who have both already.
pub(super) async fn everybody(parts: &Parts, show: &Show) -> anyhow::Result<()> {
    let began = Instant::now();
    let people = parts.people_handles().await;
    show.step("Introducing everybody to everybody");
    let money = async {
        for (name, person) in people.iter() {
            first_money(parts, person, began).await.with_context(|| format!("first money of {name}"))?;
        }
        Ok(())
    };
    let contacts = async {
        for (index, (name, person)) in people.iter().enumerate() {
            for (other_name, other) in people.iter().skip(index.saturating_add(1)) {
                acquaint(person, name, other, other_name, began)
                    .await
                    .with_context(|| format!("{name} and {other_name} did not become contacts"))?;
            }
        }
        anyhow::Ok(())
    };
    tokio::try_join!(money, contacts).map(|_| ())
}

async fn acquaint(
    one: &DaemonHandle,
    one_name: &str,
    other: &DaemonHandle,
    other_name: &str,
    began: Instant,
) -> anyhow::Result<()> {
    if contact_state(other, one_name).await?.is_none() {
        let invite = one.call::<InviteContact>(Nothing {}).await?;
        other.call::<AddContact>(ContactAdd { link: invite.link }).await?;
    }
    loop {
        let states = (contact_state(one, other_name).await?, contact_state(other, one_name).await?);
        if states == (Some(ContactState::Connected), Some(ContactState::Connected)) {
            return Ok(());
        }
        wait(began, "the relays did not carry the introduction in time").await?;
    }
}

async fn contact_state(person: &DaemonHandle, name: &str) -> anyhow::Result<Option<ContactState>> {
    let contacts = person.call::<ListContacts>(Nothing {}).await?;
    Ok(contacts.into_iter().find(|contact| contact.name == name).map(|contact| contact.state))
}

async fn first_money(parts: &Parts, person: &DaemonHandle, began: Instant) -> anyhow::Result<()> {
    if person.call::<GetBalance>(Nothing {}).await?.balance.0 > Gram::ZERO {
        return Ok(());
    }
    let address = person.call::<GetAddress>(Nothing {}).await?;
    parts.give(&address.address, Gram::from(FIRST_MONEY_NANO)).await?;
    while person.call::<GetBalance>(Nothing {}).await?.balance.0 == Gram::ZERO {
        wait(began, "the chain did not carry the faucet's payment in time").await?;
    }
    Ok(())
}

async fn wait(began: Instant, late: &str) -> anyhow::Result<()> {
    if began.elapsed() > INTRODUCTION_TIMEOUT {
        bail!("{late}; run with SIMURGH_LOG=info to see why");
    }
    tokio::time::sleep(LOOK_EVERY).await;
    Ok(())
}
