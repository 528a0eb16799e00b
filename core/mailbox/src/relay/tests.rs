//! The relay's decisions over the store in memory.

#![allow(clippy::arithmetic_side_effects, reason = "tests")]

use super::*;
use crate::frame::{Ack, AckMailbox, FETCH_CELL_BYTES_MAX, FETCH_WAIT_MS_MAX, Fetch, Stamp};
use crate::limits::Rate;
use crate::memory::MemoryStore;
use crate::{Cell, SendCapability};
use proptest::prelude::*;
use std::collections::BTreeMap;
use wire::Secret32;

const START: UnixMillis = UnixMillis(1_800_000_000_000);
const HOME: Source = Source([1; 16]);
const DAY_MS: u64 = 86_400_000;

struct Bench {
    core: RelayCore<MemoryStore>,
    now: UnixMillis,
    next_ticket: u64,
}

impl Bench {
    fn new(limits: Limits) -> Self {
        Self { core: RelayCore::new(MemoryStore::new(), limits, START).unwrap(), now: START, next_ticket: 0 }
    }

    fn send(&mut self, request: Request) -> Ticket {
        self.send_from(HOME, request)
    }

    fn send_from(&mut self, source: Source, request: Request) -> Ticket {
        self.next_ticket += 1;
        let ticket = Ticket(self.next_ticket);
        self.core.handle_request(ticket, source, RequestFrame { at: self.now, request }, self.now);
        ticket
    }

    fn commit(&mut self) -> BTreeMap<Ticket, Response> {
        self.core.commit(self.now).ok();
        std::iter::from_fn(|| self.core.poll_reply()).collect()
    }

    fn ask(&mut self, request: Request) -> Response {
        let ticket = self.send(request);
        self.commit().remove(&ticket).expect("an answer")
    }

    fn pass(&mut self, ms: u64) -> BTreeMap<Ticket, Response> {
        self.now = self.now.plus_ms(ms);
        self.core.handle_timeout(self.now);
        self.commit()
    }

    fn with_mailbox(limits: Limits) -> Self {
        let mut bench = Self::new(limits);
        assert!(matches!(bench.ask(create(1)), Response::Created { .. }));
        bench
    }

    fn crash(self) -> Self {
        let store = self.core.into_store().crash();
        Self { core: RelayCore::new(store, Limits::default(), self.now).unwrap(), ..self }
    }
}

fn send_cap(name: u8) -> SendCapability {
    SendCapability(Secret32([name; 32]))
}

fn receive_cap(name: u8) -> ReceiveCapability {
    ReceiveCapability(Secret32([name; 32]))
}

fn create_with(name: u8, change: impl FnOnce(&mut Create)) -> Request {
    let mut create = Create {
        send: send_cap(name),
        receive: receive_cap(name),
        quota_cells: 8,
        lifetime_ms: CELL_LIFETIME_MS_MAX,
        mode: Mode::Queue,
        stamp: None,
    };
    change(&mut create);
    Request::Create(create)
}

fn create(name: u8) -> Request {
    create_with(name, |_| {})
}

fn deposit(name: u8, id: u8) -> Request {
    let cell = Cell::new(vec![id; 2048]).unwrap();
    Request::Deposit(Deposit { send: send_cap(name), cell_id: CellId([id; 16]), cell, stamp: None })
}

fn fetch(names: &[u8], wait_ms: u32) -> Request {
    Request::Fetch(Fetch { receive: names.iter().map(|name| receive_cap(*name)).collect(), wait_ms })
}

/// The number before the first of a mailbox that was made at the start.
fn before_first(name: u8) -> u64 {
    first_sequence(&receive_cap(name).id(), START) - 1
}

/// `sequences` count from one in a mailbox that was made at the start.
fn ack(name: u8, sequences: &[u64]) -> Request {
    let sequences = sequences.iter().map(|number| before_first(name) + number).collect();
    Request::Ack(Ack { mailboxes: vec![AckMailbox { receive: receive_cap(name), sequences }] })
}

