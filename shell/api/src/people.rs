//! The person, their contacts, and what they write to one another.

use crate::money::Payment;
use serde::{Deserialize, Serialize};
use typescript_type_def::TypeDef;

/// Whether money can be spent now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(rename_all = "snake_case")]
pub enum Spending {
    /// Yes.
    Unlocked,
    /// Not before the passphrase is given.
    Locked,
}

/// The person to whom this daemon belongs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
pub struct Profile {
    /// The name that contacts see first; empty until `profile.create` gave one.
    pub name: String,
    /// The network's name.
    pub network: String,
    /// Money on this network is without worth.
    pub devnet: bool,
    /// The person said that the 24 words are written down.
    pub words_saved: bool,
    /// Whether money can be spent now.
    pub spending: Spending,
}

/// Gives the person a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct ProfileName {
    /// The name that contacts see first.
    pub name: String,
}

/// How far an acquaintance has got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(rename_all = "snake_case")]
pub enum ContactState {
    /// The link was taken; the other side has not answered yet.
    Invited,
    /// Both sides can write.
    Connected,
    /// It can't come about; the contact's problem says why.
    Failed,
}

/// Why an acquaintance does not come about, or not yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(rename_all = "snake_case")]
pub enum ContactProblem {
    /// The inviter's device has not put the key there yet, or somebody else has used the link.
    NotThere,
    /// The link has expired.
    Expired,
    /// Whoever answered is not who made the link.
    Impostor,
    /// The key that waited at the link can't be used.
    BadKey,
}

/// Somebody this person can write to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
pub struct Contact {
    /// The name, unique among this person's contacts.
    pub name: String,
    /// The safety number was compared.
    pub verified: bool,
    /// When the contact was added, Unix milliseconds.
    pub added_ms: u64,
    /// How far the acquaintance has got.
    pub state: ContactState,
    /// What went wrong and what to do, or what it waits for, in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// The same as a word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem_code: Option<ContactProblem>,
}

/// What sort of conversation it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(rename_all = "snake_case")]
pub enum ConversationKind {
    /// With one contact.
    Contact,
}

/// A conversation as it stands in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
pub struct Conversation {
    /// Names the conversation for good.
    pub id: String,
    /// What it is called: with a contact, the contact's name.
    pub title: String,
    /// What sort of conversation it is.
    pub kind: ConversationKind,
    /// Messages received and not marked read.
    pub unread: u32,
    /// The newest message.
    pub last: Option<Message>,
    /// How far the acquaintance with the contact has got.
    pub peer_state: ContactState,
}

/// How far a message has got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(rename_all = "snake_case")]
pub enum MessageState {
    /// Kept here, not yet at enough relays.
    Pending,
    /// On disk at two of three relays: it can't be lost any more.
    Accepted,
    /// On disk at the other side.
    Delivered,
    /// Read by the other side.
    Read,
    /// It will not arrive; the text says why.
    Failed,
    /// Somebody else's message, on disk here.
    Received,
}

/// What a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    /// Words.
    Text,
    /// Money.
    Payment,
    /// Something the program says about the conversation.
    Notice,
}

/// What the program says in a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// A message came that this version can't read.
    Unreadable,
    /// More payments were announced than the chain shows; further ones are not listed until it does.
    PaymentsUnproven,
}

/// One message of a conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
pub struct Message {
    /// Names the message for good, the same on both sides.
    pub id: String,
    /// The conversation it stands in.
    pub conversation: String,
    /// "me", or the sender's name.
    pub from: String,
    /// This person wrote it.
    pub mine: bool,
    /// When it was written by the sender's clock, Unix milliseconds.
    pub at_ms: u64,
    /// How far it has got.
    pub state: MessageState,
    /// What it is.
    pub kind: MessageKind,
    /// The words; for a payment its comment, for a notice what it says in English.
    pub text: String,
    /// What a notice says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<Notice>,
    /// The money, when it is a payment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<Payment>,
    /// The message it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
}

/// A link that makes whoever opens it a contact; good once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
pub struct Invite {
    /// The link.
    pub link: String,
    /// After this the link is refused, Unix milliseconds.
    pub expires_ms: u64,
}

/// Takes an invite link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct ContactAdd {
    /// The link as it was received.
    pub link: String,
}

/// Gives a contact another name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct ContactRename {
    /// The present name.
    pub name: String,
    /// The new name.
    pub to: String,
}

/// Removes a contact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct ContactRemove {
    /// The contact's name.
    pub name: String,
}

/// Reads a conversation backwards, a page at a time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct MessageList {
    /// The conversation's id, or a contact's name.
    pub conversation: String,
    /// Only messages before this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// At most so many (200 at the most).
    pub limit: u32,
}

/// Writes a message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct MessageSend {
    /// The conversation's id, or a contact's name.
    pub conversation: String,
    /// The words.
    pub text: String,
    /// The message it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    /// The caller's id for it, 32 hexadecimal digits: called again with it, the message is answered and not sent again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// Marks a conversation read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct MessageMarkRead {
    /// The conversation's id, or a contact's name.
    pub conversation: String,
    /// The last message that was read.
    pub up_to: String,
}

/// Searches every message's words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct MessageSearch {
    /// Words that must all occur; the last may be unfinished.
    pub query: String,
    /// At most so many (200 at the most).
    pub limit: u32,
}
