//! A relay's disk, and a witness beside it that keeps books of its own: what was committed, and why it may go.

use crate::ghost::Claim;
use crate::lie::RelayLie;
use anyhow::Result;
use mailbox::memory::MemoryStore;
use mailbox::store::{MailboxNumber, MailboxRecord, MailboxStore, NewCell, NewMailbox, StoreError, StoredCell, Totals};
use mailbox::{CellId, ReceiveId, Request, SendId};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use wire::UnixMillis;

/// The disk of one relay. Clones of its witness outlive it.
pub(crate) struct Disk {
    store: MemoryStore,
    witness: Rc<RefCell<Witness>>,
    lie: Option<RelayLie>,
}

/// What is on the disk, from what was written and committed.
#[derive(Default)]
pub(crate) struct Witness {
    mailboxes: BTreeMap<MailboxNumber, (SendId, ReceiveId)>,
    cells: BTreeMap<(MailboxNumber, u64), Kept>,
    /// The same by the sender's names.
    held: BTreeSet<(SendId, CellId)>,
    /// Every cell that was ever committed.
    known: BTreeSet<(SendId, CellId)>,
    /// What the next commit will make so.
    pending: Vec<Change>,
    /// What readers have acknowledged, and mailboxes that their owners gave up.
    acknowledged: BTreeSet<(ReceiveId, u64)>,
    deleted: BTreeSet<ReceiveId>,
    /// The first thing that was not as the relay says, for the world to take.
    untrue: Option<anyhow::Error>,
}

#[derive(Clone, Copy)]
struct Kept {
    cell: CellId,
    expires: UnixMillis,
}

enum Change {
    Made(MailboxNumber, SendId, ReceiveId),
    Stored(MailboxNumber, u64, Kept),
    Removed(MailboxNumber, Vec<u64>),
    Deleted(MailboxNumber),
    Expired(UnixMillis),
}

impl Disk {
    pub(crate) fn new(witness: Rc<RefCell<Witness>>, lie: Option<RelayLie>) -> Self {
        Self { store: MemoryStore::new(), witness, lie }
    }

    /// After a power cut.
    pub(crate) fn crash(self) -> Self {
        self.witness.borrow_mut().pending.clear();
        Self { store: self.store.crash(), ..self }
    }

    pub(crate) fn fail_commits(&mut self, count: u32) {
        self.store.fail_commits(count);
    }

    fn note(&self, change: Change) {
        self.witness.borrow_mut().pending.push(change);
    }

    /// Everything that was committed is there, and nothing else: to be asked after a crash.
    pub(crate) fn check(&mut self) -> Result<()> {
        let witness = self.witness.borrow();
        for ((number, sequence), kept) in &witness.cells {
            let there = self.store.holds(*number, &kept.cell)?;
            Claim::Kept.holds(there, || format!("cell {sequence} of mailbox {} is gone", number.0))?;
        }
        witness.counted(self.store.totals()?.cells)
    }

    /// What a relay does that cares for its disk's room only.
    fn lose_one(&mut self) -> Result<(), StoreError> {
        let first = self.witness.borrow().cells.keys().next().copied();
        let Some((number, sequence)) = first else { return Ok(()) };
        self.store.remove(number, &[sequence])?;
        self.lie = None;
        Ok(())
    }
}

impl Witness {
    /// A request reached the relay.
    pub(crate) fn requested(&mut self, request: &Request) {
        match request {
            Request::Ack(ack) => {
                for one in &ack.mailboxes {
                    let receive = one.receive.id();
                    self.acknowledged.extend(one.sequences.iter().map(|sequence| (receive, *sequence)));
                }
            }
            Request::Delete(receive) => drop(self.deleted.insert(receive.id())),
            Request::Create(_)
            | Request::Deposit(_)
            | Request::Fetch(_)
            | Request::Info(_)
            | Request::Chain(_)
            | Request::Carried(_) => {}
        }
    }

    /// Whether a cell is on the disk.
    pub(crate) fn holds(&self, send: &SendId, cell: &CellId) -> bool {
        self.held.contains(&(*send, *cell))
    }

    /// Whether it is, or was until its reader acknowledged it.
    pub(crate) fn knows(&self, send: &SendId, cell: &CellId) -> bool {
        self.known.contains(&(*send, *cell))
    }

    /// The cell with a number in the reader's mailbox.
    pub(crate) fn cell_at(&self, receive: &ReceiveId, sequence: u64) -> Option<(SendId, CellId)> {
        let (number, (send, _)) = self.mailboxes.iter().find(|(_, (_, id))| id == receive)?;
        self.cells.get(&(*number, sequence)).map(|kept| (*send, kept.cell))
    }

    fn counted(&self, has: u64) -> Result<()> {
        let kept = self.cells.len();
        Claim::Kept.holds(has == kept as u64, || format!("{has} cells are there, {kept} were kept"))
    }

    /// Whether the next commit is to store cells.
    fn stores(&self) -> bool {
        self.pending.iter().any(|change| matches!(change, Change::Stored(..)))
    }

