//! The world: virtual time, all machines, and what happens to them.

mod border;
mod bundles;
mod cuts;
mod moves;
mod network;
mod payments;
mod people;
mod plan;
mod scenes;
mod verdict;

pub use border::Regions;
pub use cuts::Cut;
pub use scenes::Trouble;

use crate::chain::Chain;
use crate::ghost::Ghost;
use crate::lie::{Lie, PersonLie};
use crate::person::Person;
use crate::relay::Relay;
use anyhow::{Context, Result, bail, ensure};
use client::store::memory::CommitFault;
use client::{ExchangeFailure, ExchangeId, NetworkInfo};
use mailbox::relay::Ticket;
use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore, SeedableRng};
use std::collections::BTreeMap;
use wire::{Gram, UnixMillis};

/// When a world begins.
const BEGIN: UnixMillis = UnixMillis(1_700_000_000_000);
/// Events in one world, so that a client that never rests is found instead of waited for.
const EVENTS_MAX: u64 = 2_000_000;
/// How long a world may take to come to rest after all is healed.
const HEAL_MS: u64 = 60 * 60 * 1000;
/// What a relay gathers into one commit.
const COMMIT_MS: u64 = 3;
/// How long the chain waits for news of an account.
const CHAIN_WAIT_MS: u64 = 10_000;
/// For how much longer a relay waits for an answer of the chain.
const CHAIN_GONE_MS: u64 = 20_000;
/// How often it looks meanwhile.
const CHAIN_LOOK_MS: u64 = 300;
/// What everybody has to begin with, in Gram.
const FIRST_MONEY: u64 = 100;

/// How bad it gets. Chances are per thousand.
#[derive(Clone, Copy, Debug)]
pub struct Faults {
    /// A message between machines is lost.
    pub lose: u64,
    /// A request to a mailbox relay comes twice.
    pub double: u64,
    /// A message between machines takes seconds instead of milliseconds.
    pub stall: u64,
    /// Crashes and disk failures, in all.
    pub crashes: u64,
    /// One relay never comes back.
    pub one_relay_dies: bool,
}

impl Faults {
    /// None at all.
    pub const NONE: Self = Self { lose: 0, double: 0, stall: 0, crashes: 0, one_relay_dies: false };

    /// As bad as `seed` says.
    #[must_use]
    pub fn random(seed: u64) -> Self {
        let mut rng = ChaCha20Rng::seed_from_u64(seed ^ 0xfa17);
        let mut below = |bound: u64| rng.next_u64() % bound;
        Self {
            lose: below(150),
            double: below(100),
            stall: below(100),
            crashes: below(12),
            one_relay_dies: below(3) == 0,
        }
    }
}

/// What a world came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// Messages received.
    pub received: usize,
    /// Crashes and disk failures.
    pub crashes: u64,
    /// Claims of relays and clients that the ghost has looked at.
    pub claims: u64,
    /// Exchanges begun.
    pub exchanges: u64,
    /// Events handled.
    pub events: u64,
    /// Virtual time.
    pub lasted_ms: u64,
    /// Hash of everything that happened, equal for equal seeds.
    pub trace: [u8; 32],
}

/// What happens at a time.
#[derive(Debug)]
enum Happening {
    /// A request reaches the entry relay.
    Enter {
        way: u64,
        relay: usize,
        body: Vec<u8>,
    },
    /// It reaches the relay that runs it.
    Run {
        way: u64,
        relay: usize,
        sealed: Vec<u8>,
    },
    /// A question reaches the chain, or is asked again there until `until`.
    Ask {
        relay: usize,
        ticket: Ticket,
        bytes: Vec<u8>,
        until: UnixMillis,
    },
    /// Somebody pays somebody.
    Pay(usize, usize, Gram),
    /// A relay writes its batch.
    Commit(usize),
    /// An answer is back at the person's machine.
    Back {
        way: u64,
        answer: Result<Vec<u8>, ExchangeFailure>,
        /// It brings cells.
        cells: bool,
    },
    /// A person's client wanted to be woken.
    Wake(usize),
    /// Somebody does something.
    Say(usize, usize, String),
    /// Somebody reads what somebody has written.
    Look(usize, usize),
    Crash(Party),
    Restart(Party),
    FailDisk(Party),
    /// A relay goes and does not come back.
    Die(usize),
    /// Somebody gives somebody a bundle.
    Give(usize, usize),
    /// It is there.
    Take(usize, Vec<u8>),
    /// Somebody gets a newer network file and says where they are.
    Settle(usize),
}

