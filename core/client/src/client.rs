//! The state machine: one input at a time, each within one transaction of the store.

use crate::command::{Command, CommandError, Effect, Event, ExchangeFailure, ExchangeId, Reply};
use crate::live::{Live, Relay, Role};
use crate::network::NetworkInfo;
use crate::record::{PROFILE_KEY, ProfileRecord, load, save, stored};
use crate::store::{Store, Table, Transaction};
use crate::transport::next_due;
use crate::view::{NAME_CHARS_MAX, Settings};
use crate::work::{Work, contact_view, conversation_view};
use e2ee::{DeviceKey, Root};
use rand_core::{CryptoRng, CryptoRngCore, RngCore};
use std::collections::{BTreeSet, VecDeque};
use wire::{RelayAddress, UnixMillis, text::clean_name};

/// A client that is woken so much later than it wanted to be was on a machine that slept.
const ASLEEP_MS: u64 = 2_000;
/// A clock that says so much less than before was set back: what waited for a time near then would wait for long.
const SET_BACK_MS: u64 = 1_000;

/// What a client is opened with.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The person's secret.
    pub root: Root,
    /// The network.
    pub network: NetworkInfo,
    /// The name that contacts see, for a profile that is new; an existing profile keeps its own. Empty: it is
    /// set later with [`Command::SetName`], before the first invite is given or taken.
    pub name: String,
    /// The country the person is in (E2E-79), for a profile that is new; [`Command::RegionSet`] changes it.
    pub region: Option<wire::Region>,
}

/// What the client is given.
enum Input {
    Open,
    Command(Box<Command>),
    Exchanged(ExchangeId, Result<Vec<u8>, ExchangeFailure>),
    Quiet(RelayAddress, u64),
    Timeout,
    #[cfg(feature = "test-suite")]
    Strange(String, crate::hostile::Strange),
}

/// A person's client.
pub struct Client<S: Store> {
    store: S,
    setup: Setup,
    live: Live,
    /// The last transaction failed: what is remembered may not be what is stored.
    stale: bool,
    /// What the clock said last.
    last: UnixMillis,
    effects: VecDeque<Effect>,
    events: VecDeque<Event>,
}

