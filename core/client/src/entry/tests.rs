//! Which entry relay is chosen, and requests that go several ways.

use super::*;
use crate::client::{Client, Setup};
use crate::command::{Command, ExchangeFailure};
use crate::invite::InviteRelay;
use crate::live::tests::{NOW, descriptor, live};
use crate::network::NetworkInfo;
use crate::store::memory::{MemoryDisk, MemoryStore};
use e2ee::Root;
use ed25519_dalek::SigningKey;
use mailbox::frame::Fetched;
use mailbox::hop::{Gateway, HopBody, HopRefusal, HopReply, ResponseSealer, decode_body, encode_reply};
use mailbox::{Request, Response};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use std::collections::{BTreeMap, BTreeSet};
use wire::{Operator, RelayDescriptor, Secret32};

const ANY: Wanted<'static> = Wanted { preference: 0, probe: false, wide: false, not: &[] };

fn entries(live: &Live, target: &RelayId, probe: bool) -> std::collections::BTreeSet<RelayId> {
    entries_at(live, target, probe, NOW)
}

fn entries_at(live: &Live, target: &RelayId, probe: bool, now: UnixMillis) -> std::collections::BTreeSet<RelayId> {
    (0..64)
        .filter_map(|preference| live.entry_for(target, now, Wanted { preference, probe, wide: false, not: &[] }))
        .collect()
}

fn bridge(live: &mut Live, number: u8) -> RelayId {
    let descriptor = descriptor(number);
    let id = descriptor.id();
    live.relays.insert(id, Relay::new(descriptor, Role::Bridge));
    id
}

#[test]
fn a_relay_that_a_link_or_contact_names_is_a_target_and_never_an_entry_relay() {
    let mut live = live(2);
    let named = live.learn(&InviteRelay::Bridge(Box::new(descriptor(9)))).unwrap();
    let target = descriptor(1).id();
    assert_eq!(entries(&live, &target, false), [descriptor(2).id()].into());
    assert!(!entries(&live, &named, false).contains(&named));
    live.relays.get_mut(&descriptor(2).id()).unwrap().as_entry.fails(NOW, 0);
    assert!(live.entry_at(&target).unwrap() > NOW, "and the only entry relay is waited for");
}

#[test]
fn an_unknown_target_counts_against_the_pair_only() {
    let mut live = live(3);
    let named = live.learn(&InviteRelay::Bridge(Box::new(descriptor(9)))).unwrap();
    let (one, other) = (descriptor(1).id(), descriptor(2).id());
    live.pair_fails(named, one, NOW, UNKNOWN_PAIR_MS);
    assert!(!entries(&live, &named, false).contains(&one));
    assert!(entries(&live, &other, false).contains(&one));
    live.pair_fails(named, other, NOW, UNKNOWN_PAIR_MS);
    live.pair_fails(named, descriptor(3).id(), NOW, UNKNOWN_PAIR_MS);
    assert_eq!(live.entry_for(&named, NOW, ANY), None);
    assert_eq!(live.entry_at(&named), Some(NOW.plus_ms(UNKNOWN_PAIR_MS)), "nothing spins meanwhile");
}

#[test]
fn a_target_that_the_relays_inside_cannot_reach_is_reached_through_a_bridge() {
    let mut live = live(4);
    // as silent as the target: a border is between
    live.entry_is_silent(descriptor(4).id(), NOW);
    let bridge = bridge(&mut live, 9);
    let (target, one, other) = (descriptor(1).id(), descriptor(2).id(), descriptor(3).id());
    live.pair_fails(target, one, NOW, UNREACHABLE_PAIR_MS);
    assert!(!live.is_likely_down(&target, NOW));
    assert_eq!(entries(&live, &target, false), [other].into());
    live.pair_fails(target, other, NOW, UNREACHABLE_PAIR_MS);
    assert_eq!(entries(&live, &target, false), [bridge].into());
    live.pair_fails(target, bridge, NOW, UNREACHABLE_PAIR_MS);
    assert!(live.is_likely_down(&target, NOW), "nobody is left who could reach it");
    assert!(!live.is_likely_down(&target, NOW.plus_ms(UNREACHABLE_PAIR_MS)));
}

#[test]
fn bridges_are_spared_until_every_relay_of_the_network_does_badly() {
    let mut live = live(3);
    let (target, one, other) = (descriptor(1).id(), descriptor(2).id(), descriptor(3).id());
    let bridge = bridge(&mut live, 9);
    assert_eq!(entries(&live, &target, false), [one, other].into());
    live.entry_is_silent(one, NOW);
    assert_eq!(entries(&live, &target, false), [other].into());
    assert!(!live.goes_through_a_bridge(NOW));
    live.entry_is_silent(other, NOW);
    assert_eq!(entries(&live, &target, false), [bridge].into());
    assert!(!live.goes_through_a_bridge(NOW), "the third relay, which is the target here, does well");
    live.entry_is_silent(target, NOW);
    assert!(!live.goes_through_a_bridge(NOW), "nothing is known of the bridge");
    live.relays.get_mut(&bridge).unwrap().used = true;
    assert!(live.goes_through_a_bridge(NOW));
    [one, other, target].iter().for_each(|id| live.relays.get_mut(id).unwrap().as_target.fails(NOW, 0));
    assert!(!live.goes_through_a_bridge(NOW), "the bridge reaches nobody either");
    live.relays.get_mut(&one).unwrap().as_target.works();
    assert!(live.goes_through_a_bridge(NOW));
    live.relays.get_mut(&target).unwrap().as_entry.works();
    live.relays.get_mut(&bridge).unwrap().as_entry.is_silent(NOW);
    assert_eq!(entries(&live, &target, false).len(), 3, "all are silent: each is worth a try");
}

