//! A country whose border is cut for an hour: people inside go on talking to each other, and what has to go over the border
//! waits until it heals.

use super::{HEAL_MS, Happening, NAMES, Report, World};
use crate::relay::Relay;
use anyhow::{Result, ensure};
use client::view::{Payment, PaymentState};
use std::collections::BTreeSet;
use wire::{Gram, Region, RelayDescriptor, UnixMillis};

/// Alice and Bob live inside, Carol abroad.
const PEOPLE_INSIDE: usize = 2;
/// The first relays are inside.
const RELAYS_INSIDE: usize = 2;
const MINUTE_MS: u64 = 60_000;
/// An hour, in times between two texts of somebody to somebody.
const ROUNDS: u64 = 30;
const ROUND_MS: u64 = 2 * MINUTE_MS;
/// What everybody's packets over the border turn into after so long, where one relay asks another.
const CONNECT_MS: u64 = 2_500;
/// Payments around the beginning of a cut, how far apart they are, and when the border comes down.
const PAYMENTS: u64 = 15;
const PAYMENT_MS: u64 = 2_000;
const BEFORE_MS: u64 = 5_000;
/// How long after the last of them all are final.
const FINAL_MS: u64 = 10_000;

/// Who says on which side of the border they are (E2E-78, E2E-79).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Regions {
    /// Nobody.
    Unsaid,
    /// The relays.
    OfRelays,
    /// The relays, and people too.
    OfAll,
    /// The same, but when people get to know each other their network files name only the relays abroad, and nobody has
    /// said anything yet (E2E-80).
    Late,
}

impl Regions {
    pub(super) fn of_relay(self, relay: usize) -> Option<Region> {
        (self != Self::Unsaid).then(|| region(relay < RELAYS_INSIDE)).flatten()
    }

    pub(super) fn of_person(self, person: usize) -> Option<Region> {
        (self == Self::OfAll).then(|| region(person < PEOPLE_INSIDE)).flatten()
    }

    /// What a person says in the end.
    pub(super) fn of_settled(self, person: usize) -> Option<Region> {
        (self == Self::Late).then(|| region(person < PEOPLE_INSIDE)).flatten()
    }

    /// What everybody's network file names in the beginning.
    pub(super) fn first_file(self, relays: &[Relay]) -> Vec<RelayDescriptor> {
        let descriptors = relays.iter().map(|relay| relay.descriptor.clone());
        if self != Self::Late {
            return descriptors.collect();
        }
        descriptors.skip(RELAYS_INSIDE).map(|one| RelayDescriptor { region: None, ..one }).collect()
    }
}

fn region(is_inside: bool) -> Option<Region> {
    if is_inside { "IR" } else { "DE" }.parse().ok()
}

/// A border, and from when until when nothing crosses it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Border {
    from: UnixMillis,
    cut_until: UnixMillis,
}

impl Border {
    fn is_cut(border: Option<Self>, now: UnixMillis, one: bool, other: bool) -> bool {
        border.is_some_and(|border| border.from <= now && now < border.cut_until) && one != other
    }
}

impl World {
    /// Whether nothing gets from a person to a relay, or back.
    pub(super) fn is_cut_off(&self, person: usize, relay: usize) -> bool {
        Border::is_cut(self.network.border, self.now, person < PEOPLE_INSIDE, relay < RELAYS_INSIDE)
    }

    /// How long a relay waits before it says that it can't reach another; `None`: it can.
    pub(super) fn unreached_ms(&self, entry: usize, target: usize) -> Option<u64> {
        let cut = Border::is_cut(self.network.border, self.now, entry < RELAYS_INSIDE, target < RELAYS_INSIDE);
        cut.then_some(CONNECT_MS)
    }

