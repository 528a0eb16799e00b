//! What people do in a world, and the verdict on what came of it.

use super::{BEGIN, FIRST_MONEY, HEAL_MS, Happening, NAMES, Paid, Party, Report, World};
use anyhow::{Context, Result, bail, ensure};
use client::view::{ContactState, Message, MessageState, PaymentState};
use client::{Command, Reply};
use std::collections::{BTreeMap, BTreeSet};
use wire::Gram;

impl World {
    /// Everybody meets everybody, everybody says `each` messages to everybody while things fail; then all is healed,
    /// and what was promised must have come.
    pub fn run(mut self, each: usize) -> Result<Report> {
        self.introduce_all()?;
        self.plan(each);
        self.run_until(self.now.plus_ms(HEAL_MS), |world| {
            !world.queue.values().any(|one| {
                matches!(one, Happening::Say(..) | Happening::Crash(_) | Happening::Restart(_) | Happening::Die(_))
            })
        })?;
        self.heal()?;
        self.run_until(self.now.plus_ms(HEAL_MS), |world| world.at_rest())?;
        self.verdict()?;
        self.report.lasted_ms = self.now.since(BEGIN);
        Ok(self.report)
    }

    /// Everybody gets money and pays everybody `each` times while things fail; then all is healed, and every payment
    /// must have been made once, be final on both sides, and add up.
    pub fn run_payments(mut self, each: usize) -> Result<Report> {
        self.introduce_all()?;
        self.first_money()?;
        self.plan(0);
        let count = self.people.len();
        for from in 0..count {
            for to in (0..count).filter(|to| *to != from) {
                let mut at = self.now;
                for _ in 0..each {
                    at = at.plus_ms(self.below(4_000));
                    let amount = Gram::from(1_000_000_000 + self.below(20_000_000_000));
                    self.at(at, Happening::Pay(from, to, amount));
                }
            }
        }
        self.run_until(self.now.plus_ms(HEAL_MS), |world| {
            !world.queue.values().any(|one| {
                matches!(one, Happening::Pay(..) | Happening::Crash(_) | Happening::Restart(_) | Happening::Die(_))
            })
        })?;
        self.heal()?;
        self.run_until(self.now.plus_ms(HEAL_MS), |world| world.all_paid().is_ok())
            .with_context(|| format!("{:?}", self.all_paid().err()))?;
        self.report.received = self.paid.len();
        self.report.lasted_ms = self.now.since(BEGIN);
        Ok(self.report)
    }

    fn first_money(&mut self) -> Result<()> {
        for person in 0..self.people.len() {
            let address = loop {
                match self.command(person, Command::WalletAddress)? {
                    Some(Reply::Address(address)) => break address.address,
                    _ => self.step()?,
                }
            };
            self.chain.as_mut().context("a world without a chain")?.give(&address, FIRST_MONEY)?;
            // the faucet's messages are numbered: one a block
            self.run_until(self.now.plus_ms(HEAL_MS), |world| world.money_of(person) >= FIRST_MONEY)?;
        }
        Ok(())
    }

    /// In whole Gram.
    fn money_of(&mut self, person: usize) -> u64 {
        match self.command(person, Command::WalletBalance) {
            Ok(Some(Reply::Balance(balance))) => u64::try_from(balance.balance.nano() / 1_000_000_000).unwrap_or(0),
            _ => 0,
        }
    }