#[test]
fn a_relay_that_was_silent_is_tried_again_by_what_nobody_waits_for() {
    let mut live = live(3);
    let (target, one, other) = (descriptor(1).id(), descriptor(2).id(), descriptor(3).id());
    let bridge = bridge(&mut live, 9);
    live.entry_is_silent(one, NOW);
    live.entry_is_silent(other, NOW);
    assert_eq!(entries(&live, &target, true), [bridge].into(), "not at once");
    let later = NOW.plus_ms(6_000);
    assert_eq!(entries_at(&live, &target, true, later), [one, other].into());
    assert_eq!(entries_at(&live, &target, false, later), [bridge].into(), "what somebody waits for does not try");
    live.relays.get_mut(&one).unwrap().as_entry.works();
    assert_eq!(entries_at(&live, &target, false, later), [one].into(), "and the bridge is spared again");
    assert_eq!(entries_at(&live, &target, true, later), [one, other].into(), "and the other is looked at too");
}

/// E2E-50
#[test]
fn a_relay_that_was_silent_comes_after_those_that_never_were_and_before_bridges() {
    let mut live = live(3);
    let (target, one, other) = (descriptor(1).id(), descriptor(2).id(), descriptor(3).id());
    bridge(&mut live, 9);
    live.entry_is_silent(one, NOW);
    let later = NOW.plus_ms(21_000);
    assert_eq!(entries_at(&live, &target, false, later), [other].into());
    assert_eq!(entries_at(&live, &target, true, later), [one, other].into(), "what nobody waits for looks at it");
    live.entry_is_silent(other, later);
    assert_eq!(entries_at(&live, &target, false, later), [one].into(), "its time is over, the other's is not");
    live.relays.get_mut(&one).unwrap().as_entry.works();
    live.relays.get_mut(&other).unwrap().as_entry.works();
    assert_eq!(entries_at(&live, &target, false, later), [one, other].into());
}

#[test]
fn what_was_silent_or_failed_is_given_the_chance_again_later_each_time() {
    let mut health = crate::live::Health::default();
    let mut now = NOW;
    for pause_ms in [20_000, 40_000, 80_000] {
        health.is_silent(now);
        assert!(!health.is_good(now.plus_ms(pause_ms - 1)));
        now = now.plus_ms(pause_ms);
        assert!(health.is_good(now));
    }
    health.works();
    health.fails(now, 0);
    assert!(!health.is_good(now.plus_ms(60_000)));
    assert!(health.is_good(now.plus_ms(61_000)));
}

#[test]
fn the_wait_before_another_way_follows_what_the_relay_took_before() {
    let mut live = live(2);
    let id = descriptor(1).id();
    assert_eq!(live.hedge_ms(&id, NOW), HEDGE_MS_FIRST);
    for (last_ms, wait_ms) in [(20, HEDGE_MS_MIN), (400, 1_600), (9_000, HEDGE_MS_MAX)] {
        live.relays.get_mut(&id).unwrap().last_ms = last_ms;
        assert_eq!(live.hedge_ms(&id, NOW), wait_ms);
    }
}

/// Gives relays of the network an operator each, by number.
fn run_by(live: &mut Live, operators: &[(u8, u8)]) {
    for (number, operator) in operators {
        let relay = live.relays.get_mut(&descriptor(*number).id()).unwrap();
        relay.descriptor.operator = Some(operator_of(*operator, &relay.descriptor));
    }
}

fn operator_of(operator: u8, relay: &RelayDescriptor) -> Operator {
    Operator::sign(&SigningKey::from_bytes(&[operator; 32]), relay.id(), &relay.address)
}

#[test]
fn the_targets_operator_is_not_asked_to_carry_even_when_nobody_else_does_well() {
    let mut live = live(3);
    run_by(&mut live, &[(1, 1), (2, 1), (3, 2)]);
    let (target, own, other) = (descriptor(1).id(), descriptor(2).id(), descriptor(3).id());
    assert_eq!(entries(&live, &target, false), [other].into());
    live.entry_is_silent(other, NOW);
    assert_eq!(entries(&live, &target, false), [other].into(), "a silent one that is apart, and not its neighbour");
    live.relays.get_mut(&other).unwrap().as_entry.fails(NOW, 0);
    assert_eq!(live.entry_for(&target, NOW, ANY), None);
    assert!(live.entry_at(&target).unwrap() > NOW, "it is waited for");
    assert_eq!(entries(&live, &other, false), [target, own].into());
}

