//! What a link says, who may redeem it, and how many are passed on.

use super::*;
use crate::hop::{self, HopBody, HopReply, RESPONSE_OVERHEAD_BYTES, RESPONSE_STEP_BYTES};
use wire::Secret32;

const SMALL_ANSWER_BYTES: usize = RESPONSE_STEP_BYTES + RESPONSE_OVERHEAD_BYTES;

const NOW: UnixMillis = UnixMillis(1_700_000_000_000);

fn bridge() -> (Bridge, SigningKey) {
    let inviter = SigningKey::from_bytes(&[1; 32]);
    let address = RelayAddress {
        host: "bridge.example".into(),
        port: 443,
        tls_pin: Some([3; 32]),
        secret_path: "0123456789abcdef0123456789abcdef".into(),
        dns: None,
    };
    let relay = RelayDescriptor { address: address.clone(), hop_key: vec![7; 40], operator: None, region: None }.id();
    let bridge = Bridge::new(relay, address, Token([5; 16]), NOW.plus_ms(60_000), NOW, &inviter);
    (bridge, inviter)
}

#[test]
fn a_link_survives_its_way_and_fits_into_a_small_qr() {
    let (bridge, inviter) = bridge();
    let link = bridge.to_link(&inviter).unwrap();
    assert!(link.len() < 400, "{} characters", link.len());
    assert!(UnverifiedBridge::is_link(&link));
    let web = link.replace("simurgh:bridge", "https://somewhere.example/b");
    for link in [link, web] {
        assert_eq!(UnverifiedBridge::parse(&link).unwrap().verify(NOW).unwrap(), bridge);
    }
}

#[test]
fn changed_expired_and_cut_links_are_refused_with_their_reason() {
    let (bridge, inviter) = bridge();
    let link = bridge.to_link(&inviter).unwrap();
    let parsed = UnverifiedBridge::parse(&link).unwrap();
    let mut changed = parsed.clone();
    changed.body.address.host = "police.example".into();
    assert_eq!(changed.verify(NOW), Err(BridgeError::Signature));
    assert_eq!(parsed.verify(NOW.plus_ms(60_000)), Err(BridgeError::Expired));
    assert_eq!(UnverifiedBridge::parse(&link[..link.len() - 4]), Err(BridgeError::Malformed));
    assert_eq!(UnverifiedBridge::parse("simurgh:bridge#"), Err(BridgeError::Malformed));
    assert_eq!(UnverifiedBridge::parse("simurgh:bridge#Ag"), Err(BridgeError::Version(2)));
    for bytes in [LINK_BYTES_MAX + 1, LINK_BYTES_MAX * 4] {
        let long = format!("simurgh:bridge#{}", URL_SAFE_NO_PAD.encode(vec![VERSION; bytes]));
        assert_eq!(UnverifiedBridge::parse(&long), Err(BridgeError::TooLong), "{bytes}");
    }
}

#[test]
fn an_address_that_nobody_could_reach_is_refused_and_a_life_is_never_longer_than_its_bound() {
    let (mut bridge, inviter) = bridge();
    bridge.address.secret_path = "../x".into();
    assert_eq!(UnverifiedBridge::parse(&bridge.to_link(&inviter).unwrap()), Err(BridgeError::Malformed));
    let long = Bridge::new(bridge.relay, bridge.address, bridge.token, UnixMillis(u64::MAX), NOW, &inviter);
    assert_eq!(long.expires(), NOW.plus_ms(LIFETIME_MS_MAX));
}

#[test]
fn a_token_is_redeemed_by_one_person_however_often_the_answer_gets_lost() {
    let token = Token([5; 16]);
    let mut invitation = Invitation::new(token, NOW.plus_ms(60_000));
    let (alice, mallory) = (Claim([1; 32]), Claim([2; 32]));
    assert_eq!(invitation.redeem(&alice, NOW), Ok(true));
    assert_eq!(invitation.redeem(&alice, NOW), Ok(false));
    assert_eq!(invitation.redeem(&alice, NOW.plus_ms(90_000)), Ok(false), "the answer came late");
    assert_eq!(invitation.redeem(&mallory, NOW), Err(RedemptionRefusal::Used));
    let mut late = Invitation::new(token, NOW);
    assert_eq!(late.redeem(&alice, NOW), Err(RedemptionRefusal::Expired));
    assert!(!late.is_used());
}

