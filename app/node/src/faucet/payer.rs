//! Pays what was ordered: one signed message at a time, with every order that waits by then.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chain::wallet::{Transfer, Validity, WalletV5};
use ed25519_dalek::SigningKey;
use tokio::sync::{mpsc, oneshot};
use tycho_types::cell::Cell;
use tycho_types::models::StdAddr;
use wire::Gram;

use super::node_client::{CallError, NodeClient};
use super::{GiveError, Given};

/// Orders paid by one message; well below the 255 that a wallet can send.
const BATCH_MAX: usize = 100;
/// How long a signed message is good for.
const VALID_FOR: Duration = Duration::from_secs(30);
/// How often the wallet is asked whether the payment is final.
const ASK_EVERY: Duration = Duration::from_millis(100);
/// Messages signed for one batch before it is given up; only one of them can be taken: another one is signed
/// only for the same sequence number.
const ATTEMPTS_MAX: usize = 5;
/// How often the nodes are asked who used a sequence number, before the batch is given up.
const LOOKS_MAX: usize = 100;
/// How long to wait before the next attempt: a node may be starting or a block behind.
const ATTEMPT_PAUSE: Duration = Duration::from_millis(500);

/// A payment that was asked for.
pub(super) struct Order {
    pub(super) to: StdAddr,
    pub(super) amount: Gram,
    pub(super) answer: oneshot::Sender<Result<Given, GiveError>>,
}

/// A message that was signed and may be taken.
struct Sent {
    seqno: u32,
    message: Cell,
}

/// The wallet and its key.
pub(super) struct Payer {
    wallet: WalletV5,
    key: SigningKey,
    address: String,
    node: NodeClient,
}

/// What became of one signed message.
enum Outcome {
    Paid(Given),
    /// It was not taken and can't be any more.
    Again(String),
}

impl Payer {
    pub(super) fn new(wallet: WalletV5, key: SigningKey, address: StdAddr, node: NodeClient) -> Self {
        Self { wallet, key, address: address.to_string(), node }
    }

    /// Pays until nobody can order any more.
    pub(super) async fn run(self, mut orders: mpsc::Receiver<Order>) {
        let mut batch = Vec::with_capacity(BATCH_MAX);
        while orders.recv_many(&mut batch, BATCH_MAX).await > 0 {
            let answer = self.pay(&batch).await;
            for order in batch.drain(..) {
                // whoever does not wait any more was paid all the same
                let _ = order.answer.send(answer.clone());
            }
        }
    }

    async fn pay(&self, batch: &[Order]) -> Result<Given, GiveError> {
        let (mut last, mut sent) = (String::new(), Vec::new());
        for _ in 0..ATTEMPTS_MAX {
            match self.attempt(batch, &mut sent).await? {
                Outcome::Paid(given) => return Ok(given),
                Outcome::Again(reason) => last = reason,
            }
            self.node.prefer_next();
            tokio::time::sleep(ATTEMPT_PAUSE).await;
        }
        Err(GiveError::NotPaid(last))
    }

    async fn attempt(&self, batch: &[Order], sent: &mut Vec<Sent>) -> Result<Outcome, GiveError> {
        let not_paid = |error: &dyn std::fmt::Display| GiveError::NotPaid(error.to_string());
        let state = match self.node.wallet_state(&self.address).await {
            Ok(state) => state,
            Err(error) => return Ok(Outcome::Again(error.to_string())),
        };
        // a node may refuse, or be behind, though the message was taken: with the next number it would be paid twice
        if sent.iter().any(|sent| sent.seqno < state.seqno) {
            return self.settle(batch, sent).await;
        }
        let until = SystemTime::now().checked_add(VALID_FOR).unwrap_or(UNIX_EPOCH);
        let seconds = until.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let valid_until = u32::try_from(seconds).unwrap_or(u32::MAX);
        let validity = Validity { seqno: state.seqno, valid_until, deploy: !state.active };
        let transfers: Vec<Transfer> =
            batch.iter().map(|order| Transfer::new(order.to.clone(), order.amount)).collect();
        let message = self.wallet.sign_transfers(&self.key, validity, &transfers).map_err(|error| not_paid(&error))?;
        sent.push(Sent { seqno: state.seqno, message: message.clone() });
        if let Err(CallError::Refused(reason)) = self.node.send(&message).await {
            return Ok(Outcome::Again(reason));
        }
        // an unreachable node may have taken the message: wait for it as if it had
        let deadline = until.checked_add(ASK_EVERY).unwrap_or(until);
        while SystemTime::now() < deadline {
            if let Some(outcome) = self.look(batch, sent).await {
                return outcome;
            }
            tokio::time::sleep(ASK_EVERY).await;
        }
        Ok(Outcome::Again("the payment did not become final in time".to_owned()))
    }

    /// The number of a message that was sent is used up: finds out whether by it.
    async fn settle(&self, batch: &[Order], sent: &[Sent]) -> Result<Outcome, GiveError> {
        for _ in 0..LOOKS_MAX {
            if let Some(outcome) = self.look(batch, sent).await {
                return outcome;
            }
            self.node.prefer_next();
            tokio::time::sleep(ASK_EVERY).await;
        }
        Err(GiveError::NotPaid("something else pays from the faucet's wallet".to_owned()))
    }

    /// Whether one of the messages has been taken, and what came of it.
    async fn look(&self, batch: &[Order], sent: &[Sent]) -> Option<Result<Outcome, GiveError>> {
        for Sent { seqno, message } in sent {
            if let Ok(Some(paid)) = self.node.find(&self.address, message).await {
                if paid.messages != batch.len() {
                    return Some(Err(GiveError::NotPaid("the faucet's wallet has too little".to_owned())));
                }
                return Some(Ok(Outcome::Paid(Given { seqno: *seqno, transaction: paid.transaction })));
            }
        }
        None
    }
}