#[test]
fn a_bridge_of_the_targets_operator_does_not_carry_to_it_and_a_bridge_of_another_does() {
    let mut live = live(2);
    run_by(&mut live, &[(1, 1), (2, 2)]);
    let (target, other) = (descriptor(1).id(), descriptor(2).id());
    let [own, foreign] = [(8, 1), (9, 3)].map(|(number, operator)| {
        let id = bridge(&mut live, number);
        let key = SigningKey::from_bytes(&[operator; 32]).verifying_key().to_bytes();
        live.relays.get_mut(&id).unwrap().inviter = Some(key);
        id
    });
    live.entry_is_silent(other, NOW);
    assert_eq!(entries(&live, &target, false), [foreign].into());
    live.entry_is_silent(target, NOW);
    assert_eq!(entries(&live, &other, false), [own.min(foreign)].into());
}

#[test]
fn of_several_bridges_one_carries_and_another_only_when_that_one_does_badly() {
    let mut live = live(3);
    let numbers = [1, 2, 3].map(|number| descriptor(number).id());
    let bridges: std::collections::BTreeSet<RelayId> = [7, 8, 9].map(|number| bridge(&mut live, number)).into();
    numbers.iter().for_each(|id| live.entry_is_silent(*id, NOW));
    let mut left = bridges.clone();
    while let Some(first) = left.pop_first() {
        for target in &numbers {
            assert_eq!(entries(&live, target, false), [first].into(), "for every target, whatever is drawn");
        }
        live.entry_is_silent(first, NOW);
    }
    assert!(entries(&live, &numbers[0], false).len() > 3, "all do badly: each is worth a try");
}

/// E2E-57, E2E-77: anybody can send a link that names a relay which nobody knows, and a relay may be down.
#[test]
fn no_bridge_is_shown_for_what_one_target_does() {
    let mut live = live(3);
    let bridges = [7, 8, 9].map(|number| bridge(&mut live, number));
    let [one, other, down] = [1, 2, 3].map(|number| descriptor(number).id());
    let named = live.learn(&InviteRelay::Bridge(Box::new(descriptor(20)))).unwrap();
    for entry in [one, other, down] {
        live.pair_fails(named, entry, NOW, UNKNOWN_PAIR_MS);
    }
    assert_eq!(live.entry_for(&named, NOW, ANY), None, "every relay of the network does well");
    assert_eq!(live.entry_at(&named), Some(NOW.plus_ms(UNKNOWN_PAIR_MS)), "and nothing spins meanwhile");

    for entry in [one, other] {
        live.pair_fails(down, entry, NOW, UNREACHABLE_PAIR_MS);
    }
    live.entry_is_silent(down, NOW);
    assert_eq!(live.entry_for(&down, NOW, ANY), None);

    live.entry_is_silent(one, NOW);
    live.entry_is_silent(other, NOW);
    let first = *bridges.iter().min().unwrap();
    assert_eq!(entries(&live, &down, false), [first].into());
    live.pair_fails(down, first, NOW, UNREACHABLE_PAIR_MS);
    assert!(!entries(&live, &down, false).iter().any(|entry| bridges.contains(entry)), "and no further bridge");
    let wide = Wanted { preference: 0, probe: false, wide: true, not: &[first] };
    assert!(!live.entry_for(&one, NOW, wide).is_some_and(|entry| bridges.contains(&entry)), "nor for who waits");
}

#[test]
fn where_one_operator_runs_the_network_messages_go_on_and_no_bridge_carries_for_it() {
    let mut live = live(3);
    run_by(&mut live, &[(1, 1), (2, 1), (3, 1)]);
    bridge(&mut live, 9);
    assert_eq!(entries(&live, &descriptor(1).id(), false), [descriptor(2).id(), descriptor(3).id()].into());
    assert_eq!(live.hands().operators, 1, "which is said");
}

/// A client of real relays' keys, of which the test is the network: it sees what is sent, and answers or not.
struct Alone {
    client: Client<MemoryStore>,
    gateways: BTreeMap<RelayId, Gateway>,
    places: BTreeMap<String, RelayId>,
    rng: ChaCha20Rng,
    now: UnixMillis,
    /// Sent and neither answered nor cancelled.
    sent: BTreeMap<ExchangeId, Sent>,
}

/// A request under way, opened.
struct Sent {
    entry: RelayId,
    target: RelayId,
    request: Request,
    sealer: ResponseSealer,
    at: UnixMillis,
}

impl Alone {
    /// With so many relays of the network, and one bridge where `bridge` says so.
    fn new(relays: u8, with_bridge: bool) -> Self {
        Self::seeded(relays, with_bridge, 7)
    }

    fn seeded(relays: u8, with_bridge: bool, seed: u64) -> Self {
        Self::run_by(relays, with_bridge, seed, |_| None)
    }

