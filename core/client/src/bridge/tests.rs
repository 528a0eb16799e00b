//! What becomes of a bridge's link, and of what the bridge says.

use super::*;
use crate::client::{Client, Setup};
use crate::command::Command;
use crate::network::NetworkInfo;
use crate::store::memory::{MemoryDisk, MemoryStore};
use e2ee::Root;
use ed25519_dalek::SigningKey;
use mailbox::bridge::{FriendAnswer, Redeemed, Token};
use mailbox::hop::{decode_body, encode_reply};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use wire::{RelayAddress, Secret32};

const NOW: UnixMillis = UnixMillis(1_800_000_000_000);

fn link(token: u8) -> String {
    link_of(token, 1, 7)
}

fn link_of(token: u8, inviter: u8, key: u8) -> String {
    let inviter = SigningKey::from_bytes(&[inviter; 32]);
    let secret_path = "0123456789abcdef0123456789abcdef".into();
    let address =
        RelayAddress { host: "bridge.example".into(), port: 443, tls_pin: Some([3; 32]), secret_path, dns: None };
    let relay = RelayDescriptor { address: address.clone(), hop_key: vec![key; 40], operator: None, region: None }.id();
    Bridge::new(relay, address, Token([token; 16]), NOW.plus_ms(60_000), NOW, &inviter).to_link(&inviter).unwrap()
}

fn client(rng: &mut ChaCha20Rng) -> Client<MemoryStore> {
    open(&MemoryDisk::new(), rng)
}

fn open(disk: &MemoryDisk, rng: &mut ChaCha20Rng) -> Client<MemoryStore> {
    let network = NetworkInfo::of(Vec::new());
    let setup = Setup { root: Root::from_seed(&Secret32([7; 32])), network, name: "Sara".into(), region: None };
    Client::open(MemoryStore::open(disk), setup, NOW, rng).unwrap()
}

/// A client that its bridge has let in.
fn let_in(rng: &mut ChaCha20Rng) -> Client<MemoryStore> {
    let mut client = client(rng);
    client.handle_command(Command::BridgeAdd { link: link(5) }, NOW, rng).unwrap();
    let id = redemption(&mut client);
    let redeemed = Redeemed { secret_path: "fedcba9876543210fedcba9876543210".into(), hop_key: vec![7; 40] };
    client.handle_exchanged(id, Ok(encode_reply(&HopReply::Redeemed(redeemed)).unwrap()), NOW, rng).unwrap();
    client
}

/// What becomes of a bridge's answer.
fn says(
    client: &mut Client<MemoryStore>,
    bridge: &str,
    friend: Friend,
    rng: &mut ChaCha20Rng,
) -> Result<BridgeInvitation, CommandError> {
    let answer = encode_reply(&HopReply::Friend(FriendAnswer::new(friend).unwrap())).unwrap();
    match client.handle_command(Command::BridgeInvited { bridge: bridge.into(), answer }, NOW, rng)? {
        Reply::BridgeInvitation(told) => Ok(told),
        other => panic!("{other:?}"),
    }
}

/// MBX-57
#[test]
fn a_bridge_is_asked_under_her_own_path_and_only_its_own_link_is_taken() {
    let rng = &mut ChaCha20Rng::seed_from_u64(8);
    let ask = |bridge: Option<&str>| Command::BridgeInvite { bridge: bridge.map(str::to_owned) };
    let mut alone = client(rng);
    let none = alone.handle_command(ask(None), NOW, rng);
    assert!(matches!(none, Err(CommandError::NoBridge)), "{none:?}");
    alone.handle_command(Command::BridgeAdd { link: link(5) }, NOW, rng).unwrap();
    let early = alone.handle_command(ask(None), NOW, rng);
    assert!(matches!(early, Err(CommandError::NoBridge)), "it has not let her in: {early:?}");

    let mut client = let_in(rng);
    let unknown = client.handle_command(ask(Some("00")), NOW, rng);
    assert!(matches!(unknown, Err(CommandError::UnknownBridge(_))), "{unknown:?}");
    let Ok(Reply::BridgeQuestion(asked)) = client.handle_command(ask(None), NOW, rng) else { panic!("no question") };
    assert_eq!(asked.address.secret_path, "fedcba9876543210fedcba9876543210");
    assert!(matches!(decode_body(&asked.body), Ok(HopBody::Friend(_))));
    let bridge = asked.bridge.as_str();
    let Ok(Reply::BridgeQuestion(same)) = client.handle_command(ask(Some(bridge)), NOW, rng) else { panic!() };
    assert_eq!(same, asked);

    let good = Friend::Link { link: link(6), left: 7 };
    let told = says(&mut client, bridge, good, rng).unwrap();
    assert_eq!(told, BridgeInvitation::Link { link: link(6), expires: NOW.plus_ms(60_000), left: 7 });
    let later = says(&mut client, bridge, Friend::NotYet { from_s: 1_800_086_400 }, rng).unwrap();
    assert_eq!(later, BridgeInvitation::NotYet { from: UnixMillis(1_800_086_400_000) });
    assert_eq!(says(&mut client, bridge, Friend::NoMore, rng).unwrap(), BridgeInvitation::NoMore);
    assert_eq!(says(&mut client, bridge, Friend::Full, rng).unwrap(), BridgeInvitation::Full);

    for (inviter, key) in [(2, 7), (1, 8)] {
        let forged = Friend::Link { link: link_of(6, inviter, key), left: 7 };
        assert_eq!(says(&mut client, bridge, forged, rng).unwrap(), BridgeInvitation::Refused, "another's");
    }
    let cut = says(&mut client, bridge, Friend::Link { link: "simurgh:bridge#".into(), left: 1 }, rng);
    assert_eq!(cut.unwrap(), BridgeInvitation::Refused);
    let web = link(6).replace("simurgh:bridge", "https://somewhere.example/b");
    for dressed in [web, format!("\u{1b}[2J{}", link(6)), format!("{}\n", link(6))] {
        let told = says(&mut client, bridge, Friend::Link { link: dressed, left: 1 }, rng).unwrap();
        assert_eq!(told, BridgeInvitation::Refused, "it is handed on as it stands");
    }
    let never = says(&mut client, bridge, Friend::NotYet { from_s: u64::MAX }, rng).unwrap();
    assert_eq!(never, BridgeInvitation::Refused);
    let html = Command::BridgeInvited { bridge: bridge.into(), answer: b"<html>".to_vec() };
    let website = client.handle_command(html, NOW, rng);
    assert!(matches!(website, Ok(Reply::BridgeInvitation(BridgeInvitation::Refused))), "{website:?}");
}

