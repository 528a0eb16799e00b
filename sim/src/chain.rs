//! A chain in one piece: real blocks, real proofs, validators' real signatures; only their agreement is left out.

use anyhow::{Context, Result};
use chain::certificate::{ConsensusHeader, namespace};
use chain::collate::{CollateParams, collate};
use chain::genesis::{Genesis, GenesisParams, SUPPLY_NANO};
use chain::light::{HeadInfo, HeadProof, LightRequest, LightResponse, TransactionRecord};
use chain::state::ChainState;
use chain::wallet::{Transfer, Validity, WalletV5};
use ed25519_dalek::{Signer, SigningKey};
use tycho_types::boc::Boc;
use tycho_types::models::StdAddr;
use tycho_types::prelude::*;
use wire::{Gram, UnixMillis};

/// How far apart blocks are while there is something to do.
const BLOCK_MS: u64 = 300;
/// How far apart they are while there is nothing.
const IDLE_BLOCK_MS: u64 = 2_000;

pub(crate) struct Chain {
    genesis: Genesis,
    keys: Vec<SigningKey>,
    faucet: SigningKey,
    faucet_seqno: u32,
    state: ChainState,
    head: Option<HeadProof>,
    at: UnixMillis,
    busy: bool,
    pending: Vec<Cell>,
    rows: Vec<TransactionRecord>,
    pub(crate) trouble: ChainTrouble,
}

/// Of which accounts nothing is heard.
pub(crate) enum Silence {
    About(StdAddr),
    AboutAllBut(StdAddr),
}

/// What a scene does to the chain's nodes.
#[derive(Default)]
pub(crate) struct ChainTrouble {
    /// Of some accounts nothing is heard until then.
    pub(crate) silence: Option<(Silence, UnixMillis)>,
    /// Nobody can ask anything until then.
    pub(crate) cut_until: UnixMillis,
    /// The next message is taken; of that, and from then on until this time, nobody hears anything.
    pub(crate) cut_by_message: Option<UnixMillis>,
    /// Messages are taken and lost until then.
    pub(crate) loses_until: UnixMillis,
    /// How many were lost.
    pub(crate) lost: usize,
}

impl Chain {
    pub(crate) fn new(now: UnixMillis) -> Result<Self> {
        let mut keys: Vec<SigningKey> = (10..14).map(|number| SigningKey::from_bytes(&[number; 32])).collect();
        keys.sort_by_key(|key| key.verifying_key().to_bytes());
        let faucet = SigningKey::from_bytes(&[9; 32]);
        let genesis = Genesis::build(&GenesisParams {
            now,
            faucet_public_key: faucet.verifying_key().to_bytes(),
            validators: keys.iter().map(|key| key.verifying_key().to_bytes()).collect(),
            supply: Gram::from(SUPPLY_NANO),
        })?;
        let state = ChainState::from_genesis(&genesis)?;
        let (head, busy, pending, rows) = (None, false, Vec::new(), Vec::new());
        Ok(Self {
            genesis,
            keys,
            faucet,
            faucet_seqno: 0,
            state,
            head,
            at: now,
            busy,
            pending,
            rows,
            trouble: ChainTrouble::default(),
        })
    }

    pub(crate) fn genesis_hash(&self) -> [u8; 32] {
        self.genesis.hash()
    }

    pub(crate) fn validators(&self) -> Vec<[u8; 32]> {
        self.keys.iter().map(|key| key.verifying_key().to_bytes()).collect()
    }

    /// Whether a transaction is in a block.
    pub(crate) fn has(&self, transaction: &[u8; 32]) -> bool {
        self.rows.iter().any(|row| row.hash == *transaction)
    }

    /// Whether a question is about an account that nothing is heard of.
    fn keeps_silent(&self, request: &LightRequest, now: UnixMillis) -> bool {
        let Some((silent, _)) = self.trouble.silence.as_ref().filter(|(_, until)| now < *until) else {
            return false;
        };
        let (LightRequest::Account { address }
        | LightRequest::WaitAccount { address, .. }
        | LightRequest::AccountTransactions { address, .. }) = request
        else {
            return false;
        };
        let address = StdAddr::from(address);
        let meant = match silent {
            Silence::About(silent) => address == *silent,
            Silence::AboutAllBut(heard) => address != *heard,
        };
        meant && address.workchain == 0
    }

    /// First money.
    pub(crate) fn give(&mut self, to: &str, gram: u64) -> Result<()> {
        let (to, _) = StdAddr::from_str_ext(to, tycho_types::models::StdAddrFormat::any())?;
        let wallet = WalletV5::new(self.faucet.verifying_key().to_bytes());
        let validity = Validity { seqno: self.faucet_seqno, valid_until: u32::MAX, deploy: false };
        let transfer = Transfer::new(to, Gram::from(gram * 1_000_000_000));
        self.pending.push(wallet.sign_transfers(&self.faucet, validity, &[transfer])?);
        self.faucet_seqno += 1;
        Ok(())
    }

