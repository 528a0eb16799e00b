//! What an operator's fleet promises: links by the tree, whatever becomes of folders, links and the program itself.

use super::*;
use crate::invitations::Invitations;
use crate::operator::{InitOptions, init};
use mailbox::bridge::{Bridge as Link, Claim, Friend, Redemption, UnverifiedBridge, token_hash};
use std::net::{Ipv4Addr, SocketAddr};
use tempfile::TempDir;

const NOW: UnixMillis = UnixMillis(1_800_000_000_000);

fn days(days: u64) -> UnixMillis {
    NOW.plus_ms(days * DAY_MS)
}

/// A folder with a fleet, and relays whose folders are beside it.
struct Yard(TempDir);

impl Yard {
    async fn with(names: &[&str]) -> Self {
        let yard = Self(tempfile::tempdir().unwrap());
        file::begin(&yard.at("fleet.json"), day(NOW)).unwrap();
        for name in names {
            yard.relay(name).await;
            yard.fleet(0).add(&yard.at(name)).unwrap();
        }
        yard
    }

    async fn relay(&self, name: &str) {
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        init(&self.at(name), InitOptions { listen, ..InitOptions::default() }).await.unwrap();
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn fleet(&self, day: u64) -> Fleet {
        Fleet::open_at(&self.at("fleet.json"), days(day)).unwrap()
    }

    fn fleet_text(&self) -> String {
        std::fs::read_to_string(self.at("fleet.json")).unwrap()
    }

    fn moved(&self, from: &Path, to: &Path) {
        std::fs::rename(from, to).unwrap();
    }

    /// Names of the invitations in a bridge's folder.
    fn invitations(&self, dir: &Path) -> Vec<String> {
        operator::invitations(dir).unwrap().into_iter().map(|one| one.name).collect()
    }

    async fn redeem(&self, dir: &Path, link: &NewLink) {
        let token = link_of(link).token();
        let doors = Invitations::open(dir, &crate::invitations::tests::relay(), 20).unwrap();
        let redemption = Redemption::new(token, Claim([1; 32]));
        doors.redeem(token_hash(token), &redemption, store::clock::now()).await.unwrap();
    }
}

fn link_of(link: &NewLink) -> Link {
    UnverifiedBridge::parse(&link.link).unwrap().verify(store::clock::now()).unwrap()
}

fn only(dealt: Dealt) -> NewLink {
    assert_eq!(dealt.unreachable, []);
    let [link] = &dealt.links[..] else { panic!("{dealt:?}") };
    link.clone()
}

fn name_of(link: &NewLink) -> String {
    operator::invitation_name(link_of(link).token())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fleet_gives_links_by_the_tree_and_new_ones_when_a_bridge_is_blocked() {
    let yard = Yard::with(&["one", "two", "three", "four"]).await;
    assert!(matches!(yard.fleet(0).add(&yard.at("four")), Err(FleetError::Known(_))));
    let (guest, dealt) = yard.fleet(0).invite(None).unwrap();
    let first = only(dealt);
    assert_eq!(operator::descriptor(&first.bridge).unwrap().id(), link_of(&first).relay());
    assert_eq!((guest.person, guest.state, guest.bridge), (0, "connected", Some(first.bridge.clone())));
    assert_eq!(guest.bridge_id, Some(first.bridge_id.clone()));
    let (friend, dealt) = yard.fleet(3).invite(Some(0)).unwrap();
    assert_eq!((friend.inviter, only(dealt).bridge), (Some(0), first.bridge.clone()));
    assert!(matches!(yard.fleet(3).invite(Some(1)), Err(FleetError::Tree(TreeError::NoInvitation))));

    let told = yard.fleet(9).blocked(&first.bridge).unwrap();
    assert_eq!((told.knew, told.known, told.bridge.state), (2, false, "blocked"));
    assert!(!told.dealt.links.is_empty() && told.dealt.links.iter().all(|link| link.bridge != first.bridge));
    assert_eq!(told.waiting + told.dealt.links.len(), 2);
    assert!(yard.fleet(9).blocked(&first.bridge).unwrap().known);
    let people = yard.fleet(9).people().unwrap();
    let seen: Vec<_> = people.iter().map(|(depth, one)| (*depth, one.person, one.trust < 9)).collect();
    assert_eq!(seen, [(0, 0, true), (1, 1, true)], "both have lost trust");
}

/// TRE-20
#[tokio::test(flavor = "multi_thread")]
async fn who_came_by_a_friend_s_link_is_in_the_tree_and_gets_another_bridge_with_the_others() {
    let yard = Yard::with(&["one", "two", "three", "four"]).await;
    let first = only(yard.fleet(0).invite(None).unwrap().1);
    yard.redeem(&first.bridge, &first).await;
    let doors = Invitations::open(&first.bridge, &operator::descriptor(&first.bridge).unwrap(), 20).unwrap();
    let later = store::clock::now().plus_ms(9 * DAY_MS);
    let inviter = token_hash(link_of(&first).token());
    let Some(Friend::Link { link, .. }) = doors.befriend(inviter, later).await else { panic!("no link") };
    assert_eq!(yard.fleet(1).people().unwrap().len(), 1, "a link that nobody has redeemed is nobody");
    let token = UnverifiedBridge::parse(&link).unwrap().verify(later).unwrap().token();
    doors.redeem(token_hash(token), &Redemption::new(token, Claim([1; 32])), later).await.unwrap();
    let people = yard.fleet(1).people().unwrap();
    let told: Vec<_> = people.iter().map(|(depth, one)| (*depth, one.person, one.inviter, one.state)).collect();
    assert_eq!(told, [(0, 0, None, "connected"), (1, 1, Some(0), "connected")]);
    assert_eq!(people[1].1.bridge.as_ref(), Some(&first.bridge));
    assert_eq!(yard.fleet(1).people().unwrap().len(), 2, "once");
    // another link for either of them makes nobody twice, and the friends of both are still known
    for person in [0, 1] {
        assert_eq!(yard.fleet(1).link(person, false).unwrap().used.len(), 1);
    }
    assert_eq!(yard.fleet(1).people().unwrap().len(), 2);
    let Some(Friend::Link { link, .. }) = doors.befriend(inviter, later).await else { panic!("no second link") };
    let token = UnverifiedBridge::parse(&link).unwrap().verify(later).unwrap().token();
    doors.redeem(token_hash(token), &Redemption::new(token, Claim([2; 32])), later).await.unwrap();
    let people = yard.fleet(1).people().unwrap();
    assert_eq!(people.iter().filter(|(_, one)| one.inviter == Some(0)).count(), 2);

    let dealt = yard.fleet(9).blocked(&first.bridge).unwrap();
    assert_eq!(dealt.knew, 3);
    assert!(dealt.dealt.links.iter().any(|link| (link.person, link.inviter) == (1, Some(0))), "{:?}", dealt.dealt);
}

/// TRE-15
#[test]
fn a_mistyped_path_begins_no_fleet() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("flet.json");
    let error = Fleet::open(&file).unwrap_err();
    assert!(matches!(&error, FleetError::Missing(path) if *path == file), "{error}");
    assert!(error.to_string().contains("fleet init"), "{error}");
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0, "nothing is made");
    assert!(matches!(Fleet::open(dir.path()), Err(FleetError::File { .. })), "a folder is no fleet");
    Fleet::init(&file).unwrap();
    assert!(matches!(Fleet::init(&file), Err(FleetError::Exists(_))));
    assert_eq!(Fleet::open(&file).unwrap().bridges(), []);
    std::fs::write(&file, r#"{"version":9,"later":true}"#).unwrap();
    let error = Fleet::open(&file).unwrap_err().to_string();
    assert!(error.contains("version 9: update"), "{error}");
}

/// TRE-21
#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_far_off_is_told_and_gives_nobody_trust() {
    let yard = Yard::with(&["one"]).await;
    yard.fleet(0).invite(None).unwrap();
    let (file, before) = (yard.at("fleet.json"), yard.fleet_text());
    let trust = |day| yard.fleet(day).people().unwrap()[0].1.trust;
    let first = trust(0);
    for wrong in [days(401), days(3_650), UnixMillis(NOW.0 - 2 * DAY_MS), UnixMillis(0), UnixMillis(u64::MAX)] {
        let error = Fleet::open_at(&file, wrong).unwrap_err();
        assert!(matches!(error, FleetError::Clock { .. }), "{error}");
        assert_eq!(yard.fleet_text(), before);
    }
    let said = Fleet::open_at(&file, days(3_650)).unwrap_err().to_string();
    assert!(["2027-01-15", "2037-01-12", "write 24483 for \"day\""].iter().all(|one| said.contains(one)), "{said}");
    // it has really rested so long
    std::fs::write(&file, before.replace("\"day\":20833", "\"day\":24483")).unwrap();
    assert_eq!((trust(3_649), trust(3_650)), (first, first));
    assert!(trust(3_710) > first, "sixty days are counted");
}

