//! Following own accounts by proofs, and the chain's time.

use super::{
    AccountRecord, CONFIG_KEY, CONFIG_MS, HEAD_LAG_MS, LONG_POLLS_MAX, PAYING_HELD_MS, PAYING_WAIT_MS, SHORT_MS,
    WAIT_MS,
};
use crate::command::CommandError;
use crate::live::{ChainTask, Purpose, Task};
use crate::record::{damaged, stored};
use crate::store::{Table, Transaction};
use crate::work::Work;
use chain::execute::ChainConfig;
use chain::light::{AccountId, AccountProof, LightRequest, NetworkId, VerifiedAccount, verify_account};
use tycho_types::boc::Boc;
use tycho_types::models::{AccountState, ShardAccount, StdAddr};
use tycho_types::prelude::*;
use wire::{Gram, RelayId, UnixMillis};

/// The account whose data begins with the parameters (CHN-3).
const CONFIG_ADDRESS: StdAddr = StdAddr::new(-1, HashBytes([0x55; 32]));

/// The newest block that was proven since the client was opened.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head {
    /// Its time.
    at: UnixMillis,
    /// When it was proven, by this machine's clock.
    seen: UnixMillis,
}

impl Head {
    /// Its time.
    pub(super) fn at(self) -> UnixMillis {
        self.at
    }

    /// For how long no newer one was proven.
    pub(super) fn unheard_ms(self, now: UnixMillis) -> u64 {
        now.since(self.seen)
    }
}

