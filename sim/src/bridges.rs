//! A censor's informers among people who are told bridges, day by day: how many honest people still have a bridge at
//! the end, and how many bridges it cost, by each way of handing them out (TRE-14).
//!
//! Provided: the same people, informers and bridges for every way, all drawn from one seed. Not provided: people who
//! leave, bridges that break or are found by other means than an informer, new bridges.

use mailbox::tree::{BridgeNumber, Person, Tree, TreeError};
use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore, SeedableRng};

/// Days that are looked at.
pub const DAYS: u32 = 30;
/// People who want a bridge by the end.
pub const PEOPLE: usize = 1_000;
/// The first, whom the operator knows; informers are among them like everywhere.
pub const FIRST: usize = 40;
/// Bridges: as many for every way of handing them out.
pub const BRIDGES: u32 = 120;
/// Nobody comes in the last days, so that whoever came has had time to lose a bridge.
const GROWING_DAYS: u32 = 20;

/// A way of handing bridges out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handout {
    /// The invite tree.
    Tree,
    /// Each person gets one at random, and another one when it is blocked.
    RandomAgain,
    /// Each person gets one at random, and no other.
    RandomOnce,
}

/// The people, and what the censor does.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Informers in a thousand people.
    pub informers_permille: u32,
    /// Days after which an informer tells what it knows, from then on at once.
    pub patience_days: u32,
    /// Informers are invited by informers where one has an invitation; else by anybody.
    pub nests: bool,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Honest people.
    pub honest: u32,
    /// Of them those with a bridge that is not blocked.
    pub connected: u32,
    /// Bridges that are blocked.
    pub burnt: u32,
}

impl Outcome {
    /// The share of honest people with a bridge, in thousandths.
    #[must_use]
    pub fn connected_permille(&self) -> u32 {
        (self.connected * 1_000).checked_div(self.honest).unwrap_or(0)
    }
}

/// Somebody who wants a bridge.
struct Soul {
    informer: bool,
    came: u32,
    /// What she is in the tree, once she was invited.
    person: Option<Person>,
    /// With the random ways: her bridge.
    bridge: Option<u32>,
}

/// Runs one plan under one way of handing out.
///
/// # Errors
/// The tree's, which would be a fault of the simulation.
pub fn run(seed: u64, plan: Plan, handout: Handout) -> Result<Outcome, TreeError> {
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    let mut souls = souls(plan, &mut rng);
    let mut tree = Tree::default();
    for _ in 0..BRIDGES {
        tree.add_bridge()?;
    }
    let mut blocked = vec![false; BRIDGES as usize];
    for day in 0..DAYS {
        let here = arrived(day);
        match handout {
            Handout::Tree => {
                tree.deal(&mut rng);
                invite(&mut tree, &mut souls[..here], plan.nests, day, &mut rng)?;
            }
            Handout::RandomAgain | Handout::RandomOnce => {
                let free: Vec<u32> = (0..BRIDGES).filter(|bridge| !blocked[*bridge as usize]).collect();
                for soul in &mut souls[..here] {
                    let lost = soul.bridge.is_some_and(|bridge| blocked[bridge as usize]);
                    let wants = soul.bridge.is_none() || (lost && handout == Handout::RandomAgain);
                    if wants && !free.is_empty() {
                        if soul.bridge.is_none() {
                            soul.came = day;
                        }
                        soul.bridge = Some(free[below(&mut rng, free.len())]);
                    }
                }
            }
        }
        let tells = |soul: &&Soul| soul.informer && day >= soul.came + plan.patience_days;
        let known: Vec<u32> = souls[..here].iter().filter(tells).filter_map(|soul| bridge(&tree, soul)).collect();
        for one in known {
            blocked[one as usize] = true;
            tree.blocked(BridgeNumber(one))?;
        }
        tree.pass_day();
    }
    let honest = souls.iter().filter(|soul| !soul.informer);
    let works = |soul: &&Soul| bridge(&tree, soul).is_some_and(|bridge| !blocked[bridge as usize]);
    Ok(Outcome {
        honest: honest.clone().count() as u32,
        connected: honest.filter(works).count() as u32,
        burnt: blocked.iter().filter(|blocked| **blocked).count() as u32,
    })
}

/// How many want a bridge by a day: their number doubles again and again until all are there.
fn arrived(day: u32) -> usize {
    let part = f64::from(day.min(GROWING_DAYS)) / f64::from(GROWING_DAYS);
    let grown = FIRST as f64 * (PEOPLE as f64 / FIRST as f64).powf(part);
    (grown.round() as usize).min(PEOPLE)
}

/// Everybody in the order in which they come.
fn souls(plan: Plan, rng: &mut ChaCha20Rng) -> Vec<Soul> {
    let informers = PEOPLE * plan.informers_permille as usize / 1_000;
    let soul = |index| Soul { informer: index < informers, came: 0, person: None, bridge: None };
    let mut souls: Vec<Soul> = (0..PEOPLE).map(soul).collect();
    for last in (1..souls.len()).rev() {
        souls.swap(last, below(rng, last + 1));
    }
    souls
}

fn invite(tree: &mut Tree, souls: &mut [Soul], nests: bool, day: u32, rng: &mut ChaCha20Rng) -> Result<(), TreeError> {
    // an entry for each invitation that can be given
    let mut offers: Vec<(bool, Person)> = Vec::new();
    for soul in souls.iter() {
        let Some(person) = soul.person else { continue };
        let count = tree.standing(person)?.invitations;
        offers.extend((0..count).map(|_| (soul.informer, person)));
    }
    for (index, soul) in souls.iter_mut().enumerate().filter(|(_, soul)| soul.person.is_none()) {
        let inviter = if index < FIRST {
            None
        } else {
            let own = offers.iter().position(|(informer, _)| nests && soul.informer && *informer);
            if offers.is_empty() {
                return Ok(());
            }
            let chosen = own.unwrap_or_else(|| below(rng, offers.len()));
            Some(offers.swap_remove(chosen).1)
        };
        soul.person = Some(tree.invite(inviter, rng)?);
        soul.came = day;
    }
    Ok(())
}

fn bridge(tree: &Tree, soul: &Soul) -> Option<u32> {
    let told = soul.person.and_then(|person| tree.standing(person).ok()).and_then(|standing| standing.bridge);
    told.map(|bridge| bridge.0).or(soul.bridge)
}

fn below(rng: &mut ChaCha20Rng, end: usize) -> usize {
    (rng.next_u64() % end as u64) as usize
}
