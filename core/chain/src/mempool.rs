//! External messages that wait for a block.
//!
//! Requirements: the state after the last final block, and the time.
//!
//! Provided: [`Mempool`], bounded per account and in all (rules CHN-80 to CHN-86). A message is
//! executed before it is let in, on top of its account and of the messages of that account that
//! already wait, so a wallet may send several in a row, and who is refused learns why.
//!
//! Not provided: passing messages to other validators; the order of blocks.

mod refusal;
#[cfg(test)]
mod tests;

pub use refusal::{PoolRefusal, refusal_code};

use crate::execute::{ExecuteParams, Refusal, check_external, execute_ordinary};
use crate::state::ChainState;
use std::collections::{BTreeMap, BTreeSet};
use tycho_types::boc::Boc;
use tycho_types::models::{OwnedMessage, ShardAccount, StdAddr};
use tycho_types::prelude::*;
use wire::UnixMillis;

/// Most messages of one account: what a busy wallet sends between two blocks, and few enough to
/// execute anew when the account changes.
pub const ACCOUNT_MESSAGES_MAX: usize = 64;
/// Most messages in all: several full blocks.
pub const MESSAGES_MAX: usize = 16_384;
/// Most bytes of all messages together.
pub const POOL_BYTES_MAX: usize = 32 << 20;
/// How long a message waits that doesn't say itself when it expires.
pub const WAIT_MS_MAX: u64 = 60_000;
/// How often messages that wait for one account may be replaced before the first of them has left:
/// each time all that wait are executed anew.
pub const REPLACEMENTS_MAX: u32 = 8;
/// How a signed external order to wallet v5 begins: "sign".
const OP_SIGNED_EXTERNAL: u32 = 0x7369_676e;

/// The base of a lane that must be executed anew: no transaction has this hash.
const UNKNOWN_BASE: HashBytes = HashBytes([0xff; 32]);

/// How much a pool holds.
#[derive(Clone, Copy, Debug)]
pub struct PoolLimits {
    /// Messages of one account.
    pub account_messages: usize,
    /// Messages in all.
    pub messages: usize,
    /// Bytes in all.
    pub bytes: usize,
    /// The longest wait.
    pub wait_ms: u64,
}

impl Default for PoolLimits {
    fn default() -> Self {
        Self {
            account_messages: ACCOUNT_MESSAGES_MAX,
            messages: MESSAGES_MAX,
            bytes: POOL_BYTES_MAX,
            wait_ms: WAIT_MS_MAX,
        }
    }
}

/// A message that waits.
#[derive(Clone, Debug)]
struct Waiting {
    message: Cell,
    account: StdAddr,
    bytes: usize,
    expires: UnixMillis,
}

/// The messages of one account.
#[derive(Clone, Debug)]
struct Lane {
    /// Their arrival numbers.
    tickets: BTreeSet<u64>,
    /// The account's last transaction that `after` builds on.
    base: HashBytes,
    /// The account after all of them.
    after: ShardAccount,
    /// How often one of them was replaced.
    replaced: u32,
}

/// A message that asks to be let in.
struct Candidate {
    hash: HashBytes,
    waiting: Waiting,
}

/// What tells orders to one wallet v5 apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Order {
    wallet_id: u32,
    valid_until: u32,
    seqno: u32,
}

/// External messages that wait, in order of arrival.
#[derive(Clone, Debug)]
pub struct Mempool {
    limits: PoolLimits,
    waiting: BTreeMap<u64, Waiting>,
    tickets: BTreeMap<HashBytes, u64>,
    lanes: BTreeMap<StdAddr, Lane>,
    bytes: usize,
    next_ticket: u64,
}

impl Default for Mempool {
    fn default() -> Self {
        Self::new(PoolLimits::default())
    }
}

impl Mempool {
    /// An empty pool.
    #[must_use]
    pub fn new(limits: PoolLimits) -> Self {
        Self {
            limits,
            waiting: BTreeMap::new(),
            tickets: BTreeMap::new(),
            lanes: BTreeMap::new(),
            bytes: 0,
            next_ticket: 0,
        }
    }

    /// Messages that wait.
    #[must_use]
    pub fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Whether none waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Whether this message waits.
    #[must_use]
    pub fn contains(&self, hash: &HashBytes) -> bool {
        self.tickets.contains_key(hash)
    }

