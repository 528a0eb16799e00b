//! Accounts: getAddressInformation and its relatives.

use std::sync::Arc;

use chain::wallet::OlderWallet;
use serde_json::{Value, json};
use tycho_types::cell::HashBytes;
use tycho_types::models::{Account, AccountState, StdAddr};

use super::Toncenter;
use super::error::ApiError;
use super::request::Params;
use super::shape;
use crate::view::Head;

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
        if let (Some(wallet), Some(fields)) = (wallet, information.as_object_mut()) {
            fields.insert("wallet".to_owned(), json!(true));
            fields.insert("wallet_type".to_owned(), json!(wallet.kind));
            fields.insert("seqno".to_owned(), json!(wallet.seqno));
            if let Some(id) = wallet.id {
                fields.insert("wallet_id".to_owned(), json!(id));
            }
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

/// What is known about a wallet by its code.
struct KnownWallet {
    kind: &'static str,
    seqno: u32,
    id: Option<u32>,
}

/// `None` for any other contract.
fn known_wallet(account: &Account) -> Option<KnownWallet> {
    let AccountState::Active(state) = &account.state else { return None };
    let data = state.data.as_ref()?;
    if let Some(seqno) = chain::wallet::seqno(account) {
        return Some(KnownWallet { kind: "wallet v5 r1", seqno, id: chain::wallet::wallet_id(data) });
    }
    let older = OlderWallet::of(state.code.as_ref()?)?;
    let (seqno, id) = older.seqno_and_id(data)?;
    Some(KnownWallet { kind: older.name(), seqno, id })
}
