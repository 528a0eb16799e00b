//! The table of methods: name, parameters, answer; and the dispatcher that is made from it.

use crate::{
    bridge::{BridgeAdd, BridgeInvitation, BridgeInvite, BridgeRemove},
    bundle::{
        BundleBegin, BundleBegun, BundleExport, BundleExported, BundleFrame, BundleFrameGet, BundleImport,
        BundleImported, BundlePart, BundlePrograms, BundleRead, BundleScan, BundleScanned, BundleWrite,
    },
    chain::{
        Account, Block, BlockSummary, ChainAccount, ChainBlock, ChainBlocks, ChainSearch, ChainStatus,
        ChainTransaction, Found, Transaction,
    },
    lend::{CarrierFetched, CarrierLend},
    local::{
        CarrierProfileFields, CarrierStatus, CarrierUse, DemoStatus, DemoSwitch, Finding, LanStatus, LanSwitch,
        Nothing, Page, ProfileInstall, Qr, QrEncode, RegionSet, RegionStatus, Seen, Session, SessionOpen, Settings,
    },
    money::{
        PaymentQuote, PaymentSend, Quote, WalletAddress, WalletBalance, WalletEntry, WalletHistory, WalletSend,
        WalletSent, WalletTransfer, WalletWords,
    },
    people::{
        Contact, ContactAdd, ContactRemove, ContactRename, Conversation, Invite, Message, MessageList, MessageMarkRead,
        MessageSearch, MessageSend, Profile, ProfileName,
    },
    rpc::{ApiError, Reason},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use typescript_type_def::{TypeDef, type_expr::TypeInfo};

/// A method of the local API: a type that stands for its name, its parameters and its answer.
pub trait Method {
    /// The name on the wire.
    const NAME: &'static str;
    /// What it takes.
    type Params: Serialize + DeserializeOwned + TypeDef + Send;
    /// What it answers.
    type Answer: Serialize + DeserializeOwned + TypeDef + Send;
}

/// A row of the table, as the TypeScript generator reads it.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) doc: &'static str,
    pub(crate) params: &'static TypeInfo,
    pub(crate) answer: &'static TypeInfo,
}

