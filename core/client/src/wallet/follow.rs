//! Following own accounts by proofs.

use super::{AccountRecord, CONFIG_KEY, CONFIG_MS, WAIT_MS};
use crate::command::CommandError;
use crate::live::ChainTask;
use crate::record::{damaged, stored};
use crate::store::{Table, Transaction};
use crate::work::Work;
use chain::execute::ChainConfig;
use chain::light::{AccountId, AccountProof, LightRequest, NetworkId, verify_account};
use tycho_types::boc::Boc;
use tycho_types::models::{ShardAccount, StdAddr};
use tycho_types::prelude::*;
use wire::{Gram, RelayId, UnixMillis};

impl<T: Transaction> Work<'_, T> {
    pub(super) fn account_request(&mut self, number: u32) -> Result<Option<(LightRequest, u64)>, CommandError> {
        let Some(account) = self.account(number)? else { return Ok(None) };
        let address = AccountId::from(&address_of(&account));
        if account.height > 0 && self.is_watched(number)? {
            let request = LightRequest::WaitAccount { address, known_lt: account.last.0, wait_ms: WAIT_MS };
            return Ok(Some((request, u64::from(WAIT_MS))));
        }
        Ok(Some((LightRequest::Account { address }, 0)))
    }

    /// Whether news of an account is wanted at once.
    fn is_watched(&self, number: u32) -> Result<bool, CommandError> {
        if number == 0 || self.live.wallet.expected.contains(&number) {
            return Ok(true);
        }
        let from = |one: &super::TransferRecord| one.signed.as_ref().is_some_and(|signed| signed.account == number);
        Ok(self.open_transfers()?.iter().any(from))
    }

    pub(super) fn account_answered(
        &mut self,
        relay: RelayId,
        number: u32,
        proof: &AccountProof,
    ) -> Result<(), CommandError> {
        let Some(mut account) = self.account(number)? else { return Ok(()) };
        let network = NetworkId {
            genesis_hash: self.setup.network.genesis_hash,
            validators: self.setup.network.validators.clone(),
        };
        let Ok(verified) = verify_account(&network, proof, &address_of(&account)) else {
            if let Some(relay) = self.live.relays.get_mut(&relay) {
                relay.error = Some("its chain node gave a proof that is wrong".into());
            }
            return self.chain_failed(relay, ChainTask::Account(number));
        };
        self.live.wallet.asked.remove(&number);
        if verified.height < account.height {
            // a node that is behind: ask again
            self.live.wallet.look.insert(number, self.now.plus_ms(500));
            return Ok(());
        }
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
        let pause = if self.is_watched(number)? { 0 } else { self.idle_ms()? };
        self.live.wallet.look.insert(number, self.now.plus_ms(pause.max(1)));
        self.tell_balance()
    }

    pub(super) fn config_answered(&mut self, relay: RelayId, bytes: &[u8]) -> Result<(), CommandError> {
        let Some(config) = parse_config(bytes, self.now) else { return self.chain_failed(relay, ChainTask::Config) };
        self.live.wallet.config = Some(config);
        self.live.wallet.config_at = self.now;
        self.tx.put(Table::Wallet, CONFIG_KEY, bytes).map_err(stored)?;
        self.schedule_chain(ChainTask::Config, self.now.plus_ms(CONFIG_MS));
        Ok(())
    }
}

pub(super) fn parse_config(bytes: &[u8], now: UnixMillis) -> Option<ChainConfig> {
    let root = Boc::decode(bytes).ok()?;
    ChainConfig::from_params(root, u32::try_from(now.seconds()).ok()?).ok()
}

pub(super) fn address_of(account: &AccountRecord) -> StdAddr {
    StdAddr::new(0, HashBytes(account.address.0))
}

/// The account's entry in the state, as far as it is known.
pub(super) fn entry_of(account: &AccountRecord) -> Option<ShardAccount> {
    Boc::decode(&account.entry).ok()?.parse::<ShardAccount>().ok()
}
