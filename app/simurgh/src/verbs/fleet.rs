//! `simurgh fleet …`: bridges that are handed out by an invite tree.

use crate::{
    cli::FleetVerb,
    output::{Output, shell_word, shown, time},
};
use anyhow::bail;
use relay::fleet::{Added, Again, Blocked, BridgeInfo, Dealt, Fleet, NewLink, PersonInfo, Unreachable};
use serde_json::{Value, json};
use std::path::Path;

/// Digits of an id that people see; as many as name a bridge.
const ID_DIGITS: usize = 8;

/// Runs the verb.
pub(crate) fn run(verb: FleetVerb, output: Output) -> anyhow::Result<()> {
    match verb {
        FleetVerb::Init { fleet } => {
            Fleet::init(&fleet)?;
            let file = shell_word(&fleet);
            let human = format!(
                "A fleet begins in {file}: keep it safe. Take your relays in:\n  simurgh fleet add --fleet {file} --relay DIR"
            );
            output.print(&human, &json!({ "fleet": fleet }))
        }
        FleetVerb::Add { fleet, relay } => add(&fleet, &relay, output),
        FleetVerb::Invite { fleet, by } => {
            let (person, dealt) = Fleet::open(&fleet)?.invite(by)?;
            let human = format!("Person {} is in the tree.{}{}", person.person, waits(&person), told(&dealt, &fleet));
            let value = json!({ "person": person, "links": dealt.links, "unreachable": dealt.unreachable });
            hand_out(output, &human, &value, &dealt)
        }
        FleetVerb::Link { fleet, close, person } => link(&fleet, person, close, output),
        FleetVerb::Blocked { fleet, relay } => blocked(&fleet, &relay, output),
        FleetVerb::Show { fleet } => show(&fleet, output),
    }
}

fn add(file: &Path, relay: &Path, output: Output) -> anyhow::Result<()> {
    let Added { bridge, moved_from, dealt } = Fleet::open(file)?.add(relay)?;
    let state = match &moved_from {
        Some(before) => format!("{} is where the bridge of {} is now.", relay.display(), before.display()),
        None if bridge.people == 0 => format!("{} is in the fleet, and nobody knows it yet.", relay.display()),
        None => format!("{} is in the fleet. {} told it, who waited.", relay.display(), are(bridge.people)),
    };
    let value = json!({
        "relay": relay, "bridge": bridge, "moved_from": moved_from, "links": dealt.links,
        "unreachable": dealt.unreachable,
    });
    hand_out(output, &format!("{state}{}", told(&dealt, file)), &value, &dealt)
}

/// Prints what came of a verb; a link that nobody saw is told as lost.
fn hand_out(output: Output, human: &str, value: &Value, dealt: &Dealt) -> anyhow::Result<()> {
    if dealt.links.is_empty() {
        return output.print(human, value);
    }
    shown(output.print_for_readers(human, value), "simurgh fleet link PERSON makes a person's link again")
}

fn link(file: &Path, number: u32, close: bool, output: Output) -> anyhow::Result<()> {
    let Again { person, unused, used, dealt } = Fleet::open(file)?.link(number, close)?;
    let made = dealt.links.iter().any(|link| link.person == number);
    let dir = person.bridge.as_deref().map(shell_word).unwrap_or_default();
    let state = match (made, used.first()) {
        (false, _) => String::new(),
        (true, Some(_)) if close => format!(
            "Somebody had redeemed the link of person {number} before. The way in that it opened is closed, also if it \
             was hers: she needs the new link."
        ),
        (true, Some(name)) => format!(
            "Somebody has redeemed the link of person {number} before. If it was she, her program has the bridge and \
             needs no link. The way in that it opened stays open; if it was not she, close it:\n  simurgh relay revoke \
             --dir {dir} {name}"
        ),
        (true, None) if unused.is_empty() => format!("Person {number} had no link that works."),
        (true, None) => {
            format!("Nobody has redeemed the link of person {number} before: it is taken back and no longer works.")
        }
    };
    let value = json!({
        "person": person, "links": dealt.links, "unreachable": dealt.unreachable, "taken_back": unused,
        "redeemed": used, "closed": close && !used.is_empty(),
    });
    hand_out(output, &format!("{state}{}", told(&dealt, file)), &value, &dealt)?;
    match (made, &person.bridge) {
        (true, _) => Ok(()),
        (false, Some(_)) => bail!("no link was made: the bridge of person {number} can't be reached, see above"),
        (false, None) => bail!("no link was made for person {number}.{}", waits(&person)),
    }
}

