//! People who hand each other bundles while no relay can be reached (specs/12-bundles.md).

use super::{HEAL_MS, Happening, NAMES, Report, World};
use anyhow::{Result, ensure};
use client::{Command, CommandError, Reply};

/// How often somebody meets somebody.
const MEETING_MS: u64 = 3_000;
/// Of a thousand bundles so many are lost, cut off, changed, and brought twice.
const LOST: u64 = 200;
const CUT_OFF: u64 = 100;
const CHANGED: u64 = 100;
const TWICE: u64 = 200;
/// A bundle may lie in a pocket for so long: others overtake it.
const POCKET_MS: u64 = 15_000;

/// What was handed over.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Given {
    /// Bundles.
    made: u64,
    /// Those that did not come whole.
    refused: u64,
    /// Cells that were carried for others.
    carried: usize,
    /// Messages that came so.
    messages: usize,
}

impl World {
    /// As [`World::run`], and meanwhile no relay can be reached: whatever comes, comes by bundles. Neighbours meet; who
    /// are no neighbours have somebody between them who carries. In the end relays can be reached again, or (`for_ever`)
    /// not.
    pub fn run_bundles(mut self, each: usize, for_ever: bool) -> Result<Report> {
        self.introduce_all()?;
        self.network.cut = true;
        self.plan(each);
        for one in 1..self.people.len() {
            self.meet(one - 1, one);
            self.meet(one, one - 1);
        }
        self.let_it_happen()?;
        self.network.cut = for_ever;
        self.run_until(self.now.plus_ms(HEAL_MS), |world| world.at_rest())?;
        self.verdict()?;
        let Given { made, carried, messages, .. } = self.given;
        ensure!(made > 0 && messages > 0, "nobody gave anybody anything: {:?}", self.given);
        ensure!(self.people.len() < 3 || carried > 0, "nobody carried anything: {:?}", self.given);
        self.end()
    }

    fn meet(&mut self, from: usize, to: usize) {
        let later = self.now.plus_ms(1 + self.below(MEETING_MS));
        self.at(later, Happening::Give(from, to));
    }

    /// A bundle is made and handed over: open, or sealed for who gets it.
    pub(super) fn give(&mut self, from: usize, to: usize) -> Result<()> {
        self.meet(from, to);
        let sealed = self.people.len() < 3 && self.chance(500);
        let to_whom = if sealed { vec![NAMES[to].to_owned()] } else { Vec::new() };
        let command = Command::BundleExport { to: to_whom, carry: false, bytes_max: usize::MAX };
        let Some(Reply::Bundle(made)) = self.command(from, command)? else { return Ok(()) };
        self.given.made += 1;
        if self.faulty(LOST) {
            return Ok(());
        }
        let mut times = 1;
        if self.faulty(TWICE) {
            times = 2;
        }
        for _ in 0..times {
            let mut bytes = made.bytes.clone();
            if self.faulty(CUT_OFF) {
                bytes.truncate(self.below(bytes.len() as u64) as usize);
            } else if self.faulty(CHANGED) {
                let place = self.below(bytes.len() as u64) as usize;
                bytes[place] ^= 1;
            }
            let later = self.now.plus_ms(1 + self.below(POCKET_MS));
            self.at(later, Happening::Take(to, bytes));
        }
        Ok(())
    }

    pub(super) fn take(&mut self, person: usize, bytes: Vec<u8>) -> Result<()> {
        let whole = client::bundles::decode(&bytes).is_ok();
        match self.ask_client(person, Command::BundleImport { bytes: bytes.clone(), carry: true })? {
            Some(Ok(Reply::Taken(taken))) => {
                ensure!(whole, "{person} took a bundle that is not whole");
                ensure!(taken.refused == 0 && taken.no_room == 0 && !taken.from_future, "{person}: {taken:?}");
                self.given.carried += taken.carried;
                self.given.messages += taken.messages;
                self.after(person)
            }
            Some(Err(CommandError::Bundle(_))) => {
                ensure!(!whole, "{person} refused a bundle that is whole");
                self.given.refused += 1;
                Ok(())
            }
            Some(Err(error @ CommandError::Store(_))) => {
                let later = self.now.plus_ms(1 + self.below(POCKET_MS));
                self.at(later, Happening::Take(person, bytes));
                self.bear(person, Err(error))
            }
            None => {
                let later = self.now.plus_ms(1 + self.below(POCKET_MS));
                self.at(later, Happening::Take(person, bytes));
                Ok(())
            }
            Some(other) => anyhow::bail!("{person}: {other:?}"),
        }
    }
}
