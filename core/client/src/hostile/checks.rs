//! The checks of everything that a stranger's bytes reach here: links, network files, what comes out of mailboxes,
//! and what chain nodes answer. Each says whether the bytes were taken, and panics where a rule is broken.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::arithmetic_side_effects,
    reason = "tests: a failure is a panic"
)]

use crate::client::{Client, Setup};
use crate::command::ChainQuery;
use crate::explore;
use crate::introduce::REPLICAS;
use crate::invite::{Invite, InviteRelay, RELAYS_MAX, UnverifiedInvite};
use crate::live::Live;
use crate::network::NetworkInfo;
use crate::receive::{decode_envelope, decode_part};
use crate::record::{
    Body, ContactRecord, ENVELOPE_VERSION, Envelope, Hello, Introduction, Move, Offer, Part, PayAddress, PeerQueue,
    Session, decode, encode,
};
use crate::store::memory::{MemoryDisk, MemoryStore, MemoryTransaction};
use crate::store::{Store, Transaction};
use crate::talk::PARTS_MAX;
use crate::view::{ContactId, ContactState, MessageId, PAGE_MAX};
use crate::wallet::{friendly, parse_address};
use crate::work::{Work, contact_view};
use chain::light::LightResponse;
use e2ee::conversation::{Conversation, KeyPackageBytes, WelcomeBytes, new_key_package};
use e2ee::{DeviceKey, DeviceProof, Root};
use ed25519_dalek::SigningKey;
use mailbox::SendCapability;
use openmls_memory_storage::MemoryStorage;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use std::collections::BTreeSet;
use std::sync::OnceLock;
use wire::hostile::assert_one_form;
use wire::{Gram, RelayAddress, RelayDescriptor, RelayId, Secret32, UnixMillis, codec};

pub(crate) const NOW: UnixMillis = UnixMillis(1_800_000_000_000);
const GENESIS_HASH: [u8; 32] = [9; 32];
const NOWHERE: PayAddress = PayAddress([0; 32]);

/// An invite (INV-1 to INV-4): the bytes of one, or a whole text with something before its `#`.
#[must_use]
pub fn invite(bytes: &[u8]) -> bool {
    use base64::Engine as _;
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.contains('#')).map(str::to_owned);
    let fragment = || base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes);
    let Ok(invite) = UnverifiedInvite::parse(&text.unwrap_or_else(|| format!("#{}", fragment()))) else { return false };
    let Ok(invite) = invite.verify(&GENESIS_HASH, NOW) else { return false };
    assert!((1..=RELAYS_MAX).contains(&invite.relays().len()) && invite.expires() > NOW);
    for relay in invite.relays() {
        if let InviteRelay::Bridge(descriptor) = relay {
            assert!(descriptor.clone().checked().is_ok());
        }
    }
    assert_eq!(invite.identity(), &inviter().verifying_key().to_bytes(), "somebody else's signature");
    let again = UnverifiedInvite::parse(&invite.to_link(&inviter()).unwrap()).unwrap();
    assert_eq!(again.verify(&GENESIS_HASH, NOW), Ok(invite));
    true
}

/// A network file.
#[must_use]
pub fn network_file(bytes: &[u8]) -> bool {
    let Some(info) = std::str::from_utf8(bytes).ok().and_then(|text| NetworkInfo::from_json(text).ok()) else {
        return false;
    };
    assert_eq!(NetworkInfo::from_json(&info.to_json().unwrap()).unwrap(), info);
    true
}

/// What a cell of a contact's queue holds behind its encryption (E2E-41): kept until its turn, or not at all.
#[must_use]
pub fn part(bytes: &[u8]) -> bool {
    let Some(part) = decode_part(bytes) else { return false };
    assert!((1..=PARTS_MAX).contains(&part.parts) && part.part < part.parts && part.sequence > 0);
    assert_one_form(bytes, &part, codec::encode, |bytes| decode_part(bytes).ok_or(()));
    undone(|work, contact| {
        work.part_received(contact, &part).expect("a stranger's part counts as a failure of this client");
    });
    true
}

