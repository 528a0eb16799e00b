//! What goes into a bundle and what becomes of one.

use super::*;
use crate::client::{Client, Setup};
use crate::command::Command;
use crate::hostile::checks;
use crate::network::NetworkInfo;
use crate::record::Body as Said;
use crate::store::memory::{MemoryDisk, MemoryStore};
use crate::transport::CELL_LIFETIME_MS;
use crate::view::{MessageId, PaymentState};
use crate::wallet::Promise;
use e2ee::Root;
use mailbox::CellSize;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use wire::Gram;
use wire::UnixMillis;

const NOW: UnixMillis = UnixMillis(1_800_000_000_000);
const DAY_MS: u64 = 86_400_000;

fn open_client(disk: &MemoryDisk, rng: &mut ChaCha20Rng) -> Client<MemoryStore> {
    let network = NetworkInfo::of(Vec::new());
    let setup = Setup { root: Root::from_seed(&Secret32([7; 32])), network, name: "Sara".into(), region: None };
    Client::open(MemoryStore::open(disk), setup, NOW, rng).unwrap()
}

/// A bundle of one cell for somebody else, who may deposit it.
fn of_others(number: u8, day: Day) -> Vec<u8> {
    let cell = Cell::new(vec![number; CellSize::Small.bytes()]).unwrap();
    let right = CarriedRight { relay: RelayId([4; 32]), sealed: vec![5; RIGHT_BYTES_MAX] };
    let item = Item { tag: Tag([number; 16]), day, right: Some(right), cell };
    bundle::encode(&Body::Open(Contents { items: vec![item] })).unwrap()
}

fn import(client: &mut Client<MemoryStore>, bytes: Vec<u8>, rng: &mut ChaCha20Rng) -> BundleTaken {
    match client.handle_command(Command::BundleImport { bytes, carry: true }, NOW, rng).unwrap() {
        Reply::Taken(taken) => taken,
        other => panic!("{other:?}"),
    }
}

/// BUN-2: of a bundle that is cut off, changed or too long nothing is kept, so the whole one is new.
#[test]
fn a_broken_bundle_is_refused_with_its_reason_and_leaves_nothing() {
    let rng = &mut ChaCha20Rng::seed_from_u64(1);
    let mut client = open_client(&MemoryDisk::new(), rng);
    let whole = of_others(1, Day::of(NOW));
    let mut changed = whole.clone();
    *changed.last_mut().unwrap() ^= 1;
    let mut long = whole.clone();
    long[9..13].copy_from_slice(&u32::MAX.to_le_bytes());
    type Expected = fn(&BundleError) -> bool;
    let broken: [(Vec<u8>, Expected); 4] = [
        (whole[..whole.len() - 1].to_vec(), |error| matches!(error, BundleError::CutOff { .. })),
        (changed, |error| *error == BundleError::Changed),
        (long, |error| matches!(error, BundleError::TooLong(_))),
        ([&whole[..], b"x"].concat(), |error| *error == BundleError::Trailing(1)),
    ];
    for (bytes, expected) in broken {
        let refused = client.handle_command(Command::BundleImport { bytes, carry: true }, NOW, rng);
        assert!(matches!(&refused, Err(CommandError::Bundle(error)) if expected(error)), "{refused:?}");
    }
    let taken = import(&mut client, whole, rng);
    assert_eq!((taken.carried, taken.known, taken.refused), (1, 0, 0), "{taken:?}");
}

/// BUN-21: the same bundle again changes nothing, also after a restart.
#[test]
fn a_bundle_that_comes_again_is_known_and_carried_once() {
    let rng = &mut ChaCha20Rng::seed_from_u64(2);
    let disk = MemoryDisk::new();
    let mut client = open_client(&disk, rng);
    assert_eq!(import(&mut client, of_others(1, Day::of(NOW)), rng).carried, 1);
    for restart in [false, true] {
        if restart {
            client = open_client(&disk, rng);
        }
        let again = import(&mut client, of_others(1, Day::of(NOW)), rng);
        assert_eq!((again.carried, again.known), (0, 1), "{again:?}");
    }
    let export = Command::BundleExport { to: Vec::new(), carry: true, bytes_max: usize::MAX };
    let made = client.handle_command(export, NOW, rng).unwrap();
    assert!(matches!(&made, Reply::Bundle(made) if made.carried == 1), "{made:?}");
}

