//! Why a message is not let into the pool.

use crate::execute::Refusal;

/// Why a message was not let in.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PoolRefusal {
    /// More bytes than an external message may have.
    #[error("the message has {bytes} bytes, at most {bytes_max} are taken: send less in one message")]
    TooLarge {
        /// Its bytes.
        bytes: usize,
        /// The most.
        bytes_max: usize,
    },
    /// Not a bag of cells.
    #[error("this is not a bag of cells: check how the message was encoded")]
    NotABag,
    /// The account would not take it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It waits already.
    #[error("this message is already waiting for a block")]
    Known,
    /// Too many messages wait for this account.
    #[error("{messages_max} messages of this account are already waiting: wait for the next block")]
    AccountFull {
        /// The most.
        messages_max: usize,
    },
    /// The pool is full.
    #[error("too many messages are waiting for a block: try again in a few seconds")]
    PoolFull,
    /// The node's own state can't be read.
    #[error("the node can't read its state: {0}")]
    State(tycho_types::error::Error),
}

impl PoolRefusal {
    /// A stable word for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too_large",
            Self::NotABag => "malformed",
            Self::Known => "known",
            Self::AccountFull { .. } => "account_full",
            Self::PoolFull => "pool_full",
            Self::State(_) => "node_state",
            Self::Refused(refusal) => refusal_code(refusal),
        }
    }

    /// What the contract returned, if it ran.
    #[must_use]
    pub fn exit_code(&self) -> Option<i32> {
        match self {
            Self::Refused(Refusal::NotAccepted { exit_code }) => Some(*exit_code),
            Self::Refused(_)
            | Self::TooLarge { .. }
            | Self::NotABag
            | Self::Known
            | Self::AccountFull { .. }
            | Self::PoolFull
            | Self::State(_) => None,
        }
    }
}

/// A stable word for each of the executor's reasons.
#[must_use]
pub fn refusal_code(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Malformed => "malformed",
        Refusal::WrongAccount => "wrong_account",
        Refusal::TooLarge => "too_large",
        Refusal::Balance => "balance",
        Refusal::NoState => "account_missing",
        Refusal::WrongState => "wrong_state",
        Refusal::Frozen => "frozen",
        Refusal::SignatureDisabled => "signature_disabled",
        Refusal::Seqno => "seqno",
        Refusal::WalletId => "wallet_id",
        Refusal::BadSignature => "bad_signature",
        Refusal::Expired => "expired",
        Refusal::NotAccepted { .. } => "not_accepted",
        Refusal::Impossible { .. } => "impossible",
    }
}