/// (sequence, first byte) of the cells of the mailbox in the first place, counted from one if that is the mailbox 1 as
/// it was made at the start.
fn cells(response: &Response) -> Vec<(u64, u8)> {
    let Response::Fetched(fetched) = response else { panic!("{response:?}") };
    let of_first = fetched.mailboxes.iter().filter(|one| one.index == 0).flat_map(|one| &one.cells);
    of_first.map(|one| (one.sequence.wrapping_sub(before_first(1)), one.cell.as_bytes()[0])).collect()
}

fn stored() -> Response {
    Response::Deposited { duplicate: false }
}

fn refused(refusal: Refusal) -> Response {
    Response::Refused(refusal)
}

#[test]
fn cells_are_fetched_in_order_until_they_are_acknowledged() {
    let mut bench = Bench::with_mailbox(Limits::default());
    for id in 1..=3 {
        assert_eq!(bench.ask(deposit(1, id)), stored());
    }
    let all = [(1, 1), (2, 2), (3, 3)];
    assert_eq!(cells(&bench.ask(fetch(&[1], 0))), all);
    assert_eq!(cells(&bench.ask(fetch(&[1], 0))), all);
    assert_eq!(bench.ask(ack(1, &[1, 2, 77])), Response::Acked { deleted: 2 });
    assert_eq!(bench.ask(ack(1, &[1, 2])), Response::Acked { deleted: 0 });
    assert_eq!(cells(&bench.ask(fetch(&[1], 0))), [(3, 3)]);
}

#[test]
fn a_repeated_deposit_is_stored_once_also_after_its_acknowledgement() {
    let mut bench = Bench::with_mailbox(Limits::default());
    assert_eq!(bench.ask(deposit(1, 9)), stored());
    assert_eq!(bench.ask(deposit(1, 9)), Response::Deposited { duplicate: true });
    assert_eq!(bench.ask(ack(1, &[1])), Response::Acked { deleted: 1 });
    assert_eq!(bench.ask(deposit(1, 9)), Response::Deposited { duplicate: true });
    assert_eq!(cells(&bench.ask(fetch(&[1], 0))), []);
}

#[test]
fn a_sequence_number_is_never_used_twice() {
    let mut bench = Bench::with_mailbox(Limits::default());
    bench.ask(deposit(1, 1));
    bench.ask(ack(1, &[1]));
    bench.ask(deposit(1, 2));
    assert_eq!(bench.ask(ack(1, &[1])), Response::Acked { deleted: 0 });
    assert_eq!(cells(&bench.crash().ask(fetch(&[1], 0))), [(2, 2)]);
}

#[test]
fn no_answer_leaves_before_the_commit() {
    let mut bench = Bench::with_mailbox(Limits::default());
    bench.send(deposit(1, 1));
    assert_eq!(bench.core.poll_reply(), None);
    assert_eq!(bench.commit().len(), 1);
}

#[test]
fn a_failed_commit_refuses_the_whole_batch_and_keeps_nothing_of_it() {
    let mut bench = Bench::with_mailbox(Limits::default());
    bench.core.store.fail_commits(1);
    let tickets = [bench.send(deposit(1, 1)), bench.send(deposit(1, 2)), bench.send(fetch(&[1], 0))];
    let replies = bench.commit();
    for ticket in tickets {
        assert_eq!(replies[&ticket], refused(Refusal::StoreFailed));
    }
    assert_eq!(bench.core.totals().cells, 0);
    assert_eq!(bench.ask(deposit(1, 1)), stored(), "a retry is not taken for a duplicate");
}

/// MBX-31: SQLite forgets a batch in the middle when the disk is full; what comes after must not be kept alone.
#[test]
fn after_a_failure_in_the_middle_nothing_of_the_batch_is_kept() {
    for change in 0..3 {
        let mut bench = Bench::with_mailbox(Limits::default());
        assert_eq!(bench.ask(deposit(1, 1)), stored());
        let before = (bench.core.totals(), bench.core.counters());
        bench.core.store.fail_change_after(change);
        let tickets = [bench.send(deposit(1, 2)), bench.send(deposit(1, 3)), bench.send(create(2))];
        bench.now = bench.now.plus_ms(SWEEP_EVERY_MS);
        bench.core.handle_timeout(bench.now);
        let replies = bench.commit();
        for ticket in tickets {
            assert_eq!(replies[&ticket], refused(Refusal::StoreFailed), "change {change}");
        }
        let refused_now = Counters { refused: before.1.refused + 3, ..before.1 };
        assert_eq!((bench.core.totals(), bench.core.counters()), (before.0, refused_now), "change {change}");
        assert_eq!(cells(&bench.ask(fetch(&[1], 0))), [(1, 1)], "change {change}");
        assert!(matches!(bench.ask(create(2)), Response::Created { .. }));
        assert_eq!(bench.ask(deposit(1, 3)), stored(), "the next batch is not poisoned");
        let mut store = bench.core.into_store().crash();
        assert_eq!(store.totals().unwrap(), Totals { mailboxes: 2, cells: 2, cell_bytes: 4_096 });
    }
}

