//! A network of real `simurgh` processes in the laboratory's country: made once, then started anew for each adversary
//! from the same folders, with everybody acquainted and paid already.

use crate::{
    browser,
    names::Zone,
    rpc::Daemon,
    world::{self, HOSTS, Host, Process, Role, World, is_interrupted},
};
use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

/// Who writes to whom: the sender, the recipient.
pub(crate) const CONVERSATIONS: [(&str, &str); 4] =
    [("ali", "cyrus"), ("cyrus", "ali"), ("ali", "baran"), ("baran", "ali")];
/// How long a process may take to be ready, and a step of the preparation to be done.
const PATIENCE: Duration = Duration::from_secs(90);
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// The chain's ports, counted up by the validator's number.
const CONSENSUS_PORT: u16 = 7000;
const HTTP_PORT: u16 = 8080;
const FAUCET: &str = "127.0.0.1:8090";
/// What everybody has to begin with, in nanogram.
const FIRST_MONEY: &str = "50000000000";

/// How the network is made.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// The program.
    pub(crate) simurgh: PathBuf,
    /// This program, for name servers and the censor.
    pub(crate) lab: PathBuf,
    /// Where everything is kept.
    pub(crate) dir: PathBuf,
    /// How many validators.
    pub(crate) validators: u16,
}

/// The network, running.
pub(crate) struct Network<'a> {
    plan: &'a Plan,
    world: &'a World,
    processes: Vec<Process>,
    people: BTreeMap<&'static str, Daemon>,
}

impl Plan {
    fn live(&self) -> PathBuf {
        self.dir.join("live")
    }

    fn logs(&self) -> PathBuf {
        self.dir.join("logs")
    }

    fn folder(&self, host: &str) -> PathBuf {
        self.live().join(host)
    }

    fn validator(&self, number: u16) -> PathBuf {
        self.live().join(format!("validator{number}"))
    }

    fn network_file(&self) -> PathBuf {
        self.live().join("network.json")
    }

    /// Puts the folders back to where they were after the preparation.
    pub(crate) fn restore(&self) -> Result<()> {
        fs::remove_dir_all(self.live()).ok();
        copy(&self.dir.join("prepared"), &self.live())
    }

    /// Keeps the folders as they are.
    pub(crate) fn keep(&self) -> Result<()> {
        copy(&self.live(), &self.dir.join("prepared"))
    }

    /// A file for what a process says, by the adversary and the process.
    pub(crate) fn log(&self, row: &str, what: &str) -> Result<PathBuf> {
        fs::create_dir_all(self.logs().join(row))?;
        Ok(self.logs().join(row).join(format!("{what}.log")))
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    let status = std::process::Command::new("cp").arg("-a").arg(from).arg(to).status()?;
    ensure!(status.success(), "{} can't be copied", from.display());
    Ok(())
}

fn with_role(role: Role) -> impl Iterator<Item = &'static Host> {
    HOSTS.iter().filter(move |host| host.role == role)
}

fn relays() -> impl Iterator<Item = &'static Host> {
    HOSTS.iter().filter(|host| matches!(host.role, Role::PublicRelay | Role::NationalRelay | Role::Bridge))
}

/// The zone in which a relay abroad answers in DNS.
fn zone(relay: &Host) -> String {
    format!("t.{}", relay.domain)
}

/// Name servers: one inside that knows the names inside and asks abroad for the rest, one abroad. Both ask the relays
/// themselves for what is in their zones.
pub(crate) fn start_resolvers(plan: &Plan, world: &World) -> Result<Vec<Process>> {
    let hosts = |inside: bool| {
        let all = HOSTS.iter().filter(move |host| host.inside == inside);
        all.map(|host| (host.domain.to_owned(), host.address)).collect::<BTreeMap<String, Ipv4Addr>>()
    };
    let address = |name: &str| world::host(name).map(|host| host.address).context("a resolver has an address");
    let (near, far) = (address("resolver")?, address("names")?);
    // as resolvers that follow delegations do: the one inside asks a zone's server by itself, over the border
    let delegated: BTreeMap<String, SocketAddr> =
        relays().filter(|relay| !relay.inside).map(|relay| (zone(relay), (relay.address, 53).into())).collect();
    let beside = |name: &str, server: Ipv4Addr| {
        let mut servers = delegated.clone();
        servers.insert(name.to_owned(), (server, 53).into());
        servers
    };
    let zones = [
        ("resolver", near, Zone { hosts: hosts(true), servers: beside("", far) }),
        ("names", far, Zone { hosts: hosts(false), servers: beside("home.example", near) }),
    ];
    let start = |(name, address, zone): (&str, Ipv4Addr, Zone)| {
        let mut command = world.command(name, &plan.lab);
        command.args(["names", "--listen", &format!("{address}:53"), "--zone", &serde_json::to_string(&zone)?]);
        Process::start_ready(command, name, &plan.log("names", name)?, PATIENCE)
    };
    zones.into_iter().map(start).collect()
}

