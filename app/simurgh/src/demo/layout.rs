//! The demo's folder: who is in it, on which ports, under which genesis.

use super::DemoArgs;
use anyhow::{Context as _, bail};
use node::{PeerAddress, ValidatorKey, operator};
use serde::{Deserialize, Serialize};
use std::{
    fs,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    time::SystemTime,
};
use wire::UnixMillis;

/// The plan's format; a folder written by a newer program is refused.
const PLAN_VERSION: u32 = 1;

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
}

impl Layout {
    /// Opens the folder, or lays a new one out.
    pub(super) fn open(dir: &Path, args: &DemoArgs) -> anyhow::Result<Self> {
        fs::create_dir_all(dir)
            .with_context(|| format!("can't make the folder {}: name another with --dir", dir.display()))?;
        let plan_path = dir.join("demo.json");
        let (faucet_key, faucet_public_key) = operator::load_or_create_key(&dir.join("faucet").join("wallet.key"))?;
        let keys = (0..args.validators)
            .map(|index| operator::load_or_create_key(&validator_dir(dir, index.into()).join("validator.key")))
            .collect::<anyhow::Result<Vec<_>>>()?;
        let public_keys: Vec<[u8; 32]> = keys.iter().map(|(_, public)| *public).collect();
        let (plan, genesis) = match fs::read(&plan_path) {
            Ok(bytes) => {
                let plan: Plan = serde_json::from_slice(&bytes).context("demo.json is damaged; use another --dir")?;
                let genesis = fs::read(dir.join("genesis.boc")).context("genesis.boc is missing; use another --dir")?;
                (plan.checked(args)?, genesis)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let genesis = operator::new_genesis(now(), faucet_public_key, &public_keys)?;
                let plan = Plan::new(args, wire::id::to_hex(&genesis.hash))?;
                fs::write(dir.join("genesis.boc"), &genesis.bytes)?;
                fs::write(&plan_path, serde_json::to_vec_pretty(&plan)?)?;
                (plan, genesis.bytes)
            }
            Err(error) => return Err(error).context("demo.json can't be read"),
        };
        let validators = plan.validator_ports.iter().zip(keys).enumerate();
        let validators = validators.map(|(index, (ports, (key, public_key)))| ValidatorSeat {
            dir: validator_dir(dir, index),
            key,
            public_key,
            listen: loopback(ports.peers),
            http: loopback(ports.http),
        });
        Ok(Self { dir: dir.to_owned(), genesis, faucet_key, validators: validators.collect(), plan })
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

fn validator_dir(dir: &Path, index: usize) -> PathBuf {
    dir.join("validators").join(index.to_string())
}

const fn loopback(port: u16) -> SocketAddr {
    SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), port)
}

/// Different free ports: all are held until the last is known.
fn free_ports(count: usize) -> anyhow::Result<Vec<u16>> {
    let held = (0..count)
        .map(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))
        .collect::<Result<Vec<_>, _>>()
        .context("no free port on the loopback address")?;
    Ok(held.iter().map(|listener| listener.local_addr().map(|address| address.port())).collect::<Result<_, _>>()?)
}

fn now() -> UnixMillis {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    UnixMillis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_opens_again_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let first = Layout::open(dir.path(), &DemoArgs::default()).unwrap();
        let second = Layout::open(dir.path(), &DemoArgs::default()).unwrap();
        assert_eq!(first.genesis, second.genesis);
        assert_eq!(first.peers(), second.peers());
        assert_eq!(first.faucet(), second.faucet());
    }

    #[test]
    fn a_folder_of_another_shape_is_refused_with_the_options_that_open_it() {
        let dir = tempfile::tempdir().unwrap();
        Layout::open(dir.path(), &DemoArgs::default()).unwrap();
        let other = DemoArgs { validators: 1, ..DemoArgs::default() };
        let why = Layout::open(dir.path(), &other).err().unwrap().to_string();
        assert!(why.contains("--validators 4 --relays 3 --people alice,bob"), "{why}");
    }
}
