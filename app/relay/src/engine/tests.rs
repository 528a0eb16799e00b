//! The thread of the store: what it owes to those who asked when it stops, and what happens when it dies.

use super::*;
use mailbox::cell::Cell;
use mailbox::frame::{Ack, AckMailbox, Create, Deposit, Fetch, Mode};
use mailbox::{CellId, ReceiveCapability, Request, SendCapability};
use wire::Secret32;

const HOME: Source = Source([1; 16]);
const LIMIT: Duration = Duration::from_secs(20);

fn receive() -> ReceiveCapability {
    ReceiveCapability(Secret32([2; 32]))
}

fn create() -> Request {
    let (send, receive) = (SendCapability(Secret32([1; 32])), receive());
    Request::Create(Create { send, receive, quota_cells: 9, lifetime_ms: 60_000, mode: Mode::Queue, stamp: None })
}

fn deposit(id: u8) -> Request {
    let cell = Cell::new(vec![id; 2_048]).unwrap();
    let send = SendCapability(Secret32([1; 32]));
    Request::Deposit(Deposit { send, cell_id: CellId([id; 16]), cell, stamp: None })
}

fn command(ticket: u64, request: Request) -> (Command, oneshot::Receiver<Response>) {
    let (reply, answer) = oneshot::channel();
    let frame = RequestFrame { at: now(), request };
    (Command::Run { ticket: Ticket(ticket), source: HOME, frame, reply }, answer)
}

async fn ask(engine: &Engine, request: Request) -> Response {
    let asked = engine.run(HOME, RequestFrame { at: now(), request });
    tokio::time::timeout(LIMIT, asked).await.expect("an answer")
}

fn unknown() -> FreeBytes {
    Box::new(|| None)
}

/// MBX-34
#[test]
fn what_was_run_before_a_stop_is_committed_and_answered() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("mailboxes.db");
    let core = RelayCore::new(RelayStore::open(&path).unwrap(), Limits::default(), now()).unwrap();
    let (sender, receiver) = sync_channel(8);
    let (made, mut made_answer) = command(1, create());
    let (stored, mut stored_answer) = command(2, deposit(7));
    for command in [made, stored, Command::Stop] {
        assert!(sender.send(command).is_ok());
    }
    serve(core, &receiver, &Mutex::default(), unknown());
    assert!(matches!(made_answer.try_recv(), Ok(Response::Created { .. })));
    assert_eq!(stored_answer.try_recv(), Ok(Response::Deposited { duplicate: false }));
    let totals = mailbox::store::MailboxStore::totals(&mut RelayStore::open(&path).unwrap()).unwrap();
    assert_eq!(totals, Totals { mailboxes: 1, cells: 1, cell_bytes: 2_048 });
}

/// MBX-33
#[test]
fn a_batch_ends_by_its_work() {
    let dir = tempfile::tempdir().unwrap();
    let store = RelayStore::open(&dir.path().join("mailboxes.db")).unwrap();
    let mut core = RelayCore::new(store, Limits::default(), now()).unwrap();
    let (sender, receiver) = sync_channel(200);
    let mut answers = Vec::new();
    let names = |name: u8| AckMailbox { receive: receive(), sequences: vec![u64::from(name) + (1 << 31)] };
    let fetch = Fetch { receive: (0..64).map(|name| ReceiveCapability(Secret32([name; 32]))).collect(), wait_ms: 0 };
    for ticket in 0..200 {
        let (one, answer) = command(ticket, Request::Fetch(fetch.clone()));
        assert!(sender.send(one).is_ok());
        answers.push(answer);
    }
    let mut waiting = HashMap::new();
    assert!(!run_batch(&mut core, &mut waiting, None, &receiver, now()));
    assert_eq!(waiting.len(), 128, "8,192 mailboxes looked up, 64 in each");
    core.commit(now()).unwrap();
    assert!(!run_batch(&mut core, &mut waiting, None, &receiver, now()));
    assert_eq!(waiting.len(), 200);
    let (ack, _answer) = command(900, Request::Ack(Ack { mailboxes: vec![names(1)] }));
    assert!(!run_batch(&mut core, &mut waiting, Some(ack), &receiver, now()));
}

/// MBX-68
#[tokio::test]
async fn a_disk_that_is_nearly_full_is_noticed_before_it_is_full() {
    let dir = tempfile::tempdir().unwrap();
    let free = Arc::new(AtomicU64::new(0));
    let seen = Arc::clone(&free);
    let look: FreeBytes = Box::new(move || Some(seen.load(Ordering::Relaxed)));
    let path = dir.path().join("mailboxes.db");
    let (engine, thread, _ended) = Engine::start(&path, Limits::default(), look).unwrap();
    assert_eq!(ask(&engine, create()).await, Response::Refused(Refusal::RelayFull));
    assert!(engine.snapshot().disk_tight);
    free.store(u64::MAX, Ordering::Relaxed);
    let room = async {
        while ask(&engine, create()).await == Response::Refused(Refusal::RelayFull) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(LIMIT, room).await.expect("the disk is asked again");
    assert_eq!(ask(&engine, deposit(1)).await, Response::Deposited { duplicate: false });
    thread.stop().await;
}

#[tokio::test]
async fn a_thread_that_dies_is_heard_of() {
    let dir = tempfile::tempdir().unwrap();
    let dying: FreeBytes = Box::new(|| panic!("injected: the thread of the store dies"));
    let (engine, thread, ended) = Engine::start(&dir.path().join("mailboxes.db"), Limits::default(), dying).unwrap();
    let answer = ask(&engine, create()).await;
    assert!(matches!(answer, Response::Refused(Refusal::Overloaded { .. })), "{answer:?}");
    assert!(tokio::time::timeout(LIMIT, ended).await.expect("the end is told").is_err());
    thread.stop().await;
}