    /// Lets a message in, given as a bag of cells, and returns its hash. `is_proposed` says which
    /// messages are in blocks that are being decided on.
    ///
    /// # Errors
    /// [`PoolRefusal`]; the pool is as it was, but for messages that expired.
    pub fn admit(
        &mut self,
        state: &ChainState,
        boc: &[u8],
        now: UnixMillis,
        is_proposed: &dyn Fn(&HashBytes) -> bool,
    ) -> Result<HashBytes, PoolRefusal> {
        let bytes_max = usize::try_from(state.config().limits().external_bytes_max).unwrap_or(usize::MAX);
        if boc.len() > bytes_max {
            return Err(PoolRefusal::TooLarge { bytes: boc.len(), bytes_max });
        }
        let message = Boc::decode(boc).map_err(|_| PoolRefusal::NotABag)?;
        let account = check_external(state.config(), &message, boc.len())?;
        let hash = *message.repr_hash();
        if self.contains(&hash) {
            return Err(PoolRefusal::Known);
        }
        let expires = expiry(&message).unwrap_or(now.plus_ms(self.limits.wait_ms));
        let expires = expires.min(now.plus_ms(self.limits.wait_ms));
        self.make_room(&account, boc.len(), now)?;
        let params = state.execute_params(now);
        let (base, before) = self.account_after_lane(state, &params, &account)?;
        let executed = execute_ordinary(state.config(), &params, &account, &before, message.clone());
        let candidate = Candidate { hash, waiting: Waiting { message, account, bytes: boc.len(), expires } };
        match executed {
            Ok(done) => self.append(candidate, base, before, done.account),
            Err(Refusal::Seqno) => self.replace(state, &params, candidate, is_proposed)?,
            Err(refusal) => return Err(refusal.into()),
        }
        Ok(hash)
    }

    /// Puts a message at the end of its account's.
    fn append(&mut self, candidate: Candidate, base: HashBytes, before: ShardAccount, after: ShardAccount) {
        let ticket = self.next_ticket;
        self.next_ticket = ticket.saturating_add(1);
        let lane = self.lanes.entry(candidate.waiting.account.clone());
        let lane = lane.or_insert_with(|| Lane { tickets: BTreeSet::new(), base, after: before, replaced: 0 });
        lane.after = after;
        lane.tickets.insert(ticket);
        self.keep(ticket, candidate);
    }

    /// Puts a wallet's order in the place of the one with the same number (rule CHN-82).
    fn replace(
        &mut self,
        state: &ChainState,
        params: &ExecuteParams,
        candidate: Candidate,
        is_proposed: &dyn Fn(&HashBytes) -> bool,
    ) -> Result<(), PoolRefusal> {
        let account = &candidate.waiting.account;
        let wanted = order(&candidate.waiting.message).ok_or(Refusal::Seqno)?;
        let lane = self.lanes.get(account).filter(|lane| lane.replaced < REPLACEMENTS_MAX).ok_or(Refusal::Seqno)?;
        let mut now = state.account(account).map_err(PoolRefusal::State)?;
        let mut found = None;
        for ticket in &lane.tickets {
            let Some(first) = self.waiting.get(ticket) else { continue };
            let known = order(&first.message);
            if let Some(known) =
                known.filter(|known| (known.wallet_id, known.seqno) == (wanted.wallet_id, wanted.seqno))
            {
                // the later end wins, so all validators keep the same one, in whichever order they came
                let is_later = wanted.valid_until > known.valid_until;
                found = Some(*ticket).filter(|_| is_later && !is_proposed(first.message.repr_hash()));
                break;
            }
            now = execute_ordinary(state.config(), params, account, &now, first.message.clone())?.account;
        }
        let ticket = found.ok_or(Refusal::Seqno)?;
        execute_ordinary(state.config(), params, account, &now, candidate.waiting.message.clone())?;
        if let Some(lane) = self.lanes.get_mut(account) {
            lane.replaced = lane.replaced.saturating_add(1);
            // what follows was executed on top of the other one
            lane.base = UNKNOWN_BASE;
        }
        if let Some(old) = self.waiting.remove(&ticket) {
            self.bytes = self.bytes.saturating_sub(old.bytes);
            self.tickets.remove(old.message.repr_hash());
        }
        self.keep(ticket, candidate);
        Ok(())
    }

    fn keep(&mut self, ticket: u64, candidate: Candidate) {
        self.bytes = self.bytes.saturating_add(candidate.waiting.bytes);
        self.tickets.insert(candidate.hash, ticket);
        self.waiting.insert(ticket, candidate.waiting);
    }

