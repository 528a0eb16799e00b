//! What the client remembers only while it runs: exchanges under way, what is due, how the relays do. All of it is
//! rebuilt from the store when a client is opened.

use crate::clock::Clock;
use crate::command::{Effect, ExchangeId, QueryId};
use crate::invite::InviteRelay;
use crate::network::NetworkInfo;
use crate::problem::BridgeProblem;
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
/// Longest pause where the relay says that there is nothing to do it with (a mailbox that is gone).
const SLOW_MS_MAX: u64 = 10 * 60 * 1000;
/// How long a relay that was silent is left alone before it is tried again by what nobody waits for.
const PROBE_MS: u64 = 5_000;
/// How long one is left to a narrow way before it is looked whether a wider one leads there.
const NARROW_PROBE_MS: u64 = 60_000;
/// How long the first time, and at most, before it is used again like the others.
const SILENT_MS_MIN: u64 = 20_000;
const SILENT_MS_MAX: u64 = 10 * 60 * 1000;
/// A failure that was so long ago says nothing any more.
const FORGIVEN_MS: u64 = 60_000;
/// Doublings until the longest pause is reached.
const BACKOFF_DOUBLINGS_MAX: u32 = 12;
/// Relays that links and contacts name, besides the network's. Each has 2 kB; a contact brings three.
const LEARNED_MAX: usize = 1_000;

/// Stands for whichever relay a question to the chain goes to.
const ANY_RELAY: RelayId = RelayId([0; 32]);

/// Something to do at a relay, again and again until it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Task {
    /// Fetch without waiting what a poll waits for through an entry relay that may be cut off.
    Look,
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
    /// Deposit a cell that is carried for somebody.
    Carried(CarriedId),
}

/// Names a cell that is carried: they are numbered as they come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CarriedId(pub(crate) u64);

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
    /// How long it waits at the relay on purpose.
    pub(crate) wait_ms: u64,
    /// The mailboxes that it fetches from, in the order in which they were named.
    pub(crate) fetches: Vec<ReceiveId>,
    /// When another entry relay is tried as well; `None`: not at all (any more).
    pub(crate) hedge_at: Option<UnixMillis>,
}

/// How a relay does as an entry relay or as a target.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Health {
    failures: u32,
    /// Not before.
    pub(crate) until: UnixMillis,
    /// How often in a row it let somebody wait so long that another was tried, and until when it is spared for it.
    silences: u32,
    silent_until: UnixMillis,
    /// From then on it may be looked whether it does better.
    probe_at: UnixMillis,
}

impl Health {
    pub(crate) fn works(&mut self) {
        *self = Self::default();
    }

    pub(crate) fn fails(&mut self, now: UnixMillis, jitter: u32) {
        self.until = now.plus_ms(backoff_ms(self.failures, BACKOFF_MS_MAX, jitter));
        self.failures = self.failures.saturating_add(1);
    }

    /// An exchange through it failed, which is more than silence.
    pub(crate) fn has_failed(&self) -> bool {
        self.failures > 0
    }

    /// It was neither silent nor failed since it last did well.
    pub(crate) fn is_blameless(&self) -> bool {
        self.failures == 0 && self.silences == 0
    }

    /// Since it last did well it was silent, however long ago.
    pub(crate) fn was_silent(&self) -> bool {
        self.silences > 0
    }

    pub(crate) fn pause(&mut self, now: UnixMillis, ms: u64) {
        self.until = self.until.max(now.plus_ms(ms.min(BACKOFF_MS_MAX)));
    }

    /// Nothing was heard of it for longer than usual: it is spared for a time, longer each time in a row.
    pub(crate) fn is_silent(&mut self, now: UnixMillis) {
        let doubled = 1u64.checked_shl(self.silences.min(BACKOFF_DOUBLINGS_MAX)).unwrap_or(u64::MAX);
        self.silent_until = now.plus_ms(SILENT_MS_MIN.saturating_mul(doubled).min(SILENT_MS_MAX));
        self.probe_at = now.plus_ms(PROBE_MS);
        self.silences = self.silences.saturating_add(1);
    }

    /// It is not asked before a time.
    pub(crate) fn rest(&mut self, until: UnixMillis) {
        self.until = until;
    }

