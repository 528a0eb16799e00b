//! `simurgh carrier …`

use super::carrier_profile;
use crate::{
    cli::{CarrierVerb, Switch},
    output::{Output, one_line, time},
    rpc::Client,
};
use anyhow::bail;
use api::{
    bridge::{BridgeAdd, BridgeInvitation, BridgeInvite, BridgeRemove},
    local::{CarrierReason, CarrierStatus, CarrierUse, LanStatus, LanSwitch, Nothing, RegionSet, RegionStatus},
    methods::{AddBridge, GetCarrierStatus, InviteToBridge, RemoveBridge, SetRegion, SwitchLan, UseCarrier},
};
use std::{fmt::Write as _, path::Path};

/// Runs the verb.
pub(crate) async fn run(profile: &Path, verb: CarrierVerb, output: Output) -> anyhow::Result<()> {
    if let CarrierVerb::Profile(verb) = verb {
        return carrier_profile::run(profile, verb, output).await;
    }
    let mut client = Client::connect(profile).await?;
    let status = match verb {
        // Done above.
        CarrierVerb::Profile(_) => return Ok(()),
        CarrierVerb::Status => client.call::<GetCarrierStatus>(Nothing {}).await?,
        CarrierVerb::Add { link } => client.call::<AddBridge>(BridgeAdd { link }).await?,
        CarrierVerb::Use { name } => client.call::<UseCarrier>(CarrierUse { name }).await?,
        CarrierVerb::Lan { switch } => {
            let on = switch.map(|switch| switch == Switch::On);
            let status = client.call::<SwitchLan>(LanSwitch { on }).await?;
            return output.print(&lan(&status), &status);
        }
        CarrierVerb::Region { region } => {
            let region = region.map(|said| said.0.map(|region| region.to_string()).unwrap_or_default());
            let status = client.call::<SetRegion>(RegionSet { region }).await?;
            return output.print(&region_words(&status), &status);
        }
        CarrierVerb::Invite { id } => {
            let told = client.call::<InviteToBridge>(BridgeInvite { id }).await?;
            return output.print(&invitation(&told)?, &told);
        }
        CarrierVerb::Remove { id } => client.call::<RemoveBridge>(BridgeRemove { id }).await?,
    };
    output.print(&human(&status)?, &status)
}

/// The link with what to do with it, or why there is none.
fn invitation(told: &BridgeInvitation) -> anyhow::Result<String> {
    match told {
        BridgeInvitation::Link { link, expires_ms, left } => Ok(format!(
            "{link}\n\nFor one friend, until {}: hand it over in person, or by a way that no censor reads. The bridge gives \
             the same link until somebody has used it, and up to {left} more over time.",
            time(*expires_ms)
        )),
        BridgeInvitation::NotYet { from_ms } => {
            bail!("the bridge gives you the next link from {} on: one for each two days", time(*from_ms))
        }
        BridgeInvitation::NoMore => bail!("the bridge has given you all of your links"),
        BridgeInvitation::Full => {
            bail!("the bridge gives no more links for friends: ask whoever runs it for one")
        }
        BridgeInvitation::Refused => bail!(
            "the bridge gave no link: its program is older, something is wrong there, or it lets you in no more; ask whoever \
             runs it for one"
        ),
    }
}

fn messages(count: u32) -> String {
    if count == 1 { "1 message waits".to_owned() } else { format!("{count} messages wait") }
}

fn human(status: &CarrierStatus) -> anyhow::Result<String> {
    let mut text = format!("Carrier {}: {}\n{} deposits wait.\n", status.carrier, status.why, status.waiting);
    if status.reason == CarrierReason::AbroadCut {
        text = format!("Abroad is cut off; {}.\n{}\n", messages(status.messages_waiting), status.why);
    }
    match &status.pinned {
        Some(pinned) => writeln!(text, "Only {pinned} is used, as you chose; simurgh carrier use auto lets it go.")?,
        None => writeln!(text, "Whichever works is used of: {}.", status.choices.join(", "))?,
    }
    text.push_str(&carrier_profile::line(&status.profile));
    if status.through_bridge {
        text.push_str("Messages go through bridges: no relay of the network can be reached directly.\n");
    }
    match (status.lone_relays, status.unnamed_relays) {
        (0, 0) => writeln!(text, "{} operators run the network's relays.", status.operators)?,
        (0, unnamed) => {
            writeln!(text, "Of {unnamed} relays nobody says who runs them: one operator may see who writes where.")?;
        }
        (lone, _) if lone == status.network_relays => {
            text.push_str("No relay is apart from another: one hand may run them all and tell who writes where.\n");
        }
        (lone, _) => writeln!(text, "Of {lone} relays no other is apart: one hand may tell who writes there.")?,
    }
    for relay in &status.relays {
        let state = match (&relay.error, relay.ok) {
            (_, true) => format!("answers in {} ms", relay.last_ms),
            (Some(error), false) => format!("does not answer: {error}"),
            (None, false) if relay.bridge && !relay.redeemed => "is being asked to let you in".to_owned(),
            (None, false) => "was not asked yet".to_owned(),
        };
        let kind = if relay.bridge { "bridge" } else { "relay" };
        writeln!(text, "  {kind} {}  {state}", relay.host)?;
    }
    Ok(text)
}

fn lan(status: &LanStatus) -> String {
    if !status.on {
        return "Off: nobody on the same network is looked for, and nobody sees this machine.".to_owned();
    }
    if let Some(problem) = &status.problem {
        return format!("On, but it can't be done: {problem}");
    }
    let contacts = status.contacts.iter().map(|name| one_line(name)).collect::<Vec<_>>();
    let here =
        if contacts.is_empty() { "no contact is here".to_owned() } else { format!("here: {}", contacts.join(", ")) };
    format!("On: {here} ({} others on this network run simurgh too).", status.neighbours)
}

fn region_words(status: &RegionStatus) -> String {
    let said = |one: &api::local::RegionRelays| format!("{} in {}", one.relays, one.region);
    let mut places: Vec<String> = status.relays.iter().map(said).collect();
    if status.unsaid > 0 {
        places.push(format!("{} don’t say where", status.unsaid));
    }
    let mut text = format!("Relays of the network: {}.\n", places.join(", "));
    let there = |own: &String| status.relays.iter().find(|one| one.region == *own).map_or(0, |one| one.relays);
    text.push_str(&match status.region.as_ref().map(|own| (own, there(own))) {
        None => "You have not said in which country you are: simurgh carrier region COUNTRY.".to_owned(),
        Some((own, 0)) => format!("You are in {own}, where no relay of the network says it is."),
        Some((own, 1)) => format!("You are in {own}. The one relay there carries nothing alone, should the border close."),
        Some((own, _)) => format!(
            "You are in {own}: new mailboxes lie there and elsewhere, so that people in {own} can write to you while its \
             border is closed. Contacts, and whoever sees your links, can tell the country by it."
        ),
    });
    if status.contacts_elsewhere > 0 {
        text.push_str(&format!(
            "\nOf {} of your contacts no mailbox that they write to lies there yet: each is told of others, and has to answer.",
            status.contacts_elsewhere
        ));
    }
    text
}
