//! The demo's folder: who is in it, on which ports, under which genesis.

use super::DemoArgs;
use anyhow::{Context as _, bail};
use node::{PeerAddress, ValidatorKey, operator};
use relay::RelayLimits;
use serde::{Deserialize, Serialize};
use std::{
    collections::hash_map::RandomState,
    fs::{self, DirBuilder, File, TryLockError},
    hash::BuildHasher as _,
    io::Write as _,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    ops::Range,
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
};

/// Where the demo looks for ports.
const PORTS: Range<u16> = 12_000..32_000;
/// The plan's format; a folder written by a newer program is refused.
const PLAN_VERSION: u32 = 1;

/// What a demo writes before it is ready, and some more.
const NEW_FOLDER_BYTES: u64 = 64_000_000;
/// Only the owner enters a new folder: it holds everybody's keys.
const FOLDER_MODE: u32 = 0o700;

/// What stays the same over restarts.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Plan {
    version: u32,
    validator_ports: Vec<ValidatorPorts>,
    relay_ports: Vec<u16>,
    faucet_port: u16,
    people: Vec<Person>,
    genesis_hash: String,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct ValidatorPorts {
    peers: u16,
    http: u16,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Person {
    name: String,
    page_port: u16,
}

/// A validator's place in the demo.
#[derive(Clone)]
pub(super) struct ValidatorSeat {
    pub(super) dir: PathBuf,
    pub(super) key: ValidatorKey,
    pub(super) public_key: [u8; 32],
    pub(super) listen: SocketAddr,
    pub(super) http: SocketAddr,
}

/// The demo's folder, opened.
pub(super) struct Layout {
    dir: PathBuf,
    plan: Plan,
    pub(super) genesis: Vec<u8>,
    pub(super) faucet_key: ValidatorKey,
    pub(super) validators: Vec<ValidatorSeat>,
    _lock: File,
}

impl Layout {
    /// Opens the folder, or lays a new one out.
    pub(super) fn open(dir: &Path, args: &DemoArgs) -> anyhow::Result<Self> {
        let lock = lock(dir)?;
        ensure_room(dir, free_bytes(dir))?;
        let plan_path = dir.join("demo.json");
        let genesis_path = dir.join("genesis.boc");
        let known = match fs::read(&plan_path) {
            Ok(bytes) => {
                let plan: Plan = serde_json::from_slice(&bytes).context("demo.json is damaged; use another --dir")?;
                Some(plan.checked(args)?)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(error).context("demo.json can't be read; use another --dir"),
        };
        let (faucet_key, faucet_public_key) = operator::load_or_create_key(&dir.join("faucet").join("wallet.key"))?;
        let keys = (0..args.validators)
            .map(|index| operator::load_or_create_key(&validator_dir(dir, index.into()).join("validator.key")))
            .collect::<anyhow::Result<Vec<_>>>()?;
        let public_keys: Vec<[u8; 32]> = keys.iter().map(|(_, public)| *public).collect();
        let (plan, genesis) = if let Some(plan) = known {
            (plan, fs::read(genesis_path).context("genesis.boc is missing; use another --dir")?)
        } else {
            let genesis = operator::new_genesis(faucet_public_key, &public_keys)?;
            let plan = Plan::new(args, wire::id::to_hex(&genesis.hash))?;
            write_whole(&genesis_path, &genesis.bytes)?;
            write_whole(&plan_path, &serde_json::to_vec_pretty(&plan)?)?;
            (plan, genesis.bytes)
        };
        let validators = plan.validator_ports.iter().zip(keys).enumerate();
        let validators = validators.map(|(index, (ports, (key, public_key)))| ValidatorSeat {
            dir: validator_dir(dir, index),
            key,
            public_key,
            listen: loopback(ports.peers),
            http: loopback(ports.http),
        });
        Ok(Self { dir: dir.to_owned(), genesis, faucet_key, validators: validators.collect(), plan, _lock: lock })
    }

    pub(super) fn peers(&self) -> Vec<PeerAddress> {
        let seats = self.validators.iter();
        seats.map(|seat| PeerAddress { key: seat.public_key, address: seat.listen }).collect()
    }

    pub(super) fn relay(&self, index: usize) -> Option<(PathBuf, SocketAddr)> {
        let port = self.plan.relay_ports.get(index)?;
        Some((self.dir.join("relays").join(index.to_string()), loopback(*port)))
    }

    pub(super) fn relays(&self) -> usize {
        self.plan.relay_ports.len()
    }

    pub(super) fn faucet(&self) -> SocketAddr {
        loopback(self.plan.faucet_port)
    }

    pub(super) fn genesis_hash(&self) -> &str {
        &self.plan.genesis_hash
    }

    pub(super) fn network_file(&self) -> PathBuf {
        self.dir.join("network.json")
    }

    /// Name, folder and page socket of each person.
    pub(super) fn people(&self) -> impl Iterator<Item = (String, PathBuf, SocketAddr)> + '_ {
        let people = self.plan.people.iter();
        people
            .map(|person| (person.name.clone(), self.dir.join("people").join(&person.name), loopback(person.page_port)))
    }
}

impl Plan {
    fn new(args: &DemoArgs, genesis_hash: String) -> anyhow::Result<Self> {
        let validators = usize::from(args.validators);
        let relays = usize::from(args.relays);
        let count = validators.saturating_mul(2).saturating_add(relays).saturating_add(args.people.len());
        let mut ports = free_ports(count.saturating_add(1))?.into_iter();
        let mut port = || ports.next().context("too few free ports");
        Ok(Self {
            version: PLAN_VERSION,
            validator_ports: (0..validators)
                .map(|_| Ok(ValidatorPorts { peers: port()?, http: port()? }))
                .collect::<anyhow::Result<_>>()?,
            relay_ports: (0..relays).map(|_| port()).collect::<anyhow::Result<_>>()?,
            faucet_port: port()?,
            people: (args.people.iter())
                .map(|name| Ok(Person { name: name.clone(), page_port: port()? }))
                .collect::<anyhow::Result<_>>()?,
            genesis_hash,
        })
    }

    fn checked(self, args: &DemoArgs) -> anyhow::Result<Self> {
        if self.version != PLAN_VERSION {
            bail!("the folder was written by another version of this program; use another --dir");
        }
        let people: Vec<&String> = self.people.iter().map(|person| &person.name).collect();
        let same = self.validator_ports.len() == usize::from(args.validators)
            && self.relay_ports.len() == usize::from(args.relays)
            && people == args.people.iter().collect::<Vec<_>>();
        if !same {
            bail!(
                "the folder holds a demo with --validators {} --relays {} --people {}; start it with these, or use another --dir",
                self.validator_ports.len(),
                self.relay_ports.len(),
                people.into_iter().cloned().collect::<Vec<_>>().join(","),
            );
        }
        Ok(self)
    }
}

/// Makes the folder where there is none, and keeps a second demo out of it.
fn lock(dir: &Path) -> anyhow::Result<File> {
    let shown = dir.display();
    let unusable = || format!("can't use the folder {shown}: name another with --dir");
    DirBuilder::new().recursive(true).mode(FOLDER_MODE).create(dir).with_context(unusable)?;
    let lock = File::create(dir.join("lock")).with_context(unusable)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => bail!("another demo runs in {shown}: stop it first, or name another --dir"),
        Err(TryLockError::Error(error)) => Err(error).with_context(unusable),
    }
}

