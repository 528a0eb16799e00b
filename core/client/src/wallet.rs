//! The wallet: own accounts, balance, history, payments (specs/03-e2ee.md, E2E-60 to E2E-75, E2E-83).
//!
//! Account 0 is the wallet that every TON program opens with the same words. Every contact is given an account of its
//! own, with a key of its own, to pay to, and a fresh one after each payment: nothing on the chain links them until
//! their money is moved together. The balance is the sum of all.
//!
//! A payment is made from the account with the least money that suffices. If only all of them together have enough,
//! what the others have is first moved to account 0; what is on its way there counts as there.
//!
//! What a node says of an own account counts only with a proof, and so does the configuration, which decides the fee
//! that is shown before.

mod entries;
mod follow;
mod gather;
mod history;
mod pay;
mod promise;

pub(crate) use promise::Promise;

use crate::command::{ChainQuery, Command, CommandError, Event, QueryId, Reply};
use crate::entry::pick;
use crate::live::{ChainTask, Relay, Role, Task};
use crate::problem::{ChainRefusal, PaymentProblem};
use crate::record::{ContactRecord, PayAddress, damaged, load, save, scan};
use crate::store::{Table, Transaction};
use crate::view::{ChainAnswer, ContactId, MessageId, Payment, PaymentState, WalletAddress, WalletBalance, WalletSent};
use crate::work::Work;
use chain::execute::ChainConfig;
use chain::light::LightResponse;
use chain::wallet::WalletV5;
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};
use tycho_types::models::{Base64StdAddrFlags, DisplayBase64StdAddr, StdAddr, StdAddrFormat};
use tycho_types::prelude::HashBytes;
use wire::{Gram, RelayId, UnixMillis};

/// Own accounts that are followed: one for each contact and payment, the oldest empty ones are left alone beyond it.
const FOLLOWED_MAX: usize = 4_096;
/// Questions of the person under way.
const QUERIES_MAX: usize = 64;
/// How often a question is asked before giving up.
const QUERY_TRIES: u32 = 4;
/// How long the node may wait for news of an account.
const WAIT_MS: u32 = 10_000;
/// How long while an account pays: the way to the node may be blocked, which only shows when the wait is over.
const PAYING_WAIT_MS: u32 = 2_000;
/// What is answered sooner then was not held.
const PAYING_HELD_MS: u64 = 1_000;
/// How often accounts are looked at that nothing is expected of, at most: contacts announce what they pay, so only a
/// payment that somebody else makes there waits so long.
const IDLE_MS_MIN: u64 = 5 * 60 * 1000;
/// What each such account adds to the pause between two looks at any of them, so that many accounts cost no more
/// requests than a hundred.
const IDLE_MS_EACH: u64 = 3_000;
/// How far apart the first looks at them are when a client is opened.
const FIRST_LOOK_MS: u64 = 200;
/// How long news of an account are wanted at once after a contact announced a payment to it.
const WATCH_MS: u64 = 10 * 60 * 1000;
/// Nodes that are asked at a time to wait for news of an account, besides account 0: contacts can make accounts be
/// watched, and relays bound waiting requests.
const LONG_POLLS_MAX: usize = 8;
/// How often a watched account is looked at without waiting.
const SHORT_MS: u64 = 3_000;
/// The pause before another node is asked what a person waits for.
const QUERY_PAUSE_MS: u64 = 100;
/// How far a node's block may be behind what the chain must have by now, before another node is asked.
const HEAD_LAG_MS: u64 = 60_000;
/// How old the newest proven block may be for a payment to be signed. A device's clock that no relay complains of is
/// off by up to 15 minutes.
const HEAD_AGE_MS_MAX: u64 = 20 * 60 * 1000;
/// And for how long no node may have answered: what is signed then could be submitted to nobody.
const UNANSWERED_MS_MAX: u64 = 60_000;
/// How often the configuration is fetched.
const CONFIG_MS: u64 = 60 * 60 * 1000;
/// Key of the configuration in [`Table::Wallet`].
const CONFIG_KEY: &[u8] = b"c";

