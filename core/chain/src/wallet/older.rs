//! Wallets before v5 that people still have: which one a code is, and what its exit codes mean.
//!
//! All of them check a message before they accept it, and throw: 33 for the number, the others in
//! an order of their own (rule CHN-19).

use crate::execute::Refusal;
use tycho_types::models::OwnedMessage;
use tycho_types::prelude::*;

const V1R1_CODE_HASH: HashBytes = HashBytes([
    0xa0, 0xcf, 0xc2, 0xc4, 0x8a, 0xee, 0x16, 0xa2, 0x71, 0xf2, 0xcf, 0xc0, 0xb7, 0x38, 0x2d, 0x81, 0x75, 0x6c, 0xec,
    0xb1, 0x01, 0x7d, 0x07, 0x7f, 0xaa, 0xab, 0x3b, 0xb6, 0x02, 0xf6, 0x86, 0x8c,
]);
const V1R2_CODE_HASH: HashBytes = HashBytes([
    0xd4, 0x90, 0x2f, 0xcc, 0x9f, 0xad, 0x74, 0x69, 0x8f, 0xa8, 0xe3, 0x53, 0x22, 0x0a, 0x68, 0xda, 0x0d, 0xcf, 0x72,
    0xe3, 0x2b, 0xcb, 0x2e, 0xb9, 0xee, 0x04, 0x21, 0x7c, 0x17, 0xd3, 0x06, 0x2c,
]);
const V1R3_CODE_HASH: HashBytes = HashBytes([
    0x58, 0x7c, 0xc7, 0x89, 0xef, 0xf1, 0xc8, 0x4f, 0x46, 0xec, 0x37, 0x97, 0xe4, 0x5f, 0xc8, 0x09, 0xa1, 0x4f, 0xf5,
    0xae, 0x24, 0xf1, 0xe0, 0xc7, 0xa6, 0xa9, 0x9c, 0xc9, 0xdc, 0x90, 0x61, 0xff,
]);
const V2R1_CODE_HASH: HashBytes = HashBytes([
    0x5c, 0x9a, 0x5e, 0x68, 0xc1, 0x08, 0xe1, 0x87, 0x21, 0xa0, 0x7c, 0x42, 0xf9, 0x95, 0x6b, 0xfb, 0x39, 0xad, 0x77,
    0xec, 0x6d, 0x62, 0x4b, 0x60, 0xc5, 0x76, 0xec, 0x88, 0xee, 0xe6, 0x53, 0x29,
]);
const V2R2_CODE_HASH: HashBytes = HashBytes([
    0xfe, 0x95, 0x30, 0xd3, 0x24, 0x38, 0x53, 0x08, 0x3e, 0xf2, 0xef, 0x0b, 0x4c, 0x29, 0x08, 0xc0, 0xab, 0xf6, 0xfa,
    0x1c, 0x31, 0xea, 0x24, 0x3a, 0xac, 0xaa, 0x5b, 0xf8, 0xc7, 0xd7, 0x53, 0xf1,
]);
const V3R1_CODE_HASH: HashBytes = HashBytes([
    0xb6, 0x10, 0x41, 0xa5, 0x8a, 0x79, 0x80, 0xb9, 0x46, 0xe8, 0xfb, 0x9e, 0x19, 0x8e, 0x3c, 0x90, 0x4d, 0x24, 0x79,
    0x9f, 0xfa, 0x36, 0x57, 0x4e, 0xa4, 0x25, 0x1c, 0x41, 0xa5, 0x66, 0xf5, 0x81,
]);
const V3R2_CODE_HASH: HashBytes = HashBytes([
    0x84, 0xda, 0xfa, 0x44, 0x9f, 0x98, 0xa6, 0x98, 0x77, 0x89, 0xba, 0x23, 0x23, 0x58, 0x07, 0x2b, 0xc0, 0xf7, 0x6d,
    0xc4, 0x52, 0x40, 0x02, 0xa5, 0xd0, 0x91, 0x8b, 0x9a, 0x75, 0xd2, 0xd5, 0x99,
]);
const V4R1_CODE_HASH: HashBytes = HashBytes([
    0x64, 0xdd, 0x54, 0x80, 0x55, 0x22, 0xc5, 0xbe, 0x8a, 0x9d, 0xb5, 0x9c, 0xea, 0x01, 0x05, 0xcc, 0xf0, 0xd0, 0x87,
    0x86, 0xca, 0x79, 0xbe, 0xb8, 0xcb, 0x79, 0xe8, 0x80, 0xa8, 0xd7, 0x32, 0x2d,
]);
const V4R2_CODE_HASH: HashBytes = HashBytes([
    0xfe, 0xb5, 0xff, 0x68, 0x20, 0xe2, 0xff, 0x0d, 0x94, 0x83, 0xe7, 0xe0, 0xd6, 0x2c, 0x81, 0x7d, 0x84, 0x67, 0x89,
    0xfb, 0x4a, 0xe5, 0x80, 0xc8, 0x78, 0x86, 0x6d, 0x95, 0x9d, 0xab, 0xd5, 0xc0,
]);