/// MBX-17: the number of a mailbox that was rolled back may be another's, whose cells the poll would get.
#[test]
fn a_fetch_that_began_to_wait_in_a_failed_batch_waits_no_more() {
    let mut bench = Bench::with_mailbox(Limits::default());
    bench.core.store.fail_commits(1);
    let (made, waiting) = (bench.send(create(2)), bench.send(fetch(&[2], 9_000)));
    let replies = bench.commit();
    assert_eq!(replies[&made], refused(Refusal::StoreFailed));
    assert_eq!(replies[&waiting], refused(Refusal::StoreFailed));
    assert_eq!(bench.core.polls_open(), 0);
    let old = bench.send(fetch(&[1], 9_000));
    bench.commit();
    bench.core.store.fail_commits(1);
    bench.send(create(3));
    bench.send(fetch(&[1], 9_000));
    bench.commit();
    assert_eq!(bench.core.polls_open(), 1, "who waited before waits on");
    bench.send(deposit(1, 4));
    assert_eq!(cells(&bench.commit()[&old]), [(1, 4)]);
}

/// MBX-68
#[test]
fn below_the_reserve_of_the_disk_nothing_new_is_taken_and_everything_can_be_deleted() {
    let limits = Limits { disk_reserve_bytes: 1_000_000, ..Limits::default() };
    let mut bench = Bench::with_mailbox(limits);
    assert_eq!(bench.ask(deposit(1, 1)), stored());
    bench.core.handle_disk(999_999);
    assert_eq!(bench.ask(create(2)), refused(Refusal::RelayFull));
    assert!(matches!(bench.ask(create(1)), Response::Created { .. }), "it is there");
    assert_eq!(bench.ask(deposit(1, 2)), refused(Refusal::RelayFull));
    assert_eq!(bench.ask(deposit(1, 1)), Response::Deposited { duplicate: true });
    assert_eq!(cells(&bench.ask(fetch(&[1], 0))), [(1, 1)]);
    assert_eq!(bench.ask(ack(1, &[1])), Response::Acked { deleted: 1 });
    bench.core.handle_disk(1_000_000);
    assert_eq!(bench.ask(deposit(1, 2)), stored());
    bench.core.handle_disk(0);
    assert_eq!(bench.ask(Request::Delete(receive_cap(1))), Response::Deleted);
    assert_eq!(bench.core.totals(), Totals::default());
}

/// MBX-66
#[test]
fn cells_of_one_source_are_rationed_by_their_size() {
    let limits = Limits { free_cell_kib: Rate { per_second: 1, burst: 5 }, ..Limits::default() };
    let mut bench = Bench::with_mailbox(limits);
    bench.ask(create(2));
    assert_eq!(bench.ask(deposit(1, 1)), stored());
    assert_eq!(bench.ask(deposit(2, 2)), stored());
    assert_eq!(bench.ask(deposit(1, 3)), refused(Refusal::TooFast { retry_after_ms: 1_001 }));
    assert_eq!(bench.ask(deposit(1, 1)), Response::Deposited { duplicate: true }, "a retry costs nothing");
    let elsewhere = bench.send_from(Source([2; 16]), deposit(1, 3));
    assert_eq!(bench.commit()[&elsewhere], stored());
    bench.pass(1_001);
    assert_eq!(bench.ask(deposit(1, 4)), stored());
}

