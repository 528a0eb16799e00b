//! A transaction as people see it: who paid whom how much, what was written, what it cost.
//!
//! Provided: [`Entry::read`], for wallets' histories and explorers. What it reads is as good as
//! its source: check links with `light::verify_history` first where that matters.

use crate::wallet::comment_of_message;
use tycho_types::boc::Boc;
use tycho_types::error::Error;
use tycho_types::models::{
    ComputePhase, ComputePhaseSkipReason, IntAddr, MsgInfo, OrdinaryTxInfo, StdAddr, Transaction, TxInfo,
};
use tycho_types::num::Tokens;
use tycho_types::prelude::*;
use wire::{Gram, UnixMillis};

/// Most messages that one transaction can send.
const MESSAGES_MAX: usize = 255;

/// Why bytes are not a transaction.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HistoryError {
    /// Not a bag of cells.
    #[error("this is not a bag of cells: {0}")]
    Boc(#[from] tycho_types::boc::de::Error),
    /// Cells of something else.
    #[error("this is not a transaction: {0}")]
    Cells(#[from] Error),
}

/// Which way the money went, seen from the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the account.
    In,
    /// From the account.
    Out,
}

/// A transaction of one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its hash.
    pub hash: [u8; 32],
    /// Its account.
    pub account: StdAddr,
    /// Its logical time.
    pub lt: u64,
    /// Its time, in whole seconds.
    pub at: UnixMillis,
    /// Hash and logical time of the transaction before it; zeros for the first.
    pub previous: ([u8; 32], u64),
    /// Whether what was asked for was done. Money that an account without code keeps counts as
    /// done (TON marks it as aborted).
    pub success: bool,
    /// What the contract returned; `None` where none ran.
    pub exit_code: Option<i32>,
    /// Gas that was paid for.
    pub gas_used: u64,
    /// All that the chain took from the account: gas, storage, taking and forwarding messages.
    pub fee: Gram,
    /// What caused it; `None` for a tick or tock.
    pub incoming: Option<Moved>,
    /// What it sent.
    pub outgoing: Vec<Moved>,
}

/// A message and the money in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The hash of the message.
    pub hash: [u8; 32],
    /// From whom; `None` if it came from outside the chain.
    pub from: Option<StdAddr>,
    /// To whom; `None` if it left the chain.
    pub to: Option<StdAddr>,
    /// How much.
    pub value: Gram,
    /// Whether it came back because it could not be taken.
    pub bounced: bool,
    /// What was written on it.
    pub comment: Option<String>,
    /// When it was sent; 0 for one from outside.
    pub created_lt: u64,
}

impl Entry {
    /// Reads a transaction of an account in `workchain` (the transaction doesn't say which).
    ///
    /// # Errors
    /// [`HistoryError`].
    pub fn read(boc: &[u8], workchain: i8) -> Result<Self, HistoryError> {
        let cell = Boc::decode(boc)?;
        let transaction = cell.parse::<Transaction>()?;
        let (mut outgoing, mut forwarding) = (Vec::new(), Tokens::ZERO);
        for message in transaction.out_msgs.values() {
            if outgoing.len() >= MESSAGES_MAX {
                return Err(Error::InvalidData.into());
            }
            let (moved, fee) = moved(&message?)?;
            forwarding = forwarding.saturating_add(fee);
            outgoing.push(moved);
        }
        let incoming = transaction.in_msg.as_ref().map(moved).transpose()?.map(|(moved, _)| moved);
        let (success, compute) = outcome(transaction.load_info()?);
        let (exit_code, gas_used) = match compute {
            ComputePhase::Executed(phase) => (Some(phase.exit_code), phase.gas_used.into()),
            ComputePhase::Skipped(_) => (None, 0),
        };
        Ok(Self {
            hash: cell.repr_hash().0,
            account: StdAddr::new(workchain, transaction.account),
            lt: transaction.lt,
            at: UnixMillis(u64::from(transaction.now).saturating_mul(1000)),
            previous: (transaction.prev_trans_hash.0, transaction.prev_trans_lt),
            success,
            exit_code,
            gas_used,
            fee: gram(transaction.total_fees.tokens.saturating_add(forwarding)),
            incoming,
            outgoing,
        })
    }

    /// Which way the money went and how much: what was sent, if anything was, else what came.
    #[must_use]
    pub fn value(&self) -> (Direction, Gram) {
        let sent = self.outgoing.iter().fold(Gram::ZERO, |sum, moved| sum.checked_add(moved.value).unwrap_or(sum));
        let came = self.incoming.as_ref().map_or(Gram::ZERO, |moved| moved.value);
        if sent > Gram::ZERO || self.is_external() { (Direction::Out, sent) } else { (Direction::In, came) }
    }

    /// Whether a message from outside the chain caused it, as a wallet's owner sends.
    #[must_use]
    pub fn is_external(&self) -> bool {
        self.incoming.as_ref().is_some_and(|moved| moved.from.is_none())
    }
}

/// Reads a message, and the forwarding fee that its sender paid on top.
fn moved(message: &Cell) -> Result<(Moved, Tokens), Error> {
    let plain = |address: IntAddr| address.as_std().cloned();
    let (from, to, value, bounced, created_lt, fee) = match message.parse::<MsgInfo>()? {
        MsgInfo::Int(info) => {
            (plain(info.src), plain(info.dst), info.value.tokens, info.bounced, info.created_lt, info.fwd_fee)
        }
        MsgInfo::ExtIn(info) => (None, plain(info.dst), Tokens::ZERO, false, 0, Tokens::ZERO),
        MsgInfo::ExtOut(info) => (plain(info.src), None, Tokens::ZERO, false, info.created_lt, Tokens::ZERO),
    };
    let moved = Moved {
        hash: message.repr_hash().0,
        from,
        to,
        value: gram(value),
        bounced,
        comment: comment_of_message(message),
        created_lt,
    };
    Ok((moved, fee))
}

/// Whether the transaction did what was asked, and its compute phase.
fn outcome(info: TxInfo) -> (bool, ComputePhase) {
    match info {
        TxInfo::TickTock(info) => (!info.aborted, info.compute_phase),
        TxInfo::Ordinary(info) => (!info.aborted || is_kept(&info), info.compute_phase),
    }
}

/// Whether the money stayed with an account that has no code to run.
fn is_kept(info: &OrdinaryTxInfo) -> bool {
    let no_code =
        matches!(&info.compute_phase, ComputePhase::Skipped(phase) if phase.reason == ComputePhaseSkipReason::NoState);
    no_code && info.credit_phase.is_some() && info.bounce_phase.is_none()
}

/// As an amount; both hold at most 2^120 − 1.
fn gram(tokens: Tokens) -> Gram {
    Gram::from_nano(tokens.into_inner()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
