//! What goes into the client and what comes out of it.

use crate::view::{
    BridgeInvitation, BridgeQuestion, BundleMade, BundleTaken, CarrierStatus, ChainAnswer, Contact, ContactId,
    Conversation, LanKey, Message, MessageId, Profile, Quote, RegionStatus, Settings, WalletAddress, WalletBalance,
    WalletEntry, WalletSent,
};
use wire::{Gram, Region, RelayAddress, UnixMillis};

/// Names one exchange from its [`Effect::Exchange`] to its `handle_exchanged`. Not used twice while a client lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExchangeId(pub u64);

/// Names a question to the chain from its [`Reply::Query`] to its [`Event::ChainAnswer`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QueryId(pub u64);

/// What a person asks for. A conversation or contact is named by its id or, where there is no such id, by its name.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Command {
    /// → [`Reply::Profile`]
    Profile,
    /// Sets the name that contacts see. → [`Reply::Profile`]
    SetName(String),
    /// → [`Reply::Contacts`]
    ContactList,
    /// Makes an invite link for one person. → [`Reply::Invite`]
    ContactInvite,
    /// Accepts an invite. → [`Reply::Contact`], "invited" until the inviter's answer has come.
    ContactAdd {
        /// As it was received.
        link: String,
    },
    /// Gives a contact another name, on this side only. → [`Reply::Contact`]
    ContactRename {
        /// Who.
        name: String,
        /// The new name.
        to: String,
    },
    /// Forgets a contact and the conversation. → [`Reply::Done`]
    ContactRemove {
        /// Who.
        name: String,
    },
    /// → [`Reply::Conversations`], latest first
    ConversationList,
    /// → [`Reply::Messages`], newest last
    MessageList {
        /// Which conversation.
        conversation: String,
        /// Only messages before this one; `None` for the newest.
        before: Option<MessageId>,
        /// How many, at most [`crate::view::PAGE_MAX`].
        limit: usize,
    },
    /// → [`Reply::Message`], pending
    MessageSend {
        /// Which conversation.
        conversation: String,
        /// At most [`crate::view::TEXT_BYTES_MAX`].
        text: String,
        /// An earlier message of this conversation.
        reply_to: Option<MessageId>,
        /// The caller's id for it: a message that has it already is answered, and nothing is sent (E2E-48).
        id: Option<MessageId>,
    },
    /// Everything up to this message has been seen. → [`Reply::Done`]
    MessageMarkRead {
        /// Which conversation.
        conversation: String,
        /// The last one seen.
        up_to: MessageId,
    },
    /// Full-text search. → [`Reply::Messages`]
    MessageSearch {
        /// Words; the last may be the beginning of one.
        query: String,
        /// How many, at most [`crate::view::PAGE_MAX`].
        limit: usize,
    },
    /// What a payment would cost. → [`Reply::Quote`]
    PaymentQuote {
        /// A contact's name, a conversation's id, or an address.
        to: String,
        /// What should arrive.
        amount: Gram,
        /// What will be said with it (it costs a little).
        comment: String,
    },
    /// Pays a contact. → [`Reply::Message`], kind payment, sending
    PaymentSend {
        /// Which conversation.
        conversation: String,
        /// What should arrive.
        amount: Gram,
        /// Shown with the payment; travels in the conversation, not on the chain.
        comment: String,
        /// The caller's id for it, as with [`Command::MessageSend`].
        id: Option<MessageId>,
    },
    /// → [`Reply::Balance`]
    WalletBalance,
    /// → [`Reply::Address`]
    WalletAddress,
    /// Pays an address or a contact. → [`Reply::Sent`]
    WalletSend {
        /// An address (raw or user-friendly), or a contact's name.
        to: String,
        /// What should arrive.
        amount: Gram,
        /// To an address: written on the chain, readable by everybody. To a contact: travels in the conversation.
        comment: String,
        /// The caller's id for it, [`WalletSent::id`]: a transfer that has it already is answered, and nothing is
        /// sent (E2E-48).
        id: Option<[u8; 16]>,
    },
    /// How a transfer of [`Command::WalletSend`] stands. → [`Reply::Sent`]
    WalletSendState {
        /// [`WalletSent::id`].
        id: String,
    },
    /// → [`Reply::Entries`], newest first
    WalletHistory {
        /// Only entries before this logical time; together with `before_place` those after that entry.
        before_lt: Option<u64>,
        /// [`WalletEntry::place`] of the last entry that is there already.
        before_place: Option<u64>,
        /// How many, at most [`crate::view::PAGE_MAX`].
        limit: usize,
    },
    /// The 24 words. → [`Reply::Words`]
    WalletWords,
    /// The person says that the words are written down. → [`Reply::Profile`]
    WalletWordsSaved,
    /// Asks the chain. → [`Reply::Query`], and later [`Event::ChainAnswer`]
    Chain(ChainQuery),
    /// → [`Reply::Carrier`]
    CarrierStatus,
    /// Takes a bridge link. → [`Reply::Carrier`]; the bridge is used as soon as the link is redeemed.
    BridgeAdd {
        /// As it was received.
        link: String,
    },
    /// What a bridge is to be asked so that it gives a link for a friend. → [`Reply::BridgeQuestion`]
    BridgeInvite {
        /// Its id; `None`: one that does well.
        bridge: Option<String>,
    },
    /// Takes what the bridge said to that. → [`Reply::BridgeInvitation`]
    BridgeInvited {
        /// Its id.
        bridge: String,
        /// Its answer.
        answer: Vec<u8>,
    },
    /// Forgets a bridge. → [`Reply::Carrier`]
    BridgeRemove {
        /// The relay's id, hexadecimal.
        id: String,
    },
    /// Puts what is on its way into a bundle (specs/12-bundles.md). → [`Reply::Bundle`]
    BundleExport {
        /// Contacts that it is sealed for; none: it is open, for everybody.
        to: Vec<String>,
        /// What is for others goes in too (always, where it is for everybody).
        carry: bool,
        /// Bytes that it may have, at most [`mailbox::bundle::BUNDLE_BYTES_MAX`].
        bytes_max: usize,
    },
    /// Whether people on the same network are looked for. → [`Reply::Lan`]
    Lan,
    /// → [`Reply::Lan`]
    LanSet(bool),
    /// By what contacts are known there. → [`Reply::LanKeys`]
    LanKeys,
    /// In which country the person has said to be (E2E-79). → [`Reply::Region`]
    Region,
    /// Sets it, or takes it back, for mailboxes that are made from now on. → [`Reply::Region`]
    RegionSet(Option<Region>),
    /// Takes a bundle. → [`Reply::Taken`]
    BundleImport {
        /// The whole bundle.
        bytes: Vec<u8>,
        /// Whether what is for others is carried on; if not, only a bundle that is sealed for this person is taken.
        carry: bool,
    },
    /// → [`Reply::Settings`]
    SettingsGet,
    /// → [`Reply::Settings`]
    SettingsSet(Settings),
}

