//! The invite tree (TRE-1 to TRE-13, TRE-16 and TRE-20, specs/11-bridges.md): which bridge of a fleet each person is told, so that whoever
//! was sent by a censor burns few of them.
//!
//! Requirements: a day that passes is told, and a bridge that was blocked; randomness is passed in. Provided: each
//! person knows one bridge at a time; the people of a bridge are near each other in the tree, and few of them are new;
//! trust that is earned by bridges that stay and lost when they are blocked, up the tree too; a blocked bridge's people
//! are parted, so that whoever gives bridges away is alone in the end. Not provided: links (`bridge`), names (a person
//! is a number), and knowledge: the tree does not know who gave a bridge away, only who could have.

use rand_core::RngCore;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// People of one tree. Dealing looks at each of them.
pub const PEOPLE_MAX: usize = 10_000;
/// Bridges of one fleet.
pub const BRIDGES_MAX: usize = 1_000;
/// Trust is not earned beyond: a patient informer gains no more by waiting longer.
pub const TRUST_MAX: i32 = 30;
/// Trust of those whom the operator invites in person.
const TRUST_FIRST: i32 = 8;
/// Days of trust for one invitation.
const INVITATION_TRUST: i32 = 2;
/// Invitations of one person, ever.
const INVITATIONS_MAX: u32 = 8;
/// What a blocked bridge costs the people who knew it, together.
const LOSS: i32 = 48;
/// Who has so little gets no bridge any more.
const CUT_OFF: i32 = -20;
/// Days after which a person has settled on a bridge: if she gave it away, it would be blocked.
const SETTLED_DAYS: u32 = 2;
/// How much more than somebody settled a person is to blame who was told of a bridge just before it was blocked.
const NEW_BLAME: i32 = 8;
/// People of one bridge.
const CAPACITY: usize = 20;
/// Of them those who have not settled, while few bridges are blocked, and while many are.
const NEW_MAX: usize = 2;
const NEW_MIN: usize = 1;
/// Bridges of a hundred that are kept from suspects, and from newcomers.
const KEPT_FROM_SUSPECTS: usize = 40;
const KEPT_FROM_NEWCOMERS: usize = 30;
/// Bridges of a hundred that are blocked when nobody new is told any more.
const HOLD: usize = 60;
/// Into so many parts the people of a blocked bridge are split.
const PARTS: usize = 4;
/// Inviters above a person that lose trust with her, each half of the one before.
const DEPTH_MAX: usize = 64;

/// A person of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Person(pub u32);

/// A bridge of the fleet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BridgeNumber(pub u32);

/// Why a tree does not do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TreeError {
    /// No such person.
    #[error("nobody has this number in the invite tree: look at the list of its people")]
    NoPerson,
    /// No such bridge.
    #[error("no bridge has this number in the fleet: look at the list of its bridges")]
    NoBridge,
    /// Trust is earned by days.
    #[error("this person has no invitation left: one more comes with {INVITATION_TRUST} days on a bridge that stays")]
    NoInvitation,
    /// A bound.
    #[error("the invite tree is full: it holds {PEOPLE_MAX} people and {BRIDGES_MAX} bridges")]
    Full,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Member {
    inviter: Option<Person>,
    trust: i32,
    invited: u32,
    bridge: Option<BridgeNumber>,
    /// The day on which she was told of it.
    told: u32,
    /// What was blocked before, and with how many others who knew it she shares the next at most.
    lost: Option<(BridgeNumber, u32)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum State {
    Spare,
    Serves { suspects: bool },
    Blocked,
}

/// The people of a bridge, as somebody sees them who might come to it.
#[derive(Default)]
struct Crowd {
    people: usize,
    new: usize,
    /// The part of her branch that she shares with the nearest of them.
    shared: usize,
}

/// How a person stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Who invited her; `None`: the operator.
    pub inviter: Option<Person>,
    /// Days of bridges that stayed, less what was lost.
    pub trust: i32,
    /// Invitations that she may give now.
    pub invitations: u32,
    /// The bridge that she uses; `None`: she waits for one.
    pub bridge: Option<BridgeNumber>,
    /// She gets none any more (TRE-8).
    pub cut_off: bool,
}

