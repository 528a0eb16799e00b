//! Cells that are carried for others (BUN-22, BUN-23): kept on disk within bounds, deposited when there is a way, and
//! put into later bundles until then.

use crate::command::CommandError;
use crate::live::{CarriedId, Task};
use crate::record::{CarriedRecord, load, save, scan, stored};
use crate::store::{Table, Transaction};
use crate::transport::CELL_LIFETIME_MS;
use crate::work::Work;
use mailbox::Request;
use mailbox::bundle::{Day, ITEMS_MAX, Item, Tag};
use mailbox::frame::Carried;
use wire::{RelayId, UnixMillis, hash::sha256};

/// Cells of others that are kept, and names of those that were.
const CARRIED_MAX: usize = 2_048;
/// Bytes of cells of others: a gift of disk space to people who need not be known here.
const CARRIED_BYTES_MAX: usize = 8 * 1024 * 1024;

/// What is remembered of a carried cell while the client runs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Load {
    until: UnixMillis,
    /// None once it is deposited.
    bytes: usize,
    /// The beginning of the cell's hash.
    hash: [u8; 16],
}

/// What became of an item for somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carrying {
    Begun,
    Known,
    NoRoom,
    /// Too old, or without a right.
    Useless,
}

impl<T: Transaction> Work<'_, T> {
    /// Keeps a cell for somebody else.
    pub(crate) fn carry(&mut self, mut item: Item) -> Result<Carrying, CommandError> {
        let Some(right) = &item.right else { return Ok(Carrying::Useless) };
        let relay = right.relay;
        item.day = item.day.min(Day::of(self.now));
        let until = item.day.begins().plus_ms(CELL_LIFETIME_MS);
        if until <= self.now {
            return Ok(Carrying::Useless);
        }
        let hash = cell_hash(&item);
        if self.live.carried.values().any(|load| load.hash == hash) {
            return Ok(Carrying::Known);
        }
        let bytes = item.cell.size().bytes();
        let held = self.live.carried.values().fold(0usize, |sum, load| sum.saturating_add(load.bytes));
        if self.live.carried.len() >= CARRIED_MAX || held.saturating_add(bytes) > CARRIED_BYTES_MAX {
            return Ok(Carrying::NoRoom);
        }
        let id = CarriedId(self.live.carried.last_key_value().map_or(0, |(id, _)| id.0.saturating_add(1)));
        save(self.tx, Table::Carried, &key(id), &CarriedRecord { until, hash, item: Some(item) })?;
        self.live.carried.insert(id, Load { until, bytes, hash });
        self.live.schedule(relay, Task::Carried(id), self.now);
        Ok(Carrying::Begun)
    }

    /// What is carried, for a bundle.
    pub(crate) fn carried_items(&self) -> Result<Vec<Item>, CommandError> {
        let mut items = Vec::new();
        let held = self.live.carried.iter().filter(|(_, load)| load.bytes > 0 && load.until > self.now);
        for (id, _) in held.take(ITEMS_MAX) {
            let record: Option<CarriedRecord> = load(self.tx, Table::Carried, &key(*id))?;
            items.extend(record.and_then(|record| record.item));
        }
        Ok(items)
    }

    pub(crate) fn carried_request(&self, id: CarriedId, relay: RelayId) -> Result<Option<Request>, CommandError> {
        let record: Option<CarriedRecord> = load(self.tx, Table::Carried, &key(id))?;
        let Some(item) = record.filter(|record| record.until > self.now).and_then(|record| record.item) else {
            return Ok(None);
        };
        let right = item.right.filter(|right| right.relay == relay);
        Ok(right.map(|right| Request::Carried(Carried { right: right.sealed, cell: item.cell })))
    }

    /// A relay has it on its disk: it is not carried further, nor again.
    pub(crate) fn carried_deposited(&mut self, id: CarriedId) -> Result<(), CommandError> {
        let Some(held) = self.live.carried.get_mut(&id) else { return Ok(()) };
        held.bytes = 0;
        let Load { until, hash, .. } = *held;
        save(self.tx, Table::Carried, &key(id), &CarriedRecord { until, hash, item: None })
    }

    /// What has been carried for long enough.
    pub(crate) fn expire_carried(&mut self) -> Result<(), CommandError> {
        let over: Vec<CarriedId> =
            self.live.carried.iter().filter(|(_, load)| load.until <= self.now).map(|(id, _)| *id).collect();
        for id in over {
            self.live.carried.remove(&id);
            self.live.drop_tasks(Task::Carried(id), Task::Carried(id));
            self.tx.delete(Table::Carried, &key(id)).map_err(stored)?;
        }
        Ok(())
    }

    /// What a client that was just opened carries.
    pub(crate) fn resume_carried(&mut self) -> Result<(), CommandError> {
        for (key, record) in scan::<CarriedRecord>(self.tx, Table::Carried, &[])? {
            let id = CarriedId(u64::from_be_bytes(key.try_into().map_err(|_| crate::record::damaged("a key"))?));
            let bytes = record.item.as_ref().map_or(0, |item| item.cell.size().bytes());
            self.live.carried.insert(id, Load { until: record.until, bytes, hash: record.hash });
            if let Some(right) = record.item.and_then(|item| item.right) {
                self.live.schedule(right.relay, Task::Carried(id), self.now);
            }
        }
        Ok(())
    }
}

fn key(id: CarriedId) -> [u8; 8] {
    id.0.to_be_bytes()
}

fn cell_hash(item: &Item) -> [u8; 16] {
    Tag::cut(&sha256(item.cell.as_bytes())).0
}