/// What is remembered of the wallet while the client runs.
#[derive(Default)]
pub(crate) struct WalletLive {
    pub(crate) queries: BTreeMap<QueryId, Query>,
    /// Accounts of which an answer is expected, so that none is asked for twice, and since when.
    pub(crate) asked: BTreeMap<u32, UnixMillis>,
    /// When to look at an account again.
    pub(crate) look: BTreeMap<u32, UnixMillis>,
    /// Transfers that are not final.
    pub(crate) open: BTreeSet<TransferId>,
    /// When to look whether a transfer has become a promise.
    pub(crate) promise_at: Option<UnixMillis>,
    /// Accounts to which announced payments are on their way, and how long to look closely.
    pub(crate) watched: BTreeMap<u32, UnixMillis>,
    pub(crate) walks: BTreeMap<u32, history::Walk>,
    pub(crate) config: Option<ChainConfig>,
    pub(crate) head: Option<follow::Head>,
    /// When a node of the chain last answered anything.
    pub(crate) answered_at: UnixMillis,
    /// When one was first asked since the client was opened, or the machine woke.
    pub(crate) asked_at: Option<UnixMillis>,
    pub(crate) told: WalletBalance,
    /// The relay that the next question does not go to: it has just failed.
    pub(crate) avoid: Option<RelayId>,
}

/// A question of the person.
#[derive(Clone, Debug)]
pub(crate) struct Query {
    asked: ChainQuery,
    tries: u32,
    /// A proven account, whose latest transactions are still to come.
    account: Option<crate::view::Account>,
}

impl std::fmt::Debug for WalletLive {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WalletLive").field("look", &self.look).field("open", &self.open).finish_non_exhaustive()
    }
}

/// Names a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct TransferId(pub(crate) [u8; 16]);

/// An own account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct AccountRecord {
    pub(crate) number: u32,
    pub(crate) address: PayAddress,
    /// The contact that was told to pay here.
    pub(crate) contact: Option<ContactId>,
    pub(crate) balance: Gram,
    /// The last transaction.
    pub(crate) last: (u64, [u8; 32]),
    /// Everything up to this logical time is in the history.
    pub(crate) read_lt: u64,
    pub(crate) seqno: Option<u32>,
    /// Height and time of the block that this is proven by.
    pub(crate) height: u64,
    pub(crate) at: UnixMillis,
    /// The account's entry in the state, a bag of cells; empty before the first answer.
    #[serde(with = "serde_bytes")]
    pub(crate) entry: Vec<u8>,
}

/// An outgoing transfer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct TransferRecord {
    pub(crate) id: TransferId,
    pub(crate) begun: UnixMillis,
    pub(crate) workchain: i8,
    pub(crate) to: [u8; 32],
    pub(crate) amount: Gram,
    /// Expected, until it is known.
    pub(crate) fee: Gram,
    pub(crate) kind: TransferKind,
    pub(crate) signed: Option<Signed>,
    pub(crate) signings: u32,
    pub(crate) state: PaymentState,
    pub(crate) transaction: Option<[u8; 32]>,
    /// What a node last refused it with, no proof; when it has failed, why.
    pub(crate) reason: Option<PaymentProblem>,
}

/// Why it is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum TransferKind {
    /// A payment in a conversation.
    Chat(ContactId, MessageId),
    /// `wallet send`, with a comment on the chain.
    Send(String),
    /// Everything of one own account to account 0.
    Sweep(u32),
}

/// A signed external message of a transfer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Signed {
    pub(crate) account: u32,
    pub(crate) seqno: u32,
    pub(crate) valid_until: u32,
    pub(crate) hash: [u8; 32],
    #[serde(with = "serde_bytes")]
    pub(crate) boc: Vec<u8>,
}

/// A payment that a contact says it made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Announced {
    pub(crate) id: MessageId,
    pub(crate) at: UnixMillis,
    pub(crate) to: PayAddress,
    pub(crate) amount: Gram,
    pub(crate) comment: String,
    /// The chain's message that brings it.
    pub(crate) by: Option<[u8; 32]>,
}

impl WalletLive {
    pub(crate) fn next_due(&self) -> Option<UnixMillis> {
        self.look.values().min().copied().into_iter().chain(self.promise_at).min()
    }
}