/// TRE-16
#[tokio::test(flavor = "multi_thread")]
async fn a_bridge_that_cant_be_reached_is_named_and_keeps_nobody_else_from_a_link() {
    let yard = Yard::with(&[]).await;
    for _ in 0..4 {
        yard.fleet(0).invite(None).unwrap();
    }
    let names = ["gone", "other", "full", "good"];
    for name in names {
        yard.relay(name).await;
        // as they all are taken in at once
        let mut fleet = yard.fleet(0);
        let descriptor = operator::descriptor(&yard.at(name)).unwrap();
        fleet.kept.tree.add_bridge().unwrap();
        fleet.kept.bridges.push(Bridge { relay: descriptor.id(), dir: yard.at(name), address: None });
        fleet.keep().unwrap();
    }
    let ids: Vec<String> = yard.fleet(0).bridges().into_iter().map(|bridge| bridge.id).collect();
    yard.moved(&yard.at("gone"), &yard.at("elsewhere"));
    yard.moved(&yard.at("other"), &yard.at("before"));
    yard.relay("other").await;
    std::fs::write(yard.at("full").join("invitations"), "no folder").unwrap();

    let dealt = yard.fleet(0).deal().unwrap();
    assert!(!dealt.links.is_empty() && dealt.links.iter().all(|link| link.bridge == yard.at("good")), "{dealt:?}");
    let named = |id: &String| dealt.unreachable.iter().find(|bridge| bridge.id == *id).unwrap();
    let (gone, other, full) = (named(&ids[0]), named(&ids[1]), named(&ids[2]));
    assert!(gone.address.as_ref().unwrap().starts_with("127.0.0.1:") && gone.reason.contains("no relay"), "{gone:?}");
    assert!(other.reason.contains("another relay") && full.reason.contains("invitations"), "{other:?} {full:?}");

    let fleet = yard.fleet(0);
    let states: Vec<_> = fleet.bridges().iter().map(|bridge| bridge.state).collect();
    assert_eq!(states, ["spare", "spare", "spare", "serves"], "nobody knows them");
    let connected = fleet.people().unwrap().into_iter().filter(|(_, one)| one.state == "connected").count();
    assert_eq!(connected, dealt.links.len(), "who got no link has no bridge");
    drop(fleet);

    let added = yard.fleet(0).add(&yard.at("elsewhere")).unwrap();
    assert_eq!((added.moved_from, &added.bridge.id), (Some(yard.at("gone")), &ids[0]));
    assert!(added.dealt.links.iter().all(|link| link.bridge == yard.at("elsewhere")), "{:?}", added.dealt);
    assert!(!added.dealt.links.is_empty() && added.bridge.people == added.dealt.links.len());
    assert!(matches!(yard.fleet(0).add(&yard.at("elsewhere")), Err(FleetError::Known(_))));
}