    /// The same, with the number of each relay's operator.
    fn run_by(relays: u8, with_bridge: bool, seed: u64, operator: impl Fn(u8) -> Option<u8>) -> Self {
        let gateway = |number: u8| Gateway::from_seed(&Secret32([number; 32])).unwrap();
        let described = |number: u8| {
            let (address, hop_key) = (descriptor(number).address, gateway(number).hop_key().to_vec());
            let relay = RelayDescriptor { address, hop_key, operator: None, region: None };
            RelayDescriptor { operator: operator(number).map(|one| operator_of(one, &relay)), ..relay }
        };
        let network = NetworkInfo::of((1..=relays).map(described).collect());
        let mut rng = ChaCha20Rng::seed_from_u64(seed);
        let setup = Setup { root: Root::from_seed(&Secret32([7; 32])), network, name: "Sara".into(), region: None };
        let mut client = Client::open(MemoryStore::open(&MemoryDisk::new()), setup, NOW, &mut rng).unwrap();
        if with_bridge {
            let bridge = described(99);
            client.live_mut().relays.insert(bridge.id(), Relay::new(bridge, Role::Bridge));
        }
        let all: Vec<u8> = (1..=relays).chain(with_bridge.then_some(99)).collect();
        let gateways = all.iter().map(|number| (described(*number).id(), gateway(*number))).collect();
        let places = all.iter().map(|number| (described(*number).address.host, described(*number).id())).collect();
        let mut this = Self { client, gateways, places, rng, now: NOW, sent: BTreeMap::new() };
        this.client.handle_command(Command::ContactInvite, NOW, &mut this.rng).unwrap();
        this.take();
        this
    }

    fn take(&mut self) {
        while let Some(effect) = self.client.poll_effect() {
            match effect {
                Effect::Exchange { id, entry, body, .. } => {
                    let HopBody::Forward(hop) = decode_body(&body).unwrap() else { panic!("a client forwards") };
                    let (frame, sealer) = self.gateways[&hop.target].open(&hop.sealed).unwrap();
                    let (entry, request) = (self.places[&entry.host], frame.unwrap().request);
                    self.sent.insert(id, Sent { entry, target: hop.target, request, sealer, at: self.now });
                }
                Effect::Cancel(id) => drop(self.sent.remove(&id)),
            }
        }
    }

    fn pass(&mut self, ms: u64) {
        let end = self.now.plus_ms(ms);
        while let Some(at) = self.client.next_timeout().filter(|at| *at <= end) {
            self.now = self.now.max(at);
            self.client.handle_timeout(self.now, &mut self.rng).unwrap();
            self.take();
        }
        self.now = end;
    }

    /// By target the entry relays that requests to make a mailbox there are under way through.
    fn ways(&self) -> BTreeMap<RelayId, Vec<RelayId>> {
        let mut ways: BTreeMap<RelayId, Vec<RelayId>> = BTreeMap::new();
        let makes = |sent: &&Sent| matches!(sent.request, Request::Create(_));
        self.sent.values().filter(makes).for_each(|sent| ways.entry(sent.target).or_default().push(sent.entry));
        ways
    }

    /// The relays answer what came through one entry relay, but for polls, which wait.
    fn answer(&mut self, through: RelayId) {
        self.answer_those(|sent| sent.entry == through);
    }

    /// Nothing was heard on connections to these for 1,500 ms.
    fn tell_of_quiet_ones(&mut self, those: impl Fn(&RelayId) -> bool) {
        let relays = self.client.live_mut().relays.iter().filter(|(id, _)| those(id));
        let addresses: Vec<_> = relays.map(|(_, relay)| relay.descriptor.address.clone()).collect();
        for address in addresses {
            self.client.handle_quiet(&address, 1_500 + TAKEN_MS, self.now, &mut self.rng).unwrap();
        }
        self.take();
    }

    fn answer_those(&mut self, those: impl Fn(&Sent) -> bool) {
        let ids: Vec<ExchangeId> = self.sent.iter().filter(|(_, sent)| those(sent)).map(|(id, _)| *id).collect();
        for id in ids {
            let response = match self.sent.get(&id).map(|sent| &sent.request) {
                Some(Request::Create(_)) => Response::Created { expires: self.now },
                Some(Request::Deposit(_)) => Response::Deposited { duplicate: false },
                Some(Request::Fetch(fetch)) if fetch.wait_ms == 0 => {
                    Response::Fetched(Fetched { mailboxes: Vec::new(), more: false })
                }
                _ => continue,
            };
            let answer = self.sent.remove(&id).unwrap().sealer.seal(&response).unwrap();
            self.client.handle_exchanged(id, Ok(answer), self.now, &mut self.rng).unwrap();
            self.take();
        }
    }
}

#[test]
fn a_request_that_is_late_goes_further_ways_and_the_first_answer_ends_the_others() {
    let mut alone = Alone::new(4, false);
    let first = alone.ways();
    assert_eq!(first.len(), 3, "two mailboxes at each of three relays");
    alone.pass(HEDGE_MS_FIRST);
    for (target, entries) in alone.ways() {
        assert!(entries.len() > first[&target].len(), "{target}: {entries:?}");
        assert!(!entries.contains(&target), "no relay is its own entry relay");
    }
    alone.pass(10_000);
    for entries in alone.ways().into_values() {
        let mut different = entries.clone();
        different.sort_unstable();
        different.dedup();
        assert!(entries.len() <= 2 * WAYS_MAX, "{entries:?}");
        assert_eq!(different.len(), 3, "each of the others once for each mailbox: {entries:?}");
    }
    let one = descriptor_id(&alone, 1);
    alone.answer(one);
    let left: Vec<RelayId> = alone.ways().into_keys().collect();
    assert!(left.iter().all(|target| *target == one), "done, and the other ways were cancelled: {left:?}");
}

