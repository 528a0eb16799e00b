//! The state machine.

use crate::command::{Command, CommandError, Effect, Event, ExchangeFailure, ExchangeId, Reply};
use crate::network::NetworkInfo;
use crate::store::Store;
use e2ee::Root;
use rand_core::{CryptoRng, RngCore};
use std::collections::VecDeque;
use wire::UnixMillis;

/// What a client is opened with.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The person's secret.
    pub root: Root,
    /// The network.
    pub network: NetworkInfo,
    /// The name that contacts see, for a profile that is new; an existing profile keeps its own.
    pub name: String,
}

/// A person's client.
pub struct Client<S: Store> {
    store: S,
    setup: Setup,
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
        let _ = (now, rng);
        Ok(Self { store, setup, effects: VecDeque::new(), events: VecDeque::new() })
    }

    /// Does what the person asks for.
    pub fn handle_command(
        &mut self,
        command: Command,
        now: UnixMillis,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Reply, CommandError> {
        let _ = (now, rng, command, &mut self.store, &self.setup);
        Err(CommandError::ChainUnknown)
    }

    /// Takes the answer to an [`Effect::Exchange`].
    pub fn handle_exchanged(
        &mut self,
        id: ExchangeId,
        answer: Result<Vec<u8>, ExchangeFailure>,
        now: UnixMillis,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<(), CommandError> {
        let _ = (now, rng, id, answer);
        Ok(())
    }

    /// Does what has become due.
    pub fn handle_timeout(
        &mut self,
        now: UnixMillis,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<(), CommandError> {
        let _ = (now, rng);
        Ok(())
    }

    /// When [`Client::handle_timeout`] should be called next; `None`: not before something else happens.
    #[must_use]
    pub fn next_timeout(&self) -> Option<UnixMillis> {
        None
    }

    /// The next thing to do. Call until `None` after every `handle_*`.
    pub fn poll_effect(&mut self) -> Option<Effect> {
        self.effects.pop_front()
    }

    /// The next thing to tell. Call until `None` after every `handle_*`.
    pub fn poll_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }
}
