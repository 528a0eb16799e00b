//! People who say where they are, and get a newer network file, when they have known each other for a while: their queues
//! move (E2E-80 to E2E-82) while they go on talking.

use super::{HEAL_MS, Happening, NAMES, Report, World};
use anyhow::{Result, ensure};
use client::Command;
use client::ledger::Ledger;
use wire::RelayId;

/// Queues of a person at relays in the own region, and in all.
const OWN_QUEUES: usize = 2;
const QUEUES: usize = 3;
/// Longer than queues that were left are polled.
const AWAY_MS: u64 = 22 * 24 * 60 * 60 * 1000;
/// Texts of everybody to everybody after that.
const LATER: usize = 2;

impl World {
    /// As [`World::run`], and in the midst of it everybody's queues get a reason to move; with `one_goes` the newer network
    /// file also lacks a relay. Then all machines are off for weeks, and what was left is given up.
    pub fn run_moves(mut self, each: usize, one_goes: bool) -> Result<Report> {
        self.introduce_all()?;
        self.one_goes = one_goes;
        self.plan(each);
        for person in 0..self.people.len() {
            let at = self.now.plus_ms(self.below(each as u64 * 300));
            self.at(at, Happening::Settle(person));
        }
        self.let_it_happen()?;
        // a move to a relay that never answers takes days
        let all_up = !self.faults.one_relay_dies;
        self.run_until(self.now.plus_ms(HEAL_MS), |world| Ok(world.at_rest()? && (!all_up || world.has_moved()?)))?;
        self.go_away()?;
        for from in 0..self.people.len() {
            for to in (0..self.people.len()).filter(|to| *to != from) {
                for number in 0..LATER {
                    self.say(from, to, format!("{number} after weeks from {from}"))?;
                }
            }
        }
        self.run_until(self.now.plus_ms(HEAL_MS), |world| {
            Ok(world.at_rest()? && (!all_up || world.each_has(|own| own.queues.len() == QUEUES)?))
        })?;
        self.verdict()?;
        self.end()
    }

    /// Everybody's queues move, and nothing else happens.
    pub(super) fn settle_all(&mut self) -> Result<()> {
        (0..self.people.len()).try_for_each(|person| self.settle(person))?;
        self.run_until(self.now.plus_ms(HEAL_MS), Self::has_moved)
    }

    /// Somebody's client is opened with a newer network file, and is told where it is.
    pub(super) fn settle(&mut self, person: usize) -> Result<()> {
        let later = self.now.plus_ms(1 + self.below(3_000));
        if !self.people[person].is_up() {
            self.at(later, Happening::Settle(person));
            return Ok(());
        }
        self.people[person].crash();
        let count = if self.one_goes { self.relays.len() - 1 } else { self.relays.len() };
        let file = self.relays.iter().take(count).map(|relay| relay.descriptor.clone()).collect();
        self.people[person].take_network_file(file);
        self.people[person].start(self.now, &mut self.rng)?;
        self.relist(person)?;
        self.after(person)?;
        let region = self.regions.of_settled(person);
        if self.command(person, Command::RegionSet(region))?.is_none() {
            self.at(later, Happening::Settle(person));
        }
        Ok(())
    }

    /// Whether everybody writes to everybody where E2E-78 would have them, and everybody knows.
    fn has_moved(&mut self) -> Result<bool> {
        let named = if self.one_goes { self.relays.len() - 1 } else { self.relays.len() };
        let place = |id: &RelayId| self.relays.iter().position(|relay| relay.descriptor.id() == *id);
        self.each_has(|other| {
            let owner = NAMES.iter().position(|name| *name == other.contact.name);
            let own = owner.and_then(|owner| self.regions.of_settled(owner));
            let places: Vec<usize> = other.peer_queues.iter().filter_map(|(relay, _)| place(relay)).collect();
            let inside = places.iter().filter(|place| self.relays[**place].descriptor.region == own).count();
            !other.is_moving
                && places.len() == QUEUES
                && inside >= OWN_QUEUES
                && places.iter().all(|place| *place < named)
        })
    }

    fn each_has(&self, what: impl Fn(&Ledger) -> bool) -> Result<bool> {
        for person in &self.people {
            if !person.ledgers()?.iter().all(&what) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// All machines of people are off for weeks.
    fn go_away(&mut self) -> Result<()> {
        self.people.iter_mut().for_each(crate::person::Person::crash);
        self.now = self.now.plus_ms(AWAY_MS);
        for person in 0..self.people.len() {
            self.people[person].start(self.now, &mut self.rng)?;
            self.relist(person)?;
            self.after(person)?;
        }
        ensure!(self.people.iter().all(crate::person::Person::is_up), "a machine does not come back");
        Ok(())
    }
}