/// MBX-67
#[test]
fn a_relay_that_is_nearly_full_gives_every_mailbox_its_small_share() {
    let limits = Limits { cell_bytes_max: 10 * 2_048, share_when_full_bytes: 2_048, ..Limits::default() };
    let mut bench = Bench::with_mailbox(limits);
    for id in 1..=8 {
        assert_eq!(bench.ask(deposit(1, id)), stored());
    }
    bench.ask(ack(1, &[1]));
    bench.ask(create(2));
    assert_eq!(bench.ask(deposit(2, 1)), stored());
    assert_eq!(bench.ask(deposit(1, 9)), refused(Refusal::RelayFull), "above four fifths");
    assert_eq!(bench.ask(deposit(2, 2)), refused(Refusal::RelayFull));
    bench.ask(create(3));
    assert_eq!(bench.ask(deposit(3, 1)), stored(), "its share");
    bench.ask(create(4));
    assert_eq!(bench.ask(deposit(4, 1)), stored());
    bench.ask(create(5));
    assert_eq!(bench.ask(deposit(5, 1)), refused(Refusal::RelayFull), "really full");
}

/// MBX-24
#[test]
fn of_more_mailboxes_than_fit_into_an_answer_each_has_its_turn() {
    let mut bench = Bench::new(Limits::default());
    let names: Vec<u8> = (1..=40).collect();
    for name in &names {
        bench.ask(create(*name));
        let cell = Cell::new(vec![1; 16_384]).unwrap();
        let deposit = Deposit { send: send_cap(*name), cell_id: CellId([1; 16]), cell, stamp: None };
        assert_eq!(bench.ask(Request::Deposit(deposit)), stored());
    }
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..6 {
        let Response::Fetched(fetched) = bench.ask(fetch(&names, 0)) else { panic!() };
        assert!(fetched.more);
        assert!(fetched.mailboxes.is_sorted_by_key(|one| one.index));
        assert_eq!(fetched.mailboxes.len(), 16);
        seen.extend(fetched.mailboxes.iter().map(|one| one.index));
    }
    assert_eq!(seen.len(), 40);
}

/// MBX-17
#[test]
fn a_mailbox_made_again_counts_from_elsewhere() {
    let mut bench = Bench::with_mailbox(Limits::default());
    bench.ask(deposit(1, 1));
    assert_eq!(cells(&bench.ask(fetch(&[1], 0))), [(1, 1)]);
    bench.ask(Request::Delete(receive_cap(1)));
    bench.pass(1);
    bench.ask(create(1));
    bench.ask(deposit(1, 2));
    assert_eq!(bench.ask(ack(1, &[1])), Response::Acked { deleted: 0 }, "an acknowledgement of the old one's cells");
    assert_eq!(bench.core.totals().cells, 1);
}

/// MBX-16
#[test]
fn a_mailbox_that_has_expired_unswept_is_counted_once_and_not_brought_back() {
    let mut bench = Bench::with_mailbox(Limits::default());
    bench.ask(create(2));
    bench.ask(fetch(&[2], 0));
    bench.ask(deposit(1, 1));
    bench.ask(deposit(2, 1));
    bench.now = bench.now.plus_ms(CELL_LIFETIME_MS_MAX);
    assert_eq!(bench.ask(ack(1, &[1])), Response::Acked { deleted: 0 });
    assert!(matches!(bench.ask(create(1)), Response::Created { .. }));
    assert_eq!(bench.core.totals(), Totals { mailboxes: 2, cells: 1, cell_bytes: 2_048 });
    let mut store = bench.core.into_store();
    assert_eq!(store.totals().unwrap(), Totals { mailboxes: 2, cells: 1, cell_bytes: 2_048 });
}

/// MBX-33
#[test]
fn a_batch_counts_its_work() {
    let mut bench = Bench::with_mailbox(Limits::default());
    for id in 1..=8 {
        bench.ask(deposit(1, id));
    }
    assert_eq!(bench.core.work(), 0, "after a commit");
    bench.send(fetch(&[1], 0));
    let fetched = bench.core.work();
    assert!((9..20).contains(&fetched), "{fetched}");
    bench.send(ack(1, &(1..=8).collect::<Vec<_>>()));
    assert!(bench.core.work() >= fetched + 9);
}

