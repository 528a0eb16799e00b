//! What the daemon tells its clients unasked.

use crate::{
    chain::ChainStatus,
    local::{CarrierStatus, DemoStatus},
    money::{WalletBalance, WalletSent},
    number::Count,
    people::{Contact, Conversation, Message, Profile},
};
use serde::{Deserialize, Serialize};
use typescript_type_def::TypeDef;

/// Something that changed. The new value is whole: a client replaces what it had.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// A message was added or changed.
    Message {
        /// The message.
        message: Message,
    },
    /// A conversation was added or changed.
    Conversation {
        /// The conversation.
        conversation: Conversation,
    },
    /// A contact was added or changed.
    Contact {
        /// The contact.
        contact: Contact,
    },
    /// Contacts or conversations were removed or renamed: read both lists again.
    Contacts,
    /// Money moved.
    Wallet {
        /// What is in the wallet now.
        wallet: WalletBalance,
    },
    /// A transfer of `wallet.send` got further.
    Transfer {
        /// The transfer.
        transfer: WalletSent,
    },
    /// A block became final.
    Chain {
        /// The newest block.
        chain: ChainStatus,
    },
    /// A relay began or ceased to answer.
    Carrier {
        /// How bytes leave this machine now.
        carrier: CarrierStatus,
    },
    /// Something of the demo was stopped or started, or its chain went on.
    Demo {
        /// The demo now; its pages' addresses carry no tokens.
        demo: DemoStatus,
    },
    /// The person changed something about themselves.
    Profile {
        /// The profile now.
        profile: Profile,
    },
    /// Events were lost because this client was too slow: read everything shown again.
    Resync,
}

/// An event with its place in the daemon's order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
pub struct NumberedEvent {
    /// Rises by one with each event; a gap means that events were lost.
    pub seq: Count,
    /// What happened.
    pub event: Event,
}