    /// Neither silent nor failing; one that failed is given the chance again when it was long ago.
    pub(crate) fn is_good(&self, now: UnixMillis) -> bool {
        self.silent_until <= now && (self.failures == 0 || self.until.plus_ms(FORGIVEN_MS) <= now)
    }

    /// A narrow way leads to it: it is looked for a better one in a while.
    pub(crate) fn is_narrow(&mut self, now: UnixMillis) {
        self.probe_at = now.plus_ms(NARROW_PROBE_MS);
    }

    /// Enough time has passed to look whether more than a narrow way leads to it.
    pub(crate) fn may_be_wider(&self, now: UnixMillis) -> bool {
        self.is_good(now) && self.until <= now && self.probe_at <= now
    }

    /// It failed or was silent, and enough time has passed to look whether it does better.
    pub(crate) fn wants_probe(&self, now: UnixMillis) -> bool {
        (!self.is_good(now) || self.was_silent()) && self.until <= now && self.probe_at <= now
    }
}

/// How long to pause after so many failures, up to `max_ms`; `jitter` is random, so that clients don't come back all
/// at once.
pub(crate) fn backoff_ms(failures: u32, max_ms: u64, jitter: u32) -> u64 {
    let doublings = failures.min(BACKOFF_DOUBLINGS_MAX);
    let full = BACKOFF_MS_MIN.saturating_mul(1u64.checked_shl(doublings).unwrap_or(u64::MAX)).min(max_ms);
    let quarter = full.checked_div(4).unwrap_or(0).max(1);
    full.saturating_add(u64::from(jitter).checked_rem(quarter).unwrap_or(0))
}

/// What a relay may be used for (E2E-50).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// It is in the network file: entry relay and target.
    Network,
    /// A bridge that this person was invited to: entry relay, and target where a contact names it.
    Bridge,
    /// A link or a contact named it: target only, or whoever sends a link could make itself the relay that sees this
    /// person's address.
    Named,
}

/// A relay.
#[derive(Debug)]
pub(crate) struct Relay {
    pub(crate) descriptor: RelayDescriptor,
    pub(crate) role: Role,
    /// Of a bridge: who signed its link, which is its operator (MBX-51).
    pub(crate) inviter: Option<[u8; 32]>,
    /// An exchange with it has ended since the client was opened.
    pub(crate) used: bool,
    /// Exchanges through it go a way that takes short requests alone, and slowly.
    pub(crate) narrow: bool,
    pub(crate) clock: Clock,
    /// Entry relays that don't know it or can't reach it, and until when they are not asked again.
    pub(crate) not_from: BTreeMap<RelayId, UnixMillis>,
    pub(crate) as_entry: Health,
    pub(crate) as_target: Health,
    pub(crate) last_ms: u64,
    /// When something last came back through it, whatever it was.
    pub(crate) heard_at: UnixMillis,
    /// When it last answered as a target.
    pub(crate) reached_at: UnixMillis,
    /// Until when it is not asked first about the chain: its node was out of its reach.
    pub(crate) no_chain_until: UnixMillis,
    /// Since when nothing comes of asking it, neither by itself nor through others.
    pub(crate) unreached_since: Option<UnixMillis>,
    pub(crate) error: Option<String>,
    /// What is to be done there, and when. Changed by [`Live::schedule`], [`Live::take_task`] and [`Live::drop_tasks`],
    /// which keep [`Live::planned`] equal to it.
    due: BTreeSet<(UnixMillis, Task)>,
    pub(crate) running: usize,
    pub(crate) poll: Option<ExchangeId>,
    pub(crate) poll_health: Health,
    /// Poll again although one is under way: there is a new mailbox.
    pub(crate) poll_stale: bool,
    /// Where the next poll begins, when there are more mailboxes than one poll holds.
    pub(crate) poll_after: Option<ReceiveId>,
    pub(crate) acks: BTreeMap<ReceiveId, BTreeSet<u64>>,
}

/// What is told at once when it changes: the relay's id, whether it was used, whether it does well, and a bridge's
/// problem.
pub(crate) type RelayBrief = (String, bool, bool, Option<BridgeProblem>);