/// The invite tree of a fleet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tree {
    day: u32,
    people: Vec<Member>,
    bridges: Vec<State>,
    /// Bridges that nobody can be told just now.
    #[serde(skip)]
    away: BTreeSet<BridgeNumber>,
}

impl Tree {
    /// A further bridge, which nobody knows yet.
    ///
    /// # Errors
    /// [`TreeError::Full`].
    pub fn add_bridge(&mut self) -> Result<BridgeNumber, TreeError> {
        let number = number(self.bridges.len(), BRIDGES_MAX)?;
        self.bridges.push(State::Spare);
        Ok(BridgeNumber(number))
    }

    /// Somebody new: invited by a person of the tree, who needs an invitation for it (TRE-4), or by the operator. She has
    /// a bridge at once where there is one for her.
    ///
    /// # Errors
    /// [`TreeError`].
    pub fn invite(&mut self, inviter: Option<Person>, rng: &mut impl RngCore) -> Result<Person, TreeError> {
        let number = number(self.people.len(), PEOPLE_MAX)?;
        if let Some(inviter) = inviter {
            let member = self.member(inviter)?;
            if member.invitations() == 0 {
                return Err(TreeError::NoInvitation);
            }
            let invited = member.invited.saturating_add(1);
            self.people_mut(inviter).for_each(|member| member.invited = invited);
        }
        let trust = if inviter.is_none() { TRUST_FIRST } else { 0 };
        self.people.push(Member { inviter, trust, invited: 0, bridge: None, told: self.day, lost: None });
        let person = Person(number);
        if let Some(bridge) = self.place(person, rng) {
            self.tell(person, bridge);
        }
        Ok(person)
    }

    /// Somebody who came by herself, so many days ago: a person of the tree passed a link to her own bridge on (TRE-20). She
    /// has that bridge, has earned those days, and the invitation counts.
    ///
    /// # Errors
    /// [`TreeError`].
    pub fn adopt(&mut self, inviter: Person, bridge: BridgeNumber, days_ago: u32) -> Result<Person, TreeError> {
        let number = number(self.people.len(), PEOPLE_MAX)?;
        let invited = self.member(inviter)?.invited.saturating_add(1);
        self.state(bridge).filter(|state| matches!(state, State::Serves { .. })).ok_or(TreeError::NoBridge)?;
        self.people_mut(inviter).for_each(|member| member.invited = invited);
        let (inviter, bridge, told) = (Some(inviter), Some(bridge), self.day.saturating_sub(days_ago));
        let trust = i32::try_from(days_ago).unwrap_or(TRUST_MAX).min(TRUST_MAX);
        self.people.push(Member { inviter, trust, invited: 0, bridge, told, lost: None });
        Ok(Person(number))
    }

    /// A bridge is blocked: its people lose trust, and so do those above them (TRE-6, TRE-7). Gives who knew it, all of
    /// whom wait for [`Tree::deal`]; nobody when that was known.
    ///
    /// # Errors
    /// [`TreeError::NoBridge`].
    pub fn blocked(&mut self, bridge: BridgeNumber) -> Result<Vec<Person>, TreeError> {
        let state = self.state_mut(bridge).ok_or(TreeError::NoBridge)?;
        if std::mem::replace(state, State::Blocked) == State::Blocked {
            return Ok(Vec::new());
        }
        let knew: Vec<Person> = self.on(bridge).collect();
        let is_new = |person: &&Person| self.get(**person).is_some_and(|member| member.is_new(self.day));
        let (new, settled): (Vec<Person>, Vec<Person>) = knew.iter().partition(is_new);
        let count = |people: &[Person]| i32::try_from(people.len()).unwrap_or(i32::MAX);
        let shares = count(&new).saturating_mul(NEW_BLAME).saturating_add(count(&settled)).max(1);
        let loss = |blame: i32| LOSS.saturating_mul(blame).checked_div(shares).unwrap_or(0).max(1);
        let part = |people: &[Person]| u32::try_from(people.len().div_ceil(PARTS)).unwrap_or(u32::MAX);
        let together = if new.is_empty() { part(&settled) } else { u32::MAX };
        for (people, loss, company) in [(&new, loss(NEW_BLAME), part(&new)), (&settled, loss(1), together)] {
            for person in people {
                self.charge(*person, loss);
                self.people_mut(*person).for_each(|member| {
                    member.bridge = None;
                    member.lost = Some((bridge, company));
                });
            }
        }
        Ok(knew)
    }

