//! A run: the network is made once, then each adversary gets a row.

use crate::{
    RunArgs,
    adversary::Adversary,
    censor::{Account, border::PROBES_PATIENCE},
    goodput::{self, Goodput},
    network::{self, Network, Plan},
    peers::{self, Peer, Through},
    report::{self, MustHold, Report},
    row::Row,
    traffic::{self, Border},
    world::{self, BORDER, Process, World, is_interrupted, watch_interrupts},
};
use anyhow::{Context as _, Result, bail};
use std::{collections::BTreeMap, path::PathBuf, process::ExitCode, time::Duration};

/// How long the censor may take for an order.
const ORDER_PATIENCE: Duration = Duration::from_secs(10);
/// Messages in each conversation after the block begins, in a quick run.
const MESSAGES_QUICK: u64 = 10;
const VALIDATORS: u16 = 4;
/// The adversary that does nothing.
const NOBODY: &str = "none";

/// Measures and reports.
pub(crate) fn run(args: &RunArgs) -> Result<ExitCode> {
    watch_interrupts()?;
    let adversaries = chosen(args)?;
    let all = Adversary::read_all(&crate::folder().join("adversaries"))?;
    let must_hold = MustHold::read(&crate::folder().join("must_hold"))?.checked(&all)?;
    let prefix = if args.keep { "simurgh-lab".to_owned() } else { world::folder_prefix() };
    let temporary = tempfile::Builder::new().prefix(&prefix).tempdir()?;
    let plan = Plan {
        simurgh: std::env::var_os("SIMURGH_BIN").map(PathBuf::from).context("SIMURGH_BIN names the program")?,
        lab: std::env::current_exe()?,
        dir: temporary.path().to_owned(),
        validators: if args.quick { 1 } else { VALIDATORS },
    };
    if args.keep {
        eprintln!("logs: {}", temporary.keep().display());
    }
    let world = World::build()?;
    let _resolvers = network::start_resolvers(&plan, &world)?;
    eprintln!("making the network");
    prepare(&plan, &world).context("the network could not be made")?;
    let mut rows = Vec::new();
    for adversary in &adversaries {
        let row = measure(&plan, &world, adversary, args);
        if is_interrupted() {
            bail!("interrupted: nothing was written");
        }
        let mut row = row.unwrap_or_else(|error| Row::failed(adversary, format!("{error:#}")));
        if !args.quick {
            match measure_peers(&plan, &world, adversary, args.seed) {
                Ok(peers) => row.peers = peers,
                Err(error) => row.errors.push(format!("the peers: {error:#}")),
            }
        }
        if adversary.name == NOBODY {
            match measure_goodput(&plan, &world, args.seed) {
                Ok(goodput) => row.goodput = goodput,
                Err(error) => row.errors.push(format!("the goodput: {error:#}")),
            }
        }
        eprintln!("{}", report::line(&row));
        rows.push(row);
    }
    let report = Report::new(&plan.simurgh, args, rows)?;
    if let Some(path) = &args.json {
        std::fs::write(path, serde_json::to_vec_pretty(&report)?)?;
    }
    if let Some(path) = &args.table {
        std::fs::write(path, report::table(&report))?;
    }
    let broken = must_hold.broken(&report.rows);
    for one in &broken {
        eprintln!("must hold and does not: {one}");
    }
    Ok(if broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn chosen(args: &RunArgs) -> Result<Vec<Adversary>> {
    let folder = crate::folder().join("adversaries");
    if args.only.is_empty() {
        let all = Adversary::read_all(&folder)?;
        return Ok(all.into_iter().filter(|one| !args.quick || one.quick).collect());
    }
    args.only.iter().map(|name| Adversary::named(&folder, name)).collect()
}

fn prepare(plan: &Plan, world: &World) -> Result<()> {
    network::make(plan, world)?;
    let censor = Censor::start(plan, world, NOBODY, 0)?;
    let mut network = Network::start(plan, world, "prepare")?;
    network.acquaint()?;
    network.end();
    drop(censor);
    plan.keep()
}

fn measure(plan: &Plan, world: &World, adversary: &Adversary, args: &RunArgs) -> Result<Row> {
    plan.restore()?;
    let mut censor = Censor::start(plan, world, &adversary.name, args.seed)?;
    let mut network = Network::start(plan, world, &adversary.name)?;
    if adversary.pages {
        network.open_pages(&adversary.name)?;
    }
    traffic::warm_up(&mut network)?;
    let messages = if args.quick { MESSAGES_QUICK } else { traffic::MESSAGES };
    let log = traffic::run(&mut network, &mut censor, adversary, messages, args.seed)?;
    let ways = network.ways()?;
    let account = censor.stop()?;
    network.end();
    Ok(Row { ways, ..Row::of(adversary, &log, account) })
}

fn measure_peers(plan: &Plan, world: &World, adversary: &Adversary, seed: u64) -> Result<BTreeMap<Peer, Through>> {
    let mut censor = Censor::start(plan, world, &adversary.name, seed)?;
    peers::measure(plan, world, &adversary.name, |order| censor.order(order))
}

fn measure_goodput(plan: &Plan, world: &World, seed: u64) -> Result<Vec<Goodput>> {
    let _censor = Censor::start(plan, world, NOBODY, seed)?;
    goodput::measure(plan, world, NOBODY)
}

/// The censor's process.
struct Censor(Process);

impl Censor {
    fn start(plan: &Plan, world: &World, adversary: &str, seed: u64) -> Result<Self> {
        let mut command = world.command(BORDER, &plan.lab);
        command.args(["censor", "--adversary", adversary, "--seed", &seed.to_string()]);
        let log = plan.log(adversary, "censor")?;
        Ok(Self(Process::start_ready(command, "the censor", &log, ORDER_PATIENCE)?))
    }

    fn stop(mut self) -> Result<Account> {
        self.0.order("stop")?;
        Ok(serde_json::from_value(self.0.line(PROBES_PATIENCE.saturating_add(ORDER_PATIENCE))?)?)
    }
}

impl Border for Censor {
    fn order(&mut self, order: &str) -> Result<()> {
        self.0.order(order)?;
        self.0.line(ORDER_PATIENCE).map(|_| ())
    }
}
