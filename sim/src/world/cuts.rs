//! Worlds in which the chain can't be reached for a while, and people pay each other nevertheless (E2E-75).

use super::scenes::gram_of;
use super::{FIRST_MONEY, HEAL_MS, Happening, Party, Report, World};
use anyhow::{Context, Result, ensure};
use client::problem::PaymentProblem;
use client::view::{Payment, PaymentState};
use client::{Command, Reply};

/// What happens meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// Nothing, for some minutes.
    Short,
    /// Nothing, for so long that what is known of the chain is old (E2E-74).
    Long,
    /// Alice's client is opened anew.
    Restart,
    /// Another program with Alice's words spends the money.
    Spent,
    /// The first payment is taken by the chain, and nobody hears of it.
    Sent,
}

/// In milliseconds: longer than a signed message is good; longer than a block counts as new.
const SHORT_MS: u64 = 4 * 60 * 1000;
const LONG_MS: u64 = 45 * 60 * 1000;
/// Restarts of a payer, and how far apart they are: longer than a promise takes.
const RESTARTS: u64 = 4;
const RESTART_MS: u64 = 25_000;
/// How long after a payment was begun it is promised, and the other one knows.
const PROMISED_MS: u64 = 30_000;

impl World {
    /// People pay each other while the chain is out of reach: what is signed is unconfirmed on both sides, what is not is
    /// promised, and nothing is shown as paid; then each is made once, or taken back.
    pub fn run_cut(mut self, cut: Cut) -> Result<Report> {
        self.introduce_all()?;
        self.first_money()?;
        let began = self.now;
        let lasts_ms = if cut == Cut::Long { LONG_MS } else { SHORT_MS };
        let (middle, end) = (began.plus_ms(lasts_ms / 2), began.plus_ms(lasts_ms));
        let trouble = &mut self.chain.as_mut().context("a world without a chain")?.trouble;
        if cut == Cut::Sent {
            trouble.cut_by_message = Some(end);
        } else {
            trouble.cut_until = end;
        }
        self.at(began.plus_ms(1_000), Happening::Pay(0, 1, gram_of(10)));
        self.at(middle, Happening::Pay(0, 1, gram_of(20)));
        if cut == Cut::Restart {
            self.at(middle.plus_ms(10), Happening::Crash(Party::Person(0)));
        }
        let checked = middle.plus_ms(2 * PROMISED_MS);
        self.run_until(checked.plus_ms(HEAL_MS), |world| Ok(world.now > checked))?;
        for (person, other) in [(0, "bob"), (1, "alice")] {
            let payments = self.payments_of(person, other)?;
            let states: Vec<PaymentState> = payments.iter().map(|one| one.state).collect();
            // the first was signed before anybody knew of the cut, and may have come through
            ensure!(
                states == [PaymentState::Unconfirmed, PaymentState::Promised],
                "{cut:?}: {person} sees {payments:?}"
            );
        }
        self.is_held_back()?;
        if cut == Cut::Spent {
            return self.taken_back();
        }
        self.until_paid()?;
        self.report.received = self.paid.len();
        self.end()
    }

    /// Alice's client is opened anew again and again while what she pays is lost on its way to a block. Nodes answer all
    /// the time: nothing is promised, to nobody.
    pub fn run_restarted_payer(mut self) -> Result<Report> {
        self.introduce_all()?;
        self.first_money()?;
        let began = self.now;
        let until = began.plus_ms(RESTARTS * RESTART_MS);
        self.chain.as_mut().context("a world without a chain")?.trouble.loses_until = until;
        self.at(began.plus_ms(1_000), Happening::Pay(0, 1, gram_of(10)));
        for restart in 1..=RESTARTS {
            self.at(began.plus_ms(restart * RESTART_MS), Happening::Crash(Party::Person(0)));
        }
        self.run_until(until.plus_ms(HEAL_MS), |world| {
            for (person, other) in [(0, "bob"), (1, "alice")] {
                let early = |one: &Payment| matches!(one.state, PaymentState::Promised | PaymentState::Unconfirmed);
                let payments = world.payments_of(person, other)?;
                ensure!(!payments.iter().any(early), "{person} sees {payments:?}");
            }
            Ok(world.now > until.plus_ms(RESTART_MS))
        })?;
        self.until_paid()?;
        self.report.received = self.paid.len();
        self.end()
    }

    /// What is promised is still there, and counts as on its way out.
    fn is_held_back(&mut self) -> Result<()> {
        let Some(Reply::Balance(balance)) = self.command(0, Command::WalletBalance)? else {
            anyhow::bail!("no balance")
        };
        ensure!(balance.balance == gram_of(FIRST_MONEY) && balance.pending > gram_of(30), "{balance:?}");
        Ok(())
    }

    /// The money is gone when the chain is back: both sides see that nothing was paid, and why is the payer's affair.
    fn taken_back(mut self) -> Result<Report> {
        let key = self.people[0].wallet_key();
        self.chain.as_mut().context("a world without a chain")?.spend(&key, FIRST_MONEY - 5)?;
        let failed = |world: &mut Self| {
            let mut all = world.payments_of(0, "bob")?;
            all.extend(world.payments_of(1, "alice")?);
            ensure!(all.iter().all(|one| one.state != PaymentState::Final), "{all:?}");
            Ok(all.iter().all(|one| one.state == PaymentState::Failed))
        };
        self.run_until(self.now.plus_ms(HEAL_MS), failed)?;
        let reasons: Vec<_> = self.payments_of(0, "bob")?.into_iter().map(|one| one.reason).collect();
        ensure!(reasons == [Some(PaymentProblem::NotEnough); 2], "{reasons:?}");
        let told: Vec<_> = self.payments_of(1, "alice")?.into_iter().map(|one| one.reason).collect();
        ensure!(told == [None, None], "{told:?}");
        ensure!(self.money_of(1)? == FIRST_MONEY, "Bob was paid");
        self.report.received = 0;
        self.end()
    }

    fn payments_of(&mut self, person: usize, other: &str) -> Result<Vec<Payment>> {
        Ok(self.people[person].conversation(other)?.into_iter().filter_map(|one| one.payment).collect())
    }
}