/// Makes all folders: keys, genesis, descriptors, the network file.
pub(crate) fn make(plan: &Plan, world: &World) -> Result<()> {
    fs::create_dir_all(plan.live())?;
    make_validators(plan, world)?;
    let mut nodes = Vec::new();
    for number in 0..plan.validators {
        nodes.extend(["--node".to_owned(), format!("http://{}", http(number)?)]);
    }
    let mut descriptors = Vec::new();
    for relay in relays() {
        let dir = plan.folder(relay.name);
        let mut words: Vec<String> = ["relay", "init", "--host", relay.domain].map(str::to_owned).into();
        words.extend(["--listen".to_owned(), format!("{}:443", relay.address)]);
        words.extend(["--dir".to_owned(), dir.display().to_string()]);
        words.extend(["--region", relay.region()].map(str::to_owned));
        if !relay.inside {
            words.extend(["--dns-zone".to_owned(), zone(relay)]);
            words.extend(["--dns-listen".to_owned(), format!("{}:53", relay.address)]);
        }
        words.extend(nodes.clone());
        simurgh(plan, world, relay.name, &words)?;
        descriptors.push(serde_json::from_slice::<Value>(&fs::read(dir.join("relay.json"))?)?);
    }
    for relay in relays() {
        let peers = plan.folder(relay.name).join("peers.json");
        fs::write(peers, serde_json::to_vec_pretty(&descriptors)?)?;
    }
    let genesis = plan.validator(0).join("genesis.bin").display().to_string();
    let mut words: Vec<String> =
        ["network", "create", "--devnet", "--name", "laboratory", "--genesis", &genesis].map(str::to_owned).into();
    words.extend(["--out".to_owned(), plan.network_file().display().to_string()]);
    for relay in relays().filter(|relay| relay.role != Role::Bridge) {
        words.extend(["--relay".to_owned(), plan.folder(relay.name).join("relay.json").display().to_string()]);
    }
    simurgh(plan, world, "chain", &words)?;
    Ok(())
}

/// Every validator makes its key by setting up a network of its own, then all join the first one's.
fn make_validators(plan: &Plan, world: &World) -> Result<()> {
    let mut peers = Vec::new();
    for number in 0..plan.validators {
        let made = simurgh(plan, world, "chain", &validator_words(plan, number)?)?;
        let key = made.get("public_key").and_then(Value::as_str).context("a validator without a key")?;
        peers.push(format!("{key}@{}", consensus(number)?));
        fs::remove_file(plan.validator(number).join("node.json"))?;
    }
    for number in 0..plan.validators {
        let mut words = validator_words(plan, number)?;
        words.extend(peers.iter().flat_map(|peer| ["--peer".to_owned(), peer.clone()]));
        if number > 0 {
            let genesis = plan.validator(0).join("genesis.bin").display().to_string();
            words.extend(["--genesis".to_owned(), genesis]);
        }
        simurgh(plan, world, "chain", &words)?;
    }
    Ok(())
}

fn validator_words(plan: &Plan, number: u16) -> Result<Vec<String>> {
    let dir = plan.validator(number).display().to_string();
    let (listen, http) = (consensus(number)?, http(number)?);
    Ok(["validator", "init", "--dir", &dir, "--listen", &listen, "--http", &http].map(str::to_owned).into())
}

fn consensus(number: u16) -> Result<String> {
    let chain = world::host("chain").context("there is a chain")?;
    Ok(format!("{}:{}", chain.address, CONSENSUS_PORT.saturating_add(number)))
}

fn http(number: u16) -> Result<String> {
    let chain = world::host("chain").context("there is a chain")?;
    Ok(format!("{}:{}", chain.address, HTTP_PORT.saturating_add(number)))
}

