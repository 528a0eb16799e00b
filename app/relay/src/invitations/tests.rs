//! What a link opens, for whom, and what may be passed on.

use super::*;
use mailbox::bridge::{FRIENDS_OF_BRIDGE_MAX, UnverifiedBridge};

const NOW: UnixMillis = UnixMillis(1_700_000_000_000);

/// A relay that nobody runs.
pub(crate) fn relay() -> RelayDescriptor {
    let address = RelayAddress {
        host: "bridge.example".into(),
        port: 443,
        tls_pin: Some([3; 32]),
        secret_path: "first".into(),
        dns: None,
    };
    RelayDescriptor { address, hop_key: vec![7; 40], operator: None, region: None }
}

fn made(dir: &Path, label: &str) -> (Token, String) {
    let token = draw();
    (token, invite(dir, label, token, NOW.plus_ms(60_000)).unwrap())
}

fn open(dir: &Path) -> Invitations {
    Invitations::open(dir, &relay(), FRIENDS_OF_BRIDGE_MAX).unwrap()
}

fn days(count: u64) -> UnixMillis {
    NOW.plus_ms(count * 24 * 60 * 60 * 1000)
}

/// Redeems a link; gives the name and what stands behind the path that it gave.
async fn come(doors: &Invitations, token: Token, now: UnixMillis) -> Access {
    let own = doors.redeem(token_hash(token), &Redemption::new(token, Claim([1; 32])), now).await.unwrap();
    doors.access(&format!("/{}", own.secret_path))
}

fn token_of(link: &str, now: UnixMillis) -> Token {
    let bridge = UnverifiedBridge::parse(link).unwrap().verify(now).unwrap();
    assert_eq!((bridge.relay(), bridge.address().host.as_str()), (relay().id(), "bridge.example"));
    bridge.token()
}

/// MBX-57, MBX-58
#[tokio::test]
async fn who_came_two_days_ago_passes_one_link_on_and_the_same_until_it_is_redeemed() {
    let dir = tempfile::tempdir().unwrap();
    let (token, _) = made(dir.path(), "alice");
    let name = token_hash(token);
    let doors = open(dir.path());
    assert_eq!(doors.befriend([9; 32], NOW).await, None, "nobody");
    assert_eq!(come(&doors, token, NOW).await, Access::Own(name));
    assert!(matches!(doors.befriend(name, days(1)).await, Some(Friend::NotYet { .. })));
    let Some(Friend::Link { link, left }) = doors.befriend(name, days(3)).await else { panic!("no link") };
    assert_eq!(left, 7);
    let doors = open(dir.path());
    let again = doors.befriend(name, days(9)).await;
    assert_eq!(again, Some(Friend::Link { link: link.clone(), left: 7 }), "also after a restart");

    let friend = token_of(&link, days(9));
    let friends = come(&doors, friend, days(9)).await;
    assert_eq!(friends, Access::Own(token_hash(friend)));
    let Some(Friend::Link { link: next, left: 6 }) = doors.befriend(name, days(9)).await else { panic!("no next") };
    assert_ne!(token_of(&next, days(9)), friend);
    assert!(matches!(doors.befriend(token_hash(friend), days(10)).await, Some(Friend::NotYet { .. })));
    let kept = list(dir.path()).unwrap();
    let passed_on: Vec<_> = kept.iter().filter(|one| one.inviter == Some(name)).collect();
    assert_eq!(passed_on.len(), 2);
    assert!(passed_on.iter().all(|one| one.label == "friend of alice"), "{passed_on:?}");
}

#[tokio::test]
async fn a_link_that_was_taken_back_or_ran_out_is_not_made_again_and_counts() {
    let dir = tempfile::tempdir().unwrap();
    let (token, _) = made(dir.path(), "");
    let name = token_hash(token);
    let doors = open(dir.path());
    come(&doors, token, NOW).await;
    let Some(Friend::Link { link, .. }) = doors.befriend(name, days(4)).await else { panic!("no link") };
    revoke(dir.path(), &token_hash(token_of(&link, days(4))), Take::Any).unwrap();
    doors.read_again().unwrap();
    let Some(Friend::Link { link: second, left }) = doors.befriend(name, days(4)).await else { panic!("none") };
    assert_eq!((link == second, left), (false, 6));
    let Some(Friend::Link { link: third, left }) = doors.befriend(name, days(30)).await else { panic!("none") };
    assert_eq!((second == third, left), (false, 5), "it had run out");
}