#[test]
fn a_waiting_fetch_wakes_on_a_deposit_and_ends_at_its_deadline() {
    let mut bench = Bench::with_mailbox(Limits::default());
    let waiting = bench.send(fetch(&[1], 5_000));
    assert!(bench.commit().is_empty());
    assert_eq!(bench.core.polls_open(), 1);
    bench.send(deposit(1, 4));
    assert_eq!(cells(&bench.commit()[&waiting]), [(1, 4)]);
    bench.ask(ack(1, &[1]));
    let waiting = bench.send(fetch(&[1], u32::MAX));
    bench.commit();
    assert!(bench.pass(u64::from(FETCH_WAIT_MS_MAX) - 1).is_empty());
    assert_eq!(bench.pass(1)[&waiting], Response::Fetched(Fetched::default()));
    assert_eq!(bench.core.polls_open(), 0);
}

#[test]
fn a_cancelled_fetch_leaves_no_trace() {
    let mut bench = Bench::with_mailbox(Limits::default());
    let waiting = bench.send(fetch(&[1], 5_000));
    bench.commit();
    bench.core.cancel(waiting);
    assert_eq!(bench.core.polls_open(), 0);
    assert_eq!(bench.ask(deposit(1, 1)), stored());
}

#[test]
fn open_polls_are_bounded_in_all_per_source_and_per_mailbox() {
    let limits = Limits { polls_max: 6, polls_per_source_max: 6, ..Limits::default() };
    let mut bench = Bench::with_mailbox(limits);
    assert!(matches!(bench.ask(create(2)), Response::Created { .. }));
    let first = bench.send(fetch(&[1], 5_000));
    for _ in 0..3 {
        bench.send(fetch(&[1], 5_000));
    }
    assert!(bench.commit().is_empty());
    bench.send(fetch(&[1], 5_000));
    assert_eq!(bench.commit(), BTreeMap::from([(first, Response::Fetched(Fetched::default()))]));
    bench.send(fetch(&[2], 5_000));
    bench.send(fetch(&[2], 5_000));
    assert_eq!(bench.ask(fetch(&[2], 5_000)), refused(Refusal::TooManyPolls));
    assert_eq!(cells(&bench.ask(fetch(&[2], 0))), [], "without waiting it is still answered");
}

#[test]
fn a_full_mailbox_refuses_new_cells_but_knows_old_ones() {
    let mut bench = Bench::with_mailbox(Limits::default());
    for id in 1..=8 {
        assert_eq!(bench.ask(deposit(1, id)), stored());
    }
    let mut bench = bench.crash();
    assert_eq!(bench.ask(deposit(1, 9)), refused(Refusal::MailboxFull { quota_cells: 8 }));
    assert_eq!(bench.ask(deposit(1, 8)), Response::Deposited { duplicate: true });
    bench.ask(ack(1, &[1]));
    assert_eq!(bench.ask(deposit(1, 9)), stored());
}

#[test]
fn a_full_relay_refuses_cells_and_mailboxes() {
    let limits = Limits { mailboxes_max: 2, cell_bytes_max: 3 * 2048, ..Limits::default() };
    let mut bench = Bench::with_mailbox(limits);
    bench.ask(create(2));
    assert_eq!(bench.ask(create(3)), refused(Refusal::RelayFull));
    for id in 1..=3 {
        assert_eq!(bench.ask(deposit(1, id)), stored());
    }
    assert_eq!(bench.ask(deposit(2, 4)), refused(Refusal::RelayFull));
    assert_eq!(bench.ask(Request::Delete(receive_cap(1))), Response::Deleted);
    assert_eq!(bench.ask(deposit(2, 4)), stored());
}

#[test]
fn creating_twice_is_answered_alike_and_stealing_a_capability_is_refused() {
    let mut bench = Bench::with_mailbox(Limits::default());
    let again = bench.ask(create(1));
    assert_eq!(again, Response::Created { expires: START.plus_ms(CELL_LIFETIME_MS_MAX) });
    assert_eq!(bench.core.totals().mailboxes, 1);
    let thief = create_with(1, |create| create.receive = receive_cap(66));
    assert_eq!(bench.ask(thief), refused(Refusal::CapabilityInUse));
}

