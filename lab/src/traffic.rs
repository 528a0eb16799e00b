//! The people's traffic around the beginning of a block, and what becomes of it.
//!
//! Requirements: a running network whose people are acquainted. Provided: messages each way before and after the block
//! begins, payments, at times that follow from the seed; for each when it arrived. Not provided: any judgement.

use crate::{
    adversary::{Adversary, Reach},
    network::{CONVERSATIONS, Network},
    world::{self, is_interrupted},
};
use anyhow::{Result, bail};
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use std::{
    thread,
    time::{Duration, Instant},
};

/// A message that is there later than this has not arrived in time.
pub(crate) const IN_TIME: Duration = Duration::from_secs(60);
/// Messages in each conversation after the block begins, one a second.
pub(crate) const MESSAGES: u64 = 15;
const LOOK_EVERY: Duration = Duration::from_millis(5);
/// Messages each way before the block begins, one a second.
const BEFORE: u64 = 3;
/// How far a moment may be shifted by chance, in milliseconds.
const JITTER_MS: u64 = 400;
/// What a payment is worth, in nanogram.
const AMOUNT: &str = "10000000";
/// Payments after the block began: who, whom, at which second.
const PAYMENTS: [(&str, &str, u64); 8] = [
    ("ali", "cyrus", 1),
    ("cyrus", "ali", 2),
    ("baran", "ali", 3),
    ("ali", "cyrus", 4),
    ("cyrus", "ali", 5),
    ("ali", "baran", 6),
    ("baran", "ali", 8),
    ("ali", "cyrus", 10),
];

/// A message or a payment.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    /// Who sent it.
    pub(crate) from: &'static str,
    /// To whom.
    pub(crate) to: &'static str,
    /// It is a payment.
    pub(crate) payment: bool,
    /// When it was sent.
    pub(crate) at: Instant,
    /// When it had arrived, a payment: was final.
    pub(crate) done: Option<Instant>,
    /// Why it could not even be sent.
    pub(crate) error: Option<String>,
    /// What it is recognised by: the text, a payment's id.
    pub(crate) mark: String,
}

impl Sent {
    /// Whether sender and recipient are on different sides of the border.
    pub(crate) fn crosses(&self) -> bool {
        let inside = |name: &str| world::host(name).is_some_and(|host| host.inside);
        // the chain is abroad
        self.payment || inside(self.from) != inside(self.to)
    }
}

/// What happened.
#[derive(Clone, Debug)]
pub(crate) struct Log {
    /// Everything that was sent, in order.
    pub(crate) sent: Vec<Sent>,
    /// When the block began.
    pub(crate) block: Instant,
    /// When the border healed.
    pub(crate) healed: Option<Instant>,
}

impl Log {
    /// Until when something has to be there.
    pub(crate) fn deadline(&self, sent: &Sent, reach: Reach) -> Option<Instant> {
        let from = match reach {
            Reach::Inside if sent.crosses() && sent.at >= self.block => self.healed?.max(sent.at),
            Reach::Inside | Reach::Everybody => sent.at,
        };
        from.checked_add(IN_TIME)
    }

    fn is_over(&self, reach: Reach) -> bool {
        let now = Instant::now();
        let over = |sent: &Sent| {
            sent.done.is_some() || sent.error.is_some() || self.deadline(sent, reach).is_some_and(|until| now > until)
        };
        self.sent.iter().all(over)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    Write(&'static str, &'static str),
    Pay(&'static str, &'static str),
    Block,
    Heal,
}

/// Who tells the censor.
pub(crate) trait Border {
    /// Gives it an order and waits until it is carried out.
    fn order(&mut self, order: &str) -> Result<()>;
}

/// Runs the traffic; `messages` each way after the block begins.
pub(crate) fn run(
    network: &mut Network<'_>,
    border: &mut impl Border,
    adversary: &Adversary,
    messages: u64,
    seed: u64,
) -> Result<Log> {
    let schedule = schedule(adversary, messages, seed);
    let began = Instant::now();
    let mut log = Log { sent: Vec::new(), block: began, healed: None };
    let mut next = 0;
    loop {
        if is_interrupted() {
            bail!("interrupted");
        }
        let passed = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        while let Some((_, action)) = schedule.get(next).filter(|(at_ms, _)| *at_ms <= passed) {
            if *action == Action::Block && adversary.closes_national {
                network.close_national();
            }
            act(network, border, &mut log, *action)?;
            next = next.saturating_add(1);
        }
        collect(network, &mut log)?;
        if next == schedule.len() && log.is_over(adversary.reach) {
            return Ok(log);
        }
        thread::sleep(LOOK_EVERY);
    }
}

/// One message each way; done when all have arrived.
pub(crate) fn warm_up(network: &mut Network<'_>) -> Result<()> {
    let now = Instant::now();
    let mut log = Log { sent: Vec::new(), block: now, healed: None };
    for (from, to) in CONVERSATIONS {
        write(network, &mut log, from, to)?;
    }
    network.until("everybody reaches everybody before the block", |network| {
        collect(network, &mut log)?;
        Ok(log.sent.iter().all(|sent| sent.done.is_some()))
    })
}

fn schedule(adversary: &Adversary, messages: u64, seed: u64) -> Vec<(u64, Action)> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut jitter = || random.gen_range(0..JITTER_MS);
    let block = BEFORE.saturating_mul(1000);
    let mut all = vec![(block, Action::Block)];
    for number in 0..BEFORE.saturating_add(messages) {
        for (from, to) in CONVERSATIONS {
            all.push((number.saturating_mul(1000).saturating_add(jitter()), Action::Write(from, to)));
        }
    }
    for (from, to, second) in PAYMENTS {
        all.push((block.saturating_add(second.saturating_mul(1000)).saturating_add(jitter()), Action::Pay(from, to)));
    }
    if let Some(seconds) = adversary.heals_after_s {
        all.push((block.saturating_add(seconds.saturating_mul(1000)), Action::Heal));
    }
    all.sort_by_key(|(at, _)| *at);
    all
}

