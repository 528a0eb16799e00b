//! What transfers will cost, found by making them on a copy of the account.

use super::{Transfer, Validity, WalletError, WalletV5};
use crate::execute::{ChainConfig, ExecuteParams, Refusal, execute_ordinary};
use tycho_types::cell::Lazy;
use tycho_types::error::Error;
use tycho_types::models::{
    Account, AccountState, CurrencyCollection, IntAddr, OptionalAccount, SendMsgFlags, ShardAccount, StorageInfo,
};
use tycho_types::num::Tokens;
use tycho_types::prelude::*;
use wire::Gram;

/// Lent to the copy of the account, so that the fee is known even if the balance is too low.
const LOAN: Tokens = Tokens::new(1_000_000_000_000);

/// What transfers will cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// What arrives, all transfers together.
    pub amount: Gram,
    /// Everything else that leaves the wallet: taking the message, gas, forwarding, storage due.
    pub fee: Gram,
    /// Both.
    pub total: Gram,
    /// What the wallet has.
    pub balance: Gram,
    /// Whether it is enough.
    pub sufficient: bool,
}

/// Why there is no estimate.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EstimateError {
    /// The message can't be built.
    #[error(transparent)]
    Wallet(#[from] WalletError),
    /// The chain would not take it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Not every transfer would be made.
    #[error("a transfer would not be made: check recipient, amount and mode")]
    NotMade,
}

/// Estimates the cost of `transfers` from the wallet whose account is given, at `params.now`.
/// No signature is needed; the wallet is deployed along the way if it isn't yet.
///
/// # Errors
/// [`EstimateError`] where the transfers would not be made even with enough balance.
pub fn estimate(
    config: &ChainConfig,
    params: &ExecuteParams,
    wallet: &WalletV5,
    account: &ShardAccount,
    transfers: &[Transfer],
) -> Result<Estimate, EstimateError> {
    let address = wallet.address().map_err(WalletError::from)?;
    let loaded = account.load_account().map_err(WalletError::from)?;
    let seqno = loaded.as_ref().and_then(super::seqno);
    let balance = loaded.as_ref().map(|account| account.balance.tokens).unwrap_or_default();
    let whole = transfers.iter().any(|t| SendMsgFlags::from_bits_retain(t.mode).contains(SendMsgFlags::ALL_BALANCE));
    let loan = if whole {
        Tokens::ZERO
    } else {
        transfers.iter().fold(LOAN, |sum, t| sum.saturating_add(Tokens::new(t.amount.nano())))
    };
    let lent = lend(account, loaded, &address.clone().into(), loan).map_err(WalletError::from)?;
    let validity = Validity { seqno: seqno.unwrap_or(0), valid_until: u32::MAX, deploy: seqno.is_none() };
    let order = wallet.order(validity, transfers)?;
    let message = wallet.envelope(validity, &order, &[0; 64])?;
    let params = ExecuteParams { trust_signatures: true, ..params.clone() };
    let done = execute_ordinary(config, &params, &address, &lent, message)?;
    if done.out_messages.len() != transfers.len() {
        return Err(EstimateError::NotMade);
    }
    let amount = sent(&done.out_messages).map_err(WalletError::from)?;
    let had = balance.saturating_add(loan);
    let spent = had.saturating_sub(done.balance.tokens);
    Ok(Estimate {
        amount: gram(amount),
        fee: gram(spent.saturating_sub(amount)),
        total: gram(spent),
        balance: gram(balance),
        sufficient: spent <= balance,
    })
}

/// An account with more balance than it has, to see what something costs; a new one with just that, if there is
/// none yet.
///
/// # Errors
/// The account can't be read.
pub fn with_loan(address: &IntAddr, before: &ShardAccount, loan: Tokens) -> Result<ShardAccount, Error> {
    lend(before, before.load_account()?, address, loan)
}

fn lend(
    before: &ShardAccount,
    account: Option<Account>,
    address: &IntAddr,
    loan: Tokens,
) -> Result<ShardAccount, Error> {
    let mut account = account.unwrap_or_else(|| Account {
        address: address.clone(),
        storage_stat: StorageInfo::default(),
        last_trans_lt: before.last_trans_lt,
        balance: CurrencyCollection::ZERO,
        state: AccountState::Uninit,
    });
    account.balance.tokens = account.balance.tokens.saturating_add(loan);
    Ok(ShardAccount { account: Lazy::new(&OptionalAccount(Some(account)))?, ..before.clone() })
}

/// The value of the messages sent, with what forwarding took from it where it did.
fn sent(messages: &[Cell]) -> Result<Tokens, Error> {
    let mut sum = Tokens::ZERO;
    for message in messages {
        if let tycho_types::models::MsgInfo::Int(info) = message.parse()? {
            sum = sum.saturating_add(info.value.tokens);
        }
    }
    Ok(sum)
}

/// As an amount; both hold at most 2^120 − 1.
fn gram(tokens: Tokens) -> Gram {
    Gram::from_nano(tokens.into_inner()).unwrap_or_default()
}