impl<T: Transaction> Work<'_, T> {
    pub(super) fn account_request(&mut self, number: u32) -> Result<Option<(LightRequest, u64)>, CommandError> {
        let Some(account) = self.account(number)? else { return Ok(None) };
        let address = AccountId::from(&address_of(&account));
        if account.height > 0 && self.may_wait(number)? {
            // a narrow way has no room for questions that wait again and again
            let hurries = self.is_paying_from(number)? && !self.live.relays.values().any(|relay| relay.narrow);
            let wait_ms = if hurries { PAYING_WAIT_MS } else { WAIT_MS };
            let request = LightRequest::WaitAccount { address, known_lt: account.last.0, wait_ms };
            return Ok(Some((request, u64::from(wait_ms))));
        }
        Ok(Some((LightRequest::Account { address }, 0)))
    }

    /// Whether news of an account is wanted at once.
    pub(super) fn is_watched(&self, number: u32) -> Result<bool, CommandError> {
        if number == 0 || self.live.wallet.watched.get(&number).is_some_and(|until| *until > self.now) {
            return Ok(true);
        }
        self.is_paying_from(number)
    }

    /// Whether something is signed that an account is to pay.
    fn is_paying_from(&self, number: u32) -> Result<bool, CommandError> {
        let from = |one: &super::TransferRecord| one.signed.as_ref().is_some_and(|signed| signed.account == number);
        Ok(self.open_transfers()?.iter().any(from))
    }

    /// Whether a node may be asked to wait for news of an account: account 0 always, of the others so many at a time.
    fn may_wait(&self, number: u32) -> Result<bool, CommandError> {
        let waiting = |purpose: &Purpose| matches!(purpose, Purpose::Task(Task::Chain(ChainTask::Account(_))));
        let waits = self.live.exchanges.values().filter(|one| one.wait_ms > 0 && waiting(&one.purpose)).count();
        Ok((number == 0 || waits < LONG_POLLS_MAX) && self.is_watched(number)?)
    }

    /// What a proof shows, if it is one; whoever gave a wrong one is noted.
    fn verified(&mut self, relay: RelayId, proof: &AccountProof, address: &StdAddr) -> Option<VerifiedAccount> {
        let network = NetworkId {
            genesis_hash: self.setup.network.genesis_hash,
            validators: self.setup.network.validators.clone(),
        };
        let Ok(verified) = verify_account(&network, proof, address) else {
            if let Some(relay) = self.live.relays.get_mut(&relay) {
                relay.error = Some("its chain node gave a proof that is wrong".into());
            }
            return None;
        };
        self.head_seen(relay, verified.at);
        Some(verified)
    }

    /// A block is proven. Whoever shows one that is much older than what the chain must have by now is not asked
    /// next (E2E-74).
    fn head_seen(&mut self, relay: RelayId, at: UnixMillis) {
        let lags = self.chain_now().is_some_and(|now| now.since(at) > HEAD_LAG_MS);
        if self.live.wallet.head.is_none_or(|head| at > head.at) {
            self.live.wallet.head = Some(Head { at, seen: self.now });
        }
        if lags {
            self.live.wallet.avoid = Some(relay);
        }
    }

    /// The chain's time: that of the newest proven block, and what has passed since. Payments hang on nobody's clock
    /// (E2E-63). `None` before the first proof.
    pub(super) fn chain_now(&self) -> Option<UnixMillis> {
        self.live.wallet.head.map(|head| head.at.plus_ms(self.now.since(head.seen)))
    }

    pub(super) fn account_answered(
        &mut self,
        relay: RelayId,
        number: u32,
        proof: &AccountProof,
    ) -> Result<(), CommandError> {
        let Some(mut account) = self.account(number)? else { return Ok(()) };
        let Some(verified) = self.verified(relay, proof, &address_of(&account)) else {
            return self.chain_failed(relay, ChainTask::Account(number));
        };
        let asked = self.live.wallet.asked.remove(&number);
        if verified.height < account.height {
            // a node that is behind: ask again, another one
            self.live.wallet.avoid = Some(relay);
            self.live.wallet.look.insert(number, self.now.plus_ms(500));
            return Ok(());
        }
        let before = account.clone();
        account.height = verified.height;
        account.at = verified.at;
        account.last = (verified.entry.last_trans_lt, verified.entry.last_trans_hash.0);
        account.seqno = verified.account.as_ref().and_then(chain::wallet::seqno);
        let tokens = verified.account.map(|one| one.balance.tokens.into_inner()).unwrap_or_default();
        account.balance = Gram::from_nano(tokens).unwrap_or_default();
        account.entry = Boc::encode(CellBuilder::build_from(&verified.entry).map_err(damaged)?);
        self.save_account(&account)?;
        if account.last.0 > account.read_lt {
            self.walk_history(&account);
        } else {
            self.account_settled(&account)?;
        }
        // a node that was asked to wait and did not, or must not be asked to, is not asked again at once
        let held_ms = if self.is_paying_from(number)? { PAYING_HELD_MS } else { SHORT_MS };
        let idle =
            asked.is_some_and(|at| before.height > 0 && account.last == before.last && self.now.since(at) < held_ms);
        let pause = match (self.is_watched(number)?, idle || !self.may_wait(number)?) {
            (true, false) => 1,
            (true, true) => SHORT_MS,
            (false, _) => self.idle_ms()?,
        };
        self.live.wallet.look.insert(number, self.now.plus_ms(pause));
        self.tell_balance()
    }

    pub(super) fn config_request() -> LightRequest {
        LightRequest::Account { address: AccountId::from(&CONFIG_ADDRESS) }
    }

    /// The parameters are in the data of a proven account: no node decides what a payment is said to cost (E2E-67).
    pub(super) fn config_answered(&mut self, relay: RelayId, proof: &AccountProof) -> Result<(), CommandError> {
        let verified = self.verified(relay, proof, &CONFIG_ADDRESS);
        let root = verified.and_then(|one| match one.account?.state {
            AccountState::Active(init) => init.data?.reference_cloned(0),
            AccountState::Uninit | AccountState::Frozen(_) => None,
        });
        let config = root.as_ref().and_then(|root| parse_config(root.clone(), self.now));
        let (Some(root), Some(config)) = (root, config) else { return self.chain_failed(relay, ChainTask::Config) };
        self.live.wallet.config = Some(config);
        self.tx.put(Table::Wallet, CONFIG_KEY, &Boc::encode(&root)).map_err(stored)?;
        self.schedule_chain(ChainTask::Config, self.now.plus_ms(CONFIG_MS));
        Ok(())
    }

    /// The configuration as it was proven last time.
    pub(super) fn resume_config(&mut self) -> Result<(), CommandError> {
        if let Some(bytes) = self.tx.get(Table::Wallet, CONFIG_KEY).map_err(stored)? {
            self.live.wallet.config = Boc::decode(&bytes).ok().and_then(|root| parse_config(root, self.now));
        }
        Ok(())
    }
}

fn parse_config(root: Cell, now: UnixMillis) -> Option<ChainConfig> {
    ChainConfig::from_params(root, u32::try_from(now.seconds()).ok()?).ok()
}

pub(super) fn address_of(account: &AccountRecord) -> StdAddr {
    StdAddr::new(0, HashBytes(account.address.0))
}

/// The account's entry in the state, as far as it is known.
pub(super) fn entry_of(account: &AccountRecord) -> Option<ShardAccount> {
    Boc::decode(&account.entry).ok()?.parse::<ShardAccount>().ok()
}
