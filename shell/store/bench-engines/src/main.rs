//! Measures engines for the relay's store with the relay's own pattern of work (docs/adr/0001-relay-store.md):
//! batches of deposits, each one durable commit; then draining. `cargo run --release -- FOLDER [SECONDS]`

use fjall::{Database, Keyspace, KeyspaceCreateOptions, PersistMode};
use redb::{ReadableDatabase, TableDefinition};
use rusqlite::{Connection, params};
use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

type Done<T> = Result<T, Box<dyn Error>>;

const ENGINES: [&str; 6] =
    ["sqlite, 4 KiB", "sqlite, 8 KiB", "sqlite in order, 4 KiB", "sqlite in order, 16 KiB", "redb", "fjall"];
const CELL_BYTES: usize = 2_048;
const MAILBOXES: u64 = 64;
/// Cells that one fetch gives and one acknowledgement deletes: 256 KiB.
const FETCH_CELLS: usize = 128;

struct Deposit {
    mailbox: u64,
    sequence: u64,
    cell_id: [u8; 16],
    cell: Vec<u8>,
}

impl Deposit {
    fn place(&self) -> u64 {
        (self.mailbox << 32) | self.sequence
    }

    /// The mailbox's number before the name, as in the relay's index.
    fn name(&self) -> [u8; 24] {
        let mut name = [0; 24];
        name[..8].copy_from_slice(&self.mailbox.to_be_bytes());
        name[8..].copy_from_slice(&self.cell_id);
        name
    }
}

/// What the relay does with its store.
trait Engine {
    /// Refuses known names, adds cells, writes each touched mailbox once, returns when synced.
    fn deposit(&mut self, batch: &[Deposit]) -> Done<()>;
    /// Reads the oldest cells of a mailbox and deletes them, returns when synced.
    fn drain(&mut self, mailbox: u64) -> Done<usize>;
}

struct Sqlite(Connection);

impl Sqlite {
    fn open(dir: &Path, page_bytes: u32) -> Done<Self> {
        let connection = Connection::open(dir.join("store.db"))?;
        connection.pragma_update(None, "page_size", page_bytes)?;
        connection.execute_batch(
            "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 8192; PRAGMA cache_size = -16384;
             CREATE TABLE mailboxes (number INTEGER PRIMARY KEY, cells INTEGER NOT NULL) STRICT;
             CREATE TABLE cells (place INTEGER PRIMARY KEY, mailbox INTEGER NOT NULL, cell_id BLOB NOT NULL,
                 cell BLOB NOT NULL, UNIQUE (mailbox, cell_id)) STRICT;",
        )?;
        Ok(Self(connection))
    }
}

impl Engine for Sqlite {
    fn deposit(&mut self, batch: &[Deposit]) -> Done<()> {
        let transaction = self.0.transaction()?;
        {
            let mut add = transaction.prepare_cached(
                "INSERT INTO cells (place, mailbox, cell_id, cell) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
            )?;
            for one in batch {
                add.execute(params![one.place() as i64, one.mailbox as i64, one.cell_id, one.cell])?;
            }
            let mut count = transaction.prepare_cached("INSERT OR REPLACE INTO mailboxes VALUES (?1, ?2)")?;
            for (mailbox, sequence) in touched(batch) {
                count.execute(params![mailbox as i64, sequence as i64])?;
            }
        }
        Ok(transaction.commit()?)
    }

    fn drain(&mut self, mailbox: u64) -> Done<usize> {
        let transaction = self.0.transaction()?;
        let mut places = Vec::new();
        {
            let (first, last) = ((mailbox << 32) as i64, ((mailbox << 32) | u64::from(u32::MAX)) as i64);
            let mut read = transaction.prepare_cached(
                "SELECT place, cell FROM cells WHERE place BETWEEN ?1 AND ?2 ORDER BY place LIMIT ?3",
            )?;
            let mut rows = read.query(params![first, last, FETCH_CELLS as i64])?;
            while let Some(row) = rows.next()? {
                let cell: Vec<u8> = row.get(1)?;
                assert_eq!(cell.len(), CELL_BYTES);
                places.push(row.get::<_, i64>(0)?);
            }
            let mut delete = transaction.prepare_cached("DELETE FROM cells WHERE place = ?1")?;
            for place in &places {
                delete.execute([place])?;
            }
        }
        transaction.commit()?;
        Ok(places.len())
    }
}

