//! kill -9 in the middle of traffic, twenty times: nothing acknowledged is lost, doubled or out of order.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test")]

mod support;

use serde_json::Value;
use std::{
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use support::{Demo, command, eventually, line, lines, texts};

const KILLS: u64 = 20;

/// What was acknowledged to somebody, and so has to be there for ever.
#[derive(Default)]
struct Acknowledged {
    alice_wrote: Vec<String>,
    bob_wrote: Vec<String>,
    payments: Vec<String>,
    block: Option<(String, Value)>,
}

#[test]
fn nothing_acknowledged_is_lost_when_everything_is_killed_twenty_times() {
    let dir = tempfile::tempdir().unwrap();
    let mut known = Acknowledged::default();
    for round in 0..KILLS {
        let demo = Demo::start(dir.path(), &[]);
        check(&demo, &known);
        traffic_then_kill(demo, round, &mut known);
    }
    let demo = Demo::start(dir.path(), &[]);
    check(&demo, &known);
    assert!(known.alice_wrote.len() as u64 >= KILLS, "every round acknowledged something");
    assert!(!known.payments.is_empty());
}

/// Lets both write until enough is acknowledged, then kills in the middle of what comes next.
fn traffic_then_kill(demo: Demo, round: u64, known: &mut Acknowledged) {
    let (alice, bob) = (demo.profile("alice"), demo.profile("bob"));
    if round.is_multiple_of(4) {
        let to = line(&bob, &["wallet", "address"]);
        let paid = line(&alice, &["wallet", "send", to["address"].as_str().unwrap(), "0.1", "--wait", "final"]);
        known.payments.push(paid["transaction"].as_str().unwrap().to_owned());
    }
    let head = line(&alice, &["chain", "status"])["seqno"].to_string();
    let block = line(&alice, &["chain", "block", &head]);
    known.block = Some((head, block["root_hash"].clone()));

    let over = Arc::new(AtomicBool::new(false));
    let writers = [(alice, "bob"), (bob, "alice")].map(|(profile, to)| {
        let (over, written) = (Arc::clone(&over), Arc::new(Mutex::new(Vec::new())));
        let out = Arc::clone(&written);
        let thread = std::thread::spawn(move || {
            for number in 0.. {
                if over.load(Ordering::Relaxed) {
                    break;
                }
                let text = format!("{round}/{number} to {to}");
                let sent = command(&profile, &["message", "send", to, &text, "--wait", "accepted"]);
                if !sent.status.success() {
                    break;
                }
                out.lock().unwrap().push(text);
            }
        });
        (thread, written)
    });
    let enough = usize::try_from(1 + round % 3).unwrap();
    eventually("both have acknowledged messages", || {
        writers.iter().all(|(_, written)| written.lock().unwrap().len() >= enough).then_some(())
    });
    std::thread::sleep(Duration::from_millis(round * 7 % 50));
    demo.kill_9();
    over.store(true, Ordering::Relaxed);
    let [from_alice, from_bob] = writers.map(|(thread, written)| {
        thread.join().unwrap();
        written.lock().unwrap().clone()
    });
    known.alice_wrote.extend(from_alice);
    known.bob_wrote.extend(from_bob);
}

fn check(demo: &Demo, known: &Acknowledged) {
    let (alice, bob) = (demo.profile("alice"), demo.profile("bob"));
    check_conversation(&alice, "bob", &bob, "alice", &known.alice_wrote);
    check_conversation(&bob, "alice", &alice, "bob", &known.bob_wrote);
    let history = lines(&alice, &["wallet", "history", "--limit", "1000"]);
    for payment in &known.payments {
        assert!(history.iter().any(|entry| entry["hash"] == payment.as_str()), "payment {payment} is gone");
    }
    if let Some((seqno, root_hash)) = &known.block {
        let block = eventually("the block is served again", || {
            let output = command(&alice, &["chain", "block", seqno]);
            output.status.success().then(|| serde_json::from_slice::<Value>(&output.stdout).unwrap())
        });
        assert_eq!(&block["root_hash"], root_hash, "final block {seqno} changed");
    }
}

/// Everything acknowledged to `writer` reaches `reader`, once, in order.
fn check_conversation(writer: &Path, to: &str, reader: &Path, from: &str, acknowledged: &[String]) {
    let mine =
        |texts: Vec<String>| texts.into_iter().filter(|text| text.ends_with(&format!("to {to}"))).collect::<Vec<_>>();
    let sent = mine(texts(writer, to));
    assert_once_in_order(&sent, acknowledged, "the sender");
    let received = eventually("everything acknowledged arrives", || {
        let received = mine(texts(reader, from));
        acknowledged.iter().all(|text| received.contains(text)).then_some(received)
    });
    assert_once_in_order(&received, acknowledged, "the recipient");
}

fn assert_once_in_order(found: &[String], acknowledged: &[String], who: &str) {
    for text in acknowledged {
        assert_eq!(found.iter().filter(|other| *other == text).count(), 1, "{text:?} at {who}");
    }
    let order: Vec<&String> = found.iter().filter(|text| acknowledged.contains(text)).collect();
    assert_eq!(order, acknowledged.iter().collect::<Vec<_>>(), "order at {who}");
}
