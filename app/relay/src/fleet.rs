//! What `simurgh fleet init|add|invite|link|blocked|show --fleet FILE` does: bridges of one operator whose people share
//! one invite tree (specs/11-bridges.md). The file holds the tree, whose people are numbers, and what is known of the
//! bridges.
//!
//! Requirements: this machine reaches the folders of the bridges to which links are made. Provided: whoever is told a
//! bridge by the tree gets a link of her own to it, another when she has lost it, and days that pass are counted by the
//! clock; who came by a friend's link is in the tree; a bridge that can't be reached keeps nobody else from a link; the
//! file and the folders agree, also after a crash (TRE-17). Not provided: delivery; the operator hands the links over.

mod file;
mod found;
mod friends;

use crate::invitations::{self, Take};
use crate::operator::{self, OperatorError};
use file::{Bridge, Kept, Made, Unwanted};
use mailbox::bridge::Token;
use mailbox::tree::{BridgeNumber, Person, Standing, TreeError};
use rand_core::OsRng;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use wire::UnixMillis;

const DAY_MS: u64 = 24 * 60 * 60 * 1000;
/// Days that are counted at once: a fleet that rested for longer has earned everybody everything.
const DAYS_MAX: u64 = 60;
/// Days for which a fleet may rest: where the clock says more, that it is wrong is likelier.
const REST_DAYS_MAX: u64 = 400;
/// Days by which the file may be ahead of the clock: two machines need not agree on midnight.
const DAYS_BACK_MAX: u64 = 1;
/// The first Unix day, as Julian days are counted.
const JULIAN_1970: i32 = 2_440_588;

/// Why a fleet's command failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FleetError {
    /// The file can't be used.
    #[error("the fleet's file {path} can't be used: {reason}")]
    File {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// There is no fleet at this path (TRE-15).
    #[error(
        "there is no fleet in {0}: say with --fleet where yours is, or begin one: `simurgh fleet init --fleet {0}`"
    )]
    Missing(PathBuf),
    /// There is something at this path, so no fleet begins there.
    #[error("there is a file {0} already: use it, or begin the fleet in another one")]
    Exists(PathBuf),
    /// The clock and the file are too far apart (TRE-21).
    #[error(
        "the fleet in {path} was used last on {last}, and this machine's clock says {today}: set the clock. If it is \
         right, write {day} for \"day\" in that file; nobody earns trust for the days between"
    )]
    Clock {
        /// The fleet's file.
        path: PathBuf,
        /// The day that the file says.
        last: String,
        /// The day that the clock says.
        today: String,
        /// The same in days since 1970.
        day: u64,
    },
    /// The relay is in the fleet.
    #[error("{0} is in the fleet already: name each bridge once")]
    Known(PathBuf),
    /// Nothing in the fleet is named so.
    #[error("{0} names no bridge of the fleet: `simurgh fleet show` lists them, by id, address and folder")]
    Unknown(String),
    /// More than one bridge is named so.
    #[error("{name} names several bridges of the fleet: say which by its id. They are {bridges}")]
    Several {
        /// What was said.
        name: String,
        /// The bridges' ids and addresses.
        bridges: String,
    },
    /// A bridge's folder holds another relay now.
    #[error("in {dir} is another relay than the fleet's bridge: name the bridge by its id, {id}")]
    Another {
        /// The folder.
        dir: PathBuf,
        /// The bridge that was there.
        id: String,
    },
    /// The tree does not do it.
    #[error(transparent)]
    Tree(#[from] TreeError),
    /// A bridge's folder or link.
    #[error(transparent)]
    Relay(#[from] OperatorError),
}

/// A person was told a bridge: the link is to be handed to her.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewLink {
    /// Her number.
    pub person: u32,
    /// Who invited her, and may be the only one who knows her (TRE-20); without one the operator did.
    pub inviter: Option<u32>,
    /// Her link.
    pub link: String,
    /// When it stops working.
    pub expires_ms: u64,
    /// The folder of the bridge that it leads to.
    pub bridge: PathBuf,
    /// The id of that bridge.
    pub bridge_id: String,
}

/// A bridge to which no link could be made; nobody was told it (TRE-16).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unreachable {
    /// Its id.
    pub id: String,
    /// `host:port`, where that is known.
    pub address: Option<String>,
    /// Where its folder was.
    pub dir: PathBuf,
    /// What happened.
    pub reason: String,
}