/// TRE-17
#[tokio::test(flavor = "multi_thread")]
async fn a_crash_leaves_nobody_with_a_bridge_and_no_link_and_no_link_that_nobody_was_shown() {
    let yard = Yard::with(&["one"]).await;
    let mut fleet = yard.fleet(0);
    let person = fleet.kept.tree.invite(None, &mut OsRng).unwrap();
    let bridge = fleet.kept.tree.standing(person).unwrap().bridge.unwrap();
    let mut dealt = Dealt::default();
    fleet.make(vec![(person, bridge)], &mut dealt, true).unwrap();
    assert_eq!((dealt.links.len(), yard.invitations(&yard.at("one")).len()), (1, 1));
    // the program ends before the new tree is written, and comes back while the folder is away
    drop(fleet);
    yard.moved(&yard.at("one"), &yard.at("away"));
    let mut fleet = yard.fleet(0);
    assert!(fleet.people().unwrap().is_empty());
    fleet.deal().unwrap();
    drop(fleet);
    yard.moved(&yard.at("away"), &yard.at("one"));
    let mut fleet = yard.fleet(0);
    assert_eq!(yard.invitations(&yard.at("one")), Vec::<String>::new(), "it is taken back");
    let (_, dealt) = fleet.invite(None).unwrap();
    assert_eq!(yard.invitations(&yard.at("one")), [name_of(&only(dealt))]);
    assert_eq!((fleet.kept.unwanted.len(), yard.fleet_text().contains("\"unwanted\":[]")), (0, true));

    // what is written last can't be written
    std::fs::create_dir(yard.at("fleet.json.new")).unwrap();
    let (made, before) = (fleet.kept.made.clone(), yard.invitations(&yard.at("one")));
    assert!(matches!(fleet.invite(None), Err(FleetError::File { .. })));
    assert_eq!((fleet.people().unwrap().len(), &fleet.kept.made), (1, &made));
    assert_eq!(yard.invitations(&yard.at("one")), before);
}

