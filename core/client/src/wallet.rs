//! The wallet.

use crate::command::{Command, CommandError, Reply};
use crate::live::ChainTask;
use crate::record::{ContactRecord, PayAddress};
use crate::store::Transaction;
use crate::view::MessageId;
use crate::work::Work;
use wire::{Gram, RelayId, UnixMillis};

#[derive(Debug, Default)]
pub(crate) struct WalletLive {}

impl WalletLive {
    pub(crate) fn next_due(&self) -> Option<UnixMillis> {
        None
    }
}

pub(crate) struct Announced {
    pub(crate) id: MessageId,
    pub(crate) at: UnixMillis,
    pub(crate) to: PayAddress,
    pub(crate) amount: Gram,
    pub(crate) comment: String,
    pub(crate) reference: [u8; 16],
}

impl<T: Transaction> Work<'_, T> {
    pub(crate) fn fresh_account(&mut self, contact: &mut ContactRecord) -> Result<PayAddress, CommandError> {
        let mut profile = self.profile()?;
        let number = profile.next_account;
        profile.next_account = number.saturating_add(1);
        self.save_profile(&profile)?;
        contact.own_account = Some(number);
        let key = self.setup.root.account_key(number).verifying_key().to_bytes();
        let address = chain::wallet::WalletV5::new(key).address().map_err(crate::record::damaged)?;
        Ok(PayAddress(address.address.0))
    }
    pub(crate) fn payment_announced(
        &mut self,
        _: &mut ContactRecord,
        _: u64,
        _: Announced,
    ) -> Result<(), CommandError> {
        Ok(())
    }
    pub(crate) fn chain_request(&mut self, _: ChainTask) -> Result<Option<Vec<u8>>, CommandError> {
        Ok(None)
    }
    pub(crate) fn chain_failed(&mut self, _: RelayId, _: ChainTask) -> Result<(), CommandError> {
        Ok(())
    }
    pub(crate) fn chain_answered(&mut self, _: RelayId, _: ChainTask, _: &[u8]) -> Result<(), CommandError> {
        Ok(())
    }
    pub(crate) fn resume_wallet(&mut self) -> Result<(), CommandError> {
        Ok(())
    }
    pub(crate) fn wallet_due(&mut self) -> Result<(), CommandError> {
        Ok(())
    }
    pub(crate) fn wallet_command(&mut self, _: Command) -> Result<Reply, CommandError> {
        Err(CommandError::ChainUnknown)
    }
}
