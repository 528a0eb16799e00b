//! Worlds in which people pay each other.

use super::{FIRST_MONEY, HEAL_MS, Happening, NAMES, Paid, Report, World};
use crate::ghost::Untrue;
use anyhow::{Context, Result, bail, ensure};
use client::view::{Message, PaymentState};
use client::{Command, CommandError, Reply};
use wire::Gram;

impl World {
    /// Everybody gets money and pays everybody `each` times while things fail; then all is healed, and every payment
    /// must have been made once, be final on both sides, and add up.
    pub fn run_payments(mut self, each: usize) -> Result<Report> {
        self.introduce_all()?;
        self.first_money()?;
        self.plan(0);
        let count = self.people.len();
        // in half of the worlds so much that accounts have to be gathered
        let most = if self.chance(500) { 20 } else { 45 };
        for from in 0..count {
            for to in (0..count).filter(|to| *to != from) {
                let mut at = self.now;
                for _ in 0..each {
                    at = at.plus_ms(self.below(4_000));
                    let amount = Gram::from(1_000_000_000 + self.below(most * 1_000_000_000));
                    self.at(at, Happening::Pay(from, to, amount));
                }
            }
        }
        self.let_it_happen()?;
        self.until_paid()?;
        self.report.received = self.paid.len();
        self.end()
    }

    /// Until every payment is made.
    pub(super) fn until_paid(&mut self) -> Result<()> {
        let mut why = None;
        let paid = self.run_until(self.now.plus_ms(HEAL_MS), |world| {
            if world.queue.values().any(|one| matches!(one, Happening::Pay(..))) {
                return Ok(false);
            }
            match world.all_paid() {
                Err(error) if error.is::<Untrue>() => Err(error),
                Err(error) => {
                    why = Some(error);
                    Ok(false)
                }
                Ok(()) => Ok(true),
            }
        });
        paid.map_err(|error| if error.is::<Untrue>() { error } else { error.context(format!("{why:?}")) })
    }

    pub(super) fn first_money(&mut self) -> Result<()> {
        for person in 0..self.people.len() {
            let address = loop {
                match self.command(person, Command::WalletAddress)? {
                    Some(Reply::Address(address)) => break address.address,
                    _ => self.step()?,
                }
            };
            self.chain.as_mut().context("a world without a chain")?.give(&address, FIRST_MONEY)?;
            // the faucet's messages are numbered: one a block
            self.run_until(self.now.plus_ms(HEAL_MS), |world| Ok(world.money_of(person)? >= FIRST_MONEY))?;
        }
        Ok(())
    }

    /// In whole Gram.
    pub(super) fn money_of(&mut self, person: usize) -> Result<u64> {
        match self.command(person, Command::WalletBalance)? {
            Some(Reply::Balance(balance)) => Ok(u64::try_from(balance.balance.nano() / 1_000_000_000)?),
            _ => Ok(0),
        }
    }

    /// Whether every payment is final on both sides, once.
    fn all_paid(&mut self) -> Result<()> {
        let count = self.people.len();
        for from in 0..count {
            for to in (0..count).filter(|to| *to != from) {
                let sent = self.people[from].conversation(NAMES[to])?;
                let came = self.people[to].conversation(NAMES[from])?;
                let open: Vec<String> = sent
                    .iter()
                    .filter(|one| one.mine)
                    .filter_map(|one| one.payment.as_ref())
                    .filter(|by| by.state != PaymentState::Final)
                    .map(|by| format!("{:?} {:?}: {:?}", by.state, by.comment, by.reason))
                    .collect();
                let finals = |list: Vec<Message>, mine: bool| -> Vec<String> {
                    let mut comments: Vec<String> = list
                        .into_iter()
                        .filter(|one| one.mine == mine)
                        .filter(|one| one.payment.as_ref().is_some_and(|by| by.state == PaymentState::Final))
                        .map(|one| one.text)
                        .collect();
                    comments.sort();
                    comments
                };
                let (sent, came) = (finals(sent, true), finals(came, false));
                ensure!(sent == came, "{from} to {to}: {sent:?} sent, {came:?} came");
                let this = |paid: &&Paid| paid.from == from && paid.to == to;
                for paid in self.paid.iter().filter(this) {
                    let times = sent.iter().filter(|comment| **comment == paid.comment).count();
                    ensure!(times <= 1, "paid {times} times: {}", paid.comment);
                    ensure!(times == 1 || !paid.promised, "not paid: {}; {open:?}", paid.comment);
                }
            }
        }
        self.adds_up()
    }

    /// What everybody has is what everybody had, less what was paid, plus what came, less at most a few fees.
    fn adds_up(&mut self) -> Result<()> {
        for person in 0..self.people.len() {
            let Some(Reply::Balance(balance)) = self.command(person, Command::WalletBalance)? else {
                bail!("no balance")
            };
            let sum = |paid: &[Paid], of: &dyn Fn(&Paid) -> bool| -> u128 {
                paid.iter().filter(|one| one.promised && of(one)).map(|one| one.amount.nano()).sum()
            };
            let begun = u128::from(FIRST_MONEY) * 1_000_000_000;
            let expected =
                begun + sum(&self.paid, &|one| one.to == person) - sum(&self.paid, &|one| one.from == person);
            let has = balance.balance.nano();
            if self.paid.iter().all(|one| one.promised) {
                ensure!(has <= expected && expected - has < 2_000_000_000, "{person} has {has} of {expected}");
            }
        }
        Ok(())
    }

    pub(super) fn pay(&mut self, from: usize, to: usize, amount: Gram) -> Result<()> {
        let comment = format!("{} pays {} {amount}", NAMES[from], NAMES[to]);
        let command =
            Command::PaymentSend { conversation: NAMES[to].to_owned(), amount, comment: comment.clone(), id: None };
        let done = self.ask_client(from, command)?;
        let later = |world: &mut Self| {
            let at = world.now.plus_ms(1_000 + world.below(3_000));
            world.at(at, Happening::Pay(from, to, amount));
        };
        let promised = match done {
            // the machine is down, the money is on its way back, or the chain has not answered yet
            None | Some(Err(CommandError::TooLittle { .. } | CommandError::ChainUnknown)) => {
                later(self);
                return Ok(());
            }
            Some(Ok(_)) => true,
            Some(Err(CommandError::Store(_))) => false,
            Some(Err(error)) => bail!("{error}"),
        };
        self.paid.push(Paid { from, to, amount, comment, promised });
        self.bear(from, if promised { Ok(()) } else { Err(CommandError::Store("as wanted".into())) })
    }
}
