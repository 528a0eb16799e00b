//! Relay descriptors: in invites and in the first words of contacts.

#![no_main]

fuzz::target!(wire::hostile::descriptor);