/// TRE-18
#[tokio::test(flavor = "multi_thread")]
async fn who_has_lost_her_link_gets_another_and_the_lost_one_opens_nothing() {
    let yard = Yard::with(&["one"]).await;
    let lost = only(yard.fleet(0).invite(None).unwrap().1);
    let again = yard.fleet(0).link(0, false).unwrap();
    assert_eq!((&again.unused, &again.used), (&vec![name_of(&lost)], &Vec::new()));
    let second = only(again.dealt);
    assert_eq!((second.person, &second.bridge), (0, &lost.bridge));
    assert_eq!(yard.invitations(&lost.bridge), [name_of(&second)]);

    yard.redeem(&lost.bridge, &second).await;
    let again = yard.fleet(0).link(0, false).unwrap();
    assert_eq!((&again.unused, &again.used), (&Vec::new(), &vec![name_of(&second)]));
    let third = only(again.dealt);
    assert_eq!(yard.invitations(&lost.bridge).len(), 2, "what was redeemed stays open");

    yard.redeem(&lost.bridge, &third).await;
    let again = yard.fleet(0).link(0, true).unwrap();
    assert_eq!(again.used, [name_of(&third)]);
    let left = yard.invitations(&lost.bridge);
    assert!(left.contains(&name_of(&second)) && left.contains(&name_of(&only(again.dealt))) && left.len() == 2);
    assert!(matches!(yard.fleet(0).link(7, false), Err(FleetError::Tree(TreeError::NoPerson))));
}

/// TRE-16, TRE-18
#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_cant_be_made_again_leaves_the_one_before_as_it_is() {
    let yard = Yard::with(&["one"]).await;
    let first = only(yard.fleet(0).invite(None).unwrap().1);
    yard.moved(&first.bridge, &yard.at("away"));
    let again = yard.fleet(0).link(0, true).unwrap();
    assert_eq!((again.dealt.links.len(), again.dealt.unreachable.len()), (0, 1));
    assert_eq!((again.person.state, again.unused.len() + again.used.len()), ("connected", 0));
    yard.moved(&yard.at("away"), &first.bridge);
    assert_eq!(yard.invitations(&first.bridge), [name_of(&first)]);
    yard.fleet(0).blocked(&first.bridge).unwrap();
    let again = yard.fleet(0).link(0, false).unwrap();
    assert_eq!((again.person.state, again.dealt), ("cut_off", Dealt::default()));
}