/// Cells in the order of arrival over all mailboxes, found through an index: the table only ever grows at its end.
struct SqliteInOrder(Connection);

impl SqliteInOrder {
    fn open(dir: &Path, page_bytes: u32) -> Done<Self> {
        let connection = Connection::open(dir.join("store.db"))?;
        connection.pragma_update(None, "page_size", page_bytes)?;
        connection.execute_batch(
            "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 8192; PRAGMA cache_size = -16384;
             CREATE TABLE mailboxes (number INTEGER PRIMARY KEY, cells INTEGER NOT NULL) STRICT;
             CREATE TABLE cells (arrival INTEGER PRIMARY KEY AUTOINCREMENT, cell BLOB NOT NULL) STRICT;
             CREATE TABLE places (mailbox INTEGER NOT NULL, sequence INTEGER NOT NULL, cell_id BLOB NOT NULL,
                 arrival INTEGER NOT NULL, PRIMARY KEY (mailbox, sequence), UNIQUE (mailbox, cell_id))
                 STRICT, WITHOUT ROWID;",
        )?;
        Ok(Self(connection))
    }
}

impl Engine for SqliteInOrder {
    fn deposit(&mut self, batch: &[Deposit]) -> Done<()> {
        let transaction = self.0.transaction()?;
        {
            let mut add = transaction.prepare_cached("INSERT INTO cells (cell) VALUES (?1)")?;
            let mut place = transaction.prepare_cached("INSERT INTO places VALUES (?1, ?2, ?3, ?4)")?;
            for one in batch {
                add.execute([&one.cell])?;
                let arrival = transaction.last_insert_rowid();
                place.execute(params![one.mailbox as i64, one.sequence as i64, one.cell_id, arrival])?;
            }
            let mut count = transaction.prepare_cached("INSERT OR REPLACE INTO mailboxes VALUES (?1, ?2)")?;
            for (mailbox, sequence) in touched(batch) {
                count.execute(params![mailbox as i64, sequence as i64])?;
            }
        }
        Ok(transaction.commit()?)
    }

    fn drain(&mut self, mailbox: u64) -> Done<usize> {
        let transaction = self.0.transaction()?;
        let mut found = Vec::new();
        {
            let mut read = transaction.prepare_cached(
                "SELECT sequence, arrival, cell FROM places JOIN cells USING (arrival) WHERE mailbox = ?1
                 ORDER BY sequence LIMIT ?2",
            )?;
            let mut rows = read.query(params![mailbox as i64, FETCH_CELLS as i64])?;
            while let Some(row) = rows.next()? {
                let cell: Vec<u8> = row.get(2)?;
                assert_eq!(cell.len(), CELL_BYTES);
                found.push((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?));
            }
            let mut cell = transaction.prepare_cached("DELETE FROM cells WHERE arrival = ?1")?;
            let mut place = transaction.prepare_cached("DELETE FROM places WHERE mailbox = ?1 AND sequence = ?2")?;
            for (sequence, arrival) in &found {
                cell.execute([arrival])?;
                place.execute([mailbox as i64, *sequence])?;
            }
        }
        transaction.commit()?;
        Ok(found.len())
    }
}

const REDB_CELLS: TableDefinition<u64, &[u8]> = TableDefinition::new("cells");
const REDB_NAMES: TableDefinition<&[u8; 24], u64> = TableDefinition::new("names");
const REDB_MAILBOXES: TableDefinition<u64, u64> = TableDefinition::new("mailboxes");

struct Redb(redb::Database);