fn blocked(file: &Path, relay: &Path, output: Output) -> anyhow::Result<()> {
    let Blocked { bridge, known, knew, waiting, dealt } = Fleet::open(file)?.blocked(relay)?;
    let people = if knew == 1 { "1 person".to_owned() } else { format!("{knew} people") };
    let state = match (known, knew, waiting) {
        (true, ..) => "was reported before: nothing changes.".to_owned(),
        (false, 0, _) => "is blocked; nobody used it.".to_owned(),
        (false, _, 0) => format!("is blocked; {people} used it, and each gets another."),
        (false, ..) => format!("is blocked; {people} used it, of whom {waiting} can get no other now."),
    };
    let value = json!({
        "relay": relay, "bridge": bridge, "known": known, "knew": knew, "waiting": waiting, "links": dealt.links,
        "unreachable": dealt.unreachable,
    });
    let name = called(&bridge.id, bridge.address.as_deref());
    hand_out(output, &format!("Bridge {name} {state}{}", told(&dealt, file)), &value, &dealt)
}

fn show(file: &Path, output: Output) -> anyhow::Result<()> {
    let mut fleet = Fleet::open(file)?;
    let dealt = fleet.deal()?;
    let (bridges, people) = (fleet.bridges(), fleet.people()?);
    let bridge_lines: String = bridges.iter().map(bridge_line).collect();
    let lines: String = people.iter().map(|(depth, person)| line(*depth, person)).collect();
    let human = format!(
        "{}\n{bridge_lines}{}\n{lines}{}",
        headed(bridges.len(), "bridge", "bridges"),
        headed(people.len(), "person", "people"),
        told(&dealt, file).trim_start()
    );
    let people: Vec<&PersonInfo> = people.iter().map(|(_, person)| person).collect();
    let value = json!({ "bridges": bridges, "people": people, "links": dealt.links, "unreachable": dealt.unreachable });
    hand_out(output, &human, &value, &dealt)
}

fn headed(count: usize, one: &str, several: &str) -> String {
    match count {
        0 => format!("No {several} yet."),
        1 => format!("1 {one}:"),
        _ => format!("{count} {several}:"),
    }
}

fn bridge_line(bridge: &BridgeInfo) -> String {
    let state = match bridge.state {
        "serves" => format!("serves {}", bridge.people),
        state => state.to_owned(),
    };
    format!("  {}  {state}  {}\n", called(&bridge.id, bridge.address.as_deref()), bridge.dir.display())
}

fn line(depth: usize, person: &PersonInfo) -> String {
    let place = person.bridge.as_ref().map_or_else(|| person.state.replace('_', " "), |dir| dir.display().to_string());
    let indent = "  ".repeat(depth.saturating_add(1));
    let PersonInfo { person, trust, invitations, .. } = person;
    let invitations = if *invitations == 1 { "1 invitation".to_owned() } else { format!("{invitations} invitations") };
    format!("{indent}{person}  trust {trust}, {invitations}  {place}\n")
}

/// Why somebody has no bridge.
fn waits(person: &PersonInfo) -> &'static str {
    match person.state {
        "waits" => " There is no bridge for her yet: she waits.",
        "cut_off" => " She has too little trust to be told a bridge.",
        _ => "",
    }
}

fn are(people: usize) -> String {
    if people == 1 { "1 person is".to_owned() } else { format!("{people} people are") }
}

/// A bridge as its operator may name it.
fn called(id: &str, address: Option<&str>) -> String {
    let id = id.get(..ID_DIGITS).unwrap_or(id);
    address.map_or_else(|| id.to_owned(), |address| format!("{id} ({address})"))
}

/// Links to hand over, and the bridges to which none could be made.
fn told(dealt: &Dealt, file: &Path) -> String {
    let whose = |inviter: Option<u32>| inviter.map(|by| format!(", whom person {by} invited")).unwrap_or_default();
    let one = |link: &NewLink| {
        format!("\nFor person {}{}, until {}:\n{}", link.person, whose(link.inviter), time(link.expires_ms), link.link)
    };
    let links: String = dealt.links.iter().map(one).collect();
    let hand = if links.is_empty() { "" } else { "\nHand each link over by a way that nobody else reads." };
    let warnings: String = dealt.unreachable.iter().map(|bridge| warning(bridge, file)).collect();
    format!("{links}{hand}{warnings}")
}

fn warning(bridge: &Unreachable, file: &Path) -> String {
    let (name, file) = (called(&bridge.id, bridge.address.as_deref()), shell_word(file));
    let Unreachable { id, dir, reason, .. } = bridge;
    format!(
        "\nWarning: no link can be made to bridge {name} in {}: {reason}. Nobody new is told it meanwhile.\n\
         If its folder is elsewhere now, say where:\n  simurgh fleet add --fleet {file} --relay DIR\n\
         If the bridge is lost, report it, and its people are told others:\n  simurgh fleet blocked --fleet {file} \
         --relay {id}",
        dir.display()
    )
}