/// What a contact encrypted (E2E-42 to E2E-47): taken, or passed over with a notice; the client goes on either way.
/// Nobody can guess a device's proof, so one of zeros stands for the right one.
#[must_use]
pub fn envelope(bytes: &[u8]) -> bool {
    let Some(envelope) = decode_envelope(bytes) else { return false };
    let encoded = |envelope: &Envelope| codec::encode(&(ENVELOPE_VERSION, envelope));
    assert_one_form(bytes, &envelope, encoded, |bytes| decode_envelope(bytes).ok_or(()));
    let mut meant = envelope;
    if let Body::Hello(hello) = &mut meant.body
        && hello.proof == no_proof()
    {
        hello.proof = person().proof.clone();
    }
    let plain = encoded(&meant).unwrap();
    undone(|work, mut contact| {
        let id = contact.id;
        work.take_plain(&mut contact, &plain).expect("a contact's words count as a failure of this client");
        contact.next_in += 1;
        work.flush(&mut contact).unwrap();
        work.save_contact(&contact).unwrap();
        let contact = work.contact(id).unwrap().unwrap();
        assert!(contact.peer_queues.len() <= REPLICAS, "more queues than there are copies");
        crate::work::conversation_view(work.tx, &contact).unwrap();
        work.list_messages(&contact.name, None, PAGE_MAX).unwrap();
        contact_view(&contact);
    });
    true
}

/// What the cells of a link hold behind their encryption: an offer, an introduction (INV-6, INV-8).
#[must_use]
pub fn introduction(bytes: &[u8]) -> bool {
    let offer = decode::<Offer>(bytes).ok();
    if let Some(offer) = &offer {
        assert!(decode::<Offer>(&encode(offer).unwrap()).is_ok());
        undone(|work, contact| {
            let name = work.free_name(&offer.name, Some(contact.id)).unwrap();
            assert!(!name.is_empty() && wire::text::clean_name(&name, name.chars().count()) == name);
        });
    }
    let introduction = decode::<Introduction>(bytes).ok();
    if let Some(introduction) = &introduction {
        assert!(decode::<Introduction>(&encode(introduction).unwrap()).is_ok());
    }
    offer.is_some() || introduction.is_some()
}

/// A chain node's answer to each question of a person (CHN-90 to CHN-96): shown, or said to be wrong.
#[must_use]
pub fn chain_answer(bytes: &[u8]) -> bool {
    let Ok(response) = LightResponse::decode(bytes) else { return false };
    let address = format!("0:{}", "11".repeat(32));
    let asked = [
        ChainQuery::Status,
        ChainQuery::Blocks { before: None, limit: 8 },
        ChainQuery::Block { workchain: -1, shard: None, seqno: 1 },
        ChainQuery::Account { address },
        ChainQuery::Transaction { hash: [0x11; 32] },
    ];
    let network = &person().setup.network;
    let answers = asked.iter().map(|query| explore::answer(query, response.clone(), network));
    answers.filter(Result::is_ok).count() > 0
}

/// An address as people and links write it.
#[must_use]
pub fn address(bytes: &[u8]) -> bool {
    let Some(address) = std::str::from_utf8(bytes).ok().and_then(|text| parse_address(text).ok()) else { return false };
    assert_eq!(parse_address(&address.to_string()).unwrap(), address);
    assert_eq!(parse_address(&friendly(&address)).unwrap(), address);
    true
}

