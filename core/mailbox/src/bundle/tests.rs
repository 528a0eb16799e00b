//! The format: what it takes, what it refuses and why, and its frozen encoding.

use super::*;
use crate::CellSize;
use crate::hop::{Gateway, seal_right};
use wire::Secret32;

const VECTORS: &str = include_str!("../../../../specs/vectors/bundle.txt");

fn send() -> SendCapability {
    SendCapability(Secret32([0x11; 32]))
}

fn cell(byte: u8) -> Cell {
    Cell::new(vec![byte; CellSize::Small.bytes()]).unwrap()
}

fn item(byte: u8) -> Item {
    let cell = cell(byte);
    let right = CarriedRight { relay: RelayId([0x44; 32]), sealed: vec![0x55; RIGHT_BYTES_MAX] };
    Item { tag: Tag::of(&send(), &sha256(cell.as_bytes())), day: Day(20_000), right: Some(right), cell }
}

fn open_bundle(items: u8) -> Vec<u8> {
    encode(&Body::Open(Contents { items: (0..items).map(item).collect() })).unwrap()
}

fn sealed_bundle() -> Vec<u8> {
    let slot = |byte| Slot { tag: Tag([byte; 16]), key: vec![byte; SEALED_KEY_BYTES] };
    let slots = Box::new(std::array::from_fn(|place| slot(u8::try_from(place).unwrap())));
    encode(&Body::Sealed(Sealed { slots, content: vec![0x77; 200] })).unwrap()
}

/// BUN-1, BUN-3
#[test]
fn a_bundle_comes_back_as_it_was() {
    for bytes in [open_bundle(0), open_bundle(3), sealed_bundle()] {
        assert_eq!(whole_bytes(&bytes), Ok(bytes.len()));
        assert_eq!(encode(&decode(&bytes).unwrap()).unwrap(), bytes);
    }
}

/// BUN-2
#[test]
fn each_way_of_being_broken_has_its_own_reason() {
    let bytes = open_bundle(2);
    for cut in 0..bytes.len() {
        let found = decode(&bytes[..cut]).unwrap_err();
        let expected = if cut == 0 {
            found == BundleError::NotABundle
        } else {
            matches!(found, BundleError::CutOff { have, .. } if have == cut)
        };
        assert!(expected, "cut after {cut}: {found:?}");
    }
    for place in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[place] ^= 0x40;
        let expected: fn(&BundleError) -> bool = match place {
            0..8 => |found| *found == BundleError::NotABundle,
            8 => |found| *found == BundleError::Version(0x41),
            9..13 => {
                |found| matches!(found, BundleError::TooLong(_) | BundleError::CutOff { .. } | BundleError::Trailing(_))
            }
            _ => |found| *found == BundleError::Changed,
        };
        let found = decode(&changed).unwrap_err();
        assert!(expected(&found), "changed at {place}: {found:?}");
    }
    let longer = [&bytes[..], b"more"].concat();
    assert_eq!(decode(&longer), Err(BundleError::Trailing(4)));
    assert_eq!(whole_bytes(&longer), Ok(bytes.len()), "a program may follow");
}

/// BUN-1
#[test]
fn a_bundle_over_its_bound_is_refused_by_its_head_alone() {
    let mut head = MAGIC.to_vec();
    head.push(VERSION);
    head.extend_from_slice(&u32::MAX.to_le_bytes());
    assert!(matches!(whole_bytes(&head), Err(BundleError::TooLong(_))));
    let large = Sealed { content: vec![0; BUNDLE_BYTES_MAX], ..sealed() };
    assert!(matches!(encode(&Body::Sealed(large)), Err(BundleError::TooLong(_))));
}

fn sealed() -> Sealed {
    match decode(&sealed_bundle()).unwrap() {
        Body::Sealed(sealed) => sealed,
        Body::Open(_) => panic!("an open one"),
    }
}

/// BUN-3
#[test]
fn more_items_than_allowed_are_refused() {
    let item = Item { tag: Tag([0; 16]), day: Day(0), right: None, cell: cell(0) };
    let items = vec![item; ITEMS_MAX + 1];
    let bytes = encode(&Body::Open(Contents { items })).unwrap();
    assert_eq!(decode(&bytes), Err(BundleError::Malformed));
}

/// BUN-4
#[test]
fn a_tag_says_nothing_without_the_capability() {
    let hash = sha256(cell(1).as_bytes());
    let other = SendCapability(Secret32([0x12; 32]));
    assert_eq!(Tag::of(&send(), &hash), Tag::of(&send(), &hash));
    assert_ne!(Tag::of(&send(), &hash), Tag::of(&other, &hash));
    assert_ne!(Tag::of(&send(), &hash), Tag::of(&send(), &sha256(cell(2).as_bytes())));
}

#[test]
fn days_are_those_of_the_calendar() {
    assert_eq!(Day::of(UnixMillis(86_400_000 * 3 - 1)), Day(2));
    assert_eq!(Day(2).begins(), UnixMillis(86_400_000 * 2));
    assert_eq!(Day::of(UnixMillis(u64::MAX)), Day(u32::MAX));
}

/// BUN-1, BUN-3, BUN-4: a whole bundle is long, so its hash stands for it.
#[test]
fn every_encoding_is_as_it_was() {
    let gateway = Gateway::from_seed(&Secret32([0x55; 32])).unwrap();
    let right = seal_right(gateway.hop_key(), &send(), crate::CellId([0x33; 16]), &cell(1)).unwrap();
    assert_eq!(right.len(), RIGHT_BYTES_MAX, "MBX-90");
    let hash = |bytes: &[u8]| hex::encode(sha256(bytes));
    let now = [
        format!("tag {}\n", hex::encode(Tag::of(&send(), &sha256(cell(1).as_bytes())).0)),
        format!("open-empty {}\n", hex::encode(open_bundle(0))),
        format!("open-of-2 sha256:{}\n", hash(&open_bundle(2))),
        format!("sealed sha256:{}\n", hash(&sealed_bundle())),
    ];
    assert_eq!(now.concat(), VECTORS, "if this is meant, it is a new version of the format");
}