/// What all of them throw for a wrong number.
const EXIT_SEQNO: i32 = 33;
/// A signature, before everything else in the body.
const SIGNATURE_BITS: u16 = 512;

/// A wallet before v5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OlderWallet {
    /// v1 r1: a number, no end of time, no get methods.
    V1R1,
    /// v1 r2: the same with its number to ask for.
    V1R2,
    /// v1 r3: the same with its key to ask for.
    V1R3,
    /// v2 r1: with an end of time.
    V2R1,
    /// v2 r2: the same with get methods.
    V2R2,
    /// v3 r1: with a wallet id.
    V3R1,
    /// v3 r2: the same with get methods.
    V3R2,
    /// v4 r1: with plugins.
    V4R1,
    /// v4 r2: the same, repaired.
    V4R2,
}

impl OlderWallet {
    /// The wallet whose code this is.
    #[must_use]
    pub fn of(code: &Cell) -> Option<Self> {
        match *code.repr_hash() {
            V1R1_CODE_HASH => Some(Self::V1R1),
            V1R2_CODE_HASH => Some(Self::V1R2),
            V1R3_CODE_HASH => Some(Self::V1R3),
            V2R1_CODE_HASH => Some(Self::V2R1),
            V2R2_CODE_HASH => Some(Self::V2R2),
            V3R1_CODE_HASH => Some(Self::V3R1),
            V3R2_CODE_HASH => Some(Self::V3R2),
            V4R1_CODE_HASH => Some(Self::V4R1),
            V4R2_CODE_HASH => Some(Self::V4R2),
            _ => None,
        }
    }

    /// Its name, as toncenter writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::V1R1 => "wallet v1 r1",
            Self::V1R2 => "wallet v1 r2",
            Self::V1R3 => "wallet v1 r3",
            Self::V2R1 => "wallet v2 r1",
            Self::V2R2 => "wallet v2 r2",
            Self::V3R1 => "wallet v3 r1",
            Self::V3R2 => "wallet v3 r2",
            Self::V4R1 => "wallet v4 r1",
            Self::V4R2 => "wallet v4 r2",
        }
    }

    /// The next number, with which the data of all of them begins, and the wallet id after it.
    #[must_use]
    pub fn seqno_and_id(self, data: &Cell) -> Option<(u32, Option<u32>)> {
        let mut data = data.as_slice().ok()?;
        let seqno = data.load_u32().ok()?;
        let id = if self.has_id() { Some(data.load_u32().ok()?) } else { None };
        Some((seqno, id))
    }

    /// Whether there can be several of one key.
    fn has_id(self) -> bool {
        match self {
            Self::V1R1 | Self::V1R2 | Self::V1R3 | Self::V2R1 | Self::V2R2 => false,
            Self::V3R1 | Self::V3R2 | Self::V4R1 | Self::V4R2 => true,
        }
    }

    /// Whether a message has an end of time.
    fn has_end(self) -> bool {
        !matches!(self, Self::V1R1 | Self::V1R2 | Self::V1R3)
    }

    /// What an exit code means that it threw at an external message, at the time `now` (seconds).
    pub(crate) fn refusal(self, exit_code: i32, message: &Cell, now: u32) -> Option<Refusal> {
        match (self, exit_code) {
            (_, EXIT_SEQNO) => Some(Refusal::Seqno),
            (Self::V4R2, 36) => Some(Refusal::Expired),
            (Self::V4R2, 35) => Some(Refusal::BadSignature),
            (_, 34) if self.has_id() => Some(Refusal::WalletId),
            (_, 34) => Some(Refusal::BadSignature),
            // one code for two reasons: the message tells them apart
            (_, 35) if self.has_id() && valid_until(message)? > now => Some(Refusal::BadSignature),
            (_, 35) if self.has_end() => Some(Refusal::Expired),
            _ => None,
        }
    }
}