/// Of version 1, which did not keep what it had made.
#[tokio::test(flavor = "multi_thread")]
async fn a_fleet_from_before_goes_on_and_its_links_are_known_by_their_labels() {
    let yard = Yard::with(&["one"]).await;
    let first = only(yard.fleet(0).invite(None).unwrap().1);
    let mut text: serde_json::Value = serde_json::from_str(&yard.fleet_text()).unwrap();
    let fields = text.as_object_mut().unwrap();
    fields.insert("version".into(), 1.into());
    fields.remove("made");
    fields.remove("unwanted");
    fields["bridges"][0].as_object_mut().unwrap().remove("address");
    std::fs::write(yard.at("fleet.json"), text.to_string()).unwrap();
    operator::invite(&first.bridge, "a friend", 9).unwrap();
    let again = yard.fleet(0).link(0, false).unwrap();
    assert_eq!(again.unused, [name_of(&first)]);
    assert_eq!(yard.invitations(&first.bridge).len(), 2, "other invitations are left alone");
    assert!(yard.fleet(0).bridges()[0].address.is_some());
}

/// TRE-19
#[tokio::test(flavor = "multi_thread")]
async fn a_bridge_whose_folder_is_gone_is_named_by_what_the_fleet_knows_of_it() {
    let names = ["one", "two", "three", "four", "five", "six"];
    let yard = Yard::with(&names).await;
    let known = yard.fleet(0).bridges();
    let is = |fleet: &Fleet, name: &str| found::named(&fleet.kept.bridges, Path::new(name));
    let place = |fleet: &Fleet, name: &str| is(fleet, name).unwrap().0;
    let gone = yard.at("gone");
    std::fs::create_dir(&gone).unwrap();
    for name in names {
        yard.moved(&yard.at(name), &gone.join(name));
    }
    let mut fleet = yard.fleet(0);
    for (number, bridge) in (0u32..).zip(&known) {
        let address = bridge.address.as_ref().unwrap();
        let folder = bridge.dir.to_str().unwrap();
        let called = bridge.dir.file_name().unwrap().to_str().unwrap();
        let upper = bridge.id.to_uppercase();
        let url = format!("https://{address}/");
        for name in [folder, called, address, &url, &bridge.id, &upper, &bridge.id[..8]] {
            assert_eq!(place(&fleet, name), number, "{name}");
        }
        let elsewhere = gone.join(called);
        assert_eq!(place(&fleet, elsewhere.to_str().unwrap()), number, "a folder names its relay wherever it is");
    }
    for wrong in ["seven", "", &known[0].id[..7], "127.0.0.2", "127.0.0.1:1"] {
        let error = is(&fleet, wrong).unwrap_err();
        assert!(matches!(error, FleetError::Unknown(_)) && error.to_string().contains("fleet show"), "{error}");
    }
    let error = is(&fleet, "127.0.0.1").unwrap_err();
    let said = error.to_string();
    assert!(matches!(error, FleetError::Several { .. }) && known.iter().all(|one| said.contains(&one.id)), "{said}");
    let told = fleet.blocked(Path::new(&known[1].id)).unwrap();
    assert_eq!((told.bridge.state, told.bridge.dir.clone()), ("blocked", yard.at("two")));
    drop(fleet);

    yard.relay("three").await;
    let error = yard.fleet(0).blocked(&yard.at("three")).unwrap_err();
    assert!(matches!(&error, FleetError::Another { id, .. } if *id == known[2].id), "{error}");
    yard.relay("stranger").await;
    assert!(matches!(yard.fleet(0).blocked(&yard.at("stranger")), Err(FleetError::Unknown(_))));
}