/// Runs an operator's command and gives what it says.
fn simurgh(plan: &Plan, world: &World, host: &str, words: &[String]) -> Result<Value> {
    let mut command = world.command(host, &plan.simurgh);
    command.arg("--json").args(words);
    let output = world::output(command, PATIENCE)?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "simurgh {} failed: {}", words.join(" "), said.trim());
    serde_json::from_slice(&output.stdout).with_context(|| format!("simurgh {}", words.join(" ")))
}

impl<'a> Network<'a> {
    /// Starts everything; `row` names the logs.
    pub(crate) fn start(plan: &'a Plan, world: &'a World, row: &str) -> Result<Self> {
        let mut network = Self { plan, world, processes: Vec::new(), people: BTreeMap::new() };
        for number in 0..plan.validators {
            let dir = plan.validator(number).display().to_string();
            network.spawn("chain", &format!("validator{number}"), row, &["validator", "run", "--dir", &dir])?;
        }
        for relay in relays() {
            let dir = plan.folder(relay.name).display().to_string();
            network.spawn(relay.name, relay.name, row, &["relay", "run", "--dir", &dir])?;
        }
        network.wait_ready(0)?;
        let began = network.processes.len();
        for person in with_role(Role::Person) {
            let profile = plan.folder(person.name).display().to_string();
            let file = plan.network_file().display().to_string();
            let mut words = vec!["--profile", &profile, "up", "--no-open", "--network", &file, "--name", person.name];
            words.extend(["--region", person.region()]);
            network.spawn(person.name, person.name, row, &words)?;
        }
        network.wait_ready(began)?;
        for person in with_role(Role::Person) {
            network.people.insert(person.name, Daemon::connect(&plan.folder(person.name))?);
        }
        Ok(network)
    }

    /// The daemon of somebody.
    pub(crate) fn daemon(&mut self, name: &str) -> Result<&mut Daemon> {
        self.people.get_mut(name).with_context(|| format!("{name} has no daemon"))
    }

    /// How each person's exchanges go now, in the words of her program.
    pub(crate) fn ways(&mut self) -> Result<BTreeMap<String, String>> {
        let mut ways = BTreeMap::new();
        for person in with_role(Role::Person) {
            let status = self.daemon(person.name)?.call("carrier.status", &json!({}))?;
            let word = |field: &str| status.get(field).and_then(Value::as_str).unwrap_or_default();
            let bridge = status.get("through_bridge") == Some(&json!(true));
            let through = if bridge { ", through a bridge" } else { "" };
            ways.insert(person.name.to_owned(), format!("`{}` ({}{through})", word("carrier"), word("reason")));
        }
        Ok(ways)
    }

    /// Opens everybody's page in a browser of theirs, and waits until each lends it.
    pub(crate) fn open_pages(&mut self, row: &str) -> Result<()> {
        let pins = relays().map(|relay| browser::pin(&self.plan.folder(relay.name).join("relay.json")));
        let pins = pins.collect::<Result<Vec<_>>>()?;
        for person in with_role(Role::Person) {
            let opened = self.daemon(person.name)?.call("session.page", &json!({}))?;
            let page = opened.get("page").and_then(Value::as_str).context("a daemon has a page")?;
            let command = browser::command(self.world, person.name, &self.plan.dir.join("browsers"), &pins, page)?;
            let what = format!("{}-browser", person.name);
            self.processes.push(Process::start(command, &what, &self.plan.log(row, &what)?)?);
        }
        for person in with_role(Role::Person) {
            self.until(&format!("the page of {} lends its browser", person.name), |network| {
                let status = network.daemon(person.name)?.call("carrier.status", &json!({}))?;
                Ok(status.get("pages") == Some(&json!(1)))
            })?;
        }
        Ok(())
    }