impl<T: Transaction> Work<'_, T> {
    /// Commands about money and the chain.
    pub(crate) fn wallet_command(&mut self, command: Command) -> Result<Reply, CommandError> {
        match command {
            Command::WalletBalance => Ok(Reply::Balance(self.balance()?)),
            Command::WalletAddress => {
                let address = wallet_address(&self.own_key(0).verifying_key().to_bytes())?;
                Ok(Reply::Address(WalletAddress { address: friendly(&address), raw: address.to_string() }))
            }
            Command::WalletHistory { before_lt, before_place, limit } => self.history(before_lt, before_place, limit),
            Command::WalletWords => {
                let words = self.setup.root.words().ok_or(CommandError::NoWords)?;
                Ok(Reply::Words(words.words().map(str::to_owned).collect()))
            }
            Command::WalletSend { to, amount, comment, id } => self.wallet_send(&to, amount, &comment, id),
            Command::WalletSendState { id } => self.send_state(&id),
            Command::PaymentQuote { to, amount, comment } => self.payment_quote(&to, amount, &comment),
            Command::PaymentSend { conversation, amount, comment, id } => {
                self.payment_send(&conversation, amount, &comment, id)
            }
            Command::Chain(query) => self.ask_chain(query),
            Command::Profile
            | Command::SetName(_)
            | Command::ContactList
            | Command::ContactInvite
            | Command::ContactAdd { .. }
            | Command::ContactRename { .. }
            | Command::ContactRemove { .. }
            | Command::ConversationList
            | Command::MessageList { .. }
            | Command::MessageSend { .. }
            | Command::MessageMarkRead { .. }
            | Command::MessageSearch { .. }
            | Command::WalletWordsSaved
            | Command::CarrierStatus
            | Command::BridgeAdd { .. }
            | Command::BridgeRemove { .. }
            | Command::BridgeInvite { .. }
            | Command::BridgeInvited { .. }
            | Command::BundleExport { .. }
            | Command::BundleImport { .. }
            | Command::Lan
            | Command::LanSet(_)
            | Command::LanKeys
            | Command::Region
            | Command::RegionSet(_)
            | Command::SettingsGet
            | Command::SettingsSet(_) => Err(damaged("a command that is not about money")),
        }
    }

    fn ask_chain(&mut self, query: ChainQuery) -> Result<Reply, CommandError> {
        if self.live.wallet.queries.len() >= QUERIES_MAX {
            return Err(CommandError::Full { what: "questions to the chain under way", max: QUERIES_MAX });
        }
        crate::explore::request(&query)?;
        self.live.next_query = self.live.next_query.saturating_add(1);
        let id = QueryId(self.live.next_query);
        self.live.wallet.queries.insert(id, Query { asked: query, tries: 0, account: None });
        self.schedule_chain(ChainTask::Query(id), self.now);
        Ok(Reply::Query(id))
    }

    pub(crate) fn own_key(&self, number: u32) -> SigningKey {
        if number == 0 { self.setup.root.wallet_key() } else { self.setup.root.account_key(number) }
    }

    /// Makes an account for a contact to pay to.
    pub(crate) fn fresh_account(&mut self, contact: &mut ContactRecord) -> Result<PayAddress, CommandError> {
        let mut profile = self.profile()?;
        let number = profile.next_account;
        profile.next_account = number.saturating_add(1);
        self.save_profile(&profile)?;
        contact.own_account = Some(number);
        let record = self.new_account(number, Some(contact.id))?;
        self.live.wallet.look.insert(number, self.now.plus_ms(self.idle_ms()?));
        Ok(record.address)
    }

    /// The pause between two looks at an account that nothing is expected of.
    fn idle_ms(&self) -> Result<u64, CommandError> {
        let accounts = u64::try_from(self.accounts()?.len()).unwrap_or(u64::MAX);
        Ok(accounts.saturating_mul(IDLE_MS_EACH).max(IDLE_MS_MIN))
    }

    fn new_account(&mut self, number: u32, contact: Option<ContactId>) -> Result<AccountRecord, CommandError> {
        let address = wallet_address(&self.own_key(number).verifying_key().to_bytes())?;
        let record = AccountRecord {
            number,
            address: PayAddress(address.address.0),
            contact,
            balance: Gram::ZERO,
            last: (0, [0; 32]),
            read_lt: 0,
            seqno: None,
            height: 0,
            at: UnixMillis(0),
            entry: Vec::new(),
        };
        self.save_account(&record)?;
        Ok(record)
    }

    pub(crate) fn account(&self, number: u32) -> Result<Option<AccountRecord>, CommandError> {
        load(self.tx, Table::Wallet, &account_key(number))
    }

    pub(crate) fn accounts(&self) -> Result<Vec<AccountRecord>, CommandError> {
        Ok(scan(self.tx, Table::Wallet, b"a")?.into_iter().map(|(_, record)| record).collect())
    }

    pub(crate) fn save_account(&mut self, record: &AccountRecord) -> Result<(), CommandError> {
        save(self.tx, Table::Wallet, &account_key(record.number), record)
    }

    pub(crate) fn transfer(&self, id: TransferId) -> Result<Option<TransferRecord>, CommandError> {
        load(self.tx, Table::Wallet, &transfer_key(id))
    }

    pub(crate) fn save_transfer(&mut self, record: &TransferRecord) -> Result<(), CommandError> {
        save(self.tx, Table::Wallet, &transfer_key(record.id), record)
    }

    pub(crate) fn open_transfers(&self) -> Result<Vec<TransferRecord>, CommandError> {
        let mut open = Vec::new();
        for id in &self.live.wallet.open {
            open.extend(self.transfer(*id)?);
        }
        open.sort_by_key(|one| (one.begun, one.id));
        Ok(open)
    }

    /// The money of all own accounts, and what is on its way out.
    pub(crate) fn balance(&self) -> Result<WalletBalance, CommandError> {
        let sum = |sum: Gram, more: Gram| sum.checked_add(more).unwrap_or(sum);
        let balance = self.money(&self.accounts()?)?;
        let open = self.open_transfers()?.into_iter().filter(|one| !matches!(one.kind, TransferKind::Sweep(_)));
        let pending = open.map(|one| sum(one.amount, one.fee)).fold(Gram::ZERO, sum);
        Ok(WalletBalance { balance, pending })
    }

    /// Tells the balance if it is another than was told last.
    pub(crate) fn tell_balance(&mut self) -> Result<(), CommandError> {
        let balance = self.balance()?;
        if balance != self.live.wallet.told {
            self.live.wallet.told = balance;
            self.events.push(Event::Wallet(balance));
        }
        Ok(())
    }

    /// What a client that was just opened has to take up again.
    pub(crate) fn resume_wallet(&mut self) -> Result<(), CommandError> {
        if self.account(0)?.is_none() {
            self.new_account(0, None)?;
        }
        let accounts = self.accounts()?;
        let followed = accounts.iter().rev().take(FOLLOWED_MAX).chain(accounts.first());
        let numbers: Vec<u32> = followed.map(|account| account.number).collect();
        for (_, record) in scan::<TransferRecord>(self.tx, Table::Wallet, b"t")? {
            if record.state.is_open() {
                self.live.wallet.open.insert(record.id);
                if record.signed.is_some() {
                    self.schedule_chain(ChainTask::Submit(record.id.0), self.now);
                }
            }
        }
        self.resume_expected()?;
        let mut at = self.now;
        for number in numbers {
            let watched = self.is_watched(number)?;
            self.live.wallet.look.insert(number, if watched { self.now } else { at });
            at = at.plus_ms(FIRST_LOOK_MS);
        }
        self.resume_config()?;
        if !self.setup.network.validators.is_empty() {
            self.schedule_chain(ChainTask::Config, self.now);
        }
        self.live.wallet.told = self.balance()?;
        Ok(())
    }

    /// Asks some relay's node. Relays that a contact or a link named are not asked: they would learn whose accounts these
    /// are.
    pub(crate) fn schedule_chain(&mut self, task: ChainTask, at: UnixMillis) {
        let avoid = self.live.wallet.avoid.take();
        let own = self.live.relays.iter().filter(|(_, relay)| relay.role == Role::Network);
        let own = own.map(|(id, _)| *id).collect();
        self.ask_one_of(own, avoid, task, at);
    }

    /// Asks one of these relays: one that does well and is reached, where there is one (E2E-83).
    fn ask_one_of(&mut self, mut list: Vec<RelayId>, avoid: Option<RelayId>, task: ChainTask, at: UnixMillis) {
        let standing = |id: &RelayId| {
            let relay = self.live.relays.get(id)?;
            let does_well = relay.as_target.is_good(self.now) && Some(*id) != avoid;
            let is_reached = relay.unreached_since.is_none() && relay.as_target.until <= self.now;
            Some((does_well, relay.no_chain_until <= self.now, is_reached))
        };
        let best = list.iter().map(standing).max();
        list.retain(|id| Some(standing(id)) == best);
        if let Some(relay) = pick(&list, self.rng.next_u64()) {
            self.live.schedule(relay, Task::Chain(task), at);
        }
    }

    /// A relay is not asked anything now: what is due there of the chain goes to those that can be asked, if there are any.
    pub(crate) fn chain_elsewhere(&mut self, relay: RelayId) {
        let due = self.live.due_chain_tasks(relay, self.now);
        if due.is_empty() {
            return;
        }
        let can_be_asked = |(id, other): &(&RelayId, &Relay)| {
            **id != relay
                && other.role == Role::Network
                && other.as_target.until <= self.now
                && self.live.entry_at(id).is_some_and(|at| at <= self.now)
        };
        let others: Vec<RelayId> = self.live.relays.iter().filter(can_be_asked).map(|(id, _)| *id).collect();
        if others.is_empty() {
            return;
        }
        for task in due {
            self.live.take_task(relay, Task::Chain(task));
            self.ask_one_of(others.clone(), None, task, self.now);
        }
    }

    /// Whether somebody waits for what a question brings, so that it is no occasion to look at relays that did badly.
    pub(crate) fn is_waited_for(&self, task: ChainTask) -> Result<bool, CommandError> {
        if matches!(task, ChainTask::Query(_) | ChainTask::Submit(_)) {
            return Ok(true);
        }
        Ok(self.open_transfers()?.iter().any(|one| one.state == PaymentState::Sending))
    }

    /// The question of a task and how long it waits; `None` if nobody wants the answer any more.
    pub(crate) fn chain_request(&mut self, task: ChainTask) -> Result<Option<(Vec<u8>, u64)>, CommandError> {
        let request = match task {
            ChainTask::Query(id) => match self.live.wallet.queries.get(&id) {
                Some(Query { account: Some(account), .. }) => {
                    crate::explore::history_request(account).map(|request| (request, 0))
                }
                Some(query) => Some((crate::explore::request(&query.asked)?, 0)),
                None => None,
            },
            ChainTask::Account(number) => self.account_request(number)?,
            ChainTask::History(number) => self.history_request(number)?.map(|request| (request, 0)),
            ChainTask::Submit(id) => self.submit_request(TransferId(id))?.map(|request| (request, 0)),
            ChainTask::Config => Some((Self::config_request(), 0)),
        };
        let Some((request, wait_ms)) = request else { return Ok(None) };
        Ok(Some((request.encode().map_err(damaged)?, wait_ms)))
    }

    /// No answer, or one that is wrong: another relay, later.
    pub(crate) fn chain_failed(&mut self, relay: RelayId, task: ChainTask) -> Result<(), CommandError> {
        self.live.wallet.avoid = Some(relay);
        let jitter = self.rng.next_u32();
        let pause_ms = if let ChainTask::Query(id) = task {
            let Some(query) = self.live.wallet.queries.get_mut(&id) else { return Ok(()) };
            query.tries = query.tries.saturating_add(1);
            if query.tries >= QUERY_TRIES {
                let sentence = "no chain node could be reached through the relays: try again in a moment".to_owned();
                return self.answer_query(id, Err(sentence));
            }
            QUERY_PAUSE_MS.saturating_add(u64::from(jitter % 500))
        } else {
            self.live.chain_pause_ms(task, jitter)
        };
        self.schedule_chain(task, self.now.plus_ms(pause_ms));
        Ok(())
    }

    /// A node answered.
    pub(crate) fn chain_answered(&mut self, relay: RelayId, task: ChainTask, bytes: &[u8]) -> Result<(), CommandError> {
        let Ok(response) = LightResponse::decode(bytes) else { return self.chain_failed(relay, task) };
        self.live.chain_answers(task);
        self.live.wallet.answered_at = self.now;
        match (task, response) {
            (ChainTask::Query(id), response) => self.query_answered(relay, id, response),
            (ChainTask::Account(number), LightResponse::Account(proof)) => self.account_answered(relay, number, &proof),
            (ChainTask::History(number), LightResponse::Transactions(list)) => {
                self.history_answered(relay, number, &list)
            }
            (ChainTask::Submit(id), LightResponse::Sent { .. }) => self.submitted(TransferId(id), None),
            (ChainTask::Submit(id), LightResponse::Refused { code, .. }) => {
                self.submitted(TransferId(id), ChainRefusal::from_word(&code))
            }
            (ChainTask::Config, LightResponse::Account(proof)) => self.config_answered(relay, &proof),
            (task, _) => self.chain_failed(relay, task),
        }
    }

    fn query_answered(&mut self, relay: RelayId, id: QueryId, response: LightResponse) -> Result<(), CommandError> {
        let Some(query) = self.live.wallet.queries.get_mut(&id) else { return Ok(()) };
        if let Some(account) = query.account.take() {
            let list = if let LightResponse::Transactions(list) = response { list } else { Vec::new() };
            let account = crate::explore::with_history(account, &list);
            return self.answer_query(id, Ok(ChainAnswer::Account(account)));
        }
        let answer = crate::explore::answer(&query.asked, response, &self.setup.network);
        if let (Ok(ChainAnswer::Account(account)), Some(now)) = (&answer, self.chain_now())
            && now.since(account.at) > HEAD_LAG_MS
        {
            // true once: another node knows how it is now
            return self.chain_failed(relay, ChainTask::Query(id));
        }
        let Some(query) = self.live.wallet.queries.get_mut(&id) else { return Ok(()) };
        match answer {
            Ok(ChainAnswer::Account(account)) if account.last_lt > 0 => {
                query.account = Some(account);
                self.schedule_chain(ChainTask::Query(id), self.now);
                Ok(())
            }
            answer => self.answer_query(id, answer),
        }
    }

    fn answer_query(&mut self, query: QueryId, answer: Result<ChainAnswer, String>) -> Result<(), CommandError> {
        self.live.wallet.queries.remove(&query);
        self.events.push(Event::ChainAnswer { query, answer });
        Ok(())
    }

    /// What is due: accounts to look at, transfers to begin.
    pub(crate) fn wallet_due(&mut self) -> Result<(), CommandError> {
        if self.setup.network.validators.is_empty() {
            self.live.wallet.look.clear();
            return Ok(());
        }
        let due: Vec<u32> =
            self.live.wallet.look.iter().filter(|(_, at)| **at <= self.now).map(|(number, _)| *number).collect();
        for number in due {
            self.live.wallet.look.remove(&number);
            if let Entry::Vacant(asked) = self.live.wallet.asked.entry(number) {
                asked.insert(self.now);
                self.schedule_chain(ChainTask::Account(number), self.now);
            }
        }
        self.promise_transfers()?;
        self.begin_transfers()
    }

    pub(crate) fn sent_view(record: &TransferRecord) -> WalletSent {
        let to = StdAddr::new(record.workchain, HashBytes(record.to));
        WalletSent { id: hex::encode(record.id.0), to: friendly(&to), payment: payment_of(record) }
    }
}

