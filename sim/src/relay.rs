//! A relay: both of its roles over the real relay core, with a disk that loses what was not committed.

mod disk;

use crate::ghost::Claim;
use crate::lie::RelayLie;
use anyhow::{Context, Result};
use disk::{Disk, Witness};
use mailbox::hop::{Gateway, HopBody, HopRefusal, HopReply, ResponseSealer, decode_body, encode_reply};
use mailbox::limits::{Limits, Source};
use mailbox::relay::{RelayCore, Ticket};
use mailbox::{CellId, ReceiveId, Request, Response, SendId};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use wire::{RelayAddress, RelayDescriptor, RelayId, Secret32, UnixMillis};

/// Where an answer goes back to: the number of the request in the world.
pub(crate) type Way = u64;

pub(crate) struct Relay {
    pub(crate) descriptor: RelayDescriptor,
    gateway: Gateway,
    core: Option<RelayCore<Disk>>,
    disk: Option<Disk>,
    witness: Rc<RefCell<Witness>>,
    open: BTreeMap<Ticket, Asked>,
    next_ticket: u64,
    pub(crate) dead_for_ever: bool,
    lie: Option<RelayLie>,
}

/// A request that waits for its answer.
struct Asked {
    way: Way,
    sealer: ResponseSealer,
    /// The cell that it deposits.
    deposit: Option<(SendId, CellId)>,
}

/// An answer on its way.
pub(crate) struct Answer {
    pub(crate) way: Way,
    pub(crate) body: Vec<u8>,
    /// It brings cells.
    pub(crate) cells: bool,
}

/// What a relay wants done with a request that came from a client.
pub(crate) enum Entered {
    Forward { target: RelayId, sealed: Vec<u8> },
    Answer(Vec<u8>),
}

impl Relay {
    pub(crate) fn new(number: u8, now: UnixMillis, lie: Option<RelayLie>) -> Result<Self> {
        let gateway = Gateway::from_seed(&Secret32([number; 32]))?;
        let address = RelayAddress {
            host: format!("relay{number}.test"),
            port: 443,
            tls_pin: None,
            secret_path: format!("path{number}"),
            dns: None,
        };
        let descriptor = RelayDescriptor { address, hop_key: gateway.hop_key().to_vec(), operator: None, region: None };
        let witness = Rc::new(RefCell::new(Witness::default()));
        let core = RelayCore::new(Disk::new(Rc::clone(&witness), lie), Limits::default(), now)?;
        Ok(Self {
            descriptor,
            gateway,
            core: Some(core),
            disk: None,
            witness,
            open: BTreeMap::new(),
            next_ticket: 0,
            dead_for_ever: false,
            lie,
        })
    }

    pub(crate) fn is_up(&self) -> bool {
        self.core.is_some()
    }

    /// The process dies: what was not committed is gone, and so is everybody who waited. What was committed is not.
    pub(crate) fn crash(&mut self) -> Result<()> {
        self.open.clear();
        let Some(core) = self.core.take() else { return Ok(()) };
        self.disk.insert(core.into_store().crash()).check()
    }

    pub(crate) fn restart(&mut self, now: UnixMillis) -> Result<()> {
        if let (Some(disk), false) = (self.disk.take(), self.dead_for_ever) {
            self.core = Some(RelayCore::new(disk, Limits::default(), now)?);
        }
        Ok(())
    }

    /// As an entry relay.
    pub(crate) fn enter(&self, body: &[u8], known: impl Fn(&RelayId) -> bool) -> Result<Entered> {
        let refuse = |refusal| anyhow::Ok(Entered::Answer(encode_reply(&HopReply::Refused(refusal))?));
        match decode_body(body)? {
            HopBody::Forward(hop) if hop.target == self.descriptor.id() => refuse(HopRefusal::TargetIsEntry),
            HopBody::Forward(hop) if !known(&hop.target) => refuse(HopRefusal::UnknownTarget),
            HopBody::Forward(hop) => Ok(Entered::Forward { target: hop.target, sealed: hop.sealed }),
            HopBody::Run(_) | HopBody::Redeem(_) | HopBody::Friend(_) => {
                anyhow::bail!("a client sent what only relays or bridges get")
            }
        }
    }