/// Seeds that take keys to make: target, name, bytes.
#[must_use]
pub fn made_seeds() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    use base64::Engine as _;
    let link = |relay: InviteRelay| {
        let invite = Invite::new(&GENESIS_HASH, &inviter(), Secret32([2; 32]), vec![relay], NOW);
        invite.to_link(&inviter()).unwrap()
    };
    let known = link(InviteRelay::Known(RelayId([5; 32])));
    let (_, fragment) = known.split_once('#').unwrap();
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(fragment).unwrap();
    let id = MessageId([4; 16]);
    let to = person().account;
    let queue = PeerQueue { relay: InviteRelay::Bridge(Box::new(relay(3))), send: SendCapability(Secret32([5; 32])) };
    let hello = Hello { name: "آرش".into(), proof: no_proof(), queues: vec![queue], pay_to: to };
    let said = |body| codec::encode(&(ENVELOPE_VERSION, Envelope { sequence: 1, ack: 0, read: 0, body })).unwrap();
    let (amount, comment) = (Gram::from(5), "tea".to_owned());
    let part = Part { sequence: 1, part: 0, parts: 1, bytes: b"salaam".to_vec() };
    let offer = Offer { key_package: KeyPackageBytes(vec![1; 8]), name: "آرش".into() };
    vec![
        ("client_invite", "bytes", bytes),
        ("client_invite", "link", known.into_bytes()),
        ("client_invite", "bridge", link(InviteRelay::Bridge(Box::new(relay(3)))).into_bytes()),
        ("client_network_file", "two-relays", person().setup.network.to_json().unwrap().into_bytes()),
        ("client_part", "whole", codec::encode(&part).unwrap()),
        ("client_part", "first-of-two", codec::encode(&Part { parts: 2, ..part }).unwrap()),
        ("client_envelope", "hello", said(Body::Hello(hello))),
        ("client_envelope", "receipt", said(Body::Receipt)),
        ("client_envelope", "text", said(Body::Text { id, at: NOW, text: "سلام".into(), reply_to: Some(id) })),
        ("client_envelope", "pay-to", said(Body::PayTo(to))),
        ("client_envelope", "payment", said(Body::Payment { id, at: NOW, to, amount, comment: comment.clone() })),
        ("client_envelope", "move", said(Body::Move(Move { number: 1, queues: queues_at(&[relay(1), relay(2)]) }))),
        ("client_envelope", "moved", said(Body::Moved { number: 1, taken: true })),
        ("client_envelope", "paid", said(Body::Paid { id, at: NOW, to, amount, comment, by: [7; 32] })),
        ("client_introduction", "offer", encode(&offer).unwrap()),
        (
            "client_introduction",
            "introduction",
            encode(&Introduction { welcome: WelcomeBytes(vec![2; 8]), hello: vec![3; 8] }).unwrap(),
        ),
        ("client_address", "raw", format!("-1:{}", "5".repeat(64)).into_bytes()),
        (
            "client_address",
            "friendly",
            friendly(&parse_address(&format!("0:{}", "a".repeat(64))).unwrap()).into_bytes(),
        ),
    ]
}

/// Somebody with one contact that has just been connected.
struct Person {
    disk: MemoryDisk,
    setup: Setup,
    contact: ContactId,
    /// The contact's device proof.
    proof: DeviceProof,
    /// Where the contact pays to.
    account: PayAddress,
}

fn person() -> &'static Person {
    static PERSON: OnceLock<Person> = OnceLock::new();
    PERSON.get_or_init(|| {
        let network = NetworkInfo {
            name: "test".into(),
            genesis_hash: GENESIS_HASH,
            program_key: None,
            validators: vec![inviter().verifying_key().to_bytes()],
            relays: vec![relay(1), relay(2)],
            devnet: true,
            carrier_key: None,
            carrier_profile: None,
        };
        let setup = Setup { root: Root::from_seed(&Secret32([7; 32])), network, name: "Sara".into(), region: None };
        let disk = MemoryDisk::new();
        Client::open(MemoryStore::open(&disk), setup.clone(), NOW, &mut rng()).unwrap();
        let mut person = Person { disk, setup, contact: ContactId([0; 16]), proof: no_proof(), account: NOWHERE };
        let mut store = MemoryStore::open(&person.disk.clone());
        let mut tx = store.begin().unwrap();
        let made = befriended(&mut tx, &person.setup);
        tx.commit().unwrap();
        (person.contact, person.proof, person.account) = made;
        person
    })
}

