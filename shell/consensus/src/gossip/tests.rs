//! One validator that floods, and the others.

use super::*;
use crate::{Application, Block, Failure, FinalBlock, FinalName, Verdict, engine::decode_public, public_key};
use chain::certificate::{BlockDigest, ConsensusHeader};
use commonware_runtime::{IoBuf, Runner as _, Supervisor as _, tokio as engine_tokio};
use std::{
    num::NonZeroUsize,
    sync::{Arc, Mutex},
    time::Duration,
};
use wire::{Secret32, UnixMillis};

fn validator(seed: u8) -> PublicKey {
    decode_public(&public_key(&Secret32([seed; 32])).unwrap()).unwrap()
}

fn messages(tag: u8, count: usize) -> Vec<Bytes> {
    vec![Bytes::from(vec![tag]); count]
}

/// CON-28
#[test]
fn messages_are_checked_one_of_each_validator_in_turn() {
    let mut inboxes = Inboxes::default();
    assert_eq!(inboxes.put(validator(1), messages(1, 1_000), 0), 0);
    assert_eq!(inboxes.put(validator(2), messages(2, 2), 0), 0);
    let tags = |round: Vec<Bytes>| {
        let mut tags = round.concat();
        tags.sort_unstable();
        tags
    };
    assert_eq!(tags(inboxes.round()), [1, 2]);
    assert_eq!(tags(inboxes.round()), [1, 2]);
    assert_eq!(tags(inboxes.round()), [1]);
}

/// CON-28
#[test]
fn a_validator_has_a_quota_in_messages_and_regains_it() {
    let mut inboxes = Inboxes::default();
    let burst = usize::try_from(t::GOSSIP_BURST).unwrap();
    assert_eq!(inboxes.put(validator(1), messages(1, burst + 5), 1_000), 5);
    while !inboxes.round().is_empty() {}
    assert_eq!(inboxes.put(validator(1), messages(1, 5), 1_000), 5, "it is the rate that counts, not what waits");
    assert_eq!(inboxes.put(validator(2), messages(2, 5), 1_000), 0, "others have their own");
    assert_eq!(inboxes.put(validator(1), messages(1, 1_030), 2_000), 6);
    assert_eq!(inboxes.put(validator(1), messages(1, 1), 500), 1, "a clock that goes back gives nothing");
}

/// CON-28
#[test]
fn what_waits_of_a_validator_is_bounded_in_messages_and_in_bytes() {
    let mut inboxes = Inboxes::default();
    let burst = usize::try_from(t::GOSSIP_BURST).unwrap();
    assert_eq!(inboxes.put(validator(2), messages(2, burst), 0), 0);
    assert_eq!(inboxes.put(validator(2), messages(2, 10), 10_000), 10, "nothing was checked meanwhile");
    inboxes.round();
    assert_eq!(inboxes.put(validator(2), messages(2, 10), 10_000), 9);

    let mut inboxes = Inboxes::default();
    let large = vec![Bytes::from(vec![0; 64_000]); 200];
    let dropped = inboxes.put(validator(1), large, 0);
    assert_eq!(200 - dropped, t::GOSSIP_WAITING_BYTES_MAX / 64_000);
    assert_eq!(inboxes.round().len(), 1);
    assert_eq!(inboxes.put(validator(1), vec![Bytes::from(vec![0; 64_000]); 2], 0), 1);
}

/// Stops in the middle of the first message until it is let go.
struct Held {
    go_on: Mutex<std::sync::mpsc::Receiver<()>>,
    checked: Mutex<Vec<Bytes>>,
}

impl Application for Held {
    fn has_state(&self, _: &BlockDigest) -> bool {
        false
    }

    fn final_height(&self) -> u64 {
        0
    }

    fn verify(&self, _: &Block) -> Verdict {
        Verdict::Unready(String::new())
    }

    fn has_work(&self, _: &BlockDigest) -> bool {
        false
    }

    fn propose(&self, _: &ConsensusHeader, _: UnixMillis) -> Option<Block> {
        None
    }

    fn finalized(&self, _: &Block, _: Option<&[u8]>) -> Result<(), Failure> {
        Ok(())
    }

    fn final_block(&self, _: FinalName) -> Option<FinalBlock> {
        None
    }

    fn failed(&self) {}

    fn gossiped(&self, message: Bytes) {
        // the other end is gone once it is let go
        let _ = self.go_on.lock().unwrap().recv();
        self.checked.lock().unwrap().push(message);
    }
}

#[derive(Debug, thiserror::Error)]
#[error("the network is gone")]
struct Gone;

#[derive(Debug)]
struct Frames(mpsc::Receiver<(PublicKey, IoBuf)>);

impl Receiver for Frames {
    type Error = Gone;
    type PublicKey = PublicKey;

    async fn recv(&mut self) -> Result<(PublicKey, IoBuf), Gone> {
        self.0.recv().await.ok_or(Gone)
    }

    fn capacity(&self) -> NonZeroUsize {
        NonZeroUsize::MIN
    }
}

fn frame(message: u8) -> IoBuf {
    IoBuf::from(vec![0, 0, 0, 1, message])
}

/// CON-28
#[test]
fn the_engine_goes_on_while_a_message_is_checked() {
    let (let_go, go_on) = std::sync::mpsc::channel();
    let held = Arc::new(Held { go_on: Mutex::new(go_on), checked: Mutex::default() });
    let dir = tempfile::tempdir().unwrap();
    // with one thread, whatever blocks it stops everything
    let runner = engine_tokio::Runner::new(
        engine_tokio::Config::new().with_worker_threads(1).with_storage_directory(dir.path().to_owned()),
    );
    let bridge = Bridge { application: held.clone(), wake: crate::link().1.wake };
    runner.start(|runtime| async move {
        let (send, frames) = mpsc::channel(1);
        let receiving = runtime.child("gossip_in").spawn(|context| receive(context, bridge, Frames(frames)));
        let sending = async {
            for message in 0..10 {
                send.send((validator(1), frame(message))).await.unwrap();
            }
            drop(let_go);
            while held.checked.lock().unwrap().len() < 10 {
                runtime.sleep(Duration::from_millis(1)).await;
            }
            assert_eq!(held.checked.lock().unwrap().concat(), (0..10).collect::<Vec<u8>>());
            drop(send);
        };
        let limit = std::pin::pin!(runtime.sleep(Duration::from_secs(30)));
        let Either::Left(_) = select(std::pin::pin!(sending), limit).await else { panic!("the engine stands still") };
        receiving.await.unwrap();
    });
}