/// The end of time in a message for v3: after signature and wallet id.
fn valid_until(message: &Cell) -> Option<u32> {
    let message = message.parse::<OwnedMessage>().ok()?;
    let mut body = CellSlice::apply(&message.body).ok()?;
    body.skip_first(SIGNATURE_BITS, 0).ok()?;
    let _wallet_id = body.load_u32().ok()?;
    body.load_u32().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::execute::{ExecuteParams, execute_ordinary};
    use crate::test_network::{START, genesis, key};
    use ed25519_dalek::{Signer as _, SigningKey};
    use serde_json::Value;
    use tycho_types::boc::Boc;
    use tycho_types::cell::Lazy;
    use tycho_types::models::{
        Account, AccountState, CurrencyCollection, ExtInMsgInfo, MsgInfo, OptionalAccount, ShardAccount, StateInit,
        StdAddr, StorageInfo,
    };
    use tycho_types::num::Tokens;

    const ID: u32 = 698_983_191;
    const SEQNO: u32 = 7;

    fn now() -> u32 {
        u32::try_from(START / 1000).unwrap()
    }

    /// What the wallet of key 1 at `SEQNO` says to a message.
    fn answer(wallet: OlderWallet, code: &Cell, message: (u32, u32, u32), signer: &SigningKey) -> Result<(), Refusal> {
        let (id, valid_until, seqno) = message;
        let is_v4 = matches!(wallet, OlderWallet::V4R1 | OlderWallet::V4R2);
        let mut data = CellBuilder::new();
        data.store_u32(SEQNO).unwrap();
        if wallet.has_id() {
            data.store_u32(ID).unwrap();
        }
        data.store_u256(&HashBytes(key(1).verifying_key().to_bytes())).unwrap();
        if is_v4 {
            data.store_bit_zero().unwrap();
        }
        let mut order = CellBuilder::new();
        if wallet.has_id() {
            for number in [id, valid_until, seqno] {
                order.store_u32(number).unwrap();
            }
        } else {
            order.store_u32(seqno).unwrap();
            if wallet.has_end() {
                order.store_u32(valid_until).unwrap();
            }
        }
        if is_v4 {
            order.store_u8(0).unwrap();
        }
        let order = order.build().unwrap();
        let mut body = CellBuilder::new();
        body.store_raw(&signer.sign(order.repr_hash().as_slice()).to_bytes(), 512).unwrap();
        body.store_slice(order.as_slice().unwrap()).unwrap();
        let state = StateInit {
            split_depth: None,
            special: None,
            code: Some(code.clone()),
            data: Some(data.build().unwrap()),
            libraries: Dict::new(),
        };
        let address = StdAddr::new(0, *CellBuilder::build_from(&state).unwrap().repr_hash());
        let info = MsgInfo::ExtIn(ExtInMsgInfo { src: None, dst: address.clone().into(), import_fee: Tokens::ZERO });
        let message = OwnedMessage { info, init: None, body: body.build().unwrap().into(), layout: None };
        let account = Account {
            address: address.clone().into(),
            storage_stat: StorageInfo { last_paid: now(), ..StorageInfo::default() },
            last_trans_lt: 1,
            balance: CurrencyCollection::new(5_000_000_000),
            state: AccountState::Active(state),
        };
        let account = ShardAccount {
            account: Lazy::new(&OptionalAccount(Some(account))).unwrap(),
            last_trans_hash: HashBytes::ZERO,
            last_trans_lt: 1,
        };
        let state = genesis();
        let params = ExecuteParams { now: now(), min_lt: 2_000_000, block_lt: 2_000_000, ..ExecuteParams::default() };
        let message = CellBuilder::build_from(&message).unwrap();
        execute_ordinary(state.config(), &params, &address, &account, message).map(|_| ())
    }

    /// CHN-19
    #[test]
    fn older_wallets_say_why_they_refuse() {
        let codes: Value = serde_json::from_str(include_str!("../../../../specs/vectors/older-wallets.json")).unwrap();
        for (name, wallet) in [
            ("v1r1", OlderWallet::V1R1),
            ("v1r2", OlderWallet::V1R2),
            ("v1r3", OlderWallet::V1R3),
            ("v2r1", OlderWallet::V2R1),
            ("v2r2", OlderWallet::V2R2),
            ("v3r1", OlderWallet::V3R1),
            ("v3r2", OlderWallet::V3R2),
            ("v4r1", OlderWallet::V4R1),
            ("v4r2", OlderWallet::V4R2),
        ] {
            let code = Boc::decode_base64(codes[name].as_str().unwrap()).unwrap();
            assert_eq!(OlderWallet::of(&code), Some(wallet));
            let ask = |message, signer: u8| answer(wallet, &code, message, &key(signer));
            let late = now() + 60;
            assert_eq!(ask((ID, late, SEQNO), 1), Ok(()), "{name}");
            assert_eq!(ask((ID, late, SEQNO + 1), 1), Err(Refusal::Seqno), "{name}");
            assert_eq!(ask((ID, late, SEQNO), 2), Err(Refusal::BadSignature), "{name}");
            if wallet.has_end() {
                assert_eq!(ask((ID, now() - 1, SEQNO), 1), Err(Refusal::Expired), "{name}");
            }
            if wallet.has_id() {
                assert_eq!(ask((ID + 1, late, SEQNO), 1), Err(Refusal::WalletId), "{name}");
            }
        }
    }
}