/// Makes a contact who is connected; gives it, its proof, and the account that it was told.
pub(crate) fn befriended(tx: &mut MemoryTransaction<'_>, setup: &Setup) -> (ContactId, DeviceProof, PayAddress) {
    let theirs = MemoryStorage::default();
    let package = new_key_package(&theirs, false, &mut rng()).unwrap();
    let mut live = Live::new(&setup.network);
    let mut rng = rng();
    let mut work = work(tx, &mut live, setup, &mut rng);
    let (own, group, welcome) = Conversation::create(work.tx.mls(), &package, &mut self::rng()).unwrap();
    let cells = own.export("simurgh/cells/1").unwrap();
    drop(own);
    let (conversation, _) = Conversation::join(&theirs, &welcome).unwrap();
    let device = DeviceKey::random(&SigningKey::from_bytes(&[8; 32]), &mut self::rng());
    let proof = device.prove(&conversation.binding().unwrap(), &conversation.own_leaf_key().unwrap());
    let mut contact = work.new_contact("Arash").unwrap();
    contact.session = Some(Session { group, cells, creator: true });
    contact.state = ContactState::Connected;
    let account = work.fresh_account(&mut contact).unwrap();
    work.save_contact(&contact).unwrap();
    (contact.id, proof, account)
}

/// Works on the person's contact in a transaction that is taken back.
pub(crate) fn undone(run: impl FnOnce(&mut Work<'_, MemoryTransaction<'_>>, ContactRecord)) {
    let person = person();
    let mut store = MemoryStore::open(&person.disk);
    let mut tx = store.begin().unwrap();
    let mut live = Live::new(&person.setup.network);
    let mut rng = rng();
    let mut work = work(&mut tx, &mut live, &person.setup, &mut rng);
    let contact = work.contact(person.contact).unwrap().unwrap();
    run(&mut work, contact);
}

pub(crate) fn work<'a, T: Transaction>(
    tx: &'a mut T,
    live: &'a mut Live,
    setup: &'a Setup,
    rng: &'a mut ChaCha20Rng,
) -> Work<'a, T> {
    Work { tx, rng, now: NOW, setup, live, events: Vec::new(), touched: BTreeSet::new() }
}

/// Queues of a contact at these relays.
pub(crate) fn queues_at(relays: &[RelayDescriptor]) -> Vec<PeerQueue> {
    let queue = |(number, one): (u8, &RelayDescriptor)| PeerQueue {
        relay: InviteRelay::Known(one.id()),
        send: SendCapability(Secret32([number; 32])),
    };
    (1..).zip(relays).map(queue).collect()
}

fn no_proof() -> DeviceProof {
    codec::decode(&[[0; 64].as_slice(), &[64], &[0; 64], &[64], &[0; 64]].concat(), 256).unwrap()
}

pub(crate) fn relay(number: u8) -> RelayDescriptor {
    let address = RelayAddress {
        host: "relay.example".into(),
        port: 443,
        tls_pin: Some([number; 32]),
        secret_path: "p".into(),
        dns: None,
    };
    RelayDescriptor { address, hop_key: vec![number; 8], operator: None, region: None }
}

fn inviter() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