    /// The commit was made: what was written is on the disk.
    fn committed(&mut self) -> Result<()> {
        for change in std::mem::take(&mut self.pending) {
            match change {
                Change::Made(number, send, receive) => drop(self.mailboxes.insert(number, (send, receive))),
                Change::Stored(number, sequence, kept) => {
                    if let Some((send, _)) = self.mailboxes.get(&number) {
                        self.known.insert((*send, kept.cell));
                        self.held.insert((*send, kept.cell));
                    }
                    self.cells.insert((number, sequence), kept);
                }
                Change::Removed(number, sequences) => {
                    for sequence in sequences {
                        let reader = self.mailboxes.get(&number).map(|(_, receive)| *receive);
                        let may = reader.is_some_and(|reader| self.acknowledged.contains(&(reader, sequence)));
                        let gone = self.forget(|place, _| *place == (number, sequence));
                        Claim::Kept.holds(may || !gone, || format!("nobody acknowledged cell {sequence}"))?;
                    }
                }
                Change::Deleted(number) => {
                    self.forget(|place, _| place.0 == number);
                    let reader = self.mailboxes.remove(&number).map(|(_, receive)| receive);
                    let may = reader.is_some_and(|reader| self.deleted.contains(&reader));
                    Claim::Kept.holds(may, || format!("nobody gave up mailbox {}", number.0))?;
                }
                Change::Expired(now) => drop(self.forget(|_, kept| kept.expires <= now)),
            }
        }
        Ok(())
    }

    /// Strikes cells out; whether there were any.
    fn forget(&mut self, which: impl Fn(&(MailboxNumber, u64), &Kept) -> bool) -> bool {
        let gone: Vec<(MailboxNumber, u64)> =
            self.cells.iter().filter(|(place, kept)| which(place, kept)).map(|(place, _)| *place).collect();
        for place in &gone {
            let send = self.mailboxes.get(&place.0).map(|(send, _)| *send);
            if let (Some(kept), Some(send)) = (self.cells.remove(place), send) {
                self.held.remove(&(send, kept.cell));
            }
        }
        !gone.is_empty()
    }

    /// What was found to be otherwise than the relay says.
    pub(crate) fn verdict(&mut self) -> Result<()> {
        self.untrue.take().map_or(Ok(()), Err)
    }
}

impl MailboxStore for Disk {
    fn by_send(&mut self, send: &SendId) -> Result<Option<MailboxRecord>, StoreError> {
        self.store.by_send(send)
    }

    fn by_receive(&mut self, receive: &ReceiveId) -> Result<Option<MailboxRecord>, StoreError> {
        self.store.by_receive(receive)
    }

    fn create(&mut self, mailbox: &NewMailbox) -> Result<MailboxRecord, StoreError> {
        let record = self.store.create(mailbox)?;
        self.note(Change::Made(record.number, record.send, record.receive));
        Ok(record)
    }

    fn update(&mut self, record: &MailboxRecord) -> Result<(), StoreError> {
        self.store.update(record)
    }

    fn delete(&mut self, number: MailboxNumber) -> Result<(), StoreError> {
        self.store.delete(number)?;
        self.note(Change::Deleted(number));
        Ok(())
    }

    fn append(&mut self, cell: &NewCell) -> Result<bool, StoreError> {
        let new = self.store.append(cell)?;
        if new {
            let kept = Kept { cell: cell.cell_id, expires: cell.expires };
            self.note(Change::Stored(cell.mailbox, cell.sequence, kept));
        }
        Ok(new)
    }

    fn read(
        &mut self,
        number: MailboxNumber,
        now: UnixMillis,
        bytes_max: usize,
    ) -> Result<(Vec<StoredCell>, bool), StoreError> {
        let read = self.store.read(number, now, bytes_max)?;
        if self.lie == Some(RelayLie::DeletesWhatIsFetched) {
            let sequences: Vec<u64> = read.0.iter().map(|cell| cell.sequence).collect();
            self.remove(number, &sequences)?;
        }
        Ok(read)
    }

    fn holds(&mut self, number: MailboxNumber, cell_id: &CellId) -> Result<bool, StoreError> {
        self.store.holds(number, cell_id)
    }

    fn remove(&mut self, number: MailboxNumber, sequences: &[u64]) -> Result<Totals, StoreError> {
        let removed = self.store.remove(number, sequences)?;
        self.note(Change::Removed(number, sequences.to_vec()));
        Ok(removed)
    }

    fn expire(&mut self, now: UnixMillis, mailboxes: u32) -> Result<Totals, StoreError> {
        let removed = self.store.expire(now, mailboxes)?;
        self.note(Change::Expired(now));
        Ok(removed)
    }

    fn totals(&mut self) -> Result<Totals, StoreError> {
        self.store.totals()
    }

    fn spare_bytes(&mut self) -> Result<u64, StoreError> {
        self.store.spare_bytes()
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        match self.lie {
            Some(RelayLie::CommitsNothing) => return Ok(()),
            Some(RelayLie::LosesACell) => self.lose_one()?,
            Some(RelayLie::AnswersAnyway) if self.witness.borrow().stores() => {
                return Err(StoreError("no space left on device (injected)".into()));
            }
            _ => {}
        }
        self.store.commit()?;
        let has = self.store.totals()?.cells;
        let mut witness = self.witness.borrow_mut();
        let found = witness.committed().and_then(|()| witness.counted(has));
        witness.untrue = witness.untrue.take().or(found.err());
        Ok(())
    }

    fn rollback(&mut self) -> Result<(), StoreError> {
        self.witness.borrow_mut().pending.clear();
        self.store.rollback()
    }
}
