//! The network between machines: what is on its way, and what goes wrong with it.

use super::{CHAIN_GONE_MS, CHAIN_LOOK_MS, CHAIN_WAIT_MS, COMMIT_MS, Happening, Way, World};
use crate::relay::{Answer, Entered};
use anyhow::Result;
use client::ExchangeFailure;
use mailbox::hop::{HopRefusal, HopReply, encode_reply};
use mailbox::relay::Ticket;
use wire::UnixMillis;

/// A request with a small cell in it has less.
const SMALL_BYTES_MAX: usize = 8 * 1024;

impl World {
    pub(super) fn enter(&mut self, way: u64, relay: usize, body: &[u8]) -> Result<()> {
        if self.network.small_only && body.len() > SMALL_BYTES_MAX {
            return Ok(());
        }
        if self.ways.get(&way).is_some_and(|way| self.is_cut_off(way.person, relay)) {
            return Ok(());
        }
        if self.network.cut || !self.relays[relay].is_up() {
            self.fail_way(way);
            return Ok(());
        }
        let relays = &self.relays;
        let entered = self.relays[relay].enter(body, |id| relays.iter().any(|one| one.descriptor.id() == *id))?;
        match entered {
            Entered::Answer(body) => self.answer(relay, Answer { way, body, cells: false }),
            Entered::Forward { target, sealed } => {
                let target = self.relays.iter().position(|one| one.descriptor.id() == target).unwrap_or(0);
                if let Some(late_ms) = self.unreached_ms(relay, target) {
                    let body = encode_reply(&HopReply::Refused(HopRefusal::TargetUnreachable))?;
                    let at = self.now.plus_ms(late_ms);
                    self.at(at, Happening::Back { way, answer: Ok(body), cells: false });
                    return Ok(());
                }
                if self.faulty(self.faults.double) {
                    self.send(Happening::Run { way, relay: target, sealed: sealed.clone() });
                }
                self.send(Happening::Run { way, relay: target, sealed });
            }
        }
        Ok(())
    }

    pub(super) fn run_at(&mut self, way: u64, relay: usize, sealed: &[u8]) -> Result<()> {
        if !self.relays[relay].is_up() {
            let refusal = encode_reply(&HopReply::Refused(HopRefusal::TargetUnreachable))?;
            self.answer(relay, Answer { way, body: refusal, cells: false });
            return Ok(());
        }
        if let Some((ticket, bytes)) = self.relays[relay].run(way, sealed, self.now)? {
            let until = self.now.plus_ms(CHAIN_WAIT_MS);
            self.at(self.now.plus_ms(2), Happening::Ask { relay, ticket, bytes, until });
            return Ok(());
        }
        let at = self.now.plus_ms(COMMIT_MS);
        self.commit_at(relay, at);
        Ok(())
    }

    pub(super) fn ask(&mut self, relay: usize, ticket: Ticket, bytes: Vec<u8>, until: UnixMillis) -> Result<()> {
        let Some(chain) = self.chain.as_mut().filter(|_| self.relays[relay].has(ticket)) else { return Ok(()) };
        match chain.answer(&bytes, self.now, self.now >= until)? {
            Some(answer) => {
                if let Some(answer) = self.relays[relay].chain_answered(ticket, answer)? {
                    self.answer(relay, answer);
                }
            }
            // whoever asked has given up
            None if self.now >= until.plus_ms(CHAIN_GONE_MS) => {}
            None => {
                self.at(self.now.plus_ms(CHAIN_LOOK_MS), Happening::Ask { relay, ticket, bytes, until });
            }
        }
        Ok(())
    }

    pub(super) fn commit(&mut self, relay: usize) -> Result<()> {
        for answer in self.relays[relay].commit(self.now)? {
            self.answer(relay, answer);
        }
        self.commit_soon(relay);
        Ok(())
    }

    pub(super) fn commit_soon(&mut self, relay: usize) {
        if let Some(at) = self.relays[relay].next_timeout() {
            self.commit_at(relay, at.max(self.now.plus_ms(1)));
        }
    }

    pub(super) fn commit_at(&mut self, relay: usize, at: UnixMillis) {
        if let Some(key) = self.commits.get(&relay).copied() {
            if key.0 <= at {
                return;
            }
            self.queue.remove(&key);
        }
        let key = self.at(at, Happening::Commit(relay));
        self.commits.insert(relay, key);
    }

    pub(super) fn back(&mut self, way: u64, answer: Result<Vec<u8>, ExchangeFailure>, cells: bool) -> Result<()> {
        let is_lost = |one: &Way| answer.is_ok() && self.is_cut_off(one.person, one.entry);
        if self.ways.get(&way).is_some_and(is_lost) {
            return Ok(());
        }
        let Some(Way { person, life, id, .. }) = self.ways.remove(&way) else { return Ok(()) };
        if self.people[person].life != life || !self.people[person].is_up() {
            return Ok(());
        }
        let done = self.people[person].exchanged(id, answer, cells, self.now, &mut self.rng);
        self.bear(person, done)
    }

    /// What a relay answers goes back through the entry relay.
    fn answer(&mut self, from: usize, answer: Answer) {
        let Answer { way, body, cells } = answer;
        if self.ways.get(&way).is_some_and(|way| self.unreached_ms(way.entry, from).is_some()) {
            return;
        }
        self.send(Happening::Back { way, answer: Ok(body), cells });
    }

    fn fail_way(&mut self, way: u64) {
        self.send(Happening::Back { way, answer: Err(ExchangeFailure::Unreachable), cells: false });
    }

    /// Over the network: late, perhaps very late, perhaps never.
    pub(super) fn send(&mut self, happening: Happening) {
        if self.faulty(self.faults.lose) {
            return;
        }
        let stalled = self.faulty(self.faults.stall);
        let delay = if stalled { 1_000 + self.below(15_000) } else { 1 + self.below(60) };
        self.at(self.now.plus_ms(delay), happening);
    }

    /// Connections to a relay that is gone break.
    pub(super) fn drop_ways_of(&mut self, relay: usize) {
        let broken: Vec<u64> = self.ways.iter().filter(|(_, way)| way.entry == relay).map(|(way, _)| *way).collect();
        for way in broken {
            self.fail_way(way);
        }
    }
}