    /// A day has passed: who knows a bridge that stayed has earned trust (TRE-5).
    pub fn pass_day(&mut self) {
        self.day = self.day.saturating_add(1);
        for member in self.people.iter_mut().filter(|member| member.bridge.is_some()) {
            member.trust = member.trust.saturating_add(1).min(TRUST_MAX);
        }
    }

    /// Bridges for those who wait: the most trusted first, those of one branch together, suspects last (TRE-9 to
    /// TRE-12). Gives who got which.
    pub fn deal(&mut self, rng: &mut impl RngCore) -> Vec<(Person, BridgeNumber)> {
        let mut dealt = Vec::new();
        let waiting = self.waiting();
        let mut rest = waiting.as_slice();
        let mut full = BTreeSet::new();
        while let Some(first) = rest.first().copied() {
            let count = self.company(rest);
            let (now, later) = rest.split_at_checked(count).unwrap_or((rest, &[]));
            rest = later;
            let Some(kind) = self.get(first).map(|member| (member.trust < 0, member.lost.is_none())) else { continue };
            let together = if kind == (false, false) { self.spare(false, 0, rng) } else { None };
            for person in now {
                let told = match together {
                    // where there is no room for one there is none for her like
                    None if full.contains(&kind) => None,
                    None => self.place(*person, rng),
                    some => some,
                };
                match told {
                    Some(bridge) => {
                        self.tell(*person, bridge);
                        dealt.push((*person, bridge));
                    }
                    None => {
                        full.insert(kind);
                    }
                }
            }
        }
        dealt
    }

    /// Nobody is told this bridge until the tree is read again: no link to it can be made (TRE-16).
    pub fn set_away(&mut self, bridge: BridgeNumber) {
        self.away.insert(bridge);
    }

    /// What a person was told has not reached her: she waits as before, and loses nothing. A bridge that nobody knows
    /// after all is a spare one again (TRE-16).
    pub fn untell(&mut self, person: Person) {
        let Some(bridge) = self.get(person).and_then(|member| member.bridge) else { return };
        self.people_mut(person).for_each(|member| member.bridge = None);
        let nobody = self.on(bridge).next().is_none();
        self.state_mut(bridge).into_iter().filter(|_| nobody).for_each(|state| *state = State::Spare);
    }

    /// How a person stands.
    ///
    /// # Errors
    /// [`TreeError::NoPerson`].
    pub fn standing(&self, person: Person) -> Result<Standing, TreeError> {
        let member = self.member(person)?;
        Ok(Standing {
            inviter: member.inviter,
            trust: member.trust,
            invitations: member.invitations(),
            bridge: member.bridge,
            cut_off: member.is_cut_off(),
        })
    }

    /// Everybody, in the order in which they came.
    pub fn people(&self) -> impl Iterator<Item = Person> {
        (0..u32::try_from(self.people.len()).unwrap_or(u32::MAX)).map(Person)
    }

    /// Everybody, each after who invited her, with how many are between her and the operator.
    #[must_use]
    pub fn by_branch(&self) -> Vec<(usize, Person)> {
        let mut branches: Vec<(Vec<Person>, Person)> =
            self.people().map(|person| (self.branch(person), person)).collect();
        branches.sort_unstable();
        branches.into_iter().map(|(branch, person)| (branch.len().saturating_sub(1), person)).collect()
    }

    /// Who uses a bridge.
    pub fn on(&self, bridge: BridgeNumber) -> impl Iterator<Item = Person> {
        self.people()
            .zip(&self.people)
            .filter(move |(_, member)| member.bridge == Some(bridge))
            .map(|(person, _)| person)
    }

