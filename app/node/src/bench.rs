//! Measures a whole network of validators in this process, for `simurgh bench chain`: real nodes, real sockets, real
//! disks. Payments are submitted to one validator and seen final at the same one.

use crate::{Node, NodeConfig, NodeHandle, PeerAddress, ValidatorKey, operator, view::ChainView};
use anyhow::{Context as _, Result, bail, ensure};
use chain::wallet::{self, Transfer, Validity, WalletV5};
use ed25519_dalek::SigningKey;
use rand_core::{OsRng, RngCore as _};
use std::{
    net::{SocketAddr, TcpListener},
    path::Path,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};
use store::clock::now;
use tycho_types::{boc::Boc, models::StdAddr};
use wire::{Gram, Secret32};

/// Validators of the measured network, as in the demo.
pub const VALIDATORS: usize = 4;
/// Wallets that pay at the same time; each waits until its payment is final before it pays again.
pub const WALLETS: usize = 64;
/// What each wallet begins with.
const BEGIN_NANO: u64 = 1_000_000_000_000;
/// What each payment moves.
const PAYMENT_NANO: u64 = 1_000_000;
/// How long anything may take before the measurement is given up.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often the state is looked at: well below the time of a block.
const LOOK_EVERY: Duration = Duration::from_millis(1);
/// How long a signed payment is good for, in seconds.
const VALID_S: u64 = 300;

/// What was measured.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChainFigures {
    /// From submission to final, each payment alone on the chain.
    pub alone: Vec<Duration>,
    /// From submission to final, with [`WALLETS`] payments under way.
    pub crowded: Vec<Duration>,
    /// How long the crowd paid.
    pub crowded_for: Duration,
    /// Blocks that became final in that time.
    pub blocks: u64,
}

struct Payer {
    key: SigningKey,
    wallet: WalletV5,
    address: StdAddr,
    /// The number of the next payment.
    seqno: u32,
    submitted: Instant,
}

/// Runs the network in an empty folder and measures each phase for half of `duration`. Blocks.
pub fn run(folder: &Path, duration: Duration) -> Result<ChainFigures> {
    let faucet = payer()?;
    let nodes = start(folder, &faucet.key)?;
    let views: Vec<Arc<ChainView>> = nodes.iter().map(NodeHandle::view).collect();
    let measured = measure(&views, faucet, duration.checked_div(2).unwrap_or_default());
    nodes.into_iter().for_each(NodeHandle::stop);
    measured
}

fn start(folder: &Path, faucet: &SigningKey) -> Result<Vec<NodeHandle>> {
    let mut seeds = Vec::new();
    for _ in 0..VALIDATORS {
        seeds.push(random());
    }
    let keys: Vec<[u8; 32]> =
        seeds.iter().map(|seed| SigningKey::from_bytes(&seed.0).verifying_key().to_bytes()).collect();
    let genesis = operator::new_genesis(faucet.verifying_key().to_bytes(), &keys)?;
    let peers: Vec<PeerAddress> =
        keys.iter().zip(free_addresses()?).map(|(key, address)| PeerAddress { key: *key, address }).collect();
    let mut nodes = Vec::new();
    for (number, (seed, peer)) in seeds.into_iter().zip(&peers).enumerate() {
        nodes.push(Node::start(NodeConfig {
            dir: folder.join(number.to_string()),
            key: ValidatorKey(seed),
            genesis: genesis.bytes.clone(),
            listen: peer.address,
            peers: peers.clone(),
            http: SocketAddr::from(([127, 0, 0, 1], 0)),
        })?);
    }
    Ok(nodes)
}

fn measure(views: &[Arc<ChainView>], mut faucet: Payer, duration: Duration) -> Result<ChainFigures> {
    let view = views.first().context("there are no validators")?;
    wait("the first blocks", || Ok(view.height() >= 3))?;
    faucet.seqno = seqno(view, &faucet.address)?.context("the faucet is not on the chain")?;
    let mut payers = (0..WALLETS).map(|_| payer()).collect::<Result<Vec<_>>>()?;
    fund(view, &mut faucet, &payers)?;

    let mut figures = ChainFigures::default();
    let begun = Instant::now();
    while begun.elapsed() < duration {
        pay(view, &mut faucet, PAYMENT_NANO)?;
        wait("a payment", || is_final(view, &faucet))?;
        figures.alone.push(faucet.submitted.elapsed());
    }
    crowd(views, &mut payers, duration, &mut figures)?;
    Ok(figures)
}