/// What was told of how exchanges go: of the relays, whether they go through bridges, whether abroad is cut off.
pub(crate) type Told = (Vec<RelayBrief>, bool, bool);

/// All of it.
#[derive(Debug, Default)]
pub(crate) struct Live {
    pub(crate) next_exchange: u64,
    pub(crate) next_query: u64,
    pub(crate) exchanges: BTreeMap<ExchangeId, InFlight>,
    pub(crate) relays: BTreeMap<RelayId, Relay>,
    /// Entry relays were silent not long ago.
    pub(crate) trouble: Option<crate::entry::Trouble>,
    /// Bridge links that are not redeemed yet.
    pub(crate) unredeemed: crate::bridge::Unredeemeds,
    pub(crate) mailboxes: BTreeMap<ReceiveId, MailboxRecord>,
    /// What is carried for others, or was.
    pub(crate) carried: BTreeMap<CarriedId, crate::carried::Load>,
    /// Of it what is for relays that are not known (yet).
    pub(crate) stranded: BTreeMap<CarriedId, RelayId>,
    /// Names the next one; none is given twice, or a late answer would count for another.
    pub(crate) next_carried: u64,
    /// All that is due, by task.
    planned: BTreeMap<(Task, RelayId), UnixMillis>,
    /// How often a task has failed.
    pub(crate) failures: BTreeMap<(Task, RelayId), u32>,
    /// Messages that wait for their turn, per contact, where they were counted.
    pub(crate) waiting_messages: BTreeMap<ContactId, usize>,
    /// Per contact: all messages to this number are accepted, as far as it was looked at.
    pub(crate) accepted: BTreeMap<ContactId, u64>,
    /// When to do what is done once a day.
    pub(crate) daily_at: UnixMillis,
    /// What was told of the carrier.
    pub(crate) told: Told,
    /// When a receipt is due.
    pub(crate) receipts: BTreeMap<ContactId, UnixMillis>,
    pub(crate) effects: VecDeque<Effect>,
    pub(crate) wallet: crate::wallet::WalletLive,
}

impl Live {
    pub(crate) fn new(network: &NetworkInfo) -> Self {
        let mut live = Self::default();
        for relay in &network.relays {
            live.relays.insert(relay.id(), Relay::new(relay.clone(), Role::Network));
        }
        live
    }

