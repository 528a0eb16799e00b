//! The censor at its post: reads packets from the border's TUN device and writes back what goes on.
//!
//! Requirements: a device of that name in this network namespace, to which the border's routes lead. Provided: orders
//! over standard input (`block`, `heal`, `stop`), each answered with a line; after `stop` the account as JSON, once the
//! probes that are under way have ended.

use super::{
    Censor,
    dpi::{Dpi, Names},
};
use crate::probe::{self, Finding};
use anyhow::{Context as _, Result, ensure};
use serde_json::json;
use std::{
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
/// How long probes that are under way may take after `stop`; each of their reads may take 10 s.
pub(crate) const PROBES_PATIENCE: Duration = Duration::from_secs(60);
/// How long the loop sleeps when nothing happens.
const IDLE: Duration = Duration::from_millis(200);

enum Input {
    Packet(Vec<u8>),
    Probed(SocketAddrV4, Vec<Finding>),
    Named(Result<Names>),
    Order(String),
    Ended,
}

/// Judges until it is told to stop or its standard input ends.
pub(crate) fn run(censor: Censor, device: &str, seed: u64) -> Result<()> {
    let name = Interface::new(device).context("the name of the device")?;
    let tun = Arc::new(Tun::new_named(name).with_context(|| format!("the TUN device {device} can't be opened"))?);
    let (inputs, input) = mpsc::sync_channel(READ_AHEAD);
    read_packets(Arc::clone(&tun), inputs.clone());
    read_orders(inputs.clone());
    say(&json!({ "event": "ready" }))?;
    let mut post = Post { censor, seed, inputs, dpi: None, began: Instant::now(), stopped: None };
    while !post.is_over() {
        let next = post.censor.next_ms().map(|at| Duration::from_millis(at.saturating_sub(post.now_ms())));
        match input.recv_timeout(next.unwrap_or(IDLE).min(IDLE)) {
            Ok(Input::Order(order)) if order.trim() == "stop" => post.stopped = Some(Instant::now()),
            Ok(Input::Ended) | Err(mpsc::RecvTimeoutError::Disconnected) => return Ok(()),
            Ok(input) => post.handle(input)?,
            Err(mpsc::RecvTimeoutError::Timeout) => {}
        }
        post.look_further()?;
        for sent in post.censor.poll_sent(post.now_ms()) {
            // A device that is full drops, as any router does.
            tun.send(&sent.packet).ok();
        }
    }
    say(&post.censor.account())
}

/// The censor with what it has at hand there.
struct Post {
    censor: Censor,
    seed: u64,
    inputs: mpsc::SyncSender<Input>,
    dpi: Option<Dpi>,
    began: Instant,
    /// When it was told to stop.
    stopped: Option<Instant>,
}

impl Post {
    fn now_ms(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// It was told to stop, and no probe is under way that could still say something in time.
    fn is_over(&self) -> bool {
        self.stopped.is_some_and(|at| !self.censor.is_probing() || at.elapsed() > PROBES_PATIENCE)
    }

    fn handle(&mut self, input: Input) -> Result<()> {
        match input {
            Input::Packet(packet) => self.censor.handle_packet(self.now_ms(), packet),
            Input::Probed(server, findings) => self.censor.handle_probed(server, findings),
            Input::Named(names) => {
                self.censor.handle_names(&names?);
                self.dpi.iter_mut().for_each(Dpi::handle_read);
            }
            Input::Order(order) => {
                let order = order.trim();
                ensure!(matches!(order, "block" | "heal"), "no such order: {order}");
                self.censor.set_active(order == "block");
                say(&json!({ "event": order }))?;
            }
            Input::Ended => {}
        }
        Ok(())
    }

    /// Starts the probes and the runs of nDPI that the rules want; what they find comes back as input.
    fn look_further(&mut self) -> Result<()> {
        let capture = self.censor.take_capture();
        if !capture.is_empty() {
            match &mut self.dpi {
                Some(dpi) => dpi.add(&capture)?,
                none => none.insert(Dpi::new()?).add(&capture)?,
            }
        }
        let now_ms = self.now_ms();
        if let Some(read) = self.dpi.as_mut().and_then(|dpi| dpi.poll_read(now_ms)) {
            let inputs = self.inputs.clone();
            thread::spawn(move || inputs.send(Input::Named(read())));
        }
        if self.stopped.is_some() {
            return Ok(());
        }
        for target in self.censor.take_targets() {
            let (inputs, seed) = (self.inputs.clone(), self.seed);
            thread::spawn(move || inputs.send(Input::Probed(target.server, probe::run(&target, seed))));
        }
        Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Judgement, Places, Rule, Scene, Target};
    use std::net::Ipv4Addr;

    struct Probes(Vec<Target>);

    impl Rule for Probes {
        fn judge(&mut self, _: &mut Scene<'_>) -> Judgement {
            Judgement::Pass
        }

        fn take_targets(&mut self) -> Vec<Target> {
            std::mem::take(&mut self.0)
        }
    }

    #[test]
    fn a_censor_that_is_stopped_waits_for_the_probes_that_are_under_way() {
        let server = SocketAddrV4::new(Ipv4Addr::new(203, 0, 113, 1), 443);
        let rule = Probes(vec![Target { server, name: None, recorded: Vec::new() }]);
        let censor = Censor::new(vec![Box::new(rule)], Places::default(), 0);
        let (inputs, _input) = mpsc::sync_channel(1);
        let mut post = Post { censor, seed: 0, inputs, dpi: None, began: Instant::now(), stopped: None };
        assert_eq!(post.censor.take_targets().len(), 1);
        assert!(!post.is_over(), "nobody has stopped it");
        post.stopped = Some(Instant::now());
        assert!(!post.is_over(), "a probe is under way");
        post.censor.handle_probed(server, Vec::new());
        assert!(post.is_over());
    }
}
