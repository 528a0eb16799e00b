//! What the client remembers only while it runs: exchanges under way, what is due, how the relays do. All of it is
//! rebuilt from the store when a client is opened.

use crate::command::{Effect, ExchangeId, QueryId};
use crate::invite::InviteRelay;
use crate::network::NetworkInfo;
use crate::record::MailboxRecord;
use crate::view::{ContactId, RelayStatus};
use mailbox::hop::ResponseOpener;
use mailbox::{ReceiveId, SendId};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use wire::{RelayDescriptor, RelayId, UnixMillis};

/// Exchanges besides the poll that may be under way with one relay: enough to fill a slow line, few enough that a
/// relay does not take us for a flood.
pub(crate) const RUNNING_MAX: usize = 8;
/// First pause after a failure.
const BACKOFF_MS_MIN: u64 = 400;
/// Longest pause.
const BACKOFF_MS_MAX: u64 = 20_000;
/// Doublings until the longest pause is reached.
const BACKOFF_DOUBLINGS_MAX: u32 = 8;

/// Something to do at a relay, again and again until it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Task {
    /// Make an own mailbox.
    Create(ReceiveId),
    /// Delete an own mailbox.
    Delete(ReceiveId),
    /// Deposit a key package into an own offer mailbox.
    Offer(ReceiveId),
    /// Fetch the key package of the link that a contact was added with.
    FetchOffer(ContactId),
    /// Delete it there.
    AckOffer(ContactId, u64),
    /// Deposit one part of one message.
    Deposit(DepositKey),
    /// Ask the chain.
    Chain(ChainTask),
}

/// One part of one message for one mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct DepositKey {
    pub(crate) contact: ContactId,
    pub(crate) sequence: u64,
    pub(crate) send: SendId,
    pub(crate) part: u8,
}

/// A question to the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ChainTask {
    /// Of the person.
    Query(QueryId),
    /// How an own account stands.
    Account(u32),
    /// What happened on an own account.
    History(u32),
    /// Submit a transfer.
    Submit([u8; 16]),
    /// The network's config.
    Config,
}

/// What an exchange is for.
#[derive(Clone, Debug)]
pub(crate) enum Purpose {
    Task(Task),
    Poll(Vec<ReceiveId>),
    Ack(Vec<(ReceiveId, Vec<u64>)>),
}

/// An exchange under way.
#[derive(Debug)]
pub(crate) struct InFlight {
    pub(crate) purpose: Purpose,
    pub(crate) target: RelayId,
    pub(crate) entry: RelayId,
    pub(crate) opener: ResponseOpener,
    pub(crate) started: UnixMillis,
    pub(crate) deadline: UnixMillis,
    /// It waits at the relay on purpose.
    pub(crate) waits: bool,
}

/// How a relay does in one of its two roles.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Health {
    failures: u32,
    /// Not before.
    pub(crate) until: UnixMillis,
}

impl Health {
    pub(crate) fn works(&mut self) {
        *self = Self::default();
    }

    pub(crate) fn fails(&mut self, now: UnixMillis, jitter: u32) {
        self.until = now.plus_ms(backoff_ms(self.failures, jitter));
        self.failures = self.failures.saturating_add(1);
    }

    pub(crate) fn pause(&mut self, now: UnixMillis, ms: u64) {
        self.until = self.until.max(now.plus_ms(ms.min(BACKOFF_MS_MAX)));
    }

    pub(crate) fn is_good(&self) -> bool {
        self.failures == 0
    }
}

/// How long to pause after so many failures; `jitter` is random, so that clients don't come back all at once.
pub(crate) fn backoff_ms(failures: u32, jitter: u32) -> u64 {
    let doublings = failures.min(BACKOFF_DOUBLINGS_MAX);
    let full = BACKOFF_MS_MIN.saturating_mul(1u64.checked_shl(doublings).unwrap_or(u64::MAX)).min(BACKOFF_MS_MAX);
    let quarter = full.checked_div(4).unwrap_or(0).max(1);
    full.saturating_add(u64::from(jitter).checked_rem(quarter).unwrap_or(0))
}

/// A relay.
#[derive(Debug)]
pub(crate) struct Relay {
    pub(crate) descriptor: RelayDescriptor,
    pub(crate) as_entry: Health,
    pub(crate) as_target: Health,
    pub(crate) last_ms: u64,
    pub(crate) error: Option<String>,
    /// What is to be done there, and when.
    pub(crate) due: BTreeSet<(UnixMillis, Task)>,
    pub(crate) running: usize,
    pub(crate) poll: Option<ExchangeId>,
    pub(crate) poll_health: Health,
    /// Poll again although one is under way: there is a new mailbox.
    pub(crate) poll_stale: bool,
    /// Where the next poll begins, when there are more mailboxes than one poll holds.
    pub(crate) poll_after: Option<ReceiveId>,
    pub(crate) acks: BTreeMap<ReceiveId, BTreeSet<u64>>,
}

/// All of it.
#[derive(Debug, Default)]
pub(crate) struct Live {
    pub(crate) next_exchange: u64,
    pub(crate) next_query: u64,
    pub(crate) exchanges: BTreeMap<ExchangeId, InFlight>,
    pub(crate) relays: BTreeMap<RelayId, Relay>,
    pub(crate) mailboxes: BTreeMap<ReceiveId, MailboxRecord>,
    /// How often a task has failed.
    pub(crate) failures: BTreeMap<(RelayId, Task), u32>,
    /// When a receipt is due.
    pub(crate) receipts: BTreeMap<ContactId, UnixMillis>,
    pub(crate) effects: VecDeque<Effect>,
    /// What to add to the own clock, as a relay said.
    pub(crate) clock_ahead_ms: u64,
    pub(crate) clock_behind_ms: u64,
    pub(crate) wallet: crate::wallet::WalletLive,
}

