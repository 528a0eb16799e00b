//! Worlds that go one way, step by step: what worlds of chance meet too seldom.

use super::{HEAL_MS, Happening, Party, Report, World};
use crate::chain::Silence;
use anyhow::{Context, Result, ensure};
use client::view::MessageState;
use client::{Command, Reply};
use tycho_types::models::{StdAddr, StdAddrFormat};
use wire::Gram;

/// What is in the way while a person's money is gathered in one account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing.
    None,
    /// Of account 0 nothing is heard for a while: it is known that the money has left, not that it has come.
    ArrivalUnknown,
    /// Of the other accounts nothing is heard for a while: it is known that the money has come, not that it has left.
    DepartureUnknown,
    /// As [`Self::ArrivalUnknown`], and the client is opened anew in the middle of it.
    Restart,
    /// The first submissions are lost.
    SubmissionsLost,
    /// They are lost for so long that everything is signed anew; then as [`Self::ArrivalUnknown`].
    SignedAnew,
}

/// How long a signed message is good, and a little more.
const SIGNED_ANEW_MS: u64 = 75_000;
/// How long nothing is heard.
const SILENT_MS: u64 = 40_000;

impl World {
    /// Bob pays Alice twice, each time to another account; then Alice pays Bob more than any account of hers has.
    pub fn run_gathering(mut self, trouble: Trouble) -> Result<Report> {
        self.three_accounts()?;
        let first = self.first_account(0)?;
        let (now, silent) = (self.now, self.now.plus_ms(SILENT_MS));
        let chain = self.chain.as_mut().context("a world without a chain")?;
        match trouble {
            Trouble::None => {}
            Trouble::ArrivalUnknown | Trouble::Restart => chain.trouble.silence = Some((Silence::About(first), silent)),
            Trouble::DepartureUnknown => chain.trouble.silence = Some((Silence::AboutAllBut(first), silent)),
            Trouble::SubmissionsLost => chain.trouble.loses_until = now.plus_ms(SILENT_MS / 2),
            Trouble::SignedAnew => {
                chain.trouble.loses_until = now.plus_ms(SIGNED_ANEW_MS);
                let until = now.plus_ms(SIGNED_ANEW_MS).plus_ms(SILENT_MS);
                chain.trouble.silence = Some((Silence::About(first), until));
            }
        }
        if trouble == Trouble::Restart {
            self.at(now.plus_ms(SILENT_MS / 2), Happening::Crash(Party::Person(0)));
        }
        self.pay(0, 1, gram_of(150))?;
        self.until_paid()?;
        let lost = self.chain.as_ref().map_or(0, |chain| chain.trouble.lost);
        let loses = matches!(trouble, Trouble::SubmissionsLost | Trouble::SignedAnew);
        ensure!((lost > 0) == loses, "{lost} submissions were lost");
        self.report.received = self.paid.len();
        self.end()
    }

    /// As [`World::run_gathering`], and before anything has been moved a smaller payment takes nearly all that one of
    /// the accounts has.
    pub fn run_overtaken_gathering(mut self) -> Result<Report> {
        self.three_accounts()?;
        let quote =
            Command::PaymentQuote { to: "bob".into(), amount: Gram::from(39_900_000_000), comment: String::new() };
        let Some(Reply::Quote(quote)) = self.command(0, quote)? else { anyhow::bail!("no quote") };
        let rest = quote.fee.checked_add(Gram::from(500_000)).context("a fee without bounds")?;
        let nearly_all = gram_of(40).checked_sub(rest).context("a fee of more than 40 Gram")?;
        self.pay(0, 1, gram_of(120))?;
        self.pay(0, 1, nearly_all)?;
        self.until_paid()?;
        self.report.received = self.paid.len();
        self.end()
    }

    /// Everybody has money, and Bob has paid Alice twice, each time to another account of hers.
    fn three_accounts(&mut self) -> Result<()> {
        self.introduce_all()?;
        self.first_money()?;
        for gram in [40, 30] {
            self.pay(1, 0, gram_of(gram))?;
            self.until_paid()?;
        }
        Ok(())
    }

    /// Alice writes a long message and a short one, and for a while only short ones come through: the second one is
    /// on all relays then, and of no use to Bob before he has the first.
    pub fn run_late_first(mut self) -> Result<Report> {
        self.introduce_all()?;
        self.network.small_only = true;
        self.say(0, 1, "long".repeat(5_000))?;
        self.say(0, 1, "short".to_owned())?;
        let later = self.now.plus_ms(SILENT_MS);
        self.run_until(later.plus_ms(HEAL_MS), |world| Ok(world.now > later))?;
        let states: Vec<MessageState> =
            self.people[0].conversation("bob")?.into_iter().filter(|one| one.mine).map(|one| one.state).collect();
        ensure!(states == [MessageState::Pending; 2], "{states:?}");
        ensure!(self.people[1].conversation("alice")?.is_empty(), "the second one came before the first");
        self.network.small_only = false;
        self.run_until(self.now.plus_ms(HEAL_MS), |world| world.at_rest())?;
        self.verdict()?;
        self.end()
    }

    fn first_account(&mut self, person: usize) -> Result<StdAddr> {
        let Some(Reply::Address(address)) = self.command(person, Command::WalletAddress)? else {
            anyhow::bail!("no address")
        };
        Ok(StdAddr::from_str_ext(&address.address, StdAddrFormat::any())?.0)
    }
}

pub(super) fn gram_of(gram: u64) -> Gram {
    Gram::from(gram * 1_000_000_000)
}
