//! Wallet v5r1: address, signed transfers, comments and fees.
//!
//! Requirements: an Ed25519 key (how words become a key is the concern of `e2ee`).
//!
//! Provided: for the same key the same address, and for the same order the same message, as
//! `WalletContractV5R1` of @ton/ton (vectors in specs/vectors/wallet.json, rules CHN-33 to
//! CHN-38 of specs/07-execution.md); [`estimate`] tells all costs before anything is signed.
//!
//! [`OlderWallet`] knows what wallets before v5 mean by their exit codes.
//!
//! Not provided: sending, watching, signing for other kinds of wallets.

mod code;
mod comment;
mod estimate;
mod older;
#[cfg(test)]
mod tests;

pub use comment::{COMMENT_BYTES_MAX, comment_body, comment_of_body, comment_of_message, encrypted_comment_of_body};
pub use estimate::{Estimate, EstimateError, estimate, with_loan};
pub use older::OlderWallet;

use ed25519_dalek::{Signer, SigningKey};
use std::sync::OnceLock;
use tycho_types::boc::Boc;
use tycho_types::cell::Lazy;
use tycho_types::error::Error;
use tycho_types::models::{
    Account, AccountState, ExtInMsgInfo, MsgInfo, OutAction, OwnedMessage, OwnedRelaxedMessage, RelaxedIntMsgInfo,
    RelaxedMsgInfo, SendMsgFlags, StateInit, StdAddr,
};
use tycho_types::num::Tokens;
use tycho_types::prelude::*;
use wire::Gram;

/// The hash of the wallet's code.
pub const CODE_HASH: HashBytes = HashBytes([
    0x20, 0x83, 0x4b, 0x7b, 0x72, 0xb1, 0x12, 0x14, 0x7e, 0x1b, 0x2f, 0xb4, 0x57, 0xb8, 0x4e, 0x74, 0xd1, 0xa3, 0x0f,
    0x04, 0xf7, 0x37, 0xd4, 0xf6, 0x2a, 0x66, 0x8e, 0x95, 0x52, 0xd2, 0xb7, 0x2f,
]);
/// The network number that wallet ids are made from, whatever chain the wallet lives on: with it
/// the same key has the same address in every wallet program.
pub const NETWORK_GLOBAL_ID: i32 = -239;
/// Transfers in one message, the most that the action list of one transaction holds.
pub const TRANSFERS_MAX: usize = 255;
/// The largest number of a further wallet of the same key (15 bits).
pub const SUBWALLET_MAX: u16 = 0x7fff;
/// Says that a message is signed and comes from outside: "sign".
const OP_SIGNED_EXTERNAL: u32 = 0x7369_676e;
/// How transfers are sent unless said otherwise: fees on top, and a transfer that can't be made
/// does not hold up the others (the wallet demands the second).
const MODE_DEFAULT: u8 = SendMsgFlags::PAY_FEE_SEPARATELY.bits() | SendMsgFlags::IGNORE_ERROR.bits();

/// Why a message could not be built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WalletError {
    /// Too many transfers at once.
    #[error("one message can carry at most {TRANSFERS_MAX} transfers: split them")]
    TooManyTransfers,
    /// The comment is too long.
    #[error("a comment can have at most {COMMENT_BYTES_MAX} bytes: shorten it")]
    CommentTooLong,
    /// The key is not this wallet's.
    #[error("the key is not this wallet's")]
    WrongKey,
    /// A part does not fit where it belongs.
    #[error("the message can't be built: {0}")]
    Cells(#[from] Error),
}

/// A wallet of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WalletV5 {
    public_key: [u8; 32],
    workchain: i8,
    wallet_id: u32,
}

/// One payment.
#[derive(Clone, Debug)]
pub struct Transfer {
    /// To whom.
    pub to: StdAddr,
    /// How much.
    pub amount: Gram,
    /// TON's send mode; bit 2 (ignore errors) is always added, for the wallet demands it.
    pub mode: u8,
    /// Whether the value comes back if the account can't take it (as one that doesn't exist).
    pub bounce: bool,
    /// What the account is told.
    pub body: Cell,
    /// Code and data for an account that this payment deploys.
    pub state_init: Option<StateInit>,
}

/// When a signed message is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    /// The wallet's sequence number; the wallet takes each once.
    pub seqno: u32,
    /// The last second in which it is taken.
    pub valid_until: u32,
    /// Bring the wallet's code along: for the first message of a wallet.
    pub deploy: bool,
}

impl WalletV5 {
    /// The first wallet of a key, in the basechain.
    #[must_use]
    pub fn new(public_key: [u8; 32]) -> Self {
        Self::with_subwallet(public_key, 0, 0)
    }

    /// A further wallet of a key. Only the low 15 bits of `subwallet` count ([`SUBWALLET_MAX`]).
    #[must_use]
    pub fn with_subwallet(public_key: [u8; 32], workchain: i8, subwallet: u16) -> Self {
        let workchain_bits = u32::from(workchain.cast_unsigned()) << 23;
        let context = 1 << 31 | workchain_bits | u32::from(subwallet & SUBWALLET_MAX);
        Self { public_key, workchain, wallet_id: NETWORK_GLOBAL_ID.cast_unsigned() ^ context }
    }

    /// The key that signs for the wallet.
    #[must_use]
    pub fn public_key(&self) -> &[u8; 32] {
        &self.public_key
    }

    /// The number that tells wallets of one key apart.
    #[must_use]
    pub fn wallet_id(&self) -> u32 {
        self.wallet_id
    }