/// What a verb has handed out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dealt {
    /// Links to hand over.
    pub links: Vec<NewLink>,
    /// Bridges that would have been told.
    pub unreachable: Vec<Unreachable>,
}

/// A person as the operator sees her.
#[derive(Clone, Debug, Serialize)]
pub struct PersonInfo {
    /// Her number.
    pub person: u32,
    /// Who invited her; without one the operator did.
    pub inviter: Option<u32>,
    /// Her trust.
    pub trust: i32,
    /// Invitations that she may give.
    pub invitations: u32,
    /// `connected`, `waits` or `cut_off`.
    pub state: &'static str,
    /// The folder of her bridge.
    pub bridge: Option<PathBuf>,
    /// The id of her bridge.
    pub bridge_id: Option<String>,
}

/// A bridge as the operator sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BridgeInfo {
    /// Its id.
    pub id: String,
    /// `host:port`, as its folder said it last.
    pub address: Option<String>,
    /// Its folder.
    pub dir: PathBuf,
    /// `spare`, `serves` or `blocked`.
    pub state: &'static str,
    /// How many use it.
    pub people: usize,
}

/// A bridge was taken in.
#[derive(Clone, Debug)]
pub struct Added {
    /// The bridge.
    pub bridge: BridgeInfo,
    /// It was in the fleet, with its folder elsewhere.
    pub moved_from: Option<PathBuf>,
    /// Who waited and is told a bridge now.
    pub dealt: Dealt,
}

/// A bridge was reported.
#[derive(Clone, Debug)]
pub struct Blocked {
    /// The bridge.
    pub bridge: BridgeInfo,
    /// It was reported before: nothing has changed.
    pub known: bool,
    /// How many used it.
    pub knew: usize,
    /// Of them those who have no bridge now.
    pub waiting: usize,
    /// Who is told another.
    pub dealt: Dealt,
}

/// A link was made again (TRE-18).
#[derive(Clone, Debug)]
pub struct Again {
    /// Her; without a bridge she waits, or is cut off.
    pub person: PersonInfo,
    /// Names of the invitations that she had at this bridge and that nobody had redeemed. They are taken back.
    pub unused: Vec<String>,
    /// Names of those that somebody had redeemed. They stay good, or were closed.
    pub used: Vec<String>,
    /// Her link among others; without it her bridge can't be reached.
    pub dealt: Dealt,
}

/// A fleet, opened; nobody else changes its file meanwhile.
#[derive(Debug)]
pub struct Fleet {
    file: PathBuf,
    kept: Kept,
    /// What the file says until the verb is done.
    saved: Kept,
    _lock: File,
}

/// A link that is to be made.
struct Plan {
    person: Person,
    dir: PathBuf,
    token: Token,
    made: Made,
}

impl Fleet {
    /// Begins a fleet without bridges (TRE-15).
    ///
    /// # Errors
    /// [`FleetError::Exists`], [`FleetError::File`].
    pub fn init(file: &Path) -> Result<(), FleetError> {
        file::begin(file, day(store::clock::now()))
    }

    /// Opens a fleet, counts the days that have passed, and takes back what a crash has left.
    ///
    /// # Errors
    /// [`FleetError::Missing`], [`FleetError::File`], [`FleetError::Clock`].
    pub fn open(file: &Path) -> Result<Self, FleetError> {
        Self::open_at(file, store::clock::now())
    }

    fn open_at(file: &Path, now: UnixMillis) -> Result<Self, FleetError> {
        let (mut kept, lock) = file::open(file)?;
        let today = day(now);
        if today.saturating_sub(kept.day) > REST_DAYS_MAX || kept.day.saturating_sub(today) > DAYS_BACK_MAX {
            let (path, last) = (file.to_owned(), date(kept.day));
            return Err(FleetError::Clock { path, last, today: date(today), day: today });
        }
        (0..today.saturating_sub(kept.day).min(DAYS_MAX)).for_each(|_| kept.tree.pass_day());
        kept.day = kept.day.max(today);
        for bridge in kept.bridges.iter_mut().filter(|bridge| bridge.address.is_none()) {
            bridge.address = found::descriptor(bridge).ok().map(|found| found::address(&found));
        }
        let mut this = Self { file: file.to_owned(), saved: kept.clone(), kept, _lock: lock };
        this.take_back();
        if this.adopt() {
            // numbers that were shown once stay
            this.keep()?;
        }
        this.saved = this.kept.clone();
        Ok(this)
    }

