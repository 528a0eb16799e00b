//! What happens in a world, and when.

use super::{BEGIN, HEAL_MS, Happening, NAMES, Party, Report, World};
use anyhow::{Context, Result};
use client::view::ContactState;
use client::{Command, Reply};

/// After how many of a thousand messages the receiver looks.
const LOOKS: u64 = 300;

impl World {
    /// Everybody meets everybody, everybody says `each` messages to everybody while things fail; then all is healed,
    /// and what was promised must have come.
    pub fn run(mut self, each: usize) -> Result<Report> {
        self.introduce_all()?;
        self.plan(each);
        self.let_it_happen()?;
        self.run_until(self.now.plus_ms(HEAL_MS), |world| world.at_rest())?;
        self.verdict()?;
        self.end()
    }

    /// All that is planned; then the machines come back and the network is well.
    pub(super) fn let_it_happen(&mut self) -> Result<()> {
        let is_planned = |one: &Happening| {
            matches!(
                one,
                Happening::Say(..)
                    | Happening::Look(..)
                    | Happening::Pay(..)
                    | Happening::Crash(_)
                    | Happening::Restart(_)
                    | Happening::FailDisk(_)
                    | Happening::Die(_)
                    | Happening::Settle(_)
            )
        };
        self.run_until(self.now.plus_ms(HEAL_MS), |world| Ok(!world.queue.values().any(is_planned)))?;
        self.heal()
    }

    /// The last look: pages show what is stored, and relays whose power goes have what they said to have.
    pub(super) fn end(mut self) -> Result<Report> {
        let (ghost, scene) = self.ghost_and_scene();
        ghost.whole(scene)?;
        self.relays.iter_mut().try_for_each(crate::relay::Relay::crash)?;
        self.report.claims = self.ghost.claims;
        self.report.lasted_ms = self.now.since(BEGIN);
        Ok(self.report)
    }

    pub(super) fn introduce_all(&mut self) -> Result<()> {
        let count = self.people.len();
        for inviter in 0..count {
            for adder in 0..inviter {
                let link = loop {
                    match self.command(inviter, Command::ContactInvite)? {
                        Some(Reply::Invite { link, .. }) => break link,
                        _ => self.step()?,
                    }
                };
                while self.command(adder, Command::ContactAdd { link: link.clone() })?.is_none() {
                    self.step()?;
                }
            }
        }
        self.run_until(self.now.plus_ms(HEAL_MS), |world| world.all_connected())
            .context("the introductions do not come about")
    }

    fn all_connected(&mut self) -> Result<bool> {
        let others = self.people.len() - 1;
        for person in 0..self.people.len() {
            let Some(Reply::Contacts(list)) = self.command(person, Command::ContactList)? else { return Ok(false) };
            if list.iter().filter(|one| one.state == ContactState::Connected).count() != others {
                return Ok(false);
            }
        }
        Ok(true)
    }

    pub(super) fn plan(&mut self, each: usize) {
        for person in &mut self.people {
            person.lie = self.lie;
        }
        let count = self.people.len();
        for from in 0..count {
            for to in (0..count).filter(|to| *to != from) {
                let mut at = self.now;
                for number in 0..each {
                    at = at.plus_ms(self.below(400));
                    let long = if self.chance(30) { self.below(40_000) } else { self.below(300) };
                    let filling = "س".repeat(usize::try_from(long / 2).unwrap_or(0));
                    let text = format!("{} to {}: {number} {filling}", NAMES[from], NAMES[to]);
                    self.at(at, Happening::Say(from, to, text));
                    if self.chance(LOOKS) {
                        let later = at.plus_ms(self.below(8_000));
                        self.at(later, Happening::Look(to, from));
                    }
                }
            }
        }
        for _ in 0..self.faults.crashes {
            let at = self.now.plus_ms(self.below(each as u64 * 300 + 6000));
            let party = self.any_party();
            let disk = self.chance(400);
            self.at(at, if disk { Happening::FailDisk(party) } else { Happening::Crash(party) });
        }
        if self.faults.one_relay_dies && self.relays.len() > 2 {
            let at = self.now.plus_ms(self.below(each as u64 * 300 + 1000));
            let relay = self.below(self.relays.len() as u64) as usize;
            self.at(at, Happening::Die(relay));
        }
    }

    fn any_party(&mut self) -> Party {
        let (people, relays) = (self.people.len() as u64, self.relays.len() as u64);
        match self.below(people + relays) {
            one if one < people => Party::Person(one as usize),
            one => Party::Relay((one - people) as usize),
        }
    }

    pub(super) fn heal(&mut self) -> Result<()> {
        self.healed = true;
        for person in 0..self.people.len() {
            self.people[person].heal_disk();
            if !self.people[person].is_up() {
                self.happen(Happening::Restart(Party::Person(person)))?;
            }
        }
        for relay in 0..self.relays.len() {
            if !self.relays[relay].is_up() {
                self.happen(Happening::Restart(Party::Relay(relay)))?;
            }
        }
        Ok(())
    }
}
