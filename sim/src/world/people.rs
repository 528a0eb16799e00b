//! What people ask of their clients, and what clients want in return.

use super::{Happening, NAMES, Party, Said, Way, World};
use crate::ghost::Scene;
use anyhow::{Result, bail};
use client::view::Message;
use client::{Command, CommandError, Effect, ExchangeFailure, Reply};
use wire::UnixMillis;

impl World {
    pub(super) fn say(&mut self, from: usize, to: usize, text: String) -> Result<()> {
        let command =
            Command::MessageSend { conversation: NAMES[to].to_owned(), text: text.clone(), reply_to: None, id: None };
        let done = self.ask_client(from, command)?;
        let promised = match done {
            None => {
                // the person waits for the machine to come back
                let later = self.now.plus_ms(1 + self.below(3000));
                // what was planned after it stays after it
                let behind: Vec<(UnixMillis, u64)> = self
                    .queue
                    .iter()
                    .filter(|(_, one)| matches!(one, Happening::Say(f, t, _) if *f == from && *t == to))
                    .map(|(key, _)| *key)
                    .collect();
                self.at(later, Happening::Say(from, to, text));
                for key in behind {
                    if let Some(one) = self.queue.remove(&key) {
                        self.at(key.0.max(later), one);
                    }
                }
                return Ok(());
            }
            Some(Ok(_)) => true,
            Some(Err(CommandError::Store(_))) => false,
            Some(Err(error)) => bail!("{error}"),
        };
        self.said.entry((from, to)).or_default().push(Said { text, promised });
        self.bear(from, if promised { Ok(()) } else { Err(CommandError::Store("as wanted".into())) })
    }

    /// Somebody has seen everything that somebody wrote.
    pub(super) fn look(&mut self, person: usize, at: usize) -> Result<()> {
        let messages = self.list(person, at)?.unwrap_or_default();
        let Some(last) = messages.last() else { return Ok(()) };
        self.ghost.looked(person, messages.iter().filter(|one| !one.mine).map(|one| one.id));
        let command = Command::MessageMarkRead { conversation: NAMES[at].to_owned(), up_to: last.id };
        match self.ask_client(person, command)? {
            Some(Err(error)) => self.bear(person, Err(error)),
            Some(Ok(_)) | None => self.after(person),
        }
    }

    /// All messages of one conversation as the client lists them, oldest first. `None`: not now.
    pub(super) fn list(&mut self, person: usize, with: usize) -> Result<Option<Vec<Message>>> {
        let mut all: Vec<Message> = Vec::new();
        loop {
            let before = all.first().map(|message| message.id);
            let command = Command::MessageList { conversation: NAMES[with].to_owned(), before, limit: 200 };
            match self.command(person, command)? {
                Some(Reply::Messages(page)) if page.is_empty() => return Ok(Some(all)),
                Some(Reply::Messages(page)) => drop(all.splice(0..0, page)),
                _ => return Ok(None),
            }
        }
    }

    /// Gives a command to a client; what it promises must be so at once. `None`: the machine is down.
    pub(super) fn ask_client(
        &mut self,
        person: usize,
        command: Command,
    ) -> Result<Option<Result<Reply, CommandError>>> {
        let done = self.people[person].command(command, self.now, &mut self.rng);
        if let Some(Ok(reply)) = &done {
            let (ghost, scene) = self.ghost_and_scene();
            ghost.promised(person, reply, scene)?;
        }
        Ok(done)
    }

    /// A command whose refusal by the disk counts as "not now".
    pub(super) fn command(&mut self, person: usize, command: Command) -> Result<Option<Reply>> {
        match self.ask_client(person, command)? {
            Some(Ok(reply)) => {
                self.after(person)?;
                Ok(Some(reply))
            }
            Some(Err(CommandError::Store(_))) => {
                self.relist(person)?;
                self.after(person)?;
                Ok(None)
            }
            None => Ok(None),
            Some(Err(error)) => Err(error.into()),
        }
    }

    /// What a person's page shows after it has looked at everything anew.
    pub(super) fn relist(&mut self, person: usize) -> Result<()> {
        let (ghost, scene) = self.ghost_and_scene();
        ghost.relisted(person, scene)
    }

    pub(super) fn ghost_and_scene(&mut self) -> (&mut crate::ghost::Ghost, Scene<'_>) {
        let Self { ghost, people, relays, chain, .. } = self;
        (ghost, Scene { people, relays, chain: chain.as_ref() })
    }

    /// A client whose disk failed goes on, or dies of it.
    pub(super) fn bear(&mut self, person: usize, done: Result<(), CommandError>) -> Result<()> {
        match done {
            Ok(()) => {}
            Err(CommandError::Store(_)) => {
                self.report.crashes += 1;
                self.relist(person)?;
                if self.chance(500) {
                    self.crash(Party::Person(person))?;
                } else {
                    self.at(self.now.plus_ms(50), Happening::Wake(person));
                }
            }
            Err(error) => bail!("{}: {error}", self.people[person].name),
        }
        self.after(person)
    }

    /// Takes what a client wants, and when it wants to be woken.
    pub(super) fn after(&mut self, person: usize) -> Result<()> {
        let (effects, events) = self.people[person].outcome();
        let (ghost, scene) = self.ghost_and_scene();
        ghost.left(person, &effects, scene)?;
        ghost.told(person, &events, scene)?;
        for effect in effects {
            match effect {
                Effect::Exchange { id, entry, body, timeout_ms } => {
                    self.report.exchanges += 1;
                    let relay = self.relays.iter().position(|one| one.descriptor.address == entry).unwrap_or(0);
                    self.next += 1;
                    let way = self.next;
                    self.ways.insert(way, Way { person, life: self.people[person].life, id, entry: relay });
                    let late = Happening::Back { way, answer: Err(ExchangeFailure::TimedOut), cells: false };
                    self.at(self.now.plus_ms(timeout_ms), late);
                    self.send(Happening::Enter { way, relay, body });
                }
                Effect::Cancel(id) => {
                    let life = self.people[person].life;
                    self.ways.retain(|_, way| way.person != person || way.life != life || way.id != id);
                }
            }
        }
        if let Some(key) = self.wakes.remove(&person) {
            self.queue.remove(&key);
        }
        if let Some(at) = self.people[person].next_timeout() {
            // a client that wants to be woken at once, again and again, is found by the bound on events
            let key = self.at(at.max(self.now.plus_ms(1)), Happening::Wake(person));
            self.wakes.insert(person, key);
        }
        Ok(())
    }
}