    /// What another program does with a person's words: their first account pays.
    pub(crate) fn spend(&mut self, key: &SigningKey, gram: u64) -> Result<()> {
        let wallet = WalletV5::new(key.verifying_key().to_bytes());
        let to = WalletV5::new(self.faucet.verifying_key().to_bytes()).address()?;
        let validity = Validity { seqno: 0, valid_until: u32::MAX, deploy: true };
        let transfer = Transfer::new(to, Gram::from(gram * 1_000_000_000));
        self.pending.push(wallet.sign_transfers(key, validity, &[transfer])?);
        Ok(())
    }

    /// Makes the block that is due by now.
    fn go_on(&mut self, now: UnixMillis) -> Result<()> {
        let pause = if self.busy || !self.pending.is_empty() { BLOCK_MS } else { IDLE_BLOCK_MS };
        if self.head.is_some() && now.since(self.at) < pause {
            return Ok(());
        }
        self.at = now;
        let externals = std::mem::take(&mut self.pending);
        let params = CollateParams { now, rand_seed: HashBytes::ZERO, created_by: HashBytes::ZERO };
        let made = collate(&self.state, &externals, &params)?;
        self.busy = made.transactions > 0;
        let open = made.block.open()?;
        let header = ConsensusHeader {
            parent: [1; 32],
            height: made.next.seqno().into(),
            timestamp_ms: now.0,
            masterchain_root_hash: open.masterchain.id.root_hash.0,
            payload_hash: [2; 32],
        };
        for row in chain::index::transactions(&made.block)? {
            self.rows.push(TransactionRecord {
                hash: row.hash.0,
                account: (&row.account).into(),
                block: (&row.block).into(),
                boc: row.boc,
            });
        }
        let certificate = self.certify(&header)?;
        self.head = Some(HeadProof::new(made.next.clone(), &open, &header, certificate)?);
        self.state = made.next;
        Ok(())
    }

    /// What three of the four validators sign, as the engine encodes it.
    fn certify(&self, header: &ConsensusHeader) -> Result<Vec<u8>> {
        let proposal = [&[0, 2, 1][..], &header.digest()].concat();
        let namespace = [&namespace(&self.genesis.hash()), &b"_FINALIZE"[..]].concat();
        let length = u8::try_from(namespace.len())?;
        let message = [&[length], namespace.as_slice(), proposal.as_slice()].concat();
        let mut bytes = [proposal.as_slice(), &4u64.to_be_bytes(), &[0b111, 3]].concat();
        for key in self.keys.iter().take(3) {
            bytes.extend(key.sign(&message).to_bytes());
        }
        Ok(bytes)
    }

    /// Answers; `None`: nothing new yet, ask again.
    pub(crate) fn answer(&mut self, bytes: &[u8], now: UnixMillis, give_up: bool) -> Result<Option<Vec<u8>>> {
        self.go_on(now)?;
        let head = self.head.as_ref().context("no block yet")?;
        let request = LightRequest::decode(bytes)?;
        if now < self.trouble.cut_until || self.keeps_silent(&request, now) {
            return Ok(None);
        }
        let response = match request {
            LightRequest::Head => LightResponse::Head(HeadInfo {
                genesis_hash: self.genesis.hash(),
                masterchain: self.state.head().into(),
                shards: Vec::new(),
                at: self.at,
                validators: 4,
            }),
            LightRequest::Account { address } => {
                LightResponse::Account(Box::new(head.account(&StdAddr::from(&address))?))
            }
            LightRequest::WaitAccount { address, known_lt, .. } => {
                let address = StdAddr::from(&address);
                if self.state.account(&address)?.last_trans_lt <= known_lt && !give_up {
                    return Ok(None);
                }
                LightResponse::Account(Box::new(head.account(&address)?))
            }
            LightRequest::AccountTransactions { address, before_lt, limit } => {
                let mut rows = Vec::new();
                for row in self.rows.iter().rev().filter(|row| row.account == address) {
                    let lt = Boc::decode(&row.boc)?.parse::<tycho_types::models::Transaction>()?.lt;
                    if before_lt.is_none_or(|before| lt < before) && rows.len() < usize::from(limit) {
                        rows.push((lt, row.clone()));
                    }
                }
                rows.sort_by_key(|(lt, _)| std::cmp::Reverse(*lt));
                LightResponse::Transactions(rows.into_iter().map(|(_, row)| row).collect())
            }
            LightRequest::Send { boc } => {
                let cell = Boc::decode(&boc)?;
                let hash = cell.repr_hash().0;
                if now < self.trouble.loses_until {
                    self.trouble.lost += 1;
                } else if !self.pending.iter().any(|one| one.repr_hash().0 == hash) {
                    self.pending.push(cell);
                }
                if let Some(until) = self.trouble.cut_by_message.take() {
                    self.trouble.cut_until = until;
                    return Ok(None);
                }
                LightResponse::Sent { hash }
            }
            LightRequest::Config => {
                let root = self.state.config().raw().params.as_dict().root().clone().context("no configuration")?;
                LightResponse::Config(Boc::encode(&root).into())
            }
            LightRequest::Transaction { hash } => {
                let row = self.rows.iter().find(|row| row.hash == hash).cloned();
                LightResponse::Transaction(row.map(Box::new))
            }
            LightRequest::Blocks { .. } => LightResponse::Blocks(Vec::new()),
            LightRequest::Block { .. } => LightResponse::Block(None),
        };
        Ok(Some(response.encode()?))
    }
}