impl Engine for Redb {
    fn deposit(&mut self, batch: &[Deposit]) -> Done<()> {
        let transaction = self.0.begin_write()?;
        {
            let mut cells = transaction.open_table(REDB_CELLS)?;
            let mut names = transaction.open_table(REDB_NAMES)?;
            for one in batch {
                if names.insert(&one.name(), one.place())?.is_none() {
                    cells.insert(one.place(), with_name(one).as_slice())?;
                }
            }
            let mut mailboxes = transaction.open_table(REDB_MAILBOXES)?;
            for (mailbox, sequence) in touched(batch) {
                mailboxes.insert(mailbox, sequence)?;
            }
        }
        Ok(transaction.commit()?)
    }

    fn drain(&mut self, mailbox: u64) -> Done<usize> {
        let range = (mailbox << 32)..((mailbox + 1) << 32);
        let mut found = Vec::new();
        if let Ok(cells) = self.0.begin_read()?.open_table(REDB_CELLS) {
            for entry in cells.range(range)?.take(FETCH_CELLS) {
                let (place, value) = entry?;
                found.push((place.value(), name_of(mailbox, value.value())));
            }
        }
        let transaction = self.0.begin_write()?;
        {
            let mut cells = transaction.open_table(REDB_CELLS)?;
            let mut names = transaction.open_table(REDB_NAMES)?;
            for (place, name) in &found {
                cells.remove(place)?;
                names.remove(name)?;
            }
        }
        transaction.commit()?;
        Ok(found.len())
    }
}

struct Fjall {
    database: Database,
    cells: Keyspace,
    names: Keyspace,
    mailboxes: Keyspace,
}

impl Fjall {
    fn open(dir: &Path) -> Done<Self> {
        let database = Database::builder(dir.join("store")).open()?;
        let keyspace = |name: &str| database.keyspace(name, KeyspaceCreateOptions::default);
        let (cells, names, mailboxes) = (keyspace("cells")?, keyspace("names")?, keyspace("mailboxes")?);
        Ok(Self { database, cells, names, mailboxes })
    }
}

impl Engine for Fjall {
    fn deposit(&mut self, batch: &[Deposit]) -> Done<()> {
        let mut write = self.database.batch().durability(Some(PersistMode::SyncData));
        for one in batch {
            if !self.names.contains_key(one.name())? {
                write.insert(&self.names, one.name(), one.place().to_be_bytes());
                write.insert(&self.cells, one.place().to_be_bytes(), with_name(one));
            }
        }
        for (mailbox, sequence) in touched(batch) {
            write.insert(&self.mailboxes, mailbox.to_be_bytes(), sequence.to_be_bytes());
        }
        Ok(write.commit()?)
    }

    fn drain(&mut self, mailbox: u64) -> Done<usize> {
        let mut write = self.database.batch().durability(Some(PersistMode::SyncData));
        let (first, last) = ((mailbox << 32).to_be_bytes(), ((mailbox + 1) << 32).to_be_bytes());
        let mut count = 0;
        for entry in self.cells.range(first..last).take(FETCH_CELLS) {
            let (place, value) = entry.into_inner()?;
            write.remove(&self.names, name_of(mailbox, &value));
            write.remove(&self.cells, place);
            count += 1;
        }
        write.commit()?;
        Ok(count)
    }
}

/// Key-value stores keep the name beside the cell, so that deleting finds it.
fn with_name(one: &Deposit) -> Vec<u8> {
    [&one.cell_id[..], &one.cell].concat()
}

fn name_of(mailbox: u64, value: &[u8]) -> [u8; 24] {
    assert_eq!(value.len(), CELL_BYTES + 16);
    let mut name = [0; 24];
    name[..8].copy_from_slice(&mailbox.to_be_bytes());
    name[8..].copy_from_slice(&value[..16]);
    name
}

fn touched(batch: &[Deposit]) -> std::collections::BTreeMap<u64, u64> {
    batch.iter().map(|one| (one.mailbox, one.sequence)).collect()
}

/// Marsaglia's generator: cells must not compress.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let word = self.next().to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
    }
}

