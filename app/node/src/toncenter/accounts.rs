//! Accounts: getAddressInformation and its relatives, now or at one of the last masterchain blocks.

use std::sync::Arc;

use chain::ChainState;
use chain::wallet::OlderWallet;
use serde_json::{Value, json};
use tycho_types::cell::{CellBuilder, HashBytes};
use tycho_types::models::{Account, AccountState, BlockIdShort, ShardIdent, StdAddr};

use super::Toncenter;
use super::blocks::absent_block;
use super::error::ApiError;
use super::request::Params;
use super::shape;
use crate::view::{Head, STATES_KEPT};

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

    fn extra_currencies(&self) -> Vec<Value> {
        self.account.as_ref().map(|account| shape::extra_currencies(&account.balance.other)).unwrap_or_default()
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
    /// The state that the caller asks about: after the masterchain block `seqno`, else the newest.
    pub(super) fn state_of(&self, params: &Params) -> Result<(Arc<Head>, ChainState), ApiError> {
        let Some(seqno) = params.optional_integer::<u32>("seqno")? else { return Ok(self.view.state()) };
        self.view.state_at(seqno).ok_or_else(|| {
            if u64::from(seqno) > self.view.height() {
                return absent_block(&BlockIdShort { shard: ShardIdent::MASTERCHAIN, seqno });
            }
            ApiError::absent(format!("the state of block {seqno} is not at hand: the last {STATES_KEPT} are"))
        })
    }

    fn find(&self, params: &Params) -> Result<Found, ApiError> {
        let address = params.address("address")?;
        let (head, state) = self.state_of(params)?;
        let entry = state.account(&address)?;
        let (account, last_lt, last_hash) = (entry.load_account()?, entry.last_trans_lt, entry.last_trans_hash);
        Ok(Found { address, head, account, last_lt, last_hash })
    }

    pub(super) fn address_information(&self, params: &Params) -> Result<Value, ApiError> {
        let found = self.find(params)?;
        let (code, data, frozen_hash) = found.contents();
        Ok(json!({
            "@type": "raw.fullAccountState",
            "balance": found.balance(),
            "extra_currencies": found.extra_currencies(),
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
        let (state, revision) = match (found.state(), found.account.as_ref().and_then(known_wallet)) {
            ("active", Some(KnownWallet { generation: Some((kind, revision)), seqno, id: Some(id), .. })) => {
                (json!({ "@type": kind, "wallet_id": id, "seqno": seqno }), revision)
            }
            ("active", _) => (json!({ "@type": "raw.accountState", "code": code, "data": data, "frozen_hash": "" }), 0),
            _ => (json!({ "@type": "uninited.accountState", "frozen_hash": frozen_hash }), 0),
        };
        Ok(json!({
            "@type": "fullAccountState",
            "address": shape::account_address(&found.address),
            "balance": found.balance(),
            "extra_currencies": found.extra_currencies(),
            "last_transaction_id": found.last_transaction(),
            "block_id": shape::block_id(&found.head.masterchain),
            "sync_utime": shape::seconds(found.head.at),
            "account_state": state,
            "revision": revision,
        }))
    }

    pub(super) fn wallet_information(&self, params: &Params) -> Result<Value, ApiError> {
        let found = self.find(params)?;
        let mut information = json!({
            "@type": "ext.accounts.walletInformation",
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
            if let Some(allowed) = wallet.is_signature_allowed {
                fields.insert("is_signature_allowed".to_owned(), json!(allowed));
            }
        }
        Ok(information)
    }

    /// The account's entry in its shard, as a bag of cells.
    pub(super) fn shard_account_cell(&self, params: &Params) -> Result<Value, ApiError> {
        let address = params.address("address")?;
        let (_, state) = self.state_of(params)?;
        let entry = CellBuilder::build_from(state.account(&address)?)?;
        Ok(json!({ "@type": "tvm.cell", "bytes": shape::boc(Some(&entry)) }))
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
    /// v5 only.
    is_signature_allowed: Option<bool>,
    /// The generations that getExtendedAddressInformation has a name for, and which revision it is.
    generation: Option<(&'static str, u8)>,
}

/// `None` for any other contract.
fn known_wallet(account: &Account) -> Option<KnownWallet> {
    let AccountState::Active(state) = &account.state else { return None };
    let data = state.data.as_ref()?;
    if let Some(seqno) = chain::wallet::seqno(account) {
        return Some(KnownWallet {
            kind: "wallet v5 r1",
            seqno,
            id: chain::wallet::wallet_id(data),
            is_signature_allowed: data.as_slice().ok()?.load_bit().ok(),
            generation: None,
        });
    }
    let older = OlderWallet::of(state.code.as_ref()?)?;
    let (seqno, id) = older.seqno_and_id(data)?;
    let generation = match older {
        OlderWallet::V1R1 | OlderWallet::V1R2 | OlderWallet::V1R3 | OlderWallet::V2R1 | OlderWallet::V2R2 => None,
        OlderWallet::V3R1 => Some(("wallet.v3.accountState", 1)),
        OlderWallet::V3R2 => Some(("wallet.v3.accountState", 2)),
        OlderWallet::V4R1 => Some(("wallet.v4.accountState", 1)),
        OlderWallet::V4R2 => Some(("wallet.v4.accountState", 2)),
    };
    Some(KnownWallet { kind: older.name(), seqno, id, is_signature_allowed: None, generation })
}
