//! Accounts: getAddressInformation and its relatives.

use std::sync::Arc;

use serde_json::{Value, json};
use tycho_types::cell::HashBytes;
use tycho_types::models::{Account, AccountState, StdAddr};

use super::Toncenter;
use super::error::ApiError;
use super::request::Params;
use super::shape;
use crate::view::Head;

/// Wallets whose data begins with the sequence number, by the hash of their code.
const OLDER_WALLETS: [(&str, &str); 5] = [
    ("587cc789eff1c84f46ec3797e45fc809a14ff5ae24f1e0c7a6a99cc9dc9061ff", "wallet v1 r3"),
    ("fe9530d3243853083ef2ef0b4c2908c0abf6fa1c31ea243aacaa5bf8c7d753f1", "wallet v2 r2"),
    ("b61041a58a7980b946e8fb9e198e3c904d24799ffa36574ea4251c41a566f581", "wallet v3 r1"),
    ("84dafa449f98a6987789ba232358072bc0f76dc4524002a5d0918b9a75d2d599", "wallet v3 r2"),
    ("feb5ff6820e2ff0d9483e7e0d62c817d846789fb4ae580c878866d959dabd5c0", "wallet v4 r2"),
];

/// An account at the head, loaded; an address that was never touched has no `account`.
struct Found {
    address: StdAddr,
    head: Arc<Head>,
    account: Option<Account>,
    last_lt: u64,
    last_hash: HashBytes,
}

impl Found {
    fn balance(&self) -> String {
        self.account.as_ref().map_or_else(|| "0".to_owned(), |account| shape::amount(&account.balance))
    }

    /// toncenter's word for the state; what does not exist is uninitialised.
    fn state(&self) -> &'static str {
        match self.account.as_ref().map(|account| &account.state) {
            None | Some(AccountState::Uninit) => "uninitialized",
            Some(AccountState::Active(_)) => "active",
            Some(AccountState::Frozen(_)) => "frozen",
        }
    }

    /// Code, data and the hash of a frozen state, each empty where there is none.
    fn contents(&self) -> (String, String, String) {
        match self.account.as_ref().map(|account| &account.state) {
            None | Some(AccountState::Uninit) => Default::default(),
            Some(AccountState::Active(state)) => {
                (shape::boc(state.code.as_ref()), shape::boc(state.data.as_ref()), String::new())
            }
            Some(AccountState::Frozen(hash)) => (String::new(), String::new(), shape::base64(&hash.0)),
        }
    }

    fn last_transaction(&self) -> Value {
        shape::transaction_id(self.last_lt, &self.last_hash)
    }
}

impl Toncenter {
    fn find(&self, params: &Params) -> Result<Found, ApiError> {
        let address = params.address("address")?;
        let at_head = self.view.account(&address)?;
        let (account, last_lt, last_hash) = match at_head.account {
            None => (None, 0, HashBytes::ZERO),
            Some(entry) => (entry.load_account()?, entry.last_trans_lt, entry.last_trans_hash),
        };
        Ok(Found { address, head: at_head.head, account, last_lt, last_hash })
    }

    pub(super) fn address_information(&self, params: &Params) -> Result<Value, ApiError> {
        let found = self.find(params)?;
        let (code, data, frozen_hash) = found.contents();
        let extra = found.account.as_ref().map(|account| shape::extra_currencies(&account.balance.other));
        Ok(json!({
            "@type": "raw.fullAccountState",
            "balance": found.balance(),
            "extra_currencies": extra.unwrap_or_default(),
            "code": code,
            "data": data,
            "last_transaction_id": found.last_transaction(),
            "block_id": shape::block_id(&found.head.masterchain),
            "frozen_hash": frozen_hash,
            "sync_utime": shape::seconds(found.head.at),
            "state": found.state(),
        }))
    }

    pub(super) fn extended_address_information(&self, params: &Params) -> Result<Value, ApiError> {
        let found = self.find(params)?;
        let (code, data, frozen_hash) = found.contents();
        let state = match found.state() {
            "active" => json!({ "@type": "raw.accountState", "code": code, "data": data, "frozen_hash": "" }),
            _ => json!({ "@type": "uninited.accountState", "frozen_hash": frozen_hash }),
        };
        Ok(json!({
            "@type": "fullAccountState",
            "address": shape::account_address(&found.address),
            "balance": found.balance(),
            "last_transaction_id": found.last_transaction(),
            "block_id": shape::block_id(&found.head.masterchain),
            "sync_utime": shape::seconds(found.head.at),
            "account_state": state,
            "revision": 0,
        }))
    }

    pub(super) fn wallet_information(&self, params: &Params) -> Result<Value, ApiError> {
        let found = self.find(params)?;
        let mut information = json!({
            "wallet": false,
            "balance": found.balance(),
            "account_state": found.state(),
            "last_transaction_id": found.last_transaction(),
        });
        let wallet = found.account.as_ref().and_then(known_wallet);
        if let (Some((kind, seqno)), Some(fields)) = (wallet, information.as_object_mut()) {
            fields.insert("wallet".to_owned(), json!(true));
            fields.insert("wallet_type".to_owned(), json!(kind));
            fields.insert("seqno".to_owned(), json!(seqno));
        }
        Ok(information)
    }

    pub(super) fn address_balance(&self, params: &Params) -> Result<Value, ApiError> {
        Ok(json!(self.find(params)?.balance()))
    }

    pub(super) fn address_state(&self, params: &Params) -> Result<Value, ApiError> {
        Ok(json!(self.find(params)?.state()))
    }
}

/// The kind of a wallet and its sequence number; `None` for any other contract.
fn known_wallet(account: &Account) -> Option<(&'static str, u32)> {
    if let Some(seqno) = chain::wallet::seqno(account) {
        return Some(("wallet v5 r1", seqno));
    }
    let AccountState::Active(state) = &account.state else { return None };
    let hash = hex::encode(state.code.as_ref()?.repr_hash().0);
    let (_, kind) = OLDER_WALLETS.iter().find(|(known, _)| *known == hash)?;
    let seqno = state.data.as_ref()?.as_slice().ok()?.load_u32().ok()?;
    Some((kind, seqno))
}