fn measure(name: &str, dir: &Path, in_flight: usize, time: Duration) -> Done<()> {
    std::fs::create_dir_all(dir)?;
    let syncs = syncs_per_second(dir)?;
    let mut engine: Box<dyn Engine> = match name {
        "sqlite, 4 KiB" => Box::new(Sqlite::open(dir, 4_096)?),
        "sqlite, 8 KiB" => Box::new(Sqlite::open(dir, 8_192)?),
        "sqlite in order, 4 KiB" => Box::new(SqliteInOrder::open(dir, 4_096)?),
        "sqlite in order, 16 KiB" => Box::new(SqliteInOrder::open(dir, 16_384)?),
        "redb" => Box::new(Redb(redb::Database::create(dir.join("store.redb"))?)),
        _ => Box::new(Fjall::open(dir)?),
    };
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (mut stored, mut latencies) = (0u64, Vec::new());
    let began = Instant::now();
    let mut busy = Duration::ZERO;
    while began.elapsed() < time {
        let batch: Vec<Deposit> = (0..in_flight as u64)
            .map(|index| {
                let sequence = (stored + index) / MAILBOXES + 1;
                let mut one = Deposit {
                    mailbox: (stored + index) % MAILBOXES + 1,
                    sequence,
                    cell_id: [0; 16],
                    cell: vec![0; CELL_BYTES],
                };
                random.fill(&mut one.cell_id);
                random.fill(&mut one.cell);
                one
            })
            .collect();
        let started = Instant::now();
        engine.deposit(&batch)?;
        busy += started.elapsed();
        latencies.push(started.elapsed());
        stored += batch.len() as u64;
    }
    let bytes = size(dir)?;
    let began = Instant::now();
    let mut drained = 0u64;
    for mailbox in 1..=MAILBOXES {
        loop {
            match engine.drain(mailbox)? {
                0 => break,
                count => drained += count as u64,
            }
        }
    }
    assert_eq!(drained, stored);
    let drain = drained as f64 / began.elapsed().as_secs_f64();
    drop(engine);
    let after = size(dir)?;
    latencies.sort_unstable();
    let ms = |percent: usize| latencies[(latencies.len() * percent / 100).min(latencies.len() - 1)].as_secs_f64() * 1e3;
    println!(
        "| {name} | {in_flight} | {syncs:.0} | {:.0} | {:.0} % | {:.1} | {:.1} | {drain:.0} | {:.2} | {:.0} |",
        stored as f64 / busy.as_secs_f64(),
        100.0 * stored as f64 / busy.as_secs_f64() / (in_flight as f64 * syncs),
        ms(50),
        ms(99),
        bytes as f64 / (stored as f64 * CELL_BYTES as f64),
        after as f64 / 1e6,
    );
    Ok(())
}

fn syncs_per_second(dir: &Path) -> Done<f64> {
    let path = dir.join("sync");
    let mut file = std::fs::File::create(&path)?;
    let (began, mut count) = (Instant::now(), 0u32);
    while began.elapsed() < Duration::from_secs(2) {
        file.write_all(&[7; 4_096])?;
        file.sync_data()?;
        count += 1;
    }
    std::fs::remove_file(path)?;
    Ok(f64::from(count) / began.elapsed().as_secs_f64())
}

fn size(dir: &Path) -> Done<u64> {
    let mut sum = 0;
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        sum += if metadata.is_dir() { size(&entry.path())? } else { metadata.len() };
    }
    Ok(sum)
}

fn main() -> Done<()> {
    let mut arguments = std::env::args().skip(1);
    let dir = PathBuf::from(arguments.next().ok_or("usage: bench-engines FOLDER [SECONDS]")?);
    let seconds = arguments.next().map_or(Ok(10), |text| text.parse())?;
    println!(
        "| engine | in flight | fdatasync/s | deposits/s | of the ceiling | p50 ms | p99 ms | drained/s | bytes on disk per byte stored | MB after draining |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for in_flight in [100, 1_000] {
        for name in ENGINES {
            let folder = dir.join(format!("{}-{in_flight}", name.replace([' ', ','], "-")));
            measure(name, &folder, in_flight, Duration::from_secs(seconds))?;
            std::fs::remove_dir_all(&folder)?;
        }
    }
    Ok(())
}