#[derive(Clone, Copy, Debug)]
enum Party {
    Person(usize),
    Relay(usize),
}

/// An exchange under way.
struct Way {
    person: usize,
    life: u64,
    id: ExchangeId,
    entry: usize,
}

/// What a person wanted to say to another, and whether the client promised it.
struct Said {
    text: String,
    promised: bool,
}

/// A payment.
struct Paid {
    from: usize,
    to: usize,
    amount: Gram,
    comment: String,
    promised: bool,
}

/// What a scene does to the network, besides what [`Faults`] do.
#[derive(Default)]
struct Network {
    /// Large requests do not come through.
    small_only: bool,
    /// Not everybody reaches everybody.
    border: Option<border::Border>,
    /// Nothing comes through.
    cut: bool,
}

/// A world.
pub struct World {
    chain: Option<Chain>,
    paid: Vec<Paid>,
    ghost: Ghost,
    network: Network,
    regions: Regions,
    /// The last relay is in no newer network file.
    one_goes: bool,
    /// What clients do once people know each other.
    lie: Option<PersonLie>,
    now: UnixMillis,
    rng: ChaCha20Rng,
    faults: Faults,
    healed: bool,
    people: Vec<Person>,
    relays: Vec<Relay>,
    queue: BTreeMap<(UnixMillis, u64), Happening>,
    wakes: BTreeMap<usize, (UnixMillis, u64)>,
    commits: BTreeMap<usize, (UnixMillis, u64)>,
    next: u64,
    ways: BTreeMap<u64, Way>,
    said: BTreeMap<(usize, usize), Vec<Said>>,
    /// What was handed over, in all, and which part of it did not arrive whole.
    given: bundles::Given,
    report: Report,
}

const NAMES: [&str; 3] = ["alice", "bob", "carol"];

impl World {
    /// A world with so many people (2 or 3) and relays.
    pub fn new(seed: u64, people: usize, relays: u8, faults: Faults) -> Result<Self> {
        Self::build(seed, people, relays, faults, None, None, Regions::Unsaid)
    }

    /// Three people and five relays on two sides of a border, some of whom say on which.
    pub fn with_regions(seed: u64, regions: Regions, faults: Faults) -> Result<Self> {
        Self::build(seed, 3, 5, faults, None, None, regions)
    }

    /// The same with a chain.
    pub fn with_chain(seed: u64, people: usize, relays: u8, faults: Faults) -> Result<Self> {
        Self::build(seed, people, relays, faults, Some(Chain::new(BEGIN)?), None, Regions::Unsaid)
    }

    /// The same on two sides of a border, with a chain that relays on both sides reach.
    pub fn with_chain_and_border(seed: u64, faults: Faults) -> Result<Self> {
        Self::build(seed, 3, 5, faults, Some(Chain::new(BEGIN)?), None, Regions::OfAll)
    }

    /// A world, with a chain, in which somebody lies.
    pub fn with_lie(seed: u64, faults: Faults, lie: Lie) -> Result<Self> {
        Self::build(seed, 2, 3, faults, Some(Chain::new(BEGIN)?), Some(lie), Regions::Unsaid)
    }