#[test]
fn no_exchange_is_ever_sent_through_a_relay_of_the_targets_operator() {
    let operator = |number: u8| number.div_ceil(2);
    let mut alone = Alone::run_by(4, false, 7, |number| Some(operator(number)));
    let numbers: BTreeMap<RelayId, u8> = (1..=4).map(|number| (descriptor_id(&alone, number), number)).collect();
    let mut seen = 0;
    for round in 0..200u8 {
        for sent in alone.sent.values() {
            let (entry, target) = (numbers[&sent.entry], numbers[&sent.target]);
            assert_ne!(operator(entry), operator(target), "relay {target} through relay {entry}");
            seen += 1;
        }
        // some answer, some are late and are asked another way, at times all but one are silent
        if !round.is_multiple_of(7) {
            let relay = descriptor_id(&alone, round % 4 + 1);
            alone.answer(relay);
        }
        alone.pass(700);
    }
    assert!(seen > 200, "{seen} exchanges were looked at");
}

#[test]
fn one_late_relay_shows_no_bridge_and_when_all_are_late_the_bridge_carries() {
    let through = |alone: &Alone, relay| alone.ways().into_values().flatten().filter(|entry| *entry == relay).count();
    let mut alone = Alone::new(3, true);
    let bridge = descriptor_id(&alone, 99);
    for number in [1, 2] {
        let relay = descriptor_id(&alone, number);
        alone.answer(relay);
    }
    let late = through(&alone, descriptor_id(&alone, 3));
    assert!(late > 0, "something goes through the third");
    alone.pass(HEDGE_MS_FIRST);
    assert!(alone.ways().into_values().flatten().count() > late, "it goes another way as well");
    assert_eq!(through(&alone, bridge), 0, "which is not the bridge");
    alone.pass(HEDGE_MS_MAX);
    assert!(through(&alone, bridge) > 0, "until it is late there too: {:?}", alone.ways());

    let mut alone = Alone::new(3, true);
    alone.pass(2 * HEDGE_MS_FIRST);
    assert!(through(&alone, bridge) > 0, "{:?}", alone.ways());
    for _ in 0..20 {
        alone.answer(bridge);
        alone.pass(50);
    }
    let live = alone.client.live_mut();
    assert!(live.mailboxes.values().all(|one| one.created), "everything is done through the bridge");
    assert!(live.relays.values().all(|relay| relay.running == 0), "and every place is free again");
}

/// E2E-50: a relay that is blocked may still be asked through DNS: a bridge is the better way to go on.
#[test]
fn a_relay_to_which_a_narrow_way_leads_comes_after_bridges_and_before_those_that_do_badly() {
    let mut live = live(3);
    let bridge = bridge(&mut live, 9);
    let (target, one, other) = (descriptor(1).id(), descriptor(2).id(), descriptor(3).id());
    live.relays.get_mut(&one).unwrap().narrow = true;
    assert_eq!(entries(&live, &target, false), [other].into());
    live.relays.get_mut(&other).unwrap().as_entry.fails(NOW, 0);
    assert_eq!(entries(&live, &target, false), [bridge].into());
    live.relays.get_mut(&bridge).unwrap().narrow = true;
    assert_eq!(entries(&live, &target, false), [one].into());
    live.relays.get_mut(&bridge).unwrap().as_entry.is_silent(NOW);
    live.relays.get_mut(&one).unwrap().as_entry.is_silent(NOW);
    assert_eq!(entries(&live, &target, false), [one, bridge].into(), "whatever is not paused, where all do badly");
}

/// E2E-50, E2E-56: in trouble one that was heard through DNS is at hand, and is not all there is.
#[test]
fn in_trouble_a_relay_that_was_heard_through_a_narrow_way_carries_and_wider_ways_are_tried_beside_it() {
    let mut live = live(3);
    let bridge = bridge(&mut live, 9);
    let (target, one, other) = (descriptor(1).id(), descriptor(2).id(), descriptor(3).id());
    live.doubt(other, NOW, NOW);
    let relay = live.relays.get_mut(&one).unwrap();
    (relay.narrow, relay.heard_at, relay.last_ms) = (true, NOW.plus_ms(1), 900);
    assert_eq!(entries(&live, &target, false), [one].into());
    assert!(!live.spares_bridges(&target, Task::Look, NOW));
    assert_eq!(live.hedge_ms(&one, NOW), HEDGE_MS_TROUBLE, "others are soon asked too");
    let wide = |live: &Live, not: &[RelayId]| {
        live.entry_for(&target, NOW, Wanted { preference: 0, probe: false, wide: true, not })
    };
    assert_eq!(wide(&live, &[one]), Some(other));
    assert_eq!(wide(&live, &[one, other]), Some(bridge));
    live.relays.get_mut(&other).unwrap().as_entry.is_silent(NOW);
    live.relays.get_mut(&target).unwrap().as_entry.is_silent(NOW);
    live.relays.get_mut(&bridge).unwrap().as_entry.is_silent(NOW);
    assert_eq!(live.hedge_ms(&one, NOW), HEDGE_MS_MAX, "as ever where there are no others");
}