    /// Takes a relay in, as a bridge that nobody knows yet; or says where the folder of one is now.
    ///
    /// # Errors
    /// [`FleetError`].
    pub fn add(&mut self, dir: &Path) -> Result<Added, FleetError> {
        let descriptor = operator::descriptor(dir)?;
        let (relay, address) = (descriptor.id(), Some(found::address(&descriptor)));
        let dir = found::absolute(dir);
        let place = self.kept.bridges.iter().position(|bridge| bridge.relay == relay);
        let known = place.and_then(|place| self.kept.bridges.get_mut(place));
        let moved_from = match known {
            Some(known) if found::descriptor(known).is_ok() => return Err(FleetError::Known(dir)),
            Some(known) => {
                known.address = address;
                Some(std::mem::replace(&mut known.dir, dir))
            }
            None => {
                self.kept.tree.add_bridge()?;
                self.kept.bridges.push(Bridge { relay, dir, address });
                None
            }
        };
        let dealt = self.settle(Vec::new())?;
        let place = place.unwrap_or_else(|| self.kept.bridges.len().saturating_sub(1));
        let bridge = self.bridges().into_iter().nth(place).ok_or(TreeError::NoBridge)?;
        Ok(Added { bridge, moved_from, dealt })
    }

    /// Takes somebody in, by an invitation of a person of the tree or the operator's own; she may have to wait.
    ///
    /// # Errors
    /// [`FleetError`].
    pub fn invite(&mut self, inviter: Option<u32>) -> Result<(PersonInfo, Dealt), FleetError> {
        let person = self.kept.tree.invite(inviter.map(Person), &mut OsRng)?;
        let told = self.kept.tree.standing(person)?.bridge.map(|bridge| (person, bridge));
        let dealt = self.settle(told.into_iter().collect())?;
        Ok((self.info(person)?, dealt))
    }

    /// Makes a link again for somebody who has lost hers; `close`: also the way in that the one before has opened, if
    /// somebody has redeemed it, is closed (TRE-18).
    ///
    /// # Errors
    /// [`FleetError`].
    pub fn link(&mut self, person: u32, close: bool) -> Result<Again, FleetError> {
        let person = Person(person);
        let mut mine = Dealt::default();
        let (mut unused, mut used) = (Vec::new(), Vec::new());
        if let Some(bridge) = self.kept.tree.standing(person)?.bridge {
            let before = self.before(person, bridge);
            self.make(vec![(person, bridge)], &mut mine, false)?;
            if !mine.links.is_empty() {
                let unwanted = before.iter().cloned().map(|invitation| Unwanted { invitation, close });
                self.kept.unwanted.extend(unwanted);
                self.keep()?;
                let hers = |(name, _): &(String, bool)| before.iter().any(|made| made.name == *name);
                for (name, was_used) in self.take_back().into_iter().filter(hers) {
                    let names = if was_used { &mut used } else { &mut unused };
                    names.push(name);
                }
            }
        }
        let others = self.settle(Vec::new())?;
        mine.links.extend(others.links);
        mine.unreachable.extend(others.unreachable);
        Ok(Again { person: self.info(person)?, unused, used, dealt: mine })
    }

    /// A bridge is blocked, seized or gone; it is named by whatever the fleet knows of it (TRE-19).
    ///
    /// # Errors
    /// [`FleetError`].
    pub fn blocked(&mut self, name: &Path) -> Result<Blocked, FleetError> {
        let number = found::named(&self.kept.bridges, name)?;
        let known = self.kept.tree.is_blocked(number);
        let knew = self.kept.tree.blocked(number)?;
        knew.iter().for_each(|person| {
            self.kept.made.remove(&person.0);
        });
        let dealt = self.settle(Vec::new())?;
        let waits = |person: &&Person| self.kept.tree.standing(**person).is_ok_and(|one| one.bridge.is_none());
        let waiting = knew.iter().filter(waits).count();
        let place = usize::try_from(number.0).unwrap_or(usize::MAX);
        let bridge = self.bridges().into_iter().nth(place).ok_or(TreeError::NoBridge)?;
        Ok(Blocked { bridge, known, knew: knew.len(), waiting, dealt })
    }

