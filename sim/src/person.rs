//! A person: a real client over a store that fails, and what the person knows of what was sent.

use crate::lie::PersonLie;
use anyhow::Result;
use client::ledger::{self, Ledger};
use client::store::memory::{CommitFault, MemoryDisk, MemoryStore};
use client::view::{ContactId, Message, MessageId};
use client::{Client, Command, CommandError, Effect, Event, ExchangeFailure, ExchangeId, NetworkInfo, Reply, Setup};
use e2ee::Root;
use ed25519_dalek::SigningKey;
use rand_chacha::ChaCha20Rng;
use wire::{Region, RelayDescriptor, Secret32, UnixMillis};

pub(crate) struct Person {
    pub(crate) name: String,
    setup: Setup,
    client: Option<Client<MemoryStore>>,
    disk: MemoryDisk,
    /// Counts restarts: answers to an earlier life are not given to a later one.
    pub(crate) life: u64,
    pub(crate) lie: Option<PersonLie>,
}

impl Person {
    pub(crate) fn new(number: u8, name: &str, network: &NetworkInfo, region: Option<Region>) -> Self {
        let root = Root::from_seed(&Secret32([number; 32]));
        Self {
            name: name.to_owned(),
            setup: Setup { root, network: network.clone(), name: name.to_owned(), region },
            client: None,
            disk: MemoryDisk::new(),
            life: 0,
            lie: None,
        }
    }

    /// The key of the first account, as other programs have it from the same words.
    pub(crate) fn wallet_key(&self) -> SigningKey {
        self.setup.root.wallet_key()
    }

    pub(crate) fn is_up(&self) -> bool {
        self.client.is_some()
    }

    pub(crate) fn crash(&mut self) {
        self.client = None;
        self.disk.work_again();
    }

    /// Another network file, for when the client is opened again.
    pub(crate) fn take_network_file(&mut self, relays: Vec<RelayDescriptor>) {
        self.setup.network.relays = relays;
    }

    /// A failure of the disk that was to come does not.
    pub(crate) fn heal_disk(&self) {
        self.disk.work_again();
    }

    pub(crate) fn start(&mut self, now: UnixMillis, rng: &mut ChaCha20Rng) -> Result<()> {
        if self.client.is_none() {
            self.life += 1;
            self.client = Some(Client::open(MemoryStore::open(&self.disk), self.setup.clone(), now, rng)?);
        }
        Ok(())
    }

    /// The next write to the disk fails.
    pub(crate) fn fail_disk(&self, fault: CommitFault) {
        if self.is_up() {
            self.disk.fail_next_commit(fault);
        }
    }

    pub(crate) fn command(
        &mut self,
        command: Command,
        now: UnixMillis,
        rng: &mut ChaCha20Rng,
    ) -> Option<Result<Reply, CommandError>> {
        let client = self.client.as_mut()?;
        if self.lie == Some(PersonLie::ForgetsWhatIsSent) && matches!(command, Command::MessageSend { .. }) {
            self.disk.fail_next_commit(CommitFault::Denied);
        }
        Some(client.handle_command(command, now, rng))
    }

    /// `cells`: the answer brings some.
    pub(crate) fn exchanged(
        &mut self,
        id: ExchangeId,
        answer: Result<Vec<u8>, ExchangeFailure>,
        cells: bool,
        now: UnixMillis,
        rng: &mut ChaCha20Rng,
    ) -> Result<(), CommandError> {
        if self.lie == Some(PersonLie::ForgetsWhatComes) && cells {
            self.disk.fail_next_commit(CommitFault::Denied);
        }
        self.client.as_mut().map_or(Ok(()), |client| client.handle_exchanged(id, answer, now, rng))
    }

    pub(crate) fn timeout(&mut self, now: UnixMillis, rng: &mut ChaCha20Rng) -> Result<(), CommandError> {
        if self.lie == Some(PersonLie::ForgetsWhatItSays) {
            self.disk.fail_next_commit(CommitFault::Denied);
        }
        self.client.as_mut().map_or(Ok(()), |client| client.handle_timeout(now, rng))
    }

    pub(crate) fn next_timeout(&self) -> Option<UnixMillis> {
        self.client.as_ref().and_then(Client::next_timeout)
    }

    /// What the client wants done, and what it tells its page.
    pub(crate) fn outcome(&mut self) -> (Vec<Effect>, Vec<Event>) {
        let Some(client) = &mut self.client else { return (Vec::new(), Vec::new()) };
        let effects = std::iter::from_fn(|| client.poll_effect()).collect();
        let events = std::iter::from_fn(|| client.poll_event());
        let told = |event| match self.lie {
            Some(lie) => lie.told(event),
            None => Some(event),
        };
        (effects, events.filter_map(told).collect())
    }

    /// What is committed of all conversations.
    pub(crate) fn ledgers(&self) -> Result<Vec<Ledger>> {
        Ok(Ledger::read(&mut MemoryStore::open(&self.disk))?)
    }

    /// What is committed of a message, and its number.
    pub(crate) fn stored(&self, conversation: ContactId, id: MessageId) -> Result<Option<(Message, u64)>> {
        Ok(ledger::message(&mut MemoryStore::open(&self.disk), conversation, id)?)
    }

    /// All messages that are committed of a conversation, oldest first.
    pub(crate) fn stored_messages(&self, conversation: ContactId) -> Result<Vec<Message>> {
        Ok(ledger::messages(&mut MemoryStore::open(&self.disk), conversation)?)
    }

    /// The same of the conversation with somebody.
    pub(crate) fn conversation(&self, with: &str) -> Result<Vec<Message>> {
        let with = self.ledgers()?.into_iter().find(|one| one.contact.name == with);
        with.map_or(Ok(Vec::new()), |with| self.stored_messages(with.contact.id))
    }
}