#[test]
fn what_is_not_offered_or_out_of_range_is_refused_by_name() {
    let mut bench = Bench::new(Limits::default());
    let max = Limits::default().free_quota_cells;
    let cases = [
        (create_with(1, |one| one.mode = Mode::Log), Refusal::ModeNotOffered),
        (create_with(1, |one| one.quota_cells = 0), Refusal::QuotaOutOfRange { max }),
        (create_with(1, |one| one.quota_cells = max + 1), Refusal::QuotaOutOfRange { max }),
        (create_with(1, |one| one.lifetime_ms += 1), Refusal::LifetimeOutOfRange { max_ms: CELL_LIFETIME_MS_MAX }),
        (create_with(1, |one| one.stamp = Some(Stamp(vec![1]))), Refusal::StampNotTaken),
        (deposit(1, 1), Refusal::NoSuchMailbox),
        (Request::Info(receive_cap(1)), Refusal::NoSuchMailbox),
        (Request::Chain(vec![1]), Refusal::ChainUnreachable),
    ];
    for (request, refusal) in cases {
        assert_eq!(bench.ask(request), refused(refusal));
    }
    assert_eq!(bench.core.totals(), Totals::default());
    assert_eq!(bench.core.counters().commits, 0, "refusals cost no write");
}

#[test]
fn a_wrong_clock_is_refused_with_the_relays_time() {
    let mut bench = Bench::with_mailbox(Limits::default());
    for at in [UnixMillis(START.0 - CLOCK_SKEW_MS_MAX - 1), START.plus_ms(CLOCK_SKEW_MS_MAX + 1), UnixMillis(0)] {
        bench.core.handle_request(Ticket(900), HOME, RequestFrame { at, request: deposit(1, 1) }, START);
        assert_eq!(bench.commit()[&Ticket(900)], refused(Refusal::ClockSkew { relay: START }));
    }
    assert_eq!(bench.core.totals().cells, 0);
}

#[test]
fn mailboxes_and_deposits_are_rationed() {
    let slow = Rate { per_second: 1, burst: 2 };
    let mut bench = Bench::new(Limits { free_mailboxes: slow, free_deposits: slow, ..Limits::default() });
    bench.ask(create(1));
    bench.ask(create(2));
    assert_eq!(bench.ask(create(3)), refused(Refusal::AllowanceUsed { retry_after_ms: 1_001 }));
    assert!(matches!(bench.ask(create(2)), Response::Created { .. }), "a retry costs nothing");
    bench.ask(deposit(1, 1));
    bench.ask(deposit(1, 2));
    assert_eq!(bench.ask(deposit(1, 3)), refused(Refusal::TooFast { retry_after_ms: 1_001 }));
    assert_eq!(bench.ask(deposit(2, 3)), stored());
    bench.pass(1_001);
    assert_eq!(bench.ask(deposit(1, 3)), stored());
}

#[test]
fn unknown_mailboxes_of_a_batch_are_named_and_the_others_answered() {
    let mut bench = Bench::with_mailbox(Limits::default());
    bench.ask(deposit(1, 1));
    let Response::Fetched(fetched) = bench.ask(fetch(&[5, 1, 6], 9_000)) else { panic!() };
    let summary: Vec<_> = fetched.mailboxes.iter().map(|one| (one.index, one.missing, one.cells.len())).collect();
    assert_eq!(summary, [(0, true, 0), (1, false, 1), (2, true, 0)]);
}

#[test]
fn whoever_waits_for_a_deleted_mailbox_hears_that_it_is_gone() {
    let mut bench = Bench::with_mailbox(Limits::default());
    let waiting = bench.send(fetch(&[1], 9_000));
    bench.commit();
    bench.send(Request::Delete(receive_cap(1)));
    let Response::Fetched(fetched) = bench.commit().remove(&waiting).unwrap() else { panic!() };
    assert!(fetched.mailboxes[0].missing);
}

#[test]
fn one_flooded_mailbox_does_not_hide_the_others() {
    let limits = Limits { free_deposits: Rate { per_second: 1_000, burst: 1_000 }, ..Limits::default() };
    let mut bench = Bench::new(limits);
    bench.ask(create_with(1, |create| create.quota_cells = 250));
    bench.ask(create(2));
    for id in 0..250 {
        assert_eq!(bench.ask(deposit(1, id)), stored());
    }
    bench.ask(deposit(2, 7));
    let Response::Fetched(fetched) = bench.ask(fetch(&[1, 2], 0)) else { panic!() };
    assert!(fetched.more);
    assert_eq!(fetched.mailboxes[1].cells.len(), 1);
    let bytes: usize = fetched.mailboxes.iter().flat_map(|one| &one.cells).map(|one| one.cell.as_bytes().len()).sum();
    assert!(bytes <= FETCH_CELL_BYTES_MAX);
}