/// E2E-50: the listed relay is let through again, and nobody would learn of it.
#[test]
fn a_relay_to_which_a_narrow_way_leads_is_looked_at_again_by_what_nobody_waits_for() {
    let mut live = live(3);
    let (target, one, other) = (descriptor(1).id(), descriptor(2).id(), descriptor(3).id());
    live.relays.get_mut(&one).unwrap().narrow = true;
    live.relays.get_mut(&one).unwrap().as_entry.is_narrow(NOW);
    assert_eq!(entries(&live, &target, true), [other].into());
    let later = NOW.plus_ms(60_000);
    assert_eq!(entries_at(&live, &target, true, later), [one, other].into());
    assert_eq!(entries_at(&live, &target, false, later), [other].into());
}

/// CAR-41: a way that takes short requests alone may serve others.
#[test]
fn an_entry_relay_is_not_blamed_for_a_request_that_is_too_long_for_the_way_to_it() {
    let good = |alone: &mut Alone, entry: RelayId| {
        let now = alone.now;
        alone.client.live_mut().relays[&entry].as_entry.is_good(now)
    };
    for (failure, is_good) in [(ExchangeFailure::Narrow, true), (ExchangeFailure::Unreachable, false)] {
        let mut alone = Alone::new(3, false);
        let (id, sent) = alone.sent.pop_first().unwrap();
        alone.client.handle_exchanged(id, Err(failure), alone.now, &mut alone.rng).unwrap();
        assert_eq!(good(&mut alone, sent.entry), is_good, "{failure:?}");
    }
}

fn descriptor_id(alone: &Alone, number: u8) -> RelayId {
    alone.places[&descriptor(number).address.host]
}

#[test]
fn a_clock_that_is_set_back_stops_nothing() {
    let mut alone = Alone::new(3, false);
    for id in std::mem::take(&mut alone.sent).into_keys() {
        let failed = Err(ExchangeFailure::Unreachable);
        alone.client.handle_exchanged(id, failed, alone.now, &mut alone.rng).unwrap();
    }
    alone.take();
    alone.sent.clear();
    alone.now = UnixMillis(NOW.0 - 12_600_000);
    alone.client.handle_timeout(alone.now, &mut alone.rng).unwrap();
    alone.take();
    alone.pass(1_000);
    assert!(!alone.sent.is_empty(), "nothing is tried for as long as the clock was ahead");
}

#[test]
fn where_one_relay_is_all_the_network_nothing_is_due_over_and_over() {
    let (network, mut rng) = (NetworkInfo::of(vec![descriptor(1)]), ChaCha20Rng::seed_from_u64(7));
    let setup = Setup { root: Root::from_seed(&Secret32([7; 32])), network, name: "Sara".into(), region: None };
    let mut client = Client::open(MemoryStore::open(&MemoryDisk::new()), setup, NOW, &mut rng).unwrap();
    let mut now = NOW;
    for _ in 0..20 {
        now = client.next_timeout().map_or(now, |at| at.max(now));
        client.handle_timeout(now, &mut rng).unwrap();
    }
    assert!(client.next_timeout().is_none_or(|at| at.since(NOW) > 60_000));
}

/// How long it takes until a connection over the border is given up: by the carrier, by a relay.
const GIVEN_UP_MS: u64 = 4_500;
const UNREACHABLE_MS: u64 = 2_500;
/// So much earlier than the client takes an answer its connection heard it.
const TAKEN_MS: u64 = 2;

/// Some of five relays are inside, the others and the bridge abroad; everything was well until the border was cut.
struct Country {
    alone: Alone,
    inside: Vec<RelayId>,
    cut_at: UnixMillis,
}

impl Country {
    fn cut(seed: u64) -> Self {
        Self::with_inside(seed, &[1, 2])
    }

    fn with_inside(seed: u64, inside: &[u8]) -> Self {
        let mut alone = Alone::seeded(5, true, seed);
        for _ in 0..20 {
            alone.answer_those(|_| true);
            alone.pass(50);
        }
        assert!(alone.client.live_mut().mailboxes.values().all(|one| one.created));
        let inside = inside.iter().map(|number| descriptor_id(&alone, *number)).collect();
        let cut_at = alone.now;
        Self { alone, inside, cut_at }
    }

    fn invite(&mut self) {
        let Alone { client, rng, now, .. } = &mut self.alone;
        client.handle_command(Command::ContactInvite, *now, rng).unwrap();
        self.alone.take();
    }

    fn is_cut(&mut self) -> bool {
        let now = self.alone.now;
        self.alone.client.live_mut().abroad_is_cut(now)
    }

    /// Nothing crosses the border, which is noticed as carriers and relays notice it.
    fn pass(&mut self, ms: u64) {
        for _ in 0..ms / 10 {
            self.alone.pass(10);
            let (inside, now) = (self.inside.clone(), self.alone.now);
            let crosses = |sent: &Sent| (!inside.contains(&sent.entry), !inside.contains(&sent.target));
            self.alone.answer_those(|sent| crosses(sent) == (false, false));
            let given_up: Vec<ExchangeId> = (self.alone.sent.iter())
                .filter(|(_, sent)| match crosses(sent) {
                    (true, _) => now.since(sent.at.max(self.cut_at)) >= GIVEN_UP_MS,
                    (false, true) => now.since(sent.at) >= UNREACHABLE_MS,
                    (false, false) => false,
                })
                .map(|(id, _)| *id)
                .collect();
            for id in given_up {
                self.give_up(id);
            }
            if now.since(self.cut_at) == 1_500 {
                self.alone.tell_of_quiet_ones(|id| !inside.contains(id));
            }
        }
    }