    /// Links for those who waited and are told a bridge now; then everything is written.
    ///
    /// # Errors
    /// [`FleetError`].
    pub fn deal(&mut self) -> Result<Dealt, FleetError> {
        self.settle(Vec::new())
    }

    /// Everybody, each after who invited her, with how far below the operator she is.
    ///
    /// # Errors
    /// [`FleetError::Tree`].
    pub fn people(&self) -> Result<Vec<(usize, PersonInfo)>, FleetError> {
        self.kept.tree.by_branch().into_iter().map(|(depth, person)| Ok((depth, self.info(person)?))).collect()
    }

    /// All bridges, in the order in which they were taken in.
    #[must_use]
    pub fn bridges(&self) -> Vec<BridgeInfo> {
        let spares: BTreeSet<BridgeNumber> = self.kept.tree.spares().collect();
        let numbered = (0u32..).map(BridgeNumber).zip(&self.kept.bridges);
        let info = |(number, bridge): (BridgeNumber, &Bridge)| BridgeInfo {
            id: bridge.relay.to_string(),
            address: bridge.address.clone(),
            dir: bridge.dir.clone(),
            state: match (spares.contains(&number), self.kept.tree.is_blocked(number)) {
                (true, _) => "spare",
                (false, true) => "blocked",
                (false, false) => "serves",
            },
            people: self.kept.tree.on(number).count(),
        };
        numbered.map(info).collect()
    }

    /// Makes links for those who were told a bridge just now and for those who waited, and writes everything. When it
    /// fails, nothing has happened.
    fn settle(&mut self, told: Vec<(Person, BridgeNumber)>) -> Result<Dealt, FleetError> {
        let done = self.hand_out(told).and_then(|dealt| self.keep().map(|()| dealt));
        if done.is_err() {
            self.kept = self.saved.clone();
            self.take_back();
            self.saved = self.kept.clone();
        }
        done
    }

    /// Each turn but the last has found one more bridge that can't be reached: who was to be told it is told another.
    fn hand_out(&mut self, mut told: Vec<(Person, BridgeNumber)>) -> Result<Dealt, FleetError> {
        let mut dealt = Dealt::default();
        loop {
            let known = dealt.unreachable.len();
            told.extend(self.kept.tree.deal(&mut OsRng));
            self.make(std::mem::take(&mut told), &mut dealt, true)?;
            if dealt.unreachable.len() == known {
                return Ok(dealt);
            }
        }
    }

    /// Makes the links of some people. Whoever gets none has been told nothing if she was told just now (`untell`).
    fn make(&mut self, told: Vec<(Person, BridgeNumber)>, dealt: &mut Dealt, untell: bool) -> Result<(), FleetError> {
        let mut plans = Vec::new();
        for (person, bridge) in told {
            match self.plan(person, bridge) {
                Ok(plan) => plans.push(plan),
                Err(error) => self.give_up(person, bridge, &error, untell, dealt),
            }
        }
        if plans.is_empty() {
            return Ok(());
        }
        let unwanted = plans.iter().map(|plan| Unwanted { invitation: plan.made.clone(), close: true });
        self.saved.unwanted.extend(unwanted);
        file::write(&self.file, &self.saved)?;
        for Plan { person, dir, token, made } in plans {
            match operator::invite_by(&dir, &label(person), self.kept.link_days, token) {
                Ok(new) => {
                    let bridge_id = self.bridge(made.bridge).map(|bridge| bridge.relay.to_string()).unwrap_or_default();
                    let inviter = self.kept.tree.standing(person)?.inviter.map(|inviter| inviter.0);
                    let (person, expires_ms) = (person.0, new.expires.0);
                    self.kept.made.insert(person, made);
                    dealt.links.push(NewLink { person, inviter, link: new.link, expires_ms, bridge: dir, bridge_id });
                }
                Err(error) => {
                    self.give_up(person, made.bridge, &error, untell, dealt);
                    self.kept.unwanted.push(Unwanted { invitation: made, close: true });
                }
            }
        }
        Ok(())
    }

    fn plan(&mut self, person: Person, number: BridgeNumber) -> Result<Plan, OperatorError> {
        let place = usize::try_from(number.0).unwrap_or(usize::MAX);
        let bridge = self.kept.bridges.get_mut(place).ok_or(OperatorError::Missing(PathBuf::new()))?;
        bridge.address = Some(found::address(&found::descriptor(bridge)?));
        let token = invitations::draw();
        let made = Made { bridge: number, name: operator::invitation_name(token) };
        Ok(Plan { person, dir: bridge.dir.clone(), token, made })
    }