    /// Whether a bridge was blocked.
    #[must_use]
    pub fn is_blocked(&self, bridge: BridgeNumber) -> bool {
        self.state(bridge) == Some(State::Blocked)
    }

    /// Bridges that nobody knows yet.
    pub fn spares(&self) -> impl Iterator<Item = BridgeNumber> {
        (0u32..).zip(&self.bridges).filter(|(_, state)| **state == State::Spare).map(|(number, _)| BridgeNumber(number))
    }

    /// People of one bridge who have not settled (TRE-10): the fewer, the more bridges those who came have cost.
    fn new_max(&self) -> usize {
        let blocked = self.bridges.iter().filter(|state| **state == State::Blocked).count().saturating_add(1);
        self.people.len().checked_div(blocked.saturating_mul(8)).unwrap_or(0).clamp(NEW_MIN, NEW_MAX)
    }

    /// The bridge for one person: of those that serve her like the one whose people are nearest to her in the tree,
    /// else a spare one.
    fn place(&mut self, person: Person, rng: &mut impl RngCore) -> Option<BridgeNumber> {
        let suspect = self.get(person)?.trust < 0;
        let newcomer = self.get(person)?.lost.is_none();
        if (newcomer || suspect) && self.share_blocked() >= HOLD {
            return None;
        }
        let new_max = if suspect { NEW_MIN } else { self.new_max() };
        let has_room = |crowd: &Crowd| crowd.people < CAPACITY && crowd.new < new_max;
        let crowds = self.crowds(&self.branch(person), suspect);
        let open = crowds.into_iter().filter(|(bridge, crowd)| has_room(crowd) && !self.away.contains(bridge));
        let nearest = open.max_by_key(|(bridge, crowd)| (crowd.shared, Reverse(*bridge)));
        let kept = if suspect { KEPT_FROM_SUSPECTS } else { KEPT_FROM_NEWCOMERS };
        let kept = self.bridges.len().saturating_mul(kept).checked_div(100).unwrap_or(0);
        nearest.map(|(bridge, _)| bridge).or_else(|| self.spare(suspect, kept, rng))
    }

    /// The bridges that serve suspects, or others, with the people of each as one sees them who stands on this branch.
    fn crowds(&self, branch: &[Person], suspects: bool) -> BTreeMap<BridgeNumber, Crowd> {
        let serves = (0u32..).zip(&self.bridges).filter(|(_, state)| **state == State::Serves { suspects });
        let mut crowds: BTreeMap<_, Crowd> =
            serves.map(|(number, _)| (BridgeNumber(number), Crowd::default())).collect();
        let depths: BTreeMap<Person, usize> = branch.iter().copied().zip(1usize..).collect();
        for (person, member) in self.people().zip(&self.people) {
            let Some(crowd) = member.bridge.and_then(|bridge| crowds.get_mut(&bridge)) else { continue };
            let shared = self.upwards(person).find_map(|up| depths.get(&up)).copied().unwrap_or(0);
            crowd.people = crowd.people.saturating_add(1);
            crowd.new = crowd.new.saturating_add(usize::from(member.is_new(self.day)));
            crowd.shared = crowd.shared.max(shared);
        }
        crowds
    }

    /// Blocked bridges of a hundred.
    fn share_blocked(&self) -> usize {
        let blocked = self.bridges.iter().filter(|state| **state == State::Blocked).count();
        blocked.saturating_mul(100).checked_div(self.bridges.len()).unwrap_or(0)
    }

    fn tell(&mut self, person: Person, bridge: BridgeNumber) {
        let day = self.day;
        self.people_mut(person).for_each(|member| (member.bridge, member.told) = (Some(bridge), day));
    }

    /// A spare bridge, if there are more than are kept.
    fn spare(&mut self, suspects: bool, kept: usize, rng: &mut impl RngCore) -> Option<BridgeNumber> {
        let spares: Vec<BridgeNumber> = self.spares().collect();
        if spares.len() <= kept {
            return None;
        }
        let spares: Vec<BridgeNumber> = spares.into_iter().filter(|bridge| !self.away.contains(bridge)).collect();
        let count = u64::try_from(spares.len()).ok()?;
        let index = usize::try_from(rng.next_u64().checked_rem(count)?).ok()?;
        let bridge = *spares.get(index)?;
        *self.state_mut(bridge)? = State::Serves { suspects };
        Some(bridge)
    }