fn rng() -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::DepositKey;
    use crate::store::MessageRow;
    use crate::talk::WINDOW;
    use crate::view::{MessageKind, Payment, PaymentState};
    use wire::hostile::storm;
    use wire::seeds;

    #[test]
    fn invites_of_strangers_are_refused_or_signed() {
        storm(seeds!("client_invite": "bytes", "link", "bridge"), 10_000, invite);
    }

    #[test]
    fn network_files_of_strangers_are_refused_or_have_one_form() {
        storm(seeds!("client_network_file": "two-relays"), 5_000, network_file);
    }

    #[test]
    fn parts_of_strangers_are_kept_or_not_and_stop_nobody() {
        storm(seeds!("client_part": "whole", "first-of-two"), 500, part);
    }

    #[test]
    fn words_of_contacts_are_taken_or_passed_over_and_stop_nobody() {
        let seeds = seeds!("client_envelope": "hello", "receipt", "text", "pay-to", "payment", "paid", "move", "moved");
        storm(seeds, 3_000, envelope);
    }

    #[test]
    fn introductions_of_strangers_are_read_or_refused() {
        storm(seeds!("client_introduction": "offer", "introduction"), 5_000, introduction);
    }

    #[test]
    fn answers_of_chain_nodes_are_shown_or_said_to_be_wrong() {
        storm(seeds!("client_chain_answer": "head", "blocks", "refused-sent"), 5_000, chain_answer);
    }

    #[test]
    fn a_message_waits_until_two_relays_have_it_also_when_its_turn_has_not_come() {
        undone(|work, mut contact| {
            let relays = [relay(1), relay(2), relay(3)];
            relays
                .iter()
                .for_each(|one| assert!(work.live.learn(&InviteRelay::Bridge(Box::new(one.clone()))).is_some()));
            contact.peer_queues = queues_at(&relays);
            let first = contact.next_out;
            work.send_quietly(&mut contact, Body::Receipt).unwrap();
            work.save_contact(&contact).unwrap();
            assert_eq!(work.messages_waiting().unwrap(), 0, "a receipt is no message");

            let written = WINDOW + 2;
            for _ in 0..written {
                work.send_text(&contact.id.to_string(), "سلام".into(), None, None).unwrap();
            }
            assert_eq!(work.messages_waiting().unwrap(), written);

            let mut deposit = |sequence, queue: &PeerQueue| {
                let key = DepositKey { contact: contact.id, sequence, send: queue.send.id(), part: 0 };
                work.deposited(key).unwrap();
                work.messages_waiting().unwrap()
            };
            let [one, other, _] = contact.peer_queues.as_slice() else { panic!("three") };
            deposit(first, one);
            deposit(first, other);
            assert_eq!(deposit(first + 1, one), written, "one disk is not enough");
            assert_eq!(deposit(first + 1, other), written - 1);

            for sequence in first + 2..first + WINDOW {
                deposit(sequence, one);
                deposit(sequence, other);
            }
            work.live.drop_deposits(contact.id, 0, u64::MAX);
            assert_eq!(work.messages_waiting().unwrap(), 3, "those behind a full window wait also when all of it lies");
        });
    }

    /// E2E-44, E2E-46: what was accepted weeks ago may be on no disk any more, whether the client was closed or not.
    #[test]
    fn nothing_is_accepted_behind_a_message_that_is_deposited_anew() {
        deposited_anew(true);
        deposited_anew(false);
    }

    fn deposited_anew(was_closed: bool) {
        undone(|work, mut contact| {
            contact.peer_queues = queues_at(&[relay(1), relay(2)]);
            let first = contact.next_out;
            work.send_quietly(&mut contact, Body::Receipt).unwrap();
            work.save_contact(&contact).unwrap();
            let sends: Vec<_> = contact.peer_queues.iter().map(|queue| queue.send.id()).collect();
            let deposit = |work: &mut Work<'_, MemoryTransaction<'_>>, sequence| {
                for send in sends.iter().copied() {
                    work.deposited(DepositKey { contact: contact.id, sequence, send, part: 0 }).unwrap();
                }
                work.messages_waiting().unwrap()
            };
            deposit(work, first);
            work.now = NOW.plus_ms(15 * crate::talk::DAY_MS);
            if was_closed {
                work.live.accepted.clear();
            }
            work.daily().unwrap();
            work.send_text(&contact.id.to_string(), "سلام".into(), None, None).unwrap();
            assert_eq!(deposit(work, first + 1), 1);
            assert_eq!(deposit(work, first), 0);
        });
    }

    #[test]
    fn a_payment_that_is_being_made_is_no_message_that_waits() {
        undone(|work, mut contact| {
            let payment = MessageRow {
                payment: encode(&Payment {
                    amount: Gram::from(5),
                    fee: Gram::from(1),
                    state: PaymentState::Sending,
                    transaction: None,
                    comment: String::new(),
                    reason: None,
                })
                .unwrap(),
                ..work.new_row(&mut contact, MessageId([1; 16]), true, MessageKind::Payment, String::new())
            };
            work.put_message(&contact, &payment).unwrap();
            work.save_contact(&contact).unwrap();
            work.send_text(&contact.id.to_string(), "سلام".into(), None, None).unwrap();
            assert_eq!(work.messages_waiting().unwrap(), 1);
        });
    }

    #[test]
    fn addresses_of_strangers_are_refused_or_have_their_forms() {
        storm(seeds!("client_address": "raw", "friendly"), 20_000, address);
    }
}