#[test]
fn one_link_comes_with_two_days_and_eight_in_all() {
    let later = |days: u64| NOW.plus_ms(days * DAY_MS);
    let mut guest = Guest::default();
    guest.arrives(NOW);
    guest.arrives(later(30));
    let mut given = Vec::new();
    for days in 0..40 {
        match guest.may_pass_on(later(days)) {
            Ok(()) => {
                guest.passed_on += 1;
                given.push(days);
            }
            Err(Friend::NotYet { from_s }) => {
                let from = UnixMillis(from_s * 1000);
                assert!(from > later(days) && from <= later(days + FRIEND_DAYS), "{days}");
                assert!(guest.may_pass_on(from).is_ok(), "{days}");
            }
            Err(other) => assert_eq!((other, guest.left()), (Friend::NoMore, 0), "{days}"),
        }
    }
    assert_eq!(given, [2, 4, 6, 8, 10, 12, 14, 16]);
}

/// MBX-59
#[test]
fn a_request_for_a_friend_s_link_and_every_answer_have_the_sizes_of_others() {
    let wanted = hop::encode_body(&HopBody::Friend(FriendRequest::default())).unwrap();
    let redeemed = hop::encode_body(&HopBody::Redeem(Redemption::new(Token([1; 16]), Claim([2; 32])))).unwrap();
    assert_eq!(wanted.len(), redeemed.len());
    let (bridge, inviter) = bridge();
    let link = bridge.to_link(&inviter).unwrap();
    let small = hop::encode_reply(&HopReply::Sealed(vec![0; SMALL_ANSWER_BYTES])).unwrap();
    for friend in
        [Friend::Link { link, left: 7 }, Friend::NotYet { from_s: NOW.seconds() }, Friend::NoMore, Friend::Full]
    {
        let answer = hop::encode_reply(&HopReply::Friend(FriendAnswer::new(friend).unwrap())).unwrap();
        assert_eq!(answer.len(), small.len());
    }
}

#[test]
fn links_for_friends_differ_by_inviter_number_and_relay() {
    let (secret, other) = (Secret32([1; 32]), Secret32([2; 32]));
    let tokens = std::collections::BTreeSet::from([
        friend_token(&secret, &[1; 32], 0),
        friend_token(&secret, &[1; 32], 1),
        friend_token(&secret, &[2; 32], 0),
        friend_token(&other, &[1; 32], 0),
    ]);
    assert_eq!(tokens.len(), 4);
    assert_eq!(friend_token(&secret, &[1; 32], 0), friend_token(&secret, &[1; 32], 0));
}

#[test]
fn paths_differ_by_person_link_and_relay() {
    let (secret, other) = (Secret32([1; 32]), Secret32([2; 32]));
    let token = Token([5; 16]);
    let claim = Claim([1; 32]);
    let paths = std::collections::BTreeSet::from([
        own_path(&secret, token, &claim),
        own_path(&secret, token, &Claim([2; 32])),
        own_path(&secret, Token([6; 16]), &claim),
        own_path(&other, token, &claim),
        link_path(&secret, token),
        link_path(&other, token),
    ]);
    assert_eq!(paths.len(), 6);
    assert!(paths.iter().all(|path| path.len() == 32));
}

#[test]
fn an_answer_of_another_relay_is_not_believed() {
    let (bridge, _) = bridge();
    let answer = |hop_key, path: &str| Redeemed { secret_path: path.into(), hop_key };
    let mine = bridge.redeemed(answer(vec![7; 40], "abc")).unwrap();
    assert_eq!((mine.id(), mine.address.secret_path.as_str()), (bridge.relay(), "abc"));
    assert_eq!(bridge.redeemed(answer(vec![8; 40], "abc")), None);
    assert_eq!(bridge.redeemed(answer(vec![7; 40], "a/b")), None);
}

#[test]
fn a_redemption_has_the_size_of_a_small_deposit() {
    let body = crate::hop::HopBody::Redeem(Redemption::new(Token([5; 16]), Claim([1; 32])));
    let small = crate::hop::REQUEST_STEP_BYTES + crate::hop::REQUEST_OVERHEAD_BYTES;
    let forward = crate::hop::HopRequest { target: RelayId([1; 32]), sealed: vec![0; small] };
    let deposit = crate::hop::HopBody::Forward(forward);
    let bytes = |body| crate::hop::encode_body(&body).unwrap().len();
    assert_eq!(bytes(body), bytes(deposit));
}

#[test]
fn a_redemption_is_known_by_its_first_bytes() {
    let (token, claim) = (Token([5; 16]), Claim([1; 32]));
    let redeem = crate::hop::HopBody::Redeem(Redemption::new(token, claim.clone()));
    let body = crate::hop::encode_body(&redeem).unwrap();
    let head = 1 + token.0.len() + claim.0.len();
    assert_eq!(crate::hop::redemption_head(&body[..head]), Some((token, claim)));
    assert_eq!(crate::hop::redemption_head(&body[..head - 1]), None);
    let run = crate::hop::encode_body(&crate::hop::HopBody::Run(vec![2; 100])).unwrap();
    assert_eq!(crate::hop::redemption_head(&run), None);
}