    /// Those without a bridge who may have one: those who are not suspects first, those who lost one bridge together,
    /// of them the most trusted first, then by branch.
    fn waiting(&self) -> Vec<Person> {
        let waits = |(_, member): &(Person, &Member)| member.bridge.is_none() && !member.is_cut_off();
        let mut waiting: Vec<_> = self
            .people()
            .zip(&self.people)
            .filter(waits)
            .map(|(person, member)| {
                let lost = member.lost.map_or(u32::MAX, |(bridge, _)| bridge.0);
                (member.trust < 0, lost, member.trust.saturating_neg(), self.branch(person), person)
            })
            .collect();
        waiting.sort_unstable();
        waiting.into_iter().map(|(.., person)| person).collect()
    }

    /// How many of those who wait share the next bridge: one, or those who lost one together.
    fn company(&self, waiting: &[Person]) -> usize {
        let Some(first) = waiting.first().and_then(|person| self.get(*person)) else { return 1 };
        let Some((_, most)) = first.lost.filter(|_| first.trust >= 0) else { return 1 };
        let like =
            |person: &&Person| self.get(**person).is_some_and(|member| member.lost == first.lost && member.trust >= 0);
        let count = waiting.iter().take_while(like).count();
        count.min(usize::try_from(most).unwrap_or(usize::MAX)).max(1)
    }

    /// A person loses trust, and those above her half as much each.
    fn charge(&mut self, person: Person, loss: i32) {
        let (mut at, mut loss) = (Some(person), loss);
        for _ in 0..DEPTH_MAX {
            let Some(person) = at.filter(|_| loss > 0) else { return };
            self.people_mut(person).for_each(|member| member.trust = member.trust.saturating_sub(loss));
            at = self.get(person).and_then(|member| member.inviter);
            loss = loss.checked_div(2).unwrap_or(0);
        }
    }

    /// The way down to a person: the first of the operator's guests, …, she herself.
    fn branch(&self, person: Person) -> Vec<Person> {
        let mut branch: Vec<Person> = self.upwards(person).collect();
        branch.reverse();
        branch
    }

    /// A person, her inviter, and so on.
    fn upwards(&self, person: Person) -> impl Iterator<Item = Person> {
        std::iter::successors(Some(person), |person| self.get(*person)?.inviter.filter(|up| up < person))
    }

    fn get(&self, person: Person) -> Option<&Member> {
        self.people.get(usize::try_from(person.0).ok()?)
    }

    fn member(&self, person: Person) -> Result<&Member, TreeError> {
        self.get(person).ok_or(TreeError::NoPerson)
    }

    fn people_mut(&mut self, person: Person) -> impl Iterator<Item = &mut Member> {
        usize::try_from(person.0).ok().and_then(|index| self.people.get_mut(index)).into_iter()
    }

    fn state(&self, bridge: BridgeNumber) -> Option<State> {
        self.bridges.get(usize::try_from(bridge.0).ok()?).copied()
    }

    fn state_mut(&mut self, bridge: BridgeNumber) -> Option<&mut State> {
        self.bridges.get_mut(usize::try_from(bridge.0).ok()?)
    }
}

impl Member {
    fn is_cut_off(&self) -> bool {
        self.trust <= CUT_OFF
    }

    /// Whether she was told of her bridge just now.
    fn is_new(&self, day: u32) -> bool {
        day.saturating_sub(self.told) < SETTLED_DAYS
    }

    fn invitations(&self) -> u32 {
        let earned = u32::try_from(self.trust).unwrap_or(0).checked_div(INVITATION_TRUST.unsigned_abs()).unwrap_or(0);
        earned.min(INVITATIONS_MAX).saturating_sub(self.invited)
    }
}

fn number(count: usize, max: usize) -> Result<u32, TreeError> {
    if count < max { u32::try_from(count).map_err(|_| TreeError::Full) } else { Err(TreeError::Full) }
}

#[cfg(test)]
mod tests;
