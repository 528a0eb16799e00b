//! Figures of four validators in one process over loopback, for docs/BENCHMARKS.md: idle cost, time to final.
//! `cargo bench -p node --bench network`; it takes a minute.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    reason = "a measurement may fail loudly, and prints"
)]

#[path = "../tests/harness/mod.rs"]
mod harness;

use chain::wallet;
use harness::Network;
use std::time::{Duration, Instant};

/// CPU seconds of this process so far.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap().split(' ').collect();
    (fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()) / 100.0
}

fn percentile(sorted: &[Duration], share: usize) -> Duration {
    sorted[(sorted.len() - 1) * share / 100]
}

fn main() {
    const PAYMENTS: u32 = 100;
    let begun = Instant::now();
    let network = Network::new(4);
    network.wait("the first blocks", |network| (0..4).all(|index| network.height(index) >= 3));
    println!("ready after {:?}", begun.elapsed());

    let (cpu, height, begun) = (cpu_seconds(), network.height(0), Instant::now());
    std::thread::sleep(Duration::from_secs(20));
    let seconds = begun.elapsed().as_secs_f64();
    let blocks = (network.height(0) - height) as f64;
    println!("idle: {:.2} blocks/s, {:.1} % of a core", blocks / seconds, (cpu_seconds() - cpu) / seconds * 100.0);

    let (mut sent, mut credited) = (Vec::new(), Vec::new());
    let (height, begun) = (network.height(0), Instant::now());
    let faucet = wallet::WalletV5::new(harness::faucet().verifying_key().to_bytes()).address().unwrap();
    let last_lt = |at: usize| network.node(at).view().account(&faucet).unwrap().account.unwrap().last_trans_lt;
    for seqno in 0..PAYMENTS {
        let (at, to) = (seqno as usize % 4, u8::try_from(100 + seqno).unwrap());
        let other = (at + 2) % 4;
        let lt = last_lt(other);
        let submitted = Instant::now();
        network.pay(at, seqno, to);
        while last_lt(other) == lt {
            std::thread::sleep(Duration::from_millis(1));
        }
        sent.push(submitted.elapsed());
        while network.balance(other, to) == 0 {
            std::thread::sleep(Duration::from_millis(1));
        }
        credited.push(submitted.elapsed());
        network.wait("the submitter", |network| network.balance(at, to) > 0);
    }
    let blocks = (network.height(0) - height) as f64;
    sent.sort_unstable();
    credited.sort_unstable();
    for (what, times) in [("sender's transaction final", &sent), ("receiver credited", &credited)] {
        println!(
            "{what}, seen at another validator: p50 {:?} p95 {:?} max {:?}",
            percentile(times, 50),
            percentile(times, 95),
            percentile(times, 100)
        );
    }
    println!("{:.1} blocks/s while paying one after the other", blocks / begun.elapsed().as_secs_f64());
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    for line in status
        .lines()
        .filter(|line| line.starts_with("VmHWM") || line.starts_with("VmRSS") || line.starts_with("Threads"))
    {
        println!("{line}");
    }
}