fn act(network: &mut Network<'_>, border: &mut impl Border, log: &mut Log, action: Action) -> Result<()> {
    match action {
        Action::Block => {
            border.order("block")?;
            log.block = Instant::now();
        }
        Action::Heal => {
            border.order("heal")?;
            log.healed = Some(Instant::now());
        }
        Action::Write(from, to) => write(network, log, from, to)?,
        Action::Pay(from, to) => {
            let asked = json!({ "conversation": to, "amount": AMOUNT });
            let (at, answer) = (Instant::now(), network.daemon(from)?.call("payment.send", &asked));
            let id = answer.as_ref().ok().and_then(|message| message.get("id")?.as_str()).unwrap_or_default();
            let mark = id.to_owned();
            let error = answer.err().map(|error| format!("{error:#}"));
            log.sent.push(Sent { from, to, payment: true, at, done: None, error, mark });
        }
    }
    Ok(())
}

fn write(network: &mut Network<'_>, log: &mut Log, from: &'static str, to: &'static str) -> Result<()> {
    let mark = format!("{from} to {to}, number {} of process {}", log.sent.len(), std::process::id());
    let asked = json!({ "conversation": to, "text": mark });
    let at = Instant::now();
    let error = network.daemon(from)?.call("message.send", &asked).err().map(|error| format!("{error:#}"));
    log.sent.push(Sent { from, to, payment: false, at, done: None, error, mark });
    Ok(())
}

/// Notes what the daemons told.
fn collect(network: &mut Network<'_>, log: &mut Log) -> Result<()> {
    for person in world::HOSTS.iter().filter(|host| host.role == world::Role::Person) {
        for (at, event) in network.daemon(person.name)?.events() {
            if let Some(message) = event.get("message") {
                note(log, person.name, message, at);
            }
        }
    }
    Ok(())
}

fn note(log: &mut Log, at_whom: &str, message: &Value, at: Instant) {
    let text = |field: &str| message.get(field).and_then(Value::as_str).unwrap_or_default();
    let mine = message.get("mine") == Some(&json!(true));
    let is_final = message.pointer("/payment/state") == Some(&json!("final"));
    for sent in log.sent.iter_mut().filter(|sent| sent.done.is_none()) {
        let there = if sent.payment {
            mine && is_final && sent.from == at_whom && !sent.mark.is_empty() && sent.mark == text("id")
        } else {
            !mine && sent.to == at_whom && sent.mark == text("text")
        };
        if there {
            sent.done = Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn adversary() -> Adversary {
        toml::from_str("order = 0\ndoes = \"\"\nimitates = \"\"\nsource = \"\"\nheals_after_s = 20").unwrap()
    }

    #[test]
    fn the_same_seed_gives_the_same_traffic_and_the_block_begins_in_its_middle() {
        let one = schedule(&adversary(), 10, 7);
        assert_eq!(one, schedule(&adversary(), 10, 7));
        assert_ne!(one, schedule(&adversary(), 10, 8));
        let block = one.iter().position(|(_, action)| *action == Action::Block).unwrap();
        let written = |actions: &[(u64, Action)]| {
            actions.iter().filter(|(_, action)| matches!(action, Action::Write(..))).count()
        };
        assert_eq!((written(&one[..block]), written(&one[block..])), (12, 40));
        assert!(one.contains(&(23_000, Action::Heal)));
    }
}
