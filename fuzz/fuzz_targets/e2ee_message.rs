//! Encrypted messages of a conversation.

#![no_main]

fuzz::target!(e2ee::hostile::message);