macro_rules! methods {
    ($($(#[doc = $doc:literal])+ $name:literal $marker:ident $function:ident($params:ty) -> $answer:ty;)*) => {
        $(
            $(#[doc = $doc])+
            #[derive(Clone, Copy, Debug)]
            pub struct $marker;

            impl Method for $marker {
                const NAME: &'static str = $name;
                type Params = $params;
                type Answer = $answer;
            }
        )*

        /// Answers the methods.
        #[async_trait::async_trait]
        pub trait Handler: Send + Sync {
            $(
                $(#[doc = $doc])+
                async fn $function(&self, params: $params) -> Result<$answer, ApiError>;
            )*
        }

        /// Reads the parameters, calls the method, writes the answer.
        pub async fn dispatch(handler: &dyn Handler, method: &str, params: Value) -> Result<Value, ApiError> {
            match method {
                $($name => answer(handler.$function(read(params)?).await?),)*
                _ => Err(ApiError::new(Reason::NoSuchMethod, format!("There is no method {method:?}."))),
            }
        }

        /// The parameters as a method reads them, written again.
        #[cfg(any(test, feature = "test-suite"))]
        pub(crate) fn read_again(method: &str, params: Value) -> Result<Value, ApiError> {
            match method {
                $($name => answer(read::<$params>(params)?),)*
                _ => Err(ApiError::new(Reason::NoSuchMethod, format!("There is no method {method:?}."))),
            }
        }

        /// Every row of the table.
        pub(crate) const ROWS: &[Row] = &[
            $(Row {
                name: $name,
                doc: concat!($($doc),+),
                params: &<$params as TypeDef>::INFO,
                answer: &<$answer as TypeDef>::INFO,
            },)*
        ];
    };
}

methods! {
    /// Opens the session; the first call on a WebSocket.
    "session.open" OpenSession session_open(SessionOpen) -> Session;
    /// A fresh address of the page, good once; only for the command line.
    "session.page" GetPage session_page(Nothing) -> Page;
    /// Who this is.
    "profile.get" GetProfile profile_get(Nothing) -> Profile;
    /// Gives a new profile its name; a conflict when it has one.
    "profile.create" CreateProfile profile_create(ProfileName) -> Profile;
    /// Changes the name that new contacts see first.
    "profile.rename" RenameProfile profile_rename(ProfileName) -> Profile;
    /// Everybody this person can write to.
    "contact.list" ListContacts contact_list(Nothing) -> Vec<Contact>;
    /// Makes a link for one new contact.
    "contact.invite" InviteContact contact_invite(Nothing) -> Invite;
    /// Takes a link and becomes the inviter's contact.
    "contact.add" AddContact contact_add(ContactAdd) -> Contact;
    /// Gives a contact another name, on this machine only.
    "contact.rename" RenameContact contact_rename(ContactRename) -> Contact;
    /// Removes a contact and what they wrote.
    "contact.remove" RemoveContact contact_remove(ContactRemove) -> Nothing;
    /// Every conversation, the newest first.
    "conversation.list" ListConversations conversation_list(Nothing) -> Vec<Conversation>;
    /// A page of a conversation, the newest last.
    "message.list" ListMessages message_list(MessageList) -> Vec<Message>;
    /// Writes a message; it is on disk here when this answers.
    "message.send" SendMessage message_send(MessageSend) -> Message;
    /// Marks a conversation read.
    "message.mark_read" MarkRead message_mark_read(MessageMarkRead) -> Nothing;
    /// Searches all messages, the newest first.
    "message.search" SearchMessages message_search(MessageSearch) -> Vec<Message>;
    /// What a payment would cost.
    "payment.quote" QuotePayment payment_quote(PaymentQuote) -> Quote;
    /// Pays in a conversation.
    "payment.send" SendPayment payment_send(PaymentSend) -> Message;
    /// What is in the wallet.
    "wallet.balance" GetBalance wallet_balance(Nothing) -> WalletBalance;
    /// Where the wallet is on the chain.
    "wallet.address" GetAddress wallet_address(Nothing) -> WalletAddress;
    /// Pays an address.
    "wallet.send" SendMoney wallet_send(WalletSend) -> WalletSent;
    /// How far a transfer has got.
    "wallet.transfer" GetTransfer wallet_transfer(WalletTransfer) -> WalletSent;
    /// The wallet's transfers, the newest first.
    "wallet.history" ListTransfers wallet_history(WalletHistory) -> Vec<WalletEntry>;
    /// The 24 words.
    "wallet.words" GetWords wallet_words(Nothing) -> WalletWords;
    /// The person wrote the words down.
    "wallet.words_saved" WordsSaved wallet_words_saved(Nothing) -> Nothing;
    /// The newest final block.
    "chain.status" GetChainStatus chain_status(Nothing) -> ChainStatus;
    /// Masterchain blocks, the newest first.
    "chain.blocks" ListBlocks chain_blocks(ChainBlocks) -> Vec<BlockSummary>;
    /// A block.
    "chain.block" GetBlock chain_block(ChainBlock) -> Block;
    /// An account, with its newest transactions.
    "chain.account" GetAccount chain_account(ChainAccount) -> Account;
    /// A transaction.
    "chain.transaction" GetTransaction chain_transaction(ChainTransaction) -> Transaction;
    /// Finds what goes by a number, a hash or an address.
    "chain.search" SearchChain chain_search(ChainSearch) -> Found;
    /// How bytes leave this machine.
    "carrier.status" GetCarrierStatus carrier_status(Nothing) -> CarrierStatus;
    /// Takes a bridge link; the bridge is used once the link is redeemed.
    "carrier.add" AddBridge carrier_add(BridgeAdd) -> CarrierStatus;
    /// Asks a bridge for a link that a friend may use.
    "carrier.invite" InviteToBridge carrier_invite(BridgeInvite) -> BridgeInvitation;
    /// Forgets a bridge.
    "carrier.remove" RemoveBridge carrier_remove(BridgeRemove) -> CarrierStatus;
    /// Lends this client's browser to the carrier `browser`, until it is taken back or the client goes.
    "carrier.lend" LendCarrier carrier_lend(CarrierLend) -> Nothing;
    /// Brings what came of an order.
    "carrier.fetched" CarrierFetch carrier_fetched(CarrierFetched) -> Nothing;
    /// Uses one carrier only, or again whichever works.
    "carrier.use" UseCarrier carrier_use(CarrierUse) -> CarrierStatus;
    /// What the carrier profile in use says.
    "carrier.profile" GetCarrierProfile carrier_profile(Nothing) -> CarrierProfileFields;
    /// Takes a signed carrier profile: checked, kept, and used from now on.
    "carrier.install" InstallCarrierProfile carrier_install(ProfileInstall) -> CarrierStatus;
    /// How people on the same network are reached, without a relay; turns it on or off.
    "carrier.lan" SwitchLan carrier_lan(LanSwitch) -> LanStatus;
    /// In which country this person is, by which new mailboxes are placed; says so.
    "carrier.region" SetRegion carrier_region(RegionSet) -> RegionStatus;
    /// Puts what is on its way into a bundle, a file for somebody to carry.
    "bundle.export" ExportBundle bundle_export(BundleExport) -> BundleExported;
    /// A piece of a bundle that was made.
    "bundle.read" ReadBundle bundle_read(BundleRead) -> BundlePart;
    /// Announces a bundle that was brought.
    "bundle.begin" BeginBundle bundle_begin(BundleBegin) -> BundleBegun;
    /// The next piece of it.
    "bundle.write" WriteBundle bundle_write(BundleWrite) -> Nothing;
    /// Takes it.
    "bundle.import" ImportBundle bundle_import(BundleImport) -> BundleImported;
    /// Draws a frame of a bundle that was made, for a sequence of QR codes.
    "bundle.frame" GetBundleFrame bundle_frame(BundleFrameGet) -> BundleFrame;
    /// Collects what such codes held; when all are there, `bundle.import` takes them.
    "bundle.scan" ScanBundle bundle_scan(BundleScan) -> BundleScanned;
    /// Says who may sign programs that bundles carry.
    "bundle.programs" GetBundlePrograms bundle_programs(Nothing) -> BundlePrograms;
    /// The demo's parts and people; refused where there is no demo.
    "demo.status" GetDemo demo_status(Nothing) -> DemoStatus;
    /// Stops a part of the demo.
    "demo.stop" StopDemoPart demo_stop(DemoSwitch) -> DemoStatus;
    /// Starts a part of the demo again.
    "demo.start" StartDemoPart demo_start(DemoSwitch) -> DemoStatus;
    /// How the page looks.
    "settings.get" GetSettings settings_get(Nothing) -> Settings;
    /// Changes how the page looks.
    "settings.set" SetSettings settings_set(Settings) -> Settings;
    /// Draws a QR code.
    "qr.encode" EncodeQr qr_encode(QrEncode) -> Qr;
    /// Looks for what is wrong with this profile and its network.
    "doctor.run" RunDoctor doctor_run(Nothing) -> Vec<Finding>;
    /// The same as codes with values, for whoever has words of their own.
    "doctor.look" LookAround doctor_look(Nothing) -> Vec<Seen>;
}

fn read<P: DeserializeOwned>(params: Value) -> Result<P, ApiError> {
    let params = if params.is_null() { Value::Object(serde_json::Map::new()) } else { params };
    if !params.is_object() {
        return Err(ApiError::new(Reason::BadParams, "Send the parameters as an object with their names."));
    }
    serde_json::from_value(params)
        .map_err(|error| ApiError::new(Reason::BadParams, format!("The parameters do not fit the method: {error}.")))
}

fn answer<A: Serialize>(answer: A) -> Result<Value, ApiError> {
    serde_json::to_value(answer)
        .map_err(|error| ApiError::new(Reason::Internal, format!("The answer could not be written: {error}.")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn parameters_are_an_object_or_left_out() {
        assert!(read::<Nothing>(Value::Null).is_ok());
        assert!(read::<ContactAdd>(json!({"link": "x"})).is_ok());
        for wrong in [json!(["x"]), json!([]), json!("x"), json!({"link": "x", "more": 1}), json!({})] {
            let error = read::<ContactAdd>(wrong.clone()).unwrap_err();
            assert_eq!(error.data.reason, Reason::BadParams, "{wrong}");
        }
    }
}
