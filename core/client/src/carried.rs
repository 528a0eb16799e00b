//! Cells that are carried for others (BUN-22, BUN-23): kept on disk within bounds, deposited when there is a way, and
//! put into later bundles until then.

use crate::command::CommandError;
use crate::live::{CarriedId, Live, Task};
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
        let id = CarriedId(self.live.next_carried);
        self.live.next_carried = id.0.saturating_add(1);
        save(self.tx, Table::Carried, &key(id), &CarriedRecord { until, hash, item: Some(item) })?;
        self.live.carried.insert(id, Load { until, bytes, hash });
        self.live.bring(id, relay, self.now);
        Ok(Carrying::Begun)
    }

    /// What is for relays that have become known meanwhile goes there.
    pub(crate) fn carry_on(&mut self) {
        let is_known = |(_, relay): &(&CarriedId, &RelayId)| self.live.relays.contains_key(relay);
        let known: Vec<(CarriedId, RelayId)> =
            self.live.stranded.iter().filter(is_known).map(|(id, relay)| (*id, *relay)).collect();
        for (id, relay) in known {
            self.live.stranded.remove(&id);
            self.live.bring(id, relay, self.now);
        }
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
            self.live.stranded.remove(&id);
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
            self.live.next_carried = self.live.next_carried.max(id.0.saturating_add(1));
            if let Some(right) = record.item.and_then(|item| item.right) {
                self.live.bring(id, right.relay, self.now);
            }
        }
        Ok(())
    }
}

impl Live {
    /// Has a carried cell deposited at its relay, when that is known.
    fn bring(&mut self, id: CarriedId, relay: RelayId, now: UnixMillis) {
        if self.relays.contains_key(&relay) {
            self.schedule(relay, Task::Carried(id), now);
        } else {
            self.stranded.insert(id, relay);
        }
    }
}

fn key(id: CarriedId) -> [u8; 8] {
    id.0.to_be_bytes()
}

fn cell_hash(item: &Item) -> [u8; 16] {
    Tag::cut(&sha256(item.cell.as_bytes())).0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hostile::checks::{NOW, relay, undone};
    use crate::invite::InviteRelay;
    use mailbox::bundle::CarriedRight;
    use mailbox::{Cell, CellSize};

    fn item(number: u8, day: Day, to: RelayId) -> Item {
        let cell = Cell::new(vec![number; CellSize::Small.bytes()]).unwrap();
        let right = CarriedRight { relay: to, sealed: vec![number; 64] };
        Item { tag: Tag([number; 16]), day, right: Some(right), cell }
    }

    #[test]
    fn an_answer_that_comes_late_is_not_taken_for_that_to_another_deposit() {
        undone(|work, _| {
            let (to, today) = (relay(1).id(), Day::of(NOW));
            let last_day = Day::of(UnixMillis(NOW.0 - CELL_LIFETIME_MS).plus_ms(24 * 60 * 60 * 1000));
            assert_eq!(work.carry(item(1, last_day, to)).unwrap(), Carrying::Begun);
            let id = *work.live.carried.keys().next().unwrap();
            work.now = NOW.plus_ms(2 * 24 * 60 * 60 * 1000);
            work.expire_carried().unwrap();
            assert!(work.live.carried.is_empty());
            assert_eq!(work.carry(item(2, today, to)).unwrap(), Carrying::Begun);
            work.carried_deposited(id).unwrap();
            assert_eq!(work.carried_items().unwrap().len(), 1, "the new one is still to be deposited");
        });
    }

    #[test]
    fn what_is_for_a_relay_that_is_not_known_goes_there_when_it_becomes_known() {
        undone(|work, _| {
            let later = relay(9);
            assert_eq!(work.carry(item(1, Day::of(NOW), later.id())).unwrap(), Carrying::Begun);
            assert_eq!(work.live.due_task(later.id(), NOW), None);
            work.live.learn(&InviteRelay::Bridge(Box::new(later.clone()))).unwrap();
            work.carry_on();
            assert!(matches!(work.live.due_task(later.id(), NOW), Some(Task::Carried(_))));
        });
    }
}