/// Gives every payer something, in one message.
fn fund(view: &ChainView, faucet: &mut Payer, payers: &[Payer]) -> Result<()> {
    let gift = |payer: &Payer| Transfer::new(payer.address.clone(), Gram::from(BEGIN_NANO));
    submit(view, faucet, &payers.iter().map(gift).collect::<Vec<_>>())?;
    wait("the payers' first money", || {
        for payer in payers {
            if view.account(&payer.address)?.account.is_none() {
                return Ok(false);
            }
        }
        Ok(true)
    })
}

/// Every payer pays again as soon as its last payment is final.
fn crowd(views: &[Arc<ChainView>], payers: &mut [Payer], duration: Duration, figures: &mut ChainFigures) -> Result<()> {
    let homes = || views.iter().cycle();
    let height = views.first().map_or(0, |view| view.height());
    let begun = Instant::now();
    for (payer, home) in payers.iter_mut().zip(homes()) {
        pay(home, payer, PAYMENT_NANO)?;
    }
    while begun.elapsed() < duration {
        let mut moved = false;
        for (payer, home) in payers.iter_mut().zip(homes()) {
            if is_final(home, payer)? {
                figures.crowded.push(payer.submitted.elapsed());
                pay(home, payer, PAYMENT_NANO)?;
                moved = true;
            }
            ensure!(payer.submitted.elapsed() < PATIENCE, "a payment did not become final in {PATIENCE:?}");
        }
        if !moved {
            thread::sleep(LOOK_EVERY);
        }
    }
    figures.crowded_for = begun.elapsed();
    figures.blocks = views.first().map_or(0, |view| view.height()).saturating_sub(height);
    Ok(())
}

fn pay(view: &ChainView, payer: &mut Payer, nano: u64) -> Result<()> {
    let payment = Transfer::new(payer.address.clone(), Gram::from(nano));
    submit(view, payer, &[payment])
}

fn submit(view: &ChainView, payer: &mut Payer, transfers: &[Transfer]) -> Result<()> {
    let valid_until = u32::try_from(now().seconds().saturating_add(VALID_S))?;
    let deploy = seqno(view, &payer.address)?.is_none();
    let validity = Validity { seqno: payer.seqno, valid_until, deploy };
    let message = payer.wallet.sign_transfers(&payer.key, validity, transfers)?;
    payer.submitted = Instant::now();
    view.submit(&Boc::encode(message))?;
    payer.seqno = payer.seqno.saturating_add(1);
    Ok(())
}

fn is_final(view: &ChainView, payer: &Payer) -> Result<bool> {
    Ok(seqno(view, &payer.address)?.is_some_and(|seqno| seqno >= payer.seqno))
}

/// The number that the wallet takes next; `None` before its code is there.
fn seqno(view: &ChainView, address: &StdAddr) -> Result<Option<u32>> {
    let Some(entry) = view.account(address)?.account else { return Ok(None) };
    Ok(entry.load_account()?.as_ref().and_then(wallet::seqno))
}

fn payer() -> Result<Payer> {
    let key = SigningKey::from_bytes(&random().0);
    let wallet = WalletV5::new(key.verifying_key().to_bytes());
    Ok(Payer { address: wallet.address()?, key, wallet, seqno: 0, submitted: Instant::now() })
}

fn random() -> Secret32 {
    let mut secret = Secret32([0; 32]);
    OsRng.fill_bytes(&mut secret.0);
    secret
}

/// Free loopback addresses: bound all at once, so that no two are equal, and released.
fn free_addresses() -> Result<Vec<SocketAddr>> {
    let mut held = Vec::new();
    for _ in 0..VALIDATORS {
        held.push(TcpListener::bind(("127.0.0.1", 0))?);
    }
    held.iter().map(|listener| Ok(listener.local_addr()?)).collect()
}

fn wait(what: &str, mut done: impl FnMut() -> Result<bool>) -> Result<()> {
    let begun = Instant::now();
    while !done()? {
        if begun.elapsed() > PATIENCE {
            bail!("{what} did not come in {} s", PATIENCE.as_secs());
        }
        thread::sleep(LOOK_EVERY);
    }
    Ok(())
}