fn redemption(client: &mut Client<MemoryStore>) -> ExchangeId {
    let mut effects = std::iter::from_fn(|| client.poll_effect());
    effects.find_map(|effect| if let Effect::Exchange { id, .. } = effect { Some(id) } else { None }).unwrap()
}

fn told(client: &mut Client<MemoryStore>) -> Option<RelayStatus> {
    let events = std::iter::from_fn(|| client.poll_event());
    let carriers = events.filter_map(|event| if let Event::Carrier(status) = event { Some(status) } else { None });
    carriers.last()?.relays.into_iter().find(|relay| relay.bridge)
}

#[test]
fn why_a_link_is_not_redeemed_is_told_in_one_word_whenever_it_changes() {
    let rng = &mut ChaCha20Rng::seed_from_u64(4);
    let mut client = client(rng);
    client.handle_command(Command::BridgeAdd { link: link(5) }, NOW, rng).unwrap();
    let added = told(&mut client).unwrap();
    assert_eq!((added.redeemed, added.used, added.problem), (false, false, None));

    let mut now = NOW;
    let answers = [
        (Err(ExchangeFailure::Unreachable), BridgeProblem::Unreachable),
        (Err(ExchangeFailure::Refused), BridgeProblem::Used),
        (Ok(b"<html>".to_vec()), BridgeProblem::NotABridge),
    ];
    for (answer, problem) in answers {
        let id = redemption(&mut client);
        client.handle_exchanged(id, answer, now, rng).unwrap();
        let status = told(&mut client).expect("the change is told");
        assert_eq!((status.redeemed, status.ok, status.problem), (false, false, Some(problem)));
        assert_eq!(status.error.as_deref(), Some(problem.sentence()));
        // later than any pause before it is tried again
        now = now.plus_ms(3_600_000);
        client.handle_timeout(now, rng).unwrap();
    }
}

#[test]
fn a_door_that_stays_closed_is_knocked_at_a_few_times_and_then_once_an_hour() {
    let rng = &mut ChaCha20Rng::seed_from_u64(6);
    let mut client = client(rng);
    client.handle_command(Command::BridgeAdd { link: link(5) }, NOW, rng).unwrap();
    let mut now = NOW;
    let mut pauses = Vec::new();
    for _ in 0..8 {
        let id = redemption(&mut client);
        client.handle_exchanged(id, Err(ExchangeFailure::Refused), now, rng).unwrap();
        let due = client.live_mut().redemption_at().unwrap();
        pauses.push(due.since(now));
        now = due;
        client.handle_timeout(now, rng).unwrap();
    }
    let (early, late) = pauses.split_at(5);
    assert!(early.iter().sum::<u64>() < 30_000 && early[1] > 500, "{pauses:?}");
    assert!(late.iter().all(|pause| *pause == REFUSED_MS), "{pauses:?}");
}

#[test]
fn a_further_link_replaces_what_works_only_when_it_is_redeemed() {
    let rng = &mut ChaCha20Rng::seed_from_u64(5);
    let disk = MemoryDisk::new();
    let mut client = open(&disk, rng);
    let path = |client: &mut Client<MemoryStore>| {
        let relays = client.live_mut().relays.values();
        relays.map(|relay| relay.descriptor.address.secret_path.clone()).collect::<Vec<_>>()
    };
    let redeemed = |path: &str| {
        let answer = Redeemed { secret_path: path.into(), hop_key: vec![7; 40] };
        Ok(encode_reply(&HopReply::Redeemed(answer)).unwrap())
    };
    client.handle_command(Command::BridgeAdd { link: link(5) }, NOW, rng).unwrap();
    let id = redemption(&mut client);
    client.handle_exchanged(id, redeemed("first"), NOW, rng).unwrap();
    assert_eq!(path(&mut client), ["first"]);

    client.handle_command(Command::BridgeAdd { link: link(6) }, NOW, rng).unwrap();
    let id = redemption(&mut client);
    client.handle_exchanged(id, Err(ExchangeFailure::Refused), NOW, rng).unwrap();
    client.handle_command(Command::BridgeAdd { link: link(6) }, NOW, rng).unwrap();
    drop(client);
    let mut client = open(&disk, rng);
    assert_eq!(path(&mut client), ["first"], "also after a restart");
    let id = redemption(&mut client);
    client.handle_exchanged(id, redeemed("second"), NOW, rng).unwrap();
    assert_eq!(path(&mut client), ["second"]);
    assert!(client.live_mut().unredeemed.is_empty());
}