impl Live {
    pub(crate) fn new(network: &NetworkInfo) -> Self {
        let mut live = Self::default();
        network.relays.iter().for_each(|relay| {
            live.learn(&InviteRelay::Bridge(relay.clone()));
        });
        live
    }

    /// Makes sure that a relay is there; `None` if it is only named and not known.
    pub(crate) fn learn(&mut self, relay: &InviteRelay) -> Option<RelayId> {
        match relay {
            InviteRelay::Known(id) => self.relays.contains_key(id).then_some(*id),
            InviteRelay::Bridge(descriptor) => {
                let id = descriptor.id();
                self.relays.entry(id).or_insert_with(|| Relay::new(descriptor.clone()));
                Some(id)
            }
        }
    }

    /// The relay of a link or contact, without learning it.
    pub(crate) fn known(&self, relay: &InviteRelay) -> Option<RelayId> {
        let id = relay.id();
        self.relays.contains_key(&id).then_some(id)
    }

    pub(crate) fn schedule(&mut self, relay: RelayId, task: Task, at: UnixMillis) {
        if let Some(relay) = self.relays.get_mut(&relay) {
            relay.due.insert((at, task));
        }
    }

    /// A task that could not be done now: later.
    pub(crate) fn retry(&mut self, relay: RelayId, task: Task, now: UnixMillis, jitter: u32) {
        let failures = self.failures.entry((relay, task)).or_default();
        let at = now.plus_ms(backoff_ms(*failures, jitter));
        *failures = failures.saturating_add(1);
        self.schedule(relay, task, at);
    }

    /// Drops whatever is due of which `keep` is false.
    pub(crate) fn retain(&mut self, keep: impl Fn(&Task) -> bool) {
        self.relays.values_mut().for_each(|relay| relay.due.retain(|(_, task)| keep(task)));
        self.failures.retain(|(_, task), _| keep(task));
    }

    /// The entry relay for a target: not the target itself, one that works before one that does not, and among equals
    /// the one that `preference` picks.
    pub(crate) fn entry_for(&self, target: &RelayId, now: UnixMillis, preference: u64) -> Option<RelayId> {
        let usable = |(id, relay): &(&RelayId, &Relay)| *id != target && relay.as_entry.until <= now;
        let mut good: Vec<RelayId> = Vec::new();
        let mut other: Vec<RelayId> = Vec::new();
        for (id, relay) in self.relays.iter().filter(usable) {
            if relay.as_entry.is_good() { good.push(*id) } else { other.push(*id) }
        }
        let list = if good.is_empty() { other } else { good };
        let count = u64::try_from(list.len()).ok()?;
        let index = usize::try_from(preference.checked_rem(count)?).ok()?;
        list.get(index).copied()
    }

    /// When there will be an entry relay for a target.
    pub(crate) fn entry_at(&self, target: &RelayId) -> Option<UnixMillis> {
        self.relays.iter().filter(|(id, _)| *id != target).map(|(_, relay)| relay.as_entry.until).min()
    }

    /// The relays' clock, as far as it is known.
    pub(crate) fn clock(&self, now: UnixMillis) -> UnixMillis {
        UnixMillis(now.0.saturating_add(self.clock_ahead_ms).saturating_sub(self.clock_behind_ms))
    }

    pub(crate) fn statuses(&self) -> Vec<RelayStatus> {
        let status = |(id, relay): (&RelayId, &Relay)| RelayStatus {
            id: id.to_string(),
            host: format!("{}:{}", relay.descriptor.address.host, relay.descriptor.address.port),
            ok: relay.error.is_none(),
            last_ms: relay.last_ms,
            error: relay.error.clone(),
        };
        self.relays.iter().map(status).collect()
    }

    /// Deposits that no relay has taken yet.
    pub(crate) fn waiting(&self) -> u64 {
        let deposits = |relay: &Relay| relay.due.iter().filter(|(_, task)| matches!(task, Task::Deposit(_))).count();
        self.relays
            .values()
            .map(|relay| u64::try_from(deposits(relay)).unwrap_or(u64::MAX))
            .fold(0, u64::saturating_add)
    }

    /// The mailboxes to poll at a relay, in a stable order.
    pub(crate) fn pollable(&self, relay: RelayId) -> impl Iterator<Item = (&ReceiveId, &MailboxRecord)> {
        self.mailboxes.iter().filter(move |(_, mailbox)| {
            mailbox.relay == relay
                && mailbox.created
                && !mailbox.deleting
                && !matches!(mailbox.purpose, crate::record::MailboxPurpose::Offer(_))
        })
    }
}

impl Relay {
    fn new(descriptor: RelayDescriptor) -> Self {
        Self {
            descriptor,
            as_entry: Health::default(),
            as_target: Health::default(),
            last_ms: 0,
            error: None,
            due: BTreeSet::new(),
            running: 0,
            poll: None,
            poll_health: Health::default(),
            poll_stale: false,
            poll_after: None,
            acks: BTreeMap::new(),
        }
    }
}

impl InviteRelay {
    /// Its name.
    #[must_use]
    pub fn id(&self) -> RelayId {
        match self {
            Self::Known(id) => *id,
            Self::Bridge(descriptor) => descriptor.id(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_their_bound_and_stay_there() {
        let pauses: Vec<u64> = (0..12).map(|failures| backoff_ms(failures, 0)).collect();
        assert!(pauses.windows(2).all(|pair| pair[0] <= pair[1]));
        assert_eq!(pauses.last(), Some(&BACKOFF_MS_MAX));
        assert!(backoff_ms(u32::MAX, u32::MAX) < BACKOFF_MS_MAX * 5 / 4 + 1);
    }
}