    fn build(
        seed: u64,
        people: usize,
        relays: u8,
        faults: Faults,
        chain: Option<Chain>,
        lie: Option<Lie>,
        regions: Regions,
    ) -> Result<Self> {
        let (of_relays, of_people) = match lie {
            Some(Lie::Relay(lie)) => (Some(lie), None),
            Some(Lie::Person(lie)) => (None, Some(lie)),
            None => (None, None),
        };
        let mut relays: Vec<Relay> =
            (1..=relays).map(|number| Relay::new(number, BEGIN, of_relays)).collect::<Result<_>>()?;
        for (number, relay) in relays.iter_mut().enumerate() {
            relay.descriptor.region = regions.of_relay(number);
        }
        let network = NetworkInfo {
            name: "sim".into(),
            genesis_hash: chain.as_ref().map_or([9; 32], Chain::genesis_hash),
            program_key: None,
            validators: chain.as_ref().map(Chain::validators).unwrap_or_default(),
            relays: regions.first_file(&relays),
            devnet: true,
            carrier_key: None,
            carrier_profile: None,
        };
        let names = NAMES.iter().take(people);
        let person = |(number, name): (u8, &&str)| {
            Person::new(number, name, &network, regions.of_person(usize::from(number) - 1))
        };
        let people = (1u8..).zip(names).map(person).collect();
        let report =
            Report { received: 0, crashes: 0, claims: 0, exchanges: 0, events: 0, lasted_ms: 0, trace: [0; 32] };
        let mut world = Self {
            chain,
            paid: Vec::new(),
            ghost: Ghost::default(),
            network: Network::default(),
            regions,
            one_goes: false,
            lie: of_people,
            now: BEGIN,
            rng: ChaCha20Rng::seed_from_u64(seed),
            faults,
            healed: false,
            people,
            relays,
            queue: BTreeMap::new(),
            wakes: BTreeMap::new(),
            commits: BTreeMap::new(),
            next: 0,
            ways: BTreeMap::new(),
            said: BTreeMap::new(),
            given: bundles::Given::default(),
            report,
        };
        for person in 0..world.people.len() {
            world.people[person].start(BEGIN, &mut world.rng)?;
            world.after(person)?;
        }
        for relay in 0..world.relays.len() {
            world.commit_soon(relay);
        }
        Ok(world)
    }

    fn run_until(&mut self, deadline: UnixMillis, mut done: impl FnMut(&mut Self) -> Result<bool>) -> Result<()> {
        let mut look = 0u64;
        loop {
            if look.is_multiple_of(64) && done(self)? {
                return Ok(());
            }
            look += 1;
            if self.now > deadline {
                if done(self)? {
                    return Ok(());
                }
                bail!("not done after {} s of virtual time", HEAL_MS / 1000);
            }
            self.step()?;
        }
    }

    fn step(&mut self) -> Result<()> {
        let ((at, _), happening) = self.queue.pop_first().context("nothing will ever happen again")?;
        self.now = self.now.max(at);
        self.report.events += 1;
        ensure!(self.report.events < EVENTS_MAX, "the world does not come to rest");
        self.note(&happening);
        self.happen(happening)
    }