    /// Code and first data of the wallet.
    ///
    /// # Errors
    /// None in practice: the parts have fixed sizes.
    pub fn state_init(&self) -> Result<StateInit, Error> {
        let mut data = CellBuilder::new();
        data.store_bit_one()?; // signatures are allowed
        data.store_u32(0)?; // seqno
        data.store_u32(self.wallet_id)?;
        data.store_u256(&HashBytes(self.public_key))?;
        data.store_bit_zero()?; // no extensions
        Ok(StateInit {
            split_depth: None,
            special: None,
            code: Some(code()?),
            data: Some(data.build()?),
            libraries: Dict::new(),
        })
    }

    /// Where the wallet lives.
    ///
    /// # Errors
    /// None in practice, as for [`WalletV5::state_init`].
    pub fn address(&self) -> Result<StdAddr, Error> {
        let state = CellBuilder::build_from(self.state_init()?)?;
        Ok(StdAddr::new(self.workchain, *state.repr_hash()))
    }

    /// A signed external message with these transfers.
    ///
    /// # Errors
    /// [`WalletError`] where the key is another wallet's or there are too many transfers.
    pub fn sign_transfers(
        &self,
        key: &SigningKey,
        validity: Validity,
        transfers: &[Transfer],
    ) -> Result<Cell, WalletError> {
        if key.verifying_key().as_bytes() != &self.public_key {
            return Err(WalletError::WrongKey);
        }
        let order = self.order(validity, transfers)?;
        let signature = key.sign(order.repr_hash().as_slice());
        self.envelope(validity, &order, &signature.to_bytes())
    }

    /// What is signed: operation, wallet id, expiry, number, transfers.
    fn order(&self, validity: Validity, transfers: &[Transfer]) -> Result<Cell, WalletError> {
        if transfers.len() > TRANSFERS_MAX {
            return Err(WalletError::TooManyTransfers);
        }
        let mut order = CellBuilder::new();
        order.store_u32(OP_SIGNED_EXTERNAL)?;
        order.store_u32(self.wallet_id)?;
        order.store_u32(validity.valid_until)?;
        order.store_u32(validity.seqno)?;
        let mut list = Cell::empty_cell();
        for transfer in transfers {
            list = CellBuilder::build_from((list, transfer.action()?))?;
        }
        let list = (!transfers.is_empty()).then_some(list);
        order.store_bit(list.is_some())?;
        if let Some(list) = list {
            order.store_reference(list)?;
        }
        order.store_bit_zero()?; // no changes of extensions
        Ok(order.build()?)
    }

    /// The external message around a signed order.
    fn envelope(&self, validity: Validity, order: &Cell, signature: &[u8; 64]) -> Result<Cell, WalletError> {
        let mut body = CellBuilder::new();
        body.store_slice(order.as_slice()?)?;
        body.store_raw(signature, 512)?;
        let init = if validity.deploy { Some(self.state_init()?) } else { None };
        Ok(CellBuilder::build_from(OwnedMessage {
            info: MsgInfo::ExtIn(ExtInMsgInfo { src: None, dst: self.address()?.into(), import_fee: Tokens::ZERO }),
            init,
            body: body.build()?.into(),
            layout: None,
        })?)
    }
}

impl Transfer {
    /// A plain payment: fees on top of the amount, nothing bounces.
    #[must_use]
    pub fn new(to: StdAddr, amount: Gram) -> Self {
        Self { to, amount, mode: MODE_DEFAULT, bounce: false, body: Cell::empty_cell(), state_init: None }
    }

    /// The same with a comment.
    ///
    /// # Errors
    /// [`WalletError::CommentTooLong`].
    pub fn with_comment(mut self, comment: &str) -> Result<Self, WalletError> {
        self.body = comment_body(comment)?;
        Ok(self)
    }

    /// The action that makes the wallet send it.
    fn action(&self) -> Result<OutAction, Error> {
        let message = OwnedRelaxedMessage {
            info: RelaxedMsgInfo::Int(RelaxedIntMsgInfo {
                bounce: self.bounce,
                dst: self.to.clone().into(),
                value: Tokens::new(self.amount.nano()).into(),
                ..RelaxedIntMsgInfo::default()
            }),
            init: self.state_init.clone(),
            body: self.body.clone().into(),
            layout: None,
        };
        Ok(OutAction::SendMsg {
            mode: SendMsgFlags::from_bits_retain(self.mode) | SendMsgFlags::IGNORE_ERROR,
            out_msg: Lazy::new(&message)?,
        })
    }
}

/// The wallet's code.
///
/// # Errors
/// None in practice: a test decodes it.
pub fn code() -> Result<Cell, Error> {
    static CODE: OnceLock<Option<Cell>> = OnceLock::new();
    let cached = CODE.get_or_init(|| hex::decode(code::CODE_BOC).ok().and_then(|bytes| Boc::decode(bytes).ok()));
    cached.clone().ok_or(Error::InvalidData)
}

/// The sequence number of a deployed wallet v5r1; `None` for any other account.
#[must_use]
pub fn seqno(account: &Account) -> Option<u32> {
    let AccountState::Active(state) = &account.state else { return None };
    if state.code.as_ref().map(|code| *code.repr_hash()) != Some(CODE_HASH) {
        return None;
    }
    let mut data = state.data.as_ref()?.as_slice().ok()?;
    data.load_bit().ok()?;
    data.load_u32().ok()
}

/// The wallet id in the data of a wallet v5r1.
#[must_use]
pub fn wallet_id(data: &Cell) -> Option<u32> {
    let mut data = data.as_slice().ok()?;
    data.load_bit().ok()?;
    data.load_u32().ok()?;
    data.load_u32().ok()
}
