//! Machines that lie, for the tests of the ghost: each lie must be caught, and as what it is.

use client::Event;
use client::view::{Message, MessageState, PaymentState};

/// Who lies, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lie {
    /// Every relay.
    Relay(RelayLie),
    /// Every person's client.
    Person(PersonLie),
}

/// What a relay does that it must not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelayLie {
    /// Its disk says that it has written, and has not.
    CommitsNothing,
    /// Its commit fails, and it says nevertheless that the cell is on disk.
    AnswersAnyway,
    /// It loses a cell, once.
    LosesACell,
    /// It deletes what it has handed out instead of what was acknowledged.
    DeletesWhatIsFetched,
}

/// What a client does that it must not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonLie {
    /// It says that it has stored what it is asked to send, and has not.
    ForgetsWhatIsSent,
    /// It acknowledges what comes, and has not stored it.
    ForgetsWhatComes,
    /// It sends what it has not stored.
    ForgetsWhatItSays,
    /// It shows own messages that are in the one state as if they were in the other.
    Boasts(MessageState, MessageState),
    /// It tells the page another text.
    Misquotes,
    /// It does not tell the page what has become of messages.
    KeepsSilent,
    /// It shows payments as made that are not.
    PaysInWords,
}

impl PersonLie {
    /// What the page is told instead.
    pub(crate) fn told(self, event: Event) -> Option<Event> {
        let Event::Message(message) = event else { return Some(event) };
        let told = match self {
            Self::Boasts(from, to) if message.mine && message.state == from => Message { state: to, ..message },
            Self::Misquotes => Message { text: format!("not {}", message.text), ..message },
            Self::KeepsSilent if matches!(message.state, MessageState::Delivered | MessageState::Read) => return None,
            Self::PaysInWords => {
                let payment =
                    message.payment.map(|payment| client::view::Payment { state: PaymentState::Final, ..payment });
                Message { payment, ..message }
            }
            Self::ForgetsWhatIsSent
            | Self::ForgetsWhatComes
            | Self::ForgetsWhatItSays
            | Self::Boasts(..)
            | Self::KeepsSilent => message,
        };
        Some(Event::Message(told))
    }
}
