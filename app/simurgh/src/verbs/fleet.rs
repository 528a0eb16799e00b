//! `simurgh fleet …`: bridges that are handed out by an invite tree.

use crate::{
    cli::FleetVerb,
    output::{Output, time},
};
use relay::fleet::{Fleet, NewLink, PersonInfo};
use serde_json::json;

/// Runs the verb.
pub(crate) fn run(verb: FleetVerb, output: Output) -> anyhow::Result<()> {
    match verb {
        FleetVerb::Add { fleet, relay } => {
            let links = Fleet::open(&fleet)?.add(&relay)?;
            let human = format!("{} is in the fleet, and nobody knows it yet.{}", relay.display(), told(&links));
            output.print(&human, &json!({ "relay": relay, "links": links }))
        }
        FleetVerb::Invite { fleet, by } => {
            let (person, links) = Fleet::open(&fleet)?.invite(by)?;
            let waits = if person.bridge.is_none() { " There is no bridge for her yet: she waits." } else { "" };
            let human = format!("Person {} is in the tree.{waits}{}", person.person, told(&links));
            output.print(&human, &json!({ "person": person, "links": links }))
        }
        FleetVerb::Blocked { fleet, relay } => {
            let (knew, links) = Fleet::open(&fleet)?.blocked(&relay)?;
            let human = format!("{} is blocked; {knew} people used it.{}", relay.display(), told(&links));
            output.print(&human, &json!({ "relay": relay, "knew": knew, "links": links }))
        }
        FleetVerb::Show { fleet } => {
            let mut fleet = Fleet::open(&fleet)?;
            let links = fleet.deal()?;
            let people = fleet.people()?;
            let lines: String = people.iter().map(|(depth, person)| line(*depth, person)).collect();
            let human = format!("{} people.\n{lines}{}", people.len(), told(&links).trim_start());
            let people: Vec<&PersonInfo> = people.iter().map(|(_, person)| person).collect();
            output.print(&human, &json!({ "people": people, "links": links }))
        }
    }
}

fn line(depth: usize, person: &PersonInfo) -> String {
    let place = person.bridge.as_ref().map_or_else(|| person.state.replace('_', " "), |dir| dir.display().to_string());
    let indent = "  ".repeat(depth.saturating_add(1));
    format!("{indent}{}  trust {}, {} invitations  {place}\n", person.person, person.trust, person.invitations)
}

/// Links to hand over, each by a way that nobody else reads.
fn told(links: &[NewLink]) -> String {
    let one = |link: &NewLink| format!("\nFor person {}, until {}:\n{}", link.person, time(link.expires_ms), link.link);
    links.iter().map(one).collect()
}