    /// As the relay that runs the request. Its answer comes from [`Self::commit`], now or later.
    /// A question to the chain is given back: the world asks the chain and calls [`Self::chain_answered`].
    pub(crate) fn run(&mut self, way: Way, sealed: &[u8], now: UnixMillis) -> Result<Option<(Ticket, Vec<u8>)>> {
        let core = self.core.as_mut().context("the relay is down")?;
        let (frame, sealer) = self.gateway.open(sealed)?;
        let frame = frame.map_err(|refusal| anyhow::anyhow!("a client's request was malformed: {refusal}"))?;
        self.next_ticket += 1;
        let ticket = Ticket(self.next_ticket);
        self.witness.borrow_mut().requested(&frame.request);
        let deposit = if let Request::Deposit(deposit) = &frame.request {
            Some((deposit.send.id(), deposit.cell_id))
        } else {
            None
        };
        self.open.insert(ticket, Asked { way, sealer, deposit });
        if let Request::Chain(bytes) = frame.request {
            return Ok(Some((ticket, bytes)));
        }
        core.handle_request(ticket, Source([1; 16]), frame, now);
        Ok(None)
    }

    /// What the chain answered, sealed; `None` if the relay has crashed since.
    pub(crate) fn chain_answered(&mut self, ticket: Ticket, bytes: Vec<u8>) -> Result<Option<Answer>> {
        let Some(Asked { way, sealer, .. }) = self.open.remove(&ticket) else { return Ok(None) };
        Ok(Some(Answer { way, body: sealer.seal(&Response::Chain(bytes))?, cells: false }))
    }

    /// What a sealed request asks for, without running it.
    pub(crate) fn peek(&self, sealed: &[u8]) -> Result<Request> {
        let (frame, _) = self.gateway.open(sealed)?;
        frame.map(|frame| frame.request).map_err(|refusal| anyhow::anyhow!("a malformed request: {refusal}"))
    }

    /// Whether a cell is on the disk, as far as it was committed.
    pub(crate) fn holds(&self, send: &SendId, cell: &CellId) -> bool {
        self.witness.borrow().holds(send, cell)
    }

    /// The committed cell with a number in a reader's mailbox.
    pub(crate) fn cell_at(&self, receive: &ReceiveId, sequence: u64) -> Option<(SendId, CellId)> {
        self.witness.borrow().cell_at(receive, sequence)
    }

    /// Whether somebody still waits for this.
    pub(crate) fn has(&self, ticket: Ticket) -> bool {
        self.open.contains_key(&ticket)
    }

    pub(crate) fn next_timeout(&self) -> Option<UnixMillis> {
        self.core.as_ref().map(RelayCore::next_timeout)
    }

    /// Ends waits, writes the batch, gives the answers that it releases: each must be true by then.
    pub(crate) fn commit(&mut self, now: UnixMillis) -> Result<Vec<Answer>> {
        let Some(core) = self.core.as_mut() else { return Ok(Vec::new()) };
        core.handle_timeout(now);
        // a failed commit turns the answers into refusals, which clients must bear
        let _failed = core.commit(now);
        // a delivery may have ended a wait: its answer belongs to the next batch
        let _failed = core.commit(now);
        self.witness.borrow_mut().verdict()?;
        let mut answers = Vec::new();
        while let Some((ticket, mut response)) = core.poll_reply() {
            let Some(Asked { way, sealer, deposit }) = self.open.remove(&ticket) else { continue };
            if self.lie == Some(RelayLie::AnswersAnyway) && deposit.is_some() {
                response = Response::Deposited { duplicate: false };
            }
            if let (Some((send, cell)), Response::Deposited { .. }) = (deposit, &response) {
                let known = self.witness.borrow().knows(&send, &cell);
                Claim::Deposited.holds(known, || format!("relay {}", self.descriptor.address.host))?;
            }
            let cells = matches!(&response, Response::Fetched(fetched) if !fetched.mailboxes.is_empty());
            answers.push(Answer { way, body: sealer.seal(&response)?, cells });
        }
        Ok(answers)
    }

    /// The disk fails at the next commit.
    pub(crate) fn fail_disk(&mut self, now: UnixMillis) -> Result<()> {
        if let Some(core) = self.core.take() {
            let mut store = core.into_store().crash();
            store.fail_commits(1);
            self.open.clear();
            self.core = Some(RelayCore::new(store, Limits::default(), now)?);
        }
        Ok(())
    }
}