/// Relays refuse everything on a disk that is nearly full, and without them nobody gets to know anybody.
fn ensure_room(dir: &Path, free: Option<u64>) -> anyhow::Result<()> {
    const MEGABYTE: u64 = 1_000_000;
    let needed = RelayLimits::default().mailbox.disk_reserve_bytes.saturating_add(NEW_FOLDER_BYTES);
    match free {
        Some(free) if free < needed => bail!(
            "{} MB are free at {} and the demo needs {} MB: make room, or name another folder with --dir",
            free / MEGABYTE,
            dir.display(),
            needed / MEGABYTE,
        ),
        Some(_) | None => Ok(()),
    }
}

/// What this user may still write there; nothing where that can't be asked.
fn free_bytes(dir: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(dir).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// Writes a file so that after a crash it is there whole or not at all.
pub(super) fn write_whole(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    let fresh = path.with_extension("new");
    let write = || {
        let mut file = File::create(&fresh)?;
        file.write_all(content)?;
        file.sync_all()?;
        fs::rename(&fresh, path)?;
        path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
    };
    write().with_context(|| format!("can't write {}", path.display()))
}

fn validator_dir(dir: &Path, index: usize) -> PathBuf {
    dir.join("validators").join(index.to_string())
}

const fn loopback(port: u16) -> SocketAddr {
    SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), port)
}

