//! The censor at its post: reads packets from the border's TUN device and writes back what goes on.
//!
//! Requirements: a device of that name in this network namespace, to which the border's routes lead. Provided: orders
//! over standard input (`block`, `heal`, `stop`), each answered with a line; after `stop` the account as JSON.

use super::{
    Censor,
    dpi::{Dpi, EVERY_MS},
};
use crate::flow::FlowKey;
use crate::probe::{self, Finding};
use anyhow::{Context as _, Result};
use serde_json::json;
use std::{
    collections::BTreeMap,
    io::{BufRead as _, Write as _},
    net::SocketAddrV4,
    sync::{Arc, mpsc},
    thread,
    time::{Duration, Instant},
};
use tappers::{Interface, Tun};

/// Packets read and not yet judged; the kernel drops what comes above.
const READ_AHEAD: usize = 4_096;
/// The longest packet of the device.
const PACKET_BYTES_MAX: usize = 65_536;
/// How long the loop sleeps when nothing happens.
const IDLE: Duration = Duration::from_millis(200);

enum Input {
    Packet(Vec<u8>),
    Probed(SocketAddrV4, Vec<Finding>),
    Named(Result<BTreeMap<FlowKey, String>>),
    Order(String),
    Ended,
}

/// Judges until it is told to stop or its standard input ends.
pub(crate) fn run(mut censor: Censor, device: &str, seed: u64) -> Result<()> {
    let name = Interface::new(device).context("the name of the device")?;
    let tun = Arc::new(Tun::new_named(name).with_context(|| format!("the TUN device {device} can't be opened"))?);
    let (inputs, input) = mpsc::sync_channel(READ_AHEAD);
    read_packets(Arc::clone(&tun), inputs.clone());
    read_orders(inputs.clone());
    say(&json!({ "event": "ready" }))?;
    let began = Instant::now();
    let now_ms = || u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    let (mut dpi, mut reading, mut read_ms): (Option<Dpi>, bool, u64) = (None, false, 0);
    loop {
        let pause = censor.next_ms().map_or(IDLE, |at| Duration::from_millis(at.saturating_sub(now_ms())));
        match input.recv_timeout(pause.min(IDLE)) {
            Ok(Input::Packet(packet)) => censor.handle_packet(now_ms(), packet),
            Ok(Input::Probed(server, findings)) => censor.handle_probed(server, findings),
            Ok(Input::Named(names)) => {
                censor.handle_names(&names?);
                reading = false;
            }
            Ok(Input::Order(order)) => match order.trim() {
                "block" | "heal" => {
                    censor.set_active(order.trim() == "block");
                    say(&json!({ "event": order.trim() }))?;
                }
                "stop" => return say(&censor.account()),
                other => anyhow::bail!("no such order: {other}"),
            },
            Ok(Input::Ended) | Err(mpsc::RecvTimeoutError::Disconnected) => return Ok(()),
            Err(mpsc::RecvTimeoutError::Timeout) => {}
        }
        let capture = censor.take_capture();
        if !capture.is_empty() {
            match &mut dpi {
                Some(dpi) => dpi.add(&capture)?,
                None => dpi.insert(Dpi::new()?).add(&capture)?,
            }
        }
        if let (Some(dpi), false) = (&dpi, reading)
            && now_ms().saturating_sub(read_ms) >= EVERY_MS
        {
            (reading, read_ms) = (true, now_ms());
            let (read, inputs) = (dpi.read(), inputs.clone());
            thread::spawn(move || inputs.send(Input::Named(read())));
        }
        for target in censor.take_targets() {
            let inputs = inputs.clone();
            thread::spawn(move || inputs.send(Input::Probed(target.server, probe::run(&target, seed))));
        }
        for sent in censor.poll_sent(now_ms()) {
            // A device that is full drops, as any router does.
            tun.send(&sent.packet).ok();
        }
    }
}

fn read_packets(tun: Arc<Tun>, inputs: mpsc::SyncSender<Input>) {
    thread::spawn(move || {
        let mut buffer = vec![0; PACKET_BYTES_MAX];
        while let Ok(length) = tun.recv(&mut buffer) {
            let packet = buffer.get(..length).unwrap_or_default().to_vec();
            if inputs.send(Input::Packet(packet)).is_err() {
                return;
            }
        }
        inputs.send(Input::Ended).ok();
    });
}

fn read_orders(inputs: mpsc::SyncSender<Input>) {
    thread::spawn(move || {
        for order in std::io::stdin().lock().lines().map_while(Result::ok) {
            if inputs.send(Input::Order(order)).is_err() {
                return;
            }
        }
        inputs.send(Input::Ended).ok();
    });
}

fn say(value: &impl serde::Serialize) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", serde_json::to_string(value)?)?;
    Ok(out.flush()?)
}