    /// Whether every payment is final on both sides, once.
    fn all_paid(&mut self) -> Result<()> {
        let count = self.people.len();
        for from in 0..count {
            for to in (0..count).filter(|to| *to != from) {
                let now = self.now;
                let sent = self.people[from].messages(NAMES[to], now, &mut self.rng)?;
                let came = self.people[to].messages(NAMES[from], now, &mut self.rng)?;
                self.after(from);
                self.after(to);
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

    fn introduce_all(&mut self) -> Result<()> {
        let count = self.people.len();
        for inviter in 0..count {
            for adder in 0..inviter {
                let link = loop {
                    match self.command(inviter, Command::ContactInvite)? {
                        Some(Reply::Invite { link, .. }) => break link,
                        _ => self.step()?,
                    }
                };
                while self.command(adder, Command::ContactAdd { link: link.clone() })?.is_none() {
                    self.step()?;
                }
            }
        }
        self.run_until(self.now.plus_ms(HEAL_MS), |world| world.all_connected())
            .context("the introductions do not come about")
    }

    fn all_connected(&mut self) -> bool {
        let count = self.people.len();
        (0..count).all(|person| {
            let now = self.now;
            let contacts = self.people[person].command(Command::ContactList, now, &mut self.rng);
            self.after(person);
            match contacts {
                Some(Ok(Reply::Contacts(list))) => {
                    list.iter().filter(|one| one.state == ContactState::Connected).count() == count - 1
                }
                _ => false,
            }
        })
    }

    fn plan(&mut self, each: usize) {
        let count = self.people.len();
        for from in 0..count {
            for to in (0..count).filter(|to| *to != from) {
                let mut at = self.now;
                for number in 0..each {
                    at = at.plus_ms(self.below(400));
                    let long = if self.chance(30) { self.below(40_000) } else { self.below(300) };
                    let filling = "س".repeat(usize::try_from(long / 2).unwrap_or(0));
                    let text = format!("{} to {}: {number} {filling}", NAMES[from], NAMES[to]);
                    self.at(at, Happening::Say(from, to, text));
                }
            }
        }
        for _ in 0..self.faults.crashes {
            let at = self.now.plus_ms(self.below(each as u64 * 300 + 6000));
            let party = self.any_party();
            let disk = self.chance(400);
            self.at(at, if disk { Happening::FailDisk(party) } else { Happening::Crash(party) });
        }
        if self.faults.one_relay_dies && self.relays.len() > 2 {
            let at = self.now.plus_ms(self.below(each as u64 * 300 + 1000));
            let relay = self.below(self.relays.len() as u64) as usize;
            self.at(at, Happening::Die(relay));
        }
    }

    fn any_party(&mut self) -> Party {
        let (people, relays) = (self.people.len() as u64, self.relays.len() as u64);
        match self.below(people + relays) {
            one if one < people => Party::Person(one as usize),
            one => Party::Relay((one - people) as usize),
        }
    }

    fn heal(&mut self) -> Result<()> {
        self.healed = true;
        for person in 0..self.people.len() {
            if !self.people[person].is_up() {
                self.happen(Happening::Restart(Party::Person(person)))?;
            }
        }
        for relay in 0..self.relays.len() {
            if !self.relays[relay].is_up() {
                self.happen(Happening::Restart(Party::Relay(relay)))?;
            }
        }
        Ok(())
    }

    /// Whether everything promised is there and both sides know it.
    fn at_rest(&mut self) -> bool {
        let pairs: Vec<(usize, usize)> = self.said.keys().copied().collect();
        pairs.into_iter().all(|(from, to)| {
            let promised: Vec<String> =
                self.said[&(from, to)].iter().filter(|said| said.promised).map(|said| said.text.clone()).collect();
            let now = self.now;
            let Ok(mine) = self.people[from].messages(NAMES[to], now, &mut self.rng) else { return false };
            self.after(from);
            let delivered: BTreeSet<String> = mine
                .into_iter()
                .filter(|one| one.mine && one.state >= MessageState::Delivered)
                .map(|one| one.text)
                .collect();
            // receipts come last
            promised.iter().all(|text| delivered.contains(text))
        })
    }

    fn verdict(&mut self) -> Result<()> {
        let pairs: Vec<(usize, usize)> = self.said.keys().copied().collect();
        for (from, to) in pairs {
            let now = self.now;
            let all = self.people[to].messages(NAMES[from], now, &mut self.rng)?;
            let received: Vec<String> = all.into_iter().filter(|one| !one.mine).map(|one| one.text).collect();
            let said = &self.said[&(from, to)];
            let unique: BTreeSet<&String> = received.iter().collect();
            ensure!(unique.len() == received.len(), "{from} to {to}: a message came twice");
            let order: BTreeMap<&String, usize> = said.iter().enumerate().map(|(n, said)| (&said.text, n)).collect();
            let places: Vec<usize> = received
                .iter()
                .map(|text| order.get(text).copied().with_context(|| format!("nobody said {text:?}")))
                .collect::<Result<_>>()?;
            ensure!(places.windows(2).all(|pair| pair[0] < pair[1]), "{from} to {to}: out of order: {places:?}");
            for said in said.iter().filter(|said| said.promised) {
                ensure!(unique.contains(&said.text), "{from} to {to}: lost {:?}", said.text.get(..24));
            }
            self.report.received += received.len();
        }
        Ok(())
    }
}