pub(crate) fn payment_of(record: &TransferRecord) -> Payment {
    let comment = match &record.kind {
        TransferKind::Send(comment) => comment.clone(),
        TransferKind::Chat(..) | TransferKind::Sweep(_) => String::new(),
    };
    Payment {
        amount: record.amount,
        fee: record.fee,
        state: record.state,
        transaction: record.transaction,
        comment,
        reason: record.reason.filter(|_| record.state == PaymentState::Failed),
    }
}

pub(crate) fn account_key(number: u32) -> Vec<u8> {
    let mut key = b"a".to_vec();
    key.extend_from_slice(&number.to_be_bytes());
    key
}

pub(crate) fn transfer_key(id: TransferId) -> Vec<u8> {
    let mut key = b"t".to_vec();
    key.extend_from_slice(&id.0);
    key
}

/// Where the wallet of a key lives.
pub(crate) fn wallet_address(key: &[u8; 32]) -> Result<StdAddr, CommandError> {
    WalletV5::new(*key).address().map_err(damaged)
}

/// As people copy it: not bounceable, so that money reaches accounts that do not exist yet.
pub(crate) fn friendly(address: &StdAddr) -> String {
    let flags = Base64StdAddrFlags { testnet: false, base64_url: true, bounceable: false };
    DisplayBase64StdAddr { addr: address, flags }.to_string()
}

/// Raw or user-friendly.
pub(crate) fn parse_address(text: &str) -> Result<StdAddr, CommandError> {
    let parsed = StdAddr::from_str_ext(text.trim(), StdAddrFormat::any());
    parsed.map(|(address, _)| address).map_err(|_| CommandError::BadAddress(text.to_owned()))
}
