//! Answers the local API's methods.

use crate::{
    DemoControl, behaviour,
    chain_watch::ChainWatch,
    doctor,
    lan::Lan,
    person::{AskError, Person, Ways},
    pin, qr,
    serve::Sessions,
    transfers::Transfers,
    translate,
};
use api::{
    ApiError, Handler, Reason,
    bridge::{BridgeAdd, BridgeInvitation, BridgeInvite, BridgeRemove},
    bundle::{
        BundleBegin, BundleBegun, BundleExport, BundleExported, BundleFrame, BundleFrameGet, BundleImport,
        BundleImported, BundlePart, BundlePrograms, BundleRead, BundleScan, BundleScanned, BundleWrite,
    },
    chain::{
        Account, Block, BlockName, BlockSummary, ChainAccount, ChainBlock, ChainBlocks, ChainSearch, ChainStatus,
        ChainTransaction, Found, Transaction,
    },
    lend::{CarrierFetched, CarrierLend, FetchOutcome},
    local::{
        CarrierProfileFields, CarrierStatus, CarrierUse, DemoStatus, DemoSwitch, Finding, LanStatus, LanSwitch,
        Nothing, Page, ProfileField, ProfileInstall, Qr, QrEncode, RegionSet, RegionStatus, Seen, Session, SessionOpen,
        Settings,
    },
    money::{
        PaymentQuote, PaymentSend, Quote, WalletAddress, WalletBalance, WalletEntry, WalletHistory, WalletSend,
        WalletSent, WalletTransfer, WalletWords,
    },
    people::{
        Contact, ContactAdd, ContactRemove, ContactRename, Conversation, Invite, Message, MessageList, MessageMarkRead,
        MessageSearch, MessageSend, Profile, ProfileName,
    },
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use carrier::{Carrier as _, CarrierError, Fetched};
use client::{
    ChainQuery, Command, Reply,
    view::{self, ChainAnswer, MessageId},
};
use std::{sync::Arc, time::Duration};

/// How long a bridge may take to give a link for a friend.
const BRIDGE_TIMEOUT: Duration = Duration::from_secs(15);
/// Rows in one answer.
const ROWS_MAX: u32 = 200;

/// What the methods work on.
pub(crate) struct Answers {
    pub(crate) person: Person,
    pub(crate) ways: Ways,
    pub(crate) sessions: Arc<Sessions>,
    pub(crate) control: Option<Arc<dyn DemoControl>>,
    pub(crate) watch: Arc<ChainWatch>,
    pub(crate) transfers: Transfers,
    pub(crate) lan: Arc<Lan>,
    pub(crate) profile: std::path::PathBuf,
    /// Who may sign programs of the network.
    pub(crate) program_key: Option<[u8; 32]>,
    /// `http://127.0.0.1:PORT` where the page is served; `None` without a page.
    pub(crate) origin: Option<String>,
}

/// Asks the core and takes the answer of one kind; the core answers each command with its own kind only.
macro_rules! ask {
    ($self:ident, $command:expr, $pattern:pat => $answer:expr) => {
        match $self.person.command($command).await.map_err(translate::error)? {
            $pattern => Ok($answer),
            _ => Err(unexpected()),
        }
    };
}

/// The same for questions to the chain.
macro_rules! ask_chain {
    ($self:ident, $query:expr, $pattern:pat => $answer:expr) => {
        match $self.chain($query).await? {
            $pattern => Ok($answer),
            _ => Err(unexpected()),
        }
    };
}

/// The answer itself is not logged: it may be the 24 words.
fn unexpected() -> ApiError {
    tracing::error!("the core answered with another kind");
    ApiError::new(Reason::Internal, "Something is broken here: please report it with the log.")
}

fn all<A, B>(list: Vec<A>, translate: impl Fn(A) -> B) -> Vec<B> {
    list.into_iter().map(translate).collect()
}

fn rows(limit: u32) -> usize {
    usize::try_from(limit.clamp(1, ROWS_MAX)).unwrap_or(1)
}

fn message_id(text: &str) -> Result<MessageId, ApiError> {
    text.parse().map_err(|error: view::BadId| ApiError::new(Reason::BadParams, format!("{text:?}: {error}.")))
}

impl Answers {
    async fn chain(&self, query: ChainQuery) -> Result<ChainAnswer, ApiError> {
        let asked = tokio::time::timeout(crate::CHAIN_TIMEOUT, self.person.chain(query)).await;
        let silent = || Err(AskError::Chain("the chain did not answer in time: try again".to_owned()));
        asked.unwrap_or_else(|_| silent()).map_err(translate::error)
    }

    fn carrier(&self, status: view::CarrierStatus) -> CarrierStatus {
        self.ways.told(status)
    }

    fn control(&self) -> Result<&Arc<dyn DemoControl>, ApiError> {
        self.control.as_ref().ok_or_else(|| ApiError::new(Reason::NoDemo, "This is no demo; nothing to switch here."))
    }

    /// Whether this is the demo's first daemon: its page alone may hold the others in frames.
    async fn shows_demo(&self, origin: &str) -> bool {
        let Some(control) = &self.control else { return false };
        control.status().await.people.first().is_some_and(|first| first.page == origin)
    }

    async fn switch(&self, what: DemoSwitch, running: bool) -> Result<DemoStatus, ApiError> {
        let control = self.control()?;
        let done = control.set_running(what.kind, what.index, running).await;
        done.map_err(|why| ApiError::new(Reason::NotSwitched, why))?;
        Ok(control.status().await)
    }
}

#[async_trait::async_trait]
impl Handler for Answers {
    async fn session_open(&self, with: SessionOpen) -> Result<Session, ApiError> {
        self.sessions.open(&with).map(|session| Session { session })
    }

    async fn session_page(&self, _: Nothing) -> Result<Page, ApiError> {
        let none = || ApiError::new(Reason::NotFound, "This daemon serves no page.");
        let origin = self.origin.as_ref().ok_or_else(none)?;
        let view = if self.shows_demo(origin).await { crate::DEMO_VIEW } else { "" };
        Ok(Page { page: crate::page_address(origin, view, &self.sessions.mint()) })
    }

    async fn profile_get(&self, _: Nothing) -> Result<Profile, ApiError> {
        ask!(self, Command::Profile, Reply::Profile(profile) => translate::profile(profile))
    }

    async fn profile_create(&self, asked: ProfileName) -> Result<Profile, ApiError> {
        if !self.profile_get(Nothing {}).await?.name.is_empty() {
            return Err(ApiError::new(Reason::Conflict, "This profile has a name; profile.rename changes it."));
        }
        self.profile_rename(asked).await
    }

    async fn profile_rename(&self, asked: ProfileName) -> Result<Profile, ApiError> {
        ask!(self, Command::SetName(asked.name), Reply::Profile(profile) => translate::profile(profile))
    }

    async fn contact_list(&self, _: Nothing) -> Result<Vec<Contact>, ApiError> {
        ask!(self, Command::ContactList, Reply::Contacts(list) => all(list, translate::contact))
    }

    async fn contact_invite(&self, _: Nothing) -> Result<Invite, ApiError> {
        ask!(self, Command::ContactInvite, Reply::Invite { link, expires } => Invite { link, expires_ms: expires.0 })
    }

    async fn contact_add(&self, asked: ContactAdd) -> Result<Contact, ApiError> {
        let command = Command::ContactAdd { link: asked.link };
        ask!(self, command, Reply::Contact(contact) => translate::contact(contact))
    }

    async fn contact_rename(&self, asked: ContactRename) -> Result<Contact, ApiError> {
        let command = Command::ContactRename { name: asked.name, to: asked.to };
        ask!(self, command, Reply::Contact(contact) => translate::contact(contact))
    }

    async fn contact_remove(&self, asked: ContactRemove) -> Result<Nothing, ApiError> {
        ask!(self, Command::ContactRemove { name: asked.name }, Reply::Done => Nothing {})
    }

    async fn conversation_list(&self, _: Nothing) -> Result<Vec<Conversation>, ApiError> {
        ask!(self, Command::ConversationList, Reply::Conversations(list) => all(list, translate::conversation))
    }

    async fn message_list(&self, asked: MessageList) -> Result<Vec<Message>, ApiError> {
        let before = asked.before.as_deref().map(message_id).transpose()?;
        let command = Command::MessageList { conversation: asked.conversation, before, limit: rows(asked.limit) };
        ask!(self, command, Reply::Messages(list) => all(list, translate::message))
    }

    async fn message_send(&self, asked: MessageSend) -> Result<Message, ApiError> {
        let reply_to = asked.reply_to.as_deref().map(message_id).transpose()?;
        let id = asked.id.as_deref().map(message_id).transpose()?;
        let command = Command::MessageSend { conversation: asked.conversation, text: asked.text, reply_to, id };
        ask!(self, command, Reply::Message(message) => translate::message(message))
    }

    async fn message_mark_read(&self, asked: MessageMarkRead) -> Result<Nothing, ApiError> {
        let up_to = message_id(&asked.up_to)?;
        ask!(self, Command::MessageMarkRead { conversation: asked.conversation, up_to }, Reply::Done => Nothing {})
    }

    async fn message_search(&self, asked: MessageSearch) -> Result<Vec<Message>, ApiError> {
        let command = Command::MessageSearch { query: asked.query, limit: rows(asked.limit) };
        ask!(self, command, Reply::Messages(list) => all(list, translate::message))
    }

    async fn payment_quote(&self, asked: PaymentQuote) -> Result<Quote, ApiError> {
        let ((None, Some(to)) | (Some(to), None)) = (asked.conversation, asked.to) else {
            return Err(ApiError::new(Reason::BadParams, "Say either conversation or to."));
        };
        let comment = asked.comment.unwrap_or_default();
        let command = Command::PaymentQuote { to, amount: asked.amount.0, comment };
        ask!(self, command, Reply::Quote(quote) => translate::quote(quote))
    }

    async fn payment_send(&self, asked: PaymentSend) -> Result<Message, ApiError> {
        let comment = asked.comment.unwrap_or_default();
        let id = asked.id.as_deref().map(message_id).transpose()?;
        let command = Command::PaymentSend { conversation: asked.conversation, amount: asked.amount.0, comment, id };
        ask!(self, command, Reply::Message(message) => translate::message(message))
    }

    async fn wallet_balance(&self, _: Nothing) -> Result<WalletBalance, ApiError> {
        ask!(self, Command::WalletBalance, Reply::Balance(balance) => translate::balance(balance))
    }

    async fn wallet_address(&self, _: Nothing) -> Result<WalletAddress, ApiError> {
        ask!(self, Command::WalletAddress, Reply::Address(address) => translate::address(address))
    }

    async fn wallet_send(&self, asked: WalletSend) -> Result<WalletSent, ApiError> {
        let comment = asked.comment.unwrap_or_default();
        let id = asked.id.as_deref().map(message_id).transpose()?.map(|id| id.0);
        let command = Command::WalletSend { to: asked.to, amount: asked.amount.0, comment, id };
        ask!(self, command, Reply::Sent(sent) => translate::sent(sent))
    }

    async fn wallet_transfer(&self, asked: WalletTransfer) -> Result<WalletSent, ApiError> {
        ask!(self, Command::WalletSendState { id: asked.id }, Reply::Sent(sent) => translate::sent(sent))
    }

    async fn wallet_history(&self, asked: WalletHistory) -> Result<Vec<WalletEntry>, ApiError> {
        let before_lt = asked.before_lt.map(|lt| lt.0);
        let before_place = asked.before_place.map(|place| place.0);
        let command = Command::WalletHistory { before_lt, before_place, limit: rows(asked.limit) };
        ask!(self, command, Reply::Entries(list) => all(list, translate::entry))
    }

    async fn wallet_words(&self, _: Nothing) -> Result<WalletWords, ApiError> {
        ask!(self, Command::WalletWords, Reply::Words(words) => WalletWords { words })
    }

    async fn wallet_words_saved(&self, _: Nothing) -> Result<Nothing, ApiError> {
        ask!(self, Command::WalletWordsSaved, Reply::Profile(_) => Nothing {})
    }

    async fn chain_status(&self, _: Nothing) -> Result<ChainStatus, ApiError> {
        let status = ask_chain!(self, ChainQuery::Status, ChainAnswer::Status(status) => status)?;
        Ok(translate::chain_status(&status, self.watch.tps()))
    }

    async fn chain_blocks(&self, asked: ChainBlocks) -> Result<Vec<BlockSummary>, ApiError> {
        let query = ChainQuery::Blocks { before: asked.before, limit: asked.limit.clamp(1, ROWS_MAX) };
        ask_chain!(self, query, ChainAnswer::Blocks(list) => list.iter().map(translate::block_summary).collect())
    }

    async fn chain_block(&self, asked: ChainBlock) -> Result<Block, ApiError> {
        let prefix = asked.shard.as_deref().map(shard).transpose()?;
        let query = ChainQuery::Block { workchain: asked.workchain, shard: prefix, seqno: asked.seqno };
        ask_chain!(self, query, ChainAnswer::Block(block) => translate::block(block))
    }

    async fn chain_account(&self, asked: ChainAccount) -> Result<Account, ApiError> {
        let query = ChainQuery::Account { address: asked.address };
        ask_chain!(self, query, ChainAnswer::Account(account) => translate::account(account))
    }

    async fn chain_transaction(&self, asked: ChainTransaction) -> Result<Transaction, ApiError> {
        let hash = transaction_hash(&asked.hash)
            .ok_or_else(|| ApiError::new(Reason::BadValue, "A transaction's hash has 64 hexadecimal digits."))?;
        let query = ChainQuery::Transaction { hash };
        ask_chain!(self, query, ChainAnswer::Transaction(transaction) => translate::transaction(transaction))
    }

    async fn chain_search(&self, asked: ChainSearch) -> Result<Found, ApiError> {
        let text = asked.query.trim();
        let (query, found) = if let Some(hash) = transaction_hash(text) {
            (ChainQuery::Transaction { hash }, Found::Transaction { hash: wire::id::to_hex(&hash) })
        } else if let Ok(seqno) = text.trim_start_matches('#').parse() {
            let block = BlockName { workchain: -1, shard: format!("{:016x}", 1_u64 << 63), seqno };
            (ChainQuery::Block { workchain: -1, shard: None, seqno }, Found::Block { block })
        } else {
            (ChainQuery::Account { address: text.to_owned() }, Found::Account { address: text.to_owned() })
        };
        match self.chain(query).await {
            Ok(ChainAnswer::Account(account)) => Ok(Found::Account { address: account.address }),
            Ok(_) => Ok(found),
            // What names nothing is an answer; that nobody answered is none.
            Err(error) if matches!(error.data.reason, Reason::NotFound | Reason::BadValue) => Ok(Found::Nothing),
            Err(error) => Err(error),
        }
    }

    async fn carrier_status(&self, _: Nothing) -> Result<CarrierStatus, ApiError> {
        ask!(self, Command::CarrierStatus, Reply::Carrier(status) => self.carrier(status))
    }

    async fn carrier_add(&self, asked: BridgeAdd) -> Result<CarrierStatus, ApiError> {
        ask!(self, Command::BridgeAdd { link: asked.link }, Reply::Carrier(status) => self.carrier(status))
    }

    async fn carrier_invite(&self, asked: BridgeInvite) -> Result<BridgeInvitation, ApiError> {
        let question = ask!(self, Command::BridgeInvite { bridge: asked.id }, Reply::BridgeQuestion(one) => one)?;
        let answer = self.ways.carriers.exchange(&question.address, question.body.into(), BRIDGE_TIMEOUT).await;
        // what is no answer of a bridge is told by the core
        let answer = match answer {
            Ok(answer) => answer.to_vec(),
            Err(CarrierError::Decoy { .. }) => Vec::new(),
            Err(error) => {
                tracing::debug!(%error, "a bridge gave no link");
                let words = "The bridge can't be reached now: try again later.";
                return Err(ApiError::new(Reason::Unreachable, words));
            }
        };
        let said = Command::BridgeInvited { bridge: question.bridge, answer };
        ask!(self, said, Reply::BridgeInvitation(told) => translate::bridge_invitation(told))
    }

    async fn carrier_remove(&self, asked: BridgeRemove) -> Result<CarrierStatus, ApiError> {
        ask!(self, Command::BridgeRemove { id: asked.id }, Reply::Carrier(status) => self.carrier(status))
    }

    async fn carrier_use(&self, asked: CarrierUse) -> Result<CarrierStatus, ApiError> {
        let (carriers, profile) = (Arc::clone(&self.ways.carriers), self.profile.clone());
        let chosen = tokio::task::spawn_blocking(move || pin::choose(&profile, &carriers, &asked.name)).await;
        chosen.map_err(|_| unexpected())??;
        self.carrier_status(Nothing {}).await
    }

    async fn carrier_profile(&self, _: Nothing) -> Result<CarrierProfileFields, ApiError> {
        let used = self.ways.behaviour.used();
        let field = |(name, value)| ProfileField { name, value };
        let fields = all(behaviour::fields(&used.profile), field);
        Ok(CarrierProfileFields { profile: behaviour::told(&used), fields })
    }

    async fn carrier_install(&self, asked: ProfileInstall) -> Result<CarrierStatus, ApiError> {
        let ways = self.ways.clone();
        let installing = move || ways.behaviour.install(&asked.profile, &ways.carriers);
        let installed = tokio::task::spawn_blocking(installing).await.map_err(|_| unexpected())?;
        installed.map_err(|error| behaviour::install_error(&error))?;
        self.carrier_status(Nothing {}).await
    }

    async fn carrier_lan(&self, asked: LanSwitch) -> Result<LanStatus, ApiError> {
        if let Some(on) = asked.on {
            self.lan.switch(on).await.map_err(translate::error)?;
        }
        let on = self.lan.is_wanted().await.map_err(translate::error)?;
        let seen = self.lan.seen();
        let neighbours = u32::try_from(seen.neighbours).unwrap_or(u32::MAX);
        Ok(LanStatus { on, contacts: seen.contacts.into_values().collect(), neighbours, problem: seen.problem })
    }

    async fn carrier_region(&self, asked: RegionSet) -> Result<RegionStatus, ApiError> {
        let command = match &asked.region {
            None => Command::Region,
            Some(text) => Command::RegionSet(translate::region(text)?),
        };
        ask!(self, command, Reply::Region(status) => translate::region_status(&status))
    }

    async fn bundle_export(&self, asked: BundleExport) -> Result<BundleExported, ApiError> {
        let bytes_max = asked.bytes_max.map_or(usize::MAX, |max| usize::try_from(max).unwrap_or(usize::MAX));
        let command = Command::BundleExport { to: asked.to, carry: asked.carry, bytes_max };
        let made = ask!(self, command, Reply::Bundle(made) => made)?;
        let exported = translate::bundle_made(&made);
        Ok(BundleExported { id: self.transfers.offer(made.bytes), ..exported })
    }

    async fn bundle_read(&self, asked: BundleRead) -> Result<BundlePart, ApiError> {
        self.transfers.read(&asked.id, asked.offset)
    }

    async fn bundle_begin(&self, asked: BundleBegin) -> Result<BundleBegun, ApiError> {
        Ok(BundleBegun { id: self.transfers.begin(asked.bytes)? })
    }

    async fn bundle_write(&self, asked: BundleWrite) -> Result<Nothing, ApiError> {
        self.transfers.write(&asked.id, asked.offset, &asked.data).map(|()| Nothing {})
    }

    async fn bundle_import(&self, asked: BundleImport) -> Result<BundleImported, ApiError> {
        let bytes = self.transfers.take(&asked.id)?;
        ask!(self, Command::BundleImport { bytes, carry: true }, Reply::Taken(taken) => translate::bundle_taken(&taken))
    }

    async fn bundle_frame(&self, asked: BundleFrameGet) -> Result<BundleFrame, ApiError> {
        let (frame, total) = self.transfers.frame(&asked.id, asked.index)?;
        let text = frame.to_text();
        Ok(BundleFrame { total, qr: qr::encode(&text)?, text })
    }

    async fn bundle_scan(&self, asked: BundleScan) -> Result<BundleScanned, ApiError> {
        self.transfers.scan(asked.id.as_deref(), &asked.frame)
    }

    async fn bundle_programs(&self, _: Nothing) -> Result<BundlePrograms, ApiError> {
        Ok(BundlePrograms { key: self.program_key.map(|key| wire::id::to_hex(&key)) })
    }

    // Who lends is the client's connection's affair.
    async fn carrier_lend(&self, _: CarrierLend) -> Result<Nothing, ApiError> {
        Ok(Nothing {})
    }

    async fn carrier_fetched(&self, asked: CarrierFetched) -> Result<Nothing, ApiError> {
        let what = match asked.outcome {
            FetchOutcome::Answer { status, body, more } => {
                let bytes = STANDARD.decode(body).map_err(|error| {
                    ApiError::new(Reason::BadParams, format!("body is no base64 ({error}): send the bytes so."))
                })?;
                Ok(Fetched { status, bytes: bytes.into(), more })
            }
            FetchOutcome::Failed { why } => Err(why),
        };
        self.ways.pages.fetched(asked.id.0, what);
        Ok(Nothing {})
    }

    async fn demo_status(&self, _: Nothing) -> Result<DemoStatus, ApiError> {
        let control = self.control()?;
        let status = control.status().await;
        Ok(DemoStatus { people: control.people().await, ..status })
    }

    async fn demo_stop(&self, asked: DemoSwitch) -> Result<DemoStatus, ApiError> {
        self.switch(asked, false).await
    }

    async fn demo_start(&self, asked: DemoSwitch) -> Result<DemoStatus, ApiError> {
        self.switch(asked, true).await
    }

    async fn settings_get(&self, _: Nothing) -> Result<Settings, ApiError> {
        ask!(self, Command::SettingsGet, Reply::Settings(settings) => translate::settings(&settings))
    }

    async fn settings_set(&self, asked: Settings) -> Result<Settings, ApiError> {
        let command = Command::SettingsSet(translate::settings_to_keep(&asked)?);
        ask!(self, command, Reply::Settings(settings) => translate::settings(&settings))
    }

    async fn qr_encode(&self, asked: QrEncode) -> Result<Qr, ApiError> {
        qr::encode(&asked.text)
    }

    async fn doctor_run(&self, _: Nothing) -> Result<Vec<Finding>, ApiError> {
        Ok(doctor::look(self).await.iter().map(doctor::in_words).collect())
    }

    async fn doctor_look(&self, _: Nothing) -> Result<Vec<Seen>, ApiError> {
        Ok(doctor::look(self).await)
    }
}

fn transaction_hash(text: &str) -> Option<[u8; 32]> {
    wire::id::from_hex(&text.to_ascii_lowercase()).ok()
}

fn shard(text: &str) -> Result<u64, ApiError> {
    u64::from_str_radix(text, 16).map_err(|_| ApiError::new(Reason::BadValue, "A shard has 16 hexadecimal digits."))
}
