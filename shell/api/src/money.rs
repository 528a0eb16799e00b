//! The wallet, and payments in conversations.

use crate::number::{Count, Nano};
use serde::{Deserialize, Serialize};
use typescript_type_def::TypeDef;

/// How far a payment has got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(rename_all = "snake_case")]
pub enum PaymentState {
    /// On its way to a block.
    Sending,
    /// In a final block; nothing takes it back.
    Final,
    /// It did not happen; the reason says why.
    Failed,
    /// The chain can't be reached: nothing is paid yet, and it is made by itself when the way is open again.
    Promised,
    /// It was sent and the chain can't be reached: it may be paid already.
    Unconfirmed,
}

/// Why a payment was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(rename_all = "snake_case")]
pub enum PaymentProblem {
    /// There is not enough money with the fee.
    NotEnough,
    /// The chain did not take it in time; nothing was spent.
    NotInTime,
    /// The chain did not make it; at most the fee was taken.
    NotMade,
    /// The chain did not take it; `refusal` says why.
    Refused,
}

/// Why the chain did not take a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(rename_all = "snake_case")]
pub enum ChainRefusal {
    /// The message is too large.
    TooLarge,
    /// The message could not be read.
    Malformed,
    /// The message waits already.
    Known,
    /// Too many messages of this account wait.
    AccountFull,
    /// Too many messages wait.
    PoolFull,
    /// The message is for another account.
    WrongAccount,
    /// The account has too little money.
    Balance,
    /// The account does not exist yet.
    AccountMissing,
    /// The account's code is another one.
    WrongState,
    /// The account is frozen.
    Frozen,
    /// The account takes no signed messages.
    SignatureDisabled,
    /// A message of another number is expected.
    Seqno,
    /// The message is for another wallet.
    WalletId,
    /// The signature is wrong.
    BadSignature,
    /// The message came too late.
    Expired,
    /// The account did not accept the message.
    NotAccepted,
    /// The chain can't run the message.
    Impossible,
    /// The node can't read its own state.
    NodeState,
}

/// Money in a message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
pub struct Payment {
    /// What the receiver gets.
    pub amount: Nano,
    /// What the chain took for it (or is expected to take, while it is being sent).
    pub fee: Nano,
    /// How far it has got.
    pub state: PaymentState,
    /// The transaction's hash (64 hexadecimal digits), once it is final.
    pub transaction: Option<String>,
    /// The sender's words.
    pub comment: String,
    /// Why it failed, in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<PaymentProblem>,
    /// With the problem `refused`: why the chain did not take it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<ChainRefusal>,
}

/// What a payment would cost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
pub struct Quote {
    /// What the receiver gets.
    pub amount: Nano,
    /// What the chain is expected to take.
    pub fee: Nano,
    /// Both together.
    pub total: Nano,
    /// Where the money goes: a name or an address.
    pub to: String,
    /// What is in the wallet now.
    pub balance: Nano,
    /// Whether the balance covers the total.
    pub sufficient: bool,
}

/// What is in the wallet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
pub struct WalletBalance {
    /// Proven by the newest final block seen.
    pub balance: Nano,
    /// What is being sent and not yet final.
    pub pending: Nano,
}

/// Where the wallet is on the chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
pub struct WalletAddress {
    /// To be shown to people.
    pub address: String,
    /// `workchain:hash`.
    pub raw: String,
}

/// Which way money went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// To the account.
    In,
    /// From the account.
    Out,
}

/// One transfer of the wallet's history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
pub struct WalletEntry {
    /// The transaction's hash, 64 hexadecimal digits.
    pub hash: String,
    /// The transaction's logical time.
    pub lt: Count,
    /// When its block was made, Unix milliseconds.
    pub at_ms: u64,
    /// Which way the money went.
    pub direction: Direction,
    /// How much.
    pub amount: Nano,
    /// Tells entries of one logical time apart: `lt` and `place` name an entry for good.
    pub place: Count,
    /// The other side: a contact's name or an address.
    pub peer: String,
    /// The sender's words.
    pub comment: String,
    /// What the chain took from this wallet.
    pub fee: Nano,
}

/// A transfer that was handed to the network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
pub struct WalletSent {
    /// Names the transfer on this machine.
    pub id: String,
    /// Where the money goes.
    pub to: String,
    /// What the receiver gets.
    pub amount: Nano,
    /// What the chain takes.
    pub fee: Nano,
    /// How far it has got.
    pub state: PaymentState,
    /// The transaction's hash, once it is final.
    pub transaction: Option<String>,
    /// Why it failed, in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<PaymentProblem>,
    /// With the problem `refused`: why the chain did not take it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<ChainRefusal>,
}

/// The 24 words from which every key of this person comes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
pub struct WalletWords {
    /// The words, in order.
    pub words: Vec<String>,
}

impl std::fmt::Debug for WalletWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WalletWords(redacted)")
    }
}

/// Asks what a payment would cost: to a conversation or to an address, not both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct PaymentQuote {
    /// The conversation's id, or a contact's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation: Option<String>,
    /// An address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// What the receiver shall get.
    pub amount: Nano,
    /// Words to go with it: they cost a little.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// Pays in a conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct PaymentSend {
    /// The conversation's id, or a contact's name.
    pub conversation: String,
    /// What the receiver shall get.
    pub amount: Nano,
    /// Words to go with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// The caller's id for it, 32 hexadecimal digits: called again with it, the payment is answered and not made again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// Pays an address or a contact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct WalletSend {
    /// An address, or a contact's name.
    pub to: String,
    /// What the receiver shall get.
    pub amount: Nano,
    /// Words to go with it: to an address readable by everybody on the chain, to a contact in the conversation only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// The caller's id for it, 32 hexadecimal digits: called again with it, the transfer is answered and not made
    /// again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// Asks how far a transfer has got.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct WalletTransfer {
    /// The id that `wallet.send` gave.
    pub id: String,
}

/// Reads the wallet's history backwards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct WalletHistory {
    /// Only transfers before this logical time; with `before_place` only those after that entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_lt: Option<Count>,
    /// The place of the last entry that the caller has, whose logical time is `before_lt`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_place: Option<Count>,
    /// At most so many (200 at the most).
    pub limit: u32,
}