    /// A person gets no link to a bridge.
    fn give_up(
        &mut self,
        person: Person,
        bridge: BridgeNumber,
        error: &OperatorError,
        untell: bool,
        dealt: &mut Dealt,
    ) {
        self.kept.tree.set_away(bridge);
        if untell {
            self.kept.tree.untell(person);
        }
        let Some(Bridge { relay, dir, address }) = self.bridge(bridge) else { return };
        let (id, dir, address) = (relay.to_string(), dir.clone(), address.clone());
        if dealt.unreachable.iter().all(|known| known.id != id) {
            // whose advice is to make one: here it would be another one
            let missing = matches!(error, OperatorError::Missing(_));
            let reason = if missing { "there is no relay in its folder".to_owned() } else { error.to_string() };
            dealt.unreachable.push(Unreachable { id, address, dir, reason });
        }
    }

    fn keep(&mut self) -> Result<(), FleetError> {
        file::write(&self.file, &self.kept)?;
        self.saved = self.kept.clone();
        Ok(())
    }

    /// Takes back what is unwanted and can be reached; gives the names of what was there, and whether it was redeemed.
    fn take_back(&mut self) -> Vec<(String, bool)> {
        let mut found = Vec::new();
        let unwanted = std::mem::take(&mut self.kept.unwanted);
        let (tree, bridges) = (&self.kept.tree, &self.kept.bridges);
        let left = unwanted.into_iter().filter(|Unwanted { invitation, close }| {
            let Made { bridge, name } = invitation;
            let known = found::numbered(bridges, *bridge).filter(|_| !tree.is_blocked(*bridge));
            let Some(known) = known else { return false };
            let take = if *close { Take::Any } else { Take::Unused };
            let taken = found::descriptor(known).and_then(|_| operator::take_back(&known.dir, name, take));
            found.extend(taken.as_ref().ok().copied().flatten().map(|used| (name.clone(), used)));
            taken.is_err()
        });
        self.kept.unwanted = left.collect();
        found
    }

    /// What was made for a person at her bridge; of version 1 of the file it is known by its label only.
    fn before(&self, person: Person, bridge: BridgeNumber) -> Vec<Made> {
        if let Some(made) = self.kept.made.get(&person.0).filter(|made| made.bridge == bridge) {
            return vec![made.clone()];
        }
        let dir = self.bridge(bridge).filter(|bridge| found::descriptor(bridge).is_ok()).map(|bridge| &bridge.dir);
        let all = dir.and_then(|dir| operator::invitations(dir).ok()).unwrap_or_default();
        let hers = all.into_iter().filter(|one| one.label == label(person));
        hers.map(|one| Made { bridge, name: one.name }).collect()
    }

    fn info(&self, person: Person) -> Result<PersonInfo, FleetError> {
        let Standing { inviter, trust, invitations, bridge, cut_off } = self.kept.tree.standing(person)?;
        let state = match (bridge, cut_off) {
            (Some(_), _) => "connected",
            (None, true) => "cut_off",
            (None, false) => "waits",
        };
        let known = bridge.and_then(|bridge| self.bridge(bridge));
        let (bridge, bridge_id) = (known.map(|known| known.dir.clone()), known.map(|known| known.relay.to_string()));
        let inviter = inviter.map(|inviter| inviter.0);
        Ok(PersonInfo { person: person.0, inviter, trust, invitations, state, bridge, bridge_id })
    }

    fn bridge(&self, number: BridgeNumber) -> Option<&Bridge> {
        found::numbered(&self.kept.bridges, number)
    }
}

/// Whom an invitation at a bridge is for.
fn label(person: Person) -> String {
    format!("fleet {}", person.0)
}

fn day(now: UnixMillis) -> u64 {
    now.0.checked_div(DAY_MS).unwrap_or(0)
}

/// A Unix day as a date.
fn date(day: u64) -> String {
    let julian = i32::try_from(day).ok().and_then(|day| day.checked_add(JULIAN_1970));
    let date = julian.and_then(|julian| time::Date::from_julian_day(julian).ok());
    date.map_or_else(|| format!("day {day}"), |date| date.to_string())
}

#[cfg(test)]
mod tests;