/// BUN-22: who says a day that is still to come keeps a cell here no longer than others do, and it is told.
#[test]
fn a_bundle_from_the_future_counts_as_of_today_and_one_that_is_too_old_is_of_no_use() {
    let rng = &mut ChaCha20Rng::seed_from_u64(3);
    let mut client = open_client(&MemoryDisk::new(), rng);
    let today = Day::of(NOW);
    let days = [(today.0 + 1, false), (today.0 + 2, true), (u32::MAX, true)];
    for (number, (day, from_future)) in (1..).zip(days) {
        let taken = import(&mut client, of_others(number, Day(day)), rng);
        assert_eq!((taken.carried, taken.from_future), (1, from_future), "day {day}: {taken:?}");
    }
    let lifetime_days = u32::try_from(CELL_LIFETIME_MS / DAY_MS).unwrap();
    for (number, day) in [(11, today.0 - lifetime_days), (12, 0)] {
        let taken = import(&mut client, of_others(number, Day(day)), rng);
        assert_eq!((taken.carried, taken.refused, taken.from_future), (0, 1, false), "day {day}: {taken:?}");
    }
    let over = today.begins().plus_ms(CELL_LIFETIME_MS);
    client.handle_timeout(over, rng).unwrap();
    let export = Command::BundleExport { to: Vec::new(), carry: true, bytes_max: usize::MAX };
    let made = client.handle_command(export, over, rng).unwrap();
    assert!(matches!(&made, Reply::Bundle(made) if made.carried == 0), "{made:?}");
}

#[test]
fn a_message_has_one_cell_and_another_one_has_another_nonce_under_the_same_key_and_name() {
    let cell = |content: u8| {
        let padded = mailbox::cell::pad(&[content], mailbox::CellSize::Small, SEAL_OVERHEAD_BYTES).unwrap();
        let unsealed = UnsealedCell { id: CellId([1; 16]), key: Secret32([2; 32]), padded };
        sealed_cell(&unsealed).unwrap().1
    };
    assert_eq!(cell(1).as_bytes(), cell(1).as_bytes());
    let nonce = |content: u8| cell(content).as_bytes()[..NONCE_BYTES].to_vec();
    assert_ne!(nonce(1), nonce(2));
}

#[test]
fn a_payment_that_only_goes_on_is_no_new_message() {
    checks::undone(|work, mut contact| {
        let id = MessageId([4; 16]);
        let promise = Promise { id, at: checks::NOW, amount: Gram::from(5), comment: String::new(), sent: false };
        work.payment_promised(&mut contact, 1, promise).unwrap();
        work.save_contact(&contact).unwrap();
        let before = work.places().unwrap();
        let told = work.events.len();
        work.promise_broken(&contact, id).unwrap();
        let state = work.message(contact.id, id).unwrap().map(|row| crate::record::decode(&row.payment).unwrap());
        assert_eq!(state.map(|one: crate::view::Payment| one.state), Some(PaymentState::Failed));
        assert_eq!(work.new_messages(told, &before).unwrap(), 0);
        let text = Said::Text { id: MessageId([5; 16]), at: checks::NOW, text: "سلام".into(), reply_to: None };
        let next_in = contact.next_in;
        let envelope = crate::record::Envelope { sequence: next_in, ack: 0, read: 0, body: text };
        let plain = wire::codec::encode(&(crate::record::ENVELOPE_VERSION, envelope)).unwrap();
        work.take_plain(&mut contact, &plain).unwrap();
        assert_eq!(work.new_messages(told, &before).unwrap(), 1);
    });
}

/// BUN-5
#[test]
fn small_cells_for_codes_take_a_step_each() {
    let mut items = Vec::new();
    for count in 1..=20 {
        let cell = Cell::new(vec![count; SMALL_CELL_BYTES]).unwrap();
        items.push(Item { tag: Tag([count; 16]), day: Day(u32::MAX), right: None, cell });
        let plain = bundle::encode_contents(&Contents { items: items.clone() }).unwrap();
        let padded = (mailbox::cell::PAD_HEADER_BYTES + plain.len()).next_multiple_of(CODES_PAD_BYTES);
        assert!(padded <= usize::from(count) * CODES_PAD_BYTES, "{count} cells take {padded} bytes");
    }
}

/// BUN-56
#[test]
fn what_a_neighbour_brings_for_others_is_not_carried() {
    let (disk, mut rng) = (MemoryDisk::new(), ChaCha20Rng::seed_from_u64(5));
    let mut client = open_client(&disk, &mut rng);
    let bytes = of_others(1, Day::of(NOW));
    let refused = client.handle_command(Command::BundleImport { bytes: bytes.clone(), carry: false }, NOW, &mut rng);
    assert!(matches!(refused, Err(CommandError::BundleForOthers)), "{refused:?}");
    assert_eq!(import(&mut client, bytes, &mut rng).carried, 1, "by hand it is");
}