    fn give_up(&mut self, id: ExchangeId) {
        let Some(sent) = self.alone.sent.remove(&id) else { return };
        let refusal = encode_reply(&HopReply::Refused(HopRefusal::TargetUnreachable)).unwrap();
        let answer = if self.inside.contains(&sent.entry) { Ok(refusal) } else { Err(ExchangeFailure::Unreachable) };
        let Alone { client, rng, now, .. } = &mut self.alone;
        client.handle_exchanged(id, answer, *now, rng).unwrap();
        self.alone.take();
    }

    /// The entry relays at which polls for the relays inside wait.
    fn poll_entries(&self) -> Vec<RelayId> {
        let polls = |sent: &&Sent| matches!(&sent.request, Request::Fetch(fetch) if fetch.wait_ms > 0);
        let of_inside = self.alone.sent.values().filter(polls).filter(|sent| self.inside.contains(&sent.target));
        of_inside.map(|sent| sent.entry).collect()
    }
}

/// E2E-58
#[test]
fn within_two_seconds_of_a_cut_every_poll_inside_waits_inside() {
    let mut moved = 0;
    for seed in 0..40 {
        let mut country = Country::cut(seed);
        let before = country.poll_entries();
        country.pass(2_000);
        let after = country.poll_entries();
        assert_eq!(after.len(), before.len(), "{seed}");
        assert!(after.iter().all(|entry| country.inside.contains(entry)), "{seed}: {before:?} {after:?}");
        moved += before.iter().filter(|entry| !country.inside.contains(entry)).count();
    }
    assert!(moved > 20, "{moved}");
}

/// E2E-58
#[test]
fn what_a_poll_inside_waits_for_abroad_is_looked_for_another_way_before_the_poll_ends() {
    let (mut stuck, mut bridged) = (0, 0);
    for seed in 0..40 {
        let mut country = Country::cut(seed);
        let inside = country.inside.clone();
        let waits = |sent: &Sent| matches!(&sent.request, Request::Fetch(fetch) if fetch.wait_ms > 0);
        let polls = country.alone.sent.values().filter(|sent| waits(sent) && inside.contains(&sent.entry));
        let abroad: Vec<RelayId> = polls.map(|sent| sent.target).filter(|target| !inside.contains(target)).collect();
        country.invite();
        country.pass(1_700);
        for target in &abroad {
            let looks = |sent: &Sent| matches!(&sent.request, Request::Fetch(fetch) if fetch.wait_ms == 0);
            let outside = |sent: &Sent| sent.target == *target && looks(sent) && !inside.contains(&sent.entry);
            assert!(country.alone.sent.values().any(outside), "{seed}");
        }
        // where the poll waits is none that might do it
        country.pass(600);
        let bridge = descriptor_id(&country.alone, 99);
        for target in &abroad {
            let through = |sent: &Sent| sent.target == *target && sent.entry == bridge;
            bridged += usize::from(country.alone.sent.values().any(through));
        }
        stuck += abroad.len();
    }
    // of a relay inside that is slow at times more is waited for
    assert!(stuck > 20 && bridged * 10 >= stuck * 9, "{bridged} of {stuck} through the bridge");
}

/// E2E-58: the relays inside end at the moment at which the border comes down, and a bridge is all that is left.
#[test]
fn when_the_relays_inside_end_too_every_poll_abroad_is_looked_for_through_the_bridge() {
    for seed in 0..40 {
        let Country { mut alone, inside, cut_at } = Country::cut(seed);
        let bridge = descriptor_id(&alone, 99);
        // all of them answered just now
        alone.client.live_mut().relays.values_mut().for_each(|relay| relay.heard_at = cut_at);
        let waits = |sent: &&Sent| matches!(&sent.request, Request::Fetch(fetch) if fetch.wait_ms > 0);
        let polled =
            alone.sent.values().filter(waits).map(|sent| sent.target).filter(|target| !inside.contains(target));
        let polled: BTreeSet<RelayId> = polled.collect();
        let mut looked = BTreeSet::new();
        alone.client.handle_command(Command::ContactInvite, cut_at, &mut alone.rng).unwrap();
        alone.take();
        for _ in 0..200 {
            alone.pass(10);
            // with a wait or without
            let through = |sent: &&Sent| sent.entry == bridge && matches!(sent.request, Request::Fetch(_));
            looked.extend(alone.sent.values().filter(through).map(|sent| sent.target));
            alone.answer_those(|sent| sent.entry == bridge && !inside.contains(&sent.target));
            let ended: Vec<ExchangeId> =
                alone.sent.iter().filter(|(_, sent)| inside.contains(&sent.entry)).map(|(id, _)| *id).collect();
            for id in ended.into_iter().filter(|id| alone.sent.contains_key(id)).collect::<Vec<_>>() {
                alone.sent.remove(&id);
                let answer = Err(ExchangeFailure::Unreachable);
                alone.client.handle_exchanged(id, answer, alone.now, &mut alone.rng).unwrap();
                alone.take();
            }
            if alone.now.since(cut_at) == 1_500 {
                alone.tell_of_quiet_ones(|id| !inside.contains(id) && *id != bridge);
            }
        }
        assert!(polled.is_subset(&looked), "{seed}: of {polled:?} only {looked:?}");
    }
}

