//! Introductions over a pipe: contacts know each other, strangers learn nothing.

use super::*;
use tokio::io::{DuplexStream, duplex};
use wire::Secret32;

const PIPE_BYTES: usize = 1024 * 1024;

fn key(contact: u8, secret: u8, creator: bool) -> LanKey {
    LanKey { contact: ContactId([contact; 16]), name: format!("{contact}"), key: Secret32([secret; 32]), creator }
}

async fn both(dialling: &[LanKey], answering: &[LanKey]) -> (anyhow::Result<Known>, anyhow::Result<Known>) {
    let (mut one, mut other) = duplex(PIPE_BYTES);
    // each end closes its pipe when it is done, as a socket is closed
    let dial = async move { introduce(&mut one, Side::Dialled, dialling).await.map(|known| (known, one)) };
    let answer = async move { introduce(&mut other, Side::Answered, answering).await.map(|known| (known, other)) };
    let (dialled, answered) = tokio::join!(dial, answer);
    (dialled.map(|(known, _)| known), answered.map(|(known, _)| known))
}

/// BUN-52
#[tokio::test]
async fn two_contacts_know_each_other_among_many() {
    let strangers = |from: u8| (0..20).map(move |n| key(n, from + n, n % 2 == 0));
    let alice: Vec<LanKey> = strangers(20).chain([key(100, 1, true)]).chain(strangers(50)).collect();
    let bob: Vec<LanKey> = strangers(80).chain([key(200, 1, false)]).collect();
    let (dialled, answered) = both(&alice, &bob).await;
    assert_eq!((dialled.unwrap().contact, answered.unwrap().contact), (ContactId([100; 16]), ContactId([200; 16])));
}

/// BUN-52
#[tokio::test]
async fn strangers_and_the_own_machine_are_nobody() {
    let alice = [key(1, 1, true), key(2, 2, false)];
    let carol = [key(3, 3, false)];
    for (dialling, answering) in [(&alice[..], &carol[..]), (&alice, &alice), (&[], &[])] {
        let (dialled, answered) = both(dialling, answering).await;
        assert!(dialled.is_err() && answered.is_err());
    }
}

/// BUN-52: who answers sees as many tokens whoever dials.
#[tokio::test]
async fn a_stranger_cannot_count_contacts() {
    let mut lengths = BTreeSet::new();
    for contacts in [0, 1, 40] {
        let keys: Vec<LanKey> = (0..contacts).map(|n| key(n, n, true)).collect();
        let (mut one, mut other) = duplex(PIPE_BYTES);
        let dialling = async move { introduce(&mut one, Side::Dialled, &keys).await.is_err() };
        let (failed, seen) = tokio::join!(dialling, first_frame(&mut other));
        assert!(failed);
        lengths.insert(seen);
    }
    assert_eq!(lengths, [TOKENS * TOKEN_BYTES + TAG_BYTES].into());
}

async fn first_frame(other: &mut DuplexStream) -> usize {
    let own = Ephemeral::random(&mut OsRng);
    other.write_all(&[&[VERSION][..], &own.public()].concat()).await.unwrap();
    let mut theirs = [0; 1 + PUBLIC_BYTES];
    other.read_exact(&mut theirs).await.unwrap();
    let length = usize::try_from(other.read_u32_le().await.unwrap()).unwrap();
    other.read_exact(&mut vec![0; length]).await.unwrap();
    // a frame that is no token
    other.write_all(&[0; 4]).await.unwrap();
    length
}

#[tokio::test]
async fn a_frame_over_its_bound_is_refused_unread() {
    let (mut one, mut other) = duplex(PIPE_BYTES);
    let meeting = async {
        let own = Ephemeral::random(&mut OsRng);
        own.meet(Ephemeral::random(&mut OsRng).public(), Side::Answered).unwrap()
    };
    let (_, mut opening) = meeting.await.channel();
    one.write_all(&u32::MAX.to_le_bytes()).await.unwrap();
    let error = read_frame(&mut other, &mut opening).await.unwrap_err();
    assert!(error.to_string().contains("over its bound"), "{error}");
}