/// A question to the chain. Accounts are answered with proofs that this client has checked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChainQuery {
    /// → `ChainAnswer::Status`
    Status,
    /// The latest blocks, or those before a masterchain seqno. → `ChainAnswer::Blocks`
    Blocks {
        /// Only blocks before this masterchain seqno.
        before: Option<u32>,
        /// How many.
        limit: u32,
    },
    /// → `ChainAnswer::Block`
    Block {
        /// −1 or 0.
        workchain: i32,
        /// `None`: the whole workchain.
        shard: Option<u64>,
        /// Number of the block.
        seqno: u32,
    },
    /// → `ChainAnswer::Account`
    Account {
        /// Raw or user-friendly.
        address: String,
    },
    /// → `ChainAnswer::Transaction`
    Transaction {
        /// Its hash.
        hash: [u8; 32],
    },
}

/// What a command is answered with.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Reply {
    /// Done, and there is nothing to say about it.
    Done,
    /// The person's own profile.
    Profile(Profile),
    /// All contacts, by name.
    Contacts(Vec<Contact>),
    /// One contact.
    Contact(Contact),
    /// A link to hand over.
    Invite {
        /// The whole link; everything secret is in its fragment.
        link: String,
        /// When it stops working.
        expires: UnixMillis,
    },
    /// All conversations, latest first.
    Conversations(Vec<Conversation>),
    /// Messages.
    Messages(Vec<Message>),
    /// One message.
    Message(Message),
    /// What a payment would cost.
    Quote(Quote),
    /// The money.
    Balance(WalletBalance),
    /// Where to pay to.
    Address(WalletAddress),
    /// A transfer that has been begun.
    Sent(WalletSent),
    /// Transfers of the past.
    Entries(Vec<WalletEntry>),
    /// The 24 words.
    Words(Vec<String>),
    /// The answer comes as [`Event::ChainAnswer`].
    Query(QueryId),
    /// How the relays do.
    Carrier(CarrierStatus),
    /// What to send to a bridge; asked again, it answers the same.
    BridgeQuestion(BridgeQuestion),
    /// A link for a friend, or why there is none.
    BridgeInvitation(BridgeInvitation),
    /// Whether people on the same network are looked for.
    Lan(bool),
    /// By what contacts are known there.
    LanKeys(Vec<LanKey>),
    /// The own country, and those of the relays.
    Region(RegionStatus),
    /// A bundle.
    Bundle(BundleMade),
    /// What became of a bundle.
    Taken(BundleTaken),
    /// The settings.
    Settings(Settings),
}

