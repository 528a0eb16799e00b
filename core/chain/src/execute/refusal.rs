//! Why a message leaves no trace.

use super::ChainConfig;
use crate::wallet::{self, OlderWallet};
use tycho_types::cell::CellTreeStats;
use tycho_types::models::{ComputePhaseSkipReason, IntAddr, MsgInfo, ShardAccount, StdAddr};
use tycho_types::prelude::*;

/// Exit codes of wallet v5r1 before it accepts a message.
mod wallet_v5_exit {
    pub(super) const SIGNATURE_DISABLED: i32 = 132;
    pub(super) const SEQNO: i32 = 133;
    pub(super) const WALLET_ID: i32 = 134;
    pub(super) const SIGNATURE: i32 = 135;
    pub(super) const EXPIRED: i32 = 136;
}

/// Why a message was not taken: the account is as it was and nobody paid.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// It is not a message, or it has data left over.
    #[error("this is not a message: check how it was built")]
    Malformed,
    /// It is for another account.
    #[error("the message is for another account")]
    WrongAccount,
    /// It has too many bytes, bits, cells or levels.
    #[error("the message is too large: send less in one message")]
    TooLarge,
    /// The account can't pay for taking it.
    #[error("the account's balance is too low to take a message: top it up first")]
    Balance,
    /// The account has no code, and the message brings none.
    #[error("the account does not exist yet: the first message must bring its code")]
    NoState,
    /// The code that the message brings is not the account's.
    #[error("the code in the message is not this account's: check key, wallet id and workchain")]
    WrongState,
    /// The account is frozen for unpaid storage and the message doesn't bring its state back.
    #[error("the account is frozen for unpaid storage: top it up and send its state along")]
    Frozen,
    /// The wallet doesn't take signatures (any more).
    #[error("this wallet takes no signed messages: send through its extension")]
    SignatureDisabled,
    /// The wallet expects another number.
    #[error("the wallet's sequence number has moved on: sign again with the present one")]
    Seqno,
    /// The message names another wallet (id) of the same key.
    #[error("the message is for another wallet of this key: check the wallet id")]
    WalletId,
    /// The signature is not the wallet's.
    #[error("the signature is not this wallet's: check the key")]
    BadSignature,
    /// The time it was good for is over.
    #[error("the message has expired: sign again with a later time")]
    Expired,
    /// The contract ran and did not accept.
    #[error("the contract did not accept the message (exit code {exit_code})")]
    NotAccepted {
        /// What the contract returned.
        exit_code: i32,
    },
    /// It can't be executed at all: only a faulty queue or state leads here.
    #[error("the message can't be executed: {reason}")]
    Impossible {
        /// What the executor said.
        reason: String,
    },
}

impl Refusal {
    /// Wraps an error that no message of a sound queue leads to.
    pub(crate) fn impossible(error: impl std::fmt::Display) -> Self {
        Self::Impossible { reason: error.to_string() }
    }
}

/// Checks the size and the form of an external message before it is looked at further.
///
/// `bytes` is the length of its bag of cells. A message with pruned branches of its own (level
/// above 0) is none: in an account's state no block could be made, in a body no proof (CHN-80).
///
/// # Errors
/// [`Refusal::Malformed`] or [`Refusal::TooLarge`].
pub fn check_external(config: &ChainConfig, message: &Cell, bytes: usize) -> Result<StdAddr, Refusal> {
    let limits = config.limits();
    if u32::try_from(bytes).unwrap_or(u32::MAX) > limits.external_bytes_max
        || message.repr_depth() > limits.external_depth_max
    {
        return Err(Refusal::TooLarge);
    }
    if message.level() != 0 {
        return Err(Refusal::Malformed);
    }
    match message.parse::<MsgInfo>() {
        Ok(MsgInfo::ExtIn(info)) => match info.dst {
            IntAddr::Std(address) if address.anycast.is_none() => Ok(address),
            IntAddr::Std(_) | IntAddr::Var(_) => Err(Refusal::Malformed),
        },
        Ok(MsgInfo::Int(_) | MsgInfo::ExtOut(_)) | Err(_) => Err(Refusal::Malformed),
    }
}

/// Names the reason where the code is one whose exit codes are known (rule CHN-19).
pub(super) fn by_exit_code(code: Option<&Cell>, exit_code: i32, message: &Cell, now: u32) -> Refusal {
    let unknown = Refusal::NotAccepted { exit_code };
    let Some(code) = code else { return unknown };
    if let Some(older) = OlderWallet::of(code) {
        return older.refusal(exit_code, message, now).unwrap_or(unknown);
    }
    if *code.repr_hash() != wallet::CODE_HASH {
        return unknown;
    }
    match exit_code {
        wallet_v5_exit::SIGNATURE_DISABLED => Refusal::SignatureDisabled,
        wallet_v5_exit::SEQNO => Refusal::Seqno,
        wallet_v5_exit::WALLET_ID => Refusal::WalletId,
        wallet_v5_exit::SIGNATURE => Refusal::BadSignature,
        wallet_v5_exit::EXPIRED => Refusal::Expired,
        _ => unknown,
    }
}

/// Why the contract was not run.
pub(super) fn by_skip(reason: ComputePhaseSkipReason, frozen: bool) -> Refusal {
    match reason {
        ComputePhaseSkipReason::NoState | ComputePhaseSkipReason::BadState if frozen => Refusal::Frozen,
        ComputePhaseSkipReason::NoState => Refusal::NoState,
        ComputePhaseSkipReason::BadState => Refusal::WrongState,
        ComputePhaseSkipReason::NoGas => Refusal::Balance,
        ComputePhaseSkipReason::Suspended => Refusal::Frozen,
    }
}

/// Why the account could not even receive the message.
pub(super) fn by_header(config: &ChainConfig, address: &StdAddr, before: &ShardAccount, message: &Cell) -> Refusal {
    let Ok(MsgInfo::ExtIn(info)) = message.parse::<MsgInfo>() else { return Refusal::Malformed };
    if !matches!(&info.dst, IntAddr::Std(to) if to == address) {
        return Refusal::WrongAccount;
    }
    let limits = config.limits();
    let cells_max = usize::try_from(limits.message_cells_max).unwrap_or(usize::MAX);
    let Some(size) = message.compute_unique_stats(cells_max) else { return Refusal::TooLarge };
    if size.bit_count > u64::from(limits.message_bits_max) {
        return Refusal::TooLarge;
    }
    let below = CellTreeStats {
        cell_count: size.cell_count.saturating_sub(1),
        bit_count: size.bit_count.saturating_sub(u64::from(message.bit_len())),
    };
    let fee = config.forward_prices(address.is_masterchain()).compute_fwd_fee(below);
    match before.load_account() {
        Ok(None) => Refusal::NoState,
        Ok(Some(account)) if account.balance.tokens < fee => Refusal::Balance,
        Ok(Some(_)) | Err(_) => Refusal::Malformed,
    }
}