    /// Everybody writes to everybody for an hour of a cut: inside, everything arrives within a minute; within a minute of the
    /// border's healing, everything else has arrived too.
    pub fn run_border(mut self) -> Result<Report> {
        self.introduce_all()?;
        if self.regions == Regions::Late {
            self.settle_all()?;
        }
        let until = self.now.plus_ms(ROUNDS * ROUND_MS);
        self.network.border = Some(Border { from: self.now, cut_until: until });
        let pairs: Vec<(usize, usize)> =
            (0..self.people.len()).flat_map(|from| (0..self.people.len()).map(move |to| (from, to))).collect();
        for round in 0..ROUNDS {
            let end = self.now.plus_ms(ROUND_MS);
            for (from, to) in pairs.iter().copied().filter(|(from, to)| from != to) {
                let at = self.now.plus_ms(self.below(MINUTE_MS));
                self.at(at, Happening::Say(from, to, text(round, from)));
            }
            self.pass(end)?;
            // All of it has had its minute.
            for (from, to) in [(0, 1), (1, 0)] {
                let missing = self.missing(from, to, round + 1)?;
                ensure!(missing.is_empty(), "inside, {from} to {to}: {missing:?} are missing");
            }
        }
        let (over, healed) = (self.missing(0, 2, ROUNDS)?.len(), until.plus_ms(MINUTE_MS));
        ensure!(over as u64 == ROUNDS, "the border let something through: {over} are missing");
        self.pass(healed)?;
        for (from, to) in pairs.into_iter().filter(|(from, to)| from != to) {
            let missing = self.missing(from, to, ROUNDS)?;
            ensure!(missing.is_empty(), "a minute after healing, {from} to {to}: {} are missing", missing.len());
        }
        self.run_until(self.now.plus_ms(HEAL_MS), |world| world.at_rest())?;
        self.verdict()?;
        self.end()
    }

    /// Everybody pays the next one every two seconds while the border comes down and stays down; every payment is final
    /// within ten seconds, for every relay still leads to the chain.
    pub fn run_border_payments(mut self) -> Result<Report> {
        self.introduce_all()?;
        self.first_money()?;
        let began = self.now;
        self.network.border = Some(Border { from: began.plus_ms(BEFORE_MS), cut_until: began.plus_ms(10 * MINUTE_MS) });
        let people = self.people.len();
        for number in 0..PAYMENTS {
            let from = usize::try_from(number)? % people;
            let at = began.plus_ms(number * PAYMENT_MS + self.below(PAYMENT_MS));
            self.at(at, Happening::Pay(from, (from + 1) % people, Gram::from((number + 1) * 1_000_000_000)));
        }
        self.pass(began.plus_ms(PAYMENTS * PAYMENT_MS + FINAL_MS))?;
        for (person, name) in NAMES.iter().enumerate().take(people) {
            for other in NAMES.iter().filter(|other| *other != name) {
                let is_open = |one: &Payment| one.state != PaymentState::Final;
                let all = self.people[person].conversation(other)?;
                let mine = all.into_iter().filter(|one| one.mine).filter_map(|one| one.payment);
                let waiting: Vec<Payment> = mine.filter(is_open).collect();
                ensure!(waiting.is_empty(), "{name} pays {other}, not final: {waiting:?}");
            }
        }
        self.until_paid()?;
        self.report.received = self.paid.len();
        self.end()
    }

    fn pass(&mut self, until: UnixMillis) -> Result<()> {
        while self.now < until {
            self.step()?;
        }
        Ok(())
    }

    /// The rounds before this one whose texts `to` has not got from `from`.
    fn missing(&self, from: usize, to: usize, before: u64) -> Result<Vec<u64>> {
        let came: BTreeSet<String> = self.people[to]
            .conversation(NAMES[from])?
            .into_iter()
            .filter(|one| !one.mine)
            .map(|one| one.text)
            .collect();
        Ok((0..before).filter(|round| !came.contains(&text(*round, from))).collect())
    }
}

fn text(round: u64, from: usize) -> String {
    format!("round {round} from {from}")
}