    /// At most `limit` messages in order of arrival, without those in `skip` (already in blocks
    /// that are not final yet).
    #[must_use]
    pub fn candidates(&self, limit: usize, skip: &BTreeSet<HashBytes>) -> Vec<Cell> {
        let messages = self.waiting.values().map(|waiting| &waiting.message);
        messages.filter(|message| !skip.contains(message.repr_hash())).take(limit).cloned().collect()
    }

    /// Forgets messages: those in a final block, and those that a collator refused on top of the
    /// final state.
    pub fn forget<'a>(&mut self, hashes: impl IntoIterator<Item = &'a HashBytes>) {
        for hash in hashes {
            if let Some(ticket) = self.tickets.get(hash).copied() {
                self.remove(ticket);
            }
        }
    }

    /// Forgets messages whose time is over; call it once per block.
    pub fn expire(&mut self, now: UnixMillis) {
        let over: Vec<u64> =
            self.waiting.iter().filter(|(_, waiting)| waiting.expires <= now).map(|(ticket, _)| *ticket).collect();
        for ticket in over {
            self.remove(ticket);
        }
    }

    /// Refuses what exceeds a bound; expired messages make room first.
    fn make_room(&mut self, account: &StdAddr, bytes: usize, now: UnixMillis) -> Result<(), PoolRefusal> {
        let is_full = |pool: &Self| {
            let lane = pool.lanes.get(account).map_or(0, |lane| lane.tickets.len());
            if lane >= pool.limits.account_messages {
                Err(PoolRefusal::AccountFull { messages_max: pool.limits.account_messages })
            } else if pool.len() >= pool.limits.messages || pool.bytes.saturating_add(bytes) > pool.limits.bytes {
                Err(PoolRefusal::PoolFull)
            } else {
                Ok(())
            }
        };
        if is_full(self).is_err() {
            self.expire(now);
        }
        is_full(self)
    }

    /// The account after the messages that wait for it, and the transaction it builds on. If the
    /// account has changed since, they are executed anew, and those that fail now are dropped.
    fn account_after_lane(
        &mut self,
        state: &ChainState,
        params: &ExecuteParams,
        account: &StdAddr,
    ) -> Result<(HashBytes, ShardAccount), PoolRefusal> {
        let mut now = state.account(account).map_err(PoolRefusal::State)?;
        let base = now.last_trans_hash;
        let Some(lane) = self.lanes.get(account) else { return Ok((base, now)) };
        if lane.base == base {
            return Ok((base, lane.after.clone()));
        }
        for ticket in lane.tickets.clone() {
            let Some(message) = self.waiting.get(&ticket).map(|waiting| waiting.message.clone()) else { continue };
            match execute_ordinary(state.config(), params, account, &now, message) {
                Ok(done) => now = done.account,
                Err(_) => self.remove(ticket),
            }
        }
        if let Some(lane) = self.lanes.get_mut(account) {
            lane.base = base;
            lane.after = now.clone();
        }
        Ok((base, now))
    }

    fn remove(&mut self, ticket: u64) {
        let Some(waiting) = self.waiting.remove(&ticket) else { return };
        self.bytes = self.bytes.saturating_sub(waiting.bytes);
        self.tickets.remove(waiting.message.repr_hash());
        if let Some(lane) = self.lanes.get_mut(&waiting.account) {
            lane.tickets.remove(&ticket);
            // what follows was executed on top of it: it is executed anew at the next message
            lane.base = UNKNOWN_BASE;
            if lane.tickets.is_empty() {
                self.lanes.remove(&waiting.account);
            }
        }
    }
}

/// When a message for wallet v5 expires; `None` for messages that don't say.
fn expiry(message: &Cell) -> Option<UnixMillis> {
    order(message).map(|order| UnixMillis(u64::from(order.valid_until).saturating_mul(1000)))
}

/// Reads an order to wallet v5.
fn order(message: &Cell) -> Option<Order> {
    let message = message.parse::<OwnedMessage>().ok()?;
    let mut body = CellSlice::apply(&message.body).ok()?;
    if body.load_u32().ok()? != OP_SIGNED_EXTERNAL {
        return None;
    }
    Some(Order { wallet_id: body.load_u32().ok()?, valid_until: body.load_u32().ok()?, seqno: body.load_u32().ok()? })
}