#[tokio::test]
async fn a_bridge_passes_on_no_more_than_it_takes_people() {
    let dir = tempfile::tempdir().unwrap();
    let guests: Vec<Token> = (0..3).map(|_| made(dir.path(), "").0).collect();
    let doors = open(dir.path());
    let mut given = 0;
    for guest in guests {
        come(&doors, guest, NOW).await;
        while let Some(Friend::Link { link, .. }) = doors.befriend(token_hash(guest), days(90)).await {
            come(&doors, token_of(&link, days(90)), days(90)).await;
            given += 1;
        }
    }
    assert_eq!(given, FRIENDS_OF_BRIDGE_MAX);
}

/// She would come back by a link that she kept for herself.
#[tokio::test]
async fn with_an_invitation_go_the_links_that_were_passed_on_and_nobody_has_used() {
    let dir = tempfile::tempdir().unwrap();
    let (token, _) = made(dir.path(), "");
    let name = token_hash(token);
    let doors = open(dir.path());
    come(&doors, token, NOW).await;
    let Some(Friend::Link { link: used, .. }) = doors.befriend(name, days(9)).await else { panic!("no link") };
    come(&doors, token_of(&used, days(9)), days(9)).await;
    let Some(Friend::Link { link: kept, .. }) = doors.befriend(name, days(9)).await else { panic!("no second") };
    assert_eq!(revoke(dir.path(), &name, Take::Any).unwrap(), Some(true));
    let left: Vec<_> = list(dir.path()).unwrap().into_iter().map(|one| one.invitation.name()).collect();
    assert_eq!(left, [token_hash(token_of(&used, days(9)))]);
    let back = token_of(&kept, days(9));
    assert_eq!(doors.redeem(token_hash(back), &Redemption::new(back, Claim([3; 32])), days(9)).await, None);
}

/// A crash on the way leaves her own to be taken back again.
#[tokio::test]
async fn an_invitation_goes_after_the_links_that_were_passed_on_for_it() {
    let dir = tempfile::tempdir().unwrap();
    let (token, _) = made(dir.path(), "");
    let name = token_hash(token);
    let doors = open(dir.path());
    come(&doors, token, NOW).await;
    let Some(Friend::Link { link, .. }) = doors.befriend(name, days(9)).await else { panic!("no link") };
    let link = file(&dir.path().join(FOLDER), &token_hash(token_of(&link, days(9))));
    let in_the_way = link.with_extension("json.new");
    std::fs::create_dir(&in_the_way).unwrap();
    assert!(revoke(dir.path(), &name, Take::Any).is_err());
    std::fs::remove_dir(&in_the_way).unwrap();
    assert_eq!(revoke(dir.path(), &name, Take::Any).unwrap(), Some(true));
    assert_eq!(list(dir.path()).unwrap(), []);
}

/// Too many files are open, or a disk fails.
#[tokio::test]
async fn what_cannot_be_read_stays_as_it_was_known() {
    let dir = tempfile::tempdir().unwrap();
    let (token, _) = made(dir.path(), "");
    let (name, folder) = (token_hash(token), dir.path().join(FOLDER));
    let doors = open(dir.path());
    let own = doors.redeem(name, &Redemption::new(token, Claim([1; 32])), NOW).await.unwrap();
    let is_in = || doors.access(&format!("/{}", own.secret_path)) == Access::Own(name);
    let away = dir.path().join("away");
    std::fs::rename(&folder, &away).unwrap();
    std::fs::write(&folder, "no folder").unwrap();
    assert!(doors.read_again().is_err() && is_in());
    assert!(Invitations::open(dir.path(), &relay(), 0).is_err(), "a relay does not begin without its people");
    std::fs::remove_file(&folder).unwrap();
    std::fs::rename(&away, &folder).unwrap();

    let path = file(&folder, &name);
    std::fs::write(&path, "damaged").unwrap();
    assert!(doors.read_again().unwrap() && is_in());
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    assert!(!doors.read_again().unwrap() && is_in(), "it is looked at again");
    std::fs::remove_dir(&path).unwrap();
    assert!(doors.read_again().unwrap() && !is_in());
}

/// A crash between the two writes: the link is there and is not counted yet.
#[tokio::test]
async fn a_link_that_was_made_just_before_a_crash_is_given_or_passed_over_and_never_made_anew() {
    for is_used in [false, true] {
        let dir = tempfile::tempdir().unwrap();
        let (token, _) = made(dir.path(), "");
        let name = token_hash(token);
        let doors = open(dir.path());
        come(&doors, token, NOW).await;
        let path = file(&dir.path().join(FOLDER), &name);
        let before = std::fs::read(&path).unwrap();
        let Some(Friend::Link { link, .. }) = doors.befriend(name, days(9)).await else { panic!("no link") };
        if is_used {
            come(&doors, token_of(&link, days(9)), days(9)).await;
        }
        std::fs::write(&path, before).unwrap();
        let doors = open(dir.path());
        let Some(Friend::Link { link: again, left }) = doors.befriend(name, days(9)).await else { panic!("none") };
        assert_eq!((again == link, left), (!is_used, if is_used { 6 } else { 7 }));
        let kept = list(dir.path()).unwrap();
        let used = kept.iter().filter(|one| one.inviter.is_some() && one.invitation.is_used()).count();
        assert_eq!(used, usize::from(is_used), "who came stays");
    }
}