/// Different free ports, all held until the last is known. They are in a row from a random one on, and below those that
/// systems give to outgoing connections: what was free now would else be somebody's in a moment.
fn free_ports(count: usize) -> anyhow::Result<Vec<u16>> {
    // every process draws other keys for its maps
    let drawn = RandomState::new().hash_one(std::process::id());
    let span = u64::from(PORTS.end.saturating_sub(PORTS.start));
    let first = PORTS.start.saturating_add(u16::try_from(drawn.checked_rem(span).unwrap_or(0)).unwrap_or(0));
    let held: Vec<TcpListener> = (first..PORTS.end)
        .chain(PORTS.start..first)
        .filter_map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok())
        .take(count)
        .collect();
    if held.len() < count {
        bail!("too few free ports on the loopback address");
    }
    Ok(held.iter().map(|listener| listener.local_addr().map(|address| address.port())).collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_opens_again_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let first = Layout::open(dir.path(), &DemoArgs::default()).unwrap();
        let (genesis, peers, faucet) = (first.genesis.clone(), first.peers(), first.faucet());
        drop(first);
        let second = Layout::open(dir.path(), &DemoArgs::default()).unwrap();
        assert_eq!((genesis, peers, faucet), (second.genesis.clone(), second.peers(), second.faucet()));
    }

    #[test]
    fn two_demos_cannot_have_one_folder() {
        let dir = tempfile::tempdir().unwrap();
        let first = Layout::open(dir.path(), &DemoArgs::default()).unwrap();
        let why = Layout::open(dir.path(), &DemoArgs::default()).err().unwrap().to_string();
        assert!(why.contains("another demo runs in"), "{why}");
        drop(first);
        Layout::open(dir.path(), &DemoArgs::default()).unwrap();
    }

    #[test]
    fn a_disk_that_relays_would_call_full_is_told_before_anything_starts() {
        let dir = Path::new("demo");
        let why = ensure_room(dir, Some(100_000_000)).unwrap_err().to_string();
        assert!(why.starts_with("100 MB are free at demo and the demo needs 332 MB"), "{why}");
        assert!(ensure_room(dir, Some(400_000_000)).is_ok() && ensure_room(dir, None).is_ok());
        assert!(free_bytes(&std::env::temp_dir()).is_some_and(|bytes| bytes > 0));
    }

    #[test]
    fn a_new_folder_is_for_its_owner_only() {
        use std::os::unix::fs::PermissionsExt as _;
        let parent = tempfile::tempdir().unwrap();
        let dir = parent.path().join("demos").join("one");
        Layout::open(&dir, &DemoArgs::default()).unwrap();
        for folder in [parent.path().join("demos"), dir] {
            assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700, "{}", folder.display());
        }
    }

    #[test]
    fn a_crash_while_the_folder_was_laid_out_leaves_one_that_opens() {
        let dir = tempfile::tempdir().unwrap();
        let layout = Layout::open(dir.path(), &DemoArgs::default()).unwrap();
        let mut written: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        written.extend(layout.validators.iter().map(|seat| seat.dir.join("validator.key")));
        drop(layout);
        for half in written.iter().filter(|path| path.is_file()) {
            let again = tempfile::tempdir().unwrap();
            let fresh = again.path().join(half.strip_prefix(dir.path()).unwrap()).with_extension("new");
            fs::create_dir_all(fresh.parent().unwrap()).unwrap();
            fs::write(&fresh, b"half").unwrap();
            Layout::open(again.path(), &DemoArgs::default()).unwrap();
        }
    }

    #[test]
    fn a_folder_of_another_shape_is_refused_with_the_options_that_open_it() {
        let dir = tempfile::tempdir().unwrap();
        Layout::open(dir.path(), &DemoArgs::default()).unwrap();
        for validators in [1, 5] {
            let other = DemoArgs { validators, ..DemoArgs::default() };
            let why = Layout::open(dir.path(), &other).err().unwrap().to_string();
            assert!(why.contains("--validators 4 --relays 3 --people alice,bob"), "{why}");
        }
        assert!(!validator_dir(dir.path(), 4).exists(), "nothing is made for a demo that does not start");
    }
}