    /// Makes those who write to each other contacts, and gives everybody money.
    pub(crate) fn acquaint(&mut self) -> Result<()> {
        let key = self.plan.validator(0).join("faucet.key").display().to_string();
        let node = format!("http://{}", http(0)?);
        self.spawn(
            "chain",
            "faucet",
            "prepare",
            &["faucet", "run", "--key", &key, "--node", &node, "--listen", FAUCET],
        )?;
        self.wait_ready(self.processes.len().saturating_sub(1))?;
        for (one, other) in CONVERSATIONS.iter().step_by(2) {
            let link = self.daemon(one)?.call("contact.invite", &json!({}))?;
            let link = link.get("link").cloned().context("an invite has a link")?;
            self.daemon(other)?.call("contact.add", &json!({ "link": link }))?;
        }
        for person in with_role(Role::Person).filter(|person| person.inside) {
            self.invite_to_bridges(person.name)?;
        }
        for person in with_role(Role::Person) {
            let address = self.daemon(person.name)?.call("wallet.address", &json!({}))?;
            let asked = json!({ "address": address.get("address"), "amount": FIRST_MONEY });
            self.give(&asked)?;
        }
        for (one, other) in CONVERSATIONS {
            self.until(&format!("{one} and {other} are contacts"), |network| network.is_connected(one, other))?;
        }
        for person in with_role(Role::Person) {
            let has_money = |network: &mut Self| {
                let wallet = network.daemon(person.name)?.call("wallet.balance", &json!({}))?;
                Ok(wallet.get("balance").and_then(Value::as_str).is_some_and(|balance| balance != "0"))
            };
            self.until(&format!("{} has money", person.name), has_money)?;
        }
        Ok(())
    }

    /// Each bridge's operator makes a link for this person, who takes it.
    fn invite_to_bridges(&mut self, person: &'static str) -> Result<()> {
        for bridge in with_role(Role::Bridge) {
            let dir = self.plan.folder(bridge.name).display().to_string();
            let words: [&str; 6] = ["relay", "invite", "--label", person, "--dir", &dir];
            let made = simurgh(self.plan, self.world, bridge.name, &words.map(str::to_owned))?;
            self.daemon(person)?.call("carrier.add", &json!({ "link": made.get("link") }))?;
        }
        self.until(&format!("{person} has the bridges"), |network| {
            let status = network.daemon(person)?.call("carrier.status", &json!({}))?;
            let relays = status.get("relays").and_then(Value::as_array).cloned().unwrap_or_default();
            let bridges = relays.iter().filter(|relay| relay.get("bridge") == Some(&json!(true))).count();
            Ok(bridges == with_role(Role::Bridge).count())
        })
    }

    fn is_connected(&mut self, one: &str, other: &str) -> Result<bool> {
        let contacts = self.daemon(one)?.call("contact.list", &json!({}))?;
        let list = contacts.as_array().cloned().unwrap_or_default();
        let connected = |contact: &Value| {
            contact.get("name") == Some(&json!(other)) && contact.get("state") == Some(&json!("connected"))
        };
        Ok(list.iter().any(connected))
    }

    fn give(&self, asked: &Value) -> Result<()> {
        let mut command = self.world.command("chain", &self.plan.lab);
        command.args(["post", &format!("http://{FAUCET}/give"), &asked.to_string()]);
        let output = world::output(command, PATIENCE)?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "the faucet gave nothing: {}", said.trim());
        Ok(())
    }

    /// Looks until it is so.
    pub(crate) fn until(&mut self, what: &str, mut is_so: impl FnMut(&mut Self) -> Result<bool>) -> Result<()> {
        let began = Instant::now();
        while !is_so(self)? {
            if is_interrupted() {
                bail!("interrupted");
            }
            ensure!(began.elapsed() < PATIENCE, "not in {} s: {what}", PATIENCE.as_secs());
            thread::sleep(LOOK_EVERY);
        }
        Ok(())
    }

    /// Ends the relays inside, at once.
    pub(crate) fn close_national(&mut self) {
        self.processes.retain(|process| !with_role(Role::NationalRelay).any(|relay| process.is(relay.name)));
    }

    /// Ends everybody, the people first.
    pub(crate) fn end(mut self) {
        self.people.clear();
        for process in self.processes.iter_mut().rev() {
            process.end();
        }
    }

    fn spawn(&mut self, host: &str, what: &str, row: &str, words: &[&str]) -> Result<()> {
        let mut command = self.world.command(host, &self.plan.simurgh);
        command.arg("--json").args(words);
        self.processes.push(Process::start(command, what, &self.plan.log(row, what)?)?);
        Ok(())
    }

    fn wait_ready(&self, from: usize) -> Result<()> {
        self.processes.iter().skip(from).try_for_each(|process| process.line(PATIENCE).map(|_| ()))
    }
}