#[tokio::test]
async fn where_the_operator_wants_none_nobody_passes_a_link_on() {
    let dir = tempfile::tempdir().unwrap();
    let (token, _) = made(dir.path(), "");
    let doors = Invitations::open(dir.path(), &relay(), 0).unwrap();
    come(&doors, token, NOW).await;
    assert_eq!(doors.befriend(token_hash(token), days(90)).await, Some(Friend::Full));
    assert_eq!(list(dir.path()).unwrap().len(), 1);
}

/// A relay that was set up before knows of nobody since when she is there.
#[tokio::test]
async fn who_came_to_an_older_program_is_known_from_when_she_asks() {
    let dir = tempfile::tempdir().unwrap();
    let (token, _) = made(dir.path(), "");
    let name = token_hash(token);
    come(&open(dir.path()), token, NOW).await;
    let path = file(&dir.path().join(FOLDER), &name);
    let mut kept: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    kept.as_object_mut().unwrap().remove("guest");
    std::fs::write(&path, kept.to_string()).unwrap();
    let doors = open(dir.path());
    assert!(matches!(doors.befriend(name, days(50)).await, Some(Friend::NotYet { .. })));
    let doors = open(dir.path());
    assert!(matches!(doors.befriend(name, days(52)).await, Some(Friend::Link { .. })));
}

#[tokio::test]
async fn a_link_opens_one_path_for_one_person_and_a_restart_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (token, link) = made(dir.path(), "a friend");
    let (name, link) = (token_hash(token), format!("/{link}"));
    let doors = open(dir.path());
    assert_eq!(doors.access("/first"), Access::Relay);
    assert_eq!(doors.access(&link), Access::Link(name));
    assert_eq!(doors.access("/other"), Access::Website);
    let (alice, mallory) = (Redemption::new(token, Claim([1; 32])), Redemption::new(token, Claim([2; 32])));
    assert_eq!(doors.redeem(name, &Redemption::new(Token([0; 16]), Claim([1; 32])), NOW).await, None);
    let own = doors.redeem(name, &alice, NOW).await.unwrap();
    assert_eq!(doors.access(&format!("/{}", own.secret_path)), Access::Own(name));

    let doors = open(dir.path());
    assert_eq!(doors.redeem(name, &mallory, NOW).await, None);
    assert_eq!(doors.redeem(name, &alice, NOW).await, Some(own.clone()));
    assert_eq!(doors.access(&format!("/{}", own.secret_path)), Access::Own(name));
    let kept = std::fs::read_to_string(file(&dir.path().join(FOLDER), &name)).unwrap();
    assert!(!kept.contains(&own.secret_path) && !kept.contains(&link[1..]), "{kept}");
}

/// The relay looks at the folder each second only.
#[tokio::test]
async fn what_was_just_revoked_is_not_redeemed_and_does_not_come_back() {
    let dir = tempfile::tempdir().unwrap();
    let (token, link) = made(dir.path(), "");
    let doors = open(dir.path());
    assert_eq!(revoke(dir.path(), &token_hash(token), Take::Any).unwrap(), Some(false));
    assert_eq!(doors.redeem(token_hash(token), &Redemption::new(token, Claim([1; 32])), NOW).await, None);
    assert_eq!(list(dir.path()).unwrap(), []);
    doors.read_again().unwrap();
    assert_eq!(doors.access(&format!("/{link}")), Access::Website);
}

#[tokio::test]
async fn what_is_revoked_is_a_website_again() {
    let dir = tempfile::tempdir().unwrap();
    let (token, link) = made(dir.path(), "");
    let doors = open(dir.path());
    let own = doors.redeem(token_hash(token), &Redemption::new(token, Claim([1; 32])), NOW).await.unwrap();
    assert_eq!(revoke(dir.path(), &token_hash(token), Take::Unused).unwrap(), Some(true));
    assert_eq!(list(dir.path()).unwrap().len(), 1, "what was redeemed stays until it is closed");
    assert_eq!(revoke(dir.path(), &token_hash(token), Take::Any).unwrap(), Some(true));
    assert_eq!(revoke(dir.path(), &token_hash(token), Take::Any).unwrap(), None);
    doors.read_again().unwrap();
    assert_eq!(doors.access(&format!("/{link}")), Access::Website);
    assert_eq!(doors.access(&format!("/{}", own.secret_path)), Access::Website);
}