    /// Makes sure that a relay is there, as a target; `None` if it is only named and not known, is described beyond the
    /// bounds of a descriptor, or is one too many.
    pub(crate) fn learn(&mut self, relay: &InviteRelay) -> Option<RelayId> {
        match relay {
            InviteRelay::Known(id) => self.relays.contains_key(id).then_some(*id),
            InviteRelay::Bridge(descriptor) => {
                let id = descriptor.id();
                if self.relays.contains_key(&id) {
                    return Some(id);
                }
                let learned = self.relays.values().filter(|relay| relay.role == Role::Named).count();
                let descriptor = descriptor.clone().checked().ok().filter(|_| learned < LEARNED_MAX)?;
                self.relays.insert(id, Relay::new(descriptor, Role::Named));
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
        let Some(there) = self.relays.get_mut(&relay) else { return };
        let planned = self.planned.entry((task, relay)).or_insert(at);
        there.due.remove(&(*planned, task));
        *planned = at.min(*planned);
        there.due.insert((*planned, task));
    }

    /// What is due first at a relay, if it is due now.
    pub(crate) fn due_task(&self, relay: RelayId, now: UnixMillis) -> Option<Task> {
        self.relays.get(&relay)?.due.first().filter(|(at, _)| *at <= now).map(|(_, task)| *task)
    }

    /// Takes a task out: it is begun.
    pub(crate) fn take_task(&mut self, relay: RelayId, task: Task) {
        if let (Some(at), Some(there)) = (self.planned.remove(&(task, relay)), self.relays.get_mut(&relay)) {
            there.due.remove(&(at, task));
        }
    }

    /// All questions to the chain that are due at a relay.
    pub(crate) fn due_chain_tasks(&self, relay: RelayId, now: UnixMillis) -> Vec<ChainTask> {
        let chain = |(_, task): &(UnixMillis, Task)| if let Task::Chain(chain) = task { Some(*chain) } else { None };
        let due = |there: &Relay| there.due.iter().take_while(|(at, _)| *at <= now).filter_map(chain).collect();
        self.relays.get(&relay).map_or_else(Vec::new, due)
    }

    /// When the first task at a relay is due.
    pub(crate) fn task_at(&self, relay: RelayId) -> Option<UnixMillis> {
        self.relays.get(&relay)?.due.first().map(|(at, _)| *at)
    }

    /// A task that could not be done now: later.
    pub(crate) fn retry(&mut self, relay: RelayId, task: Task, now: UnixMillis, jitter: u32) {
        self.retry_within(relay, task, now, BACKOFF_MS_MAX, jitter);
    }

    /// The same where nothing will change soon: the pauses grow to minutes (E2E-52).
    pub(crate) fn retry_slowly(&mut self, relay: RelayId, task: Task, now: UnixMillis, jitter: u32) {
        self.retry_within(relay, task, now, SLOW_MS_MAX, jitter);
    }

    fn retry_within(&mut self, relay: RelayId, task: Task, now: UnixMillis, max_ms: u64, jitter: u32) {
        let failures = self.failures.entry((task, relay)).or_default();
        let at = now.plus_ms(backoff_ms(*failures, max_ms, jitter));
        *failures = failures.saturating_add(1);
        self.schedule(relay, task, at);
    }

    /// The growing pause before the chain is asked the same again: the node that fails now may serve everybody.
    pub(crate) fn chain_pause_ms(&mut self, task: ChainTask, jitter: u32) -> u64 {
        let failures = self.failures.entry((Task::Chain(task), ANY_RELAY)).or_default();
        let pause_ms = backoff_ms(*failures, BACKOFF_MS_MAX, jitter);
        *failures = failures.saturating_add(1);
        pause_ms
    }

    /// A node answered: the next failure is the first one.
    pub(crate) fn chain_answers(&mut self, task: ChainTask) {
        self.failures.remove(&(Task::Chain(task), ANY_RELAY));
    }

    /// Drops what is due between two tasks, both included.
    pub(crate) fn drop_tasks(&mut self, from: Task, to: Task) {
        let (first, last) = ((from, RelayId([0; 32])), (to, RelayId([0xff; 32])));
        let dropped: Vec<((Task, RelayId), UnixMillis)> =
            self.planned.range(first..=last).map(|(key, at)| (*key, *at)).collect();
        for ((task, relay), at) in dropped {
            self.planned.remove(&(task, relay));
            if let Some(there) = self.relays.get_mut(&relay) {
                there.due.remove(&(at, task));
            }
        }
        let failed: Vec<(Task, RelayId)> = self.failures.range(first..=last).map(|(key, _)| *key).collect();
        for key in failed {
            self.failures.remove(&key);
        }
    }

    /// Drops the deposits of a contact's messages with these numbers.
    pub(crate) fn drop_deposits(&mut self, contact: ContactId, first: u64, last: u64) {
        let key = |sequence, filling: u8| {
            Task::Deposit(DepositKey { contact, sequence, send: SendId([filling; 32]), part: filling })
        };
        self.drop_tasks(key(first, 0), key(last, 0xff));
    }

    /// The present as most of the network's relays would say it, as far as they have said: half of them would have to
    /// lie. One that has not complained agrees with the own clock to 15 minutes.
    pub(crate) fn clock(&self, now: UnixMillis) -> UnixMillis {
        let mut all: Vec<UnixMillis> =
            self.relays.values().filter(|relay| relay.role == Role::Network).map(|relay| relay.clock.at(now)).collect();
        all.sort_unstable();
        all.get(all.len().checked_div(2).unwrap_or(0)).copied().unwrap_or(now)
    }

    pub(crate) fn statuses(&self) -> Vec<RelayStatus> {
        let status = |(id, relay): (&RelayId, &Relay)| RelayStatus {
            id: id.to_string(),
            host: format!("{}:{}", relay.descriptor.address.host, relay.descriptor.address.port),
            bridge: relay.role == Role::Bridge,
            redeemed: relay.role == Role::Bridge,
            used: relay.used,
            ok: relay.used && relay.error.is_none(),
            last_ms: relay.last_ms,
            error: relay.error.clone(),
            problem: None,
        };
        self.relays.iter().map(status).chain(self.unredeemed_statuses()).collect()
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
    pub(crate) fn new(descriptor: RelayDescriptor, role: Role) -> Self {
        Self {
            descriptor,
            role,
            inviter: None,
            used: false,
            narrow: false,
            clock: Clock::default(),
            not_from: BTreeMap::new(),
            as_entry: Health::default(),
            as_target: Health::default(),
            last_ms: 0,
            heard_at: UnixMillis(0),
            reached_at: UnixMillis(0),
            no_chain_until: UnixMillis::default(),
            unreached_since: None,
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
pub(crate) mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_their_bound_and_stay_there() {
        let pauses: Vec<u64> = (0..12).map(|failures| backoff_ms(failures, BACKOFF_MS_MAX, 0)).collect();
        assert!(pauses.windows(2).all(|pair| pair[0] <= pair[1]));
        assert_eq!(pauses.last(), Some(&BACKOFF_MS_MAX));
        assert!(backoff_ms(u32::MAX, BACKOFF_MS_MAX, u32::MAX) < BACKOFF_MS_MAX * 5 / 4 + 1);
        assert_eq!(backoff_ms(u32::MAX, SLOW_MS_MAX, 0), SLOW_MS_MAX);
    }

    pub(crate) const NOW: UnixMillis = UnixMillis(1_700_000_000_000);

    pub(crate) fn descriptor(number: u8) -> RelayDescriptor {
        let host = format!("relay{number}.example");
        let address = wire::RelayAddress { host, port: 443, tls_pin: None, secret_path: "path".into(), dns: None };
        RelayDescriptor { address, hop_key: vec![number; 40], operator: None, region: None }
    }

    pub(crate) fn live(relays: u8) -> Live {
        Live::new(&NetworkInfo::of((1..=relays).map(descriptor).collect()))
    }

    #[test]
    fn learned_relays_are_bounded_and_within_the_bounds_of_a_descriptor() {
        let mut live = live(2);
        for number in 0..LEARNED_MAX + 9 {
            let mut one = descriptor(3);
            one.hop_key.extend_from_slice(&number.to_be_bytes());
            live.learn(&InviteRelay::Bridge(Box::new(one)));
        }
        assert_eq!(live.relays.len(), LEARNED_MAX + 2);
        let mut live = self::live(2);
        let mut long = descriptor(3);
        long.address.host = "h".repeat(10_000);
        assert_eq!(live.learn(&InviteRelay::Bridge(Box::new(long))), None);
    }

    #[test]
    fn one_relay_that_lies_about_the_time_moves_no_other_clock() {
        let mut live = live(3);
        let liar = descriptor(1).id();
        live.relays.get_mut(&liar).unwrap().clock = Clock::told(NOW, NOW.plus_ms(99 * 60 * 60 * 1000));
        assert_eq!(live.clock(NOW), NOW);
        assert_eq!(live.relays[&descriptor(2).id()].clock.at(NOW), NOW);
    }

    #[test]
    fn a_task_is_due_once_at_a_relay_and_the_earlier_time_counts() {
        let mut live = live(2);
        let (relay, contact) = (descriptor(1).id(), ContactId([1; 16]));
        let deposit = |sequence| Task::Deposit(DepositKey { contact, sequence, send: SendId([3; 32]), part: 0 });
        for (sequence, after) in [(1, 500), (1, 100), (1, 900), (2, 200), (3, 300)] {
            live.schedule(relay, deposit(sequence), NOW.plus_ms(after));
        }
        assert_eq!(live.task_at(relay), Some(NOW.plus_ms(100)));
        assert_eq!(live.waiting(), 3);
        live.drop_deposits(contact, 1, 2);
        assert_eq!(live.due_task(relay, NOW.plus_ms(299)), None);
        assert_eq!(live.due_task(relay, NOW.plus_ms(300)), Some(deposit(3)));
        live.take_task(relay, deposit(3));
        assert_eq!(live.due_task(relay, NOW.plus_ms(9_000)), None);
    }
}