/// E2E-56, E2E-58
#[test]
fn within_two_seconds_of_a_cut_what_is_for_relays_inside_is_done_there() {
    let mut wanted = 0;
    for seed in 0..40 {
        let mut country = Country::cut(seed);
        for _ in 0..4 {
            country.invite();
            country.pass(300);
        }
        country.pass(2_000);
        let (inside, now) = (country.inside.clone(), country.alone.now);
        let live = country.alone.client.live_mut();
        let of_inside: Vec<_> = live.mailboxes.values().filter(|one| inside.contains(&one.relay)).collect();
        wanted += of_inside.len();
        assert!(of_inside.iter().all(|one| one.created), "{seed}");
        assert!(
            inside.iter().any(|id| live.relays[id].as_entry.is_good(now)),
            "{seed}: those that carried it are in no disrepute"
        );
    }
    assert!(wanted > 100, "{wanted}");
}

/// E2E-57
#[test]
fn in_a_cut_no_bridge_is_shown_for_what_the_relays_inside_carry() {
    for seed in 0..20 {
        let mut country = Country::cut(seed);
        country.pass(3_000);
        let (bridge, inside) = (descriptor_id(&country.alone, 99), country.inside.clone());
        country.alone.sent.retain(|_, sent| sent.entry != bridge);
        country.invite();
        let shown = |sent: &Sent| sent.entry == bridge && inside.contains(&sent.target);
        assert!(!country.alone.sent.values().any(shown), "{seed}");
        country.pass(1_000);
        assert!(!country.alone.sent.values().any(shown), "{seed}");
    }
}

/// E2E-58
#[test]
fn while_there_is_trouble_a_bridge_that_was_heard_comes_before_relays_that_were_not() {
    let mut live = live(4);
    let (target, one, other) = (descriptor(1).id(), descriptor(2).id(), descriptor(3).id());
    let bridge = bridge(&mut live, 9);
    live.doubt(one, NOW, NOW.plus_ms(700));
    let later = NOW.plus_ms(1_000);
    live.relays.get_mut(&bridge).unwrap().heard_at = later;
    assert_eq!(entries_at(&live, &target, false, later), [bridge].into());
    live.relays.get_mut(&other).unwrap().heard_at = later;
    assert_eq!(entries_at(&live, &target, false, later), [other].into(), "and after those that were");
    let after = later.plus_ms(TROUBLE_MS);
    assert!(!entries_at(&live, &target, false, after).contains(&bridge), "it is spared again");
}

/// E2E-58
#[test]
fn who_was_heard_before_the_newest_silence_is_not_taken_for_this_side_of_the_border() {
    let mut live = live(5);
    let (one, other, third) = (descriptor(2).id(), descriptor(3).id(), descriptor(4).id());
    for (relay, heard_ms) in [(one, 300), (other, 100), (third, 200)] {
        live.relays.get_mut(&relay).unwrap().heard_at = NOW.plus_ms(heard_ms);
    }
    live.doubt(one, NOW.plus_ms(400), NOW.plus_ms(1_100));
    // of the second one nothing was heard for longer
    live.doubt(other, NOW, NOW.plus_ms(1_200));
    assert!(live.may_be_cut_off(&third, NOW.plus_ms(1_200)));
    live.relays.get_mut(&third).unwrap().heard_at = NOW.plus_ms(1_150);
    assert!(!live.may_be_cut_off(&third, NOW.plus_ms(1_200)));
}

/// E2E-59
#[test]
fn abroad_is_cut_off_when_several_relays_are_reached_by_nobody_and_the_chain_is_silent() {
    for seed in 0..8 {
        let mut country = Country::cut(seed);
        for _ in 0..8 {
            country.invite();
            country.pass(1_000);
            assert!(!country.is_cut(), "{seed}: no cut before it has lasted");
        }
        country.pass(15_000);
        assert!(country.is_cut(), "{seed}");
        let now = country.alone.now;
        country.alone.client.live_mut().wallet.answered_at = now;
        assert!(!country.is_cut(), "{seed}: the chain answers");
        // what is open goes on, and the border opens
        country.alone.client.live_mut().wallet.answered_at = UnixMillis(0);
        country.inside = (1..=5).map(|number| descriptor_id(&country.alone, number)).collect();
        country.pass(40_000);
        assert!(!country.is_cut(), "{seed}: the way is open again");
    }
}

/// E2E-59
#[test]
fn one_relay_that_is_down_is_no_cut() {
    for seed in 0..8 {
        let mut country = Country::with_inside(seed, &[1, 2, 3, 4]);
        for _ in 0..30 {
            country.invite();
            country.pass(1_000);
            assert!(!country.is_cut(), "{seed}");
        }
    }
}
