//! What a contact could send that this program never does: for tests of the receiving side. Only with `test-suite`,
//! and reachable from no command.

pub mod checks;
#[cfg(test)]
mod moves;

use crate::client::Client;
use crate::command::CommandError;
use crate::invite::InviteRelay;
use crate::record::{Body, Hello, PayAddress, PeerQueue};
use crate::store::{Store, Transaction};
use crate::view::MessageId;
use crate::work::Work;
use e2ee::conversation::Conversation;
use mailbox::SendCapability;
use rand_core::{CryptoRng, RngCore};
use wire::{Gram, RelayDescriptor, UnixMillis};

/// Something strange.
#[derive(Clone, Debug)]
pub enum Strange {
    /// A text of any length and time.
    Text {
        /// The text.
        text: String,
        /// When it says it was written.
        at: UnixMillis,
    },
    /// A payment that nobody made.
    Payment {
        /// How much.
        amount: Gram,
        /// When it says it was made.
        at: UnixMillis,
    },
    /// A further hello with another name and queues at relays of the sender's choice.
    Hello {
        /// The name.
        name: String,
        /// The relays.
        relays: Vec<RelayDescriptor>,
    },
}

impl<S: Store> Client<S> {
    /// Sends it.
    pub fn send_strange(
        &mut self,
        conversation: &str,
        what: Strange,
        now: UnixMillis,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<(), CommandError> {
        self.strange(conversation.to_owned(), what, now, rng)
    }
}

impl<T: Transaction> Work<'_, T> {
    pub(crate) fn send_strange(&mut self, conversation: &str, what: Strange) -> Result<(), CommandError> {
        let mut contact = self.find_contact(conversation)?;
        let id = MessageId(self.random16());
        let pay_to = contact.pay_to.unwrap_or(PayAddress([0; 32]));
        let body = match what {
            Strange::Text { text, at } => Body::Text { id, at, text, reply_to: None },
            Strange::Payment { amount, at } => {
                Body::Paid { id, at, to: pay_to, amount, comment: String::new(), by: [7; 32] }
            }
            Strange::Hello { name, relays } => {
                let session = contact.session.as_ref().ok_or(e2ee::Error::Missing)?;
                let proof = {
                    let conversation = Conversation::load(self.tx.mls(), &session.group)?;
                    self.profile()?.device.prove(&conversation.binding()?, &conversation.own_leaf_key()?)
                };
                let mut queues = Vec::new();
                for relay in relays {
                    let send = SendCapability::random(&mut self.rng);
                    queues.push(PeerQueue { relay: InviteRelay::Bridge(Box::new(relay)), send });
                }
                Body::Hello(Hello { name, proof, queues, pay_to })
            }
        };
        self.send_quietly(&mut contact, body)?;
        self.save_contact(&contact)
    }
}
