//! Contacts, conversations, wallet and outbox as a state machine.