#[test]
fn cells_end_after_their_lifetime_and_mailboxes_when_nobody_comes() {
    let mut bench = Bench::with_mailbox(Limits::default());
    let hour = create_with(2, |create| create.lifetime_ms = 3_600_000);
    bench.ask(hour);
    bench.ask(fetch(&[2], 0));
    bench.ask(deposit(1, 1));
    bench.ask(deposit(2, 2));
    bench.pass(3_600_001);
    assert_eq!(bench.core.totals().cells, 1);
    assert_eq!(cells(&bench.ask(fetch(&[2], 0))), []);
    bench.pass(22 * DAY_MS);
    assert_eq!(bench.ask(deposit(1, 3)), refused(Refusal::NoSuchMailbox), "its owner never came");
    assert_eq!(bench.ask(deposit(2, 3)), stored(), "its owner came once");
    bench.pass(69 * DAY_MS);
    assert_eq!(bench.core.totals(), Totals::default());
    assert!(matches!(bench.ask(create(1)), Response::Created { .. }), "the capabilities are free again");
}

#[test]
fn the_store_never_sees_a_capability() {
    let mut bench = Bench::with_mailbox(Limits::default());
    bench.ask(deposit(1, 3));
    let image = format!("{:?}", bench.core.into_store());
    assert!(image.contains(&send_cap(1).id().to_string()));
    assert!(!image.contains(&wire::id::to_hex(&send_cap(1).0.0)));
}

#[derive(Clone, Debug)]
enum Step {
    Deposit(u8),
    Commit,
    FailCommit,
    Crash,
    FetchAndAck,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0u8..60).prop_map(Step::Deposit),
        4 => Just(Step::Commit),
        1 => Just(Step::FailCommit),
        1 => Just(Step::Crash),
        2 => Just(Step::FetchAndAck),
    ]
}

proptest! {
    /// What was acknowledged to a sender arrives, in the order of acknowledgement, whatever fails in between; a
    /// receiver sees a name twice only if the relay crashed after it was acknowledged.
    #[test]
    fn an_accepted_cell_is_never_lost_and_order_is_kept(steps in proptest::collection::vec(step(), 1..120)) {
        let mut bench = Bench::new(Limits::default());
        bench.ask(create_with(1, |create| create.quota_cells = 4_000));
        let (mut pending, mut accepted, mut received, mut crashed) = (Vec::new(), Vec::new(), Vec::new(), false);
        for step in steps.into_iter().chain([Step::Commit, Step::FetchAndAck]) {
            match step {
                Step::Deposit(id) => {
                    let ticket = bench.send(deposit(1, id));
                    pending.push((ticket, id));
                }
                Step::Commit | Step::FailCommit => {
                    if matches!(step, Step::FailCommit) {
                        bench.core.store.fail_commits(1);
                    }
                    let replies = bench.commit();
                    for (ticket, id) in pending.drain(..) {
                        if replies[&ticket] == stored() { accepted.push(id); }
                    }
                    bench.core.store.fail_commits(0);
                }
                Step::Crash => {
                    bench = bench.crash();
                    pending.clear();
                    crashed = true;
                }
                Step::FetchAndAck => {
                    let replies = { let ticket = bench.send(fetch(&[1], 0)); let mut all = bench.commit();
                        for (ticket, id) in pending.drain(..) { if all[&ticket] == stored() { accepted.push(id); } }
                        all.remove(&ticket).unwrap() };
                    let got = cells(&replies);
                    received.extend(got.iter().map(|(_, id)| *id));
                    let numbers: Vec<u64> = got.iter().map(|(number, _)| *number).collect();
                    bench.ask(ack(1, &numbers));
                }
            }
        }
        prop_assert_eq!(&received, &accepted);
        let mut names = received.clone();
        names.sort_unstable();
        names.dedup();
        prop_assert!(crashed || names.len() == received.len());
    }
}