impl<S: Store> Client<S> {
    /// Opens the profile in `store`, making it if it is new, and takes up whatever was under way.
    pub fn open(
        store: S,
        setup: Setup,
        now: UnixMillis,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Self, CommandError> {
        let live = Live::new(&setup.network);
        let (effects, events) = (VecDeque::new(), VecDeque::new());
        let mut client = Self { store, setup, live, stale: false, last: now, effects, events };
        client.step(now, rng, Input::Open)?;
        Ok(client)
    }

    /// Does what the person asks for.
    pub fn handle_command(
        &mut self,
        command: Command,
        now: UnixMillis,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Reply, CommandError> {
        let reply = self.step(now, rng, Input::Command(Box::new(command)))?;
        Ok(reply.unwrap_or(Reply::Done))
    }

    /// Takes the answer to an [`Effect::Exchange`].
    pub fn handle_exchanged(
        &mut self,
        id: ExchangeId,
        answer: Result<Vec<u8>, ExchangeFailure>,
        now: UnixMillis,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<(), CommandError> {
        if !self.stale && !self.live.expects(&id) {
            return Ok(());
        }
        self.step(now, rng, Input::Exchanged(id, answer)).map(drop)
    }

    /// Takes note that nothing was heard of an entry relay for `quiet_ms`, although exchanges with it are open. What
    /// waits there goes other ways as well.
    pub fn handle_quiet(
        &mut self,
        entry: &RelayAddress,
        quiet_ms: u64,
        now: UnixMillis,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<(), CommandError> {
        self.step(now, rng, Input::Quiet(entry.clone(), quiet_ms)).map(drop)
    }

    /// Takes note whether exchanges through an entry relay go a way that takes short requests alone, and slowly: others
    /// come before it then (E2E-50).
    pub fn handle_narrow(&mut self, entry: &RelayAddress, narrow: bool, now: UnixMillis) {
        let is_it = |relay: &&mut Relay| relay.role != Role::Named && relay.descriptor.address == *entry;
        for relay in self.live.relays.values_mut().filter(is_it) {
            relay.narrow = narrow;
            if narrow {
                relay.as_entry.is_narrow(now);
            }
        }
    }

    #[cfg(test)]
    pub(crate) fn live_mut(&mut self) -> &mut Live {
        &mut self.live
    }

    #[cfg(feature = "test-suite")]
    pub(crate) fn strange(
        &mut self,
        conversation: String,
        what: crate::hostile::Strange,
        now: UnixMillis,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<(), CommandError> {
        self.step(now, rng, Input::Strange(conversation, what)).map(drop)
    }

    /// Does what has become due.
    pub fn handle_timeout(
        &mut self,
        now: UnixMillis,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<(), CommandError> {
        self.step(now, rng, Input::Timeout).map(drop)
    }

    /// When [`Client::handle_timeout`] should be called next; `None`: not before something else happens.
    #[must_use]
    pub fn next_timeout(&self) -> Option<UnixMillis> {
        next_due(&self.live)
    }

    /// The next thing to do. Call until `None` after every `handle_*`, also after one that failed.
    pub fn poll_effect(&mut self) -> Option<Effect> {
        self.effects.pop_front()
    }

    /// The next thing to tell. Call until `None` after every `handle_*`.
    pub fn poll_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    /// The store, when the client is closed.
    pub fn into_store(self) -> S {
        self.store
    }

    /// Runs `input` in a transaction. Effects and events leave only after the commit.
    fn step(
        &mut self,
        now: UnixMillis,
        rng: &mut dyn CryptoRngCore,
        input: Input,
    ) -> Result<Option<Reply>, CommandError> {
        let is_set_back = std::mem::replace(&mut self.last, now).since(now) > SET_BACK_MS;
        let reload = std::mem::take(&mut self.stale) || is_set_back;
        if reload {
            self.forget();
        }
        if next_due(&self.live).is_some_and(|due| now.since(due) > ASLEEP_MS) {
            self.live.woken(now);
        }
        let mut tx = match self.store.begin() {
            Ok(tx) => tx,
            Err(error) => {
                self.stale = true;
                return Err(stored(error));
            }
        };
        let mut work = Work {
            tx: &mut tx,
            rng,
            now,
            setup: &self.setup,
            live: &mut self.live,
            events: Vec::new(),
            touched: BTreeSet::new(),
        };
        let done = work.run(input, reload);
        let events = work.events;
        let committed = match done {
            Ok(answer) => tx.commit().map(|()| answer).map_err(stored),
            Err(error) => Err(error),
        };
        match committed {
            Ok(answer) => {
                self.events.extend(events);
                self.effects.append(&mut self.live.effects);
                Ok(answer)
            }
            Err(error) => {
                self.stale = reload || !error.is_refusal();
                Err(error)
            }
        }
    }

    /// Forgets what is not stored; exchanges under way are not wanted any more.
    fn forget(&mut self) {
        let mut live = Live::new(&self.setup.network);
        live.next_exchange = self.live.next_exchange;
        live.next_query = self.live.next_query;
        let old = std::mem::replace(&mut self.live, live);
        let unsent: BTreeSet<ExchangeId> = old
            .effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Exchange { id, .. } => Some(*id),
                Effect::Cancel(_) => None,
            })
            .collect();
        let redemptions = old.unredeemed.into_values().filter_map(|one| one.flight()).collect::<Vec<_>>();
        let sent = old.exchanges.into_keys().chain(redemptions).filter(|id| !unsent.contains(id));
        self.effects.extend(sent.map(Effect::Cancel));
    }
}

impl CommandError {
    /// A command was refused before anything was changed.
    fn is_refusal(&self) -> bool {
        !matches!(self, Self::Store(_) | Self::Damaged(_) | Self::Encryption(_))
    }
}

impl<T: Transaction> Work<'_, T> {
    fn run(&mut self, input: Input, reload: bool) -> Result<Option<Reply>, CommandError> {
        if reload || matches!(input, Input::Open) {
            self.resume()?;
        }
        let reply = match input {
            Input::Open => None,
            Input::Command(command) => Some(self.command(*command)?),
            Input::Exchanged(id, answer) => {
                if self.live.exchanges.contains_key(&id) {
                    self.exchanged(id, answer)?;
                } else {
                    self.redeem_answered(id, answer)?;
                }
                None
            }
            Input::Quiet(entry, quiet_ms) => {
                self.live.is_quiet(&entry, quiet_ms, self.now);
                self.hedge()?;
                None
            }
            Input::Timeout => {
                self.expire_exchanges()?;
                self.hedge()?;
                None
            }
            #[cfg(feature = "test-suite")]
            Input::Strange(conversation, what) => {
                self.send_strange(&conversation, what)?;
                None
            }
        };
        self.follow_up()?;
        Ok(reply)
    }

    /// Takes up what is stored, or makes a new profile.
    fn resume(&mut self) -> Result<(), CommandError> {
        if load::<ProfileRecord>(self.tx, Table::Profile, PROFILE_KEY)?.is_none() {
            let name = clean_name(&self.setup.name, NAME_CHARS_MAX);
            let device = DeviceKey::random(&self.setup.root.identity_key(), &mut self.rng);
            let settings = Settings::default();
            let profile = ProfileRecord { name, words_saved: false, device, settings, next_account: 1 };
            save(self.tx, Table::Profile, PROFILE_KEY, &profile)?;
            self.keep_region(self.setup.region)?;
        }
        self.resume_bridges()?;
        self.resume_introductions()?;
        // relays that contacts name are known from here on
        self.resume_carried()?;
        self.resume_talk()?;
        self.resume_wallet()
    }

    /// What follows every input.
    fn follow_up(&mut self) -> Result<(), CommandError> {
        self.daily()?;
        self.carry_on();
        self.send_receipts()?;
        self.wallet_due()?;
        self.redeem()?;
        self.pump()?;
        self.tell_carrier()?;
        self.finish_events()
    }

    fn command(&mut self, command: Command) -> Result<Reply, CommandError> {
        match command {
            Command::Profile => Ok(Reply::Profile(self.profile_view()?)),
            Command::SetName(name) => self.set_name(&name),
            Command::ContactList => {
                let mut contacts = self.contacts()?;
                contacts.sort_by(|one, other| one.name.cmp(&other.name));
                Ok(Reply::Contacts(contacts.iter().map(contact_view).collect()))
            }
            Command::ContactInvite => self.invite(),
            Command::ContactAdd { link } => self.add_contact(&link),
            Command::ContactRename { name, to } => self.rename_contact(&name, &to),
            Command::ContactRemove { name } => self.remove_contact(&name),
            Command::ConversationList => self.conversations(),
            Command::MessageList { conversation, before, limit } => self.list_messages(&conversation, before, limit),
            Command::MessageSend { conversation, text, reply_to, id } => {
                self.send_text(&conversation, text, reply_to, id)
            }
            Command::MessageMarkRead { conversation, up_to } => self.mark_read(&conversation, up_to),
            Command::MessageSearch { query, limit } => self.search(&query, limit),
            Command::CarrierStatus => self.carrier_status().map(Reply::Carrier),
            Command::BridgeAdd { link } => self.add_bridge(&link),
            Command::BridgeRemove { id } => self.remove_bridge(&id),
            Command::BridgeInvite { bridge } => self.ask_bridge(bridge.as_deref()),
            Command::BridgeInvited { bridge, answer } => self.bridge_said(&bridge, &answer),
            Command::BundleExport { to, carry, bytes_max } => self.export_bundle(&to, carry, bytes_max),
            Command::Lan => self.lan(),
            Command::LanSet(on) => self.set_lan(on),
            Command::LanKeys => self.lan_keys(),
            Command::Region => self.region_status().map(Reply::Region),
            Command::RegionSet(region) => self.set_region(region),
            Command::BundleImport { bytes, carry } => self.import_bundle(&bytes, carry),
            Command::SettingsGet => Ok(Reply::Settings(self.profile()?.settings)),
            Command::SettingsSet(settings) => self.set_settings(settings),
            Command::WalletWordsSaved => self.words_saved(),
            command @ (Command::PaymentQuote { .. }
            | Command::PaymentSend { .. }
            | Command::WalletBalance
            | Command::WalletAddress
            | Command::WalletSend { .. }
            | Command::WalletSendState { .. }
            | Command::WalletHistory { .. }
            | Command::WalletWords
            | Command::Chain(_)) => self.wallet_command(command),
        }
    }

    fn set_name(&mut self, name: &str) -> Result<Reply, CommandError> {
        let mut profile = self.profile()?;
        profile.name = clean_name(name, NAME_CHARS_MAX);
        if profile.name.is_empty() {
            return Err(CommandError::BadName);
        }
        self.save_profile(&profile)?;
        self.profile_changed()
    }

    fn words_saved(&mut self) -> Result<Reply, CommandError> {
        let mut profile = self.profile()?;
        profile.words_saved = true;
        self.save_profile(&profile)?;
        self.profile_changed()
    }

    fn profile_changed(&mut self) -> Result<Reply, CommandError> {
        let view = self.profile_view()?;
        self.events.push(Event::Profile(view.clone()));
        Ok(Reply::Profile(view))
    }

    fn set_settings(&mut self, settings: Settings) -> Result<Reply, CommandError> {
        let cut = |text: &str| clean_name(text, NAME_CHARS_MAX);
        let settings = Settings {
            language: cut(&settings.language),
            theme: cut(&settings.theme),
            digits: cut(&settings.digits),
            calendar: cut(&settings.calendar),
        };
        let mut profile = self.profile()?;
        profile.settings = settings.clone();
        self.save_profile(&profile)?;
        Ok(Reply::Settings(settings))
    }

    fn conversations(&mut self) -> Result<Reply, CommandError> {
        let contacts = self.contacts()?;
        let mut views = contacts.iter().map(|one| conversation_view(self.tx, one)).collect::<Result<Vec<_>, _>>()?;
        views.sort_by_key(|view| std::cmp::Reverse(view.last.as_ref().map(|message| message.at)));
        Ok(Reply::Conversations(views))
    }
}
