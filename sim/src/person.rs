//! A person: a real client over a store that fails, and what the person knows of what was sent.

use anyhow::Result;
use client::store::memory::{CommitFault, MemoryDisk, MemoryStore};
use client::view::Message;
use client::{Client, Command, CommandError, Effect, ExchangeFailure, ExchangeId, NetworkInfo, Reply, Setup};
use e2ee::Root;
use rand_chacha::ChaCha20Rng;
use wire::{Secret32, UnixMillis};

pub(crate) struct Person {
    pub(crate) name: String,
    setup: Setup,
    client: Option<Client<MemoryStore>>,
    disk: MemoryDisk,
    /// Counts restarts: answers to an earlier life are not given to a later one.
    pub(crate) life: u64,
}

impl Person {
    pub(crate) fn new(number: u8, name: &str, network: &NetworkInfo) -> Self {
        let root = Root::from_seed(&Secret32([number; 32]));
        Self {
            name: name.to_owned(),
            setup: Setup { root, network: network.clone(), name: name.to_owned() },
            client: None,
            disk: MemoryDisk::new(),
            life: 0,
        }
    }

    pub(crate) fn is_up(&self) -> bool {
        self.client.is_some()
    }

    pub(crate) fn crash(&mut self) {
        self.client = None;
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
        let done = self.client.as_mut()?.handle_command(command, now, rng);
        Some(done)
    }

    pub(crate) fn exchanged(
        &mut self,
        id: ExchangeId,
        answer: Result<Vec<u8>, ExchangeFailure>,
        now: UnixMillis,
        rng: &mut ChaCha20Rng,
    ) -> Result<(), CommandError> {
        self.client.as_mut().map_or(Ok(()), |client| client.handle_exchanged(id, answer, now, rng))
    }

    pub(crate) fn timeout(&mut self, now: UnixMillis, rng: &mut ChaCha20Rng) -> Result<(), CommandError> {
        self.client.as_mut().map_or(Ok(()), |client| client.handle_timeout(now, rng))
    }

    pub(crate) fn next_timeout(&self) -> Option<UnixMillis> {
        self.client.as_ref().and_then(Client::next_timeout)
    }

    pub(crate) fn effects(&mut self) -> Vec<Effect> {
        let Some(client) = &mut self.client else { return Vec::new() };
        let effects = std::iter::from_fn(|| client.poll_effect()).collect();
        while client.poll_event().is_some() {}
        effects
    }

    /// All messages of one conversation, oldest first.
    pub(crate) fn messages(&mut self, with: &str, now: UnixMillis, rng: &mut ChaCha20Rng) -> Result<Vec<Message>> {
        let mut all: Vec<Message> = Vec::new();
        loop {
            let before = all.first().map(|message| message.id);
            let command = Command::MessageList { conversation: with.to_owned(), before, limit: 200 };
            let Some(Ok(Reply::Messages(page))) = self.command(command, now, rng) else { return Ok(all) };
            if page.is_empty() {
                return Ok(all);
            }
            all.splice(0..0, page);
        }
    }
}