/// Why a command was not done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CommandError {
    /// No contact or conversation of this name or id.
    #[error("there is no contact or conversation “{0}”: see the list of contacts")]
    UnknownContact(String),
    /// No message of this id.
    #[error("there is no such message in this conversation")]
    UnknownMessage,
    /// No transfer of this id.
    #[error("there is no such transfer")]
    UnknownTransfer,
    /// The caller's id is that of somebody else's message.
    #[error("this id is another message's: draw a new one")]
    IdTaken,
    /// Another contact has this name.
    #[error("there is already a contact “{0}”: choose another name")]
    NameTaken(String),
    /// Nothing is left of the name after cleaning.
    #[error("write a name of 1 to {} characters", crate::view::NAME_CHARS_MAX)]
    BadName,
    /// The text is empty or too long.
    #[error("a message has 1 to {} bytes: split it", crate::view::TEXT_BYTES_MAX)]
    BadText,
    /// The link can't be used.
    #[error(transparent)]
    Invite(#[from] crate::invite::InviteError),
    /// The bridge link can't be used.
    #[error(transparent)]
    Bridge(#[from] mailbox::bridge::BridgeError),
    /// The bundle can't be used.
    #[error(transparent)]
    Bundle(#[from] mailbox::bundle::BundleError),
    /// A sealed bundle without a slot for this person.
    #[error("this bundle is sealed for somebody else, or by somebody who is no contact: it can only be passed on")]
    BundleForOthers,
    /// Nothing can be sealed for a contact that has not answered.
    #[error("{0} is not connected yet, and the introduction goes by a relay: try again when {0} has answered")]
    NotConnected(String),
    /// Too many people for one bundle.
    #[error("a bundle is sealed for {} people at most: make several, or one for everybody", mailbox::bundle::SLOTS)]
    TooManyRecipients,
    /// No bridge of this id.
    #[error("there is no bridge “{0}”: see carrier status")]
    UnknownBridge(String),
    /// There is no bridge that lets this person in.
    #[error("none of your bridges lets you in yet: ask whoever runs one for a link and add it")]
    NoBridge,
    /// As many contacts, invites or waiting messages as this program holds.
    #[error("{what}: at most {max}")]
    Full {
        /// Of what.
        what: &'static str,
        /// The bound.
        max: usize,
    },
    /// Not an address.
    #[error("“{0}” is neither an address nor a contact")]
    BadAddress(String),
    /// No amount.
    #[error("write an amount above zero")]
    BadAmount,
    /// Not enough money.
    #[error("{total} Gram are needed with the fee and {balance} are there")]
    TooLittle {
        /// Amount and fee.
        total: Gram,
        /// What is there.
        balance: Gram,
    },
    /// The contact has not given an address yet.
    #[error("{0} has not sent a payment address yet: it comes by itself as soon as both are online")]
    NoPaymentAddress(String),
    /// The account's state is not known yet.
    #[error("the chain has not answered yet: try again in a moment")]
    ChainUnknown,
    /// The transfer can't be built.
    #[error("the transfer can't be made: {0}")]
    Transfer(String),
    /// The profile was opened without words.
    #[error("this profile has no words")]
    NoWords,
    /// The network file names too few relays.
    #[error("the network has {0} relays, at least 2 are needed: get a newer network file")]
    TooFewRelays(usize),
    /// Encryption failed.
    #[error(transparent)]
    Encryption(#[from] e2ee::Error),
    /// Nothing was stored.
    #[error("the profile could not be written: {0}. Free some disk space and try again")]
    Store(String),
    /// What is stored can't be read.
    #[error("the profile is damaged ({0}): restore it from a backup")]
    Damaged(String),
}

/// What the client wants done.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Send `body` to the relay at `entry` and give what it answers to `Client::handle_exchanged`.
    Exchange {
        /// Names the answer.
        id: ExchangeId,
        /// Where to.
        entry: RelayAddress,
        /// The whole HTTP body.
        body: Vec<u8>,
        /// Give up after so long (a long poll waits on purpose).
        timeout_ms: u64,
    },
    /// The answer is not wanted any more. A client that gets it nevertheless ignores it.
    Cancel(ExchangeId),
}

/// Why an exchange brought nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExchangeFailure {
    /// No connection to the relay.
    Unreachable,
    /// No answer in time.
    TimedOut,
    /// An answer that is not one of a relay (a wrong path gets the website).
    Refused,
    /// The way that there is takes short requests alone; it may serve others.
    Narrow,
}

/// What changed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Event {
    /// A message that is new or has changed.
    Message(Message),
    /// A conversation that is new or has changed.
    Conversation(Conversation),
    /// A contact that is new or has changed.
    Contact(Contact),
    /// Something new is on its way to a contact: a bundle would hold it.
    Outgoing(ContactId),
    /// A contact that is gone, by id.
    ContactRemoved(String),
    /// The money changed.
    Wallet(WalletBalance),
    /// A transfer of `wallet.send` changed.
    Sent(WalletSent),
    /// Relays came or went.
    Carrier(CarrierStatus),
    /// The own profile changed.
    Profile(Profile),
    /// An answer of the chain, or why there is none.
    ChainAnswer {
        /// The question.
        query: QueryId,
        /// The answer; the text says what happened and what to do.
        answer: Result<ChainAnswer, String>,
    },
}