    /// Adds an event to the trace. Ciphertexts are not part of it: the libraries draw their own nonces.
    fn note(&mut self, happening: &Happening) {
        let text = match happening {
            Happening::Enter { way, relay, body } => format!("enter {way} {relay} {}", body.len()),
            Happening::Run { way, relay, sealed } => format!("run {way} {relay} {}", sealed.len()),
            Happening::Back { way, answer, .. } => format!("back {way} {}", answer.is_ok()),
            Happening::Commit(relay) => format!("commit {relay}"),
            Happening::Ask { relay, ticket, .. } => format!("ask {relay} {}", ticket.0),
            Happening::Pay(from, to, amount) => format!("pay {from} {to} {amount}"),
            Happening::Wake(person) => format!("wake {person}"),
            Happening::Say(from, to, _) => format!("say {from} {to}"),
            Happening::Look(person, at) => format!("look {person} {at}"),
            Happening::Crash(party) => format!("crash {party:?}"),
            Happening::Restart(party) => format!("restart {party:?}"),
            Happening::FailDisk(party) => format!("fail disk {party:?}"),
            Happening::Die(relay) => format!("die {relay}"),
            Happening::Give(from, to) => format!("give {from} {to}"),
            Happening::Take(person, bundle) => format!("take {person} {}", bundle.len()),
            Happening::Settle(person) => format!("settle {person}"),
        };
        if std::env::var_os("SIM_TRACE").is_some() {
            eprintln!("{} {text}", self.now.since(BEGIN));
        }
        let at = self.now.0.to_be_bytes();
        self.report.trace = wire::hash::domain_hash("sim/trace", &[&self.report.trace, &at, text.as_bytes()]);
    }

    fn happen(&mut self, happening: Happening) -> Result<()> {
        match happening {
            Happening::Enter { way, relay, body } => self.enter(way, relay, &body),
            Happening::Run { way, relay, sealed } => self.run_at(way, relay, &sealed),
            Happening::Commit(relay) => {
                self.commits.remove(&relay);
                self.commit(relay)
            }
            Happening::Back { way, answer, cells } => self.back(way, answer, cells),
            Happening::Ask { relay, ticket, bytes, until } => self.ask(relay, ticket, bytes, until),
            Happening::Pay(from, to, amount) => self.pay(from, to, amount),
            Happening::Give(from, to) => self.give(from, to),
            Happening::Take(person, bundle) => self.take(person, bundle),
            Happening::Settle(person) => self.settle(person),
            Happening::Wake(person) => {
                self.wakes.remove(&person);
                let done = self.people[person].timeout(self.now, &mut self.rng);
                self.bear(person, done)
            }
            Happening::Say(from, to, text) => self.say(from, to, text),
            Happening::Look(person, at) => self.look(person, at),
            Happening::Crash(party) => self.crash(party),
            Happening::Restart(Party::Person(person)) => {
                if !self.people[person].is_up() {
                    self.people[person].start(self.now, &mut self.rng)?;
                    self.relist(person)?;
                    self.after(person)?;
                }
                Ok(())
            }
            Happening::Restart(Party::Relay(relay)) => {
                self.relays[relay].restart(self.now)?;
                self.commit_soon(relay);
                Ok(())
            }
            Happening::FailDisk(Party::Person(person)) => {
                let fault = if self.chance(500) { CommitFault::Lost } else { CommitFault::Kept };
                self.people[person].fail_disk(fault);
                Ok(())
            }
            Happening::FailDisk(Party::Relay(relay)) => {
                self.drop_ways_of(relay);
                self.relays[relay].fail_disk(self.now)?;
                self.commit_soon(relay);
                Ok(())
            }
            Happening::Die(relay) => {
                self.relays[relay].dead_for_ever = true;
                self.crash(Party::Relay(relay))
            }
        }
    }

    fn crash(&mut self, party: Party) -> Result<()> {
        self.report.crashes += 1;
        match party {
            Party::Person(person) => self.people[person].crash(),
            Party::Relay(relay) => {
                self.drop_ways_of(relay);
                self.relays[relay].crash()?;
            }
        }
        let pause = self.below(20_000);
        self.at(self.now.plus_ms(pause), Happening::Restart(party));
        Ok(())
    }

    fn faulty(&mut self, chance: u64) -> bool {
        !self.healed && self.chance(chance)
    }

    fn chance(&mut self, of_thousand: u64) -> bool {
        self.below(1000) < of_thousand
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.rng.next_u64() % bound.max(1)
    }

    fn at(&mut self, at: UnixMillis, happening: Happening) -> (UnixMillis, u64) {
        self.next += 1;
        let key = (at, self.next);
        self.queue.insert(key, happening);
        key
    }
}
